/* Registrations: an adult's place in the region's woonruimteverdeling. A household applies with the oldest one of its adults. */
#ifndef WKS_WORLD_REGISTRATION_H
#define WKS_WORLD_REGISTRATION_H

#include "world/columns.h"

/* clang-format off */
#define WKS_REGISTRATION_COLUMNS(X)                                                              \
    X(uint64_t, key,            "-",     "key of the person")                                    \
    X(int32_t,  person_row,     "row",   "the person")                                           \
    X(int32_t,  since_month,    "month", "inschrijfdatum")                                       \
    X(int32_t,  reacted_month,  "month", "last reaction; WKS_NO_MONTH if never")                 \
    X(float,    points,         "points","search and situation points")                          \
    X(uint8_t,  state,          "-",     "wks_registration_state")
/* clang-format on */

typedef struct wks_registration_table {
    wks_columns base;
    WKS_REGISTRATION_COLUMNS(WKS_COLUMN_FIELD)
} wks_registration_table;
extern const wks_table_info wks_registration_info;

typedef enum wks_registration_state { WKS_REGISTRATION_DORMANT, WKS_REGISTRATION_ACTIVE, WKS_N_REGISTRATION_STATES } wks_registration_state;
extern const char *const wks_registration_state_name[WKS_N_REGISTRATION_STATES];

#endif
