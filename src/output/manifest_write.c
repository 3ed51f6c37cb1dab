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

static void set_scores(wks_json *root, const wks_manifest_scores *scores)
{
    wks_json *out = wks_json_object();
    wks_json_set_take(out, "buurten", wks_json_integer(scores->n_buurten));
    wks_json_set_take(out, "wijk", wks_json_integer(scores->wijk));
    wks_json_set_take(out, "gemeente", wks_json_integer(scores->gemeente));
    wks_json_set_take(out, "national", wks_json_integer(scores->national));
    wks_json_set_take(out, "estimated", wks_json_integer(scores->estimated));
    wks_json_set_take(root, "scores", out);
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
    if (manifest->scores.n_buurten > 0) set_scores(root, &manifest->scores);
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
    if (manifest->trials_failed > 0) wks_json_set_take(root, "trials_failed", wks_json_integer(manifest->trials_failed));
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
