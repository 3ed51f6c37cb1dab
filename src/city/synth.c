#include "city/synth.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/par.h"
#include "city/synth_assign.h"
#include "city/synth_dwelling.h"
#include "city/synth_household.h"
#include "city/synth_income.h"
#include "city/synth_latent.h"
#include "city/synth_own.h"
#include "city/synth_person.h"
#include "city/synth_reconcile.h"
#include "city/synth_register.h"
#include "city/synth_report.h"
#include "city/synth_stock.h"
#include "city/synth_trait.h"
#include "city/synth_world.h"

const wks_synth_parameters wks_synth_default = {
#define WKS_SYNTH_VALUE(name, unit, value, low, high, source) .name = (value),
    WKS_SYNTH_PARAMETERS(WKS_SYNTH_VALUE)
#undef WKS_SYNTH_VALUE
};

const wks_synth_parameter_info wks_synth_parameter_table[] = {
#define WKS_SYNTH_INFO(name, unit, value, low, high, source) {#name, unit, value, low, high, source},
    WKS_SYNTH_PARAMETERS(WKS_SYNTH_INFO)
#undef WKS_SYNTH_INFO
};
const int32_t wks_synth_parameter_count = (int32_t)(sizeof wks_synth_parameter_table / sizeof wks_synth_parameter_table[0]);

/* All of one buurt; buurten know of each other only the margins. */
static wks_status make_buurt(const wks_synth_plan_context *context, wks_synth_plan *plan)
{
    wks_status rc = WKS_OK;
    wks_err *err = &plan->err;

    WKS_TRY(wks_synth_person_make(context, plan, err));
    WKS_TRY(wks_synth_household_make(context, plan, err));
    WKS_TRY(wks_synth_stock_make(context, plan, err));
    WKS_TRY(wks_synth_latent_split(context, plan, err));
    WKS_TRY(wks_synth_income_make(context, plan, err));
    WKS_TRY(wks_synth_assign_cells(context, plan, err));
    WKS_TRY(wks_synth_dwelling_make(context, plan, err));
    WKS_TRY(wks_synth_assign_units(context, plan, err));
    WKS_TRY(wks_synth_trait_make(context, plan, err));
    wks_synth_own_rents(context, plan);
    wks_synth_register_make(context, plan);
out:
    return rc;
}

static wks_status make_outside(const wks_synth_plan_context *context, wks_synth_plan *plan)
{
    wks_status rc = WKS_OK;
    wks_err *err = &plan->err;

    WKS_TRY(wks_synth_latent_outside(context, plan, err));
    WKS_TRY(wks_synth_income_make(context, plan, err));
    WKS_TRY(wks_synth_trait_make(context, plan, err));
    wks_synth_register_make(context, plan);
out:
    return rc;
}

static wks_status open_plans(wks_synth_plan_context *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_city *city = context->city;
    const int32_t n = city->n_buurten;
    wks_synth_plan_cells *cells = wks_mem_array((size_t)n, sizeof *cells);

    context->plan = wks_mem_array((size_t)n + 1, sizeof *context->plan);
    if (cells == NULL || context->plan == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", n);
    WKS_TRY(wks_synth_reconcile_city(city, &context->seed, cells, err));
    for (int32_t b = 0; b < n; b++) {
        context->plan[b].buurt_row = b;
        context->plan[b].key = wks_text_hash(city->buurt[b].code);
        context->plan[b].target = cells[b];
    }
    context->plan[n].buurt_row = -1;
    context->plan[n].key = wks_text_hash(city->name == NULL ? "" : city->name);
out:
    free(cells);
    return rc;
}

/* --- batches ------------------------------------------------------------------------------------------------------------ */

/* A range of plans. */
typedef struct range {
    int32_t begin, end;
} range;

typedef struct batches {
    wks_synth_plan_context *context;
    wks_world *world;
    wks_synth_report *report;
    range make, join;            /* the batch that is being made, and the one before it that goes into the world meanwhile */
    wks_synth_plan_ranked *rank; /* plans of `make`, the largest first: they take longest */
    wks_status rc;               /* of joining */
    wks_err err;
} batches;

static int32_t size_of(const wks_synth_plan *plan)
{
    return plan->target.n[WKS_SYNTH_PLAN_PERSONS];
}

/* Buurten from `begin` on until there are enough persons; people without a buurt are the last plan. */
static range next_batch(const wks_synth_plan_context *context, int32_t begin)
{
    const int64_t asked = context->options->batch_persons > 0 ? context->options->batch_persons : WKS_SYNTH_BATCH_PERSONS;
    const int64_t enough = context->city->own.is_there ? INT64_MAX : asked; /* own seekers are matched over all buurten */
    range r = {begin, begin};

    for (int64_t persons = 0; r.end <= context->city->n_buurten && persons < enough; r.end++)
        persons += size_of(&context->plan[r.end]);
    return r;
}

static wks_status join_plans(batches *b, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = b->join.begin; i < b->join.end; i++) {
        WKS_TRY(wks_synth_world_add(b->context, &b->context->plan[i], b->world, err));
        wks_synth_plan_free(&b->context->plan[i]); /* the report needs the targets only */
    }
out:
    return rc;
}

/* Item 0 joins the batch before, the others make a plan each. */
static void batch_item(int64_t begin, int64_t end, int64_t block, void *data)
{
    batches *b = data;

    (void)block;
    for (int64_t i = begin; i < end; i++) {
        if (i == 0) {
            b->rc = join_plans(b, &b->err);
            continue;
        }
        wks_synth_plan *plan = &b->context->plan[b->rank[i - 1].index];
        plan->rc = plan->buurt_row < 0 ? make_outside(b->context, plan) : make_buurt(b->context, plan);
    }
}

static wks_status first_error(const batches *b, wks_err *err)
{
    const wks_city *city = b->context->city;

    for (int32_t i = b->make.begin; i < b->make.end; i++) {
        const wks_synth_plan *plan = &b->context->plan[i];
        if (plan->rc == WKS_OK) continue;
        return wks_err_set(err, plan->rc, "%s: %s", plan->buurt_row < 0 ? "people without a buurt" : city->buurt[i].code,
                           plan->err.message);
    }
    return WKS_OK;
}

static wks_status run_batches(batches *b, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_plans = b->context->city->n_buurten + 1;

    b->rank = wks_mem_array((size_t)n_plans, sizeof *b->rank);
    if (b->rank == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", n_plans);
    while (b->join.begin < n_plans) { /* the last round only joins */
        b->make = next_batch(b->context, b->join.end);
        const int32_t n = b->make.end - b->make.begin;
        for (int32_t i = 0; i < n; i++)
            b->rank[i] = (wks_synth_plan_ranked){size_of(&b->context->plan[b->make.begin + i]), b->make.begin + i};
        wks_synth_plan_sort(b->rank, n);
        wks_par_for(1 + n, 1, b->context->options->threads, batch_item, b);
        if (b->rc != WKS_OK) WKS_FAIL(err, b->rc, "%s", b->err.message);
        WKS_TRY(first_error(b, err));
        if (n > 0) WKS_TRY(wks_synth_own_finish(b->context, b->report, err));
        b->join = b->make;
    }
out:
    free(b->rank);
    return rc;
}

wks_status wks_synth_city(const wks_city *city, const wks_synth_options *options, wks_world *out, wks_synth_report *report, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_synth_plan_context context = {.city = city, .options = options, .seed = wks_rng_seed_make(options->seed_population, 0)};
    batches all = {.context = &context, .world = out, .report = report, .err = WKS_ERR_INIT};

    *report = (wks_synth_report){0};
    context.n_corporaties = 3 + (int32_t)(wks_text_hash(city->name == NULL ? "" : city->name) % 4); /* 3 to 6 */
    WKS_TRY(open_plans(&context, err));
    WKS_TRY(wks_synth_trait_prepare(&context, err));
    WKS_TRY(wks_synth_world_begin(&context, out, err));
    WKS_TRY(run_batches(&all, err));
    WKS_TRY(wks_synth_world_end(out, err));
    WKS_TRY(wks_world_make_room(out, err));
    WKS_TRY(wks_synth_report_make(&context, out, report, err));
out:
    for (int32_t i = 0; context.plan != NULL && i <= city->n_buurten; i++)
        wks_synth_plan_free(&context.plan[i]);
    free(context.plan);
    free(context.kin_anywhere);
    if (rc != WKS_OK) wks_synth_report_free(report);
    return rc;
}
