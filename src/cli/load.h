/* What most commands begin with: scenario, city, population; problems printed together. */
#ifndef WKS_CLI_LOAD_H
#define WKS_CLI_LOAD_H

#include "city/synth.h"
#include "cli/options.h"
#include "output/manifest.h"
#include "scenario/read.h"

typedef struct wks_load {
    wks_scenario scenario;
    wks_city city;
    bool has_city;
    wks_manifest_block block; /* which part of its replications the scenario was narrowed to (cli/part.h) */
    size_t n_errors;          /* told by wks_load_scenario */
} wks_load;

/** Reads a scenario and its city and checks one against the other. All problems go to standard error; WKS_ERR_DATA when there are errors. */
wks_status wks_load_scenario(const char *path, const wks_options *options, wks_load *out, wks_err *err);
void wks_load_free(wks_load *load);

/** Goes on with a results folder (--resume, or -r A-B into an existing one): the replications that are complete there count as asked for too.
 *  WKS_ERR_USAGE when the two ranges leave a gap, or when it holds another part of the replications. Does nothing when the folder has no manifest;
 *  a part never grows. */
wks_status wks_load_extend(wks_load *load, const char *folder, wks_err *err);
/** Whether the command line asks to go on with what is in the output folder: --resume, or -r A-B, which of parts names the whole. */
bool wks_load_goes_on(const wks_options *options);

/** The replications to run, also in what scenario.cfg is written from, which keeps its own when there are none. */
void wks_load_set_range(wks_load *load, int32_t first, int32_t n);

/** "; nearest valid name is 'x'" of the cities that can be named from the current folder, or "". `near`: WKS_LOAD_NEAREST_SIZE bytes. */
enum { WKS_LOAD_NEAREST_SIZE = 160 };
void wks_load_nearest_city(const char *city, char *near);

/** Dwellings of corporaties by the city's figures. */
double wks_load_social_dwellings(const wks_city *city);

/** Makes the population of a loaded scenario in an initialised world, which stays empty without a city. `report` may be NULL. */
wks_status wks_load_population(const wks_load *load, int threads, wks_world *out, wks_synth_report *report, wks_err *err);

/** Prints collected problems to standard error (warnings not when quiet). */
void wks_load_print(const wks_problems *problems, bool quiet);

#endif
