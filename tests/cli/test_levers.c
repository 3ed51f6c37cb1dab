/* Every lever of scenarios/levers/ has its head, is read without an error, and acts within 24 months on what it says it acts on; what is compared at equal budget is. */
#include "cli/levers.h"

enum { MONTHS = 24 };

static levers_file lever[LEVERS_MAX];
static int n_levers;
static char *folder;

static int begin(void **state)
{
    (void)state;
    n_levers = levers_all(lever);
    folder = wks_folder_make();
    return 0;
}

static int end(void **state)
{
    (void)state;
    for (int i = 0; i < n_levers; i++)
        levers_free(&lever[i]);
    wks_folder_remove(folder);
    return 0;
}

/* ---- tables ---- */

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

/* How many of a lever's claims differ from doing nothing over these months; -1: one is about rows that are not there (said, if `says`: there will be none). */
static int acts_over(const levers_file *file, const char *months, const wks_csv *city, const wks_csv *buurt, bool says)
{
    char *out = levers_run(file, folder, months, false);
    wks_csv own_city = program_table(out, "city.csv"), own_buurt = program_table(out, "buurt.csv");
    int n_acts = 0;
    for (int k = 0; k < file->n_acts && n_acts >= 0; k++) {
        const levers_claim *claim = &file->acts[k];
        const bool is_area = claim->area[0] != '\0';
        char *without = values_of(is_area ? buurt : city, claim), *with = values_of(is_area ? &own_buurt : &own_city, claim);
        if (without[0] == '\0' && says) print_error("%s: no such row: %s:%s@%s\n", file->name, claim->indicator, claim->group, claim->area);
        n_acts = without[0] == '\0' ? -1 : n_acts + (strcmp(without, with) != 0);
        free(without);
        free(with);
    }
    wks_csv_free(&own_city);
    wks_csv_free(&own_buurt);
    free(out);
    return n_acts;
}

/* Many act in the first two months, most in the first year; the others are given the second. */
static void a_lever_acts_within_two_years_on_what_it_says(void **state)
{
    static const char *const months[] = {"2", "12", "24"};
    enum { LAST = sizeof months / sizeof *months - 1 };
    bool is_done[LEVERS_MAX] = {false};
    int n_left = 0;
    (void)state;
    for (int span = 0; span <= LAST; span++) {
        char *reference = levers_run(&lever[0], folder, months[span], false);
        wks_csv city = program_table(reference, "city.csv"), buurt = program_table(reference, "buurt.csv");
        n_left = 0;
        for (int i = 1; i < n_levers; i += LEVERS_STEP) {
            if (is_done[i]) continue;
            const int n_acts = acts_over(&lever[i], months[span], &city, &buurt, span == LAST);
            is_done[i] = n_acts > 0;
            n_left += n_acts <= 0;
            if (span == LAST && n_acts == 0) print_error("%s acts on nothing of what it names\n", lever[i].name);
        }
        wks_csv_free(&city);
        wks_csv_free(&buurt);
        free(reference);
    }
    assert_int_equal(n_left, 0);
}

/* EUR or hours of programmes, of all payers together, in 2026, the first whole year; the standing pool and care contracts follow households. */
static double spent(const char *out, const char *measured_in)
{
    wks_csv csv = program_table(out, "budget.csv");
    double sum = 0;
    for (size_t row = 0; row < csv.n_rows; row++) {
        double amount = 0;
        if (strcmp(wks_csv_cell(&csv, row, wks_csv_column(&csv, "owner")), "total") != 0) continue;
        if (strcmp(wks_csv_cell(&csv, row, wks_csv_column(&csv, "year")), "2026") != 0) continue;
        if (strcmp(wks_csv_cell(&csv, row, wks_csv_column(&csv, "measured_in")), measured_in) != 0) continue;
        const char *item = wks_csv_cell(&csv, row, wks_csv_column(&csv, "item"));
        if (strcmp(item, "total") == 0 || strcmp(item, "pool") == 0 || strcmp(item, "care") == 0) continue;
        assert_true(wks_text_parse_double(wks_csv_cell(&csv, row, wks_csv_column(&csv, "amount")), &amount));
        sum += amount;
    }
    wks_csv_free(&csv);
    return sum;
}

static void both_perspectives_and_their_combination_have_one_budget(void **state)
{
    int n = 0;
    (void)state;
    for (int i = 0; i < n_levers; i++) {
        const bool is_perspective = strncmp(lever[i].name, "perspectief_", strlen("perspectief_")) == 0;
        if (!is_perspective && i > 0) continue;
        char *out = levers_run(&lever[i], folder, "24", false);
        assert_close(spent(out, "EUR"), is_perspective ? -2400000 : 0, 0, 0.005);
        assert_close(spent(out, "hours"), is_perspective ? 52 * 240 : 0, 0, 0.05);
        n += is_perspective;
        free(out);
    }
    assert_int_equal(n, 3);
}

/* A base may name events for later years than a short run has: it says so, and runs. */
static void event_after_the_last_tick_warns_and_does_nothing(void **state)
{
    (void)state;
    for (int i = 1; i < n_levers; i++) {
        if (strcmp(lever[i].name, "ageing_in_place") != 0) continue; /* names no areas, over which something would be measured */
        program_says(folder, 0, "this event never happens", "run", lever[i].path, "-t", "2", "-r", "1", "--set",
                     "timeline.thuis.at=2025-04", "-o", "late", NULL);
        program_do(folder, 0, "run", lever[0].path, "-t", "2", "-r", "1", "-q", "--set", "name=ageing_in_place", "-o", "none", NULL);
        char *late = program_get(folder, "late/city.csv"), *none = program_get(folder, "none/city.csv");
        assert_string_equal(late, none);
        free(late);
        free(none);
        return;
    }
    fail_msg("no lever to test it with");
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
