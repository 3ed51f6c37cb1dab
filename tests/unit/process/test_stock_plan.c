/* What is built by rate: mix and norms, ranks of buurten, siting, extension, sizes, transformation. */
#include "base/text.h"
#include "process/process_registry.h"
#include "process/stock_plan.h"
#include "support/fixture_tick.h"

enum { MONTH = 2025 * 12, HOMES = 4000, BUURTEN = 4 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* Owner-occupiers and tenants; incomes rise with the number of the buurt, social homes fall with it. No accounts. */
static void open_stage(stage *s)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, BUURTEN);
    for (int32_t i = 0; i < HOMES; i++) {
        const int32_t buurt = i % BUURTEN, tenure = i / BUURTEN % BUURTEN < buurt ? WKS_TENURE_OWNER : WKS_TENURE_SOCIAL;
        const int32_t unit =
            wks_fixture_tick_dwelling(&s->world, i, buurt, (wks_tenure)tenure, 1, tenure == WKS_TENURE_OWNER ? 0 : 600, 250000, 3);
        const int32_t row = wks_fixture_tick_household(&s->world, i, unit, WKS_PLACE_HOUSED, WKS_NONE);
        (void)wks_fixture_tick_person(&s->world, i, row, WKS_ROLE_HEAD, WKS_SEX_MAN, 40);
        s->world.household.income_eur[row] = (float)(20000 + 10000 * buurt);
    }
    wks_world_clear_flows(&s->world);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s->fixture, "stock", "rent_policy", 1);
    wks_fixture_tick_set(&s->fixture, "stock", "budget", WKS_STOCK_MONEY_OFF);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void set_areas(stage *s, const char *param, char **areas, int32_t n)
{
    wks_settings *stock = &s->fixture.process[wks_fixture_tick_index(&s->fixture, "stock")];
    const int32_t p = (int32_t)(wks_fixture_tick_param(stock, param) - stock->value);
    stock->area[p] = areas;
    stock->n_areas[p] = n;
}

/* Homes made in `months` by buurt and tenure. */
static int32_t run(stage *s, int32_t months, int32_t made[BUURTEN][WKS_N_TENURES])
{
    int32_t n = 0;
    memset(made, 0, BUURTEN * sizeof *made);
    for (int32_t m = 0; m < months; m++)
        wks_fixture_tick_month(&s->fixture, "stock");
    for (int32_t d = HOMES; d < s->world.dwelling.base.n_rows; d++, n++)
        made[s->world.dwelling.buurt_row[d]][s->world.dwelling.tenure[d]]++;
    return n;
}

static void check_mix(const double *mix, double social, double middle, double cheap, double free_rent)
{
    assert_close(mix[WKS_CONSTRUCTION_SOCIAL], social, 0, 1e-12);
    assert_close(mix[WKS_CONSTRUCTION_MIDDLE], middle, 0, 1e-12);
    assert_close(mix[WKS_CONSTRUCTION_OWNER_CHEAP], cheap, 0, 1e-12);
    assert_close(mix[WKS_CONSTRUCTION_FREE], free_rent, 0, 1e-12);
    assert_close(mix[WKS_CONSTRUCTION_OWNER_DEAR], 1 - social - middle - cheap - free_rent, 0, 1e-12);
}

static void mix_is_as_wished_and_as_the_norm_asks(void **state)
{
    double mix[WKS_N_CONSTRUCTION_KINDS];
    (void)state;
    wks_stock_plan_mix(0.2, 0.3, 0.1, 0.1, 0, 0, mix);
    check_mix(mix, 0.2, 0.3, 0.1, 0.1);
    wks_stock_plan_mix(0.7, 0.6, 0.1, 0.1, 0, 0, mix); /* beyond 1 is cut off */
    check_mix(mix, 0.7, 0.3, 0, 0);
    wks_stock_plan_mix(0.1, 0.1, 0, 0.4, 0.3, 2.0 / 3, mix);
    assert_close(mix[WKS_CONSTRUCTION_SOCIAL], 0.3, 0, 1e-12);
    assert_close(mix[WKS_CONSTRUCTION_SOCIAL] + mix[WKS_CONSTRUCTION_MIDDLE] + mix[WKS_CONSTRUCTION_OWNER_CHEAP], 2.0 / 3, 0, 1e-12);
    assert_close(mix[WKS_CONSTRUCTION_FREE] / mix[WKS_CONSTRUCTION_OWNER_DEAR], 1, 0, 1e-9); /* 0.4 and 0.4 before */
    wks_stock_plan_mix(0.5, 0.4, 0, 0, 0.3, 2.0 / 3, mix);                                   /* above the norm: as wished */
    check_mix(mix, 0.5, 0.4, 0, 0);
    wks_stock_plan_mix(0, 0, 0, 0, 0.3, 2.0 / 3, mix);
    check_mix(mix, 0.3, 2.0 / 3 - 0.3, 0, 0);
}

static void ranks_lie_around_zero_in_order(void **state)
{
    stage s;
    double r[BUURTEN];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s);
    assert_ok(wks_stock_plan_ranks(&s.fixture.tick, WKS_STOCK_PLAN_INCOME, r, &err), &err);
    for (int32_t b = 0; b < BUURTEN; b++)
        assert_close(r[b], -0.75 + 0.5 * b, 0, 1e-12);
    assert_ok(wks_stock_plan_ranks(&s.fixture.tick, WKS_STOCK_PLAN_SOCIAL, r, &err), &err);
    for (int32_t b = 0; b < BUURTEN; b++)
        assert_close(r[b], 0.75 - 0.5 * b, 0, 1e-12);
    close_stage(&s);
}

static void siting_moves_social_homes_and_others_apart(void **state)
{
    stage s;
    int32_t made[BUURTEN][WKS_N_TENURES];
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "build", 0.1);
    wks_fixture_tick_set(&s.fixture, "stock", "build_social", 0.5);
    wks_fixture_tick_set(&s.fixture, "stock", "build_middle", 0.5);
    wks_fixture_tick_set(&s.fixture, "stock", "site_social", 1);
    wks_fixture_tick_set(&s.fixture, "stock", "site_market", -1);
    const int32_t n = run(&s, 24, made);
    assert_true(abs(n - 800) < 4 * 8); /* the rate stays: a draw a buurt, kind and month */
    for (int32_t b = 0; b < BUURTEN; b++) {
        const double social = 800 * 0.5 / 4 * (1 + (-0.75 + 0.5 * b)), middle = 800 * 0.5 / 4 * (1 - (-0.75 + 0.5 * b));
        assert_true(fabs(made[b][WKS_TENURE_SOCIAL] - social) < 4 * sqrt(24 * 0.25));
        assert_true(fabs(made[b][WKS_TENURE_PRIVATE_RENT] - middle) < 4 * sqrt(24 * 0.25));
    }
    close_stage(&s);
}

static void areas_and_extension_take_all_that_is_built(void **state)
{
    (void)state;
    for (int32_t extension = 0; extension < 2; extension++) {
        stage s;
        int32_t made[BUURTEN][WKS_N_TENURES];
        char name[] = "plan-area", *areas[] = {name};
        open_stage(&s);
        s.world.buurt.key[2] = wks_text_hash(name);
        wks_fixture_tick_set(&s.fixture, "stock", "build", 0.1);
        wks_fixture_tick_set(&s.fixture, "stock", "extension_share", extension);
        set_areas(&s, extension ? "extension_areas" : "build_areas", areas, 1);
        const int32_t n = run(&s, 12, made);
        assert_true(abs(n - 400) < 20);
        int32_t here = 0;
        for (int32_t t = 0; t < WKS_N_TENURES; t++)
            here += made[2][t];
        assert_int_equal(here, n);
        close_stage(&s);
    }
}

static void sizes_have_their_shares(void **state)
{
    stage s;
    int32_t made[BUURTEN][WKS_N_TENURES], rooms[10] = {0};
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "build", 0.1);
    wks_fixture_tick_set(&s.fixture, "stock", "build_small", 0.4);
    wks_fixture_tick_set(&s.fixture, "stock", "build_large", 0.2);
    const int32_t n = run(&s, 24, made);
    for (int32_t d = HOMES; d < HOMES + n; d++)
        rooms[s.world.dwelling.rooms[d]]++;
    wks_fixture_tick_expect(rooms[2], n, 0.4, 4);
    wks_fixture_tick_expect(rooms[5], n, 0.2, 4);
    close_stage(&s);
}

static void transformation_makes_small_homes_for_the_young(void **state)
{
    stage s;
    int32_t made[BUURTEN][WKS_N_TENURES];
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "transform", 0.05);
    wks_fixture_tick_set(&s.fixture, "stock", "transform_social", 1);
    const int32_t complexes = s.world.complex.base.n_live;
    const int32_t n = run(&s, 12, made);
    assert_true(abs(n - 200) < 4 * 4);
    for (int32_t d = HOMES; d < HOMES + n; d++) {
        assert_int_equal(s.world.dwelling.rooms[d], 2);
        assert_int_equal(s.world.dwelling.label[d], WKS_LABEL_JONGEREN);
        assert_int_equal(s.world.dwelling.tenure[d], WKS_TENURE_SOCIAL);
    }
    assert_int_equal(s.world.complex.base.n_live, complexes + BUURTEN); /* one a buurt */
    close_stage(&s);
}

static void months_later_the_same_homes_come(void **state)
{
    stage s;
    int32_t made[BUURTEN][WKS_N_TENURES];
    (void)state;
    open_stage(&s);
    wks_fixture_tick_set(&s.fixture, "stock", "build", 0.1);
    wks_fixture_tick_set(&s.fixture, "stock", "build_months", 6);
    assert_int_equal(run(&s, 6, made), 0);
    assert_true(s.world.construction.base.n_live > 0);
    wks_fixture_tick_set(&s.fixture, "stock", "build", 0);
    const int32_t n = run(&s, 6, made);
    assert_true(abs(n - 200) < 4 * 5);
    assert_int_equal(s.world.construction.base.n_live, 0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mix_is_as_wished_and_as_the_norm_asks),
        cmocka_unit_test(ranks_lie_around_zero_in_order),
        cmocka_unit_test(siting_moves_social_homes_and_others_apart),
        cmocka_unit_test(areas_and_extension_take_all_that_is_built),
        cmocka_unit_test(sizes_have_their_shares),
        cmocka_unit_test(transformation_makes_small_homes_for_the_young),
        cmocka_unit_test(months_later_the_same_homes_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
