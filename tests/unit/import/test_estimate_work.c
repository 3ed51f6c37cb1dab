#include "import/estimate_work.h"

#include "town.h"

static void work_on(wks_estimate_work *w, wks_draft *draft)
{
    wks_err err = WKS_ERR_INIT;
    *w = (wks_estimate_work){0};
    assert_ok(wks_estimate_work_init(draft, w, &err), &err);
    wks_estimate_work_open(w, 0);
}

static void work_opens_the_buurten_of_a_gemeente(void **state)
{
    (void)state;
    wks_draft draft;
    wks_estimate_work w;
    town_make(&draft, 2, 3);
    work_on(&w, &draft);
    assert_int_equal(w.n, 6);
    assert_ptr_equal(wks_estimate_work_buurt(&w, 4), &draft.buurt[4]);
    for (int32_t k = 0; k < w.n; k++) {
        const double *v = draft.buurt[k].value;
        assert_close(w.persons[k], v[WKS_CITY_persons], 0, 0);
        assert_close(w.adults[k], v[WKS_CITY_persons] - v[WKS_CITY_age_00_14], 0, 1e-9);
        assert_close(w.working[k], w.adults[k] - v[WKS_CITY_age_65_plus], 0, 1e-9);
    }
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

static void group_is_missing_when_a_buurt_lacks_it(void **state)
{
    (void)state;
    static const wks_city_column part[] = {WKS_CITY_share_owner, WKS_CITY_share_corporatie};
    wks_draft draft;
    wks_estimate_work w;
    town_make(&draft, 1, 4);
    town_set(&draft.buurt[0], part[0], 0.5);
    town_set(&draft.buurt[0], part[1], 0.2);
    town_set(&draft.buurt[1], part[0], 0.5);
    work_on(&w, &draft);
    assert_true(wks_estimate_work_is_missing(&w, part, 2));
    assert_true(w.is_given[0] && !w.skip[0]);
    assert_true(!w.is_given[1] && w.skip[1]); /* half a group is not made whole */
    assert_true(!w.is_given[2] && !w.skip[2]);
    assert_true(wks_estimate_work_is_missing(&w, part, 1));
    assert_false(wks_estimate_work_is_mostly_missing(&w, part[0])); /* half of them */
    assert_true(wks_estimate_work_is_mostly_missing(&w, part[1]));
    for (int32_t i = 0; i < 4; i++)
        town_set(&draft.buurt[i], part[0], 0.5);
    assert_false(wks_estimate_work_is_missing(&w, part, 1));
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

static void put_leaves_what_is_there(void **state)
{
    (void)state;
    wks_draft draft;
    wks_estimate_work w;
    town_make(&draft, 1, 2);
    town_set(&draft.buurt[0], WKS_CITY_dwellings, 7);
    work_on(&w, &draft);
    wks_estimate_work_put(&w, 0, WKS_CITY_dwellings, 9);
    wks_estimate_work_put(&w, 1, WKS_CITY_dwellings, 9);
    assert_close(wks_estimate_work_value(&w, 0, WKS_CITY_dwellings), 7, 0, 0);
    assert_close(wks_estimate_work_value(&w, 1, WKS_CITY_dwellings), 9, 0, 0);
    assert_true(wks_estimate_work_is_published(&draft.buurt[0], WKS_CITY_dwellings));
    assert_false(wks_estimate_work_is_published(&draft.buurt[1], WKS_CITY_dwellings));
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

/* What is given of a buurt is taken off the figure of the gemeente; the rest of it goes to the others, within their bounds. */
static void run_meets_the_figure(void **state)
{
    (void)state;
    const wks_city_column column = WKS_CITY_share_owner;
    const wks_estimate_work_task task = {WKS_ESTIMATE_MODEL_share_owner, column, NULL, NULL, false};
    wks_draft draft;
    wks_estimate_work w;
    double amount = 0;
    town_make(&draft, 2, 3);
    for (int32_t i = 0; i < draft.n_buurten; i++)
        town_set(&draft.buurt[i], WKS_CITY_dwellings, 100);
    draft.buurt[5].value[WKS_CITY_dwellings] = NAN;
    town_set(&draft.buurt[0], column, 0.9);
    work_on(&w, &draft);
    assert_true(wks_estimate_work_is_missing(&w, &column, 1));
    wks_estimate_work_set_dwellings(&w, column);
    wks_estimate_work_run(&w, &task, NULL);
    assert_close(wks_estimate_work_mean(&w, 0), 0.9, 1e-12, 0);
    assert_true(isnan(wks_estimate_work_mean(&w, 5)));
    for (int32_t k = 0; k < 5; k++) {
        assert_true(w.amount[k] >= 0 && w.amount[k] <= 100);
        amount += w.amount[k];
    }
    assert_close(amount, 0.51 * 500, 0, 0.5); /* half a per cent of the dwellings of the buurt given */
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

static void small_sums_are_right(void **state)
{
    (void)state;
    assert_close(wks_estimate_work_ratio(1, 4), 0.25, 0, 0);
    assert_true(isnan(wks_estimate_work_ratio(1, 0)) && isnan(wks_estimate_work_ratio(NAN, 2)) && isnan(wks_estimate_work_ratio(1, NAN)));
    assert_close(wks_estimate_work_hundreds(12350), 12400, 0, 0);
    assert_close(wks_estimate_work_hundreds(12349), 12300, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(work_opens_the_buurten_of_a_gemeente),
        cmocka_unit_test(group_is_missing_when_a_buurt_lacks_it),
        cmocka_unit_test(put_leaves_what_is_there),
        cmocka_unit_test(run_meets_the_figure),
        cmocka_unit_test(small_sums_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
