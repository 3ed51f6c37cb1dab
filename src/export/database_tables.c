#include "export/database_tables.h"

#include <string.h>

static bool has(const wks_result_folder_table *table, const char *column)
{
    return wks_result_folder_column_of(table, column) >= 0;
}

static wks_status add_index(wks_database *database, const wks_result_folder_table *table, const char *column, wks_err *err)
{
    if (!has(table, column)) return WKS_OK;
    if (!has(table, "tick") || strcmp(column, "tick") == 0)
        return wks_database_run(database, err, "CREATE INDEX \"%w_%w\" ON \"%w\" (\"%w\")", table->name, column, table->name, column);
    return wks_database_run(database, err, "CREATE INDEX \"%w_%w\" ON \"%w\" (\"%w\", tick)", table->name, column, table->name, column);
}

static wks_status add_indicators(wks_database *database, const wks_result_folder *from, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_database_run(database, err,
                             "CREATE TABLE indicator (indicator TEXT PRIMARY KEY NOT NULL, unit TEXT, label_nl TEXT, label_en TEXT)"));
    for (size_t i = 0; i < from->n_units; i++) {
        const wks_result_folder_unit *u = &from->unit[i];
        WKS_TRY(wks_database_run(database, err, "INSERT OR IGNORE INTO indicator VALUES (%Q, %Q, %Q, %Q)", u->indicator, u->unit,
                                 u->label_nl, u->label_en));
    }
out:
    return rc;
}

wks_status wks_database_tables_add_about(wks_database *database, const wks_result_folder *from, const char *name, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text about = WKS_TEXT_INIT;
    char *rest = NULL;

    wks_result_folder_about(from, &about);
    if (about.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for what is said about %s", from->path);
    WKS_TRY(wks_database_run(database, err, "CREATE TABLE \"%w\" (fid INTEGER PRIMARY KEY NOT NULL, what TEXT, value TEXT)", name));
    for (char *line = strtok_r(about.data, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        char *value = strchr(line, '\t');
        if (value != NULL) *value++ = '\0';
        WKS_TRY(wks_database_run(database, err, "INSERT INTO \"%w\" VALUES (NULL, %Q, %Q)", name, line, value));
    }
out:
    wks_text_free(&about);
    return rc;
}

static wks_status add_view(wks_database *database, const wks_result_folder_table *table, wks_err *err)
{
    if (table->indicator < 0 || strcmp(table->file, "codebook.csv") == 0) return WKS_OK;
    return wks_database_run(
        database, err,
        "CREATE VIEW \"%w_labelled\" AS SELECT t.*, i.unit AS indicator_unit, i.label_nl, i.label_en FROM \"%w\" t LEFT JOIN indicator i "
        "ON i.indicator = t.indicator",
        table->name, table->name);
}

wks_status wks_database_tables_write(const wks_result_folder *from, const char *path, wks_err *err)
{
    static const char *const indexed[] = {"tick", "indicator", "area"};
    wks_status rc = WKS_OK;
    wks_database database = {0};

    WKS_TRY(wks_database_open(path, NULL, &database, err));
    WKS_TRY(wks_database_tables_add_about(&database, from, "about", err));
    WKS_TRY(add_indicators(&database, from, err));
    for (size_t i = 0; i < from->n_tables; i++) {
        WKS_TRY(wks_database_add_table(&database, &from->table[i], from->table[i].name, false, err));
        for (size_t k = 0; k < 3; k++)
            WKS_TRY(add_index(&database, &from->table[i], indexed[k], err));
        WKS_TRY(add_view(&database, &from->table[i], err));
    }
    WKS_TRY(wks_database_run(&database, err, "COMMIT"));
    WKS_TRY(wks_database_commit(&database, err));
out:
    wks_database_discard(&database);
    return rc;
}
