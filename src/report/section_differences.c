#include "report/section_differences.h"

#include <string.h>

#include "report/areas.h"
#include "report/proof.h"

/* The name of a scenario becomes its title. */
static void add_heading(wks_page *page, const char *words)
{
    int32_t name = wks_dossier_name(page->dossier, words);
    wks_page_raw(page, "<li class=\"head\">");
    for (size_t i = 0; i < page->dossier->n_scenarios; i++) {
        if (page->dossier->scenario[i].name != name) continue;
        wks_page_scenario(page, i);
        return;
    }
    wks_page_text(page, words);
}

/* The next line of `*text` without blanks and bullets around it; false at the end. */
static bool next_line(const char **text, const char **out, size_t *out_n)
{
    while (**text != '\0') {
        size_t n = strcspn(*text, "\r\n");
        const char *line = *text;
        *text += n + strspn(*text + n, "\r\n");
        while (n > 0 && strchr(" \t-*", line[0]) != NULL) {
            line++;
            n--;
        }
        while (n > 0 && (line[n - 1] == ' ' || line[n - 1] == '\t'))
            n--;
        *out = line;
        *out_n = n;
        if (n > 0) return true;
    }
    return false;
}

/* "[scenario]", or a line that ends in a colon. */
static bool is_heading(const char *line, size_t n)
{
    return line[n - 1] == ':' || (line[0] == '[' && line[n - 1] == ']');
}

/* Lines from here to the next heading. */
static size_t count_items(const char *text)
{
    const char *line;
    size_t n, items = 0;

    while (next_line(&text, &line, &n) && !is_heading(line, n))
        items++;
    return items;
}

static void open_fold(wks_page *page, size_t n)
{
    wks_page_say(page, "<li class=\"more\"><details><summary>Nog ", "<li class=\"more\"><details><summary>Another ");
    wks_proof_count(page, n, "folded", NULL);
    wks_page_raw(page, " ");
    wks_page_say(page, "verschillen</summary><ul>\n", "differences</summary><ul>\n");
}

/* "Volgorde: ... . [order: lot]": the words, and how the scenario file calls it as a small note. */
static void add_item(wks_page *page, char *line)
{
    const size_t n = strlen(line);
    char *key = n > 0 && line[n - 1] == ']' ? strstr(line, " [") : NULL;
    wks_text named = WKS_TEXT_INIT;

    if (key != NULL) {
        line[n - 1] = '\0';
        *key = '\0';
    }
    wks_page_raw(page, "<li>");
    wks_areas_name_codes(page->dossier, page->lang, line, &named);
    wks_page_text(page, named.data != NULL ? named.data : line);
    if (key != NULL) {
        wks_page_raw(page, " <small class=\"key\">");
        wks_page_text(page, key + 2);
        wks_page_raw(page, "</small>");
    }
    page->html.failed = page->html.failed || named.failed;
    wks_text_free(&named);
}

/* Lines of differences.txt: headings and items; of a scenario with many the later ones are folded away. */
void wks_section_differences_write(wks_page *page)
{
    enum { MOST_ITEMS = 8, SHOWN_ITEMS = 5 };
    const char *text = page->dossier->differences[page->lang], *line;
    size_t n, n_left = 0, at = 0;
    bool is_folded = false;

    if (text == NULL || text[0] == '\0') return;
    wks_page_say(page, "<h3>Wat verschilt er tussen de regels</h3>\n<ul class=\"differs\">\n",
                 "<h3>What differs between the rules</h3>\n<ul class=\"differs\">\n");
    n_left = count_items(text);
    while (next_line(&text, &line, &n)) {
        wks_text one = WKS_TEXT_INIT;
        wks_text_add_bytes(&one, line, n);
        if (one.data == NULL) break;
        if (is_heading(line, n)) {
            if (is_folded) wks_page_raw(page, "</ul></details></li>\n");
            is_folded = false;
            n_left = count_items(text);
            at = 0;
            one.data[n - 1] = '\0';
            add_heading(page, one.data + (line[0] == '['));
        } else {
            if (n_left > MOST_ITEMS && at == SHOWN_ITEMS) {
                open_fold(page, n_left - at);
                is_folded = true;
            }
            at++;
            add_item(page, one.data);
        }
        wks_text_free(&one);
        wks_page_raw(page, "</li>\n");
    }
    if (is_folded) wks_page_raw(page, "</ul></details></li>\n");
    wks_page_raw(page, "</ul>\n");
}
