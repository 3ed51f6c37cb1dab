/* The city being made: areas with a value and the origin of every value. Rows of tables go in, filled values come by, the writer writes it. */
#ifndef WKS_IMPORT_DRAFT_H
#define WKS_IMPORT_DRAFT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problems.h"
#include "base/text.h"
#include "city/folder.h"
#include "import/sources.h"

/* Origin of a value that is not there (beyond wks_city_origin); never left in the buurten of a finished draft. */
enum { WKS_DRAFT_MISSING = WKS_CITY_N_ORIGINS };

typedef struct wks_draft_area {
    char *code, *name;
    int32_t parent;      /* row of the wijk (buurt) or gemeente (wijk); -1 */
    double x_m, y_m;     /* NaN: no polygon */
    bool has_background; /* its origins follow from a published migratieachtergrond */
    double value[WKS_CITY_N_COLUMNS];
    uint8_t origin[WKS_CITY_N_COLUMNS]; /* wks_city_origin or WKS_DRAFT_MISSING */
} wks_draft_area;

/* Where the figures of a column were read: one line of the map in tables of one year. */
enum { WKS_DRAFT_MAX_USED = 6 };
typedef struct wks_draft_used {
    const wks_columns_line *line;
    int32_t year;
    int32_t n[4]; /* figures taken, by wks_area_level */
} wks_draft_used;

typedef struct wks_draft {
    wks_draft_area *gemeente, *wijk, *buurt; /* each sorted by code */
    int32_t n_gemeenten, n_wijken, n_buurten;
    wks_draft_area nation; /* the file's own row, else national.h (origin national) */
    wks_geometry geometry; /* of its buurten only; n_areas 0: none */
    int32_t year;
    wks_draft_used used[WKS_COLUMNS_N][WKS_DRAFT_MAX_USED]; /* line NULL: the end */
    int32_t rounding[WKS_CITY_N_COLUMNS];                   /* CBS's rounding of buurten: 1, 5 or 10 */
    bool has_leefbaarometer;
    char lbm_year[16];         /* "" when not known */
    bool has_leefbaarometer_2; /* scores of wijken */
    char lbm_2_year[16];
    double inschrijfduur_years; /* mean at letting, published of the region; 0: not known */
    char inschrijfduur_source[96];
    bool by_gemeente; /* people look for a home within their gemeente (city.cfg: regio) */
} wks_draft;

void wks_draft_free(wks_draft *draft);

/** Areas of the chosen gemeenten (names or codes; "all": every one; none: the only one) out of linked tables.
 *  A figure is taken from a table of the edition (the year of wks_sources_base), the base first, then in the order given: `published`. What
 *  those lack comes from other years, nearest first: counts times the growth of the area's inhabitants since, `estimated`. Parts of another
 *  year (ages, sexes, origins, household types) are scaled to a published total. Land follows from density, the income of a gemeente from
 *  the disposable income of its households, where those are all there is. Missing values stay NaN.
 *  With "all" a gemeente that has no rows of buurten becomes one area (buurt BU0599ZZZZ in wijk WK0599ZZ; figures `gemeente`).
 *  `report`: what was taken from where. Problems: a chosen gemeente that the tables lack (nearest name, or what it was merged into), several
 *  gemeenten and none chosen, a gemeente without buurt rows, a buurt whose wijk has no row (warning: an empty wijk is made), tables of
 *  one year that differ (warning). */
wks_status wks_draft_make(const wks_sources *sources, const char *const *chosen, size_t n_chosen, wks_draft *out, wks_text *report,
                          wks_problems *problems, wks_err *err);

/** Row of a buurt by code, -1 if absent. O(log n). */
int32_t wks_draft_buurt_row(const wks_draft *draft, const char *code);
int32_t wks_draft_wijk_row(const wks_draft *draft, const char *code);
int32_t wks_draft_gemeente_row(const wks_draft *draft, const char *code);

/** Takes polygons: keeps those of the draft's buurten, sets their centroids. Problems: none fits (error), codes of the city's
 *  gemeenten that kwb lacks (warning). */
wks_status wks_draft_take_geometry(wks_draft *draft, wks_geometry *geometry, const char *path, wks_problems *problems, wks_err *err);

#endif
