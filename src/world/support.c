#include "world/support.h"

#include <string.h>

#include "world/named.h"

enum { K = WKS_SUPPORT_N_KINDS };

const char *const wks_support_kind_name[K + 1] = {WKS_SUPPORT_KINDS(WKS_NAMED_TEXT) NULL};

int64_t *wks_support_buurt_asked(const wks_buurt_table *buurt, wks_support_kind kind)
{
    switch (kind) {
#define CASE(name, label_nl, label_en) \
    case WKS_SUPPORT_##name: return buurt->asked_##name;
        WKS_SUPPORT_KINDS(CASE)
#undef CASE
    case WKS_SUPPORT_N_KINDS: break;
    }
    return NULL;
}

int64_t *wks_support_buurt_staffed(const wks_buurt_table *buurt, wks_support_kind kind)
{
    switch (kind) {
#define CASE(name, label_nl, label_en) \
    case WKS_SUPPORT_##name: return buurt->staffed_##name;
        WKS_SUPPORT_KINDS(CASE)
#undef CASE
    case WKS_SUPPORT_N_KINDS: break;
    }
    return NULL;
}

void wks_support_clear_asked(wks_support *support, wks_buurt_table *buurt)
{
    memset(support->asked, 0, sizeof support->asked);
    for (int k = 0; k < K && buurt->base.n_rows > 0; k++)
        memset(wks_support_buurt_asked(buurt, (wks_support_kind)k), 0, (size_t)buurt->base.n_rows * sizeof(int64_t));
}

void wks_support_ask(wks_support *support, wks_buurt_table *buurt, wks_support_kind kind, int64_t tenths, const uint8_t *is_here)
{
    int64_t all = 0, before = 0;
    int32_t first = WKS_NONE;

    if (is_here == NULL) {
        support->asked[kind] += tenths;
        return;
    }
    for (int32_t b = buurt->base.n_rows; b-- > 0;) {
        if (!is_here[b]) continue;
        first = b;
        all += buurt->n_households[b];
    }
    if (first == WKS_NONE) return;
    int64_t *asked = wks_support_buurt_asked(buurt, kind);
    if (all == 0) asked[first] += tenths;
    for (int32_t b = first; b < buurt->base.n_rows && all > 0; b++) {
        if (!is_here[b]) continue;
        const int64_t until = before + buurt->n_households[b];
        asked[b] += tenths * until / all - tenths * before / all; /* cut by households: the parts add up to the whole */
        before = until;
    }
}

int64_t wks_support_staffed(const wks_support *support, const wks_buurt_table *buurt, wks_support_kind kind)
{
    const int64_t *here = wks_support_buurt_staffed(buurt, kind);
    int64_t sum = support->staffed[kind];

    for (int32_t b = 0; b < buurt->base.n_rows; b++)
        sum += here[b];
    return sum;
}

int64_t wks_support_asked(const wks_support *support, const wks_buurt_table *buurt, wks_support_kind kind)
{
    const int64_t *here = wks_support_buurt_asked(buurt, kind);
    int64_t sum = support->base[kind] + support->asked[kind];

    for (int32_t b = 0; b < buurt->base.n_rows; b++)
        sum += here[b];
    return sum;
}

int64_t wks_support_used(const wks_support *support)
{
    int64_t sum = 0;

    for (int k = 0; k < K; k++)
        sum += support->used[k];
    return sum;
}

uint64_t wks_support_hash(const wks_support *support, uint64_t hash)
{
    for (int k = 0; k < K; k++) {
        hash = wks_columns_mix(hash, (uint64_t)support->base[k]);
        hash = wks_columns_mix(hash, (uint64_t)support->asked[k]);
        hash = wks_columns_mix(hash, (uint64_t)support->staffed[k]);
        hash = wks_columns_mix(hash, (uint64_t)support->used[k]);
        hash = wks_columns_mix(hash, (uint64_t)support->signalling[k]);
    }
    hash = wks_columns_mix(hash, (uint64_t)support->n_cases);
    hash = wks_columns_mix(hash, (uint64_t)support->n_waiting);
    hash = wks_columns_mix(hash, (uint64_t)support->waited_months);
    return wks_columns_mix(hash, (uint64_t)(uint32_t)support->month);
}
