#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/area_count.h"
#include "rules/part_list.h"

enum { P_GROUP, P_MAX_SHARE, P_SCALE, P_AREAS, P_WHEN_NOBODY, N_PARAMS };
enum { MONTHS = 12 };

static const wks_param params[N_PARAMS] = {
    [P_GROUP] = {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, true, "-", "whose inflow is limited: a group a landlord can know"},
    [P_MAX_SHARE] = {"max_share", WKS_PARAM_REAL, "share", 0.3, 0, 1, NULL, false, "assumption: the idea is published [S45], no number is",
                     "largest share of the group among the social lettings of the last 12 months in the area, the letting itself counted"},
    [P_SCALE] = {"scale", WKS_PARAM_CHOICE, "-", WKS_AREA_COUNT_BUURT, 0, 2, wks_area_count_scale_name, false,
                 "Sturen op gemengde wijken (Platform31)", "within what the share is counted"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
    [P_WHEN_NOBODY] =
        {"when_nobody", WKS_PARAM_CHOICE, "-", WKS_PART_LEAVE_VACANT, 0, 2, wks_part_when_nobody_name, false, "assumption",
         "when all who would accept are stopped: leave the dwelling vacant until next month, let it to the first of them after all, or "
         "offer it next month through the next channel"},
};

/* Lettings of the last 12 months, this round included: nothing is known of the time before the run. */
typedef struct wks_cap_inflow {
    wks_area_count month[MONTHS]; /* by month number modulo 12 */
    int32_t now;                  /* month the ring stands at */
} cap;

static wks_area_count_scale scale_of(const wks_settings *settings)
{
    return (wks_area_count_scale)(int32_t)settings->value[P_SCALE];
}

static bool in_group(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    return wks_expr_holds(context->scenario->group[(int32_t)settings->value[P_GROUP]].expr, context->world, household_row);
}

static void close_cap(void *state)
{
    cap *self = state;

    if (self == NULL) return;
    for (int32_t m = 0; m < MONTHS; m++)
        wks_area_count_free(&self->month[m]);
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
out:
    return rc;
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const cap *self = state;
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row);
    int32_t group = 1, total = 1;

    if (!wks_part_in_areas(context->world, settings, P_AREAS, advert->buurt_row) || !in_group(context, settings, household_row))
        return true;
    for (int32_t m = 0; m < MONTHS; m++) {
        group += self->month[m].group[area];
        total += self->month[m].total[area];
    }
    return wks_part_allow(context, group, settings->value[P_MAX_SHARE], total);
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    cap *self = state;
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row);

    wks_area_count_add(&self->month[context->world->month % MONTHS], area, in_group(context, settings, household_row), 1);
}

static const wks_spreiding_part part = {open_cap, allows, commit, close_cap};
const wks_spec wks_spreiding_cap_inflow_spec = {
    "cap_inflow",
    "spreiding",
    "a group's share among the social lettings of 12 months in an area may not pass a maximum",
    "agreements of gemeente and corporaties (prestatieafspraken); within the Algemene wet gelijke behandeling",
    params,
    N_PARAMS,
    &part};
