#include "report/chart.h"

#include "support/check.h"

static int count(const char *text, const char *part)
{
    int n = 0;
    for (const char *at = strstr(text, part); at != NULL; at = strstr(at + 1, part))
        n++;
    return n;
}

static void step_is_one_two_or_five_times_a_power_of_ten(void **state)
{
    (void)state;
    assert_close(wks_chart_step(100.0, 5), 20.0, 1e-12, 0.0);
    assert_close(wks_chart_step(0.07, 4), 0.02, 1e-12, 0.0);
    assert_close(wks_chart_step(30000.0, 4), 10000.0, 1e-12, 0.0);
    assert_close(wks_chart_step(17.0, 4), 5.0, 1e-12, 0.0);
    assert_close(wks_chart_step(0.0, 4), 1.0, 0.0, 0.0);
    assert_close(wks_chart_step(NAN, 4), 1.0, 0.0, 0.0);
}

static void lines_with_a_gap_are_broken_there(void **state)
{
    (void)state;
    const double x[] = {0, 1, 2, 3, 4}, y[] = {1, 2, NAN, 4, 5};
    const wks_chart_axes axes = {WKS_NOTATION_NL, {false, 1}, "titel <&>", false, 2025 * 12, 0};
    const wks_chart_line line = {x, y, NULL, NULL, 5, 1};
    wks_text out = WKS_TEXT_INIT;
    wks_chart_lines(&out, &axes, &line, 1);
    const char *path = strstr(out.data, "class=\"line s1\"");
    assert_non_null(path);
    char drawn[200];
    (void)snprintf(drawn, sizeof drawn, "%.*s", (int)strcspn(path, ">"), path);
    assert_int_equal(count(drawn, "M"), 2);
    assert_null(strstr(out.data, "nan"));
    assert_contains(out.data, "aria-label=\"titel &lt;&amp;&gt;\"");
    wks_text_free(&out);
}

static void lines_without_any_value_still_draw_axes(void **state)
{
    (void)state;
    const wks_chart_axes axes = {WKS_NOTATION_EN, {true, 1}, "empty", true, -1, 0};
    wks_text out = WKS_TEXT_INIT;
    wks_chart_lines(&out, &axes, NULL, 0);
    assert_contains(out.data, "</svg>");
    assert_null(strstr(out.data, "nan"));
    assert_null(strstr(out.data, "inf"));
    wks_text_free(&out);
}

static void lines_of_years_have_years_on_the_axis(void **state)
{
    (void)state;
    double x[121], y[121];
    for (int i = 0; i <= 120; i++) {
        x[i] = i;
        y[i] = 80.0 + 0.01 * i;
    }
    const wks_chart_axes axes = {WKS_NOTATION_NL, {false, 1}, "t", false, 2025 * 12, 0};
    const wks_chart_line line = {x, y, NULL, NULL, 121, 0};
    wks_text out = WKS_TEXT_INIT;
    wks_chart_lines(&out, &axes, &line, 1);
    assert_contains(out.data, ">2026<");
    assert_contains(out.data, ">2034<");
    assert_null(strstr(out.data, ">2036<"));
    wks_text_free(&out);
}

static void long_lines_are_thinned_and_keep_both_ends(void **state)
{
    (void)state;
    double x[241], y[241];
    for (int i = 0; i <= 240; i++)
        x[i] = y[i] = i;
    const wks_chart_axes axes = {WKS_NOTATION_NL, {false, 0}, "t", false, -1, 0};
    const wks_chart_line line = {x, y, NULL, NULL, 241, 1};
    wks_text out = WKS_TEXT_INIT;
    wks_chart_lines(&out, &axes, &line, 1);
    const char *path = strstr(out.data, "class=\"line s1\"");
    assert_non_null(path);
    char drawn[4000];
    (void)snprintf(drawn, sizeof drawn, "%.*s", (int)strcspn(path, ">"), path);
    assert_int_equal(count(drawn, ","), 41);
    assert_contains(drawn, "M52,");
    assert_contains(drawn, " 448,");
    wks_text_free(&out);
    for (size_t n = 1; n < 700; n++) {
        size_t stride = wks_chart_stride(n, 41), kept = 0;
        for (size_t i = 0; i < n; i++)
            kept += wks_chart_keeps(i, n, stride);
        assert_true(kept <= 42 && kept >= (n < 21 ? n : 21));
        assert_true(wks_chart_keeps(0, n, stride) && wks_chart_keeps(n - 1, n, stride));
    }
}

static void run_in_is_grey_behind_the_lines(void **state)
{
    (void)state;
    double x[121], y[121];
    for (int i = 0; i <= 120; i++)
        x[i] = y[i] = i;
    wks_chart_axes axes = {WKS_NOTATION_NL, {false, 0}, "t", false, -1, 30};
    const wks_chart_line line = {x, y, y, y, 121, 0}, late = {x + 40, y + 40, NULL, NULL, 80, 0};
    wks_text out = WKS_TEXT_INIT;
    wks_chart_lines(&out, &axes, &line, 1);
    assert_contains(out.data, "<rect class=\"warmup\" x=\"52\" y=\"10\" width=\"99.0\" height=\"174\"/>"); /* a quarter of 396 */
    assert_true(strstr(out.data, "<rect") < strstr(out.data, "class=\"grid") &&
                strstr(out.data, "<rect") < strstr(out.data, "class=\"band"));
    wks_text_clear(&out);
    axes.warmup = 500; /* no farther than the axis */
    wks_chart_lines(&out, &axes, &line, 1);
    assert_contains(out.data, "width=\"396.0\"");
    wks_text_clear(&out);
    axes.warmup = 30; /* before the first value */
    wks_chart_lines(&out, &axes, &late, 1);
    assert_null(strstr(out.data, "<rect"));
    wks_text_clear(&out);
    axes.warmup = 0;
    wks_chart_lines(&out, &axes, &line, 1);
    assert_null(strstr(out.data, "<rect"));
    wks_text_free(&out);
}

static void axis_spans_some_steps_of_what_is_told(void **state)
{
    (void)state;
    const double x[] = {0, 1}, y[] = {0.0246, 0.0249};
    const wks_chart_axes axes = {WKS_NOTATION_NL, {false, 3}, "t", false, -1, 0};
    const wks_chart_line line = {x, y, NULL, NULL, 2, 0};
    wks_text out = WKS_TEXT_INIT;
    wks_chart_lines(&out, &axes, &line, 1);
    assert_null(strstr(out.data, "0,0247"));
    assert_contains(out.data, ">0,022<");
    assert_contains(out.data, ">0,028<");
    wks_text_free(&out);
}

static void whisker_across_zero_has_an_open_dot(void **state)
{
    (void)state;
    wks_text out = WKS_TEXT_INIT;
    wks_chart_whisker(&out, -1.0, 0.5, 2.0, 2.0, 1);
    assert_contains(out.data, "dot open");
    wks_text_clear(&out);
    wks_chart_whisker(&out, 0.1, 0.5, 2.0, 2.0, 1);
    assert_null(strstr(out.data, "dot open"));
    wks_text_clear(&out);
    wks_chart_whisker(&out, NAN, NAN, NAN, 0.0, 1);
    assert_null(strstr(out.data, "circle"));
    assert_null(strstr(out.data, "nan"));
    wks_text_free(&out);
}

static void strip_has_a_dot_for_every_defined_area(void **state)
{
    (void)state;
    const double low[] = {-1, NAN, 0.5}, mean[] = {0, NAN, 1}, high[] = {1, NAN, 1.5};
    const bool few[] = {false, false, true};
    const char *const name[] = {"a", "b", "c <"};
    const wks_chart_axes axes = {WKS_NOTATION_NL, {true, 1}, "t", true, -1, 0};
    const wks_chart_strip strip = {low, mean, high, few, name, 3, 2};
    wks_text out = WKS_TEXT_INIT;
    wks_chart_strip_draw(&out, &axes, &strip);
    assert_int_equal(count(out.data, "<circle"), 2);
    assert_contains(out.data, "<title>c &lt;</title>");
    assert_contains(out.data, "s2 few");
    wks_text_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(step_is_one_two_or_five_times_a_power_of_ten), cmocka_unit_test(lines_with_a_gap_are_broken_there),
        cmocka_unit_test(lines_without_any_value_still_draw_axes),      cmocka_unit_test(lines_of_years_have_years_on_the_axis),
        cmocka_unit_test(whisker_across_zero_has_an_open_dot),          cmocka_unit_test(strip_has_a_dot_for_every_defined_area),
        cmocka_unit_test(long_lines_are_thinned_and_keep_both_ends),    cmocka_unit_test(run_in_is_grey_behind_the_lines),
        cmocka_unit_test(axis_spans_some_steps_of_what_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
