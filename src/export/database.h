/* A SQLite file being written under a temporary name: either the whole new one is there or what was there before. Its bytes do not depend on the
 * library's version or the clock. In this folder no other file knows SQLite. */
#ifndef WKS_EXPORT_DATABASE_H
#define WKS_EXPORT_DATABASE_H

#include "export/result_folder.h"

typedef struct wks_database {
    void *db, *insert; /* sqlite3, sqlite3_stmt */
    char *path, *temporary;
} wks_database;

/** A transaction has begun. `source`: another database to take from, as `source` in SQL; NULL. */
wks_status wks_database_open(const char *path, const char *source, wks_database *out, wks_err *err);
/** SQL of one or more statements; the format is SQLite's own: %Q a text in quotes, %w inside a name in quotes. */
wks_status wks_database_run(wks_database *database, wks_err *err, const char *format, ...);
/** The first column of the first row as a text, malloc'ed; NULL in *out when there is no row or it is null. */
wks_status wks_database_get(wks_database *database, const char *sql, char **out, wks_err *err);
/** Every row's first two columns ("" for null). */
typedef wks_status wks_database_each(const char *first, const char *second, void *context, wks_err *err);
wks_status wks_database_list(wks_database *database, const char *sql, wks_database_each *each, void *context, wks_err *err);

/** Name of the SQL type of a kind. */
const char *wks_database_type(wks_column_kind kind);
/** CREATE TABLE with the columns of a table of results, and all its rows; empty cells are NULL, months the first day as YYYY-MM-01. `fid`: with a primary key
 *  of that name before them. */
wks_status wks_database_add_table(wks_database *database, const wks_result_folder_table *table, const char *name, bool fid, wks_err *err);

/** COMMIT has been run. fsync and rename. */
wks_status wks_database_commit(wks_database *database, wks_err *err);
/** Closes and removes what is not committed. */
void wks_database_discard(wks_database *database);

#endif
