#include "measure/household_fate.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/month.h"

const wks_household_fate_outcome_spec wks_household_fate_outcomes[WKS_N_FATE_OUTCOMES] = {
    {"home_at_end", "-", 0, true, "Eigen woning aan het eind", "Home of its own at the end",
     "Heeft aan het eind een eigen woning in de stad; van wie er dan onder beide regels nog is of wacht.",
     "Has a home of its own in the city at the end; of those who are there or wait then under both rules."},
    {"months_without_home", "months", 1, false, "Maanden zonder eigen woning", "Months without a home of its own",
     "Maanden waarin het huishouden in de stad was of er een woning zocht en geen eigen woning had.",
     "Months in which the household was in the city, or looked for a home there, and had none of its own."},
    {"months_searching", "months", 1, false, "Maanden zoeken", "Months searching", "Maanden waarin het huishouden actief zocht.",
     "Months in which the household was actively looking."},
    {"rent_share", "share", 0.01, false, "Huurquote", "Net rent over income",
     "Netto huur na huurtoeslag als deel van het inkomen aan het eind; van wie dan onder beide regels huurt.",
     "Net rent after huurtoeslag over income at the end; of those who are tenants then under both rules."},
    {"rooms_short", "rooms", 0, false, "Kamers te weinig", "Rooms too few",
     "Personen in de woning boven het aantal kamers aan het eind; van wie dan onder beide regels een woning heeft.",
     "Persons in the home beyond the number of rooms at the end; of those with a home then under both rules."},
    {"leefbaarheid", "LBM", 0.02, true, "Leefbaarheid van de buurt", "Leefbaarheid of the buurt",
     "Gemodelleerde score van de buurt waar het huishouden aan het eind woont, onder beide regels.",
     "Modelled score of the buurt where the household lives at the end, under both rules."},
    {"kin_distance", "km", 0.5, false, "Afstand tot familie", "Distance to kin",
     "Hemelsbreed van de woning naar de buurt van naaste familie in de stad aan het eind; eigen buurt is 0.",
     "As the crow flies from the home to the buurt of close kin in the city at the end; the own buurt is 0."},
    {"support", "tenths of need", 0, true, "Ondersteuning", "Support received",
     "Ontvangen ondersteuning aan het eind, door een zorgcontract of uit de uren van de stad, in tienden van de behoefte; van wie dan "
     "onder "
     "beide regels kwetsbaar is.",
     "Support received at the end, by a care contract or the city's pool of hours, in tenths of the need; of those who are vulnerable then "
     "under both rules."},
    {"forced_moves", "moves", 0, false, "Gedwongen verhuizingen", "Forced moves",
     "Keren dat het huishouden zijn woning verloor (ontruiming, einde contract) of moest verlaten voor sloop.",
     "Times the household lost its home (eviction, end of contract) or had to leave it for demolition."},
    {"left_city", "-", 0, false, "Vertrokken uit de stad", "Left the city",
     "Is vertrokken; van wie aan het eind onder beide regels in de stad is of vertrokken is. Vertrek kan ook een wens zijn.",
     "Left; of those who are in the city or left it by the end under both rules. To leave can be a wish too."},
    {"months_at_address", "months", 12, true, "Woonduur", "Months at the address",
     "Maanden op het adres aan het eind; van wie dan onder beide regels een woning heeft. Een gewenste verhuizing verkort haar ook.",
     "Months at the address at the end; of those with a home then under both rules. A move that was wished for shortens it too."},
};

struct wks_household_fate_log {
    wks_household_fate *item;
    int32_t n, capacity;
    int32_t *item_of; /* by row of the household table: its item; -1 none */
    int32_t n_rows;
    int32_t *east, *north; /* by buurt: mean position of its homes at tick 0, m; INT32_MIN without */
};

/* --- outcomes --------------------------------------------------------------------------------------------------------- */

static bool has_home(const wks_household_fate *fate)
{
    return fate->end == WKS_FATE_HOUSED;
}

double wks_household_fate_value(const wks_household_fate *fate, wks_household_fate_outcome outcome)
{
    switch (outcome) {
    case WKS_FATE_HOME_AT_END: return fate->end <= WKS_FATE_WAITS ? has_home(fate) : NAN;
    case WKS_FATE_MONTHS_WITHOUT_HOME: return fate->months_without_home;
    case WKS_FATE_MONTHS_SEARCHING: return fate->months_searching;
    case WKS_FATE_RENT_SHARE: return (double)fate->rent_share;
    case WKS_FATE_ROOMS_SHORT: return has_home(fate) ? fate->rooms_short : NAN;
    case WKS_FATE_LEEFBAARHEID: return (double)fate->leefbaarheid;
    case WKS_FATE_KIN_DISTANCE: return (double)fate->kin_km;
    case WKS_FATE_SUPPORT: return fate->end <= WKS_FATE_WITHOUT_HOME && fate->is_vulnerable ? fate->help : NAN;
    case WKS_FATE_FORCED_MOVES: return fate->forced;
    case WKS_FATE_LEFT_CITY: return fate->end <= WKS_FATE_WITHOUT_HOME || fate->end == WKS_FATE_LEFT ? fate->end == WKS_FATE_LEFT : NAN;
    case WKS_FATE_MONTHS_AT_ADDRESS: return has_home(fate) ? fate->months_at_address : NAN;
    case WKS_N_FATE_OUTCOMES: break;
    }
    return NAN;
}

bool wks_household_fate_compare(const wks_household_fate *reference, const wks_household_fate *scenario, wks_household_fate_outcome outcome,
                                int *out_sign)
{
    const wks_household_fate_outcome_spec *spec = &wks_household_fate_outcomes[outcome];
    const double difference = wks_household_fate_value(scenario, outcome) - wks_household_fate_value(reference, outcome);
    const int sign = (difference > spec->equal) - (difference < -spec->equal);

    if (isnan(difference)) return false;
    *out_sign = spec->is_higher_better ? sign : -sign;
    return true;
}

/* --- following -------------------------------------------------------------------------------------------------------- */

/* Whole metres are added, so that the order of rows does not matter. */
static wks_status place_buurten(wks_household_fate_log *log, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = world->buurt.base.n_rows;
    int64_t *sum = wks_mem_array(3 * (size_t)n + 1, sizeof *sum);

    log->east = wks_mem_array(2 * (size_t)n + 1, sizeof *log->east);
    if (sum == NULL || log->east == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", n);
    log->north = log->east + n;
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        const int32_t b = world->dwelling.buurt_row[d];
        if (world->dwelling.key[d] == 0 || !isfinite(world->dwelling.x_m[d]) || !isfinite(world->dwelling.y_m[d])) continue;
        sum[3 * b] += (int64_t)world->dwelling.x_m[d];
        sum[3 * b + 1] += (int64_t)world->dwelling.y_m[d];
        sum[3 * b + 2]++;
    }
    for (int32_t b = 0; b < n; b++) {
        log->east[b] = sum[3 * b + 2] == 0 ? INT32_MIN : (int32_t)(sum[3 * b] / sum[3 * b + 2]);
        log->north[b] = sum[3 * b + 2] == 0 ? INT32_MIN : (int32_t)(sum[3 * b + 1] / sum[3 * b + 2]);
    }
out:
    free(sum);
    return rc;
}

wks_status wks_household_fate_create(const wks_world *world, wks_household_fate_log **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_household_fate_log *log = wks_mem_array(1, sizeof *log);

    *out = log;
    if (log == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to follow households");
    WKS_TRY(place_buurten(log, world, err));
out:
    return rc;
}

void wks_household_fate_destroy(wks_household_fate_log *log)
{
    if (log == NULL) return;
    free(log->item);
    free(log->item_of);
    free(log->east);
    free(log);
}

static wks_status make_room(wks_household_fate_log *log, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_rows = world->household.base.n_rows;
    const size_t needed = (size_t)log->n + (size_t)n_rows; /* at most every row is new */

    if (n_rows > log->n_rows) {
        int32_t *grown = wks_mem_resize(log->item_of, (size_t)log->n_rows, (size_t)n_rows, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to follow %d households", n_rows);
        log->item_of = grown;
        for (int32_t r = log->n_rows; r < n_rows; r++)
            grown[r] = WKS_NONE;
        log->n_rows = n_rows;
    }
    if (needed > (size_t)log->capacity) {
        const size_t larger = wks_mem_capacity((size_t)log->capacity, needed);
        wks_household_fate *item = wks_mem_resize(log->item, (size_t)log->capacity, larger, sizeof *item);
        if (item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory to follow %zu households", larger);
        log->item = item;
        log->capacity = (int32_t)larger;
    }
out:
    return rc;
}

static uint8_t end_of(const wks_household_table *household, int32_t row)
{
    const uint8_t place = household->place[row];

    if (household->unit_row[row] != WKS_NONE) return WKS_FATE_HOUSED;
    return place == WKS_PLACE_COA || place == WKS_PLACE_OUTSIDE ? WKS_FATE_WAITS : WKS_FATE_WITHOUT_HOME;
}

static void begin_item(wks_household_fate_log *log, const wks_world *world, int32_t row)
{
    log->item_of[row] = log->n;
    log->item[log->n++] = (wks_household_fate){
        .key = world->household.key[row],
        .head_birth_month = world->household.head_birth_month[row],
        .groups = world->household.groups[row],
        .rent_share = NAN,
        .leefbaarheid = NAN,
        .kin_km = NAN,
        .end = end_of(&world->household, row),
    };
}

static void take_row(wks_household_fate_log *log, const wks_world *world, int32_t row)
{
    const wks_household_table *household = &world->household;
    const int32_t old = log->item_of[row];

    if (old == WKS_NONE || log->item[old].key != household->key[row]) begin_item(log, world, row);
    wks_household_fate *fate = &log->item[log->item_of[row]];
    const uint8_t end = end_of(household, row);
    const bool is_lost = fate->end == WKS_FATE_HOUSED && end != WKS_FATE_HOUSED;
    fate->forced = (uint8_t)(fate->forced + (is_lost && fate->forced < UINT8_MAX));
    fate->end = end;
    if (world->tick == 0) return;
    fate->months_without_home = (uint16_t)(fate->months_without_home + (end != WKS_FATE_HOUSED));
    fate->months_searching = (uint16_t)(fate->months_searching + (household->search_month[row] != WKS_NO_MONTH));
}

/* --- those who are there no more --------------------------------------------------------------------------------------- */

typedef struct wks_household_fate_gone {
    uint64_t key;
    uint8_t end;
} gone;

static int by_gone_key(const void *left, const void *right)
{
    const gone *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

static int32_t list_gone(const wks_world *world, gone *out)
{
    int32_t n = 0;

    for (int32_t i = 0; i < world->moves.n; i++) {
        const wks_moves_household *move = &world->moves.household[i];
        if (move->to != WKS_MOVES_ELSEWHERE && move->to != WKS_MOVES_JOINED) continue;
        out[n++] = (gone){move->key, move->to == WKS_MOVES_JOINED ? WKS_FATE_JOINED : WKS_FATE_LEFT};
    }
    if (n > 1) qsort(out, (size_t)n, sizeof *out, by_gone_key);
    return n;
}

/* A row that somebody else has now, or nobody: its household is gone since the tick before. */
static void take_gone(wks_household_fate_log *log, const wks_world *world, int32_t row, const gone *list, int32_t n)
{
    const int32_t i = log->item_of[row];

    if (i == WKS_NONE || log->item[i].key == world->household.key[row]) return;
    const gone wanted = {.key = log->item[i].key};
    const gone *found = n == 0 ? NULL : bsearch(&wanted, list, (size_t)n, sizeof *list, by_gone_key);
    const bool waited = log->item[i].end == WKS_FATE_WAITS;
    log->item[i].end = found != NULL ? found->end : waited ? WKS_FATE_STOPPED : WKS_FATE_ENDED;
    log->item_of[row] = WKS_NONE;
}

wks_status wks_household_fate_reorder(wks_household_fate_log *log, const wks_world *world, const wks_row_order *order, wks_err *err)
{
    static const int32_t none = WKS_NONE;
    wks_status rc = WKS_OK;

    WKS_TRY(make_room(log, world, err));
    wks_row_order_array(order, log->item_of, sizeof *log->item_of, log->n_rows, &none);
    log->n_rows = order->n;
out:
    return rc;
}

wks_status wks_household_fate_tick(wks_household_fate_log *log, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    gone *list = wks_mem_array((size_t)world->moves.n + 1, sizeof *list);

    if (list == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d moves", world->moves.n);
    WKS_TRY(make_room(log, world, err));
    const int32_t n = list_gone(world, list);
    for (int32_t row = 0; row < world->household.base.n_rows; row++)
        take_gone(log, world, row, list, n);
    for (int32_t row = 0; row < world->household.base.n_rows; row++) {
        if (world->household.key[row] != 0) take_row(log, world, row);
    }
out:
    free(list);
    return rc;
}

wks_household_fate *wks_household_fate_of(wks_household_fate_log *log, const wks_world *world, int32_t row)
{
    return world->household.key[row] == 0 ? NULL : &log->item[log->item_of[row]];
}

/* --- the end ------------------------------------------------------------------------------------------------------------ */

static float rent_share_of(const wks_world *world, const wks_law *law, int32_t row)
{
    const int32_t unit_row = world->household.unit_row[row];
    const double income = (double)world->household.income_eur[row];
    const double rent = unit_row == WKS_NONE ? 0 : (double)world->unit.rent_eur[unit_row];

    if (!(rent > 0) || !(income > 0)) return NAN;
    const int32_t age = wks_month_age(world->household.head_birth_month[row], world->month);
    return (float)(12 * (rent - wks_law_huurtoeslag(law, income, rent, world->household.n_persons[row], age)) / income);
}

static float kin_km_of(const wks_household_fate_log *log, const wks_world *world, int32_t row, int32_t unit_row, int32_t buurt_row)
{
    const int32_t kin = world->household.kin_buurt_row[row];

    if (kin == WKS_NONE || unit_row == WKS_NONE) return NAN;
    if (kin == buurt_row) return 0;
    const int32_t d = world->unit.dwelling_row[unit_row];
    if (log->east[kin] == INT32_MIN || !isfinite(world->dwelling.x_m[d])) return NAN;
    const double east = (double)world->dwelling.x_m[d] - log->east[kin], north = (double)world->dwelling.y_m[d] - log->north[kin];
    return (float)(sqrt(east * east + north * north) / 1000);
}

static int16_t rooms_short_of(const wks_world *world, int32_t row, int32_t unit_row)
{
    const int32_t d = world->unit.dwelling_row[unit_row];
    const int32_t rooms = world->unit.kind[unit_row] == WKS_UNIT_ROOM ? 1 : world->dwelling.rooms[d];
    const int32_t persons = world->household.n_persons[row] + world->household.n_guests[row];

    return (int16_t)(persons > rooms ? persons - rooms : 0);
}

static void finish_row(wks_household_fate_log *log, const wks_world *world, const wks_law *law, int32_t row)
{
    wks_household_fate *fate = &log->item[log->item_of[row]];
    const int32_t unit_row = world->household.unit_row[row], buurt_row = wks_world_buurt_of(world, row);

    fate->rent_share = rent_share_of(world, law, row);
    fate->leefbaarheid = buurt_row == WKS_NONE ? (float)NAN : (float)wks_world_leefbaarheid(world, buurt_row);
    fate->kin_km = kin_km_of(log, world, row, unit_row, buurt_row);
    fate->rooms_short = unit_row == WKS_NONE ? 0 : rooms_short_of(world, row, unit_row);
    const int32_t months = world->month - world->household.since_month[row];
    fate->months_at_address = (int16_t)(months > INT16_MAX ? INT16_MAX : months);
    fate->help = world->household.help[row] > 0 ? 10 : world->household.support[row]; /* the pool meets whole cases */
    fate->is_vulnerable = world->household.vulnerability[row] != 0;
}

static int by_key(const void *left, const void *right)
{
    const wks_household_fate *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

/* Who left a home for demolition and found another place. The loss of a home without one is counted already. */
static void count_demolition(wks_household_fate_log *log, const wks_world *world)
{
    for (int32_t c = 0; c < world->displaced.base.n_rows; c++) {
        const uint8_t state = world->displaced.state[c];
        const wks_household_fate wanted = {.key = world->displaced.household_key[c]};
        if (world->project.kind[world->displaced.project[c] - 1] != WKS_PROJECT_DEMOLISH) continue;
        if (state != WKS_DISPLACED_WISSELWONING && state != WKS_DISPLACED_SAME_BUURT && state != WKS_DISPLACED_CITY &&
            state != WKS_DISPLACED_OTHER)
            continue;
        wks_household_fate *found = bsearch(&wanted, log->item, (size_t)log->n, sizeof wanted, by_key);
        if (found != NULL && found->forced < UINT8_MAX) found->forced++;
    }
}

wks_status wks_household_fate_finish(wks_household_fate_log *log, const wks_world *world, const wks_law *law,
                                     const wks_household_fate **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t row = 0; row < world->household.base.n_rows; row++) {
        if (world->household.key[row] != 0) finish_row(log, world, law, row);
    }
    if (log->n > 1) qsort(log->item, (size_t)log->n, sizeof *log->item, by_key);
    for (int32_t i = 1; i < log->n; i++) {
        if (log->item[i - 1].key == log->item[i].key)
            WKS_FAIL(err, WKS_ERR_LAW, "household %016llx was followed twice", (unsigned long long)log->item[i].key);
    }
    count_demolition(log, world);
    *out = log->item;
    *out_n = log->n;
out:
    return rc;
}

/* --- carried over ------------------------------------------------------------------------------------------------------- */

static void carry_item(wks_household_fate *fate, wks_carry *carry)
{
    WKS_CARRY_FIELD(carry, fate->key);
    wks_carry_i32(carry, &fate->head_birth_month);
    WKS_CARRY_FIELD(carry, fate->groups);
    WKS_CARRY_FIELD(carry, fate->rent_share);
    WKS_CARRY_FIELD(carry, fate->leefbaarheid);
    WKS_CARRY_FIELD(carry, fate->kin_km);
    WKS_CARRY_FIELD(carry, fate->rooms_short);
    WKS_CARRY_FIELD(carry, fate->months_at_address);
    WKS_CARRY_FIELD(carry, fate->months_without_home);
    WKS_CARRY_FIELD(carry, fate->months_searching);
    wks_carry_u8(carry, &fate->forced);
    wks_carry_u8(carry, &fate->help);
    wks_carry_u8(carry, &fate->is_vulnerable);
    wks_carry_u8(carry, &fate->end);
    WKS_CARRY_FIELD(carry, fate->life);
    wks_carry_must(carry, fate->end < WKS_N_FATE_ENDS, "a household that ends in no way");
}

wks_status wks_household_fate_carry(wks_household_fate_log *log, const wks_world *world, wks_carry *carry, wks_err *err)
{
    int32_t n = log->n, n_rows = log->n_rows;
    const int32_t n_buurten = world->buurt.base.n_rows;

    wks_carry_tag(carry, "fates");
    wks_carry_same(carry, n_buurten, "another number of buurten");
    wks_carry_numbers(carry, log->east, 2 * (size_t)n_buurten, sizeof *log->east); /* north follows */
    wks_carry_count(carry, &n_rows, sizeof *log->item_of);
    wks_carry_must(carry, n_rows <= world->household.base.n_rows, "more households than there are");
    WKS_CARRY_ARRAY(carry, log->item_of, n_rows, log->n_rows);
    wks_carry_count(carry, &n, sizeof(uint64_t));
    log->item = wks_carry_room(carry, log->item, (size_t)log->capacity, (size_t)n, sizeof *log->item);
    if (wks_carry_failed(carry)) return wks_carry_status(carry, err);
    if (log->capacity < n) log->capacity = n;
    log->n = n;
    for (int32_t i = 0; i < n; i++)
        carry_item(&log->item[i], carry);
    for (int32_t row = 0; row < n_rows; row++)
        wks_carry_must(carry, log->item_of[row] >= WKS_NONE && log->item_of[row] < n, "a household that is followed as nobody");
    return wks_carry_status(carry, err);
}
