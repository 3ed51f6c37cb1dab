/* How registrations, homes and households end. For the files of relations only: links are not in order in between. */
#ifndef WKS_WORLD_RELATIONS_END_H
#define WKS_WORLD_RELATIONS_END_H

#include "world/moves.h"
#include "world/world.h"

/** Ends the registration of a person who may have none; the cache of the household is the caller's. */
wks_status wks_relations_end_registration(wks_world *world, int32_t person_row, wks_err *err);
/** Removes the row of a household without members and guests that is nowhere. */
wks_status wks_relations_end_row(wks_world *world, int32_t row, wks_err *err);
/** Leaves the place without a home of its own; for who leaves the parents that is a change of their household. */
void wks_relations_end_place(wks_world *world, int32_t household_row);
/** Leaves the unit (link 0 of a chain) or the place for good. */
void wks_relations_end_home(wks_world *world, int32_t household_row);
/** A guest that lived at an address goes to shelter, or stays with another host. */
void wks_relations_end_send_guest(wks_world *world, int32_t guest_row, wks_place place, int32_t host_row, wks_moves_address from);
/** The unit of `from_row` goes to its guest `to_row`, with contract, rent and date. */
void wks_relations_end_hand_over(wks_world *world, int32_t from_row, int32_t to_row);
/** The last member is gone: succession, guests, home, row. */
wks_status wks_relations_end_dissolve(wks_world *world, int32_t row, wks_err *err);

#endif
