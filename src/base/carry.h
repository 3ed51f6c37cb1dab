/* State carried over: one list of fields that writes and reads, so that the two can never differ. A struct that lives from tick to tick has one function
 *     wks_status wks_<file>_carry(<struct> *self, wks_carry *carry, wks_err *err)
 * that names each field once. Every call does nothing after a failure; wks_carry_status at the end tells. Read values are as wrong as the bytes:
 * what is used as a size, row or case is checked with wks_carry_must. */
#ifndef WKS_BASE_CARRY_H
#define WKS_BASE_CARRY_H

#include "base/bytes.h"

/** One of the two: bytes to write to, or a reader. */
typedef struct wks_carry {
    wks_bytes *out;
    wks_bytes_reader *in;
} wks_carry;

static inline bool wks_carry_reads(const wks_carry *carry)
{
    return carry->in != NULL;
}
wks_status wks_carry_status(const wks_carry *carry, wks_err *err);
bool wks_carry_failed(const wks_carry *carry);

/** A name that must be read again: tells parts of a state from each other. `name` is a text that stays. */
void wks_carry_tag(wks_carry *carry, const char *name);
/** When reading: the bytes are wrong if not `holds`; `what` is a text that stays. Returns whether nothing failed so far. */
bool wks_carry_must(wks_carry *carry, bool holds, const char *what);
/** A number that is the same when it is read: the shape of what follows. `what` says what differs if it is not. */
void wks_carry_same(wks_carry *carry, int64_t value, const char *what);

void wks_carry_u8(wks_carry *carry, uint8_t *value);
void wks_carry_bool(wks_carry *carry, bool *value);
void wks_carry_i32(wks_carry *carry, int32_t *value);
void wks_carry_i64(wks_carry *carry, int64_t *value);
void wks_carry_double(wks_carry *carry, double *value);
/** n numbers of `size` bytes each where they are: an array of fixed size, or one whose size both sides know. */
void wks_carry_numbers(wks_carry *carry, void *data, size_t n, size_t size);
/** A number of things that follow, each of at least `least` bytes: from 0, and when read no more than can be there. */
void wks_carry_count(wks_carry *carry, int32_t *n, size_t least);
/** The array to use for `n` elements: when reading more than `have` it is grown (zeros behind), else as it is. NULL only when there never was one. */
void *wks_carry_room(wks_carry *carry, void *data, size_t have, size_t n, size_t size);
/** The array `data`, which has room for *capacity elements, as n numbers of `size` bytes each; grown when read. */
#define WKS_CARRY_ARRAY(carry, array, n, capacity)                                                       \
    do {                                                                                                 \
        (array) = wks_carry_room((carry), (array), (size_t)(capacity), (size_t)(n), sizeof *(array));    \
        if (!wks_carry_failed(carry) && (capacity) < (n)) (capacity) = (n);                              \
        if (!wks_carry_failed(carry)) wks_carry_numbers((carry), (array), (size_t)(n), sizeof *(array)); \
    } while (0)
/* One field of a struct that is a number of 1, 2, 4 or 8 bytes, or an array of these. */
#define WKS_CARRY_FIELD(carry, field)       wks_carry_numbers((carry), &(field), 1, sizeof(field))
#define WKS_CARRY_FIELDS(carry, array)      wks_carry_numbers((carry), (array), sizeof(array) / sizeof *(array), sizeof *(array))
/* An array of more dimensions, whose elements are of that type. */
#define WKS_CARRY_TABLE(carry, array, type) wks_carry_numbers((carry), (array), sizeof(array) / sizeof(type), sizeof(type))

#endif
