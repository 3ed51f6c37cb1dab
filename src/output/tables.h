/* The result tables of a run as text: headers and the rows of one tick. One routine prints numbers (base/text). */
#ifndef WKS_OUTPUT_TABLES_H
#define WKS_OUTPUT_TABLES_H

#include "base/text.h"
#include "city/folder.h"
#include "sim/replication.h"

typedef enum wks_tables_kind {
    WKS_TABLES_CITY,
    WKS_TABLES_BUURT,
    WKS_TABLES_LETTINGS,
    WKS_TABLES_COMPLIANCE,
    WKS_TABLES_BUDGET,
    WKS_TABLES_FLOWS,
    WKS_TABLES_DESTINATIONS,
    WKS_TABLES_MONITOR,
    WKS_TABLES_QUEUE,
    WKS_TABLES_N
} wks_tables_kind;

extern const char *const wks_tables_name[WKS_TABLES_N];
extern const char *const wks_tables_header[WKS_TABLES_N];

/** Whether a run of this scenario writes the table (lettings and monitor can be off); all of them, bit 1 << kind each. */
bool wks_tables_is_written(wks_tables_kind kind, const wks_scenario *scenario);
unsigned wks_tables_written(const wks_scenario *scenario);

/** "scenario,replication," as every row begins. */
typedef struct wks_tables_prefix {
    char text[512];
    size_t length;
} wks_tables_prefix;
void wks_tables_prefix_make(wks_tables_prefix *prefix, const char *scenario, int32_t replication);

/** Column order_key of lettings.csv for wks_letting.order_part: the name of the ordering key, lot, wait, or "" (nobody came after). */
const char *wks_tables_order_key(const wks_rule_set *rules, int32_t order_part);

/** Adds the rows of this tick to `out` (nothing when the table has none). */
void wks_tables_add(wks_tables_kind kind, const wks_scenario *scenario, const wks_city *city, const wks_replication_view *view,
                    const wks_tables_prefix *prefix, wks_text *out);

#endif
