#include "rules/round_ring.h"

#include "rules/round_adverts.h"
#include "unit/rules/round_case.h"

typedef struct ringed {
    wks_world world;
    wks_scenario scenario;
    wks_round *round;
    wks_law law;
    wks_round_month month;
    wks_advert *advert;
    int32_t n, n_reserved;
    wks_round_board board;
    wks_round_ring ring;
} ringed;

/* A ring of n adverts of a random world. */
static void ring_open(ringed *r, int32_t n)
{
    wks_err err = WKS_ERR_INIT;

    memset(r, 0, sizeof *r);
    case_scenario(&r->scenario, case_rules[0]);
    case_world(&r->world, 40, n, 4, 0);
    r->law = wks_law_of_year(2025, 0.0);
    assert_ok(wks_round_create(&r->scenario, &r->world, &r->round, &err), &err);
    r->month = (wks_round_month){.round = r->round, .world = &r->world, .rules = &r->round->rules[0], .behaviour = &case_behaviour};
    r->month.context = (wks_part_context){.world = &r->world, .scenario = &r->scenario, .rules = &r->scenario.rules[0], .law = &r->law};
    assert_ok(wks_round_adverts_list(&r->month, &r->advert, &r->n, &r->n_reserved, &err), &err);
    assert_int_equal(r->n, n);
    assert_ok(wks_round_adverts_board(&r->month, r->advert, r->n, &r->board, &err), &err);
    assert_ok(wks_round_ring_make(&r->month, &r->board, &r->ring, &err), &err);
}

static void ring_close(ringed *r)
{
    wks_round_destroy(r->round);
    wks_scenario_free(&r->scenario);
    wks_world_free(&r->world);
}

static void ring_of_any_size_is_sorted_and_complete(void **state)
{
    static const int32_t sizes[] = {1, 2, 7, 100, 300, 700};

    (void)state;
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        int32_t count[1000] = {0};
        ringed r;
        ring_open(&r, sizes[k]);
        assert_int_equal(r.ring.n, sizes[k] * wks_round_ring_points(sizes[k]));
        for (int32_t i = 0; i < r.ring.n; i++) {
            assert_true(i == 0 || r.ring.at[i - 1] <= r.ring.at[i]);
            assert_int_equal(r.ring.kind[i], r.board.kind[r.ring.advert[i]]);
            count[r.ring.advert[i]]++;
        }
        for (int32_t i = 0; i < sizes[k]; i++)
            assert_int_equal(count[i], wks_round_ring_points(sizes[k]));
        ring_close(&r);
    }
}

static void ring_find_is_the_next_point_around_the_circle(void **state)
{
    ringed r;

    (void)state;
    ring_open(&r, 50);
    for (uint32_t i = 0; i < 5000; i++) {
        const uint32_t at = i < 2 ? (i == 0 ? 0 : UINT32_MAX) : (uint32_t)wks_rng_pair_key(i, 3);
        int32_t next = 0;
        while (next < r.ring.n && r.ring.at[next] < at)
            next++;
        assert_int_equal(wks_round_ring_find(&r.ring, at), next == r.ring.n ? 0 : next);
    }
    ring_close(&r);
}

static void ring_points_of_an_advert_do_not_depend_on_the_others(void **state)
{
    ringed few, many;

    (void)state;
    ring_open(&few, 20);
    ring_open(&many, 21);
    few.board.n = 10; /* the first ten adverts alone */
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_round_ring_make(&few.month, &few.board, &few.ring, &err), &err);
    for (int32_t i = 0; i < few.ring.n; i++) {
        ringed *again = &many;
        const uint64_t key = few.board.place[few.ring.advert[i]].unit_key;
        bool found = false;
        for (int32_t k = 0; k < again->ring.n; k++) {
            found = found || (again->ring.at[k] == few.ring.at[i] && again->board.place[again->ring.advert[k]].unit_key == key);
        }
        assert_true(found);
    }
    ring_close(&few);
    ring_close(&many);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ring_of_any_size_is_sorted_and_complete),
        cmocka_unit_test(ring_find_is_the_next_point_around_the_circle),
        cmocka_unit_test(ring_points_of_an_advert_do_not_depend_on_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
