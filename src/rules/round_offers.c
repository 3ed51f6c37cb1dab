#include "rules/round_offers.h"

#include "num/math.h"
#include "rules/round_kinds.h"
#include "rules/round_log.h"
#include "rules/round_utility.h"
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
    bool is_direct;
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

static wks_round_outcome answer_of(const offering *self, const wks_round_seeker *seeker)
{
    const wks_round_behaviour *b = self->month->behaviour;
    const wks_world *world = self->month->world;
    const bool one_offer = self->is_direct || (b->urgent_one_offer && wks_part_is_urgent(world, seeker->row));

    if (!self->is_direct && chance(world, seeker->key, self->place->unit_key, WKS_RNG_ALLOC_NO_SHOW, b->no_show_share))
        return WKS_ROUND_NO_SHOW;
    const double p = wks_round_utility_accept(self->month, seeker, self->place, seniority_of(self, seeker->row), one_offer);
    return chance(world, seeker->key, self->place->unit_key, WKS_RNG_ALLOC_ACCEPT, p) ? WKS_ROUND_ACCEPTED : WKS_ROUND_REFUSED;
}

static wks_status record(const offering *self, int32_t row, int32_t position, wks_round_outcome outcome, int32_t guard, wks_err *err)
{
    const wks_round_offer offer = {
        .advert = self->number,
        .unit_row = self->advert->unit_row,
        .household_row = row,
        .rank = position,
        .outcome = (uint8_t)outcome,
        .blocked_by = guard < 0 ? WKS_NONE : self->month->rules->guard[guard].index,
    };

    return wks_round_log_offer(self->month, &offer, err);
}

static void take_refusal(offering *self, int32_t row, wks_round_outcome outcome)
{
    wks_world *world = self->month->world;

    self->refusals++;
    world->letting.n_refusals++;
    if (!self->is_direct) wks_conduct_refuse(&self->month->rules->conduct, world, row, outcome == WKS_ROUND_NO_SHOW);
    if (outcome != WKS_ROUND_REFUSED) return;
    if (world->household.n_refusals[row] < UINT16_MAX) world->household.n_refusals[row]++;
    if (!self->is_direct && self->month->behaviour->urgent_one_offer && wks_part_is_urgent(world, row)) {
        world->household.urgency[row] = WKS_URGENCY_NONE;
        world->household.urgency_month[row] = WKS_NO_MONTH;
    }
}

/* The household moves; what the parts count, they count first. */
static wks_status let(wks_round_month *month, const wks_advert *advert, int32_t row, wks_err *err)
{
    wks_world *world = month->world;
    const uint8_t place = world->household.place[row];
    const bool was_housed = world->household.unit_row[row] >= 0;

    for (int32_t g = 0; g < month->rules->n_guards; g++) {
        const wks_round_guard *guard = &month->rules->guard[g];
        guard->part->commit(&month->context, guard->settings, guard->state, row, advert);
    }
    if (place == WKS_PLACE_OUTSIDE || place == WKS_PLACE_COA) world->household.region_month[row] = world->month;
    if (was_housed) world->household.referral[row] = WKS_REFERRAL_NONE; /* a referral is remembered until the next move */
    month->is_housed[row] = 1;
    return wks_relations_move_in(world, row, advert->unit_row, true, err);
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
    letting->order_part = wks_round_rank_decider(self->rank, entry);
    for (int32_t i = 0; i < set->n_filters + set->n_spreiding; i++)
        letting->excluded[i] = (i < set->n_filters ? excluded[i] : 0) + self->capped[i];
    if (!self->is_direct && month->rules->seniority_part >= 0 && self->rank->by == WKS_PART_BY_RULES &&
        !wks_part_is_urgent(month->world, row)) {
        month->wait[month->n_waits++] = letting->months_registered;
    }
    WKS_TRY(let(month, self->advert, row, err));
out:
    return rc;
}

/* Asks one candidate. `*out` is the outcome. */
static wks_status ask(offering *self, const wks_round_rank_entry *entry, int32_t position, bool after_all, wks_round_outcome *out,
                      int32_t *out_guard, wks_err *err)
{
    const wks_round_seeker *seeker = &self->pool->seeker[entry->seeker];

    *out_guard = WKS_NONE;
    if (self->month->is_housed[seeker->row]) {
        *out = WKS_ROUND_HOUSED_ALREADY;
        return record(self, seeker->row, position, *out, WKS_NONE, err);
    }
    *out_guard = blocking_guard(self, seeker->row, after_all);
    if (*out_guard >= 0) {
        *out = WKS_ROUND_CAPPED;
        return record(self, seeker->row, position, *out, *out_guard, err);
    }
    self->month->world->letting.n_offers++;
    *out = answer_of(self, seeker);
    if (*out != WKS_ROUND_ACCEPTED) take_refusal(self, seeker->row, *out);
    return record(self, seeker->row, position, *out, WKS_NONE, err);
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

static wks_status offer(offering *self, const int32_t *seeker, int32_t n, const int32_t *excluded, bool *out_is_let, bool *out_send_on,
                        wks_err *err)
{
    wks_status rc = WKS_OK;
    capped_candidate *capped = wks_round_buffer(self->month->round, WKS_ROUND_SLOT_CAPPED, (size_t)n, sizeof *capped, err);
    wks_round_rank_entry entry;
    int32_t n_capped = 0;

    *out_is_let = *out_send_on = false;
    if (capped == NULL) return WKS_ERR_NOMEM;
    WKS_TRY(wks_round_rank_take(self->rank, self->advert, seeker, n, err));
    while (!*out_is_let && wks_round_rank_next(self->rank, &entry) >= 0) {
        wks_round_outcome outcome = WKS_ROUND_REFUSED;
        int32_t guard = WKS_NONE;
        WKS_TRY(ask(self, &entry, ++self->position, false, &outcome, &guard, err));
        if (outcome == WKS_ROUND_CAPPED) {
            capped[n_capped++] = (capped_candidate){entry, self->position, guard};
            self->capped[self->month->rules->guard[guard].index]++;
            *out_send_on = *out_send_on || self->month->rules->guard[guard].when_nobody == WKS_PART_NEXT_CHANNEL;
        }
        if (outcome != WKS_ROUND_ACCEPTED) continue;
        WKS_TRY(accept(self, &entry, self->position, n, excluded, err));
        *out_is_let = true;
    }
    if (!*out_is_let) WKS_TRY(ask_capped(self, capped, n_capped, n, excluded, out_is_let, err));
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

wks_status wks_round_offers_make(wks_round_month *month, const wks_round_pool *pool, const wks_round_board *board, const int8_t *fails,
                                 const wks_round_lists *lists, int32_t first_number, uint8_t *out_is_let, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round_rank rank;

    WKS_TRY(wks_round_rank_open(month, pool, &rank, err));
    for (int32_t a = 0; a < board->n; a++) {
        const wks_advert *advert = &board->advert[a];
        offering self = {
            .month = month, .pool = pool, .advert = advert, .place = &board->place[a], .rank = &rank, .number = first_number + a};
        int32_t excluded[WKS_LETTING_MAX_PARTS];
        bool is_let = false, send_on = false;

        self.is_direct = !month->rules->channel[advert->channel].part->is_advertised;
        count_excluded(pool, board, fails, board->kind[a], excluded);
        WKS_TRY(offer(&self, &lists->candidate[lists->start[a]], lists->start[a + 1] - lists->start[a], excluded, &is_let, &send_on, err));
        out_is_let[a] = is_let ? 1 : send_on ? 2 : 0;
    }
out:
    return rc;
}

wks_status wks_round_offers_reserved(wks_round_month *month, const wks_advert *advert, int32_t number, bool *out_is_let, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = month->world;
    const int32_t row = world->unit.reserved_row[advert->unit_row];
    wks_round_seeker seeker;
    wks_round_place place;
    wks_round_pool pool = {.seeker = &seeker, .n = 1, .n_kinds = 1};
    offering self = {.month = month, .pool = &pool, .advert = advert, .place = &place, .number = number, .position = 1, .is_direct = true};
    wks_letting *letting = NULL;

    *out_is_let = false;
    if (month->is_housed[row]) return WKS_OK;
    wks_round_utility_seeker(month, row, &seeker);
    wks_round_utility_place(world, advert->unit_row, (double)advert->rent_eur, &place);
    world->letting.n_offers++;
    const wks_round_outcome outcome = answer_of(&self, &seeker);
    WKS_TRY(record(&self, row, 1, outcome, WKS_NONE, err));
    if (outcome != WKS_ROUND_ACCEPTED) {
        take_refusal(&self, row, outcome);
        wks_relations_reserve(world, advert->unit_row, WKS_NONE);
        goto out;
    }
    WKS_TRY(wks_round_log_add(month, advert, row, WKS_LETTING_RESERVED, &letting, err));
    letting->candidates = letting->rank = 1;
    WKS_TRY(let(month, advert, row, err));
    *out_is_let = true;
out:
    return rc;
}
