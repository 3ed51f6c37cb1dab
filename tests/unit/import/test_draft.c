#include "import/draft.h"

#include "import/ogr.h"
#include "import/polygons.h"
#include "made.h"
#include "proefstad.h"

#define OTHER "GM8888;Anderdorp;Anderdorp;Gemeente;100\nWK888800;W;Anderdorp;Wijk;100\nBU88880000;B;Anderdorp;Buurt;100\n"
#define TWO                                                                                                                            \
    "gwb_code;regio;gm_naam;recs;a_inw\nGM9999;Proefstad;Proefstad;Gemeente;10\nWK999901;W;Proefstad;Wijk;10\nBU99990101;A;Proefstad;" \
    "Buurt;10\n" OTHER

static wks_status choose(made *m, const char *text, const char *const *chosen, size_t n)
{
    assert_ok(made_read(m, text), &m->err);
    return made_choose(m, chosen, n);
}

static void draft_only_gemeente_is_taken(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD);
    assert_int_equal(m.draft.n_gemeenten, 1);
    assert_int_equal(m.draft.n_wijken, 2);
    assert_int_equal(m.draft.n_buurten, 6);
    assert_string_equal(m.draft.wijk[m.draft.buurt[4].parent].code, "WK999902");
    made_free(&m);
}

static void draft_chosen_gemeenten_are_taken_sorted(void **state)
{
    (void)state;
    static const char *const two[] = {"Proefstad", "GM8888"};
    made m;
    assert_ok(choose(&m, TWO, two, 2), &m.err);
    assert_int_equal(m.draft.n_gemeenten, 2);
    assert_string_equal(m.draft.gemeente[0].code, "GM8888");
    assert_int_equal(m.draft.wijk[m.draft.buurt[1].parent].parent, 1);
    made_free(&m);
    assert_ok(choose(&m, TWO, &two[1], 1), &m.err);
    assert_int_equal(m.draft.n_buurten, 1);
    assert_string_equal(m.draft.buurt[0].code, "BU88880000");
    made_free(&m);
}

static void draft_unknown_gemeente_errors(void **state)
{
    (void)state;
    static const char *const wrong[] = {"Proefstat"};
    made m;
    assert_status(choose(&m, TWO, wrong, 1), WKS_ERR_DATA, &m.err);
    assert_int_equal(m.draft.n_gemeenten, 0);
    made_free(&m);
}

static void draft_without_buurten_errors(void **state)
{
    (void)state;
    made m;
    assert_status(choose(&m, PROEFSTAD_HEADER PROEFSTAD_GEMEENTE PROEFSTAD_WIJKEN, NULL, 0), WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "gemeente Proefstad (GM9999) has no rows of kind Buurt");
    made_free(&m);
}

static void draft_wijk_without_row_is_made(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD_HEADER PROEFSTAD_GEMEENTE PROEFSTAD_BUURTEN);
    assert_int_equal(m.draft.n_wijken, 2);
    assert_string_equal(m.draft.wijk[0].code, "WK999901");
    made_assert_problem(&m, "warning: wijk WK999901 has no row");
    assert_int_equal(m.problems.n_errors, 0);
    made_free(&m);
}

static void draft_row_of_the_country_wins_over_the_table(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD "NL00;Nederland;Nederland;Land;17811291;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;.;33.1;.;.\n");
    assert_close(m.draft.nation.value[WKS_CITY_persons], 17811291, 0, 0);
    assert_close(m.draft.nation.value[WKS_CITY_income_per_person_eur], 33100, 0, 1e-6);
    assert_int_equal(m.draft.nation.origin[WKS_CITY_persons], WKS_CITY_ORIGIN_published);
    assert_int_equal(m.draft.nation.origin[WKS_CITY_woz_eur], WKS_CITY_ORIGIN_national);
    assert_true(m.draft.nation.value[WKS_CITY_woz_eur] > 0);
    made_free(&m);
}

#define MERGED "gwb_code;regio;gm_naam;recs;a_inw\n"
#define NEWER                                                                                                          \
    MERGED "GM9999;Proefstad;Proefstad;Gemeente;120\nWK999901;W;Proefstad;Wijk;120\nBU99990101;A;Proefstad;Buurt;60\n" \
           "BU99990102;B;Proefstad;Buurt;60\n"

static void draft_figures_of_another_year_are_brought_to_its_inhabitants(void **state)
{
    (void)state;
    made m;
    assert_ok(made_read(&m, NEWER), &m.err);
    assert_ok(
        made_add(
            &m, "older-2021.csv",
            "gwb_code;regio;gm_naam;recs;a_inw;a_hh;a_1p_hh;a_hh_z_k;a_hh_m_k;p_koopw\nGM9999;P;Proefstad;Gemeente;100;50;20;15;15;40\n"
            "WK999901;W;Proefstad;Wijk;100;50;20;15;15;40\n"),
        &m.err);
    assert_ok(made_add(&m, "gemeenten-2023.csv", "gwb_code;gm_naam;recs;a_hh\nGM9999;Proefstad;Gemeente;70\n"), &m.err);
    assert_ok(made_choose(&m, NULL, 0), &m.err);
    const wks_draft_area *gemeente = &m.draft.gemeente[0], *wijk = &m.draft.wijk[0];
    assert_close(gemeente->value[WKS_CITY_households], 70, 0, 0);
    assert_int_equal(gemeente->origin[WKS_CITY_households], WKS_CITY_ORIGIN_published);
    assert_close(gemeente->value[WKS_CITY_households_one_person], 28, 0, 0); /* 20 of 50, of 70 */
    assert_int_equal(gemeente->origin[WKS_CITY_households_one_person], WKS_CITY_ORIGIN_estimated);
    assert_close(wijk->value[WKS_CITY_households], 60, 0, 0); /* 50 x 120 / 100 */
    assert_close(wijk->value[WKS_CITY_share_owner], 0.4, 0, 0);
    assert_int_equal(wijk->origin[WKS_CITY_share_owner], WKS_CITY_ORIGIN_estimated);
    assert_contains(m.report.data, "of 2021, not 2023: has the codes of 1 of 1 gemeenten, 1 of 1 wijken and 0 of 2 buurten");
    made_free(&m);
}

static void draft_nearest_year_comes_first(void **state)
{
    (void)state;
    made m;
    assert_ok(made_read(&m, NEWER), &m.err);
    assert_ok(made_add(&m, "a-2020.csv", "gwb_code;gm_naam;recs;p_koopw\nGM9999;Proefstad;Gemeente;20\n"), &m.err);
    assert_ok(made_add(&m, "b-2024.csv", "gwb_code;gm_naam;recs;p_koopw\nGM9999;Proefstad;Gemeente;24\n"), &m.err);
    assert_ok(made_add(&m, "c-2022.csv", "gwb_code;gm_naam;recs;p_koopw\nGM9999;Proefstad;Gemeente;22\n"), &m.err);
    assert_ok(made_choose(&m, NULL, 0), &m.err);
    assert_close(m.draft.gemeente[0].value[WKS_CITY_share_owner], 0.22, 0, 0); /* as near as 2024, and older */
    made_free(&m);
}

static void draft_tables_that_differ_are_warned_about(void **state)
{
    (void)state;
    made m;
    assert_ok(made_read(&m, NEWER), &m.err);
    assert_ok(made_add(&m, "other-2023.csv", MERGED "BU99990101;A;Proefstad;Buurt;61\n"), &m.err);
    assert_ok(made_choose(&m, NULL, 0), &m.err);
    assert_close(made_buurt(&m, "BU99990101")->value[WKS_CITY_persons], 60, 0, 0);
    made_assert_problem(&m, "warning: 1 figure differs from those of ");
    made_free(&m);
}

static void draft_all_takes_gemeenten_without_buurten_as_one_area(void **state)
{
    (void)state;
    static const char *const all[] = {"all"};
    made m;
    assert_ok(made_read(&m, NEWER "GM8888;Anderdorp;Anderdorp;Gemeente;75\n"), &m.err);
    assert_ok(made_choose(&m, all, 1), &m.err);
    assert_int_equal(m.draft.n_gemeenten, 2);
    assert_int_equal(m.draft.n_buurten, 3);
    const wks_draft_area *whole = made_buurt(&m, "BU8888ZZZZ");
    assert_string_equal(whole->name, "Anderdorp (hele gemeente)");
    assert_close(whole->value[WKS_CITY_persons], 75, 0, 0);
    assert_int_equal(whole->origin[WKS_CITY_persons], WKS_CITY_ORIGIN_gemeente); /* never published of the buurt */
    made_free(&m);
}

static void draft_origin_follows_from_migratieachtergrond(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(
        made_add(&m, "kwb-2017.csv", "gwb_code;regio;gm_naam;recs;a_inw;a_w_all;a_nw_all\nBU99990101;A;Proefstad;Buurt;1000;100;200\n"),
        &m.err);
    assert_ok(made_choose(&m, NULL, 0), &m.err);
    const wks_draft_area *a = made_buurt(&m, "BU99990101");
    assert_close(a->value[WKS_CITY_origin_nl], 700, 0, 0);
    assert_close(a->value[WKS_CITY_origin_europe], 73, 0, 0);
    assert_close(a->value[WKS_CITY_origin_outside_europe], 227, 0, 0);
    assert_int_equal(a->origin[WKS_CITY_origin_nl], WKS_CITY_ORIGIN_estimated);
    made_free(&m);
}

static void draft_without_inhabitants_errors(void **state)
{
    (void)state;
    made m;
    assert_status(choose(&m, "gwb_code;regio;gm_naam;recs;a_hh\nGM9999;P;Proefstad;Gemeente;5\nBU99990101;A;Proefstad;Buurt;5\n", NULL, 0),
                  WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "tells no inhabitants of buurten; expected a table that does");
    made_free(&m);
}

static void draft_all_without_any_buurt_errors(void **state)
{
    (void)state;
    static const char *const all[] = {"all"};
    made m;
    assert_status(choose(&m, "gwb_code;regio;gm_naam;recs;a_inw\nGM9999;P;Proefstad;Gemeente;5\nGM8888;A;Anderdorp;Gemeente;5\n", all, 1),
                  WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "no table has rows of kind Buurt, of none of 2 gemeenten; expected the edition with buurten");
    made_free(&m);
}

static wks_status take_map(made *m, const char *text)
{
    char *path = wks_folder_put(m->folder, "map.geojson", text);
    wks_geometry geometry = {0};
    wks_polygons all = {0};
    wks_status rc = wks_ogr_polygons(path, &all, &m->problems, &m->err);
    if (rc == WKS_OK) rc = wks_polygons_pack(&all, &geometry, &m->err);
    if (rc == WKS_OK) rc = wks_draft_take_geometry(&m->draft, &geometry, path, &m->problems, &m->err);
    wks_polygons_free(&all);
    free(path);
    return rc;
}

static void geometry_comes_to_rd_in_decimetres(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD);
    assert_ok(take_map(&m, PROEFSTAD_MAP), &m.err);
    assert_int_equal(m.draft.geometry.n_areas, 4);
    assert_string_equal(m.draft.geometry.code[0], "BU99990101"); /* sorted, though the file is not */
    assert_true(isnan(made_buurt(&m, "BU99990103")->x_m));
    /* 5.105 E 52.105 N lies about 134 100, 457 200 (RD); a hundredth of a degree is 685 by 1 113 m here. */
    const wks_draft_area *oost = made_buurt(&m, "BU99990101");
    assert_close(oost->x_m, 135150, 0, 2000);
    assert_close(oost->y_m, 457200, 0, 2000);
    assert_close(made_buurt(&m, "BU99990102")->x_m - oost->x_m, 685, 0, 2);
    assert_close(wks_polygons_area_ha(&m.draft.geometry, 0), 68.5 * 111.3 / 100.0, 0.01, 0);
    for (int64_t p = 0; p < m.draft.geometry.point_start[m.draft.geometry.n_rings]; p++)
        assert_close(m.draft.geometry.x[p] * 10.0, round(m.draft.geometry.x[p] * 10.0), 0, 1e-6);
    made_free(&m);
}

static void geometry_of_another_place_errors(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD);
    assert_status(take_map(&m, "{\"type\":\"FeatureCollection\",\"features\":[" PROEFSTAD_SQUARE("BU03440111", "5.1", "5.2") "]}"),
                  WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "none of its 1 polygons is of a buurt of this city; expected codes such as BU99990101");
    made_free(&m);
}

static void geometry_with_strange_codes_is_warned_about(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD);
    assert_ok(
        take_map(&m, "{\"type\":\"FeatureCollection\",\"features\":[" PROEFSTAD_SQUARE("BU99990101", "5.1", "5.2") "," PROEFSTAD_SQUARE(
                         "BU99990777", "5.2", "5.3") "," PROEFSTAD_SQUARE("BU03440111", "5.3", "5.4") "]}"),
        &m.err);
    assert_int_equal(m.draft.geometry.n_areas, 1);
    made_assert_problem(&m, "warning: 1 polygons have codes that the CBS file lacks (first BU99990777)");
    made_free(&m);
}

static void geometry_bad_files_errors(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"{\"type\":\"FeatureColl", "is not a readable map"},
        {"a,b\n1,2\n", "is not a readable map"},
        {"{\"type\":\"FeatureCollection\",\"features\":[" PROEFSTAD_SQUARE("WK999901", "5.1", "5.2") "]}",
         "no attribute with buurt codes; it holds wijken"},
        {"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"code\":\"BU99990101\"},\"geometry\":{"
         "\"type\":\"Point\",\"coordinates\":[5.1,52.1]}}]}",
         "area BU99990101 is no polygon but a POINT"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made m;
        made_draft(&m, PROEFSTAD);
        assert_status(take_map(&m, cases[i].text), WKS_ERR_DATA, &m.err);
        made_assert_problem(&m, cases[i].message);
        made_free(&m);
    }
}

/* Three inhabitants and five equal groups of another year: each is rounded up to 1, and the two too many may not leave a group below 0. */
static void draft_parts_of_tiny_buurten_stay_positive(void **state)
{
    (void)state;
    made m;
    double sum = 0.0;
    made_begin(&m);
    assert_ok(made_add(&m, "kwb-2023.csv", "gwb_code;gm_naam;recs;a_inw\nBU99990101;Proefstad;Buurt;3\n"), &m.err);
    assert_ok(made_add(&m, "kwb-2022.csv",
                       "gwb_code;gm_naam;recs;a_inw;a_00_14;a_15_24;a_25_44;a_45_64;a_65_oo\nBU99990101;Proefstad;Buurt;15;3;3;3;3;3\n"),
              &m.err);
    assert_ok(made_choose(&m, NULL, 0), &m.err);
    for (int32_t c = WKS_CITY_age_00_14; c <= WKS_CITY_age_65_plus; c++) {
        double value = made_buurt(&m, "BU99990101")->value[c];
        assert_true(value >= 0.0);
        sum += value;
    }
    assert_close(sum, 3, 0, 0);
    made_free(&m);
}

/* Codes are given anew: what was another place then, by inhabitants or by name, gives nothing. */
static void draft_codes_of_another_place_are_not_used(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int persons;
        bool is_used;
    } cases[] = {{"A", 1100, true}, {"A", 10, false}, {"Oude Haven", 1100, true}, {"Oude Haven", 600, false}, {"A", 600, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made m;
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text, "gwb_code;regio;gm_naam;recs;a_inw;p_koopw\nBU99990101;%s;Proefstad;Buurt;%d;40\n", cases[i].name,
                      cases[i].persons);
        made_begin(&m);
        assert_ok(made_add(&m, "kwb-2023.csv", "gwb_code;regio;gm_naam;recs;a_inw\nBU99990101;A;Proefstad;Buurt;1000\n"), &m.err);
        assert_ok(made_add(&m, "kwb-2021.csv", text.data), &m.err);
        assert_ok(made_choose(&m, NULL, 0), &m.err);
        assert_int_equal(isfinite(made_buurt(&m, "BU99990101")->value[WKS_CITY_share_owner]), cases[i].is_used);
        if (!cases[i].is_used)
            assert_contains(m.report.data, "1 of its areas not used: by name, borders or inhabitants their codes are of other places now");
        wks_text_free(&text);
        made_free(&m);
    }
}

/* Figures that do not go together: what is estimated from them stays what a city folder may hold. */
static void draft_estimates_stay_in_range(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(made_add(&m, "kwb-2023.csv", "gwb_code;gm_naam;recs;a_inw;bev_dich\nBU99990101;Proefstad;Buurt;9999999;0.0001\n"), &m.err);
    assert_ok(made_add(&m, "kwb-2022.csv", "gwb_code;gm_naam;recs;a_inw;a_woning\nBU99990101;Proefstad;Buurt;5000000;9999999\n"), &m.err);
    assert_ok(made_choose(&m, NULL, 0), &m.err);
    const wks_draft_area *a = made_buurt(&m, "BU99990101");
    assert_close(a->value[WKS_CITY_dwellings], wks_city_column_table[WKS_CITY_dwellings].high, 0, 0);
    assert_close(a->value[WKS_CITY_area_ha], wks_city_column_table[WKS_CITY_area_ha].high, 0, 0);
    made_free(&m);
}

/* Every row a gemeente of its own and every wijk without a row: looking each up in a list would take minutes. */
static void draft_of_very_many_gemeenten_is_made(void **state)
{
    (void)state;
    enum { N = 100000 };
    made m;
    made_many(&m, N, "5", "5");
    assert_int_equal(m.draft.n_gemeenten, N);
    assert_int_equal(m.draft.n_wijken, N);
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draft_only_gemeente_is_taken),
        cmocka_unit_test(draft_chosen_gemeenten_are_taken_sorted),
        cmocka_unit_test(draft_unknown_gemeente_errors),
        cmocka_unit_test(draft_without_buurten_errors),
        cmocka_unit_test(draft_wijk_without_row_is_made),
        cmocka_unit_test(draft_row_of_the_country_wins_over_the_table),
        cmocka_unit_test(draft_figures_of_another_year_are_brought_to_its_inhabitants),
        cmocka_unit_test(draft_nearest_year_comes_first),
        cmocka_unit_test(draft_tables_that_differ_are_warned_about),
        cmocka_unit_test(draft_all_takes_gemeenten_without_buurten_as_one_area),
        cmocka_unit_test(draft_origin_follows_from_migratieachtergrond),
        cmocka_unit_test(draft_without_inhabitants_errors),
        cmocka_unit_test(draft_all_without_any_buurt_errors),
        cmocka_unit_test(geometry_comes_to_rd_in_decimetres),
        cmocka_unit_test(geometry_of_another_place_errors),
        cmocka_unit_test(geometry_with_strange_codes_is_warned_about),
        cmocka_unit_test(geometry_bad_files_errors),
        cmocka_unit_test(draft_parts_of_tiny_buurten_stay_positive),
        cmocka_unit_test(draft_codes_of_another_place_are_not_used),
        cmocka_unit_test(draft_estimates_stay_in_range),
        cmocka_unit_test(draft_of_very_many_gemeenten_is_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
