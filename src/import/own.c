#include "import/own.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/month.h"
#include "import/own_dwellings.h"
#include "import/own_files.h"
#include "import/own_seekers.h"

/* One import at work. */
typedef struct job {
    const wks_own_options *options;
    wks_text *report;
    wks_problems *problems;
    wks_city city;
    wks_sheet sheet[WKS_OWN_TERMS_N_FILES];
    const char *path[WKS_OWN_TERMS_N_FILES];
    wks_own_mapping mapping;
    wks_own_postcode postcode;
    wks_pseudonym secret;
    bool is_secret_new;
    wks_own_rows rows;
} job;

static void close_job(job *j)
{
    wks_folder_free(&j->city);
    for (int f = 0; f < WKS_OWN_TERMS_N_FILES; f++)
        wks_sheet_free(&j->sheet[f]);
    wks_own_mapping_free(&j->mapping);
    wks_own_postcode_free(&j->postcode);
    wks_pseudonym_forget(&j->secret);
    wks_own_rows_free(&j->rows);
}

static bool has_own_files(const char *city)
{
    bool found = false;

    for (int i = 0; i < WKS_OWN_FILES_REPORT; i++) {
        char *path = wks_file_join(city, wks_own_files_name[i]);
        found = found || path == NULL || wks_file_exists(path); /* in doubt nothing is replaced */
        free(path);
    }
    return found;
}

/* Bad input is told with all the rest; only what is no input stops at once. */
static bool goes_on(wks_status rc)
{
    return rc == WKS_OK || rc == WKS_ERR_DATA;
}

static wks_status read_sheets(job *j, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int f = 0; f < WKS_OWN_TERMS_N_FILES; f++) {
        if (j->path[f] == NULL) continue;
        wks_err ignored = WKS_ERR_INIT;
        const wks_status one = wks_own_rows_sheet(j->path[f], wks_own_terms_file_name[f], &j->sheet[f], j->problems, &ignored);
        if (one != WKS_OK) rc = wks_err_set(err, one, "%s", ignored.message);
        if (!goes_on(one)) return one;
    }
    return rc;
}

/* ---- a proposal ---- */

/* What the first line has beyond the proposed columns. When it is not surely a header its cells may be somebody's: only their places. */
static void report_unread(const job *j, wks_own_terms_file file, wks_text *out)
{
    const wks_sheet *sheet = &j->sheet[file];
    const bool has_header = wks_own_mapping_has_header(NULL, file, sheet);

    for (size_t c = 0; c < sheet->n_columns; c++) {
        const char *why = wks_own_terms_refusal(file, sheet->header[c]);
        int32_t rank;
        char place[32];
        (void)snprintf(place, sizeof place, "column %zu", c + 1);
        const char *name = has_header ? sheet->header[c] : place;
        if (has_header && why != NULL) {
            wks_text_addf(out, "  never read: %s (%s)\n", name, why);
        } else if (wks_own_terms_recognise(file, sheet->header[c], &rank) < 0 && sheet->header[c][0] != '\0') {
            wks_text_addf(out, "  not known: %s\n", name);
        }
    }
    if (!has_header)
        wks_text_add(out, "  the first line may hold no names of columns: what is not known in it is not shown, it may be about people\n");
}

static void report_proposal(const job *j, wks_own_terms_file file, wks_text *out)
{
    int32_t n;
    const wks_own_terms_field *field = wks_own_terms_fields(file, &n);

    wks_text_addf(out, "%s (%s):\n", j->path[file], wks_own_terms_file_name[file]);
    for (int32_t f = 0; f < n; f++) {
        const char *name = j->mapping.column[file][f].name;
        if (name != NULL) wks_text_addf(out, "  %-11s = %s\n", field[f].name, name);
    }
    for (int32_t f = 0; f < n; f++) {
        if (j->mapping.column[file][f].name == NULL && field[f].need == WKS_OWN_TERMS_NEEDED)
            wks_text_addf(out, "  %-11s   not recognised, and needed: %s\n", field[f].name, field[f].help);
    }
    report_unread(j, file, out);
}

static wks_status propose(job *j, const char *path, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text = WKS_TEXT_INIT;
    const wks_sheet *sheet[WKS_OWN_TERMS_N_FILES] = {NULL, NULL};

    if (wks_file_exists(path) && !j->options->force)
        WKS_FAIL(err, WKS_ERR_USAGE, "%s exists; choose another name for the mapping or give --force", path);
    WKS_TRY(read_sheets(j, err));
    for (int f = 0; f < WKS_OWN_TERMS_N_FILES; f++) {
        if (j->path[f] == NULL) continue;
        sheet[f] = &j->sheet[f];
        WKS_TRY(wks_own_mapping_propose(&j->mapping, (wks_own_terms_file)f, sheet[f], err));
        report_proposal(j, (wks_own_terms_file)f, j->report);
    }
    wks_own_mapping_write(&j->mapping, sheet, &text);
    if (text.failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the mapping");
    WKS_TRY(wks_file_write(path, text.data, text.length, err));
    wks_text_addf(j->report, "a proposal was written: %s\n", path);
out:
    wks_text_free(&text);
    return rc;
}

/* ---- the secret ---- */

/* The folder may be given to others, the secret never. */
static wks_status check_apart(const char *city, const char *key, wks_err *err)
{
    wks_status rc = WKS_OK;
    char *folder = wks_file_folder(key), *inside = NULL, *around = NULL;

    if (folder == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    inside = realpath(folder, NULL);
    around = realpath(city, NULL);
    if (inside == NULL) WKS_FAIL(err, WKS_ERR_USAGE, "--keep-key %s: %s; expected a file in a folder that exists", key, strerror(errno));
    const size_t n = around == NULL ? 0 : strlen(around);
    if (n > 0 && strncmp(inside, around, n) == 0 && (inside[n] == '/' || inside[n] == '\0'))
        WKS_FAIL(err, WKS_ERR_USAGE, "--keep-key %s lies in the city folder, which others may get to see; expected a place outside %s", key,
                 city);
out:
    free(folder);
    free(inside);
    free(around);
    return rc;
}

static wks_status open_secret(job *j, wks_err *err)
{
    const char *path = j->options->keep_key;

    if (path != NULL) {
        const wks_status rc = check_apart(j->options->city, path, err);
        if (rc != WKS_OK) return rc;
        if (wks_file_exists(path)) return wks_pseudonym_read(path, &j->secret, j->problems, err);
    }
    j->is_secret_new = true;
    return wks_pseudonym_make(&j->secret, err);
}

/* ---- the import ---- */

static wks_status read_rows(job *j, wks_err *err)
{
    wks_status rc = WKS_OK, one;
    const wks_own_rows_source source = {&j->city,   &j->mapping, j->options->postcodes != NULL ? &j->postcode : NULL,
                                        &j->secret, j->problems, j->report};

    for (int f = 0; f < WKS_OWN_TERMS_N_FILES; f++) {
        wks_err ignored = WKS_ERR_INIT;
        if (j->path[f] == NULL || j->sheet[f].header == NULL) continue;
        one = f == WKS_OWN_TERMS_DWELLINGS ? wks_own_dwellings_read(&source, &j->sheet[f], &j->rows, &ignored)
                                           : wks_own_seekers_read(&source, &j->sheet[f], &j->rows, &ignored);
        if (one != WKS_OK) rc = wks_err_set(err, one, "%s", ignored.message);
        if (!goes_on(one)) return one;
    }
    return rc;
}

static wks_status read_all(job *j, wks_err *err)
{
    const wks_own_options *o = j->options;
    const wks_status sheets = read_sheets(j, err);
    wks_err ignored = WKS_ERR_INIT;
    wks_status rc = WKS_OK;

    if (!goes_on(sheets)) return sheets;
    if (o->postcodes != NULL) rc = wks_own_postcode_read(o->postcodes, &j->city, &j->postcode, j->problems, &ignored);
    if (!goes_on(rc)) return wks_err_set(err, rc, "%s", ignored.message);
    const wks_status table = rc;
    rc = wks_own_mapping_read(o->mapping, &j->mapping, j->problems, err);
    if (rc != WKS_OK) return rc; /* nothing can be told of the rows */
    for (int f = 0; f < WKS_OWN_TERMS_N_FILES; f++)
        j->mapping.has_file[f] = j->path[f] != NULL;
    if (table == WKS_OK) rc = read_rows(j, err);
    if (rc != WKS_OK) return rc;
    return sheets != WKS_OK || table != WKS_OK ? wks_err_set(err, WKS_ERR_DATA, "the input has problems") : WKS_OK;
}

static wks_status write_all(job *j, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_text text[WKS_OWN_FILES_N];
    const wks_text *put[WKS_OWN_FILES_N];
    const wks_own_options *o = j->options;
    char *path = wks_file_join(o->city, "city.cfg"), *old = NULL;
    size_t n = 0;
    bool is_saved = false;

    for (int i = 0; i < WKS_OWN_FILES_N; i++) {
        text[i] = WKS_TEXT_INIT;
        put[i] = &text[i];
    }
    if (path == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a path");
    WKS_TRY(wks_file_read(path, &old, &n, err));
    wks_own_files_dwellings(&j->city, &j->rows, &text[WKS_OWN_FILES_DWELLINGS]);
    wks_own_files_seekers(&j->city, &j->rows, &text[WKS_OWN_FILES_SEEKERS]);
    wks_own_files_report(&j->city, &j->mapping, &j->rows, &text[WKS_OWN_FILES_REPORT]);
    wks_own_files_config(old, j->city.own.is_there, &text[WKS_OWN_FILES_CONFIG]);
    if (j->path[WKS_OWN_TERMS_DWELLINGS] == NULL) put[WKS_OWN_FILES_DWELLINGS] = NULL;
    if (j->path[WKS_OWN_TERMS_SEEKERS] == NULL) put[WKS_OWN_FILES_SEEKERS] = NULL;
    if (o->keep_key != NULL && j->is_secret_new) {
        WKS_TRY(wks_pseudonym_save(o->keep_key, &j->secret, err));
        is_saved = true;
    }
    WKS_TRY(wks_own_files_put(o->city, put, err));
out:
    if (rc != WKS_OK && is_saved) (void)unlink(o->keep_key);
    for (int i = 0; i < WKS_OWN_FILES_N; i++)
        wks_text_free(&text[i]);
    free(path);
    free(old);
    return rc;
}

static void report_result(const job *j)
{
    wks_text *out = j->report;
    const wks_own_rows *rows = &j->rows;

    char n[5][WKS_OWN_ROWS_COUNT_SIZE]; /* in the words of own.md */

    if (j->path[WKS_OWN_TERMS_DWELLINGS] != NULL)
        wks_text_addf(out, "dwellings: %s read, %s used; left out: %s in another gemeente, %s rooms, %s no dwellings\n",
                      wks_own_rows_count(rows->n_read[WKS_OWN_TERMS_DWELLINGS], n[0]), wks_own_rows_count(rows->n_dwellings, n[1]),
                      wks_own_rows_count(rows->n_outside[WKS_OWN_TERMS_DWELLINGS], n[2]), wks_own_rows_count(rows->n_rooms, n[3]),
                      wks_own_rows_count(rows->n_other, n[4]));
    if (j->path[WKS_OWN_TERMS_SEEKERS] != NULL)
        wks_text_addf(out, "seekers: %s read, %s used; the rest lives in another gemeente\n",
                      wks_own_rows_count(rows->n_read[WKS_OWN_TERMS_SEEKERS], n[0]), wks_own_rows_count(rows->n_seekers, n[1]));
    if (j->options->keep_key == NULL) {
        wks_text_add(out, "the secret behind the pseudonyms was not kept: nobody can trace a key back, and a next import has other keys\n");
    } else {
        wks_text_addf(out, "the secret behind the pseudonyms is in %s: keep it apart from the city, and safe\n", j->options->keep_key);
    }
    wks_text_addf(out, "written: own_*.csv, own.md and own_data = true in %s\n", j->options->city);
}

static wks_status import(job *j, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_own_options *o = j->options;

    if (!o->force && (j->city.own.is_there || has_own_files(o->city)))
        WKS_FAIL(err, WKS_ERR_USAGE, "%s has own data already; --force replaces it", o->city);
    WKS_TRY(open_secret(j, err));
    WKS_TRY(read_all(j, err));
    if (j->path[WKS_OWN_TERMS_SEEKERS] != NULL && j->mapping.column[WKS_OWN_TERMS_SEEKERS][WKS_OWN_TERMS_S_REACTED].name == NULL)
        wks_problems_warning(j->problems, o->mapping, 0, 0,
                             "seekers.reacted is not mapped: everybody who is registered counts as an active seeker");
    if (j->report->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the report");
    WKS_TRY(write_all(j, err));
    report_result(j);
out:
    return rc;
}

wks_status wks_own_import(const wks_own_options *options, wks_text *report, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    job j = {.options = options, .report = report, .problems = problems};

    j.path[WKS_OWN_TERMS_DWELLINGS] = options->dwellings;
    j.path[WKS_OWN_TERMS_SEEKERS] = options->seekers;
    j.rows.reference_month = options->month;
    j.rows.reference_day = options->day;
    j.rows.is_reference_given = options->day > 0;
    if (options->write_mapping != NULL) {
        WKS_TRY(propose(&j, options->write_mapping, err));
        goto out;
    }
    if (!wks_file_exists(options->mapping)) {
        WKS_TRY(propose(&j, options->mapping, err));
        wks_problems_error(problems, options->mapping, 0, 0,
                           "did not exist: a proposal was written there; check it and give the same command again");
        WKS_FAIL(err, WKS_ERR_DATA, "no mapping");
    }
    WKS_TRY(wks_folder_read_public(options->city, &j.city, problems, err));
    WKS_TRY(import(&j, err));
out:
    close_job(&j);
    return rc;
}
