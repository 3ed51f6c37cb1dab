/* Tokens of the `where` language. */
#ifndef WKS_SCENARIO_LEX_H
#define WKS_SCENARIO_LEX_H

#include <stdbool.h>
#include <stdint.h>

typedef enum wks_token_kind {
    WKS_TOKEN_END,
    WKS_TOKEN_BAD, /* `message` says why */
    WKS_TOKEN_NUMBER,
    WKS_TOKEN_NAME,
    WKS_TOKEN_AND,
    WKS_TOKEN_OR,
    WKS_TOKEN_NOT,
    WKS_TOKEN_IN,
    WKS_TOKEN_TRUE,
    WKS_TOKEN_FALSE,
    WKS_TOKEN_EQ,
    WKS_TOKEN_NE,
    WKS_TOKEN_LT,
    WKS_TOKEN_LE,
    WKS_TOKEN_GT,
    WKS_TOKEN_GE,
    WKS_TOKEN_PLUS,
    WKS_TOKEN_MINUS,
    WKS_TOKEN_TIMES,
    WKS_TOKEN_DIVIDE,
    WKS_TOKEN_OPEN,
    WKS_TOKEN_CLOSE,
    WKS_TOKEN_COMMA
} wks_token_kind;

typedef struct wks_token {
    wks_token_kind kind;
    int32_t at, length; /* bytes of the text */
    double value;       /* NUMBER */
    bool has_thousands; /* NUMBER such as 30.000: exactly three digits behind the point, which a Dutch reader may mean as thirty thousand */
    const char *message;
} wks_token;

/** The token that starts at or after byte `at` of `text` (terminated, `n` bytes). Never reads beyond n; any bytes are allowed. */
wks_token wks_lex_next(const char *text, int32_t n, int32_t at);

#endif
