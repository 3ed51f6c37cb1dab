#include "report/map.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "num/stat.h"
#include "report/chart.h"
#include "world/leefbaarheid.h"

/* ColorBrewer YlGnBu and PuOr: both keep their order for the colour-blind and in grey. */
const char *const wks_map_sequential[WKS_MAP_N_CLASSES] = {"#ffffcc", "#c7e9b4", "#7fcdbb", "#41b6c4", "#1d91c0", "#225ea8", "#0c2c84"};
const char *const wks_map_diverging[WKS_MAP_N_CLASSES] = {"#b35806", "#f1a340", "#fee0b6", "#f7f7f7", "#d8daeb", "#998ec3", "#542788"};
const char *const wks_map_nine[WKS_MAP_MAX_CLASSES] = {"#7f3b08", "#b35806", "#e08214", "#fdb863", "#f7f7f7",
                                                       "#d8daeb", "#b2abd2", "#8073ac", "#542788"};
const char wks_map_grey[] = "#bdbdbd", wks_map_empty[] = "#ffffff";

static_assert((int)WKS_MAP_MAX_CLASSES == (int)WKS_LEEFBAARHEID_CLASSES, "a colour a class");
const char *const wks_map_leefbaarheid_class[2][WKS_MAP_MAX_CLASSES] = {
    {"zeer onvoldoende", "ruim onvoldoende", "onvoldoende", "zwak", "voldoende", "ruim voldoende", "goed", "zeer goed", "uitstekend"},
    {"very poor", "poor", "insufficient", "weak", "sufficient", "more than sufficient", "good", "very good", "excellent"},
};

void wks_map_free(wks_map *map)
{
    free(map->has_shape);
    *map = (wks_map){0};
}

/* ---- shapes on the grid ---- */

typedef struct grid {
    double x0, y1, scale; /* west and north edge, grid units a metre */
} grid;

typedef struct point {
    int x, y;
} point;

static int nearest(double value)
{
    return (int)floor(value + 0.5);
}

static grid make_grid(const wks_geometry *g, int *out_height)
{
    int64_t n = g->n_rings > 0 ? g->point_start[g->n_rings] : 0;
    double x0 = INFINITY, x1 = -INFINITY, y0 = INFINITY, y1 = -INFINITY;
    for (int64_t i = 0; i < n; i++) {
        x0 = fmin(x0, g->x[i]);
        x1 = fmax(x1, g->x[i]);
        y0 = fmin(y0, g->y[i]);
        y1 = fmax(y1, g->y[i]);
    }
    double width = x1 > x0 ? x1 - x0 : 1.0, height = y1 > y0 ? y1 - y0 : 1.0;
    grid made = {x0, y1, WKS_MAP_WIDTH / fmax(width, height * 0.8)}; /* never much taller than wide */
    *out_height = (int)ceil(height * made.scale);
    if (*out_height < 1) *out_height = 1;
    return made;
}

/* The points of a ring on the grid without repeats and without the closing one; returns how many. */
static size_t ring_points(const wks_geometry *g, int32_t ring, const grid *on, point *out)
{
    size_t n = 0;
    for (int64_t i = g->point_start[ring]; i < g->point_start[ring + 1]; i++) {
        point p = {nearest((g->x[i] - on->x0) * on->scale), nearest((on->y1 - g->y[i]) * on->scale)};
        if (n > 0 && out[n - 1].x == p.x && out[n - 1].y == p.y) continue;
        out[n++] = p;
    }
    while (n > 1 && out[n - 1].x == out[0].x && out[n - 1].y == out[0].y)
        n--;
    return n;
}

static double twice_area(const point *p, size_t n)
{
    double sum = 0.0;
    for (size_t i = 0; i < n; i++) {
        size_t next = (i + 1) % n;
        sum += (double)p[i].x * p[next].y - (double)p[next].x * p[i].y;
    }
    return sum;
}

static void reverse(point *p, size_t n)
{
    for (size_t i = 0; i < n / 2; i++) {
        point swap = p[i];
        p[i] = p[n - 1 - i];
        p[n - 1 - i] = swap;
    }
}

static void draw_ring(const point *p, size_t n, wks_text *text)
{
    wks_text_addf(text, "M%d,%dl", p[0].x, p[0].y);
    for (size_t i = 1; i < n; i++)
        wks_text_addf(text, "%s%d,%d", i > 1 ? "," : "", p[i].x - p[i - 1].x, p[i].y - p[i - 1].y);
    wks_text_add(text, "z");
}

/* ---- hatching: lines x + y = const, cut by the outline (even-odd) ---- */

enum { HATCH_STEP = 20 };

typedef struct edges {
    point *from, *to;
    size_t n;
} edges;

static int compare_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* x - y where an edge crosses the line x + y = u; half-open so that a corner counts once. */
static bool crossing(point a, point b, double u, double *out)
{
    double ua = a.x + a.y, ub = b.x + b.y;
    if ((ua <= u) == (ub <= u)) return false;
    double t = (u - ua) / (ub - ua);
    *out = (a.x - a.y) + t * ((b.x - b.y) - (a.x - a.y));
    return true;
}

static void draw_hatching(const edges *outline, double *cut, wks_text *text)
{
    int low = 0, high = -1;
    for (size_t i = 0; i < outline->n; i++) {
        int u = outline->from[i].x + outline->from[i].y;
        if (i == 0 || u < low) low = u;
        if (i == 0 || u > high) high = u;
    }
    for (int k = low / HATCH_STEP + 1; k * HATCH_STEP < high; k++) {
        size_t n = 0;
        for (size_t i = 0; i < outline->n; i++)
            n += crossing(outline->from[i], outline->to[i], k * HATCH_STEP + 0.5, &cut[n]);
        qsort(cut, n, sizeof *cut, compare_double);
        for (size_t i = 0; i + 1 < n; i += 2) {
            double u = k * HATCH_STEP + 0.5;
            double x = (u + cut[i]) / 2.0, y = (u - cut[i]) / 2.0, d = (cut[i + 1] - cut[i]) / 2.0;
            if (d >= 1.0) wks_text_addf(text, "M%d,%dl%d,%d", nearest(x), nearest(y), nearest(d), -nearest(d));
        }
    }
}

/* Outline and hatching of one area of the geometry. False when it has no extent on the grid. */
static bool draw_area(const wks_geometry *g, int32_t area, const grid *on, size_t row, point *ring, edges *outline, double *cut,
                      wks_text *text)
{
    outline->n = 0;
    for (int32_t r = g->ring_start[area]; r < g->ring_start[area + 1]; r++) {
        size_t n = ring_points(g, r, on, ring);
        if (n < 3) continue;
        if ((twice_area(ring, n) < 0.0) != (g->is_hole[r] != 0)) reverse(ring, n);
        if (outline->n == 0) wks_text_addf(text, "<path id=\"a%zu\" d=\"", row);
        draw_ring(ring, n, text);
        for (size_t i = 0; i < n; i++) {
            outline->from[outline->n] = ring[i];
            outline->to[outline->n++] = ring[(i + 1) % n];
        }
    }
    if (outline->n == 0) return false;
    wks_text_addf(text, "\"/><path id=\"h%zu\" d=\"", row);
    draw_hatching(outline, cut, text);
    wks_text_add(text, "\"/>\n");
    return true;
}

wks_status wks_map_draw_shapes(const wks_dossier *dossier, wks_map *out, wks_text *text, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_geometry *g = &dossier->geometry;
    size_t n_points = g->n_rings > 0 ? (size_t)g->point_start[g->n_rings] : 0;
    point *ring = wks_mem_array(n_points, sizeof *ring);
    edges outline = {wks_mem_array(n_points, sizeof(point)), wks_mem_array(n_points, sizeof(point)), 0};
    double *cut = wks_mem_array(n_points, sizeof *cut);

    *out = (wks_map){0};
    out->has_shape = wks_mem_array(dossier->n_areas, sizeof *out->has_shape);
    if (ring == NULL || outline.from == NULL || outline.to == NULL || cut == NULL || out->has_shape == NULL) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the map");
    }
    if (g->n_areas == 0) goto out;
    grid on = make_grid(g, &out->height);
    wks_text_add(text, "<svg class=\"shapes\" width=\"0\" height=\"0\" aria-hidden=\"true\" focusable=\"false\"><defs>\n");
    for (size_t i = 0; i < dossier->n_areas; i++) {
        int32_t area = wks_geometry_row(g, wks_dossier_text(dossier, dossier->area[i]));
        if (area < 0 || !draw_area(g, area, &on, i, ring, &outline, cut, text)) continue;
        out->has_shape[i] = true;
        out->n_shapes++;
    }
    wks_text_add(text, "</defs></svg>\n");
out:
    free(ring);
    free(outline.from);
    free(outline.to);
    free(cut);
    if (rc != WKS_OK) wks_map_free(out);
    return rc;
}

/* ---- classes ---- */

/* Rounds to two significant digits. */
static double round_two(double value)
{
    double unit = 1.0, size = fabs(value);
    if (!(size > 0.0)) return 0.0;
    while (unit * 100.0 <= size)
        unit *= 10.0;
    while (unit * 10.0 > size)
        unit /= 10.0;
    return floor(value / unit + 0.5) * unit;
}

size_t wks_map_bounds(double *value, size_t n, double out_bound[WKS_MAP_N_CLASSES - 1])
{
    size_t n_bounds = 0;
    if (n == 0) return 0;
    qsort(value, n, sizeof *value, compare_double);
    for (int k = 1; k < WKS_MAP_N_CLASSES; k++) {
        double bound = round_two(wks_stat_quantile_sorted(value, n, (double)k / WKS_MAP_N_CLASSES));
        if (bound <= value[0] || bound > value[n - 1]) continue;
        if (n_bounds > 0 && bound <= out_bound[n_bounds - 1]) continue;
        out_bound[n_bounds++] = bound;
    }
    return n_bounds;
}

size_t wks_map_bounds_around_zero(double largest, double out_bound[WKS_MAP_N_CLASSES - 1])
{
    double step = largest > 0.0 && isfinite(largest) ? wks_chart_step(2.0 * largest, WKS_MAP_N_CLASSES) : 1.0;
    for (int k = 0; k < 3; k++) {
        out_bound[k] = -(2.5 - k) * step;
        out_bound[5 - k] = (2.5 - k) * step;
    }
    return WKS_MAP_N_CLASSES - 1;
}

int wks_map_decimals(double bound)
{
    int decimals = 0;
    while (decimals < 6 && fabs(bound - floor(bound + 0.5)) > 1e-6 * fabs(bound)) {
        bound *= 10.0;
        decimals++;
    }
    return decimals;
}

int wks_map_class(const double *bound, size_t n_bounds, double value)
{
    int at = 0;
    while ((size_t)at < n_bounds && value >= bound[at])
        at++;
    return at;
}

/* ---- still maps ---- */

void wks_map_draw_still(const wks_dossier *dossier, const wks_map *map, const wks_map_still *still, wks_text *out)
{
    wks_text_addf(out, "<svg class=\"still\" viewBox=\"-4 -4 %d %d\" role=\"img\" aria-label=\"", WKS_MAP_WIDTH + 8, map->height + 8);
    wks_notation_escape(out, still->title);
    wks_text_add(out, "\">");
    for (size_t i = 0; i < dossier->n_areas; i++) {
        if (!map->has_shape[i]) continue;
        const char *colour = wks_map_empty;
        if (isfinite(still->value[i])) colour = still->colour[wks_map_class(still->bound, still->n_bounds, still->value[i])];
        if (still->few[i]) colour = wks_map_grey;
        bool is_hatched = still->hatched != NULL && still->hatched[i] && !still->few[i];
        wks_text_addf(out, "<use href=\"#a%zu\" fill=\"%s\"%s/>", i, colour, is_hatched ? " fill-opacity=\".45\"" : "");
        if (is_hatched) wks_text_addf(out, "<use href=\"#h%zu\" class=\"hatch\"/>", i);
    }
    wks_text_add(out, "</svg>");
}
