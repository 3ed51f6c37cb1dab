#include "process/landlord_choice.h"

#include <math.h>

#include "base/rng.h"
#include "support/check.h"

enum { MOST = 9, CASES = 400 };

static double draw(uint64_t number, uint32_t what)
{
    const wks_rng_seed seed = wks_rng_seed_make(4, 1);

    return wks_rng_once(&seed, number, what, WKS_RNG_TEST);
}

/* A case of up to nine homes; `same`: equal expected lettings. */
static int32_t make(uint64_t number, bool same, wks_landlord_choice_home *home, double *out_need)
{
    const int32_t n = 1 + (int32_t)(draw(number, 0) * MOST);
    double all = 0.0;

    for (int32_t i = 0; i < n; i++) {
        const double expected = draw(number, 10 + (uint32_t)i), loss = draw(number, 30 + (uint32_t)i);
        home[i] = (wks_landlord_choice_home){
            .key = 100 + (uint64_t)(n - i), .expected = same ? 0.07 : 0.02 + 0.1 * expected, .loss_eur = 1.0 + floor(20.0 * loss) * 5.0};
        all += home[i].expected;
    }
    *out_need = 1.1 * all * draw(number, 1);
    return n;
}

/* Least cost over all sets that reach the need (all of them when none does), slowly. */
static double brute_force(const wks_landlord_choice_home *home, int32_t n, double need)
{
    double best = (double)INFINITY, everything = 0.0;

    for (uint32_t set = 0; set < UINT32_C(1) << n; set++) {
        double reached = 0.0, cost = 0.0;
        for (int32_t i = 0; i < n; i++) {
            if ((set >> i & 1u) == 0) continue;
            reached += home[i].expected;
            cost += 12.0 * home[i].expected * home[i].loss_eur;
        }
        if (set == (UINT32_C(1) << n) - 1) everything = cost;
        if (reached >= need - 1e-12 && cost < best) best = cost;
    }
    return isinf(best) ? everything : best;
}

/* The same when one home of a set may be capped in part: the corners of the linear program. */
static double brute_force_in_part(const wks_landlord_choice_home *home, int32_t n, double need)
{
    double best = brute_force(home, n, need);

    for (uint32_t set = 0; set < UINT32_C(1) << n; set++) {
        double reached = 0.0, cost = 0.0;
        for (int32_t i = 0; i < n; i++) {
            if ((set >> i & 1u) == 0) continue;
            reached += home[i].expected;
            cost += 12.0 * home[i].expected * home[i].loss_eur;
        }
        for (int32_t i = 0; i < n; i++) {
            const double lacking = need - reached;
            if ((set >> i & 1u) != 0 || lacking < 0 || lacking > home[i].expected) continue;
            const double with = cost + 12.0 * lacking * home[i].loss_eur;
            if (with < best) best = with;
        }
    }
    return best;
}

static void equal_homes_cost_the_least_of_all_sets(void **state)
{
    (void)state;
    for (uint64_t number = 0; number < CASES; number++) {
        wks_landlord_choice_home home[MOST];
        double need;
        const int32_t n = make(number, true, home, &need);
        const double least = brute_force(home, n, need);
        assert_close(wks_landlord_choice_cap(home, n, need), least, 1e-12, 1e-9);
    }
}

static void other_homes_cost_at_most_the_last_one_more_than_the_least(void **state)
{
    int32_t n_needed = 0;

    (void)state;
    for (uint64_t number = 0; number < CASES; number++) {
        wks_landlord_choice_home home[MOST];
        double need, reached = 0.0, last = 0.0, before_last = 0.0;
        const int32_t n = make(number, false, home, &need);
        const double least = brute_force_in_part(home, n, need), cost = wks_landlord_choice_cap(home, n, need);
        for (int32_t i = 0; i < n && home[i].is_capped; i++) {
            before_last = reached;
            reached += home[i].expected;
            last = 12.0 * home[i].expected * home[i].loss_eur;
        }
        assert_true(cost >= least - 1e-9 && cost <= least + last + 1e-9);
        if (reached < need) continue;
        /* The last home in part is the optimum itself. */
        assert_true(before_last < need);
        const double in_part = cost - last * (reached - need) / (reached - before_last);
        assert_close(in_part, least, 1e-9, 1e-9);
        n_needed++;
    }
    assert_true(n_needed > CASES / 2);
}

static void nothing_needed_caps_nothing_and_too_much_caps_all(void **state)
{
    wks_landlord_choice_home home[2] = {{.key = 2, .expected = 0.1, .loss_eur = 30}, {.key = 1, .expected = 0.1, .loss_eur = 30}};

    (void)state;
    assert_close(wks_landlord_choice_cap(home, 2, 0.0), 0.0, 0, 0);
    assert_false(home[0].is_capped || home[1].is_capped);
    assert_close(wks_landlord_choice_cap(home, 2, 0.05), 12 * 0.1 * 30, 1e-12, 0);
    assert_int_equal(home[0].key, 1); /* equal losses: in order of key */
    assert_true(home[0].is_capped && !home[1].is_capped);
    assert_close(wks_landlord_choice_cap(home, 2, 9.0), 2 * 12 * 0.1 * 30, 1e-12, 0);
    assert_true(home[0].is_capped && home[1].is_capped);
    assert_close(wks_landlord_choice_cap(home, 0, 9.0), 0.0, 0, 0);
}

static void need_turnover_and_unlet_follow_their_formulas(void **state)
{
    (void)state;
    assert_close(wks_landlord_choice_need(0.95, 0.6, 0.6, 100, 50), 45, 1e-12,
                 0); /* low incomes get no more than their share of what is open */
    assert_close(wks_landlord_choice_need(0.95, 0.6, 0.95, 100, 50), 10, 1e-12, 0);
    assert_close(wks_landlord_choice_need(0.95, 0.6, 0.95, 100, 60), 0, 0, 0);
    assert_close(wks_landlord_choice_need(0.95, 0.6, 0.1, 100, 60), 40, 1e-12, 0); /* all there are */
    assert_close(wks_landlord_choice_need(0.95, 0, 0, 100, 0), 0, 0, 0);
    assert_close(wks_landlord_choice_taken(0.6, 0, 0), 0.6, 1e-12, 0);
    assert_close(wks_landlord_choice_taken(0.6, 45, 50), 0.75, 1e-12, 0);
    assert_close(wks_landlord_choice_turnover(0.07, 7, 50), (3.5 + 7) / 100, 1e-12, 0);
    assert_close(wks_landlord_choice_turnover(0.07, 0, 0), 0.07, 0, 0);
    assert_true(wks_landlord_choice_is_unlet(1, 2, 0.5));
    assert_false(wks_landlord_choice_is_unlet(1, 1, 0.5)); /* as much as is borne */
    assert_false(wks_landlord_choice_is_unlet(0, 0, 0));
    assert_false(wks_landlord_choice_is_unlet(0, 9, 1)); /* 1: never */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_homes_cost_the_least_of_all_sets),
        cmocka_unit_test(other_homes_cost_at_most_the_last_one_more_than_the_least),
        cmocka_unit_test(nothing_needed_caps_nothing_and_too_much_caps_all),
        cmocka_unit_test(need_turnover_and_unlet_follow_their_formulas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
