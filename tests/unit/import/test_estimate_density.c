#include "import/estimate_density.h"

#include "town.h"

static void work_on(wks_estimate_work *w, wks_draft *draft)
{
    wks_err err = WKS_ERR_INIT;
    *w = (wks_estimate_work){0};
    assert_ok(wks_estimate_work_init(draft, w, &err), &err);
    wks_estimate_work_open(w, 0);
}

static void make_without_density(wks_draft *draft)
{
    town_make(draft, 1, 6);
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        town_set_figures(&draft->buurt[i], 500);
        town_hide(&draft->buurt[i], WKS_CITY_address_density);
    }
}

/* Five buurten close together and one ten kilometres away. */
static void density_follows_the_dwellings_around(void **state)
{
    (void)state;
    wks_draft draft;
    wks_estimate_work w;
    make_without_density(&draft);
    for (int32_t i = 0; i < draft.n_buurten; i++) {
        draft.buurt[i].x_m = i < 5 ? 100.0 * i : 10000.0;
        draft.buurt[i].y_m = 0.0;
    }
    work_on(&w, &draft);
    wks_estimate_density(&w);
    for (int32_t i = 0; i < 5; i++)
        assert_true(draft.buurt[i].value[WKS_CITY_address_density] > 2 * draft.buurt[5].value[WKS_CITY_address_density]);
    assert_close(town_mean(&draft, WKS_CITY_address_density, WKS_CITY_dwellings), 2100, 0, 1);
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

static void density_without_a_map_comes_from_the_model(void **state)
{
    (void)state;
    wks_draft draft;
    wks_estimate_work w;
    make_without_density(&draft);
    work_on(&w, &draft);
    wks_estimate_density(&w);
    assert_close(town_mean(&draft, WKS_CITY_address_density, WKS_CITY_dwellings), 2100, 0, 1);
    assert_int_equal(draft.buurt[0].origin[WKS_CITY_address_density], WKS_CITY_ORIGIN_estimated);
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

/* Without a place on the map: as its wijk, more so where more dwellings stand on a hectare. */
static void density_of_buurten_without_polygon_is_that_of_their_wijk(void **state)
{
    (void)state;
    wks_draft draft;
    wks_estimate_work w;
    town_make(&draft, 1, 24);
    for (int32_t i = 0; i < draft.n_buurten; i++) {
        town_set_figures(&draft.buurt[i], 500);
        town_hide(&draft.buurt[i], WKS_CITY_address_density);
        town_set(&draft.buurt[i], WKS_CITY_area_ha, i == 23 ? 2 : 10);
        draft.buurt[i].x_m = i < 22 ? 100.0 * i : NAN;
        draft.buurt[i].y_m = i < 22 ? 0.0 : NAN;
    }
    work_on(&w, &draft);
    wks_estimate_density(&w);
    assert_close(draft.buurt[22].value[WKS_CITY_address_density], 2100, 0.01, 0);
    assert_close(draft.buurt[23].value[WKS_CITY_address_density], 4200, 0.01, 0); /* root of 5, at most twice */
    assert_int_equal(draft.buurt[22].origin[WKS_CITY_address_density], WKS_CITY_ORIGIN_estimated);
    wks_estimate_work_free(&w);
    wks_draft_free(&draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(density_follows_the_dwellings_around),
        cmocka_unit_test(density_without_a_map_comes_from_the_model),
        cmocka_unit_test(density_of_buurten_without_polygon_is_that_of_their_wijk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
