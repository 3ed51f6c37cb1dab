#include "world/attribute_bytes.h"

#include "base/month.h"
#include "support/check.h"
#include "support/fixture_world.h"

/* Columns that the bytes are made of, anything that may stand in them. */
static void stir(wks_world *world, uint64_t seed)
{
    wks_household_table *h = &world->household;

    for (int32_t i = 0; i < h->base.n_rows; i++) {
        uint64_t x = (seed + 1) * UINT64_C(0x9e3779b97f4a7c15) + (uint64_t)i * UINT64_C(0xbf58476d1ce4e5b9);
        x ^= x >> 29;
        h->income_source[i] = (uint8_t)(x % WKS_N_INCOME_SOURCES);
        h->n_persons[i] = (uint8_t)(1 + x % 7);
        h->n_adults[i] = (uint8_t)(1 + x / 7 % 3);
        h->n_children[i] = (uint8_t)(x / 11 % 5);
        h->n_home_children[i] = (uint8_t)(x / 13 % 3);
        h->n_guests[i] = (uint8_t)(x / 17 % 4);
        h->has_partner[i] = h->is_student[i] = (uint8_t)(x / 19 % 2);
        h->head_birth_month[i] = wks_month_cell(world->month - (int32_t)(x / 23 % 1300));
        h->registered_month[i] = wks_month_cell(x / 29 % 2 == 0 ? WKS_NO_MONTH : world->month - 5);
        h->urgency[i] = (uint8_t)(x / 31 % WKS_N_URGENCIES);
        h->referral[i] = (uint8_t)(x / 37 % WKS_N_REFERRALS);
        h->came_as[i] = (uint8_t)(x / 41 % WKS_N_CAME_AS);
        h->temporary[i] = (uint8_t)(x / 43 % 3);
        h->arrears_months[i] = (uint8_t)(x / 47);
        h->support[i] = (uint8_t)(x / 53 % 2);
        h->motivated[i] = (uint8_t)(x / 59 % 2);
        h->search[i] = (uint8_t)(x / 61 % WKS_N_SEARCHES);
        h->vulnerability[i] = (uint16_t)(x / 67 % 64);
        h->origin[i] = (uint8_t)(x / 71 % WKS_N_ORIGINS);
    }
}

static void bytes_are_the_values_of_the_attribute(void **state)
{
    wks_world world;
    int32_t n_tables = 0;
    (void)state;
    wks_fixture_world_make(&world, wks_fixture_world_ten);
    for (uint64_t seed = 0; seed < 200; seed++) {
        stir(&world, seed);
        for (int32_t a = 0; a < wks_attribute_count; a++) {
            wks_attribute_bytes_load *load = wks_attribute_bytes_of(a);
            uint8_t byte[16];
            if (load == NULL) continue;
            n_tables++;
            assert_true(load(&world, 2, 5, byte)); /* from any row on */
            for (int32_t i = 0; i < 5; i++) {
                const int32_t row = 2 + i;
                double value;
                wks_attribute_table[a].load(&world, &row, 1, &value);
                if (value < byte[i] || value > byte[i]) fail_msg("%s of row %d: byte %d", wks_attribute_table[a].name, row, byte[i]);
            }
        }
    }
    assert_true(n_tables >= 200 * 25);
    assert_null(wks_attribute_bytes_of(wks_attribute_find("income_eur")));
    wks_world_free(&world);
}

static void what_does_not_fit_in_a_byte_is_told(void **state)
{
    const int32_t children = wks_attribute_find("n_children"), age = wks_attribute_find("age_years");
    wks_world world;
    uint8_t byte[16];
    (void)state;
    wks_fixture_world_make(&world, wks_fixture_world_ten);
    world.household.n_children[3] = 200;
    world.household.n_home_children[3] = 56;
    assert_false(wks_attribute_bytes_of(children)(&world, 0, 5, byte));
    assert_true(wks_attribute_bytes_of(children)(&world, 4, 5, byte));
    world.household.head_birth_month[3] = wks_month_cell(world.month + 12); /* not born yet */
    assert_false(wks_attribute_bytes_of(age)(&world, 0, 5, byte));
    wks_world_free(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_the_values_of_the_attribute),
        cmocka_unit_test(what_does_not_fit_in_a_byte_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
