#include "scenario/bounds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "scenario/expr_words.h"
#include "scenario/parse.h"

enum { WORD_MAX = 96 };

typedef struct reader {
    const char *text;
    const wks_parse_node *node;
    wks_bounds *bounds;
} reader;

void wks_bounds_init(wks_bounds *bounds)
{
    memset(bounds, 0, sizeof *bounds);
    for (int32_t i = 0; i < WKS_BOUNDS_MAX; i++) {
        bounds->low[i] = -(double)INFINITY;
        bounds->high[i] = (double)INFINITY;
        bounds->choices[i] = ~UINT64_C(0);
    }
}

static void at_least(wks_bounds *b, int32_t i, double value, bool is_open)
{
    if (value < b->low[i] || (!(value > b->low[i]) && (b->is_low_open[i] || !is_open))) return;
    b->low[i] = value;
    b->is_low_open[i] = is_open;
}

static void at_most(wks_bounds *b, int32_t i, double value, bool is_open)
{
    if (value > b->high[i] || (!(value < b->high[i]) && (b->is_high_open[i] || !is_open))) return;
    b->high[i] = value;
    b->is_high_open[i] = is_open;
}

static void word_of(const reader *r, const wks_parse_node *node, char word[WORD_MAX])
{
    const size_t n = node->token.length < WORD_MAX ? (size_t)node->token.length : WORD_MAX - 1;

    memcpy(word, r->text + node->token.at, n);
    word[n] = '\0';
}

/* The attribute a node names; -1: none, or beyond the bit sets. */
static int32_t attribute_of(const reader *r, const wks_parse_node *node)
{
    char word[WORD_MAX];

    if (node->kind != WKS_PARSE_NAME) return -1;
    word_of(r, node, word);
    const int32_t i = wks_attribute_find(word);
    return i < WKS_BOUNDS_MAX ? i : -1;
}

static int32_t choice_of(const reader *r, const wks_parse_node *node, int32_t attribute)
{
    char word[WORD_MAX];

    if (node->kind == WKS_PARSE_TRUTH) return node->token.kind == WKS_TOKEN_TRUE ? 1 : 0;
    if (node->kind != WKS_PARSE_NAME) return -1;
    word_of(r, node, word);
    return wks_expr_words_choice(&wks_attribute_table[attribute], word);
}

/* A number, maybe with minus. */
static bool number_of(const reader *r, const wks_parse_node *node, double *out)
{
    double sign = 1.0;

    while (node->kind == WKS_PARSE_UNARY && node->token.kind == WKS_TOKEN_MINUS) {
        sign = -sign;
        node = &r->node[node->left];
    }
    *out = sign * node->token.value;
    return node->kind == WKS_PARSE_NUMBER;
}

/* 3 < x is x > 3. */
static wks_token_kind mirrored(wks_token_kind kind)
{
    switch (kind) {
    case WKS_TOKEN_LT: return WKS_TOKEN_GT;
    case WKS_TOKEN_LE: return WKS_TOKEN_GE;
    case WKS_TOKEN_GT: return WKS_TOKEN_LT;
    case WKS_TOKEN_GE: return WKS_TOKEN_LE;
    default: return kind;
    }
}

static void compare_number(wks_bounds *b, int32_t i, wks_token_kind kind, double value)
{
    switch (kind) {
    case WKS_TOKEN_LT: at_most(b, i, value, true); break;
    case WKS_TOKEN_LE: at_most(b, i, value, false); break;
    case WKS_TOKEN_GT: at_least(b, i, value, true); break;
    case WKS_TOKEN_GE: at_least(b, i, value, false); break;
    case WKS_TOKEN_EQ:
        at_least(b, i, value, false);
        at_most(b, i, value, false);
        break;
    default: break;
    }
}

static void comparison(const reader *r, const wks_parse_node *node)
{
    const wks_parse_node *left = &r->node[node->left], *right = &r->node[node->right];
    const bool is_left = attribute_of(r, left) >= 0;
    const wks_parse_node *value = is_left ? right : left;
    const int32_t i = attribute_of(r, is_left ? left : right);
    const wks_token_kind kind = is_left ? node->token.kind : mirrored(node->token.kind);
    double number;

    if (i < 0) return;
    if (wks_attribute_table[i].type == WKS_ATTRIBUTE_NUMBER) {
        if (number_of(r, value, &number)) compare_number(r->bounds, i, kind, number);
        return;
    }
    const int32_t choice = choice_of(r, value, i);
    if (choice < 0) return;
    if (kind == WKS_TOKEN_EQ) r->bounds->choices[i] &= UINT64_C(1) << choice;
    if (kind == WKS_TOKEN_NE) r->bounds->choices[i] &= ~(UINT64_C(1) << choice);
}

static void membership(const reader *r, const wks_parse_node *node)
{
    const int32_t i = attribute_of(r, &r->node[node->left]);
    double low = (double)INFINITY, high = -(double)INFINITY;
    uint64_t choices = 0;

    if (i < 0) return;
    for (int32_t item = node->right; item >= 0; item = r->node[item].next) {
        double number = 0.0;
        if (wks_attribute_table[i].type != WKS_ATTRIBUTE_NUMBER) {
            const int32_t choice = choice_of(r, &r->node[item], i);
            if (choice < 0) return;
            choices |= UINT64_C(1) << choice;
        } else if (number_of(r, &r->node[item], &number)) {
            low = number < low ? number : low;
            high = number > high ? number : high;
        }
    }
    if (wks_attribute_table[i].type != WKS_ATTRIBUTE_NUMBER) {
        r->bounds->choices[i] &= node->is_negated ? ~choices : choices;
    } else if (!node->is_negated) {
        at_least(r->bounds, i, low, false);
        at_most(r->bounds, i, high, false);
    }
}

/* A switch by itself, or `not` before one. */
static void truth(const reader *r, const wks_parse_node *node, bool wanted)
{
    const int32_t i = attribute_of(r, node);

    if (node->kind == WKS_PARSE_TRUTH && (node->token.kind == WKS_TOKEN_TRUE) != wanted) r->bounds->is_impossible = true;
    if (i >= 0 && wks_attribute_table[i].type == WKS_ATTRIBUTE_BOOL) r->bounds->choices[i] &= UINT64_C(1) << (wanted ? 1 : 0);
}

static void narrow(const reader *r, int32_t index)
{
    const wks_parse_node *node = &r->node[index];

    switch (node->kind) {
    case WKS_PARSE_BINARY:
        if (node->token.kind == WKS_TOKEN_AND) {
            narrow(r, node->left);
            narrow(r, node->right);
        } else if (node->token.kind >= WKS_TOKEN_EQ && node->token.kind <= WKS_TOKEN_GE) {
            comparison(r, node);
        }
        break;
    case WKS_PARSE_IN: membership(r, node); break;
    case WKS_PARSE_UNARY:
        if (node->token.kind == WKS_TOKEN_NOT) truth(r, &r->node[node->left], false);
        break;
    default: truth(r, node, true); break;
    }
}

wks_status wks_bounds_narrow(wks_bounds *bounds, const char *where, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_parse_tree tree = {0};
    const size_t n = strlen(where);

    if (n > WKS_PARSE_MAX_TEXT) return WKS_OK;
    tree.node = wks_mem_array(WKS_PARSE_MAX_NODES, sizeof *tree.node);
    if (tree.node == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a predicate");
    if (wks_parse_text(where, (int32_t)n, &tree)) {
        const reader r = {where, tree.node, bounds};
        narrow(&r, tree.root);
    }
out:
    free(tree.node);
    return rc;
}

void wks_bounds_range(wks_bounds *bounds, const char *attribute, double low, double high)
{
    const int32_t i = wks_attribute_find(attribute);

    if (i < 0 || i >= WKS_BOUNDS_MAX) return;
    at_least(bounds, i, low, false);
    at_most(bounds, i, high, true);
}

void wks_bounds_only(wks_bounds *bounds, const char *attribute, int32_t choice)
{
    const int32_t i = wks_attribute_find(attribute);

    if (i >= 0 && i < WKS_BOUNDS_MAX) bounds->choices[i] &= UINT64_C(1) << choice;
}

static uint64_t all_choices(const wks_attribute *attribute)
{
    const int32_t n = attribute->type == WKS_ATTRIBUTE_BOOL ? 2 : attribute->n_choices;

    return (UINT64_C(1) << n) - 1;
}

bool wks_bounds_is_empty(const wks_bounds *bounds, int32_t *out_attribute)
{
    if (out_attribute != NULL) *out_attribute = -1;
    if (bounds->is_impossible) return true;
    for (int32_t i = 0; i < wks_attribute_count && i < WKS_BOUNDS_MAX; i++) {
        const bool is_number = wks_attribute_table[i].type == WKS_ATTRIBUTE_NUMBER;
        const bool is_empty = is_number ? bounds->low[i] > bounds->high[i] ||
                                              (!(bounds->low[i] < bounds->high[i]) && (bounds->is_low_open[i] || bounds->is_high_open[i]))
                                        : (bounds->choices[i] & all_choices(&wks_attribute_table[i])) == 0;
        if (!is_empty) continue;
        if (out_attribute != NULL) *out_attribute = i;
        return true;
    }
    return false;
}
