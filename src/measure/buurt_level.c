#include "measure/buurt_level.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/rehousing.h"
#include "measure/selection.h"
#include "world/leefbaarheid.h"

/* Sums of one area, buurt or wijk. */
typedef struct wks_buurt_level_area {
    double households, persons, social, social_vacant, market_vacant, lettings, turnover, price, from, to;
    double won, fys, vrz, soc, onv, load, capacity;
    double group[WKS_WINDOW_GROUPS];
} area;

typedef struct wks_buurt_level_context {
    const wks_scenario *scenario;
    const wks_world *world;
    wks_series *out;
    const char *level;
} context;

static wks_status add(const context *self, const char *indicator, const char *group, int32_t row, double value, wks_err *err)
{
    if (!wks_selection_has(self->scenario, indicator)) return WKS_OK;
    return wks_series_add(self->out, indicator, group, "", self->level, row, value, err);
}

/* A count, unless it tells of too few. */
static double told_count(const context *self, double count)
{
    return wks_world_may_tell(self->world, count) ? count : NAN;
}

static double told_if(bool is_told, double value)
{
    return is_told ? value : NAN;
}

static double ratio(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

/* Scores and prices are weighted by households, so that a wijk is the mean of its buurten. */
static void take_in(area *sum, const wks_scenario *scenario, const wks_world *world, const wks_counts *counts, int32_t b,
                    const double *lettings)
{
    const wks_buurt_table *buurt = &world->buurt;
    const double weight = counts->all[b];

    sum->households += weight;
    sum->persons += buurt->n_persons[b];
    sum->social += counts->social[b];
    sum->social_vacant += counts->social_vacant[b];
    sum->market_vacant += counts->market_vacant[b];
    /* lettings, displaced from and displaced to: three arrays of buurten */
    sum->lettings += lettings[b];
    sum->from += lettings[counts->n_buurten + b];
    sum->to += lettings[2 * counts->n_buurten + b];
    sum->turnover += weight * buurt->turnover[b];
    sum->price += weight * buurt->price[b];
    sum->won += weight * buurt->won[b];
    sum->fys += weight * buurt->fys[b];
    sum->vrz += weight * buurt->vrz[b];
    sum->soc += weight * buurt->soc[b];
    sum->onv += weight * buurt->onv[b];
    sum->load += buurt->load[b];
    sum->capacity += buurt->capacity[b];
    for (int32_t g = 0; g < scenario->n_groups; g++)
        sum->group[g] += counts->group[(int64_t)g * counts->n_buurten + b];
}

static wks_status add_area(const context *self, int32_t row, const area *sum, bool any_letting, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const double n = sum->households, rented = sum->social - sum->social_vacant;
    /* The share is a running mean over twelve months, or those that there were: so many moved in. */
    const double moved = sum->turnover * (world->tick < 12 ? world->tick : 12) / 12;
    const bool is_many = wks_world_may_tell(world, n);

    WKS_TRY(add(self, "households", "", row, told_if(is_many, n), err));
    WKS_TRY(add(self, "persons", "", row, told_count(self, sum->persons), err));
    WKS_TRY(add(self, "units_social", "", row, sum->social, err));
    /* A home is no person, but the homes less the empty ones are households: of the corporaties, and the rest. */
    WKS_TRY(add(self, "vacancies_social", "", row, told_if(wks_world_may_tell_part(world, rented, n), sum->social_vacant), err));
    WKS_TRY(add(self, "vacancies_market", "", row, sum->market_vacant, err));
    WKS_TRY(add(self, "lettings", "", row, any_letting ? told_count(self, sum->lettings) : NAN, err));
    WKS_TRY(add(self, "displaced_from", "", row, told_count(self, sum->from), err));
    WKS_TRY(add(self, "displaced_to", "", row, told_count(self, sum->to), err));
    WKS_TRY(add(self, "turnover", "", row, told_if(wks_world_may_tell_part(world, moved, n), ratio(sum->turnover, n)), err));
    WKS_TRY(add(self, "price_index", "", row, told_if(is_many, ratio(sum->price, n)), err));
    const double score = told_if(is_many, ratio(sum->won + sum->fys + sum->vrz + sum->soc + sum->onv, n));
    WKS_TRY(add(self, "leefbaarheid", "", row, score, err));
    WKS_TRY(add(self, "leefbaarheid_class", "", row, isnan(score) ? score : wks_leefbaarheid_class(score), err));
    WKS_TRY(add(self, "leefbaarheid_won", "", row, told_if(is_many, ratio(sum->won, n)), err));
    WKS_TRY(add(self, "leefbaarheid_fys", "", row, told_if(is_many, ratio(sum->fys, n)), err));
    WKS_TRY(add(self, "leefbaarheid_vrz", "", row, told_if(is_many, ratio(sum->vrz, n)), err));
    WKS_TRY(add(self, "leefbaarheid_soc", "", row, told_if(is_many, ratio(sum->soc, n)), err));
    WKS_TRY(add(self, "leefbaarheid_onv", "", row, told_if(is_many, ratio(sum->onv, n)), err));
    WKS_TRY(add(self, "load", "", row, told_if(is_many, ratio(sum->load, sum->capacity)), err));
    for (int32_t g = 0; g < self->scenario->n_groups; g++) {
        if (!self->scenario->group[g].measure) continue;
        const bool is_told = wks_world_may_tell_part(world, sum->group[g], n);
        WKS_TRY(add(self, "count", self->scenario->group[g].name, row, told_if(is_told, sum->group[g]), err));
        WKS_TRY(add(self, "share", self->scenario->group[g].name, row, told_if(is_told, ratio(sum->group[g], n)), err));
    }
out:
    return rc;
}

static void count_lettings(const wks_window *window, double *out)
{
    for (int32_t m = 0; m < window->n_months; m++) {
        for (int32_t i = 0; i < window->month[m].n; i++)
            out[window->month[m].letting[i].buurt_row] += 1;
    }
}

wks_status wks_buurt_level_add(const wks_scenario *scenario, const wks_world *world, const wks_counts *counts, const wks_window *window,
                               wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    context self = {scenario, world, out, "buurt"};
    const bool any = window->n_months > 0;
    double *lettings = wks_mem_array(3 * (size_t)counts->n_buurten, sizeof *lettings);
    area *wijk = wks_mem_array((size_t)world->n_wijken, sizeof *wijk);

    if (lettings == NULL || wijk == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for buurten");
    count_lettings(window, lettings);
    wks_rehousing_buurten(world, lettings + counts->n_buurten, lettings + 2 * counts->n_buurten);
    for (int32_t b = 0; b < counts->n_buurten; b++) {
        area sum = {0};
        take_in(&sum, scenario, world, counts, b, lettings);
        take_in(&wijk[world->buurt.wijk_row[b]], scenario, world, counts, b, lettings);
        if (scenario->output.buurt) WKS_TRY(add_area(&self, b, &sum, any, err));
    }
    self.level = "wijk";
    for (int32_t w = 0; scenario->output.wijk && w < world->n_wijken; w++)
        WKS_TRY(add_area(&self, w, &wijk[w], any, err));
out:
    free(lettings);
    free(wijk);
    return rc;
}
