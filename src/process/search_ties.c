#include "process/search_ties.h"

/* School programmes keep families with middle incomes and up. */
static double school_of(const wks_search_pass *self, int32_t i, int32_t buurt)
{
    const wks_household_table *household = &self->world->household;
    const double boost = self->world->buurt.school_boost[buurt];

    if ((!(boost > 0) && !(boost < 0)) || household->n_children[i] == 0) return 1;
    if ((double)household->income_eur[i] <= self->tick->law.income_multi_eur) return 1;
    return boost > -1 ? 1 + boost : 0;
}

/* Left low income in the last eleven months: bit 0 of low_past is this month's. */
static bool rose(const wks_household_table *household, int32_t i)
{
    return household->low_month[i] == WKS_NO_MONTH && (household->low_past[i] & 0xFFFu) != 0;
}

static bool has_settled(const wks_search_pass *self, int32_t i)
{
    const wks_household_table *household = &self->world->household;
    const uint8_t as = household->came_as[i];

    if (as != WKS_CAME_AS_FOREIGN && as != WKS_CAME_AS_LABOUR && as != WKS_CAME_AS_STATUSHOUDER) return false;
    return self->world->month - household->region_month[i] >= 12 * self->p[WKS_SEARCH_P_SETTLED_YEARS];
}

double wks_search_ties_of(const wks_search_pass *self, int32_t i)
{
    const wks_world *world = self->world;
    const int32_t buurt = wks_world_buurt_of(world, i);
    double factor = school_of(self, i, buurt);

    if (!(world->buurt.social_start[buurt] >= WKS_BUURT_MUCH_SOCIAL)) return factor;
    if (self->p[WKS_SEARCH_P_RISE] > 1 && rose(&world->household, i)) factor *= self->p[WKS_SEARCH_P_RISE];
    if (self->p[WKS_SEARCH_P_SETTLED] > 1 && has_settled(self, i)) factor *= self->p[WKS_SEARCH_P_SETTLED];
    return factor;
}

double wks_search_ties_most(const wks_search_pass *self)
{
    const wks_buurt_table *buurt = &self->world->buurt;
    double most = 0;

    for (int32_t b = 0; b < buurt->base.n_rows; b++)
        most = buurt->school_boost[b] > most ? buurt->school_boost[b] : most;
    const double rise = self->p[WKS_SEARCH_P_RISE], settled = self->p[WKS_SEARCH_P_SETTLED];
    return (1 + most) * (rise > 1 ? rise : 1) * (settled > 1 ? settled : 1);
}
