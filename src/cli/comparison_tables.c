#include "cli/comparison_tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/until_precise.h"
#include "output/codebook.h"
#include "output/seal.h"
#include "output/summary.h"
#include "process/neighbourhood_effect.h"
#include "scenario/members.h"
#include "scenario/model.h"
#include "scenario/write.h"
#include "study/breakeven.h"
#include "study/compare.h"
#include "study/drift.h"
#include "study/effects.h"
#include "study/pair_tables.h"

static wks_status write_difference(const wks_comparison *all, const char *folder, const char *name, const char *lang, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *path = wks_file_join(folder, name);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    for (int32_t i = 1; i < all->n_scenarios; i++) {
        wks_text_addf(&text, "%s:\n", all->load[i].scenario.name);
        wks_write_differences(&all->load[0].scenario, &all->load[i].scenario, lang, &text);
    }
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the differences");
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    free(path);
    wks_text_free(&text);
    return rc;
}

/* In the language asked, and in both for a report that is made later in the other one. */
wks_status wks_comparison_tables_differences(const wks_comparison *all, const char *folder, const char *lang, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(write_difference(all, folder, "differences.txt", lang, err));
    WKS_TRY(write_difference(all, folder, "differences.nl.txt", "nl", err));
    WKS_TRY(write_difference(all, folder, "differences.en.txt", "en", err));
out:
    return rc;
}

/* Position of a theory's runs among all, -1 when it was not asked. */
static int32_t find_theory(const wks_comparison *all, const char *theory)
{
    for (int32_t t = 0; all->n_theories > 1 && t < all->n_theories; t++) {
        if (strcmp(wks_scenario_choice(&all->load[t * all->n_scenarios].scenario, "neighbourhood", "theory"), theory) == 0) return t;
    }
    return -1;
}

/* Where a replication stands between T0 (0) and T2: the total long-run effect on the score of a whole share of households with unmet support need,
 * under T1 by the member it takes. */
static wks_status strength_of(const wks_scenario *scenario, int32_t number, double *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)scenario->n_processes;
    wks_settings *own = wks_mem_array(n, sizeof *own);
    double effect[WKS_NEIGHBOURHOOD_N_EFFECTS];

    if (own == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for settings");
    memcpy(own, scenario->process, n * sizeof *own);
    wks_members_apply(scenario, number, own);
    const wks_settings *settings = &own[wks_scenario_process(scenario, "neighbourhood") - scenario->process];
    wks_neighbourhood_effect_of(settings, (wks_neighbourhood_theory)settings->value[WKS_NEIGHBOURHOOD_P_THEORY], effect);
    *out = -effect[WKS_NEIGHBOURHOOD_EFFECT_vulnerable];
out:
    free(own);
    return rc;
}

/* With the three theories only: no order of scenarios is told without them. */
static wks_status write_breakeven(const wks_comparison *all, const wks_matrix *const *matrix, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    static const char *const theories[] = {"T0", "T1", "T2"};
    const int32_t n_scenarios = all->n_scenarios;
    wks_breakeven_runs runs[3];
    int32_t at[3];
    double *strength = NULL, end = 0;
    char *path = wks_file_join(folder, "breakeven.csv");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    for (int t = 0; t < 3; t++) {
        at[t] = find_theory(all, theories[t]);
        if (at[t] < 0) goto out;
        runs[t] = (wks_breakeven_runs){matrix + at[t] * n_scenarios, (size_t)n_scenarios};
    }
    const wks_matrix *middle = runs[1].scenario[0];
    strength = wks_mem_array(middle->n_replications, sizeof *strength);
    if (strength == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the break-even values");
    for (size_t k = 0; k < middle->n_replications; k++)
        WKS_TRY(strength_of(&all->load[at[1] * n_scenarios].scenario, middle->replication[k], &strength[k], err));
    WKS_TRY(strength_of(&all->load[at[2] * n_scenarios].scenario, 0, &end, err));
    WKS_TRY(wks_breakeven_write(path, runs, strength, end, err));
out:
    free(strength);
    free(path);
    return rc;
}

/* Effects beside their cost, losers and waterbed: each scenario against the reference of its theory. */
static wks_status write_effects(const wks_comparison *all, const wks_matrix *matrix, const char *folder, bool is_whole, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n = 0;
    wks_run_pair *pair = wks_mem_array((size_t)all->n, sizeof *pair);

    if (pair == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the joint tables");
    for (int32_t i = 0; i < all->n; i++) {
        const int32_t reference = i - i % all->n_scenarios;
        if (i != reference) pair[n++] = (wks_run_pair){&all->member[reference], &all->member[i], &matrix[reference], &matrix[i]};
    }
    WKS_TRY(wks_effects_of_pairs(folder, pair, n, err));
    WKS_TRY(wks_pair_tables_write(folder, pair, n, is_whole, err));
out:
    free(pair);
    return rc;
}

/* precision.csv; what was asked is printed too when the comparison is whole. */
static wks_status write_precision(wks_comparison *all, const wks_compare_set *set, const wks_compare_options *how, const char *folder,
                                  bool is_whole, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_precision_line *line = NULL;
    size_t n = 0;
    char *path = wks_file_join(folder, "precision.csv");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_precision_file_lines(set, (size_t)all->n_theories, how, all->load[0].scenario.precision.look_ahead, &line, &n, err));
    WKS_TRY(wks_precision_file_write(path, line, n, err));
    wks_until_precise_note(line, n, &all->manifest);
    if (is_whole && !all->is_mute) wks_until_precise_print(line, n);
out:
    free(line);
    free(path);
    return rc;
}

/* drift.csv in the folder of a scenario, with its hash in the manifest there. */
static wks_status write_drift(wks_store *store, const wks_scenario *scenario, const wks_matrix *matrix, const wks_declared *declared,
                              wks_err *err)
{
    static const char *const drift[] = {"drift.csv", NULL};
    wks_status rc = WKS_OK;

    WKS_TRY(wks_drift_write(store->folder, scenario, matrix, declared, err));
    if (scenario->model.warmup <= 0) goto out;
    WKS_TRY(wks_seal_more(store->folder, drift, &store->manifest, err));
    WKS_TRY(wks_manifest_write(&store->manifest, store->folder, err));
out:
    return rc;
}

wks_status wks_comparison_tables_joint(wks_comparison *all, const char *folder, bool is_whole, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_matrix *matrix = wks_mem_array((size_t)all->n, sizeof *matrix);
    const wks_matrix **pointer = wks_mem_array((size_t)all->n, sizeof *pointer);
    wks_compare_set *set = wks_mem_array((size_t)all->n_theories, sizeof *set);
    const int32_t n_scenarios = all->n_scenarios;
    char *summary = wks_file_join(folder, "summary.csv");
    char *contrasts = wks_file_join(folder, "contrasts.csv");
    const wks_compare_options how = {wks_declared_of(&all->load[0].scenario), all->load[0].scenario.catalogue, all->manifest.threads};

    if (matrix == NULL || pointer == NULL || set == NULL || summary == NULL || contrasts == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the joint tables");
    for (int32_t i = 0; i < all->n; i++) {
        WKS_TRY(wks_matrix_read(all->store[i].folder, &matrix[i], err));
        if (all->load[i].city.own.is_there) wks_matrix_hide_partial(&matrix[i]);
        matrix[i].theory = wks_scenario_choice(&all->load[i].scenario, "neighbourhood", "theory");
        pointer[i] = &matrix[i];
    }
    if (matrix[0].n_replications == 0) goto out;
    WKS_TRY(wks_summary_write(summary, pointer, (size_t)all->n, "", all->manifest.threads, err));
    for (int32_t t = 0; t < all->n_theories; t++)
        set[t] = (wks_compare_set){pointer[t * n_scenarios], pointer + t * n_scenarios + 1, (size_t)n_scenarios - 1};
    WKS_TRY(wks_compare_write(contrasts, set, (size_t)all->n_theories, &how, err));
    WKS_TRY(write_precision(all, set, &how, folder, is_whole, err));
    for (int32_t i = 0; i < all->n; i++)
        WKS_TRY(write_drift(&all->store[i], &all->load[i].scenario, &matrix[i], &how.declared, err));
    WKS_TRY(write_breakeven(all, pointer, folder, err));
    WKS_TRY(write_effects(all, matrix, folder, is_whole, err));
    WKS_TRY(wks_codebook_write(folder, all->load[0].scenario.catalogue, wks_model_has_city(&all->load[0].scenario), err));
out:
    for (int32_t i = 0; matrix != NULL && i < all->n; i++)
        wks_matrix_free(&matrix[i]);
    free(matrix);
    free(pointer);
    free(set);
    free(summary);
    free(contrasts);
    return rc;
}
