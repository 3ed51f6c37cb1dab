#include "base/json.h"

#include "support/chaos.h"
#include "support/check.h"

static void check_written(wks_json *json, bool pretty, const char *expected)
{
    wks_err err = WKS_ERR_INIT;
    wks_text text = WKS_TEXT_INIT;
    assert_ok(wks_json_write(json, pretty, &text, &err), &err);
    assert_string_equal(text.data, expected);
    wks_text_free(&text);
    wks_json_free(json);
}

static wks_json *sample(void)
{
    wks_json *object = wks_json_object();
    wks_json *list = wks_json_array();
    wks_json_append_take(list, wks_json_number(0.1));
    wks_json_append_take(list, wks_json_number(NAN));
    wks_json_append_take(list, wks_json_number(3));
    wks_json_append_take(list, wks_json_bool(true));
    wks_json_set_take(object, "zeta", wks_json_string("a \"b\" <c> \\ \n \xC3\xA9"));
    wks_json_set_take(object, "alpha", list);
    wks_json_set_take(object, "seed", wks_json_integer(INT64_MAX));
    wks_json_set_take(object, "empty", wks_json_object());
    return object;
}

static void json_is_written_compact_in_order(void **state)
{
    (void)state;
    check_written(
        sample(), false,
        "{\"zeta\":\"a \\\"b\\\" \\u003cc> \\\\ \\n \xC3\xA9\",\"alpha\":[0.1,null,3,true],\"seed\":9223372036854775807,\"empty\":{}}");
}

static void json_is_written_pretty(void **state)
{
    (void)state;
    wks_json *object = wks_json_object();
    wks_json *list = wks_json_array();
    wks_json_append_take(list, wks_json_integer(1));
    wks_json_set_take(object, "a", list);
    wks_json_set_take(object, "b", wks_json_array());
    check_written(object, true, "{\n  \"a\": [\n    1\n  ],\n  \"b\": []\n}");
}

static void json_is_read(void **state)
{
    (void)state;
    static const char text[] = "{\"name\": \"x\", \"n\": 42, \"share\": 0.25, \"list\": [1, 2.5], \"yes\": true}";
    wks_err err = WKS_ERR_INIT;
    wks_json *json = NULL;
    assert_ok(wks_json_parse(text, strlen(text), &json, &err), &err);
    assert_true(wks_json_is_object(json));
    assert_string_equal(wks_json_text(wks_json_get(json, "name")), "x");
    assert_int_equal(wks_json_int(wks_json_get(json, "n")), 42);
    assert_close(wks_json_double(wks_json_get(json, "n")), 42, 0, 0);
    assert_close(wks_json_double(wks_json_get(json, "share")), 0.25, 0, 0);
    const wks_json *list = wks_json_get(json, "list");
    assert_true(wks_json_is_array(list));
    assert_int_equal(wks_json_size(list), 2);
    assert_int_equal(wks_json_int(wks_json_at(list, 1)), 2);
    assert_int_equal(wks_json_int(wks_json_get(json, "yes")), 1);
    wks_json_free(json);
}

static void json_missing_reads_as_nothing(void **state)
{
    (void)state;
    assert_null(wks_json_get(NULL, "x"));
    assert_string_equal(wks_json_text(NULL), "");
    assert_int_equal(wks_json_int(NULL), 0);
    assert_close(wks_json_double(NULL), 0, 0, 0);
    assert_int_equal(wks_json_size(NULL), 0);
    assert_null(wks_json_at(NULL, 0));
    assert_false(wks_json_is_array(NULL));
    wks_json_free(NULL);
}

static void json_parse_errors(void **state)
{
    (void)state;
    static const char *const bad[] = {"",         "{",     "{\"a\":1,}", "{\"a\":1 \"b\":2}", "[1,2", "nul", "{\"a\":1,\"a\":2}",
                                      "\"\xE9\"", "1e999", "[1] x"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        wks_err err = WKS_ERR_INIT;
        wks_json *json = NULL;
        assert_status(wks_json_parse(bad[i], strlen(bad[i]), &json, &err), WKS_ERR_DATA, &err);
        assert_null(json);
        assert_contains(err.message, "line 1, column ");
    }
    wks_err err = WKS_ERR_INIT;
    wks_json *json = NULL;
    assert_status(wks_json_parse("{\n  \"a\" 1\n}", 11, &json, &err), WKS_ERR_DATA, &err);
    assert_contains(err.message, "line 2, column 7");
}

static void json_string_is_safe_in_a_script_element(void **state)
{
    (void)state;
    wks_text text = WKS_TEXT_INIT;
    wks_json_add_string(&text, "</script>\x01\t\x7F");
    assert_string_equal(text.data, "\"\\u003c/script>\\u0001\\t\\u007f\"");
    wks_text_clear(&text);
    wks_json_add_string(&text, "");
    assert_string_equal(text.data, "\"\"");
    wks_text_free(&text);
}

static void json_bytes_that_are_no_text_are_replaced(void **state)
{
    (void)state;
    check_written(wks_json_string("caf\xE9!"), false, "\"caf\xEF\xBF\xBD!\"");
    wks_text text = WKS_TEXT_INIT;
    wks_json_add_string(&text, "\xFF");
    assert_string_equal(text.data, "\"\xEF\xBF\xBD\"");
    wks_text_free(&text);
}

static void json_numbers_go_through_the_one_routine(void **state)
{
    (void)state;
    check_written(wks_json_number(1.0 / 3), false, "0.3333333333");
    check_written(wks_json_number(-0.0), false, "0");
    check_written(wks_json_number(INFINITY), false, "null");
}

static wks_status build(void *context, wks_err *err)
{
    (void)context;
    wks_json *json = sample();
    wks_text text = WKS_TEXT_INIT;
    wks_status rc = wks_json_write(json, true, &text, err);
    wks_text_free(&text);
    wks_json_free(json);
    return rc;
}

static void json_without_memory_never_loses_a_key_silently_errors(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(build, NULL) > 10);
}

static wks_status parse(void *context, wks_err *err)
{
    const char *text = context;
    wks_json *json = NULL;
    wks_status rc = wks_json_parse(text, strlen(text), &json, err);
    wks_json_free(json);
    return rc;
}

static void json_parse_without_memory_errors(void **state)
{
    (void)state;
    static char text[] = "{\"a\": [1, 2.5, \"text\", {\"b\": null}], \"c\": \"d\"}";
    assert_true(wks_chaos_run(parse, text) > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_written_compact_in_order),
        cmocka_unit_test(json_is_written_pretty),
        cmocka_unit_test(json_is_read),
        cmocka_unit_test(json_missing_reads_as_nothing),
        cmocka_unit_test(json_parse_errors),
        cmocka_unit_test(json_string_is_safe_in_a_script_element),
        cmocka_unit_test(json_bytes_that_are_no_text_are_replaced),
        cmocka_unit_test(json_numbers_go_through_the_one_routine),
        cmocka_unit_test(json_without_memory_never_loses_a_key_silently_errors),
        cmocka_unit_test(json_parse_without_memory_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
