/* State between two ticks (decision 0016): saved at any tick and read back, a replication goes on as if nothing had happened: every later row and the state hash are
 * equal, and what is saved later is equal to the byte. With every process on, every rule part, every event; without a city too. Damaged bytes are refused, or
 * harmless. */
#include <stdlib.h>

#include "base/mem.h"
#include "scenario/model.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "support/fixture_town.h"
#include "support/fixture_view.h"

enum { MOST_TICKS = 512 };

/* ---- a run, and what it says at every tick ------------------------------------------------------------------------------------------------- */

typedef struct story {
    const wks_scenario *scenario;
    wks_bytes told[MOST_TICKS + 1], state[MOST_TICKS + 1]; /* by tick */
    uint64_t hash;
    int32_t first_told; /* tick; a run that goes on tells only later ones */
    bool keeps_states;
} story;

static void free_story(story *self)
{
    for (int32_t t = 0; t <= MOST_TICKS; t++) {
        wks_bytes_free(&self->told[t]);
        wks_bytes_free(&self->state[t]);
    }
    free(self);
}

static story *new_story(const wks_scenario *scenario, bool keeps_states)
{
    story *self = wks_mem_array(1, sizeof *self);

    assert_non_null(self);
    assert_true(scenario->n_ticks <= MOST_TICKS);
    self->scenario = scenario;
    self->first_told = INT32_MAX;
    self->keeps_states = keeps_states;
    return self;
}

static wks_status tell(const wks_replication_view *view, void *context, wks_err *err)
{
    story *self = context;
    const int32_t tick = view->world->tick;

    if (tick < self->first_told) self->first_told = tick;
    wks_fixture_view_put(&self->told[tick], view);
    return wks_bytes_status(&self->told[tick], err);
}

static wks_status keep(const wks_replication_state *state, int32_t tick, bool is_stopping, void *context, wks_err *err)
{
    story *self = context;

    assert_false(is_stopping);
    return self->keeps_states ? wks_replication_save(state, &self->state[tick], err) : WKS_OK;
}

typedef struct how {
    int32_t n; /* dwellings */
    int threads;
    bool follow, is_people; /* of real people */
} how;

static void make_town(wks_world *out, const wks_scenario *scenario, const how *as)
{
    const wks_fixture_town_options town = {.n = as->n, .n_buurten = 6, .month = scenario->start_month};

    wks_fixture_town_make(out, &town);
    out->hides_few = as->is_people;
}

static wks_status try_run(story *self, const wks_bytes *from, int32_t until, const how *as, wks_err *err)
{
    wks_replication_options options = {.number = 3,
                                       .threads = as->threads,
                                       .follow = as->follow,
                                       .observer = tell,
                                       .observer_context = self,
                                       .pause = keep,
                                       .pause_context = self,
                                       .from = from,
                                       .until = until};
    wks_world population;
    wks_status rc;

    if (!wks_model_has_city(self->scenario)) return wks_replication_run(self->scenario, NULL, &options, &self->hash, err);
    make_town(&population, self->scenario, as);
    rc = wks_replication_run(self->scenario, &population, &options, &self->hash, err);
    wks_world_free(&population);
    return rc;
}

static story *run(const wks_scenario *scenario, const wks_bytes *from, int32_t until, const how *as, bool keeps_states)
{
    story *self = new_story(scenario, keeps_states);
    wks_err err = WKS_ERR_INIT;

    assert_ok(try_run(self, from, until, as, &err), &err);
    return self;
}

static void assert_same_bytes(const wks_bytes *a, const wks_bytes *b, const char *what, int32_t from, int32_t tick)
{
    size_t at = 0;

    while (at < a->length && at < b->length && a->data[at] == b->data[at])
        at++;
    if (at < a->length || at < b->length)
        fail_msg("%s of tick %d, going on from tick %d: byte %zu of %zu and %zu differs", what, (int)tick, (int)from, at, a->length,
                 b->length);
}

/* ---- the law ---------------------------------------------------------------------------------------------------------------------------------- */

static void goes_on_from(const story *whole, int32_t tick, const how *as)
{
    const int32_t last = whole->scenario->n_ticks;
    story *rest = run(whole->scenario, &whole->state[tick], 0, as, false);

    assert_true(rest->hash == whole->hash);
    for (int32_t t = 0; t <= last; t++) {
        if (t <= tick) assert_int_equal(rest->told[t].length, 0);
        if (t > tick) assert_same_bytes(&whole->told[t], &rest->told[t], "what is told", tick, t);
    }
    free_story(rest);
    if (tick == last) return;
    rest = run(whole->scenario, &whole->state[tick], tick + 1, as, true);
    assert_same_bytes(&whole->state[tick + 1], &rest->state[tick + 1], "state", tick, tick + 1);
    free_story(rest);
}

/* At every `step`-th tick and the last. */
static void law(const wks_scenario *scenario, const how *as, int32_t step)
{
    story *whole = run(scenario, NULL, 0, as, true);
    story *plain = run(scenario, NULL, 0, as, false);

    assert_true(whole->hash == plain->hash); /* saving changes nothing */
    free_story(plain);
    for (int32_t t = 0; t < scenario->n_ticks; t += step)
        if (whole->state[t].length > 0) goes_on_from(whole, t, as);
    goes_on_from(whole, scenario->n_ticks, as);
    free_story(whole);
}

static const char rules[] =
    "groups = ( { name = \"referred\"; where = \"referral != none\"; use = [ \"measure\", \"rule\" ]; }, { name = \"families\"; where = "
    "\"n_children >= 1\"; } );\n"
    "rules = ( { name = \"region\"; basis = \"test\";\n"
    "  channels = ( { part = \"direct\"; name = \"direct\"; share = 0.2; group = \"referred\"; }, { part = \"advertised\"; name = "
    "\"adverts\"; share = 0.7; },\n"
    "               { part = \"advertised\"; name = \"lottery\"; share = 0.1; order = \"lot\"; } );\n"
    "  filters = ( { part = \"registered\"; }, { part = \"income_limit\"; }, { part = \"passend\"; }, { part = \"occupancy\"; } );\n"
    "  order = ( { part = \"urgency\"; }, { part = \"inschrijfduur\"; } );\n"
    "  spreiding = ( { part = \"cap_share\"; group = \"referred\"; max_share = 0.10; scale = \"buurt\"; } ); } );\n";

/* Everything happens, and often: as in test_processes.c. */
static const char busy[] =
    "processes = {\n"
    "  demography = { death_level = 0.02; fertility = 4.0; separate = 0.15; couple = 4.0; leave_home = 3.0; care_old = 0.15; care_young = "
    "0.3; };\n"
    "  livelihood = { job_loss = 0.2; debt = 0.2; arrears = 0.5; eviction = 0.2; burden_limit = 0.2; graduate = 0.6; setback = 0.5; "
    "recover_short = 5; early_plan = 0.3; };\n"
    "  arrivals = { region = 0.2; foreign = 0.1; labour = 0.05; students = 1.0; taakstelling = 100000.0; care_leavers = 0.5; ex_detainees "
    "= 0.01; };\n"
    "  stock = { sell = 0.2; sell_sitting = 0.05; uitpond = 0.2; build = 0.05; build_months = 3; build_cheap = 0.1; transform = 0.02; "
    "demolish = 0.1; "
    "liberalise = 0.2; to_social = 0.3; to_rooms = 0.2; from_rooms = 0.5; split = 0.3; merge = 0.5; merge_rooms = 3; };\n"
    "  departures = { hosted = 0.1; ex_partner = 0.5; shelter_hosted = 0.4; at_parents = 0.1; };\n"
    "};\n"
    "timeline = ( { at = \"2025-03\"; event = \"build\"; areas = (); dwellings = 30; tenure = \"social\"; },\n"
    "             { at = \"2025-05\"; event = \"sell\"; areas = (); dwellings = 20; }, { at = \"2025-06\"; event = \"demolish\"; areas = "
    "(); dwellings = 10; when_vacant = true; },\n"
    "             { at = \"2025-02\"; event = \"demolish\"; areas = (); dwellings = 60; notice_months = 6; build_months = 6; "
    "wisselwoning_months = 4; },\n"
    "             { at = \"2025-04\"; event = \"renovate\"; areas = (); dwellings = 60; in_place = 0.3; },\n"
    "             { at = \"2025-07\"; event = \"meeting\"; areas = (); factor = 1.5; }, { at = \"2025-08\"; event = \"safety\"; areas = "
    "(); effect = 0.02; },\n"
    "             { at = \"2025-03\"; event = \"programme\"; kind = \"jobs\"; areas = (); places = 20; until = \"2026-06\"; },\n"
    "             { at = \"2025-05\"; event = \"programme\"; kind = \"jobs\"; areas = (); places = 200; accept = 0.3; eur_year = 1000; },\n"
    "             { at = \"2025-03\"; event = \"programme\"; kind = \"school\"; areas = (); factor = 0.5; },\n"
    "             { at = \"2025-03\"; event = \"programme\"; kind = \"workspace\"; areas = (); factor = 2.0; },\n"
    "             { at = \"2025-04\"; event = \"arrival\"; areas = (); factor = 2.0; },\n"
    "             { at = \"2025-04\"; event = \"safety\"; areas = (); effect = 0.01; nuisance = 0.7; },\n"
    "             { at = \"2025-03\"; event = \"support\"; kind = \"wijkteam\"; hours_week = 30; until = \"2026-06\"; },\n"
    "             { at = \"2025-06\"; event = \"support\"; areas = (); kind = \"ggz\"; hours_week = 12.5; },\n"
    "             { at = \"2025-04\"; event = \"support\"; kind = \"presence\"; hours_week = 3.3; until = \"2027-01\"; },\n"
    "             { at = \"2025-09\"; set = \"processes.market.enabled\"; value = false; }, { at = \"2026-02\"; set = "
    "\"processes.market.enabled\"; value = true; } );\n";

/* ---- scenarios ------------------------------------------------------------------------------------------------------------------------------- */

static void read_with(const char *path, const char *text, const wks_read_options *options, wks_scenario *out)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const wks_catalogue *catalogue = wks_everything_catalogue();
    const wks_status rc = path != NULL ? wks_read_scenario(path, options, catalogue, out, &problems, &err)
                                       : wks_read_scenario_text("state.cfg", text, strlen(text), options, catalogue, out, &problems, &err);

    if (rc != WKS_OK && problems.n > 0) print_error("%s: %s\n", path == NULL ? "text" : path, problems.item[0].text);
    assert_ok(rc, &err);
    wks_problems_free(&problems);
}

static void read_busy(wks_scenario *out, int32_t ticks, const char *more)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    char text[9000];

    (void)snprintf(text, sizeof text, "name = \"state\"; start = \"2025-01\"; ticks = %d;\n%s%s", (int)ticks, rules, more);
    read_with(NULL, text, &options, out);
}

/* A scenario of the project, for so many ticks. */
static void read_file(const char *name, const char *const *set, int32_t n_set, int32_t ticks, const char *theory, wks_scenario *out)
{
    wks_read_options options = WKS_READ_OPTIONS_INIT;
    char path[1024];

    options.set = set;
    options.n_set = n_set;
    options.ticks = ticks;
    options.theory = theory;
    (void)snprintf(path, sizeof path, "%s/../../scenarios/%s.cfg", wks_check_test_data(), name);
    read_with(path, NULL, &options, out);
}

__attribute__((unused)) static void law_of_file(const char *name, const char *const *set, int32_t n_set, int32_t ticks, const how *as,
                                                int32_t step)
{
    wks_scenario scenario;

    read_file(name, set, n_set, ticks, NULL, &scenario);
    law(&scenario, as, step);
    wks_scenario_free(&scenario);
}

static const how followed = {.n = 300, .threads = 2, .follow = true};

static void every_tick_of_a_busy_city_can_be_gone_on_from(void **state)
{
    wks_scenario scenario;
    (void)state;
    read_busy(&scenario, 26, busy);
    law(&scenario, &followed, 1);
    wks_scenario_free(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tick_of_a_busy_city_can_be_gone_on_from),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
