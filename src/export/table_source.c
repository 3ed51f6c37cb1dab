#include "export/table_source.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static int column_of(const wks_row_reader *header, const char *name)
{
    for (size_t i = 0; i < header->n_cells; i++) {
        if (strcmp(wks_row_reader_cell(header, i), name) == 0) return (int)i;
    }
    return -1;
}

static void put(const wks_table_source *self, const char *scenario, const char *theory, wks_row_reader *row)
{
    if (self->scenario_at >= 0) wks_row_reader_insert(row, (size_t)self->scenario_at, scenario);
    if (self->theory_at >= 0) wks_row_reader_insert(row, (size_t)self->theory_at, theory);
}

void wks_table_source_complete_header(wks_table_source *self, wks_row_reader *header)
{
    self->scenario_at = self->theory_at = -1;
    if (self->scenario == NULL) return;
    const int scenario = column_of(header, "scenario");
    if (scenario < 0) self->scenario_at = 0;
    if (column_of(header, "theory") < 0) self->theory_at = (scenario < 0 ? 0 : scenario) + 1;
    put(self, "scenario", "theory", header);
}

void wks_table_source_complete(const wks_table_source *self, wks_row_reader *row)
{
    put(self, self->scenario, self->theory, row);
}

int wks_table_source_n_added(const wks_table_source *self)
{
    return (self->scenario_at >= 0) + (self->theory_at >= 0);
}

/* The first row of summary.csv under `column`; NULL when there is none, or no memory. What is wrong with the table is told when it is read. */
static char *first_of_summary(const char *folder, const char *column)
{
    char *found = NULL, *path = wks_file_join(folder, "summary.csv");
    wks_row_reader reader = {0};
    wks_problems unsaid = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;

    if (path != NULL && wks_file_exists(path) && wks_row_reader_open(path, &reader, &err) == WKS_OK &&
        wks_row_reader_next(&reader, &unsaid) == WKS_ROW_READER_GOOD) {
        const int at = column_of(&reader, column);
        if (at >= 0 && wks_row_reader_next(&reader, &unsaid) == WKS_ROW_READER_GOOD)
            found = strdup(wks_row_reader_cell(&reader, (size_t)at));
    }
    wks_row_reader_close(&reader);
    wks_problems_free(&unsaid);
    free(path);
    return found;
}

static bool leads_out(const char *part)
{
    return part[0] == '\0' || part[0] == '/' || strcmp(part, "..") == 0 || strncmp(part, "../", 3) == 0 || strstr(part, "/..") != NULL;
}

wks_status wks_table_source_scenario_open(const char *path, const char *part, wks_table_source_scenario *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *last = strrchr(part, '/');

    *out = (wks_table_source_scenario){0};
    if (leads_out(part)) WKS_FAIL(err, WKS_ERR_DATA, "%s/manifest.json: scenario '%s' is no folder in it", path, part);
    out->folder = wks_file_join(path, part);
    out->name = strdup(last == NULL ? part : last + 1);
    if (out->folder == NULL || out->name == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    out->theory = first_of_summary(out->folder, "theory");
    if (out->theory == NULL) out->theory = strdup("");
    if (out->theory == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
out:
    if (rc != WKS_OK) wks_table_source_scenario_free(out);
    return rc;
}

void wks_table_source_scenario_free(wks_table_source_scenario *self)
{
    free(self->folder);
    free(self->name);
    free(self->theory);
    *self = (wks_table_source_scenario){0};
}
