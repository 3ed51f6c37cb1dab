/* Process departures: contracts that end, with the study or with care. See docs/odd.md, section departures. */
#ifndef WKS_PROCESS_DEPARTURES_CONTRACT_H
#define WKS_PROCESS_DEPARTURES_CONTRACT_H

#include "process/departures_state.h"

/** What this month brings to the contract of a housed household. Reads its own row only. */
wks_departures_event wks_departures_contract_event(const wks_world *world, const double *p, int32_t household_row);
/** Carries out WKS_DEPARTURES_CARE_BEGINS, _OWN and _ENDS. Ledger: care_contracts, _own, _ended. */
wks_status wks_departures_contract_apply(wks_world *world, const double *p, wks_departures_event event, int32_t household_row,
                                         wks_err *err);

#endif
