#include "scenario/keys.h"

#include <stddef.h>

#define COUNT(array) ((int32_t)(sizeof(array) / sizeof(array)[0]))

const char *const wks_keys_default_city = "modelstad", *const wks_keys_default_start = "2025-01";
const char *const wks_keys_reserved_group[] = {"all", "none", "rest", "total", "other", NULL};

static const char by_design[] = "assumption: choice of the modeller", interface[] = "interface"; /* names, paths, output: no assumption */

static const wks_param base_param[] = {
    {"base", WKS_PARAM_TEXT, "file", 0, 0, 0, NULL, false, interface,
     "another scenario to start from, path relative to this file; scalars replace, groups and named lists merge, remove = true deletes"},
};
static const wks_param top_param[WKS_KEYS_N_TOP] = {
    {"name", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "short name in results"},
    {"title", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "title in reports"},
    {"question", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, interface, "the question this scenario answers"},
    {"city", WKS_PARAM_TEXT, "folder", 0, 0, 0, NULL, false, interface,
     "city folder: relative to the file that names it, else scenarios/cities/, else the installed data"},
    {"start", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, false, by_design, "month of tick 0"},
    {"ticks", WKS_PARAM_INT, "months", 240, 1, 2400, NULL, false, by_design, "how many months are simulated"},
    {"replications", WKS_PARAM_INT, "count", 30, 1, 1000000, NULL, false, by_design, "how many times, each with its own chances"},
    {"first_replication", WKS_PARAM_INT, "number", 1, 1, 1000000, NULL, false, interface,
     "number of the first one; numbers are identities: replication 7 is the same whoever else is run"},
    {"law_index", WKS_PARAM_REAL, "1/yr", 0.025, -0.1, 0.2, NULL, false, "assumption, equal to the growth of incomes and rents",
     "yearly growth of the limits of law beyond the last year that is known"},
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
    {"indicators", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, interface, "names (wijksim describe indicators)"},
    {"lettings", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, interface, "write lettings.csv"},
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
                  {&output_param[WKS_KEYS_LEVELS], "city, buurt"},
                  {&output_param[WKS_KEYS_INDICATORS], "all but the costly ones"}};

    for (size_t i = 0; i < sizeof preset / sizeof preset[0]; i++) {
        if (preset[i].param == param) return preset[i].text;
    }
    return NULL;
}
