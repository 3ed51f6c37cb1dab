/* Small random worlds and rule sets for the tests of the round: a world is text (support/fixture_world.h) made by keyed draws, so that the same case can be
 * made again with its rows in another order. */
#ifndef WKS_TESTS_RULES_ROUND_CASE_H
#define WKS_TESTS_RULES_ROUND_CASE_H

#include "base/text.h"
#include "num/draw.h"
#include "rules/registry.h"
#include "rules/round.h"
#include "scenario/read.h"
#include "support/check.h"
#include "support/fixture_world.h"

enum { CASE_BUURTEN = 4, CASE_LINES = 3000 };

/* A scenario with these rules, read with all rule parts and no processes. False with problems when it has errors. */
static inline bool case_read(wks_scenario *out, const char *rules, wks_problems *problems)
{
    static const wks_catalogue catalogue_of_parts = {0};
    static wks_catalogue catalogue; /* the scenario keeps a pointer to it */
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT;

    catalogue = catalogue_of_parts;
    catalogue.part = wks_registry_parts;
    catalogue.n_parts = wks_registry_n_parts;
    wks_text_addf(&text,
                  "name = \"case\"; start = \"2025-01\"; ticks = 12;\n"
                  "groups = ( { name = \"verwezen\"; where = \"referral != none\"; use = [ \"rule\", \"measure\" ]; },\n"
                  "  { name = \"arm\"; where = \"income_eur < 22000\"; use = [ \"rule\" ]; },\n"
                  "  { name = \"jong\"; where = \"age_years < 28\"; use = [ \"rule\" ]; },\n"
                  "  { name = \"ieder\"; where = \"n_persons > 0\"; use = [ \"rule\" ]; } );\n"
                  "rules = ( { name = \"regio\"; %s } );\n",
                  rules);
    const wks_status rc = wks_read_scenario_text("case.cfg", text.data, text.length, &options, &catalogue, out, problems, &err);
    wks_text_free(&text);
    return rc == WKS_OK;
}

/* The same; fails the test when it has errors. */
static inline void case_scenario(wks_scenario *out, const char *rules)
{
    wks_problems problems = WKS_PROBLEMS_INIT;

    if (!case_read(out, rules, &problems)) {
        wks_text lines = WKS_TEXT_INIT;
        wks_problems_print(&problems, &lines);
        fail_msg("%s", lines.data == NULL ? "no memory" : lines.data);
    }
    wks_problems_free(&problems);
}

#define CASE_FILTERS                                                                                                             \
    "filters = ( { part = \"registered\"; }, { part = \"income_limit\"; free_share = 0.3; }, { part = \"passend\"; }, { part = " \
    "\"occupancy\"; }, "                                                                                                         \
    "{ part = \"age_label\"; } );"

/* Complete rule sets: what the tests of the round go through. */
static const char *const case_rules[] = {
    "channels = ( { part = \"advertised\"; } );" CASE_FILTERS "order = ( { part = \"urgency\"; }, { part = \"inschrijfduur\"; } );",
    "channels = ( { part = \"advertised\"; } );" CASE_FILTERS "order = ( { part = \"urgency\"; }, { part = \"lot\"; } );",
    "channels = ( { part = \"direct\"; share = 0.3; }, { part = \"advertised\"; share = 0.5; }, { part = \"advertised\"; name = "
    "\"loting\"; share = 0.2; order = "
    "\"lot\"; } );" CASE_FILTERS "order = ( { part = \"urgency\"; }, { part = \"inschrijfduur\"; } );"
    "spreiding = ( { part = \"cap_share\"; group = \"verwezen\"; max_share = 0.2; } );",
    "channels = ( { part = \"advertised\"; share = 0.8; }, { part = \"direct\"; share = 0.2; group = \"arm\"; order = \"rules\"; } "
    ");" CASE_FILTERS "order = ( { part = \"ties_first\"; scale = \"wijk\"; }, { part = \"points\"; urgency = 20; } );"
    "spreiding = ( { part = \"cap_share\"; group = \"arm\"; max_share = 0.4; scale = \"wijk\"; when_nobody = \"next_channel\"; }, "
    "{ part = \"cap_inflow\"; group = \"jong\"; max_share = 0.5; } );",
    "channels = ( { part = \"advertised\"; } ); filters = ( { part = \"ties\"; share = 0.5; years = 2; }, { part = \"where\"; where = "
    "\"n_persons <= 4 and "
    "arrears_months < 3\"; }, { part = \"art8\"; areas = [ \"buurt-1\", \"buurt-2\" ]; } );"
    "order = ( { part = \"starter_first\"; } );"
    "spreiding = ( { part = \"cap_share\"; group = \"jong\"; max_share = 0.3; scale = \"complex\"; } );",
    "channels = ( { part = \"advertised\"; share = 1; } ); filters = (); order = ( { part = \"doorstromer_first\"; } );",
    "channels = ( { part = \"direct\"; share = 0.6; order = \"lot\"; }, { part = \"advertised\"; share = 0.4; } ); order = ( { part = "
    "\"inschrijfduur\"; } );"
    "spreiding = ( { part = \"contingent\"; group = \"verwezen\"; key = \"strong_first\"; quota = 30; }, { part = \"dosing\"; group = "
    "\"jong\"; number = 14; scale = \"buurt\"; }, { part = \"cap_share\"; group = \"arm\"; max_share = 0.6; scale = \"portiek\"; "
    "when_nobody = \"sell\"; sell_after = 2; } );",
    "channels = ( { part = \"advertised\"; share = 1; }, { part = \"gemengd\"; share = 0.8; } ); filters = ( { part = \"age_label\"; } ); "
    "order = ( { part = \"lot\"; } );"
    "spreiding = ( { part = \"relabel\"; share = 0.3; areas = [ \"buurt-0\", \"buurt-2\" ]; }, { part = \"social_ceiling\"; max_share = "
    "0.8; "
    "areas = [ \"buurt-3\" ]; }, { part = \"target_mix\"; askers = \"verwezen\"; carriers = 0.7; }, { part = \"contingent\"; group = "
    "\"arm\"; key = \"even\"; when_nobody = \"liberalise\"; sell_after = 1; }, { part = \"dosing\"; group = \"jong\"; } );",
    "channels = ( { part = \"direct\"; share = 0.2; }, { part = \"advertised\"; share = 0.8; } );" CASE_FILTERS
    "order = ( { part = \"urgency\"; }, { part = \"inschrijfduur\"; } ); spreiding = ( { part = \"two_rents\"; share = 0.6; } );",
    /* Parts that want different things of a dwelling that nobody may have. */
    "channels = ( { part = \"advertised\"; share = 0.7; }, { part = \"first_reactor\"; share = 0.3; } ); order = ( { part = \"lot\"; } );"
    "spreiding = ( { part = \"cap_inflow\"; group = \"arm\"; max_share = 0.2; scale = \"buurt\"; when_nobody = \"liberalise\"; sell_after "
    "= 1; }, "
    "{ part = \"cap_share\"; group = \"jong\"; max_share = 0.3; scale = \"buurt\"; when_nobody = \"sell\"; sell_after = 2; }, "
    "{ part = \"dosing\"; group = \"ieder\"; number = 12; scale = \"portiek\"; when_nobody = \"next_channel\"; } );",
};
enum { CASE_N_RULES = sizeof case_rules / sizeof case_rules[0] };

typedef struct case_lines {
    char line[CASE_LINES][240];
    int32_t n;
} case_lines;

static inline int32_t case_below(wks_rng *rng, int32_t n)
{
    return (int32_t)wks_rng_below(rng, (uint32_t)n);
}

/* `form` gets its arguments in the order written: one draw per statement. */
static inline void case_unit(case_lines *out, wks_rng *rng, const char *name, bool is_vacant)
{
    static const char *const label[] = {"none", "none", "none", "senior", "jongeren"};
    const int32_t buurt = case_below(rng, CASE_BUURTEN);
    const int32_t rent = 420 + case_below(rng, 420);
    const int32_t rooms = 2 + case_below(rng, 4);
    const int32_t which = case_below(rng, 5);
    const uint64_t hash = wks_text_hash(name);
    const int32_t portiek = 1 + 3 * buurt + (int32_t)(hash % 3), points = 110 + (int32_t)(hash % 100);
    const int32_t back = is_vacant ? case_below(rng, 3) : 0;
    static const char *const month[] = {"2025-01", "2024-12", "2024-11"};

    snprintf(out->line[out->n++], sizeof out->line[0],
             "unit %s buurt=%d tenure=social rent=%d rooms=%d label=%s lettable=%s chain=%d portiek=%d points=%d\n", name, buurt, rent,
             rooms, hash % 7 == 0 ? "gemengd" : label[which], month[back], back, portiek, points);
}

static inline void case_household(case_lines *out, wks_rng *rng, int32_t number, const char *unit)
{
    static const char *const source[] = {"work", "work", "benefit", "pension", "study"};
    static const char *const place[] = {"shelter", "coa", "outside", "at_parents"};
    static const char *const referral[] = {"statushouder", "care_leaver", "ex_detainee"};
    static const char *const members[] = {"%d%s", "%d%s", "%d%s,30f", "%d%s,8m", "%d%s,33f,9m,4f", "%d%s,31m,12f,9m,2m"};
    char who[64], text[220];
    const int32_t age = 19 + case_below(rng, 65);
    const int32_t sex = case_below(rng, 2);
    const int32_t size = case_below(rng, 6);
    const int32_t income = 9000 + 1000 * case_below(rng, 50);
    const int32_t from = case_below(rng, 5);
    const int32_t drawn = case_below(rng, 4);
    const int32_t where = number < 150 ? drawn : 0; /* a host has room for so many guests */
    const int32_t since = case_below(rng, 30);
    const int32_t registered = case_below(rng, 20);
    const int32_t points = case_below(rng, 6);
    const int32_t extra = case_below(rng, 10);
    int32_t n;

    snprintf(who, sizeof who, members[size], age, sex == 0 ? "m" : "f");
    n = snprintf(text, sizeof text, "household h%d %s%s%s members=%s income=%d source=%s since=%d-06 region=%d-06", number,
                 unit == NULL ? "place=" : "unit=", unit == NULL ? place[where] : unit, unit == NULL && where == 3 ? " host=h0" : "", who,
                 income, source[from], 1994 + since, 1994 + since / 2);
    if (registered > 3) n += snprintf(text + n, sizeof text - (size_t)n, " registered=%d-01 points=%d", 2005 + registered, points);
    if (extra == 0) n += snprintf(text + n, sizeof text - (size_t)n, " urgency=social until=2025-09");
    if (extra <= 3 && unit == NULL) n += snprintf(text + n, sizeof text - (size_t)n, " referral=%s", referral[extra % 3]);
    snprintf(out->line[out->n++], sizeof out->line[0], "%s\n", text);
}

/* Lines in another order, the first `n_first` staying first (h0 is a host). */
static inline void case_shuffle(case_lines *lines, int32_t n_first, uint64_t shuffle)
{
    const wks_rng_seed seed = wks_rng_seed_make(shuffle, 7);
    wks_rng rng = wks_rng_open(&seed, 1, 0, WKS_RNG_TEST);
    char spare[sizeof lines->line[0]];

    for (int32_t i = lines->n - 1; i > n_first; i--) {
        const int32_t k = n_first + case_below(&rng, i - n_first + 1);
        memcpy(spare, lines->line[i], sizeof spare);
        memcpy(lines->line[i], lines->line[k], sizeof spare);
        memcpy(lines->line[k], spare, sizeof spare);
    }
}

/* What the text of a fixture cannot say: positions, leefbaarheid, who searches; all by key. */
static inline void case_complete(wks_world *world, uint64_t number)
{
    const wks_rng_seed seed = wks_rng_seed_make(number, 3);

    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        wks_rng rng = wks_rng_open(&seed, world->dwelling.key[d], 0, WKS_RNG_TEST);
        const int32_t x = case_below(&rng, 8000);
        const int32_t y = case_below(&rng, 8000);
        world->dwelling.x_m[d] = (float)(100000 + x);
        world->dwelling.y_m[d] = (float)(400000 + y);
        world->dwelling.accessible[d] = case_below(&rng, 3) == 0;
    }
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        const double u = wks_rng_once(&seed, world->household.key[h], 1, WKS_RNG_TEST);
        wks_rng rng = wks_rng_open(&seed, world->household.key[h], 2, WKS_RNG_TEST);
        world->household.support[h] = case_below(&rng, 5) == 0;
        world->household.vulnerability[h] = case_below(&rng, 6) == 0 ? WKS_VULNERABLE_NUISANCE : 0;
        world->household.motivated[h] = wks_world_is_motivated(world->household.key[h], 0.5);
        world->household.search[h] = u < 0.25 ? WKS_SEARCH_STAY : u < 0.8 ? WKS_SEARCH_SOCIAL : WKS_SEARCH_BOTH;
        if (world->household.search[h] != WKS_SEARCH_STAY && world->household.search_month[h] == WKS_NO_MONTH)
            world->household.search_month[h] = wks_month_cell(world->month - 5);
    }
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        char wijk[16];
        snprintf(wijk, sizeof wijk, "wijk-%d", (int)world->buurt.wijk_row[b]);
        world->buurt.wijk_key[b] = wks_text_hash(wijk);
        world->buurt.won[b] = 0.08 * b - 0.1;
        world->buurt.onv[b] = 0.05 - 0.06 * (b % 2);
        world->buurt.contacts[b] = 0.7 + 0.4 * b;
    }
    for (int32_t c = 0; c < world->complex.base.n_rows; c++)
        world->complex.by_lot[c] = wks_rng_once(&seed, world->complex.key[c], 3, WKS_RNG_TEST) < 0.2;
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        const double kin = wks_rng_once(&seed, world->household.key[h], 4, WKS_RNG_TEST);
        world->household.kin_buurt_row[h] = kin < 0.5 ? (int32_t)(kin * 2 * world->buurt.base.n_rows) : WKS_NONE;
    }
    world->seed = wks_rng_seed_make(number, 1);
    world->tick = 1;
    world->threads = 1;
    world->belief.wait_p50_months = 60.0;
}

/* A world with `n_vacant` vacant units, about half as many occupied ones, and households of which most look for a home. The same number and sizes give
 * the same world; shuffle > 0 puts its rows in another order. */
static inline void case_world(wks_world *world, uint64_t number, int32_t n_vacant, int32_t n_latent, uint64_t shuffle)
{
    const wks_rng_seed seed = wks_rng_seed_make(number, 2);
    wks_rng rng = wks_rng_open(&seed, number, 0, WKS_RNG_TEST);
    case_lines *units = calloc(1, sizeof *units), *households = calloc(1, sizeof *households);
    wks_text text = WKS_TEXT_INIT;
    const int32_t n_occupied = 2 + n_vacant / 2;
    char name[32];

    assert_non_null(units);
    assert_non_null(households);
    for (int32_t i = 0; i < n_vacant; i++) {
        snprintf(name, sizeof name, "v%d", i);
        case_unit(units, &rng, name, true);
    }
    for (int32_t i = 0; i < n_occupied; i++) {
        snprintf(name, sizeof name, "u%d", i);
        case_unit(units, &rng, name, false);
    }
    for (int32_t i = 0; i < n_occupied + n_latent; i++) {
        snprintf(name, sizeof name, "u%d", i);
        case_household(households, &rng, i, i < n_occupied ? name : NULL);
    }
    if (shuffle > 0) {
        case_shuffle(units, 0, shuffle);
        case_shuffle(households, 1, shuffle);
    }
    wks_text_addf(&text, "month 2025-01\nbuurten %d\n", (int)CASE_BUURTEN);
    for (int32_t i = 0; i < units->n; i++)
        wks_text_add(&text, units->line[i]);
    for (int32_t i = 0; i < households->n; i++)
        wks_text_add(&text, households->line[i]);
    wks_fixture_world_make(world, text.data);
    case_complete(world, number);
    wks_text_free(&text);
    free(units);
    free(households);
}

static const wks_round_behaviour case_behaviour = {
    .reactions_per_round = 3,
    .react_share = 0.9,
    .taste_sd = 1.0,
    .weight_rent = 3.0,
    .weight_size = 0.5,
    .weight_leefbaarheid = 0.5,
    .weight_distance = 0.12,
    .weight_kin = 0.5,
    .weight_stigma = 0.3,
    .weight_contacts = 0.4,
    .accept_base = 0.5,
    .accept_wait = 0.5,
    .accept_urgent = 2.4,
    .no_show_share = 0.1,
    .urgent_one_offer = true,
};

/* Next month, as the tick does: flows are cleared, who was housed no longer looks. */
static inline void case_next_month(wks_world *world)
{
    for (int32_t i = 0; i < world->letting.n; i++)
        world->household.search[world->letting.item[i].household_row] = WKS_SEARCH_STAY;
    wks_world_next_tick(world);
}

#endif
