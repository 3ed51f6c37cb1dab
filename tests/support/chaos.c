#include "support/chaos.h"

#include "base/mem.h"
#include "support/check.h"

enum { CHAOS_MOST = 100000 };

int64_t wks_chaos_run_recovering(wks_chaos_work *work, void *context, int64_t most_recovered)
{
    int64_t recovered = 0;
    for (int64_t n = 1; n < CHAOS_MOST; n++) {
        wks_err err = WKS_ERR_INIT;
        wks_mem_fail_after(n);
        wks_status rc = work(context, &err);
        bool all_done = wks_mem_fail_pending();
        wks_mem_fail_after(0);
        if (all_done) {
            assert_ok(rc, &err);
            assert_true(n > 1);
            return n - 1;
        }
        if (rc == WKS_OK && recovered < most_recovered) {
            recovered++;
            continue;
        }
        if (rc != WKS_ERR_NOMEM || err.status != WKS_ERR_NOMEM || err.message[0] == '\0') {
            fail_msg("allocation %lld failed, but the status is %d and the message '%s'", (long long)n, (int)rc, err.message);
        }
    }
    fail_msg("more than %d allocations", (int)CHAOS_MOST);
    return 0;
}

int64_t wks_chaos_run(wks_chaos_work *work, void *context)
{
    return wks_chaos_run_recovering(work, context, 0);
}
