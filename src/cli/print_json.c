#include "cli/print_json.h"

#include <stdio.h>

wks_status wks_print_json_take(wks_json *root, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;

    WKS_TRY(wks_json_write(root, true, &text, err));
    puts(text.data);
out:
    wks_json_free(root);
    wks_text_free(&text);
    return rc;
}
