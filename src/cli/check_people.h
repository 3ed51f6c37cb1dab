/* What `check --population` finds: groups of nobody, caps broken on the first day, channels nobody can pass, labels without stock. */
#ifndef WKS_CLI_CHECK_PEOPLE_H
#define WKS_CLI_CHECK_PEOPLE_H

#include "base/json.h"
#include "cli/load.h"
#include "rules/candidates.h"

/** A channel of a rule set that holds in the run, and who could get any of its dwellings on the first day. */
typedef struct wks_check_channel {
    const char *rules, *name; /* of the scenario */
    wks_candidates count;
    bool is_told; /* its counts may be told (own data) */
} wks_check_channel;

typedef struct wks_check_people {
    wks_check_channel *channel;
    int32_t n;
} wks_check_people;

/** Looks at the population of the first day; problems are printed (warnings not when quiet). WKS_ERR_DATA when nobody who looks passes the filters of
 *  a channel with dwellings. `out` is to be freed in every case. */
wks_status wks_check_people_run(const wks_load *load, wks_world *world, bool quiet, wks_check_people *out, wks_err *err);
void wks_check_people_free(wks_check_people *people);
/** A line a channel on standard output; or a JSON array. */
void wks_check_people_print(const wks_check_people *people);
wks_json *wks_check_people_json(const wks_check_people *people);

#endif
