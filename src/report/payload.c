#include "report/payload.h"

#include <math.h>

#include "report/chart.h"
#include "report/packed.h"
#include "report/payload_map.h"
#include "report/scaled.h"

enum { MOST_POINTS = 61 }; /* of a line, for the page's size */

enum line_field { L_TICK, L_MEAN, L_LOW, L_HIGH };

static double level_field(const wks_dossier_level *row, int field)
{
    switch (field) {
    case L_TICK: return row->key.tick;
    case L_MEAN: return row->mean;
    case L_LOW: return row->p10;
    default: return row->p90;
    }
}

static double contrast_field(const wks_dossier_contrast *row, int field)
{
    switch (field) {
    case L_TICK: return row->key.tick;
    case L_MEAN: return row->mean;
    case L_LOW: return row->ci_low;
    default: return row->ci_high;
    }
}

/* Kept points of a line: room for them, and how many there are. */
typedef struct points {
    double value[MOST_POINTS + 1];
    size_t n;
} points;

static void add_text(const char *name, const points *of, double power, wks_text *out)
{
    double last;
    wks_text_addf(out, "\"%s\":", name);
    wks_packed_add(out, of->value, of->n, 1, power, &last);
}

static void add_list(const char *name, const points *of, double power, wks_text *out)
{
    wks_text_addf(out, "\"%s\":[", name);
    for (size_t i = 0; i < of->n; i++) {
        if (i > 0) wks_text_add_char(out, ',');
        wks_scaled_add(out, of->value[i], power);
    }
    wks_text_add(out, "]");
}

/* Months and means as numbers, that a reader of the page's data finds them; the band as text. */
static void add_level_line(const wks_page *page, const wks_dossier_series *series, size_t scenario, double power, wks_text *out)
{
    static const char *const name[] = {"x", "m", "lo", "hi"};
    size_t n = 0;
    const wks_dossier_level *row = wks_dossier_levels(page->dossier, wks_dossier_key_of(page->dossier, series, scenario), &n);
    const size_t stride = wks_chart_stride(n, MOST_POINTS);
    for (int field = L_TICK; field <= L_HIGH; field++) {
        points kept = {.n = 0};
        for (size_t i = 0; i < n; i++)
            if (wks_chart_keeps(i, n, stride)) kept.value[kept.n++] = level_field(&row[i], field);
        wks_text_add_char(out, field == L_TICK ? '{' : ',');
        if (field <= L_MEAN) {
            add_list(name[field], &kept, field == L_TICK ? 1.0 : power, out);
        } else {
            add_text(name[field], &kept, power, out);
        }
    }
    wks_text_add(out, "}");
}

static void add_difference_line(const wks_page *page, const wks_dossier_series *series, size_t scenario, double power, wks_text *out)
{
    static const char *const name[] = {"x", "m", "lo", "hi"};
    size_t n = 0;
    const wks_dossier_contrast *row = wks_dossier_contrasts(page->dossier, wks_dossier_key_of(page->dossier, series, scenario), &n);
    const size_t stride = wks_chart_stride(n, MOST_POINTS);
    for (int field = L_TICK; field <= L_HIGH; field++) {
        points kept = {.n = 0};
        for (size_t i = 0; i < n; i++)
            if (wks_chart_keeps(i, n, stride)) kept.value[kept.n++] = contrast_field(&row[i], field);
        wks_text_add_char(out, field == L_TICK ? '{' : ',');
        add_text(name[field], &kept, field == L_TICK ? 1.0 : power, out);
    }
    wks_text_add(out, "}");
}

/* Largest mean or bound over scenarios and ticks: of levels and of differences. */
static void measure_line(const wks_page *page, const wks_dossier_series *series, double *out_level, double *out_difference)
{
    *out_level = 0.0;
    *out_difference = 0.0;
    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        size_t n = 0;
        const wks_dossier_level *row = wks_dossier_levels(page->dossier, wks_dossier_key_of(page->dossier, series, s), &n);
        for (size_t i = 0; i < n; i++)
            *out_level = wks_scaled_larger(wks_scaled_larger(wks_scaled_larger(*out_level, row[i].mean), row[i].p10), row[i].p90);
        const wks_dossier_contrast *pair = wks_dossier_contrasts(page->dossier, wks_dossier_key_of(page->dossier, series, s), &n);
        for (size_t i = 0; i < n; i++)
            *out_difference =
                wks_scaled_larger(wks_scaled_larger(wks_scaled_larger(*out_difference, pair[i].mean), pair[i].ci_low), pair[i].ci_high);
    }
}

static void add_line(const wks_page *page, const wks_dossier_series *series, wks_text *out)
{
    double level, difference;
    measure_line(page, series, &level, &difference);
    int k = wks_scaled_digits(level), dk = wks_scaled_digits(difference);
    wks_text_add(out, "{");
    wks_scaled_series(page, series, out);
    wks_scaled_decimals(page, series, "f", level, out);
    wks_scaled_decimals(page, series, "df", difference, out);
    wks_text_addf(out, ",\"k\":%d,\"dk\":%d,\"s\":[", k, dk);
    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        if (s > 0) wks_text_add_char(out, ',');
        add_level_line(page, series, s, wks_scaled_power(k), out);
    }
    wks_text_add(out, "],\"d\":[");
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        if (s > 1) wks_text_add_char(out, ',');
        add_difference_line(page, series, s, wks_scaled_power(dk), out);
    }
    wks_text_add(out, "]}");
}

/* ---- the whole ---- */

static void add_colours(wks_text *out, const char *name, const char *const *colour, size_t n)
{
    wks_text_addf(out, "\"%s\":[", name);
    for (size_t i = 0; i < n; i++)
        wks_text_addf(out, "%s\"%s\"", i > 0 ? "," : "", colour[i]);
    wks_text_add(out, "],");
}

static void add_head(const wks_page *page, wks_text *out)
{
    const wks_dossier *d = page->dossier;
    int32_t month = 0;
    bool has_months = wks_text_parse_month(wks_dossier_date(d, d->last_tick), &month);
    wks_text_addf(out, "{\"lang\":\"%s\",\"month0\":%d,\"warmup\":%d,", page->lang == WKS_NOTATION_NL ? "nl" : "en",
                  has_months ? month - d->last_tick : -1, page->warmup);
    add_colours(out, "seq", wks_map_sequential, WKS_MAP_N_CLASSES);
    add_colours(out, "div", wks_map_diverging, WKS_MAP_N_CLASSES);
    add_colours(out, "nine", wks_map_nine, WKS_MAP_MAX_CLASSES);
    wks_text_add(out, "\"classes\":[");
    for (int i = 0; i < WKS_MAP_MAX_CLASSES; i++) {
        if (i > 0) wks_text_add_char(out, ',');
        wks_json_add_string(out, wks_map_leefbaarheid_class[page->lang][i]);
    }
    wks_text_addf(out, "],\"grey\":\"%s\",\"empty\":\"%s\",\"scenarios\":[", wks_map_grey, wks_map_empty);
    for (size_t s = 0; s < d->n_scenarios; s++) {
        wks_text_add(out, s > 0 ? ",{" : "{");
        wks_scaled_member(out, "t", d->scenario[s].title);
        wks_text_addf(out, ",\"style\":%d}", wks_page_style(s));
    }
    wks_text_add(out, "],");
}

wks_status wks_payload_add(const wks_page *page, const wks_map *map, size_t budget, wks_text *out, wks_payload_left *left, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    int n_lines = 0;

    *left = (wks_payload_left){0};
    add_head(page, out);
    wks_text_add(out, "\"lines\":[");
    for (size_t i = 0; i < d->n_series; i++) {
        if (!wks_page_is_main(page, &d->series[i])) continue;
        if (n_lines++ > 0) wks_text_add(out, ",\n");
        add_line(page, &d->series[i], out);
    }
    wks_text_add(out, "],\n");
    budget = budget > out->length ? budget - out->length : 0; /* the map has what the lines leave */
    WKS_TRY(wks_payload_map_add(page, map, budget, out, left, err));
    wks_text_add(out, "}");
out:
    return rc;
}
