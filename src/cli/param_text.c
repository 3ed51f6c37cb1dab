#include "cli/param_text.h"

#include "scenario/keys.h"

const char *wks_param_text_preset(const wks_param *param, char *buffer)
{
    switch (param->type) {
    case WKS_PARAM_BOOL: return param->preset != 0 ? "true" : "false";
    case WKS_PARAM_CHOICE: return param->choice[(int)param->preset];
    case WKS_PARAM_INT:
    case WKS_PARAM_REAL: return wks_text_number(param->preset, buffer);
    case WKS_PARAM_TEXT:
    case WKS_PARAM_MONTH:
    case WKS_PARAM_GROUP:
    case WKS_PARAM_WHERE:
    case WKS_PARAM_AREAS:
    case WKS_PARAM_NUMBER: break;
    }
    const char *text = wks_keys_default_text(param);
    if (text != NULL) return text;
    return param->is_required ? "required" : "none";
}

const char *wks_param_text_type(const wks_param *param)
{
    static const char *const names[] = {"boolean", "integer", "number",    "choice", "text",
                                        "month",   "group",   "predicate", "areas",  "expression"};
    return names[param->type];
}

void wks_param_text_range(const wks_param *param, wks_text *out)
{
    wks_text_clear(out);
    if (param->type == WKS_PARAM_INT || param->type == WKS_PARAM_REAL) {
        wks_text_add_number(out, param->low);
        wks_text_add(out, " to ");
        wks_text_add_number(out, param->high);
    } else if (param->type == WKS_PARAM_CHOICE) {
        for (int i = 0; param->choice[i] != NULL; i++) {
            if (i > 0) wks_text_add(out, ", ");
            wks_text_add(out, param->choice[i]);
        }
    }
}
