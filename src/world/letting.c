#include "world/letting.h"

#include <stdlib.h>

#include "base/mem.h"

const char *const wks_letting_reason_name[WKS_N_LETTING_REASONS] = {"ranked", "direct", "reserved"};

const char *const wks_letting_refusal_name[WKS_N_LETTING_REFUSALS] = {"price", "size",   "leefbaarheid", "distance",
                                                                      "taste", "better", "no_show"};

wks_status wks_letting_add(wks_letting_log *log, wks_letting **out, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (log->n == log->capacity) {
        const size_t capacity = wks_mem_capacity((size_t)log->capacity, (size_t)log->n + 1);
        wks_letting *grown = wks_mem_resize(log->item, (size_t)log->capacity, capacity, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu lettings", capacity);
        log->item = grown;
        log->capacity = (int32_t)capacity;
    }
    log->item[log->n] = (wks_letting){0};
    *out = &log->item[log->n++];
out:
    return rc;
}

void wks_letting_free(wks_letting_log *log)
{
    free(log->item);
    *log = (wks_letting_log){0};
}
