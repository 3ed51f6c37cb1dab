#include "measure/city_table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "city/nearest.h"
#include "measure/observe.h"

static const char REST[] = "rest";
static const double M_A_KM = 1000.0, KM2_A_CELL = 0.01;

void wks_city_table_free(wks_city_table *table)
{
    for (size_t i = 0; table->area != NULL && i < table->table.n_areas; i++)
        free(table->area[i]);
    wks_table_free(&table->table);
    free(table->group);
    free(table->area);
    free(table->may_tell);
    free(table->may_tell_group);
    free(table->x);
    free(table->y);
    free(table->size);
    free(table->contiguity.start);
    free(table->contiguity.to);
    free(table->contiguity.weight);
    *table = (wks_city_table){0};
}

/* ---- columns ---- */

static int32_t kind_of(const char *name)
{
    for (int32_t k = 0; k < WKS_PROFILE_N_KINDS; k++) {
        if (strcmp(name, wks_profile_kind_name[k]) == 0) return k;
    }
    return WKS_NONE;
}

/* Bits of the groups asked for. */
static wks_status find_groups(const wks_scenario *scenario, const char *const *name, size_t n_names, uint32_t *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = 0;
    for (size_t i = 0; i < n_names; i++) {
        const int32_t g = wks_scenario_group(scenario, name[i]);
        if (g < 0)
            WKS_FAIL(err, WKS_ERR_USAGE,
                     "no group '%s'; expected a group of the scenario, or origin, household_type or income_source alone", name[i]);
        if ((*out >> g & 1u) != 0) WKS_FAIL(err, WKS_ERR_USAGE, "group '%s' is named twice", name[i]);
        *out |= (uint32_t)1 << g;
    }
out:
    return rc;
}

/* A table of groups puts everybody in one column. */
static wks_status check_apart(const wks_world *world, uint32_t groups, wks_err *err)
{
    wks_status rc = WKS_OK;
    int64_t n = 0;

    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        const uint32_t bits = world->household.key[h] == 0 || world->household.unit_row[h] < 0 ? 0 : world->household.groups[h] & groups;
        n += (bits & (bits - 1)) != 0;
    }
    if (n > 0) WKS_FAIL(err, WKS_ERR_USAGE, "households are in more than one of the groups asked for; measure these one at a time");
out:
    return rc;
}

static wks_status make_columns(wks_city_table *out, size_t n_areas, size_t n_groups, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_table_create(n_areas, n_groups, &out->table, err));
    out->group = wks_mem_array(n_groups, sizeof *out->group);
    out->area = wks_mem_array(n_areas, sizeof *out->area);
    out->may_tell = wks_mem_array(n_areas * n_groups, sizeof *out->may_tell);
    out->may_tell_group = wks_mem_array(n_groups, sizeof *out->may_tell_group);
    out->x = wks_mem_array(n_areas, sizeof *out->x);
    out->y = wks_mem_array(n_areas, sizeof *out->y);
    out->size = wks_mem_array(n_areas, sizeof *out->size);
    if (out->group == NULL || out->area == NULL || out->may_tell == NULL || out->may_tell_group == NULL || out->x == NULL ||
        out->y == NULL || out->size == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a table of %zu areas and %zu groups", n_areas, n_groups);
out:
    return rc;
}

static void copy_slot(wks_city_table *out, size_t column, const wks_profile *profile, int32_t slot, const char *name)
{
    out->group[column] = name;
    memcpy(out->table.count + column * out->table.n_areas, wks_profile_count(profile, out->scale, slot),
           out->table.n_areas * sizeof *out->table.count);
}

static wks_status fill_kind(wks_city_table *out, const wks_profile *profile, wks_profile_kind kind, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = wks_profile_n_categories(kind);

    WKS_TRY(make_columns(out, (size_t)profile->level[out->scale].n_areas, (size_t)n, err));
    for (int32_t k = 0; k < n; k++)
        copy_slot(out, (size_t)k, profile, wks_profile_slot(profile, kind, k), wks_profile_category_name(kind, k));
out:
    return rc;
}

static wks_status fill_groups(wks_city_table *out, const wks_profile *profile, const wks_scenario *scenario, const char *const *name,
                              size_t n_names, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(make_columns(out, (size_t)profile->level[out->scale].n_areas, n_names + 1, err));
    copy_slot(out, n_names, profile, wks_profile_everybody(profile), REST);
    double *rest = out->table.count + n_names * out->table.n_areas;
    for (size_t k = 0; k < n_names; k++) {
        const int32_t g = wks_scenario_group(scenario, name[k]);
        copy_slot(out, k, profile, g, scenario->group[g].name);
        for (size_t i = 0; i < out->table.n_areas; i++)
            rest[i] -= wks_table_group(&out->table, k)[i];
    }
out:
    return rc;
}

static void fill_told(wks_city_table *out, const wks_world *world)
{
    for (size_t k = 0; k < out->table.n_groups; k++) {
        const double *count = wks_table_group(&out->table, k);
        out->may_tell_group[k] = wks_world_may_tell_part(world, out->table.group_total[k], out->table.all);
        for (size_t i = 0; i < out->table.n_areas; i++)
            out->may_tell[k * out->table.n_areas + i] = wks_world_may_tell_part(world, count[i], out->table.total[i]);
    }
}

/* ---- areas ---- */

static wks_status name_areas(wks_city_table *out, const wks_profile *profile, const wks_city *city, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_profile_level *level = &profile->level[out->scale];
    wks_text text = WKS_TEXT_INIT;
    char key[17];

    for (int32_t i = 0; i < level->n_areas; i++) {
        const int64_t area = level->area[i];
        wks_text_clear(&text);
        switch (out->scale) {
        case WKS_PROFILE_COMPLEX: wks_text_add(&text, wks_text_key(world->complex.key[area], key)); break;
        case WKS_PROFILE_100M: wks_profile_cell_name(area, &text); break;
        case WKS_PROFILE_BUURT: wks_text_add(&text, city->buurt[area].code); break;
        default: wks_text_add(&text, city->wijk[area].code); break;
        }
        out->area[i] = text.failed ? NULL : wks_mem_string(text.data);
        if (out->area[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for names of %d areas", level->n_areas);
    }
out:
    wks_text_free(&text);
    return rc;
}

static void place_buurten(wks_city_table *out, const wks_city *city)
{
    for (int32_t b = 0; b < city->n_buurten; b++) {
        const int32_t shape = city->geometry.n_areas > 0 ? wks_geometry_row(&city->geometry, city->buurt[b].code) : -1;
        if (!wks_nearest_is_scored(city, b)) continue;
        out->x[b] = city->near_x[b] / M_A_KM;
        out->y[b] = city->near_y[b] / M_A_KM;
        if (shape >= 0) out->size[b] = wks_geometry_surface(&city->geometry, shape) / (M_A_KM * M_A_KM);
    }
}

static wks_status link_buurten(wks_city_table *out, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = city->n_buurten;
    const size_t most = (size_t)city->neighbour_start[n];
    wks_index_links *links = &out->contiguity;

    if (most == 0) goto out;
    links->start = wks_mem_array((size_t)n + 1, sizeof *links->start);
    links->to = wks_mem_array(most, sizeof *links->to);
    links->weight = wks_mem_array(most, sizeof *links->weight);
    if (links->start == NULL || links->to == NULL || links->weight == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu borders", most);
    links->n_areas = (size_t)n;
    for (int32_t b = 0; b < n; b++) {
        int64_t at = links->start[b];
        for (int32_t k = city->neighbour_start[b]; k < city->neighbour_start[b + 1]; k++) {
            const int32_t other = city->neighbour[k];
            if (!wks_nearest_is_scored(city, b) || !wks_nearest_is_scored(city, other)) continue;
            links->to[at] = other;
            links->weight[at++] = 1.0;
        }
        links->start[b + 1] = at;
    }
out:
    return rc;
}

static void place_cells(wks_city_table *out, const wks_profile *profile)
{
    for (size_t i = 0; i < out->table.n_areas; i++) {
        double x_m, y_m;
        wks_profile_cell_centre(profile->level[WKS_PROFILE_100M].area[i], &x_m, &y_m);
        out->x[i] = x_m / M_A_KM;
        out->y[i] = y_m / M_A_KM;
        out->size[i] = KM2_A_CELL;
    }
}

static const double *known(const double *value, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (isfinite(value[i])) return value;
    }
    return NULL;
}

static wks_status place_areas(wks_city_table *out, const wks_profile *profile, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = out->table.n_areas;

    for (size_t i = 0; i < n; i++)
        out->x[i] = out->y[i] = out->size[i] = (double)NAN;
    if (out->scale == WKS_PROFILE_BUURT) place_buurten(out, city);
    if (out->scale == WKS_PROFILE_BUURT) WKS_TRY(link_buurten(out, city, err));
    if (out->scale == WKS_PROFILE_100M) place_cells(out, profile); /* only of people counted: there is a profile */
    out->place = (wks_index_place){
        .x = known(out->x, n),
        .y = known(out->y, n),
        .size = known(out->size, n),
        .contiguity = out->contiguity.n_areas > 0 ? &out->contiguity : NULL,
        .kernel = {WKS_INDEX_EXP, 1.0, (double)INFINITY},
    };
out:
    return rc;
}

wks_status wks_city_table_make(const wks_scenario *scenario, const wks_city *city, wks_world *world, wks_profile_scale scale,
                               const char *const *name, size_t n_names, wks_city_table *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t kind = n_names == 1 ? kind_of(name[0]) : WKS_NONE;
    uint32_t groups = 0;
    wks_profile profile;

    *out = (wks_city_table){.scale = scale};
    wks_profile_init(&profile, scenario->n_groups);
    wks_observe_refresh_groups(scenario, world);
    if (kind < 0) {
        WKS_TRY(find_groups(scenario, name, n_names, &groups, err));
        WKS_TRY(check_apart(world, groups, err));
    }
    WKS_TRY(wks_profile_take(&profile, world, err));
    if (kind < 0)
        WKS_TRY(fill_groups(out, &profile, scenario, name, n_names, err));
    else
        WKS_TRY(fill_kind(out, &profile, (wks_profile_kind)kind, err));
    wks_table_sum(&out->table, world->threads);
    fill_told(out, world);
    WKS_TRY(name_areas(out, &profile, city, world, err));
    WKS_TRY(place_areas(out, &profile, city, err));
out:
    if (rc != WKS_OK) wks_city_table_free(out);
    wks_profile_free(&profile);
    return rc;
}

wks_status wks_city_table_blank(const wks_city *city, wks_profile_scale scale, const char *const *group, size_t n_groups,
                                wks_city_table *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)(scale == WKS_PROFILE_BUURT ? city->n_buurten : city->n_wijken);
    const wks_city_area *area = scale == WKS_PROFILE_BUURT ? city->buurt : city->wijk;

    WKS_BUG_IF(scale != WKS_PROFILE_BUURT && scale != WKS_PROFILE_WIJK);
    *out = (wks_city_table){.scale = scale};
    WKS_TRY(make_columns(out, n, n_groups, err));
    for (size_t g = 0; g < n_groups; g++)
        out->group[g] = group[g];
    for (size_t i = 0; i < n; i++) {
        out->area[i] = wks_mem_string(area[i].code);
        if (out->area[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for names of %zu areas", n);
    }
    memset(out->may_tell, true, n * n_groups * sizeof *out->may_tell);
    memset(out->may_tell_group, true, n_groups * sizeof *out->may_tell_group);
    WKS_TRY(place_areas(out, NULL, city, err));
out:
    if (rc != WKS_OK) wks_city_table_free(out);
    return rc;
}
