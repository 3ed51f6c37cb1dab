#include "report/proof.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

/* Up to the reference: " data-of="kind". */
static void begin(wks_page *page, const char *element, const char *kind)
{
    wks_page_raw(page, "<");
    wks_page_raw(page, element);
    wks_page_raw(page, " data-of=\"");
    wks_page_text(page, kind);
}

static void end(wks_page *page, bool is_percent, double value)
{
    char number[32];
    wks_page_rawf(page, " data-v=\"%s\"%s>", wks_text_number(value, number), is_percent ? " data-p=\"100\"" : "");
}

static void bare(wks_page *page, const char *element)
{
    wks_page_raw(page, "<");
    wks_page_raw(page, element);
    wks_page_raw(page, ">");
}

void wks_proof_open(wks_page *page, const char *element, bool is_percent, double value, const char *kind, ...)
{
    va_list list;

    if (!isfinite(value)) {
        bare(page, element);
        return;
    }
    begin(page, element, kind);
    va_start(list, kind);
    for (const char *part = va_arg(list, const char *); part != NULL; part = va_arg(list, const char *)) {
        wks_page_raw(page, "|");
        wks_page_text(page, part);
    }
    va_end(list);
    wks_page_raw(page, "\"");
    end(page, is_percent, value);
}

void wks_proof_open_row(wks_page *page, const char *element, bool is_percent, double value, const char *kind, const char *file,
                        const char *column, const wks_dossier_key *key)
{
    const wks_dossier *d = page->dossier;
    const int32_t part[] = {key->scenario, key->theory, key->indicator, key->group, key->scale, key->level, key->area};

    if (!isfinite(value)) {
        bare(page, element);
        return;
    }
    begin(page, element, kind);
    wks_page_rawf(page, "|%s|%s|%d", file, column, (int)key->tick);
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        wks_page_raw(page, "|");
        wks_page_text(page, wks_dossier_text(d, part[i]));
    }
    wks_page_raw(page, "\"");
    end(page, is_percent, value);
}

void wks_proof_open_value(wks_page *page, const char *element, bool is_percent, double value)
{
    if (!isfinite(value)) {
        bare(page, element);
        return;
    }
    wks_page_raw(page, "<");
    wks_page_raw(page, element);
    end(page, is_percent, value);
}

void wks_proof_count(wks_page *page, size_t n, const char *kind, const char *of)
{
    wks_proof_open(page, "span", false, (double)n, kind, of, NULL);
    wks_page_rawf(page, "%zu</span>", n);
}
