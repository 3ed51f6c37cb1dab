/* What a process gets: the world, the scenario's settings of this moment, the year's law, the rule sets' memory, reusable buffers.
 * Order of the tick and what each process may write: docs/odd.md. A process never includes another process. */
#ifndef WKS_PROCESS_TICK_H
#define WKS_PROCESS_TICK_H

#include <stdbool.h>
#include <stddef.h>

#include "rules/round.h"
#include "scenario/law.h"
#include "scenario/scenario.h"
#include "world/world.h"

enum { WKS_TICK_BUFFERS = 50 };

typedef struct wks_tick {
    wks_world *world;
    const wks_scenario *scenario;
    wks_settings *process; /* this replication's own copy, in order of the catalogue; timeline events change it */
    bool *is_enabled;
    wks_law law;      /* of this calendar year */
    double law_index; /* yearly growth of limits beyond the last known year */
    wks_round *round;
    void *buffer[WKS_TICK_BUFFERS];
    size_t buffer_bytes[WKS_TICK_BUFFERS];
} wks_tick;

/** wks_spec.implementation of a process. `start` prepares derived state at tick 0 once (may be NULL); `run` does one tick. */
typedef struct wks_process {
    wks_status (*run)(wks_tick *tick, const wks_settings *settings, wks_err *err);
    wks_status (*start)(wks_tick *tick, const wks_settings *settings, wks_err *err);
} wks_process;

/** A buffer that lives until rows are put in order, once a year, and grows; contents undefined. Slots: one enum in tick.c's list, by process. NULL: no memory. */
void *wks_tick_buffer(wks_tick *tick, int32_t slot, size_t n, size_t size);
void wks_tick_free(wks_tick *tick);

/** Whether a process is switched on this month. `start` is called for all, so that one that is switched on later has what it is measured against. */
bool wks_tick_is_on(const wks_tick *tick, const wks_spec *spec);

#endif
