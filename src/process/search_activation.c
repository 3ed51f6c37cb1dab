#include "process/search_activation.h"

#include <string.h>

#include "base/month.h"
#include "num/math.h"
#include "process/search_odds.h"
#include "process/search_urgency.h"
#include "process/search_where.h"
#include "process/sieve.h"

/* Of searching households with a home at tick 0: what the process settles at. */
static const double HOUSED_PRESSED = 0.35;

wks_urge wks_search_activation_first_urge(const wks_search_pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    double pressed = 1;

    switch ((wks_place)household->place[i]) {
    case WKS_PLACE_AT_PARENTS: pressed = 0; break;
    case WKS_PLACE_OUTSIDE: pressed = self->p[WKS_SEARCH_P_OUTSIDE_PRESSED]; break;
    case WKS_PLACE_HOUSED: pressed = HOUSED_PRESSED; break;
    case WKS_PLACE_EX_PARTNER:
    case WKS_PLACE_HOSTED:
    case WKS_PLACE_SHELTER:
    case WKS_PLACE_COA:
    case WKS_N_PLACES: break;
    }
    if (pressed >= 1) return WKS_URGE_PRESSED;
    const double u = wks_rng_once(&self->world->seed, household->key[i], (uint32_t)self->world->tick, WKS_RNG_SEARCH_ACTIVATE);
    return u < pressed ? WKS_URGE_PRESSED : WKS_URGE_ORIENTED;
}

static void begin(wks_world *world, int32_t i)
{
    world->household.search_month[i] = wks_month_cell(world->month);
    world->household.n_reactions[i] = 0;
    world->household.n_refusals[i] = 0;
}

/* What follows from the draw; true when the household looks for a home this month. */
static bool draw(const wks_search_pass *self, int32_t i, const wks_search_odds *of, double u)
{
    wks_world *world = self->world;
    wks_household_table *household = &world->household;
    const bool searching = household->search_month[i] != WKS_NO_MONTH;
    double edge = of->leave;

    household->search[i] = WKS_SEARCH_STAY;
    if (u < edge) {
        household->search[i] = WKS_SEARCH_LEAVE;
        return false;
    }
    if (u < (edge += of->stop)) {
        household->search_month[i] = WKS_NO_MONTH;
        household->urge[i] = WKS_URGE_NONE;
        return false;
    }
    if (u < (edge += of->calm)) {
        household->urge[i] = WKS_URGE_ORIENTED;
    } else if (u < (edge += of->press)) {
        household->urge[i] = WKS_URGE_PRESSED;
    } else if (u < edge + of->orient) {
        household->urge[i] =
            household->place[i] == WKS_PLACE_OUTSIDE ? (uint8_t)wks_search_activation_first_urge(self, i) : WKS_URGE_ORIENTED;
    } else if (!searching) {
        return false;
    }
    if (!searching) begin(world, i);
    return true;
}

/* Who has a home and only looks around does so in the queue; of who looks in earnest, those on the market too who would have begun if there were
 * no queue (`pressed_social` raises beginning for the queue's sake). One draw a search: search_month is no tick, so that no draw is used twice. */
static bool looks_on_market(const wks_search_pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;

    if (wks_search_where_must_go(household, i)) return true;
    if (household->urge[i] != WKS_URGE_PRESSED) return false;
    return wks_rng_once(&self->world->seed, household->key[i], (uint32_t)household->search_month[i], WKS_RNG_SEARCH_ACTIVATE) *
               self->p[WKS_SEARCH_P_PRESSED_SOCIAL] <
           1;
}

static int32_t age_of(const wks_world *world, int32_t i)
{
    const int32_t years = wks_month_age(world->household.head_birth_month[i], world->month);

    return years < WKS_SEARCH_ADULT ? WKS_SEARCH_ADULT : years < WKS_SEARCH_OLDEST ? years : WKS_SEARCH_OLDEST;
}

/* Where it looks for the rest of the month. */
static void look(const wks_search_pass *self, int32_t i, wks_search where)
{
    wks_household_table *household = &self->world->household;
    const bool only_social = where == WKS_SEARCH_BOTH && household->place[i] == WKS_PLACE_HOUSED && !looks_on_market(self, i);

    household->search[i] = (uint8_t)(only_social ? WKS_SEARCH_SOCIAL : where);
    /* Who wants a social home and is in no system yet registers at once. */
    if (where != WKS_SEARCH_MARKET && household->registered_month[i] == WKS_NO_MONTH &&
        (household->place[i] != WKS_PLACE_COA || self->is_ban))
        self->flag[i] = 1;
}

/* One draw of one household between leaving, stopping, starting and changing intensity. */
static void decide(const wks_search_pass *self, int32_t i, uint64_t bits)
{
    wks_household_table *household = &self->world->household;
    const int32_t age = age_of(self->world, i);
    wks_search_odds of;

    if (wks_search_urgency_concerns(household, i)) wks_search_urgency_decide(self, i);
    if (household->search_month[i] == WKS_NO_MONTH) {
        household->urge[i] = WKS_URGE_NONE;
    } else if (household->urge[i] == WKS_URGE_NONE) {
        household->urge[i] = (uint8_t)wks_search_activation_first_urge(self, i);
    }
    if (wks_search_odds_spare(self, i, age, bits)) {
        household->search[i] = WKS_SEARCH_STAY;
        if (household->search_month[i] != WKS_NO_MONTH) look(self, i, wks_search_where_of(self, i));
        return;
    }
    const wks_search where = wks_search_where_of(self, i);
    wks_search_odds_of(self, i, age, where, &of);
    if (draw(self, i, &of, wks_rng_unit64(bits))) look(self, i, where);
}

void wks_search_activation_decide(const wks_search_pass *self, int32_t begin, int32_t end)
{
    const wks_world *world = self->world;
    uint32_t low[WKS_SIEVE_ROWS], high[WKS_SIEVE_ROWS];
    uint32_t *const word[4] = {low, high, NULL, NULL};

    memset(&self->flag[begin], 0, (size_t)(end - begin));
    for (int32_t first = begin; first < end; first += WKS_SIEVE_ROWS) {
        const int32_t n = end - first < WKS_SIEVE_ROWS ? end - first : WKS_SIEVE_ROWS;
        wks_rng_rows(&world->seed, &world->household.key[first], n, (uint32_t)world->tick, WKS_RNG_SEARCH, word);
        for (int32_t k = 0; k < n; k++) {
            if (world->household.key[first + k] != 0) decide(self, first + k, (uint64_t)high[k] << 32 | low[k]);
        }
    }
}

/* Leaves as the exchange of tick 0 wants it: the level of each type and age of household that makes its hazards at the start add up to that. */
void wks_search_activation_balance(wks_search_pass *self)
{
    enum { UNITS = 1 << 24 };
    wks_world *world = self->world;
    wks_balance *balance = &world->balance;
    int64_t sum[WKS_N_HOUSEHOLD_TYPES][WKS_BALANCE_BANDS] = {{0}};
    wks_search_odds of;

    memset(balance->leave, 0, sizeof balance->leave);
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (world->household.key[i] == 0 || world->household.place[i] != WKS_PLACE_HOUSED) continue;
        const int32_t age = age_of(world, i);
        wks_search_odds_of(self, i, age, WKS_SEARCH_MARKET, &of);
        sum[wks_household_type_of(&world->household, i)][wks_balance_band(age)] += (int64_t)(UNITS * of.leave);
    }
    for (int32_t type = 0; type < WKS_N_HOUSEHOLD_TYPES; type++) {
        for (int32_t band = 0; band < WKS_BALANCE_BANDS; band++) {
            if (sum[type][band] > 0)
                balance->leave[type][band] = wks_math_clamp(
                    balance->out[type][band] * self->p[WKS_SEARCH_P_LEAVE] * UNITS / (12 * (double)sum[type][band]), 0.001, 40);
        }
    }
}
