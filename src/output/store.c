#include "output/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "output/codebook.h"
#include "output/fates.h"
#include "output/identity.h"
#include "output/lives.h"
#include "output/map.h"
#include "output/parts.h"
#include "output/summary.h"
#include "output/tables.h"
#include "scenario/members.h"
#include "scenario/model.h"

struct wks_store_part {
    wks_store *store;
    int32_t replication;
    wks_file_writer writer[WKS_TABLES_N], fates, lives;
    wks_text text;
    wks_tables_prefix prefix;
};

/* Replications are committed from several threads; the manifest is one. */
static pthread_mutex_t manifest_lock = PTHREAD_MUTEX_INITIALIZER;

static bool writes_table(const wks_scenario *scenario, wks_tables_kind kind)
{
    return (kind != WKS_TABLES_LETTINGS || scenario->output.lettings) && (kind != WKS_TABLES_MONITOR || scenario->output.monitor);
}

static unsigned kinds_of(const wks_scenario *scenario)
{
    unsigned kinds = 0;
    for (int i = 0; i < WKS_TABLES_N; i++)
        kinds |= writes_table(scenario, (wks_tables_kind)i) ? 1u << i : 0;
    return kinds;
}

static wks_status write_in(const char *folder, const char *name, const char *bytes, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, name);
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_write(path, bytes, n, err));
out:
    free(path);
    return rc;
}

static wks_status write_scenario(const wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;

    WKS_TRY(wks_identity_scenario(store->scenario, store->city, &text, err));
    WKS_TRY(write_in(store->folder, "scenario.cfg", text.data, text.length, err));
out:
    wks_text_free(&text);
    return rc;
}

/* Files we write into a results folder: only these (and "<name>.tmp..." of an interrupted writer) are ever removed. */
static const char *const ours[] = {"manifest.json",  "scenario.cfg",    "city.csv",           "buurt.csv",         "lettings.csv",
                                   "compliance.csv", "budget.csv",      "flows.csv",          "destinations.csv",  "monitor.csv",
                                   "queue.csv",      "summary.csv",     "codebook.csv",       "contrasts.csv",     "breakeven.csv",
                                   "effects.csv",    "losers.csv",      "untouched.csv",      "waterbed.csv",      "report.html",
                                   "map.gpkg",       "differences.txt", "differences.nl.txt", "differences.en.txt"};

static bool is_ours(const char *name, bool leftovers_only)
{
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        const size_t n = strlen(ours[i]);
        if (strncmp(name, ours[i], n) != 0) continue;
        if (strncmp(name + n, ".tmp", 4) == 0 || (!leftovers_only && name[n] == '\0')) return true;
    }
    return false;
}

static wks_status remove_in(const char *folder, const char *name, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, name);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_remove(path, err));
out:
    free(path);
    return rc;
}

static wks_status clean(const char *folder, bool leftovers_only, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **names = NULL;
    size_t n = 0;

    if (!wks_file_is_folder(folder)) return WKS_OK;
    WKS_TRY(wks_file_list(folder, &names, &n, err));
    for (size_t i = 0; i < n; i++) {
        if (!is_ours(names[i], leftovers_only)) continue;
        char *path = wks_file_join(folder, names[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_file_is_folder(path) ? WKS_OK : wks_file_remove(path, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
out:
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return rc;
}

wks_status wks_store_empty(const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *parts = wks_file_join(folder, "parts");

    if (parts == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(clean(folder, false, err));
    WKS_TRY(wks_parts_remove(parts, err));
    WKS_TRY(wks_fates_forget(folder, err));
out:
    free(parts);
    return rc;
}

/* ---- what the manifest tells ---- */

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

static wks_status describe_run(wks_store *store, const wks_store_options *options, wks_err *err)
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
    manifest->has_real_people = store->city->own.is_there;
    WKS_TRY(add_input(manifest, scenario->path, err));
    if (scenario->resolved != NULL) WKS_TRY(add_files(manifest, scenario->resolved, err));
    if (scenario->members != NULL) WKS_TRY(add_input(manifest, scenario->members->path, err));
    if (!has_city) return WKS_OK;
    WKS_TRY(wks_manifest_add_input(manifest, store->city->path, store->city->sha256, err));
    WKS_TRY(add_source(manifest, store->city, err));
out:
    return rc;
}

/* ---- going on with an earlier run ---- */

static bool has_households(const wks_store *store, int32_t replication)
{
    return wks_fates_has(store->folder, replication) && wks_lives_has(store->folder, replication);
}

/* Takes over the complete replications whose tables are there. */
static wks_status adopt(wks_store *store, const wks_manifest *old, wks_err *err)
{
    wks_status rc = WKS_OK;
    const unsigned kinds = kinds_of(store->scenario);

    for (int i = 0; i < WKS_TABLES_N; i++) {
        if ((kinds & 1u << i) == 0) continue;
        char *path = wks_file_join(store->folder, wks_tables_name[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_parts_split(store->parts, (wks_tables_kind)i, old, path, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
    for (size_t i = 0; i < old->n_replications; i++) {
        const wks_manifest_replication *entry = &old->replication[i];
        uint64_t hash = 0;
        if (strcmp(entry->status, "complete") != 0 || !wks_text_parse_key(entry->state_hash, &hash)) continue;
        if (!wks_parts_has(store->parts, kinds, entry->number) || (store->follow && !has_households(store, entry->number))) continue;
        WKS_TRY(wks_manifest_set_replication(&store->manifest, entry->number, "complete", hash, entry->wall_s, NULL, err));
        wks_manifest_set_member(&store->manifest, entry->number, entry->member);
    }
    store->wall_before = old->wall_s;
    store->manifest.simulation_s = old->simulation_s;
    free(store->manifest.started);
    store->manifest.started = wks_mem_string(old->started);
out:
    return rc;
}

static wks_status resume(wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest old = {0};
    wks_err unread = WKS_ERR_INIT;

    if (wks_manifest_read(store->folder, &old, &unread) != WKS_OK) {
        WKS_FAIL(err, WKS_ERR_USAGE, "cannot go on with %s: %s; choose another folder with -o, or --force", store->folder, unread.message);
    }
    WKS_TRY(wks_identity_check(store->folder, store->scenario, store->city, &old, err));
    WKS_TRY(clean(store->folder, true, err));
    WKS_TRY(remove_in(store->folder, "report.html", err)); /* it tells of what was there before */
    WKS_TRY(wks_file_make_folder(store->parts, err));
    WKS_TRY(adopt(store, &old, err));
out:
    wks_manifest_free(&old);
    return rc;
}

static wks_status begin(wks_store *store, const char *folder, const wks_scenario *scenario, const wks_city *city, wks_err *err)
{
    wks_status rc = WKS_OK;

    *store = (wks_store){.scenario = scenario, .city = city, .opened = wks_manifest_seconds()};
    store->folder = wks_mem_string(folder);
    store->parts = wks_file_join(folder, "parts");
    if (store->folder == NULL || store->parts == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
out:
    return rc;
}

bool wks_store_is_done(const char *folder, const wks_scenario *scenario, const wks_city *city)
{
    wks_store store;
    wks_manifest old = {0};
    wks_err err = WKS_ERR_INIT;
    bool done = begin(&store, folder, scenario, city, &err) == WKS_OK && wks_manifest_read(folder, &old, &err) == WKS_OK;

    done = done && strcmp(old.status, "complete") == 0 && wks_identity_check(folder, scenario, city, &old, &err) == WKS_OK &&
           wks_manifest_has_all(&old, scenario->first_replication, scenario->n_replications);
    for (int i = 0; i < WKS_TABLES_N && done; i++) {
        char *path = wks_file_join(folder, wks_tables_name[i]);
        done = path != NULL && (!writes_table(scenario, (wks_tables_kind)i) || wks_file_exists(path));
        free(path);
    }
    wks_manifest_free(&old);
    wks_store_close(&store);
    return done;
}

wks_status wks_store_open(const char *folder, const wks_scenario *scenario, const wks_city *city, const wks_store_options *options,
                          wks_store *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool is_old = wks_file_folder_has_entries(folder);

    WKS_TRY(begin(out, folder, scenario, city, err));
    out->follow = options->follow && wks_model_has_city(scenario);
    if (is_old && !options->resume && !options->force) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o, or use --resume or --force", folder);
    }
    WKS_TRY(describe_run(out, options, err));
    if (is_old && options->force) {
        WKS_TRY(wks_store_empty(folder, err));
    } else if (is_old) {
        WKS_TRY(resume(out, err));
    }
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_file_make_folder(out->parts, err));
    if (out->follow) WKS_TRY(wks_fates_make_folder(folder, err));
    WKS_TRY(wks_manifest_write(&out->manifest, folder, err));
    WKS_TRY(write_scenario(out, err));
    WKS_TRY(wks_codebook_write(folder, scenario->catalogue, wks_model_has_city(scenario), err));
    WKS_TRY(wks_map_write(folder, city, err));
out:
    return rc;
}

void wks_store_close(wks_store *store)
{
    free(store->folder);
    free(store->parts);
    wks_manifest_free(&store->manifest);
    *store = (wks_store){0};
}

bool wks_store_has(const wks_store *store, int32_t replication)
{
    const wks_manifest_replication *entry = wks_manifest_find(&store->manifest, replication);
    return entry != NULL && strcmp(entry->status, "complete") == 0;
}

wks_status wks_store_part_open(wks_store *store, int32_t replication, wks_store_part **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store_part *part = wks_mem_array(1, sizeof *part);

    *out = NULL;
    if (part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for replication %d", replication);
    part->store = store;
    part->replication = replication;
    part->text = WKS_TEXT_INIT;
    wks_tables_prefix_make(&part->prefix, store->scenario->name, replication);
    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (!writes_table(store->scenario, (wks_tables_kind)i)) continue;
        char *path = wks_parts_path(store->parts, (wks_tables_kind)i, replication);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_file_writer_open(path, &part->writer[i], err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
    if (store->follow) WKS_TRY(wks_fates_begin(store->folder, replication, store->city->own.is_there, &part->fates, err));
    if (store->follow) WKS_TRY(wks_lives_begin(store->folder, replication, store->city->own.is_there, &part->lives, err));
    *out = part;
    part = NULL;
out:
    if (part != NULL) wks_store_part_discard(part, NULL);
    return rc;
}

wks_status wks_store_part_observe(const wks_replication_view *view, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store_part *part = context;

    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (!writes_table(part->store->scenario, (wks_tables_kind)i)) continue;
        wks_text_clear(&part->text);
        wks_tables_add((wks_tables_kind)i, part->store->scenario, part->store->city, view, &part->prefix, &part->text);
        if (part->text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for result rows");
        if (part->text.length > 0) WKS_TRY(wks_file_writer_put(&part->writer[i], part->text.data, part->text.length, err));
    }
    if (part->store->follow && view->fate != NULL) WKS_TRY(wks_fates_put(&part->fates, view->fate, view->n_fates, err));
    if (part->store->follow && view->life != NULL) WKS_TRY(wks_lives_put(&part->lives, view->world->tick, view->life, view->n_lives, err));
out:
    return rc;
}

static void part_free(wks_store_part *part)
{
    for (int32_t i = 0; i < WKS_TABLES_N; i++)
        wks_file_writer_discard(&part->writer[i]);
    wks_file_writer_discard(&part->fates);
    wks_file_writer_discard(&part->lives);
    wks_text_free(&part->text);
    free(part);
}

/* With the seconds so far. */
static wks_status save_manifest(wks_store *store, wks_err *err)
{
    store->manifest.wall_s = store->wall_before + wks_manifest_seconds() - store->opened;
    store->manifest.peak_rss_mib = wks_mem_peak_rss_mib();
    return wks_manifest_write(&store->manifest, store->folder, err);
}

wks_status wks_store_part_commit(wks_store_part *part, uint64_t state_hash, double wall_s, double simulation_s, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store *store = part->store;

    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (writes_table(store->scenario, (wks_tables_kind)i)) WKS_TRY(wks_file_writer_commit(&part->writer[i], err));
    }
    if (store->follow) WKS_TRY(wks_file_writer_commit(&part->fates, err));
    if (store->follow) WKS_TRY(wks_file_writer_commit(&part->lives, err));
    (void)pthread_mutex_lock(&manifest_lock);
    rc = wks_manifest_set_replication(&store->manifest, part->replication, "complete", state_hash, wall_s, NULL, err);
    if (rc == WKS_OK) {
        wks_manifest_set_member(&store->manifest, part->replication, wks_members_number(store->scenario, part->replication));
        store->manifest.simulation_s += simulation_s;
        rc = save_manifest(store, err);
    }
    (void)pthread_mutex_unlock(&manifest_lock);
out:
    part_free(part);
    return rc;
}

void wks_store_part_discard(wks_store_part *part, const char *reason)
{
    if (part == NULL) return;
    if (reason != NULL) {
        (void)pthread_mutex_lock(&manifest_lock);
        (void)wks_manifest_set_replication(&part->store->manifest, part->replication, "failed", 0, 0, reason, NULL);
        (void)pthread_mutex_unlock(&manifest_lock);
    }
    part_free(part);
}

/* ---- the end ---- */

static wks_status join(const wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (!writes_table(store->scenario, (wks_tables_kind)i)) continue;
        char *path = wks_file_join(store->folder, wks_tables_name[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_parts_join(store->parts, (wks_tables_kind)i, &store->manifest, path, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
out:
    return rc;
}

static wks_status summarise(const wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_matrix matrix = {0};
    const wks_matrix *one = &matrix;
    char *path = wks_file_join(store->folder, "summary.csv");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_matrix_read(store->folder, &matrix, err));
    if (store->city->own.is_there) wks_matrix_hide_partial(&matrix);
    matrix.theory = wks_scenario_choice(store->scenario, "neighbourhood", "theory");
    WKS_TRY(wks_summary_write(path, &one, 1, "", err));
out:
    wks_matrix_free(&matrix);
    free(path);
    return rc;
}

wks_status wks_store_finish(wks_store *store, const char *status, wks_err *err)
{
    wks_status rc = WKS_OK;

    free(store->manifest.ended);
    store->manifest.ended = wks_manifest_now();
    WKS_TRY(join(store, err));
    WKS_TRY(summarise(store, err));
    wks_manifest_set_status(&store->manifest, status);
    WKS_TRY(save_manifest(store, err));
    if (strcmp(status, "complete") == 0) WKS_TRY(wks_parts_remove(store->parts, err));
out:
    if (rc != WKS_OK) {
        wks_manifest_set_status(&store->manifest, "failed");
        (void)save_manifest(store, NULL);
    }
    return rc;
}
