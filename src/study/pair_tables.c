#include "study/pair_tables.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/log.h"
#include "output/fates.h"
#include "scenario/model.h"
#include "study/losers.h"
#include "study/untouched.h"
#include "study/waterbed.h"

static wks_status forget(const wks_batch_member *member, wks_err *err)
{
    return member->store->city->own.is_there ? wks_fates_forget(member->store->folder, err) : WKS_OK;
}

wks_status wks_pair_tables_write(const char *folder, const wks_run_pair *pair, int32_t n, bool is_whole, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n_without = 0;
    char *losers = wks_file_join(folder, "losers.csv"), *waterbed = wks_file_join(folder, "waterbed.csv");
    char *untouched = wks_file_join(folder, "untouched.csv");

    if (losers == NULL || waterbed == NULL || untouched == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (n == 0 || !wks_model_has_city(pair[0].reference->scenario)) goto out;
    WKS_TRY(wks_losers_write(losers, pair, n, err));
    WKS_TRY(wks_untouched_write(untouched, pair, n, err));
    WKS_TRY(wks_waterbed_write(waterbed, pair, n, &n_without, err));
    if (n_without == n) wks_log_say(WKS_LOG_INFO, "no alternative names areas: waterbed.csv has no rows");
    for (int32_t i = 0; i < n && is_whole; i++) {
        WKS_TRY(forget(pair[i].reference, err));
        WKS_TRY(forget(pair[i].scenario, err));
    }
out:
    free(losers);
    free(waterbed);
    free(untouched);
    return rc;
}
