/* Process departures: hosts for who stays with others. For every guest a keyed point on a ring of 64-bit numbers, and on it all who may be hosts this
 * month, at a place that follows from their key. A guest's host is the first one from its point on: whoever moved in or out elsewhere changes few of them. */
#ifndef WKS_PROCESS_DEPARTURES_HOSTS_H
#define WKS_PROCESS_DEPARTURES_HOSTS_H

#include "process/tick.h"

typedef struct wks_departures_hosts_guest {
    uint64_t point, gap;
    int32_t row, host; /* row of the household that needs a host; host -1: nobody */
} wks_departures_hosts_guest;

/** Finds the hosts of n guests (point, row and host -1 given) and puts the list in order of row. Hosts are housed in homes of their own, with at most two
 *  guests and nothing else to do this month (flag 0). O(households + n log n). Parallel. */
wks_status wks_departures_hosts_find(wks_tick *tick, const uint8_t *flag, wks_departures_hosts_guest *item, int32_t n, wks_err *err);
/** Host of the guest in that row; the list as wks_departures_hosts_find leaves it. O(log n). */
int32_t wks_departures_hosts_of(const wks_departures_hosts_guest *list, int32_t n, int32_t row);

#endif
