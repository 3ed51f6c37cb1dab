#include "world/world.h"

#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "num/math.h"
#include "world/members.h"

/* All tables of a world, and which of their columns hold numbers of rows that may differ between equal worlds. Rows of buurten never
 * change and are hashed as they are. */
typedef struct table_entry {
    const wks_table_info *info;
    size_t offset;
    const char *row_columns;
} table_entry;

static const table_entry tables[] = {
    {&wks_person_info, offsetof(wks_world, person), "household_row,next_row,registration_row"},
    {&wks_household_info, offsetof(wks_world, household),
     "unit_row,host_row,first_guest_row,next_guest_row,reserved_unit_row,contract_unit_row,first_person_row"},
    {&wks_registration_info, offsetof(wks_world, registration), "person_row"},
    {&wks_dwelling_info, offsetof(wks_world, dwelling), "complex_row,first_unit_row"},
    {&wks_unit_info, offsetof(wks_world, unit), "dwelling_row,next_row,household_row,reserved_row,contract_row,seller_row"},
    {&wks_complex_info, offsetof(wks_world, complex), "owner_row"},
    {&wks_owner_info, offsetof(wks_world, owner), ""},
    {&wks_construction_info, offsetof(wks_world, construction), "owner_row"},
    {&wks_buurt_info, offsetof(wks_world, buurt), ""},
    {&wks_project_info, offsetof(wks_world, project), "complex_row"},
    {&wks_displaced_info, offsetof(wks_world, displaced), ""},
};
enum { N_TABLES = sizeof tables / sizeof tables[0] };

static void *table_of(wks_world *world, int32_t i)
{
    return (char *)world + tables[i].offset;
}

static const void *table_in(const wks_world *world, int32_t i)
{
    return (const char *)world + tables[i].offset;
}

void wks_world_init(wks_world *world)
{
    memset(world, 0, sizeof *world);
    for (int32_t i = 0; i < N_TABLES; i++)
        wks_columns_init(table_of(world, i), tables[i].info);
    world->threads = 1;
    world->price_level = world->income_growth = 1.0;
    world->motivated_share = WKS_WORLD_MOTIVATED_SHARE;
    world->n_gemeenten = 1;
}

void wks_world_free(wks_world *world)
{
    for (int32_t i = 0; i < N_TABLES; i++)
        wks_columns_free(table_of(world, i), tables[i].info);
    wks_letting_free(&world->letting);
    wks_moves_free(&world->moves);
}

static wks_status copy_lettings(const wks_letting_log *source, wks_letting_log *target, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (source->n > target->capacity) {
        wks_letting *grown = wks_mem_resize(target->item, (size_t)target->capacity, (size_t)source->n, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d lettings", source->n);
        target->item = grown;
        target->capacity = source->n;
    }
    if (source->n > 0) memcpy(target->item, source->item, (size_t)source->n * sizeof *source->item);
    target->n_passed = 0;
    for (int32_t i = 0; i < source->n_passed; i++) {
        wks_letting_passed *passed;
        WKS_TRY(wks_letting_pass(target, &passed, err));
        *passed = source->passed[i];
    }
out:
    return rc;
}

static wks_status copy_moves(const wks_moves *source, wks_moves *target, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (source->n > target->capacity) {
        wks_moves_household *grown = wks_mem_resize(target->household, (size_t)target->capacity, (size_t)source->n, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d moves", source->n);
        target->household = grown;
        target->capacity = source->n;
    }
    if (source->n > 0) memcpy(target->household, source->household, (size_t)source->n * sizeof *source->household);
out:
    return rc;
}

wks_status wks_world_copy(const wks_world *source, wks_world *target, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < N_TABLES; i++)
        WKS_TRY(wks_columns_copy(table_in(source, i), tables[i].info, table_of(target, i), err));
    WKS_TRY(copy_lettings(&source->letting, &target->letting, err));
    WKS_TRY(copy_moves(&source->moves, &target->moves, err));

    /* All the rest by assignment; then the target gets its own memory back. */
    const wks_world own = *target;
    *target = *source;
    for (int32_t i = 0; i < N_TABLES; i++)
        memcpy(table_of(target, i), table_in(&own, i), tables[i].info->size);
    target->letting.item = own.letting.item;
    target->letting.capacity = own.letting.capacity;
    target->letting.passed = own.letting.passed;
    target->letting.passed_capacity = own.letting.passed_capacity;
    target->moves.household = own.moves.household;
    target->moves.capacity = own.moves.capacity;
out:
    return rc;
}

void wks_world_clear_flows(wks_world *world)
{
    world->ledger = (wks_ledger){0};
    wks_moves_clear(&world->moves);
    world->letting.n = world->letting.n_passed = 0;
    world->letting.n_adverts = world->letting.n_reactions = world->letting.n_offers = 0;
    world->letting.n_refusals = world->letting.n_unlet = 0;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        world->buurt.refused[b] = 0;
    memset(world->letting.n_reactions_by_group, 0, sizeof world->letting.n_reactions_by_group);
    memset(world->letting.n_refusals_by_reason, 0, sizeof world->letting.n_refusals_by_reason);
    world->taakstelling_owed = 0;
}

/* Who turns 18 this month changes what is cached of the household: a scan of one column. */
static void come_of_age(wks_world *world)
{
    const wks_person_table *person = &world->person;
    const int32_t birth_month = world->month - WKS_MEMBERS_ADULT_MONTHS;

    for (int32_t p = 0; p < person->base.n_rows; p++) {
        if (person->birth_month[p] != birth_month || person->key[p] == 0) continue;
        if (person->household_row[p] != WKS_NONE) wks_members_refresh(world, person->household_row[p]);
    }
}

void wks_world_next_tick(wks_world *world)
{
    wks_world_clear_flows(world);
    world->tick++;
    world->month++;
    for (int32_t o = 0; o < world->owner.base.n_rows; o++)
        world->owner.asked_cent[o] = 0;
    wks_purse_next(&world->purse, wks_month_of_year(world->month) == 0);
    come_of_age(world);
}

wks_status wks_world_make_room(wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < N_TABLES; i++)
        WKS_TRY(wks_columns_make_room(table_of(world, i), tables[i].info, err));
out:
    return rc;
}

/* --- hash ----------------------------------------------------------------------------------------------------------- */

static uint64_t key_at(const uint64_t *key, int32_t row)
{
    return row == WKS_NONE ? 0 : key[row];
}

/* Links, as the key of the row pointed to. The other direction and the order of chains follow from these. */
static uint64_t hash_links(const wks_world *world)
{
    const wks_person_table *person = &world->person;
    const wks_household_table *household = &world->household;
    const wks_unit_table *unit = &world->unit;
    const wks_dwelling_table *dwelling = &world->dwelling;
    uint64_t sum = 0;

    for (int32_t p = 0; p < person->base.n_rows; p++) {
        if (person->key[p] == 0) continue;
        sum += wks_columns_mix(person->key[p], key_at(household->key, person->household_row[p]));
        sum += person->registration_row[p] == WKS_NONE ? 0 : wks_columns_mix(person->key[p], 1);
    }
    for (int32_t h = 0; h < household->base.n_rows; h++) {
        if (household->key[h] == 0) continue;
        const uint64_t at = wks_columns_mix(household->key[h], key_at(unit->key, household->unit_row[h]));
        sum += wks_columns_mix(at, key_at(household->key, household->host_row[h]));
    }
    for (int32_t u = 0; u < unit->base.n_rows; u++) {
        if (unit->key[u] == 0) continue;
        const uint64_t at = wks_columns_mix(unit->key[u], key_at(dwelling->key, unit->dwelling_row[u]));
        sum += wks_columns_mix(at, key_at(household->key, wks_rare_i32(&unit->reserved_row, u)));
        if (wks_rare_i32(&unit->contract_row, u) != WKS_NONE)
            sum += wks_columns_mix(unit->key[u] + 1, key_at(household->key, wks_rare_i32(&unit->contract_row, u)));
    }
    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        if (dwelling->key[d] != 0) sum += wks_columns_mix(dwelling->key[d], key_at(world->complex.key, dwelling->complex_row[d]));
    }
    for (int32_t c = 0; c < world->complex.base.n_rows; c++) {
        if (world->complex.key[c] != 0)
            sum += wks_columns_mix(world->complex.key[c], key_at(world->owner.key, world->complex.owner_row[c]));
    }
    for (int32_t r = 0; r < world->project.base.n_rows; r++)
        sum += wks_columns_mix(world->project.key[r], key_at(world->complex.key, world->project.complex_row[r]));
    return sum;
}

static uint64_t hash_belief(const wks_belief *belief, uint64_t hash)
{
    for (int32_t t = 0; t < WKS_BELIEF_TYPES; t++) {
        for (int32_t d = 0; d < WKS_BELIEF_DURATIONS; d++) {
            hash = wks_columns_mix(hash, wks_columns_bits(belief->housed[t][d]));
            hash = wks_columns_mix(hash, wks_columns_bits(belief->active[t][d]));
        }
    }
    for (int32_t t = 0; t < WKS_BELIEF_TYPES; t++)
        hash = wks_columns_mix(hash, wks_columns_bits(belief->by_chance[t]));
    return wks_columns_mix(hash, wks_columns_bits(belief->wait_p50_months));
}

/* Levels, rates and flows of the balance, which are doubles one after the other; the examples beside them follow from the same population. */
static uint64_t hash_balance(const wks_balance *balance, uint64_t hash)
{
    double value;

    for (size_t at = 0; at < offsetof(wks_balance, n_donors); at += sizeof value) {
        memcpy(&value, (const char *)balance + at, sizeof value);
        hash = wks_columns_mix(hash, wks_columns_bits(value));
    }
    return hash;
}

uint64_t wks_world_hash(const wks_world *world)
{
    uint64_t hash = wks_columns_mix(0, (uint64_t)(uint32_t)world->month);

    hash = wks_columns_mix(hash, (uint64_t)(uint32_t)world->tick);
    for (int32_t i = 0; i < N_TABLES; i++)
        hash = wks_columns_hash(table_in(world, i), tables[i].info, tables[i].row_columns, hash);
    hash = wks_columns_mix(hash, hash_links(world));
    hash = wks_columns_mix(hash, (uint64_t)world->start_households);
    hash = wks_columns_mix(hash, (uint64_t)world->start_persons);
    hash = wks_columns_mix(hash, (uint64_t)world->start_students);
    hash = wks_columns_mix(hash, wks_columns_bits(world->price_level));
    hash = wks_columns_mix(hash, wks_columns_bits(world->income_growth));
    for (int32_t i = 0; i < WKS_N_INCOME_SOURCES; i++)
        hash = wks_columns_mix(hash, wks_columns_bits(world->income_level[i]));
    hash = wks_columns_mix(hash, wks_columns_bits(world->leefbaarheid_mean));
    hash = wks_columns_mix(hash, wks_columns_bits(world->taakstelling_backlog));
    hash = wks_columns_mix(hash, wks_columns_bits(world->coa_due));
    hash = wks_columns_mix(hash, (uint64_t)world->start_residents);
    hash = wks_columns_mix(hash, wks_columns_bits(world->motivated_share));
    hash = hash_balance(&world->balance, hash);
    hash = hash_belief(&world->belief, hash);
    hash = wks_support_hash(&world->support, hash);
    hash = wks_purse_hash(&world->purse, hash);
#define HASH_FLOW(name, help) hash = wks_columns_mix(hash, (uint64_t)world->ledger.name);
    WKS_LEDGER(HASH_FLOW)
#undef HASH_FLOW
    return wks_columns_mix(hash, (uint64_t)world->next_letting);
}

size_t wks_world_bytes(const wks_world *world)
{
    size_t bytes = sizeof *world + (size_t)world->letting.capacity * sizeof *world->letting.item +
                   (size_t)world->letting.passed_capacity * sizeof *world->letting.passed +
                   (size_t)world->moves.capacity * sizeof *world->moves.household;

    for (int32_t i = 0; i < N_TABLES; i++)
        bytes += wks_columns_bytes(table_in(world, i), tables[i].info);
    return bytes;
}

/* --- small questions ------------------------------------------------------------------------------------------------ */

bool wks_world_is_motivated(uint64_t household_key, double share)
{
    static const uint64_t question =
        UINT64_C(0x6d6f746976617469); /* any constant: the draw belongs to the pair of household and question */

    return wks_rng_unit64(wks_rng_pair_key(household_key, question)) < share;
}

double wks_world_leefbaarheid(const wks_world *world, int32_t buurt_row)
{
    const wks_buurt_table *buurt = &world->buurt;

    return buurt->won[buurt_row] + buurt->fys[buurt_row] + buurt->vrz[buurt_row] + buurt->soc[buurt_row] + buurt->onv[buurt_row];
}

double wks_world_contacts_doublings(const wks_world *world, int32_t buurt_row)
{
    static const double LOG_2 = 0.6931471805599453;
    const double contacts = world->buurt.contacts[buurt_row];

    return contacts > 0 ? wks_math_log(contacts) / LOG_2 : 0;
}

int32_t wks_world_buurt_of(const wks_world *world, int32_t household_row)
{
    const wks_household_table *household = &world->household;
    const int32_t host_row = household->host_row[household_row];
    const int32_t unit_row = household->unit_row[host_row == WKS_NONE ? household_row : host_row];

    return unit_row == WKS_NONE ? WKS_NONE : world->dwelling.buurt_row[world->unit.dwelling_row[unit_row]];
}

int32_t wks_world_tenure_of(const wks_world *world, int32_t household_row)
{
    const int32_t unit_row = world->household.unit_row[household_row];

    return unit_row == WKS_NONE ? WKS_N_TENURES : world->dwelling.tenure[world->unit.dwelling_row[unit_row]];
}

int32_t wks_world_meettijd_months(const wks_world *world, int32_t household_row)
{
    int32_t longest = 0;

    if (world->household.registered_month[household_row] == WKS_NO_MONTH) return 0;
    for (int32_t p = world->household.first_person_row[household_row]; p != WKS_NONE; p = world->person.next_row[p]) {
        if (world->person.registration_row[p] == WKS_NONE || world->person.meettijd_month[p] == WKS_NO_MONTH) continue;
        const int32_t months = world->month - world->person.meettijd_month[p];
        longest = months > longest ? months : longest;
    }
    return longest;
}
