/* One tick in the order "event": the same moves as "random", visiting only who is unhappy. odd.md, grid.1. */
#ifndef WKS_GRID_AGENDA_H
#define WKS_GRID_AGENDA_H

#include "grid/grid.h"

typedef struct wks_agenda wks_agenda;

wks_status wks_agenda_init(wks_grid *grid, wks_err *err);
void wks_agenda_free(wks_grid *grid);
/** Plain form only. Work is in proportion to moves and to the unhappy, not to agents. */
void wks_agenda_run(wks_grid *grid);

#endif
