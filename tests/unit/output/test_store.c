#include "output/store.h"

#include "base/json.h"
#include "output/tables.h"
#include "unit/output/made.h"

static const char head[] = "name = \"proef\"; title = \"Proef\"; ticks = 12; replications = 3;";
static const wks_store_options plain = {.command = "wijksim run proef.cfg", .threads = 2};

static wks_status open_with(made *m, bool resume, bool force, wks_store *out, wks_err *err)
{
    wks_store_options options = plain;
    options.resume = resume;
    options.force = force;
    return wks_store_open(m->run, &m->scenario, &m->city, &options, out, err);
}

static void write_ticks(made *m, wks_store_part *part, int32_t replication, int32_t last_tick)
{
    wks_err err = WKS_ERR_INIT;
    for (int32_t tick = 0; tick <= last_tick; tick++) {
        const wks_replication_view view = made_view(m, replication, tick);
        assert_ok(wks_store_part_observe(&view, part, &err), &err);
    }
}

static void run_one(made *m, wks_store *store, int32_t replication)
{
    wks_err err = WKS_ERR_INIT;
    wks_store_part *part = NULL;
    assert_ok(wks_store_part_open(store, replication, &part, &err), &err);
    write_ticks(m, part, replication, m->scenario.n_ticks);
    assert_ok(wks_store_part_commit(part, (uint64_t)replication, 2, 1.5, &err), &err);
}

/* A run of the replications first..last, ended with that status. */
static void run_all(made *m, bool resume, int32_t first, int32_t last, const char *status)
{
    wks_err err = WKS_ERR_INIT;
    wks_store store;
    assert_ok(open_with(m, resume, false, &store, &err), &err);
    for (int32_t r = first; r <= last; r++) {
        if (!wks_store_has(&store, r)) run_one(m, &store, r);
    }
    assert_ok(wks_store_finish(&store, status, &err), &err);
    wks_store_close(&store);
}

static wks_manifest manifest_of(const made *m)
{
    wks_manifest manifest;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_manifest_read(m->run, &manifest, &err), &err);
    return manifest;
}

static void open_writes_scenario_codebook_and_a_running_manifest(void **state)
{
    made m;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    assert_ok(open_with(&m, false, false, &store, &err), &err);
    wks_manifest manifest = manifest_of(&m);
    assert_string_equal(manifest.status, "running");
    assert_string_equal(manifest.scenario, "proef");
    assert_string_equal(manifest.command, plain.command);
    assert_int_equal(manifest.n_inputs, 5); /* the scenario is text here; the city is there, and each of its files */
    assert_string_equal(manifest.input[0].sha256, m.city.sha256);
    assert_contains(manifest.input[1].path, "/city.cfg");
    assert_contains(manifest.input[2].path, "/buurten.csv");
    assert_int_equal(manifest.n_sources, 1);
    assert_contains(manifest.source[0], "Klein (verzonnen): invented for a test (2023-01-01), GPL-3.0-or-later");
    assert_true(made_has(&m, "scenario.cfg") && made_has(&m, "codebook.csv") && made_has(&m, "parts"));
    assert_false(made_has(&m, "city.csv"));
    wks_manifest_free(&manifest);
    wks_store_close(&store);
    made_free(&m);
}

static void written_scenario_reads_back_and_names_the_city_in_full(void **state)
{
    made m;
    wks_scenario again = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    (void)state;
    made_init(&m, head);
    run_all(&m, false, 1, 1, "complete");
    char *path = wks_folder_path(m.run, "scenario.cfg");
    assert_ok(wks_read_scenario(path, &options, wks_everything_catalogue(), &again, &problems, &err), &err);
    assert_problems(&problems, "");
    assert_int_equal(again.city[0], '/');
    char *city = wks_read_city_folder(&again);
    assert_non_null(city);
    assert_contains(city, "cities/valid/small");
    assert_int_equal(again.n_ticks, 12);
    free(city);
    free(path);
    wks_scenario_free(&again);
    made_free(&m);
}

static void complete_run_has_all_tables_and_no_parts(void **state)
{
    made m;
    (void)state;
    made_init(&m, head);
    run_all(&m, false, 1, 2, "complete");
    char *text = made_get(&m, "buurt.csv");
    assert_string_equal(text,
                        "scenario,replication,tick,date,level,area,indicator,group,value\n"
                        "proef,1,0,2025-01,buurt,BU99990002,households,,7\nproef,1,0,2025-01,wijk,WK999900,share,oud,0.3333333333\n"
                        "proef,1,12,2026-01,buurt,BU99990002,households,,7\nproef,1,12,2026-01,wijk,WK999900,share,oud,0.3333333333\n"
                        "proef,2,0,2025-01,buurt,BU99990002,households,,14\nproef,2,0,2025-01,wijk,WK999900,share,oud,0.3333333333\n"
                        "proef,2,12,2026-01,buurt,BU99990002,households,,14\nproef,2,12,2026-01,wijk,WK999900,share,oud,0.3333333333\n");
    free(text);
    text = made_get(&m, "queue.csv");
    assert_contains(text, "proef,2,12,2026-01,,10,4,20,2,0.5,1,12,60.5,7\n");
    free(text);
    text = made_get(&m, "summary.csv");
    assert_contains(text, "proef,T1,12,2026-01,persons,,,,,162.5,");
    free(text);
    assert_true(made_has(&m, "lettings.csv"));
    assert_false(made_has(&m, "parts"));
    wks_manifest manifest = manifest_of(&m);
    assert_string_equal(manifest.status, "complete");
    assert_int_equal(manifest.n_replications, 2);
    assert_string_equal(manifest.replication[1].state_hash, "0000000000000002");
    assert_close(manifest.simulation_s, 3, 0, 0);
    assert_true(manifest.wall_s > 0 && manifest.ended[0] != '\0');
    wks_manifest_free(&manifest);
    made_free(&m);
}

static void lettings_switched_off_are_no_table(void **state)
{
    made m;
    (void)state;
    made_init(&m, "name = \"proef\"; ticks = 1; output = { lettings = false; };");
    run_all(&m, false, 1, 1, "complete");
    assert_false(made_has(&m, "lettings.csv"));
    assert_true(made_has(&m, "city.csv"));
    made_free(&m);
}

static void replication_committed_late_stands_in_its_place(void **state)
{
    made a, b;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&a, head);
    made_init(&b, head);
    run_all(&a, false, 1, 3, "complete");
    assert_ok(open_with(&b, false, false, &store, &err), &err);
    run_one(&b, &store, 3);
    run_one(&b, &store, 1);
    run_one(&b, &store, 2);
    assert_ok(wks_store_finish(&store, "complete", &err), &err);
    wks_store_close(&store);
    char *first = made_get(&a, "city.csv"), *second = made_get(&b, "city.csv");
    assert_string_equal(first, second);
    free(first);
    free(second);
    made_free(&a);
    made_free(&b);
}

static void discarded_replication_leaves_nothing_unless_it_failed(void **state)
{
    made m;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    wks_store_part *part = NULL;
    (void)state;
    made_init(&m, head);
    assert_ok(open_with(&m, false, false, &store, &err), &err);
    run_one(&m, &store, 1);
    assert_ok(wks_store_part_open(&store, 2, &part, &err), &err);
    write_ticks(&m, part, 2, 3);
    wks_store_part_discard(part, NULL);
    assert_ok(wks_store_part_open(&store, 3, &part, &err), &err);
    write_ticks(&m, part, 3, 3);
    wks_store_part_discard(part, "process search, tick 4: broken");
    assert_ok(wks_store_finish(&store, "interrupted", &err), &err);
    assert_true(wks_store_has(&store, 1));
    assert_false(wks_store_has(&store, 2));
    assert_false(wks_store_has(&store, 3));
    wks_store_close(&store);
    wks_manifest manifest = manifest_of(&m);
    assert_string_equal(manifest.status, "interrupted");
    assert_int_equal(manifest.n_replications, 2);
    assert_null(wks_manifest_find(&manifest, 2));
    assert_string_equal(wks_manifest_find(&manifest, 3)->status, "failed");
    assert_string_equal(wks_manifest_find(&manifest, 3)->reason, "process search, tick 4: broken");
    char *text = made_get(&m, "city.csv");
    assert_null(strstr(text, "proef,2,"));
    assert_null(strstr(text, "proef,3,"));
    assert_contains(text, "proef,1,12,");
    free(text);
    char **names = NULL;
    size_t n = 0;
    char *parts = wks_folder_path(m.run, "parts");
    assert_ok(wks_file_list(parts, &names, &n, &err), &err); /* no temporary file is left */
    assert_int_equal(n, 2 * WKS_TABLES_N);                   /* of replication 1, and the headers */
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    free(parts);
    wks_manifest_free(&manifest);
    made_free(&m);
}

static void resumed_run_equals_an_uninterrupted_one(void **state)
{
    static const char *const tables[] = {"city.csv",         "buurt.csv",   "lettings.csv", "compliance.csv", "budget.csv",  "flows.csv",
                                         "destinations.csv", "monitor.csv", "queue.csv",    "summary.csv",    "scenario.cfg"};
    made a, b;
    (void)state;
    made_init(&a, head);
    made_init(&b, head);
    run_all(&a, false, 1, 3, "complete");
    run_all(&b, false, 1, 2, "interrupted");
    run_all(&b, true, 1, 3, "complete");
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        char *first = made_get(&a, tables[i]), *second = made_get(&b, tables[i]);
        assert_string_equal(first, second);
        free(first);
        free(second);
    }
    wks_manifest manifest = manifest_of(&b);
    assert_close(manifest.simulation_s, 4.5, 0, 0); /* of both sessions */
    wks_manifest_free(&manifest);
    made_free(&a);
    made_free(&b);
}

static void complete_run_can_be_extended(void **state)
{
    made a, b;
    (void)state;
    made_init(&a, head);
    made_init(&b, head);
    run_all(&a, false, 1, 3, "complete");
    run_all(&b, false, 2, 2, "complete");
    run_all(&b, true, 1, 3, "complete"); /* before and after what is there */
    char *first = made_get(&a, "city.csv"), *second = made_get(&b, "city.csv");
    assert_string_equal(first, second);
    free(first);
    free(second);
    assert_false(made_has(&b, "parts"));
    made_free(&a);
    made_free(&b);
}

static void resume_drops_a_replication_whose_rows_are_gone(void **state)
{
    made m;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    run_all(&m, false, 1, 2, "complete");
    char *path = wks_folder_path(m.run, "city.csv");
    assert_ok(wks_file_remove(path, &err), &err);
    assert_false(wks_store_is_done(m.run, &m.scenario, &m.city));
    assert_ok(open_with(&m, true, false, &store, &err), &err);
    assert_false(wks_store_has(&store, 1));
    wks_store_close(&store);
    free(path);
    made_free(&m);
}

static void is_done_only_when_this_very_run_is_whole(void **state)
{
    made m, other;
    (void)state;
    made_init(&m, head);
    made_init(&other, "name = \"proef\"; title = \"Proef\"; ticks = 24; replications = 3;");
    assert_false(wks_store_is_done(m.run, &m.scenario, &m.city));
    run_all(&m, false, 1, 2, "complete");
    assert_false(wks_store_is_done(m.run, &m.scenario, &m.city)); /* three are asked for */
    run_all(&m, true, 1, 3, "interrupted");
    assert_false(wks_store_is_done(m.run, &m.scenario, &m.city));
    run_all(&m, true, 1, 3, "complete");
    assert_true(wks_store_is_done(m.run, &m.scenario, &m.city));
    assert_false(wks_store_is_done(m.run, &other.scenario, &m.city));
    made_free(&m);
    made_free(&other);
}

static void open_existing_folder_errors(void **state)
{
    made m;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    run_all(&m, false, 1, 1, "complete");
    char *before = made_get(&m, "city.csv");
    assert_status(open_with(&m, false, false, &store, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, m.run);
    assert_contains(err.message, "--resume or --force");
    wks_store_close(&store);
    char *after = made_get(&m, "city.csv");
    assert_string_equal(before, after);
    free(before);
    free(after);
    made_free(&m);
}

static void force_replaces_our_files_only(void **state)
{
    made m;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    run_all(&m, false, 1, 1, "complete");
    free(wks_folder_put(m.run, "notes.txt", "mine"));
    free(wks_folder_put(m.run, "city.csv.tmp123-0", "half"));
    free(wks_folder_put(m.run, "report.html", "old"));
    free(wks_folder_put(m.run, "parts/000009.city.csv", "old"));
    assert_ok(open_with(&m, false, true, &store, &err), &err);
    assert_false(made_has(&m, "city.csv") || made_has(&m, "summary.csv") || made_has(&m, "report.html"));
    assert_false(made_has(&m, "city.csv.tmp123-0") || made_has(&m, "parts/000009.city.csv"));
    assert_true(made_has(&m, "notes.txt"));
    assert_false(wks_store_has(&store, 1));
    wks_store_close(&store);
    made_free(&m);
}

static void resume_removes_what_a_killed_writer_left(void **state)
{
    made m;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    run_all(&m, false, 1, 1, "interrupted");
    free(wks_folder_put(m.run, "summary.csv.tmp123-0", "half"));
    assert_ok(open_with(&m, true, false, &store, &err), &err);
    assert_false(made_has(&m, "summary.csv.tmp123-0"));
    assert_true(made_has(&m, "city.csv"));
    wks_store_close(&store);
    made_free(&m);
}

static void resume_without_a_folder_starts(void **state)
{
    made m;
    (void)state;
    made_init(&m, head);
    run_all(&m, true, 1, 1, "complete");
    assert_true(made_has(&m, "city.csv"));
    made_free(&m);
}

/* Puts `to` in the place of `from` in the manifest. */
static void edit_manifest(const made *m, const char *from, const char *to)
{
    char *text = made_get(m, "manifest.json");
    char *at = strstr(text, from);
    wks_text edited = WKS_TEXT_INIT;
    assert_non_null(at);
    wks_text_add_bytes(&edited, text, (size_t)(at - text));
    wks_text_add(&edited, to);
    wks_text_add(&edited, at + strlen(from));
    free(wks_folder_put(m->run, "manifest.json", edited.data));
    wks_text_free(&edited);
    free(text);
}

static void expect_refusal(made *m, const char *says)
{
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    assert_status(open_with(m, true, false, &store, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, says);
    assert_contains(err.message, m->run);
    wks_store_close(&store);
}

static void resume_of_something_else_errors(void **state)
{
    made m, other;
    (void)state;
    made_init(&m, head);
    made_init(&other, "name = \"proef\"; title = \"Proef\"; ticks = 24; replications = 3;");
    run_all(&m, false, 1, 1, "interrupted");
    free(other.run);
    other.run = strdup(m.run);
    expect_refusal(&other, "its scenario.cfg says 'ticks = 12;', this scenario 'ticks = 24;'");
    made_free(&other);

    edit_manifest(&m, "\"kind\": \"run\"", "\"kind\": \"compare\"");
    expect_refusal(&m, "holds a comparison");
    edit_manifest(&m, "\"kind\": \"compare\"", "\"kind\": \"run\"");
    edit_manifest(&m, m.city.sha256, "0000000000000000000000000000000000000000000000000000000000000000");
    expect_refusal(&m, "other files of city klein");
    edit_manifest(&m, "0000000000000000000000000000000000000000000000000000000000000000", m.city.sha256);
    edit_manifest(&m, "\"version\": \"", "\"version\": \"0.0.1 of ");
    expect_refusal(&m, "was begun with wijksim 0.0.1 of");
    free(wks_folder_put(m.run, "manifest.json", "{"));
    expect_refusal(&m, "cannot go on with");
    made_free(&m);
}

static void resume_allows_another_title_and_more_replications(void **state)
{
    made m, other;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    made_init(&other, "name = \"proef\"; title = \"Anders\"; question = \"Hoe?\"; ticks = 12; replications = 5;");
    run_all(&m, false, 1, 1, "interrupted");
    assert_ok(wks_store_open(m.run, &other.scenario, &other.city, &(wks_store_options){.resume = true, .threads = 1}, &store, &err), &err);
    assert_true(wks_store_has(&store, 1));
    wks_store_close(&store);
    made_free(&m);
    made_free(&other);
}

static void open_unwritable_folder_errors(void **state)
{
    made m;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    free(wks_folder_put(m.folder, "file", "I am a file"));
    free(m.run);
    m.run = wks_folder_path(m.folder, "file/run");
    assert_status(open_with(&m, false, false, &store, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, "/file: a file has that name");
    wks_store_close(&store);
    made_free(&m);
}

static void finish_that_cannot_write_a_table_says_failed(void **state)
{
    made m;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    assert_ok(open_with(&m, false, false, &store, &err), &err);
    run_one(&m, &store, 1);
    free(wks_folder_put(m.run, "buurt.csv/in_the_way", ""));
    assert_status(wks_store_finish(&store, "complete", &err), WKS_ERR_IO, &err);
    assert_contains(err.message, "buurt.csv");
    wks_store_close(&store);
    wks_manifest manifest = manifest_of(&m);
    assert_string_equal(manifest.status, "failed");
    assert_true(made_has(&m, "parts/000001.city.csv")); /* nothing is lost */
    wks_manifest_free(&manifest);
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(open_writes_scenario_codebook_and_a_running_manifest),
        cmocka_unit_test(written_scenario_reads_back_and_names_the_city_in_full),
        cmocka_unit_test(complete_run_has_all_tables_and_no_parts),
        cmocka_unit_test(lettings_switched_off_are_no_table),
        cmocka_unit_test(replication_committed_late_stands_in_its_place),
        cmocka_unit_test(discarded_replication_leaves_nothing_unless_it_failed),
        cmocka_unit_test(resumed_run_equals_an_uninterrupted_one),
        cmocka_unit_test(complete_run_can_be_extended),
        cmocka_unit_test(resume_drops_a_replication_whose_rows_are_gone),
        cmocka_unit_test(is_done_only_when_this_very_run_is_whole),
        cmocka_unit_test(open_existing_folder_errors),
        cmocka_unit_test(force_replaces_our_files_only),
        cmocka_unit_test(resume_removes_what_a_killed_writer_left),
        cmocka_unit_test(resume_without_a_folder_starts),
        cmocka_unit_test(resume_of_something_else_errors),
        cmocka_unit_test(resume_allows_another_title_and_more_replications),
        cmocka_unit_test(open_unwritable_folder_errors),
        cmocka_unit_test(finish_that_cannot_write_a_table_says_failed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
