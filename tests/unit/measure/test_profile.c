/* measure/profile: one pass over households against counts made by hand and a slow recount. */
#include "measure/profile.h"

#include "base/mem.h"
#include "fixture_measure.h"

/* Two buurten of one wijk and one of another. Two complexes in buurt 0: the tenant's and the owner's. */
static const char town[] = "buurten 3\n"
                           "unit a1 buurt=0 tenure=social rent=600\n"
                           "unit a2 buurt=0 tenure=social rent=600\n"
                           "unit a3 buurt=0 tenure=owner value=300000\n"
                           "unit b1 buurt=1 tenure=social rent=600\n"
                           "unit c1 buurt=2 tenure=social rent=600\n"
                           "unit c2 buurt=2 tenure=social rent=600\n"
                           "household h1 unit=a1 income=24000 members=42m,40f,7f\n"
                           "household h2 unit=a2 income=15000 members=30m origin=europe source=benefit\n"
                           "household h3 unit=a3 income=60000 members=50m,48f,12f,9m\n"
                           "household h4 unit=b1 income=18000 members=70f source=pension origin=outside_europe\n"
                           "household h5 unit=c1 income=21000 members=33f,5m\n"
                           "household h6 place=shelter income=9000 members=25m\n";

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_profile profile;
} stage;

static void put(stage *s, const char *unit, float x_m, float y_m)
{
    const int32_t d = s->world.unit.dwelling_row[wks_fixture_world_unit(&s->world, unit)];
    s->world.dwelling.x_m[d] = x_m;
    s->world.dwelling.y_m[d] = y_m;
}

static void open_stage_of(stage *s, const char *text)
{
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, text);
    wks_fixture_measure_scenario(&s->scenario, &s->catalogue, "");
    wks_observe_refresh_groups(&s->scenario, &s->world);
    put(s, "a1", 133010.0F, 459099.0F); /* the first three in one cell with b1: cells cross buurten */
    put(s, "a2", 133099.0F, 459000.0F);
    put(s, "a3", 133050.0F, 459050.0F);
    put(s, "b1", 133000.0F, 459000.0F);
    put(s, "c1", 133100.0F, 459000.0F); /* on the border: the next one to the east */
    put(s, "c2", 133000.0F, 458999.0F); /* nobody lives there; south of all */
    wks_profile_init(&s->profile, s->scenario.n_groups);
}

static void open_stage(stage *s)
{
    open_stage_of(s, town);
}

static void close_stage(stage *s)
{
    wks_profile_free(&s->profile);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static void take(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_profile_take(&s->profile, &s->world, &err), &err);
}

static void assert_counts(const stage *s, wks_profile_scale scale, int32_t slot, const double *expected, int32_t n)
{
    assert_int_equal(s->profile.level[scale].n_areas, n);
    for (int32_t i = 0; i < n; i++)
        assert_close(wks_profile_count(&s->profile, scale, slot)[i], expected[i], 0, 0);
}

static int32_t slot_of(const stage *s, wks_profile_kind kind, int32_t category)
{
    return wks_profile_slot(&s->profile, kind, category);
}

static void buurten_and_wijken_equal_a_hand_made_count(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    take(&s);
    const int32_t all = wks_profile_everybody(&s.profile);
    assert_counts(&s, WKS_PROFILE_BUURT, all, (const double[]){3, 1, 1}, 3);
    assert_counts(&s, WKS_PROFILE_WIJK, all, (const double[]){4, 1}, 2);
    assert_counts(&s, WKS_PROFILE_BUURT, 0, (const double[]){2, 0, 1}, 3); /* families: h1, h3, h5 */
    assert_counts(&s, WKS_PROFILE_WIJK, 0, (const double[]){2, 1}, 2);
    assert_counts(&s, WKS_PROFILE_BUURT, 1, (const double[]){0, 0, 0}, 3); /* referred: nobody */
    assert_counts(&s, WKS_PROFILE_BUURT, slot_of(&s, WKS_PROFILE_ORIGIN, WKS_ORIGIN_NL), (const double[]){2, 0, 1}, 3);
    assert_counts(&s, WKS_PROFILE_BUURT, slot_of(&s, WKS_PROFILE_ORIGIN, WKS_ORIGIN_EUROPE), (const double[]){1, 0, 0}, 3);
    assert_counts(&s, WKS_PROFILE_BUURT, slot_of(&s, WKS_PROFILE_HOUSEHOLD_TYPE, WKS_HOUSEHOLD_SINGLE_PARENT), (const double[]){0, 0, 1},
                  3);
    assert_counts(&s, WKS_PROFILE_BUURT, slot_of(&s, WKS_PROFILE_INCOME_SOURCE, WKS_INCOME_PENSION), (const double[]){0, 1, 0}, 3);
    close_stage(&s);
}

static void cells_are_squares_of_100_m_from_the_south_west(void **state)
{
    stage s;
    wks_text name = WKS_TEXT_INIT;
    double x, y;
    (void)state;
    open_stage(&s);
    take(&s);
    assert_counts(&s, WKS_PROFILE_100M, wks_profile_everybody(&s.profile), (const double[]){0, 4, 1}, 3);
    assert_counts(&s, WKS_PROFILE_100M, 0, (const double[]){0, 2, 1}, 3);
    wks_profile_cell_name(s.profile.level[WKS_PROFILE_100M].area[0], &name);
    assert_string_equal(name.data, "E1330N4589");
    wks_profile_cell_centre(s.profile.level[WKS_PROFILE_100M].area[2], &x, &y);
    assert_close(x, 133150, 0, 0);
    assert_close(y, 459050, 0, 0);
    wks_text_free(&name);
    close_stage(&s);
}

static void cells_hold_negative_positions_and_leave_out_what_has_none(void **state)
{
    stage s;
    wks_text name = WKS_TEXT_INIT;
    double x, y;
    (void)state;
    open_stage(&s);
    put(&s, "a1", NAN, NAN);
    put(&s, "a2", -1.0F, 20.0F);
    put(&s, "a3", -99.0F, -1.0F);
    put(&s, "b1", 0.0F, 0.0F);
    put(&s, "c1", 1e30F, 0.0F);
    put(&s, "c2", INFINITY, 0.0F);
    take(&s);
    assert_counts(&s, WKS_PROFILE_100M, wks_profile_everybody(&s.profile), (const double[]){1, 1, 1}, 3);
    wks_profile_cell_centre(s.profile.level[WKS_PROFILE_100M].area[0], &x, &y);
    assert_close(x, -50, 0, 0);
    assert_close(y, -50, 0, 0);
    wks_profile_cell_centre(s.profile.level[WKS_PROFILE_100M].area[1], &x, &y);
    assert_close(x, -50, 0, 0);
    assert_close(y, 50, 0, 0);
    wks_text_free(&name);
    close_stage(&s);
}

/* The slow way: every household looked up for itself. */
static double recount(const stage *s, wks_profile_scale scale, int64_t area, int32_t slot)
{
    const wks_world *world = &s->world;
    const wks_household_table *household = &world->household;
    double n = 0;

    for (int32_t h = 0; h < household->base.n_rows; h++) {
        const int32_t unit = household->key[h] == 0 ? WKS_NONE : household->unit_row[h];
        if (unit < 0) continue;
        const int32_t d = world->unit.dwelling_row[unit], buurt = world->dwelling.buurt_row[d];
        const int64_t east = (int64_t)floor((double)world->dwelling.x_m[d] / 100),
                      north = (int64_t)floor((double)world->dwelling.y_m[d] / 100);
        const int64_t at[WKS_PROFILE_N_SCALES] = {world->dwelling.complex_row[d], north * 4294967296 + east, buurt,
                                                  world->buurt.wijk_row[buurt]};
        const bool is_in[] = {slot < s->scenario.n_groups && (household->groups[h] >> slot & 1u) != 0,
                              slot == slot_of(s, WKS_PROFILE_ORIGIN, household->origin[h]),
                              slot == slot_of(s, WKS_PROFILE_HOUSEHOLD_TYPE, (int32_t)wks_household_type_of(household, h)),
                              slot == slot_of(s, WKS_PROFILE_INCOME_SOURCE, household->income_source[h]),
                              slot == wks_profile_everybody(&s->profile)};
        for (size_t k = 0; k < sizeof is_in / sizeof *is_in; k++)
            n += at[scale] == area && is_in[k];
    }
    return n;
}

static void every_scale_and_slot_equals_a_slow_recount(void **state)
{
    static const wks_profile_scale scales[] = {WKS_PROFILE_COMPLEX, WKS_PROFILE_100M, WKS_PROFILE_BUURT, WKS_PROFILE_WIJK};
    stage s;
    (void)state;
    open_stage(&s);
    for (int round = 0; round < 2; round++) { /* the second time into used tables */
        take(&s);
        for (size_t k = 0; k < 4; k++) {
            const wks_profile_level *level = &s.profile.level[scales[k]];
            double all = 0;
            for (int32_t slot = 0; slot < s.profile.n_slots; slot++) {
                for (int32_t i = 0; i < level->n_areas; i++)
                    assert_close(wks_profile_count(&s.profile, scales[k], slot)[i], recount(&s, scales[k], level->area[i], slot), 0, 0);
            }
            for (int32_t i = 0; i < level->n_areas; i++)
                all += wks_profile_count(&s.profile, scales[k], wks_profile_everybody(&s.profile))[i];
            assert_close(all, 5, 0, 0);
        }
        if (round > 0) break;
        wks_err err = WKS_ERR_INIT;
        const int32_t h1 = wks_fixture_world_household(&s.world, "h1"), c2 = wks_fixture_world_unit(&s.world, "c2");
        const wks_status rc = wks_relations_move_in(&s.world, h1, c2, true, &err);
        assert_ok(rc, &err);
    }
    close_stage(&s);
}

/* The same town with its homes and households in another order. */
static const char town_reversed[] = "buurten 3\n"
                                    "unit c2 buurt=2 tenure=social rent=600\n"
                                    "unit c1 buurt=2 tenure=social rent=600\n"
                                    "unit b1 buurt=1 tenure=social rent=600\n"
                                    "unit a3 buurt=0 tenure=owner value=300000\n"
                                    "unit a2 buurt=0 tenure=social rent=600\n"
                                    "unit a1 buurt=0 tenure=social rent=600\n"
                                    "household h6 place=shelter income=9000 members=25m\n"
                                    "household h5 unit=c1 income=21000 members=33f,5m\n"
                                    "household h4 unit=b1 income=18000 members=70f source=pension origin=outside_europe\n"
                                    "household h3 unit=a3 income=60000 members=50m,48f,12f,9m\n"
                                    "household h2 unit=a2 income=15000 members=30m origin=europe source=benefit\n"
                                    "household h1 unit=a1 income=24000 members=42m,40f,7f\n";

static void order_of_rows_does_not_matter(void **state)
{
    stage s, other;
    (void)state;
    open_stage_of(&s, town);
    open_stage_of(&other, town_reversed);
    take(&s);
    take(&other);
    for (int32_t scale = 0; scale < WKS_PROFILE_N_SCALES; scale++) {
        const wks_profile_level *one = &s.profile.level[scale], *two = &other.profile.level[scale];
        assert_int_equal(one->n_areas, two->n_areas);
        assert_memory_equal(one->count, two->count, (size_t)(one->n_areas * s.profile.n_slots) * sizeof *one->count);
    }
    const wks_profile_level *complexes = &s.profile.level[WKS_PROFILE_COMPLEX], *others = &other.profile.level[WKS_PROFILE_COMPLEX];
    bool is_other_order = false;
    for (int32_t i = 0; i < complexes->n_areas; i++) {
        is_other_order = is_other_order || complexes->area[i] != others->area[i];
        assert_true(s.world.complex.key[complexes->area[i]] == other.world.complex.key[others->area[i]]);
    }
    assert_true(is_other_order);
    close_stage(&s);
    close_stage(&other);
}

static void threads_do_not_matter_and_memory_may_run_out(void **state)
{
    stage s;
    wks_profile many;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    open_stage(&s);
    take(&s);
    wks_profile_init(&many, s.scenario.n_groups);
    s.world.threads = 4;
    for (int64_t n = 1;; n++) {
        wks_mem_fail_after(n);
        const wks_status rc = wks_profile_take(&many, &s.world, &err);
        if (wks_mem_fail_pending()) break;
        assert_int_equal(rc, WKS_ERR_NOMEM);
        err = WKS_ERR_INIT;
    }
    wks_mem_fail_after(0);
    for (int32_t scale = 0; scale < WKS_PROFILE_N_SCALES; scale++) {
        const wks_profile_level *one = &s.profile.level[scale], *four = &many.level[scale];
        assert_int_equal(one->n_areas, four->n_areas);
        assert_memory_equal(one->area, four->area, (size_t)one->n_areas * sizeof *one->area);
        assert_memory_equal(one->count, four->count, (size_t)(one->n_areas * many.n_slots) * sizeof *one->count);
    }
    wks_profile_free(&many);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buurten_and_wijken_equal_a_hand_made_count),
        cmocka_unit_test(cells_are_squares_of_100_m_from_the_south_west),
        cmocka_unit_test(cells_hold_negative_positions_and_leave_out_what_has_none),
        cmocka_unit_test(every_scale_and_slot_equals_a_slow_recount),
        cmocka_unit_test(order_of_rows_does_not_matter),
        cmocka_unit_test(threads_do_not_matter_and_memory_may_run_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
