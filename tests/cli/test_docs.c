/* docs/results.md tells every table with its columns and every key of the manifest; the docs of commands are checked by check-docs.sh, and
 * what the guides tell to type by check-guides.sh, which must find a word that does not exist. */
#include "cli/program.h"
#include "output/summary.h"
#include "output/tables.h"
#include "study/compare.h"
#include "study/losers.h"
#include "study/untouched.h"
#include "study/waterbed.h"

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
    assert_tells_header(docs, wks_losers_header);
    assert_tells_header(docs, wks_untouched_header);
    assert_tells_header(docs, wks_waterbed_header);
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

/* The script on the guide with `right` replaced by `wrong` (NULL: as it is) has to say so. */
static void check_guide(const char *folder, const char *right, const char *wrong, const char *says)
{
    char *script = program_source("scripts/check-guides.sh"), *path = program_source("docs/guide-own-city.md");
    char *guide = wks_folder_get(path), *at = strstr(guide, right), *page = NULL;
    wks_text text = WKS_TEXT_INIT;
    assert_non_null(at);
    wks_text_addf(&text, "%.*s%s%s", (int)(at - guide), guide, wrong != NULL ? wrong : right, at + strlen(right));
    page = wks_folder_put(folder, "guide.md", text.data);
    wks_run run = wks_run_program((const char *const[]){script, WKS_BIN_DIR, page, NULL}, folder);
    if (run.exit_code != (wrong != NULL)) fail_msg("'%s' for '%s': exit %d\n%s%s", wrong, right, run.exit_code, run.out, run.err);
    assert_contains(run.out, says);
    wks_run_free(&run);
    wks_text_free(&text);
    free(page);
    free(guide);
    free(path);
    free(script);
}

static void guide_commands_exist(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    check_guide(folder, "-r 2", NULL, "guides: commands and options exist");
    wks_folder_remove(folder);
}

static void guide_commands_misspelt_errors(void **state)
{
    (void)state;
    char *folder = wks_folder_make();
    check_guide(folder, "-r 2", "-y 2", "'-y' is no option of wijksim run");
    check_guide(folder, "--population", "--populaton", "'--populaton' is no option of wijksim check");
    check_guide(folder, "$bin/wijksim report", "$bin/wijksim raport", "'wijksim raport' is no command");
    check_guide(folder, "02_loting.cfg", "02_lot.cfg", "scenarios/02_lot.cfg does not exist");
    if (access(WKS_BIN_DIR "/wijksim-import", X_OK) == 0)
        check_guide(folder, "--gemeente Utrecht", "--gemente Utrecht", "'--gemente' is no option of wijksim import");
    wks_folder_remove(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(guide_commands_exist),
        cmocka_unit_test(guide_commands_misspelt_errors),
        cmocka_unit_test(results_page_has_every_table_and_its_columns),
        with_fixture(results_page_has_every_file_and_manifest_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
