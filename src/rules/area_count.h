/* Counts by area for spreiding parts: households in social dwellings, lettings; all of them and those of a group. */
#ifndef WKS_RULES_AREA_COUNT_H
#define WKS_RULES_AREA_COUNT_H

#include "rules/part.h"

typedef enum wks_area_count_scale {
    WKS_AREA_COUNT_PORTIEK,
    WKS_AREA_COUNT_COMPLEX,
    WKS_AREA_COUNT_BUURT,
    WKS_AREA_COUNT_WIJK,
    WKS_AREA_COUNT_GEMEENTE,
    WKS_AREA_COUNT_OWNER
} wks_area_count_scale;
extern const char *const wks_area_count_scale_name[];

typedef struct wks_area_count {
    int32_t n; /* areas */
    int32_t *total, *group;
} wks_area_count;

/** Room for the areas of a scale in this world; grows, keeps what is there. */
wks_status wks_area_count_fit(wks_area_count *counts, const wks_world *world, wks_area_count_scale scale, wks_err *err);
void wks_area_count_clear(wks_area_count *counts);
void wks_area_count_free(wks_area_count *counts);
/** Carries counts of at most `most` areas over. */
void wks_area_count_carry(wks_area_count *counts, int32_t most, wks_carry *carry);

/** How many areas there are at a scale; areas are numbered from 0 (portieken from 1). */
int32_t wks_area_count_areas(const wks_world *world, wks_area_count_scale scale);
/** Area of a dwelling or unit at a scale. */
int32_t wks_area_count_of_dwelling(const wks_world *world, wks_area_count_scale scale, int32_t dwelling_row);
int32_t wks_area_count_of_unit(const wks_world *world, wks_area_count_scale scale, int32_t unit_row);
/** Adds n (1 or -1) households at a unit. */
void wks_area_count_add(wks_area_count *counts, int32_t area, bool in_group, int32_t n);
/** Households with a social unit, and those for whom a vacant one is reserved. O(units), the predicate in blocks. */
void wks_area_count_stock(wks_area_count *counts, const wks_world *world, wks_area_count_scale scale, const wks_expr *group);
/** Members of the group for whom a vacant social unit is reserved: lettings to come. Counts them as total too. O(units). */
void wks_area_count_reserved(wks_area_count *counts, const wks_world *world, wks_area_count_scale scale, const wks_expr *group);

#endif
