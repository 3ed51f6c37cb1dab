/* The shipped scenarios without a city by the ordinary commands: known answers in the ordinary tables, also at other values. */
#include "cli/model_rows.h"

static const char *const shipped[] = {"waiting_list", "lottery", "lottery_chance", "mmc", "priority", "impatience", "arnosti_shi"};

static char *path_of(const char *name)
{
    char file[64];

    (void)snprintf(file, sizeof file, "scenarios/exact/%s.cfg", name);
    return program_source(file);
}

static void shipped_files_are_good_and_can_be_shown(void **state)
{
    fixture *f = *state;

    for (size_t i = 0; i < sizeof shipped / sizeof *shipped; i++) {
        char *path = path_of(shipped[i]);
        wks_run run = program_run(f->folder, 0, "check", path, NULL);
        assert_contains(run.out, "without a city");
        assert_string_equal(run.err, "");
        wks_run_free(&run);
        run = program_run(f->folder, 0, "show", path, NULL);
        assert_contains(run.out, "warmup");
        wks_run_free(&run);
        run = program_run(f->folder, 0, "check", "--json", path, NULL);
        assert_contains(run.out, "\"warmup\"");
        wks_run_free(&run);
        free(path);
    }
}

static void list_and_lottery_are_exact_at_any_values(void **state)
{
    fixture *f = *state;
    char *list = path_of("waiting_list"), *lottery = path_of("lottery"), *a = wks_folder_path(f->folder, "a");
    char *b = wks_folder_path(f->folder, "b");

    program_do(f->folder, 0, "run", list, "-q", "-r", "3", "--verify", "-o", "a", NULL);
    assert_true(summary(a, 2000, "wait_mean", "", MEAN) == 12 && summary(a, 2000, "wait_variance", "", MEAN) == 0);
    assert_true(summary(a, 2000, "housed", "", MEAN) == 10000 && summary(a, 2000, "housed", "", SD) == 0);
    program_do(f->folder, 0, "run", list, "-q", "-r", "3", "--force", "-o", "a", "--set", "pool.waiting=300", "--set", "pool.housed=20",
               "--set", "pool.joining=20", NULL);
    assert_true(summary(a, 2000, "wait_mean", "", MEAN) == 15 && summary(a, 2000, "wait_variance", "", HIGH) == 0);
    /* The order is the rule set's: the list becomes the lottery, and houses as many. */
    program_do(f->folder, 0, "run", list, "-q", "-r", "20", "--force", "-o", "a", "--set", "rules.regio.order.0.part=lot", NULL);
    program_do(f->folder, 0, "run", lottery, "-q", "-r", "20", "-o", "b", NULL);
    program_assert_same(a, b, "buurt.csv");
    assert_true(summary(a, 2000, "wait_mean", "", MEAN) == summary(b, 2000, "wait_mean", "", MEAN));
    assert_true(summary(b, 2000, "housed", "", MEAN) == 10000);
    assert_true(fabs(summary(b, 2000, "wait_variance", "", MEAN) - 132) < 4 * summary(b, 2000, "wait_variance", "", SD) / sqrt(20));
    free(list);
    free(lottery);
    free(a);
    free(b);
}

static void chance_of_104_entries_is_9_percent(void **state)
{
    fixture *f = *state;
    char *path = path_of("lottery_chance"), *out = wks_folder_path(f->folder, "out");

    program_do(f->folder, 0, "run", path, "-q", "-o", "out", NULL);
    wks_run explained = program_run(f->folder, 2, "explain", "out", "--letting", "1", NULL);
    assert_non_null(strstr(explained.err, "without a city"));
    wks_run_free(&explained);
    assert_close(summary(out, 100, "chance", "", MEAN), 0.0907, 0, 0.0005);
    free(path);
    free(out);
}

/* 99 % interval over replications by hand, and that of summary.csv (95 %) by hand too. */
static void mmc_has_its_mean_inside_the_interval(void **state)
{
    fixture *f = *state;
    char *path = path_of("mmc"), *out = wks_folder_path(f->folder, "out");
    const char *const order[] = {"inschrijfduur", "lot"};
    const double t_95 = 2.262157162740992, t_99 = 3.249835541592136; /* Student, 9 degrees of freedom */

    for (int i = 0; i < 2; i++) {
        char set[64];
        double value[10], sum = 0, squares = 0;
        (void)snprintf(set, sizeof set, "rules.regio.order.0.part=%s", order[i]);
        program_do(f->folder, 0, "run", path, "-q", "--force", "-r", "10", "-o", "out", "--set", set, NULL);
        assert_int_equal(values_of(out, "city.csv", 2, 2020000, "wait_mean", "", 7, value, 10), 10);
        for (int r = 0; r < 10; r++)
            sum += value[r];
        for (int r = 0; r < 10; r++)
            squares += (value[r] - sum / 10) * (value[r] - sum / 10);
        const double error = sqrt(squares / 9 / 10);
        assert_close(summary(out, 2020000, "wait_mean", "", MEAN), sum / 10, 1e-9, 0);
        assert_close(summary(out, 2020000, "wait_mean", "", LOW), sum / 10 - t_95 * error, 1e-6, 0);
        assert_close(summary(out, 2020000, "wait_mean", "", HIGH), sum / 10 + t_95 * error, 1e-6, 0);
        assert_true(fabs(sum / 10 - 40.918) < t_99 * error);
        assert_true(t_99 * error < 0.1 * 40.918);
    }
    free(path);
    free(out);
}

static void priority_and_regular_have_rows_of_their_own(void **state)
{
    fixture *f = *state;
    char *path = path_of("priority"), *out = wks_folder_path(f->folder, "out");

    program_do(f->folder, 0, "run", path, "-q", "-r", "4", "-t", "60000", "-o", "out", NULL);
    const double all = summary(out, 60000, "housed", "", MEAN), first = summary(out, 60000, "housed", "priority", MEAN);
    assert_close(first + summary(out, 60000, "housed", "regular", MEAN), all, 1e-9, 0);
    assert_close(first / all, 0.2, 0, 0.03);
    assert_true(summary(out, 60000, "wait_mean", "priority", MEAN) < 0.5 * summary(out, 60000, "wait_mean", "regular", MEAN));
    free(path);
    free(out);
}

/* The same bytes by one thread, by two, in two parts, and after --resume. */
static void bytes_do_not_depend_on_threads_or_parts(void **state)
{
    fixture *f = *state;
    char *path = path_of("impatience"), *one = wks_folder_path(f->folder, "one"), *two = wks_folder_path(f->folder, "two");
    char *parts = wks_folder_path(f->folder, "parts_of_it");

    program_do(f->folder, 0, "run", path, "-q", "-t", "30000", "-r", "4", "-j", "1", "--verify", "-o", "one", NULL);
    program_do(f->folder, 0, "run", path, "-q", "-t", "30000", "-r", "4", "-j", "2", "-o", "two", NULL);
    program_do(f->folder, 0, "run", path, "-q", "-t", "30000", "-r", "1-2", "-o", "parts_of_it", NULL);
    program_do(f->folder, 0, "run", path, "-q", "-t", "30000", "-r", "4", "--resume", "-o", "parts_of_it", NULL);
    program_assert_same_run(one, two);
    program_assert_same(one, parts, "city.csv");
    program_assert_same(one, parts, "summary.csv");
    program_assert_status(parts, "complete");
    program_do(f->folder, 0, "run", "one/scenario.cfg", "-q", "-o", "again", NULL); /* the resolved scenario reruns to the same */
    char *again = wks_folder_path(f->folder, "again");
    program_assert_same_run(one, again);
    free(path);
    free(one);
    free(two);
    free(parts);
    free(again);
}

static void other_tables_have_a_header_only(void **state)
{
    fixture *f = *state;
    char *path = path_of("waiting_list"), *out = wks_folder_path(f->folder, "out");

    program_do(f->folder, 0, "run", path, "-q", "-r", "1", "-o", "out", NULL);
    for (int i = 0; i < 3; i++) {
        char *text = program_get(out, (const char *const[]){"buurt.csv", "lettings.csv", "queue.csv"}[i]);
        assert_true(strlen(text) > 0);
        assert_ptr_equal(strchr(text, '\n'), text + strlen(text) - 1);
        free(text);
    }
    assert_false(program_has(out, "map.gpkg"));
    program_do(f->folder, 0, "report", "out", NULL);
    assert_true(program_has(out, "report.html"));
    free(path);
    free(out);
}

static void list_and_lottery_can_be_compared(void **state)
{
    fixture *f = *state;
    char *list = path_of("waiting_list"), *lottery = path_of("lottery"), *out = wks_folder_path(f->folder, "out");

    program_do(f->folder, 0, "compare", list, lottery, "-q", "-r", "10", "-o", "out", NULL);
    char *text = program_get(out, "contrasts.csv");
    assert_contains(text, "waiting_list,lottery,2000,,wait_variance,,,,,10,0,");
    assert_contains(text, "waiting_list,lottery,2000,,housed,,,,,10,10000,10000,0,0,0,paired t,,,,exactly equal");
    free(text);
    free(list);
    free(lottery);
    free(out);
}

static void rules_and_keys_errors(void **state)
{
    static const wrong_setting wrong[] = {
        {"mmc", "rules.regio.order.0.part=points", "part \"points\" in order means nothing in a scenario with queue"},
        {"lottery", "rules.regio.filters=({part=\"passend\";})", "part \"passend\" in filters means nothing in a scenario with pool"},
        {"lottery_chance", "rules.regio.order.0.part=inschrijfduur", "part \"inschrijfduur\" in order means nothing"},
        {"mmc", "queue.dwellings=0", "dwellings is 0; expected a whole number from 1"},
        {"mmc", "queue.dweling=3", "unknown key 'dweling' in queue; nearest valid name is 'dwellings'"},
        {"mmc", "city=modelstad", "unknown key 'city' in a scenario without a city"},
        {"arnosti_shi", "choice.types.low_need.share=0.5", "the shares of the types add up to 1.1; expected 1"},
    };

    assert_refused(*state, wrong, sizeof wrong / sizeof *wrong, path_of);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(shipped_files_are_good_and_can_be_shown),
        with_fixture(list_and_lottery_are_exact_at_any_values),
        with_fixture(chance_of_104_entries_is_9_percent),
        with_fixture(mmc_has_its_mean_inside_the_interval),
        with_fixture(priority_and_regular_have_rows_of_their_own),
        with_fixture(bytes_do_not_depend_on_threads_or_parts),
        with_fixture(other_tables_have_a_header_only),
        with_fixture(list_and_lottery_can_be_compared),
        with_fixture(rules_and_keys_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
