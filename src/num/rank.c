#include "num/rank.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

typedef struct wks_rank_item {
    double value;
    int32_t row;
} item;

static int by_value(const void *left, const void *right)
{
    const item *a = left, *b = right;
    if (a->value < b->value) return -1;
    if (a->value > b->value) return 1;
    return (a->row > b->row) - (a->row < b->row);
}

wks_status wks_rank_rows(const double *value, size_t n, int32_t *row, size_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    item *list = wks_mem_array(n, sizeof *list);
    size_t kept = 0;

    WKS_BUG_IF(n > INT32_MAX);
    if (list == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to sort %zu values", n);
    for (size_t i = 0; i < n; i++) {
        if (isfinite(value[i])) list[kept++] = (item){value[i], (int32_t)i};
    }
    qsort(list, kept, sizeof *list, by_value);
    for (size_t k = 0; k < kept; k++)
        row[k] = list[k].row;
    *out_n = kept;
out:
    free(list);
    return rc;
}
