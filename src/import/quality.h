/* The quality of an import: the origin of every value, how far sums of buurten are from their gemeente, what is missing on the map. */
#ifndef WKS_IMPORT_QUALITY_H
#define WKS_IMPORT_QUALITY_H

#include "base/problems.h"
#include "base/text.h"
#include "import/draft.h"

/** quality.csv: `area,column,value,origin` for all buurten and columns, in the order of buurten.csv. */
void wks_quality_csv(const wks_draft *draft, wks_text *out);

/** One column of the report. */
typedef struct wks_quality_column {
    int32_t n[WKS_CITY_N_ORIGINS];
    double sum, published_sum; /* of the buurten (counts; shares: mean weighted with dwellings) and of the gemeenten; NaN: not defined */
} wks_quality_column;
void wks_quality_of_column(const wks_draft *draft, wks_city_column column, wks_quality_column *out);

/** Warns when the buurten of a gemeente add up to more than 2 % less or more than its own figure of persons, households or dwellings
 *  (far beyond rounding): rows are probably missing, as in a file that was cut off. */
void wks_quality_check_sums(const wks_draft *draft, const char *file, wks_problems *problems);

/** quality.md: the same for a reader, without time or machine. */
void wks_quality_markdown(const wks_draft *draft, const wks_problems *problems, wks_text *out);

/** The short form for standard output. */
void wks_quality_summary(const wks_draft *draft, wks_text *out);

#endif
