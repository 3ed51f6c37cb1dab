#include "import/own_value.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2100, MAX_CELL = 64 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits at *at as a number; how many they were. */
static int take_number(const char **at, int32_t *out)
{
    int n = 0;

    *out = 0;
    while (is_digit(**at) && n < 9) {
        *out = *out * 10 + (**at - '0');
        (*at)++;
        n++;
    }
    return n;
}

static int32_t days_of(int32_t year, int32_t month)
{
    static const int32_t days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return days[month - 1] + (month == 2 && is_leap);
}

static bool put_date(int32_t year, int32_t month, int32_t day, int32_t *out_month, int32_t *out_day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 || day > days_of(year, month)) return false;
    *out_month = year * 12 + month - 1;
    *out_day = day;
    return true;
}

/* Nothing, or a time: " 00:00:00", "T12:30:00+01:00", "T00:00:00Z". */
static bool is_time(const char *at)
{
    if (*at == '\0') return true;
    if (*at != ' ' && *at != 'T') return false;
    return strspn(at + 1, "0123456789:.+-Z ") == strlen(at + 1);
}

static int32_t month_name(const char **at)
{
    static const char *const name[] = {"januari", "jan",     "februari", "feb", "maart",    "mrt", "mar",      "april", "apr",
                                       "mei",     "may",     "juni",     "jun", "juli",     "jul", "augustus", "aug",   "september",
                                       "sep",     "oktober", "okt",      "oct", "november", "nov", "december", "dec"};
    static const int32_t month[] = {1, 1, 2, 2, 3, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 10, 11, 11, 12, 12};
    char word[12] = "";
    size_t n = 0;

    for (; ((**at >= 'a' && **at <= 'z') || (**at >= 'A' && **at <= 'Z')) && n < sizeof word - 1; (*at)++)
        word[n++] = **at;
    for (size_t i = 0; n > 0 && i < sizeof name / sizeof *name; i++) {
        if (wks_text_equal_nocase(word, name[i])) return month[i];
    }
    return 0;
}

/* Days since 1899-12-30, as workbooks count. */
static bool from_serial(int32_t serial, int32_t *out_month, int32_t *out_day)
{
    int32_t year = 1900, month = 1, day = serial - 1; /* serial 2 is 1900-01-01 in that count */

    if (serial < 367 || serial > 73415) return false; /* 1901 to 2100 */
    day--;
    while (day >= 365 + (days_of(year, 2) == 29)) {
        day -= 365 + (days_of(year, 2) == 29);
        year++;
    }
    while (day >= days_of(year, month)) {
        day -= days_of(year, month);
        month++;
    }
    return put_date(year, month, day + 1, out_month, out_day);
}

bool wks_own_value_date(const char *cell, int32_t *out_month, int32_t *out_day)
{
    const char *at = cell;
    int32_t first, second, third;
    const int n_first = take_number(&at, &first);

    if (n_first == 0) return false;
    if (n_first == 8 && is_time(at)) return put_date(first / 10000, first / 100 % 100, first % 100, out_month, out_day);
    if (n_first >= 3 && n_first <= 5 && (*at == '\0' || (*at == '.' && strspn(at + 1, "0123456789") == strlen(at + 1)))) {
        return n_first == 5 && from_serial(first, out_month, out_day);
    }
    const char separator = *at;
    if (separator != '-' && separator != '/' && separator != '.' && separator != ' ') return false;
    at++;
    if (*at == ' ') at++;
    if (!is_digit(*at)) {
        second = month_name(&at);
        if (second == 0) return false;
        if (*at == '.') at++;
    } else if (take_number(&at, &second) > 2) {
        return false;
    }
    if (*at != separator) return false;
    at++;
    const int n_third = take_number(&at, &third);
    if (!is_time(at)) return false;
    if (n_first == 4 && n_third >= 1 && n_third <= 2) return put_date(first, second, third, out_month, out_day);
    return n_first <= 2 && n_third == 4 && put_date(third, second, first, out_month, out_day);
}

bool wks_own_value_year(const char *cell, int32_t *out_year)
{
    const char *at = cell;
    const int n = take_number(&at, out_year);

    return n == 4 && (*at == '\0' || strcmp(at, ".0") == 0) && *out_year >= FIRST_YEAR && *out_year <= LAST_YEAR;
}

/* The cell without blanks, euro signs and ",-"; false if it is too long. */
static bool strip(const char *cell, char *out)
{
    size_t n = 0;

    for (const char *s = cell; *s != '\0'; s++) {
        if (*s == ' ' || *s == '\t') continue;
        if ((unsigned char)s[0] == 0xC2 && (unsigned char)s[1] == 0xA0) { /* blank that does not break */
            s++;
            continue;
        }
        if ((unsigned char)s[0] == 0xE2 && (unsigned char)s[1] == 0x82 && (unsigned char)s[2] == 0xAC) { /* euro sign */
            s += 2;
            continue;
        }
        if ((s[0] == 'E' || s[0] == 'e') && (s[1] == 'U' || s[1] == 'u') && (s[2] == 'R' || s[2] == 'r')) {
            s += 2;
            continue;
        }
        if (n == MAX_CELL - 1) return false;
        out[n++] = *s;
    }
    if (n >= 2 && out[n - 1] == '-' && (out[n - 2] == ',' || out[n - 2] == '.')) n -= 2;
    out[n] = '\0';
    return n > 0;
}

/* Points or commas that divide thousands: groups of three digits behind each. */
static bool drop_thousands(char *text, char divider)
{
    size_t n = 0;
    bool any = false;

    for (const char *s = text; *s != '\0'; s++) {
        if (*s != divider) {
            text[n++] = *s;
            continue;
        }
        if (!(is_digit(s[1]) && is_digit(s[2]) && is_digit(s[3]) && !is_digit(s[4])) || (s == text)) return false;
        any = true;
    }
    text[n] = '\0';
    return any;
}

bool wks_own_value_number(const char *cell, bool is_point_decimal, double *out)
{
    char text[MAX_CELL];

    if (!strip(cell, text)) return false;
    char *comma = strrchr(text, ','), *point = strrchr(text, '.');
    if (comma != NULL && point != NULL) {
        if (!drop_thousands(text, comma > point ? '.' : ',')) return false;
    } else if (point != NULL) {
        const bool is_one = strchr(text, '.') == point, has_three = strlen(point + 1) == 3;
        if ((!is_one || (has_three && !is_point_decimal)) && !drop_thousands(text, '.')) return false;
    }
    comma = strchr(text, ',');
    if (comma != NULL) *comma = '.';
    if (strchr(text, ',') != NULL || strspn(text, "+-.0123456789eE") != strlen(text)) return false;
    return wks_text_parse_double(text, out) && isfinite(*out);
}

bool wks_own_value_buurt(const char *cell, char *out)
{
    const bool has_prefix = (cell[0] == 'B' || cell[0] == 'b') && (cell[1] == 'U' || cell[1] == 'u');
    const char *digits = has_prefix ? cell + 2 : cell;
    size_t n = 0;

    while ((digits[n] >= '0' && digits[n] <= '9') ||
           (has_prefix && ((digits[n] >= 'A' && digits[n] <= 'Z') || (digits[n] >= 'a' && digits[n] <= 'z'))))
        n++;
    if (digits[n] != '\0' || n > 8 || n < (has_prefix ? 8u : 7u)) return false;
    memcpy(out, "BU00000000", 11);
    for (size_t i = 0; i < n; i++) {
        const char c = digits[i];
        out[2 + 8 - n + i] = c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
    }
    return true;
}

bool wks_own_value_postcode(const char *cell, char *out)
{
    size_t n = 0;

    for (const char *s = cell; *s != '\0'; s++) {
        if (*s == ' ') continue;
        const char c = *s >= 'a' && *s <= 'z' ? (char)(*s - 'a' + 'A') : *s;
        if (n >= 6 || (n < 4 ? !is_digit(c) : !(c >= 'A' && c <= 'Z'))) return false;
        out[n++] = c;
    }
    out[n] = '\0';
    return (n == 4 || n == 6) && out[0] != '0';
}

bool wks_own_value_is_bsn(const char *cell)
{
    int32_t sum = 0;
    size_t n = strlen(cell);

    if ((n != 9 && n != 8) || strspn(cell, "0123456789") != n) return false;
    for (size_t i = 0; i < n; i++) {
        const int32_t weight = (int32_t)(n - i);
        sum += (cell[i] - '0') * (weight == 1 ? -1 : weight);
    }
    return sum != 0 && sum % 11 == 0;
}
