/* The laws of spreiding over thousands of random worlds and rule sets: after each letting everything is counted again from scratch, on a copy of the world in
 * which the lettings are carried out one by one. No cap is broken, dosing keeps its pace, a contingent its key, a mix its target; the order of rows and the
 * number of threads do not matter. Extreme values are part of it: 0, 1, everybody, areas without stock. */
#include <math.h>

#include "unit/rules/round_case.h"
#include "world/relations.h"

enum { INSTANCES = 2500, MONTHS = 4, MOST = 4096, ROWS = 256 };

typedef struct record {
    int32_t month, unit;
    bool member[4]; /* by group of the case */
    bool in_mix, moved_within;
} record;

typedef struct play {
    wks_world before; /* as the round began, lettings carried out so far */
    const wks_scenario *scenario;
    const wks_rule_set *rules;
    bool member[ROWS][4]; /* household, group, when the round began */
    bool was_social[ROWS];
    record letting[MOST];
    int32_t n;
} play;

typedef struct seen {
    int64_t lettings, bound[8]; /* bound: lettings to which a part of that kind said something */
} seen;

/* ---- random rule sets --------------------------------------------------------------------------------------------------------------------- */

static const char *const groups[] = {"verwezen", "arm", "jong", "ieder"};
static const char *const scales[] = {"portiek", "complex", "buurt", "wijk", "gemeente", "owner"};
static const char *const shares[] = {"0.0", "1.0", "0.1", "0.25", "0.34", "0.5", "0.75"};
static const char *const then[] = {"leave_vacant", "next_channel", "sell", "liberalise"};

#define PICK(list) list[case_below(rng, (int32_t)(sizeof(list) / sizeof(list)[0]))]

static void add_part(wks_text *out, wks_rng *rng, int32_t kind)
{
    static const char *const keys[] = {"even", "stock", "lettings", "strong_first"};
    static const char *const levels[] = {"buurt", "wijk", "gemeente", "owner"};
    const char *group = PICK(groups);
    const char *scale = PICK(scales);
    const char *share = PICK(shares);
    const char *nobody = PICK(then);
    const int32_t number = case_below(rng, 20);
    const int32_t small = case_below(rng, 4);
    const int32_t where = case_below(rng, 4);
    const char *areas = where == 0 ? "[ \"buurt-0\", \"buurt-3\" ]" : "[]";

    switch (kind) {
    case 0:
        wks_text_addf(out, "{ part = \"cap_share\"; group = \"%s\"; scale = \"%s\"; max_share = %s; when_nobody = \"%s\"; areas = %s; }",
                      group, scale, share, nobody, areas);
        break;
    case 1:
        wks_text_addf(out, "{ part = \"cap_inflow\"; group = \"%s\"; scale = \"%s\"; max_share = %s; when_nobody = \"%s\"; areas = %s; }",
                      group, scale, share, nobody, areas);
        break;
    case 2:
        wks_text_addf(out,
                      "{ part = \"dosing\"; group = \"%s\"; scale = \"%s\"; number = %d; period = %d; paced = %s; when_nobody = \"%s\"; "
                      "areas = %s; }",
                      group, scale, number, 1 + small * small, where % 2 == 0 ? "true" : "false", nobody, areas);
        break;
    case 3:
        wks_text_addf(out, "{ part = \"dosing\"; name = \"deel\"; group = \"%s\"; scale = \"%s\"; share = %s; when_nobody = \"%s\"; }",
                      group, scale, share, nobody);
        break;
    case 4:
        wks_text_addf(out, "{ part = \"contingent\"; group = \"%s\"; ", group);
        wks_text_addf(out, "key = \"%s\"; level = \"%s\"; quota = %d; ahead = %d; when_nobody = \"%s\"; areas = %s; }", keys[small],
                      levels[where], number % 2 == 0 ? 0 : 2 * number, 1 + small % 2, nobody, number == 1 ? "[ \"buurt-1\" ]" : "[]");
        break;
    case 5:
        wks_text_addf(
            out, "{ part = \"target_mix\"; askers = \"%s\"; carriers = %s; tolerance_after = 0.0; when_nobody = \"%s\"; motivation = %s; }",
            group, share, nobody, where % 2 == 0 ? "true" : "false");
        break;
    case 6:
        wks_text_addf(out, "{ part = \"social_ceiling\"; max_share = %s; instead = \"%s\"; areas = %s; }", share,
                      small == 0   ? "sell"
                      : small == 1 ? "liberalise"
                      : small == 2 ? "middle_rent"
                                   : "nothing",
                      areas);
        break;
    default:
        wks_text_addf(out, "{ part = \"relabel\"; share = %s; label = \"%s\"; areas = %s; }", share, small < 2 ? "jongeren" : "none",
                      areas);
    }
}

/* Any of the parts in any order, most of them in few instances. */
static void random_rules(wks_text *out, wks_rng *rng)
{
    bool is_first = true;
    const int32_t turn = case_below(rng, 8);
    const int32_t channels = case_below(rng, 3);

    wks_text_add(out, channels == 0 ? "channels = ( { part = \"advertised\"; } ); "
                      : channels == 1
                          ? "channels = ( { part = \"direct\"; share = 0.5; order = \"lot\"; }, { part = \"advertised\"; share = 0.5; } ); "
                          : "channels = ( { part = \"gemengd\"; share = 1.0; }, { part = \"direct\"; share = 0.4; }, { part = "
                            "\"advertised\"; share = 0.6; } ); ");
    wks_text_add(out, turn % 2 == 0 ? "filters = ( { part = \"age_label\"; } ); " : "filters = (); ");
    wks_text_add(out, "order = ( { part = \"inschrijfduur\"; } ); spreiding = ( ");
    for (int32_t k = 0; k < 8; k++) {
        const int32_t kind = (k + turn) % 8;
        const int32_t use = case_below(rng, 3);
        if (use > 0) continue;
        if (!is_first) wks_text_add(out, ", ");
        is_first = false;
        add_part(out, rng, kind);
    }
    wks_text_add(out, " );");
}

/* ---- recounts -------------------------------------------------------------------------------------------------------------------------------- */

static int32_t area_of(const play *p, int32_t scale, int32_t unit)
{
    const wks_world *w = &p->before;
    const int32_t d = w->unit.dwelling_row[unit], b = w->dwelling.buurt_row[d], complex_row = w->dwelling.complex_row[d];
    const int32_t area[] = {w->dwelling.portiek[d],           complex_row, b, w->buurt.wijk_row[b], w->buurt.gemeente_row[b],
                            w->complex.owner_row[complex_row]};

    return area[scale];
}

static bool applies(const play *p, const wks_settings *part, int32_t unit)
{
    for (int32_t i = 0; i < part->spec->n_params; i++) {
        if (part->spec->param[i].type == WKS_PARAM_AREAS)
            return wks_part_in_areas(&p->before, part, i, p->before.dwelling.buurt_row[p->before.unit.dwelling_row[unit]]);
    }
    return true;
}

static double value_of(const wks_settings *part, const char *name)
{
    const double value = wks_part_value(part, name, (double)NAN);

    assert_true(value >= 0.0); /* a parameter that the part has */
    return value;
}

/* After the letting (carried out in `before`) the group's share of the households in social homes; a move within the area changes nothing. */
static void check_share(const play *p, const wks_settings *part, const record *last, int32_t from_area)
{
    const int32_t group = (int32_t)value_of(part, "group"), scale = (int32_t)value_of(part, "scale"), area = area_of(p, scale, last->unit);
    int32_t n = 0, n_group = 0;

    if (!last->member[group] || from_area == area) return;
    for (int32_t h = 0; h < p->before.household.base.n_rows; h++) {
        const int32_t unit = p->before.household.key[h] == 0 ? WKS_NONE : p->before.household.unit_row[h];
        if (unit < 0 || area_of(p, scale, unit) != area) continue;
        n++;
        n_group += p->member[h][group];
    }
    assert_true(n_group <= value_of(part, "max_share") * n + 1e-9);
}

static int32_t count(const play *p, int32_t scale, int32_t area, int32_t months, int32_t group)
{
    const int32_t now = p->letting[p->n - 1].month;
    int32_t n = 0;

    for (int32_t i = 0; i < p->n; i++) {
        const record *r = &p->letting[i];
        n += r->month > now - months && (area < 0 || area_of(p, scale, r->unit) == area) && (group < 0 || r->member[group]);
    }
    return n;
}

static void check_inflow(const play *p, const wks_settings *part, const record *last)
{
    const int32_t group = (int32_t)value_of(part, "group"), scale = (int32_t)value_of(part, "scale"), area = area_of(p, scale, last->unit);

    if (last->member[group])
        assert_true(count(p, scale, area, 12, group) <= value_of(part, "max_share") * count(p, scale, area, 12, -1) + 1e-9);
}

static double homes_in(const play *p, int32_t scale, int32_t area, const bool *is_social)
{
    double n = 0.0;

    for (int32_t d = 0; d < p->before.dwelling.base.n_rows; d++)
        n += is_social[d] && area_of(p, scale, p->before.dwelling.first_unit_row[d]) == area;
    return n;
}

static void check_dosing(const play *p, const wks_settings *part, const record *last, const bool *is_social)
{
    const int32_t group = (int32_t)value_of(part, "group"), scale = (int32_t)value_of(part, "scale"), area = area_of(p, scale, last->unit);
    const int32_t period = (int32_t)value_of(part, "period");
    const double share = value_of(part, "share"),
                 norm = share > 0.0 ? share * homes_in(p, scale, area, is_social) : value_of(part, "number");

    if (!last->member[group]) return;
    for (int32_t m = value_of(part, "paced") > 0.0 ? 1 : period; m <= period; m++)
        assert_true(count(p, scale, area, m, group) <= ceil(norm * m / period - 1e-9));
}

/* Of all lettings to the contingent this year the area has less than `ahead` above its part. (The part by leefbaarheid is held against its formula in
 * test_spreiding_contingent.c and the plain round.) */
static void check_contingent(const play *p, const wks_settings *part, const record *last)
{
    const int32_t group = (int32_t)value_of(part, "group"), scale = 2 + (int32_t)value_of(part, "level"),
                  area = area_of(p, scale, last->unit);
    const int32_t key = (int32_t)value_of(part, "key"), quota = (int32_t)value_of(part, "quota");
    int32_t here = 0, all = 0, n_areas = 0;
    double homes = 0.0;
    bool is_social[ROWS] = {false};

    if (!last->member[group]) return;
    for (int32_t i = 0; i < p->n; i++) {
        if (!p->letting[i].member[group] || !applies(p, part, p->letting[i].unit)) continue;
        all++;
        here += area_of(p, scale, p->letting[i].unit) == area;
    }
    assert_true(quota == 0 || all <= (quota * (last->month % 12 + 1) + 11) / 12);
    for (int32_t d = 0; d < p->before.dwelling.base.n_rows; d++) {
        is_social[d] = p->was_social[d] && applies(p, part, p->before.dwelling.first_unit_row[d]);
        homes += is_social[d];
    }
    for (int32_t a = 0; a < 8; a++)
        n_areas += homes_in(p, scale, a, is_social) > 0.0;
    const double weight = key == 0 ? 1.0 / n_areas : homes_in(p, scale, area, is_social) / homes;
    if (key != 3) assert_true(here < weight * all + value_of(part, "ahead"));
    if (n_areas == 1) assert_int_equal(here, all);
}

/* Who came in is at most half a household above the target of its kind. */
static void check_mix(const play *p, const wks_settings *part, const record *last, int32_t household)
{
    const int32_t group = (int32_t)value_of(part, "askers"), area = area_of(p, 1, last->unit);
    const double carriers = value_of(part, "carriers"), target = last->member[group] ? 1.0 - carriers : carriers;
    const double gone = (p->before.month - p->before.start_month) / 60.0, tolerance = value_of(part, "tolerance") * (1.0 - gone);
    int32_t n = 0, n_kind = 0;

    if (!last->in_mix || last->moved_within) return;
    for (int32_t h = 0; h < p->before.household.base.n_rows; h++) {
        const int32_t unit = p->before.household.key[h] == 0 ? WKS_NONE : p->before.household.unit_row[h];
        if (unit < 0 || area_of(p, 1, unit) != area) continue;
        n++;
        n_kind += p->member[h][group] == last->member[group];
    }
    assert_true(n_kind - target * n <= 0.5 + tolerance * n + 1e-6);
    assert_true(last->member[group] || value_of(part, "motivation") < 0.5 || p->before.household.motivated[household]);
}

static void check_letting(const play *p, const record *last, int32_t household, const int32_t *from_area, const bool *is_social, seen *s)
{
    for (int32_t i = 0; i < p->rules->n_spreiding; i++) {
        const wks_settings *part = &p->rules->spreiding[i];
        const char *name = part->spec->name;
        if (!applies(p, part, last->unit)) continue;
        if (strcmp(name, "cap_share") == 0) check_share(p, part, last, from_area[(int32_t)value_of(part, "scale")]);
        if (strcmp(name, "cap_inflow") == 0) check_inflow(p, part, last);
        if (strcmp(name, "dosing") == 0) check_dosing(p, part, last, is_social);
        if (strcmp(name, "contingent") == 0) check_contingent(p, part, last);
        if (strcmp(name, "target_mix") == 0) check_mix(p, part, last, household);
        s->bound[i]++;
    }
}

/* ---- play ------------------------------------------------------------------------------------------------------------------------------------- */

static void carry_out(play *p, const wks_letting *letting, uint8_t label, const bool *is_social, seen *s)
{
    wks_world *w = &p->before;
    wks_err err = WKS_ERR_INIT;
    record *r = &p->letting[p->n++];
    const int32_t from = w->household.unit_row[letting->household_row];
    int32_t from_area[6];

    assert_true(p->n < MOST);
    for (int32_t scale = 0; scale < 6; scale++)
        from_area[scale] = from < 0 ? WKS_NONE : area_of(p, scale, from);
    *r = (record){.month = w->month, .unit = letting->unit_row};
    memcpy(r->member, p->member[letting->household_row], sizeof r->member);
    r->in_mix = label == WKS_LABEL_GEMENGD;
    r->moved_within = from_area[1] == area_of(p, 1, letting->unit_row);
    assert_ok(wks_relations_move_in(w, letting->household_row, letting->unit_row, true, &err), &err);
    check_letting(p, r, letting->household_row, from_area, is_social, s);
    s->lettings++;
}

static void begin_round(play *p, const wks_world *world, bool is_first)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(wks_world_copy(world, &p->before, &err), &err);
    assert_true(world->household.base.n_rows <= ROWS && world->dwelling.base.n_rows <= ROWS);
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        for (int32_t g = 0; g < 4; g++)
            p->member[h][g] = world->household.key[h] != 0 &&
                              wks_expr_holds(p->scenario->group[wks_scenario_group(p->scenario, groups[g])].expr, world, h);
    }
    for (int32_t d = 0; d < world->dwelling.base.n_rows && is_first; d++)
        p->was_social[d] = world->dwelling.key[d] != 0 && world->dwelling.tenure[d] == WKS_TENURE_SOCIAL;
}

static void check_ceiling(const wks_world *world, const play *p)
{
    for (int32_t i = 0; i < p->rules->n_spreiding; i++) {
        const wks_settings *part = &p->rules->spreiding[i];
        int32_t n[2] = {0}, social[2] = {0};
        if (strcmp(part->spec->name, "social_ceiling") != 0 || (int32_t)value_of(part, "instead") != 1) continue;
        for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
            const int32_t wijk = world->buurt.wijk_row[world->dwelling.buurt_row[d]];
            n[wijk]++;
            social[wijk] += world->dwelling.tenure[d] == WKS_TENURE_SOCIAL;
        }
        for (int32_t k = 0; k < world->letting.n; k++) { /* what was let stood where the ceiling holds, even after the round's sales */
            const int32_t unit = world->letting.item[k].unit_row, wijk = world->buurt.wijk_row[world->letting.item[k].buurt_row];
            if (applies(p, part, unit)) assert_true(social[wijk] <= value_of(part, "max_share") * n[wijk] + 1e-9);
        }
    }
}

static void play_instance(play *p, uint64_t number, seen *s)
{
    const wks_law law = wks_law_of_year(2025, 0.0);
    const wks_rng_seed seed = wks_rng_seed_make(number, 11);
    wks_rng rng = wks_rng_open(&seed, number, 0, WKS_RNG_TEST);
    wks_text rules = WKS_TEXT_INIT;
    wks_world world;
    wks_scenario scenario;
    wks_round *round = NULL;
    wks_err err = WKS_ERR_INIT;

    random_rules(&rules, &rng);
    case_scenario(&scenario, rules.data);
    case_world(&world, number, 4 + (int32_t)(number % 9), 12 + (int32_t)(number % 11), 0);
    assert_ok(wks_round_create(&scenario, &world, &round, &err), &err);
    p->scenario = &scenario;
    p->rules = &scenario.rules[0];
    p->n = 0;
    for (int32_t m = 0; m < MONTHS; m++) {
        bool is_social[ROWS] = {false};
        begin_round(p, &world, m == 0);
        for (int32_t d = 0; d < world.dwelling.base.n_rows; d++)
            is_social[d] = world.dwelling.tenure[d] == WKS_TENURE_SOCIAL;
        assert_ok(wks_round_run(round, &world, &law, &case_behaviour, &err), &err);
        int64_t n_adverts;
        const wks_advert *advert = wks_round_adverts(round, &n_adverts);
        for (int32_t i = 0; i < world.letting.n; i++) {
            uint8_t label = UINT8_MAX;
            for (int64_t a = 0; a < n_adverts; a++)
                label = advert[a].unit_row == world.letting.item[i].unit_row ? advert[a].label : label;
            assert_int_not_equal(label, UINT8_MAX);
            carry_out(p, &world.letting.item[i], label, is_social, s);
        }
        check_ceiling(&world, p);
        case_next_month(&world);
    }
    wks_round_destroy(round);
    wks_scenario_free(&scenario);
    wks_world_free(&world);
    wks_text_free(&rules);
}

static void caps_hold_at_every_letting(void **state)
{
    play *p = calloc(1, sizeof *p);
    seen s = {0};

    (void)state;
    assert_non_null(p);
    wks_world_init(&p->before);
    for (uint64_t number = 1; number <= INSTANCES; number++)
        play_instance(p, number, &s);
    assert_true(s.lettings > 4 * INSTANCES);
    for (int32_t i = 0; i < 3; i++)
        assert_true(s.bound[i] > INSTANCES);
    wks_world_free(&p->before);
    free(p);
}

/* ---- rows and threads ---------------------------------------------------------------------------------------------------------------------- */

static uint64_t hash_of_run(const char *rules, uint64_t number, uint64_t shuffle, int threads)
{
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_world world;
    wks_scenario scenario;
    wks_round *round = NULL;
    wks_err err = WKS_ERR_INIT;
    uint64_t hash;

    case_scenario(&scenario, rules);
    case_world(&world, number, 14, 30, shuffle);
    world.threads = threads;
    assert_ok(wks_round_create(&scenario, &world, &round, &err), &err);
    for (int32_t m = 0; m < MONTHS; m++) {
        assert_ok(wks_round_run(round, &world, &law, &case_behaviour, &err), &err);
        case_next_month(&world);
    }
    hash = wks_world_hash(&world);
    wks_round_destroy(round);
    wks_scenario_free(&scenario);
    wks_world_free(&world);
    return hash;
}

static void rows_and_threads_do_not_matter(void **state)
{
    int32_t n_different = 0;
    uint64_t before = 0;

    (void)state;
    for (uint64_t number = 1; number <= 150; number++) {
        const wks_rng_seed seed = wks_rng_seed_make(number, 12);
        wks_rng rng = wks_rng_open(&seed, number, 0, WKS_RNG_TEST);
        wks_text rules = WKS_TEXT_INIT;
        random_rules(&rules, &rng);
        const uint64_t hash = hash_of_run(rules.data, number, 0, 1);
        if (hash_of_run(rules.data, number, 0, 2) != hash) fail_msg("case %d: two threads: %s", (int)number, rules.data);
        if (hash_of_run(rules.data, number, 77 + number, 1) != hash) fail_msg("case %d: other order of rows: %s", (int)number, rules.data);
        n_different += hash != before;
        before = hash;
        wks_text_free(&rules);
    }
    assert_int_equal(n_different, 150);
}

/* ---- target mix over time ------------------------------------------------------------------------------------------------------------------ */

/* A mixed complex of 12: each month two residents leave and both kinds wait: full again, it is within half a household of its target. */
static void mix_stays_on_target_while_both_kinds_wait(void **state)
{
    static const double targets[] = {0.5, 0.7, 0.0, 1.0, 0.34};
    const wks_law law = wks_law_of_year(2025, 0.0);
    wks_round_behaviour eager = case_behaviour;

    (void)state;
    eager.accept_base = 100.0;
    for (int32_t t = 0; t < 5; t++) {
        wks_text rules = WKS_TEXT_INIT, text = WKS_TEXT_INIT;
        wks_world world;
        wks_scenario scenario;
        wks_round *round = NULL;
        wks_err err = WKS_ERR_INIT;
        wks_text_addf(
            &rules,
            "channels = ( { part = \"gemengd\"; share = 1.0; order = \"lot\"; }, { part = \"advertised\"; } ); spreiding = ( { part = "
            "\"target_mix\"; askers = \"verwezen\"; carriers = %.2f; tolerance_after = 0.0; } );",
            targets[t]);
        wks_text_add(&text, "month 2025-01\nbuurten 1\n");
        for (int32_t u = 0; u < 12; u++)
            wks_text_addf(&text, "unit u%d buurt=0 tenure=social rent=300 rooms=3 label=gemengd\n", (int)u);
        for (int32_t h = 0; h < 80; h++)
            wks_text_addf(&text, "household h%d place=shelter income=20000 members=30m%s\n", (int)h,
                          h % 2 == 0 ? " referral=care_leaver" : "");
        case_scenario(&scenario, rules.data);
        wks_fixture_world_make(&world, text.data);
        case_complete(&world, 3);
        assert_ok(wks_round_create(&scenario, &world, &round, &err), &err);
        for (int32_t m = 0; m < 60; m++) {
            int32_t n_housed = 0, n_carriers = 0;
            for (int32_t h = 0; h < 80; h++) {
                world.household.search[h] = (uint8_t)(world.household.unit_row[h] < 0 ? WKS_SEARCH_SOCIAL : WKS_SEARCH_STAY);
                world.household.motivated[h] = 1;
                world.household.referral[h] = h % 2 == 0 ? WKS_REFERRAL_CARE_LEAVER : WKS_REFERRAL_NONE;
            }
            assert_ok(wks_round_run(round, &world, &law, &eager, &err), &err);
            for (int32_t h = 0; h < 80; h++) {
                n_housed += world.household.unit_row[h] >= 0;
                n_carriers += world.household.unit_row[h] >= 0 && h % 2 == 1;
            }
            assert_int_equal(n_housed, 12);
            assert_true(fabs(n_carriers - targets[t] * n_housed) <= 0.5 + 1e-6);
            wks_world_next_tick(&world);
            for (int32_t k = 0; k < 2; k++) {
                const int32_t leaver = world.unit.household_row[(5 * m + 7 * k) % 12];
                const int32_t unit = leaver < 0 ? WKS_NONE : world.household.unit_row[leaver];
                if (leaver < 0) continue;
                assert_ok(wks_relations_move_out(&world, leaver, WKS_PLACE_SHELTER, WKS_NONE, &err), &err);
                world.unit.lettable_month[unit] = wks_month_cell(world.month);
            }
        }
        wks_round_destroy(round);
        wks_scenario_free(&scenario);
        wks_world_free(&world);
        wks_text_free(&rules);
        wks_text_free(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(caps_hold_at_every_letting),
        cmocka_unit_test(rows_and_threads_do_not_matter),
        cmocka_unit_test(mix_stays_on_target_while_both_kinds_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
