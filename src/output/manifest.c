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
    free(manifest->input);
    free(manifest->replication);
    free(manifest->part);
    *manifest = (wks_manifest){0};
}

static void put(char *out, size_t size, const char *text)
{
    const size_t n = strlen(text);
    const size_t kept = n < size ? n : size - 1;
    memcpy(out, text, kept);
    out[kept] = '\0';
}

wks_status wks_manifest_add_input(wks_manifest *manifest, const char *path, const char *sha256, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_manifest_input *grown = wks_mem_resize(manifest->input, manifest->n_inputs, manifest->n_inputs + 1, sizeof *grown);

    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    manifest->input = grown;
    grown[manifest->n_inputs].path = wks_mem_string(path);
    if (grown[manifest->n_inputs].path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    put(grown[manifest->n_inputs].sha256, sizeof grown->sha256, sha256);
    manifest->n_inputs++;
out:
    return rc;
}

void wks_manifest_set_plan(wks_manifest *manifest, int at_once, int threads_inside, const char *why)
{
    manifest->at_once = at_once;
    manifest->threads_inside = threads_inside;
    put(manifest->threads_why, sizeof manifest->threads_why, why);
}

void wks_manifest_set_status(wks_manifest *manifest, const char *status)
{
    put(manifest->status, sizeof manifest->status, status);
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
    put(manifest->table[at].name, sizeof manifest->table[at].name, name);
    put(manifest->table[at].sha256, sizeof manifest->table[at].sha256, sha256);
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
    put(entry->status, sizeof entry->status, status);
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

/* ---- writing ---- */

static void set_text(wks_json *object, const char *key, const char *value)
{
    if (value != NULL) wks_json_set_take(object, key, wks_json_string(value));
}

static wks_json *host(void)
{
    struct utsname name;
    return wks_json_string(uname(&name) == 0 ? name.nodename : "unknown");
}

/* The first "model name" of /proc/cpuinfo; the kind of machine where the kernel has no such line. */
static wks_json *cpu(void)
{
    static const char *const keys[] = {"model name", "Model"};
    struct utsname name;
    wks_json *out = NULL;
    char *bytes = NULL;
    size_t n = 0;

    if (wks_file_read("/proc/cpuinfo", &bytes, &n, NULL) != WKS_OK) bytes = NULL;
    for (size_t i = 0; i < sizeof keys / sizeof *keys && bytes != NULL && out == NULL; i++) {
        char *at = strstr(bytes, keys[i]);
        char *value = at == NULL ? NULL : strchr(at, ':');
        if (value == NULL) continue;
        value++;
        value[strcspn(value, "\r\n")] = '\0';
        out = wks_json_string(wks_text_trim(value));
        break; /* the text is cut now */
    }
    free(bytes);
    if (out != NULL) return out;
    return wks_json_string(uname(&name) == 0 ? name.machine : "unknown");
}

static wks_json *libraries(void)
{
    wks_json *out = wks_json_object();
#define WKS_MANIFEST_LIBRARY(name, version) set_text(out, name, version);
    WKS_LIBRARIES(WKS_MANIFEST_LIBRARY)
#undef WKS_MANIFEST_LIBRARY
    return out;
}

static wks_json *replications(const wks_manifest *manifest)
{
    wks_json *out = wks_json_array();
    for (size_t i = 0; i < manifest->n_replications; i++) {
        const wks_manifest_replication *entry = &manifest->replication[i];
        wks_json *item = wks_json_object();
        wks_json_set_take(item, "number", wks_json_integer(entry->number));
        set_text(item, "status", entry->status);
        set_text(item, "state_hash", entry->state_hash);
        if (entry->member > 0) wks_json_set_take(item, "member", wks_json_integer(entry->member));
        if (entry->calibrated_member > 0) wks_json_set_take(item, "calibrated_member", wks_json_integer(entry->calibrated_member));
        wks_json_set_take(item, "wall_s", wks_json_number(entry->wall_s));
        if (entry->resumed_from >= 0) wks_json_set_take(item, "resumed_from", wks_json_integer(entry->resumed_from));
        set_text(item, "reason", entry->reason);
        wks_json_append_take(out, item);
    }
    return out;
}

static void set_texts(wks_json *object, const char *key, char *const *text, size_t n)
{
    wks_json *list = wks_json_array();
    for (size_t i = 0; i < n; i++)
        wks_json_append_take(list, wks_json_string(text[i]));
    wks_json_set_take(object, key, list);
}

static void set_block(wks_json *root, const wks_manifest_block *block)
{
    wks_json *out = wks_json_object();
    wks_json_set_take(out, "number", wks_json_integer(block->number));
    wks_json_set_take(out, "of", wks_json_integer(block->of));
    wks_json_set_take(out, "first_replication", wks_json_integer(block->first));
    wks_json_set_take(out, "replications", wks_json_integer(block->n_replications));
    wks_json_set_take(root, "part", out);
}

static void set_tables(wks_json *root, const wks_manifest *manifest)
{
    wks_json *list = wks_json_array();
    for (size_t i = 0; i < manifest->n_tables; i++) {
        wks_json *item = wks_json_object();
        set_text(item, "name", manifest->table[i].name);
        set_text(item, "sha256", manifest->table[i].sha256);
        wks_json_append_take(list, item);
    }
    wks_json_set_take(root, "tables", list);
}

static void set_merged(wks_json *root, const wks_manifest *manifest)
{
    wks_json *list = wks_json_array();
    for (size_t i = 0; i < manifest->n_merged; i++) {
        const wks_manifest_merged *entry = &manifest->merged[i];
        char part[32], range[32] = "";
        wks_json *item = wks_json_object();
        set_text(item, "folder", entry->folder);
        (void)snprintf(part, sizeof part, "%d/%d", entry->number, entry->of);
        if (entry->of > 0) set_text(item, "part", part);
        if (entry->last >= entry->first) (void)snprintf(range, sizeof range, "%d-%d", entry->first, entry->last);
        set_text(item, "replications", range);
        set_text(item, "command", entry->command);
        wks_json_append_take(list, item);
    }
    wks_json_set_take(root, "merged_from", list);
}

/* docs/results.md lists the keys; the first ones are those scripts may rely on. */
static wks_json *to_json(const wks_manifest *manifest)
{
    wks_json *root = wks_json_object();
    wks_json *seeds = wks_json_object();
    wks_json *inputs = wks_json_array();

    set_text(root, "status", manifest->status);
    set_text(root, "kind", manifest->kind);
    set_text(root, "version", WKS_VERSION);
    set_text(root, "commit", WKS_COMMIT);
    set_text(root, "command", manifest->command);
    set_text(root, "scenario", manifest->scenario);
    set_text(root, "title", manifest->title);
    set_text(root, "city", manifest->city);
    set_text(root, "people", manifest->has_real_people ? "imported" : "synthetic");
    set_texts(root, "sources", manifest->source, manifest->n_sources);
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
    if (manifest->block.of > 0) set_block(root, &manifest->block);
    wks_json_set_take(root, "replications_asked", wks_json_integer(manifest->replications_asked));
    if (manifest->precision_asked > 0) {
        wks_json *precision = wks_json_object();
        wks_json_set_take(precision, "asked", wks_json_integer(manifest->precision_asked));
        wks_json_set_take(precision, "reached", wks_json_integer(manifest->precision_reached));
        wks_json_set_take(root, "precision", precision);
    }
    wks_json_set_take(root, "replications", replications(manifest));
    if (manifest->n_parts > 0) set_texts(root, "scenarios", manifest->part, manifest->n_parts);
    if (manifest->n_tables > 0) set_tables(root, manifest);
    if (manifest->n_merged > 0) set_merged(root, manifest);
    wks_json_set_take(root, "threads", wks_json_integer(manifest->threads));
    if (manifest->at_once > 0) {
        wks_json_set_take(root, "replications_at_once", wks_json_integer(manifest->at_once));
        wks_json_set_take(root, "threads_inside", wks_json_integer(manifest->threads_inside));
        set_text(root, "threads_why", manifest->threads_why);
    }
    if (manifest->branched_at > 0) wks_json_set_take(root, "branched_at", wks_json_integer(manifest->branched_at));
    set_text(root, "compiler", WKS_COMPILER " " WKS_BUILD_TYPE);
    wks_json_set_take(root, "libraries", libraries());
    wks_json_set_take(root, "cpu", cpu());
    wks_json_set_take(root, "host", host());
    set_text(root, "started", manifest->started);
    set_text(root, "ended", manifest->ended == NULL ? "" : manifest->ended);
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

/* ---- reading ---- */

static const char *text_of(const wks_json *object, const char *key)
{
    return wks_json_text(wks_json_get(object, key));
}

static wks_status copy_text(const wks_json *object, const char *key, char **out, wks_err *err)
{
    *out = wks_mem_string(text_of(object, key));
    return *out != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for the manifest");
}

static wks_status read_replications(wks_manifest *out, const wks_json *list, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < wks_json_size(list); i++) {
        const wks_json *item = wks_json_at(list, i);
        const wks_json *reason = wks_json_get(item, "reason");
        const char *status = text_of(item, "status");
        uint64_t hash = 0;
        if (strcmp(status, "complete") == 0 && !wks_text_parse_key(text_of(item, "state_hash"), &hash))
            continue; /* damaged: as if absent */
        const int32_t number = (int32_t)wks_json_int(wks_json_get(item, "number"));
        const wks_json *member = wks_json_get(item, "member"), *calibrated = wks_json_get(item, "calibrated_member");
        const wks_json *resumed = wks_json_get(item, "resumed_from");
        WKS_TRY(wks_manifest_set_replication(out, number, status, hash, wks_json_double(wks_json_get(item, "wall_s")),
                                             reason == NULL ? NULL : wks_json_text(reason), err));
        wks_manifest_set_member(out, number, member == NULL ? 0 : (int32_t)wks_json_int(member),
                                calibrated == NULL ? 0 : (int32_t)wks_json_int(calibrated));
        wks_manifest_set_resumed(out, number, resumed == NULL ? -1 : (int32_t)wks_json_int(resumed));
    }
out:
    return rc;
}

static wks_status read_lists(wks_manifest *out, const wks_json *root, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_json *inputs = wks_json_get(root, "inputs");
    const wks_json *sources = wks_json_get(root, "sources");
    const wks_json *parts = wks_json_get(root, "scenarios");

    WKS_TRY(read_replications(out, wks_json_get(root, "replications"), err));
    for (size_t i = 0; i < wks_json_size(inputs); i++) {
        const wks_json *item = wks_json_at(inputs, i);
        WKS_TRY(wks_manifest_add_input(out, text_of(item, "path"), text_of(item, "sha256"), err));
    }
    for (size_t i = 0; i < wks_json_size(sources); i++)
        WKS_TRY(wks_manifest_add_source(out, wks_json_text(wks_json_at(sources, i)), err));
    out->part = wks_mem_array(wks_json_size(parts), sizeof *out->part);
    if (out->part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    for (size_t i = 0; i < wks_json_size(parts); i++) {
        out->part[i] = wks_mem_string(wks_json_text(wks_json_at(parts, i)));
        if (out->part[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
        out->n_parts++;
    }
out:
    return rc;
}

static void read_block(wks_manifest_block *out, const wks_json *block)
{
    out->number = (int32_t)wks_json_int(wks_json_get(block, "number"));
    out->of = (int32_t)wks_json_int(wks_json_get(block, "of"));
    out->first = (int32_t)wks_json_int(wks_json_get(block, "first_replication"));
    out->n_replications = (int32_t)wks_json_int(wks_json_get(block, "replications"));
}

static wks_status read_tables(wks_manifest *out, const wks_json *list, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < wks_json_size(list); i++)
        WKS_TRY(wks_manifest_set_table(out, text_of(wks_json_at(list, i), "name"), text_of(wks_json_at(list, i), "sha256"), err));
out:
    return rc;
}

static wks_status read_merged(wks_manifest *out, const wks_json *list, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < wks_json_size(list); i++) {
        const wks_json *item = wks_json_at(list, i);
        wks_manifest_merged entry = {.first = 1};
        (void)sscanf(text_of(item, "part"), "%d/%d", &entry.number, &entry.of);
        (void)sscanf(text_of(item, "replications"), "%d-%d", &entry.first, &entry.last);
        WKS_TRY(wks_manifest_add_merged(out, text_of(item, "folder"), text_of(item, "command"), &entry, err));
    }
out:
    return rc;
}

static wks_status from_json(const wks_json *root, wks_manifest *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_json *seeds = wks_json_get(root, "seeds");

    put(out->status, sizeof out->status, text_of(root, "status"));
    put(out->scenario_hash, sizeof out->scenario_hash, text_of(root, "scenario_hash"));
    WKS_TRY(copy_text(root, "version", &out->version, err));
    WKS_TRY(copy_text(root, "commit", &out->commit, err));
    WKS_TRY(copy_text(root, "kind", &out->kind, err));
    WKS_TRY(copy_text(root, "command", &out->command, err));
    WKS_TRY(copy_text(root, "scenario", &out->scenario, err));
    WKS_TRY(copy_text(root, "title", &out->title, err));
    WKS_TRY(copy_text(root, "city", &out->city, err));
    out->has_real_people = strcmp(text_of(root, "people"), "imported") == 0;
    WKS_TRY(copy_text(root, "start", &out->start, err));
    WKS_TRY(copy_text(root, "started", &out->started, err));
    WKS_TRY(copy_text(root, "ended", &out->ended, err));
    out->seed_population = (uint64_t)wks_json_int(wks_json_get(seeds, "population"));
    out->seed_dynamics = (uint64_t)wks_json_int(wks_json_get(seeds, "dynamics"));
    out->ticks = (int32_t)wks_json_int(wks_json_get(root, "ticks"));
    out->replications_asked = (int32_t)wks_json_int(wks_json_get(root, "replications_asked"));
    out->threads = (int)wks_json_int(wks_json_get(root, "threads"));
    out->branched_at = (int32_t)wks_json_int(wks_json_get(root, "branched_at"));
    out->at_once = (int)wks_json_int(wks_json_get(root, "replications_at_once"));
    out->threads_inside = (int)wks_json_int(wks_json_get(root, "threads_inside"));
    put(out->threads_why, sizeof out->threads_why, text_of(root, "threads_why"));
    out->wall_s = wks_json_double(wks_json_get(root, "wall_s"));
    out->simulation_s = wks_json_double(wks_json_get(root, "simulation_s"));
    out->peak_rss_mib = wks_json_double(wks_json_get(root, "peak_rss_mib"));
    read_block(&out->block, wks_json_get(root, "part"));
    WKS_TRY(read_tables(out, wks_json_get(root, "tables"), err));
    WKS_TRY(read_merged(out, wks_json_get(root, "merged_from"), err));
    WKS_TRY(read_lists(out, root, err));
out:
    return rc;
}

wks_status wks_manifest_read(const char *folder, wks_manifest *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, "manifest.json");
    char *bytes = NULL;
    size_t n = 0;
    wks_json *root = NULL;

    *out = (wks_manifest){0};
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the manifest");
    WKS_TRY(wks_file_read(path, &bytes, &n, err));
    WKS_TRY(wks_err_context(err, wks_json_parse(bytes, n, &root, err), "%s", path));
    if (!wks_json_is_object(root) || text_of(root, "scenario_hash")[0] == '\0') {
        WKS_FAIL(err, WKS_ERR_DATA, "%s is no manifest of a wijksim run", path);
    }
    WKS_TRY(from_json(root, out, err));
out:
    wks_json_free(root);
    free(bytes);
    free(path);
    return rc;
}

/* ---- clocks ---- */

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
