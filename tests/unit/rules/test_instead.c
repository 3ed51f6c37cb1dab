#include "rules/instead.h"

#include "unit/rules/part_case.h"

static const char world[] =
    "buurten 2\nunit social buurt=0 tenure=social rent=600 rooms=3 points=143\n"
    "unit middle buurt=0 tenure=social rent=600 rooms=3 points=150\nunit free buurt=1 tenure=social rent=600 rooms=3 points=200\n"
    "unit rooms buurt=1 tenure=social rent=400 rooms=4 points=200 units=3\n";

static void open(part_case *c)
{
    part_open(c, "spreiding", "{ part = \"social_ceiling\"; }", world);
}

static void instead_asks_wws_and_a_whole_dwelling(void **state)
{
    static const wks_part_vacancy to[] = {WKS_PART_LIBERALISE, WKS_PART_MIDDLE_RENT};
    part_case c;

    (void)state;
    open(&c);
    const wks_advert social = part_advert(&c, "social"), middle = part_advert(&c, "middle"), rooms = part_advert(&c, "rooms.0");
    for (int32_t i = 0; i < 2; i++) {
        assert_false(wks_instead_may(&c.world, &c.law, &social, to[i]));
        assert_true(wks_instead_may(&c.world, &c.law, &middle, to[i]));
        assert_false(wks_instead_may(&c.world, &c.law, &rooms, to[i]));
    }
    assert_true(wks_instead_may(&c.world, &c.law, &social, WKS_PART_SELL));
    assert_false(wks_instead_may(&c.world, &c.law, &rooms, WKS_PART_SELL));
    assert_false(wks_instead_may(&c.world, &c.law, &middle, WKS_PART_LET));
    part_close(&c);
}

static void instead_changes_tenure_rent_and_ledger(void **state)
{
    part_case c;

    (void)state;
    open(&c);
    const wks_advert social = part_advert(&c, "social"), middle = part_advert(&c, "middle"), free = part_advert(&c, "free");
    wks_instead_do(&c.world, &c.law, &social, WKS_PART_SELL);
    assert_int_equal(c.world.dwelling.tenure[social.dwelling_row], WKS_TENURE_OWNER);
    assert_close((double)c.world.unit.rent_eur[social.unit_row], 0.0, 0.0, 0.0);
    wks_instead_do(&c.world, &c.law, &middle, WKS_PART_LIBERALISE);
    assert_int_equal(c.world.dwelling.tenure[middle.dwelling_row], WKS_TENURE_CORPORATIE_FREE);
    assert_close((double)c.world.unit.rent_eur[middle.unit_row], wks_law_wws_rent(&c.law, 150.0), 1e-6, 0.0);
    assert_true((double)c.world.unit.rent_eur[middle.unit_row] > c.law.rent_limit_eur &&
                (double)c.world.unit.rent_eur[middle.unit_row] < c.law.middle_rent_limit_eur);
    wks_instead_do(&c.world, &c.law, &free, WKS_PART_MIDDLE_RENT);
    assert_close((double)c.world.unit.rent_eur[free.unit_row], c.law.middle_rent_limit_eur, 1e-6, 0.0);
    assert_close((double)c.world.dwelling.rent_eur[free.dwelling_row], c.law.middle_rent_limit_eur, 1e-6, 0.0);
    assert_int_equal(c.world.ledger.dwellings_sold, 1);
    assert_int_equal(c.world.ledger.dwellings_liberalised, 2);
    part_close(&c);
    open(&c);
    wks_instead_do(&c.world, &c.law, &free, WKS_PART_LIBERALISE);
    assert_true((double)c.world.unit.rent_eur[free.unit_row] > c.law.middle_rent_limit_eur);
    part_close(&c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(instead_asks_wws_and_a_whole_dwelling),
        cmocka_unit_test(instead_changes_tenure_rent_and_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
