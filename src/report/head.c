#include "report/head.h"

#include <string.h>

#include "report/embedded.h"

static const char policy[] = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";

void wks_head_open(wks_page *page)
{
    wks_page_rawf(page, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                  page->lang == WKS_NOTATION_NL ? "nl" : "en");
    wks_page_raw(page, "<meta http-equiv=\"Content-Security-Policy\" content=\"");
    wks_page_raw(page, policy);
    wks_page_raw(page, "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
}

void wks_head_close(wks_page *page)
{
    wks_page_raw(page, " &#8211; wijksim</title>\n<style>\n");
    wks_text_add_bytes(&page->html, wks_embedded_css, wks_embedded_css_size);
    wks_page_raw(page, "</style>\n</head>\n");
}

void wks_head_banner(wks_page *page, const char *first)
{
    const char *version = wks_json_text(wks_json_get(page->dossier->manifest, "version"));

    wks_page_rawf(page, "<body>\n<a class=\"skip\" href=\"#%s\">", first);
    wks_page_say(page, "Naar de inhoud</a>\n<header>\n<p class=\"kicker\">wijksim",
                 "To the contents</a>\n<header>\n<p class=\"kicker\">wijksim");
    if (version[0] != '\0') {
        wks_page_raw(page, " ");
        wks_page_text(page, version);
    }
    wks_page_say(page, " &#183; simulatie van woonruimteverdeling en buurten</p>\n<h1>",
                 " &#183; simulation of housing allocation and neighbourhoods</p>\n<h1>");
}

void wks_head_close_banner(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    const char *status = wks_json_text(wks_json_get(d->manifest, "status"));

    wks_page_raw(page, "</h1>\n");
    if (status[0] != '\0' && strcmp(status, "complete") != 0) {
        wks_page_say(page,
                     "<p class=\"warning\">Deze run is niet volledig (status: ", "<p class=\"warning\">This run is not complete (status: ");
        wks_page_text(page, wks_page_status(page, status));
        wks_page_raw(page, ").</p>\n");
    }
    if (d->real_people) {
        wks_page_say(page, "<p class=\"warning\">Met gegevens van echte mensen: cellen van minder dan 10 zijn weggelaten.</p>\n",
                     "<p class=\"warning\">With data of real people: cells under 10 have been left out.</p>\n");
    }
    wks_page_raw(page, "</header>\n");
}
