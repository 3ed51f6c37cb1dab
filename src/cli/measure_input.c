#include "cli/measure_input.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/measure_links.h"

/* Counts above this cannot be told one from the next in sums. */
static const double largest_count = 1e15;

void wks_measure_input_free(wks_measure_input *input)
{
    wks_table_free(&input->table);
    wks_number_table_free(&input->file);
    wks_number_table_free(&input->coords);
    free(input->x);
    free(input->y);
    free(input->size);
    wks_measure_links_free(&input->contiguity);
    wks_measure_links_free(&input->boundary);
    wks_number_table_free(&input->hierarchy);
    for (size_t l = 0; l < input->n_levels; l++)
        free(input->unit[l]);
    *input = (wks_measure_input){0};
}

/* ---- kernel ---- */

/* The next number of "a:b"; moves on behind it. */
static bool next_number(const char **at, double *out)
{
    char text[64];
    const size_t n = strcspn(*at, ":");

    if (n == 0 || n >= sizeof text) return false;
    memcpy(text, *at, n);
    text[n] = '\0';
    *at += n + ((*at)[n] == ':');
    return wks_text_parse_double(text, out) && *out > 0;
}

wks_status wks_measure_input_kernel(const char *text, wks_index_kernel *out, wks_err *err)
{
    const char *at = text;
    bool good = false;

    *out = (wks_index_kernel){.kind = WKS_INDEX_EXP, .rate = 1, .max = INFINITY};
    if (text == NULL) return WKS_OK;
    if (strncmp(text, "exp:", 4) == 0) {
        at += 4;
        good = next_number(&at, &out->rate) && (*at == '\0' || next_number(&at, &out->max)) && *at == '\0';
    } else if (strncmp(text, "biweight:", 9) == 0) {
        at += 9;
        out->kind = WKS_INDEX_BIWEIGHT;
        good = next_number(&at, &out->max) && *at == '\0';
    }
    if (good && text[strlen(text) - 1] != ':') return WKS_OK;
    return wks_err_set(err, WKS_ERR_USAGE, "--kernel '%s' is none; expected exp:B, exp:B:MAX or biweight:BAND with numbers above 0", text);
}

/* ---- table ---- */

wks_status wks_measure_input_table(const char *path, int threads, wks_measure_input *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_number_table_format format = {
        .n_names = 1, .low = 0, .high = largest_count, .expected = "a count from 0 to 1e15", .is_unique = true, .threads = threads};
    wks_number_table *file = &out->file;
    wks_table *table = &out->table;

    *out = (wks_measure_input){0};
    WKS_TRY(wks_number_table_read(path, &format, file, problems, err));
    *table = (wks_table){.n_areas = file->n_rows, .n_groups = file->n_numbers, .count = file->value};
    file->value = NULL;
    table->total = wks_mem_array(table->n_areas, sizeof *table->total);
    table->group_total = wks_mem_array(table->n_groups, sizeof *table->group_total);
    if (table->total == NULL || table->group_total == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu areas", table->n_areas);
    wks_table_sum(table, threads);
    out->group = (const char *const *)file->header + 1;
out:
    return rc;
}

/* ---- coordinates ---- */

/* Row of the coordinates of each area; false when some are missing or too many. */
static bool match_areas(const wks_number_table *areas, const wks_number_table *file, wks_problems *problems)
{
    const size_t errors_before = problems->n_errors;

    for (size_t row = 0; row < file->n_rows; row++)
        if (wks_number_table_find(areas, file->name[row]) < 0) wks_measure_links_unknown(file, row, 0, areas, problems);
    for (size_t row = 0; row < areas->n_rows; row++)
        if (wks_number_table_find(file, areas->name[row]) < 0)
            wks_problems_error(problems, areas->path, areas->line[row], wks_number_table_position(areas, row, 0),
                               "area '%.80s' is not in %s", areas->name[row], file->path);
    return problems->n_errors == errors_before;
}

/* The column in the order of the table's areas. */
static wks_status take_column(const wks_measure_input *input, size_t number, double **out, wks_err *err)
{
    const double *value = wks_number_table_column(&input->coords, number);

    *out = wks_mem_array(input->table.n_areas, sizeof **out);
    if (*out == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu coordinates", input->table.n_areas);
    for (size_t i = 0; i < input->table.n_areas; i++)
        (*out)[i] = value[wks_number_table_find(&input->coords, input->file.name[i])];
    return WKS_OK;
}

static void check_sizes(const wks_number_table *file, size_t number, wks_problems *problems)
{
    for (size_t row = 0; row < file->n_rows; row++)
        if (wks_number_table_column(file, number)[row] < 0)
            wks_problems_error(problems, file->path, file->line[row], wks_number_table_position(file, row, 1 + number),
                               "the %s of '%.80s' is below 0; expected 0 or more", file->header[1 + number], file->name[row]);
}

static wks_status read_coords(const char *path, int threads, wks_measure_input *out, wks_problems *problems, wks_err *err)
{
    static const char *const columns[] = {"x", "y", "size", "perimeter"};
    enum { N_COLUMNS = 4, N_NEEDED = 2, NEAR = 160 };
    wks_status rc = WKS_OK;
    const wks_number_table_format format = {
        .n_names = 1, .low = -1e150, .high = 1e150, .expected = "a number", .is_unique = true, .threads = threads};
    wks_number_table *file = &out->coords;
    size_t at[N_COLUMNS];
    char near[NEAR];
    const size_t errors_before = problems->n_errors;

    WKS_TRY(wks_number_table_read(path, &format, file, problems, err));
    for (int c = 0; c < N_COLUMNS; c++)
        at[c] = SIZE_MAX;
    for (size_t k = 0; k < file->n_numbers; k++) {
        int c = 0;
        while (c < N_COLUMNS && strcmp(file->header[1 + k], columns[c]) != 0)
            c++;
        if (c < N_COLUMNS) {
            at[c] = k;
        } else {
            wks_problems_error(problems, path, 1, 0, "unknown column '%.80s'; expected area,x,y[,size[,perimeter]]%s", file->header[1 + k],
                               wks_problems_nearest(file->header[1 + k], columns, N_COLUMNS, near));
        }
    }
    for (int c = 0; c < N_NEEDED; c++)
        if (at[c] == SIZE_MAX) wks_problems_error(problems, path, 1, 0, "no column '%s'; expected area,x,y[,size[,perimeter]]", columns[c]);
    for (int c = N_NEEDED; c < N_COLUMNS; c++)
        if (at[c] != SIZE_MAX) check_sizes(file, at[c], problems);
    if (!match_areas(&out->file, file, problems) || problems->n_errors > errors_before)
        WKS_FAIL(err, WKS_ERR_DATA, "%s cannot be used", path);
    WKS_TRY(take_column(out, at[0], &out->x, err));
    WKS_TRY(take_column(out, at[1], &out->y, err));
    if (at[2] != SIZE_MAX) WKS_TRY(take_column(out, at[2], &out->size, err));
out:
    return rc;
}

/* ---- hierarchy ---- */

/* Numbers the units of a level by name; returns how many there are. */
static wks_status number_units(wks_measure_input *out, size_t l, int threads, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_number_table *file = &out->hierarchy;
    char *const *name = file->name + (l + 1) * file->n_rows;
    wks_name_index index = {0};
    int64_t *number = wks_mem_array(file->n_rows, sizeof *number);
    int64_t n = 0;

    out->unit[l] = wks_mem_array(out->table.n_areas, sizeof **out->unit);
    if (number == NULL || out->unit[l] == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a hierarchy of %zu areas", file->n_rows);
    WKS_TRY(wks_name_index_create(name, file->n_rows, threads, &index, err));
    for (size_t row = 0; row < file->n_rows; row++) {
        const int64_t first = wks_name_index_find(&index, name[row]);
        number[row] = first == (int64_t)row ? n++ : number[first];
    }
    for (size_t i = 0; i < out->table.n_areas; i++)
        out->unit[l][i] = number[wks_number_table_find(file, out->file.name[i])];
    out->level[l] = (wks_decompose_level){.n_units = (size_t)n, .unit = out->unit[l]};
out:
    wks_name_index_free(&index);
    free(number);
    return rc;
}

/* A unit lies in one unit of the next level. */
static wks_status check_nested(const wks_measure_input *in, size_t l, wks_problems *problems, wks_err *err)
{
    const wks_number_table *file = &in->hierarchy;
    const size_t n = in->level[l].n_units;
    int64_t *first = wks_mem_array(n, sizeof *first); /* row of the table where the unit comes first, + 1 */

    if (first == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a hierarchy of %zu units", n);
    for (size_t i = 0; i < in->table.n_areas; i++) {
        int64_t *seen = &first[in->unit[l][i]];
        if (*seen == 0) *seen = (int64_t)i + 1;
        if (in->unit[l + 1][*seen - 1] == in->unit[l + 1][i]) continue;
        const size_t row = (size_t)wks_number_table_find(file, in->file.name[i]);
        const size_t other = (size_t)wks_number_table_find(file, in->file.name[*seen - 1]);
        wks_problems_error(problems, file->path, file->line[row], wks_number_table_position(file, row, l + 2),
                           "%s '%.80s' is in %s '%.80s' here and in '%.80s' on line %d; expected one", file->header[l + 1],
                           file->name[(l + 1) * file->n_rows + row], file->header[l + 2], file->name[(l + 2) * file->n_rows + row],
                           file->name[(l + 2) * file->n_rows + other], file->line[other]);
    }
    free(first);
    return WKS_OK;
}

static wks_status read_hierarchy(const char *path, int threads, wks_measure_input *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_number_table_format format = {.n_names = SIZE_MAX, .expected = "a name", .is_unique = true, .threads = threads};
    wks_number_table *file = &out->hierarchy;
    const size_t errors_before = problems->n_errors;

    WKS_TRY(wks_number_table_read(path, &format, file, problems, err));
    const size_t n_levels = file->n_names - 1;
    if (n_levels == 0 || n_levels > WKS_MEASURE_INPUT_LEVELS)
        wks_problems_error(problems, path, 1, 0, "the file has %zu levels; expected 1 to %d: area,level,level...", n_levels,
                           (int)WKS_MEASURE_INPUT_LEVELS);
    if (!match_areas(&out->file, file, problems) || problems->n_errors > errors_before)
        WKS_FAIL(err, WKS_ERR_DATA, "%s cannot be used", path);
    for (out->n_levels = 0; out->n_levels < n_levels;)
        WKS_TRY(number_units(out, out->n_levels++, threads, err));
    for (size_t l = 0; l + 1 < n_levels; l++)
        WKS_TRY(check_nested(out, l, problems, err));
    if (problems->n_errors > errors_before) WKS_FAIL(err, WKS_ERR_DATA, "%s cannot be used", path);
out:
    return rc;
}

/* ---- the whole ---- */

/* A file with problems does not keep the next from being read: all are told at once. */
static wks_status go_on(wks_status rc, wks_err *err)
{
    if (rc != WKS_ERR_DATA) return rc;
    *err = WKS_ERR_INIT;
    return WKS_OK;
}

wks_status wks_measure_input_read(const wks_options *options, wks_measure_input *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_options_measure *asked = &options->measure;

    WKS_TRY(wks_measure_input_table(options->argument[0], options->threads, out, problems, err));
    WKS_TRY(wks_measure_input_kernel(asked->kernel, &out->place.kernel, err));
    if (asked->coords != NULL) WKS_TRY(go_on(read_coords(asked->coords, options->threads, out, problems, err), err));
    if (asked->contiguity != NULL)
        WKS_TRY(go_on(wks_measure_links_read(asked->contiguity, &out->file, options->threads, &out->contiguity, problems, err), err));
    if (asked->boundary != NULL)
        WKS_TRY(go_on(wks_measure_links_read(asked->boundary, &out->file, options->threads, &out->boundary, problems, err), err));
    if (asked->hierarchy != NULL) WKS_TRY(go_on(read_hierarchy(asked->hierarchy, options->threads, out, problems, err), err));
    WKS_TRY(wks_problems_status(problems, err));
    out->place.x = out->x;
    out->place.y = out->y;
    out->place.size = out->size;
    out->place.contiguity = out->contiguity.start == NULL ? NULL : &out->contiguity;
    out->place.boundary = out->boundary.start == NULL ? NULL : &out->boundary;
out:
    return rc;
}
