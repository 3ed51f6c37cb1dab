/* Tokens of a configuration as text: for libconfig, for messages, for scenario.cfg. */
#ifndef WKS_BASE_CONFIG_TOKEN_H
#define WKS_BASE_CONFIG_TOKEN_H

#include "base/config_scan.h"

/** The tokens as a text for libconfig with token i on line i + 1, without comments and includes. */
void wks_config_token_canonical(const wks_config_scan *scan, wks_text *out);

/** Adds a string literal with its quotes and escapes. */
void wks_config_token_add_string(wks_text *out, const char *s);

/** How a token is called in messages ("'='", "the end of the file"); buffer of 80 bytes. */
const char *wks_config_token_describe(const wks_config_scan_token *token, char *buffer);

#endif
