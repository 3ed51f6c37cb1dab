#include "report/section_account.h"

#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/file.h"
#include "report/basis_words.h"
#include "report/proof.h"
#include "report_assets.h"
#include "scenario/difference_words.h"
#include "sim/everything.h"

/* A scalar of the manifest as text: strings as they are, numbers in the notation of results. */
static bool add_scalar(const wks_json *json, wks_text *out)
{
    if (json == NULL || wks_json_is_object(json) || wks_json_is_array(json)) return false;
    const char *text = wks_json_text(json);
    if (text[0] != '\0') {
        wks_text_add(out, text);
        return true;
    }
    wks_err ignored = WKS_ERR_INIT;
    wks_text compact = WKS_TEXT_INIT;
    bool ok = wks_json_write(json, false, &compact, &ignored) == WKS_OK && compact.data != NULL && strcmp(compact.data, "\"\"") != 0 &&
              strcmp(compact.data, "null") != 0;
    if (ok) wks_text_add(out, compact.data);
    wks_text_free(&compact);
    return ok;
}

/* The status of a manifest in the language of the page. */
static void write_status(wks_page *page, const wks_json *m)
{
    const char *status = wks_json_text(wks_json_get(m, "status"));
    if (status[0] == '\0') return;
    wks_page_say(page, "<dt>Status</dt><dd>", "<dt>Status</dt><dd>");
    wks_page_text(page, wks_page_status(page, status));
    wks_page_raw(page, "</dd>\n");
}

/* Adds a path without the steps "." and "..": "breda/././buurten.csv" is breda/buurten.csv. */
static void add_plain_path(const char *path, size_t n, wks_text *out)
{
    const size_t from = out->length;
    size_t at = 0;

    while (at < n) {
        size_t end = at;
        while (end < n && path[end] != '/')
            end++;
        const bool is_dot = end - at == 1 && path[at] == '.', is_up = end - at == 2 && path[at] == '.' && path[at + 1] == '.';
        if (is_up && out->data != NULL && out->length > from) {
            size_t back = out->length - 1; /* the '/' behind the last step */
            while (back > from && out->data[back - 1] != '/')
                back--;
            out->length = back;
            out->data[back] = '\0';
        } else if (end > at && !is_dot && !is_up) {
            wks_text_add_bytes(out, path + at, end - at + (end < n));
        }
        at = end + 1;
    }
}

/* Copies text, absolute paths in it (at the start, or after a blank, '=' or quote) cut to their last part: where files stood on the
 * machine of the run tells a reader nothing. */
static void add_without_folders(const char *text, wks_text *out)
{
    char before = ' ', quote = '\0';
    while (*text != '\0') {
        if (*text == '/' && strchr(" \t='\"", before) != NULL) {
            const char ends[] = {quote != '\0' ? quote : ' ', quote != '\0' ? quote : '\t', '\0'};
            const size_t n = strcspn(text, ends);
            size_t last = n;
            while (last > 0 && text[last - 1] == '/')
                last--;
            while (last > 0 && text[last - 1] != '/')
                last--;
            wks_text_add_bytes(out, text + last, n - last);
            before = 'x';
            text += n;
            continue;
        }
        if (*text == '\'' || *text == '"') quote = quote == '\0' ? *text : (quote == *text ? '\0' : quote);
        wks_text_add_char(out, *text);
        before = *text++;
    }
}

static void add_path_words(wks_page *page, const char *text)
{
    wks_text shown = WKS_TEXT_INIT;
    add_without_folders(text, &shown);
    if (shown.data != NULL) wks_page_text(page, shown.data);
    page->html.failed = page->html.failed || shown.failed;
    wks_text_free(&shown);
}

static void add_file(wks_page *page, const char *path)
{
    wks_text plain = WKS_TEXT_INIT;
    if (path[0] == '/') {
        wks_text_add(&plain, path);
    } else {
        add_plain_path(path, strlen(path), &plain);
    }
    if (plain.data != NULL) add_path_words(page, plain.data);
    page->html.failed = page->html.failed || plain.failed;
    wks_text_free(&plain);
}

static void fact(wks_page *page, const char *name, const wks_json *json)
{
    wks_text value = WKS_TEXT_INIT;
    if (add_scalar(json, &value) && value.data != NULL) {
        wks_page_raw(page, "<dt>");
        wks_page_text(page, name);
        wks_page_raw(page, "</dt><dd>");
        wks_page_text(page, value.data);
        wks_page_raw(page, "</dd>\n");
    }
    wks_text_free(&value);
}

static void write_facts(wks_page *page, const wks_json *m)
{
    const wks_json *seeds = wks_json_get(m, "seeds");
    wks_page_raw(page, "<dl class=\"facts\">\n");
    write_status(page, m);
    fact(page, wks_page_words(page, "Versie", "Version"), wks_json_get(m, "version"));
    fact(page, "Commit", wks_json_get(m, "commit"));
    fact(page, wks_page_words(page, "Scenario", "Scenario"), wks_json_get(m, "scenario"));
    fact(page, wks_page_words(page, "Stad", "City"), wks_json_get(m, "city"));
    fact(page, wks_page_words(page, "Hash van het scenario", "Scenario hash"), wks_json_get(m, "scenario_hash"));
    fact(page, wks_page_words(page, "Startgetal bevolking", "Population seed"), wks_json_get(seeds, "population"));
    fact(page, wks_page_words(page, "Startgetal verloop", "Dynamics seed"), wks_json_get(seeds, "dynamics"));
    if (seeds != NULL && !wks_json_is_object(seeds)) fact(page, wks_page_words(page, "Startgetal", "Seed"), seeds);
    fact(page, wks_page_words(page, "Begonnen (UTC)", "Started (UTC)"), wks_json_get(m, "started"));
    fact(page, wks_page_words(page, "Geëindigd (UTC)", "Ended (UTC)"), wks_json_get(m, "ended"));
    if (wks_json_get(m, "wall_s") != NULL) {
        wks_page_say(page, "<dt>Duur</dt><dd>", "<dt>Wall time</dt><dd>");
        wks_notation_number(page->lang, wks_json_double(wks_json_get(m, "wall_s")), 1, &page->html);
        wks_page_raw(page, " s</dd>\n");
    }
    fact(page, wks_page_words(page, "Rekendraden (threads)", "Threads"), wks_json_get(m, "threads"));
    fact(page, wks_page_words(page, "Compiler", "Compiler"), wks_json_get(m, "compiler"));
    fact(page, wks_page_words(page, "Processor", "Processor"), wks_json_get(m, "cpu"));
    wks_page_raw(page, "</dl>\n");
}

/* How many replications ended how. */
static void write_replications(wks_page *page, const wks_json *m)
{
    const wks_json *list = wks_json_get(m, "replications");
    size_t n = wks_json_size(list), n_complete = 0;
    if (n == 0) return;
    for (size_t i = 0; i < n; i++)
        n_complete += strcmp(wks_json_text(wks_json_get(wks_json_at(list, i), "status")), "complete") == 0;
    wks_page_say(page, "<p>Herhalingen: ", "<p>Replications: ");
    wks_proof_count(page, n_complete, "replications", "complete");
    wks_page_raw(page, " ");
    wks_page_say(page, "volledig van ", "complete of ");
    wks_proof_count(page, n, "replications", "all");
    wks_page_raw(page, " (");
    wks_page_say(page, "nummers ", "numbers ");
    for (size_t i = 0; i < n; i++) {
        int64_t number = wks_json_int(wks_json_get(wks_json_at(list, i), "number"));
        size_t last = i;
        while (last + 1 < n && wks_json_int(wks_json_get(wks_json_at(list, last + 1), "number")) == number + (int64_t)(last + 1 - i))
            last++;
        wks_page_rawf(page, i > 0 ? ", %lld" : "%lld", (long long)number);
        if (last > i) wks_page_rawf(page, "&#8211;%lld", (long long)number + (long long)(last - i));
        i = last;
    }
    wks_page_raw(page, ").</p>\n");
}

static void write_inputs(wks_page *page, const wks_json *m)
{
    const wks_json *list = wks_json_get(m, "inputs");
    size_t n = wks_json_size(list);
    if (n == 0) return;
    wks_page_table(page, "inputs", wks_page_words(page, "Invoer en controlegetallen", "Inputs and checksums"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Bestand</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">File</th><th scope=\"col\">SHA-256</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < n; i++) {
        wks_page_raw(page, "<tr><td>");
        add_file(page, wks_json_text(wks_json_get(wks_json_at(list, i), "path")));
        wks_page_raw(page, "</td><td><code>");
        wks_page_text(page, wks_json_text(wks_json_get(wks_json_at(list, i), "sha256")));
        wks_page_raw(page, "</code></td></tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

/* The last part of the folder's path: where it stands on a machine tells a reader nothing. */
static const char *folder_name(const wks_page *page)
{
    const char *dir = page->dossier->dir, *last = strrchr(dir, '/');
    return last != NULL && last[1] != '\0' ? last + 1 : dir;
}

static void write_rerun(wks_page *page, const wks_json *m)
{
    const char *command = wks_json_text(wks_json_get(m, "command"));
    if (command[0] == '\0') return;
    wks_page_say(
        page, "<h3>Opnieuw uitvoeren</h3>\n<p>Met dezelfde versie en invoer geeft dit dezelfde tabellen, byte voor byte:</p>\n<pre><code>",
        "<h3>Run it again</h3>\n<p>With the same version and inputs this gives the same tables, byte for byte:</p>\n<pre><code>");
    add_path_words(page, command);
    wks_page_raw(page, "</code></pre>\n");
    wks_page_say(page, "<p>Of de tabellen in deze map nog die van het programma zijn: <code>wijksim verify ",
                 "<p>Whether the tables in this folder are still those of the program: <code>wijksim verify ");
    wks_page_text(page, folder_name(page));
    wks_page_say(page, "</code>, getypt in de map waar <code>", "</code>, typed in the folder that holds <code>");
    wks_page_text(page, folder_name(page));
    wks_page_say(page, "</code> in staat.</p>\n", "</code>.</p>\n");
    if (page->dossier->n_scenarios > 0)
        wks_page_say(page, "<p>Elke run-map bevat scenario.cfg, het volledige scenario waaruit de run is te herhalen.</p>\n",
                     "<p>Every run folder holds scenario.cfg, the whole scenario from which the run can be repeated.</p>\n");
}

static void write_sources(wks_page *page, const wks_json *m)
{
    const wks_json *list = wks_json_get(m, "sources");
    wks_page_say(page, "<h3>Gegevens en licenties</h3>\n<ul>\n", "<h3>Data and licences</h3>\n<ul>\n");
    for (size_t i = 0; i < wks_json_size(list); i++) {
        wks_page_raw(page, "<li>");
        wks_page_text(page, wks_json_text(wks_json_at(list, i)));
        wks_page_raw(page, "</li>\n");
    }
    wks_page_say(
        page,
        "<li>Kerncijfers wijken en buurten: Centraal Bureau voor de Statistiek (CBS), CC BY 4.0, waar de stad daaruit is gemaakt.</li>\n"
        "<li>Leefbaarometer 3.0: ministerie van BZK, eigenaar van het instrument en de klassegrenzen.</li>\n"
        "<li>Dit rapport: wijksim, GPL-3.0-or-later. De uitkomsten zijn van wie het model draait.</li>\n",
        "<li>Key figures by wijk and buurt: Statistics Netherlands (CBS), CC BY 4.0, where the city was made from them.</li>\n"
        "<li>Leefbaarometer 3.0: the Dutch ministry BZK, owner of the instrument and the class bounds.</li>\n"
        "<li>This report: wijksim, GPL-3.0-or-later. The outcomes belong to whoever runs the model.</li>\n");
    wks_page_raw(page, "</ul>\n");
}

static void write_licences(wks_page *page)
{
    for (int i = 0; i < wks_report_assets_count; i++) {
        if (strcmp(wks_report_assets[i].name, "licences.txt") != 0) continue;
        wks_page_say(page,
                     "<details class=\"licences\"><summary>Licenties van de ingesloten grafiekprogramma’s</summary>\n<pre lang=\"en\">",
                     "<details class=\"licences\"><summary>Licences of the embedded chart programs</summary>\n<pre lang=\"en\">");
        wks_page_text(page, wks_report_assets[i].data);
        wks_page_raw(page, "</pre></details>\n");
    }
}

/* ---- legal basis ---- */

enum { MOST_PARTS = 128 };

typedef struct used_parts {
    const wks_spec *part[MOST_PARTS];
    size_t n;
} used_parts;

/* Every rule part that a tree of settings names, once. */
static void collect_parts(const wks_config_node *node, used_parts *used)
{
    const wks_catalogue *catalogue = wks_everything_catalogue();
    const wks_config_node *name = node->type == WKS_CONFIG_GROUP ? wks_config_get(node, "part") : NULL;

    for (int32_t i = 0; name != NULL && name->type == WKS_CONFIG_STRING && name->string != NULL && i < catalogue->n_parts; i++) {
        bool is_new = strcmp(catalogue->part[i]->name, name->string) == 0 && used->n < MOST_PARTS;
        for (size_t k = 0; k < used->n; k++)
            is_new = is_new && used->part[k] != catalogue->part[i];
        if (is_new) used->part[used->n++] = catalogue->part[i];
    }
    for (size_t i = 0; i < node->n_children; i++)
        collect_parts(node->child[i], used);
}

/* The basis that the author of each rule set gave it. */
static void write_rule_sets(wks_page *page, const wks_config_node *rules, const char *scenario)
{
    for (size_t i = 0; i < rules->n_children; i++) {
        const wks_config_node *name = wks_config_get(rules->child[i], "name"), *basis = wks_config_get(rules->child[i], "basis");
        if (basis == NULL || basis->type != WKS_CONFIG_STRING || basis->string == NULL || basis->string[0] == '\0') continue;
        wks_page_raw(page, "<li>");
        wks_page_text(page, scenario);
        if (name != NULL && name->type == WKS_CONFIG_STRING) {
            wks_page_raw(page, ", <code>");
            wks_page_text(page, name->string);
            wks_page_raw(page, "</code>");
        }
        wks_page_raw(page, ": ");
        wks_page_text(page, page->lang == WKS_NOTATION_NL ? wks_basis_words_dutch(basis->string) : basis->string);
        wks_page_raw(page, "</li>\n");
    }
}

/* Adds the bases of its rule sets to the page, and its parts to those used. */
static void collect_scenario(wks_page *page, const char *folder, const char *title, used_parts *used)
{
    wks_problems ignored = WKS_PROBLEMS_INIT;
    wks_err none = WKS_ERR_INIT;
    wks_config_node *root = NULL, *rules = NULL;
    char *path = wks_file_join(folder, "scenario.cfg");

    if (path != NULL && wks_file_exists(path)) (void)wks_config_read(path, &root, &ignored, &none);
    if (root != NULL) rules = wks_config_get(root, "rules");
    if (rules != NULL) {
        collect_parts(rules, used);
        write_rule_sets(page, rules, title);
    }
    wks_config_free(root);
    wks_problems_free(&ignored);
    free(path);
}

static void write_basis(wks_page *page)
{
    used_parts used = {.n = 0};

    if (page->dossier->n_scenarios == 0) return;
    wks_page_say(page, "<h3>Juridische grondslag</h3>\n<ul class=\"limits\">\n", "<h3>Legal basis</h3>\n<ul class=\"limits\">\n");
    for (size_t i = 0; i < page->dossier->n_scenarios; i++) {
        const wks_dossier_scenario *scenario = &page->dossier->scenario[i];
        if (scenario->folder != NULL) collect_scenario(page, scenario->folder, scenario->title, &used);
    }
    wks_page_say(page,
                 "<li>Of een regel in een gemeente mag, hangt af van de huisvestingsverordening en de datum: <code>wijksim check</code> "
                 "noemt wat niet mag.</li>\n</ul>\n",
                 "<li>Whether a rule is allowed in a gemeente depends on its huisvestingsverordening and the date: <code>wijksim "
                 "check</code> tells what is not.</li>\n</ul>\n");
    if (used.n == 0) return;
    wks_page_table(page, "basis",
                   wks_page_words(page, "Regels die in deze scenario’s voorkomen, en hun juridische grondslag",
                                  "Rules that stand in these scenarios, and their legal basis"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Regel</th><th scope=\"col\">Grondslag</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Basis</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < used.n; i++) {
        const char *words = wks_difference_words_part(used.part[i]->name, page->lang == WKS_NOTATION_NL);
        wks_page_raw(page, "<tr><th scope=\"row\">");
        if (words != NULL) {
            wks_page_text(page, words);
            wks_page_raw(page, " ");
        }
        wks_page_raw(page, "<code class=\"unit\">");
        wks_page_text(page, used.part[i]->name);
        wks_page_raw(page, "</code></th><td>");
        if (used.part[i]->basis != NULL && used.part[i]->basis[0] != '\0') {
            const char *basis = used.part[i]->basis;
            wks_page_text(page, page->lang == WKS_NOTATION_NL ? wks_basis_words_dutch(basis) : basis);
        } else {
            wks_page_say(page, "geen eigen wettelijke grondslag bekend bij het model", "no legal basis of its own known to the model");
        }
        wks_page_raw(page, "</td></tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

void wks_section_account_write(wks_page *page)
{
    const wks_json *m = page->dossier->manifest;
    wks_page_section(page, "verantwoording", "Verantwoording", "Account");
    write_facts(page, m);
    write_replications(page, m);
    write_inputs(page, m);
    write_basis(page);
    write_rerun(page, m);
    write_sources(page, m);
    if (page->dossier->n_scenarios > 0) write_licences(page); /* other pages embed no chart programs */
    wks_page_section_end(page);
}
