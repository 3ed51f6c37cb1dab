/* Checks tokens against libconfig's grammar, with messages that say what was expected where. Part of config.c. */
#ifndef WKS_BASE_CONFIG_GRAMMAR_H
#define WKS_BASE_CONFIG_GRAMMAR_H

#include "base/config_scan.h"

/** Reports every setting that does not follow the grammar, arrays of mixed types, names that stand twice in a group.
 *  After an error it goes on behind the next ';'. */
void wks_config_grammar_check(const wks_config_scan *scan, wks_problems *problems);

#endif
