/* Vacancies that spreiding parts decide about, through whole rounds. */
#include "rules/round_vacancies.h"

#include "unit/rules/round_case.h"

typedef struct played {
    wks_world world;
    wks_scenario scenario;
    wks_round *round;
} played;

/* Everybody who looks accepts what fits. */
static void play_open(played *p, const char *rules, const char *world)
{
    wks_err err = WKS_ERR_INIT;

    case_scenario(&p->scenario, rules);
    wks_fixture_world_make(&p->world, world);
    case_complete(&p->world, 4);
    for (int32_t h = 0; h < p->world.household.base.n_rows; h++) {
        p->world.household.search[h] = WKS_SEARCH_SOCIAL;
        p->world.household.motivated[h] = 1;
    }
    assert_ok(wks_round_create(&p->scenario, &p->world, &p->round, &err), &err);
}

static void play_month(played *p)
{
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_round_behaviour eager = case_behaviour;
    wks_err err = WKS_ERR_INIT;

    eager.weight_size = 50.0; /* any home beats none */
    eager.react_share = 1.0;
    eager.accept_base = 50.0;
    eager.no_show_share = 0.0;
    assert_ok(wks_round_run(p->round, &p->world, &law, &eager, &err), &err);
}

static void play_close(played *p)
{
    wks_round_destroy(p->round);
    wks_scenario_free(&p->scenario);
    wks_world_free(&p->world);
}

static int32_t tenure_of(const played *p, const char *unit)
{
    return p->world.dwelling.tenure[p->world.unit.dwelling_row[wks_fixture_world_unit(&p->world, unit)]];
}

static const char *tenant_of(const played *p, const char *unit, const char *const *name, int32_t n)
{
    const int32_t row = p->world.unit.household_row[wks_fixture_world_unit(&p->world, unit)];

    for (int32_t i = 0; i < n; i++) {
        if (row >= 0 && p->world.household.key[row] == wks_text_hash(name[i])) return name[i];
    }
    return row < 0 ? "nobody" : "somebody";
}

static const char two[] = "buurten 1\nunit a buurt=0 tenure=social rent=500 rooms=3 points=150 lettable=2024-11\n"
                          "unit b buurt=0 tenure=social rent=500 rooms=3 points=120 lettable=2024-12\nunit o buurt=0 tenure=owner rooms=3\n"
                          "household in place=coa income=14000 members=30m referral=statushouder registered=2020-01\n";

static void ceiling_takes_dwellings_out_until_it_is_kept(void **state)
{
    played p;

    (void)state;
    play_open(&p, "channels = ( { part = \"advertised\"; } ); spreiding = ( { part = \"social_ceiling\"; max_share = 0.4; } );", two);
    play_month(&p);
    assert_int_equal(p.world.ledger.dwellings_sold, 1);
    int32_t n_due = 0;
    for (int32_t o = 0; o < p.world.owner.base.n_rows; o++)
        n_due += p.world.owner.n_due[o];
    assert_int_equal(n_due, 1);                             /* its account gets the price */
    assert_int_equal(tenure_of(&p, "a"), WKS_TENURE_OWNER); /* first in date order */
    assert_int_equal(tenure_of(&p, "b"), WKS_TENURE_SOCIAL);
    assert_int_equal(p.world.letting.n_adverts, 1);
    assert_int_equal(p.world.letting.n, 1);
    play_close(&p);
    play_open(&p,
              "channels = ( { part = \"advertised\"; } ); spreiding = ( { part = \"social_ceiling\"; max_share = 0.0; instead = "
              "\"middle_rent\"; } );",
              two);
    play_month(&p);
    assert_int_equal(tenure_of(&p, "a"), WKS_TENURE_CORPORATIE_FREE);
    assert_int_equal(tenure_of(&p, "b"), WKS_TENURE_SOCIAL); /* 120 points */
    assert_int_equal(p.world.ledger.dwellings_liberalised, 1);
    assert_int_equal(p.world.ledger.ceiling_kept, 1);
    play_close(&p);
}

static void nobody_left_sells_after_its_time(void **state)
{
    played p;

    (void)state;
    play_open(&p,
              "channels = ( { part = \"advertised\"; } ); spreiding = ( { part = \"cap_share\"; group = \"verwezen\"; max_share = 0.0; "
              "when_nobody = \"sell\"; sell_after = 3; } );",
              two);
    for (int32_t month = 1; month <= 3; month++) {
        assert_int_equal(tenure_of(&p, "a"), WKS_TENURE_SOCIAL);
        play_month(&p);
        assert_int_equal(p.world.letting.n, 0);
        assert_int_equal(p.world.ledger.dwellings_sold, month == 3 ? 2 : 0);
        wks_world_next_tick(&p.world);
    }
    assert_int_equal(tenure_of(&p, "b"), WKS_TENURE_OWNER);
    play_month(&p); /* nothing is left to let */
    assert_int_equal(p.world.letting.n_adverts, 0);
    play_close(&p);
}

static void nobody_left_liberalises_where_points_allow(void **state)
{
    played p;

    (void)state;
    play_open(&p,
              "channels = ( { part = \"direct\"; share = 1; } ); spreiding = ( { part = \"dosing\"; group = \"verwezen\"; number = 0; "
              "when_nobody = \"liberalise\"; sell_after = 1; } );",
              two);
    play_month(&p);
    assert_int_equal(tenure_of(&p, "a"), WKS_TENURE_CORPORATIE_FREE);
    assert_int_equal(tenure_of(&p, "b"), WKS_TENURE_SOCIAL);
    assert_int_equal(p.world.ledger.dwellings_liberalised, 1);
    assert_int_equal(p.world.letting.n_unlet, 1);
    play_close(&p);
    play_open(&p, /* nobody waits: nobody was stopped, nothing is sold */
              "channels = ( { part = \"advertised\"; } ); spreiding = ( { part = \"dosing\"; group = \"arm\"; number = 0; when_nobody = "
              "\"sell\"; "
              "sell_after = 1; } );",
              "buurten 1\nunit a buurt=0 tenure=social rent=500 rooms=3\n");
    play_month(&p);
    assert_int_equal(p.world.ledger.dwellings_sold, 0);
    play_close(&p);
}

static void label_given_for_a_letting_is_what_filters_and_channels_see(void **state)
{
    static const char *const name[] = {"old", "young"};
    played p;

    (void)state;
    play_open(&p,
              "channels = ( { part = \"advertised\"; label = \"jongeren\"; share = 0.5; }, "
              "{ part = \"direct\"; label = \"none\"; share = 0.5; } ); filters = ( { part = \"age_label\"; } ); order = ( { part = "
              "\"inschrijfduur\"; } ); spreiding = ( { part = \"relabel\"; share = 1.0; } );",
              "buurten 1\nunit a buurt=0 tenure=social rent=500 rooms=3\n"
              "household old place=shelter income=20000 members=60m registered=2001-01\n"
              "household young place=shelter income=20000 members=22m registered=2023-01\n");
    play_month(&p);
    assert_string_equal(tenant_of(&p, "a", name, 2), "young");
    play_close(&p);
}

static void contingent_is_proposed_where_it_is_most_behind(void **state)
{
    static const char *const name[] = {"in"};
    played p;

    (void)state;
    play_open(&p,
              "channels = ( { part = \"direct\"; share = 1; } ); spreiding = ( { part = \"contingent\"; group = \"verwezen\"; key = "
              "\"strong_first\"; } );",
              "buurten 2\nunit weak buurt=0 tenure=social rent=500 rooms=3 lettable=2024-11\n"
              "unit strong buurt=1 tenure=social rent=500 rooms=3 lettable=2024-12\n"
              "household in place=coa income=14000 members=30m referral=statushouder\n");
    p.world.buurt.onv[0] = -0.3;
    p.world.buurt.onv[1] = 0.3;
    play_month(&p);
    assert_string_equal(tenant_of(&p, "strong", name, 1), "in"); /* before the one that is vacant longer */
    play_close(&p);
}

static void gemengd_lets_its_label_before_the_shares_of_others(void **state)
{
    static const char mixed[] = "buurten 1\nunit u buurt=0 tenure=social rent=500 rooms=3 label=gemengd\n"
                                "unit m buurt=0 tenure=social rent=500 rooms=3 label=gemengd lettable=2024-11\n"
                                "unit n buurt=0 tenure=social rent=500 rooms=3 label=gemengd lettable=2024-12\n"
                                "household sits unit=u income=30000 members=50m\n"
                                "household carrier place=shelter income=30000 members=40m since=2001-01 registered=2001-01\n"
                                "household asker place=shelter income=14000 members=30m since=2024-01 referral=care_leaver\n";
    static const char *const name[] = {"carrier", "asker"};
    played p;

    (void)state;
    play_open(&p,
              "channels = ( { part = \"advertised\"; share = 1.0; }, { part = \"gemengd\"; share = 1.0; } ); spreiding = ( { part = "
              "\"target_mix\"; askers = \"verwezen\"; tolerance_after = 0.0; } );",
              mixed);
    p.world.household.search[wks_fixture_world_household(&p.world, "sits")] = WKS_SEARCH_STAY;
    play_month(&p);
    assert_string_equal(tenant_of(&p, "m", name, 2), "asker"); /* one carrier lives there: the asker's turn, however short the wait */
    assert_string_equal(tenant_of(&p, "n", name, 2), "carrier");
    for (int32_t i = 0; i < p.world.letting.n; i++) {
        assert_int_equal(p.world.letting.item[i].channel, 1);
        assert_int_equal(p.world.letting.item[i].reason, WKS_LETTING_DIRECT);
    }
    play_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ceiling_takes_dwellings_out_until_it_is_kept),
        cmocka_unit_test(nobody_left_sells_after_its_time),
        cmocka_unit_test(nobody_left_liberalises_where_points_allow),
        cmocka_unit_test(label_given_for_a_letting_is_what_filters_and_channels_see),
        cmocka_unit_test(contingent_is_proposed_where_it_is_most_behind),
        cmocka_unit_test(gemengd_lets_its_label_before_the_shares_of_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
