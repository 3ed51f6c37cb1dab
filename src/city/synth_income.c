#include "city/synth_income.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "num/draw.h"
#include "num/math.h"

enum { PENSION_AGE = 67, ADULT = 18 };

/* EUR a year, gross, 2023-25: social minimum with holiday pay; AOW; student grant, loan and job. General knowledge, assumption. */
static const double BENEFIT_SINGLE = 18500.0, BENEFIT_COUPLE = 25500.0, AOW_SINGLE = 19000.0, AOW_COUPLE = 26500.0, STUDY = 9000.0;
static const double WORK = 38000.0, PENSION_EXTRA = 11000.0;
/* Of persons with a benefit, those whose household mainly lives on it. Assumption: ao and ww often come beside work. */
static const double MAIN_BIJSTAND = 0.85, MAIN_AO = 0.55, MAIN_WW = 0.5;

/* Households far from work that have it, for each that lives on a long benefit: what balances losing work (0.12 a year) and leaving such a benefit (0.09 a
 * year of the stock: 23 % of bijstand of which most to work, 2 % of ao). Assumption, near the rates of process livelihood. */
static const double DISTANT_IN_WORK = 0.75;

static double work_by_age(int32_t age)
{
    if (age < 25) return 0.5;
    if (age < 30) return 0.85;
    if (age < 35) return 1.0;
    return age < 60 ? 1.15 : 1.0;
}

typedef struct parts {
    double fixed, scaled; /* income = fixed + factor * scaled */
} parts;

static double lognormal(wks_rng *rng, double sigma)
{
    const double z = wks_draw_normal(rng);

    return wks_math_exp(sigma * z - sigma * sigma / 2.0);
}

static parts income_of(const wks_synth_plan *plan, int32_t h, wks_rng *rng)
{
    const wks_synth_plan_household *household = &plan->household[h];
    parts income = {0.0, 0.0};
    bool has_partner = false;
    const wks_synth_plan_person *head = &plan->person[household->first];

    for (int32_t p = household->first; p >= 0; p = plan->person[p].next) {
        const wks_synth_plan_person *person = &plan->person[p];
        if (person->role != WKS_ROLE_PARTNER && person->role != WKS_ROLE_OTHER) continue;
        has_partner = has_partner || person->role == WKS_ROLE_PARTNER;
        const double u = wks_rng_u01(rng), x = lognormal(rng, 0.45);
        if (person->age >= PENSION_AGE || household->source == WKS_INCOME_BENEFIT || person->is_student) continue;
        if (u < 0.82) income.scaled += (person->role == WKS_ROLE_PARTNER ? 0.72 : 0.5) * WORK * work_by_age(person->age) * x;
    }
    const double x = lognormal(rng, household->source == WKS_INCOME_PENSION ? 0.95 : 0.5), noise = lognormal(rng, 0.12);
    switch (household->source) {
    case WKS_INCOME_BENEFIT: income.fixed = (has_partner ? BENEFIT_COUPLE : BENEFIT_SINGLE) * noise; break;
    case WKS_INCOME_STUDY: income.fixed = STUDY * noise; break;
    case WKS_INCOME_PENSION:
        income.fixed = has_partner ? AOW_COUPLE : AOW_SINGLE;
        income.scaled += PENSION_EXTRA * (has_partner ? 1.5 : 1.0) * x;
        break;
    case WKS_INCOME_NONE: break;
    default: income.scaled += WORK * work_by_age(head->age) * x; break;
    }
    return income;
}

static bool may_work(const wks_synth_plan_household *household)
{
    return household->source == WKS_INCOME_WORK && household->place != WKS_PLACE_AT_PARENTS;
}

/* Grown children at their parents' are far from work as often as who works or lives on a benefit in the same buurt. */
static void set_at_parents(const wks_synth_plan_context *context, wks_synth_plan *plan, double share)
{
    for (int32_t h = 0; h < plan->n_households; h++) {
        wks_synth_plan_household *household = &plan->household[h];
        wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_household_key(plan, h), 2, WKS_RNG_SYNTH_ASSIGN);
        const double u = wks_rng_u01(&rng);
        if (household->place == WKS_PLACE_AT_PARENTS) household->is_distant = u < share;
    }
}

/* Who lives on a benefit: heads of 18-66 who do not study, singles and single parents more often. The part on ww is between two jobs, the others are far from
 * work; so are the next in the same order, who have work now. */
static void choose_sources(const wks_synth_plan_context *context, wks_synth_plan *plan, double n_benefit, double n_ww,
                           wks_synth_plan_ranked *ranked, wks_rng *rng)
{
    int32_t n = 0;

    for (int32_t h = 0; h < plan->n_households; h++) {
        wks_synth_plan_household *household = &plan->household[h];
        const wks_synth_plan_person *head = &plan->person[household->first];
        const uint32_t word = wks_rng_u32(rng);
        household->source = head->age >= PENSION_AGE ? WKS_INCOME_PENSION : (head->is_student ? WKS_INCOME_STUDY : WKS_INCOME_WORK);
        if (!may_work(household)) continue;
        const double odds = (household->n_parents == 1 ? 3.0 : 1.0) * (head->age < 27 ? 0.3 : (head->age < 45 ? 0.9 : 1.5));
        ranked[n++] = (wks_synth_plan_ranked){wks_math_log(odds) + wks_draw_gumbel(word), h};
    }
    wks_synth_plan_sort(ranked, n);
    const int32_t most = (int32_t)(0.7 * n);
    int32_t wanted = (int32_t)(n_benefit + 0.5), n_long = 0;
    wanted = wanted > most ? most : wanted;
    const double ww_share = n_benefit > 0 ? n_ww / n_benefit : 0;
    for (int32_t i = 0; i < wanted; i++) {
        wks_synth_plan_household *household = &plan->household[ranked[i].index];
        household->source = WKS_INCOME_BENEFIT;
        household->is_between_jobs = floor((i + 1) * ww_share) > floor(i * ww_share); /* spread evenly over the order */
        household->is_distant = !household->is_between_jobs;
        n_long += household->is_distant;
    }
    const int32_t last = wanted + (int32_t)(DISTANT_IN_WORK * n_long + 0.5), n_distant = (last < n ? last : n) - wanted + n_long;
    for (int32_t i = wanted; i < last && i < n; i++)
        plan->household[ranked[i].index].is_distant = 1;
    set_at_parents(context, plan, n > 0 ? (double)n_distant / n : 0);
}

static void set_incomes(const wks_synth_plan_context *context, wks_synth_plan *plan, double total, parts *part)
{
    double fixed = 0.0, scaled = 0.0;

    for (int32_t h = 0; h < plan->n_households; h++) {
        wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_household_key(plan, h), 1, WKS_RNG_SYNTH_ASSIGN);
        part[h] = income_of(plan, h, &rng);
        fixed += part[h].fixed;
        scaled += part[h].scaled;
    }
    const double factor = total < 0.0 || scaled <= 0.0 ? 1.0 : wks_math_clamp((total - fixed) / scaled, 0.5, 3.0);
    for (int32_t h = 0; h < plan->n_households; h++)
        plan->household[h].income_eur = (float)(part[h].fixed + factor * part[h].scaled);
}

wks_status wks_synth_income_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)plan->n_households;
    parts *part = wks_mem_array(n, sizeof *part);
    wks_synth_plan_ranked *ranked = wks_mem_array(n, sizeof *ranked);
    wks_rng rng = wks_rng_open(&context->seed, plan->key, 0, WKS_RNG_SYNTH_ASSIGN);
    double total = -1.0, n_benefit = 0.0;
    int32_t persons = 0;

    if (part == NULL || ranked == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the incomes of %zu households", n);
    if (plan->buurt_row >= 0) {
        const double *value = context->city->buurt[plan->buurt_row].value;
        for (int32_t h = 0; h < plan->n_households; h++)
            persons += plan->household[h].n_persons;
        total = persons * value[WKS_CITY_income_per_person_eur];
        const double n_ww = MAIN_WW * value[WKS_CITY_ww];
        n_benefit = MAIN_BIJSTAND * value[WKS_CITY_bijstand] + MAIN_AO * value[WKS_CITY_ao] + n_ww;
        choose_sources(context, plan, n_benefit, n_ww, ranked, &rng);
    } else {
        for (int32_t h = 0; h < plan->n_households; h++) {
            plan->household[h].source = WKS_INCOME_BENEFIT;
            plan->household[h].is_distant = 1;
        }
    }
    set_incomes(context, plan, total, part);
out:
    free(part);
    free(ranked);
    return rc;
}
