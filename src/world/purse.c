#include "world/purse.h"

#include <string.h>

#include "world/columns.h"

void wks_purse_book(wks_purse *purse, wks_purse_payer payer, wks_purse_item item, int64_t cent, int64_t tenth_hours)
{
    purse->cent[payer][item] += cent;
    purse->tenth_hours[payer][item] += tenth_hours;
}

void wks_purse_clear(wks_purse *purse)
{
    memset(purse, 0, sizeof *purse);
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
