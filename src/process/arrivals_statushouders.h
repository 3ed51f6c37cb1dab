/* Process arrivals: statushouders by taakstelling. See docs/odd.md, section arrivals. */
#ifndef WKS_PROCESS_ARRIVALS_STATUSHOUDERS_H
#define WKS_PROCESS_ARRIVALS_STATUSHOUDERS_H

#include "process/arrivals_state.h"

/** Who comes to COA for this city this month. Writes world.taakstelling_owed and _backlog. Ledger: taakstelling_arrears. */
wks_status wks_arrivals_statushouders_run(wks_tick *tick, const wks_settings *settings, wks_err *err);

#endif
