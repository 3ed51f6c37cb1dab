#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "cli/progress.h"
#include "output/codebook.h"
#include "output/summary.h"
#include "report/html.h"
#include "scenario/model.h"
#include "scenario/write.h"
#include "study/compare.h"
#include "study/people.h"

typedef struct wks_comparison {
    int32_t n;
    wks_load *load;
    wks_world *population;  /* one per distinct city and population seed */
    int32_t *population_of; /* member -> population */
    int32_t n_populations;
    wks_store *store;
    wks_batch_member *member;
    wks_manifest manifest;
    double wall_before, opened; /* seconds of earlier sessions; clock when this one began */
} comparison;

static void free_all(comparison *all)
{
    for (int32_t i = 0; i < all->n; i++) {
        if (all->store != NULL) wks_store_close(&all->store[i]);
        if (all->load != NULL) wks_load_free(&all->load[i]);
        if (all->population != NULL) wks_world_free(&all->population[i]);
    }
    free(all->load);
    free(all->population);
    free(all->population_of);
    free(all->store);
    free(all->member);
    wks_manifest_free(&all->manifest);
}

/* The problems of all of them at once, and their number. */
static wks_status load_each(comparison *all, const wks_options *options, const char *const *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n_errors = 0;

    for (int32_t i = 0; i < all->n; i++) {
        wks_err own = WKS_ERR_INIT;
        const wks_status one = wks_load_scenario(path[i], options, &all->load[i], &own);
        if (one != WKS_OK && one != WKS_ERR_DATA) WKS_FAIL(err, one, "%s", own.message);
        n_errors += all->load[i].n_errors;
    }
    if (n_errors > 0) WKS_FAIL(err, WKS_ERR_DATA, "%zu problem%s in the input", n_errors, n_errors == 1 ? "" : "s");
out:
    return rc;
}

static wks_status load_all(comparison *all, const wks_options *options, const char *const *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n = (size_t)all->n;

    all->load = wks_mem_array(n, sizeof *all->load);
    all->population = wks_mem_array(n, sizeof *all->population);
    all->population_of = wks_mem_array(n, sizeof *all->population_of);
    all->store = wks_mem_array(n, sizeof *all->store);
    all->member = wks_mem_array(n, sizeof *all->member);
    if (all->load == NULL || all->population == NULL || all->population_of == NULL || all->store == NULL || all->member == NULL) {
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d scenarios", all->n);
    }
    WKS_TRY(load_each(all, options, path, err));
    for (int32_t i = 1; i < all->n; i++) {
        const wks_scenario *first = &all->load[0].scenario, *this = &all->load[i].scenario;
        for (int32_t k = 0; k < i; k++) {
            if (strcmp(all->load[k].scenario.name, this->name) == 0) {
                WKS_FAIL(err, WKS_ERR_USAGE, "%s and %s have the same name '%s'; names tell the result folders apart", path[k], path[i],
                         this->name);
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

static wks_status make_populations(comparison *all, const wks_options *options, wks_err *err)
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
        all->member[i] = (wks_batch_member){&all->load[i].scenario, &all->population[k], &all->store[i], NULL};
    }
out:
    return rc;
}

static wks_status write_difference(const comparison *all, const char *folder, const char *name, const char *lang, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    char *path = wks_file_join(folder, name);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    for (int32_t i = 1; i < all->n; i++) {
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
static wks_status write_differences(const comparison *all, const char *folder, const char *lang, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(write_difference(all, folder, "differences.txt", lang, err));
    WKS_TRY(write_difference(all, folder, "differences.nl.txt", "nl", err));
    WKS_TRY(write_difference(all, folder, "differences.en.txt", "en", err));
out:
    return rc;
}

static wks_status write_effects(const comparison *all, const wks_matrix *matrix, const char *folder, bool is_whole, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = all->n - 1;
    wks_pair *pair = wks_mem_array((size_t)all->n, sizeof *pair);

    if (pair == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the joint tables");
    for (int32_t i = 0; i < n; i++)
        pair[i] = (wks_pair){&all->member[0], &all->member[i + 1], &matrix[0], &matrix[i + 1]};
    WKS_TRY(wks_people_write(folder, pair, n, is_whole, err));
out:
    free(pair);
    return rc;
}

static wks_status write_joint(const comparison *all, const char *folder, bool is_whole, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_matrix *matrix = wks_mem_array((size_t)all->n, sizeof *matrix);
    const wks_matrix **pointer = wks_mem_array((size_t)all->n, sizeof *pointer);
    char *summary = wks_file_join(folder, "summary.csv");
    char *contrasts = wks_file_join(folder, "contrasts.csv");
    const wks_output *output = &all->load[0].scenario.output;

    if (matrix == NULL || pointer == NULL || summary == NULL || contrasts == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the joint tables");
    for (int32_t i = 0; i < all->n; i++) {
        WKS_TRY(wks_matrix_read(all->store[i].folder, &matrix[i], err));
        if (all->load[i].city.own.is_there) wks_matrix_hide_partial(&matrix[i]);
        matrix[i].theory = wks_scenario_choice(&all->load[i].scenario, "neighbourhood", "theory");
        pointer[i] = &matrix[i];
    }
    if (matrix[0].n_replications == 0) goto out;
    WKS_TRY(wks_summary_write(summary, pointer, (size_t)all->n, "", err));
    WKS_TRY(wks_compare_write(contrasts, pointer[0], pointer + 1, (size_t)all->n - 1, (const char *const *)output->indicator,
                              (size_t)output->n_indicators, err));
    WKS_TRY(write_effects(all, matrix, folder, is_whole, err));
    WKS_TRY(wks_codebook_write(folder, all->load[0].scenario.catalogue, wks_model_has_city(&all->load[0].scenario), err));
out:
    for (int32_t i = 0; matrix != NULL && i < all->n; i++)
        wks_matrix_free(&matrix[i]);
    free(matrix);
    free(pointer);
    free(summary);
    free(contrasts);
    return rc;
}

static wks_status begin_manifest(comparison *all, const wks_options *options, wks_err *err)
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
    manifest->threads = options->threads;
    for (int32_t i = 0; i < all->n; i++) {
        manifest->part[i] = wks_mem_string(all->load[i].scenario.name);
        if (manifest->part[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
        manifest->n_parts++;
    }
out:
    return rc;
}

/* What the scenarios read and rest on, each once. */
static wks_status gather_inputs(comparison *all, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest *manifest = &all->manifest;

    for (int32_t i = 0; i < all->n; i++) {
        const wks_manifest *own = &all->store[i].manifest;
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
static wks_status list_replication(comparison *all, int32_t number, wks_err *err)
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

static wks_status list_replications(comparison *all, wks_err *err)
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
static wks_status check_same(const comparison *all, const char *folder, double *out_wall_s, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest old = {0};
    wks_err unread = WKS_ERR_INIT;

    if (wks_manifest_read(folder, &old, &unread) != WKS_OK) {
        WKS_FAIL(err, WKS_ERR_USAGE, "cannot go on with %s: %s; choose another folder with -o, or --force", folder, unread.message);
    }
    bool same = strcmp(old.kind, "compare") == 0 && old.n_parts == (size_t)all->n;
    for (int32_t i = 0; same && i < all->n; i++)
        same = strcmp(old.part[i], all->load[i].scenario.name) == 0;
    if (!same)
        WKS_FAIL(err, WKS_ERR_USAGE,
                 "%s holds other results than a comparison of these scenarios; choose another folder with -o, or --force", folder);
    *out_wall_s = old.wall_s;
out:
    wks_manifest_free(&old);
    return rc;
}

/* With --force: what an earlier comparison left, its scenario folders included. */
static wks_status empty_old(const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest old = {0};

    if (wks_manifest_read(folder, &old, NULL) == WKS_OK) {
        for (size_t i = 0; i < old.n_parts; i++) {
            char *inside = wks_file_join(folder, old.part[i]);
            if (inside == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
            rc = wks_store_empty(inside, err);
            if (rc == WKS_OK) (void)rmdir(inside); /* stays when something else is in it */
            free(inside);
            if (rc != WKS_OK) goto out;
        }
    }
    WKS_TRY(wks_store_empty(folder, err));
out:
    wks_manifest_free(&old);
    return rc;
}

/* The report of what was there before. */
static wks_status remove_report(const char *folder, wks_err *err)
{
    char *path = wks_file_join(folder, "report.html");
    const wks_status rc = path == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : wks_file_remove(path, err);
    free(path);
    return rc;
}

static wks_status open_stores(comparison *all, const wks_options *options, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_store_options how = {wks_load_goes_on(options), options->force, options->command, options->threads, true};

    if (wks_file_folder_has_entries(folder)) {
        if (options->force) {
            WKS_TRY(empty_old(folder, err));
        } else {
            WKS_TRY(check_same(all, folder, &all->wall_before, err));
            WKS_TRY(remove_report(folder, err));
        }
    }
    WKS_TRY(begin_manifest(all, options, err));
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_manifest_write(&all->manifest, folder, err));
    for (int32_t i = 0; i < all->n; i++) {
        char *inside = wks_file_join(folder, all->load[i].scenario.name);
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

static bool is_done(const comparison *all, const char *folder)
{
    wks_manifest manifest = {0};
    const wks_scenario *first = &all->load[0].scenario;
    double wall_s = 0;
    wks_err err = WKS_ERR_INIT;
    char *report = wks_file_join(folder, "report.html");
    bool done = report != NULL && wks_file_exists(report) && wks_manifest_read(folder, &manifest, NULL) == WKS_OK &&
                strcmp(manifest.status, "complete") == 0 && check_same(all, folder, &wall_s, &err) == WKS_OK &&
                wks_manifest_has_all(&manifest, first->first_replication, first->n_replications);

    for (int32_t i = 0; done && i < all->n; i++) {
        char *inside = wks_file_join(folder, all->load[i].scenario.name);
        done = inside != NULL && wks_store_is_done(inside, &all->load[i].scenario, &all->load[i].city);
        free(inside);
    }
    free(report);
    wks_manifest_free(&manifest);
    return done;
}

/* ---- the whole ---- */

static wks_status save_manifest(comparison *all, const char *folder, const char *status, wks_err *err)
{
    wks_manifest_set_status(&all->manifest, status);
    free(all->manifest.ended);
    all->manifest.ended = wks_manifest_now();
    all->manifest.peak_rss_mib = wks_mem_peak_rss_mib();
    all->manifest.wall_s = all->wall_before + wks_manifest_seconds() - all->opened;
    return wks_manifest_write(&all->manifest, folder, err);
}

static wks_status finish(comparison *all, const wks_options *options, const char *folder, wks_status batch, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool is_stopped = batch == WKS_ERR_STOPPED;
    wks_problems problems = WKS_PROBLEMS_INIT;

    WKS_TRY(list_replications(all, err));
    WKS_TRY(write_joint(all, folder, !is_stopped, err));
    WKS_TRY(save_manifest(all, folder, is_stopped ? "interrupted" : "complete", err)); /* the report tells what it says */
    if (!is_stopped) WKS_TRY(wks_html_write(folder, options->lang, &problems, err));
out:
    if (rc != WKS_OK) (void)save_manifest(all, folder, "failed", NULL);
    wks_load_print(&problems, options->quiet);
    wks_problems_free(&problems);
    return rc;
}

static wks_status run_all(comparison *all, const wks_options *options, const char *folder, wks_progress *progress, wks_err *err)
{
    wks_status rc = WKS_OK, batch;
    wks_err later = WKS_ERR_INIT;
    const wks_batch_options how = {options->threads, options->verify, wks_progress_stop_flag(), wks_progress_report, progress, NULL};

    WKS_TRY(open_stores(all, options, folder, err));
    WKS_TRY(write_differences(all, folder, options->lang, err));
    WKS_TRY(make_populations(all, options, err));
    batch = wks_batch_run(all->member, all->n, &how, err);
    wks_progress_end(progress);
    if (batch != WKS_OK && batch != WKS_ERR_PARTIAL && batch != WKS_ERR_STOPPED) {
        (void)save_manifest(all, folder, "failed", NULL);
        return batch;
    }
    rc = finish(all, options, folder, batch, &later);
    if (rc == WKS_OK) return batch;
    if (err != NULL) *err = later;
out:
    return rc;
}

wks_status wks_cmd_compare_files(const wks_options *options, const char *const *path, int32_t n, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    comparison all = {.n = n, .opened = wks_manifest_seconds()};
    wks_progress progress;

    wks_progress_start(&progress, options);
    WKS_TRY(load_all(&all, options, path, err));
    if (wks_load_goes_on(options)) {
        for (int32_t i = 0; i < n; i++)
            WKS_TRY(wks_load_extend(&all.load[i], folder, err));
        if (is_done(&all, folder)) {
            wks_log_say(WKS_LOG_INFO, "%s is complete: nothing to do", folder);
            printf("%s/report.html\n", folder);
            goto out;
        }
    } else if (wks_file_folder_has_entries(folder) && !options->force) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o, or use --resume or --force", folder);
    }
    if (options->dry_run) {
        const wks_scenario *first = &all.load[0].scenario;
        printf("%d scenarios, replications %d to %d of %d ticks would be written to %s\n", n, first->first_replication,
               first->first_replication + first->n_replications - 1, first->n_ticks, folder);
        goto out;
    }
    rc = run_all(&all, options, folder, &progress, err);
    if (rc == WKS_OK || rc == WKS_ERR_PARTIAL) printf("%s/report.html\n", folder);
out:
    free_all(&all);
    return rc;
}

wks_status wks_cmd_compare_run(const wks_options *options, wks_err *err)
{
    return wks_cmd_compare_files(options, options->argument, options->n_arguments,
                                 options->output == NULL ? "results/compare" : options->output, err);
}
