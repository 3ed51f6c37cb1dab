#include "report/section_tenants.h"

#include <math.h>
#include <string.h>

#include "report/proof.h"

static const struct question {
    const char *indicator, *nl, *en;
} questions[] = {
    {"wait_p50_months", "Hoe lang staat iemand ingeschreven die een woning krijgt? (de middelste)",
     "How long has a household been registered when it gets a home? (the middle one)"},
    {"success_rate", "Welk deel van wie zoekt, vindt binnen een jaar?", "What part of those who seek finds a home within a year?"},
    {"starters_share", "Welk deel van de woningen gaat naar wie er in de stad nog geen had?",
     "What part of homes goes to those who had none in the city?"},
    {"lettings", "Hoeveel sociale huurwoningen worden er in een jaar verhuurd?", "How many social homes are let in a year?"},
    {"rent_at_letting_mean_eur", "Wat is de huur van een woning die wordt verhuurd?", "What is the rent of a home that is let?"},
    {"rent_burden", "Welk deel van het inkomen gaat naar de huur?", "What part of income goes to rent?"},
    {"evictions_social", "Hoeveel sociale huurders worden in een jaar uit hun woning gezet?",
     "How many social tenants are evicted in a year?"},
    {"leefbaarheid", "Hoe leefbaar is de stad? (gemodelleerde score)", "How liveable is the city? (modelled score)"},
};
enum { N_QUESTIONS = sizeof questions / sizeof *questions };

static const wks_dossier_series *series_of(const wks_page *page, size_t question)
{
    const wks_dossier_series *series = wks_page_find_city(page, questions[question].indicator);
    return series != NULL && wks_dossier_level_at(page->dossier, wks_dossier_key_of(page->dossier, series, 0)) != NULL ? series : NULL;
}

bool wks_section_tenants_has(const wks_page *page)
{
    for (size_t i = 0; i + 1 < N_QUESTIONS; i++) /* the score alone is not about tenants */
        if (series_of(page, i) != NULL) return true;
    return false;
}

/* ---- what changes ---- */

static void write_answer(wks_page *page, const wks_dossier_series *series, size_t scenario, wks_notation_format format)
{
    const wks_dossier *d = page->dossier;
    const wks_dossier_contrast *row = wks_dossier_contrast_at(d, wks_dossier_key_of(d, series, scenario));

    wks_page_value_cell(page, format, row == NULL ? NAN : row->mean_scenario, false);
    wks_page_raw(page, "<td>");
    wks_page_raw(page, wks_page_verdict_words(page, row));
    wks_page_raw(page, "</td>");
}

static void write_question(wks_page *page, size_t question, const wks_dossier_series *series)
{
    const wks_dossier *d = page->dossier;
    const char *code = wks_page_unit(page, series->indicator), *unit = wks_notation_unit(page->lang, code);
    const wks_notation_format format = wks_page_format(page, series); /* that a difference which is shown can be seen */
    const wks_dossier_level *row = wks_dossier_level_at(d, wks_dossier_key_of(d, series, 0));

    wks_page_raw(page, "<tr><th scope=\"row\">");
    wks_page_text(page, wks_page_words(page, questions[question].nl, questions[question].en));
    if (unit[0] != '\0') {
        wks_page_raw(page, " <span class=\"unit\">");
        wks_page_text(page, unit);
        wks_page_raw(page, "</span>");
    }
    wks_page_raw(page, "</th>");
    wks_page_value_cell(page, format, row == NULL ? NAN : row->mean, false);
    for (size_t s = 1; d->is_comparison && s < d->n_scenarios; s++)
        write_answer(page, series, s, format);
    wks_page_raw(page, "</tr>\n");
}

static void write_questions(wks_page *page)
{
    const wks_dossier *d = page->dossier;

    wks_page_table(page, "levels tenants",
                   d->is_comparison
                       ? wks_page_words(page, "Wat verandert er voor wie huurt of zoekt", "What changes for who rents or seeks")
                       : wks_page_words(page, "Hoe het er voor staat voor wie huurt of zoekt", "How it is for who rents or seeks"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Vraag</th><th scope=\"col\" class=\"n\">",
                 "<thead><tr><th scope=\"col\">Question</th><th scope=\"col\" class=\"n\">");
    wks_page_scenario(page, 0);
    wks_page_raw(page, "</th>");
    for (size_t s = 1; d->is_comparison && s < d->n_scenarios; s++) {
        wks_page_raw(page, "<th scope=\"col\" colspan=\"2\">");
        wks_page_scenario(page, s);
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
    for (size_t i = 0; i < N_QUESTIONS; i++) {
        const wks_dossier_series *series = series_of(page, i);
        if (series != NULL) write_question(page, i, series);
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

/* ---- who goes before ---- */

/* Groups whose chance of success has this sign, with commas; returns how many. Counts only when `is_counted`. */
static size_t list_groups(wks_page *page, size_t scenario, wks_page_sign sign, bool is_counted)
{
    const wks_dossier *d = page->dossier;
    const int32_t indicator = wks_dossier_name(d, "success_rate");
    size_t n = 0;

    for (size_t i = 0; i < d->n_series; i++) {
        const wks_dossier_series *series = &d->series[i];
        if (series->indicator != indicator || series->group == 0 || series->scale != 0 || series->level != 0) continue;
        if (wks_page_sign_of_row(wks_dossier_contrast_at(d, wks_dossier_key_of(d, series, scenario))) != sign) continue;
        if (!is_counted) {
            if (n > 0) wks_page_raw(page, ", ");
            wks_page_text(page, wks_page_group(page, series->group));
        }
        n++;
    }
    return n;
}

static void say_groups(wks_page *page, size_t scenario, wks_page_sign sign, const char *nl, const char *en)
{
    if (list_groups(page, scenario, sign, true) == 0) return;
    wks_page_raw(page, " ");
    wks_page_say(page, nl, en);
    (void)list_groups(page, scenario, sign, false);
    wks_page_raw(page, ".");
}

static void write_before(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    size_t n = 0;

    for (size_t s = 1; s < d->n_scenarios; s++)
        for (int sign = WKS_PAGE_UNDEFINED; sign <= WKS_PAGE_TOO_FEW; sign++)
            n += sign == WKS_PAGE_UNDEFINED ? 0 : list_groups(page, s, (wks_page_sign)sign, true);
    if (n == 0) return;
    wks_page_say(page, "<h3>Wie gaat er voor?</h3>\n<ul>\n", "<h3>Who goes before?</h3>\n<ul>\n");
    for (size_t s = 1; s < d->n_scenarios; s++) {
        wks_page_raw(page, "<li>");
        wks_page_scenario(page, s);
        wks_page_raw(page, ":");
        say_groups(page, s, WKS_PAGE_HIGHER, "Meer kans op een woning: ", "A better chance of a home: ");
        say_groups(page, s, WKS_PAGE_LOWER, "Minder kans: ", "A worse chance: ");
        say_groups(page, s, WKS_PAGE_UNCLEAR, "Geen verschil aangetoond: ", "No difference shown: ");
        say_groups(page, s, WKS_PAGE_EQUAL, "Precies gelijk: ", "Exactly equal: ");
        say_groups(page, s, WKS_PAGE_TOO_FEW, "Te weinig herhalingen om het te zeggen: ", "Too few replications to tell: ");
        wks_page_raw(page, "</li>\n");
    }
    wks_page_raw(page, "</ul>\n");
}

/* ---- who loses ---- */

enum { BETTER, WORSE, N_ALL, SCENARIO, GROUP, OUTCOME, THEORY, N_COLUMNS };
static const char *const losers_columns[N_COLUMNS] = {"better", "worse", "n", "scenario", "group", "outcome", "theory"};

static const char *const lost[] = {"home_at_end", "months_without_home", "forced_moves", "rent_share"};
enum { N_LOST = sizeof lost / sizeof *lost };

/* Of real people fewer than ten are not told. */
static bool is_told(const wks_page *page, size_t row, int column)
{
    double n;
    return !page->dossier->real_people ||
           (wks_text_parse_double(wks_csv_cell(&page->dossier->losers, row, column), &n) && n >= WKS_DOSSIER_FEW);
}

/* Row of everybody for a scenario and outcome under the theory of the page; SIZE_MAX if there is none with numbers. */
static size_t row_of(const wks_page *page, const int *column, size_t scenario, const char *outcome)
{
    const wks_dossier *d = page->dossier;
    const wks_csv *csv = &d->losers;

    for (size_t i = 0; i < csv->n_rows; i++) {
        const bool is_main =
            column[THEORY] < 0 || d->n_theories < 2 || wks_dossier_name(d, wks_csv_cell(csv, i, column[THEORY])) == d->main_theory;
        if (is_main && wks_csv_cell(csv, i, column[GROUP])[0] == '\0' && wks_csv_cell(csv, i, column[BETTER])[0] != '\0' &&
            strcmp(wks_csv_cell(csv, i, column[OUTCOME]), outcome) == 0 && is_told(page, i, column[N_ALL]) &&
            strcmp(wks_csv_cell(csv, i, column[SCENARIO]), wks_dossier_text(d, d->scenario[scenario].name)) == 0)
            return i;
    }
    return SIZE_MAX;
}

static double count_of(const wks_page *page, size_t row, int column)
{
    const wks_csv *csv = &page->dossier->losers;
    double value = NAN;
    return wks_text_parse_double(wks_csv_cell(csv, row, column), &value) ? value : NAN;
}

/* As a share: added up over replications the numbers are larger than the city. */
static void add_share(wks_page *page, size_t row, const int *column, int which)
{
    const wks_csv *csv = &page->dossier->losers;
    const double n = count_of(page, row, column[N_ALL]), share = n > 0.0 ? count_of(page, row, column[which]) / n : NAN;
    wks_proof_open(page, "span", true, share, "losers", losers_columns[which], wks_csv_cell(csv, row, column[SCENARIO]),
                   wks_csv_cell(csv, row, column[OUTCOME]), NULL);
    wks_notation_value(page->lang, (wks_notation_format){true, 1}, share, &page->html);
    wks_page_raw(page, "</span>");
}

static void say_lost(wks_page *page, size_t row, const int *column, const char *outcome)
{
    wks_page_raw(page, "<li>");
    wks_page_text(page, wks_page_word(page, "outcome", outcome));
    wks_page_raw(page, ": ");
    add_share(page, row, column, WORSE);
    wks_page_say(page, " van de huishoudens slechter af, ", " of households worse off, ");
    add_share(page, row, column, BETTER);
    wks_page_say(page, " beter.</li>\n", " better.</li>\n");
}

static void write_lost(wks_page *page)
{
    int column[N_COLUMNS];
    bool any = false;

    for (int i = 0; i < N_COLUMNS; i++) {
        column[i] = wks_csv_column(&page->dossier->losers, losers_columns[i]);
        if (column[i] < 0 && i != THEORY) return;
    }
    for (size_t s = 1; s < page->dossier->n_scenarios; s++) {
        bool is_open = false;
        for (size_t k = 0; k < N_LOST; k++) {
            const size_t row = row_of(page, column, s, lost[k]);
            if (row == SIZE_MAX) continue;
            if (!any) wks_page_say(page, "<h3>Wie verliest er?</h3>\n<ul>\n", "<h3>Who loses?</h3>\n<ul>\n");
            any = true;
            if (!is_open) {
                wks_page_raw(page, "<li>");
                wks_page_scenario(page, s);
                wks_page_raw(page, "<ul>\n");
            }
            is_open = true;
            say_lost(page, row, column, lost[k]);
        }
        if (is_open) wks_page_raw(page, "</ul></li>\n");
    }
    if (!any) return;
    wks_page_say(page,
                 "</ul>\n<p class=\"note\">Dezelfde huishoudens onder beide regels, alle herhalingen samen. Er zijn er altijd veel van "
                 "beide, omdat een woning die naar een ander gaat verandert wie daarna geluk heeft: kijk naar het verschil. Per groep en "
                 "in aantallen: <a "
                 "href=\"#wie\">Wie merkt dit?</a></p>\n",
                 "</ul>\n<p class=\"note\">The same households under both sets of rules, all replications together. There are always many "
                 "of both, because a home that goes to somebody else changes who is lucky afterwards: look at the difference. By group and "
                 "in numbers: <a "
                 "href=\"#wie\">Who notices?</a></p>\n");
}

void wks_section_tenants_write(wks_page *page)
{
    if (!wks_section_tenants_has(page)) return;
    wks_page_section(page, "huurders", "Voor huurders en huurdersorganisaties", "For tenants and their organisations");
    wks_page_say(page, "<p>Wat wie huurt of een huurwoning zoekt volgens het model merkt, in ",
                 "<p>What those who rent or seek a home notice according to the model, in ");
    wks_page_add_month(page, page->dossier->last_tick);
    wks_page_say(page,
                 ". Het zijn nagemaakte huishoudens en geen voorspelling: het gaat om het verschil tussen de regels. ‘Geen verschil "
                 "aangetoond’ betekent niet dat er geen verschil is.</p>\n",
                 ". These are synthetic households and no forecast: what counts is the difference between the rules. ‘No difference "
                 "shown’ does not mean that there is none.</p>\n");
    write_questions(page);
    if (page->dossier->is_comparison) {
        write_before(page);
        write_lost(page);
    }
    wks_page_section_end(page);
}
