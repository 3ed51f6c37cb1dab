#include "support/check.h"
#include "support/fixture_world.h"

static wks_household_type type_of(const char *members, const char *guest)
{
    wks_world world;
    char text[512];

    (void)snprintf(text, sizeof text, "unit u1 tenure=social rent=600\nhousehold h1 unit=u1 members=%s\n%s", members, guest);
    wks_fixture_world_make(&world, text);
    const wks_household_type type = wks_household_type_of(&world.household, wks_fixture_world_household(&world, "h1"));
    wks_world_free(&world);
    return type;
}

static void household_members_decide_the_type(void **state)
{
    (void)state;
    assert_int_equal(type_of("30m", ""), WKS_HOUSEHOLD_SINGLE);
    assert_int_equal(type_of("30m,31f", ""), WKS_HOUSEHOLD_COUPLE);
    assert_int_equal(type_of("30m,31f,2f", ""), WKS_HOUSEHOLD_COUPLE_CHILDREN);
    assert_int_equal(type_of("30m,2f", ""), WKS_HOUSEHOLD_SINGLE_PARENT);
    assert_int_equal(type_of("55f,24m:child", ""), WKS_HOUSEHOLD_SINGLE_PARENT); /* of any age */
    assert_int_equal(type_of("30m,31f:other", ""), WKS_HOUSEHOLD_OTHER);
    assert_int_equal(type_of("30m,31f,2f,70m:other", ""), WKS_HOUSEHOLD_OTHER);
}

static void household_latent_child_at_home_counts_as_child(void **state)
{
    (void)state;
    assert_int_equal(type_of("50m,51f", "household h2 place=at_parents host=h1 members=23m\n"), WKS_HOUSEHOLD_COUPLE_CHILDREN);
    assert_int_equal(type_of("50m", "household h2 place=at_parents host=h1 members=23m\n"), WKS_HOUSEHOLD_SINGLE_PARENT);
    assert_int_equal(type_of("50m", "household h2 place=hosted host=h1 members=23m\n"), WKS_HOUSEHOLD_SINGLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(household_members_decide_the_type),
        cmocka_unit_test(household_latent_child_at_home_counts_as_child),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
