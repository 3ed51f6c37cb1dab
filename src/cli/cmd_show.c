#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/commands.h"
#include "cli/load.h"
#include "scenario/write.h"

wks_status wks_cmd_show_run(const wks_options *options, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_load load = {0};
    wks_json *list = NULL;
    wks_text text = WKS_TEXT_INIT;

    WKS_TRY(wks_load_scenario(options->argument[0], options, &load, err));
    if (options->json) {
        list = wks_json_array();
        wks_write_origins_json(&load.scenario, list);
        WKS_TRY(wks_json_write(list, true, &text, err));
        puts(text.data);
        goto out;
    }
    wks_write_origins(&load.scenario, &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the settings");
    if (text.data != NULL) fputs(text.data, stdout);
out:
    wks_json_free(list);
    wks_text_free(&text);
    wks_load_free(&load);
    return rc;
}

/* The sentences as {"same": false, "differences": ["...", ...]}. */
static wks_status tell_json(const char *lines, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_json *root = wks_json_object(), *list = wks_json_array();
    wks_text line = WKS_TEXT_INIT, text = WKS_TEXT_INIT;

    for (const char *at = lines == NULL ? "" : lines; *at != '\0'; at += strcspn(at, "\n"), at += *at == '\n') {
        wks_text_clear(&line);
        wks_text_add_bytes(&line, at, strcspn(at, "\n"));
        if (line.length > 0) wks_json_append_take(list, wks_json_string(line.data));
    }
    wks_json_set_take(root, "same", wks_json_bool(wks_json_size(list) == 0));
    wks_json_set_take(root, "differences", list);
    WKS_TRY(wks_json_write(root, true, &text, err));
    puts(text.data);
out:
    wks_json_free(root);
    wks_text_free(&line);
    wks_text_free(&text);
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
    if (options->json) {
        WKS_TRY(tell_json(text.data, err));
    } else if (text.data != NULL && text.length > 0) {
        fputs(text.data, stdout);
    } else if (!options->quiet) { /* nothing at all would look as if nothing was done */
        fprintf(stderr, "wijksim: no setting differs\n");
    }
out:
    wks_text_free(&text);
    wks_load_free(&a);
    wks_load_free(&b);
    return rc;
}
