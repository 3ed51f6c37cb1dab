#include "segregation/index_fill.h"

#include <stdlib.h>

#include "base/mem.h"
#include "segregation/baseline.h"
#include "segregation/exposure.h"
#include "segregation/local.h"
#include "segregation/multigroup.h"

/* ---- one group against the rest ---- */

static void put_evenness(const wks_index_fill *fill, size_t g, const wks_evenness *e)
{
    wks_index_fill_put(fill, WKS_INDEX_TABLE_D, g, e->d);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_G, g, e->g);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_H, g, e->h);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_ETA2, g, e->eta2);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_A01, g, e->a01);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_A05, g, e->a05);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_A09, g, e->a09);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_GORARD, g, e->gorard);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_MINMAX, g, e->minmax);
}

static void fill_baseline(const wks_index_fill *fill, size_t g, double d)
{
    const int parts = (wks_index_fill_wants(fill, WKS_INDEX_TABLE_ED_FIXED, WKS_INDEX_TABLE_ED_FIXED) ||
                               wks_index_fill_wants(fill, WKS_INDEX_TABLE_DMOD_FIXED, WKS_INDEX_TABLE_DMOD_FIXED)
                           ? WKS_BASELINE_FIXED
                           : 0) |
                      (wks_index_fill_wants(fill, WKS_INDEX_TABLE_ED_BINOM, WKS_INDEX_TABLE_ED_BINOM) ||
                               wks_index_fill_wants(fill, WKS_INDEX_TABLE_DMOD_BINOM, WKS_INDEX_TABLE_DMOD_BINOM)
                           ? WKS_BASELINE_BINOMIAL
                           : 0);
    wks_baseline chance;
    if (parts == 0) return;
    wks_baseline_of(fill->table, g, d, parts, fill->threads, &chance);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_ED_FIXED, g, chance.ed_fixed);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_ED_BINOM, g, chance.ed_binom);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_DMOD_FIXED, g, chance.dmod_fixed);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_DMOD_BINOM, g, chance.dmod_binom);
}

static void fill_exposure(const wks_index_fill *fill)
{
    const size_t k = fill->table->n_groups;
    double *to = fill->value[WKS_INDEX_TABLE_XPY];

    if (!wks_index_fill_wants(fill, WKS_INDEX_TABLE_XPX, WKS_INDEX_TABLE_XPX_EXACT)) return;
    for (size_t g = 0; g < k; g++) {
        wks_exposure e;
        wks_exposure_of(fill->table, g, fill->threads, &e, to == NULL ? NULL : to + g * k);
        wks_index_fill_put(fill, WKS_INDEX_TABLE_XPX, g, e.isolation);
        wks_index_fill_put(fill, WKS_INDEX_TABLE_XPX_EXACT, g, e.isolation_exact);
    }
}

static void fill_pairs(const wks_index_fill *fill)
{
    double *pair = fill->value[WKS_INDEX_TABLE_D_PAIR];
    if (pair != NULL) wks_evenness_pairs(fill->table, fill->threads, pair);
}

/* ---- all groups together ---- */

static void put_multigroup(const wks_index_fill *fill, const wks_evenness *each)
{
    wks_multigroup all;

    wks_multigroup_from(fill->table, each, &all);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_E, 0, all.e);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_E_NORM, 0, all.e_norm);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_I, 0, all.i);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_SC, 0, all.sc);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_D_MULTI, 0, all.d);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_G_MULTI, 0, all.g);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_R_MULTI, 0, all.r);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_M, 0, all.m);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_H_MULTI, 0, all.h);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_C_MULTI, 0, all.c);
    wks_index_fill_put(fill, WKS_INDEX_TABLE_P_MULTI, 0, all.p);
}

static int evenness_parts(const wks_index_fill *fill)
{
    double *const *value = fill->value;
    int parts = 0;
    if (value[WKS_INDEX_TABLE_G] != NULL || value[WKS_INDEX_TABLE_G_MULTI] != NULL) parts |= WKS_EVENNESS_GINI;
    if (value[WKS_INDEX_TABLE_H] != NULL || value[WKS_INDEX_TABLE_M] != NULL || value[WKS_INDEX_TABLE_H_MULTI] != NULL)
        parts |= WKS_EVENNESS_INFORMATION;
    if (wks_index_fill_wants(fill, WKS_INDEX_TABLE_A01, WKS_INDEX_TABLE_A09)) parts |= WKS_EVENNESS_ATKINSON;
    return parts;
}

/* All that stands on one pass over the groups' shares. */
static wks_status fill_evenness(const wks_index_fill *fill, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_evenness *each = NULL;

    if (!wks_index_fill_wants(fill, WKS_INDEX_TABLE_D, WKS_INDEX_TABLE_D) &&
        !wks_index_fill_wants(fill, WKS_INDEX_TABLE_G, WKS_INDEX_TABLE_A09) &&
        !wks_index_fill_wants(fill, WKS_INDEX_TABLE_GORARD, WKS_INDEX_TABLE_P_MULTI))
        goto out;
    each = wks_mem_array(fill->table->n_groups, sizeof *each);
    if (each == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for indices of %zu groups", fill->table->n_groups);
    WKS_TRY(wks_evenness_each(fill->table, evenness_parts(fill), fill->threads, each, err));
    for (size_t g = 0; g < fill->table->n_groups; g++) {
        put_evenness(fill, g, &each[g]);
        fill_baseline(fill, g, each[g].d);
    }
    put_multigroup(fill, each);
out:
    free(each);
    return rc;
}

/* ---- local ---- */

static void fill_local(const wks_index_fill *fill)
{
    const wks_table *table = fill->table;
    double *const *value = fill->value;

    if (value[WKS_INDEX_TABLE_LS_GROUP] != NULL) wks_local_groups(table, fill->threads, value[WKS_INDEX_TABLE_LS_GROUP]);
    for (size_t g = 0; value[WKS_INDEX_TABLE_LQ] != NULL && g < table->n_groups; g++)
        wks_local_quotient(table, g, fill->threads, value[WKS_INDEX_TABLE_LQ] + g * table->n_areas);
    if (wks_index_fill_wants(fill, WKS_INDEX_TABLE_LS_AREA, WKS_INDEX_TABLE_I_AREA))
        wks_local_areas(table, fill->threads, value[WKS_INDEX_TABLE_LS_AREA], value[WKS_INDEX_TABLE_E_AREA], value[WKS_INDEX_TABLE_I_AREA]);
}

wks_status wks_index_fill_counts(const wks_index_fill *fill, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(fill_evenness(fill, err));
    fill_exposure(fill);
    fill_pairs(fill);
    fill_local(fill);
out:
    return rc;
}
