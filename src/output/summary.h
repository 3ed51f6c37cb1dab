/* summary.csv: mean, spread and intervals over replications, a row per indicator, tick and place. */
#ifndef WKS_OUTPUT_SUMMARY_H
#define WKS_OUTPUT_SUMMARY_H

#include "output/matrix.h"

extern const char wks_summary_header[];
/** Adds the rows of one scenario to a file in `path` (header included; atomic). `theory` "": each matrix' own. Rows are made in parallel; the
 *  same bytes for any number of threads. */
wks_status wks_summary_write(const char *path, const wks_matrix *const *matrix, size_t n_matrices, const char *theory, int threads,
                             wks_err *err);

#endif
