/* The city being made: areas with a value and the origin of every value. kwb rows go in, filled values come by, the writer writes it. */
#ifndef WKS_IMPORT_DRAFT_H
#define WKS_IMPORT_DRAFT_H

#include <stdint.h>

#include "base/problems.h"
#include "city/folder.h"
#include "import/kwb.h"

/* Origin of a value that is not there (beyond wks_city_origin); never left in the buurten of a finished draft. */
enum { WKS_DRAFT_MISSING = WKS_CITY_N_ORIGINS };

typedef struct wks_draft_area {
    char *code, *name;
    int32_t parent;  /* row of the wijk (buurt) or gemeente (wijk); -1 */
    double x_m, y_m; /* NaN: no polygon */
    double value[WKS_CITY_N_COLUMNS];
    uint8_t origin[WKS_CITY_N_COLUMNS]; /* wks_city_origin or WKS_DRAFT_MISSING */
} wks_draft_area;

typedef struct wks_draft {
    wks_draft_area *gemeente, *wijk, *buurt; /* each sorted by code */
    int32_t n_gemeenten, n_wijken, n_buurten;
    wks_draft_area nation; /* the file's own row, else national.h (origin national) */
    wks_geometry geometry; /* of its buurten only; n_areas 0: none */
    int32_t year;
    int32_t rounding[WKS_CITY_N_COLUMNS]; /* CBS's rounding of buurten: 1, 5 or 10 */
    bool has_leefbaarometer;
    char lbm_year[16]; /* "" when not known */
} wks_draft;

void wks_draft_free(wks_draft *draft);

/** Rows of kwb for the chosen gemeenten (names or codes; none: the only one of the file). Missing values stay NaN.
 *  Problems: a chosen gemeente that the file lacks (nearest name), several gemeenten and none chosen, a gemeente without buurt rows,
 *  a buurt whose wijk has no row (warning: an empty wijk is made). */
wks_status wks_draft_make(const wks_kwb *kwb, const char *const *chosen, size_t n_chosen, wks_draft *out, wks_problems *problems,
                          wks_err *err);

/** Row of a buurt by code, -1 if absent. O(log n). */
int32_t wks_draft_buurt_row(const wks_draft *draft, const char *code);

/** Takes polygons: keeps those of the draft's buurten, sets their centroids. Problems: none fits (error), codes of the city's
 *  gemeenten that kwb lacks (warning). */
wks_status wks_draft_take_geometry(wks_draft *draft, wks_geometry *geometry, const char *path, wks_problems *problems, wks_err *err);

#endif
