#include "segregation/table.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/par.h"

enum { TABLE_BLOCK = 4096, TABLE_MOST_BLOCKS = 64 };

wks_status wks_table_create(size_t n_areas, size_t n_groups, wks_table *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    size_t cells = 0;

    *out = (wks_table){.n_areas = n_areas, .n_groups = n_groups};
    if (__builtin_mul_overflow(n_areas, n_groups, &cells))
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu areas x %zu groups", n_areas, n_groups);
    out->count = wks_mem_array(cells, sizeof *out->count);
    out->total = wks_mem_array(n_areas, sizeof *out->total);
    out->group_total = wks_mem_array(n_groups, sizeof *out->group_total);
    if (out->count == NULL || out->total == NULL || out->group_total == NULL)
        WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu areas x %zu groups", n_areas, n_groups);
out:
    if (rc != WKS_OK) wks_table_free(out);
    return rc;
}

void wks_table_free(wks_table *table)
{
    free(table->count);
    free(table->total);
    free(table->group_total);
    *table = (wks_table){0};
}

typedef struct summing {
    wks_table *table;
    const double *column; /* of block_sum */
    double sum[TABLE_MOST_BLOCKS];
} summing;

static void block_totals(int64_t begin, int64_t end, int64_t block, void *context)
{
    wks_table *table = ((summing *)context)->table;
    (void)block;
    for (int64_t i = begin; i < end; i++)
        table->total[i] = 0.0;
    for (size_t g = 0; g < table->n_groups; g++) {
        const double *count = wks_table_group(table, g);
        for (int64_t i = begin; i < end; i++)
            table->total[i] += count[i];
    }
}

static void block_sum(int64_t begin, int64_t end, int64_t block, void *context)
{
    summing *self = context;
    double sum = 0.0;
    for (int64_t i = begin; i < end; i++)
        sum += self->column[i];
    self->sum[block] = sum;
}

static double column_sum(summing *self, const double *column, int threads)
{
    const int64_t n = (int64_t)self->table->n_areas, size = wks_par_block_size(n, TABLE_BLOCK);
    self->column = column;
    wks_par_for(n, size, threads, block_sum, self);
    return wks_par_sum(self->sum, wks_par_blocks(n, size));
}

void wks_table_sum(wks_table *table, int threads)
{
    const int64_t n = (int64_t)table->n_areas;
    summing self = {.table = table};
    wks_par_for(n, wks_par_block_size(n, TABLE_BLOCK), threads, block_totals, &self);
    for (size_t g = 0; g < table->n_groups; g++)
        table->group_total[g] = column_sum(&self, wks_table_group(table, g), threads);
    table->all = column_sum(&self, table->total, threads);
}

bool wks_table_is_whole(const wks_table *table)
{
    const size_t cells = table->n_areas * table->n_groups;
    for (size_t i = 0; i < cells; i++) {
        if (table->count[i] != floor(table->count[i])) return false;
    }
    return true;
}

wks_status wks_table_merge(const wks_table *table, const int64_t *into, size_t n_out, wks_table *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_table_create(n_out, table->n_groups, out, err));
    for (size_t g = 0; g < table->n_groups; g++) {
        const double *from = wks_table_group(table, g);
        double *to = out->count + g * n_out;
        for (size_t i = 0; i < table->n_areas; i++) {
            if (into[i] < 0) continue;
            WKS_BUG_IF((size_t)into[i] >= n_out);
            to[into[i]] += from[i];
        }
    }
    wks_table_sum(out, 1);
out:
    return rc;
}
