#include "base/problems.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { PROBLEMS_KEPT = 1000, PROBLEMS_NEAREST_SIZE = 160 };

void wks_problems_free(wks_problems *problems)
{
    for (size_t i = 0; i < problems->n; i++) {
        free(problems->item[i].file);
        free(problems->item[i].text);
    }
    free(problems->item);
    *problems = WKS_PROBLEMS_INIT;
}

static bool reserve(wks_problems *problems)
{
    if (problems->n < problems->capacity) return true;
    size_t capacity = wks_mem_capacity(problems->capacity, problems->n + 1);
    wks_problem *item = wks_mem_resize(problems->item, problems->n, capacity, sizeof *item);
    if (item == NULL) return false;
    problems->item = item;
    problems->capacity = capacity;
    return true;
}

/* One line of UTF-8: what a message quotes of a file may hold line ends, or be cut inside a character. */
static void make_printable(char *s)
{
    size_t n = strlen(s), n_kept = 0, i = 0;
    while (i < n) {
        size_t n_good = wks_text_utf8_prefix(s + i, n - i);
        for (size_t end = i + n_good; i < end; i++)
            s[n_kept++] = (unsigned char)s[i] < ' ' || s[i] == '\x7F' ? ' ' : s[i];
        i++; /* the byte that is no character */
    }
    s[n_kept] = '\0';
}

static char *format_text(const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int n = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (n < 0) return NULL;
    char *out = wks_mem_array((size_t)n + 1, 1);
    if (out == NULL) return NULL;
    (void)vsnprintf(out, (size_t)n + 1, format, arguments);
    make_printable(out);
    return out;
}

/* One conversion of a format at its % (not %%), with how long its text is and what argument it takes. */
typedef struct conversion {
    size_t length;
    char kind; /* its letter */
    bool is_long, is_size;
    int n_stars; /* widths and precisions out of the arguments */
} conversion;

static conversion conversion_at(const char *format)
{
    conversion c = {.length = 1};
    for (; format[c.length] != '\0' && strchr("-+ #0123456789.*hlzjt", format[c.length]) != NULL; c.length++) {
        c.n_stars += format[c.length] == '*';
        c.is_long = c.is_long || format[c.length] == 'l';
        c.is_size = c.is_size || strchr("zjt", format[c.length]) != NULL;
    }
    c.kind = format[c.length];
    c.length += c.kind != '\0';
    return c;
}

/* As format_text, but no argument that is text, a character or a byte in hexadecimal gets in. */
static char *format_without_text(const char *format, va_list arguments)
{
    wks_text out = WKS_TEXT_INIT;
    for (const char *at = format; *at != '\0';) {
        if (at[0] != '%' || at[1] == '%') {
            wks_text_add_char(&out, *at);
            at += at[0] == '%' ? 2 : 1;
            continue;
        }
        const conversion c = conversion_at(at);
        at += c.length;
        for (int i = 0; i < c.n_stars; i++)
            (void)va_arg(arguments, int);
        if (c.kind == 'd' || c.kind == 'i' || c.kind == 'u') {
            wks_text_addf(&out, "%lld",
                          c.is_size   ? (long long)va_arg(arguments, size_t)
                          : c.is_long ? va_arg(arguments, long long)
                                      : (long long)va_arg(arguments, int));
        } else { /* nothing behind it can be found again when a kind is not known: the rest is left out */
            wks_text_add(&out, "...");
            if (c.kind == 's' || c.kind == 'p') {
                (void)va_arg(arguments, const void *);
            } else if ((c.kind == 'c' || c.kind == 'x' || c.kind == 'X') && !c.is_long && !c.is_size) {
                (void)va_arg(arguments, int);
            } else {
                break;
            }
        }
    }
    if (!out.failed && out.length == 3 && strcmp(out.data, "...") == 0) {
        wks_text_clear(&out);
        wks_text_add(&out, "cannot be read (why is not shown)");
    }
    char *text = out.failed || out.data == NULL ? NULL : wks_mem_string(out.data);
    wks_text_free(&out);
    return text;
}

/* A problem that cannot be kept (too many, no memory) is still counted: it must never look as if all was well. */
static void add(wks_problems *problems, bool is_warning, const char *file, int line, int column, const char *format, va_list arguments)
{
    if (!is_warning) problems->n_errors++;
    wks_problem item = {.file = NULL, .line = line, .column = column, .is_warning = is_warning, .text = NULL};
    bool kept = problems->n < PROBLEMS_KEPT && reserve(problems);
    if (kept) {
        item.file = wks_mem_string(file == NULL ? "" : file);
        item.text = problems->hides_text ? format_without_text(format, arguments) : format_text(format, arguments);
        kept = item.file != NULL && item.text != NULL;
    }
    if (kept) {
        problems->item[problems->n++] = item;
    } else {
        free(item.file);
        free(item.text);
        problems->n_dropped++;
    }
}

void wks_problems_error(wks_problems *problems, const char *file, int line, int column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(problems, false, file, line, column, format, arguments);
    va_end(arguments);
}

void wks_problems_warning(wks_problems *problems, const char *file, int line, int column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add(problems, true, file, line, column, format, arguments);
    va_end(arguments);
}

const char *wks_problems_nearest(const char *name, const char *const *candidates, size_t n, char *buffer)
{
    const char *nearest = wks_text_nearest(name, candidates, n);
    buffer[0] = '\0';
    if (nearest != NULL) (void)snprintf(buffer, PROBLEMS_NEAREST_SIZE, "; nearest valid name is '%s'", nearest);
    return buffer;
}

static int compare(const void *a, const void *b)
{
    const wks_problem *const *left = a;
    const wks_problem *const *right = b;
    int order = strcmp((*left)->file, (*right)->file);
    if (order != 0) return order;
    if ((*left)->line != (*right)->line) return (*left)->line < (*right)->line ? -1 : 1;
    if ((*left)->column != (*right)->column) return (*left)->column < (*right)->column ? -1 : 1;
    return *left < *right ? -1 : *left > *right; /* all lie in one array: the order in which they were found */
}

static void print_one(const wks_problem *problem, wks_text *out)
{
    if (problem->file[0] != '\0') {
        wks_text_add(out, problem->file);
        if (problem->line > 0) wks_text_addf(out, ":%d", problem->line);
        if (problem->line > 0 && problem->column > 0) wks_text_addf(out, ":%d", problem->column);
        wks_text_add(out, ": ");
    }
    wks_text_addf(out, "%s: %s\n", problem->is_warning ? "warning" : "error", problem->text);
}

void wks_problems_print(const wks_problems *problems, wks_text *out)
{
    const wks_problem **sorted = wks_mem_array(problems->n, sizeof *sorted);
    if (sorted == NULL) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < problems->n; i++)
        sorted[i] = &problems->item[i];
    qsort(sorted, problems->n, sizeof *sorted, compare);
    for (size_t i = 0; i < problems->n; i++)
        print_one(sorted[i], out);
    if (problems->n_dropped > 0) wks_text_addf(out, "and %zu more that are not shown\n", problems->n_dropped);
    free(sorted);
}

wks_status wks_problems_status(const wks_problems *problems, wks_err *err)
{
    if (problems->n_errors == 0) return WKS_OK;
    return wks_err_set(err, WKS_ERR_DATA, "%zu problem%s in the input", problems->n_errors, problems->n_errors == 1 ? "" : "s");
}
