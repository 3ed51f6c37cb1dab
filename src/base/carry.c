#include "base/carry.h"

#include "base/mem.h"
#include "base/text.h"

wks_status wks_carry_status(const wks_carry *carry, wks_err *err)
{
    return carry->in != NULL ? wks_bytes_reader_status(carry->in, err) : wks_bytes_status(carry->out, err);
}

bool wks_carry_failed(const wks_carry *carry)
{
    return carry->in != NULL ? wks_bytes_reader_failed(carry->in) : carry->out->failed;
}

bool wks_carry_must(wks_carry *carry, bool holds, const char *what)
{
    if (carry->in == NULL) return !carry->out->failed;
    if (!holds) wks_bytes_reader_fail(carry->in, what);
    return !wks_bytes_reader_failed(carry->in);
}

void wks_carry_tag(wks_carry *carry, const char *name)
{
    const uint64_t expected = wks_text_hash(name);

    if (carry->in == NULL)
        wks_bytes_put_u64(carry->out, expected);
    else
        wks_carry_must(carry, wks_bytes_get_u64(carry->in) == expected, name);
}

void wks_carry_same(wks_carry *carry, int64_t value, const char *what)
{
    if (carry->in == NULL)
        wks_bytes_put_i64(carry->out, value);
    else
        wks_carry_must(carry, wks_bytes_get_i64(carry->in) == value, what);
}

void wks_carry_numbers(wks_carry *carry, void *data, size_t n, size_t size)
{
    if (carry->in == NULL)
        wks_bytes_put_numbers(carry->out, data, n, size);
    else
        wks_bytes_get_numbers(carry->in, data, n, size);
}

void wks_carry_u8(wks_carry *carry, uint8_t *value)
{
    wks_carry_numbers(carry, value, 1, sizeof *value);
}

void wks_carry_bool(wks_carry *carry, bool *value)
{
    uint8_t byte = *value ? 1 : 0;

    wks_carry_u8(carry, &byte);
    if (wks_carry_must(carry, byte <= 1, "a yes or no that is neither")) *value = byte != 0;
}

void wks_carry_i32(wks_carry *carry, int32_t *value)
{
    wks_carry_numbers(carry, value, 1, sizeof *value);
}

void wks_carry_i64(wks_carry *carry, int64_t *value)
{
    wks_carry_numbers(carry, value, 1, sizeof *value);
}

void wks_carry_double(wks_carry *carry, double *value)
{
    wks_carry_numbers(carry, value, 1, sizeof *value);
}

void wks_carry_count(wks_carry *carry, int32_t *n, size_t least)
{
    if (carry->in == NULL)
        wks_bytes_put_i32(carry->out, *n);
    else
        *n = wks_bytes_get_count(carry->in, least);
}

void *wks_carry_room(wks_carry *carry, void *data, size_t have, size_t n, size_t size)
{
    void *grown;

    if (carry->in == NULL || n <= have || wks_carry_failed(carry)) return data;
    grown = wks_mem_resize(data, have, n, size);
    if (grown == NULL) carry->in->no_memory = true;
    return grown == NULL ? data : grown;
}
