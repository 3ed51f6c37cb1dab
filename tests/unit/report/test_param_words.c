/* Parameters of shipped studies have words; words are of parameters that there are. */
#include "report/param_words.h"

#include <stdio.h>
#include <string.h>

#include "support/check.h"

static void every_parameter_of_a_shipped_study_has_words(void **state)
{
    (void)state;
    FILE *list = popen(
        "grep -rhoE 'path *= *\"[^\"]*\"' \"$WKS_TEST_DATA/../../scenarios/studies\" --include='*.cfg' | cut -d'\"' -f2 | sort -u", "r");
    char path[200];
    int n = 0;
    assert_non_null(list);
    while (fgets(path, sizeof path, list) != NULL) {
        path[strcspn(path, "\n")] = '\0';
        if (strchr(path, '.') == NULL) continue; /* an argument of a function */
        if (wks_param_words_of(path) == NULL) fail_msg("%s has no words", path);
        n++;
    }
    assert_int_equal(pclose(list), 0);
    assert_true(n > 5);
}

static void every_word_is_of_a_parameter(void **state)
{
    (void)state;
    for (size_t i = 0; wks_param_words_at(i) != NULL; i++) {
        const wks_param_words *is = wks_param_words_at(i);
        char process[200], rule[200];
        (void)snprintf(process, sizeof process, "processes.%s", is->key);
        (void)snprintf(rule, sizeof rule, "rules.regio.spreiding.%s", is->key);
        if (wks_param_words_known(process) == NULL && wks_param_words_known(rule) == NULL) fail_msg("%s is no parameter", is->key);
        assert_true(is->name[0][0] != '\0' && is->name[1][0] != '\0' && is->help_nl[0] != '\0');
    }
}

static void a_name_has_its_unit(void **state)
{
    (void)state;
    wks_text words = WKS_TEXT_INIT;
    wks_param_words_add(WKS_NOTATION_NL, "processes.livelihood.exit_long", &words);
    assert_string_equal(words.data, "Weer werk na een lange tijd zonder (per jaar)");
    wks_text_clear(&words);
    wks_param_words_add(WKS_NOTATION_EN, "rules.regio.spreiding.cap_share.max_share", &words);
    assert_string_equal(words.data, "Largest share of the group by area (share)");
    wks_text_clear(&words);
    wks_param_words_add(WKS_NOTATION_NL, "processes.search.start", &words);
    assert_string_equal(words.data, "Hoe vaak mensen beginnen te zoeken (factor)");
    wks_text_clear(&words);
    wks_param_words_add(WKS_NOTATION_NL, "processes.demography.fertility", &words); /* no words */
    wks_param_words_add(WKS_NOTATION_NL, "rules.regio.spreiding.livelihood.exit_long", &words);
    wks_param_words_add(WKS_NOTATION_NL, "start", &words);
    assert_int_equal(words.length, 0);
    wks_text_free(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_parameter_of_a_shipped_study_has_words),
        cmocka_unit_test(every_word_is_of_a_parameter),
        cmocka_unit_test(a_name_has_its_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
