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
    wks_synth_latent_split(context, plan);
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

static void make_plans(int64_t begin, int64_t end, int64_t block, void *data)
{
    const wks_synth_plan_context *context = data;

    (void)block;
    for (int64_t i = begin; i < end; i++) {
        wks_synth_plan *plan = &context->plan[i];
        plan->rc = plan->buurt_row < 0 ? make_outside(context, plan) : make_buurt(context, plan);
    }
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

static wks_status first_error(const wks_synth_plan_context *context, wks_err *err)
{
    for (int32_t i = 0; i <= context->city->n_buurten; i++) {
        const wks_synth_plan *plan = &context->plan[i];
        if (plan->rc == WKS_OK) continue;
        return wks_err_set(err, plan->rc, "%s: %s", plan->buurt_row < 0 ? "people without a buurt" : context->city->buurt[i].code,
                           plan->err.message);
    }
    return WKS_OK;
}

wks_status wks_synth_city(const wks_city *city, const wks_synth_options *options, wks_world *out, wks_synth_report *report, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_synth_plan_context context = {.city = city, .options = options, .seed = wks_rng_seed_make(options->seed_population, 0)};

    *report = (wks_synth_report){0};
    context.n_corporaties = 3 + (int32_t)(wks_text_hash(city->name == NULL ? "" : city->name) % 4); /* 3 to 6 */
    WKS_TRY(open_plans(&context, err));
    wks_par_for(city->n_buurten + 1, 1, options->threads, make_plans, &context);
    WKS_TRY(first_error(&context, err));
    WKS_TRY(wks_synth_own_finish(&context, report, err));
    WKS_TRY(wks_synth_world_begin(&context, out, err));
    for (int32_t i = 0; i <= city->n_buurten; i++) {
        WKS_TRY(wks_synth_world_add(&context, &context.plan[i], out, err));
        const int32_t buurt_row = context.plan[i].buurt_row;
        const uint64_t key = context.plan[i].key;
        const wks_synth_plan_cells target = context.plan[i].target;
        wks_synth_plan_free(&context.plan[i]); /* the report needs the targets only */
        context.plan[i].buurt_row = buurt_row;
        context.plan[i].key = key;
        context.plan[i].target = target;
    }
    wks_synth_world_end(out);
    WKS_TRY(wks_synth_report_make(&context, out, report, err));
out:
    for (int32_t i = 0; context.plan != NULL && i <= city->n_buurten; i++)
        wks_synth_plan_free(&context.plan[i]);
    free(context.plan);
    if (rc != WKS_OK) wks_synth_report_free(report);
    return rc;
}
