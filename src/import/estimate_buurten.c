#include "import/estimate_buurten.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "import/estimate.h"
#include "import/estimate_model.h"
#include "import/estimate_spread.h"
#include "import/fill.h"
#include "num/math.h"

/* ---- what is being worked on ---- */

/* One number per buurt of the gemeente. */
typedef enum slot { ADULTS, WORKING, PERSONS, BASE, LOW, HIGH, AMOUNT, FIGURE, N_SLOTS } slot;

/* A gemeente with its buurten. */
typedef struct work {
    wks_draft *draft;
    const wks_draft_area *gemeente;
    int32_t gemeente_row, variant;
    int32_t n, *row;       /* its buurten */
    double *feature;       /* n * WKS_ESTIMATE_N_FEATURES */
    double *slot[N_SLOTS]; /* n each */
    bool *is_given, *skip; /* published of the buurt; neither that nor to be estimated */
    double *wijk_total;    /* by row of the draft */
    wks_estimate_spread_item *item, *spare;
    int32_t *buurt_of_item; /* index k */
} work;

static void free_work(work *w)
{
    free(w->row);
    free(w->feature);
    for (int32_t s = 0; s < N_SLOTS; s++)
        free(w->slot[s]);
    free(w->is_given);
    free(w->skip);
    free(w->wijk_total);
    free(w->item);
    free(w->spare);
    free(w->buurt_of_item);
}

static wks_status make_work(wks_draft *draft, work *w, wks_err *err)
{
    size_t n = (size_t)draft->n_buurten;
    bool ok = true;
    w->draft = draft;
    ok &= (w->row = wks_mem_array(n, sizeof *w->row)) != NULL;
    ok &= (w->feature = wks_mem_array(n * WKS_ESTIMATE_N_FEATURES, sizeof *w->feature)) != NULL;
    for (int32_t s = 0; s < N_SLOTS; s++)
        ok &= (w->slot[s] = wks_mem_array(n, sizeof *w->slot[s])) != NULL;
    ok &= (w->is_given = wks_mem_array(n, sizeof *w->is_given)) != NULL;
    ok &= (w->skip = wks_mem_array(n, sizeof *w->skip)) != NULL;
    ok &= (w->wijk_total = wks_mem_array((size_t)draft->n_wijken, sizeof *w->wijk_total)) != NULL;
    ok &= (w->item = wks_mem_array(n, sizeof *w->item)) != NULL;
    ok &= (w->spare = wks_mem_array(n, sizeof *w->spare)) != NULL;
    ok &= (w->buurt_of_item = wks_mem_array(n, sizeof *w->buurt_of_item)) != NULL;
    return ok ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory to estimate buurten");
}

static wks_draft_area *buurt_of(const work *w, int32_t k)
{
    return &w->draft->buurt[w->row[k]];
}

static double value_of(const work *w, int32_t k, wks_city_column column)
{
    return buurt_of(w, k)->value[column];
}

static void put(work *w, int32_t k, wks_city_column column, double value)
{
    wks_draft_area *buurt = buurt_of(w, k);
    if (isfinite(buurt->value[column])) return;
    buurt->value[column] = value;
    buurt->origin[column] = WKS_CITY_ORIGIN_estimated;
}

/* ---- figures of areas ---- */

static double adults_of(const wks_draft_area *area)
{
    const double *v = area->value;
    double sum = v[WKS_CITY_age_15_24] + v[WKS_CITY_age_25_44] + v[WKS_CITY_age_45_64] + v[WKS_CITY_age_65_plus];
    return fmin(sum, v[WKS_CITY_persons]);
}

static double working_of(const wks_draft_area *area)
{
    const double *v = area->value;
    return v[WKS_CITY_age_15_24] + v[WKS_CITY_age_25_44] + v[WKS_CITY_age_45_64];
}

/* a / b, NaN when either is missing or b is 0. */
static double ratio(double a, double b)
{
    return b > 0.0 ? a / b : NAN;
}

static double one_person_of(const wks_draft_area *area)
{
    const double *v = area->value;
    return ratio(v[WKS_CITY_households_one_person],
                 v[WKS_CITY_households_one_person] + v[WKS_CITY_households_without_children] + v[WKS_CITY_households_with_children]);
}

static double with_children_of(const wks_draft_area *area)
{
    const double *v = area->value;
    return ratio(v[WKS_CITY_households_with_children], v[WKS_CITY_households_without_children] + v[WKS_CITY_households_with_children]);
}

static double corporatie_of_rent(const wks_draft_area *area)
{
    const double *v = area->value;
    return ratio(v[WKS_CITY_share_corporatie], v[WKS_CITY_share_corporatie] + v[WKS_CITY_share_private_rent]);
}

/* What is to be estimated: a count of persons or things, or a share or mean times its base. */
typedef struct task {
    wks_estimate_model model;
    wks_city_column column;                           /* of the figure, when `figure` is NULL */
    double (*figure)(const wks_draft_area *area);     /* a share */
    double (*count_base)(const wks_draft_area *area); /* not NULL: the figure is a count; this many can have it */
    bool is_whole;
} task;

static double figure_of(const task *t, const wks_draft_area *area)
{
    return t->figure != NULL ? t->figure(area) : area->value[t->column];
}

/* The figure as an amount of buurten whose bases add up to `base`. */
static double amount_of_figure(const task *t, double figure, double base)
{
    return t->count_base != NULL ? figure : figure * base;
}

/* ---- spreading ---- */

/* Totals that the buurten without a figure of their own should add up to. */
static double set_totals(work *w, const task *t)
{
    const wks_draft *draft = w->draft;
    double base = 0.0, given = 0.0;
    bool any_wijk = false;
    for (int32_t v = 0; v < draft->n_wijken; v++) {
        w->wijk_total[v] = NAN;
        double figure = figure_of(t, &draft->wijk[v]), wijk_base = 0.0, wijk_given = 0.0;
        if (draft->wijk[v].parent != w->gemeente_row) continue;
        for (int32_t k = 0; k < w->n; k++) {
            if (buurt_of(w, k)->parent != v || w->skip[k]) continue;
            wijk_base += w->slot[BASE][k];
            wijk_given += w->is_given[k] ? w->slot[AMOUNT][k] : 0.0;
        }
        base += wijk_base;
        given += wijk_given;
        if (!isfinite(figure)) continue;
        any_wijk = true;
        w->wijk_total[v] = fmax(amount_of_figure(t, figure, wijk_base) - wijk_given, 0.0);
    }
    double figure = figure_of(t, w->gemeente), total = amount_of_figure(t, figure, base) - given;
    if (!isfinite(figure) && !any_wijk) { /* the ratio of the country */
        double national = figure_of(t, &draft->nation);
        total = (t->count_base != NULL ? ratio(national, t->count_base(&draft->nation)) : national) * base - given;
    }
    return isfinite(total) ? fmax(total, 0.0) : NAN;
}

/* Bounds must leave room for the total, else the figures go before them. */
static void relax(work *w, int32_t n_items, bool is_log, double total)
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

/* Gives slot AMOUNT of every buurt that is neither given nor skipped; uses BASE, LOW and HIGH. `eta`: in place of the model's, or NULL. */
static void run(work *w, const task *t, const double *eta)
{
    bool is_log = wks_estimate_model_is_log(t->model), flat = wks_estimate_model_is_flat_in_wijk(t->model);
    double total = set_totals(w, t);
    int32_t n = 0;
    for (int32_t k = 0; k < w->n; k++) {
        if (w->is_given[k] || w->skip[k]) continue;
        w->slot[AMOUNT][k] = 0.0;
        if (!(w->slot[BASE][k] > 0.0)) continue;
        int32_t wijk = buurt_of(w, k)->parent;
        double e = eta != NULL ? eta[k] : wks_estimate_model_eta(t->model, w->variant, &w->feature[k * WKS_ESTIMATE_N_FEATURES]);
        if (flat && eta == NULL && isfinite(w->wijk_total[wijk])) e = 0.0;
        w->buurt_of_item[n] = k;
        w->item[n++] = (wks_estimate_spread_item){wijk, w->slot[BASE][k], e, w->slot[LOW][k], w->slot[HIGH][k], 0.0, 0.0};
    }
    if (isfinite(total)) relax(w, n, is_log, total);
    wks_estimate_spread(w->item, n, is_log, w->wijk_total, total);
    if (t->is_whole) wks_estimate_spread_whole(w->item, n, w->spare, total);
    for (int32_t i = 0; i < n; i++)
        w->slot[AMOUNT][w->buurt_of_item[i]] = w->item[i].amount;
}

/* ---- which groups ---- */

static bool is_published(const wks_draft_area *buurt, wks_city_column column)
{
    return buurt->origin[column] == WKS_CITY_ORIGIN_published || buurt->origin[column] == WKS_CITY_ORIGIN_rounded;
}

/* Marks the buurten that have all columns of a group and those that have some; true when fewer than half of the inhabited have all. */
static bool is_missing(work *w, const wks_city_column *column, int32_t n_columns)
{
    int32_t n_inhabited = 0, n_have = 0;
    for (int32_t k = 0; k < w->n; k++) {
        int32_t n_published = 0, n_there = 0;
        for (int32_t c = 0; c < n_columns; c++) {
            n_published += is_published(buurt_of(w, k), column[c]);
            n_there += isfinite(value_of(w, k, column[c]));
        }
        w->is_given[k] = n_there == n_columns;
        w->skip[k] = n_there > 0 && n_there < n_columns;
        if (!(w->slot[PERSONS][k] > 0.0)) continue;
        n_inhabited++;
        n_have += n_published == n_columns;
    }
    return 2 * n_have < n_inhabited;
}

/* Slot BASE from a column or slot; a buurt that lacks it is left alone. */
static void set_base(work *w, int32_t k, double base)
{
    if (!isfinite(base)) w->skip[k] = true;
    w->slot[BASE][k] = isfinite(base) ? base : 0.0;
}

/* ---- households, dwellings, benefits: counts ---- */

static void put_counts(work *w, wks_city_column column)
{
    for (int32_t k = 0; k < w->n; k++)
        if (!w->skip[k]) put(w, k, column, w->slot[AMOUNT][k]);
}

static void estimate_count(work *w, wks_estimate_model model, wks_city_column column, slot base)
{
    const task t = {model, column, NULL, base == WORKING ? working_of : adults_of, true};
    if (!is_missing(w, &column, 1)) return;
    for (int32_t k = 0; k < w->n; k++) {
        set_base(w, k, w->slot[base][k]);
        w->slot[AMOUNT][k] = value_of(w, k, column);
        w->slot[LOW][k] = 0.0;
        w->slot[HIGH][k] = w->slot[BASE][k];
        if (column != WKS_CITY_dwellings) continue;
        double households = value_of(w, k, WKS_CITY_households); /* between five households a dwelling and three dwellings for two */
        if (!isfinite(households)) continue;
        w->slot[LOW][k] = 0.2 * households;
        w->slot[HIGH][k] = fmax(w->slot[LOW][k], fmin(w->slot[BASE][k], 1.5 * households + 3.0));
        if (households <= 0.0) w->slot[BASE][k] = w->slot[HIGH][k] = 0.0;
    }
    run(w, &t, NULL);
    put_counts(w, column);
}

/* ---- household types: one person, then with children among the others ---- */

static void estimate_types(work *w)
{
    static const wks_city_column part[] = {WKS_CITY_households_one_person, WKS_CITY_households_without_children,
                                           WKS_CITY_households_with_children};
    const task one = {WKS_ESTIMATE_MODEL_one_person, part[0], one_person_of, NULL, true};
    const task with = {WKS_ESTIMATE_MODEL_with_children, part[2], with_children_of, NULL, true};
    if (!is_missing(w, part, 3)) return;
    for (int32_t k = 0; k < w->n; k++) { /* persons >= one + 2 * several */
        double households = value_of(w, k, WKS_CITY_households);
        set_base(w, k, households);
        w->slot[AMOUNT][k] = value_of(w, k, part[0]);
        w->slot[LOW][k] = wks_math_clamp(2.0 * w->slot[BASE][k] - w->slot[PERSONS][k], 0.0, w->slot[BASE][k]);
        w->slot[HIGH][k] = w->slot[BASE][k];
    }
    run(w, &one, NULL);
    put_counts(w, part[0]);
    for (int32_t k = 0; k < w->n; k++) { /* adults >= one + 2 * without + with, with <= people under 25 */
        double several = value_of(w, k, WKS_CITY_households) - value_of(w, k, part[0]);
        set_base(w, k, fmax(several, 0.0));
        double beyond = w->slot[ADULTS][k] - value_of(w, k, WKS_CITY_households);
        double young = value_of(w, k, WKS_CITY_age_00_14) + value_of(w, k, WKS_CITY_age_15_24);
        w->slot[AMOUNT][k] = value_of(w, k, part[2]);
        w->slot[LOW][k] = wks_math_clamp(w->slot[BASE][k] - fmax(beyond, 0.0), 0.0, w->slot[BASE][k]);
        w->slot[HIGH][k] = wks_math_clamp(young, w->slot[LOW][k], w->slot[BASE][k]);
    }
    run(w, &with, NULL);
    put_counts(w, part[2]);
    for (int32_t k = 0; k < w->n; k++)
        if (!w->skip[k]) put(w, k, part[1], w->slot[BASE][k] - w->slot[AMOUNT][k]);
}

/* ---- shares and means of dwellings ---- */

static double millionths(double share)
{
    return floor(share * 1e6 + 0.5) / 1e6;
}

static double hundreds(double eur)
{
    return floor(eur / 100.0 + 0.5) * 100.0;
}

/* Base: dwellings; amount: dwellings with it. */
static void set_dwellings(work *w, wks_city_column column)
{
    for (int32_t k = 0; k < w->n; k++) {
        set_base(w, k, value_of(w, k, WKS_CITY_dwellings));
        w->slot[AMOUNT][k] = w->slot[BASE][k] * value_of(w, k, column);
        w->slot[LOW][k] = 0.0;
        w->slot[HIGH][k] = w->slot[BASE][k];
    }
}

/* Buurten without dwellings are left to wks_fill_buurten. */
static double mean_of(const work *w, int32_t k)
{
    return w->skip[k] || !(w->slot[BASE][k] > 0.0) ? NAN : w->slot[AMOUNT][k] / w->slot[BASE][k];
}

static void estimate_share(work *w, wks_estimate_model model, wks_city_column column)
{
    const task t = {model, column, NULL, NULL, false};
    if (!is_missing(w, &column, 1)) return;
    set_dwellings(w, column);
    run(w, &t, NULL);
    for (int32_t k = 0; k < w->n; k++)
        if (isfinite(mean_of(w, k))) put(w, k, column, millionths(mean_of(w, k)));
}

/* Owner-occupied, then corporatie among the rented, the rest is rented from others. */
static void estimate_tenure(work *w)
{
    static const wks_city_column part[] = {WKS_CITY_share_owner, WKS_CITY_share_corporatie, WKS_CITY_share_private_rent};
    const task owner = {WKS_ESTIMATE_MODEL_share_owner, part[0], NULL, NULL, false};
    const task corporatie = {WKS_ESTIMATE_MODEL_corporatie_of_rent, part[1], corporatie_of_rent, NULL, false};
    if (!is_missing(w, part, 3)) return;
    set_dwellings(w, part[0]);
    run(w, &owner, NULL);
    for (int32_t k = 0; k < w->n; k++)
        w->slot[FIGURE][k] = mean_of(w, k);
    for (int32_t k = 0; k < w->n; k++) {
        double dwellings = w->slot[BASE][k];
        w->slot[BASE][k] = isfinite(w->slot[FIGURE][k]) ? dwellings * (1.0 - w->slot[FIGURE][k]) : 0.0;
        w->slot[AMOUNT][k] = dwellings * value_of(w, k, part[1]);
        w->slot[HIGH][k] = w->slot[BASE][k];
    }
    run(w, &corporatie, NULL);
    for (int32_t k = 0; k < w->n; k++) {
        if (w->is_given[k] || w->skip[k] || !isfinite(w->slot[FIGURE][k])) continue;
        double share = millionths(w->slot[FIGURE][k]);
        double rented = w->slot[BASE][k] > 0.0 ? w->slot[AMOUNT][k] / w->slot[BASE][k] : 0.0;
        double of_corporatie = millionths((1.0 - share) * rented);
        put(w, k, part[0], share);
        put(w, k, part[1], of_corporatie);
        put(w, k, part[2], millionths(1.0 - share - of_corporatie));
    }
}

static void estimate_woz(work *w)
{
    const wks_city_column column = WKS_CITY_woz_eur;
    const task t = {WKS_ESTIMATE_MODEL_woz_eur, column, NULL, NULL, false};
    if (!is_missing(w, &column, 1)) return;
    set_dwellings(w, column);
    double level = w->gemeente->value[column];
    if (!isfinite(level)) level = w->draft->nation.value[column];
    for (int32_t k = 0; k < w->n; k++) { /* an unusual buurt must not be worth millions */
        w->slot[LOW][k] = 0.25 * level * w->slot[BASE][k];
        w->slot[HIGH][k] = 5.0 * level * w->slot[BASE][k];
    }
    run(w, &t, NULL);
    for (int32_t k = 0; k < w->n; k++)
        if (isfinite(mean_of(w, k))) put(w, k, column, hundreds(mean_of(w, k)));
}

/* ---- addresses around ---- */

/* Expected number of dwellings per km2 within about a kilometre of a point of the buurt: every buurt is a normal distribution with the variance of
 * a disc of its surface, and so is the circle. */
static double addresses_around(const work *w, int32_t k)
{
    static const double radius_m = 1150.0, pi = 3.14159265358979323846,
                        per_dwelling = 1.109; /* chosen on Utrecht 2023: scripts/fit-estimates.py */
    const wks_draft_area *here = buurt_of(w, k);
    double sum = 0.0;
    for (int32_t j = 0; j < w->n; j++) {
        const wks_draft_area *there = buurt_of(w, j);
        double dwellings = there->value[WKS_CITY_dwellings];
        if (!isfinite(there->x_m) || !(dwellings > 0.0)) continue;
        double dx = here->x_m - there->x_m, dy = here->y_m - there->y_m;
        double area_m2 = 1e4 * (here->value[WKS_CITY_area_ha] + there->value[WKS_CITY_area_ha]);
        double variance = radius_m * radius_m / 4.0 + area_m2 / (4.0 * pi);
        sum += dwellings * wks_math_exp(-(dx * dx + dy * dy) / (2.0 * variance)) / (2.0 * pi * variance);
    }
    return sum * 1e6 * per_dwelling;
}

static void estimate_address_density(work *w)
{
    const wks_city_column column = WKS_CITY_address_density;
    const task t = {WKS_ESTIMATE_MODEL_address_density, column, NULL, NULL, false};
    double placed = 0.0, all = 0.0;
    if (!is_missing(w, &column, 1)) return;
    set_dwellings(w, column);
    for (int32_t k = 0; k < w->n; k++) {
        all += w->slot[BASE][k];
        placed += isfinite(buurt_of(w, k)->x_m) ? w->slot[BASE][k] : 0.0;
        w->slot[HIGH][k] = 1e5 * w->slot[BASE][k];
    }
    bool has_map = placed > 0.9 * all;
    for (int32_t k = 0; k < w->n && has_map; k++) {
        if (!isfinite(buurt_of(w, k)->x_m)) w->skip[k] = true;
        w->slot[FIGURE][k] = w->skip[k] ? 0.0 : wks_math_log(fmax(addresses_around(w, k), 1.0));
    }
    run(w, &t, has_map ? w->slot[FIGURE] : NULL);
    for (int32_t k = 0; k < w->n; k++)
        if (isfinite(mean_of(w, k))) put(w, k, column, floor(mean_of(w, k) + 0.5));
}

/* ---- income ---- */

static bool has_income(const work *w)
{
    const wks_city_column column = WKS_CITY_income_per_person_eur;
    if (isfinite(w->gemeente->value[column])) return true;
    for (int32_t v = 0; v < w->draft->n_wijken; v++)
        if (w->draft->wijk[v].parent == w->gemeente_row && isfinite(w->draft->wijk[v].value[column])) return true;
    return false;
}

/* Features from what was estimated before. */
static void add_stock_features(work *w)
{
    double worth = 0.0, dwellings = 0.0, bijstand = 0.0, persons = 0.0;
    for (int32_t k = 0; k < w->n; k++) {
        const double *v = buurt_of(w, k)->value;
        if (v[WKS_CITY_woz_eur] > 0.0 && v[WKS_CITY_dwellings] > 0.0) {
            worth += v[WKS_CITY_woz_eur] * v[WKS_CITY_dwellings];
            dwellings += v[WKS_CITY_dwellings];
        }
        if (isfinite(v[WKS_CITY_bijstand])) {
            bijstand += v[WKS_CITY_bijstand];
            persons += v[WKS_CITY_persons];
        }
    }
    for (int32_t k = 0; k < w->n; k++) {
        const double *v = buurt_of(w, k)->value;
        double *x = &w->feature[k * WKS_ESTIMATE_N_FEATURES];
        double log_woz = v[WKS_CITY_woz_eur] > 0.0 && dwellings > 0.0 ? wks_math_log(v[WKS_CITY_woz_eur] * dwellings / worth) : 0.0;
        double share = v[WKS_CITY_bijstand] / v[WKS_CITY_persons];
        if (!isfinite(share)) share = persons > 0.0 ? bijstand / persons : 0.0;
        x[WKS_ESTIMATE_FEATURE_log_woz] = log_woz;
        x[WKS_ESTIMATE_FEATURE_square_log_woz] = log_woz * log_woz;
        x[WKS_ESTIMATE_FEATURE_log_bijstand] = wks_math_log(share + 0.01);
    }
}

/* The mean over the inhabitants of what the formula gives each buurt relative to the country; NaN when it gives nothing. */
static double income_level(const work *w)
{
    const wks_draft_area *nation = &w->draft->nation;
    double sum = 0.0, persons = 0.0;
    for (int32_t k = 0; k < w->n; k++) {
        const double *v = buurt_of(w, k)->value;
        double income = wks_estimate_income(v, nation->value, nation->value[WKS_CITY_income_per_person_eur]);
        if (!isfinite(income)) continue;
        sum += income * v[WKS_CITY_persons];
        persons += v[WKS_CITY_persons];
    }
    return ratio(sum, persons);
}

static void estimate_income(work *w, bool woz_is_estimated)
{
    const wks_city_column column = WKS_CITY_income_per_person_eur;
    const task t = {WKS_ESTIMATE_MODEL_income_per_person_eur, column, NULL, NULL, false};
    bool published = has_income(w);
    if (!is_missing(w, &column, 1) || !(published || woz_is_estimated)) return;
    add_stock_features(w);
    double level = published ? w->gemeente->value[column] : income_level(w);
    if (!published && !isfinite(level)) return;
    wks_draft_area reference = *w->gemeente; /* the level stands in for the gemeente's figure */
    if (!published) reference.value[column] = level;
    const wks_draft_area *gemeente = w->gemeente;
    w->gemeente = &reference;
    if (!isfinite(level)) level = w->draft->nation.value[column];
    for (int32_t k = 0; k < w->n; k++) {
        set_base(w, k, w->slot[PERSONS][k]);
        w->slot[AMOUNT][k] = w->slot[BASE][k] * value_of(w, k, column);
        w->slot[LOW][k] = 0.3 * level * w->slot[BASE][k];
        w->slot[HIGH][k] = 4.0 * level * w->slot[BASE][k];
    }
    run(w, &t, NULL);
    w->gemeente = gemeente;
    for (int32_t k = 0; k < w->n; k++)
        if (isfinite(mean_of(w, k))) put(w, k, column, hundreds(mean_of(w, k)));
}

/* ---- a gemeente ---- */

static void open_gemeente(work *w, int32_t gemeente)
{
    const wks_draft *draft = w->draft;
    w->gemeente_row = gemeente;
    w->gemeente = &draft->gemeente[gemeente];
    w->n = 0;
    for (int32_t i = 0; i < draft->n_buurten; i++)
        if (draft->wijk[draft->buurt[i].parent].parent == gemeente) w->row[w->n++] = i;
    for (int32_t k = 0; k < w->n; k++) {
        const wks_draft_area *buurt = buurt_of(w, k);
        w->slot[PERSONS][k] = buurt->value[WKS_CITY_persons];
        w->slot[ADULTS][k] = adults_of(buurt);
        w->slot[WORKING][k] = fmin(working_of(buurt), buurt->value[WKS_CITY_persons]);
    }
    w->variant = wks_estimate_model_variant(draft, w->row, w->n);
    wks_estimate_model_features(draft, w->row, w->n, w->feature);
}

static void estimate_gemeente(work *w)
{
    const wks_city_column woz = WKS_CITY_woz_eur;
    estimate_count(w, WKS_ESTIMATE_MODEL_households, WKS_CITY_households, ADULTS);
    estimate_types(w);
    estimate_count(w, WKS_ESTIMATE_MODEL_dwellings, WKS_CITY_dwellings, ADULTS);
    estimate_share(w, WKS_ESTIMATE_MODEL_share_vacant, WKS_CITY_share_vacant);
    estimate_share(w, WKS_ESTIMATE_MODEL_share_single_family, WKS_CITY_share_single_family);
    estimate_tenure(w);
    estimate_share(w, WKS_ESTIMATE_MODEL_share_built_since_2000, WKS_CITY_share_built_since_2000);
    bool woz_is_estimated = is_missing(w, &woz, 1);
    estimate_woz(w);
    estimate_count(w, WKS_ESTIMATE_MODEL_bijstand, WKS_CITY_bijstand, ADULTS);
    estimate_count(w, WKS_ESTIMATE_MODEL_ao, WKS_CITY_ao, WORKING);
    estimate_count(w, WKS_ESTIMATE_MODEL_ww, WKS_CITY_ww, WORKING);
    estimate_income(w, woz_is_estimated);
    estimate_address_density(w);
}

wks_status wks_estimate_buurten(wks_draft *draft, wks_err *err)
{
    wks_status rc = WKS_OK;
    work w = {0};

    wks_fill_persons(draft);
    WKS_TRY(make_work(draft, &w, err));
    for (int32_t g = 0; g < draft->n_gemeenten; g++) {
        open_gemeente(&w, g);
        estimate_gemeente(&w);
    }
out:
    free_work(&w);
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
