#include "report/payload_map.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "num/stat.h"
#include "report/chart.h"
#include "report/packed.h"
#include "report/scaled.h"
#include "world/leefbaarheid.h"

enum { MOST_TICKS = 25 }; /* of the slider, for the page's size: 20 years by the year, a few by the quarter */

/* The ticks at which areas have rows, from the first local series. */
static const wks_dossier_level *area_rows(const wks_page *page, const wks_dossier_series *series, size_t scenario, size_t area,
                                          size_t *out_n)
{
    wks_dossier_key key = wks_dossier_key_of(page->dossier, series, scenario);
    key.area = page->dossier->area[area];
    return wks_dossier_levels(page->dossier, key, out_n);
}

static const wks_dossier_contrast *area_pairs(const wks_page *page, const wks_dossier_series *series, size_t scenario, size_t area,
                                              size_t *out_n)
{
    wks_dossier_key key = wks_dossier_key_of(page->dossier, series, scenario);
    key.area = page->dossier->area[area];
    return wks_dossier_contrasts(page->dossier, key, out_n);
}

static int compare_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct tick_list {
    int32_t *tick;
    size_t n;
} tick_list;

static wks_status collect_ticks(const wks_page *page, tick_list *out, wks_err *err)
{
    const wks_dossier *d = page->dossier;
    size_t n = 0;
    *out = (tick_list){0};
    for (size_t i = 0; i < d->n_series && out->n == 0; i++) {
        if (!wks_page_is_local(page, &d->series[i]) || d->n_areas == 0) continue;
        const wks_dossier_level *row = area_rows(page, &d->series[i], 0, 0, &n);
        free(out->tick);
        out->tick = wks_mem_array(n, sizeof *out->tick);
        if (out->tick == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the ticks of the map");
        const size_t stride = wks_chart_stride(n, MOST_TICKS);
        for (size_t k = 0; k < n; k++) {
            if (wks_chart_keeps(k, n, stride)) out->tick[out->n++] = row[k].key.tick;
        }
    }
    return WKS_OK;
}

/* One scenario's values: ticks x areas. */
typedef struct cube {
    double *value; /* n_ticks * n_areas */
    size_t n_ticks, n_areas;
} cube;

static double *cube_at(cube *c, size_t tick, size_t area)
{
    return &c->value[tick * c->n_areas + area];
}

/* Room for the numbers of one indicator in one scenario. */
typedef struct desk {
    cube mean, low, high;
    double *last, *all; /* n_areas; n_ticks * n_areas * n_scenarios */
    bool *few;          /* n_areas */
} desk;

static void free_desk(desk *w)
{
    free(w->mean.value);
    free(w->low.value);
    free(w->high.value);
    free(w->last);
    free(w->all);
    free(w->few);
}

static wks_status make_desk(const wks_dossier *d, size_t n_ticks, desk *out, wks_err *err)
{
    size_t n = n_ticks * d->n_areas;
    cube *const cubes[] = {&out->mean, &out->low, &out->high};
    for (int i = 0; i < 3; i++)
        *cubes[i] = (cube){wks_mem_array(n, sizeof(double)), n_ticks, d->n_areas};
    out->last = wks_mem_array(d->n_areas, sizeof *out->last);
    out->all = wks_mem_array(n * d->n_scenarios, sizeof *out->all);
    out->few = wks_mem_array(d->n_areas, sizeof *out->few);
    bool is_whole = out->mean.value != NULL && out->low.value != NULL && out->high.value != NULL && out->last != NULL && out->all != NULL &&
                    out->few != NULL;
    return is_whole ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for the map's data");
}

static bool is_hidden(const wks_dossier *d, wks_dossier_key key)
{
    return d->real_people && wks_dossier_is_few(d, key);
}

static void take_levels(const wks_page *page, const wks_dossier_series *series, size_t scenario, const tick_list *ticks, cube *out)
{
    for (size_t a = 0; a < out->n_areas; a++) {
        size_t n = 0, at = 0;
        const wks_dossier_level *row = area_rows(page, series, scenario, a, &n);
        for (size_t t = 0; t < ticks->n; t++) {
            while (at < n && row[at].key.tick < ticks->tick[t])
                at++;
            bool is_there = at < n && row[at].key.tick == ticks->tick[t] && !is_hidden(page->dossier, row[at].key);
            *cube_at(out, t, a) = is_there ? row[at].mean : NAN;
        }
    }
}

static void take_pairs(const wks_page *page, const wks_dossier_series *series, size_t scenario, const tick_list *ticks, desk *w)
{
    for (size_t a = 0; a < w->mean.n_areas; a++) {
        size_t n = 0, at = 0;
        const wks_dossier_contrast *row = area_pairs(page, series, scenario, a, &n);
        for (size_t t = 0; t < ticks->n; t++) {
            while (at < n && row[at].key.tick < ticks->tick[t])
                at++;
            bool is_there = at < n && row[at].key.tick == ticks->tick[t] && !is_hidden(page->dossier, row[at].key);
            *cube_at(&w->mean, t, a) = is_there ? row[at].mean : NAN;
            *cube_at(&w->low, t, a) = is_there ? row[at].mean - row[at].ci_low : NAN;
            *cube_at(&w->high, t, a) = is_there ? row[at].ci_high - row[at].mean : NAN;
        }
    }
}

static void add_numbers(wks_text *out, const char *name, const double *value, size_t n)
{
    wks_text_addf(out, ",\"%s\":[", name);
    for (size_t i = 0; i < n; i++) {
        if (i > 0) wks_text_add_char(out, ',');
        wks_text_add_number(out, value[i]);
    }
    wks_text_add(out, "]");
}

/* All finite values of an indicator over scenarios, ticks and areas; returns how many, and the largest. */
static size_t gather(const wks_page *page, const wks_dossier_series *series, const tick_list *ticks, desk *w, double *out_largest)
{
    size_t n = 0;
    *out_largest = 0.0;
    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        take_levels(page, series, s, ticks, &w->mean);
        for (size_t i = 0; i < ticks->n * w->mean.n_areas; i++) {
            if (!isfinite(w->mean.value[i])) continue;
            w->all[n++] = w->mean.value[i];
            *out_largest = wks_scaled_larger(*out_largest, w->mean.value[i]);
        }
    }
    return n;
}

/* Largest difference, the size that 19 of 20 differences stay below (for the classes: one outlier must not make all others look alike), and
 * whether every interval is symmetric around the mean (t-intervals are). */
static double gather_pairs(const wks_page *page, const wks_dossier_series *series, const tick_list *ticks, desk *w, bool *out_symmetric,
                           double *out_usual)
{
    double largest = 0.0;
    size_t n = 0;
    *out_symmetric = true;
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        take_pairs(page, series, s, ticks, w);
        for (size_t i = 0; i < ticks->n * w->mean.n_areas; i++) {
            double half = w->low.value[i], other = w->high.value[i];
            largest = wks_scaled_larger(largest, w->mean.value[i]);
            if (isfinite(w->mean.value[i]) && w->mean.value[i] != 0.0) w->all[n++] = fabs(w->mean.value[i]);
            if (isfinite(half) && isfinite(other) && fabs(half - other) > 1e-6 * (fabs(half) + fabs(other))) *out_symmetric = false;
        }
    }
    qsort(w->all, n, sizeof *w->all, compare_double);
    *out_usual = wks_stat_quantile_sorted(w->all, n, 0.95);
    return largest;
}

static void add_local_levels(const wks_page *page, const wks_dossier_series *series, const tick_list *ticks, desk *w, wks_text *out)
{
    double largest, bound[WKS_MAP_N_CLASSES - 1];
    size_t n = gather(page, series, ticks, w, &largest);
    int k = wks_scaled_digits(largest);
    wks_scaled_decimals(page, series, "f", largest, out);
    if (strcmp(wks_dossier_text(page->dossier, series->indicator), "leefbaarheid") == 0) {
        wks_text_add(out, ",\"c\":\"nine\"");
        add_numbers(out, "b", wks_leefbaarheid_bound, WKS_MAP_MAX_CLASSES - 1);
    } else {
        size_t n_bounds = wks_map_bounds(w->all, n, bound);
        wks_text_add(out, ",\"c\":\"seq\"");
        add_numbers(out, "b", bound, n_bounds);
    }
    wks_text_addf(out, ",\"k\":%d,\"v\":[", k);
    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        if (s > 0) wks_text_add_char(out, ',');
        take_levels(page, series, s, ticks, &w->mean);
        wks_packed_add(out, w->mean.value, ticks->n * w->mean.n_areas, w->mean.n_areas, wks_scaled_power(k), w->last);
    }
    wks_text_add(out, "]");
}

static void add_local_pairs(const wks_page *page, const wks_dossier_series *series, const tick_list *ticks, desk *w, wks_text *out)
{
    double bound[WKS_MAP_N_CLASSES - 1];
    bool is_symmetric;
    double usual;
    double largest = gather_pairs(page, series, ticks, w, &is_symmetric, &usual);
    int k = wks_scaled_digits(largest);
    wks_scaled_decimals(page, series, "df", largest, out);
    add_numbers(out, "db", bound, wks_map_bounds_around_zero(isfinite(usual) ? usual : 0.0, bound));
    wks_text_addf(out, ",\"dk\":%d,\"d\":[", k);
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        wks_text_add(out, s > 1 ? ",{\"m\":" : "{\"m\":");
        take_pairs(page, series, s, ticks, w);
        wks_packed_add(out, w->mean.value, ticks->n * w->mean.n_areas, w->mean.n_areas, wks_scaled_power(k), w->last);
        wks_text_add(out, ",\"lo\":");
        wks_packed_add(out, w->low.value, ticks->n * w->low.n_areas, w->low.n_areas, wks_scaled_power(k), w->last);
        if (!is_symmetric) {
            wks_text_add(out, ",\"hi\":");
            wks_packed_add(out, w->high.value, ticks->n * w->high.n_areas, w->high.n_areas, wks_scaled_power(k), w->last);
        }
        wks_text_add(out, "}");
    }
    wks_text_add(out, "]");
}

static bool has_pairs(const wks_page *page, const wks_dossier_series *series)
{
    size_t n = 0;
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        for (size_t a = 0; a < page->dossier->n_areas; a++) {
            if (area_pairs(page, series, s, a, &n) != NULL) return true;
        }
    }
    return false;
}

static void add_ticks(wks_text *out, const char *name, const tick_list *ticks)
{
    wks_text_addf(out, "\"%s\":[", name);
    for (size_t t = 0; t < ticks->n; t++)
        wks_text_addf(out, "%s%d", t > 0 ? "," : "", ticks->tick[t]);
    wks_text_add(out, "],");
}

static void add_map_head(const wks_page *page, const wks_map *map, const tick_list *ticks, const tick_list *coarse, wks_text *out)
{
    const wks_dossier *d = page->dossier;
    wks_text_addf(out, "\"map\":{\"w\":%d,\"h\":%d,\"few\":%d,\"pairs\":%d,\"least\":%d,\"areas\":[", WKS_MAP_WIDTH, map->height,
                  WKS_DOSSIER_FEW, wks_page_area_pairs(page), WKS_DOSSIER_LEAST_PAIRS);
    for (size_t a = 0; a < d->n_areas; a++) {
        if (a > 0) wks_text_add_char(out, ',');
        wks_json_add_string(out, d->area_name[a]);
    }
    wks_text_add(out, "],");
    add_ticks(out, "ticks", ticks);
    add_ticks(out, "coarse", coarse);
    wks_text_add(out, "\"ind\":[");
}

/* ---- which outcomes, and with which months ---- */

/* An outcome on the map as text: with all months of the slider, and with some of them. Both are subsets of the rows; the second of the first. */
typedef struct item {
    wks_text all, some;
    bool is_count; /* households: who is few in any outcome is told by them, so they keep all months */
    enum { OUT, SOME, ALL } how;
} item;

typedef struct items {
    item *item;
    size_t n;
} items;

static void free_items(items *list)
{
    for (size_t i = 0; list->item != NULL && i < list->n; i++) {
        wks_text_free(&list->item[i].all);
        wks_text_free(&list->item[i].some);
    }
    free(list->item);
}

static void write_item(const wks_page *page, const wks_dossier_series *series, const tick_list *ticks, bool is_coarse, desk *w,
                       wks_text *out)
{
    const char *name = wks_dossier_text(page->dossier, series->indicator);
    wks_text_clear(out);
    wks_text_add(out, "{");
    wks_scaled_series(page, series, out);
    wks_text_addf(out, ",\"share\":%d,\"count\":%d%s", strcmp(name, "share") == 0, strcmp(name, "households") == 0,
                  is_coarse ? ",\"ct\":1" : "");
    add_local_levels(page, series, ticks, w, out);
    if (has_pairs(page, series)) add_local_pairs(page, series, ticks, w, out);
    wks_text_add(out, "}");
}

/* The texts of every outcome, most important first: all months when `is_coarse` is false. */
static wks_status write_items(const wks_page *page, const tick_list *ticks, bool is_coarse, desk *w, items *list, wks_err *err)
{
    const wks_dossier *d = page->dossier;
    size_t n = 0;

    if (list->item == NULL) list->item = wks_mem_array(d->n_series + 1, sizeof *list->item);
    if (list->item == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the map's data");
    for (size_t i = 0; i < d->n_series; i++) {
        if (!wks_page_is_local(page, &d->series[i])) continue;
        item *one = &list->item[n++];
        one->is_count = strcmp(wks_dossier_text(d, d->series[i].indicator), "households") == 0;
        write_item(page, &d->series[i], ticks, is_coarse, w, is_coarse ? &one->some : &one->all);
        if (one->all.failed || one->some.failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the map's data");
        list->n = n;
    }
    return WKS_OK;
}

static size_t cost(const wks_text *text)
{
    return text->length + 1; /* and a comma */
}

/* Takes an outcome in, or gives it all months, when there is room. */
static void take(item *one, bool with_all, size_t budget, size_t *used)
{
    const size_t before = one->how == SOME ? cost(&one->some) : 0, now = cost(with_all ? &one->all : &one->some);
    if (*used - before + now > budget) return;
    *used += now - before;
    one->how = with_all ? ALL : SOME;
}

/* First the households and the most important outcomes with all months, then the others with some, then all months as far as there is room. How many are left out. */
static size_t choose(items *list, size_t budget)
{
    enum { FIRST = 5 };
    size_t used = 0, n_out = 0;

    for (size_t i = 0; i < list->n; i++) {
        list->item[i].how = OUT;
        if (list->item[i].is_count) take(&list->item[i], true, budget, &used);
    }
    for (size_t i = 0; i < list->n && i < FIRST; i++)
        if (list->item[i].how == OUT) take(&list->item[i], true, budget, &used);
    for (size_t i = 0; i < list->n; i++)
        if (list->item[i].how == OUT && !list->item[i].is_count && list->item[i].some.length > 0)
            take(&list->item[i], false, budget, &used);
    for (size_t i = 0; i < list->n; i++) {
        if (list->item[i].how != ALL) take(&list->item[i], true, budget, &used);
        n_out += list->item[i].how == OUT;
    }
    return n_out;
}

/* Some of the months, counted back from the last; of as many as there are not more than `most`. */
static void thin(const tick_list *ticks, size_t most, tick_list *out)
{
    const size_t stride = wks_chart_stride(ticks->n, most);
    out->n = 0;
    for (size_t t = 0; t < ticks->n; t++)
        if (wks_chart_keeps(t, ticks->n, stride)) out->tick[out->n++] = ticks->tick[t];
}

/* All outcomes with all months if they fit; else with fewer months, the fewer the more there are, until none is left out or at the fewest. */
static wks_status fit_items(const wks_page *page, const tick_list *ticks, size_t budget, tick_list *coarse, items *list, wks_err *err)
{
    static const size_t most[] = {11, 6};
    wks_status rc = WKS_OK;
    desk w = {0};

    WKS_TRY(make_desk(page->dossier, ticks->n, &w, err));
    WKS_TRY(write_items(page, ticks, false, &w, list, err));
    for (size_t k = 0; choose(list, budget) > 0 && k < sizeof most / sizeof *most; k++) {
        if (ticks->n <= most[k]) continue;
        thin(ticks, most[k], coarse);
        WKS_TRY(write_items(page, coarse, true, &w, list, err));
    }
out:
    free_desk(&w);
    return rc;
}

static void add_items(const items *list, wks_text *out, wks_payload_left *left)
{
    size_t n_done = 0;
    for (size_t i = 0; i < list->n; i++) {
        const item *one = &list->item[i];
        const wks_text *text = one->how == ALL ? &one->all : &one->some;
        left->n_out += one->how == OUT;
        left->n_coarse += one->how == SOME;
        if (one->how == OUT) continue;
        if (n_done++ > 0) wks_text_add_char(out, ',');
        wks_text_add_bytes(out, text->data, text->length);
    }
}

wks_status wks_payload_map_add(const wks_page *page, const wks_map *map, size_t budget, wks_text *out, wks_payload_left *left, wks_err *err)
{
    wks_status rc = WKS_OK;
    tick_list ticks = {0}, coarse = {0};
    items list = {0};
    wks_text head = WKS_TEXT_INIT;

    if (map->n_shapes > 0) { /* else there is nothing to colour */
        WKS_TRY(collect_ticks(page, &ticks, err));
        coarse.tick = wks_mem_array(ticks.n + 1, sizeof *coarse.tick);
        if (coarse.tick == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the ticks of the map");
        add_map_head(page, map, &ticks, &ticks, &head);
        budget = budget > head.length ? budget - head.length : 0;
        WKS_TRY(fit_items(page, &ticks, budget, &coarse, &list, err));
    }
    add_map_head(page, map, &ticks, &coarse, out);
    add_items(&list, out, left);
    wks_text_add(out, "]}");
out:
    wks_text_free(&head);
    free_items(&list);
    free(ticks.tick);
    free(coarse.tick);
    return rc;
}
