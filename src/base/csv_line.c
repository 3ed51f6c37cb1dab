#include "base/csv_line.h"

#include <limits.h>
#include <string.h>

char wks_csv_line_separator(const char *bytes, size_t n)
{
    static const char candidates[3] = {',', ';', '\t'};
    size_t count[3] = {0, 0, 0};
    bool quoted = false;
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] == '"') quoted = !quoted;
        bool line_end = bytes[i] == '\n' || bytes[i] == '\r';
        if (line_end && !quoted && any) break;
        if (!line_end) any = true;
        for (int k = 0; k < 3; k++) {
            if (!quoted && bytes[i] == candidates[k]) count[k]++;
        }
    }
    int best = 0;
    for (int k = 1; k < 3; k++) {
        if (count[k] > count[best]) best = k;
    }
    return candidates[best];
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

size_t wks_csv_line_split(const char *bytes, size_t n, char separator, size_t n_columns, char *out, char **cell, int *offset)
{
    const char *lf = memchr(bytes, '\n', n);
    const size_t length = lf != NULL ? (size_t)(lf - bytes) : 0;
    size_t fields = 0;

    if (length == 0 || length > INT_MAX / 2) return 0; /* an empty line is no row */
    if (memchr(bytes, '"', length) != NULL || memchr(bytes, '\r', length) != NULL) return 0;
    memcpy(out, bytes, length);
    out[length] = separator;
    for (size_t begin = 0, end = 0; begin <= length; begin = end + 1) {
        for (end = begin; out[end] != separator;)
            end++;
        if (fields == n_columns || (end > begin && (is_blank(out[begin]) || is_blank(out[end - 1])))) return 0;
        out[end] = '\0';
        cell[fields] = out + begin;
        offset[fields++] = (int)begin;
    }
    return fields == n_columns ? length + 1 : 0;
}
