#include "rules/round_reason.h"

#include "rules/round_utility.h"
#include "unit/rules/round_case.h"

/* A single of 40 with 60,000 (no huurtoeslag): no distance without positions, no taste unless it is switched on. */
static const char town[] = "buurten 2\n"
                           "unit home buurt=0 tenure=social rent=600 rooms=3\n"
                           "unit v buurt=1 tenure=social rent=600 rooms=3\n"
                           "household h unit=home income=60000 members=40m\n"
                           "household poor place=shelter income=20000 members=40m\n";

typedef struct stage {
    wks_world world;
    wks_round_behaviour behaviour;
    wks_law law;
    wks_round_month month;
    wks_round_rules rules; /* none */
    wks_round_place place;
    wks_round_seeker seeker;
} stage;

static void open_stage(stage *s, const char *household)
{
    memset(s, 0, sizeof *s);
    wks_fixture_world_make(&s->world, town);
    s->behaviour = case_behaviour;
    s->behaviour.taste_sd = 0.0;
    s->law = wks_law_of_year(2025, 0.0);
    s->month = (wks_round_month){
        .world = &s->world, .rules = &s->rules, .behaviour = &s->behaviour, .context = {.world = &s->world, .law = &s->law}};
    wks_round_utility_place(&s->world, wks_fixture_world_unit(&s->world, "v"), 600.0, &s->place);
    wks_round_utility_seeker(&s->month, wks_fixture_world_household(&s->world, household), &s->seeker);
}

static wks_letting_refusal reason(const stage *s, double seniority)
{
    return wks_round_reason_of(&s->month, &s->seeker, &s->place, seniority, NULL);
}

static void reason_is_the_term_most_against(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "h");
    assert_int_equal(reason(&s, 0.0), WKS_LETTING_REFUSAL_BETTER); /* as good as home: nothing against it */
    s.place.rent_eur = s.place.least_rent_eur = 700;
    assert_int_equal(reason(&s, 0.0), WKS_LETTING_REFUSAL_PRICE);  /* -0.06 */
    assert_int_equal(reason(&s, 1.0), WKS_LETTING_REFUSAL_BETTER); /* -0.5 */
    s.place.rooms = 1;
    assert_int_equal(reason(&s, 1.5), WKS_LETTING_REFUSAL_SIZE); /* -1.0 */
    s.place.leefbaarheid = -0.42;
    assert_int_equal(reason(&s, 1.5), WKS_LETTING_REFUSAL_LEEFBAARHEID); /* -1.5 */
    s.seeker.x_m = s.seeker.y_m = s.place.x_m = 0;
    s.place.y_m = 20000;
    assert_int_equal(reason(&s, 1.5), WKS_LETTING_REFUSAL_DISTANCE); /* -2.4 */
    wks_world_free(&s.world);
}

static void taste_is_a_reason_when_it_is_all_there_is(void **state)
{
    stage s;
    int32_t n_taste = 0, n_better = 0;
    (void)state;
    open_stage(&s, "h");
    s.behaviour.taste_sd = 1.0;
    for (int32_t tick = 1; tick <= 200; tick++) {
        s.world.tick = tick;
        const wks_letting_refusal why = reason(&s, 0.0);
        n_taste += why == WKS_LETTING_REFUSAL_TASTE;
        n_better += why == WKS_LETTING_REFUSAL_BETTER;
        /* told against only where it is */
        assert_true((why == WKS_LETTING_REFUSAL_TASTE) == (wks_round_utility_split(&s.month, &s.seeker, &s.place).taste < 0));
    }
    assert_int_equal(n_taste + n_better, 200);
    assert_true(n_taste > 60 && n_better > 60);
    wks_world_free(&s.world);
}

static void differences_add_up_to_what_accepting_weighs(void **state)
{
    stage s;
    double d[WKS_N_LETTING_REFUSALS];
    (void)state;
    open_stage(&s, "h");
    s.behaviour.taste_sd = 1.0;
    s.place.rent_eur = s.place.least_rent_eur = 650;
    s.place.rooms = 4;
    (void)wks_round_reason_of(&s.month, &s.seeker, &s.place, 0.7, d);
    const double sum = d[WKS_LETTING_REFUSAL_PRICE] + d[WKS_LETTING_REFUSAL_SIZE] + d[WKS_LETTING_REFUSAL_LEEFBAARHEID] +
                       d[WKS_LETTING_REFUSAL_DISTANCE] + d[WKS_LETTING_REFUSAL_TASTE];
    assert_close(sum, wks_round_utility_of(&s.month, &s.seeker, &s.place) - s.seeker.stay, 1e-12, 1e-12);
    assert_close(d[WKS_LETTING_REFUSAL_BETTER], -0.5 * 0.7, 1e-12, 0);
    assert_close(d[WKS_LETTING_REFUSAL_NO_SHOW], 0, 0, 0);
    wks_world_free(&s.world);
}

/* Who has no home holds the offer against a quarter of its income and a room more than persons. */
static void latent_unit_compares_with_an_ordinary_home(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "poor");
    s.place.rooms = 2;
    s.place.rent_eur = s.place.least_rent_eur = 650; /* less than 5,000 a year after huurtoeslag */
    assert_int_equal(reason(&s, 0.0), WKS_LETTING_REFUSAL_BETTER);
    s.place.rooms = 1;
    assert_int_equal(reason(&s, 0.0), WKS_LETTING_REFUSAL_SIZE);
    s.place.rent_eur = s.place.least_rent_eur = 1500;
    assert_int_equal(reason(&s, 0.0), WKS_LETTING_REFUSAL_PRICE);
    wks_world_free(&s.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reason_is_the_term_most_against),
        cmocka_unit_test(taste_is_a_reason_when_it_is_all_there_is),
        cmocka_unit_test(differences_add_up_to_what_accepting_weighs),
        cmocka_unit_test(latent_unit_compares_with_an_ordinary_home),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
