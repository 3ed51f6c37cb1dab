/* State between two ticks (decision 0016): saved at any tick and read back, a replication goes on as if nothing had happened: every later row and the state hash are
 * equal, and what is saved later is equal to the byte. With every process on, every rule part, every event; without a city too. Damaged bytes are refused, or
 * harmless. */
#include <dirent.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/text.h"
#include "scenario/model.h"
#include "scenario/read.h"
#include "sim/everything.h"
#include "support/fixture_town.h"
#include "support/fixture_view.h"

/* ---- a run, and what it says at every tick ------------------------------------------------------------------------------------------------- */

typedef struct story {
    const wks_scenario *scenario;
    wks_bytes *told, *state; /* by tick */
    uint64_t hash;
    int32_t first_told; /* tick; a run that goes on tells only later ones */
    bool keeps_states;
} story;

static void free_story(story *self)
{
    for (int32_t t = 0; t <= self->scenario->n_ticks; t++) {
        wks_bytes_free(&self->told[t]);
        wks_bytes_free(&self->state[t]);
    }
    free(self->told);
    free(self->state);
    free(self);
}

static story *new_story(const wks_scenario *scenario, bool keeps_states)
{
    story *self = wks_mem_array(1, sizeof *self);

    assert_non_null(self);
    self->told = wks_mem_array((size_t)scenario->n_ticks + 1, sizeof *self->told);
    self->state = wks_mem_array((size_t)scenario->n_ticks + 1, sizeof *self->state);
    assert_true(self->told != NULL && self->state != NULL);
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
    bool keep_order, by_gemeente;
} how;

static void make_town(wks_world *out, const wks_scenario *scenario, const how *as)
{
    static const char *const code[] = {"WK990104", "WK990105", "WK990107", "WK990108"};
    const wks_fixture_town_options town = {.n = as->n, .n_buurten = 6, .month = scenario->start_month};

    wks_fixture_town_make(out, &town);
    out->hides_few = as->is_people;
    /* Wijken and a buurt that scenarios of the project name, so that their events and rules happen here. */
    for (int32_t b = 0; b < out->buurt.base.n_rows; b++)
        out->buurt.wijk_key[b] = wks_text_hash(code[b % 4]);
    out->buurt.key[5] = wks_text_hash("BU99010807");
    if (!as->by_gemeente) return;
    out->by_gemeente = true;
    out->n_gemeenten = 3;
    for (int32_t b = 0; b < out->buurt.base.n_rows; b++)
        out->buurt.gemeente_row[b] = b % 3;
}

static wks_status try_run(story *self, const wks_bytes *from, int32_t until, const how *as, wks_err *err)
{
    wks_replication_options options = {.number = 3,
                                       .threads = as->threads,
                                       .follow = as->follow,
                                       .keep_order = as->keep_order,
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

    if (rc != WKS_OK)
        for (size_t i = 0; i < problems.n; i++)
            print_error("%s: %s\n", path == NULL ? "text" : path, problems.item[i].text);
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

static void law_of_file(const char *name, const char *const *set, int32_t n_set, int32_t ticks, const how *as, int32_t step)
{
    wks_scenario scenario;

    read_file(name, set, n_set, ticks, NULL, &scenario);
    law(&scenario, as, step);
    wks_scenario_free(&scenario);
}

static const how plain = {.n = 300, .threads = 1}, followed = {.n = 300, .threads = 2, .follow = true};

static void every_tick_of_a_busy_city_can_be_gone_on_from(void **state)
{
    wks_scenario scenario;
    (void)state;
    read_busy(&scenario, 26, busy);
    law(&scenario, &followed, 1);
    wks_scenario_free(&scenario);
}

/* Rows that are put in order every year, beside rows that stay where they came to be: all that is told at every tick, and the state at the end. */
static void order_of_rows_changes_nothing(void **state)
{
    wks_scenario scenario;
    (void)state;
    read_busy(&scenario, 26, busy);
    for (int32_t k = 0; k < 2; k++) {
        const how in_order = {.n = 300, .threads = 2, .follow = true, .by_gemeente = k == 1}, kept = {300, 1, true, false, true, k == 1};
        story *a = run(&scenario, NULL, 0, &in_order, false), *b = run(&scenario, NULL, 0, &kept, false);
        for (int32_t t = 0; t <= scenario.n_ticks; t++)
            assert_same_bytes(&a->told[t], &b->told[t], "what is told", 0, t);
        assert_true(a->hash == b->hash);
        free_story(a);
        free_story(b);
    }
    wks_scenario_free(&scenario);
}

/* Rule parts that bind every month, with a memory each: what one forgets, somebody gets a home by. */
static void rule_parts_that_bind_remember(void **state)
{
    static const char tight[] =
        "name = \"state\"; start = \"2025-01\"; ticks = 17;\n"
        "groups = ( { name = \"families\"; where = \"n_children >= 1\"; use = [ \"measure\", \"rule\" ]; },\n"
        "           { name = \"pairs\"; where = \"n_persons >= 2\"; use = [ \"measure\", \"rule\" ]; } );\n"
        "rules = ( { name = \"tight\"; basis = \"test\"; until = \"2026-03\";\n"
        "  channels = ( { part = \"direct\"; share = 0.2; group = \"families\"; then = \"lot\"; then_after = 1; },\n"
        "    { part = \"advertised\"; name = \"list\"; share = 0.6; then = \"first_reactor\"; then_after = 2; },\n"
        "    { part = \"advertised\"; name = \"lot\"; share = 0.1; order = \"lot\"; }, { part = \"first_reactor\"; share = 0.1; } );\n"
        "  filters = ( { part = \"registered\"; }, { part = \"income_limit\"; free_share = 0.15; }, { part = \"passend\"; }, { part = "
        "\"ties\"; share = 0.5; years = 6.0; } );\n"
        "  order = ( { part = \"ties_first\"; share = 0.5; scale = \"wijk\"; }, { part = \"inschrijfduur\"; } );\n"
        "  spreiding = ( { part = \"dosing\"; group = \"pairs\"; number = 2; period = 12; scale = \"buurt\"; paced = false; },\n"
        "    { part = \"cap_inflow\"; group = \"families\"; max_share = 0.25; scale = \"wijk\"; when_nobody = \"next_channel\"; },\n"
        "    { part = \"contingent\"; group = \"families\"; quota = 9; key = \"lettings\"; } );\n"
        "  conduct = ( { part = \"reaction_cap\"; most = 4; }, { part = \"search_points\"; } ); },\n"
        "  { name = \"after\"; basis = \"test\"; from = \"2026-03\"; channels = ( { part = \"advertised\"; share = 1.0; } );\n"
        "    filters = ( { part = \"registered\"; } ); order = ( { part = \"lot\"; } ); } );\n"
        "processes = { departures = { hosted = 0.1; }; demography = { death_level = 0.02; }; };\n";
    static const how larger = {.n = 900, .threads = 2};
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_scenario scenario;
    (void)state;
    read_with(NULL, tight, &options, &scenario);
    law(&scenario, &larger, 1);
    wks_scenario_free(&scenario);
}

/* Homes at the owner's cost, gemengd wonen, set events, a designation: what the busy city has not. */
static void every_other_event_can_lie_in_the_past(void **state)
{
    static const char more[] =
        "processes = { stock = { budget = \"binding\"; build = 0.05; build_months = 5; }; neighbourhood = { theory = \"T2\"; }; };\n"
        "timeline = ( { at = \"2025-02\"; event = \"label\"; areas = (); label = \"gemengd\"; share = 0.3; },\n"
        "  { at = \"2025-03\"; event = \"guidance\"; areas = (); strength = 0.8; until = \"2026-02\"; },\n"
        "  { at = \"2025-03\"; event = \"renewal\"; areas = (); fys = 0.02; vrz = 0.01; months = 9; },\n"
        "  { at = \"2025-04\"; event = \"designate\"; areas = (); stigma = 0.5; until = \"2025-11\"; },\n"
        "  { at = \"2025-05\"; event = \"meeting\"; areas = (); kind = \"shared_space\"; factor = 1.3; eur_year = 1000; },\n"
        "  { at = \"2025-05\"; set = \"processes.stock.sell\"; value = 0.3; }, { at = \"2025-06\"; set = "
        "\"processes.livelihood.enabled\"; value = false; },\n"
        "  { at = \"2025-12\"; set = \"processes.livelihood.enabled\"; value = true; } );\n";
    wks_scenario scenario;
    (void)state;
    read_busy(&scenario, 18, more);
    law(&scenario, &plain, 1);
    wks_scenario_free(&scenario);
}

static void law_of_folder(const char *folder, int32_t ticks, int32_t step)
{
    char path[1024];
    struct dirent *entry;

    (void)snprintf(path, sizeof path, "%s/../../scenarios/%s", wks_check_test_data(), folder);
    DIR *list = opendir(path);
    assert_non_null(list);
    while ((entry = readdir(list)) != NULL) {
        const size_t n = strlen(entry->d_name);
        if (n < 5 || strcmp(entry->d_name + n - 4, ".cfg") != 0) continue;
        (void)snprintf(path, sizeof path, "%s/%.*s", folder, (int)(n - 4), entry->d_name);
        law_of_file(path, NULL, 0, ticks, &plain, step);
    }
    (void)closedir(list);
}

static void every_rule_set_and_lever_of_the_project_can_be_gone_on_from(void **state)
{
    (void)state;
    law_of_folder("rules", 14, 5);
    law_of_folder("levers", 14, 6);
}

/* Three rule sets after each other: what the parts of the one before counted is still told of at the end of the year. */
static void rule_sets_that_follow_each_other_remember(void **state)
{
    static const char *const set[] = {"start=2027-08", "output.city_every=1"};
    (void)state;
    law_of_file("rules/alle_delen", set, 2, 48, &followed, 5);
}

static void theories_and_their_members_go_on(void **state)
{
    static const char *const theory[] = {"T0", "T1", "T2"};
    (void)state;
    for (int32_t i = 0; i < 3; i++) {
        wks_scenario scenario;
        read_file("00_reference", NULL, 0, 14, theory[i], &scenario);
        assert_int_equal(scenario.members != NULL, i == 1);
        law(&scenario, &plain, 3);
        wks_scenario_free(&scenario);
    }
}

static void a_city_of_real_people_goes_on(void **state)
{
    static const how people = {.n = 300, .threads = 1, .is_people = true};
    wks_scenario scenario;
    (void)state;
    read_busy(&scenario, 14, busy);
    law(&scenario, &people, 4);
    wks_scenario_free(&scenario);
}

/* ---- without a city ----------------------------------------------------------------------------------------------------------------------------- */

static void models_without_a_city_go_on_from_every_tick(void **state)
{
    static const char *const exact[] = {"waiting_list", "lottery", "lottery_chance", "mmc", "priority", "impatience", "arnosti_shi"};
    static const char *const every[] = {"output.city_every=3", "warmup=7"};
    (void)state;
    for (size_t i = 0; i < sizeof exact / sizeof exact[0]; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "exact/%s", exact[i]);
        law_of_file(name, every, 2, 60, &plain, 1);
    }
}

static void models_on_a_grid_go_on_from_every_tick(void **state)
{
    static const char *const classic[] = {"bounded", "mesa", "sakoda", "schelling", "schelling_small"};
    static const char *const order[] = {"random", "pass", "event", "synchronous"};
    char set[64];
    const char *const one[] = {set};
    (void)state;
    for (size_t i = 0; i < sizeof classic / sizeof classic[0]; i++) {
        char name[64];
        (void)snprintf(name, sizeof name, "classic/%s", classic[i]);
        law_of_file(name, NULL, 0, 12, &plain, 1);
    }
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        (void)snprintf(set, sizeof set, "relocation.order=%s", order[i]);
        law_of_file("classic/schelling_small", one, 1, 9, &plain, 1);
    }
}

/* ---- ending early, and another future -------------------------------------------------------------------------------------------------------------- */

typedef struct stopped {
    wks_stop stop;
    wks_bytes state;
    int32_t raise_at, saved_at, n_stopping;
} stopped;

static wks_status raise_and_save(const wks_replication_state *state, int32_t tick, bool is_stopping, void *context, wks_err *err)
{
    stopped *self = context;

    if (!is_stopping && tick == self->raise_at) wks_stop_raise(&self->stop);
    if (!is_stopping) return WKS_OK;
    self->n_stopping++;
    self->saved_at = tick;
    return wks_replication_save(state, &self->state, err);
}

static void stop_and_go_on(const wks_scenario *scenario, const how *as, int32_t raise_at)
{
    story *whole = run(scenario, NULL, 0, as, false);
    stopped self = {.raise_at = raise_at};
    const wks_replication_options options = {
        .number = 3, .threads = 1, .follow = as->follow, .stop = &self.stop, .pause = raise_and_save, .pause_context = &self};
    wks_world population;
    wks_err err = WKS_ERR_INIT;
    uint64_t hash = 0;

    wks_world_init(&population);
    if (wks_model_has_city(scenario)) make_town(&population, scenario, as);
    assert_status(wks_replication_run(scenario, &population, &options, &hash, &err), WKS_ERR_STOPPED, &err);
    wks_world_free(&population);
    assert_int_equal(self.n_stopping, 1);
    assert_true(self.saved_at >= raise_at && self.saved_at < scenario->n_ticks);
    story *rest = run(scenario, &self.state, 0, as, false);
    assert_true(rest->hash == whole->hash);
    assert_true(rest->first_told > self.saved_at);
    free_story(rest);
    free_story(whole);
    wks_bytes_free(&self.state);
}

static void who_is_stopped_can_save_and_go_on(void **state)
{
    wks_scenario scenario;
    (void)state;
    read_busy(&scenario, 10, busy);
    stop_and_go_on(&scenario, &plain, 4);
    wks_scenario_free(&scenario);
    read_file("exact/mmc", NULL, 0, 30000, NULL, &scenario); /* between ticks that have rows */
    stop_and_go_on(&scenario, &plain, 0);
    wks_scenario_free(&scenario);
}

static void ending_at_a_tick_is_the_begin_of_the_whole(void **state)
{
    wks_scenario scenario;
    (void)state;
    read_busy(&scenario, 15, busy);
    story *whole = run(&scenario, NULL, 0, &plain, false), *begin = run(&scenario, NULL, 9, &plain, true);
    for (int32_t t = 0; t <= 9; t++)
        assert_same_bytes(&whole->told[t], &begin->told[t], "what is told", 0, t);
    assert_int_equal(begin->told[10].length, 0);
    story *rest = run(&scenario, &begin->state[9], 0, &plain, false);
    assert_true(rest->hash == whole->hash);
    free_story(rest);
    free_story(begin);
    free_story(whole);
    wks_scenario_free(&scenario);
}

/* A population that is used up is gone also when it was not needed. */
static void population_that_is_taken_is_empty_afterwards(void **state)
{
    wks_scenario scenario;
    wks_world population;
    wks_err err = WKS_ERR_INIT;
    uint64_t hash = 0;
    (void)state;
    read_busy(&scenario, 8, busy);
    story *whole = run(&scenario, NULL, 0, &plain, true);
    make_town(&population, &scenario, &plain);
    const wks_replication_options options = {.number = 3, .threads = 1, .from = &whole->state[5], .take = &population};
    assert_ok(wks_replication_run(&scenario, &population, &options, &hash, &err), &err);
    assert_true(hash == whole->hash);
    assert_int_equal(population.household.base.n_rows, 0);
    wks_world_free(&population);
    free_story(whole);
    wks_scenario_free(&scenario);
}

static const char common[] =
    "{ at = \"2025-02\"; event = \"demolish\"; areas = (); dwellings = 60; notice_months = 4; build_months = 6; },\n"
    "{ at = \"2025-03\"; event = \"programme\"; kind = \"jobs\"; areas = (); places = 20; },\n"
    "{ at = \"2025-04\"; set = \"processes.stock.sell\"; value = 0.2; }";

static void read_future(wks_scenario *out, const char *future)
{
    char text[2000];

    (void)snprintf(text, sizeof text, "timeline = ( %s%s );\n", common, future);
    read_busy(out, 14, text);
}

/* Of the same past, another future: later events and settings are those of the scenario that goes on. */
static void another_future_equals_a_run_of_its_own(void **state)
{
    wks_scenario a, b;
    (void)state;
    read_future(&a, "");
    read_future(&b,
                ", { at = \"2025-07\"; event = \"sell\"; areas = (); dwellings = 40; }, { at = \"2025-07\"; set = "
                "\"processes.arrivals.region\"; value = 0.4; }, { at = \"2025-09\"; set = \"processes.market.enabled\"; value = false; }, "
                "{ at = \"2025-08\"; event = \"renovate\"; areas = (); dwellings = 30; }");
    story *of_a = run(&a, NULL, 0, &plain, true), *of_b = run(&b, NULL, 0, &plain, false);
    assert_true(of_a->hash != of_b->hash);
    for (int32_t t = 0; t <= 5; t++) { /* tick 5 is June */
        assert_same_bytes(&of_a->told[t], &of_b->told[t], "what is told", 0, t);
        story *rest = run(&b, &of_a->state[t], 0, &plain, false);
        assert_true(rest->hash == of_b->hash);
        for (int32_t later = t + 1; later <= b.n_ticks; later++)
            assert_same_bytes(&of_b->told[later], &rest->told[later], "what is told", t, later);
        free_story(rest);
    }
    free_story(of_a);
    free_story(of_b);
    wks_scenario_free(&a);
    wks_scenario_free(&b);
}

/* ---- refused -------------------------------------------------------------------------------------------------------------------------------------- */

static void is_refused(const wks_scenario *scenario, const wks_bytes *from, const how *as, const char *words)
{
    story *self = new_story(scenario, false);
    wks_err err = WKS_ERR_INIT;
    const wks_status rc = try_run(self, from, 0, as, &err);

    assert_int_equal(rc, WKS_ERR_DATA);
    if (strstr(err.message, words) == NULL) fail_msg("'%s' should say '%s'", err.message, words);
    assert_int_equal(self->first_told, INT32_MAX);
    free_story(self);
}

static void state_of_something_else_is_refused_with_what_differs(void **state)
{
    static const struct {
        const char *text, *words;
    } other[] = {
        {"seeds = { dynamics = 7; };\n", "seed"},
        {"processes = { stock = { build = 0.15; }; };\n", "processes.stock.build"},
        {"processes = { market = { enabled = false; }; };\n", "process market was on, and is off"},
        {"timeline = ( { at = \"2025-02\"; event = \"sell\"; areas = (); dwellings = 2; } );\n", "event"},
    };
    static const how larger = {.n = 400, .threads = 1};
    wks_scenario scenario, another;
    (void)state;
    read_busy(&scenario, 8, "");
    story *whole = run(&scenario, NULL, 0, &plain, true);
    const wks_bytes *from = &whole->state[4];
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        read_busy(&another, 8, other[i].text);
        is_refused(&another, from, &plain, other[i].words);
        wks_scenario_free(&another);
    }
    read_busy(&another, 9, "");
    is_refused(&another, from, &plain, "number of ticks");
    wks_scenario_free(&another);
    read_file("00_reference", NULL, 0, 8, NULL, &another);
    is_refused(&another, from, &plain, "state, byte");
    wks_scenario_free(&another);
    is_refused(&scenario, from, &followed, "followed");
    read_file("exact/mmc", NULL, 0, 100, NULL, &another);
    is_refused(&another, from, &plain, "kind of model");
    wks_scenario_free(&another);
    /* Another population of the same city: what became of the first is what counts. */
    story *rest = run(&scenario, from, 0, &larger, false);
    assert_true(rest->hash == whole->hash);
    free_story(rest);
    free_story(whole);
    wks_scenario_free(&scenario);
}

/* Refused, or gone on from to some end: never a crash. */
static void harmless(const wks_scenario *scenario, const wks_bytes *bytes, const how *as, int32_t until, int32_t *n_refused)
{
    story *self = new_story(scenario, false);
    wks_err err = WKS_ERR_INIT;
    const wks_status rc = try_run(self, bytes, until, as, &err);

    if (rc != WKS_OK) assert_true(rc == WKS_ERR_DATA || rc == WKS_ERR_LAW || rc == WKS_ERR_NOMEM);
    *n_refused += rc == WKS_ERR_DATA;
    free_story(self);
}

static void cut_and_flip(const wks_scenario *scenario, int32_t tick, const how *as, int32_t n_tries)
{
    story *whole = run(scenario, NULL, 0, as, true);
    const wks_bytes *good = &whole->state[tick];
    wks_bytes bad = {0};
    wks_rng_seed seed = wks_rng_seed_make(1, 1);
    int32_t n_refused = 0;

    wks_bytes_put_block(&bad, good->data, good->length);
    for (int32_t i = 0; i < n_tries; i++) {
        uint32_t word[4];
        wks_rng_four(&seed, 1, (uint32_t)i, WKS_RNG_TEST, word);
        bad.length = word[0] % good->length; /* cut: always seen */
        n_refused = 0;
        harmless(scenario, &bad, as, 0, &n_refused);
        assert_int_equal(n_refused, 1);
        bad.length = good->length;
        const size_t at = word[1] % (i % 2 == 0 || good->length < 4096 ? good->length : 4096);
        const char was = bad.data[at];
        bad.data[at] = (char)(i % 3 == 0 ? (int)word[2] & 255 : was ^ (char)(1u << (word[2] % 8)));
        harmless(scenario, &bad, as, tick + 3, &n_refused);
        bad.data[at] = was;
    }
    wks_bytes_put_u8(&bad, 0);
    n_refused = 0;
    harmless(scenario, &bad, as, 0, &n_refused);
    assert_int_equal(n_refused, 1);
    wks_bytes_free(&bad);
    free_story(whole);
}

static void damaged_states_are_refused_or_harmless(void **state)
{
    static const how tiny = {.n = 60, .threads = 1, .follow = true};
    static const char *const cityless[] = {"exact/waiting_list", "exact/lottery_chance", "exact/impatience",
                                           "exact/arnosti_shi",  "classic/sakoda",       "classic/mesa"};
    wks_scenario scenario;
    (void)state;
    read_busy(&scenario, 16, busy);
    cut_and_flip(&scenario, 13, &tiny, 300);
    cut_and_flip(&scenario, 12, &tiny, 100); /* rows are put in order next */
    wks_scenario_free(&scenario);
    for (size_t i = 0; i < sizeof cityless / sizeof cityless[0]; i++) {
        static const char *const every[] = {"output.city_every=1"};
        read_file(cityless[i], every, 1, 20, NULL, &scenario);
        cut_and_flip(&scenario, 10, &tiny, 150);
        wks_scenario_free(&scenario);
    }
}

/* Whatever allocation fails while a state is read or written, the error says so and nothing is lost. */
static void without_memory_there_is_an_error(void **state)
{
    static const how tiny = {.n = 40, .threads = 1, .follow = true};
    wks_scenario scenario;
    int64_t n = 0;
    (void)state;
    read_busy(&scenario, 4, busy);
    story *whole = run(&scenario, NULL, 0, &tiny, true);
    for (bool is_pending = false; !is_pending; n++) {
        wks_world population;
        wks_err err = WKS_ERR_INIT;
        uint64_t hash = 0;
        const wks_replication_options options = {.number = 3, .threads = 1, .follow = true, .from = &whole->state[2], .until = 2};
        make_town(&population, &scenario, &tiny);
        wks_mem_fail_after(n + 1);
        const wks_status rc = wks_replication_run(&scenario, &population, &options, &hash, &err);
        is_pending = wks_mem_fail_pending();
        wks_mem_fail_after(0);
        assert_int_equal(rc, is_pending ? WKS_OK : WKS_ERR_NOMEM);
        wks_world_free(&population);
    }
    assert_true(n > 30);
    free_story(whole);
    wks_scenario_free(&scenario);
}

int main(int argc, char **argv)
{
    if (argc > 1) cmocka_set_test_filter(argv[1]);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_tick_of_a_busy_city_can_be_gone_on_from),
        cmocka_unit_test(order_of_rows_changes_nothing),
        cmocka_unit_test(every_other_event_can_lie_in_the_past),
        cmocka_unit_test(rule_parts_that_bind_remember),
        cmocka_unit_test(every_rule_set_and_lever_of_the_project_can_be_gone_on_from),
        cmocka_unit_test(rule_sets_that_follow_each_other_remember),
        cmocka_unit_test(theories_and_their_members_go_on),
        cmocka_unit_test(a_city_of_real_people_goes_on),
        cmocka_unit_test(models_without_a_city_go_on_from_every_tick),
        cmocka_unit_test(models_on_a_grid_go_on_from_every_tick),
        cmocka_unit_test(who_is_stopped_can_save_and_go_on),
        cmocka_unit_test(ending_at_a_tick_is_the_begin_of_the_whole),
        cmocka_unit_test(population_that_is_taken_is_empty_afterwards),
        cmocka_unit_test(another_future_equals_a_run_of_its_own),
        cmocka_unit_test(state_of_something_else_is_refused_with_what_differs),
        cmocka_unit_test(damaged_states_are_refused_or_harmless),
        cmocka_unit_test(without_memory_there_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
