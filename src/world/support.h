/* The city's one pool of formal support: hours of staff a week by kind of work, in whole tenths of an hour, so that what is given, used and staffed
 * balances exactly (check.h). Hours for the whole city are here; hours for an area are columns of its buurten. Process support fills and spends it;
 * events `support` ask for more. What each household gets: household.help. */
#ifndef WKS_WORLD_SUPPORT_H
#define WKS_WORLD_SUPPORT_H

#include <stdint.h>

#include "world/buurt.h"

/* X(name, label_nl, label_en). The first two are casework; the others find need and give a part of their hours to light help. */
/* clang-format off */
#define WKS_SUPPORT_KINDS(X)                                        \
    X(wijkteam,      "wijkteam",            "district team")        \
    X(ggz,           "ggz-expertise",       "ggz expertise")        \
    X(beheerder,     "beheerder",           "caretaker")            \
    X(presence,      "presentie",           "presence")             \
    X(contact_point, "vindbaar meldpunt",   "contact point")        \
    X(language,      "hulp in eigen taal",  "help in own language")
/* clang-format on */

typedef enum wks_support_kind {
#define WKS_SUPPORT_ENUM(name, label_nl, label_en) WKS_SUPPORT_##name,
    WKS_SUPPORT_KINDS(WKS_SUPPORT_ENUM) WKS_SUPPORT_N_KINDS
#undef WKS_SUPPORT_ENUM
} wks_support_kind;

/* Tenths of an hour a week. */
typedef struct wks_support {
    int64_t base[WKS_SUPPORT_N_KINDS];       /* what the city pays for itself: parameter support_hours, by kind */
    int64_t asked[WKS_SUPPORT_N_KINDS];      /* on top, by running events for the whole city */
    int64_t staffed[WKS_SUPPORT_N_KINDS];    /* at work for the whole city */
    int64_t used[WKS_SUPPORT_N_KINDS];       /* given to households, by staff of city and areas */
    int64_t signalling[WKS_SUPPORT_N_KINDS]; /* spent on finding need, by staff of city and areas */
    int64_t n_cases, n_waiting;              /* households helped, and with known need that waits */
    int64_t waited_months;                   /* of those that wait, since the need was known or help stopped */
    int32_t month;                           /* in which hours were shared last; 0 never */
} wks_support;

extern const char *const wks_support_kind_name[WKS_SUPPORT_N_KINDS + 1]; /* ends with NULL */

/** Columns of a kind: hours asked for, and staffed, for that buurt alone. */
int64_t *wks_support_buurt_asked(const wks_buurt_table *buurt, wks_support_kind kind);
int64_t *wks_support_buurt_staffed(const wks_buurt_table *buurt, wks_support_kind kind);

/** Forgets what running events asked for (a new month). */
void wks_support_clear_asked(wks_support *support, wks_buurt_table *buurt);
/** A running event asks for hours: in parts by households over the buurten with is_here[b] != 0 (exact; all to the first when nobody lives there);
 *  NULL: for the whole city. Nothing when no buurt is named. */
void wks_support_ask(wks_support *support, wks_buurt_table *buurt, wks_support_kind kind, int64_t tenths, const uint8_t *is_here);

/** Staff of a kind, in the city and all buurten together; asked for, the base included. */
int64_t wks_support_staffed(const wks_support *support, const wks_buurt_table *buurt, wks_support_kind kind);
int64_t wks_support_asked(const wks_support *support, const wks_buurt_table *buurt, wks_support_kind kind);
int64_t wks_support_used(const wks_support *support); /* all kinds */

uint64_t wks_support_hash(const wks_support *support, uint64_t hash);

#endif
