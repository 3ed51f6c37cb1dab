#include "city/synth_person.h"

#include <math.h>

#include "base/mem.h"
#include "city/synth_reconcile.h"
#include "num/fit.h"
#include "num/math.h"

enum { N_AGES = WKS_SYNTH_PLAN_MAX_AGE + 1, N_CLASSES = 5, TEENS = 15, ADULT = 18, AGE_LAST_YOUNG = 24 };
static const int32_t class_first[N_CLASSES + 1] = {0, 15, 25, 45, 65, N_AGES};

/* National population by five years of age, thousands (CBS, 1-1-2023, rounded; general knowledge, to be checked): only its shape inside the
 * five published classes is used. */
static const double national_thousands[21] = {857,  907,  955,  1020, 1140, 1170, 1185, 1100, 1060, 1055, 1270,
                                              1300, 1195, 1062, 952,  806,  479,  259,  105,  26,   3};

/* Seed: national pattern of age x origin. Totals by origin agree with CBS 85384NED (1-1-2022: 13.01, 1.48 and 3.10 M); the shares by age
 * are an assumption. Women by age: CBS 1-1-2023. */
static const double origin_share[N_CLASSES][WKS_N_ORIGINS] = {
    {0.72, 0.07, 0.21}, {0.71, 0.08, 0.21}, {0.65, 0.125, 0.225}, {0.77, 0.075, 0.155}, {0.88, 0.06, 0.06}};
static const double women_share[N_CLASSES] = {0.488, 0.489, 0.497, 0.501, 0.537};

/* Share of 18 to 30 year olds with their parents: CBS, "Leeftijd bij uit huis gaan in 2020 licht gedaald" (2021/49). */
static const double at_home_men[13] = {0.910, 0.843, 0.781, 0.716, 0.648, 0.562, 0.475, 0.387, 0.307, 0.240, 0.189, 0.150, 0.123};
static const double at_home_women[13] = {0.883, 0.782, 0.692, 0.600, 0.505, 0.402, 0.308, 0.228, 0.167, 0.122, 0.092, 0.071, 0.055};

double wks_synth_person_at_home(int32_t age, int32_t sex)
{
    if (age < ADULT) return 1.0;
    if (age <= 30) return sex == WKS_SEX_MAN ? at_home_men[age - ADULT] : at_home_women[age - ADULT];
    return (sex == WKS_SEX_MAN ? 0.10 : 0.04) * wks_math_exp(-0.06 * (age - 31));
}

static double national_of_age(int32_t age)
{
    /* Above 75 the numbers fall fast inside five years: interpolate geometrically. */
    const int32_t group = age / 5 > 20 ? 20 : age / 5;
    const double here = national_thousands[group] / 5.0;

    if (age < 75 || group == 20) return here;
    const double ratio = national_thousands[group + 1] / national_thousands[group - 1];
    return here * wks_math_pow(ratio, (age % 5 - 2) / 10.0);
}

/* Cumulated weights of the ages first..last-1 of a class; `young` > 0 makes it younger. */
static void cumulate(int32_t first, int32_t last, double young, double *out)
{
    double sum = 0.0;

    for (int32_t a = first; a < last; a++) {
        sum += national_of_age(a) * wks_math_exp(-young * (a - first) / (double)(last - first));
        out[a - first] = sum;
    }
    for (int32_t a = first; a < last; a++)
        out[a - first] /= sum;
}

/* 15-17 among 15-24: as many a year as there are children, 8 % more (older cohorts are larger), if the adults can be missed. */
static int32_t teens_of(const wks_synth_plan_cells *t)
{
    const int32_t *age = t->n + WKS_SYNTH_PLAN_AGE;
    const int64_t older = (int64_t)age[2] + age[3] + age[4];
    const int64_t total = age[1];
    int64_t teens = (int64_t)(age[0] / 15.0 * 3.0 * 1.08 + 0.5);

    if (teens > total * 4 / 5) teens = total * 4 / 5;
    if (t->n[WKS_SYNTH_PLAN_TYPE + WKS_SYNTH_PLAN_WITH] == 0) teens = 0;
    while (teens > 0 && older + total - teens < wks_synth_reconcile_adults_needed(t->n + WKS_SYNTH_PLAN_TYPE, age[0] + teens))
        teens--;
    return (int32_t)teens;
}

static wks_status fit_cells(const wks_synth_plan_context *context, const wks_synth_plan *plan, int32_t *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_fit_shape shape = {3, {N_CLASSES, 2, WKS_N_ORIGINS}};
    const int32_t *n = plan->target.n;
    const int32_t *const whole[3] = {n + WKS_SYNTH_PLAN_AGE, n + WKS_SYNTH_PLAN_SEX, n + WKS_SYNTH_PLAN_ORIGIN};
    double margin[WKS_SYNTH_PLAN_N_CELLS], cell[N_CLASSES * 2 * WKS_N_ORIGINS], error;
    const double *const wanted[3] = {margin + WKS_SYNTH_PLAN_AGE, margin + WKS_SYNTH_PLAN_SEX, margin + WKS_SYNTH_PLAN_ORIGIN};

    for (int32_t i = 0; i < WKS_SYNTH_PLAN_N_CELLS; i++)
        margin[i] = n[i];
    for (int32_t a = 0; a < N_CLASSES; a++) {
        double people = 0.0;
        for (int32_t age = class_first[a]; age < class_first[a + 1]; age++)
            people += national_of_age(age);
        for (int32_t s = 0; s < 2; s++) {
            const double sex = s == WKS_SEX_WOMAN ? women_share[a] : 1.0 - women_share[a];
            for (int32_t o = 0; o < WKS_N_ORIGINS; o++)
                cell[(a * 2 + s) * WKS_N_ORIGINS + o] = people * sex * origin_share[a][o];
        }
    }
    WKS_TRY(wks_fit_ipf(&shape, cell, wanted, &error, err));
    WKS_TRY(wks_fit_integerise(&shape, cell, whole, &context->seed, plan->key, out, err));
out:
    return rc;
}

/* Ages of the n persons from `person` on by systematic sampling: quantiles (i + u) / n of the cumulated weights. */
static void draw_ages(wks_synth_plan_person *person, int32_t n, int32_t first, int32_t last, const double *cumulated, wks_rng *rng)
{
    const double u = wks_rng_u01(rng);
    int32_t a = first;

    for (int32_t i = 0; i < n; i++) {
        while (a < last - 1 && (i + u) / n > cumulated[a - first])
            a++;
        person[i].age = (uint8_t)a;
    }
}

static double youth_of(const wks_synth_plan_cells *t, int32_t teens)
{
    const int32_t *age = t->n + WKS_SYNTH_PLAN_AGE;
    const double young = (age[1] - teens + 1.0) / 7.0, old = (age[3] + 1.0) / 20.0;

    return wks_math_clamp(wks_math_log(young / old), -1.0, 1.0);
}

static void fill_persons(const wks_synth_plan_context *context, wks_synth_plan *plan, const int32_t *cell)
{
    const int32_t teens = teens_of(&plan->target);
    const double young = youth_of(&plan->target, teens); /* where students live, 25-44 is younger as well: assumption */
    double cumulated[N_CLASSES][N_AGES], grown[8];
    double of_cell[2 * WKS_N_ORIGINS];
    int64_t teens_of_cell[2 * WKS_N_ORIGINS] = {0};
    int32_t p = 0;
    wks_rng rng = wks_rng_open(&context->seed, plan->key, 0, WKS_RNG_SYNTH_PERSON);

    for (int32_t a = 0; a < N_CLASSES; a++)
        cumulate(class_first[a], a == 1 ? ADULT : class_first[a + 1], a == 2 ? young : 0.0, cumulated[a]);
    cumulate(ADULT, AGE_LAST_YOUNG + 1, 0.0, grown);
    for (int32_t i = 0; i < 2 * WKS_N_ORIGINS; i++)
        of_cell[i] = cell[2 * WKS_N_ORIGINS + i];
    if (teens > 0) wks_fit_round_to_total(of_cell, 2 * WKS_N_ORIGINS, teens, teens_of_cell);
    for (int32_t a = 0; a < N_CLASSES; a++) {
        for (int32_t i = 0; i < 2 * WKS_N_ORIGINS; i++) {
            const int32_t n = cell[a * 2 * WKS_N_ORIGINS + i], n_teens = a == 1 ? (int32_t)teens_of_cell[i] : n;
            for (int32_t k = p; k < p + n; k++)
                plan->person[k] = (wks_synth_plan_person){.household = -1,
                                                          .next = -1,
                                                          .registered_month = WKS_NO_MONTH,
                                                          .sex = (uint8_t)(i / WKS_N_ORIGINS),
                                                          .origin = (uint8_t)(i % WKS_N_ORIGINS),
                                                          .role = WKS_ROLE_RESIDENT};
            draw_ages(plan->person + p, n_teens, class_first[a], a == 1 ? ADULT : class_first[a + 1], cumulated[a], &rng);
            if (n > n_teens) draw_ages(plan->person + p + n_teens, n - n_teens, ADULT, AGE_LAST_YOUNG + 1, grown, &rng);
            for (int32_t k = p; k < p + n; k++) {
                const int32_t month = (int32_t)wks_rng_below(&rng, 12);
                plan->person[k].birth_month = context->options->start_month - 12 * plan->person[k].age - month;
            }
            p += n;
        }
    }
    plan->n_persons = p;
}

wks_status wks_synth_person_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = plan->target.n[WKS_SYNTH_PLAN_PERSONS];
    int32_t cell[N_CLASSES * 2 * WKS_N_ORIGINS];

    plan->person = wks_mem_array((size_t)n, sizeof *plan->person);
    if (plan->person == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d persons", n);
    if (n == 0) goto out;
    WKS_TRY(fit_cells(context, plan, cell, err));
    fill_persons(context, plan, cell);
out:
    return rc;
}
