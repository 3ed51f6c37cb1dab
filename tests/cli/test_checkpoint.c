/* Runs that are killed or stopped in the middle of a replication: resumed, they end with the bytes of a run that was never stopped; a checkpoint that is damaged
 * or of something else is refused. Every run here is of the small city or of a model without one. */
#include "cli/program.h"
#include "output/checkpoint.h"

static double seconds(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Has the time in it, or was made at another time. */
static bool is_exempt(const char *name)
{
    return strcmp(name, "manifest.json") == 0 || strcmp(name, "report.html") == 0 || strcmp(name, "map.gpkg") == 0;
}

/* The same files with the same bytes, folder by folder. */
static void assert_same_tree(const char *a, const char *b)
{
    char **first = NULL, **second = NULL;
    size_t n = 0, n_second = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_list(a, &first, &n, &err), &err);
    assert_ok(wks_file_list(b, &second, &n_second, &err), &err);
    for (size_t i = 0; i < n && i < n_second; i++) {
        if (strcmp(first[i], second[i]) != 0) fail_msg("%s has %s, %s has %s", a, first[i], b, second[i]);
    }
    if (n != n_second) fail_msg("%s has %zu files, %s has %zu", a, n, b, n_second);
    for (size_t i = 0; i < n; i++) {
        char *inside = wks_folder_path(a, first[i]), *other = wks_folder_path(b, first[i]);
        if (wks_file_is_folder(inside)) {
            assert_same_tree(inside, other);
        } else if (!is_exempt(first[i])) {
            program_assert_same(a, b, first[i]);
        }
        free(inside);
        free(other);
        free(first[i]);
        free(second[i]);
    }
    free(first);
    free(second);
}

/* Replications that the manifest says went on in the middle. */
static int n_resumed(const char *folder)
{
    wks_json *root = program_manifest(folder);
    const wks_json *list = wks_json_get(root, "replications");
    int n = 0;
    for (size_t i = 0; i < wks_json_size(list); i++)
        n += wks_json_get(wks_json_at(list, i), "resumed_from") != NULL;
    wks_json_free(root);
    return n;
}

/* ---- killed at any moment ---- */

typedef struct wks_victim {
    const char *argv[PROGRAM_MAX_ARGUMENTS]; /* without -o, --resume and --checkpoint-every */
    const char *inside;                      /* the folder of a run inside the results; "." itself */
    int n_kills;
} victim;

static void fill(const victim *v, const char *out, bool keeps, const char **argv)
{
    static const char *const how[] = {"--resume", "--checkpoint-every", "0"};
    int n = 1;
    argv[0] = PROGRAM;
    for (int i = 0; v->argv[i] != NULL; i++)
        argv[n++] = v->argv[i];
    argv[n++] = "-q";
    argv[n++] = "-o";
    argv[n++] = out;
    for (int i = 0; keeps && i < 3; i++)
        argv[n++] = how[i];
    argv[n] = NULL;
}

static void to_the_end(const fixture *f, const victim *v, const char *out, bool keeps)
{
    const char *argv[PROGRAM_MAX_ARGUMENTS];
    fill(v, out, keeps, argv);
    wks_run run = wks_run_program(argv, f->folder);
    if (run.exit_code != 0) fail_msg("exit %d (signal %d)\n%s", run.exit_code, run.signal, run.err);
    wks_run_free(&run);
}

/* When a session is killed: after some time, or after so many checkpoints, whichever comes first. */
typedef struct wks_moment {
    double seconds;
    int n_checkpoints;
} moment;

/* A fraction of 1 from the name of a kill: the same every time. */
static double fraction(const victim *v, int kill_number)
{
    wks_text key = WKS_TEXT_INIT;
    wks_text_addf(&key, "%s %s %d", v->argv[0], v->argv[1], kill_number);
    const double out = (double)(wks_text_hash(key.data) >> 11) / 9007199254740992.0;
    wks_text_free(&key);
    return out;
}

/* Every second kill anywhere in the life of a session, the others among its checkpoints: most of the time of a session this short is spent before and after. */
static moment moment_of(const victim *v, int kill_number, double whole_s)
{
    const double at = fraction(v, kill_number);
    return kill_number % 2 == 0 ? (moment){0.7 * whole_s * at, 1000000} : (moment){60 + 20 * whole_s, 1 + (int)(30 * at)};
}

/* Changes when a checkpoint is written. */
static uint64_t look_at_checkpoint(const char *folder, int32_t replication)
{
    struct stat info;
    char *path = wks_checkpoint_path(folder, replication);
    const bool is_there = stat(path, &info) == 0;
    free(path);
    return is_there ? (uint64_t)info.st_ino * 1000003 + (uint64_t)info.st_mtim.tv_nsec : 0;
}

/* Returns whether it was killed; else it ended well. */
static bool session(const fixture *f, const victim *v, const char *out, moment when)
{
    const char *argv[PROGRAM_MAX_ARGUMENTS];
    const struct timespec pause = {0, 1000000};
    const double begun = seconds();
    char *top = wks_folder_path(f->folder, out), *inside = wks_folder_path(top, v->inside);
    uint64_t last[3] = {0, 0, 0};
    int status = 0, n_seen = 0;
    bool is_killed = false;

    fill(v, out, true, argv);
    for (int32_t r = 0; r < 3; r++)
        last[r] = look_at_checkpoint(inside, r + 1);
    const pid_t child = program_start(f->folder, argv);
    while (waitpid(child, &status, WNOHANG) != child) {
        for (int32_t r = 0; r < 3; r++) {
            const uint64_t now = look_at_checkpoint(inside, r + 1);
            n_seen += now != 0 && now != last[r];
            last[r] = now;
        }
        if (!is_killed && (n_seen >= when.n_checkpoints || seconds() - begun >= when.seconds)) {
            (void)kill(child, SIGKILL);
            is_killed = true;
        }
        (void)nanosleep(&pause, NULL);
    }
    free(inside);
    free(top);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) return true;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        fail_msg("session: exit %d, signal %d", WIFEXITED(status) ? WEXITSTATUS(status) : -1, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
    return false;
}

/* Kills a session at each moment and resumes; whenever the run is complete before all kills are spent it begins again in a new folder. */
static void kill_again_and_again(const fixture *f, const victim *v)
{
    char *whole = wks_folder_path(f->folder, "whole");
    char name[32];
    int n_killed = 0, resumed = 0, n_folders = 0;
    const double begun = seconds();
    to_the_end(f, v, "whole", false);
    const double whole_s = seconds() - begun;

    while (n_killed < v->n_kills || n_folders == 0) {
        (void)snprintf(name, sizeof name, "killed-%d", n_folders);
        bool is_killed = true;
        while (is_killed && n_killed < v->n_kills) {
            is_killed = session(f, v, name, moment_of(v, n_killed, whole_s));
            n_killed += is_killed;
        }
        if (is_killed) to_the_end(f, v, name, true);
        char *out = wks_folder_path(f->folder, name), *inside = wks_folder_path(out, v->inside);
        assert_same_tree(whole, out);
        resumed += n_resumed(inside);
        n_folders++;
        free(inside);
        free(out);
    }
    print_message("%d kills, %d runs, %d replications went on in the middle\n", n_killed, n_folders, resumed);
    if (resumed == 0) fail_msg("no replication went on in the middle: %d kills, %d runs", n_killed, n_folders);
    free(whole);
}

static void killed_comparison_ends_with_the_same_bytes(void **state)
{
    const fixture *f = *state;
    const victim v = {{"compare", f->reference, f->cap, "--set", f->small, "-t", "24", "-r", "3", "-j", "2", NULL}, "reference", 20};
    kill_again_and_again(f, &v);
}

static void killed_run_ends_with_the_same_bytes(void **state)
{
    const fixture *f = *state;
    const victim v = {{"run", f->reference, "--set", f->small, "-t", "48", "-r", "3", "-j", "3", "--verify", NULL}, ".", 20};
    kill_again_and_again(f, &v);
}

static void killed_model_without_a_city_ends_with_the_same_bytes(void **state)
{
    static const char *const names[] = {"scenarios/classic/schelling_small.cfg", "scenarios/exact/impatience.cfg"};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *scenario = program_source(names[i]), *top = f->folder;
        f->folder = wks_folder_make();
        const victim v = {{"run", scenario, i == 0 ? "-t" : "-r", i == 0 ? "200" : "3", "-r", "3", "-j", "1", NULL}, ".", 8};
        kill_again_and_again(f, &v);
        wks_folder_remove(f->folder);
        f->folder = top;
        free(scenario);
    }
}

/* ---- stopped in good order ---- */

#define MIDDLE "-t", "240", "-r", "2", "-j", "1", "-q"

/* Stops a run in its first replication. Returns its folder. */
static char *stop_in_the_middle(const fixture *f, const char *out, int signal_number)
{
    char *when = wks_folder_path(out, "parts/000001.city.csv.part"), *folder = wks_folder_path(f->folder, out);
    assert_int_equal(program_interrupt(f->folder, when, signal_number, "run", f->reference, "--set", f->small, MIDDLE, "-o", out, NULL), 5);
    program_assert_status(folder, "interrupted");
    program_assert_no_leftovers(folder);
    assert_true(program_has(folder, "checkpoint/000001.ckpt"));
    free(when);
    return folder;
}

static void stopped_run_goes_on_in_the_middle_to_the_same_bytes(void **state)
{
    static const struct {
        int number;
        const char *folder;
    } cases[] = {{SIGINT, "int"}, {SIGTERM, "term"}, {SIGUSR1, "usr1"}};
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole");
    program_do(f->folder, 0, "run", f->reference, "--set", f->small, MIDDLE, "-o", "whole", NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *out = stop_in_the_middle(f, cases[i].folder, cases[i].number);
        char *text = program_get(out, "city.csv"); /* the tables hold whole replications: none */
        assert_string_equal(text, "scenario,replication,tick,date,indicator,group,scale,value\n");
        free(text);
        wks_run run =
            program_run(f->folder, 0, "run", f->reference, "--set", f->small, MIDDLE, "-o", cases[i].folder, "--resume", "--dry-run", NULL);
        assert_contains(run.out, "would go on in the middle: 1 from tick ");
        wks_run_free(&run);
        program_do(f->folder, 0, "run", f->reference, "--set", f->small, MIDDLE, "-o", cases[i].folder, "--resume", NULL);
        assert_same_tree(whole, out);
        assert_int_equal(n_resumed(out), 1);
        program_says(f->folder, 0, "is complete: nothing to do", "run", f->reference, "--set", f->small, "-t", "240", "-r", "2", "-o",
                     cases[i].folder, "--resume", NULL);
        free(out);
    }
    free(whole);
}

static void max_time_keeps_the_month_and_tells_how_to_go_on(void **state)
{
    fixture *f = *state;
    char *whole = wks_folder_path(f->folder, "whole"), *out = wks_folder_path(f->folder, "out");
#define LONG "run", f->reference, "--set", f->small, "-t", "240", "-r", "12", "-j", "1", "-q", "-o"
    wks_run run = program_run(f->folder, 5, LONG, "out", "--max-time", "00:00:01", NULL);
    assert_contains(run.err, "of 12 replications are done; kept in the middle: number ");
    assert_contains(run.err, " of reference at tick ");
    assert_contains(run.err, "; to go on: wijksim run ");
    assert_contains(run.err, "-q -o out --max-time 00:00:01 --resume");
    assert_string_equal(run.out, "");
    wks_run_free(&run);
    program_do(f->folder, 0, LONG, "out", "--resume", NULL);
    program_do(f->folder, 0, LONG, "whole", NULL);
#undef LONG
    assert_same_tree(whole, out);
    assert_int_equal(n_resumed(out), 1);
    free(whole);
    free(out);
}

static void checkpoint_every_errors(void **state)
{
    fixture *f = *state;
    program_says(f->folder, 2, "--checkpoint-every 'often' is no number of minutes from 0 to 100000", "run", f->reference,
                 "--checkpoint-every", "often", NULL);
    program_says(f->folder, 2, "--checkpoint-every '-1'", "run", f->reference, "--checkpoint-every=-1", NULL);
}

/* ---- refused ---- */

#define GO_ON "run", f->reference, "--set", f->small, MIDDLE, "-o", "out", "--resume"

static void put_bytes(const char *path, const char *bytes, size_t n)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_write(path, bytes, n, &err), &err);
}

static void damaged_checkpoint_is_refused_errors(void **state)
{
    fixture *f = *state;
    char *out = stop_in_the_middle(f, "out", SIGTERM), *path = wks_folder_path(out, "checkpoint/000001.ckpt");
    char *bytes = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_read(path, &bytes, &n, &err), &err);
    const size_t at[] = {0, 8, 40, n / 2, n - 1};
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        bytes[at[i]] ^= 4;
        put_bytes(path, bytes, n);
        bytes[at[i]] ^= 4;
        program_says(f->folder, 3, "out/checkpoint/000001.ckpt is damaged", GO_ON, NULL);
        program_says(f->folder, 3, "remove it and that replication begins anew", GO_ON, "--dry-run", NULL);
        put_bytes(path, bytes, at[i]);
        program_says(f->folder, 3, "out/checkpoint/000001.ckpt is damaged", GO_ON, NULL);
    }
    program_assert_status(out, "interrupted"); /* nothing was touched: with the right bytes it goes on */
    put_bytes(path, bytes, n);
    char *rows = wks_folder_path(out, "parts/000001.city.csv.part");
    assert_int_equal(truncate(rows, 100), 0);
    program_says(f->folder, 3, "000001.city.csv.part is cut short", GO_ON, NULL);
    assert_int_equal(unlink(path), 0); /* as the message says: number 1 begins anew */
    program_do(f->folder, 0, GO_ON, NULL);
    assert_int_equal(n_resumed(out), 0);
    program_assert_status(out, "complete");
    free(rows);
    free(bytes);
    free(path);
    free(out);
}

/* Rewrites the checkpoint with something else in its head, and a sum that is right. */
static void rewrite(const char *out, const char *commit, uint64_t seed)
{
    wks_checkpoint checkpoint;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_checkpoint_path(out, 1), *bytes = NULL;
    size_t n = 0;
    assert_ok(wks_checkpoint_read(path, &checkpoint, &bytes, &n, &err), &err);
    if (commit != NULL) (void)snprintf(checkpoint.commit, sizeof checkpoint.commit, "%s", commit);
    checkpoint.seed_dynamics = seed;
    assert_ok(wks_checkpoint_write(out, &checkpoint, bytes, n, false, &err), &err);
    free(bytes);
    free(path);
}

static void foreign_checkpoint_is_refused_errors(void **state)
{
    fixture *f = *state;
    char *out = stop_in_the_middle(f, "out", SIGUSR1);
    rewrite(out, NULL, 9);
    program_says(f->folder, 2, "000001.ckpt is of a run with seeds 1 (population) and 9 (dynamics), this one has 1 and 1", GO_ON, NULL);
    rewrite(out, "0123456789ab", 1);
    program_says(f->folder, 2, "000001.ckpt was written by wijksim", GO_ON, NULL);
    program_says(f->folder, 2, "(0123456789ab) and this is", GO_ON, "--dry-run", NULL);
    program_says(f->folder, 2, "or --force to begin all anew", GO_ON, NULL);
    program_says(f->folder, 2, "out holds another run", "run", f->reference, "--set", f->small, "-t", "250", "-r", "2", "-q", "-o", "out",
                 "--resume", NULL); /* another scenario is told before */
    program_do(f->folder, 0, "run", f->reference, "--set", f->small, "-t", "3", "-r", "1", "-q", "-o", "out", "--force", NULL);
    program_assert_status(out, "complete");
    assert_false(program_has(out, "checkpoint"));
    free(out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(killed_comparison_ends_with_the_same_bytes),
        with_fixture(killed_run_ends_with_the_same_bytes),
        with_fixture(killed_model_without_a_city_ends_with_the_same_bytes),
        with_fixture(stopped_run_goes_on_in_the_middle_to_the_same_bytes),
        with_fixture(max_time_keeps_the_month_and_tells_how_to_go_on),
        with_fixture(checkpoint_every_errors),
        with_fixture(damaged_checkpoint_is_refused_errors),
        with_fixture(foreign_checkpoint_is_refused_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
