#include "report/section_fit.h"

#include <math.h>
#include <string.h>

#include "report/bars.h"
#include "report/proof.h"
#include "report/study_page.h"

typedef struct tables {
    const wks_config_node *study;
    wks_csv targets, parameters, steps, members, correlations, evaluations;
} tables;

static bool is_of(const wks_csv *csv, size_t row, const char *use)
{
    return strcmp(wks_study_page_cell(csv, row, "use"), use) == 0;
}

static bool ends_with(const char *text, const char *end)
{
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* The verdict of targets.csv in words: what comes behind "fitted: " or "held out: ". Anything but met is missed, whatever excuses it. */
static const char *verdict_words(const wks_page *page, const char *verdict)
{
    static const char *const words[][3] = {
        {": met", "gehaald", "met"},
        {": missed", "gemist", "missed"},
        {": not defined", "niet te zeggen: het model geeft deze uitkomst niet", "cannot be said: the model does not give this outcome"},
        {": nothing fits, best point", "gemist: niets past, dit is het beste punt", "missed: nothing fits, this is the best point"},
        {": off; within the discrepancy stated", "gemist, al ligt het binnen de afwijking die de studie het model toestaat",
         "missed, though within the discrepancy that the study allows the model"},
        {": outside the set; within the discrepancy stated",
         "gemist: buiten alle waarden die overbleven, al ligt het binnen de afwijking die de studie het model toestaat",
         "missed: outside all values that are left, though within the discrepancy that the study allows the model"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (ends_with(verdict, words[i][0])) return wks_page_words(page, words[i][1], words[i][2]);
    return verdict;
}

static void count_met(const wks_csv *csv, const char *use, size_t *out_n, size_t *out_met)
{
    *out_n = *out_met = 0;
    for (size_t row = 0; row < csv->n_rows; row++) {
        *out_n += is_of(csv, row, use);
        *out_met += is_of(csv, row, use) && ends_with(wks_study_page_cell(csv, row, "verdict"), ": met");
    }
}

static void target_row(wks_page *page, const tables *t, size_t row)
{
    const wks_csv *csv = &t->targets;
    const double value = wks_study_page_number(csv, row, "value"), mean = wks_study_page_number(csv, row, "model_mean"),
                 sd = wks_study_page_number(csv, row, "sd"), discrepancy = wks_study_page_number(csv, row, "discrepancy");
    const char *verdict = wks_study_page_cell(csv, row, "verdict");
    const bool is_met = ends_with(verdict, ": met");
    wks_text title = WKS_TEXT_INIT;

    wks_study_page_outcome(page, t->study, wks_study_page_cell(csv, row, "target"), &title);
    wks_page_raw(page, "<tr>");
    wks_study_page_element(page, "th scope=\"row\"", title.data != NULL ? title.data : "");
    wks_study_page_number_cell(page, value, value);
    const double error = sqrt(sd * sd + discrepancy * discrepancy);
    wks_proof_open(page, "td class=\"n\"", false, error, "error", wks_study_page_cell(csv, row, "target"), NULL);
    wks_study_page_value(page, error, value);
    wks_page_raw(page, "</td>");
    wks_study_page_number_cell(page, mean, value);
    wks_study_page_range_cell(page, wks_study_page_number(csv, row, "low"), wks_study_page_number(csv, row, "high"), value);
    wks_study_page_number_cell(page, wks_study_page_number(csv, row, "z"), 10.0);
    wks_page_rawf(page, "<td class=\"target-%s\">%s", is_met ? "met" : "missed", is_met ? "" : "<strong>");
    wks_page_text(page, verdict_words(page, verdict));
    wks_page_rawf(page, "%s</td>", is_met ? "" : "</strong>");
    wks_study_page_element(page, "td", wks_study_page_cell(csv, row, "source"));
    wks_page_raw(page, "</tr>\n");
    wks_text_free(&title);
}

static void write_targets(wks_page *page, const tables *t, const char *use, const char *nl, const char *en)
{
    size_t n, n_met;

    count_met(&t->targets, use, &n, &n_met);
    if (n == 0) return;
    wks_page_table(page, "targets", wks_page_words(page, nl, en));
    wks_page_say(
        page,
        "<thead><tr><th scope=\"col\">Cijfer</th><th scope=\"col\" class=\"n\">waargenomen</th><th scope=\"col\" class=\"n\">fout "
        "(sd)</th><th "
        "scope=\"col\" class=\"n\">model</th><th scope=\"col\" class=\"n\">laagste tot hoogste</th><th scope=\"col\" class=\"n\">z</th><th "
        "scope=\"col\">oordeel</th><th scope=\"col\">bron</th></tr></thead><tbody>\n",
        "<thead><tr><th scope=\"col\">Figure</th><th scope=\"col\" class=\"n\">observed</th><th scope=\"col\" class=\"n\">error "
        "(sd)</th><th "
        "scope=\"col\" class=\"n\">model</th><th scope=\"col\" class=\"n\">lowest to highest</th><th scope=\"col\" class=\"n\">z</th><th "
        "scope=\"col\">verdict</th><th scope=\"col\">source</th></tr></thead><tbody>\n");
    for (size_t row = 0; row < t->targets.n_rows; row++)
        if (is_of(&t->targets, row, use)) target_row(page, t, row);
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
}

static void say_targets(wks_page *page, const char *use, size_t n_met, size_t n)
{
    wks_page_raw(page, "<strong>");
    wks_proof_open(page, "span", false, (double)n_met, "targets", use, "met", NULL);
    wks_page_rawf(page, "%zu</span>", n_met);
    wks_page_say(page, " van ", " of ");
    wks_proof_open(page, "span", false, (double)n, "targets", use, "all", NULL);
    wks_page_rawf(page, "%zu</span></strong>", n);
}

static void say_met(wks_page *page, const tables *t)
{
    size_t n, n_met;

    wks_page_raw(page, "<ul class=\"brief\">\n");
    count_met(&t->targets, "fitted", &n, &n_met);
    wks_page_say(page, "<li>Ingepaste cijfers gehaald: ", "<li>Fitted figures met: ");
    say_targets(page, "fitted", n_met, n);
    wks_page_say(page, ". Dat bewijst niets over het model: het is ernaar gemaakt.</li>\n",
                 ". That proves nothing about the model: it was made to.</li>\n");
    count_met(&t->targets, "held_out", &n, &n_met);
    if (n > 0) {
        wks_page_say(page, "<li>Achtergehouden cijfers gehaald: ", "<li>Held-out figures met: ");
        say_targets(page, "held_out", n_met, n);
        wks_page_say(page, ". Dit is de toets van het model.</li>\n", ". This is the test of the model.</li>\n");
    } else {
        wks_page_say(page, "<li>Er is geen cijfer achtergehouden: dit rapport toetst het model niet.</li>\n",
                     "<li>No figure was held out: this report does not test the model.</li>\n");
    }
    wks_page_say(page, "<li>Waarden die overblijven en mee kunnen in een vergelijking: ",
                 "<li>Values that are left, to be carried into a comparison: ");
    wks_proof_count(page, t->members.n_rows, "rows", "members.csv");
    if (t->evaluations.n_rows > 0) {
        wks_page_say(page, " van ", " of ");
        wks_proof_count(page, t->evaluations.n_rows, "rows", "evaluations.csv");
        wks_page_say(page, " doorgerekende punten", " points that were run");
    }
    wks_page_raw(page, ".</li>\n</ul>\n");
}

static void write_outcome(wks_page *page, const tables *t)
{
    wks_page_section(page, "uitkomst", "Wat past en wat niet", "What fits and what does not");
    if (wks_study_page_string(t->study, "question")[0] != '\0') {
        wks_study_page_element(page, "p class=\"question\"", wks_study_page_string(t->study, "question"));
        wks_page_raw(page, "\n");
    }
    say_met(page, t);
    write_targets(page, t, "fitted", "Ingepast: hierop zijn de parameters gekozen", "Fitted: the parameters were chosen by these");
    write_targets(page, t, "held_out", "Achtergehouden: niet gebruikt bij het kiezen", "Held out: not used for choosing");
    wks_page_say(
        page,
        "<p class=\"note\">Fout: van de waarneming samen met de afwijking die de studie het model toestaat. z: hoeveel keer de fout (met "
        "de "
        "spreiding van het model) het model ernaast zit; gehaald is hoogstens 2, en niet buiten alle waarden die overbleven.</p>\n",
        "<p class=\"note\">Error: of the observation together with the discrepancy that the study allows the model. z: by how many times "
        "the "
        "error (with the spread of the model) the model is off; met is at most 2, and not outside all values that are left.</p>\n");
    wks_page_section_end(page);
}

static void parameter_row(wks_page *page, const wks_csv *csv, size_t row)
{
    const double low = wks_study_page_number(csv, row, "low"), high = wks_study_page_number(csv, row, "high"),
                 from = wks_study_page_number(csv, row, "ci_low"), to = wks_study_page_number(csv, row, "ci_high"),
                 best = wks_study_page_number(csv, row, "best"), largest = fmax(fabs(low), fabs(high)),
                 shrinkage = wks_study_page_number(csv, row, "shrinkage");
    const char *edge = wks_study_page_cell(csv, row, "at_edge");

    wks_page_raw(page, "<tr><th scope=\"row\">");
    wks_page_text(page, wks_study_page_cell(csv, row, "parameter"));
    wks_study_page_path(page, wks_study_page_cell(csv, row, "path"));
    wks_page_raw(page, "</th>");
    wks_study_page_range_cell(page, low, high, largest);
    wks_page_raw(page, "<td>");
    wks_bars_range(&page->html, low, high, from, to, best);
    wks_page_raw(page, "</td>");
    wks_study_page_range_cell(page, from, to, largest);
    wks_study_page_number_cell(page, best, largest);
    wks_page_value_cell(page, (wks_notation_format){true, 0}, shrinkage, false);
    wks_page_raw(page, "<td>");
    if (edge[0] != '\0' && strcmp(edge, "0") != 0 && strcmp(edge, "none") != 0 && strcmp(edge, "no") != 0) {
        if (strcmp(edge, "low") == 0) {
            wks_page_say(page, "de ondergrens van het bereik houdt hem tegen", "held by the lower edge of its range");
        } else if (strcmp(edge, "high") == 0) {
            wks_page_say(page, "de bovengrens van het bereik houdt hem tegen", "held by the upper edge of its range");
        } else {
            wks_page_say(page, "de rand van het bereik houdt hem tegen", "held by the edge of its range");
        }
    } else if (!(shrinkage >= 0.1)) {
        wks_page_say(page, "<strong>open</strong>: de cijfers zeggen er niets over",
                     "<strong>open</strong>: the figures say nothing about it");
    } else if (shrinkage < 0.5) {
        wks_page_say(page, "deels bepaald", "partly settled");
    } else {
        wks_page_say(page, "bepaald door de cijfers", "settled by the figures");
    }
    wks_page_raw(page, "</td></tr>\n");
}

static void write_correlations(wks_page *page, const wks_csv *csv)
{
    static const double much = 0.5;
    size_t told = 0;

    for (size_t row = 0; row < csv->n_rows; row++) {
        const double value = wks_study_page_number(csv, row, "correlation");
        if (!(fabs(value) >= much)) continue;
        if (told++ == 0)
            wks_page_say(page, "<p>Alleen samen bepaald (samenhang over wat overblijft): ",
                         "<p>Settled only together (correlation over what is left): ");
        if (told > 1) wks_page_raw(page, "; ");
        wks_page_text(page, wks_study_page_cell(csv, row, "parameter_a"));
        wks_page_say(page, " en ", " and ");
        wks_page_text(page, wks_study_page_cell(csv, row, "parameter_b"));
        wks_page_raw(page, " (");
        wks_proof_open(page, "span", false, value, "correlation", wks_study_page_cell(csv, row, "parameter_a"),
                       wks_study_page_cell(csv, row, "parameter_b"), NULL);
        wks_notation_number(page->lang, value, 2, &page->html);
        wks_page_raw(page, "</span>)");
    }
    if (told > 0) wks_page_raw(page, ".</p>\n");
}

static void write_open(wks_page *page, const tables *t)
{
    wks_page_section(page, "open", "Wat bepaald is en wat open blijft", "What is settled and what stays open");
    wks_page_table(page, "posterior",
                   wks_page_words(page, "Parameters voor en na; stip: het beste punt", "Parameters before and after; dot: the best point"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\" class=\"n\">vooraf</th><th scope=\"col\" >wat "
                 "overblijft</th><th "
                 "scope=\"col\" class=\"n\">95 % van wat overblijft</th><th scope=\"col\" class=\"n\">beste</th><th scope=\"col\" "
                 "class=\"n\">krimp</th><th "
                 "scope=\"col\">oordeel</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Parameter</th><th scope=\"col\" class=\"n\">before</th><th scope=\"col\" >what "
                 "is left</th><th "
                 "scope=\"col\" class=\"n\">95 % of what is left</th><th scope=\"col\" class=\"n\">best</th><th scope=\"col\" "
                 "class=\"n\">shrinkage</th><th "
                 "scope=\"col\">verdict</th></tr></thead><tbody>\n");
    for (size_t row = 0; row < t->parameters.n_rows; row++)
        parameter_row(page, &t->parameters, row);
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_say(
        page, "<p class=\"note\">Krimp: hoeveel smaller de spreiding is dan vooraf. Onder 10 % heet een parameter hier open.</p>\n",
        "<p class=\"note\">Shrinkage: how much narrower the spread is than before. Under 10 % a parameter is called open here.</p>\n");
    write_correlations(page, &t->correlations);
    wks_study_page_parameters(page, t->study);
    wks_page_section_end(page);
}

static const char *quantity_words(const wks_page *page, const char *quantity)
{
    static const char *const words[][3] = {
        {"evaluations", "doorgerekende punten", "points run"},
        {"volume_left", "deel van de ruimte dat niet is uitgesloten", "share of the space not ruled out"},
        {"emulator_points", "emulator: doorgerekende punten waarop hij rust", "emulator: points run that it rests on"},
        {"emulator_within_2sd", "emulator: deel van de punten binnen 2 sd van zijn opgave (0,95 is goed)",
         "emulator: share of points within 2 sd of its statement (0.95 is right)"},
        {"emulator_q2", "emulator: verklaard deel (1 is perfect)", "emulator: share explained (1 is perfect)"},
        {"emulator_rms", "emulator: fout tegenover de eigen opgave (1 is goed)", "emulator: error against its own statement (1 is right)"},
        {"kept", "aangehouden punten", "points kept"},
        {"tolerance", "toegestane afstand", "tolerance"},
        {"effective_number", "effectief aantal", "effective number"},
        {"best_distance", "kleinste afstand", "smallest distance"},
        {"converged", "uitgezocht (1: ja)", "converged (1: yes)"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], quantity) == 0) return wks_page_words(page, words[i][1], words[i][2]);
    return quantity;
}

/* As study.cfg names it, and what it does. */
static const char *method_words(const wks_page *page, const char *method)
{
    static const char *const words[][3] = {
        {"history", "uitsluiten in golven (history matching): wat niet bij de cijfers kan passen valt af",
         "ruling out in waves (history matching): what cannot fit the figures is dropped"},
        {"abc", "ABC: trekken uit het bereik en aanhouden wat dichtbij komt", "ABC: draws from the range, of which the nearest are kept"},
        {"abc_smc", "ABC in generaties (SMC): trekken rond wat in de vorige generatie dichtbij kwam",
         "ABC in generations (SMC): draws around what came near in the generation before"},
        {"bobyqa", "zoeken naar de kleinste afstand (BOBYQA, van een begin uit)",
         "search for the smallest distance (BOBYQA, from a start)"},
        {"crs", "zoeken naar de kleinste afstand over het hele bereik (CRS)",
         "search for the smallest distance over the whole range (CRS)"},
        {"isres", "zoeken naar de kleinste afstand over het hele bereik (ISRES)",
         "search for the smallest distance over the whole range (ISRES)"}};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], method) == 0) return wks_page_words(page, words[i][1], words[i][2]);
    return method;
}

static void write_steps(wks_page *page, const tables *t)
{
    const wks_config_node *how = t->study == NULL ? NULL : wks_config_get(t->study, "calibration");

    wks_page_section(page, "stappen", "Hoe er gezocht is", "How the search went");
    wks_page_say(page, "<p>Methode: ", "<p>Method: ");
    wks_page_text(page, method_words(page, wks_study_page_string(how, "method")));
    wks_page_raw(page, ".</p>\n");
    wks_page_table(page, "steps", wks_page_words(page, "Golven, generaties of starts", "Waves, generations or starts"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Stap</th><th scope=\"col\">Wat</th><th scope=\"col\">Cijfer</th><th scope=\"col\" "
                 "class=\"n\">Waarde</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Step</th><th scope=\"col\">What</th><th scope=\"col\">Figure</th><th scope=\"col\" "
                 "class=\"n\">Value</th></tr></thead><tbody>\n");
    for (size_t row = 0; row < t->steps.n_rows; row++) {
        const double value = wks_study_page_number(&t->steps, row, "value");
        const char *quantity = wks_study_page_cell(&t->steps, row, "quantity");
        wks_page_raw(page, "<tr>");
        wks_proof_open_value(page, "td", false, wks_study_page_number(&t->steps, row, "step"));
        wks_page_text(page, wks_study_page_cell(&t->steps, row, "step"));
        wks_page_raw(page, "</td>");
        wks_study_page_element(page, "td", quantity_words(page, quantity));
        wks_study_page_element(page, "td", wks_study_page_cell(&t->steps, row, "target"));
        if (strcmp(quantity, "volume_left") == 0) {
            wks_page_value_cell(page, (wks_notation_format){true, 1}, value, false);
        } else {
            wks_study_page_number_cell(page, value, value == floor(value) ? 1000.0 : value);
        }
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    wks_page_section_end(page);
}

static void write_kinds(wks_page *page, const tables *t)
{
    wks_page_section(page, "herkomst", "Ingevoerd, ingepast of vanzelf ontstaan", "Seeded, fitted or emergent");
    wks_page_say(page, "<ul class=\"limits\">\n<li><strong>Ingevoerd</strong>: de stad en de stand bij het begin (",
                 "<ul class=\"limits\">\n<li><strong>Seeded</strong>: the city and the state at the start (");
    wks_page_text(page, wks_json_text(wks_json_get(page->dossier->manifest, "city")));
    wks_page_say(page, "). Dat die kloppen, is geen uitkomst.</li>\n<li><strong>Ingepast</strong>: ",
                 "). That these agree is no outcome.</li>\n<li><strong>Fitted</strong>: ");
    for (int pass = 0; pass < 2; pass++) {
        const char *use = pass == 0 ? "fitted" : "held_out";
        size_t told = 0;
        for (size_t row = 0; row < t->targets.n_rows; row++) {
            if (!is_of(&t->targets, row, use)) continue;
            wks_text title = WKS_TEXT_INIT;
            wks_study_page_outcome(page, t->study, wks_study_page_cell(&t->targets, row, "target"), &title);
            wks_page_raw(page, told++ > 0 ? "; " : "");
            wks_page_text(page, title.data != NULL ? title.data : "");
            wks_text_free(&title);
        }
        if (told == 0) wks_page_raw(page, "&#8211;");
        if (pass == 0)
            wks_page_say(page, ".</li>\n<li><strong>Vanzelf ontstaan</strong>, en hier getoetst: ",
                         ".</li>\n<li><strong>Emergent</strong>, and tested here: ");
    }
    wks_page_say(page, ". Alle andere uitkomsten ontstaan ook vanzelf, maar zijn hier niet getoetst.</li>\n</ul>\n",
                 ". All other outcomes emerge too, but were not tested here.</li>\n</ul>\n");
    wks_page_section_end(page);
}

wks_status wks_section_fit_write(wks_page *page, const wks_config_node *settings, wks_problems *problems, wks_err *err)
{
    static const char *const of_targets[] = {"target", "value", "sd", "discrepancy", "use",    "model_mean",
                                             "low",    "high",  "z",  "verdict",     "source", NULL};
    static const char *const of_parameters[] = {"parameter", "path",    "low",       "high",    "best",
                                                "ci_low",    "ci_high", "shrinkage", "at_edge", NULL};
    static const char *const of_steps[] = {"step", "quantity", "target", "value", NULL}, *const any[] = {NULL};
    wks_status rc = WKS_OK;
    tables t = {.study = settings};

    WKS_TRY(wks_study_page_table(page, "targets.csv", of_targets, true, &t.targets, problems, err));
    WKS_TRY(wks_study_page_table(page, "calibration.csv", of_parameters, true, &t.parameters, problems, err));
    WKS_TRY(wks_study_page_table(page, "steps.csv", of_steps, false, &t.steps, problems, err));
    WKS_TRY(wks_study_page_table(page, "members.csv", any, false, &t.members, problems, err));
    WKS_TRY(wks_study_page_table(page, "correlations.csv", any, false, &t.correlations, problems, err));
    WKS_TRY(wks_study_page_table(page, "evaluations.csv", any, false, &t.evaluations, problems, err));
    WKS_TRY(wks_problems_status(problems, err));
    write_outcome(page, &t);
    write_open(page, &t);
    write_steps(page, &t);
    write_kinds(page, &t);
out:
    wks_csv_free(&t.targets);
    wks_csv_free(&t.parameters);
    wks_csv_free(&t.steps);
    wks_csv_free(&t.members);
    wks_csv_free(&t.correlations);
    wks_csv_free(&t.evaluations);
    return rc;
}
