#include "city/synth_own.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "city/synth_dwelling.h"
#include "num/math.h"

enum { CORPORATIE = 2 * WKS_SYNTH_PLAN_CORPORATIE };

bool wks_synth_own_has_dwellings(const wks_city *city)
{
    return city->own.n_dwellings > 0;
}

/* The own dwellings of a buurt stand together. */
static void find_rows(const wks_own *own, int32_t buurt_row, int32_t *out_first, int32_t *out_end)
{
    int32_t low = 0, high = own->n_dwellings;

    while (low < high) {
        const int32_t middle = low + (high - low) / 2;
        if (own->dwelling[middle].buurt_row < buurt_row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    *out_first = low;
    while (low < own->n_dwellings && own->dwelling[low].buurt_row == buurt_row)
        low++;
    *out_end = low;
}

void wks_synth_own_stock(const wks_synth_plan_context *context, wks_synth_plan *plan)
{
    const wks_own *own = &context->city->own;
    int32_t first, end, n[2] = {0, 0};

    find_rows(own, plan->buurt_row, &first, &end);
    for (int32_t i = first; i < end; i++)
        n[own->dwelling[i].type]++;
    for (int32_t type = 0; type < 2; type++) {
        const int32_t other = 1 - type;
        while (n[type] > plan->stock[CORPORATIE + type] && n[other] < plan->stock[CORPORATIE + other]) {
            /* From the larger of the other tenures. */
            const int32_t owner = 2 * WKS_SYNTH_PLAN_OWNER, rent = 2 * WKS_SYNTH_PLAN_PRIVATE;
            const int32_t from = plan->stock[owner + type] >= plan->stock[rent + type] ? owner : rent;
            if (plan->stock[from + type] == 0) break;
            plan->stock[from + type]--;
            plan->stock[from + other]++;
            plan->stock[CORPORATIE + other]--;
            plan->stock[CORPORATIE + type]++;
        }
    }
}

/* ---- places ---- */

/* Homes without a label first, those for students last. */
static double rank_of(int32_t label)
{
    if (label == WKS_LABEL_CAMPUS) return 0.0;
    return label == WKS_LABEL_SENIOR || label == WKS_LABEL_JONGEREN ? 1.0 : 2.0;
}

static int by_index(const void *a, const void *b)
{
    const int32_t x = ((const wks_synth_plan_ranked *)a)->index, y = ((const wks_synth_plan_ranked *)b)->index;

    return (x > y) - (x < y);
}

/* Complex of an own dwelling in the plan: the one that an earlier dwelling of the same complex and label got, or a new one. */
static int32_t complex_of(const wks_synth_plan_context *context, wks_synth_plan *plan, int32_t row, int32_t first_own, int32_t *row_of)
{
    const wks_own_dwelling *d = &context->city->own.dwelling[row];

    for (int32_t c = plan->n_complexes - 1; c >= first_own; c--) {
        const wks_own_dwelling *there = &context->city->own.dwelling[row_of[c - first_own]];
        if (there->label == d->label && strcmp(there->complex, d->complex) == 0) return c;
    }
    const int32_t c = plan->n_complexes++;
    plan->complex[c] = (wks_synth_plan_complex){
        .rent_factor = 0.86f, .owner_kind = WKS_OWNER_CORPORATIE, .owner_number = (uint8_t)(context->n_corporaties + 1), .label = d->label};
    row_of[c - first_own] = row;
    return c;
}

static void put_in(const wks_synth_plan_context *context, wks_synth_plan *plan, int32_t index, int32_t row, int32_t complex)
{
    const wks_own_dwelling *own = &context->city->own.dwelling[row];
    wks_synth_plan_dwelling *d = &plan->dwelling[index];
    const int32_t now = context->options->start_month;

    plan->complex[d->complex].n--;
    d->complex = complex;
    plan->complex[complex].n++;
    d->own = row + 1;
    /* Who lives there goes by the label of apartments only: labelled houses have all kinds of people until they are let anew. */
    d->label = own->type == WKS_DWELLING_APARTMENT ? own->label : (uint8_t)WKS_LABEL_NONE;
    if (own->built_year > 0) d->built_month = own->built_year * 12 + 5;
    if (d->built_month > now) d->built_month = now;
    plan->complex[complex].built_month = d->built_month;
    if (own->area_m2 > 0.0f) d->area_m2 = own->area_m2;
    if (own->rooms > 0) d->rooms = own->rooms;
    if (own->accessible >= 0) d->accessible = own->accessible > 0;
}

static wks_status put_type(const wks_synth_plan_context *context, wks_synth_plan *plan, int32_t type, int32_t first_own, int32_t *row_of,
                           wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_own *own = &context->city->own;
    wks_synth_plan_ranked *place = wks_mem_array((size_t)plan->n_dwellings, sizeof *place);
    int32_t first, end, n = 0, n_places = 0;

    if (place == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the own dwellings");
    find_rows(own, plan->buurt_row, &first, &end);
    for (int32_t i = first; i < end; i++)
        n += own->dwelling[i].type == type;
    for (int32_t i = 0; i < plan->n_dwellings; i++) {
        const wks_synth_plan_dwelling *d = &plan->dwelling[i];
        if (d->tenure != WKS_TENURE_SOCIAL || d->type != type || d->n_units > 1) continue;
        place[n_places++] = (wks_synth_plan_ranked){rank_of(d->label), i};
    }
    wks_synth_plan_sort(place, n_places);
    n_places = n_places < n ? n_places : n;
    if (n_places > 1) qsort(place, (size_t)n_places, sizeof *place, by_index); /* complexes stay near each other */
    for (int32_t i = first, k = 0; i < end && k < n_places; i++) {
        if (own->dwelling[i].type != type) continue;
        put_in(context, plan, place[k++].index, i, complex_of(context, plan, i, first_own, row_of));
    }
    plan->n_own += n_places;
    plan->n_own_left += n - n_places;
out:
    free(place);
    return rc;
}

/* Complexes that lost all their dwellings go. */
static void drop_empty(wks_synth_plan *plan, int32_t *new_of)
{
    int32_t n = 0;

    for (int32_t c = 0; c < plan->n_complexes; c++) {
        new_of[c] = n;
        if (plan->complex[c].n > 0) plan->complex[n++] = plan->complex[c];
    }
    for (int32_t d = 0; d < plan->n_dwellings; d++)
        plan->dwelling[d].complex = new_of[plan->dwelling[d].complex];
    plan->n_complexes = n;
}

wks_status wks_synth_own_dwellings(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t first, end, *row_of = NULL;
    const int32_t first_own = plan->n_complexes;
    wks_synth_plan_complex *grown;

    find_rows(&context->city->own, plan->buurt_row, &first, &end);
    if (first == end) return WKS_OK;
    const size_t n = (size_t)(end - first) + (size_t)first_own;
    row_of = wks_mem_array(n + 1, sizeof *row_of);
    grown = wks_mem_resize(plan->complex, (size_t)first_own, n + 1, sizeof *grown);
    if (grown != NULL) plan->complex = grown;
    if (row_of == NULL || grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the own dwellings");
    for (int32_t type = 0; type < 2; type++)
        WKS_TRY(put_type(context, plan, type, first_own, row_of, err));
    drop_empty(plan, row_of);
out:
    free(row_of);
    return rc;
}

/* ---- prices ---- */

void wks_synth_own_prices(const wks_synth_plan_context *context, wks_synth_plan *plan)
{
    const int32_t year = context->options->start_month / 12;
    const double limit = wks_synth_dwelling_limit(year, 0);

    for (int32_t i = 0; i < plan->n_dwellings; i++) {
        wks_synth_plan_dwelling *d = &plan->dwelling[i];
        if (d->own == 0) continue;
        const wks_own_dwelling *own = &context->city->own.dwelling[d->own - 1];
        if (own->wws_points > 0) d->wws_points = own->wws_points;
        d->rent_eur = own->asked_rent_eur > 0.0f ? own->asked_rent_eur : own->rent_eur;
        const bool is_free = own->segment == WKS_OWN_SEGMENT_UNKNOWN ? (double)d->rent_eur > limit : own->segment == WKS_OWN_SEGMENT_FREE;
        d->tenure = is_free ? WKS_TENURE_CORPORATIE_FREE : WKS_TENURE_SOCIAL;
        const double most = wks_synth_dwelling_wws_rent(year, d->wws_points);
        plan->complex[d->complex].rent_factor = (float)wks_math_clamp((double)d->rent_eur / most, 0.4, 1.0);
    }
}

void wks_synth_own_rents(const wks_synth_plan_context *context, wks_synth_plan *plan)
{
    for (int32_t i = 0; i < plan->n_dwellings; i++) {
        const wks_synth_plan_dwelling *d = &plan->dwelling[i];
        if (d->own == 0 || plan->unit_household[d->first_unit] < 0) continue;
        plan->household[plan->unit_household[d->first_unit]].rent_eur = context->city->own.dwelling[d->own - 1].rent_eur;
    }
}

/* ---- seekers ---- */

enum {
    SIZES = 5,
    AGES = 18, /* bins of five years from 15 */
    TIERS = 4, /* searching, registered, other tenants and people without a home, owners */
    BUCKETS = SIZES * AGES * TIERS,
    ADULT = 18,
    NEAR_COST = 16, /* further than this the buurt gives way to the city */
    YOUNGEST_PARENT = 15,
    URGENT_MONTHS = 12 /* what is left of an urgency whose end is not in the data: assumption */
};

/* Somebody who may take a registration over. */
typedef struct candidate {
    uint64_t key;
    wks_synth_plan *plan;
    int32_t household, next_here, next_anywhere; /* lists of buckets; -1 at the end */
    uint8_t tier;
    bool is_taken;
} candidate;

typedef struct matcher {
    const wks_synth_plan_context *context;
    candidate *item;
    int32_t n;
    int32_t *here;             /* (n_buurten) x BUCKETS: first of each list */
    int32_t anywhere[BUCKETS]; /* of the city */
    int32_t now;
    wks_synth_report *report;
} matcher;

static int32_t size_bin(int32_t persons)
{
    return (persons > SIZES ? SIZES : persons) - 1;
}

static int32_t age_bin(int32_t age)
{
    const int32_t bin = (age - 15) / 5;

    return bin < 0 ? 0 : (bin < AGES ? bin : AGES - 1);
}

static bool is_registered(const wks_synth_plan *plan, const wks_synth_plan_household *h)
{
    for (int32_t p = h->first; p >= 0; p = plan->person[p].next) {
        if (plan->person[p].registered_month != WKS_NO_MONTH) return true;
    }
    return false;
}

static bool may_seek(const wks_synth_plan *plan, const wks_synth_plan_household *h)
{
    return h->place != WKS_PLACE_COA && h->first >= 0 && plan->person[h->first].age >= ADULT;
}

static int by_key(const void *a, const void *b)
{
    const candidate *x = a, *y = b;

    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return 0;
}

static wks_status gather(matcher *m, wks_err *err)
{
    const int32_t n_buurten = m->context->city->n_buurten;
    size_t n = 0;

    for (int32_t i = 0; i <= n_buurten; i++)
        n += (size_t)m->context->plan[i].n_households;
    m->item = wks_mem_array(n, sizeof *m->item);
    m->here = wks_mem_array((size_t)n_buurten * BUCKETS, sizeof *m->here);
    if (m->item == NULL || m->here == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory to match own seekers");
    for (int32_t i = 0; i <= n_buurten; i++) {
        wks_synth_plan *plan = &m->context->plan[i];
        for (int32_t h = 0; h < plan->n_households; h++) {
            const wks_synth_plan_household *household = &plan->household[h];
            if (!may_seek(plan, household)) continue;
            const bool has = is_registered(plan, household), is_owner = household->cell >= 0 && household->cell / 2 == WKS_SYNTH_PLAN_OWNER;
            m->item[m->n++] = (candidate){.key = wks_synth_plan_household_key(plan, h),
                                          .plan = plan,
                                          .household = h,
                                          .tier = (uint8_t)(has ? (household->is_searching ? 0 : 1) : (is_owner ? 3 : 2))};
        }
    }
    return WKS_OK;
}

/* Every candidate into the list of its bucket, in order of key. */
static void fill_lists(matcher *m)
{
    if (m->n > 1) qsort(m->item, (size_t)m->n, sizeof *m->item, by_key);
    for (int32_t i = 0; i < m->context->city->n_buurten * BUCKETS; i++)
        m->here[i] = -1;
    for (int32_t i = 0; i < BUCKETS; i++)
        m->anywhere[i] = -1;
    for (int32_t i = m->n - 1; i >= 0; i--) {
        candidate *c = &m->item[i];
        const wks_synth_plan_household *h = &c->plan->household[c->household];
        const int32_t bucket = (size_bin(h->n_persons) * AGES + age_bin(c->plan->person[h->first].age)) * TIERS + c->tier;
        c->next_anywhere = m->anywhere[bucket];
        m->anywhere[bucket] = i;
        if (c->plan->buurt_row < 0) continue;
        int32_t *list = &m->here[c->plan->buurt_row * BUCKETS + bucket];
        c->next_here = *list;
        *list = i;
    }
}

/* The first that is free of the nearest bucket; -1 if there is none within `most`. Size counts more than age, and age more than whether the
 * household is looking already. */
static int32_t nearest(const matcher *m, int32_t *list, bool is_here, const wks_own_seeker *s, int32_t most)
{
    static const int32_t tier_cost[TIERS] = {0, 2, 4, 30};
    int32_t best = -1, best_cost = most + 1;

    for (int32_t b = 0; b < BUCKETS; b++) {
        const int32_t tier = b % TIERS, age = b / TIERS % AGES, size = b / TIERS / AGES;
        int32_t cost = tier_cost[tier];
        if (s->persons > 0) cost += 12 * abs(size - size_bin(s->persons));
        if (s->age > 0) cost += abs(age - age_bin(s->age));
        if (cost >= best_cost) continue;
        while (list[b] >= 0 && m->item[list[b]].is_taken)
            list[b] = is_here ? m->item[list[b]].next_here : m->item[list[b]].next_anywhere;
        if (list[b] < 0) continue;
        best = list[b];
        best_cost = cost;
    }
    return best;
}

static int32_t age_class(int32_t age)
{
    return age < 15 ? 0 : (age < 25 ? 1 : (age < 45 ? 2 : (age < 65 ? 3 : 4)));
}

/* The head gets the seeker's age where the margins of the buurt and the ages of the children allow it. */
static void set_age(const matcher *m, wks_synth_plan *plan, wks_synth_plan_household *h, const wks_own_seeker *s, int32_t month)
{
    wks_synth_plan_person *head = &plan->person[h->first];
    int32_t oldest = 0;

    if (s->age == 0) return;
    for (int32_t p = h->first; p >= 0; p = plan->person[p].next) {
        if (plan->person[p].role == WKS_ROLE_CHILD && plan->person[p].age > oldest) oldest = plan->person[p].age;
    }
    const int32_t before_18 = s->months_registered - 12 * (s->age - ADULT);
    month = before_18 > month && before_18 < 12 ? before_18 : month; /* the 18th birthday comes first */
    if (s->age < ADULT || age_class(s->age) != age_class(head->age) || s->age < oldest + YOUNGEST_PARENT) return;
    head->age = (uint8_t)s->age;
    head->birth_month = m->now - 12 * s->age - month;
    h->age_oldest = 0;
    for (int32_t p = h->first; p >= 0; p = plan->person[p].next) {
        if (plan->person[p].age > h->age_oldest) h->age_oldest = plan->person[p].age;
    }
    m->report->own_ages_used++;
}

static void take_over(const matcher *m, candidate *c, const wks_own_seeker *s)
{
    wks_synth_plan *plan = c->plan;
    wks_synth_plan_household *h = &plan->household[c->household];
    const int32_t since = m->now - s->months_registered;
    wks_rng rng = wks_rng_open(&m->context->seed, c->key, 3, WKS_RNG_SYNTH_REGISTRATION);
    const int32_t month = (int32_t)wks_rng_below(&rng, 12);
    const double u = wks_rng_u01(&rng);

    c->is_taken = true;
    set_age(m, plan, h, s, month);
    for (int32_t p = h->first; p >= 0; p = plan->person[p].next) { /* nobody of the household was registered before */
        wks_synth_plan_person *person = &plan->person[p];
        if (person->registered_month != WKS_NO_MONTH && person->registered_month < since) person->registered_month = since;
    }
    plan->person[h->first].registered_month = since;
    if (s->income_eur >= 0.0f) h->income_eur = s->income_eur;
    h->urgency = s->urgency;
    h->urgency_month = s->urgency == WKS_URGENCY_NONE ? WKS_NO_MONTH : m->now + URGENT_MONTHS;
    if (!s->is_active) {
        h->is_searching = 0;
        h->search_month = WKS_NO_MONTH;
        return;
    }
    if (!h->is_searching || h->search_month == WKS_NO_MONTH) {
        const double months = -wks_synth_default.search_mean_months * wks_math_log(u);
        h->search_month = m->now - (int32_t)wks_math_clamp(months, 0.0, s->months_registered);
        if (h->search_month < h->since_month) h->search_month = h->since_month;
    }
    h->is_searching = 1;
}

static void match(matcher *m, const wks_own_seeker *s)
{
    int32_t found = -1;

    if (s->buurt_row >= 0) found = nearest(m, &m->here[s->buurt_row * BUCKETS], true, s, NEAR_COST);
    const bool is_here = found >= 0;
    if (found < 0) found = nearest(m, m->anywhere, false, s, INT32_MAX - 1);
    if (found < 0) {
        m->report->own_seekers_left++;
        return;
    }
    m->report->own_seekers_elsewhere += s->buurt_row >= 0 && !is_here;
    m->report->own_seekers++;
    m->report->own_seekers_active += s->is_active;
    take_over(m, &m->item[found], s);
}

/* Who is in the register besides the own seekers: no longer looking, and with a whole register as own data not in it at all. */
static void clear_others(matcher *m, bool is_whole)
{
    for (int32_t i = 0; i < m->n; i++) {
        candidate *c = &m->item[i];
        wks_synth_plan_household *h = &c->plan->household[c->household];
        if (c->is_taken || c->tier > 1) continue;
        h->is_searching = 0;
        h->search_month = WKS_NO_MONTH;
        for (int32_t p = h->first; is_whole && p >= 0; p = c->plan->person[p].next)
            c->plan->person[p].registered_month = WKS_NO_MONTH;
    }
}

wks_status wks_synth_own_finish(const wks_synth_plan_context *context, wks_synth_report *report, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_own *own = &context->city->own;
    matcher m = {.context = context, .now = context->options->start_month, .report = report};
    bool is_whole = false;

    for (int32_t b = 0; b < context->city->n_buurten; b++) {
        report->own_dwellings += context->plan[b].n_own;
        report->own_dwellings_left += context->plan[b].n_own_left;
    }
    if (own->n_seekers == 0) return WKS_OK;
    WKS_TRY(gather(&m, err));
    fill_lists(&m);
    for (int32_t i = 0; i < m.n; i++)
        report->synthetic_seekers += m.item[i].tier == 0;
    for (int32_t active = 1; active >= 0; active--) {
        for (int32_t i = 0; i < own->n_seekers; i++) {
            if (own->seeker[i].is_active != active) continue;
            match(&m, &own->seeker[i]);
            is_whole = is_whole || active == 0;
        }
    }
    clear_others(&m, is_whole);
out:
    free(m.item);
    free(m.here);
    return rc;
}
