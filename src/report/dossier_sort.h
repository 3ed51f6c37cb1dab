/* Rows of a dossier in the order of their keys. For dossier.c. */
#ifndef WKS_REPORT_DOSSIER_SORT_H
#define WKS_REPORT_DOSSIER_SORT_H

#include <stddef.h>

#include "base/err.h"

/** Sorts n rows of `size` bytes, each of which begins with its wks_dossier_key, by the fields of the key in their order; equal keys stay as they were.
 *  No field may be negative; n below 2^32. By counting, sixteen bits at a time from the last: O(n) for each field in which rows differ; 12 bytes a row
 *  beside the rows. @return WKS_ERR_NOMEM. Test: test_dossier_sort.c (the same by comparing). */
wks_status wks_dossier_sort(void *rows, size_t n, size_t size, wks_err *err);

#endif
