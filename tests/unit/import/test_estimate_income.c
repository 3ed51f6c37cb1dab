#include "import/estimate_income.h"

#include "town.h"

static void work_on(wks_estimate_work *w, wks_draft *draft)
{
    wks_err err = WKS_ERR_INIT;
    *w = (wks_estimate_work){0};
    assert_ok(wks_estimate_work_init(draft, w, &err), &err);
    wks_estimate_work_open(w, 0);
}

static void make_without_income(wks_draft *draft)
{
    town_make(draft, 2, 4);
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        town_set_figures(&draft->buurt[i], draft->buurt[i].value[WKS_CITY_persons]);
        town_set(&draft->buurt[i], WKS_CITY_woz_eur, 250000 + 20000 * i);
        town_hide(&draft->buurt[i], WKS_CITY_income_per_person_eur);
    }
}

static void income_meets_the_figure_of_the_gemeente(void **state)
{
    (void)state;
    wks_draft draft;
    wks_estimate_work w;
    make_without_income(&draft);
    work_on(&w, &draft);
    wks_estimate_income_buurten(&w, false);
    assert_close(town_mean(&draft, WKS_CITY_income_per_person_eur, WKS_CITY_persons), 31000, 0, 60);
    for (int32_t i = 0; i < draft.n_buurten; i++) {
        assert_close(fmod(draft.buurt[i].value[WKS_CITY_income_per_person_eur], 100), 0, 0, 0);
        assert_int_equal(draft.buurt[i].origin[WKS_CITY_income_per_person_eur], WKS_CITY_ORIGIN_estimated);
    }
    assert_ptr_equal(w.gemeente, &draft.gemeente[0]);
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

/* Nothing known of it above and WOZ as published: the formula for a single area does better (estimate.h). */
static void income_without_figures_is_left_to_the_formula(void **state)
{
    (void)state;
    wks_draft draft;
    wks_estimate_work w;
    make_without_income(&draft);
    town_hide(draft.gemeente, WKS_CITY_income_per_person_eur);
    work_on(&w, &draft);
    wks_estimate_income_buurten(&w, false);
    assert_true(isnan(draft.buurt[0].value[WKS_CITY_income_per_person_eur]));
    wks_estimate_income_buurten(&w, true);
    assert_true(isfinite(draft.buurt[0].value[WKS_CITY_income_per_person_eur]));
    assert_true(isnan(draft.gemeente->value[WKS_CITY_income_per_person_eur])); /* the level stood in for it only there */
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(income_meets_the_figure_of_the_gemeente),
        cmocka_unit_test(income_without_figures_is_left_to_the_formula),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
