/* Every lever of scenarios/levers/ has its head, is read without an error, and acts within 24 months on what it says it acts on; what is compared at equal budget is. */
#include "cli/levers.h"

enum { MONTHS = 24 };

static levers_file lever[LEVERS_MAX];
static int n_levers;
static char *folder, *reference;

static int begin(void **state)
{
    (void)state;
    n_levers = levers_all(lever);
    folder = wks_folder_make();
    reference = levers_run(&lever[0], folder, "24", false);
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (int i = 0; i < n_levers; i++)
        levers_free(&lever[i]);
    free(reference);
    wks_folder_remove(folder);
    return 0;
}

/* ---- tables ---- */

static wks_csv table(const char *out, const char *name)
{
    wks_csv csv;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(out, name);
    assert_ok(wks_csv_read(path, ',', false, &csv, &problems, &err), &err);
    wks_problems_free(&problems);
    free(path);
    return csv;
}

static bool is_row_of(const wks_csv *csv, size_t row, const levers_claim *claim)
{
    const int area = wks_csv_column(csv, "area"), scale = wks_csv_column(csv, "scale");
    return strcmp(wks_csv_cell(csv, row, wks_csv_column(csv, "indicator")), claim->indicator) == 0 &&
           strcmp(wks_csv_cell(csv, row, wks_csv_column(csv, "group")), claim->group) == 0 &&
           (scale < 0 || wks_csv_cell(csv, row, scale)[0] == '\0') &&
           (area < 0 ? claim->area[0] == '\0' : strcmp(wks_csv_cell(csv, row, area), claim->area) == 0);
}

/* Values of the claim's rows in order of the file, into one text: "tick=value ". Empty: the table has no such row. */
static char *values_of(const wks_csv *csv, const levers_claim *claim)
{
    wks_text text = WKS_TEXT_INIT;
    const int tick = wks_csv_column(csv, "tick"), value = wks_csv_column(csv, "value");
    wks_text_add(&text, "");
    for (size_t row = 0; row < csv->n_rows; row++) {
        if (!is_row_of(csv, row, claim)) continue;
        assert_in_range(strtoll(wks_csv_cell(csv, row, tick), NULL, 10), 0, MONTHS);
        wks_text_addf(&text, "%s=%s ", wks_csv_cell(csv, row, tick), wks_csv_cell(csv, row, value));
    }
    return text.data == NULL ? levers_copy("", 0) : text.data;
}

/* ---- tests ---- */

static void every_file_has_its_head_and_a_name_of_its_own(void **state)
{
    static const char *const head[] = {"// Question: ", "\n// Source: ", "\n// Evidence: ", "\n// Expected outcome: "};
    wks_text line = WKS_TEXT_INIT;
    (void)state;
    assert_in_range(n_levers, 21, LEVERS_MAX); /* doing nothing and twenty or more */
    for (int i = 0; i < n_levers; i++) {
        const char *at = lever[i].text;
        for (size_t k = 0; k < sizeof head / sizeof *head; k++) {
            at = strstr(at, head[k]);
            if (at == NULL || (k == 0 && at != lever[i].text)) fail_msg("%s: no line '%s' in its place", lever[i].name, head[k] + (k > 0));
        }
        if (i == 0) continue;
        if (lever[i].n_acts == 0) fail_msg("%s: no line 'Acts on'", lever[i].name);
        if (lever[i].n_off == 0) fail_msg("%s: no line 'Off'", lever[i].name);
        wks_text_clear(&line);
        wks_text_addf(&line, "\nname = \"%s\";", lever[i].name);
        if (strstr(lever[i].text, line.data) == NULL) fail_msg("%s: its name is not that of the file", lever[i].name);
        if (strstr(lever[i].text, "\nbase = \"") == NULL) fail_msg("%s: no base", lever[i].name);
    }
    wks_text_free(&line);
}

static void a_lever_acts_within_two_years_on_what_it_says(void **state)
{
    wks_csv city = table(reference, "city.csv"), buurt = table(reference, "buurt.csv");
    (void)state;
    for (int i = 1; i < n_levers; i++) {
        char *out = levers_run(&lever[i], folder, "24", false);
        wks_csv own_city = table(out, "city.csv"), own_buurt = table(out, "buurt.csv");
        int n_acts = 0;
        for (int k = 0; k < lever[i].n_acts; k++) {
            const levers_claim *claim = &lever[i].acts[k];
            const bool is_area = claim->area[0] != '\0';
            char *without = values_of(is_area ? &buurt : &city, claim), *with = values_of(is_area ? &own_buurt : &own_city, claim);
            if (without[0] == '\0') fail_msg("%s: no such row: %s:%s@%s", lever[i].name, claim->indicator, claim->group, claim->area);
            n_acts += strcmp(without, with) != 0;
            free(without);
            free(with);
        }
        if (n_acts == 0) fail_msg("%s acts on nothing of what it names", lever[i].name);
        wks_csv_free(&own_city);
        wks_csv_free(&own_buurt);
        free(out);
    }
    wks_csv_free(&city);
    wks_csv_free(&buurt);
}

/* A base may name events for later years than a short run has: it says so, and runs. */
static void event_after_the_last_tick_warns_and_does_nothing(void **state)
{
    (void)state;
    for (int i = 1; i < n_levers; i++) {
        if (strcmp(lever[i].name, "stock_demolish_rebuild") != 0) continue;
        program_says(folder, 0, "this event never happens", "run", lever[i].path, "-t", "2", "-r", "1", "--set",
                     "timeline.sloop.at=2025-04", "-o", "late", NULL);
        program_do(folder, 0, "run", lever[0].path, "-t", "2", "-r", "1", "-q", "--set", "name=stock_demolish_rebuild", "-o", "none", NULL);
        char *late = program_get(folder, "late/city.csv"), *none = program_get(folder, "none/city.csv");
        assert_string_equal(late, none);
        free(late);
        free(none);
        return;
    }
    fail_msg("no lever to test it with");
}

/* EUR or hours of all payers together in the first whole year. */
static double spent(const char *name, const char *measured_in)
{
    char *out = wks_folder_path(folder, name);
    wks_csv csv = table(out, "budget.csv");
    double sum = 0;
    for (size_t row = 0; row < csv.n_rows; row++) {
        double amount = 0;
        if (strcmp(wks_csv_cell(&csv, row, wks_csv_column(&csv, "owner")), "total") != 0) continue;
        if (strcmp(wks_csv_cell(&csv, row, wks_csv_column(&csv, "year")), "2026") != 0) continue;
        if (strcmp(wks_csv_cell(&csv, row, wks_csv_column(&csv, "measured_in")), measured_in) != 0) continue;
        if (strcmp(wks_csv_cell(&csv, row, wks_csv_column(&csv, "item")), "total") != 0) continue;
        assert_true(wks_text_parse_double(wks_csv_cell(&csv, row, wks_csv_column(&csv, "amount")), &amount));
        sum += amount;
    }
    wks_csv_free(&csv);
    free(out);
    return sum;
}

/* After the test above, in whose folder the runs are. */
static void both_perspectives_and_their_combination_have_one_budget(void **state)
{
    static const char *const perspective[] = {"perspectief_tegengaan", "perspectief_beheren", "perspectief_combinatie"};
    (void)state;
    for (size_t i = 0; i < sizeof perspective / sizeof *perspective; i++) {
        assert_close(spent(perspective[i], "EUR"), -2400000, 0, 0.005);
        assert_close(spent(perspective[i], "hours"), 52 * 240, 0, 0.05);
    }
    assert_close(spent(levers_nothing, "EUR"), 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_has_its_head_and_a_name_of_its_own),
        cmocka_unit_test(a_lever_acts_within_two_years_on_what_it_says),
        cmocka_unit_test(both_perspectives_and_their_combination_have_one_budget),
        cmocka_unit_test(event_after_the_last_tick_warns_and_does_nothing),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
