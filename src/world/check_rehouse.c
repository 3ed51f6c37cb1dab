#include "world/check_rehouse.h"

#include <stdlib.h>

#include "base/mem.h"

#define LAW(condition, table, row, text)                                                                                        \
    do {                                                                                                                        \
        if (!(condition))                                                                                                       \
            return wks_err_set(err, WKS_ERR_LAW, "law broken in tick %d: %s row %d: %s", world->tick, table, (int)(row), text); \
    } while (0)

static wks_status check_household(const wks_world *world, int32_t h, int32_t *n_held, wks_err *err)
{
    const wks_household_table *household = &world->household;
    const int32_t c = wks_rare_i32(&household->displaced, h) - 1, kept = wks_rare_i32(&household->contract_unit_row, h);

    LAW(c < world->displaced.base.n_rows && c >= WKS_NONE, "household", h, "its case of herhuisvesting does not exist");
    if (c >= 0) {
        LAW(world->displaced.household_key[c] == household->key[h], "household", h, "its case of herhuisvesting is of another household");
        LAW(wks_project_is_held(world->displaced.state[c], world->displaced.right[c]), "household", h,
            "it is held to a case that is settled");
        LAW(!wks_project_is_open(world->displaced.state[c]) || household->unit_row[h] != WKS_NONE, "household", h,
            "it has no home and an open case of herhuisvesting");
        ++*n_held;
    }
    LAW((household->in_wisselwoning[h] != 0) == (c >= 0 && world->displaced.state[c] == WKS_DISPLACED_WISSELWONING), "household", h,
        "living in a wisselwoning and its case must go together");
    if (kept == WKS_NONE) return WKS_OK;
    LAW(kept >= 0 && kept < world->unit.base.n_rows && world->unit.key[kept] != 0, "household", h, "the home it keeps is not in use");
    LAW(wks_rare_i32(&world->unit.contract_row, kept) == h, "household", h, "the home it keeps is kept by another");
    LAW(household->in_wisselwoning[h] != 0, "household", h, "it keeps a home and lives in no wisselwoning");
    return WKS_OK;
}

static wks_status check_units(const wks_world *world, wks_err *err)
{
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        const int32_t h = wks_rare_i32(&world->unit.contract_row, u);
        if (world->unit.key[u] == 0 || h == WKS_NONE) continue;
        LAW(h >= 0 && h < world->household.base.n_rows && world->household.key[h] != 0, "unit", u, "who keeps its contract is not in use");
        LAW(wks_rare_i32(&world->household.contract_unit_row, h) == u, "unit", u, "who keeps its contract keeps another home");
        LAW(world->unit.household_row[u] == WKS_NONE && wks_rare_i32(&world->unit.reserved_row, u) == WKS_NONE, "unit", u,
            "it is kept under contract and given to another");
    }
    return WKS_OK;
}

static bool has_notice(const wks_world *world, int32_t d)
{
    return world->dwelling.to_demolish[d] != 0 || world->dwelling.works[d] == WKS_WORKS_ANNOUNCED ||
           world->dwelling.works[d] == WKS_WORKS_UNDER;
}

static wks_status check_dwellings(const wks_world *world, int32_t *n_left, wks_err *err)
{
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        const int32_t project = wks_rare_i32(&world->dwelling.project, d);
        if (world->dwelling.key[d] == 0 || project == 0) continue;
        LAW(project > 0 && project <= world->project.base.n_rows, "dwelling", d, "its project does not exist");
        if (!has_notice(world, d)) continue;
        n_left[project - 1]++;
        const int32_t h = world->unit.household_row[world->dwelling.first_unit_row[d]];
        if (h == WKS_NONE) continue;
        const int32_t c = wks_rare_i32(&world->household.displaced, h) - 1;
        LAW(c >= 0 && world->displaced.project[c] == project && world->displaced.state[c] == WKS_DISPLACED_WAITING, "dwelling", d,
            "who lives in it has notice and no case");
    }
    for (int32_t r = 0; r < world->project.base.n_rows; r++)
        LAW(world->project.n_left[r] == n_left[r], "project", r, "n_left differs from its dwellings");
    return WKS_OK;
}

/* Displaced = waiting + in a wisselwoning + settled by kind holds by counting states; that the open ones are real households is the law. */
static wks_status check_cases(const wks_world *world, int32_t n_held, wks_err *err)
{
    const wks_displaced_table *displaced = &world->displaced;
    int32_t n = 0;

    for (int32_t c = 0; c < displaced->base.n_rows; c++) {
        LAW(displaced->state[c] < WKS_N_DISPLACED_STATES && displaced->right[c] < WKS_N_DISPLACED_RIGHTS, "displaced", c,
            "its state or right does not exist");
        LAW(wks_project_is_open(displaced->state[c]) == (displaced->settled_month[c] == WKS_NO_MONTH), "displaced", c,
            "being open and having no month of settling must go together");
        n += wks_project_is_held(displaced->state[c], displaced->right[c]);
    }
    LAW(n == n_held, "displaced", displaced->base.n_rows, "a case is open and no household has it");
    return WKS_OK;
}

wks_status wks_check_rehouse(const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n_held = 0, *n_left = wks_mem_array((size_t)world->project.base.n_rows + 1, sizeof *n_left);

    if (n_left == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to check projects");
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (world->household.key[h] != 0) WKS_TRY(check_household(world, h, &n_held, err));
    }
    WKS_TRY(check_units(world, err));
    WKS_TRY(check_dwellings(world, n_left, err));
    WKS_TRY(check_cases(world, n_held, err));
out:
    free(n_left);
    return rc;
}
