#include "process/departures.h"

#include <stdlib.h>

#include "base/month.h"
#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/tick_list.h"
#include "world/relations.h"

enum {
    P_OUTSIDE_MARKET,
    P_OUTSIDE_STUDENT,
    P_OUTSIDE_SOCIAL,
    P_HOSTED,
    P_EX_PARTNER,
    P_SHELTER,
    P_AT_PARENTS,
    P_GRADUATE,
    P_CAMPUS_MONTHS,
    P_SHELTER_HOSTED,
    N_PARAMS
};

static const wks_param params[N_PARAMS] = {
    [P_OUTSIDE_MARKET] = {"outside_market", WKS_PARAM_REAL, "1/mo", 0.05, 0, 1, NULL, false, "assumption",
                          "who looks on the market from outside and finds a home elsewhere"},
    [P_OUTSIDE_STUDENT] = {"outside_student", WKS_PARAM_REAL, "1/mo", 0.10, 0, 1, NULL, false,
                           "assumption: students travel from their parents' home while they look",
                           "students who look for a room from outside and stop"},
    [P_OUTSIDE_SOCIAL] = {"outside_social", WKS_PARAM_REAL, "1/mo", 0.015, 0, 1, NULL, false, "assumption",
                          "who looks for a social home from outside and stops"},
    [P_HOSTED] = {"hosted", WKS_PARAM_REAL, "1/mo", 0.015, 0, 1, NULL, false, "assumption", "hosted households that leave the city"},
    [P_EX_PARTNER] = {"ex_partner", WKS_PARAM_REAL, "1/mo", 0.20, 0, 1, NULL, false, "assumption",
                      "who separated and no longer stays with the ex-partner: half become hosted, half leave the city"},
    [P_SHELTER] = {"shelter", WKS_PARAM_REAL, "1/mo", 0.01, 0, 1, NULL, false, "assumption", "leaving the city from shelter"},
    [P_AT_PARENTS] = {"at_parents", WKS_PARAM_REAL, "1/mo", 0.006, 0, 1, NULL, false, "assumption",
                      "a wish to leave the parental home that lapses"},
    [P_GRADUATE] = {"graduate_leaves", WKS_PARAM_REAL, "share", 0.55, 0, 1, NULL, false, "assumption",
                    "who leaves the city in the year after ending a study in a room"},
    [P_CAMPUS_MONTHS] = {"campus_months", WKS_PARAM_INT, "months", 6, 0, 60, NULL, false,
                         "campus contract: leave within six months of the end of study [S114]",
                         "months to leave a campus dwelling after the end of study"},
    [P_SHELTER_HOSTED] = {"shelter_hosted", WKS_PARAM_REAL, "1/mo", 0.04, 0, 1, NULL, false, "assumption",
                          "who leaves shelter to stay with others"},
};

enum { EVENT_NONE, EVENT_DEPART, EVENT_HOSTED, EVENT_WISH_LAPSES, EVENT_CONTRACT_ENDS };

static uint8_t event_of(const wks_world *world, const double *p, int32_t i)
{
    const wks_household_table *household = &world->household;
    uint32_t word[4];

    if (household->search[i] == WKS_SEARCH_LEAVE) return EVENT_DEPART;
    if (household->place[i] == WKS_PLACE_HOUSED) {
        /* A room or campus contract of somebody who no longer studies. */
        const int32_t since_study = world->month - household->spell_month[i];
        if (household->temporary[i] == 0 || household->is_student[i] || household->income_source[i] == WKS_INCOME_STUDY) return EVENT_NONE;
        if (since_study == 1) {
            return wks_rng_once(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_DEPARTURE) < p[P_GRADUATE] ? EVENT_DEPART
                                                                                                                           : EVENT_NONE;
        }
        return since_study > (int32_t)p[P_CAMPUS_MONTHS] ? EVENT_CONTRACT_ENDS : EVENT_NONE;
    }
    wks_rng_four(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_DEPARTURE, word);
    const double u = wks_rng_unit(word[0]);
    switch ((wks_place)household->place[i]) {
    case WKS_PLACE_OUTSIDE: {
        const double stops = household->is_student[i]                    ? p[P_OUTSIDE_STUDENT]
                             : household->search[i] == WKS_SEARCH_MARKET ? p[P_OUTSIDE_MARKET]
                                                                         : p[P_OUTSIDE_SOCIAL];
        return u < stops ? EVENT_DEPART : EVENT_NONE;
    }
    case WKS_PLACE_HOSTED: return u < p[P_HOSTED] ? EVENT_DEPART : EVENT_NONE;
    /* Half of them find a host, half leave the city: assumption. */
    case WKS_PLACE_EX_PARTNER: return u >= p[P_EX_PARTNER] ? EVENT_NONE : wks_rng_unit(word[1]) < 0.5 ? EVENT_DEPART : EVENT_HOSTED;
    case WKS_PLACE_SHELTER:
        if (household->referral[i] != WKS_REFERRAL_NONE) return EVENT_NONE;
        return u < p[P_SHELTER] ? EVENT_DEPART : wks_rng_unit(word[1]) < p[P_SHELTER_HOSTED] ? EVENT_HOSTED : EVENT_NONE;
    case WKS_PLACE_AT_PARENTS: return u < p[P_AT_PARENTS] ? EVENT_WISH_LAPSES : EVENT_NONE;
    case WKS_PLACE_HOUSED:
    case WKS_PLACE_COA:
    case WKS_N_PLACES: break;
    }
    return EVENT_NONE;
}

/* Hosts for who stays with others: for every guest a keyed point on a ring of 64-bit numbers, and on it all who may be hosts this month, at a place that
 * follows from their key. A guest's host is the first one from its point on: whoever moved in or out elsewhere changes few of them. */
typedef struct wks_departures_guest {
    uint64_t point, gap;
    int32_t row, host; /* host -1: nobody */
} guest;

static uint64_t place_on_ring(uint64_t key, int32_t tick)
{
    uint64_t x = key ^ (UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(uint32_t)tick);
    x = (x ^ x >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ x >> 27) * UINT64_C(0x94D049BB133111EB);
    return x ^ x >> 31;
}

static int by_point(const void *left, const void *right)
{
    const guest *a = left, *b = right;
    return (a->point > b->point) - (a->point < b->point);
}

enum { RING_PARTS = 256 };

/* Last guest whose point is not beyond `at`; the one before the first is the last of all. `start` has the first guest of each part of the ring. */
static int32_t guest_before(const guest *item, int32_t n, const int32_t *start, uint64_t at)
{
    const uint32_t part = (uint32_t)(at >> 56);
    int32_t i = start[part];
    while (i < start[part + 1] && item[i].point <= at)
        i++;
    return i > 0 ? i - 1 : n - 1;
}

static void find_hosts(const wks_world *world, const uint8_t *flag, guest *item, int32_t n)
{
    const wks_household_table *household = &world->household;
    int32_t start[RING_PARTS + 1];

    qsort(item, (size_t)n, sizeof *item, by_point);
    for (int32_t part = 0, i = 0; part <= RING_PARTS; part++) {
        while (i < n && part < RING_PARTS && item[i].point >> 56 < (uint64_t)part)
            i++;
        start[part] = part == RING_PARTS ? n : i;
    }
    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED || flag[i] != EVENT_NONE || household->n_guests[i] > 2)
            continue;
        if (world->unit.kind[household->unit_row[i]] == WKS_UNIT_ROOM) continue;
        const uint64_t at = place_on_ring(household->key[i], world->tick);
        guest *found = &item[guest_before(item, n, start, at)];
        if (found->host >= 0 && at - found->point >= found->gap) continue;
        found->gap = at - found->point;
        found->host = i;
    }
    /* Nobody between a point and the next: the host of the next one. Twice around the ring. */
    for (int32_t k = 2 * n - 1; k >= 0; k--) {
        if (item[k % n].host < 0) item[k % n].host = item[(k + 1) % n].host;
    }
}

/* By row of the guest: a list of all who need a host, so that apply finds its own. */
static int by_row(const void *left, const void *right)
{
    const guest *a = left, *b = right;
    return (a->row > b->row) - (a->row < b->row);
}

static wks_status draw_hosts(wks_tick *tick, const uint8_t *flag, const wks_tick_item *item, int32_t n_items, guest **out, int32_t *out_n,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    guest *list = wks_tick_buffer(tick, WKS_SLOT_CHOICES, (size_t)n_items, sizeof *list);
    int32_t n = 0;

    *out = list;
    *out_n = 0;
    if (list == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d guests", n_items);
    for (int32_t k = 0; k < n_items; k++) {
        if (item[k].kind != EVENT_HOSTED && item[k].kind != EVENT_CONTRACT_ENDS) continue;
        wks_rng rng = wks_rng_open(&world->seed, item[k].key, (uint32_t)world->tick, WKS_RNG_INSTITUTION);
        list[n++] = (guest){.point = wks_rng_u64(&rng), .row = item[k].row, .host = WKS_NONE};
    }
    if (n > 0) find_hosts(world, flag, list, n);
    qsort(list, (size_t)n, sizeof *list, by_row);
    *out_n = n;
out:
    return rc;
}

static int32_t host_of(const guest *list, int32_t n, int32_t row)
{
    int32_t low = 0, high = n - 1;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (list[middle].row < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return list[low].host;
}

static wks_status apply(wks_tick *tick, const wks_tick_item *item, const guest *list, int32_t n_guests, wks_err *err)
{
    wks_world *world = tick->world;
    const int32_t i = item->row;

    if (world->household.key[i] != item->key) return WKS_OK; /* went along with somebody */
    switch (item->kind) {
    case EVENT_DEPART: return wks_relations_depart(world, i, err);
    case EVENT_HOSTED: return wks_relations_change_place(world, i, WKS_PLACE_HOSTED, host_of(list, n_guests, i), err);
    case EVENT_WISH_LAPSES: {
        const int32_t host = world->household.host_row[i];
        if (host < 0) return WKS_OK;
        /* What a child at home earns does not count for the parents: relations leaves the host's income as it is. */
        return wks_relations_merge(world, i, host, err);
    }
    case EVENT_CONTRACT_ENDS: return wks_relations_move_out(world, i, WKS_PLACE_HOSTED, host_of(list, n_guests, i), err);
    default: return WKS_OK;
    }
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows;
    uint8_t *flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1);
    wks_tick_item *item = NULL;
    guest *list = NULL;
    int32_t n_items = 0, n_guests = 0;

    if (flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", n);
    for (int32_t i = 0; i < n; i++)
        flag[i] = world->household.key[i] == 0 ? EVENT_NONE : event_of(world, settings->value, i);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, flag, world->household.key, n, &item, &n_items, err));
    WKS_TRY(draw_hosts(tick, flag, item, n_items, &list, &n_guests, err));
    for (int32_t k = 0; k < n_items; k++)
        WKS_TRY(apply(tick, &item[k], list, n_guests, err));
out:
    return rc;
}

static const wks_process process = {run, NULL};
const wks_spec wks_departures_spec = {
    "departures", "process", "who drew leaving goes; unhoused people move on; wishes lapse; campus contracts end", "", params,
    N_PARAMS,     &process};
