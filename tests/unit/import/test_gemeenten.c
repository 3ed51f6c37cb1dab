#include "import/gemeenten.h"

#include "support/check.h"

static void names_as_people_type_them_are_equal(void **state)
{
    (void)state;
    static const char *const same[][2] = {{"Súdwest-Fryslân", "Sudwest-Fryslan"},
                                          {"Súdwest-Fryslân", "SÚDWEST-FRYSLÂN"},
                                          {"Súdwest-Fryslân", " sudwest fryslan "},
                                          {"Súdwest-Fryslân", "Su\xCC\x81"
                                                              "dwest-Frysla\xCC\x82n"}, /* combining accents, as a Mac writes them */
                                          {"'s-Gravenhage", "\xE2\x80\x99s-Gravenhage"},
                                          {"IJsselstein", "\xC4\xB2sselstein"},
                                          {"Noardeast-Fryslân", "NOARDEAST\xE2\x80\x91"
                                                                "FRYSLAN"},
                                          {"Breda", "breda"}};
    static const char *const other[][2] = {
        {"Bergen (L.)", "Bergen (NH.)"}, {"Breda", "Bred"}, {"Breda", ""}, {"\xC3", "\xC3\xA9"}, {"Ede", "Edee"}};
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        if (!wks_gemeenten_equal(same[i][0], same[i][1])) fail_msg("'%s' is not '%s'", same[i][0], same[i][1]);
        assert_true(wks_gemeenten_equal(same[i][1], same[i][0]));
    }
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(wks_gemeenten_equal(other[i][0], other[i][1]));
}

static void codes_as_people_type_them_are_read(void **state)
{
    (void)state;
    static const char *const good[] = {"GM0758", "gm0758", "0758", "758", "GM758", " 0758 "};
    static const char *const bad[] = {"", "GM", "07580", "BU07580101", "75a", "Breda", "7 58"};
    char code[WKS_AREA_CODE_SIZE];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(wks_gemeenten_parse_code(good[i], code));
        assert_string_equal(code, "GM0758");
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (wks_gemeenten_parse_code(bad[i], code)) fail_msg("'%s' is no code", bad[i]);
}

static void mergers_and_everyday_names_are_known(void **state)
{
    (void)state;
    assert_string_equal(wks_gemeenten_merged("het bildt")->new_name, "Waadhoeke");
    assert_string_equal(wks_gemeenten_merged("Graft De Rijp")->new_name, "Alkmaar");
    assert_null(wks_gemeenten_merged("Breda"));
    assert_string_equal(wks_gemeenten_official("den haag"), "'s-Gravenhage");
    assert_string_equal(wks_gemeenten_official("Breda"), "Breda");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_as_people_type_them_are_equal),
        cmocka_unit_test(codes_as_people_type_them_are_read),
        cmocka_unit_test(mergers_and_everyday_names_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
