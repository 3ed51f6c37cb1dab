#include "import/draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
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

/* ---- which gemeenten ---- */

/* The gemeenten that occur in a file, from any of its rows (a file cut by hand may lack the gemeente's own). */
typedef struct gemeente_list {
    char (*code)[11];
    const char **name;
    int32_t n;
} gemeente_list;

static wks_status list_gemeenten(const wks_kwb *kwb, gemeente_list *out, wks_err *err)
{
    out->code = wks_mem_array((size_t)kwb->n_areas, sizeof *out->code);
    out->name = wks_mem_array((size_t)kwb->n_areas, sizeof *out->name);
    if (out->code == NULL || out->name == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the gemeenten");
    for (int32_t i = 0; i < kwb->n_areas; i++) {
        const wks_kwb_area *area = &kwb->area[i];
        if (area->level == WKS_KWB_LAND) continue;
        char code[11];
        wks_kwb_parent_code(area->code, WKS_KWB_GEMEENTE, code);
        int32_t k = out->n - 1;
        while (k >= 0 && strcmp(out->code[k], code) != 0)
            k--;
        if (k >= 0) continue;
        strcpy(out->code[out->n], code);
        out->name[out->n++] = area->gemeente_name;
    }
    return WKS_OK;
}

static void report_unknown_gemeente(const gemeente_list *list, const char *file, const char *asked, wks_problems *problems, wks_err *err)
{
    char nearest[160];
    const char **names = wks_mem_array((size_t)list->n * 2, sizeof *names);
    if (names == NULL) {
        wks_err_set(err, WKS_ERR_NOMEM, "no memory for names");
        return;
    }
    for (int32_t i = 0; i < list->n; i++) {
        names[i] = list->name[i];
        names[list->n + i] = list->code[i];
    }
    wks_problems_error(problems, file, 0, 0, "no gemeente '%s' in this file; expected a name or code out of its %d%s", asked, (int)list->n,
                       wks_problems_nearest(asked, names, (size_t)list->n * 2, nearest));
    free(names);
}

/* Marks the gemeenten chosen in `is_chosen`. */
static wks_status choose(const wks_kwb *kwb, const gemeente_list *list, const char *const *chosen, size_t n_chosen, bool *is_chosen,
                         wks_problems *problems, wks_err *err)
{
    const char *file = kwb->n_paths > 0 ? kwb->path[0] : "kwb";
    if (n_chosen == 0) {
        if (list->n == 1) {
            is_chosen[0] = true;
            return WKS_OK;
        }
        wks_problems_error(problems, file, 0, 0,
                           "holds %d gemeenten%s%s; expected one, or --gemeente NAME for each that the city should have", (int)list->n,
                           list->n > 0 ? ", among them " : "", list->n > 0 ? list->name[0] : "");
        return wks_err_set(err, WKS_ERR_DATA, "%s: which gemeente?", file);
    }
    bool all = true;
    for (size_t k = 0; k < n_chosen; k++) {
        int32_t found = -1;
        for (int32_t i = 0; i < list->n; i++)
            if (wks_text_equal_nocase(chosen[k], list->name[i]) || wks_text_equal_nocase(chosen[k], list->code[i])) found = i;
        if (found >= 0) {
            is_chosen[found] = true;
        } else {
            report_unknown_gemeente(list, file, chosen[k], problems, err);
            all = false;
        }
    }
    return all ? WKS_OK : wks_err_set(err, WKS_ERR_DATA, "%s: unknown gemeente", file);
}

static bool in_list(const gemeente_list *list, const bool *is_chosen, const char *code)
{
    char gemeente[11];
    wks_kwb_parent_code(code, WKS_KWB_GEMEENTE, gemeente);
    for (int32_t i = 0; i < list->n; i++)
        if (is_chosen[i] && strcmp(list->code[i], gemeente) == 0) return true;
    return false;
}

/* ---- areas ---- */

static wks_status add_gemeenten(const wks_kwb *kwb, const gemeente_list *list, const bool *is_chosen, wks_draft *out,
                                wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    for (int32_t i = 0; rc == WKS_OK && i < list->n; i++) {
        if (!is_chosen[i]) continue;
        int32_t row = wks_kwb_row(kwb, list->code[i]);
        if (row < 0)
            wks_problems_warning(problems, kwb->path[0], 0, 0,
                                 "gemeente %s (%s) has no row of its own: sums of its buurten are not checked", list->name[i],
                                 list->code[i]);
        rc = set_area(&out->gemeente[out->n_gemeenten++], list->code[i], list->name[i], row >= 0 ? kwb->area[row].value : NULL, err);
    }
    return rc;
}

/* A wijk without a row is made when a buurt needs it: it has no figures, so filling goes on to the gemeente. */
static wks_status add_missing_wijken(const wks_kwb *kwb, wks_draft *out, wks_problems *problems, wks_err *err)
{
    int32_t n_known = out->n_wijken;
    for (int32_t i = 0; i < out->n_buurten; i++) {
        char code[11];
        wks_kwb_parent_code(out->buurt[i].code, WKS_KWB_WIJK, code);
        bool found = area_row(out->wijk, n_known, code) >= 0;
        for (int32_t k = n_known; !found && k < out->n_wijken; k++)
            found = strcmp(out->wijk[k].code, code) == 0;
        if (found) continue;
        wks_problems_warning(problems, kwb->path[0], 0, 0, "wijk %s has no row; what its buurten miss is filled from the gemeente", code);
        wks_status rc = set_area(&out->wijk[out->n_wijken++], code, code, NULL, err);
        if (rc != WKS_OK) return rc;
    }
    qsort(out->wijk, (size_t)out->n_wijken, sizeof *out->wijk, by_code);
    return WKS_OK;
}

static wks_status add_rows(const wks_kwb *kwb, const gemeente_list *list, const bool *is_chosen, wks_draft *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    for (int32_t i = 0; rc == WKS_OK && i < kwb->n_areas; i++) {
        const wks_kwb_area *area = &kwb->area[i];
        if (area->level != WKS_KWB_WIJK && area->level != WKS_KWB_BUURT) continue;
        if (!in_list(list, is_chosen, area->code)) continue;
        wks_draft_area *to = area->level == WKS_KWB_WIJK ? &out->wijk[out->n_wijken++] : &out->buurt[out->n_buurten++];
        rc = set_area(to, area->code, area->name, area->value, err);
    }
    return rc;
}

static void link_parents(wks_draft *draft)
{
    char code[11];
    for (int32_t i = 0; i < draft->n_wijken; i++) {
        wks_kwb_parent_code(draft->wijk[i].code, WKS_KWB_GEMEENTE, code);
        draft->wijk[i].parent = area_row(draft->gemeente, draft->n_gemeenten, code);
    }
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        wks_kwb_parent_code(draft->buurt[i].code, WKS_KWB_WIJK, code);
        draft->buurt[i].parent = area_row(draft->wijk, draft->n_wijken, code);
        WKS_BUG_IF(draft->buurt[i].parent < 0);
    }
}

static void check_buurten(const wks_draft *draft, const wks_kwb *kwb, wks_problems *problems)
{
    for (int32_t g = 0; g < draft->n_gemeenten; g++) {
        int32_t n = 0;
        for (int32_t i = 0; i < draft->n_buurten; i++)
            n += draft->wijk[draft->buurt[i].parent].parent == g;
        if (n == 0)
            wks_problems_error(problems, kwb->path[0], 0, 0,
                               "gemeente %s (%s) has no rows of kind Buurt; expected the edition with buurten", draft->gemeente[g].name,
                               draft->gemeente[g].code);
    }
}

/* The country's own row of the file where it has a figure, else the table. */
static wks_status set_nation(const wks_kwb *kwb, wks_draft *out, wks_err *err)
{
    int32_t row = wks_kwb_row(kwb, "NL00");
    wks_status rc = set_area(&out->nation, "NL00", "Nederland", row >= 0 ? kwb->area[row].value : NULL, err);
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        WKS_BUG_IF((int32_t)wks_national_table[c].column != c);
        if (!isfinite(out->nation.value[c])) {
            out->nation.value[c] = wks_national_table[c].value;
            out->nation.origin[c] = WKS_CITY_ORIGIN_national;
        }
        out->rounding[c] = 1;
    }
    return rc;
}

wks_status wks_draft_make(const wks_kwb *kwb, const char *const *chosen, size_t n_chosen, wks_draft *out, wks_problems *problems,
                          wks_err *err)
{
    wks_status rc = WKS_OK;
    gemeente_list list = {0};
    bool *is_chosen = NULL;
    size_t n = (size_t)kwb->n_areas, n_errors = problems->n_errors;

    memset(out, 0, sizeof *out);
    out->year = kwb->year;
    WKS_TRY(set_nation(kwb, out, err));
    WKS_TRY(list_gemeenten(kwb, &list, err));
    is_chosen = wks_mem_array((size_t)list.n, sizeof *is_chosen);
    out->gemeente = wks_mem_array((size_t)list.n, sizeof *out->gemeente);
    out->wijk = wks_mem_array(2 * n, sizeof *out->wijk);
    out->buurt = wks_mem_array(n, sizeof *out->buurt);
    if (is_chosen == NULL || out->gemeente == NULL || out->wijk == NULL || out->buurt == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the city");
    WKS_TRY(choose(kwb, &list, chosen, n_chosen, is_chosen, problems, err));
    WKS_TRY(add_gemeenten(kwb, &list, is_chosen, out, problems, err));
    WKS_TRY(add_rows(kwb, &list, is_chosen, out, err));
    qsort(out->gemeente, (size_t)out->n_gemeenten, sizeof *out->gemeente, by_code);
    qsort(out->wijk, (size_t)out->n_wijken, sizeof *out->wijk, by_code);
    qsort(out->buurt, (size_t)out->n_buurten, sizeof *out->buurt, by_code);
    WKS_TRY(add_missing_wijken(kwb, out, problems, err));
    link_parents(out);
    check_buurten(out, kwb, problems);
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "the city cannot be made from these rows");
out:
    free(list.code);
    free(list.name);
    free(is_chosen);
    if (rc != WKS_OK) wks_draft_free(out);
    return rc;
}

/* ---- geometry ---- */

static bool in_city(const wks_draft *draft, const char *code)
{
    char gemeente[11];
    wks_kwb_parent_code(code, WKS_KWB_GEMEENTE, gemeente);
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
