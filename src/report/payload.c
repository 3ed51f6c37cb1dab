#include "report/payload.h"

#include <math.h>

#include "report/chart.h"
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

static const char *const field_names[] = {"x", "m", "lo", "hi"};

static void add_level_line(const wks_page *page, const wks_dossier_series *series, size_t scenario, double power, wks_text *out)
{
    size_t n = 0;
    const wks_dossier_level *row = wks_dossier_levels(page->dossier, wks_dossier_key_of(page->dossier, series, scenario), &n);
    const size_t stride = wks_chart_stride(n, MOST_POINTS);
    wks_text_add(out, "{");
    for (int field = L_TICK; field <= L_HIGH; field++) {
        wks_text_addf(out, "%s\"%s\":[", field > 0 ? "," : "", field_names[field]);
        for (size_t i = 0; i < n; i++) {
            if (!wks_chart_keeps(i, n, stride)) continue;
            if (i > 0) wks_text_add_char(out, ',');
            wks_scaled_add(out, level_field(&row[i], field), field == L_TICK ? 1.0 : power);
        }
        wks_text_add(out, "]");
    }
    wks_text_add(out, "}");
}

static void add_difference_line(const wks_page *page, const wks_dossier_series *series, size_t scenario, double power, wks_text *out)
{
    size_t n = 0;
    const wks_dossier_contrast *row = wks_dossier_contrasts(page->dossier, wks_dossier_key_of(page->dossier, series, scenario), &n);
    const size_t stride = wks_chart_stride(n, MOST_POINTS);
    wks_text_add(out, "{");
    for (int field = L_TICK; field <= L_HIGH; field++) {
        wks_text_addf(out, "%s\"%s\":[", field > 0 ? "," : "", field_names[field]);
        for (size_t i = 0; i < n; i++) {
            if (!wks_chart_keeps(i, n, stride)) continue;
            if (i > 0) wks_text_add_char(out, ',');
            wks_scaled_add(out, contrast_field(&row[i], field), field == L_TICK ? 1.0 : power);
        }
        wks_text_add(out, "]");
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

wks_status wks_payload_add(const wks_page *page, const wks_map *map, size_t budget, wks_text *out, size_t *out_left_out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    int n_lines = 0;

    *out_left_out = 0;
    add_head(page, out);
    wks_text_add(out, "\"lines\":[");
    for (size_t i = 0; i < d->n_series; i++) {
        if (!wks_page_is_main(page, &d->series[i])) continue;
        if (n_lines++ > 0) wks_text_add(out, ",\n");
        add_line(page, &d->series[i], out);
    }
    wks_text_add(out, "],\n");
    budget = budget > out->length ? budget - out->length : 0; /* the map has what the lines leave */
    WKS_TRY(wks_payload_map_add(page, map, budget, out, out_left_out, err));
    wks_text_add(out, "}");
out:
    return rc;
}
