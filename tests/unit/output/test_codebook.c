#include "output/codebook.h"

#include "base/csv.h"
#include "output/summary.h"
#include "output/tables.h"
#include "sim/everything.h"
#include "support/check.h"

static bool explains(const char *file, const char *column)
{
    for (int32_t i = 0; i < wks_codebook_n_columns; i++) {
        const wks_codebook_column *c = &wks_codebook_columns[i];
        if ((strcmp(c->file, "*") == 0 || strcmp(c->file, file) == 0) && strcmp(c->name, column) == 0) return true;
    }
    return false;
}

static void check_header(const char *file, const char *header)
{
    char names[1024], *rest = NULL;
    int n = 0;
    (void)snprintf(names, sizeof names, "%s", header);
    for (char *name = strtok_r(names, ",\n", &rest); name != NULL; name = strtok_r(NULL, ",\n", &rest)) {
        if (!explains(file, name)) fail_msg("%s: column %s is not in the codebook", file, name);
        n++;
    }
    assert_true(n > 3);
}

static void every_column_of_every_table_is_explained(void **state)
{
    (void)state;
    for (int i = 0; i < WKS_TABLES_N; i++)
        check_header(wks_tables_name[i], wks_tables_header[i]);
    check_header("summary.csv", wks_summary_header);
    for (int i = 0; i < WKS_TABLES_N; i++) /* as export joins them of a comparison of theories */
        check_header(wks_tables_name[i], "scenario,theory,replication,tick");
}

static void every_entry_is_filled_in_both_languages(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_codebook_n_columns; i++) {
        const wks_codebook_column *c = &wks_codebook_columns[i];
        const char *const text[] = {c->file, c->name, c->unit, c->label_nl, c->label_en, c->explanation_nl, c->explanation_en};
        for (size_t k = 0; k < sizeof text / sizeof *text; k++) {
            if (text[k] == NULL || text[k][0] == '\0') fail_msg("entry %s %s: field %zu is empty", c->file, c->name, k);
        }
    }
}

static void no_entry_is_there_twice(void **state)
{
    (void)state;
    for (int32_t i = 0; i < wks_codebook_n_columns; i++) {
        for (int32_t k = 0; k < i; k++) {
            const wks_codebook_column *a = &wks_codebook_columns[i], *b = &wks_codebook_columns[k];
            if (strcmp(a->file, b->file) == 0 && strcmp(a->name, b->name) == 0) fail_msg("%s %s is there twice", a->file, a->name);
        }
    }
}

static void every_indicator_of_the_catalogue_has_a_row(void **state)
{
    const wks_catalogue *catalogue = wks_everything_catalogue();
    wks_text text = WKS_TEXT_INIT;
    char expected[160];
    (void)state;
    wks_text model = WKS_TEXT_INIT;
    wks_codebook_add(catalogue, true, &text);
    wks_codebook_add(catalogue, false, &model);
    assert_int_equal(strncmp(text.data, "file,column,indicator,unit,label_nl,label_en,explanation_nl,explanation_en\n", 75), 0);
    for (int32_t i = 0; i < catalogue->n_indicators; i++) {
        (void)snprintf(expected, sizeof expected, "value,%s,", catalogue->indicator[i].name);
        assert_contains(strcmp(catalogue->indicator[i].level, "model") == 0 || strcmp(catalogue->indicator[i].level, "grid") == 0
                            ? model.data
                            : text.data,
                        expected);
    }
    assert_contains(text.data, "value,moves,moves/yr,");
    assert_contains(model.data, "value,moves,moves,");
    assert_null(strstr(model.data, "moves/yr,Verhuizingen"));
    wks_text_free(&model);
    wks_text_free(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_of_every_table_is_explained),
        cmocka_unit_test(every_entry_is_filled_in_both_languages),
        cmocka_unit_test(no_entry_is_there_twice),
        cmocka_unit_test(every_indicator_of_the_catalogue_has_a_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
