/* Running wijksim as a user does, and looking at what it wrote. For the tests of cli/ and repro/. */
#ifndef WKS_TESTS_CLI_PROGRAM_H
#define WKS_TESTS_CLI_PROGRAM_H

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "support/check.h"
#include "support/folder.h"
#include "support/run.h"

enum { PROGRAM_MAX_ARGUMENTS = 40 };

#define PROGRAM WKS_BIN_DIR "/wijksim"

/* The tables that two equal runs have byte for byte. */
static const char *const program_tables[] = {"scenario.cfg", "codebook.csv",     "city.csv",       "buurt.csv",
                                             "lettings.csv", "queue.csv",        "compliance.csv", "budget.csv",
                                             "flows.csv",    "destinations.csv", "monitor.csv",    "summary.csv"};
enum { PROGRAM_N_TABLES = sizeof program_tables / sizeof *program_tables };

/* A file of the source tree, as "scenarios/01_cap.cfg"; malloc'ed. */
static inline char *program_source(const char *name)
{
    char *path = NULL;
    char *root = wks_folder_path(wks_check_test_data(), "../..");
    char *full = realpath(root, NULL);
    assert_non_null(full);
    path = wks_folder_path(full, name);
    free(root);
    free(full);
    return path;
}

static inline void program_fill(const char **argv, va_list arguments)
{
    int n = 1;
    argv[0] = PROGRAM;
    for (const char *word = va_arg(arguments, const char *); word != NULL; word = va_arg(arguments, const char *)) {
        assert_true(n + 1 < PROGRAM_MAX_ARGUMENTS);
        argv[n++] = word;
    }
    argv[n] = NULL;
}

/* Runs the program with these arguments (NULL at the end) in a folder and holds the exit code to what is expected. */
static inline wks_run program_run(const char *folder, int expected, ...)
{
    const char *argv[PROGRAM_MAX_ARGUMENTS];
    va_list arguments;
    va_start(arguments, expected);
    program_fill(argv, arguments);
    va_end(arguments);
    wks_run run = wks_run_program(argv, folder);
    if (run.exit_code != expected) {
        fail_msg("wijksim %s: exit %d (signal %d) instead of %d\n%s%s", argv[1] == NULL ? "" : argv[1], run.exit_code, run.signal, expected,
                 run.out, run.err);
    }
    return run;
}

/* The same, output not looked at. */
#define program_do(folder, expected, ...)                              \
    do {                                                               \
        wks_run done = program_run((folder), (expected), __VA_ARGS__); \
        wks_run_free(&done);                                           \
    } while (0)

/* The same, and standard error has to say something. */
#define program_says(folder, expected, says, ...)                      \
    do {                                                               \
        wks_run said = program_run((folder), (expected), __VA_ARGS__); \
        assert_contains(said.err, (says));                             \
        wks_run_free(&said);                                           \
    } while (0)

static inline bool program_has(const char *folder, const char *name)
{
    char *path = wks_folder_path(folder, name);
    const bool has = wks_file_exists(path);
    free(path);
    return has;
}

static inline char *program_get(const char *folder, const char *name)
{
    char *path = wks_folder_path(folder, name);
    char *text = wks_folder_get(path);
    free(path);
    return text;
}

/* The program says that the folder `out` is complete, and touches nothing: not even its manifest. */
#define program_does_nothing(folder, expected, out, ...)                                          \
    do {                                                                                          \
        char *made = wks_folder_path((folder), (out)), *was = program_get(made, "manifest.json"); \
        program_says((folder), (expected), out " is complete: nothing to do", __VA_ARGS__);       \
        char *is = program_get(made, "manifest.json");                                            \
        assert_string_equal(was, is);                                                             \
        free(made);                                                                               \
        free(was);                                                                                \
        free(is);                                                                                 \
    } while (0)

/* Starts the program with argv in a folder, its output thrown away, and does not wait. */
static inline pid_t program_start(const char *folder, const char *const *argv)
{
    (void)fflush(NULL);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        union {
            const char *const *in;
            char *const *out;
        } words = {.in = argv};
        const int null = open("/dev/null", O_RDWR);
        (void)!nice(10); /* so that who waits for the file is not kept waiting by what it waits for */
        if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0 || chdir(folder) != 0) _exit(127);
        (void)execv(argv[0], words.out);
        _exit(127);
    }
    return child;
}

/* Runs the program and sends a signal as soon as the file `when` is there. Returns the exit code (-1 if the signal itself ended it). */
static inline int program_interrupt(const char *folder, const char *when, int signal_number, ...)
{
    const char *argv[PROGRAM_MAX_ARGUMENTS];
    const struct timespec pause = {0, 2000000};
    va_list arguments;
    int status = 0;

    va_start(arguments, signal_number);
    program_fill(argv, arguments);
    va_end(arguments);
    const pid_t child = program_start(folder, argv);
    bool is_sent = false;
    while (waitpid(child, &status, WNOHANG) != child) {
        if (!is_sent && program_has(folder, when)) {
            (void)kill(child, signal_number);
            is_sent = true;
        }
        (void)nanosleep(&pause, NULL);
    }
    if (!is_sent) fail_msg("%s never appeared, exit %d", when, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* manifest.json of a folder; to be freed. */
static inline wks_json *program_manifest(const char *folder)
{
    wks_json *root = NULL;
    wks_err err = WKS_ERR_INIT;
    char *text = program_get(folder, "manifest.json");
    assert_ok(wks_json_parse(text, strlen(text), &root, &err), &err);
    free(text);
    return root;
}

/* "state_hash" of the one replication of a run; to be freed. */
static inline char *program_state_hash(const char *folder)
{
    wks_json *root = program_manifest(folder);
    const wks_json *list = wks_json_get(root, "replications");
    assert_int_equal(wks_json_size(list), 1);
    const char *text = wks_json_text(wks_json_get(wks_json_at(list, 0), "state_hash"));
    assert_non_null(text);
    char *hash = wks_mem_string(text);
    assert_non_null(hash);
    wks_json_free(root);
    return hash;
}

/* A table of a folder of results; wks_csv_free. */
static inline wks_csv program_table(const char *folder, const char *name)
{
    wks_csv csv;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    char *path = wks_folder_path(folder, name);
    assert_ok(wks_csv_read(path, ',', false, &csv, &problems, &err), &err);
    wks_problems_free(&problems);
    free(path);
    return csv;
}

static inline void program_assert_status(const char *folder, const char *expected)
{
    wks_json *root = program_manifest(folder);
    assert_string_equal(wks_json_text(wks_json_get(root, "status")), expected);
    wks_json_free(root);
}

/* Replications that the manifest lists as complete. */
static inline int program_n_complete(const char *folder)
{
    wks_json *root = program_manifest(folder);
    const wks_json *list = wks_json_get(root, "replications");
    int n = 0;
    for (size_t i = 0; i < wks_json_size(list); i++)
        n += strcmp(wks_json_text(wks_json_get(wks_json_at(list, i), "status")), "complete") == 0;
    wks_json_free(root);
    return n;
}

static inline void program_assert_same(const char *a, const char *b, const char *name)
{
    char first[65], second[65];
    wks_err err = WKS_ERR_INIT;
    char *path_a = wks_folder_path(a, name), *path_b = wks_folder_path(b, name);
    assert_ok(wks_file_sha256(path_a, first, &err), &err);
    assert_ok(wks_file_sha256(path_b, second, &err), &err);
    if (strcmp(first, second) != 0) fail_msg("%s differs between %s and %s", name, a, b);
    free(path_a);
    free(path_b);
}

static inline void program_assert_same_run(const char *a, const char *b)
{
    for (int i = 0; i < PROGRAM_N_TABLES; i++)
        program_assert_same(a, b, program_tables[i]);
}

/* Nothing in the folder (or below it) has a temporary name. */
static inline void program_assert_no_leftovers(const char *folder)
{
    char **names = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_list(folder, &names, &n, &err), &err);
    for (size_t i = 0; i < n; i++) {
        char *path = wks_folder_path(folder, names[i]);
        if (strstr(names[i], ".tmp") != NULL) fail_msg("%s was left", path);
        if (wks_file_is_folder(path)) program_assert_no_leftovers(path);
        free(path);
        free(names[i]);
    }
    free(names);
}

/* What most tests need: a temporary folder, the shipped reference, a scenario "plafond" with a cap (cap.cfg), and a city of three buurten that runs in milliseconds. */
typedef struct fixture {
    char *folder, *reference, *cap, *small; /* small: "city=<folder>" for --set */
} fixture;

static inline int fixture_begin(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    char *city = program_source("tests/data/cities/valid/small");
    wks_text text = WKS_TEXT_INIT;
    assert_non_null(f);
    f->folder = wks_folder_make();
    f->reference = program_source("scenarios/00_reference.cfg");
    wks_text_addf(
        &text,
        "base = \"%s\"; name = \"plafond\"; title = \"Plafond\";\n"
        "rules = ( { name = \"regio\"; spreiding = ( { part = \"cap_share\"; group = \"uitkering\"; max_share = 0.25; } ); } );\n",
        f->reference);
    f->cap = wks_folder_put(f->folder, "cap.cfg", text.data);
    wks_text_free(&text);
    wks_text_addf(&text, "city=%s", city);
    f->small = text.data;
    free(city);
    *state = f;
    return 0;
}

static inline int fixture_end(void **state)
{
    fixture *f = *state;
    wks_folder_remove(f->folder);
    free(f->reference);
    free(f->cap);
    free(f->small);
    free(f);
    return 0;
}

#define with_fixture(test) cmocka_unit_test_setup_teardown(test, fixture_begin, fixture_end)

#endif
