/* The law of the round (model, section 5): replayed in date order, no eligible, willing, higher-ranked candidate was passed over who could have been housed
 * without breaking a cap or norm as it stood at that offer. Held against the lettings of many random worlds: only who got what is taken from the round;
 * who may, wants, ranks and fits is worked out again, plainly, on a copy of the world in which the lettings are carried out one by one. */
#include "unit/rules/round_case.h"
#include "unit/rules/round_reference.h"
#include "unit/rules/round_rules.h"

enum { WORLDS = 60, MONTHS = 3, RANDOM_RULES = 2000 };

typedef struct replay {
    ref_case c;
    ref_history *history;
    const char *rules;      /* as written */
    const wks_world *after; /* holds the lettings */
    bool is_housed[REF_MAX];
    ref_seeker seeker[REF_MAX];
    int32_t n_seekers;
    bool candidate[REF_MAX][REF_MAX];       /* advert of the phase x seeker */
    double key[REF_MAX][REF_MAX][REF_KEYS]; /* advert of the phase x seeker: keys when the phase began */
    int64_t n_let, n_ahead, n_refused, n_stopped, n_housed, n_lost;
} replay;

static bool is_advertised(const ref_case *c, const wks_advert *a)
{
    const wks_channel_part *part = c->rules->channel[a->channel].spec->implementation;

    return part->is_advertised;
}

static bool same_phase(const ref_case *c, const wks_advert *a, const wks_advert *b)
{
    return is_advertised(c, a) ? is_advertised(c, b) : a->channel == b->channel;
}

static bool takes_part(const replay *r, const wks_advert *a, int32_t h)
{
    const ref_case *c = &r->c;
    const wks_channel_part *part = c->rules->channel[a->channel].spec->implementation;
    const uint8_t search = c->world->household.search[h];

    if (c->world->household.key[h] == 0 || r->is_housed[h]) return false;
    if (!part->is_advertised) return part->is_candidate(&c->context, &c->rules->channel[a->channel], h);
    return (search == WKS_SEARCH_SOCIAL || search == WKS_SEARCH_BOTH) &&
           wks_rng_once(&c->world->seed, c->world->household.key[h], (uint32_t)c->world->tick, WKS_RNG_ALLOC_REACT) < c->b->react_share;
}

static void begin_phase(replay *r, const wks_advert *adverts, int32_t n)
{
    const ref_case *c = &r->c;
    bool reacts[REF_MAX];

    r->n_seekers = 0;
    for (int32_t h = 0; h < c->world->household.base.n_rows; h++) {
        if (takes_part(r, &adverts[0], h)) r->seeker[r->n_seekers++] = ref_seeker_of(c, h);
    }
    for (int32_t s = 0; s < r->n_seekers; s++) {
        if (is_advertised(c, &adverts[0])) ref_reacts(c, &r->seeker[s], adverts, n, reacts);
        for (int32_t i = 0; i < n; i++) {
            r->candidate[i][s] = is_advertised(c, &adverts[0]) ? reacts[i] : ref_may(c, &r->seeker[s], &adverts[i]);
            ref_keys(c, &adverts[i], r->seeker[s].row, r->key[i][s]);
        }
    }
}

static int32_t winner_of(const replay *r, const wks_advert *a)
{
    for (int32_t i = 0; i < r->after->letting.n; i++) {
        const wks_letting *letting = &r->after->letting.item[i];
        if (letting->unit_row != a->unit_row || letting->channel != a->channel) continue;
        for (int32_t s = 0; s < r->n_seekers; s++) {
            if (r->seeker[s].key == letting->household_key) return s;
        }
        fail_msg("a unit was let to a household that took no part");
    }
    return -1;
}

/* The candidate that was not chosen could not have been: otherwise the law is broken. */
static void justify(replay *r, const wks_advert *a, int32_t s)
{
    wks_household_table *household = &r->c.world->household;
    const int32_t row = r->seeker[s].row;
    const bool is_urgent = household->urgency[row] != WKS_URGENCY_NONE;

    r->n_ahead++;
    if (r->is_housed[row]) {
        r->n_housed++;
        return;
    }
    if (ref_lost_turn(&r->c, row, a)) {
        r->n_lost++;
        return;
    }
    if (ref_stopped(&r->c, r->history, row, a, false) >= 0) {
        r->n_stopped++;
        return;
    }
    if (ref_answer(&r->c, &r->seeker[s], a, is_urgent) == WKS_ROUND_ACCEPTED) {
        fail_msg("seed key %u: household %d was passed over at unit %d: eligible, willing, ranked higher, and no cap stopped it; rules\n%s",
                 r->c.world->seed.key[0], row, a->unit_row, r->rules);
    }
    r->n_refused++;
    if (!is_advertised(&r->c, a)) ref_refused(&r->c, row, a);
    if (is_urgent && is_advertised(&r->c, a) && ref_answer(&r->c, &r->seeker[s], a, is_urgent) == WKS_ROUND_REFUSED)
        household->urgency[row] = WKS_URGENCY_NONE;
}

static void carry_out(replay *r, const wks_advert *a, int32_t s)
{
    wks_world *w = r->c.world;
    const int32_t row = r->seeker[s].row;
    wks_err err = WKS_ERR_INIT;

    /* Eligible when it reacted; since then only a grown-up child may have left the home, which makes it smaller. */
    if (wks_part_persons(w, row) == r->seeker[s].persons) assert_true(ref_may(&r->c, &r->seeker[s], a));
    assert_false(r->is_housed[row]);
    assert_int_equal(ref_stopped(&r->c, r->history, row, a, false), -1);
    assert_int_equal(ref_answer(&r->c, &r->seeker[s], a, w->household.urgency[row] != WKS_URGENCY_NONE), WKS_ROUND_ACCEPTED);
    ref_remember(&r->c, r->history, row, a);
    r->is_housed[row] = true;
    r->n_let++;
    assert_ok(wks_relations_move_in(w, row, a->unit_row, true, &err), &err);
}

/* `i`: the advert's number in the phase. */
static void replay_advert(replay *r, const wks_advert *a, int64_t i)
{
    const int32_t winner = winner_of(r, a);
    const bool *candidate = r->candidate[i];

    for (int32_t s = 0; s < r->n_seekers; s++) {
        if (!candidate[s] || s == winner) continue;
        if (winner >= 0 && !ref_before(&r->c, a, r->key[i][s], r->key[i][winner], r->seeker[s].key, r->seeker[winner].key)) continue;
        justify(r, a, s);
    }
    if (winner >= 0) {
        assert_true(candidate[winner]);
        carry_out(r, a, winner);
    }
}

static void replay_month(replay *r, const wks_round *round)
{
    int64_t n;
    const wks_advert *advert = wks_round_adverts(round, &n);

    memset(r->is_housed, 0, sizeof r->is_housed);
    ref_members(&r->c, r->history);
    for (int64_t first = 0, next; first < n; first = next) {
        for (next = first + 1; next < n && same_phase(&r->c, &advert[first], &advert[next]); next++)
            continue;
        begin_phase(r, &advert[first], (int32_t)(next - first));
        for (int64_t i = first; i < next; i++)
            replay_advert(r, &advert[i], i - first);
    }
}

static void check_world(uint64_t number, const char *rules, int32_t n_vacant, int32_t n_latent, replay *r)
{
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_world world, copy;
    wks_scenario scenario;
    wks_round *round = NULL;
    wks_err err = WKS_ERR_INIT;

    case_scenario(&scenario, rules);
    case_world(&world, number, n_vacant, n_latent, 0);
    wks_world_init(&copy);
    assert_ok(wks_round_create(&scenario, &world, &round, &err), &err);
    r->history->n = r->history->n_rounds = 0;
    r->rules = rules;
    for (int32_t m = 0; m < MONTHS; m++) {
        assert_ok(wks_world_copy(&world, &copy, &err), &err);
        r->after = &world;
        r->c = (ref_case){.world = &copy, .scenario = &scenario, .rules = &scenario.rules[0], .law = &law, .b = &case_behaviour};
        r->c.context = (wks_part_context){.world = &copy, .scenario = &scenario, .rules = &scenario.rules[0], .law = &law};
        assert_ok(wks_round_run(round, &world, &law, &case_behaviour, &err), &err);
        const int64_t let_before = r->n_let;
        replay_month(r, round);
        assert_int_equal(r->n_let - let_before, world.letting.n); /* every letting was found in its place */
        case_next_month(&world);
    }
    wks_round_destroy(round);
    wks_scenario_free(&scenario);
    wks_world_free(&world);
    wks_world_free(&copy);
}

static void round_replayed_passes_nobody_over(void **state)
{
    replay *r = calloc(1, sizeof *r);

    (void)state;
    assert_non_null(r);
    r->history = calloc(1, sizeof *r->history);
    assert_non_null(r->history);
    for (uint64_t number = 1; number <= WORLDS; number++) {
        for (int32_t rules = 0; rules < CASE_N_RULES; rules++)
            check_world(7000 + number, case_rules[rules], 2 + (int32_t)(number % 9), 8 + (int32_t)(number % 17), r);
    }
    for (uint64_t number = 1; number <= 3; number++) { /* more adverts than anybody sees */
        for (int32_t rules = 0; rules < CASE_N_RULES; rules++)
            check_world(8000 + number, case_rules[rules], 30, 50, r);
    }
    for (uint64_t number = 1; number <= RANDOM_RULES; number++) {
        wks_text rules = rules_random(50000 + number, false); /* a cap that gives way is none as the law means it */
        check_world(9000 + number, rules.data, 2 + (int32_t)(number % 9), 8 + (int32_t)(number % 17), r);
        wks_text_free(&rules);
    }
    /* Enough happened for the law to mean something. */
    assert_true(r->n_let > 2000 && r->n_refused > 1000 && r->n_stopped > 200 && r->n_housed > 200 && r->n_lost > 100);
    assert_int_equal(r->n_ahead, r->n_refused + r->n_stopped + r->n_housed + r->n_lost);
    free(r->history);
    free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_replayed_passes_nobody_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
