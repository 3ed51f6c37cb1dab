#include "cli/measure_links.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* Names of more areas than this are not compared letter by letter: it would take minutes. */
enum { LINKS_NEAREST_AMONG = 20000, LINKS_NEAREST_SIZE = 160, LINKS_NEAREST_TOLD = 50 };

static const double same_weight = 1e-6; /* a length computed from either side differs in its last digits */

typedef struct wks_measure_link {
    int32_t from, to;
    double weight;
    int64_t row; /* of the file */
} link;

void wks_measure_links_free(wks_index_links *links)
{
    free(links->start);
    free(links->to);
    free(links->weight);
    *links = (wks_index_links){0};
}

void wks_measure_links_unknown(const wks_number_table *file, size_t row, size_t column, const wks_number_table *areas,
                               wks_problems *problems)
{
    char near[LINKS_NEAREST_SIZE] = "";
    const char *name = file->name[column * file->n_rows + row];
    const size_t n = areas->n_rows > LINKS_NEAREST_AMONG || problems->n_errors > LINKS_NEAREST_TOLD ? 0 : areas->n_rows;

    wks_problems_error(problems, file->path, file->line[row], wks_number_table_position(file, row, column),
                       "'%.80s' is not an area of %s%s", name, areas->path,
                       wks_problems_nearest(name, (const char *const *)areas->name, n, near));
}

static void tell(const wks_number_table *file, const link *at, wks_problems *problems, const char *what)
{
    const size_t row = (size_t)at->row;
    wks_problems_error(problems, file->path, file->line[row], wks_number_table_position(file, row, 0),
                       "the link from '%.80s' to '%.80s' %s", file->name[row], file->name[file->n_rows + row], what);
}

static int by_areas(const void *a, const void *b)
{
    const link *left = a, *right = b;
    if (left->from != right->from) return left->from < right->from ? -1 : 1;
    if (left->to != right->to) return left->to < right->to ? -1 : 1;
    return left->row < right->row ? -1 : left->row > right->row;
}

/* Rows of the file whose areas are known, in order of areas. */
static size_t find_areas(const wks_number_table *file, const wks_number_table *areas, link *out, wks_problems *problems)
{
    size_t n = 0;
    for (size_t row = 0; row < file->n_rows; row++) {
        const int64_t from = wks_number_table_find(areas, file->name[row]),
                      to = wks_number_table_find(areas, file->name[file->n_rows + row]);
        const link found = {(int32_t)from, (int32_t)to, file->value[row], (int64_t)row};
        if (from < 0) wks_measure_links_unknown(file, row, 0, areas, problems);
        if (to < 0) wks_measure_links_unknown(file, row, 1, areas, problems);
        if (from < 0 || to < 0) continue;
        if (from == to) tell(file, &found, problems, "is of an area with itself; expected two areas");
        out[n++] = found;
    }
    qsort(out, n, sizeof *out, by_areas);
    return n;
}

/* The link between the same areas the other way, or NULL. */
static const link *find_back(const link *sorted, const size_t *start, const link *of)
{
    size_t low = start[of->to], high = start[of->to + 1];
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (sorted[middle].to < of->from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < start[of->to + 1] && sorted[low].to == of->from ? &sorted[low] : NULL;
}

static void check_links(const wks_number_table *file, const link *sorted, size_t n, const size_t *start, wks_problems *problems)
{
    for (size_t k = 0; k < n; k++) {
        const link *at = &sorted[k];
        if (k > 0 && sorted[k - 1].from == at->from && sorted[k - 1].to == at->to) {
            tell(file, at, problems, "is there twice; expected once in each direction");
            continue;
        }
        const link *back = find_back(sorted, start, at);
        if (back == NULL) {
            tell(file, at, problems, "has no row the other way; expected both directions");
        } else if (fabs(back->weight - at->weight) > same_weight * fmax(back->weight, at->weight) && at->from < at->to) {
            tell(file, at, problems, "has another weight than the one the other way; expected the same");
        }
    }
}

static wks_status make_rows(const link *sorted, size_t n, size_t n_areas, wks_index_links *out, wks_err *err)
{
    size_t k = 0;

    *out = (wks_index_links){.n_areas = n_areas};
    out->start = wks_mem_array(n_areas + 1, sizeof *out->start);
    out->to = wks_mem_array(n, sizeof *out->to);
    out->weight = wks_mem_array(n, sizeof *out->weight);
    if (out->start == NULL || out->to == NULL || out->weight == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for %zu links", n);
    for (size_t i = 0; i < n; i++) {
        if (!(sorted[i].weight > 0)) continue;
        out->to[k] = sorted[i].to;
        out->weight[k++] = sorted[i].weight;
        out->start[sorted[i].from + 1]++;
    }
    for (size_t i = 0; i < n_areas; i++)
        out->start[i + 1] += out->start[i];
    return WKS_OK;
}

wks_status wks_measure_links_read(const char *path, const wks_number_table *areas, int threads, wks_index_links *out,
                                  wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_number_table_format format = {.n_names = 2, .low = 0, .high = 1e300, .expected = "a weight of 0 or more", .threads = threads};
    wks_number_table file = {0};
    link *sorted = NULL;
    size_t *start = NULL;
    const size_t errors_before = problems->n_errors;

    *out = (wks_index_links){0};
    WKS_TRY(wks_number_table_read(path, &format, &file, problems, err));
    if (file.n_numbers != 1)
        wks_problems_error(problems, path, 1, 0, "the file has %zu columns; expected three: i,j,w", file.n_names + file.n_numbers);
    sorted = wks_mem_array(file.n_rows, sizeof *sorted);
    start = wks_mem_array(areas->n_rows + 1, sizeof *start);
    if (sorted == NULL || start == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu links", file.n_rows);
    const size_t n = find_areas(&file, areas, sorted, problems);
    for (size_t k = 0; k < n; k++)
        start[sorted[k].from + 1]++;
    for (size_t i = 0; i < areas->n_rows; i++)
        start[i + 1] += start[i];
    if (n == file.n_rows) check_links(&file, sorted, n, start, problems);
    if (problems->n_errors > errors_before) WKS_FAIL(err, WKS_ERR_DATA, "%s cannot be used", path);
    WKS_TRY(make_rows(sorted, n, areas->n_rows, out, err));
out:
    if (rc != WKS_OK) wks_measure_links_free(out);
    wks_number_table_free(&file);
    free(sorted);
    free(start);
    return rc;
}
