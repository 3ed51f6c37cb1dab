#include "report/payload.h"

#include "report/make_results.h"

/* Everything one test needs: a folder, its dossier, the page, and the payload parsed back. */
typedef struct fixture {
    char *dir;
    wks_dossier dossier;
    wks_page page;
    wks_map map;
    wks_json *json;
    size_t left_out;
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
    assert_ok(wks_payload_add(&f.page, &f.map, budget, &out, &f.left_out, &err), &err);
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
                assert_close(wks_json_double(at(levels, "hi", k)) / power, row[k].p90, 0.0, 0.500001 / power);
                n_checked++;
            }
            if (s == 0) continue;
            const wks_json *pairs = at(one, "d", s - 1);
            assert_int_equal(wks_json_size(wks_json_get(pairs, "m")), m);
            for (size_t k = 0; k < m; k++) {
                assert_close(wks_json_double(at(pairs, "lo", k)) / unit, pair[k].ci_low, 0.0, 0.500001 / unit);
            }
        }
    }
    assert_true(n_checked > 500);
    assert_int_equal(wks_json_size(wks_json_get(f.json, "lines")), line);
    drop(&f);
}

/* Adds up the steps of area a of 6 until tick t: numbers in digits of 44, the least first, 44 higher when another follows; odd ones are negative. */
static double unfolded(const wks_json *cube, size_t t, size_t a)
{
    const char *text = wks_json_text(cube);
    double sum = 0.0;
    for (size_t i = 0; i < (t + 1) * 6; i++) {
        long size = 0, unit = 1, digit;
        for (;; unit *= 44) {
            assert_true(*text >= '#' && *text <= '}' && *text != '<' && *text != '\\');
            digit = *text - '#' - (*text > '<') - (*text > '\\');
            text++;
            size += digit % 44 * unit;
            if (digit < 44) break;
            assert_true(digit < 88); /* no value is missing here */
        }
        if (i % 6 == a) sum += (double)(size % 2 != 0 ? -(size + 1) / 2 : size / 2);
    }
    return sum;
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
                assert_close(unfolded(at(one, "v", 2), t, a) / power, row->mean, 0.0, 0.500001 / power);
                const wks_json *difference = at(one, "d", 1);
                double mean = unfolded(wks_json_get(difference, "m"), t, a) / unit;
                assert_close(mean, pair->mean, 0.0, 0.500001 / unit);
                assert_close(mean - unfolded(wks_json_get(difference, "lo"), t, a) / unit, pair->ci_low, 0.0, 1.000001 / unit);
                assert_null(wks_json_get(difference, "hi")); /* symmetric intervals are written once */
                n_checked++;
            }
        }
    }
    assert_true(n_checked > 200);
    assert_int_equal(wks_json_size(list), item);
    drop(&f);
}

static void map_over_its_budget_leaves_the_least_important_out(void **state)
{
    (void)state;
    make_results_plan plan = make_results_usual();
    plan.n_areas = 20;
    plan.n_years = 3;
    fixture f = make(&plan, 100000);
    const wks_json *list = wks_json_get(wks_json_get(f.json, "map"), "ind");
    assert_true(f.left_out > 0);
    assert_true(wks_json_size(list) > 0);
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(list, 0), "t")), "Leefbaarheid");
    drop(&f);
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
        cmocka_unit_test(map_over_its_budget_leaves_the_least_important_out),
        cmocka_unit_test(map_of_real_people_has_no_value_for_few),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
