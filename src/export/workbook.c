#include "export/workbook.h"

#ifdef WKS_WITH_XLSX

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "base/mem.h"
#include "export/table_check.h"
#include "export/zip_check.h"

const bool wks_workbook_is_built = true;

enum { LONGEST_CELL = 32767, MAX_COLUMNS = 16384, MIN_WIDTH = 8, MAX_WIDTH = 48 };
/* 2000-01-01: the file does not tell when it was made, so that the same results make the same bytes. */
enum { CREATED = 946684800 };

typedef enum format { GENERAL, PLAIN, WHOLE, PART, SHARE, MONEY, DATE, BOLD, WRAP, N_FORMATS } format;
static const char *const format_text[N_FORMATS] = {
    [PLAIN] = "0", [WHOLE] = "#,##0", [PART] = "#,##0.00", [SHARE] = "0.0%", [MONEY] = "#,##0.00", [DATE] = "yyyy-mm"};

typedef struct work {
    const wks_result_folder *from;
    lxw_workbook *book;
    lxw_format *format[N_FORMATS];
    int64_t max_rows;
    lxw_worksheet *sheet;
    lxw_row_t row; /* the next one */
    int n_sheets;  /* of the table */
    lxw_error failed;
} work;

static void note(work *self, lxw_error error)
{
    if (self->failed == LXW_NO_ERROR) self->failed = error;
}

static wks_status make_formats(work *self, wks_err *err)
{
    for (int i = 0; i < N_FORMATS; i++) {
        self->format[i] = workbook_add_format(self->book);
        if (self->format[i] == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a workbook");
        if (format_text[i] != NULL) format_set_num_format(self->format[i], format_text[i]);
    }
    format_set_bold(self->format[BOLD]);
    format_set_text_wrap(self->format[WRAP]);
    format_set_align(self->format[WRAP], LXW_ALIGN_VERTICAL_TOP);
    return WKS_OK;
}

static bool begins(const char *text, const char *with)
{
    return strncmp(text, with, strlen(with)) == 0;
}

static bool is_count(const char *unit)
{
    static const char *const counts[] = {"households",  "persons",   "dwellings", "units",         "offers", "moves",
                                         "lettings",    "reactions", "contracts", "registrations", "jobs",   "rooms",
                                         "home-months", "buurten",   "points",    "links"};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (begins(unit, counts[i])) return true;
    }
    return false;
}

static format format_of(const wks_result_folder_column *column, const char *unit, double value)
{
    if (begins(unit, "share")) return SHARE;
    if (begins(unit, "EUR")) return MONEY;
    if (is_count(unit)) return fabs(value) < 1e15 && value == floor(value) ? WHOLE : PART;
    return column->kind == WKS_COLUMN_KIND_WHOLE && value == floor(value) ? PLAIN : GENERAL;
}

static void put_number(work *self, const wks_result_folder_column *column, const char *unit, lxw_col_t at, const char *cell)
{
    double value = 0;

    if (!wks_text_parse_double(cell, &value)) { /* inf: a sheet has no such number */
        note(self, worksheet_write_string(self->sheet, self->row, at, cell, NULL));
        return;
    }
    const format f = format_of(column, unit, value);
    note(self, worksheet_write_number(self->sheet, self->row, at, value, f == GENERAL ? NULL : self->format[f]));
}

static void put_date(work *self, lxw_col_t at, const char *cell)
{
    int32_t month = 0;
    if (!wks_text_parse_month(cell, &month)) return;
    if (month / 12 < 1900) { /* before the first day of a sheet */
        note(self, worksheet_write_string(self->sheet, self->row, at, cell, NULL));
        return;
    }
    lxw_datetime date = {.year = month / 12, .month = month % 12 + 1, .day = 1};
    note(self, worksheet_write_datetime(self->sheet, self->row, at, &date, self->format[DATE]));
}

static void begin_sheet(work *self, const wks_result_folder_table *table)
{
    wks_text name = WKS_TEXT_INIT;

    self->n_sheets++;
    wks_text_add(&name, table->name);
    if (self->n_sheets > 1) wks_text_addf(&name, "_%d", self->n_sheets);
    self->sheet = name.failed ? NULL : workbook_add_worksheet(self->book, name.data);
    wks_text_free(&name);
    if (self->sheet == NULL) {
        note(self, LXW_ERROR_MEMORY_MALLOC_FAILED);
        return;
    }
    worksheet_freeze_panes(self->sheet, 1, 0);
    for (int i = 0; i < table->n_columns; i++) {
        const size_t width = table->column[i].width + 2;
        note(self, worksheet_set_column(self->sheet, (lxw_col_t)i, (lxw_col_t)i,
                                        width < MIN_WIDTH   ? MIN_WIDTH
                                        : width > MAX_WIDTH ? MAX_WIDTH
                                                            : (double)width,
                                        NULL));
        note(self, worksheet_write_string(self->sheet, 0, (lxw_col_t)i, table->column[i].name, self->format[BOLD]));
    }
    self->row = 1;
}

/* In this mode rows go to a file of their own: is the disk full, then it says so here. */
static wks_status end_sheet(work *self, const wks_result_folder_table *table, wks_err *err)
{
    if (self->sheet == NULL || self->failed != LXW_NO_ERROR) {
        const lxw_error e = self->failed;
        return wks_err_set(err, e == LXW_ERROR_MEMORY_MALLOC_FAILED || self->sheet == NULL ? WKS_ERR_NOMEM : WKS_ERR_IO, "sheet %s: %s",
                           table->name, lxw_strerror(e));
    }
    note(self, worksheet_autofilter(self->sheet, 0, 0, self->row - 1, (lxw_col_t)(table->n_columns - 1)));
    return WKS_OK;
}

static wks_status put_row(const wks_result_folder_table *table, const wks_row_reader *row, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    work *self = context;
    const char *unit = "";

    if (self->row >= self->max_rows) {
        WKS_TRY(end_sheet(self, table, err));
        begin_sheet(self, table);
    }
    if (self->sheet == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for sheet %s", table->name);
    if (table->indicator >= 0) {
        const wks_result_folder_unit *u = wks_result_folder_unit_of(self->from, wks_row_reader_cell(row, (size_t)table->indicator));
        unit = u == NULL ? "" : u->unit;
    }
    for (int i = 0; i < table->n_columns; i++) {
        const wks_result_folder_column *column = &table->column[i];
        const char *cell = wks_row_reader_cell(row, (size_t)i);
        if (cell[0] == '\0') continue;
        if (column->kind == WKS_COLUMN_KIND_TEXT) {
            if (strlen(cell) > LONGEST_CELL)
                WKS_FAIL(err, WKS_ERR_DATA, "%s:%d: a field of %zu bytes; a cell of xlsx holds %d", row->path, row->line, strlen(cell),
                         LONGEST_CELL);
            note(self, worksheet_write_string(self->sheet, self->row, (lxw_col_t)i, cell, NULL));
        } else if (column->kind == WKS_COLUMN_KIND_DATE) {
            put_date(self, (lxw_col_t)i, cell);
        } else {
            put_number(self, column, column->follows ? unit : column->unit, (lxw_col_t)i, cell);
        }
    }
    self->row++;
    if (self->failed != LXW_NO_ERROR) WKS_FAIL(err, WKS_ERR_IO, "%s:%d: %s", row->path, row->line, lxw_strerror(self->failed));
out:
    return rc;
}

static wks_status put_table(work *self, const wks_result_folder_table *table, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    int64_t n_long = 0;

    if (table->n_columns > MAX_COLUMNS)
        WKS_FAIL(err, WKS_ERR_DATA, "%s: %d columns; a sheet of xlsx has at most %d", table->path, table->n_columns, MAX_COLUMNS);
    self->n_sheets = 0;
    begin_sheet(self, table);
    WKS_TRY(wks_table_check_read(table, put_row, self, err));
    WKS_TRY(end_sheet(self, table, err));
    if (self->n_sheets > 1)
        wks_problems_warning(problems, table->path, 0, 0, "%lld rows: a sheet holds %lld, so they stand in %d sheets, %s to %s_%d",
                             (long long)table->n_rows, (long long)self->max_rows - 1, self->n_sheets, table->name, table->name,
                             self->n_sheets);
    for (int i = 0; i < table->n_columns; i++)
        n_long += table->column[i].n_long;
    if (n_long > 0)
        wks_problems_warning(problems, table->path, 0, 0, "%lld numbers have 17 digits; xlsx gets 16 of them, csv, sqlite and gpkg all",
                             (long long)n_long);
out:
    return rc;
}

static void put_line(work *self, const char *what, const char *value, lxw_format *style)
{
    note(self, worksheet_write_string(self->sheet, self->row, 0, what, style));
    note(self, worksheet_write_string(self->sheet, self->row, 1, value, style == NULL ? self->format[WRAP] : style));
    self->row++;
}

static void put_guide(work *self)
{
    put_line(self, "", "", NULL);
    put_line(self, "Leeg | empty",
             "Een lege cel is niet gedefinieerd (of te klein om te tonen), nooit nul. | An empty cell is not defined (or too small to be "
             "told), never zero.",
             NULL);
    put_line(self, "Kolommen | columns",
             "Elke kolom en indicator staat uitgelegd in blad codebook. | Every column and indicator is explained in sheet codebook.",
             NULL);
    put_line(self, "Getallen | numbers",
             "De cel bevat alle cijfers; de opmaak toont er soms minder. | The cell holds all digits; its format sometimes shows fewer.",
             NULL);
    put_line(self, "Datum | date", "De eerste dag van de maand staat voor de maand. | The first day of the month stands for the month.",
             NULL);
    for (size_t i = 0; i < self->from->n_tables; i++) {
        const wks_result_folder_table *table = &self->from->table[i];
        char rows[96];
        const int64_t n_sheets = table->n_rows <= self->max_rows - 1 ? 1 : (table->n_rows + self->max_rows - 2) / (self->max_rows - 1);
        (void)snprintf(rows, sizeof rows, "%lld rijen | rows, %lld blad(en) | sheet(s)", (long long)table->n_rows, (long long)n_sheets);
        put_line(self, table->name, rows, NULL);
    }
}

static wks_status put_about(work *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text about = WKS_TEXT_INIT;
    char *rest = NULL;

    wks_result_folder_about(self->from, &about);
    self->sheet = about.failed ? NULL : workbook_add_worksheet(self->book, "lees mij");
    if (self->sheet == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a workbook");
    note(self, worksheet_set_column(self->sheet, 0, 0, 30, NULL));
    note(self, worksheet_set_column(self->sheet, 1, 1, 100, NULL));
    self->row = 0;
    put_line(self, "Wat | what", "Waarde | value", self->format[BOLD]);
    for (char *line = strtok_r(about.data, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        char *value = strchr(line, '\t');
        if (value == NULL) continue;
        *value++ = '\0';
        put_line(self, line, value, NULL);
    }
    put_guide(self);
    if (self->failed != LXW_NO_ERROR) WKS_FAIL(err, WKS_ERR_IO, "sheet lees mij: %s", lxw_strerror(self->failed));
out:
    wks_text_free(&about);
    return rc;
}

/* How long the rows of each sheet are that its library keeps aside until the end; the disk may be full. */
static wks_status flush_rows(const work *self, int64_t *size, size_t n, const char *path, wks_err *err)
{
    lxw_worksheet *sheet = NULL;
    size_t i = 0;

    STAILQ_FOREACH(sheet, self->book->worksheets, list_pointers)
    {
        if (i == n) break;
        if (sheet->optimize_tmpfile == NULL || fflush(sheet->optimize_tmpfile) != 0 || ferror(sheet->optimize_tmpfile))
            return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", path, strerror(errno != 0 ? errno : ENOSPC));
        size[i++] = (int64_t)ftello(sheet->optimize_tmpfile);
    }
    return WKS_OK;
}

static wks_status finish(work *self, const char *temporary, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = self->book->num_worksheets;
    int64_t *size = wks_mem_array(n, sizeof *size);
    FILE *stream = NULL;

    if (size == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a workbook");
    WKS_TRY(flush_rows(self, size, n, path, err));
    errno = 0;
    const lxw_error error = workbook_close(self->book);
    self->book = NULL;
    if (error != LXW_NO_ERROR)
        WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s%s%s", path, lxw_strerror(error), errno == 0 ? "" : ": ",
                 errno == 0 ? "" : strerror(errno));
    stream = fopen(temporary, "r+b");
    if (stream == NULL || !wks_file_sync(stream)) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", path, strerror(errno));
    WKS_TRY(wks_zip_check_sheets(stream, path, size, n, err));
    WKS_TRY(wks_file_rename(temporary, path, err));
out:
    if (stream != NULL) (void)fclose(stream);
    free(size);
    return rc;
}

wks_status wks_workbook_write(const wks_result_folder *from, const char *path, int64_t max_rows, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    work self = {.from = from, .max_rows = max_rows, .failed = LXW_NO_ERROR};
    wks_text temporary = WKS_TEXT_INIT;
    char *folder = wks_file_folder(path);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = folder};
    lxw_doc_properties properties = {.created = CREATED};

    wks_text_addf(&temporary, "%s.tmp%ld", path, (long)getpid());
    if (temporary.failed || folder == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    self.book = workbook_new_opt(temporary.data, &options);
    if (self.book == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a workbook");
    (void)workbook_set_properties(self.book, &properties);
    WKS_TRY(make_formats(&self, err));
    WKS_TRY(put_about(&self, err));
    for (size_t i = 0; i < from->n_tables; i++)
        WKS_TRY(put_table(&self, &from->table[i], problems, err));
    WKS_TRY(finish(&self, temporary.data, path, err));
out:
    if (self.book != NULL) lxw_workbook_free(self.book);
    if (rc != WKS_OK && temporary.data != NULL) (void)unlink(temporary.data);
    wks_text_free(&temporary);
    free(folder);
    return rc;
}

#else

const bool wks_workbook_is_built = false;

wks_status wks_workbook_write(const wks_result_folder *from, const char *path, int64_t max_rows, wks_problems *problems, wks_err *err)
{
    (void)from;
    (void)max_rows;
    (void)problems;
    return wks_err_set(err, WKS_ERR_USAGE,
                       "%s: this program was built without libxlsxwriter (Debian: libxlsxwriter-dev); --to csv, sqlite and gpkg work",
                       path);
}

#endif
