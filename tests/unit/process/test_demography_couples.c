#include "process/demography_couples.h"

#include "process/process_registry.h"
#include "process/profile_income.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { MONTH = 2025 * 12 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

static void open_stage(stage *s)
{
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s->fixture, "demography", 0);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* One month of couples alone, with the laws. */
static void month(stage *s, double couple, double separate)
{
    const wks_check_stocks before = wks_check_count(&s->world);
    wks_err err = WKS_ERR_INIT;

    wks_fixture_tick_next(&s->fixture);
    assert_ok(wks_demography_couples(&s->fixture.tick, couple, 1, separate, &err), &err);
    assert_ok(wks_check_structure(&s->world, &err), &err);
    assert_ok(wks_check_balance(&s->world, &before, &err), &err);
}

/* Separation is a draw a month: with the largest rate it comes within a few months. */
static void separate_soon(stage *s)
{
    for (int32_t m = 0; m < 24 && s->world.ledger.households_formed == 0; m++)
        month(s, 0, 0.95);
    assert_int_equal(s->world.ledger.households_formed, 1);
}

static void separation_leaves_one_at_home_and_one_with_the_ex(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(
        &s.world, "unit u1 tenure=social rent=600 rooms=3\n"
                  "household h1 unit=u1 income=48000 equity=10000 members=40m,38f source=work vulnerable=debt+frail region=2010-01\n");
    open_stage(&s);
    separate_soon(&s);
    const int32_t home = wks_fixture_world_household(&s.world, "h1");
    const int32_t fresh = home == 0 ? 1 : 0;
    assert_int_equal(s.world.household.place[home], WKS_PLACE_HOUSED);
    assert_int_equal(s.world.household.place[fresh], WKS_PLACE_EX_PARTNER);
    assert_int_equal(s.world.household.host_row[fresh], home);
    assert_int_equal(s.world.household.n_persons[home], 1);
    assert_int_equal(s.world.household.n_persons[fresh], 1);
    /* Two incomes of one each, money in halves, traits shared as documented. */
    const double sum = (double)s.world.household.income_eur[home] + (double)s.world.household.income_eur[fresh];
    assert_close(sum, 48000 * 2 / WKS_PROFILE_INCOME_COUPLE, 1e-6, 0);
    assert_close((double)s.world.household.equity_eur[fresh], 5000, 1e-6, 0);
    assert_int_equal(s.world.household.vulnerability[fresh], WKS_VULNERABLE_DEBT);
    assert_int_equal(s.world.household.region_month[fresh], 2010 * 12);
    close_stage(&s);
}

/* Nobody's distance from work is made or lost: it goes to both of a separation and comes from one of a pair. */
static void distance_from_work_keeps_its_share_through_couples(void **state)
{
    stage s;
    int64_t n = 0, far = 0;
    (void)state;
    wks_fixture_tick_empty_world(&s.world, MONTH, 2);
    wks_fixture_tick_singles(&s.world, 4000, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 38);
    for (int32_t i = 0; i < 4000; i++) {
        s.world.household.is_distant[i] = i < 1600;
        if (i % 2 == 0) s.world.person.sex[s.world.household.first_person_row[i]] = WKS_SEX_MAN;
    }
    open_stage(&s);
    for (int32_t m = 0; m < 24; m++)
        month(&s, 5, 0);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        if (s.world.household.key[i] == 0) continue;
        n++;
        far += s.world.household.is_distant[i];
    }
    assert_true(n < 3600);
    wks_fixture_tick_expect((double)far, (double)n, 0.4, 4);
    int64_t couples = 0, now = 0;
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        s.world.household.is_distant[i] = s.world.household.has_partner[i];
        couples += s.world.household.key[i] != 0 && s.world.household.has_partner[i];
    }
    for (int32_t m = 0; m < 12; m++)
        month(&s, 0, 0.9);
    far = 0;
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        if (s.world.household.key[i] == 0) continue;
        now++;
        far += s.world.household.is_distant[i];
    }
    assert_true(now > n + couples / 2); /* most have separated */
    assert_int_equal(far, couples + now - n);
    close_stage(&s);
}

static void separation_of_parents_leaves_the_children_at_home(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, "unit u1 tenure=owner rooms=4\nhousehold h1 unit=u1 income=80000 members=40m,38f,9f,6m\n");
    open_stage(&s);
    separate_soon(&s);
    const int32_t home = wks_fixture_world_household(&s.world, "h1");
    assert_int_equal(s.world.household.n_children[home], 2);
    assert_int_equal(s.world.household.n_adults[home], 1);
    close_stage(&s);
}

static void mothers_stay_three_times_out_of_four(void **state)
{
    stage s;
    int64_t separated = 0, men_left = 0;
    (void)state;
    wks_fixture_tick_empty_world(&s.world, MONTH, 2);
    wks_fixture_tick_singles(&s.world, 4000, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 38);
    for (int32_t i = 0; i < 4000; i++) {
        (void)wks_fixture_tick_person(&s.world, 100000 + i, i, WKS_ROLE_PARTNER, WKS_SEX_MAN, 40);
        (void)wks_fixture_tick_person(&s.world, 200000 + i, i, WKS_ROLE_CHILD, WKS_SEX_MAN, 5);
    }
    open_stage(&s);
    for (int32_t m = 0; m < 12; m++)
        month(&s, 0, 0.3);
    for (int32_t i = 4000; i < s.world.household.base.n_rows; i++) {
        separated++;
        men_left += s.world.person.sex[s.world.household.first_person_row[i]] == WKS_SEX_MAN;
    }
    wks_fixture_tick_expect((double)separated, 4000, 0.3, 4);
    wks_fixture_tick_expect((double)men_left, (double)separated, 0.75, 4);
    close_stage(&s);
}

static void separation_above_60_is_a_quarter(void **state)
{
    stage s;
    int64_t formed = 0;
    (void)state;
    wks_fixture_tick_empty_world(&s.world, MONTH, 2);
    wks_fixture_tick_singles(&s.world, 10000, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 65);
    for (int32_t i = 0; i < 10000; i++)
        (void)wks_fixture_tick_person(&s.world, 100000 + i, i, WKS_ROLE_PARTNER, WKS_SEX_MAN, 66);
    open_stage(&s);
    for (int32_t m = 0; m < 12; m++) {
        month(&s, 0, 0.2);
        formed += s.world.ledger.households_formed;
    }
    wks_fixture_tick_expect((double)formed, 10000, 0.05, 4);
    close_stage(&s);
}

/* Two singles of an age band who both look: they pair in the first month in which both do. */
static void pair_soon(stage *s)
{
    for (int32_t m = 0; m < 200 && s->world.ledger.households_merged == 0; m++)
        month(s, 5, 0);
    assert_int_equal(s->world.ledger.households_merged, 1);
}

static void couples_merge_into_the_one_home(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, "unit u1 tenure=social rent=600 rooms=3\nunit u2 tenure=private_rent rent=900 rooms=2\n"
                                     "household h1 unit=u1 income=30000 equity=1000 members=25m registered=2020-01\n"
                                     "household h2 unit=u2 income=20000 equity=3000 members=26f,3f vulnerable=lvb registered=2018-01\n");
    open_stage(&s);
    pair_soon(&s);
    const int32_t home = wks_fixture_world_household(&s.world, "h1"); /* the larger dwelling */
    assert_int_equal(s.world.household.n_persons[home], 3);
    assert_int_equal(s.world.household.has_partner[home], 1);
    assert_int_equal(s.world.household.n_children[home], 1);
    assert_close((double)s.world.household.income_eur[home], 50000 * WKS_PROFILE_INCOME_COUPLE / 2, 1e-6, 0);
    assert_close((double)s.world.household.equity_eur[home], 4000, 1e-6, 0);
    assert_int_equal(s.world.household.vulnerability[home], WKS_VULNERABLE_LVB);
    assert_int_equal(s.world.household.registered_month[home], 2018 * 12);
    assert_int_equal(s.world.unit.household_row[wks_fixture_world_unit(&s.world, "u2")], WKS_NONE);
    close_stage(&s);
}

static void couple_prefers_a_home_over_the_parents(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, "unit u1 tenure=owner rooms=5\nunit u2 tenure=social rent=500 rooms=1\n"
                                     "household p unit=u1 income=60000 members=55m,53f\n"
                                     "household z place=at_parents host=p income=20000 members=24f search=2024-01\n"
                                     "household a unit=u2 income=25000 members=25m\n");
    open_stage(&s);
    pair_soon(&s);
    const int32_t home = wks_fixture_world_household(&s.world, "a");
    assert_int_equal(s.world.household.n_persons[home], 2);
    assert_int_equal(s.world.household.n_guests[wks_fixture_world_household(&s.world, "p")], 0);
    close_stage(&s);
}

static void nobody_pairs_across_bands_students_or_from_outside(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world,
                           "unit u1 tenure=owner rooms=5\nunit u2 tenure=social rent=500 rooms=1\nunit u3 tenure=social rent=500 rooms=1\n"
                           "household a unit=u1 income=60000 members=25m\n"
                           "household b unit=u2 income=20000 members=58f\n"
                           "household c unit=u3 income=10000 members=25f student=1 source=study\n"
                           "household d place=outside income=30000 members=25f\n");
    open_stage(&s);
    for (int32_t m = 0; m < 60; m++) {
        month(&s, 5, 0);
        assert_int_equal(s.world.ledger.households_merged, 0);
    }
    close_stage(&s);
}

static void most_couples_are_of_a_man_and_a_woman(void **state)
{
    stage s;
    int64_t couples = 0, same = 0;
    (void)state;
    wks_fixture_tick_empty_world(&s.world, MONTH, 2);
    wks_fixture_tick_singles(&s.world, 8000, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 25);
    for (int32_t i = 0; i < 8000; i += 2)
        s.world.person.sex[i] = WKS_SEX_MAN;
    open_stage(&s);
    for (int32_t m = 0; m < 6; m++)
        month(&s, 1, 0);
    for (int32_t i = 0; i < 8000; i++) {
        if (s.world.household.key[i] == 0 || s.world.household.n_persons[i] != 2) continue;
        const int32_t first = s.world.household.first_person_row[i];
        couples++;
        same += s.world.person.sex[first] == s.world.person.sex[s.world.person.next_row[first]];
    }
    assert_true(couples > 250);
    assert_true(same > 0 && (double)same / (double)couples < 0.07);
    close_stage(&s);
}

/* One household more changes only pairs nearby in the order of singles. */
static void one_single_more_changes_few_pairs(void **state)
{
    uint8_t paired[2][3000];
    (void)state;
    for (int32_t more = 0; more < 2; more++) {
        stage s;
        wks_fixture_tick_empty_world(&s.world, MONTH, 2);
        wks_fixture_tick_singles(&s.world, 3000 + more, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 25);
        for (int32_t i = 0; i < 3000; i += 2)
            s.world.person.sex[i] = WKS_SEX_MAN;
        open_stage(&s);
        month(&s, 5, 0);
        for (int32_t i = 0; i < 3000; i++)
            paired[more][i] = s.world.household.key[i] == 0 || s.world.household.n_persons[i] == 2;
        close_stage(&s);
    }
    int32_t differ = 0, any = 0;
    for (int32_t i = 0; i < 3000; i++) {
        any += paired[0][i];
        differ += paired[0][i] != paired[1][i];
    }
    assert_true(any > 100);
    assert_true(differ <= 6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(separation_leaves_one_at_home_and_one_with_the_ex),
        cmocka_unit_test(distance_from_work_keeps_its_share_through_couples),
        cmocka_unit_test(separation_of_parents_leaves_the_children_at_home),
        cmocka_unit_test(mothers_stay_three_times_out_of_four),
        cmocka_unit_test(separation_above_60_is_a_quarter),
        cmocka_unit_test(couples_merge_into_the_one_home),
        cmocka_unit_test(couple_prefers_a_home_over_the_parents),
        cmocka_unit_test(nobody_pairs_across_bands_students_or_from_outside),
        cmocka_unit_test(most_couples_are_of_a_man_and_a_woman),
        cmocka_unit_test(one_single_more_changes_few_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
