#include "report/section_scenarios.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/chart.h"
#include "report/section_theories.h"
#include "report/topic.h"

static void add_series_heading(wks_page *page, const wks_dossier_series *series, bool is_difference)
{
    wks_text name = WKS_TEXT_INIT;
    const char *code = wks_page_unit(page, series->indicator);
    const char *unit = is_difference ? wks_notation_unit_of_difference(page->lang, code) : wks_notation_unit(page->lang, code);
    wks_page_series(page, series, &name);
    if (name.data != NULL) wks_page_text(page, name.data);
    wks_text_free(&name);
    if (unit[0] == '\0') return;
    wks_page_raw(page, " <span class=\"unit\">");
    wks_page_text(page, unit);
    wks_page_raw(page, "</span>");
}

/* With one scenario beside the reference a row is an outcome; with more, an outcome is a heading and a row is a scenario. */
static bool has_one_scenario(const wks_page *page)
{
    return page->dossier->n_scenarios == 2;
}

void wks_section_scenarios_table(wks_page *page, const char *caption, bool by_group)
{
    /* Without intervals there is nothing to draw in the last column. */
    wks_page_table(page, page->dossier->most_pairs < WKS_DOSSIER_LEAST_PAIRS ? "contrasts bare" : "contrasts", caption);
    wks_page_raw(page, "<thead><tr><th scope=\"col\">");
    wks_page_raw(page, !has_one_scenario(page) ? "Scenario"
                       : by_group              ? wks_page_words(page, "Groep", "Group")
                                               : wks_page_words(page, "Uitkomst", "Outcome"));
    wks_page_say(
        page,
        "</th><th scope=\"col\" class=\"n lv\">Referentie</th><th scope=\"col\" class=\"n lv\">Scenario</th>"
        "<th scope=\"col\" class=\"n\">Verschil</th><th scope=\"col\" class=\"n\">95 %-interval</th>"
        "<th scope=\"col\" class=\"w\"><span class=\"ends\"><span>lager</span><span>0</span><span>hoger</span></span></th></tr></thead>\n",
        "</th><th scope=\"col\" class=\"n lv\">Reference</th><th scope=\"col\" class=\"n lv\">Scenario</th>"
        "<th scope=\"col\" class=\"n\">Difference</th><th scope=\"col\" class=\"n\">95% interval</th>"
        "<th scope=\"col\" class=\"w\"><span "
        "class=\"ends\"><span>lower</span><span>0</span><span>higher</span></span></th></tr></thead>\n");
}

void wks_section_scenarios_open(wks_page *page)
{
    wks_page_raw(page, has_one_scenario(page) ? "<tbody><tr><th scope=\"row\">"
                                              : "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"6\">");
}

void wks_section_scenarios_opened(wks_page *page)
{
    wks_page_raw(page, has_one_scenario(page) ? "</th>" : "</th></tr>\n");
}

void wks_section_scenarios_row(wks_page *page, size_t scenario, const wks_section_scenarios_difference *one)
{
    if (!has_one_scenario(page)) {
        wks_page_raw(page, "<tr><td>");
        wks_page_scenario(page, scenario);
        wks_page_raw(page, "</td>");
    }
    wks_page_value_cell(page, one->level, one->reference, one->few);
    wks_page_value_cell(page, one->level, one->scenario, one->few);
    wks_page_difference_cell(page, one->difference, one->mean, one->few);
    wks_page_interval_cell(page, one->difference, one->low, one->high, one->few);
    wks_page_raw(page, "<td class=\"w\">");
    const bool has_interval = isfinite(one->low) && isfinite(one->high); /* a dot alone would look as sure as one with its interval */
    if (!one->few && has_interval) wks_chart_whisker(&page->html, one->low, one->mean, one->high, one->largest, wks_page_style(scenario));
    wks_page_raw(page, "</td></tr>\n");
}

bool wks_section_scenarios_is_scarce(const wks_page *page, const wks_dossier_contrast *row)
{
    return isfinite(row->mean) && row->n_pairs < page->dossier->most_pairs;
}

void wks_section_scenarios_rows(wks_page *page, const wks_dossier_series *series, bool by_group)
{
    const wks_dossier *d = page->dossier;
    const wks_notation_format format = wks_page_format(page, series);
    wks_section_scenarios_difference one = {.level = format, .difference = format, .largest = wks_page_largest_difference(page, series)};

    if (!wks_page_has_contrast(page, series)) return;
    wks_section_scenarios_open(page);
    if (by_group) {
        wks_page_text(page, wks_page_group(page, series->group));
    } else {
        add_series_heading(page, series, true);
        wks_section_theories_caution(page, series);
    }
    wks_section_scenarios_opened(page);
    for (size_t i = 1; i < d->n_scenarios; i++) {
        const wks_dossier_contrast *row = wks_dossier_contrast_at(d, wks_dossier_key_of(d, series, i));
        if (row == NULL) continue;
        one.reference = row->mean_reference;
        one.scenario = row->mean_scenario;
        one.mean = row->mean;
        one.low = row->ci_low;
        one.high = row->ci_high;
        one.few = by_group && wks_section_scenarios_is_scarce(page, row);
        wks_section_scenarios_row(page, i, &one);
    }
    wks_page_raw(page, "</tbody>\n");
}

static bool is_main_of(const wks_page *page, const wks_dossier_series *series, wks_page_family family)
{
    return wks_page_is_main(page, series) && wks_page_family_of(page, series) == family;
}

/* ---- lines ---- */

/* One scenario's series as arrays, in one allocation that y owns. */
static bool fill_line(const wks_page *page, const wks_dossier_series *series, size_t scenario, wks_chart_line *out, double **out_owned)
{
    size_t n = 0;
    const wks_dossier_level *row = wks_dossier_levels(page->dossier, wks_dossier_key_of(page->dossier, series, scenario), &n);
    double *x = wks_mem_array(4 * n, sizeof *x);
    *out_owned = x;
    if (x == NULL) return false;
    for (size_t i = 0; i < n; i++) {
        x[i] = row[i].key.tick;
        x[n + i] = row[i].mean;
        x[2 * n + i] = row[i].p10;
        x[3 * n + i] = row[i].p90;
    }
    *out = (wks_chart_line){x, x + n, x + 2 * n, x + 3 * n, n, wks_page_style(scenario)};
    return true;
}

static wks_status draw_lines(wks_page *page, const wks_dossier_series *series, const char *title, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    wks_chart_line *line = wks_mem_array(d->n_scenarios, sizeof *line);
    double **owned = wks_mem_array(d->n_scenarios, sizeof *owned);
    wks_chart_axes axes = {page->lang, wks_notation_choose(wks_page_unit(page, series->indicator), 0.0), title, false, -1, page->warmup};
    int32_t month = 0;

    if (line == NULL || owned == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a chart");
    if (wks_text_parse_month(wks_dossier_date(d, d->last_tick), &month)) axes.first_month = month - d->last_tick;
    for (size_t i = 0; i < d->n_scenarios; i++) {
        if (!fill_line(page, series, i, &line[i], &owned[i])) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a chart");
    }
    wks_chart_lines(&page->html, &axes, line, d->n_scenarios);
out:
    for (size_t i = 0; owned != NULL && i < d->n_scenarios; i++)
        free(owned[i]);
    free(owned);
    free(line);
    return rc;
}

static wks_status write_figure(wks_page *page, const wks_dossier_series *series, int number, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text title = WKS_TEXT_INIT;
    wks_page_rawf(page, "<figure class=\"line-chart\" data-line=\"%d\"><figcaption>", number);
    add_series_heading(page, series, false);
    wks_page_raw(page, "</figcaption>");
    if (wks_page_explanation(page, series->indicator)[0] != '\0') {
        wks_page_raw(page, "<p class=\"explain\">");
        wks_page_text(page, wks_page_explanation(page, series->indicator));
        wks_page_raw(page, "</p>");
    }
    wks_page_raw(page, "<div class=\"view\">");
    wks_page_series(page, series, &title);
    wks_text_add(&title, wks_page_words(page, ": verloop over de tijd per scenario", ": course over time by scenario"));
    wks_text_add(&title, wks_page_warmup_words(page));
    rc = draw_lines(page, series, title.data != NULL ? title.data : "", err);
    wks_page_raw(page, "</div></figure>\n");
    wks_text_free(&title);
    return rc;
}

/* Whether any scenario has a value at any tick. */
static bool has_course(const wks_page *page, const wks_dossier_series *series)
{
    for (size_t s = 0; s < page->dossier->n_scenarios; s++) {
        size_t n = 0;
        const wks_dossier_level *row = wks_dossier_levels(page->dossier, wks_dossier_key_of(page->dossier, series, s), &n);
        for (size_t i = 0; i < n; i++)
            if (isfinite(row[i].mean)) return true;
    }
    return false;
}

static wks_status write_figures(wks_page *page, wks_page_family family, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    int number = 0;

    wks_page_raw(page, "<div class=\"charts\">\n");
    for (size_t i = 0; i < d->n_series; i++) {
        const bool is_shown = is_main_of(page, &d->series[i], family) && has_course(page, &d->series[i]);
        if (is_shown) WKS_TRY(write_figure(page, &d->series[i], number, err));
        number += wks_page_is_main(page, &d->series[i]);
    }
    wks_page_raw(page, "</div>\n");
out:
    return rc;
}

static bool has_family(const wks_page *page, wks_page_family family)
{
    for (size_t i = 0; i < page->dossier->n_series; i++)
        if (is_main_of(page, &page->dossier->series[i], family)) return true;
    return false;
}

static const char *const course_of[WKS_PAGE_N_FAMILIES][2] = {
    [WKS_PAGE_SEGREGATION] = {"Verloop van segregatie, naar groep", "Course of segregation, by group"},
    [WKS_PAGE_STOCK] = {"Verloop van voorraad en verhuizingen", "Course of stock and moves"},
    [WKS_PAGE_OTHER] = {"Verloop van andere uitkomsten", "Course of other outcomes"},
};
static const char *const difference_of[WKS_PAGE_N_FAMILIES][2] = {
    [WKS_PAGE_SEGREGATION] = {"Verschillen in segregatie, naar groep", "Differences in segregation, by group"},
    [WKS_PAGE_STOCK] = {"Verschillen in voorraad en verhuizingen", "Differences in stock and moves"},
    [WKS_PAGE_OTHER] = {"Andere verschillen", "Other differences"},
};

static void open_family(wks_page *page, wks_page_family family, const char *const (*words)[2])
{
    wks_page_raw(page, "<details><summary>");
    wks_page_text(page, wks_page_words(page, words[family][0], words[family][1]));
    wks_page_raw(page, "</summary>\n");
}

/* Bands take WKS_DOSSIER_LEAST_PAIRS replications. */
static bool has_bands(const wks_page *page)
{
    for (size_t i = 0; i < page->dossier->n_levels; i++)
        if (page->dossier->level[i].n >= WKS_DOSSIER_LEAST_PAIRS) return true;
    return false;
}

static void write_run_in(wks_page *page)
{
    if (page->warmup <= 0) return;
    wks_page_say(
        page,
        "<p class=\"note\">Grijs: de inlooptijd, waarin het model zijn evenwicht zoekt. Totalen over de hele periode, zoals kosten en wie "
        "er "
        "beter van wordt, bevatten die maanden wel.</p>\n",
        "<p class=\"note\">Grey: the run-in, in which the model finds its balance. Totals over the whole period, such as costs and who "
        "gains, do hold those months.</p>\n");
}

static wks_status write_lines(wks_page *page, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;

    wks_page_say(page, "<h3>Verloop over de tijd</h3>\n<p class=\"legend\">", "<h3>Course over time</h3>\n<p class=\"legend\">");
    for (size_t i = 0; i < d->n_scenarios; i++) {
        wks_page_scenario(page, i);
        wks_page_raw(page, " ");
    }
    wks_page_legend_end(page);
    if (d->is_comparison) {
        wks_page_say(
            page,
            "<fieldset class=\"controls\" id=\"line-mode\" hidden><legend>Laat zien</legend>"
            "<label><input type=\"radio\" name=\"line-mode\" value=\"level\" checked> waarden</label>"
            "<label><input type=\"radio\" name=\"line-mode\" value=\"difference\"> verschil met de referentie</label></fieldset>\n",
            "<fieldset class=\"controls\" id=\"line-mode\" hidden><legend>Show</legend>"
            "<label><input type=\"radio\" name=\"line-mode\" value=\"level\" checked> values</label>"
            "<label><input type=\"radio\" name=\"line-mode\" value=\"difference\"> difference from the reference</label></fieldset>\n");
    }
    if (has_bands(page)) {
        wks_page_say(
            page,
            "<p class=\"note\" id=\"band-level\">De lijn is het gemiddelde over de herhalingen; in de band ligt acht van de tien "
            "herhalingen.</p>\n",
            "<p class=\"note\" id=\"band-level\">The line is the mean over replications; the band holds eight of ten replications.</p>\n");
        wks_page_say(
            page,
            "<p class=\"note\" id=\"band-difference\" hidden>De lijn is het gemiddelde verschil met de referentie; de band is het 95 "
            "%-interval van dat "
            "gemiddelde. Zolang de band de nullijn raakt, is er geen verschil aangetoond.</p>\n",
            "<p class=\"note\" id=\"band-difference\" hidden>The line is the mean difference from the reference; the band is the 95% "
            "interval of that "
            "mean. As long as the band touches the zero line no difference has been shown.</p>\n");
    } else {
        wks_page_say(
            page,
            "<p class=\"note\" id=\"band-level\">De lijn is het gemiddelde over de herhalingen; voor een band zijn het er te weinig.</p>\n"
            "<p class=\"note\" id=\"band-difference\" hidden>De lijn is het gemiddelde verschil met de referentie; voor een interval zijn "
            "er te "
            "weinig herhalingen.</p>\n",
            "<p class=\"note\" id=\"band-level\">The line is the mean over replications; they are too few for a band.</p>\n"
            "<p class=\"note\" id=\"band-difference\" hidden>The line is the mean difference from the reference; the replications are too "
            "few "
            "for an interval.</p>\n");
    }
    write_run_in(page);
    WKS_TRY(write_figures(page, WKS_PAGE_OPEN, err));
    for (int family = WKS_PAGE_SEGREGATION; family < WKS_PAGE_N_FAMILIES; family++) {
        if (!has_family(page, (wks_page_family)family)) continue;
        open_family(page, (wks_page_family)family, course_of);
        WKS_TRY(write_figures(page, (wks_page_family)family, err));
        wks_page_raw(page, "</details>\n");
    }
out:
    return rc;
}

/* ---- everything at the last tick ---- */

static void write_all(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    wks_page_say(page, "<details><summary>Alle uitkomsten van de stad aan het eind van de periode</summary>\n",
                 "<details><summary>All outcomes of the city at the end of the period</summary>\n");
    wks_page_table(page, "levels",
                   wks_page_words(page, "Alle uitkomsten: gemiddelde en 95 %-interval over de herhalingen",
                                  "All outcomes: mean and 95% interval over replications"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Uitkomst</th>", "<thead><tr><th scope=\"col\">Outcome</th>");
    for (size_t i = 0; i < d->n_scenarios; i++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\">");
        wks_page_scenario(page, i);
        wks_page_say(page, "</th><th scope=\"col\" class=\"n\">95 %-interval</th>", "</th><th scope=\"col\" class=\"n\">95% interval</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
    for (size_t s = 0; s < d->n_series; s++) {
        const wks_dossier_series *series = &d->series[s];
        if (series->level != 0) continue;
        wks_notation_format format = wks_page_format(page, series);
        wks_page_raw(page, "<tr><th scope=\"row\">");
        add_series_heading(page, series, false);
        wks_page_raw(page, "</th>");
        for (size_t i = 0; i < d->n_scenarios; i++) {
            const wks_dossier_level *row = wks_dossier_level_at(d, wks_dossier_key_of(d, series, i));
            wks_page_value_cell(page, format, row == NULL ? NAN : row->mean, false);
            wks_page_interval_cell(page, format, row == NULL ? NAN : row->ci_low, row == NULL ? NAN : row->ci_high, false);
        }
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_raw(page, "</details>\n");
}

static void write_differences(wks_page *page, wks_page_family family)
{
    for (size_t i = 0; i < page->dossier->n_series; i++) {
        if (is_main_of(page, &page->dossier->series[i], family)) wks_section_scenarios_rows(page, &page->dossier->series[i], false);
    }
}

/* ---- what there is nothing to tell of ---- */

/* Whether every main series of the indicator is among those that never happened. */
static bool is_whole(const wks_page *page, int32_t indicator)
{
    for (size_t i = 0; i < page->dossier->n_series; i++) {
        const wks_dossier_series *series = &page->dossier->series[i];
        if (series->indicator == indicator && wks_page_is_main(page, series)) return false;
    }
    return true;
}

/* Whether an earlier series has told of this one: of an indicator of which nothing happened the name is told once. */
static bool is_told(const wks_page *page, size_t at)
{
    const wks_dossier_series *series = page->dossier->series;

    if (!is_whole(page, series[at].indicator)) return false;
    for (size_t i = 0; i < at; i++)
        if (series[i].indicator == series[at].indicator && wks_page_never_happened(page, &series[i])) return true;
    return false;
}

static void add_absent(wks_page *page, const wks_dossier_series *series)
{
    wks_text name = WKS_TEXT_INIT;

    if (is_whole(page, series->indicator)) {
        wks_page_text(page, wks_page_indicator(page, series->indicator));
    } else {
        wks_page_series(page, series, &name);
        wks_page_text(page, name.data != NULL ? name.data : "");
    }
    page->html.failed = page->html.failed || name.failed;
    wks_text_free(&name);
}

static void say_never_happened(wks_page *page)
{
    size_t n = 0;

    for (size_t i = 0; i < page->dossier->n_series; i++) {
        if (!wks_page_never_happened(page, &page->dossier->series[i]) || is_told(page, i)) continue;
        if (n++ > 0) {
            wks_page_raw(page, "; ");
        } else {
            wks_page_raw(page, "<p class=\"note\">");
            wks_page_raw(page, page->dossier->n_scenarios > 1
                                   ? wks_page_words(page, "Niet gebeurd in deze scenario’s (steeds nul), en daarom niet getoond: ",
                                                    "Did not happen in these scenarios (always zero), and is therefore not shown: ")
                                   : wks_page_words(page, "Niet gebeurd in dit scenario (steeds nul), en daarom niet getoond: ",
                                                    "Did not happen in this scenario (always zero), and is therefore not shown: "));
        }
        add_absent(page, &page->dossier->series[i]);
    }
    if (n > 0) wks_page_raw(page, ".</p>\n");
}

/* Reactions before the begin are not known: search times take so many months to settle (docs/validation.md). */
static void say_settling(wks_page *page)
{
    enum { SETTLED = 120 };
    const wks_dossier *d = page->dossier;
    const int32_t indicator = wks_dossier_name(d, "search_p50_months");
    bool is_there = false;

    for (size_t i = 0; i < d->n_series; i++)
        is_there = is_there || (d->series[i].indicator == indicator && wks_page_is_main(page, &d->series[i]));
    if (!is_there || d->last_tick >= SETTLED) return;
    wks_page_say(page,
                 "<p class=\"note\">Zoektijden zijn in de eerste tien jaar van een run te kort, omdat het model niet weet wie er vóór het "
                 "begin al zocht. Deze run is korter: lees het verschil in zoektijd niet als een uitkomst.</p>\n",
                 "<p class=\"note\">Search times are too short in the first ten years of a run, because the model does not know who was "
                 "seeking before the begin. This run is shorter: do not read the difference in search time as an outcome.</p>\n");
}

/* What the dots mean, or why there are none. */
static void add_how_to_read(wks_page *page)
{
    if (page->dossier->most_pairs < WKS_DOSSIER_LEAST_PAIRS) {
        wks_page_say(page,
                     ". Er zijn te weinig herhalingen voor intervallen (een streepje): welke verschillen toeval zijn, is niet te zeggen. "
                     "Verschillen zijn berekend vóór het afronden.</p>\n",
                     ". There are too few replications for intervals (a dash): which differences are chance cannot be told. "
                     "Differences are taken before rounding.</p>\n");
        return;
    }
    wks_page_say(page,
                 ". Een dichte stip met een streep die de nullijn niet raakt, is een aangetoond verschil; een open stip niet. "
                 "Elke uitkomst heeft een eigen schaal. Verschillen zijn berekend vóór het afronden.</p>\n",
                 ". A filled dot with a bar that does not touch the zero line is a difference that has been shown; an open dot is not. "
                 "Every outcome has a scale of its own. Differences are taken before rounding.</p>\n");
}

wks_status wks_section_scenarios_write(wks_page *page, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;

    if (d->is_comparison) {
        wks_page_section(page, "scenarios", "Scenario’s naast elkaar", "Scenarios side by side");
        wks_page_say(page, "<p>Verschil met de referentie in ", "<p>Difference from the reference in ");
        wks_page_add_month(page, d->last_tick);
        add_how_to_read(page);
        wks_section_scenarios_table(
            page, wks_page_words(page, "Belangrijkste verschillen met de referentie", "Key differences from the reference"), false);
        write_differences(page, WKS_PAGE_OPEN);
        wks_page_table_end(page);
        say_settling(page);
        for (int family = WKS_PAGE_SEGREGATION; family < WKS_PAGE_N_FAMILIES; family++) {
            if (!has_family(page, (wks_page_family)family)) continue;
            open_family(page, (wks_page_family)family, difference_of);
            wks_section_scenarios_table(page, wks_page_words(page, difference_of[family][0], difference_of[family][1]), false);
            write_differences(page, (wks_page_family)family);
            wks_page_table_end(page);
            wks_page_raw(page, "</details>\n");
        }
    } else {
        wks_page_section(page, "scenarios", "Verloop", "Course");
    }
    say_never_happened(page);
    WKS_TRY(write_lines(page, err));
    write_all(page);
    wks_page_section_end(page);
out:
    return rc;
}
