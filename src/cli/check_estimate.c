#include "cli/check_estimate.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "study/branch.h"

static const double mib = 1048576;

static bool has_population_before(const wks_load *load, int32_t i)
{
    for (int32_t k = 0; k < i; k++) {
        if (strcmp(load[k].city.sha256, load[i].city.sha256) == 0 && load[k].scenario.seed_population == load[i].scenario.seed_population)
            return true;
    }
    return false;
}

/* Ticks of the past that scenario i shares with the reference (the first; under each theory there is one of that name), 0: none. */
static int32_t shared_with(const wks_load *load, int32_t reference, int32_t i)
{
    if (i <= reference || strcmp(load[reference].scenario.name, load[0].scenario.name) != 0) return 0;
    return wks_branch_shared_ticks(&load[reference].scenario, &load[i].scenario);
}

/* At how many ticks compare keeps the state of a reference for others. */
static int32_t count_pasts(const wks_load *load, int32_t n, int32_t reference)
{
    int32_t count = 0;

    for (int32_t i = reference + 1; i < n; i++) {
        const int32_t ticks = shared_with(load, reference, i);
        bool is_new = ticks > 0;
        for (int32_t k = reference + 1; k < i && is_new; k++)
            is_new = shared_with(load, reference, k) != ticks;
        count += is_new;
    }
    return count;
}

static void plan(wks_check_estimate *out)
{
    const double left = out->there.value - (out->cost.uses_up ? 0 : out->cost.population);
    const wks_thread_plan_facts facts = {out->cost.n_jobs, out->threads, left > 0 ? left : 0, wks_estimate_replication(&out->cost, 1),
                                         out->there.source};
    out->plan = wks_thread_plan_make(&facts);
    out->memory_mib = wks_estimate_peak(&out->cost, out->plan.at_once, out->plan.inside) / mib;
}

void wks_check_estimate_study(const wks_evaluate *evaluate, int64_t n_trials, int threads)
{
    wks_check_estimate out = {.there = wks_machine_memory(""), .threads = threads, .cost = wks_evaluate_estimate(evaluate, n_trials)};

    if (out.cost.n_jobs == 0) return;
    plan(&out);
    wks_check_estimate_print(&out);
}

wks_check_estimate wks_check_estimate_make(const wks_load *load, int32_t n, int threads)
{
    wks_check_estimate out = {.there = wks_machine_memory(""), .threads = threads};
    const bool compares = n > 1;

    for (int32_t i = 0; i < n; i++)
        wks_estimate_add(&out.cost, &load[i].scenario, &load[i].city, load[i].scenario.n_replications, !has_population_before(load, i),
                         compares, compares);
    for (int32_t i = 0; i < n && compares; i++)
        wks_estimate_add_pasts(&out.cost, &load[i].city, count_pasts(load, n, i));
    plan(&out);
    return out;
}

static bool is_too_much(const wks_check_estimate *e)
{
    return !e->plan.fits || e->memory_mib * mib > e->there.value;
}

void wks_check_estimate_print(const wks_check_estimate *e)
{
    printf("  memory        about %.0f MiB with %d thread%s; %.0f MiB free (%s)\n", e->memory_mib, e->threads, e->threads == 1 ? "" : "s",
           e->there.value / mib, e->there.source);
    printf("  threads       %d replication%s side by side, %d thread%s in each: %s\n", e->plan.at_once, e->plan.at_once == 1 ? "" : "s",
           e->plan.inside, e->plan.inside == 1 ? "" : "s", e->plan.why);
    if (is_too_much(e)) printf("                more memory than there is: it would be slow or be stopped by the system\n");
    printf("  time          about %.0f s of one processor, %.0f s on %d\n", e->cost.seconds, e->cost.seconds / e->threads, e->threads);
}

void wks_check_estimate_json(const wks_check_estimate *e, wks_json *root)
{
    wks_json_set_take(root, "memory_mib", wks_json_number(e->memory_mib));
    wks_json_set_take(root, "free_mib", wks_json_number(e->there.value / mib));
    wks_json_set_take(root, "fits", wks_json_bool(!is_too_much(e)));
    wks_json_set_take(root, "processor_seconds", wks_json_number(e->cost.seconds));
    wks_json_set_take(root, "replications_at_once", wks_json_integer(e->plan.at_once));
    wks_json_set_take(root, "threads_inside", wks_json_integer(e->plan.inside));
}

void wks_check_estimate_warn(const wks_check_estimate *e)
{
    if (!is_too_much(e)) return;
    wks_log_say(WKS_LOG_WARNING,
                "this takes about %.0f MiB of memory and there are %.0f (%s); it goes on, but may be slow or be stopped by the system",
                e->memory_mib, e->there.value / mib, e->there.source);
}
