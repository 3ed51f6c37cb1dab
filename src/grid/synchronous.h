/* One tick in the order "synchronous": everybody decides on the grid as it was at the start. odd.md, grid.1. */
#ifndef WKS_GRID_SYNCHRONOUS_H
#define WKS_GRID_SYNCHRONOUS_H

#include "grid/grid.h"

typedef struct wks_synchronous wks_synchronous;

wks_status wks_synchronous_init(wks_grid *grid, wks_err *err);
void wks_synchronous_free(wks_grid *grid);
/** The unhappy choose a cell that is empty at the start; who of those who chose the same cell has the greatest lot gets it, the others stay. */
void wks_synchronous_run(wks_grid *grid);

#endif
