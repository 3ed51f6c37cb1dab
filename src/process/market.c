#include "process/market.h"

#include <string.h>

#include "base/par.h"
#include "process/buffer_slots.h"
#include "process/market_bid.h"
#include "process/market_buurt.h"
#include "process/market_look.h"
#include "process/market_means.h"
#include "process/market_price.h"

static const wks_param params[WKS_MARKET_N_PARAMS] = {
    [WKS_MARKET_P_FIRST] =
        {"first", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption: a switch to test whether order matters",
         "share of months, drawn, in which the market comes before allocation; who was housed in the one is out of the other"},
    [WKS_MARKET_P_LOOK] = {"look", WKS_PARAM_REAL, "1/mo", 0.5, 0, 1, NULL, false, "assumption",
                           "chance that a seeker looks at the market in a month"},
    [WKS_MARKET_P_SAMPLE] = {"sample", WKS_PARAM_INT, "dwellings", 5, 1, 64, NULL, false, "assumption",
                             "vacancies of each kind that a household looks at in a round"},
    [WKS_MARKET_P_ROUNDS] = {"rounds", WKS_PARAM_INT, "1/mo", 2, 1, 8, NULL, false, "assumption",
                             "times a month that seekers choose among what is left"},
    [WKS_MARKET_P_ELSEWHERE] = {"elsewhere", WKS_PARAM_REAL, "share", 0.4, 0, 1, NULL, false,
                                "assumption: four in ten who move go to another gemeente",
                                "searches that look anywhere in the country, in a folder with regio = gemeente; without it not used"},
    [WKS_MARKET_P_LOAN] = {"loan_factor", WKS_PARAM_REAL, "-", 1, 0, 3, NULL, false,
                           "assumption: banks lend to the norm of the year (docs/law.md)",
                           "largest mortgage over that of the year's norm for the income; 0: no mortgages"},
    [WKS_MARKET_P_INTEREST] = {"interest", WKS_PARAM_REAL, "1/yr", 0.04, 0, 0.2, NULL, false, "assumption, near ten years fixed in 2024-25",
                               "mortgage interest; a path by timeline events"},
    [WKS_MARKET_P_RELIEF] = {"interest_relief", WKS_PARAM_REAL, "share", 0.30, 0, 0.6, NULL, false,
                             "assumption: hypotheekrenteaftrek less eigenwoningforfait", "part of the interest that the tax gives back"},
    [WKS_MARKET_P_UPKEEP] = {"upkeep", WKS_PARAM_REAL, "1/yr", 0.01, 0, 0.1, NULL, false, "assumption",
                             "yearly maintenance, insurance and local taxes of owners over the price"},
    [WKS_MARKET_P_FEES] = {"buyer_fees", WKS_PARAM_REAL, "share", 0.02, 0, 0.2, NULL, false,
                           "assumption: notary, adviser, valuation, estate agent",
                           "kosten koper beside transfer tax, over the price; not to be borrowed"},
    [WKS_MARKET_P_RENT_SHARE] = {"rent_share", WKS_PARAM_REAL, "share", 0.40, 0.1, 1, NULL, false,
                                 "assumption: landlords ask an income of about 2.5 to 3.5 rents",
                                 "largest rent over income that private landlords accept"},
    [WKS_MARKET_P_ROOM_SHARE] = {"room_share", WKS_PARAM_REAL, "share", 0.60, 0.1, 1, NULL, false, "assumption", "the same for rooms"},
    [WKS_MARKET_P_STUDENT_LOAN] = {"student_loan", WKS_PARAM_REAL, "EUR/yr", 6000, 0, 20000, NULL, false, "assumption",
                                   "loan or help from parents that landlords count beside a student's income"},
    [WKS_MARKET_P_BY_INCOME] = {"landlord_income", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false, "assumption",
                                "vacancies for rent that go to the highest income among who wants them; the others go by lot"},
    [WKS_MARKET_P_BID_SD] = {"bid_sd", WKS_PARAM_REAL, "share", 0.05, 0, 0.5, NULL, false, "assumption",
                             "spread of what buyers bid around the asking price, within means and willingness"},
    [WKS_MARKET_P_RESERVE] = {"reserve", WKS_PARAM_REAL, "share", 0.95, 0.1, 1, NULL, false, "assumption",
                              "least price that a seller takes, over the asking price"},
    [WKS_MARKET_P_PRICE_FALL] = {"price_fall", WKS_PARAM_REAL, "1/mo", 0.02, 0, 0.5, NULL, false, "assumption",
                                 "fall of the asking price for each month that a home is for sale"},
    [WKS_MARKET_P_PRICE_FLOOR] = {"price_floor", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false, "assumption",
                                  "lowest asking price over the first"},
    [WKS_MARKET_P_RENT_FALL] = {"rent_fall", WKS_PARAM_REAL, "1/mo", 0.02, 0, 0.5, NULL, false, "assumption",
                                "fall of the asked private rent for each month that a unit is vacant"},
    [WKS_MARKET_P_RENT_FLOOR] = {"rent_floor", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false, "assumption",
                                 "lowest asked rent over the first"},
    [WKS_MARKET_P_REGULATED] = {"regulated", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, "Wet betaalbare huur, from 1-7-2024",
                                "new private contracts up to the points of middenhuur keep to the rent of the WWS; false: nobody does"},
    [WKS_MARKET_P_B_COST] = {"b_cost", WKS_PARAM_REAL, "utility", -4, -50, 0, NULL, false, "assumption",
                             "net yearly cost over income: rent after huurtoeslag; payments after tax relief and upkeep of owners"},
    [WKS_MARKET_P_B_SIZE] = {"b_size", WKS_PARAM_REAL, "utility", 0.5, 0, 10, NULL, false, "assumption", "a room more, up to persons + 2"},
    [WKS_MARKET_P_B_HOUSE] = {"b_house", WKS_PARAM_REAL, "utility", 0.5, -10, 10, NULL, false, "assumption",
                              "a house rather than an apartment, for households with children"},
    [WKS_MARKET_P_B_DISTANCE] = {"b_distance", WKS_PARAM_REAL, "utility/km", -0.15, -5, 0, NULL, false, "assumption",
                                 "distance to the present home in the city"},
    [WKS_MARKET_P_B_KIN] = {"b_kin", WKS_PARAM_REAL, "utility", 0.7, 0, 10, NULL, false, "assumption: living near family [S115]",
                            "in the buurt of close kin; less further away (kin_km)"},
    [WKS_MARKET_P_KIN_KM] = {"kin_km", WKS_PARAM_REAL, "km", 1, 0.01, 100, NULL, false, "assumption",
                             "distance to the middle of the kin's buurt at which half of b_kin is left"},
    [WKS_MARKET_P_B_LEEFBAARHEID] = {"b_leefbaarheid", WKS_PARAM_REAL, "utility", 0.4, 0, 10, NULL, false, "assumption",
                                     "leefbaarheid, per 0.14 Leefbaarometer units"},
    [WKS_MARKET_P_B_CONTACTS] = {"b_contacts", WKS_PARAM_REAL, "utility", 0, 0, 2, NULL, false, "assumption: buyers do not know; 0 to 0.2",
                                 "a doubling of light contacts in the buurt since the start"},
    [WKS_MARKET_P_B_SCHOOL] =
        {"b_school", WKS_PARAM_REAL, "utility", 1, 0, 10, NULL, false, "assumption: a small effect; 0 to 2",
         "families with middle incomes: for each unit by which school programmes lower their leaving (factor 0.8: 0.2)"},
    [WKS_MARKET_P_B_STIGMA] = {"b_stigma", WKS_PARAM_REAL, "utility", 0.1, 0, 1, NULL, false, "assumption; 0: it does not count",
                               "lost where the stigma of a designation is 1"},
    [WKS_MARKET_P_B_OWN_GROUP] =
        {"b_own_group", WKS_PARAM_REAL, "utility", 0, -10, 10, NULL, false,
         "assumption: [S82] finds that own-group share matters, its coefficients were not readable",
         "share of households of the own origin in the buurt; 0: origin does not count. A preference, never a rule"},
    [WKS_MARKET_P_B_INCOME] = {"b_income", WKS_PARAM_REAL, "utility", -0.3, -10, 0, NULL, false, "assumption",
                               "difference between the own income and the mean of the buurt, in logarithms"},
    [WKS_MARKET_P_B_OWNER] = {"b_owner", WKS_PARAM_REAL, "utility", 1.0, -10, 10, NULL, false, "assumption",
                              "owning rather than renting, 30 to 64 years"},
    [WKS_MARKET_P_B_OWNER_YOUNG] = {"b_owner_young", WKS_PARAM_REAL, "utility", -0.3, -10, 10, NULL, false, "assumption",
                                    "added to b_owner below 30 years"},
    [WKS_MARKET_P_B_OWNER_OLD] = {"b_owner_old", WKS_PARAM_REAL, "utility", -0.5, -10, 10, NULL, false, "assumption",
                                  "added to b_owner from 65 years"},
    [WKS_MARKET_P_STAY] = {"stay", WKS_PARAM_REAL, "utility", 1.0, -20, 20, NULL, false, "assumption",
                           "waiting another month, for who has a home"},
    [WKS_MARKET_P_STAY_LATENT] = {"stay_latent", WKS_PARAM_REAL, "utility", -2.0, -20, 20, NULL, false, "assumption",
                                  "waiting another month, for who has none"},
    [WKS_MARKET_P_PRICE_INDEX] = {"price_index", WKS_PARAM_REAL, "1/yr", 0.025, -0.5, 0.5, NULL, false, "assumption, equal to income_index",
                                  "growth of the city price level each January: the scenario's path, by timeline events"},
    [WKS_MARKET_P_PRICE_SPEED] = {"price_speed", WKS_PARAM_REAL, "1/mo", 0.003, 0, 0.1, NULL, false, "assumption",
                                  "relative buurt price per log of applications over vacancies, against that of the city"},
    [WKS_MARKET_P_PRICE_LEEFBAARHEID] = {"price_leefbaarheid", WKS_PARAM_REAL, "-", 0.05, 0, 1, NULL, false, "assumption",
                                         "relative price, in the long run, per 0.14 Leefbaarometer units since the start"},
    [WKS_MARKET_P_PRICE_STIGMA] =
        {"price_stigma", WKS_PARAM_REAL, "-", 0.04, 0, 0.10, NULL, false,
         "owner prices in buurten designated by the Rotterdam Act were 3 to 5 % lower [S30]: an imposed sign and size",
         "fall of a relative price (logarithm), in the long run, where the stigma of a designation is 1"},
    [WKS_MARKET_P_PRICE_RETURN] =
        {"price_return", WKS_PARAM_REAL, "1/mo", 0.02, 0, 1, NULL, false,
         "assumption: half of a deviation is gone in three years without excess demand",
         "return of the logarithm of a relative price to what leefbaarheid and stigma tell: a lasting excess moves it by "
         "price_speed / price_return times the excess, no further"},
    [WKS_MARKET_P_PRICE_RANGE] = {"price_range", WKS_PARAM_REAL, "-", 0.25, 0, 1, NULL, false, "assumption",
                                  "largest deviation of a relative buurt price from 1"},
};

static void choose_all(int64_t begin, int64_t end, int64_t block, void *context)
{
    (void)block;
    wks_market_look_around(context, (int32_t)begin, (int32_t)end);
}

/* Who looks for a home on the market, and does so this month: of each block from its own first row on. */
typedef struct wks_market_listing {
    const wks_world *world;
    double look;
    int32_t *seeker, *n; /* rows; how many of each block */
} listing;

static void list_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    enum { AT_ONCE = 256 };
    const listing *self = context;
    const wks_household_table *household = &self->world->household;
    uint64_t key[AT_ONCE];
    uint32_t low[AT_ONCE], high[AT_ONCE];
    uint32_t *const word[4] = {low, high, NULL, NULL};
    int32_t row[AT_ONCE], *out = &self->seeker[begin], n = 0;

    for (int64_t i = begin; i < end;) {
        int32_t n_here = 0;
        for (; i < end && n_here < AT_ONCE; i++) {
            if (household->search[i] != WKS_SEARCH_MARKET && household->search[i] != WKS_SEARCH_BOTH) continue;
            key[n_here] = household->key[i];
            row[n_here] = (int32_t)i;
            n_here += key[n_here] != 0;
        }
        wks_rng_rows(&self->world->seed, key, n_here, (uint32_t)self->world->tick, WKS_RNG_MARKET_LOOK, word);
        for (int32_t k = 0; k < n_here; k++) {
            if (wks_rng_unit64((uint64_t)high[k] << 32 | low[k]) < self->look) out[n++] = row[k];
        }
    }
    self->n[block] = n;
}

/* In the order of rows, whatever the number of threads. */
static int32_t list_seekers(const wks_world *world, double look, int32_t *out)
{
    enum { MOST_BLOCKS = 64 };
    const int64_t n_rows = world->household.base.n_rows, size = wks_par_block_size(n_rows, WKS_PAR_BLOCK),
                  n_blocks = wks_par_blocks(n_rows, size);
    int32_t of_block[MOST_BLOCKS], n = 0;
    listing self = {world, look, out, of_block};

    WKS_BUG_IF(n_blocks > MOST_BLOCKS);
    wks_par_for(n_rows, size, world->threads, list_block, &self);
    for (int64_t b = 0; b < n_blocks; b++) {
        memmove(&out[n], &out[b * size], (size_t)of_block[b] * sizeof *out);
        n += of_block[b];
    }
    return n;
}

/* Everybody chooses among what is left, then every vacancy goes to one. Who rather waits waits; who lost may try again: *n seekers are left. */
static wks_status play_round(wks_market_pass *pass, wks_tick *tick, int32_t *seeker, int32_t *n, int32_t *applications, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_market_choice *item = wks_tick_buffer(tick, WKS_SLOT_CHOICES, (size_t)*n, sizeof *item);

    if (item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d choices", *n);
    pass->seeker = seeker;
    pass->choice = item;
    wks_par_for(*n, 256, tick->world->threads, choose_all, pass);
    WKS_TRY(wks_market_bid_settle(pass, tick, item, *n, applications, seeker, n, err));
out:
    return rc;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    wks_world *world = tick->world;
    const int32_t n_buurten = world->buurt.base.n_rows;
    double *next = wks_tick_buffer(tick, WKS_SLOT_BUURT_D, (size_t)n_buurten, sizeof *next);
    int32_t *applications = wks_tick_buffer(tick, WKS_SLOT_BUURT_B, (size_t)n_buurten, sizeof *applications);
    int32_t *vacancies = wks_tick_buffer(tick, WKS_SLOT_BUURT_C, (size_t)n_buurten, sizeof *vacancies);
    wks_market_ring ring[WKS_MARKET_KINDS];
    wks_market_area *area = NULL;
    wks_permit permit;
    wks_region_map region = {.elsewhere = p[WKS_MARKET_P_ELSEWHERE]};

    region.until = wks_tick_buffer(tick, WKS_SLOT_REGION_HOMES, (size_t)n_buurten, sizeof *region.until);
    if (region.until == NULL || next == NULL || applications == NULL || vacancies == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the market");
    for (int32_t b = 0; b < n_buurten; b++)
        applications[b] = vacancies[b] = 0;
    wks_market_price_level(world, p[WKS_MARKET_P_PRICE_INDEX]);
    wks_permit_open(tick->scenario, world, &tick->law, &permit);
    WKS_TRY(wks_market_buurt_areas(tick, p, &area, err));
    WKS_TRY(wks_market_vacancy_rings(tick, p, ring, vacancies, err));
    int32_t *seeker = wks_tick_buffer(tick, WKS_SLOT_SEEKERS, (size_t)world->household.base.n_rows, sizeof *seeker);
    if (seeker == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for seekers on the market");
    wks_market_pass pass = {.world = world,
                            .p = p,
                            .norms = wks_market_means_norms(&tick->law, p),
                            .ring = ring,
                            .area = area,
                            .region = &region,
                            .permit = &permit};
    wks_region_map_fill(world, &region);
    wks_market_look_bounds(&pass);
    int32_t n = list_seekers(world, p[WKS_MARKET_P_LOOK], seeker);
    for (pass.round = 0; pass.round < (int32_t)p[WKS_MARKET_P_ROUNDS] && n > 0; pass.round++) {
        if (pass.round > 0) wks_market_vacancy_renew(world, ring);
        WKS_TRY(play_round(&pass, tick, seeker, &n, applications, err));
    }
    wks_market_price_move(world, p, applications, vacancies, next);
out:
    return rc;
}

static const wks_process process = {run, NULL};
const wks_spec wks_market_spec = {"market",
                                  "process",
                                  "owner-occupied and privately let homes: random-utility choice among sampled affordable vacancies, bids "
                                  "and reserve prices, price level and relative prices",
                                  "",
                                  params,
                                  WKS_MARKET_N_PARAMS,
                                  &process};
