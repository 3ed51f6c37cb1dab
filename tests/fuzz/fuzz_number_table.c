/* Any bytes as a table of numbers: no crash, a problem for every refusal, and what is accepted is what the reader of CSV and the parser of numbers say. */
#include <stdlib.h>
#include <string.h>

#include "base/number_table.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void compare(const wks_number_table *table, const wks_csv *csv)
{
    if (csv->n_rows != table->n_rows || csv->n_columns != table->n_names + table->n_numbers) abort();
    for (size_t row = 0; row < table->n_rows; row++) {
        if (table->line[row] != csv->line[row]) abort();
        for (size_t column = 0; column < csv->n_columns; column++) {
            const char *cell = wks_csv_cell(csv, row, (int)column);
            double value = 0;
            if (wks_number_table_position(table, row, column) != wks_csv_position(csv, row, (int)column)) abort();
            if (column < table->n_names) {
                if (strcmp(cell, table->name[column * table->n_rows + row]) != 0) abort();
            } else if (!wks_text_parse_double(cell, &value) || value != wks_number_table_column(table, column - table->n_names)[row]) {
                abort();
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    if (n == 0) return 0;
    const wks_number_table_format format = {.n_names = (data[0] & 1) != 0 ? 2 : 1,
                                            .low = (data[0] & 2) != 0 ? -1e300 : 0,
                                            .high = 1e300,
                                            .expected = "a number",
                                            .is_unique = (data[0] & 4) != 0,
                                            .threads = 1};
    wks_problems problems = WKS_PROBLEMS_INIT, none = WKS_PROBLEMS_INIT;
    wks_number_table table;
    wks_csv csv;
    const wks_status rc = wks_number_table_parse("fuzz", (const char *)data + 1, n - 1, &format, &table, &problems, NULL);
    if ((rc == WKS_OK) != (problems.n_errors == 0)) abort();
    if (rc == WKS_OK) {
        if (wks_csv_parse("fuzz", (const char *)data + 1, n - 1, 0, false, &csv, &none, NULL) != WKS_OK) abort();
        compare(&table, &csv);
        wks_csv_free(&csv);
    }
    wks_number_table_free(&table);
    wks_problems_free(&problems);
    wks_problems_free(&none);
    return 0;
}
