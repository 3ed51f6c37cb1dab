#include "report/section_classes.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/areas.h"
#include "report/chart.h"
#include "report/proof.h"

static wks_dossier_key key_at(const wks_page *page, const wks_dossier_series *series, size_t area)
{
    wks_dossier_key key = wks_dossier_key_of(page->dossier, series, 0);
    key.area = page->dossier->area[area];
    return key;
}

/* ---- levels ---- */

/* Arrays of the strip; low owns mean and high. */
typedef struct strip_data {
    double *low, *mean, *high, largest;
    bool *few;
    char **name;
    size_t n_told;
} strip_data;

static wks_status fill(const wks_page *page, const wks_dossier_series *series, const size_t *order, strip_data *out, wks_err *err)
{
    const wks_dossier *d = page->dossier;

    for (size_t i = 0; i < d->n_areas; i++) {
        const wks_dossier_key key = key_at(page, series, order[i]);
        const wks_dossier_level *row = wks_dossier_level_at(d, key);
        out->few[i] = wks_dossier_is_few(d, key);
        const bool is_shown = row != NULL && !(out->few[i] && d->real_people);
        out->low[i] = is_shown ? row->ci_low : NAN;
        out->mean[i] = is_shown ? row->mean : NAN;
        out->high[i] = is_shown ? row->ci_high : NAN;
        out->n_told += isfinite(out->low[i]) && isfinite(out->high[i]);
        if (isfinite(out->mean[i]) && fabs(out->mean[i]) > out->largest) out->largest = fabs(out->mean[i]);
    }
    for (size_t i = 0; i < d->n_areas; i++) {
        const wks_notation_format format = wks_notation_choose(wks_page_unit(page, series->indicator), out->largest);
        wks_text words = WKS_TEXT_INIT;
        wks_text_addf(&words, "%s: ", d->area_name[order[i]]);
        wks_notation_value(page->lang, format, out->mean[i], &words);
        out->name[i] = words.data;
        if (words.failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a chart");
    }
    return WKS_OK;
}

wks_status wks_section_classes_levels(wks_page *page, const wks_dossier_series *series, const size_t *order, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    const size_t n = d->n_areas;
    wks_text title = WKS_TEXT_INIT;
    strip_data data = {
        .low = wks_mem_array(3 * n, sizeof(double)), .few = wks_mem_array(n, sizeof(bool)), .name = wks_mem_array(n, sizeof(char *))};

    if (data.low == NULL || data.few == NULL || data.name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a chart");
    data.mean = data.low + n;
    data.high = data.mean + n;
    WKS_TRY(fill(page, series, order, &data, err));
    if (data.n_told == 0) goto out;
    wks_page_series(page, series, &title);
    wks_text_add(&title, wks_page_words(page, " per buurt", " by buurt"));
    const wks_chart_axes axes = {page->lang,
                                 wks_notation_choose(wks_page_unit(page, series->indicator), data.largest),
                                 title.data != NULL ? title.data : "",
                                 false,
                                 -1,
                                 0};
    const wks_chart_strip strip = {data.low, data.mean, data.high, data.few, (const char *const *)data.name, n, wks_page_style(0)};
    wks_page_raw(page, "<figure class=\"wide\"><figcaption>");
    wks_page_text(page, title.data != NULL ? title.data : "");
    wks_page_raw(page, " <span class=\"unit\">");
    wks_page_scenario(page, 0);
    wks_page_say(page, ", gemiddelde met 95 %-interval</span></figcaption>", ", mean with its 95% interval</span></figcaption>");
    wks_chart_strip_draw(&page->html, &axes, &strip);
    wks_page_raw(page, "</figure>\n");
out:
    for (size_t i = 0; data.name != NULL && i < n; i++)
        free(data.name[i]);
    free(data.name);
    free(data.few);
    free(data.low);
    wks_text_free(&title);
    return rc;
}

/* ---- another class ---- */

static bool ever_changes(const wks_classes *classes, size_t area)
{
    for (size_t s = 0; s < classes->n_scenarios; s++) {
        const size_t at = wks_classes_at(classes, s, area);
        if (classes->higher[at] + classes->lower[at] > 0.0) return true;
    }
    return false;
}

static bool is_few(const wks_page *page, size_t area)
{
    const wks_dossier_series of = {.indicator = wks_dossier_name(page->dossier, "leefbaarheid_class"),
                                   .level = wks_dossier_name(page->dossier, "buurt")};
    return wks_dossier_is_few(page->dossier, key_at(page, &of, area));
}

static void write_row(wks_page *page, const wks_classes *classes, size_t area)
{
    const bool few = is_few(page, area);

    wks_page_raw(page, "<tr>");
    wks_areas_head(page, area);
    for (size_t s = 0; s < classes->n_scenarios; s++) {
        const size_t at = wks_classes_at(classes, s, area);
        const double n = classes->replications[at] > 0.0 ? classes->replications[at] : NAN;
        wks_page_value_cell(page, (wks_notation_format){true, 0}, classes->higher[at] / n, few);
        wks_page_value_cell(page, (wks_notation_format){true, 0}, classes->lower[at] / n, few);
    }
    wks_page_raw(page, "</tr>\n");
}

static void write_head(wks_page *page, const wks_classes *classes)
{
    wks_page_table(page, "areas classes",
                   wks_page_words(page, "Kans dat een buurt aan het eind in een andere klasse zit dan bij het begin",
                                  "Chance that a buurt is in another class at the end than at the start"));
    wks_page_raw(page, "<thead><tr><th scope=\"col\" rowspan=\"2\">Buurt</th>");
    for (size_t s = 0; s < classes->n_scenarios; s++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\" colspan=\"2\">");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr><tr>");
    for (size_t s = 0; s < classes->n_scenarios; s++)
        wks_page_say(page, "<th scope=\"col\" class=\"n\">hogere</th><th scope=\"col\" class=\"n\">lagere</th>",
                     "<th scope=\"col\" class=\"n\">higher</th><th scope=\"col\" class=\"n\">lower</th>");
    wks_page_raw(page, "</tr></thead><tbody>\n");
}

void wks_section_classes_write(wks_page *page, const wks_classes *classes, const size_t *order)
{
    enum { MOST_ROWS = 10 };
    size_t n = 0;

    if (classes->n_areas == 0) return;
    for (size_t a = 0; a < classes->n_areas; a++)
        n += ever_changes(classes, a);
    if (n == 0) {
        wks_page_say(page, "<p>Geen enkele buurt komt in enige herhaling in een andere klasse dan waarin zij begon.</p>\n",
                     "<p>No buurt ends in another class than it began in, in any replication.</p>\n");
        return;
    }
    if (n > MOST_ROWS) {
        wks_page_raw(page, "<details><summary>");
        wks_proof_count(page, n, "classes", NULL);
        wks_page_raw(page, " ");
        wks_page_say(page, "buurten met een kans op een andere klasse</summary>\n", "buurten with a chance of another class</summary>\n");
    }
    write_head(page, classes);
    for (size_t i = 0; i < classes->n_areas; i++)
        if (ever_changes(classes, order[i])) write_row(page, classes, order[i]);
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_say(
        page,
        "<p class=\"note\">Aandeel van de herhalingen waarin de klasse (leefbaarheid_class in buurt.csv) aan het eind hoger of "
        "lager is dan aan het begin van diezelfde herhaling; buurten zonder verandering staan er niet bij. Wie vlak bij een "
        "klassegrens begint, gaat er ook door toeval overheen.</p>\n",
        "<p class=\"note\">Share of replications in which the class (leefbaarheid_class in buurt.csv) is higher or lower at the end "
        "than at the start of that same replication; buurten without a change are not listed. Who begins near a class bound "
        "crosses it by chance too.</p>\n");
    if (n > MOST_ROWS) wks_page_raw(page, "</details>\n");
}
