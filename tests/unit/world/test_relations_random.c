/* Thousands of random changes, in any order and with any arguments that the contracts allow: every law must hold after each of them. */
#include <stdlib.h>

#include "support/check.h"
#include "support/fixture_world.h"
#include "world/check.h"
#include "world/relations.h"
#include "world/relations_rehouse.h"
#include "world/row_order.h"

enum { N_OPERATIONS = 6000, N_SEEDS = 4, OPERATIONS_A_TICK = 25, MAX_MEMBERS = 8 };

typedef struct play {
    wks_world world;
    wks_rng rng;
    wks_rng_seed seed;
    wks_check_stocks before;
    uint64_t next_key;
    wks_ledger total;
    wks_err err;
} play;

static int32_t below(play *p, int32_t n)
{
    return (int32_t)wks_rng_below(&p->rng, (uint32_t)n);
}

static int32_t any_row(play *p, const wks_columns *base, const uint64_t *key)
{
    for (int32_t i = 0; i < 200 && base->n_live > 0; i++) {
        const int32_t row = below(p, base->n_rows);
        if (key[row] != 0) return row;
    }
    return WKS_NONE;
}

static int32_t any_household(play *p)
{
    return any_row(p, &p->world.household.base, p->world.household.key);
}

static int32_t any_person(play *p)
{
    return any_row(p, &p->world.person.base, p->world.person.key);
}

static int32_t any_unit(play *p)
{
    return any_row(p, &p->world.unit.base, p->world.unit.key);
}

static int32_t any_resident(play *p)
{
    for (int32_t i = 0; i < 100; i++) {
        const int32_t row = any_person(p);
        if (row != WKS_NONE && wks_rare_i32(&p->world.person.institution_row, row) != WKS_NONE) return row;
    }
    return WKS_NONE;
}

/* Emptied, under works or kept under contract: given to nobody. */
static bool is_kept(const play *p, int32_t u)
{
    const int32_t d = p->world.unit.dwelling_row[u];
    const uint8_t works = p->world.dwelling.works[d];

    return p->world.dwelling.to_demolish[d] || works == WKS_WORKS_ANNOUNCED || works == WKS_WORKS_UNDER ||
           wks_rare_i32(&p->world.unit.contract_row, u) != WKS_NONE;
}

static bool is_housed(const play *p, int32_t h)
{
    return p->world.household.unit_row[h] != WKS_NONE;
}

static wks_place any_place(play *p)
{
    return (wks_place)(1 + below(p, WKS_N_PLACES - 1));
}

/* A live household other than h, or nobody. */
static int32_t any_host(play *p, int32_t h)
{
    const int32_t host = any_household(p);

    return host == h || below(p, 8) == 0 ? WKS_NONE : host;
}

static wks_status add_members(play *p, int32_t h, int32_t n_persons)
{
    wks_status rc = WKS_OK;
    int32_t row;

    for (int32_t i = 0; i < n_persons; i++) {
        const wks_role role = i == 0 ? WKS_ROLE_HEAD : i == 1 ? WKS_ROLE_PARTNER : WKS_ROLE_CHILD;
        const int32_t age = i < 2 ? 18 + below(p, 60) : below(p, 25);
        const wks_sex sex = (wks_sex)below(p, 2);
        const wks_origin origin = (wks_origin)below(p, 3);
        const int32_t birth_month = p->world.month - 12 * age - below(p, 12);
        WKS_TRY(wks_relations_person_add(&p->world, p->next_key++, h, sex, role, origin, birth_month, &row, &p->err));
        p->world.ledger.persons_arrived++;
    }
out:
    return rc;
}

static wks_status arrive(play *p)
{
    wks_status rc = WKS_OK;
    const int32_t host = any_host(p, WKS_NONE);
    const wks_place place = any_place(p);
    int32_t h;

    if (p->world.person.base.n_live > 400) goto out;
    WKS_TRY(wks_relations_household_add(&p->world, p->next_key++, place, host, &h, &p->err));
    p->world.household.came_from[h] = (uint8_t)(p->next_key % WKS_N_CAMES);
    p->world.ledger.households_arrived++;
    WKS_TRY(add_members(p, h, 1 + below(p, 4)));
out:
    return rc;
}

static wks_status be_born(play *p)
{
    const int32_t h = any_household(p);
    int32_t row;

    if (h == WKS_NONE || p->world.household.n_persons[h] > MAX_MEMBERS) return WKS_OK;
    p->world.ledger.persons_born++;
    return wks_relations_person_add(&p->world, p->next_key++, h, WKS_SEX_WOMAN, WKS_ROLE_CHILD, WKS_ORIGIN_NL, p->world.month, &row,
                                    &p->err);
}

static wks_status enter_institution_from_outside(play *p)
{
    const int32_t buurt_row = below(p, p->world.buurt.base.n_rows);
    int32_t row;

    p->world.ledger.persons_arrived++;
    p->world.ledger.institution_arrived++;
    return wks_relations_resident_add(&p->world, p->next_key++, buurt_row, WKS_SEX_MAN, WKS_ORIGIN_EUROPE, p->world.month - 500, &row,
                                      &p->err);
}

static wks_status move_in(play *p)
{
    const int32_t h = any_household(p), u = any_unit(p);

    if (h == WKS_NONE || u == WKS_NONE || p->world.unit.household_row[u] != WKS_NONE || is_kept(p, u)) return WKS_OK;
    return wks_relations_move_in(&p->world, h, u, below(p, 2) == 0, &p->err);
}

static wks_status move_out(play *p)
{
    const int32_t h = any_household(p);

    if (h == WKS_NONE || !is_housed(p, h) || below(p, 3) > 0) return WKS_OK;
    const wks_place place = any_place(p);
    const int32_t host = any_host(p, h);
    return wks_relations_move_out(&p->world, h, place, host, &p->err);
}

static wks_status change_place(play *p)
{
    const int32_t h = any_household(p);

    if (h == WKS_NONE || is_housed(p, h)) return WKS_OK;
    const wks_place place = any_place(p);
    const int32_t host = any_host(p, h);
    return wks_relations_change_place(&p->world, h, place, host, &p->err);
}

static wks_status split(play *p)
{
    const int32_t h = any_household(p);
    int32_t row[256], n = 0, new;

    if (h == WKS_NONE) return WKS_OK;
    const int32_t all = p->world.household.n_persons[h];
    for (int32_t m = p->world.household.first_person_row[h]; m != WKS_NONE; m = p->world.person.next_row[m]) {
        if (below(p, 2) == 0) row[n++] = m;
    }
    if (n == 0 || n == all) return WKS_OK;
    const wks_place place = any_place(p);
    const int32_t host = below(p, 2) == 0 ? h : any_host(p, WKS_NONE);
    return wks_relations_split(&p->world, h, row, n, p->next_key++, place, host, &new, &p->err);
}

static wks_status merge(play *p)
{
    const int32_t from = any_household(p), into = any_household(p);

    if (from == WKS_NONE || from == into || p->world.household.n_persons[from] + p->world.household.n_persons[into] > 2 * MAX_MEMBERS)
        return WKS_OK;
    return wks_relations_merge(&p->world, from, into, &p->err);
}

/* A guest and its host, so that every kind of joining happens often. */
static wks_status merge_with_host(play *p)
{
    const int32_t h = any_household(p);

    if (h == WKS_NONE || p->world.household.host_row[h] == WKS_NONE) return WKS_OK;
    const int32_t host = p->world.household.host_row[h];
    if (p->world.household.n_persons[h] + p->world.household.n_persons[host] > 2 * MAX_MEMBERS) return WKS_OK;
    return below(p, 2) == 0 ? wks_relations_merge(&p->world, h, host, &p->err) : wks_relations_merge(&p->world, host, h, &p->err);
}

static wks_status die(play *p)
{
    const int32_t row = any_person(p);

    return row == WKS_NONE ? WKS_OK : wks_relations_person_die(&p->world, row, &p->err);
}

static wks_status to_institution(play *p)
{
    const int32_t row = any_person(p), buurt_row = below(p, p->world.buurt.base.n_rows);

    if (row == WKS_NONE || p->world.person.household_row[row] == WKS_NONE) return WKS_OK;
    return wks_relations_person_to_institution(&p->world, row, buurt_row, &p->err);
}

static wks_status from_institution(play *p)
{
    const int32_t row = any_resident(p);
    int32_t h;

    return row == WKS_NONE ? WKS_OK : wks_relations_person_from_institution(&p->world, row, p->next_key++, &h, &p->err);
}

static wks_status resident_depart(play *p)
{
    const int32_t row = any_resident(p);

    return row == WKS_NONE ? WKS_OK : wks_relations_resident_depart(&p->world, row, &p->err);
}

static wks_status depart(play *p)
{
    const int32_t h = any_household(p);

    return h == WKS_NONE || below(p, 4) > 0 ? WKS_OK : wks_relations_depart(&p->world, h, &p->err);
}

static wks_status toggle_registration(play *p)
{
    const int32_t row = any_person(p);

    if (row == WKS_NONE) return WKS_OK;
    if (p->world.person.registration_row[row] != WKS_NONE) return wks_relations_unregister(&p->world, row, &p->err);
    return wks_relations_register(&p->world, row, p->world.month - below(p, 200), &p->err);
}

static wks_status build(play *p)
{
    const int32_t complex_row = below(p, p->world.complex.base.n_rows);
    const int32_t n_units = below(p, 3) > 0 ? 1 : 1 + below(p, 4);
    wks_status rc = WKS_OK;
    int32_t d;

    if (p->world.unit.base.n_live > 150) goto out;
    WKS_TRY(wks_relations_dwelling_add(&p->world, p->next_key++, complex_row, WKS_TENURE_SOCIAL, WKS_DWELLING_APARTMENT, n_units,
                                       p->world.month, &d, &p->err));
    p->world.unit.from_new[p->world.dwelling.first_unit_row[d]] = 1; /* as process stock does */
out:
    return rc;
}

static wks_status demolish(play *p)
{
    const int32_t d = any_row(p, &p->world.dwelling.base, p->world.dwelling.key);

    if (d == WKS_NONE) return WKS_OK;
    for (int32_t u = p->world.dwelling.first_unit_row[d]; u != WKS_NONE; u = p->world.unit.next_row[u]) {
        if (p->world.unit.household_row[u] != WKS_NONE || wks_rare_i32(&p->world.unit.contract_row, u) != WKS_NONE) return WKS_OK;
    }
    return wks_relations_dwelling_remove(&p->world, d, &p->err);
}

static wks_status reserve(play *p)
{
    const int32_t u = any_unit(p), h = any_household(p);

    if (u != WKS_NONE && !is_kept(p, u)) wks_relations_reserve(&p->world, u, below(p, 4) == 0 ? WKS_NONE : h);
    return WKS_OK;
}

/* A project of one dwelling. */
static wks_status notice(play *p)
{
    const int32_t d = any_row(p, &p->world.dwelling.base, p->world.dwelling.key);
    const wks_project_kind kind = below(p, 2) == 0 ? WKS_PROJECT_DEMOLISH : WKS_PROJECT_RENOVATE;
    wks_status rc = WKS_OK;
    int32_t project;

    if (d == WKS_NONE || p->world.dwelling.n_units[d] != 1 || is_kept(p, p->world.dwelling.first_unit_row[d])) return WKS_OK;
    const int32_t u = p->world.dwelling.first_unit_row[d], h = p->world.unit.household_row[u];
    if (h != WKS_NONE && p->world.household.in_wisselwoning[h]) return WKS_OK;
    WKS_TRY(wks_relations_rehouse_order(&p->world, kind, 0, 1, &project, &p->err));
    p->world.project.stage[project] = WKS_PROJECT_NOTICED;
    WKS_TRY(wks_relations_rehouse_notice(&p->world, project, d, kind == WKS_PROJECT_DEMOLISH, &p->err));
out:
    return rc;
}

/* A household whose case is in this state; -1 none. */
static int32_t any_displaced(play *p, wks_displaced_state state)
{
    const int32_t n = p->world.household.base.n_rows, first = below(p, n);

    for (int32_t i = 0; i < n; i++) {
        const int32_t h = (first + i) % n, c = wks_rare_i32(&p->world.household.displaced, h) - 1;
        if (p->world.household.key[h] != 0 && c >= 0 && p->world.displaced.state[c] == state) return h;
    }
    return WKS_NONE;
}

static int32_t any_vacant(play *p)
{
    for (int32_t i = 0; i < 100; i++) {
        const int32_t u = any_unit(p);
        if (u != WKS_NONE && p->world.unit.household_row[u] == WKS_NONE && !is_kept(p, u)) return u;
    }
    return WKS_NONE;
}

static wks_status go_away(play *p)
{
    const int32_t h = any_displaced(p, WKS_DISPLACED_WAITING), u = any_vacant(p);

    if (h == WKS_NONE || u == WKS_NONE) return WKS_OK;
    const int32_t c = wks_rare_i32(&p->world.household.displaced, h) - 1;
    wks_relations_rehouse_away(&p->world, h, u, p->world.project.kind[p->world.displaced.project[c] - 1] == WKS_PROJECT_RENOVATE);
    return WKS_OK;
}

/* Ends a stay in a wisselwoning: back to a contract that was kept, or it becomes the home. */
static wks_status end_stay(play *p)
{
    const int32_t h = any_displaced(p, WKS_DISPLACED_WISSELWONING);

    if (h == WKS_NONE) return WKS_OK;
    const int32_t kept = wks_rare_i32(&p->world.household.contract_unit_row, h);
    if (kept == WKS_NONE) {
        wks_relations_rehouse_stay(&p->world, h);
        return WKS_OK;
    }
    const int32_t d = p->world.unit.dwelling_row[kept];
    p->world.dwelling.works[d] = WKS_WORKS_DONE;
    p->world.project.n_left[wks_rare_i32(&p->world.dwelling.project, d) - 1]--;
    wks_relations_rehouse_back(&p->world, h);
    return WKS_OK;
}

/* Rights are offered, refused, or used by a move to a new home of the project. */
static wks_status use_right(play *p)
{
    const int32_t n = p->world.household.base.n_rows, first = below(p, n), u = any_vacant(p);
    int32_t h = WKS_NONE;

    for (int32_t i = 0; i < n; i++) {
        const int32_t row = (first + i) % n, at = wks_rare_i32(&p->world.household.displaced, row) - 1;
        if (p->world.household.key[row] != 0 && at >= 0 && p->world.displaced.right[at] != WKS_RIGHT_NONE) h = row;
    }
    if (h == WKS_NONE || u == WKS_NONE) return WKS_OK;
    const int32_t c = wks_rare_i32(&p->world.household.displaced, h) - 1;
    if (below(p, 3) == 0) {
        wks_relations_rehouse_right(&p->world, c, below(p, 2) == 0 ? WKS_RIGHT_DECLINED : WKS_RIGHT_OFFERED);
        return WKS_OK;
    }
    wks_rare_set(&p->world.dwelling.project, p->world.unit.dwelling_row[u], p->world.displaced.project[c]);
    return wks_relations_move_in(&p->world, h, u, true, &p->err);
}

typedef wks_status operation(play *p);
static operation *const operations[] = {arrive,
                                        arrive,
                                        be_born,
                                        enter_institution_from_outside,
                                        move_in,
                                        move_in,
                                        move_in,
                                        move_out,
                                        change_place,
                                        split,
                                        merge,
                                        merge_with_host,
                                        die,
                                        die,
                                        to_institution,
                                        from_institution,
                                        resident_depart,
                                        depart,
                                        toggle_registration,
                                        toggle_registration,
                                        build,
                                        demolish,
                                        reserve,
                                        reserve,
                                        notice,
                                        go_away,
                                        go_away,
                                        end_stay,
                                        use_right,
                                        use_right};
enum { N_KINDS = sizeof operations / sizeof operations[0] };

static void step(play *p)
{
    const int32_t kind = below(p, N_KINDS);

    assert_ok(operations[kind](p), &p->err);
}

/* Rows in another order: the same world. */
static wks_status put_in_order(play *p)
{
    wks_status rc = WKS_OK;
    wks_world *world = &p->world;
    const uint64_t hash = wks_world_hash(world);
    wks_row_order order = WKS_ROW_ORDER_INIT;

    WKS_TRY(wks_row_order_find_households(world, &order, &p->err));
    wks_row_order_households(world, &order);
    wks_row_order_free(&order);
    WKS_TRY(wks_row_order_find_persons(world, &order, &p->err));
    wks_row_order_persons(world, &order);
    wks_row_order_free(&order);
    WKS_TRY(wks_row_order_find_registrations(world, &order, &p->err));
    wks_row_order_registrations(world, &order);
    assert_true(wks_world_hash(world) == hash);
    assert_int_equal(world->household.base.n_free + world->person.base.n_free + world->registration.base.n_free, 0);
out:
    wks_row_order_free(&order);
    return rc;
}

static void end_tick(play *p)
{
#define ADD_FLOW(name, help) p->total.name += p->world.ledger.name;
    WKS_LEDGER(ADD_FLOW)
#undef ADD_FLOW
    if (below(p, 4) == 0) assert_ok(put_in_order(p), &p->err);
    wks_world_next_tick(&p->world);
    p->before = wks_check_count(&p->world);
}

/* Every flow that relations knows did occur: the laws were not kept by standing still. */
static void check_all_happened(const play *p)
{
    /* Not of relations; and links of chains that are too rare in so small a world (test_relations.c). */
    static const char *const others[] = {"evictions",
                                         "evictions_social",
                                         "jobs_begun",
                                         "jobs_ended",
                                         "dwellings_sold",
                                         "sold_sitting",
                                         "built_social",
                                         "built_middle",
                                         "built_cheap",
                                         "built_other",
                                         "homes_ordered",
                                         "homes_completed",
                                         "budget_not_built",
                                         "dwellings_split",
                                         "dwellings_merged",
                                         "dwellings_to_rooms",
                                         "dwellings_from_rooms",
                                         "dwellings_resocial",
                                         "money_in_cent",
                                         "money_out_cent",
                                         "money_borrowed_cent",
                                         "money_opened_cent",
                                         "removal_payments",
                                         "removal_eur",
                                         "demolition_short",
                                         "demolition_waits",
                                         "sales",
                                         "sales_eur",
                                         "sales_costs_eur",
                                         "sales_to_households",
                                         "uitpond",
                                         "taakstelling_arrears",
                                         "dwellings_liberalised",
                                         "ceiling_kept",
                                         "ceiling_not_built",
                                         "registrations_lapsed",
                                         "suspensions",
                                         "points_lost",
                                         "statushouders_joined",
                                         "statushouders_left",
                                         "care_contracts",
                                         "care_contracts_own",
                                         "care_contracts_ended",
                                         "chain_second",
                                         "chain_third",
                                         "chain_first",
                                         "chain_new_outside",
                                         "chain_first_outside",
                                         "chain_first_elsewhere",
                                         "chain_second_elsewhere"};
#define HAPPENED(name, help)                                                                \
    do {                                                                                    \
        bool is_other = false;                                                              \
        for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)                       \
            is_other = is_other || strcmp(#name, others[i]) == 0;                           \
        if (!is_other && p->total.name == 0) fail_msg("the flow " #name " never happened"); \
    } while (0);
    WKS_LEDGER(HAPPENED)
#undef HAPPENED
}

static void start(play *p, uint64_t seed)
{
    memset(p, 0, sizeof *p);
    wks_fixture_world_make(&p->world, wks_fixture_world_ten);
    p->seed = wks_rng_seed_make(seed, 1);
    p->rng = wks_rng_open(&p->seed, 1, 0, WKS_RNG_TEST);
    p->next_key = 1000000;
    p->before = wks_check_count(&p->world);
}

/* --- moves, recounted: where everybody lives before and after one operation ------------------------------------------ */

enum { ELSEWHERE, SHELTER, INSTITUTION }; /* other addresses are keys of units */

typedef struct picture {
    uint64_t *key, *address; /* of persons, by row */
    int32_t n;
    wks_ledger ledger;
} picture;

static uint64_t address_of(const wks_world *world, int32_t person)
{
    const int32_t h = world->person.household_row[person];
    if (h == WKS_NONE) return INSTITUTION;
    const int32_t host = world->household.host_row[h], unit = world->household.unit_row[host == WKS_NONE ? h : host];
    return unit != WKS_NONE ? world->unit.key[unit] : world->household.place[h] == WKS_PLACE_SHELTER ? SHELTER : ELSEWHERE;
}

static void take_picture(const wks_world *world, picture *out)
{
    out->n = world->person.base.n_rows;
    out->key = calloc((size_t)out->n + 1, sizeof *out->key);
    out->address = calloc((size_t)out->n + 1, sizeof *out->address);
    out->ledger = world->ledger;
    for (int32_t p = 0; p < out->n; p++) {
        out->key[p] = world->person.key[p];
        if (out->key[p] != 0) out->address[p] = address_of(world, p);
    }
}

static void check_moves(const wks_world *world, const picture *a, const picture *b)
{
    const wks_ledger *x = &a->ledger, *y = &b->ledger;
    int64_t within = 0, in = 0, out = 0;

    for (int32_t p = 0; p < b->n; p++) {
        const bool was = p < a->n && a->key[p] != 0, is = b->key[p] != 0, same = was && is && a->key[p] == b->key[p];
        const bool lived = was && a->address[p] != ELSEWHERE, lives = is && b->address[p] != ELSEWHERE;
        within += same && lived && lives && a->address[p] != b->address[p];
        in += lives && !(same && lived);
        out += lived && !(same && lives);
    }
    assert_int_equal(y->persons_within - x->persons_within, within);
    assert_int_equal(y->persons_in - x->persons_in + y->persons_abroad - x->persons_abroad + y->residents_born - x->residents_born, in);
    assert_int_equal(y->persons_out - x->persons_out + y->residents_died - x->residents_died, out);
    assert_true(b->n == world->person.base.n_rows);
}

static void step_with_pictures(play *p)
{
    picture before, after;

    take_picture(&p->world, &before);
    step(p);
    take_picture(&p->world, &after);
    check_moves(&p->world, &before, &after);
    free(before.key);
    free(before.address);
    free(after.key);
    free(after.address);
}

static void relations_random_operations_keep_every_law(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= N_SEEDS; seed++) {
        play p;
        start(&p, seed);
        for (int32_t i = 0; i < N_OPERATIONS; i++) {
            step_with_pictures(&p);
            assert_ok(wks_check_structure(&p.world, &p.err), &p.err);
            assert_ok(wks_check_balance(&p.world, &p.before, &p.err), &p.err);
            if (i % OPERATIONS_A_TICK != 0) continue;
            end_tick(&p);
            assert_ok(wks_check_structure(&p.world, &p.err), &p.err);
        }
        check_all_happened(&p);
        assert_true(p.world.person.base.n_live > 20); /* the test did not die out */
        wks_world_free(&p.world);
    }
}

/* A copy taken half-way lives the same life as the original. */
static void relations_copied_world_continues_alike(void **state)
{
    play one, two;
    (void)state;

    start(&one, 77);
    for (int32_t i = 0; i < 1500; i++)
        step(&one);
    two = one;
    wks_world_init(&two.world);
    assert_ok(wks_world_copy(&one.world, &two.world, &two.err), &two.err);
    for (int32_t i = 0; i < 1500; i++)
        step(&one);
    for (int32_t i = 0; i < 1500; i++)
        step(&two);
    assert_true(wks_world_hash(&one.world) == wks_world_hash(&two.world));
    wks_world_free(&one.world);
    wks_world_free(&two.world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(relations_random_operations_keep_every_law),
        cmocka_unit_test(relations_copied_world_continues_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
