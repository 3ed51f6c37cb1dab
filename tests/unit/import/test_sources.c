#include "import/sources.h"

#include "made.h"
#include "proefstad.h"

#define CODED                                                                                                                           \
    "Wijken en buurten;Regioaanduiding/Gemeentenaam (naam);Regioaanduiding/Soort regio (omschrijving);Regioaanduiding/Codering (code);" \
    "Bevolking/Aantal inwoners (aantal)\n"                                                                                              \
    "Proefstad;Proefstad;Gemeente;GM9999;30\nWijk 01;Proefstad;Wijk;WK999901;30\nOost;Proefstad;Buurt;BU99990101;10\n"                  \
    "West;Proefstad;Buurt;BU99990102;20\n"
#define TWIN_HEADER                                                                             \
    "Wijken en buurten;Regioaanduiding/Gemeentenaam (naam);Bevolking/Aantal inwoners (aantal);" \
    "Bevolking/Bevolking naar herkomst/Herkomstland/Nederland (aantal)\n"

static wks_status link(made *m)
{
    return wks_sources_link(&m->sources, &m->report, &m->problems, &m->err);
}

static void table_without_codes_is_joined_by_line(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(made_add(&m, "twin.csv",
                       TWIN_HEADER "Proefstad;Proefstad;30;25\nWijk 01;Proefstad;30;25\nOost;Proefstad;10;9\nWest;Proefstad;20;16\n"),
              &m.err);
    assert_ok(made_add(&m, "coded-2024.csv", CODED), &m.err);
    assert_ok(link(&m), &m.err);
    const wks_source *twin = &m.sources.source[0];
    assert_int_equal(twin->year, 2024);
    assert_close(twin->area[wks_source_row(twin, "BU99990102")].value[WKS_CITY_origin_nl], 16, 0, 0);
    assert_int_equal(twin->area[2].level, WKS_AREA_BUURT);
    assert_contains(m.report.data, "joined by line to");
    made_free(&m);
}

static void table_that_differs_on_a_line_errors(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *message;
    } cases[] = {
        {"Proefstad;Proefstad;30;25\nWijk 01;Proefstad;30;25\nWest;Proefstad;20;16\nOost;Proefstad;10;9\n",
         "twin.csv:4: error: 'West' is not what "},
        {"Proefstad;Proefstad;30;25\nWijk 01;Proefstad;30;25\nOost;Proefstad;11;9\nWest;Proefstad;20;16\n",
         "twin.csv:4: error: 'Oost' is not what "},
        {"Proefstad;Proefstad;30;25\n",
         "twin.csv:1: error: has no column of codes; expected also the table of the same download with codes (1 rows)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made m;
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text, "%s%s", TWIN_HEADER, cases[i].rows);
        made_begin(&m);
        assert_ok(made_add(&m, "coded-2024.csv", CODED), &m.err);
        assert_ok(made_add(&m, "twin.csv", text.data), &m.err);
        assert_status(link(&m), WKS_ERR_DATA, &m.err);
        made_assert_problem(&m, cases[i].message);
        wks_text_free(&text);
        made_free(&m);
    }
}

static void gemeenten_are_found_by_name(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(made_add(&m, "coded-2024.csv", CODED), &m.err);
    assert_ok(made_add(&m, "regions.csv",
                       "Perioden;Regio's;Bevolking/Particuliere huishoudens/Eenpersoonshuishoudens (aantal)\n"
                       "2024;Nederland;100\n2024;Proefstad (PV);60\n2024;Anderdorp;\n2024;Proefstad (gemeente);12\n"),
              &m.err);
    assert_ok(link(&m), &m.err);
    const wks_source *regions = &m.sources.source[1];
    assert_close(regions->area[wks_source_row(regions, "GM9999")].value[WKS_CITY_households_one_person], 12, 0, 0);
    assert_close(regions->area[wks_source_row(regions, "NL00")].value[WKS_CITY_households_one_person], 100, 0, 0);
    assert_contains(m.report.data, "2 of its 3 rows with figures found by name");
    made_free(&m);
}

static void table_without_a_year_takes_that_of_the_others(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(made_add(&m, "coded-2024.csv", CODED), &m.err);
    assert_ok(made_add(&m, "wijken.csv", "gwb_code;gm_naam;recs;a_inw;a_woning\nWK999901;P;Wijk;30;12\n"), &m.err);
    assert_ok(made_add(&m, "tmap.csv", "code,name,population,dwelling_total\nWK999901,Wijk 01,30,12\n"), &m.err);
    assert_ok(link(&m), &m.err);
    assert_int_equal(m.sources.source[1].year, 2024);
    assert_int_equal(m.sources.source[2].year, 2022); /* tmap has one year only */
    made_assert_problem(&m, "wijken.csv: warning: of which year it is is not told; taken to be of 2024");
    made_free(&m);
}

static void table_without_a_year_and_with_other_inhabitants_errors(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(made_add(&m, "coded-2024.csv", CODED), &m.err);
    assert_ok(made_add(&m, "wijken.csv", "gwb_code;gm_naam;recs;a_inw;a_woning\nWK999901;P;Wijk;29;12\n"), &m.err);
    assert_status(link(&m), WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "wijken.csv: error: of which year is it? It has other inhabitants than ");
    made_free(&m);
}

static void tables_without_any_year_errors(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(made_add(&m, "coded.csv", CODED), &m.err);
    assert_status(link(&m), WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "of which year is it? Neither a column nor the name of file or sheet tells; expected --year YYYY");
    made_free(&m);
}

static void table_with_inhabitants_of_buurten_is_the_base(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(made_add(&m, "gemeenten-2023.csv", "gwb_code,gm_naam,recs,a_inw\nGM9999,Proefstad,Gemeente,29\n"), &m.err);
    assert_ok(made_add(&m, "coded-2024.csv", CODED), &m.err);
    assert_ptr_equal(wks_sources_base(&m.sources), &m.sources.source[1]);
    made_free(&m);
}

/* A row without a code may be the country; of a gemeente or buurt such a figure is a mistake. */
static void figures_only_a_country_can_have_errors(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(made_add(&m, "coded-2024.csv", CODED), &m.err);
    assert_ok(made_add(&m, "regions.csv", "Regio's;Bevolking/Totale bevolking (aantal)\nNederland;17000000\nProefstad;17000000\n"), &m.err);
    assert_status(link(&m), WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "regions.csv:3: error: persons 17000000 of 'Proefstad' is out of range; expected at most 10000000");
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_without_codes_is_joined_by_line),
        cmocka_unit_test(table_that_differs_on_a_line_errors),
        cmocka_unit_test(gemeenten_are_found_by_name),
        cmocka_unit_test(table_without_a_year_takes_that_of_the_others),
        cmocka_unit_test(table_without_a_year_and_with_other_inhabitants_errors),
        cmocka_unit_test(tables_without_any_year_errors),
        cmocka_unit_test(table_with_inhabitants_of_buurten_is_the_base),
        cmocka_unit_test(figures_only_a_country_can_have_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
