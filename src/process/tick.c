#include "process/tick.h"

#include <stdlib.h>

void *wks_tick_buffer(wks_tick *tick, int32_t slot, size_t n, size_t size)
{
    const size_t bytes = (n == 0 ? 1 : n) * size;

    WKS_BUG_IF(slot < 0 || slot >= WKS_TICK_BUFFERS);
    if (tick->buffer_bytes[slot] < bytes) {
        const size_t larger = bytes + bytes / 4 + 64;
        free(tick->buffer[slot]);
        tick->buffer[slot] = malloc(larger);
        tick->buffer_bytes[slot] = tick->buffer[slot] == NULL ? 0 : larger;
    }
    return tick->buffer[slot];
}

void wks_tick_free(wks_tick *tick)
{
    for (int32_t i = 0; i < WKS_TICK_BUFFERS; i++) {
        free(tick->buffer[i]);
        tick->buffer[i] = NULL;
        tick->buffer_bytes[i] = 0;
    }
}

bool wks_tick_is_on(const wks_tick *tick, const wks_spec *spec)
{
    for (int32_t i = 0; i < tick->scenario->n_processes; i++) {
        if (tick->process[i].spec == spec) return tick->is_enabled[i];
    }
    return false;
}
