#include "rules/round_utility.h"

#include <math.h>

#include "num/math.h"
#include "unit/rules/round_case.h"

/* A single of 40 with 60,000 (no huurtoeslag) in a home of 600 with 3 rooms, and another home of 900 with 4 rooms, 3 km to the east and 4 km to the north. */
static const char world[] = "buurten 2\n"
                            "unit home buurt=0 tenure=social rent=600 rooms=3\n"
                            "unit v buurt=1 tenure=social rent=900 rooms=4\n"
                            "unit own buurt=0 tenure=owner value=400000 rooms=3\n"
                            "household h unit=home income=60000 members=40m\n"
                            "household child place=at_parents host=h income=20000 members=22m\n"
                            "household owner unit=own income=60000 members=40m\n"
                            "household poor place=shelter income=1000 members=40m\n";

typedef struct looking {
    wks_world world;
    wks_round_behaviour behaviour;
    wks_law law;
    wks_round_rules rules;
    wks_round_month month;
    wks_round_place place;
} looking;

static void looking_open(looking *l)
{
    memset(l, 0, sizeof *l);
    wks_fixture_world_make(&l->world, world);
    const int32_t d = l->world.unit.dwelling_row[wks_fixture_world_unit(&l->world, "home")],
                  v = l->world.unit.dwelling_row[wks_fixture_world_unit(&l->world, "v")];
    l->world.dwelling.x_m[d] = 1000.0f;
    l->world.dwelling.y_m[d] = 1000.0f;
    l->world.dwelling.x_m[v] = 4000.0f;
    l->world.dwelling.y_m[v] = 5000.0f;
    l->world.buurt.won[1] = 0.10;
    l->world.buurt.onv[1] = 0.04;
    l->behaviour = case_behaviour;
    l->behaviour.taste_sd = 0.0;
    l->law = wks_law_of_year(2025, 0.0);
    l->month = (wks_round_month){
        .world = &l->world, .behaviour = &l->behaviour, .rules = &l->rules, .context = {.world = &l->world, .law = &l->law}};
    wks_round_utility_place(&l->world, wks_fixture_world_unit(&l->world, "v"), 900.0, &l->place);
}

static wks_round_seeker seeker_of(const looking *l, const char *name)
{
    wks_round_seeker seeker;

    wks_round_utility_seeker(&l->month, wks_fixture_world_household(&l->world, name), &seeker);
    return seeker;
}

static void utility_is_the_sum_of_its_terms(void **state)
{
    looking l;

    (void)state;
    looking_open(&l);
    const wks_round_seeker h = seeker_of(&l, "h");
    /* two persons: the grown-up child would come along, so four rooms count in full */
    assert_int_equal(h.persons, 2);
    assert_close(h.stay, -3.0 * 12.0 * 600.0 / 60000.0 + 0.5 * 3.0, 1e-6, 0.0);
    assert_close(wks_round_utility_of(&l.month, &h, &l.place), -3.0 * 12.0 * 900.0 / 60000.0 + 0.5 * 4.0 + 0.5 * 0.14 / 0.14 - 0.12 * 5.0,
                 1e-6, 0.0);
    wks_world_free(&l.world);
}

static void utility_of_a_guest_counts_from_the_hosts_home(void **state)
{
    looking l;

    (void)state;
    looking_open(&l);
    const wks_round_seeker child = seeker_of(&l, "child");
    assert_close(child.x_m, 1000.0, 0.0, 0.0);
    assert_int_equal(child.persons, 1);
    /* three rooms of the four count for one person; income 20,000 brings huurtoeslag only up to the limit of its age: 900 is above it */
    assert_close(wks_round_utility_of(&l.month, &child, &l.place), -3.0 * 12.0 * 900.0 / 20000.0 + 0.5 * 3.0 + 0.5 - 0.6, 1e-6, 0.0);
    wks_world_free(&l.world);
}

/* A designated buurt is worth less by weight_stigma, as a home there is; at 0 exactly nothing changes. It is told as a reason of leefbaarheid. */
static void stigma_counts_by_its_weight_for_home_and_advert(void **state)
{
    looking l;

    (void)state;
    looking_open(&l);
    const double before =
        wks_round_utility_of(&l.month, &(wks_round_seeker){.income_eur = 60000.0, .persons = 2, .kin_buurt_row = -1}, &l.place);
    const double stay = seeker_of(&l, "h").stay;
    l.world.buurt.stigma[0] = 0.5;
    l.place.stigma = 1.0;
    const wks_round_seeker any = {.income_eur = 60000.0, .persons = 2, .kin_buurt_row = -1};
    const double split = wks_round_utility_split(&l.month, &any, &l.place).leefbaarheid;
    assert_close(wks_round_utility_of(&l.month, &any, &l.place), before - 0.3, 1e-12, 0.0);
    assert_close(seeker_of(&l, "h").stay, stay - 0.15, 1e-6, 0.0);
    l.behaviour.weight_stigma = 0.0;
    assert_close(wks_round_utility_of(&l.month, &any, &l.place), before, 0.0, 0.0);
    assert_close(wks_round_utility_split(&l.month, &any, &l.place).leefbaarheid, split + 0.3, 1e-12, 0.0);
    assert_close(seeker_of(&l, "h").stay, stay, 0.0, 0.0);
    wks_world_free(&l.world);
}

static void utility_of_an_owner_weighs_the_value(void **state)
{
    looking l;

    (void)state;
    looking_open(&l);
    assert_close(seeker_of(&l, "owner").stay, -3.0 * 0.03 * 400000.0 / 60000.0 + 0.5 * 3.0, 1e-6, 0.0);
    wks_world_free(&l.world);
}

static void utility_without_home_or_income_stays_finite(void **state)
{
    looking l;

    (void)state;
    looking_open(&l);
    const wks_round_seeker poor = seeker_of(&l, "poor");
    assert_true(isnan(poor.x_m));
    assert_close(poor.income_eur, 15000.0, 0.0, 0.0);
    assert_true(isfinite(wks_round_utility_of(&l.month, &poor, &l.place)));
    wks_world_free(&l.world);
}

/* Bit for bit, for who has a right to huurtoeslag or none, whatever the year's rules, with and without positions, in runs of any length. */
static void utility_seen_equals_utility_one_by_one(void **state)
{
    enum { N = 70 };
    static const char *const who[] = {"h", "child", "owner", "poor"};
    static const int32_t year[] = {2023, 2025, 2026};
    wks_round_place place[N];
    wks_round_home home[N];
    wks_round_seen seen[N];
    looking l;

    (void)state;
    looking_open(&l);
    l.behaviour.taste_sd = 1.3;
    for (int32_t k = 0; k < 4 * 3; k++) {
        const int32_t n = N - 5 * k;
        l.law = wks_law_of_year(year[k / 4], 0.0);
        const wks_round_seeker seeker = seeker_of(&l, who[k % 4]);
        for (int32_t i = 0; i < n; i++) {
            place[i] = l.place;
            place[i].unit_key = wks_rng_pair_key((uint64_t)i, 9);
            place[i].rent_eur = i == 0 ? 0.0 : 150.0 + 17.3 * i + 3.0 * k;
            place[i].rooms = 1 + i % 6;
            if (i % 7 == 0) place[i].x_m = (double)NAN;
            if (i % 5 == 0) place[i].buurt_row = i % 3;
            wks_round_utility_weigh(&l.month, &place[i], &home[i]);
            seen[i] = (wks_round_seen){0.0, n - 1 - i};
        }
        wks_round_utility_seen(&l.month, &seeker, home, seen, n);
        for (int32_t i = 0; i < n; i++)
            assert_close(seen[i].utility, wks_round_utility_of(&l.month, &seeker, &place[n - 1 - i]), 0.0, 0.0);
    }
    wks_world_free(&l.world);
}

static void taste_of_pairs_is_standard_normal(void **state)
{
    enum { N = 20000 };
    double sum = 0.0, squares = 0.0;
    looking l;

    (void)state;
    looking_open(&l);
    const wks_round_seeker h = seeker_of(&l, "h");
    const double base = wks_round_utility_of(&l.month, &h, &l.place);
    l.behaviour.taste_sd = 1.0;
    for (int32_t i = 0; i < N; i++) {
        wks_round_place place = l.place;
        place.unit_key = wks_rng_pair_key((uint64_t)i, 77);
        const double z = wks_round_utility_of(&l.month, &h, &place) - base;
        sum += z;
        squares += z * z;
    }
    assert_close(sum / N, 0.0, 0.0, 4.0 / sqrt(N));
    assert_close(squares / N, 1.0, 0.0, 4.0 * sqrt(2.0 / N));
    wks_world_free(&l.world);
}

static void accept_falls_with_seniority_and_rises_with_one_offer(void **state)
{
    looking l;

    (void)state;
    looking_open(&l);
    const wks_round_seeker h = seeker_of(&l, "h");
    const double plain = wks_round_utility_accept(&l.month, &h, &l.place, 0.0, false);
    const double senior = wks_round_utility_accept(&l.month, &h, &l.place, 1.0, false);
    const double urgent = wks_round_utility_accept(&l.month, &h, &l.place, 0.0, true);
    assert_true(senior < plain && plain < urgent);
    assert_close(wks_math_log(plain / (1.0 - plain)) - wks_math_log(senior / (1.0 - senior)), l.behaviour.accept_wait, 1e-9, 0.0);
    assert_close(wks_math_log(urgent / (1.0 - urgent)) - wks_math_log(plain / (1.0 - plain)), l.behaviour.accept_urgent, 1e-9, 0.0);
    wks_world_free(&l.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utility_is_the_sum_of_its_terms),
        cmocka_unit_test(utility_of_a_guest_counts_from_the_hosts_home),
        cmocka_unit_test(stigma_counts_by_its_weight_for_home_and_advert),
        cmocka_unit_test(utility_of_an_owner_weighs_the_value),
        cmocka_unit_test(utility_without_home_or_income_stays_finite),
        cmocka_unit_test(utility_seen_equals_utility_one_by_one),
        cmocka_unit_test(taste_of_pairs_is_standard_normal),
        cmocka_unit_test(accept_falls_with_seniority_and_rises_with_one_offer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
