/* Numbers as libconfig's grammar writes them. Part of config_scan.c. */
#ifndef WKS_BASE_CONFIG_NUMBER_H
#define WKS_BASE_CONFIG_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct wks_config_number {
    bool is_real, is_hex;
    size_t suffix; /* length of a final L or LL */
    size_t length; /* of the number, suffix included */
    size_t run;    /* of all that hangs together with it: longer than `length` for 12abc or 2025-01, which are no numbers */
} wks_config_number;

/** True if a number begins at s (n bytes left). A number holds a digit; 1. and .5 are reals, 0x1F and 5L integers. */
bool wks_config_number_find(const char *s, size_t n, wks_config_number *out);
/** The value of an integer (text as found, terminated); false if it does not fit into 64 bits. */
bool wks_config_number_read(const char *text, const wks_config_number *number, int64_t *out);

#endif
