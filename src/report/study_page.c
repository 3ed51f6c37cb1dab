#include "report/study_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "report/bars.h"
#include "report/dossier_files.h"
#include "report/head.h"
#include "report/param_words.h"
#include "report/proof.h"
#include "report/section_account.h"
#include "report/section_city.h"
#include "report/section_fit.h"
#include "report/section_sensitivity.h"
#include "scenario/difference_words.h"
#include "sim/everything.h"

/* ---- files ---- */

wks_status wks_study_page_table(const wks_page *page, const char *name, const char *const *column, bool is_needed, wks_csv *out,
                                wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(page->dossier->dir, name);

    *out = (wks_csv){0};
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) {
        if (is_needed) wks_problems_error(problems, path, 0, 0, "no such file; the report of this folder is made from it");
        goto out;
    }
    WKS_TRY(wks_dossier_files_lenient(wks_csv_read(path, ',', false, out, problems, err), err));
    for (size_t i = 0; out->n_columns > 0 && column[i] != NULL; i++)
        if (wks_csv_column(out, column[i]) < 0) wks_problems_error(problems, path, 1, 0, "no column '%s'", column[i]);
out:
    free(path);
    return rc;
}

wks_config_node *wks_study_page_config(const wks_page *page, const char *name)
{
    wks_config_node *root = NULL;
    wks_problems ignored = WKS_PROBLEMS_INIT;
    wks_err none = WKS_ERR_INIT;
    char *path = wks_file_join(page->dossier->dir, name);

    if (path != NULL && wks_file_exists(path)) (void)wks_config_read(path, &root, &ignored, &none);
    wks_problems_free(&ignored);
    free(path);
    return root;
}

const char *wks_study_page_string(const wks_config_node *group, const char *name)
{
    const wks_config_node *node = group == NULL ? NULL : wks_config_get(group, name);
    return node != NULL && node->type == WKS_CONFIG_STRING && node->string != NULL ? node->string : "";
}

double wks_study_page_real(const wks_config_node *group, const char *name)
{
    const wks_config_node *node = group == NULL ? NULL : wks_config_get(group, name);
    if (node == NULL) return NAN;
    if (node->type == WKS_CONFIG_INT || node->type == WKS_CONFIG_BOOL) return (double)node->integer;
    return node->type == WKS_CONFIG_REAL ? node->real : NAN;
}

const char *wks_study_page_cell(const wks_csv *csv, size_t row, const char *column)
{
    const int at = csv->n_columns == 0 ? -1 : wks_csv_column(csv, column);
    return at < 0 ? "" : wks_csv_cell(csv, row, at);
}

double wks_study_page_number(const wks_csv *csv, size_t row, const char *column)
{
    double value = NAN;
    return wks_text_parse_double(wks_study_page_cell(csv, row, column), &value) ? value : NAN;
}

/* ---- cells ---- */

void wks_study_page_element(wks_page *page, const char *tag, const char *text)
{
    wks_page_rawf(page, "<%s>", tag);
    wks_page_text(page, text);
    wks_page_rawf(page, "</%.*s>", (int)strcspn(tag, " "), tag);
}

void wks_study_page_value(wks_page *page, double value, double largest)
{
    const int decimals = wks_bars_decimals(largest);
    wks_notation_number(page->lang, value, decimals, &page->html);
}

void wks_study_page_number_cell(wks_page *page, double value, double largest)
{
    char number[32];
    wks_page_raw(page, "<td class=\"n\"");
    if (isfinite(value)) wks_page_rawf(page, " data-v=\"%s\"", wks_text_number(value, number));
    wks_page_raw(page, ">");
    wks_study_page_value(page, value, largest);
    wks_page_raw(page, "</td>");
}

void wks_study_page_range_cell(wks_page *page, double low, double high, double largest)
{
    char number[32];
    wks_page_raw(page, "<td class=\"n\"");
    if (isfinite(low)) wks_page_rawf(page, " data-lo=\"%s\"", wks_text_number(low, number));
    if (isfinite(high)) wks_page_rawf(page, " data-hi=\"%s\"", wks_text_number(high, number));
    wks_page_raw(page, ">");
    wks_study_page_value(page, low, largest);
    if (isfinite(low) || isfinite(high)) {
        wks_page_say(page, " tot ", " to ");
        wks_study_page_value(page, high, largest);
    }
    wks_page_raw(page, "</td>");
}

/* ---- what a study varies ---- */

/* What a parameter is: in Dutch where it has words, else as the catalogue says it. */
static void add_meaning(wks_page *page, const wks_param *is, const char *path)
{
    const bool wants_dutch = page->lang == WKS_NOTATION_NL;
    const wks_param_words *own = wants_dutch ? wks_param_words_of(path) : NULL;
    const char *dutch = own != NULL                                      ? own->help_nl
                        : wants_dutch && strncmp(path, "rules.", 6) == 0 ? wks_difference_words_param(is->name, true)
                                                                         : NULL;
    const char *words = dutch != NULL ? dutch : is->help;

    if (words == NULL || words[0] == '\0') return;
    wks_page_raw(page, dutch == NULL && wants_dutch ? "<br><span class=\"unit\" lang=\"en\">" : "<br><span class=\"unit\">");
    wks_page_text(page, words);
    wks_page_raw(page, "</span>");
}

/* Where its default comes from: an assumption, a source. */
static void add_source(wks_page *page, const wks_param *is, const char *path)
{
    const bool is_assumption = strncmp(is->source, "assumption", 10) == 0, wants_dutch = page->lang == WKS_NOTATION_NL;
    const wks_param_words *own = wants_dutch ? wks_param_words_of(path) : NULL;
    const char *rest = own != NULL ? own->source_nl : is_assumption ? is->source + 10 : is->source;
    const bool is_english = wants_dutch && own == NULL && rest[0] != '\0';

    if (is_assumption) wks_page_say(page, "<strong>aanname</strong>", "<strong>assumption</strong>");
    if (is_english) wks_page_raw(page, "<span lang=\"en\">");
    wks_page_text(page, rest);
    if (is_english) wks_page_raw(page, "</span>");
}

void wks_study_page_path(wks_page *page, const char *path)
{
    char part[128];

    wks_page_raw(page, "<br><code>");
    while (path[0] != '\0') {
        size_t n = strcspn(path, ".");
        n += path[n] == '.';
        n = n < sizeof part ? n : sizeof part - 1;
        (void)snprintf(part, sizeof part, "%.*s", (int)n, path);
        wks_page_text(page, part);
        path += n;
        if (path[0] != '\0') wks_page_raw(page, "<wbr>");
    }
    wks_page_raw(page, "</code>");
}

static void parameter_row(wks_page *page, const wks_config_node *parameter)
{
    const char *path = wks_study_page_string(parameter, "path");
    const wks_param *is = wks_param_words_known(path);
    const double low = wks_study_page_real(parameter, "low"), high = wks_study_page_real(parameter, "high");

    wks_page_raw(page, "<tr>");
    wks_page_raw(page, "<th scope=\"row\">");
    wks_page_text(page, wks_study_page_string(parameter, "name"));
    if (path[0] != '\0') wks_study_page_path(page, path);
    if (is != NULL) add_meaning(page, is, path);
    wks_page_raw(page, "</th>");
    wks_study_page_range_cell(page, low, high, fmax(fabs(low), fabs(high)));
    wks_study_page_element(page, "td",
                           is == NULL                        ? "-"
                           : wks_notation_is_share(is->unit) ? wks_page_words(page, "aandeel (0 tot 1)", "share (0 to 1)")
                                                             : wks_notation_unit(page->lang, is->unit));
    const double preset = is == NULL || is->is_required ? NAN : is->preset;
    wks_proof_open(page, "td class=\"n\"", false, preset, "preset", path, NULL);
    wks_study_page_value(page, preset, is == NULL ? 1.0 : is->preset);
    wks_page_raw(page, "</td><td class=\"source\">");
    if (is != NULL) {
        add_source(page, is, path);
    } else {
        wks_page_say(page, "geen sleutel van een proces of regel", "no key of a process or rule");
    }
    if (wks_study_page_real(parameter, "log") > 0.0) wks_page_say(page, "; gelijk verdeeld in de logaritme", "; uniform in the logarithm");
    wks_page_raw(page, "</td></tr>\n");
}

void wks_study_page_parameters(wks_page *page, const wks_config_node *study)
{
    const wks_config_node *list = study == NULL ? NULL : wks_config_get(study, "parameters");

    if (list == NULL) return;
    wks_page_table(page, "parameters",
                   wks_page_words(page, "Wat is gevarieerd, en tussen welke waarden", "What was varied, and between which values"));
    wks_page_say(
        page,
        "<thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\" class=\"n\">Bereik</th><th scope=\"col\">Eenheid</th><th "
        "scope=\"col\" "
        "class=\"n\">Standaard</th><th scope=\"col\">Bron of aanname van de standaard</th></tr></thead><tbody>\n",
        "<thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\" class=\"n\">Range</th><th scope=\"col\">Unit</th><th scope=\"col\" "
        "class=\"n\">Default</th><th scope=\"col\">Source or assumption of the default</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < list->n_children; i++)
        parameter_row(page, list->child[i]);
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_say(
        page,
        "<p class=\"note\">De bereiken zijn een keuze van de studie: een parameter met een smal bereik lijkt al snel onbelangrijk.</p>\n",
        "<p class=\"note\">The ranges are a choice of the study: a parameter with a narrow range soon seems unimportant.</p>\n");
}

void wks_study_page_outcome(const wks_page *page, const wks_config_node *study, const char *name, wks_text *out)
{
    const wks_config_node *list = study == NULL ? NULL : wks_config_get(study, "outcomes"), *is = NULL;
    const wks_catalogue *catalogue = wks_everything_catalogue();

    for (size_t i = 0; list != NULL && i < list->n_children; i++)
        if (strcmp(wks_study_page_string(list->child[i], "name"), name) == 0) is = list->child[i];
    const char *label = name, *indicator = wks_study_page_string(is, "indicator"), *group = wks_study_page_string(is, "group");
    for (int32_t i = 0; i < catalogue->n_indicators; i++)
        if (strcmp(catalogue->indicator[i].name, indicator) == 0)
            label = wks_page_words(page, catalogue->indicator[i].label_nl, catalogue->indicator[i].label_en);
    wks_text_add(out, label);
    if (group[0] != '\0') {
        wks_text_add(out, ", ");
        wks_text_add(out, group);
    }
    if (wks_study_page_real(is, "contrast") > 0.0)
        wks_text_add(out, wks_page_words(page, ", verschil met de referentie", ", difference from the reference"));
    if (strcmp(label, name) != 0) wks_text_addf(out, " (%s)", name);
}

/* ---- the page ---- */

static void write_title(wks_page *page, const wks_config_node *settings, wks_kind kind, bool is_population)
{
    const char *title = wks_study_page_string(settings, "title");

    if (title[0] == '\0') title = wks_json_text(wks_json_get(page->dossier->manifest, "title"));
    if (title[0] == '\0') title = wks_study_page_string(settings, "name");
    if (title[0] == '\0') title = wks_json_text(wks_json_get(page->dossier->manifest, "scenario"));
    wks_page_text(page, title);
    if (title[0] != '\0') wks_page_raw(page, " &#183; ");
    if (kind == WKS_KIND_SWEEP) wks_page_say(page, "gevoeligheid", "sensitivity");
    if (kind == WKS_KIND_CALIBRATION) wks_page_say(page, "kalibratie", "calibration");
    if (kind == WKS_KIND_CITY && title[0] == '\0') wks_page_say(page, "Bevolking gemaakt van een stad", "Population made of a city");
    if (is_population && title[0] != '\0') wks_page_say(page, "gemaakte bevolking", "population made");
    if (kind == WKS_KIND_CITY && !is_population && title[0] != '\0') wks_page_say(page, "kwaliteit van de gegevens", "quality of the data");
}

static wks_status write_sections(wks_page *page, const wks_config_node *settings, wks_kind kind, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    switch (kind) {
    case WKS_KIND_SWEEP: WKS_TRY(wks_section_sensitivity_write(page, settings, problems, err)); break;
    case WKS_KIND_CALIBRATION: WKS_TRY(wks_section_fit_write(page, settings, problems, err)); break;
    case WKS_KIND_CITY: WKS_TRY(wks_section_city_write(page, settings, problems, err)); break;
    case WKS_KIND_RUN:
    case WKS_KIND_UNKNOWN: break;
    }
    if (kind != WKS_KIND_CITY) wks_section_account_write(page);
    WKS_TRY(wks_problems_status(problems, err));
out:
    return rc;
}

/* The list of contents, of the sections that were written. */
static void add_contents(wks_page *page, const char *sections)
{
    wks_page_say(page, "<nav aria-label=\"Inhoud\"><ol>\n", "<nav aria-label=\"Contents\"><ol>\n");
    for (const char *at = strstr(sections, "<h2 id=\"h-"); at != NULL; at = strstr(at + 1, "<h2 id=\"h-")) {
        const char *id = at + strlen("<h2 id=\"h-"), *text = strstr(id, ". "), *end = text == NULL ? NULL : strstr(text, "</h2>");
        if (end == NULL) break;
        wks_page_raw(page, "<li><a href=\"#");
        wks_text_add_bytes(&page->html, id, strcspn(id, "\""));
        wks_page_raw(page, "\">");
        wks_text_add_bytes(&page->html, text + 2, (size_t)(end - text - 2));
        wks_page_raw(page, "</a></li>\n");
    }
    wks_page_raw(page, "</ol></nav>\n<main>\n");
}

static wks_status write_page(wks_page *page, wks_kind kind, const char *path, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text sections = WKS_TEXT_INIT;
    static const char *const first[] = {"", "", "uitkomst", "uitkomst", "herkomst"};
    wks_config_node *settings = wks_study_page_config(page, kind == WKS_KIND_CITY ? "city.cfg" : "study.cfg");
    const bool is_population = kind == WKS_KIND_CITY && settings == NULL;
    WKS_TRY(write_sections(page, settings, kind, problems, err));
    if (is_population) settings = wks_study_page_config(page, "population.cfg"); /* the title only: it tells no sources */
    sections = page->html;
    page->html = WKS_TEXT_INIT;
    wks_head_open(page);
    write_title(page, settings, kind, is_population);
    wks_head_close(page);
    wks_head_banner(page, first[kind]);
    write_title(page, settings, kind, is_population);
    wks_head_close_banner(page);
    add_contents(page, sections.data != NULL ? sections.data : "");
    wks_text_add_bytes(&page->html, sections.data, sections.length);
    wks_page_raw(page, "</main>\n</body>\n</html>\n");
    if (sections.failed || page->html.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the report");
    WKS_TRY(wks_file_write(path, page->html.data, page->html.length, err));
out:
    wks_text_free(&sections);
    wks_config_free(settings);
    return rc;
}

wks_status wks_study_page_write(const char *dir, wks_kind kind, wks_notation_lang lang, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dossier dossier = {.first_tick = -1};
    wks_page page = {.html = WKS_TEXT_INIT, .dossier = &dossier, .lang = lang};
    char *path = wks_file_join(dir, "report.html");

    dossier.dir = wks_mem_string(dir);
    if (dossier.dir == NULL || path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (kind != WKS_KIND_CITY) WKS_TRY(wks_dossier_files_manifest(&dossier, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
    WKS_TRY(write_page(&page, kind, path, problems, err));
out:
    free(path);
    wks_text_free(&page.html);
    wks_dossier_free(&dossier);
    return rc;
}
