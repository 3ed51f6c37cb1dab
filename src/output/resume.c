#include "output/resume.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "output/lives.h"
#include "output/parts.h"

void wks_resume_free(wks_resume *resume)
{
    free(resume->item);
    *resume = (wks_resume){0};
}

static bool is_complete(const wks_manifest *manifest, int32_t replication)
{
    const wks_manifest_replication *entry = wks_manifest_find(manifest, replication);
    return entry != NULL && strcmp(entry->status, "complete") == 0;
}

static bool has(const wks_resume *resume, int32_t replication)
{
    for (size_t i = 0; i < resume->n; i++) {
        if (resume->item[i].replication == replication) return true;
    }
    return false;
}

/* ---- a folder, name by name ---- */

typedef wks_status visit(const char *folder, const char *name, void *context, wks_err *err);

/* Fine when the folder is not there. */
static wks_status each(const char *folder, visit *call, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    char **names = NULL;
    size_t n = 0;

    if (!wks_file_is_folder(folder)) return WKS_OK;
    WKS_TRY(wks_file_list(folder, &names, &n, err));
    for (size_t i = 0; i < n; i++)
        WKS_TRY(call(folder, names[i], context, err));
out:
    for (size_t i = 0; i < n; i++)
        free(names[i]);
    free(names);
    return rc;
}

static wks_status each_inside(const char *folder, const char *inside, visit *call, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, inside);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(each(path, call, context, err));
out:
    free(path);
    return rc;
}

/* ---- what can go on ---- */

typedef struct wks_resume_search {
    const char *folder, *parts;
    const wks_checkpoint *asked;
    const wks_manifest *manifest;
    wks_resume *out;
} search;

/* What was written up to the checkpoint is there. */
static wks_status check_rows(const search *self, const char *path, const wks_checkpoint *found, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int i = 0; i < WKS_CHECKPOINT_FILES; i++) {
        if (found->file[i].sum == 0) continue; /* not written by this run; the sum of an empty file is not 0 */
        char *file = i == WKS_CHECKPOINT_LIVES ? wks_lives_path(self->folder, found->replication)
                                               : wks_parts_path(self->parts, (wks_tables_kind)i, found->replication);
        if (file == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
        rc = wks_growing_check(file, found->file[i], err);
        free(file);
        if (rc != WKS_OK) {
            rc = wks_err_context(err, rc, "rows that belong to %s (remove that file and its replication begins anew, whole ones are kept)",
                                 path);
            goto out;
        }
    }
out:
    return rc;
}

static wks_status find_one(const char *folder, const char *name, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    search *self = context;
    wks_checkpoint found, asked = *self->asked;
    const int32_t number = wks_checkpoint_number(name);
    char *path = wks_file_join(folder, name);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (number < 0 || is_complete(self->manifest, number)) goto out;
    asked.replication = number;
    WKS_TRY(wks_checkpoint_read(path, &found, NULL, NULL, err));
    WKS_TRY(wks_checkpoint_compare(path, &found, &asked, err));
    WKS_TRY(check_rows(self, path, &found, err));
    wks_resume_item *grown = wks_mem_resize(self->out->item, self->out->n, self->out->n + 1, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the checkpoints of %s", folder);
    self->out->item = grown;
    grown[self->out->n++] = (wks_resume_item){number, found.tick};
out:
    free(path);
    return rc;
}

wks_status wks_resume_find(const char *folder, const char *parts, const wks_checkpoint *asked, const wks_manifest *manifest,
                           wks_resume *out, wks_err *err)
{
    search self = {folder, parts, asked, manifest, out};

    *out = (wks_resume){0};
    return each_inside(folder, "checkpoint", find_one, &self, err);
}

/* ---- what is of no use ---- */

static wks_status remove_one(const char *folder, const char *name, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, name);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (!wks_file_is_folder(path)) WKS_TRY(wks_file_remove(path, err));
out:
    free(path);
    return rc;
}

/* The number at the begin of a name as our own are, and what follows it; -1 for any other. */
static int32_t number_of(const char *name, const char **out_rest)
{
    int64_t number = 0;
    char digits[12] = "";
    const size_t n = strspn(name, "0123456789");

    *out_rest = name + n;
    if (n < 6 || n >= sizeof digits || name[n] != '.') return -1;
    memcpy(digits, name, n);
    return wks_text_parse_int64(digits, &number) && number <= INT32_MAX ? (int32_t)number : -1;
}

static bool ends_with(const char *text, const char *end)
{
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

static wks_status clean_one(const char *folder, const char *name, void *context, wks_err *err)
{
    const wks_resume *resume = context;
    const char *rest = NULL;
    const int32_t number = number_of(name, &rest);
    const bool is_temporary = number >= 0 && strstr(rest, ".tmp") != NULL;
    const bool is_stale = number >= 0 && (ends_with(rest, WKS_GROWING_SUFFIX) || strcmp(rest, ".ckpt") == 0) && !has(resume, number);

    return is_temporary || is_stale ? remove_one(folder, name, err) : WKS_OK;
}

wks_status wks_resume_clean(const char *folder, const char *parts, const wks_resume *resume, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_resume copy = *resume;

    WKS_TRY(each(parts, clean_one, &copy, err));
    WKS_TRY(each_inside(folder, "checkpoint", clean_one, &copy, err));
    WKS_TRY(each_inside(folder, "households", clean_one, &copy, err));
out:
    return rc;
}

static wks_status forget_one(const char *folder, const char *name, void *context, wks_err *err)
{
    const char *rest = NULL;
    (void)context;
    return number_of(name, &rest) >= 0 && strncmp(rest, ".ckpt", 5) == 0 ? remove_one(folder, name, err) : WKS_OK;
}

wks_status wks_resume_forget(const char *folder, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_file_join(folder, "checkpoint");

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(each(path, forget_one, NULL, err));
    (void)rmdir(path);
out:
    free(path);
    return rc;
}
