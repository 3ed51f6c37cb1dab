#include "city/synth_trait.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/draw.h"
#include "num/math.h"

enum { ADULT_MONTHS = 18 * 12, N_FLAGS = 5 };

typedef struct maker {
    const wks_synth_plan_context *context;
    wks_synth_plan *plan;
    const double *kin; /* cumulated weights of buurten */
    int32_t now;
} maker;

/* --- months ----------------------------------------------------------------------------------------------------------------- */

/* Exponential with mean `mean`, given that it is below `most`. */
static double exponential_below(wks_rng *rng, double mean, double most)
{
    const double u = wks_rng_u01(rng);

    if (most <= 0.0) return 0.0;
    return -mean * wks_math_log1p(u * wks_math_expm1(-most / mean));
}

/* Time at the address of somebody who has been an adult for `adult_years`. Sitting social tenants: long tenancies are over-represented by
 * their length. */
static double years_at_address(const wks_synth_plan_household *h, double adult_years, wks_rng *rng)
{
    const wks_synth_parameters *k = &wks_synth_default;
    const double u = wks_rng_u01(rng);
    const int32_t tenure = h->cell < 0 ? -1 : h->cell / 2;
    double mean = k->tenure_room_years;

    if (tenure == WKS_SYNTH_PLAN_OWNER) mean = k->tenure_owner_years;
    if (tenure == WKS_SYNTH_PLAN_PRIVATE) mean = k->tenure_private_years;
    if (tenure == WKS_SYNTH_PLAN_CORPORATIE) {
        const double weight_short = k->tenancy_short * k->tenancy_short_years,
                     weight_long = (1.0 - k->tenancy_short) * k->tenancy_long_years;
        mean = u * (weight_short + weight_long) < weight_short ? k->tenancy_short_years : k->sitting_long_years;
    }
    return exponential_below(rng, mean, adult_years);
}

static int32_t months_ago(const maker *m, double years, double most_years)
{
    return m->now - (int32_t)(12.0 * wks_math_clamp(years, 0.0, most_years));
}

/* Mean length so far of the present source of income, years. Benefits: 1.7 ww end a year for each that runs [S120]; of the others a half runs for more than
 * eight years, as long as bijstand of five years and more ends at 8 to 9 % a year [S121] and disability at less. Others: assumption. */
static double spell_years(const wks_synth_plan_household *h)
{
    return h->source != WKS_INCOME_BENEFIT ? 5.0 : h->is_between_jobs ? 0.6 : 12.0;
}

static void set_months(const maker *m, wks_synth_plan_household *h, wks_rng *rng)
{
    const wks_synth_plan_person *head = &m->plan->person[h->first];
    const int32_t adult = head->birth_month + ADULT_MONTHS;
    const double adult_years = (m->now - adult) / 12.0;
    const double u = wks_rng_u01(rng), years = wks_draw_exponential(rng, 12.0), spell = wks_draw_exponential(rng, 1.0);
    int32_t since = h->since_month;

    if (h->place == WKS_PLACE_HOUSED) {
        since = months_ago(m, years_at_address(h, adult_years, rng), 70.0);
    } else if (h->place == WKS_PLACE_HOSTED) {
        since = months_ago(m, exponential_below(rng, 1.2, adult_years), 10.0);
    }
    since = since < adult ? adult : since;
    h->since_month = since > m->now ? m->now : since;
    /* Half of the people were born in the region; at COA it is the month they came. Assumption. */
    int32_t region = u < 0.5 ? head->birth_month : h->since_month - (int32_t)wks_math_clamp(12.0 * years, 0.0, 720.0);
    region = region < head->birth_month ? head->birth_month : region;
    h->region_month = h->place == WKS_PLACE_COA ? h->since_month : (region > h->since_month ? h->since_month : region);
    const int32_t start = months_ago(m, spell * spell_years(h), 40.0);
    h->spell_month = start < adult ? adult : start;
}

/* --- kin ------------------------------------------------------------------------------------------------------------------------ */

static int32_t gemeente_of(const wks_city *city, const wks_city_area *buurt)
{
    return buurt->parent < 0 ? WKS_NONE : city->wijk[buurt->parent].parent;
}

/* Near buurten weigh more; a distance that is not known counts as that of an average stranger. `here` NULL: anywhere. Where homes are looked for by
 * gemeente (city.cfg: regio) close kin live in it: those further away are none to live near to. */
static void cumulate_kin(const wks_synth_plan_context *context, const wks_city_area *here, double *out)
{
    const wks_city *city = context->city;
    const bool stays = city->by_gemeente && here != NULL;
    const double scale = wks_synth_default.kin_distance_m, unknown = wks_math_exp(-2.0 * scale / scale);
    double sum = 0.0;

    for (int32_t b = 0; b < city->n_buurten; b++) {
        const wks_city_area *there = &city->buurt[b];
        double weight = unknown;
        if (here != NULL) {
            const double dx = there->x_m - here->x_m, dy = there->y_m - here->y_m;
            if (isfinite(dx) && isfinite(dy)) weight = wks_math_exp(-sqrt(dx * dx + dy * dy) / scale);
        }
        if (stays && gemeente_of(city, there) != gemeente_of(city, here)) weight = 0.0;
        sum += context->plan[b].target.n[WKS_SYNTH_PLAN_PERSONS] * weight;
        out[b] = sum;
    }
}

wks_status wks_synth_trait_prepare(wks_synth_plan_context *context, wks_err *err)
{
    wks_status rc = WKS_OK;

    context->kin_anywhere = wks_mem_array((size_t)context->city->n_buurten + 1, sizeof *context->kin_anywhere);
    if (context->kin_anywhere == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", context->city->n_buurten);
    cumulate_kin(context, NULL, context->kin_anywhere);
out:
    return rc;
}

static int32_t draw_kin(const maker *m, wks_rng *rng)
{
    const double u = wks_rng_u01(rng), v = wks_rng_u01(rng);
    const double wanted = v * m->kin[m->context->city->n_buurten - 1];
    int32_t low = 0, high = m->context->city->n_buurten - 1;

    if (u >= wks_synth_default.kin_in_city) return WKS_NONE;
    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (m->kin[middle] >= wanted) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* --- vulnerability --------------------------------------------------------------------------------------------------------------- */

/* Share of households with a flag by tenure (corporatie, private, owner, none of these). LVB: 9 % of adults nationally, 24 % in buurten
 * with two thirds corporatie; psychiatric 0.6 and 1.8 %; debt 8-9 % of households, unverified (Veerkracht in het corporatiebezit; RIGO).
 * Addiction, nuisance: assumption. */
static const struct {
    uint16_t flag;
    double corporatie, private_rent, owner, other;
    double low_income, benefit; /* multipliers */
} prevalence[N_FLAGS] = {{WKS_VULNERABLE_PSYCHIATRIC, 0.010, 0.0045, 0.0020, 0.008, 1.3, 3.0},
                         {WKS_VULNERABLE_LVB, 0.200, 0.070, 0.045, 0.100, 1.2, 1.3},
                         {WKS_VULNERABLE_ADDICTION, 0.011, 0.006, 0.003, 0.010, 1.3, 2.0},
                         {WKS_VULNERABLE_DEBT, 0.130, 0.080, 0.035, 0.090, 1.5, 1.6},
                         {WKS_VULNERABLE_NUISANCE, 0.008, 0.006, 0.004, 0.006, 1.2, 1.3}};

static double frail(int32_t age)
{
    if (age < 70) return 0.005;
    if (age < 75) return 0.05;
    if (age < 80) return 0.11;
    return age < 85 ? 0.22 : 0.40;
}

static void set_vulnerability(wks_synth_plan_household *h, wks_rng *rng)
{
    const bool is_low = h->income_eur < 25000.0f && !h->is_student;
    const int32_t tenure = h->cell < 0 ? -1 : h->cell / 2;

    for (int32_t i = 0; i < N_FLAGS; i++) {
        const double u = wks_rng_u01(rng);
        double p = tenure == WKS_SYNTH_PLAN_CORPORATIE ? prevalence[i].corporatie
                   : tenure == WKS_SYNTH_PLAN_PRIVATE  ? prevalence[i].private_rent
                   : tenure == WKS_SYNTH_PLAN_OWNER    ? prevalence[i].owner
                                                       : prevalence[i].other;
        if (is_low) p *= prevalence[i].low_income;
        if (h->source == WKS_INCOME_BENEFIT) p *= prevalence[i].benefit;
        if (h->is_student) p *= 0.3;
        if (prevalence[i].flag == WKS_VULNERABLE_NUISANCE &&
            (h->vulnerability & (WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION)) != 0)
            p *= 5.0;
        if (u < p) h->vulnerability = (uint16_t)(h->vulnerability | prevalence[i].flag);
    }
    const double u = wks_rng_u01(rng);
    if (u < frail(h->age_oldest)) h->vulnerability = (uint16_t)(h->vulnerability | WKS_VULNERABLE_FRAIL);
}

/* --- money -------------------------------------------------------------------------------------------------------------------------- */

static void set_money(maker *m, wks_synth_plan_household *h, const wks_synth_plan_dwelling *d, wks_rng *rng)
{
    const double z = wks_draw_normal(rng), years = (m->now - h->since_month) / 12.0;
    const double savings = 0.25 * (double)h->income_eur * wks_math_exp(1.1 * z - 0.6); /* assumption */

    h->equity_eur = (float)savings;
    h->rent_eur = 0.0f;
    if (d == NULL) return;
    if (d->tenure == WKS_TENURE_OWNER) {
        /* Paid off and risen in value: 15 % at purchase, 3.5 points a year. Assumption. */
        h->equity_eur = (float)(savings + (double)d->value_eur * wks_math_clamp(0.15 + 0.035 * years, 0.0, 0.95));
        return;
    }
    /* Sitting tenants pay less than what is asked now: rents rise less than asked rents. Assumption: 1.2 % a year, 35 % at most. */
    const double behind = d->tenure == WKS_TENURE_SOCIAL ? 0.012 : 0.010;
    h->rent_eur = (float)((double)d->rent_eur / d->n_units * (1.0 - wks_math_clamp(behind * years, 0.0, 0.35)));
}

wks_status wks_synth_trait_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_city_area *here = plan->buurt_row < 0 ? NULL : &context->city->buurt[plan->buurt_row];
    const bool is_near = here != NULL && (context->city->by_gemeente || (isfinite(here->x_m) && isfinite(here->y_m)));
    maker m = {.context = context, .plan = plan, .kin = context->kin_anywhere, .now = context->options->start_month};
    int32_t *dwelling_of = NULL;
    double *kin = NULL;

    dwelling_of = wks_mem_array((size_t)plan->n_units + 1, sizeof *dwelling_of);
    if (is_near) kin = wks_mem_array((size_t)context->city->n_buurten, sizeof *kin);
    if (dwelling_of == NULL || (is_near && kin == NULL))
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the traits of %d households", plan->n_households);
    if (is_near) {
        cumulate_kin(context, here, kin);
        m.kin = kin;
    }
    for (int32_t d = 0; d < plan->n_dwellings; d++) {
        for (int32_t u = 0; u < plan->dwelling[d].n_units; u++)
            dwelling_of[plan->dwelling[d].first_unit + u] = d;
    }
    for (int32_t i = 0; i < plan->n_households; i++) {
        wks_synth_plan_household *h = &plan->household[i];
        const wks_synth_plan_dwelling *d = h->unit < 0 ? NULL : &plan->dwelling[dwelling_of[h->unit]];
        wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_household_key(plan, i), 4, WKS_RNG_SYNTH_ASSIGN);
        set_months(&m, h, &rng);
        if (d != NULL && h->since_month < d->built_month) h->since_month = d->built_month > m.now ? m.now : d->built_month;
        if (plan->buurt_row >= 0) {
            h->kin_buurt_row = draw_kin(&m, &rng);
            set_vulnerability(h, &rng);
        }
        set_money(&m, h, d, &rng);
    }
out:
    free(kin);
    free(dwelling_of);
    return rc;
}
