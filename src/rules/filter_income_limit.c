#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "rules/norm.h"
#include "rules/part.h"
#include "rules/part_list.h"

enum { P_FREE_SHARE, N_PARAMS };
enum { CLASS_BELOW, CLASS_ABOVE };

static const wks_param params[N_PARAMS] = {
    [P_FREE_SHARE] = {"free_share", WKS_PARAM_REAL, "share", 0.075, 0, 1, NULL, false,
                      "Woningwet art. 48: 92.5 % below the limit, by local agreement down to 85 % [S15]",
                      "largest share of a corporatie's lettings of a calendar year, at any moment of it, to incomes above the limit"},
};

/* Lettings of this calendar year by owner: the norm is each corporatie's own, and holds at every letting, so that there is no December cliff. */
typedef struct quota {
    int32_t year, n_owners;
    int32_t *above, *total;
} quota;

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const double limit =
        wks_part_persons(context->world, household_row) > 1 ? context->law->income_multi_eur : context->law->income_single_eur;

    (void)settings;
    return (double)context->world->household.income_eur[household_row] > limit ? CLASS_ABOVE : CLASS_BELOW;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    (void)context;
    (void)advert;
    return settings->value[P_FREE_SHARE] > 0.0 ? 1u << CLASS_BELOW | 1u << CLASS_ABOVE : 1u << CLASS_BELOW;
}

static void close_quota(void *state)
{
    quota *self = state;

    if (self == NULL) return;
    free(self->above);
    free(self->total);
    free(self);
}

static wks_status grow(quota *self, int32_t n_owners, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t *above, *total;

    if (n_owners <= self->n_owners) return WKS_OK;
    above = wks_mem_resize(self->above, (size_t)self->n_owners, (size_t)n_owners, sizeof *above);
    if (above == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the quota of %d owners", n_owners);
    self->above = above;
    total = wks_mem_resize(self->total, (size_t)self->n_owners, (size_t)n_owners, sizeof *total);
    if (total == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the quota of %d owners", n_owners);
    self->total = total;
    self->n_owners = n_owners;
out:
    return rc;
}

static wks_status open_quota(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    quota *self = *state;
    const int32_t year = wks_month_year(context->world->month);

    (void)settings;
    if (self == NULL) {
        self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a quota");
        *state = self;
    }
    WKS_TRY(grow(self, context->world->owner.base.n_rows, err));
    if (self->year == year) goto out;
    self->year = year;
    memset(self->above, 0, (size_t)self->n_owners * sizeof *self->above);
    memset(self->total, 0, (size_t)self->n_owners * sizeof *self->total);
out:
    return rc;
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const quota *self = state;
    const int32_t owner = advert->owner_row;

    if (class_of(context, settings, household_row) == CLASS_BELOW) return true;
    return wks_norm_share_holds(settings->value[P_FREE_SHARE], self->above[owner] + 1, self->total[owner] + 1, WKS_NORM_DOWN);
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    const quota *self = state;
    const int32_t owner = advert->owner_row;

    wks_text_addf(out, "%s the limit; the corporatie let %d of %d homes this year above it, at most ",
                  class_of(context, settings, household_row) == CLASS_BELOW ? "below" : "above", (int)self->above[owner],
                  (int)self->total[owner]);
    wks_text_add_number(out, settings->value[P_FREE_SHARE]);
    wks_text_add(out, " of all, this letting included");
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    quota *self = state;

    self->total[advert->owner_row]++;
    if (class_of(context, settings, household_row) == CLASS_ABOVE) self->above[advert->owner_row]++;
}

static const wks_spreiding_part norm = {.open = open_quota, .allows = allows, .commit = commit, .close = close_quota, .tell = tell};
static const wks_filter_part filter = {class_of, mask_of, &norm};
const wks_spec wks_filter_income_limit_spec = {"income_limit",
                                               "filter",
                                               "incomes up to the DAEB limit of the year by household size, and a paced share above it",
                                               "Woningwet art. 46 and 48; Regeling toegelaten instellingen volkshuisvesting",
                                               params,
                                               N_PARAMS,
                                               &filter};
