#include "cli/part.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "output/store.h"

enum { ID, MIN, MAX, STEP, COUNT, N_VARIABLES };
static const char *const variables[N_VARIABLES] = {"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX",
                                                   "SLURM_ARRAY_TASK_STEP", "SLURM_ARRAY_TASK_COUNT"};
/* A range of replications as words. */
enum { RANGE_SIZE = 64 };

wks_status wks_part_of_array(int32_t *out_part, int32_t *out_n_parts, wks_err *err)
{
    int64_t value[N_VARIABLES];
    bool is_known = true;

    *out_part = *out_n_parts = 0;
    if (getenv(variables[ID]) == NULL) return WKS_OK;
    for (int i = 0; i < N_VARIABLES; i++) {
        const char *text = getenv(variables[i]);
        is_known = is_known && text != NULL && wks_text_parse_int64(text, &value[i]) && value[i] >= (i >= STEP) && value[i] <= INT32_MAX;
    }
    /* One task submitted again is an array of one: "part 1 of 1" would run everything. */
    is_known = is_known && value[ID] >= value[MIN] && value[ID] <= value[MAX] && (value[ID] - value[MIN]) % value[STEP] == 0 &&
               (value[MAX] - value[MIN]) / value[STEP] + 1 == value[COUNT] && value[COUNT] > 1;
    if (!is_known)
        return wks_err_set(
            err, WKS_ERR_USAGE,
            "task %s of a Slurm array of which the variables do not tell how many parts there are; say which part this is with "
            "--part I/N (--part 1/1: all replications)",
            getenv(variables[ID]));
    *out_part = (int32_t)((value[ID] - value[MIN]) / value[STEP]) + 1;
    *out_n_parts = (int32_t)value[COUNT];
    return WKS_OK;
}

void wks_part_narrow(const wks_options *options, wks_load *load)
{
    const wks_scenario *scenario = &load->scenario;
    int32_t first = 0, n = 0;

    if (options->n_parts < 2) return;
    load->block = (wks_manifest_block){options->part, options->n_parts, scenario->first_replication, scenario->n_replications};
    wks_manifest_block_range(&load->block, &first, &n);
    wks_load_set_range(load, first, n);
}

wks_status wks_part_folder(const wks_options *options, const char *name, wks_text *out, wks_err *err)
{
    wks_text_add(out, options->output == NULL ? name : options->output);
    if (options->output == NULL && options->n_parts > 1) wks_text_addf(out, ".part-%d-of-%d", options->part, options->n_parts);
    return out->failed ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : WKS_OK;
}

static char *words(const wks_manifest_block *block, char *out)
{
    if (block->of == 0) {
        (void)snprintf(out, RANGE_SIZE, "all replications");
    } else {
        (void)snprintf(out, RANGE_SIZE, "part %d/%d of replications %d-%d", block->number, block->of, block->first,
                       block->first + block->n_replications - 1);
    }
    return out;
}

wks_status wks_part_check(const char *folder, const wks_manifest_block *block, wks_err *err)
{
    wks_manifest old = {0};
    char there[RANGE_SIZE], here[RANGE_SIZE];
    wks_status rc = WKS_OK;

    if (wks_manifest_read(folder, &old, NULL) == WKS_OK && strcmp(words(&old.block, there), words(block, here)) != 0)
        rc = wks_err_set(err, WKS_ERR_USAGE, "%s holds %s, and this is %s; each part has a folder of its own", folder, there, here);
    wks_manifest_free(&old);
    return rc;
}

static wks_status take(const char *path, const char *folder, const char *text, const char *here, wks_err *err)
{
    wks_status rc = WKS_OK;
    bool is_ours = false;
    char *there = NULL;
    size_t n = 0;

    WKS_TRY(wks_file_claim(path, text, &is_ours, err));
    if (is_ours) goto out;
    WKS_TRY(wks_file_read(path, &there, &n, err));
    if (strcmp(there, text) != 0)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s was taken by %s, and this is %s; each part has a folder of its own", folder, wks_text_trim(there),
                 here);
out:
    free(there);
    return rc;
}

wks_status wks_part_claim(const char *folder, const wks_manifest_block *block, bool force, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, wks_store_mark), here[RANGE_SIZE], text[RANGE_SIZE + 1];

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (force) WKS_TRY(wks_file_remove(path, err));
    if (block->of == 0) goto out;
    wks_log_say(WKS_LOG_INFO, "%s", words(block, here));
    (void)snprintf(text, sizeof text, "%s\n", here);
    WKS_TRY(wks_file_make_folder(folder, err));
    WKS_TRY(take(path, folder, text, here, err));
out:
    free(path);
    return rc;
}
