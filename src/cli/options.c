#include "cli/options.h"

#include <argp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/machine.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/part.h"

/* Options without a short letter. */
enum {
    KEY_SEED_POPULATION = 256,
    KEY_SET,
    KEY_RESUME,
    KEY_MAX_TIME,
    KEY_CHECKPOINT_EVERY,
    KEY_VERIFY,
    KEY_FORCE,
    KEY_DRY_RUN,
    KEY_UNBRANCHED,
    KEY_PROGRESS,
    KEY_JSON,
    KEY_LANG,
    KEY_SWEEP,
    KEY_POPULATION,
    KEY_ASSUMPTIONS,
    KEY_LETTING,
    KEY_HOUSEHOLD,
    KEY_SCENARIO,
    KEY_REPLICATION,
    KEY_POINT,
    KEY_THEORIES,
    KEY_PRECISION,
    KEY_MAX_REPLICATIONS,
    KEY_DESIGN_IN,
    KEY_DESIGN_OUT,
    KEY_RESULTS_IN,
    KEY_INDICES,
    KEY_GROUPS,
    KEY_COORDS,
    KEY_CONTIGUITY,
    KEY_BOUNDARY,
    KEY_KERNEL,
    KEY_HIERARCHY,
    KEY_AGAINST,
    KEY_BOOTSTRAP,
    KEY_PERMUTATIONS,
    KEY_DEBIASED,
    KEY_TICK,
    KEY_LEVEL,
    KEY_FORMAT,
    KEY_PART,
    KEY_CITY,
    KEY_RULES,
    KEY_TRY,
    KEY_ASK,
    KEY_TO,
    KEY_CSV_DIALECT,
    KEY_TABLES
};

static const struct argp_option all_options[] = {
    {"seed", 's', "N", 0, "seed of the dynamics (default: the scenario's); measure: of its draws (default 1)", 0},
    {"seed-population", KEY_SEED_POPULATION, "N", 0, "seed of the synthetic population (default: the scenario's)", 0},
    {"replications", 'r', "N|A-B", 0,
     "number of replications, or the numbers A to B (a number is an identity: the same luck); A-B extends an existing folder", 0},
    {"part", KEY_PART, "I/N", 0,
     "only block I (from 1) of N of the replications, in a folder of its own (default: the run's with .part-I-of-N); merge joins them; "
     "inside a Slurm "
     "array 1..N without this: block of the task; 1/1: all",
     0},
    {"ticks", 't', "N", 0, "ticks to simulate: months, at most 2400 (without a city: up to 10000000 of the scenario's own)", 0},
    {"threads", 'j', "N", 0,
     "threads in all, over replications side by side and inside each (default: the processors that the system, a container or Slurm gives; "
     "never changes a result)",
     0},
    {"set", KEY_SET, "PATH=VALUE", 0, "set a scenario key, e.g. processes.search.react=0.5; repeatable", 0},
    {"theories", KEY_THEORIES, "T0,T1,T2", 0,
     "compare under these theories about leefbaarheid side by side, in DIR/<theory>/<scenario>; T1 draws a member of its accepted set a "
     "replication",
     0},
    {"precision", KEY_PRECISION, "A=W,B:GROUP=W", 0,
     "add replications until half the 95 % interval of these indicators (compare: of the difference) is at most W; exit code 6 when the "
     "most "
     "are not enough",
     0},
    {"max-replications", KEY_MAX_REPLICATIONS, "N", 0, "no more than N for --precision (default: the scenario's, else 1000)", 0},
    {"output", 'o', "DIR", 0, "where to write (measure: a file; default standard output)", 0},
    {"resume", KEY_RESUME, NULL, 0, "go on where a run stopped or was killed: whole replications stay, others go on from their checkpoint",
     0},
    {"max-time", KEY_MAX_TIME, "HH:MM:SS", 0,
     "stop before this wall time is over, resumable (exit code 5); at least one month is done, how long one takes is estimated from those "
     "before",
     0},
    {"checkpoint-every", KEY_CHECKPOINT_EVERY, "MINUTES", 0,
     "keep replications in the middle so often, to go on after a kill (default 10; 0: every tick); a run that is stopped keeps them anyway",
     0},
    {"verify", KEY_VERIFY, NULL, 0, "check every conservation law at every tick", 0},
    {"force", KEY_FORCE, NULL, 0, "replace an existing result", 0},
    {"unbranched", KEY_UNBRANCHED, NULL, 0,
     "every scenario runs its own past; else months that it shares with the first, where later events are all that differs, are run once "
     "(same results)",
     0},
    {"dry-run", KEY_DRY_RUN, NULL, 0, "read and check everything, run nothing", 0},
    {"progress", KEY_PROGRESS, "HOW", 0, "auto, bar, lines, json or none, on standard error", 0},
    {"json", KEY_JSON, NULL, 0, "results on standard output as JSON", 0},
    {"lang", KEY_LANG, "nl|en", 0, "language of the report (default nl)", 0},
    {"sweep", KEY_SWEEP, "DIR", 0,
     "of a run or a comparison: results of a sweep on the same reference and city, whose sensitivity is shown in the part on certainty", 0},
    {"population", KEY_POPULATION, NULL, 0, "also check what needs the synthetic population", 0},
    {"assumptions", KEY_ASSUMPTIONS, NULL, 0, "only what rests on an assumption", 0},
    {"letting", KEY_LETTING, "ID", 0, "the letting to explain: column letting of lettings.csv", 0},
    {"household", KEY_HOUSEHOLD, "KEY", 0, "the household to follow: column household of lettings.csv", 0},
    {"scenario", KEY_SCENARIO, "NAME", 0, "which scenario of a comparison", 0},
    {"replication", KEY_REPLICATION, "N", 0, "which replication (default: the first of the folder)", 0},
    {"point", KEY_POINT, "P", 0,
     "which point of a study: row of design.csv, or column evaluation of a calibration, from 1 (default: the first)", 0},
    {"design-in", KEY_DESIGN_IN, "FILE", 0, "evaluate these points instead of the study's design: a column a parameter, a row a point", 0},
    {"design-out", KEY_DESIGN_OUT, "FILE", 0, "write the points of the design and stop", 0},
    {"results-in", KEY_RESULTS_IN, "FILE", 0, "analyse these outcomes of the design, run nothing: a column an outcome, a row a point", 0},
    {"indices", KEY_INDICES, "A,B", 0, "only these indices, as D,M,LQ (default: all that can be computed, without a row an area)", 0},
    {"groups", KEY_GROUPS, "A,B", 0, "rows of these groups only; of a city also predicates, as 'old: age_years >= 75'", 0},
    {"coords", KEY_COORDS, "FILE", 0, "area,x,y[,size[,perimeter]]: where areas lie", 0},
    {"contiguity", KEY_CONTIGUITY, "FILE", 0, "i,j,w: who borders whom, both directions listed", 0},
    {"boundary", KEY_BOUNDARY, "FILE", 0, "i,j,w: length of shared boundaries, both directions listed", 0},
    {"kernel", KEY_KERNEL, "exp:B[:MAX]|biweight:BAND", 0, "weight of a distance, in the unit of the coordinates (default exp:1)", 0},
    {"hierarchy", KEY_HIERARCHY, "FILE", 0, "area,level,level...: from the finest to the coarsest; adds M and H between and within", 0},
    {"against", KEY_AGAINST, "TABLE", 0, "a later table; adds the change of M and H, by margins and structure", 0},
    {"bootstrap", KEY_BOOTSTRAP, "N", 0, "N redraws of residents: ci_low and ci_high (95%)", 0},
    {"permutations", KEY_PERMUTATIONS, "N", 0, "N deals of residents over areas: p_value of more segregation than chance", 0},
    {"debiased", KEY_DEBIASED, NULL, 0, "two more columns of draws: debiased (of redraws) and chance (mean of deals)", 0},
    {"tick", KEY_TICK, "T", 0, "the tick of a run to measure (default: the last)", 0},
    {"level", KEY_LEVEL, "LEVEL", 0, "areas of a city or a run: complex, 100m, buurt (default) or wijk", 0},
    {"format", KEY_FORMAT, "csv|json", 0, "rows as CSV (default) or as JSON", 0},
    {"city", KEY_CITY, "CITY", 0, "the city of the new scenario: a name in scenarios/cities or a folder (default modelstad)", 0},
    {"rules", KEY_RULES, "NAME", 0, "rules that are in force: reference (default) or a name in scenarios/rules", 0},
    {"try", KEY_TRY, "WHAT", 0, "what to try: nothing (default), cap, lottery, starters, doorstromers, seniors or youth", 0},
    {"ask", KEY_ASK, NULL, 0, "ask what no option tells, also when standard input is no terminal", 0},
    {"to", KEY_TO, "xlsx|gpkg|sqlite|csv", 0, "what to write (without it: the end of the name -o)", 0},
    {"tables", KEY_TABLES, "A,B", 0, "only these tables, as summary,contrasts,losers (default: all)", 0},
    {"csv-dialect", KEY_CSV_DIALECT, "rfc4180|excel-nl", 0,
     "CSV with commas and decimal points (default), or as Excel opens it in the Netherlands", 0},
    {"quiet", 'q', NULL, 0, "no progress, no warnings", 0},
    {"verbose", 'v', NULL, 0, "say more", 0},
};
enum { N_OPTIONS = sizeof all_options / sizeof *all_options };

static bool is_allowed(const wks_command *command, const char *name)
{
    const size_t n = strlen(name);
    for (const char *at = command->allowed; (at = strstr(at, name)) != NULL; at += n) {
        const bool starts = at == command->allowed || at[-1] == ' ';
        if (starts && (at[n] == '\0' || at[n] == ' ')) return true;
    }
    return false;
}

typedef struct wks_parse {
    const wks_command *command;
    wks_options *options;
    wks_err *err;
} parse;

static void wrong(parse *self, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The first wrong thing is told. */
static void wrong(parse *self, const char *format, ...)
{
    char message[WKS_ERR_MESSAGE_SIZE];
    va_list arguments;

    va_start(arguments, format);
    (void)vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    (void)wks_err_set(self->err, WKS_ERR_USAGE, "%s (see wijksim %s --help)", message, self->command->name);
}

static int64_t whole(parse *self, const char *option, const char *text, int64_t low, int64_t high)
{
    int64_t value = 0;
    if (!wks_text_parse_int64(text, &value) || value < low || value > high) {
        wrong(self, "%s '%s' is not a whole number from %lld to %lld", option, text, (long long)low, (long long)high);
        return low;
    }
    return value;
}

static void parse_replications(parse *self, const char *text)
{
    wks_options *options = self->options;
    const char *dash = strchr(text, '-');
    char first[16] = "";

    if (dash == NULL || dash == text) {
        options->n_replications = (int32_t)whole(self, "--replications", text, 1, 1000000);
        return;
    }
    const size_t n = (size_t)(dash - text);
    if (n >= sizeof first) {
        wrong(self, "--replications '%s' is neither a number nor a range as 11-20", text);
        return;
    }
    memcpy(first, text, n);
    const int64_t a = whole(self, "--replications: the first number", first, 1, 999999999);
    const int64_t b = whole(self, "--replications: the last number", dash + 1, 1, 999999999);
    if (b < a || b - a >= 1000000) {
        wrong(self, "--replications '%s': the last number must lie at or above the first, at most 1000000 of them", text);
        return;
    }
    options->first_replication = (int32_t)a;
    options->n_replications = (int32_t)(b - a + 1);
}

/* "3/8" */
static void parse_part(parse *self, const char *text)
{
    wks_options *options = self->options;
    const char *slash = strchr(text, '/');
    char number[16] = "";
    int64_t i = 0, n = 0;

    if (slash != NULL && (size_t)(slash - text) < sizeof number) memcpy(number, text, (size_t)(slash - text));
    if (slash == NULL || !wks_text_parse_int64(number, &i) || !wks_text_parse_int64(slash + 1, &n) || n < 1 || n > 1000000) {
        wrong(self, "--part '%s' is no part as 3/8: part 3 of 8 (of at most 1000000)", text);
        return;
    }
    if (i < 1 || i > n) {
        wrong(self, "--part '%s': there is no part %lld of %lld; parts count from 1, so expected 1/%lld to %lld/%lld%s", text, (long long)i,
              (long long)n, (long long)n, (long long)n, (long long)n,
              i == 0 ? " (tasks of a Slurm array from 0: add 1, or leave --part out)" : "");
        return;
    }
    options->part = (int32_t)i;
    options->n_parts = (int32_t)n;
}

static double parse_time(parse *self, const char *text)
{
    double seconds = 0;
    int n = 0;
    const char *at = text;
    while (n < 3 && *at >= '0' && *at <= '9') {
        char *end = NULL;
        const long part = strtol(at, &end, 10);
        if (part > (n > 0 ? 59 : 100000)) break;
        seconds = 60 * seconds + (double)part;
        n++;
        at = end;
        if (*at != ':') break;
        at++;
    }
    if (n != 3 || *at != '\0' || at[-1] == ':' || seconds <= 0)
        wrong(self, "--max-time '%s' is not a time as 01:30:00 (hours, minutes, seconds)", text);
    return seconds;
}

static double parse_minutes(parse *self, const char *text)
{
    double minutes = 0;
    if (!wks_text_parse_double(text, &minutes) || minutes < 0 || minutes > 100000)
        wrong(self, "--checkpoint-every '%s' is no number of minutes from 0 to 100000", text);
    return 60 * minutes;
}

static wks_options_progress parse_progress(parse *self, const char *text)
{
    static const char *const names[] = {"auto", "bar", "lines", "json", "none"};
    for (int i = 0; i < 5; i++) {
        if (strcmp(text, names[i]) == 0) return (wks_options_progress)i;
    }
    wrong(self, "--progress '%s' is none of auto, bar, lines, json, none", text);
    return WKS_OPTIONS_PROGRESS_AUTO;
}

/* "T0,T1,T2" or some of them, each once. */
static void parse_theories(parse *self, const char *text)
{
    static const char *const names[] = {"T0", "T1", "T2"};
    wks_options *options = self->options;
    const char *at = text;

    options->n_theories = 0;
    for (;;) {
        const size_t n = strcspn(at, ",");
        const char *found = NULL;
        for (int i = 0; i < 3; i++)
            found = n == 2 && strncmp(at, names[i], 2) == 0 ? names[i] : found;
        for (int i = 0; i < options->n_theories; i++)
            found = options->theories[i] == found ? NULL : found;
        if (found == NULL) {
            wrong(self, "--theories '%s' is no list of T0, T1 and T2, each at most once, as T0,T1,T2", text);
            return;
        }
        options->theories[options->n_theories++] = found;
        if (at[n] == '\0') return;
        at += n + 1;
    }
}

static void parse_argument(parse *self, const char *text)
{
    wks_options *options = self->options;
    if (options->n_arguments == self->command->max_arguments || options->n_arguments == WKS_OPTIONS_MAX_ARGUMENTS) {
        if (self->command->max_arguments == 0) {
            wrong(self, "'%s': wijksim %s takes no arguments", text, self->command->name);
        } else {
            wrong(self, "'%s' is one too many; expected %s", text, self->command->arguments);
        }
        return;
    }
    options->argument[options->n_arguments++] = text;
}

static error_t parse_one(int key, char *arg, struct argp_state *state)
{
    parse *self = state->input;
    wks_options *options = self->options;

    switch (key) {
    case 's': options->seed = whole(self, "--seed", arg, 0, INT64_MAX); break;
    case KEY_SEED_POPULATION: options->seed_population = whole(self, "--seed-population", arg, 0, INT64_MAX); break;
    case 'r': parse_replications(self, arg); break;
    case KEY_PART: parse_part(self, arg); break;
    case 't': options->ticks = (int32_t)whole(self, "--ticks", arg, 1, 10000000); break;
    case 'j': options->threads = (int)whole(self, "--threads", arg, 1, 4096); break;
    case KEY_SET:
        if (options->n_set < WKS_OPTIONS_MAX_SET) {
            options->set[options->n_set++] = arg;
        } else {
            wrong(self, "--set is given more than %d times; put the settings into a scenario with base = \"...\"", WKS_OPTIONS_MAX_SET);
        }
        break;
    case KEY_THEORIES: parse_theories(self, arg); break;
    case KEY_PRECISION: options->precision = arg; break;
    case KEY_MAX_REPLICATIONS: options->max_replications = (int32_t)whole(self, "--max-replications", arg, 10, 1000000); break;
    case 'o':
        if (arg[0] == '\0') wrong(self, "--output is empty; expected a folder");
        options->output = arg;
        break;
    case KEY_RESUME: options->resume = true; break;
    case KEY_MAX_TIME: options->max_time_s = parse_time(self, arg); break;
    case KEY_CHECKPOINT_EVERY: options->checkpoint_every_s = parse_minutes(self, arg); break;
    case KEY_VERIFY: options->verify = true; break;
    case KEY_FORCE: options->force = true; break;
    case KEY_UNBRANCHED: options->unbranched = true; break;
    case KEY_DRY_RUN: options->dry_run = true; break;
    case KEY_PROGRESS: options->progress = parse_progress(self, arg); break;
    case KEY_JSON: options->json = true; break;
    case KEY_LANG:
        if (strcmp(arg, "nl") != 0 && strcmp(arg, "en") != 0) wrong(self, "--lang '%s' is neither nl nor en", arg);
        options->lang = arg;
        break;
    case KEY_SWEEP: options->sweep = arg; break;
    case KEY_POPULATION: options->population = true; break;
    case KEY_ASSUMPTIONS: options->assumptions = true; break;
    case KEY_LETTING: options->letting = whole(self, "--letting", arg, 0, INT64_MAX); break;
    case KEY_HOUSEHOLD: options->household = arg; break;
    case KEY_SCENARIO: options->scenario = arg; break;
    case KEY_REPLICATION: options->replication = (int32_t)whole(self, "--replication", arg, 1, 999999999); break;
    case KEY_POINT: options->point = (int32_t)whole(self, "--point", arg, 1, 999999999); break;
    case KEY_DESIGN_IN: options->design_in = arg; break;
    case KEY_DESIGN_OUT: options->design_out = arg; break;
    case KEY_RESULTS_IN: options->results_in = arg; break;
    case KEY_INDICES: options->measure.indices = arg; break;
    case KEY_GROUPS: options->measure.groups = arg; break;
    case KEY_COORDS: options->measure.coords = arg; break;
    case KEY_CONTIGUITY: options->measure.contiguity = arg; break;
    case KEY_BOUNDARY: options->measure.boundary = arg; break;
    case KEY_KERNEL: options->measure.kernel = arg; break;
    case KEY_HIERARCHY: options->measure.hierarchy = arg; break;
    case KEY_AGAINST: options->measure.against = arg; break;
    case KEY_BOOTSTRAP: options->measure.bootstrap = (int32_t)whole(self, "--bootstrap", arg, 1, 1000000); break;
    case KEY_PERMUTATIONS: options->measure.permutations = (int32_t)whole(self, "--permutations", arg, 1, 1000000); break;
    case KEY_DEBIASED: options->measure.is_debiased = true; break;
    case KEY_TICK: options->measure.tick = (int32_t)whole(self, "--tick", arg, 0, 10000000); break;
    case KEY_TO: options->export_to = arg; break;
    case KEY_CSV_DIALECT: options->csv_dialect = arg; break;
    case KEY_TABLES: options->tables = arg; break;
    case KEY_LEVEL: options->measure.level = arg; break;
    case KEY_FORMAT:
        if (strcmp(arg, "csv") != 0 && strcmp(arg, "json") != 0) wrong(self, "--format '%s' is neither csv nor json", arg);
        options->json = strcmp(arg, "json") == 0;
        break;
    case KEY_CITY: options->city = arg; break;
    case KEY_RULES: options->rules = arg; break;
    case KEY_TRY: options->try_out = arg; break;
    case KEY_ASK: options->ask = true; break;
    case 'q': options->quiet = true; break;
    case 'v': options->verbose++; break;
    case ARGP_KEY_ARG: parse_argument(self, arg); break;
    case ARGP_KEY_END:
        if (options->n_arguments < self->command->min_arguments) wrong(self, "expected %s", self->command->arguments);
        break;
    default: return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* ---- before argp: options that do not exist, with the nearest that does ---- */

static void unknown_option(parse *self, const char *name, size_t n)
{
    char wanted[64];
    const char *names[N_OPTIONS];
    size_t n_names = 0;

    (void)snprintf(wanted, sizeof wanted, "%.*s", (int)(n < sizeof wanted ? n : sizeof wanted - 1), name);
    for (int i = 0; i < N_OPTIONS; i++) {
        if (strcmp(all_options[i].name, wanted) == 0) {
            wrong(self, "--%s does not go with %s; other commands take it", wanted, self->command->name);
            return;
        }
        if (is_allowed(self->command, all_options[i].name)) names[n_names++] = all_options[i].name;
    }
    const char *nearest = wks_text_nearest(wanted, names, n_names);
    wrong(self, "unknown option --%s%s%s", wanted, nearest == NULL ? "" : "; nearest is --", nearest == NULL ? "" : nearest);
}

/* A letter that this command does not know: the option it is of other commands, and what this one takes. */
static void unknown_letter(parse *self, char letter)
{
    wks_text takes = WKS_TEXT_INIT;
    const char *name = NULL;

    for (int i = 0; i < N_OPTIONS; i++) {
        if (all_options[i].key == letter) name = all_options[i].name;
        if (is_allowed(self->command, all_options[i].name))
            wks_text_addf(&takes, "%s--%s", takes.length == 0 ? "" : ", ", all_options[i].name);
    }
    const char *list = takes.data == NULL ? "nothing" : takes.data;
    if (name == NULL) {
        wrong(self, "unknown option -%c; %s takes %s", letter, self->command->name, list);
    } else if (strcmp(self->command->name, "report") == 0 && strcmp(name, "output") == 0) {
        wrong(self, "-o (--output) does not go with report, which writes DIR/report.html beside the tables; it takes %s", list);
    } else {
        wrong(self, "unknown option -%c: --%s does not go with %s, which takes %s", letter, name, self->command->name, list);
    }
    wks_text_free(&takes);
}

/* The allowed option that the name means, in full or shortened; NULL when there is none or more than one. */
static const struct argp_option *find_long(const parse *self, const char *name, size_t n, bool *out_ambiguous)
{
    const struct argp_option *found = NULL;

    *out_ambiguous = false;
    for (int i = 0; i < N_OPTIONS; i++) {
        if (!is_allowed(self->command, all_options[i].name) || strncmp(all_options[i].name, name, n) != 0) continue;
        if (all_options[i].name[n] == '\0') {
            *out_ambiguous = false;
            return &all_options[i];
        }
        *out_ambiguous = found != NULL || *out_ambiguous;
        found = &all_options[i];
    }
    return *out_ambiguous ? NULL : found;
}

static const struct argp_option *find_letter(const parse *self, char letter)
{
    for (int i = 0; i < N_OPTIONS; i++) {
        if (all_options[i].key == letter && is_allowed(self->command, all_options[i].name)) return &all_options[i];
    }
    return NULL;
}

/* Checks argument i that begins with "--"; returns how many arguments it takes. */
static int check_long(parse *self, int argc, char **argv, int i)
{
    const char *name = argv[i] + 2;
    const size_t n = strcspn(name, "=");
    bool is_ambiguous = false;
    const struct argp_option *option = find_long(self, name, n, &is_ambiguous);

    if (option == NULL) {
        if (is_ambiguous) {
            wrong(self, "--%.*s is short for more than one option; write it in full", (int)n, name);
        } else {
            unknown_option(self, name, n);
        }
        return 1;
    }
    if (option->arg == NULL && name[n] == '=') wrong(self, "--%s takes no value", option->name);
    if (option->arg == NULL || name[n] == '=') return 1;
    if (i + 1 == argc) wrong(self, "--%s needs a value: --%s %s", option->name, option->name, option->arg);
    return 2;
}

/* Checks letters as -qj2. */
static int check_letters(parse *self, int argc, char **argv, int i)
{
    for (const char *at = argv[i] + 1; *at != '\0'; at++) {
        const struct argp_option *option = find_letter(self, *at);
        if (option == NULL) {
            unknown_letter(self, *at);
            return 1;
        }
        if (option->arg == NULL) continue;
        if (at[1] != '\0') return 1;
        if (i + 1 == argc) wrong(self, "-%c needs a value: -%c %s", *at, *at, option->arg);
        return 2;
    }
    return 1;
}

static void check_options(parse *self, int argc, char **argv)
{
    for (int i = 1; i < argc;) {
        if (strcmp(argv[i], "--") == 0) return;
        if (strncmp(argv[i], "--", 2) == 0) {
            i += check_long(self, argc, argv, i);
        } else if (argv[i][0] == '-' && argv[i][1] != '\0') {
            i += check_letters(self, argc, argv, i);
        } else {
            i++;
        }
    }
}

/* ---- the whole ---- */

static char *join_command(int argc, char **argv)
{
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "wijksim");
    for (int i = 0; i < argc; i++) {
        wks_text_add_char(&text, ' ');
        const bool plain = strpbrk(argv[i], " \"'$&;()<>|") == NULL && argv[i][0] != '\0';
        if (!plain) wks_text_add_char(&text, '\'');
        wks_text_add(&text, argv[i]);
        if (!plain) wks_text_add_char(&text, '\'');
    }
    return text.data;
}

static int list_options(const wks_command *command, struct argp_option *out)
{
    int n = 0;
    for (int i = 0; i < N_OPTIONS; i++) {
        if (is_allowed(command, all_options[i].name)) out[n++] = all_options[i];
    }
    out[n] = (struct argp_option){0};
    return n;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "-?") == 0) return true;
    }
    return false;
}

void wks_options_print_help(const wks_command *command)
{
    struct argp_option table[N_OPTIONS + 1];
    char name[64];
    wks_text doc = WKS_TEXT_INIT;

    const int n = list_options(command, table);
    (void)snprintf(name, sizeof name, "wijksim %s", command->name);
    wks_text_add(&doc, command->help);
    if (command->examples[0] != '\0') wks_text_addf(&doc, "\vExamples:\n%s", command->examples);
    const struct argp argp = {.options = n > 0 ? table : NULL, .args_doc = command->arguments, .doc = doc.data};
    argp_help(&argp, stdout, ARGP_HELP_STD_HELP & ~ARGP_HELP_EXIT_OK, name);
    wks_text_free(&doc);
}

wks_status wks_options_parse(const wks_command *command, int argc, char **argv, wks_options *out, bool *out_done, wks_err *err)
{
    wks_status rc = WKS_OK;
    struct argp_option table[N_OPTIONS + 1];
    parse self = {command, out, err};
    const struct argp argp = {.options = table, .parser = parse_one};

    *out = (wks_options){.seed = -1,
                         .seed_population = -1,
                         .ticks = -1,
                         .first_replication = -1,
                         .n_replications = -1,
                         .max_replications = -1,
                         .lang = "nl",
                         .letting = -1,
                         .replication = -1,
                         .point = -1,
                         .checkpoint_every_s = 600,
                         .measure = {.tick = -1}};
    *out_done = asks_for_help(argc, argv);
    if (*out_done) {
        wks_options_print_help(command);
        goto out;
    }
    (void)list_options(command, table);
    out->command = join_command(argc, argv);
    if (out->command == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the command line");
    check_options(&self, argc, argv);
    if (err->status == WKS_OK && argp_parse(&argp, argc, argv, ARGP_NO_HELP | ARGP_NO_ERRS | ARGP_NO_EXIT, NULL, &self) != 0) {
        wrong(&self, "wrong use");
    }
    WKS_TRY(err->status);
    if (out->n_parts == 0 && is_allowed(command, "part")) WKS_TRY(wks_part_of_array(&out->part, &out->n_parts, err));
    if (out->threads == 0) out->threads = (int)wks_machine_threads("").value;
out:
    return rc;
}

const int wks_options_count = N_OPTIONS;

bool wks_options_info_at(const wks_command *command, int i, wks_options_info *out)
{
    const struct argp_option *option = &all_options[i];
    if (!is_allowed(command, option->name)) return false;
    *out =
        (wks_options_info){option->name, option->arg == NULL ? "" : option->arg, option->doc, option->key < 128 ? (char)option->key : '\0'};
    return true;
}

void wks_options_free(wks_options *options)
{
    free(options->command);
    options->command = NULL;
}
