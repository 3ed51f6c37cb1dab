#include "report/topic.h"

#include "support/check.h"

static void rank_puts_waiting_first_and_unknown_last(void **state)
{
    (void)state;
    assert_int_equal(wks_topic_rank("wait_p50_months"), 0);
    assert_true(wks_topic_rank("leefbaarheid") < wks_topic_rank("households"));
    assert_true(wks_topic_rank("households") < wks_topic_rank("something_new"));
    assert_true(wks_topic_rank("count") < wks_topic_rank("search_p50_months")); /* not validated: last of those we know */
    assert_true(wks_topic_bits("search_p50_months") & WKS_TOPIC_UNVALIDATED);
}

static void bits_of_an_unknown_indicator_show_it(void **state)
{
    (void)state;
    assert_true(wks_topic_bits("something_new") & WKS_TOPIC_MAIN);
    assert_true(wks_topic_bits("something_new") & WKS_TOPIC_MAP);
    assert_false(wks_topic_bits("D_baseline") & WKS_TOPIC_MAIN);
    assert_false(wks_topic_bits("count") & WKS_TOPIC_MAP);
    assert_false(wks_topic_bits("group_onset") & WKS_TOPIC_MAP); /* of vulnerable groups too */
    assert_true(wks_topic_bits("leefbaarheid") & WKS_TOPIC_HEAD);
}

static void private_groups_are_those_of_health_care_and_detention(void **state)
{
    (void)state;
    assert_true(wks_topic_is_private_group("ggz"));
    assert_true(wks_topic_is_private_group("verwezen_lvb"));
    assert_true(wks_topic_is_private_group("uitstroom_zorg")); /* groups of scenarios/levers */
    assert_true(wks_topic_is_private_group("ex_gedetineerden"));
    assert_true(wks_topic_is_private_group("verslaafden"));
    assert_false(wks_topic_is_private_group("statushouders"));
    assert_false(wks_topic_is_private_group("verwezen"));
    assert_false(wks_topic_is_private_group(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rank_puts_waiting_first_and_unknown_last),
        cmocka_unit_test(bits_of_an_unknown_indicator_show_it),
        cmocka_unit_test(private_groups_are_those_of_health_care_and_detention),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
