#include "city/synth_register.h"

#include "base/month.h"
#include "num/draw.h"
#include "num/math.h"
#include "world/pace.h"

enum { ADULT = 18, MOST_AGE = 120, MOST_YEARS = 128 };

double wks_synth_register_rate(int32_t age)
{
    if (age < 30) return wks_synth_default.register_18_29;
    return age < 50 ? wks_synth_default.register_30_49 : wks_synth_default.register_50;
}

/* Chances of a year, the same for everybody of an age. */
typedef struct wks_synth_register_chances {
    double lapse, by_age[MOST_AGE + 1];
} chances;

static chances chances_of(const wks_pace *pace)
{
    chances out = {.lapse = wks_math_clamp(pace->lapse * wks_synth_default.lapse, 0.0, 1.0)};

    for (int32_t age = 0; age <= MOST_AGE; age++)
        out.by_age[age] = wks_math_clamp(pace->enrol * wks_synth_register_rate(age), 0.0, 1.0);
    return out;
}

/* Month of the live registration of a person who had none at `from`; years are counted from `from`, one word of the person's stream each. */
static int32_t live_through(const wks_synth_plan_context *context, uint64_t key, const wks_synth_plan_person *person, int32_t from,
                            int32_t now, const chances *chance)
{
    const int32_t n_years = from < now ? (now - from + 11) / 12 : 0;
    int32_t since = WKS_NO_MONTH;
    uint32_t word[MOST_YEARS];

    WKS_BUG_IF(n_years > MOST_YEARS);
    wks_rng_words(&context->seed, key, 0, WKS_RNG_SYNTH_REGISTRATION, n_years, word);
    for (int32_t year = 0; year < n_years; year++) {
        const double u = wks_rng_unit(word[year]);
        const int32_t month = from + 12 * year;
        if (since != WKS_NO_MONTH) {
            if (u < chance->lapse) since = WKS_NO_MONTH;
            continue;
        }
        const int32_t age = wks_month_age(person->birth_month, month);
        const double p = chance->by_age[age < MOST_AGE ? age : MOST_AGE]; /* the same from 50 on */
        if (!(u < p)) continue;
        since = month + (int32_t)(12.0 * (u / p)); /* u / p is uniform given that it happens: the month within the year */
        if (since > now) since = WKS_NO_MONTH;     /* later this year */
    }
    return since;
}

static void of_household(const wks_synth_plan_context *context, const chances *chance, wks_synth_plan *plan, wks_synth_plan_household *h)
{
    const int32_t now = context->options->start_month;
    const bool is_social = h->place == WKS_PLACE_HOUSED && h->cell >= 0 && h->cell / 2 == WKS_SYNTH_PLAN_CORPORATIE;
    bool is_registered = false;

    for (int32_t p = h->first; p >= 0; p = plan->person[p].next) {
        wks_synth_plan_person *person = &plan->person[p];
        const int32_t adult = person->birth_month + 12 * ADULT;
        const bool ended = is_social && (person->role == WKS_ROLE_HEAD || person->role == WKS_ROLE_PARTNER);
        if (person->age < ADULT || h->place == WKS_PLACE_COA) continue;
        /* Systems began anew, were merged and cleaned: nobody brings more than oldest_years. */
        const int32_t oldest = now - (int32_t)(12.0 * wks_synth_default.oldest_years),
                      from = ended && h->since_month > adult ? h->since_month : adult;
        person->registered_month =
            live_through(context, wks_synth_plan_person_key(plan, p), person, from > oldest ? from : oldest, now, chance);
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
static void shorten(wks_synth_plan *plan, const wks_synth_plan_household *h, int32_t now, int32_t limit, wks_rng *rng)
{

    for (int32_t p = h->first; p >= 0; p = plan->person[p].next) {
        const int32_t since = plan->person[p].registered_month;
        if (since != WKS_NO_MONTH && now - since > limit)
            plan->person[p].registered_month = now - (int32_t)wks_rng_below(rng, (uint32_t)limit);
    }
}

/* The queue that the processes keep up under inschrijfduur: where the first years would otherwise only fill it. By kind of home:
 * registered_more, the share of unregistered households that gets a registration on top, with months_more as its mean age; search, the share
 * of registered households that is looking. Settled values of the model itself (docs/population.md); no data exist by home. */
typedef enum queue_kind {
    QUEUE_SOCIAL,
    QUEUE_SOCIAL_ROOM,
    QUEUE_PRIVATE,
    QUEUE_ROOM,
    QUEUE_STUDENT,
    QUEUE_OWNER,
    QUEUE_PARENTS,
    QUEUE_UNHOUSED
} queue_kind;
static const struct {
    double registered_more, months_more, search;
} queue[] = {
    [QUEUE_SOCIAL] = {0.18, 45.0, 0.46},  [QUEUE_SOCIAL_ROOM] = {0.65, 30.0, 0.80}, [QUEUE_PRIVATE] = {0.40, 50.0, 0.60},
    [QUEUE_ROOM] = {0.82, 45.0, 0.85},    [QUEUE_STUDENT] = {0.55, 22.0, 0.52},     [QUEUE_OWNER] = {0.0, 0.0, 0.11},
    [QUEUE_PARENTS] = {0.10, 30.0, 0.66}, [QUEUE_UNHOUSED] = {0.40, 30.0, 1.0},
};

static queue_kind kind_of(const wks_synth_plan_household *h)
{
    if (h->place == WKS_PLACE_AT_PARENTS) return QUEUE_PARENTS;
    if (h->place != WKS_PLACE_HOUSED) return QUEUE_UNHOUSED;
    if (h->is_student) return QUEUE_STUDENT;
    if (h->cell >= 0 && h->cell / 2 == WKS_SYNTH_PLAN_CORPORATIE) return h->is_room ? QUEUE_SOCIAL_ROOM : QUEUE_SOCIAL;
    if (h->cell >= 0 && h->cell / 2 == WKS_SYNTH_PLAN_OWNER) return QUEUE_OWNER;
    return h->is_room ? QUEUE_ROOM : QUEUE_PRIVATE;
}

/* An unregistered household that is in the queue all the same: the head registers, not before the 18th birthday. */
static void register_more(wks_synth_plan *plan, const wks_synth_plan_household *h, int32_t now, const wks_pace *pace, wks_rng *rng)
{
    const queue_kind kind = kind_of(h);
    const double mean = queue[kind].months_more > 0.0 ? pace->start * queue[kind].months_more : 1.0;
    const double u = wks_rng_u01(rng), months = wks_draw_exponential(rng, mean);
    wks_synth_plan_person *head = &plan->person[h->first];
    const int32_t adult = head->birth_month + 12 * ADULT,
                  since = now - (int32_t)wks_math_clamp(months, 0.0, pace->start * wks_synth_default.search_limit_months);

    if (u < pace->more * queue[kind].registered_more && adult <= now) head->registered_month = since < adult ? adult : since;
}

static void start_search(const wks_synth_plan_context *context, const wks_pace *pace, wks_synth_plan *plan, int32_t index)
{
    const wks_synth_parameters *k = &wks_synth_default;
    const double limit = pace->start * k->search_limit_months;
    const int32_t now = context->options->start_month;
    wks_synth_plan_household *h = &plan->household[index];
    wks_rng rng = wks_rng_open(&context->seed, wks_synth_plan_household_key(plan, index), 2, WKS_RNG_SYNTH_REGISTRATION);
    const double u = wks_rng_u01(&rng), months = wks_draw_exponential(&rng, k->search_mean_months);

    h->search_month = WKS_NO_MONTH;
    h->is_searching = h->place == WKS_PLACE_COA;
    if (h->place != WKS_PLACE_COA) {
        const double u_short = wks_rng_u01(&rng);
        /* Latent units, and half of the private tenants: who was that long at the head of the queue has been housed. */
        const bool thinned = kind_of(h) == QUEUE_PRIVATE && u_short < 0.5 && months_registered(plan, h, now) > 1.4 * limit;
        if (h->place != WKS_PLACE_HOUSED || thinned) shorten(plan, h, now, (int32_t)limit, &rng);
        if (months_registered(plan, h, now) == 0) register_more(plan, h, now, pace, &rng);
        const int32_t registered = months_registered(plan, h, now);
        /* Who has been registered for longer than it takes either found a home or does not look. */
        const double beyond = registered > 1.6 * limit ? 0.2 * k->search_beyond_limit : registered > limit ? k->search_beyond_limit : 1.0;
        h->is_searching = registered > 0 ? u < queue[kind_of(h)].search * beyond : kind_of(h) == QUEUE_UNHOUSED;
    }
    if (!h->is_searching) return;
    const int32_t start = now - (int32_t)wks_math_clamp(months, 0.0, 240.0);
    h->search_month = start < h->since_month ? h->since_month : start;
}

void wks_synth_register_make(const wks_synth_plan_context *context, wks_synth_plan *plan)
{
    const wks_pace pace = wks_pace_of(context->city->inschrijfduur_years);
    const chances chance = chances_of(&pace);

    for (int32_t h = 0; h < plan->n_households; h++) {
        of_household(context, &chance, plan, &plan->household[h]);
        start_search(context, &pace, plan, h);
    }
}
