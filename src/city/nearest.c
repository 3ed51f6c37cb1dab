#include "city/nearest.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

typedef struct wks_nearest_place {
    double x, y; /* NaN: takes no part */
} place;

typedef struct wks_nearest_found {
    double squared[WKS_NEAREST_N];
    int32_t row[WKS_NEAREST_N], n;
} found;

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

static bool takes_part(const place *at)
{
    return isfinite(at->x) && isfinite(at->y);
}

/* Rows come in order: of equals the first stays in front. */
static void insert(found *list, double squared, int32_t row)
{
    int32_t at = list->n < WKS_NEAREST_N ? list->n++ : WKS_NEAREST_N;

    if (at == WKS_NEAREST_N && !(squared < list->squared[--at])) return;
    for (; at > 0 && squared < list->squared[at - 1]; at--) {
        list->squared[at] = list->squared[at - 1];
        list->row[at] = list->row[at - 1];
    }
    list->squared[at] = squared;
    list->row[at] = row;
}

static found nearest_to(const place *at, int32_t n, int32_t b)
{
    found list = {.n = 0};

    for (int32_t j = 0; j < n; j++) {
        const double dx = at[j].x - at[b].x, dy = at[j].y - at[b].y;
        if (j != b && takes_part(&at[j])) insert(&list, dx * dx + dy * dy, j);
    }
    return list;
}

wks_status wks_nearest_fill(wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_buurten = city->n_buurten;
    int32_t n = 0;
    place *at = wks_mem_array((size_t)n_buurten, sizeof *at);

    city->near_x = wks_mem_array((size_t)n_buurten, sizeof *city->near_x);
    city->near_y = wks_mem_array((size_t)n_buurten, sizeof *city->near_y);
    city->near_start = wks_mem_array((size_t)n_buurten + 1, sizeof *city->near_start);
    city->near = wks_mem_array((size_t)n_buurten * WKS_NEAREST_N, sizeof *city->near);
    if (at == NULL || city->near_x == NULL || city->near_y == NULL || city->near_start == NULL || city->near == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for places of %d buurten", n_buurten);
    for (int32_t b = 0; b < n_buurten; b++)
        city->has_scores = city->has_scores || is_published(&city->buurt[b]);
    for (int32_t b = 0; b < n_buurten; b++) {
        at[b] = place_of(city, b);
        city->near_x[b] = at[b].x;
        city->near_y[b] = at[b].y;
    }
    for (int32_t b = 0; b < n_buurten; b++) {
        city->near_start[b] = n;
        if (!takes_part(&at[b])) continue;
        const found list = nearest_to(at, n_buurten, b);
        for (int32_t k = 0; k < list.n; k++)
            city->near[n++] = list.row[k];
    }
    city->near_start[n_buurten] = n;
out:
    free(at);
    return rc;
}
