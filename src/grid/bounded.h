/* Schelling's bounded neighbourhood: who stands its mix is in, who does not is elsewhere. odd.md, grid.4. */
#ifndef WKS_GRID_BOUNDED_H
#define WKS_GRID_BOUNDED_H

#include "grid/grid.h"

extern const wks_grid_form wks_bounded_form;

/** Agents of a group inside the neighbourhood. */
int32_t wks_bounded_inside(const wks_grid *grid, bool is_b);

#endif
