#include "base/number_lines.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number_cell.h"
#include "base/par.h"

/* A line belongs to the block of bytes in which it starts; of a cell a message quotes at most so much. */
enum { TABLE_BLOCK = 1 << 20, TABLE_QUOTED = 40, TABLE_EXACT_DIGITS = 15 };

/* ---- cells ---- */

static bool is_blank(const wks_number_lines *self, char c)
{
    return c == ' ' || (c == '\t' && self->separator != '\t');
}

static void tell_cell(const wks_number_lines *self, wks_problems *problems, int line, int column, size_t index, const char *text, size_t n)
{
    const char *wrong = wks_number_cell_wrong(text, n, self->format->low, self->format->high);
    const char *header = self->table->csv.header[index];
    if (n == 0) {
        wks_problems_error(problems, self->table->path, line, column, "the cell of column '%s' is empty; expected %s", header,
                           self->format->expected);
        return;
    }
    wks_problems_error(problems, self->table->path, line, column, "'%.*s' in column '%s' %s; expected %s",
                       (int)(n < TABLE_QUOTED ? n : TABLE_QUOTED), text, header, wrong, self->format->expected);
}

static bool is_in_range(const wks_number_lines *self, double value)
{
    return value >= self->format->low && value <= self->format->high;
}

bool wks_number_lines_take_number(const wks_number_lines *self, size_t row, size_t index, const char *text, size_t n, int line, int column,
                                  wks_problems *problems)
{
    double value = 0;
    const bool good = wks_number_cell_read(text, n, &value) && is_in_range(self, value);
    if (good) {
        self->table->value[(index - self->table->n_names) * self->table->n_rows + row] = value;
    } else if (problems != NULL) {
        tell_cell(self, problems, line, column, index, text, n);
    }
    return good;
}

bool wks_number_lines_take_name(const wks_number_lines *self, size_t row, size_t index, char *text, size_t n, int line, int column,
                                wks_problems *problems)
{
    const size_t at = index * self->table->n_rows + row;
    if (n == 0 && problems != NULL)
        wks_problems_error(problems, self->table->path, line, column, "the cell of column '%s' is empty; expected a name",
                           self->table->csv.header[index]);
    self->table->name[at] = text;
    if (self->name_bytes != NULL) self->name_bytes[at] = (uint32_t)n;
    return n > 0 && n < UINT32_MAX;
}

/* ---- lines without quotes ---- */

static char *line_end(const wks_number_lines *self, char *at)
{
    char *end = memchr(at, '\n', (size_t)(self->body + self->n - at));
    return end == NULL ? self->body + self->n : end;
}

/* Without the CR of a CRLF. */
static char *text_end(const char *at, char *end)
{
    return end > at && end[-1] == '\r' ? end - 1 : end;
}

/* One to eight digits from `at`, 8 bytes readable, at once: digits become the bytes 0 to 9, those behind the last are shifted out, pairs are joined to
 * numbers of 2, 4 and 8 digits. Returns how many there are; 0: none, or nine and more. */
static inline size_t eight_digits(const char *at, uint64_t *out)
{
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    bytes ^= UINT64_C(0x3030303030303030);
    const uint64_t other = ((bytes + UINT64_C(0x7676767676767676)) | bytes) & UINT64_C(0x8080808080808080);
    const size_t n = other == 0 ? 0 : (size_t)__builtin_ctzll(other) / 8;
    if (n == 0) return 0;
    bytes <<= 64 - 8 * n;
    bytes = bytes * 10 + (bytes >> 8);
    *out = ((bytes & UINT64_C(0xFF000000FF)) * UINT64_C(0xF424000000064) +
            (bytes >> 16 & UINT64_C(0xFF000000FF)) * UINT64_C(0x271000000001)) >>
           32;
    return n;
#else
    (void)at;
    (void)out;
    return 0;
#endif
}

/* Most cells: a few digits up to the separator. NULL: look again. */
static inline char *take_digits(const wks_number_lines *self, size_t row, size_t index, char *at, const char *end)
{
    uint64_t whole = 0;
    char *digit = at;
    if (self->body + self->n - at >= 8) digit += eight_digits(at, &whole);
    if (digit == at) {
        while (*digit >= '0' && *digit <= '9')
            whole = whole * 10 + (uint64_t)(*digit++ - '0');
    }
    if (digit == at || digit - at > TABLE_EXACT_DIGITS || (digit != end && *digit != self->separator)) return NULL;
    if (!is_in_range(self, (double)whole)) return NULL;
    self->table->value[(index - self->table->n_names) * self->table->n_rows + row] = (double)whole;
    return digit;
}

static bool take_cell(const wks_number_lines *self, size_t row, size_t index, char *at, char *end, const char *line_start, int line,
                      wks_problems *problems)
{
    while (at < end && is_blank(self, *at))
        at++;
    while (end > at && is_blank(self, end[-1]))
        end--;
    const int column = (int)(at - line_start) + 1;
    return index < self->table->n_names ? wks_number_lines_take_name(self, row, index, at, (size_t)(end - at), line, column, problems)
                                        : wks_number_lines_take_number(self, row, index, at, (size_t)(end - at), line, column, problems);
}

static void tell_ragged(const wks_number_lines *self, wks_problems *problems, int line, int column, size_t n_fields, bool is_last)
{
    const char *why = n_fields > self->n_columns && self->separator == ',' ? " (is there a decimal comma?)"
                      : n_fields < self->n_columns && is_last              ? WKS_CSV_CUT_OFF
                                                                           : "";
    wks_problems_error(problems, self->table->path, line, column, "the row has %zu fields; expected %zu, as the header has%s", n_fields,
                       self->n_columns, why);
}

/* Of a row with another number of fields than the header nothing is taken. */
static bool has_all_fields(const wks_number_lines *self, const char *at, const char *end, int line, wks_problems *problems)
{
    const char *first_more = end;
    size_t n = 1;
    for (const char *c = at; c < end; c++) {
        if (*c != self->separator) continue;
        if (n == self->n_columns) first_more = c;
        n++;
    }
    if (n != self->n_columns && problems != NULL)
        tell_ragged(self, problems, line, (int)(first_more - at) + 1, n, end == self->body + self->n);
    return n == self->n_columns;
}

static bool take_row(const wks_number_lines *self, size_t row, char *at, char *end, int line, wks_problems *problems)
{
    const char *start = at;
    bool good = true;

    self->table->line[row] = line;
    if (problems != NULL && !has_all_fields(self, at, end, line, problems)) return false;
    for (size_t index = 0; index < self->n_columns; index++) {
        char *next = index < self->table->n_names ? NULL : take_digits(self, row, index, at, end);
        if (next == NULL) {
            next = memchr(at, self->separator, (size_t)(end - at));
            if (next == NULL) next = end;
            good = take_cell(self, row, index, at, next, start, line, problems) && good;
        }
        if (next == end) return good && index + 1 == self->n_columns; /* also too few */
        at = next + 1;
    }
    return false; /* too many */
}

/* ---- blocks of lines ---- */

static void count_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const wks_number_lines *self = context;
    (void)begin;
    (void)end;
    for (char *at = self->start[block]; at < self->start[block + 1];) {
        char *line = line_end(self, at);
        self->row[block] += text_end(at, line) > at;
        self->line[block]++;
        at = line + 1;
    }
}

/* `problems` NULL: stops at the first problem. */
static bool take_block(const wks_number_lines *self, int64_t block, wks_problems *problems)
{
    size_t row = (size_t)self->row[block];
    int line = self->first_line + (int)self->line[block];
    bool good = true;

    for (char *at = self->start[block]; at < self->start[block + 1] && (good || problems != NULL); line++) {
        char *end = line_end(self, at), *last = text_end(at, end);
        if (last > at) good = take_row(self, row++, at, last, line, problems) && good;
        at = end + 1;
    }
    return good;
}

static void read_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const wks_number_lines *self = context;
    (void)begin;
    (void)end;
    self->is_bad[block] = !take_block(self, block, NULL);
}

/* Puts a NUL behind every name, over blanks and the separator (position() counts on that). Only now: lines are no longer looked for. */
static void end_names(int64_t begin, int64_t end, int64_t block, void *context)
{
    const wks_number_lines *self = context;
    const wks_number_table *table = self->table;
    (void)block;
    for (size_t index = 0; index < table->n_names; index++) {
        for (size_t at = index * table->n_rows + (size_t)begin; at < index * table->n_rows + (size_t)end; at++) {
            char *c = table->name[at] + self->name_bytes[at];
            while (is_blank(self, *c))
                *c++ = '\0';
            *c = '\0';
        }
    }
}

static void find_blocks(wks_number_lines *self)
{
    for (int64_t block = 0; block <= self->n_blocks; block++) {
        const size_t at = (size_t)block * TABLE_BLOCK;
        char *end = self->body + self->n;
        if (block == 0) end = self->body;
        if (block > 0 && at < self->n) end = line_end(self, self->body + at - 1);
        self->start[block] = block > 0 && end < self->body + self->n ? end + 1 : end;
    }
}

/* Counts become numbers before the block; returns the sum. */
static int64_t add_up(int64_t *count, int64_t n)
{
    int64_t sum = 0;
    for (int64_t i = 0; i < n; i++) {
        const int64_t here = count[i];
        count[i] = sum;
        sum += here;
    }
    return sum;
}

wks_status wks_number_lines_make_room(wks_number_table *table, size_t n_rows, wks_err *err)
{
    table->n_rows = n_rows;
    if (n_rows > 0 && (table->n_names > SIZE_MAX / n_rows || table->n_numbers > SIZE_MAX / n_rows))
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory to read %s", table->path);
    table->name = wks_mem_array(table->n_names * n_rows, sizeof *table->name);
    table->value = wks_mem_array(table->n_numbers * n_rows, sizeof *table->value);
    table->line = wks_mem_array(n_rows, sizeof *table->line);
    if (table->name == NULL || table->value == NULL || table->line == NULL)
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory to read %s", table->path);
    return WKS_OK;
}

wks_status wks_number_lines_read(wks_number_lines *self, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_number_table *table = self->table;
    bool good = true;

    self->n_blocks = wks_par_blocks((int64_t)self->n, TABLE_BLOCK);
    self->start = wks_mem_array((size_t)self->n_blocks + 1, sizeof *self->start);
    self->row = wks_mem_array((size_t)self->n_blocks, sizeof *self->row);
    self->line = wks_mem_array((size_t)self->n_blocks, sizeof *self->line);
    self->is_bad = wks_mem_array((size_t)self->n_blocks, sizeof *self->is_bad);
    if (self->start == NULL || self->row == NULL || self->line == NULL || self->is_bad == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", table->path);
    find_blocks(self);
    wks_par_for((int64_t)self->n, TABLE_BLOCK, self->format->threads, count_block, self);
    const int64_t n_rows = add_up(self->row, self->n_blocks), n_lines = add_up(self->line, self->n_blocks);
    if (n_lines >= INT_MAX - self->first_line) {
        wks_problems_error(problems, table->path, 0, 0, "the file has %lld lines; expected fewer than 2^31", (long long)n_lines);
        goto out;
    }
    WKS_TRY(wks_number_lines_make_room(table, (size_t)n_rows, err));
    self->name_bytes = wks_mem_array(table->n_names * table->n_rows, sizeof *self->name_bytes);
    if (self->name_bytes == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to read %s", table->path);
    wks_par_for((int64_t)self->n, TABLE_BLOCK, self->format->threads, read_block, self);
    for (int64_t block = 0; block < self->n_blocks; block++) {
        if (!self->is_bad[block]) continue;
        good = false;
        (void)take_block(self, block, problems);
    }
    if (good) wks_par_for(n_rows, 0, self->format->threads, end_names, self);
out:
    free(self->start);
    free(self->row);
    free(self->line);
    free(self->is_bad);
    free(self->name_bytes);
    self->name_bytes = NULL;
    return rc;
}
