/* Conservation laws at every tick with all processes on: units, dwellings, persons, households, latent units, institutions, registrations and support
 * hours each balance, and all counts equal recounts (world/check.h), after every process and every tick. */
#include "measure/counts.h"
#include "measure/growth.h"
#include "process/process_registry.h"
#include "scenario/read.h"
#include "scenario/settings.h"
#include "sim/everything.h"
#include "sim/replication.h"
#include "support/fixture_town.h"

enum { MONTH = 2025 * 12 };

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

/* Everything happens, and often. */
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

static void read_scenario(wks_scenario *out, int32_t ticks, const char *more)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char text[8000];

    (void)snprintf(text, sizeof text, "name = \"laws\"; start = \"2025-01\"; ticks = %d;\n%s%s", ticks, rules, more);
    const wks_status rc =
        wks_read_scenario_text("laws.cfg", text, strlen(text), &options, wks_everything_catalogue(), out, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    wks_problems_free(&problems);
}

static uint64_t run(const wks_scenario *scenario, int32_t n, bool reversed, int threads, int32_t number, wks_replication_observer *observer,
                    void *context)
{
    const wks_fixture_town_options town = {.n = n, .n_buurten = 6, .month = MONTH, .reversed = reversed};
    const wks_replication_options options = {
        .number = number, .threads = threads, .verify = true, .observer = observer, .observer_context = context};
    wks_world population;
    wks_err err = WKS_ERR_INIT;
    uint64_t hash = 0;

    wks_fixture_town_make(&population, &town);
    assert_ok(wks_replication_run(scenario, &population, &options, &hash, &err), &err);
    wks_world_free(&population);
    return hash;
}

static void all_processes_keep_every_law_for_four_years(void **state)
{
    wks_scenario scenario;
    (void)state;
    read_scenario(&scenario, 48, "");
    (void)run(&scenario, 1000, false, 1, 1, NULL, NULL);
    wks_scenario_free(&scenario);
}

typedef struct flows {
    wks_ledger sum;
} flows;

static wks_status add_flows(const wks_replication_view *view, void *context, wks_err *err)
{
    flows *self = context;
    (void)err;
#define ADD(name, help) self->sum.name += view->world->ledger.name;
    WKS_LEDGER(ADD)
#undef ADD
    return WKS_OK;
}

/* --- growth of groups, split: an identity --------------------------------------------------------------------------- */

enum { N_SLOTS = 3, N_AREAS = 7 }; /* two groups and any vulnerability; six buurten and the city */

typedef struct split_growth {
    const wks_scenario *scenario;
    wks_track track;
    wks_counts counts;
    wks_growth *growth;
    int64_t before[N_SLOTS][N_AREAS], sum_before[N_SLOTS][N_AREAS][WKS_N_GROWTH_FLOWS], total[WKS_N_GROWTH_FLOWS];
} split_growth;

/* By its own loop over households. */
static int64_t recount(const wks_world *world, int32_t slot, int32_t buurt)
{
    const wks_household_table *household = &world->household;
    int64_t n = 0;

    for (int32_t h = 0; h < household->base.n_rows; h++) {
        const bool is_member = slot < 2 ? (household->groups[h] >> slot & 1u) != 0 : household->vulnerability[h] != 0;
        const bool is_here = buurt < 0 ? household->place[h] != WKS_PLACE_OUTSIDE && household->place[h] != WKS_PLACE_COA
                                       : household->unit_row[h] != WKS_NONE && wks_world_buurt_of(world, h) == buurt;
        n += household->key[h] != 0 && is_member && is_here;
    }
    return n;
}

/* Counts kept by differences are those of a count of everybody. */
static void compare_counts(const wks_counts *counts, const wks_world *world)
{
    const wks_household_table *household = &world->household;
    int64_t place[WKS_N_PLACES] = {0}, registered = 0, active = 0;

    for (int32_t h = 0; h < household->base.n_rows; h++) {
        if (household->key[h] == 0) continue;
        place[household->place[h]]++;
        registered += household->registered_month[h] != WKS_NO_MONTH && (household->groups[h] & 2u) != 0;
        active += household->search[h] == WKS_SEARCH_SOCIAL || household->search[h] == WKS_SEARCH_BOTH;
    }
    for (int32_t p = 0; p < WKS_N_PLACES; p++)
        assert_int_equal(counts->place[p], place[p]);
    assert_int_equal(counts->registered[1], registered);
    assert_int_equal(counts->active[WKS_WINDOW_GROUPS - 1], active);
    for (int32_t slot = 0; slot < 2; slot++) {
        assert_int_equal(counts->households[slot], recount(world, slot, -1));
        for (int32_t b = 0; b < counts->n_buurten; b++)
            assert_int_equal((int64_t)counts->group[slot * counts->n_buurten + b], recount(world, slot, b));
    }
}

/* The window grows for twelve months, so that the month is the difference of two sums. */
static wks_status split(const wks_replication_view *view, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    split_growth *self = context;

    if (self->growth == NULL) {
        WKS_TRY(wks_growth_create(self->scenario, N_AREAS - 1, &self->growth, err));
        WKS_TRY(wks_counts_create(N_AREAS - 1, N_SLOTS - 1, &self->counts, err));
    }
    WKS_TRY(wks_track_find(&self->track, view->world, err));
    WKS_TRY(wks_growth_push(self->growth, &self->track, view->world, err));
    WKS_TRY(wks_counts_follow(&self->counts, &self->track, view->world, NULL, err));
    wks_track_take(&self->track, view->world);
    compare_counts(&self->counts, view->world);
    for (int32_t slot = 0; slot < N_SLOTS; slot++) {
        for (int32_t area = 0; area < N_AREAS; area++) {
            int64_t sum[WKS_N_GROWTH_FLOWS], *b = self->sum_before[slot][area];
            const int64_t now = recount(view->world, slot, area - 1);
            wks_growth_sums_of(self->growth, slot, area - 1, sum);
            if (view->world->tick > 0 && view->world->tick <= WKS_WINDOW_MONTHS) {
                assert_int_equal(now - self->before[slot][area],
                                 sum[WKS_GROWTH_IN] - b[WKS_GROWTH_IN] - (sum[WKS_GROWTH_OUT] - b[WKS_GROWTH_OUT]) + sum[WKS_GROWTH_ONSET] -
                                     b[WKS_GROWTH_ONSET] - (sum[WKS_GROWTH_RECOVERY] - b[WKS_GROWTH_RECOVERY]) + sum[WKS_GROWTH_OTHER] -
                                     b[WKS_GROWTH_OTHER]);
            }
            assert_int_equal(now, wks_growth_members(self->growth, slot, area - 1));
            self->before[slot][area] = now;
            for (int32_t f = 0; f < WKS_N_GROWTH_FLOWS; f++) {
                self->total[f] += sum[f] != 0;
                b[f] = sum[f];
            }
        }
    }
out:
    return rc;
}

static void growth_of_groups_is_its_parts_in_every_month(void **state)
{
    wks_scenario scenario;
    split_growth all;
    (void)state;
    read_scenario(&scenario, 14, busy);
    for (int32_t number = 1; number <= 2; number++) {
        memset(&all, 0, sizeof all);
        all.scenario = &scenario;
        (void)run(&scenario, 700, false, 1, number, split, &all);
        for (int32_t f = 0; f < WKS_N_GROWTH_FLOWS; f++)
            assert_true(all.total[f] > 0); /* not by standing still */
        wks_growth_destroy(all.growth);
        wks_counts_free(&all.counts);
        wks_track_free(&all.track);
    }
    wks_scenario_free(&scenario);
}

/* At extreme rates every kind of flow occurs, so that no balance holds because nothing happened. */
static void busy_city_keeps_every_law_and_every_flow_occurs(void **state)
{
    wks_scenario scenario;
    flows all = {0};
    (void)state;
    read_scenario(&scenario, 36, busy);
    for (int32_t number = 1; number <= 2; number++)
        (void)run(&scenario, 700, false, 1, number, add_flows, &all);
    wks_scenario_free(&scenario);
    assert_true(all.sum.persons_born > 0 && all.sum.persons_died > 0 && all.sum.persons_arrived > 0 && all.sum.persons_departed > 0);
    assert_true(all.sum.institution_in > 0 && all.sum.institution_out > 0 && all.sum.institution_died > 0);
    assert_true(all.sum.households_formed > 0 && all.sum.households_merged > 0 && all.sum.households_dissolved > 0);
    assert_true(all.sum.households_arrived > 0 && all.sum.households_departed > 0 && all.sum.housed_ended > 0);
    assert_true(all.sum.housed > 0 && all.sum.unhoused > 0 && all.sum.moves > all.sum.housed && all.sum.moves_within > 0 &&
                all.sum.evictions > 0);
    assert_true(all.sum.units_added > 0 && all.sum.units_removed > 0 && all.sum.dwellings_sold > 0 && all.sum.uitpond > 0);
    assert_true(all.sum.sold_sitting > 0 && all.sum.homes_ordered > 0 && all.sum.homes_completed > 0 && all.sum.built_social > 0 &&
                all.sum.built_cheap > 0);
    assert_true(all.sum.dwellings_to_rooms > 0 && all.sum.dwellings_from_rooms > 0 && all.sum.dwellings_split > 0);
    assert_true(all.sum.money_in_cent > 0 && all.sum.money_out_cent > 0 && all.sum.money_opened_cent > 0);
    assert_true(all.sum.displaced > 0 && all.sum.displaced_settled > 0 && all.sum.wisselwoning_in > 0 && all.sum.wisselwoning_out > 0 &&
                all.sum.returned > 0 && all.sum.removal_eur > 0);
    assert_true(all.sum.jobs_begun > 0 && all.sum.jobs_ended > 0);
    assert_true(all.sum.registrations_new > 0 && all.sum.registrations_ended > 0);
}

static void each_process_switched_off_leaves_the_laws_kept(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_process_registry_size; i++) {
        wks_scenario scenario;
        char text[200];
        (void)snprintf(text, sizeof text, "processes = { %s = { enabled = false; }; };\n", wks_process_registry[i]->name);
        read_scenario(&scenario, 14, text);
        (void)run(&scenario, 300, false, 1, 1, NULL, NULL);
        wks_scenario_free(&scenario);
    }
}

static void same_state_with_other_threads_and_row_order(void **state)
{
    wks_scenario scenario;
    (void)state;
    read_scenario(&scenario, 24, busy);
    const uint64_t first = run(&scenario, 4500, false, 1, 1, NULL, NULL);
    assert_int_equal(first, run(&scenario, 4500, false, 4, 1, NULL, NULL));
    assert_int_equal(first, run(&scenario, 4500, true, 1, 1, NULL, NULL));
    assert_int_not_equal(first, run(&scenario, 4500, false, 1, 2, NULL, NULL));
    wks_scenario_free(&scenario);
}

/* --- money and hours of social programmes ---------------------------------------------------------------------------- */

typedef struct asked {
    const wks_scenario *scenario;
    int64_t cent[WKS_PURSE_N_PAYERS], tenth_hours[WKS_PURSE_N_PAYERS]; /* this year, as the events say */
    int64_t paid_cent, in_accounts_cent;                               /* by corporaties, all years */
} asked;

/* By its own reading of the timeline: each month a twelfth, rounded so that the months before it add up. */
static void ask(asked *self, const wks_event *event, int32_t month)
{
    double value[4] = {0};
    static const char *const name[4] = {"eur_year", "hours_week", "payer", "until"};
    for (int32_t i = 0; i < 4; i++) {
        const int32_t param = wks_settings_param(event->settings.spec, name[i]);
        if (param < 0) return;
        value[i] = event->settings.value[param];
    }
    if (event->month > month || month >= value[3]) return;
    const int64_t cent = (int64_t)(100 * value[0] + 0.5), tenths = (int64_t)(520 * value[1] + 0.5);
    const int32_t m = month % 12;
    self->cent[(int32_t)value[2]] += cent * (m + 1) / 12 - cent * m / 12;
    self->tenth_hours[(int32_t)value[2]] += tenths * (m + 1) / 12 - tenths * m / 12;
    if ((int32_t)value[2] == WKS_PURSE_corporaties) self->paid_cent += cent * (m + 1) / 12 - cent * m / 12;
}

static wks_status compare_asked(const wks_replication_view *view, void *context, wks_err *err)
{
    asked *self = context;
    const wks_world *world = view->world;

    (void)err;
    if (world->tick == 0) return WKS_OK;
    if (world->month % 12 == 0) {
        memset(self->cent, 0, sizeof self->cent);
        memset(self->tenth_hours, 0, sizeof self->tenth_hours);
    }
    for (int32_t i = 0; i < self->scenario->n_events; i++)
        ask(self, &self->scenario->timeline[i], world->month);
    for (int32_t p = 0; p < WKS_PURSE_N_PAYERS; p++) {
        int64_t cent = 0, tenth_hours = 0;
        for (int32_t i = 0; i < WKS_PURSE_N_ITEMS; i++) {
            if (i == WKS_PURSE_FOR_pool || i == WKS_PURSE_FOR_care) continue; /* process support */
            cent += world->purse.cent[p][i];
            tenth_hours += world->purse.tenth_hours[p][i];
        }
        assert_int_equal(cent, self->cent[p]);
        assert_int_equal(tenth_hours, self->tenth_hours[p]);
    }
    for (int32_t o = 0; o < world->owner.base.n_rows; o++)
        self->in_accounts_cent += world->owner.asked_cent[o];
    return WKS_OK;
}

/* What events ask is what is booked, every month, by payer, to the cent and the tenth of an hour; what corporaties pay is in their accounts. */
static void programmes_cost_what_events_ask(void **state)
{
    static const char timeline[] =
        "timeline = ( { at = \"2025-02\"; event = \"safety\"; areas = (); effect = 0.02; eur_year = 100000.07; hours_week = 10.3; payer = "
        "\"corporaties\"; until = \"2027-01\"; },\n"
        "  { at = \"2025-04\"; event = \"programme\"; areas = (); kind = \"debt\"; factor = 1.2; eur_year = 33333.33; hours_week = 1.0; "
        "},\n"
        "  { at = \"2026-04\"; event = \"programme\"; areas = (); kind = \"work\"; factor = 1.2; eur_year = 1000000; payer = \"rijk\"; },\n"
        "  { at = \"2025-03\"; event = \"meeting\"; areas = (); factor = 1.5; hours_week = 40.0; payer = \"corporaties\"; } );\n";
    wks_scenario scenario;
    (void)state;
    read_scenario(&scenario, 30, timeline);
    asked self = {.scenario = &scenario};
    (void)run(&scenario, 600, false, 2, 1, compare_asked, &self);
    assert_true(self.paid_cent > 0);
    assert_int_equal(self.in_accounts_cent, self.paid_cent);
    wks_scenario_free(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_processes_keep_every_law_for_four_years),
        cmocka_unit_test(growth_of_groups_is_its_parts_in_every_month),
        cmocka_unit_test(busy_city_keeps_every_law_and_every_flow_occurs),
        cmocka_unit_test(each_process_switched_off_leaves_the_laws_kept),
        cmocka_unit_test(programmes_cost_what_events_ask),
        cmocka_unit_test(same_state_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
