#include "measure/tenancy.h"

#include "fixture_measure.h"

typedef struct stage {
    wks_world world;
    wks_tenancy *tenancy;
    wks_err err;
} stage;

static void open_stage(stage *s)
{
    memset(s, 0, sizeof *s);
    s->err = WKS_ERR_INIT;
    wks_fixture_world_make(&s->world, wks_fixture_world_ten);
    assert_ok(wks_tenancy_create(180, &s->tenancy, &s->err), &s->err);
    assert_ok(wks_tenancy_push(s->tenancy, &s->world, &s->err), &s->err);
}

static void close_stage(stage *s)
{
    wks_tenancy_destroy(s->tenancy);
    wks_world_free(&s->world);
}

static int32_t hh(const stage *s, const char *name)
{
    return wks_fixture_world_household(&s->world, name);
}

static void move(stage *s, const char *household, const char *unit)
{
    assert_ok(wks_relations_move_in(&s->world, hh(s, household), wks_fixture_world_unit(&s->world, unit), true, &s->err), &s->err);
}

static void pass(stage *s, int32_t months)
{
    for (int32_t i = 0; i < months; i++) {
        assert_ok(wks_tenancy_push(s->tenancy, &s->world, &s->err), &s->err);
        wks_world_next_tick(&s->world);
    }
}

/* To the first tick, and so many more; the last one is pushed. */
static void begin(stage *s)
{
    wks_world_next_tick(&s->world);
}

static void end(stage *s)
{
    assert_ok(wks_tenancy_push(s->tenancy, &s->world, &s->err), &s->err);
}

static void turnover_is_unknown_in_the_first_year(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    begin(&s);
    pass(&s, 10);
    end(&s);
    const wks_tenancy_turnover turnover = wks_tenancy_turnover_of(s.tenancy);
    assert_false(turnover.is_known);
    assert_int_equal(turnover.stock[WKS_TENURE_SOCIAL], 0);
    close_stage(&s);
}

/* h8 leaves home for v1: v1 counts, u1 does not, the others stayed there. h3 moves to v2, u3 stays empty. h5 leaves u5 to its ex-partner h9: somebody
 * stayed. A new dwelling is occupied by h10. */
static void turnover_counts_homes_whose_occupants_are_all_others(void **state)
{
    stage s;
    int32_t dwelling = WKS_NONE;
    (void)state;
    open_stage(&s);
    begin(&s);
    move(&s, "h8", "v1");
    move(&s, "h3", "v2");
    assert_ok(wks_relations_dwelling_add(&s.world, 4711, s.world.dwelling.complex_row[0], WKS_TENURE_SOCIAL, WKS_DWELLING_APARTMENT, 1,
                                         s.world.month, &dwelling, &s.err),
              &s.err);
    assert_ok(wks_relations_move_in(&s.world, hh(&s, "h10"), s.world.dwelling.first_unit_row[dwelling], true, &s.err), &s.err);
    assert_ok(wks_relations_merge(&s.world, hh(&s, "h5"), hh(&s, "h9"), &s.err), &s.err);
    pass(&s, 11);
    end(&s);
    const wks_tenancy_turnover turnover = wks_tenancy_turnover_of(s.tenancy);
    assert_true(turnover.is_known);
    assert_int_equal(turnover.stock[WKS_TENURE_SOCIAL], 7);
    assert_int_equal(turnover.turned[WKS_TENURE_SOCIAL], 3);
    assert_int_equal(turnover.stock[WKS_TENURE_PRIVATE_RENT], 2);
    assert_int_equal(turnover.turned[WKS_TENURE_PRIVATE_RENT], 0);
    assert_int_equal(turnover.turned[WKS_TENURE_OWNER], 0);
    close_stage(&s);
}

/* Who left and came back, and another who came and left, in one year: nobody else at its end. */
static void turnover_compares_the_ends_of_the_year_only(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    begin(&s);
    move(&s, "h3", "v1");
    pass(&s, 3);
    move(&s, "h8", "u3");
    pass(&s, 3);
    move(&s, "h8", "v2");
    move(&s, "h3", "u3");
    pass(&s, 5);
    end(&s);
    assert_int_equal(wks_tenancy_turnover_of(s.tenancy).turned[WKS_TENURE_SOCIAL], 1); /* v2 */
    close_stage(&s);
}

static double survival(const stage *s, int32_t term, int64_t n)
{
    int64_t began, last;
    wks_tenancy_survival_of(s->tenancy, term, &began, &last);
    assert_int_equal(began, n);
    return (double)last / (double)began;
}

/* Two tenancies begin in one month; one is left after 18 months. */
static void survival_follows_the_cohort(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    begin(&s);
    move(&s, "h8", "v1");
    move(&s, "h3", "v2");
    pass(&s, 12);
    end(&s);
    assert_close(survival(&s, 0, 2), 1, 0, 0);
    pass(&s, 6);
    move(&s, "h3", "u8");
    pass(&s, 6);
    end(&s);
    assert_int_equal(wks_tenancy_years[1], 2);
    assert_close(survival(&s, 1, 2), 0.5, 0, 0);
    pass(&s, 36);
    end(&s);
    assert_close(survival(&s, 4, 2), 0.5, 0, 0);
    close_stage(&s);
}

/* The tenancy of h3 goes on with its guest; joining a household elsewhere ends that of h8. */
static void tenancy_lasts_while_the_home_is_not_left(void **state)
{
    stage s;
    int32_t row = WKS_NONE, p;
    (void)state;
    open_stage(&s);
    begin(&s);
    move(&s, "h8", "v1");
    move(&s, "h4", "v2");
    pass(&s, 6);
    p = wks_fixture_world_person(&s.world, "h4/1");
    assert_ok(wks_relations_split(&s.world, hh(&s, "h4"), &p, 1, 900, WKS_PLACE_EX_PARTNER, hh(&s, "h4"), &row, &s.err), &s.err);
    assert_ok(wks_relations_merge(&s.world, hh(&s, "h4"), row, &s.err), &s.err); /* the home is handed over */
    assert_ok(wks_relations_merge(&s.world, hh(&s, "h8"), hh(&s, "h3"), &s.err), &s.err);
    pass(&s, 6);
    end(&s);
    assert_close(survival(&s, 0, 2), 0.5, 0, 0);
    close_stage(&s);
}

static void rooms_and_other_tenures_are_no_social_tenancies(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    begin(&s);
    move(&s, "h8", "u6.1");
    move(&s, "h3", "u8");
    pass(&s, 12);
    end(&s);
    assert_true(isnan(survival(&s, 0, 0)));
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(turnover_is_unknown_in_the_first_year),
        cmocka_unit_test(turnover_counts_homes_whose_occupants_are_all_others),
        cmocka_unit_test(turnover_compares_the_ends_of_the_year_only),
        cmocka_unit_test(survival_follows_the_cohort),
        cmocka_unit_test(tenancy_lasts_while_the_home_is_not_left),
        cmocka_unit_test(rooms_and_other_tenures_are_no_social_tenancies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
