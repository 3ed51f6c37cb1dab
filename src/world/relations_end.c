#include "world/relations_end.h"

#include "world/home.h"
#include "world/relations_rehouse.h"

/* Ends the registration of a person who may have none; the cache of the household is the caller's. */
wks_status wks_relations_end_registration(wks_world *world, int32_t person_row, wks_err *err)
{
    const int32_t row = world->person.registration_row[person_row];

    if (row == WKS_NONE) return WKS_OK;
    world->person.registration_row[person_row] = WKS_NONE;
    world->ledger.registrations_ended++;
    return wks_columns_remove(&world->registration, &wks_registration_info, row, err);
}

/* Removes the row of a household without members and guests that is nowhere. */
wks_status wks_relations_end_row(wks_world *world, int32_t row, wks_err *err)
{
    const wks_household_table *household = &world->household;

    WKS_BUG_IF(household->first_person_row[row] != WKS_NONE || wks_rare_i32(&household->first_guest_row, row) != WKS_NONE);
    WKS_BUG_IF(household->unit_row[row] != WKS_NONE || household->host_row[row] != WKS_NONE);
    if (wks_rare_i32(&household->reserved_unit_row, row) != WKS_NONE)
        wks_home_release(world, wks_rare_i32(&household->reserved_unit_row, row));
    world->ledger.jobs_ended += wks_household_has_job(household, row);
    return wks_columns_remove(&world->household, &wks_household_info, row, err);
}

static bool is_housed(const wks_world *world, int32_t household_row)
{
    return world->household.unit_row[household_row] != WKS_NONE;
}

/* To the parents a child at home leaves now, whatever it has called itself since the wish arose. */
void wks_relations_end_place(wks_world *world, int32_t household_row)
{
    wks_household_table *household = &world->household;

    if (household->place[household_row] == WKS_PLACE_AT_PARENTS)
        household->change_month[household->host_row[household_row]] = wks_month_cell(world->month);
    wks_home_leave_place(world, household_row);
}

/* Leaves the unit (link 0 of a chain) or the place for good. */
void wks_relations_end_home(wks_world *world, int32_t household_row)
{
    if (!is_housed(world, household_row)) {
        wks_relations_end_place(world, household_row);
        return;
    }
    const int32_t unit_row = world->household.unit_row[household_row];

    wks_home_leave_unit(world, household_row, 0);
    wks_home_sell_for(world, unit_row, WKS_NONE); /* an estate, or who leaves the city: the price goes out of the households */
    world->ledger.housed_ended++;
}

void wks_relations_end_send_guest(wks_world *world, int32_t guest_row, wks_place place, int32_t host_row, wks_moves_address from)
{
    wks_relations_end_place(world, guest_row);
    wks_home_enter_place(world, guest_row, place, host_row);
    wks_moves_note(world, guest_row, from, wks_moves_address_of(world, guest_row));
}

void wks_relations_end_hand_over(wks_world *world, int32_t from_row, int32_t to_row)
{
    wks_relations_rehouse_hand_over(world, from_row, to_row);
    wks_home_leave_place(world, to_row);
    wks_home_hand_over(world, from_row, to_row);
    world->household.change_month[to_row] = wks_month_cell(world->month);
    world->ledger.taken_over++;
    world->ledger.housed_ended++;
}

/* The oldest of the latent children at home (lowest key among equals): who stays on when the parents are gone. */
static int32_t successor_of(const wks_world *world, int32_t host_row)
{
    const wks_household_table *household = &world->household;
    int32_t best = WKS_NONE;

    for (int32_t g = wks_rare_i32(&household->first_guest_row, host_row); g != WKS_NONE; g = wks_rare_i32(&household->next_guest_row, g)) {
        if (household->place[g] != WKS_PLACE_AT_PARENTS) continue;
        if (best == WKS_NONE || household->head_birth_month[g] < household->head_birth_month[best] ||
            (household->head_birth_month[g] == household->head_birth_month[best] && household->key[g] < household->key[best]))
            best = g;
    }
    return best;
}

/* The last member is gone: succession, guests, home, row. */
wks_status wks_relations_end_dissolve(wks_world *world, int32_t row, wks_err *err)
{
    wks_household_table *household = &world->household;
    const int32_t successor = is_housed(world, row) ? successor_of(world, row) : WKS_NONE;
    const wks_moves_address from = wks_moves_address_of(world, row);

    if (successor != WKS_NONE) wks_relations_end_hand_over(world, row, successor);
    while (wks_rare_i32(&household->first_guest_row, row) != WKS_NONE) {
        const int32_t guest = wks_rare_i32(&household->first_guest_row, row);
        const bool is_sibling = household->place[guest] == WKS_PLACE_AT_PARENTS && successor != WKS_NONE;
        wks_relations_end_send_guest(world, guest, is_sibling ? WKS_PLACE_HOSTED : WKS_PLACE_SHELTER, is_sibling ? successor : WKS_NONE,
                                     from);
    }
    wks_relations_rehouse_gone(world, row, WKS_DISPLACED_DISSOLVED, WKS_NONE);
    wks_relations_end_home(world, row); /* nothing left to leave after a succession */
    world->ledger.households_dissolved++;
    return wks_relations_end_row(world, row, err);
}
