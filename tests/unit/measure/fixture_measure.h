/* A scenario with groups for tests of measures, and look-ups in series. Header only. */
#ifndef WKS_TESTS_MEASURE_FIXTURE_MEASURE_H
#define WKS_TESTS_MEASURE_FIXTURE_MEASURE_H

#include "measure/observe.h"
#include "scenario/read.h"
#include "support/check.h"
#include "support/fixture_world.h"
#include "world/relations.h"

/** Groups: families (0), referred (1), hidden (2, for rules only). `more` is appended to the scenario text. */
static inline void wks_fixture_measure_scenario(wks_scenario *out, wks_catalogue *catalogue, const char *more)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char text[1500];

    memset(catalogue, 0, sizeof *catalogue);
    catalogue->indicator = wks_observe_indicators;
    catalogue->n_indicators = wks_observe_indicators_count;
    (void)snprintf(text, sizeof text,
                   "name = \"measure\"; start = \"2025-01\"; ticks = 36;\n"
                   "groups = ( { name = \"families\"; where = \"n_children >= 1\"; }, { name = \"referred\"; where = \"referral != none\"; "
                   "use = [ \"measure\", \"rule\" ]; },\n"
                   "           { name = \"hidden\"; where = \"income_eur < 20000\"; use = [ \"rule\" ]; } );\n%s",
                   more);
    const wks_status rc = wks_read_scenario_text("measure.cfg", text, strlen(text), &options, catalogue, out, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    wks_problems_free(&problems);
}

/** Value of a row; fails the test when there is none or more than one. */
static inline double wks_fixture_measure_value(const wks_series *series, const char *indicator, const char *group, const char *scale,
                                               const char *level, int32_t area_row)
{
    const wks_series_row *found = NULL;
    for (int32_t i = 0; i < series->n; i++) {
        const wks_series_row *row = &series->row[i];
        if (strcmp(row->indicator, indicator) != 0 || strcmp(row->group, group) != 0 || strcmp(row->scale, scale) != 0) continue;
        if (strcmp(row->level, level) != 0 || row->area_row != area_row) continue;
        if (found != NULL) fail_msg("two rows of %s %s", indicator, group);
        found = row;
    }
    if (found == NULL) fail_msg("no row of %s '%s' '%s' '%s' %d", indicator, group, scale, level, area_row);
    return found->value;
}

static inline double wks_fixture_measure_city(const wks_series *series, const char *indicator, const char *group)
{
    return wks_fixture_measure_value(series, indicator, group, "", "", WKS_NONE);
}

/** A letting of this tick, in the log. */
static inline wks_letting *wks_fixture_measure_letting(wks_world *world, const char *unit, uint32_t groups, int32_t wait, int32_t search)
{
    wks_letting *letting = NULL;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_letting_add(&world->letting, &letting, &err), &err);
    letting->unit_row = wks_fixture_world_unit(world, unit);
    letting->unit_key = world->unit.key[letting->unit_row];
    letting->buurt_row = world->dwelling.buurt_row[world->unit.dwelling_row[letting->unit_row]];
    letting->groups = groups;
    letting->months_registered = wait;
    letting->months_searching = search;
    letting->from_place = WKS_PLACE_AT_PARENTS;
    letting->reason = WKS_LETTING_RANKED;
    return letting;
}

#endif
