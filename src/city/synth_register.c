#include "city/synth_register.h"

#include "base/month.h"
#include "num/draw.h"
#include "num/math.h"

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

/* Months of the oldest registration in the household; 0 without. */
static int32_t months_registered(const wks_synth_plan *plan, const wks_synth_plan_household *h, int32_t now)
{
    int32_t most = 0;

    for (int32_t p = h->first; p >= 0; p = plan->person[p].next) {
        const int32_t since = plan->person[p].registered_month;
        if (since != WKS_NO_MONTH && now - since > most) most = now - since;
    }
    return most;
}

/* Latent units that would be at the head of the queue registered later than that. */
static void shorten(wks_synth_plan *plan, const wks_synth_plan_household *h, int32_t now, wks_rng *rng)
{
    const int32_t limit = (int32_t)wks_synth_default.search_limit_months;

    for (int32_t p = h->first; p >= 0; p = plan->person[p].next) {
        const int32_t since = plan->person[p].registered_month;
        if (since != WKS_NO_MONTH && now - since > limit)
            plan->person[p].registered_month = now - (int32_t)wks_rng_below(rng, (uint32_t)limit);
    }
}

static double share_searching(const wks_synth_plan_household *h)
{
    const wks_synth_parameters *k = &wks_synth_default;

    if (h->place != WKS_PLACE_HOUSED) return 1.0;
    if (h->cell >= 0 && h->cell / 2 == WKS_SYNTH_PLAN_CORPORATIE) return k->search_social;
    if (h->cell >= 0 && h->cell / 2 == WKS_SYNTH_PLAN_OWNER) return k->search_owner;
    return k->search_private; /* rooms as well */
}

static void start_search(const wks_synth_plan_context *context, wks_synth_plan *plan, int32_t index)
{
    const wks_synth_parameters *k = &wks_synth_default;
    const int32_t now = context->options->start_month;
    wks_synth_plan_household *h = &plan->household[index];
    wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_household_key(plan, index), 2, WKS_RNG_SYNTH_REGISTRATION);
    const double u = wks_rng_u01(&rng), months = wks_draw_exponential(&rng, k->search_mean_months);
    double share = share_searching(h);

    if (h->place != WKS_PLACE_HOUSED) {
        shorten(plan, h, now, &rng);
    } else if (months_registered(plan, h, now) > k->search_limit_months) {
        share *= k->search_beyond_limit;
    }
    h->is_searching = u < share;
    h->search_month = WKS_NO_MONTH;
    if (!h->is_searching) return;
    const int32_t start = now - (int32_t)wks_math_clamp(months, 0.0, 240.0);
    h->search_month = start < h->since_month ? h->since_month : start;
}

void wks_synth_register_make(const wks_synth_plan_context *context, wks_synth_plan *plan)
{
    for (int32_t h = 0; h < plan->n_households; h++) {
        of_household(context, plan, &plan->household[h]);
        start_search(context, plan, h);
    }
}
