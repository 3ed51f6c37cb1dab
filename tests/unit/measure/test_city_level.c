#include "measure/city_level.h"

#include "fixture_measure.h"
#include "measure/selection.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_counts counts;
    wks_window window;
    wks_series series;
    wks_law law;
} stage;

static void open_stage(stage *s, const char *more)
{
    wks_err err = WKS_ERR_INIT;
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, more);
    wks_observe_refresh_groups(&s->scenario, &s->world);
    s->law = wks_law_of_year(2025, 0.025);
    assert_ok(wks_counts_create(3, 3, &s->counts, &err), &err);
    wks_window_start(&s->window, 20);
}

static void close_stage(stage *s)
{
    wks_series_free(&s->series);
    wks_window_free(&s->window);
    wks_counts_free(&s->counts);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void measure(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    wks_series_clear(&s->series);
    assert_ok(wks_counts_take(&s->counts, &s->world, &s->law, &err), &err);
    assert_ok(wks_city_level_add(&s->scenario, &s->world, &s->counts, &s->window, &s->series, &err), &err);
}

static double city(const stage *s, const char *indicator, const char *group)
{
    return wks_fixture_measure_city(&s->series, indicator, group);
}

static void stocks_equal_a_hand_made_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "");
    s.world.leefbaarheid_mean = 0.031;
    s.world.price_level = 1.05;
    s.world.support.used[WKS_SUPPORT_ggz] = 20;
    s.world.support.used[WKS_SUPPORT_wijkteam] = 100;
    s.world.buurt.load[0] = 3;
    s.world.buurt.load[1] = 1;
    s.world.buurt.capacity[0] = 8;
    measure(&s);
    assert_close(city(&s, "persons", ""), 20, 0, 0);
    assert_close(city(&s, "households", ""), 9, 0, 0);
    assert_close(city(&s, "households", "families"), 4, 0, 0); /* h1, h3, h4 and h9, who stays with the ex */
    assert_close(city(&s, "households", "referred"), 0, 0, 0);
    assert_close(city(&s, "registered", ""), 4, 0, 0);
    assert_close(city(&s, "vacancies_social", ""), 2, 0, 0);
    assert_close(city(&s, "vacancies_market", ""), 3, 0, 0);
    assert_close(city(&s, "units_social", ""), 6, 0, 0);
    assert_close(city(&s, "unhoused", "at_parents"), 1, 0, 0);
    assert_close(city(&s, "unhoused", "ex_partner"), 1, 0, 0);
    assert_close(city(&s, "unhoused", "coa"), 1, 0, 0);
    assert_close(city(&s, "unhoused", "shelter"), 0, 0, 0);
    assert_close(city(&s, "seekers_outside", ""), 0, 0, 0);
    assert_close(city(&s, "leefbaarheid", ""), 0.031, 0, 0);
    assert_close(city(&s, "load", ""), 0.5, 0, 0);
    assert_close(city(&s, "support_hours", ""), 12, 0, 0);
    assert_close(city(&s, "price_level", ""), 1.05, 0, 0);
    close_stage(&s);
}

static void flows_are_not_known_before_the_first_month(void **state)
{
    static const char *const flows[] = {"moves",
                                        "births",
                                        "deaths",
                                        "net_migration",
                                        "evictions",
                                        "dwellings_sold",
                                        "points_lost",
                                        "reactions_per_advert",
                                        "lettings",
                                        "wait_mean_months",
                                        "wait_p50_months",
                                        "search_p50_months",
                                        "refusals_per_letting",
                                        "success_rate",
                                        "starters_share",
                                        "chain_mean"};
    stage s;
    (void)state;
    open_stage(&s, "");
    measure(&s);
    for (size_t i = 0; i < sizeof flows / sizeof *flows; i++) {
        if (!isnan(city(&s, flows[i], ""))) fail_msg("%s is a number before anything happened", flows[i]);
    }
    close_stage(&s);
}

static void flows_equal_a_hand_made_count(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, "");
    wks_fixture_measure_letting(&s.world, "v1", 1, 120, 24)->refusals = 5;
    wks_fixture_measure_letting(&s.world, "v2", 0, 60, 12)->refusals = 2;
    s.world.letting.n_adverts = 4;
    s.world.letting.n_reactions = 90;
    s.world.ledger.moves = 5;
    s.world.ledger.evictions = 1;
    s.world.ledger.dwellings_sold = 2;
    s.world.ledger.dwellings_liberalised = 3;
    s.world.ledger.ceiling_kept = 4;
    s.world.ledger.ceiling_not_built = 5;
    s.world.ledger.suspensions = 6;
    s.world.ledger.registrations_lapsed = 7;
    s.world.ledger.points_lost = 850;
    s.counts.active[WKS_WINDOW_GROUPS - 1] = 48;
    assert_ok(wks_window_push(&s.window, &s.world, s.counts.active, 20, &err), &err);
    measure(&s);
    assert_close(city(&s, "lettings", ""), 2, 0, 0);
    assert_close(city(&s, "lettings", "families"), 1, 0, 0);
    assert_close(city(&s, "moves", ""), 5, 0, 0);
    assert_close(city(&s, "evictions", ""), 1, 0, 0);
    assert_close(city(&s, "dwellings_sold", ""), 2, 0, 0);
    assert_close(city(&s, "dwellings_liberalised", ""), 3, 0, 0);
    assert_close(city(&s, "ceiling_kept", ""), 4, 0, 0);
    assert_close(city(&s, "ceiling_not_built", ""), 5, 0, 0);
    assert_close(city(&s, "suspensions", ""), 6, 0, 0);
    assert_close(city(&s, "registrations_lapsed", ""), 7, 0, 0);
    assert_close(city(&s, "points_lost", ""), 8.5, 1e-12, 0);
    assert_close(city(&s, "reactions_per_advert", ""), 22.5, 1e-12, 0);
    assert_close(city(&s, "wait_mean_months", ""), 90, 1e-12, 0);
    assert_close(city(&s, "wait_mean_months", "families"), 120, 1e-12, 0);
    assert_close(city(&s, "refusals_per_letting", ""), 3.5, 1e-12, 0);
    assert_close(city(&s, "success_rate", ""), 0.5, 1e-12, 0);
    assert_true(isnan(city(&s, "wait_mean_months", "referred")));
    close_stage(&s);
}

static int32_t rows_at(stage *s, int32_t tick)
{
    s->world.tick = tick;
    measure(s);
    return s->series.n;
}

/* The rows depend on the scenario and the tick, never on the state. */
static void same_rows_at_every_tick_of_the_same_kind(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, "output = { levels = [ \"city\" ]; buurt_every = 12; };");
    const int32_t first = rows_at(&s, 0), plain = rows_at(&s, 1), costly = rows_at(&s, 12);
    assert_int_equal(first, costly);
    assert_true(plain < costly);
    assert_int_equal(rows_at(&s, 36), costly); /* the last */
    for (int32_t b = 0; b < 7; b++) {
        const char *names[] = {"h1", "h2", "h3", "h4", "h5", "h6", "h7"};
        assert_ok(wks_relations_depart(&s.world, wks_fixture_world_household(&s.world, names[b]), &err), &err);
    }
    assert_int_equal(rows_at(&s, 1), plain);
    assert_int_equal(rows_at(&s, 24), costly);
    assert_true(wks_city_level_is_costly(&s.scenario, 24) && !wks_city_level_is_costly(&s.scenario, 25));
    close_stage(&s);
}

static void only_the_indicators_asked_for(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "output = { levels = [ \"city\" ]; indicators = [ \"persons\", \"households\" ]; };");
    measure(&s);
    assert_int_equal(s.series.n, 1 + 3);
    assert_true(wks_selection_has(&s.scenario, "persons") && wks_selection_has(&s.scenario, "households"));
    assert_false(wks_selection_has(&s.scenario, "D"));
    close_stage(&s);
}

static void groups_for_rules_only_are_not_measured(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "");
    measure(&s);
    for (int32_t i = 0; i < s.series.n; i++)
        assert_string_not_equal(s.series.row[i].group, "hidden");
    close_stage(&s);
}

/* Forty lettings, of families and of others, some to people who leave a home behind. */
static void push_lettings(stage *s, int32_t n_families, int32_t n_others, int32_t n_movers)
{
    wks_err err = WKS_ERR_INIT;
    int64_t active[WKS_WINDOW_GROUPS] = {[0] = 1000, [WKS_WINDOW_GROUPS - 1] = 4000};
    wks_world_clear_flows(&s->world);
    for (int32_t i = 0; i < n_families + n_others; i++) {
        wks_letting *letting = wks_fixture_measure_letting(&s->world, "v1", i < n_families, 10 + i, 5);
        if (i < n_movers) letting->from_place = WKS_PLACE_HOUSED;
        letting->refusals = 1;
    }
    wks_window_free(&s->window);
    wks_window_start(&s->window, 20);
    assert_ok(wks_window_push(&s->window, &s->world, active, 20, &err), &err);
    measure(s);
}

static bool is_told(const stage *s, const char *indicator, const char *group)
{
    return !isnan(city(s, indicator, group));
}

/* A share times its whole is a count: neither the part nor the rest may be under ten, of the group or beside it. */
static void shares_of_few_real_people_are_hidden(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "");
    s.world.hides_few = true;
    push_lettings(&s, 20, 20, 20);
    assert_close(city(&s, "starters_share", ""), 0.5, 1e-12, 0);
    assert_true(is_told(&s, "wait_p50_months", "families") && is_told(&s, "lettings", "families"));
    assert_true(is_told(&s, "success_rate", "families") && is_told(&s, "refusals_per_letting", ""));
    assert_false(is_told(&s, "chain_mean", "")); /* no links at all: none is few too */
    push_lettings(&s, 20, 20, 9);                /* nine that are no starters */
    assert_false(is_told(&s, "starters_share", "") || is_told(&s, "starters_share", "families"));
    push_lettings(&s, 20, 20, 31); /* nine starters */
    assert_false(is_told(&s, "starters_share", ""));
    push_lettings(&s, 20, 20, 40); /* none */
    assert_false(is_told(&s, "starters_share", ""));
    push_lettings(&s, 31, 9, 20); /* the others are few: they follow from everybody less families */
    assert_true(is_told(&s, "lettings", "") && is_told(&s, "wait_mean_months", ""));
    assert_false(is_told(&s, "lettings", "families") || is_told(&s, "wait_mean_months", "families"));
    assert_false(is_told(&s, "success_rate", "families") || is_told(&s, "refusals_per_letting", "families"));
    push_lettings(&s, 12, 40, 20); /* twelve have a mean; half of them is few */
    assert_true(is_told(&s, "wait_mean_months", "families"));
    assert_false(is_told(&s, "wait_p50_months", "families") || is_told(&s, "search_p50_months", "families"));
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stocks_equal_a_hand_made_count),       cmocka_unit_test(flows_are_not_known_before_the_first_month),
        cmocka_unit_test(flows_equal_a_hand_made_count),        cmocka_unit_test(same_rows_at_every_tick_of_the_same_kind),
        cmocka_unit_test(only_the_indicators_asked_for),        cmocka_unit_test(groups_for_rules_only_are_not_measured),
        cmocka_unit_test(shares_of_few_real_people_are_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
