#include "import/year.h"

#include "support/check.h"
#include "world/pace.h"

#include "import/regions.h"

static void year_of_a_name_is_no_date_of_download(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        int32_t year;
    } cases[] = {{"kwb-2023.xlsx", 2023},
                 {"kwb 2024 gedownload 2025-12-11.csv", 2024},
                 {"export 11-12-2025.csv", 0},
                 {"export 1-2-2025.csv", 0},
                 {"2025_12_11.csv", 0},
                 {"Kerncijfers_wijken_en_buurten_2024_11122025_141648.csv", 2024},
                 {"gemeenten 2019 kwb2020_clean.csv", 2020},
                 {"wijkenbuurten_2023_v3.gpkg", 2023},
                 {"85618NED_2023.csv", 2023},
                 {"2012.csv", 0},
                 {"12024.csv", 0},
                 {"2024*", 2024},
                 {"2024JJ00", 2024},
                 {"", 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (wks_year_in(cases[i].name) != cases[i].year) fail_msg("%s: %d", cases[i].name, (int)wks_year_in(cases[i].name));
}

static int32_t year_of(const char *name, const char *text, int32_t asked, wks_problems *problems, const char **from)
{
    wks_sheet sheet;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_sheet_parse_csv(name, text, strlen(text), &sheet, problems, &err), &err);
    const int32_t year = wks_year_of(&sheet, asked, wks_sheet_column(&sheet, "year"), wks_sheet_column(&sheet, "a_inw"),
                                     wks_sheet_column(&sheet, "gwb_code"), from, problems);
    wks_sheet_free(&sheet);
    return year;
}

static void year_of_the_country_wins_over_names_and_the_user(void **state)
{
    (void)state;
    static const char text[] = "gwb_code;a_inw\nNL00;17942942\nGM0758;188078\n";
    const char *from = NULL;
    wks_problems problems = WKS_PROBLEMS_INIT;
    assert_int_equal(year_of("x.csv", text, 0, &problems, &from), 2024);
    assert_string_equal(from, "inhabitants of the country");
    assert_int_equal(problems.n, 0);
    assert_int_equal(year_of("kwb-2017.csv", text, 0, &problems, &from), 2024);
    assert_int_equal(problems.n, 1);
    assert_true(problems.item[0].is_warning);
    (void)year_of("x.csv", text, 2019, &problems, &from);
    assert_int_equal(problems.n_errors, 1);
    assert_int_equal(year_of("x.csv", "year;gwb_code;a_inw\n2020;NL00;17942942\n", 2019, &problems, &from), 2020);
    assert_string_equal(from, "column");
    assert_int_equal(year_of("kwb-2018.csv", "gwb_code;a_inw\nGM0758;188078\n", 2019, &problems, &from), 2019);
    assert_int_equal(year_of("kwb-2018.csv", "gwb_code;a_inw\nGM0758;188078\n", 0, &problems, &from), 2018);
    wks_problems_free(&problems);
}

/* The importer warns where the model does not follow: both must know the same range. */
static void range_of_inschrijfduur_is_that_of_the_model(void **state)
{
    (void)state;
    assert_close(WKS_REGIONS_LEAST_YEARS, WKS_PACE_LEAST_YEARS, 0, 0);
    assert_close(WKS_REGIONS_MOST_YEARS, WKS_PACE_MOST_YEARS, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(year_of_a_name_is_no_date_of_download),
        cmocka_unit_test(year_of_the_country_wins_over_names_and_the_user),
        cmocka_unit_test(range_of_inschrijfduur_is_that_of_the_model),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
