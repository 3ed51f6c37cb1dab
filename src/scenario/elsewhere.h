/* Where a key belongs that stands in the wrong place: the full path that --set, a file and a study would need. */
#ifndef WKS_SCENARIO_ELSEWHERE_H
#define WKS_SCENARIO_ELSEWHERE_H

#include "base/config.h"
#include "scenario/settings.h"

/** What to say of the key `child` that is unknown where it stands but known elsewhere: "; nearest valid name is
 *  'processes.livelihood.job_loss'" for a process or a parameter of one, a key of a section, or something that `root` (may be NULL) holds
 *  further down; "" if it is none of these. Of a process with one key inside, the path goes on with the key nearest to that. `buffer` needs
 *  WKS_SETTINGS_HINT bytes. Returns buffer. */
const char *wks_elsewhere_hint(const wks_catalogue *catalogue, const wks_config_node *root, const wks_config_node *child, char *buffer);
/** The same for a name that is nowhere: the process, or parameter of one, that is spelt most like it; "" when none is, or it is short. */
const char *wks_elsewhere_nearest(const wks_catalogue *catalogue, const char *name, char *buffer);

#endif
