#include "world/home.h"
#include "world/members.h"
#include "world/relations.h"
#include "world/relations_end.h"
#include "world/relations_rehouse.h"

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
    const int32_t change_month = returns_home ? household->change_month[into_row] : world->month; /* it had never gone */

    const wks_moves_address from = wks_moves_address_of(world, from_row);
    wks_moves_address into = wks_moves_address_of(world, into_row);

    WKS_BUG_IF(from_row == into_row || household->key[from_row] == 0 || household->key[into_row] == 0);
    if (into.footing < WKS_MOVES_NONE) into.footing = WKS_MOVES_JOINED;
    wks_moves_note(world, from_row, from, into);
    if (household->host_row[into_row] == from_row) {
        wks_relations_end_hand_over(world, from_row, into_row); /* a couple that stays in the home of the one whose row ends */
    } else {
        wks_relations_rehouse_gone(world, from_row, WKS_DISPLACED_JOINED, wks_world_buurt_of(world, into_row));
        const int32_t left = household->unit_row[from_row];
        wks_relations_end_home(world, from_row);
        if (left != WKS_NONE) wks_home_sell_for(world, left, into_row); /* their money is joined */
    }
    join_members(world, from_row, into_row, returns_home);
    household->change_month[into_row] = wks_month_cell(change_month);
    household->vulnerability[into_row] |= household->vulnerability[from_row];
    while (wks_rare_i32(&household->first_guest_row, from_row) != WKS_NONE) {
        const int32_t guest = wks_rare_i32(&household->first_guest_row, from_row);
        wks_relations_end_send_guest(world, guest, (wks_place)household->place[guest], into_row, from);
    }
    world->ledger.households_merged++;
    return wks_relations_end_row(world, from_row, err);
}
