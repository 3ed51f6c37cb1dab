#include "cli/plan.h"

#include <stdio.h>

#include "output/store.h"

wks_status wks_plan_print(const char *folder, const wks_load *load, const char *name, bool follow, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_resume middle = {0};
    int32_t n_whole = 0;

    WKS_TRY(wks_store_preview(folder, &load->scenario, &load->city, follow, &middle, &n_whole, err));
    if (n_whole == 0 && middle.n == 0) goto out;
    if (name != NULL) printf("%s: ", name);
    if (n_whole > 0) printf("%d replication%s whole and stay%s", n_whole, n_whole == 1 ? " is" : "s are", n_whole == 1 ? "s" : "");
    for (size_t i = 0; i < middle.n; i++)
        printf("%s %d from tick %d",
               i > 0         ? ","
               : n_whole > 0 ? "; would go on in the middle:"
                             : "would go on in the middle:",
               middle.item[i].replication, middle.item[i].tick);
    printf("\n");
out:
    wks_resume_free(&middle);
    return rc;
}
