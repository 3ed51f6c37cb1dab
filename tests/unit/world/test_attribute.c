#include "world/attribute.h"

#include "support/check.h"
#include "support/fixture_world.h"
#include "world/relations.h"

static wks_world world;

static int make_ten(void **state)
{
    (void)state;
    wks_fixture_world_make(&world, wks_fixture_world_ten);
    return 0;
}

static int free_world(void **state)
{
    (void)state;
    wks_world_free(&world);
    return 0;
}

static double value(const char *attribute, const char *household)
{
    const int32_t row = wks_fixture_world_household(&world, household), a = wks_attribute_find(attribute);
    double out = -999.0;

    if (a < 0) fail_msg("no attribute %s", attribute);
    wks_attribute_table[a].load(&world, &row, 1, &out);
    return out;
}

static const char *choice(const char *attribute, const char *household)
{
    const wks_attribute *a = &wks_attribute_table[wks_attribute_find(attribute)];
    const int32_t index = (int32_t)value(attribute, household);

    assert_int_equal(a->type, WKS_ATTRIBUTE_CHOICE);
    assert_in_range(index, 0, a->n_choices - 1);
    return a->choice[index];
}

#define assert_value(attribute, household, expected)  assert_close(value(attribute, household), (expected), 1e-12, 0.0)
#define assert_choice(attribute, household, expected) assert_string_equal(choice(attribute, household), (expected))

static void attribute_table_is_complete_and_names_are_unique(void **state)
{
    (void)state;
    assert_true(wks_attribute_count > 30 && wks_attribute_count <= 64); /* bit sets of attributes have 64 bits */
    for (int32_t i = 0; i < wks_attribute_count; i++) {
        const wks_attribute *a = &wks_attribute_table[i];
        assert_int_equal(wks_attribute_find(a->name), i);
        assert_true(strlen(a->unit) > 0 && strlen(a->help) > 5);
        assert_non_null(a->load);
        assert_int_equal(a->type == WKS_ATTRIBUTE_CHOICE, a->n_choices > 0);
        for (int32_t c = 0; c < a->n_choices; c++)
            assert_non_null(a->choice[c]);
    }
    assert_int_equal(wks_attribute_find("incom_eur"), WKS_NONE);
}

/* Of every choice and bool the values lie in their range, for every household. */
static void attribute_values_lie_in_their_range(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_attribute_count; i++) {
        const wks_attribute *a = &wks_attribute_table[i];
        for (int32_t h = 0; h < world.household.base.n_rows; h++) {
            double out;
            a->load(&world, &h, 1, &out);
            if (a->type == WKS_ATTRIBUTE_CHOICE) assert_true(out >= 0 && out < a->n_choices && out == floor(out));
            if (a->type == WKS_ATTRIBUTE_BOOL) assert_true(out == 0.0 || out == 1.0);
        }
    }
}

static void attribute_vulnerability_and_origin_are_not_knowable(void **state)
{
    static const char *const hidden[] = {"psychiatric", "lvb",        "addiction", "debt",       "frail",
                                         "nuisance",    "vulnerable", "origin",    "equity_eur", "search"};
    static const char *const known[] = {"income_eur",  "n_persons",  "age_years",      "months_registered", "points",
                                        "n_reactions", "place",      "tenure",         "rent_eur",          "urgency",
                                        "referral",    "is_student", "arrears_months", "kin_nearby",        "has_support"};
    (void)state;
    for (size_t i = 0; i < sizeof hidden / sizeof hidden[0]; i++)
        assert_false(wks_attribute_table[wks_attribute_find(hidden[i])].is_knowable);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        assert_true(wks_attribute_table[wks_attribute_find(known[i])].is_knowable);
    for (int32_t i = 0; i < wks_attribute_count; i++)
        assert_int_equal(wks_attribute_table[i].is_origin, strcmp(wks_attribute_table[i].name, "origin") == 0);
}

static void attribute_composition_counts_children_at_home(void **state)
{
    (void)state;
    assert_value("n_persons", "h1", 5); /* with the latent son */
    assert_value("n_adults", "h1", 2);
    assert_value("n_children", "h1", 3);
    assert_value("n_minors", "h1", 2);
    assert_value("n_guests", "h1", 1);
    assert_value("n_persons", "h5", 2); /* an ex-partner with a daughter stays there */
    assert_value("n_guests", "h5", 2);
    assert_value("n_children", "h5", 0);
    assert_value("n_persons", "h8", 1);
    assert_choice("household_type", "h1", "couple_children");
    assert_choice("household_type", "h9", "single_parent");
    assert_value("has_partner", "h1", 1);
    assert_value("age_years", "h1", 44);
    assert_value("age_years", "h2", 81);
}

static void attribute_durations_count_to_this_month(void **state)
{
    (void)state;
    assert_value("months_at_address", "h1", 130);
    assert_value("months_in_region", "h1", 288);
    assert_value("years_in_region", "h1", 24);
    assert_value("months_registered", "h3", 155);
    assert_value("months_registered", "h1", 0);
    assert_value("is_registered", "h3", 1);
    assert_value("is_registered", "h1", 0);
    assert_value("months_searching", "h3", 6);
    assert_value("months_searching", "h1", NAN);
    wks_world_next_tick(&world);
    assert_value("months_at_address", "h1", 131);
    assert_value("months_searching", "h3", 7);
}

static void attribute_home_is_that_of_the_unit(void **state)
{
    (void)state;
    assert_choice("tenure", "h4", "owner");
    assert_choice("tenure", "h8", "none");
    assert_choice("place", "h8", "at_parents");
    assert_choice("place", "h1", "housed");
    assert_value("rent_eur", "h1", 650);
    assert_value("rent_eur", "h4", 0);
    assert_value("rent_eur", "h8", NAN);
    assert_value("rent_share", "h1", 650.0 * 12.0 / 38000.0);
    assert_value("rent_share", "h8", NAN);
    assert_choice("home_type", "h4", "single_family");
    assert_choice("home_type", "h6", "room");
    assert_choice("home_type", "h10", "none");
    assert_value("rooms", "h1", 4);
    assert_value("rooms", "h6", 1);
    assert_value("rooms", "h10", NAN);
    assert_value("home_is_accessible", "h2", 1);
    assert_value("home_is_accessible", "h8", 0);
    world.household.income_eur[wks_fixture_world_household(&world, "h1")] = 0.0f;
    assert_value("rent_share", "h1", NAN);
}

static void attribute_starter_leaves_no_dwelling(void **state)
{
    (void)state;
    assert_value("is_starter", "h1", 0);
    assert_value("is_starter", "h6", 1); /* a room */
    assert_value("is_starter", "h8", 1);
    assert_value("is_starter", "h10", 1);
    assert_value("is_latent", "h6", 0);
    assert_value("is_latent", "h8", 1);
}

static void attribute_registration_is_the_oldest_of_the_adults(void **state)
{
    wks_err err = WKS_ERR_INIT;
    const int32_t elder = wks_fixture_world_person(&world, "h5/1");
    (void)state;

    assert_value("is_active", "h5", 0);
    assert_value("points", "h5", 0);
    assert_value("points", "h1", NAN);
    assert_value("is_active", "h3", 1);
    assert_ok(wks_relations_register(&world, elder, 2015 * 12, &err), &err);
    world.registration.search_points[world.person.registration_row[elder]] = 7.5f;
    world.registration.state[world.person.registration_row[elder]] = WKS_REGISTRATION_ACTIVE;
    assert_value("points", "h5", 7.5);
    assert_value("is_active", "h5", 1);
}

static void attribute_files_and_flags_are_read(void **state)
{
    const int32_t h2 = wks_fixture_world_household(&world, "h2");
    (void)state;

    assert_value("frail", "h2", 1);
    assert_value("debt", "h2", 0);
    assert_value("vulnerable", "h2", 1);
    assert_value("vulnerable", "h1", 0);
    assert_value("kin_nearby", "h2", 1);
    assert_value("kin_nearby", "h1", 0);
    assert_value("kin_nearby", "h8", 1); /* lives with its parents */
    assert_value("is_student", "h6", 1);
    assert_value("is_temporary", "h6", 1);
    assert_choice("urgency", "h9", "social");
    assert_choice("referral", "h10", "statushouder");
    assert_choice("origin", "h10", "outside_europe");
    assert_choice("income_source", "h3", "benefit");
    world.household.arrears_months[h2] = 3;
    world.household.n_refusals[h2] = 2;
    world.household.support[h2] = 4;
    world.household.vulnerability[h2] = WKS_VULNERABLE_LVB | WKS_VULNERABLE_NUISANCE;
    assert_value("arrears_months", "h2", 3);
    assert_value("n_refusals", "h2", 2);
    assert_value("has_support", "h2", 1);
    assert_value("lvb", "h2", 1);
    assert_value("nuisance", "h2", 1);
    assert_value("frail", "h2", 0);
}

static void attribute_load_fills_a_block_in_order(void **state)
{
    const int32_t rows[3] = {wks_fixture_world_household(&world, "h4"), wks_fixture_world_household(&world, "h1"),
                             wks_fixture_world_household(&world, "h4")};
    double out[4] = {0, 0, 0, -1};
    (void)state;

    wks_attribute_table[wks_attribute_find("income_eur")].load(&world, rows, 3, out);
    assert_true(out[0] == 92000.0 && out[1] == 38000.0 && out[2] == 92000.0 && out[3] == -1.0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_ten, free_world)

/* The landlord's file knows its own tenants: not who waits, nor who lives elsewhere. */
static void nuisance_file_is_of_own_tenants_only(void **state)
{
    static const char text[] = "buurten 1\n"
                               "unit a buurt=0 tenure=social rent=500 rooms=2\n"
                               "unit b buurt=0 tenure=private_rent rent=900 rooms=2\n"
                               "unit c buurt=0 tenure=social rent=500 rooms=2\n"
                               "household tenant unit=a members=40m\n"
                               "household elsewhere unit=b members=40m\n"
                               "household quiet unit=c members=40m\n"
                               "household waiting place=shelter members=40m\n";
    static const char *const name[] = {"tenant", "elsewhere", "quiet", "waiting"};
    const int32_t attribute = wks_attribute_find("nuisance_file");
    wks_world town;

    (void)state;
    assert_true(wks_attribute_table[attribute].is_knowable);
    wks_fixture_world_make(&town, text);
    for (int32_t i = 0; i < 4; i++) {
        const int32_t row = wks_fixture_world_household(&town, name[i]);
        double out = -1.0;
        if (i != 2) town.household.vulnerability[row] = WKS_VULNERABLE_NUISANCE;
        wks_attribute_table[attribute].load(&town, &row, 1, &out);
        assert_close(out, i == 0 ? 1.0 : 0.0, 0, 0);
    }
    wks_world_free(&town);
}

/* What a landlord may know is told by buurt; conditions, debts, nuisance and origin are not, and `vulnerable` does not say which. */
static void private_attributes_are_conditions_and_origin(void **state)
{
    static const char *const private[] = {"psychiatric", "lvb", "addiction", "debt", "frail", "nuisance", "origin"};
    int32_t n = 0;

    (void)state;
    for (int32_t i = 0; i < wks_attribute_count; i++) {
        n += wks_attribute_is_private(i);
        if (wks_attribute_is_private(i)) assert_false(wks_attribute_table[i].is_knowable);
    }
    assert_int_equal(n, sizeof private / sizeof *private);
    for (size_t i = 0; i < sizeof private / sizeof *private; i++)
        assert_true(wks_attribute_is_private(wks_attribute_find(private[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nuisance_file_is_of_own_tenants_only),
        TEST(attribute_table_is_complete_and_names_are_unique),
        TEST(attribute_values_lie_in_their_range),
        TEST(attribute_vulnerability_and_origin_are_not_knowable),
        TEST(attribute_composition_counts_children_at_home),
        TEST(attribute_durations_count_to_this_month),
        TEST(attribute_home_is_that_of_the_unit),
        TEST(attribute_starter_leaves_no_dwelling),
        TEST(attribute_registration_is_the_oldest_of_the_adults),
        TEST(attribute_files_and_flags_are_read),
        TEST(attribute_load_fills_a_block_in_order),
        cmocka_unit_test(private_attributes_are_conditions_and_origin),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
