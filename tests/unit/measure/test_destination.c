#include "measure/destination.h"

#include "fixture_measure.h"
#include "world/relations_rehouse.h"

typedef struct stage {
    wks_world world;
    wks_destination_log *log;
    const wks_destination_row *row;
    int32_t n;
    wks_err err;
} stage;

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    assert_ok(wks_destination_create(&s->log, &s->err), &s->err);
}

static void close_stage(stage *s)
{
    wks_destination_destroy(s->log);
    wks_world_free(&s->world);
}

static int32_t hh(const stage *s, const char *name)
{
    return wks_fixture_world_household(&s->world, name);
}

static int32_t dwelling(const stage *s, const char *unit)
{
    return s->world.unit.dwelling_row[wks_fixture_world_unit(&s->world, unit)];
}

static void put_at(stage *s, const char *unit, float x_m, float y_m)
{
    s->world.dwelling.x_m[dwelling(s, unit)] = x_m;
    s->world.dwelling.y_m[dwelling(s, unit)] = y_m;
}

#define MONTH(s, change)                                                          \
    do {                                                                          \
        wks_world_next_tick(&(s).world);                                          \
        change;                                                                   \
        assert_ok(wks_destination_tick((s).log, &(s).world, &(s).err), &(s).err); \
    } while (0)

static void move(stage *s, const char *household, const char *unit)
{
    assert_ok(wks_relations_move_in(&s->world, hh(s, household), wks_fixture_world_unit(&s->world, unit), true, &s->err), &s->err);
}

static void pass(stage *s, const char *household, const char *unit, wks_letting_cause cause)
{
    wks_letting_passed *passed;
    const int32_t u = wks_fixture_world_unit(&s->world, unit), d = s->world.unit.dwelling_row[u];
    assert_ok(wks_letting_pass(&s->world.letting, &passed, &s->err), &s->err);
    *passed = (wks_letting_passed){.household_key = s->world.household.key[hh(s, household)],
                                   .unit_key = s->world.unit.key[u],
                                   .household_row = hh(s, household),
                                   .buurt_row = s->world.dwelling.buurt_row[d],
                                   .x_m = s->world.dwelling.x_m[d],
                                   .y_m = s->world.dwelling.y_m[d],
                                   .rent_eur = s->world.unit.rent_eur[u],
                                   .cause = (uint8_t)cause};
}

static int64_t finish(stage *s)
{
    int64_t n = 0;
    assert_ok(wks_destination_rows(s->log, &s->world, &s->row, &s->n, &s->err), &s->err);
    for (int32_t i = 0; i < s->n; i++)
        n += s->row[i].households;
    return n;
}

static const wks_destination_row *of(const stage *s, wks_destination_cause cause, const char *destination)
{
    const wks_destination_row *found = NULL;
    for (int32_t i = 0; i < s->n; i++) {
        if (s->row[i].cause != cause || strcmp(s->row[i].destination, destination) != 0) continue;
        if (found != NULL) fail_msg("two rows of %s", destination);
        found = &s->row[i];
    }
    if (found == NULL) fail_msg("no row of %s", destination);
    return found;
}

static void notice(stage *s, const char *const *unit, int32_t n)
{
    int32_t project;
    assert_ok(wks_relations_rehouse_order(&s->world, WKS_PROJECT_DEMOLISH, 0, n, &project, &s->err), &s->err);
    s->world.project.complex_row[project] = s->world.dwelling.complex_row[dwelling(s, unit[0])];
    for (int32_t i = 0; i < n; i++)
        assert_ok(wks_relations_rehouse_notice(&s->world, project, dwelling(s, unit[i]), false, &s->err), &s->err);
}

static void displaced_are_told_with_distance_and_what_they_gain(void **state)
{
    static const char *const homes[] = {"u1", "u2", "u3"};
    stage s;
    (void)state;
    open_stage(&s);
    put_at(&s, "u1", 1000, 1000);
    put_at(&s, "u2", 1000, 1000);
    put_at(&s, "u3", 1000, 1000);
    put_at(&s, "v2", 1900, 2200); /* 1.5 km */
    s.world.buurt.soc[0] = 0.10;
    s.world.buurt.soc[2] = 0.15;
    const double gain = wks_world_leefbaarheid(&s.world, 2) - wks_world_leefbaarheid(&s.world, 0);
    MONTH(s, notice(&s, homes, 3));
    MONTH(s, move(&s, "h2", "v2"));
    MONTH(s, assert_ok(wks_relations_depart(&s.world, hh(&s, "h3"), &s.err), &s.err));
    assert_int_equal(finish(&s), 3); /* u1 still waits */
    const wks_destination_row *row = of(&s, WKS_DESTINATION_DEMOLITION, "city");
    assert_int_equal(row->from_buurt_row, 0);
    assert_int_equal(row->to_buurt_row, 2);
    assert_int_equal(row->band, WKS_DESTINATION_1_2_KM);
    assert_close(row->leefbaarheid_change, gain, 0, 1e-6);
    assert_close(row->rent_change_eur, 580 - 560, 0, 0.005);
    row = of(&s, WKS_DESTINATION_DEMOLITION, "left");
    assert_int_equal(row->band, WKS_DESTINATION_NONE);
    assert_int_equal(row->to_buurt_row, WKS_NONE);
    assert_true(isnan(row->leefbaarheid_change) && isnan(row->rent_change_eur));
    assert_int_equal(of(&s, WKS_DESTINATION_DEMOLITION, "waiting")->households, 1);
    close_stage(&s);
}

static void later_moves_do_not_change_where_a_case_ended(void **state)
{
    static const char *const homes[] = {"u2"};
    stage s;
    (void)state;
    open_stage(&s);
    MONTH(s, notice(&s, homes, 1));
    MONTH(s, move(&s, "h2", "v1")); /* same buurt, and the same complex of the fixture */
    MONTH(s, move(&s, "h2", "v2"));
    assert_int_equal(finish(&s), 1);
    assert_int_equal(of(&s, WKS_DESTINATION_DEMOLITION, "same_buurt")->band, WKS_DESTINATION_SAME_COMPLEX);
    assert_close(of(&s, WKS_DESTINATION_DEMOLITION, "same_buurt")->rent_change_eur, 630 - 560, 0, 0.005);
    close_stage(&s);
}

static void passed_over_are_followed_from_the_first_time(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    put_at(&s, "v1", 0, 0);
    put_at(&s, "v2", 500, 0);
    MONTH(s, {
        pass(&s, "h3", "v1", WKS_LETTING_SPREIDING);
        pass(&s, "h8", "v1", WKS_LETTING_SPREIDING);
        pass(&s, "h8", "v2", WKS_LETTING_AREA); /* second: not counted again */
        pass(&s, "h9", "v2", WKS_LETTING_AREA);
        pass(&s, "h10", "v2", WKS_LETTING_AREA);
    });
    MONTH(s, {
        pass(&s, "h3", "v2", WKS_LETTING_SPREIDING);
        move(&s, "h8", "v2");
    });
    MONTH(s, assert_ok(wks_relations_depart(&s.world, hh(&s, "h9"), &s.err), &s.err));
    assert_int_equal(finish(&s), 4);
    assert_int_equal(of(&s, WKS_DESTINATION_SPREIDING, "stayed")->households, 1);
    assert_int_equal(of(&s, WKS_DESTINATION_SPREIDING, "city")->band, WKS_DESTINATION_UNDER_1_KM);
    assert_close(of(&s, WKS_DESTINATION_SPREIDING, "city")->rent_change_eur, 580 - 630, 0, 0.005);
    assert_int_equal(of(&s, WKS_DESTINATION_AREA, "left")->households, 1);
    assert_int_equal(of(&s, WKS_DESTINATION_AREA, "waiting")->households, 1); /* at COA */
    close_stage(&s);
}

static void who_got_that_home_after_all_was_not_passed_over(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    MONTH(s, {
        pass(&s, "h8", "v1", WKS_LETTING_SPREIDING);
        pass(&s, "h9", "v1", WKS_LETTING_SPREIDING);
        move(&s, "h8", "v1");
    });
    assert_int_equal(finish(&s), 1);
    assert_int_equal(of(&s, WKS_DESTINATION_SPREIDING, "unhoused")->households, 1);
    MONTH(s, pass(&s, "h9", "v2", WKS_LETTING_SPREIDING)); /* still the same household */
    assert_int_equal(finish(&s), 1);
    close_stage(&s);
}

static void of_real_people_nothing_is_told(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    MONTH(s, pass(&s, "h8", "v1", WKS_LETTING_SPREIDING));
    s.world.hides_few = true;
    assert_int_equal(finish(&s), 0);
    assert_int_equal(s.n, 0);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(displaced_are_told_with_distance_and_what_they_gain),
        cmocka_unit_test(later_moves_do_not_change_where_a_case_ended),
        cmocka_unit_test(passed_over_are_followed_from_the_first_time),
        cmocka_unit_test(who_got_that_home_after_all_was_not_passed_over),
        cmocka_unit_test(of_real_people_nothing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
