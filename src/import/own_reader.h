/* Reads a corporatie's sheet cell by cell through the mapping: each cell as number, word or id, checked, problems at their line and column.
 * No value is ever put into a message, but unknown words of dwellings that stand in ten rows or more. */
#ifndef WKS_IMPORT_OWN_READER_H
#define WKS_IMPORT_OWN_READER_H

#include "import/codes.h"
#include "import/own_rows.h"

enum { WKS_OWN_READER_MAX_WORDS = 200 };

/* An unknown word of a column, told once. */
typedef struct wks_own_reader_unknown {
    const char *cell;
    int32_t field, n;
    size_t row;
} wks_own_reader_unknown;

/* Start from the first four, the rest {0}. A field is one of wks_own_terms_dwelling or wks_own_terms_seeker. */
typedef struct wks_own_reader {
    const wks_own_rows_source *source;
    wks_own_terms_file file;
    const wks_sheet *sheet;
    wks_own_rows *rows; /* for its counts */
    int column[WKS_OWN_TERMS_MAX_FIELDS];
    const wks_own_terms_field *field;
    int32_t n_fields;
    wks_codes ids;
    int *id_line;  /* where each id was first */
    int32_t n_bsn; /* ids that pass the check of BSN numbers */
    wks_own_reader_unknown word[WKS_OWN_READER_MAX_WORDS];
    int32_t n_words;
    size_t row;  /* the one at hand: the caller goes from row to row */
    bool is_bad; /* this row had a problem: the caller sets it to false */
} wks_own_reader;

/** Finds the mapped columns; the report gets the kind of file and the columns that are not read. Problems: a mapped column that is not there, a
 *  needed one that is not mapped, no header. WKS_ERR_DATA after those, WKS_ERR_NOMEM; close it then too. */
wks_status wks_own_reader_open(wks_own_reader *r, wks_err *err);
void wks_own_reader_close(wks_own_reader *r);

/** True for a row of nothing: workbooks end with them. */
bool wks_own_reader_is_empty_row(const wks_own_reader *r);

/** The text of a cell of the row at hand; "" where the column is not mapped. */
const char *wks_own_reader_cell(const wks_own_reader *r, int32_t f);

/** The row has a problem in this field; the value is not shown. */
void wks_own_reader_bad(wks_own_reader *r, int32_t f, const char *expected);

/** A number in [low, high]; NaN where the cell says nothing (counted in n_empty), after a problem, or at 0 when that stands for unknown. */
double wks_own_reader_number(wks_own_reader *r, int32_t f, double low, double high, bool is_zero_unknown, const char *expected);

/** A word as its number in wks_own_terms_word_table; `none` where the cell says nothing or something unknown. Unknown words are gathered. */
int32_t wks_own_reader_word(wks_own_reader *r, int32_t f, int32_t none);

/** After the last row: a problem for each unknown word, with how often it occurs. */
void wks_own_reader_tell_words(const wks_own_reader *r);

/** Number of a dwelling or a registration as its pseudonym of `kind` (wks_pseudonym_key). Problems: none there, or a second time.
 *  @return WKS_ERR_NOMEM. */
wks_status wks_own_reader_take_id(wks_own_reader *r, int32_t f, const char *kind, char *out, wks_err *err);

/** After the last row: a problem when most ids pass the check of BSN numbers, whatever the column is called. */
void wks_own_reader_check_bsn(const wks_own_reader *r, int32_t f);

#endif
