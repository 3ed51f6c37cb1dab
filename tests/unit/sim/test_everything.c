#include "sim/everything.h"

#include "support/check.h"

static bool is_filled(const char *text)
{
    return text != NULL && text[0] != '\0';
}

/* Help, documentation and messages come from these: nothing may be missing. */
static void assert_spec_is_whole(const wks_spec *spec)
{
    assert_non_null(spec);
    if (!is_filled(spec->name) || !is_filled(spec->kind) || !is_filled(spec->help) || spec->basis == NULL)
        fail_msg("%s is not described", spec->name);
    assert_true(spec->n_params <= WKS_PARAM_MAX);
    for (int32_t i = 0; i < spec->n_params; i++) {
        const wks_param *param = &spec->param[i];
        if (!is_filled(param->name) || !is_filled(param->unit) || !is_filled(param->source) || !is_filled(param->help)) {
            fail_msg("parameter %d (%s) of %s is not described", i, param->name == NULL ? "?" : param->name, spec->name);
        }
        if ((param->type == WKS_PARAM_INT || param->type == WKS_PARAM_REAL) && !param->is_required &&
            !(param->low <= param->preset && param->preset <= param->high)) {
            fail_msg("%s.%s: the default lies outside its range", spec->name, param->name);
        }
        for (int32_t k = 0; k < i; k++) {
            if (strcmp(spec->param[k].name, param->name) == 0) fail_msg("%s has two parameters %s", spec->name, param->name);
        }
    }
}

static void assert_list_is_whole(const wks_spec *const *spec, int32_t n)
{
    assert_true(n > 0);
    for (int32_t i = 0; i < n; i++) {
        assert_spec_is_whole(spec[i]);
        for (int32_t k = 0; k < i; k++) {
            if (strcmp(spec[k]->name, spec[i]->name) == 0) fail_msg("%s is there twice", spec[i]->name);
        }
    }
}

static void catalogue_describes_all_it_names_once(void **state)
{
    const wks_catalogue *all = wks_everything_catalogue();
    (void)state;
    assert_list_is_whole(all->process, all->n_processes);
    assert_list_is_whole(all->part, all->n_parts);
    assert_list_is_whole(all->event, all->n_events);
}

static void processes_stand_in_the_order_of_the_tick(void **state)
{
    static const char *const order[] = {"timeline",   "demography", "livelihood", "arrivals", "stock",     "search",
                                        "allocation", "market",     "departures", "support",  "encounter", "neighbourhood"};
    const wks_catalogue *all = wks_everything_catalogue();
    (void)state;
    assert_int_equal(all->n_processes, sizeof order / sizeof *order);
    for (int32_t i = 0; i < all->n_processes; i++)
        assert_string_equal(all->process[i]->name, order[i]);
}

static void indicators_are_described_in_both_languages(void **state)
{
    const wks_catalogue *all = wks_everything_catalogue();
    (void)state;
    assert_true(all->n_indicators > 10);
    for (int32_t i = 0; i < all->n_indicators; i++) {
        const wks_indicator_spec *s = &all->indicator[i];
        if (!is_filled(s->name) || !is_filled(s->unit) || !is_filled(s->level) || s->by == NULL || !is_filled(s->label_nl) ||
            !is_filled(s->label_en) || !is_filled(s->explanation_nl) || !is_filled(s->explanation_en)) {
            fail_msg("indicator %s is not described", s->name);
        }
        for (int32_t k = 0; k < i; k++) {
            /* A grid has its own `moves`: never in one result with those of a city. */
            const bool is_other_model = (strcmp(s->level, "grid") == 0) != (strcmp(all->indicator[k].level, "grid") == 0);
            if (!is_other_model && strcmp(all->indicator[k].name, s->name) == 0) fail_msg("indicator %s is there twice", s->name);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(catalogue_describes_all_it_names_once),
        cmocka_unit_test(processes_stand_in_the_order_of_the_tick),
        cmocka_unit_test(indicators_are_described_in_both_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
