/* Homes that are ordered and not completed yet: a row is some alike dwellings for one buurt. */
#ifndef WKS_WORLD_PROJECT_H
#define WKS_WORLD_PROJECT_H

#include "world/columns.h"

/* clang-format off */
#define WKS_PROJECT_COLUMNS(X)                                                                             \
    X(uint64_t, key,            "-",      "stable key")                                                     \
    X(int32_t,  buurt_row,      "row",    "buurt")                                                          \
    X(int32_t,  owner_row,      "row",    "who lets them; -1: an owner of the kind that the tenure asks")   \
    X(int32_t,  n_dwellings,    "count",  "how many")                                                       \
    X(int32_t,  ready_month,    "month",  "month of completion")                                            \
    X(uint8_t,  kind,           "-",      "wks_project_kind")                                               \
    X(uint8_t,  rooms,          "count",  "rooms of each; 0: as the homes that are there")                  \
    X(uint8_t,  label,          "-",      "wks_label; not none: a complex of their own")                    \
    X(uint8_t,  origin,         "-",      "wks_project_origin")                                             \
    X(uint8_t,  is_paid,        "-",      "1 when its owner's account was charged")
/* clang-format on */

typedef struct wks_project_table {
    wks_columns base;
    WKS_PROJECT_COLUMNS(WKS_COLUMN_FIELD)
} wks_project_table;
extern const wks_table_info wks_project_info;

/* Segments of new homes. OWNER: at the price of the homes that are there. */
typedef enum wks_project_kind {
    WKS_PROJECT_SOCIAL,
    WKS_PROJECT_MIDDLE,
    WKS_PROJECT_OWNER,
    WKS_PROJECT_FREE,
    WKS_PROJECT_OWNER_CHEAP,
    WKS_PROJECT_OWNER_DEAR,
    WKS_N_PROJECT_KINDS
} wks_project_kind;

typedef enum wks_project_origin {
    WKS_PROJECT_BY_RATE,
    WKS_PROJECT_BY_EVENT,
    WKS_PROJECT_REPLACES,
    WKS_PROJECT_TRANSFORMS,
    WKS_N_PROJECT_ORIGINS
} wks_project_origin;

#endif
