#include "import/cbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import/draft.h"
#include "import/estimate.h"
#include "import/estimate_buurten.h"
#include "import/fill.h"
#include "import/kwb.h"
#include "import/leefbaarometer.h"
#include "import/ogr.h"
#include "import/quality.h"
#include "import/sheet.h"
#include "import/writer.h"

static void describe_file(const wks_kwb *kwb, const wks_sheet *sheet, wks_text *report)
{
    int32_t n[4] = {0}, n_columns = 0;
    for (int32_t i = 0; i < kwb->n_areas; i++)
        if (strcmp(kwb->area[i].file, sheet->path) == 0) n[kwb->area[i].level]++;
    for (int32_t c = 0; c < WKS_CITY_lbm_won; c++)
        n_columns += kwb->column[c] != NULL;
    wks_text_addf(report, "%s: CBS Kerncijfers wijken en buurten", sheet->path);
    if (kwb->year != 0) wks_text_addf(report, " %d (year by %s)", (int)kwb->year, kwb->year_from);
    wks_text_addf(report, ", %s, %zu rows: %d gemeente, %d wijk and %d buurt rows; %d of our %d columns found among its %zu\n",
                  wks_sheet_kind_name(sheet->kind), sheet->n_rows, (int)n[WKS_KWB_GEMEENTE], (int)n[WKS_KWB_WIJK], (int)n[WKS_KWB_BUURT],
                  (int)n_columns, (int)WKS_CITY_lbm_won, sheet->n_columns);
}

static void describe_columns(const wks_kwb *kwb, const wks_draft *draft, wks_text *report)
{
    bool any = false;
    for (int32_t c = 0; c < WKS_CITY_lbm_won; c++)
        if (kwb->column[c] == NULL) {
            wks_text_addf(report, "%s %s", any ? "," : "columns missing:", wks_city_column_table[c].name);
            any = true;
        }
    if (any) wks_text_add(report, "\n");
    any = false;
    for (int32_t c = 0; c < WKS_CITY_lbm_won; c++) {
        int32_t n = 0;
        for (int32_t i = 0; i < draft->n_buurten; i++)
            n += isfinite(draft->buurt[i].value[c]);
        if (kwb->column[c] == NULL || n > 0) continue;
        wks_text_addf(report, "%s %s", any ? "," : "columns without a value for any buurt:", wks_city_column_table[c].name);
        any = true;
    }
    if (any) wks_text_add(report, "\n");
}

static wks_status read_files(const wks_cbs_options *options, wks_kwb *kwb, wks_text *report, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    for (size_t i = 0; i < options->n_files; i++) {
        wks_sheet sheet = {0};
        wks_err own = WKS_ERR_INIT;
        wks_status one = wks_sheet_read(options->file[i], wks_kwb_required, (size_t)wks_kwb_n_required, &sheet, problems, &own);
        if (one == WKS_OK && !wks_kwb_recognises(&sheet)) {
            wks_problems_error(problems, options->file[i], 1, 0,
                               "is no table of CBS key figures; expected columns such as gwb_code, recs, a_inw, a_hh, a_woning");
            one = wks_err_set(&own, WKS_ERR_DATA, "%s: not recognised", options->file[i]);
        }
        if (one == WKS_OK) one = wks_kwb_add(kwb, &sheet, options->year, problems, &own);
        if (one == WKS_OK) describe_file(kwb, &sheet, report);
        wks_sheet_free(&sheet);
        if (one == WKS_OK) continue;
        rc = wks_err_set(err, one, "%s", own.message);
        if (one != WKS_ERR_DATA) return rc; /* bad input: go on to the other files, all problems are wanted */
    }
    if (rc == WKS_OK && kwb->year == 0) {
        wks_problems_error(problems, options->file[0], 0, 0,
                           "of which year is it? Neither a column nor the name of file or sheet tells; expected --year YYYY");
        rc = wks_err_set(err, WKS_ERR_DATA, "the year is not known");
    }
    return rc;
}

static wks_status read_geometry(const wks_cbs_options *options, wks_draft *draft, wks_text *report, wks_problems *problems, wks_err *err)
{
    wks_geometry geometry = {0};
    if (options->geometry == NULL) {
        wks_problems_warning(problems, "--geometry", 0, 0, "not given: the city gets no map and no indicators based on distance");
        return WKS_OK;
    }
    wks_status rc = wks_ogr_polygons(options->geometry, &geometry, problems, err);
    int32_t n = geometry.n_areas;
    if (rc == WKS_OK) rc = wks_draft_take_geometry(draft, &geometry, options->geometry, problems, err);
    if (rc == WKS_OK)
        wks_text_addf(report, "%s: %d polygons of buurten, %d of this city (to EPSG:28992)\n", options->geometry, (int)n,
                      (int)draft->geometry.n_areas);
    wks_geometry_free(&geometry);
    return rc;
}

static wks_status read_scores(const wks_cbs_options *options, wks_draft *draft, wks_text *report, wks_problems *problems, wks_err *err)
{
    wks_leefbaarometer_report found;
    if (options->leefbaarometer == NULL) {
        wks_problems_warning(problems, "--leefbaarometer", 0, 0, "not given: the scores of buurten are estimated from their stock");
        return WKS_OK;
    }
    wks_status rc = wks_leefbaarometer_read(options->leefbaarometer, draft, &found, problems, err);
    if (rc == WKS_OK)
        wks_text_addf(report, "%s: Leefbaarometer 3.0 %s, %d rows, %d of this city; %d buurten without a score\n", options->leefbaarometer,
                      draft->lbm_year, (int)found.n_rows, (int)found.n_matched, (int)found.n_unscored);
    return rc;
}

/* Polygons and scores are both tried, so that the problems of both are shown. */
static wks_status read_all(const wks_cbs_options *options, wks_kwb *kwb, wks_draft *draft, wks_text *report, wks_problems *problems,
                           wks_err *err)
{
    wks_status rc = read_files(options, kwb, report, problems, err);
    if (rc != WKS_OK) return rc;
    rc = wks_draft_make(kwb, options->gemeente, options->n_gemeenten, draft, problems, err);
    if (rc != WKS_OK) return rc;
    describe_columns(kwb, draft, report);
    rc = read_geometry(options, draft, report, problems, err);
    if (rc != WKS_OK && rc != WKS_ERR_DATA) return rc;
    wks_status scores = read_scores(options, draft, report, problems, err);
    return rc != WKS_OK ? rc : scores;
}

static size_t list_inputs(const wks_cbs_options *options, wks_writer_input *out)
{
    size_t n = 0;
    for (size_t i = 0; i < options->n_files; i++)
        out[n++] = (wks_writer_input){options->file[i], "cbs"};
    if (options->geometry != NULL) out[n++] = (wks_writer_input){options->geometry, "geometry"};
    if (options->leefbaarometer != NULL) out[n++] = (wks_writer_input){options->leefbaarometer, "leefbaarometer"};
    return n;
}

/* Problems are dropped above a thousand; fewer than that were lost for want of memory, and quality.md would not have them. */
static bool lost_problems(const wks_problems *problems)
{
    return problems->n_dropped > 0 && problems->n < 1000;
}

wks_status wks_cbs_import(const wks_cbs_options *options, wks_text *report, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_kwb kwb = {0};
    wks_draft draft = {0};
    wks_writer_input *input = NULL;

    WKS_TRY(wks_writer_check_target(options->city, options->force, err));
    WKS_TRY(read_all(options, &kwb, &draft, report, problems, err));
    wks_fill_mark_rounding(&draft);
    WKS_TRY(wks_estimate_buurten(&draft, err));
    wks_fill_buurten(&draft);
    wks_estimate_fill_income(&draft);
    wks_estimate_fill_leefbaarheid(&draft);
    for (int32_t i = 0; i < draft.n_buurten; i++)
        for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++)
            WKS_BUG_IF(!isfinite(draft.buurt[i].value[c]));
    wks_quality_check_sums(&draft, options->file[0], problems);
    wks_quality_summary(&draft, report);
    input = wks_mem_array(options->n_files + 2, sizeof *input);
    if (report->failed || lost_problems(problems)) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the report");
    if (input == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the list of inputs");
    WKS_TRY(wks_writer_city(options->city, options->force, &draft, &kwb, input, list_inputs(options, input), problems, err));
    wks_text_addf(report, "written: %s\n", options->city);
out:
    free(input);
    wks_draft_free(&draft);
    wks_kwb_free(&kwb);
    return rc;
}
