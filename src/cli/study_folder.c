#include "cli/study_folder.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "scenario/settings.h"

static const char *const common[] = {"study.cfg", "manifest.json", "trials.journal", NULL};

/* ---- what was there ---- */

static wks_status remove_files(const char *folder, const char *const *files, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; files[i] != NULL && rc == WKS_OK; i++) {
        char *path = wks_file_join(folder, files[i]);
        rc = path == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : wks_file_remove(path, err);
        free(path);
    }
    return rc;
}

/* The folder holds a study of this kind and of these trials. */
static wks_status check_same(wks_study_folder *folder, const char *kind, wks_manifest *old, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_err unread = WKS_ERR_INIT;

    if (wks_manifest_read(folder->path, old, &unread) != WKS_OK)
        WKS_FAIL(err, WKS_ERR_USAGE, "cannot go on with %s: %s; choose another folder with -o, or --force", folder->path, unread.message);
    if (strcmp(old->kind, kind) != 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s holds a %s, not a %s; choose another folder with -o, or --force", folder->path, old->kind, kind);
    if (strcmp(old->scenario_hash, folder->identity) != 0)
        WKS_FAIL(err, WKS_ERR_USAGE,
                 "%s was begun with other scenarios, parameters, outcomes or another program; choose another folder with -o, or --force",
                 folder->path);
    folder->wall_before = old->wall_s;
out:
    return rc;
}

/* ---- study.cfg and the manifest ---- */

/* What decides the values of a test function; of scenarios wks_evaluate_identity tells. */
static wks_status function_identity(const wks_study *study, char *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;

    wks_text_addf(&text, "%s %lld %.17g %d", study->function, (long long)study->seed, study->noise, (int)study->n_parameters);
    for (int32_t i = 0; i < study->n_parameters; i++)
        wks_text_addf(&text, " %s", study->parameter[i].name);
    for (int32_t i = 0; i < study->n_outcomes; i++)
        wks_text_addf(&text, " %s", study->outcome[i].indicator);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a study");
    wks_file_sha256_bytes(text.data, text.length, out);
out:
    wks_text_free(&text);
    return rc;
}

static wks_status make_config(const wks_study *study, wks_text *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_config_node *copy = wks_config_copy(study->resolved), *list = copy == NULL ? NULL : wks_config_get(copy, "scenarios");

    if (copy == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for study.cfg");
    for (int32_t s = 0; list != NULL && s < study->n_scenarios && (size_t)s < list->n_children; s++) {
        char *full = realpath(study->scenario[s], NULL);
        rc = full == NULL ? WKS_OK : wks_settings_set_text(list->child[s], full, err);
        free(full);
        if (rc != WKS_OK) goto out;
    }
    wks_config_write(copy, out);
    if (out->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for study.cfg");
out:
    wks_config_free(copy);
    return rc;
}

static wks_status add_input(wks_manifest *manifest, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    char sha256[65];

    for (size_t i = 0; i < manifest->n_inputs; i++)
        if (strcmp(manifest->input[i].path, path) == 0) return WKS_OK;
    WKS_TRY(wks_file_sha256(path, sha256, err));
    WKS_TRY(wks_manifest_add_input(manifest, path, sha256, err));
out:
    return rc;
}

static wks_status gather_inputs(const wks_study *study, const wks_evaluate *evaluate, wks_manifest *manifest, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_city *last = NULL;

    WKS_TRY(add_input(manifest, study->path, err));
    for (int32_t s = 0; s < study->n_scenarios; s++) {
        const wks_city *city = evaluate == NULL ? NULL : wks_evaluate_city(evaluate, s);
        WKS_TRY(add_input(manifest, study->scenario[s], err));
        if (city == NULL || city == last) continue;
        WKS_TRY(wks_manifest_add_input(manifest, city->path, city->sha256, err));
        manifest->has_real_people = manifest->has_real_people || city->own.is_there;
        last = city;
    }
out:
    return rc;
}

static wks_status begin_manifest(const wks_study *study, const wks_evaluate *evaluate, const wks_options *options, const char *kind,
                                 wks_study_folder *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest *manifest = &out->manifest;
    const wks_city *city = evaluate == NULL ? NULL : wks_evaluate_city(evaluate, 0);

    wks_manifest_set_status(manifest, "running");
    manifest->kind = wks_mem_string(kind);
    manifest->command = wks_mem_string(options->command);
    manifest->scenario = wks_mem_string(study->name);
    manifest->title = wks_mem_string(study->title == NULL ? "" : study->title);
    manifest->city = wks_mem_string(city == NULL ? "" : city->title == NULL ? city->name : city->title);
    manifest->start = wks_mem_string("");
    manifest->started = wks_manifest_now();
    if (manifest->kind == NULL || manifest->command == NULL || manifest->scenario == NULL || manifest->title == NULL ||
        manifest->city == NULL || manifest->start == NULL || manifest->started == NULL) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    }
    memcpy(manifest->scenario_hash, out->identity, sizeof manifest->scenario_hash);
    manifest->seed_population = study->seed_population < 0 ? 0 : (uint64_t)study->seed_population;
    manifest->seed_dynamics = study->seed < 0 ? 0 : (uint64_t)study->seed;
    manifest->ticks = study->ticks;
    manifest->replications_asked = study->n_replications;
    manifest->threads = options->threads;
    WKS_TRY(gather_inputs(study, evaluate, manifest, err));
out:
    return rc;
}

/* ---- opening ---- */

static bool has_same_config(const char *path, const wks_text *text)
{
    char *bytes = NULL;
    size_t n = 0;
    const bool same =
        wks_file_exists(path) && wks_file_read(path, &bytes, &n, NULL) == WKS_OK && n == text->length && memcmp(bytes, text->data, n) == 0;

    free(bytes);
    return same;
}

static wks_status look(wks_study_folder *out, const wks_options *options, const char *kind, const char *const *files, const char *config,
                       const wks_text *text, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest old = {0};

    if (!wks_file_folder_has_entries(out->path)) return WKS_OK;
    if (options->force) {
        WKS_TRY(remove_files(out->path, common, err));
        WKS_TRY(remove_files(out->path, files, err));
    } else if (options->resume) {
        WKS_TRY(check_same(out, kind, &old, err));
        out->is_done = strcmp(old.status, "complete") == 0 && has_same_config(config, text);
    } else {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o, or use --resume or --force", out->path);
    }
out:
    wks_manifest_free(&old);
    return rc;
}

wks_status wks_study_folder_open(const wks_study *study, const wks_evaluate *evaluate, const wks_options *options, const char *kind,
                                 const char *const *files, const char *path, wks_study_folder *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *config = wks_file_join(path, "study.cfg");

    *out = (wks_study_folder){.path = path, .opened = wks_manifest_seconds()};
    out->journal = wks_file_join(path, "trials.journal");
    if (config == NULL || out->journal == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (evaluate == NULL) {
        WKS_TRY(function_identity(study, out->identity, err));
    } else {
        memcpy(out->identity, wks_evaluate_identity(evaluate), sizeof out->identity);
    }
    WKS_TRY(make_config(study, &text, err));
    WKS_TRY(look(out, options, kind, files, config, &text, err));
    if (out->is_done) goto out;
    WKS_TRY(begin_manifest(study, evaluate, options, kind, out, err));
    WKS_TRY(wks_file_make_folder(path, err));
    WKS_TRY(wks_file_write(config, text.data, text.length, err));
    WKS_TRY(wks_manifest_write(&out->manifest, path, err));
out:
    wks_text_free(&text);
    free(config);
    return rc;
}

wks_status wks_study_folder_save(wks_study_folder *folder, const char *status, wks_err *err)
{
    wks_manifest *manifest = &folder->manifest;

    wks_manifest_set_status(manifest, status);
    free(manifest->ended);
    manifest->ended = wks_manifest_now();
    manifest->peak_rss_mib = wks_mem_peak_rss_mib();
    manifest->wall_s = folder->wall_before + wks_manifest_seconds() - folder->opened;
    return wks_manifest_write(manifest, folder->path, err);
}

void wks_study_folder_close(wks_study_folder *folder)
{
    wks_manifest_free(&folder->manifest);
    free(folder->journal);
    *folder = (wks_study_folder){0};
}
