#include "report/streams.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"

enum { REPLICATION, FROM, TO, GROUP, MOVES, N_COLUMNS };

/* Moves of one replication, added up over the years. */
typedef struct entry {
    size_t scenario;
    int64_t replication;
    wks_streams_pair pair;
    double moves;
} entry;

typedef struct entries {
    entry *item;
    size_t n, capacity;
} entries;

void wks_streams_free(wks_streams *streams)
{
    wks_names_free(&streams->names);
    free(streams->pair);
    free(streams->mean);
    free(streams->contrast);
    *streams = (wks_streams){0};
}

size_t wks_streams_at(const wks_streams *streams, size_t pair, size_t scenario)
{
    return pair * streams->n_scenarios + scenario;
}

/* ---- reading ---- */

static wks_status add_entry(entries *all, const entry *one, wks_err *err)
{
    if (all->n == all->capacity) {
        const size_t capacity = wks_mem_capacity(all->capacity, all->n + 1);
        entry *grown = wks_mem_resize(all->item, all->capacity, capacity, sizeof *grown);
        if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for flows.csv");
        all->item = grown;
        all->capacity = capacity;
    }
    all->item[all->n++] = *one;
    return WKS_OK;
}

static bool find_columns(const wks_csv *csv, int *column, wks_problems *problems)
{
    static const char *const names[N_COLUMNS] = {"replication", "from_area", "to_area", "group", "moves"};
    bool all = true;
    for (int i = 0; i < N_COLUMNS; i++) {
        column[i] = wks_csv_column(csv, names[i]);
        if (column[i] >= 0) continue;
        wks_problems_error(problems, csv->path, 1, 0, "no column '%s'", names[i]);
        all = false;
    }
    return all;
}

static wks_status take_rows(const wks_csv *csv, size_t scenario, wks_streams *streams, entries *all, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    int column[N_COLUMNS];

    if (!find_columns(csv, column, problems)) goto out;
    for (size_t i = 0; i < csv->n_rows; i++) {
        entry one = {.scenario = scenario};
        int64_t moves = 0;
        if (!wks_text_parse_int64(wks_csv_cell(csv, i, column[REPLICATION]), &one.replication) ||
            !wks_text_parse_int64(wks_csv_cell(csv, i, column[MOVES]), &moves)) {
            wks_problems_error(problems, csv->path, wks_csv_line(csv, i), wks_csv_position(csv, i, column[MOVES]),
                               "'%s' and '%s'; a replication and a number of moves were expected",
                               wks_csv_cell(csv, i, column[REPLICATION]), wks_csv_cell(csv, i, column[MOVES]));
            continue;
        }
        one.moves = (double)moves;
        one.pair.from = wks_names_add(&streams->names, wks_csv_cell(csv, i, column[FROM]));
        one.pair.to = wks_names_add(&streams->names, wks_csv_cell(csv, i, column[TO]));
        one.pair.group = wks_names_add(&streams->names, wks_csv_cell(csv, i, column[GROUP]));
        if (one.pair.from < 0 || one.pair.to < 0 || one.pair.group < 0) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for flows.csv");
        WKS_TRY(add_entry(all, &one, err));
    }
out:
    return rc;
}

static wks_status read_scenario(const wks_dossier *d, size_t scenario, wks_streams *streams, entries *all, wks_problems *problems,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_csv csv = {0};
    char *path = d->scenario[scenario].folder != NULL ? wks_file_join(d->scenario[scenario].folder, "flows.csv") : NULL;

    if (path == NULL || !wks_file_exists(path)) goto out;
    rc = wks_csv_read(path, ',', false, &csv, problems, err);
    if (rc == WKS_ERR_DATA) {
        *err = WKS_ERR_INIT;
        rc = WKS_OK;
        goto out;
    }
    WKS_TRY(rc);
    WKS_TRY(take_rows(&csv, scenario, streams, all, problems, err));
out:
    wks_csv_free(&csv);
    free(path);
    return rc;
}

/* ---- adding up ---- */

static int compare_pairs(const wks_streams_pair *a, const wks_streams_pair *b)
{
    if (a->group != b->group) return a->group < b->group ? -1 : 1;
    if (a->from != b->from) return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

static int compare_entries(const void *a, const void *b)
{
    const entry *one = a, *two = b;
    const int pair = compare_pairs(&one->pair, &two->pair);
    if (pair != 0) return pair;
    if (one->scenario != two->scenario) return one->scenario < two->scenario ? -1 : 1;
    return (one->replication > two->replication) - (one->replication < two->replication);
}

/* One entry a pair, scenario and replication. */
static void add_years(entries *all)
{
    size_t n = 0;
    qsort(all->item, all->n, sizeof *all->item, compare_entries);
    for (size_t i = 0; i < all->n; i++) {
        if (n > 0 && compare_entries(&all->item[n - 1], &all->item[i]) == 0) {
            all->item[n - 1].moves += all->item[i].moves;
        } else {
            all->item[n++] = all->item[i];
        }
    }
    all->n = n;
}

static int compare_numbers(const void *a, const void *b)
{
    const int64_t one = *(const int64_t *)a, two = *(const int64_t *)b;
    return (one > two) - (one < two);
}

/* Replications of the reference, sorted; those of other scenarios are theirs. Malloc'ed. */
static int64_t *list_replications(const entries *all, size_t *out_n)
{
    int64_t *number = wks_mem_array(all->n, sizeof *number);
    size_t n = 0, kept = 0;

    if (number == NULL) return NULL;
    for (size_t i = 0; i < all->n; i++)
        if (all->item[i].scenario == 0) number[n++] = all->item[i].replication;
    qsort(number, n, sizeof *number, compare_numbers);
    for (size_t i = 0; i < n; i++)
        if (kept == 0 || number[kept - 1] != number[i]) number[kept++] = number[i];
    *out_n = kept;
    return number;
}

/* Moves a year of one pair, [scenario][replication]. */
static void fill_pair(const entries *all, size_t begin, size_t end, const int64_t *replication, size_t n, double years, double *value)
{
    for (size_t i = begin; i < end; i++) {
        const int64_t *at = bsearch(&all->item[i].replication, replication, n, sizeof *replication, compare_numbers);
        if (at != NULL) value[all->item[i].scenario * n + (size_t)(at - replication)] = all->item[i].moves / years;
    }
}

/* none: what a scenario has where it has a file but no row. */
static wks_status summarise(const entries *all, double years, const bool *has_file, double none, wks_streams *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t n = 0, n_pairs = 0;
    int64_t *replication = list_replications(all, &n);
    double *value = wks_mem_array(n * out->n_scenarios, sizeof *value);

    for (size_t i = 0; i < all->n; i++)
        n_pairs += i == 0 || compare_pairs(&all->item[i - 1].pair, &all->item[i].pair) != 0;
    out->pair = wks_mem_array(n_pairs, sizeof *out->pair);
    out->mean = wks_mem_array(n_pairs * out->n_scenarios, sizeof *out->mean);
    out->contrast = wks_mem_array(n_pairs * out->n_scenarios, sizeof *out->contrast);
    if (replication == NULL || value == NULL || out->pair == NULL || out->mean == NULL || out->contrast == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for flows.csv");
    for (size_t begin = 0, end = 0; n > 0 && begin < all->n; begin = end) {
        while (end < all->n && compare_pairs(&all->item[begin].pair, &all->item[end].pair) == 0)
            end++;
        for (size_t i = 0; i < n * out->n_scenarios; i++)
            value[i] = has_file[i / n] ? none : NAN;
        fill_pair(all, begin, end, replication, n, years, value);
        const size_t row = out->n_pairs++;
        out->pair[row] = all->item[begin].pair;
        for (size_t s = 0; s < out->n_scenarios; s++) {
            out->contrast[wks_streams_at(out, row, s)] = wks_stat_pair(value, value + s * n, n);
            out->mean[wks_streams_at(out, row, s)] = wks_stat_summarise(value + s * n, n).mean;
        }
    }
out:
    free(replication);
    free(value);
    return rc;
}

wks_status wks_streams_read(const wks_dossier *dossier, wks_streams *out, wks_problems *problems, wks_err *err)
{
    wks_status rc = WKS_OK;
    entries all = {0};
    bool *has_file = wks_mem_array(dossier->n_scenarios, sizeof *has_file);

    *out = (wks_streams){.n_scenarios = dossier->n_scenarios};
    if (has_file == NULL || wks_names_add(&out->names, "") < 0) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for flows.csv");
    if (dossier->last_tick < 1) goto out;
    for (size_t s = 0; s < dossier->n_scenarios; s++) {
        const size_t before = all.n;
        WKS_TRY(read_scenario(dossier, s, out, &all, problems, err));
        has_file[s] = all.n > before;
        if (!has_file[0]) goto out;
    }
    add_years(&all);
    WKS_TRY(summarise(&all, dossier->last_tick / 12.0, has_file, dossier->real_people ? NAN : 0.0, out, err));
out:
    free(all.item);
    free(has_file);
    if (rc != WKS_OK) wks_streams_free(out);
    return rc;
}
