#include "world/home.h"

static int32_t buurt_of_unit(const wks_world *world, int32_t unit_row)
{
    return world->dwelling.buurt_row[world->unit.dwelling_row[unit_row]];
}

static void add_u8(uint8_t *count, int32_t delta)
{
    const int32_t sum = *count + delta;

    WKS_BUG_IF(sum < 0 || sum > UINT8_MAX);
    *count = (uint8_t)sum;
}

void wks_home_count(wks_world *world, int32_t household_row, int32_t n_persons)
{
    wks_household_table *household = &world->household;
    const int32_t host_row = household->host_row[household_row];
    const int32_t unit_row = household->unit_row[host_row == WKS_NONE ? household_row : host_row];

    if (host_row != WKS_NONE) {
        add_u8(&household->n_guests[host_row], n_persons);
        if (household->place[household_row] == WKS_PLACE_AT_PARENTS) add_u8(&household->n_home_children[host_row], n_persons);
    }
    if (unit_row != WKS_NONE) world->buurt.n_persons[buurt_of_unit(world, unit_row)] += n_persons;
}

void wks_home_sell_for(wks_world *world, int32_t unit_row, int32_t household_row)
{
    const int32_t dwelling_row = world->unit.dwelling_row[unit_row];
    const bool sells = household_row != WKS_NONE && world->dwelling.tenure[dwelling_row] == WKS_TENURE_OWNER;

    wks_rare_set(&world->unit.seller_row, unit_row, sells ? household_row : WKS_NONE);
    wks_rare_set_u64(&world->unit.seller_key, unit_row, sells ? world->household.key[household_row] : 0);
    wks_rare_set_float(&world->unit.claim_eur, unit_row,
                       sells ? (float)((double)world->dwelling.value_eur[dwelling_row] * world->price_level) : 0.0f);
}

void wks_home_enter_unit(wks_world *world, int32_t household_row, int32_t unit_row)
{
    wks_household_table *household = &world->household;
    wks_unit_table *unit = &world->unit;

    WKS_BUG_IF(unit->key[unit_row] == 0 || unit->household_row[unit_row] != WKS_NONE);
    WKS_BUG_IF(household->unit_row[household_row] != WKS_NONE || household->host_row[household_row] != WKS_NONE);
    wks_home_release(world, unit_row);
    unit->household_row[unit_row] = household_row;
    unit->vacant_month[unit_row] = WKS_NO_MONTH;
    wks_home_sell_for(world, unit_row, WKS_NONE);
    household->unit_row[household_row] = unit_row;
    household->place[household_row] = WKS_PLACE_HOUSED;
    world->buurt.n_households[buurt_of_unit(world, unit_row)]++;
    wks_home_count(world, household_row, household->n_persons[household_row] + household->n_guests[household_row]);
}

void wks_home_leave_unit(wks_world *world, int32_t household_row, int32_t chain)
{
    wks_household_table *household = &world->household;
    wks_unit_table *unit = &world->unit;
    const int32_t unit_row = household->unit_row[household_row];
    const int32_t dwelling_row = unit->dwelling_row[unit_row];

    wks_home_count(world, household_row, -household->n_persons[household_row] - household->n_guests[household_row]);
    world->buurt.n_households[world->dwelling.buurt_row[dwelling_row]]--;
    household->unit_row[household_row] = WKS_NONE;
    unit->household_row[unit_row] = WKS_NONE;
    wks_home_sell_for(world, unit_row, household_row);
    unit->vacant_month[unit_row] = wks_month_cell(world->month);
    unit->lettable_month[unit_row] = wks_month_cell(world->month + 1);
    unit->n_adverts[unit_row] = 0;
    unit->chain[unit_row] = (uint8_t)(chain < UINT8_MAX ? chain : UINT8_MAX);
    unit->from_new[unit_row] = 0; /* relations knows better when its household moves into a chain of a new dwelling */
    /* Harmonisation: between two contracts the rent becomes what the landlord asks now. */
    unit->rent_eur[unit_row] = world->dwelling.rent_eur[dwelling_row] / (float)world->dwelling.n_units[dwelling_row];
}

void wks_home_hand_over(wks_world *world, int32_t from_row, int32_t to_row)
{
    wks_household_table *household = &world->household;
    const int32_t unit_row = household->unit_row[from_row];

    WKS_BUG_IF(household->unit_row[to_row] != WKS_NONE || household->host_row[to_row] != WKS_NONE);
    wks_home_count(world, from_row, -household->n_persons[from_row] - household->n_guests[from_row]);
    household->unit_row[from_row] = WKS_NONE;
    household->unit_row[to_row] = unit_row;
    household->place[to_row] = WKS_PLACE_HOUSED;
    household->since_month[to_row] = household->since_month[from_row];
    world->unit.household_row[unit_row] = to_row;
    wks_home_count(world, to_row, household->n_persons[to_row] + household->n_guests[to_row]);
}

/* Sets the link that is behind a guest of the chain, or the host's own at its beginning. */
static void set_link(wks_household_table *household, int32_t host_row, int32_t before, int32_t guest_row)
{
    wks_rare_set(before == WKS_NONE ? &household->first_guest_row : &household->next_guest_row, before == WKS_NONE ? host_row : before,
                 guest_row);
}

/* The guest in the chain before that one, or before the end; -1: it is the first. */
static int32_t guest_before(const wks_household_table *household, int32_t host_row, int32_t guest_row)
{
    int32_t before = WKS_NONE, at = wks_rare_i32(&household->first_guest_row, host_row);

    while (at != guest_row) {
        WKS_BUG_IF(at == WKS_NONE);
        before = at;
        at = wks_rare_i32(&household->next_guest_row, at);
    }
    return before;
}

static void link_guest(wks_world *world, int32_t host_row, int32_t guest_row)
{
    wks_household_table *household = &world->household;

    set_link(household, host_row, guest_before(household, host_row, WKS_NONE), guest_row);
    wks_rare_set(&household->next_guest_row, guest_row, WKS_NONE);
    household->host_row[guest_row] = host_row;
}

static void unlink_guest(wks_world *world, int32_t guest_row)
{
    wks_household_table *household = &world->household;
    const int32_t host_row = household->host_row[guest_row], next = wks_rare_i32(&household->next_guest_row, guest_row);

    set_link(household, host_row, guest_before(household, host_row, guest_row), next);
    wks_rare_set(&household->next_guest_row, guest_row, WKS_NONE);
    household->host_row[guest_row] = WKS_NONE;
}

static bool is_guest_kind(wks_place place)
{
    return place == WKS_PLACE_AT_PARENTS || place == WKS_PLACE_EX_PARTNER || place == WKS_PLACE_HOSTED;
}

/* Makes what is asked possible (see the header). */
static void resolve(const wks_world *world, int32_t household_row, wks_place *place, int32_t *host_row)
{
    const wks_household_table *household = &world->household;

    if (!is_guest_kind(*place)) {
        *host_row = WKS_NONE;
        return;
    }
    if (*host_row != WKS_NONE && household->unit_row[*host_row] == WKS_NONE) {
        *host_row = household->host_row[*host_row];
        *place = WKS_PLACE_HOSTED;
    }
    if (*host_row == household_row) *host_row = WKS_NONE;
    if (*host_row != WKS_NONE && household->n_guests[*host_row] + household->n_persons[household_row] > WKS_HOME_MAX_GUESTS)
        *host_row = WKS_NONE;
    if (*host_row == WKS_NONE) *place = WKS_PLACE_SHELTER;
}

static void enter_alone(wks_world *world, int32_t household_row, wks_place place, int32_t host_row)
{
    wks_household_table *household = &world->household;

    resolve(world, household_row, &place, &host_row);
    household->place[household_row] = (uint8_t)place;
    if (host_row == WKS_NONE) return;
    link_guest(world, host_row, household_row);
    wks_home_count(world, household_row, household->n_persons[household_row]);
}

void wks_home_enter_place(wks_world *world, int32_t household_row, wks_place place, int32_t host_row)
{
    wks_household_table *household = &world->household;

    WKS_BUG_IF(place == WKS_PLACE_HOUSED || household->unit_row[household_row] != WKS_NONE ||
               household->host_row[household_row] != WKS_NONE);
    WKS_BUG_IF(host_row != WKS_NONE && household->key[host_row] == 0);
    enter_alone(world, household_row, place, host_row);
    while (wks_rare_i32(&household->first_guest_row, household_row) != WKS_NONE) {
        const int32_t guest_row = wks_rare_i32(&household->first_guest_row, household_row);
        wks_home_leave_place(world, guest_row);
        enter_alone(world, guest_row, is_guest_kind(place) ? WKS_PLACE_HOSTED : place, household->host_row[household_row]);
    }
}

void wks_home_leave_place(wks_world *world, int32_t household_row)
{
    wks_household_table *household = &world->household;

    if (household->host_row[household_row] == WKS_NONE) return;
    wks_home_count(world, household_row, -household->n_persons[household_row]);
    unlink_guest(world, household_row);
}

void wks_home_release(wks_world *world, int32_t unit_row)
{
    const int32_t household_row = wks_rare_i32(&world->unit.reserved_row, unit_row);

    if (household_row == WKS_NONE) return;
    wks_rare_set(&world->household.reserved_unit_row, household_row, WKS_NONE);
    wks_rare_set(&world->unit.reserved_row, unit_row, WKS_NONE);
}
