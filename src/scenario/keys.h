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
    WKS_KEYS_REPLICATIONS,
    WKS_KEYS_FIRST_REPLICATION,
    WKS_KEYS_LAW_INDEX,
    WKS_KEYS_N_TOP
};
enum { WKS_KEYS_POPULATION, WKS_KEYS_DYNAMICS, WKS_KEYS_N_SEEDS };
enum { WKS_KEYS_GROUP_NAME, WKS_KEYS_GROUP_WHERE, WKS_KEYS_GROUP_USE, WKS_KEYS_N_GROUP };
enum { WKS_KEYS_RULE_NAME, WKS_KEYS_RULE_BASIS, WKS_KEYS_RULE_FROM, WKS_KEYS_RULE_UNTIL, WKS_KEYS_N_RULE };
enum { WKS_KEYS_BILL_NAME, WKS_KEYS_BILL_FROM, WKS_KEYS_N_BILL };
enum { WKS_KEYS_LEVELS, WKS_KEYS_CITY_EVERY, WKS_KEYS_BUURT_EVERY, WKS_KEYS_INDICATORS, WKS_KEYS_LETTINGS, WKS_KEYS_N_OUTPUT };

extern const wks_spec wks_keys_base, wks_keys_top, wks_keys_seeds, wks_keys_group, wks_keys_rule, wks_keys_bill, wks_keys_part,
    wks_keys_event, wks_keys_process, wks_keys_output;

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
