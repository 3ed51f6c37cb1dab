/* Schelling's form: satisfied with a share or a number of alike neighbours; moves to any empty cell or to the nearest that satisfies. odd.md, grid.2. */
#ifndef WKS_GRID_ALIKE_H
#define WKS_GRID_ALIKE_H

#include "grid/grid.h"

extern const wks_grid_form wks_alike_form;

/** Least number of alike among n neighbours that satisfies: the least k with k >= share * n in whole numbers (share to 12 decimals), or `count`
 *  when that is not negative. n = 0: 0, or 1 (nothing satisfies) when the lonely are unhappy. */
int32_t wks_alike_least(double share, int32_t count, bool lonely_unhappy, int32_t n);

#endif
