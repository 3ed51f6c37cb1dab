/* A city folder (city.cfg, buurten.csv, margins.csv, leefbaarheid in buurten.csv, buurten.gpkg) as one struct.
 * Buurten are kept sorted by code, so the order of rows in a file never matters. */
#ifndef WKS_CITY_FOLDER_H
#define WKS_CITY_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problems.h"
#include "city/geometry.h"
#include "city/own.h"

/* Numeric columns of buurten.csv, in file order:  X(name, unit, smallest, largest, is_count, help).
 * Shares are in [0, 1]. Counts may be rounded to 5 by CBS. The last five are the Leefbaarometer 3.0 dimension contributions. */
/* clang-format off */
#define WKS_CITY_COLUMNS(X)                                                                                                    \
    X(persons,                       "persons",      0, 1e7, 1,   "inhabitants on 1 January")                                  \
    X(men,                           "persons",      0, 1e7, 1,   "men")                                                       \
    X(women,                         "persons",      0, 1e7, 1,   "women")                                                     \
    X(age_00_14,                     "persons",      0, 1e7, 1,   "0 to 14 years")                                             \
    X(age_15_24,                     "persons",      0, 1e7, 1,   "15 to 24 years")                                            \
    X(age_25_44,                     "persons",      0, 1e7, 1,   "25 to 44 years")                                            \
    X(age_45_64,                     "persons",      0, 1e7, 1,   "45 to 64 years")                                            \
    X(age_65_plus,                   "persons",      0, 1e7, 1,   "65 years and over")                                         \
    X(origin_nl,                     "persons",      0, 1e7, 1,   "herkomst Nederland")                                        \
    X(origin_europe,                 "persons",      0, 1e7, 1,   "herkomst Europa without Nederland")                         \
    X(origin_outside_europe,         "persons",      0, 1e7, 1,   "herkomst buiten Europa")                                    \
    X(households,                    "households",   0, 1e7, 1,   "particuliere huishoudens")                                  \
    X(households_one_person,         "households",   0, 1e7, 1,   "eenpersoonshuishoudens")                                    \
    X(households_without_children,   "households",   0, 1e7, 1,   "meerpersoonshuishoudens zonder kinderen")                   \
    X(households_with_children,      "households",   0, 1e7, 1,   "huishoudens met kinderen")                                  \
    X(dwellings,                     "dwellings",    0, 1e7, 1,   "woningvoorraad")                                            \
    X(share_vacant,                  "share",        0, 1,   0,   "dwellings not occupied")                                    \
    X(share_single_family,           "share",        0, 1,   0,   "eengezinswoningen")                                         \
    X(share_owner,                   "share",        0, 1,   0,   "koopwoningen")                                              \
    X(share_corporatie,              "share",        0, 1,   0,   "huurwoningen in bezit van woningcorporaties")               \
    X(share_private_rent,            "share",        0, 1,   0,   "huurwoningen in bezit van overige verhuurders")             \
    X(share_built_since_2000,        "share",        0, 1,   0,   "dwellings built in or after 2000")                          \
    X(woz_eur,                       "EUR",          0, 1e8, 0,   "mean WOZ value of dwellings")                               \
    X(bijstand,                      "persons",      0, 1e7, 1,   "persons with bijstand")                                     \
    X(ao,                            "persons",      0, 1e7, 1,   "persons with a disability benefit (arbeidsongeschiktheid)") \
    X(ww,                            "persons",      0, 1e7, 1,   "persons with unemployment benefit (WW)")                    \
    X(income_per_person_eur,         "EUR/yr",       0, 1e6, 0,   "mean income per inhabitant (g_ink_pi)")                     \
    X(area_ha,                       "ha",           0, 1e7, 0,   "surface, land")                                             \
    X(address_density,               "1/km2",        0, 1e5, 0,   "omgevingsadressendichtheid")                                \
    X(lbm_won,                       "LBM",         -2, 2,   0,   "Leefbaarometer 3.0 woningvoorraad, deviation")              \
    X(lbm_fys,                       "LBM",         -2, 2,   0,   "Leefbaarometer 3.0 fysieke omgeving, deviation")            \
    X(lbm_vrz,                       "LBM",         -2, 2,   0,   "Leefbaarometer 3.0 voorzieningen, deviation")               \
    X(lbm_soc,                       "LBM",         -2, 2,   0,   "Leefbaarometer 3.0 sociale samenhang, deviation")           \
    X(lbm_onv,                       "LBM",         -2, 2,   0,   "Leefbaarometer 3.0 overlast en onveiligheid, deviation")
/* clang-format on */

typedef enum wks_city_column {
#define WKS_CITY_ENUM(name, unit, low, high, is_count, help) WKS_CITY_##name,
    WKS_CITY_COLUMNS(WKS_CITY_ENUM)
#undef WKS_CITY_ENUM
        WKS_CITY_N_COLUMNS
} wks_city_column;

typedef struct wks_city_column_info {
    const char *name, *unit;
    double low, high;
    bool is_count;
    const char *help;
} wks_city_column_info;
extern const wks_city_column_info wks_city_column_table[WKS_CITY_N_COLUMNS];

/* Where a value comes from (quality.csv). Without quality.csv: published. */
#define WKS_CITY_ORIGINS(X) X(published) X(rounded) X(wijk) X(gemeente) X(national) X(estimated)
typedef enum wks_city_origin {
#define WKS_CITY_ENUM(name) WKS_CITY_ORIGIN_##name,
    WKS_CITY_ORIGINS(WKS_CITY_ENUM)
#undef WKS_CITY_ENUM
        WKS_CITY_N_ORIGINS
} wks_city_origin;

/* One area: text columns of buurten.csv are code,name,wijk,wijk_name,gemeente,gemeente_name; then x_m,y_m (EPSG:28992 centroid, may be
 * empty: NaN); then WKS_CITY_COLUMNS. */
typedef struct wks_city_area {
    char *code, *name;
    int32_t parent;                     /* row of the wijk (for a buurt) or gemeente (for a wijk); -1 */
    double x_m, y_m;                    /* NaN when there is no geometry */
    double value[WKS_CITY_N_COLUMNS];   /* buurten: always finite; wijken and gemeenten: as published in margins.csv, else NaN */
    uint8_t origin[WKS_CITY_N_COLUMNS]; /* wks_city_origin of each value of a buurt */
} wks_city_area;

typedef struct wks_city {
    char *name, *title, *source, *date, *licence, *path;
    double inschrijfduur_years; /* published mean inschrijfduur at letting in the region (city.cfg); 0: not told */
    bool by_gemeente;           /* regio = "gemeente" in city.cfg: homes are looked for by gemeente (world/region.h) */
    wks_city_area *buurt;
    int32_t n_buurten; /* sorted by code */
    wks_city_area *wijk;
    int32_t n_wijken; /* sorted by code */
    wks_city_area *gemeente;
    int32_t n_gemeenten;                 /* sorted by code */
    double national[WKS_CITY_N_COLUMNS]; /* as published in margins.csv, else NaN */
    /* Contiguity within 20 m in compressed rows; empty without geometry (n_links = 0, start still there). */
    int32_t *neighbour_start; /* n_buurten + 1 */
    int32_t *neighbour;
    int32_t *near_start, *near; /* the six nearest scored buurten of each, in compressed rows (nearest.h) */
    double *near_x, *near_y;    /* n_buurten: their centres, EPSG:28992; NaN for the others */
    bool has_scores;            /* some buurt has a published Leefbaarometer score */
    wks_geometry geometry;      /* polygons by code; wks_geometry_row gives -1 where a buurt has none */
    wks_own own;                /* of real dwellings and people (import own); none without own_data = true in city.cfg */
    char sha256[65];            /* over lines "<sha256> <name>" of the files that are there, in the order of docs/city-folder.md */
} wks_city;

/** The word quality.csv uses for an origin. */
const char *wks_folder_origin(uint8_t origin);

/** Reads and checks a city folder. Required: city.cfg, buurten.csv; optional: margins.csv, quality.csv, buurten.gpkg,
 *  own_dwellings.csv and own_seekers.csv with own_data = true. Problems (missing
 *  file, missing or unknown column with nearest name, text where a number should be, decimal comma, value out of range, duplicate code,
 *  empty value, a buurt without wijk, age or origin groups far from persons) are collected with file:line:column.
 *  @return WKS_ERR_DATA when there are errors; then `out` is empty. */
wks_status wks_folder_read(const char *path, wks_city *out, wks_problems *problems, wks_err *err);
/** The same, blind to own data (for `import own`, which replaces it): out->own.is_there tells what city.cfg says, the files are not read. */
wks_status wks_folder_read_public(const char *path, wks_city *out, wks_problems *problems, wks_err *err);
void wks_folder_free(wks_city *city);
/** Names of the files a city folder may hold, those the hash goes over; NULL behind the last. */
const char *wks_folder_file(int i);

/** Row of a buurt by code, -1 if absent. O(log n). */
int32_t wks_folder_buurt_row(const wks_city *city, const char *code);

/** Resolves a city name or path: as given relative to `from_folder`, else scenarios/cities/ in the data folder. malloc'ed, NULL if none. */
char *wks_folder_find(const char *name, const char *from_folder);

#endif
