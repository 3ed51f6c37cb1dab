#include "process/livelihood.h"

#include "base/month.h"
#include "base/par.h"
#include "num/draw.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/profile_income.h"
#include "process/tick_list.h"
#include "world/relations.h"

enum {
    P_JOB_LOSS,
    P_EXIT_SHORT,
    P_EXIT_LONG,
    P_EXIT_SCALE,
    P_PENSION_AGE,
    P_GRADUATE,
    P_INDEX,
    P_RENT_INDEX,
    P_PSYCHIATRIC,
    P_RECOVER_PSYCHIATRIC,
    P_ADDICTION,
    P_RECOVER_ADDICTION,
    P_DEBT,
    P_RECOVER_DEBT,
    P_FRAIL,
    P_NUISANCE,
    P_RECOVER_NUISANCE,
    P_LOW_FACTOR,
    P_BURDEN_LIMIT,
    P_ARREARS,
    P_EVICTION,
    P_AMORTISE,
    P_SAVINGS,
    N_PARAMS
};

static const wks_param params[N_PARAMS] = {
    [P_JOB_LOSS] = {"job_loss", WKS_PARAM_REAL, "1/yr", 0.033, 0, 1, NULL, false, "500,000 entries a year of 15 M not low [S85]",
                    "loss of work, mean over working households; twice as likely at low incomes"},
    [P_EXIT_SHORT] = {"exit_short", WKS_PARAM_REAL, "1/yr", 0.7, 0, 1, NULL, false,
                      "assumption, so that the mean exit comes near 0.41 a year [S85]",
                      "return to work in the first year of a spell without work, over the level of long spells"},
    [P_EXIT_LONG] = {"exit_long", WKS_PARAM_REAL, "1/yr", 0.055, 0, 1, NULL, false, "assumption", "return to work after a long spell"},
    [P_EXIT_SCALE] = {"exit_scale", WKS_PARAM_REAL, "yr", 1.5, 0.1, 20, NULL, false, "assumption",
                      "how fast the chance falls with the length of the spell"},
    [P_PENSION_AGE] = {"pension_age", WKS_PARAM_INT, "yr", 67, 60, 75, NULL, false, "AOW age 2024-2027", "age at which AOW starts"},
    [P_GRADUATE] = {"graduate", WKS_PARAM_REAL, "1/yr", 0.22, 0, 1, NULL, false, "assumption: studies of four to five years",
                    "students who end their study"},
    [P_INDEX] = {"income_index", WKS_PARAM_REAL, "1/yr", 0.025, -0.1, 0.2, NULL, false,
                 "assumption, equal to law_index so that limits stay in step", "growth of incomes each January"},
    [P_RENT_INDEX] = {"rent_index", WKS_PARAM_REAL, "1/yr", 0.025, -0.1, 0.2, NULL, false, "assumption, equal to income_index",
                      "increase of rents: sitting tenants each July, asked rents each January"},
    [P_PSYCHIATRIC] = {"psychiatric", WKS_PARAM_REAL, "1/yr", 0.0011, 0, 0.1, NULL, false,
                       "assumption, so that prevalence stays near 0.6-1.8 % [S21]", "onset of psychiatric problems in a household"},
    [P_RECOVER_PSYCHIATRIC] = {"recover_psychiatric", WKS_PARAM_REAL, "1/yr", 0.10, 0, 1, NULL, false, "assumption", "recovery"},
    [P_ADDICTION] = {"addiction", WKS_PARAM_REAL, "1/yr", 0.00095, 0, 0.1, NULL, false, "assumption", "onset of addiction"},
    [P_RECOVER_ADDICTION] = {"recover_addiction", WKS_PARAM_REAL, "1/yr", 0.10, 0, 1, NULL, false, "assumption", "recovery"},
    [P_DEBT] = {"debt", WKS_PARAM_REAL, "1/yr", 0.027, 0, 0.5, NULL, false, "assumption, so that prevalence stays near 8-9 % (UNVERIFIED)",
                "onset of problem debt"},
    [P_RECOVER_DEBT] = {"recover_debt", WKS_PARAM_REAL, "1/yr", 0.20, 0, 1, NULL, false, "assumption", "end of problem debt"},
    [P_FRAIL] = {"frail", WKS_PARAM_REAL, "1/yr", 0.024, 0, 1, NULL, false, "assumption",
                 "becoming frail at age 80; half at 74, double at 86; no recovery"},
    [P_NUISANCE] = {"nuisance", WKS_PARAM_REAL, "1/yr", 0.07, 0, 1, NULL, false,
                    "assumption, order of 7.8 reports per 1,000 dwellings [S55]",
                    "start of a nuisance file where there are psychiatric problems or addiction; a twentieth of it elsewhere"},
    [P_RECOVER_NUISANCE] = {"recover_nuisance", WKS_PARAM_REAL, "1/yr", 0.5, 0, 1, NULL, false, "assumption", "end of a nuisance file"},
    [P_LOW_FACTOR] = {"low_factor", WKS_PARAM_REAL, "-", 3, 1, 10, NULL, false,
                      "assumption: vulnerability concentrates at low incomes [S21]",
                      "factor on every onset for households without work below pension age"},
    [P_BURDEN_LIMIT] = {"burden_limit", WKS_PARAM_REAL, "share", 0.40, 0.1, 1, NULL, false, "assumption",
                        "net rent over income above which arrears arise"},
    [P_ARREARS] = {"arrears", WKS_PARAM_REAL, "1/mo", 0.03, 0, 1, NULL, false, "assumption",
                   "monthly chance of another month of arrears above the limit or in debt"},
    [P_EVICTION] = {"eviction", WKS_PARAM_REAL, "1/mo", 0.02, 0, 1, NULL, false,
                    "assumption, so that about 1,200 a year of 2.3 M social tenancies follow [S117]",
                    "eviction with three months of arrears or more"},
    [P_AMORTISE] = {"amortise", WKS_PARAM_REAL, "1/yr", 0.025, 0, 0.2, NULL, false, "assumption, near the synthetic population",
                    "part of the home's value that owners add to their equity each January, up to 0.95 of it"},
    [P_SAVINGS] = {"savings", WKS_PARAM_REAL, "yr", 0.25, 0, 5, NULL, false, "assumption, as in the synthetic population",
                   "savings in years of income that households who own no home move to, up or down, by a tenth of the gap each January"},
};

typedef struct wks_livelihood_pass {
    wks_world *world;
    const wks_tick *tick;
    uint8_t *flag; /* 1: evict */
    double job_loss, graduate, eviction, arrears, burden;
    double onset[4], recover[4]; /* psychiatric, addiction, debt, nuisance */
    double exit_short, exit_long, exit_scale;
    double frail[121];
    double index, rent_index, amortise, savings;
    bool january;
    int32_t pension_age;
    double low_factor;
} pass;

static const uint16_t traits[4] = {WKS_VULNERABLE_PSYCHIATRIC, WKS_VULNERABLE_ADDICTION, WKS_VULNERABLE_DEBT, WKS_VULNERABLE_NUISANCE};

enum { ANY_TRAIT = WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION | WKS_VULNERABLE_DEBT | WKS_VULNERABLE_NUISANCE };

static bool roll(wks_rng *rng, double p)
{
    const uint32_t word = wks_rng_u32(rng); /* 32 bits are enough for a monthly chance and half the work */
    return wks_rng_unit(word) < p;
}

/* Work, benefit, study, pension: the income spell of one household. */
static void work(const pass *self, int32_t i, int32_t age, wks_rng *rng)
{
    wks_household_table *household = &self->world->household;
    const wks_law *law = &self->tick->law;
    const double u = wks_rng_unit(wks_rng_u32(rng));
    wks_income_source next = (wks_income_source)household->income_source[i];

    if (age >= self->pension_age) {
        if (next != WKS_INCOME_PENSION) next = WKS_INCOME_PENSION;
    } else if (next == WKS_INCOME_WORK) {
        /* Assumption: the mean over working households comes near job_loss; two thirds have a partner, one in six a low income. */
        const double low = (double)household->income_eur[i] < 0.6 * law->income_single_eur ? 2.6 : 1.15;
        if (u < self->job_loss * low * (household->has_partner[i] ? 0.5 : 1)) next = WKS_INCOME_BENEFIT;
    } else if (next == WKS_INCOME_STUDY) {
        if (u < self->graduate) next = WKS_INCOME_WORK;
    } else {
        const double years = (self->world->month - household->spell_month[i]) / 12.0;
        const double yearly = self->exit_long + self->exit_short * wks_math_exp(-years / self->exit_scale);
        if (u < yearly / 12) next = WKS_INCOME_WORK;
    }
    if (next == (wks_income_source)household->income_source[i]) return;
    if (household->income_source[i] == WKS_INCOME_STUDY) household->is_student[i] = 0;
    household->income_source[i] = (uint8_t)next;
    household->spell_month[i] = self->world->month;
    household->income_eur[i] = (float)wks_profile_income_draw(rng, self->world, law, household->has_partner[i] != 0, age, next);
}

/* Careers: income from work follows the age profile on the birthday of the oldest, below pension age. */
static void grow_older(const pass *self, int32_t i, int32_t age)
{
    wks_household_table *household = &self->world->household;
    if (household->income_source[i] != WKS_INCOME_WORK || age < 19 || age >= self->pension_age) return;
    if ((self->world->month - household->head_birth_month[i]) % 12 != 0) return;
    household->income_eur[i] = (float)((double)household->income_eur[i] * wks_profile_income_age(age) / wks_profile_income_age(age - 1));
}

/* Each January owners own a larger part of their home and others save towards a part of their income. */
static void save(const pass *self, int32_t i)
{
    wks_household_table *household = &self->world->household;
    const int32_t unit = household->unit_row[i];
    const int32_t dwelling = unit < 0 ? WKS_NONE : self->world->unit.dwelling_row[unit];
    const double equity = (double)household->equity_eur[i];

    if (dwelling >= 0 && self->world->dwelling.tenure[dwelling] == WKS_TENURE_OWNER) {
        const double value = (double)self->world->dwelling.value_eur[dwelling] * self->world->price_level, most = 0.95 * value;
        const double next = equity + self->amortise * value;
        if (equity < most) household->equity_eur[i] = (float)(next < most ? next : most);
    } else {
        /* Savings close a tenth of the gap a year: assumption. */
        const double gap = self->savings * (double)household->income_eur[i] - equity;
        household->equity_eur[i] = (float)(equity + 0.1 * gap);
    }
}

static void health(const pass *self, int32_t i, int32_t age, wks_rng *rng)
{
    wks_household_table *household = &self->world->household;
    const bool low = household->income_source[i] == WKS_INCOME_BENEFIT || household->income_source[i] == WKS_INCOME_NONE;
    const double factor = low ? self->low_factor : 0.7; /* 0.7, and 0.05 for nuisance without a condition below: assumptions */
    uint16_t now = household->vulnerability[i];
    bool settled = false;

    if ((now & ANY_TRAIT) == 0) { /* nearly everybody: at most one onset a month, told by one draw */
        double u = wks_rng_unit(wks_rng_u32(rng));
        for (int k = 0; k < 4 && !settled; k++) {
            const double onset = traits[k] == WKS_VULNERABLE_NUISANCE ? 0.05 * self->onset[k] : self->onset[k] * factor;
            settled = u < onset;
            if (settled) now = (uint16_t)(now | traits[k]);
            u -= onset;
        }
        settled = true;
    }
    for (int k = 0; k < 4 && !settled; k++) {
        double onset = self->onset[k] * factor;
        if (traits[k] == WKS_VULNERABLE_NUISANCE && (now & (WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION)) == 0)
            onset = 0.05 * self->onset[k];
        if ((now & traits[k]) != 0) {
            if (roll(rng, self->recover[k])) now = (uint16_t)(now & ~traits[k]);
        } else if (roll(rng, onset)) {
            now = (uint16_t)(now | traits[k]);
        }
    }
    if (age >= 65 && (now & WKS_VULNERABLE_FRAIL) == 0 && roll(rng, self->frail[age < 120 ? age : 120]))
        now = (uint16_t)(now | WKS_VULNERABLE_FRAIL);
    household->vulnerability[i] = now;
}

/* Net rent over income; 0 without rent. */
static double burden_of(const pass *self, int32_t i, int32_t age)
{
    const wks_world *world = self->world;
    const int32_t unit = world->household.unit_row[i];
    if (unit < 0 || !(world->unit.rent_eur[unit] > 0) || !(world->household.income_eur[i] > 0)) return 0;
    const double rent = (double)world->unit.rent_eur[unit];
    const double income = (double)world->household.income_eur[i];
    return 12 * (rent - wks_law_huurtoeslag(&self->tick->law, income, rent, world->household.n_persons[i], age)) / income;
}

static void arrears(const pass *self, int32_t i, int32_t age, wks_rng *rng)
{
    wks_household_table *household = &self->world->household;
    const bool in_debt = (household->vulnerability[i] & WKS_VULNERABLE_DEBT) != 0;
    const double u = wks_rng_unit(wks_rng_u32(rng));

    /* Assumptions: a month of arrears is made up with 0.1, two years is the most, eviction is possible from three months.
     * Few households are looked at closely: those with arrears or debt, and who draws a month of trouble. */
    if (household->arrears_months[i] == 0 && !in_debt && u >= self->arrears) return;
    if (household->place[i] != WKS_PLACE_HOUSED || self->world->unit.rent_eur[household->unit_row[i]] <= 0) {
        household->arrears_months[i] = 0;
        return;
    }
    if ((in_debt || burden_of(self, i, age) > self->burden) && u < self->arrears) {
        if (household->arrears_months[i] < 24) household->arrears_months[i]++;
    } else if (household->arrears_months[i] > 0 && u > 0.9) {
        household->arrears_months[i]--;
    }
    if (household->arrears_months[i] >= 3 && roll(rng, self->eviction)) self->flag[i] = 1;
}

static void live(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    wks_world *world = self->world;
    wks_household_table *household = &world->household;

    (void)block;
    for (int64_t k = begin; k < end; k++) {
        const int32_t i = (int32_t)k;
        self->flag[i] = 0;
        if (household->key[i] == 0) continue;
        if (self->index != 0) household->income_eur[i] = (float)((double)household->income_eur[i] * (1 + self->index));
        if (self->index != 0 && wks_world_tenure_of(world, i) != WKS_TENURE_OWNER) /* a home gains with the price level (process market) */
            household->equity_eur[i] = (float)((double)household->equity_eur[i] * (1 + self->index));
        if (self->january) save(self, i);
        if (household->place[i] == WKS_PLACE_OUTSIDE) continue;
        wks_rng rng = wks_rng_open(&world->seed, household->key[i], (uint32_t)world->tick, WKS_RNG_INCOME);
        const int32_t age = wks_month_age(household->head_birth_month[i], world->month);
        grow_older(self, i, age);
        work(self, i, age, &rng);
        health(self, i, age, &rng);
        arrears(self, i, age, &rng);
    }
}

/* Rents of sitting tenants rise in July; asked rents in January with the law's limits (tick.law), so that a home let at a limit stays within it. */
static void raise_rents(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    wks_world *world = self->world;
    (void)block;
    for (int64_t i = begin; i < end; i++) {
        const bool sits = world->unit.household_row[i] >= 0;
        if (sits != self->january) world->unit.rent_eur[i] = (float)((double)world->unit.rent_eur[i] * (1 + self->rent_index));
    }
}

static void raise_asked_rents(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    (void)block;
    for (int64_t i = begin; i < end; i++) {
        self->world->dwelling.rent_eur[i] = (float)((double)self->world->dwelling.rent_eur[i] * (1 + self->rent_index));
        self->world->dwelling.streefhuur_eur[i] = (float)((double)self->world->dwelling.streefhuur_eur[i] * (1 + self->rent_index));
    }
}

static wks_status evict(wks_tick *tick, int32_t row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;

    WKS_TRY(wks_relations_move_out(world, row, WKS_PLACE_SHELTER, WKS_NONE, err));
    world->household.arrears_months[row] = 0;
    world->ledger.evictions++;
out:
    return rc;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double *p = settings->value;
    wks_world *world = tick->world;
    const int32_t n = world->household.base.n_rows;
    const bool january = wks_month_of_year(world->month) == 0, july = wks_month_of_year(world->month) == 6;
    pass self = {
        .world = world,
        .tick = tick,
        .flag = wks_tick_buffer(tick, WKS_SLOT_FLAG, (size_t)n, 1),
        .job_loss = wks_math_monthly(p[P_JOB_LOSS]),
        .graduate = wks_math_monthly(p[P_GRADUATE]),
        .eviction = p[P_EVICTION],
        .arrears = p[P_ARREARS],
        .burden = p[P_BURDEN_LIMIT],
        .exit_short = p[P_EXIT_SHORT],
        .exit_long = p[P_EXIT_LONG],
        .exit_scale = p[P_EXIT_SCALE],
        .index = january ? p[P_INDEX] : 0,
        .rent_index = p[P_RENT_INDEX],
        .pension_age = (int32_t)p[P_PENSION_AGE],
        .low_factor = p[P_LOW_FACTOR],
        .january = january,
        .amortise = p[P_AMORTISE],
        .savings = p[P_SAVINGS],
        .onset = {wks_math_monthly(p[P_PSYCHIATRIC]), wks_math_monthly(p[P_ADDICTION]), wks_math_monthly(p[P_DEBT]),
                  wks_math_monthly(p[P_NUISANCE])},
        .recover = {wks_math_monthly(p[P_RECOVER_PSYCHIATRIC]), wks_math_monthly(p[P_RECOVER_ADDICTION]),
                    wks_math_monthly(p[P_RECOVER_DEBT]), wks_math_monthly(p[P_RECOVER_NUISANCE])},
    };
    wks_tick_item *item = NULL;
    int32_t n_items = 0;

    if (self.flag == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", n);
    for (int32_t age = 65; age <= 120; age++) {
        /* Doubles every six years of age: assumption. */
        self.frail[age] = wks_math_monthly(wks_math_clamp(p[P_FRAIL] * wks_math_exp(0.1155 * (age - 80)), 0, 0.9));
    }
    wks_par_for(n, 0, world->threads, live, &self);
    if ((january || july) && self.rent_index != 0) wks_par_for(world->unit.base.n_rows, 0, world->threads, raise_rents, &self);
    if (january && self.rent_index != 0) {
        wks_par_for(world->dwelling.base.n_rows, 0, world->threads, raise_asked_rents, &self);
    }
    WKS_TRY(wks_tick_list_flags(tick, WKS_SLOT_ITEMS, self.flag, world->household.key, n, &item, &n_items, err));
    for (int32_t k = 0; k < n_items; k++)
        WKS_TRY(evict(tick, item[k].row, err));
out:
    return rc;
}

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    (void)settings;
    (void)err;
    wks_profile_income_calibrate(tick->world, &tick->law);
    return WKS_OK;
}

static const wks_process process = {run, start};
const wks_spec wks_livelihood_spec = {
    "livelihood", "process", "income spells, pension, indexation, rents, onset of and recovery from vulnerabilities, arrears and eviction",
    "",           params,    N_PARAMS,
    &process};
