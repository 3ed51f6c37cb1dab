#include "process/departures.h"

#include <string.h>

#include "base/marks.h"
#include "base/month.h"
#include "base/par.h"
#include "base/vector.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/departures_contract.h"
#include "process/departures_hosts.h"
#include "process/sieve.h"
#include "process/tick_list.h"
#include "world/relations.h"

typedef wks_departures_hosts_guest guest;

static const wks_param params[WKS_DEPARTURES_N_PARAMS] = {
    [WKS_DEPARTURES_P_OUTSIDE_MARKET] = {"outside_market", WKS_PARAM_REAL, "1/mo", 0.05, 0, 1, NULL, false, "assumption",
                                         "who looks on the market from outside and finds a home elsewhere"},
    [WKS_DEPARTURES_P_OUTSIDE_STUDENT] =
        {"outside_student", WKS_PARAM_REAL, "1/mo", 0.05, 0, 1, NULL, false,
         "assumption, fitted with arrivals.students: students travel from their parents' home while they look",
         "students who look for a room from outside and stop"},
    [WKS_DEPARTURES_P_OUTSIDE_SOCIAL] = {"outside_social", WKS_PARAM_REAL, "1/mo", 0.015, 0, 1, NULL, false, "assumption",
                                         "who looks for a social home from outside and stops"},
    [WKS_DEPARTURES_P_HOSTED] = {"hosted", WKS_PARAM_REAL, "1/mo", 0.004, 0, 1, NULL, false,
                                 "fitted: about as many stay with others as at the start (Utrecht, modelstad, ten years)",
                                 "hosted households that leave the city"},
    [WKS_DEPARTURES_P_HOSTED_SHELTER] = {"hosted_shelter", WKS_PARAM_REAL, "1/mo", 0.07, 0, 1, NULL, false, "fitted, as `hosted`",
                                         "hosted households that can no longer stay and go to shelter, unless they are self-reliant"},
    [WKS_DEPARTURES_P_EX_PARTNER] = {"ex_partner", WKS_PARAM_REAL, "1/mo", 0.20, 0, 1, NULL, false, "assumption",
                                     "who separated and no longer stays with the ex-partner: hosted by others, or out of the city"},
    [WKS_DEPARTURES_P_EX_PARTNER_LEAVES] = {"ex_partner_leaves", WKS_PARAM_REAL, "share", 0.2, 0, 1, NULL, false, "fitted, as `hosted`",
                                            "of those, who leaves the city"},
    [WKS_DEPARTURES_P_SHELTER] = {"shelter", WKS_PARAM_REAL, "1/mo", 0.001, 0, 1, NULL, false, "fitted, as `hosted`",
                                  "leaving the city from shelter"},
    [WKS_DEPARTURES_P_AT_PARENTS] = {"at_parents", WKS_PARAM_REAL, "1/mo", 0.006, 0, 1, NULL, false, "assumption",
                                     "a wish to leave the parental home that lapses"},
    [WKS_DEPARTURES_P_ONWARD] =
        {"onward", WKS_PARAM_REAL, "1/yr", 0.03, 0, 1, NULL, false,
         "assumption, with one in six moving to another gemeente within three years (CBS 2025/21)",
         "statushouders who move to another gemeente in the three years after their first home, beyond what search draws"},
    [WKS_DEPARTURES_P_LABOUR_MONTHS] = {"labour_months", WKS_PARAM_REAL, "months", 18, 1, 240, NULL, false, "assumption: short stays [S56]",
                                        "mean stay of labour migrants who go back"},
    [WKS_DEPARTURES_P_LABOUR_SETTLES] = {"labour_settles", WKS_PARAM_REAL, "share", 0.3, 0, 1, NULL, false, "assumption",
                                         "labour migrants who stay as others do"},
    [WKS_DEPARTURES_P_GRADUATE] = {"graduate_leaves", WKS_PARAM_REAL, "share", 0.55, 0, 1, NULL, false, "assumption",
                                   "who leaves the city in the year after ending a study in a room"},
    [WKS_DEPARTURES_P_CAMPUS_MONTHS] = {"campus_months", WKS_PARAM_INT, "months", 6, 0, 60, NULL, false,
                                        "campus contract: leave within six months of the end of study [S114]",
                                        "months to leave a campus dwelling after the end of study"},
    [WKS_DEPARTURES_P_CAMPUS_LEAVES] =
        {"campus_leaves", WKS_PARAM_REAL, "share", 0.7, 0, 1, NULL, false,
         "assumption: most go back to their parents or to a home elsewhere",
         "of those whose campus contract or room ends before they found another home, who leaves the city; the "
         "others stay with others"},
    [WKS_DEPARTURES_P_CARE_CONTRACT] =
        {"care_contract", WKS_PARAM_REAL, "share", 0.6, 0, 1, NULL, false, "assumption",
         "social lettings to people from care or detention that begin with a contract of three parties (omklapcontract)"},
    [WKS_DEPARTURES_P_CARE_MONTHS] = {"care_contract_months", WKS_PARAM_INT, "months", 12, 1, 60, NULL, false,
                                      "assumption: usual term of a year", "months until a care contract becomes the tenant's own or ends"},
    [WKS_DEPARTURES_P_CARE_OWN] = {"care_contract_own", WKS_PARAM_REAL, "share", 0.85, 0, 1, NULL, false, "assumption",
                                   "care contracts that become the tenant's own"},
    [WKS_DEPARTURES_P_CARE_BACK] = {"care_contract_back", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false, "assumption",
                                    "of those that end, tenants alone who go back to an institution; the others go to shelter"},
    [WKS_DEPARTURES_P_SHELTER_HOSTED] = {"shelter_hosted", WKS_PARAM_REAL, "1/mo", 0.004, 0, 1, NULL, false, "fitted, as `hosted`",
                                         "who leaves shelter to stay with others"},
    [WKS_DEPARTURES_P_SHELTER_RELIANT] =
        {"shelter_reliant", WKS_PARAM_REAL, "1/mo", 0.5, 0, 1, NULL, false,
         "assumption: opvang is for who cannot manage alone or with help of others (Wmo 2015 art. 1.2.1 c)",
         "the same of who is self-reliant: lives on work, a pension or a study and is not vulnerable"},
};

static double first_word(const wks_world *world, int32_t i, wks_rng_purpose purpose)
{
    uint32_t word[4];
    wks_rng_four(&world->seed, world->household.key[i], (uint32_t)world->tick, purpose, word);
    return wks_rng_unit(word[0]);
}

/* Settles here for good: drawn once, by the household's key. */
static bool settles(const wks_world *world, const double *p, int32_t i)
{
    return wks_rng_once(&world->seed, world->household.key[i], 0, WKS_RNG_LABOUR_SETTLE) < p[WKS_DEPARTURES_P_LABOUR_SETTLES];
}

/* Leaving that belongs to how a household came: labour migrants go back, statushouders move on to another gemeente. */
static bool goes_on(const wks_world *world, const double *p, int32_t i)
{
    const wks_household_table *household = &world->household;
    const double months = p[WKS_DEPARTURES_P_LABOUR_MONTHS];

    if (household->came_as[i] == WKS_CAME_AS_LABOUR && household->place[i] != WKS_PLACE_OUTSIDE)
        return months > 0 && first_word(world, i, WKS_RNG_LABOUR_STAY) < 1 / months && !settles(world, p, i);
    if (household->came_as[i] == WKS_CAME_AS_STATUSHOUDER && household->place[i] == WKS_PLACE_HOUSED &&
        world->month - household->region_month[i] < WKS_DEPARTURES_ONWARD_MONTHS)
        return first_word(world, i, WKS_RNG_ONWARD) < wks_math_monthly(p[WKS_DEPARTURES_P_ONWARD]);
    return false;
}

/* Is not let into shelter, as by law: who can manage alone or with the help of others. */
static bool is_self_reliant(const wks_household_table *household, int32_t i)
{
    const uint8_t source = household->income_source[i];

    return source != WKS_INCOME_BENEFIT && source != WKS_INCOME_NONE && household->vulnerability[i] == 0;
}

/* u and v: words 0 and 1 of its draw (DEPARTURE). */
static wks_departures_event event_of_latent(const wks_world *world, const double *p, int32_t i, double u, double v)
{
    const wks_household_table *household = &world->household;

    switch ((wks_place)household->place[i]) {
    case WKS_PLACE_OUTSIDE: {
        const double stops = household->is_student[i]                    ? p[WKS_DEPARTURES_P_OUTSIDE_STUDENT]
                             : household->search[i] == WKS_SEARCH_MARKET ? p[WKS_DEPARTURES_P_OUTSIDE_MARKET]
                                                                         : p[WKS_DEPARTURES_P_OUTSIDE_SOCIAL];
        return u < stops ? WKS_DEPARTURES_DEPART : WKS_DEPARTURES_NONE;
    }
    case WKS_PLACE_HOSTED:
        if (u < p[WKS_DEPARTURES_P_HOSTED]) return WKS_DEPARTURES_DEPART;
        return v < p[WKS_DEPARTURES_P_HOSTED_SHELTER] && !is_self_reliant(household, i) ? WKS_DEPARTURES_SHELTER : WKS_DEPARTURES_NONE;
    case WKS_PLACE_EX_PARTNER:
        if (u >= p[WKS_DEPARTURES_P_EX_PARTNER]) return WKS_DEPARTURES_NONE;
        return v < p[WKS_DEPARTURES_P_EX_PARTNER_LEAVES] ? WKS_DEPARTURES_DEPART : WKS_DEPARTURES_HOSTED;
    case WKS_PLACE_SHELTER:
        if (household->referral[i] != WKS_REFERRAL_NONE) return WKS_DEPARTURES_NONE;
        if (u < p[WKS_DEPARTURES_P_SHELTER]) return WKS_DEPARTURES_DEPART;
        return v < p[is_self_reliant(household, i) ? WKS_DEPARTURES_P_SHELTER_RELIANT : WKS_DEPARTURES_P_SHELTER_HOSTED]
                   ? WKS_DEPARTURES_HOSTED
                   : WKS_DEPARTURES_NONE;
    case WKS_PLACE_AT_PARENTS: return u < p[WKS_DEPARTURES_P_AT_PARENTS] ? WKS_DEPARTURES_WISH_LAPSES : WKS_DEPARTURES_NONE;
    case WKS_PLACE_HOUSED:
    case WKS_PLACE_COA:
    case WKS_N_PLACES: break;
    }
    return WKS_DEPARTURES_NONE;
}

typedef struct wks_departures_pass {
    const wks_world *world;
    const double *p;
    uint8_t *flag;
} pass;

/* Rows of latent units whose draws are made together. */
typedef struct wks_departures_batch {
    uint64_t key[WKS_SIEVE_ROWS];
    int32_t row[WKS_SIEVE_ROWS];
    int32_t n;
} batch;

static void look_at_latent(const pass *self, const batch *of)
{
    const wks_world *world = self->world;
    uint32_t first[WKS_SIEVE_ROWS], second[WKS_SIEVE_ROWS];
    uint32_t *const out[4] = {first, second, NULL, NULL};

    wks_rng_rows(&world->seed, of->key, of->n, (uint32_t)world->tick, WKS_RNG_DEPARTURE, out);
    for (int32_t k = 0; k < of->n; k++) {
        const int32_t i = of->row[k];
        self->flag[i] = (uint8_t)event_of_latent(world, self->p, i, wks_rng_unit(first[k]), wks_rng_unit(second[k]));
    }
}

/* Most have a contract of their own, came to stay, moved in earlier and did not draw leaving: nothing here concerns them. Marks the others, many rows
 * at a time. */
WKS_VECTOR static void mark_unsettled(const wks_household_table *household, int64_t first, int64_t n, int32_t month, uint8_t *restrict mark)
{
    const uint64_t *key = household->key + first;
    const int16_t *since = household->since_month + first;
    const uint8_t *place = household->place + first, *contract = household->temporary + first;
    const uint8_t *search = household->search + first, *came_as = household->came_as + first;
    uint8_t is_live[WKS_SIEVE_ROWS];

    for (int64_t k = 0; k < n; k++)
        is_live[k] = key[k] != 0;
    for (int64_t k = 0; k < n; k++)
        mark[k] = since[k] == month;
    for (int64_t k = 0; k < n; k++)
        mark[k] |= (place[k] != WKS_PLACE_HOUSED) | (contract[k] != WKS_CONTRACT_OWN) | (search[k] == WKS_SEARCH_LEAVE) |
                   (came_as[k] == WKS_CAME_AS_LABOUR) | (came_as[k] == WKS_CAME_AS_STATUSHOUDER);
    for (int64_t k = 0; k < n; k++)
        mark[k] &= is_live[k];
}

/* What is told without the draw of latent units; who else is one goes to those. */
static void look_at_one(const pass *self, int32_t i, batch *latent)
{
    const wks_world *world = self->world;

    if (world->household.search[i] == WKS_SEARCH_LEAVE || goes_on(world, self->p, i)) {
        self->flag[i] = WKS_DEPARTURES_DEPART;
    } else if (world->household.place[i] == WKS_PLACE_HOUSED) {
        self->flag[i] = (uint8_t)wks_departures_contract_event(world, self->p, i);
    } else if (world->household.place[i] != WKS_PLACE_COA) {
        latent->key[latent->n] = world->household.key[i];
        latent->row[latent->n++] = i;
    }
}

static void look_at_households(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    const wks_household_table *household = &self->world->household;
    const int32_t month = self->world->month;
    uint8_t mark[WKS_SIEVE_ROWS + WKS_MARKS_BEHIND];
    batch latent;

    (void)block;
    latent.n = 0;
    memset(&self->flag[begin], WKS_DEPARTURES_NONE, (size_t)(end - begin));
    for (int64_t first = begin; first < end; first += WKS_SIEVE_ROWS) {
        const int64_t n = end - first < WKS_SIEVE_ROWS ? end - first : WKS_SIEVE_ROWS;
        mark_unsettled(household, first, n, month, mark);
        memset(mark + n, 0, WKS_MARKS_BEHIND);
        for (int64_t k = wks_marks_next(mark, n, 0); k < n; k = wks_marks_next(mark, n, k + 1)) {
            look_at_one(self, (int32_t)(first + k), &latent);
            if (latent.n < WKS_SIEVE_ROWS) continue;
            look_at_latent(self, &latent);
            latent.n = 0;
        }
    }
    look_at_latent(self, &latent);
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
        if (item[k].kind != WKS_DEPARTURES_HOSTED && item[k].kind != WKS_DEPARTURES_STUDY_ENDS) continue;
        wks_rng rng = wks_rng_open(&world->seed, item[k].key, (uint32_t)world->tick, WKS_RNG_INSTITUTION);
        list[n++] = (guest){.point = wks_rng_u64(&rng), .row = item[k].row, .host = WKS_NONE};
    }
    wks_departures_hosts_find(world, flag, list, n);
    *out_n = n;
out:
    return rc;
}

/* Statushouders who leave the city soon after their first home: a result that is told. */
static wks_status depart(wks_world *world, int32_t i, wks_err *err)
{
    const wks_household_table *household = &world->household;

    if (household->came_as[i] == WKS_CAME_AS_STATUSHOUDER && household->place[i] != WKS_PLACE_COA &&
        world->month - household->region_month[i] < WKS_DEPARTURES_ONWARD_MONTHS)
        world->ledger.statushouders_left++;
    return wks_relations_depart(world, i, err);
}

static wks_status apply(wks_tick *tick, const double *p, const wks_tick_item *item, const guest *list, int32_t n_guests, wks_err *err)
{
    wks_world *world = tick->world;
    const int32_t i = item->row;

    if (world->household.key[i] != item->key) return WKS_OK; /* went along with somebody */
    switch ((wks_departures_event)item->kind) {
    case WKS_DEPARTURES_DEPART: return depart(world, i, err);
    case WKS_DEPARTURES_HOSTED:
        return wks_relations_change_place(world, i, WKS_PLACE_HOSTED, wks_departures_hosts_of(list, n_guests, i), err);
    case WKS_DEPARTURES_SHELTER: return wks_relations_change_place(world, i, WKS_PLACE_SHELTER, WKS_NONE, err);
    case WKS_DEPARTURES_WISH_LAPSES: {
        const int32_t host = world->household.host_row[i];
        if (host < 0) return WKS_OK;
        /* What a child at home earns does not count for the parents: relations leaves the host's income as it is. */
        return wks_relations_merge(world, i, host, err);
    }
    case WKS_DEPARTURES_STUDY_ENDS:
        return wks_relations_move_out(world, i, WKS_PLACE_HOSTED, wks_departures_hosts_of(list, n_guests, i), err);
    case WKS_DEPARTURES_CARE_BEGINS:
    case WKS_DEPARTURES_CARE_OWN:
    case WKS_DEPARTURES_CARE_ENDS: return wks_departures_contract_apply(world, p, (wks_departures_event)item->kind, i, err);
    case WKS_DEPARTURES_NONE: break;
    }
    return WKS_OK;
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
    pass self = {world, settings->value, flag};
    wks_par_for(n, 0, world->threads, look_at_households, &self);
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, flag, world->household.key, n, &item, &n_items, err));
    WKS_TRY(draw_hosts(tick, flag, item, n_items, &list, &n_guests, err));
    for (int32_t k = 0; k < n_items; k++)
        WKS_TRY(apply(tick, settings->value, &item[k], list, n_guests, err));
out:
    return rc;
}

static const wks_process process = {run, NULL};
const wks_spec wks_departures_spec = {
    "departures", "process", "who drew leaving goes; unhoused people move on; wishes lapse; campus contracts end",
    "",           params,    WKS_DEPARTURES_N_PARAMS,
    &process};
