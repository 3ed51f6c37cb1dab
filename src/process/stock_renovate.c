#include "process/stock_renovate.h"

#include "process/buffer_slots.h"
#include "scenario/event_key.h"
#include "world/relations.h"
#include "world/relations_rehouse.h"

const wks_param wks_stock_renovate_param[WKS_STOCK_RENOVATE_N] = {
    [WKS_STOCK_RENOVATE_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [WKS_STOCK_RENOVATE_DWELLINGS] = {"dwellings", WKS_PARAM_INT, "dwellings", 0, 1, 100000, NULL, true, "scenario",
                                      "how many in all: the oldest complexes first, portiek by portiek"},
    [WKS_STOCK_RENOVATE_NOTICE] = {"notice_months", WKS_PARAM_INT, "months", 6, 0, 120, NULL, false,
                                   "assumption, within 3 to 12; that 70 % of the tenants agree (BW 7:220 lid 3) is taken as given",
                                   "from notice to the first works"},
    [WKS_STOCK_RENOVATE_MONTHS] = {"months", WKS_PARAM_INT, "months", 4, 1, 120, NULL, false, "assumption, within 1 to 12",
                                   "that the works in a home last"},
    [WKS_STOCK_RENOVATE_AT_ONCE] = {"at_once", WKS_PARAM_INT, "dwellings", 16, 1, 100000, NULL, false, "assumption, within 8 to 50",
                                    "homes of a complex under works at a time"},
    [WKS_STOCK_RENOVATE_IN_PLACE] = {"in_place", WKS_PARAM_REAL, "share", 0.7, 0, 1, NULL, false,
                                     "assumption, within 0.3 to 1: most renovation is done with people at home",
                                     "households that stay in during the works; the others go to a wisselwoning and come back"},
    [WKS_STOCK_RENOVATE_POINTS] = {"points", WKS_PARAM_INT, "points", 20, 0, 100, NULL, false,
                                   "assumption, within 5 to 40: about three steps of the energy label", "WWS points gained"},
    [WKS_STOCK_RENOVATE_RENT] = {"rent", WKS_PARAM_REAL, "EUR/mo", 25, 0, 500, NULL, false, "assumption, within 0 to 80",
                                 "more rent for sitting tenants, and asked of the next, up to the maximum by WWS points and, in the social "
                                 "segment, the liberalisatiegrens"},
};

static const wks_settings *settings_of(const wks_tick *tick, int32_t project_row)
{
    return &wks_event_key_find(tick->scenario, tick->world->project.event[project_row])->settings; /* always by an event */
}

wks_status wks_stock_renovate_notice(wks_tick *tick, int32_t project_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const double *p = settings_of(tick, project_row)->value;
    wks_stock_rehouse_candidate *list;
    int32_t n = 0, row = project_row;

    WKS_TRY(wks_stock_rehouse_candidates(tick, project_row, &list, &n, err));
    world->ledger.demolition_short += world->project.n_wanted[project_row] - n;
    if (n == 0) world->project.stage[project_row] = WKS_PROJECT_DONE;
    for (int32_t i = 0; i < n; i++) {
        if (i > 0 && list[i].complex_row != list[i - 1].complex_row)
            WKS_TRY(wks_relations_rehouse_order(world, WKS_PROJECT_RENOVATE, world->project.event[project_row], 0, &row, err));
        if (world->project.stage[row] == WKS_PROJECT_ORDERED) {
            world->project.complex_row[row] = list[i].complex_row;
            world->project.notice_month[row] = world->month;
            world->project.date_month[row] = world->month + (int32_t)p[WKS_STOCK_RENOVATE_NOTICE];
            world->project.stage[row] = WKS_PROJECT_NOTICED;
        }
        WKS_TRY(wks_relations_rehouse_notice(world, row, list[i].dwelling_row, false, err));
    }
out:
    return rc;
}

/* Points rise; the rent by what was agreed, never above what the points and the segment allow, and never falls. */
static void improve(wks_stock_rehouse_pass *self, const double *p, int32_t d)
{
    wks_dwelling_table *dwelling = &self->world->dwelling;
    const wks_law *law = &self->tick->law;
    float *rent = &self->world->unit.rent_eur[dwelling->first_unit_row[d]];

    dwelling->wws_points[d] = (int16_t)(dwelling->wws_points[d] + (int32_t)p[WKS_STOCK_RENOVATE_POINTS]);
    const double by_points = wks_law_wws_rent(law, dwelling->wws_points[d]);
    const double most = by_points < law->rent_limit_eur ? by_points : law->rent_limit_eur;
    const double contract = (double)*rent + p[WKS_STOCK_RENOVATE_RENT], asked = (double)dwelling->rent_eur[d] + p[WKS_STOCK_RENOVATE_RENT];
    const double new_contract = contract < most ? contract : most, new_asked = asked < most ? asked : most;
    if (new_contract > (double)*rent) *rent = (float)new_contract;
    if (new_asked > (double)dwelling->rent_eur[d]) dwelling->rent_eur[d] = (float)new_asked;
}

static void end_works(wks_stock_rehouse_pass *self, const double *p, int32_t d)
{
    wks_world *world = self->world;
    const int32_t unit = world->dwelling.first_unit_row[d];
    const int32_t away = wks_rare_i32(&world->unit.contract_row, unit), at_home = world->unit.household_row[unit];

    world->project.n_left[wks_rare_i32(&world->dwelling.project, d) - 1]--;
    world->dwelling.works[d] = WKS_WORKS_DONE;
    if (away != WKS_NONE) {
        wks_relations_rehouse_back(world, away);
    } else if (at_home != WKS_NONE) {
        wks_relations_rehouse_renovated(world, at_home);
    } else {
        world->unit.lettable_month[unit] = wks_month_cell(world->month);
    }
    improve(self, p, d);
}

/* True when works can begin: nobody lives there, who does stays in, or there is a wisselwoning. */
static bool make_way(wks_stock_rehouse_pass *self, const double *p, int32_t d)
{
    wks_world *world = self->world;
    const int32_t h = world->unit.household_row[world->dwelling.first_unit_row[d]];

    if (h == WKS_NONE) return true;
    const uint64_t pair = wks_rng_pair_key(world->household.key[h], world->dwelling.key[d]);
    if (wks_rng_once(&world->seed, pair, 0, WKS_RNG_STOCK_IN_PLACE) < p[WKS_STOCK_RENOVATE_IN_PLACE]) return true;
    const int32_t i =
        wks_stock_rehouse_find(self, h, world->dwelling.buurt_row[d], world->complex.owner_row[world->dwelling.complex_row[d]], false);
    if (i < 0) return false;
    self->vacant[i].is_taken = true;
    wks_relations_rehouse_away(world, h, self->vacant[i].unit_row, true);
    return true;
}

/* The works are charged when they begin; what goes beyond the room for renovation is overspent: an event is policy. */
static void pay(const wks_stock_rehouse_pass *self, int32_t d)
{
    wks_world *world = self->world;
    const int32_t owner = wks_stock_money_owner(world, d);

    if (owner < 0 || self->money->mode == WKS_STOCK_MONEY_OFF) return;
    wks_stock_money_spend(world, owner, WKS_MONEY_renovation, wks_stock_money_cent(world, self->money, self->money->renovate_eur));
}

static wks_status month_of(wks_stock_rehouse_pass *self, int32_t project_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = self->world;
    const double *p = settings_of(self->tick, project_row)->value;
    wks_stock_rehouse_candidate *list;
    int32_t n = 0, n_under = 0;

    WKS_TRY(wks_stock_rehouse_homes(self, project_row, &list, &n, err));
    for (int32_t i = 0; i < n; i++) {
        const int32_t d = list[i].dwelling_row, unit = world->dwelling.first_unit_row[d];
        if (world->dwelling.works[d] == WKS_WORKS_UNDER && wks_rare_i32(&world->dwelling.works_month, d) <= world->month) {
            end_works(self, p, d);
            continue;
        }
        n_under += world->dwelling.works[d] == WKS_WORKS_UNDER;
        if (world->unit.household_row[unit] == WKS_NONE) world->unit.lettable_month[unit] = WKS_RELATIONS_REHOUSE_NEVER;
    }
    for (int32_t i = 0; i < n && world->month >= world->project.date_month[project_row]; i++) {
        const int32_t d = list[i].dwelling_row;
        if (world->dwelling.works[d] != WKS_WORKS_ANNOUNCED || n_under >= (int32_t)p[WKS_STOCK_RENOVATE_AT_ONCE]) continue;
        if (!make_way(self, p, d)) {
            world->ledger.demolition_waits++;
            continue;
        }
        pay(self, d);
        world->dwelling.works[d] = WKS_WORKS_UNDER;
        wks_rare_set(&world->dwelling.works_month, d, wks_month_cell(world->month + (int32_t)p[WKS_STOCK_RENOVATE_MONTHS]));
        n_under++;
    }
    if (world->project.n_left[project_row] == 0) world->project.stage[project_row] = WKS_PROJECT_DONE;
out:
    return rc;
}

wks_status wks_stock_renovate_month(wks_stock_rehouse_pass *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_project_table *project = &self->world->project;

    for (int32_t r = 0; r < project->base.n_rows; r++) {
        if (project->kind[r] == WKS_PROJECT_RENOVATE && project->stage[r] == WKS_PROJECT_NOTICED) WKS_TRY(month_of(self, r, err));
    }
out:
    return rc;
}
