#include "city/own.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/text.h"
#include "world/dwelling.h"
#include "world/household.h"

#define WKS_OWN_INFO(name, unit, low, high, is_needed, help) {#name, unit, low, high, is_needed, help},
const wks_own_column_info wks_own_dwelling_table[WKS_OWN_N_DWELLING_COLUMNS] = {WKS_OWN_DWELLING_COLUMNS(WKS_OWN_INFO)};
const wks_own_column_info wks_own_seeker_table[WKS_OWN_N_SEEKER_COLUMNS] = {WKS_OWN_SEEKER_COLUMNS(WKS_OWN_INFO)};
#undef WKS_OWN_INFO
const char *const wks_own_segment_name[3] = {"", "social", "free"};

enum { MAX_COLUMNS = WKS_OWN_N_DWELLING_COLUMNS }; /* the longer of the two tables */

/* One file being read. */
typedef struct table {
    const wks_own_column_info *info;
    int32_t n_columns;
    bool is_of_people; /* then messages hold no values */
    int column[MAX_COLUMNS];
    wks_csv csv;
    wks_own_row_of *row_of;
    const void *city;
    wks_problems *problems;
    size_t row;
    bool is_row_bad;
} table;

void wks_own_free(wks_own *own)
{
    free(own->dwelling);
    free(own->seeker);
    *own = (wks_own){0};
}

static void find_columns(table *t)
{
    const char *name[MAX_COLUMNS];
    char near[160];

    for (int32_t c = 0; c < t->n_columns; c++) {
        name[c] = t->info[c].name;
        t->column[c] = wks_csv_column(&t->csv, name[c]);
        if (t->column[c] < 0)
            wks_problems_error(t->problems, t->csv.path, 1, 0, "no column '%s'; expected the columns that `import own` writes", name[c]);
    }
    for (size_t j = 0; j < t->csv.n_columns; j++) {
        bool is_known = false;
        for (int32_t c = 0; c < t->n_columns; c++)
            is_known = is_known || t->column[c] == (int)j;
        if (is_known) continue;
        if (t->is_of_people) { /* a header that is none could hold a name */
            wks_problems_error(t->problems, t->csv.path, 1, 0, "column %zu is unknown; expected the columns that `import own` writes",
                               j + 1);
        } else {
            wks_problems_error(t->problems, t->csv.path, 1, 0, "unknown column '%s'%s", t->csv.header[j],
                               wks_problems_nearest(t->csv.header[j], name, (size_t)t->n_columns, near));
        }
    }
}

static wks_status open_table(table *t, const char *path, wks_err *err)
{
    const size_t n_errors = t->problems->n_errors;
    const wks_status rc = wks_csv_read(path, ',', false, &t->csv, t->problems, err);

    if (rc != WKS_OK) return rc;
    find_columns(t);
    return t->problems->n_errors > n_errors ? wks_err_set(err, WKS_ERR_DATA, "%s: wrong columns", path) : WKS_OK;
}

static const char *text(const table *t, int32_t column)
{
    return wks_csv_cell(&t->csv, t->row, t->column[column]);
}

static void bad(table *t, int32_t column, const char *expected)
{
    const int line = wks_csv_line(&t->csv, t->row), position = wks_csv_position(&t->csv, t->row, t->column[column]);

    t->is_row_bad = true;
    if (t->is_of_people) {
        wks_problems_error(t->problems, t->csv.path, line, position, "%s is not valid (the value is not shown); expected %s",
                           t->info[column].name, expected);
    } else {
        wks_problems_error(t->problems, t->csv.path, line, position, "%s is '%.40s'; expected %s", t->info[column].name, text(t, column),
                           expected);
    }
}

/* A number of the table's range; `none` where the field is empty. */
static double number(table *t, int32_t column, double none)
{
    const wks_own_column_info *info = &t->info[column];
    const char *cell = text(t, column);
    wks_text expected = WKS_TEXT_INIT;
    double value;

    if (cell[0] == '\0' && !info->is_needed) return none;
    if (wks_text_parse_double(cell, &value) && value >= info->low && value <= info->high) return value;
    wks_text_add(&expected, "a number from ");
    wks_text_add_number(&expected, info->low);
    wks_text_add(&expected, " to ");
    wks_text_add_number(&expected, info->high);
    bad(t, column, expected.failed ? "a number" : expected.data);
    wks_text_free(&expected);
    return none;
}

static uint8_t word(table *t, int32_t column, const char *const *name, int32_t n, const char *expected)
{
    const char *cell = text(t, column);

    if (cell[0] == '\0' && !t->info[column].is_needed) return 0;
    for (int32_t i = 0; i < n; i++) {
        if (cell[0] != '\0' && strcmp(cell, name[i]) == 0) return (uint8_t)i;
    }
    bad(t, column, expected);
    return 0;
}

static void key(table *t, int32_t column, char *out)
{
    const char *cell = text(t, column);
    const size_t n = strspn(cell, "0123456789abcdef");

    out[0] = '\0';
    if (cell[0] == '\0' && !t->info[column].is_needed) return;
    if (n == WKS_OWN_KEY_SIZE - 1 && cell[n] == '\0') {
        memcpy(out, cell, WKS_OWN_KEY_SIZE);
    } else {
        bad(t, column, "32 hex digits");
    }
}

static int32_t buurt(table *t, int32_t column)
{
    const char *cell = text(t, column);

    if (cell[0] == '\0' && !t->info[column].is_needed) return -1;
    const int32_t row = t->row_of(t->city, cell);
    if (row < 0) bad(t, column, "the code of a buurt of buurten.csv");
    return row;
}

/* ---- dwellings ---- */

static int by_place(const void *a, const void *b)
{
    const wks_own_dwelling *x = a, *y = b;

    if (x->buurt_row != y->buurt_row) return x->buurt_row < y->buurt_row ? -1 : 1;
    const int complex = strcmp(x->complex, y->complex);
    if (complex != 0) return complex;
    if (x->label != y->label) return x->label < y->label ? -1 : 1;
    return strcmp(x->key, y->key);
}

static int by_dwelling_key(const void *a, const void *b)
{
    return strcmp(((const wks_own_dwelling *)a)->key, ((const wks_own_dwelling *)b)->key);
}

static void take_dwelling(table *t, wks_own_dwelling *out)
{
    *out = (wks_own_dwelling){0};
    key(t, WKS_OWN_DWELLING_key, out->key);
    key(t, WKS_OWN_DWELLING_complex, out->complex);
    out->buurt_row = buurt(t, WKS_OWN_DWELLING_buurt);
    out->type = word(t, WKS_OWN_DWELLING_type, wks_dwelling_type_name, WKS_N_DWELLING_TYPES, "single_family or apartment");
    out->label = word(t, WKS_OWN_DWELLING_label, wks_dwelling_label_name, WKS_N_LABELS, "none, senior, jongeren, campus or gemengd");
    out->segment = word(t, WKS_OWN_DWELLING_segment, wks_own_segment_name, 3, "social or free");
    out->accessible = (int8_t)number(t, WKS_OWN_DWELLING_accessible, -1.0);
    out->rooms = (uint8_t)number(t, WKS_OWN_DWELLING_rooms, 0.0);
    out->area_m2 = (float)number(t, WKS_OWN_DWELLING_area_m2, 0.0);
    out->built_year = (int32_t)number(t, WKS_OWN_DWELLING_built_year, 0.0);
    out->wws_points = (int16_t)number(t, WKS_OWN_DWELLING_wws_points, 0.0);
    out->rent_eur = (float)number(t, WKS_OWN_DWELLING_rent_eur, 0.0);
    out->asked_rent_eur = (float)number(t, WKS_OWN_DWELLING_asked_rent_eur, 0.0);
}

/* Neighbours in order of key. */
static void check_dwelling_keys(const table *t, const wks_own *own)
{
    int32_t n = 0;

    for (int32_t i = 1; i < own->n_dwellings; i++)
        n += strcmp(own->dwelling[i - 1].key, own->dwelling[i].key) == 0;
    if (n > 0) wks_problems_error(t->problems, t->csv.path, 0, 0, "%d keys stand there twice; expected each dwelling once", n);
}

wks_status wks_own_read_dwellings(const char *path, wks_own_row_of *row_of, const void *city, wks_own *own, wks_problems *problems,
                                  wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_errors = problems->n_errors;
    table t = {
        .info = wks_own_dwelling_table, .n_columns = WKS_OWN_N_DWELLING_COLUMNS, .row_of = row_of, .city = city, .problems = problems};

    WKS_TRY(open_table(&t, path, err));
    own->dwelling = wks_mem_array(t.csv.n_rows, sizeof *own->dwelling);
    if (own->dwelling == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu dwellings", t.csv.n_rows);
    for (t.row = 0; t.row < t.csv.n_rows; t.row++) {
        t.is_row_bad = false;
        take_dwelling(&t, &own->dwelling[own->n_dwellings]);
        own->n_dwellings += !t.is_row_bad;
    }
    if (own->n_dwellings > 1) {
        qsort(own->dwelling, (size_t)own->n_dwellings, sizeof *own->dwelling, by_dwelling_key);
        check_dwelling_keys(&t, own);
        qsort(own->dwelling, (size_t)own->n_dwellings, sizeof *own->dwelling, by_place);
    }
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s has problems", path);
out:
    wks_csv_free(&t.csv);
    return rc;
}

/* ---- seekers ---- */

static int by_seeker_key(const void *a, const void *b)
{
    return strcmp(((const wks_own_seeker *)a)->key, ((const wks_own_seeker *)b)->key);
}

static void take_seeker(table *t, wks_own_seeker *out)
{
    *out = (wks_own_seeker){0};
    key(t, WKS_OWN_SEEKER_key, out->key);
    out->buurt_row = buurt(t, WKS_OWN_SEEKER_buurt);
    out->age = (int32_t)number(t, WKS_OWN_SEEKER_age, 0.0);
    out->persons = (int32_t)number(t, WKS_OWN_SEEKER_persons, 0.0);
    out->income_eur = (float)number(t, WKS_OWN_SEEKER_income_eur, NAN);
    out->months_registered = (int32_t)number(t, WKS_OWN_SEEKER_months_registered, 0.0);
    out->urgency = word(t, WKS_OWN_SEEKER_urgency, wks_household_urgency_name, WKS_N_URGENCIES, "none, social, medical or herhuisvesting");
    out->is_active = number(t, WKS_OWN_SEEKER_active, 0.0) > 0.0;
}

wks_status wks_own_read_seekers(const char *path, wks_own_row_of *row_of, const void *city, wks_own *own, wks_problems *problems,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_errors = problems->n_errors;
    int32_t n_twice = 0;
    table t = {.info = wks_own_seeker_table,
               .n_columns = WKS_OWN_N_SEEKER_COLUMNS,
               .is_of_people = true,
               .row_of = row_of,
               .city = city,
               .problems = problems};

    WKS_TRY(open_table(&t, path, err));
    own->seeker = wks_mem_array(t.csv.n_rows, sizeof *own->seeker);
    if (own->seeker == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu seekers", t.csv.n_rows);
    for (t.row = 0; t.row < t.csv.n_rows; t.row++) {
        t.is_row_bad = false;
        take_seeker(&t, &own->seeker[own->n_seekers]);
        own->n_seekers += !t.is_row_bad;
    }
    if (own->n_seekers > 1) qsort(own->seeker, (size_t)own->n_seekers, sizeof *own->seeker, by_seeker_key);
    for (int32_t i = 1; i < own->n_seekers; i++)
        n_twice += strcmp(own->seeker[i - 1].key, own->seeker[i].key) == 0;
    if (n_twice > 0) wks_problems_error(problems, path, 0, 0, "%d keys stand there twice; expected each seeker once", n_twice);
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s has problems", path);
out:
    wks_csv_free(&t.csv);
    return rc;
}
