#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "rules/account.h"
#include "rules/area_count.h"
#include "rules/norm.h"
#include "rules/part_list.h"

enum { P_GROUP, P_NUMBER, P_SHARE, P_PERIOD, P_PACED, P_SCALE, P_AREAS, P_WHEN_NOBODY, P_SELL_AFTER, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_GROUP] = {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, true, "-", "whose lettings are dosed: a group a landlord can know"},
    [P_NUMBER] = {"number", WKS_PARAM_INT, "lettings", 1, 0, 1000000, NULL, false,
                  "assumption: agreements of corporaties and care organisations name numbers like one a portiek a year [S45]",
                  "most lettings to the group in an area in a period; 0: none"},
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption",
                 "when above 0, instead of `number`: this share of the social homes of the area in a period, rounded up to whole lettings"},
    [P_PERIOD] = {"period", WKS_PARAM_INT, "months", 12, 1, 120, NULL, false, "assumption", "the period, counted back from each letting"},
    [P_PACED] = {"paced", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, "assumption",
                 "true: in a shorter stretch of months only its part of the number, rounded up (6 in 12 months: at most 1 a month); false: "
                 "only the whole "
                 "period counts"},
    [P_SCALE] = {"scale", WKS_PARAM_CHOICE, "-", WKS_AREA_COUNT_PORTIEK, 0, WKS_AREA_COUNT_OWNER, wks_area_count_scale_name, false,
                 "Sturen op gemengde wijken (Platform31)", "within what lettings are counted"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
    [P_WHEN_NOBODY] = WKS_PART_WHEN_NOBODY_PARAM,
    [P_SELL_AFTER] = WKS_PART_SELL_AFTER_PARAM,
};

/* Lettings to the group by area and month: nothing is known of the time before the run. */
typedef struct wks_dosing {
    int32_t n, period;       /* areas, months of the ring */
    int32_t now;             /* month the ring stands at */
    int32_t *in_month;       /* month modulo period x area */
    int32_t *homes;          /* social homes by area, when the norm is a share of them */
    wks_area_count reserved; /* for members of the group, when the round began, less those let since */
} dosing;

static wks_area_count_scale scale_of(const wks_settings *settings)
{
    return (wks_area_count_scale)(int32_t)settings->value[P_SCALE];
}

static const wks_expr *group_of(const wks_part_context *context, const wks_settings *settings)
{
    return context->scenario->group[(int32_t)settings->value[P_GROUP]].expr;
}

static void close_dosing(void *state)
{
    dosing *self = state;

    if (self == NULL) return;
    free(self->in_month);
    free(self->homes);
    wks_area_count_free(&self->reserved);
    free(self);
}

/* More areas (new portieken): the months move apart. */
static wks_status fit(dosing *self, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t *in_month = NULL, *homes = NULL;

    if (n <= self->n) return WKS_OK;
    n += n / 8; /* not again every month */
    in_month = wks_mem_array((size_t)n * (size_t)self->period, sizeof *in_month);
    homes = wks_mem_array((size_t)n, sizeof *homes);
    if (in_month == NULL || homes == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for lettings of %d areas", n);
    for (int32_t m = 0; m < self->period && self->n > 0; m++)
        memcpy(&in_month[(size_t)m * (size_t)n], &self->in_month[(size_t)m * (size_t)self->n], (size_t)self->n * sizeof *in_month);
    free(self->in_month);
    free(self->homes);
    self->in_month = in_month;
    self->homes = homes;
    self->n = n;
    in_month = homes = NULL;
out:
    free(in_month);
    free(homes);
    return rc;
}

/* The ring goes on to this month. */
static void turn(dosing *self, int32_t month)
{
    for (int32_t m = 0; m < self->period && self->now < month; m++)
        memset(&self->in_month[(size_t)(++self->now % self->period) * (size_t)self->n], 0, (size_t)self->n * sizeof *self->in_month);
    self->now = month;
}

static void count_homes(dosing *self, const wks_world *world, wks_area_count_scale scale)
{
    memset(self->homes, 0, (size_t)self->n * sizeof *self->homes);
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (world->dwelling.key[d] == 0 || world->dwelling.tenure[d] != WKS_TENURE_SOCIAL) continue;
        self->homes[wks_area_count_of_dwelling(world, scale, d)] += world->dwelling.n_units[d];
    }
}

static wks_status open_dosing(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    dosing *self = *state;
    const wks_world *world = context->world;

    if (self == NULL) {
        self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a dosing");
        self->period = (int32_t)settings->value[P_PERIOD];
        self->now = world->month - 1;
        *state = self;
    }
    WKS_TRY(fit(self, wks_area_count_areas(world, scale_of(settings)), err));
    turn(self, world->month);
    if (settings->value[P_SHARE] > 0.0) count_homes(self, world, scale_of(settings));
    WKS_TRY(wks_area_count_fit(&self->reserved, world, scale_of(settings), err));
    wks_area_count_reserved(&self->reserved, world, scale_of(settings), group_of(context, settings));
out:
    return rc;
}

/* What is reserved is counted again in every round. */
static void carry_counts(dosing *self, const wks_part_context *context, const wks_settings *settings, wks_carry *carry)
{
    const int32_t areas = wks_area_count_areas(context->world, scale_of(settings)), period = (int32_t)settings->value[P_PERIOD];
    int32_t n = self->n;

    wks_carry_same(carry, period, "a dosing with another period");
    wks_carry_i32(carry, &self->now);
    wks_carry_must(carry, self->now >= 0 && self->now <= context->world->month, "lettings of a month to come");
    wks_carry_count(carry, &n, ((size_t)period + 1) * sizeof *self->homes);
    wks_carry_must(carry, n <= areas + areas / 8, "a dosing of more areas than there are");
    self->in_month =
        wks_carry_room(carry, self->in_month, (size_t)self->n * (size_t)period, (size_t)n * (size_t)period, sizeof *self->in_month);
    self->homes = wks_carry_room(carry, self->homes, (size_t)self->n, (size_t)n, sizeof *self->homes);
    if (wks_carry_failed(carry)) return;
    self->n = n;
    self->period = period;
    wks_carry_numbers(carry, self->in_month, (size_t)n * (size_t)period, sizeof *self->in_month);
    wks_carry_numbers(carry, self->homes, (size_t)n, sizeof *self->homes);
}

static wks_status carry_dosing(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    if (wks_part_carry_begin(state, sizeof(dosing), carry)) carry_counts(*state, context, settings, carry);
    return wks_carry_status(carry, err);
}

static double norm_of(const dosing *self, const wks_settings *settings, int32_t area)
{
    return settings->value[P_SHARE] > 0.0 ? settings->value[P_SHARE] * self->homes[area] : settings->value[P_NUMBER];
}

/* What is reserved is a letting of this month to come: it takes from what the norm has left. */
static bool has_room(const dosing *self, const wks_settings *settings, int32_t area)
{
    return wks_norm_pace_holds(norm_of(self, settings, area), 1 + self->reserved.group[area], &self->in_month[area], self->n, self->period,
                               self->now, settings->value[P_PACED] != 0.0);
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const wks_world *world = context->world;

    if (!wks_part_in_areas(world, settings, P_AREAS, advert->buurt_row)) return true;
    if (!wks_expr_holds(group_of(context, settings), world, household_row)) return true;
    if (wks_rare_i32(&world->unit.reserved_row, advert->unit_row) == household_row) return true; /* counted when it was reserved */
    return has_room(state, settings, wks_area_count_of_unit(world, scale_of(settings), advert->unit_row));
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    dosing *self = state;
    const wks_world *world = context->world;
    const int32_t area = wks_area_count_of_unit(world, scale_of(settings), advert->unit_row);

    if (!wks_expr_holds(group_of(context, settings), world, household_row)) return;
    self->in_month[(size_t)(self->now % self->period) * (size_t)self->n + (size_t)area]++;
    if (wks_rare_i32(&world->unit.reserved_row, advert->unit_row) == household_row) wks_area_count_add(&self->reserved, area, true, -1);
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    const dosing *self = state;
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row);
    int32_t count = self->reserved.group[area];

    for (int32_t m = 0; m < self->period; m++)
        count += self->in_month[(size_t)m * (size_t)self->n + (size_t)area];
    wks_text_addf(out, "%s '%s'; %d lettings to the group in %d months in the %s, at most %d",
                  wks_expr_holds(group_of(context, settings), context->world, household_row) ? "in group" : "not in group",
                  context->scenario->group[(int32_t)settings->value[P_GROUP]].name, (int)count, (int)self->period,
                  wks_area_count_scale_name[scale_of(settings)],
                  (int)wks_norm_most(norm_of(self, settings, area), self->period, self->period));
    if (settings->value[P_PACED] != 0.0)
        wks_text_addf(out, ", of which %d in one month", (int)wks_norm_most(norm_of(self, settings, area), 1, self->period));
}

/* ---- the account: the area furthest above its norm, in any period that ended this year ---- */

typedef struct wks_dosing_account {
    dosing count;
    int32_t *before; /* homes by area a month ago: some may have been sold since a letting */
    int32_t n_before;
    double most, norm, furthest; /* lettings in a period in the area where they are most above the norm */
    bool is_any;
} dosing_account;

static void account_close(void *state)
{
    dosing_account *self = state;

    if (self == NULL) return;
    free(self->count.in_month);
    free(self->count.homes);
    free(self->before);
    free(self);
}

static wks_status count_homes_again(dosing_account *self, const wks_part_context *context, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    dosing *count = &self->count;

    if (self->n_before < count->n) {
        int32_t *grown = wks_mem_resize(self->before, (size_t)self->n_before, (size_t)count->n, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the homes of %d areas", count->n);
        self->before = grown;
        self->n_before = count->n;
    }
    memcpy(self->before, count->homes, (size_t)count->n * sizeof *self->before);
    count_homes(count, context->world, scale_of(settings));
out:
    return rc;
}

static wks_status account_month(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    dosing_account *self = *state;
    const wks_world *world = context->world;

    if (self == NULL) {
        *state = self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an account");
        self->count.period = (int32_t)settings->value[P_PERIOD];
        self->count.now = world->month - 1;
        self->furthest = -(double)INFINITY;
    }
    WKS_TRY(fit(&self->count, wks_area_count_areas(world, scale_of(settings)), err));
    turn(&self->count, world->month);
    if (settings->value[P_SHARE] > 0.0) WKS_TRY(count_homes_again(self, context, settings, err));
out:
    return rc;
}

static void count_letting(const wks_part_context *context, const wks_settings *settings, void *state, const wks_letting *letting)
{
    dosing_account *self = state;
    dosing *count = &self->count;
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), letting->unit_row);
    int32_t n = 0;

    if ((letting->groups >> (int32_t)settings->value[P_GROUP] & 1u) == 0) return;
    count->in_month[(size_t)(count->now % count->period) * (size_t)count->n + (size_t)area]++;
    if (!wks_part_in_areas(context->world, settings, P_AREAS, letting->buurt_row)) return;
    for (int32_t m = 0; m < count->period; m++)
        n += count->in_month[(size_t)m * (size_t)count->n + (size_t)area];
    double norm = norm_of(count, settings, area);
    if (settings->value[P_SHARE] > 0.0 && self->before[area] > count->homes[area]) norm = settings->value[P_SHARE] * self->before[area];
    const double most = wks_norm_most(norm, count->period, count->period);
    if (self->is_any && n - most <= self->furthest) return;
    *self = (dosing_account){*count, self->before, self->n_before, n, most, n - most, true};
}

static int32_t judge(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                     wks_account_verdict out[WKS_ACCOUNT_MOST])
{
    const dosing_account *self = state;

    (void)context;
    if (owner_row >= 0) return 0;
    out[0] = wks_account_at_most(self->is_any || settings->value[P_SHARE] > 0.0 ? self->norm : settings->value[P_NUMBER],
                                 self->is_any ? self->most : 0.0);
    out[0].part = self->most;
    return 1;
}

static wks_status account_carry(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    dosing_account *self;

    if (!wks_part_carry_begin(state, sizeof *self, carry)) return wks_carry_status(carry, err);
    self = *state;
    carry_counts(&self->count, context, settings, carry);
    wks_carry_double(carry, &self->most);
    wks_carry_double(carry, &self->norm);
    wks_carry_double(carry, &self->furthest);
    wks_carry_bool(carry, &self->is_any);
    return wks_carry_status(carry, err);
}

static void account_year(void *state)
{
    dosing_account *self = state;

    self->is_any = false;
    self->most = self->norm = 0.0;
    self->furthest = -(double)INFINITY;
}

static const wks_account account = {
    "most lettings to the group in an area in a period", account_month, count_letting, judge, account_carry, account_year, account_close};

static const wks_spreiding_part part = {.open = open_dosing,
                                        .allows = allows,
                                        .commit = commit,
                                        .close = close_dosing,
                                        .tell = tell,
                                        .carry = carry_dosing,
                                        .account = &account};
const wks_spec wks_spreiding_dosing_spec = {
    "dosing",
    "spreiding",
    "dosering: at most so many lettings to a group in an area in a period, paced so that they do not come at once",
    "agreements of gemeente, corporaties and care organisations (prestatieafspraken); within the Algemene wet gelijke behandeling",
    params,
    N_PARAMS,
    &part};
