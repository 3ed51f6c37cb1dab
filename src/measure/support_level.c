#include "measure/support_level.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/marks.h"
#include "base/mem.h"
#include "base/par.h"
#include "base/vector.h"
#include "measure/city_level.h"
#include "measure/selection.h"

enum { EVERYBODY = WKS_WINDOW_GROUPS - 1 };
typedef wks_support_level_facts facts;

typedef struct wks_support_level_context {
    const wks_scenario *scenario;
    const wks_world *world;
    wks_series *out;
} context;

static void take_in(facts *sum, const wks_household_table *household, int32_t i)
{
    const int32_t need = household->need[i];

    sum->n++;
    sum->need += need;
    if (!household->need_known[i]) return;
    sum->n_known++;
    sum->known += need;
    if (household->help[i] == 0) return;
    sum->n_cases++;
    sum->met += need; /* whole cases */
}

static bool has_need(const wks_household_table *household, int32_t i)
{
    return household->need[i] > 0 && household->key[i] != 0 && household->place[i] == WKS_PLACE_HOUSED;
}

/* The same of n rows: few have. */
WKS_VECTOR static void mark(const wks_household_table *household, int64_t begin, int64_t n, uint8_t *restrict out)
{
    const uint8_t *need = household->need + begin, *place = household->place + begin;
    const uint64_t *key = household->key + begin;

    for (int64_t i = 0; i < n; i++)
        out[i] = (need[i] > 0) & (place[i] == WKS_PLACE_HOUSED);
    for (int64_t i = 0; i < n; i++)
        out[i] &= key[i] != 0;
}

static void take_household(facts out[WKS_WINDOW_GROUPS], const wks_household_table *household, int32_t i)
{
    uint32_t bits = household->groups[i];

    take_in(&out[EVERYBODY], household, i);
    for (int32_t g = 0; bits != 0 && g < EVERYBODY; g++, bits >>= 1) {
        if ((bits & 1u) != 0) take_in(&out[g], household, i);
    }
}

void wks_support_level_facts_of(const wks_world *world, facts out[WKS_WINDOW_GROUPS])
{
    const wks_household_table *household = &world->household;
    uint8_t marked[WKS_PAR_BLOCK + WKS_MARKS_BEHIND];

    memset(out, 0, WKS_WINDOW_GROUPS * sizeof *out);
    for (int32_t begin = 0; begin < household->base.n_rows; begin += WKS_PAR_BLOCK) {
        const int32_t left = household->base.n_rows - begin, n = left < WKS_PAR_BLOCK ? left : WKS_PAR_BLOCK;
        mark(household, begin, n, marked);
        memset(marked + n, 0, WKS_MARKS_BEHIND);
        for (int64_t i = wks_marks_next(marked, n, 0); i < n; i = wks_marks_next(marked, n, i + 1))
            take_household(out, household, begin + (int32_t)i);
    }
}

static wks_status add(const context *self, const char *indicator, const char *group, double value, wks_err *err)
{
    if (!wks_selection_has(self->scenario, indicator)) return WKS_OK;
    return wks_series_add(self->out, indicator, group, "", "", WKS_NONE, value, err);
}

static double hours(int64_t tenths)
{
    return (double)tenths / 10;
}

/* --- the city ----------------------------------------------------------------------------------------------------------- */

/* A part of those with need; of a group it may not tell of the others either. */
static bool may_tell(const context *self, int64_t part, const facts *of, int64_t part_of_all, const facts *all)
{
    const wks_world *world = self->world;
    return wks_world_may_tell_part(world, (double)part, (double)of->n) &&
           (of == all || (wks_world_may_tell_part(world, (double)part, (double)part_of_all) &&
                          wks_world_may_tell_part(world, (double)of->n, (double)all->n)));
}

static wks_status add_slot(const context *self, const char *group, const facts *of, const facts *all, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const bool is_told =
        wks_world_may_tell(world, (double)of->n) && (of == all || wks_world_may_tell_part(world, (double)of->n, (double)all->n));
    const bool is_known = of->need > 0 && may_tell(self, of->n_known, of, all->n_known, all);
    const bool is_met = of->need > 0 && may_tell(self, of->n_cases, of, all->n_cases, all);

    WKS_TRY(add(self, "need_hours", group, is_told ? hours(of->need) : NAN, err));
    WKS_TRY(add(self, "need_known_share", group, is_known ? (double)of->known / (double)of->need : NAN, err));
    WKS_TRY(add(self, "need_met_share", group, is_met ? (double)of->met / (double)of->need : NAN, err));
out:
    return rc;
}

/* The kinds add up to the whole. */
static wks_status add_staff(const context *self, bool by_kind, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    int64_t staffed = 0, asked = 0;

    for (int k = 0; k < WKS_SUPPORT_N_KINDS; k++) {
        const int64_t here = wks_support_staffed(&world->support, &world->buurt, (wks_support_kind)k);
        const int64_t wanted = wks_support_asked(&world->support, &world->buurt, (wks_support_kind)k);
        if (by_kind) WKS_TRY(add(self, "support_staffed", wks_support_kind_name[k], hours(here), err));
        if (by_kind) WKS_TRY(add(self, "support_asked", wks_support_kind_name[k], hours(wanted), err));
        staffed += here;
        asked += wanted;
    }
    WKS_TRY(add(self, "support_staffed", "", hours(staffed), err));
    WKS_TRY(add(self, "support_asked", "", hours(asked), err));
out:
    return rc;
}

/* Who waits: not less than who is known and not helped, so that it tells no more than these. */
static wks_status add_cases(const context *self, const facts *all, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_support *support = &self->world->support;
    const int64_t waiting = all->n_known - all->n_cases;
    const bool is_told = wks_world_may_tell(self->world, (double)all->n_cases) && wks_world_may_tell(self->world, (double)waiting);
    const double months = support->n_waiting > 0 ? (double)support->waited_months / (double)support->n_waiting : NAN;

    WKS_TRY(add(self, "support_cases", "", is_told ? (double)all->n_cases : NAN, err));
    WKS_TRY(add(self, "support_waiting", "", is_told ? (double)waiting : NAN, err));
    WKS_TRY(add(self, "support_wait_months", "", is_told ? months : NAN, err));
out:
    return rc;
}

wks_status wks_support_level_city(const wks_scenario *scenario, const wks_world *world, const facts sum[WKS_WINDOW_GROUPS], wks_series *out,
                                  wks_err *err)
{
    wks_status rc = WKS_OK;
    const context self = {scenario, world, out};
    const bool costly = wks_city_level_is_costly(scenario, world->tick);

    WKS_TRY(add_staff(&self, costly, err));
    WKS_TRY(add_cases(&self, &sum[EVERYBODY], err));
    WKS_TRY(add_slot(&self, "", &sum[EVERYBODY], &sum[EVERYBODY], err));
    for (int32_t g = 0; costly && g < scenario->n_groups; g++) {
        if (scenario->group[g].measure) WKS_TRY(add_slot(&self, scenario->group[g].name, &sum[g], &sum[EVERYBODY], err));
    }
out:
    return rc;
}

/* --- areas ---------------------------------------------------------------------------------------------------------------- */

typedef struct wks_support_level_area {
    int64_t households, given;
    facts sum;
} area;

static wks_status add_area(const context *self, const char *level, int32_t row, const area *here, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const bool is_needed = wks_world_may_tell_part(world, (double)here->sum.n, (double)here->households);
    const bool is_given = is_needed && wks_world_may_tell_part(world, (double)here->sum.n_cases, (double)here->sum.n);

    /* Mostly needs of health: not below the wijk. */
    if (strcmp(level, "wijk") == 0 && wks_selection_has(self->scenario, "need_hours"))
        WKS_TRY(wks_series_add(self->out, "need_hours", "", "", level, row, is_needed ? hours(here->sum.need) : NAN, err));
    if (wks_selection_has(self->scenario, "support_hours"))
        WKS_TRY(wks_series_add(self->out, "support_hours", "", "", level, row, is_given ? hours(here->given) : NAN, err));
out:
    return rc;
}

static void count_areas(const wks_world *world, area *buurt, area *wijk)
{
    for (int32_t i = 0; i < world->household.base.n_rows; i++) {
        if (!has_need(&world->household, i)) continue;
        const int32_t b = wks_world_buurt_of(world, i);
        take_in(&buurt[b].sum, &world->household, i);
        take_in(&wijk[world->buurt.wijk_row[b]].sum, &world->household, i);
    }
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        area *const in[2] = {&buurt[b], &wijk[world->buurt.wijk_row[b]]};
        for (int k = 0; k < 2; k++) {
            in[k]->households += world->buurt.n_households[b];
            in[k]->given += world->buurt.support_given[b];
        }
    }
}

wks_status wks_support_level_areas(const wks_scenario *scenario, const wks_world *world, wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const context self = {scenario, world, out};
    const int32_t n = world->buurt.base.n_rows;
    area *buurt = wks_mem_array((size_t)n + (size_t)world->n_wijken, sizeof *buurt);

    if (buurt == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for areas");
    count_areas(world, buurt, buurt + n);
    for (int32_t b = 0; scenario->output.buurt && b < n; b++)
        WKS_TRY(add_area(&self, "buurt", b, &buurt[b], err));
    for (int32_t w = 0; scenario->output.wijk && w < world->n_wijken; w++)
        WKS_TRY(add_area(&self, "wijk", w, &buurt[n + w], err));
out:
    free(buurt);
    return rc;
}
