#include <stdio.h>

#include "cli/commands.h"
#include "cli/load.h"
#include "scenario/write.h"

wks_status wks_cmd_show_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_load load = {0};
    wks_text text = WKS_TEXT_INIT;

    WKS_TRY(wks_load_scenario(options->argument[0], options, &load, err));
    wks_write_origins(&load.scenario, &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the settings");
    if (text.data != NULL) fputs(text.data, stdout);
out:
    wks_text_free(&text);
    wks_load_free(&load);
    return rc;
}

wks_status wks_cmd_show_diff(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_load a = {0}, b = {0};
    wks_text text = WKS_TEXT_INIT;

    rc = wks_load_scenario(options->argument[0], options, &a, err);
    const wks_status other = wks_load_scenario(options->argument[1], options, &b, err);
    WKS_TRY(rc);
    WKS_TRY(other);
    wks_write_differences(&a.scenario, &b.scenario, options->lang, &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the differences");
    if (text.data != NULL) fputs(text.data, stdout);
out:
    wks_text_free(&text);
    wks_load_free(&a);
    wks_load_free(&b);
    return rc;
}
