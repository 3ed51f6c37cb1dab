/* Scale profile: households with a home by group in complexes, cells of 100 m, buurten and wijken, out of one pass over households. */
#ifndef WKS_MEASURE_PROFILE_H
#define WKS_MEASURE_PROFILE_H

#include "base/text.h"
#include "scenario/scenario.h"
#include "world/world.h"

typedef enum wks_profile_scale {
    WKS_PROFILE_COMPLEX,
    WKS_PROFILE_100M, /* squares of 100 m by the dwelling's position, as CBS's vierkanten; homes without a position are left out */
    WKS_PROFILE_BUURT,
    WKS_PROFILE_WIJK,
    WKS_PROFILE_N_SCALES
} wks_profile_scale;
extern const char *const wks_profile_scale_name[WKS_PROFILE_N_SCALES];

/* Attributes that put every household in exactly one category: what indices of all groups together are taken over. */
typedef enum wks_profile_kind {
    WKS_PROFILE_ORIGIN, /* wks_origin of the head */
    WKS_PROFILE_HOUSEHOLD_TYPE,
    WKS_PROFILE_INCOME_SOURCE,
    WKS_PROFILE_N_KINDS
} wks_profile_kind;
extern const char *const wks_profile_kind_name[WKS_PROFILE_N_KINDS];

typedef struct wks_profile_level {
    int32_t n_areas;
    int64_t *area; /* what each is: row of the complex, number of the cell, row of the buurt, of the wijk */
    double *count; /* n_slots * n_areas, a slot after the other; whole numbers */
    size_t area_capacity, count_capacity;
} wks_profile_level;

/* Slots are what is counted: the scenario's groups, the categories of every kind, last everybody. */
typedef struct wks_profile {
    int32_t n_groups, n_slots;
    wks_profile_level level[WKS_PROFILE_N_SCALES];
} wks_profile;

/** Nothing counted yet. @param n_groups  groups of the scenario, 0 to WKS_SCENARIO_MAX_GROUPS */
void wks_profile_init(wks_profile *profile, int32_t n_groups);
void wks_profile_free(wks_profile *profile);

/** Counts the present state at all scales; household.groups must be up to date. A household counts where its home is, latent units nowhere. Areas are
 *  ordered by what they are, never by row (complexes by key; cells from south to north, then west to east): the same bytes for any number of threads and
 *  row order. Complexes, buurten and wijken are all there, cells when they have a dwelling. O(dwellings + complexes log complexes + households * slots),
 *  parallel over scales; 4 bytes a dwelling while it runs. WKS_ERR_NOMEM. */
wks_status wks_profile_take(wks_profile *profile, const wks_world *world, wks_err *err);

/** Slot of a category of a kind, and of everybody; a group's slot is its own number. */
int32_t wks_profile_slot(const wks_profile *profile, wks_profile_kind kind, int32_t category);
static inline int32_t wks_profile_everybody(const wks_profile *profile)
{
    return profile->n_slots - 1;
}
/** Counts of a slot at a scale, n_areas of them. */
static inline const double *wks_profile_count(const wks_profile *profile, wks_profile_scale scale, int32_t slot)
{
    const wks_profile_level *level = &profile->level[scale];
    return level->count + (size_t)slot * (size_t)level->n_areas;
}
enum { WKS_PROFILE_MOST_CATEGORIES = 8 };
int32_t wks_profile_n_categories(wks_profile_kind kind);
const char *wks_profile_category_name(wks_profile_kind kind, int32_t category);

/** Centre of a cell in metres (EPSG:28992). */
void wks_profile_cell_centre(int64_t cell, double *x_m, double *y_m);
/** Its name as CBS writes it, of its south-western corner in hundreds of metres: E1330N4590. */
void wks_profile_cell_name(int64_t cell, wks_text *out);

#endif
