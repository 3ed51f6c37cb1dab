#include "import/writer.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "import/cbs.h"
#include "import/estimate.h"
#include "import/fill.h"
#include "import/quality.h"
#include "import/regions.h"
#include "made.h"
#include "proefstad.h"

typedef struct work {
    char *folder, *kwb, *map, *scores, *city;
    wks_cbs_options options;
    const char *file[1], *maps[1], *score_files[1];
} work;

static void begin(work *w)
{
    memset(w, 0, sizeof *w);
    w->folder = wks_folder_make();
    w->kwb = wks_folder_put(w->folder, "kwb-2023.csv", PROEFSTAD);
    w->map = wks_folder_put(w->folder, "map.geojson", PROEFSTAD_MAP);
    w->scores = wks_folder_put(w->folder, "scores.csv", PROEFSTAD_SCORES);
    w->city = wks_folder_path(w->folder, "city");
    w->file[0] = w->kwb;
    w->maps[0] = w->map;
    w->score_files[0] = w->scores;
    w->options = (wks_cbs_options){.file = w->file,
                                   .n_files = 1,
                                   .geometry = w->maps,
                                   .n_geometries = 1,
                                   .leefbaarometer = w->score_files,
                                   .n_leefbaarometers = 1,
                                   .city = w->city};
}

static void end(work *w)
{
    free(w->kwb);
    free(w->map);
    free(w->scores);
    free(w->city);
    wks_folder_remove(w->folder);
}

static wks_status import(const wks_cbs_options *options, wks_err *err)
{
    wks_text report = WKS_TEXT_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_status rc = wks_cbs_import(options, &report, &problems, err);
    wks_text_free(&report);
    wks_problems_free(&problems);
    return rc;
}

static char *content(const work *w, const char *name)
{
    char *path = wks_folder_path(w->city, name), *text = wks_folder_get(path);
    free(path);
    return text;
}

static bool is_there(const char *folder, const char *name)
{
    char *path = wks_folder_path(folder, name);
    struct stat info;
    bool found = stat(path, &info) == 0;
    free(path);
    return found;
}

static void city_is_read_back_as_written(void **state)
{
    (void)state;
    work w;
    wks_err err = WKS_ERR_INIT;
    wks_city city;
    wks_problems problems = WKS_PROBLEMS_INIT;
    begin(&w);
    assert_ok(import(&w.options, &err), &err);
    assert_ok(wks_folder_read(w.city, &city, &problems, &err), &err);
    assert_problems(&problems, "");
    assert_string_equal(city.name, "proefstad");
    assert_string_equal(city.title, "Proefstad");
    assert_string_equal(city.date, "2023-01-01");
    assert_string_equal(city.source, "CBS, Kerncijfers wijken en buurten 2023; BZK, Leefbaarometer 3.0 2024");
    assert_int_equal(city.n_buurten, 6);
    assert_int_equal(city.geometry.n_areas, 4);
    const wks_city_area *zuid = &city.buurt[wks_folder_buurt_row(&city, "BU99990202")];
    assert_close(zuid->value[WKS_CITY_age_25_44], 56, 0, 0);
    assert_int_equal(zuid->origin[WKS_CITY_age_25_44], WKS_CITY_ORIGIN_wijk);
    assert_int_equal(zuid->origin[WKS_CITY_income_per_person_eur], WKS_CITY_ORIGIN_estimated);
    assert_close(city.gemeente[0].value[WKS_CITY_persons], 5213, 0, 0);
    assert_true(isnan(city.gemeente[0].value[WKS_CITY_income_per_person_eur])); /* margins hold what is published only */
    assert_close(city.wijk[0].value[WKS_CITY_share_owner], 0.52, 0, 0);
    /* Oost, West and Noord lie side by side, Haven 685 m further on. */
    int32_t oost = wks_folder_buurt_row(&city, "BU99990101"), haven = wks_folder_buurt_row(&city, "BU99990203");
    assert_int_equal(city.neighbour_start[oost + 1] - city.neighbour_start[oost], 1);
    assert_int_equal(city.neighbour_start[haven + 1] - city.neighbour_start[haven], 0);
    wks_folder_free(&city);
    wks_problems_free(&problems);
    end(&w);
}

static void city_twice_gives_the_same_bytes(void **state)
{
    (void)state;
    static const char *const files[] = {"city.cfg",   "buurten.csv", "margins.csv", "quality.csv",
                                        "quality.md", "inputs.csv",  "buurten.gpkg"};
    work a, b;
    wks_err err = WKS_ERR_INIT;
    begin(&a);
    begin(&b);
    assert_ok(import(&a.options, &err), &err);
    assert_ok(import(&b.options, &err), &err);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char x[65], y[65];
        char *p = wks_folder_path(a.city, files[i]), *q = wks_folder_path(b.city, files[i]);
        assert_ok(wks_file_sha256(p, x, &err), &err);
        assert_ok(wks_file_sha256(q, y, &err), &err);
        assert_string_equal(x, y);
        free(p);
        free(q);
    }
    end(&a);
    end(&b);
}

static void quality_report_says_what_was_done(void **state)
{
    (void)state;
    work w;
    wks_err err = WKS_ERR_INIT;
    begin(&w);
    assert_ok(import(&w.options, &err), &err);
    char *md = content(&w, "quality.md"), *csv = content(&w, "quality.csv"), *inputs = content(&w, "inputs.csv");
    assert_contains(md, "# Quality of the data of Proefstad (GM9999)");
    assert_contains(md, "4 of 6 buurten have a polygon");
    assert_contains(md, "- BU99990202 Zuid (205 inhabitants, 98 dwellings)");
    assert_contains(md, "| persons | 5210 | 5213 | -3 | -0.06 | 5 |");
    assert_contains(md, "2 buurten with households have no score");
    assert_null(strstr(md, w.folder)); /* no path of this machine */
    assert_contains(csv, "area,column,value,origin\nBU99990101,persons,1000,rounded\n");
    assert_contains(csv, "BU99990202,age_25_44,56,wijk\n");
    assert_contains(inputs, "role,file,sha256\ncbs,kwb-2023.csv,");
    int n_lines = 0;
    for (const char *s = csv; (s = strchr(s, '\n')) != NULL; s++)
        n_lines++;
    assert_int_equal(n_lines, 1 + 6 * WKS_CITY_N_COLUMNS); /* every buurt and column */
    free(md);
    free(csv);
    free(inputs);
    end(&w);
}

static void sums_far_from_the_gemeente_are_warned_about(void **state)
{
    (void)state;
    made m;
    made_draft(&m, PROEFSTAD_HEADER PROEFSTAD_GEMEENTE PROEFSTAD_WIJKEN
               "BU99990101;Oost;Proefstad;Buurt;1000;480;520;150;100;300;250;200;800;100;100;500;250;120;130;2.0;480;300;60;4;50;50;30;20;"
               "10;30;50;10;.;40;1500\n");
    wks_fill_buurten(&m.draft);
    wks_quality_check_sums(&m.draft, "kwb.csv", &m.problems);
    made_assert_problem(
        &m, "kwb.csv: warning: persons: the 1 buurten of Proefstad add up to 1000 but the gemeente has 5213; are rows missing?");
    assert_int_equal(m.problems.n_errors, 0);
    made_free(&m);
}

static void target_that_is_not_empty_errors(void **state)
{
    (void)state;
    work w;
    wks_err err = WKS_ERR_INIT;
    begin(&w);
    assert_ok(wks_writer_check_target(w.city, false, &err), &err); /* not there */
    assert_int_equal(mkdir(w.city, 0777), 0);
    assert_ok(wks_writer_check_target(w.city, false, &err), &err); /* empty */
    free(wks_folder_put(w.city, "letter.txt", "dear"));
    assert_status(wks_writer_check_target(w.city, false, &err), WKS_ERR_USAGE, &err);
    err = WKS_ERR_INIT;
    assert_status(wks_writer_check_target(w.city, true, &err), WKS_ERR_USAGE, &err); /* --force replaces cities only */
    assert_contains(err.message, "no city folder");
    err = WKS_ERR_INIT;
    assert_status(wks_writer_check_target(w.kwb, false, &err), WKS_ERR_USAGE, &err); /* a file */
    end(&w);
}

static void force_replaces_a_city_and_keeps_other_files(void **state)
{
    (void)state;
    work w;
    wks_err err = WKS_ERR_INIT;
    begin(&w);
    assert_ok(import(&w.options, &err), &err);
    free(wks_folder_put(w.city, "complexen.csv", "code\n"));
    free(wks_folder_put(w.city, "buurten.csv", "old\n"));
    assert_status(import(&w.options, &err), WKS_ERR_USAGE, &err);
    err = WKS_ERR_INIT;
    w.options.force = true;
    w.options.n_geometries = 0;
    assert_ok(import(&w.options, &err), &err);
    char *complexen = content(&w, "complexen.csv"), *buurten = content(&w, "buurten.csv");
    assert_string_equal(complexen, "code\n");
    assert_contains(buurten, "code,name,wijk");
    assert_false(is_there(w.city, "buurten.gpkg")); /* of the old import: it would not fit */
    assert_true(is_there(w.city, "city.cfg"));
    free(complexen);
    free(buurten);
    end(&w);
}

static void folder_that_cannot_be_made_errors(void **state)
{
    (void)state;
    work w;
    wks_err err = WKS_ERR_INIT;
    begin(&w);
    char *inside_a_file = wks_folder_path(w.kwb, "city");
    w.options.city = inside_a_file;
    assert_status(import(&w.options, &err), WKS_ERR_USAGE, &err);
    free(inside_a_file);
    end(&w);
}

/* Whatever allocation fails: either it says so and leaves nothing behind, or (libcsv asks again for less) the city is the same. */
static void import_survives_failing_allocations(void **state)
{
    (void)state;
    static const char *const files[] = {"city.cfg", "buurten.csv", "margins.csv", "quality.csv", "quality.md", "inputs.csv"};
    enum { N_FILES = sizeof files / sizeof *files };
    work w;
    wks_err err = WKS_ERR_INIT;
    char *whole[N_FILES];
    begin(&w);
    w.options.n_geometries = 0; /* GDAL has an allocator of its own */
    assert_ok(import(&w.options, &err), &err);
    for (size_t i = 0; i < N_FILES; i++)
        whole[i] = content(&w, files[i]);
    w.options.force = true;
    int n_refused = 0;
    for (int n = 1; n < 400; n++) {
        err = WKS_ERR_INIT;
        wks_mem_fail_after(n);
        wks_status rc = import(&w.options, &err);
        wks_mem_fail_after(0);
        if (rc != WKS_OK && rc != WKS_ERR_NOMEM) fail_msg("allocation %d: status %d: %s", n, (int)rc, err.message);
        n_refused += rc == WKS_ERR_NOMEM;
        for (size_t i = 0; i < N_FILES; i++) { /* the old city or the new one: the same bytes */
            char *now = content(&w, files[i]);
            assert_string_equal(now, whole[i]);
            free(now);
        }
    }
    assert_true(n_refused > 100);
    char **name = NULL;
    size_t n_names = 0;
    assert_ok(wks_file_list(w.folder, &name, &n_names, &err), &err);
    assert_int_equal(n_names, 4); /* three inputs and the city: no temporary folder */
    for (size_t i = 0; i < n_names; i++)
        free(name[i]);
    free(name);
    for (size_t i = 0; i < N_FILES; i++)
        free(whole[i]);
    end(&w);
}

static void config_names_of_many_gemeenten_are_short(void **state)
{
    (void)state;
    made m;
    wks_text out = WKS_TEXT_INIT;
    made_begin(&m);
    assert_ok(made_add(&m, "kwb-2024.csv",
                       "gwb_code;regio;gm_naam;recs;a_inw\nBU00010000;A;S\xC3\xBA"
                       "dwest-Frysl\xC3\xA2n;Buurt;3\nBU00020000;A;Hengelo (O.);Buurt;3\n"
                       "BU00030000;A;C;Buurt;3\nBU00040000;A;D;Buurt;3\n"),
              &m.err);
    assert_ok(made_choose(&m, (const char *const[]){"all"}, 1), &m.err);
    wks_writer_config(&m.draft, &out);
    assert_contains(out.data, "name = \"sudwest-fryslan-hengelo-o-en-2-andere\";");
    assert_contains(out.data, "Hengelo (O.) en 2 andere gemeenten\";");
    wks_text_free(&out);
    made_free(&m);
}

static void config_tells_the_inschrijfduur_of_known_regions(void **state)
{
    (void)state;
    made m;
    wks_text known = WKS_TEXT_INIT, asked = WKS_TEXT_INIT, unknown = WKS_TEXT_INIT;
    made_begin(&m);
    assert_ok(made_add(&m, "kwb-2024.csv",
                       "gwb_code;regio;gm_naam;recs;a_inw\nGM0014;G;Groningen;Gemeente;300\nGM0344;U;Utrecht;Gemeente;100\n"
                       "BU00140000;A;Groningen;Buurt;300\nBU03440000;B;Utrecht;Buurt;100\n"),
              &m.err);
    assert_ok(made_choose(&m, (const char *const[]){"all"}, 1), &m.err);
    wks_regions_fill(&m.draft, 0.0);
    wks_writer_config(&m.draft, &known);
    assert_contains(known.data, "inschrijfduur = { years = 6.46; source = \"published mean"); /* (3 x 4.917 + 11.083) / 4 */
    assert_null(strstr(known.data, "regio ="));
    wks_regions_fill(&m.draft, 8.5);
    m.draft.by_gemeente = true;
    wks_writer_config(&m.draft, &asked);
    assert_contains(asked.data, "\nregio = \"gemeente\";\n");
    assert_contains(asked.data, "inschrijfduur = { years = 8.5; source = \"given with --inschrijfduur\"; };\n");
    strcpy(m.draft.gemeente[1].code, "GM9999"); /* one without a figure: nothing is told of the whole */
    wks_regions_fill(&m.draft, 0.0);
    wks_writer_config(&m.draft, &unknown);
    assert_null(strstr(unknown.data, "inschrijfduur"));
    wks_text_free(&known);
    wks_text_free(&asked);
    wks_text_free(&unknown);
    made_free(&m);
}

/* Forty thousand gemeenten of one buurt, every step of the import: searching all buurten for each would take minutes. */
static void very_many_gemeenten_are_written(void **state)
{
    (void)state;
    enum { N = 40000 };
    wks_text text = WKS_TEXT_INIT;
    made m;
    made_many(&m, N, ".", "5");
    wks_fill_mark_rounding(&m.draft);
    wks_fill_buurten(&m.draft);
    wks_estimate_fill_income(&m.draft);
    wks_estimate_fill_leefbaarheid(&m.draft);
    wks_quality_check_sums(&m.draft, "made", &m.problems);
    wks_writer_buurten(&m.draft, &text);
    assert_false(text.failed);
    made_free(&m);
    wks_text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(config_names_of_many_gemeenten_are_short),
        cmocka_unit_test(config_tells_the_inschrijfduur_of_known_regions),
        cmocka_unit_test(city_is_read_back_as_written),
        cmocka_unit_test(city_twice_gives_the_same_bytes),
        cmocka_unit_test(quality_report_says_what_was_done),
        cmocka_unit_test(sums_far_from_the_gemeente_are_warned_about),
        cmocka_unit_test(target_that_is_not_empty_errors),
        cmocka_unit_test(force_replaces_a_city_and_keeps_other_files),
        cmocka_unit_test(folder_that_cannot_be_made_errors),
        cmocka_unit_test(import_survives_failing_allocations),
        cmocka_unit_test(very_many_gemeenten_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
