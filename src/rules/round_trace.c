#include "rules/round_trace.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/round_offers.h"
#include "rules/round_reason.h"
#include "rules/round_utility.h"

typedef wks_round_trace_advert advert_trace;
typedef wks_round_trace_candidate candidate_trace;

void wks_round_trace_free(wks_round_trace *trace)
{
    for (int32_t i = 0; i < trace->n_adverts; i++)
        free(trace->advert[i].candidate);
    for (int32_t r = 0; r < WKS_ROUND_TRACE_RIVALS; r++)
        wks_round_destroy(trace->scratch[r]);
    free(trace->advert);
    *trace = WKS_ROUND_TRACE_INIT;
}

/* ---- is this advert one to follow? ---- */

static bool is_among(const wks_round_rank *rank, uint64_t household_key)
{
    for (int32_t i = 0; i < rank->n; i++) {
        if (rank->pool->seeker[wks_round_rank_candidate(rank, i)].key == household_key) return true;
    }
    return false;
}

static bool follows_letting(const wks_round_trace *trace, const wks_world *world)
{
    return trace->letting >= 0 && world->next_letting == trace->letting;
}

static wks_status open_advert(wks_round_trace *trace, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (trace->n_adverts == trace->capacity) {
        const size_t capacity = wks_mem_capacity((size_t)trace->capacity, (size_t)trace->n_adverts + 1);
        advert_trace *grown = wks_mem_resize(trace->advert, (size_t)trace->capacity, capacity, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu adverts", capacity);
        trace->advert = grown;
        trace->capacity = (int32_t)capacity;
    }
    trace->advert[trace->n_adverts++] = (advert_trace){.letting = -1, .order_part = WKS_NONE};
    trace->is_open = true;
out:
    return rc;
}

/* ---- the dwelling and how it came here ---- */

static bool applies(const wks_round_month *month, int32_t c, const wks_advert *advert)
{
    const wks_round_channel *channel = &month->rules->channel[c];

    if (!wks_part_label_fits(channel->label, advert->label)) return false;
    return channel->areas_param < 0 || wks_part_in_areas(month->world, channel->settings, channel->areas_param, advert->buurt_row);
}

static wks_round_trace_route route_of(const wks_round_month *month, const wks_advert *advert, int32_t number, double *out_share)
{
    const wks_round *round = month->round;
    const uint64_t key = month->world->unit.key[advert->unit_row];
    const wks_round_channel *own = &month->rules->channel[advert->channel];
    double all = 0.0, left = 1.0;
    int32_t n = 0;

    for (int32_t c = 0; c < month->rules->set->n_channels; c++) {
        const wks_round_channel *channel = &month->rules->channel[c];
        if (!applies(month, c, advert) || !(channel->share > 0.0)) continue;
        n++;
        if (!channel->part->takes_label)
            all += channel->share;
        else if (channel != own)
            left *= 1.0 - channel->share;
    }
    *out_share = own->part->takes_label ? own->share : all > 0.0 ? left * own->share / all : 1.0;
    for (int32_t i = 0; i < number && i < round->n_sequence; i++)
        if (round->sequence[i].unit_row == advert->unit_row) return WKS_ROUND_TRACE_AFTER_DIRECT;
    for (int32_t i = 0; i < round->n_sent; i++)
        if (round->sent[i].unit_key == key) return round->sent[i].is_then ? WKS_ROUND_TRACE_THEN : WKS_ROUND_TRACE_SENT_ON;
    if (month->world->complex.by_lot[advert->complex_row] && own->part->is_advertised && own->ranking == WKS_PART_BY_LOT)
        return WKS_ROUND_TRACE_BY_LOT;
    return n > 1 && *out_share < 1.0 ? WKS_ROUND_TRACE_DRAWN : WKS_ROUND_TRACE_ONLY;
}

static void describe(const wks_round_month *month, const wks_advert *advert, int32_t number, advert_trace *out)
{
    const wks_world *world = month->world;

    out->tick = world->tick;
    out->month = world->month;
    out->rule_set = month->rules->index;
    out->unit_key = world->unit.key[advert->unit_row];
    out->complex_key = world->complex.key[advert->complex_row];
    out->owner_number = world->owner.number[advert->owner_row];
    out->advert = *advert;
    out->vacant_month = world->unit.vacant_month[advert->unit_row];
    out->n_adverts = world->unit.n_adverts[advert->unit_row];
    out->n_same_month = number + 1;
    out->own_label = world->dwelling.label[advert->dwelling_row];
    out->ranking = month->rules->channel[advert->channel].ranking;
    out->route = route_of(month, advert, number, &out->channel_share);
}

/* ---- the candidates ---- */

static const wks_advert *advert_of(const wks_round_rank *rank)
{
    return &rank->board->advert[rank->advert];
}

static void fill_candidate(wks_round_month *month, const wks_round_seeker *seeker, const wks_advert *advert, const wks_round_place *place,
                           candidate_trace *out)
{
    const wks_world *world = month->world;
    double seniority = 0.0;

    out->household_key = seeker->key;
    out->household_row = seeker->row;
    out->blocked_by = WKS_NONE;
    const bool is_race = month->rules->channel[advert->channel].ranking == WKS_PART_BY_SPEED;
    out->lot =
        wks_rng_unit64(is_race ? wks_part_speed(world, seeker->key, place->unit_key) : wks_part_lot(world, seeker->key, place->unit_key));
    out->rent_eur = wks_round_utility_rent(seeker, place);
    out->months_registered = seeker->months_registered;
    out->months_waiting = world->month - seeker->since_month;
    out->persons = seeker->persons;
    out->income_eur = (double)world->household.income_eur[seeker->row];
    out->accept_chance = wks_round_offers_chance(month, seeker, advert, place, &seniority);
    (void)wks_round_reason_of(month, seeker, place, seniority, out->difference);
    for (int32_t p = 0; p < WKS_ROUND_TRACE_KEYS; p++)
        out->key[p] = (double)NAN;
}

/* Takes from a copy of the ranking: the live one stays where it is. Its keys are those of the start of the phase. */
static wks_status list(wks_round_month *month, const wks_round_rank *rank, const wks_round_place *place, uint64_t only, advert_trace *out,
                       wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_order = month->rules->set->n_order;
    wks_round_rank copy = *rank;
    wks_round_rank_entry entry;
    bool is_none = false;

    out->candidate = wks_mem_array(only == 0 ? (size_t)rank->n : 1, sizeof *out->candidate);
    if (out->candidate == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d candidates", rank->n);
    for (int32_t position = 1;; position++) {
        WKS_TRY(wks_round_rank_next(&copy, &entry, &is_none, err));
        if (is_none) break;
        const wks_round_seeker *seeker = &rank->pool->seeker[entry.seeker];
        if (only != 0 && seeker->key != only) continue;
        candidate_trace *candidate = &out->candidate[out->n_listed++];
        fill_candidate(month, seeker, advert_of(rank), place, candidate);
        candidate->rank = position;
        for (int32_t p = 0; p < n_order && p < WKS_ROUND_TRACE_KEYS && wks_round_rank_by(rank) == WKS_PART_BY_RULES; p++)
            candidate->key[p] = wks_round_rank_key(rank, p, &entry);
    }
out:
    return rc;
}

/* ---- other rules ---- */

/* The channel of other rules through which this dwelling would go: of the same name and kind, else the first of that kind, else the first. */
static int32_t channel_of(const wks_round_month *month, const wks_advert *advert, const wks_round_rules *other)
{
    const wks_round_channel *own = &month->rules->channel[advert->channel];
    int32_t same_kind = WKS_NONE;

    for (int32_t c = other->set->n_channels - 1; c >= 0; c--) {
        if (other->channel[c].part->is_advertised != own->part->is_advertised) continue;
        if (strcmp(other->channel[c].settings->name, own->settings->name) == 0) return c;
        same_kind = c;
    }
    return same_kind < 0 ? 0 : same_kind;
}

static wks_status make_rival_lists(const wks_round_rank *rank, const wks_round_month *other, const wks_advert *advert, int32_t **out,
                                   int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = other->context.scenario;

    *out = wks_mem_array((size_t)rank->n, sizeof **out);
    *out_n = 0;
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d candidates", rank->n);
    for (int32_t i = 0; i < rank->n; i++) {
        const int32_t seeker = wks_round_rank_candidate(rank, i), row = rank->pool->seeker[seeker].row;
        if (other->is_housed[row]) continue;
        if (wks_round_first_failing_filter(scenario, other->rules->set, other->world, other->context.law, row, advert) >= 0) continue;
        (*out)[(*out_n)++] = seeker;
    }
out:
    return rc;
}

/* Ranks and asks under other rules, with buffers of its own and nothing carried out. */
static wks_status try_rival(const wks_round_month *month, const wks_round_rank *rank, const wks_round_place *place, wks_round *scratch,
                            wks_round_trace_rival *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_rule_set *set = wks_part_rules_of(scratch->scenario, month->world->month);
    wks_round_month other = *month;
    wks_advert advert = *advert_of(rank);
    wks_round_rank ranking;
    wks_round_rank_entry entry;
    bool is_none = false;
    int32_t *seeker = NULL;

    *out = (wks_round_trace_rival){.order_part = WKS_NONE};
    if (set == NULL || set->n_channels == 0) return WKS_OK;
    out->is_there = true;
    other.round = scratch;
    other.rules = &scratch->rules[set - scratch->scenario->rules];
    other.context.scenario = scratch->scenario;
    other.context.rules = set;
    advert.channel = channel_of(month, advert_of(rank), other.rules);
    WKS_TRY(make_rival_lists(rank, &other, &advert, &seeker, &out->n_candidates, err));
    const int32_t start[] = {0, out->n_candidates};
    const wks_round_lists lists = {start, seeker};
    wks_round_place one = *place;
    const wks_round_board board = {.advert = &advert, .place = &one, .n = 1};
    wks_round_pool pool = *rank->pool;
    WKS_TRY(wks_round_rank_pool(&other, &pool, err));
    WKS_TRY(wks_round_rank_open(&other, &pool, &board, &lists, &ranking, err));
    wks_round_rank_take(&ranking, 0);
    for (int32_t position = 1;; position++) {
        WKS_TRY(wks_round_rank_next(&ranking, &entry, &is_none, err));
        if (is_none) break;
        const wks_round_seeker *asked = &rank->pool->seeker[entry.seeker];
        if (wks_round_offers_answer(&other, asked, &advert, place) != WKS_ROUND_ACCEPTED) {
            out->refusals++;
            continue;
        }
        out->rank = position;
        out->household_key = asked->key;
        WKS_TRY(wks_round_rank_decider(&ranking, &entry, &out->order_part, err));
        break;
    }
out:
    free(seeker);
    return rc;
}

static wks_status try_rivals(const wks_round_month *month, const wks_round_rank *rank, const wks_round_place *place, advert_trace *out,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round_trace *trace = month->round->trace;

    for (int32_t r = 0; r < trace->n_rivals; r++) {
        if (trace->scratch[r] == NULL) WKS_TRY(wks_round_create(trace->rival[r], month->world, &trace->scratch[r], err));
        WKS_TRY(try_rival(month, rank, place, trace->scratch[r], &out->rival[r], err));
    }
out:
    return rc;
}

/* ---- hooks ---- */

wks_status wks_round_trace_begin(wks_round_month *month, const wks_round_rank *rank, const wks_round_place *place, int32_t number,
                                 const int32_t *excluded, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round_trace *trace = month->round->trace;
    const bool is_letting = follows_letting(trace, month->world);

    trace->is_open = false;
    if (!is_letting && (trace->household_key == 0 || !is_among(rank, trace->household_key))) return WKS_OK;
    WKS_TRY(open_advert(trace, err));
    advert_trace *out = &trace->advert[trace->n_adverts - 1];
    describe(month, advert_of(rank), number, out);
    out->n_lookers = rank->pool->n;
    out->n_candidates = rank->n;
    memcpy(out->excluded, excluded, sizeof out->excluded);
    WKS_TRY(list(month, rank, place, is_letting ? 0 : trace->household_key, out, err));
    if (is_letting) WKS_TRY(try_rivals(month, rank, place, out, err));
out:
    return rc;
}

wks_status wks_round_trace_reserved(wks_round_month *month, const wks_round_seeker *seeker, const wks_round_place *place,
                                    const wks_advert *advert, int32_t number, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round_trace *trace = month->round->trace;

    trace->is_open = false;
    if (!follows_letting(trace, month->world) && trace->household_key != seeker->key) return WKS_OK;
    WKS_TRY(open_advert(trace, err));
    advert_trace *out = &trace->advert[trace->n_adverts - 1];
    describe(month, advert, number, out);
    out->route = WKS_ROUND_TRACE_RESERVED;
    out->n_lookers = out->n_candidates = 1;
    out->candidate = wks_mem_array(1, sizeof *out->candidate);
    if (out->candidate == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a candidate");
    out->n_listed = 1;
    fill_candidate(month, seeker, advert, place, &out->candidate[0]);
    out->candidate[0].rank = 1;
out:
    return rc;
}

void wks_round_trace_stopped(wks_round_month *month, const wks_round_guard *guard, int32_t household_row, const wks_advert *advert)
{
    wks_round_trace *trace = month->round->trace;
    wks_text text = WKS_TEXT_INIT;

    trace->told[0] = '\0';
    if (!trace->is_open || guard->part->tell == NULL) return;
    guard->part->tell(&month->context, guard->settings, guard->state, household_row, advert, &text);
    if (text.data != NULL) snprintf(trace->told, sizeof trace->told, "%s", text.data);
    wks_text_free(&text);
}

/* Somebody stopped by a cap that gives way is asked twice: the last answer counts. */
void wks_round_trace_offer(wks_round_trace *trace, const wks_round_offer *offer)
{
    advert_trace *advert = trace->is_open ? &trace->advert[trace->n_adverts - 1] : NULL;

    if (advert == NULL) return;
    for (int32_t i = 0; i < advert->n_listed; i++) {
        candidate_trace *candidate = &advert->candidate[i];
        if (candidate->household_row != offer->household_row) continue;
        candidate->is_asked = true;
        candidate->outcome = offer->outcome;
        candidate->reason = offer->reason;
        candidate->blocked_by = offer->blocked_by;
        snprintf(candidate->told, sizeof candidate->told, "%s", offer->outcome == WKS_ROUND_CAPPED ? trace->told : "");
    }
}

/* A dwelling that was not let is no letting: when one is followed it makes room for the next. */
void wks_round_trace_end(wks_round_month *month, uint8_t result)
{
    wks_round_trace *trace = month->round->trace;
    const wks_letting_log *log = &month->world->letting;

    if (!trace->is_open) return;
    trace->is_open = false;
    advert_trace *advert = &trace->advert[trace->n_adverts - 1];
    advert->result = result;
    if (result == WKS_ROUND_LET) {
        advert->contract_rent_eur = log->item[log->n - 1].rent_eur;
        advert->letting = log->item[log->n - 1].number;
        advert->order_part = log->item[log->n - 1].order_part;
        advert->winner_key = log->item[log->n - 1].household_key;
    } else if (trace->letting >= 0 && trace->household_key == 0) {
        free(advert->candidate);
        trace->n_adverts--;
    }
}
