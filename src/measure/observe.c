#include "measure/observe.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/month.h"
#include "base/par.h"
#include "base/vector.h"
#include "measure/buurt_level.h"
#include "measure/city_level.h"
#include "measure/counts.h"
#include "measure/encounter_level.h"
#include "measure/growth_level.h"
#include "measure/life_level.h"
#include "measure/score_level.h"
#include "measure/segregation_level.h"
#include "measure/springboard_level.h"
#include "measure/support_level.h"
#include "measure/window.h"
#include "world/attribute_bytes.h"

struct wks_observe {
    const wks_scenario *scenario;
    wks_window window;
    wks_track track;
    wks_counts counts;
    wks_mobility mobility;
    wks_tenancy *tenancy;
    wks_flows *flows;
    wks_destination_log *destination;
    wks_growth *growth;
    wks_springboard *springboard;
    wks_segregation_level *segregation;
    wks_support_level_facts support[WKS_WINDOW_GROUPS]; /* of this tick */
    wks_law law;
    int32_t law_year;
};

wks_status wks_observe_create(const wks_scenario *scenario, const wks_world *world, wks_observe **out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_observe *observe = wks_mem_array(1, sizeof *observe);

    *out = observe;
    if (observe == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the observer");
    observe->scenario = scenario;
    WKS_TRY(wks_counts_create(world->buurt.base.n_rows, scenario->n_groups, &observe->counts, err));
    WKS_TRY(wks_tenancy_create(scenario->n_ticks, &observe->tenancy, err));
    WKS_TRY(wks_flows_create(scenario, &observe->flows, err));
    WKS_TRY(wks_destination_create(&observe->destination, err));
    WKS_TRY(wks_growth_create(scenario, world->buurt.base.n_rows, &observe->growth, err));
    WKS_TRY(wks_springboard_create(world, &observe->springboard, err));
    WKS_TRY(wks_segregation_level_create(scenario, &observe->segregation, err));
out:
    return rc;
}

void wks_observe_destroy(wks_observe *observe)
{
    if (observe == NULL) return;
    wks_window_free(&observe->window);
    wks_track_free(&observe->track);
    wks_counts_free(&observe->counts);
    wks_mobility_free(&observe->mobility);
    wks_tenancy_destroy(observe->tenancy);
    wks_flows_destroy(observe->flows);
    wks_destination_destroy(observe->destination);
    wks_growth_destroy(observe->growth);
    wks_springboard_destroy(observe->springboard);
    wks_segregation_level_destroy(observe->segregation);
    free(observe);
}

/* Profiles and the law are made anew in every tick; counts follow from the track. */
wks_status wks_observe_carry(wks_observe *observe, const wks_world *world, wks_carry *carry, wks_err *err)
{
    wks_status rc = WKS_OK;

    wks_carry_tag(carry, "observe");
    WKS_TRY(wks_track_carry(&observe->track, world, observe->scenario->n_groups, carry, err));
    if (wks_carry_reads(carry)) wks_counts_begin(&observe->counts, &observe->track);
    WKS_TRY(wks_window_carry(&observe->window, world->buurt.base.n_rows, carry, err));
    WKS_TRY(wks_mobility_carry(&observe->mobility, carry, err));
    WKS_TRY(wks_tenancy_carry(observe->tenancy, carry, err));
    WKS_TRY(wks_flows_carry(observe->flows, world->n_wijken, carry, err));
    WKS_TRY(wks_destination_carry(observe->destination, world, carry, err));
    WKS_TRY(wks_growth_carry(observe->growth, carry, err));
    WKS_TRY(wks_springboard_carry(observe->springboard, carry, err));
out:
    return rc;
}

wks_status wks_observe_reorder_households(wks_observe *observe, const wks_row_order *order, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_track_reorder(&observe->track, order, err));
    WKS_TRY(wks_springboard_reorder(observe->springboard, order, err));
    WKS_TRY(wks_destination_reorder(observe->destination, order, err));
out:
    return rc;
}

wks_status wks_observe_reorder_persons(wks_observe *observe, const wks_row_order *order, wks_err *err)
{
    return wks_tenancy_reorder(observe->tenancy, order, err);
}

/* A group that reads one attribute of few values: most hold from one value to another, which is told of many households at once. */
typedef struct wks_observe_table {
    int32_t group, attribute;
    wks_attribute_bytes_load *load;
    bool is_range;
    uint8_t first, width;                      /* of a range: values first .. first + width */
    uint8_t holds[WKS_ATTRIBUTE_BYTES_VALUES]; /* else, by value: its bit in the byte of `groups` */
} table;

typedef struct wks_observe_groups_pass {
    const wks_scenario *scenario;
    wks_world *world;
    int32_t n_tables;
    table table[WKS_SCENARIO_MAX_GROUPS]; /* those of an attribute behind each other */
} groups_pass;

static void find_range(table *self)
{
    int32_t first = 0, last = WKS_ATTRIBUTE_BYTES_VALUES - 1;

    while (first < last && self->holds[first] == 0)
        first++;
    while (last > first && self->holds[last] == 0)
        last--;
    self->first = (uint8_t)first;
    self->width = (uint8_t)(last - first);
    self->is_range = true;
    for (int32_t i = first; i <= last; i++)
        self->is_range = self->is_range && self->holds[i] != 0;
}

static void add_table(groups_pass *self, int32_t group)
{
    uint8_t truth[WKS_ATTRIBUTE_BYTES_VALUES];
    const int32_t attribute = wks_expr_table(self->scenario->group[group].expr, truth);
    int32_t at = self->n_tables;

    if (attribute == WKS_NONE) return;
    for (; at > 0 && self->table[at - 1].attribute > attribute; at--)
        self->table[at] = self->table[at - 1];
    table *to = &self->table[at];
    to->group = group;
    to->attribute = attribute;
    to->load = wks_attribute_bytes_of(attribute);
    const uint8_t bit = (uint8_t)(1u << (unsigned)group % 8);
    for (int32_t i = 0; i < WKS_ATTRIBUTE_BYTES_VALUES; i++)
        to->holds[i] = (uint8_t)(truth[i] != 0 ? bit : 0);
    find_range(to);
    self->n_tables++;
}

WKS_VECTOR static void look_up(const table *from, const uint8_t *restrict value, int64_t n, uint8_t *restrict bits)
{
    const uint8_t bit = (uint8_t)(1u << from->group % 8), first = from->first, width = from->width;

    if (from->is_range) {
        for (int64_t i = 0; i < n; i++)
            bits[i] |= (uint8_t)(value[i] - first) <= width ? bit : 0;
    } else {
        for (int64_t i = 0; i < n; i++)
            bits[i] |= from->holds[value[i]];
    }
}

enum { BYTES = WKS_SCENARIO_MAX_GROUPS / 8 };

/* All tables over n rows; returns the groups that are told by them. */
static uint32_t look_all_up(const groups_pass *self, int32_t begin, int32_t n, uint8_t bits[BYTES][WKS_PAR_BLOCK])
{
    uint8_t value[WKS_PAR_BLOCK];
    uint32_t told = 0;
    bool is_loaded = false;

    for (int32_t t = 0; t < self->n_tables; t++) {
        const table *from = &self->table[t];
        if (t == 0 || from->attribute != self->table[t - 1].attribute) is_loaded = from->load(self->world, begin, n, value);
        if (!is_loaded) continue;
        look_up(from, value, n, bits[from->group / 8]);
        told |= UINT32_C(1) << from->group;
    }
    return told;
}

/* Groups of other predicates: household by household. */
static void evaluate(const groups_pass *self, uint32_t groups, int64_t begin, int64_t end, uint32_t *bits)
{
    int32_t row[WKS_EXPR_BLOCK];
    uint8_t holds[WKS_EXPR_BLOCK];

    for (int64_t at = begin; at < end && groups != 0;) {
        int32_t n = 0;
        for (; at < end && n < WKS_EXPR_BLOCK; at++)
            if (self->world->household.key[at] != 0) row[n++] = (int32_t)at;
        for (int32_t g = 0; g < self->scenario->n_groups; g++) {
            if ((groups >> g & 1u) == 0) continue;
            wks_expr_eval(self->scenario->group[g].expr, self->world, row, n, holds);
            for (int32_t i = 0; i < n; i++)
                bits[row[i] - begin] |= (uint32_t)holds[i] << g;
        }
    }
}

/* Rows that nobody has stay as they are. */
WKS_VECTOR static void store(const uint64_t *key, uint8_t bits[BYTES][WKS_PAR_BLOCK], const uint32_t *others, int64_t n,
                             uint32_t *restrict groups)
{
    uint8_t is_live[WKS_PAR_BLOCK];

    for (int64_t i = 0; i < n; i++)
        is_live[i] = key[i] != 0;
    for (int64_t i = 0; i < n; i++) {
        const uint32_t now = (uint32_t)bits[0][i] | (uint32_t)bits[1][i] << 8 | (uint32_t)bits[2][i] << 16 | (uint32_t)bits[3][i] << 24;
        groups[i] = is_live[i] != 0 ? now | others[i] : groups[i];
    }
}

static void refresh_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const groups_pass *self = context;
    const wks_household_table *household = &self->world->household;
    uint8_t bits[BYTES][WKS_PAR_BLOCK] = {{0}};
    uint32_t others[WKS_PAR_BLOCK] = {0};
    const uint32_t told = look_all_up(self, (int32_t)begin, (int32_t)(end - begin), bits);

    (void)block;
    evaluate(self, (uint32_t)((UINT64_C(1) << self->scenario->n_groups) - 1) & ~told, begin, end, others);
    store(household->key + begin, bits, others, end - begin, household->groups + begin);
}

void wks_observe_refresh_groups(const wks_scenario *scenario, wks_world *world)
{
    groups_pass self; /* tables are filled as far as they are used */

    self.scenario = scenario;
    self.world = world;
    self.n_tables = 0;
    for (int32_t g = 0; g < scenario->n_groups; g++)
        add_table(&self, g);
    wks_par_for(world->household.base.n_rows, WKS_PAR_BLOCK, world->threads, refresh_block, &self);
}

/* What is kept of a tick, each by itself: what one of them writes no other reads, and of the world and the track they all only read. */
enum {
    TAKE_COUNTS,
    TAKE_SPRINGBOARD,
    TAKE_SUPPORT,
    TAKE_TENANCY,
    TAKE_MOBILITY,
    TAKE_GROWTH,
    TAKE_FLOWS,
    TAKE_DESTINATION,
    N_TAKES
}; /* the longest first */

typedef struct wks_observe_takes {
    wks_observe *observe;
    const wks_world *world;
    const wks_law *law;
    wks_status rc[N_TAKES];
    wks_err err[N_TAKES];
} takes;

static wks_status take_counts(wks_observe *observe, const wks_world *world, const wks_law *law, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_counts_follow(&observe->counts, &observe->track, world, law, err));
    if (world->tick == 0) wks_window_start(&observe->window, observe->counts.persons);
    if (world->tick > 0) WKS_TRY(wks_window_push(&observe->window, world, observe->counts.active, observe->counts.persons, err));
out:
    return rc;
}

static void take(int64_t job, void *context)
{
    takes *self = context;
    wks_observe *observe = self->observe;
    const wks_world *world = self->world;
    wks_err *err = &self->err[job];
    wks_status rc = WKS_OK;

    switch (job) {
    case TAKE_COUNTS: rc = take_counts(observe, world, self->law, err); break;
    case TAKE_SPRINGBOARD: rc = wks_springboard_push(observe->springboard, &observe->track, world, err); break;
    case TAKE_SUPPORT: wks_support_level_facts_of(world, observe->support); break;
    case TAKE_TENANCY: rc = wks_tenancy_push(observe->tenancy, world, err); break;
    case TAKE_MOBILITY: rc = wks_mobility_push(&observe->mobility, world, err); break;
    case TAKE_GROWTH: rc = wks_growth_push(observe->growth, &observe->track, world, err); break;
    case TAKE_FLOWS: rc = world->tick > 0 ? wks_flows_tick(observe->flows, world, err) : WKS_OK; break;
    case TAKE_DESTINATION: rc = world->tick > 0 ? wks_destination_tick(observe->destination, world, err) : WKS_OK; break;
    default: break;
    }
    self->rc[job] = rc;
}

wks_status wks_observe_tick(wks_observe *observe, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t year = wks_month_year(world->month);
    takes all = {.observe = observe, .world = world};

    if (observe->law_year != year) {
        observe->law = wks_law_of_year(year, observe->scenario->law_index);
        observe->law_year = year;
    }
    all.law = wks_city_level_is_costly(observe->scenario, world->tick) ? &observe->law : NULL;
    WKS_TRY(wks_track_find(&observe->track, world, err));
    wks_par_each(N_TAKES, world->threads, take, &all);
    for (int32_t i = 0; i < N_TAKES; i++) {
        if (all.rc[i] != WKS_OK) WKS_FAIL(err, all.rc[i], "%s", all.err[i].message);
    }
    wks_track_take(&observe->track, world);
out:
    return rc;
}

wks_status wks_observe_city(wks_observe *observe, const wks_world *world, wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_city_level_add(observe->scenario, world, &observe->counts, &observe->window, out, err));
    WKS_TRY(wks_segregation_level_add(observe->segregation, world, &observe->counts, out, err));
    WKS_TRY(wks_support_level_city(observe->scenario, world, observe->support, out, err));
    WKS_TRY(wks_encounter_level_city(observe->scenario, world, &observe->window, out, err));
    if (!wks_city_level_is_costly(observe->scenario, world->tick)) goto out;
    WKS_TRY(wks_score_level_add(observe->scenario, world, &observe->counts, out, err));
    WKS_TRY(wks_life_level_add(observe->scenario, world, &observe->mobility, observe->tenancy, observe->flows, out, err));
    WKS_TRY(wks_growth_level_city(observe->scenario, world, observe->growth, out, err));
    WKS_TRY(wks_springboard_level_city(observe->scenario, world, observe->springboard, out, err));
out:
    return rc;
}

wks_status wks_observe_destinations(wks_observe *observe, const wks_world *world, const wks_destination_row **out, int32_t *out_n,
                                    wks_err *err)
{
    *out = NULL;
    *out_n = 0;
    if (world->tick < observe->scenario->n_ticks) return WKS_OK;
    return wks_destination_rows(observe->destination, world, out, out_n, err);
}

wks_status wks_observe_flows(wks_observe *observe, const wks_world *world, const wks_flows_row **out, int32_t *out_n, wks_err *err)
{
    return wks_flows_rows(observe->flows, world, out, out_n, err);
}

wks_status wks_observe_buurt(wks_observe *observe, const wks_world *world, wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(wks_buurt_level_add(observe->scenario, world, &observe->counts, &observe->window, out, err));
    WKS_TRY(wks_support_level_areas(observe->scenario, world, out, err));
    WKS_TRY(wks_encounter_level_areas(observe->scenario, world, out, err));
    WKS_TRY(wks_growth_level_buurten(observe->scenario, world, observe->growth, out, err));
    WKS_TRY(wks_springboard_level_areas(observe->scenario, world, observe->springboard, out, err));
out:
    return rc;
}

/* A part of everybody; of everybody itself there is no rest. */
static bool may_tell(const wks_world *world, bool is_everybody, double count, double everybody)
{
    return is_everybody ? wks_world_may_tell(world, count) : wks_world_may_tell_part(world, count, everybody);
}

/* What tells of too few is taken out of a row: a count of few, or that leaves few of everybody's; a quantile with few on one side of it. */
static void hide_few(const wks_world *world, wks_observe_queue *row, int64_t ranked, const wks_observe_queue *all, int64_t all_ranked)
{
    const bool is_all = row->group[0] == '\0';
    const bool is_active = may_tell(world, is_all, (double)row->active, (double)all->active);
    const bool is_housed = may_tell(world, is_all, (double)row->housed, (double)all->housed);
    const bool is_ranked = may_tell(world, is_all, (double)ranked, (double)all_ranked);

    if (!is_active || !is_housed || !wks_world_may_tell_part(world, (double)row->housed, (double)row->active)) row->success_rate = NAN;
    if (!is_ranked || !wks_world_may_tell(world, (double)(ranked / 2))) row->wait_p50 = row->search_p50 = NAN;
    if (!is_ranked || !wks_world_may_tell(world, (double)(ranked / 10))) row->wait_p10 = row->wait_p90 = NAN;
    if (!may_tell(world, is_all, (double)row->registered, (double)all->registered)) row->registered = -1;
    if (!is_active || !may_tell(world, is_all, (double)row->reactions, (double)all->reactions)) row->reactions = -1;
    if (!is_active) row->active = -1;
    if (!is_housed) row->housed = -1;
}

wks_status wks_observe_queue_rows(wks_observe *observe, const wks_world *world, wks_observe_queue **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_scenario *scenario = observe->scenario;
    wks_observe_queue *row = wks_mem_array((size_t)scenario->n_groups + 1, sizeof *row);
    wks_observe_queue all = {0}; /* as counted, before anything is hidden */
    int64_t all_ranked = 0;
    int32_t n = 0;

    *out = row;
    *out_n = 0;
    if (row == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the queue table");
    for (int32_t g = -1; g < scenario->n_groups; g++) {
        const int32_t slot = g < 0 ? WKS_WINDOW_GROUPS - 1 : g;
        wks_window_facts facts;
        if (g >= 0 && !scenario->group[g].measure) continue;
        WKS_TRY(wks_window_facts_of(&observe->window, slot, &facts, err));
        row[n++] = (wks_observe_queue){
            .group = g < 0 ? "" : scenario->group[g].name,
            .registered = observe->counts.registered[slot],
            .active = (int64_t)(facts.active + 0.5),
            .reactions = wks_window_reactions_of(&observe->window, slot),
            .housed = facts.housed,
            .success_rate = facts.success_rate,
            .wait_p10 = facts.wait_p10,
            .wait_p50 = facts.wait_p50,
            .wait_p90 = facts.wait_p90,
            .search_p50 = facts.search_p50,
        };
        if (g < 0) {
            all = row[0];
            all_ranked = facts.housed_ranked;
        }
        hide_few(world, &row[n - 1], facts.housed_ranked, &all, all_ranked);
    }
    *out_n = n;
out:
    return rc;
}
