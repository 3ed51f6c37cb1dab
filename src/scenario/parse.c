#include "scenario/parse.h"

#include <stddef.h>

typedef struct parser {
    const char *text;
    int32_t n;
    wks_token token;    /* the next one, not yet taken */
    wks_token previous; /* the last one taken */
    int32_t depth;
    wks_parse_tree *tree;
} parser;

static int32_t parse_or(parser *p);

static void fail(parser *p, int32_t at, const char *message)
{
    if (p->tree->error != NULL) return;
    p->tree->error = message;
    p->tree->error_at = at;
}

static void take(parser *p)
{
    p->previous = p->token;
    p->token = wks_lex_next(p->text, p->n, p->token.at + p->token.length);
    if (p->token.kind == WKS_TOKEN_BAD) fail(p, p->token.at, p->token.message);
}

static bool failed(const parser *p)
{
    return p->tree->error != NULL;
}

static int32_t add(parser *p, wks_parse_kind kind, wks_token token, int32_t left, int32_t right)
{
    wks_parse_tree *tree = p->tree;

    if (tree->n >= WKS_PARSE_MAX_NODES) {
        fail(p, token.at, "the predicate is too long; split it over several groups");
        return -1;
    }
    tree->node[tree->n] = (wks_parse_node){.kind = kind, .token = token, .left = left, .right = right, .next = -1};
    return tree->n++;
}

static bool descend(parser *p)
{
    if (++p->depth <= WKS_PARSE_MAX_DEPTH) return true;
    fail(p, p->token.at, "the predicate is nested too deep");
    return false;
}

static const char *expected_operand(const parser *p)
{
    switch (p->token.kind) {
    case WKS_TOKEN_END: return "the predicate ends too early; expected a name, a number or (";
    case WKS_TOKEN_COMMA:
        return p->previous.kind == WKS_TOKEN_NUMBER ? "unexpected comma; numbers have a decimal point and no thousands separator"
                                                    : "unexpected comma; expected a name, a number or (";
    case WKS_TOKEN_CLOSE: return "unexpected ); expected a name, a number or (";
    default: return "unexpected operator; expected a name, a number or (";
    }
}

static int32_t parse_primary(parser *p)
{
    int32_t node = -1;
    const wks_token token = p->token;

    if (failed(p)) return -1;
    switch (token.kind) {
    case WKS_TOKEN_NUMBER: take(p); return add(p, WKS_PARSE_NUMBER, token, -1, -1);
    case WKS_TOKEN_TRUE:
    case WKS_TOKEN_FALSE: take(p); return add(p, WKS_PARSE_TRUTH, token, -1, -1);
    case WKS_TOKEN_NAME: take(p); return add(p, WKS_PARSE_NAME, token, -1, -1);
    case WKS_TOKEN_OPEN:
        if (!descend(p)) return -1;
        take(p);
        node = parse_or(p);
        p->depth--;
        if (failed(p)) return -1;
        if (p->token.kind == WKS_TOKEN_COMMA && p->previous.kind == WKS_TOKEN_NUMBER) fail(p, p->token.at, expected_operand(p));
        if (p->token.kind != WKS_TOKEN_CLOSE) fail(p, p->token.at, "expected ) here");
        take(p);
        return node;
    default: fail(p, token.at, expected_operand(p)); return -1;
    }
}

static int32_t parse_unary(parser *p)
{
    const wks_token token = p->token;
    int32_t node;

    if (token.kind != WKS_TOKEN_MINUS) return parse_primary(p);
    if (!descend(p)) return -1;
    take(p);
    node = parse_unary(p);
    p->depth--;
    return failed(p) ? -1 : add(p, WKS_PARSE_UNARY, token, node, -1);
}

/* Left-associative chain of the operators first..last (neighbours in the enum). */
static int32_t parse_chain(parser *p, wks_token_kind first, wks_token_kind last, int32_t (*operand)(parser *))
{
    int32_t left = operand(p);

    while (!failed(p) && p->token.kind >= first && p->token.kind <= last) {
        const wks_token token = p->token;
        int32_t right;
        take(p);
        right = operand(p);
        if (!failed(p)) left = add(p, WKS_PARSE_BINARY, token, left, right);
    }
    return left;
}

static int32_t parse_product(parser *p)
{
    return parse_chain(p, WKS_TOKEN_TIMES, WKS_TOKEN_DIVIDE, parse_unary);
}

static int32_t parse_sum(parser *p)
{
    return parse_chain(p, WKS_TOKEN_PLUS, WKS_TOKEN_MINUS, parse_product);
}

static int32_t parse_list(parser *p)
{
    int32_t first = -1, last = -1;

    if (p->token.kind != WKS_TOKEN_OPEN) {
        fail(p, p->token.at, "expected ( after in, as in: place in (at_parents, hosted)");
        return -1;
    }
    do {
        int32_t item;
        take(p);
        item = parse_unary(p);
        if (failed(p)) return -1;
        if (last >= 0) p->tree->node[last].next = item;
        if (first < 0) first = item;
        last = item;
    } while (p->token.kind == WKS_TOKEN_COMMA);
    if (p->token.kind != WKS_TOKEN_CLOSE) fail(p, p->token.at, "expected , or ) here");
    take(p);
    return first;
}

static bool is_comparison(wks_token_kind kind)
{
    return kind >= WKS_TOKEN_EQ && kind <= WKS_TOKEN_GE;
}

static int32_t parse_comparison(parser *p)
{
    int32_t left = parse_sum(p);
    const wks_token token = p->token;

    if (failed(p)) return -1;
    if (is_comparison(token.kind)) {
        int32_t right;
        take(p);
        right = parse_sum(p);
        if (failed(p)) return -1;
        if (is_comparison(p->token.kind)) fail(p, p->token.at, "comparisons cannot be chained; join two with and, as in: x >= 1 and x < 3");
        return failed(p) ? -1 : add(p, WKS_PARSE_BINARY, token, left, right);
    }
    if (token.kind == WKS_TOKEN_IN || token.kind == WKS_TOKEN_NOT) {
        int32_t node, items;
        const bool is_negated = token.kind == WKS_TOKEN_NOT;
        if (is_negated) {
            take(p);
            if (!failed(p) && p->token.kind != WKS_TOKEN_IN) fail(p, p->token.at, "expected in after not here (or: and not ...)");
        }
        if (failed(p)) return -1;
        take(p);
        if (failed(p)) return -1;
        items = parse_list(p);
        if (failed(p)) return -1;
        node = add(p, WKS_PARSE_IN, token, left, items);
        if (node >= 0) p->tree->node[node].is_negated = is_negated;
        return node;
    }
    return left;
}

static int32_t parse_not(parser *p)
{
    const wks_token token = p->token;
    int32_t node;

    if (token.kind != WKS_TOKEN_NOT) return parse_comparison(p);
    if (!descend(p)) return -1;
    take(p);
    node = parse_not(p);
    p->depth--;
    return failed(p) ? -1 : add(p, WKS_PARSE_UNARY, token, node, -1);
}

static int32_t parse_and(parser *p)
{
    return parse_chain(p, WKS_TOKEN_AND, WKS_TOKEN_AND, parse_not);
}

static int32_t parse_or(parser *p)
{
    return parse_chain(p, WKS_TOKEN_OR, WKS_TOKEN_OR, parse_and);
}

static const char *left_over(const parser *p)
{
    switch (p->token.kind) {
    case WKS_TOKEN_CLOSE: return "there is a ) without a (";
    case WKS_TOKEN_COMMA:
        return p->previous.kind == WKS_TOKEN_NUMBER ? "unexpected comma; numbers have a decimal point and no thousands separator"
                                                    : "unexpected comma; join conditions with and or or";
    default: return "expected and, or, a comparison or the end (and, or, not, in are written in small letters)";
    }
}

bool wks_parse_text(const char *text, int32_t n, wks_parse_tree *tree)
{
    parser p = {.text = text, .n = n, .tree = tree};

    tree->n = 0;
    tree->root = -1;
    tree->error = NULL;
    tree->error_at = 0;
    take(&p);
    if (failed(&p)) return false;
    if (p.token.kind == WKS_TOKEN_END) {
        fail(&p, 0, "the predicate is empty; write true for everyone");
        return false;
    }
    tree->root = parse_or(&p);
    if (!failed(&p) && p.token.kind != WKS_TOKEN_END) fail(&p, p.token.at, left_over(&p));
    return !failed(&p);
}
