#include "output/letting_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "output/tables.h"

/* Fields behind the prefix "scenario,replication,": tick, date, letting, ..., household. None of those up to it holds a comma but `channel`. */
enum { F_LETTING = 2, F_HOUSEHOLD = 12 };

typedef struct seen {
    const char *wanted; /* household */
    char near[17];
    int64_t first, last;
} seen;

/* Start of a field of a row whose prefix was passed; quotes are respected. */
static const char *field_at(const char *at, int n)
{
    bool is_quoted = false;

    for (; n > 0 && *at != '\0' && *at != '\n'; at++) {
        if (*at == '"') is_quoted = !is_quoted;
        if (*at == ',' && !is_quoted) n--;
    }
    return at;
}

static bool is_household(const char *field, const char *household)
{
    const size_t n = strlen(household);

    return strncmp(field, household, n) == 0 && field[n] == ',';
}

static void look(seen *self, int64_t number, const char *key)
{
    char here[17];
    const char *candidates[2] = {self->near, here};

    if (self->first < 0 || number < self->first) self->first = number;
    if (number > self->last) self->last = number;
    if (self->wanted[0] == '\0' || strlen(key) < 16) return;
    memcpy(here, key, 16);
    here[16] = '\0';
    const char *nearest = wks_text_nearest(self->wanted, candidates, 2);
    if (nearest == here) memcpy(self->near, here, sizeof here);
}

static void pick(const char *text, const char *prefix, int64_t letting, const char *household, wks_text *out, seen *all)
{
    const size_t n_prefix = strlen(prefix);

    for (const char *line = text; *line != '\0';) {
        const size_t n = strcspn(line, "\n"), n_line = n + (line[n] == '\n');
        if (strncmp(line, prefix, n_prefix) == 0) {
            const int64_t number = strtoll(field_at(line + n_prefix, F_LETTING), NULL, 10);
            const char *key = field_at(line + n_prefix, F_HOUSEHOLD);
            if (all != NULL) look(all, number, key);
            if ((letting < 0 || number == letting) && (household[0] == '\0' || is_household(key, household)))
                wks_text_add_bytes(out, line, n_line);
        }
        line += n_line;
    }
}

void wks_letting_rows_pick(const char *text, const char *prefix, int64_t letting, const char *household, wks_text *out)
{
    pick(text, prefix, letting, household, out, NULL);
}

wks_status wks_letting_rows_find(const char *folder, const char *scenario, int32_t replication, int64_t letting, const char *household,
                                 wks_letting_rows *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_tables_prefix prefix;
    const char *header = wks_tables_header[WKS_TABLES_LETTINGS];
    seen all = {.wanted = household, .first = -1, .last = -1};
    char *path = wks_file_join(folder, "lettings.csv"), *bytes = NULL;
    size_t n = 0;

    *out = (wks_letting_rows){.text = WKS_TEXT_INIT, .nearest = WKS_TEXT_INIT};
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_exists(path)) WKS_FAIL(err, WKS_ERR_USAGE, "%s has no lettings.csv: run it again with output.lettings = true", folder);
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    if (strncmp(bytes, header, strlen(header)) != 0) WKS_FAIL(err, WKS_ERR_DATA, "%s: its columns are not those of lettings.csv", path);
    wks_tables_prefix_make(&prefix, scenario, replication);
    wks_text_add(&out->text, header);
    pick(bytes + strlen(header), prefix.text, letting, household, &out->text, &all);
    wks_text_add(&out->nearest, all.near);
    out->first = all.first;
    out->last = all.last;
    if (out->text.failed || out->nearest.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for rows of lettings.csv");
    WKS_TRY(wks_csv_parse(path, out->text.data, out->text.length, ',', false, &out->csv, &problems, err));
out:
    wks_problems_free(&problems);
    free(path);
    free(bytes);
    return rc;
}

void wks_letting_rows_free(wks_letting_rows *rows)
{
    wks_text_free(&rows->text);
    wks_text_free(&rows->nearest);
    wks_csv_free(&rows->csv);
    *rows = (wks_letting_rows){.first = -1, .last = -1};
}

const char *wks_letting_rows_cell(const wks_letting_rows *rows, size_t row, const char *column)
{
    const int at = wks_csv_column(&rows->csv, column);

    return at < 0 || row >= rows->csv.n_rows ? "" : wks_csv_cell(&rows->csv, row, at);
}
