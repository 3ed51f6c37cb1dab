#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "rules/account.h"
#include "rules/area_count.h"
#include "rules/norm.h"
#include "rules/part_list.h"

enum { P_GROUP, P_QUOTA, P_LEVEL, P_KEY, P_AHEAD, P_AREAS, P_WHEN_NOBODY, P_SELL_AFTER, N_PARAMS };
enum { MONTHS = 12 };

typedef enum key { KEY_EVEN, KEY_STOCK, KEY_LETTINGS, KEY_STRONG_FIRST } key;
static const char *const keys[] = {"even", "stock", "lettings", "strong_first", NULL};

static const wks_param params[N_PARAMS] = {
    [P_GROUP] = {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, true, "-",
                 "the contingent: statushouders, care leavers, ex-detainees; a group a landlord can know"},
    [P_QUOTA] = {"quota", WKS_PARAM_INT, "lettings/yr", 0, 0, 1000000, NULL, false,
                 "regional contingents; the taakstelling is a number of persons from process arrivals",
                 "most lettings to the contingent in a calendar year, paced by month; 0: as many as wait, only their distribution is kept"},
    [P_LEVEL] = {"level", WKS_PARAM_CHOICE, "-", 0, 0, 3, &wks_area_count_scale_name[WKS_AREA_COUNT_BUURT], false,
                 "Sturen op gemengde wijken (Platform31)",
                 "over what the contingent is distributed: buurt, wijk, gemeente, owner (corporatie)"},
    [P_KEY] =
        {"key", WKS_PARAM_CHOICE, "-", KEY_STOCK, 0, 3, keys, false,
         "taakstelling: pro rata (Huisvestingswet 2014, art. 29); the others: assumption",
         "even: all alike; stock: by social homes; lettings: by social lettings of last year (in the first year stock); strong_first: "
         "by social homes, twice as many as that where leefbaarheid is highest, falling to none where it is lowest"},
    [P_AHEAD] = {"ahead", WKS_PARAM_INT, "lettings", 1, 1, 1000, NULL, false, "assumption",
                 "how many lettings an area may be ahead of its key before it is passed over"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only over these buurten or wijken; empty: all"},
    [P_WHEN_NOBODY] = WKS_PART_WHEN_NOBODY_PARAM,
    [P_SELL_AFTER] = WKS_PART_SELL_AFTER_PARAM,
};

/* The key of a calendar year is made in its first round and holds for the year. */
typedef struct wks_contingent {
    int32_t n, year, first_month; /* areas; the year counted; first month of it that was run */
    int32_t total;                /* lettings to the contingent this year */
    double *weight;               /* sum 1 over areas with social homes */
    int32_t *count, *let;         /* by area, this year: to the contingent, all */
    wks_area_count reserved;      /* for members, when the round began, less those let since */
} contingent;

static wks_area_count_scale scale_of(const wks_settings *settings)
{
    return (wks_area_count_scale)(WKS_AREA_COUNT_BUURT + (int32_t)settings->value[P_LEVEL]);
}

static const wks_expr *group_of(const wks_part_context *context, const wks_settings *settings)
{
    return context->scenario->group[(int32_t)settings->value[P_GROUP]].expr;
}

static void close_contingent(void *state)
{
    contingent *self = state;

    if (self == NULL) return;
    free(self->weight);
    free(self->count);
    free(self->let);
    wks_area_count_free(&self->reserved);
    free(self);
}

/* ---- the key of a year --------------------------------------------------------------------------------------------------------------- */

typedef struct ranked {
    double leefbaarheid;
    int32_t area;
} ranked;

static int by_leefbaarheid(const void *left, const void *right)
{
    const ranked *a = left, *b = right;

    if (a->leefbaarheid > b->leefbaarheid) return -1;
    if (a->leefbaarheid < b->leefbaarheid) return 1;
    return (a->area > b->area) - (a->area < b->area);
}

/* Of n areas with homes the strongest weighs (2 n - 1) / n times its homes, the next (2 n - 3) / n, the weakest 1 / n. */
static void favour_strong(double *weight, ranked *area, int32_t n_areas)
{
    int32_t n = 0;

    for (int32_t a = 0; a < n_areas; a++) {
        if (weight[a] > 0.0) area[n++] = (ranked){area[a].leefbaarheid / weight[a], a};
    }
    if (n > 1) qsort(area, (size_t)n, sizeof *area, by_leefbaarheid);
    for (int32_t r = 0; r < n; r++)
        weight[area[r].area] *= (double)(2 * (n - r) - 1) / n;
}

/* Social homes by area into weight, and their summed leefbaarheid. */
static void count_homes(const wks_part_context *context, const wks_settings *settings, double *weight, ranked *area)
{
    const wks_world *world = context->world;

    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        const int32_t buurt = world->dwelling.buurt_row[d];
        if (world->dwelling.key[d] == 0 || world->dwelling.tenure[d] != WKS_TENURE_SOCIAL) continue;
        if (!wks_part_in_areas(world, settings, P_AREAS, buurt)) continue;
        const int32_t a = wks_area_count_of_dwelling(world, scale_of(settings), d);
        weight[a] += 1.0;
        area[a].leefbaarheid += wks_world_leefbaarheid(world, buurt);
    }
}

static void weigh(contingent *self, key by, ranked *area)
{
    int64_t n_let = 0;
    double sum = 0.0;

    for (int32_t a = 0; a < self->n; a++)
        n_let += self->weight[a] > 0.0 ? self->let[a] : 0;
    for (int32_t a = 0; a < self->n; a++) {
        if (by == KEY_EVEN && self->weight[a] > 0.0) self->weight[a] = 1.0;
        if (by == KEY_LETTINGS && n_let > 0 && self->weight[a] > 0.0) self->weight[a] = self->let[a];
    }
    if (by == KEY_STRONG_FIRST) favour_strong(self->weight, area, self->n);
    for (int32_t a = 0; a < self->n; a++)
        sum += self->weight[a];
    for (int32_t a = 0; a < self->n && sum > 0.0; a++)
        self->weight[a] /= sum;
}

static wks_status begin_year(contingent *self, const wks_part_context *context, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    ranked *area = wks_mem_array((size_t)self->n, sizeof *area);

    if (area == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the key of %d areas", self->n);
    memset(self->weight, 0, (size_t)self->n * sizeof *self->weight);
    count_homes(context, settings, self->weight, area);
    weigh(self, (key)(int32_t)settings->value[P_KEY], area);
    memset(self->count, 0, (size_t)self->n * sizeof *self->count);
    memset(self->let, 0, (size_t)self->n * sizeof *self->let);
    self->total = 0;
    self->year = wks_month_year(context->world->month);
    self->first_month = context->world->month;
out:
    free(area);
    return rc;
}

static wks_status make_counts(contingent *self, const wks_part_context *context, const wks_settings *settings, wks_err *err)
{
    self->year = -1;
    self->n = wks_area_count_areas(context->world, scale_of(settings)); /* buurten, wijken, gemeenten and owners stay as many */
    self->weight = wks_mem_array((size_t)self->n, sizeof *self->weight);
    self->count = wks_mem_array((size_t)self->n, sizeof *self->count);
    self->let = wks_mem_array((size_t)self->n, sizeof *self->let);
    if (self->weight == NULL || self->count == NULL || self->let == NULL)
        return wks_err_set(err, WKS_ERR_NOMEM, "no memory for a contingent of %d areas", self->n);
    return WKS_OK;
}

static wks_status open_contingent(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    contingent *self = *state;

    if (self == NULL) {
        self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a contingent");
        *state = self;
        WKS_TRY(make_counts(self, context, settings, err));
    }
    if (self->year != wks_month_year(context->world->month)) WKS_TRY(begin_year(self, context, settings, err));
    WKS_TRY(wks_area_count_fit(&self->reserved, context->world, scale_of(settings), err));
    wks_area_count_reserved(&self->reserved, context->world, scale_of(settings), group_of(context, settings));
out:
    return rc;
}

/* What is reserved is counted again in every round. */
static void carry_counts(contingent *self, const wks_part_context *context, const wks_settings *settings, wks_carry *carry)
{
    const int32_t n = wks_area_count_areas(context->world, scale_of(settings));
    int32_t room[3] = {self->n, self->n, self->n};

    wks_carry_same(carry, n, "a contingent over other areas");
    wks_carry_i32(carry, &self->year);
    wks_carry_i32(carry, &self->first_month);
    wks_carry_i32(carry, &self->total);
    WKS_CARRY_ARRAY(carry, self->weight, n, room[0]);
    WKS_CARRY_ARRAY(carry, self->count, n, room[1]);
    WKS_CARRY_ARRAY(carry, self->let, n, room[2]);
    if (!wks_carry_failed(carry)) self->n = n;
}

static wks_status carry_contingent(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry,
                                   wks_err *err)
{
    if (wks_part_carry_begin(state, sizeof(contingent), carry)) carry_counts(*state, context, settings, carry);
    return wks_carry_status(carry, err);
}

/* ---- offers ---------------------------------------------------------------------------------------------------------------------------- */

/* Lettings that the quota has room for so far this year. */
static int32_t most_so_far(const contingent *self, const wks_settings *settings, int32_t now)
{
    const int32_t january = self->year * MONTHS, first = self->first_month > january ? self->first_month : january;

    if (!(settings->value[P_QUOTA] > 0.0)) return INT32_MAX;
    return wks_norm_most(settings->value[P_QUOTA], now - first + 1, MONTHS);
}

/* After this letting the area is less than `ahead` above its part of all lettings to the contingent. What is reserved there counts as let. */
static bool has_room(const contingent *self, const wks_settings *settings, int32_t area, int32_t now)
{
    const int32_t reserved = self->reserved.group[area], count = self->count[area] + reserved + 1, total = self->total + reserved + 1;
    int32_t reserved_in_all = 0;

    for (int32_t a = 0; a < self->reserved.n; a++)
        reserved_in_all += self->reserved.group[a];
    if (self->total + reserved_in_all + 1 > most_so_far(self, settings, now) || !(self->weight[area] > 0.0)) return false;
    return count < self->weight[area] * total + settings->value[P_AHEAD];
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const wks_world *world = context->world;

    if (!wks_part_in_areas(world, settings, P_AREAS, advert->buurt_row)) return true;
    if (!wks_expr_holds(group_of(context, settings), world, household_row)) return true;
    if (wks_rare_i32(&world->unit.reserved_row, advert->unit_row) == household_row) return true; /* counted when it was reserved */
    return has_room(state, settings, wks_area_count_of_unit(world, scale_of(settings), advert->unit_row), world->month);
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    contingent *self = state;
    const wks_world *world = context->world;
    const int32_t area = wks_area_count_of_unit(world, scale_of(settings), advert->unit_row);

    if (!wks_part_in_areas(world, settings, P_AREAS, advert->buurt_row)) return;
    self->let[area]++;
    if (!wks_expr_holds(group_of(context, settings), world, household_row)) return;
    self->count[area]++;
    self->total++;
    if (wks_rare_i32(&world->unit.reserved_row, advert->unit_row) == household_row) wks_area_count_add(&self->reserved, area, true, -1);
}

/* The quota method of apportionment (Balinski and Young, 1975): of the areas that are not ahead, the one with the largest weight over lettings + 1. */
static double prefer(const wks_part_context *context, const wks_settings *settings, const void *state, const wks_advert *advert)
{
    const contingent *self = state;
    const wks_world *world = context->world;
    const int32_t area = wks_area_count_of_unit(world, scale_of(settings), advert->unit_row);

    if (!wks_part_in_areas(world, settings, P_AREAS, advert->buurt_row) || !has_room(self, settings, area, world->month)) return -1.0;
    return self->weight[area] / (self->count[area] + self->reserved.group[area] + 1);
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    const contingent *self = state;
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), advert->unit_row);
    const int32_t most = most_so_far(self, settings, context->world->month);

    wks_text_addf(out, "%s '%s'; the %s has %d of %d lettings to the contingent this year, its part is ",
                  wks_expr_holds(group_of(context, settings), context->world, household_row) ? "in group" : "not in group",
                  context->scenario->group[(int32_t)settings->value[P_GROUP]].name, wks_area_count_scale_name[scale_of(settings)],
                  (int)(self->count[area] + self->reserved.group[area]), (int)self->total);
    wks_text_add_number(out, floor(10000.0 * self->weight[area] + 0.5) / 10000.0);
    if (most < INT32_MAX) wks_text_addf(out, ", the quota has room for %d so far", (int)most);
}

/* ---- the account: the same key, made when the first month of the year has ended, and the lettings of the log ---- */

typedef struct wks_contingent_account {
    contingent count;
    double furthest; /* whole lettings that an area was ahead of its part at one of them */
    bool is_any;
} contingent_account;

static void account_close(void *state)
{
    contingent_account *self = state;

    if (self == NULL) return;
    free(self->count.weight);
    free(self->count.count);
    free(self->count.let);
    free(self);
}

static wks_status account_month(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    contingent_account *self = *state;

    if (self == NULL) {
        *state = self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an account");
        WKS_TRY(make_counts(&self->count, context, settings, err));
    }
    if (self->count.year != wks_month_year(context->world->month)) WKS_TRY(begin_year(&self->count, context, settings, err));
out:
    return rc;
}

/* A part of 2.3 lettings allows 3 and what the area may be ahead. */
static void count_letting(const wks_part_context *context, const wks_settings *settings, void *state, const wks_letting *letting)
{
    contingent_account *self = state;
    contingent *count = &self->count;
    const int32_t area = wks_area_count_of_unit(context->world, scale_of(settings), letting->unit_row);

    if (!wks_part_in_areas(context->world, settings, P_AREAS, letting->buurt_row)) return;
    count->let[area]++;
    if ((letting->groups >> (int32_t)settings->value[P_GROUP] & 1u) == 0) return;
    count->count[area]++;
    count->total++;
    const double ahead = count->count[area] - ceil(count->weight[area] * count->total);
    if (!self->is_any || ahead > self->furthest) self->furthest = ahead;
    self->is_any = true;
}

static int32_t judge(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                     wks_account_verdict out[WKS_ACCOUNT_MOST])
{
    const contingent_account *self = state;
    const int32_t most = most_so_far(&self->count, settings, context->world->month);

    if (owner_row >= 0) return 0;
    out[0] = wks_account_at_most(settings->value[P_AHEAD], self->is_any ? self->furthest : (double)NAN);
    out[0].part = self->count.total;
    if (most == INT32_MAX) return 1;
    out[1] = wks_account_at_most(most, self->count.total);
    out[1].what = "quota";
    out[1].part = self->count.total;
    return 2;
}

static wks_status account_carry(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    contingent_account *self;

    if (!wks_part_carry_begin(state, sizeof *self, carry)) return wks_carry_status(carry, err);
    self = *state;
    carry_counts(&self->count, context, settings, carry);
    wks_carry_double(carry, &self->furthest);
    wks_carry_bool(carry, &self->is_any);
    return wks_carry_status(carry, err);
}

static void account_year(void *state)
{
    contingent_account *self = state; /* the counts go on until begin_year: the key may be last year's lettings */

    self->is_any = false;
    self->furthest = 0.0;
}

static const wks_account account = {"whole lettings that an area is ahead of its part of the contingent",
                                    account_month,
                                    count_letting,
                                    judge,
                                    account_carry,
                                    account_year,
                                    account_close};

static const wks_spreiding_part part = {.open = open_contingent,
                                        .allows = allows,
                                        .commit = commit,
                                        .close = close_contingent,
                                        .prefer = prefer,
                                        .tell = tell,
                                        .carry = carry_contingent,
                                        .account = &account};
const wks_spec wks_spreiding_contingent_spec = {
    "contingent",
    "spreiding",
    "contingent: a group (statushouders, care leavers, ex-detainees) is distributed over buurten, wijken, gemeenten or corporaties by a "
    "key: who "
    "had its part "
    "is passed over until others catch up, and direct mediation proposes first where the contingent is most behind",
    "Huisvestingswet 2014, art. 28 and 29 (taakstelling); regional agreements on contingents",
    params,
    N_PARAMS,
    &part};
