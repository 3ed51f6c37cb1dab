#include "import/year.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"

enum { FIRST = 2013, LAST = 2099 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_dash(char c)
{
    return c == '-' || c == '_' || c == '.' || c == ' ';
}

/* Four digits at s that are a year and no part of a date or a longer number; `text` is where the text begins. */
static int32_t year_at(const char *text, const char *s)
{
    for (int i = 0; i < 4; i++)
        if (!is_digit(s[i])) return 0;
    if (is_digit(s[4]) || (s > text && is_digit(s[-1]))) return 0;
    bool is_date =
        is_dash(s[4]) && is_digit(s[5]) && is_digit(s[6]) && is_dash(s[7]) && is_digit(s[8]) && is_digit(s[9]) && !is_digit(s[10]);
    if (s - text >= 4 && is_dash(s[-1]) && is_digit(s[-2])) { /* 11-12-2025, 1-2-2025 */
        const char *month = s - 2;
        if (month > text && is_digit(month[-1])) month--;
        is_date = is_date || (s - month <= 3 && month > text + 1 && is_dash(month[-1]) && is_digit(month[-2]));
    }
    const int32_t year = (s[0] - '0') * 1000 + (s[1] - '0') * 100 + (s[2] - '0') * 10 + (s[3] - '0');
    return is_date || year < FIRST || year > LAST ? 0 : year;
}

static int32_t first_year(const char *text, const char *from)
{
    for (const char *s = from; *s != '\0'; s++) {
        const int32_t year = year_at(text, s);
        if (year != 0) return year;
    }
    return 0;
}

/* Where a word stands, case ignored; NULL if it does not. */
static const char *find_word(const char *text, const char *word)
{
    const size_t n = strlen(word);
    for (const char *s = text; *s != '\0'; s++) {
        size_t k = 0;
        while (k < n && (s[k] | 0x20) == word[k])
            k++;
        if (k == n) return s;
    }
    return NULL;
}

int32_t wks_year_in(const char *text)
{
    static const char *const words[] = {"kwb", "kerncijfers", "buurten"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        const char *at = find_word(text, words[i]);
        const int32_t year = at != NULL ? first_year(text, at) : 0;
        if (year != 0) return year;
    }
    return first_year(text, text);
}

int32_t wks_year_latest(const wks_sheet *sheet, int column)
{
    int32_t latest = 0;
    for (size_t row = 0; column >= 0 && row < sheet->n_rows; row++) {
        const int32_t year = wks_year_in(wks_sheet_cell(sheet, row, column));
        if (year > latest) latest = year;
    }
    return latest;
}

/* The year whose country has as many inhabitants as the row of the Netherlands, 0 if none. */
static int32_t year_of_country(const wks_sheet *sheet, int persons, int area)
{
    static const double country[] = {16779575, 16829289, 16900726, 16979120, 17081507, 17181084, 17282163,
                                     17407585, 17475415, 17590672, 17811291, 17942942, 18044027}; /* CBS, 1 January 2013 and on */
    for (size_t row = 0; persons >= 0 && area >= 0 && row < sheet->n_rows; row++) {
        const char *name = wks_sheet_cell(sheet, row, area);
        double value;
        if (!wks_text_equal_nocase(name, "NL00") && !wks_text_equal_nocase(name, "NL01") && !wks_text_equal_nocase(name, "Nederland"))
            continue;
        if (wks_sheet_parse(wks_sheet_cell(sheet, row, persons), &value) != WKS_SHEET_NUMBER) continue;
        for (size_t k = 0; k < sizeof country / sizeof *country; k++)
            if (fabs(value - country[k]) < 0.5) return FIRST + (int32_t)k;
    }
    return 0;
}

int32_t wks_year_of(const wks_sheet *sheet, int32_t asked, int period, int persons, int area, const char **out_from, wks_problems *problems)
{
    const char *slash = strrchr(sheet->path, '/');
    const int32_t named = wks_year_in(slash != NULL ? slash + 1 : sheet->path), country = year_of_country(sheet, persons, area);
    int32_t year = wks_year_latest(sheet, period);
    *out_from = "column";
    if (year != 0) return year; /* the table itself knows best */
    *out_from = "inhabitants of the country";
    if (country != 0 && asked != 0 && asked != country)
        wks_problems_error(problems, sheet->path, 0, 0, "is of %d by the inhabitants of the Netherlands in it; expected no --year %d",
                           (int)country, (int)asked);
    if (country != 0 && asked == 0 && named != 0 && named != country)
        wks_problems_warning(problems, sheet->path, 0, 0,
                             "is of %d by the inhabitants of the Netherlands in it, not of %d as its name says", (int)country, (int)named);
    if (country != 0) return country;
    *out_from = "--year";
    if (asked != 0) return asked;
    *out_from = "file name";
    if (named != 0) return named;
    year = wks_year_in(sheet->name);
    *out_from = year != 0 ? "sheet name" : "";
    return year;
}
