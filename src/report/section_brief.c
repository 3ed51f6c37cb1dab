#include "report/section_brief.h"

#include <math.h>
#include <string.h>

#include "report/proof.h"
#include "report/section_differences.h"
#include "report/section_terms.h"
#include "report/section_theories.h"

/* First of the named indicators that the results have for the city. */
static const wks_dossier_series *first_of(const wks_page *page, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const wks_dossier_series *series = wks_page_find_city(page, names[i]);
        if (series != NULL) return series;
    }
    return NULL;
}

/* Whether the scenarios' differences name the group: then what becomes of it is the question, whatever the answer. */
static bool is_named(const wks_page *page, const wks_dossier_series *series)
{
    const char *group = wks_dossier_text(page->dossier, series->group), *differences = page->dossier->differences[page->lang];
    wks_text words = WKS_TEXT_INIT; /* as difference_line.h writes a name */
    for (const char *c = group; *c != '\0'; c++)
        wks_text_add_char(&words, *c == '_' ? ' ' : *c);
    const bool is_there = words.data != NULL && differences != NULL && strstr(differences, words.data) != NULL;
    wks_text_free(&words);
    return is_there;
}

/* The first of n rows from which a course is told: with a value, and with one by chance when the last has it. */
static size_t first_told(const wks_page *page, const wks_dossier_level *row, size_t n)
{
    const bool has_chance = n > 0 && isfinite(wks_page_chance(page, &row[n - 1]));
    size_t at = 0;
    while (at + 1 < n && (!isfinite(row[at].mean) || (has_chance && !isfinite(wks_page_chance(page, &row[at])))))
        at++;
    return at;
}

/* Of a single run: whether there are two months to tell of. */
static bool has_course(const wks_page *page, const wks_dossier_series *series)
{
    size_t n = 0;
    const wks_dossier_level *row = wks_dossier_levels(page->dossier, wks_dossier_key_of(page->dossier, series, 0), &n);
    return n > 0 && first_told(page, row, n) + 1 < n;
}

/* The segregation index at the scale of buurten: of the group that the scenarios' differences name, else of the first group, of a single run
 * the first with a course, else nothing. */
static const wks_dossier_series *first_segregation(const wks_page *page)
{
    const wks_dossier *d = page->dossier;
    const wks_dossier_series *first = NULL;
    bool is_course = false;
    int32_t scale = wks_dossier_name(d, "buurt"), index = wks_dossier_name(d, "D");

    for (size_t i = 0; i < d->n_series; i++) {
        const wks_dossier_series *series = &d->series[i];
        if (series->indicator != index || series->scale != scale || series->level != 0) continue;
        if (d->is_comparison && !wks_page_has_contrast(page, series)) continue; /* a group that one of them alone measures */
        if (first == NULL) first = series;
        if (is_named(page, series)) return series;
        if (d->is_comparison || is_course || !has_course(page, series)) continue;
        is_course = true;
        first = series;
    }
    return first;
}

static void add_series_name(wks_page *page, const wks_dossier_series *series)
{
    wks_text name = WKS_TEXT_INIT;
    wks_page_series(page, series, &name);
    if (name.data != NULL) wks_page_text(page, name.data);
    wks_text_free(&name);
}

static void add_unit(wks_page *page, const char *unit)
{
    if (unit[0] == '\0') return;
    wks_page_raw(page, " ");
    wks_page_text(page, unit);
}

/* A level of summary.csv, by the column that has it. */
static void add_number(wks_page *page, wks_notation_format format, double value, const char *column, const wks_dossier_key *key)
{
    wks_proof_open_row(page, "span", format.percent, value, "cell", "summary.csv", column, key);
    wks_notation_value(page->lang, format, value, &page->html);
    wks_page_raw(page, "</span>");
}

static void add_level(wks_page *page, const wks_dossier_series *series, wks_notation_format format, const wks_dossier_level *row)
{
    add_number(page, format, row->mean, "mean", &row->key);
    add_unit(page, wks_notation_unit(page->lang, wks_page_unit(page, series->indicator)));
}

/* A level of D beside what chance gives: of a small group it is high anyhow. */
static void add_level_and_chance(wks_page *page, const wks_dossier_series *series, wks_notation_format format, const wks_dossier_level *row)
{
    const double chance = wks_page_chance(page, row);
    wks_dossier_key by_chance = row->key;
    by_chance.indicator = wks_dossier_name(page->dossier, "ED_binom");
    add_level(page, series, format, row);
    if (!isfinite(chance)) return;
    wks_page_say(page, " (bij toeval ", " (by chance ");
    add_number(page, format, chance, "mean", &by_chance);
    wks_page_raw(page, ")");
}

/* "Maximaal 12 %: 2,3 maanden hoger (tussen 1,1 en 3,5)". */
static void say_difference(wks_page *page, const wks_dossier_series *series, size_t scenario, wks_notation_format format)
{
    const wks_dossier_contrast *row = wks_dossier_contrast_at(page->dossier, wks_dossier_key_of(page->dossier, series, scenario));
    if (row == NULL) return;
    wks_page_sign sign = wks_page_sign_of_row(row);
    wks_page_raw(page, "<li>");
    wks_page_scenario(page, scenario);
    wks_page_raw(page, ": ");
    if (sign == WKS_PAGE_HIGHER || sign == WKS_PAGE_LOWER) {
        wks_page_raw(page, "<strong>");
        wks_proof_open_row(page, "span", format.percent, fabs(row->mean), "size", "contrasts.csv", "mean_difference", &row->key);
        wks_notation_number(page->lang, fabs(format.percent ? row->mean * 100.0 : row->mean), format.decimals, &page->html);
        wks_page_raw(page, "</span>");
        add_unit(page, wks_notation_unit_of_difference(page->lang, wks_page_unit(page, series->indicator)));
        wks_page_raw(page, " ");
        wks_page_raw(page, wks_page_verdict_words(page, row));
        wks_page_raw(page, "</strong>");
    } else {
        wks_page_raw(page, wks_page_verdict_words(page, row));
    }
    if (isfinite(row->ci_low) && isfinite(row->ci_high) && sign != WKS_PAGE_EQUAL) {
        wks_page_say(page, " (verschil tussen ", " (difference between ");
        wks_proof_open_row(page, "span", format.percent, row->ci_low, "cell", "contrasts.csv", "ci_low", &row->key);
        wks_notation_difference(page->lang, format, row->ci_low, &page->html);
        wks_page_say(page, "</span> en ", "</span> and ");
        wks_proof_open_row(page, "span", format.percent, row->ci_high, "cell", "contrasts.csv", "ci_high", &row->key);
        wks_notation_difference(page->lang, format, row->ci_high, &page->html);
        wks_page_raw(page, "</span>)");
    }
    wks_page_raw(page, "</li>");
}

/* In a comparison: the level in the reference and each scenario's difference. */
static void say_contrast(wks_page *page, const wks_dossier_series *series)
{
    const wks_notation_format format = wks_page_format(page, series);
    const wks_dossier_level *row = wks_dossier_level_at(page->dossier, wks_dossier_key_of(page->dossier, series, 0));
    wks_page_raw(page, "<li><p><b>");
    add_series_name(page, series);
    wks_page_raw(page, "</b>");
    if (row != NULL) {
        wks_page_say(page, " is in ", " is, in ");
        wks_page_add_month(page, row->key.tick);
        wks_page_raw(page, page->lang == WKS_NOTATION_NL ? " " : ", ");
        add_level_and_chance(page, series, format, row);
        wks_page_say(page, " onder ", " under ");
        wks_page_scenario(page, 0);
    }
    wks_page_raw(page, ".");
    wks_section_theories_caution(page, series);
    wks_page_raw(page, "</p><ul>");
    for (size_t i = 1; i < page->dossier->n_scenarios; i++)
        say_difference(page, series, i, format);
    wks_page_raw(page, "</ul></li>\n");
}

/* In a single run: from the first tick to the last. */
static void say_course(wks_page *page, const wks_dossier_series *series)
{
    size_t n = 0;
    const wks_dossier_level *row = wks_dossier_levels(page->dossier, wks_dossier_key_of(page->dossier, series, 0), &n);
    if (n == 0) return;
    const wks_dossier_level *last = &row[n - 1];
    row += first_told(page, row, n); /* flows have no value at the start */
    double largest = fmax(fabs(row->mean), fabs(last->mean));
    wks_notation_format format = wks_notation_choose(wks_page_unit(page, series->indicator), isfinite(largest) ? largest : 0.0);
    wks_page_raw(page, "<li><p><b>");
    add_series_name(page, series);
    if (row != last) {
        wks_page_say(page, "</b> gaat van ", "</b> goes from ");
        add_level_and_chance(page, series, format, row);
        wks_page_say(page, " in ", " in ");
        wks_page_add_month(page, row->key.tick);
    }
    wks_page_raw(page, row != last ? wks_page_words(page, " naar ", " to ") : wks_page_words(page, "</b> is ", "</b> is "));
    add_level_and_chance(page, series, format, last);
    wks_page_say(page, " in ", " in ");
    wks_page_add_month(page, last->key.tick);
    if (isfinite(last->p10) && isfinite(last->p90)) {
        wks_page_say(page, "; in acht van de tien herhalingen ligt het dan tussen ",
                     "; in eight of ten replications it then lies between ");
        add_number(page, format, last->p10, "p10", &last->key);
        wks_page_say(page, " en ", " and ");
        add_number(page, format, last->p90, "p90", &last->key);
    }
    wks_page_raw(page, ".</p></li>\n");
}

static void say_outcome(wks_page *page, const wks_dossier_series *series)
{
    if (series == NULL) return;
    if (page->dossier->is_comparison) {
        say_contrast(page, series);
    } else {
        say_course(page, series);
    }
}

/* How sure: the number of pairs and what independent replications would have needed, from the first outcome that has both. */
static void say_certainty(wks_page *page, const wks_dossier_series *series)
{
    const wks_dossier_contrast *row = NULL;
    for (size_t i = 1; series != NULL && row == NULL && i < page->dossier->n_scenarios; i++) {
        row = wks_dossier_contrast_at(page->dossier, wks_dossier_key_of(page->dossier, series, i));
    }
    if (row == NULL) return;
    wks_page_say(page, "<li><p><b>Zekerheid</b>: elk verschil is gemeten in ",
                 "<li><p><b>Certainty</b>: every difference was measured in ");
    wks_proof_open_row(page, "span", false, row->n_pairs, "cell", "contrasts.csv", "n_pairs", &row->key);
    wks_page_rawf(page, "%d</span> ", row->n_pairs);
    wks_page_say(page, "paren van herhalingen met dezelfde huishoudens en hetzelfde toeval in elk scenario",
                 "pairs of replications with the same households and the same luck in every scenario");
    if (isfinite(row->variance_reduction) && row->variance_reduction > 1.0) {
        wks_page_say(page, "; met losse herhalingen waren voor hetzelfde interval ongeveer ",
                     "; with independent replications the same interval would have taken about ");
        const double independent = ceil(row->variance_reduction * row->n_pairs);
        wks_proof_open_row(page, "span", false, independent, "independent", "contrasts.csv", "variance_reduction", &row->key);
        wks_notation_number(page->lang, independent, 0, &page->html);
        wks_page_raw(page, "</span>");
        wks_page_say(page, " nodig geweest (gemeten aan: ", " (measured on: ");
        add_series_name(page, series);
        wks_page_raw(page, ")");
    }
    if (row->n_pairs >= WKS_DOSSIER_LEAST_PAIRS) {
        wks_page_say(page, ". Het interval gaat over toeval in het model, niet over de vraag of het model klopt: zie ",
                     ". The interval is about chance in the model, not about whether the model is right: see ");
    } else {
        wks_page_say(page, ". Of het model klopt is een andere vraag: zie ", ". Whether the model is right is another question: see ");
    }
    wks_page_say(page, "<a href=\"#grenzen\">wat dit model niet kan zeggen</a>.</p></li>\n",
                 "<a href=\"#grenzen\">what this model cannot say</a>.</p></li>\n");
    if (row->n_pairs < WKS_DOSSIER_LEAST_PAIRS) {
        wks_page_say(page,
                     "<li class=\"bare\"><p class=\"warning\">Minder dan 10 herhalingen: intervallen zijn onbetrouwbaar en staan daarom "
                     "niet in dit rapport. "
                     "Gebruik deze uitkomsten niet voor een besluit.</p></li>\n",
                     "<li class=\"bare\"><p class=\"warning\">Fewer than 10 replications: intervals are unreliable and therefore not in "
                     "this report. Do not "
                     "use these outcomes for a decision.</p></li>\n");
    }
}

static void say_single_certainty(wks_page *page)
{
    wks_page_say(
        page,
        "<li><p><b>Zekerheid</b>: dit is één scenario. Het laat zien wat er in het model gebeurt, niet wat een beleidskeuze verandert; "
        "daarvoor is een vergelijking nodig. Zie ",
        "<li><p><b>Certainty</b>: this is one scenario. It shows what happens in the model, not what a policy changes; "
        "that takes a comparison. See ");
    wks_page_say(page, "<a href=\"#grenzen\">wat dit model niet kan zeggen</a>.</p></li>\n",
                 "<a href=\"#grenzen\">what this model cannot say</a>.</p></li>\n");
}

/* One theory is named here; more have columns of their own. */
static void say_theory(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    const char *theory = d->n_theories == 1 ? wks_dossier_text(d, d->theory[0]) : "";
    if (theory[0] == '\0') return;
    wks_page_say(page, ", onder <a href=\"#grenzen\">theorie ", ", under <a href=\"#grenzen\">theory ");
    wks_page_text(page, theory);
    wks_page_say(page, "</a> over leefbaarheid", "</a> of leefbaarheid");
}

static void write_subject(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    wks_page_raw(page, "<p class=\"subject\">");
    if (d->is_comparison) {
        wks_page_say(page, "Vergeleken met ", "Compared with ");
        wks_page_scenario(page, 0);
        wks_page_say(page, " (de referentie): ", " (the reference): ");
        for (size_t i = 1; i < d->n_scenarios; i++) {
            if (i > 1) wks_page_raw(page, ", ");
            wks_page_scenario(page, i);
        }
        wks_page_raw(page, ". ");
    }
    wks_page_say(page, "Van ", "From ");
    wks_page_add_month(page, d->first_tick < 0 ? 0 : d->first_tick);
    wks_page_say(page, " tot en met ", " up to and including ");
    wks_page_add_month(page, d->last_tick);
    wks_page_say(page, ". Alle uitkomsten komen uit een model met synthetische huishoudens",
                 ". All outcomes come from a model with synthetic households");
    say_theory(page);
    wks_page_raw(page, ".</p>\n");
    for (size_t i = 0; i < d->n_scenarios; i++) {
        if (d->scenario[i].question[0] == '\0') continue;
        wks_page_raw(page, "<p class=\"question\">");
        if (d->n_scenarios > 1) {
            wks_page_scenario(page, i);
            wks_page_raw(page, ": ");
        }
        wks_page_text(page, d->scenario[i].question);
        wks_page_raw(page, "</p>\n");
    }
}

static void verdict_cell(wks_page *page, const wks_dossier_series *series, size_t scenario, int32_t theory, wks_notation_format format)
{
    wks_dossier_key key = wks_dossier_key_of(page->dossier, series, scenario);
    key.theory = theory;
    const wks_dossier_contrast *row = wks_dossier_contrast_at(page->dossier, key);
    wks_page_sign sign = wks_page_sign_of_row(row);
    static const char *const css[] = {"none", "down", "flat", "up", "flat", "none"};
    wks_page_rawf(page, "<td class=\"verdict %s\">", css[sign]);
    if (sign == WKS_PAGE_HIGHER) wks_page_raw(page, "<span aria-hidden=\"true\">&#9650;</span> ");
    if (sign == WKS_PAGE_LOWER) wks_page_raw(page, "<span aria-hidden=\"true\">&#9660;</span> ");
    wks_page_raw(page, wks_page_verdict_words(page, row));
    if (sign == WKS_PAGE_HIGHER || sign == WKS_PAGE_LOWER) {
        char number[32];
        wks_page_rawf(page, " <span class=\"by\" data-d=\"%s\">", wks_text_number(row->mean, number));
        wks_notation_difference(page->lang, format, row->mean, &page->html);
        wks_page_raw(page, "</span>");
    }
    wks_page_raw(page, "</td>");
}

/* " (drempel 0,5)" */
static void add_threshold(wks_page *page, const wks_dossier_series *series)
{
    const wks_dossier_key key = wks_dossier_key_of(page->dossier, series, 0);
    const double threshold = wks_dossier_threshold(page->dossier, &key);
    const wks_notation_format format = wks_notation_choose(wks_page_unit(page, series->indicator), threshold);

    if (!(threshold > 0)) return;
    wks_page_say(page, " <span class=\"unit\">(drempel ", " <span class=\"unit\">(threshold ");
    wks_notation_number(page->lang, format.percent ? threshold * 100.0 : threshold, format.decimals, &page->html);
    wks_page_raw(page, ")</span>");
}

static void verdict_row(wks_page *page, const wks_dossier_series *series)
{
    const wks_dossier *d = page->dossier;
    const char *unit = wks_notation_unit_of_difference(page->lang, wks_page_unit(page, series->indicator));
    const wks_notation_format format = wks_page_format(page, series);
    wks_page_raw(page, "<tr><th scope=\"row\">");
    add_series_name(page, series);
    if (unit[0] != '\0') {
        wks_page_raw(page, " <span class=\"unit\">");
        wks_page_text(page, unit);
        wks_page_raw(page, "</span>");
    }
    add_threshold(page, series);
    wks_section_theories_caution(page, series);
    wks_page_raw(page, "</th>");
    for (size_t t = 0; t < d->n_theories; t++) {
        for (size_t i = 1; i < d->n_scenarios; i++)
            verdict_cell(page, series, i, d->theory[t], format);
    }
    wks_page_raw(page, "</tr>\n");
}

static void open_verdicts(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    wks_page_table(
        page, "verdicts",
        wks_page_words(page, "Oordeel per uitkomst, aan het eind van de periode", "Verdict by outcome, at the end of the period"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Uitkomst</th>", "<thead><tr><th scope=\"col\">Outcome</th>");
    for (size_t t = 0; t < d->n_theories; t++) {
        for (size_t i = 1; i < d->n_scenarios; i++) {
            wks_page_raw(page, "<th scope=\"col\">");
            wks_page_scenario(page, i);
            if (d->n_theories > 1) {
                wks_page_say(page, "<br>theorie ", "<br>theory ");
                wks_page_text(page, wks_dossier_text(d, d->theory[t]));
            }
            wks_page_raw(page, "</th>");
        }
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
}

/* Rows of the verdict table: outcomes of the first page, or all main ones when there are none; segregation by many groups apart. */
static size_t write_verdict_rows(wks_page *page, bool is_segregation, bool is_counted)
{
    const wks_dossier *d = page->dossier;
    size_t n_head = 0, n = 0;

    for (size_t i = 0; i < d->n_series; i++)
        n_head += wks_page_is_head(page, &d->series[i]) && wks_page_has_contrast(page, &d->series[i]);
    for (size_t i = 0; i < d->n_series; i++) {
        const wks_dossier_series *series = &d->series[i];
        const bool is_shown = n_head > 0 ? wks_page_is_head(page, series) : wks_page_is_main(page, series);
        if (!is_shown || !wks_page_has_contrast(page, series)) continue;
        if ((wks_page_family_of(page, series) == WKS_PAGE_SEGREGATION) != is_segregation) continue;
        n++;
        if (!is_counted) verdict_row(page, series);
    }
    return n;
}

static void write_verdict_table(wks_page *page, bool is_segregation)
{
    open_verdicts(page);
    (void)write_verdict_rows(page, is_segregation, false);
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

static bool has_verdicts(const wks_dossier *d)
{
    for (size_t i = 0; i < d->n_contrasts; i++)
        if (d->contrast[i].n_pairs >= WKS_DOSSIER_LEAST_PAIRS) return true;
    return false;
}

static void write_verdicts(wks_page *page)
{
    const bool is_folded = !has_verdicts(page->dossier);

    if (is_folded)
        wks_page_say(page, "<details><summary>Oordeel per uitkomst: te weinig herhalingen</summary>\n",
                     "<details><summary>Verdict by outcome: too few replications</summary>\n");
    write_verdict_table(page, false);
    if (write_verdict_rows(page, true, true) > 0) {
        wks_page_say(page, "<details><summary>Oordeel over segregatie, naar groep</summary>\n",
                     "<details><summary>Verdict on segregation, by group</summary>\n");
        write_verdict_table(page, true);
        wks_page_raw(page, "</details>\n");
    }
    wks_page_say(page,
                 "<p class=\"note\">Hoger of lager dan de referentie: het hele 95 %-interval van het verschil ligt aan één kant van nul. "
                 "Hoger is niet altijd beter en lager niet altijd slechter. ‘Geen verschil aangetoond’ betekent niet dat er geen verschil "
                 "is. Is er een drempel gekozen (het kleinste verschil dat telt), dan "
                 "staat er of het verschil daar zeker boven (95 %-interval) of zeker onder ligt (90 %-interval).</p>\n",
                 "<p class=\"note\">Higher or lower than the reference: the whole 95% interval of the difference lies on one side of zero. "
                 "Higher is not always better, nor lower worse. ‘No difference shown’ does not mean that there is none. Where a threshold "
                 "was set (the smallest difference that matters), the verdict "
                 "tells whether the difference is surely above it (95% interval) or surely below it (90% interval).</p>\n");
    if (is_folded) wks_page_raw(page, "</details>\n");
}

/* Of the results: the series that is declared; NULL when they lack it. */
static const wks_dossier_series *find_declared(const wks_page *page, const wks_dossier_series *outcome)
{
    const wks_dossier *d = page->dossier;
    for (size_t i = 0; i < d->n_series; i++) {
        const wks_dossier_series *series = &d->series[i];
        if (series->indicator == outcome->indicator && series->group == outcome->group && series->scale == outcome->scale &&
            series->level == 0)
            return series;
    }
    return NULL;
}

static bool is_shown_to_differ(const wks_page *page, const wks_dossier_series *series)
{
    const wks_dossier *d = page->dossier;
    for (size_t s = 1; d->is_comparison && s < d->n_scenarios; s++) {
        const wks_page_sign sign = wks_page_sign_of_row(wks_dossier_contrast_at(d, wks_dossier_key_of(d, series, s)));
        if (sign == WKS_PAGE_HIGHER || sign == WKS_PAGE_LOWER) return true;
    }
    return false;
}

enum { N_HEADLINES = 2 };

static void take(const wks_dossier_series **headline, const wks_dossier_series *series)
{
    size_t at = 0;
    while (at < N_HEADLINES && headline[at] != NULL && headline[at] != series)
        at++;
    if (series != NULL && at < N_HEADLINES) headline[at] = series;
}

/* What the brief is about: declared outcomes; else waiting and segregation where they differ or the rules name the group, then what else differs. */
static void choose_headlines(const wks_page *page, const wks_dossier_series **headline)
{
    static const char *const waits[] = {"wait_p50_months", "wait_mean_months", "success_rate"};
    static const char *const others[] = {"success_rate", "starters_share", "leefbaarheid", "rent_burden", "unhoused"};
    const wks_dossier *d = page->dossier;
    const wks_dossier_series *wait = first_of(page, waits, sizeof waits / sizeof waits[0]), *segregation = first_segregation(page);

    for (size_t i = 0; i < d->n_outcomes; i++)
        take(headline, find_declared(page, &d->outcome[i]));
    const bool is_about_group = segregation != NULL && (is_named(page, segregation) || is_shown_to_differ(page, segregation));
    if (wait != NULL && (is_about_group || is_shown_to_differ(page, wait))) take(headline, wait);
    if (is_about_group) take(headline, segregation);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        const wks_dossier_series *series = wks_page_find_city(page, others[i]);
        if (series != NULL && is_shown_to_differ(page, series)) take(headline, series);
    }
    take(headline, wait);
    take(headline, segregation);
    take(headline, first_of(page, others + 1, 2));
    for (size_t i = 0; i < d->n_series; i++)
        if (wks_page_is_main(page, &d->series[i])) take(headline, &d->series[i]);
}

void wks_section_brief_write(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    const wks_dossier_series *headline[N_HEADLINES] = {NULL};

    choose_headlines(page, headline);
    wks_page_section(page, "kort", "In het kort", "In brief");
    write_subject(page);
    wks_page_raw(page, "<ol class=\"brief\">\n");
    for (size_t i = 0; i < N_HEADLINES; i++)
        say_outcome(page, headline[i]);
    if (d->is_comparison) {
        say_certainty(page, headline[0]);
    } else {
        say_single_certainty(page);
    }
    wks_page_raw(page, "</ol>\n");
    if (d->is_comparison) write_verdicts(page);
    wks_section_terms_write(page);
    if (d->is_comparison) wks_section_theories_write(page);
    wks_section_differences_write(page);
    wks_page_section_end(page);
}
