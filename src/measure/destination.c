#include "measure/destination.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

const char *const wks_destination_cause_name[WKS_N_DESTINATION_CAUSES] = {"demolition", "renovation", "spreiding", "area_filter"};
const char *const wks_destination_band_name[WKS_N_DESTINATION_BANDS] = {"same_home", "same_complex", "same_buurt", "under_1_km",
                                                                        "1_2_km",    "2_5_km",       "over_5_km",  ""};

/* One household, or one case of herhuisvesting. Destinations are wks_displaced_state, and two more. */
enum { STAYED = WKS_N_DISPLACED_STATES, STOPPED };
typedef struct wks_destination_item {
    uint64_t key, unit_key; /* household; home it was kept from */
    int32_t row;            /* of the household, as long as it is there */
    int32_t from_buurt_row, to_buurt_row, complex_row;
    float from_x_m, from_y_m, from_rent_eur;
    int64_t score_change; /* millionths of LBM */
    int64_t rent_change;  /* cents a month; INT64_MIN when there is no rent to compare */
    uint8_t cause, destination, band;
    bool is_settled, has_home; /* has_home: the changes are known */
} item;

typedef struct wks_destination_list {
    item *item;
    int32_t n, capacity;
} list;

struct wks_destination_log {
    list displaced, passed; /* displaced: by row of that table */
    int32_t *item_of;       /* by household row: its item in passed; -1 none */
    int32_t n_rows;
    wks_destination_row *row;
};

wks_status wks_destination_create(wks_destination_log **out, wks_err *err)
{
    wks_status rc = WKS_OK;

    *out = wks_mem_array(1, sizeof **out);
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for destinations");
out:
    return rc;
}

void wks_destination_destroy(wks_destination_log *log)
{
    if (log == NULL) return;
    free(log->displaced.item);
    free(log->passed.item);
    free(log->item_of);
    free(log->row);
    free(log);
}

static wks_status add(list *all, const item *one, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (all->n == all->capacity) {
        const size_t larger = wks_mem_capacity((size_t)all->capacity, (size_t)all->n + 1);
        item *grown = wks_mem_resize(all->item, (size_t)all->capacity, larger, sizeof *grown);
        if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %zu destinations", larger);
        all->item = grown;
        all->capacity = (int32_t)larger;
    }
    all->item[all->n++] = *one;
out:
    return rc;
}

/* --- a home that was found ----------------------------------------------------------------------------------------------- */

static uint8_t band_of(const item *one, const wks_world *world, int32_t d)
{
    const double east = (double)world->dwelling.x_m[d] - (double)one->from_x_m;
    const double north = (double)world->dwelling.y_m[d] - (double)one->from_y_m;
    const double squared = east * east + north * north;

    if (one->complex_row != WKS_NONE && world->dwelling.complex_row[d] == one->complex_row) return WKS_DESTINATION_SAME_COMPLEX;
    if (world->dwelling.buurt_row[d] == one->from_buurt_row) return WKS_DESTINATION_SAME_BUURT;
    if (isnan(squared)) return WKS_DESTINATION_NONE;
    return squared < 1e6    ? WKS_DESTINATION_UNDER_1_KM
           : squared < 4e6  ? WKS_DESTINATION_1_2_KM
           : squared < 25e6 ? WKS_DESTINATION_2_5_KM
                            : WKS_DESTINATION_OVER_5_KM;
}

static int64_t whole(double value)
{
    return (int64_t)floor(value + 0.5);
}

static void find_home(item *one, const wks_world *world, int32_t household_row)
{
    const int32_t u = world->household.unit_row[household_row], d = world->unit.dwelling_row[u];
    const double rent = (double)world->unit.rent_eur[u];

    one->has_home = true;
    one->to_buurt_row = world->dwelling.buurt_row[d];
    one->band = band_of(one, world, d);
    one->score_change =
        whole(1e6 * (wks_world_leefbaarheid(world, one->to_buurt_row) - wks_world_leefbaarheid(world, one->from_buurt_row)));
    one->rent_change = world->dwelling.tenure[d] == WKS_TENURE_OWNER ? INT64_MIN : whole(100 * (rent - (double)one->from_rent_eur));
}

/* --- demolition and renovation ------------------------------------------------------------------------------------------- */

static bool has_home(uint8_t state)
{
    return state == WKS_DISPLACED_SAME_BUURT || state == WKS_DISPLACED_CITY || state == WKS_DISPLACED_OTHER ||
           state == WKS_DISPLACED_RENOVATED;
}

static item case_of(const wks_world *world, int32_t c)
{
    const wks_displaced_table *displaced = &world->displaced;
    const int32_t p = displaced->project[c] - 1;

    return (item){
        .row = WKS_NONE,
        .complex_row = world->project.complex_row[p],
        .from_buurt_row = displaced->from_buurt_row[c],
        .to_buurt_row = WKS_NONE,
        .from_x_m = displaced->from_x_m[c],
        .from_y_m = displaced->from_y_m[c],
        .from_rent_eur = displaced->from_rent_eur[c],
        .rent_change = INT64_MIN,
        .cause = world->project.kind[p] == WKS_PROJECT_DEMOLISH ? WKS_DESTINATION_DEMOLITION : WKS_DESTINATION_RENOVATION,
        .band = WKS_DESTINATION_NONE,
    };
}

typedef struct wks_destination_found {
    uint64_t key;
    int32_t row;
} found;

static int by_found_key(const void *left, const void *right)
{
    const found *a = left, *b = right;
    return (a->key > b->key) - (a->key < b->key);
}

/* Households that found a home this month, all or those of the cases: rows by key. */
static wks_status list_movers(const wks_world *world, found **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    found *mover = wks_mem_array((size_t)world->household.base.n_rows + 1, sizeof *mover);
    int32_t n = 0;

    *out = mover;
    if (mover == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for destinations");
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (world->household.key[h] != 0 && world->household.unit_row[h] != WKS_NONE) mover[n++] = (found){world->household.key[h], h};
    }
    if (n > 1) qsort(mover, (size_t)n, sizeof *mover, by_found_key);
    *out_n = n;
out:
    return rc;
}

static void settle_case(item *one, const wks_world *world, int32_t c, const found *mover, int32_t n)
{
    const found wanted = {.key = world->displaced.household_key[c]};
    const found *at = mover == NULL ? NULL : bsearch(&wanted, mover, (size_t)n, sizeof *mover, by_found_key);

    one->is_settled = true;
    one->to_buurt_row = world->displaced.to_buurt_row[c];
    if (!has_home(world->displaced.state[c]) || at == NULL) return;
    find_home(one, world, at->row);
    if (world->displaced.state[c] == WKS_DISPLACED_RENOVATED) one->band = WKS_DESTINATION_SAME_HOME;
}

static wks_status take_cases(wks_destination_log *log, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_displaced_table *displaced = &world->displaced;
    found *mover = NULL;
    int32_t n = 0;

    for (int32_t c = log->displaced.n; c < displaced->base.n_rows; c++) {
        const item one = case_of(world, c);
        WKS_TRY(add(&log->displaced, &one, err));
    }
    for (int32_t c = 0; c < displaced->base.n_rows; c++) {
        item *one = &log->displaced.item[c];
        one->destination = displaced->state[c];
        if (one->is_settled || wks_project_is_open(displaced->state[c])) continue;
        if (mover == NULL && has_home(displaced->state[c])) WKS_TRY(list_movers(world, &mover, &n, err));
        settle_case(one, world, c, mover, n);
    }
out:
    free(mover);
    return rc;
}

/* --- passed over ---------------------------------------------------------------------------------------------------------- */

static wks_status make_room(wks_destination_log *log, int32_t n_rows, wks_err *err)
{
    wks_status rc = WKS_OK;

    if (n_rows <= log->n_rows) return WKS_OK;
    int32_t *grown = wks_mem_resize(log->item_of, (size_t)log->n_rows, (size_t)n_rows, sizeof *grown);
    if (grown == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for destinations");
    log->item_of = grown;
    for (int32_t r = log->n_rows; r < n_rows; r++)
        grown[r] = WKS_NONE;
    log->n_rows = n_rows;
out:
    return rc;
}

static wks_status begin_passed(wks_destination_log *log, const wks_letting_passed *passed, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t old = log->item_of[passed->household_row];
    const item one = {
        .key = passed->household_key,
        .unit_key = passed->unit_key,
        .row = passed->household_row,
        .complex_row = WKS_NONE,
        .from_buurt_row = passed->buurt_row,
        .to_buurt_row = WKS_NONE,
        .from_x_m = passed->x_m,
        .from_y_m = passed->y_m,
        .from_rent_eur = passed->rent_eur,
        .rent_change = INT64_MIN,
        .cause = passed->cause == WKS_LETTING_AREA ? WKS_DESTINATION_AREA : WKS_DESTINATION_SPREIDING,
        .destination = WKS_DISPLACED_WAITING,
        .band = WKS_DESTINATION_NONE,
    };

    if (old != WKS_NONE && log->passed.item[old].key == passed->household_key) return WKS_OK; /* the first time counts */
    WKS_TRY(add(&log->passed, &one, err));
    log->item_of[passed->household_row] = log->passed.n - 1;
out:
    return rc;
}

static uint8_t end_of(const wks_world *world, uint64_t key)
{
    for (int32_t i = 0; i < world->moves.n; i++) {
        const wks_moves_household *move = &world->moves.household[i];
        if (move->key != key) continue;
        if (move->to == WKS_MOVES_JOINED) return WKS_DISPLACED_JOINED;
        if (move->to == WKS_MOVES_ELSEWHERE) return WKS_DISPLACED_LEFT;
    }
    return WKS_DISPLACED_DISSOLVED;
}

static uint8_t state_of(const wks_world *world, const item *one)
{
    const int32_t d = world->unit.dwelling_row[world->household.unit_row[one->row]];

    if (world->dwelling.tenure[d] != WKS_TENURE_SOCIAL) return WKS_DISPLACED_OTHER;
    return world->dwelling.buurt_row[d] == one->from_buurt_row ? WKS_DISPLACED_SAME_BUURT : WKS_DISPLACED_CITY;
}

/* A seeker from elsewhere or at COA who is gone never lived here. */
static void take_passed(item *one, const wks_world *world)
{
    const wks_household_table *household = &world->household;

    if (household->key[one->row] != one->key) {
        const bool waited = one->destination == WKS_DISPLACED_WAITING;
        one->destination = end_of(world, one->key);
        if (waited && one->destination == WKS_DISPLACED_DISSOLVED) one->destination = STOPPED;
        one->is_settled = true;
    } else if (household->unit_row[one->row] == WKS_NONE) {
        const uint8_t place = household->place[one->row];
        one->destination = place == WKS_PLACE_COA || place == WKS_PLACE_OUTSIDE ? WKS_DISPLACED_WAITING : WKS_DISPLACED_UNHOUSED;
    } else if (household->since_month[one->row] == world->month) {
        one->destination = state_of(world, one);
        one->is_settled = true;
        find_home(one, world, one->row);
    } else {
        one->destination = STAYED;
    }
}

/* Whoever got the very home after all was not passed over. */
static bool got_it(const item *one, const wks_world *world)
{
    const int32_t u = world->household.key[one->row] == one->key ? world->household.unit_row[one->row] : WKS_NONE;
    return u != WKS_NONE && world->unit.key[u] == one->unit_key;
}

static wks_status take_all_passed(wks_destination_log *log, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_before = log->passed.n;

    WKS_TRY(make_room(log, world->household.base.n_rows, err));
    for (int32_t i = 0; i < world->letting.n_passed; i++)
        WKS_TRY(begin_passed(log, &world->letting.passed[i], err));
    for (int32_t i = log->passed.n - 1; i >= n_before; i--) {
        item *one = &log->passed.item[i];
        if (!got_it(one, world)) continue;
        log->item_of[one->row] = WKS_NONE;
        *one = log->passed.item[--log->passed.n];
        if (i < log->passed.n) log->item_of[one->row] = i;
    }
    for (int32_t i = 0; i < log->passed.n; i++) {
        if (!log->passed.item[i].is_settled) take_passed(&log->passed.item[i], world);
    }
out:
    return rc;
}

wks_status wks_destination_tick(wks_destination_log *log, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(take_cases(log, world, err));
    if (world->letting.n_passed > 0 || log->passed.n > 0) WKS_TRY(take_all_passed(log, world, err));
out:
    return rc;
}

wks_status wks_destination_reorder(wks_destination_log *log, const wks_row_order *order, wks_err *err)
{
    static const int32_t none = WKS_NONE;
    wks_status rc = WKS_OK;

    if (log->n_rows == 0) return WKS_OK;
    WKS_TRY(make_room(log, order->n_before, err));
    for (int32_t i = 0; i < log->passed.n; i++) {
        item *one = &log->passed.item[i];
        const int32_t after = one->row >= 0 && one->row < order->n_before ? order->after[one->row] : WKS_NONE;
        one->row = after; /* WKS_NONE: gone, and settled; nobody looks at its row again */
    }
    wks_row_order_array(order, log->item_of, sizeof *log->item_of, log->n_rows, &none);
    log->n_rows = order->n;
out:
    return rc;
}

/* --- the table -------------------------------------------------------------------------------------------------------------- */

static int by_row(const void *left, const void *right)
{
    const item *a = left, *b = right;

    if (a->cause != b->cause) return a->cause < b->cause ? -1 : 1;
    if (a->from_buurt_row != b->from_buurt_row) return a->from_buurt_row < b->from_buurt_row ? -1 : 1;
    if (a->destination != b->destination) return a->destination < b->destination ? -1 : 1;
    if (a->to_buurt_row != b->to_buurt_row) return a->to_buurt_row < b->to_buurt_row ? -1 : 1;
    return (a->band > b->band) - (a->band < b->band);
}

static const char *name_of(uint8_t destination)
{
    return destination == STAYED ? "stayed" : destination == STOPPED ? "stopped" : wks_project_state_name[destination];
}

static wks_destination_row row_of(const item *first, int32_t n)
{
    int64_t score = 0, rent = 0;
    int32_t n_score = 0, n_rent = 0;

    for (int32_t i = 0; i < n; i++) {
        score += first[i].score_change; /* 0 without a home */
        n_score += first[i].has_home;
        if (first[i].rent_change == INT64_MIN) continue;
        rent += first[i].rent_change;
        n_rent++;
    }
    return (wks_destination_row){
        .cause = first->cause,
        .band = first->band,
        .from_buurt_row = first->from_buurt_row,
        .to_buurt_row = first->to_buurt_row,
        .destination = name_of(first->destination),
        .households = n,
        .leefbaarheid_change = n_score == 0 ? NAN : (double)score / n_score / 1e6,
        .rent_change_eur = n_rent == 0 ? NAN : (double)rent / n_rent / 100,
    };
}

wks_status wks_destination_rows(wks_destination_log *log, const wks_world *world, const wks_destination_row **out, int32_t *out_n,
                                wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = log->displaced.n + log->passed.n;
    item *all = wks_mem_array((size_t)n + 1, sizeof *all);
    int32_t n_rows = 0;

    free(log->row);
    log->row = wks_mem_array((size_t)n + 1, sizeof *log->row);
    if (all == NULL || log->row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d destinations", n);
    for (int32_t i = 0; i < n && !world->hides_few; i++)
        all[i] = i < log->displaced.n ? log->displaced.item[i] : log->passed.item[i - log->displaced.n];
    if (n > 1) qsort(all, (size_t)n, sizeof *all, by_row);
    for (int32_t i = 0, k; i < n && !world->hides_few; i += k) {
        for (k = 1; i + k < n && by_row(&all[i], &all[i + k]) == 0;)
            k++;
        log->row[n_rows++] = row_of(&all[i], k);
    }
    *out = log->row;
    *out_n = n_rows;
out:
    free(all);
    return rc;
}

/* --- carried over ----------------------------------------------------------------------------------------------------------- */

static void carry_item(item *one, const wks_world *world, int32_t n_rows, wks_carry *carry)
{
    const int32_t n_buurten = world->buurt.base.n_rows;

    WKS_CARRY_FIELD(carry, one->key);
    WKS_CARRY_FIELD(carry, one->unit_key);
    wks_carry_i32(carry, &one->row);
    wks_carry_i32(carry, &one->from_buurt_row);
    wks_carry_i32(carry, &one->to_buurt_row);
    wks_carry_i32(carry, &one->complex_row);
    WKS_CARRY_FIELD(carry, one->from_x_m);
    WKS_CARRY_FIELD(carry, one->from_y_m);
    WKS_CARRY_FIELD(carry, one->from_rent_eur);
    wks_carry_i64(carry, &one->score_change);
    wks_carry_i64(carry, &one->rent_change);
    wks_carry_u8(carry, &one->cause);
    wks_carry_u8(carry, &one->destination);
    wks_carry_u8(carry, &one->band);
    wks_carry_bool(carry, &one->is_settled);
    wks_carry_bool(carry, &one->has_home);
    wks_carry_must(carry,
                   one->row >= (n_rows == 0 || one->is_settled ? WKS_NONE : 0) && (one->row < n_rows || one->row == WKS_NONE) &&
                       one->from_buurt_row >= WKS_NONE && one->from_buurt_row < n_buurten && one->to_buurt_row >= WKS_NONE &&
                       one->to_buurt_row < n_buurten,
                   "a destination that is not there");
    wks_carry_must(carry, one->cause < WKS_N_DESTINATION_CAUSES && one->destination <= STOPPED && one->band < WKS_N_DESTINATION_BANDS,
                   "a destination of no kind");
}

static void carry_list(list *all, const wks_world *world, int32_t n_rows, wks_carry *carry)
{
    int32_t n = all->n;

    wks_carry_count(carry, &n, 2 * sizeof(uint64_t));
    all->item = wks_carry_room(carry, all->item, (size_t)all->capacity, (size_t)n, sizeof *all->item);
    if (wks_carry_failed(carry)) return;
    if (all->capacity < n) all->capacity = n;
    all->n = n;
    for (int32_t i = 0; i < n; i++)
        carry_item(&all->item[i], world, n_rows, carry);
}

wks_status wks_destination_carry(wks_destination_log *log, const wks_world *world, wks_carry *carry, wks_err *err)
{
    int32_t n = log->n_rows;

    wks_carry_tag(carry, "destination");
    wks_carry_count(carry, &n, sizeof *log->item_of);
    wks_carry_must(carry, n <= world->household.base.n_rows, "destinations of more households than there are");
    WKS_CARRY_ARRAY(carry, log->item_of, n, log->n_rows);
    carry_list(&log->displaced, world, 0, carry);
    carry_list(&log->passed, world, n, carry);
    wks_carry_must(carry, log->displaced.n <= world->displaced.base.n_rows, "destinations of more cases than there are");
    for (int32_t r = 0; r < n && !wks_carry_failed(carry); r++)
        wks_carry_must(carry, log->item_of[r] >= WKS_NONE && log->item_of[r] < log->passed.n, "a destination of nobody");
    return wks_carry_status(carry, err);
}
