#include "support/check.h"

#include "scenario/lex.h"

static void text_of_every_kind_gives_tokens(void **state)
{
    static const char text[] = "not(a_1>=2.5e3)and b in(x,-.5) or true!=false";
    static const wks_token_kind expected[] = {WKS_TOKEN_NOT,   WKS_TOKEN_OPEN,  WKS_TOKEN_NAME,  WKS_TOKEN_GE,     WKS_TOKEN_NUMBER,
                                              WKS_TOKEN_CLOSE, WKS_TOKEN_AND,   WKS_TOKEN_NAME,  WKS_TOKEN_IN,     WKS_TOKEN_OPEN,
                                              WKS_TOKEN_NAME,  WKS_TOKEN_COMMA, WKS_TOKEN_MINUS, WKS_TOKEN_NUMBER, WKS_TOKEN_CLOSE,
                                              WKS_TOKEN_OR,    WKS_TOKEN_TRUE,  WKS_TOKEN_NE,    WKS_TOKEN_FALSE,  WKS_TOKEN_END};
    int32_t at = 0;

    (void)state;
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        const wks_token token = wks_lex_next(text, (int32_t)strlen(text), at);
        assert_int_equal(token.kind, expected[i]);
        at = token.at + token.length;
        if (i == 4) assert_close(token.value, 2500, 0, 0);
        if (i == 13) assert_close(token.value, 0.5, 0, 0);
    }
}

static void number_thousands_is_marked(void **state)
{
    (void)state;
    assert_true(wks_lex_next("30.000", 6, 0).has_thousands);
    assert_false(wks_lex_next("30.00", 5, 0).has_thousands);
    assert_false(wks_lex_next("1234.000", 8, 0).has_thousands);
    assert_false(wks_lex_next("30000", 5, 0).has_thousands);
}

static void text_cut_short_never_read_beyond_n(void **state)
{
    (void)state;
    assert_int_equal(wks_lex_next("12345", 2, 0).length, 2);
    assert_int_equal(wks_lex_next(">=", 1, 0).kind, WKS_TOKEN_GT);
    assert_int_equal(wks_lex_next("and", 2, 0).kind, WKS_TOKEN_NAME);
}

static void text_wrong_errors(void **state)
{
    static const char *const wrong[] = {"30k", "5%", "1.2.3", "'none'", "\"x\"", "a&&b",         "|",
                                        "!",   "<>", "=>",    "=<",     "#",     "\xe2\x82\xac", "1e999"};

    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const wks_token first = wks_lex_next(wrong[i], (int32_t)strlen(wrong[i]), 0);
        const wks_token token = first.kind == WKS_TOKEN_NAME ? wks_lex_next(wrong[i], (int32_t)strlen(wrong[i]), 1) : first;
        assert_int_equal(token.kind, WKS_TOKEN_BAD);
        assert_non_null(token.message);
        assert_true(token.length > 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_of_every_kind_gives_tokens),
        cmocka_unit_test(number_thousands_is_marked),
        cmocka_unit_test(text_cut_short_never_read_beyond_n),
        cmocka_unit_test(text_wrong_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
