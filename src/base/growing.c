#include "base/growing.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

#define EMPTY_SUM UINT64_C(0xcbf29ce484222325)
enum { GROWING_CHUNK = 1 << 16 };

static uint64_t add_sum(uint64_t sum, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * UINT64_C(0x100000001b3);
    return sum;
}

static char *part_of(const char *path)
{
    wks_text name = WKS_TEXT_INIT;

    wks_text_addf(&name, "%s" WKS_GROWING_SUFFIX, path);
    if (!name.failed) return name.data;
    wks_text_free(&name);
    return NULL;
}

/* Takes the descriptor (closed on an error). */
static wks_status wrap(int descriptor, const char *path, wks_growing *out, wks_err *err)
{
    out->writer.path = wks_mem_string(path);
    out->writer.temporary = part_of(path);
    if (out->writer.path != NULL && out->writer.temporary != NULL) out->writer.stream = fdopen(descriptor, "wb");
    if (out->writer.stream != NULL) return WKS_OK;
    (void)close(descriptor);
    return wks_err_set(err, WKS_ERR_NOMEM, "no memory to write %s", path);
}

/* Closes; the file stays. */
static void let_go(wks_growing *growing)
{
    if (growing->writer.stream != NULL) (void)fclose(growing->writer.stream);
    free(growing->writer.path);
    free(growing->writer.temporary);
    *growing = (wks_growing){0};
}

wks_status wks_growing_begin(const char *path, wks_growing *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *part = part_of(path);

    *out = (wks_growing){.mark = {0, EMPTY_SUM}};
    if (part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to write %s", path);
    WKS_TRY(wks_file_remove(part, err)); /* never written through: it may be a link to elsewhere */
    const int descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", part, strerror(errno));
    WKS_TRY(wrap(descriptor, path, out, err));
out:
    if (rc != WKS_OK) let_go(out);
    free(part);
    return rc;
}

/* The bytes up to the mark are those that were summed. Leaves the descriptor behind them. */
static wks_status compare(int descriptor, const char *part, wks_growing_mark mark, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *chunk = wks_mem_array(GROWING_CHUNK, 1);
    uint64_t left = mark.length, sum = EMPTY_SUM;

    if (chunk == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", part);
    while (left > 0) {
        const ssize_t got = read(descriptor, chunk, left < GROWING_CHUNK ? (size_t)left : GROWING_CHUNK);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: %s", part, strerror(errno));
        if (got == 0)
            WKS_FAIL(err, WKS_ERR_DATA, "%s is cut short: %llu bytes instead of %llu or more", part,
                     (unsigned long long)(mark.length - left), (unsigned long long)mark.length);
        sum = add_sum(sum, chunk, (size_t)got);
        left -= (uint64_t)got;
    }
    if (sum != mark.sum) WKS_FAIL(err, WKS_ERR_DATA, "%s is damaged: its rows are not those that were written", part);
out:
    free(chunk);
    return rc;
}

/* Opens a plain file of the right content; *out_descriptor stands behind the mark. */
static wks_status open_at(const char *part, int flags, wks_growing_mark mark, int *out_descriptor, wks_err *err)
{
    wks_status rc = WKS_OK;
    struct stat info;
    const int descriptor = open(part, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    *out_descriptor = -1;
    if (descriptor < 0 && errno == ENOENT) WKS_FAIL(err, WKS_ERR_DATA, "%s is not there", part);
    if (descriptor < 0) WKS_FAIL(err, errno == ELOOP ? WKS_ERR_DATA : WKS_ERR_IO, "cannot go on with %s: %s", part, strerror(errno));
    if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode)) WKS_FAIL(err, WKS_ERR_DATA, "%s is no plain file", part);
    WKS_TRY(compare(descriptor, part, mark, err));
    *out_descriptor = descriptor;
    return WKS_OK;
out:
    if (descriptor >= 0) (void)close(descriptor);
    return rc;
}

wks_status wks_growing_check(const char *path, wks_growing_mark mark, wks_err *err)
{
    wks_status rc = WKS_OK;
    int descriptor = -1;
    char *part = part_of(path);

    if (part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", path);
    rc = open_at(wks_file_exists(part) ? part : path, O_RDONLY, mark, &descriptor, err);
    if (descriptor >= 0) (void)close(descriptor);
out:
    free(part);
    return rc;
}

wks_status wks_growing_resume(const char *path, wks_growing_mark mark, wks_growing *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    int descriptor = -1;
    char *part = part_of(path);

    *out = (wks_growing){.mark = mark};
    if (part == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to write %s", path);
    WKS_TRY(wks_growing_check(path, mark, err));
    if (!wks_file_exists(part) && rename(path, part) != 0) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", part, strerror(errno));
    WKS_TRY(open_at(part, O_RDWR, mark, &descriptor, err));
    if (ftruncate(descriptor, (off_t)mark.length) != 0) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", part, strerror(errno));
    const int open_one = descriptor;
    descriptor = -1; /* wrap takes it */
    WKS_TRY(wrap(open_one, path, out, err));
out:
    if (descriptor >= 0) (void)close(descriptor);
    if (rc != WKS_OK) let_go(out);
    free(part);
    return rc;
}

wks_status wks_growing_put(wks_growing *growing, const char *bytes, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_file_writer_put(&growing->writer, bytes, n, err));
    growing->mark.length += n;
    growing->mark.sum = add_sum(growing->mark.sum, bytes, n);
    growing->is_unsynced = true;
out:
    return rc;
}

wks_status wks_growing_sync(wks_growing *growing, wks_err *err)
{
    if (!growing->is_unsynced) return WKS_OK;
    if (!wks_file_sync(growing->writer.stream))
        return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", growing->writer.path, strerror(errno));
    growing->is_unsynced = false;
    return WKS_OK;
}

wks_status wks_growing_commit(wks_growing *growing, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *folder = wks_file_folder(growing->writer.path);

    if (folder == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to write %s", growing->writer.path);
    WKS_TRY(wks_growing_sync(growing, err));
    if (rename(growing->writer.temporary, growing->writer.path) != 0)
        WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %s", growing->writer.path, strerror(errno));
    wks_file_sync_folder(folder);
    let_go(growing);
out:
    free(folder);
    return rc;
}

void wks_growing_leave(wks_growing *growing, wks_growing_mark mark)
{
    char *part = growing->writer.temporary;

    growing->writer.temporary = NULL;
    let_go(growing); /* what its buffer still holds may go to the file or not: it is behind the mark */
    if (part != NULL) (void)!truncate(part, (off_t)mark.length);
    free(part);
}

void wks_growing_discard(wks_growing *growing)
{
    wks_file_writer_discard(&growing->writer);
    *growing = (wks_growing){0};
}
