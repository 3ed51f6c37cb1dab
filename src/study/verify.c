#include "study/verify.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "sim/replication.h"

typedef struct watcher {
    const wks_scenario *scenario;
    const wks_city *city;
    wks_tables_prefix prefix;
    wks_verify_rows table[WKS_TABLES_N];
    wks_verify_list *list;
    wks_text text;
} watcher;

static wks_status observe(const wks_replication_view *view, void *context, wks_err *err)
{
    watcher *self = context;

    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (self->table[i].is_over || !wks_tables_is_written((wks_tables_kind)i, self->scenario)) continue;
        wks_text_clear(&self->text);
        wks_tables_add((wks_tables_kind)i, self->scenario, self->city, view, &self->prefix, &self->text);
        if (self->text.failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for result rows");
        if (self->text.length > 0) wks_verify_rows_compare(&self->table[i], self->text.data, self->list);
    }
    return WKS_OK;
}

static wks_status open_tables(watcher *self, const wks_verify_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t i = 0; i < WKS_TABLES_N; i++) {
        if (!wks_tables_is_written((wks_tables_kind)i, self->scenario)) continue;
        WKS_TRY(wks_verify_rows_open(options->folder, (wks_tables_kind)i, self->scenario->name, options->replication, &self->table[i],
                                     self->list, err));
    }
out:
    return rc;
}

static wks_status check_hash(const wks_verify_options *options, uint64_t hash, wks_verify_list *list, wks_err *err)
{
    const wks_manifest_replication *entry = wks_manifest_find(options->manifest, options->replication);
    uint64_t listed = 0;
    char text[17], key[48];
    char *path = wks_file_join(options->folder, "manifest.json");

    if (path == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    (void)snprintf(key, sizeof key, "state_hash of replication %d", options->replication);
    if (entry == NULL || !wks_text_parse_key(entry->state_hash, &listed) || listed != hash)
        wks_verify_list_add(list, path, 0, key, wks_text_key(hash, text), entry == NULL ? "" : entry->state_hash,
                            "the rerun ends in another state");
    free(path);
    return WKS_OK;
}

wks_status wks_verify_replication(const wks_scenario *scenario, const wks_city *city, const wks_world *population,
                                  const wks_verify_options *options, wks_verify_list *list, wks_err *err)
{
    wks_status rc = WKS_OK;
    watcher self = {.scenario = scenario, .city = city, .list = list, .text = WKS_TEXT_INIT};
    uint64_t hash = 0;
    const wks_replication_options how = {
        .number = options->replication, .threads = options->threads, .observer = observe, .observer_context = &self};

    wks_tables_prefix_make(&self.prefix, scenario->name, options->replication);
    WKS_TRY(open_tables(&self, options, err));
    WKS_TRY(wks_replication_run(scenario, population, &how, &hash, err));
    for (int32_t i = 0; i < WKS_TABLES_N; i++)
        if (self.table[i].path != NULL) wks_verify_rows_end(&self.table[i], list);
    WKS_TRY(check_hash(options, hash, list, err));
    if (list->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for what differs");
out:
    for (int32_t i = 0; i < WKS_TABLES_N; i++)
        wks_verify_rows_close(&self.table[i]);
    wks_text_free(&self.text);
    return rc;
}
