#include "measure/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"

enum { CELL_M = 100, N_COUNTED = WKS_PROFILE_BUURT + 1 }; /* wijken are buurten put together */
static const double FURTHEST_M = 1e9;                     /* cells of it still fit in 32 bits */

const char *const wks_profile_scale_name[WKS_PROFILE_N_SCALES] = {"complex", "100m", "buurt", "wijk"};
const char *const wks_profile_kind_name[WKS_PROFILE_N_KINDS] = {"origin", "household_type", "income_source"};

static const struct wks_profile_categories {
    int32_t first, n;
    const char *const *name;
} categories[WKS_PROFILE_N_KINDS] = {
    {0, WKS_N_ORIGINS, wks_person_origin_name},
    {WKS_N_ORIGINS, WKS_N_HOUSEHOLD_TYPES, wks_household_type_name},
    {(int32_t)WKS_N_ORIGINS + (int32_t)WKS_N_HOUSEHOLD_TYPES, WKS_N_INCOME_SOURCES, wks_household_income_source_name},
};
enum { N_CATEGORIES = (int)WKS_N_ORIGINS + (int)WKS_N_HOUSEHOLD_TYPES + (int)WKS_N_INCOME_SOURCES };

typedef struct wks_profile_pass {
    wks_profile *profile;
    const wks_world *world;
    int32_t *complex_area, *cell_area; /* area of a row of complexes, of dwellings */
} pass;

void wks_profile_init(wks_profile *profile, int32_t n_groups)
{
    *profile = (wks_profile){.n_groups = n_groups, .n_slots = n_groups + N_CATEGORIES + 1};
}

void wks_profile_free(wks_profile *profile)
{
    for (int32_t s = 0; s < WKS_PROFILE_N_SCALES; s++) {
        free(profile->level[s].area);
        free(profile->level[s].count);
    }
    wks_profile_init(profile, 0);
}

int32_t wks_profile_slot(const wks_profile *profile, wks_profile_kind kind, int32_t category)
{
    return profile->n_groups + categories[kind].first + category;
}

int32_t wks_profile_n_categories(wks_profile_kind kind)
{
    return categories[kind].n;
}

const char *wks_profile_category_name(wks_profile_kind kind, int32_t category)
{
    return categories[kind].name[category];
}

/* ---- areas ---- */

static wks_status set_areas(const wks_profile *profile, wks_profile_level *level, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_counts = (size_t)n * (size_t)profile->n_slots;

    if (level->area_capacity < (size_t)n || level->area == NULL) {
        free(level->area);
        level->area = wks_mem_array((size_t)n, sizeof *level->area);
        level->area_capacity = level->area == NULL ? 0 : (size_t)n;
    }
    if (level->count_capacity < n_counts || level->count == NULL) {
        free(level->count);
        level->count = wks_mem_array(n_counts, sizeof *level->count);
        level->count_capacity = level->count == NULL ? 0 : n_counts;
    }
    level->n_areas = 0;
    if (level->area == NULL || level->count == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for counts of %d areas", n);
    level->n_areas = n;
    memset(level->count, 0, n_counts * sizeof *level->count);
out:
    return rc;
}

typedef struct wks_profile_keyed {
    uint64_t key;
    int32_t row;
} keyed;

static int by_key(const void *a, const void *b)
{
    const keyed *left = a, *right = b;
    return left->key < right->key ? -1 : left->key > right->key;
}

static wks_status number_complexes(pass *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_complex_table *complex = &self->world->complex;
    wks_profile_level *level = &self->profile->level[WKS_PROFILE_COMPLEX];
    keyed *list = wks_mem_array((size_t)complex->base.n_rows, sizeof *list);
    int32_t n = 0;

    if (list == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d complexes", complex->base.n_rows);
    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        if (complex->key[c] != 0) list[n++] = (keyed){complex->key[c], c};
    }
    qsort(list, (size_t)n, sizeof *list, by_key);
    WKS_TRY(set_areas(self->profile, level, n, err));
    for (int32_t i = 0; i < n; i++) {
        level->area[i] = list[i].row;
        self->complex_area[list[i].row] = i;
    }
out:
    free(list);
    return rc;
}

/* Northing above easting, both from 2^31 on: in order from south to north, then from west to east. */
static int64_t cell_at(double x_m, double y_m)
{
    const int64_t east = (int64_t)floor(x_m / CELL_M), north = (int64_t)floor(y_m / CELL_M);
    return north * ((int64_t)1 << 32) + east;
}

static void cell_corner(int64_t cell, int64_t *east, int64_t *north)
{
    *north = (cell + ((int64_t)1 << 31)) >> 32;
    *east = cell - *north * ((int64_t)1 << 32);
}

void wks_profile_cell_centre(int64_t cell, double *x_m, double *y_m)
{
    int64_t east, north;
    cell_corner(cell, &east, &north);
    *x_m = ((double)east + 0.5) * CELL_M;
    *y_m = ((double)north + 0.5) * CELL_M;
}

void wks_profile_cell_name(int64_t cell, wks_text *out)
{
    int64_t east, north;
    cell_corner(cell, &east, &north);
    wks_text_addf(out, "E%04lldN%04lld", (long long)east, (long long)north);
}

/* Distinct cells by open addressing; number 0 is an empty place. At most half of the places are taken: there are far fewer cells than dwellings. */
typedef struct wks_profile_cells {
    int64_t *cell;
    int32_t *number;
    size_t mask;
    int32_t n;
} cells;

static size_t place_of(const cells *set, int64_t cell)
{
    size_t at = (size_t)(((uint64_t)cell * UINT64_C(0x9e3779b97f4a7c15)) >> 32) & set->mask;
    while (set->number[at] != 0 && set->cell[at] != cell)
        at = (at + 1) & set->mask;
    return at;
}

static int by_number(const void *a, const void *b)
{
    const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;
    return left < right ? -1 : left > right;
}

static bool has_cell(const wks_dwelling_table *dwelling, int32_t d)
{
    return dwelling->key[d] != 0 && fabs((double)dwelling->x_m[d]) < FURTHEST_M && fabs((double)dwelling->y_m[d]) < FURTHEST_M;
}

static int64_t cell_of(const wks_dwelling_table *dwelling, int32_t d)
{
    return cell_at((double)dwelling->x_m[d], (double)dwelling->y_m[d]);
}

static void add_cell(cells *set, int64_t cell)
{
    const size_t at = place_of(set, cell);

    if (set->number[at] != 0) return;
    set->cell[at] = cell;
    set->number[at] = ++set->n;
}

/* Twice as many places. */
static wks_status widen(cells *set, wks_err *err)
{
    wks_status rc = WKS_OK;
    cells larger = {.mask = 2 * set->mask + 1};

    larger.cell = wks_mem_array(larger.mask + 1, sizeof *larger.cell);
    larger.number = wks_mem_array(larger.mask + 1, sizeof *larger.number);
    if (larger.cell == NULL || larger.number == NULL) {
        free(larger.cell);
        free(larger.number);
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu cells", larger.mask + 1);
    }
    for (size_t at = 0; set->number != NULL && at <= set->mask; at++) {
        if (set->number[at] != 0) add_cell(&larger, set->cell[at]);
    }
    free(set->cell);
    free(set->number);
    *set = larger;
out:
    return rc;
}

static wks_status gather_cells(const wks_dwelling_table *dwelling, cells *set, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(widen(set, err));
    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        if (!has_cell(dwelling, d)) continue;
        add_cell(set, cell_of(dwelling, d));
        if (2 * (size_t)set->n > set->mask) WKS_TRY(widen(set, err));
    }
out:
    return rc;
}

/* Cells in order, and each its place in that order. */
static void order_cells(cells *set, int64_t *list)
{
    int32_t n = 0;

    for (size_t at = 0; at <= set->mask; at++) {
        if (set->number[at] != 0) list[n++] = set->cell[at];
    }
    qsort(list, (size_t)n, sizeof *list, by_number);
    for (int32_t i = 0; i < n; i++)
        set->number[place_of(set, list[i])] = i + 1;
}

static wks_status number_cells(pass *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dwelling_table *dwelling = &self->world->dwelling;
    wks_profile_level *level = &self->profile->level[WKS_PROFILE_100M];
    cells set = {.mask = 511};

    WKS_TRY(gather_cells(dwelling, &set, err));
    WKS_TRY(set_areas(self->profile, level, set.n, err));
    order_cells(&set, level->area);
    for (int32_t d = 0; d < dwelling->base.n_rows; d++)
        self->cell_area[d] = has_cell(dwelling, d) ? set.number[place_of(&set, cell_of(dwelling, d))] - 1 : WKS_NONE;
out:
    free(set.cell);
    free(set.number);
    return rc;
}

static wks_status number_rows(wks_profile *profile, wks_profile_scale scale, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(set_areas(profile, &profile->level[scale], n, err));
    for (int32_t i = 0; i < n; i++)
        profile->level[scale].area[i] = i;
out:
    return rc;
}

/* ---- households ---- */

static uint64_t slots_of(const pass *self, int32_t h)
{
    const wks_household_table *household = &self->world->household;
    const wks_profile *profile = self->profile;
    const uint64_t groups = household->groups[h] & (((uint64_t)1 << profile->n_groups) - 1);

    return groups | (uint64_t)1 << wks_profile_slot(profile, WKS_PROFILE_ORIGIN, household->origin[h]) |
           (uint64_t)1 << wks_profile_slot(profile, WKS_PROFILE_HOUSEHOLD_TYPE, (int32_t)wks_household_type_of(household, h)) |
           (uint64_t)1 << wks_profile_slot(profile, WKS_PROFILE_INCOME_SOURCE, household->income_source[h]) |
           (uint64_t)1 << wks_profile_everybody(profile);
}

static inline int32_t lowest_bit(uint64_t bits)
{
#ifdef __GNUC__
    return __builtin_ctzll(bits);
#else
    int32_t at = 0;
    while ((bits >> at & 1u) == 0)
        at++;
    return at;
#endif
}

/* Area of a household at a scale; WKS_NONE: it does not count. */
static int32_t area_of(const pass *self, wks_profile_scale scale, int32_t h)
{
    const wks_world *world = self->world;
    const int32_t unit = world->household.key[h] == 0 ? WKS_NONE : world->household.unit_row[h];
    const int32_t dwelling = unit < 0 ? WKS_NONE : world->unit.dwelling_row[unit];

    if (dwelling < 0) return WKS_NONE;
    if (scale == WKS_PROFILE_COMPLEX) return self->complex_area[world->dwelling.complex_row[dwelling]];
    return scale == WKS_PROFILE_100M ? self->cell_area[dwelling] : world->dwelling.buurt_row[dwelling];
}

/* One scale: whole numbers, each written by one task only. A household is in few of the slots. */
static void count_scale(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const int32_t n_rows = self->world->household.base.n_rows;

    (void)block;
    for (int64_t scale = begin; scale < end; scale++) {
        const wks_profile_level *level = &self->profile->level[scale];
        for (int32_t h = 0; h < n_rows; h++) {
            const int32_t area = area_of(self, (wks_profile_scale)scale, h);
            if (area < 0) continue;
            for (uint64_t slots = slots_of(self, h); slots != 0; slots &= slots - 1)
                level->count[(size_t)lowest_bit(slots) * (size_t)level->n_areas + (size_t)area] += 1;
        }
    }
}

static void add_wijken(wks_profile *profile, const wks_world *world)
{
    const wks_profile_level *buurten = &profile->level[WKS_PROFILE_BUURT], *wijken = &profile->level[WKS_PROFILE_WIJK];

    for (int32_t slot = 0; slot < profile->n_slots; slot++) {
        const double *from = buurten->count + (size_t)slot * (size_t)buurten->n_areas;
        double *to = wijken->count + (size_t)slot * (size_t)wijken->n_areas;
        for (int32_t b = 0; b < buurten->n_areas; b++)
            to[world->buurt.wijk_row[b]] += from[b];
    }
}

wks_status wks_profile_take(wks_profile *profile, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    pass self = {.profile = profile, .world = world};

    self.complex_area = wks_mem_array((size_t)world->complex.base.n_rows, sizeof *self.complex_area);
    self.cell_area = wks_mem_array((size_t)world->dwelling.base.n_rows, sizeof *self.cell_area);
    if (self.complex_area == NULL || self.cell_area == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the cells of %d dwellings", world->dwelling.base.n_rows);
    WKS_TRY(number_complexes(&self, err));
    WKS_TRY(number_cells(&self, err));
    WKS_TRY(number_rows(profile, WKS_PROFILE_BUURT, world->buurt.base.n_rows, err));
    WKS_TRY(number_rows(profile, WKS_PROFILE_WIJK, world->n_wijken, err));
    wks_par_for(N_COUNTED, 1, world->threads, count_scale, &self);
    add_wijken(profile, world);
out:
    free(self.complex_area);
    free(self.cell_area);
    return rc;
}
