#include "rules/round_adverts.h"

#include "unit/rules/round_case.h"

typedef struct listed {
    wks_world world;
    wks_scenario scenario;
    wks_round *round;
    wks_law law;
    wks_round_month month;
    wks_advert *advert;
    int32_t n, n_reserved;
} listed;

static void list_open(listed *l, const char *rules, const char *world)
{
    wks_err err = WKS_ERR_INIT;

    memset(l, 0, sizeof *l);
    case_scenario(&l->scenario, rules);
    wks_fixture_world_make(&l->world, world);
    l->world.seed = wks_rng_seed_make(5, 1);
    l->law = wks_law_of_year(2025, 0.0);
    assert_ok(wks_round_create(&l->scenario, &l->world, &l->round, &err), &err);
    l->month = (wks_round_month){.round = l->round, .world = &l->world, .rules = &l->round->rules[0], .behaviour = &case_behaviour};
    l->month.context = (wks_part_context){.world = &l->world, .scenario = &l->scenario, .rules = &l->scenario.rules[0], .law = &l->law};
}

static void list_adverts(listed *l)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_round_adverts_list(&l->month, &l->advert, &l->n, &l->n_reserved, &err), &err);
}

static void list_close(listed *l)
{
    wks_round_destroy(l->round);
    wks_scenario_free(&l->scenario);
    wks_world_free(&l->world);
}

static const char plain[] = "channels = ( { part = \"advertised\"; } );";
static const char various[] = "month 2025-03\nbuurten 3\n"
                              "unit old buurt=2 tenure=social rent=500 rooms=2 lettable=2025-01 label=senior\n"
                              "unit new buurt=0 tenure=social rent=600 rooms=3 lettable=2025-03\n"
                              "unit next buurt=0 tenure=social rent=600 rooms=3 lettable=2025-04\n"
                              "unit let buurt=0 tenure=social rent=600 rooms=3\n"
                              "unit free buurt=0 tenure=corporatie_free rent=1000 rooms=3\n"
                              "unit down buurt=0 tenure=social rent=600 rooms=3\n"
                              "unit kept buurt=0 tenure=social rent=600 rooms=3\n"
                              "household tenant unit=let income=20000 members=40m\n"
                              "household back place=shelter income=20000 members=40m reserved=kept\n";

static void adverts_are_vacant_lettable_social_units_in_date_order(void **state)
{
    listed l;

    (void)state;
    list_open(&l, plain, various);
    l.world.dwelling.to_demolish[l.world.unit.dwelling_row[wks_fixture_world_unit(&l.world, "down")]] = 1;
    list_adverts(&l);
    assert_int_equal(l.n, 2);
    assert_int_equal(l.n_reserved, 1);
    assert_int_equal(l.advert[0].unit_row, wks_fixture_world_unit(&l.world, "old"));
    assert_int_equal(l.advert[0].label, WKS_LABEL_SENIOR);
    assert_int_equal(l.advert[0].buurt_row, 2);
    assert_int_equal(l.advert[0].wijk_row, 1);
    assert_close((double)l.advert[0].rent_eur, 500.0, 0.0, 0.0);
    assert_int_equal(l.advert[1].unit_row, wks_fixture_world_unit(&l.world, "new"));
    assert_int_equal(l.advert[2].unit_row, wks_fixture_world_unit(&l.world, "kept"));
    list_close(&l);
}

/* How often the one vacant unit, with other keys, starts in each channel. */
static void count_channels(const char *rules, const char *label, int32_t n, int32_t *out)
{
    wks_text world = WKS_TEXT_INIT;
    listed l;

    wks_text_addf(&world, "buurten 3\nunit v buurt=2 tenure=social rent=500 rooms=2 label=%s\n", label);
    list_open(&l, rules, world.data);
    for (int32_t i = 0; i < n; i++) {
        l.world.unit.key[0] = wks_rng_pair_key((uint64_t)i, 8);
        list_adverts(&l);
        assert_true(l.advert[0].channel >= 0);
        out[l.advert[0].channel]++;
    }
    list_close(&l);
    wks_text_free(&world);
}

static void channels_are_drawn_by_their_shares(void **state)
{
    enum { N = 10000 };
    int32_t n[3] = {0};

    (void)state;
    count_channels("channels = ( { part = \"direct\"; share = 0.2; }, { part = \"advertised\"; share = 0.7; }, { part = \"advertised\"; "
                   "name = \"lot\"; order = "
                   "\"lot\"; share = 0.1; } );",
                   "none", N, n);
    assert_close(n[0] / (double)N, 0.2, 0.0, 4.0 * sqrt(0.2 * 0.8 / N));
    assert_close(n[1] / (double)N, 0.7, 0.0, 4.0 * sqrt(0.7 * 0.3 / N));
    assert_close(n[2] / (double)N, 0.1, 0.0, 4.0 * sqrt(0.1 * 0.9 / N));
}

static void channels_for_a_label_or_area_share_what_applies(void **state)
{
    static const char rules[] = "channels = ( { part = \"advertised\"; share = 0.5; }, { part = \"advertised\"; name = \"young\"; label = "
                                "\"jongeren\"; share = 0.5; "
                                "}, { part = \"advertised\"; name = \"there\"; areas = [ \"buurt-0\" ]; share = 1; } );";
    int32_t n[3] = {0};

    (void)state;
    count_channels(rules, "none", 500, n);
    assert_int_equal(n[0], 500);
    count_channels(rules, "jongeren", 500, n);
    assert_true(n[1] > 200 && n[1] < 300);
    assert_int_equal(n[2], 0);
}

static void channel_of_a_vacant_unit_stays_until_it_is_sent_on(void **state)
{
    static const char rules[] = "channels = ( { part = \"direct\"; share = 0.5; }, { part = \"advertised\"; share = 0.5; } );";
    listed l;

    (void)state;
    list_open(&l, rules, "buurten 1\nunit v buurt=0 tenure=social rent=500 rooms=2\n");
    list_adverts(&l);
    const int32_t first = l.advert[0].channel;
    for (int32_t i = 0; i < 6; i++) {
        l.world.month++;
        l.world.tick++;
        list_adverts(&l);
        assert_int_equal(l.advert[0].channel, first);
    }
    wks_round_sent sent = {.unit_key = l.world.unit.key[0], .channel = 1 - first};
    l.round->sent = &sent;
    l.round->n_sent = 1;
    list_adverts(&l);
    assert_int_equal(l.advert[0].channel, 1 - first);
    l.round->sent = NULL;
    l.round->n_sent = 0;
    list_close(&l);
}

static void next_channel_goes_round_the_list(void **state)
{
    static const char rules[] =
        "channels = ( { part = \"direct\"; share = 0.5; }, { part = \"advertised\"; share = 0.5; }, { part = \"direct\"; name = \"more\"; "
        "label = \"senior\"; share = 0; } );";
    listed l;

    (void)state;
    list_open(&l, rules, "buurten 1\nunit v buurt=0 tenure=social rent=500 rooms=2\n");
    list_adverts(&l);
    assert_int_equal(wks_round_adverts_next_channel(&l.month, l.advert, 0, false), 1);
    assert_int_equal(wks_round_adverts_next_channel(&l.month, l.advert, 1, false), 0); /* the third is for seniors */
    assert_int_equal(wks_round_adverts_next_channel(&l.month, l.advert, 1, true), WKS_NONE);
    list_close(&l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adverts_are_vacant_lettable_social_units_in_date_order),
        cmocka_unit_test(channels_are_drawn_by_their_shares),
        cmocka_unit_test(channels_for_a_label_or_area_share_what_applies),
        cmocka_unit_test(channel_of_a_vacant_unit_stays_until_it_is_sent_on),
        cmocka_unit_test(next_channel_goes_round_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
