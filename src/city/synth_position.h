/* Random points inside a buurt. */
#ifndef WKS_CITY_SYNTH_POSITION_H
#define WKS_CITY_SYNTH_POSITION_H

#include <stdbool.h>

#include "base/rng.h"
#include "city/geometry.h"

/** Envelope of an area and its rings, for drawing points. `area` -1: none. */
typedef struct wks_synth_position {
    const wks_geometry *geometry;
    int32_t area;
    double x_min, x_max, y_min, y_max;
} wks_synth_position;

wks_synth_position wks_synth_position_open(const wks_geometry *geometry, const char *code);
/** Inside by the even-odd rule over all rings (holes count). O(points). */
bool wks_synth_position_is_inside(const wks_synth_position *position, double x, double y);
/** Uniform point in the area by rejection; the last try when 200 fail; NaN without polygon. */
void wks_synth_position_draw(const wks_synth_position *position, wks_rng *rng, float *out_x, float *out_y);
/** Point within `reach_m` of (x, y) and inside, else (x, y) itself. */
void wks_synth_position_near(const wks_synth_position *position, wks_rng *rng, float x, float y, double reach_m, float *out_x,
                             float *out_y);

#endif
