#include "cli/study_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/log.h"
#include "base/machine.h"
#include "base/mem.h"
#include "cli/part.h"
#include "output/codebook.h"
#include "output/derived.h"
#include "output/identity.h"
#include "output/seal.h"
#include "scenario/settings.h"
#include "sim/everything.h"

static const char *const own_files[] = {"study.cfg", "manifest.json", "codebook.csv", "journal"};
static const char *const sealed_files[] = {"study.cfg", "codebook.csv", "journal", NULL};

wks_status wks_study_folder_init(wks_study_folder *folder, const wks_options *options, const wks_study *study, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT, name = WKS_TEXT_INIT;

    *folder = (wks_study_folder){.kind = "sweep", .opened = wks_machine_seconds()};
    wks_text_addf(&name, "results/%s", study->name);
    if (name.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_part_folder(options, name.data, &text, err));
    if (options->n_parts > 1)
        folder->manifest.block = (wks_manifest_block){options->part, options->n_parts, study->first_replication, study->n_replications};
    folder->path = wks_mem_string(text.data);
    folder->journal = folder->path == NULL ? NULL : wks_file_join(folder->path, "journal");
    if (folder->journal == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (wks_file_folder_has_entries(folder->path) && !options->force && !options->resume)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o, or use --resume or --force", folder->path);
out:
    wks_text_free(&text);
    wks_text_free(&name);
    return rc;
}

static wks_status remove_file(const wks_study_folder *folder, const char *name, wks_err *err)
{
    char *path = wks_file_join(folder->path, name);
    wks_status rc = path == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : wks_file_remove(path, err);
    free(path);
    return rc;
}

/* Tables go away before anything is run; with --force also what a resume would go on from. */
static wks_status clear(const wks_study_folder *folder, bool is_all, const char *const *table, wks_err *err)
{
    static const char *const codebook[] = {"codebook.csv"};
    wks_status rc = WKS_OK;
    size_t n = 0;

    for (; table[n] != NULL; n++)
        WKS_TRY(remove_file(folder, table[n], err));
    WKS_TRY(wks_derived_remove(folder->path, codebook, 1, err));
    WKS_TRY(wks_derived_remove(folder->path, table, n, err));
    for (size_t i = 0; is_all && i < sizeof own_files / sizeof *own_files; i++)
        WKS_TRY(remove_file(folder, own_files[i], err));
out:
    return rc;
}

/* ---- study.cfg and scenarios/ ---- */

static void add_scenario_name(const wks_study *study, int32_t s, wks_text *out)
{
    wks_text_addf(out, "scenarios/%d_", s + 1);
    for (const char *at = study->scenario_name[s]; *at != '\0'; at++) {
        const bool is_plain = strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", *at) != NULL;
        wks_text_add_char(out, is_plain ? *at : '_');
    }
    wks_text_add(out, ".cfg");
}

static wks_status write_scenario(wks_study_folder *folder, const wks_evaluate *evaluate, int32_t s, const char *name, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    const char *const sealed[] = {name, NULL};
    char *path = wks_file_join(folder->path, name);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_identity_scenario(wks_evaluate_scenario(evaluate, s), wks_evaluate_city(evaluate, s), &text, err));
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
    WKS_TRY(wks_seal_more(folder->path, sealed, &folder->manifest, err));
out:
    free(path);
    wks_text_free(&text);
    return rc;
}

/* The study as it was asked, on copies of its scenarios in which all that is fixed stands already. */
static wks_status study_text(const wks_study *study, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text name = WKS_TEXT_INIT;
    wks_config_node *root = wks_config_copy(study->resolved), *list, *set;

    if (root == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for study.cfg");
    list = wks_config_get(root, "scenarios");
    set = wks_config_get(root, "set");
    while (set != NULL && set->type == WKS_CONFIG_LIST && set->n_children > 0)
        wks_config_remove(set, set->n_children - 1);
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        wks_text_clear(&name);
        add_scenario_name(study, s, &name);
        if (name.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for study.cfg");
        WKS_TRY(wks_settings_set_text(list->child[s], name.data, err));
    }
    wks_config_write(root, out);
    if (out->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for study.cfg");
out:
    wks_config_free(root);
    wks_text_free(&name);
    return rc;
}

static wks_status write_study(wks_study_folder *folder, const wks_study *study, const wks_evaluate *evaluate, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT, name = WKS_TEXT_INIT;
    char *path = wks_file_join(folder->path, "study.cfg"), *scenarios = wks_file_join(folder->path, "scenarios");

    if (path == NULL || scenarios == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for study.cfg");
    if (study->n_scenarios > 0) WKS_TRY(wks_file_make_folder(scenarios, err));
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        wks_text_clear(&name);
        add_scenario_name(study, s, &name);
        if (name.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for study.cfg");
        WKS_TRY(write_scenario(folder, evaluate, s, name.data, err));
    }
    WKS_TRY(study_text(study, &text, err));
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    wks_text_free(&text);
    wks_text_free(&name);
    free(path);
    free(scenarios);
    return rc;
}

/* ---- manifest.json ---- */

static wks_status add_inputs(wks_manifest *manifest, const wks_study *study, const wks_evaluate *evaluate, wks_err *err)
{
    wks_status rc = WKS_OK;
    char sum[65];

    WKS_TRY(wks_file_sha256(study->path, sum, err));
    WKS_TRY(wks_manifest_add_input(manifest, study->path, sum, err));
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        const wks_city *city = wks_evaluate_city(evaluate, s);
        bool is_new = city != NULL;
        WKS_TRY(wks_file_sha256(study->scenario[s], sum, err));
        WKS_TRY(wks_manifest_add_input(manifest, study->scenario[s], sum, err));
        for (int32_t k = 0; k < s; k++)
            is_new = is_new && wks_evaluate_city(evaluate, k) != city;
        if (!is_new) continue;
        WKS_TRY(wks_manifest_add_input(manifest, city->path, city->sha256, err));
        manifest->has_real_people = manifest->has_real_people || city->own.is_there;
    }
out:
    return rc;
}

static wks_status begin_manifest(wks_study_folder *folder, const wks_options *options, const wks_study *study, const wks_evaluate *evaluate,
                                 wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest *manifest = &folder->manifest;
    const wks_city *city = study->n_scenarios > 0 ? wks_evaluate_city(evaluate, 0) : NULL;
    const wks_scenario *scenario = study->n_scenarios > 0 ? wks_evaluate_scenario(evaluate, 0) : NULL;
    char month[8];

    wks_manifest_set_status(manifest, "running");
    manifest->kind = wks_mem_string(folder->kind);
    manifest->command = wks_mem_string(options->command);
    manifest->scenario = wks_mem_string(study->name);
    manifest->title = wks_mem_string(study->title);
    manifest->city = wks_mem_string(city == NULL ? "" : city->title == NULL ? city->name : city->title);
    manifest->start = wks_mem_string(scenario == NULL ? "" : wks_text_month(scenario->start_month, month));
    manifest->started = wks_manifest_now();
    if (manifest->kind == NULL || manifest->command == NULL || manifest->scenario == NULL || manifest->title == NULL ||
        manifest->city == NULL || manifest->start == NULL || manifest->started == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    (void)snprintf(manifest->scenario_hash, sizeof manifest->scenario_hash, "%s", wks_evaluate_identity(evaluate));
    manifest->seed_population = (uint64_t)study->seed_population;
    manifest->seed_dynamics = (uint64_t)study->seed;
    manifest->ticks = study->ticks;
    manifest->replications_asked = study->n_replications;
    manifest->threads = options->threads;
    WKS_TRY(add_inputs(manifest, study, evaluate, err));
out:
    return rc;
}

/* A folder that is gone on with is one of the same study. */
static wks_status check_same(wks_study_folder *folder, const wks_evaluate *evaluate, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest old = {0};
    wks_err unread = WKS_ERR_INIT;

    if (wks_manifest_read(folder->path, &old, &unread) != WKS_OK)
        WKS_FAIL(err, WKS_ERR_USAGE, "cannot go on with %s: %s; choose another folder with -o, or --force", folder->path, unread.message);
    if (strcmp(old.kind, folder->kind) != 0 || strcmp(old.scenario_hash, wks_evaluate_identity(evaluate)) != 0)
        WKS_FAIL(err, WKS_ERR_USAGE,
                 "%s holds other results: scenarios, city, parameters, outcomes, seeds, ticks or program differ; choose another folder "
                 "with -o, or --force",
                 folder->path);
    folder->wall_before = old.wall_s;
out:
    wks_manifest_free(&old);
    return rc;
}

wks_status wks_study_folder_open(wks_study_folder *folder, const wks_options *options, const wks_study *study, const wks_evaluate *evaluate,
                                 const char *const *table, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool goes_on = options->resume && !options->force && wks_file_folder_has_entries(folder->path);

    if (goes_on) WKS_TRY(wks_part_check(folder->path, &folder->manifest.block, err));
    if (goes_on) WKS_TRY(check_same(folder, evaluate, err));
    WKS_TRY(wks_part_claim(folder->path, &folder->manifest.block, options->force, err));
    WKS_TRY(wks_file_make_folder(folder->path, err));
    WKS_TRY(clear(folder, !goes_on, table, err));
    WKS_TRY(begin_manifest(folder, options, study, evaluate, err));
    WKS_TRY(wks_manifest_write(&folder->manifest, folder->path, err));
    WKS_TRY(write_study(folder, study, evaluate, err));
out:
    return rc;
}

/* The manifest of the folder tells of this study, whole. */
static bool is_whole(const wks_study_folder *folder, const wks_manifest *there, const wks_evaluate *evaluate)
{
    return strcmp(there->status, "complete") == 0 && there->trials_failed == 0 && strcmp(there->kind, folder->kind) == 0 &&
           strcmp(there->scenario_hash, wks_evaluate_identity(evaluate)) == 0 && (folder->manifest.block.of > 0 || there->n_tables > 0) &&
           wks_seal_has_all(folder->path, there);
}

bool wks_study_folder_is_done(const wks_study_folder *folder, const wks_options *options, const wks_study *study,
                              const wks_evaluate *evaluate, const wks_text *design)
{
    wks_text text = WKS_TEXT_INIT;
    wks_manifest there = {0};
    bool done = options->resume && !options->force && wks_manifest_read(folder->path, &there, NULL) == WKS_OK &&
                wks_part_check(folder->path, &folder->manifest.block, NULL) == WKS_OK && is_whole(folder, &there, evaluate) &&
                study_text(study, &text, NULL) == WKS_OK && wks_seal_holds(folder->path, "study.cfg", text.data, text.length);

    if (done && design != NULL) done = !design->failed && wks_seal_holds(folder->path, "design.csv", design->data, design->length);
    if (done) {
        wks_log_say(WKS_LOG_INFO, "%s is complete: nothing to do", folder->path);
        printf("%s\n", folder->path);
    }
    wks_text_free(&text);
    wks_manifest_free(&there);
    return done;
}

void wks_study_folder_close(wks_study_folder *folder, const char *const *table, wks_status how)
{
    wks_manifest *manifest = &folder->manifest;
    const char *status = how == WKS_OK || how == WKS_ERR_PARTIAL ? "complete" : how == WKS_ERR_STOPPED ? "interrupted" : "failed";

    if (manifest->started == NULL) return;
    wks_manifest_set_status(manifest, status);
    free(manifest->ended);
    manifest->ended = wks_manifest_now();
    manifest->wall_s = folder->wall_before + wks_machine_seconds() - folder->opened;
    manifest->peak_rss_mib = wks_mem_peak_rss_mib();
    (void)wks_seal_more(folder->path, table, manifest, NULL); /* behind those of scenarios/ */
    (void)wks_seal_more(folder->path, sealed_files, manifest, NULL);
    (void)wks_manifest_write(manifest, folder->path, NULL);
}

static void add_cells(const char *const *cell, size_t n, wks_text *out)
{
    for (size_t k = 0; k < n; k++) {
        if (k > 0) wks_text_add_char(out, ',');
        wks_csv_add_field(out, cell[k], ',');
    }
    wks_text_add_char(out, '\n');
}

/* The columns that this study makes: its parameters and outcomes, told by the keys and indicators they stand for. */
static void add_own_columns(const wks_study *study, wks_text *out)
{
    const wks_catalogue *catalogue = wks_everything_catalogue();

    for (int32_t p = 0; p < study->n_parameters; p++) {
        const char *const cell[] = {"design.csv", study->parameter[p].name, "", "", "", study->parameter[p].path, study->parameter[p].path};
        add_cells(cell, 7, out);
    }
    for (int32_t i = 0; i < study->n_outcomes; i++) {
        const wks_indicator_spec *spec = NULL;
        for (int32_t k = 0; k < catalogue->n_indicators && spec == NULL; k++)
            if (strcmp(catalogue->indicator[k].name, study->outcome[i].indicator) == 0) spec = &catalogue->indicator[k];
        const char *const cell[] = {"outcomes.csv;outcomes_sd.csv;trials.csv",
                                    study->outcome[i].name,
                                    spec == NULL ? "" : spec->unit,
                                    spec == NULL ? "" : spec->label_nl,
                                    spec == NULL ? "" : spec->label_en,
                                    spec == NULL ? "" : spec->explanation_nl,
                                    spec == NULL ? "" : spec->explanation_en};
        add_cells(cell, 7, out);
    }
}

wks_status wks_study_folder_codebook(const wks_study_folder *folder, const wks_study *study, const char *const *table, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *path = wks_file_join(folder->path, "codebook.csv");

    wks_text_add(&text, "file,column,unit,label_nl,label_en,explanation_nl,explanation_en\n");
    for (int32_t i = 0; i < wks_codebook_n_columns; i++) {
        const wks_codebook_column *c = &wks_codebook_columns[i];
        const char *const cell[] = {c->file, c->name, c->unit, c->label_nl, c->label_en, c->explanation_nl, c->explanation_en};
        bool is_ours = false;
        for (size_t t = 0; table[t] != NULL; t++)
            is_ours = is_ours || strcmp(table[t], c->file) == 0;
        if (is_ours) add_cells(cell, 7, &text);
    }
    if (strcmp(folder->kind, "sweep") == 0) add_own_columns(study, &text);
    if (path == NULL || text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the codebook");
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    free(path);
    wks_text_free(&text);
    return rc;
}

void wks_study_folder_free(wks_study_folder *folder)
{
    free(folder->path);
    free(folder->journal);
    wks_manifest_free(&folder->manifest);
    *folder = (wks_study_folder){0};
}
