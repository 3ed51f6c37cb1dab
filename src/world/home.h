/* Where a household stays: in a unit, with a host, or nowhere in the city. Keeps the links in both directions, the guests of hosts, the
 * vacancy of units and the counts of buurten. A part of relations: nobody else calls it; no ledger here. */
#ifndef WKS_WORLD_HOME_H
#define WKS_WORLD_HOME_H

#include "world/world.h"

enum { WKS_HOME_MAX_GUESTS = 200 };

/** Adds persons (may be negative) to the counts of the place where a household stays: its host's guests and the buurt. */
void wks_home_count(wks_world *world, int32_t household_row, int32_t n_persons);

/** A household that is nowhere takes a vacant unit; its guests live there too. */
void wks_home_enter_unit(wks_world *world, int32_t household_row, int32_t unit_row);
/** Leaves its unit (guests stay guests but live nowhere until it enters another); the unit falls vacant, lettable next month, at the
 *  asked rent, as link `chain` of its chain. */
void wks_home_leave_unit(wks_world *world, int32_t household_row, int32_t chain);
/** An owner-occupied unit is sold for a household (-1: for nobody in the city), whose equity_eur counts it at the city price level of now. Nothing for
 *  other tenures. */
void wks_home_sell_for(wks_world *world, int32_t unit_row, int32_t household_row);
/** The contract passes from a household to one that is nowhere, at the same rent and since the same month. */
void wks_home_hand_over(wks_world *world, int32_t from_row, int32_t to_row);

/** A household that is nowhere goes to a place: with a housed host as guest, or to shelter or COA. What is asked is made possible:
 *  a host that is a guest itself gives way to its own host (kind hosted); without a host, or with a full one, it is shelter.
 *  Its own guests, if it has any, go along as guests (kind hosted) of the same host, or to the same place: a latent unit hosts nobody. */
void wks_home_enter_place(wks_world *world, int32_t household_row, wks_place place, int32_t host_row);
/** A latent unit leaves its host, shelter or COA and is nowhere. */
void wks_home_leave_place(wks_world *world, int32_t household_row);

/** Clears the reservation of a unit, on both sides. */
void wks_home_release(wks_world *world, int32_t unit_row);

#endif
