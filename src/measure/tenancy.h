/* How long people stay: homes whose occupants were all replaced in twelve months (CBS's definition of turnover), and how many social tenancies last so many
 * years. What must be remembered is kept here: replications are whole or absent (docs/decisions/0004), so it is no state of the world. */
#ifndef WKS_MEASURE_TENANCY_H
#define WKS_MEASURE_TENANCY_H

#include "world/row_order.h"
#include "world/world.h"

/* Years after which survival is told: 1, 2, 3, 4, 5, 10. */
enum { WKS_TENANCY_TERMS = 6 };
extern const int32_t wks_tenancy_years[WKS_TENANCY_TERMS];
extern const char *const wks_tenancy_term_name[WKS_TENANCY_TERMS];

/** Dwellings of a tenure, and those of them whose occupants now are all others than twelve months ago. */
typedef struct wks_tenancy_turnover {
    int64_t stock[WKS_N_TENURES], turned[WKS_N_TENURES];
    bool is_known; /* twelve months have gone by */
} wks_tenancy_turnover;

typedef struct wks_tenancy wks_tenancy; /* opaque */
wks_status wks_tenancy_create(int32_t n_ticks, wks_tenancy **out, wks_err *err);
void wks_tenancy_destroy(wks_tenancy *tenancy);
/** Carries it over; read into one just created for as many ticks. */
wks_status wks_tenancy_carry(wks_tenancy *tenancy, wks_carry *carry, wks_err *err);
/** Takes in the present state; once a tick, also tick 0. O(units), and O(persons) every twelfth tick. */
wks_status wks_tenancy_push(wks_tenancy *tenancy, const wks_world *world, wks_err *err);
/** Persons have other rows from here on. */
wks_status wks_tenancy_reorder(wks_tenancy *tenancy, const wks_row_order *order, wks_err *err);

/** Turnover by CBS's definition over the last whole period of twelve ticks from tick 0 on: of the stock at its end, the dwellings with occupants of whom
 *  nobody lived there at its begin. New dwellings count when occupied, dwellings where somebody stayed and empty ones do not. Guests are occupants. A dwelling
 *  let by the room is one dwelling. The tenure is that of the end. */
wks_tenancy_turnover wks_tenancy_turnover_of(const wks_tenancy *tenancy);

/** Regular social tenancies (self-contained, no campus) that began 12 k months ago, months of the last year taken together, and those of them that last.
 *  A tenancy lasts while the home has not been left: the contract household may change (a partner who moved in, a child who takes over) and may lose or gain
 *  members; it ends when the household moves, joins another elsewhere, leaves the city, dies out, or when the home is no longer social rent. Those that began
 *  before tick 1 are unknown. */
void wks_tenancy_survival_of(const wks_tenancy *tenancy, int32_t term, int64_t *out_began, int64_t *out_last);

#endif
