/* Rent of sitting tenants: its yearly rise within the law, net rent over income, arrears, repayment plans and eviction. */
#ifndef WKS_PROCESS_LIVELIHOOD_RENT_H
#define WKS_PROCESS_LIVELIHOOD_RENT_H

#include "base/rng.h"
#include "scenario/law.h"
#include "world/world.h"

/* As in the parameter table of process livelihood; chances a month. */
typedef struct wks_livelihood_rent {
    const wks_law *law;
    double burden_limit, arrears, arrears_end, plan, early_plan, plan_breaks, eviction;
    double index, to_cap; /* yearly rise asked, and how far from there to the law's largest */
    double extra_eur;     /* a month more for social tenants with an income far above the limit */
} wks_livelihood_rent;

/** Net rent (rent less huurtoeslag of the year) over income of a household that pays rent; 0 without rent or income. O(1). */
double wks_livelihood_rent_burden(const wks_law *law, const wks_world *world, int32_t row, int32_t age);

/** One month of one household: writes arrears_months and repays of its row. True when it is evicted. One word of the stream, two for who is in
 *  arrears of three months or more.
 *  @param debt_boost  debt help where it lives: plans are offered 1 + debt_boost times as often */
bool wks_livelihood_rent_step(const wks_livelihood_rent *self, wks_world *world, int32_t row, int32_t age, double debt_boost, wks_rng *rng);

/** Rise a year of the rent of a sitting tenant of a dwelling, as a part of it: index + to_cap x (largest - index), at most the law's largest for
 *  social, middle (private rent up to the middle limit of the year) or free rent. */
double wks_livelihood_rent_rise(const wks_livelihood_rent *self, const wks_world *world, int32_t unit_row);

/** July: rents of all units let rise. Parallel over units, each writes its own row. */
void wks_livelihood_rent_july(const wks_livelihood_rent *self, wks_world *world);
/** January, with the law's limits: rents of vacant units, asked rents and streefhuur rise by `index`, so that a home let at a limit stays within it. */
void wks_livelihood_rent_january(const wks_livelihood_rent *self, wks_world *world);

#endif
