#include "measure/city_level.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/selection.h"
#include "segregation/baseline.h"
#include "segregation/evenness.h"
#include "segregation/exposure.h"
#include "segregation/spatial.h"

enum { EVERYBODY = WKS_WINDOW_GROUPS - 1 };

typedef struct wks_city_level_context {
    const wks_scenario *scenario;
    const wks_world *world;
    const wks_counts *counts;
    const wks_window *window;
    wks_series *out;
} context;

bool wks_city_level_is_costly(const wks_scenario *scenario, int32_t tick)
{
    const int32_t every = scenario->output.buurt_every;
    return tick == 0 || tick == scenario->n_ticks || (every > 0 && tick % every == 0);
}

static wks_status add(const context *self, const char *indicator, const char *group, const char *scale, double value, wks_err *err)
{
    if (!wks_selection_has(self->scenario, indicator)) return WKS_OK;
    return wks_series_add(self->out, indicator, group, scale, "", WKS_NONE, value, err);
}

/* The value, unless it tells of too few. */
static double told(const context *self, double value, double count)
{
    return wks_world_may_tell(self->world, count) ? value : NAN;
}

static double told_count(const context *self, double count)
{
    return told(self, count, count);
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

static double total(const double *value, int32_t n)
{
    double sum = 0;
    for (int32_t i = 0; i < n; i++)
        sum += value[i];
    return sum;
}

/* Per group and for everybody: the queue and who was housed. */
static wks_status add_queue(const context *self, int32_t slot, const char *group, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_window_facts facts;

    WKS_TRY(wks_window_facts_of(self->window, slot, &facts, err));
    const double housed = (double)facts.housed, ranked = (double)facts.housed_ranked;
    WKS_TRY(add(self, "households", group, "", told_count(self, (double)self->counts->households[slot]), err));
    WKS_TRY(add(self, "registered", group, "", told_count(self, (double)self->counts->registered[slot]), err));
    WKS_TRY(add(self, "active", group, "", told_count(self, (double)self->counts->active[slot]), err));
    WKS_TRY(add(self, "lettings", group, "", self->window->n_months > 0 ? told_count(self, housed) : NAN, err));
    WKS_TRY(add(self, "wait_mean_months", group, "", told(self, facts.wait_mean, ranked), err));
    WKS_TRY(add(self, "wait_p50_months", group, "", told(self, facts.wait_p50, ranked), err));
    WKS_TRY(add(self, "search_p50_months", group, "", told(self, facts.search_p50, housed), err));
    WKS_TRY(add(self, "refusals_per_letting", group, "", told(self, facts.refusals, housed), err));
    WKS_TRY(add(self, "success_rate", group, "", told(self, facts.success_rate, facts.active < housed ? facts.active : housed), err));
    WKS_TRY(add(self, "starters_share", group, "", told(self, facts.starters_share, housed), err));
    if (wks_city_level_is_costly(self->scenario, self->world->tick)) {
        WKS_TRY(add(self, "rent_burden", group, "",
                    told(self, ratio(self->counts->burden_sum[slot], self->counts->burden_n[slot]), self->counts->burden_n[slot]), err));
    }
    if (slot == EVERYBODY) WKS_TRY(add(self, "chain_mean", group, "", facts.chain_mean, err));
out:
    return rc;
}

static wks_status add_city(const context *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const wks_counts *counts = self->counts;
    const bool any = self->window->n_months > 0;
    const wks_window_sums sum = wks_window_sums_of(self->window);
    double load = 0, capacity = 0;

    for (int32_t b = 0; b < counts->n_buurten; b++) {
        load += world->buurt.load[b];
        capacity += world->buurt.capacity[b];
    }
    WKS_TRY(add(self, "persons", "", "", (double)counts->persons, err));
    WKS_TRY(add(self, "moves", "", "", any ? told_count(self, (double)sum.moves) : NAN, err));
    WKS_TRY(add(self, "births", "", "", any ? told_count(self, (double)sum.births) : NAN, err));
    WKS_TRY(add(self, "deaths", "", "", any ? told_count(self, (double)sum.deaths) : NAN, err));
    WKS_TRY(add(self, "net_migration", "", "", any ? (double)wks_window_net_migration(self->window) : NAN, err));
    WKS_TRY(add(self, "evictions", "", "", any ? told_count(self, (double)sum.evictions) : NAN, err));
    WKS_TRY(add(self, "reactions_per_advert", "", "", any ? ratio((double)sum.reactions, (double)sum.adverts) : NAN, err));
    WKS_TRY(add(self, "vacancies_social", "", "", total(counts->social_vacant, counts->n_buurten), err));
    WKS_TRY(add(self, "vacancies_market", "", "", total(counts->market_vacant, counts->n_buurten), err));
    WKS_TRY(add(self, "units_social", "", "", total(counts->social, counts->n_buurten), err));
    for (int32_t place = WKS_PLACE_AT_PARENTS; place < WKS_PLACE_OUTSIDE; place++) {
        WKS_TRY(add(self, "unhoused", wks_household_place_name[place], "", told_count(self, (double)counts->place[place]), err));
    }
    WKS_TRY(add(self, "seekers_outside", "", "", told_count(self, (double)counts->place[WKS_PLACE_OUTSIDE]), err));
    WKS_TRY(add(self, "leefbaarheid", "", "", world->leefbaarheid_mean, err));
    WKS_TRY(add(self, "load", "", "", ratio(load, capacity), err));
    WKS_TRY(add(self, "support_hours", "", "", world->budget.support_hours_used, err));
    WKS_TRY(add(self, "price_level", "", "", world->price_level, err));
out:
    return rc;
}

/* Counts by wijk out of counts by buurt. */
static void by_wijk(const wks_world *world, const double *value, int32_t n_buurten, double *out)
{
    for (int32_t w = 0; w < world->n_wijken; w++)
        out[w] = 0;
    for (int32_t b = 0; b < n_buurten; b++)
        out[world->buurt.wijk_row[b]] += value[b];
}

static wks_status add_segregation(const context *self, int32_t g, const double *group, const double *all, int32_t n, const char *scale,
                                  bool costly, wks_err *err)
{
    wks_status rc = WKS_OK;
    const char *name = self->scenario->group[g].name;
    const double size = total(group, n);

    WKS_TRY(add(self, "D", name, scale, told(self, wks_evenness_dissimilarity(group, all, (size_t)n), size), err));
    WKS_TRY(add(self, "H", name, scale, told(self, wks_evenness_theil(group, all, (size_t)n), size), err));
    WKS_TRY(add(self, "xPx", name, scale, told(self, wks_exposure_isolation(group, all, (size_t)n), size), err));
    /* The random baseline costs more: with the buurt tables only. */
    if (costly)
        WKS_TRY(add(self, "ED_binom", name, scale, told(self, wks_baseline_dissimilarity_binomial(group, all, (size_t)n), size), err));
out:
    return rc;
}

static wks_status add_spatial(const context *self, double *value, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const int32_t n = self->counts->n_buurten;

    for (int32_t b = 0; b < n; b++)
        value[b] = self->counts->all[b] > 0 ? wks_world_leefbaarheid(world, b) : NAN;
    const double moran =
        world->neighbour_start == NULL ? NAN : wks_spatial_moran(value, (size_t)n, world->neighbour_start, world->neighbour);
    WKS_TRY(add(self, "moran_W", "leefbaarheid", "buurt", moran, err));
out:
    return rc;
}

wks_status wks_city_level_add(const wks_scenario *scenario, const wks_world *world, const wks_counts *counts, const wks_window *window,
                              wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const context self = {scenario, world, counts, window, out};
    const int32_t n = counts->n_buurten;
    const bool costly = wks_city_level_is_costly(scenario, world->tick);
    double *wijk = wks_mem_array(2 * (size_t)world->n_wijken + (size_t)n, sizeof *wijk);

    if (wijk == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for counts by wijk");
    WKS_TRY(add_city(&self, err));
    WKS_TRY(add_queue(&self, EVERYBODY, "", err));
    for (int32_t g = 0; g < scenario->n_groups; g++) {
        const double *group = counts->group + (int64_t)g * n;
        double *all_wijk = wijk + world->n_wijken;
        if (!scenario->group[g].measure) continue;
        WKS_TRY(add_queue(&self, g, scenario->group[g].name, err));
        WKS_TRY(add_segregation(&self, g, group, counts->all, n, "buurt", costly, err));
        by_wijk(world, group, n, wijk);
        by_wijk(world, counts->all, n, all_wijk);
        WKS_TRY(add_segregation(&self, g, wijk, all_wijk, world->n_wijken, "wijk", costly, err));
    }
    if (costly) WKS_TRY(add_spatial(&self, wijk + 2 * world->n_wijken, err));
out:
    free(wijk);
    return rc;
}
