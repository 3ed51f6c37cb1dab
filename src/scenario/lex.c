#include "scenario/lex.h"

#include <string.h>

#include "base/text.h"

enum { NUMBER_MAX = 64 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static wks_token bad(int32_t at, int32_t length, const char *message)
{
    return (wks_token){.kind = WKS_TOKEN_BAD, .at = at, .length = length, .message = message};
}

static int32_t skip_digits(const char *text, int32_t n, int32_t i)
{
    while (i < n && is_digit(text[i]))
        i++;
    return i;
}

/* digits [ . digits ] [ e [sign] digits ] */
static wks_token number(const char *text, int32_t n, int32_t at)
{
    char copy[NUMBER_MAX];
    wks_token token = {.kind = WKS_TOKEN_NUMBER, .at = at};
    const int32_t whole_end = skip_digits(text, n, at);
    int32_t i = whole_end;

    if (i < n && text[i] == '.') {
        i = skip_digits(text, n, i + 1);
        token.has_thousands = whole_end > at && whole_end - at <= 3 && i - whole_end == 4;
        if (i < n && text[i] == '.') return bad(at, i - at, "a number has one decimal point; write thousands without separator, as 30000");
    }
    if (i + 1 < n && (text[i] == 'e' || text[i] == 'E') && (is_digit(text[i + 1]) || text[i + 1] == '-' || text[i + 1] == '+')) {
        i = skip_digits(text, n, i + 2);
    }
    if (i < n && is_letter(text[i]))
        return bad(at, i - at + 1, "a number is written without unit; the unit is part of the attribute's name");
    if (i < n && text[i] == '%') return bad(at, i - at + 1, "no percent signs: write a share, as 0.25");
    token.length = i - at;
    if (token.length >= NUMBER_MAX) return bad(at, token.length, "number too long");
    memcpy(copy, text + at, (size_t)token.length);
    copy[token.length] = '\0';
    if (!wks_text_parse_double(copy, &token.value)) return bad(at, token.length, "not a number");
    return token;
}

static wks_token name(const char *text, int32_t n, int32_t at)
{
    static const struct {
        const char *word;
        wks_token_kind kind;
    } keyword[] = {{"and", WKS_TOKEN_AND}, {"or", WKS_TOKEN_OR},     {"not", WKS_TOKEN_NOT},
                   {"in", WKS_TOKEN_IN},   {"true", WKS_TOKEN_TRUE}, {"false", WKS_TOKEN_FALSE}};
    wks_token token = {.kind = WKS_TOKEN_NAME, .at = at};
    int32_t i = at;

    while (i < n && (is_letter(text[i]) || is_digit(text[i])))
        i++;
    token.length = i - at;
    for (size_t k = 0; k < sizeof keyword / sizeof keyword[0]; k++) {
        const size_t length = strlen(keyword[k].word);
        if (length == (size_t)token.length && memcmp(text + at, keyword[k].word, length) == 0) token.kind = keyword[k].kind;
    }
    return token;
}

static wks_token symbol(const char *text, int32_t n, int32_t at)
{
    static const struct {
        const char *text;
        wks_token_kind kind;
        const char *message;
    } table[] = {
        {"==", WKS_TOKEN_EQ, NULL},
        {"!=", WKS_TOKEN_NE, NULL},
        {"<=", WKS_TOKEN_LE, NULL},
        {">=", WKS_TOKEN_GE, NULL},
        {"<>", WKS_TOKEN_BAD, "'<>' is not an operator; write !="},
        {"=<", WKS_TOKEN_BAD, "'=<' is not an operator; write <="},
        {"=>", WKS_TOKEN_BAD, "'=>' is not an operator; write >="},
        {"&&", WKS_TOKEN_BAD, "'&&' is not an operator; write and"},
        {"||", WKS_TOKEN_BAD, "'||' is not an operator; write or"},
        {"=", WKS_TOKEN_EQ, NULL},
        {"<", WKS_TOKEN_LT, NULL},
        {">", WKS_TOKEN_GT, NULL},
        {"+", WKS_TOKEN_PLUS, NULL},
        {"-", WKS_TOKEN_MINUS, NULL},
        {"*", WKS_TOKEN_TIMES, NULL},
        {"/", WKS_TOKEN_DIVIDE, NULL},
        {"(", WKS_TOKEN_OPEN, NULL},
        {")", WKS_TOKEN_CLOSE, NULL},
        {",", WKS_TOKEN_COMMA, NULL},
        {"!", WKS_TOKEN_BAD, "'!' is not an operator; write not"},
        {"&", WKS_TOKEN_BAD, "'&' is not an operator; write and"},
        {"|", WKS_TOKEN_BAD, "'|' is not an operator; write or"},
        {"'", WKS_TOKEN_BAD, "names of choices are written without quotes"},
        {"\"", WKS_TOKEN_BAD, "names of choices are written without quotes"},
    };

    for (size_t k = 0; k < sizeof table / sizeof table[0]; k++) {
        const int32_t length = (int32_t)strlen(table[k].text);
        if (at + length > n || memcmp(text + at, table[k].text, (size_t)length) != 0) continue;
        return (wks_token){.kind = table[k].kind, .at = at, .length = length, .message = table[k].message};
    }
    return bad(at, 1, "unexpected character; a predicate holds names, numbers, and or not in = != < <= > >= + - * / ( ) and commas");
}

wks_token wks_lex_next(const char *text, int32_t n, int32_t at)
{
    while (at < n && is_blank(text[at]))
        at++;
    if (at >= n) return (wks_token){.kind = WKS_TOKEN_END, .at = n};
    if (is_digit(text[at]) || (text[at] == '.' && at + 1 < n && is_digit(text[at + 1]))) return number(text, n, at);
    if (is_letter(text[at])) return name(text, n, at);
    return symbol(text, n, at);
}
