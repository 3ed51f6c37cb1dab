#include "base/config_number.h"

/* The bytes from a number on. */
typedef struct bytes {
    const char *s;
    size_t n;
} bytes;

static int at(const bytes *in, size_t i)
{
    return i < in->n ? (unsigned char)in->s[i] : -1;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_sign(int c)
{
    return c == '-' || c == '+';
}

static int hex_value(int c)
{
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static size_t count_digits(const bytes *in, size_t from)
{
    size_t n = 0;
    while (is_digit(at(in, from + n)))
        n++;
    return n;
}

/* Length of 0x and its digits, 0 if there is none. */
static size_t hex_length(const bytes *in)
{
    if (at(in, 0) != '0' || (at(in, 1) != 'x' && at(in, 1) != 'X') || hex_value(at(in, 2)) < 0) return 0;
    size_t n = 3;
    while (hex_value(at(in, n)) >= 0)
        n++;
    return n;
}

/* Length of sign, digits, point and exponent, 0 without a digit. */
static size_t decimal_length(const bytes *in, bool *is_real)
{
    size_t n = is_sign(at(in, 0)) ? 1 : 0;
    size_t digits = count_digits(in, n);
    n += digits;
    if (at(in, n) == '.') {
        size_t behind = count_digits(in, n + 1);
        *is_real = true;
        digits += behind;
        n += 1 + behind;
    }
    if (digits == 0) return 0;
    if (at(in, n) == 'e' || at(in, n) == 'E') {
        size_t sign = is_sign(at(in, n + 1)) ? 1 : 0;
        size_t exponent = count_digits(in, n + 1 + sign);
        if (exponent > 0) {
            *is_real = true;
            n += 1 + sign + exponent;
        }
    }
    return n;
}

static bool hangs_on(const bytes *in, size_t n)
{
    int c = at(in, n);
    if (is_letter(c) || is_digit(c) || c == '_' || c == '.') return true;
    return is_sign(c) && (is_digit(at(in, n + 1)) || is_letter(at(in, n + 1)));
}

bool wks_config_number_find(const char *s, size_t n, wks_config_number *out)
{
    bytes in = {s, n};
    *out = (wks_config_number){.is_real = false};
    size_t length = hex_length(&in);
    out->is_hex = length > 0;
    if (!out->is_hex) length = decimal_length(&in, &out->is_real);
    if (length == 0) return false;
    if (!out->is_real && at(&in, length) == 'L') out->suffix = at(&in, length + 1) == 'L' ? 2 : 1;
    out->length = length + out->suffix;
    out->run = out->length;
    while (hangs_on(&in, out->run))
        out->run++;
    return true;
}

static bool read_hex(const char *s, size_t n, int64_t *out)
{
    uint64_t value = 0;
    for (size_t i = 2; i < n; i++) {
        if (value >> 59 != 0) return false; /* the next digit would pass 2^63 - 1 */
        value = value << 4 | (uint64_t)hex_value((unsigned char)s[i]);
    }
    *out = (int64_t)value;
    return true;
}

static bool read_decimal(const char *s, size_t n, int64_t *out)
{
    int64_t value = 0;
    bool negative = s[0] == '-';
    for (size_t i = is_sign((unsigned char)s[0]) ? 1 : 0; i < n; i++) {
        int64_t digit = negative ? '0' - s[i] : s[i] - '0';
        if (__builtin_mul_overflow(value, INT64_C(10), &value) || __builtin_add_overflow(value, digit, &value)) return false;
    }
    *out = value;
    return true;
}

bool wks_config_number_read(const char *text, const wks_config_number *number, int64_t *out)
{
    size_t n = number->length - number->suffix;
    return number->is_hex ? read_hex(text, n, out) : read_decimal(text, n, out);
}
