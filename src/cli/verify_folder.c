#include "cli/verify_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "cli/verify_parts.h"
#include "output/identity.h"
#include "scenario/model.h"

static const char NOT_SETTINGS[] = "not what scenario.cfg says";

void wks_verify_folder_free(wks_verify_folder *folder)
{
    free(folder->path);
    free(folder->replication);
    wks_manifest_free(&folder->manifest);
    wks_load_free(&folder->load);
    *folder = (wks_verify_folder){0};
}

/* ---- scenario.cfg ---- */

static wks_status check_scenario(const wks_verify_folder *self, const wks_options *options, const char *path, wks_verify_list *list,
                                 wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *bytes = NULL;
    size_t n = 0;

    WKS_TRY(wks_identity_scenario(&self->load.scenario, &self->load.city, &text, err));
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    wks_verify_parts_text(path, bytes, text.data, options->n_set > 0, list);
    if (strcmp(self->manifest.scenario_hash, self->load.scenario.hash) != 0)
        wks_verify_rows_add(list, path, 0, "scenario_hash", self->manifest.scenario_hash, self->load.scenario.hash,
                            "its settings are not those whose hash is in manifest.json");
out:
    wks_text_free(&text);
    free(bytes);
    return rc;
}

/* Words that no program of ours writes. */
static void check_statuses(const char *path, const wks_manifest *manifest, wks_verify_list *list)
{
    static const char *const known[] = {"complete", "failed", "interrupted", "running"};
    bool is_known = false;
    char key[48];

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        is_known = is_known || strcmp(manifest->status, known[i]) == 0;
    if (!is_known) wks_verify_rows_add(list, path, 0, "status", "complete", manifest->status, "no status that a run has");
    for (size_t i = 0; i < manifest->n_replications; i++) {
        const wks_manifest_replication *entry = &manifest->replication[i];
        if (strcmp(entry->status, "complete") == 0 || strcmp(entry->status, "failed") == 0) continue;
        (void)snprintf(key, sizeof key, "status of replication %d", entry->number);
        wks_verify_rows_add(list, path, 0, key, "complete", entry->status, "no status that a replication has");
    }
}

/* What manifest.json says of the scenario again. */
static wks_status check_manifest(wks_verify_folder *self, wks_verify_list *list, wks_err *err)
{
    const wks_manifest *manifest = &self->manifest;
    const wks_scenario *scenario = &self->load.scenario;
    char month[8], *path = wks_file_join(self->path, "manifest.json");

    if (path == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    check_statuses(path, manifest, list);
    wks_verify_parts_number(path, "seeds.population", manifest->seed_population, scenario->seed_population, NOT_SETTINGS, list);
    wks_verify_parts_number(path, "seeds.dynamics", manifest->seed_dynamics, scenario->seed_dynamics, NOT_SETTINGS, list);
    wks_verify_parts_number(path, "ticks", (uint64_t)manifest->ticks, (uint64_t)scenario->n_ticks, NOT_SETTINGS, list);
    self->can_run = self->can_run && manifest->ticks == scenario->n_ticks; /* a damaged number could run for days */
    wks_verify_parts_word(path, "scenario", manifest->scenario, scenario->name, NOT_SETTINGS, list);
    wks_verify_parts_word(path, "title", manifest->title, scenario->title, NOT_SETTINGS, list);
    wks_verify_parts_word(path, "start", manifest->start, wks_text_month(scenario->start_month, month), NOT_SETTINGS, list);
    if (manifest->block.of == 0)
        wks_verify_parts_number(path, "replications_asked", (uint64_t)manifest->replications_asked, (uint64_t)scenario->n_replications,
                                NOT_SETTINGS, list);
    if (strcmp(manifest->status, "complete") == 0)
        wks_verify_parts_number(path, "number of replications listed", manifest->n_replications, (uint64_t)manifest->replications_asked,
                                NOT_SETTINGS, list);
    free(path);
    return WKS_OK;
}

/* ---- inputs ---- */

/* The input that is the folder of input i, as the city is of its files; NULL: none. */
static const wks_manifest_input *folder_of(const wks_manifest *manifest, size_t i)
{
    const char *path = manifest->input[i].path, *slash = strrchr(path, '/');

    for (size_t k = 0; k < manifest->n_inputs && slash != NULL; k++) {
        const char *folder = manifest->input[k].path;
        if (strlen(folder) == (size_t)(slash - path) && strncmp(folder, path, strlen(folder)) == 0) return &manifest->input[k];
    }
    return NULL;
}

static bool is_folder(const wks_manifest *manifest, size_t i)
{
    bool is_one = wks_file_is_folder(manifest->input[i].path);

    for (size_t k = 0; k < manifest->n_inputs; k++)
        is_one = is_one || folder_of(manifest, k) == &manifest->input[i];
    return is_one;
}

/* Files of the city are looked at where the scenario finds it now. */
static wks_status check_input(const wks_verify_folder *self, size_t i, wks_verify_list *list, wks_text *notes, wks_err *err)
{
    const wks_manifest_input *input = &self->manifest.input[i];
    const bool is_city = self->load.city.path != NULL && folder_of(&self->manifest, i) != NULL;
    char *path = is_city ? wks_file_join(self->load.city.path, strrchr(input->path, '/') + 1) : wks_mem_string(input->path);
    const wks_status rc = wks_verify_parts_file(path, input->sha256, list, notes, err);

    free(path);
    return rc;
}

static wks_status check_inputs(wks_verify_folder *self, wks_verify_list *list, wks_text *notes, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_manifest *manifest = &self->manifest;
    const wks_city *city = &self->load.city;
    const char *recorded = "";
    bool is_same = false;

    for (size_t i = 0; i < manifest->n_inputs; i++) {
        is_same = is_same || strcmp(manifest->input[i].sha256, city->sha256) == 0;
        if (is_folder(manifest, i)) {
            recorded = manifest->input[i].sha256;
        } else {
            WKS_TRY(check_input(self, i, list, notes, err));
        }
    }
    if (city->path == NULL || is_same) goto out;
    wks_verify_rows_add(list, city->path, 0, "sha256", recorded, city->sha256,
                        "the files of this city are not those that the run read, or not all of them");
    self->can_run = false;
out:
    return rc;
}

/* ---- the whole ---- */

/* The scenario of the folder as a run of it reads it. A scenario or city that cannot be read is a difference: it could be. */
static wks_status load(wks_verify_folder *self, const wks_options *options, const char *path, wks_verify_list *list, wks_err *err)
{
    wks_options own = *options;
    wks_err local = WKS_ERR_INIT;

    own.quiet = true; /* warnings were told when it was run */
    own.first_replication = own.n_replications = -1;
    const wks_status rc = wks_load_scenario(path, &own, &self->load, &local);
    self->can_run = rc == WKS_OK;
    if (rc != WKS_ERR_DATA && rc != WKS_ERR_IO) return rc == WKS_OK ? rc : wks_err_set(err, rc, "%s", local.message);
    wks_verify_rows_add(list, path, 0, NULL, NULL, NULL,
                        "the scenario, or a file that it names, cannot be read any more (what is wrong with it is told above)");
    return WKS_OK;
}

wks_status wks_verify_folder_open(char *path, const wks_options *options, wks_verify_folder *out, wks_verify_list *list, wks_text *notes,
                                  wks_err *err)
{
    wks_status rc = WKS_OK;
    char *scenario = path == NULL ? NULL : wks_file_join(path, "scenario.cfg");

    *out = (wks_verify_folder){.path = path};
    if (scenario == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    rc = wks_manifest_read(path, &out->manifest, err);
    if (rc != WKS_OK) {
        if (rc == WKS_ERR_IO && err != NULL) err->status = rc = WKS_ERR_DATA; /* no folder of results: bad input */
        goto out;
    }
    wks_verify_parts_program(path, &out->manifest, notes);
    WKS_TRY(load(out, options, scenario, list, err));
    if (out->can_run) WKS_TRY(check_scenario(out, options, scenario, list, err));
    if (out->can_run) WKS_TRY(check_manifest(out, list, err));
    WKS_TRY(check_inputs(out, list, notes, err));
    WKS_TRY(wks_verify_parts_tables(path, &out->manifest, list, notes, err));
    if (list->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for what differs");
out:
    free(scenario);
    return rc;
}

/* ---- a comparison ---- */

/* The hash of a replication of a comparison is that of the hashes under every scenario. */
static wks_status check_joint_hash(const char *path, const wks_manifest_replication *entry, const wks_verify_folder *run, size_t n,
                                   wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text hashes = WKS_TEXT_INIT;
    char key[48], expected[17];

    for (size_t i = 0; i < n; i++) {
        const wks_manifest_replication *own = wks_manifest_find(&run[i].manifest, entry->number);
        wks_text_add(&hashes, own == NULL ? "" : own->state_hash);
    }
    if (hashes.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the hashes");
    (void)snprintf(key, sizeof key, "state_hash of replication %d", entry->number);
    if (strcmp(wks_text_key(wks_text_hash(hashes.data), expected), entry->state_hash) != 0)
        wks_verify_rows_add(list, path, 0, key, expected, entry->state_hash, "not the hash of those in the folders of the scenarios");
out:
    wks_text_free(&hashes);
    return rc;
}

wks_status wks_verify_folder_joint(const char *dir, const wks_manifest *joint, const wks_verify_folder *run, size_t n,
                                   wks_verify_list *list, wks_text *notes, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(dir, "manifest.json");
    const wks_manifest *first = &run[0].manifest;

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    wks_verify_parts_number(path, "seeds.population", joint->seed_population, first->seed_population, NOT_SETTINGS, list);
    wks_verify_parts_number(path, "seeds.dynamics", joint->seed_dynamics, first->seed_dynamics, NOT_SETTINGS, list);
    wks_verify_parts_number(path, "ticks", (uint64_t)joint->ticks, (uint64_t)first->ticks, NOT_SETTINGS, list);
    if (strcmp(joint->scenario_hash, first->scenario_hash) != 0)
        wks_verify_rows_add(list, path, 0, "scenario_hash", first->scenario_hash, joint->scenario_hash, "not that of the first scenario");
    if (strcmp(joint->status, "complete") == 0)
        wks_verify_parts_number(path, "number of replications listed", joint->n_replications, (uint64_t)joint->replications_asked,
                                NOT_SETTINGS, list);
    for (size_t i = 0; i < joint->n_replications; i++)
        if (strcmp(joint->replication[i].status, "complete") == 0)
            WKS_TRY(check_joint_hash(path, &joint->replication[i], run, n, list, err));
    if (joint->block.of == 0) WKS_TRY(wks_verify_parts_tables(dir, joint, list, notes, err)); /* a part has no joint tables */
    if (list->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for what differs");
out:
    free(path);
    return rc;
}
