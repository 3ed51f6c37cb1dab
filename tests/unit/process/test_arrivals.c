#include "process/arrivals_statushouders.h"
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

/* The 3,000 of 18 million inhabitants owe so many persons in half a year; as many get a permit. */
static void set_taakstelling(stage *s, double persons)
{
    wks_fixture_tick_set(&s->fixture, "arrivals", "taakstelling", persons * 6000);
    wks_fixture_tick_set(&s->fixture, "arrivals", "taakstelling_known", 0);
    wks_fixture_tick_set(&s->fixture, "arrivals", "permits", 1);
}

static void statushouders_come_by_taakstelling_in_persons(void **state)
{
    stage s;
    int64_t persons = 0;
    (void)state;
    open_stage(&s, JANUARY);
    /* 3,000 of 18 million inhabitants: 120 persons in half a year. */
    set_taakstelling(&s, 120);
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
        assert_int_equal(s.world.household.came_as[i], WKS_CAME_AS_STATUSHOUDER);
        assert_int_equal(s.world.household.referral[i] == WKS_REFERRAL_STATUSHOUDER,
                         wks_rare_i32(&s.world.household.linked_month, i) != WKS_NO_MONTH);
        families += s.world.household.n_adults[i] == 2;
    }
    wks_fixture_tick_expect((double)families, (double)households, 0.32, 4);
    close_stage(&s);
}

/* Linked in an earlier half-year and still at COA. */
static void arrears_are_who_was_linked_in_an_earlier_half_year(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(
        &s.world, "month 2025-07\nunit u rent=500\nhousehold old place=coa income=0 members=30m,29f since=2025-01 referral=statushouder\n"
                  "household new place=coa income=0 members=30m since=2025-03 referral=statushouder\n"
                  "household queue place=coa income=0 members=30m since=2024-03\n");
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s.fixture, "arrivals", 0);
    wks_fixture_tick_set(&s.fixture, "arrivals", "wait_outside", 60);
    wks_rare_set(&s.world.household.linked_month, wks_fixture_world_household(&s.world, "old"), wks_month_cell(s.world.month - 1));
    wks_rare_set(&s.world.household.linked_month, wks_fixture_world_household(&s.world, "new"), wks_month_cell(s.world.month));
    for (int32_t m = 0; m < 5; m++) {
        wks_fixture_tick_month(&s.fixture, "arrivals");
        assert_int_equal(s.world.ledger.taakstelling_arrears, 2);
    }
    wks_fixture_tick_month(&s.fixture, "arrivals"); /* January */
    assert_int_equal(s.world.ledger.taakstelling_arrears, 3);
    close_stage(&s);
}

/* n singles at COA, the first since n months, the last since one. */
static void fill_coa(stage *s, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        const int32_t row = wks_fixture_tick_household(&s->world, 5000 + i, WKS_NONE, WKS_PLACE_COA, WKS_NONE);
        (void)wks_fixture_tick_person(&s->world, 5000 + i, row, WKS_ROLE_HEAD, WKS_SEX_MAN, 30);
        s->world.household.since_month[row] = wks_month_cell(s->world.month - n + i);
    }
    wks_world_clear_flows(&s->world);
}

static void who_waits_longest_at_coa_is_linked_first(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, JANUARY);
    fill_coa(&s, 50);
    set_taakstelling(&s, 60);
    wks_fixture_tick_set(&s.fixture, "arrivals", "permits", 0);
    (void)months(&s, 2);
    for (int32_t i = 3000; i < 3050; i++) {
        assert_int_equal(s.world.household.referral[i], i < 3020 ? WKS_REFERRAL_STATUSHOUDER : WKS_REFERRAL_NONE);
        assert_int_equal(wks_rare_i32(&s.world.household.linked_month, i) != WKS_NO_MONTH, i < 3020);
    }
    close_stage(&s);
}

/* 50 of 60 can be linked; the rest stays owed, and so does the half-year after. */
static void what_the_queue_does_not_hold_stays_owed(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, JANUARY);
    fill_coa(&s, 50);
    set_taakstelling(&s, 60);
    wks_fixture_tick_set(&s.fixture, "arrivals", "permits", 0);
    (void)months(&s, 6);
    assert_close(s.world.taakstelling_backlog, 10, 0, 1e-9);
    (void)months(&s, 6);
    assert_close(s.world.taakstelling_backlog, 70, 0, 1e-9);
    close_stage(&s);
}

static void half_years_with_a_published_number_have_it(void **state)
{
    static const struct {
        int32_t month;
        double usual, known, expected;
    } cases[] = {{JANUARY, 10000, 1, 15000},     {JANUARY + 6, 10000, 1, 13000}, {JANUARY + 12, 10000, 1, 10000},
                 {JANUARY - 36, 10000, 1, 9979}, {JANUARY, 10000, 0, 10000},     {JANUARY, 0, 1, 0}};
    stage s;
    (void)state;
    open_stage(&s, JANUARY);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        wks_fixture_tick_set(&s.fixture, "arrivals", "taakstelling", cases[k].usual);
        wks_fixture_tick_set(&s.fixture, "arrivals", "taakstelling_known", cases[k].known);
        const wks_settings *settings = &s.fixture.process[wks_fixture_tick_index(&s.fixture, "arrivals")];
        assert_close(wks_arrivals_statushouders_national(settings, cases[k].month), cases[k].expected, 0, 0);
    }
    close_stage(&s);
}

/* The share of the persons who waited longest stays linked; off, nobody is touched. */
static void start_links_who_waited_longest_and_nobody_when_off(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        open_stage(&s, JANUARY);
        fill_coa(&s, 40);
        for (int32_t i = 3000; i < 3040; i++)
            s.world.household.referral[i] = WKS_REFERRAL_STATUSHOUDER;
        if (on) set_taakstelling(&s, 60);
        wks_fixture_tick_set(&s.fixture, "arrivals", "coa_linked", 0.25);
        const uint64_t before = wks_world_hash(&s.world);
        wks_fixture_tick_start(&s.fixture, "arrivals");
        if (!on) assert_int_equal(wks_world_hash(&s.world), before);
        for (int32_t i = 3000; i < 3040; i++)
            assert_int_equal(s.world.household.referral[i] != WKS_REFERRAL_NONE, !on || i < 3010);
        close_stage(&s);
    }
}

/* Off: nobody follows. At the extreme all singles get their family the month after, and it counts for the taakstelling. */
static void families_follow_single_statushouders(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        int64_t joined = 0;
        open_stage(&s, JANUARY);
        fill_coa(&s, 30);
        for (int32_t i = 3000; i < 3030; i++)
            s.world.household.referral[i] = WKS_REFERRAL_STATUSHOUDER;
        set_taakstelling(&s, 60);
        wks_fixture_tick_set(&s.fixture, "arrivals", "permits", 0);
        wks_fixture_tick_set(&s.fixture, "arrivals", "coa_linked", 1);
        wks_fixture_tick_set(&s.fixture, "arrivals", "reunion", on);
        wks_fixture_tick_set(&s.fixture, "arrivals", "reunion_months", 1);
        wks_fixture_tick_start(&s.fixture, "arrivals");
        (void)months(&s, 1);
        joined = s.world.ledger.statushouders_joined;
        assert_int_equal(s.world.ledger.persons_arrived, joined);
        assert_true(on ? joined >= 30 && joined <= 120 : joined == 0);
        assert_close(s.world.taakstelling_backlog, 10 - (double)joined, 0, 1e-9);
        for (int32_t i = 3000; i < 3030; i++) {
            assert_int_equal(s.world.household.has_partner[i], on);
            assert_int_equal(s.world.household.reunion[i], 0);
        }
        close_stage(&s);
    }
}

static void contingent_is_met_exactly_and_lowered_places_send_residents_out(void **state)
{
    static const struct {
        double contingent, places;
        int64_t first, year;
    } cases[] = {{0, 0, 0, 0}, {12, 0, 3, 36}, {0, 1, 0, 0}, {0, 0.5, 100, 100}, {0, 0.001, 200, 200}, {1000, 0, 200, 200}};
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        stage s;
        int64_t out = 0;
        open_stage(&s, JANUARY);
        for (int32_t i = 0; i < 200; i++) {
            wks_err err = WKS_ERR_INIT;
            int32_t person = WKS_NONE;
            assert_ok(wks_relations_resident_add(&s.world, wks_fixture_tick_key(9, i), i % 3, WKS_SEX_MAN, WKS_ORIGIN_NL, JANUARY - 12 * 40,
                                                 &person, &err),
                      &err);
        }
        wks_world_clear_flows(&s.world);
        wks_fixture_tick_start(&s.fixture, "arrivals");
        assert_int_equal(s.world.start_residents, 200);
        wks_fixture_tick_set(&s.fixture, "arrivals", "care_contingent", cases[k].contingent);
        wks_fixture_tick_set(&s.fixture, "arrivals", "care_places", cases[k].places);
        for (int32_t m = 0; m < 12; m++) {
            (void)months(&s, 1);
            out += s.world.ledger.institution_out;
            if (m == 0) assert_int_equal(out, cases[k].first);
        }
        assert_int_equal(out, cases[k].year);
        close_stage(&s);
    }
}

static void labour_migrants_of_the_start_are_as_many_as_said(void **state)
{
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        static const double share[] = {0, 0.2, 1};
        stage s;
        int64_t n = 0;
        wks_fixture_tick_empty_world(&s.world, JANUARY, 3);
        wks_fixture_tick_singles(&s.world, 3000, WKS_TENURE_PRIVATE_RENT, WKS_SEX_MAN, 40);
        for (int32_t i = 0; i < 3000; i++)
            s.world.household.origin[i] = i % 2 == 0 ? WKS_ORIGIN_EUROPE : WKS_ORIGIN_NL;
        wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
        wks_fixture_tick_set_all(&s.fixture, "arrivals", 0);
        wks_fixture_tick_set(&s.fixture, "arrivals", "labour_start", share[k]);
        wks_fixture_tick_start(&s.fixture, "arrivals");
        for (int32_t i = 0; i < 3000; i++) {
            n += s.world.household.came_as[i] == WKS_CAME_AS_LABOUR;
            if (i % 2 == 1) assert_int_equal(s.world.household.came_as[i], WKS_CAME_AS_NONE);
        }
        wks_fixture_tick_expect((double)n, 1500, k == 0 ? 0 : k == 1 ? 0.4 : 1, 4);
        close_stage(&s);
    }
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
        before += wks_rare_i32(&s.world.person.institution_row, i) >= 0 && wks_month_age(s.world.person.birth_month[i], JANUARY) < 64 &&
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
        if (wks_rare_i32(&s.world.person.institution_row, i) >= 0) continue;
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
        cmocka_unit_test(arrears_are_who_was_linked_in_an_earlier_half_year),
        cmocka_unit_test(who_waits_longest_at_coa_is_linked_first),
        cmocka_unit_test(what_the_queue_does_not_hold_stays_owed),
        cmocka_unit_test(half_years_with_a_published_number_have_it),
        cmocka_unit_test(start_links_who_waited_longest_and_nobody_when_off),
        cmocka_unit_test(families_follow_single_statushouders),
        cmocka_unit_test(contingent_is_met_exactly_and_lowered_places_send_residents_out),
        cmocka_unit_test(labour_migrants_of_the_start_are_as_many_as_said),
        cmocka_unit_test(care_leavers_come_from_institutions_with_a_referral),
        cmocka_unit_test(ex_detainees_come_to_shelter_with_a_referral),
        cmocka_unit_test(one_kind_more_leaves_the_others_as_they_were),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
