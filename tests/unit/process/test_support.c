/* Process support: the pool balances exactly, whole cases in their order, known need only, informal capacity, effects, and the extremes. */
#include "process/process_registry.h"
#include "process/support_capacity.h"
#include "process/support_need.h"
#include "process/support_pool.h"
#include "process/timeline.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { MONTH = 2025 * 12, N_TOWN = 4 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

static void set(stage *s, const char *param, double value)
{
    wks_fixture_tick_set(&s->fixture, "support", param, value);
}

static void open_world(stage *s, const char *text)
{
    wks_fixture_world_make(&s->world, text);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
}

static void open_town(stage *s)
{
    const wks_fixture_town_options options = {.n = 1200, .n_buurten = N_TOWN, .month = MONTH};
    wks_fixture_town_make(&s->world, &options);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        s->world.household.since_month[i] = wks_month_cell(MONTH - 60);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static void start(stage *s)
{
    wks_fixture_tick_start(&s->fixture, "support");
}

static void months(stage *s, int32_t n)
{
    for (int32_t m = 0; m < n; m++)
        wks_fixture_tick_month(&s->fixture, "support"); /* all laws are checked */
}

/* Known at once, and for good. */
static void all_is_known(stage *s)
{
    set(s, "reach", 1);
    set(s, "signal", 100);
}

static double load(const stage *s)
{
    double sum = 0;
    for (int32_t b = 0; b < s->world.buurt.base.n_rows; b++)
        sum += s->world.buurt.load[b];
    return sum;
}

static double capacity(const stage *s)
{
    double sum = 0;
    for (int32_t b = 0; b < s->world.buurt.base.n_rows; b++)
        sum += s->world.buurt.capacity[b];
    return sum;
}

static int64_t need(const stage *s)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        sum += s->world.household.need[i];
    return sum;
}

static int64_t staffed(const stage *s)
{
    int64_t sum = 0;
    for (int k = 0; k < WKS_SUPPORT_N_KINDS; k++)
        sum += wks_support_staffed(&s->world.support, &s->world.buurt, (wks_support_kind)k);
    return sum;
}

static void burden_all(stage *s, uint16_t trait, int32_t one_in)
{
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        if (s->world.household.key[i] != 0 && i % one_in == 0) s->world.household.vulnerability[i] |= trait;
    }
}

/* --- the pool ------------------------------------------------------------------------------------------------------------ */

static void pool_is_the_hours_of_the_city_in_whole_tenths(void **state)
{
    stage s;
    int64_t households = 0;
    (void)state;
    open_town(&s);
    start(&s);
    for (int32_t b = 0; b < N_TOWN; b++)
        households += s.world.buurt.n_households[b];
    assert_int_equal(staffed(&s), (int64_t)(25.0 * (double)households / 100 + 0.5));
    assert_true(s.world.support.staffed[WKS_SUPPORT_wijkteam] > s.world.support.staffed[WKS_SUPPORT_ggz]);
    assert_true(wks_support_used(&s.world.support) > 0 && wks_support_used(&s.world.support) <= staffed(&s));
    months(&s, 24);
    set(&s, "support_hours", 0);
    months(&s, 24);
    assert_int_equal(staffed(&s), 0);
    assert_int_equal(wks_support_used(&s.world.support), 0);
    assert_close(load(&s), (double)need(&s) / 10, 1e-9, 0);
    close_stage(&s);
}

static void staff_is_found_step_by_step_and_leaves_at_notice(void **state)
{
    stage s;
    int64_t before = 0;
    (void)state;
    open_town(&s);
    set(&s, "support_hours", 0);
    start(&s);
    set(&s, "recruit_months", 4);
    set(&s, "notice_months", 2);
    s.world.support.asked[WKS_SUPPORT_ggz] = 400; /* timeline does not run: it stays */
    s.world.buurt.asked_wijkteam[2] = 7;
    months(&s, 1);
    assert_int_equal(s.world.support.staffed[WKS_SUPPORT_ggz], 100);
    assert_int_equal(s.world.buurt.staffed_wijkteam[2], 2);
    months(&s, 1);
    assert_int_equal(s.world.support.staffed[WKS_SUPPORT_ggz], 175);
    for (int m = 0; m < 60; m++) {
        before = s.world.support.staffed[WKS_SUPPORT_ggz];
        months(&s, 1);
        assert_true(s.world.support.staffed[WKS_SUPPORT_ggz] >= before);
    }
    assert_int_equal(s.world.support.staffed[WKS_SUPPORT_ggz], 400);
    assert_int_equal(s.world.buurt.staffed_wijkteam[2], 7);
    s.world.support.asked[WKS_SUPPORT_ggz] = 0;
    months(&s, 1);
    assert_int_equal(s.world.support.staffed[WKS_SUPPORT_ggz], 200);
    months(&s, 60);
    assert_int_equal(s.world.support.staffed[WKS_SUPPORT_ggz], 0);
    close_stage(&s);
}

/* --- the extremes ---------------------------------------------------------------------------------------------------------- */

static void no_support_and_twice_the_need_overloads(void **state)
{
    stage s;
    (void)state;
    open_town(&s);
    start(&s);
    const double reference = load(&s) / capacity(&s);
    set(&s, "support_hours", 0);
    set(&s, "notice_months", 1);
    burden_all(&s, WKS_VULNERABLE_PSYCHIATRIC, 4);
    months(&s, 1);
    assert_true(load(&s) / capacity(&s) > 2 * reference);
    assert_int_equal(wks_support_used(&s.world.support), 0);
    close_stage(&s);
}

static void unlimited_support_leaves_no_load(void **state)
{
    stage s;
    (void)state;
    open_town(&s);
    burden_all(&s, WKS_VULNERABLE_ADDICTION | WKS_VULNERABLE_DEBT, 3);
    all_is_known(&s);
    set(&s, "support_hours", 1e6);
    start(&s);
    assert_true(need(&s) > 1000);
    assert_close(load(&s), 0, 0, 0);
    assert_int_equal(s.world.support.n_waiting, 0);
    burden_all(&s, WKS_VULNERABLE_PSYCHIATRIC, 2);
    months(&s, 1);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        assert_int_equal(s.world.household.helped[i], s.world.household.need[i] > 0 ? 10 : 0);
    assert_close(load(&s), 0, 0, 0);
    close_stage(&s);
}

static void without_vulnerable_people_there_is_no_load(void **state)
{
    stage s;
    (void)state;
    open_town(&s);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        s.world.household.vulnerability[i] = 0;
    start(&s);
    months(&s, 3);
    assert_close(load(&s), 0, 0, 0);
    assert_int_equal(wks_support_used(&s.world.support), 0);
    assert_true(capacity(&s) > 0);
    close_stage(&s);
}

static void unknown_need_is_not_helped(void **state)
{
    stage s;
    (void)state;
    open_town(&s);
    set(&s, "reach", 0);
    set(&s, "signal_hours", 0);
    set(&s, "support_hours", 1000);
    start(&s);
    months(&s, 12);
    assert_int_equal(wks_support_used(&s.world.support), 0);
    assert_int_equal(s.world.support.n_cases + s.world.support.n_waiting, 0);
    assert_close(load(&s), (double)need(&s) / 10, 1e-9, 0);
    close_stage(&s);
}

/* --- cases ------------------------------------------------------------------------------------------------------------------- */

static int32_t hh(const stage *s, const char *name)
{
    return wks_fixture_world_household(&s->world, name);
}

/* All of the pool is of one kind, so many tenths of an hour for the whole city, at once. */
static void pool_of(stage *s, wks_support_kind kind, int64_t tenths)
{
    set(s, "support_hours", 0);
    set(s, "recruit_months", 1);
    set(s, "notice_months", 1);
    s->world.support.asked[kind] = tenths;
}

static const char street[] =
    "month 2025-01\nbuurten 2\n"
    "unit u1 buurt=0\nunit u2 buurt=0\nunit u3 buurt=1\nunit u4 buurt=1 tenure=owner value=300000\nunit u5 buurt=1\n"
    "household heavy unit=u1 members=40m vulnerable=psychiatric+debt\n"
    "household late unit=u2 members=40m vulnerable=debt\n"
    "household early unit=u3 members=40m vulnerable=lvb\n"
    "household owner unit=u4 members=80f vulnerable=frail\n"
    "household none unit=u5 members=40m,40f\n";

/* Known in this order: early, heavy, owner, late. */
static void open_street(stage *s)
{
    static const char *const order[] = {"early", "heavy", "owner", "late"};
    open_world(s, street);
    all_is_known(s);
    set(s, "support_hours", 0);
    start(s);
    for (int32_t i = 0; i < 4; i++)
        s->world.household.wait_month[hh(s, order[i])] = wks_month_cell(MONTH - 10 + i);
}

static int32_t help(const stage *s, const char *name)
{
    return s->world.household.help[hh(s, name)];
}

static void who_waits_longest_is_helped_in_full_and_hours_left_go_to_the_next_that_fits(void **state)
{
    stage s;
    (void)state;
    open_street(&s);
    pool_of(&s, WKS_SUPPORT_wijkteam, 21);
    months(&s, 1);
    assert_int_equal(help(&s, "early"), 5);
    assert_int_equal(help(&s, "heavy"), 0); /* 25 do not fit into what is left */
    assert_int_equal(help(&s, "owner"), 10);
    assert_int_equal(help(&s, "late"), 5);
    assert_int_equal(s.world.support.n_cases, 3);
    assert_int_equal(s.world.support.n_waiting, 1);
    assert_int_equal(s.world.support.waited_months, 10);
    assert_close(s.world.buurt.load[0], 2.5, 1e-12, 0);
    assert_close(s.world.buurt.load[1], 0, 0, 0);
    assert_int_equal(s.world.buurt.support_given[1], 15);
    close_stage(&s);
}

static void who_is_helped_goes_first(void **state)
{
    stage s;
    (void)state;
    open_street(&s);
    pool_of(&s, WKS_SUPPORT_wijkteam, 25);
    s.world.household.help[hh(&s, "heavy")] = 1; /* known after `early`, but helped already */
    months(&s, 1);
    assert_int_equal(help(&s, "heavy"), 25);
    assert_int_equal(help(&s, "early"), 0);
    /* Fewer hours: the case does not fit any more, and waits anew, behind the others. */
    pool_of(&s, WKS_SUPPORT_wijkteam, 20);
    months(&s, 1);
    assert_int_equal(help(&s, "heavy"), 0);
    assert_int_equal(s.world.household.wait_month[hh(&s, "heavy")], s.world.month);
    assert_int_equal(help(&s, "early") + help(&s, "owner") + help(&s, "late"), 20);
    assert_true(s.world.household.helped[hh(&s, "heavy")] < 10);
    close_stage(&s);
}

static void ggz_is_for_psychiatric_need_and_an_hour_meets_more(void **state)
{
    stage s;
    (void)state;
    open_street(&s);
    set(&s, "ggz_worth", 1.25);
    pool_of(&s, WKS_SUPPORT_ggz, 100);
    months(&s, 1);
    assert_int_equal(wks_support_used(&s.world.support), 0); /* the debt of `heavy` needs the wijkteam; the others have no such need */
    pool_of(&s, WKS_SUPPORT_wijkteam, 5);
    s.world.household.wait_month[hh(&s, "heavy")] = wks_month_cell(MONTH - 20);
    months(&s, 1);
    assert_int_equal(s.world.support.used[WKS_SUPPORT_ggz], 16); /* 20 / 1.25 */
    assert_int_equal(s.world.support.used[WKS_SUPPORT_wijkteam], 5);
    assert_int_equal(help(&s, "heavy"), 21);
    assert_close(s.world.buurt.load[0], 0.5, 1e-12, 0); /* all 25 of it is met; `late` waits */
    close_stage(&s);
}

static void hours_of_a_buurt_stay_there(void **state)
{
    stage s;
    (void)state;
    open_street(&s);
    s.world.buurt.asked_wijkteam[1] = 500;
    set(&s, "recruit_months", 1);
    months(&s, 1);
    assert_int_equal(help(&s, "early"), 5);
    assert_int_equal(help(&s, "owner"), 10);
    assert_int_equal(help(&s, "heavy") + help(&s, "late"), 0);
    close_stage(&s);
}

static void hours_spread_evenly_do_not_follow_need(void **state)
{
    stage s;
    (void)state;
    open_street(&s);
    pool_of(&s, WKS_SUPPORT_wijkteam, 50); /* 20 for the two households of buurt 0, 30 for the three of buurt 1 */
    set(&s, "capacity_follow", 0);
    months(&s, 1);
    assert_int_equal(help(&s, "heavy"), 0);
    assert_int_equal(help(&s, "early") + help(&s, "owner") + help(&s, "late"), 20);
    set(&s, "capacity_follow", 1);
    months(&s, 1);
    assert_int_equal(help(&s, "heavy"), 25);
    close_stage(&s);
}

static void light_help_is_a_part_of_the_hours_and_for_whom_it_is_there(void **state)
{
    stage s;
    (void)state;
    open_street(&s);
    pool_of(&s, WKS_SUPPORT_beheerder, 500);
    set(&s, "light_part", 0.2);
    months(&s, 1);
    assert_int_equal(help(&s, "early") + help(&s, "late"), 10); /* tenants of corporaties, not the owner, and no psychiatric need */
    assert_int_equal(s.world.support.signalling[WKS_SUPPORT_beheerder], 400);
    assert_int_equal(wks_support_used(&s.world.support), 10);
    pool_of(&s, WKS_SUPPORT_language, 500);
    s.world.support.asked[WKS_SUPPORT_beheerder] = 0;
    s.world.household.came_from[hh(&s, "owner")] = WKS_CAME_ABROAD;
    s.world.household.region_month[hh(&s, "owner")] = wks_month_cell(MONTH - 12);
    months(&s, 1);
    assert_int_equal(help(&s, "owner"), 10);
    assert_int_equal(wks_support_used(&s.world.support), 10);
    s.world.household.region_month[hh(&s, "owner")] = wks_month_cell(MONTH - 12 * 9); /* longer than language_years ago */
    months(&s, 1);
    assert_int_equal(wks_support_used(&s.world.support), 0);
    close_stage(&s);
}

static void care_contract_is_delivered_outside_the_pool(void **state)
{
    stage s;
    (void)state;
    open_street(&s);
    pool_of(&s, WKS_SUPPORT_wijkteam, 1000);
    s.world.household.support[hh(&s, "heavy")] = 10;
    s.world.household.support[hh(&s, "late")] = 5; /* half of 5 tenths: what is delivered is cut to whole tenths */
    months(&s, 1);
    assert_int_equal(s.world.household.need[hh(&s, "heavy")], 0);
    assert_int_equal(s.world.household.need[hh(&s, "late")], 3);
    assert_int_equal(wks_support_used(&s.world.support), 5 + 10 + 3);
    close_stage(&s);
}

static void who_has_no_home_gets_no_hours(void **state)
{
    stage s;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_street(&s);
    pool_of(&s, WKS_SUPPORT_wijkteam, 1000);
    months(&s, 1);
    assert_int_equal(help(&s, "owner"), 10);
    assert_ok(wks_relations_move_out(&s.world, hh(&s, "owner"), WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
    months(&s, 1);
    assert_int_equal(help(&s, "owner"), 0);
    assert_true(s.world.household.need_known[hh(&s, "owner")]);
    close_stage(&s);
}

/* --- who knows ----------------------------------------------------------------------------------------------------------------- */

static int64_t known(const stage *s)
{
    int64_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += s->world.household.need_known[i];
    return n;
}

/* 4,000 who rent of a corporatie, all in debt. */
static void open_crowd(stage *s)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, 2);
    wks_fixture_tick_singles(&s->world, 4000, WKS_TENURE_SOCIAL, WKS_SEX_WOMAN, 40);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    burden_all(s, WKS_VULNERABLE_DEBT, 1);
    set(s, "support_hours", 0);
}

static void known_need_keeps_to_reach_and_is_found_at_its_speed(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s);
    start(&s);
    wks_fixture_tick_expect((double)known(&s), 4000, 0.6, 4);
    months(&s, 36);
    wks_fixture_tick_expect((double)known(&s), 4000, 0.6, 4);
    set(&s, "reach", 0);
    set(&s, "signal", 0.5);
    const double before = (double)known(&s);
    months(&s, 12);
    wks_fixture_tick_expect((double)known(&s), before, exp(-0.5), 4);
    set(&s, "signal", 0);
    const int64_t now = known(&s);
    months(&s, 12);
    assert_int_equal(known(&s), now);
    close_stage(&s);
}

static void finding_need_works_where_and_for_whom_it_is_there(void **state)
{
    /* hours per 1,000 households: 100 tenths x 4000 / 1000; hazard 0.02 x 10 hours x 0.8 */
    static const wks_support_kind kind[] = {WKS_SUPPORT_presence, WKS_SUPPORT_contact_point, WKS_SUPPORT_beheerder, WKS_SUPPORT_language};
    (void)state;
    for (int k = 0; k < 4; k++) {
        stage s;
        open_crowd(&s);
        set(&s, "reach", 0);
        set(&s, "signal", 0);
        start(&s);
        pool_of(&s, kind[k], 400);
        set(&s, "light_part", 0.2);
        for (int32_t i = 0; i < s.world.household.base.n_rows; i += 2) {
            s.world.household.came_as[i] = WKS_CAME_AS_STATUSHOUDER;
            s.world.household.region_month[i] = wks_month_cell(MONTH);
        }
        months(&s, 12);
        const double n = kind[k] == WKS_SUPPORT_language ? 2000 : 4000;
        wks_fixture_tick_expect((double)known(&s), n, 1 - exp(-0.02 * 10 * 0.8), 4);
        close_stage(&s);
    }
}

static void who_is_helped_is_not_lost_from_sight_and_who_is_handed_over_is_known(void **state)
{
    stage s;
    (void)state;
    open_street(&s);
    pool_of(&s, WKS_SUPPORT_wijkteam, 15);
    months(&s, 1);
    set(&s, "reach", 0); /* with a hazard of 100 a year */
    s.world.household.referral[hh(&s, "late")] = WKS_REFERRAL_CARE_LEAVER;
    months(&s, 1);
    assert_int_equal(help(&s, "early") + help(&s, "owner"), 15);
    assert_int_equal(known(&s), 2);
    s.world.household.since_month[hh(&s, "late")] = wks_month_cell(s.world.month + 1);
    months(&s, 1);
    assert_int_equal(known(&s), 3);
    close_stage(&s);
}

static void help_fades_by_half_in_its_half_life(void **state)
{
    stage s;
    int64_t sum = 0;
    (void)state;
    open_crowd(&s);
    start(&s);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        s.world.household.helped[i] = 10;
    months(&s, 6);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        sum += s.world.household.helped[i];
    assert_close((double)sum / 4000, 5, 0, 0.15);
    set(&s, "half_life", 0);
    months(&s, 1);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        assert_int_equal(s.world.household.helped[i], 0);
    close_stage(&s);
}

/* --- informal capacity ----------------------------------------------------------------------------------------------------------- */

static void informal_capacity_is_derived_from_traits(void **state)
{
    stage s;
    (void)state;
    open_world(&s, "month 2025-01\nbuurten 8\nunit a buurt=0\nunit b buurt=1\nunit c buurt=2\nunit d buurt=3\nunit e buurt=4\n"
                   "unit f buurt=5\nunit g buurt=6 label=gemengd\nunit h buurt=7 label=gemengd\n"
                   "household settled unit=a source=benefit members=40m since=2015-01\n"
                   "household fresh unit=b source=benefit members=40m since=2024-01\n"
                   "household frail unit=c source=pension members=75f since=2001-01 vulnerable=frail\n"
                   "household couple unit=d source=work members=40m,40f,19m since=2015-01\n"
                   "household old unit=e source=pension members=75f since=2015-01\n"
                   "household oldest unit=f source=pension members=85f since=2015-01\n"
                   "household carrier unit=g source=benefit members=40m since=2015-01\n"
                   "household asker unit=h source=benefit members=40m since=2015-01\n");
    s.world.household.motivated[hh(&s, "carrier")] = 1;
    s.world.household.motivated[hh(&s, "settled")] = 1; /* not in gemengd wonen */
    s.world.household.motivated[hh(&s, "asker")] = 0;
    set(&s, "informal", 0.25);
    set(&s, "informal_work", 0.6);
    set(&s, "informal_old", 0.4);
    set(&s, "informal_carrier", 4);
    start(&s);
    const double expected[8] = {0.25, 0, 0, 0.3, 0.1, 0, 1, 0.25};
    for (int32_t b = 0; b < 8; b++)
        assert_close(s.world.buurt.capacity[b], expected[b], 1e-12, 1e-15);
    close_stage(&s);
}

/* --- events ------------------------------------------------------------------------------------------------------------------------ */

static uint64_t hash_with_event(double hours, bool is_there, bool is_on)
{
    wks_event event = {.month = MONTH};
    stage s;
    open_town(&s);
    wks_fixture_tick_settings(&wks_timeline_support_spec, &event.settings);
    *wks_fixture_tick_param(&event.settings, "hours_week") = hours;
    s.fixture.scenario.timeline = &event;
    s.fixture.scenario.n_events = is_there;
    s.fixture.is_enabled[wks_fixture_tick_index(&s.fixture, "support")] = is_on;
    start(&s);
    for (int m = 0; m < 12; m++) {
        wks_fixture_tick_month(&s.fixture, "timeline");
        if (is_on) wks_fixture_tick_run(&s.fixture, "support");
        wks_fixture_tick_run(&s.fixture, "livelihood");
    }
    const uint64_t hash = wks_world_hash(&s.world);
    close_stage(&s);
    return hash;
}

static void event_of_no_hours_is_no_event(void **state)
{
    (void)state;
    const uint64_t without = hash_with_event(0, false, true);
    assert_true(hash_with_event(0, true, true) == without);
    assert_true(hash_with_event(40, true, true) != without);
}

static void process_off_leaves_no_trace(void **state)
{
    stage s;
    (void)state;
    open_town(&s);
    s.fixture.is_enabled[wks_fixture_tick_index(&s.fixture, "support")] = false;
    const uint64_t before = wks_world_hash(&s.world);
    start(&s);
    assert_true(wks_world_hash(&s.world) == before);
    close_stage(&s);
}

static void event_asks_for_its_areas_in_parts_by_households(void **state)
{
    stage s;
    (void)state;
    open_town(&s);
    const uint8_t here[N_TOWN] = {1, 0, 1, 0};
    const int64_t a = s.world.buurt.n_households[0], c = s.world.buurt.n_households[2];
    wks_support_ask(&s.world.support, &s.world.buurt, WKS_SUPPORT_presence, 1001, here);
    assert_int_equal(s.world.buurt.asked_presence[0], 1001 * a / (a + c));
    assert_int_equal(s.world.buurt.asked_presence[0] + s.world.buurt.asked_presence[2], 1001);
    assert_int_equal(s.world.buurt.asked_presence[1] + s.world.buurt.asked_presence[3], 0);
    wks_support_ask(&s.world.support, &s.world.buurt, WKS_SUPPORT_presence, 7, NULL);
    assert_int_equal(wks_support_asked(&s.world.support, &s.world.buurt, WKS_SUPPORT_presence), 1008);
    wks_support_clear_asked(&s.world.support, &s.world.buurt);
    assert_int_equal(wks_support_asked(&s.world.support, &s.world.buurt, WKS_SUPPORT_presence), 0);
    close_stage(&s);
}

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    static const char *const only[] = {"livelihood", "support"};
    (void)state;
    wks_fixture_town_same_anyhow(wks_process_registry, wks_process_registry_size, only, 2, 12000, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pool_is_the_hours_of_the_city_in_whole_tenths),
        cmocka_unit_test(staff_is_found_step_by_step_and_leaves_at_notice),
        cmocka_unit_test(no_support_and_twice_the_need_overloads),
        cmocka_unit_test(unlimited_support_leaves_no_load),
        cmocka_unit_test(without_vulnerable_people_there_is_no_load),
        cmocka_unit_test(unknown_need_is_not_helped),
        cmocka_unit_test(who_waits_longest_is_helped_in_full_and_hours_left_go_to_the_next_that_fits),
        cmocka_unit_test(who_is_helped_goes_first),
        cmocka_unit_test(ggz_is_for_psychiatric_need_and_an_hour_meets_more),
        cmocka_unit_test(hours_of_a_buurt_stay_there),
        cmocka_unit_test(hours_spread_evenly_do_not_follow_need),
        cmocka_unit_test(light_help_is_a_part_of_the_hours_and_for_whom_it_is_there),
        cmocka_unit_test(care_contract_is_delivered_outside_the_pool),
        cmocka_unit_test(who_has_no_home_gets_no_hours),
        cmocka_unit_test(known_need_keeps_to_reach_and_is_found_at_its_speed),
        cmocka_unit_test(finding_need_works_where_and_for_whom_it_is_there),
        cmocka_unit_test(who_is_helped_is_not_lost_from_sight_and_who_is_handed_over_is_known),
        cmocka_unit_test(help_fades_by_half_in_its_half_life),
        cmocka_unit_test(informal_capacity_is_derived_from_traits),
        cmocka_unit_test(event_of_no_hours_is_no_event),
        cmocka_unit_test(process_off_leaves_no_trace),
        cmocka_unit_test(event_asks_for_its_areas_in_parts_by_households),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
