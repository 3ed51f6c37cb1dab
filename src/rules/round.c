#include "rules/round.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "rules/round_adverts.h"
#include "rules/round_kinds.h"
#include "rules/round_offers.h"
#include "rules/round_reactions.h"
#include "rules/round_seekers.h"
#include "rules/round_trace.h"
#include "rules/round_vacancies.h"

enum { LISTED = 1 << 24 }; /* candidates at a time: 64 MiB and as much again for their ranking */

/* A month's median counts for a twelfth: what applicants believe about the usual inschrijfduur follows a year of lettings (assumption). */
static const double MONTHLY_WEIGHT = 1.0 / 12.0;

void *wks_round_buffer(wks_round *round, wks_round_slot slot, size_t n, size_t size, wks_err *err)
{
    const size_t needed = (n == 0 ? 1 : n) * size;

    if (round->buffer_bytes[slot] < needed) {
        const size_t bytes = needed + needed / 4;
        free(round->buffer[slot]);
        round->buffer[slot] = wks_mem_array(bytes, 1);
        round->buffer_bytes[slot] = round->buffer[slot] == NULL ? 0 : bytes;
        if (round->buffer[slot] == NULL) wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu bytes of a round", bytes);
    }
    return round->buffer[slot];
}

/* ---- rule sets ----------------------------------------------------------------------------------------------------------------- */

static int32_t areas_param_of(const wks_settings *settings)
{
    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        if (settings->spec->param[i].type == WKS_PARAM_AREAS) return i;
    }
    return WKS_NONE;
}

static wks_status make_channels(wks_round_rules *rules, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rule_set *set = rules->set;

    rules->channel = wks_mem_array((size_t)set->n_channels, sizeof *rules->channel);
    if (rules->channel == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for channels");
    for (int32_t c = 0; c < set->n_channels; c++) {
        rules->channel[c] = (wks_round_channel){
            .settings = &set->channel[c],
            .part = set->channel[c].spec->implementation,
            .share = wks_part_value(&set->channel[c], "share", 1.0),
            .label = wks_part_value(&set->channel[c], "label", 0.0),
            .areas_param = areas_param_of(&set->channel[c]),
            .ranking = wks_part_ranking_of(&set->channel[c]),
            .then = wks_part_then_of(set, c),
            .then_after = (int32_t)wks_part_value(&set->channel[c], "then_after", 1.0),
        };
    }
out:
    return rc;
}

static wks_status make_guards(wks_round_rules *rules, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rule_set *set = rules->set;

    WKS_BUG_IF(set->n_filters + set->n_spreiding > WKS_LETTING_MAX_PARTS); /* the reader refuses that */
    rules->guard = wks_mem_array((size_t)set->n_filters + (size_t)set->n_spreiding, sizeof *rules->guard);
    if (rules->guard == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for spreiding parts");
    for (int32_t f = 0; f < set->n_filters; f++) {
        const wks_filter_part *part = set->filter[f].spec->implementation;
        if (part->norm == NULL) continue;
        rules->guard[rules->n_guards++] = (wks_round_guard){.part = part->norm, .settings = &set->filter[f], .index = f};
    }
    for (int32_t s = 0; s < set->n_spreiding; s++) {
        rules->guard[rules->n_guards++] = (wks_round_guard){
            .part = set->spreiding[s].spec->implementation,
            .settings = &set->spreiding[s],
            .index = set->n_filters + s,
            .when_nobody = (wks_part_when_nobody)(int32_t)wks_part_value(&set->spreiding[s], "when_nobody", WKS_PART_LEAVE_VACANT),
            .sell_after = (int32_t)wks_part_value(&set->spreiding[s], "sell_after", 1.0),
        };
    }
out:
    return rc;
}

static int32_t order_part_of(const wks_rule_set *set, const char *name)
{
    for (int32_t p = 0; p < set->n_order; p++) {
        if (strcmp(set->order[p].spec->name, name) == 0) return p;
    }
    return WKS_NONE;
}

/* No time waited and no points in the order: who looks now has the same chance as who has looked for years. */
static bool is_by_chance(const wks_rule_set *set)
{
    static const char *const earned[] = {"inschrijfduur", "kept_seniority", "points", "weighted"};

    for (size_t i = 0; i < sizeof earned / sizeof earned[0]; i++) {
        if (order_part_of(set, earned[i]) >= 0) return false;
    }
    return true;
}

wks_status wks_round_create(const wks_scenario *scenario, const wks_world *world, wks_round **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = wks_mem_array(1, sizeof *round);

    (void)world;
    if (round == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a round");
    round->scenario = scenario;
    round->most_listed = LISTED;
    round->rules = wks_mem_array((size_t)scenario->n_rules, sizeof *round->rules);
    if (round->rules == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for rule sets");
    for (int32_t i = 0; i < scenario->n_rules; i++) {
        wks_round_rules *rules = &round->rules[round->n_rules++];
        *rules = (wks_round_rules){.set = &scenario->rules[i], .index = i, .ties_share = wks_filter_ties_share(&scenario->rules[i])};
        rules->seniority_part = order_part_of(rules->set, "inschrijfduur");
        rules->is_by_chance = is_by_chance(rules->set);
        wks_conduct_of(rules->set, &rules->conduct);
        WKS_TRY(make_channels(rules, err));
        WKS_TRY(make_guards(rules, err));
    }
    *out = round;
    round = NULL;
out:
    wks_round_destroy(round);
    return rc;
}

void wks_round_destroy(wks_round *round)
{
    if (round == NULL) return;
    for (int32_t i = 0; i < round->n_rules; i++) {
        wks_round_rules *rules = &round->rules[i];
        for (int32_t g = 0; g < rules->n_guards; g++)
            rules->guard[g].part->close(rules->guard[g].state);
        free(rules->guard);
        free(rules->channel);
    }
    for (int32_t b = 0; b < round->n_blocks; b++) {
        free(round->block[b].advert);
        free(round->block[b].seeker);
        free(round->block[b].seen);
        free(round->block[b].next);
        free(round->block[b].marked);
    }
    for (int32_t i = 0; i < WKS_ROUND_N_SLOTS; i++)
        free(round->buffer[i]);
    free(round->rules);
    free(round->block);
    free(round->sent);
    free(round->sent_next);
    free(round->offer);
    free(round);
}

void wks_round_record(wks_round *round, bool on)
{
    round->is_recording = on;
    round->n_offers = 0;
}

void wks_round_follow(wks_round *round, struct wks_round_trace *trace)
{
    round->trace = trace;
}

const wks_round_offer *wks_round_offers(const wks_round *round, int64_t *out_n)
{
    *out_n = round->n_offers;
    return round->offer;
}

const wks_advert *wks_round_adverts(const wks_round *round, int64_t *out_n)
{
    *out_n = round->n_sequence;
    return round->sequence;
}

/* ---- one month ------------------------------------------------------------------------------------------------------------------ */

/* Offers a run of the sequence (one phase) to a pool. */
static wks_status run_phase(wks_round_month *month, const wks_round_pool *pool, int32_t first, int32_t n, bool react, uint8_t *out_is_let,
                            wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round_board board = {0};
    wks_round_lists lists = {0};
    const int8_t *fails;

    WKS_TRY(wks_round_adverts_board(month, &month->round->sequence[first], n, &board, err));
    fails = wks_round_kinds_matrix(month, pool, &board, err);
    if (fails == NULL) return WKS_ERR_NOMEM;
    if (react)
        WKS_TRY(wks_round_reactions_make(month, pool, &board, fails, &lists, err));
    else
        WKS_TRY(wks_round_reactions_all(month, pool, &board, fails, &lists, err));
    WKS_TRY(wks_round_offers_make(month, pool, &board, fails, &lists, first, out_is_let, err));
out:
    return rc;
}

/* Everybody in the pool may be a candidate for every unit: a run of units at a time, so that the lists stay within most_listed numbers.
 * Each run is ranked as things stand when it begins: a guest whose host moved in an earlier run is ranked by its new place. */
static wks_status run_proposals(wks_round_month *month, const wks_round_pool *pool, int32_t first, int32_t n, uint8_t *out_is_let,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t listed = month->round->most_listed, most = pool->n > 0 && listed / pool->n > 0 ? listed / pool->n : 1;

    for (int32_t from = 0; from < n; from += most) {
        const int32_t n_run = n - from < most ? n - from : most;
        WKS_TRY(run_phase(month, pool, first + from, n_run, false, out_is_let + from, err));
    }
out:
    return rc;
}

/* Adverts of the sequence from `first` on, in order of turn as start tells, for the crowd of each turn. */
static wks_status run_turns(wks_round_month *month, const wks_round_crowd *crowd, int32_t first, const int32_t *start, bool react,
                            uint8_t *out_is_let, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_turns = wks_region_n(month->world);
    wks_round_pool pool = {0};

    for (int32_t turn = 0; turn < n_turns; turn++) {
        const int32_t begin = start[turn], n = start[turn + 1] - begin;
        if (n == 0) continue;
        month->context.turn_of = n_turns > 1 ? 1 + wks_round_region_at(month->world, turn) : 0;
        WKS_TRY(wks_round_seekers_pool(month, crowd, turn, &pool, err));
        if (react)
            WKS_TRY(run_phase(month, &pool, first + begin, n, true, out_is_let + begin, err));
        else
            WKS_TRY(run_proposals(month, &pool, first + begin, n, out_is_let + begin, err));
    }
    month->context.turn_of = 0;
out:
    return rc;
}

/* Reserved units first: they are spoken for. */
static wks_status run_reserved(wks_round_month *month, const wks_advert *advert, int32_t n, int32_t *n_unlet, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = month->round;

    for (int32_t i = 0; i < n; i++) {
        const int32_t number = round->n_sequence++;
        bool is_let = false;
        round->sequence[number] = advert[i];
        if (advert[i].channel < 0) round->sequence[number].channel = 0;
        WKS_TRY(wks_round_offers_reserved(month, &round->sequence[number], number, &is_let, err));
        if (!is_let) (*n_unlet)++;
    }
out:
    return rc;
}

static void send_on(wks_round *round, uint64_t unit_key, int32_t channel, bool is_then)
{
    if (channel < 0 || round->n_sent_next >= round->sent_next_capacity) return; /* there is room for every advert */
    round->sent_next[round->n_sent_next++] = (wks_round_sent){unit_key, channel, is_then};
}

static const wks_round_sent *sent_of(const wks_round *round, uint64_t unit_key)
{
    for (int32_t i = 0; i < round->n_sent; i++) {
        if (round->sent[i].unit_key == unit_key) return &round->sent[i];
    }
    return NULL;
}

/* Nobody may have it, and a part says what then. */
static bool went_elsewhere(wks_round_month *month, const wks_advert *advert, uint8_t result)
{
    if (result != WKS_ROUND_SELL && result != WKS_ROUND_LIBERALISE) return false;
    wks_round_vacancies_instead(month, advert, result == WKS_ROUND_SELL ? WKS_PART_SELL : WKS_PART_LIBERALISE);
    return true;
}

/* Where a unit goes that channel `c` did not let this month: the channel named by `then` when it is time, else `otherwise`. */
static int32_t channel_after(const wks_round_month *month, const wks_advert *advert, int32_t c, int32_t otherwise)
{
    const wks_round_channel *channel = &month->rules->channel[c];

    if (channel->then < 0 || !wks_round_adverts_applies(month, advert, channel->then)) return otherwise;
    return month->world->unit.n_adverts[advert->unit_row] + 1 >= channel->then_after ? channel->then : otherwise;
}

/* What a proposing channel did not let goes on: to an advertising channel or one that proposes later in the list at once, else next month. */
static void pass_on(wks_round_month *month, wks_advert *advert, int32_t c)
{
    const int32_t next = channel_after(month, advert, c, wks_round_adverts_next_channel(month, advert, c, true));
    const bool is_now = next < 0 || next > c || month->rules->channel[next].part->is_advertised;

    if (!is_now) send_on(month->round, month->world->unit.key[advert->unit_row], next, true);
    advert->channel = is_now ? next : WKS_NONE;
}

/* Proposing channels, one after the other; what they do not let is advertised at once, through the next channel that does so, or as `then` says. */
static wks_status run_direct(wks_round_month *month, wks_advert *advert, int32_t n, uint8_t *is_let, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = month->round;

    for (int32_t c = 0; c < month->rules->set->n_channels; c++) {
        const int32_t first = round->n_sequence;
        wks_round_vacancies_item *item = NULL;
        wks_round_crowd crowd = {0};
        const int32_t *start = NULL;
        int32_t n_items = 0;
        if (month->rules->channel[c].part->is_advertised) continue;
        WKS_TRY(wks_round_vacancies_order(month, advert, n, c, &item, &n_items, err));
        if (n_items == 0) continue;
        WKS_TRY(wks_round_region_items(month, advert, n_items, item, &start, err));
        for (int32_t k = 0; k < n_items; k++)
            round->sequence[round->n_sequence++] = advert[item[k].index];
        WKS_TRY(wks_round_seekers_direct(month, c, &crowd, err));
        WKS_TRY(run_turns(month, &crowd, first, start, false, is_let, err));
        for (int32_t k = 0; k < n_items; k++) {
            wks_advert *of = &advert[item[k].index];
            if (is_let[k] == WKS_ROUND_LET) {
                of->channel = WKS_NONE;
                continue;
            }
            pass_on(month, of, c);
            if (of->channel < 0) (void)went_elsewhere(month, of, is_let[k]);
        }
    }
out:
    return rc;
}

static wks_status run_advertised(wks_round_month *month, const wks_advert *advert, int32_t n, uint8_t *is_let, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = month->round;
    const int32_t first = round->n_sequence, *start = NULL;
    wks_round_crowd crowd = {0};

    for (int32_t i = 0; i < n; i++) {
        if (advert[i].channel >= 0 && month->rules->channel[advert[i].channel].part->is_advertised)
            round->sequence[round->n_sequence++] = advert[i];
    }
    const int32_t n_advertised = round->n_sequence - first;
    if (n_advertised == 0) goto out;
    WKS_TRY(wks_round_region_adverts(month, &round->sequence[first], n_advertised, &start, err));
    WKS_TRY(wks_round_seekers_looking(month, &crowd, err));
    WKS_TRY(run_turns(month, &crowd, first, start, true, is_let, err));
    for (int32_t k = 0; k < n_advertised; k++) {
        const wks_advert *of = &round->sequence[first + k];
        const uint64_t key = month->world->unit.key[of->unit_row];
        if (is_let[k] == WKS_ROUND_LET || went_elsewhere(month, of, is_let[k])) continue;
        const int32_t next = channel_after(month, of, of->channel, WKS_NONE);
        if (next >= 0)
            send_on(round, key, next, true);
        else if (is_let[k] == WKS_ROUND_SEND_ON)
            send_on(round, key, wks_round_adverts_next_channel(month, of, of->channel, false), false);
        else if (sent_of(round, key) != NULL)
            send_on(round, key, of->channel, sent_of(round, key)->is_then);
    }
out:
    return rc;
}

/* Units that nobody took are on offer again next month. Returns how many. */
static int64_t count_unlet(wks_round_month *month, const wks_advert *advert, int32_t n)
{
    wks_world *world = month->world;
    int64_t n_unlet = 0;

    for (int32_t i = 0; i < n; i++) {
        const int32_t unit = advert[i].unit_row;
        if (world->unit.household_row[unit] >= 0 || world->dwelling.tenure[advert[i].dwelling_row] != WKS_TENURE_SOCIAL) continue;
        n_unlet++;
        if (world->unit.n_adverts[unit] < UINT8_MAX) world->unit.n_adverts[unit]++;
    }
    return n_unlet;
}

static int by_value(const void *left, const void *right)
{
    const int32_t *a = left, *b = right;

    return (*a > *b) - (*a < *b);
}

/* The usual inschrijfduur of who gets a home by inschrijfduur without urgency: an exponential moving average of monthly medians. */
static void learn_wait(wks_round_month *month)
{
    double *usual = &month->world->belief.wait_p50_months;
    const int32_t n = month->n_waits;

    if (n == 0) return;
    qsort(month->wait, (size_t)n, sizeof *month->wait, by_value);
    const double median = 0.5 * (month->wait[(n - 1) / 2] + month->wait[n / 2]);
    *usual = *usual > 0.0 ? *usual + MONTHLY_WEIGHT * (median - *usual) : median;
}

static wks_status fit_sent(wks_round *round, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round_sent *spare = round->sent_next;
    const int32_t capacity = round->sent_next_capacity;

    if (n > capacity) {
        spare = wks_mem_resize(spare, (size_t)capacity, (size_t)n, sizeof *spare);
        if (spare == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d adverts", n);
        round->sent_next = spare;
        round->sent_next_capacity = n;
    }
    round->n_sent_next = 0;
out:
    return rc;
}

static void swap_sent(wks_round *round)
{
    wks_round_sent *sent = round->sent;
    const int32_t capacity = round->sent_capacity;

    round->sent = round->sent_next;
    round->n_sent = round->n_sent_next;
    round->sent_capacity = round->sent_next_capacity;
    round->sent_next = sent;
    round->sent_next_capacity = capacity;
}

static wks_status open_guards(wks_round_month *month, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t g = 0; g < month->rules->n_guards; g++) {
        wks_round_guard *guard = &month->rules->guard[g];
        WKS_TRY(guard->part->open(&month->context, guard->settings, &guard->state, err));
    }
out:
    return rc;
}

/* Who moved in this month already, because the market came first, is out. */
static void flag_housed(int64_t begin, int64_t end, int64_t block, void *context)
{
    const wks_round_month *month = context;
    const wks_household_table *household = &month->world->household;
    const int32_t now = month->world->month;
    uint8_t *is_housed = month->is_housed;

    (void)block;
    for (int64_t h = begin; h < end; h++)
        is_housed[h] = (uint8_t)((household->unit_row[h] != WKS_NONE) & (household->since_month[h] == now));
}

static wks_status run_month(wks_round_month *month, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = month->round;
    wks_world *world = month->world;
    wks_advert *advert = NULL;
    const wks_advert *reserved;
    int32_t n = 0, n_reserved = 0, n_unlet = 0;
    uint8_t *is_let;
    size_t most; /* times a unit may be on offer in a month: once in every proposing channel, and advertised */

    WKS_TRY(wks_round_adverts_list(month, &advert, &n, &n_reserved, err));
    if (n + n_reserved == 0) goto out;
    most = ((size_t)month->rules->set->n_channels + 1) * (size_t)n + (size_t)n_reserved;
    round->sequence = wks_round_buffer(round, WKS_ROUND_SLOT_SEQUENCE, most, sizeof *round->sequence, err);
    is_let = wks_round_buffer(round, WKS_ROUND_SLOT_IS_LET, (size_t)n, sizeof *is_let, err);
    month->is_housed = wks_round_buffer(round, WKS_ROUND_SLOT_HOUSED, (size_t)world->household.base.n_rows, sizeof *month->is_housed, err);
    month->wait = wks_round_buffer(round, WKS_ROUND_SLOT_WAITS, (size_t)n, sizeof *month->wait, err);
    if (round->sequence == NULL || is_let == NULL || month->is_housed == NULL || month->wait == NULL) return WKS_ERR_NOMEM;
    wks_par_for(world->household.base.n_rows, 0, world->threads, flag_housed, month);
    WKS_TRY(fit_sent(round, n, err));
    WKS_TRY(open_guards(month, err));
    reserved = advert + n;
    wks_round_vacancies_decide(month, advert, &n);
    wks_filter_ties_mark(&round->ties, month->rules->ties_share, month->context.law->ties_share_max, world, advert, n);
    WKS_TRY(run_reserved(month, reserved, n_reserved, &n_unlet, err));
    WKS_TRY(run_direct(month, advert, n, is_let, err));
    WKS_TRY(run_advertised(month, advert, n, is_let, err));
    world->letting.n_adverts += n + n_reserved;
    world->letting.n_unlet += n_unlet + count_unlet(month, advert, n);
    learn_wait(month);
    swap_sent(round);
out:
    return rc;
}

wks_status wks_round_run(wks_round *round, wks_world *world, const wks_law *law, const wks_round_behaviour *behaviour, wks_err *err)
{
    const wks_rule_set *set = wks_part_rules_of(round->scenario, world->month);
    wks_round_month month = {.round = round, .world = world, .behaviour = behaviour};

    round->n_offers = 0;
    round->n_sequence = 0;
    if (set == NULL || set->n_channels == 0) return WKS_OK;
    month.rules = &round->rules[set - round->scenario->rules];
    if (round->sent_under != set) round->n_sent = 0; /* channels of another rule set */
    round->sent_under = set;
    month.context = (wks_part_context){
        .world = world, .scenario = round->scenario, .rules = set, .law = law, .none_emptied = wks_part_none_emptied(world)};
    return run_month(&month, err);
}

int32_t wks_round_first_failing_filter(const wks_scenario *scenario, const wks_rule_set *rules, const wks_world *world, const wks_law *law,
                                       int32_t household_row, const wks_advert *advert)
{
    const wks_part_context context = {.world = world, .scenario = scenario, .rules = rules, .law = law};

    for (int32_t f = 0; f < rules->n_filters; f++) {
        const wks_filter_part *part = rules->filter[f].spec->implementation;
        const int32_t class = part->applicant_class(&context, &rules->filter[f], household_row);
        if ((part->advert_mask(&context, &rules->filter[f], advert) >> class & 1u) == 0) return f;
    }
    return WKS_NONE;
}
