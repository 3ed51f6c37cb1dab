/* The world between two ticks as bytes: all that a later tick reads of an earlier one. */
#ifndef WKS_WORLD_WORLD_STATE_H
#define WKS_WORLD_WORLD_STATE_H

#include "world/world.h"

/** Carries the world over: tables, clock, rates of tick 0, what is learned, pool, purse and this tick's ledger. Not: the seed and the number of threads (the
 *  replication's), what is borrowed of the city, the lettings and moves of this tick (the next one begins without them). Read into an initialised world
 *  without rows that borrows already; then every link, case and balance holds (check_structure.h), whatever stood in the bytes: else WKS_ERR_DATA.
 *  @param city  reading: a world of the same city, whose buurten are compared; writing: NULL
 *  O(rows x columns); reading two to three times as much. */
wks_status wks_world_state_carry(wks_world *world, const wks_world *city, wks_carry *carry, wks_err *err);

#endif
