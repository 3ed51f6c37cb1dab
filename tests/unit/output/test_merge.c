#include "output/merge_check.h"

#include "unit/output/made.h"

/* Writes a run folder with replications first to last, of which `fails` fails. */
static char *write_part(made *m, const char *name, wks_manifest_block block, int32_t first, int32_t last, int32_t fails)
{
    wks_err err = WKS_ERR_INIT;
    wks_store store = {0};
    const wks_store_options how = {.threads = 1, .block = block};
    char *folder = wks_folder_path(m->folder, name);

    m->scenario.first_replication = first;
    m->scenario.n_replications = last - first + 1;
    assert_ok(wks_store_open(folder, &m->scenario, &m->city, &how, &store, &err), &err);
    for (int32_t r = first; r <= last; r++) {
        wks_store_part *part = NULL;
        assert_ok(wks_store_part_open(&store, r, &part, &err), &err);
        for (int32_t tick = 0; tick <= m->scenario.n_ticks; tick++) {
            const wks_replication_view view = made_view(m, r, tick);
            assert_ok(wks_store_part_observe(&view, part, &err), &err);
        }
        if (r == fails) {
            wks_store_part_discard(part, "persons do not balance");
        } else {
            assert_ok(wks_store_part_commit(part, (uint64_t)r, 0.5, 0.25, &err), &err);
        }
    }
    assert_ok(wks_store_finish(&store, "complete", &err), &err);
    wks_store_close(&store);
    return folder;
}

static char *joined(const made *m, const wks_merge *merge)
{
    wks_err err = WKS_ERR_INIT;
    wks_store store = {0};
    const wks_store_options how = {.threads = 1};
    wks_scenario whole = m->scenario;
    char *folder = wks_folder_path(m->folder, "joined");

    whole.first_replication = merge->first;
    whole.n_replications = merge->last - merge->first + 1;
    assert_ok(wks_store_open(folder, &whole, &m->city, &how, &store, &err), &err);
    assert_ok(wks_merge_fill(merge, 0, &store, &err), &err);
    assert_ok(wks_store_finish_joined(&store, "complete", &err), &err);
    wks_store_close(&store);
    return folder;
}

static void assert_same_file(const char *a, const char *b, const char *name)
{
    char *path_a = wks_folder_path(a, name), *path_b = wks_folder_path(b, name);
    char *first = wks_folder_get(path_a), *second = wks_folder_get(path_b);
    assert_string_equal(first, second);
    free(first);
    free(second);
    free(path_a);
    free(path_b);
}

/* One process and three parts of which one is empty; the same replication fails in both. */
static void pieces_with_a_failure_and_an_empty_one_join_to_the_same_bytes(void **state)
{
    static const char *const names[] = {"city.csv", "buurt.csv", "queue.csv", "lettings.csv", "summary.csv"};
    made m;
    wks_err err = WKS_ERR_INIT;
    wks_merge merge;
    wks_manifest manifest;
    wks_problems problems = WKS_PROBLEMS_INIT;
    (void)state;
    made_init(&m, "name = \"drie\"; ticks = 13;");
    char *whole = write_part(&m, "whole", (wks_manifest_block){0}, 5, 6, 5);
    char *a = write_part(&m, "a", (wks_manifest_block){1, 3, 5, 2}, 5, 4, 0);
    char *b = write_part(&m, "b", (wks_manifest_block){2, 3, 5, 2}, 5, 5, 5);
    char *c = write_part(&m, "c", (wks_manifest_block){3, 3, 5, 2}, 6, 6, 0);
    const char *const folders[] = {a, c, b};
    assert_ok(wks_merge_read(folders, 3, &merge, &problems, &err), &err);
    assert_ok(wks_merge_check_all(&merge, &problems, &err), &err);
    assert_problems(&problems, "");
    assert_int_equal(merge.first, 5);
    assert_int_equal(merge.last, 6);
    assert_string_equal(merge.piece[0].folder, b);
    assert_string_equal(merge.piece[2].folder, a); /* without replications: last */
    char *out = joined(&m, &merge);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_same_file(whole, out, names[i]);
    assert_ok(wks_manifest_read(out, &manifest, &err), &err);
    assert_string_equal(wks_manifest_find(&manifest, 5)->status, "failed");
    assert_string_equal(wks_manifest_find(&manifest, 5)->reason, "persons do not balance");
    assert_string_equal(wks_manifest_find(&manifest, 6)->status, "complete");
    assert_true(manifest.simulation_s == 0.25);
    assert_int_equal(manifest.n_merged, 3);
    assert_int_equal(manifest.merged[1].number, 3);
    assert_int_equal(manifest.merged[1].of, 3);
    assert_int_equal(manifest.merged[1].first, 6);
    assert_int_equal(manifest.merged[1].last, 6);
    wks_manifest_free(&manifest);
    wks_merge_free(&merge);
    wks_problems_free(&problems);
    free(out);
    free(whole);
    free(a);
    free(b);
    free(c);
    made_free(&m);
}

static void pieces_without_a_complete_replication_are_refused(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    wks_merge merge;
    wks_problems problems = WKS_PROBLEMS_INIT;
    (void)state;
    made_init(&m, "name = \"drie\"; ticks = 2;");
    char *a = write_part(&m, "a", (wks_manifest_block){1, 1, 1, 1}, 1, 1, 1);
    const char *const folders[] = {a};
    assert_ok(wks_merge_read(folders, 1, &merge, &problems, &err), &err);
    assert_ok(wks_merge_check_all(&merge, &problems, &err), &err);
    assert_int_equal(problems.n_errors, 1);
    assert_contains(problems.item[0].text, "no replication is complete");
    wks_merge_free(&merge);
    wks_problems_free(&problems);
    free(a);
    made_free(&m);
}

static void block_with_nonsense_errors(void **state)
{
    made m;
    wks_err err = WKS_ERR_INIT;
    wks_merge merge;
    wks_problems problems = WKS_PROBLEMS_INIT;
    (void)state;
    made_init(&m, "name = \"drie\"; ticks = 2;");
    char *a = write_part(&m, "a", (wks_manifest_block){7, 3, 1, 1}, 1, 1, 0);
    const char *const folders[] = {a};
    assert_ok(wks_merge_read(folders, 1, &merge, &problems, &err), &err);
    assert_int_equal(problems.n_errors, 1);
    assert_contains(problems.item[0].text, "'part' is no part");
    wks_merge_free(&merge);
    wks_problems_free(&problems);
    free(a);
    made_free(&m);
}

/* Every replication is in exactly one block, whatever the numbers. */
static void blocks_cover_every_replication_once(void **state)
{
    (void)state;
    for (int32_t n = 1; n <= 40; n++) {
        for (int32_t of = 1; of <= 45; of++) {
            int32_t next = 1000;
            for (int32_t i = 1; i <= of; i++) {
                const wks_manifest_block block = {i, of, 1000, n};
                int32_t first = 0, m = 0;
                wks_manifest_block_range(&block, &first, &m);
                assert_int_equal(first, next);
                assert_in_range(m, n / of, n / of + 1);
                next += m;
            }
            assert_int_equal(next, 1000 + n);
        }
    }
    const wks_manifest_block last = {1000000, 1000000, 999000000, 1000000}; /* no overflow */
    int32_t first = 0, m = 0;
    wks_manifest_block_range(&last, &first, &m);
    assert_int_equal(first, 999999999);
    assert_int_equal(m, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_with_a_failure_and_an_empty_one_join_to_the_same_bytes),
        cmocka_unit_test(pieces_without_a_complete_replication_are_refused),
        cmocka_unit_test(block_with_nonsense_errors),
        cmocka_unit_test(blocks_cover_every_replication_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
