#include "output/manifest.h"

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
    for (size_t i = 0; i < manifest->n_inputs; i++) free(manifest->input[i].path);
    for (size_t i = 0; i < manifest->n_replications; i++) free(manifest->replication[i].reason);
    for (size_t i = 0; i < manifest->n_parts; i++) free(manifest->part[i]);
    free(manifest->input);
    free(manifest->replication);
    free(manifest->part);
    *manifest = (wks_manifest){ 0 };
}

wks_status wks_manifest_add_input(wks_manifest *manifest, const char *path, const char *sha256, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest_input *grown = wks_mem_resize(manifest->input, manifest->n_inputs, manifest->n_inputs + 1, sizeof *grown);

    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    manifest->input = grown;
    grown[manifest->n_inputs].path = wks_mem_string(path);
    if (grown[manifest->n_inputs].path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    strncpy(grown[manifest->n_inputs].sha256, sha256, 64);
    manifest->n_inputs++;
out:
    return rc;
}

wks_status wks_manifest_set_replication(wks_manifest *manifest, int32_t number, const char *status, uint64_t state_hash, double wall_s, const char *reason,
                                        wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t at = 0;

    while (at < manifest->n_replications && manifest->replication[at].number < number) at++;
    if (at == manifest->n_replications || manifest->replication[at].number != number) {
        const size_t n = manifest->n_replications;
        wks_manifest_replication *grown = wks_mem_resize(manifest->replication, n, n + 1, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
        manifest->replication = grown;
        memmove(&grown[at + 1], &grown[at], (n - at) * sizeof *grown);
        grown[at] = (wks_manifest_replication){ .number = number };
        manifest->n_replications++;
    }
    wks_manifest_replication *entry = &manifest->replication[at];
    strncpy(entry->status, status, sizeof entry->status - 1);
    wks_text_key(state_hash, entry->state_hash);
    entry->wall_s = wall_s;
    free(entry->reason);
    entry->reason = reason == NULL ? NULL : wks_mem_string(reason);
out:
    return rc;
}

const wks_manifest_replication *wks_manifest_find(const wks_manifest *manifest, int32_t number)
{
    for (size_t i = 0; i < manifest->n_replications; i++) {
        if (manifest->replication[i].number == number) return &manifest->replication[i];
    }
    return NULL;
}

static void set_text(wks_json *object, const char *key, const char *value)
{
    if (value != NULL) wks_json_set_take(object, key, wks_json_string(value));
}

static wks_json *machine(const char *what)
{
    struct utsname name;
    if (uname(&name) != 0) return wks_json_string("unknown");
    return wks_json_string(strcmp(what, "host") == 0 ? name.nodename : name.machine);
}

static wks_json *to_json(const wks_manifest *manifest)
{
    wks_json *root = wks_json_object();
    wks_json *seeds = wks_json_object();
    wks_json *inputs = wks_json_array();
    wks_json *replications = wks_json_array();
    wks_json *libraries = wks_json_object();

    set_text(root, "status", manifest->status);
    set_text(root, "kind", manifest->kind);
    set_text(root, "version", WKS_VERSION);
    set_text(root, "commit", WKS_COMMIT);
    set_text(root, "command", manifest->command);
    set_text(root, "scenario", manifest->scenario);
    set_text(root, "title", manifest->title);
    set_text(root, "city", manifest->city);
    set_text(root, "scenario_hash", manifest->scenario_hash);
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        wks_json *input = wks_json_object();
        set_text(input, "path", manifest->input[i].path);
        set_text(input, "sha256", manifest->input[i].sha256);
        wks_json_append_take(inputs, input);
    }
    wks_json_set_take(root, "inputs", inputs);
    wks_json_set_take(seeds, "population", wks_json_integer((int64_t)manifest->seed_population));
    wks_json_set_take(seeds, "dynamics", wks_json_integer((int64_t)manifest->seed_dynamics));
    wks_json_set_take(root, "seeds", seeds);
    set_text(root, "start", manifest->start);
    wks_json_set_take(root, "ticks", wks_json_integer(manifest->ticks));
    wks_json_set_take(root, "replications_asked", wks_json_integer(manifest->replications_asked));
    for (size_t i = 0; i < manifest->n_replications; i++) {
        const wks_manifest_replication *entry = &manifest->replication[i];
        wks_json *item = wks_json_object();
        wks_json_set_take(item, "number", wks_json_integer(entry->number));
        set_text(item, "status", entry->status);
        set_text(item, "state_hash", entry->state_hash);
        wks_json_set_take(item, "wall_s", wks_json_number(entry->wall_s));
        set_text(item, "reason", entry->reason);
        wks_json_append_take(replications, item);
    }
    wks_json_set_take(root, "replications", replications);
    if (manifest->n_parts > 0) {
        wks_json *parts = wks_json_array();
        for (size_t i = 0; i < manifest->n_parts; i++) wks_json_append_take(parts, wks_json_string(manifest->part[i]));
        wks_json_set_take(root, "scenarios", parts);
    }
    wks_json_set_take(root, "threads", wks_json_integer(manifest->threads));
    set_text(root, "compiler", WKS_COMPILER " " WKS_BUILD_TYPE);
    set_text(libraries, "c", "C11");
    wks_json_set_take(root, "libraries", libraries);
    wks_json_set_take(root, "cpu", machine("cpu"));
    wks_json_set_take(root, "host", machine("host"));
    set_text(root, "started", manifest->started);
    set_text(root, "ended", manifest->ended);
    wks_json_set_take(root, "wall_s", wks_json_number(manifest->wall_s));
    wks_json_set_take(root, "simulation_s", wks_json_number(manifest->simulation_s));
    wks_json_set_take(root, "peak_rss_mib", wks_json_number(manifest->peak_rss_mib));
    return root;
}

wks_status wks_manifest_write(const wks_manifest *manifest, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    wks_json *root = to_json(manifest);
    char *path = wks_file_join(folder, "manifest.json");

    if (root == NULL || path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    WKS_TRY(wks_json_write(root, true, &text, err));
    wks_text_add_char(&text, '\n');
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    wks_text_free(&text);
    wks_json_free(root);
    free(path);
    return rc;
}

static void read_replications(wks_manifest *out, const wks_json *list)
{
    for (size_t i = 0; i < wks_json_size(list); i++) {
        const wks_json *item = wks_json_at(list, i);
        uint64_t hash = 0;
        const bool has_hash = wks_text_parse_key(wks_json_text(wks_json_get(item, "state_hash")), &hash);
        const wks_json *reason = wks_json_get(item, "reason");
        (void)wks_manifest_set_replication(out, (int32_t)wks_json_int(wks_json_get(item, "number")), wks_json_text(wks_json_get(item, "status")),
                                           has_hash ? hash : 0, wks_json_double(wks_json_get(item, "wall_s")),
                                           reason == NULL ? NULL : wks_json_text(reason), NULL);
    }
}

wks_status wks_manifest_read(const char *folder, wks_manifest *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, "manifest.json");
    char *bytes = NULL;
    size_t n = 0;
    wks_json *root = NULL;

    *out = (wks_manifest){ 0 };
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    WKS_TRY(wks_err_context(err, wks_json_parse(bytes, n, &root, err), "%s", path));
    strncpy(out->status, wks_json_text(wks_json_get(root, "status")), sizeof out->status - 1);
    strncpy(out->scenario_hash, wks_json_text(wks_json_get(root, "scenario_hash")), sizeof out->scenario_hash - 1);
    out->kind = wks_mem_string(wks_json_text(wks_json_get(root, "kind")));
    out->command = wks_mem_string(wks_json_text(wks_json_get(root, "command")));
    out->scenario = wks_mem_string(wks_json_text(wks_json_get(root, "scenario")));
    out->title = wks_mem_string(wks_json_text(wks_json_get(root, "title")));
    out->city = wks_mem_string(wks_json_text(wks_json_get(root, "city")));
    out->start = wks_mem_string(wks_json_text(wks_json_get(root, "start")));
    out->started = wks_mem_string(wks_json_text(wks_json_get(root, "started")));
    const wks_json *seeds = wks_json_get(root, "seeds");
    out->seed_population = (uint64_t)wks_json_int(wks_json_get(seeds, "population"));
    out->seed_dynamics = (uint64_t)wks_json_int(wks_json_get(seeds, "dynamics"));
    out->ticks = (int32_t)wks_json_int(wks_json_get(root, "ticks"));
    out->replications_asked = (int32_t)wks_json_int(wks_json_get(root, "replications_asked"));
    out->wall_s = wks_json_double(wks_json_get(root, "wall_s"));
    out->simulation_s = wks_json_double(wks_json_get(root, "simulation_s"));
    read_replications(out, wks_json_get(root, "replications"));
    const wks_json *inputs = wks_json_get(root, "inputs");
    for (size_t i = 0; i < wks_json_size(inputs); i++) {
        const wks_json *item = wks_json_at(inputs, i);
        WKS_TRY(wks_manifest_add_input(out, wks_json_text(wks_json_get(item, "path")), wks_json_text(wks_json_get(item, "sha256")), err));
    }
    const wks_json *parts = wks_json_get(root, "scenarios");
    out->n_parts = wks_json_size(parts);
    if (out->n_parts > 0) {
        out->part = wks_mem_array(out->n_parts, sizeof *out->part);
        if (out->part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
        for (size_t i = 0; i < out->n_parts; i++) out->part[i] = wks_mem_string(wks_json_text(wks_json_at(parts, i)));
    }
out:
    wks_json_free(root);
    free(bytes);
    free(path);
    return rc;
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

double wks_manifest_seconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
