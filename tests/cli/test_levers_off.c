/* A lever of scenarios/levers/ at zero (its lines "Off") is doing nothing: the same state and the same tables, byte for byte. */
#include "cli/levers.h"

static const char *const tables[] = {"city.csv", "buurt.csv", "lettings.csv", "queue.csv", "flows.csv"};

/* A table without the rows that are about the areas which events of the scenario name: what is measured differs, not what happens. */
static char *get_table(const char *out, const char *name)
{
    static const char named[] = ",leefbaarheid_gap,named,";
    char *text = program_get(out, name), *to = text;
    const char *found = strstr(text, named);
    for (const char *at = text; *at != '\0';) {
        const size_t n = strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n');
        const bool is_named = found != NULL && found < at + n;
        if (is_named) found = strstr(at + n, named);
        if (!is_named) {
            memmove(to, at, n);
            to += n;
        }
        at += n;
    }
    *to = '\0';
    return text;
}

/* What differs, for a message; NULL: nothing. */
static const char *difference(const char *without, const char *with)
{
    const char *which = NULL;
    char *a = program_state_hash(without), *b = program_state_hash(with);
    if (strcmp(a, b) != 0) which = "state";
    free(a);
    free(b);
    for (size_t i = 0; i < sizeof tables / sizeof *tables && which == NULL; i++) {
        if (!program_has(without, tables[i])) continue; /* not in every version */
        a = get_table(without, tables[i]);
        b = get_table(with, tables[i]);
        if (strcmp(a, b) != 0) which = tables[i];
        free(a);
        free(b);
    }
    return which;
}

static void a_lever_at_zero_is_doing_nothing(void **state)
{
    static levers_file lever[LEVERS_MAX];
    const int n = levers_all(lever);
    int n_differ = 0;
    char *folder = wks_folder_make(), *reference = levers_run(&lever[0], folder, "8", false);
    (void)state;
    for (int i = 1; i < n; i += LEVERS_STEP) {
        char *out = levers_run(&lever[i], folder, "8", true);
        const char *which = difference(reference, out);
        if (which != NULL) print_error("%s at zero: another %s\n", lever[i].name, which);
        n_differ += which != NULL;
        free(out);
    }
    assert_int_equal(n_differ, 0);
    for (int i = 0; i < n; i++)
        levers_free(&lever[i]);
    free(reference);
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_lever_at_zero_is_doing_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
