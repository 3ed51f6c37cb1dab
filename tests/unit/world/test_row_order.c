#include "world/row_order.h"

#include "base/mem.h"
#include "support/check.h"
#include "support/fixture_world.h"
#include "world/check.h"
#include "world/relations.h"

/* Homes of the second buurt come before those of the first; a guest and who has no home come between those who have one. */
static const char lines[] = "buurten 2\n"
                            "unit b1 buurt=1 tenure=social rent=650 rooms=3\n"
                            "unit b2 buurt=1 tenure=social rent=650 rooms=3\n"
                            "unit a1 buurt=0 tenure=social rent=650 rooms=3\n"
                            "unit a2 buurt=0 tenure=owner rooms=3\n"
                            "household coa place=coa members=30m,29f\n"
                            "household of_b2 unit=b2 members=40m registered=2016-03\n"
                            "household of_a1 unit=a1 members=40m,38f,12m\n"
                            "household guest_of_a1 place=hosted host=of_a1 members=21m registered=2020-03\n"
                            "household of_b1 unit=b1 members=70f\n"
                            "household of_a2 unit=a2 members=50m,49f registered=2018-03\n"
                            "resident old buurt=0 member=80f\n";

static void assert_row(const wks_world *world, const char *name, int32_t row)
{
    if (wks_fixture_world_household(world, name) != row)
        fail_msg("%s stands in row %d, not %d", name, wks_fixture_world_household(world, name), row);
}

static void put_in_order(wks_world *world)
{
    wks_row_order order = WKS_ROW_ORDER_INIT;
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_row_order_find_households(world, &order, &err), &err);
    wks_row_order_households(world, &order);
    wks_row_order_free(&order);
    assert_ok(wks_row_order_find_persons(world, &order, &err), &err);
    wks_row_order_persons(world, &order);
    wks_row_order_free(&order);
    assert_ok(wks_row_order_find_registrations(world, &order, &err), &err);
    wks_row_order_registrations(world, &order);
    wks_row_order_free(&order);
    assert_ok(wks_check_structure(world, &err), &err);
}

static void row_order_is_that_of_homes_then_guests_then_others(void **state)
{
    wks_world world;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    wks_fixture_world_make(&world, lines);
    const uint64_t hash = wks_world_hash(&world);
    put_in_order(&world);
    assert_true(wks_world_hash(&world) == hash);
    assert_row(&world, "of_a1", 0);
    assert_row(&world, "of_a2", 1);
    assert_row(&world, "of_b1", 2);
    assert_row(&world, "of_b2", 3);
    assert_row(&world, "guest_of_a1", 4);
    assert_row(&world, "coa", 5);
    for (int32_t p = 1; p < world.person.base.n_rows - 1;
         p++) /* members after each other, in the order of households; who belongs to none at last */
        assert_true(world.person.household_row[p] >= world.person.household_row[p - 1]);
    assert_int_equal(world.person.household_row[world.person.base.n_rows - 1], WKS_NONE);
    for (int32_t r = 1; r < world.registration.base.n_rows; r++)
        assert_true(world.registration.person_row[r] > world.registration.person_row[r - 1]);
    assert_ok(wks_relations_depart(&world, wks_fixture_world_household(&world, "of_a2"), &err), &err);
    put_in_order(&world);
    assert_row(&world, "of_b1", 1); /* no row is left free */
    assert_int_equal(world.household.base.n_rows, 5);
    assert_int_equal(world.household.base.n_free, 0);
    wks_world_free(&world);
}

/* Two regions: who waits stands by that of its kin. */
static void row_order_of_who_waits_is_by_region(void **state)
{
    wks_world world;
    (void)state;

    wks_fixture_world_make(&world, "buurten 2\n"
                                   "unit a1 buurt=0 tenure=social rent=650 rooms=3\n"
                                   "household far place=coa members=30m kin=1\n"
                                   "household near place=coa members=40m kin=0\n"
                                   "household home unit=a1 members=50f\n");
    world.by_gemeente = true;
    world.n_gemeenten = 2;
    world.buurt.gemeente_row[1] = 1;
    const uint64_t hash = wks_world_hash(&world);
    put_in_order(&world);
    assert_row(&world, "home", 0);
    assert_row(&world, "near", 1);
    assert_row(&world, "far", 2);
    assert_true(wks_world_hash(&world) == hash);
    wks_world_free(&world);
}

/* A seller who is still here keeps its claim; one who is gone has no row, and the home still waits for its price. */
static void row_order_finds_sellers_again(void **state)
{
    wks_world world;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    wks_fixture_world_make(&world, "buurten 2\n"
                                   "unit s1 buurt=1 tenure=owner rooms=3\n"
                                   "unit s2 buurt=1 tenure=owner rooms=3\n"
                                   "unit a1 buurt=0 tenure=social rent=650 rooms=3\n"
                                   "unit b1 buurt=1 tenure=social rent=650 rooms=3\n"
                                   "household stays unit=b1 members=30m\n"
                                   "household leaves unit=a1 members=40m\n");
    const int32_t s1 = wks_fixture_world_unit(&world, "s1"), s2 = wks_fixture_world_unit(&world, "s2");
    const int32_t stays = wks_fixture_world_household(&world, "stays"), leaves = wks_fixture_world_household(&world, "leaves");
    wks_rare_set(&world.unit.seller_row, s1, stays);
    wks_rare_set_u64(&world.unit.seller_key, s1, world.household.key[stays]);
    wks_rare_set(&world.unit.seller_row, s2, leaves);
    wks_rare_set_u64(&world.unit.seller_key, s2, world.household.key[leaves]);
    put_in_order(&world);
    assert_row(&world, "stays", 1);
    assert_int_equal(wks_rare_i32(&world.unit.seller_row, s1), 1);
    assert_int_equal(wks_rare_i32(&world.unit.seller_row, s2), 0);
    assert_ok(wks_relations_depart(&world, wks_fixture_world_household(&world, "leaves"), &err), &err);
    put_in_order(&world);
    assert_int_equal(wks_rare_i32(&world.unit.seller_row, s1), 0);
    assert_int_equal(wks_rare_i32(&world.unit.seller_row, s2), WKS_NONE);
    assert_true(wks_rare_u64(&world.unit.seller_key, s2) != 0);
    wks_world_free(&world);
}

static void row_order_takes_what_is_kept_by_row_along(void **state)
{
    wks_world world;
    wks_row_order order = WKS_ROW_ORDER_INIT;
    wks_err err = WKS_ERR_INIT;
    uint64_t key[6], none = 7;
    char name[6][WKS_ROW_ORDER_MOST] = {"nul", "een", "twee", "drie", "vier", "vijf"};
    int32_t row[4] = {0, 5, WKS_NONE, 3};
    (void)state;

    wks_fixture_world_make(&world, lines);
    memcpy(key, world.household.key, sizeof key);
    assert_ok(wks_row_order_find_households(&world, &order, &err), &err);
    wks_row_order_array(&order, key, sizeof *key, 4, &none); /* rows 4 and 5 came later */
    wks_row_order_array(&order, name, sizeof *name, 6, &none);
    wks_row_order_rename(&order, row, 4);
    const uint64_t before[] = {world.household.key[2], 7, 7, world.household.key[1], world.household.key[3], world.household.key[0]};
    assert_memory_equal(key, before, sizeof before);
    assert_string_equal(name[0], "twee");
    assert_string_equal(name[5], "nul");
    assert_int_equal(row[0], 5);
    assert_int_equal(row[1], 1);
    assert_int_equal(row[2], WKS_NONE);
    assert_int_equal(row[3], 4);
    wks_row_order_free(&order);
    wks_world_free(&world);
}

static void row_order_of_nobody(void **state)
{
    wks_world world;
    (void)state;

    wks_world_init(&world);
    put_in_order(&world);
    assert_int_equal(world.household.base.n_rows, 0);
    wks_world_free(&world);
}

static void row_order_without_memory(void **state)
{
    wks_world world;
    wks_row_order order = WKS_ROW_ORDER_INIT;
    wks_err err = WKS_ERR_INIT;
    (void)state;

    wks_fixture_world_make(&world, lines);
    for (int64_t n = 1; n <= 3; n++) {
        wks_mem_fail_after(n);
        assert_status(wks_row_order_find_households(&world, &order, &err), WKS_ERR_NOMEM, &err);
        assert_false(wks_mem_fail_pending());
        wks_row_order_free(&order);
        err = WKS_ERR_INIT;
    }
    wks_mem_fail_after(0);
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(row_order_is_that_of_homes_then_guests_then_others),
        cmocka_unit_test(row_order_of_who_waits_is_by_region),
        cmocka_unit_test(row_order_finds_sellers_again),
        cmocka_unit_test(row_order_takes_what_is_kept_by_row_along),
        cmocka_unit_test(row_order_of_nobody),
        cmocka_unit_test(row_order_without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
