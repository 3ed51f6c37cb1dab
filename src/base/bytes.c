#include "base/bytes.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
enum { IS_LITTLE = 1 };
#else
enum { IS_LITTLE = 0 };
#endif

/* ---- writing ---------------------------------------------------------------------------------------------------------------------- */

void wks_bytes_free(wks_bytes *bytes)
{
    free(bytes->data);
    *bytes = (wks_bytes){0};
}

void wks_bytes_clear(wks_bytes *bytes)
{
    bytes->length = 0;
    bytes->failed = false;
}

wks_status wks_bytes_status(const wks_bytes *bytes, wks_err *err)
{
    if (bytes->failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for more than %zu bytes of state", bytes->length);
    return WKS_OK;
}

void wks_bytes_flush(wks_bytes *bytes)
{
    if (bytes->sink == NULL || bytes->failed || bytes->length == 0) return;
    bytes->failed = !bytes->sink(bytes->data, bytes->length, bytes->sink_context);
    bytes->length = 0;
}

/* Room for n more; grows by half. */
static char *room(wks_bytes *bytes, size_t n)
{
    if (bytes->sink != NULL && bytes->length + n > WKS_BYTES_HELD) wks_bytes_flush(bytes);
    if (bytes->failed) return NULL;
    if (n > SIZE_MAX / 4 - bytes->length) {
        bytes->failed = true;
        return NULL;
    }
    if (bytes->length + n > bytes->capacity) {
        const size_t capacity = wks_mem_capacity(bytes->capacity, bytes->length + n);
        char *grown = wks_mem_resize(bytes->data, capacity, capacity, 1); /* nothing reads what is not put: no zeros needed */
        if (grown == NULL) {
            bytes->failed = true;
            return NULL;
        }
        bytes->data = grown;
        bytes->capacity = capacity;
    }
    bytes->length += n;
    return bytes->data + bytes->length - n;
}

/* As numbers of `size` bytes stand in memory from or to little-endian. */
static void in_order(char *to, const char *from, size_t n, size_t size)
{
    if (IS_LITTLE || size == 1) {
        memcpy(to, from, n * size);
        return;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t b = 0; b < size; b++)
            to[i * size + b] = from[i * size + size - 1 - b];
}

static void put_some(wks_bytes *bytes, const char *data, size_t n, size_t size)
{
    char *to = n == 0 ? NULL : room(bytes, n * size);

    if (to != NULL) in_order(to, data, n, size);
}

void wks_bytes_put_numbers(wks_bytes *bytes, const void *data, size_t n, size_t size)
{
    WKS_BUG_IF(size == 0 || n > SIZE_MAX / size);
    const size_t most = bytes->sink == NULL ? n : WKS_BYTES_HELD / size; /* no more at once than may be held */
    for (size_t at = 0; at < n; at += most)
        put_some(bytes, (const char *)data + at * size, n - at < most ? n - at : most, size);
}

void wks_bytes_put_block(wks_bytes *bytes, const void *data, size_t n)
{
    wks_bytes_put_numbers(bytes, data, n, 1);
}

void wks_bytes_put_u8(wks_bytes *bytes, uint8_t value)
{
    wks_bytes_put_numbers(bytes, &value, 1, sizeof value);
}

void wks_bytes_put_i32(wks_bytes *bytes, int32_t value)
{
    wks_bytes_put_numbers(bytes, &value, 1, sizeof value);
}

void wks_bytes_put_i64(wks_bytes *bytes, int64_t value)
{
    wks_bytes_put_numbers(bytes, &value, 1, sizeof value);
}

void wks_bytes_put_u64(wks_bytes *bytes, uint64_t value)
{
    wks_bytes_put_numbers(bytes, &value, 1, sizeof value);
}

void wks_bytes_put_double(wks_bytes *bytes, double value)
{
    wks_bytes_put_numbers(bytes, &value, 1, sizeof value);
}

void wks_bytes_put_string(wks_bytes *bytes, const char *text)
{
    const size_t n = text == NULL ? 0 : strlen(text);

    WKS_BUG_IF(n > INT32_MAX);
    wks_bytes_put_i32(bytes, (int32_t)n);
    wks_bytes_put_block(bytes, text, n);
}

/* ---- reading ---------------------------------------------------------------------------------------------------------------------- */

wks_status wks_bytes_reader_status(const wks_bytes_reader *reader, wks_err *err)
{
    if (reader->no_memory) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a state of %zu bytes", reader->length);
    if (reader->wrong != NULL) return wks_err_set(err, WKS_ERR_DATA, "state, byte %zu: %s", reader->wrong_at, reader->wrong);
    return WKS_OK;
}

void wks_bytes_reader_fail(wks_bytes_reader *reader, const char *what)
{
    if (wks_bytes_reader_failed(reader)) return;
    reader->wrong = what;
    reader->wrong_at = reader->at;
}

wks_status wks_bytes_reader_end(wks_bytes_reader *reader, wks_err *err)
{
    if (reader->at < reader->length) wks_bytes_reader_fail(reader, "something follows after its end");
    return wks_bytes_reader_status(reader, err);
}

const char *wks_bytes_get_block(wks_bytes_reader *reader, size_t n)
{
    if (wks_bytes_reader_failed(reader)) return NULL;
    if (n > reader->length - reader->at) {
        wks_bytes_reader_fail(reader, "it ends too early");
        return NULL;
    }
    reader->at += n;
    return reader->data + (reader->at - n);
}

void wks_bytes_get_numbers(wks_bytes_reader *reader, void *data, size_t n, size_t size)
{
    const char *from;

    if (n == 0) return;
    from = wks_bytes_get_block(reader, n > SIZE_MAX / size ? SIZE_MAX : n * size);
    if (from != NULL) in_order(data, from, n, size);
}

uint8_t wks_bytes_get_u8(wks_bytes_reader *reader)
{
    uint8_t value = 0;

    wks_bytes_get_numbers(reader, &value, 1, sizeof value);
    return value;
}

int32_t wks_bytes_get_i32(wks_bytes_reader *reader)
{
    int32_t value = 0;

    wks_bytes_get_numbers(reader, &value, 1, sizeof value);
    return value;
}

int64_t wks_bytes_get_i64(wks_bytes_reader *reader)
{
    int64_t value = 0;

    wks_bytes_get_numbers(reader, &value, 1, sizeof value);
    return value;
}

uint64_t wks_bytes_get_u64(wks_bytes_reader *reader)
{
    uint64_t value = 0;

    wks_bytes_get_numbers(reader, &value, 1, sizeof value);
    return value;
}

double wks_bytes_get_double(wks_bytes_reader *reader)
{
    double value = 0;

    wks_bytes_get_numbers(reader, &value, 1, sizeof value);
    return value;
}

int32_t wks_bytes_get_count(wks_bytes_reader *reader, size_t least)
{
    const size_t before = reader->at;
    const int32_t n = wks_bytes_get_i32(reader);

    if (n >= 0 && (size_t)n <= (reader->length - reader->at) / least) return n;
    reader->at = before;
    wks_bytes_reader_fail(reader, "a number of things that are not there");
    return 0;
}

char *wks_bytes_get_string(wks_bytes_reader *reader)
{
    const int32_t n = wks_bytes_get_count(reader, 1);
    const char *from = wks_bytes_get_block(reader, (size_t)n);
    char *text;

    if (from == NULL) return NULL;
    if (n > 0 && memchr(from, 0, (size_t)n) != NULL) {
        wks_bytes_reader_fail(reader, "a text with a zero in it");
        return NULL;
    }
    text = wks_mem_array((size_t)n + 1, 1);
    if (text == NULL) {
        reader->no_memory = true;
        return NULL;
    }
    if (n > 0) memcpy(text, from, (size_t)n);
    return text;
}
