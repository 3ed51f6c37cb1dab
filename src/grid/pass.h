/* One tick in the orders "random" and "pass". odd.md, grid.1. */
#ifndef WKS_GRID_PASS_H
#define WKS_GRID_PASS_H

#include "grid/grid.h"

/** All agents have a turn in fresh random order; who is unhappy then moves at once. */
void wks_pass_random(wks_grid *grid);
/** Who is unhappy at the start is listed; the listed move in random order, also who is no longer unhappy at its turn. */
void wks_pass_listed(wks_grid *grid);
/** Where the next movers to any cell will go is known from the words that come, but for the rare word that is passed over and a cell that is taken meanwhile: asks
 *  the processor for what these moves will touch. Some cells are empty. Returns one of them, -1: none. */
int32_t wks_pass_ask_for_destinations(const wks_grid *grid);
/** Likewise for all that a move from or to a cell touches. */
void wks_pass_ask_for_move(const wks_board *board, int32_t cell);

#endif
