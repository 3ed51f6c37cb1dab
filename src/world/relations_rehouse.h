/* Herhuisvesting: notice, wisselwoning, return. Part of relations (serial; counts, caches and ledger are kept right). A case is opened at
 * notice and settled by whatever ends it: every verb that moves, merges or ends a household tells it here, so nobody is lost. A household
 * has one case at a time; a right to return of an older one ends with a new notice. With the case ends the SV-urgentie and the referral
 * herhuisvesting of its household (who gives them is the process). */
#ifndef WKS_WORLD_RELATIONS_REHOUSE_H
#define WKS_WORLD_RELATIONS_REHOUSE_H

#include "world/world.h"

/* "not before it is told": lettable_month of a home that is kept for somebody or under works. */
enum { WKS_RELATIONS_REHOUSE_NEVER = WKS_NEVER_MONTH };

/** An order: stage ORDERED, no dwellings yet. Its number is row + 1; its key follows from the event (0: the yearly rate) and how many of that event
 *  came before it. O(projects). */
wks_status wks_relations_rehouse_order(wks_world *world, wks_project_kind kind, uint64_t event, int32_t n_wanted, int32_t *out_row,
                                       wks_err *err);
/** A dwelling (social, one unit, no project under way) gets notice for a project: no new lettings (demolition: to_demolish; renovation: works
 *  announced), and its household a case, with a right to return if told. Ledger: displaced. */
wks_status wks_relations_rehouse_notice(wks_world *world, int32_t project_row, int32_t dwelling_row, bool has_right, wks_err *err);

/** A household with an open case goes to a vacant unit for the time being. `keeps_contract` (renovation): its own unit stays empty for it, at
 *  the same rent; else (demolition) the contract there ends. Rent there is at most what it paid. No move in the sense of the ledger; state
 *  WISSELWONING. Ledger: wisselwoning_in. */
void wks_relations_rehouse_away(wks_world *world, int32_t household_row, int32_t unit_row, bool keeps_contract);
/** Back to the unit it kept the contract of; the wisselwoning is lettable from next month. Case settled: RENOVATED. Ledger: wisselwoning_out. */
void wks_relations_rehouse_back(wks_world *world, int32_t household_row);
/** The wisselwoning becomes its home. Case settled by where that is. */
void wks_relations_rehouse_stay(wks_world *world, int32_t household_row);
/** Case settled without a move: renovated around it. */
void wks_relations_rehouse_renovated(wks_world *world, int32_t household_row);
/** The right of a case ends as told (not OPEN or OFFERED) or is offered; the household lets go of a case that nothing holds it to. */
void wks_relations_rehouse_right(wks_world *world, int32_t displaced_row, wks_displaced_right right);

/** Row of the household of a case that is held; -1 when it is not. */
int32_t wks_relations_rehouse_household(const wks_world *world, int32_t displaced_row);

/* For the files of relations: what happened to a household, told before its links change further. */
/** It took a unit for good: the contract elsewhere ends, the case is settled, and a right is used when the unit is one of the new homes. */
void wks_relations_rehouse_moved(wks_world *world, int32_t household_row);
/** It lost its home (UNHOUSED) or ends (JOINED another in `buurt_row`, LEFT, DISSOLVED). */
void wks_relations_rehouse_gone(wks_world *world, int32_t household_row, wks_displaced_state state, int32_t buurt_row);
/** `to_row` takes over home and contract of `from_row`, and its case with them. */
void wks_relations_rehouse_hand_over(wks_world *world, int32_t from_row, int32_t to_row);

#endif
