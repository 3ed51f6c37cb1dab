#include "import/own_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/month.h"
#include "import/codes.h"
#include "import/own_value.h"

enum {
    NOT_URGENT = 0, /* in the order of the words of urgency */
    URGENT_SOCIAL = 1,
    OUTSIDE = -2, /* in another gemeente */
    BAD = -3,
    MAX_MONTHS = 60 * 12, /* longer inschrijfduur is a mistake: 01-01-1900 stands for "unknown" in many systems */
    MAX_WORDS = 200
};

/* An unknown word of a column, told once. */
typedef struct unknown_word {
    const char *cell;
    int32_t field, n;
    size_t row;
} unknown_word;

typedef struct reader {
    const wks_own_rows_source *source;
    wks_own_terms_file file;
    const wks_sheet *sheet;
    wks_own_rows *rows;
    int column[WKS_OWN_TERMS_MAX_FIELDS];
    const wks_own_terms_field *field;
    int32_t n_fields;
    wks_codes ids;
    int *id_line; /* where each id was first */
    unknown_word word[MAX_WORDS];
    int32_t n_words;
    size_t row;
    bool is_bad; /* this row */
} reader;

void wks_own_rows_free(wks_own_rows *rows)
{
    free(rows->dwelling);
    free(rows->seeker);
    *rows = (wks_own_rows){0};
}

/* ---- the sheet ---- */

wks_status wks_own_rows_sheet(wks_own_terms_file file, const char *path, wks_sheet *out, wks_problems *problems, wks_err *err)
{
    wks_problems own = WKS_PROBLEMS_INIT;
    wks_err ignored = WKS_ERR_INIT;
    wks_sheet_kind kind;

    if (wks_file_is_folder(path) || !wks_file_exists(path)) {
        wks_problems_error(problems, path, 0, 0, "%s; expected a csv or xlsx file with %s",
                           wks_file_exists(path) ? "is a folder" : "no such file", wks_own_terms_file_name[file]);
        return wks_err_set(err, WKS_ERR_DATA, "%s: no file", path);
    }
    wks_status rc = wks_sheet_kind_of(path, &kind, &own, &ignored);
    if (rc == WKS_OK && kind != WKS_SHEET_CSV && kind != WKS_SHEET_XLSX && kind != WKS_SHEET_XLS) {
        wks_problems_error(problems, path, 0, 0, "is a %s; expected a csv or xlsx file with %s", wks_sheet_kind_name(kind),
                           wks_own_terms_file_name[file]);
        rc = wks_err_set(&ignored, WKS_ERR_DATA, "%s: no table", path);
    }
    if (rc == WKS_OK) rc = wks_sheet_read(path, NULL, 0, out, &own, &ignored);

    for (size_t i = 0; i < own.n; i++) {
        const wks_problem *p = &own.item[i];
        /* What stands in quotes comes out of the file; without a header that may be a name. */
        const bool is_quoted = file == WKS_OWN_TERMS_SEEKERS && strchr(p->text, '\'') != NULL;
        const char *text =
            is_quoted ? "the first line does not name each column once (it is not shown: this file is about people)" : p->text;
        if (p->is_warning) {
            wks_problems_warning(problems, p->file, p->line, p->column, "%s", text);
        } else {
            wks_problems_error(problems, p->file, p->line, p->column, "%s", text);
        }
    }
    wks_problems_free(&own);
    return rc == WKS_OK ? WKS_OK : wks_err_set(err, rc, "%s cannot be read", path);
}

bool wks_own_rows_has_header(wks_own_terms_file file, const wks_sheet *sheet, const wks_own_mapping *mapping)
{
    int32_t n = 0, rank, n_fields;

    (void)wks_own_terms_fields(file, &n_fields);
    for (size_t j = 0; j < sheet->n_columns; j++)
        n += wks_own_terms_recognise(file, sheet->header[j], &rank) >= 0;
    for (int32_t f = 0; mapping != NULL && f < n_fields; f++)
        n += mapping->column[file][f].name != NULL && wks_sheet_column(sheet, mapping->column[file][f].name) >= 0;
    return n > 0;
}

static void find_column(reader *r, int32_t f, bool has_header)
{
    const wks_own_mapping_column *mapped = &r->source->mapping->column[r->file][f];
    char near[160] = "";

    r->column[f] = -1;
    if (mapped->name == NULL) return;
    r->column[f] = wks_sheet_column(r->sheet, mapped->name);
    for (size_t j = 0; r->column[f] < 0 && j < r->sheet->n_columns; j++) { /* "Kale huur " and "kale_huur" are the same to people */
        if (wks_own_terms_same(r->sheet->header[j], mapped->name)) r->column[f] = (int)j;
    }
    if (r->column[f] >= 0) return;
    if (has_header) (void)wks_problems_nearest(mapped->name, (const char *const *)r->sheet->header, r->sheet->n_columns, near);
    wks_problems_error(r->source->problems, r->source->mapping->path, mapped->line, mapped->position,
                       "%s.%s: %s has no column '%s'; expected a name of its first line%s", wks_own_terms_file_name[r->file],
                       r->field[f].name, r->sheet->path, mapped->name, near);
}

static void check_needed(const reader *r)
{
    const wks_own_mapping *mapping = r->source->mapping;
    const int32_t buurt = r->file == WKS_OWN_TERMS_DWELLINGS ? (int32_t)WKS_OWN_TERMS_D_BUURT : (int32_t)WKS_OWN_TERMS_S_BUURT;
    const int32_t postcode = r->file == WKS_OWN_TERMS_DWELLINGS ? (int32_t)WKS_OWN_TERMS_D_POSTCODE : (int32_t)WKS_OWN_TERMS_S_POSTCODE;
    const bool has_buurt = mapping->column[r->file][buurt].name != NULL, has_postcode = mapping->column[r->file][postcode].name != NULL;

    for (int32_t f = 0; f < r->n_fields; f++) {
        if (r->field[f].need != WKS_OWN_TERMS_NEEDED || mapping->column[r->file][f].name != NULL) continue;
        wks_problems_error(r->source->problems, mapping->path, 0, 0, "%s.%s is missing; expected %s = \"name of the column\"; (%s)",
                           wks_own_terms_file_name[r->file], r->field[f].name, r->field[f].name, r->field[f].help);
    }
    if (r->file == WKS_OWN_TERMS_DWELLINGS && !has_buurt && !has_postcode)
        wks_problems_error(
            r->source->problems, mapping->path, 0, 0,
            "dwellings has neither buurt nor postcode; expected buurt = \"...\"; with CBS codes, or postcode = \"...\"; and --postcodes "
            "FILE, a table of postcodes and buurten");
    if (!has_buurt && has_postcode && r->source->postcode == NULL)
        wks_problems_error(
            r->source->problems, mapping->path, mapping->column[r->file][postcode].line, mapping->column[r->file][postcode].position,
            "a postcode is no buurt; expected --postcodes FILE, a table with columns postcode and buurtcode (CBS publishes one), or "
            "a column of CBS buurt codes");
}

static void tell_unread(const reader *r)
{
    for (size_t j = 0; j < r->sheet->n_columns; j++) {
        const char *why = wks_own_terms_refusal(r->file, r->sheet->header[j]);
        bool is_read = false;
        for (int32_t f = 0; f < r->n_fields; f++)
            is_read = is_read || r->column[f] == (int)j;
        if (is_read || r->sheet->header[j][0] == '\0') continue;
        wks_text_addf(r->source->report, "  not read: %s%s%s%s\n", r->sheet->header[j], why != NULL ? " (" : "", why != NULL ? why : "",
                      why != NULL ? ")" : "");
    }
}

static wks_status open_reader(reader *r, wks_err *err)
{
    const size_t n_errors = r->source->problems->n_errors;
    const bool has_header = wks_own_rows_has_header(r->file, r->sheet, r->source->mapping);

    r->field = wks_own_terms_fields(r->file, &r->n_fields);
    check_needed(r);
    if (!has_header)
        wks_problems_error(r->source->problems, r->sheet->path, 1, 0,
                           "the first line names no column that is known or mapped; expected a line with the names of the columns");
    for (int32_t f = 0; f < r->n_fields; f++)
        find_column(r, f, has_header);
    if (r->source->problems->n_errors > n_errors) return wks_err_set(err, WKS_ERR_DATA, "%s: columns are missing", r->sheet->path);
    wks_text_addf(r->source->report, "%s: %s, %zu rows of %s\n", r->sheet->path, wks_sheet_kind_name(r->sheet->kind), r->sheet->n_rows,
                  wks_own_terms_file_name[r->file]);
    tell_unread(r);
    r->id_line = wks_mem_array(r->sheet->n_rows, sizeof *r->id_line);
    return r->id_line != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu rows", r->sheet->n_rows);
}

static void close_reader(reader *r)
{
    wks_codes_free(&r->ids);
    free(r->id_line);
}

/* ---- cells ---- */

/* "" where the column is not mapped. */
static const char *cell(const reader *r, int32_t f)
{
    return r->column[f] < 0 ? "" : wks_sheet_cell(r->sheet, r->row, r->column[f]);
}

static void bad(reader *r, int32_t f, const char *expected)
{
    const int line = r->sheet->line[r->row], position = wks_sheet_position(r->sheet, r->row, r->column[f]);
    const char *column = r->sheet->header[r->column[f]];

    r->is_bad = true;
    if (r->file == WKS_OWN_TERMS_SEEKERS) {
        wks_problems_error(r->source->problems, r->sheet->path, line, position,
                           "%s (column '%s') cannot be used, the value is not shown; expected %s", r->field[f].name, column, expected);
    } else {
        wks_problems_error(r->source->problems, r->sheet->path, line, position, "%s (column '%s') is '%.40s'; expected %s",
                           r->field[f].name, column, cell(r, f), expected);
    }
}

/* Workbooks end with rows of nothing. */
static bool is_empty_row(const reader *r)
{
    for (size_t j = 0; j < r->sheet->n_columns; j++) {
        if (wks_sheet_cell(r->sheet, r->row, (int)j)[0] != '\0') return false;
    }
    return true;
}

/* A number in [low, high]; NaN where the cell says nothing. */
static double number(reader *r, int32_t f, double low, double high, bool is_zero_unknown, const char *expected)
{
    const char *text = cell(r, f);
    double value;

    if (wks_sheet_parse(text, &value) == WKS_SHEET_MISSING) {
        r->rows->n_empty[r->file][f]++;
        return NAN;
    }
    if (!wks_own_value_number(text, r->sheet->kind != WKS_SHEET_CSV, &value)) {
        bad(r, f, expected);
        return NAN;
    }
    if (is_zero_unknown && value >= 0.0 && value < 0.05) {
        r->rows->n_empty[r->file][f]++;
        return NAN;
    }
    if (value >= low && value <= high) return value;
    bad(r, f, expected);
    return NAN;
}

/* A word; `none` where the cell says nothing. Unknown words are gathered: each is told once. */
static int32_t word(reader *r, int32_t f, int32_t none)
{
    const int32_t kind = wks_own_mapping_kind(r->file, f);
    const char *text = cell(r, f);

    if (text[0] == '\0' || strcmp(text, "-") == 0) {
        r->rows->n_empty[r->file][f]++;
        return none;
    }
    const int32_t found = wks_own_mapping_word_of(r->source->mapping, (wks_own_terms_word)kind, text);
    if (found >= 0) return found;
    r->is_bad = true;
    for (int32_t i = 0; i < r->n_words; i++) {
        if (r->word[i].field != f || !wks_own_terms_same(r->word[i].cell, text)) continue;
        r->word[i].n++;
        return none;
    }
    if (r->n_words < MAX_WORDS) r->word[r->n_words++] = (unknown_word){text, f, 1, r->row};
    return none;
}

static void tell_words(const reader *r)
{
    for (int32_t i = 0; i < r->n_words; i++) {
        const unknown_word *w = &r->word[i];
        const wks_own_terms_words *known = &wks_own_terms_word_table[wks_own_mapping_kind(r->file, w->field)];
        const char *name[WKS_OWN_TERMS_MAX_OURS];
        char near[160];
        wks_text ours = WKS_TEXT_INIT;
        size_t n = 0;
        for (int32_t k = 0; known->ours[k] != NULL; k++) {
            if (known->ours[k][0] == '\0') continue;
            name[n++] = known->ours[k];
            wks_text_addf(&ours, "%s%s", ours.length > 0 ? ", " : "", known->ours[k]);
        }
        const int line = r->sheet->line[w->row], position = wks_sheet_position(r->sheet, w->row, r->column[w->field]);
        const char *column = r->sheet->header[r->column[w->field]], *list = ours.data != NULL ? ours.data : "";
        if (r->file == WKS_OWN_TERMS_SEEKERS) {
            wks_problems_error(r->source->problems, r->sheet->path, line, position,
                               "%s (column '%s') has a word that is not known (%d rows; it is not shown); expected %s, or a line for it in "
                               "values.%s of the mapping",
                               r->field[w->field].name, column, w->n, list, known->name);
        } else {
            wks_problems_error(r->source->problems, r->sheet->path, line, position,
                               "%s (column '%s') has the unknown word '%.40s' (%d rows); expected %s, or a line for it in values.%s of the "
                               "mapping%s",
                               r->field[w->field].name, column, w->cell, w->n, list, known->name,
                               wks_problems_nearest(w->cell, name, n, near));
        }
        wks_text_free(&ours);
    }
}

/* Number of a dwelling or a registration: there, once, and no BSN. */
static wks_status take_id(reader *r, int32_t f, const char *kind, char *out, int32_t *n_bsn, wks_err *err)
{
    const char *text = cell(r, f);
    int32_t row;

    out[0] = '\0';
    if (text[0] == '\0') {
        bad(r, f, "a number of its own in every row");
        return WKS_OK;
    }
    *n_bsn += wks_own_value_is_bsn(text);
    const int32_t n_before = r->ids.n;
    const wks_status rc = wks_codes_add(&r->ids, text, &row, err);
    if (rc != WKS_OK) return rc;
    if (r->ids.n == n_before) {
        wks_text expected = WKS_TEXT_INIT;
        wks_text_addf(&expected, "each number once; it stands in line %d too", r->id_line[row]);
        bad(r, f, expected.failed ? "each number once" : expected.data);
        wks_text_free(&expected);
        return WKS_OK;
    }
    r->id_line[row] = r->sheet->line[r->row];
    wks_pseudonym_key(r->source->secret, kind, text, out);
    return WKS_OK;
}

/* ---- places ---- */

static int32_t row_of_code(const wks_city *city, const char *code)
{
    const int32_t row = wks_folder_buurt_row(city, code);

    if (row >= 0) return row;
    for (int32_t b = 0; b < city->n_buurten; b++) { /* BU and four digits of the gemeente */
        if (strncmp(city->buurt[b].code, code, 6) == 0) return BAD;
    }
    return OUTSIDE;
}

static int32_t row_of_name(const wks_city *city, const char *name)
{
    int32_t found = BAD;

    for (int32_t b = 0; b < city->n_buurten; b++) {
        if (!wks_own_terms_same(city->buurt[b].name, name)) continue;
        if (found >= 0) return BAD; /* two buurten of that name */
        found = b;
    }
    return found;
}

static void bad_buurt(reader *r, int32_t f)
{
    const wks_city *city = r->source->city;
    char near[160] = "";
    wks_text expected = WKS_TEXT_INIT;

    if (r->file == WKS_OWN_TERMS_DWELLINGS) {
        const char **code = wks_mem_array((size_t)city->n_buurten, sizeof *code);
        const bool is_code = cell(r, f)[0] == 'B' || (cell(r, f)[0] >= '0' && cell(r, f)[0] <= '9');
        for (int32_t b = 0; code != NULL && b < city->n_buurten; b++)
            code[b] = is_code ? city->buurt[b].code : city->buurt[b].name;
        if (code != NULL) (void)wks_problems_nearest(cell(r, f), code, (size_t)city->n_buurten, near);
        free(code);
    }
    wks_text_addf(&expected, "the code (%s) or the name of one buurt of buurten.csv%s", city->buurt[0].code, near);
    bad(r, f, expected.failed ? "the code of a buurt" : expected.data);
    wks_text_free(&expected);
}

/* Row of the buurt; OUTSIDE, -1 where nothing is said, BAD after a problem. */
static int32_t place(reader *r, int32_t buurt, int32_t postcode)
{
    const wks_city *city = r->source->city;
    const char *text = cell(r, buurt);
    char code[11], pc[7];

    if (text[0] != '\0') {
        int32_t row = wks_folder_buurt_row(city, text);
        if (row < 0) row = wks_own_value_buurt(text, code) ? row_of_code(city, code) : row_of_name(city, text);
        if (row == BAD) bad_buurt(r, buurt);
        return row;
    }
    text = cell(r, postcode);
    if (text[0] == '\0' || r->source->postcode == NULL) {
        if (r->column[buurt] >= 0) r->rows->n_empty[r->file][buurt]++;
        return -1;
    }
    if (!wks_own_value_postcode(text, pc)) {
        bad(r, postcode, "a postcode as 1234AB or 1234");
        return BAD;
    }
    const int32_t row = wks_own_postcode_row(r->source->postcode, pc);
    if (row >= 0) return row;
    /* Not in the table: tables are often of one gemeente. */
    return OUTSIDE;
}

/* ---- dwellings ---- */

static int by_dwelling_key(const void *a, const void *b)
{
    return strcmp(((const wks_own_dwelling *)a)->key, ((const wks_own_dwelling *)b)->key);
}

static float whole(double value)
{
    return isfinite(value) ? (float)floor(value + 0.5) : 0.0f;
}

static wks_status take_dwelling(reader *r, wks_own_dwelling *d, int32_t *out_type, int32_t *n_bsn, wks_err *err)
{
    *d = (wks_own_dwelling){0};
    const wks_status rc = take_id(r, WKS_OWN_TERMS_D_ID, "dwelling", d->key, n_bsn, err);
    if (rc != WKS_OK) return rc;
    *out_type = word(r, WKS_OWN_TERMS_D_TYPE, -1);
    if (*out_type < 0 && cell(r, WKS_OWN_TERMS_D_TYPE)[0] == '\0') bad(r, WKS_OWN_TERMS_D_TYPE, "the type of every dwelling");
    if (*out_type == WKS_OWN_TERMS_ROOM || *out_type == WKS_OWN_TERMS_OTHER) return WKS_OK; /* the rest of the row does not count */
    d->buurt_row = place(r, WKS_OWN_TERMS_D_BUURT, WKS_OWN_TERMS_D_POSTCODE);
    if (d->buurt_row == OUTSIDE) return WKS_OK;
    if (d->buurt_row == -1)
        bad(r, r->column[WKS_OWN_TERMS_D_BUURT] >= 0 ? WKS_OWN_TERMS_D_BUURT : WKS_OWN_TERMS_D_POSTCODE, "the place of every dwelling");
    d->type = *out_type == 1;
    const char *complex = cell(r, WKS_OWN_TERMS_D_COMPLEX);
    if (complex[0] != '\0') wks_pseudonym_key(r->source->secret, "complex", complex, d->complex);
    const double rent = number(r, WKS_OWN_TERMS_D_RENT, 1, 10000, true, "euro a month, 1 to 10000");
    const double asked = number(r, WKS_OWN_TERMS_D_ASKED_RENT, 1, 10000, true, "euro a month, 1 to 10000");
    if (isnan(rent) && isnan(asked) && !r->is_bad) bad(r, WKS_OWN_TERMS_D_RENT, "the net rent in euro a month (or a streefhuur)");
    d->rent_eur = whole(isnan(rent) ? asked : rent);
    d->asked_rent_eur = whole(asked);
    d->wws_points = (int16_t)whole(number(r, WKS_OWN_TERMS_D_POINTS, 1, 750, true, "WWS points, 1 to 750"));
    d->rooms = (uint8_t)whole(number(r, WKS_OWN_TERMS_D_ROOMS, 1, 20, true, "rooms, 1 to 20"));
    d->area_m2 = whole(number(r, WKS_OWN_TERMS_D_AREA, 8, 1000, true, "square metres, 8 to 1000"));
    d->built_year = (int32_t)whole(number(r, WKS_OWN_TERMS_D_BUILT, 1200, 2100, true, "a year, 1200 to 2100"));
    d->label = (uint8_t)word(r, WKS_OWN_TERMS_D_LABEL, 0);
    d->segment = (uint8_t)word(r, WKS_OWN_TERMS_D_SEGMENT, 0);
    d->accessible = (int8_t)word(r, WKS_OWN_TERMS_D_ACCESSIBLE, -1);
    return WKS_OK;
}

/* Numbers of which most pass the check are BSN numbers, whatever the column is called. */
static void check_bsn(const reader *r, int32_t f, int32_t n_bsn)
{
    if (n_bsn < 3 || 2 * n_bsn <= r->ids.n) return;
    wks_problems_error(r->source->problems, r->sheet->path, 1, 0,
                       "%s (column '%s') looks like BSN numbers, which are never read; expected a number of your own administration",
                       r->field[f].name, r->sheet->header[r->column[f]]);
}

wks_status wks_own_rows_dwellings(const wks_own_rows_source *source, const wks_sheet *sheet, wks_own_rows *rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_errors = source->problems->n_errors;
    reader r = {.source = source, .file = WKS_OWN_TERMS_DWELLINGS, .sheet = sheet, .rows = rows};
    int32_t n_bsn = 0, type;

    WKS_TRY(open_reader(&r, err));
    rows->dwelling = wks_mem_array(sheet->n_rows, sizeof *rows->dwelling);
    if (rows->dwelling == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu dwellings", sheet->n_rows);
    for (r.row = 0; r.row < sheet->n_rows; r.row++) {
        wks_own_dwelling *d = &rows->dwelling[rows->n_dwellings];
        if (is_empty_row(&r)) continue;
        r.is_bad = false;
        rows->n_read[r.file]++;
        WKS_TRY(take_dwelling(&r, d, &type, &n_bsn, err));
        rows->n_rooms += type == WKS_OWN_TERMS_ROOM;
        rows->n_other += type == WKS_OWN_TERMS_OTHER;
        const bool is_left_out = type == WKS_OWN_TERMS_ROOM || type == WKS_OWN_TERMS_OTHER;
        rows->n_outside[r.file] += !is_left_out && d->buurt_row == OUTSIDE;
        rows->n_dwellings += !r.is_bad && !is_left_out && d->buurt_row >= 0;
    }
    tell_words(&r);
    check_bsn(&r, WKS_OWN_TERMS_D_ID, n_bsn);
    if (source->problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s has problems", sheet->path);
    if (rows->n_dwellings > 1) qsort(rows->dwelling, (size_t)rows->n_dwellings, sizeof *rows->dwelling, by_dwelling_key);
out:
    close_reader(&r);
    return rc;
}

/* ---- seekers ---- */

static int by_seeker_key(const void *a, const void *b)
{
    return strcmp(((const wks_own_seeker *)a)->key, ((const wks_own_seeker *)b)->key);
}

/* The last day that anything happened is the day of the data, unless it was given. */
static void find_reference(reader *r)
{
    static const int32_t field[2] = {WKS_OWN_TERMS_S_REGISTERED, WKS_OWN_TERMS_S_REACTED};
    wks_own_rows *rows = r->rows;

    if (rows->is_reference_given) return;
    for (r->row = 0; r->row < r->sheet->n_rows; r->row++) {
        for (int i = 0; i < 2; i++) {
            int32_t month, day;
            if (!wks_own_value_date(cell(r, field[i]), &month, &day)) continue;
            if (month < rows->reference_month || (month == rows->reference_month && day <= rows->reference_day)) continue;
            rows->reference_month = month;
            rows->reference_day = day;
        }
    }
}

/* Whole months from a date to the day of the data; -1 when it is later. */
static int32_t months_since(const wks_own_rows *rows, int32_t month, int32_t day)
{
    const int32_t months = rows->reference_month - month - (day > rows->reference_day);

    return months < 0 ? -1 : months;
}

static const char date_expected[] = "a day as 31-12-2023 or 2023-12-31, not after the day of the data and not more than sixty years before";

static int32_t take_registered(reader *r)
{
    int32_t month, day;

    if (wks_own_value_date(cell(r, WKS_OWN_TERMS_S_REGISTERED), &month, &day)) {
        const int32_t months = months_since(r->rows, month, day);
        if (months >= 0 && months <= MAX_MONTHS) return months;
    }
    bad(r, WKS_OWN_TERMS_S_REGISTERED, date_expected);
    return 0;
}

static int32_t take_age(reader *r)
{
    const char *text = cell(r, WKS_OWN_TERMS_S_BIRTH);
    int32_t month, day, year, age = -1;

    if (text[0] == '\0') {
        r->rows->n_empty[r->file][WKS_OWN_TERMS_S_BIRTH]++;
        return 0;
    }
    if (wks_own_value_year(text, &year)) {
        age = wks_month_year(r->rows->reference_month) - year - (wks_month_of_year(r->rows->reference_month) < 6);
    } else if (wks_own_value_date(text, &month, &day)) {
        const int32_t months = months_since(r->rows, month, day);
        age = months < 0 ? -1 : months / 12;
    }
    if (age >= 16 && age <= WKS_OWN_MAX_AGE) return age;
    bad(r, WKS_OWN_TERMS_S_BIRTH, "a birth date or year of somebody of 16 to 104 years");
    return 0;
}

static int32_t take_persons(reader *r)
{
    const char *text = cell(r, WKS_OWN_TERMS_S_PERSONS);
    double value;

    if (text[0] != '\0' && wks_own_value_number(text, true, &value)) {
        if (value >= 1.0 && value <= 20.0 && floor(value) == value) return (int32_t)value;
        bad(r, WKS_OWN_TERMS_S_PERSONS, "a whole number of persons, 1 to 20");
        return 0;
    }
    return word(r, WKS_OWN_TERMS_S_PERSONS, 0);
}

static uint8_t take_urgency(reader *r)
{
    int32_t month, day;

    if (wks_own_value_date(cell(r, WKS_OWN_TERMS_S_URGENCY), &month, &day)) return URGENT_SOCIAL;
    return (uint8_t)word(r, WKS_OWN_TERMS_S_URGENCY, NOT_URGENT);
}

/* Without a column of reactions everybody counts as active. */
static uint8_t take_active(reader *r)
{
    const char *text = cell(r, WKS_OWN_TERMS_S_REACTED);
    int32_t month, day;

    if (r->column[WKS_OWN_TERMS_S_REACTED] < 0) return 1;
    if (text[0] == '\0') {
        r->rows->n_empty[r->file][WKS_OWN_TERMS_S_REACTED]++;
        return 0;
    }
    if (wks_own_value_date(text, &month, &day)) {
        const int32_t months = months_since(r->rows, month, day);
        if (months >= 0) return months < WKS_OWN_ROWS_ACTIVE_MONTHS;
    }
    bad(r, WKS_OWN_TERMS_S_REACTED, date_expected);
    return 0;
}

static wks_status take_seeker(reader *r, wks_own_seeker *s, int32_t *n_bsn, wks_err *err)
{
    *s = (wks_own_seeker){0};
    const wks_status rc = take_id(r, WKS_OWN_TERMS_S_ID, "seeker", s->key, n_bsn, err);
    if (rc != WKS_OK) return rc;
    s->buurt_row = place(r, WKS_OWN_TERMS_S_BUURT, WKS_OWN_TERMS_S_POSTCODE);
    s->months_registered = take_registered(r);
    s->age = take_age(r);
    s->persons = take_persons(r);
    double income = number(r, WKS_OWN_TERMS_S_INCOME, -1e6, 1e6, false, "euro a year, at most a million");
    income = income < 0.0 ? 0.0 : income; /* losses of the self-employed */
    s->income_eur = isnan(income) ? (float)NAN : (float)(100.0 * floor(income / 100.0 + 0.5));
    s->urgency = take_urgency(r);
    s->is_active = take_active(r);
    return WKS_OK;
}

wks_status wks_own_rows_seekers(const wks_own_rows_source *source, const wks_sheet *sheet, wks_own_rows *rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_errors = source->problems->n_errors;
    reader r = {.source = source, .file = WKS_OWN_TERMS_SEEKERS, .sheet = sheet, .rows = rows};
    int32_t n_bsn = 0;

    WKS_TRY(open_reader(&r, err));
    find_reference(&r);
    rows->seeker = wks_mem_array(sheet->n_rows, sizeof *rows->seeker);
    if (rows->seeker == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu seekers", sheet->n_rows);
    for (r.row = 0; r.row < sheet->n_rows; r.row++) {
        wks_own_seeker *s = &rows->seeker[rows->n_seekers];
        if (is_empty_row(&r)) continue;
        r.is_bad = false;
        rows->n_read[r.file]++;
        WKS_TRY(take_seeker(&r, s, &n_bsn, err));
        rows->n_outside[r.file] += s->buurt_row == OUTSIDE;
        rows->n_minors += !r.is_bad && s->age > 0 && s->age * 12 + 11 - s->months_registered < 18 * 12;
        rows->n_seekers += !r.is_bad && s->buurt_row >= -1;
    }
    tell_words(&r);
    check_bsn(&r, WKS_OWN_TERMS_S_ID, n_bsn);
    if (source->problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s has problems", sheet->path);
    if (rows->n_seekers > 1) qsort(rows->seeker, (size_t)rows->n_seekers, sizeof *rows->seeker, by_seeker_key);
out:
    close_reader(&r);
    return rc;
}
