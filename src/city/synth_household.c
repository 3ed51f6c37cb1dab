#include "city/synth_household.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "city/synth_person.h"
#include "city/synth_reconcile.h"
#include "num/draw.h"
#include "num/math.h"

enum {
    N_AGES = WKS_SYNTH_PLAN_MAX_AGE + 1,
    ADULT = 18,
    CHILD_LAST = 60, /* of children at home that are expected */
    MAX_CHILDREN = 8,
    MAX_OTHERS = 4,
    ORIGIN_REACH = 7, /* years of age one gives up to find the same origin */
    MOTHER_YOUNGEST = 20,
    MOTHER_OLDEST = 45,
    BIRTH_LIMIT = 15 /* nobody is a parent younger than this */
};

static const double P_SECOND_ADULT_NOISE = 3.5; /* years, sd of the difference of age in couples; mean 2.5: CBS, general knowledge */

/* --- adults waiting, by origin, sex and age ---------------------------------------------------------------------------- */

typedef struct pool {
    int32_t top[WKS_N_ORIGINS][2][N_AGES];
    int32_t n[WKS_N_ORIGINS][2];
    int32_t *next;  /* per person */
    uint8_t *taken; /* per person */
} pool;

typedef struct maker {
    const wks_synth_plan_context *context;
    wks_synth_plan *plan;
    wks_rng rng;
    pool pool;
    wks_synth_plan_ranked *ranked;
    int32_t *list; /* scratch, per person */
    int32_t one, without, with, couples, n_children, n_others;
} maker;

static void take(maker *m, int32_t p)
{
    const wks_synth_plan_person *person = &m->plan->person[p];

    m->pool.taken[p] = 1;
    m->pool.n[person->origin][person->sex]--;
}

static int32_t look(maker *m, int32_t origin, int32_t sex, int32_t age)
{
    int32_t *top = &m->pool.top[origin][sex][age];

    while (*top >= 0 && m->pool.taken[*top])
        *top = m->pool.next[*top];
    return *top;
}

static int32_t look_any(maker *m, int32_t origin, int32_t sex, int32_t age)
{
    int32_t p = look(m, origin, sex, age);

    for (int32_t o = 0; p < 0 && o < WKS_N_ORIGINS; o++)
        p = o == origin ? -1 : look(m, o, sex, age);
    return p;
}

/* Nearest to `target` within low..high: the origin first within reach, then any origin. -1 if none. */
static int32_t nearest(maker *m, int32_t origin, int32_t sex, int32_t target, int32_t low, int32_t high)
{
    low = low < ADULT ? ADULT : low;
    high = high > WKS_SYNTH_PLAN_MAX_AGE ? WKS_SYNTH_PLAN_MAX_AGE : high;
    if (low > high) return -1;
    target = target < low ? low : (target > high ? high : target);
    for (int32_t d = 0; m->pool.n[origin][sex] > 0 && d <= ORIGIN_REACH; d++) {
        int32_t p = target - d >= low ? look(m, origin, sex, target - d) : -1;
        if (p < 0 && target + d <= high) p = look(m, origin, sex, target + d);
        if (p >= 0) return p;
    }
    if (m->pool.n[0][sex] + m->pool.n[1][sex] + m->pool.n[2][sex] == 0) return -1;
    for (int32_t d = 0; target - d >= low || target + d <= high; d++) {
        int32_t p = target - d >= low ? look_any(m, origin, sex, target - d) : -1;
        if (p < 0 && target + d <= high) p = look_any(m, origin, sex, target + d);
        if (p >= 0) return p;
    }
    return -1;
}

static int32_t nearest_any_sex(maker *m, int32_t origin, int32_t sex, int32_t target, int32_t low, int32_t high)
{
    const int32_t p = nearest(m, origin, sex, target, low, high);

    return p >= 0 ? p : nearest(m, origin, 1 - sex, target, low, high);
}

static void fill_pool(maker *m)
{
    int32_t n = 0;

    for (int32_t o = 0; o < WKS_N_ORIGINS; o++) {
        for (int32_t s = 0; s < 2; s++) {
            m->pool.n[o][s] = 0;
            for (int32_t a = 0; a < N_AGES; a++)
                m->pool.top[o][s][a] = -1;
        }
    }
    for (int32_t p = 0; p < m->plan->n_persons; p++) {
        if (m->plan->person[p].age >= ADULT && !m->pool.taken[p]) m->list[n++] = p;
    }
    wks_draw_shuffle(&m->rng, m->list, n);
    for (int32_t i = 0; i < n; i++) {
        const int32_t p = m->list[i];
        const wks_synth_plan_person *person = &m->plan->person[p];
        int32_t *top = &m->pool.top[person->origin][person->sex][person->age];
        m->pool.next[p] = *top;
        *top = p;
        m->pool.n[person->origin][person->sex]++;
    }
}

/* --- how many of each -------------------------------------------------------------------------------------------------- */

static double lived_in_institution(int32_t age)
{
    /* CBS, institutional households 2023 (about 1.3 % of people, rising with age): general knowledge, assumption by age. */
    if (age < 65) return 0.002;
    if (age < 75) return 0.006;
    if (age < 80) return 0.015;
    if (age < 85) return 0.04;
    if (age < 90) return 0.10;
    return 0.25;
}

/* Grown children at home that the buurt's own cohorts would give: students add people of that age, not children at home. */
static double expected_children(const maker *m)
{
    const wks_synth_plan_cells *t = &m->plan->target;
    const double cohort = t->n[WKS_SYNTH_PLAN_AGE] / 15.0 * 1.08;
    double by_age[N_AGES] = {0.0}, at_home[N_AGES] = {0.0}, sum = 0.0;

    for (int32_t p = 0; p < m->plan->n_persons; p++) {
        const wks_synth_plan_person *person = &m->plan->person[p];
        by_age[person->age] += 1.0;
        at_home[person->age] += wks_synth_person_at_home(person->age, person->sex);
    }
    for (int32_t a = ADULT; a < CHILD_LAST; a++) {
        if (by_age[a] <= 0.0) continue;
        const double share = at_home[a] / by_age[a], local = cohort * share * 1.1;
        sum += at_home[a] < local ? at_home[a] : local;
    }
    return sum;
}

static void decide_numbers(maker *m, int32_t adults, int32_t minors)
{
    const wks_synth_parameters *k = &wks_synth_default;
    const wks_synth_plan_cells *t = &m->plan->target;
    const double social = t->dwellings > 0 ? (double)t->n[WKS_SYNTH_PLAN_TENURE + WKS_SYNTH_PLAN_CORPORATIE] / t->dwellings : 0.0;
    const double single = wks_math_clamp(k->single_parent_base + k->single_parent_social * social, 0.0, 0.6);
    const int32_t grown_least = m->with > minors ? m->with - minors : 0;
    double institution = 0.0;

    m->couples = (int32_t)(m->with * (1.0 - single) + 0.5);
    m->n_children = (int32_t)(expected_children(m) + 0.5);
    if (m->with == 0) m->n_children = 0;
    if (m->n_children < grown_least) m->n_children = grown_least;
    if (m->n_children + minors > MAX_CHILDREN * m->with)
        m->n_children = MAX_CHILDREN * m->with > minors ? MAX_CHILDREN * m->with - minors : 0;
    for (int32_t p = 0; p < m->plan->n_persons; p++) {
        if (m->plan->person[p].age >= ADULT) institution += lived_in_institution(m->plan->person[p].age);
    }
    /* Institutions as expected by age come before grown children at home beyond those that families need. */
    const int32_t residents = (int32_t)(institution + 0.5);
    int32_t left = adults - m->one - 2 * m->without - m->with - m->couples - m->n_children - residents;
    if (left < 0) {
        const int32_t fewer = m->n_children - grown_least < -left ? m->n_children - grown_least : -left;
        m->n_children -= fewer;
        left += fewer;
    }
    left += left < 0 ? (residents < -left ? residents : -left) : 0;
    if (left < 0) {
        m->couples += left;
        left = 0;
    }
    WKS_BUG_IF(m->couples < 0);
    /* What is left: a few more children at home, other members, and the rest in institutions again. */
    int32_t extra = (int32_t)(0.2 * m->n_children);
    extra = extra > left / 2 ? left / 2 : extra;
    if (minors + m->n_children + extra > 4 * m->with) extra = 0;
    m->n_children += extra;
    left -= extra;
    m->n_others = left < MAX_OTHERS * m->without ? left : MAX_OTHERS * m->without;
}

/* --- families ----------------------------------------------------------------------------------------------------------- */

/* The grown children who live at home: drawn by the odds of their age to be at home. Returns how many. */
static int32_t pick_children(maker *m, int32_t *out)
{
    int32_t n = 0, chosen = 0;

    for (int32_t p = 0; p < m->plan->n_persons; p++) {
        const wks_synth_plan_person *person = &m->plan->person[p];
        const uint32_t word = wks_rng_u32(&m->rng);
        if (person->age < ADULT) continue;
        const double share = wks_synth_person_at_home(person->age, person->sex);
        m->ranked[n++] = (wks_synth_plan_ranked){1.3 * wks_math_log(share / (1.02 - share)) + wks_draw_gumbel(word), p};
    }
    wks_synth_plan_sort(m->ranked, n);
    for (; chosen < n && chosen < m->n_children; chosen++) {
        out[chosen] = m->ranked[chosen].index;
        m->pool.taken[out[chosen]] = 1;
    }
    return chosen;
}

/* Children of families: 1: 42 %, 2: 41 %, 3: 13 %, 4: 3 %, 5: 1 % (CBS, general knowledge), then moved to the number there is. */
static void family_sizes(maker *m, int32_t n_families, int32_t n_children, int32_t *size)
{
    static const double share[5] = {0.42, 0.41, 0.13, 0.03, 0.01};
    int32_t sum = 0;

    for (int32_t f = 0; f < n_families; f++) {
        size[f] = 1 + wks_draw_weighted(&m->rng, share, 5);
        sum += size[f];
    }
    while (sum != n_children) {
        const int32_t f = (int32_t)wks_rng_below(&m->rng, (uint32_t)n_families);
        if (sum < n_children && size[f] < MAX_CHILDREN) {
            size[f]++;
            sum++;
        } else if (sum > n_children && size[f] > 1) {
            size[f]--;
            sum--;
        }
    }
}

static int32_t find_parent(maker *m, int32_t origin, int32_t sex, int32_t youngest, int32_t oldest)
{
    const double birth = wks_math_clamp(29.5 + 4.5 * wks_draw_normal(&m->rng), MOTHER_YOUNGEST, MOTHER_OLDEST);
    const int32_t target = oldest + (int32_t)birth;
    int32_t p = nearest_any_sex(m, origin, sex, target, oldest + MOTHER_YOUNGEST, youngest + MOTHER_OLDEST);

    if (p < 0) p = nearest_any_sex(m, origin, sex, target, oldest + BIRTH_LIMIT + 1, youngest + 55);
    if (p < 0) p = nearest_any_sex(m, origin, sex, target, oldest + BIRTH_LIMIT, WKS_SYNTH_PLAN_MAX_AGE);
    if (p < 0) p = nearest_any_sex(m, origin, sex, WKS_SYNTH_PLAN_MAX_AGE, ADULT, WKS_SYNTH_PLAN_MAX_AGE);
    return p;
}

static int32_t preferred_origin(maker *m, int32_t origin)
{
    const double u = wks_rng_u01(&m->rng);
    const uint32_t other = wks_rng_below(&m->rng, WKS_N_ORIGINS);

    return u < wks_synth_default.same_origin ? origin : (int32_t)other;
}

/* Children sorted by origin and (noisy) age, cut into families. Households of kind WITH are `first`... */
static void make_families(maker *m, int32_t first, const int32_t *child, int32_t n_children)
{
    wks_synth_plan *plan = m->plan;
    int32_t *size = m->list, *order = m->list + m->with;
    int32_t next = 0;

    for (int32_t i = 0; i < n_children; i++) {
        const wks_synth_plan_person *person = &plan->person[child[i]];
        const double noise = wks_draw_normal(&m->rng);
        m->ranked[i] = (wks_synth_plan_ranked){-1000.0 * person->origin + person->age + 2.5 * noise, child[i]};
    }
    wks_synth_plan_sort(m->ranked, n_children);
    family_sizes(m, m->with, n_children, size);
    for (int32_t f = 0; f < m->with; f++) {
        for (int32_t i = 0; i < size[f]; i++)
            wks_synth_plan_link(plan, first + f, m->ranked[next++].index, WKS_ROLE_CHILD);
        order[f] = f;
    }
    wks_draw_shuffle(&m->rng, order, m->with);
    for (int32_t i = 0; i < m->with; i++) {
        const int32_t h = first + order[i];
        const double u = wks_rng_u01(&m->rng);
        int32_t youngest = N_AGES, oldest = 0;
        for (int32_t p = plan->household[h].first; p >= 0; p = plan->person[p].next) {
            youngest = plan->person[p].age < youngest ? plan->person[p].age : youngest;
            oldest = plan->person[p].age > oldest ? plan->person[p].age : oldest;
        }
        const int32_t origin = preferred_origin(m, plan->person[plan->household[h].first].origin);
        const int32_t sex = i >= m->couples && u < 0.15 ? WKS_SEX_MAN : WKS_SEX_WOMAN; /* 85 % of single parents are mothers (CBS) */
        const int32_t p = find_parent(m, origin, sex, youngest, oldest);
        WKS_BUG_IF(p < 0);
        take(m, p);
        wks_synth_plan_link(plan, h, p, WKS_ROLE_HEAD);
    }
    for (int32_t i = 0; i < m->couples; i++)
        order[i] = first + order[i];
}

/* A partner for the head of a household: other sex, similar age. Floor: parents cannot be younger than their children allow. */
static void add_partner(maker *m, int32_t h)
{
    wks_synth_plan *plan = m->plan;
    const wks_synth_plan_person *head = &plan->person[plan->household[h].first];
    const double u = wks_rng_u01(&m->rng), z = wks_draw_normal(&m->rng);
    const bool is_same = u < wks_synth_default.couple_same_sex;
    const int32_t sex = is_same ? head->sex : 1 - head->sex;
    const double difference = (is_same ? 0.0 : (sex == WKS_SEX_MAN ? 2.5 : -2.5)) + P_SECOND_ADULT_NOISE * z;
    const int32_t target = head->age + (int32_t)floor(difference + 0.5), origin = preferred_origin(m, head->origin);
    int32_t low = ADULT, p;

    for (int32_t c = plan->household[h].first; c >= 0; c = plan->person[c].next) {
        if (plan->person[c].role == WKS_ROLE_CHILD && plan->person[c].age + BIRTH_LIMIT + 2 > low)
            low = plan->person[c].age + BIRTH_LIMIT + 2;
    }
    p = nearest(m, origin, sex, target, low > head->age - 20 ? low : head->age - 20, head->age + 20);
    if (p < 0) p = nearest_any_sex(m, origin, sex, target, low, WKS_SYNTH_PLAN_MAX_AGE);
    if (p < 0) p = nearest_any_sex(m, origin, sex, target, ADULT, WKS_SYNTH_PLAN_MAX_AGE);
    WKS_BUG_IF(p < 0);
    take(m, p);
    wks_synth_plan_link(plan, h, p, WKS_ROLE_PARTNER);
}

/* --- the others --------------------------------------------------------------------------------------------------------- */

/* Persons still waiting, by falling weight of age plus Gumbel noise: the first n are n draws without replacement. */
static int32_t rank_waiting(maker *m, double (*weight)(int32_t age))
{
    int32_t n = 0;

    for (int32_t p = 0; p < m->plan->n_persons; p++) {
        if (m->plan->person[p].age < ADULT || m->pool.taken[p]) continue;
        const uint32_t word = wks_rng_u32(&m->rng);
        m->ranked[n++] = (wks_synth_plan_ranked){wks_math_log(weight(m->plan->person[p].age)) + wks_draw_gumbel(word), p};
    }
    wks_synth_plan_sort(m->ranked, n);
    return n;
}

/* Odds to head a household of more persons without children rather than to live alone: assumption, shape as CBS positions in households. */
static double couple_weight(int32_t age)
{
    if (age < 22) return 0.08;
    if (age < 25) return 0.3;
    if (age < 35) return 0.9;
    if (age < 50) return 0.45;
    if (age < 60) return 1.1;
    if (age < 75) return 1.6;
    if (age < 85) return 0.9;
    return 0.35;
}

static double other_weight(int32_t age)
{
    return age < 30 ? 3.0 : (age < 75 ? 1.0 : 1.5);
}

static void make_institutions(maker *m, int32_t n)
{
    const int32_t n_waiting = rank_waiting(m, lived_in_institution);

    for (int32_t i = 0; i < n && i < n_waiting; i++)
        take(m, m->ranked[i].index);
}

static void make_couples(maker *m, int32_t first)
{
    const int32_t n_waiting = rank_waiting(m, couple_weight);
    int32_t made = 0;

    for (int32_t i = 0; i < n_waiting && made < m->without; i++) {
        const int32_t p = m->ranked[i].index;
        if (m->pool.taken[p]) continue;
        take(m, p);
        wks_synth_plan_link(m->plan, first + made, p, WKS_ROLE_HEAD);
        add_partner(m, first + made);
        made++;
    }
    WKS_BUG_IF(made < m->without);
}

static void make_others(maker *m, int32_t first)
{
    const int32_t n_waiting = rank_waiting(m, other_weight);

    for (int32_t i = 0; i < m->n_others && i < n_waiting;) {
        const int32_t h = first + (int32_t)wks_rng_below(&m->rng, (uint32_t)m->without);
        if (m->plan->household[h].n_persons >= 2 + MAX_OTHERS) continue;
        take(m, m->ranked[i].index);
        wks_synth_plan_link(m->plan, h, m->ranked[i].index, WKS_ROLE_OTHER);
        i++;
    }
}

static void make_singles(maker *m)
{
    int32_t made = 0;

    for (int32_t p = 0; p < m->plan->n_persons && made < m->one; p++) {
        if (m->plan->person[p].age < ADULT || m->pool.taken[p]) continue;
        take(m, p);
        wks_synth_plan_link(m->plan, made++, p, WKS_ROLE_HEAD);
    }
    WKS_BUG_IF(made < m->one);
}

/* Students in higher education by age and place: assumption, near the national 36 % of 18-24. */
static void mark_students(maker *m)
{
    wks_synth_plan *plan = m->plan;

    for (int32_t p = 0; p < plan->n_persons; p++) {
        wks_synth_plan_person *person = &plan->person[p];
        const double u = wks_rng_u01(&m->rng);
        if (person->age < ADULT || person->age > 27 || person->household < 0) continue;
        const int32_t kind = plan->household[person->household].kind;
        double share =
            person->role == WKS_ROLE_CHILD ? 0.38 : (kind == WKS_SYNTH_PLAN_ONE ? 0.75 : (kind == WKS_SYNTH_PLAN_WITHOUT ? 0.4 : 0.0));
        if (person->age == 24) share *= 0.6;
        if (person->age > 24) share *= 0.22;
        person->is_student = u < share;
    }
    for (int32_t h = 0; h < plan->n_households; h++)
        plan->household[h].is_student = plan->person[plan->household[h].first].is_student;
}

static void assemble(maker *m, int32_t adults, int32_t minors)
{
    wks_synth_plan *plan = m->plan;
    int32_t *child = m->list + 2 * (size_t)(plan->n_persons + 1);
    int32_t n_children;

    decide_numbers(m, adults, minors);
    for (int32_t h = 0; h < m->one + m->without + m->with; h++) {
        const int32_t kind = h < m->one ? WKS_SYNTH_PLAN_ONE : (h < m->one + m->without ? WKS_SYNTH_PLAN_WITHOUT : WKS_SYNTH_PLAN_WITH);
        wks_synth_plan_add_household(plan, kind, WKS_PLACE_HOUSED, -1);
    }
    plan->n_margin_households = plan->n_households;
    n_children = pick_children(m, child);
    for (int32_t p = 0; p < plan->n_persons && n_children < MAX_CHILDREN * m->with; p++) {
        if (plan->person[p].age < ADULT) child[n_children++] = p; /* without families minors live in an institution */
    }
    fill_pool(m);
    if (m->with > 0) make_families(m, m->one + m->without, child, n_children);
    for (int32_t i = 0; i < m->couples; i++)
        add_partner(m, m->list[m->with + i]);
    const int32_t spoken_for = m->one + 2 * m->without + m->n_others;
    int32_t waiting = 0;
    for (int32_t o = 0; o < WKS_N_ORIGINS; o++)
        waiting += m->pool.n[o][0] + m->pool.n[o][1];
    make_institutions(m, waiting - spoken_for);
    make_couples(m, m->one);
    if (m->without > 0) make_others(m, m->one);
    make_singles(m);
    mark_students(m);
}

wks_status wks_synth_household_make(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)plan->n_persons;
    int32_t type[3] = {plan->target.n[WKS_SYNTH_PLAN_TYPE], plan->target.n[WKS_SYNTH_PLAN_TYPE + 1],
                       plan->target.n[WKS_SYNTH_PLAN_TYPE + 2]};
    maker m = {.context = context, .plan = plan};
    int32_t adults = 0;

    for (int32_t p = 0; p < plan->n_persons; p++)
        adults += plan->person[p].age >= ADULT;
    wks_synth_reconcile_types(type, adults, plan->n_persons - adults, INT32_MAX); /* reconciled already: a safety net */
    m.one = type[WKS_SYNTH_PLAN_ONE];
    m.without = type[WKS_SYNTH_PLAN_WITHOUT];
    m.with = type[WKS_SYNTH_PLAN_WITH];
    plan->household_capacity = m.one + m.without + m.with; /* of the margin; room for latent units comes when they are counted */
    plan->household = wks_mem_array((size_t)plan->household_capacity, sizeof *plan->household);
    m.pool.next = wks_mem_array(n, sizeof *m.pool.next);
    m.pool.taken = wks_mem_array(n, 1);
    m.ranked = wks_mem_array(n, sizeof *m.ranked);
    m.list = wks_mem_array(3 * (n + 1), sizeof *m.list);
    if (plan->household == NULL || m.pool.next == NULL || m.pool.taken == NULL || m.ranked == NULL || m.list == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the households of %zu persons", n);
    m.rng = wks_rng_open(&context->seed, plan->key, 0, WKS_RNG_SYNTH_HOUSEHOLD);
    assemble(&m, adults, plan->n_persons - adults);
out:
    free(m.pool.next);
    free(m.pool.taken);
    free(m.ranked);
    free(m.list);
    return rc;
}
