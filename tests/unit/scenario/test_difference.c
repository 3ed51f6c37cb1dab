#include "unit/scenario/catalogue.h"

#include "scenario/write.h"

#define NBSP "\xC2\xA0" /* before the sign, in Dutch */

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
                      "Regels 'regio', spreidingsregel 'maximaal aandeel van een groep per gebied': hoogste aandeel is 20" NBSP
                      "% in plaats van 12" NBSP "% (spreiding.cap_share.max_share).\n",
                      "Rules 'regio', spreiding rule 'largest share of a group by area': largest share is 20% instead of 12% "
                      "(spreiding.cap_share.max_share).\n");
    assert_difference("max_share = 0.12", "max_share = 0.125",
                      "Regels 'regio', spreidingsregel 'maximaal aandeel van een groep per gebied': hoogste aandeel is 12,5" NBSP
                      "% in plaats van 12" NBSP "% (spreiding.cap_share.max_share).\n",
                      "Rules 'regio', spreiding rule 'largest share of a group by area': largest share is 12.5% instead of 12% "
                      "(spreiding.cap_share.max_share).\n");
    assert_difference("n_sample = 30", "n_sample = 40",
                      "Proces 'woningmarkt': n_sample is 40 in plaats van 30 woningen (processes.market.n_sample).\n",
                      "Process 'housing market': n_sample is 40 instead of 30 dwellings (processes.market.n_sample).\n");
    assert_difference("n_sample = 30", "n_sample = 30; enabled = false", "Proces 'woningmarkt' staat uit (processes.market.enabled).\n",
                      "Process 'housing market' is switched off (processes.market.enabled).\n");
    assert_difference("market = { n_sample", "neighbourhood = { theory = \"T2\"; target = \"is_student\"; }; market = { n_sample",
                      "Proces 'buurten en leefbaarheid': theorie is T2 in plaats van T1 (processes.neighbourhood.theory).\n"
                      "Proces 'buurten en leefbaarheid': target is \"is_student\" in plaats van niets (processes.neighbourhood.target).\n",
                      "Process 'neighbourhoods and leefbaarheid': theory is T2 instead of T1 (processes.neighbourhood.theory).\n"
                      "Process 'neighbourhoods and leefbaarheid': target is \"is_student\" instead of nothing "
                      "(processes.neighbourhood.target).\n");
    assert_difference("ticks = 24", "city = \"utrecht\"; ticks = 25; warmup = 3",
                      "Scenario: stad is \"utrecht\" in plaats van \"modelstad\" (city).\n"
                      "Scenario: duur is 25 in plaats van 24 maanden (ticks).\n"
                      "Scenario: inlooptijd is 3 in plaats van 0 maanden (warmup).\n",
                      "Scenario: city is \"utrecht\" instead of \"modelstad\" (city).\n"
                      "Scenario: length is 25 instead of 24 months (ticks).\n"
                      "Scenario: warm-up is 3 instead of 0 months (warmup).\n");
    assert_difference("income_eur < 30000", "income_eur < 20000",
                      "Groep 'arm': voor wie is \"income_eur < 20000\" in plaats van \"income_eur < 30000\" (groups.where).\n",
                      "Group 'arm': for whom is \"income_eur < 20000\" instead of \"income_eur < 30000\" (groups.where).\n");
}

static void part_added_or_removed_is_a_sentence(void **state)
{
    (void)state;
    assert_difference("spreiding = ( { part = \"cap_share\"; group = \"verwezen\"; max_share = 0.12; } );", "",
                      "Regels 'regio', spreidingsregel 'maximaal aandeel van een groep per gebied' vervalt (spreiding.cap_share).\n",
                      "Rules 'regio', spreiding rule 'largest share of a group by area' is removed (spreiding.cap_share).\n");
    assert_difference(
        "max_share = 0.12; }", "max_share = 0.12; }, { part = \"cap_share\"; name = \"wijk\"; group = \"verwezen\"; max_share = 0.3; }",
        "Regels 'regio', spreidingsregel 'wijk' (maximaal aandeel van een groep per gebied) is toegevoegd: groep verwezen, hoogste aandeel "
        "30" NBSP "% (spreiding.wijk: group, max_share).\n",
        "Rules 'regio', spreiding rule 'wijk' (largest share of a group by area) is added: group verwezen, largest share 30% "
        "(spreiding.wijk: group, max_share).\n");
    assert_difference("\"urgency\", \"inschrijfduur\"", "\"inschrijfduur\", \"urgency\"",
                      "Regels 'regio': de volgorde is 'langste inschrijfduur eerst', 'urgentie eerst' (order: inschrijfduur, urgency).\n",
                      "Rules 'regio': the order is 'longest registration (inschrijfduur) first', 'urgency first' (order: inschrijfduur, "
                      "urgency).\n");
}

static void rule_set_of_another_name_is_compared_with_the_one_it_replaces(void **state)
{
    (void)state;
    assert_difference("name = \"regio\"", "name = \"stad\"", "Regels 'stad' komen in plaats van 'regio'. Wat verschilt:\n",
                      "Rules 'stad' take the place of 'regio'. What differs:\n");
    assert_difference("name = \"regio\"; basis = \"Huisvestingsverordening\"", "name = \"stad\"; basis = \"Woningwet\"",
                      "Regels 'stad' komen in plaats van 'regio'. Wat verschilt:\n"
                      "Regels 'stad': grondslag is \"Woningwet\" in plaats van \"Huisvestingsverordening\" (rules.basis).\n",
                      "Rules 'stad' take the place of 'regio'. What differs:\n"
                      "Rules 'stad': basis is \"Woningwet\" instead of \"Huisvestingsverordening\" (rules.basis).\n");
}

static void bill_that_counts_as_law_is_a_sentence(void **state)
{
    (void)state;
    assert_difference("name = \"cap\";", "name = \"cap\"; bills = ( { name = \"versterking_regie\"; } );",
                      "Wetsvoorstel 'versterking_regie' geldt als wet vanaf 2026-07.\n",
                      "Bill 'versterking_regie' counts as law from 2026-07.\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenario_with_itself_differs_in_nothing),
        cmocka_unit_test(value_changed_is_a_sentence),
        cmocka_unit_test(part_added_or_removed_is_a_sentence),
        cmocka_unit_test(bill_that_counts_as_law_is_a_sentence),
        cmocka_unit_test(rule_set_of_another_name_is_compared_with_the_one_it_replaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
