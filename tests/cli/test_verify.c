/* wijksim verify: an untouched folder is identical, and a single changed bit in state, scenario or input is found and named. */
#include "cli/verify.h"

/* A run of the small city under its own folder, so that its files can be damaged. */
static char *copy_city(const fixture *f)
{
    static const char *const files[] = {"city.cfg", "buurten.csv", "margins.csv", "quality.csv", "buurten.gpkg"};
    char *from = program_source("tests/data/cities/valid/small"), *to = wks_folder_path(f->folder, "town");
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_file_make_folder(to, &err), &err);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *bytes = NULL;
        size_t n = 0;
        char *source = wks_folder_path(from, files[i]), *target = wks_folder_path(to, files[i]);
        if (wks_file_exists(source)) {
            assert_ok(wks_file_read(source, &bytes, &n, &err), &err);
            assert_ok(wks_file_write(target, bytes, n, &err), &err);
        }
        free(bytes);
        free(source);
        free(target);
    }
    free(from);
    wks_text set = WKS_TEXT_INIT;
    wks_text_addf(&set, "city=%s", to);
    free(to);
    return set.data;
}

static void untouched_run_is_identical_with_any_threads(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "3", "-o", "out", NULL);
    wks_run one = program_run(f->folder, 0, "verify", "out", "-j", "1", NULL);
    wks_run two = program_run(f->folder, 0, "verify", "out", "-j", "2", NULL);
    assert_string_equal(one.out, "out: scenario plafond, replication 1 of 3 run again\n"
                                 "identical: state hashes, rows, settings, inputs and tables are those of the manifest\n");
    assert_string_equal(one.out, two.out);
    wks_run_free(&one);
    wks_run_free(&two);
    one = program_run(f->folder, 0, "verify", "out", "-r", "2-3", NULL);
    assert_contains(one.out, "replications 2 3 of 3 run again");
    wks_run_free(&one);
    one = program_run(f->folder, 0, "verify", "out", "-r", "3", "-q", NULL);
    assert_string_equal(one.out, "identical: state hashes, rows, settings, inputs and tables are those of the manifest\n");
    wks_run_free(&one);
}

static void one_bit_is_found_and_named(void **state)
{
    const verify_bit bits[] = {
        {"out/city.csv", "\nplafond,1,", 40, 0, "out/city.csv, line 42, tick: the rerun gives another row; expected '"},
        {"out/buurt.csv", "\nplafond,1,", 9, 0, "out/buurt.csv, line 11, tick: the rerun gives another row; expected '0', found '1'"},
        {"out/lettings.csv", "\nplafond,1,", 1, 0, "out/lettings.csv, line 3, tick: the rerun gives another row"},
        {"out/queue.csv", "\nplafond,1,", 2, 0, "out/queue.csv, line 4, tick: the rerun gives another row"},
        {"out/monitor.csv", "\nplafond,1,", 0, 3, "out/monitor.csv, line 2, quarter: the rerun gives another row"},
        {"out/city.csv", "\nplafond,2,", 5, 0,
         "out/city.csv: is not the file that the run wrote"}, /* not run again, and found by its hash */
        {"out/summary.csv", "\nplafond,", 3, 8, "out/summary.csv: is not the file that the run wrote"},
        {"out/codebook.csv", "\n", 3, 2, "out/codebook.csv: is not the file that the run wrote"},
        {"out/scenario.cfg", "dynamics = ", 0, 0, "manifest.json, seeds.dynamics: not what scenario.cfg says"},
        {"out/scenario.cfg", "dynamics = ", 0, 0, "out/scenario.cfg, scenario_hash: its settings are not those"},
        {"out/scenario.cfg", "dynamics = ", 0, 0, "state_hash of replication 1: the rerun ends in another state; expected '"},
        {"out/scenario.cfg", "question = \"", 0, 1, "out/scenario.cfg: is not the file that the run wrote"},
        {"out/scenario.cfg", "title = \"", 0, 0, "manifest.json, title: not what scenario.cfg says; expected '"},
        {"out/scenario.cfg", "ticks = ", 0, 0, "out: scenario plafond, not run again, because"},
        {"out/scenario.cfg", "title =", 0, 0, "out/scenario.cfg: "},
        {"out/manifest.json", "\"state_hash\": \"", 0, 3,
         "out/manifest.json, state_hash of replication 1: the rerun ends in another state"},
        {"out/manifest.json", "\"dynamics\": ", 0, 0, "out/manifest.json, seeds.dynamics: not what scenario.cfg says; expected '"},
        {"out/manifest.json", "\"population\": ", 0, 0, "out/manifest.json, seeds.population: not what scenario.cfg says; expected '"},
        {"out/manifest.json", "\"scenario_hash\": \"", 0, 9, "out/scenario.cfg, scenario_hash: its settings are not those"},
        {"out/manifest.json", "\"status\": \"", 0, 7,
         "out/manifest.json, status: no status that a run has; expected 'complete', found 'completd'"},
        {"out/manifest.json", "\"status\": \"", 1, 7, "out/manifest.json, status of replication 1: no status that a replication has"},
        {"out/manifest.json", "\"sha256\": \"", 0, 4, "this input is not the file that the run read"},
        {"town/buurten.csv", "\n", 0, 3, "town/buurten.csv, sha256: this input is not the file that the run read"},
        {"town/city.cfg", "title = \"", 0, 0, "town/city.cfg, sha256: this input is not the file that the run read"},
        {"town/city.cfg", "title = \"", 0, 0, "town, sha256: the files of this city are not those that the run read"},
        {"cap.cfg", "title = \"", 0, 0, "cap.cfg, sha256: this input is not the file that the run read"},
    };
    fixture *f = *state;
    char *town = copy_city(f);
    program_do(f->folder, 0, "run", f->cap, "-t", "40", "-q", "--set", town, "-r", "2", "-o", "out", NULL);
    finds_all(f, "out", bits);
    free(town);
}

static void missing_and_added_rows_are_found(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "1", "-o", "out", NULL);
    char *out = wks_folder_path(f->folder, "out"), *text = program_get(out, "queue.csv");
    char *path = wks_folder_path(out, "queue.csv");
    wks_text more = WKS_TEXT_INIT;

    wks_text_addf(&more, "%splafond,1,99,2026-01,,,,,,,,,,\n", text);
    free(wks_folder_put(out, "queue.csv", more.data));
    finds(f->folder, "queue.csv, line ", "out", NULL);
    finds(f->folder, "a row that the rerun does not give; expected '', found 'plafond,1,99,", "out", NULL);
    *strrchr(text, '\n') = '\0';
    *(strrchr(text, '\n') + 1) = '\0';
    free(wks_folder_put(out, "queue.csv", text));
    finds(f->folder, "the rerun gives more rows than the file has; expected 'plafond,1,", "out", NULL);
    assert_int_equal(unlink(path), 0);
    finds(f->folder, "out/queue.csv: no such file", "out", NULL);
    wks_text_free(&more);
    free(path);
    free(text);
    free(out);
}

static void comparison_is_verified_under_every_scenario(void **state)
{
    static const verify_bit bits[] = {
        {"out/contrasts.csv", "\nreference,plafond,", 3, 4, "out/contrasts.csv: is not the file that the run wrote"},
        {"out/differences.nl.txt", "\n", 0, 0, "out/differences.nl.txt: is not the file that the run wrote"},
        {"out/reference/drift.csv", "refer", 0, 0, "out/reference/drift.csv: is not the file that the run wrote"},
        {"out/plafond/drift.csv", "plafo", 0, 0, "out/plafond/drift.csv: is not the file that the run wrote"},
        {"out/manifest.json", "\"state_hash\": \"", 1, 2,
         "out/manifest.json, state_hash of replication 2: not the hash of those in the folders"},
        {"out/plafond/city.csv", "\nplafond,1,", 7, 0, "out/plafond/city.csv, line 9, tick: the rerun gives another row"},
    };
    fixture *f = *state;
    program_do(f->folder, 0, "compare", f->reference, f->cap, TINY, "-r", "2", "-o", "out", "--set", "warmup=12", NULL);
    wks_run run = program_run(f->folder, 0, "verify", "out", NULL);
    assert_contains(run.out, "out/reference: scenario reference, replication 1 of 2 run again\n"
                             "out/plafond: scenario plafond, replication 1 of 2 run again\nidentical");
    wks_run_free(&run);
    run = program_run(f->folder, 0, "verify", "out", "--scenario", "plafond", "--replication", "2", NULL);
    assert_contains(run.out, "out/plafond: scenario plafond, replication 2 of 2 run again\nidentical");
    assert_null(strstr(run.out, "out/reference"));
    wks_run_free(&run);
    finds_all(f, "out", bits);
    flip(f, "out/plafond/city.csv", "\nplafond,1,", 7, 0);
    is_identical(f->folder, "out", "--scenario", "reference", NULL);
}

static void theories_parts_and_what_went_on_are_identical(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "compare", f->reference, f->cap, TINY, "-r", "1", "--theories", "T0,T2", "-o", "theories", NULL);
    is_identical(f->folder, "theories", NULL);
    is_identical(f->folder, "theories", "--scenario", "T2/plafond", NULL);
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "3", "--part", "1/2", "-o", "a", NULL);
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "3", "--part", "2/2", "-o", "b", NULL);
    is_identical(f->folder, "b", NULL);
    program_do(f->folder, 0, "merge", "whole", "a", "b", "-q", NULL);
    is_identical(f->folder, "whole", "-r", "3", NULL);
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "4-5", "-o", "whole", NULL);
    is_identical(f->folder, "whole", "-r", "1-5", NULL);
}

static void stopped_run_is_identical_before_and_after_it_goes_on(void **state)
{
    fixture *f = *state;
    assert_int_equal(program_interrupt(f->folder, "out/parts/000001.city.csv", SIGTERM, "run", f->cap, "-t", "60", "-q", "--set", f->small,
                                       "-r", "200", "-j", "1", "-o", "out", NULL),
                     5);
    is_identical(f->folder, "out", NULL);
    flip(f, "out/parts/000001.buurt.csv", "\nplafond,1,", 3, 0);
    finds(f->folder, "out/parts/000001.buurt.csv, line 5, tick: the rerun gives another row", "out", NULL);
    flip(f, "out/parts/000001.buurt.csv", "\nplafond,1,", 3, 0);
    assert_true(program_interrupt(f->folder, "out/parts/000002.city.csv", SIGKILL, "run", f->cap, "-t", "60", "-q", "--set", f->small, "-r",
                                  "200", "-j", "1", "-o", "out", "--resume", NULL) < 0);
    wks_run run = program_run(f->folder, 0, "verify", "out", NULL);
    assert_contains(run.out, "note: out has not ended (status running)");
    wks_run_free(&run);
}

/* The tables over replications of a run are held against their hashes as those of the replications are. */
static void tables_over_replications_are_sealed(void **state)
{
    static const verify_bit bits[] = {
        {"out/precision.csv", "plafo", 0, 0, "out/precision.csv: is not the file that the run wrote"},
        {"out/drift.csv", "plafo", 0, 0, "out/drift.csv: is not the file that the run wrote"},
    };
    fixture *f = *state;
    program_do(f->folder, 6, "run", f->cap, "-t", "26", "-q", "--set", f->small, "-r", "10", "-o", "out", "--set", "warmup=12", "--set",
               "precision.max_replications=10", "--precision", "persons=100000", NULL);
    finds_all(f, "out", bits);
}

static void json_tells_the_same(void **state)
{
    fixture *f = *state;
    wks_json *json = NULL;
    wks_err err = WKS_ERR_INIT;
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "1", "-o", "out", NULL);
    flip(f, "out/city.csv", "\nplafond,1,", 4, 0);
    wks_run run = program_run(f->folder, 7, "verify", "out", "--json", NULL);
    assert_ok(wks_json_parse(run.out, strlen(run.out), &json, &err), &err);
    const wks_json *list = wks_json_get(json, "differences");
    assert_int_equal(wks_json_size(list), 2);
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(list, 1), "file")), "out/city.csv");
    assert_int_equal(wks_json_int(wks_json_get(wks_json_at(list, 1), "line")), 6);
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(list, 1), "column")), "tick");
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(list, 1), "expected")), "0");
    assert_string_equal(wks_json_text(wks_json_get(wks_json_at(list, 1), "found")), "1");
    wks_json_free(json);
    wks_run_free(&run);
}

static void another_program_is_noted(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "run", f->cap, TINY, "-r", "1", "-o", "out", NULL);
    flip(f, "out/manifest.json", "\"commit\": \"", 0, 0);
    flip(f, "out/manifest.json", "\"compiler\": \"", 0, 0);
    wks_run run = program_run(f->folder, 0, "verify", "out", NULL);
    assert_contains(run.out, "note: out was made by wijksim ");
    assert_contains(run.out, "note: out was made by a program of compiler ");
    assert_contains(run.out, "differences may be due to that");
    wks_run_free(&run);
}

static void what_is_not_there_is_told(void **state)
{
    fixture *f = *state;
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-t", "1", "-q", "--set", f->small, "-r", "2", "-o", "out", NULL);
    program_says(f->folder, 3, "nowhere is no results folder: there is no such folder; expected the folder that run, ", "verify", "nowhere",
                 NULL);
    free(wks_folder_put(f->folder, "docs/page.md", ""));
    program_says(f->folder, 3,
                 "docs is no results folder: it has no manifest.json; expected the folder that run, compare, demo, merge, sweep", "verify",
                 "docs", NULL);
    program_says(f->folder, 3, ". is no results folder: it has no manifest.json; expected a folder that has one: ./out", "verify", ".",
                 NULL);
    program_says(f->folder, 2, "no scenario 'plafon'; it has reference, plafond; nearest is plafond", "verify", "out", "--scenario",
                 "plafon", NULL);
    program_says(f->folder, 2, "no scenario 'x'; it has plafond", "verify", "out/plafond", "--scenario", "x", NULL);
    program_says(f->folder, 2, "no finished replication 3; it has 1 to 2", "verify", "out", "--replication", "3", NULL);
    program_says(f->folder, 2, "no finished replication from 5 on; it has 1 to 2", "verify", "out", "-r", "5-6", NULL);
    free(wks_folder_put(f->folder, "out/plafond/manifest.json", "{}"));
    program_says(f->folder, 3, "is no manifest of a wijksim run", "verify", "out", NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(untouched_run_is_identical_with_any_threads),
        with_fixture(one_bit_is_found_and_named),
        with_fixture(missing_and_added_rows_are_found),
        with_fixture(comparison_is_verified_under_every_scenario),
        with_fixture(theories_parts_and_what_went_on_are_identical),
        with_fixture(stopped_run_is_identical_before_and_after_it_goes_on),
        with_fixture(tables_over_replications_are_sealed),
        with_fixture(json_tells_the_same),
        with_fixture(another_program_is_noted),
        with_fixture(what_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
