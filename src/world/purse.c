#include "world/purse.h"

#include <string.h>

#include "base/err.h"
#include "base/month.h"
#include "world/columns.h"
#include "world/named.h"

const char *const wks_purse_payer_name[WKS_PURSE_N_PAYERS + 1] = {WKS_PURSE_PAYERS(WKS_NAMED_TEXT) NULL};

void wks_purse_book(wks_purse *purse, wks_purse_payer payer, wks_purse_item item, int64_t cent, int64_t tenth_hours)
{
    WKS_BUG_IF(cent < 0 || tenth_hours < 0);
    purse->cent[payer][item] += cent;
    purse->tenth_hours[payer][item] += tenth_hours;
    purse->month_cent[payer] += cent;
    purse->month_tenth_hours[payer] += tenth_hours;
}

int64_t wks_purse_twelfth(int64_t year, int32_t month)
{
    const int64_t m = wks_month_of_year(month);

    return year * (m + 1) / 12 - year * m / 12;
}

void wks_purse_next(wks_purse *purse, bool is_january)
{
    if (is_january) {
        memset(purse->cent, 0, sizeof purse->cent);
        memset(purse->tenth_hours, 0, sizeof purse->tenth_hours);
    }
    memset(purse->month_cent, 0, sizeof purse->month_cent);
    memset(purse->month_tenth_hours, 0, sizeof purse->month_tenth_hours);
    purse->month_unplaced_cent = 0;
}

wks_purse_sum wks_purse_year(const wks_purse *purse, wks_purse_payer payer)
{
    wks_purse_sum sum = {0};

    for (int32_t p = 0; p < WKS_PURSE_N_PAYERS; p++) {
        if (payer != WKS_PURSE_N_PAYERS && p != (int32_t)payer) continue;
        for (int32_t i = 0; i < WKS_PURSE_N_ITEMS; i++) {
            sum.cent += purse->cent[p][i];
            sum.tenth_hours += purse->tenth_hours[p][i];
        }
    }
    return sum;
}

wks_purse_sum wks_purse_month(const wks_purse *purse)
{
    wks_purse_sum sum = {0};

    for (int32_t p = 0; p < WKS_PURSE_N_PAYERS; p++) {
        sum.cent += purse->month_cent[p];
        sum.tenth_hours += purse->month_tenth_hours[p];
    }
    return sum;
}

uint64_t wks_purse_hash(const wks_purse *purse, uint64_t hash)
{
    for (int32_t p = 0; p < WKS_PURSE_N_PAYERS; p++) {
        for (int32_t i = 0; i < WKS_PURSE_N_ITEMS; i++) {
            hash = wks_columns_mix(hash, (uint64_t)purse->cent[p][i]);
            hash = wks_columns_mix(hash, (uint64_t)purse->tenth_hours[p][i]);
        }
    }
    return hash;
}
