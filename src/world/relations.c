#include "world/relations.h"

#include "world/home.h"
#include "world/members.h"
#include "world/relations_end.h"
#include "world/relations_rehouse.h"

/* --- households and persons come into being ------------------------------------------------------------------------- */

static wks_status household_new(wks_world *world, uint64_t key, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    int32_t row;

    WKS_TRY(wks_columns_add(household, &wks_household_info, key, &row, err));
    household->unit_row[row] = household->host_row[row] = household->first_person_row[row] = WKS_NONE;
    household->kin_buurt_row[row] = WKS_NONE;
    household->since_month[row] = household->region_month[row] = household->spell_month[row] = household->change_month[row] =
        wks_month_cell(world->month);
    household->low_month[row] = household->registered_month[row] = household->search_month[row] = household->urgency_month[row] =
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
    registration->since_month[row] = wks_month_cell(since_month);
    registration->reacted_month[row] = registration->first_month[row] = WKS_NO_MONTH;
    world->person.registration_row[person_row] = row;
    if (world->person.meettijd_month[person_row] == WKS_NO_MONTH || since_month < world->person.meettijd_month[person_row])
        world->person.meettijd_month[person_row] = wks_month_cell(since_month);
    world->ledger.registrations_new++;
    if (household_row != WKS_NONE) wks_members_refresh(world, household_row);
out:
    return rc;
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
            int16_t *since = &world->person.meettijd_month[p];
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
    WKS_TRY(wks_relations_end_registration(world, person_row, err));
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

/* A contract that ended, with the care that belonged to it. */
static void contract_end(wks_household_table *household, int32_t row)
{
    if (household->temporary[row] == WKS_CONTRACT_CARE) household->support[row] = 0;
    household->temporary[row] = WKS_CONTRACT_OWN;
    wks_rare_set(&household->contract_month, row, WKS_NO_MONTH);
}

/* From COA into a first home. */
static void count_from_coa(wks_world *world, int32_t household_row)
{
    world->ledger.statushouders_housed++;
    world->ledger.statushouders_housed_persons += world->household.n_persons[household_row];
    world->ledger.statushouders_waited += world->month - world->household.since_month[household_row];
}

static bool is_housed(const wks_world *world, int32_t household_row)
{
    return world->household.unit_row[household_row] != WKS_NONE;
}

static wks_status registrations_end(wks_world *world, int32_t household_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t p = world->household.first_person_row[household_row]; p != WKS_NONE; p = world->person.next_row[p]) {
        if (wks_members_is_adult(world, p)) WKS_TRY(wks_relations_end_registration(world, p, err));
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
    wks_moves_guests guests;

    WKS_BUG_IF(household->key[household_row] == 0 || left == unit_row);
    wks_moves_list_guests(world, household_row, &guests);
    if (is_housed(world, household_row)) {
        world->ledger.moves_within++;
        wks_home_leave_unit(world, household_row, world->unit.chain[unit_row] + 1);
    } else if (household->place[household_row] != WKS_PLACE_HOUSED) { /* not a newcomer that was nowhere yet */
        world->ledger.housed++;
        if (household->place[household_row] == WKS_PLACE_COA) count_from_coa(world, household_row);
        wks_relations_end_place(world, household_row);
    }
    count_link(world, left, unit_row, from_outside, household->came_from[household_row] == WKS_CAME_HOME);
    wks_home_enter_unit(world, household_row, unit_row);
    wks_relations_rehouse_moved(world, household_row);
    wks_moves_note_with_guests(world, household_row, &guests, from);
    world->ledger.moves++;
    household->since_month[household_row] = wks_month_cell(world->month);
    contract_end(household, household_row);
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
    wks_moves_guests guests;

    (void)err;
    WKS_BUG_IF(!is_housed(world, household_row) || host_row == household_row);
    wks_relations_rehouse_gone(world, household_row, WKS_DISPLACED_UNHOUSED, WKS_NONE);
    wks_moves_list_guests(world, household_row, &guests);
    wks_home_leave_unit(world, household_row, 0);
    wks_home_enter_place(world, household_row, place, host_row);
    wks_moves_note_with_guests(world, household_row, &guests, from);
    world->household.since_month[household_row] = wks_month_cell(world->month);
    contract_end(&world->household, household_row);
    meettijd_settle(world, household_row);
    world->ledger.unhoused++;
    return WKS_OK;
}

wks_status wks_relations_change_place(wks_world *world, int32_t household_row, wks_place place, int32_t host_row, wks_err *err)
{
    (void)err;
    WKS_BUG_IF(is_housed(world, household_row) || host_row == household_row);
    wks_relations_end_send_guest(world, household_row, place, host_row, wks_moves_address_of(world, household_row));
    return WKS_OK;
}

void wks_relations_reserve(wks_world *world, int32_t unit_row, int32_t household_row)
{
    wks_home_release(world, unit_row);
    if (household_row == WKS_NONE) return;
    WKS_BUG_IF(world->household.key[household_row] == 0);
    if (wks_rare_i32(&world->household.reserved_unit_row, household_row) != WKS_NONE)
        wks_home_release(world, wks_rare_i32(&world->household.reserved_unit_row, household_row));
    wks_rare_set(&world->household.reserved_unit_row, household_row, unit_row);
    wks_rare_set(&world->unit.reserved_row, unit_row, household_row);
}

/* --- households leave ----------------------------------------------------------------------------------------------- */

/* One household without guests leaves the city. */
static wks_status depart_alone(wks_world *world, int32_t row, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_relations_rehouse_gone(world, row, WKS_DISPLACED_LEFT, WKS_NONE);
    wks_moves_note(world, row, wks_moves_address_of(world, row), (wks_moves_address){WKS_NONE, false, WKS_MOVES_ELSEWHERE});
    wks_relations_end_home(world, row);
    while (world->household.first_person_row[row] != WKS_NONE) {
        const int32_t p = world->household.first_person_row[row];
        WKS_TRY(wks_relations_end_registration(world, p, err));
        wks_members_unlink(world, p);
        WKS_TRY(wks_columns_remove(&world->person, &wks_person_info, p, err));
        world->ledger.persons_departed++;
    }
    world->ledger.households_departed++;
    WKS_TRY(wks_relations_end_row(world, row, err));
out:
    return rc;
}

wks_status wks_relations_depart(wks_world *world, int32_t household_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;

    WKS_BUG_IF(household->key[household_row] == 0);
    while (wks_rare_i32(&household->first_guest_row, household_row) != WKS_NONE) {
        const int32_t guest = wks_rare_i32(&household->first_guest_row, household_row);
        if (household->place[guest] == WKS_PLACE_AT_PARENTS) {
            WKS_TRY(depart_alone(world, guest, err));
        } else {
            wks_relations_end_send_guest(world, guest, WKS_PLACE_SHELTER, WKS_NONE, wks_moves_address_of(world, guest));
        }
    }
    WKS_TRY(depart_alone(world, household_row, err));
out:
    return rc;
}

/* --- households divide ---------------------------------------------------------------------------------------------- */

wks_status wks_relations_split(wks_world *world, int32_t household_row, const int32_t *person_row, int32_t n_persons, uint64_t key,
                               wks_place place, int32_t host_row, int32_t *out_household_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_table *household = &world->household;
    const wks_moves_address from = wks_moves_address_of(world, household_row);
    int32_t row;

    WKS_BUG_IF(n_persons < 1 || n_persons >= household->n_persons[household_row]);
    WKS_TRY(wks_relations_household_add(world, key, WKS_PLACE_HOUSED, WKS_NONE, &row, err));
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
    wks_rare_set(&household->linked_month, row, wks_rare_i32(&household->linked_month, household_row));
    household->came_as[row] = household->came_as[household_row];
    household->kin_buurt_row[row] = household->kin_buurt_row[household_row];
    /* A child that wants a home of its own changes nothing for its parents until it goes (wks_relations_end_place). */
    if (place != WKS_PLACE_AT_PARENTS) household->change_month[household_row] = wks_month_cell(world->month);
    if (!from.is_resident) household->came_from[row] = household->came_from[household_row];
    wks_home_enter_place(world, row, place, host_row);
    wks_moves_note(world, row, from, wks_moves_address_of(world, row));
    world->ledger.households_formed++;
    *out_household_row = row;
out:
    return rc;
}

/* --- stock ---------------------------------------------------------------------------------------------------------- */

wks_status wks_relations_owner_add(wks_world *world, uint64_t key, wks_owner_kind kind, int32_t number, int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_columns_add(&world->owner, &wks_owner_info, key, out_row, err));
    world->owner.kind[*out_row] = (uint8_t)kind;
    world->owner.number[*out_row] = number;
out:
    return rc;
}

wks_status wks_relations_complex_add(wks_world *world, uint64_t key, int32_t buurt_row, int32_t owner_row, wks_label label,
                                     int32_t *out_row, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_BUG_IF(world->owner.key[owner_row] == 0);
    WKS_TRY(wks_columns_add(&world->complex, &wks_complex_info, key, out_row, err));
    world->complex.buurt_row[*out_row] = buurt_row;
    world->complex.owner_row[*out_row] = owner_row;
    world->complex.label[*out_row] = (uint8_t)label;
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
    for (int32_t u = world->dwelling.first_unit_row[dwelling_row]; u != WKS_NONE; u = world->unit.next_row[u]) {
        world->unit.rent_eur[u] = (float)(rent_eur / n_units);
        if (world->unit.lettable_month[u] < world->month) world->unit.lettable_month[u] = wks_month_cell(world->month);
        if (tenure != WKS_TENURE_OWNER) wks_home_sell_for(world, u, WKS_NONE);
    }
}

void wks_relations_buy_home(wks_world *world, int32_t dwelling_row)
{
    const int32_t household_row = world->unit.household_row[world->dwelling.first_unit_row[dwelling_row]];

    WKS_BUG_IF(world->dwelling.n_units[dwelling_row] != 1 || household_row == WKS_NONE);
    wks_relations_retenure(world, dwelling_row, WKS_TENURE_OWNER, 0.0);
    meettijd_settle(world, household_row);
}

void wks_relations_refresh(wks_world *world, int32_t household_row)
{
    wks_members_refresh(world, household_row);
}
