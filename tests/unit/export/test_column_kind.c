#include "export/column_kind.h"

#include "output/codebook.h"
#include "support/check.h"

static void keys_are_text_and_counts_are_whole(void **state)
{
    (void)state;
    assert_int_equal(wks_column_kind_of("lettings.csv", "household"), WKS_COLUMN_KIND_TEXT);
    assert_int_equal(wks_column_kind_of("lettings.csv", "rent_eur"), WKS_COLUMN_KIND_NUMBER);
    assert_int_equal(wks_column_kind_of("city.csv", "date"), WKS_COLUMN_KIND_DATE);
    assert_int_equal(wks_column_kind_of("city.csv", "tick"), WKS_COLUMN_KIND_WHOLE);
    assert_int_equal(wks_column_kind_of("codebook.csv", "unit"), WKS_COLUMN_KIND_TEXT);
    assert_int_equal(wks_column_kind_of("outcomes.csv", "some_outcome"), WKS_COLUMN_KIND_UNKNOWN);
    assert_int_equal(wks_column_kind_of("destinations.csv", "distance"), WKS_COLUMN_KIND_TEXT);
    assert_int_equal(wks_column_kind_of("evaluations.csv", "distance"), WKS_COLUMN_KIND_NUMBER);
}

static void every_column_of_the_codebook_has_a_kind(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_codebook_n_columns; i++) {
        const wks_codebook_column *c = &wks_codebook_columns[i];
        if (wks_column_kind_of(c->file, c->name) == WKS_COLUMN_KIND_UNKNOWN) fail_msg("%s %s", c->file, c->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(keys_are_text_and_counts_are_whole),
                                       cmocka_unit_test(every_column_of_the_codebook_has_a_kind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
