#include "import/draft.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "import/choice.h"
#include "import/merge.h"
#include "import/national.h"
#include "import/polygons.h"

static void free_areas(wks_draft_area *area, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        free(area[i].code);
        free(area[i].name);
    }
    free(area);
}

void wks_draft_free(wks_draft *draft)
{
    if (draft == NULL) return;
    free_areas(draft->gemeente, draft->n_gemeenten);
    free_areas(draft->wijk, draft->n_wijken);
    free_areas(draft->buurt, draft->n_buurten);
    free(draft->nation.code);
    free(draft->nation.name);
    wks_geometry_free(&draft->geometry);
    memset(draft, 0, sizeof *draft);
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const wks_draft_area *)a)->code, ((const wks_draft_area *)b)->code);
}

static int32_t area_row(const wks_draft_area *area, int32_t n, const char *code)
{
    int32_t low = 0, high = n - 1;
    while (low <= high) {
        int32_t middle = low + (high - low) / 2;
        int order = strcmp(area[middle].code, code);
        if (order == 0) return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return -1;
}

int32_t wks_draft_buurt_row(const wks_draft *draft, const char *code)
{
    return area_row(draft->buurt, draft->n_buurten, code);
}

int32_t wks_draft_wijk_row(const wks_draft *draft, const char *code)
{
    return area_row(draft->wijk, draft->n_wijken, code);
}

int32_t wks_draft_gemeente_row(const wks_draft *draft, const char *code)
{
    return area_row(draft->gemeente, draft->n_gemeenten, code);
}

static wks_status set_area(wks_draft_area *out, const char *code, const char *name, const double *value, wks_err *err)
{
    memset(out, 0, sizeof *out);
    out->parent = -1;
    out->x_m = out->y_m = NAN;
    out->code = wks_mem_string(code);
    out->name = wks_mem_string(name);
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        out->value[c] = value != NULL ? value[c] : NAN;
        out->origin[c] = isfinite(out->value[c]) ? WKS_CITY_ORIGIN_published : WKS_DRAFT_MISSING;
    }
    return out->code == NULL || out->name == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for an area") : WKS_OK;
}

/* ---- areas ---- */

static void merge_into(wks_merge *merge, wks_area_level level, wks_draft *draft, wks_draft_area *area)
{
    area->has_background = wks_merge_area(merge, area->code, level, draft, area->value, area->origin);
}

static wks_status add_gemeenten(wks_merge *merge, const wks_choice *choice, const char *file, wks_draft *out, wks_problems *problems,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    for (int32_t i = 0; rc == WKS_OK && i < choice->n; i++) {
        if (!choice->is_chosen[i]) continue;
        wks_draft_area *area = &out->gemeente[out->n_gemeenten++];
        rc = set_area(area, choice->code[i], choice->name[i], NULL, err);
        if (rc != WKS_OK) break;
        merge_into(merge, WKS_AREA_GEMEENTE, out, area);
        if (!isfinite(area->value[WKS_CITY_persons]))
            wks_problems_warning(problems, file, 0, 0, "gemeente %s (%s) has no row of its own: sums of its buurten are not checked",
                                 choice->name[i], choice->code[i]);
    }
    return rc;
}

/* A wijk without a row is made when a buurt needs it: it has no figures, so filling goes on to the gemeente. */
static wks_status add_missing_wijken(const char *file, wks_draft *out, wks_problems *problems, wks_err *err)
{
    enum { MOST_NAMED = 3 };
    int32_t n_known = out->n_wijken, n_missing = 0;
    for (int32_t i = 0; i < out->n_buurten; i++) {
        char code[WKS_AREA_CODE_SIZE];
        wks_area_parent(out->buurt[i].code, WKS_AREA_WIJK, code);
        if (area_row(out->wijk, n_known, code) >= 0) continue;
        if (out->n_wijken > n_known && strcmp(out->wijk[out->n_wijken - 1].code, code) == 0) continue; /* buurten are sorted */
        if (n_missing++ < MOST_NAMED)
            wks_problems_warning(problems, file, 0, 0, "wijk %s has no row; what its buurten miss is filled from the gemeente", code);
        wks_status rc = set_area(&out->wijk[out->n_wijken++], code, code, NULL, err);
        if (rc != WKS_OK) return rc;
    }
    if (n_missing > MOST_NAMED) wks_problems_warning(problems, file, 0, 0, "and %d more wijken have no row", (int)(n_missing - MOST_NAMED));
    qsort(out->wijk, (size_t)out->n_wijken, sizeof *out->wijk, by_code);
    return WKS_OK;
}

/* Wijken and buurten of the tables of the edition, each code once. */
static wks_status add_rows(wks_merge *merge, const wks_choice *choice, wks_draft *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_codes seen = {0};
    char gemeente[WKS_AREA_CODE_SIZE];
    for (int32_t i = 0; i < merge->sources->n; i++) {
        const wks_source *source = &merge->sources->source[i];
        for (int32_t k = 0; source->year == merge->year && k < source->n_areas; k++) {
            const wks_source_area *area = &source->area[k];
            int32_t row = -1, n_seen = seen.n;
            if (area->code == NULL || (area->level != WKS_AREA_WIJK && area->level != WKS_AREA_BUURT)) continue;
            wks_area_parent(area->code, WKS_AREA_GEMEENTE, gemeente);
            row = wks_codes_row(&choice->codes, gemeente);
            if (row < 0 || !choice->is_chosen[row]) continue;
            WKS_TRY(wks_codes_add(&seen, area->code, &row, err));
            if (row < n_seen) continue;
            wks_draft_area *to = area->level == WKS_AREA_WIJK ? &out->wijk[out->n_wijken++] : &out->buurt[out->n_buurten++];
            WKS_TRY(set_area(to, area->code, area->name, NULL, err));
            merge_into(merge, area->level, out, to);
        }
    }
out:
    wks_codes_free(&seen);
    return rc;
}

/* A gemeente without rows of buurten as one area, its figures those of the gemeente. */
static wks_status add_whole(const wks_draft_area *gemeente, wks_draft *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text name = WKS_TEXT_INIT;
    char wijk[WKS_AREA_CODE_SIZE], buurt[WKS_AREA_CODE_SIZE];

    snprintf(wijk, sizeof wijk, "WK%.4sZZ", gemeente->code + 2);
    snprintf(buurt, sizeof buurt, "BU%.4sZZZZ", gemeente->code + 2);
    wks_text_addf(&name, "%s (hele gemeente)", gemeente->name);
    if (name.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a name");
    WKS_TRY(set_area(&out->wijk[out->n_wijken++], wijk, name.data, NULL, err));
    WKS_TRY(set_area(&out->buurt[out->n_buurten++], buurt, name.data, gemeente->value, err));
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++)
        if (isfinite(gemeente->value[c]))
            out->buurt[out->n_buurten - 1].origin[c] =
                gemeente->origin[c] == WKS_CITY_ORIGIN_published ? WKS_CITY_ORIGIN_gemeente : WKS_CITY_ORIGIN_estimated;
out:
    wks_text_free(&name);
    return rc;
}

/* While the gemeenten are still in the order of the choice. */
static wks_status add_without_buurten(const wks_choice *choice, const char *file, wks_draft *out, wks_text *report, wks_problems *problems,
                                      wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool as_one_area = choice->is_all && out->n_buurten > 0;
    if (choice->is_all && out->n_buurten == 0) {
        wks_problems_error(problems, file, 0, 0,
                           "no table has rows of kind Buurt, of none of %d gemeenten; expected the edition with buurten",
                           (int)out->n_gemeenten);
        return WKS_OK;
    }
    const wks_draft_area *next = out->gemeente;
    for (int32_t i = 0; rc == WKS_OK && i < choice->n; i++) {
        if (!choice->is_chosen[i]) continue;
        const wks_draft_area *gemeente = next++;
        if (choice->has_buurten[i]) continue;
        if (as_one_area && isfinite(gemeente->value[WKS_CITY_persons])) {
            wks_text_addf(report, "%s (%s): no rows of buurten; taken as one area\n", choice->name[i], choice->code[i]);
            rc = add_whole(gemeente, out, err);
        } else {
            wks_problems_error(problems, file, 0, 0, "gemeente %s (%s) has no rows of kind Buurt; expected the edition with buurten",
                               choice->name[i], choice->code[i]);
        }
    }
    return rc;
}

static void link_parents(wks_draft *draft)
{
    char code[WKS_AREA_CODE_SIZE];
    for (int32_t i = 0; i < draft->n_wijken; i++) {
        wks_area_parent(draft->wijk[i].code, WKS_AREA_GEMEENTE, code);
        draft->wijk[i].parent = area_row(draft->gemeente, draft->n_gemeenten, code);
    }
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        wks_area_parent(draft->buurt[i].code, WKS_AREA_WIJK, code);
        draft->buurt[i].parent = area_row(draft->wijk, draft->n_wijken, code);
        WKS_BUG_IF(draft->buurt[i].parent < 0);
    }
}

/* A table may have every code and no inhabitants: nothing can be made of that. */
static void check_inhabitants(const wks_draft *draft, const char *file, wks_problems *problems)
{
    for (int32_t i = 0; i < draft->n_buurten; i++)
        if (draft->buurt[i].value[WKS_CITY_persons] > 0.0) return;
    if (draft->n_buurten > 0)
        wks_problems_error(
            problems, file, 0, 0,
            "tells no inhabitants of buurten; expected a table that does, such as a CBS kwb workbook (a_inw), with it or instead");
}

/* The country's own row of the edition where it has a figure, else the table. */
static wks_status set_nation(wks_merge *merge, wks_draft *out, wks_err *err)
{
    wks_status rc = set_area(&out->nation, "NL00", "Nederland", NULL, err);
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        WKS_BUG_IF((int32_t)wks_national_table[c].column != c);
        for (int32_t k = 0; k < merge->sources->n && !isfinite(out->nation.value[c]); k++) {
            const wks_source *source = &merge->sources->source[merge->order[k]];
            int32_t row = wks_source_row(source, "NL00");
            if (row < 0 || source->year != merge->year) continue;
            out->nation.value[c] = source->area[row].value[c];
            if (isfinite(out->nation.value[c])) out->nation.origin[c] = WKS_CITY_ORIGIN_published;
        }
        if (!isfinite(out->nation.value[c])) {
            out->nation.value[c] = wks_national_table[c].value;
            out->nation.origin[c] = WKS_CITY_ORIGIN_national;
        }
        out->rounding[c] = 1;
    }
    return rc;
}

/* What tables of other years had for this city, and codes that changed. */
static void report_other_years(const wks_merge *merge, const wks_draft *draft, wks_text *report)
{
    for (int32_t i = 0; i < merge->sources->n; i++) {
        const wks_source *source = &merge->sources->source[i];
        if (source->year == merge->year) {
            int32_t n_changed = 0;
            for (int32_t b = 0; b < draft->n_buurten; b++) {
                int32_t row = wks_source_row(source, draft->buurt[b].code);
                n_changed += row >= 0 && source->area[row].value[WKS_COLUMNS_change] > 1.5;
            }
            if (n_changed > 0)
                wks_text_addf(report, "%s: %d buurten of this city have other borders or another code than in the edition before\n",
                              source->path, (int)n_changed);
            continue;
        }
        int32_t n[3] = {0};
        for (int32_t k = 0; k < draft->n_gemeenten; k++)
            n[0] += wks_source_row(source, draft->gemeente[k].code) >= 0;
        for (int32_t k = 0; k < draft->n_wijken; k++)
            n[1] += wks_source_row(source, draft->wijk[k].code) >= 0;
        for (int32_t k = 0; k < draft->n_buurten; k++)
            n[2] += wks_source_row(source, draft->buurt[k].code) >= 0;
        wks_text_addf(
            report,
            "%s: of %d, not %d: has the codes of %d of %d gemeenten, %d of %d wijken and %d of %d buurten of this city; used where "
            "the edition has nothing, marked estimated\n",
            source->path, (int)source->year, (int)merge->year, (int)n[0], (int)draft->n_gemeenten, (int)n[1], (int)draft->n_wijken,
            (int)n[2], (int)draft->n_buurten);
    }
    for (int32_t i = 0; i < merge->sources->n; i++)
        if (merge->n_other_place[i] > 0)
            wks_text_addf(report, "%s: %d of its areas not used: by name, borders or inhabitants their codes are of other places now\n",
                          merge->sources->source[i].path, (int)merge->n_other_place[i]);
}

static void warn_conflicts(const wks_merge *merge, wks_problems *problems)
{
    if (merge->n_conflicts == 0) return;
    wks_problems_warning(problems, merge->conflict_paths[1], 0, 0,
                         "%d %s from those of %s for the same year (first of %s): the latter are used", (int)merge->n_conflicts,
                         merge->n_conflicts == 1 ? "figure differs" : "figures differ", merge->conflict_paths[0], merge->conflict_code);
}

static wks_status open_draft(const wks_sources *sources, const wks_choice *choice, wks_draft *out, wks_err *err)
{
    size_t n = (size_t)choice->n;
    for (int32_t i = 0; i < sources->n; i++)
        n += sources->source[i].year == out->year ? (size_t)sources->source[i].n_areas : 0;
    out->gemeente = wks_mem_array((size_t)choice->n, sizeof *out->gemeente);
    out->wijk = wks_mem_array(2 * n, sizeof *out->wijk);
    out->buurt = wks_mem_array(n, sizeof *out->buurt);
    return out->gemeente == NULL || out->wijk == NULL || out->buurt == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for the city")
                                                                            : WKS_OK;
}

wks_status wks_draft_make(const wks_sources *sources, const char *const *chosen, size_t n_chosen, wks_draft *out, wks_text *report,
                          wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_choice choice = {0};
    wks_merge merge = {0};
    size_t n_errors = problems->n_errors;
    const wks_source *base = wks_sources_base(sources);

    memset(out, 0, sizeof *out);
    WKS_BUG_IF(base == NULL);
    out->year = base->year;
    WKS_TRY(wks_merge_init(sources, &merge, err));
    WKS_TRY(set_nation(&merge, out, err));
    WKS_TRY(wks_choice_make(sources, chosen, n_chosen, &choice, problems, err));
    WKS_TRY(open_draft(sources, &choice, out, err));
    WKS_TRY(add_gemeenten(&merge, &choice, base->path, out, problems, err));
    WKS_TRY(add_rows(&merge, &choice, out, err));
    WKS_TRY(add_without_buurten(&choice, base->path, out, report, problems, err));
    qsort(out->gemeente, (size_t)out->n_gemeenten, sizeof *out->gemeente, by_code);
    qsort(out->wijk, (size_t)out->n_wijken, sizeof *out->wijk, by_code);
    qsort(out->buurt, (size_t)out->n_buurten, sizeof *out->buurt, by_code);
    WKS_TRY(add_missing_wijken(base->path, out, problems, err));
    link_parents(out);
    check_inhabitants(out, base->path, problems);
    report_other_years(&merge, out, report);
    warn_conflicts(&merge, problems);
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "the city cannot be made from these rows");
out:
    wks_choice_free(&choice);
    wks_merge_free(&merge);
    if (rc != WKS_OK) wks_draft_free(out);
    return rc;
}

/* ---- geometry ---- */

static bool in_city(const wks_draft *draft, const char *code)
{
    char gemeente[WKS_AREA_CODE_SIZE];
    wks_area_parent(code, WKS_AREA_GEMEENTE, gemeente);
    return area_row(draft->gemeente, draft->n_gemeenten, gemeente) >= 0;
}

wks_status wks_draft_take_geometry(wks_draft *draft, wks_geometry *geometry, const char *path, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n_strange = 0;
    const char *first = NULL;
    bool *keep = wks_mem_array((size_t)geometry->n_areas, sizeof *keep);

    if (keep == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the geometry");
    for (int32_t a = 0; a < geometry->n_areas; a++) {
        const char *code = geometry->code[a];
        keep[a] = wks_draft_buurt_row(draft, code) >= 0;
        if (keep[a] || !in_city(draft, code)) continue;
        if (n_strange++ == 0) first = code;
    }
    WKS_TRY(wks_polygons_subset(geometry, keep, &draft->geometry, err));
    if (draft->geometry.n_areas == 0) {
        wks_problems_error(problems, path, 0, 0, "none of its %d polygons is of a buurt of this city; expected codes such as %s",
                           (int)geometry->n_areas, draft->buurt[0].code);
        WKS_FAIL(err, WKS_ERR_DATA, "%s: polygons of another place", path);
    }
    if (n_strange > 0)
        wks_problems_warning(problems, path, 0, 0,
                             "%d polygons have codes that the CBS file lacks (first %s): left out; are they of another year?",
                             (int)n_strange, first);
    for (int32_t a = 0; a < draft->geometry.n_areas; a++) {
        wks_draft_area *buurt = &draft->buurt[wks_draft_buurt_row(draft, draft->geometry.code[a])];
        wks_geometry_centroid(&draft->geometry, a, &buurt->x_m, &buurt->y_m);
        buurt->x_m = wks_polygons_decimetre(buurt->x_m);
        buurt->y_m = wks_polygons_decimetre(buurt->y_m);
    }
out:
    free(keep);
    wks_geometry_free(geometry);
    return rc;
}
