#include "scenario/difference_words.h"

#include "support/check.h"

static void words_of_a_known_name_are_in_the_language(void **state)
{
    (void)state;
    assert_string_equal(wks_difference_words_part("cap_share", true), "maximaal aandeel van een groep per gebied");
    assert_string_equal(wks_difference_words_part("cap_share", false), "largest share of a group by area");
    assert_string_equal(wks_difference_words_param("max_share", true), "hoogste aandeel");
    assert_string_equal(wks_difference_words_choice("leave_vacant", true), "laten leegstaan");
    assert_string_equal(wks_difference_words_param("build_social", false), "social share of what is built");
    assert_string_equal(wks_difference_words_unit("months", false, true), "maanden");
    assert_string_equal(wks_difference_words_unit("months", true, true), "maand");
    assert_string_equal(wks_difference_words_unit("EUR", true, false), "EUR");
    assert_string_equal(wks_difference_words_unit("points/mo", false, false), "points a month");
    assert_string_equal(wks_difference_words_event("support", true), "meer ondersteuning");
    assert_string_equal(wks_difference_words_event_param("rooms", false), "rooms of each home"); /* of the permit: something else */
    assert_string_equal(wks_difference_words_event_choice("zorg", true), "de zorg");
    assert_string_equal(wks_difference_words_event_choice("senior", true), "senioren");
}

static void words_of_an_unknown_name_leave_it_or_are_absent(void **state)
{
    (void)state;
    assert_null(wks_difference_words_part("something_new", true));
    assert_null(wks_difference_words_param("something_new", false));
    assert_null(wks_difference_words_event("something_new", false));
    assert_null(wks_difference_words_event_param("something_new", true));
    assert_string_equal(wks_difference_words_event_choice("something_new", true), "something_new");
    assert_string_equal(wks_difference_words_choice("something_new", true), "something_new");
    assert_string_equal(wks_difference_words_unit("something_new", true, true), "something_new");
    assert_string_equal(wks_difference_words_unit("share", true, true), "");
    assert_string_equal(wks_difference_words_unit(NULL, true, true), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_a_known_name_are_in_the_language),
        cmocka_unit_test(words_of_an_unknown_name_leave_it_or_are_absent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
