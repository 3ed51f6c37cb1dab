#include "rules/conduct.h"
#include "rules/part_list.h"

enum { P_UNPAID, P_DORMANT, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_UNPAID] = {"unpaid_share", WKS_PARAM_REAL, "1/yr", 0, 0, 1, NULL, false,
                  "assumption: off; on top of what lapses anyhow (demography)",
                  "registrations that are not renewed because of a yearly fee, of those who are not looking"},
    [P_DORMANT] = {"dormant_years", WKS_PARAM_REAL, "yr", 0, 0, 50, NULL, false, "assumption: off",
                   "years without a reaction after which a registration ends; for who never reacted from the first month of the rule set "
                   "(or the run) at the "
                   "earliest; 0: never"},
};

static void add(const wks_settings *settings, wks_conduct *out)
{
    out->unpaid_share = settings->value[P_UNPAID];
    out->dormant_months = (int32_t)(12.0 * settings->value[P_DORMANT] + 0.5);
}

static const wks_conduct_part part = {.add = add};
const wks_spec wks_conduct_renewal_spec = {
    "renewal", "conduct", "verlenging: when a registration ends: a yearly fee, years without reacting", "rules of the portal", params,
    N_PARAMS,  &part};
