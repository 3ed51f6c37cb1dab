/* The keys of a scenario outside rule parts, processes and events: one table, from which reading, `describe` and docs/keys.md come. */
#ifndef WKS_SCENARIO_KEYS_H
#define WKS_SCENARIO_KEYS_H

#include "scenario/catalogue.h"

/* Parameters of wks_keys_top, in order. */
enum {
    WKS_KEYS_NAME,
    WKS_KEYS_TITLE,
    WKS_KEYS_QUESTION,
    WKS_KEYS_CITY,
    WKS_KEYS_START,
    WKS_KEYS_TICKS,
    WKS_KEYS_WARMUP,
    WKS_KEYS_REPLICATIONS,
    WKS_KEYS_FIRST_REPLICATION,
    WKS_KEYS_LAW_INDEX,
    WKS_KEYS_MEMBERS,
    WKS_KEYS_N_TOP
};
enum { WKS_KEYS_POPULATION, WKS_KEYS_DYNAMICS, WKS_KEYS_N_SEEDS };
enum { WKS_KEYS_GROUP_NAME, WKS_KEYS_GROUP_WHERE, WKS_KEYS_GROUP_USE, WKS_KEYS_N_GROUP };
enum { WKS_KEYS_RULE_NAME, WKS_KEYS_RULE_BASIS, WKS_KEYS_RULE_FROM, WKS_KEYS_RULE_UNTIL, WKS_KEYS_N_RULE };
enum { WKS_KEYS_BILL_NAME, WKS_KEYS_BILL_FROM, WKS_KEYS_N_BILL };
enum {
    WKS_KEYS_LEVELS,
    WKS_KEYS_CITY_EVERY,
    WKS_KEYS_BUURT_EVERY,
    WKS_KEYS_SEGREGATION_EVERY,
    WKS_KEYS_INDICATORS,
    WKS_KEYS_LETTINGS,
    WKS_KEYS_MONITOR,
    WKS_KEYS_N_OUTPUT
};
enum {
    WKS_KEYS_OUTCOME_INDICATOR,
    WKS_KEYS_OUTCOME_GROUP,
    WKS_KEYS_OUTCOME_SCALE,
    WKS_KEYS_OUTCOME_AREA,
    WKS_KEYS_OUTCOME_THRESHOLD,
    WKS_KEYS_OUTCOME_HALF_WIDTH,
    WKS_KEYS_N_OUTCOME
};
enum { WKS_KEYS_MAX_REPLICATIONS, WKS_KEYS_LOOK_AHEAD, WKS_KEYS_BATCH, WKS_KEYS_N_PRECISION };
/* Scenarios without a city (model.h): their top keys, what they write, and the section that makes them one. */
enum {
    WKS_KEYS_MODEL_NAME,
    WKS_KEYS_MODEL_TITLE,
    WKS_KEYS_MODEL_QUESTION,
    WKS_KEYS_MODEL_TICKS,
    WKS_KEYS_MODEL_WARMUP,
    WKS_KEYS_MODEL_REPLICATIONS,
    WKS_KEYS_MODEL_FIRST_REPLICATION,
    WKS_KEYS_N_MODEL
};
enum { WKS_KEYS_POOL_WAITING, WKS_KEYS_POOL_HOUSED, WKS_KEYS_POOL_JOINING, WKS_KEYS_N_POOL };
enum { WKS_KEYS_ENTRIES_REACTORS, WKS_KEYS_ENTRIES_ENTRIES, WKS_KEYS_N_ENTRIES };
enum {
    WKS_KEYS_QUEUE_DWELLINGS,
    WKS_KEYS_QUEUE_ARRIVALS,
    WKS_KEYS_QUEUE_STAY,
    WKS_KEYS_QUEUE_PRIORITY_SHARE,
    WKS_KEYS_QUEUE_PATIENCE,
    WKS_KEYS_N_QUEUE
};
enum { WKS_KEYS_CHOICE_DWELLINGS, WKS_KEYS_CHOICE_JOINING, WKS_KEYS_CHOICE_PATIENCE, WKS_KEYS_CHOICE_PRIORITY, WKS_KEYS_N_CHOICE };
enum { WKS_KEYS_TYPE_NAME, WKS_KEYS_TYPE_SHARE, WKS_KEYS_TYPE_OUTSIDE, WKS_KEYS_N_TYPE };
enum { WKS_KEYS_GRID_ROWS, WKS_KEYS_GRID_COLUMNS, WKS_KEYS_GRID_TORUS, WKS_KEYS_GRID_DENSITY, WKS_KEYS_GRID_GROUP_SHARE, WKS_KEYS_N_GRID };
enum {
    WKS_KEYS_RELOCATION_RADIUS,
    WKS_KEYS_RELOCATION_ALIKE_SHARE,
    WKS_KEYS_RELOCATION_ALIKE_COUNT,
    WKS_KEYS_RELOCATION_ORDER,
    WKS_KEYS_RELOCATION_DESTINATION,
    WKS_KEYS_RELOCATION_LONELY_UNHAPPY,
    WKS_KEYS_RELOCATION_VISIT_AT_REST,
    WKS_KEYS_N_RELOCATION
};
enum {
    WKS_KEYS_WEIGHTS_A_TO_A,
    WKS_KEYS_WEIGHTS_A_TO_B,
    WKS_KEYS_WEIGHTS_B_TO_A,
    WKS_KEYS_WEIGHTS_B_TO_B,
    WKS_KEYS_WEIGHTS_REACH,
    WKS_KEYS_N_WEIGHTS
};
enum { WKS_KEYS_TOLERANCE_A, WKS_KEYS_TOLERANCE_B, WKS_KEYS_TOLERANCE_ROWS, WKS_KEYS_N_TOLERANCE };
/** relocation.order and relocation.destination. */
enum { WKS_KEYS_ORDER_RANDOM, WKS_KEYS_ORDER_PASS, WKS_KEYS_ORDER_EVENT, WKS_KEYS_ORDER_SYNCHRONOUS };
enum { WKS_KEYS_DESTINATION_ANY, WKS_KEYS_DESTINATION_NEAREST };
/** choice.priority: spent by refusing (a place on the list) or by losing (a lot); or kept. */
enum { WKS_KEYS_PRIORITY_RENEWED, WKS_KEYS_PRIORITY_KEPT };

extern const wks_spec wks_keys_model, wks_keys_model_output, wks_keys_pool, wks_keys_entries, wks_keys_queue, wks_keys_choice,
    wks_keys_type, wks_keys_grid, wks_keys_relocation, wks_keys_weights, wks_keys_tolerance;
extern const wks_spec wks_keys_base, wks_keys_top, wks_keys_seeds, wks_keys_group, wks_keys_rule, wks_keys_bill, wks_keys_part,
    wks_keys_event, wks_keys_process, wks_keys_output, wks_keys_outcome, wks_keys_precision;

/** A section as the docs show it: `path` stands before the names of its keys ("seeds.", "groups[].", ""). */
typedef struct wks_keys_section {
    const char *path;
    const wks_spec *spec;
} wks_keys_section;
extern const wks_keys_section wks_keys_sections[];
extern const int32_t wks_keys_n_sections;

/* What holds where nothing is written and the type's own default is empty. */
extern const char *const wks_keys_default_city, *const wks_keys_default_start;
/** What holds when a key of these sections is not written and its type has no number for it, for docs; NULL: nothing does. */
const char *wks_keys_default_text(const wks_param *param);
/** Names a group may not have, because results use them in the column `group`; ended by NULL. */
extern const char *const wks_keys_reserved_group[];

#endif
