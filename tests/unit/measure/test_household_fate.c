#include "measure/household_fate.h"

#include "fixture_measure.h"
#include "world/relations_rehouse.h"

typedef struct stage {
    wks_world world;
    wks_household_fate_log *log;
    const wks_household_fate *item;
    int32_t n;
    wks_err err;
} stage;

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    s->world.household.groups[wks_fixture_world_household(&s->world, "h1")] = 5;
    assert_ok(wks_household_fate_create(&s->world, &s->log, &s->err), &s->err);
    assert_ok(wks_household_fate_tick(s->log, &s->world, &s->err), &s->err);
}

static void close_stage(stage *s)
{
    wks_household_fate_destroy(s->log);
    wks_world_free(&s->world);
}

static int32_t hh(const stage *s, const char *name)
{
    return wks_fixture_world_household(&s->world, name);
}

/* A month, at the end of which `change` has happened. */
#define MONTH(s, change)                                                             \
    do {                                                                             \
        wks_world_next_tick(&(s).world);                                             \
        change;                                                                      \
        assert_ok(wks_household_fate_tick((s).log, &(s).world, &(s).err), &(s).err); \
    } while (0)

static void finish(stage *s)
{
    const wks_law law = wks_law_of_year(2025, 0);
    assert_ok(wks_household_fate_finish(s->log, &s->world, &law, &s->item, &s->n, &s->err), &s->err);
    for (int32_t i = 1; i < s->n; i++)
        assert_true(s->item[i - 1].key < s->item[i].key);
}

static const wks_household_fate *of(const stage *s, const char *name)
{
    const uint64_t key = wks_text_hash(name);
    for (int32_t i = 0; i < s->n; i++) {
        if (s->item[i].key == key) return &s->item[i];
    }
    fail_msg("%s is not followed", name);
    return NULL;
}

static void start_tells_who_has_a_home(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.household.support[hh(&s, "h2")] = 3;
    s.world.household.help[hh(&s, "h2")] = 1; /* the pool meets whole cases */
    finish(&s);
    assert_int_equal(s.n, 10);
    assert_close(wks_household_fate_value(of(&s, "h2"), WKS_FATE_SUPPORT), 10, 0, 0);
    assert_true(isnan(wks_household_fate_value(of(&s, "h1"), WKS_FATE_SUPPORT))); /* not vulnerable */
    assert_int_equal(of(&s, "h1")->end, WKS_FATE_HOUSED);
    assert_int_equal(of(&s, "h1")->groups, 5);
    assert_int_equal(of(&s, "h1")->rooms_short, 1); /* four members and a child at home in four rooms */
    assert_int_equal(of(&s, "h8")->end, WKS_FATE_WITHOUT_HOME);
    assert_int_equal(of(&s, "h10")->end, WKS_FATE_WAITS);
    assert_int_equal(of(&s, "h8")->months_without_home, 0); /* no month has passed */
    assert_true(isnan(of(&s, "h4")->rent_share));           /* owner-occupier */
    assert_true(of(&s, "h5")->rent_share > 0.3F);           /* 12 * 1250 / 46000, no huurtoeslag */
    assert_close((double)of(&s, "h5")->rent_share, 12.0 * 1250 / 46000, 1e-6, 0);
    assert_close((double)of(&s, "h2")->kin_km, 0, 0, 0); /* kin in the own buurt */
    assert_true(isnan(of(&s, "h1")->kin_km));
    close_stage(&s);
}

static void months_are_counted_at_their_end(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    MONTH(s, (void)0);
    MONTH(s, assert_ok(wks_relations_move_in(&s.world, hh(&s, "h8"), wks_fixture_world_unit(&s.world, "v1"), true, &s.err), &s.err));
    MONTH(s, (void)0);
    finish(&s);
    assert_int_equal(of(&s, "h8")->months_without_home, 1);
    assert_int_equal(of(&s, "h8")->end, WKS_FATE_HOUSED);
    assert_int_equal(of(&s, "h8")->months_at_address, 1);
    assert_int_equal(of(&s, "h8")->forced, 0);
    assert_int_equal(of(&s, "h9")->months_without_home, 3);
    assert_int_equal(of(&s, "h1")->months_without_home, 0);
    assert_int_equal(of(&s, "h3")->months_searching, 3);
    close_stage(&s);
}

static void home_that_is_lost_is_a_forced_move(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    MONTH(s, assert_ok(wks_relations_move_out(&s.world, hh(&s, "h3"), WKS_PLACE_SHELTER, WKS_NONE, &s.err), &s.err));
    MONTH(s, assert_ok(wks_relations_move_in(&s.world, hh(&s, "h3"), wks_fixture_world_unit(&s.world, "v1"), true, &s.err), &s.err));
    MONTH(s, assert_ok(wks_relations_move_in(&s.world, hh(&s, "h3"), wks_fixture_world_unit(&s.world, "v2"), true, &s.err), &s.err));
    finish(&s);
    assert_int_equal(of(&s, "h3")->forced, 1); /* the later move was its own */
    assert_int_equal(of(&s, "h3")->months_without_home, 1);
    close_stage(&s);
}

static void who_is_gone_left_joined_or_ended(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    MONTH(s, {
        assert_ok(wks_relations_depart(&s.world, hh(&s, "h5"), &s.err), &s.err);
        assert_ok(wks_relations_depart(&s.world, hh(&s, "h10"), &s.err), &s.err);
        assert_ok(wks_relations_merge(&s.world, hh(&s, "h3"), hh(&s, "h6"), &s.err), &s.err);
        assert_ok(wks_relations_person_die(&s.world, wks_fixture_world_person(&s.world, "h2/0"), &s.err), &s.err);
    });
    MONTH(s, (void)0);
    finish(&s);
    assert_int_equal(s.n, 10);
    assert_int_equal(of(&s, "h5")->end, WKS_FATE_LEFT);
    assert_int_equal(of(&s, "h10")->end, WKS_FATE_STOPPED); /* never lived here */
    assert_int_equal(of(&s, "h3")->end, WKS_FATE_JOINED);
    assert_int_equal(of(&s, "h2")->end, WKS_FATE_ENDED);
    assert_int_equal(of(&s, "h2")->months_at_address, 0);
    assert_true(isnan(of(&s, "h2")->leefbaarheid));
    assert_true(isnan(wks_household_fate_value(of(&s, "h2"), WKS_FATE_HOME_AT_END)));
    assert_true(isnan(wks_household_fate_value(of(&s, "h3"), WKS_FATE_LEFT_CITY)));
    assert_close(wks_household_fate_value(of(&s, "h5"), WKS_FATE_LEFT_CITY), 1, 0, 0);
    assert_true(isnan(wks_household_fate_value(of(&s, "h10"), WKS_FATE_LEFT_CITY)));
    close_stage(&s);
}

static void household_in_a_row_that_was_another_s_is_new(void **state)
{
    stage s;
    int32_t row = WKS_NONE;
    (void)state;
    open_stage(&s);
    const int32_t freed = hh(&s, "h2");
    MONTH(s, {
        assert_ok(wks_relations_person_die(&s.world, wks_fixture_world_person(&s.world, "h2/0"), &s.err), &s.err);
        assert_ok(wks_relations_household_add(&s.world, wks_text_hash("new"), WKS_PLACE_OUTSIDE, WKS_NONE, &row, &s.err), &s.err);
    });
    assert_int_equal(row, freed);
    finish(&s);
    assert_int_equal(s.n, 11);
    assert_int_equal(of(&s, "h2")->end, WKS_FATE_ENDED);
    assert_int_equal(of(&s, "new")->end, WKS_FATE_WAITS);
    assert_int_equal(of(&s, "new")->months_without_home, 1);
    close_stage(&s);
}

static void demolition_is_a_forced_move_once(void **state)
{
    stage s;
    int32_t project = WKS_NONE;
    (void)state;
    open_stage(&s);
    MONTH(s, {
        assert_ok(wks_relations_rehouse_order(&s.world, WKS_PROJECT_DEMOLISH, 0, 2, &project, &s.err), &s.err);
        const int32_t d1 = s.world.unit.dwelling_row[wks_fixture_world_unit(&s.world, "u1")];
        const int32_t d2 = s.world.unit.dwelling_row[wks_fixture_world_unit(&s.world, "u2")];
        s.world.project.complex_row[project] = s.world.dwelling.complex_row[d1];
        assert_ok(wks_relations_rehouse_notice(&s.world, project, d1, true, &s.err), &s.err);
        assert_ok(wks_relations_rehouse_notice(&s.world, project, d2, true, &s.err), &s.err);
    });
    MONTH(s, assert_ok(wks_relations_move_in(&s.world, hh(&s, "h1"), wks_fixture_world_unit(&s.world, "v1"), true, &s.err), &s.err));
    finish(&s);
    assert_int_equal(of(&s, "h1")->forced, 1);
    assert_int_equal(of(&s, "h2")->forced, 0); /* still in its home */
    close_stage(&s);
}

static int sign_of(wks_household_fate a, wks_household_fate b, wks_household_fate_outcome outcome)
{
    int sign = 9;
    return wks_household_fate_compare(&a, &b, outcome, &sign) ? sign : 9;
}

static void differences_up_to_the_threshold_are_equal(void **state)
{
    wks_household_fate a = {.rent_share = 0.30F,
                            .leefbaarheid = 0.0F,
                            .kin_km = 1,
                            .months_searching = 10,
                            .months_at_address = 40,
                            .forced = 1},
                       b = a;
    (void)state;
    for (int32_t o = 0; o < WKS_N_FATE_OUTCOMES; o++)
        assert_int_equal(sign_of(a, b, (wks_household_fate_outcome)o), o == WKS_FATE_SUPPORT ? 9 : 0); /* not vulnerable: no outcome */
    b.rent_share = 0.289F;
    assert_int_equal(sign_of(a, b, WKS_FATE_RENT_SHARE), 1);
    b.rent_share = 0.291F;
    assert_int_equal(sign_of(a, b, WKS_FATE_RENT_SHARE), 0);
    b.rent_share = 0.32F;
    assert_int_equal(sign_of(a, b, WKS_FATE_RENT_SHARE), -1);
    b.leefbaarheid = 0.03F;
    assert_int_equal(sign_of(a, b, WKS_FATE_LEEFBAARHEID), 1);
    b.months_searching = 11;
    assert_int_equal(sign_of(a, b, WKS_FATE_MONTHS_SEARCHING), 0);
    b.months_searching = 12;
    assert_int_equal(sign_of(a, b, WKS_FATE_MONTHS_SEARCHING), -1);
    b.months_at_address = 20;
    assert_int_equal(sign_of(a, b, WKS_FATE_MONTHS_AT_ADDRESS), -1);
    b.forced = 0;
    assert_int_equal(sign_of(a, b, WKS_FATE_FORCED_MOVES), 1);
    a.is_vulnerable = b.is_vulnerable = 1;
    b.help = 3;
    assert_int_equal(sign_of(a, b, WKS_FATE_SUPPORT), 1);
    b.end = WKS_FATE_LEFT;
    assert_int_equal(sign_of(a, b, WKS_FATE_LEFT_CITY), -1);
    assert_int_equal(sign_of(a, b, WKS_FATE_SUPPORT), 9);
    assert_int_equal(sign_of(a, b, WKS_FATE_HOME_AT_END), 9);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(start_tells_who_has_a_home),
        cmocka_unit_test(months_are_counted_at_their_end),
        cmocka_unit_test(home_that_is_lost_is_a_forced_move),
        cmocka_unit_test(who_is_gone_left_joined_or_ended),
        cmocka_unit_test(household_in_a_row_that_was_another_s_is_new),
        cmocka_unit_test(demolition_is_a_forced_move_once),
        cmocka_unit_test(differences_up_to_the_threshold_are_equal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
