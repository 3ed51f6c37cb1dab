#include "process/stock_rehouse.h"

#include <stdlib.h>

#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/stock_demolish.h"
#include "process/stock_renovate.h"
#include "process/stock_return.h"
#include "rules/part.h"
#include "rules/passend.h"
#include "scenario/event_key.h"
#include "world/relations_rehouse.h"

/* Complexes of this age may be drawn for demolition by the yearly rate, and of at least so many dwellings. Assumption: 50 years, within 40 to 70; 8. */
enum { RATE_YEARS = 50, RATE_DWELLINGS = 8, ROOMS_TOO_MANY = 2 };

wks_status wks_stock_rehouse_order(wks_tick *tick, wks_project_kind kind, uint64_t event, int32_t dwellings, wks_err *err)
{
    int32_t row;

    return wks_relations_rehouse_order(tick->world, kind, event, dwellings, &row, err);
}

bool wks_stock_rehouse_is_kept(const wks_world *world, int32_t dwelling_row)
{
    const uint8_t works = world->dwelling.works[dwelling_row];

    if (wks_rare_i32(&world->dwelling.project, dwelling_row) == 0) return false;
    if (wks_rare_i32(&world->unit.reserved_row, world->dwelling.first_unit_row[dwelling_row]) != WKS_NONE)
        return true; /* offered to who returns */
    return world->dwelling.to_demolish[dwelling_row] != 0 || works == WKS_WORKS_ANNOUNCED || works == WKS_WORKS_UNDER;
}

const wks_settings *wks_stock_rehouse_settings(const wks_tick *tick, int32_t project_row, wks_settings *scratch)
{
    const wks_event *event = wks_event_key_find(tick->scenario, tick->world->project.event[project_row]);
    const wks_spec *spec = &wks_stock_demolish_spec;

    if (event != NULL) return &event->settings;
    *scratch = (wks_settings){.spec = spec};
    for (int32_t i = 0; i < spec->n_params; i++)
        scratch->value[i] = spec->param[i].preset;
    return scratch;
}

/* --- which dwellings ------------------------------------------------------------------------------------------------ */

static bool may_get_notice(const wks_world *world, int32_t d)
{
    const wks_dwelling_table *dwelling = &world->dwelling;

    if (dwelling->key[d] == 0 || dwelling->tenure[d] != WKS_TENURE_SOCIAL || dwelling->n_units[d] != 1) return false;
    if (dwelling->label[d] == WKS_LABEL_CAMPUS || wks_stock_rehouse_is_kept(world, d)) return false;
    const int32_t unit = dwelling->first_unit_row[d], household = world->unit.household_row[unit];
    const int32_t project = wks_rare_i32(&dwelling->project, d);
    if (project > 0 && world->project.stage[project - 1] == WKS_PROJECT_RETURN) return false; /* new, and kept for who returns */
    if (household == WKS_NONE) return wks_rare_i32(&world->unit.contract_row, unit) == WKS_NONE;
    return !world->household.in_wisselwoning[household];
}

static int by_complex(const void *left, const void *right)
{
    const wks_stock_rehouse_candidate *a = left, *b = right;

    if (a->built_month != b->built_month) return a->built_month < b->built_month ? -1 : 1;
    if (a->complex_key != b->complex_key) return a->complex_key < b->complex_key ? -1 : 1;
    if (a->portiek != b->portiek) return a->portiek < b->portiek ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

wks_status wks_stock_rehouse_candidates(wks_tick *tick, int32_t project_row, wks_stock_rehouse_candidate **out, int32_t *out_n,
                                        wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n_rows = world->dwelling.base.n_rows, only = world->project.complex_row[project_row];
    wks_settings scratch;
    const wks_settings *settings = wks_stock_rehouse_settings(tick, project_row, &scratch);
    wks_stock_rehouse_candidate *list = wks_tick_buffer(tick, WKS_SLOT_REHOUSE_HOMES, (size_t)n_rows, sizeof *list);
    int32_t *oldest = wks_tick_buffer(tick, WKS_SLOT_REHOUSE_COMPLEX, (size_t)world->complex.base.n_rows, sizeof *oldest), n = 0;

    if (list == NULL || oldest == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d dwellings", n_rows);
    for (int32_t c = 0; c < world->complex.base.n_rows; c++)
        oldest[c] = INT32_MAX;
    for (int32_t d = 0; d < n_rows; d++) {
        const int32_t c = world->dwelling.complex_row[d];
        if (!may_get_notice(world, d) || (only != WKS_NONE && c != only)) continue;
        if (only == WKS_NONE && !wks_part_in_areas(world, settings, 0, world->dwelling.buurt_row[d])) continue;
        if (world->dwelling.built_month[d] < oldest[c]) oldest[c] = world->dwelling.built_month[d];
        list[n++] = (wks_stock_rehouse_candidate){.complex_key = world->complex.key[c],
                                                  .key = world->dwelling.key[d],
                                                  .portiek = world->dwelling.portiek[d],
                                                  .dwelling_row = d,
                                                  .complex_row = c};
    }
    for (int32_t i = 0; i < n; i++)
        list[i].built_month = oldest[list[i].complex_row];
    if (n > 1) qsort(list, (size_t)n, sizeof *list, by_complex);
    *out = list;
    *out_n = n < world->project.n_wanted[project_row] ? n : world->project.n_wanted[project_row];
out:
    return rc;
}

/* --- the yearly rate ------------------------------------------------------------------------------------------------ */

typedef struct complex_count {
    int32_t n, oldest;
    bool is_drawn;
} complex_count;

static bool is_old(const wks_world *world, const complex_count *count)
{
    return count->n >= RATE_DWELLINGS && count->oldest <= world->month - RATE_YEARS * 12;
}

/* In order of key, so that numbers of projects do not depend on rows. */
static int32_t next_drawn(const wks_world *world, const complex_count *count)
{
    int32_t best = WKS_NONE;

    for (int32_t c = 0; c < world->complex.base.n_rows; c++) {
        if (count[c].is_drawn && (best == WKS_NONE || world->complex.key[c] < world->complex.key[best])) best = c;
    }
    return best;
}

/* Old complexes are drawn with a hazard that makes the rate of all social dwellings. */
static wks_status order_by_rate(wks_tick *tick, double rate, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n_complexes = world->complex.base.n_rows;
    complex_count *count = wks_tick_buffer(tick, WKS_SLOT_REHOUSE_COMPLEX, (size_t)n_complexes, sizeof *count);
    int64_t n_social = 0, n_old = 0;

    if (count == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d complexes", n_complexes);
    for (int32_t c = 0; c < n_complexes; c++)
        count[c] = (complex_count){0, INT32_MAX, false};
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        complex_count *at = &count[world->dwelling.complex_row[d]];
        if (!may_get_notice(world, d)) continue;
        n_social++;
        at->n++;
        if (world->dwelling.built_month[d] < at->oldest) at->oldest = world->dwelling.built_month[d];
    }
    for (int32_t c = 0; c < n_complexes; c++)
        n_old += is_old(world, &count[c]) ? count[c].n : 0;
    if (n_old == 0) goto out;
    const double hazard = wks_math_monthly(wks_math_clamp(rate * (double)n_social / (double)n_old, 0, 1));
    for (int32_t c = 0; c < n_complexes; c++)
        count[c].is_drawn = world->complex.key[c] != 0 && is_old(world, &count[c]) &&
                            wks_rng_once(&world->seed, world->complex.key[c], (uint32_t)world->tick, WKS_RNG_STOCK_RATE) < hazard;
    for (int32_t c = next_drawn(world, count); c != WKS_NONE; c = next_drawn(world, count)) {
        int32_t row;
        WKS_TRY(wks_relations_rehouse_order(world, WKS_PROJECT_DEMOLISH, 0, count[c].n, &row, err));
        world->project.complex_row[row] = c;
        count[c].is_drawn = false;
    }
out:
    return rc;
}

/* --- one month ------------------------------------------------------------------------------------------------------ */

static bool is_vacant_home(const wks_world *world, int32_t u)
{
    if (world->unit.key[u] == 0 || world->unit.household_row[u] != WKS_NONE || world->unit.lettable_month[u] > world->month) return false;
    const int32_t d = world->unit.dwelling_row[u];
    return wks_rare_i32(&world->unit.reserved_row, u) == WKS_NONE && wks_rare_i32(&world->unit.contract_row, u) == WKS_NONE &&
           world->dwelling.tenure[d] == WKS_TENURE_SOCIAL && world->dwelling.n_units[d] == 1 &&
           world->dwelling.label[d] == WKS_LABEL_NONE && !wks_stock_rehouse_is_kept(world, d);
}

static int by_key(const void *left, const void *right)
{
    const wks_stock_rehouse_home *a = left, *b = right;

    return (a->key > b->key) - (a->key < b->key);
}

static wks_status open_pass(wks_tick *tick, wks_stock_rehouse_pass *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int32_t n_cases = world->displaced.base.n_rows;

    *out = (wks_stock_rehouse_pass){.tick = tick, .world = world};
    out->holder = wks_tick_buffer(tick, WKS_SLOT_REHOUSE_HOLDER, (size_t)n_cases, sizeof *out->holder);
    out->vacant = wks_tick_buffer(tick, WKS_SLOT_REHOUSE_VACANT, (size_t)world->unit.base.n_rows, sizeof *out->vacant);
    if (out->holder == NULL || out->vacant == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d cases", n_cases);
    for (int32_t c = 0; c < n_cases; c++)
        out->holder[c] = WKS_NONE;
    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (world->household.key[h] != 0 && wks_rare_i32(&world->household.displaced, h) > 0)
            out->holder[wks_rare_i32(&world->household.displaced, h) - 1] = h;
    }
    for (int32_t u = 0; u < world->unit.base.n_rows; u++) {
        if (is_vacant_home(world, u))
            out->vacant[out->n_vacant++] = (wks_stock_rehouse_home){world->unit.key[u], u, world->unit.dwelling_row[u], false};
    }
    if (out->n_vacant > 1) qsort(out->vacant, (size_t)out->n_vacant, sizeof *out->vacant, by_key);
out:
    return rc;
}

/* Lower is better. Smaller than what is needed counts as far too large. */
static int32_t misfit_of(int32_t rooms, int32_t persons)
{
    return rooms >= persons ? rooms - persons : 100 * (persons - rooms);
}

int32_t wks_stock_rehouse_find(const wks_stock_rehouse_pass *self, int32_t household_row, int32_t from_buurt_row, int32_t owner_row,
                               bool must_fit)
{
    const wks_world *world = self->world;
    const wks_law *law = &self->tick->law;
    const int32_t persons = wks_part_persons(world, household_row);
    const double cap = wks_passend_cap_eur(law, wks_passend_class_of(law, world, household_row));
    int32_t best = WKS_NONE, least = INT32_MAX;

    for (int32_t i = 0; i < self->n_vacant; i++) {
        const int32_t d = self->vacant[i].dwelling_row;
        const int32_t misfit = misfit_of(world->dwelling.rooms[d], persons);
        if (self->vacant[i].is_taken) continue;
        if (must_fit && (misfit > ROOMS_TOO_MANY || (double)world->unit.rent_eur[self->vacant[i].unit_row] > cap)) continue;
        const bool is_near = world->dwelling.buurt_row[d] == from_buurt_row;
        const bool is_own = world->complex.owner_row[world->dwelling.complex_row[d]] == owner_row;
        const int32_t score =
            must_fit ? (is_near ? 0 : 200) + (is_own ? 0 : 100) + misfit : misfit * 4 + (is_near ? 0 : 2) + (is_own ? 0 : 1);
        if (score >= least) continue;
        least = score;
        best = i;
    }
    return best;
}

static int by_portiek_of_homes(const void *left, const void *right)
{
    const wks_stock_rehouse_candidate *a = left, *b = right;

    if (a->portiek != b->portiek) return a->portiek < b->portiek ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

static bool is_home_of(const wks_world *world, int32_t project_row, int32_t d)
{
    const bool demolish = world->project.kind[project_row] == WKS_PROJECT_DEMOLISH;

    if (world->dwelling.key[d] == 0 || wks_rare_i32(&world->dwelling.project, d) != project_row + 1) return false;
    return demolish ? world->dwelling.to_demolish[d] != 0 : wks_stock_rehouse_is_kept(world, d);
}

wks_status wks_stock_rehouse_homes(const wks_stock_rehouse_pass *self, int32_t project_row, wks_stock_rehouse_candidate **out,
                                   int32_t *out_n, wks_err *err)
{
    const wks_dwelling_table *dwelling = &self->world->dwelling;
    wks_stock_rehouse_candidate *list;
    int32_t n = 0;

    for (int32_t d = 0; d < dwelling->base.n_rows; d++)
        n += is_home_of(self->world, project_row, d); /* more than n_left: renovated homes that are reserved are among them */
    list = wks_tick_buffer(self->tick, WKS_SLOT_REHOUSE_HOMES, (size_t)n, sizeof *list);
    n = 0;
    if (list == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the homes of a project");
    for (int32_t d = 0; d < dwelling->base.n_rows; d++) {
        if (is_home_of(self->world, project_row, d))
            list[n++] = (wks_stock_rehouse_candidate){.key = dwelling->key[d], .portiek = dwelling->portiek[d], .dwelling_row = d};
    }
    if (n > 1) qsort(list, (size_t)n, sizeof *list, by_portiek_of_homes);
    *out = list;
    *out_n = n;
    return WKS_OK;
}

wks_status wks_stock_rehouse_month(wks_tick *tick, double rate, const wks_stock_money_policy *money, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_stock_rehouse_pass pass;

    if (rate > 0) WKS_TRY(order_by_rate(tick, rate, err));
    if (world->project.base.n_rows == 0) return WKS_OK;
    for (int32_t r = 0, n = world->project.base.n_rows; r < n; r++) { /* projects of other complexes of an order come behind */
        if (world->project.stage[r] != WKS_PROJECT_ORDERED) continue;
        if (world->project.kind[r] == WKS_PROJECT_DEMOLISH) {
            WKS_TRY(wks_stock_demolish_notice(tick, r, err));
        } else {
            WKS_TRY(wks_stock_renovate_notice(tick, r, err));
        }
    }
    WKS_TRY(open_pass(tick, &pass, err));
    pass.money = money;
    WKS_TRY(wks_stock_demolish_month(&pass, err));
    WKS_TRY(wks_stock_return_month(&pass, err));
    WKS_TRY(wks_stock_renovate_month(&pass, err));
out:
    return rc;
}
