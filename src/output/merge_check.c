#include "output/merge_check.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "output/fates.h"
#include "output/identity.h"
#include "output/lives.h"
#include "output/seal.h"
#include "version.h"

/* ---- of one run ---- */

static const char *sha256_of(const wks_manifest *manifest, const char *path)
{
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        if (strcmp(manifest->input[i].path, path) == 0) return manifest->input[i].sha256;
    }
    return NULL;
}

/* Scenario files count by the settings that they give: a comment may have changed. */
static bool is_scenario(const char *path)
{
    const char *dot = strrchr(path, '.');
    return dot != NULL && strcmp(dot, ".cfg") == 0;
}

static bool has_hash(const wks_manifest *manifest, const char *sha256)
{
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        if (strcmp(manifest->input[i].sha256, sha256) == 0) return true;
    }
    return false;
}

/* The city folder and the accepted set, which may lie elsewhere on another machine. */
static void compare_inputs(const wks_merge_piece *base, const wks_merge_piece *piece, int32_t run, wks_problems *problems)
{
    const wks_manifest *a = &base->run[run], *b = &piece->run[run];

    for (size_t i = 0; i < a->n_inputs; i++) {
        const char *path = a->input[i].path;
        if (is_scenario(path) || has_hash(b, a->input[i].sha256)) continue;
        wks_problems_error(problems, piece->run_folder[run], 0, 0, "other files than %s: %s %s", base->run_folder[run], path,
                           sha256_of(b, path) == NULL ? "was not read" : "has other contents");
    }
}

static wks_status read_scenario(const char *folder, char **out, wks_problems *problems, wks_err *err)
{
    wks_err own = WKS_ERR_INIT;
    size_t n = 0;
    char *path = wks_file_join(folder, "scenario.cfg");

    if (path == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    const wks_status rc = wks_file_read(path, out, &n, &own);
    free(path);
    if (rc == WKS_ERR_NOMEM) return wks_err_set(err, rc, "%s", own.message);
    if (rc != WKS_OK) wks_problems_error(problems, folder, 0, 0, "%s", own.message);
    return WKS_OK;
}

/* Seeds, ticks and all other settings stand in scenario.cfg. */
static wks_status compare_settings(const wks_merge_piece *base, const wks_merge_piece *piece, int32_t run, wks_problems *problems,
                                   wks_err *err)
{
    wks_status rc = WKS_OK;
    char *there = NULL, *here = NULL;
    const char *a = "", *b = "", *other = base->run_folder[run];

    WKS_TRY(read_scenario(other, &there, problems, err));
    WKS_TRY(read_scenario(piece->run_folder[run], &here, problems, err));
    if (there == NULL || here == NULL) goto out;
    if (wks_identity_differs(there, here, true, &a, &b)) {
        wks_problems_error(problems, piece->run_folder[run], 0, 0, "another run than %s: its scenario.cfg says '%s', that one '%s'", other,
                           b, a);
    } else if (strcmp(base->run[run].scenario_hash, piece->run[run].scenario_hash) != 0) {
        wks_problems_error(problems, piece->run_folder[run], 0, 0, "another run than %s: scenario_hash in manifest.json differs", other);
    }
out:
    free(there);
    free(here);
    return rc;
}

/* Every replication of the piece ended one way or the other, and what is told of it is there. */
static void check_replications(const wks_merge_piece *piece, int32_t run, bool is_followed, wks_problems *problems)
{
    const wks_manifest *manifest = &piece->run[run];

    for (int32_t number = piece->first; number <= piece->last; number++) {
        const wks_manifest_replication *entry = wks_manifest_find(manifest, number);
        if (entry == NULL) {
            wks_problems_error(problems, piece->run_folder[run], 0, 0, "replication %d is missing; go on with --resume", number);
        } else if (is_followed && strcmp(entry->status, "complete") == 0 && !wks_fates_has(piece->run_folder[run], number)) {
            wks_problems_error(problems, piece->run_folder[run], 0, 0, "households/%06d.fates is missing, which losers.csv needs%s", number,
                               manifest->has_real_people ? "; with data of real people only parts (--part) keep it" : "");
        } else if (is_followed && strcmp(entry->status, "complete") == 0 && !wks_lives_has(piece->run_folder[run], number)) {
            wks_problems_error(problems, piece->run_folder[run], 0, 0, "households/%06d.lives is missing, which untouched.csv needs",
                               number);
        }
    }
    for (size_t i = 0; i < manifest->n_replications; i++) {
        const int32_t number = manifest->replication[i].number;
        if (number < piece->first || number > piece->last)
            wks_problems_error(problems, piece->run_folder[run], 0, 0, "replication %d does not belong to this part", number);
    }
}

/* ---- of one folder ---- */

static void tell_unfinished(const wks_merge_piece *piece, const char *folder, const char *status, wks_problems *problems)
{
    const wks_manifest_block *block = &piece->manifest.block;
    char part[40] = "";

    if (block->of > 0 && strstr(piece->manifest.command, "--part") == NULL)
        (void)snprintf(part, sizeof part, " --part %d/%d", block->number, block->of);
    wks_problems_error(problems, folder, 0, 0, "status is '%s', expected 'complete'; go on with: %s%s%s", status, piece->manifest.command,
                       part, strstr(piece->manifest.command, "--resume") == NULL ? " --resume" : "");
}

static bool is_complete(const wks_manifest *manifest)
{
    return strcmp(manifest->status, "complete") == 0;
}

/* True when the folder is there as a whole, so that more can be asked of it. */
static bool check_status(const wks_merge_piece *piece, wks_problems *problems)
{
    const wks_manifest *manifest = &piece->manifest;

    if (strcmp(manifest->version, WKS_VERSION) != 0 || strcmp(manifest->commit, WKS_COMMIT) != 0) {
        wks_problems_error(problems, piece->folder, 0, 0, "was made by wijksim %s (%s) and this is %s (%s), which may give other numbers",
                           manifest->version, manifest->commit, WKS_VERSION, WKS_COMMIT);
        return false;
    }
    if (!is_complete(manifest)) {
        tell_unfinished(piece, piece->folder, manifest->status, problems);
        return false;
    }
    for (int32_t i = 0; i < piece->n_runs; i++) {
        if (is_complete(&piece->run[i])) continue;
        tell_unfinished(piece, piece->run_folder[i], piece->run[i].status, problems);
        return false;
    }
    return true;
}

static bool has_same_runs(const wks_merge_piece *base, const wks_merge_piece *piece, wks_problems *problems)
{
    const wks_manifest *a = &base->manifest, *b = &piece->manifest;
    bool is_same = strcmp(a->kind, b->kind) == 0 && base->n_runs == piece->n_runs && a->n_parts == b->n_parts;

    for (size_t i = 0; is_same && i < a->n_parts; i++)
        is_same = strcmp(a->part[i], b->part[i]) == 0;
    if (!is_same) wks_problems_error(problems, piece->folder, 0, 0, "another run than %s: it has other scenarios", base->folder);
    return is_same;
}

static wks_status check_piece(const wks_merge *merge, const wks_merge_piece *base, const wks_merge_piece *piece, wks_problems *problems,
                              wks_err *err)
{
    wks_status rc = WKS_OK;

    if (!check_status(piece, problems)) goto out;
    if (piece != base && !has_same_runs(base, piece, problems)) goto out;
    for (int32_t i = 0; i < piece->n_runs; i++) {
        if (piece != base) {
            WKS_TRY(compare_settings(base, piece, i, problems, err));
            compare_inputs(base, piece, i, problems);
        }
        check_replications(piece, i, merge->is_comparison && piece->run[i].city[0] != '\0', problems);
        WKS_TRY(wks_seal_check(piece->run_folder[i], &piece->run[i], problems, err));
    }
out:
    return rc;
}

/* ---- of all together ---- */

static bool is_empty(const wks_merge_piece *piece)
{
    return piece->last < piece->first;
}

static int by_replication(const void *a, const void *b)
{
    const wks_merge_piece *left = a, *right = b;
    if (is_empty(left) != is_empty(right)) return is_empty(left) ? 1 : -1;
    if (left->first != right->first) return left->first < right->first ? -1 : 1;
    return strcmp(left->folder, right->folder);
}

/* With the parts that would have them, by the first folder that says of how many it is one. */
static void tell_missing(const wks_merge *merge, int32_t first, int32_t last, wks_problems *problems)
{
    enum { MOST = 40 };
    wks_text parts = WKS_TEXT_INIT;
    int32_t n_told = 0;

    for (int32_t i = 0; i < merge->n && n_told == 0; i++) {
        wks_manifest_block block = merge->piece[i].manifest.block;
        const int32_t of = block.of;
        for (block.number = 1; block.number <= of && n_told <= MOST; block.number++) {
            int32_t begin = 0, n = 0;
            wks_manifest_block_range(&block, &begin, &n);
            if (n == 0 || begin > last || begin + n <= first) continue;
            if (n_told < MOST) wks_text_addf(&parts, "%s%d/%d", n_told == 0 ? "; part " : ", ", block.number, of);
            n_told++;
        }
        if (n_told > MOST) wks_text_add(&parts, ", ...");
    }
    wks_problems_error(problems, merge->piece[0].folder, 0, 0, "the others do not join on: replications %d to %d are missing%s", first,
                       last, parts.data == NULL ? "" : parts.data);
    wks_text_free(&parts);
}

static void find_whole(wks_merge *merge)
{
    merge->first = merge->piece[0].first;
    merge->last = merge->piece[0].last;
    for (int32_t i = 0; i < merge->n; i++) {
        const wks_merge_piece *piece = &merge->piece[i];
        const wks_manifest_block *block = &piece->manifest.block;
        const int32_t first = block->of > 0 ? block->first : piece->first;
        const int32_t last = block->of > 0 ? block->first + block->n_replications - 1 : piece->last;
        if (last < first) continue;
        merge->first = first < merge->first ? first : merge->first;
        merge->last = last > merge->last ? last : merge->last;
    }
}

static void check_ranges(const wks_merge *merge, wks_problems *problems)
{
    const wks_merge_piece *before = NULL;
    int32_t next = merge->first;

    for (int32_t i = 0; i < merge->n && !is_empty(&merge->piece[i]); i++) {
        const wks_merge_piece *piece = &merge->piece[i];
        if (piece->first < next && before != NULL) {
            wks_problems_error(problems, piece->folder, 0, 0, "has replications %d to %d, which %s has too", piece->first,
                               piece->last < next ? piece->last : next - 1, before->folder);
        } else if (piece->first > next) {
            tell_missing(merge, next, piece->first - 1, problems);
        }
        if (piece->last < next) continue;
        next = piece->last + 1;
        before = piece;
    }
    if (next <= merge->last) tell_missing(merge, next, merge->last, problems);
}

static void check_something(const wks_merge *merge, wks_problems *problems)
{
    for (int32_t i = 0; i < merge->n; i++) {
        const wks_manifest *run = &merge->piece[i].run[0];
        for (size_t k = 0; k < run->n_replications; k++) {
            if (strcmp(run->replication[k].status, "complete") == 0) return;
        }
    }
    wks_problems_error(problems, merge->piece[0].folder, 0, 0,
                       "no replication is complete, here or in the other folders: there is nothing to join");
}

static bool same_text(const char *a, const char *b)
{
    return strcmp(a == NULL ? "" : a, b == NULL ? "" : b) == 0;
}

static bool is_alike(const wks_manifest *a, const wks_manifest *b)
{
    return same_text(a->kind, b->kind) && same_text(a->version, b->version) && same_text(a->commit, b->commit) &&
           strcmp(a->scenario_hash, b->scenario_hash) == 0 && a->seed_population == b->seed_population &&
           a->seed_dynamics == b->seed_dynamics && a->ticks == b->ticks;
}

int32_t wks_merge_check_common(const wks_manifest *const *manifest, int32_t n)
{
    int32_t best = 0, most = 0;

    for (int32_t i = 0; i < n && 2 * most <= n; i++) { /* more than half: no other has more */
        int32_t n_alike = 0;
        for (int32_t k = i; k < n; k++)
            n_alike += is_alike(manifest[i], manifest[k]);
        if (n_alike <= most) continue;
        most = n_alike;
        best = i;
    }
    return best;
}

static wks_status find_base(const wks_merge *merge, const wks_merge_piece **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_manifest **manifest = wks_mem_array((size_t)merge->n, sizeof *manifest);

    if (manifest == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d folders", merge->n);
    for (int32_t i = 0; i < merge->n; i++)
        manifest[i] = &merge->piece[i].manifest;
    *out = &merge->piece[wks_merge_check_common(manifest, merge->n)];
out:
    free(manifest);
    return rc;
}

wks_status wks_merge_check_all(wks_merge *merge, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_merge_piece *base = NULL;
    bool has_foreign = false;

    qsort(merge->piece, (size_t)merge->n, sizeof *merge->piece, by_replication);
    WKS_TRY(find_base(merge, &base, err));
    merge->is_comparison = strcmp(base->manifest.kind, "compare") == 0;
    merge->n_runs = base->n_runs;
    for (int32_t i = 0; i < merge->n; i++) {
        WKS_TRY(check_piece(merge, base, &merge->piece[i], problems, err));
        has_foreign = has_foreign || !is_alike(&base->manifest, &merge->piece[i].manifest);
    }
    if (has_foreign && problems->n_errors > 0) goto out; /* nothing can be said of what the others lack */
    find_whole(merge);
    check_ranges(merge, problems);
    if (problems->n_errors == 0) check_something(merge, problems);
out:
    return rc;
}
