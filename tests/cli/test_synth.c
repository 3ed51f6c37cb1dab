/* `wijksim synth`: what it says, and the tables it writes. */
#include "cli/program.h"

static int make_folder(void **state)
{
    *state = wks_folder_make();
    return 0;
}

static int remove_folder(void **state)
{
    wks_folder_remove(*state);
    return 0;
}

/* Tables are formatted in blocks by all threads; two blocks and more at this size. */
static void tables_have_the_same_bytes_for_any_threads(void **state)
{
    static const char *const table[] = {"households.csv", "persons.csv", "latent.csv", "registrations.csv", "units.csv", "fit.csv"};
    const char *folder = *state;
    char *one = wks_folder_path(folder, "1");

    program_do(folder, 0, "synth", "modelstad", "-o", "1", "-j", "1", NULL);
    for (int threads = 2; threads <= 3; threads++) {
        const char *const count = threads == 2 ? "2" : "3";
        char *other = wks_folder_path(folder, count);
        program_do(folder, 0, "synth", "modelstad", "-o", count, "-j", count, NULL);
        for (size_t i = 0; i < sizeof table / sizeof *table; i++)
            program_assert_same(one, other, table[i]);
        free(other);
    }
    free(one);
}

/* People in shelter and at the COA have no buurt: who counts rows must be told why there are more than inhabitants. */
static void persons_beyond_the_inhabitants_are_told_apart(void **state)
{
    const char *folder = *state;
    long long persons = 0, inhabitants = 0, beyond = 0, rows = 0, without = 0;
    wks_run run = program_run(folder, 0, "synth", "modelstad", "-o", "people", NULL);
    const char *said = strchr(run.out, ':');

    assert_non_null(said);
    assert_int_equal(sscanf(said, ": %lld persons (%lld inhabitants of buurten, %lld on top of them in shelter or at the COA)", &persons,
                            &inhabitants, &beyond),
                     3);
    char *text = program_get(folder, "people/persons.csv"), *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest), rows++) {
        const char *cell = line;
        for (int field = 0; field < 3; field++)
            cell = strchr(cell, ',') + 1;
        without += *cell == ',';
    }
    assert_int_equal(rows - 1, persons);
    assert_int_equal(without, beyond);
    assert_true(beyond > 0);
    assert_int_equal(persons - without, inhabitants);
    free(text);
    text = program_get(folder, "people/population.cfg");
    assert_non_null(strstr(text, "title = \"Modelstad (verzonnen)\";"));
    free(text);
    wks_run_free(&run);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(tables_have_the_same_bytes_for_any_threads, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(persons_beyond_the_inhabitants_are_told_apart, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
