#include "process/support_cost.h"

static void book(wks_world *world, wks_purse_payer payer, wks_purse_item item, int64_t tenths_week, double eur_hour)
{
    const int64_t tenths = wks_purse_twelfth(52 * tenths_week, world->month);

    wks_purse_book(&world->purse, payer, item, (int64_t)(10 * eur_hour * (double)tenths + 0.5), tenths);
}

void wks_support_cost_book(wks_world *world, const double *p, int64_t care)
{
    int64_t base = 0;

    for (int k = 0; k < WKS_SUPPORT_N_KINDS; k++)
        base += world->support.base[k];
    book(world, WKS_PURSE_gemeente, WKS_PURSE_FOR_pool, base, p[WKS_SUPPORT_P_EUR_HOUR]);
    book(world, WKS_PURSE_zorg, WKS_PURSE_FOR_care, care, p[WKS_SUPPORT_P_CARE_EUR_HOUR]);
}
