#include "base/config_scan.h"

#include "base/config_grammar.h"
#include "base/config_token.h"
#include "support/check.h"

static void scan(const char *text, wks_config_scan *out)
{
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    assert_ok(wks_config_scan_text(out, "t.cfg", text, strlen(text), &problems, &err), &err);
    assert_problems(&problems, "");
}

static void scan_tokens_have_kind_and_place(void **state)
{
    (void)state;
    static const struct {
        wks_config_scan_kind kind;
        int line, column;
        const char *text;
    } expected[] = {
        {WKS_CONFIG_SCAN_NAME, 1, 1, "a-b"},      {WKS_CONFIG_SCAN_EQUALS, 1, 5, ":"},       {WKS_CONFIG_SCAN_OPEN_GROUP, 1, 7, "{"},
        {WKS_CONFIG_SCAN_NAME, 2, 2, "*x"},       {WKS_CONFIG_SCAN_EQUALS, 2, 5, "="},       {WKS_CONFIG_SCAN_OPEN_LIST, 2, 7, "("},
        {WKS_CONFIG_SCAN_INT, 2, 8, "-1"},        {WKS_CONFIG_SCAN_COMMA, 2, 10, ","},       {WKS_CONFIG_SCAN_REAL, 2, 12, "0.5"},
        {WKS_CONFIG_SCAN_CLOSE_LIST, 2, 15, ")"}, {WKS_CONFIG_SCAN_SEMICOLON, 2, 16, ";"},   {WKS_CONFIG_SCAN_NAME, 3, 3, "y"},
        {WKS_CONFIG_SCAN_EQUALS, 3, 4, "="},      {WKS_CONFIG_SCAN_STRING, 3, 5, "two\n"},   {WKS_CONFIG_SCAN_CLOSE_GROUP, 4, 3, "}"},
        {WKS_CONFIG_SCAN_NAME, 4, 5, "z"},        {WKS_CONFIG_SCAN_EQUALS, 4, 7, "="},       {WKS_CONFIG_SCAN_OPEN_ARRAY, 4, 9, "["},
        {WKS_CONFIG_SCAN_BOOL, 4, 10, "True"},    {WKS_CONFIG_SCAN_CLOSE_ARRAY, 4, 14, "]"}, {WKS_CONFIG_SCAN_END, 4, 15, ""},
    };
    wks_config_scan tokens;
    scan("a-b : {\n\t*x = (-1, 0.5);# c\n  y=\"two\n\" } z = [True]", &tokens);
    assert_int_equal(tokens.n, sizeof expected / sizeof expected[0]);
    for (size_t i = 0; i < tokens.n; i++) {
        assert_int_equal(tokens.token[i].kind, expected[i].kind);
        assert_int_equal(tokens.token[i].line, expected[i].line);
        assert_int_equal(tokens.token[i].column, expected[i].column);
        assert_string_equal(tokens.token[i].text, expected[i].text);
        assert_string_equal(tokens.token[i].file, "t.cfg");
    }
    wks_config_scan_free(&tokens);
}

static void scan_goes_on_behind_what_is_wrong_errors(void **state)
{
    (void)state;
    static const char text[] = "a = 1x; b = ? ; c = 2;";
    size_t n_mended = 9;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_err err = WKS_ERR_INIT;
    wks_config_scan tokens;
    assert_ok(wks_config_scan_text(&tokens, "t.cfg", text, strlen(text), &problems, &err), &err);
    assert_int_equal(problems.n_errors, 2);
    assert_false(tokens.is_cut);
    assert_int_equal(tokens.token[tokens.n - 3].integer, 2);
    assert_ok(wks_config_grammar_check(&tokens, &n_mended, &problems, &err), &err);
    assert_int_equal(n_mended, 0);
    assert_int_equal(problems.n_errors, 2); /* what the scanner said is not said twice */
    wks_config_scan_free(&tokens);
    wks_problems_free(&problems);
}

static void token_canonical_text_has_one_token_a_line(void **state)
{
    (void)state;
    wks_config_scan tokens;
    wks_text out = WKS_TEXT_INIT;
    scan("a = 0x10; /* c */ b = \"x\ny\" \"z\";", &tokens);
    wks_config_token_canonical(&tokens, &out);
    assert_string_equal(out.data, "a\n=\n16L\n;\nb\n=\n\"x\\ny\"\n\"z\"\n;\n\n");
    wks_text_free(&out);
    wks_config_scan_free(&tokens);
}

static void token_is_described_short(void **state)
{
    (void)state;
    wks_config_scan tokens;
    char buffer[80];
    scan("a = \"a long string with more than forty bytes, cut at a whole \xC3\xA9 character\"", &tokens);
    assert_string_equal(wks_config_token_describe(&tokens.token[0], buffer), "'a'");
    assert_string_equal(wks_config_token_describe(&tokens.token[2], buffer), "\"a long string with more than forty bytes...\"");
    assert_string_equal(wks_config_token_describe(&tokens.token[3], buffer), "the end of the file");
    wks_config_scan_free(&tokens);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scan_tokens_have_kind_and_place),
        cmocka_unit_test(scan_goes_on_behind_what_is_wrong_errors),
        cmocka_unit_test(token_canonical_text_has_one_token_a_line),
        cmocka_unit_test(token_is_described_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
