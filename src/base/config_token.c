#include "base/config_token.h"

#include <string.h>

enum { TOKEN_SHOWN = 40 };

void wks_config_token_canonical(const wks_config_scan *scan, wks_text *out)
{
    for (size_t i = 0; i < scan->n; i++) {
        const wks_config_scan_token *token = &scan->token[i];
        if (token->kind == WKS_CONFIG_SCAN_STRING) {
            wks_config_token_add_string(out, token->text);
        } else if (token->kind == WKS_CONFIG_SCAN_INT) {
            wks_text_addf(out, "%lldL", (long long)token->integer); /* all 64 bits wide: libconfig 1.5 cuts others to 32 without a word */
        } else {
            wks_text_add(out, token->text);
        }
        wks_text_add_char(out, '\n');
    }
}

void wks_config_token_add_string(wks_text *out, const char *s)
{
    wks_text_add_char(out, '"');
    for (; *s != '\0'; s++) {
        switch (*s) {
        case '"': wks_text_add(out, "\\\""); break;
        case '\\': wks_text_add(out, "\\\\"); break;
        case '\n': wks_text_add(out, "\\n"); break;
        case '\r': wks_text_add(out, "\\r"); break;
        case '\t': wks_text_add(out, "\\t"); break;
        default:
            if ((unsigned char)*s < 0x20) {
                wks_text_addf(out, "\\x%02X", (unsigned)(unsigned char)*s);
            } else {
                wks_text_add_char(out, *s);
            }
        }
    }
    wks_text_add_char(out, '"');
}

const char *wks_config_token_describe(const wks_config_scan_token *token, char *buffer)
{
    if (token->kind == WKS_CONFIG_SCAN_END) return "the end of the file";
    bool is_string = token->kind == WKS_CONFIG_SCAN_STRING;
    size_t n = strlen(token->text);
    size_t shown = n > TOKEN_SHOWN ? TOKEN_SHOWN : n;
    shown = wks_text_utf8_prefix(token->text, shown); /* never half a character */
    size_t at = 0;
    buffer[at++] = is_string ? '"' : '\'';
    memcpy(buffer + at, token->text, shown);
    at += shown;
    if (shown < n) {
        memcpy(buffer + at, "...", 3);
        at += 3;
    }
    buffer[at++] = is_string ? '"' : '\'';
    buffer[at] = '\0';
    return buffer;
}
