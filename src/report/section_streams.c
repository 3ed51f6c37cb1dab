#include "report/section_streams.h"

#include <math.h>
#include <string.h>

#include "report/areas.h"
#include "report/proof.h"

enum { MOST_PAIRS = 10, MOST_OF_GROUP = 5 };

/* Which streams a table holds. */
typedef enum kind { BETWEEN, BORDER, WITHIN } kind;

typedef struct stream_table {
    const wks_streams *streams;
    kind kind;
    int32_t group;
} stream_table;

static const char *text_of(const wks_streams *streams, int32_t name)
{
    return wks_names_text(&streams->names, name);
}

static bool is_wijk(const wks_streams *streams, int32_t name)
{
    return strncmp(text_of(streams, name), "WK", 2) == 0;
}

static kind kind_of(const wks_streams *streams, const wks_streams_pair *pair)
{
    if (!is_wijk(streams, pair->from) || !is_wijk(streams, pair->to)) return BORDER;
    return pair->from == pair->to ? WITHIN : BETWEEN;
}

static double size_of(const wks_streams *streams, size_t pair)
{
    const double mean = streams->mean[wks_streams_at(streams, pair, 0)];
    return isfinite(mean) ? mean : 0.0;
}

static bool is_in(const stream_table *table, size_t pair)
{
    const wks_streams *streams = table->streams;
    return streams->pair[pair].group == table->group && kind_of(streams, &streams->pair[pair]) == table->kind && size_of(streams, pair) > 0;
}

/* The stream of the table that comes after `last` (SIZE_MAX: the first) in order of size; SIZE_MAX at the end. */
static size_t next_of(const stream_table *table, size_t last)
{
    size_t best = SIZE_MAX;

    for (size_t i = 0; i < table->streams->n_pairs; i++) {
        const double size = size_of(table->streams, i);
        if (!is_in(table, i)) continue;
        if (last != SIZE_MAX) {
            const double before = size_of(table->streams, last);
            if (size > before || (size == before && i <= last)) continue;
        }
        if (best == SIZE_MAX || size > size_of(table->streams, best)) best = i;
    }
    return best;
}

static void add_place(wks_page *page, const wks_streams *streams, int32_t name)
{
    const char *code = text_of(streams, name);
    wks_text words = WKS_TEXT_INIT;

    if (strcmp(code, "outside") == 0) {
        wks_page_say(page, "buiten de stad", "outside the city");
        return;
    }
    if (strcmp(code, "shelter") == 0) {
        wks_page_say(page, "opvang", "shelter");
        return;
    }
    wks_areas_name(page->dossier, page->lang, code, &words);
    if (words.length > 0) {
        wks_page_text(page, words.data);
        wks_page_raw(page, " <span class=\"unit\">");
    }
    wks_page_text(page, code);
    if (words.length > 0) wks_page_raw(page, "</span>");
    page->html.failed = page->html.failed || words.failed;
    wks_text_free(&words);
}

static double largest_difference(const wks_streams *streams)
{
    double largest = 0;
    for (size_t i = 0; i < streams->n_pairs; i++)
        for (size_t s = 1; s < streams->n_scenarios; s++) {
            const wks_stat_paired *pair = &streams->contrast[wks_streams_at(streams, i, s)];
            if (isfinite(pair->mean_difference) && fabs(pair->mean_difference) > largest) largest = fabs(pair->mean_difference);
        }
    return largest;
}

static bool has_interval(const wks_stat_paired *pair)
{
    return pair->n_pairs >= WKS_DOSSIER_LEAST_PAIRS;
}

static void write_row(wks_page *page, const wks_streams *streams, size_t row)
{
    const wks_notation_format format = {false, largest_difference(streams) < 100 ? 1 : 0}, level = format;
    const bool few = size_of(streams, row) < WKS_DOSSIER_FEW;

    wks_page_raw(page, "<tr><th scope=\"row\">");
    add_place(page, streams, streams->pair[row].from);
    wks_page_raw(page, "</th><td>");
    add_place(page, streams, streams->pair[row].to);
    wks_page_raw(page, "</td>");
    wks_page_value_cell(page, level, streams->mean[wks_streams_at(streams, row, 0)], few);
    for (size_t s = 1; s < streams->n_scenarios; s++) {
        const wks_stat_paired *pair = &streams->contrast[wks_streams_at(streams, row, s)];
        const bool is_known = has_interval(pair);
        wks_page_difference_cell(page, format, pair->mean_difference, few);
        wks_page_interval_cell(page, format, is_known ? pair->ci_low : NAN, is_known ? pair->ci_high : NAN, few);
    }
    wks_page_raw(page, "</tr>\n");
}

static void open_table(wks_page *page, const wks_streams *streams, const char *nl, const char *en)
{
    wks_page_table(page, "levels streams", wks_page_words(page, nl, en));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Van</th><th scope=\"col\">Naar</th><th scope=\"col\" class=\"n\">",
                 "<thead><tr><th scope=\"col\">From</th><th scope=\"col\">To</th><th scope=\"col\" class=\"n\">");
    wks_page_scenario(page, 0);
    wks_page_raw(page, "</th>");
    for (size_t s = 1; s < streams->n_scenarios; s++) {
        wks_page_say(page,
                     "<th scope=\"col\" class=\"n\" colspan=\"2\">Verschil: ", "<th scope=\"col\" class=\"n\" colspan=\"2\">Difference: ");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead>\n");
}

static size_t write_rows(wks_page *page, const stream_table *table, size_t most)
{
    size_t n = 0;
    for (size_t i = next_of(table, SIZE_MAX); i != SIZE_MAX && n < most; i = next_of(table, i), n++)
        write_row(page, table->streams, i);
    return n;
}

static void write_everybody(wks_page *page, const wks_streams *streams)
{
    const stream_table between = {streams, BETWEEN, 0}, border = {streams, BORDER, 0}, within = {streams, WITHIN, 0};

    if (next_of(&between, SIZE_MAX) != SIZE_MAX) {
        open_table(page, streams, "De tien grootste stromen tussen wijken: huishoudens per jaar",
                   "The ten largest streams between wijken: households a year");
        wks_page_raw(page, "<tbody>");
        (void)write_rows(page, &between, MOST_PAIRS);
        wks_page_raw(page, "</tbody>");
        wks_page_table_end(page);
    }
    if (next_of(&border, SIZE_MAX) == SIZE_MAX && next_of(&within, SIZE_MAX) == SIZE_MAX) return;
    wks_page_say(page, "<details><summary>De stad in en uit, en binnen een wijk</summary>\n",
                 "<details><summary>Into and out of the city, and within a wijk</summary>\n");
    open_table(page, streams, "De stad in en uit (de twintig grootste) en binnen een wijk: huishoudens per jaar",
               "Into and out of the city (the twenty largest) and within a wijk: households a year");
    wks_page_raw(page, "<tbody>");
    (void)write_rows(page, &border, 2 * MOST_PAIRS);
    (void)write_rows(page, &within, 2 * MOST_PAIRS);
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_raw(page, "</details>\n");
}

/* Between wijken, a heading a group. */
static void write_groups(wks_page *page, const wks_streams *streams)
{
    bool any = false;

    for (int32_t group = 1; group < streams->names.n; group++) {
        const stream_table table = {streams, BETWEEN, group};
        const int32_t name = wks_dossier_name(page->dossier, text_of(streams, group));
        if (next_of(&table, SIZE_MAX) == SIZE_MAX) continue;
        if (!any) {
            wks_page_say(page, "<details><summary>Stromen tussen wijken, naar groep</summary>\n",
                         "<details><summary>Streams between wijken, by group</summary>\n");
            open_table(page, streams, "Per groep de vijf grootste stromen tussen wijken: huishoudens per jaar",
                       "By group the five largest streams between wijken: households a year");
        }
        any = true;
        wks_page_rawf(page, "<tbody><tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%zu\">", 1 + 2 * streams->n_scenarios);
        wks_page_text(page, name > 0 ? wks_page_group(page, name) : text_of(streams, group));
        wks_page_raw(page, "</th></tr>\n");
        (void)write_rows(page, &table, MOST_OF_GROUP);
        wks_page_raw(page, "</tbody>\n");
    }
    if (!any) return;
    wks_page_table_end(page);
    wks_page_raw(page, "</details>\n");
}

/* How many streams of everybody differ, beside how many would by chance. */
static void say_shown(wks_page *page, const wks_streams *streams)
{
    for (size_t s = 1; s < streams->n_scenarios; s++) {
        size_t n = 0, n_shown = 0;
        for (size_t i = 0; i < streams->n_pairs; i++) {
            const wks_stat_paired *pair = &streams->contrast[wks_streams_at(streams, i, s)];
            if (streams->pair[i].group != 0 || size_of(streams, i) < WKS_DOSSIER_FEW || pair->n_pairs < WKS_DOSSIER_LEAST_PAIRS) continue;
            n++;
            n_shown += pair->ci_low > 0.0 || pair->ci_high < 0.0;
        }
        if (n == 0) continue;
        wks_page_raw(page, "<p>");
        wks_page_scenario(page, s);
        wks_page_say(page, ": van ", ": of ");
        const char *name = wks_dossier_text(page->dossier, page->dossier->scenario[s].name);
        wks_proof_open(page, "span", false, (double)n, "streams", "all", name, NULL);
        wks_page_rawf(page, "%zu</span> ", n);
        wks_page_say(page, "stromen van tien huishoudens of meer per jaar is bij ", "streams of ten households a year or more ");
        wks_proof_open(page, "span", false, (double)n_shown, "streams", "shown", name, NULL);
        wks_page_rawf(page, "%zu</span> ", n_shown);
        wks_page_say(page, "een verschil aangetoond; door toeval alleen zou dat bij ongeveer ",
                     "show a difference; by chance alone about ");
        wks_proof_open(page, "span", false, 0.05 * (double)n, "streams", "chance", name, NULL);
        wks_notation_number(page->lang, 0.05 * (double)n, 0, &page->html);
        wks_page_raw(page, "</span>");
        wks_page_say(page, " zo zijn.</p>\n", " would.</p>\n");
    }
}

void wks_section_streams_write(wks_page *page, const wks_streams *streams)
{
    if (streams->n_pairs == 0) return;
    wks_page_say(page, "<h3>Stromen tussen wijken</h3>\n", "<h3>Streams between wijken</h3>\n");
    say_shown(page, streams);
    write_everybody(page, streams);
    write_groups(page, streams);
    wks_page_say(
        page,
        "<p class=\"note\">Huishoudens die van adres veranderden, van de wijk van het oude naar die van het nieuwe adres, per jaar, "
        "gemiddeld over de herhalingen; wie bij een ander intrekt telt mee. Een wijk zonder eigen naam heet naar haar eerste buurt. Groep: "
        "aan "
        "het eind van de maand voor de verhuizing. Grijs: minder dan tien huishoudens per jaar. Alle stromen, per kalenderjaar: "
        "flows.csv.</p>\n",
        "<p class=\"note\">Households that changed address, from the wijk of the old to that of the new address, a year, mean over "
        "replications; who moves in with others counts too. A wijk without a name is named after its first buurt. Group: at the end of the "
        "month before the move. Grey: fewer than ten households a year. All streams, by calendar year: flows.csv.</p>\n");
    if (page->dossier->real_people) {
        wks_page_say(page, "<p class=\"note\">Stromen van minder dan tien huishoudens zijn weggelaten.</p>\n",
                     "<p class=\"note\">Streams of fewer than ten households were left out.</p>\n");
    }
}
