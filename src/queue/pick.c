#include "queue/pick.h"

#include <string.h>

/* The value at place k (from 0) when sorted from large to small (Hoare 1961). */
static uint64_t at_place(uint64_t *value, int32_t n, int32_t k)
{
    int32_t low = 0, high = n - 1;

    while (low < high) {
        const uint64_t pivot = value[low + (high - low) / 2];
        int32_t i = low, j = high;
        while (i <= j) {
            while (value[i] > pivot)
                i++;
            while (value[j] < pivot)
                j--;
            if (i > j) break;
            const uint64_t swapped = value[i];
            value[i++] = value[j];
            value[j--] = swapped;
        }
        if (k <= j) {
            high = j;
        } else if (k >= i) {
            low = i;
        } else {
            break;
        }
    }
    return value[k];
}

void wks_pick_largest(const uint64_t *lot, int32_t n, int32_t m, uint64_t *scratch, uint8_t *chosen)
{
    int32_t n_left = m;

    if (n <= 0) return;
    if (m <= 0 || m >= n) {
        memset(chosen, m > 0, (size_t)n);
        return;
    }
    memcpy(scratch, lot, (size_t)n * sizeof *lot);
    const uint64_t last = at_place(scratch, n, m - 1);
    for (int32_t i = 0; i < n; i++) {
        chosen[i] = lot[i] > last;
        n_left -= chosen[i];
    }
    for (int32_t i = 0; i < n && n_left > 0; i++) {
        if (lot[i] != last) continue;
        chosen[i] = 1;
        n_left--;
    }
}
