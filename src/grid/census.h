/* What a grid is measured by, at one moment. odd.md, grid.5. */
#ifndef WKS_GRID_CENSUS_H
#define WKS_GRID_CENSUS_H

#include "base/err.h"

struct wks_grid;

typedef struct wks_census {
    double unhappy_share; /* of the agents */
    double alike_pooled;  /* pairs of neighbours of the same group over all pairs */
    double alike_mean;    /* mean over agents with neighbours of the share of these that is of the own group */
} wks_census;

/** What is not defined (no agents, no neighbours) is NaN. O(cells), or nothing when nobody moved since the last. WKS_ERR_NOMEM. */
wks_status wks_census_take(struct wks_grid *grid, wks_census *out, wks_err *err);

#endif
