/* Every legal basis of the catalogue is Dutch on a Dutch page. */
#include "report/basis_words.h"

#include <stdio.h>
#include <string.h>

#include "sim/everything.h"
#include "support/check.h"

/* English words that stand in no Dutch text of law. */
static bool has_english(const char *text)
{
    static const char *const english[] = {" and ", " the ",  "the ",   " of the ", " or ",       "agreements", " as in ",
                                          " to ",  "within", "rules ", "(sale)",   "precedence", "conditions"};
    for (size_t i = 0; i < sizeof english / sizeof *english; i++)
        if (strncmp(text, english[i], strlen(english[i])) == 0 || (english[i][0] != 't' && strstr(text, english[i]) != NULL)) return true;
    return false;
}

static void every_basis_of_the_catalogue_is_dutch(void **state)
{
    (void)state;
    const wks_catalogue *catalogue = wks_everything_catalogue();
    int n_english = 0;
    for (int32_t i = 0; i < catalogue->n_parts; i++) {
        const char *basis = catalogue->part[i]->basis;
        if (basis == NULL) continue;
        n_english += has_english(basis);
        if (has_english(wks_basis_words_dutch(basis))) fail_msg("%s: '%s' has no Dutch words", catalogue->part[i]->name, basis);
    }
    assert_true(n_english > 20); /* else the test looks for nothing */
}

/* Of every file under scenarios/: what stands between the quotes behind `basis =`. */
static void every_basis_of_a_shipped_rule_set_is_dutch(void **state)
{
    (void)state;
    int n_english = 0;
    FILE *list =
        popen("grep -rhoE 'basis = \"[^\"]*\"' \"$WKS_TEST_DATA/../../scenarios\" --include='*.cfg' | cut -d'\"' -f2 | sort -u", "r");
    char line[400];
    assert_non_null(list);
    while (fgets(line, sizeof line, list) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        const char *dutch = wks_basis_words_dutch(line);
        n_english += strstr(line, "illustration") != NULL || has_english(line);
        if (strstr(dutch, "illustration") != NULL || strstr(dutch, "assumption") != NULL || strstr(dutch, "region ") != NULL ||
            has_english(dutch))
            fail_msg("'%s' has no Dutch words", line);
    }
    assert_int_equal(pclose(list), 0);
    assert_true(n_english > 10);
}

static void what_is_dutch_stays_as_it_is(void **state)
{
    (void)state;
    assert_string_equal(wks_basis_words_dutch("huisvestingsverordening"), "huisvestingsverordening");
    assert_string_equal(wks_basis_words_dutch("rules of the portal"), "regels van het portaal");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_basis_of_the_catalogue_is_dutch),
        cmocka_unit_test(every_basis_of_a_shipped_rule_set_is_dutch),
        cmocka_unit_test(what_is_dutch_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
