#include "output/merge.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "output/fates.h"
#include "output/lives.h"
#include "output/tables.h"

static void free_piece(wks_merge_piece *piece)
{
    for (int32_t i = 0; i < piece->n_runs; i++) {
        if (piece->run_folder != NULL) free(piece->run_folder[i]);
        if (piece->run != NULL) wks_manifest_free(&piece->run[i]);
    }
    free(piece->run_folder);
    free(piece->run);
    wks_manifest_free(&piece->manifest);
}

void wks_merge_free(wks_merge *merge)
{
    for (int32_t i = 0; i < merge->n; i++)
        free_piece(&merge->piece[i]);
    free(merge->piece);
    *merge = (wks_merge){0};
}

/* ---- reading ---- */

/* What cannot be read is a problem of the input; no memory is an error. */
static wks_status read_manifest(const char *folder, wks_manifest *out, wks_problems *problems, wks_err *err)
{
    wks_err own = WKS_ERR_INIT;
    const wks_status rc = wks_manifest_read(folder, out, &own);

    if (rc == WKS_ERR_NOMEM) return wks_err_set(err, rc, "%s", own.message);
    if (rc != WKS_OK) wks_problems_error(problems, folder, 0, 0, "%s; expected a folder that run or compare wrote", own.message);
    return WKS_OK;
}

static wks_status read_runs(wks_merge_piece *piece, bool is_comparison, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    piece->n_runs = is_comparison ? (int32_t)piece->manifest.n_parts : 1;
    piece->run_folder = wks_mem_array((size_t)piece->n_runs, sizeof *piece->run_folder);
    piece->run = wks_mem_array((size_t)piece->n_runs, sizeof *piece->run);
    if (piece->run_folder == NULL || piece->run == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", piece->folder);
    for (int32_t i = 0; i < piece->n_runs; i++) {
        piece->run_folder[i] = is_comparison ? wks_file_join(piece->folder, piece->manifest.part[i]) : wks_mem_string(piece->folder);
        if (piece->run_folder[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        WKS_TRY(read_manifest(piece->run_folder[i], &piece->run[i], problems, err));
    }
out:
    return rc;
}

/* By the part's number, which tells of an empty part too; else by what is listed. */
static void find_range(wks_merge_piece *piece)
{
    const wks_manifest_block *block = &piece->manifest.block;
    int32_t n = 0;

    piece->first = 1;
    piece->last = 0;
    if (block->of > 0) {
        wks_manifest_block_range(block, &piece->first, &n);
        piece->last = piece->first + n - 1;
        return;
    }
    for (int32_t i = 0; i < piece->n_runs; i++) {
        const wks_manifest *run = &piece->run[i];
        if (run->n_replications == 0) continue;
        const int32_t first = run->replication[0].number, last = run->replication[run->n_replications - 1].number;
        const bool is_first = piece->last < piece->first;
        piece->first = is_first || first < piece->first ? first : piece->first;
        piece->last = is_first || last > piece->last ? last : piece->last;
    }
}

static bool is_block(const wks_manifest_block *block)
{
    return block->of == 0 || (block->number >= 1 && block->number <= block->of && block->first >= 0 && block->n_replications >= 1);
}

static wks_status read_piece(wks_merge_piece *piece, bool *out_is_comparison, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const size_t n_before = problems->n_errors;

    WKS_TRY(read_manifest(piece->folder, &piece->manifest, problems, err));
    if (problems->n_errors > n_before) goto out;
    *out_is_comparison = strcmp(piece->manifest.kind, "compare") == 0;
    if (!*out_is_comparison && strcmp(piece->manifest.kind, "run") != 0) {
        wks_problems_error(problems, piece->folder, 0, 0, "holds results of '%s'; expected a folder that run or compare wrote",
                           piece->manifest.kind);
        goto out;
    }
    if (!is_block(&piece->manifest.block)) {
        wks_problems_error(problems, piece->folder, 0, 0, "manifest.json is damaged: 'part' is no part");
        goto out;
    }
    WKS_TRY(read_runs(piece, *out_is_comparison, problems, err));
    find_range(piece);
out:
    return rc;
}

wks_status wks_merge_read(const char *const *folder, int32_t n, wks_merge *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = (wks_merge){.piece = wks_mem_array((size_t)n, sizeof *out->piece), .n = n};
    if (out->piece == NULL) {
        out->n = 0;
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d folders", n);
    }
    for (int32_t i = 0; i < n; i++)
        out->piece[i].folder = folder[i];
    for (int32_t i = 0; i < n; i++) {
        bool is_comparison = false;
        WKS_TRY(read_piece(&out->piece[i], &is_comparison, problems, err));
        if (i == 0) out->is_comparison = is_comparison;
    }
    out->n_runs = out->piece[0].n_runs;
out:
    return rc;
}

/* ---- joining ---- */

static bool has_table(const wks_manifest *manifest, const char *name)
{
    for (size_t i = 0; i < manifest->n_tables; i++) {
        if (strcmp(manifest->table[i].name, name) == 0) return true;
    }
    return false;
}

/* Pieces follow each other in order of replication, and so do the rows in each. */
static wks_status join_table(const wks_merge *merge, int32_t run, wks_tables_kind kind, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *name = wks_tables_name[kind], *header = wks_tables_header[kind];
    wks_file_writer writer = {0};
    char *path = wks_file_join(folder, name), *from = NULL;

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_writer_open(path, &writer, err));
    WKS_TRY(wks_file_writer_put(&writer, header, strlen(header), err));
    for (int32_t i = 0; i < merge->n; i++) {
        free(from);
        from = wks_file_join(merge->piece[i].run_folder[run], name);
        if (from == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        WKS_TRY(wks_file_writer_put_file(&writer, from, strlen(header), err));
    }
    WKS_TRY(wks_file_writer_commit(&writer, err));
out:
    wks_file_writer_discard(&writer);
    free(path);
    free(from);
    return rc;
}

typedef char *path_of(const char *folder, int32_t replication);

static wks_status share(path_of *of, const char *from, const char *to, int32_t replication, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = of(from, replication), *second = of(to, replication);

    if (path == NULL || second == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_share(path, second, err));
out:
    free(path);
    free(second);
    return rc;
}

static wks_status take_replications(const wks_merge_piece *piece, int32_t run, wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_manifest *from = &piece->run[run];

    for (size_t i = 0; i < from->n_replications; i++) {
        const wks_manifest_replication *entry = &from->replication[i];
        const bool is_complete = strcmp(entry->status, "complete") == 0;
        uint64_t hash = 0;
        if (is_complete) (void)wks_text_parse_key(entry->state_hash, &hash); /* the reader of the manifest has seen that it is one */
        WKS_TRY(wks_manifest_set_replication(&store->manifest, entry->number, entry->status, hash, entry->wall_s, entry->reason, err));
        wks_manifest_set_member(&store->manifest, entry->number, entry->member, entry->calibrated_member);
        wks_manifest_set_resumed(&store->manifest, entry->number, entry->resumed_from);
        if (!is_complete || !store->follow) continue;
        WKS_TRY(share(wks_fates_path, piece->run_folder[run], store->folder, entry->number, err));
        WKS_TRY(share(wks_lives_path, piece->run_folder[run], store->folder, entry->number, err));
    }
out:
    return rc;
}

wks_status wks_merge_fill(const wks_merge *merge, int32_t run, wks_store *store, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t k = 0; k < WKS_TABLES_N; k++) {
        if (has_table(&merge->piece[0].run[run], wks_tables_name[k]))
            WKS_TRY(join_table(merge, run, (wks_tables_kind)k, store->folder, err));
    }
    for (int32_t i = 0; i < merge->n; i++) {
        WKS_TRY(take_replications(&merge->piece[i], run, store, err));
        store->manifest.simulation_s += merge->piece[i].run[run].simulation_s;
    }
    WKS_TRY(wks_merge_describe(merge, run, &store->manifest, &store->wall_before, err));
out:
    return rc;
}

/* ---- where it came from ---- */

/* What the parts read, not the scenario.cfg of one of them that was read now. */
static wks_status take_inputs(const wks_manifest *from, wks_manifest *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < out->n_inputs; i++)
        free(out->input[i].path);
    out->n_inputs = 0;
    for (size_t i = 0; i < from->n_inputs; i++)
        WKS_TRY(wks_manifest_add_input(out, from->input[i].path, from->input[i].sha256, err));
out:
    return rc;
}

static wks_status take_started(const wks_manifest *from, wks_manifest *out, bool is_first, wks_err *err)
{
    if (!is_first && strcmp(from->started, out->started) >= 0) return WKS_OK;
    free(out->started);
    out->started = wks_mem_string(from->started);
    return out->started != NULL ? WKS_OK : wks_err_set(err, WKS_ERR_NOMEM, "no memory for the manifest");
}

wks_status wks_merge_describe(const wks_merge *merge, int32_t run, wks_manifest *out, double *out_wall_s, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out_wall_s = 0;
    for (int32_t i = 0; i < merge->n; i++) {
        const wks_merge_piece *piece = &merge->piece[i];
        const wks_manifest *from = run < 0 ? &piece->manifest : &piece->run[run];
        const wks_manifest_merged range = {.number = from->block.number, .of = from->block.of, .first = piece->first, .last = piece->last};
        if (i == 0) WKS_TRY(take_inputs(from, out, err));
        WKS_TRY(take_started(from, out, i == 0, err));
        WKS_TRY(wks_manifest_add_merged(out, piece->folder, from->command, &range, err));
        *out_wall_s += from->wall_s;
    }
out:
    return rc;
}
