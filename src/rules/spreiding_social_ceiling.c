#include "rules/spreiding_social_ceiling.h"
#include "rules/account.h"

#include <stdlib.h>

#include "base/mem.h"
#include "rules/area_count.h"
#include "rules/instead.h"
#include "rules/norm.h"
#include "rules/part_list.h"

enum { P_MAX_SHARE, P_INSTEAD, P_AREAS, N_PARAMS };

static const char *const choices[] = {"nothing", "sell", "liberalise", "middle_rent", NULL};
static const wks_part_vacancy instead_of[] = {WKS_PART_KEEP, WKS_PART_SELL, WKS_PART_LIBERALISE, WKS_PART_MIDDLE_RENT};

static const wks_param params[N_PARAMS] = {
    [P_MAX_SHARE] = {"max_share", WKS_PARAM_REAL, "share", 0.4, 0, 1, NULL, false, "Breda 2019-23: no wijk above 40 % social rent [S46]",
                     "largest share of social homes among all dwellings of a wijk"},
    [P_INSTEAD] = {"instead", WKS_PARAM_CHOICE, "-", 1, 0, 3, choices, false, "assumption: Breda names sale and building elsewhere [S46]",
                   "what happens to a social dwelling that is vacant in a wijk above it: sell; liberalise (its WWS rent, middle or free); "
                   "middle_rent (that rent, at most the limit of middle rent); nothing: it is let, and only building stops"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "-", "only in these buurten or wijken; empty: everywhere"},
};

/* Dwellings by wijk, social ones as the group. */
typedef struct wks_social_ceiling {
    wks_area_count dwelling;
} ceiling;

static void close_ceiling(void *state)
{
    ceiling *self = state;

    if (self == NULL) return;
    wks_area_count_free(&self->dwelling);
    free(self);
}

static wks_status open_ceiling(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = context->world;
    ceiling *self = *state;

    (void)settings;
    if (self == NULL) {
        self = wks_mem_array(1, sizeof *self);
        if (self == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for a ceiling");
        *state = self;
    }
    WKS_TRY(wks_area_count_fit(&self->dwelling, world, WKS_AREA_COUNT_WIJK, err));
    wks_area_count_clear(&self->dwelling);
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (world->dwelling.key[d] == 0) continue;
        wks_area_count_add(&self->dwelling, wks_area_count_of_dwelling(world, WKS_AREA_COUNT_WIJK, d),
                           world->dwelling.tenure[d] == WKS_TENURE_SOCIAL, 1);
    }
out:
    return rc;
}

/* It stands in no letting's way: what it decides is decided before. */
static bool allows(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert)
{
    (void)context;
    (void)settings;
    (void)state;
    (void)household_row;
    (void)advert;
    return true;
}

static void commit(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert)
{
    (void)context;
    (void)settings;
    (void)state;
    (void)household_row;
    (void)advert;
}

static bool is_above(const wks_settings *settings, const ceiling *self, int32_t wijk_row)
{
    return !wks_norm_share_holds(settings->value[P_MAX_SHARE], self->dwelling.group[wijk_row], self->dwelling.total[wijk_row],
                                 WKS_NORM_DOWN);
}

static wks_part_vacancy vacancy(const wks_part_context *context, const wks_settings *settings, void *state, wks_advert *advert)
{
    const wks_part_vacancy what = instead_of[(int32_t)settings->value[P_INSTEAD]];

    if (!wks_part_in_areas(context->world, settings, P_AREAS, advert->buurt_row) || !is_above(settings, state, advert->wijk_row))
        return WKS_PART_LET;
    return what == WKS_PART_KEEP || wks_instead_may(context->world, context->law, advert, what) ? what : WKS_PART_KEEP;
}

static void done(const wks_part_context *context, const wks_settings *settings, void *state, const wks_advert *advert)
{
    ceiling *self = state;

    (void)context;
    (void)settings;
    self->dwelling.group[advert->wijk_row]--;
}

static void tell(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out)
{
    const ceiling *self = state;

    (void)context;
    (void)household_row;
    wks_text_addf(out, "%d of %d dwellings of the wijk are social, the ceiling is ", (int)self->dwelling.group[advert->wijk_row],
                  (int)self->dwelling.total[advert->wijk_row]);
    wks_text_add_number(out, settings->value[P_MAX_SHARE]);
}

/* As at the start of a round, now when the month has ended. */
static int32_t judge(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                     wks_account_verdict out[WKS_ACCOUNT_MOST])
{
    const wks_world *world = context->world;
    const ceiling *self = state;
    int32_t n_above = 0;

    if (owner_row >= 0) return 0;
    for (int32_t wijk = 0; wijk < world->n_wijken; wijk++) {
        bool is_meant = false;
        for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
            is_meant = is_meant || (world->buurt.wijk_row[b] == wijk && wks_part_in_areas(world, settings, P_AREAS, b));
        n_above += is_meant && is_above(settings, self, wijk);
    }
    out[0] = wks_account_at_most(0.0, n_above);
    return 1;
}

static wks_status carry_ceiling(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    ceiling *self;

    (void)settings;
    if (!wks_part_carry_begin(state, sizeof *self, carry)) return wks_carry_status(carry, err);
    self = *state;
    wks_area_count_carry(&self->dwelling, context->world->n_wijken, carry);
    wks_carry_must(carry, self->dwelling.n == context->world->n_wijken, "a ceiling of other wijken");
    return wks_carry_status(carry, err);
}

static const wks_account account = {"wijken above the ceiling", open_ceiling, NULL, judge, carry_ceiling, NULL, close_ceiling};

static const wks_spreiding_part part = {.open = open_ceiling,
                                        .allows = allows,
                                        .commit = commit,
                                        .close = close_ceiling,
                                        .vacancy = vacancy,
                                        .done = done,
                                        .tell = tell,
                                        .account = &account};
const wks_spec wks_spreiding_social_ceiling_spec = {
    "social_ceiling",
    "spreiding",
    "maximum sociale huur: no wijk above a share of social rent: what falls vacant there is sold, liberalised or let at middle rent, and "
    "no social homes are "
    "built",
    "prestatieafspraken (Woningwet art. 44); Woningwet art. 27 (sale); Wet betaalbare huur (WWS points decide the segment)",
    params,
    N_PARAMS,
    &part};

/* The lowest ceiling on a buurt; above 1: none. */
static double lowest_of(const wks_scenario *scenario, const wks_world *world, int32_t buurt_row)
{
    const wks_rule_set *set = wks_part_rules_of(scenario, world->month);
    double lowest = 2.0;

    for (int32_t s = 0; set != NULL && s < set->n_spreiding; s++) {
        const wks_settings *settings = &set->spreiding[s];
        if (settings->spec != &wks_spreiding_social_ceiling_spec || !wks_part_in_areas(world, settings, P_AREAS, buurt_row)) continue;
        lowest = settings->value[P_MAX_SHARE] < lowest ? settings->value[P_MAX_SHARE] : lowest;
    }
    return lowest;
}

int32_t wks_spreiding_social_ceiling_room(const wks_scenario *scenario, const wks_world *world, int32_t buurt_row, int32_t n)
{
    const int32_t wijk = world->buurt.wijk_row[buurt_row];
    const double lowest = lowest_of(scenario, world, buurt_row);
    int32_t social = 0, all = 0, room = 0;

    if (lowest > 1.0) return n;
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (world->dwelling.key[d] == 0 || world->buurt.wijk_row[world->dwelling.buurt_row[d]] != wijk) continue;
        all++;
        social += world->dwelling.tenure[d] == WKS_TENURE_SOCIAL;
    }
    for (int32_t i = 0; i < world->construction.base.n_rows; i++) {
        if (world->construction.key[i] == 0 || world->buurt.wijk_row[world->construction.buurt_row[i]] != wijk) continue;
        all += world->construction.n_dwellings[i];
        social += world->construction.kind[i] == WKS_CONSTRUCTION_SOCIAL ? world->construction.n_dwellings[i] : 0;
    }
    while (room < n && social + room + 1 <= lowest * (all + room + 1))
        room++;
    return room;
}

bool wks_spreiding_social_ceiling_binds(const wks_scenario *scenario, const wks_world *world, int32_t buurt_row)
{
    return wks_spreiding_social_ceiling_room(scenario, world, buurt_row, 1) == 0;
}
