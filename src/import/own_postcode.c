#include "import/own_postcode.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import/own_rows.h"
#include "import/own_value.h"

void wks_own_postcode_free(wks_own_postcode *table)
{
    free(table->entry);
    *table = (wks_own_postcode){0};
}

static int by_both(const void *a, const void *b)
{
    const wks_own_postcode_entry *x = a, *y = b;
    const int order = strcmp(x->postcode, y->postcode);

    return order != 0 ? order : (x->buurt_row > y->buurt_row) - (x->buurt_row < y->buurt_row);
}

/* Runs of equal rows; of each postcode the longest run stays, the first of equals. */
static void keep_largest(wks_own_postcode *table)
{
    int32_t n_kept = 0, best = 0;

    for (int32_t i = 0; i < table->n;) {
        int32_t end = i;
        while (end < table->n && by_both(&table->entry[i], &table->entry[end]) == 0)
            end++;
        const bool is_new = n_kept == 0 || strcmp(table->entry[n_kept - 1].postcode, table->entry[i].postcode) != 0;
        if (is_new || end - i > best) {
            best = end - i;
            table->entry[is_new ? n_kept++ : n_kept - 1] = table->entry[i];
        }
        i = end;
    }
    table->n = n_kept;
}

static int find_column(const wks_sheet *sheet, int32_t field)
{
    int32_t rank;

    for (size_t j = 0; j < sheet->n_columns; j++) {
        if (wks_own_terms_recognise(WKS_OWN_TERMS_DWELLINGS, sheet->header[j], &rank) == field) return (int)j;
    }
    for (size_t j = 0; field == WKS_OWN_TERMS_D_BUURT && j < sheet->n_columns; j++) { /* "buurt2023" */
        if (strlen(sheet->header[j]) >= 5 && (memcmp(sheet->header[j], "buurt", 5) == 0 || memcmp(sheet->header[j], "Buurt", 5) == 0))
            return (int)j;
    }
    return -1;
}

wks_status wks_own_postcode_read(const char *path, const wks_city *city, wks_own_postcode *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_sheet sheet = {0};
    const size_t n_errors = problems->n_errors;

    *out = (wks_own_postcode){0};
    WKS_TRY(wks_own_rows_sheet(path, "postcodes and buurten", &sheet, problems, err));
    const int postcode = find_column(&sheet, WKS_OWN_TERMS_D_POSTCODE), buurt = find_column(&sheet, WKS_OWN_TERMS_D_BUURT);
    if (postcode < 0) wks_problems_error(problems, path, 1, 0, "no column of postcodes; expected one called postcode, PC6 or PC4");
    if (buurt < 0) wks_problems_error(problems, path, 1, 0, "no column of buurt codes; expected one called buurtcode or buurt");
    if (postcode < 0 || buurt < 0) WKS_FAIL(err, WKS_ERR_DATA, "%s: no table of postcodes", path);
    out->entry = wks_mem_array(2 * sheet.n_rows, sizeof *out->entry);
    if (out->entry == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu postcodes", sheet.n_rows);
    for (size_t i = 0; i < sheet.n_rows; i++) {
        wks_own_postcode_entry *entry = &out->entry[out->n];
        char code[11];
        if (!wks_own_value_postcode(wks_sheet_cell(&sheet, i, postcode), entry->postcode)) {
            wks_problems_error(problems, path, sheet.line[i], wks_sheet_position(&sheet, i, postcode),
                               "no postcode (the cell is not shown); expected 1234AB or 1234");
            continue;
        }
        if (!wks_own_value_buurt(wks_sheet_cell(&sheet, i, buurt), code)) {
            wks_problems_error(problems, path, sheet.line[i], wks_sheet_position(&sheet, i, buurt),
                               "no CBS code of a buurt (the cell is not shown); expected BU and eight digits");
            continue;
        }
        entry->buurt_row = wks_folder_buurt_row(city, code);
        if (entry->buurt_row < 0) entry->buurt_row = WKS_OWN_POSTCODE_OUTSIDE;
        out->n++;
        if (entry->postcode[4] == '\0') continue;
        out->entry[out->n] = *entry;
        out->entry[out->n++].postcode[4] = '\0';
    }
    if (out->n > 1) qsort(out->entry, (size_t)out->n, sizeof *out->entry, by_both);
    keep_largest(out);
    if (problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s has problems", path);
out:
    wks_sheet_free(&sheet);
    if (rc != WKS_OK) wks_own_postcode_free(out);
    return rc;
}

int32_t wks_own_postcode_row(const wks_own_postcode *table, const char *postcode)
{
    int32_t low = 0, high = table->n;

    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        const int order = strcmp(table->entry[middle].postcode, postcode);
        if (order == 0) return table->entry[middle].buurt_row;
        if (order < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return WKS_OWN_POSTCODE_UNKNOWN;
}
