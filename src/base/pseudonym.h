/* Pseudonyms: numbers of dwellings and people as keyed hashes (BLAKE2b with a random secret), so that the same number gives the same key
 * under one secret and nobody without it can tell whose key it is, not even by trying all numbers. */
#ifndef WKS_BASE_PSEUDONYM_H
#define WKS_BASE_PSEUDONYM_H

#include "base/problems.h"

enum { WKS_PSEUDONYM_SECRET_BYTES = 32, WKS_PSEUDONYM_DIGITS = 32 };

typedef struct wks_pseudonym {
    unsigned char secret[WKS_PSEUDONYM_SECRET_BYTES];
} wks_pseudonym;

/** A new random secret. */
wks_status wks_pseudonym_make(wks_pseudonym *out, wks_err *err);
/** Overwrites the secret in memory. */
void wks_pseudonym_forget(wks_pseudonym *secret);

/** Reads a secret as wks_pseudonym_save writes it. What is wrong with the file is a problem (WKS_ERR_DATA); that others may read it is a
 *  warning. */
wks_status wks_pseudonym_read(const char *path, wks_pseudonym *out, wks_problems *problems, wks_err *err);
/** Writes a new file that only its owner can read (mode 0600). WKS_ERR_IO when it exists or the disk refuses; then nothing is left. */
wks_status wks_pseudonym_save(const char *path, const wks_pseudonym *secret, wks_err *err);

/** The key of a number: WKS_PSEUDONYM_DIGITS hex digits (128 bits) and a NUL. `kind` ("dwelling", "seeker") keeps equal numbers of
 *  different things apart. */
void wks_pseudonym_key(const wks_pseudonym *secret, const char *kind, const char *number, char *out);

#endif
