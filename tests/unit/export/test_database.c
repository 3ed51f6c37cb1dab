#include "export/database.h"

#include "base/file.h"
#include "export/database_tables.h"
#include "unit/export/made.h"

static char *get(const char *path, const char *sql)
{
    char *out = NULL;
    wks_err err = WKS_ERR_INIT;
    wks_database database;
    wks_text other = WKS_TEXT_INIT;
    wks_text_addf(&other, "%s.read", path);
    assert_ok(wks_database_open(other.data, path, &database, &err), &err);
    assert_ok(wks_database_get(&database, sql, &out, &err), &err);
    wks_database_discard(&database);
    assert_false(wks_file_exists(other.data));
    wks_text_free(&other);
    return out;
}

static void tables_are_typed_and_labelled(void **state)
{
    made *m = *state;
    char *path = wks_folder_path(m->folder, "a.sqlite");
    assert_ok(wks_database_tables_write(&m->from, path, &m->err), &m->err);
    char *types = get(path, "SELECT group_concat(typeof(scenario) || ' ' || typeof(tick) || ' ' || date || ' ' || coalesce(value, 'null'), "
                            "', ') FROM source.city");
    assert_string_equal(types, "text integer 2025-01-01 61227.0, text integer 2025-02-01 0.1234567891, text integer 2025-03-01 null");
    char *label = get(path, "SELECT label_nl FROM source.city_labelled WHERE tick = 1");
    assert_string_equal(label, "Aandeel");
    free(types);
    free(label);
    free(path);
}

static void what_is_not_committed_is_gone(void **state)
{
    made *m = *state;
    char *path = wks_folder_path(m->folder, "a.sqlite");
    wks_database database;
    assert_ok(wks_database_open(path, NULL, &database, &m->err), &m->err);
    assert_int_equal(wks_database_run(&database, &m->err, "no sql"), WKS_ERR_IO);
    assert_contains(m->err.message, "syntax error");
    wks_database_discard(&database);
    assert_false(wks_file_exists(path));
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test_setup_teardown(tables_are_typed_and_labelled, made_begin, made_end),
                                       cmocka_unit_test_setup_teardown(what_is_not_committed_is_gone, made_begin, made_end)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
