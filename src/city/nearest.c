#include "city/nearest.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/points.h"

typedef struct wks_nearest_place {
    double x, y; /* NaN: takes no part */
} place;

static bool is_published(const wks_city_area *buurt)
{
    return buurt->origin[WKS_CITY_lbm_won] == WKS_CITY_ORIGIN_published;
}

bool wks_nearest_is_scored(const wks_city *city, int32_t b)
{
    return city->has_scores ? is_published(&city->buurt[b]) : city->buurt[b].value[WKS_CITY_households] > 0;
}

/* Mean of the corners, each as often as it is written; about the first one, which keeps digits. */
static place mean_corner(const wks_geometry *g, int32_t shape)
{
    const int64_t first = g->point_start[g->ring_start[shape]], end = g->point_start[g->ring_start[shape + 1]];
    double x = 0, y = 0;

    if (end <= first) return (place){(double)NAN, (double)NAN};
    for (int64_t i = first; i < end; i++) {
        x += g->x[i] - g->x[first];
        y += g->y[i] - g->y[first];
    }
    return (place){g->x[first] + x / (double)(end - first), g->y[first] + y / (double)(end - first)};
}

static place place_of(const wks_city *city, int32_t b)
{
    const int32_t shape = city->geometry.n_areas > 0 ? wks_geometry_row(&city->geometry, city->buurt[b].code) : -1;

    if (!wks_nearest_is_scored(city, b)) return (place){(double)NAN, (double)NAN};
    return shape >= 0 ? mean_corner(&city->geometry, shape) : (place){city->buurt[b].x_m, city->buurt[b].y_m};
}

wks_status wks_nearest_fill(wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)city->n_buurten;
    double *x = wks_mem_array(n, sizeof *x), *y = wks_mem_array(n, sizeof *y);
    int64_t *start = wks_mem_array(n + 1, sizeof *start);

    city->near_x = x;
    city->near_y = y;
    city->near_start = wks_mem_array(n + 1, sizeof *city->near_start);
    city->near = wks_mem_array(n * WKS_NEAREST_N, sizeof *city->near);
    if (x == NULL || y == NULL || start == NULL || city->near_start == NULL || city->near == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for places of %d buurten", city->n_buurten);
    for (int32_t b = 0; b < city->n_buurten; b++)
        city->has_scores = city->has_scores || is_published(&city->buurt[b]);
    for (int32_t b = 0; b < city->n_buurten; b++) {
        const place at = place_of(city, b);
        x[b] = at.x;
        y[b] = at.y;
    }
    WKS_TRY(wks_points_nearest(x, y, n, WKS_NEAREST_N, 1, start, city->near, err));
    for (size_t b = 0; b <= n; b++)
        city->near_start[b] = (int32_t)start[b];
out:
    free(start);
    return rc;
}
