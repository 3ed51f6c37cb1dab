#include "output/manifest.h"

#include "base/file.h"
#include "base/json.h"
#include "support/check.h"
#include "support/folder.h"

static void fill(wks_manifest *m)
{
    wks_err err = WKS_ERR_INIT;
    char sha[65];

    memset(m, 0, sizeof *m);
    wks_manifest_set_status(m, "running");
    m->kind = strdup("run");
    m->command = strdup("wijksim run x.cfg");
    m->scenario = strdup("x");
    m->title = strdup("Titel \"één\"");
    m->city = strdup("klein");
    m->start = strdup("2025-01");
    m->started = wks_manifest_now();
    wks_file_sha256_bytes("abc", 3, sha);
    memcpy(m->scenario_hash, sha, sizeof sha);
    assert_ok(wks_manifest_add_input(m, "x.cfg", sha, &err), &err);
    assert_ok(wks_manifest_add_source(m, "klein: invented", &err), &err);
    m->scores = (wks_manifest_scores){40, 1, 12, 2, 3};
    m->seed_population = 11;
    m->seed_dynamics = 12;
    m->ticks = 24;
    m->replications_asked = 3;
    m->threads = 2;
    m->wall_s = 1.5;
    m->simulation_s = 1.25;
    m->peak_rss_mib = 30;
}

static wks_json *written(const wks_manifest *m)
{
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make();
    wks_json *root = NULL;

    assert_ok(wks_manifest_write(m, folder, &err), &err);
    char *path = wks_folder_path(folder, "manifest.json");
    char *text = wks_folder_get(path);
    assert_ok(wks_json_parse(text, strlen(text), &root, &err), &err);
    free(text);
    free(path);
    wks_folder_remove(folder);
    return root;
}

static void keys_are_those_scripts_rely_on(void **state)
{
    static const char *const keys[] = {"status", "version",      "commit",  "command",  "scenario_hash", "inputs",
                                       "seeds",  "replications", "threads", "compiler", "libraries",     "cpu",
                                       "host",   "started",      "ended",   "wall_s",   "simulation_s",  "peak_rss_mib"};
    wks_manifest m;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    fill(&m);
    assert_ok(wks_manifest_set_replication(&m, 1, "complete", 0xabc, 2.5, NULL, &err), &err);
    wks_json *root = written(&m);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (wks_json_get(root, keys[i]) == NULL) fail_msg("key %s is missing", keys[i]);
    }
    const wks_json *one = wks_json_at(wks_json_get(root, "replications"), 0);
    assert_int_equal(wks_json_int(wks_json_get(one, "number")), 1);
    assert_string_equal(wks_json_text(wks_json_get(one, "status")), "complete");
    assert_string_equal(wks_json_text(wks_json_get(one, "state_hash")), "0000000000000abc");
    assert_close(wks_json_double(wks_json_get(one, "wall_s")), 2.5, 0, 0);
    const wks_json *input = wks_json_at(wks_json_get(root, "inputs"), 0);
    assert_string_equal(wks_json_text(wks_json_get(input, "path")), "x.cfg");
    assert_int_equal(strlen(wks_json_text(wks_json_get(input, "sha256"))), 64);
    assert_int_equal(wks_json_int(wks_json_get(wks_json_get(root, "seeds"), "population")), 11);
    assert_int_equal(wks_json_int(wks_json_get(wks_json_get(root, "seeds"), "dynamics")), 12);
    wks_json_free(root);
    wks_manifest_free(&m);
}

static void machine_and_libraries_are_named(void **state)
{
    static const char *const libraries[] = {"gsl", "libconfig", "jansson", "libcsv", "sqlite", "geos", "libsodium"};
    wks_manifest m;
    (void)state;
    fill(&m);
    wks_json *root = written(&m);
    for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
        const char *version = wks_json_text(wks_json_get(wks_json_get(root, "libraries"), libraries[i]));
        if (version[0] < '0' || version[0] > '9') fail_msg("library %s has version '%s'", libraries[i], version);
    }
    assert_true(strlen(wks_json_text(wks_json_get(root, "cpu"))) > 0);
    assert_null(strchr(wks_json_text(wks_json_get(root, "cpu")), '\n'));
    assert_true(strlen(wks_json_text(wks_json_get(root, "host"))) > 0);
    assert_true(strlen(wks_json_text(wks_json_get(root, "compiler"))) > 0);
    wks_json_free(root);
    wks_manifest_free(&m);
}

static void replications_are_sorted_and_replaced(void **state)
{
    wks_manifest m = {0};
    wks_err err = WKS_ERR_INIT;
    int32_t first = 0, last = 0;
    (void)state;
    assert_false(wks_manifest_range(&m, &first, &last));
    assert_ok(wks_manifest_set_replication(&m, 5, "complete", 5, 1, NULL, &err), &err);
    assert_ok(wks_manifest_set_replication(&m, 2, "failed", 2, 1, "no luck", &err), &err);
    assert_ok(wks_manifest_set_replication(&m, 4, "complete", 4, 1, NULL, &err), &err);
    assert_int_equal(m.n_replications, 3);
    assert_int_equal(m.replication[0].number, 2);
    assert_int_equal(m.replication[2].number, 5);
    assert_string_equal(wks_manifest_find(&m, 2)->reason, "no luck");
    assert_string_equal(wks_manifest_find(&m, 2)->state_hash, "");
    assert_null(wks_manifest_find(&m, 3));
    assert_true(wks_manifest_range(&m, &first, &last));
    assert_int_equal(first, 4);
    assert_int_equal(last, 5);
    assert_true(wks_manifest_has_all(&m, 4, 2));
    assert_false(wks_manifest_has_all(&m, 4, 3));
    assert_false(wks_manifest_has_all(&m, 2, 1));
    assert_ok(wks_manifest_set_replication(&m, 2, "complete", 9, 1, NULL, &err), &err);
    assert_int_equal(m.n_replications, 3);
    assert_null(wks_manifest_find(&m, 2)->reason);
    wks_manifest_free(&m);
}

static void written_manifest_reads_back(void **state)
{
    wks_manifest m, back;
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make();
    (void)state;
    fill(&m);
    m.part = calloc(2, sizeof *m.part);
    m.part[0] = strdup("a");
    m.part[1] = strdup("b");
    m.n_parts = 2;
    assert_ok(wks_manifest_set_replication(&m, 1, "complete", 0xfeedfacecafebeefULL, 2.5, NULL, &err), &err);
    assert_ok(wks_manifest_set_replication(&m, 2, "failed", 0, 0, "tick 3: broken", &err), &err);
    assert_ok(wks_manifest_write(&m, folder, &err), &err);
    assert_ok(wks_manifest_read(folder, &back, &err), &err);
    assert_string_equal(back.status, "running");
    assert_string_equal(back.title, m.title);
    assert_string_equal(back.command, m.command);
    assert_string_equal(back.scenario_hash, m.scenario_hash);
    assert_string_equal(back.started, m.started);
    assert_string_equal(back.ended, "");
    assert_int_equal(back.seed_population, 11);
    assert_int_equal(back.seed_dynamics, 12);
    assert_int_equal(back.ticks, 24);
    assert_int_equal(back.replications_asked, 3);
    assert_int_equal(back.threads, 2);
    assert_close(back.wall_s, 1.5, 0, 0);
    assert_close(back.simulation_s, 1.25, 0, 0);
    assert_int_equal(back.n_parts, 2);
    assert_string_equal(back.part[1], "b");
    assert_memory_equal(&back.scores, &m.scores, sizeof m.scores);
    assert_int_equal(back.n_sources, 1);
    assert_int_equal(back.n_inputs, 1);
    assert_string_equal(back.replication[0].state_hash, "feedfacecafebeef");
    assert_string_equal(back.replication[1].reason, "tick 3: broken");
    assert_true(back.version[0] != '\0' && back.commit[0] != '\0');
    wks_manifest_free(&back);
    wks_manifest_free(&m);
    wks_folder_remove(folder);
}

static void read_errors(void **state)
{
    static const struct {
        const char *text;
        wks_status status;
        const char *says;
    } cases[] = {
        {NULL, WKS_ERR_IO, "cannot read"},
        {"{ \"status\": \"comp", WKS_ERR_DATA, "manifest.json"},
        {"[]", WKS_ERR_DATA, "no manifest"},
        {"{ \"name\": \"something else\" }", WKS_ERR_DATA, "no manifest"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        wks_err err = WKS_ERR_INIT;
        wks_manifest m;
        char *folder = wks_folder_make();
        if (cases[i].text != NULL) free(wks_folder_put(folder, "manifest.json", cases[i].text));
        assert_status(wks_manifest_read(folder, &m, &err), cases[i].status, &err);
        assert_contains(err.message, cases[i].says);
        wks_manifest_free(&m);
        wks_folder_remove(folder);
    }
}

static void complete_replication_without_hash_counts_as_absent(void **state)
{
    wks_manifest m;
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make();
    (void)state;
    free(wks_folder_put(
        folder, "manifest.json",
        "{ \"status\": \"interrupted\", \"scenario_hash\": \"ab\", \"replications\": [ { \"number\": 1, \"status\": \"complete\", "
        "\"state_hash\": \"xyz\" }, { \"number\": 2, \"status\": \"complete\", \"state_hash\": \"00000000000000ff\" } ] }"));
    assert_ok(wks_manifest_read(folder, &m, &err), &err);
    assert_int_equal(m.n_replications, 1);
    assert_int_equal(m.replication[0].number, 2);
    wks_manifest_free(&m);
    wks_folder_remove(folder);
}

static void time_is_iso(void **state)
{
    int year, month, day, hour, minute, second;
    char z = '\0';
    char *now = wks_manifest_now();
    (void)state;
    assert_int_equal(sscanf(now, "%4d-%2d-%2dT%2d:%2d:%2d%c", &year, &month, &day, &hour, &minute, &second, &z), 7);
    assert_int_equal(z, 'Z');
    free(now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_those_scripts_rely_on),
        cmocka_unit_test(machine_and_libraries_are_named),
        cmocka_unit_test(replications_are_sorted_and_replaced),
        cmocka_unit_test(written_manifest_reads_back),
        cmocka_unit_test(read_errors),
        cmocka_unit_test(complete_replication_without_hash_counts_as_absent),
        cmocka_unit_test(time_is_iso),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
