#include "unit/scenario/catalogue.h"

#include "scenario/write.h"

static void assert_difference(const char *from, const char *to, const char *dutch, const char *english)
{
    char *text = replaced(test_scenario, from, to);
    reading a = read_text(test_scenario), b = read_text(text);
    wks_text out = WKS_TEXT_INIT;

    assert_ok(b.rc, &b.err);
    wks_write_differences(&a.scenario, &b.scenario, "nl", &out);
    assert_string_equal(out.data == NULL ? "" : out.data, dutch);
    wks_text_clear(&out);
    wks_write_differences(&a.scenario, &b.scenario, "en", &out);
    assert_string_equal(out.data == NULL ? "" : out.data, english);
    wks_text_free(&out);
    reading_free(&a);
    reading_free(&b);
    free(text);
}

static void scenario_with_itself_differs_in_nothing(void **state)
{
    (void)state;
    assert_difference("name = \"cap\"", "name = \"cap\"", "", "");
    assert_difference(
        "name = \"cap\"",
        "name = \"other\"; first_replication = 3; output = { lettings = false; }; title = \"x\"; city = \"elders/modelstad\"; "
        "question = \"?\"",
        "", "");
}

static void value_changed_is_a_sentence(void **state)
{
    (void)state;
    assert_difference("max_share = 0.12", "max_share = 0.2",
                      "Regel 'regio', spreiding 'cap_share': max_share is 0.2 in plaats van 0.12 (aandeel).\n",
                      "Rule set 'regio', spreiding 'cap_share': max_share is 0.2 instead of 0.12 (share).\n");
    assert_difference("n_sample = 30", "n_sample = 40", "Proces 'market': n_sample is 40 in plaats van 30 (woningen).\n",
                      "Process 'market': n_sample is 40 instead of 30 (dwellings).\n");
    assert_difference("n_sample = 30", "n_sample = 30; enabled = false", "Proces 'market' staat uit.\n",
                      "Process 'market' is switched off.\n");
    assert_difference(
        "market = { n_sample", "neighbourhood = { theory = \"T2\"; target = \"is_student\"; }; market = { n_sample",
        "Proces 'neighbourhood': theory is T2 in plaats van T1.\nProces 'neighbourhood': target is \"is_student\" in plaats van niets.\n",
        "Process 'neighbourhood': theory is T2 instead of T1.\nProcess 'neighbourhood': target is \"is_student\" instead of nothing.\n");
    assert_difference("ticks = 24", "city = \"utrecht\"; ticks = 25",
                      "Scenario: stad is \"utrecht\" in plaats van \"modelstad\".\nScenario: ticks is 25 in plaats van 24 (maanden).\n",
                      "Scenario: city is \"utrecht\" instead of \"modelstad\".\nScenario: ticks is 25 instead of 24 (months).\n");
    assert_difference("income_eur < 30000", "income_eur < 20000",
                      "Groep 'arm': where is \"income_eur < 20000\" in plaats van \"income_eur < 30000\".\n",
                      "Group 'arm': where is \"income_eur < 20000\" instead of \"income_eur < 30000\".\n");
}

static void part_added_or_removed_is_a_sentence(void **state)
{
    (void)state;
    assert_difference("spreiding = ( { part = \"cap_share\"; group = \"verwezen\"; max_share = 0.12; } );", "",
                      "Regel 'regio', spreiding 'cap_share' vervalt.\n", "Rule set 'regio', spreiding 'cap_share' is removed.\n");
    assert_difference("max_share = 0.12; }",
                      "max_share = 0.12; }, { part = \"cap_share\"; name = \"wijk\"; group = \"verwezen\"; max_share = 0.3; }",
                      "Regel 'regio', spreiding 'wijk' is toegevoegd (group verwezen, max_share 0.3).\n",
                      "Rule set 'regio', spreiding 'wijk' is added (group verwezen, max_share 0.3).\n");
    assert_difference("\"urgency\", \"inschrijfduur\"", "\"inschrijfduur\", \"urgency\"",
                      "Regel 'regio': de volgorde is inschrijfduur, urgency.\n",
                      "Rule set 'regio': the order is inschrijfduur, urgency.\n");
}

static void event_added_or_removed_is_a_sentence(void **state)
{
    (void)state;
    assert_difference("value = 2; },", "value = 2.5; },",
                      "Gebeurtenis 2027-01: processes.market.b_price = 2.5 is toegevoegd.\n"
                      "Gebeurtenis 2027-01: processes.market.b_price = 2 vervalt.\n",
                      "Event 2027-01: processes.market.b_price = 2.5 is added.\nEvent 2027-01: processes.market.b_price = 2 is removed.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenario_with_itself_differs_in_nothing),
        cmocka_unit_test(value_changed_is_a_sentence),
        cmocka_unit_test(part_added_or_removed_is_a_sentence),
        cmocka_unit_test(event_added_or_removed_is_a_sentence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
