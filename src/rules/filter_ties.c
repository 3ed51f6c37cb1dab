#include "rules/filter_ties.h"

#include <string.h>

#include "base/month.h"
#include "rules/part_list.h"
#include "world/region.h"

enum { P_SHARE, P_YEARS, N_PARAMS };
enum { CLASS_NONE, CLASS_TIES };

static const wks_param params[N_PARAMS] = {
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 0.25, 0, 0.5, NULL, false,
                 "Huisvestingswet 2014, art. 14: at most half of the vacancies [S19]",
                 "share of the vacancies reserved for residents; which ones is drawn per unit and kept as long as it is vacant"},
    [P_YEARS] = {"years", WKS_PARAM_REAL, "years", 6, 0, 50, NULL, false, "Huisvestingswet 2014, art. 14 lid 3: six years or more",
                 "years in the region that make a tie"},
};

bool wks_filter_ties_has(const wks_world *world, int32_t household_row, double years)
{
    const uint8_t place = world->household.place[household_row];

    if (place == WKS_PLACE_OUTSIDE || place == WKS_PLACE_COA) return false;
    return world->month - world->household.region_month[household_row] >= 12.0 * years;
}

bool wks_filter_ties_holds(const wks_part_context *context, int32_t household_row, double years)
{
    if (!wks_filter_ties_has(context->world, household_row, years)) return false;
    const int32_t lives_in = context->turn_of == 0 ? WKS_NONE : wks_region_lives_in(context->world, household_row);
    return lives_in < 0 || lives_in == context->turn_of - 1;
}

double wks_filter_ties_share(const wks_rule_set *rules)
{
    double largest = 0.0;

    for (int32_t i = 0; i < rules->n_filters + rules->n_order; i++) {
        const wks_settings *part = i < rules->n_filters ? &rules->filter[i] : &rules->order[i - rules->n_filters];
        const double share = wks_part_value(part, "share", 0.0);
        if (strcmp(part->spec->name, "ties") != 0 && strcmp(part->spec->name, "ties_first") != 0) continue;
        if (share > largest) largest = share;
    }
    return largest;
}

bool wks_filter_ties_reserves(const wks_world *world, double share, const wks_advert *advert)
{
    return !advert->is_ties_spent && wks_part_unit_draw(world, advert->unit_row, WKS_FILTER_TIES_DRAW) < share;
}

void wks_filter_ties_mark(wks_filter_ties_year *self, double share, double most, const wks_world *world, wks_advert *advert, int32_t n)
{
    int32_t n_marked = 0; /* with precedence; of the others nobody knows yet whether they are let */

    if (self->year != wks_month_year(world->month)) *self = (wks_filter_ties_year){.year = wks_month_year(world->month)};
    for (int32_t i = 0; i < n && share > 0.0; i++) {
        if (!wks_filter_ties_reserves(world, share, &advert[i])) continue;
        advert[i].is_ties_spent = self->n_ties + n_marked + 1 > most * (self->n_let + n_marked + 1);
        n_marked += !advert[i].is_ties_spent;
    }
}

void wks_filter_ties_count(wks_filter_ties_year *self, double share, const wks_world *world, const wks_advert *advert)
{
    self->n_let++;
    self->n_ties += wks_filter_ties_reserves(world, share, advert);
}

static int32_t class_of(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    return wks_filter_ties_holds(context, household_row, settings->value[P_YEARS]) ? CLASS_TIES : CLASS_NONE;
}

static uint64_t mask_of(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const wks_channel_part *channel = context->rules->channel[advert->channel].spec->implementation;
    const bool is_reserved = channel->is_advertised && wks_filter_ties_reserves(context->world, settings->value[P_SHARE], advert);

    return is_reserved ? 1u << CLASS_TIES : 1u << CLASS_NONE | 1u << CLASS_TIES;
}

static const wks_filter_part filter = {.applicant_class = class_of, .advert_mask = mask_of};
const wks_spec wks_filter_ties_spec = {"ties",
                                       "filter",
                                       "lokaal maatwerk: a share of the advertised vacancies is for residents only",
                                       "Huisvestingswet 2014, art. 14",
                                       params,
                                       N_PARAMS,
                                       &filter};
