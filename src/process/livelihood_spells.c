#include "process/livelihood_spells.h"

#include <math.h>

#include "base/month.h"
#include "num/draw.h"
#include "num/math.h"
#include "process/profile_income.h"

enum { WITHOUT_WORK = WKS_LIVELIHOOD_SPELLS_WITHOUT_WORK, LOW_IN_WORK = WKS_LIVELIHOOD_SPELLS_LOW_IN_WORK };
enum { BETWEEN_JOBS = WKS_LIVELIHOOD_SPELLS_BETWEEN_JOBS, CAREER_FROM = 19 };
enum { YEAR_BITS = 0xFFF }; /* the last twelve months of low_past before this one is added */

/* Assumptions: below 0.6 of the DAEB limit of one person work ends 2.6 times as often, above it 1.15, so that the mean over working households
 * comes near job_loss; a partner with an income halves it. Spells of low income strike couples half as often. */
static const double MODEST = 0.6, LOSS_FACTOR[2] = {1.15, 2.6}, PARTNER_FACTOR = 0.5;
/* Assumptions: a spell of low income in work is at 0.55 to 1 of the limit; who had it at tick 0 comes to 1.05 to 2 times the limit. A year out of
 * work costs 5 % of the income from work, 30 % at most. */
static const double FALL_LOW = 0.55, RISE_LOW = 1.05, RISE_HIGH = 2.0, SCAR_A_YEAR = 0.05, SCAR_MOST = 0.3;

/* Studies end at their length, not at any time: few before 20, most at 22 to 25, nearly all soon after (assumption). */
static const double graduate_factor[WKS_LIVELIHOOD_SPELLS_STUDIES] = {0.2, 0.6, 1.5, 2.5, 3};

static int32_t study_age(int32_t age)
{
    return age < 20 ? 0 : age < 26 ? (age - 18) / 2 : WKS_LIVELIHOOD_SPELLS_STUDIES - 1;
}

/* Monthly chance of a yearly probability whose hazard is `factor` times as large: 1 - (1 - p)^(factor / 12). */
static double monthly(double yearly, double factor)
{
    return yearly >= 1 ? 1 : -wks_math_expm1(factor * wks_math_log1p(-yearly) / 12);
}

static void make_end(const wks_livelihood_spells_end *end, double *out)
{
    for (int32_t m = 0; m < WKS_LIVELIHOOD_SPELLS_MONTHS; m++) {
        /* The hazard of the whole month that begins after m months, integrated: no steps. */
        const double short_part = end->short_rate * end->scale_years * wks_math_exp(-m / 12.0 / end->scale_years) *
                                  -wks_math_expm1(-1 / (12.0 * end->scale_years));
        out[m] = -wks_math_expm1(-(end->long_rate / 12 + short_part));
    }
}

void wks_livelihood_spells_make(const wks_livelihood_spells_rates *rates, const wks_law *law, wks_livelihood_spells *out)
{
    out->law = law;
    out->turns_distant = rates->turns_distant;
    out->pension_months = rates->pension_age > 0 ? 12 * rates->pension_age : (int32_t)law->aow_months;
    for (int32_t k = 0; k < WKS_LIVELIHOOD_SPELLS_STUDIES; k++) {
        const double yearly = graduate_factor[k] * rates->graduate;
        out->graduate[k] = monthly(yearly < 1 ? yearly : 1, 1);
    }
    for (int32_t k = 0; k < 2; k++) {
        out->low_eur[k] = rates->low_limit * wks_law_social_minimum(law, k + 1);
        for (int32_t partner = 0; partner < 2; partner++) {
            const double factor = LOSS_FACTOR[k] * (partner ? PARTNER_FACTOR : 1);
            out->loss[0][k][partner] = monthly(rates->job_loss, factor);
            out->loss[1][k][partner] = monthly(rates->job_loss, factor * rates->distant_loss);
            out->setback[k][partner] = monthly(rates->setback, (k == 1 ? rates->relapse : 1) * (partner ? PARTNER_FACTOR : 1));
        }
    }
    for (int32_t age = 0; age < WKS_LIVELIHOOD_SPELLS_AGES; age++)
        out->growth[age] = age < CAREER_FROM ? 1 : wks_profile_income_age(age) / wks_profile_income_age(age - 1);
    make_end(&rates->without_work, out->end[WITHOUT_WORK]);
    make_end(&rates->low_in_work, out->end[LOW_IN_WORK]);
    make_end(&(wks_livelihood_spells_end){.long_rate = rates->between_jobs, .scale_years = 1}, out->end[BETWEEN_JOBS]);
}

bool wks_livelihood_spells_is_counted(const wks_world *world, int32_t row)
{
    return world->household.place[row] == WKS_PLACE_HOUSED && world->household.income_source[row] != WKS_INCOME_STUDY;
}

bool wks_livelihood_spells_is_low(const wks_livelihood_spells *self, const wks_world *world, int32_t row)
{
    return (double)world->household.income_eur[row] < self->low_eur[world->household.n_persons[row] > 1];
}

float wks_livelihood_spells_low_float(const wks_livelihood_spells *self, bool more)
{
    const float near = (float)self->low_eur[more];

    return (double)near < self->low_eur[more] ? nextafterf(near, INFINITY) : near;
}

/* Chance that the spell ends this month. */
static double end_of(const wks_livelihood_spells *self, int32_t kind, int32_t months, double boost)
{
    const int32_t last = WKS_LIVELIHOOD_SPELLS_MONTHS - 1;
    const double p = self->end[kind][months < 0 ? 0 : months < last ? months : last];

    if (!(boost > 0) && !(boost < 0)) return p;
    return -wks_math_expm1((1 + boost) * wks_math_log1p(-p));
}

/* Kept per adult, so that who pairs or separates in the spell does not take the income of two to one. */
static double adults(const wks_household_table *household, int32_t row)
{
    return household->has_partner[row] ? WKS_PROFILE_INCOME_COUPLE : 1;
}

static void keep_usual(wks_household_table *household, int32_t row)
{
    if (household->usual_eur[row] > 0) return; /* a second fall: what was usual stays so */
    household->usual_eur[row] = (float)((double)household->income_eur[row] / adults(household, row));
}

void wks_livelihood_spells_change(const wks_livelihood_spells *self, wks_world *world, int32_t row, int32_t age, wks_income_source next,
                                  wks_rng *rng)
{
    wks_household_table *household = &world->household;
    const wks_income_source before = (wks_income_source)household->income_source[row];
    const double usual = (double)household->usual_eur[row] * adults(household, row);
    const double years = (world->month - household->spell_month[row]) / 12.0;

    if (before == WKS_INCOME_STUDY) household->is_student[row] = 0;
    if (before == WKS_INCOME_WORK && next == WKS_INCOME_BENEFIT) keep_usual(household, row);
    household->income_source[row] = (uint8_t)next;
    household->spell_month[row] = wks_month_cell(world->month);
    const bool was_usual = before == WKS_INCOME_BENEFIT || before == WKS_INCOME_WORK; /* from work: out of a wijkbasisbaan */
    if (next == WKS_INCOME_WORK && was_usual && usual > 0) {
        household->income_eur[row] = (float)(usual * (1 - wks_math_clamp(SCAR_A_YEAR * years, 0, SCAR_MOST)));
    } else {
        household->income_eur[row] = (float)wks_profile_income_draw(rng, world, self->law, household->has_partner[row] != 0, age, next);
    }
    if (next != WKS_INCOME_BENEFIT) household->usual_eur[row] = 0;
}

static void fall(const wks_livelihood_spells *self, wks_household_table *household, int32_t row, wks_rng *rng)
{
    const double v = wks_rng_unit(wks_rng_u32(rng));

    keep_usual(household, row);
    household->income_eur[row] = (float)(self->low_eur[household->n_persons[row] > 1] * (FALL_LOW + (1 - FALL_LOW) * v));
}

static void rise(const wks_livelihood_spells *self, wks_household_table *household, int32_t row, wks_rng *rng)
{
    const double limit = self->low_eur[household->n_persons[row] > 1], usual = (double)household->usual_eur[row] * adults(household, row);
    const double v = wks_rng_unit(wks_rng_u32(rng));
    const double new = limit *(RISE_LOW + (RISE_HIGH - RISE_LOW) * v);

    household->income_eur[row] = (float)(usual > RISE_LOW * limit ? usual : new);
    household->usual_eur[row] = 0;
}

/* Work: it ends, or else a spell of low income begins or ends. */
static void in_work(const wks_livelihood_spells *self, wks_world *world, int32_t row, int32_t age, double boost, wks_rng *rng)
{
    wks_household_table *household = &world->household;
    const double u = wks_rng_unit(wks_rng_u32(rng));
    const bool is_modest = (double)household->income_eur[row] < MODEST * self->law->income_single_eur;
    const bool is_low = is_modest && wks_livelihood_spells_is_low(self, world, row);
    const double loss = self->loss[household->is_distant[row] != 0][is_modest][household->has_partner[row] != 0];

    if (u < loss) {
        if (u < self->turns_distant * loss) household->is_distant[row] = 1; /* of the draws that lose work the lowest: no other draw */
        wks_livelihood_spells_change(self, world, row, age, WKS_INCOME_BENEFIT, rng);
        return;
    }
    const double rest = (u - loss) / (1 - loss); /* uniform again */
    if (is_low) {
        const int32_t since = household->low_month[row] == WKS_NO_MONTH ? world->month : household->low_month[row];
        if (rest < end_of(self, LOW_IN_WORK, world->month - since - 1, boost)) rise(self, household, row, rng);
    } else {
        const bool relapses = (household->low_past[row] & YEAR_BITS) != 0;
        if (rest < self->setback[relapses][household->has_partner[row] != 0]) fall(self, household, row, rng);
    }
}

void wks_livelihood_spells_career(const wks_livelihood_spells *self, wks_world *world, int32_t row)
{
    wks_household_table *household = &world->household;
    const int32_t months = world->month - household->head_birth_month[row], age = months / 12;

    if (months != 12 * age || household->income_source[row] != WKS_INCOME_WORK || wks_rare_u64(&household->job, row) != 0) return;
    if (age < CAREER_FROM || months >= self->pension_months) return;
    const double growth = self->growth[age < WKS_LIVELIHOOD_SPELLS_AGES ? age : WKS_LIVELIHOOD_SPELLS_AGES - 1];
    household->income_eur[row] = (float)((double)household->income_eur[row] * growth);
    household->usual_eur[row] = (float)((double)household->usual_eur[row] * growth);
}

void wks_livelihood_spells_careers(const wks_livelihood_spells *self, wks_world *world, int32_t first, int32_t after)
{
    const wks_household_table *household = &world->household;
    const int16_t *birth = household->head_birth_month;
    const int32_t now = world->month;

    for (int32_t i = first; i < after; i++) {
        if ((now - birth[i]) % 12 != 0 || household->key[i] == 0 || household->place[i] == WKS_PLACE_OUTSIDE) continue;
        wks_livelihood_spells_career(self, world, i);
    }
}

void wks_livelihood_spells_step(const wks_livelihood_spells *self, wks_world *world, int32_t row, int32_t age,
                                const wks_livelihood_spells_boost *boost, wks_rng *rng)
{
    const wks_household_table *household = &world->household;
    const wks_income_source now = (wks_income_source)household->income_source[row];

    if (world->month - household->head_birth_month[row] >= self->pension_months) {
        if (now != WKS_INCOME_PENSION) wks_livelihood_spells_change(self, world, row, age, WKS_INCOME_PENSION, rng);
        return;
    }
    if (wks_rare_u64(&household->job, row) != 0) { /* as long as the programme runs: livelihood_jobs.h */
        (void)wks_rng_u32(rng);
        return;
    }
    if (now == WKS_INCOME_WORK) {
        in_work(self, world, row, age, boost->low_in_work, rng);
        return;
    }
    /* A pension from 65 stays one when the age of the law rises; that of who lost an older partner is a spell without work. */
    const double u = wks_rng_unit(wks_rng_u32(rng));
    const double p = now == WKS_INCOME_STUDY                  ? self->graduate[study_age(age)]
                     : now == WKS_INCOME_PENSION && age >= 65 ? 0
                                                              : end_of(self, household->is_distant[row] != 0 ? WITHOUT_WORK : BETWEEN_JOBS,
                                                                       world->month - household->spell_month[row] - 1, boost->without_work);
    if (u < p) wks_livelihood_spells_change(self, world, row, age, WKS_INCOME_WORK, rng);
}

void wks_livelihood_spells_remember(const wks_livelihood_spells *self, wks_world *world, int32_t row)
{
    wks_household_table *household = &world->household;
    const bool is_low = wks_livelihood_spells_is_low(self, world, row);

    if (!is_low) {
        household->low_month[row] = WKS_NO_MONTH;
    } else if (household->low_month[row] == WKS_NO_MONTH) {
        household->low_month[row] = wks_month_cell(world->month);
    }
    if (wks_livelihood_spells_is_counted(world, row)) {
        household->low_past[row] = (uint16_t)(household->low_past[row] << 1 | is_low);
        if (household->low_known[row] < UINT8_MAX) household->low_known[row]++;
    } else {
        household->low_past[row] = 0;
        household->low_known[row] = 0;
    }
}

double wks_livelihood_spells_distant(const wks_world *world)
{
    const wks_household_table *household = &world->household;
    int64_t n = 0, n_distant = 0;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        const bool counts = household->income_source[i] == WKS_INCOME_WORK || household->income_source[i] == WKS_INCOME_BENEFIT;
        if (household->key[i] == 0 || household->place[i] == WKS_PLACE_OUTSIDE || !counts) continue;
        n++;
        n_distant += household->is_distant[i] != 0;
    }
    return n > 0 ? (double)n_distant / (double)n : 0;
}

void wks_livelihood_spells_start(const wks_livelihood_spells *self, wks_world *world)
{
    wks_household_table *household = &world->household;

    for (int32_t i = 0; i < household->base.n_rows; i++) {
        if (household->key[i] == 0 || household->place[i] == WKS_PLACE_OUTSIDE) continue;
        const int32_t months = world->month - household->spell_month[i];
        wks_livelihood_spells_remember(self, world, i);
        if (household->low_month[i] == WKS_NO_MONTH || months <= 0) continue;
        household->low_month[i] = wks_month_cell(world->month - (household->income_source[i] == WKS_INCOME_WORK ? months / 4 : months));
    }
}
