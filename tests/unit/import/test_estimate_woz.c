#include "import/estimate_woz.h"

#include "town.h"

static void work_on(wks_estimate_work *w, wks_draft *draft)
{
    wks_err err = WKS_ERR_INIT;
    *w = (wks_estimate_work){0};
    assert_ok(wks_estimate_work_init(draft, w, &err), &err);
    wks_estimate_work_open(w, 0);
}

/* Everything published but WOZ, the same people everywhere. */
static void make_without_woz(wks_draft *draft, bool has_scores)
{
    town_make(draft, 1, 6);
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        wks_draft_area *buurt = &draft->buurt[i];
        town_set_figures(buurt, buurt->value[WKS_CITY_persons]);
        for (int c = WKS_CITY_lbm_won; c <= WKS_CITY_lbm_onv && !has_scores; c++)
            town_hide(buurt, (wks_city_column)c);
        town_hide(buurt, WKS_CITY_woz_eur);
        for (int c = WKS_CITY_persons; c <= WKS_CITY_origin_outside_europe; c++)
            buurt->value[c] = draft->buurt[0].value[c];
        buurt->value[WKS_CITY_area_ha] = 20;
    }
}

/* WOZ from the rest of what is published of a buurt: much bijstand goes with a lower value. */
static void value_follows_published_stock_without_scores(void **state)
{
    (void)state;
    wks_draft draft;
    wks_estimate_work w;
    make_without_woz(&draft, false);
    town_set(&draft.buurt[1], WKS_CITY_bijstand, 5 * draft.buurt[2].value[WKS_CITY_bijstand]);
    work_on(&w, &draft);
    const int32_t variant = w.variant;
    wks_estimate_woz(&w);
    assert_int_equal(w.variant, variant); /* what comes after it has the features of people again */
    assert_true(draft.buurt[1].value[WKS_CITY_woz_eur] < draft.buurt[2].value[WKS_CITY_woz_eur]);
    assert_int_equal(draft.buurt[1].origin[WKS_CITY_woz_eur], WKS_CITY_ORIGIN_estimated);
    assert_close(town_mean(&draft, WKS_CITY_woz_eur, WKS_CITY_dwellings), 320000, 0, 60);
    assert_close(fmod(draft.buurt[1].value[WKS_CITY_woz_eur], 100), 0, 0, 0);
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

static void value_does_not_look_at_the_stock_with_scores(void **state)
{
    (void)state;
    wks_draft one, two;
    wks_estimate_work w;
    make_without_woz(&one, true);
    make_without_woz(&two, true);
    town_set(&two.buurt[1], WKS_CITY_bijstand, 5 * two.buurt[2].value[WKS_CITY_bijstand]);
    work_on(&w, &one);
    wks_estimate_woz(&w);
    wks_estimate_work_free(&w);
    work_on(&w, &two);
    wks_estimate_woz(&w);
    wks_estimate_work_free(&w);
    for (int32_t i = 0; i < one.n_buurten; i++)
        assert_close(one.buurt[i].value[WKS_CITY_woz_eur], two.buurt[i].value[WKS_CITY_woz_eur], 0, 0);
    wks_draft_free(&one);
    wks_draft_free(&two);
}

static void value_of_buurten_without_dwellings_is_left_alone(void **state)
{
    (void)state;
    wks_draft draft;
    wks_estimate_work w;
    make_without_woz(&draft, true);
    draft.buurt[3].value[WKS_CITY_dwellings] = 0;
    work_on(&w, &draft);
    wks_estimate_woz(&w);
    assert_true(isnan(draft.buurt[3].value[WKS_CITY_woz_eur]));
    assert_true(isfinite(draft.buurt[4].value[WKS_CITY_woz_eur]));
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(value_follows_published_stock_without_scores),
        cmocka_unit_test(value_does_not_look_at_the_stock_with_scores),
        cmocka_unit_test(value_of_buurten_without_dwellings_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
