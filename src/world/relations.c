#include "world/relations.h"

#include <math.h>

#include "world/home.h"
#include "world/members.h"

/* --- households and persons come into being ------------------------------------------------------------------------- */

static wks_status household_new(wks_world *world, uint64_t key, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    int32_t row;

    WKS_TRY(wks_columns_add(household, &wks_household_info, key, &row, err));
    household->unit_row[row] = household->host_row[row] = household->first_person_row[row] = WKS_NONE;
    household->first_guest_row[row] = household->next_guest_row[row] = household->reserved_unit_row[row] = WKS_NONE;
    household->kin_buurt_row[row] = WKS_NONE;
    household->since_month[row] = household->region_month[row] = household->spell_month[row] = world->month;
    household->registered_month[row] = household->search_month[row] = household->urgency_month[row] = household->turn_month[row] =
        WKS_NO_MONTH;
    household->motivated[row] = wks_world_is_motivated(key, world->motivated_share);
    household->place[row] = WKS_PLACE_HOUSED; /* and without a unit: nowhere yet */
    *out_row = row;
out:
    return rc;
}

wks_status wks_relations_household_add(wks_world *world, uint64_t key, wks_place place, int32_t host_row, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(household_new(world, key, out_row, err));
    if (place != WKS_PLACE_HOUSED) wks_home_enter_place(world, *out_row, place, host_row);
out:
    return rc;
}

static wks_status person_new(wks_world *world, uint64_t key, wks_sex sex, wks_role role, wks_origin origin, int32_t birth_month,
                             int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_person_table *person = &world->person;
    int32_t row;

    WKS_TRY(wks_columns_add(person, &wks_person_info, key, &row, err));
    person->household_row[row] = person->next_row[row] = person->registration_row[row] = person->institution_row[row] = WKS_NONE;
    person->meettijd_month[row] = WKS_NO_MONTH;
    person->birth_month[row] = birth_month;
    person->sex[row] = (uint8_t)sex;
    person->role[row] = (uint8_t)role;
    person->origin[row] = (uint8_t)origin;
    *out_row = row;
out:
    return rc;
}

wks_status wks_relations_person_add(wks_world *world, uint64_t key, int32_t household_row, wks_sex sex, wks_role role, wks_origin origin,
                                    int32_t birth_month, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_BUG_IF(role == WKS_ROLE_RESIDENT || world->household.key[household_row] == 0);
    WKS_TRY(person_new(world, key, sex, role, origin, birth_month, out_row, err));
    wks_members_link(world, household_row, *out_row);
    wks_home_count(world, household_row, 1);
    wks_members_refresh(world, household_row);
    wks_moves_note_new(world, *out_row);
out:
    return rc;
}

/* --- institutions --------------------------------------------------------------------------------------------------- */

static void institution_enter(wks_world *world, int32_t person_row, int32_t buurt_row)
{
    WKS_BUG_IF(buurt_row < 0 || buurt_row >= world->buurt.base.n_rows);
    world->person.institution_row[person_row] = buurt_row;
    world->person.role[person_row] = WKS_ROLE_RESIDENT;
    world->buurt.n_persons[buurt_row]++;
    world->buurt.n_institution[buurt_row]++;
}

static void institution_leave(wks_world *world, int32_t person_row)
{
    const int32_t buurt_row = world->person.institution_row[person_row];

    WKS_BUG_IF(buurt_row == WKS_NONE);
    world->person.institution_row[person_row] = WKS_NONE;
    world->buurt.n_persons[buurt_row]--;
    world->buurt.n_institution[buurt_row]--;
}

wks_status wks_relations_resident_add(wks_world *world, uint64_t key, int32_t buurt_row, wks_sex sex, wks_origin origin,
                                      int32_t birth_month, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(person_new(world, key, sex, WKS_ROLE_RESIDENT, origin, birth_month, out_row, err));
    institution_enter(world, *out_row, buurt_row);
    wks_moves_note_new(world, *out_row);
out:
    return rc;
}

/* Where minors without a home buurt are taken in: the buurt with most residents of institutions. */
static int32_t institution_of(const wks_world *world, int32_t buurt_row)
{
    int32_t best = 0;

    if (buurt_row != WKS_NONE) return buurt_row;
    for (int32_t b = 1; b < world->buurt.base.n_rows; b++) {
        if (world->buurt.n_institution[b] > world->buurt.n_institution[best]) best = b;
    }
    return best;
}

/* --- registrations -------------------------------------------------------------------------------------------------- */

wks_status wks_relations_register(wks_world *world, int32_t person_row, int32_t since_month, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_registration_table *registration = &world->registration;
    const int32_t household_row = world->person.household_row[person_row];
    int32_t row;

    WKS_BUG_IF(world->person.registration_row[person_row] != WKS_NONE);
    WKS_TRY(wks_columns_add(registration, &wks_registration_info, world->person.key[person_row], &row, err));
    registration->person_row[row] = person_row;
    registration->since_month[row] = since_month;
    registration->reacted_month[row] = registration->first_month[row] = WKS_NO_MONTH;
    registration->suspended_until[row] = registration->refused_month[row] = WKS_NO_MONTH;
    world->person.registration_row[person_row] = row;
    if (world->person.meettijd_month[person_row] == WKS_NO_MONTH || since_month < world->person.meettijd_month[person_row])
        world->person.meettijd_month[person_row] = since_month;
    world->ledger.registrations_new++;
    if (household_row != WKS_NONE) wks_members_refresh(world, household_row);
out:
    return rc;
}

/* Ends the registration of a person who may have none; the cache of the household is the caller's. */
static wks_status registration_end(wks_world *world, int32_t person_row, wks_err *err)
{
    const int32_t row = world->person.registration_row[person_row];

    if (row == WKS_NONE) return WKS_OK;
    world->person.registration_row[person_row] = WKS_NONE;
    world->ledger.registrations_ended++;
    return wks_columns_remove(&world->registration, &wks_registration_info, row, err);
}

static bool is_social_tenant(const wks_world *world, int32_t household_row)
{
    const int32_t unit_row = world->household.unit_row[household_row];

    return unit_row != WKS_NONE && world->dwelling.tenure[world->unit.dwelling_row[unit_row]] == WKS_TENURE_SOCIAL;
}

/* Who is neither registered nor a tenant of social rent has left the sector: the meettijd ends. */
static void meettijd_settle(wks_world *world, int32_t household_row)
{
    if (is_social_tenant(world, household_row)) return;
    for (int32_t p = world->household.first_person_row[household_row]; p != WKS_NONE; p = world->person.next_row[p]) {
        if (world->person.registration_row[p] == WKS_NONE) world->person.meettijd_month[p] = WKS_NO_MONTH;
    }
}

void wks_relations_meettijd_start(wks_world *world)
{
    const wks_household_table *household = &world->household;

    for (int32_t h = 0; h < household->base.n_rows; h++) {
        if (household->key[h] == 0 || !is_social_tenant(world, h)) continue;
        for (int32_t p = household->first_person_row[h]; p != WKS_NONE; p = world->person.next_row[p]) {
            int32_t *since = &world->person.meettijd_month[p];
            if (world->person.role[p] != WKS_ROLE_HEAD && world->person.role[p] != WKS_ROLE_PARTNER) continue;
            if (*since == WKS_NO_MONTH || household->since_month[h] < *since) *since = household->since_month[h];
        }
    }
}

wks_status wks_relations_unregister(wks_world *world, int32_t person_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t household_row = world->person.household_row[person_row];

    WKS_BUG_IF(world->person.registration_row[person_row] == WKS_NONE);
    WKS_TRY(registration_end(world, person_row, err));
    if (household_row != WKS_NONE) {
        meettijd_settle(world, household_row);
        wks_members_refresh(world, household_row);
    }
out:
    return rc;
}

/* --- where a household lives ---------------------------------------------------------------------------------------- */

static int32_t head_of(const wks_world *world, int32_t household_row)
{
    int32_t p = world->household.first_person_row[household_row];

    while (world->person.role[p] != WKS_ROLE_HEAD)
        p = world->person.next_row[p];
    return p;
}

static bool is_housed(const wks_world *world, int32_t household_row)
{
    return world->household.unit_row[household_row] != WKS_NONE;
}

/* Its guests live where it lives. Listed before they go along, as they may end up with another host. */
typedef struct wks_relations_guests {
    int32_t n, row[UINT8_MAX];
} guest_list;

static void list_guests(const wks_world *world, int32_t household_row, guest_list *out)
{
    out->n = 0;
    for (int32_t g = world->household.first_guest_row[household_row]; g != WKS_NONE; g = world->household.next_guest_row[g])
        out->row[out->n++] = g;
}

static void note_with_guests(wks_world *world, int32_t household_row, const guest_list *guests, wks_moves_address from)
{
    wks_moves_note(world, household_row, from, wks_moves_address_of(world, household_row));
    for (int32_t i = 0; i < guests->n; i++)
        wks_moves_note(world, guests->row[i], from, wks_moves_address_of(world, guests->row[i]));
}

/* A guest that lived at an address goes to shelter, or stays with another host. */
static void send_guest(wks_world *world, int32_t guest_row, wks_place place, int32_t host_row, wks_moves_address from)
{
    wks_home_leave_place(world, guest_row);
    wks_home_enter_place(world, guest_row, place, host_row);
    wks_moves_note(world, guest_row, from, wks_moves_address_of(world, guest_row));
}

static wks_status registrations_end(wks_world *world, int32_t household_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t p = world->household.first_person_row[household_row]; p != WKS_NONE; p = world->person.next_row[p]) {
        if (wks_members_is_adult(world, p)) WKS_TRY(registration_end(world, p, err));
    }
    wks_members_refresh(world, household_row);
out:
    return rc;
}

/* Chains that began with a new dwelling: who moves into link n leaves link n + 1 behind. Rooms are no homes that others wait for. */
static void count_link(wks_world *world, int32_t left_row, int32_t unit_row, bool from_outside, bool left_elsewhere)
{
    wks_ledger *ledger = &world->ledger;
    int64_t *const links[] = {&ledger->chain_first, &ledger->chain_second, &ledger->chain_third};
    int64_t *const outside[] = {&ledger->chain_new_outside, &ledger->chain_first_outside};
    int64_t *const elsewhere[] = {&ledger->chain_first_elsewhere, &ledger->chain_second_elsewhere};
    const size_t link = world->unit.chain[unit_row];

    if (!world->unit.from_new[unit_row] || world->unit.kind[unit_row] == WKS_UNIT_ROOM) return;
    if (link == 0) ledger->chain_new++;
    if (from_outside && link < sizeof outside / sizeof *outside) {
        ++*outside[link];
        *elsewhere[link] += left_elsewhere;
    }
    if (left_row == WKS_NONE || world->unit.kind[left_row] == WKS_UNIT_ROOM) return;
    world->unit.from_new[left_row] = 1;
    if (link < sizeof links / sizeof *links) ++*links[link];
}

wks_status wks_relations_move_in(wks_world *world, int32_t household_row, int32_t unit_row, bool ends_registration, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    const int32_t left = household->unit_row[household_row];
    const bool from_outside = household->place[household_row] == WKS_PLACE_OUTSIDE;
    const wks_moves_address from = wks_moves_address_of(world, household_row);
    guest_list guests;

    WKS_BUG_IF(household->key[household_row] == 0 || left == unit_row);
    list_guests(world, household_row, &guests);
    if (is_housed(world, household_row)) {
        world->ledger.moves_within++;
        wks_home_leave_unit(world, household_row, world->unit.chain[unit_row] + 1);
    } else if (household->place[household_row] != WKS_PLACE_HOUSED) { /* not a newcomer that was nowhere yet */
        world->ledger.housed++;
        wks_home_leave_place(world, household_row);
    }
    count_link(world, left, unit_row, from_outside, household->came_from[household_row] == WKS_CAME_HOME);
    wks_home_enter_unit(world, household_row, unit_row);
    note_with_guests(world, household_row, &guests, from);
    world->ledger.moves++;
    household->since_month[household_row] = world->month;
    household->temporary[household_row] = 0;
    if (ends_registration && world->dwelling.tenure[world->unit.dwelling_row[unit_row]] == WKS_TENURE_SOCIAL)
        WKS_TRY(registrations_end(world, household_row, err));
    meettijd_settle(world, household_row);
out:
    return rc;
}

wks_status wks_relations_place_at_start(wks_world *world, int32_t household_row, int32_t unit_row, wks_err *err)
{
    (void)err;
    WKS_BUG_IF(is_housed(world, household_row));
    wks_home_leave_place(world, household_row);
    wks_home_enter_unit(world, household_row, unit_row);
    return WKS_OK;
}

wks_status wks_relations_move_out(wks_world *world, int32_t household_row, wks_place place, int32_t host_row, wks_err *err)
{
    const wks_moves_address from = wks_moves_address_of(world, household_row);
    guest_list guests;

    (void)err;
    WKS_BUG_IF(!is_housed(world, household_row) || host_row == household_row);
    list_guests(world, household_row, &guests);
    wks_home_leave_unit(world, household_row, 0);
    wks_home_enter_place(world, household_row, place, host_row);
    note_with_guests(world, household_row, &guests, from);
    world->household.since_month[household_row] = world->month;
    world->household.temporary[household_row] = 0;
    meettijd_settle(world, household_row);
    world->ledger.unhoused++;
    return WKS_OK;
}

wks_status wks_relations_change_place(wks_world *world, int32_t household_row, wks_place place, int32_t host_row, wks_err *err)
{
    (void)err;
    WKS_BUG_IF(is_housed(world, household_row) || host_row == household_row);
    send_guest(world, household_row, place, host_row, wks_moves_address_of(world, household_row));
    return WKS_OK;
}

void wks_relations_reserve(wks_world *world, int32_t unit_row, int32_t household_row)
{
    wks_home_release(world, unit_row);
    if (household_row == WKS_NONE) return;
    WKS_BUG_IF(world->household.key[household_row] == 0);
    if (world->household.reserved_unit_row[household_row] != WKS_NONE)
        wks_home_release(world, world->household.reserved_unit_row[household_row]);
    world->household.reserved_unit_row[household_row] = unit_row;
    world->unit.reserved_row[unit_row] = household_row;
}

/* --- households end ------------------------------------------------------------------------------------------------- */

/* Removes the row of a household without members and guests that is nowhere. */
static wks_status household_end(wks_world *world, int32_t row, wks_err *err)
{
    const wks_household_table *household = &world->household;

    WKS_BUG_IF(household->first_person_row[row] != WKS_NONE || household->first_guest_row[row] != WKS_NONE);
    WKS_BUG_IF(household->unit_row[row] != WKS_NONE || household->host_row[row] != WKS_NONE);
    if (household->reserved_unit_row[row] != WKS_NONE) wks_home_release(world, household->reserved_unit_row[row]);
    return wks_columns_remove(&world->household, &wks_household_info, row, err);
}

/* Leaves the unit (link 0 of a chain) or the place for good. */
static void home_end(wks_world *world, int32_t household_row)
{
    if (!is_housed(world, household_row)) {
        wks_home_leave_place(world, household_row);
        return;
    }
    wks_home_leave_unit(world, household_row, 0);
    world->ledger.housed_ended++;
}

static void hand_over(wks_world *world, int32_t from_row, int32_t to_row)
{
    wks_home_leave_place(world, to_row);
    wks_home_hand_over(world, from_row, to_row);
    world->ledger.taken_over++;
    world->ledger.housed_ended++;
}

/* The oldest of the latent children at home (lowest key among equals): who stays on when the parents are gone. */
static int32_t successor_of(const wks_world *world, int32_t host_row)
{
    const wks_household_table *household = &world->household;
    int32_t best = WKS_NONE;

    for (int32_t g = household->first_guest_row[host_row]; g != WKS_NONE; g = household->next_guest_row[g]) {
        if (household->place[g] != WKS_PLACE_AT_PARENTS) continue;
        if (best == WKS_NONE || household->head_birth_month[g] < household->head_birth_month[best] ||
            (household->head_birth_month[g] == household->head_birth_month[best] && household->key[g] < household->key[best]))
            best = g;
    }
    return best;
}

/* The last member is gone: succession, guests, home, row. */
static wks_status dissolve(wks_world *world, int32_t row, wks_err *err)
{
    wks_household_table *household = &world->household;
    const int32_t successor = is_housed(world, row) ? successor_of(world, row) : WKS_NONE;
    const wks_moves_address from = wks_moves_address_of(world, row);

    if (successor != WKS_NONE) hand_over(world, row, successor);
    while (household->first_guest_row[row] != WKS_NONE) {
        const int32_t guest = household->first_guest_row[row];
        const bool is_sibling = household->place[guest] == WKS_PLACE_AT_PARENTS && successor != WKS_NONE;
        send_guest(world, guest, is_sibling ? WKS_PLACE_HOSTED : WKS_PLACE_SHELTER, is_sibling ? successor : WKS_NONE, from);
    }
    home_end(world, row); /* nothing left to leave after a succession */
    world->ledger.households_dissolved++;
    return household_end(world, row, err);
}

/* Takes a person out of the household; what is left of it is settled by after_removal. */
static void take_out(wks_world *world, int32_t person_row)
{
    const int32_t household_row = world->person.household_row[person_row];

    wks_home_count(world, household_row, -1);
    wks_members_unlink(world, person_row);
    wks_members_refresh(world, household_row);
}

static void to_institution(wks_world *world, int32_t person_row, int32_t buurt_row)
{
    const int32_t household_row = world->person.household_row[person_row];

    wks_moves_note_person(world, person_row,
                          wks_moves_address_of(world, household_row).is_resident ? WKS_MOVES_WITHIN
                                                                                 : wks_moves_arrival(world, household_row));
    take_out(world, person_row);
    institution_enter(world, person_row, buurt_row);
    world->ledger.institution_in++;
}

/* Somebody died or went to an institution: a new head, minors without an adult follow to an institution, an empty household ends. */
static wks_status after_removal(wks_world *world, int32_t household_row, int32_t buurt_row, wks_err *err)
{
    const wks_household_table *household = &world->household;

    if (household->n_adults[household_row] > 0) {
        wks_members_settle(world, household_row);
        return WKS_OK;
    }
    while (household->first_person_row[household_row] != WKS_NONE)
        to_institution(world, household->first_person_row[household_row], institution_of(world, buurt_row));
    return dissolve(world, household_row, err);
}

wks_status wks_relations_person_die(wks_world *world, int32_t person_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t household_row = world->person.household_row[person_row];

    WKS_BUG_IF(world->person.key[person_row] == 0);
    WKS_TRY(registration_end(world, person_row, err));
    if (household_row == WKS_NONE) {
        institution_leave(world, person_row);
        world->ledger.institution_died++;
        world->ledger.residents_died++;
    } else {
        world->ledger.residents_died += wks_moves_address_of(world, household_row).is_resident;
        take_out(world, person_row);
        WKS_TRY(after_removal(world, household_row, wks_world_buurt_of(world, household_row), err));
    }
    world->ledger.persons_died++;
    WKS_TRY(wks_columns_remove(&world->person, &wks_person_info, person_row, err));
out:
    return rc;
}

wks_status wks_relations_person_to_institution(wks_world *world, int32_t person_row, int32_t buurt_row, wks_err *err)
{
    const int32_t household_row = world->person.household_row[person_row];

    WKS_BUG_IF(household_row == WKS_NONE);
    to_institution(world, person_row, buurt_row);
    return after_removal(world, household_row, buurt_row, err);
}

wks_status wks_relations_person_from_institution(wks_world *world, int32_t person_row, uint64_t key, int32_t *out_household_row,
                                                 wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t row;

    WKS_BUG_IF(world->person.institution_row[person_row] == WKS_NONE);
    WKS_TRY(household_new(world, key, &row, err));
    institution_leave(world, person_row);
    world->person.role[person_row] = WKS_ROLE_HEAD;
    wks_members_link(world, row, person_row);
    wks_members_refresh(world, row);
    world->household.is_student[row] = world->person.is_student[person_row];
    wks_home_enter_place(world, row, WKS_PLACE_SHELTER, WKS_NONE);
    wks_moves_note_person(world, person_row, WKS_MOVES_WITHIN);
    world->ledger.institution_out++;
    world->ledger.households_formed++;
    *out_household_row = row;
out:
    return rc;
}

wks_status wks_relations_resident_depart(wks_world *world, int32_t person_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(registration_end(world, person_row, err));
    wks_moves_note_person(world, person_row, WKS_MOVES_OUT);
    institution_leave(world, person_row);
    world->ledger.institution_departed++;
    world->ledger.persons_departed++;
    WKS_TRY(wks_columns_remove(&world->person, &wks_person_info, person_row, err));
out:
    return rc;
}

/* One household without guests leaves the city. */
static wks_status depart_alone(wks_world *world, int32_t row, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_moves_note(world, row, wks_moves_address_of(world, row), (wks_moves_address){WKS_NONE, false, WKS_MOVES_ELSEWHERE});
    home_end(world, row);
    while (world->household.first_person_row[row] != WKS_NONE) {
        const int32_t p = world->household.first_person_row[row];
        WKS_TRY(registration_end(world, p, err));
        wks_members_unlink(world, p);
        WKS_TRY(wks_columns_remove(&world->person, &wks_person_info, p, err));
        world->ledger.persons_departed++;
    }
    world->ledger.households_departed++;
    WKS_TRY(household_end(world, row, err));
out:
    return rc;
}

wks_status wks_relations_depart(wks_world *world, int32_t household_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;

    WKS_BUG_IF(household->key[household_row] == 0);
    while (household->first_guest_row[household_row] != WKS_NONE) {
        const int32_t guest = household->first_guest_row[household_row];
        if (household->place[guest] == WKS_PLACE_AT_PARENTS) {
            WKS_TRY(depart_alone(world, guest, err));
        } else {
            send_guest(world, guest, WKS_PLACE_SHELTER, WKS_NONE, wks_moves_address_of(world, guest));
        }
    }
    WKS_TRY(depart_alone(world, household_row, err));
out:
    return rc;
}

/* --- households divide and join ------------------------------------------------------------------------------------- */

wks_status wks_relations_split(wks_world *world, int32_t household_row, const int32_t *person_row, int32_t n_persons, uint64_t key,
                               wks_place place, int32_t host_row, int32_t *out_household_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    const wks_moves_address from = wks_moves_address_of(world, household_row);
    int32_t row;

    WKS_BUG_IF(n_persons < 1 || n_persons >= household->n_persons[household_row]);
    WKS_TRY(household_new(world, key, &row, err));
    for (int32_t i = 0; i < n_persons; i++) {
        WKS_BUG_IF(world->person.household_row[person_row[i]] != household_row);
        wks_members_unlink(world, person_row[i]);
        wks_members_link(world, row, person_row[i]);
    }
    wks_home_count(world, household_row, -n_persons);
    wks_members_settle(world, household_row);
    wks_members_settle(world, row);
    household->is_student[row] = world->person.is_student[head_of(world, row)];
    household->region_month[row] = household->region_month[household_row];
    household->kin_buurt_row[row] = household->kin_buurt_row[household_row];
    if (!from.is_resident) household->came_from[row] = household->came_from[household_row];
    wks_home_enter_place(world, row, place, host_row);
    wks_moves_note(world, row, from, wks_moves_address_of(world, row));
    world->ledger.households_formed++;
    *out_household_row = row;
out:
    return rc;
}

/* Role in `into` of somebody who comes from `from`. A child that returns home is a child again. */
static wks_role joined_role(wks_role role, bool returns_home, bool has_partner)
{
    if (role == WKS_ROLE_CHILD) return returns_home ? WKS_ROLE_OTHER : WKS_ROLE_CHILD;
    if (role != WKS_ROLE_HEAD) return WKS_ROLE_OTHER;
    if (returns_home) return WKS_ROLE_CHILD;
    return has_partner ? WKS_ROLE_OTHER : WKS_ROLE_PARTNER;
}

static void join_members(wks_world *world, int32_t from_row, int32_t into_row, bool returns_home)
{
    wks_household_table *household = &world->household;
    const bool had_partner = household->has_partner[into_row];
    const int32_t n_persons = household->n_persons[from_row];

    while (household->first_person_row[from_row] != WKS_NONE) {
        const int32_t p = household->first_person_row[from_row];
        world->person.role[p] = (uint8_t)joined_role(world->person.role[p], returns_home, had_partner);
        wks_members_unlink(world, p);
        wks_members_link(world, into_row, p);
    }
    wks_home_count(world, into_row, n_persons);
    wks_members_refresh(world, into_row);
    wks_members_refresh(world, from_row);
}

wks_status wks_relations_merge(wks_world *world, int32_t from_row, int32_t into_row, wks_err *err)
{
    wks_household_table *household = &world->household;
    const bool returns_home = household->host_row[from_row] == into_row && household->place[from_row] == WKS_PLACE_AT_PARENTS;
    const wks_moves_address from = wks_moves_address_of(world, from_row);
    wks_moves_address into = wks_moves_address_of(world, into_row);

    WKS_BUG_IF(from_row == into_row || household->key[from_row] == 0 || household->key[into_row] == 0);
    if (into.footing < WKS_MOVES_NONE) into.footing = WKS_MOVES_JOINED;
    wks_moves_note(world, from_row, from, into);
    if (household->host_row[into_row] == from_row) {
        hand_over(world, from_row, into_row); /* a couple that stays in the home of the one whose row ends */
    } else {
        home_end(world, from_row);
    }
    join_members(world, from_row, into_row, returns_home);
    household->vulnerability[into_row] |= household->vulnerability[from_row];
    while (household->first_guest_row[from_row] != WKS_NONE) {
        const int32_t guest = household->first_guest_row[from_row];
        send_guest(world, guest, (wks_place)household->place[guest], into_row, from);
    }
    world->ledger.households_merged++;
    return household_end(world, from_row, err);
}

/* --- stock ---------------------------------------------------------------------------------------------------------- */

static wks_status unit_add(wks_world *world, int32_t dwelling_row, uint32_t index, int32_t n_units, int32_t lettable_month, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_unit_table *unit = &world->unit;
    int32_t row;

    WKS_TRY(wks_columns_add(unit, &wks_unit_info, wks_rng_child_key(world->dwelling.key[dwelling_row], 0, WKS_RNG_NONE, index), &row, err));
    unit->dwelling_row[row] = dwelling_row;
    unit->next_row[row] = world->dwelling.first_unit_row[dwelling_row];
    world->dwelling.first_unit_row[dwelling_row] = row;
    unit->household_row[row] = unit->reserved_row[row] = WKS_NONE;
    unit->vacant_month[row] = world->month;
    unit->lettable_month[row] = lettable_month;
    unit->kind[row] = n_units == 1 ? WKS_UNIT_SELF_CONTAINED : WKS_UNIT_ROOM;
    world->ledger.units_added++;
out:
    return rc;
}

wks_status wks_relations_dwelling_add(wks_world *world, uint64_t key, int32_t complex_row, wks_tenure tenure, wks_dwelling_type type,
                                      int32_t n_units, int32_t lettable_month, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dwelling_table *dwelling = &world->dwelling;
    int32_t row;

    WKS_BUG_IF(n_units < 1 || n_units > UINT8_MAX || world->complex.key[complex_row] == 0);
    WKS_TRY(wks_columns_add(dwelling, &wks_dwelling_info, key, &row, err));
    dwelling->buurt_row[row] = world->complex.buurt_row[complex_row];
    dwelling->complex_row[row] = complex_row;
    dwelling->first_unit_row[row] = WKS_NONE;
    dwelling->built_month[row] = world->month;
    dwelling->x_m[row] = dwelling->y_m[row] = NAN;
    dwelling->tenure[row] = (uint8_t)tenure;
    dwelling->type[row] = (uint8_t)type;
    dwelling->label[row] = world->complex.label[complex_row];
    for (int32_t i = n_units; i-- > 0;)
        WKS_TRY(unit_add(world, row, (uint32_t)i, n_units, lettable_month, err));
    dwelling->n_units[row] = (uint8_t)n_units;
    world->complex.n_dwellings[complex_row]++;
    world->ledger.dwellings_added++;
    *out_row = row;
out:
    return rc;
}

void wks_relations_portieken(wks_world *world, const int32_t *dwelling_row, int32_t n)
{
    const int32_t first = world->n_portieken + 1;
    const int32_t rounded = (n + WKS_DWELLING_PORTIEK / 2) / WKS_DWELLING_PORTIEK, n_groups = rounded < 1 ? 1 : rounded;

    if (n == 0) return;
    for (int32_t i = 0; i < n; i++)
        world->dwelling.portiek[dwelling_row[i]] = first + (int32_t)((int64_t)i * n_groups / n);
    world->n_portieken += n_groups;
}

void wks_relations_portiek_join(wks_world *world, int32_t dwelling_row)
{
    const int32_t c = world->dwelling.complex_row[dwelling_row];

    if (world->complex.open_portiek[c] == 0 || world->complex.n_open_portiek[c] >= WKS_DWELLING_PORTIEK) {
        world->complex.open_portiek[c] = ++world->n_portieken;
        world->complex.n_open_portiek[c] = 0;
    }
    world->complex.n_open_portiek[c]++;
    world->dwelling.portiek[dwelling_row] = world->complex.open_portiek[c];
}

void wks_relations_retenure(wks_world *world, int32_t dwelling_row, wks_tenure tenure, double rent_eur)
{
    const int32_t n_units = world->dwelling.n_units[dwelling_row];

    world->dwelling.tenure[dwelling_row] = (uint8_t)tenure;
    world->dwelling.rent_eur[dwelling_row] = world->dwelling.streefhuur_eur[dwelling_row] = (float)rent_eur;
    for (int32_t u = world->dwelling.first_unit_row[dwelling_row]; u != WKS_NONE; u = world->unit.next_row[u])
        world->unit.rent_eur[u] = (float)(rent_eur / n_units);
}

wks_status wks_relations_dwelling_remove(wks_world *world, int32_t dwelling_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dwelling_table *dwelling = &world->dwelling;

    WKS_BUG_IF(dwelling->key[dwelling_row] == 0);
    for (int32_t u = dwelling->first_unit_row[dwelling_row]; u != WKS_NONE; u = world->unit.next_row[u])
        WKS_BUG_IF(world->unit.household_row[u] != WKS_NONE);
    while (dwelling->first_unit_row[dwelling_row] != WKS_NONE) {
        const int32_t u = dwelling->first_unit_row[dwelling_row];
        wks_home_release(world, u);
        dwelling->first_unit_row[dwelling_row] = world->unit.next_row[u];
        WKS_TRY(wks_columns_remove(&world->unit, &wks_unit_info, u, err));
        world->ledger.units_removed++;
    }
    world->complex.n_dwellings[dwelling->complex_row[dwelling_row]]--;
    world->ledger.dwellings_removed++;
    WKS_TRY(wks_columns_remove(dwelling, &wks_dwelling_info, dwelling_row, err));
out:
    return rc;
}

void wks_relations_refresh(wks_world *world, int32_t household_row)
{
    wks_members_refresh(world, household_row);
}
