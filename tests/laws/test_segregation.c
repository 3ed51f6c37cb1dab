/* Segregation of a run: at every tick one pass over households equals a slow recount and what relations keep, and every figure has the same bits for any order
 * of rows and any number of threads. */
#include "measure/profile.h"
#include "measure/segregation_level.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "sim/replication.h"
#include "support/fixture_town.h"

enum { MONTH = 2025 * 12, TICKS = 18, MOST_ROWS = 8000 };

static const char text[] =
    "name = \"laws\"; start = \"2025-01\"; ticks = 18;\n"
    "groups = ( { name = \"families\"; where = \"n_children >= 1\"; }, { name = \"old\"; where = \"age_years >= 60\"; } );\n"
    "rules = ( { name = \"region\"; basis = \"test\"; channels = ( { part = \"advertised\"; name = \"adverts\"; share = 1.0; } );\n"
    "  filters = ( { part = \"registered\"; } ); order = ( { part = \"inschrijfduur\"; } ); spreiding = (); } );\n"
    "processes = { arrivals = { region = 0.2; foreign = 0.1; }; stock = { sell = 0.2; build = 0.05; build_months = 3; demolish = 0.1; "
    "to_rooms = 0.2; split = 0.3; }; };\n"
    "output = { levels = [ \"city\" ]; segregation_every = 1; indicators = [ \"D\", \"H\", \"xPx\", \"G\", \"eta2\", \"gorard\", "
    "\"ED_fixed\", \"Dmod_binom\", \"H_spatial\", \"M\", \"D_multi\" ]; };\n";

static void read_scenario(wks_scenario *out)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const wks_status rc =
        wks_read_scenario_text("laws.cfg", text, strlen(text), &options, wks_everything_catalogue(), out, &problems, &err);

    assert_problems(&problems, "");
    assert_ok(rc, &err);
    wks_problems_free(&problems);
}

static void run(bool reversed, int threads, wks_replication_observer *observer, void *context)
{
    static const double x_m[6] = {1000, 2000, 3000, 1000, 2000, 3000}, y_m[6] = {0, 100, 0, 1500, 1500, 1700};
    const wks_fixture_town_options town = {.n = 900, .n_buurten = 6, .month = MONTH, .reversed = reversed};
    const wks_replication_options options = {
        .number = 1, .threads = threads, .verify = true, .observer = observer, .observer_context = context};
    wks_scenario scenario;
    wks_world population;
    wks_err err = WKS_ERR_INIT;
    uint64_t hash = 0;

    read_scenario(&scenario);
    wks_fixture_town_make(&population, &town);
    population.near_x = x_m;
    population.near_y = y_m;
    for (int32_t b = 0; b < 6; b++)
        population.buurt.scored[b] = 1;
    for (int32_t d = 0; d < population.dwelling.base.n_rows; d++) {
        population.dwelling.x_m[d] = (float)(population.dwelling.key[d] % 700);
        population.dwelling.y_m[d] = (float)(population.dwelling.key[d] / 700 % 900);
    }
    assert_ok(wks_replication_run(&scenario, &population, &options, &hash, &err), &err);
    wks_world_free(&population);
    wks_scenario_free(&scenario);
}

/* ---- the pass against a recount ---- */

typedef struct recount {
    wks_profile profile;
    int32_t ticks;
} recount;

static double sum_of(const wks_profile *profile, wks_profile_scale scale, int32_t slot)
{
    double sum = 0;
    for (int32_t i = 0; i < profile->level[scale].n_areas; i++)
        sum += wks_profile_count(profile, scale, slot)[i];
    return sum;
}

static double slow_count(const wks_world *world, int32_t group, int32_t buurt, int64_t complex)
{
    double n = 0;
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) { /* from the homes, not from the households */
        const int32_t h = world->unit.key[u] == 0 ? WKS_NONE : world->unit.household_row[u];
        if (h < 0 || (group >= 0 && (world->household.groups[h] >> group & 1u) == 0)) continue;
        const int32_t d = world->unit.dwelling_row[u];
        n += buurt >= 0 ? world->dwelling.buurt_row[d] == buurt : world->dwelling.complex_row[d] == complex;
    }
    return n;
}

static wks_status compare(const wks_replication_view *view, void *context, wks_err *err)
{
    recount *self = context;
    const wks_world *world = view->world;
    wks_profile *profile = &self->profile;
    const int32_t everybody = wks_profile_everybody(profile);
    const wks_profile_level *complexes = &profile->level[WKS_PROFILE_COMPLEX];

    assert_ok(wks_profile_take(profile, world, err), err);
    for (int32_t b = 0; b < 6; b++) {
        assert_close(wks_profile_count(profile, WKS_PROFILE_BUURT, everybody)[b], world->buurt.n_households[b], 0, 0);
        for (int32_t g = 0; g < 2; g++)
            assert_close(wks_profile_count(profile, WKS_PROFILE_BUURT, g)[b], slow_count(world, g, b, 0), 0, 0);
    }
    for (int32_t c = 0; c < complexes->n_areas; c++)
        assert_close(wks_profile_count(profile, WKS_PROFILE_COMPLEX, 0)[c], slow_count(world, 0, WKS_NONE, complexes->area[c]), 0, 0);
    for (int32_t slot = 0; slot < profile->n_slots; slot++) {
        assert_close(sum_of(profile, WKS_PROFILE_COMPLEX, slot), sum_of(profile, WKS_PROFILE_BUURT, slot), 0, 0);
        assert_close(sum_of(profile, WKS_PROFILE_WIJK, slot), sum_of(profile, WKS_PROFILE_BUURT, slot), 0, 0);
    }
    for (int32_t k = 0; k < WKS_PROFILE_N_KINDS; k++) { /* every attribute puts everybody somewhere, once */
        double sum = 0;
        for (int32_t c = 0; c < wks_profile_n_categories((wks_profile_kind)k); c++)
            sum += sum_of(profile, WKS_PROFILE_WIJK, wks_profile_slot(profile, (wks_profile_kind)k, c));
        assert_close(sum, sum_of(profile, WKS_PROFILE_BUURT, everybody), 0, 0);
    }
    self->ticks++;
    return WKS_OK;
}

static void the_pass_equals_a_slow_recount_at_every_tick(void **state)
{
    recount self = {.ticks = 0};
    (void)state;
    wks_profile_init(&self.profile, 2);
    run(false, 2, compare, &self);
    assert_int_equal(self.ticks, TICKS + 1);
    wks_profile_free(&self.profile);
}

/* ---- the same bits ---- */

typedef struct kept {
    int32_t n, n_numbers;
    double value[MOST_ROWS];
} kept;

static wks_status keep(const wks_replication_view *view, void *context, wks_err *err)
{
    kept *self = context;
    (void)err;
    for (int32_t i = 0; i < view->city->n; i++) {
        assert_true(self->n < MOST_ROWS);
        self->n_numbers += isfinite(view->city->row[i].value);
        self->value[self->n++] = isfinite(view->city->row[i].value) ? view->city->row[i].value : -7;
    }
    return WKS_OK;
}

static void order_of_rows_and_threads_do_not_matter(void **state)
{
    static kept plain, reversed, threaded;
    (void)state;
    run(false, 1, keep, &plain);
    run(true, 1, keep, &reversed);
    run(false, 3, keep, &threaded);
    assert_true(plain.n_numbers > 1500);
    assert_int_equal(plain.n, reversed.n);
    assert_int_equal(plain.n, threaded.n);
    assert_memory_equal(plain.value, reversed.value, (size_t)plain.n * sizeof *plain.value);
    assert_memory_equal(plain.value, threaded.value, (size_t)plain.n * sizeof *plain.value);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_pass_equals_a_slow_recount_at_every_tick),
        cmocka_unit_test(order_of_rows_and_threads_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
