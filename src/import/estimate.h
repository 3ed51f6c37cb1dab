/* Figures that CBS has not published of any area of the file (income) and scores of buurten that the Leefbaarometer leaves out:
 * formulas from other published figures, marked `estimated`. */
#ifndef WKS_IMPORT_ESTIMATE_H
#define WKS_IMPORT_ESTIMATE_H

#include "import/draft.h"

typedef struct wks_estimate_parameter {
    const char *name, *unit;
    double value, low, high;
    const char *source;
} wks_estimate_parameter;

typedef enum wks_estimate_index {
    WKS_ESTIMATE_income_log_woz,
    WKS_ESTIMATE_income_bijstand,
    WKS_ESTIMATE_income_children,
    WKS_ESTIMATE_income_young,
    WKS_ESTIMATE_lbm_won, /* of each dimension four: constant, corporatie, single family, log density */
    WKS_ESTIMATE_lbm_fys = WKS_ESTIMATE_lbm_won + 4,
    WKS_ESTIMATE_lbm_vrz = WKS_ESTIMATE_lbm_fys + 4,
    WKS_ESTIMATE_lbm_soc = WKS_ESTIMATE_lbm_vrz + 4,
    WKS_ESTIMATE_lbm_onv = WKS_ESTIMATE_lbm_soc + 4,
    WKS_ESTIMATE_N = WKS_ESTIMATE_lbm_onv + 4
} wks_estimate_index;
extern const wks_estimate_parameter wks_estimate_table[WKS_ESTIMATE_N];

/** Mean income per inhabitant (EUR a year) of an area from its WOZ value, bijstand and ages, relative to a reference area whose income is
 *  known: reference * exp(sum of coefficient * difference), clamped to [0.4, 3] times the reference. NaN if a figure is missing or nobody lives
 *  there. Source: see wks_estimate_table. */
double wks_estimate_income(const double *value, const double *reference, double reference_income);

/** Fills missing incomes of buurten: wijk or gemeente income published -> relative to it; else relative to the country's. Buurten without people get
 *  the figure of their gemeente. Rounded to 100 euro. Afterwards every income is finite. */
void wks_estimate_fill_income(wks_draft *draft);

/** A Leefbaarometer dimension (column lbm_won .. lbm_onv) from the stock: constant + a * share_corporatie + b * share_single_family +
 *  c * log(address_density / 1969 per km2), density at least 50. A description of Utrecht's buurten, not a cause. */
double wks_estimate_leefbaarheid(const double *value, wks_city_column column);

/** Fills missing Leefbaarometer dimensions of buurten: mean of the scored buurten of the wijk, weighted with households, else the wijk's own
 *  score (`wijk`), else the same of the gemeente (`gemeente`), else from the stock (`estimated`). Afterwards every dimension is finite. */
void wks_estimate_fill_leefbaarheid(wks_draft *draft);

#endif
