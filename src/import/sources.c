#include "import/sources.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import/gemeenten.h"

void wks_sources_free(wks_sources *sources)
{
    if (sources == NULL) return;
    for (int32_t i = 0; i < sources->n; i++)
        wks_source_free(&sources->source[i]);
    free(sources->source);
    memset(sources, 0, sizeof *sources);
}

wks_status wks_sources_add(wks_sources *sources, const wks_sheet *sheet, int32_t year, wks_problems *problems, wks_err *err)
{
    size_t n = (size_t)sources->n;
    if (n + 1 > sources->capacity) {
        size_t capacity = wks_mem_capacity(sources->capacity, n + 1);
        wks_source *grown = wks_mem_resize(sources->source, sources->capacity, capacity, sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu tables", capacity);
        sources->source = grown;
        sources->capacity = capacity;
    }
    wks_status rc = wks_source_read(sheet, year, &sources->source[n], problems, err);
    if (rc == WKS_OK) sources->n++;
    return rc;
}

const wks_source *wks_sources_base(const wks_sources *sources)
{
    for (int32_t i = 0; i < sources->n; i++) {
        const wks_source *source = &sources->source[i];
        if (source->column[WKS_CITY_persons] != NULL && wks_source_count(source, WKS_AREA_BUURT) > 0) return source;
    }
    for (int32_t i = 0; i < sources->n; i++)
        if (sources->source[i].has_codes && wks_source_count(&sources->source[i], WKS_AREA_GEMEENTE) > 0) return &sources->source[i];
    return sources->n > 0 ? &sources->source[0] : NULL;
}

/* ---- twins ---- */

/* The first line (row) on which the two differ, -1 if none. */
static int32_t first_difference(const wks_source *a, const wks_source *b)
{
    for (int32_t i = 0; i < a->n_areas; i++) {
        double x = a->area[i].value[WKS_CITY_persons], y = b->area[i].value[WKS_CITY_persons];
        if (strcmp(a->area[i].name, b->area[i].name) != 0) return i;
        if (a->area[i].gemeente_name[0] != '\0' && b->area[i].gemeente_name[0] != '\0' &&
            strcmp(a->area[i].gemeente_name, b->area[i].gemeente_name) != 0)
            return i;
        if (isfinite(x) && isfinite(y) && x != y) return i;
    }
    return -1;
}

/* Rows without a code or kind were held to the range of a country: now that they are known to be less, to that of ours. */
static void check_range(const wks_source *source, const wks_source_area *area, wks_problems *problems)
{
    char number[32], most[32];
    for (int32_t c = 0; c < WKS_COLUMNS_N && area->level != WKS_AREA_LAND; c++) {
        const wks_city_column_info *info = wks_columns_info(c);
        if (!(area->value[c] > info->high)) continue;
        wks_problems_error(problems, source->path, area->line, 0, "%s %s of '%.60s' is out of range; expected at most %s", info->name,
                           wks_text_number(area->value[c], number), area->name, wks_text_number(info->high, most));
    }
}

static wks_status take_codes(wks_source *to, const wks_source *from, wks_problems *problems, wks_err *err)
{
    for (int32_t i = 0; i < to->n_areas; i++) {
        int32_t added = -1;
        wks_status rc = wks_codes_add(&to->codes, from->area[i].code, &added, err);
        if (rc != WKS_OK) return rc;
        to->area[i].code = to->codes.code[added];
        to->area[i].level = from->area[i].level;
        check_range(to, &to->area[i], problems);
    }
    if (to->year == 0 || from->year != 0) {
        to->year = from->year;
        to->year_from = "the table it is joined to";
    }
    return WKS_OK;
}

static wks_status join_twin(wks_sources *sources, wks_source *source, wks_text *report, wks_problems *problems, wks_err *err)
{
    const wks_source *near = NULL;
    for (int32_t i = 0; i < sources->n; i++) {
        const wks_source *other = &sources->source[i];
        if (!other->has_codes || other->n_areas != source->n_areas) continue;
        if (first_difference(source, other) < 0) {
            wks_text_addf(report, "%s: has no codes; joined by line to %s (%d rows, names%s agree on every line)\n", source->path,
                          other->path, (int)source->n_areas,
                          source->column[WKS_CITY_persons] != NULL && other->column[WKS_CITY_persons] != NULL ? " and inhabitants" : "");
            return take_codes(source, other, problems, err);
        }
        near = other;
    }
    if (near != NULL) {
        int32_t row = first_difference(source, near);
        wks_problems_error(
            problems, source->path, source->area[row].line, 0,
            "'%.60s' is not what %s has on its line %d ('%.60s'); expected the same rows in the same order, to join a table without "
            "codes",
            source->area[row].name, near->path, near->area[row].line, near->area[row].name);
    } else {
        wks_problems_error(
            problems, source->path, 1, 0,
            "has no column of codes; expected also the table of the same download with codes (%d rows), to join them by line",
            (int)source->n_areas);
    }
    return wks_err_set(err, WKS_ERR_DATA, "%s: no codes", source->path);
}

/* ---- names of gemeenten ---- */

/* True if `name` is the gemeente `wanted`: equal, or equal without StatLine's " (gemeente)". */
static bool is_gemeente(const char *name, const char *wanted)
{
    static const char suffix[] = " (gemeente)";
    size_t n = strlen(name), n_suffix = sizeof suffix - 1;
    if (wks_gemeenten_equal(name, wanted)) return true;
    if (n <= n_suffix || !wks_text_equal_nocase(name + n - n_suffix, suffix)) return false;
    char cut[128];
    if (n - n_suffix >= sizeof cut) return false;
    memcpy(cut, name, n - n_suffix);
    cut[n - n_suffix] = '\0';
    return wks_gemeenten_equal(cut, wanted);
}

/* Code of a gemeente by name, from any row of a table with codes; "" if none has it. */
static void code_of_name(const wks_sources *sources, const char *name, char *out)
{
    out[0] = '\0';
    if (wks_text_equal_nocase(name, "Nederland")) {
        strcpy(out, "NL00");
        return;
    }
    for (int32_t i = 0; i < sources->n; i++) {
        const wks_source *source = &sources->source[i];
        for (int32_t k = 0; source->has_codes && k < source->n_areas; k++) {
            const wks_source_area *area = &source->area[k];
            if (area->level != WKS_AREA_GEMEENTE || !is_gemeente(name, area->gemeente_name)) continue;
            wks_area_parent(area->code, WKS_AREA_GEMEENTE, out);
            return;
        }
    }
}

static wks_status resolve_names(wks_sources *sources, wks_source *source, wks_text *report, wks_problems *problems, wks_err *err)
{
    int32_t n_found = 0, n_with_figures = 0;
    for (int32_t i = 0; i < source->n_areas; i++) {
        wks_source_area *area = &source->area[i];
        char code[WKS_AREA_CODE_SIZE];
        int32_t added = -1;
        bool any = false;
        for (int32_t c = 0; c < WKS_COLUMNS_N; c++)
            any = any || isfinite(area->value[c]);
        area->level = WKS_AREA_GEMEENTE;
        if (!any) continue; /* StatLine lists gemeenten that are no more, without figures */
        n_with_figures++;
        code_of_name(sources, area->name, code);
        if (code[0] == '\0') continue;
        wks_status rc = wks_codes_add(&source->codes, code, &added, err);
        if (rc != WKS_OK) return rc;
        area->code = source->codes.code[added];
        area->level = code[0] == 'N' ? WKS_AREA_LAND : WKS_AREA_GEMEENTE;
        check_range(source, area, problems);
        n_found++;
    }
    wks_text_addf(report, "%s: has no codes; %d of its %d rows with figures found by name of gemeente or country\n", source->path,
                  (int)n_found, (int)n_with_figures);
    return WKS_OK;
}

/* Rows of a table resolved by name are not in the order of its codes: index them so that wks_source_row works. */
static wks_status order_by_code(wks_source *source, wks_problems *problems, wks_err *err)
{
    wks_source_area *sorted = wks_mem_array((size_t)source->n_areas + 1, sizeof *sorted);
    if (sorted == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %d areas", (int)source->n_areas);
    int32_t n_left = source->codes.n, n_twice = 0;
    memset(sorted, 0, ((size_t)source->n_areas + 1) * sizeof *sorted);
    for (int32_t i = 0; i < source->n_areas; i++) {
        wks_source_area *area = &source->area[i];
        int32_t row = area->code == NULL ? n_left++ : wks_codes_row(&source->codes, area->code);
        if (sorted[row].name != NULL) {
            row = n_left++;
            n_twice++;
        }
        sorted[row] = *area;
        if (row >= source->codes.n) sorted[row].code = NULL;
    }
    if (n_twice > 0)
        wks_problems_warning(problems, source->path, 0, 0,
                             "%d rows are of a region that had one before (several kinds in one table?): the first of each counts",
                             (int)n_twice);
    free(source->area);
    source->area = sorted;
    source->capacity = (size_t)source->n_areas + 1;
    return WKS_OK;
}

/* tmap 4 has figures of one year only. */
enum { YEAR_OF_TMAP = 2022 };

static bool is_tmap(const wks_source *source)
{
    const wks_columns_line *line = source->column[WKS_CITY_persons];
    return line != NULL && line->naming == WKS_COLUMNS_TMAP;
}

/* Whether the areas that both have are as many people in both, nine in ten of them; true when there are none to compare. */
static bool has_inhabitants_of(const wks_source *source, const wks_source *base)
{
    int32_t n = 0, n_same = 0;
    for (int32_t i = 0; i < source->n_areas; i++) {
        const int32_t row = source->area[i].code != NULL ? wks_source_row(base, source->area[i].code) : -1;
        const double here = source->area[i].value[WKS_CITY_persons], there = row >= 0 ? base->area[row].value[WKS_CITY_persons] : NAN;
        if (!isfinite(here) || !isfinite(there)) continue;
        n++;
        n_same += here == there;
    }
    return 10 * n_same >= 9 * n;
}

wks_status wks_sources_link(wks_sources *sources, wks_text *report, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n_errors = problems->n_errors;
    for (int32_t i = 0; i < sources->n; i++) {
        wks_source *source = &sources->source[i];
        if (source->has_codes) continue;
        bool has_gemeente = source->n_areas > 0 && source->area[0].gemeente_name[0] != '\0';
        if (has_gemeente || source->has_levels) {
            wks_status one = join_twin(sources, source, report, problems, err);
            if (one != WKS_OK && one != WKS_ERR_DATA) return one;
            continue;
        }
        WKS_TRY(resolve_names(sources, source, report, problems, err));
        WKS_TRY(order_by_code(source, problems, err));
    }
    bool any_codes = false;
    for (int32_t i = 0; i < sources->n; i++)
        any_codes = any_codes || sources->source[i].has_codes;
    if (!any_codes && sources->n > 0 && problems->n_errors == n_errors)
        wks_problems_error(problems, sources->source[0].path, 1, 0,
                           "holds figures by name of region and no codes; expected also a table with the codes and inhabitants of buurten");
    const wks_source *base = wks_sources_base(sources);
    for (int32_t i = 0; base != NULL && i < sources->n; i++) {
        wks_source *source = &sources->source[i];
        if (source->year != 0) continue;
        if (base->year == 0) {
            wks_problems_error(problems, source->path, 0, 0,
                               "of which year is it? Neither a column nor the name of file or sheet tells; expected --year YYYY");
            break;
        }
        if (is_tmap(source)) {
            source->year = YEAR_OF_TMAP;
            source->year_from = "the selection of tmap";
            continue;
        }
        if (!has_inhabitants_of(source, base)) {
            wks_problems_error(problems, source->path, 0, 0,
                               "of which year is it? It has other inhabitants than %s of %d; expected its year in its name", base->path,
                               (int)base->year);
            continue;
        }
        source->year = base->year;
        source->year_from = "the other tables";
        wks_problems_warning(problems, source->path, 0, 0, "of which year it is is not told; taken to be of %d as %s", (int)base->year,
                             base->path);
    }
    if (problems->n_errors > n_errors) rc = wks_err_set(err, WKS_ERR_DATA, "the tables cannot be put together");
out:
    return rc;
}

/* ---- what it is ---- */

static const char *title(const wks_source *source)
{
    static const struct {
        wks_columns_naming naming;
        const char *title;
    } by_naming[] = {{WKS_COLUMNS_WORKBOOK, "CBS Kerncijfers wijken en buurten"},
                     {WKS_COLUMNS_TYPED, "CBS Kerncijfers wijken en buurten (OData names)"},
                     {WKS_COLUMNS_MAP, "attributes of the CBS wijk- en buurtkaart"},
                     {WKS_COLUMNS_SHAPE, "attributes of the CBS wijk- en buurtkaart (shapefile names)"},
                     {WKS_COLUMNS_TMAP, "selection of CBS Kerncijfers by the R package tmap"}};
    if (source->column[WKS_COLUMNS_household_income] != NULL) return "CBS StatLine, Inkomen van huishoudens";
    for (int32_t c = 0; c < WKS_COLUMNS_N; c++) {
        if (source->column[c] == NULL) continue;
        for (size_t i = 0; i < sizeof by_naming / sizeof *by_naming; i++)
            if (by_naming[i].naming == source->column[c]->naming) return by_naming[i].title;
        break;
    }
    bool has_gemeente = source->n_areas > 0 && source->area[0].gemeente_name[0] != '\0';
    return source->has_codes || source->has_levels || has_gemeente ? "CBS StatLine, Kerncijfers wijken en buurten"
                                                                   : "CBS StatLine, table of regions";
}

/* Columns of the table that one of ours is derived from which it has not itself. */
static int32_t n_derived_from(const wks_source *source)
{
    static const struct {
        int32_t extra, ours;
    } from[] = {{WKS_COLUMNS_density, WKS_CITY_area_ha},
                {WKS_COLUMNS_household_income, WKS_CITY_income_per_person_eur},
                {WKS_COLUMNS_income_households, WKS_CITY_households},
                {WKS_COLUMNS_western, WKS_CITY_origin_nl},
                {WKS_COLUMNS_non_western, WKS_CITY_origin_nl},
                {WKS_COLUMNS_total_area_ha, WKS_CITY_area_ha}};
    int32_t n = 0;
    for (size_t k = 0; k < sizeof from / sizeof *from; k++)
        n += source->column[from[k].extra] != NULL && source->column[from[k].ours] == NULL;
    return n;
}

void wks_sources_describe(const wks_source *source, wks_text *report)
{
    wks_text_addf(report, "%s: %s", source->path, title(source));
    if (source->year != 0) wks_text_addf(report, " %d (year by %s)", (int)source->year, source->year_from);
    wks_text_addf(report, ", %s%s%s, %zu rows: ", wks_sheet_kind_name(source->kind), source->sheet_name[0] != '\0' ? " " : "",
                  source->sheet_name, source->n_rows);
    if (source->has_codes)
        wks_text_addf(report, "%d gemeente, %d wijk and %d buurt rows", (int)wks_source_count(source, WKS_AREA_GEMEENTE),
                      (int)wks_source_count(source, WKS_AREA_WIJK), (int)wks_source_count(source, WKS_AREA_BUURT));
    else
        wks_text_add(report, "no codes");
    wks_text_addf(report, "; %d of our %d columns found", (int)source->n_mapped, (int)WKS_CITY_lbm_won);
    if (n_derived_from(source) > 0) wks_text_addf(report, " + %d that others are derived from", (int)n_derived_from(source));
    wks_text_addf(report, " among its %zu\n", source->n_source_columns);
    if (source->n_other_period > 0)
        wks_text_addf(report, "%s: %d rows of other periods than %d left out\n", source->path, (int)source->n_other_period,
                      (int)source->year);
    if (source->n_water > 0) wks_text_addf(report, "%s: %d areas of water left out\n", source->path, (int)source->n_water);
    if (source->is_in_shares) wks_text_addf(report, "%s: shares (0.44) where CBS publishes per cent (44): read as such\n", source->path);
    if (source->is_in_euro) wks_text_addf(report, "%s: amounts are in euro here (CBS publishes 1 000 euro): read as such\n", source->path);
}
