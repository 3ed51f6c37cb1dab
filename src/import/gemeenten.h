/* Names of gemeenten that users type and files do not have: gemeenten that were merged since 2015, and everyday names. */
#ifndef WKS_IMPORT_GEMEENTEN_H
#define WKS_IMPORT_GEMEENTEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "import/area.h"

typedef struct wks_gemeenten_merger {
    const char *old_name, *new_name; /* new_name: the gemeente most of it went to */
    int32_t year;                    /* 1 January */
} wks_gemeenten_merger;

/** True if two names are of one gemeente as people type them: case, accents (precomposed or combining), blanks and hyphens are ignored, a
 *  curly apostrophe is a straight one. UTF-8; letters up to U+00FF and the ligature ij. */
bool wks_gemeenten_equal(const char *a, const char *b);

/** True if they are equal without a last part in brackets ("(O.)", "(gemeente)") and without a leading "gemeente". */
bool wks_gemeenten_alike(const char *a, const char *b);

/** A name in lower-case ASCII without accents, other signs as blanks; cut at size - 1. Returns out. */
char *wks_gemeenten_plain(const char *name, char *out, size_t size);

/** A code as people type it ("GM0758", "gm758", "0758", "758", blanks around) as CBS writes it; false if it is none. */
bool wks_gemeenten_parse_code(const char *asked, char out[WKS_AREA_CODE_SIZE]);

/** The merger a gemeente went into, NULL if none is known. Names as in wks_gemeenten_equal. Source: the yearly changes of gemeenten as CBS lists them, 2015
 *  to 2023 (in 2024 and 2025 there were none). */
const wks_gemeenten_merger *wks_gemeenten_merged(const char *name);

/** The official name for an everyday one ("Den Haag" -> "'s-Gravenhage"), else the name itself. */
const char *wks_gemeenten_official(const char *name);

#endif
