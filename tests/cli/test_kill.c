/* kill -9 at any moment, again and again: resumed, a run ends with the bytes of one that was never stopped. Of the small city and of models without one. */
#include "cli/same_tree.h"
#include "output/checkpoint.h"

static double seconds(void)
{
    struct timespec now;
    assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

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
    return kill_number % 2 == 0 ? (moment){0.7 * whole_s * at, 1000000} : (moment){60 + 20 * whole_s, 1 + (int)(8 * at)};
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
    int n_killed = 0, n_sessions = 0, resumed = 0, n_folders = 0;
    const double begun = seconds();
    to_the_end(f, v, "whole", false);
    const double whole_s = seconds() - begun;

    while (n_killed < v->n_kills || n_folders == 0) {
        (void)snprintf(name, sizeof name, "killed-%d", n_folders);
        bool is_killed = true;
        while (is_killed && n_killed < v->n_kills) {
            is_killed = session(f, v, name, moment_of(v, n_sessions++, whole_s)); /* a moment that comes too late is not tried again */
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
    const victim v = {{"run", f->reference, "--set", f->small, "-t", "48", "-r", "3", "-j", "3", NULL}, ".", 12};
    kill_again_and_again(f, &v);
}

static void killed_model_without_a_city_ends_with_the_same_bytes(void **state)
{
    static const char *const names[] = {"scenarios/classic/schelling_small.cfg", "scenarios/exact/impatience.cfg"};
    fixture *f = *state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *scenario = program_source(names[i]), *top = f->folder;
        f->folder = wks_folder_make();
        const victim v = {{"run", scenario, "-t", i == 0 ? "100" : "1000000", "-r", "3", "-j", "1", NULL}, ".", 6};
        kill_again_and_again(f, &v);
        wks_folder_remove(f->folder);
        f->folder = top;
        free(scenario);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_fixture(killed_comparison_ends_with_the_same_bytes),
        with_fixture(killed_run_ends_with_the_same_bytes),
        with_fixture(killed_model_without_a_city_ends_with_the_same_bytes),
    };
    /* Thousands of small files are synced here, and what a kill leaves does not depend on the disk: in memory where that is possible. */
    if (access("/dev/shm", W_OK | X_OK) == 0) (void)setenv("TMPDIR", "/dev/shm", 0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
