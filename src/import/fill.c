#include "import/fill.h"

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "import/polygons.h"

enum { MAX_PARTS = 5 };

/* Parts that add up to a total. */
typedef struct group {
    wks_city_column total;
    int32_t n_parts;
    wks_city_column part[MAX_PARTS];
} group;

static const group groups[] = {
    {WKS_CITY_persons, 2, {WKS_CITY_men, WKS_CITY_women}},
    {WKS_CITY_persons, 5, {WKS_CITY_age_00_14, WKS_CITY_age_15_24, WKS_CITY_age_25_44, WKS_CITY_age_45_64, WKS_CITY_age_65_plus}},
    {WKS_CITY_persons, 3, {WKS_CITY_origin_nl, WKS_CITY_origin_europe, WKS_CITY_origin_outside_europe}},
    {WKS_CITY_households, 3, {WKS_CITY_households_one_person, WKS_CITY_households_without_children, WKS_CITY_households_with_children}},
};
enum { N_GROUPS = sizeof groups / sizeof *groups };

/* Counts that are so many per one of another column. */
static const struct {
    wks_city_column column, base;
} ratios[] = {
    {WKS_CITY_households, WKS_CITY_persons}, {WKS_CITY_dwellings, WKS_CITY_households}, {WKS_CITY_bijstand, WKS_CITY_persons},
    {WKS_CITY_ao, WKS_CITY_persons},         {WKS_CITY_ww, WKS_CITY_persons},
};
enum { N_RATIOS = sizeof ratios / sizeof *ratios };

/* Shares and means, taken over as they are. */
static const wks_city_column means[] = {
    WKS_CITY_share_vacant,       WKS_CITY_share_single_family,    WKS_CITY_share_owner, WKS_CITY_share_corporatie,
    WKS_CITY_share_private_rent, WKS_CITY_share_built_since_2000, WKS_CITY_woz_eur,     WKS_CITY_address_density,
};
enum { N_MEANS = sizeof means / sizeof *means };

/* ---- rounding ---- */

static bool all_multiples(const wks_draft *draft, int32_t column, double step)
{
    enum { ENOUGH = 5 }; /* five unrounded counts that are all multiples of 5: 1 in 3125 */
    int32_t n = 0;
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        double value = draft->buurt[i].value[column];
        if (!isfinite(value)) continue;
        if (floor(value / step) * step != value) return false;
        n += value > 0.0;
    }
    return n >= ENOUGH;
}

void wks_fill_mark_rounding(wks_draft *draft)
{
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        if (!wks_city_column_table[c].is_count) continue;
        draft->rounding[c] = all_multiples(draft, c, 10.0) ? 10 : all_multiples(draft, c, 5.0) ? 5 : 1;
        if (draft->rounding[c] == 1) continue;
        for (int32_t i = 0; i < draft->n_buurten; i++)
            if (draft->buurt[i].origin[c] == WKS_CITY_ORIGIN_published) draft->buurt[i].origin[c] = WKS_CITY_ORIGIN_rounded;
    }
}

/* ---- where a missing figure is taken from ---- */

/* The areas above a buurt, nearest first. */
static const wks_draft_area *above(const wks_draft *draft, const wks_draft_area *buurt, int32_t step, wks_city_origin *out_origin)
{
    const wks_draft_area *wijk = &draft->wijk[buurt->parent];
    *out_origin = step == 0 ? WKS_CITY_ORIGIN_wijk : step == 1 ? WKS_CITY_ORIGIN_gemeente : WKS_CITY_ORIGIN_national;
    return step == 0 ? wijk : step == 1 ? &draft->gemeente[wijk->parent] : &draft->nation;
}

static void put(wks_draft_area *area, wks_city_column column, double value, wks_city_origin origin)
{
    area->value[column] = wks_columns_within((int32_t)column, value);
    area->origin[column] = (uint8_t)origin;
}

/* ---- inhabitants themselves: an equal part of what the wijk has beyond its published buurten ---- */

static void fill_persons(wks_draft *draft, wks_draft_area *buurt)
{
    if (isfinite(buurt->value[WKS_CITY_persons])) return;
    double rest = draft->wijk[buurt->parent].value[WKS_CITY_persons];
    int32_t n_missing = 0;
    int32_t i = (int32_t)(buurt - draft->buurt);
    while (i > 0 && draft->buurt[i - 1].parent == buurt->parent) /* sorted by code: the buurten of a wijk follow each other */
        i--;
    for (; i < draft->n_buurten && draft->buurt[i].parent == buurt->parent; i++) {
        if (draft->buurt[i].origin[WKS_CITY_persons] == WKS_CITY_ORIGIN_published ||
            draft->buurt[i].origin[WKS_CITY_persons] == WKS_CITY_ORIGIN_rounded)
            rest -= draft->buurt[i].value[WKS_CITY_persons];
        else
            n_missing++;
    }
    /* A buurt without a published number of inhabitants is nearly always empty; the rest of the wijk is mostly rounding. */
    put(buurt, WKS_CITY_persons, isfinite(rest) && rest > 0.0 ? floor(rest / n_missing) : 0.0, WKS_CITY_ORIGIN_wijk);
}

/* ---- groups ---- */

/* Whole numbers in proportion to weight that add up to `total`: floors, then the largest remainders (ties: the first). */
static void apportion(double total, const double *weight, int32_t n, double *out)
{
    double sum = 0.0, given = 0.0;
    double remainder[MAX_PARTS];
    for (int32_t k = 0; k < n; k++)
        sum += weight[k];
    for (int32_t k = 0; k < n; k++) {
        double exact = sum > 0.0 ? total * weight[k] / sum : total / n;
        out[k] = floor(exact);
        remainder[k] = exact - out[k];
        given += out[k];
    }
    while (given < total) {
        int32_t best = 0;
        for (int32_t k = 1; k < n; k++)
            if (remainder[k] > remainder[best]) best = k;
        out[best] += 1.0;
        remainder[best] = -1.0;
        given += 1.0;
    }
}

/* Weights of the missing parts in the nearest area that published them all and has any. */
static wks_city_origin group_weights(const wks_draft *draft, const wks_draft_area *buurt, const group *g, const bool *is_missing,
                                     double *out)
{
    wks_city_origin origin = WKS_CITY_ORIGIN_national;
    for (int32_t step = 0; step < 3; step++) {
        const wks_draft_area *area = above(draft, buurt, step, &origin);
        double sum = 0.0;
        for (int32_t k = 0; k < g->n_parts; k++) {
            out[k] = is_missing[k] ? area->value[g->part[k]] : 0.0;
            sum += out[k]; /* NaN when one is missing there, too */
        }
        if (sum > 0.0) break;
    }
    return origin;
}

static void fill_group(wks_draft *draft, wks_draft_area *buurt, const group *g)
{
    bool is_missing[MAX_PARTS] = {false};
    double weight[MAX_PARTS], filled[MAX_PARTS], left = buurt->value[g->total];
    int32_t n_missing = 0;
    for (int32_t k = 0; k < g->n_parts; k++) {
        is_missing[k] = !isfinite(buurt->value[g->part[k]]);
        if (is_missing[k])
            n_missing++;
        else
            left -= buurt->value[g->part[k]];
    }
    if (n_missing == 0) return;
    if (left < 0.0) left = 0.0; /* rounding of the published parts */
    wks_city_origin origin = group_weights(draft, buurt, g, is_missing, weight);
    if (n_missing == 1) origin = WKS_CITY_ORIGIN_estimated; /* what is left of its own total */
    apportion(left, weight, g->n_parts, filled);
    for (int32_t k = 0; k < g->n_parts; k++)
        if (is_missing[k]) put(buurt, g->part[k], filled[k], origin);
}

/* ---- numbers per inhabitant or household ---- */

static void fill_ratio(wks_draft *draft, wks_draft_area *buurt, wks_city_column column, wks_city_column base)
{
    if (isfinite(buurt->value[column])) return;
    for (int32_t step = 0; step < 3; step++) {
        wks_city_origin origin;
        const wks_draft_area *area = above(draft, buurt, step, &origin);
        double ratio = area->value[column] / area->value[base];
        if (!isfinite(ratio)) continue;
        put(buurt, column, floor(buurt->value[base] * ratio + 0.5), origin);
        return;
    }
}

static void fill_mean(wks_draft *draft, wks_draft_area *buurt, wks_city_column column)
{
    if (isfinite(buurt->value[column])) return;
    for (int32_t step = 0; step < 3; step++) {
        wks_city_origin origin;
        double value = above(draft, buurt, step, &origin)->value[column];
        if (!isfinite(value)) continue;
        put(buurt, column, value, origin);
        return;
    }
}

/* ---- tenure: three shares that leave at most a little for 'unknown' ---- */

static double millionths(double share)
{
    return floor(share * 1e6 + 0.5) / 1e6;
}

/* What is left of the published shares goes to the missing one, or to two in the proportion of the nearest area above that has both. */
static void fill_tenure(wks_draft *draft, wks_draft_area *buurt)
{
    static const wks_city_column part[] = {WKS_CITY_share_owner, WKS_CITY_share_corporatie, WKS_CITY_share_private_rent};
    wks_city_column missing[3] = {WKS_CITY_share_owner};
    int32_t n_missing = 0;
    double left = 1.0;
    for (int32_t k = 0; k < 3; k++) {
        if (isfinite(buurt->value[part[k]]))
            left -= buurt->value[part[k]];
        else
            missing[n_missing++] = part[k];
    }
    if (n_missing == 0 || n_missing == 3) return; /* three: taken together from the same area above, as means */
    if (left < 0.0) left = 0.0;
    double first = 1.0;
    for (int32_t step = 0; n_missing == 2 && step < 3; step++) {
        wks_city_origin origin;
        const wks_draft_area *area = above(draft, buurt, step, &origin);
        double a = area->value[missing[0]], b = area->value[missing[1]];
        if (!(a + b > 0.0)) continue;
        first = a / (a + b);
        break;
    }
    put(buurt, missing[0], millionths(left * first), WKS_CITY_ORIGIN_estimated);
    if (n_missing == 2) put(buurt, missing[1], millionths(left * (1.0 - first)), WKS_CITY_ORIGIN_estimated);
}

/* ---- surface ---- */

/* From its polygon (water included), else the mean of the gemeente's buurten. */
static void fill_area(wks_draft *draft, wks_draft_area *buurt)
{
    if (isfinite(buurt->value[WKS_CITY_area_ha])) return;
    int32_t row = draft->geometry.n_areas > 0 ? wks_geometry_row(&draft->geometry, buurt->code) : -1;
    if (row >= 0) {
        put(buurt, WKS_CITY_area_ha, floor(wks_polygons_area_ha(&draft->geometry, row) + 0.5), WKS_CITY_ORIGIN_estimated);
        return;
    }
    for (int32_t step = 0; step < 3; step++) {
        wks_city_origin origin;
        const wks_draft_area *area = above(draft, buurt, step, &origin);
        double per_person = area->value[WKS_CITY_area_ha] / area->value[WKS_CITY_persons];
        if (!isfinite(per_person)) continue;
        put(buurt, WKS_CITY_area_ha, floor(per_person * buurt->value[WKS_CITY_persons] + 0.5), origin);
        return;
    }
}

void wks_fill_persons(wks_draft *draft)
{
    for (int32_t i = 0; i < draft->n_buurten; i++)
        fill_persons(draft, &draft->buurt[i]);
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        for (int32_t k = 0; k < N_GROUPS; k++)
            if (groups[k].total == WKS_CITY_persons) fill_group(draft, &draft->buurt[i], &groups[k]);
        fill_area(draft, &draft->buurt[i]);
    }
}

void wks_fill_buurten(wks_draft *draft)
{
    wks_fill_persons(draft);
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        wks_draft_area *buurt = &draft->buurt[i];
        for (int32_t k = 0; k < N_RATIOS; k++)
            fill_ratio(draft, buurt, ratios[k].column, ratios[k].base);
        for (int32_t k = 0; k < N_GROUPS; k++)
            fill_group(draft, buurt, &groups[k]);
        fill_tenure(draft, buurt);
        for (int32_t k = 0; k < N_MEANS; k++)
            fill_mean(draft, buurt, means[k]);
    }
}
