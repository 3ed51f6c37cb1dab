#include "output/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/machine.h"
#include "base/mem.h"
#include "output/codebook.h"
#include "output/derived.h"
#include "output/fates.h"
#include "output/identity.h"
#include "output/lives.h"
#include "output/map.h"
#include "output/parts.h"
#include "output/seal.h"
#include "output/summary.h"
#include "output/tables.h"
#include "scenario/members.h"
#include "scenario/model.h"

/* Replications are committed from several threads; the manifest is one. */
static pthread_mutex_t manifest_lock = PTHREAD_MUTEX_INITIALIZER;

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
static const char *const ours[] = {"manifest.json",      "scenario.cfg",  "city.csv",     "buurt.csv",        "lettings.csv",
                                   "compliance.csv",     "budget.csv",    "flows.csv",    "destinations.csv", "monitor.csv",
                                   "queue.csv",          "summary.csv",   "codebook.csv", "contrasts.csv",    "breakeven.csv",
                                   "effects.csv",        "precision.csv", "losers.csv",   "untouched.csv",    "waterbed.csv",
                                   "drift.csv",          "report.html",   "map.gpkg",     "differences.txt",  "differences.nl.txt",
                                   "differences.en.txt", "export.xlsx",   "export.gpkg",  "export.sqlite"};

const char wks_store_mark[] = "part.txt";

bool wks_store_is_used(const char *folder)
{
    char **names = NULL;
    size_t n = 0;

    if (!wks_file_folder_has_entries(folder)) return false;
    if (wks_file_list(folder, &names, &n, NULL) != WKS_OK) return true;
    const bool is_used = n != 1 || strcmp(names[0], wks_store_mark) != 0;
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return is_used;
}

static bool is_ours(const char *name, bool leftovers_only)
{
    const size_t n_mark = strlen(wks_store_mark);

    if (strncmp(name, wks_store_mark, n_mark) == 0) return strncmp(name + n_mark, ".tmp", 4) == 0;
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        const size_t n = strlen(ours[i]);
        if (strncmp(name, ours[i], n) != 0) continue;
        if (strncmp(name + n, ".tmp", 4) == 0 || (!leftovers_only && name[n] == '\0')) return true;
    }
    return false;
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

wks_status wks_store_tidy(const char *folder, wks_err *err)
{
    return clean(folder, true, err);
}

wks_status wks_store_remove_derived(const char *folder, wks_err *err)
{
    return wks_derived_remove(folder, ours, sizeof ours / sizeof *ours, err);
}

wks_status wks_store_empty(const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *parts = wks_file_join(folder, "parts");

    if (parts == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(clean(folder, false, err));
    WKS_TRY(wks_store_remove_derived(folder, err));
    WKS_TRY(wks_parts_remove(parts, err));
    WKS_TRY(wks_resume_forget(folder, err));
    WKS_TRY(wks_fates_forget(folder, err));
out:
    free(parts);
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
    const unsigned kinds = wks_tables_written(store->scenario);

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
        wks_manifest_set_member(&store->manifest, entry->number, entry->member, entry->calibrated_member);
        wks_manifest_set_resumed(&store->manifest, entry->number, entry->resumed_from);
    }
    store->wall_before = old->wall_s;
    store->manifest.simulation_s = old->simulation_s;
    store->manifest.branched_at = old->branched_at;
    free(store->manifest.started);
    store->manifest.started = wks_mem_string(old->started);
out:
    return rc;
}

/* The folder holds this very run; which of its replications can go on in the middle. */
static wks_status look(const wks_store *store, wks_manifest *old, wks_resume *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_err unread = WKS_ERR_INIT;

    if (wks_manifest_read(store->folder, old, &unread) != WKS_OK) {
        WKS_FAIL(err, WKS_ERR_USAGE, "cannot go on with %s: %s; choose another folder with -o, or --force", store->folder, unread.message);
    }
    WKS_TRY(wks_identity_check(store->folder, store->scenario, store->city, old, err));
    WKS_TRY(wks_resume_find(store->folder, store->parts, &store->asked, old, out, err));
out:
    return rc;
}

static wks_status resume(wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest old = {0};
    wks_resume middle = {0};

    WKS_TRY(look(store, &old, &middle, err));
    WKS_TRY(clean(store->folder, true, err));
    WKS_TRY(wks_resume_clean(store->folder, store->parts, &middle, err));
    WKS_TRY(wks_store_remove_derived(store->folder, err)); /* it tells of what was there before */
    WKS_TRY(wks_file_make_folder(store->parts, err));
    WKS_TRY(adopt(store, &old, err));
out:
    wks_resume_free(&middle);
    wks_manifest_free(&old);
    return rc;
}

static wks_status begin(wks_store *store, const char *folder, const wks_scenario *scenario, const wks_city *city, bool follow, wks_err *err)
{
    wks_status rc = WKS_OK;

    *store = (wks_store){.scenario = scenario, .city = city, .opened = wks_machine_seconds()};
    store->folder = wks_mem_string(folder);
    store->parts = wks_file_join(folder, "parts");
    store->follow = follow && wks_model_has_city(scenario);
    if (store->folder == NULL || store->parts == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_identity_checkpoint(scenario, city, store->follow, &store->asked, err));
out:
    return rc;
}

/* A session that was killed before it had said what it is: nothing there but its first file and temporary ones. */
bool wks_store_is_unbegun(const char *folder)
{
    char **names = NULL;
    size_t n = 0;
    bool is_unbegun = wks_file_list(folder, &names, &n, NULL) == WKS_OK;

    for (size_t i = 0; i < n; i++) {
        is_unbegun =
            is_unbegun && (is_ours(names[i], true) || strcmp(names[i], "scenario.cfg") == 0 || strcmp(names[i], wks_store_mark) == 0);
        free(names[i]);
    }
    free(names);
    return is_unbegun;
}

wks_status wks_store_preview(const char *folder, const wks_scenario *scenario, const wks_city *city, bool follow, wks_resume *out,
                             int32_t *out_whole, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_store store;
    wks_manifest old = {0};

    *out = (wks_resume){0};
    *out_whole = 0;
    WKS_TRY(begin(&store, folder, scenario, city, follow, err));
    if (!wks_file_is_folder(folder) || wks_store_is_unbegun(folder)) goto out;
    WKS_TRY(look(&store, &old, out, err));
    for (size_t i = 0; i < old.n_replications; i++)
        *out_whole += strcmp(old.replication[i].status, "complete") == 0;
out:
    wks_manifest_free(&old);
    wks_store_close(&store);
    return rc;
}

/* scenario.cfg as it would be written now: what it says of tables over replications counts too. */
static bool is_asked_alike(const char *folder, const wks_scenario *scenario, const wks_city *city)
{
    wks_text text = WKS_TEXT_INIT;
    const bool is_alike =
        wks_identity_scenario(scenario, city, &text, NULL) == WKS_OK && wks_seal_holds(folder, "scenario.cfg", text.data, text.length);

    wks_text_free(&text);
    return is_alike;
}

bool wks_store_is_done(const char *folder, const wks_scenario *scenario, const wks_city *city)
{
    wks_store store;
    wks_manifest old = {0};
    wks_err err = WKS_ERR_INIT;
    bool done = begin(&store, folder, scenario, city, false, &err) == WKS_OK && wks_manifest_read(folder, &old, &err) == WKS_OK;

    done = done && strcmp(old.status, "complete") == 0 && wks_identity_check(folder, scenario, city, &old, &err) == WKS_OK &&
           wks_manifest_has_all(&old, scenario->first_replication, scenario->n_replications) && is_asked_alike(folder, scenario, city);
    for (int i = 0; i < WKS_TABLES_N && done; i++) {
        char *path = wks_file_join(folder, wks_tables_name[i]);
        done = path != NULL && (!wks_tables_is_written((wks_tables_kind)i, scenario) || wks_file_exists(path));
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
    const bool is_old = wks_store_is_used(folder);

    WKS_TRY(begin(out, folder, scenario, city, options->follow, err));
    if (is_old && !options->resume && !options->force) {
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder with -o, or use --resume or --force", folder);
    }
    WKS_TRY(wks_store_describe(out, options, err));
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_lock_take(folder, &out->lock, err));
    if (is_old && (options->force || wks_store_is_unbegun(folder))) {
        WKS_TRY(wks_store_empty(folder, err));
    } else if (is_old) {
        WKS_TRY(resume(out, err));
    }
    WKS_TRY(write_scenario(out, err)); /* before the manifest: whoever finds that goes on with this */
    WKS_TRY(wks_manifest_write(&out->manifest, folder, err));
    WKS_TRY(wks_parts_begin(out->parts, wks_tables_written(scenario), err));
    if (out->follow) WKS_TRY(wks_fates_make_folder(folder, err));
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
    wks_lock_release(&store->lock);
    *store = (wks_store){0};
}

wks_status wks_store_extend(wks_store *store, wks_err *err)
{
    store->manifest.replications_asked = store->scenario->n_replications;
    return write_scenario(store, err);
}

bool wks_store_has(const wks_store *store, int32_t replication)
{
    const wks_manifest_replication *entry = wks_manifest_find(&store->manifest, replication);
    return entry != NULL && strcmp(entry->status, "complete") == 0;
}

/* With the seconds so far. */
static wks_status save_manifest(wks_store *store, wks_err *err)
{
    store->manifest.wall_s = store->wall_before + wks_machine_seconds() - store->opened;
    store->manifest.peak_rss_mib = wks_mem_peak_rss_mib();
    return wks_manifest_write(&store->manifest, store->folder, err);
}

wks_status wks_store_note_whole(wks_store *store, const wks_store_whole *whole, wks_err *err)
{
    wks_status rc = WKS_OK;

    (void)pthread_mutex_lock(&manifest_lock);
    rc = wks_manifest_set_replication(&store->manifest, whole->replication, "complete", whole->state_hash, whole->wall_s, NULL, err);
    if (rc == WKS_OK) {
        wks_manifest_set_member(&store->manifest, whole->replication,
                                wks_members_number(store->scenario, WKS_MEMBERS_THEORY, whole->replication),
                                wks_members_number(store->scenario, WKS_MEMBERS_CALIBRATED, whole->replication));
        wks_manifest_set_resumed(&store->manifest, whole->replication, whole->resumed_from);
        store->manifest.simulation_s += whole->simulation_s;
        rc = save_manifest(store, err);
    }
    (void)pthread_mutex_unlock(&manifest_lock);
    return rc;
}

void wks_store_note_branched(wks_store *store, int32_t tick)
{
    (void)pthread_mutex_lock(&manifest_lock);
    store->manifest.branched_at = tick;
    (void)pthread_mutex_unlock(&manifest_lock);
}

void wks_store_note_failed(wks_store *store, int32_t replication, const char *reason)
{
    (void)pthread_mutex_lock(&manifest_lock);
    (void)wks_manifest_set_replication(&store->manifest, replication, "failed", 0, 0, reason, NULL);
    (void)pthread_mutex_unlock(&manifest_lock);
}

/* ---- the end ---- */

static wks_status join(const wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (!wks_tables_is_written((wks_tables_kind)i, store->scenario)) continue;
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
    WKS_TRY(wks_summary_write(path, &one, 1, "", store->manifest.threads, err));
out:
    wks_matrix_free(&matrix);
    free(path);
    return rc;
}

static void fail(wks_store *store)
{
    wks_manifest_set_status(&store->manifest, "failed");
    (void)save_manifest(store, NULL);
}

wks_status wks_store_finish(wks_store *store, const char *status, wks_err *err)
{
    const wks_status rc = join(store, err);

    if (rc == WKS_OK) return wks_store_finish_joined(store, status, err);
    fail(store);
    return rc;
}

wks_status wks_store_finish_joined(wks_store *store, const char *status, wks_err *err)
{
    wks_status rc = WKS_OK;

    free(store->manifest.ended);
    store->manifest.ended = wks_manifest_now();
    WKS_TRY(summarise(store, err));
    WKS_TRY(wks_seal_make(store->folder, &store->manifest, err));
    if (strcmp(status, "complete") == 0) { /* the tables hold it all; parts are cut out of them again when this session is killed here */
        WKS_TRY(wks_parts_remove(store->parts, err));
        WKS_TRY(wks_resume_forget(store->folder, err));
    }
    wks_manifest_set_status(&store->manifest, status);
    WKS_TRY(save_manifest(store, err));
out:
    if (rc != WKS_OK) fail(store);
    return rc;
}
