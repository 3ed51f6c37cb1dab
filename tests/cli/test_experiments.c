/* The ten experiments of scenarios/experiments/: a folder each, its reference first; every file has its head, runs with the others of its folder, and differs from the
 * reference, except where it says that it must not. */
#include "cli/levers.h"

enum { N_EXPERIMENTS = 10 };

static char *folder;

static int begin(void **state)
{
    (void)state;
    folder = wks_folder_make();
    return 0;
}

static int end(void **state)
{
    (void)state;
    wks_folder_remove(folder);
    return 0;
}

static size_t names_in(const char *path, char ***names)
{
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_file_list(path, names, &n, &err), &err);
    return n;
}

static void free_names(char **names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free((void *)names);
}

static void assert_has_line(const char *experiment, const char *file, const char *text, const char *begin_of_line)
{
    wks_text line = WKS_TEXT_INIT;
    wks_text_addf(&line, "\n%s", begin_of_line);
    if (strncmp(text, begin_of_line, strlen(begin_of_line)) != 0 && strstr(text, line.data) == NULL)
        fail_msg("%s/%s: no line '%s'", experiment, file, begin_of_line);
    wks_text_free(&line);
}

/* The reference names what to look at and what is left without the mechanism; the others the sign they expect. */
static void check_head(const char *experiment, const char *file, const char *text, bool is_reference)
{
    static const char *const every[] = {"// Question: ", "// Source: ", "// Expected outcome: ", "base = \"", "name = \""};
    for (size_t i = 0; i < sizeof every / sizeof *every; i++)
        assert_has_line(experiment, file, text, every[i]);
    assert_has_line(experiment, file, text, is_reference ? "// Contrasts: " : "// Expects: ");
    if (is_reference) assert_has_line(experiment, file, text, "// Ablation");
}

static void every_file_has_its_head(void **state)
{
    char *root = program_source("scenarios/experiments"), **experiment = NULL;
    const size_t n = names_in(root, &experiment);
    (void)state;
    assert_int_equal(n, N_EXPERIMENTS);
    for (size_t i = 0; i < n; i++) {
        char *path = wks_folder_path(root, experiment[i]), **file = NULL;
        const size_t n_files = names_in(path, &file);
        assert_in_range(strtol(experiment[i], NULL, 10), i + 1, i + 1); /* 01_... to 10_... */
        assert_in_range(n_files, 3, 20);
        for (size_t k = 0; k < n_files; k++) {
            char *text = program_get(path, file[k]);
            check_head(experiment[i], file[k], text, k == 0);
            free(text);
        }
        free_names(file, n_files);
        free(path);
    }
    free_names(experiment, n);
    free(root);
}

static char *run_hash(const char *path, const char *months)
{
    program_do(folder, 0, "run", path, "-r", "1", "-t", months, "-j", "1", "-q", "--force", "--set", "output.lettings=false", "-o", "out",
               NULL);
    char *out = wks_folder_path(folder, "out"), *hash = program_state_hash(out);
    free(out);
    return hash;
}

/* Most differ in two months or half a year; bills come in the 18th month, passend toewijzen in the 25th. What differs once goes on differing: the hash is of the
 * whole state. */
enum { N_SPANS = 3 };
static const char *const span[N_SPANS] = {"2", "6", "26"};

/* The reference's hash over each of these is made once, when a variant asks. */
static bool is_same(const char *reference, const char *variant, char *without[N_SPANS])
{
    bool same = true;
    for (int i = 0; i < N_SPANS && same; i++) {
        if (without[i] == NULL) without[i] = run_hash(reference, span[i]);
        char *with = run_hash(variant, span[i]);
        same = strcmp(without[i], with) == 0;
        free(with);
    }
    return same;
}

static int wrong_variants(const char *path, const char *experiment)
{
    char **file = NULL, *without[N_SPANS] = {NULL};
    int n_wrong = 0;
    const size_t n_files = names_in(path, &file);
    char *reference = wks_folder_path(path, file[0]);
    for (size_t k = 1; k < n_files; k++) {
        char *variant = wks_folder_path(path, file[k]);
        const bool must_be_same = strcmp(file[k], "9_never_binds.cfg") == 0;
        if (is_same(reference, variant, without) != must_be_same) {
            print_error("%s/%s: %s the reference\n", experiment, file[k], must_be_same ? "is not" : "is");
            n_wrong++;
        }
        free(variant);
    }
    for (int i = 0; i < N_SPANS; i++)
        free(without[i]);
    free(reference);
    free_names(file, n_files);
    return n_wrong;
}

static void a_variant_differs_from_its_reference_unless_it_must_not(void **state)
{
    char *root = program_source("scenarios/experiments"), **experiment = NULL;
    const size_t n = names_in(root, &experiment);
    int n_wrong = 0;
    (void)state;
    for (size_t i = 0; i < n; i += LEVERS_STEP) {
        char *path = wks_folder_path(root, experiment[i]);
        n_wrong += wrong_variants(path, experiment[i]);
        free(path);
    }
    assert_int_equal(n_wrong, 0);
    free_names(experiment, n);
    free(root);
}

/* What scripts/experiments.sh hands to --set; an experiment with a variant for it has none. */
static int try_ablations(const char *path, const char *reference)
{
    static const char head[] = "\n// Ablation: ";
    char *text = program_get(path, reference), *file = wks_folder_path(path, reference), *line = strstr(text, head), *rest = NULL;
    int n = 0;

    if (line != NULL) line[1 + strcspn(line + 1, "\n")] = '\0';
    for (char *set = line == NULL ? NULL : strtok_r(line + sizeof head - 1, " ", &rest); set != NULL; set = strtok_r(NULL, " ", &rest)) {
        program_do(folder, 0, "check", file, "--set", set, NULL);
        n++;
    }
    free(file);
    free(text);
    return n;
}

static void every_ablation_is_a_setting(void **state)
{
    char *root = program_source("scenarios/experiments"), **experiment = NULL;
    const size_t n = names_in(root, &experiment);
    int n_tried = 0;
    (void)state;
    for (size_t i = 0; i < n; i++) {
        char *path = wks_folder_path(root, experiment[i]), **file = NULL;
        const size_t n_files = names_in(path, &file);
        n_tried += try_ablations(path, file[0]);
        free_names(file, n_files);
        free(path);
    }
    assert_true(n_tried >= 10);
    free_names(experiment, n);
    free(root);
}

static void one_experiment_is_compared_by_the_plain_command(void **state)
{
    char *a = program_source("scenarios/experiments/07_restructuring/0_nothing.cfg"),
         *b = program_source("scenarios/experiments/07_restructuring/1_restructure.cfg");
    (void)state;
    program_do(folder, 0, "compare", a, b, "-r", "2", "-t", "4", "-q", "-o", "compared", NULL);
    assert_true(program_has(folder, "compared/contrasts.csv"));
    free(a);
    free(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_file_has_its_head),
        cmocka_unit_test(a_variant_differs_from_its_reference_unless_it_must_not),
        cmocka_unit_test(every_ablation_is_a_setting),
        cmocka_unit_test(one_experiment_is_compared_by_the_plain_command),
    };
    return cmocka_run_group_tests(tests, begin, end);
}
