#include "report/section_signals.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/areas.h"
#include "report/chart.h"
#include "report/proof.h"

/* More rows than these are folded away. */
enum { MOST_ROWS = 8 };

static const struct kind_words {
    const char *name, *nl, *en, *short_nl, *short_en;
} kinds[WKS_ALARMS_N_KINDS] = {
    [WKS_ALARMS_EARLY] = {"early", "Vroeg: score daalt door een klassegrens", "Early: score falls through a class bound",
                          "daalt een klasse", "falls a class"},
    [WKS_ALARMS_WEAK] = {"weak", "Klasse zwak of lager, en dalend", "Class weak or lower, and falling", "zwak en dalend",
                         "weak and falling"},
    [WKS_ALARMS_LOAD] = {"load", "Belasting meer dan 1,5 keer die van de stad", "Load more than 1.5 times the city's", "hoge belasting",
                         "high load"},
};

/* What is shown of a buurt, in this order. */
static const struct signal_words {
    wks_monitor_signal signal;
    const char *name, *unit, *nl, *en;
} shown[] = {
    {WKS_MONITOR_leefbaarheid, "leefbaarheid", "LBM", "Leefbaarheid", "Leefbaarheid"},
    {WKS_MONITOR_load, "load", "ratio", "Belasting over draagkracht", "Load over capacity"},
    {WKS_MONITOR_turnover, "turnover", "share", "Ingetrokken per jaar", "Moved in a year"},
    {WKS_MONITOR_refusals, "refusals", "ratio", "Weigeringen om leefbaarheid per verhuring",
     "Refusals because of leefbaarheid per letting"},
    {WKS_MONITOR_vacancy, "vacancy", "months", "Maanden leegstand", "Months of vacancy"},
    {WKS_MONITOR_arrears, "arrears", "share", "Huurachterstand", "Rent arrears"},
    {WKS_MONITOR_nuisance, "nuisance", "ratio", "Overlastdossiers per 1.000", "Nuisance files per 1,000"},
};
enum { N_SHOWN = sizeof shown / sizeof *shown };

/* ---- course ---- */

static bool ever_has(const wks_alarms *alarms, wks_alarms_kind kind)
{
    for (size_t s = 0; s < alarms->n_scenarios; s++)
        for (int32_t q = 0; q <= alarms->last[s]; q++)
            if (alarms->buurten[wks_alarms_at_quarter(alarms, s, q, kind)] > 0.0) return true;
    return false;
}

/* Quarters with a judgement: a line takes two. */
static int32_t n_judged(const wks_alarms *alarms)
{
    int32_t most = 0;
    for (size_t s = 0; s < alarms->n_scenarios; s++) {
        int32_t n = 0;
        for (int32_t q = 0; q <= alarms->last[s]; q++) {
            bool any = false;
            for (int k = 0; k < WKS_ALARMS_N_KINDS; k++)
                any = any || isfinite(alarms->buurten[wks_alarms_at_quarter(alarms, s, q, (wks_alarms_kind)k)]);
            n += any;
        }
        if (n > most) most = n;
    }
    return most;
}

/* x: months since the start of the run; quarters count at their end. */
static wks_status draw_kind(wks_page *page, const wks_alarms *alarms, wks_alarms_kind kind, int32_t start, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text title = WKS_TEXT_INIT;
    wks_text_addf(&title, "%s%s", wks_page_words(page, kinds[kind].nl, kinds[kind].en), wks_page_warmup_words(page));
    const wks_chart_axes axes = {page->lang, {false, 0}, title.data != NULL ? title.data : "", false, start, page->warmup};
    wks_chart_line *line = wks_mem_array(alarms->n_scenarios, sizeof *line);
    const size_t n = (size_t)alarms->n_quarters;
    double *xy = wks_mem_array(2 * n * alarms->n_scenarios, sizeof *xy);

    if (line == NULL || xy == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a chart");
    for (size_t s = 0; s < alarms->n_scenarios; s++) {
        double *x = xy + 2 * n * s, *y = x + n;
        for (int32_t q = 0; q <= alarms->last[s]; q++) {
            x[q] = alarms->first_month + 3 * q - start;
            y[q] = alarms->buurten[wks_alarms_at_quarter(alarms, s, q, kind)];
        }
        line[s] = (wks_chart_line){x, y, NULL, NULL, (size_t)(alarms->last[s] + 1), wks_page_style(s)};
    }
    wks_page_raw(page, "<figure class=\"line-chart\"><figcaption>");
    wks_page_text(page, wks_page_words(page, kinds[kind].nl, kinds[kind].en));
    wks_page_say(page, " <span class=\"unit\">buurten</span></figcaption><div class=\"view\">",
                 " <span class=\"unit\">buurten</span></figcaption><div class=\"view\">");
    wks_chart_lines(&page->html, &axes, line, alarms->n_scenarios);
    wks_page_raw(page, "</div></figure>\n");
out:
    free(line);
    free(xy);
    wks_text_free(&title);
    return rc;
}

static wks_status write_course(wks_page *page, const wks_alarms *alarms, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_dossier *d = page->dossier;
    int32_t end = 0;

    if (!wks_text_parse_month(wks_dossier_date(d, d->last_tick), &end)) return WKS_OK;
    if (d->n_scenarios > 1 || page->warmup > 0) {
        wks_page_raw(page, "<p class=\"legend\">");
        for (size_t s = 0; s < d->n_scenarios; s++) {
            wks_page_scenario(page, s);
            wks_page_raw(page, " ");
        }
        wks_page_legend_end(page);
    }
    wks_page_raw(page, "<div class=\"charts\">\n");
    for (int k = 0; k < WKS_ALARMS_N_KINDS; k++)
        if (ever_has(alarms, (wks_alarms_kind)k)) WKS_TRY(draw_kind(page, alarms, (wks_alarms_kind)k, end - d->last_tick, err));
    wks_page_raw(page, "</div>\n");
    for (int k = 0; k < WKS_ALARMS_N_KINDS; k++) {
        if (ever_has(alarms, (wks_alarms_kind)k)) continue;
        wks_page_say(page, "<p class=\"note\">Nergens: ", "<p class=\"note\">Nowhere: ");
        wks_page_text(page, wks_page_words(page, kinds[k].nl, kinds[k].en));
        wks_page_raw(page, ".</p>\n");
    }
out:
    return rc;
}

/* ---- buurten at the end ---- */

static bool has_often(const wks_alarms *alarms, size_t scenario, size_t area, int kind)
{
    const double times = alarms->times[wks_alarms_at_area(alarms, scenario, area, (wks_alarms_kind)kind)];
    return times > 0.0 && 2.0 * times >= alarms->n_replications[scenario];
}

static bool is_listed(const wks_alarms *alarms, size_t scenario, size_t area)
{
    for (int k = 0; k < WKS_ALARMS_N_KINDS; k++)
        if (has_often(alarms, scenario, area, k)) return true;
    return false;
}

static bool is_listed_anywhere(const wks_alarms *alarms, size_t area)
{
    for (size_t s = 0; s < alarms->n_scenarios; s++)
        if (is_listed(alarms, s, area)) return true;
    return false;
}

static size_t count_listed(const wks_alarms *alarms)
{
    size_t n = 0;
    for (size_t a = 0; a < alarms->n_areas; a++)
        n += is_listed_anywhere(alarms, a);
    return n;
}

/* "hoge belasting (5 van 5)"; a dash without one that is had often. */
static void warning_cell(wks_page *page, const wks_alarms *alarms, size_t scenario, size_t area)
{
    const wks_dossier *d = page->dossier;
    const char *name = wks_dossier_text(d, d->scenario[scenario].name);
    bool any = false;

    wks_page_raw(page, "<td>");
    for (int k = 0; k < WKS_ALARMS_N_KINDS; k++) {
        if (!has_often(alarms, scenario, area, k)) continue;
        if (any) wks_page_raw(page, ", ");
        wks_page_text(page, wks_page_words(page, kinds[k].short_nl, kinds[k].short_en));
        const double times = alarms->times[wks_alarms_at_area(alarms, scenario, area, (wks_alarms_kind)k)];
        wks_page_raw(page, " <span class=\"unit nb\">(");
        wks_proof_open(page, "span", false, times, "warnings", kinds[k].name, name, wks_dossier_text(d, d->area[area]), NULL);
        wks_page_rawf(page, "%.0f</span> ", times);
        wks_page_say(page, "van ", "of ");
        wks_proof_open(page, "span", false, alarms->n_replications[scenario], "warnings", "replications", name, NULL);
        wks_page_rawf(page, "%d</span>)</span>", alarms->n_replications[scenario]);
        any = true;
    }
    wks_page_raw(page, any ? "</td>" : "&#8211;</td>");
}

static void area_head(wks_page *page, size_t area)
{
    wks_page_raw(page, "<tr>");
    wks_areas_head(page, area);
}

static void write_warnings(wks_page *page, const wks_alarms *alarms)
{
    wks_page_table(page, "warnings",
                   wks_page_words(page, "Buurten met een waarschuwing in het laatste kwartaal (aantal herhalingen waarin)",
                                  "Buurten with a warning in the last quarter (number of replications in which)"));
    wks_page_raw(page, "<thead><tr><th scope=\"col\">Buurt</th>");
    for (size_t s = 0; s < alarms->n_scenarios; s++) {
        wks_page_raw(page, "<th scope=\"col\">");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
    for (size_t a = 0; a < alarms->n_areas; a++) {
        if (!is_listed_anywhere(alarms, a)) continue;
        area_head(page, a);
        for (size_t s = 0; s < alarms->n_scenarios; s++)
            warning_cell(page, alarms, s, a);
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

/* ---- what is followed there ---- */

static double largest_of(const wks_alarms *alarms, wks_monitor_signal signal, const double *of)
{
    double largest = 0.0;
    for (size_t s = 0; s < alarms->n_scenarios; s++)
        for (size_t a = 0; a < alarms->n_areas; a++) {
            const double value = of[wks_alarms_at_signal(alarms, s, a, signal)];
            if (is_listed(alarms, s, a) && fabs(value) > largest) largest = fabs(value);
        }
    return largest;
}

static void signal_cell(wks_page *page, const wks_alarms *alarms, size_t scenario, size_t area, const struct signal_words *of)
{
    const wks_notation_format level = wks_notation_choose(of->unit, largest_of(alarms, of->signal, alarms->value));
    const wks_notation_format slope = wks_notation_choose(of->unit, largest_of(alarms, of->signal, alarms->trend));
    const size_t at = wks_alarms_at_signal(alarms, scenario, area, of->signal);

    const wks_dossier *d = page->dossier;
    const char *name = wks_dossier_text(d, d->scenario[scenario].name), *code = wks_dossier_text(d, d->area[area]);

    wks_page_raw(page, "<td class=\"n\">");
    wks_proof_open(page, "span", level.percent, alarms->value[at], "signal", "value", name, code, of->name, NULL);
    wks_notation_value(page->lang, level, alarms->value[at], &page->html);
    wks_page_raw(page, "</span>");
    if (isfinite(alarms->trend[at])) {
        wks_page_raw(page, " <span class=\"unit\">(");
        wks_proof_open(page, "span", slope.percent, alarms->trend[at], "signal", "trend", name, code, of->name, NULL);
        wks_notation_difference(page->lang, slope, alarms->trend[at], &page->html);
        wks_page_raw(page, "</span>)</span>");
    }
    wks_page_raw(page, "</td>");
}

static void write_followed(wks_page *page, const wks_alarms *alarms, size_t scenario)
{
    wks_page_raw(page, "<h4>");
    wks_page_scenario(page, scenario);
    wks_page_raw(page, "</h4>\n");
    wks_page_table(page, "levels",
                   wks_page_words(page, "Stand aan het eind van het laatste kwartaal, tussen haakjes de trend per jaar",
                                  "At the end of the last quarter; between brackets the trend a year"));
    wks_page_raw(page, "<thead><tr><th scope=\"col\">Buurt</th>");
    for (int i = 0; i < N_SHOWN; i++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\">");
        wks_page_text(page, wks_page_words(page, shown[i].nl, shown[i].en));
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
    for (size_t a = 0; a < alarms->n_areas; a++) {
        if (!is_listed(alarms, scenario, a)) continue;
        area_head(page, a);
        for (int i = 0; i < N_SHOWN; i++)
            signal_cell(page, alarms, scenario, a, &shown[i]);
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

static void write_buurten(wks_page *page, const wks_alarms *alarms)
{
    const size_t n = count_listed(alarms);

    if (n == 0) {
        wks_page_say(page, "<p>In het laatste kwartaal heeft geen buurt een waarschuwing in de helft van de herhalingen of meer.</p>\n",
                     "<p>In the last quarter no buurt has a warning in half of the replications or more.</p>\n");
        return;
    }
    if (n > MOST_ROWS) {
        wks_page_raw(page, "<details><summary>");
        wks_proof_count(page, n, "warned", NULL);
        wks_page_raw(page, " ");
        wks_page_say(page, "buurten met een waarschuwing in het laatste kwartaal</summary>\n",
                     "buurten with a warning in the last quarter</summary>\n");
    }
    write_warnings(page, alarms);
    if (n > MOST_ROWS) wks_page_raw(page, "</details>\n");
    wks_page_say(page, "<details><summary>Wat er in deze buurten is te zien</summary>\n",
                 "<details><summary>What can be seen in these buurten</summary>\n");
    for (size_t s = 0; s < alarms->n_scenarios; s++) {
        bool any = false;
        for (size_t a = 0; a < alarms->n_areas; a++)
            any = any || is_listed(alarms, s, a);
        if (any) write_followed(page, alarms, s);
    }
    wks_page_say(
        page,
        "<p class=\"note\">Gemiddeld over de herhalingen. Instroom, weigeringen, leegstand, achterstand en overlastdossiers kan een "
        "corporatie of gemeente zelf volgen; belasting kent alleen het model. Alle signalen van alle buurten: monitor.csv.</p>\n",
        "<p class=\"note\">Means over the replications. Moves in, refusals, vacancy, arrears and nuisance files can be followed by a "
        "corporatie or gemeente; only the model knows load. All signals of all buurten: monitor.csv.</p>\n");
    wks_page_raw(page, "</details>\n");
}

wks_status wks_section_signals_write(wks_page *page, const wks_alarms *alarms, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (alarms->n_quarters == 0) return WKS_OK;
    wks_page_section(page, "signalen", "Vroege signalen", "Early signals");
    wks_page_say(
        page,
        "<p>Waar zou een corporatie of gemeente het eerst moeten gaan kijken? Aantal buurten met een waarschuwing aan het eind van "
        "elk kwartaal, gemiddeld over de herhalingen; in het eerste jaar is er nog geen trend.</p>\n",
        "<p>Where should a corporatie or gemeente look first? Buurten with a warning at the end of a quarter, mean over the "
        "replications; in the first year there is no trend yet.</p>\n");
    if (n_judged(alarms) >= 2) WKS_TRY(write_course(page, alarms, err));
    write_buurten(page, alarms);
    wks_page_say(
        page,
        "<p class=\"note\">Een signaal zegt waar te gaan kijken, niet wat er speelt, en nooit iets over wie er woont. Leefbaarheid "
        "en belasting zijn gemodelleerd en de grenzen zijn aannamen; waar geen signaal is, kan toch iets aan de hand zijn. De "
        "buurten staan op volgorde van code: het is geen ranglijst.</p>\n",
        "<p class=\"note\">A signal says where to look, not what is going on, and never anything about who lives there. Leefbaarheid "
        "and load are modelled and the bounds are assumptions; without a signal there may be something all the same. Buurten are in "
        "order of code: this is no ranking.</p>\n");
    wks_page_section_end(page);
out:
    return rc;
}
