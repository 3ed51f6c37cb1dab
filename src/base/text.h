/* Text: growing strings, numbers without locale, nearest names, stable hashes. */
#ifndef WKS_BASE_TEXT_H
#define WKS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** A growing string; `data` is always terminated once something was added. A failed growth sets `failed` and later adds do nothing. */
typedef struct wks_text {
    char *data;
    size_t length, capacity;
    bool failed;
} wks_text;

#define WKS_TEXT_INIT ((wks_text){NULL, 0, 0, false})

void wks_text_free(wks_text *text);
void wks_text_clear(wks_text *text);
void wks_text_add(wks_text *text, const char *s);
void wks_text_add_bytes(wks_text *text, const char *s, size_t n);
void wks_text_add_char(wks_text *text, char c);
void wks_text_addf(wks_text *text, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 2, 3)))
#endif
    ;

/** The one routine that prints numbers in results: at most 10 significant digits, '.' decimal, no locale, "-0" is "0",
 *  integers below 1e15 with all digits; NaN gives an empty string, infinity "inf". `buffer` needs 32 bytes. Returns buffer. */
char *wks_text_number(double value, char *buffer);
/** The same, added to a text. */
void wks_text_add_number(wks_text *text, double value);
/** A whole number with all its digits. As "%lld", much faster. */
void wks_text_add_integer(wks_text *text, int64_t value);
/** A number with `decimals` (0 to 4) digits behind the point. The same text as "%.*f", much faster: a float times 10^4 is exact in a double,
 *  so rounding it to even is what printf does. */
void wks_text_add_fixed(wks_text *text, float value, int decimals);
/** The shortest of 15, 16 or 17 significant digits that reads back to the same double; NaN gives an empty string. 32 bytes. */
char *wks_text_exact(double value, char *buffer);
/** 16 hex digits, the written form of a key. `buffer` needs 17 bytes. */
char *wks_text_key(uint64_t key, char *buffer);
/** Reads a key as written by wks_text_key. */
bool wks_text_parse_key(const char *s, uint64_t *out);

/** Whole string as a finite number with '.' decimal (surrounding blanks allowed); false otherwise (also "1,5", "nan", "0x1"). No locale. */
bool wks_text_parse_double(const char *s, double *out);
bool wks_text_parse_int64(const char *s, int64_t *out);

/** "2025-01" <-> month number year*12 + (month-1), years 0000-9999. `buffer` needs 8 bytes; a month outside (as WKS_NONE) gives "". */
bool wks_text_parse_month(const char *s, int32_t *out_month);
char *wks_text_month(int32_t month, char *buffer);

/** The candidate with the smallest edit distance to `name` (case-insensitive; swapped neighbours count once; ties: the first), or NULL if
 *  none is near (distance > 1/2 of the length of name rounded up, at most 4). */
const char *wks_text_nearest(const char *name, const char *const *candidates, size_t n);
/** The same with candidates at most `furthest` edits away. */
const char *wks_text_nearest_within(const char *name, int furthest, const char *const *candidates, size_t n);

/** Stable 64-bit hash of a string (FNV-1a then mixed); never depends on the machine. For keys of named things. */
uint64_t wks_text_hash(const char *s);

/** Strict UTF-8: no overlong forms, surrogates or code points above 10FFFF. */
bool wks_text_is_utf8(const char *s, size_t n);
/** Number of leading bytes that are valid UTF-8 (n if all are): where the first bad byte stands. */
size_t wks_text_utf8_prefix(const char *s, size_t n);
/** Trims ASCII blanks at both ends in place; returns the start. */
char *wks_text_trim(char *s);
/** Copies into `size` bytes (at least 1), cut short where it does not fit. */
void wks_text_fit(char *out, size_t size, const char *text);
bool wks_text_equal_nocase(const char *a, const char *b);

#endif
