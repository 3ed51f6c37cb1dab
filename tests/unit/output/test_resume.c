/* A replication that is kept in the middle, at the level of files: what a later session finds, goes on with, refuses and throws away. */
#include "output/resume.h"

#include <unistd.h>

#include "output/parts.h"
#include "unit/output/made.h"

static const char head[] = "name = \"proef\"; ticks = 6; replications = 3;";

static wks_status open_as(made *m, bool resume, bool follow, wks_store *out, wks_err *err)
{
    const wks_store_options options = {.command = "wijksim run proef.cfg", .threads = 1, .resume = resume, .follow = follow};
    return wks_store_open(m->run, &m->scenario, &m->city, &options, out, err);
}

static wks_store opened(made *m, bool resume)
{
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    assert_ok(open_as(m, resume, false, &store, &err), &err);
    return store;
}

static void write_ticks(made *m, wks_store_part *part, int32_t replication, int32_t first, int32_t last)
{
    wks_err err = WKS_ERR_INIT;
    for (int32_t tick = first; tick <= last; tick++) {
        const wks_replication_view view = made_view(m, replication, tick);
        assert_ok(wks_store_part_observe(&view, part, &err), &err);
    }
}

/* Ticks 0 to 2, a checkpoint, and two more ticks that it does not know; then as after kill -9. */
static wks_store_part *to_the_middle(made *m, wks_store *store, int32_t replication)
{
    wks_err err = WKS_ERR_INIT;
    wks_store_part *part = NULL;
    wks_store_state none;
    char bytes[] = "the state at tick 2";
    const wks_checkpoint_block state = {bytes, sizeof bytes};
    assert_ok(wks_store_part_resume(store, replication, &part, &none, &err), &err);
    assert_int_equal(none.tick, -1);
    assert_null(none.data);
    write_ticks(m, part, replication, 0, 2);
    assert_ok(wks_store_part_checkpoint(part, 2, wks_checkpoint_save_block, &state, 10, 8, &err), &err);
    write_ticks(m, part, replication, 3, 4);
    return part;
}

static void leave_in_the_middle(made *m, int32_t replication, const char *status)
{
    wks_err err = WKS_ERR_INIT;
    wks_store store = opened(m, false);
    wks_store_part_leave(to_the_middle(m, &store, replication));
    assert_ok(wks_store_finish(&store, status, &err), &err);
    wks_store_close(&store);
}

static void run_whole(made *m, wks_store *store, int32_t replication)
{
    wks_err err = WKS_ERR_INIT;
    wks_store_part *part = NULL;
    assert_ok(wks_store_part_open(store, replication, &part, &err), &err);
    write_ticks(m, part, replication, 0, 6);
    assert_ok(wks_store_part_commit(part, (uint64_t)replication, 1, 1, &err), &err);
}

static bool has(const made *m, const char *name)
{
    char *path = wks_folder_path(m->run, name);
    const bool is = wks_file_exists(path);
    free(path);
    return is;
}

static void replication_left_in_the_middle_goes_on_to_the_same_rows(void **state)
{
    made a, b;
    wks_err err = WKS_ERR_INIT;
    wks_store_part *part = NULL;
    wks_store_state from;
    (void)state;
    made_init(&a, head);
    made_init(&b, head);
    leave_in_the_middle(&a, 2, "interrupted");
    char *text = made_get(&a, "city.csv");
    assert_null(strstr(text, "proef,2")); /* the tables hold whole replications only */
    free(text);
    assert_true(has(&a, "checkpoint/000002.ckpt") && has(&a, "parts/000002.city.csv.part"));

    wks_store store = opened(&a, true);
    assert_ok(wks_store_part_resume(&store, 2, &part, &from, &err), &err);
    assert_int_equal(from.tick, 2);
    assert_string_equal(from.data, "the state at tick 2");
    free(from.data);
    write_ticks(&a, part, 2, 3, 6);
    assert_ok(wks_store_part_commit(part, 2, 5, 4, &err), &err);
    assert_false(has(&a, "checkpoint/000002.ckpt"));
    run_whole(&a, &store, 1);
    run_whole(&a, &store, 3);
    const wks_manifest_replication *entry = wks_manifest_find(&store.manifest, 2);
    assert_int_equal(entry->resumed_from, 2);
    assert_close(entry->wall_s, 15, 0, 1e-9);
    assert_close(store.manifest.simulation_s, 8 + 4 + 2, 0, 1e-9);
    assert_ok(wks_store_finish(&store, "complete", &err), &err);
    wks_store_close(&store);
    assert_false(has(&a, "checkpoint"));
    assert_false(has(&a, "parts"));

    store = opened(&b, false);
    for (int32_t r = 1; r <= 3; r++)
        run_whole(&b, &store, r);
    assert_ok(wks_store_finish(&store, "complete", &err), &err);
    wks_store_close(&store);
    static const char *const names[] = {"city.csv", "buurt.csv", "queue.csv", "summary.csv", "lettings.csv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *first = made_get(&a, names[i]), *second = made_get(&b, names[i]);
        assert_string_equal(first, second);
        free(first);
        free(second);
    }
    wks_manifest manifest; /* and the manifest remembers */
    assert_ok(wks_manifest_read(a.run, &manifest, &err), &err);
    assert_int_equal(wks_manifest_find(&manifest, 2)->resumed_from, 2);
    assert_int_equal(wks_manifest_find(&manifest, 1)->resumed_from, -1);
    wks_manifest_free(&manifest);
    made_free(&a);
    made_free(&b);
}

/* A session may die between giving the rows their name and noting the replication as whole. */
static void rows_that_had_their_name_already_are_taken_back(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    wks_store_part *part = NULL;
    wks_store_state from;
    (void)state;
    made_init(&m, head);
    leave_in_the_middle(&m, 1, "interrupted");
    char *part_path = wks_folder_path(m.run, "parts/000001.city.csv.part"), *path = wks_folder_path(m.run, "parts/000001.city.csv");
    assert_int_equal(rename(part_path, path), 0);
    wks_store store = opened(&m, true);
    assert_ok(wks_store_part_resume(&store, 1, &part, &from, &err), &err);
    assert_int_equal(from.tick, 2);
    free(from.data);
    wks_store_part_discard(part, NULL); /* removes it all, its checkpoint too */
    assert_false(has(&m, "checkpoint/000001.ckpt"));
    char **names = NULL;
    size_t n = 0;
    assert_ok(wks_file_list(store.parts, &names, &n, &err), &err);
    for (size_t i = 0; i < n; i++) {
        assert_true(strncmp(names[i], "000000.", 7) == 0); /* headers stay, no replication */
        free(names[i]);
    }
    free(names);
    wks_store_close(&store);
    free(part_path);
    free(path);
    made_free(&m);
}

static void preview_tells_what_can_go_on_and_changes_nothing(void **state)
{
    made m;
    wks_resume found;
    int32_t n_whole = -1;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    assert_ok(wks_store_preview(m.run, &m.scenario, &m.city, false, &found, &n_whole, &err), &err); /* nothing is there yet */
    assert_int_equal(found.n, 0);
    assert_int_equal(n_whole, 0);
    assert_false(wks_file_exists(m.run));
    wks_store store = opened(&m, false);
    run_whole(&m, &store, 1);
    wks_store_part_leave(to_the_middle(&m, &store, 3));
    wks_store_close(&store);
    assert_ok(wks_store_preview(m.run, &m.scenario, &m.city, false, &found, &n_whole, &err), &err);
    assert_int_equal(n_whole, 1);
    assert_int_equal(found.n, 1);
    assert_int_equal(found.item[0].replication, 3);
    assert_int_equal(found.item[0].tick, 2);
    wks_resume_free(&found);
    assert_true(has(&m, "parts/000003.city.csv.part"));
    made_free(&m);
}

static void leftovers_of_no_use_are_removed_and_foreign_files_stay(void **state)
{
    static const char *const useless[] = {"parts/000003.city.csv.part",     "parts/000001.city.csv.tmp99-0",
                                          "checkpoint/000001.ckpt.tmp99-0", "households/000001.fates.tmp99-0",
                                          "checkpoint/000001.ckpt",         "manifest.json.tmp99-0"};
    static const char *const foreign[] = {"parts/notes.part", "checkpoint/README", "checkpoint/mine.ckpt", "notes.tmp"};
    made m;
    (void)state;
    made_init(&m, head);
    wks_store store = opened(&m, false);
    run_whole(&m, &store, 1); /* whole: its checkpoint is of no use any more */
    wks_store_part_leave(to_the_middle(&m, &store, 2));
    wks_store_close(&store);
    for (size_t i = 0; i < sizeof useless / sizeof *useless; i++)
        free(wks_folder_put(m.run, useless[i], "x"));
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++)
        free(wks_folder_put(m.run, foreign[i], "x"));
    /* A checkpoint under a name that is none of ours is not looked at either. */
    store = opened(&m, true);
    for (size_t i = 0; i < sizeof useless / sizeof *useless; i++) {
        if (has(&m, useless[i])) fail_msg("%s is still there", useless[i]);
    }
    for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
        if (!has(&m, foreign[i])) fail_msg("%s is gone", foreign[i]);
    }
    assert_true(has(&m, "checkpoint/000002.ckpt") && has(&m, "parts/000002.queue.csv.part"));
    wks_store_close(&store);
    made_free(&m);
}

static void assert_resume_says(made *m, bool follow, wks_status expected, const char *says)
{
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    assert_status(open_as(m, true, follow, &store, &err), expected, &err);
    assert_contains(err.message, says);
    wks_store_close(&store);
    assert_true(has(m, "checkpoint/000002.ckpt"));
}

static void checkpoint_that_cannot_be_used_is_refused_before_anything_changes_errors(void **state)
{
    made m;
    char *bytes = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    leave_in_the_middle(&m, 2, "interrupted");
    char *path = wks_folder_path(m.run, "checkpoint/000002.ckpt"), *rows = wks_folder_path(m.run, "parts/000002.city.csv.part");
    char *elsewhere = wks_folder_path(m.run, "checkpoint/000003.ckpt");
    assert_resume_says(&m, true, WKS_ERR_USAGE, "000002.ckpt is of a run of one scenario, this is a comparison");
    assert_int_equal(link(path, elsewhere), 0);
    assert_resume_says(&m, false, WKS_ERR_USAGE, "000003.ckpt is of replication 2, not 3");
    assert_int_equal(unlink(elsewhere), 0);

    assert_ok(wks_file_read(rows, &bytes, &n, &err), &err);
    assert_true(n > 2);
    assert_int_equal(truncate(rows, (off_t)n - 1), 0);
    assert_resume_says(&m, false, WKS_ERR_DATA, "000002.city.csv.part is cut short");
    bytes[1] ^= 1;
    assert_ok(wks_file_write(rows, bytes, n, &err), &err);
    assert_resume_says(&m, false, WKS_ERR_DATA, "000002.city.csv.part is damaged");
    bytes[1] ^= 1;
    assert_ok(wks_file_write(rows, bytes, n, &err), &err);
    free(bytes);

    assert_ok(wks_file_read(path, &bytes, &n, &err), &err);
    bytes[n / 2] ^= 1;
    assert_ok(wks_file_write(path, bytes, n, &err), &err);
    assert_resume_says(&m, false, WKS_ERR_DATA, "000002.ckpt is damaged: its sum differs; remove it and that replication begins anew");
    free(bytes);
    assert_int_equal(unlink(path), 0); /* as it says */
    wks_store store = opened(&m, true);
    assert_false(wks_file_exists(rows));
    wks_store_close(&store);
    free(path);
    free(rows);
    free(elsewhere);
    made_free(&m);
}

/* A session that was killed in its first moments: nothing there, or no manifest yet. */
static void resume_begins_where_nothing_had_begun(void **state)
{
    made m;
    wks_store store;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    free(wks_folder_put(m.run, "scenario.cfg", "half a"));
    free(wks_folder_put(m.run, "manifest.json.tmp12-0", "{"));
    store = opened(&m, true);
    assert_false(has(&m, "manifest.json.tmp12-0"));
    wks_store_close(&store);
    wks_folder_remove(m.run);
    m.run = wks_folder_path(m.folder, "other");
    free(wks_folder_put(m.run, "notes", "mine")); /* somebody's folder is no such thing */
    assert_status(open_as(&m, true, false, &store, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, "cannot go on with");
    wks_store_close(&store);
    made_free(&m);
}

static void two_sessions_in_one_folder_errors(void **state)
{
    made m;
    wks_store store, other;
    wks_err err = WKS_ERR_INIT;
    (void)state;
    made_init(&m, head);
    store = opened(&m, false);
    if (store.lock.is_held) {
        assert_status(open_as(&m, true, false, &other, &err), WKS_ERR_USAGE, &err);
        assert_contains(err.message, "is being written by another wijksim");
        wks_store_close(&other);
    }
    wks_store_close(&store);
    made_free(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(replication_left_in_the_middle_goes_on_to_the_same_rows),
        cmocka_unit_test(rows_that_had_their_name_already_are_taken_back),
        cmocka_unit_test(preview_tells_what_can_go_on_and_changes_nothing),
        cmocka_unit_test(leftovers_of_no_use_are_removed_and_foreign_files_stay),
        cmocka_unit_test(checkpoint_that_cannot_be_used_is_refused_before_anything_changes_errors),
        cmocka_unit_test(resume_begins_where_nothing_had_begun),
        cmocka_unit_test(two_sessions_in_one_folder_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
