/* Reads the values of one process, rule part, event or group of top-level keys: types, ranges, choices, groups, predicates.
 * Also completes the tree: what was not written is added with its default, so that the tree is the resolved scenario. */
#ifndef WKS_SCENARIO_SETTINGS_H
#define WKS_SCENARIO_SETTINGS_H

#include "scenario/scenario.h"

enum { WKS_SETTINGS_HINT = 512 };

typedef struct wks_settings_context {
    wks_problems *problems;
    const wks_group *group; /* groups that a GROUP parameter may name */
    int32_t n_groups;
    bool needs_rule_group;              /* rule parts and events: a group must have use rule */
    bool knowable_only, origin_allowed; /* for predicates, as in expr.h */
    const wks_catalogue *elsewhere;     /* to tell where an unknown key belongs (elsewhere.h); NULL: nearest name of the same place */
    const wks_config_node *root;        /* the scenario, for the same; may be NULL */
} wks_settings_context;

/** Reads `node` (a group) by `spec` into `out`, whose name becomes a copy of `name`. Every mistake is a problem at its own place; after
 *  one the value is the default. `extra` are further keys that may stand in the node (they come first in the resolved tree).
 *  `out->node` points into `node`. @return WKS_OK also with problems; WKS_ERR_NOMEM. `out` is to be freed in both cases. */
wks_status wks_settings_read(const wks_settings_context *context, wks_config_node *node, const wks_spec *spec, const char *name,
                             const char *const *extra, size_t n_extra, wks_settings *out, wks_err *err);
void wks_settings_free(wks_settings *settings);

/** Index of a parameter of a spec by name, -1 if absent. */
int32_t wks_settings_param(const wks_spec *spec, const char *name);
/** Value of a parameter by name, or `otherwise` when the spec has none of that name. */
double wks_settings_value_or(const wks_settings *settings, const char *name, double otherwise);
/** Whether these are the settings of that part. */
bool wks_settings_is(const wks_settings *settings, const char *part);
/** Whether no parameter narrows it to areas. */
bool wks_settings_is_everywhere(const wks_settings *settings);
/** What to say of a name that is none of names[0..n): the nearest one, or all of them when none is near and they are few. `buffer` needs
 *  WKS_SETTINGS_HINT bytes. Returns buffer (a text that begins with "; ", or ""). */
const char *wks_settings_hint(const char *name, const char *const *names, size_t n, char *buffer);
/** A problem for every child of `node` that is not in names[0..n): unknown key with the nearest name, or the place where it belongs. */
void wks_settings_check_keys(const wks_settings_context *context, const wks_config_node *node, const char *const *names, size_t n,
                             const char *where);
/** Puts the children in the order of names[0..n); others stay behind them in their own order. */
void wks_settings_order(wks_config_node *node, const char *const *names, size_t n);
/** New child of `parent` with that name, made as default (file "default"); NULL without memory. */
wks_config_node *wks_settings_add(wks_config_node *parent, const char *name, wks_config_type type, wks_err *err);
/** A node's value replaced by a copy of text (type STRING). */
wks_status wks_settings_set_text(wks_config_node *node, const char *text, wks_err *err);
/** "text", "a whole number", ... as a message calls what was written. */
const char *wks_settings_type_text(const wks_config_node *node);
/** Adds the value of parameter i as a user would write it (without unit): 0.12, true, "strong_first", 2027-01, (BU1, BU2), or nothing. */
void wks_settings_print(const wks_settings *settings, int32_t i, const wks_scenario *scenario, wks_text *out);
/** Whether parameter i has the same value in both (same spec). */
bool wks_settings_equal(const wks_settings *a, const wks_settings *b, int32_t i, const wks_scenario *scenario_a,
                        const wks_scenario *scenario_b);

#endif
