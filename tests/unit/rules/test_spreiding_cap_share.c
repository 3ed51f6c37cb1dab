#include "unit/rules/spreiding_case.h"

/* Buurt 0 has four social homes let, one of them to somebody referred; buurt 1 (the same wijk) one; buurt 2 none. */
static const char world[] = "buurten 3\n"
                            "unit u1 buurt=0 tenure=social rent=500 rooms=2\nunit u2 buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit u3 buurt=0 tenure=social rent=500 rooms=2\nunit u4 buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit w1 buurt=1 tenure=social rent=500 rooms=2\n"
                            "unit own buurt=0 tenure=owner value=300000 rooms=4\n"
                            "unit v0 buurt=0 tenure=social rent=500 rooms=2\nunit v1 buurt=1 tenure=social rent=500 rooms=2\n"
                            "unit v2 buurt=2 tenure=social rent=500 rooms=2\nunit x0 buurt=0 tenure=social rent=500 rooms=2\n"
                            "household h1 unit=u1 income=30000 members=40m referral=statushouder\n"
                            "household h2 unit=u2 income=30000 members=40m\nhousehold h3 unit=u3 income=30000 members=40m\n"
                            "household h4 unit=u4 income=30000 members=40m\nhousehold h5 unit=w1 income=30000 members=40m\n"
                            "household owner unit=own income=90000 members=40m referral=care_leaver\n"
                            "household in1 place=coa income=14000 members=30m referral=statushouder\n"
                            "household in2 place=coa income=14000 members=30m referral=statushouder\n"
                            "household plain place=shelter income=14000 members=30m\n";

typedef struct capped {
    part_case c;
    void *memory;
} capped;

static const wks_spreiding_part *part_of(const capped *cap)
{
    return cap->c.settings->spec->implementation;
}

static void open(capped *cap, const char *part)
{
    wks_err err = WKS_ERR_INIT;

    part_open(&cap->c, "spreiding", part, world);
    cap->memory = NULL;
    assert_ok(part_of(cap)->open(&cap->c.context, cap->c.settings, &cap->memory, &err), &err);
}

static void close(capped *cap)
{
    part_of(cap)->close(cap->memory);
    part_close(&cap->c);
}

static bool allows(const capped *cap, const char *household, const char *unit)
{
    const wks_advert advert = part_advert(&cap->c, unit);

    return part_of(cap)->allows(&cap->c.context, cap->c.settings, cap->memory, wks_fixture_world_household(&cap->c.world, household),
                                &advert);
}

static void commit(capped *cap, const char *household, const char *unit)
{
    const wks_advert advert = part_advert(&cap->c, unit);

    part_of(cap)->commit(&cap->c.context, cap->c.settings, cap->memory, wks_fixture_world_household(&cap->c.world, household), &advert);
}

static void cap_share_counts_the_letting_itself(void **state)
{
    capped cap;

    (void)state;
    open(&cap, "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.4; }"); /* after the letting 2 of 5 */
    assert_true(allows(&cap, "in1", "v0"));
    close(&cap);
    open(&cap, "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.39; }");
    assert_false(allows(&cap, "in1", "v0"));
    assert_true(allows(&cap, "plain", "v0"));
    assert_false(allows(&cap, "in1", "v2")); /* the first in an empty buurt is all of it */
    close(&cap);
}

static void cap_share_counts_lettings_of_the_round(void **state)
{
    capped cap;

    (void)state;
    open(&cap, "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.4; }");
    commit(&cap, "in1", "v0"); /* 2 of 5 */
    assert_false(allows(&cap, "in2", "x0"));
    commit(&cap, "plain", "x0");             /* 2 of 6 */
    assert_false(allows(&cap, "in2", "v0")); /* would be 3 of 7 */
    commit(&cap, "h5", "v0");                /* comes from buurt 1: 2 of 7 there, nobody left in buurt 1 */
    assert_true(allows(&cap, "in2", "x0"));  /* 3 of 8 */
    assert_false(allows(&cap, "in2", "v1"));
    close(&cap);
}

static void cap_share_of_a_mover_within_the_area_does_not_rise(void **state)
{
    capped cap;

    (void)state;
    open(&cap, "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.25; }"); /* 1 of 4 is the maximum already */
    assert_false(allows(&cap, "in1", "v0"));
    assert_true(allows(&cap, "h1", "v0"));
    assert_false(allows(&cap, "owner", "v0")); /* lives in the buurt, but not in a social home */
    close(&cap);
}

static void cap_share_by_wijk_counts_its_buurten(void **state)
{
    capped cap;

    (void)state;
    open(&cap, "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.34; scale = \"wijk\"; }"); /* 2 of 6 */
    assert_true(allows(&cap, "in1", "v1"));
    close(&cap);
    open(&cap, "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.34; scale = \"buurt\"; }"); /* 1 of 2 */
    assert_false(allows(&cap, "in1", "v1"));
    close(&cap);
}

static void cap_share_in_areas_binds_only_there(void **state)
{
    capped cap;

    (void)state;
    open(&cap, "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.1; areas = [ \"buurt-1\" ]; }");
    assert_true(allows(&cap, "in1", "v0"));
    assert_false(allows(&cap, "in1", "v1"));
    close(&cap);
}

static void cap_share_counts_reservations(void **state)
{
    wks_err err = WKS_ERR_INIT;
    capped cap;

    (void)state;
    open(&cap, "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.4; }");
    wks_world *w = &cap.c.world;
    wks_rare_set(&w->unit.reserved_row, wks_fixture_world_unit(w, "v0"), wks_fixture_world_household(w, "in1"));
    wks_rare_set(&w->household.reserved_unit_row, wks_fixture_world_household(w, "in1"), wks_fixture_world_unit(w, "v0"));
    assert_ok(part_of(&cap)->open(&cap.c.context, cap.c.settings, &cap.memory, &err), &err);
    assert_false(allows(&cap, "in2", "x0")); /* 2 of 5 is spoken for */
    assert_true(allows(&cap, "in1", "v0"));
    commit(&cap, "in1", "v0"); /* no second count */
    commit(&cap, "plain", "x0");
    assert_false(allows(&cap, "in2", "v0"));
    close(&cap);
}

static void cap_share_by_portiek_owner_and_in_words(void **state)
{
    spreiding_case s;

    (void)state;
    part_open(&s.c, "spreiding", "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.4; scale = \"portiek\"; }", world);
    s.memory = NULL;
    s.c.world.dwelling.portiek[s.c.world.unit.dwelling_row[wks_fixture_world_unit(&s.c.world, "x0")]] =
        s.c.world.n_portieken; /* nobody lives there */
    spreiding_round(&s);
    assert_true(spreiding_allows(&s, "in1", "v0"));
    assert_false(spreiding_allows(&s, "in1", "x0"));
    assert_tells(&s, "in1", "v0", "in group 'verwezen'; 1 of 4 households in social homes of the portiek are, at most 0.4 after a letting");
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 0.3; scale = \"owner\"; }", world);
    assert_tells(&s, "plain", "v0", "not in group 'verwezen'; 1 of 5 households in social homes of the owner are");
    assert_false(spreiding_allows(&s, "in1", "v2")); /* 2 of 6 */
    spreiding_close(&s);
    spreiding_open(&s, "{ part = \"cap_share\"; group = \"ieder\"; max_share = 0.0; }", world);
    assert_false(spreiding_allows(&s, "plain", "v2"));
    spreiding_close(&s);
}

static void cap_share_with_wrong_values_errors(void **state)
{
    (void)state;
    assert_part_problem("spreiding", "{ part = \"cap_share\"; max_share = 0.1; }", "group");
    assert_part_problem("spreiding", "{ part = \"cap_share\"; group = \"kwetsbaar\"; }", "kwetsbaar");
    assert_part_problem("spreiding", "{ part = \"cap_share\"; group = \"verwezen\"; max_share = 12; }",
                        "max_share is 12; expected a number from 0 to 1 (share)");
    assert_part_problem("spreiding", "{ part = \"cap_share\"; group = \"verwezen\"; scale = \"portik\"; }", "scale is \"portik\"");
    assert_part_problem("spreiding", "{ part = \"cap_share\"; group = \"verwezen\"; when_nobody = \"ignore\"; }",
                        "when_nobody is \"ignore\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cap_share_counts_the_letting_itself),
        cmocka_unit_test(cap_share_counts_lettings_of_the_round),
        cmocka_unit_test(cap_share_of_a_mover_within_the_area_does_not_rise),
        cmocka_unit_test(cap_share_by_wijk_counts_its_buurten),
        cmocka_unit_test(cap_share_in_areas_binds_only_there),
        cmocka_unit_test(cap_share_counts_reservations),
        cmocka_unit_test(cap_share_by_portiek_owner_and_in_words),
        cmocka_unit_test(cap_share_with_wrong_values_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
