#include "measure/life_level.h"

#include <math.h>

#include "measure/composition.h"
#include "measure/selection.h"

typedef struct wks_life_level_context {
    const wks_scenario *scenario;
    const wks_world *world;
    wks_series *out;
} context;

static wks_status add(const context *self, const char *indicator, const char *kind, double value, wks_err *err)
{
    if (!wks_selection_has(self->scenario, indicator)) return WKS_OK;
    return wks_series_add(self->out, indicator, kind, "", "", WKS_NONE, value, err);
}

static double share_of(const context *self, int64_t part, int64_t whole)
{
    if (whole <= 0 || !wks_world_may_tell_part(self->world, (double)part, (double)whole)) return NAN;
    return (double)part / (double)whole;
}

/* Classes that make a whole: one that is hidden would follow from the others. */
static wks_status add_classes(const context *self, const char *indicator, const char *const *name, const int64_t *count, int32_t n,
                              wks_err *err)
{
    wks_status rc = WKS_OK;
    bool is_told = true;

    for (int32_t i = 0; i < n; i++)
        is_told = is_told && wks_world_may_tell(self->world, (double)count[i]);
    for (int32_t i = 0; i < n; i++)
        WKS_TRY(add(self, indicator, name[i], is_told ? (double)count[i] : NAN, err));
out:
    return rc;
}

static bool may_tell_moves(const context *self, const wks_mobility_facts *facts, wks_moves_kind kind)
{
    return wks_world_may_tell_part(self->world, (double)facts->moves[kind], facts->persons);
}

static wks_status add_age(const context *self, const wks_mobility *mobility, int32_t age_class, wks_err *err)
{
    static const char *const name[WKS_N_MOVES_KINDS] = {"moves_within_share", "moves_in_share", "moves_abroad_share", "moves_out_share"};
    wks_status rc = WKS_OK;
    const char *class = age_class < 0 ? "" : wks_mobility_age_name[age_class];
    const wks_mobility_facts facts = wks_mobility_facts_of(mobility, age_class);
    const bool is_between = may_tell_moves(self, &facts, WKS_MOVES_IN) && may_tell_moves(self, &facts, WKS_MOVES_OUT);

    for (int32_t k = 0; k < WKS_N_MOVES_KINDS; k++)
        WKS_TRY(add(self, name[k], class, may_tell_moves(self, &facts, (wks_moves_kind)k) ? facts.share[k] : NAN, err));
    WKS_TRY(add(self, "moves_between_share", class, is_between ? facts.share_between : NAN, err));
out:
    return rc;
}

static wks_status add_tenancies(const context *self, const wks_tenancy *tenancy, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_tenancy_turnover turnover = wks_tenancy_turnover_of(tenancy);
    int64_t turned = 0, stock = 0, began = 0, last = 0;

    for (int32_t t = 0; t < WKS_N_TENURES; t++) {
        turned += turnover.turned[t];
        stock += turnover.stock[t];
        WKS_TRY(add(self, "turnover_cbs", wks_dwelling_tenure_name[t], share_of(self, turnover.turned[t], turnover.stock[t]), err));
    }
    WKS_TRY(add(self, "turnover_cbs", "", share_of(self, turned, stock), err));
    for (int32_t k = 0; k < WKS_TENANCY_TERMS; k++) {
        wks_tenancy_survival_of(tenancy, k, &began, &last);
        WKS_TRY(add(self, "tenancy_survival", wks_tenancy_term_name[k], share_of(self, last, began), err));
    }
out:
    return rc;
}

/* Homes are no persons, but those that are not empty are as many households or more. */
static wks_status add_dwellings(const context *self, const wks_composition *composition, wks_err *err)
{
    wks_status rc = WKS_OK;
    int64_t empty = 0, all = 0;
    bool is_told = true;

    for (int32_t t = 0; t < WKS_N_TENURES; t++)
        is_told = is_told && wks_world_may_tell(self->world, (double)(composition->dwellings[t] - composition->empty[t]));
    for (int32_t t = 0; t < WKS_N_TENURES; t++) {
        const double n = (double)composition->dwellings[t];
        empty += composition->empty[t];
        all += composition->dwellings[t];
        WKS_TRY(add(self, "dwellings", wks_dwelling_tenure_name[t], n, err));
        WKS_TRY(add(self, "vacancy_share", wks_dwelling_tenure_name[t], is_told && n > 0 ? (double)composition->empty[t] / n : NAN, err));
    }
    WKS_TRY(add(self, "vacancy_share", "", is_told && all > 0 ? (double)empty / (double)all : NAN, err));
out:
    return rc;
}

/* Kinds are from and to: what the home was and became. */
#define KINDS(from)                                                                                                                  \
    {                                                                                                                                \
        from "_social", from "_corporatie_free", from "_private_rent", from "_owner", from "_unhoused", from "_left", from "_joined" \
    }
static const char *const tenure_kind[WKS_MOVES_ELSEWHERE + 1][WKS_N_MOVES_FOOTINGS] = {
    KINDS("social"), KINDS("corporatie_free"), KINDS("private_rent"), KINDS("owner"), KINDS("starter"), KINDS("outside")};
#undef KINDS

static wks_status add_distances(const context *self, const wks_flows_sums *sum, wks_err *err)
{
    wks_status rc = WKS_OK;
    int64_t n = 0, n_random = 0;

    for (int32_t k = 0; k < WKS_FLOWS_BANDS; k++) {
        n += sum->distance[k];
        n_random += sum->random[k];
    }
    for (int32_t k = 0; k < WKS_FLOWS_BANDS; k++) {
        const bool is_told = n_random > 0 && wks_world_may_tell(self->world, (double)n);
        WKS_TRY(add(self, "move_distance", wks_flows_band_name[k], share_of(self, sum->distance[k], n), err));
        WKS_TRY(add(self, "move_distance_random", wks_flows_band_name[k], is_told ? (double)sum->random[k] / (double)n_random : NAN, err));
    }
out:
    return rc;
}

/* Households with a home of their own before or after the move. */
static wks_status add_flows(const context *self, const wks_flows *flows, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_flows_sums sum = wks_flows_sums_of(flows);

    for (int32_t from = 0; from <= WKS_MOVES_ELSEWHERE; from++) {
        for (int32_t to = 0; to < (from < WKS_N_TENURES ? WKS_N_MOVES_FOOTINGS : WKS_N_TENURES); to++) {
            const double moves = (double)sum.tenure[from][to];
            const bool is_told = self->world->tick > 0 && wks_world_may_tell(self->world, moves);
            WKS_TRY(add(self, "tenure_moves", tenure_kind[from][to], is_told ? moves : NAN, err));
        }
    }
    WKS_TRY(add_distances(self, &sum, err));
out:
    return rc;
}

wks_status wks_life_level_add(const wks_scenario *scenario, const wks_world *world, const wks_mobility *mobility,
                              const wks_tenancy *tenancy, const wks_flows *flows, wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const context self = {scenario, world, out};
    const wks_composition composition = wks_composition_of(world, mobility->now);

    for (int32_t i = -1; i < WKS_MOBILITY_AGES; i++)
        WKS_TRY(add_age(&self, mobility, i, err));
    WKS_TRY(add_tenancies(&self, tenancy, err));
    WKS_TRY(add_classes(&self, "persons_age", wks_composition_age_name, composition.persons, WKS_COMPOSITION_AGES, err));
    WKS_TRY(add_classes(&self, "households_type", wks_household_type_name, composition.households, WKS_N_HOUSEHOLD_TYPES, err));
    WKS_TRY(add_dwellings(&self, &composition, err));
    WKS_TRY(add_flows(&self, flows, err));
out:
    return rc;
}
