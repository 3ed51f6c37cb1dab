/* What a results folder holds, read once: manifest, summary and contrasts as sorted rows, scenario titles, map, word list, small files.
 * Names (scenario, indicator, group, area, ...) are numbers of one pool; 0 is "" (no group, the whole city). */
#ifndef WKS_REPORT_DOSSIER_H
#define WKS_REPORT_DOSSIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/csv.h"
#include "base/json.h"
#include "base/problems.h"
#include "city/geometry.h"
#include "report/names.h"

/** Cells with fewer households than this are greyed, and left out when the manifest says that the people are real. */
enum { WKS_DOSSIER_FEW = 10 };
/** Over fewer replications an interval is one in name only: it is not read, and there are no verdicts. */
enum { WKS_DOSSIER_LEAST_PAIRS = 10 };

/** What a number is about. Rows are sorted by these fields in this order. */
typedef struct wks_dossier_key {
    int32_t theory, scenario, indicator, group, scale, level, area, tick;
} wks_dossier_key;

/** A row of summary.csv. Empty cells are NaN (n: 0); interval and percentiles are NaN under WKS_DOSSIER_LEAST_PAIRS replications. */
typedef struct wks_dossier_level {
    wks_dossier_key key;
    double mean, sd, ci_low, ci_high, p10, p50, p90;
    int32_t n;
} wks_dossier_level;

/** A row of contrasts.csv: the difference scenario minus reference over paired replications; interval and variance reduction are NaN under
 *  WKS_DOSSIER_LEAST_PAIRS pairs. */
typedef struct wks_dossier_contrast {
    wks_dossier_key key;
    double mean_reference, mean_scenario, mean, ci_low, ci_high, p_adjusted, variance_reduction;
    int32_t n_pairs, verdict;
    bool is_equal; /* no pair differs */
} wks_dossier_contrast;

typedef struct wks_dossier_scenario {
    int32_t name;
    char *title;    /* of its scenario.cfg; else the name */
    char *theory;   /* of its scenario.cfg (processes.neighbourhood.theory); "" if none */
    char *question; /* "" if none */
    char *folder;   /* its run folder, NULL if there is none */
} wks_dossier_scenario;

/** A combination that has rows for at least one scenario. */
typedef struct wks_dossier_series {
    int32_t indicator, group, scale, level;
} wks_dossier_series;

/** A group that a scenario.cfg declares. */
typedef struct wks_dossier_group {
    int32_t name;
    char *where;     /* its predicate, as the first scenario that declares it has it */
    bool is_private; /* by its predicate (scenario/group.h), in any of the scenarios */
} wks_dossier_group;

/** What the reference's scenario.cfg says of an outcome: the smallest difference that matters, > 0. */
typedef struct wks_dossier_threshold_of {
    int32_t indicator, group, scale, area;
    double threshold;
} wks_dossier_threshold_of;

typedef struct wks_dossier {
    char *dir;
    wks_names names;
    wks_json *manifest;
    wks_dossier_level *level;
    size_t n_levels;
    wks_dossier_contrast *contrast;
    size_t n_contrasts;
    int32_t most_pairs; /* of any contrast: pairs in which most outcomes have a value */
    bool is_comparison;
    bool real_people;               /* manifest: "people": "imported" */
    wks_dossier_scenario *scenario; /* the reference first */
    size_t n_scenarios;
    wks_dossier_group *group;
    size_t n_groups;
    wks_dossier_threshold_of *threshold;
    size_t n_thresholds;
    wks_dossier_series *outcome; /* of the whole city, declared by the reference's scenario.cfg, in its order */
    size_t n_outcomes;
    int32_t *theory; /* in order of appearance */
    size_t n_theories;
    int32_t main_theory;        /* T1 if it is there, else the first: charts and maps show this one */
    wks_dossier_series *series; /* known indicators first, in the order of topic.h; then as in the file */
    size_t n_series;
    int32_t last_tick, first_tick; /* of the city rows */
    int32_t *area;                 /* of level "buurt", sorted by code */
    char **area_name;              /* as in map.gpkg; else the code */
    size_t n_areas;
    int32_t *tick_date;                                       /* names, by tick 0..last_tick; 0 if unknown */
    wks_geometry geometry;                                    /* n_areas = 0 without map.gpkg */
    wks_csv codebook, losers, untouched, breakeven, waterbed; /* n_columns = 0 when absent */
    wks_csv effects, precision;                               /* likewise */
    wks_csv *drift;                                           /* n_scenarios; likewise */
    wks_csv *destinations;                                    /* n_scenarios; likewise */
    wks_csv *compliance;                                      /* n_scenarios; n_columns = 0 when absent */
    char *differences[2];                                     /* differences.nl.txt and .en.txt, else differences.txt; NULL when absent */
} wks_dossier;

/** Reads a folder. Problems (all of them): a needed file that is missing, a missing column, text where a number should be. */
wks_status wks_dossier_read(const char *dir, wks_dossier *out, wks_problems *problems, wks_err *err);
void wks_dossier_free(wks_dossier *dossier);

/** The rows with this key whatever their tick, in order of tick. NULL and 0 if there are none. O(log rows). */
const wks_dossier_level *wks_dossier_levels(const wks_dossier *dossier, wks_dossier_key key, size_t *out_n);
const wks_dossier_contrast *wks_dossier_contrasts(const wks_dossier *dossier, wks_dossier_key key, size_t *out_n);
/** The row with this key and tick; NULL if there is none. */
const wks_dossier_level *wks_dossier_level_at(const wks_dossier *dossier, wks_dossier_key key);
const wks_dossier_contrast *wks_dossier_contrast_at(const wks_dossier *dossier, wks_dossier_key key);

/** Key of a series in a scenario under the main theory, for the city, at the last tick. */
wks_dossier_key wks_dossier_key_of(const wks_dossier *dossier, const wks_dossier_series *series, size_t scenario_row);

/** Number of a name, -1 if no file has it (no row can match). */
int32_t wks_dossier_name(const wks_dossier *dossier, const char *name);
const char *wks_dossier_text(const wks_dossier *dossier, int32_t name);
/** The month of a tick as written in the file ("2031-03"), "" if unknown. */
const char *wks_dossier_date(const wks_dossier *dossier, int32_t tick);

/** The threshold set for a row's outcome, in its unit; 0: none. */
double wks_dossier_threshold(const wks_dossier *dossier, const wks_dossier_key *key);

/** Whether a group is not shown below wijk: of mental health, disability, addiction, debts, frailty, nuisance, origin, or who comes out of care or detention. By the
 *  group's predicate; by its name (topic.h) where no scenario.cfg declares it. */
bool wks_dossier_is_private(const wks_dossier *dossier, const char *group);

/** Whether the cell counts fewer than WKS_DOSSIER_FEW households: those of the buurt, or for the indicator `share` those of the group.
 *  False when the number of households is not in the file. */
bool wks_dossier_is_few(const wks_dossier *dossier, wks_dossier_key key);

#endif
