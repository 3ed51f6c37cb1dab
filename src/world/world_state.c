#include "world/world_state.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "world/check_structure.h"
#include "world/relations_rehouse.h"

/* In the order in which they are written. */
static const wks_table_info *const table_info[] = {&wks_person_info, &wks_household_info, &wks_registration_info, &wks_dwelling_info,
                                                   &wks_unit_info,   &wks_complex_info,   &wks_owner_info,        &wks_construction_info,
                                                   &wks_buurt_info,  &wks_project_info,   &wks_displaced_info};
enum { N_TABLES = sizeof table_info / sizeof table_info[0] };

static void list_tables(wks_world *world, void *table[N_TABLES])
{
    void *const all[N_TABLES] = {&world->person, &world->household, &world->registration, &world->dwelling,
                                 &world->unit,   &world->complex,   &world->owner,        &world->construction,
                                 &world->buurt,  &world->project,   &world->displaced};

    for (int32_t i = 0; i < N_TABLES; i++)
        table[i] = all[i];
}

/* ---- what is not in tables --------------------------------------------------------------------------------------------------------- */

/* Whole numbers of what is counted or paid: sums of them stay far from the end of 64 bits. */
static void carry_amounts(int64_t *amount, size_t n, wks_carry *carry)
{
    static const int64_t MOST = INT64_C(1) << 53;

    wks_carry_numbers(carry, amount, n, sizeof *amount);
    for (size_t i = 0; i < n && wks_carry_reads(carry); i++)
        wks_carry_must(carry, amount[i] <= MOST && amount[i] >= -MOST, "an amount that cannot be");
}

static void carry_donor(wks_balance_donor *donor, wks_carry *carry)
{
    WKS_CARRY_FIELD(carry, donor->order);
    WKS_CARRY_FIELD(carry, donor->income_eur);
    WKS_CARRY_FIELD(carry, donor->equity_eur);
    WKS_CARRY_FIELDS(carry, donor->age);
    WKS_CARRY_FIELDS(carry, donor->role);
    wks_carry_u8(carry, &donor->n_members);
    wks_carry_u8(carry, &donor->source);
    wks_carry_u8(carry, &donor->origin);
    wks_carry_u8(carry, &donor->is_owner);
    wks_carry_u8(carry, &donor->is_distant);
    wks_carry_must(carry,
                   donor->n_members <= WKS_BALANCE_MEMBERS && donor->source < WKS_N_INCOME_SOURCES && donor->origin < WKS_N_ORIGINS &&
                       donor->is_owner <= 1 && donor->is_distant <= 1,
                   "an example of a household that comes that cannot be");
    for (int32_t i = 0; i < WKS_BALANCE_MEMBERS; i++)
        wks_carry_must(carry, donor->role[i] < WKS_N_ROLES, "an example of a household with a role that does not exist");
}

static void carry_donors(wks_balance *balance, wks_carry *carry)
{
    for (int32_t o = 0; o < 2; o++) {
        for (int32_t t = 0; t < WKS_N_HOUSEHOLD_TYPES; t++) {
            for (int32_t b = 0; b < WKS_BALANCE_BANDS; b++) {
                int32_t *n = &balance->n_donors[o][t][b];
                wks_carry_i32(carry, n);
                if (!wks_carry_must(carry, *n >= 0 && *n <= WKS_BALANCE_DONORS, "too many examples of households that come")) return;
                for (int32_t i = 0; i < *n; i++)
                    carry_donor(&balance->donor[o][t][b][i], carry);
            }
        }
    }
}

static void carry_balance(wks_balance *balance, wks_carry *carry)
{
    wks_carry_tag(carry, "balance");
    WKS_CARRY_FIELDS(carry, balance->birth);
    wks_carry_double(carry, &balance->care);
    wks_carry_double(carry, &balance->lonely);
    wks_carry_double(carry, &balance->distant);
    WKS_CARRY_FIELDS(carry, balance->couple);
    WKS_CARRY_TABLE(carry, balance->change, double);
    WKS_CARRY_FIELDS(carry, balance->persons);
    WKS_CARRY_TABLE(carry, balance->in, double);
    WKS_CARRY_TABLE(carry, balance->out, double);
    WKS_CARRY_TABLE(carry, balance->leave, double);
    carry_donors(balance, carry);
}

static void carry_belief(wks_belief *belief, wks_carry *carry)
{
    wks_carry_tag(carry, "belief");
    WKS_CARRY_TABLE(carry, belief->housed, double);
    WKS_CARRY_FIELDS(carry, belief->by_chance);
    WKS_CARRY_TABLE(carry, belief->active, double);
    wks_carry_double(carry, &belief->wait_p50_months);
}

static void carry_support(wks_support *support, wks_carry *carry)
{
    wks_carry_tag(carry, "support");
    carry_amounts(support->base, WKS_SUPPORT_N_KINDS, carry);
    carry_amounts(support->asked, WKS_SUPPORT_N_KINDS, carry);
    carry_amounts(support->staffed, WKS_SUPPORT_N_KINDS, carry);
    carry_amounts(support->used, WKS_SUPPORT_N_KINDS, carry);
    carry_amounts(support->signalling, WKS_SUPPORT_N_KINDS, carry);
    carry_amounts(&support->n_cases, 1, carry);
    carry_amounts(&support->n_waiting, 1, carry);
    carry_amounts(&support->waited_months, 1, carry);
    wks_carry_i32(carry, &support->month);
}

static void carry_purse(wks_purse *purse, wks_carry *carry)
{
    wks_carry_tag(carry, "purse");
    carry_amounts(&purse->cent[0][0], (size_t)WKS_PURSE_N_PAYERS * WKS_PURSE_N_ITEMS, carry);
    carry_amounts(&purse->tenth_hours[0][0], (size_t)WKS_PURSE_N_PAYERS * WKS_PURSE_N_ITEMS, carry);
    carry_amounts(purse->month_cent, WKS_PURSE_N_PAYERS, carry);
    carry_amounts(purse->month_tenth_hours, WKS_PURSE_N_PAYERS, carry);
    carry_amounts(&purse->month_unplaced_cent, 1, carry);
}

static void carry_ledger(wks_ledger *ledger, wks_carry *carry)
{
    wks_carry_tag(carry, "ledger");
#define CARRY_FLOW(name, help) carry_amounts(&ledger->name, 1, carry);
    WKS_LEDGER(CARRY_FLOW)
#undef CARRY_FLOW
}

static void carry_clock(wks_world *world, wks_carry *carry)
{
    wks_carry_tag(carry, "world");
    wks_carry_i32(carry, &world->n_wijken);
    wks_carry_i32(carry, &world->n_gemeenten);
    wks_carry_i32(carry, &world->n_portieken);
    wks_carry_i32(carry, &world->start_month);
    wks_carry_i32(carry, &world->month);
    wks_carry_i32(carry, &world->tick);
    wks_carry_bool(carry, &world->hides_few);
    wks_carry_i64(carry, &world->start_households);
    wks_carry_i64(carry, &world->start_persons);
    wks_carry_i64(carry, &world->start_students);
    wks_carry_i64(carry, &world->start_residents);
    wks_carry_double(carry, &world->price_level);
    wks_carry_double(carry, &world->income_growth);
    WKS_CARRY_FIELDS(carry, world->income_level);
    wks_carry_double(carry, &world->leefbaarheid_mean);
    wks_carry_double(carry, &world->taakstelling_backlog);
    wks_carry_double(carry, &world->coa_due);
    wks_carry_double(carry, &world->taakstelling_owed);
    wks_carry_double(carry, &world->motivated_share);
    wks_carry_double(carry, &world->inschrijfduur_years);
    carry_amounts(&world->next_letting, 1, carry);
}

/* ---- what a damaged state could do ---------------------------------------------------------------------------------------------------- */

/* Of now, and of what code dated ahead of it: 25 years, beyond which a cell has room for two more. */
enum { FIRST_MONTH = INT16_MIN, LAST_MONTH = WKS_MONTH_LAST, LAST_AHEAD = WKS_MONTH_LAST + 25 * 12, OLDEST = 150 * 12 };

/* Columns that code uses as a row of another table, a number of a row or a case. What check_structure.h holds already is not here. */
typedef struct wks_world_state_range {
    int32_t table;
    const char *column;
    int64_t low, high;
} range;

static bool are_cases(const wks_world *world, void *const *table, wks_carry *carry)
{
    const int64_t n_buurten = world->buurt.base.n_rows, n_projects = world->project.base.n_rows, n_complexes = world->complex.base.n_rows;
    const range list[] = {
        {0, "birth_month", world->month - OLDEST, world->month},
        {0, "sex", 0, WKS_SEX_WOMAN},
        {0, "role", 0, WKS_N_ROLES - 1},
        {0, "origin", 0, WKS_N_ORIGINS - 1},
        {1, "income_source", 0, WKS_N_INCOME_SOURCES - 1},
        {1, "referral", 0, WKS_N_REFERRALS - 1},
        {1, "came_as", 0, WKS_N_CAME_AS - 1},
        {1, "came_from", 0, WKS_N_CAMES - 1},
        {1, "urgency", 0, WKS_N_URGENCIES - 1},
        {1, "search", 0, WKS_N_SEARCHES - 1},
        {1, "urge", 0, WKS_N_URGES - 1},
        {1, "temporary", 0, WKS_CONTRACT_CARE},
        {2, "state", 0, WKS_N_REGISTRATION_STATES - 1},
        {3, "buurt_row", 0, n_buurten - 1},
        {3, "portiek", 0, world->n_portieken},
        {3, "tenure", 0, WKS_N_TENURES - 1},
        {3, "type", 0, WKS_N_DWELLING_TYPES - 1},
        {3, "label", 0, WKS_N_LABELS - 1},
        {3, "project", 0, n_projects},
        {3, "works", 0, WKS_N_WORKS - 1},
        {4, "kind", 0, WKS_N_UNIT_KINDS - 1},
        {4, "seller_row", WKS_NONE, world->household.base.n_rows - 1},
        {5, "open_portiek", 0, world->n_portieken},
        {5, "label", 0, WKS_N_LABELS - 1},
        {6, "kind", 0, WKS_N_OWNER_KINDS - 1},
        {7, "project", 0, n_projects},
        {7, "label", 0, WKS_N_LABELS - 1},
        {7, "origin", 0, WKS_N_CONSTRUCTION_ORIGINS - 1},
        {8, "wijk_row", 0, world->n_wijken - 1},
        {8, "gemeente_row", 0, world->n_gemeenten - 1},
        {9, "complex_row", WKS_NONE, n_complexes - 1},
        {9, "kind", 0, WKS_N_PROJECT_KINDS - 1},
        {9, "stage", 0, WKS_N_PROJECT_STAGES - 1},
        {10, "project", 1, n_projects},
        {10, "from_buurt_row", 0, n_buurten - 1},
        {10, "to_buurt_row", WKS_NONE, n_buurten - 1},
    };

    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        const range *one = &list[i];
        if (!wks_carry_must(carry, wks_columns_within(table[one->table], table_info[one->table], one->column, one->low, one->high),
                            one->column))
            return false;
    }
    return true;
}

static bool are_numbers(void *const *table, wks_carry *carry)
{
    for (int32_t i = 0; i < N_TABLES; i++) {
        const char *absurd = wks_columns_absurd(table[i], table_info[i]);
        if (!wks_carry_must(carry, absurd == NULL, absurd)) return false;
        for (int32_t c = 0; c < table_info[i]->n_columns; c++) {
            const wks_column_info *column = &table_info[i]->column[c];
            const bool may_be_never = table_info[i] == &wks_unit_info && strcmp(column->name, "lettable_month") == 0;
            const int64_t last = may_be_never ? WKS_RELATIONS_REHOUSE_NEVER : LAST_AHEAD;
            if (strcmp(column->unit, "month") != 0) continue;
            if (!wks_carry_must(carry, wks_columns_within(table[i], table_info[i], column->name, FIRST_MONTH, last), column->name))
                return false;
        }
    }
    return true;
}

static bool is_city(const wks_world *world, const wks_world *city)
{
    if (world->buurt.base.n_rows != city->buurt.base.n_rows || world->n_wijken != city->n_wijken ||
        world->n_gemeenten != city->n_gemeenten || world->hides_few != city->hides_few || world->start_month != city->start_month)
        return false;
    for (int32_t b = 0; b < city->buurt.base.n_rows; b++) {
        if (world->buurt.key[b] != city->buurt.key[b] || world->buurt.wijk_row[b] != city->buurt.wijk_row[b] ||
            world->buurt.gemeente_row[b] != city->buurt.gemeente_row[b])
            return false;
    }
    return true;
}

/* Levels are numbers, and flows are in proportion to the city: none makes a month of the end of time. */
static bool is_balance(const wks_world *world)
{
    const double *level = (const double *)&world->balance; /* doubles one after the other, up to the examples */
    const double most = 100.0 * ((double)world->start_households + 1000);
    const int64_t start[] = {world->start_households, world->start_persons, world->start_students, world->start_residents};

    for (size_t i = 0; i < sizeof start / sizeof start[0]; i++) {
        if (start[i] < 0 || start[i] > 100 * ((int64_t)world->person.base.n_rows + 1000)) return false;
    }
    for (size_t i = 0; i < offsetof(wks_balance, n_donors) / sizeof *level; i++) {
        if (!isfinite(level[i]) || fabs(level[i]) > most) return false;
    }
    return true;
}

static bool are_scalars(const wks_world *world)
{
    const double value[] = {world->price_level, world->income_growth,   world->leefbaarheid_mean,   world->taakstelling_backlog,
                            world->coa_due,     world->motivated_share, world->inschrijfduur_years, world->belief.wait_p50_months};

    for (size_t i = 0; i < sizeof value / sizeof value[0]; i++) {
        if (!isfinite(value[i]) || fabs(value[i]) > 1e9) return false;
    }
    for (int32_t i = 0; i < WKS_N_INCOME_SOURCES; i++) {
        if (!isfinite(world->income_level[i])) return false;
    }
    return world->tick >= 0 && world->tick <= LAST_MONTH && world->month == world->start_month + world->tick &&
           world->month <= LAST_MONTH && world->n_portieken >= 0;
}

static wks_status check(wks_world *world, const wks_world *city, void *const *table, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_err law = WKS_ERR_INIT;

    wks_carry_must(carry, is_city(world, city), "it is of another city, or of another population");
    WKS_TRY(wks_carry_status(carry, err));
    wks_carry_must(carry, are_scalars(world) && is_balance(world), "a clock, level or rate that cannot be");
    if (are_numbers(table, carry)) (void)are_cases(world, table, carry);
    WKS_TRY(wks_carry_status(carry, err));
    rc = wks_check_structure(world, &law);
    if (rc == WKS_ERR_LAW) WKS_FAIL(err, WKS_ERR_DATA, "state: %s", law.message);
    if (rc != WKS_OK) WKS_FAIL(err, rc, "%s", law.message);
out:
    return rc;
}

wks_status wks_world_state_carry(wks_world *world, const wks_world *city, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;
    void *table[N_TABLES];

    list_tables(world, table);
    carry_clock(world, carry);
    carry_balance(&world->balance, carry);
    carry_belief(&world->belief, carry);
    carry_support(&world->support, carry);
    carry_purse(&world->purse, carry);
    carry_ledger(&world->ledger, carry);
    for (int32_t i = 0; i < N_TABLES; i++)
        WKS_TRY(wks_columns_carry(table[i], table_info[i], carry, err));
    WKS_TRY(wks_carry_status(carry, err));
    if (wks_carry_reads(carry)) WKS_TRY(check(world, city, table, carry, err));
out:
    return rc;
}
