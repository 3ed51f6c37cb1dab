/* The failing allocator: repeats a piece of work, letting its 1st, 2nd, 3rd ... allocation fail, until it succeeds. */
#ifndef WKS_TESTS_SUPPORT_CHAOS_H
#define WKS_TESTS_SUPPORT_CHAOS_H

#include <stdint.h>

#include "base/err.h"

/** One try, from nothing to everything freed again. Its status must be WKS_OK or WKS_ERR_NOMEM. */
typedef wks_status wks_chaos_work(void *context, wks_err *err);

/** Runs the work with the n-th allocation failing, n = 1, 2, ..., until no allocation is left to fail. Fails the test if a try that lost an
 *  allocation reports anything but WKS_ERR_NOMEM with a message. Returns how many allocations the work makes (at least 1 is asserted).
 *  Leaks are found by the address sanitizer. */
int64_t wks_chaos_run(wks_chaos_work *work, void *context);
/** The same for work in which up to `most_recovered` lost allocations may be made good (by asking for less): such a try may succeed. */
int64_t wks_chaos_run_recovering(wks_chaos_work *work, void *context, int64_t most_recovered);

#endif
