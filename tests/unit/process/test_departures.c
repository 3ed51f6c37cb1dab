#include "process/process_registry.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { MONTH = 2025 * 12, N = 5000 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* N households at a place, beside N housed ones that may be hosts; all rates 0. */
static void open_at(stage *s, wks_place place)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, 2);
    wks_fixture_tick_singles(&s->world, N, WKS_TENURE_OWNER, WKS_SEX_MAN, 50);
    for (int32_t i = 0; i < N; i++) {
        const bool guest = place == WKS_PLACE_AT_PARENTS || place == WKS_PLACE_EX_PARTNER || place == WKS_PLACE_HOSTED;
        const int32_t row = wks_fixture_tick_household(&s->world, N + i, WKS_NONE, place, guest ? i : WKS_NONE);
        (void)wks_fixture_tick_person(&s->world, N + i, row, WKS_ROLE_HEAD, WKS_SEX_MAN, 22);
        s->world.household.search[row] = WKS_SEARCH_MARKET;
    }
    wks_world_clear_flows(&s->world);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s->fixture, "departures", 0);
}

static int64_t at_place(const stage *s, wks_place place)
{
    int64_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += s->world.household.key[i] != 0 && s->world.household.place[i] == place;
    return n;
}

static void nobody_goes_with_all_rates_at_zero(void **state)
{
    static const wks_place places[] = {WKS_PLACE_AT_PARENTS, WKS_PLACE_EX_PARTNER, WKS_PLACE_HOSTED,
                                       WKS_PLACE_SHELTER,    WKS_PLACE_OUTSIDE,    WKS_PLACE_COA};
    (void)state;
    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        stage s;
        open_at(&s, places[k]);
        wks_fixture_tick_month(&s.fixture, "departures");
        assert_int_equal(at_place(&s, places[k]), N);
        assert_int_equal(s.world.ledger.households_departed, 0);
        close_stage(&s);
    }
}

static void who_drew_leaving_goes_with_children_at_home(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, wks_fixture_world_ten);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s.fixture, "departures", 0);
    s.world.household.search[wks_fixture_world_household(&s.world, "h1")] = WKS_SEARCH_LEAVE;
    wks_fixture_tick_month(&s.fixture, "departures");
    assert_int_equal(s.world.ledger.households_departed, 2); /* h1 and h8, the son at home */
    assert_int_equal(s.world.ledger.persons_departed, 5);
    assert_int_equal(s.world.unit.household_row[wks_fixture_world_unit(&s.world, "u1")], WKS_NONE);
    close_stage(&s);
}

static void places_are_left_at_their_monthly_rate(void **state)
{
    static const struct {
        wks_place place;
        const char *rate;
    } cases[] = {{WKS_PLACE_OUTSIDE, "outside_market"}, {WKS_PLACE_HOSTED, "hosted"}, {WKS_PLACE_SHELTER, "shelter"}};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        stage s;
        open_at(&s, cases[k].place);
        wks_fixture_tick_set(&s.fixture, "departures", cases[k].rate, 0.2);
        wks_fixture_tick_month(&s.fixture, "departures");
        wks_fixture_tick_expect((double)s.world.ledger.households_departed, N, 0.2, 4);
        close_stage(&s);
    }
}

static void outside_seekers_of_a_social_home_and_students_have_rates_of_their_own(void **state)
{
    (void)state;
    for (int32_t student = 0; student < 2; student++) {
        stage s;
        open_at(&s, WKS_PLACE_OUTSIDE);
        for (int32_t i = N; i < 2 * N; i++) {
            s.world.household.search[i] = WKS_SEARCH_BOTH;
            s.world.household.is_student[i] = (uint8_t)student;
        }
        wks_fixture_tick_set(&s.fixture, "departures", "outside_market", 1);
        wks_fixture_tick_set(&s.fixture, "departures", student ? "outside_student" : "outside_social", 0.1);
        wks_fixture_tick_month(&s.fixture, "departures");
        wks_fixture_tick_expect((double)s.world.ledger.households_departed, N, 0.1, 4);
        close_stage(&s);
    }
}

static void ex_partners_leave_the_house_half_to_others(void **state)
{
    stage s;
    (void)state;
    open_at(&s, WKS_PLACE_EX_PARTNER);
    wks_fixture_tick_set(&s.fixture, "departures", "ex_partner", 0.6);
    wks_fixture_tick_set(&s.fixture, "departures", "ex_partner_leaves", 0.5);
    wks_fixture_tick_month(&s.fixture, "departures");
    const double hosted = (double)at_place(&s, WKS_PLACE_HOSTED), gone = (double)s.world.ledger.households_departed;
    wks_fixture_tick_expect(hosted + gone, N, 0.6, 4);
    wks_fixture_tick_expect(gone, hosted + gone, 0.5, 4);
    close_stage(&s);
}

/* One in four of each: on work, on a benefit, on a pension, and on work but with a vulnerability. Two of the four are not self-reliant. */
static void make_kinds(stage *s)
{
    static const uint8_t source[4] = {WKS_INCOME_WORK, WKS_INCOME_BENEFIT, WKS_INCOME_PENSION, WKS_INCOME_WORK};

    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        s->world.household.income_source[i] = source[i % 4];
        s->world.household.vulnerability[i] = i % 4 == 3 ? WKS_VULNERABLE_LVB : 0;
    }
}

/* Of the guests at a place, how many are of the kinds that are not self-reliant. */
static int32_t dependent_at(const stage *s, wks_place place)
{
    int32_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += s->world.household.place[i] == place && i % 2 == 1;
    return n;
}

static void shelter_is_left_for_others_but_not_with_a_referral(void **state)
{
    (void)state;
    for (int32_t referred = 0; referred < 2; referred++) {
        stage s;
        open_at(&s, WKS_PLACE_SHELTER);
        make_kinds(&s);
        wks_fixture_tick_set(&s.fixture, "departures", "shelter_hosted", 0.3);
        wks_fixture_tick_set(&s.fixture, "departures", "shelter_reliant", 0.7);
        for (int32_t i = N; referred && i < 2 * N; i++)
            s.world.household.referral[i] = WKS_REFERRAL_CARE_LEAVER;
        wks_fixture_tick_month(&s.fixture, "departures");
        const double dependent = dependent_at(&s, WKS_PLACE_HOSTED), hosted = (double)at_place(&s, WKS_PLACE_HOSTED);
        if (referred) {
            assert_int_equal(at_place(&s, WKS_PLACE_SHELTER), N);
        } else {
            wks_fixture_tick_expect(dependent, N / 2, 0.3, 4);
            wks_fixture_tick_expect(hosted - dependent, N / 2, 0.7, 4);
        }
        close_stage(&s);
    }
}

/* Hosts are drawn among housed households in homes of their own, evenly. */
static void hosts_are_drawn_evenly(void **state)
{
    stage s;
    int32_t most = 0, lower_half = 0, hosted = 0;
    (void)state;
    open_at(&s, WKS_PLACE_SHELTER);
    wks_fixture_tick_set(&s.fixture, "departures", "shelter_reliant", 0.5);
    wks_fixture_tick_month(&s.fixture, "departures");
    for (int32_t i = 0; i < N; i++) {
        const int32_t guests = s.world.household.n_guests[i];
        if (guests > most) most = guests;
        hosted += guests;
        if (i < N / 2) lower_half += guests;
    }
    assert_true(hosted > 2000);
    wks_fixture_tick_expect(lower_half, hosted, 0.5, 4);
    assert_true(most <= 12);
    close_stage(&s);
}

static void wishes_lapse_back_to_the_parents(void **state)
{
    stage s;
    (void)state;
    open_at(&s, WKS_PLACE_AT_PARENTS);
    for (int32_t i = 0; i < N; i++)
        s.world.household.income_eur[i] = 50000;
    wks_fixture_tick_set(&s.fixture, "departures", "at_parents", 0.25);
    wks_fixture_tick_month(&s.fixture, "departures");
    wks_fixture_tick_expect((double)s.world.ledger.households_merged, N, 0.25, 4);
    for (int32_t i = 0; i < N; i++) {
        assert_close((double)s.world.household.income_eur[i], 50000, 1e-9, 0);
        assert_int_equal(s.world.household.n_children[i] + s.world.household.n_home_children[i], 1);
    }
    close_stage(&s);
}

/* Campus: who no longer studies leaves the city in the month after, or the home when the months are over, and then the city too or not. */
static void campus_contracts_end_after_study(void **state)
{
    static const struct {
        int32_t months_since;
        bool student;
        double graduate_leaves, campus_leaves;
        wks_place expected;
        bool departs;
    } cases[] = {{30, true, 1, 1, WKS_PLACE_HOUSED, false}, {1, false, 1, 0, WKS_PLACE_HOUSED, true},
                 {1, false, 0, 1, WKS_PLACE_HOUSED, false}, {5, false, 1, 1, WKS_PLACE_HOUSED, false},
                 {7, false, 1, 0, WKS_PLACE_HOSTED, false}, {7, false, 0, 1, WKS_PLACE_HOSTED, true}};
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        stage s;
        wks_fixture_world_make(
            &s.world, "unit r tenure=private_rent rent=400 units=2\nunit u tenure=owner value=300000 rooms=4\n"
                      "household h unit=r.0 income=20000 members=23m temporary=1\nhousehold host unit=u income=50000 members=50m\n");
        wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
        wks_fixture_tick_set_all(&s.fixture, "departures", 0);
        wks_fixture_tick_set(&s.fixture, "departures", "graduate_leaves", cases[k].graduate_leaves);
        wks_fixture_tick_set(&s.fixture, "departures", "campus_leaves", cases[k].campus_leaves);
        wks_fixture_tick_set(&s.fixture, "departures", "campus_months", 6);
        const int32_t h = wks_fixture_world_household(&s.world, "h");
        s.world.household.is_student[h] = cases[k].student;
        s.world.household.spell_month[h] = wks_month_cell(s.world.month + 1 - cases[k].months_since);
        wks_fixture_tick_month(&s.fixture, "departures");
        assert_int_equal(s.world.ledger.households_departed, cases[k].departs);
        if (!cases[k].departs) assert_int_equal(s.world.household.place[h], cases[k].expected);
        close_stage(&s);
    }
}

static void hosted_households_that_are_not_self_reliant_go_to_shelter_at_their_rate(void **state)
{
    stage s;
    (void)state;
    open_at(&s, WKS_PLACE_HOSTED);
    make_kinds(&s);
    const int32_t dependent = dependent_at(&s, WKS_PLACE_HOSTED);
    wks_fixture_tick_set(&s.fixture, "departures", "hosted_shelter", 0.2);
    wks_fixture_tick_month(&s.fixture, "departures");
    assert_in_range(dependent, N / 2 - 1, N / 2 + 1);
    assert_int_equal(at_place(&s, WKS_PLACE_SHELTER), dependent_at(&s, WKS_PLACE_SHELTER));
    wks_fixture_tick_expect((double)at_place(&s, WKS_PLACE_SHELTER), dependent, 0.2, 4);
    close_stage(&s);
}

/* N housed households that came so, this long ago. */
static void open_came(stage *s, wks_came_as came, int32_t months_ago)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, 2);
    wks_fixture_tick_singles(&s->world, N, WKS_TENURE_SOCIAL, WKS_SEX_MAN, 30);
    for (int32_t i = 0; i < N; i++) {
        s->world.household.came_as[i] = (uint8_t)came;
        s->world.household.region_month[i] = wks_month_cell(MONTH + 1 - months_ago);
    }
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s->fixture, "departures", 0);
}

/* Off, the yearly rate as a monthly one, the extreme; nothing after three years, nothing for others. */
static void statushouders_move_on_in_three_years_at_their_rate(void **state)
{
    static const struct {
        wks_came_as came;
        int32_t months_ago;
        double rate, expected;
    } cases[] = {{WKS_CAME_AS_STATUSHOUDER, 5, 0, 0},
                 {WKS_CAME_AS_STATUSHOUDER, 35, 0.5, 0.5},
                 {WKS_CAME_AS_STATUSHOUDER, 5, 1, 1},
                 {WKS_CAME_AS_STATUSHOUDER, 37, 1, 0},
                 {WKS_CAME_AS_REGION, 5, 1, 0}};
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        stage s;
        open_came(&s, cases[k].came, cases[k].months_ago);
        wks_fixture_tick_set(&s.fixture, "departures", "onward", cases[k].rate);
        wks_fixture_tick_month(&s.fixture, "departures");
        const double monthly = 1 - pow(1 - cases[k].expected, 1.0 / 12);
        wks_fixture_tick_expect((double)s.world.ledger.households_departed, N, monthly, 4);
        assert_int_equal(s.world.ledger.statushouders_left, s.world.ledger.households_departed);
        close_stage(&s);
    }
}

/* Mean stay of m months: 1/m a month of those who do not settle; months = 1 and nobody settles: all go. */
static void labour_migrants_go_back_unless_they_settle(void **state)
{
    static const struct {
        double months, settles, expected;
    } cases[] = {{0, 0, 0}, {10, 0, 0.1}, {10, 0.5, 0.05}, {1, 0, 1}, {1, 1, 0}};
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        stage s;
        open_came(&s, WKS_CAME_AS_LABOUR, 5);
        wks_fixture_tick_set(&s.fixture, "departures", "labour_months", cases[k].months);
        wks_fixture_tick_set(&s.fixture, "departures", "labour_settles", cases[k].settles);
        wks_fixture_tick_month(&s.fixture, "departures");
        wks_fixture_tick_expect((double)s.world.ledger.households_departed, N, cases[k].expected, 4);
        close_stage(&s);
    }
}

/* N people who came into a social home out of care this month. */
static void open_care(stage *s, double share)
{
    open_came(s, WKS_CAME_AS_CARE_LEAVER, 0);
    for (int32_t i = 0; i < N; i++) {
        s->world.household.referral[i] = WKS_REFERRAL_CARE_LEAVER;
        s->world.household.since_month[i] = wks_month_cell(MONTH + 1);
    }
    wks_fixture_tick_set(&s->fixture, "departures", "care_contract", share);
    wks_fixture_tick_set(&s->fixture, "departures", "care_contract_months", 6);
    wks_fixture_tick_month(&s->fixture, "departures");
}

static void care_contracts_begin_with_support_for_a_share(void **state)
{
    static const double share[] = {0, 0.6, 1};
    (void)state;
    for (size_t k = 0; k < 3; k++) {
        stage s;
        open_care(&s, share[k]);
        wks_fixture_tick_expect((double)s.world.ledger.care_contracts, N, share[k], 4);
        for (int32_t i = 0; i < N; i++) {
            const bool has = s.world.household.temporary[i] == WKS_CONTRACT_CARE;
            assert_int_equal(s.world.household.support[i], has ? 10 : 0);
            assert_int_equal(wks_rare_i32(&s.world.household.contract_month, i), has ? MONTH + 7 : WKS_NO_MONTH);
        }
        wks_fixture_tick_month(&s.fixture, "departures"); /* not for who came earlier */
        assert_int_equal(s.world.ledger.care_contracts, 0);
        close_stage(&s);
    }
}

static void care_contracts_become_own_or_end_after_their_months(void **state)
{
    static const struct {
        double own, back;
    } cases[] = {{1, 0}, {0.8, 0.5}, {0, 0}, {0, 1}};
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        stage s;
        open_care(&s, 1);
        wks_fixture_tick_set(&s.fixture, "departures", "care_contract_own", cases[k].own);
        wks_fixture_tick_set(&s.fixture, "departures", "care_contract_back", cases[k].back);
        for (int32_t m = 0; m < 5; m++) {
            wks_fixture_tick_month(&s.fixture, "departures");
            assert_int_equal(s.world.ledger.care_contracts_own + s.world.ledger.care_contracts_ended, 0);
        }
        wks_fixture_tick_month(&s.fixture, "departures");
        const double ended = (double)s.world.ledger.care_contracts_ended;
        wks_fixture_tick_expect((double)s.world.ledger.care_contracts_own, N, cases[k].own, 4);
        assert_close((double)s.world.ledger.care_contracts_own + ended, N, 0, 0);
        wks_fixture_tick_expect((double)s.world.ledger.institution_in, ended, cases[k].back, 4);
        assert_close((double)at_place(&s, WKS_PLACE_SHELTER), ended - (double)s.world.ledger.institution_in, 0, 0);
        for (int32_t i = 0; i < N; i++) {
            if (s.world.household.key[i] == 0) continue; /* went back to an institution */
            assert_int_equal(s.world.household.support[i], 0);
            assert_int_equal(wks_rare_i32(&s.world.household.contract_month, i), WKS_NO_MONTH);
        }
        close_stage(&s);
    }
}

/* Who loses the home stays the same household: key, members, registration, region, how it came. */
static void losing_the_home_keeps_key_registration_and_history(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world,
                           "unit r tenure=social rent=500\n"
                           "household h unit=r income=15000 members=30m temporary=2 registered=2019-03 region=2015-02 arrears=2\n");
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set_all(&s.fixture, "departures", 0);
    const int32_t h = wks_fixture_world_household(&s.world, "h");
    const uint64_t key = s.world.household.key[h], person = s.world.person.key[s.world.household.first_person_row[h]];
    const int32_t registered = s.world.household.registered_month[h], region = s.world.household.region_month[h];
    s.world.household.came_as[h] = WKS_CAME_AS_CARE_LEAVER;
    wks_rare_set(&s.world.household.contract_month, h, wks_month_cell(s.world.month + 1));
    wks_fixture_tick_month(&s.fixture, "departures");
    assert_int_equal(s.world.household.place[h], WKS_PLACE_SHELTER);
    assert_int_equal(s.world.household.key[h], key);
    assert_int_equal(s.world.person.key[s.world.household.first_person_row[h]], person);
    assert_int_equal(s.world.household.registered_month[h], registered);
    assert_int_equal(s.world.household.region_month[h], region);
    assert_int_equal(s.world.household.arrears_months[h], 2);
    assert_int_equal(s.world.household.came_as[h], WKS_CAME_AS_CARE_LEAVER);
    assert_int_equal(s.world.household.since_month[h], s.world.month);
    assert_int_equal(s.world.unit.household_row[wks_fixture_world_unit(&s.world, "r")], WKS_NONE);
    close_stage(&s);
}

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    uint64_t hash[2];
    (void)state;
    for (int32_t reversed = 0; reversed < 2; reversed++) {
        const wks_fixture_town_options options = {.n = 2000, .n_buurten = 5, .month = MONTH, .reversed = reversed == 1};
        stage s;
        wks_fixture_town_make(&s.world, &options);
        wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            if (s.world.household.key[i] % 16 == 1) s.world.household.search[i] = WKS_SEARCH_LEAVE;
            if (s.world.household.temporary[i]) s.world.household.is_student[i] = 0, s.world.household.income_source[i] = WKS_INCOME_WORK;
        }
        for (int32_t m = 0; m < 8; m++)
            wks_fixture_tick_month(&s.fixture, "departures");
        hash[reversed] = wks_world_hash(&s.world);
        close_stage(&s);
    }
    assert_int_equal(hash[0], hash[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_goes_with_all_rates_at_zero),
        cmocka_unit_test(who_drew_leaving_goes_with_children_at_home),
        cmocka_unit_test(places_are_left_at_their_monthly_rate),
        cmocka_unit_test(outside_seekers_of_a_social_home_and_students_have_rates_of_their_own),
        cmocka_unit_test(ex_partners_leave_the_house_half_to_others),
        cmocka_unit_test(shelter_is_left_for_others_but_not_with_a_referral),
        cmocka_unit_test(hosts_are_drawn_evenly),
        cmocka_unit_test(wishes_lapse_back_to_the_parents),
        cmocka_unit_test(campus_contracts_end_after_study),
        cmocka_unit_test(hosted_households_that_are_not_self_reliant_go_to_shelter_at_their_rate),
        cmocka_unit_test(statushouders_move_on_in_three_years_at_their_rate),
        cmocka_unit_test(labour_migrants_go_back_unless_they_settle),
        cmocka_unit_test(care_contracts_begin_with_support_for_a_share),
        cmocka_unit_test(care_contracts_become_own_or_end_after_their_months),
        cmocka_unit_test(losing_the_home_keeps_key_registration_and_history),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
