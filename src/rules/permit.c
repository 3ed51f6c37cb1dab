#include "rules/permit.h"

#include <math.h>

#include "rules/part_list.h"

const char *const wks_permit_limit_name[] = {"liberalisation", "middle", NULL};
enum { LIMIT_LIBERALISATION, LIMIT_MIDDLE };

/* Rents are kept as float: one that equals the limit may lie a hair above it. */
static const double HALF_A_CENT = 0.005;

static const wks_spec *const permit_parts[] = {&wks_filter_permit_spec, &wks_filter_art8_spec, &wks_filter_art10_spec};

bool wks_permit_is_in_term(const wks_settings *settings, int32_t month)
{
    const double from = settings->value[WKS_PERMIT_DESIGNATED];

    if (isnan(from)) return true;
    return month >= from && month < from + 12.0 * settings->value[WKS_PERMIT_TERM] * (1.0 + settings->value[WKS_PERMIT_EXTENSIONS]);
}

bool wks_permit_is_designated(const wks_world *world, const wks_settings *settings, int32_t buurt_row)
{
    return wks_permit_is_in_term(settings, world->month) && wks_part_in_areas(world, settings, WKS_PERMIT_AREAS, buurt_row);
}

uint64_t wks_permit_mask(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert)
{
    const bool binds = settings->value[WKS_PERMIT_SOCIAL] > 0.0 && wks_permit_is_designated(context->world, settings, advert->buurt_row);

    return binds ? 1u << WKS_PERMIT_ALLOWED : 1u << WKS_PERMIT_ALLOWED | 1u << WKS_PERMIT_BARRED;
}

static bool is_permit(const wks_settings *filter)
{
    for (size_t i = 0; i < sizeof permit_parts / sizeof permit_parts[0]; i++) {
        if (filter->spec == permit_parts[i]) return true;
    }
    return false;
}

void wks_permit_open(const wks_scenario *scenario, const wks_world *world, const wks_law *law, wks_permit *out)
{
    const wks_rule_set *rules = wks_part_rules_of(scenario, world->month);

    *out = (wks_permit){.context = {.world = world, .scenario = scenario, .rules = rules, .law = law}};
    for (int32_t f = 0; rules != NULL && f < rules->n_filters; f++) {
        const wks_settings *filter = &rules->filter[f];
        if (!is_permit(filter) || !(filter->value[WKS_PERMIT_PRIVATE] > 0.0) || !wks_permit_is_in_term(filter, world->month)) continue;
        WKS_BUG_IF(out->n == WKS_PERMIT_MOST);
        out->part[out->n++] = filter;
    }
}

static bool binds(const wks_permit *permit, const wks_settings *filter, int32_t unit_row, double rent_eur)
{
    const wks_world *world = permit->context.world;
    const wks_law *law = permit->context.law;
    const double limit = (int32_t)filter->value[WKS_PERMIT_LIMIT] == LIMIT_MIDDLE ? law->middle_rent_limit_eur : law->rent_limit_eur;

    if (world->unit.kind[unit_row] == WKS_UNIT_ROOM && !(filter->value[WKS_PERMIT_ROOMS] > 0.0)) return false;
    if (!(rent_eur <= limit + HALF_A_CENT)) return false;
    return wks_part_in_areas(world, filter, WKS_PERMIT_AREAS, world->dwelling.buurt_row[world->unit.dwelling_row[unit_row]]);
}

bool wks_permit_allows(const wks_permit *permit, int32_t household_row, int32_t unit_row, double rent_eur)
{
    const wks_world *world = permit->context.world;

    if (world->dwelling.tenure[world->unit.dwelling_row[unit_row]] == WKS_TENURE_OWNER) return true;
    for (int32_t i = 0; i < permit->n; i++) {
        const wks_filter_part *part = permit->part[i]->spec->implementation;
        if (!binds(permit, permit->part[i], unit_row, rent_eur)) continue;
        if (part->applicant_class(&permit->context, permit->part[i], household_row) == WKS_PERMIT_BARRED) return false;
    }
    return true;
}
