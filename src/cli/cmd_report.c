#include <stdio.h>

#include "cli/commands.h"
#include "cli/load.h"
#include "cli/no_folder.h"
#include "report/html.h"

wks_status wks_cmd_report_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_problems problems = WKS_PROBLEMS_INIT;

    WKS_TRY(wks_no_folder_check(options->argument[0], WKS_ERR_DATA, err));
    rc = wks_html_write_beside(options->argument[0], options->sweep, options->lang, &problems, err);
    wks_load_print(&problems, options->quiet);
    if (rc == WKS_OK) printf("%s/report.html\n", options->argument[0]);
out:
    wks_problems_free(&problems);
    return rc;
}
