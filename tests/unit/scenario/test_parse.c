#include "support/check.h"

#include "scenario/parse.h"

/* The tree as text with all parentheses, to compare with what precedence asks for. */
static void print(const char *text, const wks_parse_tree *tree, int32_t i, char *out)
{
    const wks_parse_node *node = &tree->node[i];

    switch (node->kind) {
    case WKS_PARSE_UNARY:
    case WKS_PARSE_NUMBER:
    case WKS_PARSE_TRUTH:
    case WKS_PARSE_NAME:
        strncat(out, text + node->token.at, (size_t)node->token.length);
        if (node->kind == WKS_PARSE_UNARY) {
            strcat(out, "(");
            print(text, tree, node->left, out);
            strcat(out, ")");
        }
        break;
    case WKS_PARSE_BINARY:
        strcat(out, "(");
        print(text, tree, node->left, out);
        strncat(out, text + node->token.at, (size_t)node->token.length);
        print(text, tree, node->right, out);
        strcat(out, ")");
        break;
    default:
        print(text, tree, node->left, out);
        strcat(out, node->is_negated ? "!in[" : "in[");
        for (int32_t k = node->right; k >= 0; k = tree->node[k].next) {
            print(text, tree, k, out);
            strcat(out, ";");
        }
        strcat(out, "]");
    }
}

static wks_parse_node nodes[WKS_PARSE_MAX_NODES];

static void assert_tree(const char *text, const char *expected)
{
    wks_parse_tree tree = {.node = nodes};
    char out[1000] = "";

    if (!wks_parse_text(text, (int32_t)strlen(text), &tree)) fail_msg("%s: %s at %d", text, tree.error, tree.error_at);
    print(text, &tree, tree.root, out);
    assert_string_equal(out, expected);
}

static void operators_bind_by_precedence(void **state)
{
    (void)state;
    assert_tree("a or b and c", "(aor(bandc))");
    assert_tree("a and b or c and d", "((aandb)or(candd))");
    assert_tree("not a = b and c", "(not((a=b))andc)");
    assert_tree("a + b * c - d < e / 2", "(((a+(b*c))-d)<(e/2))");
    assert_tree("(a + b) * -c > 1", "(((a+b)*-(c))>1)");
    assert_tree("a - b - c = 0", "(((a-b)-c)=0)");
    assert_tree("x in (a, b) and y not in (1, -2)", "(xin[a;b;]andy!in[1;-(2);])");
    assert_tree("not not a", "not(not(a))");
}

static void assert_error(const char *text, int32_t at, const char *part)
{
    wks_parse_tree tree = {.node = nodes};

    assert_false(wks_parse_text(text, (int32_t)strlen(text), &tree));
    assert_contains(tree.error, part);
    assert_int_equal(tree.error_at, at);
}

static void text_wrong_errors(void **state)
{
    (void)state;
    assert_error("", 0, "empty");
    assert_error("  ", 0, "empty");
    assert_error("a = ", 4, "ends too early");
    assert_error("a = = b", 4, "unexpected operator");
    assert_error("(a = b", 6, "expected )");
    assert_error("a = b)", 5, ") without a (");
    assert_error("1 < a < 3", 6, "cannot be chained");
    assert_error("a < 30,000", 6, "decimal point");
    assert_error("(a < 0,5)", 6, "decimal point");
    assert_error("a in b", 5, "expected (");
    assert_error("a in (b", 7, "expected , or )");
    assert_error("a not b", 6, "expected in");
    assert_error("a b", 2, "expected and, or");
    assert_error("a && b", 2, "write and");
    assert_error("a = 5%", 4, "percent");
}

static void text_deep_or_long_errors(void **state)
{
    enum { SIZE = 6000 };
    char text[SIZE + 1];

    (void)state;
    memset(text, '(', SIZE);
    text[SIZE] = '\0';
    assert_error(text, WKS_PARSE_MAX_DEPTH, "too deep");
    memset(text, '-', SIZE);
    assert_error(text, WKS_PARSE_MAX_DEPTH, "too deep");
    for (int i = 0; i < SIZE; i++)
        text[i] = i % 2 == 0 ? '1' : '+';
    text[SIZE - 1] = '\0';
    assert_error(text, 1023, "too long");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_bind_by_precedence),
        cmocka_unit_test(text_wrong_errors),
        cmocka_unit_test(text_deep_or_long_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
