/* Process arrivals: statushouders, from the queue at COA by taakstelling to the city, and their families. See docs/odd.md, section arrivals.
 *
 * Who gets a permit waits at COA (place coa, without referral). In a half-year the city owes its part of the taakstelling, and what it did not house of
 * earlier half-years; COA links who waited longest to the city (referral statushouder, linked_month) until so many persons are linked. Linked
 * households can be proposed a home; those not housed stay linked, and are arrears from the next half-year on. A child born at COA after the link is
 * owed a home too; who dies is not. The family of a single statushouder follows to where he lives, and counts for the taakstelling. */
#ifndef WKS_PROCESS_ARRIVALS_STATUSHOUDERS_H
#define WKS_PROCESS_ARRIVALS_STATUSHOUDERS_H

#include "process/arrivals_state.h"

/** Persons to be housed nationally in the half-year of a month: the published number where there is one (law_statute.h), else `taakstelling`. 0 when
 *  `taakstelling` is 0. */
double wks_arrivals_statushouders_national(const wks_settings *settings, int32_t month);
/** Tick 0: who is at COA was not linked yet, but for the share `coa_linked` of the persons, those who waited longest, who are arrears of an earlier
 *  half-year. Families that will follow are drawn. Nothing when `taakstelling` is 0. O(households). */
wks_status wks_arrivals_statushouders_start(wks_tick *tick, const wks_settings *settings, wks_err *err);
/** New permits, links and reunion of this month. Writes world.taakstelling_owed, _backlog and coa_due. Ledger: taakstelling_arrears,
 *  statushouders_joined, persons_arrived, households_arrived. O(households). */
wks_status wks_arrivals_statushouders_run(wks_tick *tick, const wks_settings *settings, wks_err *err);

#endif
