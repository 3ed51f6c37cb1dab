/* The end of a month of allocation under a rule set that asks something of applicants: points, and registrations that end. Part of process allocation. */
#ifndef WKS_PROCESS_ALLOCATION_CONDUCT_H
#define WKS_PROCESS_ALLOCATION_CONDUCT_H

#include "process/tick.h"

/** Points of every registration, and the end of those that are dormant for too long or not paid for. Does nothing under a rule set without parts of kind
 *  conduct. Parallel; registrations end in order of key. O(households + registrations). */
wks_status wks_allocation_conduct_month(wks_tick *tick, wks_err *err);

#endif
