#include "import/merge.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import/gemeenten.h"

static int32_t distance(const wks_merge *merge, int32_t row)
{
    int32_t years = merge->sources->source[row].year - merge->year;
    return years > 0 ? 2 * years : -2 * years - (years < 0); /* 2022 before 2024 for 2023 */
}

wks_status wks_merge_init(const wks_sources *sources, wks_merge *out, wks_err *err)
{
    const wks_source *base = wks_sources_base(sources);
    int32_t n = 0;
    *out = (wks_merge){.sources = sources, .year = base->year};
    out->order = wks_mem_array((size_t)sources->n, sizeof *out->order);
    out->row = wks_mem_array((size_t)sources->n, sizeof *out->row);
    out->n_other_place = wks_mem_array((size_t)sources->n, sizeof *out->n_other_place);
    if (out->order == NULL || out->row == NULL || out->n_other_place == NULL)
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory to merge %d tables", (int)sources->n);
    for (int32_t row = 0; row < sources->n; row++) { /* insertion: few tables */
        int32_t at = n++;
        while (at > 0 && (distance(out, out->order[at - 1]) > distance(out, row) ||
                          (&sources->source[row] == base && distance(out, out->order[at - 1]) == 0))) {
            out->order[at] = out->order[at - 1];
            at--;
        }
        out->order[at] = row;
    }
    return WKS_OK;
}

void wks_merge_free(wks_merge *merge)
{
    free(merge->order);
    free(merge->row);
    free(merge->n_other_place);
    merge->order = NULL;
    merge->row = NULL;
    merge->n_other_place = NULL;
}

static void note_used(wks_draft *draft, int32_t column, const wks_columns_line *line, int32_t year, wks_area_level level)
{
    for (int32_t i = 0; i < WKS_DRAFT_MAX_USED; i++) {
        wks_draft_used *used = &draft->used[column][i];
        if (used->line == NULL) *used = (wks_draft_used){.line = line, .year = year};
        if (used->line != line || used->year != year) continue;
        used->n[level]++;
        return;
    }
}

/* The row of an area in the k-th table by order; NULL if it has none. */
static const wks_source_area *area_in(const wks_merge *merge, int32_t k, const char *code)
{
    const wks_source *source = &merge->sources->source[merge->order[k]];
    int32_t row = wks_source_row(source, code);
    return row < 0 ? NULL : &source->area[row];
}

/* "Wijk 03 Noord" -> "Noord" */
static const char *name_of(const wks_source_area *area)
{
    const char *s = area->name;
    if (strncmp(s, "Wijk ", 5) != 0) return s;
    const size_t n = strspn(s + 5, "0123456789");
    return n > 0 && s[5 + n] == ' ' ? s + 6 + n : s;
}

/* Whether a row of another year is of the same place: codes are given anew. Known by inhabitants: within a factor of two, or a quarter when the
 * name is another, or a tenth when CBS says that the borders changed. */
static bool is_same_place(const wks_source_area *then, const wks_source_area *now)
{
    const double before = then->value[WKS_CITY_persons], after = now->value[WKS_CITY_persons];
    const bool has_names = then->name[0] != '\0' && now->name[0] != '\0' && then->level != WKS_AREA_GEMEENTE;
    double most = 2.0;
    if (has_names && !wks_gemeenten_equal(name_of(then), name_of(now))) most = 1.25;
    if (now->value[WKS_COLUMNS_change] > 1.5) most = 1.1;
    if (!isfinite(before) || !isfinite(after)) return most > 1.9;
    const double few = 50.0; /* a farmhouse more or less */
    return after <= most * before + few && before <= most * after + few;
}

/* The rows of an area in all tables, those of another place left out. */
static void find_rows(wks_merge *merge, const char *code)
{
    const wks_source_area *now = NULL;
    for (int32_t k = 0; k < merge->sources->n; k++) {
        merge->row[k] = area_in(merge, k, code);
        const bool is_edition = merge->sources->source[merge->order[k]].year == merge->year;
        if (merge->row[k] == NULL) continue;
        if (is_edition && (now == NULL || !isfinite(now->value[WKS_CITY_persons]))) now = merge->row[k];
        if (is_edition || now == NULL || is_same_place(merge->row[k], now)) continue;
        merge->row[k] = NULL;
        merge->n_other_place[merge->order[k]]++;
    }
}

/* How much the area has grown since the year of a table: 1 when that is not known. */
static double growth(const wks_source_area *then, double persons)
{
    double before = then->value[WKS_CITY_persons];
    return before > 0.0 && persons > 0.0 ? persons / before : 1.0;
}

static void take(wks_merge *merge, const char *code, wks_area_level level, int32_t column, double persons, wks_draft *draft, double *value,
                 uint8_t *origin)
{
    const wks_source *from = NULL;
    *value = NAN;
    *origin = WKS_DRAFT_MISSING;
    for (int32_t k = 0; k < merge->sources->n; k++) {
        const wks_source *source = &merge->sources->source[merge->order[k]];
        const wks_source_area *area = merge->row[k];
        if (area == NULL || !isfinite(area->value[column])) continue;
        bool is_edition = source->year == merge->year;
        if (isfinite(*value)) { /* only to compare */
            if (!is_edition) break;
            if (area->value[column] != *value && column < WKS_CITY_N_COLUMNS && merge->n_conflicts++ == 0) {
                merge->conflict_code = code;
                merge->conflict_paths[0] = from->path;
                merge->conflict_paths[1] = source->path;
            }
            continue;
        }
        from = source;
        *value = area->value[column];
        *origin = is_edition ? WKS_CITY_ORIGIN_published : WKS_CITY_ORIGIN_estimated;
        if (!is_edition && column < WKS_CITY_N_COLUMNS && wks_city_column_table[column].is_count && column != WKS_CITY_persons)
            *value = wks_columns_within(column, floor(*value * growth(area, persons) + 0.5));
        note_used(draft, column, source->column[column], source->year, level);
        if (!is_edition) break;
    }
}

/* What rounding gave too much (below 0: too little) comes off the largest part; of tiny numbers that may take more than one. */
static void take_from_largest(double *part, int32_t n, double surplus)
{
    for (int32_t i = 0; i < n && surplus != 0.0; i++) {
        int32_t largest = 0;
        for (int32_t k = 1; k < n; k++)
            if (part[k] > part[largest]) largest = k;
        double off = surplus < part[largest] ? surplus : part[largest];
        part[largest] -= off;
        surplus -= off;
    }
}

/* Parts that are not all published are scaled to a published total. */
static void fit_parts(double *value, const uint8_t *origin)
{
    static const struct {
        wks_city_column total, first;
        int32_t n;
    } groups[] = {{WKS_CITY_persons, WKS_CITY_men, 2},
                  {WKS_CITY_persons, WKS_CITY_age_00_14, 5},
                  {WKS_CITY_persons, WKS_CITY_origin_nl, 3},
                  {WKS_CITY_households, WKS_CITY_households_one_person, 3}};
    for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        double total = value[groups[g].total], sum = 0.0;
        bool is_published = true;
        for (int32_t k = 0; k < groups[g].n; k++) {
            sum += value[(int32_t)groups[g].first + k];
            is_published = is_published && origin[(int32_t)groups[g].first + k] == WKS_CITY_ORIGIN_published;
        }
        if (is_published || origin[groups[g].total] != WKS_CITY_ORIGIN_published || !(sum > 0.0)) continue;
        double surplus = -total;
        for (int32_t k = 0; k < groups[g].n; k++) {
            int32_t c = (int32_t)groups[g].first + k;
            value[c] = floor(value[c] * total / sum + 0.5);
            surplus += value[c];
        }
        take_from_largest(&value[groups[g].first], groups[g].n, surplus);
    }
}

/* Mean income per inhabitant from the disposable income of households: as both go together in the country's row of the same table. */
static double income_of_households(const wks_merge *merge, const double *extra, double persons, const wks_draft *draft)
{
    double country_income = NAN, country_households = NAN;
    for (int32_t k = 0; k < merge->sources->n && !isfinite(country_income); k++) {
        const wks_source_area *country = area_in(merge, k, "NL00");
        if (country == NULL) continue;
        country_income = country->value[WKS_COLUMNS_household_income];
        country_households = country->value[WKS_COLUMNS_income_households];
    }
    double here = extra[WKS_COLUMNS_household_income] * extra[WKS_COLUMNS_income_households] / persons;
    double there = country_income * country_households / draft->nation.value[WKS_CITY_persons];
    return floor(draft->nation.value[WKS_CITY_income_per_person_eur] * here / there / 100.0 + 0.5) * 100.0;
}

static void put(double *value, uint8_t *origin, wks_city_column column, double x)
{
    if (isfinite(value[column]) || !isfinite(x)) return;
    value[column] = wks_columns_within((int32_t)column, x);
    origin[column] = WKS_CITY_ORIGIN_estimated;
}

/* Herkomst from migratieachtergrond, the concept before 2022. */
static bool put_origins(const double *all, const uint8_t *from, double *value, uint8_t *origin)
{
    double moved = floor(WKS_MERGE_WESTERN_OUTSIDE_EUROPE * all[WKS_COLUMNS_western] + 0.5);
    double outside = all[WKS_COLUMNS_non_western] + moved, europe = all[WKS_COLUMNS_western] - moved;
    double rest = value[WKS_CITY_persons] - outside - europe;
    if (isfinite(value[WKS_CITY_origin_nl]) || !(rest >= 0.0)) return false;
    put(value, origin, WKS_CITY_origin_nl, rest);
    put(value, origin, WKS_CITY_origin_europe, europe);
    put(value, origin, WKS_CITY_origin_outside_europe, outside);
    return from[WKS_COLUMNS_western] == WKS_CITY_ORIGIN_published && from[WKS_COLUMNS_non_western] == WKS_CITY_ORIGIN_published;
}

bool wks_merge_area(wks_merge *merge, const char *code, wks_area_level level, wks_draft *draft, double *value, uint8_t *origin)
{
    double all[WKS_COLUMNS_N];
    uint8_t from[WKS_COLUMNS_N];
    find_rows(merge, code);
    take(merge, code, level, WKS_CITY_persons, NAN, draft, &all[WKS_CITY_persons], &from[WKS_CITY_persons]);
    for (int32_t c = 0; c < WKS_COLUMNS_N; c++)
        if (c != WKS_CITY_persons) take(merge, code, level, c, all[WKS_CITY_persons], draft, &all[c], &from[c]);
    memcpy(value, all, WKS_CITY_N_COLUMNS * sizeof *value);
    memcpy(origin, from, WKS_CITY_N_COLUMNS * sizeof *origin);
    put(value, origin, WKS_CITY_households, floor(1000.0 * all[WKS_COLUMNS_income_households] + 0.5));
    fit_parts(value, origin);
    const bool has_background = put_origins(all, from, value, origin);
    put(value, origin, WKS_CITY_area_ha, floor(100.0 * all[WKS_CITY_persons] / all[WKS_COLUMNS_density] + 0.5));
    put(value, origin, WKS_CITY_area_ha, floor(all[WKS_COLUMNS_total_area_ha] + 0.5));
    if (level == WKS_AREA_GEMEENTE)
        put(value, origin, WKS_CITY_income_per_person_eur, income_of_households(merge, all, all[WKS_CITY_persons], draft));
    return has_background;
}
