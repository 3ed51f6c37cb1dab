/* precision.csv: what was declared, how precisely it was asked, and what was reached. */
#ifndef WKS_STUDY_PRECISION_FILE_H
#define WKS_STUDY_PRECISION_FILE_H

#include "study/compare.h"
#include "study/precision.h"

extern const char wks_precision_file_header[];

/** A declared outcome under a scenario: of the difference with the reference, or of its mean. Texts are borrowed from the matrices. */
typedef struct wks_precision_line {
    const char *reference; /* "" of a run */
    const char *scenario, *theory;
    const wks_matrix_row *row;
    wks_contrast_method method;
    double threshold, asked; /* 0: none */
    double mean, half;
    size_t n_pairs, held_since; /* held_since: from so many replications on; 0: does not hold, or not asked */
    bool is_reached;            /* asked, and holds over its look-ahead too */
    int64_t
        n_needed; /* planning, from the spread so far: for the half-width asked, or to show a difference as large as the threshold; 0: not known */
} wks_precision_line;

/** Declared rows at the last tick: of every scenario against the reference of its set, or, with set->reference NULL, of the means of its scenarios.
 *  @param out_line  malloc'ed, *out_n of them, in the order of the sets and rows. O(n^2) a line that is asked. */
wks_status wks_precision_file_lines(const wks_compare_set *set, size_t n_sets, const wks_compare_options *options, int32_t look_ahead,
                                    wks_precision_line **out_line, size_t *out_n, wks_err *err);
wks_status wks_precision_file_write(const char *path, const wks_precision_line *line, size_t n, wks_err *err);

#endif
