#include "study/waterbed.h"

#include "study/target_areas.h"
#include "support/check.h"
#include "support/folder.h"

/* Eight squares of 500 m in a row from west to east, with gaps, and one buurt without a polygon:
 *   B0 0-500 (target)  B1 500-1000 (touches)  B2 1400-1900 (900 m off)  B3 1900-2400 (1.4 km)  B4 3000-3500 (2.5 km)  B5 6000-6500 (5.5 km)  B6 none */
enum { N = 7, SQUARES = 6 };
static const double west[SQUARES] = {0, 500, 1400, 1900, 3000, 6000};
static wks_city_area buurt[N], wijk[1];
static char code[N][8];
static char wijk_code[] = "W";
static wks_city city;

static void make_geometry(wks_geometry *g)
{
    static char *codes[SQUARES];
    static int32_t ring_start[SQUARES + 1];
    static int64_t point_start[SQUARES + 1];
    static uint8_t is_hole[SQUARES];
    static double x[5 * SQUARES], y[5 * SQUARES];
    static const double dx[5] = {0, 500, 500, 0, 0}, dy[5] = {0, 0, 500, 500, 0};

    for (int a = 0; a < SQUARES; a++) {
        codes[a] = code[a];
        ring_start[a + 1] = a + 1;
        point_start[a + 1] = 5 * (a + 1);
        for (int i = 0; i < 5; i++) {
            x[5 * a + i] = west[a] + dx[i];
            y[5 * a + i] = dy[i];
        }
    }
    *g = (wks_geometry){.n_areas = SQUARES,
                        .code = codes,
                        .ring_start = ring_start,
                        .n_rings = SQUARES,
                        .is_hole = is_hole,
                        .point_start = point_start,
                        .x = x,
                        .y = y};
}

static int make_city(void **state)
{
    wks_err err = WKS_ERR_INIT;
    (void)state;
    for (int b = 0; b < N; b++) {
        snprintf(code[b], sizeof code[b], "B%d", b);
        buurt[b] = (wks_city_area){.code = code[b], .parent = 0};
    }
    wijk[0] = (wks_city_area){.code = wijk_code, .parent = -1};
    city = (wks_city){.buurt = buurt, .n_buurten = N, .wijk = wijk, .n_wijken = 1};
    make_geometry(&city.geometry);
    assert_ok(wks_geometry_contiguity(&city.geometry, 20, &city.neighbour_start, &city.neighbour, &err), &err);
    int32_t *start = realloc(city.neighbour_start, (N + 1) * sizeof *start);
    assert_non_null(start);
    start[N] = start[SQUARES];
    city.neighbour_start = start;
    return 0;
}

static int free_city(void **state)
{
    (void)state;
    free(city.neighbour_start);
    free(city.neighbour);
    return 0;
}

/* A scenario with one event in an area, or none. */
static const wks_param area_param[] = {{.name = "areas", .type = WKS_PARAM_AREAS}};
static const wks_spec area_spec = {.name = "designate", .param = area_param, .n_params = 1};

typedef struct alternative {
    char name[16], first[8], second[8], kind[16];
    char *area[2];
    wks_event event;
    wks_scenario scenario;
} alternative;

static void make_scenario(alternative *a, const char *name, const char *first, const char *second)
{
    memset(a, 0, sizeof *a);
    snprintf(a->name, sizeof a->name, "%s", name);
    snprintf(a->kind, sizeof a->kind, "designate");
    snprintf(a->first, sizeof a->first, "%s", first == NULL ? "" : first);
    snprintf(a->second, sizeof a->second, "%s", second == NULL ? "" : second);
    a->area[0] = a->first;
    a->area[1] = a->second;
    a->event =
        (wks_event){.month = 24300, .settings = {.spec = &area_spec, .name = a->kind, .n_areas = {(first != NULL) + (second != NULL)}}};
    a->event.settings.area[0] = a->area;
    a->scenario = (wks_scenario){.name = a->name, .timeline = &a->event, .n_events = 1};
}

static void bands_follow_the_shortest_distance_between_polygons(void **state)
{
    static const uint8_t expected[N] = {WKS_TARGET_INSIDE, WKS_TARGET_TOUCHING,  WKS_TARGET_UNDER_1_KM, WKS_TARGET_1_2_KM,
                                        WKS_TARGET_2_4_KM, WKS_TARGET_OVER_4_KM, WKS_TARGET_NONE};
    const bool is_target[N] = {true};
    uint8_t band[N];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_target_areas_bands(&city, is_target, band, &err), &err);
    assert_memory_equal(band, expected, sizeof band);
}

static void target_without_a_polygon_has_no_distances(void **state)
{
    const bool is_target[N] = {[6] = true};
    uint8_t band[N];
    wks_err err = WKS_ERR_INIT;
    (void)state;
    assert_ok(wks_target_areas_bands(&city, is_target, band, &err), &err);
    for (int b = 0; b < N; b++)
        assert_int_equal(band[b], b == 6 ? WKS_TARGET_INSIDE : WKS_TARGET_NONE);
}

static void targets_are_areas_of_what_differs(void **state)
{
    alternative now, then, both;
    bool is_target[N];
    (void)state;
    make_scenario(&now, "nu", "B3", NULL);
    make_scenario(&then, "anders", "B0", NULL);
    assert_int_equal(wks_target_areas_find(&now.scenario, &then.scenario, &city, is_target), 2); /* what ends counts too */
    assert_true(is_target[0] && is_target[3]);
    make_scenario(&both, "ook", "B3", NULL);
    assert_int_equal(wks_target_areas_find(&now.scenario, &both.scenario, &city, is_target), 0);
    both.event.month++;
    assert_int_equal(wks_target_areas_find(&now.scenario, &both.scenario, &city, is_target), 1);
    make_scenario(&then, "wijk", "W", NULL);
    assert_int_equal(wks_target_areas_find(&now.scenario, &then.scenario, &city, is_target), N);
    make_scenario(&then, "overal", NULL, NULL);
    make_scenario(&now, "nu", NULL, NULL);
    assert_int_equal(wks_target_areas_find(&now.scenario, &then.scenario, &city, is_target), 0);
}

/* Rows of buurt.csv: households at tick 0, then two outcomes of three buurten at tick 12; one column a replication. */
enum { ROWS = 9 };
static wks_matrix_row rows[ROWS] = {
    {0, "2025-01", "households", "", "", "buurt", "B0"},    {0, "2025-01", "households", "", "", "buurt", "B1"},
    {0, "2025-01", "households", "", "", "buurt", "B2"},    {12, "2026-01", "leefbaarheid", "", "", "buurt", "B0"},
    {12, "2026-01", "count", "arm", "", "buurt", "B0"},     {12, "2026-01", "leefbaarheid", "", "", "buurt", "B1"},
    {12, "2026-01", "count", "arm", "", "buurt", "B1"},     {12, "2026-01", "leefbaarheid", "", "", "buurt", "B2"},
    {12, "2026-01", "units_social", "", "", "buurt", "B2"},
};

typedef struct stage {
    char *folder;
    alternative now, then;
    wks_store store;
    wks_batch_member member[2];
    wks_matrix matrix[2];
    double value[2][ROWS * 2];
    int32_t replication[2];
    wks_run_pair pair;
} stage;

static void open_stage(stage *s, const char *first, const char *second)
{
    memset(s, 0, sizeof *s);
    s->folder = wks_folder_make();
    make_scenario(&s->now, "nu", NULL, NULL);
    s->now.scenario.n_events = 0;
    make_scenario(&s->then, "anders", first, second);
    s->store.city = &city;
    s->replication[0] = 1;
    s->replication[1] = 2;
    for (int i = 0; i < 2; i++) {
        s->member[i] = (wks_batch_member){.scenario = i == 0 ? &s->now.scenario : &s->then.scenario, .store = &s->store};
        s->matrix[i] = (wks_matrix){.row = rows, .n_rows = ROWS, .replication = s->replication, .n_replications = 2, .value = s->value[i]};
        for (int r = 0; r < 2; r++) {
            static const double start[3] = {100, 300, 200};
            for (int k = 0; k < ROWS; k++)
                s->value[i][2 * k + r] = k < 3 ? start[k] : 0;
        }
    }
    s->pair = (wks_run_pair){&s->member[0], &s->member[1], &s->matrix[0], &s->matrix[1]};
}

static char *table(stage *s, int32_t *out_n_without)
{
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(s->folder, "waterbed.csv");
    assert_ok(wks_waterbed_write(path, &s->pair, 1, out_n_without, &err), &err);
    char *text = wks_folder_get(path);
    free(path);
    return text;
}

static void close_stage(stage *s)
{
    wks_folder_remove(s->folder);
}

static void places_are_weighted_by_households_of_the_start_and_numbers_added(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "B0", "B1"); /* with 100 and 300 households */
    s.value[1][2 * 3] = 0.4;    /* leefbaarheid of B0 in replication 1 */
    s.value[1][2 * 5] = 0.8;    /* of B1 */
    s.value[1][2 * 4] = 3;
    s.value[1][2 * 6] = 5;
    s.value[1][2 * 4 + 1] = 3;
    s.value[1][2 * 6 + 1] = 5;
    char *text = table(&s, NULL);
    assert_contains(text, wks_waterbed_header);
    /* (100 * 0.4 + 300 * 0.8) / 400 = 0.7 in one replication, 0 in the other */
    assert_contains(text, "\nnu,anders,,12,2026-01,inside,leefbaarheid,,2,0,0.35,0.35,");
    assert_contains(text, "\nnu,anders,,12,2026-01,inside,count,arm,2,0,8,8,8,8,too few pairs,2,400\n");
    assert_contains(text, "\nnu,anders,,12,2026-01,under_1_km,leefbaarheid,,2,0,0,0,0,0,exactly equal,1,200\n");
    assert_null(strstr(text, "units_social"));
    assert_null(strstr(text, "touching"));
    free(text);
    close_stage(&s);
}

static void buurt_that_one_of_them_does_not_tell_is_left_out_of_both(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "B0", "B1");
    for (int r = 0; r < 2; r++) {
        s.value[0][2 * 3 + r] = 0.5;
        s.value[1][2 * 3 + r] = NAN;
        s.value[0][2 * 5 + r] = 0.1;
        s.value[1][2 * 5 + r] = 0.2;
    }
    char *text = table(&s, NULL);
    assert_contains(text, ",inside,leefbaarheid,,2,0.1,0.2,0.1,");
    free(text);
    close_stage(&s);
}

static void difference_that_names_no_area_has_no_rows(void **state)
{
    stage s;
    int32_t n_without = 0;
    (void)state;
    open_stage(&s, NULL, NULL);
    char *text = table(&s, &n_without);
    assert_string_equal(text, wks_waterbed_header);
    assert_int_equal(n_without, 1);
    free(text);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bands_follow_the_shortest_distance_between_polygons),
        cmocka_unit_test(target_without_a_polygon_has_no_distances),
        cmocka_unit_test(targets_are_areas_of_what_differs),
        cmocka_unit_test(places_are_weighted_by_households_of_the_start_and_numbers_added),
        cmocka_unit_test(buurt_that_one_of_them_does_not_tell_is_left_out_of_both),
        cmocka_unit_test(difference_that_names_no_area_has_no_rows),
    };
    return cmocka_run_group_tests(tests, make_city, free_city);
}
