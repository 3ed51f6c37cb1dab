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

wks_status wks_letting_pass(wks_letting_log *log, wks_letting_passed **out, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (log->n_passed == log->passed_capacity) {
        const size_t capacity = wks_mem_capacity((size_t)log->passed_capacity, (size_t)log->n_passed + 1);
        wks_letting_passed *grown = wks_mem_resize(log->passed, (size_t)log->passed_capacity, capacity, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu households passed over", capacity);
        log->passed = grown;
        log->passed_capacity = (int32_t)capacity;
    }
    log->passed[log->n_passed] = (wks_letting_passed){0};
    *out = &log->passed[log->n_passed++];
out:
    return rc;
}

void wks_letting_free(wks_letting_log *log)
{
    free(log->item);
    free(log->passed);
    *log = (wks_letting_log){0};
}
