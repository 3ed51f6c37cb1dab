#include "report/section_buurten.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/areas.h"
#include "report/chart.h"
#include "report/map.h"
#include "report/proof.h"
#include "report/section_classes.h"
#include "report/section_origin.h"
#include "report/section_scale.h"
#include "report/section_scenarios.h"
#include "report/section_streams.h"
#include "report/section_waterbed.h"
#include "report/topic.h"
#include "world/leefbaarheid.h"

static const wks_dossier_series *find_local(const wks_page *page, const char *indicator)
{
    int32_t name = wks_dossier_name(page->dossier, indicator);
    for (size_t i = 0; i < page->dossier->n_series; i++) {
        const wks_dossier_series *series = &page->dossier->series[i];
        if (series->indicator == name && series->group == 0 && wks_page_is_local(page, series)) return series;
    }
    return NULL;
}

static wks_dossier_key key_at(const wks_page *page, const wks_dossier_series *series, size_t scenario, size_t area)
{
    wks_dossier_key key = wks_dossier_key_of(page->dossier, series, scenario);
    key.area = page->dossier->area[area];
    return key;
}

static double larger(double a, double b)
{
    return isfinite(b) && fabs(b) > a ? fabs(b) : a;
}

/* Largest level of the reference, and largest difference or bound, over areas at the last tick. */
static void measure(const wks_page *page, const wks_dossier_series *series, double *out_level, double *out_difference)
{
    *out_level = 0.0;
    *out_difference = 0.0;
    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        for (size_t a = 0; a < page->dossier->n_areas; a++) {
            const wks_dossier_level *row = wks_dossier_level_at(page->dossier, key_at(page, series, s, a));
            const wks_dossier_contrast *pair = wks_dossier_contrast_at(page->dossier, key_at(page, series, s, a));
            if (row != NULL) *out_level = larger(*out_level, row->mean);
            if (pair != NULL) *out_difference = larger(larger(larger(*out_difference, pair->mean), pair->ci_low), pair->ci_high);
        }
    }
}

/* ---- 5. buurten ---- */

/* The class of a bound of eight in ten replications, from 1. */
static void add_class(wks_page *page, const char *column, const wks_dossier_key *key, double bound)
{
    const int class = wks_map_class(wks_leefbaarheid_bound, WKS_MAP_MAX_CLASSES - 1, bound) + 1;
    wks_proof_open(page, "span", false, class, "class", column, wks_dossier_text(page->dossier, key->area), NULL);
    wks_page_rawf(page, "%d</span>", class);
}

/* "6 ruim voldoende", or "5-6" when the class is not the same in eight of ten replications. */
static void class_cell(wks_page *page, const wks_dossier_level *row, bool few)
{
    wks_page_raw(page, few ? "<td class=\"class few\">" : "<td class=\"class\">");
    if (row != NULL && isfinite(row->mean) && !(few && page->dossier->real_people)) {
        int middle = wks_map_class(wks_leefbaarheid_bound, WKS_MAP_MAX_CLASSES - 1, row->mean);
        int low = isfinite(row->p10) ? wks_map_class(wks_leefbaarheid_bound, WKS_MAP_MAX_CLASSES - 1, row->p10) : middle;
        int high = isfinite(row->p90) ? wks_map_class(wks_leefbaarheid_bound, WKS_MAP_MAX_CLASSES - 1, row->p90) : middle;
        wks_page_text(page, wks_map_leefbaarheid_class[page->lang][middle]);
        if (low != high) {
            wks_page_raw(page, " <span class=\"unit\">(");
            add_class(page, "p10", &row->key, row->p10);
            wks_page_raw(page, "&#8211;");
            add_class(page, "p90", &row->key, row->p90);
            wks_page_raw(page, ")</span>");
        }
    }
    wks_page_raw(page, "</td>");
}

static void write_area_rows(wks_page *page, const wks_dossier_series *series, const wks_dossier_series *households, const size_t *order)
{
    const wks_dossier *d = page->dossier;
    const char *unit = wks_page_unit(page, series->indicator);
    double largest_level, largest_difference;
    bool is_leefbaarheid = strcmp(wks_dossier_text(d, series->indicator), "leefbaarheid") == 0;
    measure(page, series, &largest_level, &largest_difference);
    wks_notation_format level = wks_notation_choose(unit, largest_level), difference = wks_notation_choose(unit, largest_difference);

    for (size_t k = 0; k < d->n_areas; k++) {
        const size_t a = order[k];
        wks_dossier_key key = key_at(page, series, 0, a);
        const wks_dossier_level *row = wks_dossier_level_at(d, key);
        bool few = wks_dossier_is_few(d, key);
        wks_page_raw(page, "<tr>");
        wks_areas_head(page, a);
        if (households != NULL) {
            const wks_dossier_level *count = wks_dossier_level_at(d, key_at(page, households, 0, a));
            wks_page_value_cell(page, (wks_notation_format){false, 0}, count == NULL ? NAN : count->mean, few);
        }
        wks_page_value_cell(page, level, row == NULL ? NAN : row->mean, few);
        if (d->is_comparison) {
            if (is_leefbaarheid) class_cell(page, row, few);
            for (size_t s = 1; s < d->n_scenarios; s++) {
                const wks_dossier_contrast *pair = wks_dossier_contrast_at(d, key_at(page, series, s, a));
                wks_page_difference_cell(page, difference, pair == NULL ? NAN : pair->mean, few);
                wks_page_raw(page, "<td class=\"w\">");
                if (pair != NULL && !few) {
                    wks_chart_whisker(&page->html, pair->ci_low, pair->mean, pair->ci_high, largest_difference, wks_page_style(s));
                }
                wks_page_raw(page, "</td>");
            }
        } else {
            wks_page_interval_cell(page, level, row == NULL ? NAN : row->ci_low, row == NULL ? NAN : row->ci_high, few);
            if (is_leefbaarheid) class_cell(page, row, few);
        }
        wks_page_raw(page, "</tr>\n");
    }
}

static void write_area_table(wks_page *page, const wks_dossier_series *series, const size_t *order)
{
    const wks_dossier *d = page->dossier;
    const wks_dossier_series *households = find_local(page, "households");
    bool is_leefbaarheid = strcmp(wks_dossier_text(d, series->indicator), "leefbaarheid") == 0;
    wks_text caption = WKS_TEXT_INIT;

    if (households == series) households = NULL;
    wks_page_series(page, series, &caption);
    wks_text_add(&caption, wks_page_words(page, " per buurt, ", " by buurt, "));
    wks_page_month(page, d->last_tick, &caption);
    wks_page_table(page, "areas", caption.data != NULL ? caption.data : "");
    wks_text_free(&caption);
    wks_page_raw(page, "<thead><tr><th scope=\"col\">Buurt</th>");
    if (households != NULL)
        wks_page_say(page, "<th scope=\"col\" class=\"n\">Huishoudens</th>", "<th scope=\"col\" class=\"n\">Households</th>");
    wks_page_raw(page, "<th scope=\"col\" class=\"n\">");
    wks_page_scenario(page, 0);
    wks_page_raw(page, "</th>");
    if (!d->is_comparison)
        wks_page_say(page, "<th scope=\"col\" class=\"n\">95 %-interval</th>", "<th scope=\"col\" class=\"n\">95% interval</th>");
    if (is_leefbaarheid) wks_page_say(page, "<th scope=\"col\">Klasse</th>", "<th scope=\"col\">Class</th>");
    for (size_t s = 1; d->is_comparison && s < d->n_scenarios; s++) {
        wks_page_say(page,
                     "<th scope=\"col\" colspan=\"2\" class=\"w\">Verschil: ", "<th scope=\"col\" colspan=\"2\" class=\"w\">Difference: ");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
    write_area_rows(page, series, households, order);
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

static const char *const dimensions[] = {"leefbaarheid_won", "leefbaarheid_fys", "leefbaarheid_vrz", "leefbaarheid_soc",
                                         "leefbaarheid_onv"};
enum { N_DIMENSIONS = sizeof dimensions / sizeof *dimensions };

/* Of the city: each dimension's difference from the reference. */
static void write_city_dimensions(wks_page *page)
{
    size_t n = 0;

    for (size_t i = 0; i < N_DIMENSIONS; i++) {
        const wks_dossier_series *series = wks_page_find_city(page, dimensions[i]);
        if (series == NULL || !wks_page_has_contrast(page, series)) continue;
        if (n++ == 0)
            wks_section_scenarios_table(page,
                                        wks_page_words(page, "Leefbaarheid in de stad per dimensie: verschil met de referentie",
                                                       "Leefbaarheid in the city by dimension: difference from the reference"),
                                        false);
        wks_section_scenarios_rows(page, series, false);
    }
    if (n > 0) wks_page_table_end(page);
}

/* Leefbaarheid by dimension in the reference. */
static void write_dimensions(wks_page *page, const size_t *order)
{
    enum { N = N_DIMENSIONS };
    const wks_dossier *d = page->dossier;
    const wks_dossier_series *series[N];
    size_t n = 0;
    for (size_t i = 0; i < N; i++)
        n += (series[i] = find_local(page, dimensions[i])) != NULL;
    if (n == 0) {
        write_city_dimensions(page);
        return;
    }
    wks_page_say(page, "<details><summary>Leefbaarheid per dimensie</summary>\n",
                 "<details><summary>Leefbaarheid by dimension</summary>\n");
    write_city_dimensions(page);
    wks_page_table(page, "areas",
                   d->is_comparison ? wks_page_words(page, "Leefbaarheid per dimensie in de referentie, eind van de periode",
                                                     "Leefbaarheid by dimension in the reference, end of the period")
                                    : wks_page_words(page, "Leefbaarheid per dimensie, eind van de periode",
                                                     "Leefbaarheid by dimension, end of the period"));
    wks_page_raw(page, "<thead><tr><th scope=\"col\">Buurt</th>");
    for (size_t i = 0; i < N; i++) {
        if (series[i] == NULL) continue;
        wks_page_raw(page, "<th scope=\"col\" class=\"n\">");
        wks_page_text(page, wks_page_indicator(page, series[i]->indicator));
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < d->n_areas; k++) {
        const size_t a = order[k];
        wks_page_raw(page, "<tr>");
        wks_areas_head(page, a);
        for (size_t i = 0; i < N; i++) {
            if (series[i] == NULL) continue;
            wks_dossier_key key = key_at(page, series[i], 0, a);
            const wks_dossier_level *row = wks_dossier_level_at(d, key);
            wks_page_value_cell(page, (wks_notation_format){false, 3}, row == NULL ? NAN : row->mean, wks_dossier_is_few(d, key));
        }
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_raw(page, "</details>\n");
}

static void say_order(wks_page *page, bool is_by_place)
{
    if (is_by_place) {
        wks_page_say(page, "<p>Buurten staan per wijk, wijken en buurten van west naar oost; er is geen rangorde. ",
                     "<p>Buurten are listed wijk by wijk, wijken and buurten from west to east; there is no ranking. ");
    } else {
        wks_page_say(page, "<p>Buurten staan in volgorde van hun code; er is geen rangorde. ",
                     "<p>Buurten are listed in order of their code; there is no ranking. ");
    }
}

wks_status wks_section_buurten_write(wks_page *page, const wks_classes *classes, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier_series *series = find_local(page, "leefbaarheid");
    bool is_by_place = false;
    size_t *order = NULL;

    wks_page_section(page, "buurten", "Buurten", "Buurten");
    for (size_t i = 0; series == NULL && i < page->dossier->n_series; i++) {
        if (wks_page_is_local(page, &page->dossier->series[i]) && page->dossier->series[i].group == 0) series = &page->dossier->series[i];
    }
    if (series == NULL || page->dossier->n_areas == 0) {
        wks_page_say(page, "<p>De resultaten hebben geen uitkomsten per buurt.</p>\n", "<p>The results have no outcomes by buurt.</p>\n");
        wks_section_scale_write(page);
        wks_page_section_end(page);
        return WKS_OK;
    }
    WKS_TRY(wks_areas_order(page->dossier, &order, &is_by_place, err));
    say_order(page, is_by_place);
    wks_page_say(
        page,
        "De score voor leefbaarheid is gemodelleerd, in de eenheid en de "
        "klassen van de Leefbaarometer 3.0: het verschil met het landelijk gemiddelde van het basisjaar. Cijfers achter een klasse "
        "(bijvoorbeeld 5–6) geven aan tussen welke klassen acht van de tien herhalingen liggen. De score zegt niets over de mensen die er "
        "wonen.</p>\n",
        "The score for leefbaarheid is modelled, in the unit and the "
        "classes of the Leefbaarometer 3.0: the difference from the national mean of the base year. Figures after a class "
        "(for example 5–6) tell between which classes eight of ten replications lie. The score says nothing about the people who live "
        "there.</p>\n");
    wks_section_origin_write(page);
    WKS_TRY(wks_section_classes_levels(page, series, order, err));
    write_area_table(page, series, order);
    wks_section_classes_write(page, classes, order);
    write_dimensions(page, order);
    wks_section_scale_write(page);
    wks_page_section_end(page);
out:
    free(order);
    return rc;
}

/* ---- 6. waterbed ---- */

static bool is_shared(const wks_page *page, const wks_dossier_series *series)
{
    return wks_page_is_local(page, series) && series->group != 0 &&
           strcmp(wks_dossier_text(page->dossier, series->indicator), "share") == 0;
}

/* Arrays of one strip, in one allocation owned by `low`. */
typedef struct strip_data {
    double *low, *mean, *high;
    bool *few;
    char **name;
    size_t n_higher, n_lower, n_unclear, n_untold, n_few;
} strip_data;

static void strip_free(strip_data *data, size_t n)
{
    for (size_t i = 0; data->name != NULL && i < n; i++)
        free(data->name[i]);
    free(data->low);
    free(data->few);
    free(data->name);
}

static wks_status strip_make(const wks_page *page, const wks_dossier_series *series, size_t scenario, wks_notation_format format,
                             const size_t *order, strip_data *out, wks_err *err)
{
    size_t n = page->dossier->n_areas;
    *out = (strip_data){
        .low = wks_mem_array(3 * n, sizeof(double)), .few = wks_mem_array(n, sizeof(bool)), .name = wks_mem_array(n, sizeof(char *))};
    if (out->low == NULL || out->few == NULL || out->name == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a chart");
    out->mean = out->low + n;
    out->high = out->low + 2 * n;
    for (size_t a = 0; a < n; a++) {
        wks_dossier_key key = key_at(page, series, scenario, order[a]);
        const wks_dossier_contrast *pair = wks_dossier_contrast_at(page->dossier, key);
        wks_text words = WKS_TEXT_INIT;
        key.scenario = page->dossier->scenario[0].name;
        out->few[a] = wks_dossier_is_few(page->dossier, key);
        bool is_shown = pair != NULL && !(out->few[a] && page->dossier->real_people);
        out->low[a] = is_shown ? pair->ci_low : NAN;
        out->mean[a] = is_shown ? pair->mean : NAN;
        out->high[a] = is_shown ? pair->ci_high : NAN;
        wks_page_sign sign = is_shown ? wks_page_sign_of_row(pair) : WKS_PAGE_UNDEFINED;
        out->n_few += out->few[a];
        out->n_higher += !out->few[a] && sign == WKS_PAGE_HIGHER;
        out->n_lower += !out->few[a] && sign == WKS_PAGE_LOWER;
        out->n_unclear += !out->few[a] && (sign == WKS_PAGE_UNCLEAR || sign == WKS_PAGE_EQUAL);
        out->n_untold += !out->few[a] && sign == WKS_PAGE_TOO_FEW;
        wks_text_addf(&words, "%s: ", page->dossier->area_name[order[a]]);
        wks_notation_difference(page->lang, format, out->mean[a], &words);
        if (isfinite(out->low[a]) && isfinite(out->high[a])) {
            wks_text_add(&words, " (");
            wks_notation_interval(page->lang, format, out->low[a], out->high[a], &words);
            wks_text_add(&words, ")");
        }
        out->name[a] = words.data;
        if (words.failed || words.data == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a chart");
    }
    return WKS_OK;
}

/* How many buurten have this verdict, or too few households for one. */
static void add_buurten(wks_page *page, size_t n, const char *what, const wks_dossier_key *key, const char *after)
{
    wks_proof_open_row(page, "span", false, (double)n, "buurten", "contrasts.csv", what, key);
    wks_page_rawf(page, "%zu</span>%s", n, after);
}

static wks_status write_strip(wks_page *page, const wks_dossier_series *series, size_t scenario, wks_notation_format format,
                              const size_t *order, wks_err *err)
{
    const wks_dossier_key key = wks_dossier_key_of(page->dossier, series, scenario);
    wks_status rc = WKS_OK;
    strip_data data = {0};
    wks_text title = WKS_TEXT_INIT;

    WKS_TRY(strip_make(page, series, scenario, format, order, &data, err));
    wks_page_series(page, series, &title);
    wks_text_addf(&title, ", %s", page->dossier->scenario[scenario].title);
    wks_text_add(&title, wks_page_words(page, ": verschil met de referentie per buurt", ": difference from the reference by buurt"));
    wks_chart_axes axes = {page->lang, format, title.data != NULL ? title.data : "", true, -1, 0};
    wks_chart_strip strip = {
        data.low, data.mean, data.high, data.few, (const char *const *)data.name, page->dossier->n_areas, wks_page_style(scenario)};
    wks_page_raw(page, "<figure class=\"wide\"><figcaption>");
    wks_page_scenario(page, scenario);
    wks_page_raw(page, " <span class=\"unit\">");
    if (data.n_untold > 0) {
        wks_page_raw(page, wks_page_sign_words(page, WKS_PAGE_TOO_FEW));
    } else {
        wks_page_say(page, "hoger in ", "higher in ");
        add_buurten(page, data.n_higher, "higher", &key, ", ");
        wks_page_say(page, "lager in ", "lower in ");
        add_buurten(page, data.n_lower, "lower", &key, ", ");
        wks_page_say(page, "geen verschil aangetoond in ", "no difference shown in ");
        add_buurten(page, data.n_unclear, "unclear", &key, " ");
        wks_page_say(page, "buurten", "buurten");
    }
    if (data.n_few > 0) {
        wks_page_raw(page, "; ");
        add_buurten(page, data.n_few, "few", &key, " ");
        wks_page_say(page, "met minder dan 10 huishoudens van de groep", "with fewer than 10 households of the group");
    }
    wks_page_raw(page, "</span></figcaption>");
    wks_chart_strip_draw(&page->html, &axes, &strip);
    wks_page_raw(page, "</figure>\n");
out:
    strip_free(&data, page->dossier->n_areas);
    wks_text_free(&title);
    return rc;
}

static void write_share_table(wks_page *page, const wks_dossier_series *series, wks_notation_format level, wks_notation_format difference,
                              const size_t *order)
{
    const wks_dossier *d = page->dossier;
    wks_text caption = WKS_TEXT_INIT;
    wks_page_series(page, series, &caption);
    wks_text_add(&caption, wks_page_words(page, ": aandeel in de referentie en verschil in procentpunt",
                                          ": share in the reference and difference in percentage points"));
    wks_page_say(page, "<details><summary>Tabel per buurt</summary>\n", "<details><summary>Table by buurt</summary>\n");
    wks_page_table(page, "areas", caption.data != NULL ? caption.data : "");
    wks_text_free(&caption);
    wks_page_raw(page, "<thead><tr><th scope=\"col\">Buurt</th><th scope=\"col\" class=\"n\">");
    wks_page_scenario(page, 0);
    wks_page_raw(page, "</th>");
    for (size_t s = 1; s < d->n_scenarios; s++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\" colspan=\"2\">");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
    for (size_t k = 0; k < d->n_areas; k++) {
        const size_t a = order[k];
        wks_dossier_key key = key_at(page, series, 0, a);
        const wks_dossier_level *row = wks_dossier_level_at(d, key);
        bool few = wks_dossier_is_few(d, key);
        wks_page_raw(page, "<tr>");
        wks_areas_head(page, a);
        wks_page_value_cell(page, level, row == NULL ? NAN : row->mean, few);
        for (size_t s = 1; s < d->n_scenarios; s++) {
            const wks_dossier_contrast *pair = wks_dossier_contrast_at(d, key_at(page, series, s, a));
            wks_page_difference_cell(page, difference, pair == NULL ? NAN : pair->mean, few);
            wks_page_interval_cell(page, difference, pair == NULL ? NAN : pair->ci_low, pair == NULL ? NAN : pair->ci_high, few);
        }
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_raw(page, "</details>\n");
}

static wks_status write_group(wks_page *page, const wks_dossier_series *series, const size_t *order, wks_err *err)
{
    wks_status rc = WKS_OK;
    double level, difference;
    measure(page, series, &level, &difference);
    wks_notation_format level_format = wks_notation_choose("share", level), format = wks_notation_choose("share", difference);
    wks_page_raw(page, "<h3>");
    wks_page_text(page, wks_page_group(page, series->group));
    wks_page_raw(page, "</h3>\n");
    for (size_t s = 1; s < page->dossier->n_scenarios; s++)
        WKS_TRY(write_strip(page, series, s, format, order, err));
    write_share_table(page, series, level_format, format, order);
out:
    return rc;
}

/* What a dot of the strips is; without intervals none is shown to differ. */
static void write_dots(wks_page *page)
{
    if (wks_page_area_pairs(page) >= WKS_DOSSIER_LEAST_PAIRS) {
        wks_page_say(page,
                     "Elke stip is een buurt met haar 95 %-interval, in de volgorde van deel Buurten; dichte stippen zijn aangetoonde "
                     "verschillen, ",
                     "Every dot is a buurt with its 95% interval, in the order of the part on buurten; filled dots are differences that "
                     "have been shown, ");
    } else {
        wks_page_say(page,
                     "Elke stip is een buurt, in de volgorde van deel Buurten. Er zijn te weinig herhalingen voor intervallen: welke "
                     "verschillen toeval zijn, is niet te zeggen; ",
                     "Every dot is a buurt, in the order of the part on buurten. There are too few replications for intervals: which "
                     "differences are luck cannot be told; ");
    }
    wks_page_say(
        page, "grijze buurten hebben minder dan 10 huishoudens van de groep, en wat daarvan buiten de schaal valt staat op de rand.</p>\n",
        "grey buurten have fewer than 10 households of the group, and of these what lies beyond the scale stands at its "
        "edge.</p>\n");
}

wks_status wks_section_buurten_waterbed(wks_page *page, const wks_streams *streams, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    size_t n = 0, n_private = 0, *order = NULL;
    bool is_by_place = false;

    enum { MOST_STRIPS = 12 };
    WKS_TRY(wks_areas_order(d, &order, &is_by_place, err));
    wks_page_section(page, "waterbed", "Waterbed en stromen", "Waterbed and streams");
    for (size_t i = 0; i < d->n_series; i++) {
        n += is_shared(page, &d->series[i]);
        n_private += d->series[i].level != 0 && wks_dossier_is_private(d, wks_dossier_text(d, d->series[i].group));
    }
    if (!d->is_comparison || n == 0) {
        wks_page_say(page,
                     "<p>Een waterbed is alleen te zien in een vergelijking met aandelen van groepen per buurt; die is er hier niet.</p>\n",
                     "<p>A waterbed shows only in a comparison with shares of groups by buurt; there is none here.</p>\n");
        wks_section_streams_write(page, streams);
        wks_section_waterbed_streams(page);
        wks_page_section_end(page);
        goto out;
    }
    wks_page_say(
        page,
        "<p>Wat in de ene buurt afneemt, kan in een andere toenemen. Per groep: het verschil in aandeel van de huishoudens (in "
        "procentpunt) met de "
        "referentie aan het eind van de periode. ",
        "<p>What falls in one buurt may rise in another. By group: the difference in its share of households (percentage points) from the "
        "reference at the end of the period. ");
    write_dots(page);
    const bool is_folded = n * (d->n_scenarios - 1) > MOST_STRIPS;
    if (is_folded)
        wks_page_say(page, "<details><summary>Per buurt, naar groep</summary>\n", "<details><summary>By buurt and group</summary>\n");
    for (size_t i = 0; i < d->n_series; i++) {
        if (is_shared(page, &d->series[i])) WKS_TRY(write_group(page, &d->series[i], order, err));
    }
    if (is_folded) wks_page_raw(page, "</details>\n");
    wks_section_waterbed_bands(page);
    wks_section_streams_write(page, streams);
    wks_section_waterbed_streams(page);
    if (n_private > 0) {
        wks_page_say(page,
                     "<p class=\"note\">Groepen naar psychische of verstandelijke beperking, verslaving, schulden, broosheid, overlast of "
                     "herkomst, en wie uit zorg of detentie komt, worden niet per buurt getoond.</p>\n",
                     "<p class=\"note\">Groups by mental-health condition, intellectual disability, addiction, debts, frailty, nuisance or "
                     "origin, and those who come out of care or detention, are not shown by buurt.</p>\n");
    }
    wks_page_section_end(page);
out:
    free(order);
    return rc;
}
