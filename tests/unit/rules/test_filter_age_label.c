#include "unit/rules/part_case.h"

static const char world[] = "buurten 1\n"
                            "unit plain buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit senior buurt=0 tenure=social rent=500 rooms=2 label=senior\n"
                            "unit jongeren buurt=0 tenure=social rent=500 rooms=2 label=jongeren\n"
                            "unit campus buurt=0 tenure=social rent=500 rooms=1 label=campus\n"
                            "household y27 place=shelter income=20000 members=27m\n"
                            "household y28 place=shelter income=20000 members=28m\n"
                            "household s55 place=shelter income=20000 members=55m\n"
                            "household s54 place=shelter income=20000 members=54m\n"
                            "household pupil place=shelter income=9000 members=21f student=1 source=study\n";

static void age_label_keeps_labels_for_whom_they_are(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"age_label\"; }", world);
    assert_true(part_passes(&c, "y27", "jongeren"));
    assert_false(part_passes(&c, "y28", "jongeren"));
    assert_true(part_passes(&c, "s55", "senior"));
    assert_false(part_passes(&c, "s54", "senior"));
    assert_true(part_passes(&c, "pupil", "campus"));
    assert_false(part_passes(&c, "y27", "campus"));
    for (int32_t i = 0; i < 5; i++) {
        static const char *const all[] = {"y27", "y28", "s55", "s54", "pupil"};
        assert_true(part_passes(&c, all[i], "plain"));
    }
    part_close(&c);
}

static void age_label_after_fruitless_adverts_gives_way_except_for_campus(void **state)
{
    part_case c;

    (void)state;
    part_open(&c, "filters", "{ part = \"age_label\"; relax_after = 2; }", world);
    for (uint8_t n = 0; n <= 2; n++) {
        c.world.unit.n_adverts[wks_fixture_world_unit(&c.world, "senior")] = n;
        c.world.unit.n_adverts[wks_fixture_world_unit(&c.world, "campus")] = n;
        assert_int_equal(part_passes(&c, "y28", "senior"), n == 2);
        assert_false(part_passes(&c, "y28", "campus"));
    }
    part_close(&c);
}

static void age_label_out_of_range_errors(void **state)
{
    (void)state;
    assert_part_problem("filters", "{ part = \"age_label\"; senior_from = 20; }",
                        "senior_from is 20; expected a whole number from 40 to 100 (years)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(age_label_keeps_labels_for_whom_they_are),
        cmocka_unit_test(age_label_after_fruitless_adverts_gives_way_except_for_campus),
        cmocka_unit_test(age_label_out_of_range_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
