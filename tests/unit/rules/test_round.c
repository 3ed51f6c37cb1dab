/* The round as a whole. That it equals a plain one is tests/reference/test_round.c, that nobody is passed over tests/laws/test_replay.c. */
#include "base/mem.h"
#include "unit/rules/round_case.h"
#include "world/check.h"
#include "world/relations.h"

#define ADVERTISED "channels = ( { part = \"advertised\"; } ); "

typedef struct small {
    wks_world world;
    wks_scenario scenario;
    wks_law law;
    wks_round *round;
    wks_round_behaviour behaviour;
} small;

/* Everybody who may look does and accepts, so that rules alone decide. */
static void small_open(small *s, const char *rules, const char *world)
{
    wks_err err = WKS_ERR_INIT;

    memset(s, 0, sizeof *s);
    case_scenario(&s->scenario, rules);
    wks_fixture_world_make(&s->world, world);
    for (int32_t h = 0; h < s->world.household.base.n_rows; h++) {
        if (s->world.household.search_month[h] != WKS_NO_MONTH) s->world.household.search[h] = WKS_SEARCH_SOCIAL;
    }
    s->world.seed = wks_rng_seed_make(11, 1);
    s->world.tick = 1;
    s->world.threads = 1;
    s->law = wks_law_of_year(2025, 0.0);
    s->behaviour = case_behaviour;
    s->behaviour.react_share = 1.0;
    s->behaviour.taste_sd = 0.0;
    s->behaviour.no_show_share = 0.0;
    s->behaviour.accept_base = 30.0;
    assert_ok(wks_round_create(&s->scenario, &s->world, &s->round, &err), &err);
}

static void small_run(small *s)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_round_run(s->round, &s->world, &s->law, &s->behaviour, &err), &err);
    assert_ok(wks_check_structure(&s->world, &err), &err);
}

static void small_close(small *s)
{
    wks_round_destroy(s->round);
    wks_scenario_free(&s->scenario);
    wks_world_free(&s->world);
}

static bool lives_in(const small *s, const char *household, const char *unit)
{
    return s->world.household.unit_row[wks_fixture_world_household(&s->world, household)] == wks_fixture_world_unit(&s->world, unit);
}

/* Three seekers of different inschrijfduur, one home. */
static const char three[] =
    "buurten 1\n"
    "unit v buurt=0 tenure=social rent=500 rooms=3 chain=2\n"
    "household short place=shelter income=20000 members=30m registered=2022-01 search=2024-10\n"
    "household long place=shelter income=20000 members=30m registered=2012-01 search=2024-06\n"
    "household urgent place=shelter income=20000 members=30m registered=2024-11 search=2024-11 urgency=medical until=2025-06\n";

static void round_by_inschrijfduur_lets_to_the_longest_registered(void **state)
{
    small s;

    (void)state;
    small_open(&s, ADVERTISED "filters = ( { part = \"registered\"; } ); order = ( { part = \"inschrijfduur\"; } );", three);
    small_run(&s);
    assert_true(lives_in(&s, "long", "v"));
    assert_int_equal(s.world.letting.n, 1);
    const wks_letting *letting = &s.world.letting.item[0];
    assert_int_equal(letting->number, 0);
    assert_int_equal(letting->candidates, 3);
    assert_int_equal(letting->rank, 1);
    assert_int_equal(letting->refusals, 0);
    assert_int_equal(letting->months_registered, 156);
    assert_int_equal(letting->months_searching, 7);
    assert_int_equal(letting->order_part, 0);
    assert_int_equal(letting->chain, 2);
    assert_int_equal(letting->from_buurt_row, WKS_NONE);
    assert_int_equal(letting->from_place, WKS_PLACE_SHELTER);
    assert_int_equal(letting->reason, WKS_LETTING_RANKED);
    assert_int_equal(letting->groups, 2 + 8); /* arm, ieder */
    assert_true(letting->household_key == wks_text_hash("long") && letting->unit_key == wks_text_hash("v"));
    assert_int_equal(s.world.letting.n_adverts, 1);
    assert_int_equal(s.world.letting.n_reactions, 3);
    assert_int_equal(s.world.letting.n_offers, 1);
    assert_int_equal(s.world.letting.n_unlet, 0);
    assert_close(s.world.belief.wait_p50_months, 156.0, 1e-12, 0.0); /* learned from the first letting */
    small_close(&s);
}

static void round_with_urgency_first_lets_to_the_urgent(void **state)
{
    small s;

    (void)state;
    small_open(&s, ADVERTISED "order = ( { part = \"urgency\"; }, { part = \"inschrijfduur\"; } );", three);
    small_run(&s);
    assert_true(lives_in(&s, "urgent", "v"));
    assert_close(s.world.belief.wait_p50_months, 0.0, 0.0, 0.0); /* nothing to learn about waiting */
    small_close(&s);
}

static void round_by_lot_gives_everybody_the_same_chance(void **state)
{
    enum { N = 3000 };
    int32_t won[3] = {0};

    (void)state;
    for (uint64_t seed = 0; seed < N; seed++) {
        static const char *const name[] = {"short", "long", "urgent"};
        small s;
        small_open(&s, ADVERTISED "order = ( { part = \"lot\"; } );", three);
        s.world.seed = wks_rng_seed_make(seed, 1);
        small_run(&s);
        for (int32_t i = 0; i < 3; i++)
            won[i] += lives_in(&s, name[i], "v");
        small_close(&s);
    }
    assert_int_equal(won[0] + won[1] + won[2], N);
    double chi2 = 0.0;
    for (int32_t i = 0; i < 3; i++)
        chi2 += (won[i] - N / 3.0) * (won[i] - N / 3.0) / (N / 3.0);
    assert_true(chi2 < 13.8); /* 2 degrees of freedom: exceeded once in 1,000 */
}

static void round_with_filters_lets_to_nobody_who_fails_one(void **state)
{
    wks_scenario scenario;
    const wks_law law = wks_law_of_year(2025, 0.0);
    int32_t n_let = 0;

    (void)state;
    case_scenario(&scenario, case_rules[2]);
    for (uint64_t number = 300; number < 400; number++) {
        wks_world world;
        wks_round *round = NULL;
        wks_err err = WKS_ERR_INIT;
        int32_t n_above = 0;
        case_world(&world, number, 6, 20, 0);
        assert_ok(wks_round_create(&scenario, &world, &round, &err), &err);
        assert_ok(wks_round_run(round, &world, &law, &case_behaviour, &err), &err);
        for (int32_t i = 0; i < world.letting.n; i++) {
            const wks_letting *letting = &world.letting.item[i];
            const int32_t h = letting->household_row, u = letting->unit_row,
                          persons = world.household.n_persons[h] + world.household.n_home_children[h];
            const int32_t age = (world.month - world.household.head_birth_month[h]) / 12;
            const double income = (double)letting->income_eur, rent = (double)letting->rent_eur;
            const double low = persons > 1 ? (age >= 67 ? 37350.0 : 38500.0) : (age >= 67 ? 27775.0 : 28375.0);
            assert_true(income > low || rent <= (persons > 2 ? 731.935 : 682.965));
            assert_true(persons <= world.dwelling.rooms[world.unit.dwelling_row[u]] + 2);
            assert_true(letting->months_registered > 0 || letting->reason == WKS_LETTING_DIRECT);
            n_above += income > (persons > 1 ? 54847.0 : 49669.0);
            n_let++;
        }
        assert_true(n_above <= 0.3 * world.letting.n);
        wks_round_destroy(round);
        wks_world_free(&world);
    }
    assert_true(n_let > 100);
    wks_scenario_free(&scenario);
}

static int by_unit(const void *left, const void *right)
{
    const wks_letting *a = left, *b = right;

    return (a->unit_key > b->unit_key) - (a->unit_key < b->unit_key);
}

static void assert_same_lettings(wks_letting_log *a, wks_letting_log *b)
{
    assert_int_equal(a->n, b->n);
    assert_int_equal(a->n_reactions, b->n_reactions);
    assert_int_equal(a->n_offers, b->n_offers);
    assert_int_equal(a->n_refusals, b->n_refusals);
    assert_int_equal(a->n_unlet, b->n_unlet);
    qsort(a->item, (size_t)a->n, sizeof *a->item, by_unit);
    qsort(b->item, (size_t)b->n, sizeof *b->item, by_unit);
    for (int32_t i = 0; i < a->n; i++) {
        const wks_letting *x = &a->item[i], *y = &b->item[i];
        assert_true(x->unit_key == y->unit_key && x->household_key == y->household_key && x->number == y->number);
        assert_int_equal(x->candidates, y->candidates);
        assert_int_equal(x->rank, y->rank);
        assert_int_equal(x->refusals, y->refusals);
        assert_int_equal(x->order_part, y->order_part);
        assert_memory_equal(x->excluded, y->excluded, sizeof x->excluded);
    }
}

/* The same world twice: with rows in another order, and with another number of threads. */
static void assert_same_round(uint64_t number, int32_t rules, int32_t n_vacant, int32_t n_latent, uint64_t shuffle, int threads)
{
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_world world[2];
    wks_round *round[2] = {NULL, NULL};
    wks_scenario scenario;
    wks_err err = WKS_ERR_INIT;

    case_scenario(&scenario, case_rules[rules]);
    for (int32_t i = 0; i < 2; i++) {
        case_world(&world[i], number, n_vacant, n_latent, i == 0 ? 0 : shuffle);
        world[i].threads = i == 0 ? 1 : threads;
        assert_ok(wks_round_create(&scenario, &world[i], &round[i], &err), &err);
    }
    assert_true(wks_world_hash(&world[0]) == wks_world_hash(&world[1]));
    for (int32_t month = 0; month < 3; month++) {
        for (int32_t i = 0; i < 2; i++)
            assert_ok(wks_round_run(round[i], &world[i], &law, &case_behaviour, &err), &err);
        assert_same_lettings(&world[0].letting, &world[1].letting);
        for (int32_t i = 0; i < 2; i++)
            case_next_month(&world[i]);
        assert_true(wks_world_hash(&world[0]) == wks_world_hash(&world[1]));
    }
    for (int32_t i = 0; i < 2; i++) {
        wks_round_destroy(round[i]);
        wks_world_free(&world[i]);
    }
    wks_scenario_free(&scenario);
}

static void round_with_rows_in_another_order_is_the_same(void **state)
{
    (void)state;
    for (uint64_t number = 500; number < 520; number++) {
        for (int32_t rules = 0; rules < CASE_N_RULES; rules++)
            assert_same_round(number, rules, 4 + (int32_t)(number % 30), 30, 1 + number, 1);
    }
}

static void round_with_four_threads_is_the_same(void **state)
{
    (void)state;
    for (int32_t rules = 0; rules < CASE_N_RULES; rules++)
        assert_same_round(600, rules, 60, 2000, 0, 4);
}

static void round_of_a_candidate_more_changes_no_other_draw(void **state)
{
    small a, b;
    wks_text more = WKS_TEXT_INIT;

    (void)state;
    wks_text_addf(&more, "%shousehold last place=shelter income=20000 members=30m registered=2024-12 search=2024-10\n", three);
    small_open(&a, ADVERTISED "order = ( { part = \"inschrijfduur\"; } );", three);
    small_open(&b, ADVERTISED "order = ( { part = \"inschrijfduur\"; } );", more.data);
    a.behaviour.accept_base = b.behaviour.accept_base = -1.0; /* refusals happen */
    for (int32_t i = 0; i < 12; i++) {
        small_run(&a);
        small_run(&b);
        const bool is_let = a.world.letting.n == 1;
        if (is_let) { /* the one added at the end of the list changes nothing for who is before it */
            assert_true(b.world.letting.n == 1 && a.world.letting.item[0].household_key == b.world.letting.item[0].household_key);
            assert_int_equal(a.world.letting.item[0].refusals, b.world.letting.item[0].refusals);
            break;
        }
        if (b.world.letting.n == 1) {
            assert_true(b.world.letting.item[0].household_key == wks_text_hash("last"));
            break;
        }
        wks_world_next_tick(&a.world);
        wks_world_next_tick(&b.world);
    }
    small_close(&a);
    small_close(&b);
    wks_text_free(&more);
}

static void round_without_rules_in_force_lets_nothing(void **state)
{
    small s;

    (void)state;
    small_open(&s, ADVERTISED, three);
    s.scenario.rules[0].from_month = s.world.month + 1;
    small_run(&s);
    assert_int_equal(s.world.letting.n, 0);
    assert_int_equal(s.world.letting.n_adverts, 0);
    s.scenario.rules[0].from_month = s.world.month;
    small_run(&s);
    assert_int_equal(s.world.letting.n, 1);
    small_close(&s);
}

static void round_of_who_never_accepts_leaves_the_unit_and_ends_urgency(void **state)
{
    small s;

    (void)state;
    small_open(&s, ADVERTISED "order = ( { part = \"urgency\"; } );", three);
    s.behaviour.accept_base = -60.0;
    small_run(&s);
    const int32_t unit = wks_fixture_world_unit(&s.world, "v"), urgent = wks_fixture_world_household(&s.world, "urgent");
    assert_int_equal(s.world.letting.n, 0);
    assert_int_equal(s.world.letting.n_unlet, 1);
    assert_int_equal(s.world.letting.n_offers, 3);
    assert_int_equal(s.world.letting.n_refusals, 3);
    assert_int_equal(s.world.unit.n_adverts[unit], 1);
    assert_int_equal(s.world.household.n_refusals[urgent], 1);
    assert_int_equal(s.world.household.urgency[urgent], WKS_URGENCY_NONE);
    small_close(&s);
}

static void round_of_no_shows_counts_no_refusal_of_theirs(void **state)
{
    small s;

    (void)state;
    small_open(&s, ADVERTISED "order = ( { part = \"urgency\"; } );", three);
    s.behaviour.no_show_share = 1.0;
    small_run(&s);
    const int32_t urgent = wks_fixture_world_household(&s.world, "urgent");
    assert_int_equal(s.world.letting.n, 0);
    assert_int_equal(s.world.letting.n_refusals, 3); /* offers without result */
    assert_int_equal(s.world.household.n_refusals[urgent], 0);
    assert_int_equal(s.world.household.urgency[urgent], WKS_URGENCY_MEDICAL);
    small_close(&s);
}

static void round_counts_reactions_and_activates_registrations(void **state)
{
    small s;

    (void)state;
    small_open(&s, ADVERTISED "order = ( { part = \"inschrijfduur\"; } );", three);
    s.behaviour.accept_base = -60.0;
    small_run(&s);
    const int32_t h = wks_fixture_world_household(&s.world, "short");
    const int32_t r = s.world.person.registration_row[s.world.household.first_person_row[h]];
    assert_int_equal(s.world.household.n_reactions[h], 1);
    assert_int_equal(s.world.registration.state[r], WKS_REGISTRATION_ACTIVE);
    assert_int_equal(s.world.registration.reacted_month[r], s.world.month);
    small_close(&s);
}

static void round_excludes_by_the_first_filter_that_fails(void **state)
{
    small s;

    (void)state;
    small_open(&s,
               ADVERTISED "filters = ( { part = \"registered\"; }, { part = \"where\"; where = \"months_registered > 100\"; }, { part = "
                          "\"occupancy\"; } ); order = ();",
               three);
    small_run(&s);
    assert_true(lives_in(&s, "long", "v"));
    assert_int_equal(s.world.letting.item[0].excluded[0], 0);
    assert_int_equal(s.world.letting.item[0].excluded[1], 2);
    assert_int_equal(s.world.letting.item[0].excluded[2], 0);
    assert_int_equal(s.world.letting.item[0].candidates, 1);
    assert_int_equal(s.world.letting.item[0].order_part, WKS_NONE);
    small_close(&s);
}

/* A tenant who was housed as statushouder, a statushouder at COA, and a regular seeker. */
static const char referred[] =
    "buurten 1\n"
    "unit home buurt=0 tenure=social rent=700 rooms=1\n"
    "unit v buurt=0 tenure=social rent=450 rooms=3\n"
    "household tenant unit=home income=20000 members=30m,31f referral=statushouder registered=2015-01 search=2024-06\n"
    "household waiting place=coa income=14000 members=30m referral=statushouder since=2024-01 region=2024-01\n"
    "household seeker place=shelter income=14000 members=30m registered=2005-01 search=2024-06\n";

static void round_by_direct_mediation_houses_the_referred(void **state)
{
    small s;

    (void)state;
    small_open(&s, "channels = ( { part = \"direct\"; share = 1; } ); filters = ( { part = \"registered\"; } ); order = ();", referred);
    small_run(&s);
    const int32_t waiting = wks_fixture_world_household(&s.world, "waiting");
    assert_true(lives_in(&s, "waiting", "v"));
    assert_int_equal(s.world.letting.item[0].reason, WKS_LETTING_DIRECT);
    assert_int_equal(s.world.household.referral[waiting], WKS_REFERRAL_STATUSHOUDER); /* remembered until the next move */
    assert_int_equal(s.world.household.region_month[waiting], s.world.month);
    small_close(&s);
}

static void round_without_anybody_referred_advertises_at_once(void **state)
{
    small s;

    (void)state;
    small_open(
        &s,
        "channels = ( { part = \"direct\"; share = 1; referral = \"ex_detainee\"; }, { part = \"advertised\"; share = 0; } ); order = ();",
        referred);
    small_run(&s);
    assert_int_equal(s.world.letting.n, 1);
    assert_int_equal(s.world.letting.item[0].channel, 1);
    assert_int_equal(s.world.letting.n_adverts, 1);
    small_close(&s);
}

static void round_of_a_tenant_ends_its_referral(void **state)
{
    small s;

    (void)state;
    small_open(&s, ADVERTISED "filters = ( { part = \"where\"; where = \"n_persons = 2\"; } ); order = ();", referred);
    small_run(&s);
    assert_true(lives_in(&s, "tenant", "v"));
    assert_int_equal(s.world.household.referral[wks_fixture_world_household(&s.world, "tenant")], WKS_REFERRAL_NONE);
    assert_int_equal(s.world.letting.item[0].referral, WKS_REFERRAL_STATUSHOUDER);
    assert_int_equal(s.world.unit.household_row[wks_fixture_world_unit(&s.world, "home")], WKS_NONE);
    assert_int_equal(s.world.unit.chain[wks_fixture_world_unit(&s.world, "home")], 1);
    small_close(&s);
}

static void round_lets_a_reserved_unit_to_its_household(void **state)
{
    small s;
    wks_text text = WKS_TEXT_INIT;

    (void)state;
    wks_text_addf(&text, "%shousehold back place=shelter income=20000 members=50m reserved=v\n", three);
    small_open(&s, ADVERTISED "order = ( { part = \"inschrijfduur\"; } );", text.data);
    small_run(&s);
    assert_true(lives_in(&s, "back", "v"));
    assert_int_equal(s.world.letting.item[0].reason, WKS_LETTING_RESERVED);
    small_close(&s);
    small_open(&s, ADVERTISED "order = ( { part = \"inschrijfduur\"; } );", text.data);
    s.behaviour.accept_base = -60.0;
    small_run(&s);
    assert_int_equal(s.world.letting.n, 0);
    assert_int_equal(wks_rare_i32(&s.world.unit.reserved_row, wks_fixture_world_unit(&s.world, "v")),
                     WKS_NONE); /* for everybody next month */
    small_close(&s);
    wks_text_free(&text);
}

/* One of the two homes in the buurt is let to somebody young; only young people react. */
static const char young[] = "buurten 2\n"
                            "unit home buurt=0 tenure=social rent=500 rooms=2\n"
                            "unit v buurt=0 tenure=social rent=450 rooms=2\n"
                            "household old unit=home income=20000 members=60m\n"
                            "household one place=shelter income=20000 members=22m registered=2022-01 search=2024-10\n"
                            "household two place=shelter income=20000 members=23m registered=2021-01 search=2024-10 referral=care_leaver\n";

static void round_with_everybody_capped_does_as_when_nobody_says(void **state)
{
    small s;
    wks_text rules = WKS_TEXT_INIT;
    static const char form[] = "channels = ( { part = \"advertised\"; share = 1; }, { part = \"direct\"; share = 0; } ); order = ( { part "
                               "= \"inschrijfduur\"; } ); "
                               "spreiding = ( { part = \"cap_share\"; group = \"jong\"; max_share = 0.4; when_nobody = \"%s\"; } );";

    (void)state;
    wks_text_addf(&rules, form, "leave_vacant");
    small_open(&s, rules.data, young);
    for (int32_t i = 0; i < 2; i++) {
        small_run(&s);
        assert_int_equal(s.world.letting.n, 0);
        assert_int_equal(s.world.letting.n_offers, 0);
        assert_int_equal(s.world.letting.n_unlet, 1);
        wks_world_next_tick(&s.world);
    }
    small_close(&s);
    wks_text_free(&rules);

    wks_text_addf(&rules, form, "ignore_cap");
    small_open(&s, rules.data, young);
    small_run(&s);
    assert_true(lives_in(&s, "two", "v")); /* the first of those stopped */
    assert_int_equal(s.world.letting.item[0].excluded[0], 2);
    small_close(&s);
    wks_text_free(&rules);

    wks_text_addf(&rules, form, "next_channel");
    small_open(&s, rules.data, young);
    small_run(&s);
    assert_int_equal(s.world.letting.n, 0);
    wks_world_next_tick(&s.world);
    wks_round_record(s.round, true);
    small_run(&s);
    int64_t n;
    const wks_advert *advert = wks_round_adverts(s.round, &n);
    assert_int_equal(n, 2); /* direct mediation first, which the cap stops as well; then advertised */
    assert_int_equal(advert[0].channel, 1);
    assert_int_equal(advert[1].channel, 0);
    const wks_round_offer *offer = wks_round_offers(s.round, &n);
    assert_int_equal(n, 3);
    assert_int_equal(offer[0].household_row, wks_fixture_world_household(&s.world, "two")); /* the only one referred */
    assert_int_equal(offer[0].outcome, WKS_ROUND_CAPPED);
    assert_int_equal(offer[0].blocked_by, 0);
    small_close(&s);
    wks_text_free(&rules);
}

static void round_learns_the_usual_wait_slowly(void **state)
{
    small s;

    (void)state;
    small_open(&s, ADVERTISED "order = ( { part = \"inschrijfduur\"; } );", three);
    s.world.belief.wait_p50_months = 96.0;
    small_run(&s);
    assert_close(s.world.belief.wait_p50_months, 96.0 + (156.0 - 96.0) / 12.0, 1e-12, 0.0);
    small_close(&s);
}

static void round_of_nobody_and_nothing_is_quiet(void **state)
{
    small s;

    (void)state;
    small_open(&s, ADVERTISED, "buurten 1\n");
    small_run(&s);
    small_close(&s);
    small_open(&s, ADVERTISED, "buurten 1\nunit v buurt=0 tenure=social rent=500 rooms=2\n");
    small_run(&s);
    assert_int_equal(s.world.letting.n_unlet, 1);
    small_close(&s);
    small_open(&s, ADVERTISED, "buurten 1\nhousehold h place=shelter income=20000 members=30m search=2024-01\n");
    small_run(&s);
    assert_int_equal(s.world.letting.n, 0);
    small_close(&s);
}

static void round_first_failing_filter_names_it(void **state)
{
    small s;

    (void)state;
    small_open(
        &s, ADVERTISED "filters = ( { part = \"registered\"; }, { part = \"where\"; where = \"months_registered > 100\"; } ); order = ();",
        three);
    const wks_advert advert = {.unit_row = wks_fixture_world_unit(&s.world, "v")};
    assert_int_equal(wks_round_first_failing_filter(&s.scenario, &s.scenario.rules[0], &s.world, &s.law,
                                                    wks_fixture_world_household(&s.world, "long"), &advert),
                     -1);
    assert_int_equal(wks_round_first_failing_filter(&s.scenario, &s.scenario.rules[0], &s.world, &s.law,
                                                    wks_fixture_world_household(&s.world, "short"), &advert),
                     1);
    small_close(&s);
}

static void round_without_memory_errors(void **state)
{
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_scenario scenario;
    int64_t n = 1;
    bool pending = false;

    (void)state;
    case_scenario(&scenario, case_rules[3]);
    for (; !pending; n++) {
        wks_world world;
        wks_round *round = NULL;
        wks_err err = WKS_ERR_INIT;
        case_world(&world, 900, 5, 12, 0);
        wks_mem_fail_after(n);
        wks_status rc = wks_round_create(&scenario, &world, &round, &err);
        if (rc == WKS_OK) rc = wks_round_run(round, &world, &law, &case_behaviour, &err);
        pending = wks_mem_fail_pending();
        wks_mem_fail_after(0);
        /* Without room for the list of moves the verbs go on, and who reads it fails (moves.h). */
        assert_int_equal(rc, pending || world.moves.is_incomplete ? WKS_OK : WKS_ERR_NOMEM);
        wks_round_destroy(round);
        wks_world_free(&world);
    }
    assert_true(n > 30);
    wks_scenario_free(&scenario);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(round_by_inschrijfduur_lets_to_the_longest_registered),
        cmocka_unit_test(round_with_urgency_first_lets_to_the_urgent),
        cmocka_unit_test(round_by_lot_gives_everybody_the_same_chance),
        cmocka_unit_test(round_with_filters_lets_to_nobody_who_fails_one),
        cmocka_unit_test(round_with_rows_in_another_order_is_the_same),
        cmocka_unit_test(round_with_four_threads_is_the_same),
        cmocka_unit_test(round_of_a_candidate_more_changes_no_other_draw),
        cmocka_unit_test(round_without_rules_in_force_lets_nothing),
        cmocka_unit_test(round_of_who_never_accepts_leaves_the_unit_and_ends_urgency),
        cmocka_unit_test(round_of_no_shows_counts_no_refusal_of_theirs),
        cmocka_unit_test(round_counts_reactions_and_activates_registrations),
        cmocka_unit_test(round_excludes_by_the_first_filter_that_fails),
        cmocka_unit_test(round_by_direct_mediation_houses_the_referred),
        cmocka_unit_test(round_without_anybody_referred_advertises_at_once),
        cmocka_unit_test(round_of_a_tenant_ends_its_referral),
        cmocka_unit_test(round_lets_a_reserved_unit_to_its_household),
        cmocka_unit_test(round_with_everybody_capped_does_as_when_nobody_says),
        cmocka_unit_test(round_learns_the_usual_wait_slowly),
        cmocka_unit_test(round_of_nobody_and_nothing_is_quiet),
        cmocka_unit_test(round_first_failing_filter_names_it),
        cmocka_unit_test(round_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
