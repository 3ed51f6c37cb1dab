#include "city/synth_stock.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "city/synth_own.h"
#include "num/draw.h"
#include "num/fit.h"
#include "num/math.h"

enum { CELLS = WKS_SYNTH_PLAN_TENURE_TYPES, MOST_A_DWELLING = WKS_SYNTH_PLAN_MOST_A_DWELLING, MAX_GUEST_HOUSEHOLDS = 2 };
/* What cannot be meant, and would not fit: rooms in one dwelling (a byte holds them), guests beyond two for every host. */
enum { MOST_ROOMS = 250, MOST_CROWDED = 1000 };
static const double EXTRA_ROOMS = 3.25; /* rooms beyond the first of a dwelling let in rooms: assumption, 2-8 rooms */
static const double EXTRA_MOST = 11.0;

/* Odds of tenure x dwelling type (owner, corporatie, private; single family, apartment). National shares of single-family homes: owner-
 * occupied near 0.78, corporatie 0.52, other rent 0.38 (CBS/BZK WoON, general knowledge). */
static const double seed[CELLS] = {0.78, 0.22, 0.52, 0.48, 0.38, 0.62};

static wks_status fit_stock(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_fit_shape shape = {2, {3, 2}};
    const int32_t *n = plan->target.n;
    const int32_t *const whole[2] = {n + WKS_SYNTH_PLAN_TENURE, n + WKS_SYNTH_PLAN_DWELLING};
    double tenure[3], type[2], cell[CELLS], error;
    const double *const wanted[2] = {tenure, type};

    for (int32_t i = 0; i < 3; i++)
        tenure[i] = n[WKS_SYNTH_PLAN_TENURE + i];
    for (int32_t i = 0; i < 2; i++)
        type[i] = n[WKS_SYNTH_PLAN_DWELLING + i];
    for (int32_t i = 0; i < CELLS; i++)
        cell[i] = seed[i];
    WKS_TRY(wks_fit_ipf(&shape, cell, wanted, &error, err));
    WKS_TRY(
        wks_fit_integerise(&shape, cell, whole, &context->seed, wks_rng_child_key(plan->key, 0, WKS_RNG_SYNTH_FIT, 1), plan->stock, err));
out:
    return rc;
}

/* n things over the cells by weight, never more than there are. */
static void spread(const double *weight, const int32_t *most, int32_t n, int32_t *out)
{
    double value[CELLS];
    int64_t part[CELLS];

    for (int32_t i = 0; i < CELLS; i++)
        out[i] = 0;
    while (n > 0) {
        double sum = 0.0;
        for (int32_t i = 0; i < CELLS; i++) {
            value[i] = out[i] < most[i] ? (weight[i] > 0.0 ? weight[i] : 1e-9) * most[i] : 0.0;
            sum += value[i];
        }
        if (sum <= 0.0) return;
        wks_fit_round_to_total(value, CELLS, n, part);
        for (int32_t i = 0; i < CELLS; i++) {
            const int32_t room = most[i] - out[i], add = part[i] > room ? room : (int32_t)part[i];
            out[i] += add;
            n -= add;
        }
    }
}

static void make_vacant(wks_synth_plan *plan, int32_t n)
{
    const wks_synth_parameters *k = &wks_synth_default;
    const double weight[CELLS] = {k->vacancy_owner,  k->vacancy_owner * 1.3,   k->vacancy_social,
                                  k->vacancy_social, k->vacancy_private * 0.8, k->vacancy_private};

    spread(weight, plan->stock, n, plan->vacant);
}

/* Dwellings let in rooms for `extra` rooms beyond one a dwelling. Returns how many of the extra rooms can be made. */
static int32_t make_rooms(wks_synth_plan *plan, int32_t extra)
{
    const double corporatie = wks_synth_default.rooms_corporatie;
    const double weight[CELLS] = {0.0, 0.0, corporatie * 0.05, corporatie, 0.45 * (1.0 - corporatie), 1.0 - corporatie};
    const double most_share[CELLS] = {0.0, 0.0, 0.1, 0.6, 0.6, 0.7};
    int32_t most[CELLS], all = 0;
    int32_t n = (int32_t)ceil(extra / EXTRA_ROOMS);

    for (int32_t i = 0; i < CELLS; i++) {
        const int32_t occupied = plan->stock[i] - plan->vacant[i];
        most[i] = (int32_t)ceil(most_share[i] * occupied);
        most[i] = most[i] > occupied ? occupied : most[i];
        all += most[i];
    }
    /* Rooms by weight of the tenures, not of their stock. */
    double by_cell[CELLS];
    for (int32_t i = 0; i < CELLS; i++)
        by_cell[i] = most[i] > 0 ? weight[i] / most[i] : 0.0;
    n = n > all ? all : n;
    spread(by_cell, most, n, plan->split);
    const double can = n * EXTRA_MOST;
    return extra <= can ? extra : (int32_t)can;
}

static int32_t sum_of(const int32_t *cell)
{
    int32_t sum = 0;

    for (int32_t i = 0; i < CELLS; i++)
        sum += cell[i];
    return sum;
}

/* Households that no home could hold do not come into being: their members live in an institution. */
static void drop_households(wks_synth_plan *plan, int32_t most)
{
    while (plan->n_margin_households > most) {
        const int32_t h = plan->n_margin_households - 1;
        for (int32_t p = plan->household[h].first; p >= 0;) {
            const int32_t next = plan->person[p].next;
            plan->person[p].household = plan->person[p].next = -1;
            plan->person[p].role = WKS_ROLE_RESIDENT;
            p = next;
        }
        plan->n_margin_households = plan->n_households = h;
    }
}

static void decide(wks_synth_plan *plan, double share_vacant)
{
    const int32_t dwellings = plan->target.dwellings, least = (plan->n_margin_households + MOST_A_DWELLING - 1) / MOST_A_DWELLING;
    int32_t occupied = dwellings - (int32_t)(dwellings * share_vacant + 0.5);

    occupied = occupied < least ? least : occupied;
    occupied = occupied > dwellings ? dwellings : occupied;
    drop_households(plan, occupied * MOST_A_DWELLING);
    if (plan->n_margin_households <= occupied) {
        make_vacant(plan, dwellings - plan->n_margin_households);
        return;
    }
    make_vacant(plan, dwellings - occupied);
    plan->n_hosted = (int32_t)((plan->n_margin_households - occupied) * wks_synth_default.hosted_of_excess + 0.5);
    int32_t extra = plan->n_margin_households - occupied - plan->n_hosted;
    const int32_t made = make_rooms(plan, extra), n_split = sum_of(plan->split);
    plan->n_hosted += extra - made; /* no rented homes to let in rooms: with others */
    extra = made;
    const int32_t guests = MAX_GUEST_HOUSEHOLDS * (occupied - n_split);
    if (plan->n_hosted > guests && n_split > 0) { /* a campus without enough hosts: more rooms */
        extra += plan->n_hosted - guests;
        plan->n_hosted = guests;
    }
    if (n_split == 0 && plan->n_hosted > guests + MOST_CROWDED) {
        drop_households(plan, plan->n_margin_households - (plan->n_hosted - guests));
        plan->n_hosted = guests;
    }
    plan->n_rooms = n_split > 0 ? extra + n_split : 0;
    if (plan->n_rooms > (int64_t)MOST_ROOMS * n_split) {
        drop_households(plan, plan->n_margin_households - (plan->n_rooms - MOST_ROOMS * n_split));
        plan->n_rooms = MOST_ROOMS * n_split;
    }
}

/* --- who lives in rooms and with others ----------------------------------------------------------------------------------- */

static double room_weight(int32_t age)
{
    if (age < 25) return 12.0;
    if (age < 30) return 5.0;
    if (age < 35) return 1.6;
    if (age < 50) return 0.4;
    return 0.08;
}

static void mark(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_synth_plan_ranked *ranked)
{
    static const double kind_penalty_room[3] = {0.0, 4.0, 12.0}, kind_penalty_guest[3] = {0.0, 2.5, 5.0};
    wks_rng rng = wks_rng_open(&context->seed, plan->key, 0, WKS_RNG_SYNTH_DWELLING);
    int32_t n = plan->n_margin_households, left;

    for (int32_t h = 0; h < n; h++) {
        const wks_synth_plan_household *household = &plan->household[h];
        const int32_t age = plan->person[household->first].age;
        const uint32_t word = wks_rng_u32(&rng);
        ranked[h] = (wks_synth_plan_ranked){wks_math_log(room_weight(age)) - kind_penalty_room[household->kind] + wks_draw_gumbel(word), h};
    }
    wks_synth_plan_sort(ranked, n);
    for (int32_t i = 0; i < plan->n_rooms && i < n; i++)
        plan->household[ranked[i].index].is_room = 1;
    n = 0;
    for (int32_t h = 0; h < plan->n_margin_households; h++) {
        const wks_synth_plan_household *household = &plan->household[h];
        const int32_t age = plan->person[household->first].age;
        const uint32_t word = wks_rng_u32(&rng);
        if (household->is_room) continue;
        ranked[n++] = (wks_synth_plan_ranked){(age < 35 ? 1.0 : -0.5) - kind_penalty_guest[household->kind] + wks_draw_gumbel(word), h};
    }
    wks_synth_plan_sort(ranked, n);
    left = plan->n_hosted;
    for (int32_t i = 0; i < n && left > 0; i++, left--)
        plan->household[ranked[i].index].place = WKS_PLACE_HOSTED;
    plan->n_hosted -= left;
}

static void find_hosts(const wks_synth_plan_context *context, wks_synth_plan *plan, uint8_t *guests)
{
    wks_rng rng = wks_rng_open(&context->seed, plan->key, 1, WKS_RNG_SYNTH_DWELLING);
    const uint32_t n = (uint32_t)plan->n_margin_households;
    int32_t n_hosts = 0;

    for (int32_t h = 0; h < plan->n_margin_households; h++) {
        guests[h] = 0;
        n_hosts += plan->household[h].place == WKS_PLACE_HOUSED && !plan->household[h].is_room;
    }
    for (int32_t h = 0; h < plan->n_margin_households; h++) {
        wks_synth_plan_household *guest = &plan->household[h];
        if (guest->place != WKS_PLACE_HOSTED) continue;
        for (int32_t tries = 0; guest->host < 0; tries++) {
            const int32_t host = (int32_t)wks_rng_below(&rng, n);
            const int32_t most = tries < 1000 ? MAX_GUEST_HOUSEHOLDS - 1 : MAX_GUEST_HOUSEHOLDS * (1 + tries / 100000);
            if (plan->household[host].place != WKS_PLACE_HOUSED || guests[host] >= most) continue;
            if (plan->household[host].is_room && n_hosts > 0 && tries < 100000) continue;
            guest->host = host;
            guests[host]++;
        }
    }
}

wks_status wks_synth_stock_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_synth_plan_ranked *ranked = NULL;
    uint8_t *n_guests = NULL;

    if (plan->target.dwellings > 0) WKS_TRY(fit_stock(context, plan, err));
    wks_synth_own_stock(context, plan);
    decide(plan, context->city->buurt[plan->buurt_row].value[WKS_CITY_share_vacant]);
    ranked = wks_mem_array((size_t)plan->n_households, sizeof *ranked);
    n_guests = wks_mem_array((size_t)plan->n_households, 1);
    if (ranked == NULL || n_guests == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", plan->n_households);
    mark(context, plan, ranked);
    if (plan->n_hosted > 0) find_hosts(context, plan, n_guests);
out:
    free(ranked);
    free(n_guests);
    return rc;
}
