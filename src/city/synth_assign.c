#include "city/synth_assign.h"

#include <stdlib.h>

#include "base/mem.h"
#include "num/draw.h"
#include "num/fit.h"
#include "num/math.h"

enum { CELLS = WKS_SYNTH_PLAN_TENURE_TYPES, KINDS = 3, SENIOR_AGE = 55, YOUNG_AGE = 27 };

/* How often a household type lives in a home (owner, corporatie, private; single family, apartment), relative to the homes there are:
 * singles more in rent and apartments, families more in owned single-family homes. Pattern of WoON, assumption. */
static const double affinity[KINDS][CELLS] = {
    {0.60, 1.00, 0.70, 1.50, 0.70, 1.50}, {1.30, 1.10, 0.90, 0.75, 1.10, 1.10}, {1.70, 0.50, 1.60, 0.70, 1.20, 0.50}};

static bool has_own_dwelling(const wks_synth_plan_household *h)
{
    return h->place == WKS_PLACE_HOUSED && !h->is_room;
}

static wks_status fit_kinds(const wks_synth_plan_context *context, const wks_synth_plan *plan, int32_t *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_fit_shape shape = {2, {KINDS, CELLS}};
    int32_t kind[KINDS] = {0}, home[CELLS];
    double wanted_kind[KINDS], wanted_home[CELLS], cell[KINDS * CELLS], error;
    const int32_t *const whole[2] = {kind, home};
    const double *const wanted[2] = {wanted_kind, wanted_home};

    for (int32_t h = 0; h < plan->n_households; h++) {
        if (has_own_dwelling(&plan->household[h])) kind[plan->household[h].kind]++;
    }
    for (int32_t c = 0; c < CELLS; c++) {
        home[c] = plan->stock[c] - plan->vacant[c] - plan->split[c];
        wanted_home[c] = home[c];
        for (int32_t k = 0; k < KINDS; k++)
            cell[k * CELLS + c] = affinity[k][c];
    }
    for (int32_t k = 0; k < KINDS; k++)
        wanted_kind[k] = kind[k];
    WKS_TRY(wks_fit_ipf(&shape, cell, wanted, &error, err));
    WKS_TRY(wks_fit_integerise(&shape, cell, whole, &context->seed, wks_rng_child_key(plan->key, 0, WKS_RNG_SYNTH_FIT, 2), out, err));
out:
    return rc;
}

/* Households of one kind sorted into tenures, then types within the tenure. */
static void assign_kind(wks_synth_plan *plan, const int32_t *home, wks_synth_plan_ranked *item, int32_t n, wks_rng *rng)
{
    static const int32_t order[3] = {WKS_SYNTH_PLAN_OWNER, WKS_SYNTH_PLAN_PRIVATE, WKS_SYNTH_PLAN_CORPORATIE};
    int32_t done = 0;

    for (int32_t t = 0; t < 3; t++) {
        const int32_t in_tenure = home[2 * order[t]] + home[2 * order[t] + 1];
        for (int32_t i = done; i < n; i++) {
            const wks_synth_plan_household *h = &plan->household[item[i].index];
            const double z = wks_draw_normal(rng), age = wks_math_clamp(h->age_oldest, 25.0, 65.0);
            const double income = wks_math_log(1000.0 + (double)h->income_eur);
            const double by_age = t == 0 ? 0.012 * age : -0.03 * age; /* owners are older, private tenants younger */
            const double source = h->source == WKS_INCOME_BENEFIT ? -0.8 : 0.0;
            item[i].value = income + by_age + source + wks_synth_default.social_income_noise * z;
        }
        wks_synth_plan_sort(item + done, n - done);
        for (int32_t i = done; i < done + in_tenure; i++) { /* larger households more in single-family homes */
            const wks_synth_plan_household *h = &plan->household[item[i].index];
            const double z = wks_draw_normal(rng), income = wks_math_log(1000.0 + (double)h->income_eur);
            item[i].value = 0.5 * h->n_persons + 0.5 * income + (h->age_oldest > 74 ? -0.5 : 0.0) + 0.7 * z;
        }
        wks_synth_plan_sort(item + done, in_tenure);
        for (int32_t i = 0; i < in_tenure; i++)
            plan->household[item[done + i].index].cell = (int8_t)(2 * order[t] + (i < home[2 * order[t]] ? 0 : 1));
        done += in_tenure;
    }
}

wks_status wks_synth_assign_cells(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t number[KINDS * CELLS];
    wks_synth_plan_ranked *item = wks_mem_array((size_t)plan->n_households, sizeof *item);
    wks_rng rng = wks_rng_open(&context->seed, plan->key, 2, WKS_RNG_SYNTH_ASSIGN);

    if (item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to assign %d households", plan->n_households);
    if (plan->n_margin_households == 0) goto out;
    WKS_TRY(fit_kinds(context, plan, number, err));
    for (int32_t kind = 0; kind < KINDS; kind++) {
        int32_t n = 0;
        for (int32_t h = 0; h < plan->n_households; h++) {
            if (plan->household[h].kind == kind && has_own_dwelling(&plan->household[h])) item[n++].index = h;
        }
        assign_kind(plan, number + kind * CELLS, item, n, &rng);
    }
out:
    free(item);
    return rc;
}

/* --- units ---------------------------------------------------------------------------------------------------------------- */

typedef struct matcher {
    wks_synth_plan *plan;
    wks_synth_plan_ranked *household, *home;
    int32_t n_households, n_homes;
    wks_rng rng;
} matcher;

static void occupy(wks_synth_plan *plan, int32_t household, int32_t unit, int32_t dwelling)
{
    plan->unit_household[unit] = household;
    plan->household[household].unit = unit;
    /* Students in rooms and on a campus have a contract that ends with their study. */
    const wks_synth_plan_dwelling *d = &plan->dwelling[dwelling];
    plan->household[household].temporary = plan->household[household].is_student && (d->label == WKS_LABEL_CAMPUS || d->n_units > 1);
}

static bool fits_label(const wks_synth_plan_household *h, int32_t label)
{
    if (label == WKS_LABEL_SENIOR) return h->age_oldest >= SENIOR_AGE;
    if (label == WKS_LABEL_JONGEREN) return h->age_oldest <= YOUNG_AGE && !h->is_student;
    return label != WKS_LABEL_CAMPUS || h->is_student;
}

/* Labelled homes of a cell take who fits, in the order of a draw. There are never more of them than households that fit. */
static void match_label(matcher *m, int32_t cell, int32_t label)
{
    wks_synth_plan *plan = m->plan;
    int32_t n = 0, next = 0;

    for (int32_t h = 0; h < plan->n_households; h++) {
        if (plan->household[h].cell != cell || plan->household[h].unit >= 0 || !fits_label(&plan->household[h], label)) continue;
        const double u = wks_rng_u01(&m->rng);
        m->household[n++] = (wks_synth_plan_ranked){label == WKS_LABEL_SENIOR ? plan->household[h].age_oldest + 15.0 * u : u, h};
    }
    wks_synth_plan_sort(m->household, n);
    for (int32_t d = 0; d < plan->n_dwellings && next < n; d++) {
        const wks_synth_plan_dwelling *dwelling = &plan->dwelling[d];
        if (dwelling->label != label || dwelling->is_vacant || dwelling->n_units > 1) continue;
        occupy(plan, m->household[next++].index, dwelling->first_unit, d);
    }
}

static int32_t cell_of(const wks_synth_plan_dwelling *d)
{
    const int32_t tenure = d->tenure == WKS_TENURE_OWNER
                               ? WKS_SYNTH_PLAN_OWNER
                               : (d->tenure == WKS_TENURE_PRIVATE_RENT ? WKS_SYNTH_PLAN_PRIVATE : WKS_SYNTH_PLAN_CORPORATIE);
    return 2 * tenure + d->type;
}

/* The rest by size: larger and richer households in larger homes, with noise. */
static void match_size(matcher *m)
{
    wks_synth_plan *plan = m->plan;
    int32_t n = 0, n_homes = 0;

    for (int32_t h = 0; h < plan->n_households; h++) {
        const wks_synth_plan_household *household = &plan->household[h];
        if (household->cell < 0 || household->unit >= 0) continue;
        const double z = wks_draw_normal(&m->rng), income = wks_math_log(1000.0 + (double)household->income_eur);
        m->household[n++] = (wks_synth_plan_ranked){-1000.0 * household->cell + household->n_persons + income + z, h};
    }
    for (int32_t d = 0; d < plan->n_dwellings; d++) {
        const wks_synth_plan_dwelling *dwelling = &plan->dwelling[d];
        if (dwelling->is_vacant || dwelling->n_units > 1 || plan->unit_household[dwelling->first_unit] >= 0) continue;
        const double z = wks_draw_normal(&m->rng);
        m->home[n_homes++] = (wks_synth_plan_ranked){-100000.0 * cell_of(dwelling) + (double)dwelling->area_m2 + 12.0 * z, d};
    }
    WKS_BUG_IF(n != n_homes);
    wks_synth_plan_sort(m->household, n);
    wks_synth_plan_sort(m->home, n);
    for (int32_t i = 0; i < n; i++)
        occupy(plan, m->household[i].index, plan->dwelling[m->home[i].index].first_unit, m->home[i].index);
}

/* Rooms: students first into those of corporaties. */
static void match_rooms(matcher *m)
{
    wks_synth_plan *plan = m->plan;
    int32_t n = 0, next = 0;

    for (int32_t h = 0; h < plan->n_households; h++) {
        if (!plan->household[h].is_room) continue;
        const double u = wks_rng_u01(&m->rng);
        m->household[n++] = (wks_synth_plan_ranked){u + plan->household[h].is_student, h};
    }
    wks_synth_plan_sort(m->household, n);
    for (int32_t pass = 0; pass < 2; pass++) {
        for (int32_t d = 0; d < plan->n_dwellings; d++) {
            const wks_synth_plan_dwelling *dwelling = &plan->dwelling[d];
            if (dwelling->is_vacant || dwelling->n_units == 1 || (dwelling->label == WKS_LABEL_CAMPUS) != (pass == 0)) continue;
            for (int32_t u = 0; u < dwelling->n_units; u++) {
                WKS_BUG_IF(next == n);
                occupy(plan, m->household[next++].index, dwelling->first_unit + u, d);
            }
        }
    }
    WKS_BUG_IF(next != n);
}

wks_status wks_synth_assign_units(const wks_synth_plan_context *context, wks_synth_plan *plan, wks_err *err)
{
    wks_status rc = WKS_OK;
    matcher m = {.plan = plan};

    m.household = wks_mem_array((size_t)plan->n_households, sizeof *m.household);
    m.home = wks_mem_array((size_t)plan->n_dwellings, sizeof *m.home);
    if (m.household == NULL || m.home == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to house %d households", plan->n_households);
    m.rng = wks_rng_open(&context->seed, plan->key, 3, WKS_RNG_SYNTH_ASSIGN);
    for (int32_t label = WKS_LABEL_SENIOR; label <= WKS_LABEL_CAMPUS; label++)
        match_label(&m, 2 * WKS_SYNTH_PLAN_CORPORATIE + WKS_DWELLING_APARTMENT, label);
    match_rooms(&m);
    match_size(&m);
out:
    free(m.household);
    free(m.home);
    return rc;
}
