#include "import/own_dwellings.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "import/own_place.h"
#include "import/own_reader.h"

static int by_dwelling_key(const void *a, const void *b)
{
    return strcmp(((const wks_own_dwelling *)a)->key, ((const wks_own_dwelling *)b)->key);
}

static float whole(double value)
{
    return isfinite(value) ? (float)floor(value + 0.5) : 0.0f;
}

static wks_status take_dwelling(wks_own_reader *r, wks_own_dwelling *d, int32_t *out_type, wks_err *err)
{
    *d = (wks_own_dwelling){0};
    const wks_status rc = wks_own_reader_take_id(r, WKS_OWN_TERMS_D_ID, "dwelling", d->key, err);
    if (rc != WKS_OK) return rc;
    *out_type = wks_own_reader_word(r, WKS_OWN_TERMS_D_TYPE, -1);
    if (*out_type < 0 && wks_own_reader_cell(r, WKS_OWN_TERMS_D_TYPE)[0] == '\0')
        wks_own_reader_bad(r, WKS_OWN_TERMS_D_TYPE, "the type of every dwelling");
    if (*out_type == WKS_OWN_TERMS_ROOM || *out_type == WKS_OWN_TERMS_OTHER) return WKS_OK; /* the rest of the row does not count */
    d->buurt_row = wks_own_place(r, WKS_OWN_TERMS_D_BUURT, WKS_OWN_TERMS_D_POSTCODE);
    if (d->buurt_row == WKS_OWN_PLACE_OUTSIDE) return WKS_OK;
    if (d->buurt_row == -1)
        wks_own_reader_bad(r, r->column[WKS_OWN_TERMS_D_BUURT] >= 0 ? WKS_OWN_TERMS_D_BUURT : WKS_OWN_TERMS_D_POSTCODE,
                           "the place of every dwelling");
    d->type = *out_type == 1;
    const char *complex = wks_own_reader_cell(r, WKS_OWN_TERMS_D_COMPLEX);
    if (complex[0] != '\0') wks_pseudonym_key(r->source->secret, "complex", complex, d->complex);
    const double rent = wks_own_reader_number(r, WKS_OWN_TERMS_D_RENT, 1, 10000, true, "euro a month, 1 to 10000");
    const double asked = wks_own_reader_number(r, WKS_OWN_TERMS_D_ASKED_RENT, 1, 10000, true, "euro a month, 1 to 10000");
    if (isnan(rent) && isnan(asked) && !r->is_bad)
        wks_own_reader_bad(r, WKS_OWN_TERMS_D_RENT, "the net rent in euro a month (or a streefhuur)");
    d->rent_eur = whole(isnan(rent) ? asked : rent);
    d->asked_rent_eur = whole(asked);
    d->wws_points = (int16_t)whole(wks_own_reader_number(r, WKS_OWN_TERMS_D_POINTS, 1, 750, true, "WWS points, 1 to 750"));
    d->rooms = (uint8_t)whole(wks_own_reader_number(r, WKS_OWN_TERMS_D_ROOMS, 1, 20, true, "rooms, 1 to 20"));
    d->area_m2 = whole(wks_own_reader_number(r, WKS_OWN_TERMS_D_AREA, 8, 1000, true, "square metres, 8 to 1000"));
    d->built_year = (int32_t)whole(wks_own_reader_number(r, WKS_OWN_TERMS_D_BUILT, 1200, 2100, true, "a year, 1200 to 2100"));
    d->label = (uint8_t)wks_own_reader_word(r, WKS_OWN_TERMS_D_LABEL, 0);
    d->segment = (uint8_t)wks_own_reader_word(r, WKS_OWN_TERMS_D_SEGMENT, 0);
    d->accessible = (int8_t)wks_own_reader_word(r, WKS_OWN_TERMS_D_ACCESSIBLE, -1);
    return WKS_OK;
}

wks_status wks_own_dwellings_read(const wks_own_rows_source *source, const wks_sheet *sheet, wks_own_rows *rows, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_errors = source->problems->n_errors;
    wks_own_reader r = {.source = source, .file = WKS_OWN_TERMS_DWELLINGS, .sheet = sheet, .rows = rows};
    int32_t type;

    WKS_TRY(wks_own_reader_open(&r, err));
    rows->dwelling = wks_mem_array(sheet->n_rows, sizeof *rows->dwelling);
    if (rows->dwelling == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu dwellings", sheet->n_rows);
    for (r.row = 0; r.row < sheet->n_rows; r.row++) {
        wks_own_dwelling *d = &rows->dwelling[rows->n_dwellings];
        if (wks_own_reader_is_empty_row(&r)) continue;
        r.is_bad = false;
        rows->n_read[r.file]++;
        WKS_TRY(take_dwelling(&r, d, &type, err));
        rows->n_rooms += type == WKS_OWN_TERMS_ROOM;
        rows->n_other += type == WKS_OWN_TERMS_OTHER;
        const bool is_left_out = type == WKS_OWN_TERMS_ROOM || type == WKS_OWN_TERMS_OTHER;
        rows->n_outside[r.file] += !is_left_out && d->buurt_row == WKS_OWN_PLACE_OUTSIDE;
        rows->n_dwellings += !r.is_bad && !is_left_out && d->buurt_row >= 0;
    }
    wks_own_reader_tell_words(&r);
    wks_own_reader_check_bsn(&r, WKS_OWN_TERMS_D_ID);
    if (source->problems->n_errors > n_errors) WKS_FAIL(err, WKS_ERR_DATA, "%s has problems", sheet->path);
    if (rows->n_dwellings > 1) qsort(rows->dwelling, (size_t)rows->n_dwellings, sizeof *rows->dwelling, by_dwelling_key);
out:
    wks_own_reader_close(&r);
    return rc;
}
