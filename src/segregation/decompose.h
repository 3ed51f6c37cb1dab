/* M and H taken apart: between and within the levels of a hierarchy (buurt in wijk in gemeente), and the change between two tables into its
 * margins and its structure. M = sum_ik (n_ik/T) log(p_ik/P_k), H = M/E, E = -sum_k P_k log P_k; natural logarithms, 0 log 0 = 0. */
#ifndef WKS_SEGREGATION_DECOMPOSE_H
#define WKS_SEGREGATION_DECOMPOSE_H

#include "segregation/table.h"

/** One level of a hierarchy: of every area of the table its unit (0 .. n_units-1); negative: the area is in none, and is left out of everything. */
typedef struct wks_decompose_level {
    size_t n_units;
    const int64_t *unit;
} wks_decompose_level;

/** One unit of a level, its areas against the unit itself. */
typedef struct wks_decompose_unit {
    double share;         /* p_u = T_u/T; 0 for a unit without people */
    double m, h;          /* of the areas within the unit; NaN without people (h: also with one group only) */
    double entropy_ratio; /* E_u/E; NaN where m is, or E = 0 */
} wks_decompose_unit;

typedef struct wks_decompose_step {
    double m, h;                /* what is between the units of this step, within those of the level above */
    double m_between, h_between; /* of the units of this step in the whole: this step and all above it */
    size_t n_units;
    wks_decompose_unit *unit;   /* n_units of the level above the areas; NULL for step 0 (the areas) */
} wks_decompose_step;

/** step[0]: areas within level 0; step[l]: units of level l - 1 within level l; step[n_levels]: units of the top level in the whole. The m of all
 *  steps add up to `m`, their h to `h` (to rounding); of every level l, m = step[l+1].m_between + sum_u share_u m_u and
 *  h = step[l+1].h_between + sum_u share_u entropy_ratio_u h_u, u over step[l+1].unit. */
typedef struct wks_decompose_hierarchy {
    double m, h, entropy; /* over the areas; NaN without people (h: also if entropy is 0) */
    double left_out;      /* people of areas that are in no unit of some level */
    size_t n_steps;       /* n_levels + 1 */
    wks_decompose_step *step;
} wks_decompose_hierarchy;

/** Takes M and H apart by a hierarchy given from the finest level to the coarsest. Every step is a sum of terms p_u M_u >= 0, computed itself (not as a
 *  difference).
 *  @param level  n_levels >= 1 of them, each with table->n_areas numbers
 *  @return WKS_ERR_DATA where a unit of one level has areas in two units of the next, or a number is beyond n_units; WKS_ERR_NOMEM.
 *  O(levels * areas * groups). Source: Theil (1972); Mora & Ruiz-Castillo (2011), eq. 8 and 9 (strong unit decomposability). */
wks_status wks_decompose_hierarchy_make(const wks_table *table, const wks_decompose_level *level, size_t n_levels, wks_decompose_hierarchy *out,
                                        wks_err *err);
void wks_decompose_hierarchy_free(wks_decompose_hierarchy *hierarchy);

/** Parts of a difference; first + the five parts = second. */
typedef struct wks_decompose_parts {
    double first, second, difference; /* the index of either table, second - first */
    double additions;                 /* areas and groups that only the second table has */
    double removals;                  /* those that only the first has (what leaving them out adds) */
    double group_marginal;            /* the groups' shares changed */
    double area_marginal;             /* the areas' shares changed */
    double structural;                /* the rest: who lives with whom, margins apart */
} wks_decompose_parts;

typedef struct wks_decompose_change {
    wks_decompose_parts m, h; /* by fitting the margins, Elbers (2021) */
    wks_decompose_parts mrc;  /* of M, algebraic: groups over areas, Mora & Ruiz-Castillo (2009) */
    wks_decompose_parts mrc_transposed; /* of M, algebraic: areas over groups (another answer: the method is not symmetric) */
    size_t n_areas, n_groups; /* in both tables, with people in both */
    double fit_error;         /* largest |share - target| of a margin after fitting */
} wks_decompose_change;

/** Which area and group of the second table an area and group of the first is; negative: none. No two may be the same. */
typedef struct wks_decompose_match {
    const int64_t *area;  /* first->n_areas */
    const int64_t *group; /* first->n_groups */
} wks_decompose_match;

/** Takes the difference of M and of H between two tables apart.
 *  Areas and groups that both tables have, with people in both (taken again until that holds), are compared; what the others do is `additions`
 *  (index of the second less that of its common part) and `removals` (index of the common part of the first less that of the first).
 *  Elbers: with X(g,a,s) the index of the table that has the groups' shares of table g, the areas' shares of table a and the structure (odds
 *  ratios) of table s, made by iterative proportional fitting, cells that are 0 set to 1e-10 (or a thousandth of the smallest positive one):
 *    structural     = 1/2 [X(1,1,2) - X(1,1,1) + X(2,2,2) - X(2,2,1)]
 *    group_marginal = 1/4 [X(2,1,1) - X(1,1,1) + X(2,2,1) - X(1,2,1) + X(2,2,2) - X(1,2,2) + X(2,1,2) - X(1,1,2)]
 *    area_marginal  = 1/4 [X(1,2,1) - X(1,1,1) + X(2,2,1) - X(2,1,1) + X(2,2,2) - X(2,1,2) + X(1,2,2) - X(1,1,2)]
 *  Swapping tables turns every sign; swapping areas and groups swaps the marginal parts. Mora & Ruiz-Castillo, with e_i the entropy of area i:
 *    group_marginal = E(2) - E(1), area_marginal = -1/2 sum_i (p_i(2) - p_i(1)) (e_i(1) + e_i(2)),
 *    structural = -1/2 sum_i (p_i(1) + p_i(2)) (e_i(2) - e_i(1)).
 *  NaN: the parts where nothing is common, everything of an index that is undefined in one of the tables or common parts.
 *  @param precision   fitting stops when no share is further than this from its target (1e-12 is sensible), or after 100000 rounds (fit_error tells)
 *  @param structural  of every area of the first table its part of m.structural, 1/2 sum_s p_i(s) (ls_i(s') ... ) as in "shapley_detailed"; NaN where it is not
 *  common; may be NULL
 *  @return WKS_ERR_DATA where the match points outside the second table or twice to the same; WKS_ERR_NOMEM.
 *  O(rounds * areas * groups), some tens of rounds as a rule. Source: Elbers (2021), eq. 9 to 14; Deming & Stephan (1940); Mora & Ruiz-Castillo (2009). */
wks_status wks_decompose_change_make(const wks_table *first, const wks_table *second, const wks_decompose_match *match, double precision,
                                     wks_decompose_change *out, double *structural, wks_err *err);

#endif
