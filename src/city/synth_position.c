#include "city/synth_position.h"

#include <math.h>

enum { TRIES = 200 };

wks_synth_position wks_synth_position_open(const wks_geometry *geometry, const char *code)
{
    wks_synth_position position = {geometry, geometry->n_areas == 0 ? -1 : wks_geometry_row(geometry, code), INFINITY, -INFINITY, INFINITY,
                                   -INFINITY};

    if (position.area < 0) return position;
    const int64_t first = geometry->point_start[geometry->ring_start[position.area]];
    const int64_t last = geometry->point_start[geometry->ring_start[position.area + 1]];
    for (int64_t i = first; i < last; i++) {
        position.x_min = fmin(position.x_min, geometry->x[i]);
        position.x_max = fmax(position.x_max, geometry->x[i]);
        position.y_min = fmin(position.y_min, geometry->y[i]);
        position.y_max = fmax(position.y_max, geometry->y[i]);
    }
    if (first == last) position.area = -1;
    return position;
}

bool wks_synth_position_is_inside(const wks_synth_position *position, double x, double y)
{
    const wks_geometry *g = position->geometry;
    bool is_inside = false;

    for (int32_t r = g->ring_start[position->area]; r < g->ring_start[position->area + 1]; r++) {
        for (int64_t i = g->point_start[r] + 1; i < g->point_start[r + 1]; i++) {
            const double ya = g->y[i - 1], yb = g->y[i];
            if ((ya > y) != (yb > y) && x < g->x[i - 1] + (y - ya) * (g->x[i] - g->x[i - 1]) / (yb - ya)) is_inside = !is_inside;
        }
    }
    return is_inside;
}

void wks_synth_position_draw(const wks_synth_position *position, wks_rng *rng, float *out_x, float *out_y)
{
    double x = NAN, y = NAN;

    for (int32_t i = 0; position->area >= 0 && i < TRIES; i++) {
        const double u = wks_rng_u01(rng), v = wks_rng_u01(rng);
        x = position->x_min + u * (position->x_max - position->x_min);
        y = position->y_min + v * (position->y_max - position->y_min);
        if (wks_synth_position_is_inside(position, x, y)) break;
    }
    *out_x = (float)x;
    *out_y = (float)y;
}

void wks_synth_position_near(const wks_synth_position *position, wks_rng *rng, float x, float y, double reach_m, float *out_x, float *out_y)
{
    const double u = wks_rng_u01(rng), v = wks_rng_u01(rng);
    const double near_x = (double)x + (2.0 * u - 1.0) * reach_m, near_y = (double)y + (2.0 * v - 1.0) * reach_m;
    const bool is_good = position->area >= 0 && wks_synth_position_is_inside(position, near_x, near_y);

    *out_x = is_good ? (float)near_x : x;
    *out_y = is_good ? (float)near_y : y;
}
