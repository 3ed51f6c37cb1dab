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

/* Whole numbers, COUNT and STEP from 1; what is none goes to `why`. */
static void read_variables(int64_t *value, wks_text *why)
{
    for (int i = 0; i < N_VARIABLES; i++) {
        const char *text = getenv(variables[i]);
        const bool is_good = text != NULL && wks_text_parse_int64(text, &value[i]) && value[i] >= (i >= STEP) && value[i] <= INT32_MAX;
        if (is_good) continue;
        wks_text_addf(why, "%s%s is ", why->length > 0 ? ", " : "", variables[i]);
        if (text == NULL) wks_text_add(why, "not set");
        if (text != NULL) wks_text_addf(why, "'%.40s', expected a whole number from %d", text, i >= STEP);
    }
}

/* Every task from MIN to MAX in steps, and this is one of them. One task submitted again is an array of one: "part 1 of 1" would run everything. */
static void check_array(const int64_t *value, wks_text *why)
{
    const int64_t n = value[MAX] < value[MIN] ? 0 : (value[MAX] - value[MIN]) / value[STEP] + 1;

    if (value[COUNT] == 1) {
        wks_text_addf(why, "%s is 1, one task alone (submitted again?)", variables[COUNT]);
    } else if (n != value[COUNT]) {
        wks_text_addf(why, "%s is %lld, but tasks %lld to %lld in steps of %lld are %lld (some of them only, or a list?)", variables[COUNT],
                      (long long)value[COUNT], (long long)value[MIN], (long long)value[MAX], (long long)value[STEP], (long long)n);
    } else if (value[ID] < value[MIN] || value[ID] > value[MAX] || (value[ID] - value[MIN]) % value[STEP] != 0) {
        wks_text_addf(why, "%s is none of tasks %lld to %lld in steps of %lld", variables[ID], (long long)value[MIN], (long long)value[MAX],
                      (long long)value[STEP]);
    }
}

wks_status wks_part_of_array(int32_t *out_part, int32_t *out_n_parts, wks_err *err)
{
    int64_t value[N_VARIABLES];
    wks_text why = WKS_TEXT_INIT;

    *out_part = *out_n_parts = 0;
    if (getenv(variables[ID]) == NULL) return WKS_OK;
    read_variables(value, &why);
    if (why.length == 0) check_array(value, &why);
    if (why.length > 0 || why.failed) {
        const wks_status rc =
            wks_err_set(err, WKS_ERR_USAGE,
                        "task %s of a Slurm array of which the variables do not tell how many parts there are: %s; say which part this is "
                        "with --part I/N (--part 1/1: all replications)",
                        getenv(variables[ID]), why.failed ? "no memory" : why.data);
        wks_text_free(&why);
        return rc;
    }
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
