#include "report/section_certainty.h"

#include <math.h>
#include <string.h>

#include "report/long_run.h"
#include "report/proof.h"
#include "report/section_precision.h"
#include "report/section_scale.h"
#include "report/section_sweep.h"

/* ---- 8. how sure ---- */

static void write_row(wks_page *page, const wks_dossier_series *series, size_t scenario, const wks_dossier_contrast *row)
{
    const char *unit = wks_page_unit(page, series->indicator);
    wks_text name = WKS_TEXT_INIT;
    double half = (row->ci_high - row->ci_low) / 2.0;
    wks_page_raw(page, "<tr><th scope=\"row\">");
    wks_page_series(page, series, &name);
    wks_page_text(page, name.data != NULL ? name.data : "");
    wks_text_free(&name);
    wks_page_raw(page, " <span class=\"unit\">");
    wks_page_text(page, wks_notation_unit_of_difference(page->lang, unit));
    wks_page_raw(page, "</span></th><td>");
    wks_page_scenario(page, scenario);
    wks_page_raw(page, "</td>");
    wks_proof_open_value(page, "td class=\"n\"", false, row->n_pairs);
    wks_page_rawf(page, "%d</td>", row->n_pairs);
    wks_proof_open_value(page, "td class=\"n\"", wks_notation_is_share(unit), half);
    if (isfinite(half)) wks_page_raw(page, "&#177;&#8201;");
    wks_notation_format format = wks_notation_choose(unit, half);
    wks_notation_number(page->lang, format.percent ? half * 100.0 : half, format.decimals, &page->html);
    wks_page_raw(page, "</td>");
    wks_page_value_cell(page, (wks_notation_format){false, 1}, row->variance_reduction, false);
    const double independent = ceil(row->variance_reduction * row->n_pairs);
    wks_proof_open_value(page, "td class=\"n\"", false, independent);
    wks_notation_number(page->lang, independent, 0, &page->html);
    wks_page_raw(page, "</td></tr>\n");
}

/* What is told at once: outcomes of the verdict table that are not folded there. */
static bool is_first(const wks_page *page, const wks_dossier_series *series)
{
    return wks_page_is_head(page, series) && wks_page_family_of(page, series) == WKS_PAGE_OPEN;
}

static void write_precision(wks_page *page, bool is_head)
{
    const wks_dossier *d = page->dossier;
    wks_page_table(
        page, "precision",
        wks_page_words(page, "Bereikte nauwkeurigheid van de belangrijkste verschillen", "Precision reached for the key differences"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Uitkomst</th><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">Paren</th>"
                 "<th scope=\"col\" class=\"n\">Half interval</th><th scope=\"col\" class=\"n\">Gemeten variantiewinst</th>"
                 "<th scope=\"col\" class=\"n\">Losse herhalingen nodig</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">Pairs</th>"
                 "<th scope=\"col\" class=\"n\">Half interval</th><th scope=\"col\" class=\"n\">Variance reduction measured</th>"
                 "<th scope=\"col\" class=\"n\">Independent runs needed</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < d->n_series; i++) {
        if (!wks_page_is_main(page, &d->series[i]) || is_first(page, &d->series[i]) != is_head) continue;
        for (size_t s = 1; s < d->n_scenarios; s++) {
            const wks_dossier_contrast *row = wks_dossier_contrast_at(d, wks_dossier_key_of(d, &d->series[i], s));
            if (row != NULL && row->n_pairs > 0) write_row(page, &d->series[i], s, row);
        }
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

/* ---- who lives the same life under both ---- */

enum { U_TICK, U_AREA, U_SHARE, U_NOW, U_SCENARIO, U_N };

static double number_at(const wks_csv *csv, size_t row, int column)
{
    double value = NAN;
    return wks_text_parse_double(wks_csv_cell(csv, row, column), &value) ? value : NAN;
}

static bool is_of_page(const wks_page *page, const wks_csv *csv, size_t row)
{
    const int theory = wks_csv_column(csv, "theory");
    return page->dossier->n_theories < 2 || theory < 0 ||
           wks_dossier_name(page->dossier, wks_csv_cell(csv, row, theory)) == page->dossier->main_theory;
}

/* After a year, and at the end: the two that tell how fast lives part. */
static bool is_shown(const wks_page *page, const wks_csv *csv, size_t row, const int *column)
{
    const double tick = number_at(csv, row, column[U_TICK]);
    const bool is_year = tick > 11.5 && tick < 12.5, is_last = fabs(tick - page->dossier->last_tick) < 0.5;
    return is_of_page(page, csv, row) && (is_year || is_last) && tick > 0.5 && isfinite(number_at(csv, row, column[U_SHARE]));
}

static void untouched_row(wks_page *page, const wks_csv *csv, size_t row, const int *column)
{
    const wks_dossier *d = page->dossier;
    const int32_t name = wks_dossier_name(d, wks_csv_cell(csv, row, column[U_SCENARIO]));
    const char *area = wks_csv_cell(csv, row, column[U_AREA]);
    const wks_notation_format percent = {true, 1};
    size_t s = 0;

    while (s < d->n_scenarios && d->scenario[s].name != name)
        s++;
    if (s == d->n_scenarios) return;
    wks_page_raw(page, "<tr><th scope=\"row\">");
    wks_page_scenario(page, s);
    wks_page_raw(page, "</th>");
    wks_page_value_cell(page, (wks_notation_format){false, 0}, number_at(csv, row, column[U_TICK]), false);
    wks_page_raw(page, "<td>");
    wks_page_text(page, area[0] == '\0' ? wks_page_words(page, "hele stad", "whole city") : wks_page_word(page, "area", area));
    wks_page_raw(page, "</td>");
    wks_page_value_cell(page, percent, number_at(csv, row, column[U_SHARE]), false);
    wks_page_value_cell(page, percent, number_at(csv, row, column[U_NOW]), false);
    wks_page_raw(page, "</tr>\n");
}

static void write_untouched(wks_page *page)
{
    static const char *const names[U_N] = {"tick", "area", "share_identical", "share_same_now", "scenario"};
    const wks_csv *csv = &page->dossier->untouched;
    int column[U_N];
    size_t n = 0;

    if (csv->n_columns == 0) return;
    for (int i = 0; i < U_N; i++) {
        column[i] = wks_csv_column(csv, names[i]);
        if (column[i] < 0) return;
    }
    for (size_t i = 0; i < csv->n_rows; i++)
        n += is_shown(page, csv, i, column);
    if (n == 0) return;
    wks_page_say(page,
                 "<p>Wie door het andere beleid niet wordt geraakt, leeft onder beide hetzelfde leven: zelfde woning, leden, inkomen, "
                 "inschrijving. Dat aandeel daalt met de tijd, ook ver van het beleid: een woning die naar een ander gaat, verandert wie "
                 "daarna kans maakt. Hoe lager het aandeel, hoe minder paren oplevert.</p>\n",
                 "<p>Who is not touched by the other policy lives the same life under both: same home, members, income, registration. That "
                 "share falls with time, far from the policy too: a home that goes to somebody else changes who has a chance afterwards. "
                 "The lower the share, the less pairing gains.</p>\n");
    wks_page_table(page, "untouched",
                   wks_page_words(page, "Huishoudens met hetzelfde leven onder referentie en scenario",
                                  "Households with the same life under reference and scenario"));
    wks_page_say(
        page,
        "<thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">Na maanden</th><th scope=\"col\">Gebied</th>"
        "<th scope=\"col\" class=\"n\">Zelfde leven tot nu toe</th><th scope=\"col\" class=\"n\">Nu gelijk</th></tr></thead><tbody>\n",
        "<thead><tr><th scope=\"col\">Scenario</th><th scope=\"col\" class=\"n\">After months</th><th scope=\"col\">Area</th>"
        "<th scope=\"col\" class=\"n\">Same life so far</th><th scope=\"col\" class=\"n\">Same now</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < csv->n_rows; i++) {
        if (is_shown(page, csv, i, column)) untouched_row(page, csv, i, column);
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

static int32_t largest_n(const wks_dossier *d)
{
    int32_t n = 0;
    for (size_t i = 0; i < d->n_levels; i++) {
        if (d->level[i].n > n) n = d->level[i].n;
    }
    return n;
}

/* Parameters that a calibration left open vary with the replications: then an interval holds more than luck. */
static void write_members(wks_page *page)
{
    int32_t n_parameters;
    const int32_t n = wks_long_run_members(page->dossier, &n_parameters);

    if (n == 0) return;
    wks_page_say(page, "<p>De aannames liggen hier niet vast: elke herhaling neemt, in alle scenario’s dezelfde, een van ",
                 "<p>Assumptions are not fixed here: every replication takes, the same in all scenarios, one of ");
    wks_proof_count(page, (size_t)n, "members", "sets");
    wks_page_raw(page, " ");
    wks_page_say(page, "stellen waarden van ", "sets of values of ");
    wks_proof_count(page, (size_t)n_parameters, "members", "parameters");
    wks_page_raw(page, " ");
    wks_page_say(
        page,
        "parameters die na kalibratie mogelijk bleven. Een interval is dus dat van het gemiddelde over die stellen, en de spreiding "
        "tussen herhalingen bevat geluk én onzekerheid over parameters. Hoeveel elk bijdraagt, blijkt uit dezelfde vergelijking "
        "zonder <code>members</code>: wat daar smaller is, komt van de parameters en wordt met meer herhalingen niet kleiner.</p>\n",
        "parameters that a calibration left possible. So an interval is that of the mean over those sets, and the spread between "
        "replications holds luck and uncertainty of parameters. How much each adds is shown by the same comparison without "
        "<code>members</code>: what is narrower there comes from the parameters, and more replications do not lessen it.</p>\n");
}

/* The interval holds luck only: how to see what the assumptions add. */
static void write_sweep(wks_page *page)
{
    int32_t n_parameters;

    wks_page_raw(page, "<p>");
    if (wks_long_run_members(page->dossier, &n_parameters) == 0) /* else the text above says that parameters vary too */
        wks_page_say(page, "Een interval bevat toeval, niet de onzekerheid over aannamen. ",
                     "An interval holds luck, not the uncertainty of assumptions. ");
    if (page->sweep != NULL) {
        wks_page_say(page, "Wat die uitmaken, staat aan het eind van dit deel.</p>\n",
                     "What they matter is told at the end of this part.</p>\n");
        return;
    }
    wks_page_say(
        page,
        "Welke aannamen ertoe doen, laat een studie zien die ze varieert: <code>wijksim sweep studie.cfg</code>; voorbeelden staan in "
        "<code>scenarios/studies</code>. Met <code>wijksim report MAP --sweep MAP-VAN-DE-STUDIE</code> staat het hier.</p>\n",
        "Which assumptions matter is shown by a study that varies them: <code>wijksim sweep study.cfg</code>; examples are in "
        "<code>scenarios/studies</code>. With <code>wijksim report DIR --sweep DIR-OF-THE-STUDY</code> it stands here.</p>\n");
}

void wks_section_certainty_write(wks_page *page)
{
    int32_t n = largest_n(page->dossier);
    wks_page_section(page, "zeker", "Hoe zeker is dit?", "How sure is this?");
    wks_page_say(page, "<p>Elk scenario is ", "<p>Every scenario was run ");
    wks_proof_count(page, (size_t)n, "most", "summary.csv|n");
    wks_page_raw(page, " ");
    wks_page_say(page,
                 n == 1 ? "keer doorgerekend, met een eigen reeks toeval.</p>\n"
                        : "keer doorgerekend, telkens met een andere reeks toeval.</p>\n",
                 n == 1 ? "time, with luck of its own.</p>\n" : "times, each time with other luck.</p>\n");
    if (n < WKS_DOSSIER_LEAST_PAIRS) {
        wks_page_say(
            page,
            "<p class=\"warning\">Minder dan 10 herhalingen: intervallen zijn onbetrouwbaar en staan daarom niet in dit rapport. Gebruik "
            "deze "
            "uitkomsten niet voor een besluit.</p>\n",
            "<p class=\"warning\">Fewer than 10 replications: intervals are unreliable and therefore not in this report. Do not use these "
            "outcomes for a decision.</p>\n");
    }
    if (page->dossier->is_comparison) {
        wks_page_say(page,
                     "<p>Herhaling 1 van het ene scenario hoort bij herhaling 1 van het andere: dezelfde bevolking en hetzelfde toeval per "
                     "huishouden en "
                     "gebeurtenis. Daardoor meet het verschil de regels en niet het geluk. Het 95 %-interval is een gepaard t-interval van "
                     "het gemiddelde "
                     "verschil, en van aandelen, wachttijden en medianen een bootstrapinterval (BCa). De variantiewinst is gemeten: de "
                     "variantie van het verschil tussen losse herhalingen, gedeeld door die van "
                     "gepaarde.</p>\n"
                     "<p>Paren maakt het <em>verschil</em> nauwkeuriger, niet de toekomst: hoe ver herhalingen van één scenario "
                     "uiteenlopen, staat in de banden van "
                     "deel 2. Let bij veel uitkomsten tegelijk op de grootte van een verschil, niet alleen op aangetoond of niet.</p>\n",
                     "<p>Replication 1 of one scenario belongs with replication 1 of the other: the same population and the same luck for "
                     "every household and "
                     "event. So the difference measures the rules and not the luck. The 95% interval is a paired t interval of the mean "
                     "difference, and of shares, waits and medians a bootstrap interval (BCa). The variance reduction was measured: the "
                     "variance of the difference between independent replications "
                     "over that of paired ones.</p>\n"
                     "<p>Pairing makes the <em>difference</em> more precise, not the future: how far replications of one scenario spread "
                     "is in the bands of "
                     "part 2. With many outcomes at once, look at the size of a difference, not only at whether it was shown.</p>\n");
    }
    if (page->dossier->is_comparison) write_untouched(page);
    write_members(page);
    write_sweep(page);
    if (page->dossier->is_comparison && n >= WKS_DOSSIER_LEAST_PAIRS) {
        write_precision(page, true);
        wks_page_say(page, "<details><summary>Nauwkeurigheid van de andere uitkomsten</summary>\n",
                     "<details><summary>Precision of the other outcomes</summary>\n");
        write_precision(page, false);
        wks_page_raw(page, "</details>\n");
    }
    wks_section_precision_write(page);
    wks_section_precision_drift(page);
    wks_section_sweep_write(page);
    wks_page_section_end(page);
}

/* ---- 9. limits ---- */

static void write_theory(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    wks_page_say(page,
                 "<li><b>Drie theorieën.</b> T0: leefbaarheid hangt niet af van wie er woont. T1: een bescheiden verband dat met bekende "
                 "evaluaties te rijmen is. "
                 "T2: het volle verband uit de dwarsdoorsnede, een bovengrens. Een rangorde van beleid hoort pas op tafel als zij onder "
                 "alle drie overeind blijft. ",
                 "<li><b>Three theories.</b> T0: leefbaarheid does not depend on who lives there. T1: a modest link that agrees with known "
                 "evaluations. "
                 "T2: the full cross-sectional link, an upper bound. A ranking of policies should be on the table only if it holds under "
                 "all three. ");
    wks_page_say(page, "Dit rapport rekent met: ", "This report uses: ");
    for (size_t i = 0; i < d->n_theories; i++) {
        const char *own = wks_dossier_text(d, d->theory[i]); /* empty when only one was run: then it is in the scenario */
        if (i > 0) wks_page_raw(page, ", ");
        if (own[0] == '\0') own = d->scenario[0].theory;
        wks_page_text(page, own[0] != '\0' ? own : wks_page_words(page, "niet vermeld", "not told"));
    }
    wks_page_raw(page, ".");
    if (d->n_theories < 3) {
        wks_page_say(page, " Er is dus geen rangorde uit af te leiden voor leefbaarheid.",
                     " So no ranking for leefbaarheid follows from it.");
    }
    wks_page_raw(page, "</li>\n");
}

/* What the feedback comes to: the number that `check` prints, for ten points of a share. */
static void write_long_run(wks_page *page)
{
    const int32_t last = WKS_NEIGHBOURHOOD_N_THEORIES - 1;
    double effect[WKS_NEIGHBOURHOOD_N_THEORIES];

    if (!wks_long_run_read(page->dossier, effect)) return;
    wks_page_say(
        page,
        "<li><b>Hoe zwaar de terugkoppeling telt.</b> Tien procentpunt meer huishoudens met een onvervulde ondersteuningsvraag in een "
        "buurt verandert daar op den duur de score met ",
        "<li><b>How much the feedback weighs.</b> Ten percentage points more households with an unmet need of support in a buurt "
        "change its score in the long run by ");
    for (int32_t t = 0; t <= last; t++) {
        if (t > 0) wks_page_say(page, t < last ? ", " : " en ", t < last ? ", " : " and ");
        wks_proof_open(page, "span", false, effect[t] / 10, "assumed", wks_neighbourhood_effect_theory[t], NULL);
        wks_notation_difference(page->lang, (wks_notation_format){false, 3}, effect[t] / 10, &page->html);
        wks_page_raw(page, "</span>");
        wks_page_rawf(page, " (%s)", wks_neighbourhood_effect_theory[t]);
    }
    wks_page_say(
        page,
        "; buurten in een stad lopen gewoonlijk 0,14 uiteen. Dat volgt uit de aannamen en is geen meting; wat verhuizingen en prijzen "
        "terugdoen zit er niet in. T1 is hier het standaardlid van de set die bij bekende evaluaties past.</li>\n",
        "; buurten in a city usually differ by 0.14. It follows from the assumptions and is no measurement; what moves and prices do "
        "in return is not in it. T1 is here the default member of the set that agrees with known evaluations.</li>\n");
}

static const double MUCH = 0.2; /* of the first value: a course that a reader must know of */

/* The dissimilarity that moves most under the reference by itself; NULL when none moves much. */
static const wks_dossier_series *find_course(const wks_page *page, wks_dossier_level *out_first, wks_dossier_level *out_last)
{
    const wks_dossier *d = page->dossier;
    const int32_t name = wks_dossier_name(d, "D");
    double most = MUCH;
    const wks_dossier_series *found = NULL;

    for (size_t i = 0; i < d->n_series && name > 0; i++) {
        if (d->series[i].indicator != name || d->series[i].level != 0) continue;
        size_t n;
        const wks_dossier_level *row = wks_dossier_levels(d, wks_dossier_key_of(d, &d->series[i], 0), &n);
        if (row == NULL || !(row[0].mean > 0.0) || !isfinite(row[n - 1].mean)) continue;
        const double change = fabs(row[n - 1].mean / row[0].mean - 1.0);
        if (change <= most) continue;
        most = change;
        *out_first = row[0];
        *out_last = row[n - 1];
        found = &d->series[i];
    }
    return found;
}

static void add_course(wks_page *page, const wks_dossier_level *row)
{
    wks_proof_open_row(page, "span", false, row->mean, "cell", "summary.csv", "mean", &row->key);
    wks_notation_value(page->lang, (wks_notation_format){false, 3}, row->mean, &page->html);
    wks_page_say(page, "</span> in ", "</span> in ");
    wks_page_add_month(page, row->key.tick);
}

/* Not only what the scenarios differ in moves: the city mixes, or sorts, under rules that stay as they are. */
static void write_course(wks_page *page)
{
    wks_dossier_level first, last;
    const wks_dossier_series *series = find_course(page, &first, &last);

    if (series == NULL) return;
    wks_page_say(page, "<li><b>De spreiding verandert ook vanzelf.</b> Onder ", "<li><b>Segregation changes by itself too.</b> Under ");
    wks_page_scenario(page, 0);
    wks_page_say(page, " gaat dissimilariteit D (", " dissimilarity D (");
    wks_page_text(page, wks_page_group(page, series->group));
    if (series->scale != 0) {
        wks_page_say(page, ", per ", ", by ");
        wks_page_text(page, wks_section_scale_word(page, wks_dossier_text(page->dossier, series->scale)));
    }
    wks_page_say(page, ") van ", ") goes from ");
    add_course(page, &first);
    wks_page_say(page, " naar ", " to ");
    add_course(page, &last);
    wks_page_say(page,
                 ". Dat volgt uit hoe de beginbevolking is nagemaakt en uit aannamen over verhuizen, inkomen en gezondheid; het is niet "
                 "aan echte jaren getoetst. Een maatregel werkt hier dus in een stad die gaandeweg anders gescheiden is dan de echte: lees "
                 "het verschil tussen scenario’s, niet dit verloop.</li>\n",
                 ". That follows from how the first population was made and from assumptions about moving, income and health; it was not "
                 "tested against real years. So a measure works here in a city that in time is segregated otherwise than the real one: "
                 "read the difference between scenarios, not this course.</li>\n");
}

void wks_section_certainty_limits(wks_page *page)
{
    wks_page_section(page, "grenzen", "Wat dit model niet kan zeggen", "What this model cannot say");
    wks_page_raw(page, "<ul class=\"limits\">\n");
    wks_page_say(
        page,
        "<li><b>Leefbaarheid is gemodelleerd.</b> De score signaleert, zij verklaart niet. De Leefbaarometer kent geen kenmerken van "
        "bewoners; het verband "
        "tussen samenstelling, belasting en score is een aanname van dit model. Een score is nooit een oordeel over bewoners.</li>\n"
        "<li><b>Geen oorzaken.</b> Verschillen tussen scenario’s volgen uit de regels én de aannames van het model. Of het in "
        "werkelijkheid zo gaat, kan "
        "alleen een evaluatie in de praktijk laten zien.</li>\n"
        "<li><b>Geen voorspelling.</b> Rente, bouw, migratie en wetgeving volgen een opgelegd pad. Het verschil tussen scenario’s is "
        "betrouwbaarder dan het "
        "niveau van een scenario.</li>\n"
        "<li><b>Synthetische mensen.</b> Huishoudens zijn nagemaakt uit gepubliceerde totalen per buurt. Geen enkel huishouden bestaat "
        "echt; kleine aantallen "
        "zijn onbetrouwbaar en daarom grijs.</li>\n"
        "<li><b>Zoektijd is niet gevalideerd.</b> Het model haalt de gepubliceerde zoektijden niet. Lees de inschrijfduur; de zoektijd "
        "staat achteraan, voor wie wil zien hoe ver het model ernaast zit.</li>\n"
        "<li><b>Aannames.</b> Veel gedrag (reageren, weigeren, verhuizen) is met een enkel onderzoek of een aanname onderbouwd. Wat een "
        "aanname is, staat per "
        "parameter in de documentatie; het interval in dit rapport bevat die onzekerheid niet.</li>\n"
        "<li><b>Recht.</b> Dat een scenario door te rekenen is, betekent niet dat het mag. Herkomst wordt alleen gemeten, nooit gebruikt "
        "om op te sturen.</li>\n",
        "<li><b>Leefbaarheid is modelled.</b> The score signals, it does not explain. The Leefbaarometer has no characteristics of "
        "residents in it; the link "
        "between composition, load and score is an assumption of this model. A score is never a verdict on residents.</li>\n"
        "<li><b>No causes.</b> Differences between scenarios follow from the rules and from the assumptions of the model. Whether it goes "
        "like that in "
        "reality, only an evaluation in practice can show.</li>\n"
        "<li><b>No forecast.</b> Interest, building, migration and law follow an imposed path. The difference between scenarios is more "
        "reliable than the "
        "level of a scenario.</li>\n"
        "<li><b>Synthetic people.</b> Households were made from published totals by buurt. No household is real; small numbers are "
        "unreliable and therefore grey.</li>\n"
        "<li><b>Search time is not validated.</b> The model misses published search times. Read the registration time (inschrijfduur); "
        "search time comes last, for who wants to see how far off the model is.</li>\n"
        "<li><b>Assumptions.</b> Much behaviour (reacting, refusing, moving) rests on a single study or an assumption. What is an "
        "assumption is told for each "
        "parameter in the documentation; the interval in this report does not include that uncertainty.</li>\n"
        "<li><b>Law.</b> That a scenario can be computed does not mean that it is allowed. Origin is measured only, never used to "
        "steer.</li>\n");
    write_theory(page);
    write_course(page);
    write_long_run(page);
    wks_page_raw(page, "</ul>\n");
    wks_page_section_end(page);
}
