/* What a lever of scenarios/levers/ changes is told in sentences that need no scenario file: in both languages, without keys, quotes or settings without words. How the
 * file calls it stands behind the sentence, between brackets. */
#include "cli/levers.h"

/* What a reader stumbles over; NULL: nothing. `line` is cut at the note. */
static const char *stumble(char *line)
{
    const size_t n = strlen(line);
    char *note = strstr(line, ". [");

    if (note == NULL || line[n - 1] != ']') return "no sentence with its note";
    if (note[3] == ']') return "an empty note";
    *note = '\0';
    if (strpbrk(line, "_'\"=<>[]") != NULL) return "a key, a quote or a formula";
    if (strstr(line, "instelling ") != NULL || strstr(line, "setting ") != NULL) return "a setting without words";
    if (line[0] < 'A' || line[0] > 'Z') return "no capital";
    if (strstr(line, " 1 maanden") != NULL || strstr(line, " 1 toewijzingen") != NULL || strstr(line, " 1 months") != NULL)
        return "a plural of one";
    return NULL;
}

/* How many lines are not right; `*n_lines` counts all. */
static int bad_lines(const levers_file *lever, char *text, int *n_lines)
{
    int n_bad = 0;
    char *rest = NULL;

    for (char *line = strtok_r(text, "\n", &rest); line != NULL; line = strtok_r(NULL, "\n", &rest)) {
        const char *why = stumble(line);
        ++*n_lines;
        if (why == NULL) continue;
        print_error("%s: %s: %s\n", lever->name, why, line);
        n_bad++;
    }
    return n_bad;
}

static void every_lever_is_told_in_words(void **state)
{
    static levers_file lever[LEVERS_MAX];
    const int n = levers_all(lever);
    char *folder = wks_folder_make();
    int n_bad = 0;

    (void)state;
    assert_true(n > 60);
    for (int i = 1; i < n; i++) {
        for (int is_dutch = 0; is_dutch < 2; is_dutch++) {
            int n_lines = 0;
            wks_run run = program_run(folder, 0, "diff", lever[0].path, lever[i].path, "--lang", is_dutch ? "nl" : "en", NULL);
            n_bad += bad_lines(&lever[i], run.out, &n_lines);
            assert_true(n_lines > 0);
            wks_run_free(&run);
        }
    }
    assert_int_equal(n_bad, 0);
    wks_folder_remove(folder);
}

/* The judge itself: it finds what it should. */
static void a_line_that_is_not_in_words_is_found(void **state)
{
    char right[] = "Volgorde: loting in plaats van langste inschrijfduur eerst. [order: lot]",
         key[] = "Proces: care_old 1 in plaats van 2. [x]", quote[] = "Regels 'regio'. [rules]", none[] = "Volgorde: loting.",
         raw[] = "Markt: instelling b 2. [x]", plural[] = "Na 1 maanden. [x]";

    (void)state;
    assert_null(stumble(right));
    assert_non_null(stumble(key));
    assert_non_null(stumble(quote));
    assert_non_null(stumble(none));
    assert_non_null(stumble(raw));
    assert_non_null(stumble(plural));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_lever_is_told_in_words),
        cmocka_unit_test(a_line_that_is_not_in_words_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
