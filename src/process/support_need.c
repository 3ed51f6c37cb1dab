#include "process/support_need.h"

#include <string.h>

#include "num/math.h"
#include "process/support_capacity.h"

/* --- what is needed --------------------------------------------------------------------------------------------------- */

/* Care contracts not counted. */
static wks_support_need whole_need(const wks_world *world, const double *p, int32_t row)
{
    const uint16_t trait = world->household.vulnerability[row];
    wks_support_need need = {0, 0};

    if (trait == 0 || world->household.place[row] != WKS_PLACE_HOUSED) return need;
    if ((trait & WKS_VULNERABLE_PSYCHIATRIC) != 0) need.special += (int32_t)p[WKS_SUPPORT_P_NEED_PSYCHIATRIC];
    if ((trait & WKS_VULNERABLE_ADDICTION) != 0) need.special += (int32_t)p[WKS_SUPPORT_P_NEED_ADDICTION];
    need.all = need.special;
    if ((trait & WKS_VULNERABLE_LVB) != 0) need.all += (int32_t)p[WKS_SUPPORT_P_NEED_LVB];
    if ((trait & WKS_VULNERABLE_DEBT) != 0) need.all += (int32_t)p[WKS_SUPPORT_P_NEED_DEBT];
    if ((trait & WKS_VULNERABLE_FRAIL) != 0) need.all += (int32_t)p[WKS_SUPPORT_P_NEED_FRAIL];
    return need;
}

int32_t wks_support_need_care(const wks_world *world, const double *p, int32_t row)
{
    return whole_need(world, p, row).all * world->household.support[row] / 10;
}

wks_support_need wks_support_need_of(const wks_world *world, const double *p, int32_t row)
{
    const int32_t care = world->household.support[row];
    wks_support_need need = whole_need(world, p, row);

    need.all -= need.all * care / 10;
    need.special -= need.special * care / 10;
    if (need.special > need.all) need.special = need.all; /* both were cut to whole tenths */
    return need;
}

/* --- who knows -------------------------------------------------------------------------------------------------------- */

static double per_thousand(int64_t tenths, int64_t households)
{
    return households > 0 ? 100.0 * (double)tenths / (double)households : 0;
}

/* Hours of finding need a week per 1,000 households of a buurt: of the city's staff, which is everywhere alike, and of its own. */
static double density(const wks_world *world, const double *p, int64_t n_households, wks_support_kind kind, int32_t b)
{
    const double hours = per_thousand(world->support.staffed[kind], n_households) +
                         per_thousand(wks_support_buurt_staffed(&world->buurt, kind)[b], world->buurt.n_households[b]);
    return hours * (1 - p[WKS_SUPPORT_P_LIGHT]);
}

/* Two states, known and not: the exact chance of a month when need is found with hazard `up` and lost with hazard `down` a year. */
static double chance(double up, double down)
{
    return up > 0 ? up / (up + down) * -wks_math_expm1(-(up + down) / 12) : 0;
}

void wks_support_need_chances(const wks_world *world, const double *p, wks_support_chances *out, double *out_lost)
{
    const double up = p[WKS_SUPPORT_P_REACH] * p[WKS_SUPPORT_P_SIGNAL], down = (1 - p[WKS_SUPPORT_P_REACH]) * p[WKS_SUPPORT_P_SIGNAL];
    const double gain = p[WKS_SUPPORT_P_SIGNAL_HOURS];
    int64_t n = 0;

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        n += world->buurt.n_households[b];
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        const double all = gain * (density(world, p, n, WKS_SUPPORT_presence, b) + density(world, p, n, WKS_SUPPORT_contact_point, b));
        const double tenant = gain * density(world, p, n, WKS_SUPPORT_beheerder, b);
        const double newcomer = gain * density(world, p, n, WKS_SUPPORT_language, b);
        for (int rents = 0; rents < 2; rents++) {
            for (int lately = 0; lately < 2; lately++)
                out[b].found[rents][lately] = chance(up + all + (rents ? tenant : 0) + (lately ? newcomer : 0), down);
        }
    }
    *out_lost = chance(down, up);
}

bool wks_support_need_speaks_other(const wks_world *world, const double *p, int32_t row)
{
    const wks_household_table *household = &world->household;
    const bool is_from_abroad = household->came_from[row] == WKS_CAME_ABROAD || household->came_as[row] == WKS_CAME_AS_STATUSHOUDER;
    return is_from_abroad && (double)(world->month - household->region_month[row]) < 12 * p[WKS_SUPPORT_P_LANGUAGE_YEARS];
}

/* Who is housed on the proposal of an institution or COA is handed over: the need is known. */
static bool is_handed_over(const wks_world *world, int32_t row)
{
    const uint8_t referral = world->household.referral[row];
    return world->household.since_month[row] == world->month && world->tick > 0 &&
           (referral == WKS_REFERRAL_CARE_LEAVER || referral == WKS_REFERRAL_EX_DETAINEE || referral == WKS_REFERRAL_STATUSHOUDER);
}

static bool is_found(const wks_support_pass *pass, int32_t row, int32_t b)
{
    const wks_world *world = pass->world;
    if (!pass->is_start && is_handed_over(world, row)) return true;
    const double u = wks_rng_once(&world->seed, world->household.key[row], (uint32_t)world->tick, WKS_RNG_SUPPORT_SIGNAL);
    if (pass->is_start) return u < pass->p[WKS_SUPPORT_P_REACH];
    return u <
           pass->chances[b].found[wks_world_tenure_of(world, row) == WKS_TENURE_SOCIAL][wks_support_need_speaks_other(world, pass->p, row)];
}

/* Nobody loses sight of who is helped. */
static bool is_lost(const wks_support_pass *pass, int32_t row)
{
    const wks_world *world = pass->world;
    if (world->household.help[row] > 0 || !(pass->lost > 0)) return false;
    const double u = wks_rng_once(&world->seed, world->household.key[row], (uint32_t)world->tick, WKS_RNG_SUPPORT_SIGNAL);
    return u < pass->lost;
}

static void know(const wks_support_pass *pass, int32_t row, int32_t b)
{
    wks_household_table *household = &pass->world->household;
    const bool was_known = household->need_known[row] != 0;
    const bool is_known = was_known ? !is_lost(pass, row) : is_found(pass, row, b);

    if (is_known == was_known) return;
    household->need_known[row] = is_known;
    household->wait_month[row] = wks_month_cell(is_known ? pass->world->month : 0);
}

static void clear_row(wks_household_table *household, int32_t row)
{
    household->need_known[row] = household->help[row] = 0;
    household->wait_month[row] = 0;
}

void wks_support_need_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    wks_support_pass *pass = context;
    wks_world *world = pass->world;
    wks_household_table *household = &world->household;
    wks_support_sums *sum = pass->block + block * world->buurt.base.n_rows;

    memset(sum, 0, (size_t)world->buurt.base.n_rows * sizeof *sum);
    for (int64_t k = begin; k < end; k++) {
        const int32_t i = (int32_t)k;
        pass->flag[i] = 0;
        if (household->key[i] == 0) continue;
        if (pass->is_start) household->helped[i] = household->need_known[i] = household->help[i] = 0; /* nothing from before */
        const int32_t need = wks_support_need_of(world, pass->p, i).all;
        household->need[i] = (uint8_t)need;
        if (household->place[i] != WKS_PLACE_HOUSED) {
            household->help[i] = 0; /* what is known stays known while it has no home */
            continue;
        }
        const int32_t b = world->dwelling.buurt_row[world->unit.dwelling_row[household->unit_row[i]]];
        sum[b].informal += wks_support_capacity_of(pass, i);
        sum[b].need += need;
        if (need == 0) {
            clear_row(household, i);
            continue;
        }
        know(pass, i, b);
        pass->flag[i] = household->need_known[i];
        if (!pass->flag[i]) household->help[i] = 0;
    }
}
