/* Descriptions of everything a scenario can name: parameters of processes, rule parts, events, indicators. Const data in the folders
 * above; handed to the reader as one catalogue (docs/decisions/0001). `wijksim describe` and the generated docs print the same data. */
#ifndef WKS_SCENARIO_CATALOGUE_H
#define WKS_SCENARIO_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WKS_PARAM_MAX = 96 };

typedef enum wks_param_type {
    WKS_PARAM_BOOL,
    WKS_PARAM_INT,
    WKS_PARAM_REAL,
    WKS_PARAM_CHOICE, /* text, one of `choice`; stored as index */
    WKS_PARAM_TEXT,   /* free text */
    WKS_PARAM_MONTH,  /* "2027-01"; stored as month number; NaN when absent */
    WKS_PARAM_GROUP,  /* name of a group of the scenario with use rule; stored as index */
    WKS_PARAM_WHERE,  /* predicate over knowable attributes; compiled */
    WKS_PARAM_AREAS,  /* list of buurt or wijk codes; empty = everywhere. Checked against the city when it is known */
    WKS_PARAM_NUMBER  /* expression over knowable attributes that gives a number; compiled */
} wks_param_type;

typedef struct wks_param {
    const char *name;
    wks_param_type type;
    const char *unit;
    double preset;             /* default (BOOL 0/1, CHOICE index) */
    double low, high;          /* allowed range of INT and REAL; defaults lie within */
    const char *const *choice; /* CHOICE: names, ended by NULL */
    bool is_required;
    const char *source; /* reference, or begins with "assumption" */
    const char *help;
} wks_param;

/** A process of the tick, a rule part, or a kind of timeline event: name, help and parameters. */
typedef struct wks_spec {
    const char *name;
    const char *kind; /* process; channel, filter, order, spreiding, conduct; event */
    const char *help;
    const char *basis; /* legal basis, "" if none */
    const wks_param *param;
    int32_t n_params;
    const void *implementation; /* what the owner needs to run it */
} wks_spec;

typedef struct wks_indicator_spec {
    const char *name, *unit, *level; /* level: city, buurt, both; without a city: model (queues) or grid */
    const char *by;                  /* "", "group", "kind", "scale" ... */
    const char *label_nl, *label_en, *explanation_nl, *explanation_en;
    bool
        is_costly; /* not at every tick: with the tables of buurten (output.buurt_every), segregation every output.segregation_every ticks */
} wks_indicator_spec;

typedef struct wks_catalogue {
    const wks_spec *const *process;
    int32_t n_processes; /* in order of the tick */
    const wks_spec *const *part;
    int32_t n_parts; /* rule parts of all kinds */
    const wks_spec *const *event;
    int32_t n_events;
    const wks_indicator_spec *indicator;
    int32_t n_indicators;
} wks_catalogue;

#endif
