#include "import/own_place.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import/own_value.h"

static int32_t row_of_code(const wks_city *city, const char *code)
{
    const int32_t row = wks_folder_buurt_row(city, code);

    if (row >= 0) return row;
    for (int32_t b = 0; b < city->n_buurten; b++) { /* BU and four digits of the gemeente */
        if (strncmp(city->buurt[b].code, code, 6) == 0) return WKS_OWN_PLACE_BAD;
    }
    return WKS_OWN_PLACE_OUTSIDE;
}

static int32_t row_of_name(const wks_city *city, const char *name)
{
    int32_t found = WKS_OWN_PLACE_BAD;

    for (int32_t b = 0; b < city->n_buurten; b++) {
        if (!wks_own_terms_same(city->buurt[b].name, name)) continue;
        if (found >= 0) return WKS_OWN_PLACE_BAD; /* two buurten of that name */
        found = b;
    }
    return found;
}

static void bad_buurt(wks_own_reader *r, int32_t f)
{
    const wks_city *city = r->source->city;
    char near[160] = "";
    wks_text expected = WKS_TEXT_INIT;

    if (r->file == WKS_OWN_TERMS_DWELLINGS) {
        const char **code = wks_mem_array((size_t)city->n_buurten, sizeof *code);
        const bool is_code =
            wks_own_reader_cell(r, f)[0] == 'B' || (wks_own_reader_cell(r, f)[0] >= '0' && wks_own_reader_cell(r, f)[0] <= '9');
        for (int32_t b = 0; code != NULL && b < city->n_buurten; b++)
            code[b] = is_code ? city->buurt[b].code : city->buurt[b].name;
        if (code != NULL) (void)wks_problems_nearest(wks_own_reader_cell(r, f), code, (size_t)city->n_buurten, near);
        free(code);
    }
    wks_text_addf(&expected, "the code (%s) or the name of one buurt of buurten.csv%s", city->buurt[0].code, near);
    wks_own_reader_bad(r, f, expected.failed ? "the code of a buurt" : expected.data);
    wks_text_free(&expected);
}

int32_t wks_own_place(wks_own_reader *r, int32_t buurt, int32_t postcode)
{
    const wks_city *city = r->source->city;
    const char *text = wks_own_reader_cell(r, buurt);
    char code[11], pc[7];

    if (text[0] != '\0') {
        int32_t row = wks_folder_buurt_row(city, text);
        if (row < 0) row = wks_own_value_buurt(text, code) ? row_of_code(city, code) : row_of_name(city, text);
        if (row == WKS_OWN_PLACE_BAD) bad_buurt(r, buurt);
        return row;
    }
    text = wks_own_reader_cell(r, postcode);
    if (text[0] == '\0' || r->source->postcode == NULL) {
        if (r->column[buurt] >= 0) r->rows->n_empty[r->file][buurt]++;
        return -1;
    }
    if (!wks_own_value_postcode(text, pc)) {
        wks_own_reader_bad(r, postcode, "a postcode as 1234AB or 1234");
        return WKS_OWN_PLACE_BAD;
    }
    const int32_t row = wks_own_postcode_row(r->source->postcode, pc);
    if (row >= 0) return row;
    /* Not in the table: tables are often of one gemeente. */
    return WKS_OWN_PLACE_OUTSIDE;
}
