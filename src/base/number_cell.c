#include "base/number_cell.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* Digits that no double can tell apart from fewer: longer texts are no numbers here. */
enum { CELL_LONGEST = 1023, CELL_EXACT_DIGITS = 19, CELL_EXACT_DECIMALS = 22 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits with a point in them: mantissa and power of ten are exact doubles, so one division rounds correctly. False: not so simple. */
static bool read_plain(const char *text, size_t n, double *out)
{
    static const double ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    uint64_t mantissa = 0;
    size_t i = n > 0 && text[0] == '-' ? 1 : 0, n_digits = 0, n_decimals = 0;
    const bool negative = i == 1;
    bool behind_point = false;

    if (n - i > CELL_EXACT_DIGITS) return false;
    for (; i < n; i++) {
        if (is_digit(text[i])) {
            mantissa = mantissa * 10 + (uint64_t)(text[i] - '0');
            n_digits++;
            n_decimals += behind_point;
        } else if (text[i] == '.' && !behind_point) {
            behind_point = true;
        } else {
            return false;
        }
    }
    if (n_digits == 0 || mantissa > UINT64_C(1) << 53) return false;
    const double value = (double)mantissa / ten[n_decimals];
    *out = negative && mantissa != 0 ? -value : value;
    return true;
}

bool wks_number_cell_read(const char *text, size_t n, double *out)
{
    char copy[CELL_LONGEST + 1];

    if (read_plain(text, n, out)) return true;
    if (n == 0 || n > CELL_LONGEST) return false;
    memcpy(copy, text, n);
    copy[n] = '\0';
    if (strlen(copy) != n || !wks_text_parse_double(copy, out)) return false;
    if (*out == 0) *out = 0; /* no -0 */
    return true;
}

static bool is_decimal_comma(const char *text, size_t n)
{
    size_t n_commas = 0;
    for (size_t i = 0; i < n; i++) {
        if (text[i] == ',') {
            n_commas++;
        } else if (!is_digit(text[i]) && !(i == 0 && (text[i] == '-' || text[i] == '+'))) {
            return false;
        }
    }
    return n_commas == 1 && n > 1;
}

/* Written as a number, but beyond what a double holds. */
static bool is_too_large(const char *text, size_t n)
{
    char copy[CELL_LONGEST + 1];
    char *end = NULL;

    if (n == 0 || n > CELL_LONGEST) return false;
    for (size_t i = 0; i < n; i++)
        if (!is_digit(text[i]) && (text[i] == '\0' || strchr("+-.eE", text[i]) == NULL)) return false;
    memcpy(copy, text, n);
    copy[n] = '\0';
    return isinf(strtod(copy, &end)) && *end == '\0';
}

const char *wks_number_cell_wrong(const char *text, size_t n, double low, double high)
{
    double value = 0;

    if (n == 0) return "is empty";
    if (wks_number_cell_read(text, n, &value)) return value < low ? "is too small" : value > high ? "is too large" : "is not expected";
    if (is_decimal_comma(text, n)) return "has a decimal comma, not a point";
    if (is_too_large(text, n)) return "is too large for a number";
    return "is not a number";
}
