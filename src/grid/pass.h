/* One tick in the orders "random" and "pass". odd.md, grid.1. */
#ifndef WKS_GRID_PASS_H
#define WKS_GRID_PASS_H

#include "grid/grid.h"

/** All agents have a turn in fresh random order; who is unhappy then moves at once. */
void wks_pass_random(wks_grid *grid);
/** Who is unhappy at the start is listed; the listed move in random order, also who is no longer unhappy at its turn. */
void wks_pass_listed(wks_grid *grid);

#endif
