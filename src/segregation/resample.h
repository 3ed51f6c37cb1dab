/* How certain an index is: residents redrawn (bootstrap), and residents dealt over the areas by chance (permutation). Decision 0015. */
#ifndef WKS_SEGREGATION_RESAMPLE_H
#define WKS_SEGREGATION_RESAMPLE_H

#include "base/rng.h"
#include "segregation/index.h"

typedef struct wks_resample_plan {
    int32_t n_bootstrap, n_permutations; /* draws; 0: none. An interval asks for some hundreds, a p-value of 0.05 for at least 19 */
    uint64_t seed;
    int threads;
    size_t most_values; /* values of draws kept at a time, 8 bytes each; 0: 2^25 */
} wks_resample_plan;

/** What the draws say of one row. All NaN where they say nothing: no draws of that kind, counts that are not whole or add up to more than 2^53, an
 *  index that is undefined in the table or in half of the draws or more. p_value and chance also of an index of the margins alone (E, E_norm, I, SC,
 *  ED_fixed, ED_binom): dealing keeps the margins. */
typedef struct wks_resample_row {
    double ci_low,
        ci_high; /* 95 % interval 2 v - q(.975) to 2 v - q(.025), q the quantiles of the redrawn (type 7), cut at the index's range */
    double
        debiased; /* 2 v - mean of the redrawn, cut at the range: an index that is high in small areas by chance is so twice in a redraw */
    double se;    /* standard deviation of the redrawn */
    double p_value; /* (1 + dealt tables at least as segregated) / (1 + dealt tables); one-sided */
    double chance;  /* mean of the dealt: what residents without any preference would give */
} wks_resample_row;

/** Fills out[found->n] for the rows that wks_index_compute made of (table, place, wanted).
 *  Bootstrap: as many residents as there are, redrawn over the cells (area, group) with the table's shares: the error of people sampled, not of
 *  areas. Reflected about the estimate, since every redraw adds the bias of small areas once more. Of a smooth index (H, M, eta2) the interval holds
 *  the truth about 95 times in 100 also in areas of 30 people; of D, which has a corner at evenness, it holds it less often there (86 in 100 in
 *  tests/unit/segregation/test_resample.c): say p_value and Dmod beside it.
 *  Permutation: residents dealt over the areas, both margins as they are (D's mean is then ED_fixed); Moran's I: the shares of all areas that take
 *  part change places. "At least as segregated" is value >= v, for exposure to another group (xPy, P_spatial) and the diversity of an area (E, I)
 *  value <= v; values within 1e-12 (1 + |v|) are equal. Moran's I is one-sided too: of like beside like (Cliff & Ord 1981).
 *  The same for any number of threads; another order of areas or groups makes other draws.
 *  @return WKS_ERR_NOMEM; what wks_index_compute returns.
 *  O((n_bootstrap + n_permutations) * (areas * groups + the wanted indices)); memory: a table and the rows of a thread, and the values of all draws
 *  of most_values / draws rows at a time (with more rows than that everything is drawn again for the next ones: no other results).
 *  Source: Davison & Hinkley (1997), basic bootstrap interval and Monte Carlo p-value; Elbers (2021) for the debiased value. */
wks_status wks_resample_rows(const wks_table *table, const wks_index_place *place, const bool *wanted, const wks_index_result *found,
                             const wks_resample_plan *plan, wks_resample_row *out, wks_err *err);

/** One redraw: table->all residents over the cells with the table's shares. Area totals by conditional binomials in the order of the areas, then
 *  groups within the area; stream (area, draw, BOOTSTRAP). `out` has the table's shape (its sums are taken). Whole counts, or a bug. */
void wks_resample_redraw(const wks_table *table, const wks_rng_seed *seed, uint32_t draw, wks_table *out);
/** One deal: a random table with both margins, every way of placing residents equally likely. Areas in their order, in each the groups by
 *  hypergeometric draws from who is left; stream (area, draw, PERMUTATION). WKS_ERR_NOMEM. Source: Patefield (1981) for the law. */
wks_status wks_resample_deal(const wks_table *table, const wks_rng_seed *seed, uint32_t draw, wks_table *out, wks_err *err);

#endif
