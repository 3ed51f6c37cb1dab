#include "base/problems.h"

#include "base/mem.h"
#include "support/chaos.h"
#include "support/check.h"

static void problems_are_printed_in_order_of_place(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_problems_error(&problems, "b.cfg", 3, 1, "third");
    wks_problems_error(&problems, "a.cfg", 10, 2, "second %d", 2);
    wks_problems_warning(&problems, "a.cfg", 9, 7, "first");
    wks_problems_error(&problems, "b.cfg", 3, 1, "fourth");
    assert_problems(&problems, "a.cfg:9:7: warning: first\n"
                               "a.cfg:10:2: error: second 2\n"
                               "b.cfg:3:1: error: third\n"
                               "b.cfg:3:1: error: fourth\n");
    assert_int_equal(problems.n, 4);
    assert_int_equal(problems.n_errors, 3);
    wks_problems_free(&problems);
    assert_int_equal(problems.n, 0);
}

static void problem_of_unknown_place_leaves_it_out(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_problems_error(&problems, NULL, 0, 0, "nowhere");
    wks_problems_error(&problems, "f", 0, 5, "file");
    wks_problems_error(&problems, "f", 2, 0, "line");
    assert_problems(&problems, "error: nowhere\nf: error: file\nf:2: error: line\n");
    wks_problems_free(&problems);
}

static void problems_above_a_thousand_are_counted_errors(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    for (int i = 1; i <= 1234; i++)
        wks_problems_error(&problems, "f", i, 1, "x");
    assert_int_equal(problems.n, 1000);
    assert_int_equal(problems.n_errors, 1234);
    assert_int_equal(problems.n_dropped, 234);
    wks_text text = WKS_TEXT_INIT;
    wks_problems_print(&problems, &text);
    assert_contains(text.data, "f:1000:1: error: x\nand 234 more that are not shown\n");
    assert_status(wks_problems_status(&problems, &err), WKS_ERR_DATA, &err);
    assert_string_equal(err.message, "1234 problems in the input");
    wks_text_free(&text);
    wks_problems_free(&problems);
}

/* What is given as text is left out whoever words it, and what follows stays in its place. */
static void hidden_text_is_in_no_message(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    problems.hides_text = true;
    wks_problems_error(&problems, "f", 1, 1, "'%s' is twice (columns %zu and %d, %lld); 100%% of %.*s", "Jansen", (size_t)3, -4, 5LL, 3,
                       "Jansen");
    wks_problems_error(&problems, "f", 2, 1, "%s", "Jansen");
    wks_problems_warning(&problems, "f", 3, 1, "byte 0x%02X, %c, %5.1f", 0x4Au, 'J', 31234.0);
    assert_problems(&problems, "f:1:1: error: '...' is twice (columns 3 and -4, 5); 100% of ...\n"
                               "f:2:1: error: cannot be read (why is not shown)\n"
                               "f:3:1: warning: byte 0x..., ..., ...\n");
    wks_problems_free(&problems);
}

static void problems_status_ignores_warnings(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_problems_warning(&problems, "f", 1, 1, "only this");
    assert_ok(wks_problems_status(&problems, &err), &err);
    wks_problems_error(&problems, "f", 1, 1, "now one");
    assert_int_equal(wks_problems_status(&problems, &err), WKS_ERR_DATA);
    assert_string_equal(err.message, "1 problem in the input");
    wks_problems_free(&problems);
}

static void problem_without_memory_is_still_counted_errors(void **state)
{
    (void)state;
    for (int n = 1; n <= 3; n++) {
        wks_problems problems = WKS_PROBLEMS_INIT;
        wks_mem_fail_after(n);
        wks_problems_error(&problems, "f", 1, 1, "lost");
        wks_mem_fail_after(0);
        assert_int_equal(problems.n, 0);
        assert_int_equal(problems.n_errors, 1);
        assert_int_equal(problems.n_dropped, 1);
        assert_int_equal(wks_problems_status(&problems, NULL), WKS_ERR_DATA);
        wks_problems_free(&problems);
    }
}

static void nearest_name_ends_a_message(void **state)
{
    (void)state;
    static const char *const names[] = {"ticks", "title"};
    char buffer[160];
    assert_string_equal(wks_problems_nearest("tick", names, 2, buffer), "; nearest valid name is 'ticks'");
    assert_string_equal(wks_problems_nearest("somewhere", names, 2, buffer), "");
}

/* A message stays one line of UTF-8 whatever it quotes of a file. */
static void problem_text_is_one_line_of_utf8(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_problems_error(&problems, "f", 1, 0, "'%.3s' and '%s'", "S\xC3\xBA\xC3\xBA",
                       "two\nlines\x7F\xFF!"); /* cut inside the last letter */
    wks_problems_error(&problems, "f", 2, 0, "'%.2s'", "S\xC3\xBA");
    assert_string_equal(problems.item[0].text, "'S\xC3\xBA' and 'two lines !'");
    assert_string_equal(problems.item[1].text, "'S'");
    wks_problems_free(&problems);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(problems_are_printed_in_order_of_place),
        cmocka_unit_test(problem_of_unknown_place_leaves_it_out),
        cmocka_unit_test(problems_above_a_thousand_are_counted_errors),
        cmocka_unit_test(hidden_text_is_in_no_message),
        cmocka_unit_test(problems_status_ignores_warnings),
        cmocka_unit_test(problem_without_memory_is_still_counted_errors),
        cmocka_unit_test(nearest_name_ends_a_message),
        cmocka_unit_test(problem_text_is_one_line_of_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
