#include "report/section_people.h"

#include <math.h>
#include <string.h>

#include "report/section_losers.h"
#include "report/section_scenarios.h"
#include "report/topic.h"

/* City series of an indicator about seekers that has rows by group. */
static bool is_by_group(const wks_page *page, const wks_dossier_series *series)
{
    unsigned bits = wks_topic_bits(wks_dossier_text(page->dossier, series->indicator));
    return series->level == 0 && series->scale == 0 && series->group != 0 && (bits & (WKS_TOPIC_SEEKERS | WKS_TOPIC_MONEY)) &&
           wks_topic_rank(wks_dossier_text(page->dossier, series->indicator)) < 1000;
}

/* ---- from summary.csv and contrasts.csv ---- */

static bool has_groups(const wks_page *page, const char *indicator);

/* Under a table of success rates with a dash. */
static void say_no_success(wks_page *page)
{
    wks_page_say(
        page,
        "<p class=\"note\">Een streepje bij de slaagkans: van deze groep kregen meer huishoudens een woning dan er actief zochten, "
        "omdat zij vooral door bemiddeling worden gehuisvest; een slaagkans is er dan niet.</p>\n",
        "<p class=\"note\">A dash at the success rate: more households of this group were housed than were actively seeking, "
        "because most of them are housed by mediation; then there is no success rate.</p>\n");
}

/* Whether a success rate by group has no value at the end. */
static bool lacks_success(const wks_page *page)
{
    const wks_dossier *d = page->dossier;
    int32_t name = wks_dossier_name(d, "success_rate");
    for (size_t i = 0; i < d->n_series; i++) {
        if (d->series[i].indicator != name || !is_by_group(page, &d->series[i])) continue;
        for (size_t s = 0; s < d->n_scenarios; s++) {
            const wks_dossier_level *row = wks_dossier_level_at(d, wks_dossier_key_of(d, &d->series[i], s));
            if (row != NULL && !isfinite(row->mean)) return true;
        }
    }
    return false;
}

/* Under a table with grey rows. */
static void say_scarce(wks_page *page)
{
    wks_page_say(page,
                 "<p class=\"note\">Grijs: in sommige herhalingen was er niemand om te tellen; het cijfer gaat over enkele huishoudens en "
                 "zegt weinig.</p>\n",
                 "<p class=\"note\">Grey: in some replications there was nobody to count; the figure is about a few households and says "
                 "little.</p>\n");
}

/* Whether no scenario has a difference of this group that says anything: none at all, or one of a few replications without an interval. */
static bool says_nothing(const wks_page *page, const wks_dossier_series *series)
{
    const wks_dossier *d = page->dossier;
    for (size_t s = 1; s < d->n_scenarios; s++) {
        const wks_dossier_contrast *row = wks_dossier_contrast_at(d, wks_dossier_key_of(d, series, s));
        if (row == NULL || !isfinite(row->mean)) continue;
        if (!wks_section_scenarios_is_scarce(page, row) || isfinite(row->ci_low)) return false;
    }
    return true;
}

/* Whether a difference by group that is shown has no value in some pairs. */
static bool has_scarce(const wks_page *page, int32_t indicator)
{
    const wks_dossier *d = page->dossier;
    for (size_t i = 0; i < d->n_series; i++) {
        if (d->series[i].indicator != indicator || !is_by_group(page, &d->series[i]) || says_nothing(page, &d->series[i])) continue;
        for (size_t s = 1; s < d->n_scenarios; s++) {
            const wks_dossier_contrast *row = wks_dossier_contrast_at(d, wks_dossier_key_of(d, &d->series[i], s));
            if (row != NULL && wks_section_scenarios_is_scarce(page, row)) return true;
        }
    }
    return false;
}

/* Under a table: groups that are not in it. A success rate that is not there has a reason of its own. */
static void say_left_out(wks_page *page, int32_t indicator)
{
    const wks_dossier *d = page->dossier;
    const bool is_success = strcmp(wks_dossier_text(d, indicator), "success_rate") == 0;
    size_t n = 0;
    for (size_t i = 0; i < d->n_series; i++) {
        const wks_dossier_series *series = &d->series[i];
        if (series->indicator != indicator || !is_by_group(page, series) || !says_nothing(page, series)) continue;
        wks_page_raw(page, n++ == 0 ? wks_page_words(page, "<p class=\"note\">Niet getoond: ", "<p class=\"note\">Not shown: ") : ", ");
        wks_page_text(page, wks_page_group(page, series->group));
    }
    if (n == 0) return;
    if (is_success) {
        wks_page_say(page,
                     ": van deze groep kregen meer huishoudens een woning dan er actief zochten, omdat zij vooral door bemiddeling worden "
                     "gehuisvest; een slaagkans is er dan niet.</p>\n",
                     ": more households of this group were housed than were actively seeking, because most of them are housed by "
                     "mediation; then there is no success rate.</p>\n");
    } else {
        wks_page_say(page, ": in te veel herhalingen was er niemand om te tellen.</p>\n",
                     ": in too many replications there was nobody to count.</p>\n");
    }
}

/* One outcome: a table with a heading for every group. */
static void write_outcome(wks_page *page, int32_t indicator)
{
    const wks_dossier *d = page->dossier;
    const char *unit = wks_notation_unit_of_difference(page->lang, wks_page_unit(page, indicator));
    wks_text caption = WKS_TEXT_INIT;
    wks_text_add(&caption, wks_page_indicator(page, indicator));
    wks_text_add(&caption, wks_page_mark(page, indicator));
    if (unit[0] != '\0') wks_text_addf(&caption, " (%s)", unit);
    wks_section_scenarios_table(page, caption.data != NULL ? caption.data : "", true);
    page->html.failed = page->html.failed || caption.failed;
    wks_text_free(&caption);
    for (size_t i = 0; i < d->n_series; i++) {
        if (d->series[i].indicator != indicator || !is_by_group(page, &d->series[i]) || says_nothing(page, &d->series[i])) continue;
        wks_section_scenarios_rows(page, &d->series[i], true);
    }
    wks_page_table_end(page);
    say_left_out(page, indicator);
    if (has_scarce(page, indicator)) say_scarce(page);
}

/* First series of an outcome that has differences by group; means are left out where the median is there. */
static bool begins_outcome(const wks_page *page, size_t row)
{
    const wks_dossier_series *series = &page->dossier->series[row];
    if (!is_by_group(page, series) || says_nothing(page, series)) return false;
    for (size_t i = 0; i < row; i++) {
        const wks_dossier_series *other = &page->dossier->series[i];
        if (other->indicator == series->indicator && is_by_group(page, other) && !says_nothing(page, other)) return false;
    }
    bool is_mean = strcmp(wks_dossier_text(page->dossier, series->indicator), "wait_mean_months") == 0;
    return !(is_mean && has_groups(page, "wait_p50_months"));
}

/* Rows of the longest table of one outcome: groups by scenarios. */
static size_t count_rows(const wks_page *page)
{
    const wks_dossier *d = page->dossier;
    size_t most = 0;
    for (size_t i = 0; i < d->n_series; i++) {
        size_t n = 0;
        for (size_t k = 0; k < d->n_series; k++)
            n += d->series[k].indicator == d->series[i].indicator && is_by_group(page, &d->series[k]);
        if (is_by_group(page, &d->series[i]) && n > most) most = n;
    }
    return most * (d->n_scenarios - 1);
}

/* The first outcomes (waiting, success, starters, refusals when all are there) in sight, the others folded away; with many groups and scenarios the first
 * only. */
static size_t write_contrast_groups(wks_page *page)
{
    enum { MOST_ROWS = 80 };
    const wks_dossier *d = page->dossier;
    const size_t n_in_sight = 4 * count_rows(page) <= MOST_ROWS ? 4 : 1;
    size_t n = 0;
    for (size_t i = 0; i < d->n_series; i++) {
        if (!begins_outcome(page, i)) continue;
        if (n++ == n_in_sight) {
            wks_page_say(page, "<details><summary>Meer uitkomsten per groep</summary>\n",
                         "<details><summary>More outcomes by group</summary>\n");
        }
        write_outcome(page, d->series[i].indicator);
    }
    if (n > n_in_sight) wks_page_raw(page, "</details>\n");
    return n;
}

/* ---- from queue.csv ---- */

static void add_field_words(wks_page *page, size_t field)
{
    static const char *const words[WKS_QUEUE_N_FIELDS][2] = {
        {"Inschrijfduur bij toewijzing (mediaan)", "Registration time at letting (median)"},
        {"Inschrijfduur (10 % wacht korter)", "Registration time (10% wait less)"},
        {"Inschrijfduur (10 % wacht langer)", "Registration time (10% wait longer)"},
        {"Zoektijd (mediaan, niet gevalideerd)", "Search time (median, not validated)"},
        {"Slaagkans in 12 maanden", "Chance of success in 12 months"},
        {"Actief zoekend", "Actively seeking"},
        {"Gehuisvest", "Housed"},
    };
    wks_page_text(page, words[field][page->lang]);
    wks_page_raw(page, " <span class=\"unit\">");
    if (field < 4) wks_page_say(page, "maanden", "months");
    wks_page_raw(page, "</span>");
}

static double largest_in_field(const wks_queue *queue, size_t field, bool is_difference)
{
    double largest = 0.0;
    for (size_t s = is_difference ? 1 : 0; s < queue->n_scenarios; s++) {
        for (size_t g = 0; g < queue->n_groups; g++) {
            size_t at = wks_queue_at(queue, s, g, field);
            const double values[] = {is_difference ? queue->contrast[at].mean_difference : queue->level[at].mean,
                                     is_difference ? queue->contrast[at].ci_low : NAN, is_difference ? queue->contrast[at].ci_high : NAN};
            for (int i = 0; i < 3; i++) {
                if (isfinite(values[i]) && fabs(values[i]) > largest) largest = fabs(values[i]);
            }
        }
    }
    return largest;
}

static wks_notation_format field_format(const wks_queue *queue, size_t field)
{
    const char *unit = strcmp(wks_queue_field[field], "success_rate") == 0 ? "share" : "-";
    const double level = largest_in_field(queue, field, false);
    double error = NAN;

    for (size_t s = 1; s < queue->n_scenarios; s++)
        for (size_t g = 0; g < queue->n_groups; g++) {
            const size_t at = wks_queue_at(queue, s, g, field);
            error = wks_notation_smaller_error(error, queue->contrast[at].ci_low, queue->contrast[at].ci_high);
        }
    return wks_notation_supported(wks_notation_choose_pair(unit, level, largest_in_field(queue, field, true)), unit, level, error);
}

static void add_group_head(wks_page *page, const wks_queue *queue, size_t group)
{
    if (queue->group[group][0] == '\0') {
        wks_page_say(page, "Iedereen", "Everybody");
    } else {
        int32_t name = wks_dossier_name(page->dossier, queue->group[group]);
        wks_page_text(page, name >= 0 ? wks_page_group(page, name) : queue->group[group]);
    }
}

/* Levels of the reference (of the run): groups x fields. */
/* Few who seek, or a figure that some replications lack: it is about a few households. */
static bool is_scarce(const wks_queue *queue, size_t scenario, size_t group, size_t field)
{
    const wks_stat_summary *active = &queue->level[wks_queue_at(queue, scenario, group, 5)];
    return active->mean < WKS_DOSSIER_FEW || queue->level[wks_queue_at(queue, scenario, group, field)].n < active->n;
}

/* Nothing to tell of a group: nobody housed in any replication of the reference. */
static bool is_empty_group(const wks_queue *queue, size_t group)
{
    for (size_t field = 0; field < 5; field++) /* waits and the success rate */
        if (isfinite(queue->level[wks_queue_at(queue, 0, group, field)].mean)) return false;
    return true;
}

static void say_empty_groups(wks_page *page, const wks_queue *queue)
{
    size_t n = 0;
    for (size_t g = 0; g < queue->n_groups; g++) {
        if (!is_empty_group(queue, g)) continue;
        wks_page_raw(page, n++ == 0 ? wks_page_words(page, "<p class=\"note\">Niet getoond: ", "<p class=\"note\">Not shown: ") : ", ");
        add_group_head(page, queue, g);
    }
    if (n > 0)
        wks_page_say(page, ": niemand van deze groep kreeg via de rij een woning.</p>\n",
                     ": nobody of this group was housed from the queue.</p>\n");
}

static void write_queue_levels(wks_page *page, const wks_queue *queue)
{
    static const size_t fields[] = {1, 0, 2, 4, 3}; /* search time last */
    wks_page_table(page, "levels",
                   page->dossier->is_comparison
                       ? wks_page_words(page,
                                        "Wachten en slagen per groep in de referentie, laatste 12 maanden, gemiddeld over de herhalingen",
                                        "Waiting and success by group in the reference, last 12 months, mean over replications")
                       : wks_page_words(page, "Wachten en slagen per groep, laatste 12 maanden, gemiddeld over de herhalingen",
                                        "Waiting and success by group, last 12 months, mean over replications"));
    wks_page_say(page, "<thead><tr><th scope=\"col\">Groep</th>", "<thead><tr><th scope=\"col\">Group</th>");
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        wks_page_raw(page, "<th scope=\"col\" class=\"n\">");
        add_field_words(page, fields[i]);
        wks_page_raw(page, "</th>");
    }
    wks_page_raw(page, "</tr></thead><tbody>\n");
    for (size_t g = 0; g < queue->n_groups; g++) {
        if (is_empty_group(queue, g)) continue;
        wks_page_raw(page, "<tr><th scope=\"row\">");
        add_group_head(page, queue, g);
        wks_page_raw(page, "</th>");
        for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
            size_t f = fields[i];
            wks_page_value_cell(page, field_format(queue, f), queue->level[wks_queue_at(queue, 0, g, f)].mean, is_scarce(queue, 0, g, f));
        }
        wks_page_raw(page, "</tr>\n");
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    for (size_t g = 0; g < queue->n_groups; g++) {
        if (isfinite(queue->level[wks_queue_at(queue, 0, g, 4)].mean) || is_empty_group(queue, g)) continue;
        say_no_success(page);
        break;
    }
    say_empty_groups(page, queue);
}

/* Differences of one field: groups x scenarios. */
static void write_queue_contrasts(wks_page *page, const wks_queue *queue, size_t field, const char *caption)
{
    double largest = largest_in_field(queue, field, true);
    wks_section_scenarios_difference one = {
        .level = field_format(queue, field), .difference = field_format(queue, field), .largest = largest};
    wks_section_scenarios_table(page, caption, true);
    for (size_t g = 0; g < queue->n_groups; g++) {
        wks_section_scenarios_open(page);
        add_group_head(page, queue, g);
        wks_section_scenarios_opened(page);
        for (size_t s = 1; s < queue->n_scenarios; s++) {
            const wks_stat_paired *pair = &queue->contrast[wks_queue_at(queue, s, g, field)];
            one.few = is_scarce(queue, s, g, field) || is_scarce(queue, 0, g, field);
            one.reference = pair->mean_reference;
            one.scenario = pair->mean_scenario;
            one.mean = pair->mean_difference;
            const bool is_known = pair->n_pairs >= WKS_DOSSIER_LEAST_PAIRS;
            one.low = is_known ? pair->ci_low : NAN;
            one.high = is_known ? pair->ci_high : NAN;
            wks_section_scenarios_row(page, s, &one);
        }
        wks_page_raw(page, "</tbody>\n");
    }
    wks_page_table_end(page);
}

/* Whether contrasts.csv has this outcome by group already. */
static bool has_groups(const wks_page *page, const char *indicator)
{
    int32_t name = wks_dossier_name(page->dossier, indicator);
    for (size_t i = 0; i < page->dossier->n_series; i++) {
        const wks_dossier_series *series = &page->dossier->series[i];
        if (series->indicator == name && is_by_group(page, series) && wks_page_has_contrast(page, series)) return true;
    }
    return false;
}

static void write_queue(wks_page *page, const wks_queue *queue)
{
    wks_page_say(page, "<h3>Zoekenden per groep</h3>\n", "<h3>Seekers by group</h3>\n");
    write_queue_levels(page, queue);
    if (page->dossier->is_comparison && !has_groups(page, "wait_p50_months")) {
        write_queue_contrasts(page, queue, 0,
                              wks_page_words(page, "Mediane inschrijfduur bij toewijzing (maanden): verschil met de referentie",
                                             "Median registration time at letting (months): difference from the reference"));
    }
    if (page->dossier->is_comparison && !has_groups(page, "success_rate")) {
        write_queue_contrasts(page, queue, 4,
                              wks_page_words(page, "Slaagkans in 12 maanden (procentpunt): verschil met de referentie",
                                             "Chance of success in 12 months (percentage points): difference from the reference"));
    }
    if (page->dossier->is_comparison && !has_groups(page, "search_p50_months")) {
        write_queue_contrasts(page, queue, 3,
                              wks_page_words(page, "Mediane zoektijd (maanden, niet gevalideerd): verschil met de referentie",
                                             "Median search time (months, not validated): difference from the reference"));
    }
    wks_page_say(page,
                 "<p class=\"note\">Gemiddelden en gepaarde intervallen over de herhalingen, uit queue.csv van elk scenario. "
                 "Inschrijfduur is de tijd sinds inschrijving, zoektijd de tijd sinds de eerste reactie (het model haalt de gepubliceerde "
                 "zoektijden niet: lees de inschrijfduur); grijs: minder dan 10 actief "
                 "zoekenden, of in een herhaling niemand om te tellen.</p>\n",
                 "<p class=\"note\">Means and paired intervals over replications, from queue.csv of every scenario. "
                 "Registration time counts from registration, search time from the first reaction (the model misses published search "
                 "times: read the registration time); grey: fewer than 10 active seekers, or nobody to count in some replication.</p>\n");
}

/* ---- a single run: levels by group ---- */

static size_t write_level_groups(wks_page *page)
{
    const wks_dossier *d = page->dossier;
    size_t n = 0;
    for (size_t i = 0; i < d->n_series; i++)
        n += is_by_group(page, &d->series[i]);
    if (n == 0) return 0;
    wks_page_table(page, "levels",
                   wks_page_words(page, "Uitkomsten per groep aan het eind van de periode", "Outcomes by group at the end of the period"));
    wks_page_say(page,
                 "<thead><tr><th scope=\"col\">Uitkomst</th><th scope=\"col\" class=\"n\">Gemiddelde</th><th scope=\"col\" class=\"n\">95 "
                 "%-interval</th></tr></thead><tbody>\n",
                 "<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\" class=\"n\">Mean</th><th scope=\"col\" class=\"n\">95% "
                 "interval</th></tr></thead><tbody>\n");
    for (size_t i = 0; i < d->n_series; i++) {
        const wks_dossier_series *series = &d->series[i];
        if (!is_by_group(page, series)) continue;
        wks_text name = WKS_TEXT_INIT;
        const wks_dossier_level *row = wks_dossier_level_at(d, wks_dossier_key_of(d, series, 0));
        wks_notation_format format = wks_notation_choose(wks_page_unit(page, series->indicator), wks_page_largest_level(page, series));
        wks_page_series(page, series, &name);
        wks_page_raw(page, "<tr><th scope=\"row\">");
        wks_page_text(page, name.data != NULL ? name.data : "");
        wks_page_raw(page, "</th>");
        wks_page_value_cell(page, format, row == NULL ? NAN : row->mean, false);
        wks_page_interval_cell(page, format, row == NULL ? NAN : row->ci_low, row == NULL ? NAN : row->ci_high, false);
        wks_page_raw(page, "</tr>\n");
        wks_text_free(&name);
    }
    wks_page_raw(page, "</tbody>");
    wks_page_table_end(page);
    if (lacks_success(page)) say_no_success(page);
    return n;
}

void wks_section_people_write(wks_page *page, const wks_queue *queue)
{
    wks_page_section(page, "wie", "Wie merkt dit?", "Who notices?");
    size_t n = page->dossier->is_comparison ? write_contrast_groups(page) : write_level_groups(page);
    if (queue->n_groups > 0) write_queue(page, queue);
    wks_section_losers_write(page);
    if (n == 0 && queue->n_groups == 0) {
        wks_page_say(page, "<p>De resultaten hebben geen uitkomsten per groep.</p>\n", "<p>The results have no outcomes by group.</p>\n");
    }
    wks_page_section_end(page);
}
