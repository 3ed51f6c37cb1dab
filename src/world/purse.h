/* Money and staff hours of social programmes in this calendar year, by who pays and for what: whole cents and tenths of an hour, so that sums do
 * not depend on their order. Corporaties' own business is in money.h. */
#ifndef WKS_WORLD_PURSE_H
#define WKS_WORLD_PURSE_H

#include <stdbool.h>
#include <stdint.h>

/* X(name, label_nl, label_en) */
/* clang-format off */
#define WKS_PURSE_PAYERS(X)                                        \
    X(gemeente,    "gemeente",          "municipality")           \
    X(corporaties, "corporaties",       "housing associations")   \
    X(rijk,        "Rijk",              "State")                  \
    X(zorg,        "zorg",              "care financing")
#define WKS_PURSE_ITEMS(X)                                                                  \
    X(pool,        "vaste ondersteuning",             "standing support")                  \
    X(care,        "zorg bij een zorgcontract",       "care under a care contract")        \
    X(support,     "ondersteuning",                   "support")                           \
    X(meeting,     "ontmoeting",                      "encounter")                         \
    X(guidance,    "begeleiding gemengd wonen",       "guidance of gemengd wonen")         \
    X(safety,      "veiligheid en handhaving",        "safety and enforcement")            \
    X(renewal,     "wijkvernieuwing",                 "renewal of surroundings")           \
    X(work,        "werk en wijkbasisbanen",          "work and wijkbasisbanen")           \
    X(debt,        "schuldhulp",                      "debt help")                         \
    X(school,      "school",                          "school")                            \
    X(workspace,   "goedkope werkruimte",             "cheap workspace")                   \
    X(arrival,     "aankomstwijk",                    "arrival neighbourhood")             \
    X(designation, "aanwijzing en screening",         "designation and screening")
/* clang-format on */

typedef enum wks_purse_payer {
#define WKS_PURSE_ENUM(name, label_nl, label_en) WKS_PURSE_##name,
    WKS_PURSE_PAYERS(WKS_PURSE_ENUM) WKS_PURSE_N_PAYERS
#undef WKS_PURSE_ENUM
} wks_purse_payer;
typedef enum wks_purse_item {
#define WKS_PURSE_ENUM(name, label_nl, label_en) WKS_PURSE_FOR_##name,
    WKS_PURSE_ITEMS(WKS_PURSE_ENUM) WKS_PURSE_N_ITEMS
#undef WKS_PURSE_ENUM
} wks_purse_item;

typedef struct wks_purse {
    int64_t cent[WKS_PURSE_N_PAYERS][WKS_PURSE_N_ITEMS];
    int64_t tenth_hours[WKS_PURSE_N_PAYERS][WKS_PURSE_N_ITEMS];
    int64_t month_cent[WKS_PURSE_N_PAYERS], month_tenth_hours[WKS_PURSE_N_PAYERS]; /* booked in this tick */
    int64_t month_unplaced_cent; /* of month_cent of corporaties: no corporatie has homes, in nobody's account */
} wks_purse;

typedef struct wks_purse_sum {
    int64_t cent, tenth_hours;
} wks_purse_sum;

extern const char *const wks_purse_payer_name[WKS_PURSE_N_PAYERS + 1]; /* ends with NULL */

/** Adds to the year's account and to this month's. Amounts from 0. */
void wks_purse_book(wks_purse *purse, wks_purse_payer payer, wks_purse_item item, int64_t cent, int64_t tenth_hours);
/** The part of a yearly whole that falls in this month: twelve of them add up to it. `year` from 0. */
int64_t wks_purse_twelfth(int64_t year, int32_t month);
/** A new month; in January also a new calendar year. */
void wks_purse_next(wks_purse *purse, bool is_january);
/** The year so far of one payer, or of all together (WKS_PURSE_N_PAYERS). */
wks_purse_sum wks_purse_year(const wks_purse *purse, wks_purse_payer payer);
/** This month of all payers. */
wks_purse_sum wks_purse_month(const wks_purse *purse);
uint64_t wks_purse_hash(const wks_purse *purse, uint64_t hash);

#endif
