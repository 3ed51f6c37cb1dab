/* The ready rule sets of scenarios/rules/: each is checked and runs the same with any threads, what it is about decides, and its lettings are explained. */
#include "base/csv.h"
#include "cli/program.h"

/* A new file in the folder needs a line here. */
typedef struct rule_set {
    const char *file, *name; /* file without .cfg, name of the scenario in it */
    const char *decides;     /* an order key that must put somebody first */
    const char *channel;     /* a channel that must let */
    const char *excludes;    /* a filter that must keep somebody out */
    const char *warnings[5]; /* what `check --population` may warn of: nothing else */
} rule_set;

static const rule_set sets[] = {
    {"alle_delen",
     NULL,
     "points",
     "gemengd_wonen",
     "geen_huurschuld",
     {"is an assumption", "channel 'uitstroom' is for people that nobody is of", "'plafond': ", "'mix' is not kept at the start",
      "'max_sociaal' is not kept at the start"}},
    {"amsterdam_2022", NULL, "inschrijfduur", "lootwoning", "ties", {NULL}},
    {"amsterdam_2023", NULL, "points", "lootwoning", "ties", {NULL}},
    {"arnhem_nijmegen_entree", NULL, "kept_seniority", "bemiddeling", NULL, {NULL}},
    {"breda_maximum_3", NULL, "inschrijfduur", "direct_te_huur", "ties", {"'social_ceiling' is not kept at the start"}},
    {"breda_zonder_maximum", NULL, "reaction_time", "direct_te_huur", "ties", {"'social_ceiling' is not kept at the start"}},
    {"gemengd_50_50", NULL, "wait", "gemengd_wonen", "mix", {"'mix' is not kept at the start"}},
    {"gemengd_70_30", NULL, "wait", "gemengd_wonen", "mix", {"'mix' is not kept at the start"}},
    {"groningen", NULL, "label_first", "jongeren_loting", NULL, {NULL}},
    {"inschrijfduur", NULL, "inschrijfduur", "advertised", NULL, {NULL}},
    {"loting", "loting_alles", "lot", "advertised", NULL, {NULL}},
    {"tilburg", NULL, "reaction_time", "direct_te_huur", "art10", {"has to be extended"}},
    {"versterking_regie_aan", NULL, "urgency", "aanbod", NULL, {NULL}},
    {"versterking_regie_uit", NULL, "urgency", "aanbod", NULL, {NULL}},
    {"wbmgp", NULL, "art9", "aanbod", "art8", {"has to be extended"}},
};
enum { N_SETS = sizeof sets / sizeof *sets };

/* ---- one folder with a run of each, made once ---- */

static char *folder;

static char *path_of(const rule_set *set)
{
    char name[80];
    (void)snprintf(name, sizeof name, "scenarios/rules/%s.cfg", set->file);
    return program_source(name);
}

static int begin(void **state)
{
    (void)state;
    folder = wks_folder_make();
    return 0;
}

static int end(void **state)
{
    (void)state;
    wks_folder_remove(folder);
    return 0;
}

/* December 2025, so that the year holds the month at which the bill aims, and the Wbmgp designations. */
#define YEAR "-t", "12", "-r", "1", "-q", "--set", "start=2025-12"

/* Runs the year once, with verification and one thread, into <folder>/<file>. */
static char *run_once(const rule_set *set)
{
    char *out = wks_folder_path(folder, set->file), *path = path_of(set);
    if (!program_has(folder, set->file)) program_do(folder, 0, "run", path, YEAR, "--verify", "-j", "1", "-o", out, NULL);
    free(path);
    return out;
}

static const char *cell(const wks_csv *csv, size_t row, const char *column)
{
    const int at = wks_csv_column(csv, column);
    assert_true(at >= 0);
    return wks_csv_cell(csv, row, at);
}

static const rule_set *set_of(const char *file)
{
    for (int i = 0; i < N_SETS; i++)
        if (strcmp(sets[i].file, file) == 0) return &sets[i];
    fail_msg("no rule set %s", file);
    return NULL;
}

/* The number behind "name:" in "part:count;part:count". */
static int64_t counted(const char *text, const char *name)
{
    const size_t n = strlen(name);
    for (const char *at = text; *at != '\0'; at += strcspn(at, ";"), at += *at == ';')
        if (strncmp(at, name, n) == 0 && at[n] == ':') return strtoll(at + n + 1, NULL, 10);
    return 0;
}

/* ---- tests ---- */

static void every_file_of_the_folder_is_tested_and_has_its_head(void **state)
{
    static const char *const head[] = {"// Question: ", "// Source: ", "// Basis: ", "// Expected outcome: "};
    char *rules = program_source("scenarios/rules"), **names = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;

    (void)state;
    assert_ok(wks_file_list(rules, &names, &n, &err), &err);
    assert_int_equal(n, N_SETS);
    for (size_t i = 0; i < n; i++) {
        char *text = program_get(rules, names[i]), *dot = strrchr(names[i], '.');
        const char *at = text;
        for (size_t k = 0; k < sizeof head / sizeof *head; k++) { /* in this order, each at the start of a line */
            at = strstr(at, head[k]);
            if (at == NULL || (at != text && at[-1] != '\n')) fail_msg("%s: no line '%s...' in its place", names[i], head[k]);
        }
        assert_non_null(dot);
        *dot = '\0';
        (void)set_of(names[i]);
        free(text);
        free(names[i]);
    }
    free((void *)names);
    free(rules);
}

static void check_warns_of_nothing_but_what_is_meant(void **state)
{
    (void)state;
    for (int i = 0; i < N_SETS; i++) {
        char *path = path_of(&sets[i]), *rest = NULL;
        wks_run run = program_run(folder, 0, "check", path, "--population", NULL);
        for (char *line = strtok_r(run.err, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
            bool is_meant = false;
            for (int k = 0; k < 5 && sets[i].warnings[k] != NULL; k++)
                is_meant = is_meant || strstr(line, sets[i].warnings[k]) != NULL;
            if (!is_meant) fail_msg("%s: %s", sets[i].file, line);
        }
        wks_run_free(&run);
        free(path);
    }
}

static void runs_are_the_same_with_two_threads(void **state)
{
    (void)state;
    for (int i = 0; i < N_SETS; i++) {
        char *one = run_once(&sets[i]), *two = wks_folder_path(folder, "two"), *path = path_of(&sets[i]);
        program_do(folder, 0, "run", path, YEAR, "-j", "2", "--force", "-o", two, NULL); /* verified above: the same state */
        program_assert_same_run(one, two);
        free(one);
        free(two);
        free(path);
    }
}

static void what_a_rule_set_is_about_decides(void **state)
{
    (void)state;
    for (int i = 0; i < N_SETS; i++) {
        const rule_set *set = &sets[i];
        char *out = run_once(set);
        wks_csv csv = program_table(out, "lettings.csv");
        int64_t n_decided = 0, n_let = 0, n_excluded = 0;
        for (size_t row = 0; row < csv.n_rows; row++) {
            assert_string_equal(cell(&csv, row, "scenario"), set->name == NULL ? set->file : set->name);
            n_decided += strcmp(cell(&csv, row, "order_key"), set->decides) == 0;
            n_let += strcmp(cell(&csv, row, "channel"), set->channel) == 0;
            if (set->excludes != NULL) n_excluded += counted(cell(&csv, row, "excluded"), set->excludes);
        }
        if (n_decided == 0) fail_msg("%s: no letting was decided by %s", set->file, set->decides);
        if (n_let == 0) fail_msg("%s: nothing let through %s", set->file, set->channel);
        if (set->excludes != NULL && n_excluded == 0) fail_msg("%s: %s kept nobody out", set->file, set->excludes);
        wks_csv_free(&csv);
        free(out);
    }
}

/* The last letting of the first month that came through the channel in question: told with its rules, its channel and who got it. */
static void a_letting_of_each_is_explained(void **state)
{
    (void)state;
    for (int i = 0; i < N_SETS; i++) {
        char *out = run_once(&sets[i]);
        wks_csv csv = program_table(out, "lettings.csv");
        size_t row = 0;
        while (row < csv.n_rows && strcmp(cell(&csv, row, "channel"), sets[i].channel) != 0)
            row++;
        assert_true(row < csv.n_rows);
        wks_run run = program_run(folder, 0, "explain", out, "--letting", cell(&csv, row, "letting"), NULL);
        assert_contains(run.out, cell(&csv, row, "household"));
        assert_contains(run.out, sets[i].channel);
        assert_contains(run.out, "ACCEPTED");
        assert_null(strstr(run.out, "in order of \n"));
        if (strcmp(sets[i].channel, "gemengd_wonen") == 0) assert_contains(run.out, "the only one for such dwellings");
        wks_run_free(&run);
        wks_csv_free(&csv);
        free(out);
    }
}

/* Lists a household stood on, by month; the most in one. */
static int most_lists(const char *out, const char *household)
{
    int n_now = 0, most = 0;
    int64_t now = -1;
    wks_json *json = NULL;
    wks_err err = WKS_ERR_INIT;
    wks_run run = program_run(folder, 0, "explain", out, "--household", household, "--json", NULL);
    assert_ok(wks_json_parse(run.out, strlen(run.out), &json, &err), &err);
    const wks_json *lists = wks_json_get(json, "lists");
    for (size_t i = 0; i < wks_json_size(lists); i++) {
        const int64_t tick = wks_json_int(wks_json_get(wks_json_at(lists, i), "tick"));
        n_now = tick == now ? n_now + 1 : 1;
        now = tick;
        most = n_now > most ? n_now : most;
    }
    wks_json_free(json);
    wks_run_free(&run);
    return most;
}

static double of_the_year(const char *out, const char *indicator)
{
    wks_csv csv = program_table(out, "city.csv");
    double value = 0;
    bool is_there = false;
    for (size_t row = 0; row < csv.n_rows; row++) {
        if (strcmp(cell(&csv, row, "tick"), "12") != 0 || strcmp(cell(&csv, row, "indicator"), indicator) != 0) continue;
        if (cell(&csv, row, "group")[0] != '\0') continue;
        is_there = wks_text_parse_double(cell(&csv, row, "value"), &value);
    }
    wks_csv_free(&csv);
    assert_true(is_there);
    return value;
}

/* Of those housed by lot in the last months: with many reactions each, so the cap binds. */
static void nobody_reacts_more_than_three_times_a_month_under_the_maximum(void **state)
{
    char *capped = run_once(set_of("breda_maximum_3")), *free_of_it = run_once(set_of("breda_zonder_maximum"));
    wks_csv csv = program_table(capped, "lettings.csv");
    int n = 0, highest = 0;

    (void)state;
    for (size_t row = csv.n_rows; row-- > 0 && n < 4;) {
        if (strcmp(cell(&csv, row, "reason"), "ranked") != 0 || cell(&csv, row, "months_searching")[0] == '\0') continue;
        const int most = most_lists(capped, cell(&csv, row, "household"));
        highest = most > highest ? most : highest;
        n++;
    }
    assert_int_equal(n, 4);
    assert_in_range(highest, 1, 3);
    assert_true(of_the_year(capped, "reactions_per_advert") < 0.75 * of_the_year(free_of_it, "reactions_per_advert"));
    wks_csv_free(&csv);
    free(capped);
    free(free_of_it);
}

/* Whether two runs let the same homes to the same households up to a month. */
static bool is_same_until(const char *a, const char *b, int64_t last_tick)
{
    wks_csv x = program_table(a, "lettings.csv"), y = program_table(b, "lettings.csv");
    bool is_same = true;
    for (size_t row = 0; row < x.n_rows && is_same; row++) {
        if (strtoll(cell(&x, row, "tick"), NULL, 10) > last_tick) break;
        is_same = row < y.n_rows && strcmp(cell(&x, row, "household"), cell(&y, row, "household")) == 0 &&
                  strcmp(cell(&x, row, "unit"), cell(&y, row, "unit")) == 0;
    }
    wks_csv_free(&x);
    wks_csv_free(&y);
    return is_same;
}

/* The bill aims at July 2026: half a year is the same, and then it is not. */
static void bill_on_and_off_part_in_the_month_it_aims_at(void **state)
{
    char *off = run_once(set_of("versterking_regie_uit")), *on = run_once(set_of("versterking_regie_aan"));

    (void)state;
    assert_true(is_same_until(off, on, 6)); /* ticks 1 to 6: January to June 2026 */
    assert_false(is_same_until(off, on, 12));
    free(off);
    free(on);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_of_the_folder_is_tested_and_has_its_head),
        cmocka_unit_test(check_warns_of_nothing_but_what_is_meant),
        cmocka_unit_test(runs_are_the_same_with_two_threads),
        cmocka_unit_test(what_a_rule_set_is_about_decides),
        cmocka_unit_test(a_letting_of_each_is_explained),
        cmocka_unit_test(nobody_reacts_more_than_three_times_a_month_under_the_maximum),
        cmocka_unit_test(bill_on_and_off_part_in_the_month_it_aims_at),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
