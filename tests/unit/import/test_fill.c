#include "import/fill.h"

#include "made.h"
#include "proefstad.h"

static void filled(made *m)
{
    made_draft(m, PROEFSTAD);
    wks_fill_mark_rounding(&m->draft);
    wks_fill_buurten(&m->draft);
}

static void rounding_is_found_per_column(void **state)
{
    (void)state;
    made m;
    filled(&m);
    assert_int_equal(m.draft.rounding[WKS_CITY_persons], 5);
    assert_int_equal(m.draft.rounding[WKS_CITY_dwellings], 1); /* 703, 98, 239 */
    assert_int_equal(m.draft.rounding[WKS_CITY_share_owner], 1);
    assert_int_equal(m.draft.rounding[WKS_CITY_bijstand], 1); /* only four values above 0: not enough to say */
    assert_int_equal(made_buurt(&m, "BU99990101")->origin[WKS_CITY_persons], WKS_CITY_ORIGIN_rounded);
    assert_int_equal(made_buurt(&m, "BU99990101")->origin[WKS_CITY_dwellings], WKS_CITY_ORIGIN_published);
    made_free(&m);
}

static void published_values_are_never_changed(void **state)
{
    (void)state;
    made before, after;
    made_draft(&before, PROEFSTAD);
    filled(&after);
    for (int32_t i = 0; i < before.draft.n_buurten; i++)
        for (int c = 0; c < WKS_CITY_N_COLUMNS; c++) {
            if (!isfinite(before.draft.buurt[i].value[c])) continue;
            assert_close(after.draft.buurt[i].value[c], before.draft.buurt[i].value[c], 0, 0);
            assert_true(after.draft.buurt[i].origin[c] <= WKS_CITY_ORIGIN_rounded);
        }
    made_free(&before);
    made_free(&after);
}

/* Zuid, 205 persons, by the shares of Wijk 02 (2210 persons: 355 260 600 540 455). By hand: 32.93 24.12 55.66 50.09 42.21 ->
 * floors 32 24 55 50 42 = 203, then the largest remainders: first and third. */
static void ages_of_a_suppressed_buurt_follow_its_wijk(void **state)
{
    (void)state;
    static const double expected[] = {33, 24, 56, 50, 42};
    made m;
    filled(&m);
    const wks_draft_area *zuid = made_buurt(&m, "BU99990202");
    for (int k = 0; k < 5; k++) {
        assert_close(zuid->value[WKS_CITY_age_00_14 + k], expected[k], 0, 0);
        assert_int_equal(zuid->origin[WKS_CITY_age_00_14 + k], WKS_CITY_ORIGIN_wijk);
    }
    assert_close(zuid->value[WKS_CITY_men] + zuid->value[WKS_CITY_women], 205, 0, 0);
    assert_close(zuid->value[WKS_CITY_households_one_person] + zuid->value[WKS_CITY_households_without_children] +
                     zuid->value[WKS_CITY_households_with_children],
                 100, 0, 0);
    assert_close(zuid->value[WKS_CITY_share_corporatie], 0.38, 0, 0);
    assert_close(zuid->value[WKS_CITY_woz_eur], 298000, 0, 0);
    assert_close(zuid->value[WKS_CITY_bijstand], 6, 0, 0); /* 60 / 2210 * 205 = 5.57 */
    made_free(&m);
}

static void one_missing_tenure_is_what_is_left(void **state)
{
    (void)state;
    made m;
    filled(&m);
    const wks_draft_area *haven = made_buurt(&m, "BU99990203");
    assert_close(haven->value[WKS_CITY_share_private_rent], 0.16, 0, 1e-9); /* 1 - 0.55 - 0.29 */
    assert_int_equal(haven->origin[WKS_CITY_share_private_rent], WKS_CITY_ORIGIN_estimated);
    made_free(&m);
}

static void empty_buurt_gets_zeros_and_the_shares_of_its_wijk(void **state)
{
    (void)state;
    made m;
    filled(&m);
    const wks_draft_area *leeg = made_buurt(&m, "BU99990103");
    assert_close(leeg->value[WKS_CITY_bijstand], 0, 0, 0);
    assert_close(leeg->value[WKS_CITY_share_owner], 0.52, 0, 0);
    assert_int_equal(leeg->origin[WKS_CITY_share_owner], WKS_CITY_ORIGIN_wijk);
    made_free(&m);
}

/* Nothing known above the buurt: the country's figures. */
static void figures_of_the_country_are_the_last_resort(void **state)
{
    (void)state;
    made m;
    made_draft(&m, "gwb_code;regio;gm_naam;recs;a_inw\nGM9999;P;P;Gemeente;1000\nWK999901;W;P;Wijk;1000\nBU99990101;A;P;Buurt;1000\n");
    wks_fill_mark_rounding(&m.draft);
    wks_fill_buurten(&m.draft);
    const wks_draft_area *a = made_buurt(&m, "BU99990101");
    double ages = 0;
    for (int c = 0; c < WKS_CITY_income_per_person_eur; c++) {
        assert_true(isfinite(a->value[c]));
        if (c != WKS_CITY_persons) assert_int_equal(a->origin[c], WKS_CITY_ORIGIN_national);
        if (c >= WKS_CITY_age_00_14 && c <= WKS_CITY_age_65_plus) ages += a->value[c];
    }
    assert_close(ages, 1000, 0, 0);
    assert_close(a->value[WKS_CITY_households], 470, 0.02, 0); /* 8.43 million over 17.94 million */
    made_free(&m);
}

/* A buurt without a number of inhabitants takes part of what its wijk has beyond the others. */
static void inhabitants_not_published_are_the_rest_of_the_wijk(void **state)
{
    (void)state;
    made m;
    made_draft(&m, "gwb_code;regio;gm_naam;recs;a_inw\nGM9999;P;P;Gemeente;1000\nWK999901;W;P;Wijk;1000\nBU99990101;A;P;Buurt;"
                   "960\nBU99990102;B;P;Buurt;.\n"
                   "BU99990103;C;P;Buurt;.\n");
    wks_fill_buurten(&m.draft);
    assert_close(made_buurt(&m, "BU99990102")->value[WKS_CITY_persons], 20, 0, 0);
    assert_close(made_buurt(&m, "BU99990103")->value[WKS_CITY_persons], 20, 0, 0);
    made_free(&m);
}

static void surface_comes_from_the_polygon(void **state)
{
    (void)state;
    made m;
    made_draft(
        &m,
        "gwb_code;regio;gm_naam;recs;a_inw;a_lan_ha\nGM9999;P;P;Gemeente;1000;.\nWK999901;W;P;Wijk;1000;.\nBU99990101;A;P;Buurt;1000;.\n");
    double x[] = {0, 1000, 1000, 0, 0}, y[] = {0, 0, 500, 500, 0};
    int32_t ring_start[] = {0, 1};
    int64_t point_start[] = {0, 5};
    uint8_t hole[] = {0};
    char code[] = "BU99990101", *codes[] = {code};
    m.draft.geometry = (wks_geometry){
        .n_areas = 1, .code = codes, .ring_start = ring_start, .n_rings = 1, .is_hole = hole, .point_start = point_start, .x = x, .y = y};
    wks_fill_buurten(&m.draft);
    assert_close(made_buurt(&m, "BU99990101")->value[WKS_CITY_area_ha], 50, 0, 0);
    assert_int_equal(made_buurt(&m, "BU99990101")->origin[WKS_CITY_area_ha], WKS_CITY_ORIGIN_estimated);
    memset(&m.draft.geometry, 0, sizeof m.draft.geometry);
    made_free(&m);
}

/* A wijk of one inhabitant with ten million households says nothing of its buurt: the figure stays what a city folder may hold. */
static void filled_counts_stay_in_range(void **state)
{
    (void)state;
    made m;
    made_draft(&m, "gwb_code;gm_naam;recs;a_inw;a_hh;a_lan_ha\nWK999901;P;Wijk;1;9999999;9999999\nBU99990101;P;Buurt;2000;.;.\n");
    wks_fill_buurten(&m.draft);
    for (int c = 0; c < WKS_CITY_lbm_won; c++) {
        double value = made_buurt(&m, "BU99990101")->value[c];
        if (isfinite(value)) assert_true(value >= wks_city_column_table[c].low && value <= wks_city_column_table[c].high);
    }
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rounding_is_found_per_column),
        cmocka_unit_test(published_values_are_never_changed),
        cmocka_unit_test(ages_of_a_suppressed_buurt_follow_its_wijk),
        cmocka_unit_test(one_missing_tenure_is_what_is_left),
        cmocka_unit_test(empty_buurt_gets_zeros_and_the_shares_of_its_wijk),
        cmocka_unit_test(figures_of_the_country_are_the_last_resort),
        cmocka_unit_test(inhabitants_not_published_are_the_rest_of_the_wijk),
        cmocka_unit_test(surface_comes_from_the_polygon),
        cmocka_unit_test(filled_counts_stay_in_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
