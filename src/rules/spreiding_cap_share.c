#include <stdlib.h>

#include "base/mem.h"
#include "rules/account.h"
#include "rules/area_count.h"
#include "rules/norm.h"
#include "rules/part_list.h"

enum { P_GROUP, P_MAX_SHARE, P_SCALE, P_AREAS, P_WHEN_NOBODY, P_SELL_AFTER, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_GROUP] = {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, true, "-", "whose share is limited: a group a landlord can know"},
    [P_MAX_SHARE] = {"max_share", WKS_PARAM_REAL, "share", 0.3, 0, 1, NULL, false, "assumption: the idea is published [S45], no number is",
                     "largest share of the group among households in social dwellings of the area, the letting itself counted"},
    [P_SCALE] = {"scale", WKS_PARAM_CHOICE, "-", WKS_AREA_COUNT_BUURT, 0, WKS_AREA_COUNT_OWNER, wks_area_count_scale_name, false,
                 "Sturen op gemengde wijken (Platform31)", "within what the share is counted"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
    [P_WHEN_NOBODY] = WKS_PART_WHEN_NOBODY_PARAM,
    [P_SELL_AFTER] = WKS_PART_SELL_AFTER_PARAM,
};

typedef struct wks_cap_share {
    wks_area_count stock; /* households in social dwellings now, lettings of this round counted */
} cap;

static wks_area_count_scale scale_of(const wks_settings *settings)
{
    return (wks_area_count_scale)(int32_t)settings->value[P_SCALE];
}

static const wks_expr *group_of(const wks_part_context *context, const wks_settings *settings)
{
    return context->scenario->group[(int32_t)settings->value[P_GROUP]].expr;
}

static void close_cap(void *state)
{
    cap *self = state;

    if (self == NULL) return;
    wks_area_count_free(&self->stock);
    free(self);
}

static wks_status open_cap(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    cap *self = *state;

    if (self == NULL) {
        self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a cap");
        *state = self;
    }
    WKS_TRY(wks_area_count_fit(&self->stock, context->world, scale_of(settings), err));
    wks_area_count_stock(&self->stock, context->world, scale_of(settings), group_of(context, settings));
out:
    return rc;
}

/* The area whose social stock a household leaves; -1 if none. */
static int32_t area_left(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_world *world = context->world;
    const int32_t unit = world->household.unit_row[household_row];

    if (unit < 0 || world->dwelling.tenure[world->unit.dwelling_row[unit]] != WKS_TENURE_SOCIAL) return WKS_NONE;
    return wks_area_count_of_unit(world, scale_of(settings), unit);
}

static bool is_reserved_for(const wks_world *world, int32_t household_row, const wks_advert *advert)
{
    return wks_rare_i32(&world->unit.reserved_row, advert->unit_row) == household_row;
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const cap *self = state;
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row);
    const int32_t group = self->stock.group[area], total = self->stock.total[area];

    if (!wks_part_in_areas(context->world, settings, P_AREAS, advert->buurt_row)) return true;
    if (!wks_expr_holds(group_of(context, settings), context->world, household_row)) return true;
    if (is_reserved_for(context->world, household_row, advert)) return true; /* counted when it was reserved */
    if (area_left(context, settings, household_row) == area) return true;    /* who moves within it does not raise the share */
    return wks_norm_share_holds(settings->value[P_MAX_SHARE], group + 1, total + 1, WKS_NORM_DOWN);
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    cap *self = state;
    const bool in_group = wks_expr_holds(group_of(context, settings), context->world, household_row);
    const int32_t left = area_left(context, settings, household_row);

    if (!is_reserved_for(context->world, household_row, advert)) {
        wks_area_count_add(&self->stock, wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row), in_group, 1);
    }
    if (left >= 0) wks_area_count_add(&self->stock, left, in_group, -1);
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    const cap *self = state;
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row);

    wks_text_addf(out, "%s '%s'; %d of %d households in social homes of the %s are, at most ",
                  wks_expr_holds(group_of(context, settings), context->world, household_row) ? "in group" : "not in group",
                  context->scenario->group[(int32_t)settings->value[P_GROUP]].name, (int)self->stock.group[area],
                  (int)self->stock.total[area], wks_area_count_scale_name[scale_of(settings)]);
    wks_text_add_number(out, settings->value[P_MAX_SHARE]);
    wks_text_add(out, " after a letting");
}

/* Who lives there when the month ends. */
static wks_status account_month(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_area_count *self = *state;

    if (self == NULL) *state = self = wks_mem_array(1, sizeof *self);
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an account");
    WKS_TRY(wks_area_count_fit(self, context->world, scale_of(settings), err));
    wks_area_count_stock(self, context->world, scale_of(settings), group_of(context, settings));
out:
    return rc;
}

static int32_t judge(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                     wks_account_verdict out[WKS_ACCOUNT_MOST])
{
    if (owner_row >= 0) return 0;
    out[0] = wks_account_largest(context->world, settings, "scale", state);
    return 1;
}

static wks_status account_carry(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    if (wks_part_carry_begin(state, sizeof(wks_area_count), carry))
        wks_area_count_carry(*state, wks_area_count_areas(context->world, scale_of(settings)), carry);
    return wks_carry_status(carry, err);
}

static void account_close(void *state)
{
    if (state == NULL) return;
    wks_area_count_free(state);
    free(state);
}

static const wks_account account = {
    "largest share of the group among the households of an area", account_month, NULL, judge, account_carry, NULL, account_close};

static const wks_spreiding_part part = {
    .open = open_cap, .allows = allows, .commit = commit, .close = close_cap, .tell = tell, .account = &account};
const wks_spec wks_spreiding_cap_share_spec = {
    "cap_share",
    "spreiding",
    "maximumaandeel: a group's share among the households in social dwellings of an area may not pass a maximum",
    "agreements of gemeente and corporaties (prestatieafspraken); within the Algemene wet gelijke behandeling",
    params,
    N_PARAMS,
    &part};
