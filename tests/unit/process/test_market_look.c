/* Who chooses what: against the same one home after another, and against the shares of the logit. */
#include "process/market_look.h"

#include "market_case.h"
#include "num/draw.h"
#include "process/market_bid.h"
#include "support/fixture_town.h"

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
        int32_t row[N];
        static wks_market_choice choice[N];
        for (int32_t i = 0; i < N; i++)
            row[i] = 1 + i;
        s.pass.seeker = row;
        s.pass.choice = choice;
        wks_market_look_around(&s.pass, 0, N);
        for (int32_t i = 0; i < N; i++) {
            double p[16];
            int32_t first = 0, chosen = 15;
            slow_shares(&s, row[i], p);
            for (int32_t j = 0; j < 16; j++)
                expected[j] += p[j], variance[j] += p[j] * (1 - p[j]);
            for (int32_t kind = 0; kind < choice[i].kind; kind++)
                first += s.ring[kind].n;
            if (choice[i].item >= 0) chosen = first + choice[i].item;
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

/* The choice of one seeker as docs/odd.md has it: every home of the sample in turn, no bound, one word after another. */
/* The first home of the seeker's region at or after the point, else the first of all; -1 when there is none. */
static int32_t slow_meets(const wks_market_pass *pass, const wks_market_ring *ring, int32_t region, uint64_t point)
{
    const uint64_t n = (uint64_t)wks_region_n(pass->world);
    int32_t first = WKS_NONE, next = WKS_NONE;

    for (int32_t i = 0; i < ring->n; i++) {
        if (wks_region_of_buurt(pass->world, ring->item[i].buurt_row) != region) continue;
        if (first < 0 || ring->item[i].key < ring->item[first].key) first = i;
        if (ring->item[i].key / n >= point / n && (next < 0 || ring->item[i].key < ring->item[next].key)) next = i;
    }
    return next >= 0 ? next : first;
}

static wks_market_choice slow_choice(const wks_market_pass *pass, int32_t row)
{
    const wks_world *w = pass->world;
    const uint64_t key = w->household.key[row], from = pass->round < 2 ? key : wks_rng_pair_key(key, (uint64_t)pass->round);
    wks_rng rng = wks_rng_open(&w->seed, from, (uint32_t)w->tick, pass->round == 0 ? WKS_RNG_MARKET_SAMPLE : WKS_RNG_MARKET_ORDER);
    wks_market_seeker seeker = wks_market_choice_seeker(pass, row);
    wks_market_choice choice = {.household_key = key, .household_row = row, .item = WKS_NONE};
    const int32_t region = wks_region_looks_in(w, pass->region, row);
    uint32_t word[4], lot = 0;

    if (wks_region_n(w) > 1 && region != wks_region_lives_in(w, row))
        seeker.x_m = seeker.y_m = (double)NAN; /* its own reason to go there */
    wks_rng_four(&w->seed, wks_rng_pair_key(key, 1 + (uint64_t)(pass->round / 4)), (uint32_t)w->tick, WKS_RNG_MARKET_TASTE, word);
    const double waiting = pass->p[seeker.has_home ? WKS_MARKET_P_STAY : WKS_MARKET_P_STAY_LATENT] + wks_draw_gumbel(word[pass->round % 4]);
    double best = waiting;
    for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
        const wks_market_ring *ring = &pass->ring[kind];
        for (int32_t k = 0; k < (int32_t)pass->p[WKS_MARKET_P_SAMPLE]; k++) {
            const uint64_t point = wks_rng_u64(&rng);
            const int32_t at = slow_meets(pass, ring, region, point);
            double utility;
            if (at < 0 || !wks_market_choice_utility(pass, &seeker, kind, &ring->item[at], &utility)) continue;
            wks_rng_four(&w->seed, wks_rng_pair_key(key, ring->item[at].key), (uint32_t)w->tick, WKS_RNG_MARKET_TASTE, word);
            utility += wks_draw_gumbel(word[0]);
            if (utility <= best) continue;
            best = utility;
            choice.kind = kind;
            choice.item = at;
            lot = word[1];
        }
    }
    if (choice.item < 0) return choice;
    const wks_market_vacancy *v = &pass->ring[choice.kind].item[choice.item];
    choice.bid = choice.kind == WKS_MARKET_OWNER ? wks_market_bid_for_sale(pass, &seeker, v, best - waiting)
                                                 : wks_market_bid_for_rent(&seeker, choice.kind, v, lot);
    choice.is_valid = choice.kind != WKS_MARKET_OWNER || choice.bid >= v->reserve_eur;
    return choice;
}

/* A town; every parameter of utility other than its default in the second one; of which people look by gemeente in the last ones. */
static void open_town(stage *s, int32_t which)
{
    static const char *const name[] = {"b_cost", "b_size",   "b_house", "b_own_group", "b_income",
                                       "b_kin",  "b_stigma", "stay",    "stay_latent"};
    static const double value[] = {-8, 0.2, -1, 1, -1, 2, 0.5, -1, 0};
    const wks_fixture_town_options options = {.n = 1500, .n_buurten = 8, .month = MONTH};

    wks_fixture_town_make(&s->world, &options);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    s->world.buurt.stigma[2] = 1;
    s->world.buurt.school_boost[3] = -0.3;
    s->world.buurt.school_boost[4] = 0.5;
    for (size_t k = 0; which % 2 > 0 && k < sizeof value / sizeof *value; k++)
        wks_fixture_tick_set(&s->fixture, "market", name[k], value[k]);
    s->world.by_gemeente = which >= 4;
    s->world.n_gemeenten = 3;
    for (int32_t b = 0; b < s->world.buurt.base.n_rows; b++)
        s->world.buurt.gemeente_row[b] = b % 3;
    look(s);
}

static void choices_are_those_of_one_home_after_another(void **state)
{
    static const double samples[] = {5, 1, 64, 17, 5, 3};
    static int32_t row[20000];
    static wks_market_choice choice[20000];
    int32_t kinds[WKS_MARKET_KINDS] = {0}, n_waiting = 0, n_invalid = 0;
    (void)state;
    for (int32_t which = 0; which < 6; which++) {
        stage s;
        int32_t n = 0;
        open_town(&s, which);
        wks_fixture_tick_set(&s.fixture, "market", "sample", samples[which]);
        for (int32_t i = 0; i < s.world.household.base.n_rows && n < 20000; i++) {
            if (s.world.household.key[i] != 0) row[n++] = i;
        }
        s.pass.seeker = row;
        s.pass.choice = choice;
        for (s.pass.round = 0; s.pass.round < 6; s.pass.round++) {
            wks_market_look_around(&s.pass, 0, n / 3);
            wks_market_look_around(&s.pass, n / 3, n);
            for (int32_t i = 0; i < n; i++) {
                const wks_market_choice slow = slow_choice(&s.pass, row[i]);
                assert_int_equal(choice[i].household_row, row[i]);
                assert_int_equal(choice[i].household_key, slow.household_key);
                assert_int_equal(choice[i].item, slow.item);
                n_waiting += slow.item < 0;
                if (slow.item < 0) continue;
                assert_int_equal(choice[i].kind, slow.kind);
                assert_true(choice[i].bid >= slow.bid && choice[i].bid <= slow.bid);
                assert_int_equal(choice[i].is_valid, slow.is_valid);
                kinds[slow.kind]++;
                n_invalid += !slow.is_valid;
            }
        }
        close_stage(&s);
    }
    assert_true(kinds[WKS_MARKET_OWNER] > 500 && kinds[WKS_MARKET_RENT] > 500 && kinds[WKS_MARKET_ROOM] > 50);
    assert_true(n_waiting > 500 && n_invalid > 10);
}

/* The bound is one, and near enough to be of use. */
static void utility_is_below_its_bound(void **state)
{
    (void)state;
    for (int32_t which = 0; which < 2; which++) {
        stage s;
        int32_t n = 0, n_near = 0;
        open_town(&s, which);
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            if (s.world.household.key[i] == 0) continue;
            wks_market_seeker seeker = wks_market_choice_seeker(&s.pass, i);
            for (int32_t kind = 0; kind < WKS_MARKET_KINDS; kind++) {
                for (int32_t k = 0; k < s.ring[kind].n; k += 3) {
                    double utility;
                    if (!wks_market_choice_utility(&s.pass, &seeker, kind, &s.ring[kind].item[k], &utility)) continue;
                    const wks_market_eye eye = wks_market_choice_eye(&s.pass, &seeker, kind);
                    const double most = wks_market_choice_most(&eye, &s.ring[kind].item[k]);
                    assert_true(utility <= most);
                    n++;
                    n_near += utility > most - 4;
                }
            }
        }
        assert_true(n > 5000 && n_near > n / 2);
        close_stage(&s);
    }
}

static int by_vacancy(const void *left, const void *right)
{
    const wks_market_choice *a = left, *b = right;
    if (a->kind != b->kind) return a->kind - b->kind;
    if (a->item != b->item) return a->item - b->item;
    if (a->bid > b->bid || a->bid < b->bid) return a->bid > b->bid ? -1 : 1;
    return (a->household_key > b->household_key) - (a->household_key < b->household_key);
}

/* Winners are the first of each vacancy when all bids are sorted, where the first is valid; losers all others who chose. */
static void highest_valid_bid_gets_it(void **state)
{
    static int32_t row[5000], loser[5000], applications[8];
    static wks_market_choice choice[5000], sorted[5000];
    int32_t n = 0, n_losers = 0, n_chose = 0, n_won = 0, n_applied = 0;
    wks_err err = WKS_ERR_INIT;
    stage s;
    (void)state;
    open_town(&s, 0);
    for (int32_t i = 0; i < s.world.household.base.n_rows && n < 5000; i++) {
        if (s.world.household.key[i] != 0 && s.world.household.place[i] == WKS_PLACE_HOUSED) row[n++] = i;
    }
    s.pass.seeker = row;
    s.pass.choice = choice;
    wks_market_look_around(&s.pass, 0, n);
    for (int32_t i = 0; i < n; i++) { /* ties, and bids that are too low */
        if (choice[i].kind != WKS_MARKET_OWNER) choice[i].bid = (double)(i % 3);
        if (choice[i].item >= 0) sorted[n_chose++] = choice[i];
    }
    qsort(sorted, (size_t)n_chose, sizeof *sorted, by_vacancy);
    assert_ok(wks_market_bid_settle(&s.pass, &s.fixture.tick, choice, n, applications, loser, &n_losers, &err), &err);
    for (int32_t k = 0; k < n_chose; k++) {
        const bool is_first = k == 0 || sorted[k].kind != sorted[k - 1].kind || sorted[k].item != sorted[k - 1].item;
        const int32_t unit = s.ring[sorted[k].kind].item[sorted[k].item].unit_row;
        int32_t lost = 0;
        for (int32_t i = 0; i < n_losers; i++)
            lost += loser[i] == sorted[k].household_row;
        assert_int_equal(lost, is_first && sorted[k].is_valid ? 0 : 1);
        if (is_first && sorted[k].is_valid) assert_int_equal(s.world.unit.household_row[unit], sorted[k].household_row);
        if (is_first && !sorted[k].is_valid) assert_true(s.world.unit.household_row[unit] < 0);
        n_won += is_first && sorted[k].is_valid;
    }
    for (int32_t b = 0; b < 8; b++)
        n_applied += applications[b];
    assert_int_equal(n_applied, n_chose);
    assert_int_equal(n_losers, n_chose - n_won);
    assert_true(n_won > 30 && n_losers > 100);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_are_the_logit_of_what_is_met),
        cmocka_unit_test(choices_are_those_of_one_home_after_another),
        cmocka_unit_test(utility_is_below_its_bound),
        cmocka_unit_test(highest_valid_bid_gets_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
