/* Sakoda's form: everybody counts for everybody, less with distance; moves to the best cell within reach. odd.md, grid.3. */
#ifndef WKS_GRID_ATTITUDE_H
#define WKS_GRID_ATTITUDE_H

#include "grid/grid.h"

extern const wks_grid_form wks_attitude_form;

#endif
