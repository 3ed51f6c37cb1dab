/* Exchanges between units of a whole-number table that leave every one-way margin as it is: moves units off cells where none may be. */
#ifndef WKS_NUM_EXCHANGE_H
#define WKS_NUM_EXCHANGE_H

#include <stdint.h>

#include "base/err.h"
#include "num/fit.h"

/** Moves units that stand on cells with allowed[c] = 0 to allowed cells by chains of exchanges: two units swap a part of their coordinates.
 *  In two dimensions a chain is an augmenting path, so that every unit that can be moved is moved; in more dimensions (where the question is
 *  NP-hard) chains are followed up to a fixed number of steps.
 *  @param count        the table, row-major as in fit.h; margins unchanged afterwards
 *  @param out_n_left   units that still stand on forbidden cells
 *  @return WKS_ERR_NOMEM or WKS_OK. Nothing happens (and nothing is allocated) if no unit stands on a forbidden cell. */
wks_status wks_exchange_clear(const wks_fit_shape *shape, const uint8_t *allowed, int32_t *count, int64_t *out_n_left, wks_err *err);

#endif
