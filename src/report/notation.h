/* How numbers, months and units are written for readers, in Dutch and in English. */
#ifndef WKS_REPORT_NOTATION_H
#define WKS_REPORT_NOTATION_H

#include <stdbool.h>

#include "base/text.h"

typedef enum wks_notation_lang { WKS_NOTATION_NL, WKS_NOTATION_EN } wks_notation_lang;

/** How values of one indicator are printed: shares as percentages, and a number of decimals. */
typedef struct wks_notation_format {
    bool percent;
    int decimals;
} wks_notation_format;

/** Whether a unit is a share, printed as a percentage: "share" or "share/yr". */
bool wks_notation_is_share(const char *unit);

/** Format for values with the largest absolute value `largest`: about three significant digits, at most 3 decimals (4 below 0.01).
 *  Shares give percentages. */
wks_notation_format wks_notation_choose(const char *unit, double largest);

/** One format for levels and their differences (largest absolute values; of differences bounds too), so that a reader can subtract: decimals enough for about three digits of the largest
 *  level and two of the largest difference, with the bounds of wks_notation_choose. */
wks_notation_format wks_notation_choose_pair(const char *unit, double largest_level, double largest_difference);

/** Of a format chosen for levels and differences: no more decimals than show the first digit of the standard error of the differences (NaN: not
 *  told, then one at most), but those that wks_notation_choose gives the levels. */
wks_notation_format wks_notation_supported(wks_notation_format format, const char *unit, double largest_level, double standard_error);
/** The standard error that a 95% interval tells, a quarter of its width, if it is known and above zero and smaller than `smallest` (NaN: none
 *  yet); else `smallest`. */
double wks_notation_smaller_error(double smallest, double ci_low, double ci_high);

/** Whether a value reads as 0 in this format. */
bool wks_notation_is_zero(wks_notation_format format, double value);

/** 12345.678 -> "12.345,68" (nl) or "12,345.68" (en); a real minus sign; a value that rounds to zero has none; NaN -> an en dash. */
void wks_notation_number(wks_notation_lang lang, double value, int decimals, wks_text *out);
/** With the percent sign where it belongs. */
void wks_notation_value(wks_notation_lang lang, wks_notation_format format, double value, wks_text *out);
/** Always signed; percentage points without a sign for the unit (the column says it). */
void wks_notation_difference(wks_notation_lang lang, wks_notation_format format, double value, wks_text *out);
/** "0,3 tot 2,1" / "0.3 to 2.1", in the scale of wks_notation_difference. */
void wks_notation_interval(wks_notation_lang lang, wks_notation_format format, double low, double high, wks_text *out);

/** "2031-03" -> "maart 2031"; anything else unchanged; with an empty date "stap 12" / "step 12". Not escaped. */
void wks_notation_month(wks_notation_lang lang, const char *date, int32_t tick, wks_text *out);

/** A unit in words ("months" -> "maanden"); unknown ones unchanged; shares -> "". */
const char *wks_notation_unit(wks_notation_lang lang, const char *unit);
/** The unit of a difference: "procentpunt" for shares, else as wks_notation_unit. */
const char *wks_notation_unit_of_difference(wks_notation_lang lang, const char *unit);

/** Adds text with & < > " ' escaped for HTML and SVG (content and attributes). */
void wks_notation_escape(wks_text *out, const char *s);

#endif
