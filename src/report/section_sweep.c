#include "report/section_sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/proof.h"
#include "report/study_page.h"
#include "report/sweep_folder.h"

static void write_name(wks_page *page, const wks_config_node *study, const char *name)
{
    wks_text label = WKS_TEXT_INIT;
    wks_sensitivity_label(study, page->lang, name, &label);
    wks_study_page_element(page, "strong", label.data != NULL ? label.data : name);
    wks_text_free(&label);
}

/* A bound of what was varied, as the study asked it. */
static void write_bound(wks_page *page, const wks_config_node *parameter, const char *bound, double largest)
{
    const double value = wks_study_page_real(parameter, bound);
    wks_proof_open(page, "span", false, value, "beside", "varied", wks_study_page_string(parameter, "name"), bound, NULL);
    wks_study_page_value(page, value, largest);
    wks_page_raw(page, "</span>");
}

static void write_parameters(wks_page *page, const wks_config_node *study)
{
    const wks_config_node *list = study == NULL ? NULL : wks_config_get(study, "parameters");

    wks_page_raw(page, "<ul class=\"differs\">\n");
    for (size_t i = 0; list != NULL && i < list->n_children; i++) {
        const double low = wks_study_page_real(list->child[i], "low"), high = wks_study_page_real(list->child[i], "high"),
                     largest = fmax(fabs(low), fabs(high));
        wks_page_raw(page, "<li>");
        write_name(page, study, wks_study_page_string(list->child[i], "name"));
        wks_page_say(page, ": van ", ": from ");
        write_bound(page, list->child[i], "low", largest);
        wks_page_say(page, " tot ", " to ");
        write_bound(page, list->child[i], "high", largest);
        wks_study_page_path(page, wks_study_page_string(list->child[i], "path"));
        wks_page_raw(page, "</li>\n");
    }
    wks_page_raw(page, "</ul>\n");
}

/* What was done, and where it is not about the same months. */
static void write_study(wks_page *page, const wks_sweep_folder *sweep)
{
    const wks_csv *variance = &sweep->tables.variance;
    const int64_t ticks = wks_json_int(wks_json_get(sweep->manifest, "ticks"));
    const char *status = wks_json_text(wks_json_get(sweep->manifest, "status")), *title = wks_study_page_string(sweep->study, "title");

    wks_page_say(page, "<h3>Welke aannamen doen ertoe?</h3>\n<p>Een studie naast dit rapport, ",
                 "<h3>Which assumptions matter?</h3>\n<p>A study beside this report, ");
    wks_study_page_element(page, "em", title[0] != '\0' ? title : wks_study_page_string(sweep->study, "name"));
    wks_page_say(page, ", varieerde aannamen van dezelfde stad en dezelfde referentie, op ",
                 ", varied assumptions of the same city and the same reference, at ");
    wks_proof_open(page, "span", false, wks_study_page_number(variance, 0, "n_points"), "beside", "variance", "n_points",
                   wks_study_page_cell(variance, 0, "outcome"), NULL);
    wks_page_text(page, wks_study_page_cell(variance, 0, "n_points"));
    wks_page_raw(page, "</span>");
    wks_page_say(page, " punten (", " points (");
    wks_study_page_element(page, "code", wks_json_text(wks_json_get(sweep->manifest, "command")));
    wks_page_say(page, "). Scenario’s: ", "). Scenarios: ");
    wks_page_text(page, sweep->scenarios.data != NULL ? sweep->scenarios.data : "");
    wks_page_raw(page, ". ");
    if (ticks > 0 && ticks != page->dossier->last_tick) {
        wks_page_say(page, "De studie kijkt naar maand ", "The study looks at month ");
        wks_proof_count(page, (size_t)ticks, "beside", "ticks");
        wks_page_say(page, ", dit rapport naar maand ", ", this report at month ");
        wks_proof_count(page, (size_t)page->dossier->last_tick, "last", NULL);
        wks_page_say(page, ": wat toen gold, hoeft nu niet te gelden. ", ": what held then need not hold now. ");
    }
    if (strcmp(status, "complete") != 0) {
        wks_page_say(page, "<strong>De studie is niet af: ", "<strong>The study is not finished: ");
        wks_page_text(page, wks_page_status(page, status));
        wks_page_raw(page, ".</strong>");
    }
    wks_page_say(page, "</p>\n<details><summary>Wat is gevarieerd</summary>\n", "</p>\n<details><summary>What was varied</summary>\n");
    write_parameters(page, sweep->study);
    wks_page_say(
        page,
        "</details>\n<p class=\"note\">Dikke streep bij een balk: 95 %-interval van de steekproef van punten; dunne streep: dat van het "
        "toeval van de runs (van mu*, een gemiddelde van groottes, afgekapt op nul: begint het daar, dan kan het effect ook niets zijn). "
        "De lengte van een balk hangt af van het bereik dat de studie koos.</p>\n",
        "</details>\n<p class=\"note\">Thick line at a bar: 95% interval of the sample of points; thin line: that of the luck of the runs "
        "(of mu*, "
        "a mean of sizes, cut off at zero: where it begins there, the effect may as well be none). The length of a bar depends on the "
        "range that the study chose.</p>\n");
}

/* Names of the parameters with (or without) an interval, of which the effect is noise or not; how many. */
static size_t list_names(wks_page *page, const wks_sensitivity_rank *list, size_t n, bool is_told, bool is_noise)
{
    size_t n_named = 0;
    for (size_t i = 0; i < n; i++) {
        if (wks_sensitivity_is_told(&list[i]) != is_told || wks_sensitivity_is_noise(&list[i]) != is_noise) continue;
        if (page != NULL) wks_page_raw(page, n_named > 0 ? ", " : "");
        if (page != NULL) wks_sensitivity_name(page, &list[i]);
        n_named++;
    }
    return n_named;
}

static void say_noise(wks_page *page, const wks_sensitivity_rank *list, size_t n)
{
    static const struct {
        bool is_told, is_noise;
        const char *nl, *en;
    } kinds[] = {
        {true, false, "Effect aangetoond: ", "Effect shown: "},
        {true, true, "Effect niet van toeval te onderscheiden: ", "Effect not distinguishable from noise: "},
        {false, false, "Te weinig punten en herhalingen om het te zeggen: ", "Too few points and replications to tell: "},
    };
    wks_page_raw(page, "<ul class=\"differs\">\n");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (list_names(NULL, list, n, kinds[i].is_told, kinds[i].is_noise) == 0) continue;
        wks_page_say(page, "<li>", "<li>");
        wks_page_say(page, kinds[i].nl, kinds[i].en);
        (void)list_names(page, list, n, kinds[i].is_told, kinds[i].is_noise);
        wks_page_raw(page, ".</li>\n");
    }
    wks_page_raw(page, "</ul>\n");
}

static void write_outcome(wks_page *page, const wks_sweep_folder *sweep, const char *outcome)
{
    wks_text title = WKS_TEXT_INIT;
    size_t n = 0;
    wks_sensitivity_rank *list = wks_sensitivity_ranking(&sweep->tables, page->lang, outcome, &n);

    wks_study_page_outcome(page, sweep->study, outcome, &title);
    wks_study_page_element(page, "h4", title.data != NULL ? title.data : outcome);
    wks_page_raw(page, "\n");
    if (n > 0) {
        wks_sensitivity_figure(page, &sweep->tables, title.data != NULL ? title.data : outcome, list, n);
        say_noise(page, list, n);
        wks_sensitivity_say_ranking(page, list, n);
    } else {
        wks_page_say(page, "<p>Dit ontwerp geeft geen maten van gevoeligheid.</p>\n",
                     "<p>This design gives no indices of sensitivity.</p>\n");
    }
    page->html.failed = page->html.failed || list == NULL || title.failed;
    free(list);
    wks_text_free(&title);
}

void wks_section_sweep_write(wks_page *page)
{
    enum { MOST_OPEN = 4 };
    const wks_sweep_folder *sweep = page->sweep;

    if (sweep == NULL) return;
    const size_t n = sweep->tables.variance.n_rows;
    write_study(page, sweep);
    for (size_t row = 0; row < n; row++) {
        if (row == MOST_OPEN)
            wks_page_say(page, "<details><summary>Andere uitkomsten van de studie</summary>\n",
                         "<details><summary>Other outcomes of the study</summary>\n");
        write_outcome(page, sweep, wks_study_page_cell(&sweep->tables.variance, row, "outcome"));
    }
    if (n > MOST_OPEN) wks_page_raw(page, "</details>\n");
}
