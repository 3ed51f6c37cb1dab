#include "process/support_capacity.h"

void wks_support_capacity_table(const double *p, int32_t out[3][2][2])
{
    const double age[3] = {1, p[WKS_SUPPORT_P_INFORMAL_OLD], 0};

    for (int a = 0; a < 3; a++) {
        for (int works = 0; works < 2; works++) {
            for (int carries = 0; carries < 2; carries++) {
                const double factor =
                    age[a] * (works ? p[WKS_SUPPORT_P_INFORMAL_WORK] : 1) * (carries ? p[WKS_SUPPORT_P_INFORMAL_CARRIER] : 1);
                out[a][works][carries] = (int32_t)(1000 * p[WKS_SUPPORT_P_INFORMAL] * factor + 0.5);
            }
        }
    }
}

bool wks_support_capacity_carries(const wks_world *world, int32_t row)
{
    const int32_t dwelling = world->unit.dwelling_row[world->household.unit_row[row]];
    return world->household.motivated[row] && world->dwelling.label[dwelling] == WKS_LABEL_GEMENGD;
}

int32_t wks_support_capacity_of(const wks_support_pass *pass, int32_t row)
{
    const wks_household_table *household = &pass->world->household;

    if (household->place[row] != WKS_PLACE_HOUSED || (household->vulnerability[row] & WKS_SUPPORT_NEEDS) != 0) return 0;
    if (pass->world->month - household->since_month[row] <= (int32_t)pass->p[WKS_SUPPORT_P_SETTLED]) return 0;
    return wks_support_capacity_here(pass, row);
}
