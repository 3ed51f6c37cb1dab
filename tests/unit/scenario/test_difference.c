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
    assert_difference("max_share = 0.12", "max_share = 0.125",
                      "Spreidingsregel maximaal aandeel van een groep per gebied: hoogste aandeel 12,5" NBSP "% in plaats van 12" NBSP
                      "%. [spreiding.cap_share.max_share]\n",
                      "Spreiding rule largest share of a group by area: largest share 12.5% instead of 12%. "
                      "[spreiding.cap_share.max_share]\n");
    assert_difference("n_sample = 30", "n_sample = 1",
                      "Woningmarkt: instelling n_sample 1 woning in plaats van 30 woningen. [processes.market.n_sample]\n",
                      "Housing market: setting n_sample 1 dwelling instead of 30 dwellings. [processes.market.n_sample]\n");
    assert_difference("n_sample = 30", "n_sample = 30; enabled = false", "Woningmarkt staat uit. [processes.market.enabled]\n",
                      "Housing market is switched off. [processes.market.enabled]\n");
    assert_difference("ticks = 24", "city = \"utrecht\"; ticks = 25; warmup = 1",
                      "Scenario: stad utrecht in plaats van modelstad. [city]\n"
                      "Scenario: duur 25 maanden in plaats van 24 maanden. [ticks]\n"
                      "Scenario: inlooptijd 1 maand in plaats van 0 maanden. [warmup]\n",
                      "Scenario: city utrecht instead of modelstad. [city]\n"
                      "Scenario: length 25 months instead of 24 months. [ticks]\n"
                      "Scenario: warm-up 1 month instead of 0 months. [warmup]\n");
}

/* A formula is not for every reader: it stands in the note. */
static void formula_stands_in_the_note(void **state)
{
    (void)state;
    assert_difference("market = { n_sample", "neighbourhood = { theory = \"T2\"; target = \"is_student\"; }; market = { n_sample",
                      "Buurten en leefbaarheid: theorie T2 in plaats van T1. [processes.neighbourhood.theory]\n"
                      "Buurten en leefbaarheid: instelling target volgens een andere formule. [processes.neighbourhood.target = "
                      "\"is_student\", was \"\"]\n",
                      "Neighbourhoods and leefbaarheid: theory T2 instead of T1. [processes.neighbourhood.theory]\n"
                      "Neighbourhoods and leefbaarheid: setting target by another formula. [processes.neighbourhood.target = "
                      "\"is_student\", was \"\"]\n");
    assert_difference(
        "income_eur < 30000", "income_eur < 20000",
        "Groep arm: wie ertoe hoort volgens een andere formule. [groups.where = income_eur < 20000, was income_eur < 30000]\n",
        "Group arm: who belongs to it by another formula. [groups.where = income_eur < 20000, was income_eur < 30000]\n");
}

static void part_added_or_removed_is_a_sentence(void **state)
{
    (void)state;
    assert_difference("spreiding = ( { part = \"cap_share\"; group = \"verwezen\"; max_share = 0.12; } );", "",
                      "Spreidingsregel vervalt, maximaal aandeel van een groep per gebied. [spreiding.cap_share]\n",
                      "Spreiding rule removed, largest share of a group by area. [spreiding.cap_share]\n");
    assert_difference(
        "max_share = 0.12; }", "max_share = 0.12; }, { part = \"cap_share\"; name = \"per_wijk\"; group = \"verwezen\"; max_share = 0.3; }",
        "Nieuwe spreidingsregel, per wijk (maximaal aandeel van een groep per gebied): groep verwezen, hoogste aandeel 30" NBSP
        "%. [spreiding.per_wijk: group, max_share]\n",
        "New spreiding rule, per wijk (largest share of a group by area): group verwezen, largest share 30%. "
        "[spreiding.per_wijk: group, max_share]\n");
}

/* One for another is told as such; else the whole order, and what it was. */
static void order_is_told_as_a_whole(void **state)
{
    (void)state;
    assert_difference(
        "\"urgency\", \"inschrijfduur\"", "\"inschrijfduur\", \"urgency\"",
        "Volgorde: langste inschrijfduur eerst, dan urgentie eerst; was: urgentie eerst, dan langste inschrijfduur eerst. "
        "[order: inschrijfduur, urgency]\n",
        "Order: longest registration (inschrijfduur) first, then urgency first; was: urgency first, then longest registration "
        "(inschrijfduur) first. [order: inschrijfduur, urgency]\n");
    assert_difference("\"urgency\", \"inschrijfduur\"", "\"urgency\", \"lot\"",
                      "Volgorde: loting in plaats van langste inschrijfduur eerst. [order: urgency, lot]\n",
                      "Order: by lot instead of longest registration (inschrijfduur) first. [order: urgency, lot]\n");
}

static void rule_set_of_another_name_is_compared_with_the_one_it_replaces(void **state)
{
    (void)state;
    assert_difference("name = \"regio\"", "name = \"stad\"", "Regels stad vervangen andere regels. [rules]\n",
                      "Rules stad replace other rules. [rules]\n");
    assert_difference("name = \"regio\"; basis = \"Huisvestingsverordening\"", "name = \"stad\"; basis = \"Woningwet\"",
                      "Regels stad vervangen andere regels. [rules]\n"
                      "Regels: grondslag Woningwet in plaats van Huisvestingsverordening. [rules.basis]\n",
                      "Rules stad replace other rules. [rules]\n"
                      "Rules: basis Woningwet instead of Huisvestingsverordening. [rules.basis]\n");
}

static void groups_that_are_new_or_gone_are_one_line_each(void **state)
{
    (void)state;
    assert_difference("{ name = \"arm\";", "{ name = \"heel_arm\";",
                      "Nieuwe groepen om te meten of in regels: heel arm. [groups: heel_arm = income_eur < 30000]\n"
                      "Groepen die vervallen: arm. [groups: arm = income_eur < 30000]\n",
                      "New groups, to measure or in rules: heel arm. [groups: heel_arm = income_eur < 30000]\n"
                      "Groups that are removed: arm. [groups: arm = income_eur < 30000]\n");
}

static void bill_that_counts_as_law_is_a_sentence(void **state)
{
    (void)state;
    assert_difference("name = \"cap\";", "name = \"cap\"; bills = ( { name = \"versterking_regie\"; } );",
                      "Wetsvoorstel versterking regie geldt als wet vanaf juli 2026. [bills]\n",
                      "Bill versterking regie counts as law from July 2026. [bills]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenario_with_itself_differs_in_nothing),
        cmocka_unit_test(value_changed_is_a_sentence),
        cmocka_unit_test(groups_that_are_new_or_gone_are_one_line_each),
        cmocka_unit_test(formula_stands_in_the_note),
        cmocka_unit_test(part_added_or_removed_is_a_sentence),
        cmocka_unit_test(order_is_told_as_a_whole),
        cmocka_unit_test(bill_that_counts_as_law_is_a_sentence),
        cmocka_unit_test(rule_set_of_another_name_is_compared_with_the_one_it_replaces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
