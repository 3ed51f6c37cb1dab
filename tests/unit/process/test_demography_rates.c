/* The bounds that spare most persons a closer look are above every chance that a person of the age and sex may have. */
#include "process/demography_rates.h"

#include "process/process_registry.h"
#include "support/fixture_town.h"

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    wks_demography_rates rate;
} stage;

static void make(stage *s)
{
    wks_demography_rates_make(&s->world, &s->fixture.process[wks_fixture_tick_index(&s->fixture, "demography")], &s->rate);
}

static void open_stage(stage *s)
{
    wks_fixture_tick_empty_world(&s->world, 2025 * 12, 2);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    make(s);
}

static void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

/* Words beyond `last` mean nothing to a chance. */
static void expect_covered(double chance, uint32_t last)
{
    if (last < UINT32_MAX) assert_true(wks_rng_unit(last + 1) >= chance);
}

/* Persons below the age of the old are told by this one alone. */
static void expect_below_most(const wks_demography_bound *bound, const wks_demography_bound *most)
{
    assert_true(bound->death <= most->death);
    assert_true(bound->family <= most->family);
    assert_true(bound->care <= most->care);
    assert_true(bound->yearly <= most->yearly);
}

static void expect_all_covered(const wks_demography_rates *rate)
{
    for (int32_t age = 0; age < WKS_DEMOGRAPHY_AGES; age++) {
        for (int32_t sex = 0; sex < 2; sex++) {
            const wks_demography_bound *bound = &rate->bound[sex][age];
            expect_covered(rate->death[sex][age], bound->death);
            expect_covered(rate->death[sex][age] * rate->death_care, bound->death);
            if (age >= 18) expect_covered(rate->leave_home[age], bound->family);
            for (int32_t k = 0; sex == WKS_SEX_WOMAN && k < 12; k++) {
                expect_covered(rate->birth[age] * wks_demography_rates_birth_factor(rate, true, k), bound->family);
                expect_covered(rate->birth[age] * wks_demography_rates_birth_factor(rate, false, k), bound->family);
            }
            if (age >= 70) expect_covered(rate->care_old[age], bound->care);
            if (age >= 70) expect_covered(rate->care_old[age] * rate->care_partner, bound->care);
            if (age >= 18 && age < 65) expect_covered(rate->care_young, bound->care);
            if (age >= 18) expect_covered(rate->lapse, bound->yearly);
            if (age >= 18) expect_covered(wks_demography_rates_register(rate, age), bound->yearly);
            if (age < WKS_DEMOGRAPHY_OLD) expect_below_most(bound, &rate->most);
        }
    }
}

static void bounds_cover_the_defaults_and_spare_most(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    expect_all_covered(&s.rate);
    assert_true(wks_rng_unit(s.rate.bound[WKS_SEX_MAN][40].death) < 0.002);
    assert_true(wks_rng_unit(s.rate.bound[WKS_SEX_MAN][40].family) < 0.02);
    assert_true(wks_rng_unit(s.rate.bound[WKS_SEX_WOMAN][32].family) < 0.04);
    assert_true(wks_rng_unit(s.rate.most.death) < 0.03);
    close_stage(&s);
}

static void bounds_cover_every_end_of_every_range(void **state)
{
    stage s;
    (void)state;
    open_stage(&s);
    wks_settings *settings = &s.fixture.process[wks_fixture_tick_index(&s.fixture, "demography")];
    for (int32_t p = 0; p < settings->spec->n_params; p++) {
        const wks_param *param = &settings->spec->param[p];
        const double usual = settings->value[p];
        for (int32_t end = 0; end < 2; end++) {
            settings->value[p] = end == 0 ? param->low : param->high;
            make(&s);
            expect_all_covered(&s.rate);
        }
        settings->value[p] = usual;
    }
    for (int32_t k = 0; k < WKS_BALANCE_PARITIES; k++)
        s.world.balance.birth[k] = 4 - k;
    s.world.balance.care = 3;
    make(&s);
    expect_all_covered(&s.rate);
    close_stage(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bounds_cover_the_defaults_and_spare_most),
        cmocka_unit_test(bounds_cover_every_end_of_every_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
