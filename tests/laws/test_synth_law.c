/* What city may not include, held equal: the limits of rent with which the stock is made are those of the law. And the rates of
 * registration the population was made with are those it lives on with. */
#include "support/check.h"

#include "city/synth_dwelling.h"
#include "scenario/law.h"
#include "sim/everything.h"

static void limits_of_the_stock_are_those_of_the_law(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_law_table_size; i++) {
        const wks_law *law = &wks_law_table[i];
        assert_close(wks_synth_dwelling_limit(law->year, 0), law->rent_limit_eur, 1e-12, 0.0);
        assert_close(wks_synth_dwelling_limit(law->year, 1), law->rent_cap_low_eur, 1e-12, 0.0);
        assert_close(wks_synth_dwelling_limit(law->year, 2), law->rent_cap_high_eur, 1e-12, 0.0);
    }
}

/* Fewer points in the table: within 2 % of the law's maximum. */
static void maximum_rents_of_the_stock_are_near_those_of_the_law(void **state)
{
    (void)state;
    for (int32_t year = 2024; year <= 2026; year++) {
        const wks_law law = wks_law_of_year(year, 0.03);
        for (double points = 50.0; points <= 210.0; points += 5.0)
            assert_close(wks_synth_dwelling_wws_rent(year, points), wks_law_wws_rent(&law, points), 0.02, 0.0);
    }
}

static double preset(const wks_spec *spec, const char *name)
{
    for (int32_t i = 0; i < spec->n_params; i++) {
        if (strcmp(spec->param[i].name, name) == 0) return spec->param[i].preset;
    }
    fail_msg("%s has no parameter %s", spec->name, name);
    return NAN;
}

static void registrations_start_with_the_rates_they_live_on_with(void **state)
{
    const wks_catalogue *catalogue = wks_everything_catalogue();
    const wks_spec *demography = NULL;

    (void)state;
    for (int32_t i = 0; i < catalogue->n_processes; i++) {
        if (strcmp(catalogue->process[i]->name, "demography") == 0) demography = catalogue->process[i];
    }
    assert_non_null(demography);
    assert_close(preset(demography, "register_young"), wks_synth_default.register_18_29, 0.0, 0.0);
    assert_close(preset(demography, "register_middle"), wks_synth_default.register_30_49, 0.0, 0.0);
    assert_close(preset(demography, "register_old"), wks_synth_default.register_50, 0.0, 0.0);
    assert_close(preset(demography, "lapse"), wks_synth_default.lapse, 0.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(limits_of_the_stock_are_those_of_the_law),
        cmocka_unit_test(maximum_rents_of_the_stock_are_near_those_of_the_law),
        cmocka_unit_test(registrations_start_with_the_rates_they_live_on_with),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
