#include "measure/city_level.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "measure/budget.h"
#include "measure/rehousing.h"
#include "measure/selection.h"

enum { EVERYBODY = WKS_WINDOW_GROUPS - 1 };

typedef struct wks_city_level_context {
    const wks_scenario *scenario;
    const wks_world *world;
    const wks_counts *counts;
    const wks_window *window;
    wks_series *out;
    wks_window_facts everybody; /* who is in no group follows from these and the group's */
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

/* A count, unless it tells of too few. */
static double told_count(const context *self, double count)
{
    return wks_world_may_tell(self->world, count) ? count : NAN;
}

/* Of a group that counts so many of everybody's so many: the rest may not be few either. */
static bool may_tell_group(const context *self, int32_t slot, double count, double everybody)
{
    return slot == EVERYBODY ? wks_world_may_tell(self->world, count) : wks_world_may_tell_part(self->world, count, everybody);
}

static double told_if(bool is_told, double value)
{
    return is_told ? value : NAN;
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

/* How many there are: now, in the queue, housed. */
static wks_status add_numbers(const context *self, int32_t slot, const char *group, const wks_window_facts *facts, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_counts *counts = self->counts;
    const int64_t *const number[3] = {counts->households, counts->registered, counts->active};
    static const char *const name[3] = {"households", "registered", "active"};

    for (int32_t i = 0; i < 3; i++) {
        const double n = (double)number[i][slot];
        WKS_TRY(add(self, name[i], group, "", told_if(may_tell_group(self, slot, n, (double)number[i][EVERYBODY]), n), err));
    }
    const bool is_told = self->window->n_months > 0 && may_tell_group(self, slot, (double)facts->housed, (double)self->everybody.housed);
    WKS_TRY(add(self, "lettings", group, "", told_if(is_told, (double)facts->housed), err));
out:
    return rc;
}

/* Per group and for everybody: the queue and who was housed. With real people a mean tells of ten or more, a median of ten on either side,
 * a share of ten of each kind. */
static wks_status add_queue(const context *self, int32_t slot, const char *group, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = self->world;
    const wks_counts *counts = self->counts;
    wks_window_facts facts;

    WKS_TRY(wks_window_facts_of(self->window, slot, &facts, err));
    const double housed = (double)facts.housed, ranked = (double)facts.housed_ranked, pays = counts->burden_n[slot];
    const bool is_ranked = may_tell_group(self, slot, ranked, (double)self->everybody.housed_ranked);
    const bool is_half = is_ranked && wks_world_may_tell(world, floor(ranked / 2));
    const bool is_success =
        wks_world_may_tell_part(world, housed, facts.active) && may_tell_group(self, slot, housed, (double)self->everybody.housed);
    WKS_TRY(add_numbers(self, slot, group, &facts, err));
    WKS_TRY(add(self, "rent_at_letting_mean_eur", group, "",
                told_if(may_tell_group(self, slot, housed, (double)self->everybody.housed), facts.rent_mean), err));
    WKS_TRY(add(self, "wait_mean_months", group, "", told_if(is_ranked, facts.wait_mean), err));
    WKS_TRY(add(self, "wait_p50_months", group, "", told_if(is_half, facts.wait_p50), err));
    WKS_TRY(add(self, "search_p50_months", group, "", told_if(is_half, facts.search_p50), err));
    WKS_TRY(add(self, "refusals_per_letting", group, "",
                told_if(is_ranked && wks_world_may_tell(world, (double)facts.n_refusals), facts.refusals), err));
    WKS_TRY(add(self, "success_rate", group, "", told_if(is_success, facts.success_rate), err));
    WKS_TRY(add(self, "starters_share", group, "",
                told_if(is_ranked && wks_world_may_tell_part(world, (double)facts.n_starters, ranked), facts.starters_share), err));
    if (wks_city_level_is_costly(self->scenario, world->tick)) {
        WKS_TRY(add(self, "rent_burden", group, "",
                    told_if(may_tell_group(self, slot, pays, counts->burden_n[EVERYBODY]), ratio(counts->burden_sum[slot], pays)), err));
        WKS_TRY(add(self, "rent_burden_high", group, "",
                    told_if(may_tell_group(self, slot, pays, counts->burden_n[EVERYBODY]) &&
                                may_tell_group(self, slot, counts->burden_high[slot], counts->burden_high[EVERYBODY]) &&
                                wks_world_may_tell_part(world, counts->burden_high[slot], pays),
                            ratio(counts->burden_high[slot], pays)),
                    err));
    }
    if (slot == EVERYBODY)
        WKS_TRY(add(self, "rent_forgone_eur", group, "", told_if(wks_world_may_tell(world, housed), 12 * facts.forgone_sum), err));
    if (slot == EVERYBODY)
        WKS_TRY(add(self, "chain_mean", group, "",
                    told_if(wks_world_may_tell(world, housed) && wks_world_may_tell(world, (double)facts.n_links), facts.chain_mean), err));
out:
    return rc;
}

static const char *const refusal_indicator[WKS_N_LETTING_REFUSALS] = {"refusals_price",    "refusals_size",  "refusals_leefbaarheid",
                                                                      "refusals_distance", "refusals_taste", "refusals_better",
                                                                      "refusals_no_show"};
/* Rents of the stock: homes, not people. */
static wks_status add_rents(const context *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double n = (double)self->counts->streefhuur_n;

    WKS_TRY(add(self, "streefhuur_mean_eur", "", "", ratio(self->counts->streefhuur_sum, n), err));
    WKS_TRY(add(self, "aftopped_share", "", "", ratio((double)self->counts->n_capped, n), err));
out:
    return rc;
}

static wks_status add_chains(const context *self, const wks_window_sums *sum, wks_err *err)
{
    static const char *const link[WKS_WINDOW_LINKS] = {"new",         "first",         "second",          "third",
                                                       "new_outside", "first_outside", "first_elsewhere", "second_elsewhere"};
    wks_status rc = WKS_OK;

    for (int32_t k = 0; k < WKS_WINDOW_LINKS; k++) {
        const double n = self->window->n_months > 0 ? told_count(self, (double)sum->chain[k]) : NAN;
        WKS_TRY(add(self, "chain_moves", link[k], "", n, err));
    }
out:
    return rc;
}

/* Shares of what was completed in twelve months, for the norms of the bill. */
static wks_status add_built(const context *self, const wks_window_sums *sum, wks_err *err)
{
    wks_status rc = WKS_OK;
    const double all = (double)sum->flow[WKS_WINDOW_FLOW_homes_completed], social = (double)sum->flow[WKS_WINDOW_FLOW_built_social];
    const double middle = (double)(sum->flow[WKS_WINDOW_FLOW_built_middle] + sum->flow[WKS_WINDOW_FLOW_built_cheap]);

    WKS_TRY(add(self, "built_social_share", "", "", ratio(social, all), err));
    WKS_TRY(add(self, "built_affordable_share", "", "", ratio(social + middle, all), err));
out:
    return rc;
}

/* What rules did beside letting. The ledger keeps points in hundredths. */
static wks_status add_flows(const context *self, const wks_window_sums *sum, wks_err *err)
{
    wks_status rc = WKS_OK;
    const bool any = self->window->n_months > 0;

    for (int32_t i = 0; i < WKS_WINDOW_N_FLOWS; i++) {
        const double n = (double)sum->flow[i] / (i == WKS_WINDOW_FLOW_points_lost ? 100.0 : 1.0);
        WKS_TRY(add(self, wks_window_flow_name[i], "", "", !any ? NAN : i < WKS_WINDOW_N_HOME_FLOWS ? n : told_count(self, n), err));
    }
out:
    return rc;
}

static wks_status add_share(const context *self, const char *indicator, int64_t part, int64_t whole, wks_err *err)
{
    return add(self, indicator, "", "",
               told_if(wks_world_may_tell_part(self->world, (double)part, (double)whole), ratio((double)part, (double)whole)), err);
}

/* Spells of low income over twelve months. */
static wks_status add_low_income(const context *self, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_counts_low *low = &self->counts->low;

    WKS_TRY(add_share(self, "low_income", low->now, low->n, err));
    WKS_TRY(add_share(self, "low_income_exit", low->out, low->then, err));
    WKS_TRY(add_share(self, "low_income_entry", low->entered, low->known, err));
    WKS_TRY(add_share(self, "low_income_relapse", low->relapsed, low->left, err));
out:
    return rc;
}

/* Months since the wish or loss of who has no home now: the middle one. */
static double median_months(const int64_t *by_month, int64_t n)
{
    int64_t before = 0;

    if (n == 0) return NAN;
    for (int32_t m = 0; m < WKS_COUNTS_MONTHS; m++) {
        before += by_month[m];
        if (2 * before >= n) return m;
    }
    return NAN;
}

static wks_status add_unhoused(const context *self, wks_err *err)
{
    wks_status rc = WKS_OK;

    for (int32_t place = WKS_PLACE_AT_PARENTS; place < WKS_PLACE_OUTSIDE; place++) {
        const int64_t n = self->counts->place[place];
        const char *name = wks_household_place_name[place];
        WKS_TRY(add(self, "unhoused", name, "", told_count(self, (double)n), err));
        WKS_TRY(add(self, "unhoused_months_p50", name, "",
                    told_if(wks_world_may_tell(self->world, floor((double)n / 2)), median_months(self->counts->unhoused_months[place], n)),
                    err));
    }
    WKS_TRY(add(self, "taakstelling_arrears", "", "", told_count(self, (double)self->world->ledger.taakstelling_arrears), err));
    WKS_TRY(add(self, "residents_care", "", "", told_count(self, (double)self->counts->residents), err));
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
    const bool is_growth = wks_world_may_tell(world, (double)sum.births) && wks_world_may_tell(world, (double)sum.deaths);
    const bool is_reactions = wks_world_may_tell(world, (double)sum.reactions) && wks_world_may_tell(world, (double)sum.adverts);
    double load = 0, capacity = 0;

    for (int32_t b = 0; b < counts->n_buurten; b++) {
        load += world->buurt.load[b];
        capacity += world->buurt.capacity[b];
    }
    WKS_TRY(add(self, "persons", "", "", told_count(self, (double)counts->persons), err));
    WKS_TRY(add(self, "moves", "", "", any ? told_count(self, (double)sum.moves) : NAN, err));
    WKS_TRY(add(self, "births", "", "", any ? told_count(self, (double)sum.births) : NAN, err));
    WKS_TRY(add(self, "deaths", "", "", any ? told_count(self, (double)sum.deaths) : NAN, err));
    /* With the growth of residents it would tell the births of the deaths and the other way round. */
    WKS_TRY(add(self, "net_migration", "", "", told_if(any && is_growth, (double)wks_window_net_migration(self->window)), err));
    WKS_TRY(add(self, "evictions", "", "", any ? told_count(self, (double)sum.evictions) : NAN, err));
    WKS_TRY(
        add(self, "reactions_per_advert", "", "", told_if(any && is_reactions, ratio((double)sum.reactions, (double)sum.adverts)), err));
    for (int32_t i = 0; i < WKS_N_LETTING_REFUSALS; i++)
        WKS_TRY(add(self, refusal_indicator[i], "", "", any ? told_count(self, (double)sum.refusals_by_reason[i]) : NAN, err));
    WKS_TRY(add_flows(self, &sum, err));
    WKS_TRY(add_built(self, &sum, err));
    const bool tells_care = wks_budget_may_tell_care(world);
    WKS_TRY(add(self, "programme_eur_year", "", "", any && tells_care ? (double)sum.programmes.cent / 100 : NAN, err));
    WKS_TRY(add(self, "programme_hours_year", "", "", any && tells_care ? (double)sum.programmes.tenth_hours / 10 : NAN, err));
    WKS_TRY(add_rents(self, err));
    WKS_TRY(add_low_income(self, err));
    WKS_TRY(add_chains(self, &sum, err));
    WKS_TRY(add(self, "vacancies_social", "", "", total(counts->social_vacant, counts->n_buurten), err));
    WKS_TRY(add(self, "vacancies_market", "", "", total(counts->market_vacant, counts->n_buurten), err));
    WKS_TRY(add(self, "units_social", "", "", total(counts->social, counts->n_buurten), err));
    WKS_TRY(add_unhoused(self, err));
    WKS_TRY(wks_rehousing_city(self->scenario, world, self->out, err));
    WKS_TRY(add(self, "seekers_outside", "", "", told_count(self, (double)counts->place[WKS_PLACE_OUTSIDE]), err));
    WKS_TRY(add(self, "leefbaarheid", "", "", world->leefbaarheid_mean, err));
    WKS_TRY(add(self, "load", "", "", ratio(load, capacity), err));
    WKS_TRY(add(self, "support_hours", "", "", (double)wks_support_used(&world->support) / 10, err));
    WKS_TRY(add(self, "price_level", "", "", world->price_level, err));
out:
    return rc;
}

wks_status wks_city_level_add(const wks_scenario *scenario, const wks_world *world, const wks_counts *counts, const wks_window *window,
                              wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    context self = {scenario, world, counts, window, out, {0}};

    if (world->hides_few) WKS_TRY(wks_window_facts_of(window, EVERYBODY, &self.everybody, err));
    WKS_TRY(add_city(&self, err));
    WKS_TRY(add_queue(&self, EVERYBODY, "", err));
    for (int32_t g = 0; g < scenario->n_groups; g++) {
        if (scenario->group[g].measure) WKS_TRY(add_queue(&self, g, scenario->group[g].name, err));
    }
out:
    return rc;
}
