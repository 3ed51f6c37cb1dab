#include "report/section_origin.h"

#include "report/proof.h"

typedef struct origin {
    const char *key, *nl, *en;
} origin;

static const origin origins[] = {
    {"wijk", "die van hun wijk", "that of their wijk"},
    {"gemeente", "die van hun gemeente", "that of their gemeente"},
    {"national", "die van heel Nederland", "that of the whole country"},
    {"estimated", "geschat uit de woningvoorraad, want niet gepubliceerd", "estimated from the housing stock, for want of a published one"},
};

enum { N_ORIGINS = sizeof origins / sizeof origins[0] };

/* The same of every buurt. */
static bool write_whole(wks_page *page, const wks_json *scores, int64_t whole)
{
    for (size_t i = 0; i < N_ORIGINS; i++) {
        if (wks_json_int(wks_json_get(scores, origins[i].key)) != whole) continue;
        wks_page_say(page, "<p>De score aan het begin is in alle buurten ", "<p>In all buurten the score at the start is ");
        wks_page_text(page, wks_page_words(page, origins[i].nl, origins[i].en));
        wks_page_raw(page, ".</p>\n");
        return true;
    }
    return false;
}

void wks_section_origin_write(wks_page *page)
{
    const wks_json *scores = wks_json_get(page->dossier->manifest, "scores");
    const int64_t whole = wks_json_int(wks_json_get(scores, "buurten"));
    bool is_borrowed = false;
    size_t n = 0;

    if (whole > 0 && write_whole(page, scores, whole)) return;
    for (size_t i = 0; i < N_ORIGINS && whole > 0; i++) {
        const int64_t some = wks_json_int(wks_json_get(scores, origins[i].key));
        if (some <= 0) continue;
        is_borrowed = is_borrowed || i < N_ORIGINS - 1;
        wks_page_raw(page, n++ == 0 ? wks_page_words(page, "<p>De score aan het begin is niet overal die van de buurt zelf: in ",
                                                     "<p>The score at the start is not everywhere that of the buurt itself: in ")
                                    : wks_page_words(page, "; in ", "; in "));
        wks_proof_count(page, (size_t)some, "scores", origins[i].key);
        wks_page_say(page, " van de ", " of ");
        wks_proof_count(page, (size_t)whole, "scores", "buurten");
        wks_page_say(page, " buurten ", " buurten ");
        wks_page_raw(page, page->lang == WKS_NOTATION_NL ? "is zij " : "it is ");
        wks_page_text(page, wks_page_words(page, origins[i].nl, origins[i].en));
    }
    if (n == 0) return;
    if (is_borrowed) {
        wks_page_say(page, ". Zulke buurten lijken aan het begin meer op elkaar dan zij zijn.</p>\n",
                     ". At the begin such buurten look more alike than they are.</p>\n");
    } else {
        wks_page_raw(page, ".</p>\n");
    }
}
