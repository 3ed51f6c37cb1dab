#include "output/store.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "output/codebook.h"
#include "output/summary.h"
#include "output/tables.h"
#include "scenario/write.h"

struct wks_store_part {
    wks_store *store;
    int32_t replication;
    wks_file_writer writer[WKS_TABLES_N];
    wks_text text;
    wks_tables_prefix prefix;
};

/* Replications are committed from several threads; the manifest is one. */
static pthread_mutex_t manifest_lock = PTHREAD_MUTEX_INITIALIZER;

static char *part_path(const wks_store *store, int32_t replication, const char *table)
{
    char name[64];
    snprintf(name, sizeof name, "%06d.%s", replication, table);
    return wks_file_join(store->parts, name);
}

static bool writes_table(const wks_scenario *scenario, wks_tables_kind kind)
{
    return kind != WKS_TABLES_LETTINGS || scenario->output.lettings;
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

    wks_write_resolved(store->scenario, store->city->path, &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for scenario.cfg");
    WKS_TRY(write_in(store->folder, "scenario.cfg", text.data, text.length, err));
out:
    wks_text_free(&text);
    return rc;
}

static wks_status write_map(const wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_geometry *geometry = &store->city->geometry;
    const char **name = NULL;
    char *path = NULL;

    if (geometry->n_areas == 0) return WKS_OK;
    name = wks_mem_array((size_t)geometry->n_areas, sizeof *name);
    path = wks_file_join(store->folder, "map.gpkg");
    if (name == NULL || path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the map");
    for (int32_t i = 0; i < geometry->n_areas; i++) {
        const int32_t row = wks_folder_buurt_row(store->city, geometry->code[i]);
        name[i] = row < 0 ? "" : store->city->buurt[row].name;
    }
    WKS_TRY(wks_geometry_write(path, "areas", geometry, name, err));
out:
    free(name);
    free(path);
    return rc;
}

static wks_status remove_parts(const char *parts, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **names = NULL;
    size_t n = 0;

    if (!wks_file_is_folder(parts)) return WKS_OK;
    WKS_TRY(wks_file_list(parts, &names, &n, err));
    for (size_t i = 0; i < n; i++) {
        char *path = wks_file_join(parts, names[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_file_remove(path, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
    rmdir(parts);
out:
    for (size_t i = 0; i < n; i++) free(names[i]);
    free(names);
    return rc;
}

/* Our own files of an earlier run: only these are removed by --force. */
static wks_status empty_folder(const char *folder, const char *parts, wks_err *err)
{
    static const char *const ours[] = { "manifest.json", "scenario.cfg", "city.csv",      "buurt.csv",   "lettings.csv", "queue.csv",
                                        "summary.csv",   "codebook.csv", "contrasts.csv", "report.html", "map.gpkg",     "differences.txt" };
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        char *path = wks_file_join(folder, ours[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_file_remove(path, err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
    WKS_TRY(remove_parts(parts, err));
out:
    return rc;
}

static wks_status describe_run(wks_store *store, const wks_store_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = store->scenario;
    wks_manifest *manifest = &store->manifest;
    char month[8];
    char hash[65];

    strcpy(manifest->status, "running");
    manifest->kind = wks_mem_string("run");
    manifest->command = wks_mem_string(options->command == NULL ? "" : options->command);
    manifest->scenario = wks_mem_string(scenario->name);
    manifest->title = wks_mem_string(scenario->title);
    manifest->city = wks_mem_string(store->city->title == NULL ? store->city->name : store->city->title);
    memcpy(manifest->scenario_hash, scenario->hash, sizeof manifest->scenario_hash);
    manifest->seed_population = scenario->seed_population;
    manifest->seed_dynamics = scenario->seed_dynamics;
    manifest->replications_asked = scenario->n_replications;
    manifest->ticks = scenario->n_ticks;
    manifest->start = wks_mem_string(wks_text_month(scenario->start_month, month));
    manifest->threads = options->threads;
    manifest->started = wks_manifest_now();
    if (scenario->path != NULL && wks_file_exists(scenario->path)) {
        WKS_TRY(wks_file_sha256(scenario->path, hash, err));
        WKS_TRY(wks_manifest_add_input(manifest, scenario->path, hash, err));
    }
    WKS_TRY(wks_manifest_add_input(manifest, store->city->path, store->city->sha256, err));
out:
    return rc;
}

static wks_status resume(wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest old = { 0 };

    WKS_TRY(wks_err_context(err, wks_manifest_read(store->folder, &old, err), "cannot resume %s", store->folder));
    if (strcmp(old.scenario_hash, store->manifest.scenario_hash) != 0 || old.seed_population != store->manifest.seed_population ||
        old.seed_dynamics != store->manifest.seed_dynamics || old.ticks != store->manifest.ticks) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s holds another run (other scenario, seeds or ticks); choose another folder or --force", store->folder);
    }
    for (size_t i = 0; i < old.n_replications; i++) {
        const wks_manifest_replication *entry = &old.replication[i];
        uint64_t hash = 0;
        if (strcmp(entry->status, "complete") != 0 || !wks_text_parse_key(entry->state_hash, &hash)) continue;
        WKS_TRY(wks_manifest_set_replication(&store->manifest, entry->number, "complete", hash, entry->wall_s, NULL, err));
    }
    store->manifest.simulation_s = old.simulation_s;
    free(store->manifest.started);
    store->manifest.started = wks_mem_string(old.started == NULL ? "" : old.started);
out:
    wks_manifest_free(&old);
    return rc;
}

wks_status wks_store_open(const char *folder, const wks_scenario *scenario, const wks_city *city, const wks_store_options *options, wks_store *out,
                          wks_err *err)
{
    wks_status rc = WKS_OK;
    bool is_old = false;

    *out = (wks_store){ .scenario = scenario, .city = city };
    out->folder = wks_mem_string(folder);
    out->parts = wks_file_join(folder, "parts");
    if (out->folder == NULL || out->parts == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    is_old = wks_file_folder_has_entries(folder);
    if (is_old && !options->resume && !options->force) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o, or use --resume or --force", folder);
    }
    WKS_TRY(describe_run(out, options, err));
    if (is_old && options->resume) {
        WKS_TRY(resume(out, err));
    } else if (is_old) {
        WKS_TRY(empty_folder(folder, out->parts, err));
    }
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_file_make_folder(out->parts, err));
    WKS_TRY(wks_manifest_write(&out->manifest, folder, err));
    WKS_TRY(write_scenario(out, err));
    WKS_TRY(wks_codebook_write(folder, scenario->catalogue, err));
    WKS_TRY(write_map(out, err));
out:
    return rc;
}

void wks_store_close(wks_store *store)
{
    free(store->folder);
    free(store->parts);
    wks_manifest_free(&store->manifest);
    *store = (wks_store){ 0 };
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
        char *path = part_path(store, replication, wks_tables_name[i]);
        if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_file_writer_open(path, &part->writer[i], err);
        free(path);
        if (rc != WKS_OK) goto out;
    }
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
out:
    return rc;
}

static void part_free(wks_store_part *part)
{
    for (int32_t i = 0; i < WKS_TABLES_N; i++) wks_file_writer_discard(&part->writer[i]);
    wks_text_free(&part->text);
    free(part);
}

wks_status wks_store_part_commit(wks_store_part *part, uint64_t state_hash, double wall_s, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store *store = part->store;
    const int32_t replication = part->replication;

    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (writes_table(store->scenario, (wks_tables_kind)i)) WKS_TRY(wks_file_writer_commit(&part->writer[i], err));
    }
    pthread_mutex_lock(&manifest_lock);
    rc = wks_manifest_set_replication(&store->manifest, replication, "complete", state_hash, wall_s, NULL, err);
    if (rc == WKS_OK) {
        store->manifest.simulation_s += wall_s;
        rc = wks_manifest_write(&store->manifest, store->folder, err);
    }
    pthread_mutex_unlock(&manifest_lock);
out:
    part_free(part);
    return rc;
}

void wks_store_part_discard(wks_store_part *part, const char *reason)
{
    if (part == NULL) return;
    if (reason != NULL) {
        pthread_mutex_lock(&manifest_lock);
        (void)wks_manifest_set_replication(&part->store->manifest, part->replication, "failed", 0, 0, reason, NULL);
        pthread_mutex_unlock(&manifest_lock);
    }
    part_free(part);
}

/* Header, then the part of every complete replication in order of number. */
static wks_status join(const wks_store *store, wks_tables_kind kind, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_file_writer writer = { 0 };
    char *path = wks_file_join(store->folder, wks_tables_name[kind]);
    char *bytes = NULL;

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_writer_open(path, &writer, err));
    WKS_TRY(wks_file_writer_put(&writer, wks_tables_header[kind], strlen(wks_tables_header[kind]), err));
    for (size_t i = 0; i < store->manifest.n_replications; i++) {
        size_t n = 0;
        const wks_manifest_replication *entry = &store->manifest.replication[i];
        if (strcmp(entry->status, "complete") != 0) continue;
        char *part = part_path(store, entry->number, wks_tables_name[kind]);
        if (part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        free(bytes);
        bytes = NULL;
        rc = wks_file_read(part, &bytes, &n, err);
        free(part);
        if (rc != WKS_OK) goto out;
        WKS_TRY(wks_file_writer_put(&writer, bytes, n, err));
    }
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    free(bytes);
    free(path);
    return rc;
}

static wks_status summarise(const wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_matrix matrix = { 0 };
    const wks_matrix *one = &matrix;
    char *path = wks_file_join(store->folder, "summary.csv");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_matrix_read(store->folder, &matrix, err));
    if (matrix.n_replications > 0) WKS_TRY(wks_summary_write(path, &one, 1, "", err));
out:
    wks_matrix_free(&matrix);
    free(path);
    return rc;
}

wks_status wks_store_finish(wks_store *store, const char *status, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (writes_table(store->scenario, (wks_tables_kind)i)) WKS_TRY(join(store, (wks_tables_kind)i, err));
    }
    WKS_TRY(summarise(store, err));
    strncpy(store->manifest.status, status, sizeof store->manifest.status - 1);
    free(store->manifest.ended);
    store->manifest.ended = wks_manifest_now();
    store->manifest.peak_rss_mib = wks_mem_peak_rss_mib();
    WKS_TRY(wks_manifest_write(&store->manifest, store->folder, err));
    if (strcmp(status, "complete") == 0) WKS_TRY(remove_parts(store->parts, err));
out:
    return rc;
}
