#include "rules/round_offers.h"

#include "num/math.h"
#include "rules/instead.h"
#include "rules/round_kinds.h"
#include "rules/round_log.h"
#include "rules/round_reason.h"
#include "rules/round_trace.h"
#include "rules/round_utility.h"
#include "scenario/settings.h"
#include "world/relations.h"

/* One advert being offered. */
typedef struct offering {
    wks_round_month *month;
    const wks_round_pool *pool;
    const wks_advert *advert;
    const wks_round_place *place;
    wks_round_rank *rank;
    int32_t number;   /* in the sequence */
    int32_t position; /* of the candidate in the ranking, from 1 */
    int32_t refusals;
    int32_t capped[WKS_LETTING_MAX_PARTS]; /* candidates stopped, by part */
    bool is_direct;                        /* the landlord proposes */
} offering;

typedef struct capped_candidate {
    wks_round_rank_entry entry;
    int32_t position, guard;
} capped_candidate;

/* The first guard that does not allow the letting, -1 when all do. When `after_all`, those that give way are not asked. */
static int32_t blocking_guard(const offering *self, int32_t household_row, bool after_all)
{
    const wks_round_rules *rules = self->month->rules;

    for (int32_t g = 0; g < rules->n_guards; g++) {
        const wks_round_guard *guard = &rules->guard[g];
        if (after_all && guard->when_nobody == WKS_PART_IGNORE_CAP) continue;
        if (!guard->part->allows(&self->month->context, guard->settings, guard->state, household_row, self->advert)) return g;
    }
    return WKS_NONE;
}

static bool chance(const wks_world *world, uint64_t a, uint64_t b, wks_rng_purpose purpose, double p)
{
    return wks_rng_once(&world->seed, wks_rng_pair_key(a, b), (uint32_t)world->tick, purpose) < p;
}

/* Being twice the usual time ahead makes as choosy as it gets (assumption): more duration does not make the next home better. */
static const double MOST_SENIORITY = 2.0;

/* Inschrijfduur over the usual one at letting: who is far ahead expects better. Only where the list is by inschrijfduur. */
static double seniority_of(const offering *self, int32_t row)
{
    const wks_world *world = self->month->world;
    const double usual = world->belief.wait_p50_months;

    if (self->is_direct || self->month->rules->seniority_part < 0 ||
        self->month->rules->channel[self->advert->channel].ranking != WKS_PART_BY_RULES)
        return 0.0;
    if (!(usual > 0.0)) return 0.0;
    const double ratio = wks_world_registered_months(world, row) / usual;
    return ratio < MOST_SENIORITY ? ratio : MOST_SENIORITY;
}

static bool has_one_offer(const offering *self, const wks_round_seeker *seeker)
{
    return self->is_direct || (self->month->behaviour->urgent_one_offer && wks_part_is_urgent(self->month->world, seeker->row));
}

static wks_round_outcome answer_of(const offering *self, const wks_round_seeker *seeker)
{
    const wks_round_behaviour *b = self->month->behaviour;
    const wks_world *world = self->month->world;

    if (!self->is_direct && chance(world, seeker->key, self->place->unit_key, WKS_RNG_ALLOC_NO_SHOW, b->no_show_share))
        return WKS_ROUND_NO_SHOW;
    const double p =
        wks_round_utility_accept(self->month, seeker, self->place, seniority_of(self, seeker->row), has_one_offer(self, seeker));
    return chance(world, seeker->key, self->place->unit_key, WKS_RNG_ALLOC_ACCEPT, p) ? WKS_ROUND_ACCEPTED : WKS_ROUND_REFUSED;
}

static wks_status record(const offering *self, int32_t row, int32_t position, wks_round_outcome outcome, int32_t guard,
                         wks_letting_refusal reason, wks_err *err)
{
    const wks_round_offer offer = {
        .advert = self->number,
        .unit_row = self->advert->unit_row,
        .household_row = row,
        .rank = position,
        .outcome = (uint8_t)outcome,
        .blocked_by = guard < 0 ? WKS_NONE : self->month->rules->guard[guard].index,
        .reason = (uint8_t)reason,
    };

    if (self->month->round->trace != NULL) wks_round_trace_offer(self->month->round->trace, &offer);
    return wks_round_log_offer(self->month, &offer, err);
}

static const wks_round_channel *channel_of(const offering *self)
{
    return &self->month->rules->channel[self->advert->channel];
}

/* Before the refusal has its consequences. */
static wks_letting_refusal reason_of(const offering *self, const wks_round_seeker *seeker, wks_round_outcome outcome)
{
    if (outcome != WKS_ROUND_REFUSED) return WKS_LETTING_REFUSAL_NO_SHOW;
    return wks_round_reason_of(self->month, seeker, self->place, seniority_of(self, seeker->row), NULL);
}

static void take_refusal(offering *self, int32_t row, wks_round_outcome outcome, wks_letting_refusal reason)
{
    wks_world *world = self->month->world;

    self->refusals++;
    world->letting.n_refusals++;
    world->letting.n_refusals_by_reason[reason]++;
    if (reason == WKS_LETTING_REFUSAL_LEEFBAARHEID)
        world->buurt.refused[world->dwelling.buurt_row[world->unit.dwelling_row[self->advert->unit_row]]]++;
    if (!self->is_direct) wks_conduct_refuse(&self->month->rules->conduct, world, row, outcome == WKS_ROUND_NO_SHOW);
    if (outcome != WKS_ROUND_REFUSED) return;
    if (world->household.n_refusals[row] < UINT16_MAX) world->household.n_refusals[row]++;
    if (self->is_direct && channel_of(self)->part->refused != NULL && self->rank != NULL)
        channel_of(self)->part->refused(world, channel_of(self)->settings, row);
    if (!self->is_direct && self->month->behaviour->urgent_one_offer && wks_part_is_urgent(world, row)) {
        world->household.urgency[row] = WKS_URGENCY_NONE;
        /* Lost: the law does not give it again before the next home (search_urgency.c). */
        world->household.urgency_month[row] = wks_month_cell(world->month);
    }
}

/* The household moves; what the parts count, they count first. */
static wks_status let(wks_round_month *month, const wks_advert *advert, int32_t row, float rent_eur, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = month->world;
    const uint8_t place = world->household.place[row];
    const bool was_housed = world->household.unit_row[row] >= 0;

    for (int32_t g = 0; g < month->rules->n_guards; g++) {
        const wks_round_guard *guard = &month->rules->guard[g];
        guard->part->commit(&month->context, guard->settings, guard->state, row, advert);
    }
    wks_filter_ties_count(&month->round->ties, month->rules->ties_share, world, advert);
    if (place == WKS_PLACE_OUTSIDE || place == WKS_PLACE_COA) world->household.region_month[row] = wks_month_cell(world->month);
    if (was_housed) world->household.referral[row] = WKS_REFERRAL_NONE; /* a referral is remembered until the next move */
    month->is_housed[row] = 1;
    WKS_TRY(wks_relations_move_in(world, row, advert->unit_row, true, err));
    world->unit.rent_eur[advert->unit_row] = rent_eur;
out:
    return rc;
}

static wks_status accept(offering *self, const wks_round_rank_entry *entry, int32_t position, int32_t n_candidates, const int32_t *excluded,
                         wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round_month *month = self->month;
    const wks_rule_set *set = month->rules->set;
    const int32_t row = self->pool->seeker[entry->seeker].row;
    wks_letting *letting = NULL;

    WKS_TRY(wks_round_log_add(month, self->advert, row, self->is_direct ? WKS_LETTING_DIRECT : WKS_LETTING_RANKED, &letting, err));
    letting->candidates = n_candidates;
    letting->rank = position;
    letting->refusals = self->refusals;
    WKS_TRY(wks_round_rank_decider(self->rank, entry, &letting->order_part, err));
    for (int32_t i = 0; i < set->n_filters + set->n_spreiding; i++)
        letting->excluded[i] = (i < set->n_filters ? excluded[i] : 0) + self->capped[i];
    if (!self->is_direct && month->rules->seniority_part >= 0 &&
        month->rules->channel[self->advert->channel].ranking == WKS_PART_BY_RULES && !wks_part_is_urgent(month->world, row)) {
        month->wait[month->n_waits++] = letting->months_registered;
    }
    letting->rent_eur = (float)wks_round_utility_rent(&self->pool->seeker[entry->seeker], self->place);
    WKS_TRY(let(month, self->advert, row, letting->rent_eur, err));
out:
    return rc;
}

/* Lost its turn by a refusal earlier in this round. */
static bool has_lost_turn(const offering *self, int32_t row)
{
    const wks_round_channel *channel = channel_of(self);

    return channel->part->refused != NULL && !channel->part->is_candidate(&self->month->context, channel->settings, row);
}

/* Asks one candidate. `*out` is the outcome. */
static wks_status ask(offering *self, const wks_round_rank_entry *entry, int32_t position, bool after_all, wks_round_outcome *out,
                      int32_t *out_guard, wks_err *err)
{
    const wks_round_seeker *seeker = &self->pool->seeker[entry->seeker];

    *out_guard = WKS_NONE;
    if (self->month->is_housed[seeker->row]) {
        *out = WKS_ROUND_HOUSED_ALREADY;
        return record(self, seeker->row, position, *out, WKS_NONE, WKS_LETTING_REFUSAL_NO_SHOW, err);
    }
    if (has_lost_turn(self, seeker->row)) {
        *out = WKS_ROUND_TURN_LOST;
        return record(self, seeker->row, position, *out, WKS_NONE, WKS_LETTING_REFUSAL_NO_SHOW, err);
    }
    *out_guard = blocking_guard(self, seeker->row, after_all);
    if (*out_guard >= 0) {
        *out = WKS_ROUND_CAPPED;
        if (self->month->round->trace != NULL)
            wks_round_trace_stopped(self->month, &self->month->rules->guard[*out_guard], seeker->row, self->advert);
        return record(self, seeker->row, position, *out, *out_guard, WKS_LETTING_REFUSAL_NO_SHOW, err);
    }
    self->month->world->letting.n_offers++;
    *out = answer_of(self, seeker);
    if (*out == WKS_ROUND_ACCEPTED) return record(self, seeker->row, position, *out, WKS_NONE, WKS_LETTING_REFUSAL_NO_SHOW, err);
    const wks_letting_refusal reason = reason_of(self, seeker, *out);
    take_refusal(self, seeker->row, *out, reason);
    return record(self, seeker->row, position, *out, WKS_NONE, reason, err);
}

/* Everybody was asked or stopped: those stopped by a cap that gives way are asked after all, in order. */
static wks_status ask_capped(offering *self, const capped_candidate *capped, int32_t n_capped, int32_t n_candidates,
                             const int32_t *excluded, bool *out_is_let, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < n_capped && !*out_is_let; i++) {
        wks_round_outcome outcome = WKS_ROUND_REFUSED;
        int32_t guard = WKS_NONE;
        if (self->month->rules->guard[capped[i].guard].when_nobody != WKS_PART_IGNORE_CAP) continue;
        WKS_TRY(ask(self, &capped[i].entry, capped[i].position, true, &outcome, &guard, err));
        if (outcome != WKS_ROUND_ACCEPTED) continue;
        WKS_TRY(accept(self, &capped[i].entry, capped[i].position, n_candidates, excluded, err));
        *out_is_let = true;
    }
out:
    return rc;
}

/* What a part that stopped somebody wants with a unit that nobody may have; the strongest wish of all parts is followed. */
static wks_round_result wish_of(const offering *self, const wks_round_guard *guard)
{
    const wks_world *world = self->month->world;
    const wks_law *law = self->month->context.law;
    const bool is_time = world->unit.n_adverts[self->advert->unit_row] + 1 >= guard->sell_after;

    if (guard->when_nobody == WKS_PART_NEXT_CHANNEL) return WKS_ROUND_SEND_ON;
    if (guard->when_nobody == WKS_PART_THEN_SELL && is_time && wks_instead_may(world, law, self->advert, WKS_PART_SELL))
        return WKS_ROUND_SELL;
    if (guard->when_nobody == WKS_PART_THEN_LIBERALISE && is_time && wks_instead_may(world, law, self->advert, WKS_PART_LIBERALISE))
        return WKS_ROUND_LIBERALISE;
    return WKS_ROUND_UNLET;
}

static wks_status offer(offering *self, int32_t number, const int32_t *excluded, uint8_t *out_result, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round_rank_take(self->rank, number);
    const int32_t n = self->rank->n;
    bool is_let = false;
    capped_candidate *capped = wks_round_buffer(self->month->round, WKS_ROUND_SLOT_CAPPED, (size_t)n, sizeof *capped, err);
    wks_round_rank_entry entry;
    int32_t n_capped = 0;
    bool is_none = false;

    *out_result = WKS_ROUND_UNLET;
    if (capped == NULL) return WKS_ERR_NOMEM;
    if (self->month->round->trace != NULL)
        WKS_TRY(wks_round_trace_begin(self->month, self->rank, self->place, self->number, excluded, err));
    while (!is_let) {
        wks_round_outcome outcome = WKS_ROUND_REFUSED;
        int32_t guard = WKS_NONE;
        WKS_TRY(wks_round_rank_next(self->rank, &entry, &is_none, err));
        if (is_none) break;
        WKS_TRY(ask(self, &entry, ++self->position, false, &outcome, &guard, err));
        if (outcome == WKS_ROUND_CAPPED) {
            capped[n_capped++] = (capped_candidate){entry, self->position, guard};
            self->capped[self->month->rules->guard[guard].index]++;
            if (self->month->rules->guard[guard].index >= self->month->rules->set->n_filters)
                WKS_TRY(wks_round_log_passed(self->month, self->advert, self->pool->seeker[entry.seeker].row, WKS_LETTING_SPREIDING, err));
            const wks_round_result wish = wish_of(self, &self->month->rules->guard[guard]);
            *out_result = wish > *out_result ? (uint8_t)wish : *out_result;
        }
        if (outcome != WKS_ROUND_ACCEPTED) continue;
        WKS_TRY(accept(self, &entry, self->position, n, excluded, err));
        is_let = true;
    }
    if (!is_let) WKS_TRY(ask_capped(self, capped, n_capped, n, excluded, &is_let, err));
    if (is_let) *out_result = WKS_ROUND_LET;
    if (self->month->round->trace != NULL) wks_round_trace_end(self->month, *out_result);
out:
    return rc;
}

/* Seekers of the pool whose first failing filter for this kind of adverts is f. */
static void count_excluded(const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails, int32_t advert_kind, int32_t *out)
{
    for (int32_t f = 0; f < WKS_LETTING_MAX_PARTS; f++)
        out[f] = 0;
    for (int32_t s = 0; s < pool->n_kinds; s++) {
        const int8_t f = fails[(size_t)s * (size_t)board->n_kinds + (size_t)advert_kind];
        if (f >= 0) out[f] += pool->kind_count[s];
    }
}

/* The first kind of adverts from which a filter of named areas keeps a kind of seekers; -1 none. */
static int32_t kind_closed_to(const wks_round_month *month, const wks_round_board *board, const int8_t *fails)
{
    for (int32_t k = 0; k < board->n_kinds; k++) {
        if (fails[k] >= 0 && !wks_settings_is_everywhere(&month->rules->set->filter[fails[k]])) return k;
    }
    return WKS_NONE;
}

/* Who is kept out of areas: one advert for each, so that what becomes of them can be followed. */
static wks_status note_closed(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails,
                              wks_err *err)
{
    wks_status rc = WKS_OK;
    bool any = false;

    for (int32_t f = 0; f < month->rules->set->n_filters; f++)
        any = any || !wks_settings_is_everywhere(&month->rules->set->filter[f]);
    if (!any) return WKS_OK;
    for (int32_t i = 0; i < pool->n; i++) {
        const wks_round_seeker *seeker = &pool->seeker[i];
        const int32_t k = kind_closed_to(month, board, &fails[(size_t)seeker->kind * (size_t)board->n_kinds]);
        if (k == WKS_NONE) continue;
        const wks_advert *advert = &board->advert[board->kind_advert[board->kind_start[k]]];
        WKS_TRY(wks_round_log_passed(month, advert, seeker->row, WKS_LETTING_AREA, err));
    }
out:
    return rc;
}

wks_status wks_round_offers_make(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails,
                                 const wks_round_lists *lists, int32_t first_number, uint8_t *out_result, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round_rank rank;
    int32_t *excluded =
        wks_round_buffer(month->round, WKS_ROUND_SLOT_EXCLUDED, (size_t)board->n_kinds * WKS_LETTING_MAX_PARTS, sizeof *excluded, err);

    if (excluded == NULL) return WKS_ERR_NOMEM;
    for (int32_t k = 0; k < board->n_kinds; k++)
        count_excluded(pool, board, fails, k, &excluded[(size_t)k * WKS_LETTING_MAX_PARTS]);
    WKS_TRY(note_closed(month, pool, board, fails, err));
    WKS_TRY(wks_round_rank_open(month, pool, board, lists, &rank, err));
    for (int32_t a = 0; a < board->n; a++) {
        const wks_advert *advert = &board->advert[a];
        offering self = {
            .month = month, .pool = pool, .advert = advert, .place = &board->place[a], .rank = &rank, .number = first_number + a};

        self.is_direct = !month->rules->channel[advert->channel].part->is_advertised;
        WKS_TRY(offer(&self, a, &excluded[(size_t)board->kind[a] * WKS_LETTING_MAX_PARTS], &out_result[a], err));
    }
out:
    return rc;
}

wks_status wks_round_offers_reserved(wks_round_month *month, const wks_advert *advert, int32_t number, bool *out_is_let, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = month->world;
    const int32_t row = wks_rare_i32(&world->unit.reserved_row, advert->unit_row);
    wks_round_seeker seeker;
    wks_round_place place;
    wks_round_pool pool = {.seeker = &seeker, .n = 1, .n_kinds = 1};
    offering self = {.month = month, .pool = &pool, .advert = advert, .place = &place, .number = number, .position = 1, .is_direct = true};
    wks_letting *letting = NULL;

    *out_is_let = false;
    if (month->is_housed[row]) return WKS_OK;
    wks_round_utility_seeker(month, row, &seeker);
    wks_round_utility_advert(world, advert, &place);
    world->letting.n_offers++;
    const wks_round_outcome outcome = answer_of(&self, &seeker);
    const wks_letting_refusal reason = outcome == WKS_ROUND_ACCEPTED ? WKS_LETTING_REFUSAL_NO_SHOW : reason_of(&self, &seeker, outcome);
    if (month->round->trace != NULL) WKS_TRY(wks_round_trace_reserved(month, &seeker, &place, advert, number, err));
    WKS_TRY(record(&self, row, 1, outcome, WKS_NONE, reason, err));
    if (outcome != WKS_ROUND_ACCEPTED) {
        if (month->round->trace != NULL) wks_round_trace_end(month, WKS_ROUND_UNLET);
        take_refusal(&self, row, outcome, reason);
        wks_relations_reserve(world, advert->unit_row, WKS_NONE);
        goto out;
    }
    WKS_TRY(wks_round_log_add(month, advert, row, WKS_LETTING_RESERVED, &letting, err));
    letting->candidates = letting->rank = 1;
    letting->rent_eur = (float)wks_round_utility_rent(&seeker, &place);
    if (month->round->trace != NULL) wks_round_trace_end(month, WKS_ROUND_LET);
    WKS_TRY(let(month, advert, row, letting->rent_eur, err));
    *out_is_let = true;
out:
    return rc;
}

wks_round_outcome wks_round_offers_answer(wks_round_month *month, const wks_round_seeker *seeker, const wks_advert *advert,
                                          const wks_round_place *place)
{
    const offering self = {
        .month = month, .advert = advert, .place = place, .is_direct = !month->rules->channel[advert->channel].part->is_advertised};

    return answer_of(&self, seeker);
}

double wks_round_offers_chance(wks_round_month *month, const wks_round_seeker *seeker, const wks_advert *advert,
                               const wks_round_place *place, double *out_seniority)
{
    const offering self = {
        .month = month, .advert = advert, .place = place, .is_direct = !month->rules->channel[advert->channel].part->is_advertised};

    *out_seniority = seniority_of(&self, seeker->row);
    return wks_round_utility_accept(month, seeker, place, *out_seniority, has_one_offer(&self, seeker));
}
