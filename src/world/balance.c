#include "world/balance.h"

static const int32_t first_age[WKS_BALANCE_BANDS] = {18, 20, 22, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80};

int32_t wks_balance_band(int32_t age)
{
    int32_t band = 0;
    while (band + 1 < WKS_BALANCE_BANDS && age >= first_age[band + 1])
        band++;
    return band;
}

int32_t wks_balance_age(int32_t band)
{
    return first_age[band];
}
