#include "rules/quota.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "rules/norm.h"

void wks_quota_close(void *state)
{
    wks_quota *self = state;

    if (self == NULL) return;
    for (int32_t b = 0; b < WKS_QUOTA_BANDS; b++)
        free(self->count[b]);
    free(self->total);
    free(self);
}

static wks_status grow_one(int32_t **array, int32_t from, int32_t to, wks_err *err)
{
    int32_t *grown = wks_mem_resize(*array, (size_t)from, (size_t)to, sizeof *grown);

    if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the quota of %d owners", to);
    *array = grown;
    return WKS_OK;
}

static wks_status grow(wks_quota *self, int32_t n_owners, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (n_owners <= self->n_owners) return WKS_OK;
    for (int32_t b = 0; b < WKS_QUOTA_BANDS; b++)
        WKS_TRY(grow_one(&self->count[b], self->n_owners, n_owners, err));
    WKS_TRY(grow_one(&self->total, self->n_owners, n_owners, err));
    self->n_owners = n_owners;
out:
    return rc;
}

wks_status wks_quota_open(const wks_world *world, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_quota *self = *state;
    const int32_t year = wks_month_year(world->month);

    if (self == NULL) {
        self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a quota");
        *state = self;
    }
    WKS_TRY(grow(self, world->owner.base.n_rows, err));
    if (self->year == year) goto out;
    self->year = year;
    for (int32_t b = 0; b < WKS_QUOTA_BANDS; b++)
        memset(self->count[b], 0, (size_t)self->n_owners * sizeof **self->count);
    memset(self->total, 0, (size_t)self->n_owners * sizeof *self->total);
out:
    return rc;
}

wks_status wks_quota_carry(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    wks_quota *self;
    int32_t n = 0;

    (void)settings;
    if (!wks_part_carry_begin(state, sizeof *self, carry)) return wks_carry_status(carry, err);
    self = *state;
    n = self->n_owners;
    wks_carry_i32(carry, &self->year);
    wks_carry_count(carry, &n, (WKS_QUOTA_BANDS + 1) * sizeof *self->total);
    wks_carry_must(carry, n <= context->world->owner.base.n_rows, "a quota of other owners");
    for (int32_t b = 0; b < WKS_QUOTA_BANDS; b++) {
        int32_t room = self->n_owners;
        WKS_CARRY_ARRAY(carry, self->count[b], n, room);
    }
    WKS_CARRY_ARRAY(carry, self->total, n, self->n_owners);
    return wks_carry_status(carry, err);
}

bool wks_quota_fits(const wks_quota *self, int32_t owner_row, int32_t band, double max_share)
{
    return wks_norm_share_holds(max_share, self->count[band][owner_row] + 1, self->total[owner_row] + 1, WKS_NORM_DOWN);
}

void wks_quota_tell(const wks_quota *self, int32_t owner_row, int32_t band, double max_share, wks_text *out)
{
    wks_text_addf(out, "; the corporatie let %d of %d homes this year so, at most ", (int)self->count[band][owner_row],
                  (int)self->total[owner_row]);
    wks_text_add_number(out, max_share);
    wks_text_add(out, " of all, this letting included");
}

void wks_quota_add(wks_quota *self, int32_t owner_row, int32_t band)
{
    self->total[owner_row]++;
    if (band >= 0) self->count[band][owner_row]++;
}
