/* Any bytes as CSV: no crash, and what is accepted is written and read back to the same table. */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void write_table(const wks_csv *csv, wks_text *out)
{
    for (size_t i = 0; i < csv->n_columns; i++) {
        if (i > 0) wks_text_add_char(out, csv->separator);
        wks_csv_add_field(out, csv->header[i], csv->separator);
    }
    for (size_t r = 0; r < csv->n_rows; r++) {
        wks_text_add_char(out, '\n');
        for (size_t i = 0; i < csv->n_columns; i++) {
            if (i > 0) wks_text_add_char(out, csv->separator);
            wks_csv_add_field(out, wks_csv_cell(csv, r, (int)i), csv->separator);
        }
    }
    wks_text_add_char(out, '\n');
}

static void read_back(const wks_csv *csv)
{
    wks_text out = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_csv again;
    if (strncmp(csv->header[0], "\xEF\xBB\xBF", 3) == 0) return; /* at the start of a file this is a mark and no name */
    write_table(csv, &out);
    if (wks_csv_parse("again", out.data, out.length, csv->separator, false, &again, &problems, NULL) != WKS_OK) abort();
    /* A row of one empty field is an empty line, which is no row. */
    if (csv->n_columns > 1 && again.n_rows != csv->n_rows) abort();
    for (size_t r = 0; r < again.n_rows && csv->n_columns > 1; r++) {
        for (size_t i = 0; i < csv->n_columns; i++) {
            if (strcmp(wks_csv_cell(csv, r, (int)i), wks_csv_cell(&again, r, (int)i)) != 0) abort();
        }
    }
    wks_csv_free(&again);
    wks_problems_free(&problems);
    wks_text_free(&out);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    if (n == 0) return 0;
    static const char separators[] = {0, ',', ';', '\t'};
    char separator = separators[data[0] & 3];
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_csv csv;
    wks_status rc = wks_csv_parse("fuzz", (const char *)data + 1, n - 1, separator, (data[0] & 4) != 0, &csv, &problems, NULL);
    if ((rc == WKS_OK) != (problems.n_errors == 0)) abort();
    if (rc == WKS_OK) {
        for (size_t r = 0; r < csv.n_rows; r++) {
            for (size_t i = 0; i < csv.n_columns; i++) {
                if (wks_csv_position(&csv, r, (int)i) < 1 || wks_csv_line(&csv, r) < 1) abort();
            }
        }
        read_back(&csv);
    }
    wks_csv_free(&csv);
    wks_problems_free(&problems);
    return 0;
}
