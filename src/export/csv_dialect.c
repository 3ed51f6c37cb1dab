#include "export/csv_dialect.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/file.h"
#include "export/table_check.h"

enum { FLUSH_BYTES = 1 << 16, LONGEST_FORMULA_TEXT = 255 };

/* What Excel would not leave as the text it is: formulas, and what has no more than digits, a sign, separators and one e. */
static bool is_misread(const char *cell)
{
    size_t n_digits = 0, n_letters = 0;

    if (strlen(cell) > LONGEST_FORMULA_TEXT) return false;
    if (strchr("=+-@\t\r", cell[0]) != NULL && cell[0] != '\0') return true;
    for (const char *at = cell; *at != '\0'; at++) {
        if (isdigit((unsigned char)*at)) {
            n_digits++;
        } else if (*at == 'e' || *at == 'E') {
            n_letters++;
        } else if (strchr(".,:/- %", *at) == NULL) {
            return false;
        }
    }
    return n_digits > 0 && n_letters <= 1;
}

static void add_number(const char *cell, wks_text *out)
{
    for (; *cell != '\0'; cell++)
        wks_text_add_char(out, *cell == '.' ? ',' : *cell);
}

static void add_protected(const char *cell, wks_text *out)
{
    wks_text_add(out, "\"=\"\"");
    for (; *cell != '\0'; cell++)
        wks_text_add(out, *cell == '"' ? "\"\"\"\"" : (const char[]){*cell, '\0'});
    wks_text_add(out, "\"\"\"");
}

void wks_csv_dialect_add(wks_csv_dialect dialect, wks_column_kind kind, const char *cell, wks_text *out)
{
    if (dialect == WKS_CSV_DIALECT_RFC4180) {
        wks_csv_add_field(out, cell, ',');
    } else if (kind == WKS_COLUMN_KIND_WHOLE || kind == WKS_COLUMN_KIND_NUMBER) {
        add_number(cell, out);
    } else if (kind == WKS_COLUMN_KIND_TEXT && is_misread(cell)) {
        add_protected(cell, out);
    } else {
        wks_csv_add_field(out, cell, ';');
    }
}

typedef struct work {
    wks_csv_dialect dialect;
    wks_file_writer file;
    wks_text text;
} work;

static wks_status flush(work *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    if (self->text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a row of %s", self->file.path);
    WKS_TRY(wks_file_writer_put(&self->file, self->text.data, self->text.length, err));
    wks_text_clear(&self->text);
out:
    return rc;
}

static void add_separator(work *self, bool is_last)
{
    if (is_last) {
        wks_text_add(&self->text, "\r\n");
    } else {
        wks_text_add_char(&self->text, self->dialect == WKS_CSV_DIALECT_EXCEL_NL ? ';' : ',');
    }
}

static wks_status add_row(const wks_result_folder_table *table, const wks_row_reader *row, void *context, wks_err *err)
{
    work *self = context;
    for (int i = 0; i < table->n_columns; i++) {
        wks_csv_dialect_add(self->dialect, table->column[i].kind, wks_row_reader_cell(row, (size_t)i), &self->text);
        add_separator(self, i + 1 == table->n_columns);
    }
    return self->text.length < FLUSH_BYTES ? WKS_OK : flush(self, err);
}

static wks_status write_table(const wks_result_folder_table *table, wks_csv_dialect dialect, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    work self = {.dialect = dialect, .text = WKS_TEXT_INIT};
    char *path = wks_file_join(folder, table->file);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_writer_open(path, &self.file, err));
    if (dialect == WKS_CSV_DIALECT_EXCEL_NL) wks_text_add(&self.text, "\xEF\xBB\xBF");
    for (int i = 0; i < table->n_columns; i++) {
        wks_csv_dialect_add(dialect, WKS_COLUMN_KIND_TEXT, table->column[i].name, &self.text);
        add_separator(&self, i + 1 == table->n_columns);
    }
    WKS_TRY(wks_table_check_read(table, add_row, &self, err));
    WKS_TRY(flush(&self, err));
    WKS_TRY(wks_file_writer_commit(&self.file, err));
out:
    wks_file_writer_discard(&self.file);
    wks_text_free(&self.text);
    free(path);
    return rc;
}

static void remove_tables(const wks_result_folder *from, const char *folder)
{
    for (size_t i = 0; i < from->n_tables; i++) {
        char *path = wks_file_join(folder, from->table[i].file);
        if (path != NULL) (void)unlink(path);
        free(path);
    }
    (void)rmdir(folder);
}

wks_status wks_csv_dialect_write(const wks_result_folder *from, wks_csv_dialect dialect, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text aside = WKS_TEXT_INIT;

    wks_text_addf(&aside, "%s.tmp%ld", folder, (long)getpid());
    if (aside.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_make_folder(aside.data, err));
    for (size_t i = 0; i < from->n_tables; i++)
        WKS_TRY(write_table(&from->table[i], dialect, aside.data, err));
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_file_move_entries(aside.data, folder, err));
out:
    if (rc != WKS_OK && aside.data != NULL) remove_tables(from, aside.data);
    wks_text_free(&aside);
    return rc;
}
