#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/machine.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/comparison_folder.h"
#include "output/merge_check.h"
#include "scenario/members.h"

/* ---- what the parts were made from ---- */

static bool was_read(const wks_manifest *manifest, const char *sha256)
{
    for (size_t i = 0; i < manifest->n_inputs; i++) {
        if (strcmp(manifest->input[i].sha256, sha256) == 0) return true;
    }
    return false;
}

/* The scenario of one run as a part wrote it, with the replications of the whole. The files that it names must still be what they were. */
static wks_status load_run(const wks_merge *merge, int32_t run, const wks_options *options, wks_load *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_merge_piece *piece = &merge->piece[0];
    wks_options own = *options;
    char *path = wks_file_join(piece->run_folder[run], "scenario.cfg");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    own.first_replication = merge->first;
    own.n_replications = merge->last - merge->first + 1;
    own.quiet = true; /* warnings were told when the parts ran */
    WKS_TRY(wks_load_scenario(path, &own, out, err));
    if (out->has_city && !was_read(&piece->run[run], out->city.sha256))
        WKS_FAIL(err, WKS_ERR_DATA, "the files of city %s (%s) have changed since %s ran", out->city.name, out->city.path, piece->folder);
    if (out->scenario.members != NULL && !was_read(&piece->run[run], out->scenario.members->sha256))
        WKS_FAIL(err, WKS_ERR_DATA, "the accepted set %s has changed since %s ran", out->scenario.members->path, piece->folder);
out:
    free(path);
    return rc;
}

/* ---- a run ---- */

static bool is_precise(const wks_manifest *manifest)
{
    return manifest->precision_reached >= manifest->precision_asked;
}

static wks_status merge_run(const wks_merge *merge, const wks_options *options, const char *folder, bool *out_is_precise, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_load load = {0};
    wks_store store = {0};
    const wks_store_options how = {.command = options->command, .threads = options->threads};

    WKS_TRY(load_run(merge, 0, options, &load, err));
    WKS_TRY(wks_store_open(folder, &load.scenario, &load.city, &how, &store, err));
    WKS_TRY(wks_merge_fill(merge, 0, &store, err));
    WKS_TRY(wks_store_finish_joined(&store, "complete", err));
    WKS_TRY(wks_cmd_run_tables(&load, &store, !options->quiet, err));
    *out_is_precise = is_precise(&store.manifest);
out:
    wks_store_close(&store);
    wks_load_free(&load);
    return rc;
}

/* ---- a comparison ---- */

/* Run folders are <scenario>, or <theory>/<scenario> with the scenarios of a theory together. */
static int32_t count_theories(const wks_manifest *manifest)
{
    int32_t n = 1;

    for (size_t i = 1; i < manifest->n_parts; i++) {
        const char *a = strrchr(manifest->part[i - 1], '/'), *b = strrchr(manifest->part[i], '/');
        const size_t n_a = a == NULL ? 0 : (size_t)(a - manifest->part[i - 1]), n_b = b == NULL ? 0 : (size_t)(b - manifest->part[i]);
        n += n_a != n_b || strncmp(manifest->part[i - 1], manifest->part[i], n_a) != 0;
    }
    return n;
}

static wks_status load_comparison(const wks_merge *merge, const wks_options *options, wks_comparison *all, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_manifest *manifest = &merge->piece[0].manifest;
    const int32_t n_theories = count_theories(manifest);

    if (merge->n_runs % n_theories != 0)
        WKS_FAIL(err, WKS_ERR_DATA, "%s: manifest.json is damaged: not every theory has the same scenarios", merge->piece[0].folder);
    WKS_TRY(wks_comparison_make(all, merge->n_runs / n_theories, n_theories, err));
    for (int32_t i = 0; i < all->n; i++) {
        all->part[i] = wks_mem_string(manifest->part[i]);
        if (all->part[i] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a name");
        WKS_TRY(load_run(merge, i, options, &all->load[i], err));
        all->member[i] = (wks_batch_member){.scenario = &all->load[i].scenario, .store = &all->store[i]}; /* nobody is simulated */
    }
out:
    return rc;
}

/* In words, as the scenarios were given: of the resolved ones every default would be told. */
static wks_status copy_differences(const wks_merge *merge, const char *folder, wks_err *err)
{
    static const char *const names[] = {"differences.txt", "differences.nl.txt", "differences.en.txt"};
    wks_status rc = WKS_OK;

    for (size_t i = 0; i < sizeof names / sizeof *names && rc == WKS_OK; i++) {
        wks_file_writer writer = {0};
        char *from = wks_file_join(merge->piece[0].folder, names[i]), *to = wks_file_join(folder, names[i]);
        if (from == NULL || to == NULL) rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
        if (rc == WKS_OK) rc = wks_file_writer_open(to, &writer, err);
        if (rc == WKS_OK) rc = wks_file_writer_put_file(&writer, from, 0, err);
        if (rc == WKS_OK) rc = wks_file_writer_commit(&writer, err);
        wks_file_writer_discard(&writer);
        free(from);
        free(to);
    }
    return rc;
}

static wks_status merge_comparison(const wks_merge *merge, const wks_options *options, const char *folder, bool *out_is_precise,
                                   wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_comparison all = {.opened = wks_machine_seconds()};
    wks_options own = *options;

    own.force = false; /* the folder is new */
    all.is_mute = options->quiet;
    WKS_TRY(load_comparison(merge, options, &all, err));
    WKS_TRY(wks_comparison_folder_open(&all, &own, folder, err));
    WKS_TRY(copy_differences(merge, folder, err));
    for (int32_t i = 0; i < all.n; i++) {
        WKS_TRY(wks_merge_fill(merge, i, &all.store[i], err));
        WKS_TRY(wks_store_finish_joined(&all.store[i], "complete", err));
    }
    WKS_TRY(wks_merge_describe(merge, -1, &all.manifest, &all.wall_before, err));
    WKS_TRY(wks_cmd_compare_finish(&all, options, folder, false, err));
    *out_is_precise = is_precise(&all.manifest);
out:
    wks_comparison_free(&all);
    return rc;
}

/* ---- into place ---- */

/* Beside the folder asked for, so that it can be moved into place when it is whole. */
static char *temporary_name(const char *folder)
{
    wks_text text = WKS_TEXT_INIT;
    size_t n = strlen(folder);

    while (n > 1 && folder[n - 1] == '/')
        n--;
    wks_text_add_bytes(&text, folder, n);
    wks_text_add(&text, ".merging");
    if (text.failed) wks_text_free(&text);
    return text.data;
}

/* With --force what was there stays until what comes in its place is whole; files that are not ours stay altogether. */
static wks_status put_into_place(const char *temporary, const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (wks_file_folder_has_entries(folder)) WKS_TRY(wks_comparison_folder_empty(folder, err));
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(wks_file_move_entries(temporary, folder, err));
out:
    return rc;
}

static wks_status merge_into(const wks_merge *merge, const wks_options *options, const char *folder, bool *out_is_precise, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *temporary = temporary_name(folder);

    if (temporary == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (wks_file_is_folder(temporary)) WKS_TRY(wks_comparison_folder_discard(temporary, err)); /* of a merge that was killed */
    rc = merge->is_comparison ? merge_comparison(merge, options, temporary, out_is_precise, err)
                              : merge_run(merge, options, temporary, out_is_precise, err);
    if (rc == WKS_OK) rc = put_into_place(temporary, folder, err);
    if (rc != WKS_OK) (void)wks_comparison_folder_discard(temporary, NULL);
out:
    free(temporary);
    return rc;
}

/* ---- the command ---- */

/* Failed replications are no reason not to join; but who asked must hear of them. */
static wks_status tell_failed(const wks_merge *merge, wks_err *err)
{
    wks_text numbers = WKS_TEXT_INIT;
    int32_t n = 0;

    for (int32_t number = merge->first, i = 0; number <= merge->last; number++) {
        while (number > merge->piece[i].last)
            i++;
        bool has_failed = false;
        for (int32_t k = 0; k < merge->n_runs; k++) {
            const wks_manifest_replication *entry = wks_manifest_find(&merge->piece[i].run[k], number);
            has_failed = has_failed || strcmp(entry->status, "complete") != 0;
        }
        n += has_failed;
        if (has_failed && n <= 20) wks_text_addf(&numbers, "%s%d", n > 1 ? ", " : "", number);
    }
    const wks_status rc =
        n == 0 ? WKS_OK
               : wks_err_set(err, WKS_ERR_PARTIAL, "joined, but %d of %d replications failed (manifest.json lists them): %s%s", n,
                             merge->last - merge->first + 1, numbers.data == NULL ? "" : numbers.data, n > 20 ? ", ..." : "");
    wks_text_free(&numbers);
    return rc;
}

/* Which folder tells what the others should be: one of the kind that most are of. */
static wks_status find_common(const wks_options *options, int32_t *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = options->n_arguments - 1;
    wks_manifest *manifest = wks_mem_array((size_t)n, sizeof *manifest);
    const wks_manifest **pointer = wks_mem_array((size_t)n, sizeof *pointer);

    if (manifest == NULL || pointer == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d folders", n);
    for (int32_t i = 0; i < n; i++) {
        pointer[i] = &manifest[i];
        (void)wks_manifest_read(options->argument[1 + i], &manifest[i], NULL); /* what cannot be read is told later */
    }
    *out = wks_merge_check_common(pointer, n);
out:
    for (int32_t i = 0; i < n && manifest != NULL; i++)
        wks_manifest_free(&manifest[i]);
    free(manifest);
    free(pointer);
    return rc;
}

wks_status wks_cmd_merge_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *folder = options->argument[0];
    wks_merge merge = {0};
    wks_problems problems = WKS_PROBLEMS_INIT;
    bool is_precise_enough = true;
    int32_t common = 0;

    (void)signal(SIGXFSZ, SIG_IGN); /* a file size limit is an error of write(), not the end */
    if (wks_file_folder_has_entries(folder) && !options->force)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists and is not empty; choose another folder, or use --force", folder);
    WKS_TRY(find_common(options, &common, err));
    if (wks_cmd_sweep_is(options->argument[1 + common])) return wks_cmd_sweep_join(options, common, err);
    WKS_TRY(wks_merge_read(options->argument + 1, options->n_arguments - 1, &merge, &problems, err));
    if (problems.n_errors == 0) WKS_TRY(wks_merge_check_all(&merge, &problems, err));
    WKS_TRY(wks_problems_status(&problems, err));
    wks_log_say(WKS_LOG_INFO, "%d folder%s, replications %d to %d", merge.n, merge.n == 1 ? "" : "s", merge.first, merge.last);
    WKS_TRY(merge_into(&merge, options, folder, &is_precise_enough, err));
    printf(merge.is_comparison ? "%s/report.html\n" : "%s\n", folder);
    WKS_TRY(tell_failed(&merge, err));
    if (!is_precise_enough)
        WKS_FAIL(err, WKS_ERR_PRECISION,
                 "the half-widths asked are not reached with %d replications; precision.csv tells which, and how many are needed",
                 merge.last - merge.first + 1);
out:
    wks_load_print(&problems, options->quiet);
    wks_problems_free(&problems);
    wks_merge_free(&merge);
    return rc;
}
