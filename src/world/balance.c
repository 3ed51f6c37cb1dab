#include "world/balance.h"

static const int32_t first_age[WKS_BALANCE_BANDS] = {18, 20, 22, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80};

int32_t wks_balance_band(int32_t age)
{
    /* From 25 on bands are five years wide. */
    if (age < 25) return age < 20 ? 0 : age < 22 ? 1 : 2;
    return age < first_age[WKS_BALANCE_BANDS - 1] ? 3 + (age - 25) / 5 : WKS_BALANCE_BANDS - 1;
}

int32_t wks_balance_age(int32_t band)
{
    return first_age[band];
}

double wks_balance_between(int32_t age)
{
    enum { N_POINTS = 19 };
    static const double at[N_POINTS] = {0, 5, 10, 15, 18, 20, 22, 25, 28, 30, 35, 40, 45, 50, 55, 60, 65, 70, 121};
    static const double between[N_POINTS] = {5.8, 4.0, 2.6, 2.6, 6.9, 10.3, 12.0, 13.0, 10.2, 8.6,
                                             6.0, 4.0, 3.1, 2.4, 2.2, 1.8,  1.6,  1.3,  1.3};
    int32_t k = 0;

    if (age <= 0) return between[0] / 100;
    while (k < N_POINTS - 2 && age >= at[k + 1])
        k++;
    return (between[k] + (between[k + 1] - between[k]) * (age - at[k]) / (at[k + 1] - at[k])) / 100;
}
