#include "base/config_grammar.h"

#include <stdlib.h>
#include <string.h>

#include "base/config_token.h"

enum { GRAMMAR_DEEPEST = 100 };

typedef struct checker {
    wks_config_scan_token *token;
    size_t n, at;
    wks_problems *problems;
    size_t n_mended;
    int depth;
    bool failed; /* no memory */
} checker;

static const wks_config_scan_token *now(const checker *check)
{
    return &check->token[check->at];
}

static wks_config_scan_kind kind(const checker *check)
{
    return now(check)->kind;
}

static void next(checker *check)
{
    if (check->at + 1 < check->n) check->at++;
}

static void error_here(checker *check, const char *expected)
{
    const wks_config_scan_token *token = now(check);
    char buffer[80];
    if (token->kind == WKS_CONFIG_SCAN_BAD) return; /* the scanner has reported it */
    wks_problems_error(check->problems, token->file, token->line, token->column, "found %s; expected %s",
                       wks_config_token_describe(token, buffer), expected);
}

static void error_open(checker *check, const wks_config_scan_token *open, const char *what, const char *expected)
{
    wks_problems_error(check->problems, open->file, open->line, open->column, "this %s is not closed; expected %s", what, expected);
}

static bool is_scalar(wks_config_scan_kind k)
{
    return k == WKS_CONFIG_SCAN_BOOL || k == WKS_CONFIG_SCAN_INT || k == WKS_CONFIG_SCAN_REAL || k == WKS_CONFIG_SCAN_STRING ||
           k == WKS_CONFIG_SCAN_BAD;
}

static bool check_value(checker *check);
static void check_settings(checker *check, const wks_config_scan_token *open);

/* A scalar; strings side by side are one. */
static void pass_scalar(checker *check)
{
    if (kind(check) == WKS_CONFIG_SCAN_STRING) {
        while (kind(check) == WKS_CONFIG_SCAN_STRING)
            next(check);
    } else {
        next(check);
    }
}

static bool check_array_element(checker *check, wks_config_scan_kind first)
{
    if (!is_scalar(kind(check))) {
        error_here(check, "a number, a string, true or false (an array [ ] holds no groups or lists; use ( ) for those)");
        return false;
    }
    if (first != WKS_CONFIG_SCAN_BAD && kind(check) != WKS_CONFIG_SCAN_BAD && kind(check) != first) {
        error_here(check, "elements of one type in an array (write 1.0 for 1 among decimals, or use a list ( ))");
    }
    pass_scalar(check);
    return true;
}

static bool check_elements(checker *check, wks_config_scan_kind close)
{
    const wks_config_scan_token *open = now(check);
    bool is_array = close == WKS_CONFIG_SCAN_CLOSE_ARRAY;
    next(check);
    wks_config_scan_kind first = kind(check);
    if (first == close) {
        next(check);
        return true;
    }
    for (;;) {
        if (kind(check) == WKS_CONFIG_SCAN_END) break;
        if (is_array ? !check_array_element(check, first) : !check_value(check)) return false;
        if (kind(check) == close) {
            next(check);
            return true;
        }
        if (kind(check) == WKS_CONFIG_SCAN_END) break;
        if (kind(check) != WKS_CONFIG_SCAN_COMMA) {
            error_here(check, is_array ? "',' or ']'" : "',' or ')'");
            return false;
        }
        next(check);
        if (kind(check) == close) {
            error_here(check, "another element after the ','");
            return false;
        }
    }
    error_open(check, open, is_array ? "array" : "list", is_array ? "']'" : "')'");
    return false;
}

static bool check_value(checker *check)
{
    bool right = true;
    if (check->depth >= GRAMMAR_DEEPEST) {
        error_here(check, "at most 100 levels of groups and lists");
        return false;
    }
    check->depth++;
    if (is_scalar(kind(check))) {
        pass_scalar(check);
    } else if (kind(check) == WKS_CONFIG_SCAN_OPEN_GROUP) {
        const wks_config_scan_token *open = now(check);
        next(check);
        check_settings(check, open);
        right = kind(check) == WKS_CONFIG_SCAN_CLOSE_GROUP;
        if (right) next(check);
    } else if (kind(check) == WKS_CONFIG_SCAN_OPEN_LIST) {
        right = check_elements(check, WKS_CONFIG_SCAN_CLOSE_LIST);
    } else if (kind(check) == WKS_CONFIG_SCAN_OPEN_ARRAY) {
        right = check_elements(check, WKS_CONFIG_SCAN_CLOSE_ARRAY);
    } else {
        error_here(check, kind(check) == WKS_CONFIG_SCAN_NAME ? "a value (text stands in double quotes)" : "a value");
        right = false;
    }
    check->depth--;
    return right;
}

/* "1,5": two numbers side by side around a comma; a setting ends at the first. */
static bool is_decimal_comma(const checker *check)
{
    if (check->n - check->at < 3) return false;
    const wks_config_scan_token *before = now(check);
    const wks_config_scan_token *comma = before + 1;
    const wks_config_scan_token *behind = before + 2;
    bool numbers = before->kind == WKS_CONFIG_SCAN_INT && comma->kind == WKS_CONFIG_SCAN_COMMA && behind->kind == WKS_CONFIG_SCAN_INT &&
                   behind->text[0] >= '0' && behind->text[0] <= '9';
    return numbers && before->line == behind->line && comma->column == before->column + (int)strlen(before->text) &&
           behind->column == comma->column + 1;
}

/* Three tokens become the number that was meant, so that what else is wrong is told in the same run. */
static bool mend_decimal_comma(checker *check)
{
    wks_config_scan_token *before = &check->token[check->at];
    const char *tail = before[2].text;
    wks_text number = WKS_TEXT_INIT;
    double value = 0;
    wks_problems_error(check->problems, before->file, before->line, before->column,
                       "'%.20s,%.20s' has a decimal comma; expected a decimal point: %.20s.%.20s", before->text, tail, before->text, tail);
    wks_text_addf(&number, "%s.%s", before->text, tail);
    if (number.failed || !wks_text_parse_double(number.data, &value)) { /* 0x1,5 */
        check->failed = check->failed || number.failed;
        wks_text_free(&number);
        return false;
    }
    free(before->text);
    free(before[1].text);
    free(before[2].text);
    before->text = number.data;
    before->kind = WKS_CONFIG_SCAN_REAL;
    before->real = value;
    check->n -= 2;
    memmove(before + 1, before + 3, (check->n - check->at - 1) * sizeof *before);
    check->n_mended++;
    return true;
}

static bool check_setting(checker *check)
{
    if (kind(check) != WKS_CONFIG_SCAN_NAME) {
        error_here(check, "the name of a setting");
        return false;
    }
    next(check);
    if (kind(check) != WKS_CONFIG_SCAN_EQUALS) {
        error_here(check, "'=' after the name of a setting");
        return false;
    }
    next(check);
    if (is_decimal_comma(check) && !mend_decimal_comma(check)) return false;
    if (!check_value(check)) return false;
    if (kind(check) == WKS_CONFIG_SCAN_SEMICOLON || kind(check) == WKS_CONFIG_SCAN_COMMA) next(check);
    return true;
}

/* After an error in the setting that began at token `start`: behind the ';' that ends it, or at the '}' or end of its group. */
static void recover(checker *check, size_t start)
{
    size_t wrong = check->at;
    int depth = 0;
    check->at = start;
    for (; kind(check) != WKS_CONFIG_SCAN_END; next(check)) {
        switch (kind(check)) {
        case WKS_CONFIG_SCAN_OPEN_GROUP:
        case WKS_CONFIG_SCAN_OPEN_LIST:
        case WKS_CONFIG_SCAN_OPEN_ARRAY: depth++; break;
        case WKS_CONFIG_SCAN_CLOSE_GROUP:
            if (depth == 0) return;
            depth--;
            break;
        case WKS_CONFIG_SCAN_CLOSE_LIST:
        case WKS_CONFIG_SCAN_CLOSE_ARRAY:
            if (depth > 0) depth--;
            break;
        case WKS_CONFIG_SCAN_SEMICOLON:
            if (depth == 0 && check->at >= wrong) {
                next(check);
                return;
            }
            break;
        default: break;
        }
    }
}

static void check_duplicate(checker *check, size_t first, size_t last)
{
    const wks_config_scan_token *name = &check->token[last];
    int depth = 0;
    for (size_t i = first; i < last; i++) {
        const wks_config_scan_token *token = &check->token[i];
        if (token->kind == WKS_CONFIG_SCAN_OPEN_GROUP || token->kind == WKS_CONFIG_SCAN_OPEN_LIST ||
            token->kind == WKS_CONFIG_SCAN_OPEN_ARRAY)
            depth++;
        if (token->kind == WKS_CONFIG_SCAN_CLOSE_GROUP || token->kind == WKS_CONFIG_SCAN_CLOSE_LIST ||
            token->kind == WKS_CONFIG_SCAN_CLOSE_ARRAY)
            depth--;
        if (depth != 0 || token->kind != WKS_CONFIG_SCAN_NAME || strcmp(token->text, name->text) != 0) continue;
        wks_problems_error(check->problems, name->file, name->line, name->column,
                           "'%s' is set twice in one group; expected once (first at %s:%d:%d)", name->text, token->file, token->line,
                           token->column);
        return;
    }
}

/* Settings up to the '}' of the group that `open` opened (not passed), or to the end of the file if it is NULL. */
static void check_settings(checker *check, const wks_config_scan_token *open)
{
    size_t first = check->at;
    while (kind(check) != WKS_CONFIG_SCAN_END) {
        if (kind(check) == WKS_CONFIG_SCAN_CLOSE_GROUP && open != NULL) return;
        size_t start = check->at;
        if (check_setting(check)) {
            check_duplicate(check, first, start);
            continue;
        }
        recover(check, start);
        if (kind(check) == WKS_CONFIG_SCAN_CLOSE_GROUP && open == NULL) next(check); /* one too many: reported as it was met */
    }
    if (open != NULL) error_open(check, open, "group", "'}'");
}

wks_status wks_config_grammar_check(wks_config_scan *scan, size_t *out_n_mended, wks_problems *problems, wks_err *err)
{
    checker check = {.token = scan->token, .n = scan->n, .problems = problems};
    check_settings(&check, NULL);
    scan->n = check.n;
    *out_n_mended = check.n_mended;
    return check.failed ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for the configuration") : WKS_OK;
}
