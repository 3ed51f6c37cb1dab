#include "base/config.h"

#include "base/mem.h"
#include "support/chaos.h"
#include "support/check.h"
#include "support/folder.h"

/* ---- help ---- */

static wks_config_node *parse_good(const char *text)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = NULL;
    wks_status rc = wks_config_parse("t.cfg", text, strlen(text), &root, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    wks_problems_free(&problems);
    return root;
}

static void check_bad(const char *text, const char *expected)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = NULL;
    wks_status rc = wks_config_parse("t.cfg", text, strlen(text), &root, &problems, &err);
    assert_problems(&problems, expected);
    assert_status(rc, WKS_ERR_DATA, &err);
    assert_null(root);
    wks_problems_free(&problems);
}

static void check_place(const wks_config_node *node, int line, int column, int value_line, int value_column)
{
    assert_non_null(node);
    assert_int_equal(node->line, line);
    assert_int_equal(node->column, column);
    assert_int_equal(node->value_line, value_line);
    assert_int_equal(node->value_column, value_column);
}

/* ---- values ---- */

static void config_values_are_read(void **state)
{
    (void)state;
    wks_config_node *root = parse_good("i = 42; neg = -7; hex = 0xFF; big = 123456789012; long = 5L; top = 9223372036854775807;\n"
                                       "r = 0.12; e = 1e3; dot = 5.; half = .5; small = -2.5E-3\n"
                                       "t = true; f = FALSE, s = \"text\" g : { }");
    assert_int_equal(wks_config_get(root, "i")->integer, 42);
    assert_int_equal(wks_config_get(root, "neg")->integer, -7);
    assert_int_equal(wks_config_get(root, "hex")->integer, 255);
    assert_true(wks_config_get(root, "big")->integer == INT64_C(123456789012));
    assert_int_equal(wks_config_get(root, "long")->integer, 5);
    assert_true(wks_config_get(root, "top")->integer == INT64_MAX);
    assert_int_equal(wks_config_get(root, "i")->type, WKS_CONFIG_INT);
    static const struct {
        const char *name;
        double value;
    } reals[] = {{"r", 0.12}, {"e", 1000}, {"dot", 5}, {"half", 0.5}, {"small", -0.0025}};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(wks_config_get(root, reals[i].name)->type, WKS_CONFIG_REAL);
        assert_true(wks_config_get(root, reals[i].name)->real == reals[i].value);
    }
    assert_int_equal(wks_config_get(root, "t")->type, WKS_CONFIG_BOOL);
    assert_int_equal(wks_config_get(root, "t")->integer, 1);
    assert_int_equal(wks_config_get(root, "f")->integer, 0);
    assert_string_equal(wks_config_get(root, "s")->string, "text");
    assert_int_equal(wks_config_get(root, "g")->type, WKS_CONFIG_GROUP);
    assert_null(wks_config_get(root, "absent"));
    assert_int_equal(root->n_children, 15);
    wks_config_free(root);
}

static void config_strings_have_escapes_and_are_joined(void **state)
{
    (void)state;
    wks_config_node *root = parse_good(
        "a = \"one \" /* and */ \"two\"\n \"!\"; b = \"q\\\" n\\n t\\t b\\\\ x\\x41 other\\d\"; c = \"two\nlines\"; d = \"Cr\xC3\xA8"
        "che // no comment\";");
    assert_string_equal(wks_config_get(root, "a")->string, "one two!");
    assert_string_equal(wks_config_get(root, "b")->string, "q\" n\n t\t b\\ xA other\\d");
    assert_string_equal(wks_config_get(root, "c")->string, "two\nlines");
    assert_string_equal(wks_config_get(root, "d")->string, "Cr\xC3\xA8"
                                                           "che // no comment");
    wks_config_free(root);
}

static void config_lists_groups_and_arrays(void **state)
{
    (void)state;
    wks_config_node *root = parse_good("l = ( 1, \"x\", ( ), { a = 1; b = 2; }, [ true, false ] ); a = [ 1, 12345678901, 3 ]; e = [];");
    const wks_config_node *list = wks_config_get(root, "l");
    assert_int_equal(list->type, WKS_CONFIG_LIST);
    assert_false(list->is_array);
    assert_int_equal(list->n_children, 5);
    assert_null(list->child[0]->name);
    assert_int_equal(list->child[2]->n_children, 0);
    assert_int_equal(wks_config_get(list->child[3], "b")->integer, 2);
    assert_true(list->child[4]->is_array);
    const wks_config_node *array = wks_config_get(root, "a");
    assert_true(array->is_array);
    assert_true(array->child[1]->integer == INT64_C(12345678901));
    assert_int_equal(wks_config_get(root, "e")->n_children, 0);
    wks_config_free(root);
}

static void config_comments_and_empty_text(void **state)
{
    (void)state;
    wks_config_node *root = parse_good("");
    assert_int_equal(root->n_children, 0);
    wks_config_free(root);
    root = parse_good("\xEF\xBB\xBF# only\n// comments /* here\n/* and\n\"here */ a = 1 # behind, without a line end");
    check_place(wks_config_get(root, "a"), 4, 10, 4, 14);
    wks_config_free(root);
}

/* ---- places ---- */

static void config_settings_know_their_place(void **state)
{
    (void)state;
    wks_config_node *root = parse_good("name = \"x\";\n"
                                       "  rules = (\n"
                                       "    { name = \"a\";  max_share = 0.12 },\n"
                                       "\t{ name =\n\"b\" }\n"
                                       "  );\n"
                                       "list = (1,  2);");
    assert_string_equal(root->file, "t.cfg");
    check_place(wks_config_get(root, "name"), 1, 1, 1, 8);
    const wks_config_node *rules = wks_config_get(root, "rules");
    check_place(rules, 2, 3, 2, 11);
    check_place(rules->child[0], 3, 5, 3, 5);
    check_place(wks_config_get(rules->child[0], "max_share"), 3, 20, 3, 32);
    check_place(wks_config_get(rules->child[1], "name"), 4, 4, 5, 1);
    check_place(wks_config_get(root, "list")->child[1], 7, 13, 7, 13);
    assert_string_equal(wks_config_get(rules->child[1], "name")->file, "t.cfg");
    wks_config_free(root);
}

static void config_include_keeps_places_and_is_relative(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    char *main = wks_folder_put(folder, "main.cfg", "a = 1;\n  @include \"parts/one.cfg\"\nz = 9;\n");
    char *one = wks_folder_put(folder, "parts/one.cfg", "# first\nb = 2;\n@include \"two.cfg\"\n");
    char *two = wks_folder_put(folder, "parts/two.cfg", "   c = { d = 3; };");
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = NULL;
    assert_ok(wks_config_read(main, &root, &problems, &err), &err);
    assert_int_equal(root->n_children, 4);
    assert_string_equal(wks_config_get(root, "b")->file, one);
    check_place(wks_config_get(root, "b"), 2, 1, 2, 5);
    const wks_config_node *c = wks_config_get(root, "c");
    assert_string_equal(wks_config_get(c, "d")->file, two);
    check_place(wks_config_get(c, "d"), 1, 10, 1, 14);
    assert_string_equal(wks_config_get(root, "z")->file, main);
    check_place(wks_config_get(root, "z"), 3, 1, 3, 5);
    wks_config_free(root);
    free(main);
    free(one);
    free(two);
    wks_folder_remove(folder);
}

static void config_include_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    char *path = wks_folder_put(folder, "loop.cfg", "a = 1;\n@include \"loop.cfg\"\n@include \"absent.cfg\"\nb = 2; @include \"x\"\n");
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = NULL;
    assert_status(wks_config_read(path, &root, &problems, &err), WKS_ERR_DATA, &err);
    char *expected = wks_mem_array(4096, 1);
    (void)snprintf(expected, 4096,
                   "%s:2:10: error: '%s' is included by itself or more than 10 files deep\n"
                   "%s:3:10: error: cannot read %s/absent.cfg: No such file or directory; expected a file to include\n"
                   "%s:4:8: error: '@' begins no setting; expected @include \"file\" alone on a line\n",
                   path, path, path, folder, path);
    assert_problems(&problems, expected);
    free(expected);
    wks_problems_free(&problems);
    free(path);
    wks_folder_remove(folder);
}

/* ---- errors ---- */

static void config_syntax_errors(void **state)
{
    (void)state;
    check_bad("a 1;", "t.cfg:1:3: error: found '1'; expected '=' after the name of a setting\n");
    check_bad("a = ;", "t.cfg:1:5: error: found ';'; expected a value\n");
    check_bad("a == 1;", "t.cfg:1:4: error: found '='; expected a value\n");
    check_bad("a = yes;", "t.cfg:1:5: error: found 'yes'; expected a value (text stands in double quotes)\n");
    check_bad("a = 1;;", "t.cfg:1:7: error: found ';'; expected the name of a setting\n");
    check_bad("a = (1 2);", "t.cfg:1:8: error: found '2'; expected ',' or ')'\n");
    check_bad("a = (1, );", "t.cfg:1:9: error: found ')'; expected another element after the ','\n");
    check_bad("a = [1, (2)];",
              "t.cfg:1:9: error: found '('; expected a number, a string, true or false (an array [ ] holds no groups or lists; use ( ) for "
              "those)\n");
    check_bad(
        "a = [1, 2.5];",
        "t.cfg:1:9: error: found '2.5'; expected elements of one type in an array (write 1.0 for 1 among decimals, or use a list ( ))\n");
    check_bad("a = 1 }", "t.cfg:1:7: error: found '}'; expected the name of a setting\n");
    check_bad("true = 1;", "t.cfg:1:1: error: found 'true'; expected the name of a setting\n");
    check_bad("a =", "t.cfg:1:4: error: found the end of the file; expected a value\n");
}

static void config_numbers_errors(void **state)
{
    (void)state;
    check_bad("a = 0x1,5;", "t.cfg:1:5: error: '0x1,5' has a decimal comma; expected a decimal point: 0x1.5\n");
    check_bad("a = 2025-01;", "t.cfg:1:5: error: '2025-01' is no number; expected a number, or text in double quotes\n");
    check_bad("a = 12abc;", "t.cfg:1:5: error: '12abc' is no number; expected a number, or text in double quotes\n");
    check_bad("a = 9223372036854775808;",
              "t.cfg:1:5: error: '9223372036854775808' is too large; expected a number that a 64-bit integer or float holds\n");
    check_bad("a = 0xFFFFFFFFFFFFFFFF;",
              "t.cfg:1:5: error: '0xFFFFFFFFFFFFFFFF' is too large; expected a number that a 64-bit integer or float holds\n");
    check_bad("a = 1e999;", "t.cfg:1:5: error: '1e999' is too large; expected a number that a 64-bit integer or float holds\n");
}

/* Told, and read as what was meant: beside it the reader of the tree finds its own problems. */
static void config_decimal_commas_are_mended_errors(void **state)
{
    (void)state;
    static const char text[] = "a = -1,05;\ng = { b = 0,2; c = 3; d = 0,4, e = 7 };\nf = ( 0,2 ); h = 1, i = 2,5\nj = 1;\n";
    static const char expected[] = "t.cfg:1:5: error: '-1,05' has a decimal comma; expected a decimal point: -1.05\n"
                                   "t.cfg:2:11: error: '0,2' has a decimal comma; expected a decimal point: 0.2\n"
                                   "t.cfg:2:27: error: '0,4' has a decimal comma; expected a decimal point: 0.4\n"
                                   "t.cfg:3:25: error: '2,5' has a decimal comma; expected a decimal point: 2.5\n";
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = NULL;
    assert_status(wks_config_parse("t.cfg", text, strlen(text), &root, &problems, &err), WKS_ERR_DATA, &err);
    assert_problems(&problems, expected);
    assert_non_null(root);
    assert_int_equal(wks_config_get(root, "a")->type, WKS_CONFIG_REAL);
    assert_close(wks_config_get(root, "a")->real, -1.05, 0, 0);
    const wks_config_node *group = wks_config_get(root, "g");
    assert_close(wks_config_get(group, "b")->real, 0.2, 0, 0);
    assert_int_equal(wks_config_get(group, "c")->integer, 3);
    assert_close(wks_config_get(group, "d")->real, 0.4, 0, 0);
    check_place(wks_config_get(group, "e"), 2, 32, 2, 36);
    assert_int_equal(wks_config_get(root, "f")->n_children, 2); /* two numbers of a list */
    assert_int_equal(wks_config_get(root, "h")->integer, 1);
    assert_close(wks_config_get(root, "i")->real, 2.5, 0, 0);
    check_place(wks_config_get(root, "j"), 4, 1, 4, 5);
    wks_config_free(root);
    wks_problems_free(&problems);
}

static wks_status parse_with_comma(void *context, wks_err *err)
{
    const char *text = context;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_config_node *root = NULL;
    wks_status rc = wks_config_parse("t.cfg", text, strlen(text), &root, &problems, err);
    if (rc == WKS_ERR_DATA && root != NULL) {
        rc = WKS_OK;
        *err = WKS_ERR_INIT;
    }
    if (rc == WKS_OK && problems.n_dropped > 0) rc = wks_err_set(err, WKS_ERR_NOMEM, "a message was lost");
    wks_config_free(root);
    wks_problems_free(&problems);
    return rc;
}

static void config_decimal_commas_without_memory_errors(void **state)
{
    (void)state;
    static char text[] = "a = 0,2;\n";
    assert_true(wks_chaos_run(parse_with_comma, text) >= 3);
}

static void config_unclosed_errors(void **state)
{
    (void)state;
    check_bad("a = 1;\nb = \"open;\nc = 2;\n", "t.cfg:2:5: error: this string is not closed; expected '\"' at its end\n");
    check_bad("a = 1;\n  /* open\nc = 2;\n", "t.cfg:2:3: error: this comment is not closed; expected '*/' at its end\n");
    check_bad("a = {\n b = 1;\n", "t.cfg:1:5: error: this group is not closed; expected '}'\n");
    check_bad("a = ( 1, 2", "t.cfg:1:5: error: this list is not closed; expected ')'\n");
    check_bad("a = [ 1,", "t.cfg:1:5: error: this array is not closed; expected ']'\n");
}

static void config_bytes_errors(void **state)
{
    (void)state;
    check_bad("a = 'x';", "t.cfg:1:5: error: ''' is no part of a setting; expected text in double quotes\n"
                          "t.cfg:1:7: error: ''' is no part of a setting; expected text in double quotes\n");
    check_bad("a = \"\xE9\";", "t.cfg:1:5: error: this string is not UTF-8; expected a file in UTF-8\n");
    check_bad("a = \"\\x00\";", "t.cfg:1:6: error: '\\x00' in a string; expected text without NUL\n");
    check_bad("\xE9 = 1;", "t.cfg:1:1: error: byte 0xE9 is no text; expected a file in UTF-8\n");
}

static void config_name_set_twice_errors(void **state)
{
    (void)state;
    check_bad("a = 1;\ng = { a = 2; };\na = 3;\n", "t.cfg:3:1: error: 'a' is set twice in one group; expected once (first at t.cfg:1:1)\n");
    check_bad("g = ( { x = 1; y = 2; x = 3 } );", "t.cfg:1:23: error: 'x' is set twice in one group; expected once (first at t.cfg:1:9)\n");
}

static void config_all_errors_are_reported_at_once_errors(void **state)
{
    (void)state;
    check_bad("a = ;\nb = 1;\nc = { d = ?; e = 1,5; f = 2; };\nb = 2;\nh = (1, 2;\ni 3;\n",
              "t.cfg:1:5: error: found ';'; expected a value\n"
              "t.cfg:3:11: error: '?' is no part of a setting; expected name = value\n"
              "t.cfg:3:18: error: '1,5' has a decimal comma; expected a decimal point: 1.5\n"
              "t.cfg:4:1: error: 'b' is set twice in one group; expected once (first at t.cfg:2:1)\n"
              "t.cfg:5:10: error: found ';'; expected ',' or ')'\n");
}

static void config_too_deep_errors(void **state)
{
    (void)state;
    wks_text text = WKS_TEXT_INIT;
    wks_text_add(&text, "a = ");
    for (int i = 0; i < 150; i++)
        wks_text_add_char(&text, '(');
    for (int i = 0; i < 150; i++)
        wks_text_add_char(&text, ')');
    check_bad(text.data, "t.cfg:1:105: error: found '('; expected at most 100 levels of groups and lists\n");
    wks_text_free(&text);
}

static void config_file_that_cannot_be_read_errors(void **state)
{
    (void)state;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = NULL;
    assert_status(wks_config_read("no/such.cfg", &root, &problems, &err), WKS_ERR_DATA, &err);
    assert_problems(&problems, "no/such.cfg: error: there is no folder 'no'; expected the path of a file with settings\n");
    wks_problems_free(&problems);
}

/* ---- the tree ---- */

static void config_tree_is_built_and_cut(void **state)
{
    (void)state;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = wks_config_new(NULL, WKS_CONFIG_GROUP, "default", 0, 0);
    for (int i = 0; i < 40; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "n%d", i);
        wks_config_node *child = wks_config_new(name, WKS_CONFIG_INT, "default", 0, 0);
        child->integer = i;
        assert_ok(wks_config_add_take(root, child, &err), &err);
    }
    wks_config_remove(root, 0);
    wks_config_remove(root, 38);
    assert_int_equal(root->n_children, 38);
    assert_null(wks_config_get(root, "n0"));
    assert_null(wks_config_get(root, "n39"));
    assert_int_equal(wks_config_get(root, "n20")->integer, 20);
    wks_config_free(root);
    wks_config_free(NULL);
}

static void config_copy_is_deep(void **state)
{
    (void)state;
    wks_config_node *root = parse_good("a = ( { name = \"x\"; v = [1, 2]; } ); b = 0.5; c = true;");
    wks_config_node *copy = wks_config_copy(root);
    wks_text first = WKS_TEXT_INIT;
    wks_text second = WKS_TEXT_INIT;
    wks_config_write(root, &first);
    check_place(wks_config_get(copy, "b"), 1, 38, 1, 42);
    wks_config_free(root);
    wks_config_write(copy, &second);
    assert_string_equal(first.data, second.data);
    wks_config_free(copy);
    wks_text_free(&first);
    wks_text_free(&second);
}

static wks_status parse_and_copy(void *context, wks_err *err)
{
    const char *text = context;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_config_node *root = NULL;
    wks_status rc = wks_config_parse("t.cfg", text, strlen(text), &root, &problems, err);
    if (rc == WKS_OK) {
        wks_config_node *copy = wks_config_copy(root);
        if (copy == NULL) rc = wks_err_set(err, WKS_ERR_NOMEM, "no memory");
        wks_config_free(copy);
    }
    wks_config_free(root);
    wks_problems_free(&problems);
    return rc;
}

static void config_without_memory_errors(void **state)
{
    (void)state;
    static char text[] = "a = 1; b = \"x\" \"y\"; c = ( 1, { d = 0.5; e = [true]; }, \"z\" );";
    assert_true(wks_chaos_run(parse_and_copy, text) > 30);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(config_values_are_read),
        cmocka_unit_test(config_strings_have_escapes_and_are_joined),
        cmocka_unit_test(config_lists_groups_and_arrays),
        cmocka_unit_test(config_comments_and_empty_text),
        cmocka_unit_test(config_settings_know_their_place),
        cmocka_unit_test(config_include_keeps_places_and_is_relative),
        cmocka_unit_test(config_include_errors),
        cmocka_unit_test(config_syntax_errors),
        cmocka_unit_test(config_numbers_errors),
        cmocka_unit_test(config_decimal_commas_are_mended_errors),
        cmocka_unit_test(config_decimal_commas_without_memory_errors),
        cmocka_unit_test(config_unclosed_errors),
        cmocka_unit_test(config_bytes_errors),
        cmocka_unit_test(config_name_set_twice_errors),
        cmocka_unit_test(config_all_errors_are_reported_at_once_errors),
        cmocka_unit_test(config_too_deep_errors),
        cmocka_unit_test(config_file_that_cannot_be_read_errors),
        cmocka_unit_test(config_tree_is_built_and_cut),
        cmocka_unit_test(config_copy_is_deep),
        cmocka_unit_test(config_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
