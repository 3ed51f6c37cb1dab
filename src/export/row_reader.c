#include "export/row_reader.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

wks_status wks_row_reader_open(const char *path, wks_row_reader *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = (wks_row_reader){.line = 1, .next_line = 1};
    out->path = strdup(path);
    if (out->path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    out->stream = wks_file_stream(path);
    if (out->stream == NULL) WKS_FAIL(err, WKS_ERR_IO, "cannot read %s: %s", path, strerror(errno));
out:
    if (rc != WKS_OK) wks_row_reader_close(out);
    return rc;
}

static void begin_cell(wks_row_reader *self)
{
    if (self->n_cells == self->capacity) {
        const size_t capacity = 2 * self->capacity + 32;
        size_t *start = realloc(self->start, capacity * sizeof *start);
        if (start == NULL) {
            self->failed = true;
            return;
        }
        self->start = start;
        self->capacity = capacity;
    }
    self->start[self->n_cells++] = self->bytes.length;
}

static int get(wks_row_reader *self)
{
    const int c = getc_unlocked(self->stream);
    if (c == '\n') self->next_line++;
    return c;
}

/* Behind the opening quote up to the byte after the closing one, which is returned; EOF when it is never closed. */
static int take_quoted(wks_row_reader *self)
{
    for (;;) {
        int c = get(self);
        if (c == '"') {
            c = get(self);
            if (c != '"') return c;
        } else if (c == EOF) {
            return EOF;
        }
        wks_text_add_char(&self->bytes, (char)c);
    }
}

static int skip_line(wks_row_reader *self, int c)
{
    while (c != '\n' && c != EOF)
        c = get(self);
    return c;
}

/* One cell; returns the byte behind it (',' '\n' or EOF). *out_wrong: what is wrong with it. */
static int take_cell(wks_row_reader *self, int c, const char **out_wrong)
{
    begin_cell(self);
    if (c == '"') {
        const int line = self->next_line;
        c = take_quoted(self);
        if (c == '\r') c = get(self);
        if (c == EOF && self->next_line > line) *out_wrong = "a quote is never closed";
        if (c != ',' && c != '\n' && c != EOF) *out_wrong = "text behind a closing quote; expected , or the end of the line";
    } else {
        for (; c != ',' && c != '\n' && c != EOF; c = get(self)) {
            if (c == '"') *out_wrong = "a quote inside a field without quotes; expected the field in quotes and the quote doubled";
            if (c == '\0') *out_wrong = "a NUL byte; expected text";
            wks_text_add_char(&self->bytes, (char)c);
        }
        const bool has_return =
            c == '\n' && self->bytes.length > self->start[self->n_cells - 1] && self->bytes.data[self->bytes.length - 1] == '\r';
        if (has_return) self->bytes.length--;
    }
    if (*out_wrong != NULL) c = skip_line(self, c);
    wks_text_add_char(&self->bytes, '\0');
    return c;
}

static bool is_blank(int c)
{
    return c == '\n' || c == '\r';
}

wks_row_reader_row wks_row_reader_next(wks_row_reader *self, wks_problems *problems)
{
    const char *wrong = NULL;
    int c = 0;

    self->n_cells = 0;
    wks_text_clear(&self->bytes);
    do {
        self->line = self->next_line;
        c = get(self);
    } while (is_blank(c));
    if (c == EOF) return WKS_ROW_READER_END;
    for (;;) {
        c = take_cell(self, c, &wrong);
        self->failed = self->failed || self->bytes.failed;
        if (self->failed) return WKS_ROW_READER_END;
        if (c != ',' || wrong != NULL) break;
        c = get(self);
    }
    self->is_cut = c == EOF;
    for (size_t i = 0; i < self->n_cells && wrong == NULL; i++) {
        const char *cell = wks_row_reader_cell(self, i);
        if (!wks_text_is_utf8(cell, strlen(cell))) wrong = "not UTF-8";
    }
    if (wrong == NULL) return WKS_ROW_READER_GOOD;
    wks_problems_error(problems, self->path, self->line, 0, "%s", wrong);
    return WKS_ROW_READER_BAD;
}

wks_status wks_row_reader_ended(const wks_row_reader *self, wks_err *err)
{
    if (self->failed) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a row of %s", self->path);
    if (ferror(self->stream)) return wks_err_set(err, WKS_ERR_IO, "cannot read %s", self->path);
    return WKS_OK;
}

const char *wks_row_reader_cell(const wks_row_reader *self, size_t i)
{
    return i < self->n_cells ? self->bytes.data + self->start[i] : "";
}

void wks_row_reader_insert(wks_row_reader *self, size_t at, const char *text)
{
    begin_cell(self);
    wks_text_add_bytes(&self->bytes, text, strlen(text) + 1);
    self->failed = self->failed || self->bytes.failed;
    if (self->failed || at >= self->n_cells) return;
    const size_t start = self->start[self->n_cells - 1];
    memmove(&self->start[at + 1], &self->start[at], (self->n_cells - 1 - at) * sizeof *self->start);
    self->start[at] = start;
}

void wks_row_reader_close(wks_row_reader *self)
{
    if (self->stream != NULL) (void)fclose(self->stream);
    free(self->path);
    free(self->start);
    wks_text_free(&self->bytes);
    *self = (wks_row_reader){0};
}
