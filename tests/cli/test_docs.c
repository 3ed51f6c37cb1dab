/* docs/results.md tells every table with its columns and every key of the manifest; the docs of commands are checked by check-docs.sh. */
#include "cli/program.h"
#include "output/summary.h"
#include "output/tables.h"
#include "study/compare.h"

static void assert_tells_header(const char *docs, const char *header)
{
    wks_text line = WKS_TEXT_INIT;
    wks_text_addf(&line, "\n`%.*s`\n", (int)strcspn(header, "\n"), header);
    if (strstr(docs, line.data) == NULL) fail_msg("docs/results.md does not have %s", line.data);
    wks_text_free(&line);
}

static void results_page_has_every_table_and_its_columns(void **state)
{
    char *path = program_source("docs/results.md"), *docs = wks_folder_get(path);
    (void)state;
    for (int i = 0; i < WKS_TABLES_N; i++) {
        char heading[64];
        (void)snprintf(heading, sizeof heading, "\n### %s\n", wks_tables_name[i]);
        assert_contains(docs, heading);
        assert_tells_header(docs, wks_tables_header[i]);
    }
    assert_tells_header(docs, wks_summary_header);
    assert_tells_header(docs, wks_compare_header);
    free(docs);
    free(path);
}

static void results_page_has_every_file_and_manifest_key(void **state)
{
    fixture *f = *state;
    char *path = program_source("docs/results.md"), *docs = wks_folder_get(path);
    char **names = NULL;
    size_t n = 0;
    wks_err err = WKS_ERR_INIT;
    char quoted[128];
    program_do(f->folder, 0, "compare", f->reference, f->cap, "-q", "-t", "2", "-r", "2", "-o", "out", "--set", f->small, NULL);
    static const char *const folders[] = {"out", "out/reference"};
    for (size_t k = 0; k < 2; k++) {
        char *folder = wks_folder_path(f->folder, folders[k]);
        assert_ok(wks_file_list(folder, &names, &n, &err), &err);
        for (size_t i = 0; i < n; i++) {
            (void)snprintf(quoted, sizeof quoted, "`%s`", names[i]);
            if (strcmp(names[i], "reference") != 0 && strcmp(names[i], "plafond") != 0) assert_contains(docs, quoted);
            free(names[i]);
        }
        free(names);
        char *manifest = program_get(folder, "manifest.json");
        for (const char *at = manifest; (at = strstr(at, "\n  \"")) != NULL; at++) { /* keys of the top level */
            (void)snprintf(quoted, sizeof quoted, "`%.*s`", (int)strcspn(at + 4, "\""), at + 4);
            assert_contains(docs, quoted);
        }
        free(manifest);
        free(folder);
    }
    free(docs);
    free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_page_has_every_table_and_its_columns),
        with_fixture(results_page_has_every_file_and_manifest_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
