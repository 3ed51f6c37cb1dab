#include "process/market_choice.h"

#include "num/math.h"
#include "process/market_buurt.h"
#include "process/market_means.h"
#include "process/process_registry.h"
#include "support/fixture_tick.h"
#include "support/fixture_world.h"

enum { MONTH = 2025 * 12, N = 4000 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_market_ring ring[WKS_MARKET_KINDS];
    wks_market_area *area;
    wks_permit permit;
    wks_market_pass pass;
} stage;

static const char homes[] =
    "buurten 2\nunit o1 buurt=0 tenure=owner value=200000 rooms=3\nunit o2 buurt=1 tenure=owner value=260000 rooms=4 type=single_family\n"
    "unit p1 buurt=0 tenure=private_rent rent=950 rooms=3 points=200\nunit p2 buurt=1 tenure=private_rent rent=1150 rooms=4 points=200\n"
    "unit r1 buurt=1 tenure=private_rent rent=450 units=2\nunit far buurt=1 tenure=owner value=2000000 rooms=5\n"
    "unit s0 buurt=0 tenure=social rent=500\nhousehold h0 unit=s0 income=24000 members=50m\n";

/* N equal households without a home: each with its own tastes. */
static void open_stage(stage *s)
{
    wks_fixture_world_make(&s->world, homes);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    for (int32_t u = 0; u < s->world.unit.base.n_rows; u++) {
        const int32_t d = s->world.unit.dwelling_row[u];
        s->world.dwelling.x_m[d] = (float)(1000 * (u % 3));
        s->world.dwelling.y_m[d] = (float)(700 * (u % 2));
    }
    s->world.buurt.soc[1] = 0.1;
    s->world.buurt.contacts[1] = 4;
    for (int32_t i = 0; i < N; i++) {
        const int32_t row = wks_fixture_tick_household(&s->world, i, WKS_NONE, WKS_PLACE_SHELTER, WKS_NONE);
        (void)wks_fixture_tick_person(&s->world, i, row, WKS_ROLE_HEAD, WKS_SEX_MAN, 40);
        s->world.household.income_eur[row] = 60000;
        s->world.household.equity_eur[row] = 30000;
        s->world.household.kin_buurt_row[row] = 1;
    }
    wks_fixture_tick_set(&s->fixture, "market", "b_own_group", 0.5);
    wks_fixture_tick_set(&s->fixture, "market", "b_contacts", 0.3);
    wks_fixture_tick_set(&s->fixture, "market", "stay_latent", 2);
}

static double *params(stage *s)
{
    return s->fixture.process[wks_fixture_tick_index(&s->fixture, "market")].value;
}

static void look(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_market_buurt_areas(&s->fixture.tick, params(s), &s->area, &err), &err);
    assert_ok(wks_market_vacancy_rings(&s->fixture.tick, params(s), s->ring, NULL, &err), &err);
    s->permit.n = 0;
    s->pass = (wks_market_pass){.world = &s->world,
                                .p = params(s),
                                .norms = wks_market_means_norms(&s->fixture.tick.law, params(s)),
                                .ring = s->ring,
                                .area = s->area,
                                .permit = &s->permit};
    wks_market_choice_bounds(&s->pass);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* The utility as docs/odd.md has it, written again. False: not within means. */
static bool slow_utility(stage *s, int32_t household, int32_t kind, const wks_market_vacancy *v, double *out)
{
    const wks_world *w = &s->world;
    const wks_law *law = &s->fixture.tick.law;
    const double income = (double)w->household.income_eur[household], own = (double)w->household.equity_eur[household];
    const int32_t unit = v->unit_row, d = w->unit.dwelling_row[unit], buurt = w->dwelling.buurt_row[d];
    double cost;

#define P(name) wks_fixture_tick_get(&s->fixture, "market", name)
    if (kind == WKS_MARKET_OWNER) {
        const double monthly = P("interest") / 12, annuity = P("interest") / (1 - pow(1 + monthly, -360));
        const double price = (double)w->dwelling.value_eur[d], k = 0.02 + P("buyer_fees"); /* 40 years old: no starters' exemption */
        const double quote = law->loan_quote_middle +
                             (law->loan_quote_high - law->loan_quote_middle) * (income / law->income_single_eur - 1.2) / (2.2 - 1.2);
        const double most_by_income = (quote * income / annuity + own) / (1 + k), most_by_value = own / k;
        const double most = most_by_income < most_by_value ? most_by_income : most_by_value, paid = most < price ? most : price;
        if (most < 0.95 * price) return false;
        cost = (annuity - P("interest_relief") * P("interest")) * (paid * (1 + k) - own) + P("upkeep") * paid;
    } else {
        const double rent = (double)w->unit.rent_eur[unit];
        if (12 * rent > (kind == WKS_MARKET_ROOM ? 0.6 : 0.4) * income) return false;
        cost = 12 * rent; /* no huurtoeslag at this income */
    }
    const double rooms = kind == WKS_MARKET_ROOM ? 1 : w->dwelling.rooms[d] < 3 ? w->dwelling.rooms[d] : 3;
    double x = 0, y = 0, n = 0;
    for (int32_t i = 0; i < w->dwelling.base.n_rows; i++) {
        if (w->dwelling.buurt_row[i] != 1) continue;
        x += (double)w->dwelling.x_m[i], y += (double)w->dwelling.y_m[i], n++;
    }
    const double km = hypot(x / n - (double)w->dwelling.x_m[d], y / n - (double)w->dwelling.y_m[d]) / 1000;
    *out = P("b_cost") * cost / income + P("b_size") * rooms + P("b_leefbaarheid") * wks_world_leefbaarheid(w, buurt) / 0.14 +
           (buurt == 1 ? 2 * P("b_contacts") : 0) + P("b_kin") * (buurt == 1 ? 1 : P("kin_km") / (P("kin_km") + km)) +
           (kind == WKS_MARKET_OWNER ? P("b_owner") : 0);
    /* h0 lives alone in buurt 0 with 24,000; nobody in buurt 1. */
    if (buurt == 0) *out += P("b_income") * fabs(log(income / 24000)) + P("b_own_group") * 1;
    return true;
}

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

/* Expected choices of one household by the logit over the vacancies that it meets: p by vacancy (ring order), the last is waiting. */
static void slow_shares(stage *s, int32_t household, double *p)
{
    const int32_t sample = (int32_t)wks_fixture_tick_get(&s->fixture, "market", "sample");
    wks_rng rng = wks_rng_open(&s->world.seed, s->world.household.key[household], (uint32_t)s->world.tick, WKS_RNG_MARKET_SAMPLE);
    double weight[16] = {0}, total = exp(wks_fixture_tick_get(&s->fixture, "market", "stay_latent"));
    int32_t first = 0;

    weight[15] = total;
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        for (int32_t k = 0; k < sample; k++) {
            const uint64_t point = wks_rng_u64(&rng);
            int32_t at = 0;
            while (at < s->ring[kind].n && s->ring[kind].item[at].key < point)
                at++;
            at = at == s->ring[kind].n ? 0 : at;
            double utility;
            if (weight[first + at] > 0 || !slow_utility(s, household, kind, &s->ring[kind].item[at], &utility)) continue;
            weight[first + at] = exp(utility);
            total += weight[first + at];
        }
        first += s->ring[kind].n;
    }
    for (int32_t j = 0; j < 16; j++)
        p[j] = weight[j] / total;
}

/* Over N households: what is chosen against the sum of the logit shares, within four standard errors, for a sample that shows all and one that does
 * not. */
static void shares_are_the_logit_of_what_is_met(void **state)
{
    static const double samples[] = {64, 2, 1};
    (void)state;
    for (size_t k = 0; k < sizeof samples / sizeof *samples; k++) {
        stage s;
        double expected[16] = {0}, variance[16] = {0}, seen[16] = {0};
        open_stage(&s);
        wks_fixture_tick_set(&s.fixture, "market", "sample", samples[k]);
        look(&s);
        for (int32_t row = 1; row <= N; row++) {
            double p[16];
            int32_t first = 0, chosen = 15;
            slow_shares(&s, row, p);
            for (int32_t j = 0; j < 16; j++)
                expected[j] += p[j], variance[j] += p[j] * (1 - p[j]);
            const wks_market_choice choice = wks_market_choice_of(&s.pass, row);
            for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
                for (int32_t i = 0; i < s.ring[kind].n; i++)
                    if (choice.unit_row == s.ring[kind].item[i].unit_row) chosen = first + i;
                first += s.ring[kind].n;
            }
            seen[chosen]++;
        }
        for (int32_t j = 0; j < 16; j++) {
            if (fabs(seen[j] - expected[j]) > 4 * sqrt(variance[j]) + 1e-9)
                fail_msg("sample %g, option %d: chosen %g times, expected %g +- %g", samples[k], (int)j, seen[j], expected[j],
                         sqrt(variance[j]));
        }
        int32_t n_common = 0;
        for (int32_t j = 0; j < 16; j++)
            n_common += expected[j] > 50;
        assert_true(n_common >= 6 && expected[15] > 50);
        close_stage(&s);
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
        cmocka_unit_test(shares_are_the_logit_of_what_is_met),
        cmocka_unit_test(kin_pulls_less_with_distance),
        cmocka_unit_test(owning_is_wanted_by_age),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
