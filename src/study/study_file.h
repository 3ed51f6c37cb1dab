/* A study: scenarios, parameters with ranges, outcomes, and what is done with them (a design, or a calibration to targets). Format: docs/studies.md. */
#ifndef WKS_STUDY_STUDY_FILE_H
#define WKS_STUDY_STUDY_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/problems.h"
#include "scenario/read.h"

/** A scenario key that the study varies. */
typedef struct wks_study_parameter {
    char *name, *path; /* path as --set takes it; "" for the test functions */
    double low, high;  /* low < high, finite */
    bool is_log;       /* uniform in the logarithm; low > 0 */
    bool is_whole;     /* rounded to whole numbers */
    double *value;     /* grid: the values to take; NULL: `levels` equal steps */
    int32_t n_values;
    bool *is_in;                 /* n_scenarios: whether the path is a key of that scenario (a lever's own key is in one of them only) */
    const wks_config_node *node; /* where it is written */
} wks_study_parameter;

/** What is looked at: a row of city.csv or buurt.csv at a tick. */
typedef struct wks_study_outcome {
    char *name;
    char *indicator, *group, *scale, *level,
        *area;              /* "" where a table has nothing; of a test function: indicator y, or the name of a parameter */
    int32_t tick;           /* -1: the last */
    char *scenario;         /* name */
    int32_t scenario_index; /* 0 for test functions */
    bool is_contrast;       /* scenario less reference (scenario 0), replication by replication */
    const wks_config_node *node;
} wks_study_outcome;

/** What an outcome should be. */
typedef struct wks_study_target {
    int32_t outcome;    /* index */
    double value, sd;   /* observed, and standard error of the observation (> 0) */
    double discrepancy; /* sd of what the model leaves out, >= 0 */
    bool is_held_out;   /* reported, never fitted */
    char *source;
} wks_study_target;

/** design = { ... }; method "" when there is none. */
typedef struct wks_study_design {
    char *method; /* grid, lhs, sobol, morris, saltelli */
    int32_t points, levels, trajectories, candidates, bootstrap;
    bool second_order, shift;
    uint64_t seed;
} wks_study_design;

/** calibration = { ... }; method "" when there is none. */
typedef struct wks_study_calibration {
    char *method;                                         /* bobyqa, crs, isres, history, abc, abc_smc */
    int32_t evaluations, waves, points, accepted, starts; /* 0: by the method (study/calibrate.h) */
    double cutoff;                                        /* implausibility, 3 */
    int32_t worst;                                        /* 1: the worst target decides, 2: the second worst */
    uint64_t seed;
} wks_study_calibration;

typedef struct wks_study {
    char *path, *name, *title, *question;
    char **scenario;      /* files (absolute, or as joined with the study's folder), the reference first; none when `function` is given */
    char **scenario_name; /* names of those scenarios */
    int32_t n_scenarios;
    char *function; /* test function instead of scenarios: "ishigami", "sobol_g", "linear"; "" */
    double noise;   /* of a test function: sd of normal noise, own to every point and replication */
    char **set;     /* fixed "path=value" for all; those of the command line behind those of the file */
    int32_t n_sets;
    int32_t ticks, first_replication, n_replications; /* resolved; a test function has ticks 0 */
    int64_t seed, seed_population;                    /* resolved for the reference; the design's own seed is design.seed */
    wks_study_parameter *parameter;
    int32_t n_parameters;
    wks_study_outcome
        *outcome; /* a contrast without `scenario` is here once for every scenario but the reference: name_scenario when there are more */
    int32_t n_outcomes;
    wks_study_target *target;
    int32_t n_targets;
    wks_study_design design;
    wks_study_calibration calibration;
    wks_config_node *resolved; /* as read, with defaults, for study.cfg; scenario paths as written */
} wks_study;

/** Reads a study file and checks it against the scenarios it names: every problem at its line and column, all at once. Unknown keys with the nearest valid name; parameters are tried in their
 *  scenarios at both ends and between (path, type, range); outcomes against indicators, groups, areas and ticks.
 *  @param options  of the command line (ticks, replications, seeds, set), which win over the file; NULL: none
 *  @return WKS_OK, or WKS_ERR_DATA when there are errors; `out` is to be freed in both cases. */
wks_status wks_study_file_read(const char *path, const wks_read_options *options, wks_study *out, wks_problems *problems, wks_err *err);
void wks_study_file_free(wks_study *study);

/** The value of parameter i at u in [0, 1): low + u (high - low), uniform in the logarithm with is_log; is_whole: each whole number has the same share. */
double wks_study_file_value(const wks_study_parameter *parameter, double u);
/** How the scenarios of the study are read: --set of the study and of this point (NULL: none), ticks, seeds, replications. `out` and each of its texts belong
 *  to the caller: wks_study_file_options_free. `scenario`: parameters that are no key of it are left out. */
wks_status wks_study_file_options(const wks_study *study, int32_t scenario, const double *point, wks_read_options *out, wks_err *err);
void wks_study_file_options_free(wks_read_options *options);

#endif
