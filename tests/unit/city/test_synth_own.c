/* Own dwellings and seekers in the population of a small city: all of them are there, margins hold, others lose their place. */
#include "city/synth_own.h"

#include "base/mem.h"
#include "synth_city.h"
#include "world/check.h"

enum { N_DWELLINGS = 240, N_SEEKERS = 150 };

typedef struct own_city {
    synth_city city;
    wks_own_dwelling dwelling[N_DWELLINGS];
    wks_own_seeker seeker[N_SEEKERS];
} own_city;

/* In the buurt with much corporatie; more houses than the independent split of the margins would give. */
static void make(own_city *out, int32_t n_dwellings, int32_t n_seekers)
{
    synth_city_three(&out->city);
    for (int32_t i = 0; i < n_dwellings; i++) {
        out->dwelling[i] = (wks_own_dwelling){.buurt_row = 2,
                                              .built_year = 1960,
                                              .area_m2 = (float)(50 + i % 60),
                                              .rent_eur = (float)(500 + i),
                                              .asked_rent_eur = (float)(550 + i),
                                              .wws_points = (int16_t)(100 + i % 80),
                                              .type = (uint8_t)(i % 4 == 0),
                                              .rooms = 3,
                                              .accessible = -1};
        snprintf(out->dwelling[i].key, WKS_OWN_KEY_SIZE, "%032x", (unsigned)i);
        snprintf(out->dwelling[i].complex, WKS_OWN_KEY_SIZE, "%032x", (unsigned)(i / 40));
    }
    for (int32_t i = 0; i < n_seekers; i++) {
        out->seeker[i] = (wks_own_seeker){.buurt_row = i % 4 - 1,
                                          .age = 20 + i % 50,
                                          .persons = 1 + i % 4,
                                          .months_registered = 1 + 2 * i,
                                          .income_eur = i % 3 == 0 ? (float)NAN : (float)(100 * i),
                                          .urgency = i % 50 == 0 ? WKS_URGENCY_MEDICAL : WKS_URGENCY_NONE,
                                          .is_active = i % 5 != 0};
        snprintf(out->seeker[i].key, WKS_OWN_KEY_SIZE, "%032x", (unsigned)i);
    }
    out->city.city.own = (wks_own){true, out->dwelling, n_dwellings, out->seeker, n_seekers};
}

static void synthesise(const own_city *own, int threads, wks_world *world, wks_synth_report *report)
{
    const wks_synth_options options = {.seed_population = 7, .start_month = SYNTH_CITY_MONTH, .threads = threads};
    wks_err err = WKS_ERR_INIT;
    wks_world_init(world);
    assert_ok(wks_synth_city(&own->city.city, &options, world, report, &err), &err);
    assert_ok(wks_check_structure(world, &err), &err);
    for (int32_t i = 0; i < report->n_rows; i++) {
        if (strcmp(report->row[i].level, "buurt") == 0) assert_int_equal(report->row[i].met, report->row[i].reconciled);
    }
}

static void own_dwellings_take_places(void **state)
{
    (void)state;
    static own_city own;
    wks_world world;
    wks_synth_report report;
    make(&own, N_DWELLINGS, 0);
    synthesise(&own, 2, &world, &report);
    assert_int_equal(report.own_dwellings, N_DWELLINGS);
    assert_int_equal(report.own_dwellings_left, 0);
    /* Each rent that is asked stands there once, with its points, in the buurt, with one owner of its own. */
    int32_t owner = -1, n = 0;
    for (int32_t d = 0; d < world.dwelling.base.n_rows; d++) {
        const float rent = world.dwelling.rent_eur[d];
        const int32_t i = (int32_t)(rent - 550.0f), c = world.dwelling.complex_row[d];
        const int32_t points = i >= 0 && i < N_DWELLINGS ? own.dwelling[i].wws_points : -1;
        if (world.owner.number[world.complex.owner_row[c]] < world.owner.base.n_rows - 2) continue; /* the last corporatie */
        if (world.owner.kind[world.complex.owner_row[c]] != WKS_OWNER_CORPORATIE) continue;
        owner = world.complex.owner_row[c];
        assert_int_equal(world.dwelling.wws_points[d], points);
        assert_int_equal(world.dwelling.buurt_row[d], 2);
        assert_close((double)world.dwelling.area_m2[d], (double)own.dwelling[i].area_m2, 0, 0);
        assert_int_equal(world.dwelling.type[d], own.dwelling[i].type);
        const int32_t u = world.dwelling.first_unit_row[d];
        if (world.unit.household_row[u] >= 0) assert_close((double)world.unit.rent_eur[u], (double)own.dwelling[i].rent_eur, 0, 0);
        n++;
    }
    assert_true(owner >= 0);
    assert_int_equal(n, N_DWELLINGS);
    wks_synth_report_free(&report);
    wks_world_free(&world);
}

static void own_dwellings_beyond_the_margin_are_left_out(void **state)
{
    (void)state;
    static own_city own;
    wks_world world;
    wks_synth_report report;
    make(&own, N_DWELLINGS, 0);
    for (int32_t i = 0; i < N_DWELLINGS; i++)
        own.dwelling[i].buurt_row = 0; /* 20 % of 1030: 206 */
    synthesise(&own, 1, &world, &report);
    assert_int_equal(report.own_dwellings + report.own_dwellings_left, N_DWELLINGS);
    assert_true(report.own_dwellings_left >= 34);
    assert_true(report.own_dwellings >= 150);
    wks_synth_report_free(&report);
    wks_world_free(&world);
}

static int by_number(const void *a, const void *b)
{
    return *(const int32_t *)a - *(const int32_t *)b;
}

static void active_seekers_wait_as_in_the_own_data(void **state)
{
    (void)state;
    static own_city own;
    wks_world world, twice;
    wks_synth_report report, again;
    int32_t months[N_SEEKERS], expected[N_SEEKERS], n = 0, n_expected = 0, n_registered = 0, n_urgent = 0;
    make(&own, 0, N_SEEKERS);
    synthesise(&own, 2, &world, &report);
    assert_int_equal(report.own_seekers, N_SEEKERS);
    assert_int_equal(report.own_seekers_left, 0);
    assert_true(report.own_ages_used > N_SEEKERS / 2);
    for (int32_t i = 0; i < N_SEEKERS; i++) {
        if (own.seeker[i].is_active) expected[n_expected++] = own.seeker[i].months_registered;
    }
    for (int32_t r = 0; r < world.registration.base.n_rows; r++) {
        if (world.registration.key[r] == 0 || world.registration.state[r] != WKS_REGISTRATION_ACTIVE) continue;
        assert_true(n < N_SEEKERS);
        months[n++] = world.month - world.registration.since_month[r];
    }
    assert_int_equal(n, n_expected);
    qsort(months, (size_t)n, sizeof *months, by_number);
    qsort(expected, (size_t)n, sizeof *expected, by_number);
    assert_memory_equal(months, expected, (size_t)n * sizeof *months);
    for (int32_t h = 0; h < world.household.base.n_rows; h++) {
        if (world.household.key[h] == 0) continue;
        n_registered += world.household.registered_month[h] != WKS_NO_MONTH && world.household.place[h] != WKS_PLACE_COA;
        n_urgent += world.household.urgency[h] == WKS_URGENCY_MEDICAL;
    }
    assert_int_equal(n_registered, N_SEEKERS); /* the whole register is the own one: it has people who do not react */
    assert_int_equal(n_urgent, 3);
    synthesise(&own, 1, &twice, &again); /* threads do not matter */
    assert_true(wks_world_hash(&world) == wks_world_hash(&twice));
    wks_synth_report_free(&report);
    wks_synth_report_free(&again);
    wks_world_free(&world);
    wks_world_free(&twice);
}

static void city_without_own_data_is_as_before(void **state)
{
    (void)state;
    static own_city own;
    wks_world with, without;
    wks_synth_report report, plain;
    make(&own, 0, 0);
    synthesise(&own, 1, &with, &report);
    assert_true(with.hides_few);
    own.city.city.own = (wks_own){0};
    synthesise(&own, 1, &without, &plain);
    assert_false(without.hides_few);
    assert_true(wks_world_hash(&with) == wks_world_hash(&without));
    wks_synth_report_free(&report);
    wks_synth_report_free(&plain);
    wks_world_free(&with);
    wks_world_free(&without);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(own_dwellings_take_places),
        cmocka_unit_test(own_dwellings_beyond_the_margin_are_left_out),
        cmocka_unit_test(active_seekers_wait_as_in_the_own_data),
        cmocka_unit_test(city_without_own_data_is_as_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
