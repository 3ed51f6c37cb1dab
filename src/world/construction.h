/* Homes that are ordered and not completed yet: a row is some alike dwellings for one buurt. */
#ifndef WKS_WORLD_CONSTRUCTION_H
#define WKS_WORLD_CONSTRUCTION_H

#include "world/columns.h"

/* clang-format off */
#define WKS_CONSTRUCTION_COLUMNS(X)                                                                             \
    X(uint64_t, key,            "-",      "stable key")                                                     \
    X(int32_t,  buurt_row,      "row",    "buurt")                                                          \
    X(int32_t,  owner_row,      "row",    "who lets them; -1: an owner of the kind that the tenure asks")   \
    X(int32_t,  n_dwellings,    "count",  "how many")                                                       \
    X(int32_t,  project,        "number", "the demolition project whose homes they replace; 0 none")        \
    X(int32_t,  ready_month,    "month",  "month of completion")                                            \
    X(uint8_t,  kind,           "-",      "wks_construction_kind")                                               \
    X(uint8_t,  rooms,          "count",  "rooms of each; 0: as the homes that are there")                  \
    X(uint8_t,  label,          "-",      "wks_label; not none: a complex of their own")                    \
    X(uint8_t,  origin,         "-",      "wks_construction_origin")                                             \
    X(uint8_t,  is_paid,        "-",      "1 when its owner's account was charged")
/* clang-format on */

typedef struct wks_construction_table {
    wks_columns base;
    WKS_CONSTRUCTION_COLUMNS(WKS_COLUMN_FIELD)
} wks_construction_table;
extern const wks_table_info wks_construction_info;

/* Segments of new homes. OWNER: at the price of the homes that are there. */
typedef enum wks_construction_kind {
    WKS_CONSTRUCTION_SOCIAL,
    WKS_CONSTRUCTION_MIDDLE,
    WKS_CONSTRUCTION_OWNER,
    WKS_CONSTRUCTION_FREE,
    WKS_CONSTRUCTION_OWNER_CHEAP,
    WKS_CONSTRUCTION_OWNER_DEAR,
    WKS_N_CONSTRUCTION_KINDS
} wks_construction_kind;

typedef enum wks_construction_origin {
    WKS_CONSTRUCTION_BY_RATE,
    WKS_CONSTRUCTION_BY_EVENT,
    WKS_CONSTRUCTION_REPLACES,
    WKS_CONSTRUCTION_TRANSFORMS,
    WKS_N_CONSTRUCTION_ORIGINS
} wks_construction_origin;

#endif
