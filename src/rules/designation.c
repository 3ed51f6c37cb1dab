#include "rules/designation.h"

#include "rules/part_list.h"
#include "rules/permit.h"

static bool is_wbmgp(const wks_spec *spec)
{
    return spec == &wks_filter_art8_spec || spec == &wks_filter_art10_spec || spec == &wks_order_art9_spec;
}

static bool any_holds(const wks_world *world, const wks_settings *part, int32_t n, int32_t buurt_row)
{
    for (int32_t i = 0; i < n; i++) {
        if (is_wbmgp(part[i].spec) && wks_permit_is_designated(world, &part[i], buurt_row)) return true;
    }
    return false;
}

bool wks_designation_holds(const wks_world *world, const wks_rule_set *rules, int32_t buurt_row)
{
    if (rules == NULL) return false;
    return any_holds(world, rules->filter, rules->n_filters, buurt_row) || any_holds(world, rules->order, rules->n_order, buurt_row);
}
