#include "cli/comparison_folder.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/machine.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/part.h"
#include "cli/plan.h"

/* ---- the manifest ---- */

static wks_status begin_manifest(wks_comparison *all, const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest *manifest = &all->manifest;
    const wks_load *first = &all->load[0];
    char month[8];

    wks_manifest_set_status(manifest, "running");
    manifest->kind = wks_mem_string("compare");
    manifest->command = wks_mem_string(options->command);
    manifest->scenario = wks_mem_string(first->scenario.name);
    manifest->title = wks_mem_string(first->scenario.title);
    manifest->city = wks_mem_string(!first->has_city ? "" : first->city.title == NULL ? first->city.name : first->city.title);
    manifest->start = wks_mem_string(wks_text_month(first->scenario.start_month, month));
    manifest->started = wks_manifest_now();
    manifest->part = wks_mem_array((size_t)all->n, sizeof *manifest->part);
    if (manifest->kind == NULL || manifest->command == NULL || manifest->scenario == NULL || manifest->title == NULL ||
        manifest->city == NULL || manifest->start == NULL || manifest->started == NULL || manifest->part == NULL) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    }
    memcpy(manifest->scenario_hash, first->scenario.hash, sizeof manifest->scenario_hash);
    manifest->seed_population = first->scenario.seed_population;
    manifest->seed_dynamics = first->scenario.seed_dynamics;
    manifest->ticks = first->scenario.n_ticks;
    for (int32_t i = 0; i < all->n; i++)
        manifest->has_real_people = manifest->has_real_people || all->load[i].city.own.is_there;
    manifest->replications_asked = first->scenario.n_replications;
    manifest->block = first->block;
    manifest->threads = options->threads;
    for (int32_t i = 0; i < all->n; i++) {
        manifest->part[i] = wks_mem_string(all->part[i]);
        if (manifest->part[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
        manifest->n_parts++;
    }
out:
    return rc;
}

/* What the scenarios read and rest on, each once. */
static wks_status gather_inputs(wks_comparison *all, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest *manifest = &all->manifest;

    for (int32_t i = 0; i < all->n; i++) {
        const wks_manifest *own = &all->store[i].manifest;
        if (manifest->scores.n_buurten == 0) manifest->scores = own->scores;
        for (size_t k = 0; k < own->n_inputs; k++) {
            bool known = false;
            for (size_t j = 0; j < manifest->n_inputs; j++)
                known = known || strcmp(manifest->input[j].path, own->input[k].path) == 0;
            if (!known) WKS_TRY(wks_manifest_add_input(manifest, own->input[k].path, own->input[k].sha256, err));
        }
        for (size_t k = 0; k < own->n_sources; k++) {
            bool known = false;
            for (size_t j = 0; j < manifest->n_sources; j++)
                known = known || strcmp(manifest->source[j], own->source[k]) == 0;
            if (!known) WKS_TRY(wks_manifest_add_source(manifest, own->source[k], err));
        }
    }
out:
    return rc;
}

/* A replication counts for the comparison when every scenario has it, and failed when it failed under one; else it is not listed yet. Its hash
 * is that of the states under every scenario. */
static wks_status list_replication(wks_comparison *all, int32_t number, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text hashes = WKS_TEXT_INIT;
    bool is_whole = true, has_failed = false;
    double wall_s = 0;

    for (int32_t i = 0; i < all->n; i++) {
        const wks_manifest_replication *entry = wks_manifest_find(&all->store[i].manifest, number);
        has_failed = has_failed || (entry != NULL && strcmp(entry->status, "failed") == 0);
        is_whole = is_whole && wks_store_has(&all->store[i], number);
        wall_s += entry == NULL ? 0 : entry->wall_s;
        wks_text_add(&hashes, entry == NULL ? "" : entry->state_hash);
    }
    if (hashes.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    if (is_whole) {
        WKS_TRY(wks_manifest_set_replication(&all->manifest, number, "complete", wks_text_hash(hashes.data), wall_s, NULL, err));
    } else if (has_failed) {
        WKS_TRY(wks_manifest_set_replication(&all->manifest, number, "failed", 0, wall_s, "see the manifest of each scenario", err));
    }
out:
    wks_text_free(&hashes);
    return rc;
}

wks_status wks_comparison_folder_list(wks_comparison *all, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *first = &all->load[0].scenario;

    for (int32_t r = 0; r < first->n_replications; r++)
        WKS_TRY(list_replication(all, first->first_replication + r, err));
    for (int32_t i = 0; i < all->n; i++)
        all->manifest.simulation_s += all->store[i].manifest.simulation_s;
out:
    return rc;
}

/* ---- the folder ---- */

/* The comparison in the folder has the same scenarios; what is in them, each run folder checks itself. */
static wks_status check_same(const wks_comparison *all, const char *folder, double *out_wall_s, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest old = {0};
    wks_err unread = WKS_ERR_INIT;

    if (wks_manifest_read(folder, &old, &unread) != WKS_OK) {
        WKS_FAIL(err, WKS_ERR_USAGE, "cannot go on with %s: %s; choose another folder with -o, or --force", folder, unread.message);
    }
    bool same = strcmp(old.kind, "compare") == 0 && old.n_parts == (size_t)all->n;
    for (int32_t i = 0; same && i < all->n; i++)
        same = strcmp(old.part[i], all->part[i]) == 0;
    if (!same)
        WKS_FAIL(err, WKS_ERR_USAGE,
                 "%s holds other results than a comparison of these scenarios; choose another folder with -o, or --force", folder);
    *out_wall_s = old.wall_s;
out:
    wks_manifest_free(&old);
    return rc;
}

/* A run's folder and the theory's above it, up to the comparison's; what holds something else stays. */
static void remove_folders(char *path, const char *top)
{
    while (strlen(path) > strlen(top) + 1 && rmdir(path) == 0) {
        char *slash = strrchr(path, '/');
        if (slash == NULL) return;
        *slash = '\0';
    }
}

wks_status wks_comparison_folder_empty(const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest old = {0};

    if (wks_manifest_read(folder, &old, NULL) == WKS_OK) {
        for (size_t i = 0; i < old.n_parts; i++) {
            char *inside = wks_file_join(folder, old.part[i]);
            if (inside == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
            rc = wks_store_empty(inside, err);
            if (rc == WKS_OK) remove_folders(inside, folder);
            free(inside);
            if (rc != WKS_OK) goto out;
        }
    }
    WKS_TRY(wks_store_empty(folder, err));
out:
    wks_manifest_free(&old);
    return rc;
}

wks_status wks_comparison_folder_discard(const char *folder, wks_err *err)
{
    const wks_status rc = wks_comparison_folder_empty(folder, err);
    if (rc == WKS_OK) (void)rmdir(folder);
    return rc;
}

wks_status wks_comparison_folder_open(wks_comparison *all, const wks_options *options, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_store_options how = {wks_load_goes_on(options), options->force, options->command, options->threads, true, all->load[0].block};

    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_lock_take(folder, &all->lock, err));
    WKS_TRY(wks_part_claim(folder, &all->load[0].block, how.force, err));
    if (wks_store_is_used(folder) && !wks_store_is_unbegun(folder)) {
        if (options->force) {
            WKS_TRY(wks_comparison_folder_empty(folder, err));
        } else {
            WKS_TRY(check_same(all, folder, &all->wall_before, err));
            WKS_TRY(wks_store_remove_derived(folder, err)); /* it tells of what was there before */
        }
    }
    WKS_TRY(wks_store_tidy(folder, err));
    WKS_TRY(begin_manifest(all, options, err));
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_manifest_write(&all->manifest, folder, err));
    for (int32_t i = 0; i < all->n; i++) {
        char *inside = wks_file_join(folder, all->part[i]);
        if (inside == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_store_open(inside, &all->load[i].scenario, &all->load[i].city, &how, &all->store[i], err);
        free(inside);
        if (rc != WKS_OK) goto out;
    }
    WKS_TRY(gather_inputs(all, err));
    WKS_TRY(wks_manifest_write(&all->manifest, folder, err));
out:
    return rc;
}

wks_status wks_comparison_folder_plan(const wks_comparison *all, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    double wall_s = 0;

    if (!wks_file_is_folder(folder) || wks_store_is_unbegun(folder)) return WKS_OK;
    WKS_TRY(check_same(all, folder, &wall_s, err));
    for (int32_t i = 0; i < all->n; i++) {
        char *inside = wks_file_join(folder, all->part[i]);
        if (inside == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_plan_print(inside, &all->load[i], all->part[i], true, err);
        free(inside);
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}

bool wks_comparison_folder_is_done(const wks_comparison *all, const char *folder)
{
    wks_manifest manifest = {0};
    const wks_scenario *first = &all->load[0].scenario;
    double wall_s = 0;
    wks_err err = WKS_ERR_INIT;
    char *report = wks_file_join(folder, "report.html");
    const bool is_part = all->load[0].block.of > 0; /* has no report */
    bool done = report != NULL && (is_part || wks_file_exists(report)) && wks_manifest_read(folder, &manifest, NULL) == WKS_OK &&
                strcmp(manifest.status, "complete") == 0 && check_same(all, folder, &wall_s, &err) == WKS_OK &&
                wks_manifest_has_all(&manifest, first->first_replication, first->n_replications);

    for (int32_t i = 0; done && i < all->n; i++) {
        char *inside = wks_file_join(folder, all->part[i]);
        done = inside != NULL && wks_store_is_done(inside, &all->load[i].scenario, &all->load[i].city);
        free(inside);
    }
    free(report);
    wks_manifest_free(&manifest);
    return done;
}

wks_status wks_comparison_folder_save(wks_comparison *all, const char *folder, const char *status, wks_err *err)
{
    wks_manifest_set_status(&all->manifest, status);
    free(all->manifest.ended);
    all->manifest.ended = wks_manifest_now();
    all->manifest.peak_rss_mib = wks_mem_peak_rss_mib();
    const wks_manifest *first = &all->store[0].manifest;
    wks_manifest_set_plan(&all->manifest, first->at_once, first->threads_inside, first->threads_why);
    all->manifest.wall_s = all->wall_before + wks_machine_seconds() - all->opened;
    return wks_manifest_write(&all->manifest, folder, err);
}
