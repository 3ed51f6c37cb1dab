#include "output/lives.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Begin of a block. */
typedef struct wks_lives_head {
    char name[8];
    uint32_t order, size; /* 0x01020304 in this machine's order; bytes of a household */
    int32_t tick, padding;
    int64_t n;
    uint64_t sum;
} head;

static const char name[8] = {'w', 'k', 's', 'l', 'i', 'f', 'e', '1'};
enum { ORDER = 0x01020304 };

/* FNV-1a by words, as fates.c. */
static uint64_t add_sum(uint64_t sum, const wks_household_life *item)
{
    uint64_t word[sizeof *item / sizeof(uint64_t)];

    memcpy(word, item, sizeof word);
    for (size_t i = 0; i < sizeof word / sizeof *word; i++)
        sum = (sum ^ word[i]) * UINT64_C(0x100000001b3);
    return sum;
}

char *wks_lives_path(const char *folder, int32_t replication)
{
    char inside[64];

    snprintf(inside, sizeof inside, "households/%06d.lives", replication);
    return wks_file_join(folder, inside);
}

bool wks_lives_has(const char *folder, int32_t replication)
{
    char *path = wks_lives_path(folder, replication);
    const bool has = path != NULL && wks_file_exists(path);

    free(path);
    return has;
}

wks_status wks_lives_begin(const char *folder, int32_t replication, bool is_own, const wks_growing_mark *mark, wks_growing *out,
                           wks_err *err)
{
    wks_status rc = WKS_OK;
    char *path = wks_lives_path(folder, replication);

    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(mark == NULL ? wks_growing_begin(path, out, err) : wks_growing_resume(path, *mark, out, err));
    if (is_own) WKS_TRY(wks_file_writer_make_private(&out->writer, err));
out:
    free(path);
    return rc;
}

wks_status wks_lives_put(wks_growing *growing, int32_t tick, const wks_household_life *item, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    head first = {.order = ORDER, .size = sizeof *item, .tick = tick, .n = n};

    memcpy(first.name, name, sizeof name);
    for (int32_t i = 0; i < n; i++)
        first.sum = add_sum(first.sum, &item[i]);
    WKS_TRY(wks_growing_put(growing, (const char *)&first, sizeof first, err));
    WKS_TRY(wks_growing_put(growing, (const char *)item, (size_t)n * sizeof *item, err));
out:
    return rc;
}

wks_status wks_lives_open(const char *path, wks_lives_reader *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = (wks_lives_reader){.path = wks_mem_string(path)};
    if (out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    out->stream = fopen(path, "rb");
    if (out->stream == NULL) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s", path);
    WKS_TRY(wks_lives_next_block(out, err));
    if (!out->has_block) WKS_FAIL(err, WKS_ERR_IO, "%s is empty", path);
out:
    if (rc != WKS_OK) wks_lives_close(out);
    return rc;
}

wks_status wks_lives_next_block(wks_lives_reader *reader, wks_err *err)
{
    wks_status rc = WKS_OK;
    head first;
    const size_t n = fread(&first, 1, sizeof first, reader->stream);

    reader->has_block = n > 0;
    if (!reader->has_block) goto out;
    if (n != sizeof first || memcmp(first.name, name, sizeof name) != 0 || first.order != ORDER ||
        first.size != sizeof(wks_household_life) || first.n < 0)
        WKS_FAIL(err, WKS_ERR_IO, "%s is damaged, or no list of lives of this program on this kind of machine", reader->path);
    reader->tick = first.tick;
    reader->n_left = first.n;
    reader->sum = first.sum;
    reader->seen = 0;
    reader->item = (wks_household_life){0};
    WKS_TRY(wks_lives_next(reader, err));
out:
    return rc;
}

wks_status wks_lives_next(wks_lives_reader *reader, wks_err *err)
{
    wks_status rc = WKS_OK;
    const uint64_t before = reader->item.who;

    reader->has_item = reader->n_left > 0;
    if (!reader->has_item) goto out;
    if (fread(&reader->item, sizeof reader->item, 1, reader->stream) != 1) WKS_FAIL(err, WKS_ERR_IO, "%s is cut short", reader->path);
    if (reader->item.who < before) WKS_FAIL(err, WKS_ERR_IO, "%s is damaged: not in order", reader->path);
    reader->n_left--;
    reader->seen = add_sum(reader->seen, &reader->item);
    if (reader->n_left == 0 && reader->seen != reader->sum) WKS_FAIL(err, WKS_ERR_IO, "%s is damaged", reader->path);
out:
    return rc;
}

void wks_lives_close(wks_lives_reader *reader)
{
    if (reader->stream != NULL) (void)fclose(reader->stream);
    free(reader->path);
    *reader = (wks_lives_reader){0};
}
