#include "city/synth_register.h"

#include "base/month.h"

enum { ADULT = 18 };

double wks_synth_register_rate(int32_t age)
{
    if (age < 30) return wks_synth_default.register_18_29;
    return age < 50 ? wks_synth_default.register_30_49 : wks_synth_default.register_50;
}

/* Month of the live registration of a person who had none at `from`; years are counted from `from`. */
static int32_t live_through(wks_rng *rng, const wks_synth_plan_person *person, int32_t from, int32_t now)
{
    int32_t since = WKS_NO_MONTH;

    for (int32_t month = from; month < now; month += 12) {
        const double u = wks_rng_unit(wks_rng_u32(rng));
        if (since != WKS_NO_MONTH) {
            if (u < wks_synth_default.lapse) since = WKS_NO_MONTH;
            continue;
        }
        const double p = wks_synth_register_rate(wks_month_age(person->birth_month, month));
        /* u / p is uniform given that it happens: the month within the year. */
        if (u < p) since = month + (int32_t)(12.0 * (u / p));
        if (since > now) since = WKS_NO_MONTH; /* later this year */
    }
    return since;
}

static void of_household(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_synth_plan_household *h)
{
    const int32_t now = context->options->start_month;
    const bool is_social = h->place == WKS_PLACE_HOUSED && h->cell >= 0 && h->cell / 2 == WKS_SYNTH_PLAN_CORPORATIE;
    bool is_registered = false;

    for (int32_t p = h->first; p >= 0; p = plan->person[p].next) {
        wks_synth_plan_person *person = &plan->person[p];
        const int32_t adult = person->birth_month + 12 * ADULT;
        const bool ended = is_social && (person->role == WKS_ROLE_HEAD || person->role == WKS_ROLE_PARTNER);
        if (person->age < ADULT || h->place == WKS_PLACE_COA) continue;
        wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_person_key(plan, p), 0, WKS_RNG_SYNTH_REGISTRATION);
        person->registered_month = live_through(&rng, person, ended && h->since_month > adult ? h->since_month : adult, now);
        is_registered = is_registered || person->registered_month != WKS_NO_MONTH;
    }
    if (h->place == WKS_PLACE_HOUSED || h->place == WKS_PLACE_COA || is_registered) return;
    wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_person_key(plan, h->first), 1, WKS_RNG_SYNTH_REGISTRATION);
    const double u = wks_rng_u01(&rng);
    if (u < wks_synth_default.latent_registered) plan->person[h->first].registered_month = h->since_month;
}

void wks_synth_register_make(const wks_synth_plan_context *context, wks_synth_plan *plan)
{
    for (int32_t h = 0; h < plan->n_households; h++) of_household(context, plan, &plan->household[h]);
}
