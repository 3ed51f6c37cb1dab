#include "report/html.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "report/alarms.h"
#include "report/embedded.h"
#include "report/head.h"
#include "report/kind.h"
#include "report/long_run.h"
#include "report/map.h"
#include "report/page.h"
#include "report/payload.h"
#include "report/proof.h"
#include "report/section_account.h"
#include "report/section_brief.h"
#include "report/section_buurten.h"
#include "report/section_certainty.h"
#include "report/section_costs.h"
#include "report/section_map.h"
#include "report/section_people.h"
#include "report/section_rules.h"
#include "report/section_scenarios.h"
#include "report/section_signals.h"
#include "report/section_tenants.h"
#include "report/study_page.h"
#include "report/sweep_folder.h"
#include "report_assets.h"

/* What a page may weigh, and what is kept for all but the map's data; so a page stays below 5 MB. */
enum { PAGE_BYTES = 4800000, LEAST_MAP_BYTES = 100000 };

static const struct part {
    const char *id, *nl, *en;
} parts[] = {
    {"kort", "In het kort", "In brief"},
    {"scenarios", "Scenario’s naast elkaar", "Scenarios side by side"},
    {"kaart", "Kaart", "Map"},
    {"wie", "Wie merkt dit?", "Who notices?"},
    {"buurten", "Buurten", "Buurten"},
    {"signalen", "Vroege signalen", "Early signals"},
    {"waterbed", "Waterbed en stromen", "Waterbed and streams"},
    {"kosten", "Kosten en effect", "Cost and effect"},
    {"regels", "Regels nageleefd", "Rules kept"},
    {"zeker", "Hoe zeker is dit?", "How sure is this?"},
    {"grenzen", "Wat dit model niet kan zeggen", "What this model cannot say"},
    {"verantwoording", "Verantwoording", "Account"},
    {"huurders", "Voor huurders en huurdersorganisaties", "For tenants and their organisations"},
};

static void write_title(wks_page *page, bool in_head)
{
    const wks_dossier *d = page->dossier;
    const char *city = wks_json_text(wks_json_get(d->manifest, "city"));
    if (in_head || !d->is_comparison) {
        wks_page_text(page, d->scenario[d->is_comparison ? 1 : 0].title);
        if (d->is_comparison && d->n_scenarios > 2) wks_page_say(page, " en andere scenario’s", " and other scenarios");
    } else {
        wks_page_say(page, "Wat verandert er bij andere regels?", "What changes under other rules?");
    }
    if (city[0] != '\0' && strchr(city, '/') == NULL) {
        wks_page_raw(page, " &#183; ");
        wks_page_text(page, city);
    }
}

static bool has_rules(const wks_dossier *d)
{
    for (size_t i = 0; i < d->n_scenarios; i++) {
        if (d->compliance[i].n_rows > 0) return true;
    }
    return false;
}

static bool has_part(const wks_page *page, const wks_alarms *alarms, const char *id)
{
    const wks_dossier *d = page->dossier;

    if (strcmp(id, "regels") == 0) return has_rules(d);
    if (strcmp(id, "huurders") == 0) return wks_section_tenants_has(page);
    if (strcmp(id, "signalen") == 0) return alarms->n_quarters > 0;
    return strcmp(id, "kosten") != 0 || wks_section_costs_has(d);
}

static void write_contents(wks_page *page, const wks_alarms *alarms)
{
    size_t n = 0;

    wks_page_say(page, "<nav aria-label=\"Inhoud\"><ol>\n", "<nav aria-label=\"Contents\"><ol>\n");
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (!has_part(page, alarms, parts[i].id)) continue;
        wks_page_rawf(page, "<li value=\"%zu\"><a href=\"#%s\">", ++n, parts[i].id);
        bool is_course = strcmp(parts[i].id, "scenarios") == 0 && !page->dossier->is_comparison;
        wks_page_text(page, is_course ? wks_page_words(page, "Verloop", "Course") : wks_page_words(page, parts[i].nl, parts[i].en));
        wks_page_raw(page, "</a></li>\n");
    }
    wks_page_raw(page, "</ol></nav>\n");
}

static void write_banner(wks_page *page, const wks_alarms *alarms)
{
    wks_head_banner(page, "kort");
    write_title(page, false);
    wks_head_close_banner(page);
    write_contents(page, alarms);
    wks_page_raw(page, "<main>\n");
}

/* A program as a script element. The programs hold no "</script"; a test keeps watch. */
static void add_script(wks_page *page, const char *bytes, size_t n)
{
    wks_page_raw(page, "<script>\n");
    wks_text_add_bytes(&page->html, bytes, n);
    wks_page_raw(page, "\n</script>\n");
}

/* Chart programs, data and our own script; without the programs the still charts stay. */
static wks_status write_scripts(wks_page *page, const wks_map *map, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text data = WKS_TEXT_INIT;
    wks_payload_left left = {0};
    size_t used = page->html.length + wks_embedded_js_size + 2000;

    if (wks_report_assets_count == 0) goto own;
    for (int i = 0; i < wks_report_assets_count; i++) {
        if (strstr(wks_report_assets[i].name, ".js") != NULL) used += wks_report_assets[i].size + 32;
    }
    size_t budget = used + LEAST_MAP_BYTES < PAGE_BYTES ? PAGE_BYTES - used : LEAST_MAP_BYTES;
    WKS_TRY(wks_payload_add(page, map, budget, &data, &left, err));
    if (left.n_coarse > 0) {
        wks_page_raw(page, "<p class=\"note\" id=\"map-coarse\">");
        wks_proof_count(page, left.n_coarse, "fits", "coarse");
        wks_page_say(
            page,
            " uitkomsten per buurt hebben op de kaart minder maanden dan de andere, om dit bestand klein te houden; alle maanden staan in "
            "buurt.csv.</p>\n",
            " outcomes by buurt have fewer months on the map than the others, to keep this file small; all months are in buurt.csv.</p>\n");
    }
    if (left.n_out > 0) {
        wks_page_raw(page, "<p class=\"note\" id=\"map-left-out\">");
        wks_proof_count(page, left.n_out, "fits", "out");
        wks_page_say(page, " uitkomsten per buurt passen niet op de kaart van dit bestand; zij staan in buurt.csv.</p>\n",
                     " outcomes by buurt do not fit on the map of this file; they are in buurt.csv.</p>\n");
    }
    wks_page_raw(page, "<script type=\"application/json\" id=\"data\">");
    wks_text_add_bytes(&page->html, data.data, data.length);
    wks_page_raw(page, "</script>\n");
    for (int i = 0; i < wks_report_assets_count; i++) {
        if (strstr(wks_report_assets[i].name, ".js") != NULL) add_script(page, wks_report_assets[i].data, wks_report_assets[i].size);
    }
own:
    add_script(page, wks_embedded_js, wks_embedded_js_size);
    if (data.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the data of the report");
out:
    wks_text_free(&data);
    return rc;
}

static wks_status write_sections(wks_page *page, wks_map *map, const wks_queue *queue, const wks_alarms *alarms, const wks_streams *streams,
                                 const wks_classes *classes, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    WKS_TRY(wks_map_draw_shapes(page->dossier, map, &page->html, err));
    wks_section_brief_write(page);
    WKS_TRY(wks_section_scenarios_write(page, err));
    WKS_TRY(wks_section_map_write(page, map, err));
    wks_section_people_write(page, queue);
    WKS_TRY(wks_section_buurten_write(page, classes, err));
    WKS_TRY(wks_section_signals_write(page, alarms, err));
    WKS_TRY(wks_section_buurten_waterbed(page, streams, err));
    wks_section_costs_write(page);
    WKS_TRY(wks_section_rules_write(page, problems, err));
    wks_section_certainty_write(page);
    wks_section_certainty_limits(page);
    wks_section_account_write(page);
    wks_section_tenants_write(page);
out:
    return rc;
}

static wks_status write_page(const wks_dossier *dossier, const wks_sweep_folder *sweep, wks_notation_lang lang, wks_problems *problems,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_page page = {.html = WKS_TEXT_INIT, .dossier = dossier, .sweep = sweep, .lang = lang};
    wks_map map = {0};
    wks_queue queue = {0};
    wks_alarms alarms = {0};
    wks_streams streams = {0};
    wks_classes classes = {0};
    char *path = wks_file_join(dossier->dir, "report.html");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_queue_read(dossier, &queue, problems, err));
    WKS_TRY(wks_alarms_read(dossier, &alarms, problems, err));
    WKS_TRY(wks_streams_read(dossier, &streams, problems, err));
    WKS_TRY(wks_classes_read(dossier, &classes, err));
    wks_page_prepare(&page);
    page.warmup = wks_long_run_warmup(dossier);
    wks_head_open(&page);
    write_title(&page, true);
    wks_head_close(&page);
    write_banner(&page, &alarms);
    WKS_TRY(write_sections(&page, &map, &queue, &alarms, &streams, &classes, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
    wks_page_raw(&page, "</main>\n");
    WKS_TRY(write_scripts(&page, &map, err));
    wks_page_raw(&page, "</body>\n</html>\n");
    if (page.html.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the report");
    WKS_TRY(wks_file_write(path, page.html.data, page.html.length, err));
out:
    free(path);
    wks_text_free(&page.html);
    wks_map_free(&map);
    wks_queue_free(&queue);
    wks_alarms_free(&alarms);
    wks_streams_free(&streams);
    wks_classes_free(&classes);
    return rc;
}

wks_status wks_html_write(const char *dir, const char *lang, wks_problems *problems, wks_err *err)
{
    return wks_html_write_beside(dir, NULL, lang, problems, err);
}

wks_status wks_html_write_beside(const char *dir, const char *sweep, const char *lang, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dossier dossier = {0};
    wks_sweep_folder beside = {0};
    wks_kind kind = WKS_KIND_UNKNOWN;

    if (lang == NULL) lang = "nl";
    if (strcmp(lang, "nl") != 0 && strcmp(lang, "en") != 0) {
        return wks_err_set(err, WKS_ERR_USAGE, "language '%s'; nl or en was expected", lang);
    }
    const wks_notation_lang of_page = lang[0] == 'n' ? WKS_NOTATION_NL : WKS_NOTATION_EN;
    WKS_TRY(wks_kind_of(dir, &kind, problems, err));
    if (kind != WKS_KIND_RUN && sweep != NULL)
        WKS_FAIL(err, WKS_ERR_USAGE, "--sweep goes with the report of a run or a comparison; %s is neither", dir);
    if (kind != WKS_KIND_RUN) return wks_study_page_write(dir, kind, of_page, problems, err);
    WKS_TRY(wks_dossier_read(dir, &dossier, problems, err));
    if (sweep != NULL) WKS_TRY(wks_sweep_folder_read(&dossier, sweep, &beside, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
    rc = write_page(&dossier, sweep != NULL ? &beside : NULL, of_page, problems, err);
out:
    wks_sweep_folder_free(&beside);
    wks_dossier_free(&dossier);
    return rc;
}
