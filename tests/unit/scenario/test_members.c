#include "scenario/members.h"

#include "scenario/settings.h"
#include "world/columns.h"

#include "support/folder.h"
#include "unit/scenario/catalogue.h"

/* A scenario in a folder with the set beside it. */
typedef struct fixture {
    char *folder, *path;
} fixture;

static int begin(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    wks_text text = WKS_TEXT_INIT;
    f->folder = wks_folder_make();
    const int n = (int)(strstr(test_scenario, "processes = {") - test_scenario);
    wks_text_addf(&text, "%.*sprocesses = { neighbourhood = { members = \"set\"; }; };\n", n, test_scenario);
    f->path = wks_folder_put(f->folder, "test.cfg", text.data);
    wks_text_free(&text);
    *state = f;
    return 0;
}

static int end(void **state)
{
    fixture *f = *state;
    free(f->path);
    wks_folder_remove(f->folder);
    free(f);
    return 0;
}

static reading read_with(const fixture *f, const char *csv, const char *set)
{
    reading r = {.problems = WKS_PROBLEMS_INIT, .err = WKS_ERR_INIT};
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    options.set = &set;
    options.n_set = set != NULL;
    if (csv != NULL) free(wks_folder_put(f->folder, "set.csv", csv));
    r.rc = wks_read_scenario(f->path, &options, &test_catalogue, &r.scenario, &r.problems, &r.err);
    return r;
}

static const char good[] = "# how it was made, with a, comma and \"quotes\n"
                           "processes.neighbourhood.d_s,member,processes.market.n_sample\n"
                           "# in between\n"
                           "0.5,3,10\n"
                           "1.3,1,40\n";

static void set_is_read_by_the_names_of_its_columns(void **state)
{
    reading r = read_with(*state, good, NULL);
    const wks_members *m = r.scenario.members;
    assert_ok(r.rc, &r.err);
    assert_int_equal(m->n, 2);
    assert_int_equal(m->n_columns, 2);
    assert_int_equal(m->number[0], 3);
    assert_int_equal(m->number[1], 1);
    assert_close(m->value[2], 1.3, 0, 0);
    assert_close(m->value[3], 40, 0, 0);
    assert_string_equal(r.scenario.process[m->process[0]].spec->name, "neighbourhood");
    assert_string_equal(r.scenario.process[m->process[1]].spec->param[m->param[1]].name, "n_sample");
    reading_free(&r);
}

/* Uniform, the same for equal (population seed, number) whatever else the scenario says, others under another population seed. */
static void member_is_drawn_by_population_seed_and_number(void **state)
{
    reading a = read_with(*state, good, NULL), b = read_with(*state, NULL, "seeds.dynamics=99"),
            c = read_with(*state, NULL, "seeds.population=5");
    int n_first = 0, n_other = 0;
    assert_ok(a.rc, &a.err);
    for (int32_t k = 1; k <= 400; k++) {
        const int32_t row = wks_members_row(&a.scenario, WKS_MEMBERS_THEORY, k);
        assert_true(row == 0 || row == 1);
        assert_int_equal(wks_members_row(&b.scenario, WKS_MEMBERS_THEORY, k), row);
        assert_int_equal(wks_members_number(&a.scenario, WKS_MEMBERS_THEORY, k), row == 0 ? 3 : 1);
        n_first += row == 0;
        n_other += wks_members_row(&c.scenario, WKS_MEMBERS_THEORY, k) != row;
    }
    assert_in_range(n_first, 160, 240); /* binomial(400, 1/2): four standard deviations */
    assert_in_range(n_other, 160, 240);
    reading_free(&a);
    reading_free(&b);
    reading_free(&c);
}

static void member_sets_its_columns_and_nothing_else(void **state)
{
    reading r = read_with(*state, good, NULL), none = read_with(*state, NULL, "processes.neighbourhood.theory=\"T0\"");
    wks_settings own[3];
    int32_t number = 1;
    assert_ok(r.rc, &r.err);
    assert_int_equal(r.scenario.n_processes, 3);
    memcpy(own, none.scenario.process, sizeof own);
    wks_members_apply(&none.scenario, 1, own);
    assert_memory_equal(own, none.scenario.process, sizeof own);
    while (wks_members_row(&r.scenario, WKS_MEMBERS_THEORY, number) != 1)
        number++;
    memcpy(own, r.scenario.process, sizeof own);
    wks_members_apply(&r.scenario, number, own);
    assert_close(wks_settings_value_or(&own[2], "d_s", 0), 1.3, 0, 0);
    assert_close(wks_settings_value_or(&own[1], "n_sample", 0), 40, 0, 0);
    assert_close(wks_settings_value_or(&own[2], "a_v", 0), 0.35, 0, 0);
    assert_close(wks_settings_value_or(&r.scenario.process[2], "d_s", 0), 0.14, 0, 0); /* the scenario's own stay */
    reading_free(&r);
    reading_free(&none);
}

/* Beside T1's own set, or without it; drawn apart; whatever the theory. */
static void calibrated_set_is_carried_by_the_key_members(void **state)
{
    const fixture *f = *state;
    free(wks_folder_put(f->folder, "left.csv", "member,processes.market.b_price,weight\n1,0.5,1\n2,2.5,3\n"));
    wks_text set = WKS_TEXT_INIT;
    wks_text_addf(&set, "members=\"%s/left.csv\"", f->folder);
    reading r = read_with(f, "member,processes.neighbourhood.d_s\n1,0.2\n2,0.4\n", set.data), none = read_with(f, NULL, NULL);
    wks_settings own[3];
    int n_second = 0, n_both = 0;
    assert_ok(r.rc, &r.err);
    assert_int_equal(r.scenario.calibrated->n, 2);
    assert_null(none.scenario.calibrated);
    assert_string_not_equal(r.scenario.hash, none.scenario.hash);
    for (int32_t k = 1; k <= 400; k++) {
        const int32_t row = wks_members_row(&r.scenario, WKS_MEMBERS_CALIBRATED, k);
        assert_int_equal(wks_members_number(&r.scenario, WKS_MEMBERS_CALIBRATED, k), row + 1);
        assert_int_equal(wks_members_number(&none.scenario, WKS_MEMBERS_CALIBRATED, k), 0);
        memcpy(own, r.scenario.process, sizeof own);
        wks_members_apply(&r.scenario, k, own);
        assert_close(wks_settings_value_or(&own[1], "b_price", 0), row == 0 ? 0.5 : 2.5, 0, 0);
        assert_close(wks_settings_value_or(&own[2], "d_s", 0), wks_members_number(&r.scenario, WKS_MEMBERS_THEORY, k) == 1 ? 0.2 : 0.4, 0,
                     0);
        n_second += row == 1;
        n_both += row == 1 && wks_members_row(&r.scenario, WKS_MEMBERS_THEORY, k) == 1;
    }
    assert_in_range(n_second, 265, 335); /* binomial(400, 3/4): four standard deviations */
    assert_in_range(n_both, 112, 188);   /* binomial(400, 3/8): they are drawn apart */
    wks_text_free(&set);
    reading_free(&r);
    reading_free(&none);
}

static void one_parameter_in_both_sets_told_at_its_line(void **state)
{
    const fixture *f = *state;
    wks_text own = WKS_TEXT_INIT, text = WKS_TEXT_INIT;
    free(wks_folder_put(f->folder, "left.csv", "member,processes.neighbourhood.d_s\n1,0.5\n"));
    free(wks_folder_put(f->folder, "set.csv", good));
    const int n = (int)(strstr(test_scenario, "processes = {") - test_scenario);
    wks_text_addf(&own, "%.*sprocesses = { neighbourhood = { members = \"set\"; }; };\nmembers = \"left\";\n", n, test_scenario);
    free(wks_folder_put(f->folder, "test.cfg", own.data));
    reading r = read_with(f, NULL, NULL), other = read_with(f, NULL, "processes.neighbourhood.theory=\"T2\"");
    wks_problems_print(&r.problems, &text);
    assert_int_equal(r.rc, WKS_ERR_DATA);
    assert_contains(text.data, "test.cfg:20:11: error: members sets processes.neighbourhood.d_s, and so does ");
    assert_ok(other.rc, &other.err); /* T1's set is not used there */
    wks_text_free(&own);
    wks_text_free(&text);
    reading_free(&r);
    reading_free(&other);
}

static void other_theories_take_no_member(void **state)
{
    reading t0 = read_with(*state, good, "processes.neighbourhood.theory=\"T0\""),
            t2 = read_with(*state, NULL, "processes.neighbourhood.theory=\"T2\"");
    reading none = read_with(*state, NULL, "processes.neighbourhood.members=\"\"");
    assert_ok(t0.rc, &t0.err);
    assert_int_equal(wks_members_row(&t0.scenario, WKS_MEMBERS_THEORY, 1), WKS_NONE);
    assert_int_equal(wks_members_number(&t2.scenario, WKS_MEMBERS_THEORY, 1), 0);
    assert_null(none.scenario.members);
    assert_int_equal(wks_members_row(&none.scenario, WKS_MEMBERS_THEORY, 1), WKS_NONE);
    reading_free(&t0);
    reading_free(&t2);
    reading_free(&none);
}

static void hash_counts_what_the_set_holds_and_not_where_it_lies(void **state)
{
    const fixture *f = *state;
    reading a = read_with(f, good, NULL), b = read_with(f, "member,processes.neighbourhood.d_s\n1,0.2\n", NULL);
    assert_string_not_equal(a.scenario.hash, b.scenario.hash);
    free(wks_folder_put(f->folder, "elsewhere/set.csv", good));
    wks_text set = WKS_TEXT_INIT;
    wks_text_addf(&set, "processes.neighbourhood.members=\"%s/elsewhere/set.csv\"", f->folder);
    reading c = read_with(f, NULL, set.data);
    assert_ok(c.rc, &c.err);
    assert_string_equal(a.scenario.hash, c.scenario.hash);
    wks_text_free(&set);
    reading_free(&a);
    reading_free(&b);
    reading_free(&c);
}

static void assert_says(const fixture *f, const char *csv, const char *const *says, size_t n)
{
    reading r = read_with(f, csv, NULL);
    wks_text text = WKS_TEXT_INIT;
    wks_problems_print(&r.problems, &text);
    assert_int_equal(r.rc, WKS_ERR_DATA);
    for (size_t i = 0; i < n; i++)
        assert_contains(text.data == NULL ? "" : text.data, says[i]);
    assert_int_equal(r.problems.n_errors, n);
    wks_text_free(&text);
    reading_free(&r);
}
#define says(f, csv, ...)                                                        \
    do {                                                                         \
        static const char *const expected[] = {__VA_ARGS__};                     \
        assert_says((f), (csv), expected, sizeof expected / sizeof expected[0]); \
    } while (0)

static void every_mistake_in_a_set_is_told_with_its_place(void **state)
{
    const fixture *f = *state;
    says(f, NULL, "test.cfg:19:43: error: members is \"set\" and there is no such set");
    says(f,
         "# comment\nmember,processes.neighbourhood.d_s,processes.market.n_sample\n"
         "1,1.4,10\n\n0,0.1,1.5\n1,x,nan\n2.5,-0.1,101\n",
         "set.csv:3:3: error: processes.neighbourhood.d_s is '1.4'; expected a number from 0 to 1.3",
         "set.csv:5:1: error: member is '0'; expected a whole number from 1",
         "set.csv:5:7: error: processes.market.n_sample is '1.5'; expected a whole number from 1 to 100",
         "set.csv:6:1: error: member is '1'; expected each number once", "set.csv:6:3: error: processes.neighbourhood.d_s is 'x'",
         "set.csv:6:5: error: processes.market.n_sample is 'nan'", "set.csv:7:1: error: member is '2.5'",
         "set.csv:7:5: error: processes.neighbourhood.d_s is '-0.1'", "set.csv:7:10: error: processes.market.n_sample is '101'");
    says(f, "member,processes.neighbourhood.ds,processes.neighbourhood.theory,d_s\n1,0.1,1,2\n",
         "column 'processes.neighbourhood.ds' is no number that a scenario can set; expected 'member', 'weight' or a path; nearest valid "
         "name is "
         "'processes.neighbourhood.d_s'",
         "column 'processes.neighbourhood.theory' is no number", "column 'd_s' is no number");
    says(f, "processes.neighbourhood.d_s\n0.1\n", "no column 'member'");
    says(f, "member\n1\n", "no column but 'member'");
    says(f, "member,processes.neighbourhood.d_s\n# nothing\n", "no members; expected a row each");
    says(f, "member,processes.neighbourhood.d_s\n1\n2,0.1,0.2\n", "set.csv:2", "set.csv:3");
    says(f, "# nothing\n", "set.csv");
    says(f, "member,weight,processes.neighbourhood.d_s\n1,-1,0.1\n2,x,0.1\n3,1,0.1\n",
         "set.csv:2:3: error: weight is '-1'; expected a number of 0", "set.csv:3:3: error: weight is 'x'");
    says(f, "member,weight,processes.neighbourhood.d_s\n1,0,0.1\n2,0,0.1\n", "every weight is 0");
    says(f, "member,weight\n1,1\n", "no column but 'member'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(set_is_read_by_the_names_of_its_columns, begin, end),
        cmocka_unit_test_setup_teardown(member_is_drawn_by_population_seed_and_number, begin, end),
        cmocka_unit_test_setup_teardown(member_sets_its_columns_and_nothing_else, begin, end),
        cmocka_unit_test_setup_teardown(calibrated_set_is_carried_by_the_key_members, begin, end),
        cmocka_unit_test_setup_teardown(one_parameter_in_both_sets_told_at_its_line, begin, end),
        cmocka_unit_test_setup_teardown(other_theories_take_no_member, begin, end),
        cmocka_unit_test_setup_teardown(hash_counts_what_the_set_holds_and_not_where_it_lies, begin, end),
        cmocka_unit_test_setup_teardown(every_mistake_in_a_set_is_told_with_its_place, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
