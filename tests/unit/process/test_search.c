#include "process/process_registry.h"
#include "support/fixture_town.h"
#include "support/fixture_world.h"
#include "world/belief.h"
#include "world/relations.h"

enum { MONTH = 2025 * 12, N = 30000 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
} stage;

/* A crowd in dwellings of a tenure, all moved in `years` ago and none registered, looking or leaving; duration off unless a test sets it. */
static void open_crowd(stage *s, wks_tenure tenure, int32_t age, int32_t years)
{
    wks_fixture_tick_empty_world(&s->world, MONTH, 4);
    wks_fixture_tick_singles(&s->world, N, tenure, WKS_SEX_MAN, age);
    for (int32_t i = 0; i < N; i++)
        s->world.household.since_month[i] = s->world.household.change_month[i] = wks_month_cell(MONTH - 12 * years);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s->fixture, "search", "duration_floor", 1);
    wks_fixture_tick_set(&s->fixture, "search", "leave", 0);
    wks_fixture_tick_set(&s->fixture, "search", "b_leefbaarheid", 0);
    wks_fixture_tick_set(&s->fixture, "search", "belief_floor", 1);
    wks_fixture_tick_set(&s->fixture, "search", "owner", 1);
    wks_fixture_tick_set(&s->fixture, "search", "owner_social", 1);
    wks_fixture_tick_set(&s->fixture, "search", "social", 1);
    wks_fixture_tick_set(&s->fixture, "search", "start", 1);
    wks_fixture_tick_set(&s->fixture, "search", "pressed_social", 1);
    wks_fixture_tick_set(&s->fixture, "search", "oriented_social", 0);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static int64_t count(const stage *s, wks_search what)
{
    int64_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += s->world.household.search[i] == what;
    return n;
}

static int64_t looking(const stage *s)
{
    return count(s, WKS_SEARCH_SOCIAL) + count(s, WKS_SEARCH_MARKET) + count(s, WKS_SEARCH_BOTH);
}

/* Runs a month and gives how many of the crowd look now. */
static double started(stage *s)
{
    wks_fixture_tick_month(&s->fixture, "search");
    return (double)looking(s);
}

static void starting_follows_the_age_table(void **state)
{
    static const struct {
        int32_t age;
        double yearly;
    } cases[] = {{25, 0.142}, {40, 0.063}, {60, 0.022}, {75, 0.022}};
    (void)state;
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        stage s;
        open_crowd(&s, WKS_TENURE_OWNER, cases[k].age, 5);
        /* A month later a twelfth of the crowd is a year older: negligible within 4 standard errors at these numbers. */
        wks_fixture_tick_expect(started(&s), N, cases[k].yearly / 12, 4.2);
        close_stage(&s);
    }
}

static void starting_follows_tenure_and_kin(void **state)
{
    double n[3];
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        stage s;
        open_crowd(&s, WKS_TENURE_OWNER, 30, 5);
        if (k > 0) wks_fixture_tick_set(&s.fixture, "search", k == 1 ? "owner" : "kin", 0.25);
        for (int32_t i = 0; k == 2 && i < N; i++)
            s.world.household.kin_buurt_row[i] = i % 4;
        n[k] = started(&s);
        close_stage(&s);
    }
    wks_fixture_tick_expect(n[1], N, 0.25 * 0.112 / 12, 4);
    wks_fixture_tick_expect(n[2], N, 0.25 * 0.112 / 12, 4);
    assert_true(n[0] > 3 * n[1]);
}

static void misfit_moves_people(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_OWNER, 30, 5);
    for (int32_t d = 0; d < N; d++)
        s.world.dwelling.rooms[d] = 0;
    wks_fixture_tick_set(&s.fixture, "search", "misfit", 4);
    wks_fixture_tick_expect(started(&s), N, 4 * 0.112 / 12, 4);
    close_stage(&s);
}

static void change_of_the_household_moves_people_for_a_while(void **state)
{
    static const int32_t ago[] = {2, 11, 12, 2};
    static const double factor[] = {4, 4, 1, 1}; /* the last: it has moved since */
    (void)state;
    for (size_t k = 0; k < sizeof ago / sizeof *ago; k++) {
        stage s;
        open_crowd(&s, WKS_TENURE_OWNER, 30, k == 3 ? 0 : 5);
        wks_fixture_tick_set(&s.fixture, "search", "change", 4);
        wks_fixture_tick_set(&s.fixture, "search", "change_months", 13);
        for (int32_t i = 0; i < N; i++)
            s.world.household.change_month[i] = wks_month_cell(MONTH - ago[k]);
        wks_fixture_tick_expect(started(&s), N, factor[k] * 0.112 / 12, 4);
        close_stage(&s);
    }
}

static void without_the_mechanism_change_moves_nobody(void **state)
{
    double n[2];
    (void)state;
    for (int32_t k = 0; k < 2; k++) {
        stage s;
        open_crowd(&s, WKS_TENURE_OWNER, 30, 5);
        wks_fixture_tick_set(&s.fixture, "search", "change", 1);
        for (int32_t i = 0; k == 1 && i < N; i++)
            s.world.household.change_month[i] = wks_month_cell(MONTH);
        n[k] = started(&s);
        close_stage(&s);
    }
    assert_true(fabs(n[0] - n[1]) < 0.5);
}

static void rent_that_is_too_much_moves_tenants(void **state)
{
    static const double income[] = {120000, 24000, 6000}; /* net rent of 12,000 a year: a tenth, half, twice the income */
    static const double factor[] = {1, 1 + 0.5 * 2, 1 + 0.5 * 3};
    (void)state;
    for (size_t k = 0; k < sizeof income / sizeof *income; k++) {
        for (int32_t on = 0; on < 2; on++) {
            stage s;
            open_crowd(&s, WKS_TENURE_PRIVATE_RENT, 30, 5);
            wks_fixture_tick_set(&s.fixture, "search", "private_rent", 1);
            wks_fixture_tick_set(&s.fixture, "search", "cost", on ? 0.5 : 0);
            for (int32_t i = 0; i < N; i++) {
                s.world.household.income_eur[i] = (float)income[k];
                s.world.unit.rent_eur[s.world.household.unit_row[i]] = 1000; /* above every limit of huurtoeslag */
            }
            wks_fixture_tick_expect(started(&s), N, (on ? factor[k] : 1) * 0.112 / 12, 4);
            close_stage(&s);
        }
    }
}

static void kin_elsewhere_in_the_city_keeps_people_in_it(void **state)
{
    double n[2];
    (void)state;
    for (int32_t k = 0; k < 2; k++) {
        stage s;
        open_crowd(&s, WKS_TENURE_OWNER, 30, 5);
        wks_fixture_tick_set(&s.fixture, "search", "start", 0);
        wks_fixture_tick_set(&s.fixture, "search", "leave", 1);
        wks_fixture_tick_set(&s.fixture, "search", "leave_kin", 0.25);
        for (int32_t i = 0; k == 1 && i < N; i++)
            s.world.household.kin_buurt_row[i] = (wks_world_buurt_of(&s.world, i) + 1) % 4;
        wks_fixture_tick_month(&s.fixture, "search");
        n[k] = (double)count(&s, WKS_SEARCH_LEAVE);
        close_stage(&s);
    }
    wks_fixture_tick_expect(n[0], N, 0.086 / 12, 4);
    wks_fixture_tick_expect(n[1], N, 0.25 * 0.086 / 12, 4);
}

static void duration_lowers_the_hazard_to_its_floor(void **state)
{
    double n[2];
    (void)state;
    for (int32_t k = 0; k < 2; k++) {
        stage s;
        open_crowd(&s, WKS_TENURE_OWNER, 30, k == 0 ? 0 : 50);
        wks_fixture_tick_set(&s.fixture, "search", "duration_floor", 0.4);
        wks_fixture_tick_set(&s.fixture, "search", "duration", 8);
        n[k] = started(&s);
        close_stage(&s);
    }
    wks_fixture_tick_expect(n[0], N, (0.4 + 0.6 * 3 * exp(-0.5 / 8)) * 0.112 / 12, 4);
    wks_fixture_tick_expect(n[1], N, (0.4 + 0.6 * 3 * exp(-50.5 / 8)) * 0.112 / 12, 4);
}

static void leaving_follows_the_age_table_and_leefbaarheid(void **state)
{
    double n[2];
    (void)state;
    for (int32_t bad = 0; bad < 2; bad++) {
        stage s;
        open_crowd(&s, WKS_TENURE_OWNER, 30, 5);
        wks_fixture_tick_set(&s.fixture, "search", "start", 0);
        wks_fixture_tick_set(&s.fixture, "search", "leave", 1);
        wks_fixture_tick_set(&s.fixture, "search", "b_leefbaarheid", 0.4);
        for (int32_t b = 0; b < 4; b++)
            s.world.buurt.onv[b] = bad ? -0.14 : 0;
        wks_fixture_tick_month(&s.fixture, "search");
        n[bad] = (double)count(&s, WKS_SEARCH_LEAVE);
        wks_fixture_tick_expect(n[bad], N, 0.086 / 12 * (bad ? exp(0.4) : 1), 4);
        close_stage(&s);
    }
    assert_true(n[1] > n[0]);
}

/* At b_leefbaarheid 0 the scores make no difference to the search of anybody, to the byte; with it they do. */
static void leefbaarheid_is_exactly_absent_at_zero(void **state)
{
    uint64_t hash[2][2];
    (void)state;
    for (int32_t on = 0; on < 2; on++) {
        for (int32_t bad = 0; bad < 2; bad++) {
            stage s;
            open_crowd(&s, WKS_TENURE_OWNER, 30, 5);
            wks_fixture_tick_set(&s.fixture, "search", "leave", 1);
            if (on) wks_fixture_tick_set(&s.fixture, "search", "b_leefbaarheid", 0.2);
            for (int32_t b = 0; b < 4; b++)
                s.world.buurt.onv[b] = bad ? -0.14 * b : 0;
            wks_fixture_tick_month(&s.fixture, "search");
            assert_true(count(&s, WKS_SEARCH_LEAVE) > 0);
            for (int32_t b = 0; b < 4; b++)
                s.world.buurt.onv[b] = 0;
            hash[on][bad] = wks_world_hash(&s.world);
            close_stage(&s);
        }
    }
    assert_true(hash[0][0] == hash[0][1]);
    assert_true(hash[1][0] != hash[1][1]);
}

/* Who sees the buurt fall from class 7 to 6 leaves faster, with the option only; a buurt that was always weak has no threshold behind it. */
static void tipping_speeds_leaving_where_leefbaarheid_fell_below_a_bound(void **state)
{
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        stage s;
        open_crowd(&s, WKS_TENURE_OWNER, 30, 5);
        wks_fixture_tick_set(&s.fixture, "search", "start", 0);
        wks_fixture_tick_set(&s.fixture, "search", "leave", 1);
        wks_fixture_tick_set(&s.fixture, "search", "tipping", k == 0 ? 0 : 0.8);
        for (int32_t b = 0; b < 4; b++) {
            s.world.buurt.onv[b] = 0.005;
            s.world.buurt.onv_start[b] = k == 2 ? 0.005 : 0.02;
        }
        wks_fixture_tick_month(&s.fixture, "search");
        wks_fixture_tick_expect((double)count(&s, WKS_SEARCH_LEAVE), N, 0.086 / 12 * (k == 1 ? 1.8 : 1), 4);
        close_stage(&s);
    }
}

static void students_hardly_leave(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_OWNER, 20, 5);
    wks_fixture_tick_set(&s.fixture, "search", "leave", 1);
    wks_fixture_tick_set(&s.fixture, "search", "student_leave", 0);
    for (int32_t i = 0; i < N; i++)
        s.world.household.is_student[i] = 1;
    wks_fixture_tick_month(&s.fixture, "search");
    assert_int_equal(count(&s, WKS_SEARCH_LEAVE), 0);
    close_stage(&s);
}

static void families_leave_less(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_OWNER, 30, 5);
    wks_fixture_tick_set(&s.fixture, "search", "start", 0);
    wks_fixture_tick_set(&s.fixture, "search", "leave", 1);
    wks_fixture_tick_set(&s.fixture, "search", "leave_children", 0.25);
    wks_fixture_tick_set(&s.fixture, "search", "change", 1); /* the child is new */
    for (int32_t i = 0; i < N; i++)
        (void)wks_fixture_tick_person(&s.world, 100000 + i, i, WKS_ROLE_CHILD, WKS_SEX_MAN, 3);
    wks_fixture_tick_month(&s.fixture, "search");
    wks_fixture_tick_expect((double)count(&s, WKS_SEARCH_LEAVE), N, 0.25 * 0.086 / 12, 4);
    close_stage(&s);
}

static void little_hope_postpones(void **state)
{
    double n[3];
    (void)state;
    for (int32_t k = 0; k < 3; k++) {
        stage s;
        open_crowd(&s, WKS_TENURE_SOCIAL, 30, 5);
        wks_fixture_tick_set(&s.fixture, "search", "belief_floor", k == 2 ? 1 : 0.2);
        wks_fixture_tick_set(&s.fixture, "search", "belief_full", 0.25);
        /* Last year's results of singles without inschrijfduur: nobody, or more than enough. */
        s.world.belief.active[WKS_HOUSEHOLD_SINGLE][0] = 1e9;
        s.world.belief.housed[WKS_HOUSEHOLD_SINGLE][0] = k == 0 ? 0 : 5e8;
        n[k] = started(&s);
        close_stage(&s);
    }
    wks_fixture_tick_expect(n[0], N, 0.2 * 0.112 / 12, 4);
    wks_fixture_tick_expect(n[1], N, 0.112 / 12, 4);
    assert_true(n[1] >= n[2] && n[1] <= n[2]); /* full hope is the same as no postponing */
}

static int64_t with_urge(const stage *s, wks_urge urge)
{
    int64_t n = 0;
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        n += s->world.household.urge[i] == urge;
    return n;
}

static void register_all(stage *s, int32_t since)
{
    wks_err err = WKS_ERR_INIT;
    for (int32_t p = 0; p < s->world.person.base.n_rows; p++)
        assert_ok(wks_relations_register(&s->world, p, since, &err), &err);
}

/* Nobody is pressed, so whoever looks only looks around, and only registered households do. */
static void registered_households_look_around_first(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_SOCIAL, 30, 5);
    wks_fixture_tick_set(&s.fixture, "search", "pressed_social", 0);
    wks_fixture_tick_set(&s.fixture, "search", "oriented_social", 3);
    assert_true(started(&s) < 0.5);
    register_all(&s, MONTH - 24);
    wks_fixture_tick_expect(started(&s), N, 3 * 0.112 / 12, 4);
    assert_int_equal(with_urge(&s, WKS_URGE_ORIENTED), looking(&s));
    assert_int_equal(with_urge(&s, WKS_URGE_PRESSED), 0);
    close_stage(&s);
}

static void owners_seldom_look_for_a_social_home(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_OWNER, 30, 5);
    for (int32_t i = 0; i < N; i++)
        s.world.household.income_eur[i] = 10000;
    wks_fixture_tick_set(&s.fixture, "search", "owner_social", 0);
    assert_int_equal((int64_t)started(&s), 0);
    wks_fixture_tick_set(&s.fixture, "search", "owner_social", 0.5);
    wks_fixture_tick_expect(started(&s), N, 0.5 * 0.112 / 12, 4);
    close_stage(&s);
}

/* Everybody looks around; need presses at its hazard, time calms at its rate. */
static void need_presses_and_time_calms(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_SOCIAL, 30, 5);
    wks_fixture_tick_set(&s.fixture, "search", "give_up", 0);
    wks_fixture_tick_set(&s.fixture, "search", "calm", 0);
    wks_fixture_tick_set(&s.fixture, "search", "pressed_social", 2);
    wks_fixture_tick_set(&s.fixture, "search", "press_more", 1.5);
    for (int32_t i = 0; i < N; i++) {
        s.world.household.search_month[i] = wks_month_cell(MONTH - 6);
        s.world.household.urge[i] = WKS_URGE_ORIENTED;
    }
    wks_fixture_tick_month(&s.fixture, "search");
    wks_fixture_tick_expect((double)with_urge(&s, WKS_URGE_PRESSED), N, 3 * 0.112 / 12, 4);
    assert_int_equal(looking(&s), N);
    for (int32_t i = 0; i < N; i++)
        s.world.household.urge[i] = WKS_URGE_PRESSED;
    wks_fixture_tick_set(&s.fixture, "search", "calm", 0.5);
    wks_fixture_tick_set(&s.fixture, "search", "press_more", 0);
    for (int32_t m = 0; m < 12; m++)
        wks_fixture_tick_month(&s.fixture, "search");
    wks_fixture_tick_expect((double)with_urge(&s, WKS_URGE_ORIENTED), N, 0.5, 4);
    assert_int_equal(looking(&s), N);
    for (int32_t i = 0; i < N; i++) /* the search did not begin anew */
        assert_int_equal(s.world.household.search_month[i], MONTH - 6);
    close_stage(&s);
}

/* pressed_social raises beginning for the queue's sake: on the market look those who would have begun without it, one in pressed_social. */
static void who_is_pressed_by_the_queue_looks_on_the_market_as_often_as_without_it(void **state)
{
    static const double pressed[] = {1, 4};
    (void)state;
    for (size_t k = 0; k < sizeof pressed / sizeof *pressed; k++) {
        stage s;
        open_crowd(&s, WKS_TENURE_PRIVATE_RENT, 30, 5);
        wks_fixture_tick_set(&s.fixture, "search", "give_up", 0);
        wks_fixture_tick_set(&s.fixture, "search", "calm", 0);
        wks_fixture_tick_set(&s.fixture, "search", "market_income", 0.5);
        wks_fixture_tick_set(&s.fixture, "search", "pressed_social", pressed[k]);
        for (int32_t i = 0; i < N; i++) {
            s.world.household.income_eur[i] = (float)(0.9 * s.fixture.tick.law.income_single_eur);
            s.world.household.search_month[i] = wks_month_cell(MONTH - 6);
            s.world.household.urge[i] = WKS_URGE_PRESSED;
        }
        wks_fixture_tick_month(&s.fixture, "search");
        assert_int_equal(looking(&s), N);
        wks_fixture_tick_expect((double)count(&s, WKS_SEARCH_BOTH), N, 1 / pressed[k], 4);
        close_stage(&s);
    }
}

static void urgents_stay_pressed(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_SOCIAL, 30, 5);
    wks_fixture_tick_set(&s.fixture, "search", "calm", 1);
    wks_fixture_tick_set(&s.fixture, "search", "give_up", 0);
    for (int32_t i = 0; i < N; i++) {
        s.world.household.search_month[i] = wks_month_cell(MONTH - 6);
        s.world.household.urge[i] = WKS_URGE_PRESSED;
        s.world.household.urgency[i] = WKS_URGENCY_SOCIAL;
    }
    wks_fixture_tick_month(&s.fixture, "search");
    assert_int_equal(with_urge(&s, WKS_URGE_PRESSED), N);
    close_stage(&s);
}

/* What lots gave counts for who has just registered as much as for who waits for years: nobody postpones any more. */
static void chances_by_lot_do_not_depend_on_inschrijfduur(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_SOCIAL, 30, 5);
    wks_fixture_tick_set(&s.fixture, "search", "belief_floor", 0.2);
    wks_fixture_tick_set(&s.fixture, "search", "belief_full", 0.25);
    for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++)
        s.world.belief.active[WKS_HOUSEHOLD_SINGLE][d] = 1e9;
    s.world.belief.by_chance[WKS_HOUSEHOLD_SINGLE] = 0.25 * 8e9;
    wks_fixture_tick_expect(started(&s), N, 0.112 / 12, 4);
    close_stage(&s);
}

static void seekers_give_up_at_their_rate(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_OWNER, 40, 5);
    wks_fixture_tick_set(&s.fixture, "search", "start", 0);
    wks_fixture_tick_set(&s.fixture, "search", "give_up", 0.25);
    for (int32_t i = 0; i < N; i++)
        s.world.household.search_month[i] = wks_month_cell(MONTH - 6);
    for (int32_t m = 0; m < 12; m++)
        wks_fixture_tick_month(&s.fixture, "search");
    wks_fixture_tick_expect((double)looking(&s), N, 0.75, 4);
    for (int32_t i = 0; i < N; i++) {
        assert_int_equal(s.world.household.search_month[i] != WKS_NO_MONTH, s.world.household.search[i] != WKS_SEARCH_STAY);
    }
    close_stage(&s);
}

/* A search without intensity: at tick 0, or after a merger. */
static void who_was_looking_already_gets_an_intensity_by_place(void **state)
{
    stage s;
    (void)state;
    open_crowd(&s, WKS_TENURE_SOCIAL, 30, 5);
    for (int32_t i = 0; i < N; i++)
        s.world.household.search_month[i] = wks_month_cell(MONTH - 6);
    wks_fixture_tick_set(&s.fixture, "search", "calm", 0);
    wks_fixture_tick_set(&s.fixture, "search", "give_up", 0);
    wks_fixture_tick_set(&s.fixture, "search", "press_more", 0);
    wks_fixture_tick_month(&s.fixture, "search");
    assert_int_equal(with_urge(&s, WKS_URGE_NONE), 0);
    wks_fixture_tick_expect((double)with_urge(&s, WKS_URGE_PRESSED), N, 0.35, 4);
    close_stage(&s);
}

static const char people[] = "month 2025-01\nbuurten 2\nunit u1 tenure=social rent=600 rooms=4\nunit u2 tenure=owner value=300000 rooms=4\n"
                             "household h1 unit=u1 income=30000 members=50m,48f\nhousehold h2 unit=u2 income=90000 members=50m,48f\n"
                             "household ex place=ex_partner host=h1 income=20000 members=40m registered=2020-01\n"
                             "household hosted place=hosted host=h2 income=20000 members=40m\n"
                             "household shelter place=shelter income=15000 members=40m\n"
                             "household coa place=coa income=15000 members=40m referral=statushouder\n"
                             "household rich place=hosted host=h2 income=120000 members=40m registered=2015-01\n"
                             "household out place=outside income=30000 members=40m\n"
                             "household outreg place=outside income=30000 members=40m registered=2019-01\n";

static wks_search search_of(const stage *s, const char *name)
{
    return (wks_search)s->world.household.search[wks_fixture_world_household(&s->world, name)];
}

static void who_has_no_home_always_looks_where_it_may(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, people);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s.fixture, "search", "start", 0);
    wks_fixture_tick_set(&s.fixture, "search", "leave", 0);
    for (int32_t m = 0; m < 3; m++) {
        wks_fixture_tick_month(&s.fixture, "search");
        assert_int_equal(search_of(&s, "ex"), WKS_SEARCH_BOTH);
        assert_int_equal(search_of(&s, "hosted"), WKS_SEARCH_BOTH);
        assert_int_equal(search_of(&s, "shelter"), WKS_SEARCH_BOTH);
        assert_int_equal(search_of(&s, "coa"), WKS_SEARCH_SOCIAL);
        assert_int_equal(search_of(&s, "rich"), WKS_SEARCH_MARKET);
        assert_int_equal(search_of(&s, "out"), WKS_SEARCH_MARKET);
        assert_int_equal(search_of(&s, "outreg"), WKS_SEARCH_BOTH);
        assert_int_equal(search_of(&s, "h1"), WKS_SEARCH_STAY);
    }
    /* Who looks for a social home registers, but at COA one waits by referral. */
    assert_int_equal(s.world.household.registered_month[wks_fixture_world_household(&s.world, "hosted")], MONTH + 1);
    assert_int_equal(s.world.household.registered_month[wks_fixture_world_household(&s.world, "coa")], WKS_NO_MONTH);
    assert_int_equal(s.world.household.registered_month[wks_fixture_world_household(&s.world, "ex")], 2020 * 12);
    close_stage(&s);
}

static void referred_household_that_was_housed_looks_like_others(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world, "unit u1 tenure=social rent=600 rooms=4\n"
                                     "household h1 unit=u1 income=90000 members=40m referral=statushouder search=2024-01\n");
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s.fixture, "search", "give_up", 0);
    wks_fixture_tick_set(&s.fixture, "search", "leave", 0);
    wks_fixture_tick_month(&s.fixture, "search");
    assert_int_equal(search_of(&s, "h1"), WKS_SEARCH_MARKET);
    close_stage(&s);
}

static void referred_with_an_income_above_the_limit_is_not_stuck_in_the_queue(void **state)
{
    stage s;
    (void)state;
    wks_fixture_world_make(&s.world,
                           "unit u1 tenure=social rent=600\nhousehold h1 place=coa income=90000 members=40m referral=statushouder\n");
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_month(&s.fixture, "search");
    assert_int_equal(search_of(&s, "h1"), WKS_SEARCH_MARKET);
    close_stage(&s);
}

static void belief_learns_this_months_seekers(void **state)
{
    stage s;
    double active = 0;
    (void)state;
    wks_fixture_world_make(&s.world, people);
    wks_fixture_tick_make(&s.fixture, &s.world, wks_process_registry, wks_process_registry_size);
    wks_fixture_tick_set(&s.fixture, "search", "start", 0);
    wks_fixture_tick_set(&s.fixture, "search", "leave", 0);
    wks_fixture_tick_month(&s.fixture, "search");
    for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++)
        active += s.world.belief.active[WKS_HOUSEHOLD_SINGLE][d];
    /* ex, hosted, shelter, coa and outreg look for a social home. */
    assert_close(active, 5.0 / 12, 1e-12, 0);
    close_stage(&s);
}

static void town_is_the_same_with_other_threads_and_row_order(void **state)
{
    static const char *const only[] = {"search"};
    (void)state;
    wks_fixture_town_same_anyhow(wks_process_registry, wks_process_registry_size, only, 1, 5000, 6);
}

/* Single people without a home under a referral, at a place; all rates of urgency off. */
static void open_referred(stage *s, wks_referral referral, wks_place place)
{
    static const char text[] = "buurten 1\n"
                               "household someone place=shelter income=20000 members=30m\n"
                               "household other place=shelter income=20000 members=30m\n";
    wks_fixture_world_make(&s->world, text);
    s->world.month = MONTH;
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    s->world.household.referral[0] = (uint8_t)referral;
    s->world.household.place[0] = (uint8_t)place;
    wks_fixture_tick_set(&s->fixture, "search", "leave", 0);
    wks_fixture_tick_set(&s->fixture, "search", "urgent_single", 0);
}

static wks_urgency urgency_with_regie(wks_referral referral, wks_place place, int32_t from)
{
    stage s;
    open_referred(&s, referral, place);
    s.fixture.scenario.bill_from[WKS_LAW_BILL_VERSTERKING_REGIE] = from;
    wks_fixture_tick_next(&s.fixture);
    wks_fixture_tick_run(&s.fixture, "search");
    const wks_urgency urgency = (wks_urgency)s.world.household.urgency[0];
    assert_int_equal(s.world.household.urgency[1], WKS_URGENCY_NONE); /* who has no referral is judged as before */
    close_stage(&s);
    return urgency;
}

static void versterking_regie_makes_who_leaves_care_urgent(void **state)
{
    (void)state;
    assert_int_equal(urgency_with_regie(WKS_REFERRAL_CARE_LEAVER, WKS_PLACE_SHELTER, 0), WKS_URGENCY_NONE); /* a bill is no law */
    assert_int_equal(urgency_with_regie(WKS_REFERRAL_CARE_LEAVER, WKS_PLACE_SHELTER, MONTH + 2),
                     WKS_URGENCY_NONE); /* nor before its month */
    assert_int_equal(urgency_with_regie(WKS_REFERRAL_CARE_LEAVER, WKS_PLACE_SHELTER, MONTH + 1), WKS_URGENCY_SOCIAL);
    assert_int_equal(urgency_with_regie(WKS_REFERRAL_EX_DETAINEE, WKS_PLACE_SHELTER, MONTH), WKS_URGENCY_SOCIAL);
    assert_int_equal(urgency_with_regie(WKS_REFERRAL_STATUSHOUDER, WKS_PLACE_COA, MONTH), WKS_URGENCY_NONE);
}

/* Without the ban the COA sends them; with it they register like others, from where they are. */
/* A refusal ends it (round_offers.c notes the month); the law gives it once for as long as somebody has no home. */
static void versterking_regie_does_not_give_again_what_was_refused(void **state)
{
    stage s;

    (void)state;
    open_referred(&s, WKS_REFERRAL_CARE_LEAVER, WKS_PLACE_SHELTER);
    s.fixture.scenario.bill_from[WKS_LAW_BILL_VERSTERKING_REGIE] = MONTH;
    wks_household_table *household = &s.world.household;
    for (int m = 0; m < 4; m++) {
        wks_fixture_tick_next(&s.fixture);
        wks_fixture_tick_run(&s.fixture, "search");
        assert_int_equal(household->urgency[0], m == 0 || m == 3 ? WKS_URGENCY_SOCIAL : WKS_URGENCY_NONE);
        if (m == 0) {
            household->urgency[0] = WKS_URGENCY_NONE;
            household->urgency_month[0] = wks_month_cell(s.world.month);
        }
        if (m == 2) household->since_month[0] = wks_month_cell(s.world.month); /* lost a home since: a new spell */
    }
    assert_true(household->urgency_month[0] > s.world.month);
    close_stage(&s);
}

static void priority_ban_makes_statushouders_register(void **state)
{
    (void)state;
    for (int32_t is_ban = 0; is_ban < 2; is_ban++) {
        stage s;
        open_referred(&s, WKS_REFERRAL_STATUSHOUDER, WKS_PLACE_COA);
        s.fixture.scenario.bill_from[WKS_LAW_BILL_PRIORITY_BAN] = is_ban ? MONTH : 0;
        wks_fixture_tick_next(&s.fixture);
        wks_fixture_tick_run(&s.fixture, "search");
        assert_true((s.world.household.registered_month[0] != WKS_NO_MONTH) == (is_ban == 1));
        assert_int_equal(s.world.household.urgency[0], WKS_URGENCY_NONE);
        close_stage(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versterking_regie_makes_who_leaves_care_urgent),
        cmocka_unit_test(versterking_regie_does_not_give_again_what_was_refused),
        cmocka_unit_test(priority_ban_makes_statushouders_register),
        cmocka_unit_test(starting_follows_the_age_table),
        cmocka_unit_test(starting_follows_tenure_and_kin),
        cmocka_unit_test(misfit_moves_people),
        cmocka_unit_test(change_of_the_household_moves_people_for_a_while),
        cmocka_unit_test(without_the_mechanism_change_moves_nobody),
        cmocka_unit_test(rent_that_is_too_much_moves_tenants),
        cmocka_unit_test(kin_elsewhere_in_the_city_keeps_people_in_it),
        cmocka_unit_test(duration_lowers_the_hazard_to_its_floor),
        cmocka_unit_test(leaving_follows_the_age_table_and_leefbaarheid),
        cmocka_unit_test(leefbaarheid_is_exactly_absent_at_zero),
        cmocka_unit_test(tipping_speeds_leaving_where_leefbaarheid_fell_below_a_bound),
        cmocka_unit_test(students_hardly_leave),
        cmocka_unit_test(families_leave_less),
        cmocka_unit_test(little_hope_postpones),
        cmocka_unit_test(registered_households_look_around_first),
        cmocka_unit_test(owners_seldom_look_for_a_social_home),
        cmocka_unit_test(need_presses_and_time_calms),
        cmocka_unit_test(who_is_pressed_by_the_queue_looks_on_the_market_as_often_as_without_it),
        cmocka_unit_test(urgents_stay_pressed),
        cmocka_unit_test(chances_by_lot_do_not_depend_on_inschrijfduur),
        cmocka_unit_test(who_was_looking_already_gets_an_intensity_by_place),
        cmocka_unit_test(seekers_give_up_at_their_rate),
        cmocka_unit_test(who_has_no_home_always_looks_where_it_may),
        cmocka_unit_test(referred_household_that_was_housed_looks_like_others),
        cmocka_unit_test(referred_with_an_income_above_the_limit_is_not_stuck_in_the_queue),
        cmocka_unit_test(belief_learns_this_months_seekers),
        cmocka_unit_test(town_is_the_same_with_other_threads_and_row_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
