/* The one table of options, and what a command line asked for. */
#ifndef WKS_CLI_OPTIONS_H
#define WKS_CLI_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum { WKS_OPTIONS_MAX_SET = 256, WKS_OPTIONS_MAX_ARGUMENTS = 1024 };

typedef enum wks_options_progress {
    WKS_OPTIONS_PROGRESS_AUTO,
    WKS_OPTIONS_PROGRESS_BAR,
    WKS_OPTIONS_PROGRESS_LINES,
    WKS_OPTIONS_PROGRESS_JSON,
    WKS_OPTIONS_PROGRESS_NONE
} wks_options_progress;

/** What only measure asks for; NULL or 0: not given. */
typedef struct wks_options_measure {
    const char *indices, *groups, *coords, *contiguity, *boundary, *kernel, *hierarchy, *against, *level;
    int32_t bootstrap, permutations;
    bool is_debiased;
    int32_t tick; /* -1 */
} wks_options_measure;

typedef struct wks_options {
    int64_t seed, seed_population;             /* -1: as in the scenario */
    int32_t ticks;                             /* -1 */
    int32_t first_replication, n_replications; /* -1 */
    int32_t part, n_parts; /* block `part` (from 1) of n_parts, by --part or the task of a Slurm array; n_parts 0 or 1: everything */
    int threads;
    double max_time_s;         /* 0: no limit */
    double checkpoint_every_s; /* 0: every tick */
    const char *set[WKS_OPTIONS_MAX_SET];
    int32_t n_set;
    const char *theories[3]; /* --theories: each of T0, T1, T2 at most once, as given; n_theories 0: none asked */
    int32_t n_theories;
    const char *precision;             /* --precision, as given; NULL */
    int32_t max_replications;          /* -1 */
    const char *theory;                /* what a scenario is read under (set by compare, one after the other); NULL: as written */
    const char *output, *lang, *sweep; /* NULL */
    wks_options_progress progress;
    bool unbranched; /* compare: every scenario runs its past itself */
    bool resume, force, dry_run, verify, json, population, assumptions, quiet;
    int verbose;
    int64_t letting;                                 /* -1 */
    const char *household, *scenario;                /* NULL */
    int32_t replication;                             /* -1 */
    int32_t point;                                   /* of verify; -1 */
    const char *city, *rules, *try_out;              /* of new; NULL */
    bool ask;                                        /* new: also when standard input is no terminal */
    const char *design_in, *design_out, *results_in; /* NULL */
    const char *export_to, *csv_dialect, *tables;    /* NULL */
    wks_options_measure measure;
    const char *argument[WKS_OPTIONS_MAX_ARGUMENTS];
    int32_t n_arguments;
    char *command; /* the whole line, for the manifest; malloc'ed */
} wks_options;

/** What a command is called, takes and does; help, documentation, man pages and completion come from this. */
typedef struct wks_command {
    const char *name, *arguments, *summary, *help;
    const char *examples; /* lines "command  # what for" */
    int32_t min_arguments, max_arguments;
    const char *allowed;                                         /* names of allowed options separated by blanks */
    wks_status (*run)(const wks_options *options, wks_err *err); /* NULL: another program */
} wks_command;

/** Parses argv after the command's name (argv[0]). Wrong use: WKS_ERR_USAGE with a message that names the nearest option. `--help` prints to
 *  standard output and sets *out_done. */
wks_status wks_options_parse(const wks_command *command, int argc, char **argv, wks_options *out, bool *out_done, wks_err *err);
void wks_options_free(wks_options *options);

/** Prints the help of a command to standard output. */
void wks_options_print_help(const wks_command *command);

/** One option as documentation shows it. */
typedef struct wks_options_info {
    const char *name, *value, *help; /* value: "" when it takes none */
    char letter;                     /* '\0' when there is none */
} wks_options_info;
/** Option i of the table when the command takes it; false otherwise. i from 0 to wks_options_count - 1. */
bool wks_options_info_at(const wks_command *command, int i, wks_options_info *out);
extern const int wks_options_count;

#endif
