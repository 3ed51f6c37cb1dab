#include "rules/registry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules/part.h"
#include "rules/part_list.h"
#include "scenario/difference_words.h"
#include "support/check.h"
#include "support/folder.h"

static bool is_kind(const wks_spec *spec, const char *kind)
{
    return strcmp(spec->kind, kind) == 0;
}

static void registry_names_are_unique_within_a_kind(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        for (int32_t k = 0; k < i; k++) {
            const wks_spec *a = wks_registry_parts[i], *b = wks_registry_parts[k];
            assert_true(strcmp(a->name, b->name) != 0 || !is_kind(a, b->kind));
        }
    }
}

static void registry_parts_say_what_they_are(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        const wks_spec *spec = wks_registry_parts[i];
        assert_true(is_kind(spec, "channel") || is_kind(spec, "filter") || is_kind(spec, "order") || is_kind(spec, "spreiding") ||
                    is_kind(spec, "conduct"));
        assert_true(strlen(spec->name) > 0 && strlen(spec->help) > 20 && strlen(spec->basis) > 5);
        assert_non_null(spec->implementation);
        for (int32_t p = 0; p < spec->n_params; p++) {
            const wks_param *param = &spec->param[p];
            assert_true(param->name != NULL && param->unit != NULL && param->help != NULL && strlen(param->help) > 5);
            assert_true(param->source != NULL && strlen(param->source) > 0);
            if (param->type != WKS_PARAM_INT && param->type != WKS_PARAM_REAL) continue;
            assert_true(param->low < param->high && param->preset >= param->low && param->preset <= param->high);
        }
    }
}

static void registry_channels_have_what_the_round_reads(void **state)
{
    static const char *const needed[] = {"share", "label", "areas"};

    (void)state;
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        const wks_spec *spec = wks_registry_parts[i];
        for (int32_t n = 0; is_kind(spec, "channel") && n < 3; n++) {
            bool found = false;
            for (int32_t p = 0; p < spec->n_params; p++)
                found = found || strcmp(spec->param[p].name, needed[n]) == 0;
            assert_true(found);
        }
    }
}

/* What differs between scenarios is told in words: of parts, and of what can be set of them. */
static void registry_parts_have_words_in_both_languages(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        const wks_spec *spec = wks_registry_parts[i];
        if (wks_difference_words_part(spec->name, true) == NULL || wks_difference_words_part(spec->name, false) == NULL)
            fail_msg("no words for part %s", spec->name);
        for (int32_t k = 0; k < spec->n_params; k++) {
            const char *name = spec->param[k].name;
            if (wks_difference_words_param(name, true) == NULL || wks_difference_words_param(name, false) == NULL)
                fail_msg("no words for %s of %s", name, spec->name);
        }
    }
}

/* Every part has a test file of its own, and in it beside what it does a twin for what goes wrong or for the edge. */
static void registry_parts_have_a_test_pair(void **state)
{
#define FILE_OF(file) #file,
    static const char *const files[] = {WKS_PART_LIST(FILE_OF)};
#undef FILE_OF

    (void)state;
    assert_int_equal(sizeof files / sizeof files[0], wks_registry_n_parts);
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        char name[128], part[96];
        snprintf(name, sizeof name, "../unit/rules/test_%s.c", files[i]);
        snprintf(part, sizeof part, "part = \\\"%s\\\"", wks_registry_parts[i]->name);
        char *path = wks_folder_path(wks_check_test_data(), name), *text = wks_folder_get(path);
        const char *first = text == NULL ? NULL : strstr(text, "cmocka_unit_test(");
        if (first == NULL || strstr(first + 1, "cmocka_unit_test(") == NULL)
            fail_msg("%s: expected a test pair for part %s", name, files[i]);
        if (strstr(text, "_errors)") == NULL && strstr(text, "_edge)") == NULL)
            fail_msg("%s: expected a twin named _errors or _edge", name);
        if (strstr(text, part) == NULL) fail_msg("%s does not name %s", name, part);
        free(text);
        free(path);
    }
}

/* A parameter without a source says that it is an assumption, or "-" when there is nothing to have a source for (a name, a predicate). */
static void registry_numbers_have_a_source(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        const wks_spec *spec = wks_registry_parts[i];
        for (int32_t p = 0; p < spec->n_params; p++) {
            const bool is_number = spec->param[p].type == WKS_PARAM_INT || spec->param[p].type == WKS_PARAM_REAL;
            if (is_number && strlen(spec->param[p].source) < 5) fail_msg("%s of %s has no source", spec->param[p].name, spec->name);
            if (strcmp(spec->param[p].help, spec->help) == 0) fail_msg("%s of %s has no help of its own", spec->param[p].name, spec->name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registry_names_are_unique_within_a_kind),
        cmocka_unit_test(registry_parts_say_what_they_are),
        cmocka_unit_test(registry_channels_have_what_the_round_reads),
        cmocka_unit_test(registry_parts_have_a_test_pair),
        cmocka_unit_test(registry_numbers_have_a_source),
        cmocka_unit_test(registry_parts_have_words_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
