#include "rules/registry.h"

#include <string.h>

#include "rules/part.h"
#include "scenario/difference_words.h"
#include "support/check.h"

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
    static const char *const needed[] = {"share", "order", "label", "areas"};

    (void)state;
    for (int32_t i = 0; i < wks_registry_n_parts; i++) {
        const wks_spec *spec = wks_registry_parts[i];
        for (int32_t n = 0; is_kind(spec, "channel") && n < 4; n++) {
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(registry_names_are_unique_within_a_kind),
        cmocka_unit_test(registry_parts_say_what_they_are),
        cmocka_unit_test(registry_channels_have_what_the_round_reads),
        cmocka_unit_test(registry_parts_have_words_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
