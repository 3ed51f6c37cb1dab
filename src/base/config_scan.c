#include "base/config_scan.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/config_number.h"
#include "base/file.h"
#include "base/mem.h"

enum { SCAN_DEEPEST_INCLUDE = 10, SCAN_SHOWN = 40 };

/* One file being read; `outer` is the file that includes it. */
typedef struct source {
    const char *file;
    const char *text;
    size_t n, at;
    int line;
    size_t line_start;
    const struct source *outer;
    int depth;
} source;

typedef struct scanner {
    wks_config_scan *out;
    wks_problems *problems;
    wks_err *err;
    wks_status rc;
} scanner;

void wks_config_scan_free(wks_config_scan *scan)
{
    for (size_t i = 0; i < scan->n; i++)
        free(scan->token[i].text);
    for (size_t i = 0; i < scan->n_files; i++)
        free(scan->file[i]);
    free(scan->token);
    free(scan->file);
    memset(scan, 0, sizeof *scan);
}

static void no_memory(scanner *scan)
{
    scan->rc = wks_err_set(scan->err, WKS_ERR_NOMEM, "no memory for the configuration");
}

/* ---- characters ---- */

static int peek(const source *in, size_t ahead)
{
    return in->n - in->at > ahead ? (unsigned char)in->text[in->at + ahead] : -1;
}

static void advance(source *in)
{
    if (in->text[in->at] == '\n') {
        in->line++;
        in->line_start = in->at + 1;
    }
    in->at++;
}

static void advance_by(source *in, size_t n)
{
    for (size_t i = 0; i < n; i++)
        advance(in);
}

static int column_of(const source *in)
{
    return (int)(in->at - in->line_start) + 1;
}

static bool is_digit(int c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(int c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int hex_value(int c)
{
    if (is_digit(c)) return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

static bool is_name_char(int c)
{
    return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '*';
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* ---- tokens ---- */

static wks_config_scan_token *add_token(scanner *scan, wks_config_scan_kind kind, const source *in)
{
    wks_config_scan *out = scan->out;
    if (out->n == out->capacity) {
        size_t capacity = wks_mem_capacity(out->capacity, out->n + 1);
        wks_config_scan_token *token = wks_mem_resize(out->token, out->n, capacity, sizeof *token);
        if (token == NULL) {
            no_memory(scan);
            return NULL;
        }
        out->token = token;
        out->capacity = capacity;
    }
    wks_config_scan_token *token = &out->token[out->n++];
    *token = (wks_config_scan_token){.kind = kind, .file = in->file, .line = in->line, .column = column_of(in)};
    return token;
}

static void set_text(scanner *scan, wks_config_scan_token *token, const char *text, size_t n)
{
    token->text = wks_mem_array(n + 1, 1);
    if (token->text == NULL) {
        no_memory(scan);
    } else {
        memcpy(token->text, text, n);
    }
}

/* A token of the next n characters as they are written; NULL without memory. */
static wks_config_scan_token *take(scanner *scan, source *in, wks_config_scan_kind kind, size_t n)
{
    wks_config_scan_token *token = add_token(scan, kind, in);
    if (token == NULL) return NULL;
    set_text(scan, token, in->text + in->at, n);
    advance_by(in, n);
    return token->text == NULL ? NULL : token;
}

static void report(scanner *scan, const wks_config_scan_token *token, const char *what)
{
    int n = (int)strnlen(token->text, SCAN_SHOWN);
    wks_problems_error(scan->problems, token->file, token->line, token->column, "'%.*s' %s", n, token->text, what);
}

static void take_name(scanner *scan, source *in)
{
    size_t n = 1;
    while (is_name_char(peek(in, n)))
        n++;
    wks_config_scan_token *token = take(scan, in, WKS_CONFIG_SCAN_NAME, n);
    if (token == NULL) return;
    bool is_true = wks_text_equal_nocase(token->text, "true");
    if (is_true || wks_text_equal_nocase(token->text, "false")) {
        token->kind = WKS_CONFIG_SCAN_BOOL;
        token->integer = is_true;
    }
}

/* ---- numbers ---- */

static void read_number(scanner *scan, wks_config_scan_token *token, const wks_config_number *number)
{
    bool fits =
        number->is_real ? wks_text_parse_double(token->text, &token->real) : wks_config_number_read(token->text, number, &token->integer);
    if (fits) return;
    report(scan, token, "is too large; expected a number that a 64-bit integer or float holds");
    token->kind = WKS_CONFIG_SCAN_BAD;
}

static bool take_number(scanner *scan, source *in)
{
    wks_config_number number;
    if (!wks_config_number_find(in->text + in->at, in->n - in->at, &number)) return false;
    wks_config_scan_kind kind = number.is_real ? WKS_CONFIG_SCAN_REAL : WKS_CONFIG_SCAN_INT;
    bool bad = number.run > number.length;
    wks_config_scan_token *token = take(scan, in, bad ? WKS_CONFIG_SCAN_BAD : kind, number.run);
    if (token == NULL) return true;
    if (bad) {
        report(scan, token, "is no number; expected a number, or text in double quotes");
    } else {
        read_number(scan, token, &number);
    }
    return true;
}

/* ---- strings and comments ---- */

/* Reads the character after a backslash as libconfig does: what it does not know stays as it is, backslash included. */
static void take_escape(scanner *scan, source *in, wks_text *out)
{
    static const char from[] = "nrtf\"\\";
    static const char to[] = "\n\r\t\f\"\\";
    int c = peek(in, 1);
    const char *known = c > 0 ? strchr(from, c) : NULL;
    if (known != NULL) {
        wks_text_add_char(out, to[known - from]);
        advance_by(in, 2);
    } else if (c == 'x' && hex_value(peek(in, 2)) >= 0 && hex_value(peek(in, 3)) >= 0) {
        int value = hex_value(peek(in, 2)) * 16 + hex_value(peek(in, 3));
        if (value == 0) {
            wks_problems_error(scan->problems, in->file, in->line, column_of(in), "'\\x00' in a string; expected text without NUL");
        } else {
            wks_text_add_char(out, (char)value);
        }
        advance_by(in, 4);
    } else {
        wks_text_add_char(out, '\\');
        advance(in);
    }
}

static void take_string(scanner *scan, source *in)
{
    source start = *in;
    wks_text content = WKS_TEXT_INIT;
    advance(in);
    while (in->at < in->n && in->text[in->at] != '"') {
        if (in->text[in->at] == '\\') {
            take_escape(scan, in, &content);
        } else {
            wks_text_add_char(&content, in->text[in->at]);
            advance(in);
        }
    }
    if (in->at == in->n) {
        wks_problems_error(scan->problems, start.file, start.line, column_of(&start),
                           "this string is not closed; expected '\"' at its end");
        scan->out->is_cut = true;
    } else {
        advance(in);
    }
    if (!wks_text_is_utf8(content.data == NULL ? "" : content.data, content.length)) {
        wks_problems_error(scan->problems, start.file, start.line, column_of(&start), "this string is not UTF-8; expected a file in UTF-8");
    }
    wks_config_scan_token *token = add_token(scan, WKS_CONFIG_SCAN_STRING, &start);
    if (token != NULL) set_text(scan, token, content.data == NULL ? "" : content.data, content.length);
    if (content.failed) no_memory(scan);
    wks_text_free(&content);
}

static void skip_line(source *in)
{
    while (in->at < in->n && in->text[in->at] != '\n')
        advance(in);
}

static void skip_comment(scanner *scan, source *in)
{
    source start = *in;
    advance_by(in, 2);
    while (in->at < in->n && !(in->text[in->at] == '*' && peek(in, 1) == '/'))
        advance(in);
    if (in->at == in->n) {
        wks_problems_error(scan->problems, start.file, start.line, column_of(&start),
                           "this comment is not closed; expected '*/' at its end");
        scan->out->is_cut = true;
    } else {
        advance_by(in, 2);
    }
}

/* ---- files ---- */

static const char *keep_file_name(scanner *scan, const char *name)
{
    wks_config_scan *out = scan->out;
    char *copy = wks_mem_string(name);
    if (copy != NULL && out->n_files == out->capacity_files) {
        size_t capacity = wks_mem_capacity(out->capacity_files, out->n_files + 1);
        char **file = wks_mem_resize(out->file, out->n_files, capacity, sizeof *file);
        if (file != NULL) {
            out->file = file;
            out->capacity_files = capacity;
        }
    }
    if (copy == NULL || out->n_files == out->capacity_files) {
        free(copy);
        no_memory(scan);
        return NULL;
    }
    out->file[out->n_files++] = copy;
    return copy;
}

static void scan_source(scanner *scan, const char *name, const char *text, size_t n, const source *outer);

static bool is_open(const source *in, const char *path)
{
    for (const source *at = in; at != NULL; at = at->outer) {
        if (strcmp(at->file, path) == 0) return true;
    }
    return false;
}

/* Reads the file `path` that a directive at (line, column) of `in` names. */
static void include_file(scanner *scan, const source *in, const char *path, int line, int column)
{
    if (is_open(in, path) || in->depth >= SCAN_DEEPEST_INCLUDE) {
        wks_problems_error(scan->problems, in->file, line, column, "'%s' is included by itself or more than %d files deep", path,
                           (int)SCAN_DEEPEST_INCLUDE);
        return;
    }
    wks_err reading = WKS_ERR_INIT;
    char *bytes = NULL;
    size_t n = 0;
    wks_status rc = wks_file_read(path, &bytes, &n, &reading);
    if (rc == WKS_OK) {
        scan_source(scan, path, bytes, n, in);
    } else if (rc == WKS_ERR_NOMEM) {
        no_memory(scan);
    } else {
        wks_problems_error(scan->problems, in->file, line, column, "%s; expected a file to include", reading.message);
    }
    free(bytes);
}

static bool only_blanks_before(const source *in)
{
    for (size_t i = in->line_start; i < in->at; i++) {
        if (!is_blank((unsigned char)in->text[i])) return false;
    }
    return true;
}

/* @include "file" stands alone on its line; the file is relative to the file that includes it. */
static void take_include(scanner *scan, source *in)
{
    static const char word[] = "@include";
    source start = *in;
    bool right = in->n - in->at >= sizeof word - 1 && memcmp(in->text + in->at, word, sizeof word - 1) == 0 && only_blanks_before(in);
    if (right) {
        advance_by(in, sizeof word - 1);
        while (peek(in, 0) == ' ' || peek(in, 0) == '\t')
            advance(in);
        right = peek(in, 0) == '"';
    }
    size_t from = in->at + 1;
    size_t n = 0;
    while (right && peek(in, n + 1) >= 0 && peek(in, n + 1) != '"' && peek(in, n + 1) != '\n')
        n++;
    if (!right || peek(in, n + 1) != '"') {
        wks_problems_error(scan->problems, start.file, start.line, column_of(&start),
                           "'@' begins no setting; expected @include \"file\" alone on a line");
        skip_line(in);
        return;
    }
    int column = column_of(in);
    char *name = wks_mem_array(n + 1, 1);
    char *folder = wks_file_folder(in->file);
    char *path = NULL;
    if (name != NULL && folder != NULL) {
        memcpy(name, in->text + from, n);
        path = strcmp(folder, ".") == 0 ? wks_mem_string(name) : wks_file_join(folder, name);
    }
    advance_by(in, n + 2);
    if (path == NULL) {
        no_memory(scan);
    } else {
        include_file(scan, in, path, start.line, column);
    }
    free(path);
    free(folder);
    free(name);
}

static bool punctuation(int c, wks_config_scan_kind *kind)
{
    switch (c) {
    case '=':
    case ':': *kind = WKS_CONFIG_SCAN_EQUALS; return true;
    case ',': *kind = WKS_CONFIG_SCAN_COMMA; return true;
    case ';': *kind = WKS_CONFIG_SCAN_SEMICOLON; return true;
    case '{': *kind = WKS_CONFIG_SCAN_OPEN_GROUP; return true;
    case '}': *kind = WKS_CONFIG_SCAN_CLOSE_GROUP; return true;
    case '(': *kind = WKS_CONFIG_SCAN_OPEN_LIST; return true;
    case ')': *kind = WKS_CONFIG_SCAN_CLOSE_LIST; return true;
    case '[': *kind = WKS_CONFIG_SCAN_OPEN_ARRAY; return true;
    case ']': *kind = WKS_CONFIG_SCAN_CLOSE_ARRAY; return true;
    default: return false;
    }
}

static bool is_unknown(int c)
{
    wks_config_scan_kind kind = WKS_CONFIG_SCAN_BAD;
    return c >= 0 && !is_blank(c) && !is_letter(c) && !is_digit(c) && !punctuation(c, &kind) && strchr("\"#@*-+.", c) == NULL;
}

/* Anything else, as one token: a character of several bytes must not give several messages. */
static void take_bad(scanner *scan, source *in)
{
    size_t n = 1;
    while (is_unknown(peek(in, n)) && peek(in, n) != '/')
        n++;
    int c = peek(in, 0);
    bool printable = wks_text_is_utf8(in->text + in->at, n) && c >= ' ' && c != 0x7F;
    wks_config_scan_token *token = take(scan, in, WKS_CONFIG_SCAN_BAD, n);
    if (token == NULL) return;
    if (printable) {
        report(scan, token,
               c == '\'' ? "is no part of a setting; expected text in double quotes" : "is no part of a setting; expected name = value");
    } else {
        wks_problems_error(scan->problems, token->file, token->line, token->column, "byte 0x%02X is no text; expected a file in UTF-8",
                           (unsigned)c);
    }
}

static void scan_next(scanner *scan, source *in)
{
    int c = peek(in, 0);
    wks_config_scan_kind kind = WKS_CONFIG_SCAN_BAD;
    if (is_blank(c)) {
        advance(in);
    } else if (c == '#' || (c == '/' && peek(in, 1) == '/')) {
        skip_line(in);
    } else if (c == '/' && peek(in, 1) == '*') {
        skip_comment(scan, in);
    } else if (c == '"') {
        take_string(scan, in);
    } else if (c == '@') {
        take_include(scan, in);
    } else if (is_letter(c) || c == '*') {
        take_name(scan, in);
    } else if (punctuation(c, &kind)) {
        (void)take(scan, in, kind, 1);
    } else if (!take_number(scan, in)) {
        take_bad(scan, in);
    }
}

static void scan_source(scanner *scan, const char *name, const char *text, size_t n, const source *outer)
{
    const char *file = keep_file_name(scan, name);
    if (file == NULL) return;
    source in = {.file = file, .text = text, .n = n, .line = 1, .outer = outer, .depth = outer == NULL ? 0 : outer->depth + 1};
    if (n >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) in.at = 3;
    if (n > INT_MAX / 2) {
        wks_problems_error(scan->problems, file, 0, 0, "the file is larger than 1 GiB; expected a configuration");
        scan->out->is_cut = true;
        in.at = n;
    }
    while (in.at < in.n && scan->rc == WKS_OK && !scan->out->is_cut)
        scan_next(scan, &in);
    if (outer == NULL && scan->rc == WKS_OK) (void)take(scan, &in, WKS_CONFIG_SCAN_END, 0);
}

wks_status wks_config_scan_text(wks_config_scan *out, const char *name, const char *text, size_t n, wks_problems *problems, wks_err *err)
{
    memset(out, 0, sizeof *out);
    scanner scan = {.out = out, .problems = problems, .err = err, .rc = WKS_OK};
    scan_source(&scan, name, text, n, NULL);
    if (scan.rc != WKS_OK) wks_config_scan_free(out);
    return scan.rc;
}
