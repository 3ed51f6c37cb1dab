#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/file.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "export/csv_dialect.h"
#include "export/database_tables.h"
#include "export/map_file.h"
#include "export/workbook.h"

static bool is(const wks_options *options, const char *format)
{
    return strcmp(options->export_to, format) == 0;
}

/* What the name -o says to write, without --to: the extension of a file, or a folder. NULL: it says nothing. */
static const char *format_of_name(const char *output)
{
    static const struct {
        const char *extension, *format;
    } known[] = {{".xlsx", "xlsx"}, {".gpkg", "gpkg"}, {".sqlite", "sqlite"}, {".db", "sqlite"}};
    const size_t n = strlen(output);

    if (wks_file_is_folder(output) || (n > 0 && output[n - 1] == '/')) return "csv";
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const size_t n_end = strlen(known[i].extension);
        if (n > n_end && output[n - n_end - 1] != '/' && strcasecmp(output + n - n_end, known[i].extension) == 0) return known[i].format;
    }
    return NULL;
}

/* Without --to, and -o does not say either. */
static void tell_lack(const char *output, wks_text *wrong)
{
    if (output == NULL) {
        wks_text_add(wrong, "\n  expected --to xlsx, gpkg, sqlite or csv, or -o with a name that says which: "
                            "FILE.xlsx, FILE.gpkg, FILE.sqlite, FILE.db, FOLDER/ (csv)");
    } else {
        wks_text_addf(
            wrong,
            "\n  -o %s does not say what to write; expected .xlsx, .gpkg, .sqlite or .db at its end, / for a folder of csv, or --to "
            "xlsx, gpkg, sqlite or csv",
            output);
    }
}

/* Everything that is wrong with the command line at once. */
static wks_status check_use(const wks_options *options, wks_err *err)
{
    wks_text wrong = WKS_TEXT_INIT;
    const bool is_excel = options->csv_dialect != NULL && strcmp(options->csv_dialect, "excel-nl") == 0;

    if (options->export_to == NULL) {
        tell_lack(options->output, &wrong);
    } else if (!is(options, "xlsx") && !is(options, "gpkg") && !is(options, "sqlite") && !is(options, "csv")) {
        wks_text_addf(&wrong, "\n  --to '%s' is none of xlsx, gpkg, sqlite, csv", options->export_to);
    } else if (is(options, "xlsx") && !wks_workbook_is_built) {
        wks_text_add(&wrong, "\n  --to xlsx: this program was built without libxlsxwriter (Debian: libxlsxwriter-dev)");
    } else if (!is(options, "csv") && options->csv_dialect != NULL) {
        wks_text_addf(&wrong, "\n  --csv-dialect goes with --to csv, not with --to %s", options->export_to);
    }
    if (options->tables != NULL && options->export_to != NULL && is(options, "gpkg"))
        wks_text_add(&wrong, "\n  --tables goes with --to xlsx, sqlite or csv: the GeoPackage has its own tables");
    if (options->csv_dialect != NULL && !is_excel && strcmp(options->csv_dialect, "rfc4180") != 0)
        wks_text_addf(&wrong, "\n  --csv-dialect '%s' is neither rfc4180 nor excel-nl", options->csv_dialect);
    const wks_status rc = wrong.length == 0 ? WKS_OK : wks_err_set(err, WKS_ERR_USAGE, "%s", wrong.data + strlen("\n  "));
    wks_text_free(&wrong);
    return rc;
}

/* Where to: DIR/export.<format>, DIR/export-<dialect>, or as -o says (a folder that is there: the file goes into it). *out_is_own: nobody chose the name. */
static wks_status choose_target(const wks_options *options, char **out, bool *out_is_own, wks_err *err)
{
    wks_text name = WKS_TEXT_INIT;
    const bool is_csv = is(options, "csv");

    if (is_csv) {
        wks_text_addf(&name, "export-%s", options->csv_dialect == NULL ? "rfc4180" : options->csv_dialect);
    } else {
        wks_text_addf(&name, "export.%s", options->export_to);
    }
    *out_is_own = options->output == NULL || (!is_csv && wks_file_is_folder(options->output));
    *out = name.failed   ? NULL
           : *out_is_own ? wks_file_join(options->output == NULL ? options->argument[0] : options->output, name.data)
                         : strdup(options->output);
    for (size_t n = *out == NULL ? 0 : strlen(*out); n > 1 && (*out)[n - 1] == '/'; n--)
        (*out)[n - 1] = '\0';
    wks_text_free(&name);
    return *out == NULL ? wks_err_set(err, WKS_ERR_NOMEM, "no memory for a path") : WKS_OK;
}

static wks_status check_target(const wks_options *options, const char *target, bool is_own, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *folder = wks_file_folder(target);

    if (folder == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    if (is(options, "csv")) {
        if (wks_file_exists(target) && !wks_file_is_folder(target))
            WKS_FAIL(err, WKS_ERR_USAGE, "%s is a file; --to csv writes a folder of tables", target);
        if (!is_own && !options->force && wks_file_folder_has_entries(target))
            WKS_FAIL(err, WKS_ERR_USAGE, "%s holds files already; --force replaces the tables in it", target);
        goto out;
    }
    if (wks_file_is_folder(target)) WKS_FAIL(err, WKS_ERR_USAGE, "%s is a folder; expected a file", target);
    if (!is_own && !options->force && wks_file_exists(target)) WKS_FAIL(err, WKS_ERR_USAGE, "%s exists; --force replaces it", target);
    WKS_TRY(wks_file_make_folder(folder, err));
out:
    free(folder);
    return rc;
}

static wks_status write_target(const wks_options *options, const wks_result_folder *from, const char *target, wks_problems *problems,
                               wks_err *err)
{
    const bool is_excel = options->csv_dialect != NULL && strcmp(options->csv_dialect, "excel-nl") == 0;

    if (is(options, "xlsx")) return wks_workbook_write(from, target, WKS_WORKBOOK_MAX_ROWS, problems, err);
    if (is(options, "gpkg")) return wks_map_file_write(from, target, err);
    if (is(options, "sqlite")) return wks_database_tables_write(from, target, err);
    return wks_csv_dialect_write(from, is_excel ? WKS_CSV_DIALECT_EXCEL_NL : WKS_CSV_DIALECT_RFC4180, target, err);
}

wks_status wks_cmd_export_run(const wks_options *given, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;
    wks_result_folder from = {0};
    char *target = NULL;
    bool is_own = false;
    wks_options chosen = *given;
    const wks_options *options = &chosen;

    if (chosen.export_to == NULL && chosen.output != NULL) chosen.export_to = format_of_name(chosen.output);
    WKS_TRY(check_use(options, err));
    WKS_TRY(choose_target(options, &target, &is_own, err));
    WKS_TRY(check_target(options, target, is_own, err));
    WKS_TRY(wks_result_folder_open(options->argument[0], !is(options, "gpkg"), options->tables, &from, &problems, err));
    WKS_TRY(write_target(options, &from, target, &problems, err));
out:
    wks_load_print(&problems, options->quiet);
    if (rc == WKS_OK) printf("%s\n", target);
    wks_problems_free(&problems);
    wks_result_folder_free(&from);
    free(target);
    return rc;
}
