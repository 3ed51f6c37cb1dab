#include "num/math.h"
#include "process/encounter_contacts.h"
#include "process/encounter_gemengd.h"
#include "process/encounter_lonely.h"
#include "process/process_registry.h"
#include "process/timeline.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"

enum { MONTH = 2025 * 12, N = 320 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* Singles of 40 in social homes of two buurten, all settled; nobody is motivated or in need. */
static void open_stage(stage *s)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, 2);
    wks_fixture_tick_singles(&s->world, N, WKS_TENURE_SOCIAL, WKS_SEX_WOMAN, 40);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        s->world.household.since_month[i] = s->world.household.region_month[i] = wks_month_cell(MONTH - 60);
        s->world.household.motivated[i] = 0;
    }
}

static void set(stage *s, const char *param, double value)
{
    wks_fixture_tick_set(&s->fixture, "encounter", param, value);
}

static void start(stage *s)
{
    wks_fixture_tick_start(&s->fixture, "encounter");
}

static void months(stage *s, int32_t n)
{
    for (int32_t m = 0; m < n; m++)
        wks_fixture_tick_month(&s->fixture, "encounter");
}

static int32_t home_of(const stage *s, int32_t household)
{
    return s->world.unit.dwelling_row[s->world.household.unit_row[household]];
}

/* livelihood and support read who is lonely, mixed and carried: of a process that is off nothing may be left from tick 0. */
static void process_off_leaves_nothing_to_act_on(void **state)
{
    stage s;
    (void)state;
    for (int is_on = 0; is_on <= 1; is_on++) {
        int64_t lonely = 0, mixed = 0, carried = 0;
        open_stage(&s);
        set(&s, "lonely_odds", 1);
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            s.world.dwelling.label[home_of(&s, i)] = WKS_LABEL_GEMENGD;
            s.world.household.motivated[i] = i / 2 % 2 == 0; /* half of each complex carries */
            if (i / 2 % 2 != 0) s.world.household.vulnerability[i] = WKS_VULNERABLE_LVB;
        }
        s.fixture.is_enabled[wks_fixture_tick_index(&s.fixture, "encounter")] = is_on;
        start(&s);
        for (int32_t i = 0; i < s.world.household.base.n_rows; i++) {
            lonely += s.world.household.lonely[i];
            mixed += s.world.household.mixed[i];
        }
        for (int32_t b = 0; b < s.world.buurt.base.n_rows; b++)
            carried += s.world.buurt.carried[b];
        assert_true((lonely > 0) == (is_on != 0));
        assert_true((mixed > 0) == (is_on != 0));
        assert_true((carried > 0) == (is_on != 0));
        assert_true((s.world.balance.lonely > 0) == (is_on != 0));
        for (int32_t b = 0; b < s.world.buurt.base.n_rows; b++)
            assert_close(wks_world_contacts_doublings(&s.world, b), 0, 0, 0);
        close_stage(&s);
    }
}

/* ---- buurten --------------------------------------------------------------------------------------------------------------------- */

static void doing_nothing_keeps_contacts_exactly(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    start(&s);
    months(&s, 60);
    for (int32_t b = 0; b < 2; b++) {
        assert_close(s.world.buurt.contacts[b], 1, 0, 0);
        assert_close(s.world.buurt.contacts_start[b], 5, 0, 0);
    }
    assert_close((double)s.world.household.contacts[0], 5, 0, 0);
    close_stage(&s);
}

/* 1 + (factor - 1) (1 - 0.9^n), and back by the same; opportunities times their use; a factor of 1 is no factor. */
static void contacts_follow_meeting_places_and_fall_when_they_stop(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    start(&s);
    s.world.buurt.meeting[0] = 1.5;
    s.world.buurt.uptake[0] = 0.2;
    months(&s, 12);
    const double high = 1 + 0.8 * (1 - pow(0.9, 12));
    assert_close(s.world.buurt.contacts[0], high, 1e-12, 0);
    assert_close(s.world.buurt.contacts[1], 1, 0, 0);
    assert_close((double)s.world.household.contacts[0], 5 * high, 1e-6, 0);
    s.world.buurt.meeting[0] = 1;
    s.world.buurt.uptake[0] = 0;
    months(&s, 24);
    assert_close(s.world.buurt.contacts[0], 1 + (high - 1) * pow(0.9, 24), 1e-12, 0);
    close_stage(&s);
}

static void contacts_stay_within_bounds_at_the_extremes(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    set(&s, "rise", 1);
    set(&s, "fall", 1);
    start(&s);
    s.world.buurt.meeting[0] = 5;
    s.world.buurt.uptake[0] = 4;
    s.world.buurt.meeting[1] = 0;
    months(&s, 1);
    assert_close(s.world.buurt.contacts[0], WKS_ENCOUNTER_CONTACTS_MOST, 0, 0);
    assert_close(s.world.buurt.contacts[1], WKS_ENCOUNTER_CONTACTS_LEAST, 0, 1e-15);
    close_stage(&s);
}

static void newcomers_lower_contacts_unless_switched_off(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        open_stage(&s);
        if (!on) set(&s, "settled", 0);
        set(&s, "fall", 1);
        start(&s);
        for (int32_t i = 0; i < N; i += 4) /* all in the first buurt: half of it */
            s.world.household.since_month[i] = wks_month_cell(MONTH + 1);
        months(&s, 1);
        assert_close(s.world.buurt.contacts[0], on ? sqrt(0.5) : 1, 1e-12, 0);
        months(&s, 12); /* they have settled */
        if (!on) assert_close(s.world.buurt.contacts[0], 1, 0, 0);
        if (on) assert_close(s.world.buurt.contacts[0], sqrt(0.5) + 0.1 * (1 - sqrt(0.5)), 1e-12, 0);
        close_stage(&s);
    }
}

static void buurten_differ_at_the_start_by_who_stays_and_children(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    for (int32_t i = 0; i < N; i++) {
        if (i % 2 == 0) s.world.household.since_month[i] = wks_month_cell(MONTH); /* nobody of the first buurt is settled: 0 against 1/2 */
        if (i % 4 == 1) s.world.household.n_children[i] = 1;                      /* half of the second has children: 1/2 against 1/4 */
    }
    start(&s);
    assert_close(s.world.buurt.contacts_start[0], 5 * (1 - 0.25 - 0.125), 1e-12, 0);
    assert_close(s.world.buurt.contacts_start[1], 5 * (1 + 0.25 + 0.125), 1e-12, 0);
    assert_close(s.world.buurt.contacts[0], 1, 0, 0);
    close_stage(&s);
}

/* ---- complexes ------------------------------------------------------------------------------------------------------------------- */

static void shared_space_is_for_its_complex_and_counts_in_the_buurt(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    set(&s, "rise", 1);
    set(&s, "fall", 1);
    start(&s);
    s.world.complex.shared[wks_fixture_tick_complex(&s.world, 0)] = 0.6;
    months(&s, 1);
    assert_close(s.world.buurt.contacts_public[0], 1, 0, 0);
    assert_close(s.world.buurt.contacts[0], 1.6, 1e-12, 0);
    assert_close(s.world.buurt.contacts[1], 1, 0, 0);
    assert_close((double)s.world.household.contacts[0], 8, 1e-6, 0);
    s.world.complex.shared[wks_fixture_tick_complex(&s.world, 0)] = 0;
    months(&s, 1);
    assert_close(s.world.buurt.contacts[0], 1, 0, 0);
    close_stage(&s);
}

/* The first buurt becomes gemengd wonen: half carriers, half askers, in turn or each in portieken of their own. */
static void mix(stage *s, bool clustered)
{
    for (int32_t i = 0; i < N; i += 2) {
        const int32_t d = home_of(s, i), k = i / 2;
        const bool carries = clustered ? k / 8 % 2 == 0 : k % 2 == 0;
        s->world.dwelling.label[d] = WKS_LABEL_GEMENGD;
        s->world.dwelling.portiek[d] = 1 + k / 8;
        s->world.household.motivated[i] = carries;
        s->world.household.came_as[i] = carries ? WKS_CAME_AS_NONE : WKS_CAME_AS_STATUSHOUDER;
    }
    s->world.complex.label[wks_fixture_tick_complex(&s->world, 0)] = WKS_LABEL_GEMENGD;
    if (s->world.n_portieken < N / 16) s->world.n_portieken = N / 16;
}

static double mixed(stage *s)
{
    return s->world.complex.mixed[wks_fixture_tick_complex(&s->world, 0)];
}

/* Begun now: 1, then residual + (1 - residual) 0.95^n; guidance of strength g keeps residual + (1 - residual) g, and brings it back by 0.1 of the gap. */
static void gemengd_contacts_fade_without_guidance(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    start(&s);
    mix(&s, false);
    months(&s, 1);
    assert_close(mixed(&s), 1, 0, 0);
    months(&s, 24);
    const double low = 0.2 + 0.8 * pow(0.95, 24);
    assert_close(mixed(&s), low, 1e-12, 0);
    s.world.buurt.guidance[0] = 0.75;
    months(&s, 10);
    assert_close(mixed(&s), 0.8 + (low - 0.8) * pow(0.9, 10), 1e-12, 0);
    close_stage(&s);
}

static void full_guidance_keeps_contacts_as_at_the_start(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    start(&s);
    mix(&s, false);
    s.world.buurt.guidance[0] = 1;
    months(&s, 120);
    assert_close(mixed(&s), 1, 1e-12, 0);
    /* 80 carriers, 80 askers: half an hour each */
    assert_int_equal(s.world.buurt.carried[0], 400);
    assert_int_equal(s.world.buurt.carried[1], 0);
    close_stage(&s);
}

/* An asker has 80 carriers among 159 neighbours, and 4 among 7 in the portiek; clustered none there. */
static void scattered_askers_meet_more_carriers_than_clustered_ones(void **state)
{
    (void)state;
    for (int32_t clustered = 0; clustered < 2; clustered++) {
        stage s;
        open_stage(&s);
        start(&s);
        mix(&s, clustered);
        months(&s, 1);
        const int32_t asker = clustered ? 16 : 2;
        const double near = clustered ? 0 : 4.0 / 7, met = 80.0 / 159 + 0.25 * (near - 80.0 / 159);
        assert_int_equal(s.world.household.came_as[asker], WKS_CAME_AS_STATUSHOUDER);
        assert_close((double)s.world.household.contacts[asker], 5 * (1 + met), 1e-6, 0);
        assert_int_equal(s.world.household.mixed[asker], (int32_t)(100 * met + 0.5));
        assert_int_equal(s.world.household.mixed[0], 0); /* a carrier */
        assert_true(s.world.buurt.contacts[0] > 1.2);
        close_stage(&s);
    }
}

/* Elsewhere a referred household loses with other referred ones in its portiek: 3 of 7 neighbours. */
static void referred_neighbours_in_a_portiek_cost_contacts_unless_switched_off(void **state)
{
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        stage s;
        open_stage(&s);
        if (!on) set(&s, "scatter", 0);
        start(&s);
        mix(&s, false);
        for (int32_t i = 0; i < N; i++)
            s.world.dwelling.label[home_of(&s, i)] = WKS_LABEL_NONE;
        s.world.complex.label[wks_fixture_tick_complex(&s.world, 0)] = WKS_LABEL_NONE;
        months(&s, 1);
        assert_close((double)s.world.household.contacts[2], on ? 5 * (1 - 0.25 * 3 / 7) : 5, 1e-6, 0);
        assert_close((double)s.world.household.contacts[0], 5, 0, 0);
        assert_close(mixed(&s), 0, 0, 0);
        close_stage(&s);
    }
}

/* With scatter at its extreme and only referred neighbours a tenth is left, so that the household is not taken for new, and drawn anew, each month. */
static void nobody_with_neighbours_is_without_contacts(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    set(&s, "scatter", 1);
    start(&s);
    mix(&s, false);
    for (int32_t i = 0; i < N; i++) {
        s.world.dwelling.label[home_of(&s, i)] = WKS_LABEL_NONE;
        s.world.household.came_as[i] = WKS_CAME_AS_STATUSHOUDER;
    }
    months(&s, 1);
    assert_close((double)s.world.household.contacts[2], 0.5, 1e-6, 0);
    close_stage(&s);
}

static void gemengd_without_gain_changes_no_contacts(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    set(&s, "mix_gain", 0);
    set(&s, "carried", 0);
    start(&s);
    mix(&s, false);
    months(&s, 12);
    assert_close(s.world.buurt.contacts[0], 1, 0, 0);
    assert_int_equal(s.world.buurt.carried[0], 0);
    close_stage(&s);
}

/* ---- loneliness ------------------------------------------------------------------------------------------------------------------ */

static int32_t count_lonely(const stage *s)
{
    int32_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += s->world.household.lonely[i];
    return n;
}

static void nobody_is_lonely_when_switched_off(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    set(&s, "lonely", 0);
    start(&s);
    months(&s, 24);
    assert_int_equal(count_lonely(&s), 0);
    assert_close(s.world.balance.lonely, 0, 0, 0);
    close_stage(&s);
}

/* The long-run odds of a class are those of the parameters: at the start, and after years. */
static void lonely_share_starts_and_stays_in_the_long_run(void **state)
{
    wks_world world;
    wks_fixture_tick fixture;
    const double odds = 0.06 * 2.5 * 2, p = odds / (1 + odds);
    enum { MANY = 20000 };

    (void)state;
    wks_fixture_tick_empty_world(&world, MONTH, 2);
    wks_fixture_tick_singles(&world, MANY, WKS_TENURE_SOCIAL, WKS_SEX_MAN, 50);
    wks_fixture_tick_make(&fixture, &world, wks_process_registry, wks_process_registry_size);
    for (int32_t i = 0; i < world.household.base.n_rows; i++) {
        world.household.vulnerability[i] = WKS_VULNERABLE_FRAIL;
        world.household.since_month[i] = world.household.region_month[i] = wks_month_cell(MONTH - 60);
    }
    wks_fixture_tick_start(&fixture, "encounter");
    for (int32_t year = 0; year <= 2; year++) {
        int32_t n = 0;
        for (int32_t i = 0; i < world.household.base.n_rows; i++)
            n += world.household.lonely[i];
        wks_fixture_tick_expect(n, MANY, p, 4);
        for (int32_t m = 0; m < 12 && year < 2; m++) {
            wks_fixture_tick_next(&fixture);
            wks_fixture_tick_run(&fixture, "encounter");
        }
    }
    assert_close(world.balance.lonely, p, 0.05, 0);
    wks_fixture_tick_free(&fixture);
    wks_world_free(&world);
}

static wks_encounter_lonely lonely_of(double contacts_elasticity)
{
    const wks_encounter_lonely_rates rates = {
        .odds = 0.06, .alone = 2.5, .old = 1.5, .health = 2, .recover = 0.35, .contacts = contacts_elasticity, .base = 5};
    wks_encounter_lonely out;
    wks_encounter_lonely_make(&rates, &out);
    return out;
}

/* Recovery compounds to the yearly rate; with four times the contacts the odds are (nearly) halved; without the mechanism nothing changes. */
static void contacts_lower_onset_and_raise_recovery(void **state)
{
    stage s;
    double onset[3], recover[3], onset_off, recover_off;
    const wks_encounter_lonely on = lonely_of(0.5), off = lonely_of(0);

    (void)state;
    open_stage(&s);
    for (int32_t k = 0; k < 3; k++)
        wks_encounter_lonely_chances(&on, &s.world, 0, k == 0 ? 5 : k == 1 ? 20 : 0.5, &onset[k], &recover[k]);
    assert_close(pow(1 - recover[0], 12), 0.65, 1e-12, 0);
    assert_close(onset[0] / recover[0], 0.06 * 2.5, 1e-12, 0);
    assert_close(onset[1] / recover[1], 0.06 * 2.5 / 2, 0.02, 0);
    assert_true(onset[2] > onset[0] && recover[2] < recover[0]);
    wks_encounter_lonely_chances(&off, &s.world, 0, 20, &onset_off, &recover_off);
    assert_close(onset_off, onset[0], 0, 0);
    assert_close(recover_off, recover[0], 0, 0);
    close_stage(&s);
}

static void more_contacts_make_fewer_lonely_of_the_same_draws(void **state)
{
    int32_t n[2];
    (void)state;
    for (int32_t k = 0; k < 2; k++) {
        stage s;
        open_stage(&s);
        start(&s);
        s.world.buurt.meeting[0] = s.world.buurt.meeting[1] = k == 0 ? 0 : 5;
        months(&s, 120);
        n[k] = count_lonely(&s);
        close_stage(&s);
    }
    assert_true(n[1] < n[0]);
}

/* ---- levers at zero ---------------------------------------------------------------------------------------------------------------- */

static const wks_spec *kind_of(const char *name)
{
    for (int32_t i = 0; i < wks_timeline_n_events; i++) {
        if (strcmp(wks_timeline_events[i]->name, name) == 0) return wks_timeline_events[i];
    }
    fail_msg("no event '%s'", name);
    return NULL;
}

static void add_event(stage *s, wks_event *event, const char *kind, const char *param, double value, double meeting_kind)
{
    wks_event *at = &event[s->fixture.scenario.n_events++];

    at->month = MONTH + 1;
    wks_fixture_tick_settings(kind_of(kind), &at->settings);
    *wks_fixture_tick_param(&at->settings, param) = value;
    if (meeting_kind > 0) *wks_fixture_tick_param(&at->settings, "kind") = meeting_kind;
    s->fixture.scenario.timeline = event;
}

/* Factor 1 of every kind, guidance of strength 0 and a label for no share: the same state as without events, to the byte. */
static void levers_at_zero_change_nothing(void **state)
{
    uint64_t hash[2];
    (void)state;
    for (int32_t with = 0; with < 2; with++) {
        stage s;
        wks_event event[5];
        memset(event, 0, sizeof event);
        open_stage(&s);
        start(&s);
        mix(&s, true);
        for (int32_t kind = 0; with && kind < 3; kind++)
            add_event(&s, event, "meeting", "factor", 1, kind);
        if (with) add_event(&s, event, "guidance", "strength", 0, 0);
        if (with) add_event(&s, event, "label", "share", 0, 0);
        for (int32_t m = 0; m < 18; m++) {
            wks_fixture_tick_month(&s.fixture, "timeline");
            wks_fixture_tick_run(&s.fixture, "encounter");
        }
        hash[with] = wks_world_hash(&s.world);
        close_stage(&s);
    }
    assert_int_equal(hash[0], hash[1]);
}

/* ---- anyhow ---------------------------------------------------------------------------------------------------------------------- */

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    static const char *const only[] = {"encounter"};
    (void)state;
    wks_fixture_town_same_anyhow(wks_process_registry, wks_process_registry_size, only, 1, 12000, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(process_off_leaves_nothing_to_act_on),
        cmocka_unit_test(doing_nothing_keeps_contacts_exactly),
        cmocka_unit_test(contacts_follow_meeting_places_and_fall_when_they_stop),
        cmocka_unit_test(contacts_stay_within_bounds_at_the_extremes),
        cmocka_unit_test(newcomers_lower_contacts_unless_switched_off),
        cmocka_unit_test(buurten_differ_at_the_start_by_who_stays_and_children),
        cmocka_unit_test(shared_space_is_for_its_complex_and_counts_in_the_buurt),
        cmocka_unit_test(gemengd_contacts_fade_without_guidance),
        cmocka_unit_test(full_guidance_keeps_contacts_as_at_the_start),
        cmocka_unit_test(scattered_askers_meet_more_carriers_than_clustered_ones),
        cmocka_unit_test(referred_neighbours_in_a_portiek_cost_contacts_unless_switched_off),
        cmocka_unit_test(nobody_with_neighbours_is_without_contacts),
        cmocka_unit_test(gemengd_without_gain_changes_no_contacts),
        cmocka_unit_test(nobody_is_lonely_when_switched_off),
        cmocka_unit_test(lonely_share_starts_and_stays_in_the_long_run),
        cmocka_unit_test(contacts_lower_onset_and_raise_recovery),
        cmocka_unit_test(more_contacts_make_fewer_lonely_of_the_same_draws),
        cmocka_unit_test(levers_at_zero_change_nothing),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
