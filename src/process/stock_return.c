#include "process/stock_return.h"

#include "process/stock_build.h"
#include "process/stock_demolish.h"
#include "rules/part.h"
#include "rules/passend.h"
#include "world/relations.h"
#include "world/relations_rehouse.h"

/* --- building ------------------------------------------------------------------------------------------------------- */

static int32_t rounded(double x)
{
    return (int32_t)(x + 0.5);
}

/* Shares are made whole over the sum, so that all homes are built. Process stock completes them later in this tick, and keeps social ones until those with a
 * right were asked. */
static wks_status build(wks_stock_rehouse_pass *self, int32_t project_row, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = self->world;
    wks_settings scratch;
    const double *p = wks_stock_rehouse_settings(self->tick, project_row, &scratch)->value;
    const double social = p[WKS_STOCK_DEMOLISH_SOCIAL], middle = p[WKS_STOCK_DEMOLISH_MIDDLE];
    const double share[WKS_N_CONSTRUCTION_KINDS] = {[WKS_CONSTRUCTION_SOCIAL] = social,
                                                    [WKS_CONSTRUCTION_MIDDLE] = middle,
                                                    [WKS_CONSTRUCTION_OWNER] = 1 - social - middle > 0 ? 1 - social - middle : 0};
    const int32_t complex_row = world->project.complex_row[project_row];
    const int32_t n = rounded(p[WKS_STOCK_DEMOLISH_REPLACE] * world->project.n_dwellings[project_row]);

    WKS_TRY(wks_stock_build_replace(self->tick, world->complex.buurt_row[complex_row], world->complex.owner_row[complex_row], n, share, 0,
                                    0, project_row + 1, (uint32_t)world->project.key[project_row], err));
    world->project.stage[project_row] = WKS_PROJECT_RETURN;
out:
    return rc;
}

/* --- return --------------------------------------------------------------------------------------------------------- */

/* A new social home that is kept, or was offered and refused. */
static bool is_kept_home(const wks_world *world, int32_t project_row, int32_t d)
{
    if (world->dwelling.key[d] == 0 || wks_rare_i32(&world->dwelling.project, d) != project_row + 1 ||
        world->dwelling.tenure[d] != WKS_TENURE_SOCIAL || world->dwelling.to_demolish[d])
        return false;
    const int32_t unit = world->dwelling.first_unit_row[d];
    return world->unit.household_row[unit] == WKS_NONE && wks_rare_i32(&world->unit.reserved_row, unit) == WKS_NONE;
}

/* The smallest home with as many rooms as persons, else the largest; key among equals. */
static int32_t best_home(const wks_world *world, int32_t project_row, int32_t h)
{
    const int32_t persons = wks_part_persons(world, h);
    int32_t best = WKS_NONE, least = INT32_MAX;

    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (!is_kept_home(world, project_row, d)) continue;
        const int32_t rooms = world->dwelling.rooms[d], misfit = rooms >= persons ? rooms - persons : 1000 + persons - rooms;
        if (misfit > least || (misfit == least && world->dwelling.key[d] > world->dwelling.key[best])) continue;
        least = misfit;
        best = d;
    }
    return best;
}

/* Low incomes pay at most their aftoppingsgrens. No test of income: who was a tenant there stays one (docs/decisions/0013). */
static void offer(wks_stock_rehouse_pass *self, int32_t c, int32_t h, int32_t d)
{
    wks_world *world = self->world;
    const int32_t unit = world->dwelling.first_unit_row[d];
    const double cap = wks_passend_cap_eur(&self->tick->law, wks_passend_class_of(&self->tick->law, world, h));

    world->unit.rent_eur[unit] = world->dwelling.rent_eur[d];
    if ((double)world->unit.rent_eur[unit] > cap) world->unit.rent_eur[unit] = (float)cap;
    world->unit.lettable_month[unit] = wks_month_cell(world->month);
    wks_relations_reserve(world, unit, h);
    wks_relations_rehouse_right(world, c, WKS_RIGHT_OFFERED);
}

static bool wants(const wks_stock_rehouse_pass *self, int32_t c, int32_t h, int32_t project_row)
{
    const wks_world *world = self->world;
    wks_settings scratch;
    const double wish = wks_stock_rehouse_settings(self->tick, project_row, &scratch)->value[WKS_STOCK_DEMOLISH_WISH];
    const uint64_t pair = wks_rng_pair_key(world->household.key[h], world->project.key[project_row]);

    if (world->displaced.state[c] == WKS_DISPLACED_WISSELWONING) return true;
    return wks_rng_once(&world->seed, pair, 0, WKS_RNG_STOCK_RETURN) < wish; /* one answer for the project */
}

/* One turn of those in a wisselwoning, or of the others. Returns offers that stand after it. */
static int32_t ask(wks_stock_rehouse_pass *self, int32_t project_row, bool in_wisselwoning)
{
    wks_world *world = self->world;
    int32_t n = 0;

    for (int32_t c = 0; c < world->displaced.base.n_rows; c++) {
        const int32_t h = self->holder[c];
        if (world->displaced.project[c] != project_row + 1 || h == WKS_NONE) continue;
        if ((world->displaced.state[c] == WKS_DISPLACED_WISSELWONING) != in_wisselwoning || world->displaced.right[c] != WKS_RIGHT_OPEN)
            continue;
        if (wks_rare_i32(&world->household.displaced, h) != c + 1 || wks_rare_i32(&world->household.reserved_unit_row, h) != WKS_NONE)
            continue;
        if (!wants(self, c, h, project_row)) {
            wks_relations_rehouse_right(world, c, WKS_RIGHT_DECLINED);
            continue;
        }
        const int32_t d = best_home(world, project_row, h);
        if (d < 0) continue;
        offer(self, c, h, d);
        n++;
    }
    return n;
}

/* Offers of last month: refused ones end the right; one that no round has looked at stands for a year. */
static int32_t look_back(wks_stock_rehouse_pass *self, int32_t project_row)
{
    wks_world *world = self->world;
    int32_t n = 0;

    for (int32_t c = 0; c < world->displaced.base.n_rows; c++) {
        const int32_t h = self->holder[c];
        if (world->displaced.project[c] != project_row + 1 || world->displaced.right[c] != WKS_RIGHT_OFFERED || h == WKS_NONE) continue;
        const int32_t unit = wks_rare_i32(&world->household.reserved_unit_row, h);
        if (unit == WKS_NONE) {
            wks_relations_rehouse_right(world, c, WKS_RIGHT_DECLINED);
        } else if (world->month > world->project.ready_month[project_row] + 12) {
            wks_relations_reserve(world, unit, WKS_NONE);
            wks_relations_rehouse_right(world, c, WKS_RIGHT_UNMET);
        } else {
            n++;
        }
    }
    return n;
}

/* Everybody was asked: what is left is for all seekers, and for who found no home there is none. */
static void finish(wks_stock_rehouse_pass *self, int32_t project_row)
{
    wks_world *world = self->world;

    for (int32_t c = 0; c < world->displaced.base.n_rows; c++) {
        if (world->displaced.project[c] != project_row + 1 || world->displaced.right[c] != WKS_RIGHT_OPEN) continue;
        wks_relations_rehouse_right(world, c, WKS_RIGHT_UNMET);
    }
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (is_kept_home(world, project_row, d))
            world->unit.lettable_month[world->dwelling.first_unit_row[d]] = wks_month_cell(world->month);
    }
    world->project.stage[project_row] = WKS_PROJECT_DONE;
}

static void keep_refused(wks_world *world, int32_t project_row)
{
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (is_kept_home(world, project_row, d))
            world->unit.lettable_month[world->dwelling.first_unit_row[d]] = WKS_RELATIONS_REHOUSE_NEVER;
    }
}

static void month_of_return(wks_stock_rehouse_pass *self, int32_t project_row)
{
    int32_t n = look_back(self, project_row);

    keep_refused(self->world, project_row);
    n += ask(self, project_row, true);
    n += ask(self, project_row, false);
    if (n == 0) finish(self, project_row);
}

wks_status wks_stock_return_month(wks_stock_rehouse_pass *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_project_table *project = &self->world->project;

    for (int32_t r = 0; r < project->base.n_rows; r++) {
        if (project->kind[r] != WKS_PROJECT_DEMOLISH) continue;
        if (project->stage[r] == WKS_PROJECT_RETURN) {
            month_of_return(self, r);
        } else if (project->stage[r] == WKS_PROJECT_BUILDING && project->ready_month[r] <= self->world->month) {
            WKS_TRY(build(self, r, err)); /* to be offered from next month on */
        }
    }
out:
    return rc;
}
