#include "process/livelihood_rent.h"

#include "base/par.h"
#include "num/math.h"

/* Two years of arrears are the most that is counted; eviction is possible from three months (assumption: what a judge asks for). */
enum { MOST_MONTHS = 24, EVICTION_MONTHS = 3, MIDDLE_FROM = 2024 };
/* Income-dependent rise: from about 1.15 of the income limit (56,513 over 49,669 for one person in 2025; general knowledge: assumption). */
static const double EXTRA_FROM = 1.15;

typedef struct wks_livelihood_rent_pass {
    const wks_livelihood_rent *rent;
    wks_world *world;
} pass;

double wks_livelihood_rent_burden(const wks_law *law, const wks_world *world, int32_t row, int32_t age)
{
    const int32_t unit = world->household.unit_row[row];
    const double income = (double)world->household.income_eur[row];

    if (unit < 0 || !(world->unit.rent_eur[unit] > 0) || !(income > 0)) return 0;
    const double rent = (double)world->unit.rent_eur[unit];
    return 12 * (rent - wks_law_huurtoeslag(law, income, rent, world->household.n_persons[row], age)) / income;
}

/* --- arrears ------------------------------------------------------------------------------------------------------------ */

static double boosted(double p, double boost)
{
    if (!(boost > 0) && !(boost < 0)) return p;
    return p >= 1 ? 1 : -wks_math_expm1((1 + boost) * wks_math_log1p(-p));
}

/* A plan pays a month back each month, or breaks. */
static void repay(const wks_livelihood_rent *self, wks_household_table *household, int32_t row, double u)
{
    if (u < self->plan_breaks) {
        household->repays[row] = 0;
    } else if (--household->arrears_months[row] == 0) {
        household->repays[row] = 0;
    }
}

/* Another month missed (twice the hazard when both debt and rent press), or one made up; and then perhaps a plan. */
static void run_up(const wks_livelihood_rent *self, wks_household_table *household, int32_t row, int32_t causes, double boost, double u)
{
    const double missed = causes == 2 ? 1 - (1 - self->arrears) * (1 - self->arrears) : causes == 1 ? self->arrears : 0;
    uint8_t *months = &household->arrears_months[row];

    if (u < missed) {
        if (*months < MOST_MONTHS) ++*months;
        return;
    }
    if (*months == 0) return;
    const double rest = (u - missed) / (1 - missed); /* uniform again */
    const double plan = boosted(*months < EVICTION_MONTHS ? self->early_plan : self->plan, boost);
    if (rest < plan) {
        household->repays[row] = 1;
    } else if (rest > 1 - (1 - plan) * self->arrears_end) {
        --*months;
    }
}

bool wks_livelihood_rent_step(const wks_livelihood_rent *self, wks_world *world, int32_t row, int32_t age, double debt_boost, wks_rng *rng)
{
    wks_household_table *household = &world->household;
    const bool in_debt = (household->vulnerability[row] & WKS_VULNERABLE_DEBT) != 0;
    const double u = wks_rng_unit(wks_rng_u32(rng));

    /* Few are looked at closely: those with arrears or debt, and who draws a month of trouble. */
    if (household->arrears_months[row] == 0 && !in_debt && u >= self->arrears) return false;
    if (household->arrears_months[row] == 0 && household->repays[row] == 0 && u >= 2 * self->arrears)
        return false; /* more than both causes do */
    if (household->place[row] != WKS_PLACE_HOUSED || !(world->unit.rent_eur[household->unit_row[row]] > 0)) {
        household->arrears_months[row] = household->repays[row] = 0;
        return false;
    }
    /* Arrears belong to the home they were made in: nobody is put out of the next one for them. */
    if (household->since_month[row] >= world->month - 1) household->arrears_months[row] = household->repays[row] = 0;
    if (household->repays[row]) {
        repay(self, household, row, u);
        return false;
    }
    const bool presses = wks_livelihood_rent_burden(self->law, world, row, age) > self->burden_limit;
    run_up(self, household, row, (int32_t)in_debt + (int32_t)presses, debt_boost, u);
    if (household->arrears_months[row] < EVICTION_MONTHS || household->repays[row]) return false;
    const double v = wks_rng_unit(wks_rng_u32(rng));
    return v < self->eviction;
}

/* --- rises -------------------------------------------------------------------------------------------------------------- */

static double largest_rise(const wks_livelihood_rent *self, const wks_world *world, int32_t unit_row)
{
    const wks_law *law = self->law;
    const int32_t dwelling = world->unit.dwelling_row[unit_row];

    if (world->dwelling.tenure[dwelling] == WKS_TENURE_SOCIAL) return law->rent_rise_social;
    return law->year >= MIDDLE_FROM && (double)world->unit.rent_eur[unit_row] <= law->middle_rent_limit_eur ? law->rent_rise_middle
                                                                                                            : law->rent_rise_free;
}

double wks_livelihood_rent_rise(const wks_livelihood_rent *self, const wks_world *world, int32_t unit_row)
{
    const double most = largest_rise(self, world, unit_row);
    const double asked = self->index < most && self->to_cap > 0 ? self->index + self->to_cap * (most - self->index) : self->index;

    return asked < most ? asked : most;
}

/* Who earns far more than the limit may be asked more than the yearly percentage, in social rent. */
static double extra_of(const wks_livelihood_rent *self, const wks_world *world, int32_t unit_row)
{
    const int32_t row = world->unit.household_row[unit_row];
    const bool is_social = world->dwelling.tenure[world->unit.dwelling_row[unit_row]] == WKS_TENURE_SOCIAL;

    if (!(self->extra_eur > 0) || !is_social) return 0;
    const double limit = world->household.n_persons[row] > 1 ? self->law->income_multi_eur : self->law->income_single_eur;
    return (double)world->household.income_eur[row] > EXTRA_FROM * limit ? self->extra_eur : 0;
}

static void raise_let(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    wks_unit_table *unit = &self->world->unit;

    (void)block;
    for (int64_t k = begin; k < end; k++) {
        const int32_t i = (int32_t)k;
        if (unit->key[i] == 0 || unit->household_row[i] < 0 || !(unit->rent_eur[i] > 0)) continue;
        const double rise = wks_livelihood_rent_rise(self->rent, self->world, i), extra = extra_of(self->rent, self->world, i);
        unit->rent_eur[i] = (float)((double)unit->rent_eur[i] * (1 + rise) + extra);
    }
}

void wks_livelihood_rent_july(const wks_livelihood_rent *self, wks_world *world)
{
    pass all = {self, world};

    wks_par_for(world->unit.base.n_rows, 0, world->threads, raise_let, &all);
}

static void raise_vacant(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    wks_unit_table *unit = &self->world->unit;

    (void)block;
    for (int64_t i = begin; i < end; i++) {
        if (unit->household_row[i] < 0) unit->rent_eur[i] = (float)((double)unit->rent_eur[i] * (1 + self->rent->index));
    }
}

static void raise_asked(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    wks_dwelling_table *dwelling = &self->world->dwelling;

    (void)block;
    for (int64_t i = begin; i < end; i++) {
        dwelling->rent_eur[i] = (float)((double)dwelling->rent_eur[i] * (1 + self->rent->index));
        dwelling->streefhuur_eur[i] = (float)((double)dwelling->streefhuur_eur[i] * (1 + self->rent->index));
    }
}

void wks_livelihood_rent_january(const wks_livelihood_rent *self, wks_world *world)
{
    pass all = {self, world};

    wks_par_for(world->unit.base.n_rows, 0, world->threads, raise_vacant, &all);
    wks_par_for(world->dwelling.base.n_rows, 0, world->threads, raise_asked, &all);
}
