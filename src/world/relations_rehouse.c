#include "world/relations_rehouse.h"

#include "world/home.h"

/* Row of the case a household has to do with; -1 none. */
static int32_t case_of(const wks_world *world, int32_t household_row)
{
    return wks_rare_i32(&world->household.displaced, household_row) - 1;
}

/* The household lets go of a case that is settled and gives no right any more. */
static void let_go(wks_world *world, int32_t household_row)
{
    const int32_t c = case_of(world, household_row);

    if (c >= 0 && !wks_project_is_held(world->displaced.state[c], world->displaced.right[c]))
        wks_rare_set(&world->household.displaced, household_row, 0);
}

static void settle(wks_world *world, int32_t c, wks_displaced_state state, int32_t buurt_row)
{
    if (!wks_project_is_open(world->displaced.state[c])) return;
    world->displaced.state[c] = (uint8_t)state;
    world->displaced.to_buurt_row[c] = buurt_row;
    world->displaced.settled_month[c] = world->month;
    world->ledger.displaced_settled++;
}

/* SV-urgentie and referral are for the rehousing that is over now. */
static void urgency_end(wks_world *world, int32_t household_row)
{
    wks_household_table *household = &world->household;

    if (household->referral[household_row] == WKS_REFERRAL_HERHUISVESTING) household->referral[household_row] = WKS_REFERRAL_NONE;
    if (household->urgency[household_row] != WKS_URGENCY_HERHUISVESTING) return;
    household->urgency[household_row] = WKS_URGENCY_NONE;
    household->urgency_month[household_row] = WKS_NO_MONTH;
}

static int32_t dwelling_of(const wks_world *world, int32_t household_row)
{
    return world->unit.dwelling_row[world->household.unit_row[household_row]];
}

/* Where a household found a home, in the words of the case. */
static wks_displaced_state state_of(const wks_world *world, int32_t c, int32_t dwelling_row)
{
    if (world->dwelling.tenure[dwelling_row] != WKS_TENURE_SOCIAL) return WKS_DISPLACED_OTHER;
    return world->dwelling.buurt_row[dwelling_row] == world->displaced.from_buurt_row[c] ? WKS_DISPLACED_SAME_BUURT : WKS_DISPLACED_CITY;
}

/* The home it kept the contract of is let to others when its works are done. */
static void contract_end(wks_world *world, int32_t household_row)
{
    const int32_t unit_row = wks_rare_i32(&world->household.contract_unit_row, household_row);

    if (unit_row == WKS_NONE) return;
    const int32_t dwelling_row = world->unit.dwelling_row[unit_row];
    wks_rare_set(&world->household.contract_unit_row, household_row, WKS_NONE);
    wks_rare_set(&world->unit.contract_row, unit_row, WKS_NONE);
    world->unit.rent_eur[unit_row] = world->dwelling.rent_eur[dwelling_row] / (float)world->dwelling.n_units[dwelling_row];
}

/* What one event (0: the yearly rate) orders is numbered by itself, so that what others order changes no key. */
static uint64_t project_key(const wks_project_table *project, uint64_t event)
{
    uint32_t n = 0;

    for (int32_t i = 0; i < project->base.n_rows; i++)
        n += project->key[i] != 0 && project->event[i] == event;
    return wks_rng_child_key(wks_rng_pair_key(UINT64_C(0x736c6f6f70), event), 0, WKS_RNG_STOCK_PROJECT, n);
}

wks_status wks_relations_rehouse_order(wks_world *world, wks_project_kind kind, uint64_t event, int32_t n_wanted, int32_t *out_row,
                                       wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_project_table *project = &world->project;
    const uint64_t key = project_key(project, event);
    int32_t row;

    WKS_TRY(wks_columns_add(project, &wks_project_info, key, &row, err));
    project->complex_row[row] = WKS_NONE;
    project->event[row] = event;
    project->n_wanted[row] = n_wanted;
    project->notice_month[row] = project->date_month[row] = project->ready_month[row] = WKS_NO_MONTH;
    project->kind[row] = (uint8_t)kind;
    *out_row = row;
out:
    return rc;
}

static wks_status case_open(wks_world *world, int32_t project_row, int32_t household_row, bool has_right, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_displaced_table *displaced = &world->displaced;
    const int32_t dwelling_row = dwelling_of(world, household_row);
    const uint64_t household_key = world->household.key[household_row];
    const uint64_t key =
        wks_rng_child_key(household_key, (uint32_t)world->tick, WKS_RNG_STOCK_PROJECT, (uint32_t)world->project.key[project_row]);
    const int32_t old = case_of(world, household_row);
    int32_t c;

    WKS_BUG_IF(old >= 0 && wks_project_is_open(displaced->state[old]));
    if (old >= 0) wks_relations_rehouse_right(world, old, WKS_RIGHT_ENDED);
    WKS_TRY(wks_columns_add(displaced, &wks_displaced_info, key, &c, err));
    displaced->household_key[c] = household_key;
    displaced->project[c] = project_row + 1;
    displaced->from_buurt_row[c] = world->dwelling.buurt_row[dwelling_row];
    displaced->from_x_m[c] = world->dwelling.x_m[dwelling_row];
    displaced->from_y_m[c] = world->dwelling.y_m[dwelling_row];
    displaced->from_rent_eur[c] = world->unit.rent_eur[world->household.unit_row[household_row]];
    displaced->to_buurt_row[c] = WKS_NONE;
    displaced->notice_month[c] = world->month;
    displaced->settled_month[c] = WKS_NO_MONTH;
    displaced->right[c] = has_right ? WKS_RIGHT_OPEN : WKS_RIGHT_NONE;
    wks_rare_set(&world->household.displaced, household_row, c + 1);
    world->ledger.displaced++;
out:
    return rc;
}

wks_status wks_relations_rehouse_notice(wks_world *world, int32_t project_row, int32_t dwelling_row, bool has_right, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_dwelling_table *dwelling = &world->dwelling;
    const int32_t unit_row = dwelling->first_unit_row[dwelling_row];
    const int32_t household_row = world->unit.household_row[unit_row];

    WKS_BUG_IF(dwelling->n_units[dwelling_row] != 1 || dwelling->to_demolish[dwelling_row] != 0);
    WKS_BUG_IF(dwelling->works[dwelling_row] == WKS_WORKS_ANNOUNCED || dwelling->works[dwelling_row] == WKS_WORKS_UNDER);
    wks_rare_set(&dwelling->project, dwelling_row, project_row + 1);
    if (world->project.kind[project_row] == WKS_PROJECT_DEMOLISH) {
        dwelling->to_demolish[dwelling_row] = 1;
    } else {
        dwelling->works[dwelling_row] = WKS_WORKS_ANNOUNCED;
        if (household_row == WKS_NONE) world->unit.lettable_month[unit_row] = WKS_RELATIONS_REHOUSE_NEVER;
    }
    wks_home_release(world, unit_row);
    world->project.n_dwellings[project_row]++;
    world->project.n_left[project_row]++;
    if (household_row != WKS_NONE) WKS_TRY(case_open(world, project_row, household_row, has_right, err));
out:
    return rc;
}

void wks_relations_rehouse_away(wks_world *world, int32_t household_row, int32_t unit_row, bool keeps_contract)
{
    wks_household_table *household = &world->household;
    wks_unit_table *unit = &world->unit;
    const int32_t left = household->unit_row[household_row], c = case_of(world, household_row);
    const float rent_eur = unit->rent_eur[left];
    const wks_moves_address from = wks_moves_address_of(world, household_row);
    wks_moves_guests guests;

    WKS_BUG_IF(c < 0 || world->displaced.state[c] != WKS_DISPLACED_WAITING || left == unit_row);
    wks_moves_list_guests(world, household_row, &guests);
    wks_home_leave_unit(world, household_row, 0);
    unit->lettable_month[left] = WKS_RELATIONS_REHOUSE_NEVER;
    wks_home_enter_unit(world, household_row, unit_row);
    wks_moves_note_with_guests(world, household_row, &guests, from);
    if (keeps_contract) {
        wks_rare_set(&household->contract_unit_row, household_row, left);
        wks_rare_set(&unit->contract_row, left, household_row);
        unit->rent_eur[left] = rent_eur;
    } else {
        household->since_month[household_row] = wks_month_cell(world->month);
    }
    if (rent_eur < unit->rent_eur[unit_row]) unit->rent_eur[unit_row] = rent_eur;
    if (wks_rare_i32(&household->reserved_unit_row, household_row) != WKS_NONE)
        wks_home_release(world, wks_rare_i32(&household->reserved_unit_row, household_row));
    household->in_wisselwoning[household_row] = 1;
    world->displaced.state[c] = WKS_DISPLACED_WISSELWONING;
    world->ledger.wisselwoning_in++;
}

void wks_relations_rehouse_back(wks_world *world, int32_t household_row)
{
    wks_household_table *household = &world->household;
    const int32_t unit_row = wks_rare_i32(&household->contract_unit_row, household_row), c = case_of(world, household_row);
    const float rent_eur = world->unit.rent_eur[unit_row];
    const wks_moves_address from = wks_moves_address_of(world, household_row);
    wks_moves_guests guests;

    WKS_BUG_IF(unit_row == WKS_NONE || c < 0);
    wks_rare_set(&household->contract_unit_row, household_row, WKS_NONE);
    wks_rare_set(&world->unit.contract_row, unit_row, WKS_NONE);
    wks_moves_list_guests(world, household_row, &guests);
    wks_home_leave_unit(world, household_row, 0);
    wks_home_enter_unit(world, household_row, unit_row);
    wks_moves_note_with_guests(world, household_row, &guests, from);
    world->unit.rent_eur[unit_row] = rent_eur;
    household->in_wisselwoning[household_row] = 0;
    world->ledger.wisselwoning_out++;
    wks_relations_rehouse_renovated(world, household_row);
}

void wks_relations_rehouse_stay(wks_world *world, int32_t household_row)
{
    const int32_t c = case_of(world, household_row), dwelling_row = dwelling_of(world, household_row);

    WKS_BUG_IF(c < 0 || !world->household.in_wisselwoning[household_row]);
    contract_end(world, household_row);
    world->household.in_wisselwoning[household_row] = 0;
    urgency_end(world, household_row);
    settle(world, c, state_of(world, c, dwelling_row), world->dwelling.buurt_row[dwelling_row]);
    let_go(world, household_row);
}

void wks_relations_rehouse_renovated(wks_world *world, int32_t household_row)
{
    const int32_t c = case_of(world, household_row);

    settle(world, c, WKS_DISPLACED_RENOVATED, world->dwelling.buurt_row[dwelling_of(world, household_row)]);
    let_go(world, household_row);
}

void wks_relations_rehouse_right(wks_world *world, int32_t displaced_row, wks_displaced_right right)
{
    if (world->displaced.right[displaced_row] == WKS_RIGHT_NONE) return;
    world->displaced.right[displaced_row] = (uint8_t)right;
    if (wks_project_is_held(world->displaced.state[displaced_row], (uint8_t)right)) return;
    const int32_t household_row = wks_relations_rehouse_household(world, displaced_row);
    if (household_row != WKS_NONE) let_go(world, household_row);
}

int32_t wks_relations_rehouse_household(const wks_world *world, int32_t displaced_row)
{
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (wks_rare_i32(&world->household.displaced, h) == displaced_row + 1 && world->household.key[h] != 0) return h;
    }
    return WKS_NONE;
}

void wks_relations_rehouse_moved(wks_world *world, int32_t household_row)
{
    const int32_t c = case_of(world, household_row), dwelling_row = dwelling_of(world, household_row);

    world->household.in_wisselwoning[household_row] = 0;
    contract_end(world, household_row);
    if (c < 0) return;
    urgency_end(world, household_row);
    settle(world, c, state_of(world, c, dwelling_row), world->dwelling.buurt_row[dwelling_row]);
    if (wks_rare_i32(&world->dwelling.project, dwelling_row) == world->displaced.project[c] &&
        (world->displaced.right[c] == WKS_RIGHT_OPEN || world->displaced.right[c] == WKS_RIGHT_OFFERED)) {
        world->displaced.right[c] = WKS_RIGHT_RETURNED;
        world->ledger.returned++;
    }
    let_go(world, household_row);
}

void wks_relations_rehouse_gone(wks_world *world, int32_t household_row, wks_displaced_state state, int32_t buurt_row)
{
    const int32_t c = case_of(world, household_row);

    world->household.in_wisselwoning[household_row] = 0;
    contract_end(world, household_row);
    if (c < 0) return;
    urgency_end(world, household_row);
    settle(world, c, state, buurt_row);
    if (world->displaced.right[c] == WKS_RIGHT_OPEN || world->displaced.right[c] == WKS_RIGHT_OFFERED)
        world->displaced.right[c] = WKS_RIGHT_ENDED;
    wks_rare_set(&world->household.displaced, household_row, 0);
}

void wks_relations_rehouse_hand_over(wks_world *world, int32_t from_row, int32_t to_row)
{
    wks_household_table *household = &world->household;
    const int32_t unit_row = wks_rare_i32(&household->contract_unit_row, from_row), c = case_of(world, from_row);

    if (c < 0) return;
    wks_relations_rehouse_gone(world, to_row, WKS_DISPLACED_JOINED, WKS_NONE); /* an own right of before */
    wks_rare_set(&household->displaced, to_row, wks_rare_i32(&household->displaced, from_row));
    household->in_wisselwoning[to_row] = household->in_wisselwoning[from_row];
    wks_rare_set(&household->contract_unit_row, to_row, unit_row);
    if (unit_row != WKS_NONE) wks_rare_set(&world->unit.contract_row, unit_row, to_row);
    world->displaced.household_key[c] = household->key[to_row];
    wks_rare_set(&household->displaced, from_row, 0);
    household->in_wisselwoning[from_row] = 0;
    wks_rare_set(&household->contract_unit_row, from_row, WKS_NONE);
}
