/* wijksim export: what other programs read from its files is what the tables hold; wrong use, hostile tables, full disks. */
#define _GNU_SOURCE /* unshare, mount */
#include <sched.h>
#include <sys/mount.h>

#include "cli/program.h"
#include "export/workbook.h"

/* Indicators of each kind: of areas, of groups, at scales, with unit or without, and often not defined. */
static const char some[] =
    "output.indicators=[\"D\",\"xPx\",\"share\",\"leefbaarheid\",\"persons\",\"persons_age\",\"households\",\"moves\","
    "\"lettings\",\"success_rate\",\"price_index\",\"wait_p50_months\"]";

/* A comparison of the city of the shipped scenarios (which has a map) over the end of a year in folder/caps, and a run in it: made once. */
typedef struct made {
    fixture *f;
    char *caps, *run, *map; /* run: a scenario in it */
} made;

static made *of_state(void **state)
{
    return *state;
}

static int begin(void **state)
{
    made *m = calloc(1, sizeof *m);
    void *inner = NULL;
    if (m == NULL || fixture_begin(&inner) != 0) return 1;
    m->f = inner;
    program_do(m->f->folder, 0, "compare", m->f->reference, m->f->cap, "-q", "-t", "4", "-r", "2", "-o", "caps", "--set", some, "--set",
               "start=2025-11", "--set", "output.buurt_every=2", NULL);
    m->caps = wks_folder_path(m->f->folder, "caps");
    m->run = wks_folder_path(m->caps, "plafond");
    m->map = wks_folder_path(m->run, "map.gpkg");
    *state = m;
    return 0;
}

static int end(void **state)
{
    made *m = *state;
    void *inner = m->f;
    free(m->caps);
    free(m->run);
    free(m->map);
    free(m);
    return fixture_end(&inner);
}

/* ---- other programs ---- */

static bool has_program(const char *name)
{
    const char *const argv[] = {"sh", "-c", "command -v \"$0\" >/dev/null", name, NULL};
    wks_run run = wks_run_program(argv, NULL);
    const bool has = run.exit_code == 0;
    wks_run_free(&run);
    return has;
}

#define need(program, why)                                        \
    do {                                                          \
        if (!has_program(program)) {                              \
            print_message("skipped: no %s (%s)\n", program, why); \
            skip();                                               \
        }                                                         \
    } while (0)

/* Runs a program that has to end well. */
static char *runs(const char *folder, const char *const *argv)
{
    wks_run run = wks_run_program(argv, folder);
    if (run.exit_code != 0) fail_msg("%s: exit %d\n%s%s", argv[0], run.exit_code, run.out, run.err);
    char *out = strdup(run.out);
    wks_run_free(&run);
    assert_non_null(out);
    return out;
}

static void equals(const made *m, const char *how, const char *folder, const char *target, const char *map)
{
    char *script = program_source("tests/cli/export_equal.py");
    const char *const argv[] = {"python3", script, how, folder, target, map, NULL};
    free(runs(m->f->folder, argv));
    free(script);
}

/* ---- csv ---- */

static void csv_is_equal_in_python(void **state)
{
    const made *m = of_state(state);
    need("python3", "Debian: python3");
    program_do(m->f->folder, 0, "export", "caps", "--to", "csv", NULL);
    program_do(m->f->folder, 0, "export", "caps", "--to", "csv", "--csv-dialect", "excel-nl", "-o", "nl", NULL);
    equals(m, "joined", m->caps, "2", "9");
    equals(m, "rfc4180", m->caps, "caps/export-rfc4180", NULL);
    equals(m, "excel-nl", m->caps, "nl", NULL);
    program_do(m->f->folder, 0, "export", "caps/plafond", "--to", "csv", "--csv-dialect", "excel-nl", NULL);
    equals(m, "excel-nl", m->run, "caps/plafond/export-excel-nl", NULL);
}

static void csv_is_equal_in_r(void **state)
{
    const made *m = of_state(state);
    need("Rscript", "Debian: r-base-core");
    char *script = program_source("tests/cli/export_equal.R");
    program_do(m->f->folder, 0, "export", "caps/plafond", "--to", "csv", "-o", "r-rfc", NULL);
    program_do(m->f->folder, 0, "export", "caps/plafond", "--to", "csv", "--csv-dialect", "excel-nl", "-o", "r-nl", NULL);
    const char *const argv[] = {"Rscript", "--vanilla", script, m->run, "r-rfc", "r-nl", NULL};
    char *out = runs(m->f->folder, argv);
    assert_contains(out, "equal");
    free(out);
    free(script);
}

/* ---- databases ---- */

static void sqlite_is_equal(void **state)
{
    const made *m = of_state(state);
    need("python3", "Debian: python3");
    program_do(m->f->folder, 0, "export", "caps", "--to", "sqlite", "-o", "caps.sqlite", NULL);
    program_do(m->f->folder, 0, "export", "caps/plafond", "--to", "sqlite", "-o", "run.sqlite", NULL);
    equals(m, "sqlite", m->caps, "caps.sqlite", NULL);
    equals(m, "sqlite", m->run, "run.sqlite", NULL);
}

/* Every scenario under every theory: rows tell of which. */
static void joined_tables_tell_the_theory(void **state)
{
    const made *m = of_state(state);
    need("python3", "Debian: python3");
    program_do(m->f->folder, 0, "compare", m->f->reference, m->f->cap, "-q", "-t", "2", "-r", "2", "--theories", "T0,T2", "-o", "theories",
               "--set", m->f->small, NULL);
    char *folder = wks_folder_path(m->f->folder, "theories");
    program_do(m->f->folder, 0, "export", "theories", "--to", "sqlite", NULL);
    program_do(m->f->folder, 0, "export", "theories", "--to", "csv", "--csv-dialect", "excel-nl", NULL);
    equals(m, "joined", folder, "4", "9");
    equals(m, "sqlite", folder, "theories/export.sqlite", NULL);
    equals(m, "excel-nl", folder, "theories/export-excel-nl", NULL);
    free(folder);
}

/* What of a comparison cannot be joined is told before anything is written. */
static void scenarios_that_do_not_fit_are_told(void **state)
{
    const made *m = of_state(state);
    program_do(m->f->folder, 0, "compare", m->f->reference, m->f->cap, "-q", "-t", "2", "-r", "2", "-o", "unfit", "--set", m->f->small,
               NULL);
    free(wks_folder_put(m->f->folder, "unfit/plafond/queue.csv", "scenario,tick,replication\nplafond,0,1\n"));
    free(wks_folder_put(
        m->f->folder, "unfit/plafond/monitor.csv",
        "scenario,replication,quarter,area,signal,value,trend,alarm\nplafond,1,2025-1,x,load,1,1\nplafond,1,2025-1,x,load,veel,1,none\n"));
    wks_run run = program_run(m->f->folder, 3, "export", "unfit", "--to", "sqlite", NULL);
    assert_contains(run.err, "unfit/plafond/queue.csv:1: error: other columns than unfit/reference/queue.csv has");
    assert_contains(run.err, "unfit/plafond/monitor.csv:2: error: the row has 7 fields; expected 8, as the header has");
    assert_contains(run.err, "unfit/plafond/monitor.csv:3: error: column value: 'veel' is no number");
    wks_run_free(&run);
    assert_false(program_has(m->f->folder, "unfit/export.sqlite"));
}

static void geopackage_is_equal_and_as_the_standard_asks(void **state)
{
    const made *m = of_state(state);
    need("python3", "Debian: python3");
    program_do(m->f->folder, 0, "export", "caps", "--to", "gpkg", "-o", "caps.gpkg", NULL);
    program_do(m->f->folder, 0, "export", "caps/plafond", "--to", "gpkg", "-o", "run.gpkg", NULL);
    equals(m, "gpkg", m->caps, "caps.gpkg", m->map);
    equals(m, "gpkg", m->run, "run.gpkg", m->map);
}

/* Every indicator there is: each has a column of its own in area_month, and a row in the table of indicators. */
static void all_indicators_are_exported(void **state)
{
    const made *m = of_state(state);
    need("python3", "Debian: python3");
    program_do(m->f->folder, 0, "run", m->f->reference, "-q", "-t", "1", "-r", "1", "-o", "all", NULL);
    program_do(m->f->folder, 0, "export", "all", "--to", "gpkg", NULL);
    program_do(m->f->folder, 0, "export", "all", "--to", "sqlite", NULL);
    char *folder = wks_folder_path(m->f->folder, "all"), *map = wks_folder_path(folder, "map.gpkg");
    equals(m, "gpkg", folder, "all/export.gpkg", map);
    equals(m, "sqlite", folder, "all/export.sqlite", NULL);
    free(folder);
    free(map);
}

/* The map of a run, and the shapes of a city folder. */
static void geopackages_of_map_and_city_are_as_the_standard_asks(void **state)
{
    const made *m = of_state(state);
    need("python3", "Debian: python3");
    char *city = program_source("scenarios/cities/modelstad/buurten.gpkg");
    equals(m, "standard", m->map, city, NULL);
    free(city);
}

static void geopackage_opens_in_gdal(void **state)
{
    const made *m = of_state(state);
    const char *const argv[] = {"ogrinfo", "-al", "-so", "gdal.gpkg", NULL};
    need("ogrinfo", "Debian: gdal-bin");
    program_do(m->f->folder, 0, "export", "caps", "--to", "gpkg", "-o", "gdal.gpkg", NULL);
    char *out = runs(m->f->folder, argv);
    assert_contains(out, "Layer name: areas");
    assert_contains(out, "wijk_name: String");
    assert_contains(out, "Layer name: area_month");
    assert_contains(out, "Layer name: contrast");
    assert_contains(out, "date: Date");
    assert_contains(out, "leefbaarheid: Real");
    assert_null(strstr(out, "Warning"));
    free(out);
}

/* ---- xlsx ---- */

static bool lacks_xlsx(void)
{
    if (!wks_workbook_is_built) print_message("skipped: built without libxlsxwriter\n");
    return !wks_workbook_is_built;
}

static void xlsx_is_equal_in_gdal(void **state)
{
    const made *m = of_state(state);
    const char *const argv[] = {"ogr2ogr", "--config", "OGR_XLSX_HEADERS", "FORCE", "-f", "CSV", "ogr", "g.xlsx", NULL};
    if (lacks_xlsx()) skip();
    need("ogr2ogr", "Debian: gdal-bin");
    program_do(m->f->folder, 0, "export", "caps", "--to", "xlsx", "-o", "g.xlsx", NULL);
    free(runs(m->f->folder, argv));
    equals(m, "sheets", m->caps, "ogr/", NULL);
}

static void xlsx_is_equal_in_libreoffice(void **state)
{
    const made *m = of_state(state);
    if (lacks_xlsx()) skip();
    need("soffice", "Debian: libreoffice-calc");
    char *profile = wks_folder_path(m->f->folder, "profile");
    wks_text setting = WKS_TEXT_INIT;
    wks_text_addf(&setting, "-env:UserInstallation=file://%s", profile);
    const char *const argv[] = {"soffice",
                                "--headless",
                                setting.data,
                                "--convert-to",
                                "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
                                "--outdir",
                                "lo",
                                "l.xlsx",
                                NULL};
    program_do(m->f->folder, 0, "export", "caps/plafond", "--to", "xlsx", "-o", "l.xlsx", NULL);
    free(runs(m->f->folder, argv));
    equals(m, "sheets", m->run, "lo/l-", NULL);
    wks_text_free(&setting);
    free(profile);
}

/* ---- the same bytes, its own files ---- */

static void same_results_make_the_same_bytes_and_own_files_are_replaced(void **state)
{
    const made *m = of_state(state);
    static const char *const formats[] = {"gpkg", "sqlite", "xlsx"};
    for (size_t i = 0; i < (wks_workbook_is_built ? 3u : 2u); i++) {
        wks_text own = WKS_TEXT_INIT, other = WKS_TEXT_INIT;
        wks_text_addf(&own, "caps/export.%s", formats[i]);
        wks_text_addf(&other, "../other.%s", formats[i]);
        program_do(m->f->folder, 0, "export", "caps", "--to", formats[i], NULL);
        program_do(m->f->folder, 0, "export", "caps", "--to", formats[i], NULL);
        program_do(m->caps, 0, "export", ".", "--to", formats[i], "-o", other.data, NULL);
        char a[65], b[65];
        wks_err err = WKS_ERR_INIT;
        char *path_a = wks_folder_path(m->f->folder, own.data), *path_b = wks_folder_path(m->caps, other.data);
        assert_ok(wks_file_sha256(path_a, a, &err), &err);
        assert_ok(wks_file_sha256(path_b, b, &err), &err);
        assert_string_equal(a, b);
        program_says(m->caps, 2, "--force replaces it", "export", ".", "--to", formats[i], "-o", other.data, NULL);
        program_do(m->caps, 0, "export", ".", "--to", formats[i], "-o", other.data, "--force", NULL);
        free(path_a);
        free(path_b);
        wks_text_free(&own);
        wks_text_free(&other);
    }
    program_assert_no_leftovers(m->f->folder);
}

/* What was made of results goes away with them, and nothing else. */
static void exports_and_report_go_with_the_results_they_tell_of(void **state)
{
    const made *m = of_state(state);
    static const char *const made_of_it[] = {"report.html", "export.sqlite", "export-rfc4180/city.csv", "export-excel-nl"};
    for (int i = 0; i < 3; i++) {
        const char *const how = i == 0 ? "--force" : "--resume", *const last = i == 2 ? "3" : "2";
        program_do(m->f->folder, 0, "run", m->f->reference, "-q", "-t", "2", "-r", i == 2 ? "2" : "1", "-o", "again", "--force", "--set",
                   m->f->small, NULL);
        program_do(m->f->folder, 0, "report", "again", "-q", NULL);
        program_do(m->f->folder, 0, "export", "again", "--to", "sqlite", NULL);
        program_do(m->f->folder, 0, "export", "again", "--to", "csv", NULL);
        program_do(m->f->folder, 0, "export", "again", "--to", "csv", "--csv-dialect", "excel-nl", NULL);
        free(wks_folder_put(m->f->folder, "again/export-rfc4180/mijn.csv", "van mij\n"));
        for (size_t k = 0; k < 4; k++) {
            char *path = wks_folder_path("again", made_of_it[k]);
            assert_true(program_has(m->f->folder, path));
            free(path);
        }
        program_do(m->f->folder, 0, "run", m->f->reference, "-q", "-t", "2", "-r", last, "-o", "again", how, "--set", m->f->small, NULL);
        for (size_t k = 0; k < 4; k++) {
            char *path = wks_folder_path("again", made_of_it[k]);
            if (program_has(m->f->folder, path)) fail_msg("%s is still there after %s", path, how);
            free(path);
        }
        assert_true(program_has(m->f->folder, "again/export-rfc4180/mijn.csv"));
    }
}

/* ---- studies: columns of their own ---- */

static void a_sweep_and_a_calibration_are_exported(void **state)
{
    const made *m = of_state(state);
    static const char study[] = "name = \"lijn\"; function = \"linear\"; noise = 0.05; replications = 2; seed = 4;\n"
                                "parameters = ( { name = \"x\"; low = 0.0; high = 1.0; }, { name = \"z\"; low = 0.0; high = 2.0; } );\n"
                                "outcomes = ( { name = \"y\"; indicator = \"y\"; } );\n";
    static const char sweep[] = "design = { method = \"lhs\"; points = 40; };\n";
    static const char calibrate[] = "targets = ( { outcome = \"y\"; value = 1.9; sd = 0.05; } );\n"
                                    "calibration = { method = \"abc\"; evaluations = 300; };\n";
    need("python3", "Debian: python3");
    for (int i = 0; i < 2; i++) {
        const char *command = i == 0 ? "sweep" : "calibrate";
        wks_text text = WKS_TEXT_INIT;
        wks_text_addf(&text, "%s%s", study, i == 0 ? sweep : calibrate);
        char *path = wks_folder_put(m->f->folder, "study.cfg", text.data), *out = wks_folder_path(m->f->folder, command);
        program_do(m->f->folder, 0, command, path, "-q", "-o", command, NULL);
        program_do(m->f->folder, 0, "export", command, "--to", "sqlite", "-o", "study.sqlite", "--force", NULL);
        equals(m, "sqlite", out, "study.sqlite", NULL);
        program_do(m->f->folder, 0, "export", command, "--to", "csv", "-o", i == 0 ? "sweep-csv" : "calibrate-csv", NULL);
        equals(m, "rfc4180", out, i == 0 ? "sweep-csv" : "calibrate-csv", NULL);
        if (wks_workbook_is_built) program_do(m->f->folder, 0, "export", command, "--to", "xlsx", NULL);
        program_says(m->f->folder, 3, "has no map.gpkg", "export", command, "--to", "gpkg", NULL);
        program_do(m->f->folder, 0, "export", command, "--to", "sqlite", NULL);
        program_do(m->f->folder, 0, "export", command, "--to", "csv", NULL);
        program_do(m->f->folder, 0, command, path, "-q", "-o", command, "--force", NULL);
        char *own = wks_folder_path(command, "export-rfc4180"), *database = wks_folder_path(command, "export.sqlite");
        assert_false(program_has(m->f->folder, own) || program_has(m->f->folder, database));
        free(own);
        free(database);
        wks_text_free(&text);
        free(path);
        free(out);
    }
}

/* ---- what is wrong ---- */

static void wrong_use_is_told_at_once(void **state)
{
    const made *m = of_state(state);
    program_says(m->f->folder, 2, "expected --to xlsx, gpkg, sqlite or csv", "export", "caps", NULL);
    wks_run run = program_run(m->f->folder, 2, "export", "caps", "--to", "ods", "--csv-dialect", "excel-de", NULL);
    assert_contains(run.err, "--to 'ods' is none of xlsx, gpkg, sqlite, csv");
    assert_contains(run.err, "--csv-dialect 'excel-de' is neither rfc4180 nor excel-nl");
    wks_run_free(&run);
    program_says(m->f->folder, 2, "--tables goes with --to xlsx, sqlite or csv", "export", "caps", "--to", "gpkg", "--tables", "summary",
                 NULL);
    program_says(m->f->folder, 2, "has no table 'sumary'; it has ", "export", "caps", "--to", "csv", "--tables", "sumary", "-o", "none",
                 NULL);
    program_do(m->f->folder, 0, "export", "caps", "--to", "csv", "--tables", "contrasts,losers", "-o", "few", NULL);
    assert_true(program_has(m->f->folder, "few/contrasts.csv") && program_has(m->f->folder, "few/losers.csv"));
    assert_false(program_has(m->f->folder, "few/summary.csv") || program_has(m->f->folder, "few/lettings.csv"));
    program_says(m->f->folder, 2, "--csv-dialect goes with --to csv", "export", "caps", "--to", "sqlite", "--csv-dialect", "rfc4180", NULL);
    program_says(m->f->folder, 3, "is not a results folder", "export", ".", "--to", "csv", "-o", "none", NULL);
    program_says(m->f->folder, 3, "is not a results folder", "export", "nowhere", "--to", "sqlite", "-o", "none.sqlite", NULL);
    assert_false(program_has(m->f->folder, "none"));
    assert_false(program_has(m->f->folder, "none.sqlite"));
}

static void the_name_says_what_to_write(void **state)
{
    const made *m = of_state(state);
    static const struct {
        const char *name, *to;
    } same[] = {{"n.sqlite", "sqlite"}, {"n.db", "sqlite"}, {"n.GPKG", "gpkg"}, {"sub.csv/n.xlsx", "xlsx"}};
    for (size_t i = 0; i < (wks_workbook_is_built ? 4u : 3u); i++) {
        char a[65], b[65];
        wks_err err = WKS_ERR_INIT;
        program_do(m->f->folder, 0, "export", "caps/plafond", "-o", same[i].name, NULL);
        program_do(m->f->folder, 0, "export", "caps/plafond", "--to", same[i].to, "-o", "said", "--force", NULL);
        char *path_a = wks_folder_path(m->f->folder, same[i].name), *path_b = wks_folder_path(m->f->folder, "said");
        assert_ok(wks_file_sha256(path_a, a, &err), &err);
        assert_ok(wks_file_sha256(path_b, b, &err), &err);
        assert_string_equal(a, b);
        free(path_a);
        free(path_b);
    }
    program_do(m->f->folder, 0, "export", "caps/plafond", "-o", "named/", NULL);
    assert_true(program_has(m->f->folder, "named/city.csv"));
    program_do(m->f->folder, 0, "export", "caps/plafond", "-o", "named", "--force", "--csv-dialect", "excel-nl", NULL);
    char *city = program_get(m->f->folder, "named/city.csv");
    assert_contains(city, "scenario;replication;");
    free(city);
    program_says(m->f->folder, 2, "-o uit.ods does not say what to write; expected .xlsx, .gpkg, .sqlite or .db", "export", "caps", "-o",
                 "uit.ods", NULL);
    program_says(m->f->folder, 2, "-o uit does not say what to write", "export", "caps", "-o", "uit", NULL);
    program_says(m->f->folder, 2, "-o .xlsx does not say what to write", "export", "caps", "-o", ".xlsx", NULL);
    program_says(m->f->folder, 2, "FILE.sqlite, FILE.db, FOLDER/ (csv)", "export", "caps", NULL);
    program_says(m->f->folder, 2, "--csv-dialect goes with --to csv", "export", "caps", "-o", "x.db", "--csv-dialect", "rfc4180", NULL);
    assert_false(program_has(m->f->folder, "uit.ods"));
    program_assert_no_leftovers(m->f->folder);
}

/* A folder with a manifest and codebook of a run, and one table of this text. */
static void put_broken(const made *m, const char *city)
{
    static const char *const taken[] = {"manifest.json", "codebook.csv"};
    for (size_t i = 0; i < 2; i++) {
        char *text = program_get(m->run, taken[i]);
        char *name = wks_folder_path("broken", taken[i]);
        free(wks_folder_put(m->f->folder, name, text));
        free(name);
        free(text);
    }
    free(wks_folder_put(m->f->folder, "broken/city.csv", city));
}

static void broken_rows_are_all_named(void **state)
{
    const made *m = of_state(state);
    put_broken(m, "scenario,replication,tick,date,indicator,group,scale,value\n"
                  "a,1,0,2025-01,persons,,,12\n"
                  "a,1,0,2025-01,persons,,\n"
                  "a,1,0,2025-13,persons,,,12\n"
                  "a,1,0,2025-01,persons,,,twaalf\n"
                  "a,1,0,2025-01,per\"sons,,,12\n"
                  "a,1,0,2025-01,persons,\xff,,12\n"
                  "a,1,0,2025-01,\"never closed,,,12\n");
    wks_run run = program_run(m->f->folder, 3, "export", "broken", "--to", "sqlite", NULL);
    assert_contains(run.err, "broken/city.csv:3: error: the row has 7 fields; expected 8, as the header has");
    assert_contains(run.err, "broken/city.csv:4: error: column date: '2025-13' is no month");
    assert_contains(run.err, "broken/city.csv:5: error: column value: 'twaalf' is no number");
    assert_contains(run.err, "broken/city.csv:6: error: a quote inside a field without quotes");
    assert_contains(run.err, "broken/city.csv:7: error: not UTF-8");
    assert_contains(run.err, "broken/city.csv:8: error: a quote is never closed");
    wks_run_free(&run);
    assert_false(program_has(m->f->folder, "broken/export.sqlite"));
    put_broken(m, "");
    program_says(m->f->folder, 3, "broken/city.csv: error: is empty; expected a header", "export", "broken", "--to", "csv", NULL);
    assert_false(program_has(m->f->folder, "broken/export-rfc4180"));
}

/* Lettings of imported people are not taken along even where the file lies there; other people's tables neither. */
static void lettings_of_real_people_stay_out(void **state)
{
    const made *m = of_state(state);
    put_broken(m, "scenario,replication,tick,date,indicator,group,scale,value\na,1,0,2025-01,persons,,,12\n");
    char *manifest = program_get(m->run, "manifest.json");
    char *at = strstr(manifest, "\"synthetic\"");
    assert_non_null(at);
    memcpy(at, "\"imported\" ", 11);
    free(wks_folder_put(m->f->folder, "broken/manifest.json", manifest));
    free(wks_folder_put(m->f->folder, "broken/lettings.csv", "scenario,household\na,d2b9ed17bc5cb688\n"));
    free(wks_folder_put(m->f->folder, "broken/mine.csv", "secret\n1\n"));
    program_do(m->f->folder, 0, "export", "broken", "--to", "csv", "-o", "people", NULL);
    assert_true(program_has(m->f->folder, "people/city.csv"));
    assert_false(program_has(m->f->folder, "people/lettings.csv"));
    assert_false(program_has(m->f->folder, "people/mine.csv"));
    free(manifest);
}

/* Nor those of its scenarios, where the comparison alone says that people are real. */
static void lettings_of_real_people_are_not_joined(void **state)
{
    const made *m = of_state(state);
    program_do(m->f->folder, 0, "compare", m->f->reference, m->f->cap, "-q", "-t", "2", "-r", "2", "-o", "own", "--set", m->f->small, NULL);
    char *manifest = program_get(m->f->folder, "own/manifest.json");
    char *at = strstr(manifest, "\"synthetic\"");
    assert_non_null(at);
    memcpy(at, "\"imported\" ", 11);
    free(wks_folder_put(m->f->folder, "own/manifest.json", manifest));
    program_do(m->f->folder, 0, "export", "own", "--to", "csv", NULL);
    assert_true(program_has(m->f->folder, "own/plafond/lettings.csv"));
    assert_true(program_has(m->f->folder, "own/export-rfc4180/city.csv"));
    assert_false(program_has(m->f->folder, "own/export-rfc4180/lettings.csv"));
    free(manifest);
}

/* ---- a full disk ---- */

static void full_disk_leaves_nothing_half(void **state)
{
    const made *m = of_state(state);
    static const char *const formats[] = {"csv", "sqlite", "gpkg", "xlsx"};
    char *disk = wks_folder_path(m->f->folder, "disk");
    assert_int_equal(mkdir(disk, 0777), 0);
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", disk, "tmpfs", 0, "size=64k") != 0) {
        free(disk);
        print_message("skipped: this process may not mount a small disk (root may)\n");
        skip();
    }
    for (size_t i = 0; i < (wks_workbook_is_built ? 4u : 3u); i++) {
        program_do(m->f->folder, 1, "export", "caps/plafond", "--to", formats[i], "-o", "disk/out", NULL);
        char **names = NULL;
        size_t n = 0;
        wks_err err = WKS_ERR_INIT;
        assert_ok(wks_file_list(disk, &names, &n, &err), &err);
        if (n != 0) fail_msg("%s left %s", formats[i], names[0]);
        free(names);
    }
    assert_int_equal(umount2(disk, MNT_DETACH), 0);
    free(disk);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_is_equal_in_python),
        cmocka_unit_test(csv_is_equal_in_r),
        cmocka_unit_test(sqlite_is_equal),
        cmocka_unit_test(joined_tables_tell_the_theory),
        cmocka_unit_test(scenarios_that_do_not_fit_are_told),
        cmocka_unit_test(geopackage_is_equal_and_as_the_standard_asks),
        cmocka_unit_test(all_indicators_are_exported),
        cmocka_unit_test(geopackages_of_map_and_city_are_as_the_standard_asks),
        cmocka_unit_test(geopackage_opens_in_gdal),
        cmocka_unit_test(xlsx_is_equal_in_gdal),
        cmocka_unit_test(xlsx_is_equal_in_libreoffice),
        cmocka_unit_test(same_results_make_the_same_bytes_and_own_files_are_replaced),
        cmocka_unit_test(exports_and_report_go_with_the_results_they_tell_of),
        cmocka_unit_test(a_sweep_and_a_calibration_are_exported),
        cmocka_unit_test(wrong_use_is_told_at_once),
        cmocka_unit_test(the_name_says_what_to_write),
        cmocka_unit_test(broken_rows_are_all_named),
        cmocka_unit_test(lettings_of_real_people_stay_out),
        cmocka_unit_test(lettings_of_real_people_are_not_joined),
        cmocka_unit_test(full_disk_leaves_nothing_half),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
