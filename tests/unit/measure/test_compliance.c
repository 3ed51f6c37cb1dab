/* Norms by corporatie and year, from lettings made by hand: the expected shares are counted on fingers. */
#include "measure/compliance.h"

#include "base/month.h"
#include "fixture_measure.h"
#include "rules/registry.h"
#include "world/relations.h"

typedef struct stage {
    wks_world world;
    wks_scenario scenario;
    wks_catalogue catalogue;
    wks_law law;
    wks_compliance *compliance;
    const wks_compliance_row *row;
    int32_t n;
} stage;

/* Two corporaties would need two kinds of owner in a fixture: the second is made by hand. */
static const char town[] = "month 2025-01\nbuurten 2\n"
                           "unit a1 buurt=0 tenure=social rent=600 rooms=3\nunit a2 buurt=0 tenure=social rent=600 rooms=3\n"
                           "unit b1 buurt=1 tenure=social rent=600 rooms=3\nunit b2 buurt=1 tenure=social rent=600 rooms=3\n"
                           "unit k buurt=0 tenure=social units=2 rent=400\n"
                           "household h1 unit=a1 income=15000 members=40m referral=statushouder\n"
                           "household h2 unit=a2 income=30000 members=40m\nhousehold h3 unit=b1 income=30000 members=40m\n";

static void open_stage(stage *s, const char *rules, int32_t month)
{
    const wks_read_options options = WKS_READ_OPTIONS_INIT;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT;

    memset(s, 0, sizeof *s);
    s->catalogue.part = wks_registry_parts;
    s->catalogue.n_parts = wks_registry_n_parts;
    wks_text_addf(&text,
                  "name = \"c\"; start = \"2025-01\"; ticks = 40;\n"
                  "groups = ( { name = \"referred\"; where = \"referral != none\"; use = [ \"measure\", \"rule\" ]; } );\n"
                  "rules = ( { name = \"r\"; channels = ( { part = \"advertised\"; } ); %s } );\n",
                  rules);
    assert_ok(wks_read_scenario_text("c.cfg", text.data, text.length, &options, &s->catalogue, &s->scenario, &problems, &err), &err);
    wks_problems_free(&problems);
    wks_text_free(&text);
    wks_fixture_world_make(&s->world, town);
    s->world.month = month;
    s->world.tick = 12; /* a year before: the year is whole */
    s->law = wks_law_of_year(wks_month_year(month), 0.0);
    assert_ok(wks_compliance_create(&s->scenario, &s->compliance, &err), &err);
}

static void close_stage(stage *s)
{
    wks_compliance_destroy(s->compliance);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static wks_letting *let(stage *s, const char *unit, float income, float rent, int persons)
{
    wks_letting *letting = wks_fixture_measure_letting(&s->world, unit, 0, 0, 0);

    letting->owner_row = s->world.complex.owner_row[s->world.dwelling.complex_row[s->world.unit.dwelling_row[letting->unit_row]]];
    letting->income_eur = income;
    letting->rent_eur = rent;
    letting->persons = (uint8_t)persons;
    letting->age = 40;
    letting->region_months = 12;
    return letting;
}

static void month(stage *s)
{
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_compliance_tick(s->compliance, &s->world, &s->law, &err), &err);
    assert_ok(wks_compliance_rows(s->compliance, &s->world, &s->law, &s->row, &s->n, &err), &err);
}

/* The row of an owner and rule; fails the test when it is not there exactly once. */
static const wks_compliance_row *row(const stage *s, int32_t owner, const char *rule)
{
    const wks_compliance_row *found = NULL;
    for (int32_t i = 0; i < s->n; i++) {
        if (s->row[i].owner_number != owner || strcmp(s->row[i].rule, rule) != 0) continue;
        if (found != NULL) fail_msg("two rows of %s", rule);
        found = &s->row[i];
    }
    if (found == NULL) fail_msg("no row of %s for %d", rule, owner);
    return found;
}

static void assert_row(const stage *s, int32_t owner, const char *rule, double required, double achieved, int32_t met)
{
    const wks_compliance_row *r = row(s, owner, rule);
    assert_close(r->required, required, 1e-12, 0);
    if (isnan(achieved)) {
        assert_true(isnan(r->achieved));
    } else {
        assert_close(r->achieved, achieved, 1e-12, 0);
    }
    assert_int_equal(r->met, met);
}

static int32_t first_owner(const stage *s)
{
    for (int32_t o = 0; o < s->world.owner.base.n_rows; o++)
        if (s->world.owner.kind[o] == WKS_OWNER_CORPORATIE) return s->world.owner.number[o];
    fail();
    return 0;
}

/* 2025: limits 49,669 and 54,847; low incomes 28,375 and 38,500; caps 682.96 and 731.93. */
static void lettings_by_hand_give_the_shares(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "", 2025 * 12 + 10);
    (void)let(&s, "a1", 20000, 650, 1);  /* low, under the cap */
    (void)let(&s, "a2", 20000, 700, 2);  /* low, above the low cap */
    (void)let(&s, "b1", 20000, 700, 3);  /* low, under the high cap */
    (void)let(&s, "b2", 28376, 800, 1);  /* not low: any rent */
    (void)let(&s, "a1", 49669, 850, 1);  /* at the limit */
    (void)let(&s, "a2", 54848, 850, 2);  /* above */
    (void)let(&s, "k.0", 10000, 900, 1); /* a room: no huurtoeslag, not in passend */
    let(&s, "b1", 60000, 850, 1)->for_ties = 1;
    month(&s);
    assert_int_equal(s.n, 0); /* November */
    wks_world_next_tick(&s.world);
    let(&s, "b2", 20000, 682.96F, 1)->age = 70; /* at the cap; pension age has its own limit */
    month(&s);
    const int32_t owner = first_owner(&s);
    assert_row(&s, 0, "passend", 0.95, 3.0 / 4, 0);
    assert_row(&s, owner, "passend", 0.95, 3.0 / 4, 0);
    assert_row(&s, 0, "daeb", 0.925, 7.0 / 9, 0);
    assert_row(&s, 0, "ties", 0.5, 1.0 / 9, 1);
    assert_int_equal(s.row[0].year, 2025);
    for (int32_t i = 1; i < s.n; i++) /* all together first, then by number */
        assert_true(s.row[i - 1].owner_number <= s.row[i].owner_number);
    wks_world_next_tick(&s.world);
    while (wks_month_of_year(s.world.month) != 11)
        wks_world_next_tick(&s.world);
    month(&s);
    assert_row(&s, 0, "passend", 0.95, (double)NAN, -1); /* a new year without lettings: nothing to judge */
    assert_int_equal(s.row[0].year, 2026);
    close_stage(&s);
}

static void last_tick_tells_of_a_year_that_is_not_whole(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "", 2025 * 12 + 4);
    (void)let(&s, "a1", 20000, 650, 1);
    s.world.tick = 40;
    month(&s);
    assert_row(&s, 0, "passend", 0.95, 1, -1);
    close_stage(&s);
}

static void daeb_before_2022_has_three_shares(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "", 2021 * 12 + 11);
    s.law.income_single_eur = 40024;
    s.law.income_middle_eur = 44655;
    for (int i = 0; i < 8; i++)
        (void)let(&s, "a1", 30000, 600, 1);
    (void)let(&s, "a1", 44000, 600, 1); /* a middle income */
    (void)let(&s, "a1", 50000, 600, 1);
    month(&s);
    assert_row(&s, 0, "daeb", 0.80, 0.8, 1);
    assert_row(&s, 0, "daeb_middle", 0.10, 0.1, 1);
    assert_row(&s, 0, "daeb_free", 0.10, 0.1, 1);
    assert_row(&s, 0, "ties", s.law.ties_share_max, 0, 1);
    close_stage(&s);
}

static void agreement_lowers_the_daeb_norm_no_further_than_law(void **state)
{
    static const struct {
        const char *share;
        double required;
    } cases[] = {{"0.05", 0.925}, {"0.075", 0.925}, {"0.1", 0.9}, {"0.15", 0.85}, {"0.3", 0.85}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        stage s;
        char rules[120];
        (void)snprintf(rules, sizeof rules, "filters = ( { part = \"income_limit\"; free_share = %s; } );", cases[i].share);
        open_stage(&s, rules, 2025 * 12 + 11);
        month(&s);
        assert_row(&s, 0, "daeb", cases[i].required, (double)NAN, -1);
        close_stage(&s);
    }
}

static void ties_of_a_wijk_have_the_maximum_of_local_ties(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "order = ( { part = \"ties_first\"; scale = \"wijk\"; share = 0.4; } );", 2023 * 12 + 11);
    for (int i = 0; i < 10; i++)
        let(&s, "a1", 30000, 600, 1)->for_ties = i < 4;
    month(&s);
    assert_row(&s, 0, "ties", 0.25, 0.4, 0); /* until 2024 half of the half */
    close_stage(&s);
}

static void taakstelling_counts_persons_of_statushouders(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "", 2025 * 12 + 10);
    wks_letting *later = let(&s, "b1", 15000, 600, 3);
    later->referral = WKS_REFERRAL_STATUSHOUDER;
    later->from_place = WKS_PLACE_HOUSED; /* moves on: was housed before */
    s.world.ledger.statushouders_housed_persons = 3;
    s.world.ledger.statushouders_joined = 1; /* family that follows counts */
    s.world.taakstelling_owed = 2.7;
    month(&s);
    wks_world_next_tick(&s.world);
    assert_close(s.world.taakstelling_owed, 0, 0, 0); /* a flow */
    s.world.taakstelling_owed = 2.7;
    s.world.ledger.taakstelling_arrears = 1;
    month(&s);
    assert_row(&s, 0, "taakstelling", 5, 4, 0);
    assert_row(&s, 0, "taakstelling_arrears", 0, 1, 0);
    close_stage(&s);
}

/* What the round found against a filter when it let the home: bit 0 is the first filter. */
static void permits_count_who_was_housed_against_them(void **state)
{
    stage s;
    (void)state;
    open_stage(
        &s, "filters = ( { part = \"art8\"; areas = [ \"buurt-1\" ]; years = 6; }, { part = \"permit\"; where = \"age_years > 30\"; } );",
        2025 * 12 + 11);
    (void)let(&s, "b1", 15000, 600, 1);
    let(&s, "b1", 15000, 600, 1)->against = 1;
    let(&s, "b1", 15000, 600, 1)->against = 1;
    month(&s);
    assert_row(&s, 0, "art8", 0, 2, 0);
    assert_row(&s, 0, "permit", 0, 0, 1);
    assert_string_equal(row(&s, 0, "art8")->list, "filters");
    close_stage(&s);
}

static void filters_with_a_norm_are_judged_by_corporatie(void **state)
{
    stage s;
    (void)state;
    open_stage(
        &s, "filters = ( { part = \"passend\"; name = \"fit\"; compliance = 0.98; }, { part = \"income_limit\"; norm = \"agreement\"; } );",
        2025 * 12 + 11);
    for (int i = 0; i < 9; i++)
        (void)let(&s, "a1", 20000, 650, 1);
    (void)let(&s, "a2", 20000, 700, 1); /* above the low cap */
    (void)let(&s, "a2", 60000, 700, 1);
    month(&s);
    const int32_t owner = first_owner(&s);
    assert_row(&s, 0, "fit", 0.98, 0.9, 0);
    assert_row(&s, owner, "fit", 0.98, 0.9, 0);
    assert_row(&s, 0, "income_limit", 0.85, 10.0 / 11, 1);
    assert_row(&s, owner, "income_limit", 0.85, 10.0 / 11, 1);
    close_stage(&s);
}

static void dosing_is_judged_over_its_period(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "spreiding = ( { part = \"dosing\"; group = \"referred\"; number = 2; period = 3; scale = \"buurt\"; } );",
               2025 * 12 + 8);
    for (int i = 0; i < 4; i++) { /* September to December: 1, 1, 1, 0 in buurt 1, one in buurt 0 */
        if (i < 3) let(&s, "b1", 15000, 600, 1)->groups = 1;
        (void)let(&s, "b2", 15000, 600, 1);
        if (i == 2) let(&s, "a1", 15000, 600, 1)->groups = 1;
        month(&s);
        if (i < 3) wks_world_next_tick(&s.world);
    }
    assert_row(&s, 0, "dosing", 2, 3, 0);
    wks_world_next_tick(&s.world); /* January: October's no longer counts, so 2 in three months */
    let(&s, "b1", 15000, 600, 1)->groups = 1;
    s.world.tick = 40;
    month(&s);
    assert_row(&s, 0, "dosing", 2, 2, -1); /* of one month of the year: told, not judged */
    close_stage(&s);
}

static void contingent_is_judged_against_key_and_quota(void **state)
{
    stage s;
    (void)state;
    open_stage(&s,
               "spreiding = ( { part = \"contingent\"; group = \"referred\"; quota = 4; level = \"buurt\"; key = \"even\"; ahead = 1; } );",
               2025 * 12 + 0);
    for (int i = 0; i < 4; i++)
        let(&s, "b1", 15000, 600, 1)->groups = 1; /* 4 where the even key gives 2 */
    let(&s, "a1", 15000, 600, 1)->groups = 1;
    month(&s);
    while (wks_month_of_year(s.world.month) != 11) {
        wks_world_next_tick(&s.world);
        month(&s);
    }
    assert_row(&s, 0, "contingent", 1, 2, 0); /* 4 of 4 against a part of 2 */
    assert_row(&s, 0, "contingent.quota", 4, 5, 0);
    close_stage(&s);
    open_stage(&s, "spreiding = ( { part = \"contingent\"; group = \"referred\"; level = \"buurt\"; key = \"even\"; ahead = 1; } );",
               2025 * 12 + 11);
    let(&s, "b1", 15000, 600, 1)->groups = 1;
    let(&s, "a1", 15000, 600, 1)->groups = 1;
    let(&s, "b1", 15000, 600, 1)->groups = 1;
    month(&s);
    assert_row(&s, 0, "contingent", 1, 0, 1);
    for (int32_t i = 0; i < s.n; i++)
        assert_string_not_equal(s.row[i].rule, "contingent.quota");
    close_stage(&s);
}

static void mix_and_ceiling_are_read_from_the_stock(void **state)
{
    stage s;
    (void)state;
    open_stage(&s,
               "spreiding = ( { part = \"target_mix\"; askers = \"referred\"; carriers = 0.5; motivation = false; }, { part = "
               "\"social_ceiling\"; max_share = 0.9; } );",
               2025 * 12 + 11);
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d++)
        s.world.dwelling.label[d] = s.world.dwelling.buurt_row[d] == 0 ? WKS_LABEL_GEMENGD : WKS_LABEL_NONE;
    month(&s);
    assert_row(&s, 0, "target_mix", 0.5, 0.5, 1);                /* h1 referred, h2 not */
    assert_row(&s, 0, "social_ceiling", 0, s.world.n_wijken, 0); /* all is social */
    s.world.household.referral[wks_fixture_world_household(&s.world, "h2")] = WKS_REFERRAL_CARE_LEAVER;
    for (int i = 0; i < 12; i++)
        wks_world_next_tick(&s.world);
    for (int32_t d = 0; d < s.world.dwelling.base.n_rows; d += 2)
        s.world.dwelling.tenure[d] = WKS_TENURE_OWNER;
    s.world.dwelling.tenure[s.world.unit.dwelling_row[wks_fixture_world_unit(&s.world, "a1")]] = WKS_TENURE_SOCIAL;
    s.world.dwelling.tenure[s.world.unit.dwelling_row[wks_fixture_world_unit(&s.world, "a2")]] = WKS_TENURE_SOCIAL;
    month(&s);
    assert_close(row(&s, 0, "target_mix")->achieved, 0, 0, 0);
    close_stage(&s);
}

static void reactions_are_judged_by_their_cap(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "conduct = ( { part = \"reaction_cap\"; most = 3; } );", 2025 * 12 + 10);
    const int32_t h2 = wks_fixture_world_household(&s.world, "h2");
    const int32_t person = s.world.household.first_person_row[h2];
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_relations_register(&s.world, person, s.world.month, &err), &err);
    const int32_t registration = s.world.person.registration_row[person];
    s.world.registration.reacted_month[registration] = wks_month_cell(s.world.month);
    s.world.registration.n_reactions[registration] = 4;
    month(&s);
    wks_world_next_tick(&s.world);
    month(&s);
    assert_row(&s, 0, "reaction_cap", 3, 4, 0);
    for (int i = 0; i < 12; i++) {
        wks_world_next_tick(&s.world);
        s.world.registration.reacted_month[registration] = wks_month_cell(s.world.month);
        s.world.registration.n_reactions[registration] = 3;
        month(&s);
    }
    assert_row(&s, 0, "reaction_cap", 3, 3, 1);
    close_stage(&s);
}

static void caps_are_read_from_stock_and_from_lettings(void **state)
{
    stage s;
    (void)state;
    open_stage(&s,
               "spreiding = ( { part = \"cap_share\"; group = \"referred\"; max_share = 0.6; }, { part = \"cap_inflow\"; group = "
               "\"referred\"; max_share = 0.3; } );",
               2025 * 12 + 11);
    let(&s, "b1", 15000, 600, 1)->groups = 1;
    (void)let(&s, "b2", 15000, 600, 1);
    (void)let(&s, "a1", 15000, 600, 1);
    month(&s);
    assert_row(&s, 0, "cap_share", 0.6, 0.5, 1);  /* h1 of h1 and h2 in buurt 0; nobody of h3 in buurt 1 */
    assert_row(&s, 0, "cap_inflow", 0.3, 0.5, 0); /* one of two in buurt 1 */
    assert_string_equal(row(&s, 0, "cap_share")->list, "spreiding");
    close_stage(&s);
}

static void few_are_not_told_of_real_people(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "spreiding = ( { part = \"cap_share\"; group = \"referred\"; max_share = 0.6; } );", 2025 * 12 + 11);
    s.world.hides_few = true;
    for (int i = 0; i < 25; i++)
        (void)let(&s, "a1", 20000, i < 12 ? 650 : 700, 1); /* 12 of 25 */
    for (int i = 0; i < 9; i++)
        (void)let(&s, "a1", 60000, 650, 1);
    month(&s);
    assert_row(&s, 0, "passend", 0.95, 12.0 / 25, 0);
    assert_row(&s, 0, "daeb", 0.925, (double)NAN, -1); /* nine above the limit */
    assert_row(&s, 0, "cap_share", 0.6, (double)NAN, -1);
    close_stage(&s);
}

static void scenario_without_rules_has_no_rows(void **state)
{
    stage s;
    (void)state;
    open_stage(&s, "", 2025 * 12 + 11);
    const int32_t n = s.scenario.n_rules;
    s.scenario.n_rules = 0;
    month(&s);
    assert_int_equal(s.n, 0);
    s.scenario.n_rules = n;
    close_stage(&s);
}

/* A run that begins in January 2025 has 11 months of that year; one that begins in February 10: told, not judged. */
static void short_year_is_told_without_a_verdict(void **state)
{
    static const struct one {
        int32_t month, tick, months, met;
    } years[] = {{11, 11, 11, 1}, {11, 10, 10, -1}, {11, 12, 12, 1}, {11, 35, 12, 1}, {0, 40, 1, -1}, {10, 40, 11, -1}};

    (void)state;
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++) {
        stage s;
        open_stage(&s, "", 2025 * 12 + years[i].month);
        s.world.tick = years[i].tick;
        (void)let(&s, "a1", 20000, 650, 1);
        month(&s);
        const wks_compliance_row *r = row(&s, 0, "passend");
        assert_close(r->achieved, 1, 1e-12, 0);
        assert_int_equal(r->months, years[i].months);
        assert_int_equal(r->met, years[i].met);
        close_stage(&s);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(short_year_is_told_without_a_verdict),
        cmocka_unit_test(lettings_by_hand_give_the_shares),
        cmocka_unit_test(last_tick_tells_of_a_year_that_is_not_whole),
        cmocka_unit_test(daeb_before_2022_has_three_shares),
        cmocka_unit_test(agreement_lowers_the_daeb_norm_no_further_than_law),
        cmocka_unit_test(ties_of_a_wijk_have_the_maximum_of_local_ties),
        cmocka_unit_test(taakstelling_counts_persons_of_statushouders),
        cmocka_unit_test(permits_count_who_was_housed_against_them),
        cmocka_unit_test(filters_with_a_norm_are_judged_by_corporatie),
        cmocka_unit_test(dosing_is_judged_over_its_period),
        cmocka_unit_test(contingent_is_judged_against_key_and_quota),
        cmocka_unit_test(mix_and_ceiling_are_read_from_the_stock),
        cmocka_unit_test(reactions_are_judged_by_their_cap),
        cmocka_unit_test(caps_are_read_from_stock_and_from_lettings),
        cmocka_unit_test(few_are_not_told_of_real_people),
        cmocka_unit_test(scenario_without_rules_has_no_rows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
