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

static void read_scores(wks_manifest_scores *out, const wks_json *scores)
{
    out->n_buurten = (int32_t)wks_json_int(wks_json_get(scores, "buurten"));
    out->wijk = (int32_t)wks_json_int(wks_json_get(scores, "wijk"));
    out->gemeente = (int32_t)wks_json_int(wks_json_get(scores, "gemeente"));
    out->national = (int32_t)wks_json_int(wks_json_get(scores, "national"));
    out->estimated = (int32_t)wks_json_int(wks_json_get(scores, "estimated"));
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

    wks_text_fit(out->status, sizeof out->status, text_of(root, "status"));
    wks_text_fit(out->scenario_hash, sizeof out->scenario_hash, text_of(root, "scenario_hash"));
    WKS_TRY(copy_text(root, "version", &out->version, err));
    WKS_TRY(copy_text(root, "commit", &out->commit, err));
    WKS_TRY(copy_text(root, "compiler", &out->compiler, err));
    WKS_TRY(copy_text(root, "kind", &out->kind, err));
    WKS_TRY(copy_text(root, "command", &out->command, err));
    WKS_TRY(copy_text(root, "scenario", &out->scenario, err));
    WKS_TRY(copy_text(root, "title", &out->title, err));
    WKS_TRY(copy_text(root, "city", &out->city, err));
    out->has_real_people = strcmp(text_of(root, "people"), "imported") == 0;
    read_scores(&out->scores, wks_json_get(root, "scores"));
    WKS_TRY(copy_text(root, "start", &out->start, err));
    WKS_TRY(copy_text(root, "started", &out->started, err));
    WKS_TRY(copy_text(root, "ended", &out->ended, err));
    out->seed_population = (uint64_t)wks_json_int(wks_json_get(seeds, "population"));
    out->seed_dynamics = (uint64_t)wks_json_int(wks_json_get(seeds, "dynamics"));
    out->ticks = (int32_t)wks_json_int(wks_json_get(root, "ticks"));
    out->replications_asked = (int32_t)wks_json_int(wks_json_get(root, "replications_asked"));
    out->precision_asked = (int32_t)wks_json_int(wks_json_get(wks_json_get(root, "precision"), "asked"));
    out->precision_reached = (int32_t)wks_json_int(wks_json_get(wks_json_get(root, "precision"), "reached"));
    out->trials_failed = wks_json_int(wks_json_get(root, "trials_failed"));
    out->threads = (int)wks_json_int(wks_json_get(root, "threads"));
    out->branched_at = (int32_t)wks_json_int(wks_json_get(root, "branched_at"));
    out->at_once = (int)wks_json_int(wks_json_get(root, "replications_at_once"));
    out->threads_inside = (int)wks_json_int(wks_json_get(root, "threads_inside"));
    wks_text_fit(out->threads_why, sizeof out->threads_why, text_of(root, "threads_why"));
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
