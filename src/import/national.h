/* Figures of the Netherlands: the last resort when neither wijk nor gemeente has a figure. */
#ifndef WKS_IMPORT_NATIONAL_H
#define WKS_IMPORT_NATIONAL_H

#include "city/folder.h"

typedef struct wks_national_figure {
    wks_city_column column;
    double value;
    const char *source; /* publisher, table, year; "assumption" if there is none */
} wks_national_figure;

extern const wks_national_figure wks_national_table[WKS_CITY_N_COLUMNS]; /* in the order of wks_city_column */

#endif
