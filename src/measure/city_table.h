/* The population of a city folder as a table of counts with its place: what `measure` computes indices from. */
#ifndef WKS_MEASURE_CITY_TABLE_H
#define WKS_MEASURE_CITY_TABLE_H

#include "city/folder.h"
#include "measure/profile.h"
#include "segregation/index.h"

/** Households with a home by group and area, and where the areas lie. Free with wks_city_table_free. */
typedef struct wks_city_table {
    wks_profile_scale scale;
    wks_table table;
    const char **group; /* table.n_groups names, borrowed from the scenario or static; the last is "rest" when groups were asked for */
    char **area;        /* table.n_areas names: codes of buurten or wijken; complexes: key; cells: E1330N4590 */
    bool *
        may_tell; /* n_groups * n_areas, as the counts: whether a figure of this group in this area may be told (real people: ten or more of it,
                           and ten or more others) */
    bool *may_tell_group;       /* n_groups: the same of the whole city */
    double *x, *y;              /* n_areas: centre in km; NaN: takes no part in what needs a place, or has none */
    double *size;               /* n_areas: surface in km2; NaN: not known */
    wks_index_links contiguity; /* weights 1; n_areas 0 where nothing is known of borders */
    wks_index_place place;      /* of the four above, kernel exp:1; members NULL where no area has it */
} wks_city_table;

/** Counts the population of a scenario's city. Groups are set by the scenario's predicates first.
 *  @param name  names of groups of the scenario, which may not overlap (columns: each of them, then "rest"), or one kind: origin, household_type,
 *               income_source (columns: its categories)
 *  Buurten: centres (corners' mean, as of the published figures), surfaces and contiguity within 20 m of the city folder, of buurten that are scored, in a
 *  city without scores inhabited; so are x, y and links elsewhere empty. Cells: their centre, 0.01 km2, no contiguity. Complexes and wijken: no place.
 *  @return WKS_ERR_USAGE: no such group or kind, or groups that overlap; WKS_ERR_NOMEM. O(households + dwellings + links). */
wks_status wks_city_table_make(const wks_scenario *scenario, const wks_city *city, wks_world *world, wks_profile_scale scale,
                               const char *const *name, size_t n_names, wks_city_table *out, wks_err *err);
/** The same areas and places without counts, for buurten or wijken: to be filled from figures of a run (then wks_table_sum). Everything may be told.
 *  @param group  n_groups names, borrowed */
wks_status wks_city_table_blank(const wks_city *city, wks_profile_scale scale, const char *const *group, size_t n_groups,
                                wks_city_table *out, wks_err *err);
void wks_city_table_free(wks_city_table *table);

#endif
