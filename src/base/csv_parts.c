#include "base/csv_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

typedef struct wks_csv_parts_reader {
    FILE *stream;
    char *bytes;
    wks_text part, rest; /* header and whole lines; the line that is not whole yet */
    size_t n_header;
} reader;

/* What was read ends in a whole line after `end` bytes: gives header, rest and these on, keeps what follows. */
static wks_status give(reader *r, size_t n, size_t end, wks_csv_part *each, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_text_add_bytes(&r->part, r->rest.data == NULL ? "" : r->rest.data, r->rest.length);
    wks_text_add_bytes(&r->part, r->bytes, end);
    wks_text_clear(&r->rest);
    wks_text_add_bytes(&r->rest, r->bytes + end, n - end);
    if (r->part.failed || r->rest.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a part of a table");
    WKS_TRY(each(&r->part, context, err));
    if (r->n_header == 0) {
        const char *line_end = memchr(r->part.data, '\n', r->part.length);
        r->n_header = line_end == NULL ? r->part.length : (size_t)(line_end - r->part.data) + 1;
    }
    r->part.length = r->n_header;
out:
    return rc;
}

wks_status wks_csv_parts_read(const char *path, size_t part_bytes, wks_csv_part *each, void *context, wks_err *err)
{
    wks_status rc = WKS_OK;
    reader r = {.stream = fopen(path, "rb"), .bytes = wks_mem_array(part_bytes, 1), .part = WKS_TEXT_INIT, .rest = WKS_TEXT_INIT};
    size_t n;

    if (r.stream == NULL) WKS_FAIL(err, WKS_ERR_IO, "%s cannot be read", path);
    if (r.bytes == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", path);
    while ((n = fread(r.bytes, 1, part_bytes, r.stream)) > 0) {
        size_t end = n;
        while (end > 0 && r.bytes[end - 1] != '\n')
            end--;
        if (end > 0)
            WKS_TRY(give(&r, n, end, each, context, err));
        else
            wks_text_add_bytes(&r.rest, r.bytes, n); /* a line longer than a part: goes on */
    }
    if (ferror(r.stream)) WKS_FAIL(err, WKS_ERR_IO, "%s cannot be read to its end", path);
    if (r.rest.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", path);
    if (r.rest.length > 0) WKS_TRY(give(&r, 0, 0, each, context, err));
out:
    if (r.stream != NULL) (void)fclose(r.stream);
    free(r.bytes);
    wks_text_free(&r.part);
    wks_text_free(&r.rest);
    return rc;
}
