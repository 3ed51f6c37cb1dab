/* Checks tokens against libconfig's grammar, with messages that say what was expected where. Part of config.c. */
#ifndef WKS_BASE_CONFIG_GRAMMAR_H
#define WKS_BASE_CONFIG_GRAMMAR_H

#include "base/config_scan.h"

/** Reports every setting that does not follow the grammar, arrays of mixed types, names that stand twice in a group.
 *  After an error it goes on behind the next ';'. A decimal comma (name = 0,2;) is reported and mended in the tokens, which then say 0.2;
 *  *out_n_mended counts these. @return WKS_OK or WKS_ERR_NOMEM. */
wks_status wks_config_grammar_check(wks_config_scan *scan, size_t *out_n_mended, wks_problems *problems, wks_err *err);

#endif
