#include "import/estimate_work.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/math.h"

/* ---- a gemeente and its buurten ---- */

void wks_estimate_work_free(wks_estimate_work *w)
{
    free(w->row);
    free(w->feature);
    free(w->persons);
    free(w->adults);
    free(w->working);
    free(w->base);
    free(w->low);
    free(w->high);
    free(w->amount);
    free(w->figure);
    free(w->is_given);
    free(w->skip);
    free(w->wijk_total);
    free(w->item);
    free(w->spare);
    free(w->buurt_of_item);
}

wks_status wks_estimate_work_init(wks_draft *draft, wks_estimate_work *w, wks_err *err)
{
    size_t n = (size_t)draft->n_buurten;
    bool ok = true;
    w->draft = draft;
    ok &= (w->row = wks_mem_array(n, sizeof *w->row)) != NULL;
    ok &= (w->feature = wks_mem_array(n * WKS_ESTIMATE_N_FEATURES, sizeof *w->feature)) != NULL;
    double **const column[] = {&w->persons, &w->adults, &w->working, &w->base, &w->low, &w->high, &w->amount, &w->figure};
    for (size_t i = 0; i < sizeof column / sizeof *column; i++)
        ok &= (*column[i] = wks_mem_array(n, sizeof **column[i])) != NULL;
    ok &= (w->is_given = wks_mem_array(n, sizeof *w->is_given)) != NULL;
    ok &= (w->skip = wks_mem_array(n, sizeof *w->skip)) != NULL;
    ok &= (w->wijk_total = wks_mem_array((size_t)draft->n_wijken, sizeof *w->wijk_total)) != NULL;
    ok &= (w->item = wks_mem_array(n, sizeof *w->item)) != NULL;
    ok &= (w->spare = wks_mem_array(n, sizeof *w->spare)) != NULL;
    ok &= (w->buurt_of_item = wks_mem_array(n, sizeof *w->buurt_of_item)) != NULL;
    return ok ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory to estimate buurten");
}

double wks_estimate_work_adults(const wks_draft_area *area)
{
    const double *v = area->value;
    double sum = v[WKS_CITY_age_15_24] + v[WKS_CITY_age_25_44] + v[WKS_CITY_age_45_64] + v[WKS_CITY_age_65_plus];
    return fmin(fmax(sum, v[WKS_CITY_persons] - v[WKS_CITY_age_00_14]), v[WKS_CITY_persons]);
}

double wks_estimate_work_working(const wks_draft_area *area)
{
    const double *v = area->value;
    return v[WKS_CITY_age_15_24] + v[WKS_CITY_age_25_44] + v[WKS_CITY_age_45_64];
}

void wks_estimate_work_open(wks_estimate_work *w, int32_t gemeente_row)
{
    const wks_draft *draft = w->draft;
    w->gemeente_row = gemeente_row;
    w->gemeente = &draft->gemeente[gemeente_row];
    w->n = 0;
    for (int32_t i = 0; i < draft->n_buurten; i++)
        if (draft->wijk[draft->buurt[i].parent].parent == gemeente_row) w->row[w->n++] = i;
    for (int32_t k = 0; k < w->n; k++) {
        const wks_draft_area *buurt = wks_estimate_work_buurt(w, k);
        w->persons[k] = buurt->value[WKS_CITY_persons];
        w->adults[k] = wks_estimate_work_adults(buurt);
        w->working[k] = fmin(wks_estimate_work_working(buurt), buurt->value[WKS_CITY_persons]);
    }
    w->variant = wks_estimate_model_variant(draft, w->row, w->n);
    wks_estimate_model_features(draft, w->row, w->n, w->feature);
}

wks_draft_area *wks_estimate_work_buurt(const wks_estimate_work *w, int32_t k)
{
    return &w->draft->buurt[w->row[k]];
}

double wks_estimate_work_value(const wks_estimate_work *w, int32_t k, wks_city_column column)
{
    return wks_estimate_work_buurt(w, k)->value[column];
}

void wks_estimate_work_put(wks_estimate_work *w, int32_t k, wks_city_column column, double value)
{
    wks_draft_area *buurt = wks_estimate_work_buurt(w, k);
    if (isfinite(buurt->value[column])) return;
    buurt->value[column] = value;
    buurt->origin[column] = WKS_CITY_ORIGIN_estimated;
}

/* ---- figures ---- */

double wks_estimate_work_ratio(double a, double b)
{
    return b > 0.0 ? a / b : NAN;
}

double wks_estimate_work_figure(const wks_estimate_work_task *t, const wks_draft_area *area)
{
    return t->figure != NULL ? t->figure(area) : area->value[t->column];
}

/* The figure as an amount of buurten whose bases add up to `base`. */
static double amount_of_figure(const wks_estimate_work_task *t, double figure, double base)
{
    return t->count_base != NULL ? figure : figure * base;
}

double wks_estimate_work_hundreds(double eur)
{
    return floor(eur / 100.0 + 0.5) * 100.0;
}

/* ---- which groups ---- */

bool wks_estimate_work_is_published(const wks_draft_area *buurt, wks_city_column column)
{
    return buurt->origin[column] == WKS_CITY_ORIGIN_published || buurt->origin[column] == WKS_CITY_ORIGIN_rounded;
}

/* Which buurten have the whole group or part of it; counts the inhabited and, of those, the ones with all published and with nothing. */
static void mark_given(wks_estimate_work *w, const wks_city_column *column, int32_t n_columns, int32_t *out_inhabited, int32_t *out_have,
                       int32_t *out_lack)
{
    *out_inhabited = *out_have = *out_lack = 0;
    for (int32_t k = 0; k < w->n; k++) {
        int32_t n_published = 0, n_there = 0;
        for (int32_t c = 0; c < n_columns; c++) {
            n_published += wks_estimate_work_is_published(wks_estimate_work_buurt(w, k), column[c]);
            n_there += isfinite(wks_estimate_work_value(w, k, column[c]));
        }
        w->is_given[k] = n_there == n_columns;
        w->skip[k] = n_there > 0 && n_there < n_columns;
        if (!(w->persons[k] > 0.0)) continue;
        *out_inhabited += 1;
        *out_have += n_published == n_columns;
        *out_lack += n_there == 0;
    }
}

bool wks_estimate_work_is_missing(wks_estimate_work *w, const wks_city_column *column, int32_t n_columns)
{
    int32_t n_inhabited, n_have, n_lack;
    mark_given(w, column, n_columns, &n_inhabited, &n_have, &n_lack);
    return n_lack > 0;
}

bool wks_estimate_work_is_mostly_missing(wks_estimate_work *w, wks_city_column column)
{
    int32_t n_inhabited, n_have, n_lack;
    mark_given(w, &column, 1, &n_inhabited, &n_have, &n_lack);
    return 2 * n_have < n_inhabited;
}

void wks_estimate_work_set_base(wks_estimate_work *w, int32_t k, double base)
{
    if (!isfinite(base)) w->skip[k] = true;
    w->base[k] = isfinite(base) ? base : 0.0;
}

void wks_estimate_work_set_dwellings(wks_estimate_work *w, wks_city_column column)
{
    for (int32_t k = 0; k < w->n; k++) {
        wks_estimate_work_set_base(w, k, wks_estimate_work_value(w, k, WKS_CITY_dwellings));
        w->amount[k] = w->base[k] * wks_estimate_work_value(w, k, column);
        w->low[k] = 0.0;
        w->high[k] = w->base[k];
    }
}

double wks_estimate_work_mean(const wks_estimate_work *w, int32_t k)
{
    return w->skip[k] || !(w->base[k] > 0.0) ? NAN : w->amount[k] / w->base[k];
}

/* ---- spreading ---- */

static double inverse_link(bool is_log, double eta)
{
    return is_log ? wks_math_exp(eta) : wks_math_logistic(eta);
}

static double link_of(bool is_log, double ratio_to)
{
    return is_log ? wks_math_log(ratio_to) : wks_math_log(ratio_to / (1.0 - ratio_to));
}

/* A wijk or the gemeente: its buurten, what is published of them and how far that may be off. */
typedef struct level {
    int32_t wijk; /* row; -1: the gemeente */
    bool is_flat; /* the same in all its buurten */
    double base, given_base, given, noise;
} level;

static bool is_in(const wks_estimate_work *w, const level *l, int32_t k)
{
    return !w->skip[k] && w->base[k] > 0.0 && (l->wijk < 0 || wks_estimate_work_buurt(w, k)->parent == l->wijk);
}

/* Half of the step that CBS rounds to: of a count per buurt, else per unit of the base; a whole per cent, a thousand euro of WOZ, a hundred of
 * income. */
static double half_step(const wks_estimate_work *w, const wks_estimate_work_task *t)
{
    if (t->is_whole) return w->draft->rounding[t->column] > 1 ? 0.5 * (double)w->draft->rounding[t->column] : 0.0;
    switch (t->column) {
    case WKS_CITY_woz_eur: return 500.0;
    case WKS_CITY_income_per_person_eur: return 50.0;
    case WKS_CITY_address_density: return 0.5;
    default: return 0.005;
    }
}

/* CBS rounds the counts of buurten down (of Utrecht 2023 and Amsterdam 2017 each is 2 too low on average), so the errors add up and do not
 * cancel. A figure of another year differs from what is published besides. */
static level level_of(const wks_estimate_work *w, const wks_estimate_work_task *t, int32_t wijk, const wks_draft_area *area)
{
    static const double other_year = 0.02,
                        weights = 0.005; /* parts; assumptions: growth in a year; CBS's weights of a mean are not quite ours */
    level l = {wijk, wijk >= 0 && wks_estimate_model_is_flat_in_wijk(t->model), 0.0, 0.0, 0.0, 0.0};
    for (int32_t k = 0; k < w->n; k++) {
        if (w->skip[k] || (wijk >= 0 && wks_estimate_work_buurt(w, k)->parent != wijk)) continue;
        l.base += w->base[k];
        if (!w->is_given[k] || !isfinite(w->amount[k])) continue;
        l.given += w->amount[k];
        l.given_base += w->base[k];
        if (w->amount[k] > 0.0) l.noise += half_step(w, t) * (t->is_whole ? 1.0 : w->base[k]);
    }
    if (!t->is_whole) l.noise += weights * l.given;
    if (!wks_estimate_work_is_published(area, t->column)) l.noise += other_year * l.given;
    return l;
}

static double eta_of(const wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta, int32_t k)
{
    return eta != NULL ? eta[k] : wks_estimate_model_eta(t->model, w->variant, &w->feature[(size_t)k * WKS_ESTIMATE_N_FEATURES]);
}

static double ratio_at(const wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta, const level *l, int32_t k,
                       double intercept)
{
    double at = l->is_flat && eta == NULL ? 0.0 : eta_of(w, t, eta, k);
    return inverse_link(wks_estimate_model_is_log(t->model), wks_math_clamp(at + intercept, -40.0, 40.0));
}

/* What buurten of a level have at an intercept: those published, the others, or both; within no bounds but the base's. */
static double sum_at(const wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta, const level *l, bool given,
                     bool others, double intercept)
{
    double sum = 0.0;
    for (int32_t k = 0; k < w->n; k++)
        if (is_in(w, l, k) && (w->is_given[k] ? given : others)) sum += ratio_at(w, t, eta, l, k, intercept) * w->base[k];
    return sum;
}

/* The intercept at which they have `total`. */
static double intercept_of(const wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta, const level *l, bool others,
                           double total)
{
    double low = -60.0, high = 60.0;
    for (int32_t step = 0; step < 48; step++) {
        double middle = 0.5 * (low + high);
        if (sum_at(w, t, eta, l, true, others, middle) < total)
            low = middle;
        else
            high = middle;
    }
    return 0.5 * (low + high);
}

/* The model's amount of those without a figure; of the gemeente it takes over what was found of wijken that have a figure. */
static double modelled(const wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta, const level *l, double intercept)
{
    double sum = 0.0;
    if (l->wijk >= 0) return sum_at(w, t, eta, l, false, true, intercept);
    for (int32_t k = 0; k < w->n; k++)
        if (is_in(w, l, k) && !w->is_given[k] && !isfinite(w->wijk_total[wks_estimate_work_buurt(w, k)->parent]))
            sum += ratio_at(w, t, eta, l, k, intercept) * w->base[k];
    for (int32_t v = 0; v < w->draft->n_wijken; v++)
        if (w->draft->wijk[v].parent == w->gemeente_row && isfinite(w->wijk_total[v])) sum += w->wijk_total[v];
    return sum;
}

/* What the buurten without a figure should add up to when all have `amount`. What the published leave is certain but for their rounding; the
 * model at the level of the figure is certain but for what sets these buurten apart. Each counts by its precision: many missing buurten take
 * what is left, a few small ones beside hundreds of rounded ones keep what the model says. */
static double left_for_others(const wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta, const level *l, double amount)
{
    static const double apart = 0.5; /* on the scale of the link, of buurten together; assumption: about the error of one buurt */
    double rest = amount - l->given;
    if (!isfinite(rest)) return NAN;
    if (!(l->noise > 0.0)) return fmax(rest, 0.0);
    double a = intercept_of(w, t, eta, l, true, amount), model = modelled(w, t, eta, l, a);
    double rise = sum_at(w, t, eta, l, false, true, a + 0.01) - sum_at(w, t, eta, l, false, true, a), spread = apart * rise / 0.01;
    double weight = spread > 0.0 ? spread * spread / (spread * spread + l->noise * l->noise) : 0.0;
    return fmax(model + weight * (rest - model), 0.0);
}

/* What the buurten without a figure would have by the ratio of the country, moved by who lives there where that is better; the more of the
 * gemeente is published, the more by what the model makes of that. `eta`: the link of the ratio itself. NaN if the country has no figure. */
static double others_without_figure(const wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta, const level *l)
{
    bool is_log = wks_estimate_model_is_log(t->model);
    double national = wks_estimate_work_figure(t, &w->draft->nation), sum = 0.0;
    if (t->count_base != NULL) national = wks_estimate_work_ratio(national, t->count_base(&w->draft->nation));
    for (int32_t k = 0; k < w->n; k++) {
        const double *x = &w->feature[(size_t)k * WKS_ESTIMATE_N_FEATURES];
        if (!is_in(w, l, k) || w->is_given[k]) continue;
        double at = eta != NULL ? eta[k] : link_of(is_log, national) + wks_estimate_model_level(t->model, w->variant, x);
        sum += w->base[k] * inverse_link(is_log, at);
    }
    if (!(l->given_base > 0.0)) return sum;
    double known = l->given_base / l->base, by_given = sum_at(w, t, eta, l, false, true, intercept_of(w, t, eta, l, false, l->given));
    return isfinite(sum) ? known * by_given + (1.0 - known) * sum : by_given;
}

/* Totals that the buurten without a figure of their own should add up to. */
static double set_totals(wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta)
{
    const wks_draft *draft = w->draft;
    bool any_wijk = false;
    for (int32_t v = 0; v < draft->n_wijken; v++) {
        w->wijk_total[v] = NAN;
        double figure = wks_estimate_work_figure(t, &draft->wijk[v]);
        if (draft->wijk[v].parent != w->gemeente_row || !isfinite(figure)) continue;
        const level l = level_of(w, t, v, &draft->wijk[v]);
        any_wijk = true;
        w->wijk_total[v] = left_for_others(w, t, eta, &l, amount_of_figure(t, figure, l.base));
    }
    const level l = level_of(w, t, -1, w->gemeente);
    double figure = wks_estimate_work_figure(t, w->gemeente), total = left_for_others(w, t, eta, &l, amount_of_figure(t, figure, l.base));
    if (!isfinite(figure) && !any_wijk) total = others_without_figure(w, t, eta, &l);
    if (t->is_whole) total = floor(total + 0.5);
    return total;
}

/* Bounds must leave room for the total, else the figures go before them. */
static void relax(wks_estimate_work *w, int32_t n_items, bool is_log, double total)
{
    double low = 0.0, high = 0.0;
    for (int32_t i = 0; i < n_items; i++) {
        low += w->item[i].low;
        high += w->item[i].high;
    }
    for (int32_t i = 0; i < n_items; i++) {
        if (total < low) w->item[i].low = 0.0;
        if (total > high) w->item[i].high = is_log ? 1e12 : w->item[i].base;
    }
}

void wks_estimate_work_run(wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta)
{
    bool is_log = wks_estimate_model_is_log(t->model), flat = wks_estimate_model_is_flat_in_wijk(t->model);
    double total = set_totals(w, t, eta);
    int32_t n = 0;
    for (int32_t k = 0; k < w->n; k++) {
        if (w->is_given[k] || w->skip[k]) continue;
        w->amount[k] = 0.0;
        if (!(w->base[k] > 0.0)) continue;
        int32_t wijk = wks_estimate_work_buurt(w, k)->parent;
        double e = eta_of(w, t, eta, k);
        if (flat && eta == NULL && isfinite(w->wijk_total[wijk])) e = 0.0;
        w->buurt_of_item[n] = k;
        w->item[n++] = (wks_estimate_spread_item){wijk, w->base[k], e, w->low[k], w->high[k], 0.0, 0.0};
    }
    if (isfinite(total)) relax(w, n, is_log, total);
    wks_estimate_spread(w->item, n, is_log, w->wijk_total, total);
    if (t->is_whole) wks_estimate_spread_whole(w->item, n, w->spare, total);
    for (int32_t i = 0; i < n; i++)
        w->amount[w->buurt_of_item[i]] = w->item[i].amount;
}
