/* M and H taken apart by a hierarchy (buurt in wijk in gemeente). M = sum_ik (n_ik/T) log(p_ik/P_k), H = M/E, E = -sum_k P_k log P_k; natural
 * logarithms, 0 log 0 = 0. The change between two tables: decompose_change.h. */
#ifndef WKS_SEGREGATION_DECOMPOSE_H
#define WKS_SEGREGATION_DECOMPOSE_H

#include "segregation/table.h"

/** One level: of every area of the table its unit (0 .. n_units-1); negative: the area is in none, and is left out of everything. */
typedef struct wks_decompose_level {
    size_t n_units;
    const int64_t *unit;
} wks_decompose_level;

/** One unit of a level: its areas against the unit as a whole. */
typedef struct wks_decompose_unit {
    double share;         /* p_u = T_u/T; 0 for a unit without people, NaN if nobody is anywhere */
    double m, h;          /* of the areas within the unit; NaN without people (h also if one group is alone there) */
    double entropy_ratio; /* E_u/E; NaN without people or if E = 0 */
} wks_decompose_unit;

typedef struct wks_decompose_step {
    double m, h;                 /* what is between the units of this step, within those of the level above */
    double m_between, h_between; /* of the units of this step against the whole: this step and all above it */
    size_t n_units;
    wks_decompose_unit *unit; /* step l >= 1: the n_units of level l - 1; NULL for step 0 (the areas themselves) */
} wks_decompose_step;

/** step[0]: areas within level 0; step[l]: units of level l - 1 within level l; step[n_levels]: units of the top level in the whole. The m of all
 *  steps add up to `m`, their h to `h` (to rounding). Of every level l, with u over step[l+1].unit,
 *  m = step[l+1].m_between + sum_u share m_u and h = step[l+1].h_between + sum_u share entropy_ratio h_u (NaN adds nothing). */
typedef struct wks_decompose_hierarchy {
    double m, h, entropy; /* over the areas; NaN without people (h also if E = 0) */
    double left_out;      /* people in areas that are in no unit of some level */
    size_t n_steps;       /* n_levels + 1 */
    wks_decompose_step *step;
} wks_decompose_hierarchy;

/** Takes M and H apart by levels given from the finest to the coarsest. Every part is a sum of terms p_u M_u >= 0 of its own, not a difference.
 *  @param level  n_levels of them, each with table->n_areas numbers
 *  @return WKS_ERR_DATA where a unit has areas in two units of the next level, or a number is beyond n_units; WKS_ERR_NOMEM.
 *  O(levels * areas * groups), serial. Source: Theil (1972); Mora & Ruiz-Castillo (2011), strong unit decomposability:
 *  M = M_between + sum_u p_u M_u, H = H_between + sum_u p_u (E_u/E) H_u. */
wks_status wks_decompose_nested(const wks_table *table, const wks_decompose_level *level, size_t n_levels, wks_decompose_hierarchy *out,
                                wks_err *err);
void wks_decompose_free(wks_decompose_hierarchy *hierarchy);

#endif
