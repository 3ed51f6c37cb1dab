/* One rule part at work on a small world: read from a scenario as a user writes it. */
#ifndef WKS_TESTS_RULES_PART_CASE_H
#define WKS_TESTS_RULES_PART_CASE_H

#include "rules/part.h"
#include "unit/rules/round_case.h"

typedef struct part_case {
    wks_world world;
    wks_scenario scenario;
    wks_law law;
    wks_part_context context;
    const wks_settings *settings; /* of the part */
} part_case;

/* `list` is channels, filters, order or spreiding; `part` one element of it: { part = "..."; ... }. */
static inline void part_open(part_case *c, const char *list, const char *part, const char *world)
{
    const bool is_channel = strcmp(list, "channels") == 0;
    wks_text rules = WKS_TEXT_INIT;
    int32_t n = 0;

    memset(c, 0, sizeof *c);
    /* A channel for one label is not alone: the others need one as well. */
    if (is_channel)
        wks_text_addf(&rules, "channels = ( %s%s );", part,
                      strstr(part, "gemengd") == NULL ? "" : ", { part = \"advertised\"; name = \"rest\"; }");
    else
        wks_text_addf(&rules, "channels = ( { part = \"advertised\"; } ); %s = ( %s );", list, part);
    case_scenario(&c->scenario, rules.data);
    wks_fixture_world_make(&c->world, world);
    c->world.seed = wks_rng_seed_make(1, 1);
    c->world.threads = 1;
    c->law = wks_law_of_year(2025, 0.0);
    c->context = (wks_part_context){.world = &c->world, .scenario = &c->scenario, .rules = &c->scenario.rules[0], .law = &c->law};
    n += c->scenario.rules[0].n_filters + c->scenario.rules[0].n_order + c->scenario.rules[0].n_spreiding + c->scenario.rules[0].n_conduct;
    assert_true(is_channel || n == 1);
    c->settings = is_channel                            ? &c->scenario.rules[0].channel[0]
                  : c->scenario.rules[0].n_filters == 1 ? &c->scenario.rules[0].filter[0]
                  : c->scenario.rules[0].n_order == 1   ? &c->scenario.rules[0].order[0]
                  : c->scenario.rules[0].n_conduct == 1 ? &c->scenario.rules[0].conduct[0]
                                                        : &c->scenario.rules[0].spreiding[0];
    wks_text_free(&rules);
}

static inline void part_close(part_case *c)
{
    wks_scenario_free(&c->scenario);
    wks_world_free(&c->world);
}

/* Whether a channel may propose the household; the list that the round takes says the same of everybody, and leaves free rows out. */
static inline bool part_is_candidate(part_case *c, int32_t household_row)
{
    const wks_channel_part *part = c->settings->spec->implementation;
    const int32_t n_rows = c->world.household.base.n_rows;
    int32_t row[64];

    assert_true(n_rows <= 64);
    for (int known = 0; known < 2; known++) { /* whether it is known that nothing is emptied makes no difference */
        c->context.none_emptied = known != 0 && wks_part_none_emptied(&c->world);
        const int32_t n = part->candidates(&c->context, c->settings, 0, n_rows, row);
        int32_t at = 0;
        for (int32_t h = 0; h < n_rows; h++) {
            if (c->world.household.key[h] == 0 || !part->is_candidate(&c->context, c->settings, h)) continue;
            assert_true(at < n);
            assert_int_equal(row[at++], h);
        }
        assert_int_equal(at, n);
        assert_int_equal(part->candidates(&c->context, c->settings, household_row, household_row, row), 0);
    }
    return part->is_candidate(&c->context, c->settings, household_row);
}

static inline wks_advert part_advert(const part_case *c, const char *unit)
{
    const wks_world *w = &c->world;
    const int32_t u = wks_fixture_world_unit(w, unit), d = w->unit.dwelling_row[u];

    return (wks_advert){.unit_row = u,
                        .dwelling_row = d,
                        .buurt_row = w->dwelling.buurt_row[d],
                        .wijk_row = w->buurt.wijk_row[w->dwelling.buurt_row[d]],
                        .complex_row = w->dwelling.complex_row[d],
                        .owner_row = w->complex.owner_row[w->dwelling.complex_row[d]],
                        .rent_eur = w->unit.rent_eur[u],
                        .rooms = w->dwelling.rooms[d],
                        .type = w->dwelling.type[d],
                        .label = w->dwelling.label[d],
                        .accessible = w->dwelling.accessible[d]};
}

/* Whether the filter lets the household have the unit. */
static inline bool part_passes(const part_case *c, const char *household, const char *unit)
{
    const wks_filter_part *part = c->settings->spec->implementation;
    const wks_advert advert = part_advert(c, unit);
    const int32_t class = part->applicant_class(&c->context, c->settings, wks_fixture_world_household(&c->world, household));

    assert_in_range(class, 0, 63);
    return (part->advert_mask(&c->context, c->settings, &advert) >> class & 1u) != 0;
}

static inline double part_key(const part_case *c, const char *household, const char *unit)
{
    const wks_order_part *part = c->settings->spec->implementation;
    const wks_advert advert = part_advert(c, unit);

    return part->key(&c->context, c->settings, wks_fixture_world_household(&c->world, household), &advert);
}

/* Reading a scenario with this element leaves a problem that contains `problem`. */
static inline void assert_part_problem(const char *list, const char *part, const char *problem)
{
    static wks_catalogue catalogue;
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    const bool is_channel = strcmp(list, "channels") == 0;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT, lines = WKS_TEXT_INIT;
    wks_scenario scenario;

    catalogue.part = wks_registry_parts;
    catalogue.n_parts = wks_registry_n_parts;
    wks_text_addf(&text,
                  "name = \"case\"; start = \"2025-01\"; ticks = 1; groups = ( { name = \"verwezen\"; where = \"referral != none\"; use = "
                  "[ \"rule\" ]; }, "
                  "{ name = \"kwetsbaar\"; where = \"vulnerable\"; } );\nrules = ( { name = \"regio\"; %s%s = ( %s ); } );\n",
                  is_channel ? "" : "channels = ( { part = \"advertised\"; } ); ", list, part);
    assert_int_equal(wks_read_scenario_text("case.cfg", text.data, text.length, &options, &catalogue, &scenario, &problems, &err),
                     WKS_ERR_DATA);
    wks_problems_print(&problems, &lines);
    assert_contains(lines.data, problem);
    wks_text_free(&text);
    wks_text_free(&lines);
    wks_problems_free(&problems);
    wks_scenario_free(&scenario);
}

#endif
