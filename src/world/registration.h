/* Registrations: an adult's place in the region's woonruimteverdeling. A household applies with the oldest one of its adults. */
#ifndef WKS_WORLD_REGISTRATION_H
#define WKS_WORLD_REGISTRATION_H

#include "world/columns.h"

/* clang-format off */
#define WKS_REGISTRATION_COLUMNS(X, R)                                                             \
    X(uint64_t, key,            "-",     "key of the person")                                    \
    X(int32_t,  person_row,     "row",   "the person")                                           \
    X(int16_t,  since_month,    "month", "inschrijfdatum")                                       \
    X(int16_t,  reacted_month,  "month", "last reaction; WKS_NO_MONTH if never")                 \
    X(int16_t,  first_month,    "month", "first reaction; WKS_NO_MONTH if never (zoekduur counts from here)") \
    R(int16_t,  WKS_NO_MONTH, suspended_until,"month", "may not react before this month; WKS_NO_MONTH if it may")  \
    R(int16_t,  WKS_NO_MONTH, refused_month,  "month", "first refusal of the year that is counted; WKS_NO_MONTH if none") \
    X(float,    search_points,  "points","earned by reacting (part search_points)")              \
    X(float,    situation_points,"points","earned by a situation that lasts (part situation_points)") \
    X(float,    start_points,   "points","given once (part start_points)")                       \
    X(uint16_t, n_reactions,    "count", "reactions in the month of the last reaction")          \
    X(uint8_t,  n_refused,      "count", "offers refused in the year since refused_month")       \
    X(uint8_t,  state,          "-",     "wks_registration_state")
/* clang-format on */

typedef struct wks_registration_table {
    wks_columns base;
    WKS_REGISTRATION_COLUMNS(WKS_COLUMN_FIELD, WKS_RARE_FIELD)
} wks_registration_table;
extern const wks_table_info wks_registration_info;

typedef enum wks_registration_state { WKS_REGISTRATION_DORMANT, WKS_REGISTRATION_ACTIVE, WKS_N_REGISTRATION_STATES } wks_registration_state;
extern const char *const wks_registration_state_name[WKS_N_REGISTRATION_STATES];

/** Search, situation and start points together. */
static inline double wks_registration_points(const wks_registration_table *registration, int32_t row)
{
    return (double)registration->search_points[row] + (double)registration->situation_points[row] + (double)registration->start_points[row];
}

#endif
