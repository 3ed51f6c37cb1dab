#include "import/cbs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "import/draft.h"
#include "import/estimate.h"
#include "import/estimate_buurten.h"
#include "import/fill.h"
#include "import/gemeenten.h"
#include "import/leefbaarometer.h"
#include "import/ogr.h"
#include "import/quality.h"
#include "import/regions.h"
#include "import/sheet.h"
#include "import/sources.h"
#include "import/writer.h"

/* The files by what they are. The lists have room for all files of the command. */
typedef struct inputs {
    wks_sources sources;
    const char **map, **score;
    size_t n_maps, n_scores;
} inputs;

static void describe_columns(const wks_sources *sources, const wks_draft *draft, wks_text *report)
{
    bool any = false;
    bool is_there[WKS_CITY_lbm_won] = {false};
    for (int32_t c = 0; c < WKS_CITY_lbm_won; c++) {
        for (int32_t i = 0; i < sources->n; i++)
            is_there[c] = is_there[c] || sources->source[i].column[c] != NULL;
        if (is_there[c]) continue;
        wks_text_addf(report, "%s %s", any ? "," : "columns missing:", wks_city_column_table[c].name);
        any = true;
    }
    if (any) wks_text_add(report, "\n");
    any = false;
    for (int32_t c = 0; c < WKS_CITY_lbm_won; c++) {
        int32_t n = 0;
        for (int32_t i = 0; i < draft->n_buurten; i++)
            n += isfinite(draft->buurt[i].value[c]);
        if (!is_there[c] || n > 0) continue;
        wks_text_addf(report, "%s %s", any ? "," : "columns without a value for any buurt:", wks_city_column_table[c].name);
        any = true;
    }
    if (any) wks_text_add(report, "\n");
}

static wks_status add_table(const wks_cbs_options *options, const char *path, inputs *in, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_sheet sheet = {0};
    WKS_TRY(wks_sheet_read(path, wks_source_wanted, (size_t)wks_source_n_wanted, &sheet, problems, err));
    if (wks_leefbaarometer_recognises(&sheet)) {
        in->score[in->n_scores++] = path;
    } else if (wks_source_recognises(&sheet)) {
        WKS_TRY(wks_sources_add(&in->sources, &sheet, options->year, problems, err));
    } else {
        wks_problems_error(problems, path, 1, 0,
                           "is no table of CBS key figures; expected columns such as gwb_code, recs, a_inw, a_hh, a_woning, or StatLine's "
                           "'Regioaanduiding/Codering (code)', 'Bevolking/Aantal inwoners (aantal)'%s",
                           sheet.n_columns == 1 ? "; its first line holds one name only: is there a title above the header?" : "");
        WKS_FAIL(err, WKS_ERR_DATA, "%s: not recognised", path);
    }
out:
    wks_sheet_free(&sheet);
    return rc;
}

/* A map: its polygons later, its attributes now where they are key figures. */
static wks_status add_map(const wks_cbs_options *options, const char *path, inputs *in, wks_problems *problems, wks_err *err)
{
    int n_layers = 1;
    int32_t n_before = in->sources.n;
    for (int i = 0; i < n_layers; i++) {
        wks_sheet sheet = {0};
        wks_status rc = wks_ogr_attributes(path, i, &sheet, &n_layers, problems, err);
        if (rc != WKS_OK) return rc;
        if (wks_leefbaarometer_recognises(&sheet))
            in->score[in->n_scores++] = path;
        else if (wks_source_recognises(&sheet) &&
                 wks_columns_role_of(WKS_COLUMNS_CODE, (const char *const *)sheet.header, sheet.n_columns) >= 0)
            rc = wks_sources_add(&in->sources, &sheet, options->year, problems, err);
        wks_sheet_free(&sheet);
        if (rc != WKS_OK) return rc;
    }
    /* A map of wijken or gemeenten is of use for its figures; one that has none either is told so when its polygons are read. */
    if (in->sources.n == n_before || wks_ogr_has_buurten(path)) in->map[in->n_maps++] = path;
    return WKS_OK;
}

static wks_status add_file(const wks_cbs_options *options, const char *path, inputs *in, wks_problems *problems, wks_err *err)
{
    wks_sheet_kind kind;
    wks_status rc = wks_sheet_kind_of(path, &kind, problems, err);
    if (rc != WKS_OK) return rc;
    return wks_sheet_is_map(kind) ? add_map(options, path, in, problems, err) : add_table(options, path, in, problems, err);
}

/* A file given twice is read once; `n` have been read. */
static bool is_repeated(const char *const *file, size_t n, const char *path)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(file[i], path) == 0) return true;
    return false;
}

static void add_once(const char **list, size_t *n, const char *path, const char *option, wks_problems *problems)
{
    if (is_repeated(list, *n, path))
        wks_problems_warning(problems, path, 0, 0, "was given already; %s is read once", option);
    else
        list[(*n)++] = path;
}

/* Bad input of one file: go on to the others, all problems are wanted. */
static wks_status read_files(const wks_cbs_options *options, inputs *in, wks_text *report, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    for (size_t i = 0; i < options->n_files; i++) {
        wks_err own = WKS_ERR_INIT;
        if (is_repeated(options->file, i, options->file[i])) {
            wks_problems_warning(problems, options->file[i], 0, 0, "was given twice; it is read once");
            continue;
        }
        wks_status one = add_file(options, options->file[i], in, problems, &own);
        if (one == WKS_OK) continue;
        rc = wks_err_set(err, one, "%s", own.message);
        if (one != WKS_ERR_DATA) return rc;
    }
    for (size_t i = 0; i < options->n_geometries; i++)
        add_once(in->map, &in->n_maps, options->geometry[i], "a map", problems);
    for (size_t i = 0; i < options->n_leefbaarometers; i++)
        add_once(in->score, &in->n_scores, options->leefbaarometer[i], "a table of scores", problems);
    if (rc != WKS_OK) return rc;
    if (in->sources.n == 0) {
        wks_problems_error(
            problems, options->file[0], 0, 0,
            "no file holds key figures; expected a table with the inhabitants of buurten (a CBS kwb workbook, its csv, or a StatLine "
            "export)");
        return wks_err_set(err, WKS_ERR_DATA, "no key figures");
    }
    rc = wks_sources_link(&in->sources, report, problems, err);
    for (int32_t i = 0; i < in->sources.n; i++)
        wks_sources_describe(&in->sources.source[i], report);
    return rc;
}

static wks_status read_geometry(const inputs *in, wks_draft *draft, wks_text *report, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK, bad = WKS_OK;
    wks_geometry geometry = {0};
    wks_polygons all = {0};
    if (in->n_maps == 0) {
        wks_problems_warning(problems, "--geometry", 0, 0, "not given: the city gets no map and no indicators based on distance");
        return WKS_OK;
    }
    for (size_t i = 0; i < in->n_maps; i++) {
        int32_t before = all.codes.n;
        rc = wks_ogr_polygons(in->map[i], &all, problems, err);
        if (rc == WKS_ERR_DATA)
            bad = rc;
        else if (rc != WKS_OK)
            goto out;
        else
            wks_text_addf(report, "%s: %d polygons of buurten (to EPSG:28992)\n", in->map[i], (int)(all.codes.n - before));
    }
    rc = bad;
    if (rc != WKS_OK) goto out;
    WKS_TRY(wks_polygons_pack(&all, &geometry, err));
    WKS_TRY(wks_draft_take_geometry(draft, &geometry, in->map[0], problems, err));
    wks_text_addf(report, "%d polygons are of this city\n", (int)draft->geometry.n_areas);
out:
    wks_polygons_free(&all);
    wks_geometry_free(&geometry);
    return rc;
}

static wks_status read_scores(const inputs *in, wks_draft *draft, wks_text *report, wks_problems *problems, wks_err *err)
{
    static const char *const kinds[] = {"land", "gemeenten", "wijken", "buurten"};
    wks_status rc = WKS_OK;
    if (in->n_scores == 0) {
        wks_problems_warning(problems, "--leefbaarometer", 0, 0, "not given: the scores of buurten are estimated from their stock");
        return WKS_OK;
    }
    for (size_t i = 0; i < in->n_scores; i++) {
        wks_leefbaarometer_report found;
        wks_status one = wks_leefbaarometer_read(in->score[i], draft, &found, problems, err);
        if (one != WKS_OK && one != WKS_ERR_DATA) return one;
        if (one != WKS_OK) {
            rc = one;
            continue;
        }
        wks_text_addf(report, "%s: Leefbaarometer %d.0%s%s, %d rows, %d %s of this city\n", in->score[i], (int)found.version,
                      found.year[0] != '\0' ? " of " : "", found.year, (int)found.n_rows, (int)found.n_matched, kinds[found.level]);
    }
    if (rc == WKS_OK) {
        int32_t n = wks_leefbaarometer_check(draft, in->score[0], problems);
        wks_text_addf(report, "%d buurten have no score of their own\n", (int)n);
    }
    return rc;
}

/* Figures whose level no table of the gemeente tells: then it is the country's, which can be far off. */
static void warn_levels(const wks_cbs_options *options, const wks_draft *draft, wks_problems *problems)
{
    static const wks_city_column needed[] = {WKS_CITY_households, WKS_CITY_dwellings, WKS_CITY_share_owner, WKS_CITY_share_corporatie,
                                             WKS_CITY_woz_eur};
    wks_text names = WKS_TEXT_INIT;
    for (size_t k = 0; k < sizeof needed / sizeof *needed; k++) {
        int32_t n_untold = 0, n = 0;
        for (int32_t g = 0; g < draft->n_gemeenten; g++)
            n_untold += !isfinite(draft->gemeente[g].value[needed[k]]);
        for (int32_t i = 0; i < draft->n_buurten; i++)
            n += isfinite(draft->buurt[i].value[needed[k]]);
        if (n_untold == 0 || 2 * n >= draft->n_buurten) continue;
        wks_text_addf(&names, "%s%s", names.length > 0 ? ", " : "", wks_city_column_table[needed[k]].name);
        if (draft->n_gemeenten > 1) wks_text_addf(&names, " (%d of %d gemeenten)", (int)n_untold, (int)draft->n_gemeenten);
    }
    if (names.length > 0)
        wks_problems_warning(
            problems, options->file[0], 0, 0,
            "no table tells %s of the gemeente or most of its buurten: their level is estimated from the country's; add a table "
            "that has them (key figures of gemeenten)",
            names.data);
    wks_text_free(&names);
}

/* Polygons and scores are both tried, so that the problems of both are shown. */
static wks_status read_all(const wks_cbs_options *options, inputs *in, wks_draft *draft, wks_text *report, wks_problems *problems,
                           wks_err *err)
{
    wks_status rc = read_files(options, in, report, problems, err);
    if (rc != WKS_OK) return rc;
    rc = wks_draft_make(&in->sources, options->gemeente, options->n_gemeenten, draft, report, problems, err);
    if (rc != WKS_OK) return rc;
    describe_columns(&in->sources, draft, report);
    warn_levels(options, draft, problems);
    rc = read_geometry(in, draft, report, problems, err);
    if (rc != WKS_OK && rc != WKS_ERR_DATA) return rc;
    wks_status scores = read_scores(in, draft, report, problems, err);
    return rc != WKS_OK ? rc : scores;
}

/* Every file once, under its first role. */
static size_t list_inputs(const wks_cbs_options *options, const inputs *in, wks_writer_input *out)
{
    size_t n = 0;
    for (size_t i = 0; i < options->n_files; i++) {
        const char *role = "cbs";
        if (is_repeated(options->file, i, options->file[i])) continue;
        for (size_t k = 0; k < in->n_maps; k++)
            if (in->map[k] == options->file[i]) role = "geometry";
        for (size_t k = 0; k < in->n_scores; k++)
            if (in->score[k] == options->file[i]) role = "leefbaarometer";
        out[n++] = (wks_writer_input){options->file[i], role};
    }
    for (size_t i = 0; i < options->n_geometries; i++)
        if (!is_repeated(options->geometry, i, options->geometry[i]) && !is_repeated(options->file, options->n_files, options->geometry[i]))
            out[n++] = (wks_writer_input){options->geometry[i], "geometry"};
    for (size_t i = 0; i < options->n_leefbaarometers; i++)
        if (!is_repeated(options->leefbaarometer, i, options->leefbaarometer[i]) &&
            !is_repeated(options->file, options->n_files, options->leefbaarometer[i]))
            out[n++] = (wks_writer_input){options->leefbaarometer[i], "leefbaarometer"};
    return n;
}

/* Problems are dropped above a thousand; fewer than that were lost for want of memory, and quality.md would not have them. */
static bool lost_problems(const wks_problems *problems)
{
    return problems->n_dropped > 0 && problems->n < 1000;
}

static wks_status open_inputs(const wks_cbs_options *options, inputs *out, wks_err *err)
{
    size_t n = options->n_files + options->n_geometries + options->n_leefbaarometers;
    out->map = wks_mem_array(n, sizeof *out->map);
    out->score = wks_mem_array(n, sizeof *out->score);
    return out->map == NULL || out->score == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for the list of files") : WKS_OK;
}

static void tell_missing(const wks_cbs_options *options, wks_problems *problems)
{
    const char *const *const list[] = {options->file, options->geometry, options->leefbaarometer};
    const size_t n[] = {options->n_files, options->n_geometries, options->n_leefbaarometers};

    for (size_t k = 0; k < sizeof list / sizeof *list; k++)
        for (size_t i = 0; i < n[k]; i++)
            if (!wks_file_exists(list[k][i])) wks_problems_error(problems, list[k][i], 0, 0, "no such file");
}

/* In a country nobody looks for a home everywhere. */
static bool is_by_gemeente(const wks_cbs_options *options)
{
    bool all = false;

    for (size_t i = 0; i < options->n_gemeenten; i++)
        all |= wks_gemeenten_equal("all", options->gemeente[i]);
    return options->regio == WKS_CBS_REGIO_GEMEENTE || (options->regio == WKS_CBS_REGIO_DEFAULT && all);
}

wks_status wks_cbs_import(const wks_cbs_options *options, wks_text *report, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    inputs in = {0};
    wks_draft draft = {0};
    wks_writer_input *input = NULL;

    rc = wks_writer_check_target(options->city, options->force, err);
    if (rc != WKS_OK) tell_missing(options, problems); /* both at once */
    if (rc != WKS_OK) goto out;
    WKS_TRY(open_inputs(options, &in, err));
    WKS_TRY(read_all(options, &in, &draft, report, problems, err));
    wks_regions_fill(&draft, options->inschrijfduur_years);
    draft.by_gemeente = is_by_gemeente(options) && draft.n_gemeenten > 1;
    if (draft.by_gemeente) wks_text_addf(report, "regio: homes are looked for by gemeente (--regio stad: everywhere)\n");
    if (draft.inschrijfduur_years > 0.0 &&
        (draft.inschrijfduur_years < WKS_REGIONS_LEAST_YEARS || draft.inschrijfduur_years > WKS_REGIONS_MOST_YEARS))
        wks_problems_warning(problems, "inschrijfduur", 0, 0,
                             "%g years is beyond what the model tells apart (%g to %g): the nearest is used", draft.inschrijfduur_years,
                             WKS_REGIONS_LEAST_YEARS, WKS_REGIONS_MOST_YEARS);
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
    input = wks_mem_array(options->n_files + options->n_geometries + options->n_leefbaarometers, sizeof *input);
    if (report->failed || lost_problems(problems)) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the report");
    if (input == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the list of inputs");
    WKS_TRY(wks_writer_city(options->city, options->force, &draft, input, list_inputs(options, &in, input), problems, err));
    wks_text_addf(report, "written: %s\n", options->city);
out:
    free(input);
    free(in.map);
    free(in.score);
    wks_sources_free(&in.sources);
    wks_draft_free(&draft);
    return rc;
}
