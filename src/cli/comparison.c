#include "cli/comparison.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "scenario/model.h"
#include "scenario/outcomes.h"
#include "study/outcome_rows.h"

void wks_comparison_free(wks_comparison *all)
{
    for (int32_t i = 0; i < all->n; i++) {
        if (all->store != NULL) wks_store_close(&all->store[i]);
        if (all->load != NULL) wks_load_free(&all->load[i]);
        if (all->population != NULL) wks_world_free(&all->population[i]);
        if (all->part != NULL) free(all->part[i]);
    }
    free(all->part);
    free(all->load);
    free(all->population);
    free(all->population_of);
    free(all->store);
    free(all->member);
    wks_manifest_free(&all->manifest);
    wks_lock_release(&all->lock);
}

/* ---- reading ---- */

static wks_status load_one(wks_load *out, const wks_options *options, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_err own = WKS_ERR_INIT;
    const wks_status one = wks_load_scenario(path, options, out, &own);

    if (one != WKS_OK && one != WKS_ERR_DATA) WKS_FAIL(err, one, "%s", own.message);
out:
    return rc;
}

/* The problems of all of them at once. */
static wks_status load_theory(wks_comparison *all, int32_t theory, const wks_options *options, const char *const *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n_errors = 0;

    for (int32_t s = 0; s < all->n_scenarios; s++) {
        wks_load *load = &all->load[theory * all->n_scenarios + s];
        WKS_TRY(load_one(load, options, path[s], err));
        n_errors += load->n_errors;
    }
    if (n_errors > 0) WKS_FAIL(err, WKS_ERR_DATA, "%zu problem%s in the input", n_errors, n_errors == 1 ? "" : "s");
out:
    return rc;
}

/* T1 first, which reads all that the others read and its accepted set: what it tells of the files needs no second time. */
static wks_status load_each(wks_comparison *all, const wks_options *options, const char *const *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_options own = *options;
    int32_t first = 0;

    if (options->n_theories == 0) return load_theory(all, 0, options, path, err);
    for (int32_t t = 0; t < options->n_theories; t++) {
        if (strcmp(options->theories[t], "T1") == 0) first = t;
    }
    own.theory = options->theories[first];
    WKS_TRY(load_theory(all, first, &own, path, err));
    own.quiet = true;
    for (int32_t t = 0; t < options->n_theories; t++) {
        own.theory = options->theories[t];
        if (t != first) WKS_TRY(load_theory(all, t, &own, path, err));
    }
out:
    return rc;
}

static wks_status name_parts(wks_comparison *all, const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < all->n; i++) {
        const char *name = all->load[i].scenario.name;
        all->part[i] = options->n_theories == 0 ? wks_mem_string(name) : wks_file_join(options->theories[i / all->n_scenarios], name);
        if (all->part[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a name");
    }
out:
    return rc;
}

static wks_status check_pairs(const wks_comparison *all, const wks_options *options, const char *const *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *first = &all->load[0].scenario;

    for (int32_t i = 0; i < all->n_scenarios; i++) {
        const wks_scenario *this = &all->load[i].scenario;
        if (options->n_theories > 0 && wks_scenario_choice(this, "neighbourhood", "theory")[0] == '\0')
            WKS_FAIL(err, WKS_ERR_USAGE, "%s has no leefbaarheid (no city, or the process neighbourhood is off): leave out --theories",
                     path[i]);
        for (int32_t k = 0; k < i; k++) {
            if (strcmp(all->load[k].scenario.name, this->name) == 0) {
                WKS_FAIL(err, WKS_ERR_USAGE,
                         "%s and %s have the same name '%s'; expected another name = \"...\" in one of them: names tell the result folders "
                         "apart",
                         path[k], path[i], this->name);
            }
        }
        if (this->n_ticks != first->n_ticks || this->start_month != first->start_month) {
            WKS_FAIL(err, WKS_ERR_USAGE, "%s and %s differ in start or ticks; a comparison needs the same months (use --ticks)", path[0],
                     path[i]);
        }
        if (this->seed_dynamics != first->seed_dynamics || this->first_replication != first->first_replication ||
            this->n_replications != first->n_replications) {
            WKS_FAIL(err, WKS_ERR_USAGE, "%s and %s differ in seed or replications; pairing needs the same (use --seed, --replications)",
                     path[0], path[i]);
        }
    }
out:
    return rc;
}

/* A half-width is judged on rows of every scenario: where an alternative writes none, that is told now and not after the first batch. */
static wks_status check_asked(const wks_comparison *all, const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;

    for (int32_t i = 1; i < all->n_scenarios && wks_outcomes_ask_precision(&all->load[0].scenario); i++) {
        const wks_load *load = &all->load[i];
        WKS_TRY(wks_outcome_rows_check_declared(&all->load[0].scenario, &load->scenario, load->has_city ? &load->city : NULL, true,
                                                &problems, err));
    }
    rc = wks_problems_status(&problems, err);
out:
    wks_load_print(&problems, options->quiet);
    wks_problems_free(&problems);
    return rc;
}

wks_status wks_comparison_make(wks_comparison *all, int32_t n_scenarios, int32_t n_theories, wks_err *err)
{
    wks_status rc = WKS_OK;

    all->n_scenarios = n_scenarios;
    all->n_theories = n_theories;
    all->n = n_scenarios * n_theories;
    const size_t size = (size_t)all->n;
    all->part = wks_mem_array(size, sizeof *all->part);
    all->load = wks_mem_array(size, sizeof *all->load);
    all->population = wks_mem_array(size, sizeof *all->population);
    all->population_of = wks_mem_array(size, sizeof *all->population_of);
    all->store = wks_mem_array(size, sizeof *all->store);
    all->member = wks_mem_array(size, sizeof *all->member);
    if (all->part == NULL || all->load == NULL || all->population == NULL || all->population_of == NULL || all->store == NULL ||
        all->member == NULL) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d scenarios", all->n);
    }
out:
    return rc;
}

wks_status wks_comparison_load(wks_comparison *all, const wks_options *options, const char *const *path, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_comparison_make(all, n, options->n_theories == 0 ? 1 : options->n_theories, err));
    WKS_TRY(load_each(all, options, path, err));
    WKS_TRY(check_pairs(all, options, path, err));
    WKS_TRY(check_asked(all, options, err));
    WKS_TRY(name_parts(all, options, err));
    all->first_batch = all->load[0].scenario.n_replications;
out:
    return rc;
}

/* ---- people ---- */

wks_status wks_comparison_populate(wks_comparison *all, const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < all->n; i++) {
        int32_t k = 0;
        while (k < i && (strcmp(all->load[k].city.sha256, all->load[i].city.sha256) != 0 ||
                         all->load[k].scenario.seed_population != all->load[i].scenario.seed_population)) {
            k++;
        }
        wks_world_init(&all->population[i]);
        all->population_of[i] = k;
        if (k == i) {
            WKS_TRY(wks_err_context(err, wks_load_population(&all->load[i], options->threads, &all->population[i], NULL, err),
                                    "synthetic population of %s", all->load[i].city.name));
        }
        all->member[i] = (wks_batch_member){.scenario = &all->load[i].scenario, .population = &all->population[k], .store = &all->store[i]};
    }
out:
    return rc;
}
