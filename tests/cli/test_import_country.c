/* The files of the country as users download them, where they are: the six cities of the policy study, Amsterdam 2017, the whole country, and
 * files that are not what they should be. */
#include <math.h>
#include <sys/stat.h>

#include "base/csv.h"
#include "base/file.h"
#include "importer.h"
#include "support/fixture_city.h"

#define WIJKSIM WKS_BIN_DIR "/wijksim"

enum { MAX_FILES = 12 };

static const char *const of_2024[] = {"statline/Kerncijfers_wijken_en_buurten_2024_geslachten.csv",
                                      "statline/Kerncijfers_wijken_en_buurten_2024_11122025_141648.csv",
                                      "kwb_gemeente/kwb2024_clean.csv",
                                      "statline/Regionale_kerncijfers_Nederland_11122025_133649.csv",
                                      "statline/Inkomen_van_huishoudens__regio_11122025_135329.csv",
                                      "tmap/NLD_dist_2022.csv",
                                      "leefbaarometer/lbm3_buurtscore24.csv",
                                      NULL};

/* `wijksim-import cbs FILE... EXTRA...` with files of the shared data. */
static wks_run import(const char *folder, const char *const *file, const char *const *extra, int expected)
{
    const char *arguments[IMPORTER_MAX_ARGUMENTS] = {NULL};
    char *path[MAX_FILES] = {NULL};
    size_t n = 0;
    for (size_t i = 0; file[i] != NULL; i++) {
        path[i] = wks_folder_path(wks_check_shared_data(), file[i]);
        arguments[n++] = path[i];
    }
    for (size_t i = 0; extra[i] != NULL; i++)
        arguments[n++] = extra[i];
    assert_true(n < IMPORTER_MAX_ARGUMENTS);
    wks_run run = importer_cbs(folder, arguments, expected);
    for (size_t i = 0; i < MAX_FILES; i++)
        free(path[i]);
    return run;
}

static void simulate(const char *folder, const char *ticks)
{
    char *scenario = wks_folder_path(wks_check_test_data(), "../../scenarios/00_reference.cfg"), *city = wks_folder_path(folder, "city");
    wks_text set = WKS_TEXT_INIT;
    wks_text_addf(&set, "city=%s", city);
    const char *argv[] = {WIJKSIM, "run", scenario, "--set",    set.data, "-t", ticks, "-r",
                          "1",     "-j",  "2",      "--verify", "-q",     "-o", "run", NULL};
    wks_run run = wks_run_program(argv, folder);
    if (run.exit_code != 0) fail_msg("run: exit %d\n%s", run.exit_code, run.err);
    wks_run_free(&run);
    wks_text_free(&set);
    free(scenario);
    free(city);
}

/* Published in CBS kwb 2024 of the gemeente: inhabitants, households, dwellings, per cent koop and corporatie. */
static const struct {
    const char *name, *code, *map;
    double persons, households, dwellings, owner, corporatie;
    int32_t n_buurten;
} six[] = {
    {"Groningen", "GM0014", "geo/GM0014_groningen_buurten_lbm2024.geojson", 243768, 145764, 124258, 0.40, 0.32, 151},
    {"Leeuwarden", "GM0080", "geo/GM0080_leeuwarden_buurten_lbm2024.geojson", 128810, 66821, 65594, 0.50, 0.28, 131},
    {"Ede", "GM0228", "geo/GM0228_ede_buurten_lbm2024.geojson", 123532, 52797, 52436, 0.65, 0.21, 71},
    {"Nijmegen", "GM0268", "geo/GM0268_nijmegen_buurten_lbm2024.geojson", 187049, 103271, 86410, 0.44, 0.38, 44},
    {"Breda", "GM0758", "geo/GM0758_breda_buurten_lbm2024.geojson", 188078, 91991, 87800, 0.55, 0.28, 56},
    {"Tilburg", "GM0855", "geo/GM0855_tilburg_buurten_lbm2024.geojson", 229836, 115829, 106200, 0.50, 0.32, 254},
};

static void six_cities_are_imported_and_run(void **state)
{
    (void)state;
    (void)wks_check_need_shared_data();
    for (size_t k = 0; k < sizeof six / sizeof *six; k++) {
        char *folder = wks_folder_make(), *map = wks_folder_path(wks_check_shared_data(), six[k].map);
        wks_run run = import(folder, of_2024, (const char *const[]){"--geometry", map, "-g", six[k].name, "-o", "city", NULL}, 0);
        assert_contains(run.out, "joined by line to");
        wks_city city = importer_city(folder, "city", true);
        assert_int_equal(city.n_buurten, six[k].n_buurten);
        assert_string_equal(city.gemeente[0].code, six[k].code);
        assert_close(wks_fixture_city_total(&city, WKS_CITY_persons), six[k].persons, 0.01, 0);
        assert_close(wks_fixture_city_total(&city, WKS_CITY_households), six[k].households, 0, 0);
        assert_close(wks_fixture_city_total(&city, WKS_CITY_dwellings), six[k].dwellings, 0, 0);
        assert_close(wks_fixture_city_per_dwelling(&city, WKS_CITY_share_owner), six[k].owner, 0, 0.011);
        assert_close(wks_fixture_city_per_dwelling(&city, WKS_CITY_share_corporatie), six[k].corporatie, 0, 0.011);
        for (int32_t i = 0; i < city.n_buurten; i++) { /* never told to be CBS data */
            for (int32_t c = WKS_CITY_households; c <= WKS_CITY_income_per_person_eur; c++)
                assert_true(city.buurt[i].origin[c] >= WKS_CITY_ORIGIN_wijk);
            assert_int_equal(city.buurt[i].origin[WKS_CITY_age_00_14], WKS_CITY_ORIGIN_rounded);
        }
        assert_true(city.geometry.n_areas > 0);
        simulate(folder, "2");
        wks_folder_free(&city);
        wks_run_free(&run);
        free(map);
        wks_folder_remove(folder);
    }
}

/* R's write.csv of a StatLine table: mangled labels, padded values, a first column of row numbers. */
static void amsterdam_2017_is_imported_and_runs(void **state)
{
    (void)state;
    static const char *const file[] = {"kwb/Kerncijfers_wijken_en_buurten_2017.csv", NULL};
    (void)wks_check_need_shared_data();
    char *folder = wks_folder_make();
    wks_run run = import(folder, file, (const char *const[]){"-g", "Amsterdam", "-o", "city", NULL}, 0);
    assert_contains(run.out, "StatLine, Kerncijfers wijken en buurten 2017");
    wks_city city = importer_city(folder, "city", true);
    assert_int_equal(city.n_buurten, 479);
    assert_int_equal(city.n_wijken, 99);
    assert_close(wks_fixture_city_total(&city, WKS_CITY_persons), 844947, 0.01, 0);
    assert_close(wks_fixture_city_per_dwelling(&city, WKS_CITY_share_corporatie), 0.42, 0, 0.011);
    const wks_city_area *zeedijk = &city.buurt[wks_folder_buurt_row(&city, "BU03630000")]; /* read off the file by hand */
    assert_string_equal(zeedijk->name, "Kop Zeedijk");
    assert_close(zeedijk->value[WKS_CITY_woz_eur], 307000, 0, 0);
    assert_close(zeedijk->value[WKS_CITY_income_per_person_eur], 34300, 0, 0);
    assert_close(zeedijk->value[WKS_CITY_share_private_rent], 0.74, 0, 0);
    assert_close(zeedijk->value[WKS_CITY_address_density], 6662, 0, 0);
    assert_close(zeedijk->value[WKS_CITY_area_ha], 6, 0, 0);
    simulate(folder, "1");
    wks_folder_free(&city);
    wks_run_free(&run);
    wks_folder_remove(folder);
}

static void amsterdam_2017_without_its_name_is_known_by_the_country(void **state)
{
    (void)state;
    (void)wks_check_need_shared_data();
    char *folder = wks_folder_make(), *bytes = NULL,
         *from = wks_folder_path(wks_check_shared_data(), "kwb/Kerncijfers_wijken_en_buurten_2017.csv");
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_read(from, &bytes, &n, &err), &err);
    free(wks_folder_put(folder, "download.csv", bytes));
    wks_run run = importer_cbs(folder, (const char *const[]){"download.csv", "-o", "city", NULL}, 0);
    assert_contains(run.out, "2017 (year by inhabitants of the country)");
    wks_run_free(&run);
    free(from);
    free(bytes);
    wks_folder_remove(folder);
}

/* 335 gemeenten by buurt; the seven whose rows are not in the tables as one area each. */
static void whole_country_is_imported(void **state)
{
    (void)state;
    (void)wks_check_need_shared_data();
    char *folder = wks_folder_make();
    wks_run run = import(folder, of_2024, (const char *const[]){"--gemeente", "all", "-o", "city", NULL}, 0);
    assert_contains(run.out, "Rotterdam (GM0599): no rows of buurten; taken as one area");
    wks_city city = importer_city(folder, "city", true);
    assert_int_equal(city.n_gemeenten, 342);
    assert_int_equal(city.n_buurten, 13511 + 7);
    assert_close(wks_fixture_city_total(&city, WKS_CITY_persons), 17942942, 0.001, 0);
    assert_close(wks_fixture_city_total(&city, WKS_CITY_households), 8374404, 0, 0); /* CBS kwb 2024, the 342 gemeenten added */
    int32_t row = wks_folder_buurt_row(&city, "BU0599ZZZZ");
    assert_true(row >= 0);
    assert_close(city.buurt[row].value[WKS_CITY_persons], 670610, 0, 0);
    assert_int_equal(city.buurt[row].origin[WKS_CITY_persons], WKS_CITY_ORIGIN_gemeente);
    assert_int_equal(city.geometry.n_areas, 0);
    wks_folder_free(&city);
    wks_run_free(&run);
    wks_folder_remove(folder);
}

static void files_that_are_not_what_they_should_be_errors(void **state)
{
    (void)state;
    static const struct {
        const char *file[3], *message;
    } cases[] = {
        /* A table of gemeenten only, its lines quoted once too often: read, but it has no buurten. */
        {{"statline/Inkomen_van_huishoudens__regio_11122025_135329.csv", NULL},
         "holds figures by name of region and no codes; expected also a table with the codes and inhabitants of buurten"},
        {{"statline/Kerncijfers_wijken_en_buurten_2024_11122025_141648.csv", NULL},
         "has no column of codes; expected also the table of the same download with codes (17025 rows)"},
        {{"leefbaarometer/lbm3_buurtscore24.csv", NULL}, "no file holds key figures"},
        {{"kwb_gemeente/kwb2024_clean.csv", NULL}, "gemeente Breda (GM0758) has no rows of kind Buurt"},
    };
    (void)wks_check_need_shared_data();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *folder = wks_folder_make(), *city = wks_folder_path(folder, "city");
        struct stat info;
        wks_run run = import(folder, cases[i].file, (const char *const[]){"-g", "Breda", "-o", "city", NULL}, 3);
        assert_contains(run.err, cases[i].message);
        assert_true(stat(city, &info) != 0);
        wks_run_free(&run);
        free(city);
        wks_folder_remove(folder);
    }
}

int main(void)
{
    if (!importer_is_built()) return 0;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(six_cities_are_imported_and_run),
        cmocka_unit_test(amsterdam_2017_is_imported_and_runs),
        cmocka_unit_test(amsterdam_2017_without_its_name_is_known_by_the_country),
        cmocka_unit_test(whole_country_is_imported),
        cmocka_unit_test(files_that_are_not_what_they_should_be_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
