#include "rules/area_count.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

const char *const wks_area_count_scale_name[] = {"portiek", "complex", "buurt", "wijk", "gemeente", "owner", NULL};

int32_t wks_area_count_areas(const wks_world *world, wks_area_count_scale scale)
{
    switch (scale) {
    case WKS_AREA_COUNT_PORTIEK: return world->n_portieken + 1;
    case WKS_AREA_COUNT_COMPLEX: return world->complex.base.n_rows;
    case WKS_AREA_COUNT_BUURT: return world->buurt.base.n_rows;
    case WKS_AREA_COUNT_WIJK: return world->n_wijken;
    case WKS_AREA_COUNT_GEMEENTE: return world->n_gemeenten;
    case WKS_AREA_COUNT_OWNER: break;
    }
    return world->owner.base.n_rows;
}

wks_status wks_area_count_fit(wks_area_count *counts, const wks_world *world, wks_area_count_scale scale, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = wks_area_count_areas(world, scale);
    int32_t *grown;

    if (n <= counts->n) return WKS_OK;
    grown = wks_mem_resize(counts->total, (size_t)counts->n, (size_t)n, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for counts of %d areas", n);
    counts->total = grown;
    grown = wks_mem_resize(counts->group, (size_t)counts->n, (size_t)n, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for counts of %d areas", n);
    counts->group = grown;
    counts->n = n;
out:
    return rc;
}

void wks_area_count_clear(wks_area_count *counts)
{
    if (counts->n == 0) return;
    memset(counts->total, 0, (size_t)counts->n * sizeof *counts->total);
    memset(counts->group, 0, (size_t)counts->n * sizeof *counts->group);
}

void wks_area_count_free(wks_area_count *counts)
{
    free(counts->total);
    free(counts->group);
    *counts = (wks_area_count){0};
}

void wks_area_count_carry(wks_area_count *counts, int32_t most, wks_carry *carry)
{
    int32_t n = counts->n, room = counts->n;

    wks_carry_count(carry, &n, sizeof *counts->total + sizeof *counts->group);
    wks_carry_must(carry, n <= most, "counts of more areas than there are");
    WKS_CARRY_ARRAY(carry, counts->total, n, room);
    WKS_CARRY_ARRAY(carry, counts->group, n, counts->n);
}

int32_t wks_area_count_of_dwelling(const wks_world *world, wks_area_count_scale scale, int32_t dwelling_row)
{
    switch (scale) {
    case WKS_AREA_COUNT_PORTIEK: return world->dwelling.portiek[dwelling_row];
    case WKS_AREA_COUNT_COMPLEX: return world->dwelling.complex_row[dwelling_row];
    case WKS_AREA_COUNT_BUURT: return world->dwelling.buurt_row[dwelling_row];
    case WKS_AREA_COUNT_WIJK: return world->buurt.wijk_row[world->dwelling.buurt_row[dwelling_row]];
    case WKS_AREA_COUNT_GEMEENTE: return world->buurt.gemeente_row[world->dwelling.buurt_row[dwelling_row]];
    case WKS_AREA_COUNT_OWNER: break;
    }
    return world->complex.owner_row[world->dwelling.complex_row[dwelling_row]];
}

int32_t wks_area_count_of_unit(const wks_world *world, wks_area_count_scale scale, int32_t unit_row)
{
    return wks_area_count_of_dwelling(world, scale, world->unit.dwelling_row[unit_row]);
}

void wks_area_count_add(wks_area_count *counts, int32_t area, bool in_group, int32_t n)
{
    counts->total[area] += n;
    if (in_group) counts->group[area] += n;
}

/* A block of households with the units they count at. */
typedef struct wks_area_batch {
    int32_t household_row[WKS_EXPR_BLOCK], unit_row[WKS_EXPR_BLOCK];
    int32_t n;
} batch;

static void flush(batch *block, wks_area_count *counts, const wks_world *world, wks_area_count_scale scale, const wks_expr *group)
{
    uint8_t holds[WKS_EXPR_BLOCK];

    if (block->n == 0) return;
    wks_expr_eval(group, world, block->household_row, block->n, holds);
    for (int32_t i = 0; i < block->n; i++)
        wks_area_count_add(counts, wks_area_count_of_unit(world, scale, block->unit_row[i]), holds[i] != 0, 1);
    block->n = 0;
}

void wks_area_count_stock(wks_area_count *counts, const wks_world *world, wks_area_count_scale scale, const wks_expr *group)
{
    batch block = {.n = 0};

    wks_area_count_clear(counts);
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        if (world->unit.key[u] == 0 || world->dwelling.tenure[world->unit.dwelling_row[u]] != WKS_TENURE_SOCIAL) continue;
        const int32_t household =
            world->unit.household_row[u] >= 0 ? world->unit.household_row[u] : wks_rare_i32(&world->unit.reserved_row, u);
        if (household < 0) continue;
        block.household_row[block.n] = household;
        block.unit_row[block.n++] = u;
        if (block.n == WKS_EXPR_BLOCK) flush(&block, counts, world, scale, group);
    }
    flush(&block, counts, world, scale, group);
}

void wks_area_count_reserved(wks_area_count *counts, const wks_world *world, wks_area_count_scale scale, const wks_expr *group)
{
    wks_area_count_clear(counts);
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        const int32_t household = wks_rare_i32(&world->unit.reserved_row, u);
        if (household < 0 || world->unit.key[u] == 0 || world->unit.household_row[u] >= 0) continue;
        if (world->dwelling.tenure[world->unit.dwelling_row[u]] != WKS_TENURE_SOCIAL) continue;
        if (wks_expr_holds(group, world, household)) wks_area_count_add(counts, wks_area_count_of_unit(world, scale, u), true, 1);
    }
}
