#include "report/notation.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char *const month_names[2][12] = {
    {"januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"},
    {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
};

static const struct unit_words {
    const char *unit, *nl, *en;
} unit_words[] = {
    {"-", "", ""},
    {"share", "", ""},
    {"share/yr", "", ""},
    {"index", "", ""},
    {"months", "maanden", "months"},
    {"month", "maanden", "months"},
    {"years", "jaar", "years"},
    {"households", "huishoudens", "households"},
    {"persons", "personen", "persons"},
    {"dwellings", "woningen", "dwellings"},
    {"units", "wooneenheden", "units"},
    {"lettings", "verhuringen", "lettings"},
    {"moves", "verhuizingen", "moves"},
    {"reactions", "reacties", "reactions"},
    {"moves/yr", "verhuizingen per jaar", "moves a year"},
    {"lettings/yr", "verhuringen per jaar", "lettings a year"},
    {"households/yr", "huishoudens per jaar", "households a year"},
    {"persons/yr", "personen per jaar", "persons a year"},
    {"offers", "aanbiedingen", "offers"},
    {"offers/yr", "aanbiedingen per jaar", "offers a year"},
    {"jobs", "banen", "jobs"},
    {"jobs/yr", "banen per jaar", "jobs a year"},
    {"contracts/yr", "contracten per jaar", "contracts a year"},
    {"dwellings/yr", "woningen per jaar", "dwellings a year"},
    {"home-months/yr", "woningmaanden per jaar", "home-months a year"},
    {"points/yr", "punten per jaar", "points a year"},
    {"registrations/yr", "inschrijvingen per jaar", "registrations a year"},
    {"class", "klasse", "class"},
    {"links", "schakels", "links"},
    {"hours/week", "uur per week", "hours a week"},
    {"count", "", ""},
    {"ratio", "", ""},
    {"EUR", "euro", "euros"},
    {"EUR/month", "euro per maand", "euros a month"},
    {"EUR/yr", "euro per jaar", "euros a year"},
    {"hours/yr", "uur per jaar", "hours a year"},
    {"hours", "uur", "hours"},
    {"1/adult/week", "per volwassene per week", "per adult a week"},
    {"LBM", "Leefbaarometer-punt", "Leefbaarometer points"},
    {"LBM per share", "Leefbaarometer-punt per aandeel van 1", "Leefbaarometer points for a share of 1"},
    {"yr", "jaar", "years"},
    {"1/mo", "per maand", "a month"},
    {"1/yr", "per jaar", "a year"},
    {"EUR/mo", "euro per maand", "euros a month"},
    {"EUR/hour", "euro per uur", "euros an hour"},
    {"rooms", "kamers", "rooms"},
    {"children", "kinderen", "children"},
    {"utility", "nut (maat van voorkeur)", "utility"},
    {"utility/km", "nut per km", "utility per km"},
};

bool wks_notation_is_share(const char *unit)
{
    return strcmp(unit, "share") == 0 || strcmp(unit, "share/yr") == 0;
}

/* Decimals that show the digits of `size` from `bound` (100: three digits, 10: two) on, at most so many. */
static int decimals_for(double size, double bound, int most)
{
    int decimals = 0;

    for (; decimals < most && size < bound && size > 0.0; bound /= 10.0)
        decimals++;
    return decimals;
}

wks_notation_format wks_notation_choose(const char *unit, double largest)
{
    wks_notation_format format = {wks_notation_is_share(unit), 0};
    double size = format.percent ? largest * 100.0 : largest;
    if (!isfinite(size)) size = 0.0;
    format.decimals = decimals_for(size, 100.0, size < 0.01 ? 4 : 3);
    if (format.percent && format.decimals == 0) format.decimals = 1;
    if (format.percent && format.decimals > 2) format.decimals = 2;
    return format;
}

wks_notation_format wks_notation_choose_pair(const char *unit, double largest_level, double largest_difference)
{
    wks_notation_format format = wks_notation_choose(unit, largest_level);
    double size = format.percent ? largest_difference * 100.0 : largest_difference;
    if (!isfinite(size)) size = 0.0;
    if (strncmp(unit, "EUR", 3) == 0 && format.decimals == 0 && size >= 1.0) return format; /* 535 euro and +6: no dimes */
    const int needed = decimals_for(size, 10.0, format.percent ? 2 : size < 0.01 ? 4 : 3);
    if (needed > format.decimals) format.decimals = needed;
    return format;
}

wks_notation_format wks_notation_supported(wks_notation_format format, const char *unit, double largest_level, double standard_error)
{
    const int level = wks_notation_choose(unit, largest_level).decimals;
    const double size = format.percent ? standard_error * 100.0 : standard_error;
    const int told = isfinite(size) ? decimals_for(size, 1.0, format.decimals) : 1;
    const int most = told > level ? told : level;
    if (format.decimals > most) format.decimals = most;
    return format;
}

double wks_notation_smaller_error(double smallest, double ci_low, double ci_high)
{
    const double error = (ci_high - ci_low) / 4.0;
    return isfinite(error) && error > 0.0 && !(error >= smallest) ? error : smallest;
}

/* Groups of three between the digits before the decimal point. */
static void add_grouped(wks_text *out, const char *digits, size_t n, const char *separator)
{
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0) wks_text_add(out, separator);
        wks_text_add_char(out, digits[i]);
    }
}

static void add_magnitude(wks_notation_lang lang, double value, int decimals, wks_text *out)
{
    char buffer[400];
    int n = snprintf(buffer, sizeof buffer, "%.*f", decimals, fabs(value));
    const char *point = memchr(buffer, '.', (size_t)n);
    size_t whole = point != NULL ? (size_t)(point - buffer) : (size_t)n;
    add_grouped(out, buffer, whole, lang == WKS_NOTATION_NL ? "." : ",");
    if (point != NULL) {
        wks_text_add(out, lang == WKS_NOTATION_NL ? "," : ".");
        wks_text_add(out, point + 1);
    }
}

/* Asked of the digits themselves: what lies halfway is printed as 0 or as 1 by its last bit. */
static bool rounds_to_zero(double value, int decimals)
{
    char buffer[400];
    const int n = snprintf(buffer, sizeof buffer, "%.*f", decimals, fabs(value));
    return strspn(buffer, "0.") == (size_t)n;
}

bool wks_notation_is_zero(wks_notation_format format, double value)
{
    return rounds_to_zero(format.percent ? value * 100.0 : value, format.decimals);
}

void wks_notation_number(wks_notation_lang lang, double value, int decimals, wks_text *out)
{
    if (!isfinite(value)) {
        wks_text_add(out, "\xE2\x80\x93");
        return;
    }
    if (value < 0.0 && !rounds_to_zero(value, decimals)) wks_text_add(out, "\xE2\x88\x92");
    add_magnitude(lang, value, decimals, out);
}

void wks_notation_value(wks_notation_lang lang, wks_notation_format format, double value, wks_text *out)
{
    wks_notation_number(lang, format.percent ? value * 100.0 : value, format.decimals, out);
    if (format.percent && isfinite(value)) wks_text_add(out, lang == WKS_NOTATION_NL ? "\xC2\xA0%" : "%");
}

void wks_notation_difference(wks_notation_lang lang, wks_notation_format format, double value, wks_text *out)
{
    double shown = format.percent ? value * 100.0 : value;
    if (shown > 0.0 && isfinite(shown) && !rounds_to_zero(shown, format.decimals)) wks_text_add(out, "+");
    wks_notation_number(lang, shown, format.decimals, out);
}

void wks_notation_interval(wks_notation_lang lang, wks_notation_format format, double low, double high, wks_text *out)
{
    if (!isfinite(low) || !isfinite(high)) {
        wks_text_add(out, "\xE2\x80\x93");
        return;
    }
    double factor = format.percent ? 100.0 : 1.0;
    wks_notation_number(lang, low * factor, format.decimals, out);
    wks_text_add(out, lang == WKS_NOTATION_NL ? " tot " : " to ");
    wks_notation_number(lang, high * factor, format.decimals, out);
}

void wks_notation_month(wks_notation_lang lang, const char *date, int32_t tick, wks_text *out)
{
    int32_t month = 0;
    if (wks_text_parse_month(date, &month)) {
        wks_text_addf(out, "%s %d", month_names[lang][month % 12], month / 12);
    } else if (date[0] != '\0') {
        wks_text_add(out, date);
    } else {
        wks_text_addf(out, "%s %d", lang == WKS_NOTATION_NL ? "stap" : "step", tick);
    }
}

const char *wks_notation_unit(wks_notation_lang lang, const char *unit)
{
    for (size_t i = 0; i < sizeof unit_words / sizeof unit_words[0]; i++) {
        if (strcmp(unit_words[i].unit, unit) == 0) return lang == WKS_NOTATION_NL ? unit_words[i].nl : unit_words[i].en;
    }
    return unit;
}

const char *wks_notation_unit_of_difference(wks_notation_lang lang, const char *unit)
{
    if (wks_notation_is_share(unit)) return lang == WKS_NOTATION_NL ? "procentpunt" : "percentage points";
    return wks_notation_unit(lang, unit);
}

void wks_notation_escape(wks_text *out, const char *s)
{
    for (; *s != '\0'; s++) {
        switch (*s) {
        case '&': wks_text_add(out, "&amp;"); break;
        case '<': wks_text_add(out, "&lt;"); break;
        case '>': wks_text_add(out, "&gt;"); break;
        case '"': wks_text_add(out, "&quot;"); break;
        case '\'': wks_text_add(out, "&#39;"); break;
        default: wks_text_add_char(out, *s); break;
        }
    }
}
