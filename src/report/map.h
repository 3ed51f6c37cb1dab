/* The areas as SVG paths on a whole-number grid (north up), with hatching of their own, and still choropleths made of them. */
#ifndef WKS_REPORT_MAP_H
#define WKS_REPORT_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "report/dossier.h"
#include "report/notation.h"

/** Width of the drawing in grid units; the height follows from the map. */
enum { WKS_MAP_WIDTH = 1600, WKS_MAP_N_CLASSES = 7, WKS_MAP_MAX_CLASSES = 9 };

typedef struct wks_map {
    int height;
    bool *has_shape; /* by area of the dossier */
    size_t n_shapes;
} wks_map;

/** Colours of classes from low to high: sequential (7), diverging (7), and the nine leefbaarheid classes. */
extern const char *const wks_map_sequential[WKS_MAP_N_CLASSES];
extern const char *const wks_map_diverging[WKS_MAP_N_CLASSES];
extern const char *const wks_map_nine[WKS_MAP_MAX_CLASSES];
extern const char wks_map_grey[], wks_map_empty[];

/** Measures the dossier's areas and adds a hidden <svg> with <path id="a<row>"> (outline) and <path id="h<row>"> (hatching) for each
 *  area of the dossier that has a shape. The outline is written as M x,y l dx,dy,... z a ring, so that the page's script can read it back.
 *  Points that fall on the same grid point are dropped; outer rings run one way and holes the other. */
wks_status wks_map_draw_shapes(const wks_dossier *dossier, wks_map *out, wks_text *text, wks_err *err);
void wks_map_free(wks_map *map);

/** Six bounds of seven classes by quantiles of the values (rounded to two significant digits, equal ones merged); returns how many. Sorts
 *  `value` in place; NaN must not be among them. */
size_t wks_map_bounds(double *value, size_t n, double out_bound[WKS_MAP_N_CLASSES - 1]);
/** Six bounds around zero for differences of at most about `largest`. Always 6. */
size_t wks_map_bounds_around_zero(double largest, double out_bound[WKS_MAP_N_CLASSES - 1]);
/** What the classes of the Leefbaarometer 3.0 are called, Dutch and English; their bounds: wks_leefbaarheid_bound. */
extern const char *const wks_map_leefbaarheid_class[2][WKS_MAP_MAX_CLASSES];
/** Decimals that print a bound as it is (at most 6). */
int wks_map_decimals(double bound);
/** Class 0..n_bounds of a value. */
int wks_map_class(const double *bound, size_t n_bounds, double value);

/** One still map. */
typedef struct wks_map_still {
    const char *title;         /* for the ear */
    const double *value;       /* by area; NaN: no value */
    const bool *few, *hatched; /* by area; hatched may be NULL */
    const double *bound;
    size_t n_bounds;
    const char *const *colour; /* n_bounds + 1 */
} wks_map_still;
void wks_map_draw_still(const wks_dossier *dossier, const wks_map *map, const wks_map_still *still, wks_text *out);

#endif
