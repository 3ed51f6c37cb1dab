#include "base/encoding.h"

#include <string.h>

/* Line and byte column of an offset; LF, CRLF and CR end lines. */
static void find_place(const char *bytes, size_t offset, int *line, int *column)
{
    *line = 1;
    size_t start = 0;
    for (size_t i = 0; i < offset; i++) {
        bool crlf = bytes[i] == '\r' && i + 1 < offset && bytes[i + 1] == '\n';
        if (crlf || (bytes[i] != '\n' && bytes[i] != '\r')) continue;
        (*line)++;
        start = i + 1;
    }
    *column = (int)(offset - start) + 1;
}

/* Windows-1252: 0x80-0x9F; the five bytes without a character keep their number. */
static const unsigned short cp1252[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                          0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                          0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

void wks_encoding_add_cp1252(const char *bytes, size_t n, wks_text *out)
{
    for (size_t i = 0; i < n; i++) {
        unsigned code = (unsigned char)bytes[i];
        if (code >= 0x80 && code < 0xA0) code = cp1252[code - 0x80];
        if (code < 0x80) {
            wks_text_add_char(out, (char)code);
        } else if (code < 0x800) {
            wks_text_add_char(out, (char)(0xC0 | code >> 6));
            wks_text_add_char(out, (char)(0x80 | (code & 0x3F)));
        } else {
            wks_text_add_char(out, (char)(0xE0 | code >> 12));
            wks_text_add_char(out, (char)(0x80 | (code >> 6 & 0x3F)));
            wks_text_add_char(out, (char)(0x80 | (code & 0x3F)));
        }
    }
}

bool wks_encoding_check(const char *name, const char *bytes, size_t n, bool allow_cp1252, bool *out_convert, wks_problems *problems)
{
    int line = 0;
    int column = 0;
    *out_convert = false;
    if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) {
        wks_problems_error(problems, name, 1, 1, "the file is UTF-16; expected UTF-8 (save it again as CSV UTF-8)");
        return false;
    }
    const char *nul = memchr(bytes, '\0', n);
    if (nul != NULL) {
        find_place(bytes, (size_t)(nul - bytes), &line, &column);
        wks_problems_error(problems, name, line, column, "a NUL byte; expected text (is this a CSV file?)");
        return false;
    }
    size_t good = wks_text_utf8_prefix(bytes, n);
    if (good == n) return true;
    find_place(bytes, good, &line, &column);
    if (allow_cp1252) {
        wks_problems_warning(problems, name, line, column, "not UTF-8: the file is read as Windows-1252");
        *out_convert = true;
        return true;
    }
    wks_problems_error(problems, name, line, column, "byte 0x%02X is not UTF-8; expected a file in UTF-8",
                       (unsigned)(unsigned char)bytes[good]);
    return false;
}

size_t wks_encoding_bom_length(const char *bytes, size_t n)
{
    return n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}
