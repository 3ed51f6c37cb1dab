#include "world/moves.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "world/world.h"

const char *const wks_moves_footing_name[WKS_N_MOVES_FOOTINGS] = {"social", "corporatie_free", "private_rent", "owner",
                                                                  "none",   "elsewhere",       "joined"};
const char *const wks_moves_kind_name[WKS_N_MOVES_KINDS] = {"within", "in", "abroad", "out"};

wks_moves_address wks_moves_address_of(const wks_world *world, int32_t household_row)
{
    const wks_household_table *household = &world->household;
    const int32_t host_row = household->host_row[household_row];
    const int32_t unit_row = household->unit_row[host_row == WKS_NONE ? household_row : host_row];

    const bool is_resident = unit_row != WKS_NONE || household->place[household_row] == WKS_PLACE_SHELTER;
    const uint8_t footing = !is_resident                                   ? WKS_MOVES_ELSEWHERE
                            : host_row != WKS_NONE || unit_row == WKS_NONE ? WKS_MOVES_NONE
                                                                           : world->dwelling.tenure[world->unit.dwelling_row[unit_row]];
    return (wks_moves_address){unit_row, is_resident, footing};
}

void wks_moves_free(wks_moves *moves)
{
    free(moves->household);
    *moves = (wks_moves){0};
}

void wks_moves_clear(wks_moves *moves)
{
    *moves = (wks_moves){.household = moves->household, .capacity = moves->capacity};
}

/* Room for one more; false without memory: the verbs of relations cannot fail here half-way. */
static bool has_room(wks_moves *moves)
{
    if (moves->n < moves->capacity) return true;
    const size_t larger = wks_mem_capacity((size_t)moves->capacity, (size_t)moves->n + 1);
    wks_moves_household *grown = wks_mem_resize(moves->household, (size_t)moves->capacity, larger, sizeof *grown);
    if (grown == NULL) {
        moves->is_incomplete = true;
        return false;
    }
    moves->household = grown;
    moves->capacity = (int32_t)larger;
    return true;
}

static int32_t buurt_at(const wks_world *world, wks_moves_address at, float *x_m, float *y_m)
{
    const int32_t d = at.unit_row == WKS_NONE ? WKS_NONE : world->unit.dwelling_row[at.unit_row];

    *x_m = d == WKS_NONE ? NAN : world->dwelling.x_m[d];
    *y_m = d == WKS_NONE ? NAN : world->dwelling.y_m[d];
    return d == WKS_NONE ? WKS_NONE : world->dwelling.buurt_row[d];
}

static void list_household(wks_world *world, int32_t household_row, wks_moves_address from, wks_moves_address to)
{
    wks_moves_household item = {.key = world->household.key[household_row],
                                .groups = world->household.groups[household_row],
                                .from = from.footing,
                                .to = to.footing};

    if (!has_room(&world->moves)) return;
    item.from_buurt_row = buurt_at(world, from, &item.from_x_m, &item.from_y_m);
    item.to_buurt_row = buurt_at(world, to, &item.to_x_m, &item.to_y_m);
    world->moves.household[world->moves.n++] = item;
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
    list_household(world, household_row, from, to);
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
    for (int32_t g = wks_rare_i32(&world->household.first_guest_row, household_row); g != WKS_NONE;
         g = wks_rare_i32(&world->household.next_guest_row, g))
        out->row[out->n++] = g;
}

void wks_moves_note_with_guests(wks_world *world, int32_t household_row, const wks_moves_guests *guests, wks_moves_address from)
{
    wks_moves_note(world, household_row, from, wks_moves_address_of(world, household_row));
    for (int32_t i = 0; i < guests->n; i++)
        wks_moves_note(world, guests->row[i], from, wks_moves_address_of(world, guests->row[i]));
}
