#include "import/own_terms.h"

#include "support/check.h"

static void assert_field(wks_own_terms_file file, const char *column, const char *expected)
{
    int32_t rank, n;
    const wks_own_terms_field *field = wks_own_terms_fields(file, &n);
    const int32_t found = wks_own_terms_recognise(file, column, &rank);
    if (found < 0 ? expected != NULL : expected == NULL || strcmp(field[found].name, expected) != 0)
        fail_msg("'%s' is %s, expected %s", column, found < 0 ? "nothing" : field[found].name, expected == NULL ? "nothing" : expected);
}

static void columns_of_dwellings_are_recognised(void **state)
{
    (void)state;
    static const char *const pair[][2] = {{"VHE-nummer", "id"},
                                          {"Eenheidnummer", "id"},
                                          {"eenheid_nummer", "id"},
                                          {"BU_code", "buurt"},
                                          {"CBS-buurtcode", "buurt"},
                                          {"Eenheidadres.postcode", "postcode"},
                                          {"Soort eenheid", "type"},
                                          {"Eenheid.detailSoort", "type"},
                                          {"Nettohuur", "rent"},
                                          {"Kale huur (\xE2\x82\xAC)", "rent"},
                                          {"Huurprijs", "rent"},
                                          {"Streefhuur per maand", "asked_rent"},
                                          {"WWS-punten", "points"},
                                          {"Aantal kamers", "rooms"},
                                          {"Eenheid.kamersAantal", "rooms"},
                                          {"GEBRUIKSOPPERVLAKTE [m2]", "area"},
                                          {"Bouwjaar", "built"},
                                          {"Complexnr.", "complex"},
                                          {"Doelgroep", "label"},
                                          {"DAEB / niet-DAEB", "segment"},
                                          {"Toegankelijkheidslabel", "accessible"},
                                          {"Maatschappelijk label", "segment"},
                                          {"Energielabel", NULL},
                                          {"Straatnaam", NULL},
                                          {"Huurder", NULL},
                                          {"BAG-id verblijfsobject", NULL}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        assert_field(WKS_OWN_TERMS_DWELLINGS, pair[i][0], pair[i][1]);
}

static void columns_of_seekers_are_recognised(void **state)
{
    (void)state;
    static const char *const pair[][2] = {{"Inschrijfnummer", "id"},
                                          {"Inschrijfdatum", "registered"},
                                          {"Inschrijving.begindatum", "registered"},
                                          {"Geboortedatum", "birth"},
                                          {"NatuurlijkPersoon.geboortedatum", "birth"},
                                          {"Huishoudgrootte", "persons"},
                                          {"Huishoudsamenstelling", "persons"},
                                          {"Verzamelinkomen", "income"},
                                          {"Inkomen", "income"},
                                          {"Urgentie", "urgency"},
                                          {"Urgentie-datum", "urgency"},
                                          {"Laatste reactie", "reacted"},
                                          {"Postcode", "postcode"},
                                          {"Buurtnaam", "buurt"},
                                          {"Naam", NULL},
                                          {"Voorletters", NULL},
                                          {"Naam partner", NULL},
                                          {"e-mailadres", NULL}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++)
        assert_field(WKS_OWN_TERMS_SEEKERS, pair[i][0], pair[i][1]);
}

static void columns_about_people_are_refused(void **state)
{
    (void)state;
    static const char *const column[] = {
        "BSN",    "Burgerservicenummer", "Achternaam", "naam",      "Naam aanvrager", "E-mail",       "Telefoon 1",  "Mobiel",
        "IBAN",   "Straatnaam",          "Huisnummer", "Woonadres", "Nationaliteit",  "Geboorteland", "Opmerkingen", "Relatie.bsn",
        "Huis-nr"};
    for (size_t i = 0; i < sizeof column / sizeof *column; i++) {
        if (wks_own_terms_refusal(WKS_OWN_TERMS_SEEKERS, column[i]) == NULL) fail_msg("'%s' is not refused", column[i]);
    }
    assert_null(wks_own_terms_refusal(WKS_OWN_TERMS_SEEKERS, "Postcode (woonadres)"));
    assert_null(wks_own_terms_refusal(WKS_OWN_TERMS_SEEKERS, "Inschrijfdatum"));
    assert_null(wks_own_terms_refusal(WKS_OWN_TERMS_DWELLINGS, "Complexnaam"));
}

static void words_are_known(void **state)
{
    (void)state;
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_TYPE, "Galerijflat"), 1);
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_TYPE, "TUS"), 0);
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_TYPE, "Twee-onder-een-kapwoning"), 0);
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_TYPE, "apartment"), 1);
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_TYPE, "Parkeerplaats auto"), WKS_OWN_TERMS_OTHER);
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_TYPE, "Kamer"), WKS_OWN_TERMS_ROOM);
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_TYPE, "tussen"), -1); /* part of a word is no word */
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_LABEL, "55+"), 1);
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_SEGMENT, "niet-DAEB"), 2);
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_SEGMENT, ""), -1);
    assert_int_equal(wks_own_terms_word_of(WKS_OWN_TERMS_URGENCY, "Medische urgentie"), 2);
    assert_true(wks_own_terms_same("Caf\xC3\xA9", "cafe"));
    assert_false(wks_own_terms_same("+", "-"));
}

static void description_has_every_field(void **state)
{
    (void)state;
    wks_text text = WKS_TEXT_INIT;
    wks_own_terms_describe(true, &text);
    for (int file = 0; file < WKS_OWN_TERMS_N_FILES; file++) {
        int32_t n;
        const wks_own_terms_field *field = wks_own_terms_fields((wks_own_terms_file)file, &n);
        for (int32_t f = 0; f < n; f++)
            assert_contains(text.data, field[f].help);
    }
    wks_text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_of_dwellings_are_recognised), cmocka_unit_test(columns_of_seekers_are_recognised),
        cmocka_unit_test(columns_about_people_are_refused),    cmocka_unit_test(words_are_known),
        cmocka_unit_test(description_has_every_field),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
