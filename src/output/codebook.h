/* codebook.csv: every column of every table and every indicator explained, Dutch and English, from the tables in the code. */
#ifndef WKS_OUTPUT_CODEBOOK_H
#define WKS_OUTPUT_CODEBOOK_H

#include "base/err.h"
#include "base/text.h"
#include "scenario/catalogue.h"

/** One column of a result table. file: its name, or "*" for every table that has this column. */
typedef struct wks_codebook_column {
    const char *file, *name, *unit, *label_nl, *label_en, *explanation_nl, *explanation_en;
} wks_codebook_column;
extern const wks_codebook_column wks_codebook_columns[];
extern const int32_t wks_codebook_n_columns;

/** Columns: file,column,indicator,unit,label_nl,label_en,explanation_nl,explanation_en. Without a city the indicators of models, else the others. */
void wks_codebook_add(const wks_catalogue *catalogue, bool has_city, wks_text *out);
wks_status wks_codebook_write(const char *folder, const wks_catalogue *catalogue, bool has_city, wks_err *err);

#endif
