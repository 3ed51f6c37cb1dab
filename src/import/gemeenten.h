/* Names of gemeenten that users type and files do not have: gemeenten that were merged since 2015, and everyday names. */
#ifndef WKS_IMPORT_GEMEENTEN_H
#define WKS_IMPORT_GEMEENTEN_H

#include <stdint.h>

typedef struct wks_gemeenten_merger {
    const char *old_name, *new_name; /* new_name: the gemeente most of it went to */
    int32_t year;                    /* 1 January */
} wks_gemeenten_merger;

/** The merger a gemeente went into, NULL if none is known. Case is ignored. Source: the yearly changes of gemeenten as CBS lists them, 2015
 *  to 2023 (in 2024 and 2025 there were none). */
const wks_gemeenten_merger *wks_gemeenten_merged(const char *name);

/** The official name for an everyday one ("Den Haag" -> "'s-Gravenhage"), else the name itself. */
const char *wks_gemeenten_official(const char *name);

#endif
