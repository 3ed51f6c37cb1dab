/* The change of M and H (decompose.h) between two tables, taken apart into what both margins did and what is left: structure. */
#ifndef WKS_SEGREGATION_DECOMPOSE_CHANGE_H
#define WKS_SEGREGATION_DECOMPOSE_CHANGE_H

#include "segregation/table.h"

/** Parts of a difference: first + the five parts = second. NaN: see below. */
typedef struct wks_decompose_change_parts {
    double first, second, difference; /* the index of either table; second - first */
    double additions;                 /* areas and groups that only the second table has */
    double removals;                  /* those that only the first has: what leaving them out does */
    double group_marginal;            /* the groups' shares of all people changed */
    double area_marginal;             /* the areas' shares changed */
    double structural;                /* who lives with whom changed, margins apart */
} wks_decompose_change_parts;

typedef struct wks_decompose_change {
    wks_decompose_change_parts m, h;           /* by fitting the margins, Elbers (2021) */
    wks_decompose_change_parts mrc;            /* of M, by algebra: groups over areas, Mora & Ruiz-Castillo (2009) */
    wks_decompose_change_parts mrc_transposed; /* of M, by algebra: areas over groups; another answer, the method is not symmetric */
    size_t n_areas, n_groups;                  /* common: with people in both tables */
    double fit_error;                          /* largest |share - target| of a margin left after fitting */
} wks_decompose_change;

/** Which area and group of the second table those of the first are; negative: none. No two may be the same. */
typedef struct wks_decompose_change_match {
    const int64_t *area;  /* first->n_areas */
    const int64_t *group; /* first->n_groups */
} wks_decompose_change_match;

/** Takes the differences of M and H apart.
 *  Common areas and groups are those with people in both tables (taken again until that holds among themselves). `additions` is the index of the
 *  second table less that of its common part, `removals` that of the common part of the first less that of the first.
 *  Elbers: X(g,a,s) is the index of the table with the groups' shares of table g, the areas' shares of table a and the odds ratios of table s, by
 *  iterative proportional fitting, with cells of 0 set to 1e-10 (or to a thousandth of the smallest count, where that is less):
 *    structural     = 1/2 [X(1,1,2) - X(1,1,1) + X(2,2,2) - X(2,2,1)]
 *    group_marginal = 1/4 [X(2,1,1) - X(1,1,1) + X(2,2,1) - X(1,2,1) + X(2,2,2) - X(1,2,2) + X(2,1,2) - X(1,1,2)]
 *    area_marginal  = 1/4 [X(1,2,1) - X(1,1,1) + X(2,2,1) - X(2,1,1) + X(2,2,2) - X(2,1,2) + X(1,2,2) - X(1,1,2)]
 *  Swapped tables turn every sign (and additions into removals); swapped areas and groups swap the marginal parts of M.
 *  Mora & Ruiz-Castillo, e_i the entropy of area i, p_i its share:
 *    group_marginal = E(2) - E(1), area_marginal = -1/2 sum_i [p_i(2) - p_i(1)] [e_i(1) + e_i(2)],
 *    structural = -1/2 sum_i [p_i(1) + p_i(2)] [e_i(2) - e_i(1)].
 *  NaN: all parts where no area or group is common or an index is undefined (nobody; H also with one group).
 *  @param precision       fitting stops when no share is further than this from its target (1e-12 gives the parts to about 1e-10; the R package segregation
 *                         stops at 1e-3, which moves them in the first digit) or after 100000 rounds: fit_error tells
 *  @param area_structural of every area of the first table its part of m.structural,
 *                         1/2 p_i(1) [ls_i(1,1,2) - ls_i(1,1,1)] + 1/2 p_i(2) [ls_i(2,2,2) - ls_i(2,2,1)], ls_i = sum_k p_ik log(p_ik/P_k);
 *                         NaN where an area is not common. May be NULL
 *  @return WKS_ERR_DATA where the match points outside the second table or twice to the same; WKS_ERR_NOMEM.
 *  O(rounds * areas * groups), serial; some tens of rounds as a rule. Source: Elbers (2021); Deutsch, Fluckiger & Silber (2009); Deming & Stephan
 *  (1940); Mora & Ruiz-Castillo (2009). */
wks_status wks_decompose_change_make(const wks_table *first, const wks_table *second, const wks_decompose_change_match *match,
                                     double precision, wks_decompose_change *out, double *area_structural, wks_err *err);

#endif
