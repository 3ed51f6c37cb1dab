#include "unit/rules/spreiding_case.h"

static const char world[] =
    "buurten 2\nunit a buurt=0 tenure=social rent=500 rooms=2\nunit b buurt=1 tenure=social rent=500 rooms=2 label=senior\n"
    "unit campus buurt=0 tenure=social rent=500 rooms=2 label=campus\n"
    "unit mixed buurt=0 tenure=social rent=500 rooms=2 label=gemengd\n"
    "household in place=coa income=14000 members=30m referral=statushouder\n";

static int32_t label_of(spreiding_case *s, const char *unit)
{
    wks_advert advert = part_advert(&s->c, unit);

    assert_int_equal(spreiding_vacancy(s, &advert), WKS_PART_LET);
    return advert.label;
}

static void relabel_at_share_one_labels_all_but_complexes_with_a_purpose(void **state)
{
    spreiding_case s;

    (void)state;
    spreiding_open(&s, "{ part = \"relabel\"; share = 1.0; }", world);
    assert_int_equal(label_of(&s, "a"), WKS_LABEL_JONGEREN);
    assert_int_equal(label_of(&s, "b"), WKS_LABEL_JONGEREN);
    assert_int_equal(label_of(&s, "campus"), WKS_LABEL_CAMPUS);
    assert_int_equal(label_of(&s, "mixed"), WKS_LABEL_GEMENGD);
    assert_int_equal(s.c.world.dwelling.label[part_advert(&s.c, "a").dwelling_row], WKS_LABEL_NONE); /* for this letting only */
    assert_tells(&s, "in", "a", "labelled jongeren for this letting");
    assert_tells(&s, "in", "campus", "keeps its own label");
    assert_true(spreiding_allows(&s, "in", "a"));
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"relabel\"; share = 1.0; label = \"none\"; areas = [ \"buurt-1\" ]; }", world);
    assert_int_equal(label_of(&s, "b"), WKS_LABEL_NONE);
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"relabel\"; share = 0.0; label = \"senior\"; }", world);
    assert_int_equal(label_of(&s, "a"), WKS_LABEL_NONE);
    spreiding_close(&s);
}

static void relabel_draws_its_share_and_keeps_it_while_vacant(void **state)
{
    enum { N = 4000 };
    spreiding_case s;
    int32_t n = 0;

    (void)state;
    spreiding_open(&s, "{ part = \"relabel\"; share = 0.3; label = \"senior\"; }", world);
    const int32_t unit = wks_fixture_world_unit(&s.c.world, "a");
    for (int32_t month = 0; month < N; month++) { /* vacant anew each month */
        s.c.world.unit.vacant_month[unit] = wks_month_cell(month);
        const int32_t label = label_of(&s, "a");
        s.c.world.tick++;
        assert_int_equal(label_of(&s, "a"), label);
        n += label == WKS_LABEL_SENIOR;
    }
    assert_close(n / (double)N, 0.3, 0.0, 0.03); /* 4 sd: 0.029 */
    spreiding_close(&s);
}

static void relabel_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("spreiding", "{ part = \"relabel\"; label = \"campus\"; }", "label is \"campus\"");
    assert_part_problem("spreiding", "{ part = \"relabel\"; share = 1.5; }", "share is 1.5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relabel_at_share_one_labels_all_but_complexes_with_a_purpose),
        cmocka_unit_test(relabel_draws_its_share_and_keeps_it_while_vacant),
        cmocka_unit_test(relabel_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
