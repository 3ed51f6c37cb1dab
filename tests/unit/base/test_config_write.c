#include "base/config.h"
#include "base/rng.h"
#include "support/check.h"

static wks_config_node *parse(const char *text)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = NULL;
    wks_status rc = wks_config_parse("t.cfg", text, strlen(text), &root, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    return root;
}

static void write_layout_is_readable(void **state)
{
    (void)state;
    wks_config_node *root =
        parse("name=\"cap\";n=240;share=0.12;whole=1.0;list=(\"a\",\"b\");none=();g={x=true;h={};};rules=({name=\"r\";v=[1,2];},{});");
    wks_text out = WKS_TEXT_INIT;
    wks_config_write(root, &out);
    assert_string_equal(out.data, "name = \"cap\";\n"
                                  "n = 240;\n"
                                  "share = 0.12;\n"
                                  "whole = 1.0;\n"
                                  "list = ( \"a\", \"b\" );\n"
                                  "none = ( );\n"
                                  "g = {\n"
                                  "  x = true;\n"
                                  "  h = { };\n"
                                  "};\n"
                                  "rules = (\n"
                                  "  {\n"
                                  "    name = \"r\";\n"
                                  "    v = [ 1, 2 ];\n"
                                  "  },\n"
                                  "  { }\n"
                                  ");\n");
    wks_text_free(&out);
    wks_config_free(root);
}

static void check_same(const wks_config_node *a, const wks_config_node *b)
{
    assert_int_equal(a->type, b->type);
    assert_int_equal(a->is_array, b->is_array);
    assert_true(a->integer == b->integer);
    assert_true(memcmp(&a->real, &b->real, sizeof a->real) == 0);
    assert_int_equal(a->n_children, b->n_children);
    if (a->string != NULL) assert_string_equal(a->string, b->string);
    for (size_t i = 0; i < a->n_children; i++) {
        if (a->child[i]->name != NULL) assert_string_equal(a->child[i]->name, b->child[i]->name);
        check_same(a->child[i], b->child[i]);
    }
}

static wks_config_node *random_value(wks_rng *rng, const char *name, int depth)
{
    static const char *const strings[] = {"",         "plain", "quote \" and \\", "line\nend\r\t", "\xC3\xA9\xE2\x82\xAC",
                                          "\x01\x1F", "a;b=c", "// no",           "\\x41"};
    wks_err err = WKS_ERR_INIT;
    uint32_t kind = wks_rng_below(rng, depth > 3 ? 4 : 6);
    static const wks_config_type types[] = {WKS_CONFIG_INT,    WKS_CONFIG_REAL,  WKS_CONFIG_BOOL,
                                            WKS_CONFIG_STRING, WKS_CONFIG_GROUP, WKS_CONFIG_LIST};
    wks_config_node *node = wks_config_new(name, types[kind], "made", 0, 0);
    uint32_t shift = wks_rng_below(rng, 64);
    if (kind == 0) node->integer = (int64_t)(wks_rng_u64(rng) >> shift) * (shift % 2 == 0 ? 1 : -1);
    if (kind == 1) {
        uint64_t bits = wks_rng_u64(rng);
        memcpy(&node->real, &bits, sizeof bits);
        if (!isfinite(node->real)) node->real = -0.0;
    }
    if (kind == 2) node->integer = wks_rng_below(rng, 2);
    if (kind == 3) {
        const char *text = strings[wks_rng_below(rng, 9)];
        node->string = strdup(text);
    }
    uint32_t n = kind < 4 ? 0 : wks_rng_below(rng, 5);
    for (uint32_t i = 0; i < n; i++) {
        char child[16];
        (void)snprintf(child, sizeof child, "x%u-y_*", i);
        assert_ok(wks_config_add_take(node, random_value(rng, kind == 4 ? child : NULL, depth + 1), &err), &err);
    }
    return node;
}

static void write_random_trees_read_back_the_same(void **state)
{
    (void)state;
    wks_rng_seed seed = wks_rng_seed_make(21, 0);
    for (uint64_t i = 0; i < 500; i++) {
        wks_rng rng = wks_rng_open(&seed, i, 0, WKS_RNG_TEST);
        wks_err err = WKS_ERR_INIT;
        wks_config_node *root = wks_config_new(NULL, WKS_CONFIG_GROUP, "made", 0, 0);
        assert_ok(wks_config_add_take(root, random_value(&rng, "a", 0), &err), &err);
        assert_ok(wks_config_add_take(root, random_value(&rng, "b", 0), &err), &err);
        wks_text out = WKS_TEXT_INIT;
        wks_config_write(root, &out);
        wks_config_node *back = parse(out.data);
        check_same(root, back);
        wks_config_free(back);
        wks_config_free(root);
        wks_text_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(write_layout_is_readable),
        cmocka_unit_test(write_random_trees_read_back_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
