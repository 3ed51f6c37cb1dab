#include "import/own_place.h"

#include "own_rows_made.h"

static int32_t place_of(const char *buurt, const char *postcode, const wks_own_postcode *table, int32_t n_errors, int32_t n_empty)
{
    own_rows_made m;
    wks_text text = WKS_TEXT_INIT;
    wks_text_addf(&text, "inschrijfnummer;inschrijfdatum;buurt;postcode\n1;01-01-2020;%s;%s\n", buurt, postcode);
    own_rows_make(&m, WKS_OWN_TERMS_SEEKERS, text.data);
    m.source.postcode = table;
    wks_own_reader r = own_rows_reader(&m, WKS_OWN_TERMS_SEEKERS);
    const int32_t row = wks_own_place(&r, WKS_OWN_TERMS_S_BUURT, WKS_OWN_TERMS_S_POSTCODE);
    assert_int_equal(m.problems.n_errors, n_errors);
    assert_int_equal(r.is_bad, n_errors > 0);
    assert_int_equal(m.rows.n_empty[WKS_OWN_TERMS_SEEKERS][WKS_OWN_TERMS_S_BUURT], n_empty);
    wks_own_reader_close(&r);
    own_rows_end(&m);
    wks_text_free(&text);
    return row;
}

static void place_is_found_by_code_or_name(void **state)
{
    (void)state;
    assert_int_equal(place_of("BU99010101", "", NULL, 0, 0), 1);
    assert_int_equal(place_of("99010200", "", NULL, 0, 0), 2);
    assert_int_equal(place_of("oost", "", NULL, 0, 0), 0);
    assert_int_equal(place_of("BU03440101", "", NULL, 0, 0), WKS_OWN_PLACE_OUTSIDE);
    assert_int_equal(place_of("", "", NULL, 0, 1), -1);
}

static void place_is_found_by_postcode(void **state)
{
    (void)state;
    wks_own_postcode_entry entry[] = {{"1234AB", 1}, {"1234AC", WKS_OWN_POSTCODE_OUTSIDE}};
    const wks_own_postcode table = {entry, 2};
    assert_int_equal(place_of("", "1234 ab", &table, 0, 0), 1);
    assert_int_equal(place_of("", "1234AC", &table, 0, 0), WKS_OWN_PLACE_OUTSIDE);
    assert_int_equal(place_of("", "9999ZZ", &table, 0, 0), WKS_OWN_PLACE_OUTSIDE);
    assert_int_equal(place_of("Oost", "1234AB", &table, 0, 0), 0); /* the buurt wins */
}

static void place_unknown_errors(void **state)
{
    (void)state;
    const wks_own_postcode table = {NULL, 0};
    assert_int_equal(place_of("Noord", "", NULL, 1, 0), WKS_OWN_PLACE_BAD);
    assert_int_equal(place_of("West", "", NULL, 1, 0), WKS_OWN_PLACE_BAD); /* two buurten of that name */
    assert_int_equal(place_of("BU99019999", "", NULL, 1, 0), WKS_OWN_PLACE_BAD);
    assert_int_equal(place_of("", "straat 3", &table, 1, 0), WKS_OWN_PLACE_BAD);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(place_is_found_by_code_or_name),
        cmocka_unit_test(place_is_found_by_postcode),
        cmocka_unit_test(place_unknown_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
