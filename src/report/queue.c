#include "report/queue.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

const char *const wks_queue_field[WKS_QUEUE_N_FIELDS] = {"wait_p50",     "wait_p10", "wait_p90", "search_p50",
                                                         "success_rate", "active",   "housed"};

/* Values of one file at its last tick: [replication][group][field], NaN where there is none. */
typedef struct sheet {
    int64_t *replication;
    size_t n_replications;
    double *value;
} sheet;

size_t wks_queue_at(const wks_queue *queue, size_t scenario, size_t group, size_t field)
{
    return (scenario * queue->n_groups + group) * WKS_QUEUE_N_FIELDS + field;
}

void wks_queue_free(wks_queue *queue)
{
    for (size_t i = 0; i < queue->n_groups; i++)
        free(queue->group[i]);
    free(queue->group);
    free(queue->level);
    free(queue->contrast);
    *queue = (wks_queue){0};
}

static size_t find_group(const wks_queue *queue, const char *group)
{
    size_t at = 0;
    while (at < queue->n_groups && strcmp(queue->group[at], group) != 0)
        at++;
    return at;
}

static wks_status add_group(wks_queue *queue, const char *group, wks_err *err)
{
    if (find_group(queue, group) < queue->n_groups) return WKS_OK;
    char **grown = wks_mem_resize(queue->group, queue->n_groups, queue->n_groups + 1, sizeof *grown);
    if (grown != NULL) queue->group = grown;
    char *copy = grown != NULL ? wks_mem_string(group) : NULL;
    if (copy == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the groups of queue.csv");
    queue->group[queue->n_groups++] = copy;
    return WKS_OK;
}

static int64_t integer_at(const wks_csv *csv, size_t row, int column, wks_problems *problems)
{
    int64_t value = 0;
    if (!wks_text_parse_int64(wks_csv_cell(csv, row, column), &value)) {
        wks_problems_error(problems, csv->path, wks_csv_line(csv, row), wks_csv_position(csv, row, column),
                           "'%s'; a whole number was expected", wks_csv_cell(csv, row, column));
    }
    return value;
}

enum { Q_REPLICATION = WKS_QUEUE_N_FIELDS, Q_TICK, Q_GROUP, N_COLUMNS };

static bool find_columns(const wks_csv *csv, int *column, wks_problems *problems)
{
    static const char *const keys[] = {"replication", "tick", "group"};
    bool all = true;
    for (int i = 0; i < N_COLUMNS; i++) {
        const char *name = i < WKS_QUEUE_N_FIELDS ? wks_queue_field[i] : keys[i - WKS_QUEUE_N_FIELDS];
        column[i] = wks_csv_column(csv, name);
        if (column[i] >= 0) continue;
        wks_problems_error(problems, csv->path, 1, 0, "no column '%s'", name);
        all = false;
    }
    return all;
}

static size_t replication_row(const sheet *in, int64_t number)
{
    size_t at = 0;
    while (at < in->n_replications && in->replication[at] != number)
        at++;
    return at;
}

/* Replications and (for the reference) groups that occur at the last tick. */
static wks_status list_rows(const wks_csv *csv, const int *column, int64_t last, bool is_reference, wks_queue *queue, sheet *out,
                            wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    for (size_t i = 0; i < csv->n_rows; i++) {
        if (integer_at(csv, i, column[Q_TICK], problems) != last) continue;
        int64_t number = integer_at(csv, i, column[Q_REPLICATION], problems);
        if (replication_row(out, number) == out->n_replications) {
            int64_t *grown = wks_mem_resize(out->replication, out->n_replications, out->n_replications + 1, sizeof *grown);
            if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for replications");
            out->replication = grown;
            grown[out->n_replications++] = number;
        }
        if (is_reference) WKS_TRY(add_group(queue, wks_csv_cell(csv, i, column[Q_GROUP]), err));
    }
out:
    return rc;
}

static wks_status take_sheet(const wks_csv *csv, bool is_reference, wks_queue *queue, sheet *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    int column[N_COLUMNS];
    int64_t last = -1;

    if (!find_columns(csv, column, problems)) goto out;
    for (size_t i = 0; i < csv->n_rows; i++) {
        int64_t tick = integer_at(csv, i, column[Q_TICK], problems);
        if (tick > last) last = tick;
    }
    WKS_TRY(list_rows(csv, column, last, is_reference, queue, out, problems, err));
    size_t n = out->n_replications * queue->n_groups * WKS_QUEUE_N_FIELDS;
    out->value = wks_mem_array(n, sizeof *out->value);
    if (out->value == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for queue.csv");
    for (size_t i = 0; i < n; i++)
        out->value[i] = NAN;
    for (size_t i = 0; i < csv->n_rows; i++) {
        size_t group = find_group(queue, wks_csv_cell(csv, i, column[Q_GROUP]));
        if (group == queue->n_groups || integer_at(csv, i, column[Q_TICK], problems) != last) continue;
        size_t at = replication_row(out, integer_at(csv, i, column[Q_REPLICATION], problems)) * queue->n_groups + group;
        for (size_t f = 0; f < WKS_QUEUE_N_FIELDS; f++) {
            double value;
            if (wks_text_parse_double(wks_csv_cell(csv, i, column[f]), &value)) out->value[at * WKS_QUEUE_N_FIELDS + f] = value;
        }
    }
out:
    return rc;
}

static wks_status read_sheet(const wks_dossier *d, size_t scenario, wks_queue *queue, sheet *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_csv csv = {0};
    char *path = d->scenario[scenario].folder != NULL ? wks_file_join(d->scenario[scenario].folder, "queue.csv") : NULL;

    if (path == NULL || !wks_file_exists(path)) goto out;
    rc = wks_csv_read(path, ',', false, &csv, problems, err);
    if (rc == WKS_ERR_DATA) {
        *err = WKS_ERR_INIT;
        rc = WKS_OK;
        goto out;
    }
    WKS_TRY(rc);
    WKS_TRY(take_sheet(&csv, scenario == 0, queue, out, problems, err));
out:
    wks_csv_free(&csv);
    free(path);
    return rc;
}

/* Values of a cell by replication of the reference (NaN where the sheet lacks that replication). */
static void column_of(const wks_queue *queue, const sheet *reference, const sheet *from, size_t group, size_t field, double *out)
{
    for (size_t i = 0; i < reference->n_replications; i++) {
        size_t row = replication_row(from, reference->replication[i]);
        bool is_there = row < from->n_replications && from->value != NULL;
        out[i] = is_there ? from->value[(row * queue->n_groups + group) * WKS_QUEUE_N_FIELDS + field] : NAN;
    }
}

static wks_status summarise(wks_queue *queue, const sheet *sheets, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n = sheets[0].n_replications, n_cells = queue->n_scenarios * queue->n_groups * WKS_QUEUE_N_FIELDS;
    double *a = wks_mem_array(n, sizeof *a), *b = wks_mem_array(n, sizeof *b);

    queue->level = wks_mem_array(n_cells, sizeof *queue->level);
    queue->contrast = wks_mem_array(n_cells, sizeof *queue->contrast);
    if (a == NULL || b == NULL || queue->level == NULL || queue->contrast == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for queue.csv");
    for (size_t s = 0; s < queue->n_scenarios; s++) {
        for (size_t g = 0; g < queue->n_groups; g++) {
            for (size_t f = 0; f < WKS_QUEUE_N_FIELDS; f++) {
                column_of(queue, &sheets[0], &sheets[0], g, f, a);
                column_of(queue, &sheets[0], &sheets[s], g, f, b);
                queue->level[wks_queue_at(queue, s, g, f)] = wks_stat_summarise(b, n);
                queue->contrast[wks_queue_at(queue, s, g, f)] = wks_stat_pair(a, b, n);
            }
        }
    }
out:
    free(a);
    free(b);
    return rc;
}

wks_status wks_queue_read(const wks_dossier *dossier, wks_queue *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    sheet *sheets = wks_mem_array(dossier->n_scenarios, sizeof *sheets);

    *out = (wks_queue){.n_scenarios = dossier->n_scenarios};
    if (sheets == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for queue.csv");
    for (size_t i = 0; i < dossier->n_scenarios; i++)
        WKS_TRY(read_sheet(dossier, i, out, &sheets[i], problems, err));
    WKS_TRY(summarise(out, sheets, err));
out:
    for (size_t i = 0; sheets != NULL && i < dossier->n_scenarios; i++) {
        free(sheets[i].replication);
        free(sheets[i].value);
    }
    free(sheets);
    if (rc != WKS_OK) wks_queue_free(out);
    return rc;
}
