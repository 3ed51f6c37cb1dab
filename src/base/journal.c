#include "base/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"

enum { SUM = 16 }; /* hex digits behind a blank at the end of a line */

static void add_line(wks_text *out, const char *line)
{
    char sum[SUM + 1];
    wks_text_add(out, line);
    wks_text_add_char(out, ' ');
    wks_text_add(out, wks_text_key(wks_text_hash(line), sum));
    wks_text_add_char(out, '\n');
}

/* Takes the checksum off a line that ends at `end`; false when it is not the line's. */
static bool take_sum(char *line, const char *end)
{
    uint64_t sum = 0;
    const size_t n = (size_t)(end - line);

    if (n <= SUM || line[n - SUM - 1] != ' ' || !wks_text_parse_key(line + n - SUM, &sum)) return false;
    line[n - SUM - 1] = '\0';
    return wks_text_hash(line) == sum;
}

/* Splits the bytes into lines; *out_whole is how many bytes are whole lines. */
static wks_status split(wks_journal *journal, size_t n, size_t *out_whole, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n_ends = 0;
    char *at = journal->bytes;

    *out_whole = 0;
    for (size_t i = 0; i < n; i++)
        n_ends += journal->bytes[i] == '\n';
    journal->line = wks_mem_array(n_ends, sizeof *journal->line);
    if (journal->line == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", journal->path);
    for (size_t k = 0; k < n_ends; k++) {
        char *end = memchr(at, '\n', n - (size_t)(at - journal->bytes));
        *end = '\0';
        if (take_sum(at, end)) {
            journal->line[journal->n_lines++] = at;
            *out_whole = (size_t)(end + 1 - journal->bytes);
        } else if (end + 1 < journal->bytes + n) {
            WKS_FAIL(err, WKS_ERR_DATA, "%s: line %zu is damaged (its checksum is not that of its text); remove the file to begin anew",
                     journal->path, k + 1);
        }
        at = end + 1;
    }
out:
    return rc;
}

static wks_status write_all(wks_journal *journal, const wks_text *text, wks_err *err)
{
    size_t done = 0;

    if (text->failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a line of %s", journal->path);
    while (done < text->length) {
        const ssize_t n = write(journal->file, text->data + done, text->length - done);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", journal->path, strerror(errno));
        done += (size_t)n;
    }
    return WKS_OK;
}

static wks_status check_header(wks_journal *journal, const char *header, wks_err *err)
{
    if (journal->n_lines == 0) return wks_journal_append(journal, header, err);
    if (strcmp(journal->line[0], header) != 0)
        return wks_err_set(err, WKS_ERR_DATA, "%s is of another study or another program: it begins with '%.120s', expected '%.120s'",
                           journal->path, journal->line[0], header);
    journal->n_lines--;
    memmove(journal->line, journal->line + 1, journal->n_lines * sizeof *journal->line);
    return WKS_OK;
}

wks_status wks_journal_open(const char *path, const char *header, wks_journal *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n = 0, whole = 0;

    *out = WKS_JOURNAL_INIT;
    out->path = wks_mem_string(path);
    if (out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", path);
    if (wks_file_exists(path)) {
        WKS_TRY(wks_file_read(path, &out->bytes, &n, err));
        WKS_TRY(split(out, n, &whole, err));
    }
    out->file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (out->file < 0) WKS_FAIL(err, WKS_ERR_IO, "cannot open %s: %s", path, strerror(errno));
    if (whole < n && ftruncate(out->file, (off_t)whole) != 0) WKS_FAIL(err, WKS_ERR_IO, "cannot shorten %s: %s", path, strerror(errno));
    WKS_TRY(check_header(out, header, err));
out:
    if (rc != WKS_OK) wks_journal_close(out);
    return rc;
}

wks_status wks_journal_append(wks_journal *journal, const char *line, wks_err *err)
{
    wks_text text = WKS_TEXT_INIT;
    wks_status rc;

    add_line(&text, line);
    rc = write_all(journal, &text, err);
    wks_text_free(&text);
    return rc;
}

wks_status wks_journal_flush(wks_journal *journal, wks_err *err)
{
    if (fsync(journal->file) != 0) return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", journal->path, strerror(errno));
    return WKS_OK;
}

void wks_journal_close(wks_journal *journal)
{
    if (journal->file >= 0) (void)close(journal->file);
    free(journal->line);
    free(journal->bytes);
    free(journal->path);
    *journal = WKS_JOURNAL_INIT;
}

static int by_text(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

wks_status wks_journal_sort(const char *path, const char *header, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_journal journal = WKS_JOURNAL_INIT;
    wks_text text = WKS_TEXT_INIT;

    WKS_TRY(wks_journal_open(path, header, &journal, err));
    if (journal.n_lines > 0) qsort(journal.line, journal.n_lines, sizeof *journal.line, by_text);
    add_line(&text, header);
    for (size_t i = 0; i < journal.n_lines; i++) {
        if (i == 0 || strcmp(journal.line[i], journal.line[i - 1]) != 0) add_line(&text, journal.line[i]);
    }
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", path);
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
out:
    wks_text_free(&text);
    wks_journal_close(&journal);
    return rc;
}
