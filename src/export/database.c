#include "export/database.h"

#include <errno.h>
#include <math.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "export/table_check.h"

/* SQLite's number in the header of every file: that of the oldest version that has all that is used. */
enum { VERSION_STAMP = 3040001 };

static wks_status failed(const wks_database *self, wks_err *err)
{
    const int code = self->db == NULL ? SQLITE_NOMEM : sqlite3_errcode(self->db);
    return wks_err_set(err, code == SQLITE_NOMEM ? WKS_ERR_NOMEM : WKS_ERR_IO, "cannot write %s: %s", self->path,
                       self->db == NULL ? "no memory" : sqlite3_errmsg(self->db));
}

wks_status wks_database_open(const char *path, const char *source, wks_database *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    sqlite3 *db = NULL;
    wks_text temporary = WKS_TEXT_INIT;

    wks_text_addf(&temporary, "%s.tmp%ld", path, (long)getpid());
    *out = (wks_database){.path = strdup(path), .temporary = temporary.data};
    if (out->path == NULL || temporary.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_remove(out->temporary, err));
    rc = sqlite3_open_v2(out->temporary, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) == SQLITE_OK ? WKS_OK : WKS_ERR_IO;
    out->db = db;
    if (rc != WKS_OK) {
        rc = failed(out, err);
        goto out;
    }
    /* Temporary files, for indices of large tables too, go to TMPDIR: memory does not grow with the rows. */
    WKS_TRY(wks_database_run(out, err,
                             "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE"));
    if (source != NULL) WKS_TRY(wks_database_run(out, err, "ATTACH %Q AS source", source));
    WKS_TRY(wks_database_run(out, err, "BEGIN"));
out:
    if (rc != WKS_OK) wks_database_discard(out);
    return rc;
}

wks_status wks_database_run(wks_database *self, wks_err *err, const char *format, ...)
{
    wks_status rc = WKS_OK;
    va_list list;

    va_start(list, format);
    char *sql = sqlite3_vmprintf(format, list);
    va_end(list);
    if (sql == NULL || sqlite3_exec(self->db, sql, NULL, NULL, NULL) != SQLITE_OK) rc = failed(self, err);
    sqlite3_free(sql);
    return rc;
}

wks_status wks_database_list(wks_database *self, const char *sql, wks_database_each *each, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    sqlite3_stmt *statement = NULL;
    int code = SQLITE_DONE;

    if (sqlite3_prepare_v2(self->db, sql, -1, &statement, NULL) != SQLITE_OK) return failed(self, err);
    while (rc == WKS_OK && (code = sqlite3_step(statement)) == SQLITE_ROW) {
        const char *first = (const char *)sqlite3_column_text(statement, 0), *second = (const char *)sqlite3_column_text(statement, 1);
        rc = each(first == NULL ? "" : first, second == NULL ? "" : second, context, err);
    }
    if (rc == WKS_OK && code != SQLITE_DONE) rc = failed(self, err);
    sqlite3_finalize(statement);
    return rc;
}

wks_status wks_database_get(wks_database *self, const char *sql, char **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    sqlite3_stmt *statement = NULL;

    *out = NULL;
    if (sqlite3_prepare_v2(self->db, sql, -1, &statement, NULL) != SQLITE_OK) return failed(self, err);
    const int code = sqlite3_step(statement);
    if (code != SQLITE_ROW && code != SQLITE_DONE) rc = failed(self, err);
    if (code == SQLITE_ROW && sqlite3_column_type(statement, 0) != SQLITE_NULL) {
        *out = strdup((const char *)sqlite3_column_text(statement, 0));
        if (*out == NULL) rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory for %s", self->path);
    }
    sqlite3_finalize(statement);
    return rc;
}

const char *wks_database_type(wks_column_kind kind)
{
    switch (kind) {
    case WKS_COLUMN_KIND_DATE: return "DATE";
    case WKS_COLUMN_KIND_WHOLE: return "INTEGER";
    case WKS_COLUMN_KIND_NUMBER: return "REAL";
    case WKS_COLUMN_KIND_TEXT:
    case WKS_COLUMN_KIND_UNKNOWN: break;
    }
    return "TEXT";
}

static int bind_number(sqlite3_stmt *statement, int at, const char *cell)
{
    int64_t whole = 0;
    double value = 0;

    if (wks_text_parse_int64(cell, &whole)) return sqlite3_bind_int64(statement, at, whole);
    if (strcmp(cell, "inf") == 0 || strcmp(cell, "-inf") == 0)
        return sqlite3_bind_double(statement, at, cell[0] == '-' ? -INFINITY : INFINITY);
    return wks_text_parse_double(cell, &value) ? sqlite3_bind_double(statement, at, value) : SQLITE_MISUSE;
}

static int bind(sqlite3_stmt *statement, int at, wks_column_kind kind, const char *cell)
{
    char date[16];

    if (cell[0] == '\0') return sqlite3_bind_null(statement, at);
    if (kind == WKS_COLUMN_KIND_TEXT || kind == WKS_COLUMN_KIND_UNKNOWN) return sqlite3_bind_text(statement, at, cell, -1, SQLITE_STATIC);
    if (kind != WKS_COLUMN_KIND_DATE) return bind_number(statement, at, cell);
    (void)snprintf(date, sizeof date, "%.7s-01", cell);
    return sqlite3_bind_text(statement, at, date, -1, SQLITE_TRANSIENT);
}

static wks_status add_row(const wks_result_folder_table *table, const wks_row_reader *row, void *context, wks_err *err)
{
    const wks_database *self = context;
    sqlite3_stmt *statement = self->insert;

    for (int i = 0; i < table->n_columns; i++) {
        if (bind(statement, i + 1, table->column[i].kind, wks_row_reader_cell(row, (size_t)i)) != SQLITE_OK) return failed(self, err);
    }
    if (sqlite3_step(statement) != SQLITE_DONE || sqlite3_reset(statement) != SQLITE_OK) return failed(self, err);
    return WKS_OK;
}

static void add_name(const char *name, wks_text *out)
{
    wks_text_add_char(out, '"');
    for (; *name != '\0'; name++)
        wks_text_add(out, *name == '"' ? "\"\"" : (const char[]){*name, '\0'});
    wks_text_add_char(out, '"');
}

static void add_statements(const wks_result_folder_table *table, const char *name, bool fid, wks_text *create, wks_text *insert)
{
    wks_text_add(create, "CREATE TABLE ");
    add_name(name, create);
    wks_text_add(create, fid ? " (fid INTEGER PRIMARY KEY NOT NULL, " : " (");
    wks_text_add(insert, "INSERT INTO ");
    add_name(name, insert);
    wks_text_add(insert, fid ? " VALUES (NULL, " : " VALUES (");
    for (int i = 0; i < table->n_columns; i++) {
        add_name(table->column[i].name, create);
        wks_text_addf(create, " %s%s", wks_database_type(table->column[i].kind), i + 1 < table->n_columns ? ", " : ")");
        wks_text_add(insert, i + 1 < table->n_columns ? "?, " : "?)");
    }
}

wks_status wks_database_add_table(wks_database *self, const wks_result_folder_table *table, const char *name, bool fid, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text create = WKS_TEXT_INIT, insert = WKS_TEXT_INIT;
    sqlite3_stmt *statement = NULL;

    add_statements(table, name, fid, &create, &insert);
    if (create.failed || insert.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", table->path);
    if (sqlite3_exec(self->db, create.data, NULL, NULL, NULL) != SQLITE_OK ||
        sqlite3_prepare_v2(self->db, insert.data, -1, &statement, NULL) != SQLITE_OK) {
        rc = failed(self, err);
        goto out;
    }
    self->insert = statement;
    WKS_TRY(wks_table_check_read(table, add_row, self, err));
out:
    self->insert = NULL;
    sqlite3_finalize(statement);
    wks_text_free(&create);
    wks_text_free(&insert);
    return rc;
}

/* Change counter, "valid for" and SQLite's version number. */
static wks_status stamp(const wks_database *self, wks_err *err)
{
    static const struct {
        long at;
        unsigned value;
    } fixed[] = {{24, 1}, {92, 1}, {96, VERSION_STAMP}};
    wks_status rc = WKS_OK;
    FILE *stream = fopen(self->temporary, "r+b");

    if (stream == NULL) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", self->path, strerror(errno));
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        const unsigned v = fixed[i].value;
        const unsigned char bytes[4] = {(unsigned char)(v >> 24), (unsigned char)(v >> 16 & 0xffu), (unsigned char)(v >> 8 & 0xffu),
                                        (unsigned char)(v & 0xffu)};
        if (fseek(stream, fixed[i].at, SEEK_SET) != 0 || fwrite(bytes, 1, 4, stream) != 4)
            WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", self->path, strerror(errno));
    }
    if (!wks_file_sync(stream)) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", self->path, strerror(errno));
out:
    if (stream != NULL && fclose(stream) != 0 && rc == WKS_OK)
        rc = wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", self->path, strerror(errno));
    return rc;
}

wks_status wks_database_commit(wks_database *self, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (sqlite3_close(self->db) != SQLITE_OK) return failed(self, err);
    self->db = NULL;
    WKS_TRY(stamp(self, err));
    WKS_TRY(wks_file_rename(self->temporary, self->path, err));
    free(self->temporary);
    self->temporary = NULL;
out:
    wks_database_discard(self);
    return rc;
}

void wks_database_discard(wks_database *self)
{
    if (self->db != NULL) (void)sqlite3_close(self->db);
    if (self->temporary != NULL) (void)unlink(self->temporary);
    free(self->temporary);
    free(self->path);
    *self = (wks_database){0};
}
