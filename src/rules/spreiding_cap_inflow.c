#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/account.h"
#include "rules/area_count.h"
#include "rules/norm.h"
#include "rules/part_list.h"

enum { P_GROUP, P_MAX_SHARE, P_SCALE, P_AREAS, P_WHEN_NOBODY, P_SELL_AFTER, N_PARAMS };
enum { MONTHS = 12 };

static const wks_param params[N_PARAMS] = {
    [P_GROUP] = {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, true, "-", "whose inflow is limited: a group a landlord can know"},
    [P_MAX_SHARE] = {"max_share", WKS_PARAM_REAL, "share", 0.3, 0, 1, NULL, false, "assumption: the idea is published [S45], no number is",
                     "largest share of the group among the social lettings of the last 12 months in the area, the letting itself counted"},
    [P_SCALE] = {"scale", WKS_PARAM_CHOICE, "-", WKS_AREA_COUNT_BUURT, 0, WKS_AREA_COUNT_OWNER, wks_area_count_scale_name, false,
                 "Sturen op gemengde wijken (Platform31)", "within what the share is counted"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
    [P_WHEN_NOBODY] = WKS_PART_WHEN_NOBODY_PARAM,
    [P_SELL_AFTER] = WKS_PART_SELL_AFTER_PARAM,
};

/* Lettings of the last 12 months, this round included: nothing is known of the time before the run. What is reserved for members of the group counts as a
 * letting to one of them (reserved for others it does not count: were it refused, the share would be higher than thought). */
typedef struct wks_cap_inflow {
    wks_area_count month[MONTHS]; /* by month number modulo 12 */
    wks_area_count reserved;      /* when the round began, less those let since */
    int32_t now;                  /* month the ring stands at */
} cap;

static wks_area_count_scale scale_of(const wks_settings *settings)
{
    return (wks_area_count_scale)(int32_t)settings->value[P_SCALE];
}

static const wks_expr *group_of(const wks_part_context *context, const wks_settings *settings)
{
    return context->scenario->group[(int32_t)settings->value[P_GROUP]].expr;
}

static bool in_group(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    return wks_expr_holds(group_of(context, settings), context->world, household_row);
}

static bool is_reserved_for(const wks_world *world, int32_t household_row, const wks_advert *advert)
{
    return wks_rare_i32(&world->unit.reserved_row, advert->unit_row) == household_row;
}

static void close_cap(void *state)
{
    cap *self = state;

    if (self == NULL) return;
    for (int32_t m = 0; m < MONTHS; m++)
        wks_area_count_free(&self->month[m]);
    wks_area_count_free(&self->reserved);
    free(self);
}

static wks_status open_cap(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    cap *self = *state;
    const int32_t now = context->world->month;

    if (self == NULL) {
        self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a cap");
        self->now = now - 1;
        *state = self;
    }
    for (int32_t m = 0; m < MONTHS; m++)
        WKS_TRY(wks_area_count_fit(&self->month[m], context->world, scale_of(settings), err));
    for (int32_t m = 0; m < MONTHS && self->now < now; m++)
        wks_area_count_clear(&self->month[++self->now % MONTHS]);
    self->now = now;
    WKS_TRY(wks_area_count_fit(&self->reserved, context->world, scale_of(settings), err));
    wks_area_count_reserved(&self->reserved, context->world, scale_of(settings), group_of(context, settings));
out:
    return rc;
}

static void sum_up(const cap *self, int32_t area, int32_t *group, int32_t *total)
{
    *group = *total = self->reserved.group[area];
    for (int32_t m = 0; m < MONTHS; m++) {
        *group += self->month[m].group[area];
        *total += self->month[m].total[area];
    }
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row);
    int32_t group, total;

    if (!wks_part_in_areas(context->world, settings, P_AREAS, advert->buurt_row) || !in_group(context, settings, household_row))
        return true;
    if (is_reserved_for(context->world, household_row, advert)) return true; /* counted when it was reserved */
    sum_up(state, area, &group, &total);
    return wks_norm_share_holds(settings->value[P_MAX_SHARE], group + 1, total + 1, WKS_NORM_DOWN);
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    cap *self = state;
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row);
    const bool is_member = in_group(context, settings, household_row);

    wks_area_count_add(&self->month[context->world->month % MONTHS], area, is_member, 1);
    if (is_member && is_reserved_for(context->world, household_row, advert)) wks_area_count_add(&self->reserved, area, true, -1);
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    int32_t group, total;

    sum_up(state, wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row), &group, &total);
    wks_text_addf(out, "%s '%s'; %d of %d social lettings of 12 months in the %s were, at most ",
                  in_group(context, settings, household_row) ? "in group" : "not in group",
                  context->scenario->group[(int32_t)settings->value[P_GROUP]].name, (int)group, (int)total,
                  wks_area_count_scale_name[scale_of(settings)]);
    wks_text_add_number(out, settings->value[P_MAX_SHARE]);
    wks_text_add(out, " after a letting");
}

/* What is reserved is counted again in every round. */
static wks_status carry_cap(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    cap *self;

    if (!wks_part_carry_begin(state, sizeof *self, carry)) return wks_carry_status(carry, err);
    self = *state;
    wks_carry_i32(carry, &self->now);
    wks_carry_must(carry, self->now >= 0 && self->now <= context->world->month, "lettings of a month to come");
    for (int32_t m = 0; m < MONTHS; m++)
        wks_area_count_carry(&self->month[m], wks_area_count_areas(context->world, scale_of(settings)), carry);
    return wks_carry_status(carry, err);
}

/* Lettings of the calendar year. */
static wks_status account_month(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_area_count *self = *state;

    if (self == NULL) *state = self = wks_mem_array(1, sizeof *self);
    if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an account");
    WKS_TRY(wks_area_count_fit(self, context->world, scale_of(settings), err));
out:
    return rc;
}

static void count_letting(const wks_part_context *context, const wks_settings *settings, void *state, const wks_letting *letting)
{
    const int32_t group = (int32_t)settings->value[P_GROUP];

    if (!wks_part_in_areas(context->world, settings, P_AREAS, letting->buurt_row)) return;
    wks_area_count_add(state, wks_area_count_of_unit(context->world, scale_of(settings), letting->unit_row),
                       (letting->groups >> group & 1u) != 0, 1);
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

static void account_year(void *state)
{
    wks_area_count_clear(state);
}

static void account_close(void *state)
{
    if (state == NULL) return;
    wks_area_count_free(state);
    free(state);
}

static const wks_account account = {"largest share of the group among the lettings of a year in an area",
                                    account_month,
                                    count_letting,
                                    judge,
                                    account_carry,
                                    account_year,
                                    account_close};

static const wks_spreiding_part part = {
    .open = open_cap, .allows = allows, .commit = commit, .close = close_cap, .tell = tell, .carry = carry_cap, .account = &account};
const wks_spec wks_spreiding_cap_inflow_spec = {
    "cap_inflow",
    "spreiding",
    "maximale instroom: a group's share among the social lettings of 12 months in an area may not pass a maximum",
    "agreements of gemeente and corporaties (prestatieafspraken); within the Algemene wet gelijke behandeling",
    params,
    N_PARAMS,
    &part};
