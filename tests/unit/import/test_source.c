#include "import/source.h"

#include "made.h"
#include "proefstad.h"

static void source_proefstad_is_read(void **state)
{
    (void)state;
    made m;
    assert_ok(made_read(&m, PROEFSTAD), &m.err);
    assert_int_equal(m.sources.source[0].n_areas, 9);
    assert_int_equal(m.sources.source[0].year, 2023);
    const wks_source_area *oost = &m.sources.source[0].area[wks_source_row(&m.sources.source[0], "BU99990101")];
    assert_string_equal(oost->name, "Oost");
    assert_int_equal(oost->level, WKS_AREA_BUURT);
    assert_close(oost->value[WKS_CITY_persons], 1000, 0, 0);
    assert_close(oost->value[WKS_CITY_share_owner], 0.5, 0, 0);      /* 50 per cent */
    assert_close(oost->value[WKS_CITY_woz_eur], 300000, 0, 0);       /* 300 times 1 000 euro */
    assert_true(isnan(oost->value[WKS_CITY_income_per_person_eur])); /* '.' */
    const wks_source_area *haven = &m.sources.source[0].area[wks_source_row(&m.sources.source[0], "BU99990203")];
    assert_true(isnan(haven->value[WKS_CITY_origin_nl]));             /* padded '.' */
    assert_true(isnan(haven->value[WKS_CITY_origin_europe]));         /* -99997 */
    assert_true(isnan(haven->value[WKS_CITY_origin_outside_europe])); /* NA */
    assert_true(isnan(haven->value[WKS_CITY_share_private_rent]));    /* empty */
    assert_int_equal(wks_source_row(&m.sources.source[0], "BU00000000"), -1);
    made_free(&m);
}

static void source_row_order_is_irrelevant(void **state)
{
    (void)state;
    made a, b;
    made_draft(&a, PROEFSTAD);
    made_draft(&b, PROEFSTAD_HEADER PROEFSTAD_BUURTEN PROEFSTAD_WIJKEN PROEFSTAD_GEMEENTE);
    assert_int_equal(a.draft.n_buurten, b.draft.n_buurten);
    for (int32_t i = 0; i < a.draft.n_buurten; i++) {
        assert_string_equal(a.draft.buurt[i].code, b.draft.buurt[i].code);
        for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
            assert_close(a.draft.buurt[i].value[c], b.draft.buurt[i].value[c], 0, 0);
    }
    made_free(&a);
    made_free(&b);
}

static void source_older_names_are_mapped_by_year(void **state)
{
    (void)state;
    static const char text[] = "year;gwb_code;regio;gm_naam;recs;a_inw;g_woz;p_bewndw;p_mgezw;p_bjj2k\n"
                               "2018;GM9999;P;P;Gemeente;11;200;.;.;.\n2018;BU99990101;B;P;Buurt;10;210;93;40;80\n";
    made m;
    assert_ok(made_read(&m, text), &m.err);
    const wks_source_area *b = &m.sources.source[0].area[1];
    assert_int_equal(m.sources.source[0].year, 2018);
    assert_string_equal(m.sources.source[0].year_from, "column");
    assert_close(b->value[WKS_CITY_woz_eur], 210000, 0, 0);
    assert_close(b->value[WKS_CITY_share_vacant], 0.07, 0, 1e-12);
    assert_close(b->value[WKS_CITY_share_single_family], 0.6, 0, 1e-12);
    assert_close(b->value[WKS_CITY_share_built_since_2000], 0.2, 0, 1e-12);
    made_free(&m);
}

static void source_letters_in_codes_are_kept(void **state)
{
    (void)state;
    char parent[11];
    wks_area_parent("BU0363AD01", WKS_AREA_WIJK, parent);
    assert_string_equal(parent, "WK0363AD");
    wks_area_parent("WK0363AD", WKS_AREA_GEMEENTE, parent);
    assert_string_equal(parent, "GM0363");
}

/* One changed cell a case: what must be said, with its place. */
static void source_bad_cells_errors(void **state)
{
    (void)state;
    static const struct {
        const char *row, *message;
    } cases[] = {
        {"BU99990109;X;Proefstad;Buurt;veel\n",
         "kwb2023.csv:2:30: error: 'veel' in column a_inw is no number; expected a number or '.' for missing"},
        {"BU99990109;X;Proefstad;Buurt;-5\n", ":2:30: error: -5 in column a_inw is out of range; expected 0 to 10000000"},
        {"BU99990109;X;Proefstad;Burt;5\n",
         ":2:24: error: 'Burt' is no kind of area; expected Buurt, Wijk, Gemeente or Land; nearest valid name is 'Buurt'"},
        {"BU999901;X;Proefstad;Buurt;5\n", ":2:1: error: 'BU999901' is no code of a Buurt; expected one like BU03440111"},
        {"WK999901;X;Proefstad;Buurt;5\n", ":2:1: error: 'WK999901' is no code of a Buurt"},
        {"BU99990101;X;P;Buurt;5\nBU99990101;X;P;Buurt;5\n", ":3:1: error: code BU99990101 occurs twice; expected each area once"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        made m;
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text, "gwb_code;regio;gm_naam;recs;a_inw\n%s", cases[i].row);
        assert_status(made_read(&m, text.data), WKS_ERR_DATA, &m.err);
        made_assert_problem(&m, cases[i].message);
        wks_text_free(&text);
        made_free(&m);
    }
}

static void source_decimal_comma_among_points_errors(void **state)
{
    (void)state;
    made m;
    assert_status(
        made_read(&m,
                  "gwb_code;regio;gm_naam;recs;a_inw;g_hhgro;p_koopw\nBU99990101;A;P;Buurt;5;2.1;40\nBU99990102;B;P;Buurt;5;2.0;40,5\n"),
        WKS_ERR_DATA, &m.err);
    made_assert_problem(&m,
                        ":3:28: error: '40,5' in column p_koopw has a decimal comma; expected a decimal point as elsewhere in this file");
    assert_int_equal(m.problems.n_errors, 1);
    made_free(&m);
}

static void source_decimal_comma_throughout_is_read(void **state)
{
    (void)state;
    made m;
    assert_ok(made_read(&m, "gwb_code;regio;gm_naam;recs;a_inw;p_koopw\nBU99990101;A;P;Buurt;5;40,5\n"), &m.err);
    assert_close(m.sources.source[0].area[0].value[WKS_CITY_share_owner], 0.405, 0, 1e-12);
    made_free(&m);
}

static void source_all_problems_are_shown_errors(void **state)
{
    (void)state;
    made m;
    assert_status(made_read(&m, "gwb_code;regio;gm_naam;recs;a_inw;a_hh\nBU99990101;A;P;Buurt;weinig;veel\nBU99990102;B;P;Wijk;1;"
                                "1\nBU99990103;C;P;Buurt;1;enkele\n"),
                  WKS_ERR_DATA, &m.err);
    assert_int_equal(m.problems.n_errors, 4);
    made_free(&m);
}

static void source_missing_columns_errors(void **state)
{
    (void)state;
    made m;
    assert_status(made_read(&m, "gwb_cod;regio;gm_naam;recs;inwoners\nBU99990101;A;P;Buurt;1\n"), WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "column 'gwb_code' is missing; expected the names of a CBS kwb workbook; the nearest column is 'gwb_cod'");
    made_assert_problem(&m, "column 'a_inw' is missing");
    made_free(&m);
}

/* Selections that others made lack the area's name and its inhabitants: read for what they have, amounts in euro as they are. */
static void source_selection_without_inhabitants_is_read(void **state)
{
    (void)state;
    made m;
    assert_ok(made_read(&m, "year,gwb_code,gm_naam,recs,a_woning,a_hh,g_wozbag\n2024,GM9999,Proefstad,Gemeente,4,5,312000\n"), &m.err);
    const wks_source *source = &m.sources.source[0];
    assert_true(source->is_in_euro);
    assert_int_equal(source->year, 2024);
    assert_string_equal(source->area[0].name, "Proefstad");
    assert_close(source->area[0].value[WKS_CITY_woz_eur], 312000, 0, 0);
    assert_close(source->area[0].value[WKS_CITY_households], 5, 0, 0);
    assert_true(isnan(source->area[0].value[WKS_CITY_persons]));
    made_free(&m);
}

static void source_no_rows_errors(void **state)
{
    (void)state;
    made m;
    assert_status(made_read(&m, PROEFSTAD_HEADER), WKS_ERR_DATA, &m.err);
    made_assert_problem(&m, "has a header but no rows");
    made_free(&m);
}

/* The same two rows in every naming that CBS and others use. */
static void source_every_naming_gives_the_same_figures(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "gwb_code_10;regio;gm_naam;recs;gwb_code;a_inw;a_00_14;a_hh;a_1p_hh;g_woz;p_koopw;a_soz_wb\n"
        "BU9999AA01;Oost;P;Buurt;BU9999AA01;1000;150;500;250;300;50;30\n",
        "\xEF\xBB\xBF\"Wijken en buurten\";\"Regioaanduiding/Gemeentenaam (naam)\";\"Regioaanduiding/Soort regio (omschrijving)\";"
        "\"Regioaanduiding/Codering (code)\";\"Bevolking/Aantal inwoners (aantal)\";\"Bevolking/Leeftijdsgroepen/0 tot 15 jaar (aantal)\";"
        "\"Bevolking/Particuliere huishoudens/Huishoudens totaal (aantal)\";"
        "\"Bevolking/Particuliere huishoudens/Eenpersoonshuishoudens (aantal)\";"
        "\"Wonen/Gemiddelde WOZ-waarde van woningen (x 1 000 euro)\";\"Wonen/Woningen naar eigendom/Koopwoningen (%)\";"
        "\"Sociale zekerheid/Personen per soort uitkering; Bijstand (aantal)\"\r\n"
        "\"Oost\";\"P                   \";\"Buurt     \";\"BU9999AA01\";1000;150;500;250;300;50;30\r\n",
        "\"\",\"Wijken.en.buurten\",\"Regioaanduiding.Gemeentenaam..naam.\",\"Regioaanduiding.Soort.regio..omschrijving.\","
        "\"Regioaanduiding.Codering..code.\",\"Bevolking.Aantal.inwoners..aantal.\",\"Bevolking.Leeftijdsgroepen.0.tot.15.jaar..aantal.\","
        "\"Bevolking.Particuliere.huishoudens.Huishoudens.totaal..aantal.\","
        "\"Bevolking.Particuliere.huishoudens.Eenpersoonshuishoudens..aantal.\","
        "\"Wonen.Gemiddelde.WOZ.waarde.van.woningen..x.1.000.euro.\",\"Wonen.Woningen.naar.eigendom.Koopwoningen....\","
        "\"Sociale.zekerheid.Personen.per.soort.uitkering..Bijstand..aantal.\"\n"
        "\"1\",\"Oost\",\"P    \",\"Buurt     \",\"BU9999AA01\",\"  1000\",\"   150\",\"  500\",\"  250\",\"   300\",\"    50\",\"   "
        "30\"\n",
        "WijkenEnBuurten;Gemeentenaam_1;SoortRegio_2;Codering_3;AantalInwoners_5;k_0Tot15Jaar_8;HuishoudensTotaal_29;"
        "Eenpersoonshuishoudens_30;"
        "GemiddeldeWOZWaardeVanWoningen_36;Koopwoningen_41;PersonenPerSoortUitkeringBijstand_87\n"
        "Oost;P;Buurt     ;BU9999AA01;1000;150;500;250;300;50;30\n",
        "buurtcode,buurtnaam,wijkcode,gemeentecode,gemeentenaam,water,aantal_inwoners,percentage_personen_0_tot_15_jaar,aantal_huishoudens,"
        "percentage_eenpersoonshuishoudens,gemiddelde_woningwaarde,percentage_koopwoningen,"
        "aantal_personen_met_een_algemene_bijstandsuitkering_totaal\n"
        "BU9999AA01,Oost,WK9999AA,GM9999,P,NEE,1000,15,500,50,300,50,30\nBU9999AA99,zee,WK9999AA,GM9999,P,JA,-99997,-99997,-99997,-99997,"
        "-99997,-99997,-99997\n",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        made m;
        made_begin(&m);
        assert_ok(made_add(&m, "any-2019.csv", texts[i]), &m.err);
        const wks_source *source = &m.sources.source[0];
        assert_int_equal(source->n_areas, 1);
        assert_int_equal(source->n_mapped, 7);
        const wks_source_area *oost = &source->area[0];
        assert_string_equal(oost->code, "BU9999AA01");
        assert_string_equal(oost->name, "Oost");
        assert_string_equal(oost->gemeente_name, "P");
        assert_int_equal(oost->level, WKS_AREA_BUURT);
        assert_close(oost->value[WKS_CITY_persons], 1000, 0, 0);
        assert_close(oost->value[WKS_CITY_age_00_14], 150, 0, 0);
        assert_close(oost->value[WKS_CITY_households], 500, 0, 0);
        assert_close(oost->value[WKS_CITY_households_one_person], 250, 0, 0);
        assert_close(oost->value[WKS_CITY_woz_eur], 300000, 0, 0);
        assert_close(oost->value[WKS_CITY_share_owner], 0.5, 0, 0);
        assert_close(oost->value[WKS_CITY_bijstand], 30, 0, 0);
        made_free(&m);
    }
}

static void source_columns_that_add_up_are_added(void **state)
{
    (void)state;
    made m;
    assert_ok(
        made_read(&m, "\"Perioden\";\"Regio's\";\"Bevolking/Totale bevolking (aantal)\";\"x/Leeftijdsgroepen/Jonger dan 5 jaar (aantal)\";"
                      "\"x/Leeftijdsgroepen/5 tot 10 jaar (aantal)\";\"x/Leeftijdsgroepen/10 tot 15 jaar (aantal)\";"
                      "\"x/Leeftijdsgroepen, relatief/Jonger dan 5 jaar (%)\"\n"
                      "\"2024\";\"Proefstad\";90;1;1;1;1,1\n\"2025*\";\"Proefstad\";100;4;5;6;4,0\n"),
        &m.err);
    const wks_source *source = &m.sources.source[0];
    assert_int_equal(source->year, 2025);
    assert_int_equal(source->n_areas, 1);
    assert_int_equal(source->n_other_period, 1);
    assert_close(source->area[0].value[WKS_CITY_persons], 100, 0, 0);
    assert_close(source->area[0].value[WKS_CITY_age_00_14], 15, 0, 0);
    made_free(&m);
}

static void source_year_is_found_from_the_country(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_ok(made_add(&m, "any.csv", "gwb_code;regio;gm_naam;recs;a_inw\nNL00;Nederland;Nederland;Land;17590672\n"), &m.err);
    assert_int_equal(m.sources.source[0].year, 2022);
    assert_string_equal(m.sources.source[0].year_from, "inhabitants of the country");
    made_free(&m);
}

static void source_shares_for_per_cent_are_read_as_shares(void **state)
{
    (void)state;
    made m;
    assert_ok(
        made_read(&m, "gwb_code;regio;gm_naam;recs;a_inw;p_koopw;p_leegsw\nBU99990101;A;P;Buurt;5;0.44;1\nBU99990102;B;P;Buurt;5;0;0\n"),
        &m.err);
    assert_true(m.sources.source[0].is_in_shares);
    assert_close(m.sources.source[0].area[0].value[WKS_CITY_share_owner], 0.44, 0, 1e-12);
    assert_close(m.sources.source[0].area[0].value[WKS_CITY_share_vacant], 0.01, 0, 1e-12); /* whole numbers: 1 per cent */
    made_free(&m);
}

static void source_counts_with_a_sign_of_thousands_errors(void **state)
{
    (void)state;
    made m;
    assert_status(made_read(&m, "gwb_code;regio;gm_naam;recs;a_inw\nBU99990101;A;P;Buurt;4.205\n"), WKS_ERR_DATA, &m.err);
    made_assert_problem(&m,
                        ":2:22: error: 4.205 in column a_inw is no whole number; expected a count (is the sign in it one of thousands?)");
    made_free(&m);
}

/* --year is for tables that do not tell theirs. */
static void source_year_of_a_column_wins_over_what_is_asked(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    m.year = 2021;
    assert_ok(made_add(&m, "a.csv", "year,gwb_code,gm_naam,recs,a_inw\n2024,GM9999,P,Gemeente,4\n"), &m.err);
    assert_ok(made_add(&m, "b-2019.csv", "gwb_code,gm_naam,recs,a_inw\nGM9999,P,Gemeente,4\n"), &m.err);
    assert_int_equal(m.sources.source[0].year, 2024);
    assert_int_equal(m.sources.source[1].year, 2021);
    made_free(&m);
}

static void keys_keep_letters_and_digits_only(void **state)
{
    (void)state;
    char key[64];
    assert_string_equal(wks_columns_key("Bevolking/Aantal inwoners (aantal)", key, sizeof key), "bevolkingaantalinwonersaantal");
    assert_string_equal(wks_columns_key("Bevolking.Aantal.inwoners..aantal.", key, sizeof key), "bevolkingaantalinwonersaantal");
    assert_string_equal(wks_columns_key("", key, sizeof key), "");
    assert_string_equal(wks_columns_key("abcdef", key, 4), "abc");
}

/* Every one of our columns but the Leefbaarometer's can come from a workbook and from a label, and years of a name make sense. */
static void map_covers_every_column(void **state)
{
    (void)state;
    for (int c = 0; c < WKS_CITY_lbm_won; c++) {
        int n_workbook = 0, n_label = 0;
        for (int32_t i = 0; i < wks_columns_n; i++) {
            n_workbook += wks_columns_table[i].ours == c && wks_columns_table[i].naming == WKS_COLUMNS_WORKBOOK;
            n_label += wks_columns_table[i].ours == c && wks_columns_table[i].naming == WKS_COLUMNS_LABEL;
        }
        assert_true(n_workbook >= 1);
        assert_true(n_label >= 1);
    }
    for (int32_t i = 0; i < wks_columns_n; i++) {
        assert_true(wks_columns_table[i].first_year <= wks_columns_table[i].last_year);
        assert_true(wks_columns_table[i].factor != 0.0);
    }
}

static void source_parts_that_add_up_to_too_much_errors(void **state)
{
    (void)state;
    made m;
    made_begin(&m);
    assert_status(made_add(&m, "kwb-2024.csv",
                           "Codering;Aantal inwoners;Leeftijdsgroepen/65 tot 80 jaar;Leeftijdsgroepen/80 jaar of ouder\n"
                           "BU99990101;10;9000000;9000000\n"),
                  WKS_ERR_DATA, &m.err);
    made_assert_problem(
        &m, "kwb-2024.csv:2:15: error: Leeftijdsgroepen/65 tot 80 jaar and the columns that belong to it add up to more than 10000000");
    made_free(&m);
}

/* The name of a line is no other figure in another naming: "percentage_met_herkomstland_nederland" is no number of persons. */
static void map_names_mean_one_thing(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_columns_n; i++)
        for (int32_t k = 0; k < wks_columns_n; k++) {
            const wks_columns_line *a = &wks_columns_table[i], *b = &wks_columns_table[k];
            if (!wks_columns_is(b, a->theirs)) continue;
            if (a->ours != b->ours || a->base != b->base || a->factor != b->factor || a->offset != b->offset)
                fail_msg("'%s' is taken for '%s'", a->theirs, b->theirs);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(source_proefstad_is_read),
        cmocka_unit_test(source_row_order_is_irrelevant),
        cmocka_unit_test(source_older_names_are_mapped_by_year),
        cmocka_unit_test(source_letters_in_codes_are_kept),
        cmocka_unit_test(source_bad_cells_errors),
        cmocka_unit_test(source_decimal_comma_among_points_errors),
        cmocka_unit_test(source_decimal_comma_throughout_is_read),
        cmocka_unit_test(source_all_problems_are_shown_errors),
        cmocka_unit_test(source_missing_columns_errors),
        cmocka_unit_test(source_selection_without_inhabitants_is_read),
        cmocka_unit_test(source_every_naming_gives_the_same_figures),
        cmocka_unit_test(source_columns_that_add_up_are_added),
        cmocka_unit_test(source_year_is_found_from_the_country),
        cmocka_unit_test(source_shares_for_per_cent_are_read_as_shares),
        cmocka_unit_test(source_counts_with_a_sign_of_thousands_errors),
        cmocka_unit_test(source_year_of_a_column_wins_over_what_is_asked),
        cmocka_unit_test(keys_keep_letters_and_digits_only),
        cmocka_unit_test(source_no_rows_errors),
        cmocka_unit_test(map_covers_every_column),
        cmocka_unit_test(source_parts_that_add_up_to_too_much_errors),
        cmocka_unit_test(map_names_mean_one_thing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
