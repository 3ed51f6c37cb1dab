#include "import/own_reader.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import/own_value.h"

/* ---- columns ---- */

static void find_column(wks_own_reader *r, int32_t f, bool has_header)
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

static void check_needed(const wks_own_reader *r)
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

static void tell_unread(const wks_own_reader *r)
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

wks_status wks_own_reader_open(wks_own_reader *r, wks_err *err)
{
    const size_t n_errors = r->source->problems->n_errors;
    const bool has_header = wks_own_mapping_has_header(r->source->mapping, r->file, r->sheet);
    char n_rows[WKS_OWN_ROWS_COUNT_SIZE];

    r->field = wks_own_terms_fields(r->file, &r->n_fields);
    check_needed(r);
    if (!has_header)
        wks_problems_error(
            r->source->problems, r->sheet->path, 1, 0,
            "the first line does not name %s by names that are known or mapped; expected a line with the names of the columns "
            "(it is not shown: it may be about people)",
            r->file == WKS_OWN_TERMS_SEEKERS ? "id and registered" : "two of id, type and rent");
    for (int32_t f = 0; f < r->n_fields; f++)
        find_column(r, f, has_header);
    if (r->source->problems->n_errors > n_errors) return wks_err_set(err, WKS_ERR_DATA, "%s: columns are missing", r->sheet->path);
    wks_text_addf(r->source->report, "%s: %s, %s rows of %s\n", r->sheet->path, wks_sheet_kind_name(r->sheet->kind),
                  wks_own_rows_count((int64_t)r->sheet->n_rows, n_rows), wks_own_terms_file_name[r->file]);
    tell_unread(r);
    r->id_line = wks_mem_array(r->sheet->n_rows, sizeof *r->id_line);
    return r->id_line != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu rows", r->sheet->n_rows);
}

void wks_own_reader_close(wks_own_reader *r)
{
    wks_codes_free(&r->ids);
    free(r->id_line);
}

/* ---- cells ---- */

const char *wks_own_reader_cell(const wks_own_reader *r, int32_t f)
{
    return r->column[f] < 0 ? "" : wks_sheet_cell(r->sheet, r->row, r->column[f]);
}

void wks_own_reader_bad(wks_own_reader *r, int32_t f, const char *expected)
{
    const int line = r->sheet->line[r->row], position = wks_sheet_position(r->sheet, r->row, r->column[f]);
    const char *column = r->sheet->header[r->column[f]];

    r->is_bad = true;
    wks_problems_error(r->source->problems, r->sheet->path, line, position, "%s (column '%s') %s; expected %s", r->field[f].name, column,
                       wks_own_reader_cell(r, f)[0] == '\0' ? "is empty" : "cannot be used, the value is not shown", expected);
}

/* Workbooks end with rows of nothing. */
bool wks_own_reader_is_empty_row(const wks_own_reader *r)
{
    for (size_t j = 0; j < r->sheet->n_columns; j++) {
        if (wks_sheet_cell(r->sheet, r->row, (int)j)[0] != '\0') return false;
    }
    return true;
}

double wks_own_reader_number(wks_own_reader *r, int32_t f, double low, double high, bool is_zero_unknown, const char *expected)
{
    const char *text = wks_own_reader_cell(r, f);
    double value;

    if (wks_sheet_parse(text, &value) == WKS_SHEET_MISSING) {
        r->rows->n_empty[r->file][f]++;
        return NAN;
    }
    if (!wks_own_value_number(text, r->sheet->kind != WKS_SHEET_CSV, &value)) {
        wks_own_reader_bad(r, f, expected);
        return NAN;
    }
    if (is_zero_unknown && value >= 0.0 && value < 0.05) {
        r->rows->n_empty[r->file][f]++;
        return NAN;
    }
    if (value >= low && value <= high) return value;
    wks_own_reader_bad(r, f, expected);
    return NAN;
}

int32_t wks_own_reader_word(wks_own_reader *r, int32_t f, int32_t none)
{
    const int32_t kind = wks_own_mapping_kind(r->file, f);
    const char *text = wks_own_reader_cell(r, f);

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
    if (r->n_words < WKS_OWN_READER_MAX_WORDS) r->word[r->n_words++] = (wks_own_reader_unknown){text, f, 1, r->row};
    return none;
}

void wks_own_reader_tell_words(const wks_own_reader *r)
{
    for (int32_t i = 0; i < r->n_words; i++) {
        const wks_own_reader_unknown *w = &r->word[i];
        const wks_own_terms_words *known = &wks_own_terms_word_table[wks_own_mapping_kind(r->file, w->field)];
        const char *name[WKS_OWN_TERMS_MAX_OURS];
        char near[160], n_rows[WKS_OWN_ROWS_COUNT_SIZE];
        wks_text ours = WKS_TEXT_INIT;
        size_t n = 0;
        for (int32_t k = 0; known->ours[k] != NULL; k++) {
            if (known->ours[k][0] == '\0') continue;
            name[n++] = known->ours[k];
            wks_text_addf(&ours, "%s%s", ours.length > 0 ? ", " : "", known->ours[k]);
        }
        const int line = r->sheet->line[w->row], position = wks_sheet_position(r->sheet, w->row, r->column[w->field]);
        const char *column = r->sheet->header[r->column[w->field]], *list = ours.data != NULL ? ours.data : "";
        if (r->file == WKS_OWN_TERMS_SEEKERS || w->n < WKS_OWN_ROWS_FEW) { /* a rare one may be somebody's name */
            wks_problems_error(r->source->problems, r->sheet->path, line, position,
                               "%s (column '%s') has a word that is not known (%s rows; it is not shown); expected %s, or a line for it in "
                               "values.%s of the mapping",
                               r->field[w->field].name, column, wks_own_rows_count(w->n, n_rows), list, known->name);
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

wks_status wks_own_reader_take_id(wks_own_reader *r, int32_t f, const char *kind, char *out, wks_err *err)
{
    const char *text = wks_own_reader_cell(r, f);
    int32_t row;

    out[0] = '\0';
    if (text[0] == '\0') {
        wks_own_reader_bad(r, f, "a number of its own in every row");
        return WKS_OK;
    }
    r->n_bsn += wks_own_value_is_bsn(text);
    const int32_t n_before = r->ids.n;
    const wks_status rc = wks_codes_add(&r->ids, text, &row, err);
    if (rc != WKS_OK) return rc;
    if (r->ids.n == n_before) {
        wks_text expected = WKS_TEXT_INIT;
        wks_text_addf(&expected, "each number once; it stands in line %d too", r->id_line[row]);
        wks_own_reader_bad(r, f, expected.failed ? "each number once" : expected.data);
        wks_text_free(&expected);
        return WKS_OK;
    }
    r->id_line[row] = r->sheet->line[r->row];
    wks_pseudonym_key(r->source->secret, kind, text, out);
    return WKS_OK;
}

void wks_own_reader_check_bsn(const wks_own_reader *r, int32_t f)
{
    if (r->n_bsn < 3 || 2 * r->n_bsn <= r->ids.n) return;
    wks_problems_error(r->source->problems, r->sheet->path, 1, 0,
                       "%s (column '%s') looks like BSN numbers, which are never read; expected a number of your own administration",
                       r->field[f].name, r->sheet->header[r->column[f]]);
}
