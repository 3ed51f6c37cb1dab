/* libconfig text -> scenario. Every problem at once: unknown keys (with the nearest valid name), wrong types, values out of range,
 * unknown groups, predicates that read what a landlord may not know, bad dates, rule contradictions that show without people. */
#ifndef WKS_SCENARIO_READ_H
#define WKS_SCENARIO_READ_H

#include "scenario/scenario.h"

typedef struct wks_read_options {
    const char *const *set;
    int32_t n_set;                             /* --set path=value, applied in order after base and file */
    int64_t seed, seed_population;             /* -1: as in the file */
    int32_t ticks;                             /* -1 */
    int32_t first_replication, n_replications; /* -1 */
    const char *theory;       /* T0, T1 or T2 instead of the scenario's; T1 with an accepted set (members.h); NULL: as written */
    const char *precision;    /* --precision (outcomes.h); NULL: as written */
    int32_t max_replications; /* -1 */
} wks_read_options;
#define WKS_READ_OPTIONS_INIT ((wks_read_options){NULL, 0, -1, -1, -1, -1, -1, NULL, NULL, -1})

/** @return WKS_OK (problems may hold warnings) or WKS_ERR_DATA; `out` is to be freed in both cases. */
wks_status wks_read_scenario(const char *path, const wks_read_options *options, const wks_catalogue *catalogue, wks_scenario *out,
                             wks_problems *problems, wks_err *err);
/** The same from text (fuzzing, tests). */
wks_status wks_read_scenario_text(const char *name, const char *text, size_t n, const wks_read_options *options,
                                  const wks_catalogue *catalogue, wks_scenario *out, wks_problems *problems, wks_err *err);

/** The folder of the scenario's city: relative to the file that names it (the working folder for --set and the default), else scenarios/cities/ in
 *  the working folder, else in the data folder (file.h). malloc'ed; NULL when there is none (or no memory). */
char *wks_read_city_folder(const wks_scenario *scenario);
/** Where the city is named, for messages about it: the node `city` of the resolved tree. */
const wks_config_node *wks_read_city_node(const wks_scenario *scenario);

/** Checks what needs the city: area codes exist (nearest code), `codes` sorted buurt codes and wijk codes. */
wks_status wks_read_check_areas(const wks_scenario *scenario, const char *const *code, int32_t n_codes, wks_problems *problems,
                                wks_err *err);

/** Applies a timeline event "set" (path processes.<name>.<parameter> or processes.<name>.enabled) to a replication's own copy of the process
 *  settings. A path that cannot be set is a problem at reading, so this cannot fail after a good read. */
void wks_read_apply_set(const wks_scenario *scenario, const wks_event *event, wks_settings *process, bool *is_enabled);

#endif
