/* Demolition and renovation with people in them (herhuisvesting): a project a complex, and a case for every household that has to move for
 * it. Cases stay when the household is gone, so that everybody remains counted. Rows of both tables are never freed; others refer to
 * them by number = row + 1, 0 for none. Contract, temporary home and return right are separate: household.contract_unit_row,
 * household.in_wisselwoning, displaced.right. */
#ifndef WKS_WORLD_PROJECT_H
#define WKS_WORLD_PROJECT_H

#include <stdbool.h>

#include "world/columns.h"

/* clang-format off */
#define WKS_PROJECT_COLUMNS(X)                                                                             \
    X(uint64_t, key,            "-",      "stable key")                                                     \
    X(int32_t,  complex_row,    "row",    "complex; -1 as long as the order is not carried out")            \
    X(uint64_t, event,          "-",      "key of the timeline event that ordered it; 0: the yearly rate")     \
    X(int32_t,  n_wanted,       "count",  "dwellings ordered")                                              \
    X(int32_t,  n_dwellings,    "count",  "dwellings whose tenants got notice")                             \
    X(int32_t,  n_left,         "count",  "of those, not yet demolished or renovated")                      \
    X(int32_t,  n_new,          "count",  "dwellings built in their place")                                 \
    X(int32_t,  notice_month,   "month",  "month of notice; WKS_NO_MONTH before")                           \
    X(int32_t,  date_month,     "month",  "month from which it is demolished or renovated")                 \
    X(int32_t,  ready_month,    "month",  "month in which the new homes are ready; WKS_NO_MONTH as long as homes stand") \
    X(uint8_t,  kind,           "-",      "wks_project_kind")                                               \
    X(uint8_t,  stage,          "-",      "wks_project_stage")
/* clang-format on */

typedef struct wks_project_table {
    wks_columns base;
    WKS_PROJECT_COLUMNS(WKS_COLUMN_FIELD)
} wks_project_table;
extern const wks_table_info wks_project_info;

/* clang-format off */
#define WKS_DISPLACED_COLUMNS(X)                                                                           \
    X(uint64_t, key,            "-",      "stable key")                                                     \
    X(uint64_t, household_key,  "-",      "household; after a succession who took the contract over")       \
    X(int32_t,  project,        "-",      "number of the project")                                          \
    X(int32_t,  from_buurt_row, "row",    "buurt of the home that goes or is renovated")                    \
    X(int32_t,  to_buurt_row,   "row",    "buurt of the first lasting home after it; -1 none in the city or not yet") \
    X(float,    from_x_m,       "m",      "position of the home that goes or is renovated; NaN without")                        \
    X(float,    from_y_m,       "m",      "the same")                                                            \
    X(float,    from_rent_eur,  "EUR/mo", "its rent at notice")                                             \
    X(int32_t,  notice_month,   "month",  "month of notice")                                                \
    X(int32_t,  settled_month,  "month",  "month in which it was settled; WKS_NO_MONTH while open")         \
    X(int32_t,  proposals,      "count",  "homes proposed to this household by its landlord")               \
    X(uint8_t,  state,          "-",      "wks_displaced_state")                                            \
    X(uint8_t,  right,          "-",      "wks_displaced_right: of return to the new homes")                \
    X(uint8_t,  is_paid,        "-",      "1 when the removal payment was made")
/* clang-format on */

typedef struct wks_displaced_table {
    wks_columns base;
    WKS_DISPLACED_COLUMNS(WKS_COLUMN_FIELD)
} wks_displaced_table;
extern const wks_table_info wks_displaced_info;

typedef enum wks_project_kind { WKS_PROJECT_DEMOLISH, WKS_PROJECT_RENOVATE, WKS_N_PROJECT_KINDS } wks_project_kind;
/* BUILDING: all demolished; RETURN: new homes are offered to who has a right to return. */
typedef enum wks_project_stage {
    WKS_PROJECT_ORDERED,
    WKS_PROJECT_NOTICED,
    WKS_PROJECT_BUILDING,
    WKS_PROJECT_RETURN,
    WKS_PROJECT_DONE,
    WKS_N_PROJECT_STAGES
} wks_project_stage;

/* WAITING and WISSELWONING are open, the others settled. OTHER: bought or rents outside the social segment; JOINED: went to live with
 * another household; RENOVATED: in its own home, which is renovated. */
typedef enum wks_displaced_state {
    WKS_DISPLACED_WAITING,
    WKS_DISPLACED_WISSELWONING,
    WKS_DISPLACED_SAME_BUURT,
    WKS_DISPLACED_CITY,
    WKS_DISPLACED_OTHER,
    WKS_DISPLACED_RENOVATED,
    WKS_DISPLACED_JOINED,
    WKS_DISPLACED_UNHOUSED,
    WKS_DISPLACED_LEFT,
    WKS_DISPLACED_DISSOLVED,
    WKS_N_DISPLACED_STATES
} wks_displaced_state;
/* OFFERED: a new home is reserved. DECLINED: stays where it is; UNMET: wanted to return and no new home was left that fits; ENDED: the
 * household ended, left or lost its home before. */
typedef enum wks_displaced_right {
    WKS_RIGHT_NONE,
    WKS_RIGHT_OPEN,
    WKS_RIGHT_OFFERED,
    WKS_RIGHT_RETURNED,
    WKS_RIGHT_DECLINED,
    WKS_RIGHT_UNMET,
    WKS_RIGHT_ENDED,
    WKS_N_DISPLACED_RIGHTS
} wks_displaced_right;
/* Works at a dwelling under renovation. */
typedef enum wks_project_works { WKS_WORKS_NONE, WKS_WORKS_ANNOUNCED, WKS_WORKS_UNDER, WKS_WORKS_DONE, WKS_N_WORKS } wks_project_works;

/** A case that is not settled yet / that the household still has to do with: open, or with a right that may be used. */
static inline bool wks_project_is_open(uint8_t state)
{
    return state == WKS_DISPLACED_WAITING || state == WKS_DISPLACED_WISSELWONING;
}
static inline bool wks_project_is_held(uint8_t state, uint8_t right)
{
    return wks_project_is_open(state) || right == WKS_RIGHT_OPEN || right == WKS_RIGHT_OFFERED;
}

extern const char *const wks_project_state_name[WKS_N_DISPLACED_STATES];
extern const char *const wks_project_right_name[WKS_N_DISPLACED_RIGHTS];

#endif
