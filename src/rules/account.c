#include "rules/account.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/conduct.h"
#include "scenario/settings.h"

static const double HAIR = 1e-9;

const wks_account *wks_account_of(const wks_settings *settings)
{
    const wks_spec *spec = settings->spec;

    if (strcmp(spec->kind, "filter") == 0) return ((const wks_filter_part *)spec->implementation)->account;
    if (strcmp(spec->kind, "spreiding") == 0) return ((const wks_spreiding_part *)spec->implementation)->account;
    if (strcmp(spec->kind, "conduct") == 0) return ((const wks_conduct_part *)spec->implementation)->account;
    return NULL;
}

static wks_account_verdict verdict(double required, double achieved, bool is_met)
{
    return (wks_account_verdict){
        .what = "", .required = required, .achieved = achieved, .is_met = is_met, .part = (double)NAN, .whole = (double)NAN};
}

wks_account_verdict wks_account_at_most(double required, double achieved)
{
    return verdict(required, achieved, achieved <= required + HAIR);
}

wks_account_verdict wks_account_at_least(double required, double achieved)
{
    return verdict(required, achieved, achieved >= required - HAIR);
}

wks_account_verdict wks_account_largest(const wks_world *world, const wks_settings *settings, const char *scale,
                                        const wks_area_count *counts)
{
    const int32_t areas = wks_settings_param(settings->spec, "areas");
    const wks_area_count_scale at = (wks_area_count_scale)(int32_t)wks_part_value(settings, scale, WKS_AREA_COUNT_BUURT);
    double most = (double)NAN;
    int32_t where = WKS_NONE;

    for (int32_t u = 0; u < world->unit.base.n_rows && counts->n > 0; u++) {
        if (world->unit.key[u] == 0) continue;
        const int32_t area = wks_area_count_of_unit(world, at, u);
        if (area >= counts->n || counts->total[area] == 0) continue;
        const double share = (double)counts->group[area] / (double)counts->total[area];
        if (share <= most || !wks_part_in_areas(world, settings, areas, world->dwelling.buurt_row[world->unit.dwelling_row[u]])) continue;
        most = share;
        where = area;
    }
    wks_account_verdict out = wks_account_at_most(wks_part_value(settings, "max_share", 1), most);
    if (where >= 0) {
        out.part = counts->group[where];
        out.whole = counts->total[where];
    }
    return out;
}

/* ---- shares by owner ---- */

wks_status wks_account_shares_month(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_account_shares *self = *state;
    const int32_t n = context->world->owner.base.n_rows + 1;
    int32_t *grown;

    (void)settings;
    if (self == NULL) *state = self = wks_mem_array(1, sizeof *self);
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an account");
    if (n <= self->n) goto out;
    grown = wks_mem_resize(self->part, (size_t)self->n, (size_t)n, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the account of %d owners", n);
    self->part = grown;
    grown = wks_mem_resize(self->whole, (size_t)self->n, (size_t)n, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the account of %d owners", n);
    self->whole = grown;
    self->n = n;
out:
    return rc;
}

void wks_account_shares_add(void *state, int32_t owner_row, bool is_part)
{
    wks_account_shares *self = state;

    self->whole[0]++;
    self->part[0] += is_part;
    if (owner_row < 0) return;
    self->whole[owner_row + 1]++;
    self->part[owner_row + 1] += is_part;
}

void wks_account_shares_year(void *state)
{
    wks_account_shares *self = state;

    memset(self->part, 0, (size_t)self->n * sizeof *self->part);
    memset(self->whole, 0, (size_t)self->n * sizeof *self->whole);
}

wks_status wks_account_shares_carry(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry,
                                    wks_err *err)
{
    wks_account_shares *self;
    int32_t n = 0, room = 0, same = 0;

    (void)settings;
    if (!wks_part_carry_begin(state, sizeof *self, carry)) return wks_carry_status(carry, err);
    self = *state;
    n = room = same = self->n;
    wks_carry_count(carry, &n, sizeof *self->part + sizeof *self->whole);
    wks_carry_must(carry, n >= 1 && n <= context->world->owner.base.n_rows + 1, "an account of other owners");
    WKS_CARRY_ARRAY(carry, self->part, n, room);
    WKS_CARRY_ARRAY(carry, self->whole, n, same);
    if (!wks_carry_failed(carry)) self->n = n;
    return wks_carry_status(carry, err);
}

void wks_account_shares_close(void *state)
{
    wks_account_shares *self = state;

    if (self == NULL) return;
    free(self->part);
    free(self->whole);
    free(self);
}

int32_t wks_account_shares_judge(const void *state, int32_t owner_row, double required, wks_account_verdict *out)
{
    const wks_account_shares *self = state;
    const double part = self->part[owner_row + 1], whole = self->whole[owner_row + 1];

    *out = wks_account_at_least(required, whole > 0.0 ? part / whole : (double)NAN);
    out->part = part;
    out->whole = whole;
    return 1;
}

/* ---- households housed against a filter ---- */

static int32_t index_of(const wks_part_context *context, const wks_settings *settings)
{
    return (int32_t)(settings - context->rules->filter);
}

static void count_against(const wks_part_context *context, const wks_settings *settings, void *state, const wks_letting *letting)
{
    wks_account_shares_add(state, letting->owner_row, (letting->against >> index_of(context, settings) & 1u) != 0);
}

static int32_t judge_against(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                             wks_account_verdict out[WKS_ACCOUNT_MOST])
{
    const wks_account_shares *self = state;

    (void)context;
    (void)settings;
    if (owner_row >= 0) return 0;
    out[0] = wks_account_at_most(0.0, self->whole[0] > 0 ? self->part[0] : (double)NAN);
    out[0].part = self->part[0];
    return 1;
}

const wks_account wks_account_against = {"lettings to households that the filter does not let through",
                                         wks_account_shares_month,
                                         count_against,
                                         judge_against,
                                         wks_account_shares_carry,
                                         wks_account_shares_year,
                                         wks_account_shares_close};
