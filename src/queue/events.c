#include "queue/events.h"

#include <stdlib.h>

#include "base/mem.h"

void wks_events_free(wks_events *events)
{
    free(events->item);
    *events = (wks_events){0};
}

void wks_events_carry(wks_events *events, int32_t n_slots, wks_carry *carry)
{
    int32_t n = events->n;

    wks_carry_count(carry, &n, sizeof(double) + sizeof(uint64_t) + 2 * sizeof(int32_t));
    events->item = wks_carry_room(carry, events->item, (size_t)events->capacity, (size_t)n, sizeof *events->item);
    if (wks_carry_failed(carry)) return;
    if (events->capacity < n) events->capacity = n;
    events->n = n;
    for (int32_t i = 0; i < n; i++) {
        wks_events_item *item = &events->item[i];
        wks_carry_double(carry, &item->time);
        WKS_CARRY_FIELD(carry, item->number);
        wks_carry_i32(carry, &item->slot);
        wks_carry_i32(carry, &item->kind);
        const bool is_slot = item->slot >= (item->kind == WKS_EVENTS_LEAVES ? 0 : -1) && item->slot < n_slots;
        wks_carry_must(carry, is_slot && (item->kind == WKS_EVENTS_LEAVES || item->kind == WKS_EVENTS_FREED) && item->time >= 0,
                       "an event that cannot be");
    }
}

static bool is_before(const wks_events_item *a, const wks_events_item *b)
{
    if (a->time < b->time || a->time > b->time) return a->time < b->time;
    if (a->number != b->number) return a->number < b->number;
    return a->kind < b->kind;
}

wks_status wks_events_add(wks_events *events, wks_events_item item, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t at = events->n;

    if (events->n == events->capacity) {
        const size_t larger = wks_mem_capacity((size_t)events->capacity, (size_t)events->n + 1);
        wks_events_item *grown = wks_mem_resize(events->item, (size_t)events->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu events", larger);
        events->item = grown;
        events->capacity = (int32_t)larger;
    }
    events->n++;
    for (; at > 0 && is_before(&item, &events->item[(at - 1) / 2]); at = (at - 1) / 2)
        events->item[at] = events->item[(at - 1) / 2];
    events->item[at] = item;
out:
    return rc;
}

wks_events_item wks_events_take(wks_events *events)
{
    WKS_BUG_IF(events->n == 0);
    const wks_events_item first = events->item[0], moving = events->item[--events->n];
    int32_t at = 0;

    for (;;) {
        int32_t child = 2 * at + 1;
        if (child >= events->n) break;
        if (child + 1 < events->n && is_before(&events->item[child + 1], &events->item[child])) child++;
        if (!is_before(&events->item[child], &moving)) break;
        events->item[at] = events->item[child];
        at = child;
    }
    if (events->n > 0) events->item[at] = moving;
    return first;
}
