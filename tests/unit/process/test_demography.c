#include "process/process_registry.h"
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

static void open_singles(stage *s, int32_t n, wks_sex sex, int32_t age)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, 4);
    wks_fixture_tick_singles(&s->world, n, WKS_TENURE_SOCIAL, sex, age);
    open_stage(s);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static wks_ledger year(stage *s)
{
    wks_ledger sum = {0};
    for (int32_t m = 0; m < 12; m++) {
        wks_fixture_tick_next(&s->fixture);
        wks_fixture_tick_run(&s->fixture, "demography");
#define ADD(name, help) sum.name += s->world.ledger.name;
        WKS_LEDGER(ADD)
#undef ADD
    }
    return sum;
}

/* Deaths in a year at an age of 80.0 to 80.9, that grows meanwhile: Gompertz by hand, in 12 steps. */
static double death_by_hand(double level, double growth, double factor, int32_t age)
{
    double alive = 0;
    for (int32_t shift = 0; shift < 12; shift++) {
        double one = 1;
        for (int32_t m = 1; m <= 12; m++) {
            const int32_t now = age + (shift + m) / 12;
            one *= pow(1 - factor * (level * exp(growth * (now - 60)) + 0.0001), 1.0 / 12);
        }
        alive += one / 12;
    }
    return 1 - alive;
}

static void deaths_at_80_follow_gompertz(void **state)
{
    (void)state;
    for (int32_t sex = 0; sex < 2; sex++) {
        stage s;
        open_singles(&s, 60000, (wks_sex)sex, 80);
        wks_fixture_tick_set(&s.fixture, "demography", "death_level", 0.006);
        wks_fixture_tick_set(&s.fixture, "demography", "death_growth", 0.111);
        const wks_ledger flow = year(&s);
        wks_fixture_tick_expect((double)flow.persons_died, 60000, death_by_hand(0.006, 0.111, sex == WKS_SEX_MAN ? 1.2 : 0.85, 80), 4);
        assert_int_equal(flow.households_dissolved, flow.persons_died);
        close_stage(&s);
    }
}

static void deaths_off_leaves_everybody_alive_but_for_the_floor(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, 20000, WKS_SEX_WOMAN, 80);
    const wks_ledger flow = year(&s);
    /* One in ten thousand a year, times 0.85, stays: accidents. */
    wks_fixture_tick_expect((double)flow.persons_died, 20000, 0.000085, 4);
    close_stage(&s);
}

static void births_only_of_women_of_15_to_49(void **state)
{
    static const struct {
        wks_sex sex;
        int32_t age;
        bool expected;
    } cases[] = {{WKS_SEX_WOMAN, 30, true}, {WKS_SEX_MAN, 30, false}, {WKS_SEX_WOMAN, 51, false}, {WKS_SEX_WOMAN, 80, false}};

    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stage s;
        open_singles(&s, 2000, cases[i].sex, cases[i].age);
        wks_fixture_tick_set(&s.fixture, "demography", "fertility", 5);
        wks_fixture_tick_set(&s.fixture, "demography", "fertility_single", 1);
        wks_fixture_tick_set(&s.fixture, "demography", "fertility_age", 31);
        wks_fixture_tick_set(&s.fixture, "demography", "fertility_sd", 50);
        const wks_ledger flow = year(&s);
        if (cases[i].expected) {
            assert_true(flow.persons_born > 60);
        } else {
            assert_int_equal(flow.persons_born, 0);
        }
        close_stage(&s);
    }
}

static void births_follow_the_rate_at_31_and_fall_without_partner(void **state)
{
    int64_t born[2];
    (void)state;
    for (int32_t single = 0; single < 2; single++) {
        stage s;
        wks_fixture_tick_empty_world(&s.world, MONTH, 2);
        wks_fixture_tick_singles(&s.world, 30000, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 31);
        for (int32_t i = 0; !single && i < 30000; i++)
            (void)wks_fixture_tick_person(&s.world, 100000 + i, i, WKS_ROLE_PARTNER, WKS_SEX_MAN, 33);
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "demography", "fertility", 1.5);
        wks_fixture_tick_set(&s.fixture, "demography", "fertility_age", 31.5);
        wks_fixture_tick_set(&s.fixture, "demography", "fertility_sd", 50); /* flat, so that the rate hardly moves over the year */
        wks_fixture_tick_set(&s.fixture, "demography", "fertility_single", 0.2);
        born[single] = year(&s).persons_born;
        const double yearly = 1.25 * 1.45 * 1.5 * 0.3989422804014327 / 50 * (single ? 0.2 : 1);
        wks_fixture_tick_expect((double)born[single], 30000 * 12, yearly / 12, 4);
        close_stage(&s);
    }
    assert_true(born[1] < born[0] / 3);
}

/* Families of two parents and one child of an age; returns the latent units that arise in a year. */
static double leaving(int32_t age, double factor, int32_t n)
{
    stage s;
    wks_fixture_tick_empty_world(&s.world, MONTH, 4);
    wks_fixture_tick_singles(&s.world, n, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 50);
    for (int32_t i = 0; i < n; i++)
        (void)wks_fixture_tick_person(&s.world, 100000 + i, i, WKS_ROLE_CHILD, WKS_SEX_MAN, age);
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "demography", "leave_home", factor);
    wks_fixture_tick_set(&s.fixture, "demography", "student_share", 0.4);
    const wks_ledger flow = year(&s);
    int64_t at_parents = 0, students = 0;
    for (int32_t i = n; i < s.world.household.base.n_rows; i++) {
        at_parents += s.world.household.place[i] == WKS_PLACE_AT_PARENTS && s.world.household.host_row[i] >= 0;
        students += s.world.household.is_student[i];
    }
    assert_int_equal(at_parents, flow.households_formed);
    if (age == 22 && factor > 0) wks_fixture_tick_expect((double)students, (double)at_parents, 0.4, 4);
    close_stage(&s);
    return (double)flow.households_formed;
}

static void leaving_home_at_22_has_its_yearly_rate(void **state)
{
    (void)state;
    wks_fixture_tick_expect(leaving(22, 1, 20000), 20000, 0.26, 4);
    assert_true(leaving(22, 0, 500) == 0);
    assert_true(leaving(15, 5, 500) == 0); /* minors stay */
}

/* Of the children of parents far from work: as they are, or else as often as in the city. */
static void leaving_home_takes_the_distance_from_work_of_the_parents_or_the_citys(void **state)
{
    enum { FAMILIES = 8000 };
    stage s;
    double n[2] = {0, 0}, far[2] = {0, 0};
    (void)state;
    wks_fixture_tick_empty_world(&s.world, MONTH, 4);
    wks_fixture_tick_singles(&s.world, FAMILIES, WKS_TENURE_OWNER, WKS_SEX_WOMAN, 50);
    for (int32_t i = 0; i < FAMILIES; i++) {
        (void)wks_fixture_tick_person(&s.world, 100000 + i, i, WKS_ROLE_CHILD, WKS_SEX_MAN, 22);
        s.world.household.is_distant[i] = i % 2 == 0;
    }
    open_stage(&s);
    s.world.balance.distant = 0.25;
    wks_fixture_tick_set(&s.fixture, "demography", "leave_home", 2);
    wks_fixture_tick_set(&s.fixture, "demography", "distant_inherits", 0.6);
    (void)year(&s);
    for (int32_t i = FAMILIES; i < s.world.household.base.n_rows; i++) {
        const int32_t parents = s.world.household.host_row[i];
        if (parents == WKS_NONE) continue; /* the mother died */
        n[s.world.household.is_distant[parents]]++;
        far[s.world.household.is_distant[parents]] += s.world.household.is_distant[i];
    }
    wks_fixture_tick_expect(far[0], n[0], 0.4 * 0.25, 4);
    wks_fixture_tick_expect(far[1], n[1], 0.6 + 0.4 * 0.25, 4);
    close_stage(&s);
}

static void leaving_home_needs_a_parent_who_stays(void **state)
{
    stage s;
    (void)state;
    wks_fixture_tick_empty_world(&s.world, MONTH, 1);
    const int32_t unit = wks_fixture_tick_dwelling(&s.world, 1, 0, WKS_TENURE_SOCIAL, 1, 600, 0, 3);
    const int32_t row = wks_fixture_tick_household(&s.world, 1, unit, WKS_PLACE_HOUSED, WKS_NONE);
    (void)wks_fixture_tick_person(&s.world, 1, row, WKS_ROLE_CHILD, WKS_SEX_MAN, 22);
    wks_relations_refresh(&s.world, row);
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "demography", "leave_home", 5);
    assert_int_equal(year(&s).households_formed, 0);
    close_stage(&s);
}

static void care_takes_the_old_and_fewer_with_a_partner(void **state)
{
    double taken[2];
    (void)state;
    for (int32_t couple = 0; couple < 2; couple++) {
        stage s;
        wks_fixture_tick_empty_world(&s.world, MONTH, 4);
        wks_fixture_tick_singles(&s.world, 20000, WKS_TENURE_SOCIAL, WKS_SEX_WOMAN, 84);
        for (int32_t i = 0; couple && i < 20000; i++)
            (void)wks_fixture_tick_person(&s.world, 100000 + i, i, WKS_ROLE_PARTNER, WKS_SEX_MAN, 60);
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "demography", "care_old", 0.2);
        wks_fixture_tick_set(&s.fixture, "demography", "care_partner", 0.25);
        const wks_ledger flow = year(&s);
        taken[couple] = (double)flow.institution_in;
        if (!couple) assert_int_equal(flow.households_dissolved, flow.institution_in + flow.persons_died);
        close_stage(&s);
    }
    /* Ages 84 to 86 bracket the level at 85. */
    assert_true(taken[0] > 0.17 * 20000 && taken[0] < 0.23 * 20000);
    assert_true(taken[1] > 0.2 * taken[0] && taken[1] < 0.35 * taken[0]);
}

static void care_of_the_young_needs_a_trait(void **state)
{
    (void)state;
    for (int32_t with = 0; with < 2; with++) {
        stage s;
        open_singles(&s, 10000, WKS_SEX_MAN, 40);
        for (int32_t i = 0; with && i < 10000; i++)
            s.world.household.vulnerability[i] = WKS_VULNERABLE_PSYCHIATRIC;
        wks_fixture_tick_set(&s.fixture, "demography", "care_young", 0.3);
        const wks_ledger flow = year(&s);
        if (with) {
            wks_fixture_tick_expect((double)flow.institution_in, 10000, 0.3, 4);
        } else {
            assert_int_equal(flow.institution_in, 0);
        }
        close_stage(&s);
    }
}

static void registering_and_lapsing_have_their_yearly_rates(void **state)
{
    stage s;
    (void)state;
    open_singles(&s, 20000, WKS_SEX_MAN, 24);
    wks_fixture_tick_set(&s.fixture, "demography", "register_young", 0.12);
    wks_ledger flow = year(&s);
    wks_fixture_tick_expect((double)flow.registrations_new, 20000, 0.12, 4);
    /* Now they lapse, but for those who search. */
    wks_fixture_tick_set(&s.fixture, "demography", "register_young", 0);
    wks_fixture_tick_set(&s.fixture, "demography", "lapse", 1);
    for (int32_t i = 0; i < 20000; i += 2)
        s.world.household.search_month[i] = wks_month_cell(s.world.month);
    const int64_t before = wks_check_count(&s.world).registrations;
    flow = year(&s);
    int64_t left = 0;
    for (int32_t i = 0; i < 20000; i++) {
        const bool registered = s.world.household.registered_month[i] != WKS_NO_MONTH;
        left += registered;
        if (i % 2 == 1 && s.world.household.key[i] != 0) assert_false(registered);
    }
    assert_int_equal(before - flow.registrations_ended, left);
    assert_true(left > before * 4 / 10 && left < before * 6 / 10);
    close_stage(&s);
}

static void widowed_keep_an_income_of_one(void **state)
{
    stage s;
    (void)state;
    wks_fixture_tick_empty_world(&s.world, MONTH, 4);
    wks_fixture_tick_singles(&s.world, 200, WKS_TENURE_SOCIAL, WKS_SEX_WOMAN, 70);
    for (int32_t i = 0; i < 200; i++) {
        (void)wks_fixture_tick_person(&s.world, 100000 + i, i, WKS_ROLE_PARTNER, WKS_SEX_MAN, 98);
        s.world.household.income_eur[i] = 32000;
    }
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "demography", "death_level", 0.1);
    wks_fixture_tick_set(&s.fixture, "demography", "death_growth", 0.2);
    wks_fixture_tick_month(&s.fixture, "demography");
    int32_t widowed = 0;
    for (int32_t i = 0; i < 200; i++) {
        if (s.world.household.key[i] == 0) continue;
        const bool alone = s.world.household.n_persons[i] == 1;
        widowed += alone;
        assert_close((double)s.world.household.income_eur[i], alone ? 20000 : 32000, 1e-6, 0);
    }
    assert_true(widowed > 5);
    close_stage(&s);
}

static void seekers_outside_have_no_life_here(void **state)
{
    stage s;
    (void)state;
    wks_fixture_tick_empty_world(&s.world, MONTH, 1);
    for (int32_t i = 0; i < 500; i++) {
        const int32_t row = wks_fixture_tick_household(&s.world, i, WKS_NONE, WKS_PLACE_OUTSIDE, WKS_NONE);
        (void)wks_fixture_tick_person(&s.world, i, row, WKS_ROLE_HEAD, WKS_SEX_WOMAN, 30);
    }
    wks_world_clear_flows(&s.world);
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "demography", "death_level", 0.1);
    wks_fixture_tick_set(&s.fixture, "demography", "fertility", 5);
    wks_fixture_tick_set(&s.fixture, "demography", "register_middle", 1);
    const wks_ledger flow = year(&s);
    assert_int_equal(flow.persons_died + flow.persons_born + flow.registrations_new, 0);
    close_stage(&s);
}

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    static const char *const only[] = {"demography"};
    (void)state;
    wks_fixture_town_same_anyhow(wks_process_registry, wks_process_registry_size, only, 1, 5000, 12);
}

static void town_keeps_all_laws(void **state)
{
    const wks_fixture_town_options options = {.n = 800, .n_buurten = 5, .month = MONTH};
    stage s;
    (void)state;
    wks_fixture_town_make(&s.world, &options);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    /* Much of everything, so that rare coincidences happen. */
    wks_fixture_tick_set(&s.fixture, "demography", "death_level", 0.05);
    wks_fixture_tick_set(&s.fixture, "demography", "fertility", 5);
    wks_fixture_tick_set(&s.fixture, "demography", "couple", 4);
    wks_fixture_tick_set(&s.fixture, "demography", "separate", 0.3);
    wks_fixture_tick_set(&s.fixture, "demography", "care_old", 0.3);
    wks_fixture_tick_set(&s.fixture, "demography", "leave_home", 3);
    for (int32_t m = 0; m < 36; m++)
        wks_fixture_tick_month(&s.fixture, "demography");
    close_stage(&s);
}

static int32_t count_motivated(const stage *s)
{
    int32_t n = 0;
    for (int32_t h = 0; h < s->world.household.base.n_rows; h++)
        n += s->world.household.motivated[h];
    return n;
}

static void motivated_share_moves_the_line_and_not_the_draws(void **state)
{
    stage s;
    int32_t first;

    (void)state;
    open_singles(&s, 20000, WKS_SEX_MAN, 40);
    first = count_motivated(&s);
    wks_fixture_tick_expect(first, 20000, WKS_WORLD_MOTIVATED_SHARE, 4);
    wks_fixture_tick_set(&s.fixture, "demography", "motivated", 0.3);
    wks_fixture_tick_month(&s.fixture, "demography");
    wks_fixture_tick_expect(count_motivated(&s), 20000, 0.3, 4);
    wks_fixture_tick_set(&s.fixture, "demography", "motivated", WKS_WORLD_MOTIVATED_SHARE);
    wks_fixture_tick_month(&s.fixture, "demography");
    assert_int_equal(count_motivated(&s), first); /* the same households */
    wks_fixture_tick_set(&s.fixture, "demography", "motivated", 0);
    wks_fixture_tick_month(&s.fixture, "demography");
    assert_int_equal(count_motivated(&s), 0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deaths_at_80_follow_gompertz),
        cmocka_unit_test(motivated_share_moves_the_line_and_not_the_draws),
        cmocka_unit_test(deaths_off_leaves_everybody_alive_but_for_the_floor),
        cmocka_unit_test(births_only_of_women_of_15_to_49),
        cmocka_unit_test(births_follow_the_rate_at_31_and_fall_without_partner),
        cmocka_unit_test(leaving_home_at_22_has_its_yearly_rate),
        cmocka_unit_test(leaving_home_takes_the_distance_from_work_of_the_parents_or_the_citys),
        cmocka_unit_test(leaving_home_needs_a_parent_who_stays),
        cmocka_unit_test(care_takes_the_old_and_fewer_with_a_partner),
        cmocka_unit_test(care_of_the_young_needs_a_trait),
        cmocka_unit_test(registering_and_lapsing_have_their_yearly_rates),
        cmocka_unit_test(widowed_keep_an_income_of_one),
        cmocka_unit_test(seekers_outside_have_no_life_here),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
        cmocka_unit_test(town_keeps_all_laws),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
