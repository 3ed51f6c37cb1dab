#include "base/config.h"
#include "support/chaos.h"
#include "support/check.h"

static const char *const sample =
    "name = \"x\"; ticks = 240; processes = { market = { enabled = true; }; };\n"
    "rules = ( { name = \"regio\"; spreiding = ( { max_share = 0.12; }, { max_share = 0.2; } ); } ); list = ( 1, 2 );";

static wks_config_node *parse(const char *text)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = NULL;
    assert_ok(wks_config_parse("t.cfg", text, strlen(text), &root, &problems, &err), &err);
    return root;
}

static wks_config_node *set_good(const char *assignment)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = parse(sample);
    wks_status rc = wks_config_set(root, "--set", assignment, &problems, &err);
    assert_problems(&problems, "");
    assert_ok(rc, &err);
    return root;
}

static void set_replaces_by_path_name_and_index(void **state)
{
    (void)state;
    wks_config_node *root = set_good("ticks=12");
    const wks_config_node *ticks = wks_config_get(root, "ticks");
    assert_int_equal(ticks->integer, 12);
    assert_string_equal(ticks->file, "--set");
    assert_int_equal(ticks->line, 0);
    assert_int_equal(root->n_children, 5);
    wks_config_free(root);

    root = set_good("rules.regio.spreiding.1.max_share=0.3");
    const wks_config_node *list = wks_config_get(wks_config_get(root, "rules")->child[0], "spreiding");
    assert_true(wks_config_get(list->child[0], "max_share")->real == 0.12);
    assert_true(wks_config_get(list->child[1], "max_share")->real == 0.3);
    wks_config_free(root);

    root = set_good("rules.0.name=other");
    assert_string_equal(wks_config_get(wks_config_get(root, "rules")->child[0], "name")->string, "other");
    wks_config_free(root);
}

static void set_values_are_literals_or_text(void **state)
{
    (void)state;
    static const struct {
        const char *assignment;
        wks_config_type type;
        const char *string;
    } cases[] = {
        {"v=12", WKS_CONFIG_INT, NULL},
        {"v = 0.5", WKS_CONFIG_REAL, NULL},
        {"v=TRUE", WKS_CONFIG_BOOL, NULL},
        {"v=\"12\"", WKS_CONFIG_STRING, "12"},
        {"v=2025-01", WKS_CONFIG_STRING, "2025-01"},
        {"v=modelstad", WKS_CONFIG_STRING, "modelstad"},
        {"v=a b; c", WKS_CONFIG_STRING, "a b; c"},
        {"v=1,5", WKS_CONFIG_STRING, "1,5"},
        {"v=1; evil = 2", WKS_CONFIG_STRING, "1; evil = 2"},
        {"v=age >= 18", WKS_CONFIG_STRING, "age >= 18"},
        {"v=x=y", WKS_CONFIG_STRING, "x=y"},
        {"v=", WKS_CONFIG_STRING, ""},
        {"v=( 1, \"a\" )", WKS_CONFIG_LIST, NULL},
        {"v={ a = 1; }", WKS_CONFIG_GROUP, NULL},
        {"v=[1,2]", WKS_CONFIG_LIST, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        wks_config_node *root = set_good(cases[i].assignment);
        const wks_config_node *value = wks_config_get(root, "v");
        assert_non_null(value);
        assert_int_equal(value->type, cases[i].type);
        if (cases[i].string != NULL) assert_string_equal(value->string, cases[i].string);
        assert_int_equal(root->n_children, 6);
        wks_config_free(root);
    }
}

static void set_makes_missing_groups_and_appends(void **state)
{
    (void)state;
    wks_config_node *root = set_good("processes.stock.demolition.share=0.01");
    const wks_config_node *stock = wks_config_get(wks_config_get(root, "processes"), "stock");
    assert_true(wks_config_get(wks_config_get(stock, "demolition"), "share")->real == 0.01);
    assert_string_equal(stock->file, "--set");
    wks_config_free(root);
    root = set_good("list.2=3");
    assert_int_equal(wks_config_get(root, "list")->child[2]->integer, 3);
    wks_config_free(root);
    root = set_good("rules.1.name=new");
    assert_string_equal(wks_config_get(wks_config_get(root, "rules")->child[1], "name")->string, "new");
    wks_config_free(root);
}

static void check_bad(const char *assignment, const char *expected)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_node *root = parse(sample);
    wks_text before = WKS_TEXT_INIT;
    wks_text after = WKS_TEXT_INIT;
    wks_config_write(root, &before);
    assert_status(wks_config_set(root, "--set", assignment, &problems, &err), WKS_ERR_DATA, &err);
    assert_problems(&problems, expected);
    wks_config_write(root, &after);
    assert_string_equal(before.data, after.data);
    wks_text_free(&before);
    wks_text_free(&after);
    wks_config_free(root);
    wks_problems_free(&problems);
}

static void set_errors(void **state)
{
    (void)state;
    check_bad("ticks", "--set: error: 'ticks' sets nothing; expected path=value, as rules.regio.spreiding.cap_share.max_share=0.12\n");
    check_bad("=5", "--set: error: '=5' sets nothing; expected path=value, as rules.regio.spreiding.cap_share.max_share=0.12\n");
    check_bad("a..b=5", "--set: error: 'a..b=5' sets nothing; expected path=value, as rules.regio.spreiding.cap_share.max_share=0.12\n");
    check_bad("ticks.x=5", "--set: error: ticks.x: what lies above 'x' is a number; expected a group or a list\n");
    check_bad("rules.regoi.name=x", "--set: error: rules.regoi.name: no element of the list is called 'regoi'; expected the name or the "
                                    "index of one; nearest valid name is 'regio'\n");
    check_bad("list.5=1", "--set: error: list.5: the list has 2 elements; expected an index from 0 to 2 (2 adds one)\n");
    check_bad("list.-1=1", "--set: error: list.-1: the list has 2 elements; expected an index from 0 to 2 (2 adds one)\n");
    check_bad("v=( 1, 2", "--set: error: v: the value ( 1, 2 cannot be read: found ';'; expected ',' or ')'\n");
    check_bad("v=\"open", "--set: error: v: the value \"open cannot be read: this string is not closed; expected '\"' at its end\n");
}

static void set_remove_deletes_an_element(void **state)
{
    (void)state;
    wks_config_node *root = set_good("rules.regio.spreiding.0.remove=true");
    const wks_config_node *list = wks_config_get(wks_config_get(root, "rules")->child[0], "spreiding");
    assert_int_equal(list->n_children, 1);
    assert_close(wks_config_get(list->child[0], "max_share")->real, 0.2, 0, 0);
    wks_config_free(root);

    root = set_good("rules.regio.remove=true");
    assert_int_equal(wks_config_get(root, "rules")->n_children, 0);
    wks_config_free(root);

    root = set_good("rules.regio.remove=false"); /* says nothing: the reader drops it */
    assert_int_equal(wks_config_get(root, "rules")->n_children, 1);
    wks_config_free(root);

    root = set_good("rules.1.remove=true"); /* a new element: nothing to delete, so its reader complains */
    assert_int_equal(wks_config_get(root, "rules")->n_children, 2);
    wks_config_free(root);

    root = set_good("processes.market.remove=true"); /* no element of a list */
    assert_int_equal(wks_config_get(wks_config_get(root, "processes"), "market")->n_children, 2);
    wks_config_free(root);
    check_bad("rules.regoi.remove=true", "--set: error: rules.regoi.remove: no element of the list is called 'regoi'; expected the name or "
                                         "the index of one; nearest valid name is 'regio'\n");
}

static wks_status set_once(void *context, wks_err *err)
{
    const wks_config_node *sample_root = context;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_config_node *root = wks_config_copy(sample_root);
    wks_status rc = root == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory") : WKS_OK;
    if (rc == WKS_OK) rc = wks_config_set(root, "--set", "processes.stock.share=0.5", &problems, err);
    if (rc == WKS_OK) rc = wks_config_set(root, "--set", "rules.regio.title=some text", &problems, err);
    wks_config_free(root);
    wks_problems_free(&problems);
    return rc;
}

static void set_without_memory_errors(void **state)
{
    (void)state;
    wks_config_node *root = parse(sample);
    /* A problem that cannot be kept while the value is tried as a literal does no harm: the value is text then anyway. */
    assert_true(wks_chaos_run_recovering(set_once, root, 8) > 40);
    wks_config_free(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(set_replaces_by_path_name_and_index),  cmocka_unit_test(set_values_are_literals_or_text),
        cmocka_unit_test(set_makes_missing_groups_and_appends), cmocka_unit_test(set_errors),
        cmocka_unit_test(set_remove_deletes_an_element),        cmocka_unit_test(set_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
