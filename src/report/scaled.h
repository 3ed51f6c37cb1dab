/* Numbers and words of the page's data: whole numbers of a power of ten, JSON members. For payload.c and payload_map.c. */
#ifndef WKS_REPORT_SCALED_H
#define WKS_REPORT_SCALED_H

#include "report/page.h"

/** Adds "name":"value". */
void wks_scaled_member(wks_text *out, const char *name, const char *value);
/** Decimals (0 to 4) that keep at least four significant digits of the largest value. */
int wks_scaled_digits(double largest);
/** 10^n. */
double wks_scaled_power(int n);
/** The nearest whole number of 1/power. */
double wks_scaled_round(double value, double power);
/** Adds that number; null when it is not finite. */
void wks_scaled_add(wks_text *out, double value, double power);
/** The larger of a and |b|; a when b is not finite. */
double wks_scaled_larger(double a, double b);
/** Adds title, units of levels and differences, and whether values are shares: "t","u","du","p". */
void wks_scaled_series(const wks_page *page, const wks_dossier_series *series, wks_text *out);
/** Adds ,"name":decimals for readers, as in the tables. */
void wks_scaled_decimals(const wks_page *page, const wks_dossier_series *series, const char *name, double largest, wks_text *out);

#endif
