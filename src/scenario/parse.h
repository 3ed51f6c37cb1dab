/* The `where` language as a tree: syntax only; what names mean and whether types fit is decided in expr.c. */
#ifndef WKS_SCENARIO_PARSE_H
#define WKS_SCENARIO_PARSE_H

#include "scenario/lex.h"

enum { WKS_PARSE_MAX_NODES = 1024, WKS_PARSE_MAX_DEPTH = 60, WKS_PARSE_MAX_TEXT = 8000 };

typedef enum wks_parse_kind {
    WKS_PARSE_NUMBER,
    WKS_PARSE_TRUTH,
    WKS_PARSE_NAME,
    WKS_PARSE_UNARY,
    WKS_PARSE_BINARY,
    WKS_PARSE_IN
} wks_parse_kind;

typedef struct wks_parse_node {
    wks_parse_kind kind;
    wks_token token;     /* the number, name or operator */
    bool is_negated;     /* IN: written `not in` */
    int32_t left, right; /* children; UNARY: left. IN: left, and right = first item. -1 none */
    int32_t next;        /* next item of an `in` list; -1 at the end */
} wks_parse_node;

typedef struct wks_parse_tree {
    wks_parse_node *node; /* WKS_PARSE_MAX_NODES */
    int32_t n, root;
    /* first mistake, when there is one */
    int32_t error_at;
    const char *error; /* what is wrong and what was expected; NULL when none */
} wks_parse_tree;

/** Fills `tree` (whose `node` the caller has allocated). false when the text is no predicate: see error_at and error. O(n); recursion is bounded. */
bool wks_parse_text(const char *text, int32_t n, wks_parse_tree *tree);

#endif
