/* What is to happen, in order of time: a binary heap. */
#ifndef WKS_QUEUE_EVENTS_H
#define WKS_QUEUE_EVENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/carry.h"

typedef enum wks_events_kind { WKS_EVENTS_FREED, WKS_EVENTS_LEAVES } wks_events_kind;

typedef struct wks_events_item {
    double time;
    uint64_t number; /* of the person; orders events of the same time */
    int32_t slot, kind;
} wks_events_item;

typedef struct wks_events {
    wks_events_item *item;
    int32_t n, capacity;
} wks_events;

void wks_events_free(wks_events *events);
/** Carries the heap over as it is. @param n_slots  slots that events may name */
void wks_events_carry(wks_events *events, int32_t n_slots, wks_carry *carry);
/** O(log n). WKS_ERR_NOMEM. */
wks_status wks_events_add(wks_events *events, wks_events_item item, wks_err *err);
/** Takes out the first by time, then number, then kind. The heap may not be empty. O(log n). */
wks_events_item wks_events_take(wks_events *events);

#endif
