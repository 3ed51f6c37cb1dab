#include "scenario/keys.h"

#include <stddef.h>

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof(array)[0]))

const char *const wks_keys_default_city = "modelstad", *const wks_keys_default_start = "2025-01";
const char *const wks_keys_reserved_group[] = {"all",           "none",         "rest", "total", "other", "origin", "household_type",
                                               "income_source", "leefbaarheid", "onv",  NULL};

static const char by_design[] = "assumption: choice of the modeller", interface[] = "interface"; /* names, paths, output: no assumption */

static const wks_param base_param[] = {
    {"base", WKS_PARAM_TEXT, "file", 0, 0, 0, NULL, false, interface,
     "another scenario to start from, path relative to this file, or scenarios/NAME of the program; scalars replace, groups and "
     "named lists merge, remove = true deletes"},
};
static const wks_param top_param[WKS_KEYS_N_TOP] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "short name in results"},
    {"title", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "title in reports"},
    {"question", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "the question this scenario answers"},
    {"city", WKS_PARAM_TEXT, "folder", 0, 0, 0, NULL, false, interface,
     "city folder: relative to the file that names it, else scenarios/cities/, else the installed data"},
    {"start", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, false, by_design, "month of tick 0"},
    {"ticks", WKS_PARAM_INT, "months", 240, 1, 2400, NULL, false, by_design, "how many months are simulated"},
    {"warmup", WKS_PARAM_INT, "months", 0, 0, 2399, NULL, false, by_design,
     "months of run-in at the start, fewer than ticks: what is simulated and written is the same; drift.csv tests whether the declared "
     "outcomes "
     "still drift in its last half"},
    {"replications", WKS_PARAM_INT, "count", 30, 1, 1000000, NULL, false, by_design, "how many times, each with its own chances"},
    {"first_replication", WKS_PARAM_INT, "number", 1, 1, 1000000, NULL, false, interface,
     "number of the first one; numbers are identities: replication 7 is the same whoever else is run"},
    {"law_index", WKS_PARAM_REAL, "1/yr", 0.025, -0.1, 0.2, NULL, false, "assumption, equal to the growth of incomes and rents",
     "yearly growth of the limits of law beyond the last year that is known"},
    {"members", WKS_PARAM_TEXT, "file", 0, 0, 0, NULL, false, interface,
     "sets of parameters that a calibration left (members.csv or posterior.csv of wijksim calibrate; docs/calibration.md), relative to "
     "this file: a "
     "replication takes one row, the same in every scenario; empty: the parameters as written"},
};
static const wks_param seeds_param[WKS_KEYS_N_SEEDS] = {
    {"population", WKS_PARAM_INT, "-", 1, 0, 9007199254740992.0, NULL, false, by_design, "seed of the synthetic population"},
    {"dynamics", WKS_PARAM_INT, "-", 1, 0, 9007199254740992.0, NULL, false, by_design, "seed of what happens to it"},
};
static const wks_param group_param[WKS_KEYS_N_GROUP] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface, "small letters, digits and _; at most 32 groups"},
    {"where", WKS_PARAM_WHERE, "-", 0, 0, 0, NULL, true, by_design, "predicate over attributes of households (docs/where.md)"},
    {"use", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, by_design,
     "\"measure\", \"rule\" or both. A rule reads only what a landlord may know, and never origin"},
};
static const wks_param rule_param[WKS_KEYS_N_RULE] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface, "name of the rule set"},
    {"basis", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "legal basis, date and status of the rules"},
    {"from", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, false, by_design, "in force from this month"},
    {"until", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, false, by_design, "until before this month"},
};
static const wks_param bill_param[WKS_KEYS_N_BILL] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface,
     "versterking_regie or priority_ban: a bill that this scenario treats as law (wijksim describe law); none when not named"},
    {"from", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, false, by_design, "from this month on"},
};
static const wks_param part_param[] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "name of the element, in results and for merging"},
    {"part", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface, "which rule part (wijksim describe rules)"},
    {"remove", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, interface, "true deletes the element of that name that came from the base"},
};
static const wks_param event_param[] = {
    {"at", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, true, by_design, "when it happens"},
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "for merging with a base; without names the whole timeline replaces"},
    {"event", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "kind of event"},
};
static const wks_param process_param[] = {
    {"enabled", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, by_design, "false switches the process off"},
};
static const wks_param output_param[WKS_KEYS_N_OUTPUT] = {
    {"levels", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, interface, "of \"city\", \"wijk\", \"buurt\""},
    {"city_every", WKS_PARAM_INT, "ticks", 1, 1, 2400, NULL, false, interface, "city rows every so many ticks; first and last always"},
    {"buurt_every", WKS_PARAM_INT, "ticks", 12, 1, 2400, NULL, false, interface, "buurt rows every so many ticks; first and last always"},
    {"segregation_every", WKS_PARAM_INT, "ticks", 0, 0, 2400, NULL, false, interface,
     "all indices of segregation at all scales every so many ticks, of those with city rows; first and last always; 0: as buurt_every. "
     "D, H and xPx by buurt and wijk come with every city row"},
    {"indicators", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, interface, "names (wijksim describe indicators)"},
    {"lettings", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, interface, "write lettings.csv"},
    {"monitor", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, interface, "write monitor.csv: signals by buurt and quarter"},
};

static const wks_param outcome_param[WKS_KEYS_N_OUTCOME] = {
    {"indicator", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface, "name of an indicator (wijksim describe indicators)"},
    {"group", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "as in the column group of results; not written: everybody"},
    {"scale", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "complex, 100m, buurt or wijk: of an index of segregation"},
    {"area", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "code of a buurt or wijk; not written: the city"},
    {"threshold", WKS_PARAM_REAL, "of indicator", 0, 0, 1e15, NULL, false, by_design,
     "the smallest difference that matters, for the verdict in contrasts.csv; 0: none is set"},
    {"half_width", WKS_PARAM_REAL, "of indicator", 0, 0, 1e15, NULL, false, by_design,
     "replications are added until half the 95 % interval (compare: of the difference; run: of the mean) is at most this; 0: not asked"},
};
static const wks_param precision_param[WKS_KEYS_N_PRECISION] = {
    {"max_replications", WKS_PARAM_INT, "count", 1000, 10, 1000000, NULL, false, by_design,
     "no more replications than this, where outcomes ask a half_width (exit code 6 when it is not reached); the first batch is "
     "`replications`"},
    {"look_ahead", WKS_PARAM_INT, "count", 5, 0, 1000, NULL, false, "Hoad, Robinson and Davies (2010): 5",
     "the half-width must hold for so many further replications, above 100 for so many per hundred"},
    {"batch", WKS_PARAM_INT, "count", 10, 1, 100000, NULL, false, by_design,
     "replications added at a time; never depends on the number of threads"},
};

/* Scenarios without a city. A tick has no length of its own there, so numbers per tick may be anything. */
static const char exact[] = "known answer: tests choose it";
static const char *const priorities[] = {"renewed", "kept", NULL};
static const wks_param model_param[WKS_KEYS_N_MODEL] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "short name in results"},
    {"title", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "title in reports"},
    {"question", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "the question this scenario answers"},
    {"ticks", WKS_PARAM_INT, "ticks", 1000, 1, 10000000, NULL, false, exact, "how long is simulated; a tick is no month here"},
    {"warmup", WKS_PARAM_INT, "ticks", 0, 0, 10000000, NULL, false, exact,
     "ticks at the start that are simulated but not measured: indicators count from its end"},
    {"replications", WKS_PARAM_INT, "count", 30, 1, 1000000, NULL, false, exact, "how many times, each with its own chances"},
    {"first_replication", WKS_PARAM_INT, "number", 1, 1, 1000000, NULL, false, interface,
     "number of the first one; numbers are identities: replication 7 is the same whoever else is run"},
};
static const wks_param model_output_param[WKS_KEYS_N_OUTPUT] = {
    {"levels", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, interface, "of \"city\", \"wijk\", \"buurt\"; only city has rows"},
    {"city_every", WKS_PARAM_INT, "ticks", 1, 1, 10000000, NULL, false, interface, "rows every so many ticks; first and last always"},
    {"buurt_every", WKS_PARAM_INT, "ticks", 12, 1, 10000000, NULL, false, interface, "without effect: there are no buurten"},
    {"segregation_every", WKS_PARAM_INT, "ticks", 0, 0, 10000000, NULL, false, interface, "without effect: there are no buurten"},
    {"indicators", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, interface,
     "names of level model, on a grid of level grid (wijksim describe indicators)"},
    {"lettings", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, interface, "write lettings.csv, here a header without rows"},
    {"monitor", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, interface, "write monitor.csv, here a header without rows"},
};
static const wks_param pool_param[WKS_KEYS_N_POOL] = {
    {"waiting", WKS_PARAM_INT, "persons", 100, 0, 10000000, NULL, true, exact, "who wait at the start, all since tick 0"},
    {"housed", WKS_PARAM_INT, "persons/tick", 10, 0, 10000000, NULL, true, exact,
     "who are housed each tick, or all who wait when they are fewer"},
    {"joining", WKS_PARAM_INT, "persons/tick", 10, 0, 10000000, NULL, true, exact, "who join each tick, after the others were housed"},
};
static const wks_param entries_param[WKS_KEYS_N_ENTRIES] = {
    {"reactors", WKS_PARAM_INT, "persons", 1094, 1, 10000000, NULL, true, exact, "who react to the same dwellings"},
    {"entries", WKS_PARAM_INT, "lotteries/tick", 104, 0, 10000000, NULL, true, exact,
     "separate lotteries a tick, all of them entered by every reactor; each tick has other persons"},
};
static const wks_param queue_param[WKS_KEYS_N_QUEUE] = {
    {"dwellings", WKS_PARAM_INT, "dwellings", 10, 1, 1000000, NULL, true, exact, "all vacant at the start"},
    {"arrivals", WKS_PARAM_REAL, "persons/tick", 0.04, 0, 1000000, NULL, true, exact, "rate at which persons come (Poisson)"},
    {"stay", WKS_PARAM_REAL, "ticks", 200, 1e-6, 1e9, NULL, true, exact, "mean time in a dwelling (exponential)"},
    {"priority_share", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, exact,
     "share of those who come that has priority where the order begins with urgency; nobody is put out for them"},
    {"patience", WKS_PARAM_REAL, "ticks", 0, 0, 1e9, NULL, false, exact,
     "mean time after which who still waits leaves (exponential); 0: nobody leaves"},
};
static const wks_param choice_param[WKS_KEYS_N_CHOICE] = {
    {"dwellings", WKS_PARAM_INT, "dwellings/tick", 20, 1, 100000, NULL, true, exact, "alike dwellings that come each tick, in one complex"},
    {"joining", WKS_PARAM_INT, "persons/tick", 50, 1, 100000, NULL, true, exact, "seekers who join each tick"},
    {"patience", WKS_PARAM_REAL, "ticks", 50, 1, 1e6, NULL, true, exact,
     "mean time a seeker stays; each tick a share 1/patience leaves for the outside option"},
    {"priority", WKS_PARAM_CHOICE, "-", WKS_KEYS_PRIORITY_RENEWED, 0, 1, priorities, false, "Arnosti and Shi (2020) [S70]",
     "renewed: a lottery for each complex, or a list on which refusing costs the place; kept: one lot for all, or a list without penalty"},
};
static const wks_param type_param[WKS_KEYS_N_TYPE] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, interface, "in the column group of results"},
    {"share", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, true, exact, "of those who join; all types together 1"},
    {"outside", WKS_PARAM_REAL, "value", 0, 0, 1, NULL, true, exact,
     "value of leaving without a dwelling; that of a dwelling is uniform between 0 and 1, for each person and complex"},
};

/* Models on a grid (scenario/model_grid.c). */
static const char yardstick[] = "assumption: the model's own, varied in the literature";
static const char sakoda[] = "Sakoda (1971)", schelling[] = "Schelling (1971)";
static const char *const orders[] = {"random", "pass", "event", "synchronous", NULL};
static const char *const destinations[] = {"any", "nearest", NULL};
static const wks_param grid_param[WKS_KEYS_N_GRID] = {
    {"rows", WKS_PARAM_INT, "cells", 51, 1, 16384, NULL, true, yardstick, "rows of the grid; rows times columns at most 16,777,216"},
    {"columns", WKS_PARAM_INT, "cells", 51, 1, 16384, NULL, true, yardstick, "columns of the grid"},
    {"torus", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, yardstick,
     "true: the last row and column touch the first; false: cells at the border have fewer neighbours"},
    {"density", WKS_PARAM_REAL, "share", 0.95, 0, 1, NULL, false, yardstick,
     "share of cells that is occupied: exactly so many agents, rounded, placed at random"},
    {"group_share", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false, yardstick, "share of the agents in group a: exactly so many, rounded"},
};
static const wks_param relocation_param[WKS_KEYS_N_RELOCATION] = {
    {"radius", WKS_PARAM_INT, "cells", 1, 1, 127, NULL, false, yardstick,
     "neighbours are the occupied cells at most so far in rows and in columns (1: eight cells); on a torus 2 radius + 1 fits in rows and "
     "columns. "
     "With weights also how far one moves at once"},
    {"alike_share", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, schelling,
     "satisfied when at least this share of the neighbours is of the own group: whole numbers are compared, the share read to 12 decimals"},
    {"alike_count", WKS_PARAM_INT, "agents", -1, -1, 65024, NULL, false, "JuliaDynamics/ABMFrameworksComparison",
     "satisfied when at least so many neighbours are of the own group; -1: alike_share decides"},
    {"order", WKS_PARAM_CHOICE, "-", WKS_KEYS_ORDER_RANDOM, 0, 3, orders, false, yardstick,
     "random: a tick visits all in fresh random order; who is unhappy then moves at once. pass: who is unhappy at the start of the tick "
     "moves, in "
     "random order. event: as random, visiting only the unhappy. synchronous: all decide on the old grid, a lot settles who gets a cell"},
    {"destination", WKS_PARAM_CHOICE, "-", WKS_KEYS_DESTINATION_ANY, 0, 1, destinations, false, schelling,
     "any: every empty cell is as likely; nearest: the empty cell where the mover is satisfied that is fewest steps away (rows plus "
     "columns, a lot "
     "among equals), or none"},
    {"lonely_unhappy", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, yardstick, "who has no neighbours is unhappy (as in Mesa's example)"},
    {"visit_at_rest", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, yardstick,
     "true: ticks go on visiting when nobody is unhappy, as public comparisons time them; nobody moves, so results are the same"},
};
static const wks_param weights_param[WKS_KEYS_N_WEIGHTS] = {
    {"a_to_a", WKS_PARAM_REAL, "value", 0, -100, 100, NULL, true, sakoda,
     "what an agent of group a feels for one of group a: -1, 0 or 1 with Sakoda"},
    {"a_to_b", WKS_PARAM_REAL, "value", -1, -100, 100, NULL, true, sakoda, "what an agent of group a feels for one of group b"},
    {"b_to_a", WKS_PARAM_REAL, "value", -1, -100, 100, NULL, true, sakoda, "what an agent of group b feels for one of group a"},
    {"b_to_b", WKS_PARAM_REAL, "value", 0, -100, 100, NULL, true, sakoda, "what an agent of group b feels for one of group b"},
    {"reach", WKS_PARAM_REAL, "-", 1, 0.05, 100, NULL, false, "assumption: 1, weight 1/distance; Sakoda (1971) leaves it free",
     "w in the weight distance^(-1/w) of another agent: a large w lets those far away count"},
};
static const wks_param tolerance_param[WKS_KEYS_N_TOLERANCE] = {
    {"a", WKS_PARAM_REAL, "ratio", 2, 0, 1000, NULL, true, schelling,
     "b's for each a inside that the most tolerant of group a stands; falls in equal steps to 0 for the least tolerant"},
    {"b", WKS_PARAM_REAL, "ratio", 2, 0, 1000, NULL, true, schelling, "the same for group b: a's for each b"},
    {"rows", WKS_PARAM_INT, "cells", 1, 1, 16384, NULL, true, yardstick,
     "the first so many rows are the neighbourhood, the others are elsewhere"},
};

#define SECTION(array, section_name, text)                                                                                                \
    {                                                                                                                                     \
        .name = section_name, .kind = "keys", .help = text, .basis = "", .param = array, .n_params = COUNT(array), .implementation = NULL \
    }

const wks_spec wks_keys_base = SECTION(base_param, "the scenario", "where a scenario starts from");
const wks_spec wks_keys_top = SECTION(top_param, "the scenario", "the scenario as a whole");
const wks_spec wks_keys_seeds = SECTION(seeds_param, "seeds", "chance: two seeds");
const wks_spec wks_keys_group = SECTION(group_param, "a group", "named predicates");
const wks_spec wks_keys_rule = SECTION(rule_param, "a rule set", "woonruimteverdeling from parts: channels, filters, order, spreiding");
const wks_spec wks_keys_bill = SECTION(bill_param, "a bill", "bills treated as law: what would they change?");
const wks_spec wks_keys_part =
    SECTION(part_param, "a rule part", "an element of channels, filters, order or spreiding, beside the part's own keys");
const wks_spec wks_keys_event = SECTION(event_param, "an event", "an element of timeline, beside the event's own keys");
const wks_spec wks_keys_process = SECTION(process_param, "a process", "beside the process's own keys");
const wks_spec wks_keys_output = SECTION(output_param, "output", "what is written");
const wks_spec wks_keys_outcome =
    SECTION(outcome_param, "an outcome", "what a comparison is about: declared beforehand, with what matters and how precisely");
const wks_spec wks_keys_precision = SECTION(precision_param, "precision", "how far to go on for the half_width of outcomes");
const wks_spec wks_keys_model =
    SECTION(model_param, "a scenario without a city", "a scenario with pool, queue, choice or grid has no city");
const wks_spec wks_keys_model_output = SECTION(model_output_param, "output", "what a scenario without a city writes");
const wks_spec wks_keys_pool = SECTION(pool_param, "pool", "a pool of fixed flows, in ticks");
const wks_spec wks_keys_entries = SECTION(entries_param, "pool", "the chance of a first place in several lotteries");
const wks_spec wks_keys_queue = SECTION(queue_param, "queue", "a queue in continuous time");
const wks_spec wks_keys_choice = SECTION(choice_param, "choice", "seekers who choose, after Arnosti and Shi (2020)");
const wks_spec wks_keys_type = SECTION(type_param, "a type", "an element of choice.types");
const wks_spec wks_keys_grid = SECTION(grid_param, "grid", "agents of two groups on a grid");
const wks_spec wks_keys_relocation = SECTION(relocation_param, "relocation", "who on a grid is unhappy, and where they move");
const wks_spec wks_keys_weights = SECTION(weights_param, "weights", "relocation by attitudes, after Sakoda (1971)");
const wks_spec wks_keys_tolerance = SECTION(tolerance_param, "tolerance", "the bounded neighbourhood of Schelling (1971)");

const wks_keys_section wks_keys_sections[] = {
    {"", &wks_keys_base},
    {"", &wks_keys_top},
    {"seeds.", &wks_keys_seeds},
    {"groups[].", &wks_keys_group},
    {"bills[].", &wks_keys_bill},
    {"rules[].", &wks_keys_rule},
    {"rules[].channels|filters|order|spreiding[].", &wks_keys_part},
    {"timeline[].", &wks_keys_event},
    {"processes.<process>.", &wks_keys_process},
    {"output.", &wks_keys_output},
    {"outcomes[].", &wks_keys_outcome},
    {"precision.", &wks_keys_precision},
    {"", &wks_keys_model},
    {"output.", &wks_keys_model_output},
    {"pool.", &wks_keys_pool},
    {"pool.", &wks_keys_entries},
    {"queue.", &wks_keys_queue},
    {"choice.", &wks_keys_choice},
    {"choice.types[].", &wks_keys_type},
    {"grid.", &wks_keys_grid},
    {"relocation.", &wks_keys_relocation},
    {"relocation.weights.", &wks_keys_weights},
    {"relocation.tolerance.", &wks_keys_tolerance},
};
const int32_t wks_keys_n_sections = COUNT(wks_keys_sections);

const char *wks_keys_default_text(const wks_param *param)
{
    const struct {
        const wks_param *param;
        const char *text;
    } preset[] = {{&top_param[WKS_KEYS_NAME], "the name of the file"},
                  {&top_param[WKS_KEYS_TITLE], "the name"},
                  {&top_param[WKS_KEYS_CITY], wks_keys_default_city},
                  {&top_param[WKS_KEYS_START], wks_keys_default_start},
                  {&group_param[WKS_KEYS_GROUP_USE], "measure"},
                  {&bill_param[WKS_KEYS_BILL_FROM], "the month the bill aims at, if it has one"},
                  {&rule_param[WKS_KEYS_RULE_FROM], "always was"},
                  {&rule_param[WKS_KEYS_RULE_UNTIL], "open"},
                  {&part_param[0], "the part's name when it occurs once in the list"},
                  {&event_param[2], "set, when the keys set and value are given"},
                  {&model_param[WKS_KEYS_MODEL_NAME], "the name of the file"},
                  {&model_param[WKS_KEYS_MODEL_TITLE], "the name"},
                  {&model_output_param[WKS_KEYS_LEVELS], "city"},
                  {&model_output_param[WKS_KEYS_INDICATORS], "all that the model has"},
                  {&output_param[WKS_KEYS_LEVELS], "city, buurt"},
                  {&output_param[WKS_KEYS_INDICATORS], "all but the costly ones"}};

    for (size_t i = 0; i < sizeof preset / sizeof preset[0]; i++) {
        if (preset[i].param == param) return preset[i].text;
    }
    return NULL;
}
