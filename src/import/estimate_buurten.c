#include "import/estimate_buurten.h"

#include <math.h>

#include "import/estimate_density.h"
#include "import/estimate_income.h"
#include "import/estimate_work.h"
#include "import/estimate_woz.h"
#include "import/fill.h"
#include "num/math.h"

/* ---- figures of areas ---- */

static double one_person_of(const wks_draft_area *area)
{
    const double *v = area->value;
    return wks_estimate_work_ratio(v[WKS_CITY_households_one_person], v[WKS_CITY_households_one_person] +
                                                                          v[WKS_CITY_households_without_children] +
                                                                          v[WKS_CITY_households_with_children]);
}

static double with_children_of(const wks_draft_area *area)
{
    const double *v = area->value;
    return wks_estimate_work_ratio(v[WKS_CITY_households_with_children],
                                   v[WKS_CITY_households_without_children] + v[WKS_CITY_households_with_children]);
}

static double corporatie_of_rent(const wks_draft_area *area)
{
    const double *v = area->value;
    double of_rent = wks_estimate_work_ratio(v[WKS_CITY_share_corporatie], 1.0 - v[WKS_CITY_share_owner]);
    return of_rent > 1.0 ? 1.0 : of_rent; /* rounding; fmin would lose a NaN */
}

/* Rented from others among what is neither owner-occupied nor a corporatie's: less than 1 where CBS does not know the owner of some. */
static double known_of_rest(const wks_draft_area *area)
{
    static const double rounding = 0.016; /* of three shares in whole per cents */
    const double *v = area->value;
    double rest = 1.0 - v[WKS_CITY_share_owner] - v[WKS_CITY_share_corporatie], others = v[WKS_CITY_share_private_rent];
    if (rest - others <= rounding) return isfinite(rest - others) ? 1.0 : NAN;
    return isfinite(others) ? others / rest : NAN;
}

/* ---- households, dwellings, benefits: counts ---- */

static void put_counts(wks_estimate_work *w, wks_city_column column)
{
    for (int32_t k = 0; k < w->n; k++)
        if (!w->skip[k]) wks_estimate_work_put(w, k, column, w->amount[k]);
}

/* Published types of households are of so many households, but for rounding. */
static void bound_households(wks_estimate_work *w, int32_t k)
{
    double known = 0.0;
    int32_t n_known = 0;
    for (int32_t c = WKS_CITY_households_one_person; c <= WKS_CITY_households_with_children; c++) {
        double part = wks_estimate_work_value(w, k, (wks_city_column)c);
        if (!isfinite(part)) continue;
        known += part;
        n_known++;
    }
    w->low[k] = fmin(known, w->base[k]);
    if (n_known == 3) w->high[k] = w->low[k];
}

/* Between five households a dwelling and three dwellings for two. */
static void bound_dwellings(wks_estimate_work *w, int32_t k)
{
    double households = wks_estimate_work_value(w, k, WKS_CITY_households);
    if (!isfinite(households)) return;
    w->low[k] = 0.2 * households;
    w->high[k] = fmax(w->low[k], fmin(w->base[k], 1.5 * households + 3.0));
    if (households <= 0.0) w->base[k] = w->high[k] = 0.0;
}

/* Nobody has two benefits at a time, as far as this goes: those of the other kinds are not free for this one. */
static void bound_benefit(wks_estimate_work *w, int32_t k, wks_city_column column)
{
    static const wks_city_column benefit[] = {WKS_CITY_bijstand, WKS_CITY_ao, WKS_CITY_ww};
    double left = w->adults[k];
    for (int32_t b = 0; b < 3; b++) {
        double others = wks_estimate_work_value(w, k, benefit[b]);
        if (benefit[b] != column && isfinite(others)) left -= others;
    }
    w->high[k] = wks_math_clamp(left, 0.0, w->base[k]);
}

/* A count that adults can have, or those of working age. */
static void estimate_count(wks_estimate_work *w, wks_estimate_model model, wks_city_column column, bool is_of_working)
{
    const wks_estimate_work_task t = {model, column, NULL, is_of_working ? wks_estimate_work_working : wks_estimate_work_adults, true};
    if (!wks_estimate_work_is_missing(w, &column, 1)) return;
    for (int32_t k = 0; k < w->n; k++) {
        wks_estimate_work_set_base(w, k, is_of_working ? w->working[k] : w->adults[k]);
        w->amount[k] = wks_estimate_work_value(w, k, column);
        w->low[k] = 0.0;
        w->high[k] = w->base[k];
        if (column == WKS_CITY_households)
            bound_households(w, k);
        else if (column == WKS_CITY_dwellings)
            bound_dwellings(w, k);
        else
            bound_benefit(w, k, column);
    }
    wks_estimate_work_run(w, &t, NULL);
    put_counts(w, column);
}

/* ---- household types: one person, then with children among the others ---- */

static void estimate_types(wks_estimate_work *w)
{
    static const wks_city_column part[] = {WKS_CITY_households_one_person, WKS_CITY_households_without_children,
                                           WKS_CITY_households_with_children};
    const wks_estimate_work_task one = {WKS_ESTIMATE_MODEL_one_person, part[0], one_person_of, NULL, true};
    const wks_estimate_work_task with = {WKS_ESTIMATE_MODEL_with_children, part[2], with_children_of, NULL, true};
    if (!wks_estimate_work_is_missing(w, part, 3)) return;
    for (int32_t k = 0; k < w->n; k++) { /* persons >= one + 2 * several */
        double households = wks_estimate_work_value(w, k, WKS_CITY_households);
        wks_estimate_work_set_base(w, k, households);
        w->amount[k] = wks_estimate_work_value(w, k, part[0]);
        w->low[k] = wks_math_clamp(2.0 * w->base[k] - w->persons[k], 0.0, w->base[k]);
        w->high[k] = w->base[k];
    }
    wks_estimate_work_run(w, &one, NULL);
    put_counts(w, part[0]);
    for (int32_t k = 0; k < w->n; k++) { /* adults >= one + 2 * without + with, with <= people under 25 */
        double several = wks_estimate_work_value(w, k, WKS_CITY_households) - wks_estimate_work_value(w, k, part[0]);
        wks_estimate_work_set_base(w, k, fmax(several, 0.0));
        double beyond = w->adults[k] - wks_estimate_work_value(w, k, WKS_CITY_households);
        double young = wks_estimate_work_value(w, k, WKS_CITY_age_00_14) + wks_estimate_work_value(w, k, WKS_CITY_age_15_24);
        w->amount[k] = wks_estimate_work_value(w, k, part[2]);
        w->low[k] = wks_math_clamp(w->base[k] - fmax(beyond, 0.0), 0.0, w->base[k]);
        w->high[k] = wks_math_clamp(young, w->low[k], w->base[k]);
    }
    wks_estimate_work_run(w, &with, NULL);
    put_counts(w, part[2]);
    for (int32_t k = 0; k < w->n; k++)
        if (!w->skip[k]) wks_estimate_work_put(w, k, part[1], w->base[k] - w->amount[k]);
}

/* ---- shares and means of dwellings ---- */

static double millionths(double share)
{
    return floor(share * 1e6 + 0.5) / 1e6;
}

static void estimate_share(wks_estimate_work *w, wks_estimate_model model, wks_city_column column)
{
    const wks_estimate_work_task t = {model, column, NULL, NULL, false};
    if (!wks_estimate_work_is_missing(w, &column, 1)) return;
    wks_estimate_work_set_dwellings(w, column);
    wks_estimate_work_run(w, &t, NULL);
    for (int32_t k = 0; k < w->n; k++)
        if (isfinite(wks_estimate_work_mean(w, k))) wks_estimate_work_put(w, k, column, millionths(wks_estimate_work_mean(w, k)));
}

/* The share in the nearest area above that has one, for a buurt without dwellings. */
static double share_above(const wks_estimate_work *w, int32_t k, const wks_estimate_work_task *t)
{
    const wks_draft_area *above[] = {&w->draft->wijk[wks_estimate_work_buurt(w, k)->parent], w->gemeente, &w->draft->nation};
    for (int32_t step = 0; step < 3; step++)
        if (isfinite(wks_estimate_work_figure(t, above[step]))) return wks_estimate_work_figure(t, above[step]);
    return 0.0;
}

/* The same of the nearest area above that tells. */
static double known_above(const wks_estimate_work *w, int32_t k)
{
    double wijk = known_of_rest(&w->draft->wijk[wks_estimate_work_buurt(w, k)->parent]), gemeente = known_of_rest(w->gemeente);
    return isfinite(wijk) ? wijk : isfinite(gemeente) ? gemeente : 1.0;
}

/* Owner-occupied, then corporatie among the others, the rest is rented from others or of unknown owners, as in the area above. */
static void estimate_tenure(wks_estimate_work *w)
{
    static const wks_city_column part[] = {WKS_CITY_share_owner, WKS_CITY_share_corporatie, WKS_CITY_share_private_rent};
    const wks_estimate_work_task owner = {WKS_ESTIMATE_MODEL_share_owner, part[0], NULL, NULL, false};
    const wks_estimate_work_task corporatie = {WKS_ESTIMATE_MODEL_corporatie_of_rent, part[1], corporatie_of_rent, NULL, false};
    if (!wks_estimate_work_is_missing(w, part, 3)) return;
    wks_estimate_work_set_dwellings(w, part[0]);
    wks_estimate_work_run(w, &owner, NULL);
    for (int32_t k = 0; k < w->n; k++)
        w->figure[k] = wks_estimate_work_mean(w, k);
    for (int32_t k = 0; k < w->n; k++) {
        double dwellings = w->base[k];
        w->base[k] = isfinite(w->figure[k]) ? dwellings * (1.0 - w->figure[k]) : 0.0;
        w->amount[k] = dwellings * wks_estimate_work_value(w, k, part[1]);
        w->high[k] = w->base[k];
    }
    wks_estimate_work_run(w, &corporatie, NULL);
    for (int32_t k = 0; k < w->n; k++) {
        if (w->is_given[k] || w->skip[k]) continue;
        double share = millionths(isfinite(w->figure[k]) ? w->figure[k] : share_above(w, k, &owner));
        double of_rent = w->base[k] > 0.0 ? w->amount[k] / w->base[k] : share_above(w, k, &corporatie);
        double of_corporatie = millionths((1.0 - share) * of_rent);
        wks_estimate_work_put(w, k, part[0], share);
        wks_estimate_work_put(w, k, part[1], of_corporatie);
        wks_estimate_work_put(w, k, part[2], millionths((1.0 - share - of_corporatie) * known_above(w, k)));
    }
}

/* ---- a gemeente ---- */

static void estimate_gemeente(wks_estimate_work *w)
{
    estimate_count(w, WKS_ESTIMATE_MODEL_households, WKS_CITY_households, false);
    estimate_types(w);
    estimate_count(w, WKS_ESTIMATE_MODEL_dwellings, WKS_CITY_dwellings, false);
    estimate_share(w, WKS_ESTIMATE_MODEL_share_vacant, WKS_CITY_share_vacant);
    estimate_share(w, WKS_ESTIMATE_MODEL_share_single_family, WKS_CITY_share_single_family);
    estimate_tenure(w);
    estimate_share(w, WKS_ESTIMATE_MODEL_share_built_since_2000, WKS_CITY_share_built_since_2000);
    bool woz_is_estimated = wks_estimate_work_is_mostly_missing(w, WKS_CITY_woz_eur);
    wks_estimate_woz(w);
    estimate_count(w, WKS_ESTIMATE_MODEL_bijstand, WKS_CITY_bijstand, false);
    estimate_count(w, WKS_ESTIMATE_MODEL_ao, WKS_CITY_ao, true);
    estimate_count(w, WKS_ESTIMATE_MODEL_ww, WKS_CITY_ww, true);
    wks_estimate_income_buurten(w, woz_is_estimated);
    wks_estimate_density(w);
}

wks_status wks_estimate_buurten(wks_draft *draft, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_estimate_work w = {0};

    wks_fill_persons(draft);
    WKS_TRY(wks_estimate_work_init(draft, &w, err));
    for (int32_t g = 0; g < draft->n_gemeenten; g++) {
        wks_estimate_work_open(&w, g);
        estimate_gemeente(&w);
    }
out:
    wks_estimate_work_free(&w);
    return rc;
}

bool wks_estimate_buurten_covers(const wks_draft *draft, wks_city_column column)
{
    for (int32_t g = 0; g < draft->n_gemeenten; g++) {
        int32_t n_inhabited = 0, n_estimated = 0;
        for (int32_t i = 0; i < draft->n_buurten; i++) {
            const wks_draft_area *buurt = &draft->buurt[i];
            if (draft->wijk[buurt->parent].parent != g || !(buurt->value[WKS_CITY_persons] > 0.0)) continue;
            n_inhabited++;
            n_estimated += buurt->origin[column] == WKS_CITY_ORIGIN_estimated;
        }
        if (2 * n_estimated > n_inhabited) return true;
    }
    return false;
}
