#include "world/moves.h"

#include "world/world.h"

const char *const wks_moves_kind_name[WKS_N_MOVES_KINDS] = {"within", "in", "abroad", "out"};

wks_moves_address wks_moves_address_of(const wks_world *world, int32_t household_row)
{
    const wks_household_table *household = &world->household;
    const int32_t host_row = household->host_row[household_row];
    const int32_t unit_row = household->unit_row[host_row == WKS_NONE ? household_row : host_row];

    return (wks_moves_address){unit_row, unit_row != WKS_NONE || household->place[household_row] == WKS_PLACE_SHELTER};
}

int32_t wks_moves_age(const wks_world *world, int32_t person_row)
{
    const int32_t age = (world->month - world->person.birth_month[person_row]) / 12;

    return age < 0 ? 0 : age < WKS_MOVES_AGES ? age : WKS_MOVES_AGES - 1;
}

void wks_moves_note_person(wks_world *world, int32_t person_row, wks_moves_kind kind)
{
    wks_ledger *ledger = &world->ledger;
    int64_t *const line[WKS_N_MOVES_KINDS] = {&ledger->persons_within, &ledger->persons_in, &ledger->persons_abroad, &ledger->persons_out};

    world->moves.persons[kind][wks_moves_age(world, person_row)]++;
    ++*line[kind];
}

wks_moves_kind wks_moves_arrival(const wks_world *world, int32_t household_row)
{
    return world->household.came_from[household_row] == WKS_CAME_ABROAD ? WKS_MOVES_ABROAD : WKS_MOVES_IN;
}

void wks_moves_note(wks_world *world, int32_t household_row, wks_moves_address from, wks_moves_address to)
{
    if (!from.is_resident && !to.is_resident) return;
    if (from.is_resident && to.is_resident && from.unit_row == to.unit_row) return;

    const wks_moves_kind kind = !from.is_resident ? wks_moves_arrival(world, household_row)
                                : to.is_resident  ? WKS_MOVES_WITHIN
                                                  : WKS_MOVES_OUT;
    for (int32_t p = world->household.first_person_row[household_row]; p != WKS_NONE; p = world->person.next_row[p])
        wks_moves_note_person(world, p, kind);
}

void wks_moves_note_new(wks_world *world, int32_t person_row)
{
    const int32_t household_row = world->person.household_row[person_row];

    if (household_row == WKS_NONE) {
        wks_moves_note_person(world, person_row, WKS_MOVES_IN);
    } else if (wks_moves_address_of(world, household_row).is_resident) {
        /* Who is born this month and comes from elsewhere straight into a household here counts as born here. */
        if (world->person.birth_month[person_row] == world->month) {
            world->ledger.residents_born++;
        } else {
            wks_moves_note_person(world, person_row, wks_moves_arrival(world, household_row));
        }
    }
}

void wks_moves_list_guests(const wks_world *world, int32_t household_row, wks_moves_guests *out)
{
    out->n = 0;
    for (int32_t g = world->household.first_guest_row[household_row]; g != WKS_NONE; g = world->household.next_guest_row[g])
        out->row[out->n++] = g;
}

void wks_moves_note_with_guests(wks_world *world, int32_t household_row, const wks_moves_guests *guests, wks_moves_address from)
{
    wks_moves_note(world, household_row, from, wks_moves_address_of(world, household_row));
    for (int32_t i = 0; i < guests->n; i++)
        wks_moves_note(world, guests->row[i], from, wks_moves_address_of(world, guests->row[i]));
}
