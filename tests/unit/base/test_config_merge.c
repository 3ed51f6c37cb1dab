#include "base/config.h"
#include "support/chaos.h"
#include "support/check.h"

static wks_config_node *parse(const char *file, const char *text)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = NULL;
    wks_status rc = wks_config_parse(file, text, strlen(text), &root, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    return root;
}

/* Lays one text upon another: the result as text, and the problems. */
static void check_merge(const char *base_text, const char *over_text, const char *expected, const char *expected_problems)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *base = parse("base.cfg", base_text);
    wks_config_node *over = parse("over.cfg", over_text);
    wks_config_node *result = parse("expected.cfg", expected);
    assert_ok(wks_config_merge(base, over, &problems, &err), &err);
    assert_problems(&problems, expected_problems);
    wks_text got = WKS_TEXT_INIT;
    wks_text wanted = WKS_TEXT_INIT;
    wks_text_add(&got, "");
    wks_text_add(&wanted, "");
    wks_config_write(base, &got);
    wks_config_write(result, &wanted);
    assert_string_equal(got.data, wanted.data);
    wks_text_free(&got);
    wks_text_free(&wanted);
    wks_config_free(base);
    wks_config_free(over);
    wks_config_free(result);
    wks_problems_free(&problems);
}

static void merge_scalars_replace_and_groups_merge(void **state)
{
    (void)state;
    check_merge("a = 1; g = { x = 1; y = 2; h = { z = 3; }; }; s = \"old\";", "s = \"new\"; g = { y = 5; h = { q = 7; }; }; b = true;",
                "a = 1; g = { x = 1; y = 5; h = { z = 3; q = 7; }; }; s = \"new\"; b = true;", "");
}

static void merge_type_may_change(void **state)
{
    (void)state;
    check_merge("a = 1; g = { x = 1; };", "a = { y = 1; }; g = 2;", "a = { y = 1; }; g = 2;", "");
}

static void merge_unnamed_lists_replace(void **state)
{
    (void)state;
    check_merge("l = ( 1, 2, 3 ); m = ( { a = 1; } ); n = ( { name = \"x\"; } );", "l = ( 9 ); m = ( { b = 2; } ); n = ( );",
                "l = ( 9 ); m = ( { b = 2; } ); n = ( );", "");
}

static void merge_named_lists_merge_by_name_in_order(void **state)
{
    (void)state;
    check_merge("r = ( { name = \"a\"; v = 1; }, { name = \"b\"; v = 2; w = ( 1 ); } );",
                "r = ( { name = \"c\"; v = 3; }, { name = \"b\"; v = 9; w = ( 2, 3 ); } );",
                "r = ( { name = \"a\"; v = 1; }, { name = \"b\"; v = 9; w = ( 2, 3 ); }, { name = \"c\"; v = 3; } );", "");
}

static void merge_named_lists_inside_named_lists(void **state)
{
    (void)state;
    check_merge("r = ( { name = \"a\"; parts = ( { name = \"p\"; x = 1; }, { name = \"q\"; x = 2; } ); } );",
                "r = ( { name = \"a\"; parts = ( { name = \"q\"; x = 3; } ); } );",
                "r = ( { name = \"a\"; parts = ( { name = \"p\"; x = 1; }, { name = \"q\"; x = 3; } ); } );", "");
}

static void merge_remove_deletes(void **state)
{
    (void)state;
    check_merge("r = ( { name = \"a\"; }, { name = \"b\"; }, { name = \"c\"; } );",
                "r = ( { name = \"b\"; remove = true; }, { name = \"c\"; remove = false; v = 1; } );",
                "r = ( { name = \"a\"; }, { name = \"c\"; v = 1; } );", "");
}

static void merge_remove_errors(void **state)
{
    (void)state;
    check_merge("r = ( { name = \"regio\"; } );",
                "r = ( { name = \"regoi\"; remove = true; },\n      { name = \"regio\"; remove = \"yes\"; } );",
                "r = ( { name = \"regio\"; } );",
                "over.cfg:1:7: error: remove: no element is called 'regoi'; expected one that is there; nearest valid name is 'regio'\n"
                "over.cfg:2:34: error: 'remove' is no switch; expected true or false\n");
    check_merge("a = 1;", "r = ( { name = \"x\"; remove = true; } );", "a = 1; r = ( );",
                "over.cfg:1:7: error: remove: no element is called 'x'; expected one that is there\n");
}

static void merge_name_twice_errors(void **state)
{
    (void)state;
    check_merge("r = ( { name = \"a\"; } );", "r = ( { name = \"a\"; v = 1; },\n { name = \"a\"; v = 2; } );",
                "r = ( { name = \"a\"; v = 1; } );",
                "over.cfg:2:2: error: two elements of this list are called 'a'; expected different names\n");
}

static void merge_keeps_who_wrote_what(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *base = parse("base.cfg", "a = 1;\nr = ( { name = \"x\"; v = 1; w = 2; } );\n");
    wks_config_node *over = parse("over.cfg", "\n\nr = ( { name = \"x\"; v = 5; } );\nb = 2;\n");
    assert_ok(wks_config_merge(base, over, &problems, &err), &err);
    wks_config_free(over); /* nothing of it was taken */
    const wks_config_node *element = wks_config_get(base, "r")->child[0];
    assert_string_equal(wks_config_get(base, "a")->file, "base.cfg");
    assert_string_equal(wks_config_get(base, "b")->file, "over.cfg");
    assert_string_equal(element->file, "base.cfg");
    assert_string_equal(wks_config_get(element, "v")->file, "over.cfg");
    assert_int_equal(wks_config_get(element, "v")->line, 3);
    assert_int_equal(wks_config_get(element, "v")->value_column, 25);
    assert_string_equal(wks_config_get(element, "w")->file, "base.cfg");
    assert_int_equal(wks_config_get(element, "w")->line, 2);
    wks_config_free(base);
}

typedef struct pair {
    const wks_config_node *base, *over;
} pair;

static wks_status merge_once(void *context, wks_err *err)
{
    const pair *both = context;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_config_node *base = wks_config_copy(both->base);
    wks_status rc = base == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory") : wks_config_merge(base, both->over, &problems, err);
    wks_config_free(base);
    wks_problems_free(&problems);
    return rc;
}

static void merge_without_memory_errors(void **state)
{
    (void)state;
    wks_config_node *base = parse("base.cfg", "a = 1; r = ( { name = \"x\"; v = 1; } ); g = { s = \"t\"; };");
    wks_config_node *over =
        parse("over.cfg", "a = 2; r = ( { name = \"x\"; v = 2; }, { name = \"y\"; } ); g = { u = (1, 2); }; n = ( { name = \"z\"; } );");
    pair both = {base, over};
    assert_true(wks_chaos_run(merge_once, &both) > 20);
    wks_config_free(base);
    wks_config_free(over);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(merge_scalars_replace_and_groups_merge),
        cmocka_unit_test(merge_type_may_change),
        cmocka_unit_test(merge_unnamed_lists_replace),
        cmocka_unit_test(merge_named_lists_merge_by_name_in_order),
        cmocka_unit_test(merge_named_lists_inside_named_lists),
        cmocka_unit_test(merge_remove_deletes),
        cmocka_unit_test(merge_remove_errors),
        cmocka_unit_test(merge_name_twice_errors),
        cmocka_unit_test(merge_keeps_who_wrote_what),
        cmocka_unit_test(merge_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
