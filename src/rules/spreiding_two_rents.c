#include "rules/spreiding_two_rents.h"

#include "rules/part_list.h"

enum { P_SHARE, P_AREAS, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "assumption: how usual two rents are is not published",
                 "share of complexes let at two rents, drawn once per complex"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
};

/* The same complexes at every moment, and with a larger share the same ones and more. */
static double draw_of(const wks_world *world, int32_t complex_row)
{
    return wks_rng_once(&world->seed, world->complex.key[complex_row], 0, WKS_RNG_TWO_RENTS);
}

bool wks_spreiding_two_rents_applies(const wks_world *world, const wks_rule_set *rules, int32_t dwelling_row)
{
    for (int32_t s = 0; s < rules->n_spreiding; s++) {
        const wks_settings *settings = &rules->spreiding[s];
        if (settings->spec != &wks_spreiding_two_rents_spec) continue;
        if (!wks_part_in_areas(world, settings, P_AREAS, world->dwelling.buurt_row[dwelling_row])) continue;
        if (draw_of(world, world->dwelling.complex_row[dwelling_row]) < settings->value[P_SHARE]) return true;
    }
    return false;
}

/* It stops nobody: the round asks which adverts it holds for, passend lets low incomes through, and their contract is at the lower rent. */
static wks_status open_part(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    (void)context, (void)settings, (void)state, (void)err;
    return WKS_OK;
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    (void)context, (void)settings, (void)state, (void)household_row, (void)advert;
    return true;
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    (void)context, (void)settings, (void)state, (void)household_row, (void)advert;
}

static void close_part(void *state)
{
    (void)state;
}

static const wks_spreiding_part part = {.open = open_part, .allows = allows, .commit = commit, .close = close_part};
const wks_spec wks_spreiding_two_rents_spec = {
    "two_rents",
    "spreiding",
    "tweehurenbeleid: low incomes pay their own aftoppingsgrens where more is asked, others what is asked",
    "Woningwet art. 46 lid 2 (passend toewijzen) leaves the corporatie free to lower a rent for who needs it",
    params,
    N_PARAMS,
    &part};
