#include "export/zip_check.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { END_BYTES = 22, ENTRY_BYTES = 46, NAME_BYTES = 256 };

static uint32_t number(const unsigned char *at, int n)
{
    uint32_t value = 0;
    for (int i = n - 1; i >= 0; i--)
        value = value << 8 | at[i];
    return value;
}

/* A sheet above 4 GiB has its length elsewhere; then this field is all ones, which is long enough. */
static void take_entry(const char *name, uint32_t length, const int64_t *size, size_t n, size_t *n_whole)
{
    int at = 0, used = 0;
    if (sscanf(name, "xl/worksheets/sheet%d.xml%n", &at, &used) != 1 || used == 0 || name[used] != '\0' || at < 1 || (size_t)at > n) return;
    if ((int64_t)length > size[at - 1] || length == UINT32_MAX) (*n_whole)++;
}

static bool read_entry(FILE *stream, const int64_t *size, size_t n, size_t *n_whole)
{
    unsigned char entry[ENTRY_BYTES];
    char name[NAME_BYTES] = {0};

    if (fread(entry, 1, sizeof entry, stream) != sizeof entry || number(entry, 4) != 0x02014b50u) return false;
    const uint32_t n_name = number(entry + 28, 2), n_more = number(entry + 30, 2) + number(entry + 32, 2);
    if (n_name >= NAME_BYTES || fread(name, 1, n_name, stream) != n_name) return false;
    take_entry(name, number(entry + 24, 4), size, n, n_whole);
    return fseek(stream, (long)n_more, SEEK_CUR) == 0;
}

wks_status wks_zip_check_sheets(FILE *stream, const char *name, const int64_t *size, size_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    unsigned char end[END_BYTES];
    size_t n_whole = 0;

    if (fseek(stream, -END_BYTES, SEEK_END) != 0 || fread(end, 1, sizeof end, stream) != sizeof end || number(end, 4) != 0x06054b50u)
        WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: it has no end; is the disk full?", name);
    const uint32_t n_entries = number(end + 10, 2);
    if (fseek(stream, (long)number(end + 16, 4), SEEK_SET) != 0)
        WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: it has no directory; is the disk full?", name);
    for (uint32_t i = 0; i < n_entries; i++) {
        if (!read_entry(stream, size, n, &n_whole))
            WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: its directory is not whole; is the disk full?", name);
    }
    if (n_whole != n) WKS_FAIL(err, WKS_ERR_IO, "cannot write %s: %zu of %zu sheets are whole; is the disk full?", name, n_whole, n);
out:
    return rc;
}
