/* A month of process support against the plain way: all households one by one, all cases in one sorted list, each served in its turn. */
#include <stdlib.h>

#include "num/math.h"
#include "process/process_registry.h"
#include "process/support_capacity.h"
#include "process/support_cost.h"
#include "process/support_need.h"
#include "process/support_order.h"
#include "process/support_pool.h"
#include "support/fixture_town.h"

enum { MONTH = 2025 * 12, N_BUURTEN = 5, N = 2500, N_ROWS = 8000 };

typedef struct plain_case {
    uint64_t key;
    int32_t row, wait_month;
    uint32_t lot;
} plain_case;

typedef struct stage {
    wks_world world, plain;
    wks_fixture_tick fixture;
    plain_case item[N_ROWS];
    wks_support_sums sum[N_BUURTEN];
    wks_support_chances chances[N_BUURTEN];
    int64_t here[WKS_SUPPORT_N_KINDS * N_BUURTEN], care;
    double lost;
} stage;

static int32_t pick(int32_t i, int32_t what, int32_t n)
{
    return wks_fixture_town_pick(i, 100 + what, n);
}

static void open_stage(stage *s, double hours)
{
    const wks_fixture_town_options options = {.n = N, .n_buurten = N_BUURTEN, .month = MONTH};

    memset(s, 0, sizeof *s);
    wks_fixture_town_make(&s->world, &options);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    assert_in_range(s->world.household.base.n_rows, 1, N_ROWS - 1);
    wks_fixture_tick_set(&s->fixture, "support", "support_hours", hours);
    wks_fixture_tick_set(&s->fixture, "support", "capacity_follow", 0.5);
    wks_fixture_tick_set(&s->fixture, "support", "share_presence", 0.1);
    wks_fixture_tick_set(&s->fixture, "support", "share_language", 0.1);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
    wks_world_free(&s->plain);
}

/* ---- the plain way -------------------------------------------------------------------------------------------------------------- */

static bool is_found(const stage *s, const double *p, int32_t i, int32_t b, double u)
{
    const wks_world *world = &s->plain;
    const uint8_t referral = world->household.referral[i];

    if (world->household.since_month[i] == world->month &&
        (referral == WKS_REFERRAL_CARE_LEAVER || referral == WKS_REFERRAL_EX_DETAINEE || referral == WKS_REFERRAL_STATUSHOUDER))
        return true;
    return u < s->chances[b].found[wks_world_tenure_of(world, i) == WKS_TENURE_SOCIAL][wks_support_need_speaks_other(world, p, i)];
}

static void know(stage *s, const double *p, int32_t i, int32_t b)
{
    wks_household_table *household = &s->plain.household;
    const double u = wks_rng_once(&s->plain.seed, household->key[i], (uint32_t)s->plain.tick, WKS_RNG_SUPPORT_SIGNAL);
    const bool was = household->need_known[i] != 0;
    const bool is_known = was ? household->help[i] > 0 || u >= s->lost : is_found(s, p, i, b, u);

    if (is_known != was) household->wait_month[i] = wks_month_cell(is_known ? s->plain.month : 0);
    household->need_known[i] = is_known;
}

static void look(stage *s, const wks_support_pass *pass, int32_t i)
{
    wks_world *world = &s->plain;
    wks_household_table *household = &world->household;
    const wks_support_need need = wks_support_need_of(world, pass->p, i);
    const uint8_t contract = household->support[i];
    const int32_t b = wks_world_buurt_of(world, i);

    household->support[i] = 0;
    s->care += wks_support_need_of(world, pass->p, i).all * contract / 10;
    household->support[i] = contract;
    household->need[i] = (uint8_t)need.all;
    if (household->place[i] != WKS_PLACE_HOUSED) {
        household->help[i] = 0;
        return;
    }
    s->sum[b].informal += wks_support_capacity_of(pass, i);
    s->sum[b].need += need.all;
    if (need.all == 0) {
        household->need_known[i] = household->help[i] = 0;
        household->wait_month[i] = 0;
        return;
    }
    know(s, pass->p, i, b);
    if (!household->need_known[i]) household->help[i] = 0;
}

static int by_place(const void *left, const void *right)
{
    const plain_case *a = left, *b = right;
    if (a->wait_month != b->wait_month) return a->wait_month < b->wait_month ? -1 : 1;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

static int32_t list(stage *s)
{
    const wks_household_table *household = &s->plain.household;
    int32_t n = 0;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        uint32_t word[4];
        if (household->place[i] != WKS_PLACE_HOUSED || !household->need_known[i]) continue;
        wks_rng_four(&s->plain.seed, household->key[i], (uint32_t)household->wait_month[i], WKS_RNG_SUPPORT_CASE, word);
        s->item[n++] = (plain_case){household->key[i], i, household->wait_month[i], word[0]};
        if (household->help[i] > 0) s->item[n - 1].wait_month -= 1 << 20; /* who is helped goes first */
    }
    qsort(s->item, (size_t)n, sizeof *s->item, by_place);
    return n;
}

static bool helps_lightly(const wks_world *world, const double *p, int32_t i, int kind)
{
    if (kind == WKS_SUPPORT_beheerder) return wks_world_tenure_of(world, i) == WKS_TENURE_SOCIAL;
    return kind != WKS_SUPPORT_language || wks_support_need_speaks_other(world, p, i);
}

static int32_t serve(wks_world *world, const double *p, wks_support_pool *pool, int32_t i, int32_t b)
{
    const wks_support_need need = wks_support_need_of(world, p, i);
    const int32_t expert = (int32_t)ceil((double)need.special / p[WKS_SUPPORT_P_GGZ_WORTH] - 1e-6), rest = need.all - need.special;
    const int64_t team = wks_support_pool_left(pool, WKS_SUPPORT_wijkteam, b);

    for (int k = WKS_SUPPORT_beheerder; k < WKS_SUPPORT_N_KINDS && need.special == 0; k++) {
        if (wks_support_pool_left(pool, (wks_support_kind)k, b) < need.all || !helps_lightly(world, p, i, k)) continue;
        wks_support_pool_take(world, pool, (wks_support_kind)k, b, need.all);
        return need.all;
    }
    if (need.special > 0 && wks_support_pool_left(pool, WKS_SUPPORT_ggz, b) >= expert && team >= rest) {
        wks_support_pool_take(world, pool, WKS_SUPPORT_ggz, b, expert);
        if (rest > 0) wks_support_pool_take(world, pool, WKS_SUPPORT_wijkteam, b, rest);
        return expert + rest;
    }
    if (team < need.all) return 0;
    wks_support_pool_take(world, pool, WKS_SUPPORT_wijkteam, b, need.all);
    return need.all;
}

static void share(stage *s, const double *p, wks_support_pool *pool)
{
    wks_world *world = &s->plain;
    wks_household_table *household = &world->household;
    wks_support *support = &world->support;
    const int32_t n = list(s);

    support->n_cases = support->n_waiting = support->waited_months = 0;
    for (int32_t k = 0; k < n; k++) {
        const int32_t i = s->item[k].row, b = wks_world_buurt_of(world, i);
        const bool was = household->help[i] > 0;
        household->help[i] = (uint8_t)serve(world, p, pool, i, b);
        if (household->help[i] > 0) {
            household->helped[i] = 10;
            s->sum[b].met += household->need[i];
            support->n_cases++;
            continue;
        }
        if (was) household->wait_month[i] = wks_month_cell(world->month);
        support->n_waiting++;
        support->waited_months += world->month - household->wait_month[i];
    }
}

static void fade(wks_world *world, const double *p)
{
    wks_household_table *household = &world->household;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        uint32_t word[4];
        if (household->helped[i] == 0 || household->help[i] > 0) continue;
        wks_rng_four(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_SUPPORT_CASE, word);
        const double left = household->helped[i] * wks_math_exp(-0.6931471805599453 / p[WKS_SUPPORT_P_HALF_LIFE]);
        household->helped[i] = (uint8_t)((int32_t)left + (wks_rng_unit(word[1]) < left - (int32_t)left));
    }
}

static void plain_month(stage *s)
{
    wks_world *world = &s->plain;
    const double *p = s->fixture.process[wks_fixture_tick_index(&s->fixture, "support")].value;
    wks_support_pool pool = {.n_buurten = N_BUURTEN, .here = s->here};
    wks_support_pass pass = {.world = world, .p = p};

    memset(s->sum, 0, sizeof s->sum);
    s->care = 0;
    wks_support_pool_recruit(world, p, false);
    wks_support_pool_beheer(world, p);
    wks_support_pool_fill(world, p, &pool);
    wks_support_need_chances(world, p, s->chances, &s->lost);
    wks_support_capacity_table(p, pass.informal);
    for (int32_t i = 0; i < world->household.base.n_rows; i++)
        look(s, &pass, i);
    memset(world->buurt.support_given, 0, N_BUURTEN * sizeof *world->buurt.support_given);
    share(s, p, &pool);
    fade(world, p);
    for (int32_t b = 0; b < N_BUURTEN; b++) {
        world->buurt.capacity[b] = (double)s->sum[b].informal / 1000;
        world->buurt.load[b] = (double)(s->sum[b].need - s->sum[b].met) / 10;
    }
    world->support.month = world->month;
    wks_support_cost_book(world, p, s->care);
}

/* ---- the same ---------------------------------------------------------------------------------------------------------------------- */

/* Needs come and go, care contracts too, some lose their home and some have just come by a referral. */
static void stir(stage *s, int32_t month)
{
    wks_household_table *household = &s->world.household;
    wks_err err = WKS_ERR_INIT;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (pick(i, 5 * month, 20) == 0) household->vulnerability[i] ^= (uint16_t)(1u << pick(i, 5 * month + 1, 6));
        if (pick(i, 5 * month + 2, 30) == 0) household->support[i] = (uint8_t)pick(i, 5 * month + 3, 11);
        if (pick(i, 5 * month + 4, 40) == 0) {
            household->referral[i] = WKS_REFERRAL_EX_DETAINEE;
            household->since_month[i] = wks_month_cell(s->world.month + 1);
            household->came_as[i] = WKS_CAME_AS_STATUSHOUDER;
        }
    }
    for (int32_t i = month; i < household->base.n_rows; i += 400)
        if (household->place[i] == WKS_PLACE_HOUSED && wks_rare_i32(&household->first_guest_row, i) < 0)
            assert_ok(wks_relations_move_out(&s->world, i, WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
}

static void expect_same(double hours, int32_t threads)
{
    static stage s;
    wks_err err = WKS_ERR_INIT;
    int64_t n_cases = 0, n_waiting = 0;

    open_stage(&s, hours);
    s.world.threads = threads;
    wks_fixture_tick_start(&s.fixture, "support");
    for (int32_t m = 0; m < 18; m++) {
        stir(&s, m);
        wks_fixture_tick_set(&s.fixture, "support", "support_hours", m % 6 < 4 ? hours : hours / 2); /* some lose their help */
        wks_fixture_tick_next(&s.fixture);
        wks_world_free(&s.plain);
        assert_ok(wks_world_copy(&s.world, &s.plain, &err), &err);
        s.plain.seed = s.world.seed;
        plain_month(&s);
        wks_fixture_tick_run(&s.fixture, "support");
        assert_memory_equal(s.plain.household.help, s.world.household.help, (size_t)s.world.household.base.n_rows);
        assert_memory_equal(s.plain.household.helped, s.world.household.helped, (size_t)s.world.household.base.n_rows);
        assert_int_equal(wks_world_hash(&s.plain), wks_world_hash(&s.world));
        n_cases += s.world.support.n_cases;
        n_waiting += s.world.support.n_waiting;
    }
    assert_true(n_cases > 0 && n_waiting > 0); /* both sides of the desk were seen */
    close_stage(&s);
}

static void month_is_as_case_by_case(void **state)
{
    (void)state;
    expect_same(10, 1);
    expect_same(40, 2);
}

/* Cases of one month and of many, in all orders of rows. */
static void order_is_by_month_then_lot(void **state)
{
    static stage s;
    static int32_t row[N_ROWS];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s, 0);
    wks_household_table *household = &s.world.household;
    for (int32_t n = 0; n < 1000; n = 3 * n + 1) {
        for (int32_t n_months = 1; n_months < 300; n_months *= 7) {
            plain_case plain[1000];
            wks_support_order order;
            for (int32_t k = 0; k < n; k++) {
                uint32_t word[4];
                const int32_t i = row[k] = (k * 7) % 1000;
                household->wait_month[i] = wks_month_cell(MONTH - pick(i, n, n_months));
                wks_rng_four(&s.world.seed, household->key[i], (uint32_t)household->wait_month[i], WKS_RNG_SUPPORT_CASE, word);
                plain[k] = (plain_case){household->key[i], i, household->wait_month[i], word[0]};
            }
            qsort(plain, (size_t)n, sizeof *plain, by_place);
            assert_ok(wks_support_order_months(&s.fixture.tick, row, n, &order, &err), &err);
            for (int32_t first = 0, last; first < n; first = last) {
                for (last = first; last < n && order.item[last].wait_month == order.item[first].wait_month;)
                    last++;
                wks_support_order_lots(&order, &order.item[first], last - first);
            }
            for (int32_t k = 0; k < n; k++)
                assert_int_equal(order.item[k].row, plain[k].row);
        }
    }
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(month_is_as_case_by_case),
        cmocka_unit_test(order_is_by_month_then_lot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
