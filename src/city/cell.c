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

static void report_no_number(const wks_csv *csv, size_t row, int column, const char *name, const char *unit, const char *range,
                             wks_problems *problems)
{
    const char *text = wks_csv_cell(csv, row, column);
    const int line = wks_csv_line(csv, row);
    const int position = wks_csv_position(csv, row, column);
    char point[CELL_SHOWN];

    if (text[strspn(text, " \t")] == '\0') {
        wks_problems_error(problems, csv->path, line, position, "%s is empty; expected a number (%s, %s): a city has every value filled",
                           name, unit, range);
    } else if (is_missing_mark(text)) {
        wks_problems_error(problems, csv->path, line, position,
                           "%s is '%s', a mark for a missing value; expected a number (%s, %s): a city has every value filled", name, text,
                           unit, range);
    } else if (without_comma(text, point, sizeof point)) {
        wks_problems_error(problems, csv->path, line, position, "%s is '%.*s' with a decimal comma; expected a decimal point: %s", name,
                           CELL_SHOWN, text, point);
    } else {
        wks_problems_error(problems, csv->path, line, position, "%s is '%.*s'; expected a number (%s, %s)", name, CELL_SHOWN, text, unit,
                           range);
    }
}

bool wks_cell_number(const wks_csv *csv, size_t row, int column, const char *name, const char *unit, double low, double high,
                     wks_problems *problems, double *out)
{
    char low_text[32];
    char high_text[32];
    char range[80];
    double value = 0.0;
    const char *text = wks_csv_cell(csv, row, column);
    wks_text joined = WKS_TEXT_INIT;

    wks_text_addf(&joined, "%s to %s", wks_text_number(low, low_text), wks_text_number(high, high_text));
    range[0] = '\0';
    if (joined.data != NULL) strncat(range, joined.data, sizeof range - 1);
    wks_text_free(&joined);
    if (is_missing_mark(text) || !wks_text_parse_double(text, &value)) {
        report_no_number(csv, row, column, name, unit, range, problems);
        return false;
    }
    if (value < low || value > high) {
        const bool is_percentage = high == 1.0 && value > 1.0 && value <= 100.0;
        wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column),
                           "%s is %.*s; expected %s (%s)%s", name, CELL_SHOWN, text, range, unit,
                           is_percentage ? "; a percentage? shares are fractions of 1" : "");
        return false;
    }
    *out = value;
    return true;
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
        wks_problems_error(problems, csv->path, 1, here, "unknown column '%.*s' (the %zuth)%s", CELL_SHOWN, csv->header[c], c + 1,
                           wks_problems_nearest(csv->header[c], name, (size_t)n, buffer));
    }
    return all;
}
