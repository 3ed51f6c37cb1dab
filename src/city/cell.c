#include "city/cell.h"

#include <string.h>

#include "base/text.h"

enum { CELL_SHOWN = 60 };

static bool is_missing_mark(const char *text)
{
    static const char *const marks[] = {".", "NA", "-99997", "NaN", "nan", "x"};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (strcmp(text, marks[i]) == 0) return true;
    }
    return false;
}

/* "0,35" -> "0.35" if that is a number. */
static bool without_comma(const char *text, char *out, size_t size)
{
    double value;
    const size_t n = strlen(text);
    const char *comma = strchr(text, ',');

    if (comma == NULL || n >= size) return false;
    memcpy(out, text, n + 1);
    out[comma - text] = '.';
    return wks_text_parse_double(out, &value);
}

/* What is expected, for messages: "share, 0 to 1". */
typedef struct expected {
    const char *name, *unit;
    char low[32], high[32];
} expected;

static void report_no_number(const wks_csv *csv, size_t row, int column, const expected *e, wks_problems *problems)
{
    const char *text = wks_csv_cell(csv, row, column);
    const int line = wks_csv_line(csv, row);
    const int position = wks_csv_position(csv, row, column);
    char point[CELL_SHOWN];

    if (text[strspn(text, " \t")] == '\0') {
        wks_problems_error(problems, csv->path, line, position,
                           "%s is empty; expected a number (%s, %s to %s): a city has every value filled", e->name, e->unit, e->low,
                           e->high);
    } else if (is_missing_mark(text)) {
        wks_problems_error(problems, csv->path, line, position,
                           "%s is '%s', a mark for a missing value; expected a number (%s, %s to %s): a city has every value filled",
                           e->name, text, e->unit, e->low, e->high);
    } else if (without_comma(text, point, sizeof point)) {
        wks_problems_error(problems, csv->path, line, position, "%s is '%.*s' with a decimal comma; expected a decimal point: %s", e->name,
                           CELL_SHOWN, text, point);
    } else {
        wks_problems_error(problems, csv->path, line, position, "%s is '%.*s'; expected a number (%s, %s to %s)", e->name, CELL_SHOWN, text,
                           e->unit, e->low, e->high);
    }
}

bool wks_cell_number(const wks_csv *csv, size_t row, int column, const char *name, const char *unit, double low, double high,
                     wks_problems *problems, double *out)
{
    double value = 0.0;
    const char *text = wks_csv_cell(csv, row, column);
    const bool is_number = !is_missing_mark(text) && wks_text_parse_double(text, &value);

    if (is_number && value >= low && value <= high) {
        *out = value;
        return true;
    }
    expected e = {.name = name, .unit = unit};
    (void)wks_text_number(low, e.low);
    (void)wks_text_number(high, e.high);
    if (!is_number) {
        report_no_number(csv, row, column, &e, problems);
        return false;
    }
    const bool is_percentage = high == 1.0 && value > 1.0 && value <= 100.0;
    wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column),
                       "%s is %.*s; expected %s to %s (%s)%s", name, CELL_SHOWN, text, e.low, e.high, unit,
                       is_percentage ? "; a percentage? shares are fractions of 1" : "");
    return false;
}

const char *wks_cell_text(const wks_csv *csv, size_t row, int column, const char *name, wks_problems *problems)
{
    const char *text = wks_csv_cell(csv, row, column);

    if (text[strspn(text, " \t")] != '\0') return text;
    wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column), "%s is empty; expected text", name);
    return NULL;
}

bool wks_cell_columns(const wks_csv *csv, const char *const *name, int n, int *out_column, wks_problems *problems)
{
    bool all = true;
    char buffer[160];
    int position = 1; /* of a header without quotes */

    if (csv->separator != ',') {
        wks_problems_error(problems, csv->path, 1, 1, "fields are separated by '%s'; expected ','", csv->separator == '\t' ? "tab" : ";");
    }
    for (int i = 0; i < n; i++) {
        out_column[i] = wks_csv_column(csv, name[i]);
        if (out_column[i] >= 0) continue;
        wks_problems_error(problems, csv->path, 1, 1, "no column '%s'; expected a header with all %d columns", name[i], n);
        all = false;
    }
    for (size_t c = 0; c < csv->n_columns; c++) {
        bool is_known = false;
        const int here = position;
        position += (int)strlen(csv->header[c]) + 1;
        for (int i = 0; i < n && !is_known; i++)
            is_known = out_column[i] == (int)c;
        if (is_known) continue;
        wks_problems_error(problems, csv->path, 1, here, "unknown column '%.*s' (column %zu)%s", CELL_SHOWN, csv->header[c], c + 1,
                           wks_problems_nearest(csv->header[c], name, (size_t)n, buffer));
    }
    return all;
}

wks_status wks_cell_read(const char *path, wks_csv *out, bool *out_is_whole, wks_problems *problems, wks_err *err)
{
    wks_err reading = WKS_ERR_INIT;
    const wks_status rc = wks_csv_read(path, 0, false, out, problems, &reading);

    *out_is_whole = rc == WKS_OK;
    if (rc == WKS_ERR_DATA && out->n_columns > 0) return WKS_OK;
    return rc == WKS_OK ? WKS_OK : wks_err_set(err, rc, "%s", reading.message);
}
