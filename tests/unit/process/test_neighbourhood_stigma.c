#include "process/neighbourhood_stigma.h"

#include "process/market_price.h"
#include "rules/part_list.h"
#include "rules/permit.h"
#include "unit/process/neighbourhood_case.h"

typedef struct designated {
    stage s;
    wks_settings part;
    wks_rule_set rules;
    char name[24], *area[1];
} designated;

/* Rules in force with one part that designates a buurt of the ten-household world (their areas have names). */
static void open_rules(designated *d, const wks_spec *spec, bool is_order)
{
    memset(d, 0, sizeof *d);
    open_town(&d->s, T1);
    wks_fixture_tick_settings(spec, &d->part);
    d->rules = (wks_rule_set){.from_month = WKS_NO_MONTH, .until_month = INT32_MAX};
    if (is_order) {
        d->rules.order = &d->part;
        d->rules.n_order = 1;
    } else {
        d->rules.filter = &d->part;
        d->rules.n_filters = 1;
    }
    d->s.fixture.scenario.rules = &d->rules;
    d->s.fixture.scenario.n_rules = 1;
}

static void wbmgp_in_force_gives_stigma_and_a_permit_does_not(void **state)
{
    static const struct {
        const wks_spec *spec;
        bool is_order, is_wbmgp;
    } part[] = {{&wks_filter_art8_spec, false, true},
                {&wks_order_art9_spec, true, true},
                {&wks_filter_art10_spec, false, true},
                {&wks_filter_permit_spec, false, false}};
    (void)state;
    for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
        designated d;
        open_rules(&d, part[i].spec, part[i].is_order);
        d.part.value[WKS_PERMIT_DESIGNATED] = MONTH + 3;
        d.part.value[WKS_PERMIT_TERM] = 1;
        d.part.value[WKS_PERMIT_EXTENSIONS] = 0;
        months(&d.s, 2);
        assert_close(d.s.world.buurt.stigma[1], 0, 0, 0);
        months(&d.s, 5);
        assert_close(d.s.world.buurt.stigma[1], part[i].is_wbmgp ? 1 : 0, 0, 0);
        months(&d.s, 7); /* month MONTH + 14 is the last of its term */
        assert_close(d.s.world.buurt.stigma[1], part[i].is_wbmgp ? 1 : 0, 0, 0);
        months(&d.s, 2);
        assert_close(d.s.world.buurt.stigma[1], part[i].is_wbmgp ? 0.98 * 0.98 : 0, 1e-12, 0);
        close_stage(&d.s);
    }
}

static void stigma_of_rules_is_gone_at_zero(void **state)
{
    designated d;
    (void)state;
    open_rules(&d, &wks_filter_art8_spec, false);
    set(&d.s, "stigma_wbmgp", 0);
    months(&d.s, 12);
    for (int32_t b = 0; b < 4; b++)
        assert_close(d.s.world.buurt.stigma[b], 0, 0, 0);
    close_stage(&d.s);
}

static void strongest_designation_counts_and_fades_after(void **state)
{
    stage s;
    (void)state;
    open_town(&s, T1);
    s.world.buurt.designated[2] = 0.5;
    months(&s, 3);
    assert_close(s.world.buurt.stigma[2], 0.5, 0, 0);
    s.world.buurt.designated[2] = 0.8;
    months(&s, 1);
    assert_close(s.world.buurt.stigma[2], 0.8, 0, 0);
    s.world.buurt.designated[2] = 0;
    months(&s, 34);
    assert_close(s.world.buurt.stigma[2], 0.4, 0.01, 0);
    assert_close(s.world.buurt.stigma[0], 0, 0, 0);
    set(&s, "stigma_fade", 1);
    months(&s, 1);
    assert_close(s.world.buurt.stigma[2], 0, 0, 0);
    close_stage(&s);
}

/* In the long run a designated buurt of a quarter of the city is 3 to 5 % cheaper than the others [S30]; exactly not with price_stigma 0. */
static void prices_fall_by_what_is_imposed(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        int32_t none[4] = {0};
        double next[4];
        open_town(&s, T1);
        if (on == 0) wks_fixture_tick_set(&s.fixture, "market", "price_stigma", 0);
        s.world.buurt.stigma[1] = 1;
        const double *p = s.fixture.process[wks_fixture_tick_index(&s.fixture, "market")].value;
        for (int32_t m = 0; m < 600; m++)
            wks_market_price_move(&s.world, p, none, none, next);
        const double fall = 1 - s.world.buurt.price[1] / s.world.buurt.price[0];
        if (on == 0) assert_close(fall, 0, 0, 0);
        if (on == 1) assert_true(fall > 0.03 && fall < 0.05);
        close_stage(&s);
    }
}

/* Market of a year with a stigma that counts for nothing: the same world as without it; with the presets another. */
static void stigma_without_weights_changes_nothing(void **state)
{
    uint64_t hash[3];
    (void)state;
    for (int32_t k = 0; k < 3; k++) { /* none; no weights; presets */
        stage s;
        open_town(&s, T1);
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            if (s.world.household.key[i] % 3 != 0) continue;
            s.world.household.search[i] = WKS_SEARCH_MARKET;
            s.world.household.search_month[i] = wks_month_cell(MONTH);
        }
        if (k < 2) wks_fixture_tick_set(&s.fixture, "market", "b_stigma", 0);
        if (k < 2) wks_fixture_tick_set(&s.fixture, "market", "price_stigma", 0);
        s.world.buurt.stigma[1] = k > 0;
        for (int32_t m = 0; m < 12; m++)
            wks_fixture_tick_month(&s.fixture, "market");
        s.world.buurt.stigma[1] = 0;
        hash[k] = wks_world_hash(&s.world);
        close_stage(&s);
    }
    assert_true(hash[0] == hash[1]);
    assert_true(hash[1] != hash[2]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wbmgp_in_force_gives_stigma_and_a_permit_does_not),
        cmocka_unit_test(stigma_of_rules_is_gone_at_zero),
        cmocka_unit_test(strongest_designation_counts_and_fades_after),
        cmocka_unit_test(prices_fall_by_what_is_imposed),
        cmocka_unit_test(stigma_without_weights_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
