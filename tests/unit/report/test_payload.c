#include "report/payload.h"

#include "report/make_results.h"

/* Everything one test needs: a folder, its dossier, the page, and the payload parsed back. */
typedef struct fixture {
    char *dir;
    wks_dossier dossier;
    wks_page page;
    wks_map map;
    wks_json *json;
    wks_payload_left left;
} fixture;

static fixture make(const make_results_plan *plan, size_t budget)
{
    fixture f = {.dir = wks_folder_make()};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text shapes = WKS_TEXT_INIT, out = WKS_TEXT_INIT;
    make_results(f.dir, plan);
    assert_ok(wks_dossier_read(f.dir, &f.dossier, &problems, &err), &err);
    f.page = (wks_page){.html = WKS_TEXT_INIT, .lang = WKS_NOTATION_NL};
    f.page.dossier = &f.dossier;
    assert_ok(wks_map_draw_shapes(&f.dossier, &f.map, &shapes, &err), &err);
    assert_ok(wks_payload_add(&f.page, &f.map, budget, &out, &f.left, &err), &err);
    assert_null(strchr(out.data, '<'));
    assert_ok(wks_json_parse(out.data, out.length, &f.json, &err), &err);
    wks_text_free(&shapes);
    wks_text_free(&out);
    f.page.dossier = NULL; /* the struct moves */
    return f;
}

static void drop(fixture *f)
{
    wks_json_free(f->json);
    wks_map_free(&f->map);
    wks_dossier_free(&f->dossier);
    wks_folder_remove(f->dir);
}

static const wks_json *at(const wks_json *json, const char *key, size_t i)
{
    return wks_json_at(wks_json_get(json, key), i);
}

static double tenth_power(int64_t n)
{
    double power = 1.0;
    while (n-- > 0)
        power *= 10.0;
    return power;
}

/* Adds up the steps of column a of `width` until tick t: numbers in digits of 44, the least first, 44 higher when another follows; odd ones are negative. */
static double unfolded(const wks_json *cube, size_t width, size_t t, size_t a)
{
    const char *text = wks_json_text(cube);
    double sum = 0.0;
    for (size_t i = 0; i < (t + 1) * width; i++) {
        long size = 0, unit = 1, digit;
        for (;; unit *= 44) {
            assert_true(*text >= '#' && *text <= '}' && *text != '<' && *text != '\\');
            digit = *text - '#' - (*text > '<') - (*text > '\\');
            text++;
            size += digit % 44 * unit;
            if (digit < 44) break;
            assert_true(digit < 88); /* no value is missing here */
        }
        if (i % width == a) sum += (double)(size % 2 != 0 ? -(size + 1) / 2 : size / 2);
    }
    return sum;
}

static void lines_hold_the_values_of_summary_and_contrasts(void **state)
{
    (void)state;
    make_results_plan plan = make_results_usual();
    plan.n_areas = 4;
    plan.n_years = 2;
    fixture f = make(&plan, 1000000);
    size_t line = 0, n_checked = 0;
    f.page.dossier = &f.dossier;
    for (size_t i = 0; i < f.dossier.n_series; i++) {
        const wks_dossier_series *series = &f.dossier.series[i];
        if (!wks_page_is_main(&f.page, series)) continue;
        const wks_json *one = at(f.json, "lines", line++);
        double power = tenth_power(wks_json_int(wks_json_get(one, "k"))), unit = tenth_power(wks_json_int(wks_json_get(one, "dk")));
        for (size_t s = 0; s < f.dossier.n_scenarios; s++) {
            size_t n = 0, m = 0;
            const wks_dossier_level *row = wks_dossier_levels(&f.dossier, wks_dossier_key_of(&f.dossier, series, s), &n);
            const wks_dossier_contrast *pair = wks_dossier_contrasts(&f.dossier, wks_dossier_key_of(&f.dossier, series, s), &m);
            const wks_json *levels = at(one, "s", s);
            assert_int_equal(wks_json_size(wks_json_get(levels, "m")), n);
            for (size_t k = 0; k < n; k++) {
                assert_int_equal(wks_json_int(at(levels, "x", k)), row[k].key.tick);
                assert_close(wks_json_double(at(levels, "m", k)) / power, row[k].mean, 0.0, 0.500001 / power);
                assert_close(unfolded(wks_json_get(levels, "hi"), 1, k, 0) / power, row[k].p90, 0.0, 0.500001 / power);
                n_checked++;
            }
            if (s == 0) continue;
            const wks_json *pairs = at(one, "d", s - 1);
            for (size_t k = 0; k < m; k++) {
                assert_int_equal(unfolded(wks_json_get(pairs, "x"), 1, k, 0), pair[k].key.tick);
                assert_close(unfolded(wks_json_get(pairs, "m"), 1, k, 0) / unit, pair[k].mean, 0.0, 0.500001 / unit);
                assert_close(unfolded(wks_json_get(pairs, "lo"), 1, k, 0) / unit, pair[k].ci_low, 0.0, 0.500001 / unit);
            }
        }
    }
    assert_true(n_checked > 500);
    assert_int_equal(wks_json_size(wks_json_get(f.json, "lines")), line);
    drop(&f);
}

static void map_holds_the_values_of_summary_and_contrasts(void **state)
{
    (void)state;
    make_results_plan plan = make_results_usual();
    plan.n_areas = 6;
    plan.n_years = 3;
    fixture f = make(&plan, 1000000);
    const wks_json *map = wks_json_get(f.json, "map"), *list = wks_json_get(map, "ind");
    size_t item = 0, n_checked = 0;
    assert_int_equal(wks_json_size(wks_json_get(map, "ticks")), 4);
    assert_int_equal(wks_json_int(at(map, "ticks", 3)), 36);
    f.page.dossier = &f.dossier;
    for (size_t i = 0; i < f.dossier.n_series; i++) {
        const wks_dossier_series *series = &f.dossier.series[i];
        if (!wks_page_is_local(&f.page, series)) continue;
        const wks_json *one = wks_json_at(list, item++);
        double power = tenth_power(wks_json_int(wks_json_get(one, "k"))), unit = tenth_power(wks_json_int(wks_json_get(one, "dk")));
        for (size_t a = 0; a < f.dossier.n_areas; a++) {
            for (size_t t = 0; t < 4; t++) {
                wks_dossier_key key = wks_dossier_key_of(&f.dossier, series, 2);
                key.area = f.dossier.area[a];
                key.tick = (int32_t)(12 * t);
                const wks_dossier_level *row = wks_dossier_level_at(&f.dossier, key);
                const wks_dossier_contrast *pair = wks_dossier_contrast_at(&f.dossier, key);
                assert_non_null(row);
                assert_non_null(pair);
                assert_close(unfolded(at(one, "v", 2), 6, t, a) / power, row->mean, 0.0, 0.500001 / power);
                const wks_json *difference = at(one, "d", 1);
                double mean = unfolded(wks_json_get(difference, "m"), 6, t, a) / unit;
                assert_close(mean, pair->mean, 0.0, 0.500001 / unit);
                assert_close(mean - unfolded(wks_json_get(difference, "lo"), 6, t, a) / unit, pair->ci_low, 0.0, 1.000001 / unit);
                assert_null(wks_json_get(difference, "hi")); /* symmetric intervals are written once */
                n_checked++;
            }
        }
    }
    assert_true(n_checked > 200);
    assert_int_equal(wks_json_size(list), item);
    drop(&f);
}

/* The outcomes of the map under a budget: how many have all months, some, and none. */
typedef struct tally {
    size_t n_all, n_some, n_out, n_months, n_coarse;
} tally;

static tally tally_of(size_t budget)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 20;
    plan.n_years = 15; /* sixteen months on the slider */
    fixture f = make(&plan, budget);
    const wks_json *map = wks_json_get(f.json, "map"), *list = wks_json_get(map, "ind"), *ticks = wks_json_get(map, "ticks"),
                   *coarse = wks_json_get(map, "coarse");
    tally out = {.n_out = f.left.n_out, .n_months = wks_json_size(ticks), .n_coarse = wks_json_size(coarse)};
    bool has_count = false;
    for (size_t i = 0; i < wks_json_size(list); i++) {
        const bool is_some = wks_json_int(wks_json_get(wks_json_at(list, i), "ct")) == 1;
        const char *text = wks_json_text(at(wks_json_at(list, i), "v", 0));
        size_t n = 0;
        for (; *text != '\0'; text++)
            n += *text - '#' - (*text > '<') - (*text > '\\') < 44 || *text == '}'; /* last digits, and none */
        assert_int_equal(n, 20 * (is_some ? out.n_coarse : out.n_months));
        out.n_some += is_some;
        out.n_all += !is_some;
        if (i == 0) assert_false(is_some);
        if (wks_json_int(wks_json_get(wks_json_at(list, i), "count")) == 1) {
            assert_false(is_some);
            has_count = true;
        }
    }
    assert_true(has_count);
    assert_int_equal(out.n_some, f.left.n_coarse);
    for (size_t k = 0; k < out.n_coarse; k++) { /* some of the months, with the first and the last */
        bool is_there = false;
        for (size_t t = 0; t < out.n_months; t++)
            is_there = is_there || wks_json_int(wks_json_at(ticks, t)) == wks_json_int(wks_json_at(coarse, k));
        assert_true(is_there);
    }
    if (out.n_coarse > 0) {
        assert_int_equal(wks_json_int(wks_json_at(coarse, 0)), wks_json_int(wks_json_at(ticks, 0)));
        assert_int_equal(wks_json_int(wks_json_at(coarse, out.n_coarse - 1)), 180);
    }
    assert_true(wks_json_size(list) > 0);
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(list, 0), "t")), "Leefbaarheid");
    drop(&f);
    return out;
}

static size_t lines_length(void)
{
    make_results_plan plan = make_results_usual();
    plan.n_areas = 20;
    plan.n_years = 15;
    plan.with_map = false; /* no outcomes on a map */
    fixture f = make(&plan, 10000000);
    wks_text text = WKS_TEXT_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_int_equal(wks_json_size(wks_json_get(wks_json_get(f.json, "map"), "ind")), 0);
    assert_int_equal(f.left.n_out, 0);
    assert_ok(wks_json_write(f.json, false, &text, &err), &err);
    const size_t length = text.length;
    wks_text_free(&text);
    drop(&f);
    return length;
}

static void map_over_its_budget_has_fewer_months_before_an_outcome_is_left_out(void **state)
{
    (void)state;
    const size_t lines = lines_length();
    const tally whole = tally_of(10000000);
    assert_true(whole.n_all > 10 && whole.n_some == 0 && whole.n_out == 0 && whole.n_coarse == 0 && whole.n_months == 16);
    tally before = whole;
    bool has_some = false, has_eleven = false, has_six = false;
    for (size_t budget = lines + 52000; budget > lines + 8000; budget -= 4000) {
        const tally now = tally_of(budget);
        assert_int_equal(now.n_all + now.n_some + now.n_out, whole.n_all);
        assert_true(now.n_out >= before.n_out);
        has_some = has_some || (now.n_some > 0 && now.n_out == 0);
        has_eleven = has_eleven || now.n_coarse == 9; /* the first, and every second from the last */
        has_six = has_six || now.n_coarse == 6;
        before = now;
    }
    assert_true(has_some && before.n_out > 0 && has_six && has_eleven);
}

static void map_of_real_people_has_no_value_for_few(void **state)
{
    (void)state;
    make_results_plan plan = make_results_usual();
    plan.n_areas = 10;
    plan.n_years = 1;
    plan.people = "imported";
    fixture f = make(&plan, 1000000);
    const wks_json *list = wks_json_get(wks_json_get(f.json, "map"), "ind");
    for (size_t i = 0; i < wks_json_size(list); i++) {
        const char *text = wks_json_text(at(wks_json_at(list, i), "v", 0));
        for (int skipped = 0; skipped < 7; text++)
            skipped += *text == '}' || *text < '#' + 45; /* the last digit of a number, or none: characters up to 'O' (without '<') */
        assert_int_equal(*text, '}');                    /* buurt 8 has 4 households */
    }
    drop(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_hold_the_values_of_summary_and_contrasts),
        cmocka_unit_test(map_holds_the_values_of_summary_and_contrasts),
        cmocka_unit_test(map_over_its_budget_has_fewer_months_before_an_outcome_is_left_out),
        cmocka_unit_test(map_of_real_people_has_no_value_for_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
