/* Numbers and texts as bytes and back: little-endian, sizes before contents. A buffer that grows, and a reader that never goes beyond the end, whatever
 * stands in the bytes. Both remember their first failure, so that many calls need one look at the end. */
#ifndef WKS_BASE_BYTES_H
#define WKS_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** Takes bytes as they come. @return false: it could not, and why is its own business */
typedef bool wks_bytes_sink(const char *data, size_t n, void *context);

/** Begins as {0}: all is kept. As {.sink = ..., .sink_context = ...} at most WKS_BYTES_HELD of it is, and the rest goes on to the sink. */
typedef struct wks_bytes {
    char *data;
    size_t length, capacity;
    bool failed; /* there was no memory, or the sink took nothing more: what is put is lost */
    wks_bytes_sink *sink;
    void *sink_context;
} wks_bytes;
enum { WKS_BYTES_HELD = 1 << 18 };

void wks_bytes_free(wks_bytes *bytes);
/** Empty again; keeps the memory. */
void wks_bytes_clear(wks_bytes *bytes);
/** WKS_ERR_NOMEM when something put was lost. */
wks_status wks_bytes_status(const wks_bytes *bytes, wks_err *err);
/** Gives what is held to the sink. No effect without one. */
void wks_bytes_flush(wks_bytes *bytes);

void wks_bytes_put_u8(wks_bytes *bytes, uint8_t value);
void wks_bytes_put_i32(wks_bytes *bytes, int32_t value);
void wks_bytes_put_i64(wks_bytes *bytes, int64_t value);
void wks_bytes_put_u64(wks_bytes *bytes, uint64_t value);
/** Its bits: NaN and -0 come back as they were. */
void wks_bytes_put_double(wks_bytes *bytes, double value);
/** n bytes as they are, without their number. */
void wks_bytes_put_block(wks_bytes *bytes, const void *data, size_t n);
/** n numbers of 1, 2, 4 or 8 bytes each, without their number. */
void wks_bytes_put_numbers(wks_bytes *bytes, const void *data, size_t n, size_t size);
/** Its length, then its bytes; NULL as "". */
void wks_bytes_put_string(wks_bytes *bytes, const char *text);

/** Begins as {.data = ..., .length = ...}; borrows the bytes. */
typedef struct wks_bytes_reader {
    const char *data;
    size_t length, at;
    const char *wrong; /* what was wrong first; NULL: nothing. From then on everything reads as 0 */
    size_t wrong_at;
    bool no_memory;
} wks_bytes_reader;

static inline bool wks_bytes_reader_failed(const wks_bytes_reader *reader)
{
    return reader->wrong != NULL || reader->no_memory;
}
/** WKS_ERR_DATA with what is wrong and where, WKS_ERR_NOMEM, or WKS_OK. */
wks_status wks_bytes_reader_status(const wks_bytes_reader *reader, wks_err *err);
/** The bytes are not what they should be: `what` is a text that stays. The first counts. */
void wks_bytes_reader_fail(wks_bytes_reader *reader, const char *what);
/** WKS_ERR_DATA when something is left over, else as wks_bytes_reader_status. */
wks_status wks_bytes_reader_end(wks_bytes_reader *reader, wks_err *err);

uint8_t wks_bytes_get_u8(wks_bytes_reader *reader);
int32_t wks_bytes_get_i32(wks_bytes_reader *reader);
int64_t wks_bytes_get_i64(wks_bytes_reader *reader);
uint64_t wks_bytes_get_u64(wks_bytes_reader *reader);
double wks_bytes_get_double(wks_bytes_reader *reader);
/** The next n bytes, where they are; NULL when there are fewer. */
const char *wks_bytes_get_block(wks_bytes_reader *reader, size_t n);
/** n numbers of 1, 2, 4 or 8 bytes into data; left as they are when there are fewer. */
void wks_bytes_get_numbers(wks_bytes_reader *reader, void *data, size_t n, size_t size);
/** A number of things of at least `least` bytes each (1 or more) that follow: fails, as 0, when it is below 0 or they cannot all be there. */
int32_t wks_bytes_get_count(wks_bytes_reader *reader, size_t least);
/** A copy, to be freed; NULL after a failure, and when a byte of it is 0. */
char *wks_bytes_get_string(wks_bytes_reader *reader);

#endif
