/* A tick of processes for tests: settings with the defaults of every process, the law of the year, an empty scenario with all groups and rules
 * left to the test; and crowds of equal households to see rates in. Header only: the support library is linked by tests that have no processes.
 *
 *     wks_fixture_tick fixture;
 *     wks_fixture_tick_make(&fixture, &world, wks_process_registry, wks_process_registry_size);
 *     wks_fixture_tick_set(&fixture, "demography", "death_level", 0);
 *     wks_fixture_tick_month(&fixture, "demography");          one month, that process alone, structure and balance checked
 *     wks_fixture_tick_free(&fixture);                          the world stays the caller's */
#ifndef WKS_TESTS_SUPPORT_FIXTURE_TICK_H
#define WKS_TESTS_SUPPORT_FIXTURE_TICK_H

#include <math.h>

#include "base/month.h"
#include "process/tick.h"
#include "support/check.h"
#include "world/check.h"
#include "world/relations.h"

enum { WKS_FIXTURE_TICK_PROCESSES = 16 };

typedef struct wks_fixture_tick {
    wks_tick tick;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_settings process[WKS_FIXTURE_TICK_PROCESSES];
    bool is_enabled[WKS_FIXTURE_TICK_PROCESSES];
} wks_fixture_tick;

static inline void wks_fixture_tick_settings(const wks_spec *spec, wks_settings *out)
{
    memset(out, 0, sizeof *out);
    out->spec = spec;
    for (int32_t i = 0; i < spec->n_params; i++)
        out->value[i] = spec->param[i].type == WKS_PARAM_MONTH ? (double)NAN : spec->param[i].preset;
}

static inline void wks_fixture_tick_make(wks_fixture_tick *out, wks_world *world, const wks_spec *const *spec, int32_t n)
{
    memset(out, 0, sizeof *out);
    assert_in_range(n, 1, WKS_FIXTURE_TICK_PROCESSES);
    out->catalogue.process = spec;
    out->catalogue.n_processes = n;
    for (int32_t i = 0; i < n; i++) {
        wks_fixture_tick_settings(spec[i], &out->process[i]);
        out->is_enabled[i] = true;
    }
    out->scenario.catalogue = &out->catalogue;
    out->scenario.process = out->process;
    out->scenario.n_processes = n;
    out->scenario.is_enabled = out->is_enabled;
    out->scenario.start_month = world->month;
    out->scenario.law_index = 0.025;
    out->tick.world = world;
    out->tick.scenario = &out->scenario;
    out->tick.process = out->process;
    out->tick.is_enabled = out->is_enabled;
    out->tick.law_index = 0.025;
    out->tick.law = wks_law_of_year(wks_month_year(world->month), 0.025);
    world->seed = wks_rng_seed_make(20250101, 1);
    world->threads = 1;
    world->price_level = 1;
}

static inline void wks_fixture_tick_free(wks_fixture_tick *fixture)
{
    wks_tick_free(&fixture->tick);
}

static inline int32_t wks_fixture_tick_index(const wks_fixture_tick *fixture, const char *process)
{
    for (int32_t i = 0; i < fixture->scenario.n_processes; i++) {
        if (strcmp(fixture->process[i].spec->name, process) == 0) return i;
    }
    fail_msg("fixture: no process '%s'", process);
    return 0;
}

/** Place of a parameter's value; fails the test when there is no such parameter. */
static inline double *wks_fixture_tick_param(wks_settings *settings, const char *param)
{
    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        if (strcmp(settings->spec->param[i].name, param) == 0) return &settings->value[i];
    }
    fail_msg("fixture: %s has no parameter '%s'", settings->spec->name, param);
    return NULL;
}

static inline void wks_fixture_tick_set(wks_fixture_tick *fixture, const char *process, const char *param, double value)
{
    *wks_fixture_tick_param(&fixture->process[wks_fixture_tick_index(fixture, process)], param) = value;
}

static inline double wks_fixture_tick_get(wks_fixture_tick *fixture, const char *process, const char *param)
{
    return *wks_fixture_tick_param(&fixture->process[wks_fixture_tick_index(fixture, process)], param);
}

/** All parameters of a process to `value`: for switching everything off before one mechanism is looked at. */
static inline void wks_fixture_tick_set_all(wks_fixture_tick *fixture, const char *process, double value)
{
    wks_settings *settings = &fixture->process[wks_fixture_tick_index(fixture, process)];
    for (int32_t i = 0; i < settings->spec->n_params; i++) {
        if (settings->spec->param[i].type == WKS_PARAM_REAL) settings->value[i] = value;
    }
}

static inline void wks_fixture_tick_start(wks_fixture_tick *fixture, const char *process)
{
    const int32_t i = wks_fixture_tick_index(fixture, process);
    const wks_process *self = fixture->process[i].spec->implementation;
    wks_err err = WKS_ERR_INIT;
    if (self->start != NULL) assert_ok(self->start(&fixture->tick, &fixture->process[i], &err), &err);
}

/** The process once, in the present month. */
static inline void wks_fixture_tick_run(wks_fixture_tick *fixture, const char *process)
{
    const int32_t i = wks_fixture_tick_index(fixture, process);
    const wks_process *self = fixture->process[i].spec->implementation;
    wks_err err = WKS_ERR_INIT;
    assert_ok(self->run(&fixture->tick, &fixture->process[i], &err), &err);
}

static inline void wks_fixture_tick_next(wks_fixture_tick *fixture)
{
    wks_world_next_tick(fixture->tick.world);
    fixture->tick.law = wks_law_of_year(wks_month_year(fixture->tick.world->month), fixture->tick.law_index);
}

/** One month further with one process; every law is checked. */
static inline void wks_fixture_tick_month(wks_fixture_tick *fixture, const char *process)
{
    const wks_check_stocks before = wks_check_count(fixture->tick.world);
    wks_err err = WKS_ERR_INIT;

    wks_fixture_tick_next(fixture);
    wks_fixture_tick_run(fixture, process);
    assert_ok(wks_check_structure(fixture->tick.world, &err), &err);
    assert_ok(wks_check_balance(fixture->tick.world, &before, &err), &err);
}

/* --- crowds ----------------------------------------------------------------------------------------------------------------------- */

/** A world of n_buurten with nobody in it. */
static inline void wks_fixture_tick_empty_world(wks_world *world, int32_t month, int32_t n_buurten)
{
    wks_err err = WKS_ERR_INIT;
    wks_world_init(world);
    world->month = world->start_month = month;
    world->price_level = 1;
    for (int32_t b = 0; b < n_buurten; b++) {
        int32_t row = WKS_NONE;
        assert_ok(wks_columns_add(&world->buurt, &wks_buurt_info, UINT64_C(0x9E3779B97F4A7C15) * (uint64_t)(b + 1), &row, &err), &err);
        world->buurt.wijk_row[row] = b / 2;
        world->buurt.price[row] = world->buurt.meeting[row] = world->buurt.contacts[row] = 1;
    }
    world->n_wijken = (n_buurten + 1) / 2;
}

static inline uint64_t wks_fixture_tick_key(int32_t kind, int32_t number)
{
    return wks_rng_child_key(UINT64_C(0xF1C70000) + (uint64_t)kind, 0, WKS_RNG_TEST, (uint32_t)number);
}

/** The one complex of a buurt, made when it is asked for first. */
static inline int32_t wks_fixture_tick_complex(wks_world *world, int32_t buurt)
{
    wks_err err = WKS_ERR_INIT;
    int32_t owner = WKS_NONE, row = WKS_NONE;

    for (int32_t i = 0; i < world->complex.base.n_rows; i++) {
        if (world->complex.buurt_row[i] == buurt) return i;
    }
    if (world->owner.base.n_rows == 0) {
        assert_ok(wks_columns_add(&world->owner, &wks_owner_info, wks_fixture_tick_key(1, 0), &owner, &err), &err);
    }
    assert_ok(wks_columns_add(&world->complex, &wks_complex_info, wks_fixture_tick_key(2, buurt), &row, &err), &err);
    world->complex.buurt_row[row] = buurt;
    world->complex.owner_row[row] = 0;
    return row;
}

/** A vacant dwelling of n units, lettable now; returns its first unit. Rent is by unit. */
static inline int32_t wks_fixture_tick_dwelling(wks_world *world, int32_t number, int32_t buurt, wks_tenure tenure, int32_t n_units,
                                                double rent, double value, int32_t rooms)
{
    wks_err err = WKS_ERR_INIT;
    int32_t row = WKS_NONE;

    assert_ok(wks_relations_dwelling_add(world, wks_fixture_tick_key(3, number), wks_fixture_tick_complex(world, buurt), tenure,
                                         WKS_DWELLING_APARTMENT, n_units, world->month, &row, &err),
              &err);
    world->dwelling.rent_eur[row] = (float)(rent * n_units);
    world->dwelling.value_eur[row] = (float)value;
    world->dwelling.rooms[row] = (uint8_t)rooms;
    world->dwelling.x_m[row] = world->dwelling.y_m[row] = NAN;
    for (int32_t u = world->dwelling.first_unit_row[row]; u >= 0; u = world->unit.next_row[u])
        world->unit.rent_eur[u] = (float)rent;
    return world->dwelling.first_unit_row[row];
}

/** A household number `number` without members: into a unit (unit >= 0) or at a place with a host. */
static inline int32_t wks_fixture_tick_household(wks_world *world, int32_t number, int32_t unit, wks_place place, int32_t host)
{
    wks_err err = WKS_ERR_INIT;
    int32_t row = WKS_NONE;

    assert_ok(wks_relations_household_add(world, wks_fixture_tick_key(4, number), unit >= 0 ? WKS_PLACE_HOUSED : place, host, &row, &err),
              &err);
    if (unit >= 0) assert_ok(wks_relations_place_at_start(world, row, unit, &err), &err);
    world->household.kin_buurt_row[row] = WKS_NONE;
    world->household.income_eur[row] = 30000;
    world->household.income_source[row] = WKS_INCOME_WORK;
    return row;
}

/** A member of that age, whose birthday months are spread over the year by `number`. */
static inline int32_t wks_fixture_tick_person(wks_world *world, int32_t number, int32_t household, wks_role role, wks_sex sex, int32_t age)
{
    wks_err err = WKS_ERR_INIT;
    int32_t row = WKS_NONE;

    assert_ok(wks_relations_person_add(world, wks_fixture_tick_key(5, number), household, sex, role, WKS_ORIGIN_NL,
                                       world->month - 12 * age - number % 12, &row, &err),
              &err);
    return row;
}

/** n households of one adult of that age, each in a dwelling of its own, spread over all buurten. */
static inline void wks_fixture_tick_singles(wks_world *world, int32_t n, wks_tenure tenure, wks_sex sex, int32_t age)
{
    for (int32_t i = 0; i < n; i++) {
        const int32_t unit =
            wks_fixture_tick_dwelling(world, i, i % world->buurt.base.n_rows, tenure, 1, tenure == WKS_TENURE_OWNER ? 0 : 600, 300000, 3);
        const int32_t row = wks_fixture_tick_household(world, i, unit, WKS_PLACE_HOUSED, WKS_NONE);
        (void)wks_fixture_tick_person(world, i, row, WKS_ROLE_HEAD, sex, age);
    }
    wks_world_clear_flows(world);
}

/** |observed - n p| within `sigma` standard errors of a binomial. */
static inline void wks_fixture_tick_expect(double observed, double n, double p, double sigma)
{
    const double mean = n * p, se = sqrt(n * p * (1 - p));
    if (fabs(observed - mean) > sigma * se + 1e-9) fail_msg("observed %g of %g, expected %g +- %g x %g", observed, n, mean, sigma, se);
}

#endif
