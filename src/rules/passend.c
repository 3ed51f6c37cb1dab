#include "rules/passend.h"

#include <math.h>

#include "rules/part.h"

enum { PENSION_AGE = 67 };

wks_passend_class wks_passend_class_by(const wks_law *law, double income_eur, int32_t n_persons, int32_t age)
{
    const bool is_old = age >= PENSION_AGE;
    const double single = is_old ? law->passend_single_old_eur : law->passend_single_eur;
    const double multi = is_old ? law->passend_multi_old_eur : law->passend_multi_eur;

    if (income_eur > (n_persons > 1 ? multi : single)) return WKS_PASSEND_OTHER;
    return n_persons > 2 ? WKS_PASSEND_HIGH_CAP : WKS_PASSEND_LOW_CAP;
}

wks_passend_class wks_passend_class_of(const wks_law *law, const wks_world *world, int32_t household_row)
{
    return wks_passend_class_by(law, (double)world->household.income_eur[household_row], wks_part_persons(world, household_row),
                                wks_part_age(world, household_row));
}

double wks_passend_cap_eur(const wks_law *law, wks_passend_class class)
{
    return class == WKS_PASSEND_OTHER ? (double)INFINITY : class == WKS_PASSEND_LOW_CAP ? law->rent_cap_low_eur : law->rent_cap_high_eur;
}
