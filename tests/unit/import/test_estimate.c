#include "import/estimate.h"

#include "import/fill.h"
#include "import/leefbaarometer.h"
#include "made.h"
#include "proefstad.h"

static void values(double *v, double persons, double woz, double bijstand, double children, double young)
{
    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
        v[c] = NAN;
    v[WKS_CITY_persons] = persons;
    v[WKS_CITY_woz_eur] = woz;
    v[WKS_CITY_bijstand] = bijstand;
    v[WKS_CITY_age_00_14] = children;
    v[WKS_CITY_age_15_24] = young;
}

static void income_of_an_equal_area_is_the_reference(void **state)
{
    (void)state;
    double a[WKS_CITY_N_COLUMNS], b[WKS_CITY_N_COLUMNS];
    values(a, 1000, 300000, 30, 150, 120);
    values(b, 50000, 300000, 1500, 7500, 6000);
    assert_close(wks_estimate_income(a, b, 30000), 30000, 1e-12, 0);
}

/* The published country row and Amsterdam row of kwb 2017: 28 900 was published for Amsterdam; the formula gives 29 200 (+1 %). */
static void income_of_amsterdam_2017_is_near_the_published(void **state)
{
    (void)state;
    double nl[WKS_CITY_N_COLUMNS], amsterdam[WKS_CITY_N_COLUMNS];
    values(nl, 17081507, 216000, 471190, 2781768, 2101648);
    values(amsterdam, 844947, 290000, 42610, 126764, 109253);
    assert_close(wks_estimate_income(amsterdam, nl, 25700), 28900, 0.03, 0);
}

static void income_follows_its_determinants(void **state)
{
    (void)state;
    double a[WKS_CITY_N_COLUMNS], b[WKS_CITY_N_COLUMNS];
    values(b, 1000, 300000, 30, 150, 120);
    values(a, 1000, 330000, 30, 150, 120);
    assert_true(wks_estimate_income(a, b, 30000) > 30000);
    values(a, 1000, 300000, 60, 150, 120);
    assert_true(wks_estimate_income(a, b, 30000) < 30000);
    values(a, 1000, 1e8, 30, 150, 120);
    assert_close(wks_estimate_income(a, b, 30000), 90000, 1e-12, 0); /* clamped at three times */
}

static void income_without_people_or_value_is_not_defined(void **state)
{
    (void)state;
    double a[WKS_CITY_N_COLUMNS], b[WKS_CITY_N_COLUMNS];
    values(b, 1000, 300000, 30, 150, 120);
    values(a, 0, 300000, 0, 0, 0);
    assert_true(isnan(wks_estimate_income(a, b, 30000)));
    values(a, 1000, NAN, 0, 0, 0);
    assert_true(isnan(wks_estimate_income(a, b, 30000)));
}

static void incomes_of_a_city_are_all_filled(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD);
    wks_fill_buurten(&m.draft);
    wks_estimate_fill_income(&m.draft);
    for (int32_t i = 0; i < m.draft.n_buurten; i++) {
        double income = m.draft.buurt[i].value[WKS_CITY_income_per_person_eur];
        assert_true(income > 10000 && income < 100000);
        assert_close(fmod(income, 100), 0, 0, 1e-9);
        assert_int_equal(m.draft.buurt[i].origin[WKS_CITY_income_per_person_eur], WKS_CITY_ORIGIN_estimated);
    }
    made_free(&m);
}

static void published_income_of_the_gemeente_is_the_reference(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD);
    wks_fill_buurten(&m.draft);
    m.draft.gemeente[0].value[WKS_CITY_income_per_person_eur] = 50000;
    wks_estimate_fill_income(&m.draft);
    double sum = 0, persons = 0;
    for (int32_t i = 0; i < m.draft.n_buurten; i++) {
        sum += m.draft.buurt[i].value[WKS_CITY_income_per_person_eur] * m.draft.buurt[i].value[WKS_CITY_persons];
        persons += m.draft.buurt[i].value[WKS_CITY_persons];
    }
    assert_close(sum / persons, 50000, 0.03, 0);
    made_free(&m);
}

static void scores_missing_take_the_mean_of_the_wijk(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD);
    char *path = wks_folder_put(m.folder, "lbm.csv", PROEFSTAD_SCORES);
    wks_leefbaarometer_report report;
    assert_ok(wks_leefbaarometer_read(path, &m.draft, &report, &m.problems, &m.err), &m.err);
    wks_fill_buurten(&m.draft);
    wks_estimate_fill_leefbaarheid(&m.draft);
    const wks_draft_area *leeg = made_buurt(&m, "BU99990103");
    assert_close(leeg->value[WKS_CITY_lbm_won], (-0.05 * 500 + 0.02 * 1000) / 1500, 0, 1e-6); /* weighted with households */
    assert_int_equal(leeg->origin[WKS_CITY_lbm_won], WKS_CITY_ORIGIN_wijk);
    assert_close(made_buurt(&m, "BU99990202")->value[WKS_CITY_lbm_onv], -0.04, 0, 1e-9); /* the only scored one of its wijk */
    free(path);
    made_free(&m);
}

static void scores_without_a_file_come_from_the_stock(void **state)
{
    (void)state;
    double v[WKS_CITY_N_COLUMNS];
    values(v, 1000, 300000, 30, 150, 120);
    v[WKS_CITY_share_corporatie] = 0;
    v[WKS_CITY_share_single_family] = 0;
    v[WKS_CITY_address_density] = 1969;
    assert_close(wks_estimate_leefbaarheid(v, WKS_CITY_lbm_vrz), 0.1581, 0, 1e-12); /* the constant alone */
    double without = wks_estimate_leefbaarheid(v, WKS_CITY_lbm_onv);
    v[WKS_CITY_share_corporatie] = 1;
    assert_close(wks_estimate_leefbaarheid(v, WKS_CITY_lbm_onv) - without, -0.182, 0, 1e-4);
    made m;
    made_draft(&m, PROEFSTAD);
    wks_fill_buurten(&m.draft);
    wks_estimate_fill_leefbaarheid(&m.draft);
    for (int32_t i = 0; i < m.draft.n_buurten; i++)
        for (int c = WKS_CITY_lbm_won; c <= WKS_CITY_lbm_onv; c++) {
            assert_true(fabs(m.draft.buurt[i].value[c]) < 0.5);
            assert_int_equal(m.draft.buurt[i].origin[c], WKS_CITY_ORIGIN_estimated);
        }
    made_free(&m);
}

static void parameters_lie_in_their_range(void **state)
{
    (void)state;
    for (int k = 0; k < WKS_ESTIMATE_N; k++) {
        const wks_estimate_parameter *p = &wks_estimate_table[k];
        assert_non_null(p->name);
        assert_true(p->low <= p->value && p->value <= p->high);
        assert_true(p->source[0] != '\0' && p->unit[0] != '\0');
    }
}

static void leefbaarheid_of_the_wijk_or_gemeente_is_used_where_no_buurt_has_one(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD);
    m.draft.wijk[0].value[WKS_CITY_lbm_won] = 0.11;
    m.draft.gemeente[0].value[WKS_CITY_lbm_won] = 0.22;
    wks_fill_buurten(&m.draft);
    wks_estimate_fill_income(&m.draft);
    wks_estimate_fill_leefbaarheid(&m.draft);
    const wks_draft_area *oost = made_buurt(&m, "BU99990101"), *noord = made_buurt(&m, "BU99990201");
    assert_close(oost->value[WKS_CITY_lbm_won], 0.11, 0, 0);
    assert_int_equal(oost->origin[WKS_CITY_lbm_won], WKS_CITY_ORIGIN_wijk);
    assert_close(noord->value[WKS_CITY_lbm_won], 0.22, 0, 0);
    assert_int_equal(noord->origin[WKS_CITY_lbm_won], WKS_CITY_ORIGIN_gemeente);
    assert_int_equal(noord->origin[WKS_CITY_lbm_soc], WKS_CITY_ORIGIN_estimated);
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leefbaarheid_of_the_wijk_or_gemeente_is_used_where_no_buurt_has_one),
        cmocka_unit_test(income_of_an_equal_area_is_the_reference),
        cmocka_unit_test(income_of_amsterdam_2017_is_near_the_published),
        cmocka_unit_test(income_follows_its_determinants),
        cmocka_unit_test(income_without_people_or_value_is_not_defined),
        cmocka_unit_test(incomes_of_a_city_are_all_filled),
        cmocka_unit_test(published_income_of_the_gemeente_is_the_reference),
        cmocka_unit_test(scores_missing_take_the_mean_of_the_wijk),
        cmocka_unit_test(scores_without_a_file_come_from_the_stock),
        cmocka_unit_test(parameters_lie_in_their_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
