#include "rules/part.h"

#include <string.h>

#include "base/mem.h"
#include "base/month.h"

const char *const wks_part_when_nobody_name[] = {"leave_vacant", "ignore_cap", "next_channel", "sell", "liberalise", NULL};
const char *const wks_part_label_name[] = {"any", "none", "senior", "jongeren", "campus", "gemengd", NULL};

bool wks_part_in_areas(const wks_world *world, const wks_settings *settings, int32_t param, int32_t buurt_row)
{
    if (settings->n_areas[param] == 0) return true;
    for (int32_t i = 0; i < settings->n_areas[param]; i++) {
        const uint64_t key = wks_text_hash(settings->area[param][i]);
        if (world->buurt.key[buurt_row] == key || world->buurt.wijk_key[buurt_row] == key) return true;
    }
    return false;
}

bool wks_part_label_fits(double value, uint8_t label)
{
    return value < 0.5 || (int32_t)value - 1 == (int32_t)label;
}

int32_t wks_part_persons(const wks_world *world, int32_t household_row)
{
    return world->household.n_persons[household_row] + world->household.n_home_children[household_row];
}

bool wks_part_needs_home(const wks_world *world, int32_t household_row)
{
    const int32_t unit_row = world->household.unit_row[household_row];

    return unit_row < 0 || world->dwelling.to_demolish[world->unit.dwelling_row[unit_row]] != 0;
}

bool wks_part_none_emptied(const wks_world *world)
{
    uint8_t any = 0;

    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++)
        any |= world->dwelling.to_demolish[d];
    return any == 0;
}

int32_t wks_part_hold(const wks_expr *expr, const wks_world *world, int32_t *row, int32_t n)
{
    uint8_t holds[WKS_EXPR_BLOCK];
    int32_t n_kept = 0;

    for (int32_t first = 0; first < n; first += WKS_EXPR_BLOCK) {
        const int32_t n_here = n - first < WKS_EXPR_BLOCK ? n - first : WKS_EXPR_BLOCK;
        wks_expr_eval(expr, world, &row[first], n_here, holds);
        for (int32_t i = 0; i < n_here; i++) {
            row[n_kept] = row[first + i];
            n_kept += holds[i];
        }
    }
    return n_kept;
}

int32_t wks_part_age(const wks_world *world, int32_t household_row)
{
    return wks_month_age(world->household.head_birth_month[household_row], world->month);
}

bool wks_part_is_urgent(const wks_world *world, int32_t household_row)
{
    const int32_t until = world->household.urgency_month[household_row];

    return world->household.urgency[household_row] != WKS_URGENCY_NONE && (until == WKS_NO_MONTH || until >= world->month);
}

int32_t wks_part_registration(const wks_world *world, int32_t household_row)
{
    const int32_t since = world->household.registered_month[household_row];
    int32_t best = WKS_NONE;

    if (since == WKS_NO_MONTH) return WKS_NONE;
    for (int32_t p = world->household.first_person_row[household_row]; p != WKS_NONE; p = world->person.next_row[p]) {
        const int32_t row = world->person.registration_row[p];
        if (row == WKS_NONE || world->registration.since_month[row] != since) continue;
        if (best == WKS_NONE || world->registration.key[row] < world->registration.key[best]) best = row;
    }
    return best;
}

uint64_t wks_part_lot(const wks_world *world, uint64_t household_key, uint64_t unit_key)
{
    uint32_t word[4];

    wks_rng_four(&world->seed, wks_rng_pair_key(household_key, unit_key), (uint32_t)world->tick, WKS_RNG_ALLOC_LOT, word);
    return (uint64_t)word[1] << 32 | word[0];
}

uint64_t wks_part_speed(const wks_world *world, uint64_t household_key, uint64_t unit_key)
{
    uint32_t word[4];

    wks_rng_four(&world->seed, wks_rng_pair_key(household_key, unit_key), (uint32_t)world->tick, WKS_RNG_ALLOC_SPEED, word);
    return (uint64_t)word[1] << 32 | word[0];
}

double wks_part_unit_draw(const wks_world *world, int32_t unit_row, int32_t index)
{
    uint32_t word[4];

    wks_rng_four(&world->seed, world->unit.key[unit_row], (uint32_t)world->unit.vacant_month[unit_row], WKS_RNG_ALLOC_CHANNEL, word);
    return wks_rng_unit(word[index]);
}

double wks_part_value(const wks_settings *settings, const char *name, double otherwise)
{
    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        if (strcmp(settings->spec->param[i].name, name) == 0) return settings->value[i];
    }
    return otherwise;
}

bool wks_part_carry_begin(void **state, size_t size, wks_carry *carry)
{
    bool is_there = *state != NULL;

    wks_carry_bool(carry, &is_there);
    if (!is_there || wks_carry_failed(carry)) return false;
    if (*state == NULL) *state = wks_mem_array(1, size);
    if (*state == NULL) carry->in->no_memory = true;
    return *state != NULL;
}

const char *wks_part_text(const wks_settings *settings, const char *name)
{
    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        if (strcmp(settings->spec->param[i].name, name) == 0) return settings->text[i];
    }
    return NULL;
}

wks_part_ranking wks_part_ranking_of(const wks_settings *channel)
{
    const wks_channel_part *part = channel->spec->implementation;

    return (wks_part_ranking)(int32_t)wks_part_value(channel, "order", (double)part->ranking);
}

int32_t wks_part_then_of(const wks_rule_set *rules, int32_t c)
{
    const char *name = wks_part_text(&rules->channel[c], "then");

    for (int32_t i = 0; name != NULL && i < rules->n_channels; i++) {
        if (strcmp(rules->channel[i].name, name) == 0) return i;
    }
    return WKS_NONE;
}

const wks_rule_set *wks_part_rules_of(const wks_scenario *scenario, int32_t month)
{
    for (int32_t i = scenario->n_rules - 1; i >= 0; i--) {
        if (month >= scenario->rules[i].from_month && month < scenario->rules[i].until_month) return &scenario->rules[i];
    }
    return NULL;
}
