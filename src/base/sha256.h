/* SHA-256 (FIPS 180-4), with the instructions of the processor for it where there are such. */
#ifndef WKS_BASE_SHA256_H
#define WKS_BASE_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WKS_SHA256_BYTES = 32, WKS_SHA256_BLOCK = 64 };

typedef struct wks_sha256 {
    bool is_fast; /* with those instructions */
    uint32_t state[8];
    uint64_t n;                     /* bytes so far */
    uint8_t rest[WKS_SHA256_BLOCK]; /* the last n % 64 of them */
} wks_sha256;

/** @param may_be_fast  false: without those instructions (tests) */
void wks_sha256_begin(wks_sha256 *self, bool may_be_fast);
void wks_sha256_add(wks_sha256 *self, const void *bytes, size_t n);
void wks_sha256_end(wks_sha256 *self, uint8_t out[WKS_SHA256_BYTES]);

#endif
