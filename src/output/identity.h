/* When is the run in a folder the same as the one asked for? Then --resume may add to it. */
#ifndef WKS_OUTPUT_IDENTITY_H
#define WKS_OUTPUT_IDENTITY_H

#include <stdbool.h>

#include "city/folder.h"
#include "output/checkpoint.h"
#include "output/manifest.h"
#include "scenario/scenario.h"

/** The text of scenario.cfg. It finds the city from any folder: by name when it is one of the data folder, else by its full path. */
wks_status wks_identity_scenario(const wks_scenario *scenario, const wks_city *city, wks_text *out, wks_err *err);

/** Walks through two texts of scenario.cfg, which it cuts up, to the first settings that differ and may not (title, question, city and which
 *  replications may). False when there are none. @param all  outcomes, half-widths and run-in count too, which change no replication but what is told of them */
bool wks_identity_differs(char *there, char *here, bool all, const char **out_there, const char **out_here);

/** SHA-256 (65 bytes) of those of its lines that make the run what it is: not title, question, which replications, nor where the city lies. */
wks_status wks_identity_settings(const wks_scenario *scenario, const wks_city *city, char *out, wks_err *err);

/** What a checkpoint of this run by this program says of itself; replication, tick, seconds and tables are 0. */
wks_status wks_identity_checkpoint(const wks_scenario *scenario, const wks_city *city, bool follows, wks_checkpoint *out, wks_err *err);

/** WKS_ERR_USAGE, with what differs, unless the folder holds a run of the same settings (title, question and which replications may differ),
 *  city files and program. `old` is its manifest. */
wks_status wks_identity_check(const char *folder, const wks_scenario *scenario, const wks_city *city, const wks_manifest *old,
                              wks_err *err);

#endif
