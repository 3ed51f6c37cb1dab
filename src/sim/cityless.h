/* One replication of a scenario without a city, behind the same interface as one of a city. */
#ifndef WKS_SIM_CITYLESS_H
#define WKS_SIM_CITYLESS_H

#include "sim/replication.h"

/** As wks_replication_run, for wks_model_has_city(scenario) false. The observer is called at tick 0, every output.city_every ticks and at the last
 *  one. With options->verify the laws of the model (queue/queue.h, grid/grid.h) are checked at each of them. */
wks_status wks_cityless_run(const wks_scenario *scenario, const wks_replication_options *options, uint64_t *out_hash, wks_err *err);

struct wks_cityless;
/** As wks_replication_save. */
wks_status wks_cityless_save(const struct wks_cityless *run, wks_bytes *out, wks_err *err);

#endif
