#include "city/synth_latent.h"

#include <stdbool.h>

#include "base/mem.h"
#include "num/draw.h"
#include "num/math.h"

enum { WISH_FIRST = 18, WISH_LAST = 29, MAX_FAMILY = 8 };

/* Month a wish arose: exponential, not before the 18th birthday. */
static int32_t month_of_wish(wks_rng *rng, int32_t now, double mean_months, int32_t birth_month)
{
    const double months = wks_draw_exponential(rng, mean_months);
    const int32_t adult = birth_month + 12 * WISH_FIRST;
    const int32_t since = months > 600.0 ? now - 600 : now - (int32_t)months;

    return since < adult ? adult : since;
}

static int32_t split(wks_synth_plan *plan, int32_t person, int32_t place)
{
    const int32_t host = plan->person[person].household;
    const int32_t h = wks_synth_plan_add_household(plan, WKS_SYNTH_PLAN_ONE, place, host);

    wks_synth_plan_unlink(plan, person);
    wks_synth_plan_link(plan, h, person, WKS_ROLE_HEAD);
    plan->household[h].is_student = plan->person[person].is_student;
    return h;
}

/* Might this person leave: a grown child at home, or a partner in a family that could come apart? */
static bool may_split(const wks_synth_plan *plan, int32_t p, bool *out_is_child)
{
    const wks_synth_plan_person *person = &plan->person[p];

    if (person->household < 0 || plan->household[person->household].kind != WKS_SYNTH_PLAN_WITH) return false;
    if (plan->household[person->household].place != WKS_PLACE_HOUSED) return false; /* a guest hosts nobody */
    *out_is_child = person->role == WKS_ROLE_CHILD && person->age >= WISH_FIRST && person->age <= WISH_LAST;
    return *out_is_child || person->role == WKS_ROLE_PARTNER;
}

/* Room for a latent unit of everybody who might leave. */
static wks_status make_room(wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t capacity = plan->n_households;
    bool is_child;

    for (int32_t p = 0; p < plan->n_persons; p++)
        capacity += may_split(plan, p, &is_child);
    wks_synth_plan_household *grown =
        wks_mem_resize(plan->household, (size_t)plan->n_households, (size_t)capacity, sizeof *plan->household);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households", capacity);
    plan->household = grown;
    plan->household_capacity = capacity;
out:
    return rc;
}

wks_status wks_synth_latent_split(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_synth_parameters *k = &wks_synth_default;
    const int32_t now = context->options->start_month;
    bool is_child;

    WKS_TRY(make_room(plan, err));
    for (int32_t p = 0; p < plan->n_persons; p++) {
        if (!may_split(plan, p, &is_child)) continue;
        wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_person_key(plan, p), 0, WKS_RNG_SYNTH_LATENT);
        const double u = wks_rng_u01(&rng);
        if (u >= (is_child ? k->wish_at_parents : k->ex_partner)) continue;
        const int32_t h = split(plan, p, is_child ? WKS_PLACE_AT_PARENTS : WKS_PLACE_EX_PARTNER);
        const double mean = is_child ? k->wish_mean_months : 6.0; /* a separated couple does not stay together for years */
        plan->household[h].since_month = month_of_wish(&rng, now, mean, plan->person[p].birth_month);
    }
out:
    return rc;
}

/* --- people without a buurt --------------------------------------------------------------------------------------------- */

static int32_t add_person(wks_synth_plan *plan, int32_t household, int32_t role, int32_t sex, int32_t age, int32_t origin,
                          int32_t birth_month)
{
    const int32_t p = plan->n_persons++;

    plan->person[p] = (wks_synth_plan_person){.household = -1,
                                              .next = -1,
                                              .birth_month = birth_month,
                                              .registered_month = WKS_NO_MONTH,
                                              .age = (uint8_t)age,
                                              .sex = (uint8_t)sex,
                                              .origin = (uint8_t)origin};
    wks_synth_plan_link(plan, household, p, role);
    return p;
}

static int32_t new_person(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_rng *rng, int32_t household, int32_t role,
                          int32_t sex, int32_t age, int32_t origin)
{
    const int32_t month = (int32_t)wks_rng_below(rng, 12);

    return add_person(plan, household, role, sex, age, origin, context->options->start_month - 12 * age - month);
}

static void shelter(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_rng *rng)
{
    /* Homeless people: mostly men, 18-64, four in ten born outside Europe, 6 in 10 with problem debts: CBS and Trimbos, general
     * knowledge. */
    const int32_t h = wks_synth_plan_add_household(plan, WKS_SYNTH_PLAN_ONE, WKS_PLACE_SHELTER, -1);
    const double sex = wks_rng_u01(rng), origin = wks_rng_u01(rng), months = wks_draw_exponential(rng, 12.0);
    const int32_t age = 18 + (int32_t)wks_rng_below(rng, 47);
    static const struct {
        double share;
        uint16_t flag;
    } trait[5] = {{0.4, WKS_VULNERABLE_PSYCHIATRIC},
                  {0.3, WKS_VULNERABLE_LVB},
                  {0.3, WKS_VULNERABLE_ADDICTION},
                  {0.6, WKS_VULNERABLE_DEBT},
                  {0.08, WKS_VULNERABLE_NUISANCE}};

    new_person(context, plan, rng, h, WKS_ROLE_HEAD, sex < 0.8 ? WKS_SEX_MAN : WKS_SEX_WOMAN, age,
               origin < 0.45 ? WKS_ORIGIN_NL : (origin < 0.6 ? WKS_ORIGIN_EUROPE : WKS_ORIGIN_OUTSIDE_EUROPE));
    for (int32_t i = 0; i < 5; i++) {
        const double u = wks_rng_u01(rng);
        if (u < trait[i].share) plan->household[h].vulnerability = (uint16_t)(plan->household[h].vulnerability | trait[i].flag);
    }
    plan->household[h].since_month = context->options->start_month - (int32_t)wks_math_clamp(months, 0.0, 60.0);
}

static void coa(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_rng *rng, bool is_family)
{
    const int32_t h = wks_synth_plan_add_household(plan, is_family ? WKS_SYNTH_PLAN_WITH : WKS_SYNTH_PLAN_ONE, WKS_PLACE_COA, -1);
    const double sex = wks_rng_u01(rng), origin = wks_rng_u01(rng), months = wks_draw_exponential(rng, 6.0);
    const int32_t age = (is_family ? 26 : 19) + (int32_t)wks_rng_below(rng, is_family ? 20 : 25);
    const int32_t from = origin < 0.95 ? WKS_ORIGIN_OUTSIDE_EUROPE : WKS_ORIGIN_EUROPE;
    const int32_t head = sex < (is_family ? 0.6 : 0.75) ? WKS_SEX_MAN : WKS_SEX_WOMAN;

    new_person(context, plan, rng, h, WKS_ROLE_HEAD, head, age, from);
    if (is_family) {
        const uint32_t n_children = 1 + wks_rng_below(rng, 4);
        const double partner = wks_rng_u01(rng);
        const int32_t oldest = age - 22 > 16 ? 16 : age - 22;
        if (partner < 0.8) new_person(context, plan, rng, h, WKS_ROLE_PARTNER, 1 - head, age < 25 ? 24 : age - 2, from);
        for (uint32_t i = 0; i < n_children; i++) {
            const int32_t child_age = (int32_t)wks_rng_below(rng, (uint32_t)oldest + 1);
            const int32_t child_sex = (int32_t)wks_rng_below(rng, 2);
            new_person(context, plan, rng, h, WKS_ROLE_CHILD, child_sex, child_age, from);
        }
    }
    plan->household[h].referral = WKS_REFERRAL_STATUSHOUDER;
    plan->household[h].since_month = context->options->start_month - (int32_t)wks_math_clamp(months, 0.0, 30.0);
}

wks_status wks_synth_latent_outside(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_synth_parameters *k = &wks_synth_default;
    double persons = 0.0;

    for (int32_t b = 0; b < context->city->n_buurten; b++)
        persons += context->plan[b].target.n[WKS_SYNTH_PLAN_PERSONS];
    const int32_t n_shelter = (int32_t)(persons * k->shelter_per_person + 0.5);
    const int32_t n_coa = (int32_t)(persons / k->coa_national_base * k->coa_national_persons + 0.5);
    plan->household_capacity = n_shelter + n_coa;
    plan->household = wks_mem_array((size_t)plan->household_capacity, sizeof *plan->household);
    plan->person = wks_mem_array((size_t)n_shelter + (size_t)n_coa + MAX_FAMILY, sizeof *plan->person);
    if (plan->household == NULL || plan->person == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for people in shelter and at COA");
    for (int32_t i = 0; i < n_shelter; i++) {
        wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_household_key(plan, plan->n_households), 0, WKS_RNG_SYNTH_LATENT);
        shelter(context, plan, &rng);
    }
    while (plan->n_persons < n_shelter + n_coa) {
        wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_household_key(plan, plan->n_households), 0, WKS_RNG_SYNTH_LATENT);
        const double u = wks_rng_u01(&rng);
        coa(context, plan, &rng, u < k->coa_family_share);
    }
out:
    return rc;
}
