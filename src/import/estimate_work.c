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
    return fmin(sum, v[WKS_CITY_persons]);
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

bool wks_estimate_work_is_missing(wks_estimate_work *w, const wks_city_column *column, int32_t n_columns)
{
    int32_t n_inhabited = 0, n_have = 0;
    for (int32_t k = 0; k < w->n; k++) {
        int32_t n_published = 0, n_there = 0;
        for (int32_t c = 0; c < n_columns; c++) {
            n_published += wks_estimate_work_is_published(wks_estimate_work_buurt(w, k), column[c]);
            n_there += isfinite(wks_estimate_work_value(w, k, column[c]));
        }
        w->is_given[k] = n_there == n_columns;
        w->skip[k] = n_there > 0 && n_there < n_columns;
        if (!(w->persons[k] > 0.0)) continue;
        n_inhabited++;
        n_have += n_published == n_columns;
    }
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

/* What all buurten together would have by the ratio of the country, moved by who lives there where that is better; `eta`: the link of the
 * ratio itself. NaN if the country has no figure. */
static double total_without_figure(const wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta)
{
    bool is_log = wks_estimate_model_is_log(t->model);
    double national = wks_estimate_work_figure(t, &w->draft->nation), sum = 0.0;
    if (t->count_base != NULL) national = wks_estimate_work_ratio(national, t->count_base(&w->draft->nation));
    for (int32_t k = 0; k < w->n; k++) {
        const double *x = &w->feature[k * WKS_ESTIMATE_N_FEATURES];
        if (w->skip[k] || !(w->base[k] > 0.0)) continue;
        double level = eta != NULL ? eta[k] : link_of(is_log, national) + wks_estimate_model_level(t->model, w->variant, x);
        sum += w->base[k] * inverse_link(is_log, level);
    }
    return t->is_whole ? floor(sum + 0.5) : sum;
}

/* Totals that the buurten without a figure of their own should add up to. */
static double set_totals(wks_estimate_work *w, const wks_estimate_work_task *t, const double *eta)
{
    const wks_draft *draft = w->draft;
    double base = 0.0, given = 0.0;
    bool any_wijk = false;
    for (int32_t v = 0; v < draft->n_wijken; v++) {
        w->wijk_total[v] = NAN;
        double figure = wks_estimate_work_figure(t, &draft->wijk[v]), wijk_base = 0.0, wijk_given = 0.0;
        if (draft->wijk[v].parent != w->gemeente_row) continue;
        for (int32_t k = 0; k < w->n; k++) {
            if (wks_estimate_work_buurt(w, k)->parent != v || w->skip[k]) continue;
            wijk_base += w->base[k];
            wijk_given += w->is_given[k] ? w->amount[k] : 0.0;
        }
        base += wijk_base;
        given += wijk_given;
        if (!isfinite(figure)) continue;
        any_wijk = true;
        w->wijk_total[v] = fmax(amount_of_figure(t, figure, wijk_base) - wijk_given, 0.0);
    }
    double figure = wks_estimate_work_figure(t, w->gemeente), total = amount_of_figure(t, figure, base) - given;
    if (!isfinite(figure) && !any_wijk) total = total_without_figure(w, t, eta) - given;
    return isfinite(total) ? fmax(total, 0.0) : NAN;
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
        double e = eta != NULL ? eta[k] : wks_estimate_model_eta(t->model, w->variant, &w->feature[k * WKS_ESTIMATE_N_FEATURES]);
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
