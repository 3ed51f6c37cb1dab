/* Which buurten an alternative aims at, and how far the others are from them. */
#ifndef WKS_STUDY_TARGET_AREAS_H
#define WKS_STUDY_TARGET_AREAS_H

#include "city/folder.h"
#include "scenario/scenario.h"

/* By the shortest distance between polygons: touching is within the 20 m of the city's neighbours. NONE: without a polygon, or nothing to measure from. */
typedef enum wks_target_areas_band {
    WKS_TARGET_INSIDE,
    WKS_TARGET_TOUCHING,
    WKS_TARGET_UNDER_1_KM,
    WKS_TARGET_1_2_KM,
    WKS_TARGET_2_4_KM,
    WKS_TARGET_OVER_4_KM,
    WKS_TARGET_NONE,
    WKS_N_TARGET_BANDS = WKS_TARGET_NONE
} wks_target_areas_band;
extern const char *const wks_target_areas_band_name[WKS_N_TARGET_BANDS];

/** Marks the buurten named (themselves or by their wijk) as areas of an event or rule part that one of the two scenarios has and the other has not in the same
 *  form. @param out  by buurt of the city, filled here  @return how many are marked; 0 when the difference names no areas */
int32_t wks_target_areas_find(const wks_scenario *reference, const wks_scenario *scenario, const wks_city *city, bool *out);

/** Band of every buurt. @param is_target  by buurt @param out  wks_target_areas_band by buurt */
wks_status wks_target_areas_bands(const wks_city *city, const bool *is_target, uint8_t *out, wks_err *err);

#endif
