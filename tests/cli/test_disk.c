/* When writing fails: exit 1, the file is named, nothing half-written stands under its final name, and earlier results are whole. */
#define _GNU_SOURCE /* unshare, mount */
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include "cli/program.h"

static void run_under_a_file_errors(void **state)
{
    fixture *f = *state;
    free(wks_folder_put(f->folder, "file", "I am a file"));
    program_says(f->folder, 2, "cannot make the folder file: a file has that name", "run", f->reference, "-q", "-t", "1", "-r", "1", "-o",
                 "file/out", "--set", f->small, NULL);
    program_says(f->folder, 2, "file: a file has that name", "compare", f->reference, f->cap, "-q", "-t", "1", "-r", "1", "-o", "file/out",
                 "--set", f->small, NULL);
    program_says(f->folder, 2, "cannot make the folder file: a file has that name; expected a folder or a new name", "run", f->reference,
                 "-q", "-t", "1", "-r", "1", "-o", "file", "--set", f->small, NULL);
    program_says(f->folder, 2, "file", "synth", f->small + strlen("city="), "-q", "-o", "file/people", NULL);
    char *text = program_get(f->folder, "file");
    assert_string_equal(text, "I am a file");
    free(text);
}

static void run_into_a_folder_without_permission_errors(void **state)
{
    fixture *f = *state;
    char *closed = wks_folder_path(f->folder, "closed");
    if (geteuid() == 0) {
        free(closed);
        print_message("skipped: root may write anywhere (the read-only test covers it)\n");
        skip();
    }
    assert_int_equal(mkdir(closed, 0555), 0);
    program_says(f->folder, 1, "cannot make the folder closed/out: Permission denied", "run", f->reference, "-q", "-t", "1", "-r", "1",
                 "-o", "closed/out", "--set", f->small, NULL);
    free(closed);
}

/* ---- a file system of its own: needs to be root ---- */

/* Mounts a small tmpfs on folder/disk in a mount namespace of this process; skips the test where that is not allowed. */
static char *mount_disk(const fixture *f, const char *size)
{
    char *disk = wks_folder_path(f->folder, "disk");
    assert_int_equal(mkdir(disk, 0777), 0);
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount("tmpfs", disk, "tmpfs", 0, size) != 0) {
        free(disk);
        print_message("skipped: this process may not mount a small disk (root may)\n");
        skip();
    }
    return disk;
}

static void unmount_disk(char *disk)
{
    assert_int_equal(umount2(disk, MNT_DETACH), 0);
    free(disk);
}

/* Every table under its final name is whole: it ends with a newline, and has the header. */
static void assert_whole(const char *folder, const char *name)
{
    if (!program_has(folder, name)) return;
    char *text = program_get(folder, name);
    const size_t n = strlen(text);
    if (n < 10 || text[n - 1] != '\n') fail_msg("%s/%s is half-written", folder, name);
    free(text);
}

static void full_disk_names_the_file_and_keeps_what_is_whole(void **state)
{
    fixture *f = *state;
    char *disk = mount_disk(f, "size=1m"), *out = wks_folder_path(disk, "out"), *earlier = wks_folder_path(disk, "earlier");
    program_do(disk, 0, "run", f->reference, "-q", "-t", "1", "-r", "1", "-o", "earlier", "--set", f->small, NULL);
    char *before = program_get(earlier, "city.csv");
    wks_run run = program_run(disk, 1, "run", f->reference, "-q", "-t", "120", "-r", "8", "-j", "1", "-o", "out", "--set", f->small, NULL);
    assert_contains(run.err, "cannot write out/parts/0000");
    assert_contains(run.err, "No space left on device");
    assert_string_equal(run.out, "");
    wks_run_free(&run);
    char *after = program_get(earlier, "city.csv");
    assert_string_equal(before, after);
    for (int i = 0; i < PROGRAM_N_TABLES; i++)
        assert_whole(out, program_tables[i]);
    assert_whole(out, "manifest.json");
    program_assert_no_leftovers(out);
    wks_json *m = program_manifest(out);
    const char *status = wks_json_text(wks_json_get(m, "status"));
    assert_true(strcmp(status, "failed") == 0 || strcmp(status, "running") == 0); /* "running" when even that did not fit */
    wks_json_free(m);
    free(before);
    free(after);

    /* With room again it goes on to the bytes of a run that never met a full disk. */
    char *whole = wks_folder_path(f->folder, "whole");
    assert_int_equal(mount("tmpfs", disk, "tmpfs", MS_REMOUNT, "size=100m"), 0);
    program_do(disk, 0, "run", f->reference, "-q", "-t", "120", "-r", "8", "-o", "out", "--resume", "--set", f->small, NULL);
    program_do(f->folder, 0, "run", f->reference, "-q", "-t", "120", "-r", "8", "-o", "whole", "--set", f->small, NULL);
    program_assert_same_run(whole, out);
    free(whole);
    free(out);
    free(earlier);
    unmount_disk(disk);
}

/* The disk fills up among checkpoints of every tick: the last that was whole is gone on from. */
static void full_disk_keeps_the_last_whole_checkpoint(void **state)
{
    fixture *f = *state;
    char *disk = mount_disk(f, "size=1m"), *out = wks_folder_path(disk, "out"), *whole = wks_folder_path(f->folder, "whole");
#define FILL "run", f->reference, "-q", "-t", "240", "-r", "2", "-j", "2", "--set", f->small, "-o"
    wks_run run = program_run(disk, 1, FILL, "out", "--checkpoint-every", "0", NULL);
    assert_contains(run.err, "cannot write out/");
    assert_contains(run.err, "No space left on device");
    wks_run_free(&run);
    program_assert_no_leftovers(out);
    assert_true(program_has(out, "checkpoint/000001.ckpt") || program_has(out, "checkpoint/000002.ckpt"));
    run = program_run(disk, 1, FILL, "out", "--checkpoint-every", "0", "--resume", NULL); /* still full: told again, and nothing is lost */
    assert_contains(run.err, "No space left on device");
    wks_run_free(&run);

    assert_int_equal(mount("tmpfs", disk, "tmpfs", MS_REMOUNT, "size=100m"), 0);
    run = program_run(disk, 0, FILL, "out", "--resume", "--dry-run", NULL);
    assert_contains(run.out, "would go on in the middle: ");
    wks_run_free(&run);
    program_do(disk, 0, FILL, "out", "--resume", NULL);
    program_do(f->folder, 0, FILL, "whole", NULL);
#undef FILL
    program_assert_same_run(whole, out);
    assert_false(program_has(out, "checkpoint"));
    free(whole);
    free(out);
    unmount_disk(disk);
}

static void read_only_disk_errors(void **state)
{
    fixture *f = *state;
    char *disk = mount_disk(f, "size=8m");
    program_do(disk, 0, "run", f->reference, "-q", "-t", "1", "-r", "1", "-o", "out", "--set", f->small, NULL);
    assert_int_equal(mount("tmpfs", disk, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), 0);
    program_says(disk, 1, "cannot make the folder new: Read-only file system", "run", f->reference, "-q", "-t", "1", "-r", "1", "-o", "new",
                 "--set", f->small, NULL);
    program_says(disk, 1, "Read-only file system", "run", f->reference, "-q", "-t", "1", "-r", "2-2", "-o", "out", "--set", f->small, NULL);
    program_says(disk, 1, "report.html: Read-only file system", "report", "out", "-q", NULL);
    char *out = wks_folder_path(disk, "out");
    program_assert_status(out, "complete");
    free(out);
    unmount_disk(disk);
}

/* ---- a limit on the size of files: for everybody ---- */

static void file_size_limit_is_an_error_not_the_end(void **state)
{
    fixture *f = *state;
    struct rlimit old, low;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    low = (struct rlimit){200000, old.rlim_max}; /* bytes; room for the map, not for ten years of rows */
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    wks_run run = program_run(f->folder, 1, "run", f->reference, "-q", "-t", "120", "-r", "2", "-o", "out", "--set", f->small, NULL);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_contains(run.err, "cannot write out/parts/00000");
    assert_contains(run.err, "File too large");
    assert_false(program_has(f->folder, "out/parts/000001.city.csv") && program_has(f->folder, "out/parts/000002.city.csv"));
    char *out = wks_folder_path(f->folder, "out");
    program_assert_no_leftovers(out);
    program_assert_status(out, "failed");
    wks_run_free(&run);
    free(out);
}

/* Standard output onto a full device: `wijksim show ... > file` on a full disk must not pass for success. */
static void full_standard_output_errors(void **state)
{
    static const char *const commands[] = {"describe keys", "show", "check", "--help", "--version"};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        wks_text line = WKS_TEXT_INIT;
        const bool takes_scenario = strcmp(commands[i], "show") == 0 || strcmp(commands[i], "check") == 0;
        wks_text_addf(&line, "%s %s %s > /dev/full", PROGRAM, commands[i], takes_scenario ? f->reference : "");
        const char *const argv[] = {"sh", "-c", line.data, NULL};
        wks_run run = wks_run_program(argv, f->folder);
        assert_int_equal(run.exit_code, 1);
        assert_contains(run.err, "standard output cannot be written");
        wks_run_free(&run);
        wks_text_free(&line);
    }
}

/* Half of a joined table fits: nothing stands under the name asked for, and what a merge would have replaced is still there. */
static void merge_that_finds_no_room_leaves_what_was_there(void **state)
{
    fixture *f = *state;
    struct rlimit old, low;
    struct stat table;
    char *buurt = wks_folder_path(f->folder, "a/buurt.csv"), *out = wks_folder_path(f->folder, "there");
#define PART "run", f->reference, "-q", "-t", "120", "-r", "2", "--set", f->small, "--part"
    program_do(f->folder, 0, PART, "1/2", "-o", "a", NULL);
    program_do(f->folder, 0, PART, "2/2", "-o", "b", NULL);
#undef PART
    program_do(f->folder, 0, "run", f->reference, "-q", "-t", "1", "-r", "3", "--set", f->small, "-o", "there", NULL);
    assert_int_equal(stat(buurt, &table), 0);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    low = (struct rlimit){(rlim_t)table.st_size * 3 / 2, old.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &low), 0);
    wks_run run = program_run(f->folder, 1, "merge", "out", "a", "b", NULL);
    wks_run forced = program_run(f->folder, 1, "merge", "there", "a", "b", "--force", NULL);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_contains(run.err, "File too large");
    assert_contains(forced.err, "File too large");
    assert_false(program_has(f->folder, "out") || program_has(f->folder, "out.merging") || program_has(f->folder, "there.merging"));
    assert_int_equal(program_n_complete(out), 3);
    program_do(f->folder, 0, "merge", "there", "a", "b", "--force", NULL);
    assert_int_equal(program_n_complete(out), 2);
    wks_run_free(&run);
    wks_run_free(&forced);
    free(buurt);
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(run_under_a_file_errors),
        with_fixture(run_into_a_folder_without_permission_errors),
        with_fixture(full_disk_names_the_file_and_keeps_what_is_whole),
        with_fixture(full_disk_keeps_the_last_whole_checkpoint),
        with_fixture(read_only_disk_errors),
        with_fixture(file_size_limit_is_an_error_not_the_end),
        with_fixture(full_standard_output_errors),
        with_fixture(merge_that_finds_no_room_leaves_what_was_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
