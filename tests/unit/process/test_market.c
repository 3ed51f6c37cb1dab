#include "process/market_means.h"
#include "process/process_registry.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"
#include "unit/rules/round_case.h"

enum { MONTH = 2025 * 12 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* A town in which every third household looks on the market, with enough vacancies. */
static void open_town(stage *s, int32_t n)
{
    const wks_fixture_town_options options = {.n = n, .n_buurten = 8, .month = MONTH};
    wks_fixture_town_make(&s->world, &options);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s->fixture, "market", "look", 1);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        if (s->world.household.key[i] % 3 == 0) {
            s->world.household.search[i] = WKS_SEARCH_MARKET;
            s->world.household.search_month[i] = wks_month_cell(MONTH);
        }
    }
}

static void open_text(stage *s, const char *text)
{
    wks_fixture_world_make(&s->world, text);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        if (s->world.household.search_month[i] != WKS_NO_MONTH) s->world.household.search[i] = WKS_SEARCH_MARKET;
    }
    wks_fixture_tick_set(&s->fixture, "market", "look", 1);
    wks_fixture_tick_set(&s->fixture, "market", "sample", 16);
    wks_fixture_tick_set(&s->fixture, "market", "stay", -20);
    wks_fixture_tick_set(&s->fixture, "market", "stay_latent", -20);
}

static int32_t unit_of(const stage *s, const char *household)
{
    return s->world.household.unit_row[wks_fixture_world_household(&s->world, household)];
}

static void nobody_buys_or_rents_above_their_means(void **state)
{
    stage s;
    float equity[8000];
    int32_t home[8000];
    int64_t bought = 0, rented = 0, rooms = 0;
    (void)state;
    open_town(&s, 3000);
    assert_in_range(s.world.household.base.n_rows, 3000, 8000);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        equity[i] = s.world.household.equity_eur[i];
        home[i] = s.world.household.unit_row[i];
    }
    wks_fixture_tick_set(&s.fixture, "market", "stay", -5);
    wks_fixture_tick_set(&s.fixture, "market", "price_speed", 0);
    wks_fixture_tick_month(&s.fixture, "market");
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        const int32_t unit = s.world.household.unit_row[i];
        if (unit == home[i] || unit < 0) continue;
        const int32_t dwelling = s.world.unit.dwelling_row[unit];
        const double income = (double)s.world.household.income_eur[i], rent = (double)s.world.unit.rent_eur[unit];
        assert_int_equal(s.world.household.key[i] % 3, 0);
        assert_int_not_equal(s.world.dwelling.tenure[dwelling], WKS_TENURE_SOCIAL);
        if (s.world.dwelling.tenure[dwelling] == WKS_TENURE_OWNER) {
            bought++;
            const wks_market_norms norms =
                wks_market_means_norms(&s.fixture.tick.law, s.fixture.process[wks_fixture_tick_index(&s.fixture, "market")].value);
            const double loan = wks_market_means_loan(&norms, income, s.world.household.has_partner[i] != 0);
            /* An upper bound: costs at the fees alone. */
            assert_true((double)s.world.dwelling.sale_eur[dwelling] * (1 + norms.fees) <= loan + (double)equity[i] + 1);
            assert_true((double)equity[i] >= norms.fees * (double)s.world.dwelling.sale_eur[dwelling] - 1); /* costs are not borrowed */
        } else if (s.world.unit.kind[unit] == WKS_UNIT_ROOM) {
            rooms++;
            assert_true(12 * rent <= 0.60 * (income + (s.world.household.is_student[i] ? 6000 : 0)));
            assert_true(s.world.household.n_persons[i] <= 2);
        } else {
            rented++;
            assert_true(12 * rent <= 0.40 * (income + (s.world.household.is_student[i] ? 6000 : 0)));
        }
        assert_int_equal(s.world.household.search[i], WKS_SEARCH_STAY);
    }
    assert_true(bought > 20 && rented > 10 && rooms > 2);
    close_stage(&s);
}

static void nobody_moves_who_rather_waits(void **state)
{
    stage s;
    (void)state;
    open_town(&s, 1000);
    wks_fixture_tick_set(&s.fixture, "market", "stay", 20);
    wks_fixture_tick_set(&s.fixture, "market", "stay_latent", 20);
    wks_fixture_tick_month(&s.fixture, "market");
    assert_int_equal(s.world.ledger.moves, 0);
    close_stage(&s);
}

static void nobody_moves_who_does_not_look(void **state)
{
    stage s;
    (void)state;
    open_town(&s, 1000);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
        if (s.world.household.search[i] == WKS_SEARCH_MARKET)
            s.world.household.search[i] = i % 2 == 0 ? WKS_SEARCH_SOCIAL : WKS_SEARCH_LEAVE;
    }
    wks_fixture_tick_set(&s.fixture, "market", "stay", -20);
    wks_fixture_tick_month(&s.fixture, "market");
    assert_int_equal(s.world.ledger.moves, 0);
    close_stage(&s);
}

static void nobody_moves_in_a_month_without_a_look(void **state)
{
    stage s;
    (void)state;
    open_town(&s, 1000);
    wks_fixture_tick_set(&s.fixture, "market", "stay", -20);
    wks_fixture_tick_set(&s.fixture, "market", "look", 0);
    wks_fixture_tick_month(&s.fixture, "market");
    assert_int_equal(s.world.ledger.moves, 0);
    close_stage(&s);
}

static void one_vacancy_goes_to_one_household(void **state)
{
    stage s;
    (void)state;
    open_text(&s, "unit o1 tenure=owner value=200000 rooms=3\nunit a tenure=social rent=500\n"
                  "household a1 unit=a income=90000 equity=20000 members=40m search=2024-12\n"
                  "household b1 place=shelter income=90000 equity=20000 members=40m search=2024-12\n"
                  "household b2 place=shelter income=90000 equity=20000 members=40m search=2024-12\n"
                  "household b3 place=shelter income=90000 equity=20000 members=40m search=2024-12\n");
    wks_fixture_tick_set(&s.fixture, "market", "reserve", 0.5);
    wks_fixture_tick_month(&s.fixture, "market");
    assert_int_equal(s.world.ledger.moves, 1);
    assert_true(s.world.unit.household_row[wks_fixture_world_unit(&s.world, "o1")] >= 0);
    close_stage(&s);
}

static void cheaper_larger_and_nearer_to_kin_is_preferred(void **state)
{
    static const struct {
        const char *param;
        double value;
        const char *units;
    } cases[] = {
        {"b_cost", -50, "unit worse buurt=0 tenure=private_rent rent=1100 points=200\nunit better buurt=0 tenure=private_rent rent=700\n"},
        {"b_size", 10,
         "unit worse buurt=0 tenure=private_rent rent=900 rooms=1\nunit better buurt=0 tenure=private_rent rent=900 rooms=3\n"},
        {"b_kin", 10, "unit worse buurt=0 tenure=private_rent rent=900\nunit better buurt=1 tenure=private_rent rent=900\n"},
        {"b_leefbaarheid", 10, "unit worse buurt=0 tenure=private_rent rent=900\nunit better buurt=1 tenure=private_rent rent=900\n"},
        {"b_contacts", 10, "unit worse buurt=0 tenure=private_rent rent=900\nunit better buurt=1 tenure=private_rent rent=900\n"},
        {"b_stigma", 20, "unit worse buurt=0 tenure=private_rent rent=900\nunit better buurt=1 tenure=private_rent rent=900\n"},
        {"b_owner", 10, "unit worse buurt=0 tenure=private_rent rent=700\nunit better buurt=1 tenure=owner value=200000\n"},
        {"b_house", 10,
         "unit worse buurt=0 tenure=private_rent rent=900\nunit better buurt=0 tenure=private_rent rent=900 type=single_family\n"},
        {"b_own_group", 10, "unit worse buurt=0 tenure=private_rent rent=900\nunit better buurt=1 tenure=private_rent rent=900\n"},
        {"b_income", -10, "unit worse buurt=0 tenure=private_rent rent=900\nunit better buurt=1 tenure=private_rent rent=900\n"},
    };
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        int32_t better = 0;
        for (int32_t copy = 0; copy < 12; copy++) {
            stage s;
            char text[800];
            (void)snprintf(text, sizeof text,
                           "buurten 2\n%sunit n0 buurt=0 tenure=social rent=500\nunit n1 buurt=1 tenure=social rent=500\n"
                           "household h0 unit=n0 income=10000 members=50m origin=europe\nhousehold h1 unit=n1 income=60000 members=50m\n"
                           "household seeker%d place=shelter income=60000 equity=30000 members=40m,38f,5m search=2024-12 kin=1\n",
                           cases[k].units, copy);
            open_text(&s, text);
            s.world.buurt.soc[1] = 0.28;
            s.world.buurt.contacts[1] = 2;
            s.world.buurt.stigma[0] = 1;
            wks_fixture_tick_set(&s.fixture, "market", "b_leefbaarheid", 0);
            wks_fixture_tick_set(&s.fixture, "market", "b_stigma", 0);
            wks_fixture_tick_set(&s.fixture, "market", "b_kin", 0);
            wks_fixture_tick_set(&s.fixture, "market", "reserve", 0.5);
            wks_fixture_tick_set(&s.fixture, "market", cases[k].param, cases[k].value);
            wks_fixture_tick_month(&s.fixture, "market");
            (void)snprintf(text, sizeof text, "seeker%d", copy);
            assert_true(unit_of(&s, text) >= 0);
            better += unit_of(&s, text) == wks_fixture_world_unit(&s.world, "better");
            close_stage(&s);
        }
        assert_true(better >= 11);
    }
}

static void students_come_first_in_rooms_on_a_contract_that_ends(void **state)
{
    (void)state;
    for (int32_t copy = 0; copy < 8; copy++) {
        stage s;
        char text[600];
        (void)snprintf(text, sizeof text,
                       "unit r tenure=private_rent rent=400 units=2\n"
                       "household w1 place=shelter income=30000 members=30m search=2024-12\nhousehold w2 place=shelter income=30000 "
                       "members=30m search=2024-12\n"
                       "household s%d place=shelter income=10000 members=20m student=1 source=study search=2024-12\n"
                       "household taken unit=r.1 income=9000 members=20m\n",
                       copy);
        open_text(&s, text);
        (void)snprintf(text, sizeof text, "s%d", copy);
        wks_fixture_tick_month(&s.fixture, "market");
        assert_int_equal(unit_of(&s, text), wks_fixture_world_unit(&s.world, "r.0"));
        assert_int_equal(s.world.household.temporary[wks_fixture_world_household(&s.world, text)], 1);
        close_stage(&s);
    }
}

static void rooms_are_not_for_families_or_who_has_a_home(void **state)
{
    stage s;
    (void)state;
    open_text(&s, "unit r tenure=private_rent rent=300 units=4\nunit u tenure=social rent=600\n"
                  "household family place=shelter income=60000 members=30m,30f,2f search=2024-12\n"
                  "household housed unit=u income=60000 members=30m search=2024-12\n");
    wks_fixture_tick_month(&s.fixture, "market");
    assert_int_equal(s.world.ledger.moves, 0);
    close_stage(&s);
}

static void contract_is_at_the_relative_rent(void **state)
{
    stage s;
    (void)state;
    open_text(&s, "unit p tenure=private_rent rent=1000 points=200\nhousehold h place=outside income=60000 members=40m search=2024-12\n");
    wks_fixture_tick_set(&s.fixture, "market", "price_speed", 0);
    wks_fixture_tick_set(&s.fixture, "market", "rent_fall", 0);
    wks_fixture_tick_set(&s.fixture, "market", "price_return", 0);
    s.world.buurt.price[0] = s.world.buurt.price[1] = 1.1;
    wks_fixture_tick_month(&s.fixture, "market");
    const int32_t unit = wks_fixture_world_unit(&s.world, "p");
    assert_int_equal(unit_of(&s, "h"), unit);
    assert_close((double)s.world.unit.rent_eur[unit], 1100, 1e-6, 0);
    assert_close((double)s.world.dwelling.rent_eur[s.world.unit.dwelling_row[unit]], 1000, 1e-6, 0);
    assert_int_equal(s.world.household.region_month[wks_fixture_world_household(&s.world, "h")], s.world.month);
    close_stage(&s);
}

/* The ring property: a vacancy less leaves nearly all others where they went. */
static void one_vacancy_less_changes_few_moves(void **state)
{
    int32_t home[2][8000], n = 0;
    (void)state;
    for (int32_t less = 0; less < 2; less++) {
        stage s;
        open_town(&s, 3000);
        for (int32_t u = 0; less && u < s.world.unit.base.n_rows; u++) {
            const int32_t dwelling = s.world.unit.dwelling_row[u];
            if (s.world.unit.household_row[u] >= 0 || s.world.dwelling.tenure[dwelling] != WKS_TENURE_OWNER) continue;
            s.world.unit.lettable_month[u] = wks_month_cell(MONTH + 100);
            break;
        }
        wks_fixture_tick_month(&s.fixture, "market");
        n = s.world.household.base.n_rows;
        for (int32_t i = 0; i < n; i++)
            home[less][i] = s.world.household.unit_row[i];
        close_stage(&s);
    }
    int32_t differ = 0;
    for (int32_t i = 0; i < n; i++)
        differ += home[0][i] != home[1][i];
    assert_true(differ > 0 && differ <= 12);
}

/* With both coefficients of leefbaarheid at 0 the scores make no difference to who moves where or to prices, to the byte; with one of them they do. */
static void leefbaarheid_is_exactly_absent_at_zero(void **state)
{
    static const struct {
        double choice, price;
    } cases[] = {{0, 0}, {0.4, 0}, {0, 0.05}};
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        uint64_t hash[2];
        for (int32_t other = 0; other < 2; other++) {
            stage s;
            open_town(&s, 3000);
            const double soc = s.world.buurt.soc[2], onv = s.world.buurt.onv[5];
            wks_fixture_tick_set(&s.fixture, "market", "b_leefbaarheid", cases[k].choice);
            wks_fixture_tick_set(&s.fixture, "market", "price_leefbaarheid", cases[k].price);
            s.world.buurt.soc[2] += other ? 0.3 : 0;
            s.world.buurt.onv[5] -= other ? 0.3 : 0;
            wks_fixture_tick_month(&s.fixture, "market");
            assert_true(s.world.moves.n > 0);
            s.world.buurt.soc[2] = soc;
            s.world.buurt.onv[5] = onv;
            hash[other] = wks_world_hash(&s.world);
            close_stage(&s);
        }
        if ((hash[0] == hash[1]) != (k == 0)) fail_msg("b_leefbaarheid %g, price_leefbaarheid %g", cases[k].choice, cases[k].price);
    }
}

static double mean_log_price(const wks_world *world)
{
    double sum = 0, weight = 0;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        sum += world->buurt.n_households[b] * log(world->buurt.price[b]);
        weight += world->buurt.n_households[b];
    }
    return sum / weight;
}

static void relative_prices_follow_demand_and_keep_their_mean(void **state)
{
    stage s;
    (void)state;
    open_town(&s, 3000);
    wks_fixture_tick_set(&s.fixture, "market", "price_range", 1);
    wks_fixture_tick_set(&s.fixture, "market", "price_leefbaarheid", 0);
    wks_fixture_tick_set(&s.fixture, "market", "price_speed", 0.02);
    wks_fixture_tick_set(&s.fixture, "market", "b_leefbaarheid", 5);
    s.world.buurt.soc[2] = 1;
    s.world.buurt.soc[5] = -1;
    wks_fixture_tick_month(&s.fixture, "market");
    assert_true(s.world.buurt.price[2] > 1 && s.world.buurt.price[5] < 1);
    assert_close(mean_log_price(&s.world), 0, 0, 2e-3); /* weights moved with the households since */
    close_stage(&s);
}

static void relative_prices_return_without_excess_and_stay_within_the_range(void **state)
{
    stage s;
    (void)state;
    open_text(&s, "buurten 2\nunit a buurt=0 tenure=owner value=300000\nunit b buurt=1 tenure=owner value=300000\n"
                  "household h1 unit=a income=60000 members=40m\nhousehold h2 unit=b income=60000 members=40m\n");
    s.world.buurt.price[0] = 1.2;
    s.world.buurt.price[1] = 1 / 1.2;
    for (int32_t m = 0; m < 35; m++)
        wks_fixture_tick_month(&s.fixture, "market");
    /* (1 - 0.02)^35 = 0.493 */
    assert_close(log(s.world.buurt.price[0]), log(1.2) * pow(0.98, 35), 1e-9, 0);
    wks_fixture_tick_set(&s.fixture, "market", "price_range", 0.05);
    wks_fixture_tick_month(&s.fixture, "market");
    assert_close(s.world.buurt.price[0], 1.05, 1e-12, 0);
    close_stage(&s);
}

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    uint64_t hash[3];
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        const wks_fixture_town_options options = {.n = 3000, .n_buurten = 8, .month = MONTH, .reversed = k == 2};
        stage s;
        wks_fixture_town_make(&s.world, &options);
        wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
        s.world.threads = k == 1 ? 4 : 1;
        for (int32_t m = 0; m < 4; m++) {
            for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
                s.world.household.search[i] = s.world.household.key[i] % 3 == 0 ? WKS_SEARCH_MARKET : WKS_SEARCH_STAY;
            wks_fixture_tick_month(&s.fixture, "market");
        }
        hash[k] = wks_world_hash(&s.world);
        close_stage(&s);
    }
    assert_int_equal(hash[0], hash[1]);
    assert_int_equal(hash[0], hash[2]);
}

/* The huisvestingsvergunning binds cheap private rent in designated areas: a newcomer on benefit is refused, one with work is not, and the dearer
 * home or the one elsewhere is free. */
static void permit_keeps_who_has_none_out_of_cheap_private_rent(void **state)
{
    static const struct {
        const char *rules, *source, *unit; /* unit it moves into; NULL: none */
    } of[] = {
        {"channels = ( { part = \"advertised\"; } );", "benefit", "cheap"},
        {"channels = ( { part = \"advertised\"; } ); filters = ( { part = \"art8\"; areas = \"buurt-0\"; } );", "benefit", NULL},
        {"channels = ( { part = \"advertised\"; } ); filters = ( { part = \"art8\"; areas = \"buurt-0\"; } );", "work", "cheap"},
        {"channels = ( { part = \"advertised\"; } ); filters = ( { part = \"art8\"; areas = \"buurt-1\"; } );", "benefit", "cheap"},
        {"channels = ( { part = \"advertised\"; } ); filters = ( { part = \"art8\"; areas = \"buurt-0\"; designated = \"2020-01\"; } );",
         "benefit", "cheap"},
        {"channels = ( { part = \"advertised\"; } ); filters = ( { part = \"art8\"; areas = \"buurt-0\"; private_rent = false; } );",
         "benefit", "cheap"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof of / sizeof of[0]; i++) {
        wks_text text = WKS_TEXT_INIT;
        wks_scenario scenario;
        stage s;
        wks_text_addf(&text,
                      "buurten 2\nunit cheap buurt=0 tenure=private_rent rent=700 rooms=3\n"
                      "household seeker place=shelter income=40000 members=30m source=%s region=2024-01 search=2024-12\n",
                      of[i].source);
        open_text(&s, text.data);
        case_scenario(&scenario, of[i].rules);
        s.fixture.scenario.rules = scenario.rules;
        s.fixture.scenario.n_rules = 1;
        wks_fixture_tick_month(&s.fixture, "market");
        const int32_t expected = of[i].unit == NULL ? WKS_NONE : wks_fixture_world_unit(&s.world, of[i].unit);
        if (unit_of(&s, "seeker") != expected) fail_msg("case %d: unit %d, expected %d", (int)i, unit_of(&s, "seeker"), expected);
        close_stage(&s);
        wks_scenario_free(&scenario);
        wks_text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(permit_keeps_who_has_none_out_of_cheap_private_rent),
        cmocka_unit_test(nobody_buys_or_rents_above_their_means),
        cmocka_unit_test(nobody_moves_who_rather_waits),
        cmocka_unit_test(nobody_moves_who_does_not_look),
        cmocka_unit_test(nobody_moves_in_a_month_without_a_look),
        cmocka_unit_test(one_vacancy_goes_to_one_household),
        cmocka_unit_test(cheaper_larger_and_nearer_to_kin_is_preferred),
        cmocka_unit_test(students_come_first_in_rooms_on_a_contract_that_ends),
        cmocka_unit_test(rooms_are_not_for_families_or_who_has_a_home),
        cmocka_unit_test(contract_is_at_the_relative_rent),
        cmocka_unit_test(one_vacancy_less_changes_few_moves),
        cmocka_unit_test(leefbaarheid_is_exactly_absent_at_zero),
        cmocka_unit_test(relative_prices_follow_demand_and_keep_their_mean),
        cmocka_unit_test(relative_prices_return_without_excess_and_stay_within_the_range),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
