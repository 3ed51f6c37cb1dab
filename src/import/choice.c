#include "import/choice.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "import/area.h"
#include "import/gemeenten.h"

void wks_choice_free(wks_choice *choice)
{
    wks_codes_free(&choice->codes);
    free(choice->name);
    free(choice->has_buurten);
    free(choice->is_chosen);
    *choice = (wks_choice){0};
}

/* ---- which there are ---- */

static wks_status list_area(wks_choice *list, const wks_source_area *area, wks_err *err)
{
    char code[WKS_AREA_CODE_SIZE];
    int32_t k = -1;
    if (area->code == NULL || area->level == WKS_AREA_LAND) return WKS_OK;
    wks_area_parent(area->code, WKS_AREA_GEMEENTE, code);
    wks_status rc = wks_codes_add(&list->codes, code, &k, err);
    if (rc != WKS_OK) return rc;
    if (list->name[k] == NULL || list->name[k][0] == '\0') list->name[k] = area->gemeente_name;
    if (area->level == WKS_AREA_BUURT) list->has_buurten[k] = true;
    list->code = list->codes.code;
    list->n = list->codes.n;
    return WKS_OK;
}

static wks_status list_all(const wks_sources *sources, int32_t year, wks_choice *out, wks_err *err)
{
    size_t n = 0;
    for (int32_t i = 0; i < sources->n; i++)
        n += sources->source[i].year == year ? (size_t)sources->source[i].n_areas : 0;
    out->name = wks_mem_array(n, sizeof *out->name);
    out->has_buurten = wks_mem_array(n, sizeof *out->has_buurten);
    out->is_chosen = wks_mem_array(n, sizeof *out->is_chosen);
    if (out->name == NULL || out->has_buurten == NULL || out->is_chosen == NULL)
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the gemeenten");
    for (int32_t i = 0; i < sources->n; i++)
        for (int32_t k = 0; sources->source[i].year == year && k < sources->source[i].n_areas; k++) {
            wks_status rc = list_area(out, &sources->source[i].area[k], err);
            if (rc != WKS_OK) return rc;
        }
    for (int32_t k = 0; k < out->n; k++)
        if (out->name[k][0] == '\0') out->name[k] = out->code[k]; /* tables without names of gemeenten */
    return WKS_OK;
}

/* ---- which are asked for ---- */

static void report_unknown(const wks_choice *list, const char *file, const char *asked, wks_problems *problems, wks_err *err)
{
    char nearest[160];
    const wks_gemeenten_merger *merger = wks_gemeenten_merged(asked);
    if (merger != NULL) {
        wks_problems_error(problems, file, 0, 0, "no gemeente '%s' in this file: it went into %s on 1 January %d; expected '%s'", asked,
                           merger->new_name, (int)merger->year, merger->new_name);
        return;
    }
    char code[WKS_AREA_CODE_SIZE];
    const bool is_code = wks_gemeenten_parse_code(asked, code); /* a code near another says nothing */
    const char **names = wks_mem_array((size_t)list->n, sizeof *names);
    if (names == NULL) {
        wks_err_set(err, WKS_ERR_NOMEM, "no memory for names");
        return;
    }
    for (int32_t i = 0; i < list->n; i++)
        names[i] = list->name[i];
    if (list->n == 1)
        wks_problems_error(problems, file, 0, 0, "no gemeente '%s' in this file; it holds only %s (%s)", asked, list->name[0],
                           list->code[0]);
    else
        wks_problems_error(problems, file, 0, 0, "no gemeente '%s' in this file; expected the name or code of one of its %d gemeenten%s",
                           asked, (int)list->n, is_code ? "" : wks_problems_nearest(asked, names, (size_t)list->n, nearest));
    free(names);
}

static bool choose_one(wks_choice *list, const char *asked)
{
    const char *official = wks_gemeenten_official(asked);
    char code[WKS_AREA_CODE_SIZE] = "";
    bool found = false, all = wks_gemeenten_equal("all", asked);
    (void)wks_gemeenten_parse_code(asked, code);
    for (int32_t i = 0; i < list->n; i++)
        if (all || wks_gemeenten_equal(official, list->name[i]) || wks_gemeenten_equal(asked, list->name[i]) ||
            strcmp(code, list->code[i]) == 0 || wks_gemeenten_equal(asked, list->code[i]))
            found = list->is_chosen[i] = true;
    return found;
}

/* By the name without what CBS or the user puts around it ("Hengelo" for "Hengelo (O.)", "gemeente Breda"): the only one, else a problem is
 * reported. */
static bool choose_loosely(wks_choice *list, const char *file, const char *asked, wks_problems *problems)
{
    wks_text names = WKS_TEXT_INIT;
    int32_t n = 0, last = -1;
    for (int32_t i = 0; i < list->n; i++) {
        if (!wks_gemeenten_alike(asked, list->name[i])) continue;
        wks_text_addf(&names, "%s%s (%s)", n > 0 ? ", " : "", list->name[i], list->code[i]);
        n++;
        last = i;
    }
    if (n == 1) list->is_chosen[last] = true;
    if (n > 1)
        wks_problems_error(problems, file, 0, 0, "%d gemeenten are called '%s': %s; expected one of these codes", (int)n, asked,
                           names.data != NULL ? names.data : "");
    wks_text_free(&names);
    return n > 0;
}

/* "Breda, Tilburg": each part of a list. A name with commas of its own (Nuenen, Gerwen en Nederwetten) was tried as a whole before. */
static bool choose_each(wks_choice *list, const char *file, const char *asked, wks_problems *problems, wks_err *err)
{
    char *copy = wks_mem_string(asked), *rest = NULL;
    bool all = true;
    if (copy == NULL) {
        (void)wks_err_set(err, WKS_ERR_NOMEM, "no memory for a name");
        return false;
    }
    for (char *part = strtok_r(copy, ",", &rest); part != NULL; part = strtok_r(NULL, ",", &rest)) {
        part = wks_text_trim(part);
        if (part[0] == '\0' || choose_one(list, part) || choose_loosely(list, file, part, problems)) continue;
        report_unknown(list, file, part, problems, err);
        all = false;
    }
    free(copy);
    return all;
}

/* Marks the gemeenten asked for. */
static wks_status mark(wks_choice *list, const char *file, const char *const *asked, size_t n_asked, wks_problems *problems, wks_err *err)
{
    if (n_asked == 0) {
        /* The only one that has buurten: other tables may have figures of many gemeenten. */
        int32_t n = 0, only = 0;
        for (int32_t i = 0; i < list->n; i++)
            if (list->has_buurten[i] && n++ == 0) only = i;
        if (list->n == 1 || n == 1) {
            list->is_chosen[only] = true;
            return WKS_OK;
        }
        wks_problems_error(problems, file, 0, 0,
                           "holds %d gemeenten%s%s; expected one, or --gemeente NAME for each that the city should have (or all)",
                           (int)(n > 0 ? n : list->n), list->n > 0 ? ", among them " : "", list->n > 0 ? list->name[only] : "");
        return wks_err_set(err, WKS_ERR_DATA, "%s: which gemeente?", file);
    }
    const size_t n_errors = problems->n_errors;
    bool all = true;
    for (size_t k = 0; k < n_asked; k++) {
        list->is_all = list->is_all || wks_gemeenten_equal(asked[k], "all");
        if (choose_one(list, asked[k])) continue;
        if (strchr(asked[k], ',') != NULL) {
            all = choose_each(list, file, asked[k], problems, err) && all;
            continue;
        }
        if (choose_loosely(list, file, asked[k], problems)) continue;
        report_unknown(list, file, asked[k], problems, err);
        all = false;
    }
    if (problems->n_errors > n_errors) all = false;
    return all ? WKS_OK : wks_err_set(err, WKS_ERR_DATA, "%s: unknown gemeente", file);
}

wks_status wks_choice_make(const wks_sources *sources, const char *const *asked, size_t n_asked, wks_choice *out, wks_problems *problems,
                           wks_err *err)
{
    const wks_source *base = wks_sources_base(sources);

    *out = (wks_choice){0};
    WKS_BUG_IF(base == NULL);
    const wks_status rc = list_all(sources, base->year, out, err);
    return rc != WKS_OK ? rc : mark(out, base->path, asked, n_asked, problems, err);
}
