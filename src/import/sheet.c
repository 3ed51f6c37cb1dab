#include "import/sheet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/text.h"
#include "import/ogr.h"

void wks_sheet_free(wks_sheet *sheet)
{
    if (sheet == NULL) return;
    free(sheet->path);
    free(sheet->name);
    free(sheet->header);
    free(sheet->cell);
    free(sheet->line);
    free(sheet->position);
    free(sheet->bytes);
    memset(sheet, 0, sizeof *sheet);
}

const char *wks_sheet_kind_name(wks_sheet_kind kind)
{
    switch (kind) {
    case WKS_SHEET_CSV: return "csv";
    case WKS_SHEET_XLSX: return "xlsx workbook";
    case WKS_SHEET_XLS: return "xls workbook";
    case WKS_SHEET_SHAPE: return "shapefile";
    case WKS_SHEET_GEOPACKAGE: return "GeoPackage";
    case WKS_SHEET_JSON: return "JSON";
    case WKS_SHEET_ZIP: return "zip file";
    case WKS_SHEET_ODS: return "OpenDocument workbook";
    case WKS_SHEET_PDF: return "pdf document";
    case WKS_SHEET_HTML: return "web page (HTML)";
    case WKS_SHEET_UTF16: return "file in UTF-16 (Excel's 'Unicode text')";
    case WKS_SHEET_LOCK: return "lock file, which Excel leaves beside a workbook that is open";
    case WKS_SHEET_OTHER: break;
    }
    return "binary file";
}

/* What to do with a file that is no table. */
static const char *expected_instead(wks_sheet_kind kind)
{
    switch (kind) {
    case WKS_SHEET_ZIP: return "the files in it: unpack it first";
    case WKS_SHEET_UTF16:
    case WKS_SHEET_ODS: return "it saved as xlsx or as csv in UTF-8";
    case WKS_SHEET_HTML: return "the table itself: the site may have sent an error page, download it again";
    case WKS_SHEET_LOCK: return "the workbook itself, whose name has no ~$";
    default: return "a workbook (xlsx) or csv with CBS or Leefbaarometer figures";
    }
}

/* By the name of the first file in it. */
static wks_sheet_kind kind_of_zip(const unsigned char *bytes, size_t n)
{
    static const char *const workbook[] = {"[Content_Types].xml", "_rels/", "xl/", "docProps/", "customXml/"};
    enum { LENGTH_AT = 26, NAME_AT = 30 };
    if (n < NAME_AT) return WKS_SHEET_XLSX; /* cut off: told when it is opened */
    size_t length = bytes[LENGTH_AT] + 256U * bytes[LENGTH_AT + 1];
    const char *name = (const char *)bytes + NAME_AT;
    if (length > n - NAME_AT) length = n - NAME_AT;
    for (size_t i = 0; i < sizeof workbook / sizeof *workbook; i++)
        if (length >= strlen(workbook[i]) && strncmp(name, workbook[i], strlen(workbook[i])) == 0) return WKS_SHEET_XLSX;
    return length == 8 && strncmp(name, "mimetype", 8) == 0 ? WKS_SHEET_ODS : WKS_SHEET_ZIP;
}

static bool begins_nocase(const unsigned char *bytes, size_t n, const char *lower)
{
    for (size_t i = 0; lower[i] != '\0'; i++)
        if (i >= n || (bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] - 'A' + 'a' : bytes[i]) != (unsigned char)lower[i]) return false;
    return true;
}

static wks_sheet_kind kind_of_bytes(const unsigned char *bytes, size_t n)
{
    if (n >= 4 && memcmp(bytes, "PK\003\004", 4) == 0) return kind_of_zip(bytes, n);
    if (n >= 5 && memcmp(bytes, "%PDF-", 5) == 0) return WKS_SHEET_PDF;
    if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0)) return WKS_SHEET_UTF16;
    if (n >= 8 && memcmp(bytes, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8) == 0) return WKS_SHEET_XLS;
    if (n >= 4 && bytes[0] == 0x09 && (bytes[1] & 0xF1) == 0 && bytes[1] <= 0x08 && bytes[3] == 0) return WKS_SHEET_XLS; /* BIFF alone */
    if (n >= 4 && memcmp(bytes, "\x00\x00\x27\x0A", 4) == 0) return WKS_SHEET_SHAPE;
    if (n >= 15 && memcmp(bytes, "SQLite format 3", 15) == 0) return WKS_SHEET_GEOPACKAGE;
    size_t i = (n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) ? 3 : 0;
    while (i < n && (bytes[i] == ' ' || bytes[i] == '\t' || bytes[i] == '\r' || bytes[i] == '\n'))
        i++;
    if (i < n && (bytes[i] == '{' || bytes[i] == '[')) return WKS_SHEET_JSON;
    if (begins_nocase(bytes + i, n - i, "<!doctype html") || begins_nocase(bytes + i, n - i, "<html")) return WKS_SHEET_HTML;
    return memchr(bytes, 0, n) != NULL ? WKS_SHEET_OTHER : WKS_SHEET_CSV;
}

wks_status wks_sheet_kind_of(const char *path, wks_sheet_kind *out, wks_problems *problems, wks_err *err)
{
    unsigned char bytes[512];
    *out = WKS_SHEET_OTHER;
    if (wks_file_is_folder(path)) {
        wks_problems_error(problems, path, 0, 0, "is a folder; expected a file");
        return wks_err_set(err, WKS_ERR_DATA, "%s: is a folder", path);
    }
    FILE *stream = fopen(path, "rb");
    if (stream == NULL) {
        const char *why = wks_file_exists(path) ? "cannot be read" : "no such file";
        wks_problems_error(problems, path, 0, 0,
                           wks_file_exists(path) ? "cannot be read; expected a CBS workbook (xlsx) or csv file"
                                                 : "no such file; expected a CBS workbook (xlsx) or csv file");
        return wks_err_set(err, WKS_ERR_DATA, "%s: %s", path, why);
    }
    size_t n = fread(bytes, 1, sizeof bytes, stream);
    fclose(stream);
    if (n == 0) {
        wks_problems_error(problems, path, 0, 0, "the file is empty");
        return wks_err_set(err, WKS_ERR_DATA, "%s: the file is empty", path);
    }
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    *out = strncmp(name, "~$", 2) == 0 ? WKS_SHEET_LOCK : kind_of_bytes(bytes, n);
    return WKS_OK;
}

bool wks_sheet_is_map(wks_sheet_kind kind)
{
    return kind == WKS_SHEET_GEOPACKAGE || kind == WKS_SHEET_JSON || kind == WKS_SHEET_SHAPE;
}

/* Takes the arrays of a csv table over. */
static wks_status take_csv(wks_csv *csv, wks_sheet *out, wks_err *err)
{
    out->path = wks_mem_string(csv->path != NULL ? csv->path : "");
    out->name = wks_mem_string("");
    if (out->path == NULL || out->name == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a sheet");
    out->kind = WKS_SHEET_CSV;
    out->n_rows = csv->n_rows;
    out->n_columns = csv->n_columns;
    out->header = csv->header;
    out->cell = csv->cell;
    out->line = csv->line;
    out->position = csv->position;
    out->bytes = csv->bytes;
    csv->header = csv->cell = NULL;
    csv->line = csv->position = NULL;
    csv->bytes = NULL;
    for (size_t j = 0; j < out->n_columns; j++)
        out->header[j] = wks_text_trim(out->header[j]);
    for (size_t i = 0; i < out->n_rows * out->n_columns; i++)
        out->cell[i] = wks_text_trim(out->cell[i]);
    return WKS_OK;
}

/* Every line quoted once more as a whole, its own quotes doubled: the first line then holds "";"" (or with a comma). */
static bool is_quoted_twice(const char *bytes, size_t n)
{
    static const char *const signs[] = {"\"\";\"\"", "\"\",\"\""};
    const char *end = memchr(bytes, '\n', n);
    size_t n_line = end != NULL ? (size_t)(end - bytes) : n;
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
        size_t found = 0;
        for (size_t i = 0; i + 5 <= n_line; i++)
            found += memcmp(bytes + i, signs[k], 5) == 0;
        if (found >= 2) return true; /* two names that are empty would give one */
    }
    return false;
}

/* Reads such a table without any of its quotes. */
static wks_status parse_without_quotes(const char *name, const char *bytes, size_t n, wks_csv *out, wks_problems *problems, wks_err *err)
{
    size_t n_kept = 0;
    char *kept = wks_mem_array(n, 1);
    if (kept == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu bytes", n);
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != '"') kept[n_kept++] = bytes[i];
    wks_status rc = wks_csv_parse(name, kept, n_kept, 0, true, out, problems, err);
    if (rc == WKS_OK)
        wks_problems_warning(
            problems, name, 1, 0,
            "every line is quoted once more than it should be (not as StatLine saves it): read without quotes, %zu rows of %zu "
            "columns",
            out->n_rows, out->n_columns);
    free(kept);
    return rc;
}

/* Length without a last line such as "Bron: CBS" or a copyright: StatLine puts one under a table. It has no separator, so no row is lost. */
static size_t without_footer(const char *bytes, size_t n)
{
    size_t end = n;
    while (end > 0 && (bytes[end - 1] == '\n' || bytes[end - 1] == '\r' || bytes[end - 1] == ' '))
        end--;
    size_t begin = end;
    while (begin > 0 && bytes[begin - 1] != '\n')
        begin--;
    const char *line = bytes + begin + (begin < end && bytes[begin] == '"');
    const size_t left = (size_t)(bytes + end - line);
    const bool is_source = left >= 5 && memcmp(line, "Bron:", 5) == 0, is_copyright = left >= 2 && memcmp(line, "\xC2\xA9", 2) == 0;
    if (begin == 0 || !(is_source || is_copyright)) return n;
    return memchr(line, ';', left) != NULL || memchr(line, '\t', left) != NULL ? n : without_footer(bytes, begin);
}

wks_status wks_sheet_parse_csv(const char *name, const char *bytes, size_t n, wks_sheet *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_csv csv = {0};

    memset(out, 0, sizeof *out);
    n = without_footer(bytes, n);
    if (is_quoted_twice(bytes, n))
        WKS_TRY(parse_without_quotes(name, bytes, n, &csv, problems, err));
    else
        WKS_TRY(wks_csv_parse(name, bytes, n, 0, true, &csv, problems, err));
    WKS_TRY(take_csv(&csv, out, err));
out:
    wks_csv_free(&csv);
    if (rc != WKS_OK) wks_sheet_free(out);
    return rc;
}

static wks_status read_csv(const char *path, wks_sheet *out, wks_problems *problems, wks_err *err)
{
    char *bytes = NULL;
    size_t n = 0;
    wks_err reading = WKS_ERR_INIT;
    wks_status rc = wks_file_read(path, &bytes, &n, &reading);
    if (rc == WKS_OK) {
        rc = wks_sheet_parse_csv(path, bytes, n, out, problems, err);
    } else {
        if (rc != WKS_ERR_NOMEM) {
            wks_problems_error(problems, path, 0, 0, "%s", reading.message);
            rc = WKS_ERR_DATA;
        }
        (void)wks_err_set(err, rc, "%s", reading.message);
    }
    free(bytes);
    return rc;
}

wks_status wks_sheet_read(const char *path, const char *const *wanted, size_t n_wanted, wks_sheet *out, wks_problems *problems,
                          wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_sheet_kind kind;

    memset(out, 0, sizeof *out);
    WKS_TRY(wks_sheet_kind_of(path, &kind, problems, err));
    if (kind == WKS_SHEET_XLSX || kind == WKS_SHEET_XLS) {
        WKS_TRY(wks_ogr_sheet(path, wanted, n_wanted, out, problems, err));
    } else if (kind == WKS_SHEET_CSV) {
        WKS_TRY(read_csv(path, out, problems, err));
    } else {
        wks_problems_error(problems, path, 0, 0, "is %s %s; expected %s", kind == WKS_SHEET_ODS ? "an" : "a", wks_sheet_kind_name(kind),
                           expected_instead(kind));
        WKS_FAIL(err, WKS_ERR_DATA, "%s: not a table", path);
    }
out:
    if (rc != WKS_OK) wks_sheet_free(out);
    return rc;
}

int wks_sheet_column(const wks_sheet *sheet, const char *name)
{
    for (size_t j = 0; j < sheet->n_columns; j++)
        if (wks_text_equal_nocase(sheet->header[j], name)) return (int)j;
    return -1;
}

const char *wks_sheet_cell(const wks_sheet *sheet, size_t row, int column)
{
    WKS_BUG_IF(row >= sheet->n_rows || column < 0 || (size_t)column >= sheet->n_columns);
    return sheet->cell[row * sheet->n_columns + (size_t)column];
}

int wks_sheet_position(const wks_sheet *sheet, size_t row, int column)
{
    WKS_BUG_IF(row >= sheet->n_rows || column < 0 || (size_t)column >= sheet->n_columns);
    return sheet->position[row * sheet->n_columns + (size_t)column];
}

static bool is_missing_mark(const char *cell)
{
    static const char *const marks[] = {"", ".", "..", "-", "NA", "NaN", "x", "*"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (wks_text_equal_nocase(cell, marks[i])) return true;
    return false;
}

wks_sheet_number wks_sheet_parse(const char *cell, double *out)
{
    char copy[64];
    *out = NAN;
    while (*cell == ' ' || *cell == '\t')
        cell++;
    size_t n = strlen(cell);
    while (n > 0 && (cell[n - 1] == ' ' || cell[n - 1] == '\t'))
        n--;
    if (n >= sizeof copy) return WKS_SHEET_TEXT;
    memcpy(copy, cell, n);
    copy[n] = '\0';
    if (is_missing_mark(copy)) return WKS_SHEET_MISSING;
    char *comma = strchr(copy, ',');
    if (comma != NULL) {
        if (strchr(comma + 1, ',') != NULL || strchr(copy, '.') != NULL) return WKS_SHEET_TEXT;
        *comma = '.';
    }
    double value;
    if (!wks_text_parse_double(copy, &value)) return WKS_SHEET_TEXT;
    /* CBS and PDOK mark what is not published with -99997 and its neighbours. */
    if (value <= -99990.0 && value >= -99999999.0) return WKS_SHEET_MISSING;
    *out = value;
    return comma != NULL ? WKS_SHEET_COMMA : WKS_SHEET_NUMBER;
}

bool wks_sheet_has_decimal_comma(const wks_sheet *sheet)
{
    size_t n_comma = 0;
    for (size_t i = 0; i < sheet->n_rows * sheet->n_columns; i++) {
        double value;
        wks_sheet_number kind = wks_sheet_parse(sheet->cell[i], &value);
        if (kind == WKS_SHEET_NUMBER && strchr(sheet->cell[i], '.') != NULL) return false;
        if (kind == WKS_SHEET_COMMA) n_comma++;
    }
    return n_comma > 0;
}
