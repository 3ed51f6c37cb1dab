#include "import/own_files.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/mem.h"
#include "base/month.h"

enum { FEW = WKS_OWN_ROWS_FEW, PATH_SIZE = 4096 };

const char *const wks_own_files_name[WKS_OWN_FILES_N] = {"own_dwellings.csv", "own_seekers.csv", "own.md", "city.cfg"};
static const mode_t mode_of[WKS_OWN_FILES_N] = {0600, 0600, 0644, 0644};

/* ---- tables ---- */

static void add_header(const wks_own_column_info *info, int32_t n, wks_text *out)
{
    for (int32_t c = 0; c < n; c++)
        wks_text_addf(out, "%s%s", c > 0 ? "," : "", info[c].name);
    wks_text_add_char(out, '\n');
}

/* 0 is not known. */
static void add_known(wks_text *out, double value)
{
    wks_text_add_char(out, ',');
    if (value > 0.0) wks_text_add_number(out, value);
}

static void add_word(wks_text *out, wks_own_terms_word word, int32_t number)
{
    wks_text_addf(out, ",%s", wks_own_terms_word_table[word].ours[number]);
}

void wks_own_files_dwellings(const wks_city *city, const wks_own_rows *rows, wks_text *out)
{
    add_header(wks_own_dwelling_table, WKS_OWN_N_DWELLING_COLUMNS, out);
    for (int32_t i = 0; i < rows->n_dwellings; i++) {
        const wks_own_dwelling *d = &rows->dwelling[i];
        wks_text_addf(out, "%s,%s,%s", d->key, city->buurt[d->buurt_row].code, d->complex);
        add_word(out, WKS_OWN_TERMS_TYPE, d->type);
        add_word(out, WKS_OWN_TERMS_LABEL, d->label);
        add_word(out, WKS_OWN_TERMS_SEGMENT, d->segment);
        wks_text_add(out, d->accessible < 0 ? "," : (d->accessible > 0 ? ",1" : ",0"));
        add_known(out, d->rooms);
        add_known(out, (double)d->area_m2);
        add_known(out, d->built_year);
        add_known(out, d->wws_points);
        add_known(out, (double)d->rent_eur);
        add_known(out, (double)d->asked_rent_eur);
        wks_text_add_char(out, '\n');
    }
}

void wks_own_files_seekers(const wks_city *city, const wks_own_rows *rows, wks_text *out)
{
    add_header(wks_own_seeker_table, WKS_OWN_N_SEEKER_COLUMNS, out);
    for (int32_t i = 0; i < rows->n_seekers; i++) {
        const wks_own_seeker *s = &rows->seeker[i];
        wks_text_addf(out, "%s,%s", s->key, s->buurt_row < 0 ? "" : city->buurt[s->buurt_row].code);
        add_known(out, s->age);
        add_known(out, s->persons);
        wks_text_add_char(out, ',');
        wks_text_add_number(out, (double)s->income_eur);
        wks_text_addf(out, ",%d", (int)s->months_registered);
        add_word(out, WKS_OWN_TERMS_URGENCY, s->urgency);
        wks_text_addf(out, ",%d\n", (int)s->is_active);
    }
}

void wks_own_files_config(const char *old, bool is_set, wks_text *out)
{
    const size_t n = strlen(old);

    wks_text_add_bytes(out, old, n);
    if (n > 0 && old[n - 1] != '\n') wks_text_add_char(out, '\n');
    if (!is_set) wks_text_add(out, "own_data = true;  // of real dwellings and people: cells under 10 are hidden, lettings.csv is off\n");
}

/* ---- own.md ---- */

static void add_count(wks_text *out, int32_t n)
{
    char buffer[WKS_OWN_ROWS_COUNT_SIZE];

    wks_text_add(out, wks_own_rows_count(n, buffer));
}

static void add_line(wks_text *out, const char *label, int32_t dwellings, int32_t seekers, bool has_dwellings, bool has_seekers)
{
    wks_text_addf(out, "| %s | ", label);
    if (has_dwellings) add_count(out, dwellings);
    wks_text_add(out, " | ");
    if (has_seekers) add_count(out, seekers);
    wks_text_add(out, " |\n");
}

static void report_rows(const wks_own_mapping *mapping, const wks_own_rows *rows, wks_text *out)
{
    const bool d = mapping->has_file[WKS_OWN_TERMS_DWELLINGS], s = mapping->has_file[WKS_OWN_TERMS_SEEKERS];
    int32_t n_active = 0, n_placed = 0;

    for (int32_t i = 0; i < rows->n_seekers; i++) {
        n_active += rows->seeker[i].is_active;
        n_placed += rows->seeker[i].buurt_row >= 0;
    }
    wks_text_add(out, "| rows | dwellings | seekers |\n|---|---|---|\n");
    add_line(out, "read", rows->n_read[0], rows->n_read[1], d, s);
    add_line(out, "used", rows->n_dwellings, rows->n_seekers, d, s);
    add_line(out, "left out: in another gemeente", rows->n_outside[0], rows->n_outside[1], d, s);
    add_line(out, "left out: rooms (these are drawn, as before)", rows->n_rooms, 0, d, false);
    add_line(out, "left out: no dwellings (parking, shops, ...)", rows->n_other, 0, d, false);
    add_line(out, "of the used: active in the last twelve months", 0, n_active, false, s);
    add_line(out, "of the used: buurt known", 0, n_placed, false, s);
    add_line(out, "of the used: registered before 18", 0, rows->n_minors, false, s);
    wks_text_add(out, "\n");
}

static void report_fields(const wks_own_mapping *mapping, const wks_own_rows *rows, wks_text *out)
{
    wks_text_add(
        out, "## Fields\n\nCells that say nothing are filled from the synthetic dwelling or household that a row takes the place of.\n\n"
             "| file | field | column | empty cells |\n|---|---|---|---|\n");
    for (int file = 0; file < WKS_OWN_TERMS_N_FILES; file++) {
        int32_t n;
        const wks_own_terms_field *field = wks_own_terms_fields((wks_own_terms_file)file, &n);
        for (int32_t f = 0; mapping->has_file[file] && f < n; f++) {
            const char *column = mapping->column[file][f].name;
            wks_text_addf(out, "| %s | %s | %s | ", wks_own_terms_file_name[file], field[f].name, column == NULL ? "(not mapped)" : column);
            if (column != NULL) add_count(out, rows->n_empty[file][f]);
            wks_text_add(out, " |\n");
        }
    }
    wks_text_add(out, "\n");
}

static void report_stock(const wks_city *city, const wks_own_rows *rows, wks_text *out)
{
    int32_t n_over = 0, *n = wks_mem_array((size_t)city->n_buurten, sizeof *n);

    if (n == NULL) {
        out->failed = true;
        return;
    }
    for (int32_t i = 0; i < rows->n_dwellings; i++)
        n[rows->dwelling[i].buurt_row]++;
    wks_text_add(out, "## Stock by buurt\n\nOwn dwellings against the corporatie dwellings of buurten.csv (dwellings x share_corporatie, "
                      "which CBS rounds to whole per\n"
                      "cent). Where the own ones are more, those beyond the margin are left out of the population.\n\n"
                      "| buurt | name | corporatie dwellings | own | share |\n|---|---|---|---|---|\n");
    for (int32_t b = 0; b < city->n_buurten; b++) {
        const wks_city_area *area = &city->buurt[b];
        const double all = floor(area->value[WKS_CITY_dwellings] * area->value[WKS_CITY_share_corporatie] + 0.5);
        if (n[b] == 0) continue;
        wks_text_addf(out, "| %s | %s | %.0f | ", area->code, area->name, all);
        add_count(out, n[b]);
        wks_text_add(out, " | ");
        if (n[b] >= FEW && all > 0.0) wks_text_addf(out, "%.0f %%", 100.0 * n[b] / all);
        if (n[b] > all) wks_text_add(out, " more than the margin");
        n_over += n[b] > all;
        wks_text_add(out, " |\n");
    }
    wks_text_addf(out, "\nBuurten with more own dwellings than the margin holds: %d.\n\n", (int)n_over);
    free(n);
}

static int by_number(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

static void report_waiting(const wks_own_rows *rows, wks_text *out)
{
    int32_t n = 0, *months = wks_mem_array((size_t)rows->n_seekers, sizeof *months);

    if (months == NULL) {
        out->failed = true;
        return;
    }
    for (int32_t i = 0; i < rows->n_seekers; i++) {
        if (rows->seeker[i].is_active) months[n++] = rows->seeker[i].months_registered;
    }
    if (n >= 10 * FEW) { /* fewer say too much about one of them */
        qsort(months, (size_t)n, sizeof *months, by_number);
        wks_text_addf(out, "## Inschrijfduur of active seekers\n\nA tenth up to %.1f years, half up to %.1f, nine tenths up to %.1f.\n\n",
                      months[n / 10] / 12.0, months[n / 2] / 12.0, months[n * 9 / 10] / 12.0);
    }
    free(months);
}

void wks_own_files_report(const wks_city *city, const wks_own_mapping *mapping, const wks_own_rows *rows, wks_text *out)
{
    wks_text_addf(out, "# Own data in %s\n\nMade by `wijksim import own`. Counts from 1 to 9 are written as <10.\n",
                  city->title != NULL ? city->title : city->name);
    if (mapping->has_file[WKS_OWN_TERMS_SEEKERS])
        wks_text_addf(out, "Day of the data: %04d-%02d%s.\n", (int)wks_month_year(rows->reference_month),
                      (int)wks_month_of_year(rows->reference_month) + 1,
                      rows->is_reference_given ? "" : " (the month of the last registration or reaction; --date sets it)");
    wks_text_add(out, "\n");
    report_rows(mapping, rows, out);
    report_fields(mapping, rows, out);
    if (mapping->has_file[WKS_OWN_TERMS_DWELLINGS]) report_stock(city, rows, out);
    if (mapping->has_file[WKS_OWN_TERMS_SEEKERS]) report_waiting(rows, out);
}

/* ---- putting in place ---- */

typedef struct putting {
    char path[PATH_SIZE], new[PATH_SIZE], old[PATH_SIZE];
    bool has_new, has_old, is_in_place;
} putting;

static bool make_paths(putting *p, const char *folder, const char *name)
{
    const long id = (long)getpid();

    return snprintf(p->path, PATH_SIZE, "%s/%s", folder, name) < PATH_SIZE &&
           snprintf(p->new, PATH_SIZE, "%s/%s.tmp%ld", folder, name, id) < PATH_SIZE &&
           snprintf(p->old, PATH_SIZE, "%s/%s.old%ld", folder, name, id) < PATH_SIZE;
}

static wks_status write_new(putting *p, mode_t mode, const wks_text *text, wks_err *err)
{
    const int descriptor = open(p->new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    FILE *stream = descriptor < 0 ? NULL : fdopen(descriptor, "wb");

    if (stream == NULL) {
        const int why = errno;
        if (descriptor >= 0) {
            (void)close(descriptor);
            (void)unlink(p->new);
        }
        return wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", p->path, strerror(why));
    }
    p->has_new = true;
    bool done = text->length == 0 || fwrite(text->data, 1, text->length, stream) == text->length;
    done = done && fflush(stream) == 0 && (fsync(fileno(stream)) == 0 || errno == EINVAL || errno == ENOTSUP);
    const int why = errno;
    done = fclose(stream) == 0 && done;
    return done ? WKS_OK : wks_err_set(err, WKS_ERR_IO, "cannot write %s: %s", p->path, strerror(why));
}

/* The old file aside, the new one in its place. */
static wks_status exchange(putting *p, wks_err *err)
{
    if (rename(p->path, p->old) == 0) {
        p->has_old = true;
    } else if (errno != ENOENT) {
        return wks_err_set(err, WKS_ERR_IO, "%s: cannot be replaced: %s", p->path, strerror(errno));
    }
    if (!p->has_new) return WKS_OK;
    if (rename(p->new, p->path) != 0) return wks_err_set(err, WKS_ERR_IO, "%s: cannot be made: %s", p->path, strerror(errno));
    p->has_new = false;
    p->is_in_place = true;
    return WKS_OK;
}

static void undo(const putting *p)
{
    if (p->has_new) (void)unlink(p->new);
    if (p->is_in_place && !p->has_old) (void)unlink(p->path);
    if (p->has_old) (void)rename(p->old, p->path);
}

wks_status wks_own_files_put(const char *folder, const wks_text *const text[WKS_OWN_FILES_N], wks_err *err)
{
    wks_status rc = WKS_OK;
    putting *p = wks_mem_array(WKS_OWN_FILES_N, sizeof *p);

    if (p == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to write into %s", folder);
    for (int i = 0; i < WKS_OWN_FILES_N; i++) {
        if (!make_paths(&p[i], folder, wks_own_files_name[i])) WKS_FAIL(err, WKS_ERR_IO, "%s: the path is too long", folder);
        if (text[i] != NULL && text[i]->failed) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %s", wks_own_files_name[i]);
    }
    for (int i = 0; i < WKS_OWN_FILES_N; i++) {
        if (text[i] != NULL) WKS_TRY(write_new(&p[i], mode_of[i], text[i], err));
    }
    for (int i = 0; i < WKS_OWN_FILES_N; i++)
        WKS_TRY(exchange(&p[i], err));
    for (int i = 0; i < WKS_OWN_FILES_N; i++) {
        if (p[i].has_old) (void)unlink(p[i].old);
    }
out:
    for (int i = 0; p != NULL && rc != WKS_OK && i < WKS_OWN_FILES_N; i++)
        undo(&p[i]);
    free(p);
    return rc;
}
