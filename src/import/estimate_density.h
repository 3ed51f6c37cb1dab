/* The address density of buurten of which CBS published none. */
#ifndef WKS_IMPORT_ESTIMATE_DENSITY_H
#define WKS_IMPORT_ESTIMATE_DENSITY_H

#include "import/estimate_work.h"

/** Addresses per km2 within a kilometre, whole, of the buurten of the gemeente at hand; nothing if all have it. From the dwellings around where
 *  the map has nine in ten of them, else from the model; without a polygon
 *  there as the others of its wijk, else of the gemeente. Needs dwellings. O(buurten^2). */
void wks_estimate_density(wks_estimate_work *w);

#endif
