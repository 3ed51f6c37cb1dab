/* Attributes whose values are whole numbers of 0 to 255, a byte a household for rows that lie behind each other: what a predicate of one attribute needs
 * to be looked up in a table instead of computed. */
#ifndef WKS_WORLD_ATTRIBUTE_BYTES_H
#define WKS_WORLD_ATTRIBUTE_BYTES_H

#include "world/attribute.h"

enum { WKS_ATTRIBUTE_BYTES_VALUES = 256 };

/** Values of rows begin .. begin + n - 1, of freed rows anything. False: a household has one below 0 or above 255, nothing may be used. O(n). */
typedef bool wks_attribute_bytes_load(const wks_world *world, int32_t begin, int32_t n, uint8_t *out);

/** The loader of an attribute (index in wks_attribute_table); NULL: it has other values, or needs more than columns of the household. */
wks_attribute_bytes_load *wks_attribute_bytes_of(int32_t attribute);

#endif
