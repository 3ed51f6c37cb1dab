#include "support/check.h"

#include "scenario/keys.h"

static void keys_are_documented_and_defaults_in_range(void **state)
{
    int32_t n = 0;

    (void)state;
    for (int32_t i = 0; i < wks_keys_n_sections; i++) {
        const wks_spec *spec = wks_keys_sections[i].spec;
        for (int32_t k = 0; k < spec->n_params; k++, n++) {
            const wks_param *param = &spec->param[k];
            assert_true(strlen(param->name) > 0 && strlen(param->help) > 10 && strlen(param->source) > 0 && param->unit != NULL);
            if (param->type == WKS_PARAM_INT || param->type == WKS_PARAM_REAL) {
                assert_true(param->preset >= param->low && param->preset <= param->high);
            }
            for (int32_t m = 0; m < k; m++)
                assert_string_not_equal(spec->param[m].name, param->name);
        }
    }
    assert_true(n > 20);
    assert_int_equal(wks_keys_top.n_params, WKS_KEYS_N_TOP);
    assert_string_equal(wks_keys_top.param[WKS_KEYS_TICKS].name, "ticks");
    assert_string_equal(wks_keys_output.param[WKS_KEYS_LETTINGS].name, "lettings");
    assert_string_equal(wks_keys_group.param[WKS_KEYS_GROUP_USE].name, "use");
    assert_string_equal(wks_keys_rule.param[WKS_KEYS_RULE_UNTIL].name, "until");
    assert_string_equal(wks_keys_seeds.param[WKS_KEYS_DYNAMICS].name, "dynamics");
}

/* What docs call the default, where the type has no number for it. */
static void keys_have_the_default_that_holds(void **state)
{
    (void)state;
    assert_string_equal(wks_keys_default_text(&wks_keys_top.param[WKS_KEYS_CITY]), wks_keys_default_city);
    assert_string_equal(wks_keys_default_text(&wks_keys_top.param[WKS_KEYS_START]), wks_keys_default_start);
    assert_string_equal(wks_keys_default_text(&wks_keys_output.param[WKS_KEYS_LEVELS]), "city, buurt");
    assert_string_equal(wks_keys_default_text(&wks_keys_group.param[WKS_KEYS_GROUP_USE]), "measure");
    assert_null(wks_keys_default_text(&wks_keys_top.param[WKS_KEYS_QUESTION]));
    for (int32_t i = 0; i < wks_keys_n_sections; i++) {
        for (int32_t k = 0; k < wks_keys_sections[i].spec->n_params; k++) {
            const wks_param *param = &wks_keys_sections[i].spec->param[k];
            assert_null(strstr(param->help, "default")); /* said once, in its own place */
            if (param->is_required) assert_null(wks_keys_default_text(param));
        }
    }
}

/* Names, paths and what is written are no assumptions about the city. */
static void keys_of_the_interface_are_no_assumptions(void **state)
{
    (void)state;
    assert_string_equal(wks_keys_top.param[WKS_KEYS_NAME].source, "interface");
    assert_string_equal(wks_keys_output.param[WKS_KEYS_CITY_EVERY].source, "interface");
    assert_contains(wks_keys_top.param[WKS_KEYS_LAW_INDEX].source, "assumption");
    assert_contains(wks_keys_top.param[WKS_KEYS_TICKS].source, "assumption");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_documented_and_defaults_in_range),
        cmocka_unit_test(keys_have_the_default_that_holds),
        cmocka_unit_test(keys_of_the_interface_are_no_assumptions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
