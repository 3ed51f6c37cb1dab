#include "process/arrivals_region.h"

#include "base/text.h"
#include "num/draw.h"
#include "process/arrivals_balance.h"
#include "process/arrivals_came.h"
#include "process/tick_list.h"
#include "world/pace.h"
#include "world/relations.h"

enum { CELLS = WKS_N_HOUSEHOLD_TYPES * WKS_BALANCE_BANDS, FEW_MORE = 12 * 18 };

typedef enum wks_arrivals_region_kind { SOCIAL, MARKET } kind;

static uint64_t stream_of(kind what)
{
    return wks_text_hash(what == SOCIAL ? "arrivals/region" : "arrivals/market");
}

/* Seekers of a household of the oldest's age who find a home here, relative to all: fitted on modelstad to the inflow that came (years 3 to 10), the
 * same for every city. More of those who seldom find one look, fewer of those who do. */
static const double FINDS[WKS_BALANCE_BANDS] = {0.5, 1, 0.5, 0.9, 1.05, 1.05, 1.3, 1.5, 1.2, 1.55, 1.45, 1.3, 1.05, 1.6, 1.1};

/* What is the same for all who come in a month: the cells to draw from, added up, and how long who comes from elsewhere has been registered. */
typedef struct wks_arrivals_region_source {
    kind what;
    double weight[CELLS], until[CELLS]; /* of a cell; of the cells up to and with it */
    double outside_months;
} source;

static source source_of(const wks_world *world, const wks_settings *settings, kind what)
{
    const wks_balance *balance = &world->balance;
    const int32_t *n[2] = {&balance->n_donors[0][0][0], &balance->n_donors[1][0][0]};
    source of = {.what = what,
                 .outside_months = wks_pace_of(world->inschrijfduur_years).outside * settings->value[WKS_ARRIVALS_P_WAIT_OUTSIDE]};
    double sum = 0;

    for (int32_t c = 0; c < CELLS; c++) {
        of.weight[c] = n[what][c] > 0 || n[1 - what][c] > 0 ? (&balance->in[0][0])[c] / FINDS[c % WKS_BALANCE_BANDS] : 0;
        of.until[c] = sum += of.weight[c];
    }
    return of;
}

/* A cell by the inflow wanted, and an example of it with the tenure wanted, else another. NULL when nobody comes. */
static const wks_balance_donor *draw_donor(const wks_world *world, const source *of, wks_rng *rng)
{
    const wks_balance *balance = &world->balance;
    const double u = wks_rng_u01(rng), sum = of->until[CELLS - 1];
    int32_t cell = 0;

    if (!(sum > 0)) return NULL;
    while (cell < CELLS - 1 && of->until[cell] < u * sum)
        cell++;
    while (cell > 0 && !(of->weight[cell] > 0))
        cell--;
    const int32_t type = cell / WKS_BALANCE_BANDS, band = cell % WKS_BALANCE_BANDS;
    const int32_t from = balance->n_donors[of->what][type][band] > 0 ? (int32_t)of->what : 1 - (int32_t)of->what;
    const int32_t n = balance->n_donors[from][type][band];
    return n > 0 ? &balance->donor[from][type][band][wks_rng_below(rng, (uint32_t)n)] : NULL;
}

static wks_status add_members(wks_world *world, uint64_t key, int32_t row, const wks_balance_donor *like, wks_rng *rng, wks_err *err)
{
    wks_status rc = WKS_OK;
    const uint32_t tick = (uint32_t)world->tick;
    const uint32_t head_sex = wks_rng_below(rng, 2);
    int32_t person = WKS_NONE;

    for (int32_t i = 0; i < like->n_members; i++) {
        const uint32_t months = wks_rng_below(rng, 12);
        const uint32_t sex = wks_rng_below(rng, 2);
        const wks_role role = (wks_role)like->role[i];
        const uint32_t own = role == WKS_ROLE_HEAD ? head_sex : role == WKS_ROLE_PARTNER ? 1 - head_sex : sex;
        WKS_TRY(wks_relations_person_add(world, wks_rng_child_key(key, tick, WKS_RNG_ARRIVAL_PROFILE, (uint32_t)i), row, (wks_sex)own, role,
                                         (wks_origin)like->origin, world->month - 12 * like->age[i] - (int32_t)months, &person, err));
        world->ledger.persons_arrived++;
    }
out:
    return rc;
}

static int32_t adults_of(const wks_balance_donor *like)
{
    int32_t n = 0;
    for (int32_t i = 0; i < like->n_members; i++)
        n += like->role[i] != WKS_ROLE_CHILD;
    return n;
}

/* `earlier`: months since the household began to look here. */
static wks_status arrive(wks_tick *tick, const wks_settings *settings, const source *of, int32_t number, double earlier, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const uint64_t key = wks_rng_child_key(stream_of(of->what), (uint32_t)world->tick, WKS_RNG_ARRIVAL, (uint32_t)number);
    wks_rng rng = wks_rng_open(&world->seed, key, (uint32_t)world->tick, WKS_RNG_ARRIVAL_PROFILE);
    const wks_balance_donor *like = draw_donor(world, of, &rng);
    const double u_trait = wks_rng_u01(&rng);
    const double waited = wks_draw_exponential(&rng, 1);
    const double looked = wks_draw_exponential(&rng, 1);
    int32_t row = WKS_NONE;

    if (like == NULL) return WKS_OK;
    WKS_TRY(wks_relations_household_add(world, key, WKS_PLACE_OUTSIDE, WKS_NONE, &row, err));
    world->household.came_from[row] =
        (uint8_t)wks_arrivals_came_from(key, true, false, like->age[0], adults_of(like), settings->value[WKS_ARRIVALS_P_LEAVES_HOME]);
    WKS_TRY(add_members(world, key, row, like, &rng, err));
    wks_household_table *household = &world->household;
    const int32_t since = (int32_t)(earlier * looked);
    household->income_eur[row] = (float)((double)like->income_eur * world->income_growth);
    /* Who sells a home elsewhere has what homes gained, others what incomes did. */
    household->equity_eur[row] = (float)((double)like->equity_eur * (like->is_owner ? world->price_level : world->income_growth));
    household->income_source[row] = like->source;
    household->is_distant[row] = like->is_distant;
    household->came_as[row] = WKS_CAME_AS_REGION;
    /* 5 % with lvb among who comes: assumption. */
    household->vulnerability[row] = u_trait < 0.05 ? WKS_VULNERABLE_LVB : 0;
    household->search_month[row] = wks_month_cell(world->month - since);
    if (of->what == SOCIAL) {
        /* Registered in the region already; cannot be longer than since the 18th birthday. */
        const int32_t most = 12 * (like->age[0] - 18), wanted = (int32_t)(of->outside_months * waited) + since;
        WKS_TRY(wks_relations_register(world, household->first_person_row[row], world->month - (wanted < most ? wanted : most), err));
    }
    world->ledger.households_arrived++;
out:
    return rc;
}

static int32_t looking_on_the_market(const wks_world *world)
{
    const wks_household_table *household = &world->household;
    const int32_t n_rows = household->base.n_rows;
    int32_t n = 0;

    for (int32_t i = 0; (i = wks_tick_list_next_of(household->place, WKS_PLACE_OUTSIDE, i, n_rows)) < n_rows; i++)
        n += household->key[i] != 0 && household->registered_month[i] == WKS_NO_MONTH && !household->is_student[i];
    return n;
}

static int32_t wanted_on_the_market(const wks_world *world, const wks_settings *settings)
{
    return (int32_t)(settings->value[WKS_ARRIVALS_P_POOL] * wks_arrivals_balance_total(world) / 12 + 0.5);
}

static wks_status arrive_many(wks_tick *tick, const wks_settings *settings, kind what, int32_t n, double earlier, wks_err *err)
{
    wks_status rc = WKS_OK;
    const source of = source_of(tick->world, settings, what);
    for (int32_t i = 0; i < n; i++)
        WKS_TRY(arrive(tick, settings, &of, i, earlier, err));
out:
    return rc;
}

wks_status wks_arrivals_region_start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    wks_world *world = tick->world;
    const double stay = p[WKS_ARRIVALS_P_STAY_OUTSIDE];
    const double social = p[WKS_ARRIVALS_P_REGION] * p[WKS_ARRIVALS_P_SOCIAL_SHARE] * (double)world->start_households / 12 * stay;

    wks_arrivals_balance_start(tick, settings);
    WKS_TRY(arrive_many(tick, settings, SOCIAL, (int32_t)(social + 0.5), stay, err));
    if (p[WKS_ARRIVALS_P_REGION] > 0)
        WKS_TRY(arrive_many(tick, settings, MARKET, wanted_on_the_market(world, settings), p[WKS_ARRIVALS_P_POOL], err));
    wks_world_clear_flows(world);
out:
    return rc;
}

wks_status wks_arrivals_region_run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    const wks_world *world = tick->world;
    const double social = p[WKS_ARRIVALS_P_REGION] * p[WKS_ARRIVALS_P_SOCIAL_SHARE] * (double)world->start_households / 12;
    wks_rng rng = wks_rng_open(&world->seed, stream_of(SOCIAL), (uint32_t)world->tick, WKS_RNG_ARRIVAL);
    const int32_t n_social = social > 0 ? (int32_t)wks_draw_poisson(&rng, social) : 0;
    const int32_t missing = p[WKS_ARRIVALS_P_REGION] > 0 ? wanted_on_the_market(world, settings) - looking_on_the_market(world) : 0;

    WKS_TRY(arrive_many(tick, settings, SOCIAL, n_social, 0, err));
    WKS_TRY(arrive_many(tick, settings, MARKET, missing, 0, err));
out:
    return rc;
}
