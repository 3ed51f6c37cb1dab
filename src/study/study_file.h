/* A study: scenarios, parameters with ranges, outcomes, and what is done with them (a design, or a calibration to targets). Format: docs/studies.md. */
#ifndef WKS_STUDY_STUDY_FILE_H
#define WKS_STUDY_STUDY_FILE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/problems.h"

/** A scenario key that the study varies. */
typedef struct wks_study_parameter {
    char *name, *path; /* path as --set takes it; "" for the test functions */
    double low, high;  /* low < high, finite */
    bool is_log;       /* uniform in the logarithm; low > 0 */
    bool is_whole;     /* rounded to whole numbers */
    double *value;     /* grid: the values to take; NULL: `levels` equal steps */
    int32_t n_values;
} wks_study_parameter;

/** What is looked at: a row of city.csv or buurt.csv at a tick. */
typedef struct wks_study_outcome {
    char *name;
    char *indicator, *group, *scale, *level, *area; /* "" where a table has nothing */
    int32_t tick;                                   /* -1: the last */
    char *scenario;   /* name; "": the first (levels), or every other one (contrasts: one outcome each is made on loading) */
    bool is_contrast; /* scenario less reference, replication by replication */
} wks_study_outcome;

/** What an outcome should be. */
typedef struct wks_study_target {
    int32_t outcome;    /* index */
    double value, sd;   /* observed, and standard error of the observation (> 0) */
    double discrepancy; /* sd of what the model leaves out, >= 0 */
    bool is_held_out;   /* reported, never fitted */
    char *source;
} wks_study_target;

typedef struct wks_study {
    char *path, *name, *title, *question;
    char **scenario; /* paths, the reference first; none when `function` is given */
    int32_t n_scenarios;
    char *function; /* test function instead of scenarios: "ishigami", "sobol_g", "linear"; "" */
    char **set;     /* fixed "path=value" for all */
    int32_t n_sets;
    int32_t ticks, first_replication, n_replications; /* -1: as the scenarios say */
    int64_t seed, seed_population;                    /* -1: as the scenarios say; the design's own seed is design.seed */
    wks_study_parameter *parameter;
    int32_t n_parameters;
    wks_study_outcome *outcome;
    int32_t n_outcomes;
    wks_study_target *target;
    int32_t n_targets;
    /* design = { ... }; method "" when there is none */
    struct {
        char *method; /* grid, lhs, sobol, morris, saltelli */
        int32_t points, levels, trajectories, bootstrap;
        uint64_t seed;
    } design;
    /* calibration = { ... }; method "" when there is none */
    struct {
        char *method; /* bobyqa, crs, isres, history, abc, abc_smc */
        int32_t evaluations, waves, points, accepted;
        double cutoff; /* implausibility, 3 */
        uint64_t seed;
    } calibration;
    wks_config_node *resolved; /* as read, for study.cfg */
} wks_study;

/** Reads a study file; every problem at its line and column. WKS_ERR_DATA when there are errors. */
wks_status wks_study_read(const char *path, wks_study *out, wks_problems *problems, wks_err *err);
void wks_study_free(wks_study *study);

#endif
