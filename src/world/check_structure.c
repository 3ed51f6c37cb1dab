#include "world/check_structure.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/par.h"
#include "base/text.h"
#include "world/check_rehouse.h"
#include "world/members.h"

#define LAW(condition, table, row, text)                               \
    do {                                                               \
        if (!(condition)) return broken(world, err, table, row, text); \
    } while (0)

static wks_status broken(const wks_world *world, wks_err *err, const char *table, int32_t row, const char *law)
{
    return wks_err_set(err, WKS_ERR_LAW, "law broken in tick %d: %s row %d: %s", world->tick, table, row, law);
}

static bool is_live(const wks_columns *base, const uint64_t *key, int32_t row)
{
    return row >= 0 && row < base->n_rows && key[row] != 0;
}

/* --- no key twice: keys fall into parts by their hash, each with an open-addressing set that fits a cache better than one for all --- */

enum { KEYS_A_PART = 1 << 20 };

typedef struct part_of_keys {
    int32_t n_live, twice_row; /* the first row whose key an earlier row has; -1 */
    bool has_memory;
} part_of_keys;

typedef struct keys_to_check {
    const uint64_t *key;
    int32_t n_rows, n_parts;
    size_t size; /* of a set: a power of 2, at least twice what a part holds on average */
    part_of_keys *part;
} keys_to_check;

static void check_part(int64_t number, void *context)
{
    const keys_to_check *all = context;
    part_of_keys *part = &all->part[number];
    uint64_t *seen = wks_mem_array(all->size, sizeof *seen);

    *part = (part_of_keys){.twice_row = WKS_NONE, .has_memory = seen != NULL};
    for (int32_t row = 0; part->has_memory && part->twice_row == WKS_NONE && row < all->n_rows; row++) {
        const uint64_t key = all->key[row], hash = wks_columns_mix(0, key);
        size_t at = (size_t)hash & (all->size - 1);
        if (key == 0 || (int64_t)((hash >> 40) % (uint64_t)all->n_parts) != number) continue;
        WKS_BUG_IF((size_t)++part->n_live == all->size);
        while (seen[at] != 0 && seen[at] != key)
            at = (at + 1) & (all->size - 1);
        if (seen[at] == key) part->twice_row = row;
        seen[at] = key;
    }
    free(seen);
}

static wks_status check_keys(const wks_world *world, const char *name, const wks_columns *base, const uint64_t *key, int32_t *out_n_live,
                             wks_err *err)
{
    wks_status rc = WKS_OK;
    keys_to_check all = {.key = key, .n_rows = base->n_rows, .n_parts = base->n_rows / KEYS_A_PART + 1, .size = 16};
    int32_t twice_row = WKS_NONE;

    *out_n_live = 0;
    while (all.size < 2 * ((size_t)base->n_rows / (size_t)all.n_parts + 1))
        all.size *= 2;
    all.part = wks_mem_array((size_t)all.n_parts, sizeof *all.part);
    if (all.part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to check table %s", name);
    wks_par_each(all.n_parts, world->threads, check_part, &all);
    for (int32_t i = 0; i < all.n_parts; i++) {
        const part_of_keys *part = &all.part[i];
        if (!part->has_memory) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to check table %s", name);
        *out_n_live += part->n_live;
        if (part->twice_row != WKS_NONE && (twice_row == WKS_NONE || part->twice_row < twice_row)) twice_row = part->twice_row;
    }
    if (twice_row != WKS_NONE) WKS_TRY(broken(world, err, name, twice_row, "its key is there twice"));
out:
    free(all.part);
    return rc;
}

/* n_live, the free rows, and that no key is there twice. */
static wks_status check_table(const wks_world *world, const char *name, const wks_columns *base, const uint64_t *key, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n_live;

    WKS_TRY(check_keys(world, name, base, key, &n_live, err));
    if (n_live != base->n_live || n_live + base->n_free != base->n_rows)
        WKS_TRY(broken(world, err, name, base->n_rows, "live and free rows do not add up"));
    for (int32_t i = 0; i < base->n_free; i++) {
        if (key[base->free_row[i]] != 0) WKS_TRY(broken(world, err, name, base->free_row[i], "is in use and in the list of free rows"));
    }
out:
    return rc;
}

static wks_status check_members(const wks_world *world, int32_t h, int64_t *n_persons, wks_err *err)
{
    const wks_household_table *household = &world->household;
    const wks_person_table *person = &world->person;
    int32_t n = 0;

    /* The chain first: wks_members_count would follow a broken one for ever. */
    for (int32_t p = household->first_person_row[h]; p != WKS_NONE; p = person->next_row[p]) {
        LAW(is_live(&person->base, person->key, p), "household", h, "its chain of members leads to a row that is not in use");
        LAW(person->household_row[p] == h, "household", h, "a person in its chain of members belongs to another household");
        LAW(person->role[p] != WKS_ROLE_RESIDENT, "household", h, "a member has the role of a resident of an institution");
        LAW(++n <= UINT8_MAX, "household", h, "its chain of members does not end");
    }
    *n_persons += n;

    const wks_members_cache now = wks_members_count(world, h);
    LAW(n > 0, "household", h, "it has no members");
    LAW(now.n_heads == 1, "household", h, "it must have one head");
    LAW(now.n_partners <= 1, "household", h, "it has more than one partner");
    LAW(household->n_persons[h] == now.n_persons, "household", h, "n_persons differs from its members");
    LAW(household->n_adults[h] == now.n_adults, "household", h, "n_adults differs from its members");
    LAW(household->n_children[h] == now.n_children, "household", h, "n_children differs from its members");
    LAW(household->has_partner[h] == (now.n_partners > 0), "household", h, "has_partner differs from its members");
    LAW(household->head_birth_month[h] == now.head_birth_month, "household", h, "head_birth_month differs from its oldest member");
    LAW(household->registered_month[h] == now.registered_month, "household", h, "registered_month differs from its members' registrations");
    LAW(household->origin[h] == now.origin, "household", h, "origin differs from its head");
    return WKS_OK;
}

static wks_status check_guests(const wks_world *world, int32_t h, int64_t *n_guest_households, wks_err *err)
{
    const wks_household_table *household = &world->household;
    int32_t n = 0, n_guests = 0, n_home_children = 0;

    for (int32_t g = wks_rare_i32(&household->first_guest_row, h); g != WKS_NONE; g = wks_rare_i32(&household->next_guest_row, g)) {
        LAW(is_live(&household->base, household->key, g), "household", h, "its chain of guests leads to a row that is not in use");
        LAW(household->host_row[g] == h, "household", h, "a guest in its chain has another host");
        LAW(++n <= UINT8_MAX, "household", h, "its chain of guests does not end");
        n_guests += household->n_persons[g];
        n_home_children += household->place[g] == WKS_PLACE_AT_PARENTS ? household->n_persons[g] : 0;
    }
    LAW(household->n_guests[h] == n_guests, "household", h, "n_guests differs from its guests");
    LAW(household->n_home_children[h] == n_home_children, "household", h, "n_home_children differs from its guests");
    LAW(n == 0 || household->unit_row[h] != WKS_NONE, "household", h, "a latent unit has guests");
    *n_guest_households += n;
    return WKS_OK;
}

static wks_status check_place(const wks_world *world, int32_t h, wks_err *err)
{
    const wks_household_table *household = &world->household;
    const int32_t unit_row = household->unit_row[h], host_row = household->host_row[h],
                  reserved = wks_rare_i32(&household->reserved_unit_row, h);
    const uint8_t place = household->place[h];
    const bool is_guest = place == WKS_PLACE_AT_PARENTS || place == WKS_PLACE_EX_PARTNER || place == WKS_PLACE_HOSTED;

    LAW(place < WKS_N_PLACES, "household", h, "its place does not exist");
    LAW(household->change_month[h] <= world->month, "household", h, "it changes in a month to come");
    LAW((place == WKS_PLACE_HOUSED) == (unit_row != WKS_NONE), "household", h, "place housed and having a unit must go together");
    LAW(is_guest == (host_row != WKS_NONE), "household", h, "being a guest and having a host must go together");
    if (unit_row != WKS_NONE) {
        LAW(is_live(&world->unit.base, world->unit.key, unit_row), "household", h, "its unit is not in use");
        LAW(world->unit.household_row[unit_row] == h, "household", h, "its unit has another occupant");
    }
    if (host_row != WKS_NONE) LAW(is_live(&household->base, household->key, host_row), "household", h, "its host is not in use");
    if (reserved != WKS_NONE) {
        LAW(is_live(&world->unit.base, world->unit.key, reserved), "household", h, "the unit reserved for it is not in use");
        LAW(wks_rare_i32(&world->unit.reserved_row, reserved) == h, "household", h, "the unit reserved for it is reserved for another");
    }
    LAW(household->kin_buurt_row[h] >= WKS_NONE && household->kin_buurt_row[h] < world->buurt.base.n_rows, "household", h,
        "its kin live in a buurt that does not exist");
    LAW(isfinite(household->income_eur[h]), "household", h, "income_eur is not finite");
    LAW(isfinite(household->equity_eur[h]), "household", h, "equity_eur is not finite");
    return WKS_OK;
}

static wks_status check_households(const wks_world *world, wks_err *err)
{
    const wks_household_table *household = &world->household;
    wks_status rc = WKS_OK;
    int64_t n_members = 0, n_in_chains = 0, n_guests = 0, n_in_households = 0;

    for (int32_t h = 0; h < household->base.n_rows; h++) {
        if (household->key[h] == 0) continue;
        WKS_TRY(check_members(world, h, &n_members, err));
        WKS_TRY(check_place(world, h, err));
        n_guests += household->host_row[h] != WKS_NONE;
    }
    for (int32_t h = 0; h < household->base.n_rows; h++) {
        if (household->key[h] != 0) WKS_TRY(check_guests(world, h, &n_in_chains, err));
    }
    for (int32_t p = 0; p < world->person.base.n_rows; p++)
        n_in_households += world->person.key[p] != 0 && world->person.household_row[p] != WKS_NONE;
    if (n_members != n_in_households)
        WKS_FAIL(err, WKS_ERR_LAW, "law broken in tick %d: a person is missing in the chain of its household", world->tick);
    if (n_guests != n_in_chains)
        WKS_FAIL(err, WKS_ERR_LAW, "law broken in tick %d: a guest is missing in the chain of its host", world->tick);
out:
    return rc;
}

static wks_status check_persons(const wks_world *world, wks_err *err)
{
    const wks_person_table *person = &world->person;
    const wks_registration_table *registration = &world->registration;

    for (int32_t p = 0; p < person->base.n_rows; p++) {
        const int32_t r = person->registration_row[p], h = person->household_row[p], b = wks_rare_i32(&person->institution_row, p);
        if (person->key[p] == 0) continue;
        LAW((h == WKS_NONE) != (b == WKS_NONE), "person", p, "it must be in a household or in an institution, not both");
        if (h != WKS_NONE) LAW(is_live(&world->household.base, world->household.key, h), "person", p, "its household is not in use");
        if (b != WKS_NONE) {
            LAW(b >= 0 && b < world->buurt.base.n_rows, "person", p, "its institution is in a buurt that does not exist");
            LAW(person->role[p] == WKS_ROLE_RESIDENT, "person", p, "it lives in an institution and has the role of a member");
        }
        if (r == WKS_NONE) continue;
        LAW(is_live(&registration->base, registration->key, r), "person", p, "its registration is not in use");
        LAW(registration->person_row[r] == p, "person", p, "its registration is of another person");
    }
    for (int32_t r = 0; r < registration->base.n_rows; r++) {
        const int32_t p = registration->person_row[r];
        if (registration->key[r] == 0) continue;
        LAW(is_live(&person->base, person->key, p), "registration", r, "its person is not in use");
        LAW(person->registration_row[p] == r, "registration", r, "its person has another registration");
        LAW(registration->key[r] == person->key[p], "registration", r, "its key is not that of its person");
    }
    return WKS_OK;
}

static wks_status check_units(const wks_world *world, wks_err *err)
{
    const wks_unit_table *unit = &world->unit;
    const wks_household_table *household = &world->household;

    for (int32_t u = 0; u < unit->base.n_rows; u++) {
        const int32_t h = unit->household_row[u], reserved = wks_rare_i32(&unit->reserved_row, u);
        if (unit->key[u] == 0) continue;
        LAW(is_live(&world->dwelling.base, world->dwelling.key, unit->dwelling_row[u]), "unit", u, "its dwelling is not in use");
        LAW((h == WKS_NONE) == (unit->vacant_month[u] != WKS_NO_MONTH), "unit", u,
            "being vacant and having a month of vacancy must go together");
        if (h != WKS_NONE) {
            LAW(is_live(&household->base, household->key, h), "unit", u, "its occupant is not in use");
            LAW(household->unit_row[h] == u, "unit", u, "its occupant lives elsewhere");
        }
        if (reserved != WKS_NONE) {
            LAW(is_live(&household->base, household->key, reserved), "unit", u, "it is reserved for a household that is not in use");
            LAW(wks_rare_i32(&household->reserved_unit_row, reserved) == u, "unit", u,
                "it is reserved for a household that has another reservation");
        }
        LAW(wks_rare_i32(&unit->seller_row, u) == WKS_NONE || wks_rare_u64(&unit->seller_key, u) != 0, "unit", u,
            "a seller must have a key");
        LAW(wks_rare_u64(&unit->seller_key, u) == 0 || h == WKS_NONE, "unit", u, "it is lived in and still to be sold for who left it");
        LAW(isfinite(wks_rare_float(&unit->claim_eur, u)) && wks_rare_float(&unit->claim_eur, u) >= 0.0f, "unit", u,
            "claim_eur is negative or not finite");
        LAW(isfinite(unit->rent_eur[u]) && unit->rent_eur[u] >= 0.0f, "unit", u, "rent_eur is negative or not finite");
    }
    return WKS_OK;
}

static wks_status check_dwellings(const wks_world *world, int32_t *n_in_complex, wks_err *err)
{
    const wks_dwelling_table *dwelling = &world->dwelling;
    const wks_unit_table *unit = &world->unit;
    int64_t n_units = 0;

    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        const int32_t c = dwelling->complex_row[d];
        int32_t n = 0;
        if (dwelling->key[d] == 0) continue;
        LAW(is_live(&world->complex.base, world->complex.key, c), "dwelling", d, "its complex is not in use");
        LAW(dwelling->buurt_row[d] == world->complex.buurt_row[c], "dwelling", d, "it is in another buurt than its complex");
        for (int32_t u = dwelling->first_unit_row[d]; u != WKS_NONE; u = unit->next_row[u]) {
            LAW(is_live(&unit->base, unit->key, u), "dwelling", d, "its chain of units leads to a row that is not in use");
            LAW(unit->dwelling_row[u] == d, "dwelling", d, "a unit in its chain belongs to another dwelling");
            LAW(++n <= UINT8_MAX, "dwelling", d, "its chain of units does not end");
        }
        LAW(n == dwelling->n_units[d] && n > 0, "dwelling", d, "n_units differs from its units");
        n_units += n;
        n_in_complex[c]++;
    }
    LAW(n_units == unit->base.n_live, "unit", unit->base.n_rows, "a unit is missing in the chain of its dwelling");
    return WKS_OK;
}

static wks_status check_complexes(const wks_world *world, const int32_t *n_in_complex, wks_err *err)
{
    const wks_complex_table *complex = &world->complex;

    for (int32_t c = 0; c < complex->base.n_rows; c++) {
        if (complex->key[c] == 0) continue;
        LAW(complex->buurt_row[c] >= 0 && complex->buurt_row[c] < world->buurt.base.n_rows, "complex", c, "its buurt does not exist");
        LAW(is_live(&world->owner.base, world->owner.key, complex->owner_row[c]), "complex", c, "its owner is not in use");
        LAW(complex->n_dwellings[c] == n_in_complex[c], "complex", c, "n_dwellings differs from its dwellings");
    }
    return WKS_OK;
}

static wks_status check_stock(const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t *n_in_complex = NULL;

    n_in_complex = wks_mem_array((size_t)world->complex.base.n_rows, sizeof *n_in_complex);
    if (n_in_complex == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to check the complexes");
    WKS_TRY(check_units(world, err));
    WKS_TRY(check_dwellings(world, n_in_complex, err));
    WKS_TRY(check_complexes(world, n_in_complex, err));
out:
    free(n_in_complex);
    return rc;
}

/* The account of a year, item by item, leads from what an owner had to what it has: to the cent. */
static wks_status check_accounts(const wks_world *world, wks_err *err)
{
    const wks_owner_table *owner = &world->owner;

    for (int32_t o = 0; o < owner->base.n_rows; o++) {
        if (owner->key[o] == 0) continue;
        int64_t cash = owner->cash_start_cent[o];
#define ADD_ITEM(X, name, sign, help, label_nl, label_en) cash += sign * owner->name##_cent[o];
        WKS_MONEY_ITEMS(ADD_ITEM, )
#undef ADD_ITEM
        LAW(cash == owner->cash_cent[o], "owner", o, "its money in hand does not follow from the items of the year");
        LAW(owner->debt_start_cent[o] + owner->loans_cent[o] == owner->debt_cent[o], "owner", o, "its debt does not follow from its loans");
    }
    return WKS_OK;
}

static wks_status check_constructions(const wks_world *world, wks_err *err)
{
    const wks_construction_table *construction = &world->construction;

    for (int32_t i = 0; i < construction->base.n_rows; i++) {
        const int32_t o = construction->owner_row[i];
        if (construction->key[i] == 0) continue;
        LAW(construction->buurt_row[i] >= 0 && construction->buurt_row[i] < world->buurt.base.n_rows, "construction", i,
            "its buurt does not exist");
        LAW(o == WKS_NONE || is_live(&world->owner.base, world->owner.key, o), "construction", i, "its owner is not in use");
        LAW(construction->n_dwellings[i] > 0 && construction->kind[i] < WKS_N_CONSTRUCTION_KINDS, "construction", i,
            "it has no dwellings of a kind");
    }
    return WKS_OK;
}

/* Recount of one buurt total: 0 households, 1 persons, 2 residents. */
typedef struct buurt_count {
    int32_t n_households, n_persons, n_institution;
} buurt_count;

static wks_status check_buurten(const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_buurt_table *buurt = &world->buurt;
    buurt_count *count = NULL;

    count = wks_mem_array((size_t)buurt->base.n_rows, sizeof *count);
    if (count == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to check the buurten");
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        const int32_t b = world->household.key[h] == 0 ? WKS_NONE : wks_world_buurt_of(world, h);
        if (b == WKS_NONE) continue;
        count[b].n_households += world->household.unit_row[h] != WKS_NONE;
        count[b].n_persons += world->household.n_persons[h];
    }
    for (int32_t p = 0; p < world->person.base.n_rows; p++) {
        const int32_t b = world->person.key[p] == 0 ? WKS_NONE : wks_rare_i32(&world->person.institution_row, p);
        if (b == WKS_NONE) continue;
        count[b].n_persons++;
        count[b].n_institution++;
    }
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        if (buurt->n_households[b] != count[b].n_households) WKS_TRY(broken(world, err, "buurt", b, "n_households differs from a recount"));
        if (buurt->n_persons[b] != count[b].n_persons) WKS_TRY(broken(world, err, "buurt", b, "n_persons differs from a recount"));
        if (buurt->n_institution[b] != count[b].n_institution)
            WKS_TRY(broken(world, err, "buurt", b, "n_institution differs from a recount"));
    }
out:
    free(count);
    return rc;
}

wks_status wks_check_structure(const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(check_table(world, "person", &world->person.base, world->person.key, err));
    WKS_TRY(check_table(world, "household", &world->household.base, world->household.key, err));
    WKS_TRY(check_table(world, "registration", &world->registration.base, world->registration.key, err));
    WKS_TRY(check_table(world, "dwelling", &world->dwelling.base, world->dwelling.key, err));
    WKS_TRY(check_table(world, "unit", &world->unit.base, world->unit.key, err));
    WKS_TRY(check_table(world, "complex", &world->complex.base, world->complex.key, err));
    WKS_TRY(check_table(world, "owner", &world->owner.base, world->owner.key, err));
    WKS_TRY(check_table(world, "construction", &world->construction.base, world->construction.key, err));
    WKS_TRY(check_accounts(world, err));
    WKS_TRY(check_constructions(world, err));
    WKS_TRY(check_persons(world, err)); /* before the households: their caches read registrations */
    WKS_TRY(check_stock(world, err));
    WKS_TRY(check_households(world, err));
    WKS_TRY(wks_check_rehouse(world, err));
    WKS_TRY(check_buurten(world, err)); /* last: it follows links */
out:
    return rc;
}
