/* Who is drawn: the largest lots among many. */
#ifndef WKS_QUEUE_PICK_H
#define WKS_QUEUE_PICK_H

#include <stdint.h>

/** Marks the m largest of lot[0..n) with 1 in chosen[0..n), the others with 0; of equal lots the first in the array goes first. All when m >= n.
 *  `scratch` has room for n and is overwritten. O(n) on average. */
void wks_pick_largest(const uint64_t *lot, int32_t n, int32_t m, uint64_t *scratch, uint8_t *chosen);

#endif
