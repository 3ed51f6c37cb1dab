/* Which row has a name: an index over names that lie elsewhere. */
#ifndef WKS_BASE_NAME_INDEX_H
#define WKS_BASE_NAME_INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** Slots of open addressing, at most half full. */
typedef struct wks_name_index {
    char *const *name; /* n, not owned */
    size_t n, n_slots, n_again;
    struct wks_name_index_slot *slot;
} wks_name_index;

/** Of n names (fewer than 2^31), which must outlive the index. n_again: how many names stood there before. About 0.1 s for a million. WKS_ERR_NOMEM. */
wks_status wks_name_index_create(char *const *name, size_t n, int threads, wks_name_index *out, wks_err *err);
void wks_name_index_free(wks_name_index *index);
/** The first row with this name, or -1. */
int64_t wks_name_index_find(const wks_name_index *index, const char *name);

#endif
