#include "process/market_choice.h"

#include "market_case.h"

static void utility_is_that_of_the_page(void **state)
{
    stage s;
    int32_t n = 0, n_out = 0;
    (void)state;
    open_stage(&s);
    look(&s);
    wks_market_seeker seeker = wks_market_choice_seeker(&s.pass, 1);
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        for (int32_t i = 0; i < s.ring[kind].n; i++) {
            double fast = 0, slow = 0;
            const bool may = wks_market_choice_utility(&s.pass, &seeker, kind, &s.ring[kind].item[i], &fast);
            assert_int_equal(may, slow_utility(&s, 1, kind, &s.ring[kind].item[i], &slow));
            if (may) assert_close(fast, slow, 1e-3, 1e-3); /* centres of buurten are rounded to decimetres */
            n += may;
            n_out += !may;
        }
    }
    assert_int_equal(n, 6);
    assert_int_equal(n_out, 1); /* two millions */
    close_stage(&s);
}

/* School programmes draw families with middle incomes, nobody else. */
static void school_draws_families_with_middle_incomes_only(void **state)
{
    static const struct {
        double income, factor;
        int32_t children;
        double expected;
    } cases[] = {{90000, 0.8, 1, 0.2}, {90000, 1, 1, 0}, {90000, 0.8, 0, 0}, {50000, 0.8, 1, 0}};
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        double with[2] = {0, 0};
        for (int32_t on = 0; on < 2; on++) {
            stage s;
            open_stage(&s);
            s.world.household.income_eur[1] = (float)cases[k].income;
            s.world.household.n_children[1] = (uint8_t)cases[k].children;
            s.world.buurt.school_boost[1] = on ? cases[k].factor - 1 : 0;
            look(&s);
            wks_market_seeker seeker = wks_market_choice_seeker(&s.pass, 1);
            for (int32_t i = 0; i < s.ring[WKS_MARKET_RENT].n; i++) {
                const wks_market_vacancy *v = &s.ring[WKS_MARKET_RENT].item[i];
                if (v->buurt_row == 1) assert_true(wks_market_choice_utility(&s.pass, &seeker, WKS_MARKET_RENT, v, &with[on]));
            }
            close_stage(&s);
        }
        assert_close(with[1] - with[0], cases[k].expected, 0, 1e-12);
    }
}

/* Near kin pulls, further away less: half of it at kin_km. */
static void kin_pulls_less_with_distance(void **state)
{
    stage s;
    double near, far, off;
    (void)state;
    open_stage(&s);
    look(&s);
    wks_market_seeker seeker = wks_market_choice_seeker(&s.pass, 1);
    wks_market_vacancy v = {.key = 1, .price_eur = 900, .reserve_eur = 900, .unit_row = 0, .buurt_row = 0, .rooms = 3};
    v.x_m = s.area[1].x_m, v.y_m = s.area[1].y_m + 1000;
    assert_true(wks_market_choice_utility(&s.pass, &seeker, WKS_MARKET_RENT, &v, &near));
    v.y_m = s.area[1].y_m + 9000;
    assert_true(wks_market_choice_utility(&s.pass, &seeker, WKS_MARKET_RENT, &v, &far));
    seeker.kin_buurt_row = WKS_NONE;
    assert_true(wks_market_choice_utility(&s.pass, &seeker, WKS_MARKET_RENT, &v, &off));
    assert_close(near - off, 0.7 / 2, 1e-9, 1e-9);
    assert_close(far - off, 0.7 / 10, 1e-9, 1e-9);
    close_stage(&s);
}

static void owning_is_wanted_by_age(void **state)
{
    static const struct {
        int32_t age;
        double owner;
    } of[] = {{29, 0.7}, {30, 1.0}, {64, 1.0}, {65, 0.5}};
    stage s;
    (void)state;
    open_stage(&s);
    look(&s);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        s.world.household.head_birth_month[1] = wks_month_cell(s.world.month - 12 * of[i].age);
        assert_close(wks_market_choice_seeker(&s.pass, 1).owner, of[i].owner, 1e-12, 0);
    }
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(school_draws_families_with_middle_incomes_only),
        cmocka_unit_test(utility_is_that_of_the_page),
        cmocka_unit_test(kin_pulls_less_with_distance),
        cmocka_unit_test(owning_is_wanted_by_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
