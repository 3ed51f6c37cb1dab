#include "study/target_areas.h"

#include <stdlib.h>
#include <string.h>

#include "scenario/settings.h"

const char *const wks_target_areas_band_name[WKS_N_TARGET_BANDS] = {"inside", "touching", "under_1_km", "1_2_km", "2_4_km", "over_4_km"};

/* --- areas that are named ---------------------------------------------------------------------------------------------- */

/* The parts of a scenario in one row: of rule sets by list, then events. */
typedef struct wks_target_areas_part {
    const wks_settings *settings;
    int32_t month; /* of an event, or from which the rule set is in force */
} part;

static int32_t lists_of(const wks_rule_set *rules, const wks_settings *out[5], int32_t n[5])
{
    const wks_settings *const list[5] = {rules->channel, rules->filter, rules->order, rules->spreiding, rules->conduct};
    const int32_t count[5] = {rules->n_channels, rules->n_filters, rules->n_order, rules->n_spreiding, rules->n_conduct};

    memcpy(out, list, sizeof list);
    memcpy(n, count, sizeof count);
    return 5;
}

/* Part number i of a scenario; false beyond the last. */
static bool part_at(const wks_scenario *scenario, int32_t i, part *out)
{
    for (int32_t r = 0; r < scenario->n_rules; r++) {
        const wks_settings *list[5];
        int32_t n[5];
        const int32_t n_lists = lists_of(&scenario->rules[r], list, n);
        for (int32_t k = 0; k < n_lists; i -= n[k], k++) {
            if (i >= n[k]) continue;
            *out = (part){&list[k][i], scenario->rules[r].from_month};
            return true;
        }
    }
    if (i >= scenario->n_events) return false;
    *out = (part){&scenario->timeline[i].settings, scenario->timeline[i].month};
    return true;
}

static bool are_same(const part *a, const wks_scenario *of_a, const part *b, const wks_scenario *of_b)
{
    if (a->settings->spec != b->settings->spec || a->month != b->month) return false;
    for (int32_t i = 0; i < a->settings->spec->n_params; i++) {
        if (!wks_settings_equal(a->settings, b->settings, i, of_a, of_b)) return false;
    }
    return true;
}

static bool has_same(const wks_scenario *other, const wks_scenario *scenario, const part *wanted)
{
    part candidate;

    for (int32_t i = 0; part_at(other, i, &candidate); i++) {
        if (are_same(wanted, scenario, &candidate, other)) return true;
    }
    return false;
}

static void mark(const wks_settings *settings, const wks_city *city, bool *out)
{
    for (int32_t p = 0; p < settings->spec->n_params; p++) {
        for (int32_t k = 0; k < settings->n_areas[p]; k++) {
            for (int32_t b = 0; b < city->n_buurten; b++) {
                const wks_city_area *buurt = &city->buurt[b];
                if (strcmp(buurt->code, settings->area[p][k]) == 0 || strcmp(city->wijk[buurt->parent].code, settings->area[p][k]) == 0)
                    out[b] = true;
            }
        }
    }
}

static void mark_own(const wks_scenario *scenario, const wks_scenario *other, const wks_city *city, bool *out)
{
    part one;

    for (int32_t i = 0; part_at(scenario, i, &one); i++) {
        if (!wks_settings_is_everywhere(one.settings) && !has_same(other, scenario, &one)) mark(one.settings, city, out);
    }
}

int32_t wks_target_areas_find(const wks_scenario *reference, const wks_scenario *scenario, const wks_city *city, bool *out)
{
    int32_t n = 0;

    for (int32_t b = 0; b < city->n_buurten; b++)
        out[b] = false;
    mark_own(scenario, reference, city, out);
    mark_own(reference, scenario, city, out);
    for (int32_t b = 0; b < city->n_buurten; b++)
        n += out[b];
    return n;
}

/* --- how far ------------------------------------------------------------------------------------------------------------ */

static void lower(uint8_t *band, wks_target_areas_band to)
{
    if (*band > (uint8_t)to) *band = (uint8_t)to;
}

static void touch(const wks_city *city, const bool *is_target, uint8_t *out)
{
    for (int32_t b = 0; b < city->n_buurten; b++) {
        for (int32_t k = city->neighbour_start[b]; k < city->neighbour_start[b + 1]; k++) {
            if (is_target[city->neighbour[k]]) lower(&out[b], WKS_TARGET_TOUCHING);
        }
    }
}

/* All within a distance of a target. */
static wks_status reach(const wks_city *city, const bool *is_target, double limit_m, wks_target_areas_band band, uint8_t *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_geometry *geometry = &city->geometry;
    int32_t *start = NULL, *item = NULL;

    WKS_TRY(wks_geometry_contiguity(geometry, limit_m, &start, &item, err));
    for (int32_t a = 0; a < geometry->n_areas; a++) {
        const int32_t b = wks_folder_buurt_row(city, geometry->code[a]);
        if (b < 0) continue;
        for (int32_t k = start[a]; k < start[a + 1]; k++) {
            const int32_t other = wks_folder_buurt_row(city, geometry->code[item[k]]);
            if (other >= 0 && is_target[other]) lower(&out[b], band);
        }
    }
out:
    free(start);
    free(item);
    return rc;
}

wks_status wks_target_areas_bands(const wks_city *city, const bool *is_target, uint8_t *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    bool is_placed = false;

    for (int32_t b = 0; b < city->n_buurten; b++) {
        const bool has_polygon = wks_geometry_row(&city->geometry, city->buurt[b].code) >= 0;
        is_placed = is_placed || (has_polygon && is_target[b]);
        out[b] = is_target[b] ? WKS_TARGET_INSIDE : has_polygon ? WKS_TARGET_OVER_4_KM : WKS_TARGET_NONE;
    }
    for (int32_t b = 0; b < city->n_buurten && !is_placed; b++)
        out[b] = is_target[b] ? WKS_TARGET_INSIDE : WKS_TARGET_NONE;
    if (!is_placed) return WKS_OK;
    touch(city, is_target, out);
    WKS_TRY(reach(city, is_target, 1000, WKS_TARGET_UNDER_1_KM, out, err));
    WKS_TRY(reach(city, is_target, 2000, WKS_TARGET_1_2_KM, out, err));
    WKS_TRY(reach(city, is_target, 4000, WKS_TARGET_2_4_KM, out, err));
out:
    return rc;
}
