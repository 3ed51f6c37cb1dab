#include "base/text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"

enum {
    TEXT_NUMBER_SIZE = 32,
    TEXT_NUMBER_DIGITS = 10,
    TEXT_NEAREST_LONGEST = 96, /* longer names are never corrected */
    TEXT_NEAREST_FURTHEST = 4
};

/* ---- growing strings ---- */

void wks_text_free(wks_text *text)
{
    free(text->data);
    *text = WKS_TEXT_INIT;
}

void wks_text_clear(wks_text *text)
{
    text->length = 0;
    text->failed = false;
    if (text->data != NULL) text->data[0] = '\0';
}

/* Room for n more bytes and the terminator, where there is none yet. */
static bool text_grow(wks_text *text, size_t n)
{
    if (text->failed) return false;
    if (n > SIZE_MAX - 1 - text->length) {
        text->failed = true;
        return false;
    }
    size_t needed = text->length + n + 1;
    if (needed <= text->capacity) return true;
    size_t capacity = wks_mem_capacity(text->capacity, needed);
    char *data = wks_mem_resize(text->data, capacity, capacity, 1); /* old_n = n: the tail need not be zeroed */
    if (data == NULL) {
        text->failed = true;
        return false;
    }
    text->data = data;
    text->capacity = capacity;
    return true;
}

static inline bool text_reserve(wks_text *text, size_t n)
{
    return (n < text->capacity - text->length && !text->failed) || text_grow(text, n); /* length is never above capacity */
}

void wks_text_add_bytes(wks_text *text, const char *s, size_t n)
{
    if (!text_reserve(text, n)) return;
    if (n > 0) memcpy(text->data + text->length, s, n);
    text->length += n;
    text->data[text->length] = '\0';
}

void wks_text_add(wks_text *text, const char *s)
{
    wks_text_add_bytes(text, s, strlen(s));
}

void wks_text_add_char(wks_text *text, char c)
{
    if (!text_reserve(text, 1)) return;
    text->data[text->length++] = c;
    text->data[text->length] = '\0';
}

void wks_text_addf(wks_text *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (n < 0) {
        text->failed = true;
        return;
    }
    if (!text_reserve(text, (size_t)n)) return;
    va_start(arguments, format);
    (void)vsnprintf(text->data + text->length, (size_t)n + 1, format, arguments);
    va_end(arguments);
    text->length += (size_t)n;
}

/* ---- numbers out ---- */

static const char two_digits[] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657585960"
    "616263646566676869707172737475767778798081828384858687888990919293949596979899";

/* Writes the digits of `rest` so that they end before `end`; returns where they begin. Two at a time: half as many divisions. */
static char *print_digits(uint64_t rest, char *end)
{
    while (rest >= 100) {
        end -= 2;
        memcpy(end, two_digits + 2 * (rest % 100), 2);
        rest /= 100;
    }
    if (rest >= 10) {
        end -= 2;
        memcpy(end, two_digits + 2 * rest, 2);
        return end;
    }
    *--end = (char)('0' + (int)rest);
    return end;
}

/* Returns the length. */
static size_t print_integer(int64_t value, char *buffer)
{
    char digits[24];
    char *const end = digits + sizeof digits, *begin = print_digits(value < 0 ? 0 - (uint64_t)value : (uint64_t)value, end);

    if (value < 0) *--begin = '-';
    const size_t n = (size_t)(end - begin);
    memcpy(buffer, begin, n);
    buffer[n] = '\0';
    return n;
}

void wks_text_add_integer(wks_text *text, int64_t value)
{
    char buffer[TEXT_NUMBER_SIZE];

    wks_text_add_bytes(text, buffer, print_integer(value, buffer));
}

void wks_text_add_fixed(wks_text *text, float value, int decimals)
{
    static const int64_t ten[] = {1, 10, 100, 1000, 10000};
    char buffer[TEXT_NUMBER_SIZE];

    WKS_BUG_IF(decimals < 0 || decimals > 4);
    const double scaled = fabs((double)value) * (double)ten[decimals];
    if (!(scaled < 0x1p53)) { /* also NaN */
        wks_text_addf(text, "%.*f", decimals, (double)value);
        return;
    }
    const int64_t all = (int64_t)rint(scaled);
    if (signbit(value)) wks_text_add_char(text, '-');
    wks_text_add_bytes(text, buffer, print_integer(all / ten[decimals], buffer));
    if (decimals == 0) return;
    const size_t length = print_integer(ten[decimals] + all % ten[decimals], buffer);
    buffer[0] = '.';
    wks_text_add_bytes(text, buffer, length);
}

/* Ten digits of a number between 1e-4 and 1e10, eight times as fast as snprintf and always the same text: scaling to a whole number of ten
 * digits rounds once (error below 2e-6), so only when the rest lies that close to a half snprintf must decide. Returns the length; 0: not done. */
static size_t print_short(double value, char *buffer)
{
    static const double ten[] = {1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13};
    double size = fabs(value);
    if (!(size >= 1e-4 && size < 1e10)) return 0;
    int exponent = size < 1.0 ? -4 : 0;
    while (size >= ten[exponent + 5])
        exponent++;
    double scaled = size * ten[TEXT_NUMBER_DIGITS - 1 - exponent + 4];
    uint64_t whole = (uint64_t)scaled;
    double rest = scaled - (double)whole;
    if (fabs(rest - 0.5) < 1e-4) return 0;
    if (rest > 0.5) whole++;
    if (whole < UINT64_C(1000000000) || whole >= UINT64_C(10000000000)) return 0;
    char digit[TEXT_NUMBER_DIGITS];
    (void)print_digits(whole, digit + TEXT_NUMBER_DIGITS);
    int n = TEXT_NUMBER_DIGITS;
    while (digit[n - 1] == '0')
        n--;
    char *out = buffer;
    if (value < 0) *out++ = '-';
    for (int i = exponent < 0 ? exponent : 0; i < n || i <= exponent; i++) {
        *out++ = i >= 0 && i < n ? digit[i] : '0';
        if (i == exponent && n > i + 1) *out++ = '.';
    }
    *out = '\0';
    return (size_t)(out - buffer);
}

/* Returns the length. */
static size_t print_number(double value, char *buffer)
{
    if (isnan(value)) {
        buffer[0] = '\0';
        return 0;
    }
    if (fabs(value) < 1e15 && value == (double)(int64_t)value) return print_integer((int64_t)value, buffer); /* also turns -0 into 0 */
    const size_t n = print_short(value, buffer);
    return n > 0 ? n : (size_t)snprintf(buffer, TEXT_NUMBER_SIZE, "%.*g", (int)TEXT_NUMBER_DIGITS, value);
}

char *wks_text_number(double value, char *buffer)
{
    (void)print_number(value, buffer);
    return buffer;
}

void wks_text_add_number(wks_text *text, double value)
{
    if (text_reserve(text, TEXT_NUMBER_SIZE)) text->length += print_number(value, text->data + text->length);
}

char *wks_text_exact(double value, char *buffer)
{
    if (isnan(value)) {
        buffer[0] = '\0';
        return buffer;
    }
    for (int digits = 15; digits <= 17; digits++) {
        (void)snprintf(buffer, TEXT_NUMBER_SIZE, "%.*g", digits, value);
        double back = 0;
        if (wks_text_parse_double(buffer, &back) && back == value) break;
    }
    return buffer;
}

char *wks_text_key(uint64_t key, char *buffer)
{
    static const char hex[] = "0123456789abcdef";
    for (int i = 0; i < 16; i++)
        buffer[i] = hex[(key >> (60 - 4 * i)) & 15U];
    buffer[16] = '\0';
    return buffer;
}

/* ---- numbers in ---- */

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

bool wks_text_parse_key(const char *s, uint64_t *out)
{
    uint64_t key = 0;
    for (int i = 0; i < 16; i++) {
        int digit = hex_digit(s[i]); /* the terminator is no digit, so a short string stops here */
        if (digit < 0) return false;
        key = key << 4 | (uint64_t)digit;
    }
    if (s[16] != '\0') return false;
    *out = key;
    return true;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *skip_blanks(const char *s)
{
    while (is_blank(*s))
        s++;
    return s;
}

/* The parts of a decimal number as written. */
typedef struct decimal {
    bool negative;
    uint64_t mantissa; /* first 19 digits */
    int n_digits;      /* significant digits in all */
    int exponent;      /* of ten, for the mantissa */
    const char *end;
} decimal;

static bool scan_digits(const char **s, decimal *number, bool behind_point)
{
    bool any = false;
    for (; is_digit(**s); (*s)++) {
        any = true;
        if (number->n_digits < 19) {
            number->mantissa = number->mantissa * 10 + (uint64_t)(**s - '0');
            if (number->mantissa != 0) number->n_digits++;
            if (behind_point && number->exponent > -100000) number->exponent--;
        } else {
            number->n_digits = 20; /* too many for the exact way */
            if (!behind_point && number->exponent < 100000) number->exponent++;
        }
    }
    return any;
}

static bool scan_exponent(const char **s, decimal *number)
{
    const char *at = *s + 1;
    bool negative = *at == '-';
    if (*at == '-' || *at == '+') at++;
    if (!is_digit(*at)) return false;
    int exponent = 0;
    for (; is_digit(*at); at++) {
        if (exponent < 100000) exponent = exponent * 10 + (*at - '0');
    }
    number->exponent += negative ? -exponent : exponent;
    *s = at;
    return true;
}

static bool scan_decimal(const char *s, decimal *out)
{
    decimal number = {.negative = *s == '-'};
    if (*s == '-' || *s == '+') s++;
    bool digits = scan_digits(&s, &number, false);
    if (*s == '.') {
        s++;
        if (scan_digits(&s, &number, true)) digits = true;
    }
    if (!digits) return false;
    if ((*s == 'e' || *s == 'E') && !scan_exponent(&s, &number)) return false;
    number.end = s;
    *out = number;
    return true;
}

bool wks_text_parse_double(const char *s, double *out)
{
    static const double ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const char *start = skip_blanks(s);
    decimal number;
    if (!scan_decimal(start, &number)) return false;
    if (*skip_blanks(number.end) != '\0') return false;
    double value = 0;
    if (number.mantissa == 0) {
        value = number.negative ? -0.0 : 0.0;
    } else if (number.mantissa < (UINT64_C(1) << 53) && number.n_digits <= 19 && abs(number.exponent) <= 22) {
        /* Both numbers are exact doubles, so one operation rounds correctly. */
        value = (double)number.mantissa;
        value = number.exponent < 0 ? value / ten[-number.exponent] : value * ten[number.exponent];
        if (number.negative) value = -value;
    } else {
        char *end = NULL;
        value = strtod(start, &end);
        if (end != number.end || !isfinite(value)) return false;
    }
    *out = value;
    return true;
}

bool wks_text_parse_int64(const char *s, int64_t *out)
{
    s = skip_blanks(s);
    bool negative = *s == '-';
    if (*s == '-' || *s == '+') s++;
    if (!is_digit(*s)) return false;
    int64_t value = 0;
    for (; is_digit(*s); s++) {
        int digit = negative ? -(*s - '0') : *s - '0';
        if (__builtin_mul_overflow(value, INT64_C(10), &value) || __builtin_add_overflow(value, (int64_t)digit, &value)) return false;
    }
    if (*skip_blanks(s) != '\0') return false;
    *out = value;
    return true;
}

/* ---- months ---- */

bool wks_text_parse_month(const char *s, int32_t *out_month)
{
    for (int i = 0; i < 7; i++) {
        if (i == 4 ? s[i] != '-' : !is_digit(s[i])) return false;
    }
    if (s[7] != '\0') return false;
    int32_t year = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 + (s[3] - '0');
    int32_t month = (s[5] - '0') * 10 + (s[6] - '0');
    if (month < 1 || month > 12) return false;
    *out_month = year * 12 + (month - 1);
    return true;
}

char *wks_text_month(int32_t month, char *buffer)
{
    buffer[0] = '\0';
    if (month < 0 || month >= 10000 * 12) return buffer;
    int32_t year = wks_month_year(month);
    int32_t number = wks_month_of_year(month) + 1;
    for (int i = 3; i >= 0; i--, year /= 10)
        buffer[i] = (char)('0' + year % 10);
    buffer[4] = '-';
    buffer[5] = (char)('0' + number / 10);
    buffer[6] = (char)('0' + number % 10);
    buffer[7] = '\0';
    return buffer;
}

/* ---- names ---- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static int smallest(int a, int b)
{
    return a < b ? a : b;
}

/* Edit distance where swapping two neighbours counts once (optimal string alignment), by three rows of the table. */
static int edit_distance(const char *a, size_t n_a, const char *b, size_t n_b)
{
    int row[3][TEXT_NEAREST_LONGEST + 1];
    for (size_t j = 0; j <= n_b; j++)
        row[0][j] = (int)j;
    for (size_t i = 1; i <= n_a; i++) {
        int *now = row[i % 3];
        const int *before = row[(i + 2) % 3];
        const int *earlier = row[(i + 1) % 3];
        now[0] = (int)i;
        for (size_t j = 1; j <= n_b; j++) {
            char x = lower(a[i - 1]);
            char y = lower(b[j - 1]);
            int best = smallest(before[j] + 1, now[j - 1] + 1);
            best = smallest(best, before[j - 1] + (x != y));
            if (i > 1 && j > 1 && x == lower(b[j - 2]) && lower(a[i - 2]) == y) best = smallest(best, earlier[j - 2] + 1);
            now[j] = best;
        }
    }
    return row[n_a % 3][n_b];
}

const char *wks_text_nearest(const char *name, const char *const *candidates, size_t n)
{
    size_t length = strlen(name);
    if (length > TEXT_NEAREST_LONGEST) return NULL;
    return wks_text_nearest_within(name, smallest((int)((length + 1) / 2), TEXT_NEAREST_FURTHEST), candidates, n);
}

const char *wks_text_nearest_within(const char *name, int furthest, const char *const *candidates, size_t n)
{
    size_t length = strlen(name);
    if (length == 0 || length > TEXT_NEAREST_LONGEST) return NULL;
    int best = furthest + 1;
    const char *nearest = NULL;
    for (size_t i = 0; i < n; i++) {
        size_t other = strlen(candidates[i]);
        if (other > TEXT_NEAREST_LONGEST) continue;
        int distance = edit_distance(name, length, candidates[i], other);
        if (distance < best) {
            best = distance;
            nearest = candidates[i];
        }
    }
    return nearest;
}

uint64_t wks_text_hash(const char *s)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a, 64 bit */
    for (; *s != '\0'; s++)
        hash = (hash ^ (uint64_t)(unsigned char)*s) * UINT64_C(0x100000001b3);
    /* Finalizer of SplitMix64, so that short names differ in all bits. */
    hash = (hash ^ (hash >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    hash = (hash ^ (hash >> 27)) * UINT64_C(0x94d049bb133111eb);
    return hash ^ (hash >> 31);
}

/* Length of the UTF-8 character at s (n bytes left), 0 if there is none: no overlong forms, surrogates or code points above 10FFFF. */
static size_t utf8_length(const unsigned char *s, size_t n)
{
    if (s[0] < 0x80) return 1;
    size_t length = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
    if (s[0] < 0xC2 || s[0] > 0xF4 || length > n) return 0;
    for (size_t i = 1; i < length; i++) {
        if ((s[i] & 0xC0) != 0x80) return 0;
    }
    if (s[0] == 0xE0 && s[1] < 0xA0) return 0;
    if (s[0] == 0xED && s[1] > 0x9F) return 0;
    if (s[0] == 0xF0 && s[1] < 0x90) return 0;
    if (s[0] == 0xF4 && s[1] > 0x8F) return 0;
    return length;
}

size_t wks_text_utf8_prefix(const char *s, size_t n)
{
    const unsigned char *bytes = (const unsigned char *)s;
    size_t at = 0;
    while (at < n) {
        uint64_t eight = 0;
        if (n - at >= sizeof eight) { /* most text is ASCII: eight bytes at once */
            memcpy(&eight, bytes + at, sizeof eight);
            if ((eight & UINT64_C(0x8080808080808080)) == 0) {
                at += sizeof eight;
                continue;
            }
        }
        size_t length = utf8_length(bytes + at, n - at);
        if (length == 0) break;
        at += length;
    }
    return at;
}

bool wks_text_is_utf8(const char *s, size_t n)
{
    return wks_text_utf8_prefix(s, n) == n;
}

char *wks_text_trim(char *s)
{
    while (is_blank(*s))
        s++;
    size_t n = strlen(s);
    while (n > 0 && is_blank(s[n - 1]))
        n--;
    s[n] = '\0';
    return s;
}

void wks_text_fit(char *out, size_t size, const char *text)
{
    const size_t n = strlen(text);
    const size_t kept = n < size ? n : size - 1;

    memcpy(out, text, kept);
    out[kept] = '\0';
}

bool wks_text_equal_nocase(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b)) {
        a++;
        b++;
    }
    return lower(*a) == lower(*b);
}
