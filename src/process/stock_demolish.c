#include "process/stock_demolish.h"

#include "process/buffer_slots.h"
#include "world/relations.h"
#include "world/relations_rehouse.h"

const wks_param wks_stock_demolish_param[WKS_STOCK_DEMOLISH_N] = {
    [WKS_STOCK_DEMOLISH_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [WKS_STOCK_DEMOLISH_DWELLINGS] = {"dwellings", WKS_PARAM_INT, "dwellings", 0, 1, 100000, NULL, true, "scenario",
                                      "how many in all: the oldest complexes first, portiek by portiek; when_vacant: in equal parts over "
                                      "the areas"},
    [WKS_STOCK_DEMOLISH_WHEN_VACANT] = {"when_vacant", WKS_PARAM_BOOL, "-", 0, 0, 1, NULL, false, "scenario",
                                        "true: nobody gets notice, homes go as they fall vacant; all that follows does not matter then"},
    [WKS_STOCK_DEMOLISH_NOTICE] = {"notice_months", WKS_PARAM_INT, "months", 12, 0, 120, NULL, false,
                                   "assumption, within 6 to 24: sector practice is a year or more",
                                   "from notice (peildatum, start of SV-urgentie) to the date of demolition"},
    [WKS_STOCK_DEMOLISH_PROPOSAL] = {"proposal_months", WKS_PARAM_INT, "months", 6, 0, 120, NULL, false, "assumption, within 3 to 12",
                                     "before the date, when the landlord begins to propose homes itself"},
    [WKS_STOCK_DEMOLISH_PROPOSAL_SHARE] = {"proposal_share", WKS_PARAM_REAL, "share", 0.3, 0, 1, NULL, false,
                                           "assumption, within 0.1 to 0.5: more would close the queue to others",
                                           "of the vacant social homes of a month, at most so many are proposed"},
    [WKS_STOCK_DEMOLISH_WISSEL] = {"wisselwoning_months", WKS_PARAM_INT, "months", 24, 1, 240, NULL, false, "assumption, within 6 to 36",
                                   "after which a wisselwoning becomes the home of who has no right to return that is still open"},
    [WKS_STOCK_DEMOLISH_PAYMENT] = {"removal_payment", WKS_PARAM_REAL, "EUR", 7500, 0, 100000, NULL, false,
                                    "assumption, within 7000 to 8000: order of the minimum by law (BW 7:275 lid 4), set each year",
                                    "paid once to every household that moves for the demolition (verhuiskostenvergoeding)"},
    [WKS_STOCK_DEMOLISH_BUILD] = {"build_months", WKS_PARAM_INT, "months", 24, 0, 240, NULL, false, "assumption, within 18 to 36",
                                  "from the last home demolished to the new ones"},
    [WKS_STOCK_DEMOLISH_REPLACE] = {"replace", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, false, "assumption",
                                    "homes built for each one demolished; 0: none"},
    [WKS_STOCK_DEMOLISH_SOCIAL] = {"social", WKS_PARAM_REAL, "share", 0.4, 0, 1, NULL, false, "assumption: 0.4, 0.2, 0.4",
                                   "share of the new homes that is social"},
    [WKS_STOCK_DEMOLISH_MIDDLE] = {"middle", WKS_PARAM_REAL, "share", 0.2, 0, 1, NULL, false, "assumption: 0.4, 0.2, 0.4",
                                   "share that is middle rent; the rest is owner-occupied"},
    [WKS_STOCK_DEMOLISH_RIGHT] = {"return_right", WKS_PARAM_BOOL, "-", 1, 0, 1, NULL, false, "assumption: usual in sociale plannen",
                                  "tenants at notice have the right to return to the new social homes (terugkeerrecht)"},
    [WKS_STOCK_DEMOLISH_WISH] = {"return_wish", WKS_PARAM_REAL, "share", 0.3, 0, 1, NULL, false,
                                 "assumption, within 0.1 to 0.6: who settled elsewhere often stays there",
                                 "of households settled elsewhere, those who want to return when asked; who lives in a wisselwoning does"},
};

const wks_spec wks_stock_demolish_spec = {"demolish",           "event", "demolishes social dwellings", "", wks_stock_demolish_param,
                                          WKS_STOCK_DEMOLISH_N, NULL};

/* --- notice --------------------------------------------------------------------------------------------------------- */

/* SV-urgentie until a year after the date; it is proposed homes as a referred household. Another urgency or referral stays what it is. */
static void give_urgency(wks_world *world, int32_t h, int32_t date_month)
{
    wks_household_table *household = &world->household;

    if (household->referral[h] == WKS_REFERRAL_NONE) household->referral[h] = WKS_REFERRAL_HERHUISVESTING;
    if (household->urgency[h] == WKS_URGENCY_NONE) {
        household->urgency[h] = WKS_URGENCY_HERHUISVESTING;
        household->urgency_month[h] = wks_month_cell(date_month + 12);
    }
}

/* As long as there is time it is choosy; from the landlord's proposals on it is pressed. */
static void keep_looking(wks_world *world, int32_t h, bool is_pressed)
{
    if (world->household.search_month[h] == WKS_NO_MONTH) {
        world->household.search_month[h] = wks_month_cell(world->month);
        world->household.n_reactions[h] = world->household.n_refusals[h] = 0;
    }
    if (is_pressed) world->household.urge[h] = WKS_URGE_PRESSED;
    if (world->household.urge[h] == WKS_URGE_NONE) world->household.urge[h] = WKS_URGE_ORIENTED;
}

static void take_up(wks_tick *tick, const wks_settings *settings, int32_t row, int32_t complex_row)
{
    wks_project_table *project = &tick->world->project;

    project->complex_row[row] = complex_row;
    project->notice_month[row] = tick->world->month;
    project->date_month[row] = tick->world->month + (int32_t)settings->value[WKS_STOCK_DEMOLISH_NOTICE];
    project->stage[row] = WKS_PROJECT_NOTICED;
}

wks_status wks_stock_demolish_notice(wks_tick *tick, int32_t project_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_settings scratch;
    const wks_settings *settings = wks_stock_rehouse_settings(tick, project_row, &scratch);
    const int32_t wanted = world->project.n_wanted[project_row];
    wks_stock_rehouse_candidate *list;
    int32_t n = 0, row = project_row;

    WKS_TRY(wks_stock_rehouse_candidates(tick, project_row, &list, &n, err));
    world->ledger.demolition_short += wanted - n;
    if (n == 0) world->project.stage[project_row] = WKS_PROJECT_DONE;
    for (int32_t i = 0; i < n; i++) {
        const int32_t household = world->unit.household_row[world->dwelling.first_unit_row[list[i].dwelling_row]];
        if (i > 0 && list[i].complex_row != list[i - 1].complex_row)
            WKS_TRY(wks_relations_rehouse_order(world, WKS_PROJECT_DEMOLISH, world->project.event[project_row], 0, &row, err));
        if (world->project.stage[row] == WKS_PROJECT_ORDERED) take_up(tick, settings, row, list[i].complex_row);
        WKS_TRY(wks_relations_rehouse_notice(world, row, list[i].dwelling_row, settings->value[WKS_STOCK_DEMOLISH_RIGHT] != 0, err));
        if (household == WKS_NONE) continue;
        give_urgency(world, household, world->project.date_month[row]);
        keep_looking(world, household, false);
    }
out:
    return rc;
}

/* --- households ----------------------------------------------------------------------------------------------------- */

static int32_t owner_of(const wks_world *world, int32_t project_row)
{
    return world->complex.owner_row[world->project.complex_row[project_row]];
}

/* A home is kept for it; this month's round asks it first. */
static bool propose(wks_stock_rehouse_pass *self, const wks_settings *settings, int32_t c, int32_t h, int32_t project_row)
{
    wks_world *world = self->world;
    const double most = settings->value[WKS_STOCK_DEMOLISH_PROPOSAL_SHARE] * self->n_vacant;

    if (wks_rare_i32(&world->household.reserved_unit_row, h) != WKS_NONE) return true;
    if (self->n_proposed >= most) return false;
    const int32_t i = wks_stock_rehouse_find(self, h, world->displaced.from_buurt_row[c], owner_of(world, project_row), true);
    if (i < 0) return false;
    self->vacant[i].is_taken = true;
    self->n_proposed++;
    world->displaced.proposals[c]++;
    wks_relations_reserve(world, self->vacant[i].unit_row, h);
    return true;
}

/* After the date: the home that was kept for it and that no round has let, or the best there is, for the time being. */
static void to_wisselwoning(wks_stock_rehouse_pass *self, int32_t c, int32_t h, int32_t project_row)
{
    wks_world *world = self->world;
    const int32_t reserved = wks_rare_i32(&world->household.reserved_unit_row, h);
    const int32_t i = reserved != WKS_NONE
                          ? WKS_NONE
                          : wks_stock_rehouse_find(self, h, world->displaced.from_buurt_row[c], owner_of(world, project_row), false);

    if (i >= 0) self->vacant[i].is_taken = true;
    if (reserved == WKS_NONE && i < 0) return; /* it stays, and the portiek with it */
    if (reserved != WKS_NONE) wks_relations_reserve(world, reserved, WKS_NONE);
    wks_relations_rehouse_away(world, h, reserved != WKS_NONE ? reserved : self->vacant[i].unit_row, false);
}

static void help(wks_stock_rehouse_pass *self, int32_t c, int32_t h)
{
    wks_world *world = self->world;
    const int32_t project_row = world->displaced.project[c] - 1, date = world->project.date_month[project_row];
    wks_settings scratch;
    const wks_settings *settings = wks_stock_rehouse_settings(self->tick, project_row, &scratch);

    const bool may_be_asked = world->month >= date - (int32_t)settings->value[WKS_STOCK_DEMOLISH_PROPOSAL];
    keep_looking(world, h, may_be_asked);
    if (world->displaced.state[c] == WKS_DISPLACED_WAITING) {
        const bool is_asked = world->displaced.proposals[c] > 0;
        if (world->month < date) {
            if (may_be_asked) (void)propose(self, settings, c, h, project_row);
        } else if (is_asked || !propose(self, settings, c, h, project_row)) {
            to_wisselwoning(self, c, h, project_row);
        }
        return;
    }
    const bool may_return = world->displaced.right[c] == WKS_RIGHT_OPEN || world->displaced.right[c] == WKS_RIGHT_OFFERED;
    const int32_t months = world->month - world->household.since_month[h];
    if (!may_return &&
        (months >= (int32_t)settings->value[WKS_STOCK_DEMOLISH_WISSEL] || world->project.stage[project_row] == WKS_PROJECT_DONE))
        wks_relations_rehouse_stay(world, h);
}

/* Once, in the month after it moved: who died or lost the home otherwise did not move for the demolition. */
static void pay(wks_stock_rehouse_pass *self, int32_t c)
{
    wks_world *world = self->world;
    const uint8_t state = world->displaced.state[c];
    wks_settings scratch;

    if (world->displaced.is_paid[c] || state == WKS_DISPLACED_WAITING || state == WKS_DISPLACED_UNHOUSED ||
        state == WKS_DISPLACED_DISSOLVED)
        return;
    const wks_settings *settings = wks_stock_rehouse_settings(self->tick, world->displaced.project[c] - 1, &scratch);
    world->displaced.is_paid[c] = 1;
    world->ledger.removal_payments++;
    const int32_t complex_row = world->project.complex_row[world->displaced.project[c] - 1];
    const int64_t eur = (int64_t)(settings->value[WKS_STOCK_DEMOLISH_PAYMENT] + 0.5);
    world->ledger.removal_eur += eur;
    wks_stock_money_book(world, world->complex.owner_row[complex_row], WKS_MONEY_relocation, 100 * eur);
}

static wks_status demolish_one(wks_stock_rehouse_pass *self, int32_t d, wks_err *err)
{
    wks_world *world = self->world;

    wks_stock_money_book(world, wks_stock_money_owner(world, d), WKS_MONEY_demolition,
                         wks_stock_money_cent(world, self->money, self->money->demolish_eur));
    world->buurt.demolished[world->dwelling.buurt_row[d]]++;
    return wks_relations_dwelling_remove(world, d, err);
}

/* --- demolition ----------------------------------------------------------------------------------------------------- */

static int32_t occupied(const wks_world *world, const wks_stock_rehouse_candidate *list, int32_t from, int32_t until)
{
    int32_t n = 0;

    for (int32_t i = from; i < until; i++)
        n += world->unit.household_row[world->dwelling.first_unit_row[list[i].dwelling_row]] != WKS_NONE;
    return n;
}

/* A portiek goes when nobody lives there any more; portiek 0 is not told, so each of its homes goes alone. */
static wks_status demolish(wks_stock_rehouse_pass *self, int32_t project_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = self->world;
    wks_stock_rehouse_candidate *list;
    wks_settings scratch;
    const wks_settings *settings = wks_stock_rehouse_settings(self->tick, project_row, &scratch);
    int32_t n = 0, until;

    WKS_TRY(wks_stock_rehouse_homes(self, project_row, &list, &n, err));
    for (int32_t i = 0; i < n; i = until) {
        until = i + 1;
        while (until < n && list[i].portiek != 0 && list[until].portiek == list[i].portiek)
            until++;
        const int32_t n_occupied = occupied(world, list, i, until);
        world->ledger.demolition_waits += n_occupied;
        for (int32_t k = i; n_occupied == 0 && k < until; k++)
            WKS_TRY(demolish_one(self, list[k].dwelling_row, err));
    }
    if (world->project.n_left[project_row] > 0) goto out;
    world->project.stage[project_row] = WKS_PROJECT_BUILDING;
    world->project.ready_month[project_row] = world->month + (int32_t)settings->value[WKS_STOCK_DEMOLISH_BUILD];
out:
    return rc;
}

wks_status wks_stock_demolish_month(wks_stock_rehouse_pass *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = self->world;

    for (int32_t c = 0; c < world->displaced.base.n_rows; c++) {
        if (world->project.kind[world->displaced.project[c] - 1] != WKS_PROJECT_DEMOLISH) continue;
        if (self->holder[c] != WKS_NONE && wks_project_is_open(world->displaced.state[c])) help(self, c, self->holder[c]);
        pay(self, c);
    }
    for (int32_t r = 0; r < world->project.base.n_rows; r++) {
        if (world->project.kind[r] == WKS_PROJECT_DEMOLISH && world->project.stage[r] == WKS_PROJECT_NOTICED &&
            world->project.date_month[r] <= world->month)
            WKS_TRY(demolish(self, r, err));
    }
out:
    return rc;
}
