#include "report/areas.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* CBS codes: a wijk is WK and six digits, a buurt BU, those six and two more. */
enum { WIJK_LENGTH = 8, BUURT_LENGTH = 10 };

static size_t count_digits(const char *s)
{
    size_t n = 0;
    while (isdigit((unsigned char)s[n]))
        n++;
    return n;
}

/* Length of the code at the start of s; 0: none. */
static size_t code_length(const char *s)
{
    const bool is_wijk = strncmp(s, "WK", 2) == 0, is_buurt = strncmp(s, "BU", 2) == 0;
    const size_t n = is_wijk || is_buurt ? 2 + count_digits(s + 2) : 0;
    return (is_wijk && n == WIJK_LENGTH) || (is_buurt && n == BUURT_LENGTH) ? n : 0;
}

static bool is_in_wijk(const wks_dossier *d, size_t area, const char *wijk)
{
    const char *code = wks_dossier_text(d, d->area[area]);
    return code_length(code) == BUURT_LENGTH && strncmp(code + 2, wijk + 2, WIJK_LENGTH - 2) == 0;
}

/* The wijk's own name, of the map of a buurt in it; NULL where no map tells. */
static const char *name_of_wijk(const wks_dossier *d, const char *code)
{
    for (size_t a = 0; a < d->n_areas && d->geometry.wijk_name != NULL; a++) {
        const int32_t row = is_in_wijk(d, a, code) ? wks_geometry_row(&d->geometry, wks_dossier_text(d, d->area[a])) : -1;
        if (row >= 0 && d->geometry.wijk_name[row][0] != '\0') return d->geometry.wijk_name[row];
    }
    return NULL;
}

static void add_wijk(const wks_dossier *d, wks_notation_lang lang, const char *code, wks_text *out)
{
    const char *first = NULL, *own = name_of_wijk(d, code);
    size_t n = 0;

    if (own != NULL) {
        wks_text_add(out, own);
        return;
    }
    for (size_t a = 0; a < d->n_areas; a++) {
        if (!is_in_wijk(d, a, code)) continue;
        n++;
        if (first == NULL && strncmp(d->area_name[a], "BU", 2) != 0) first = d->area_name[a]; /* a buurt off the map has its code only */
    }
    if (first == NULL) return; /* a code says no more than the wijk's own */
    wks_text_add(out, first);
    if (n > 1) wks_text_add(out, lang == WKS_NOTATION_NL ? " e.a." : " etc.");
}

void wks_areas_name(const wks_dossier *dossier, wks_notation_lang lang, const char *code, wks_text *out)
{
    const size_t n = code_length(code);

    if (n == 0 || code[n] != '\0') return;
    if (n == WIJK_LENGTH) {
        add_wijk(dossier, lang, code, out);
        return;
    }
    for (size_t a = 0; a < dossier->n_areas; a++)
        if (strcmp(wks_dossier_text(dossier, dossier->area[a]), code) == 0) wks_text_add(out, dossier->area_name[a]);
}

void wks_areas_name_codes(const wks_dossier *dossier, wks_notation_lang lang, const char *line, wks_text *out)
{
    while (*line != '\0') {
        size_t n = code_length(line);
        wks_text name = WKS_TEXT_INIT;
        char code[BUURT_LENGTH + 1] = "";

        wks_text_add_bytes(out, line, n > 0 ? n : 1);
        if (n > 0) {
            memcpy(code, line, n);
            wks_areas_name(dossier, lang, code, &name);
        }
        if (name.length > 0 && strcmp(name.data, code) != 0) wks_text_addf(out, " (%s)", name.data);
        out->failed = out->failed || name.failed;
        wks_text_free(&name);
        line += n > 0 ? n : 1;
    }
}

/* ---- on the page ---- */

static const char *code_of(const wks_page *page, size_t area)
{
    return wks_dossier_text(page->dossier, page->dossier->area[area]);
}

static bool has_name(const wks_page *page, size_t area)
{
    return strcmp(page->dossier->area_name[area], code_of(page, area)) != 0;
}

void wks_areas_head(wks_page *page, size_t area)
{
    wks_page_raw(page, "<th scope=\"row\"");
    if (has_name(page, area)) {
        wks_page_raw(page, " title=\"");
        wks_page_text(page, code_of(page, area));
        wks_page_raw(page, "\"");
    }
    wks_page_raw(page, ">");
    wks_page_text(page, page->dossier->area_name[area]);
    wks_page_raw(page, "</th>");
}

void wks_areas_name_and_code(wks_page *page, size_t area)
{
    wks_page_text(page, page->dossier->area_name[area]);
    if (!has_name(page, area)) return;
    wks_page_raw(page, " (");
    wks_page_text(page, code_of(page, area));
    wks_page_raw(page, ")");
}

/* ---- order ---- */

typedef struct place {
    double wijk_x, x;
    const char *code;
    size_t row;
} place;

static int compare_places(const void *a, const void *b)
{
    const place *one = a, *two = b;
    if (one->wijk_x != two->wijk_x) return one->wijk_x < two->wijk_x ? -1 : 1;
    const int wijk = strncmp(one->code, two->code, WIJK_LENGTH);
    if (wijk != 0) return wijk;
    if (one->x != two->x) return one->x < two->x ? -1 : 1;
    return strcmp(one->code, two->code);
}

/* Centroids, and per buurt the mean of those of its wijk; false when one is not known. */
static bool find_places(const wks_dossier *d, place *places)
{
    for (size_t a = 0; a < d->n_areas; a++) {
        const char *code = wks_dossier_text(d, d->area[a]);
        const int32_t row = wks_geometry_row(&d->geometry, code);
        double y = NAN;
        places[a] = (place){.code = code, .row = a, .x = NAN};
        if (row >= 0) wks_geometry_centroid(&d->geometry, row, &places[a].x, &y);
        if (!isfinite(places[a].x) || code_length(code) != BUURT_LENGTH) return false;
    }
    for (size_t a = 0; a < d->n_areas; a++) {
        double sum = 0;
        size_t n = 0;
        for (size_t b = 0; b < d->n_areas; b++) {
            if (strncmp(places[a].code, places[b].code, WIJK_LENGTH) != 0) continue;
            sum += places[b].x;
            n++;
        }
        places[a].wijk_x = sum / (double)n;
    }
    return true;
}

wks_status wks_areas_order(const wks_dossier *dossier, size_t **out, bool *out_is_by_place, wks_err *err)
{
    wks_status rc = WKS_OK;
    place *places = wks_mem_array(dossier->n_areas, sizeof *places);
    size_t *order = wks_mem_array(dossier->n_areas, sizeof *order);

    if (places == NULL || order == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the order of buurten");
    *out_is_by_place = dossier->n_areas > 0 && find_places(dossier, places);
    if (*out_is_by_place) qsort(places, dossier->n_areas, sizeof *places, compare_places);
    for (size_t a = 0; a < dossier->n_areas; a++)
        order[a] = *out_is_by_place ? places[a].row : a;
    *out = order;
    order = NULL;
out:
    free(places);
    free(order);
    return rc;
}
