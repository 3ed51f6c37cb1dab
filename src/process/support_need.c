#include "process/support_need.h"

#include <string.h>

#include "num/math.h"
#include "process/sieve.h"
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

static wks_support_need less_care(wks_support_need need, int32_t care)
{
    need.all -= need.all * care / 10;
    need.special -= need.special * care / 10;
    if (need.special > need.all) need.special = need.all; /* both were cut to whole tenths */
    return need;
}

wks_support_need wks_support_need_of(const wks_world *world, const double *p, int32_t row)
{
    return less_care(whole_need(world, p, row), world->household.support[row]);
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

/* `u`: its draw. */
static bool is_found(const wks_support_pass *pass, int32_t row, int32_t b, double u)
{
    const wks_world *world = pass->world;

    if (pass->is_start) return u < pass->p[WKS_SUPPORT_P_REACH];
    return is_handed_over(world, row) ||
           u < pass->chances[b]
                   .found[wks_world_tenure_of(world, row) == WKS_TENURE_SOCIAL][wks_support_need_speaks_other(world, pass->p, row)];
}

/* Nobody loses sight of who is helped. */
static bool is_lost(const wks_support_pass *pass, int32_t row, double u)
{
    return pass->world->household.help[row] == 0 && u < pass->lost;
}

static void know(const wks_support_pass *pass, int32_t row, int32_t b, double u)
{
    wks_household_table *household = &pass->world->household;
    const bool was_known = household->need_known[row] != 0;
    const bool is_known = was_known ? !is_lost(pass, row, u) : is_found(pass, row, b, u);

    if (is_known == was_known) return;
    household->need_known[row] = is_known;
    household->wait_month[row] = wks_month_cell(is_known ? pass->world->month : 0);
}

/* --- one month --------------------------------------------------------------------------------------------------------- */

static void clear_row(wks_household_table *household, int32_t row)
{
    household->need_known[row] = household->help[row] = 0;
    household->wait_month[row] = 0;
}

/* Lists and sums of one block. */
typedef struct wks_support_block {
    int32_t *waits, *helped, *after, n_waits, n_helped, n_after;
    int64_t care;
    wks_support_sums *sum;
} block_of;

/* Those of some rows that have a home and a need. */
typedef struct wks_support_needy {
    int32_t row[WKS_SIEVE_ROWS], buurt[WKS_SIEVE_ROWS], n;
} needy;

static void with_trait(const wks_support_pass *pass, int32_t i, int32_t b, block_of *block, needy *list)
{
    wks_household_table *household = &pass->world->household;
    const int32_t care = household->support[i];
    const wks_support_need whole = whole_need(pass->world, pass->p, i);
    const int32_t need = less_care(whole, care).all;

    block->care += whole.all * care / 10;
    household->need[i] = (uint8_t)need;
    block->sum[b].need += need;
    if (need == 0) {
        clear_row(household, i);
        return;
    }
    list->row[list->n] = i;
    list->buurt[list->n++] = b;
}

/* Nothing from before. */
static void forget(wks_household_table *household, int64_t begin, int64_t end)
{
    for (int64_t k = begin; k < end; k++) {
        if (household->key[k] == 0) continue;
        household->helped[k] = 0;
        clear_row(household, (int32_t)k);
    }
}

/* Nothing is known of who needs nothing, nor does it wait, unless that was so before. */
static void look_at_rows(const wks_support_pass *pass, int64_t begin, int64_t end, block_of *block, needy *list)
{
    wks_household_table *household = &pass->world->household;
    const int32_t *const dwelling_row = pass->world->unit.dwelling_row, *const buurt_row = pass->world->dwelling.buurt_row;
    const uint8_t *const helped = household->helped, *const known = household->need_known, *const place = household->place;
    const uint16_t *const trait = household->vulnerability;
    const int32_t *const unit_row = household->unit_row;
    const int16_t *const since = household->since_month;
    const int32_t settled_before = pass->world->month - (int32_t)pass->p[WKS_SUPPORT_P_SETTLED];
    uint8_t *const need = household->need;
    wks_support_sums *const sum = block->sum;

    for (int64_t k = begin; k < end; k++) {
        const int32_t i = (int32_t)k;
        if (household->key[i] == 0) continue;
        if (helped[i] != 0) block->after[block->n_after++] = i;
        need[i] = 0;
        if (place[i] != WKS_PLACE_HOUSED)
            household->help[i] = 0; /* what is known stays known while it has no home */
        else if ((trait[i] & WKS_SUPPORT_NEEDS) != 0)
            with_trait(pass, i, buurt_row[dwelling_row[unit_row[i]]], block, list);
        else {
            if (known[i] != 0) clear_row(household, i);
            if (since[i] < settled_before) sum[buurt_row[dwelling_row[unit_row[i]]]].informal += wks_support_capacity_here(pass, i);
        }
    }
}

static void draw(const wks_support_pass *pass, const needy *list, block_of *block)
{
    const wks_world *world = pass->world;
    wks_household_table *household = &pass->world->household;
    uint64_t key[WKS_SIEVE_ROWS];
    uint32_t low[WKS_SIEVE_ROWS], high[WKS_SIEVE_ROWS], *const out[4] = {low, high, NULL, NULL};

    for (int32_t k = 0; k < list->n; k++)
        key[k] = household->key[list->row[k]];
    wks_rng_rows(&world->seed, key, list->n, (uint32_t)world->tick, WKS_RNG_SUPPORT_SIGNAL, out);
    for (int32_t k = 0; k < list->n; k++) {
        const int32_t i = list->row[k];
        know(pass, i, list->buurt[k], wks_rng_unit64((uint64_t)high[k] << 32 | low[k]));
        if (!household->need_known[i])
            household->help[i] = 0;
        else if (household->help[i] > 0)
            block->helped[block->n_helped++] = i;
        else
            block->waits[block->n_waits++] = i;
    }
}

void wks_support_need_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    wks_support_pass *pass = context;
    wks_household_table *household = &pass->world->household;
    const size_t n_buurten = (size_t)pass->world->buurt.base.n_rows;
    block_of here = {.waits = pass->waits.row + begin,
                     .helped = pass->helped.row + begin,
                     .after = pass->after.row + begin,
                     .sum = pass->block + (size_t)block * n_buurten};

    memset(here.sum, 0, n_buurten * sizeof *here.sum);
    for (int64_t first = begin; first < end; first += WKS_SIEVE_ROWS) {
        const int64_t last = end - first < WKS_SIEVE_ROWS ? end : first + WKS_SIEVE_ROWS;
        needy list;
        list.n = 0;
        if (pass->is_start) forget(household, first, last);
        look_at_rows(pass, first, last, &here, &list);
        draw(pass, &list, &here);
    }
    pass->waits.n[block] = here.n_waits;
    pass->helped.n[block] = here.n_helped;
    pass->after.n[block] = here.n_after;
    pass->care[block] = here.care;
}
