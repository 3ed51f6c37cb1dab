#include "output/fates.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "output/parts.h"

/* Begin of the file; the sum is over the households. */
typedef struct wks_fates_head {
    char name[8];
    uint32_t order, size; /* 0x01020304 in this machine's order; bytes of a household */
    int64_t n;
    uint64_t sum;
} head;

static const char name[8] = {'w', 'k', 's', 'f', 'a', 't', 'e', '1'};
enum { ORDER = 0x01020304 };

/* FNV-1a by words: enough to see a damaged or cut file. */
static uint64_t add_sum(uint64_t sum, const wks_household_fate *item)
{
    uint64_t word[sizeof *item / sizeof(uint64_t)];

    memcpy(word, item, sizeof word);
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        sum = (sum ^ word[i]) * UINT64_C(0x100000001b3);
    return sum;
}

char *wks_fates_path(const char *folder, int32_t replication)
{
    char inside[64];

    snprintf(inside, sizeof inside, "households/%06d.fates", replication);
    return wks_file_join(folder, inside);
}

wks_status wks_fates_make_folder(const char *folder, wks_err *err)
{
    char *path = wks_file_join(folder, "households");
    const wks_status rc = path == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : wks_file_make_folder(path, err);

    free(path);
    return rc;
}

wks_status wks_fates_forget(const char *folder, wks_err *err)
{
    char *path = wks_file_join(folder, "households");
    const wks_status rc = path == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : wks_parts_remove(path, err);

    free(path);
    return rc;
}

wks_status wks_fates_sync_folder(const char *folder, wks_err *err)
{
    char *path = wks_file_join(folder, "households");

    if (path == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path");
    wks_file_sync_folder(path);
    free(path);
    return WKS_OK;
}

bool wks_fates_has(const char *folder, int32_t replication)
{
    char *path = wks_fates_path(folder, replication);
    const bool has = path != NULL && wks_file_exists(path);

    free(path);
    return has;
}

wks_status wks_fates_begin(const char *folder, int32_t replication, bool is_own, wks_file_writer *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_fates_path(folder, replication);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_writer_open(path, out, err));
    if (is_own) WKS_TRY(wks_file_writer_make_private(out, err));
out:
    free(path);
    return rc;
}

wks_status wks_fates_put(wks_file_writer *writer, const wks_household_fate *item, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    head first = {.order = ORDER, .size = sizeof *item, .n = n};

    memcpy(first.name, name, sizeof name);
    for (int32_t i = 0; i < n; i++)
        first.sum = add_sum(first.sum, &item[i]);
    WKS_TRY(wks_file_writer_put(writer, (const char *)&first, sizeof first, err));
    WKS_TRY(wks_file_writer_put(writer, (const char *)item, (size_t)n * sizeof *item, err));
out:
    return rc;
}

wks_status wks_fates_open(const char *path, wks_fates_reader *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    head first;

    *out = (wks_fates_reader){.path = wks_mem_string(path)};
    if (out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    out->stream = fopen(path, "rb");
    if (out->stream == NULL) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s", path);
    if (fread(&first, sizeof first, 1, out->stream) != 1 || memcmp(first.name, name, sizeof name) != 0 || first.order != ORDER ||
        first.size != sizeof(wks_household_fate) || first.n < 0)
        WKS_FAIL(err, WKS_ERR_IO, "%s is no list of households of this program on this kind of machine", path);
    out->n = first.n;
    out->sum = first.sum;
    WKS_TRY(wks_fates_next(out, err));
out:
    if (rc != WKS_OK) wks_fates_close(out);
    return rc;
}

wks_status wks_fates_next(wks_fates_reader *reader, wks_err *err)
{
    wks_status rc = WKS_OK;
    const uint64_t before = reader->item.key;

    reader->has_item = reader->n_read < reader->n;
    if (!reader->has_item) goto out;
    if (fread(&reader->item, sizeof reader->item, 1, reader->stream) != 1) WKS_FAIL(err, WKS_ERR_IO, "%s is cut short", reader->path);
    if (reader->n_read > 0 && reader->item.key <= before) WKS_FAIL(err, WKS_ERR_IO, "%s is damaged: not in order", reader->path);
    reader->n_read++;
    reader->seen = add_sum(reader->seen, &reader->item);
    if (reader->n_read == reader->n && reader->seen != reader->sum) WKS_FAIL(err, WKS_ERR_IO, "%s is damaged", reader->path);
out:
    return rc;
}

void wks_fates_close(wks_fates_reader *reader)
{
    if (reader->stream != NULL) (void)fclose(reader->stream);
    free(reader->path);
    *reader = (wks_fates_reader){0};
}
