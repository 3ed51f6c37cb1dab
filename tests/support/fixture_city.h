/* Sums over the buurten of a city that was read, to hold against published figures. Header only, as fixture_tick.h. */
#ifndef WKS_TESTS_SUPPORT_FIXTURE_CITY_H
#define WKS_TESTS_SUPPORT_FIXTURE_CITY_H

#include "city/folder.h"

static inline double wks_fixture_city_total(const wks_city *city, wks_city_column column)
{
    double sum = 0.0;
    for (int32_t i = 0; i < city->n_buurten; i++)
        sum += city->buurt[i].value[column];
    return sum;
}

/** Mean of a share or a value of dwellings, weighted with dwellings. */
static inline double wks_fixture_city_per_dwelling(const wks_city *city, wks_city_column column)
{
    double sum = 0.0;
    for (int32_t i = 0; i < city->n_buurten; i++)
        sum += city->buurt[i].value[column] * city->buurt[i].value[WKS_CITY_dwellings];
    return sum / wks_fixture_city_total(city, WKS_CITY_dwellings);
}

#endif
