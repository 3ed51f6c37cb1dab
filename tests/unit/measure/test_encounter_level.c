#include "measure/encounter_level.h"

#include "fixture_measure.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_window window;
    wks_series city, areas;
} stage;

static int32_t household(const stage *s, const char *name)
{
    return wks_fixture_world_household(&s->world, name);
}

/* Everybody has 4 light contacts a week, h1 (two adults, two children) 7, h3 (one adult, one child) 2; h2 and h7 are lonely. */
static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, "output = { levels = [ \"buurt\", \"wijk\" ]; };");
    wks_observe_refresh_groups(&s->scenario, &s->world);
    wks_window_start(&s->window, 20);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        s->world.household.contacts[i] = 4;
    s->world.household.contacts[household(s, "h1")] = 7;
    s->world.household.contacts[household(s, "h3")] = 2;
    s->world.household.lonely[household(s, "h2")] = s->world.household.lonely[household(s, "h7")] = 1;
}

static void close_stage(stage *s)
{
    wks_series_free(&s->city);
    wks_series_free(&s->areas);
    wks_window_free(&s->window);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void measure(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    wks_series_clear(&s->city);
    wks_series_clear(&s->areas);
    assert_ok(wks_encounter_level_city(&s->scenario, &s->world, &s->window, &s->city, &err), &err);
    assert_ok(wks_encounter_level_areas(&s->scenario, &s->world, &s->areas, &err), &err);
}

static double city(const stage *s, const char *indicator, const char *group)
{
    return wks_fixture_measure_city(&s->city, indicator, group);
}

/* Seven households with a home and eleven adults; families are h1, h3 and h4 with five. */
/* Process encounter was never on: what nobody counted is not 0. */
static void contacts_that_nobody_counted_are_empty(void **state)
{
    stage s;
    int32_t n = 0;
    (void)state;
    open_stage(&s);
    for (int32_t b = 0; b < s.world.buurt.base.n_rows; b++)
        s.world.buurt.contacts_start[b] = s.world.buurt.inside_start[b] = s.world.buurt.contacts[b] = 1;
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        s.world.household.contacts[i] = 0;
    measure(&s);
    assert_true(isnan(city(&s, "light_contacts", "")));
    for (size_t i = 0; i < (size_t)s.areas.n; i++) {
        if (strcmp(s.areas.row[i].indicator, "light_contacts") != 0) continue;
        assert_true(isnan(s.areas.row[i].value));
        n++;
    }
    assert_true(n > s.world.n_wijken); /* wijken and buurten */
    close_stage(&s);
}

static void contacts_and_loneliness_equal_a_hand_made_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.buurt.contacts_start[1] = 5;
    s.world.buurt.inside_start[1] = 1.1;
    s.world.buurt.contacts[1] = 1.2;
    measure(&s);
    assert_close(city(&s, "light_contacts", ""), (2 * 7 + 2 + 8 * 4) / 11.0, 1e-12, 0);
    assert_close(city(&s, "light_contacts", "families"), (2 * 7 + 2 + 2 * 4) / 5.0, 1e-12, 0);
    assert_close(city(&s, "lonely_share", ""), 2.0 / 7, 1e-12, 0);
    assert_close(city(&s, "lonely_share", "families"), 0, 0, 0);
    assert_true(isnan(city(&s, "lonely_share", "referred"))); /* at COA */
    assert_close(wks_fixture_measure_value(&s.areas, "light_contacts", "", "", "buurt", 1), 6.6, 1e-12, 0);
    assert_close(wks_fixture_measure_value(&s.areas, "lonely_share", "", "", "wijk", 1), 1, 0, 0); /* h7 alone */
    for (int32_t i = 0; i < s.areas.n; i++)
        assert_true(strcmp(s.areas.row[i].indicator, "lonely_share") != 0 || strcmp(s.areas.row[i].level, "wijk") == 0);
    close_stage(&s);
}

static void gemengd_wonen_equals_a_hand_made_count(void **state)
{
    static const char *const unit[4] = {"u1", "u2", "u3", "u7"};
    wks_err err = WKS_ERR_INIT;
    const int64_t active[WKS_WINDOW_GROUPS] = {0};
    stage s;
    (void)state;
    open_stage(&s);
    for (int32_t i = 0; i < s.world.household.base.n_rows; i++)
        s.world.household.motivated[i] = 0;
    for (int32_t i = 0; i < 4; i++)
        s.world.dwelling.label[s.world.unit.dwelling_row[wks_fixture_world_unit(&s.world, unit[i])]] = WKS_LABEL_GEMENGD;
    s.world.household.motivated[household(&s, "h1")] = 1; /* carrier */
    s.world.household.motivated[household(&s, "h3")] = 1; /* asker, for what it has been through */
    s.world.household.came_as[household(&s, "h3")] = WKS_CAME_AS_STATUSHOUDER;
    s.world.household.vulnerability[household(&s, "h7")] = WKS_VULNERABLE_LVB; /* asker */
    s.world.household.mixed[household(&s, "h3")] = 50;
    s.world.household.mixed[household(&s, "h7")] = 20;
    s.world.buurt.carried[0] = 7;
    for (int32_t i = 0; i < 4; i++) { /* each of them moved in this month, h1 twelve years registered */
        wks_letting *letting = wks_fixture_measure_letting(&s.world, unit[i], 0, 144, 6);
        letting->household_row = s.world.unit.household_row[letting->unit_row];
        letting->household_key = s.world.household.key[letting->household_row];
    }
    (void)wks_fixture_measure_letting(&s.world, "v1", 0, 10, 6); /* not labelled */
    assert_ok(wks_window_push(&s.window, &s.world, active, 20, &err), &err);
    measure(&s);
    assert_close(city(&s, "gemengd_households", "carriers"), 1, 0, 0);
    assert_close(city(&s, "gemengd_households", "askers"), 2, 0, 0);
    assert_close(city(&s, "gemengd_households", "others"), 1, 0, 0);
    assert_close(city(&s, "mixed_contacts", ""), 0.35, 1e-12, 0);
    assert_close(city(&s, "carried_hours", ""), 0.7, 1e-12, 0);
    assert_close(city(&s, "gemengd_lettings", ""), 4, 0, 0);
    assert_close(city(&s, "gemengd_lettings", "carriers_queue"), 1, 0, 0);
    assert_close(city(&s, "gemengd_lettings", "askers"), 2, 0, 0);
    assert_close(city(&s, "gemengd_lettings", "others"), 1, 0, 0);
    assert_close(city(&s, "gemengd_wait_months", ""), 144, 0, 0);
    s.world.letting.item[0].urgency = WKS_URGENCY_SOCIAL; /* an urgent carrier would not have waited */
    wks_window_free(&s.window);
    wks_window_start(&s.window, 20);
    assert_ok(wks_window_push(&s.window, &s.world, active, 20, &err), &err);
    measure(&s);
    assert_close(city(&s, "gemengd_lettings", "carriers_queue"), 0, 0, 0);
    assert_close(city(&s, "gemengd_lettings", "carriers_other"), 1, 0, 0);
    assert_true(isnan(city(&s, "gemengd_wait_months", "")));
    close_stage(&s);
}

/* Seven households, a handful of lettings: with real people nothing is told. */
static void few_are_not_told(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    s.world.hides_few = true;
    measure(&s);
    for (int32_t i = 0; i < s.city.n; i++)
        assert_true(isnan(s.city.row[i].value));
    for (int32_t i = 0; i < s.areas.n; i++)
        assert_true(isnan(s.areas.row[i].value));
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contacts_that_nobody_counted_are_empty),
        cmocka_unit_test(contacts_and_loneliness_equal_a_hand_made_count),
        cmocka_unit_test(gemengd_wonen_equals_a_hand_made_count),
        cmocka_unit_test(few_are_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
