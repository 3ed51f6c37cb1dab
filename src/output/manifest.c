#include "output/manifest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "version.h"

void wks_manifest_free(wks_manifest *manifest)
{
    free(manifest->kind);
    free(manifest->command);
    free(manifest->scenario);
    free(manifest->title);
    free(manifest->city);
    free(manifest->start);
    free(manifest->started);
    free(manifest->ended);
    for (size_t i = 0; i < manifest->n_inputs; i++)
        free(manifest->input[i].path);
    for (size_t i = 0; i < manifest->n_replications; i++)
        free(manifest->replication[i].reason);
    for (size_t i = 0; i < manifest->n_parts; i++)
        free(manifest->part[i]);
    for (size_t i = 0; i < manifest->n_sources; i++)
        free(manifest->source[i]);
    for (size_t i = 0; i < manifest->n_merged; i++) {
        free(manifest->merged[i].folder);
        free(manifest->merged[i].command);
    }
    free(manifest->merged);
    free(manifest->table);
    free(manifest->source);
    free(manifest->version);
    free(manifest->commit);
    free(manifest->compiler);
    free(manifest->input);
    free(manifest->replication);
    free(manifest->part);
    *manifest = (wks_manifest){0};
}

wks_status wks_manifest_add_input(wks_manifest *manifest, const char *path, const char *sha256, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest_input *grown = wks_mem_resize(manifest->input, manifest->n_inputs, manifest->n_inputs + 1, sizeof *grown);

    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    manifest->input = grown;
    grown[manifest->n_inputs].path = wks_mem_string(path);
    if (grown[manifest->n_inputs].path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    wks_text_fit(grown[manifest->n_inputs].sha256, sizeof grown->sha256, sha256);
    manifest->n_inputs++;
out:
    return rc;
}

void wks_manifest_set_plan(wks_manifest *manifest, int at_once, int threads_inside, const char *why)
{
    manifest->at_once = at_once;
    manifest->threads_inside = threads_inside;
    wks_text_fit(manifest->threads_why, sizeof manifest->threads_why, why);
}

void wks_manifest_set_status(wks_manifest *manifest, const char *status)
{
    wks_text_fit(manifest->status, sizeof manifest->status, status);
}

wks_status wks_manifest_add_source(wks_manifest *manifest, const char *text, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **grown = wks_mem_resize(manifest->source, manifest->n_sources, manifest->n_sources + 1, sizeof *grown);

    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    manifest->source = grown;
    grown[manifest->n_sources] = wks_mem_string(text);
    if (grown[manifest->n_sources] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    manifest->n_sources++;
out:
    return rc;
}

wks_status wks_manifest_set_table(wks_manifest *manifest, const char *name, const char *sha256, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t at = 0;

    while (at < manifest->n_tables && strcmp(manifest->table[at].name, name) != 0)
        at++;
    if (at == manifest->n_tables) {
        wks_manifest_table *grown = wks_mem_resize(manifest->table, at, at + 1, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
        manifest->table = grown;
        manifest->n_tables++;
    }
    wks_text_fit(manifest->table[at].name, sizeof manifest->table[at].name, name);
    wks_text_fit(manifest->table[at].sha256, sizeof manifest->table[at].sha256, sha256);
out:
    return rc;
}

wks_status wks_manifest_add_merged(wks_manifest *manifest, const char *folder, const char *command, const wks_manifest_merged *range,
                                   wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest_merged *grown = wks_mem_resize(manifest->merged, manifest->n_merged, manifest->n_merged + 1, sizeof *grown);

    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    manifest->merged = grown;
    wks_manifest_merged *entry = &grown[manifest->n_merged++];
    *entry = *range;
    entry->folder = wks_mem_string(folder);
    entry->command = wks_mem_string(command);
    if (entry->folder == NULL || entry->command == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
out:
    return rc;
}

void wks_manifest_block_range(const wks_manifest_block *block, int32_t *out_first, int32_t *out_n)
{
    const int64_t n = block->n_replications;
    const int64_t begin = (block->number - 1) * n / block->of, end = block->number * n / block->of;

    *out_first = block->first + (int32_t)begin;
    *out_n = (int32_t)(end - begin);
}

/* Where the entry of that number stands, or would have to stand. */
static size_t position_of(const wks_manifest *manifest, int32_t number)
{
    size_t low = 0, high = manifest->n_replications;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (manifest->replication[middle].number < number) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

wks_status wks_manifest_set_replication(wks_manifest *manifest, int32_t number, const char *status, uint64_t state_hash, double wall_s,
                                        const char *reason, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t at = position_of(manifest, number);

    if (at == manifest->n_replications || manifest->replication[at].number != number) {
        const size_t n = manifest->n_replications;
        wks_manifest_replication *grown = wks_mem_resize(manifest->replication, n, n + 1, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
        manifest->replication = grown;
        memmove(&grown[at + 1], &grown[at], (n - at) * sizeof *grown);
        grown[at] = (wks_manifest_replication){.number = number, .resumed_from = -1};
        manifest->n_replications++;
    }
    wks_manifest_replication *entry = &manifest->replication[at];
    const bool is_complete = strcmp(status, "complete") == 0;
    wks_text_fit(entry->status, sizeof entry->status, status);
    *entry->state_hash = '\0';
    if (is_complete) wks_text_key(state_hash, entry->state_hash);
    entry->wall_s = wall_s;
    free(entry->reason);
    entry->reason = NULL;
    if (is_complete || reason == NULL) goto out;
    entry->reason = wks_mem_string(reason);
    if (entry->reason == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
out:
    return rc;
}

void wks_manifest_set_member(wks_manifest *manifest, int32_t number, int32_t member, int32_t calibrated_member)
{
    const size_t at = position_of(manifest, number);
    if (at >= manifest->n_replications || manifest->replication[at].number != number) return;
    manifest->replication[at].member = member;
    manifest->replication[at].calibrated_member = calibrated_member;
}

void wks_manifest_set_resumed(wks_manifest *manifest, int32_t number, int32_t tick)
{
    const size_t at = position_of(manifest, number);
    if (at < manifest->n_replications && manifest->replication[at].number == number) manifest->replication[at].resumed_from = tick;
}

const wks_manifest_replication *wks_manifest_find(const wks_manifest *manifest, int32_t number)
{
    const size_t at = position_of(manifest, number);
    return at < manifest->n_replications && manifest->replication[at].number == number ? &manifest->replication[at] : NULL;
}

bool wks_manifest_has_all(const wks_manifest *manifest, int32_t first, int32_t n)
{
    for (int32_t i = 0; i < n; i++) {
        const wks_manifest_replication *entry = wks_manifest_find(manifest, first + i);
        if (entry == NULL || strcmp(entry->status, "complete") != 0) return false;
    }
    return true;
}

bool wks_manifest_range(const wks_manifest *manifest, int32_t *out_first, int32_t *out_last)
{
    bool any = false;
    for (size_t i = 0; i < manifest->n_replications; i++) {
        if (strcmp(manifest->replication[i].status, "complete") != 0) continue;
        if (!any) *out_first = manifest->replication[i].number;
        *out_last = manifest->replication[i].number;
        any = true;
    }
    return any;
}

char *wks_manifest_now(void)
{
    char buffer[32];
    struct timespec now;
    struct tm parts;
    if (clock_gettime(CLOCK_REALTIME, &now) != 0 || gmtime_r(&now.tv_sec, &parts) == NULL) return wks_mem_string("");
    strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return wks_mem_string(buffer);
}
