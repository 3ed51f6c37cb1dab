/* Who an event is: draws and state refer to it by a key of its own, so that another event in the timeline changes nothing about it. */
#ifndef WKS_SCENARIO_EVENT_KEY_H
#define WKS_SCENARIO_EVENT_KEY_H

#include "scenario/scenario.h"

/** Key of an event by what it is; `name` "" without one. Two events are the same when they are of one kind and have one name; without a name: one month, the same areas and groups and the
 *  same words (`kind`, `label`, `tenure`). Amounts and their end do not count: an event with other amounts draws the same lots, so that scenarios
 *  which differ in amounts are compared pairwise. */
uint64_t wks_event_key_of(const wks_event *event, const char *name);
/** Makes the keys of a timeline differ: the second of two events that are the same gets another one than the first, and so on. Then none is 0 or
 *  UINT64_MAX. O(events^2). */
void wks_event_key_part(wks_event *event, int32_t n);
/** The event with that key, NULL: none. O(events). */
const wks_event *wks_event_key_find(const wks_scenario *scenario, uint64_t key);

#endif
