/* Following a round tells what the round did and changes nothing of it. */
#include "rules/round_trace.h"

#include <math.h>

#include "unit/rules/round_case.h"

enum { MONTHS = 4 };

typedef struct play {
    wks_world world;
    wks_scenario scenario, list, lot;
    wks_law law;
    wks_round *round;
    wks_letting letting[400]; /* of all months */
    int32_t tick[400], n;
} play;

static void open_play(play *p, uint64_t number, int32_t rules)
{
    wks_err err = WKS_ERR_INIT;

    memset(p, 0, sizeof *p);
    case_scenario(&p->scenario, case_rules[rules]);
    case_scenario(&p->list, "channels = ( { part = \"advertised\"; } ); order = ( { part = \"inschrijfduur\"; } );");
    case_scenario(&p->lot, "channels = ( { part = \"advertised\"; order = \"lot\"; } ); order = ();");
    case_world(&p->world, number, 30, 120, 0);
    p->law = wks_law_of_year(2025, 0.0);
    assert_ok(wks_round_create(&p->scenario, &p->world, &p->round, &err), &err);
}

static void close_play(play *p)
{
    wks_round_destroy(p->round);
    wks_scenario_free(&p->scenario);
    wks_scenario_free(&p->list);
    wks_scenario_free(&p->lot);
    wks_world_free(&p->world);
}

static void run_play(play *p, wks_round_trace *trace)
{
    wks_err err = WKS_ERR_INIT;

    wks_round_follow(p->round, trace);
    for (int32_t m = 0; m < MONTHS; m++) {
        assert_ok(wks_round_run(p->round, &p->world, &p->law, &case_behaviour, &err), &err);
        for (int32_t i = 0; i < p->world.letting.n; i++) {
            assert_true(p->n < 400);
            p->tick[p->n] = p->world.tick;
            p->letting[p->n++] = p->world.letting.item[i];
        }
        case_next_month(&p->world);
    }
}

/* The ranked list of a letting agrees with its row in the log and is sorted by its keys. */
static void assert_tells(const play *p, const wks_round_trace_advert *a, const wks_letting *letting)
{
    int32_t n_refused = 0;

    assert_int_equal(a->letting, letting->number);
    assert_int_equal(a->unit_key, letting->unit_key);
    assert_int_equal(a->winner_key, letting->household_key);
    assert_int_equal(a->n_candidates, letting->candidates);
    assert_int_equal(a->advert.channel, letting->channel);
    assert_int_equal(a->n_listed, a->n_candidates);
    for (int32_t i = 0; i < a->n_listed; i++) {
        const wks_round_trace_candidate *c = &a->candidate[i];
        assert_int_equal(c->rank, i + 1);
        const bool is_winner = c->household_key == letting->household_key;
        n_refused += c->is_asked && (c->outcome == WKS_ROUND_REFUSED || c->outcome == WKS_ROUND_NO_SHOW);
        if (is_winner) {
            assert_int_equal(c->rank, letting->rank);
            assert_true(c->is_asked && c->outcome == WKS_ROUND_ACCEPTED);
            assert_int_equal(c->months_registered, letting->months_registered);
        }
        if (c->is_asked && c->outcome == WKS_ROUND_CAPPED) assert_true(c->blocked_by >= 0 && c->told.count > c->told.max * c->told.total);
        if (i == 0 || a->ranking != WKS_PART_BY_RULES || p->scenario.rules[0].n_order == 0) continue;
        assert_true(a->candidate[i - 1].key[0] >= c->key[0]);
    }
    assert_int_equal(n_refused, letting->refusals);
}

static void letting_followed_is_told_as_it_was_logged(void **state)
{
    play *plain = malloc(sizeof *plain), *followed = malloc(sizeof *followed);
    (void)state;
    for (int32_t rules = 0; rules < CASE_N_RULES; rules++) {
        open_play(plain, 17, rules);
        run_play(plain, NULL);
        assert_true(plain->n > 3);
        for (int32_t i = 0; i < plain->n; i += 1 + plain->n / 5) {
            wks_round_trace trace = WKS_ROUND_TRACE_INIT;
            open_play(followed, 17, rules);
            trace.letting = plain->letting[i].number;
            trace.rival[trace.n_rivals++] = &followed->list;
            trace.rival[trace.n_rivals++] = &followed->lot;
            run_play(followed, &trace);
            assert_int_equal(followed->n, plain->n); /* nothing is different for being followed */
            assert_memory_equal(followed->letting, plain->letting, (size_t)plain->n * sizeof plain->letting[0]);
            assert_int_equal(wks_world_hash(&followed->world), wks_world_hash(&plain->world));
            assert_int_equal(trace.n_adverts, 1);
            assert_int_equal(trace.advert[0].tick, plain->tick[i]);
            assert_tells(followed, &trace.advert[0], &plain->letting[i]);
            wks_round_trace_free(&trace);
            close_play(followed);
        }
        close_play(plain);
    }
    free(plain);
    free(followed);
}

/* Under its own rules without caps, the same household gets the home. */
static void rules_as_their_own_rival_choose_the_same(void **state)
{
    play *p = malloc(sizeof *p);
    int32_t n = 0;
    (void)state;
    for (int64_t letting = 0; letting < 8; letting++) {
        wks_round_trace trace = WKS_ROUND_TRACE_INIT;
        open_play(p, 5, 1); /* urgency, lot; no caps; the free share of incomes is the one norm */
        p->world.household.income_eur[0] = 1;
        for (int32_t h = 0; h < p->world.household.base.n_rows; h++)
            p->world.household.income_eur[h] = 12000; /* nobody is above the limit */
        trace.letting = letting;
        trace.rival[trace.n_rivals++] = &p->scenario;
        trace.rival[trace.n_rivals++] = &p->list;
        run_play(p, &trace);
        if (trace.n_adverts == 1) {
            const wks_round_trace_advert *a = &trace.advert[0];
            assert_true(a->rival[0].is_there);
            assert_int_equal(a->rival[0].household_key, a->winner_key);
            assert_int_equal(a->rival[0].order_part, a->order_part);
            assert_true(a->rival[0].n_candidates <= a->n_candidates);
            n += a->rival[1].household_key != a->winner_key;
        }
        wks_round_trace_free(&trace);
        close_play(p);
    }
    assert_true(n > 0); /* and a list is not a lottery */
    free(p);
}

static void household_followed_is_on_every_list_it_reacted_to(void **state)
{
    play *plain = malloc(sizeof *plain), *followed = malloc(sizeof *followed);
    wks_round_trace trace = WKS_ROUND_TRACE_INIT;
    int32_t n_let = 0;
    (void)state;
    open_play(plain, 17, 0);
    run_play(plain, NULL);
    open_play(followed, 17, 0);
    const wks_letting *last = &plain->letting[plain->n - 1];
    trace.household_key = last->household_key;
    run_play(followed, &trace);
    assert_memory_equal(followed->letting, plain->letting, (size_t)plain->n * sizeof plain->letting[0]);
    assert_true(trace.n_adverts >= 1);
    for (int32_t i = 0; i < trace.n_adverts; i++) {
        assert_int_equal(trace.advert[i].n_listed, 1);
        assert_int_equal(trace.advert[i].candidate[0].household_key, last->household_key);
        n_let += trace.advert[i].winner_key == last->household_key;
    }
    assert_int_equal(n_let, 1);
    wks_round_trace_free(&trace);
    close_play(plain);
    close_play(followed);
    free(plain);
    free(followed);
}

static void refusals_by_reason_add_up(void **state)
{
    play *p = malloc(sizeof *p);
    wks_err err = WKS_ERR_INIT;
    int64_t sum = 0;
    (void)state;
    open_play(p, 3, 0);
    assert_ok(wks_round_run(p->round, &p->world, &p->law, &case_behaviour, &err), &err);
    for (int32_t i = 0; i < WKS_N_LETTING_REFUSALS; i++)
        sum += p->world.letting.n_refusals_by_reason[i];
    assert_true(p->world.letting.n_refusals > 0);
    assert_int_equal(sum, p->world.letting.n_refusals);
    wks_world_next_tick(&p->world);
    assert_int_equal(p->world.letting.n_refusals_by_reason[WKS_LETTING_REFUSAL_NO_SHOW], 0);
    close_play(p);
    free(p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letting_followed_is_told_as_it_was_logged),
        cmocka_unit_test(rules_as_their_own_rival_choose_the_same),
        cmocka_unit_test(household_followed_is_on_every_list_it_reacted_to),
        cmocka_unit_test(refusals_by_reason_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
