#include "rules/round_log.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "rules/account.h"
#include "rules/filter_ties.h"

static uint32_t groups_of(const wks_scenario *scenario, const wks_world *world, int32_t household_row)
{
    uint32_t bits = 0;

    for (int32_t g = 0; g < scenario->n_groups; g++) {
        if (wks_expr_holds(scenario->group[g].expr, world, household_row)) bits |= UINT32_C(1) << g;
    }
    return bits;
}

static bool is_ties_part(const wks_settings *part)
{
    return strcmp(part->spec->name, "ties") == 0 || strcmp(part->spec->name, "ties_first") == 0;
}

/* One of the units that a filter or key for residents reserves: filter_ties.h. */
static bool is_for_ties(const wks_round_month *month, const wks_advert *advert)
{
    const wks_rule_set *set = month->rules->set;
    double share = 0.0;

    if (!month->rules->channel[advert->channel].part->is_advertised) return false;
    for (int32_t f = 0; f < set->n_filters; f++)
        if (is_ties_part(&set->filter[f])) share = fmax(share, wks_part_value(&set->filter[f], "share", 0.0));
    if (month->rules->channel[advert->channel].ranking == WKS_PART_BY_RULES) {
        for (int32_t p = 0; p < set->n_order; p++)
            if (is_ties_part(&set->order[p])) share = fmax(share, wks_part_value(&set->order[p], "share", 0.0));
    }
    return wks_filter_ties_reserves(month->world, share, advert);
}

/* Filters that must be counted afterwards, asked once more: reserved homes do not pass through them. */
static uint32_t filters_against(const wks_round_month *month, const wks_advert *advert, int32_t row)
{
    const wks_rule_set *set = month->rules->set;
    uint32_t bits = 0;

    for (int32_t f = 0; f < set->n_filters; f++) {
        const wks_filter_part *part = set->filter[f].spec->implementation;
        if (part->account != &wks_account_against) continue;
        const int32_t class = part->applicant_class(&month->context, &set->filter[f], row);
        if ((part->advert_mask(&month->context, &set->filter[f], advert) >> class & 1u) == 0) bits |= UINT32_C(1) << f;
    }
    return bits;
}

/* What a supervisor asks of a letting (measure/compliance.h). */
static void note_facts(const wks_round_month *month, const wks_advert *advert, int32_t row, wks_letting *letting)
{
    const wks_world *world = month->world;
    const uint8_t place = world->household.place[row];
    const int32_t persons = wks_part_persons(world, row), age = wks_part_age(world, row);

    letting->persons = (uint8_t)(persons < UINT8_MAX ? persons : UINT8_MAX);
    letting->age = (uint8_t)(age < UINT8_MAX ? age : UINT8_MAX);
    letting->income_source = world->household.income_source[row];
    letting->region_months =
        place == WKS_PLACE_OUTSIDE || place == WKS_PLACE_COA ? WKS_NONE : world->month - world->household.region_month[row];
    letting->against = filters_against(month, advert, row);
    letting->for_ties = letting->reason != WKS_LETTING_RESERVED && is_for_ties(month, advert);
}

/* Zoekduur: since the first reaction of the registration it applies with; who never reacted is not found by reacting: since the search began. */
static int32_t months_searching(const wks_world *world, int32_t household_row)
{
    const int32_t registration = wks_part_registration(world, household_row);
    const int32_t first = registration < 0 ? WKS_NO_MONTH : world->registration.first_month[registration];
    const int32_t since = first != WKS_NO_MONTH ? first : world->household.search_month[household_row];

    return since == WKS_NO_MONTH ? 0 : world->month - since;
}

wks_status wks_round_log_add(wks_round_month *month, const wks_advert *advert, int32_t household_row, wks_letting_reason reason,
                             wks_letting **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = month->world;
    const wks_household_table *household = &world->household;
    const int32_t host = household->host_row[household_row];
    wks_letting *letting = NULL;

    WKS_TRY(wks_letting_add(&world->letting, &letting, err));
    letting->number = world->next_letting++;
    letting->unit_key = world->unit.key[advert->unit_row];
    letting->household_key = household->key[household_row];
    letting->from_household_key = host < 0 ? 0 : household->key[host]; /* whom it leaves: host of a guest */
    letting->unit_row = advert->unit_row;
    letting->household_row = household_row;
    letting->buurt_row = advert->buurt_row;
    letting->complex_row = advert->complex_row;
    letting->owner_row = advert->owner_row;
    letting->from_buurt_row = wks_world_buurt_of(world, household_row);
    letting->rule_set = month->rules->index;
    letting->channel = advert->channel;
    letting->order_part = WKS_NONE;
    letting->months_registered = wks_world_registered_months(world, household_row);
    letting->months_searching = months_searching(world, household_row);
    letting->rent_eur = advert->rent_eur; /* the contract's where it differs: round_offers.c */
    letting->streefhuur_eur =
        (float)(wks_dwelling_streefhuur(&world->dwelling, advert->dwelling_row) / world->dwelling.n_units[advert->dwelling_row]);
    letting->income_eur = household->income_eur[household_row];
    letting->groups = groups_of(month->round->scenario, world, household_row);
    letting->urgency = household->urgency[household_row];
    letting->referral = household->referral[household_row];
    letting->from_place = household->place[household_row];
    letting->from_tenure = (uint8_t)wks_world_tenure_of(world, household_row);
    letting->from_room = household->unit_row[household_row] >= 0 && world->unit.kind[household->unit_row[household_row]] == WKS_UNIT_ROOM;
    letting->chain = world->unit.chain[advert->unit_row];
    letting->reason = (uint8_t)reason;
    letting->by_chance =
        month->rules->is_by_chance || (advert->channel >= 0 && month->rules->channel[advert->channel].ranking != WKS_PART_BY_RULES);
    letting->household_type = (uint8_t)wks_household_type_of(household, household_row);
    note_facts(month, advert, household_row, letting);
    *out = letting;
out:
    return rc;
}

wks_status wks_round_log_passed(wks_round_month *month, const wks_advert *advert, int32_t household_row, wks_letting_cause cause,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = month->world;
    wks_letting_passed *passed;

    WKS_TRY(wks_letting_pass(&world->letting, &passed, err));
    passed->household_key = world->household.key[household_row];
    passed->household_row = household_row;
    passed->unit_key = world->unit.key[advert->unit_row];
    passed->buurt_row = advert->buurt_row;
    passed->x_m = world->dwelling.x_m[advert->dwelling_row];
    passed->y_m = world->dwelling.y_m[advert->dwelling_row];
    passed->rent_eur = advert->rent_eur;
    passed->cause = (uint8_t)cause;
out:
    return rc;
}

wks_status wks_round_log_offer(wks_round_month *month, const wks_round_offer *offer, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_round *round = month->round;

    if (!round->is_recording) return WKS_OK;
    if (round->n_offers == round->offer_capacity) {
        const size_t capacity = wks_mem_capacity((size_t)round->offer_capacity, (size_t)round->n_offers + 1);
        wks_round_offer *grown = wks_mem_resize(round->offer, (size_t)round->offer_capacity, capacity, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu offers", capacity);
        round->offer = grown;
        round->offer_capacity = (int64_t)capacity;
    }
    round->offer[round->n_offers++] = *offer;
out:
    return rc;
}
