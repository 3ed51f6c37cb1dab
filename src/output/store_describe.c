#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "output/store.h"
#include "scenario/members.h"
#include "scenario/model.h"

static bool is_input(const wks_manifest *manifest, const char *path)
{
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        if (strcmp(manifest->input[i].path, path) == 0) return true;
    }
    return false;
}

static wks_status add_input(wks_manifest *manifest, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    char hash[65];

    if (path == NULL || is_input(manifest, path) || !wks_file_exists(path) || wks_file_is_folder(path)) return WKS_OK;
    WKS_TRY(wks_file_sha256(path, hash, err));
    WKS_TRY(wks_manifest_add_input(manifest, path, hash, err));
out:
    return rc;
}

/* Every file a setting came from: the scenario, its bases and what they include. "--set" and "default" are no files. */
static wks_status add_files(wks_manifest *manifest, const wks_config_node *node, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (node->line > 0) WKS_TRY(add_input(manifest, node->file, err));
    for (size_t i = 0; i < node->n_children; i++)
        WKS_TRY(add_files(manifest, node->child[i], err));
out:
    return rc;
}

/* The city counts by the hash over its files; each by itself tells which one changed. */
static wks_status add_city(wks_manifest *manifest, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_manifest_add_input(manifest, city->path, city->sha256, err));
    for (int i = 0; wks_folder_file(i) != NULL; i++) {
        char *path = wks_file_join(city->path, wks_folder_file(i));
        rc = path == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : add_input(manifest, path, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}

static wks_status add_source(wks_manifest *manifest, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;

    wks_text_addf(&text, "%s: %s", city->title == NULL ? city->name : city->title, city->source == NULL ? "" : city->source);
    if (city->date != NULL) wks_text_addf(&text, " (%s)", city->date);
    if (city->licence != NULL) wks_text_addf(&text, ", %s", city->licence);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    WKS_TRY(wks_manifest_add_source(manifest, text.data, err));
out:
    wks_text_free(&text);
    return rc;
}

/* Uninhabited buurten have no score to speak of. */
static wks_manifest_scores scores_of(const wks_city *city)
{
    wks_manifest_scores out = {0};

    for (int32_t b = 0; b < city->n_buurten; b++) {
        const uint8_t origin = city->buurt[b].origin[WKS_CITY_lbm_won];
        if (!(city->buurt[b].value[WKS_CITY_households] > 0)) continue;
        out.n_buurten++;
        out.wijk += origin == WKS_CITY_ORIGIN_wijk;
        out.gemeente += origin == WKS_CITY_ORIGIN_gemeente;
        out.national += origin == WKS_CITY_ORIGIN_national;
        out.estimated += origin == WKS_CITY_ORIGIN_estimated;
    }
    return out;
}

wks_status wks_store_describe(wks_store *store, const wks_store_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = store->scenario;
    wks_manifest *manifest = &store->manifest;
    const bool has_city = wks_model_has_city(scenario);
    char month[8];

    wks_manifest_set_status(manifest, "running");
    manifest->kind = wks_mem_string("run");
    manifest->command = wks_mem_string(options->command == NULL ? "" : options->command);
    manifest->scenario = wks_mem_string(scenario->name);
    manifest->title = wks_mem_string(scenario->title);
    manifest->city = wks_mem_string(!has_city ? "" : store->city->title == NULL ? store->city->name : store->city->title);
    manifest->start = wks_mem_string(wks_text_month(scenario->start_month, month));
    manifest->started = wks_manifest_now();
    if (manifest->kind == NULL || manifest->command == NULL || manifest->scenario == NULL || manifest->title == NULL ||
        manifest->city == NULL || manifest->start == NULL || manifest->started == NULL) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    }
    memcpy(manifest->scenario_hash, scenario->hash, sizeof manifest->scenario_hash);
    manifest->seed_population = scenario->seed_population;
    manifest->seed_dynamics = scenario->seed_dynamics;
    manifest->replications_asked = scenario->n_replications;
    manifest->ticks = scenario->n_ticks;
    manifest->threads = options->threads;
    manifest->block = options->block;
    manifest->has_real_people = store->city->own.is_there;
    WKS_TRY(add_input(manifest, scenario->path, err));
    if (scenario->resolved != NULL) WKS_TRY(add_files(manifest, scenario->resolved, err));
    if (scenario->members != NULL) WKS_TRY(add_input(manifest, scenario->members->path, err));
    if (scenario->calibrated != NULL) WKS_TRY(add_input(manifest, scenario->calibrated->path, err));
    if (!has_city) return WKS_OK;
    WKS_TRY(add_city(manifest, store->city, err));
    WKS_TRY(add_source(manifest, store->city, err));
    manifest->scores = scores_of(store->city);
out:
    return rc;
}
