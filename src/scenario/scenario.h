/* One immutable struct for a whole scenario, made by read.h from libconfig text. */
#ifndef WKS_SCENARIO_SCENARIO_H
#define WKS_SCENARIO_SCENARIO_H

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "scenario/catalogue.h"
#include "scenario/expr.h"
#include "scenario/law_statute.h"

enum { WKS_SCENARIO_MAX_GROUPS = 32 };

typedef struct wks_group {
    char *name, *where;
    wks_expr *expr;
    bool measure, rule;
} wks_group;

/** Values of the parameters of one process, rule part or event, in the order of its spec. */
typedef struct wks_settings {
    const wks_spec *spec;
    char *name; /* of a rule part in its list (as in lettings.csv); the spec's name for processes and events */
    double value[WKS_PARAM_MAX];
    char *text[WKS_PARAM_MAX];     /* TEXT, WHERE, NUMBER (as written); NULL otherwise */
    wks_expr *expr[WKS_PARAM_MAX]; /* WHERE, NUMBER */
    char **area[WKS_PARAM_MAX];    /* AREAS: codes */
    int32_t n_areas[WKS_PARAM_MAX];
    const wks_config_node *node[WKS_PARAM_MAX]; /* where it was written (for messages); NULL = default */
} wks_settings;

typedef struct wks_rule_set {
    char *name, *basis;
    int32_t from_month, until_month; /* in force from, until (exclusive); WKS_NO_MONTH / INT32_MAX when open */
    double share_of_stock;           /* not used by one regional set: 1 */
    wks_settings *channel;
    int32_t n_channels;
    wks_settings *filter;
    int32_t n_filters;
    wks_settings *order;
    int32_t n_order;
    wks_settings *spreiding;
    int32_t n_spreiding;
    wks_settings *conduct; /* what is asked of applicants */
    int32_t n_conduct;
} wks_rule_set;

typedef struct wks_event {
    uint64_t key; /* of the event itself, whatever else the timeline holds (event_key.h); never 0 */
    int32_t month;
    wks_settings settings;      /* spec: kind of event */
    wks_config_node *set_value; /* event "set": the new value of the path in text[0] */
} wks_event;

typedef struct wks_output {
    bool city, buurt, wijk;
    int32_t city_every, buurt_every; /* ticks; first and last always */
    int32_t segregation_every;       /* ticks; 0: as buurt_every */
    bool lettings, monitor;
    int32_t n_indicators;
    char **indicator; /* names; empty = default list */
} wks_output;

/** A row of results that a comparison is about, declared beforehand (outcomes.h): of the last tick. */
typedef struct wks_outcome {
    char *indicator, *group, *scale, *area; /* "" where the row has nothing */
    double threshold;                       /* smallest difference that matters, in the indicator's unit; 0: none set */
    double half_width;                      /* half the 95 % interval that is asked; 0: none */
} wks_outcome;

/** How far replications are added for the half-widths asked (study/precision.h). */
typedef struct wks_precision_keys {
    int32_t max_replications, look_ahead, batch;
} wks_precision_keys;

/** What is simulated: a city, or a model without one (model.h). */
typedef enum wks_model_kind {
    WKS_MODEL_CITY,
    WKS_MODEL_POOL,    /* so many are housed and join each tick */
    WKS_MODEL_ENTRIES, /* separate lotteries among the same reactors */
    WKS_MODEL_QUEUE,   /* dwellings, arrivals and stays in continuous time */
    WKS_MODEL_CHOICE,  /* seekers who choose among dwellings as they come */
    WKS_MODEL_GRID     /* agents on a grid */
} wks_model_kind;
enum { WKS_MODEL_MAX_TYPES = 16 };

typedef struct wks_model {
    wks_model_kind kind;
    int32_t warmup;                  /* ticks that are not measured; with a city: run-in, simulated and written as ever (study/drift.h) */
    bool by_lot, priority_first;     /* what the order parts say */
    wks_settings settings;           /* of pool, queue, choice or grid: one of wks_keys_pool, _entries, _queue, _choice, _grid */
    wks_settings relocation;         /* grid: by wks_keys_relocation */
    wks_settings weights, tolerance; /* grid: by wks_keys_weights, _tolerance; spec NULL when the scenario has none */
    wks_settings *type;              /* choice: by wks_keys_type */
    int32_t n_types;
} wks_model;

typedef struct wks_members wks_members; /* members.h */

typedef struct wks_scenario {
    char *path, *name, *title, *question, *city;
    int32_t start_month, n_ticks;
    double law_index; /* key law_index: yearly growth of limits beyond the last year of law.h */
    uint64_t seed_population, seed_dynamics;
    int32_t first_replication, n_replications; /* identities: first .. first + n - 1; first is 1 by default */
    wks_group *group;
    int32_t n_groups;
    int32_t bill_from[WKS_LAW_N_BILLS]; /* month from which a bill is law in this scenario; 0: it is not */
    wks_rule_set *rules;
    int32_t n_rules;
    wks_event *timeline;
    int32_t n_events; /* sorted by month, then order of writing */
    wks_settings *process;
    int32_t n_processes;     /* in order of the catalogue */
    bool *is_enabled;        /* n_processes */
    wks_members *members;    /* the accepted set of theory T1 (members.h); NULL: settings as written */
    wks_members *calibrated; /* the set that key members names; NULL: none */
    wks_output output;
    wks_outcome *outcome; /* declared; empty: the names in output.indicators, else the usual ones (study/declared.h) */
    int32_t n_outcomes;
    wks_precision_keys precision;
    wks_model model; /* kind WKS_MODEL_CITY: all else but warmup is unused; otherwise city is "" and start_month WKS_NO_MONTH */
    const wks_catalogue *catalogue;
    wks_config_node *resolved; /* the whole tree after base, --set and defaults: scenario.cfg */
    char hash[65]; /* SHA-256 of the resolved text without what changes no replication: name, title, question, replications, output, ... */
} wks_scenario;

void wks_scenario_free(wks_scenario *scenario);
/** Settings of a process by name; NULL if there is none. */
const wks_settings *wks_scenario_process(const wks_scenario *scenario, const char *name);
bool wks_scenario_is_enabled(const wks_scenario *scenario, const char *name);
/** Name of the choice a process parameter is set to ("T1"); "" when the process is off or has no such choice. */
const char *wks_scenario_choice(const wks_scenario *scenario, const char *process, const char *parameter);
/** Whether the scenario treats the bill as law in that month. */
bool wks_scenario_is_law(const wks_scenario *scenario, wks_law_bill bill, int32_t month);
/** Index of a group by name, -1 if absent. */
int32_t wks_scenario_group(const wks_scenario *scenario, const char *name);

#endif
