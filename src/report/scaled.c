#include "report/scaled.h"

#include <math.h>
#include <string.h>

void wks_scaled_member(wks_text *out, const char *name, const char *value)
{
    wks_text_addf(out, "\"%s\":", name);
    wks_json_add_string(out, value);
}

int wks_scaled_digits(double largest)
{
    int digits = 0;
    for (double bound = 1000.0; digits < 4 && largest < bound; bound /= 10.0)
        digits++;
    return digits;
}

double wks_scaled_power(int n)
{
    double power = 1.0;
    for (int i = 0; i < n; i++)
        power *= 10.0;
    return power;
}

double wks_scaled_round(double value, double power)
{
    return floor(value * power + 0.5);
}

void wks_scaled_add(wks_text *out, double value, double power)
{
    if (isfinite(value)) {
        wks_text_addf(out, "%.0f", wks_scaled_round(value, power) + 0.0);
    } else {
        wks_text_add(out, "null");
    }
}

double wks_scaled_larger(double a, double b)
{
    return isfinite(b) && fabs(b) > a ? fabs(b) : a;
}

void wks_scaled_series(const wks_page *page, const wks_dossier_series *series, wks_text *out)
{
    wks_text name = WKS_TEXT_INIT;
    const char *unit = wks_page_unit(page, series->indicator);
    wks_page_series(page, series, &name);
    wks_scaled_member(out, "t", name.data != NULL ? name.data : "");
    wks_text_free(&name);
    wks_text_add_char(out, ',');
    wks_scaled_member(out, "u", wks_notation_unit(page->lang, unit));
    wks_text_add_char(out, ',');
    wks_scaled_member(out, "du", wks_notation_unit_of_difference(page->lang, unit));
    wks_text_addf(out, ",\"p\":%d", wks_notation_is_share(unit));
}

void wks_scaled_decimals(const wks_page *page, const wks_dossier_series *series, const char *name, double largest, wks_text *out)
{
    wks_text_addf(out, ",\"%s\":%d", name, wks_notation_choose(wks_page_unit(page, series->indicator), largest).decimals);
}
