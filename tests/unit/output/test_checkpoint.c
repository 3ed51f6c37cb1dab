#include "output/checkpoint.h"

#include <sys/stat.h>

#include "base/mem.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/folder.h"

static wks_checkpoint example(void)
{
    wks_checkpoint out = {.version = "0.1.0",
                          .commit = "abcdef012345",
                          .seed_population = 7,
                          .seed_dynamics = UINT64_C(0xfedcba9876543210),
                          .replication = 12,
                          .n_ticks = 120,
                          .follows = true,
                          .tick = 37,
                          .resumed_from = -1,
                          .wall_s = 1.25,
                          .simulation_s = 0.75};
    memset(out.settings, 'a', 64);
    memset(out.city, 'b', 64);
    for (int i = 0; i < WKS_CHECKPOINT_FILES; i++)
        out.file[i] = (wks_growing_mark){(uint64_t)(1000 * i), UINT64_C(0xcbf29ce484222325) + (uint64_t)i};
    return out;
}

/* Bytes that pack a little. */
static char *state_of(size_t n)
{
    char *state = wks_mem_array(n + 1, 1);
    assert_non_null(state);
    for (size_t i = 0; i < n; i++)
        state[i] = (char)(i * i / 7 % 251);
    return state;
}

static wks_bytes encode(const wks_checkpoint *checkpoint, const char *state, size_t n)
{
    wks_bytes out = {0};
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_checkpoint_encode(checkpoint, state, n, &out, &err), &err);
    return out;
}

static void assert_back(const wks_checkpoint *checkpoint, const char *state, size_t n)
{
    wks_checkpoint found;
    wks_err err = WKS_ERR_INIT;
    char *back = NULL;
    size_t n_back = 0;
    wks_bytes bytes = encode(checkpoint, state, n);
    assert_ok(wks_checkpoint_decode("x.ckpt", bytes.data, bytes.length, &found, &back, &n_back, &err), &err);
    assert_int_equal(n_back, n);
    if (n > 0) assert_memory_equal(back, state, n);
    assert_string_equal(found.version, checkpoint->version);
    assert_string_equal(found.commit, checkpoint->commit);
    assert_string_equal(found.settings, checkpoint->settings);
    assert_string_equal(found.city, checkpoint->city);
    assert_string_equal(found.members, checkpoint->members);
    assert_true(found.seed_population == checkpoint->seed_population && found.seed_dynamics == checkpoint->seed_dynamics);
    assert_int_equal(found.replication, checkpoint->replication);
    assert_int_equal(found.n_ticks, checkpoint->n_ticks);
    assert_int_equal(found.follows, checkpoint->follows);
    assert_int_equal(found.tick, checkpoint->tick);
    assert_int_equal(found.resumed_from, checkpoint->resumed_from);
    assert_true(found.wall_s == checkpoint->wall_s && found.simulation_s == checkpoint->simulation_s);
    for (int i = 0; i < WKS_CHECKPOINT_FILES; i++)
        assert_true(found.file[i].length == checkpoint->file[i].length && found.file[i].sum == checkpoint->file[i].sum);
    free(back);
    wks_bytes_free(&bytes);
}

static void checkpoint_is_read_as_written(void **state)
{
    static const size_t sizes[] = {0, 1, 17, 3000, 2000000};
    wks_checkpoint checkpoint = example();
    (void)state;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *bytes = state_of(sizes[i]);
        assert_back(&checkpoint, bytes, sizes[i]);
        free(bytes);
    }
    char *zeros = wks_mem_array(4000000, 1); /* packs better than a reader believes: stored as it is */
    assert_back(&checkpoint, zeros, 4000000);
    free(zeros);
}

static void checkpoint_file_is_private_for_real_people(void **state)
{
    wks_checkpoint checkpoint = example(), found;
    wks_err err = WKS_ERR_INIT;
    struct stat info;
    char *folder = wks_folder_make(), *path = wks_checkpoint_path(folder, 12), *back = NULL;
    size_t n = 0;
    (void)state;
    assert_contains(path, "/checkpoint/000012.ckpt");
    assert_ok(wks_checkpoint_write(folder, &checkpoint, "state", 5, true, &err), &err);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    checkpoint.tick = 38;
    assert_ok(wks_checkpoint_write(folder, &checkpoint, "later", 5, false, &err), &err);
    assert_ok(wks_checkpoint_read(path, &found, &back, &n, &err), &err);
    assert_int_equal(found.tick, 38);
    assert_memory_equal(back, "later", 5);
    free(back);
    free(path);
    wks_folder_remove(folder);
}

static void checkpoint_names_are_numbers(void **state)
{
    (void)state;
    assert_int_equal(wks_checkpoint_number("000001.ckpt"), 1);
    assert_int_equal(wks_checkpoint_number("123456789.ckpt"), 123456789);
    static const char *const none[] = {"1.ckpt", "0000001.ckpt", "000001.ckpt.tmp12-0", "000001.city.csv", "abc.ckpt", "99999999999.ckpt",
                                       ""};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_int_equal(wks_checkpoint_number(none[i]), -1);
}

static void assert_refused(const char *bytes, size_t n, const char *how, size_t at)
{
    wks_checkpoint found;
    wks_err err = WKS_ERR_INIT;
    char *copy = malloc(n + 1), *back = NULL; /* of just that size, so that a sanitizer sees who reads beyond */
    size_t n_back = 0;
    assert_non_null(copy);
    char *exact = realloc(copy, n > 0 ? n : 1);
    assert_non_null(exact);
    memcpy(exact, bytes, n);
    const wks_status rc = wks_checkpoint_decode("x.ckpt", exact, n, &found, &back, &n_back, &err);
    if (rc != WKS_ERR_DATA) fail_msg("%s %zu: status %d", how, at, rc);
    assert_null(back);
    assert_contains(err.message, "x.ckpt is damaged");
    assert_contains(err.message, "remove it and that replication begins anew");
    free(exact);
}

static void damaged_checkpoint_is_refused_errors(void **state)
{
    wks_checkpoint checkpoint = example();
    char *bytes = state_of(600);
    wks_bytes whole = encode(&checkpoint, bytes, 600);
    (void)state;
    for (size_t i = 0; i < whole.length; i++) { /* every byte, by one bit and by all of them */
        const char kept = whole.data[i];
        whole.data[i] = (char)(kept ^ (1 << (i % 8)));
        assert_refused(whole.data, whole.length, "a bit of byte", i);
        whole.data[i] = (char)~kept;
        assert_refused(whole.data, whole.length, "byte", i);
        whole.data[i] = kept;
    }
    for (size_t n = 0; n < whole.length; n++)
        assert_refused(whole.data, n, "cut at", n);
    wks_bytes_put_u8(&whole, 'x');
    assert_refused(whole.data, whole.length, "longer", whole.length);
    wks_bytes_free(&whole);
    free(bytes);
}

static void decode_with_sum(const wks_bytes *bytes, wks_status expected, const char *says)
{
    wks_checkpoint found;
    wks_err err = WKS_ERR_INIT;
    char *back = NULL;
    size_t n = 0;
    wks_bytes sealed = {0};
    wks_bytes_put_block(&sealed, bytes->data, bytes->length - WKS_CHECKPOINT_SUM);
    wks_checkpoint_seal(&sealed);
    assert_status(wks_checkpoint_decode("x.ckpt", sealed.data, sealed.length, &found, &back, &n, &err), expected, &err);
    assert_contains(err.message, says);
    assert_null(back);
    wks_bytes_free(&sealed);
}

/* Bytes with a good sum, as somebody could make them on purpose. */
static void hostile_checkpoint_is_refused_errors(void **state)
{
    wks_checkpoint checkpoint = example();
    char *bytes = state_of(600);
    wks_bytes whole = encode(&checkpoint, bytes, 600);
    (void)state;
    whole.data[8] = 1; /* layout: of an older program */
    decode_with_sum(&whole, WKS_ERR_USAGE, "x.ckpt has layout 1 of checkpoints, this program reads 3");
    whole.data[8] = WKS_CHECKPOINT_FORMAT;
    whole.data[12] = 99; /* length of the first text */
    decode_with_sum(&whole, WKS_ERR_DATA, "its head has no sense");
    wks_bytes_free(&whole);

    checkpoint.tick = 121; /* behind the last one */
    whole = encode(&checkpoint, bytes, 600);
    decode_with_sum(&whole, WKS_ERR_DATA, "its head has no sense");
    wks_bytes_free(&whole);
    checkpoint = example();
    whole = encode(&checkpoint, bytes, 600);
    /* The method stands before the packed state, the size behind it: asking for a terabyte gets no memory. */
    static const unsigned char frame[] = {1, 0x28, 0xb5, 0x2f, 0xfd};
    const size_t size_at = whole.length - WKS_CHECKPOINT_SUM - sizeof(uint64_t);
    size_t at = 12;
    while (at + sizeof frame < whole.length && memcmp(whole.data + at, frame, sizeof frame) != 0)
        at++;
    assert_true(at + sizeof frame < whole.length);
    whole.data[size_at + 5] = 1;
    decode_with_sum(&whole, WKS_ERR_DATA, "its state has no possible size");
    whole.data[size_at + 5] = 0;
    whole.data[at] = 7; /* no such packing */
    decode_with_sum(&whole, WKS_ERR_DATA, "its state has no possible size");
    whole.data[at] = 0; /* not as long as it says, when it is not packed */
    decode_with_sum(&whole, WKS_ERR_DATA, "its state has no possible size");
    whole.data[at] = 1;
    whole.data[size_at] = (char)(whole.data[size_at] + 1); /* more than is packed */
    decode_with_sum(&whole, WKS_ERR_DATA, "its state cannot be unpacked");
    whole.data[size_at] = (char)(whole.data[size_at] - 2); /* less than is packed */
    decode_with_sum(&whole, WKS_ERR_DATA, "its state cannot be unpacked");
    wks_bytes_free(&whole);
    free(bytes);
}

static void assert_differs(const wks_checkpoint *found, const char *says)
{
    const wks_checkpoint asked = example();
    wks_err err = WKS_ERR_INIT;
    assert_status(wks_checkpoint_compare("x.ckpt", found, &asked, &err), WKS_ERR_USAGE, &err);
    assert_contains(err.message, says);
    assert_contains(err.message, "remove it and that replication begins anew");
}

static void foreign_checkpoint_is_refused_errors(void **state)
{
    wks_checkpoint found = example();
    const wks_checkpoint asked = example();
    wks_err err = WKS_ERR_INIT;
    (void)state;
    found.tick = 2;
    found.wall_s = 99;
    found.file[0].length = 5;
    assert_ok(wks_checkpoint_compare("x.ckpt", &found, &asked, &err), &err); /* what may differ */
    found = example();
    strcpy(found.commit, "fedcba543210");
    assert_differs(&found, "was written by wijksim 0.1.0 (fedcba543210) and this is 0.1.0 (abcdef012345); go on with that program");
    found = example();
    strcpy(found.version, "0.2.0");
    assert_differs(&found, "wijksim 0.2.0");
    found = example();
    found.replication = 13;
    assert_differs(&found, "is of replication 13, not 12");
    found = example();
    found.seed_dynamics = 3;
    assert_differs(&found, "is of a run with seeds 7 (population) and 3 (dynamics)");
    found = example();
    found.seed_population = 8;
    assert_differs(&found, "is of a run with seeds 8 (population)");
    found = example();
    found.n_ticks = 60;
    assert_differs(&found, "is of a run of 60 ticks, this one has 120");
    found = example();
    found.settings[0] = 'c';
    assert_differs(&found, "is of another scenario: its settings have hash caaaaaaaaaaa, those of this run aaaaaaaaaaaa");
    found = example();
    found.city[0] = 'c';
    assert_differs(&found, "is of a run on other files of the city");
    found = example();
    found.members[0] = 'c';
    assert_differs(&found, "another accepted set");
    found = example();
    found.follows = false;
    assert_differs(&found, "is of a run of one scenario, this is a comparison");
}

enum { LARGE = 64 << 20 };

/* A state that nobody holds: 64 MiB, made as it is put. */
static wks_status save_large(const void *context, wks_bytes *out, wks_err *err)
{
    (void)context;
    for (uint32_t i = 0; i < LARGE / 4; i++)
        wks_bytes_put_i32(out, (int32_t)(i * 2654435761u >> 16));
    return wks_bytes_status(out, err);
}

static void large_state_is_written_in_little_memory(void **state)
{
    wks_checkpoint checkpoint = example(), found;
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *path = wks_checkpoint_path(folder, 12), *back = NULL;
    size_t n = 0;
    (void)state;
    const double before = wks_mem_peak_rss_mib();
    assert_ok(wks_checkpoint_write_state(folder, &checkpoint, save_large, NULL, false, &err), &err);
    assert_true(wks_mem_peak_rss_mib() - before < 8);
    assert_ok(wks_checkpoint_read(path, &found, &back, &n, &err), &err);
    assert_int_equal(n, LARGE);
    for (uint32_t i = 0; i < LARGE / 4; i++) {
        const int32_t expected = (int32_t)(i * 2654435761u >> 16);
        assert_memory_equal(back + 4 * (size_t)i, &expected, 4);
    }
    free(back);
    free(path);
    wks_folder_remove(folder);
}

static wks_status save_zeros(const void *context, wks_bytes *out, wks_err *err)
{
    static const char zeros[1 << 16];
    int32_t *n_calls;
    memcpy(&n_calls, context, sizeof n_calls);
    (*n_calls)++;
    for (int i = 0; i < 1024; i++)
        wks_bytes_put_block(out, zeros, sizeof zeros);
    return wks_bytes_status(out, err);
}

/* What packs better than a reader believes is saved once more, as it is. */
static void state_of_nothing_but_zeros_is_stored(void **state)
{
    wks_checkpoint checkpoint = example(), found;
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *path = wks_checkpoint_path(folder, 12), *back = NULL;
    int32_t n_calls = 0, *context = &n_calls;
    size_t n = 0;
    (void)state;
    assert_ok(wks_checkpoint_write_state(folder, &checkpoint, save_zeros, &context, false, &err), &err);
    assert_int_equal(n_calls, 2);
    assert_ok(wks_checkpoint_read(path, &found, &back, &n, &err), &err);
    assert_int_equal(n, 1 << 26);
    free(back);
    free(path);
    wks_folder_remove(folder);
}

static wks_status save_nothing(const void *context, wks_bytes *out, wks_err *err)
{
    (void)context;
    (void)out;
    return wks_err_set(err, WKS_ERR_IO, "no room");
}

/* The one before stays. */
static void state_that_cannot_be_saved_errors(void **state)
{
    wks_checkpoint checkpoint = example(), found;
    wks_err err = WKS_ERR_INIT;
    char *folder = wks_folder_make(), *path = wks_checkpoint_path(folder, 12);
    (void)state;
    assert_ok(wks_checkpoint_write(folder, &checkpoint, "state", 5, false, &err), &err);
    checkpoint.tick++;
    assert_status(wks_checkpoint_write_state(folder, &checkpoint, save_nothing, NULL, false, &err), WKS_ERR_IO, &err);
    assert_string_equal(err.message, "no room");
    err = WKS_ERR_INIT;
    assert_ok(wks_checkpoint_read(path, &found, NULL, NULL, &err), &err);
    assert_int_equal(found.tick, checkpoint.tick - 1);
    free(path);
    wks_folder_remove(folder);
}

static wks_status work(void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_checkpoint checkpoint = example(), found;
    char *path = wks_checkpoint_path(context, 12), *back = NULL;
    size_t n = 0;
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_checkpoint_write(context, &checkpoint, "state", 5, true, err));
    WKS_TRY(wks_checkpoint_read(path, &found, &back, &n, err));
out:
    free(back);
    free(path);
    return rc;
}

static void checkpoint_without_memory_errors(void **state)
{
    char *folder = wks_folder_make();
    (void)state;
    assert_true(wks_chaos_run(work, folder) > 8);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(checkpoint_is_read_as_written),        cmocka_unit_test(checkpoint_file_is_private_for_real_people),
        cmocka_unit_test(checkpoint_names_are_numbers),         cmocka_unit_test(damaged_checkpoint_is_refused_errors),
        cmocka_unit_test(hostile_checkpoint_is_refused_errors), cmocka_unit_test(foreign_checkpoint_is_refused_errors),
        cmocka_unit_test(checkpoint_without_memory_errors),     cmocka_unit_test(large_state_is_written_in_little_memory),
        cmocka_unit_test(state_of_nothing_but_zeros_is_stored), cmocka_unit_test(state_that_cannot_be_saved_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
