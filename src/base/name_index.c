#include "base/name_index.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "base/text.h"
#include "base/vector.h"

enum { NAME_INDEX_AHEAD = 16 };

struct wks_name_index_slot {
    uint32_t tag; /* of the hash: names are compared only where it is the same */
    int32_t row;  /* + 1; 0: empty */
};

void wks_name_index_free(wks_name_index *index)
{
    free(index->slot);
    *index = (wks_name_index){0};
}

typedef struct wks_name_index_work {
    char *const *name;
    uint64_t *hash;
} work;

static void hash_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const work *self = context;
    (void)block;
    for (int64_t i = begin; i < end; i++)
        self->hash[i] = wks_text_hash(self->name[i]);
}

/* The slot that holds the name, or the empty one where it would go. */
static struct wks_name_index_slot *seek(const wks_name_index *index, const char *name, uint64_t hash)
{
    const uint32_t tag = (uint32_t)(hash >> 32);
    size_t at = hash & (index->n_slots - 1);
    for (;; at = (at + 1) & (index->n_slots - 1)) {
        struct wks_name_index_slot *slot = &index->slot[at];
        if (slot->row == 0 || (slot->tag == tag && strcmp(index->name[slot->row - 1], name) == 0)) return slot;
    }
}

static void add_all(wks_name_index *index, const uint64_t *hash)
{
    for (size_t i = 0; i < index->n; i++) {
        if (i + NAME_INDEX_AHEAD < index->n) WKS_VECTOR_PREFETCH(&index->slot[hash[i + NAME_INDEX_AHEAD] & (index->n_slots - 1)]);
        struct wks_name_index_slot *slot = seek(index, index->name[i], hash[i]);
        if (slot->row != 0) {
            index->n_again++;
            continue;
        }
        *slot = (struct wks_name_index_slot){(uint32_t)(hash[i] >> 32), (int32_t)i + 1};
    }
}

wks_status wks_name_index_create(char *const *name, size_t n, int threads, wks_name_index *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    uint64_t *hash = NULL;

    *out = (wks_name_index){.name = name, .n = n, .n_slots = 16};
    WKS_BUG_IF(n >= INT32_MAX);
    while (out->n_slots < 2 * n)
        out->n_slots *= 2;
    out->slot = wks_mem_array(out->n_slots, sizeof *out->slot);
    hash = wks_mem_array(n, sizeof *hash);
    if (out->slot == NULL || hash == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an index of %zu names", n);
    wks_par_for((int64_t)n, 0, threads, hash_block, &(work){name, hash});
    add_all(out, hash);
out:
    free(hash);
    if (rc != WKS_OK) wks_name_index_free(out);
    return rc;
}

int64_t wks_name_index_find(const wks_name_index *index, const char *name)
{
    return (int64_t)seek(index, name, wks_text_hash(name))->row - 1;
}
