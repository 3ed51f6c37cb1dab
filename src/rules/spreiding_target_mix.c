#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "rules/account.h"
#include "rules/area_count.h"
#include "rules/part_list.h"

enum { P_ASKERS, P_CARRIERS, P_TOLERANCE, P_TOLERANCE_AFTER, P_GUIDANCE, P_MOTIVATION, P_AREAS, P_WHEN_NOBODY, P_SELL_AFTER, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_ASKERS] = {"askers", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, true, "-",
                  "vragers: a group a landlord can know, such as the referred; all others, also who lived there before and was not "
                  "selected, count as carriers (dragers)"},
    [P_CARRIERS] = {"carriers", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false,
                    "assumption: 50/50 and 70/30 are rules of thumb of projects [S38]",
                    "target share of carriers among the households of a complex"},
    [P_TOLERANCE] =
        {"tolerance", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption",
         "how far from the target a complex may be before a vacancy is kept for the kind that is short, while there is guidance"},
    [P_TOLERANCE_AFTER] = {"tolerance_after", WKS_PARAM_REAL, "share", 0.1, 0, 1, NULL, false,
                           "assumption: contacts fade without support [S38, S39]", "the same when guidance has ended"},
    [P_GUIDANCE] =
        {"guidance", WKS_PARAM_REAL, "years", 5, 0, 50, NULL, false, "assumption",
         "how long the complexes are guided from the start of the rule set; the tolerance goes evenly from the first to the second value"},
    [P_MOTIVATION] = {"motivation", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, "selection on motivation in mixed complexes [S38]",
                      "only carriers who state the motivation are let in"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
    [P_WHEN_NOBODY] = WKS_PART_WHEN_NOBODY_PARAM,
    [P_SELL_AFTER] = WKS_PART_SELL_AFTER_PARAM,
};

typedef struct wks_target_mix {
    wks_area_count stock; /* households by complex, askers as the group; units reserved count */
    int32_t first_month;  /* of the first round */
} mix;

static const wks_expr *askers_of(const wks_part_context *context, const wks_settings *settings)
{
    return context->scenario->group[(int32_t)settings->value[P_ASKERS]].expr;
}

static void close_mix(void *state)
{
    mix *self = state;

    if (self == NULL) return;
    wks_area_count_free(&self->stock);
    free(self);
}

static wks_status open_mix(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    mix *self = *state;

    if (self == NULL) {
        self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a mix");
        self->first_month = context->world->month;
        *state = self;
    }
    WKS_TRY(wks_area_count_fit(&self->stock, context->world, WKS_AREA_COUNT_COMPLEX, err));
    wks_area_count_stock(&self->stock, context->world, WKS_AREA_COUNT_COMPLEX, askers_of(context, settings));
out:
    return rc;
}

/* The stock is counted again in every round. */
static wks_status carry_mix(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    (void)context;
    (void)settings;
    if (wks_part_carry_begin(state, sizeof(mix), carry)) wks_carry_i32(carry, &((mix *)*state)->first_month);
    return wks_carry_status(carry, err);
}

static double tolerance_now(const mix *self, const wks_settings *settings, int32_t now)
{
    const double months = now - self->first_month, guided = 12.0 * settings->value[P_GUIDANCE];
    const double gone = months < guided ? months / guided : 1.0;

    return settings->value[P_TOLERANCE] + gone * (settings->value[P_TOLERANCE_AFTER] - settings->value[P_TOLERANCE]);
}

static bool is_mixed(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    return advert->label == WKS_LABEL_GEMENGD && wks_part_in_areas(context->world, settings, P_AREAS, advert->buurt_row);
}

/* With n households after the letting, how many the kind is short before it: the shortages of both kinds sum to 1, so one of them is 1/2 at least. */
static double shortage(const mix *self, const wks_settings *settings, int32_t complex_row, bool is_asker)
{
    const int32_t n = self->stock.total[complex_row] + 1, askers = self->stock.group[complex_row];
    const double target = settings->value[P_CARRIERS];

    return is_asker ? (1.0 - target) * n - askers : target * n - (n - 1 - askers);
}

/* A household that moves within the complex leaves it first: the mix does not change. */
static bool stays_in(const wks_world *world, int32_t household_row, const wks_advert *advert)
{
    const int32_t unit = world->household.unit_row[household_row];

    return unit >= 0 && world->dwelling.complex_row[world->unit.dwelling_row[unit]] == advert->complex_row &&
           world->dwelling.tenure[world->unit.dwelling_row[unit]] == WKS_TENURE_SOCIAL;
}

static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    const mix *self = state;
    const wks_world *world = context->world;
    const bool is_asker = wks_expr_holds(askers_of(context, settings), world, household_row);

    if (!is_mixed(context, settings, advert)) return true;
    if (wks_rare_i32(&world->unit.reserved_row, advert->unit_row) == household_row || stays_in(world, household_row, advert)) return true;
    if (!is_asker && settings->value[P_MOTIVATION] != 0.0 && !world->household.motivated[household_row]) return false;
    const double leeway = tolerance_now(self, settings, world->month) * (self->stock.total[advert->complex_row] + 1);
    return shortage(self, settings, advert->complex_row, is_asker) >= 0.5 - leeway - 1e-9;
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    mix *self = state;
    const wks_world *world = context->world;
    const bool is_asker = wks_expr_holds(askers_of(context, settings), world, household_row);
    const int32_t unit = world->household.unit_row[household_row], from = unit < 0 ? WKS_NONE : world->unit.dwelling_row[unit];

    if (wks_rare_i32(&world->unit.reserved_row, advert->unit_row) != household_row)
        wks_area_count_add(&self->stock, advert->complex_row, is_asker, 1);
    if (from >= 0 && world->dwelling.tenure[from] == WKS_TENURE_SOCIAL)
        wks_area_count_add(&self->stock, world->dwelling.complex_row[from], is_asker, -1);
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    const mix *self = state;
    const wks_world *world = context->world;
    const bool is_asker = wks_expr_holds(askers_of(context, settings), world, household_row);

    if (!is_mixed(context, settings, advert)) {
        wks_text_add(out, "not labelled gemengd: no mix");
        return;
    }
    wks_text_addf(out, "%s%s; %d carriers and %d askers in the complex, target share of carriers ",
                  is_asker ? "asker (vrager)" : "carrier (drager)",
                  is_asker || world->household.motivated[household_row] ? "" : " without stated motivation",
                  (int)(self->stock.total[advert->complex_row] - self->stock.group[advert->complex_row]),
                  (int)self->stock.group[advert->complex_row]);
    wks_text_add_number(out, settings->value[P_CARRIERS]);
    wks_text_add(out, ", tolerance ");
    wks_text_add_number(out, floor(1000.0 * tolerance_now(self, settings, world->month) + 0.5) / 1000.0);
}

/* ---- the account: carriers among all households of the complexes together ---- */

typedef struct wks_target_mix_account {
    mix timing; /* of the tolerance */
    int32_t carriers, all, complexes;
    int32_t *seen; /* by complex: in the last month counted */
    int32_t n_seen;
} mix_account;

static wks_status account_carry(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    mix_account *self;

    (void)context;
    (void)settings;
    if (!wks_part_carry_begin(state, sizeof *self, carry)) return wks_carry_status(carry, err);
    self = *state; /* what was seen is of the month it was seen in */
    wks_carry_i32(carry, &self->timing.first_month);
    wks_carry_i32(carry, &self->carriers);
    wks_carry_i32(carry, &self->all);
    wks_carry_i32(carry, &self->complexes);
    return wks_carry_status(carry, err);
}

static void account_close(void *state)
{
    mix_account *self = state;

    if (self == NULL) return;
    free(self->seen);
    free(self);
}

static void count_household(mix_account *self, const wks_part_context *context, const wks_settings *settings, int32_t unit_row)
{
    const wks_world *world = context->world;
    const int32_t dwelling = world->unit.dwelling_row[unit_row], household = world->unit.household_row[unit_row];
    const int32_t complex_row = world->dwelling.complex_row[dwelling];

    if (world->unit.key[unit_row] == 0 || household < 0 || world->dwelling.tenure[dwelling] != WKS_TENURE_SOCIAL) return;
    if (world->dwelling.label[dwelling] != WKS_LABEL_GEMENGD) return;
    if (!wks_part_in_areas(world, settings, P_AREAS, world->dwelling.buurt_row[dwelling])) return;
    self->all++;
    self->carriers += !wks_expr_holds(askers_of(context, settings), world, household);
    self->complexes += self->seen[complex_row] != world->month;
    self->seen[complex_row] = world->month;
}

static wks_status account_month(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    mix_account *self = *state;
    const int32_t n = context->world->complex.base.n_rows;

    if (self == NULL) {
        *state = self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an account");
        self->timing.first_month = context->world->month;
    }
    if (n > self->n_seen) {
        int32_t *grown = wks_mem_resize(self->seen, (size_t)self->n_seen, (size_t)n, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the account of %d complexes", n);
        self->seen = grown;
        self->n_seen = n;
    }
    self->carriers = self->all = self->complexes = 0;
    for (int32_t u = 0; u < context->world->unit.base.n_rows; u++)
        count_household(self, context, settings, u);
out:
    return rc;
}

/* Within the tolerance; a complex of whole households may be half a one from it. */
static int32_t judge(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                     wks_account_verdict out[WKS_ACCOUNT_MOST])
{
    const mix_account *self = state;
    const double target = settings->value[P_CARRIERS], share = self->all > 0 ? (double)self->carriers / self->all : (double)NAN;
    const double leeway = tolerance_now(&self->timing, settings, context->world->month) * self->all + 0.5 * self->complexes;

    if (owner_row >= 0) return 0;
    out[0] = wks_account_at_most(target, share);
    out[0].is_met = fabs(self->carriers - target * self->all) <= leeway + 1e-9;
    out[0].part = self->carriers;
    out[0].whole = self->all;
    return 1;
}

static const wks_account account = {
    "share of carriers in the mixed complexes together", account_month, NULL, judge, account_carry, NULL, account_close};

static const wks_spreiding_part part = {
    .open = open_mix, .allows = allows, .commit = commit, .close = close_mix, .tell = tell, .carry = carry_mix, .account = &account};
const wks_spec wks_spreiding_target_mix_spec = {
    "target_mix",
    "spreiding",
    "gemengd wonen: in complexes with that label a vacancy goes to the kind that is short of a target, carriers (dragers) or askers "
    "(vragers)",
    "agreements of corporaties and care organisations; within the Algemene wet gelijke behandeling",
    params,
    N_PARAMS,
    &part};
