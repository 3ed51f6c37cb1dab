/* compare that runs shared months once against one that does not: the same bytes, whole, stopped and gone on with, and with any number of threads. All levers:
 * scripts/validate/97_branch.sh. */
#include "cli/program.h"
#include "output/checkpoint.h"

typedef struct branch_fixture {
    char *folder, *reference;
} branch_fixture;

/* Four policies from 2025-07 on, one of which names areas, one builds and demolishes, one changes a parameter; and one that differs otherwise. */
static const char *const policy[] = {
    "name = \"areas\"; timeline = ( { at = \"2025-07\"; event = \"designate\"; areas = [ \"WK990104\" ]; }, "
    "{ at = \"2025-07\"; event = \"support\"; areas = [ \"WK990104\" ]; kind = \"wijkteam\"; hours_week = 200; eur_year = 900000; } );",
    "name = \"stock\"; timeline = ( { at = \"2025-08\"; event = \"demolish\"; areas = [ \"WK990104\" ]; dwellings = 120; notice_months = "
    "2; build_months = 2; social = 0.3; "
    "middle = 0.3; } );",
    "name = \"param\"; timeline = ( { at = \"2025-07\"; event = \"set\"; set = \"processes.search.start\"; value = 1.9; } );",
    "name = \"other\"; processes = { search = { start = 1.9; }; };",
};
enum { N_POLICIES = sizeof policy / sizeof *policy };

static int set_up(void **state)
{
    branch_fixture *f = calloc(1, sizeof *f);
    f->folder = wks_folder_make();
    f->reference = program_source("scenarios/00_reference.cfg");
    for (int i = 0; i < N_POLICIES; i++) {
        wks_text text = WKS_TEXT_INIT;
        char name[16];
        (void)snprintf(name, sizeof name, "p%d.cfg", i);
        wks_text_addf(&text, "base = \"%s\";\n%s\n", f->reference, policy[i]);
        free(wks_folder_put(f->folder, name, text.data));
        wks_text_free(&text);
    }
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    branch_fixture *f = *state;
    wks_folder_remove(f->folder);
    free(f->reference);
    free(f);
    return 0;
}

static void assert_same_comparison(const branch_fixture *f, const char *a, const char *b)
{
    static const char *const scenario[] = {"reference", "areas", "stock", "param", "other"};
    static const char *const joint[] = {"summary.csv", "contrasts.csv", "losers.csv", "waterbed.csv", "effects.csv"};
    char *first = wks_folder_path(f->folder, a), *second = wks_folder_path(f->folder, b);

    for (size_t i = 0; i < sizeof joint / sizeof *joint; i++)
        program_assert_same(first, second, joint[i]);
    for (size_t i = 0; i < sizeof scenario / sizeof *scenario; i++) {
        char *one = wks_folder_path(first, scenario[i]), *other = wks_folder_path(second, scenario[i]);
        program_assert_same_run(one, other);
        program_assert_same(one, other, "households/000001.fates");
        free(one);
        free(other);
    }
    free(first);
    free(second);
}

static int64_t branched_at(const branch_fixture *f, const char *name)
{
    char *folder = wks_folder_path(f->folder, name);
    wks_json *root = program_manifest(folder);
    const wks_json *at = wks_json_get(root, "branched_at");
    const int64_t tick = at == NULL ? 0 : wks_json_int(at);
    wks_json_free(root);
    free(folder);
    return tick;
}

#define COMPARE(folder, out, ...) \
    "compare", f->reference, "p0.cfg", "p1.cfg", "p2.cfg", "p3.cfg", "-t", "9", "-q", "-o", out, __VA_ARGS__, NULL

static void shared_months_run_once_give_the_same_bytes(void **state)
{
    const branch_fixture *f = *state;
    program_do(f->folder, 0, COMPARE(f->folder, "whole", "-r", "2", "-j", "2", "--unbranched"));
    program_do(f->folder, 0, COMPARE(f->folder, "branched", "-r", "2", "-j", "3", "--verify"));
    assert_int_equal(branched_at(f, "whole/areas"), 0);
    assert_int_equal(branched_at(f, "branched/reference"), 0);
    assert_int_equal(branched_at(f, "branched/areas"), 5);
    assert_int_equal(branched_at(f, "branched/stock"), 6);
    assert_int_equal(branched_at(f, "branched/param"), 5);
    assert_int_equal(branched_at(f, "branched/other"), 0);
    assert_same_comparison(f, "whole", "branched");
}

/* Stopped as soon as the first part is there, in the shared past; then gone on with. */
static void shared_past_that_is_stopped_goes_on_to_the_same_bytes(void **state)
{
    const branch_fixture *f = *state;
    program_do(f->folder, 0, COMPARE(f->folder, "whole", "-r", "1", "-j", "1", "--unbranched", "--force"));
    const int code = program_interrupt(f->folder, "stopped/stock/parts/000001.city.csv.part", SIGTERM,
                                       COMPARE(f->folder, "stopped", "-r", "1", "-j", "1"));
    assert_int_equal(code, 5);
    program_do(f->folder, 0, COMPARE(f->folder, "stopped", "-r", "1", "-j", "2", "--resume"));
    assert_same_comparison(f, "whole", "stopped");
}

/* Tick of the checkpoint of replication 1; -1 without one, or while it is being replaced. */
static int32_t kept_tick(const branch_fixture *f, const char *name)
{
    char *folder = wks_folder_path(f->folder, name), *path = wks_checkpoint_path(folder, 1);
    wks_checkpoint found;
    const int32_t tick = wks_checkpoint_read(path, &found, NULL, NULL, NULL) == WKS_OK ? found.tick : -1;
    free(folder);
    free(path);
    return tick;
}

/* The tick that replication 1 went on from; -1: begun anew. */
static int64_t resumed_from(const branch_fixture *f, const char *name)
{
    char *folder = wks_folder_path(f->folder, name);
    wks_json *root = program_manifest(folder);
    const wks_json *at = wks_json_get(wks_json_at(wks_json_get(root, "replications"), 0), "resumed_from");
    const int64_t tick = at == NULL ? -1 : wks_json_int(at);
    wks_json_free(root);
    free(folder);
    return tick;
}

/* kill -9 in the shared past: those that share it go on from the last checkpoint too, and not from the start. */
static void shared_past_that_is_killed_goes_on_from_its_checkpoint(void **state)
{
    static const char *const sharing[] = {"killed/areas", "killed/stock", "killed/param"};
    const branch_fixture *f = *state;
    const char *const argv[] = {PROGRAM, COMPARE(f->folder, "killed", "-r", "1", "-j", "1", "--checkpoint-every", "0")};
    const struct timespec pause = {0, 500000};
    program_do(f->folder, 0, COMPARE(f->folder, "whole", "-r", "1", "-j", "1", "--unbranched"));
    int status = 0;
    const pid_t child = program_start(f->folder, argv);
    while (kept_tick(f, "killed/param") < 2) {
        assert_int_equal(waitpid(child, &status, WNOHANG), 0);
        (void)nanosleep(&pause, NULL);
    }
    (void)kill(child, SIGKILL);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    program_do(f->folder, 0, COMPARE(f->folder, "killed", "-r", "1", "-j", "2", "--resume"));
    for (size_t i = 0; i < sizeof sharing / sizeof *sharing; i++)
        assert_true(resumed_from(f, sharing[i]) >= 2);
    assert_same_comparison(f, "whole", "killed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(shared_months_run_once_give_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shared_past_that_is_stopped_goes_on_to_the_same_bytes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(shared_past_that_is_killed_goes_on_from_its_checkpoint, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
