/* Rows in order of a value. */
#ifndef WKS_NUM_RANK_H
#define WKS_NUM_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/** Rows of the finite ones of n values, smallest first, of equals the lower row first.
 *  @param row    room for n
 *  @param out_n  how many
 *  O(n log n). WKS_ERR_NOMEM. */
wks_status wks_rank_rows(const double *value, size_t n, int32_t *row, size_t *out_n, wks_err *err);

#endif
