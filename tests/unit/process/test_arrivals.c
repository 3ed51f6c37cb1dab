#include "process/process_registry.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { JANUARY = 2025 * 12 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* 3,000 single households at the start, and nobody arrives unless a test says so. */
static void open_stage(stage *s, int32_t month)
{
    wks_fixture_tick_empty_world(&s->world, month, 3);
    wks_fixture_tick_singles(&s->world, 3000, WKS_TENURE_SOCIAL, WKS_SEX_MAN, 40);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s->fixture, "arrivals", 0);
    wks_fixture_tick_set(&s->fixture, "arrivals", "wait_outside", 60);
    wks_fixture_tick_start(&s->fixture, "arrivals");
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static int64_t months(stage *s, int32_t n)
{
    int64_t households = 0;
    for (int32_t m = 0; m < n; m++) {
        wks_fixture_tick_month(&s->fixture, "arrivals");
        households += s->world.ledger.households_arrived;
    }
    return households;
}

/* Poisson with mean m: within 4 standard deviations. */
static void expect_about(int64_t observed, double mean)
{
    if (fabs((double)observed - mean) > 4 * sqrt(mean)) fail_msg("observed %ld, expected %g", (long)observed, mean);
}

static void nobody_comes_with_all_rates_at_zero(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, JANUARY);
    assert_int_equal(months(&s, 24), 0);
    close_stage(&s);
}

static void start_counts_residents_only(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, wks_fixture_world_ten);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_start(&s.fixture, "arrivals");
    assert_int_equal(s.world.start_households, 9); /* h10 is at COA */
    assert_int_equal(s.world.start_students, 1);
    close_stage(&s);
}

static void kinds_come_at_their_yearly_rate(void **state)
{
    static const char *const kinds[] = {"region", "foreign", "labour"};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        stage s;
        open_stage(&s, JANUARY);
        wks_fixture_tick_set(&s.fixture, "arrivals", kinds[k], 0.08);
        if (k == 0) wks_fixture_tick_set(&s.fixture, "arrivals", "region_social", 1); /* who looks on the market: test_arrivals_balance.c */
        expect_about(months(&s, 24), 2 * 0.08 * 3000);
        for (int32_t i = 3000; i < s.world.household.base.n_rows; i++) {
            assert_int_equal(s.world.household.place[i], WKS_PLACE_OUTSIDE);
            assert_int_not_equal(s.world.household.search_month[i], WKS_NO_MONTH);
            assert_true(s.world.household.income_eur[i] > 0);
        }
        close_stage(&s);
    }
}

static void seekers_from_the_region_are_registered_since_18_at_most(void **state)
{
    stage s;
    int64_t registered = 0, n = 0;
    (void)state;
    open_stage(&s, JANUARY);
    wks_fixture_tick_set(&s.fixture, "arrivals", "region", 0.4);
    wks_fixture_tick_set(&s.fixture, "arrivals", "region_social", 0.25);
    (void)months(&s, 24);
    for (int32_t i = 3000; i < s.world.household.base.n_rows; i++, n++) {
        const int32_t since = s.world.household.registered_month[i];
        if (since == WKS_NO_MONTH) continue;
        registered++;
        assert_true(since - s.world.household.head_birth_month[i] >= 18 * 12);
    }
    assert_int_equal(registered, n);
    expect_about(n, 2 * 0.4 * 0.25 * 3000);
    close_stage(&s);
}

static void students_come_in_their_month_only(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, JANUARY);
    s.world.start_students = 500;
    wks_fixture_tick_set(&s.fixture, "arrivals", "students", 0.4);
    wks_fixture_tick_set(&s.fixture, "arrivals", "student_month", 9);
    for (int32_t m = 0; m < 24; m++) {
        const int64_t came = months(&s, 1);
        if (wks_month_of_year(s.world.month) == 8) {
            expect_about(came, 200);
        } else {
            assert_int_equal(came, 0);
        }
    }
    for (int32_t i = 3000; i < s.world.household.base.n_rows; i++) {
        assert_int_equal(s.world.household.is_student[i], 1);
        assert_int_equal(s.world.household.income_source[i], WKS_INCOME_STUDY);
    }
    close_stage(&s);
}

static void statushouders_come_by_taakstelling_in_persons(void **state)
{
    stage s;
    int64_t persons = 0;
    (void)state;
    open_stage(&s, JANUARY);
    /* 3,000 of 18 million inhabitants: 120 persons in half a year. */
    wks_fixture_tick_set(&s.fixture, "arrivals", "taakstelling", 120.0 * 6000);
    wks_fixture_tick_set(&s.fixture, "arrivals", "statushouder_families", 0.32);
    for (int32_t m = 0; m < 6; m++) {
        (void)months(&s, 1);
        persons += s.world.ledger.persons_arrived;
    }
    /* The last household may bring a few more than are owed. */
    assert_true(persons >= 119 && persons < 120 + 5);
    for (int32_t m = 0; m < 54; m++) {
        (void)months(&s, 1);
        persons += s.world.ledger.persons_arrived;
    }
    assert_true(persons >= 1199 && persons < 1200 + 5);
    int64_t families = 0, households = 0;
    for (int32_t i = 3000; i < s.world.household.base.n_rows; i++, households++) {
        assert_int_equal(s.world.household.place[i], WKS_PLACE_COA);
        assert_int_equal(s.world.household.referral[i], WKS_REFERRAL_STATUSHOUDER);
        families += s.world.household.n_adults[i] == 2;
    }
    wks_fixture_tick_expect((double)families, (double)households, 0.32, 4);
    close_stage(&s);
}

static void arrears_are_who_waits_over_half_a_year(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(
        &s.world, "month 2025-07\nunit u rent=500\nhousehold old place=coa income=0 members=30m,29f since=2025-01 referral=statushouder\n"
                  "household new place=coa income=0 members=30m since=2025-03 referral=statushouder\n");
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s.fixture, "arrivals", 0);
    wks_fixture_tick_set(&s.fixture, "arrivals", "wait_outside", 60);
    wks_fixture_tick_month(&s.fixture, "arrivals");
    assert_int_equal(s.world.ledger.taakstelling_arrears, 2);
    wks_fixture_tick_month(&s.fixture, "arrivals");
    assert_int_equal(s.world.ledger.taakstelling_arrears, 3);
    close_stage(&s);
}

static void care_leavers_come_from_institutions_with_a_referral(void **state)
{
    const wks_fixture_town_options options = {.n = 6000, .n_buurten = 3, .month = JANUARY};
    stage s;
    int64_t before = 0, out = 0;
    (void)state;
    wks_fixture_town_make(&s.world, &options);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s.fixture, "arrivals", 0);
    wks_fixture_tick_set(&s.fixture, "arrivals", "wait_outside", 60);
    wks_fixture_tick_set(&s.fixture, "arrivals", "care_leavers", 0.3);
    wks_fixture_tick_start(&s.fixture, "arrivals");
    /* Children in institutions stay there. */
    for (int32_t i = 0; i < 300; i++) {
        wks_err err = WKS_ERR_INIT;
        int32_t person = WKS_NONE;
        assert_ok(wks_relations_resident_add(&s.world, wks_fixture_tick_key(9, i), i % 3, WKS_SEX_MAN, WKS_ORIGIN_NL, JANUARY - 12 * 10,
                                             &person, &err),
                  &err);
    }
    wks_world_clear_flows(&s.world);
    const int32_t n = s.world.household.base.n_rows;
    for (int32_t i = 0; i < s.world.person.base.n_rows; i++) {
        before += s.world.person.institution_row[i] >= 0 && wks_month_age(s.world.person.birth_month[i], JANUARY) < 64 &&
                  wks_month_age(s.world.person.birth_month[i], JANUARY) >= 18;
    }
    for (int32_t m = 0; m < 12; m++) {
        (void)months(&s, 1);
        out += s.world.ledger.institution_out;
    }
    wks_fixture_tick_expect((double)out, (double)before, 0.3, 4);
    for (int32_t i = n; i < s.world.household.base.n_rows; i++) {
        assert_int_equal(s.world.household.referral[i], WKS_REFERRAL_CARE_LEAVER);
        assert_int_equal(s.world.household.place[i], WKS_PLACE_SHELTER);
        assert_int_not_equal(s.world.household.vulnerability[i], 0);
    }
    for (int32_t i = 0; i < s.world.person.base.n_rows; i++) {
        if (s.world.person.institution_row[i] >= 0) continue;
        const int32_t home = s.world.person.household_row[i];
        if (home >= n) assert_in_range(wks_month_age(s.world.person.birth_month[i], s.world.month), 18, 65);
    }
    close_stage(&s);
}

static void ex_detainees_come_to_shelter_with_a_referral(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, JANUARY);
    wks_fixture_tick_set(&s.fixture, "arrivals", "ex_detainees", 0.01);
    expect_about(months(&s, 60), 5 * 0.01 * 3000);
    for (int32_t i = 3000; i < s.world.household.base.n_rows; i++) {
        assert_int_equal(s.world.household.referral[i], WKS_REFERRAL_EX_DETAINEE);
        assert_int_equal(s.world.household.place[i], WKS_PLACE_SHELTER);
    }
    close_stage(&s);
}

/* Event-keyed: another kind switched on changes nobody of the first kind. */
static void one_kind_more_leaves_the_others_as_they_were(void **state)
{
    float income[2][40];
    (void)state;
    for (int32_t more = 0; more < 2; more++) {
        stage s;
        int32_t n = 0;
        open_stage(&s, JANUARY);
        wks_fixture_tick_set(&s.fixture, "arrivals", "foreign", 0.2);
        wks_fixture_tick_set(&s.fixture, "arrivals", "labour", more ? 0.3 : 0);
        (void)months(&s, 1);
        for (int32_t i = 3000; i < s.world.household.base.n_rows && n < 40; i++)
            income[more][n++] = s.world.household.income_eur[i];
        assert_true(n >= 20);
        for (int32_t i = 0; more && i < 20; i++)
            assert_true(income[0][i] >= income[1][i] && income[0][i] <= income[1][i]);
        close_stage(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_comes_with_all_rates_at_zero),
        cmocka_unit_test(start_counts_residents_only),
        cmocka_unit_test(kinds_come_at_their_yearly_rate),
        cmocka_unit_test(seekers_from_the_region_are_registered_since_18_at_most),
        cmocka_unit_test(students_come_in_their_month_only),
        cmocka_unit_test(statushouders_come_by_taakstelling_in_persons),
        cmocka_unit_test(arrears_are_who_waits_over_half_a_year),
        cmocka_unit_test(care_leavers_come_from_institutions_with_a_referral),
        cmocka_unit_test(ex_detainees_come_to_shelter_with_a_referral),
        cmocka_unit_test(one_kind_more_leaves_the_others_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
