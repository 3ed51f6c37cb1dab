#include "rules/part.h"
#include "rules/part_list.h"

enum { P_SHARE, P_ASKERS, P_ORDER, P_LABEL, P_AREAS, N_PARAMS };

static const char *const orders[] = {"rules", "lot", "wait", NULL};

static const wks_param params[N_PARAMS] = {
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "assumption: mixed complexes select their own residents [S38]",
                 "share of the vacancies with the label let this way; the others are divided over the other channels"},
    [P_ASKERS] = {"askers", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, false, "-",
                  "vragers: proposed when they have no home or lose it; empty: everybody with a referral"},
    [P_ORDER] = {"order", WKS_PARAM_CHOICE, "-", WKS_PART_BY_WAIT, 0, 2, orders, false, "assumption",
                 "wait: who waits longest since the wish or loss of a home; rules: the order parts; lot"},
    [P_LABEL] = {"label", WKS_PARAM_CHOICE, "-", WKS_LABEL_GEMENGD + 1, 0, 5, wks_part_label_name, false, "practice of corporaties",
                 "only dwellings with this label"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "practice of corporaties",
                 "only in these buurten or wijken; empty: everywhere"},
};

/* Carriers apply by themselves: they look for a social home and state the motivation. */
static bool is_carrier(const wks_world *world, int32_t household_row)
{
    const uint8_t search = world->household.search[household_row];

    return world->household.motivated[household_row] && (search == WKS_SEARCH_SOCIAL || search == WKS_SEARCH_BOTH);
}

static bool is_candidate(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_world *world = context->world;
    const int32_t group = (int32_t)settings->value[P_ASKERS];
    const bool is_asker = group < 0 ? world->household.referral[household_row] != WKS_REFERRAL_NONE
                                    : wks_expr_holds(context->scenario->group[group].expr, world, household_row);

    return is_asker ? wks_part_needs_home(world, household_row) : is_carrier(world, household_row);
}

static int32_t candidates(const wks_part_context *context, const wks_settings *settings, int32_t begin, int32_t end, int32_t *out_row)
{
    const wks_household_table *household = &context->world->household;
    int32_t n = 0;

    for (int32_t row = begin; row < end; row++) {
        const bool may_need = household->unit_row[row] < 0 || !context->none_emptied;
        if ((!may_need && !is_carrier(context->world, row)) || household->key[row] == 0) continue;
        if (is_candidate(context, settings, row)) out_row[n++] = row;
    }
    return n;
}

static const wks_channel_part channel = {
    .is_advertised = false, .is_candidate = is_candidate, .candidates = candidates, .takes_label = true};
const wks_spec wks_channel_gemengd_spec = {"gemengd",
                                           "channel",
                                           "gemengd wonen: the landlord selects motivated seekers (dragers) and referred people (vragers) "
                                           "for complexes with that label; the part target_mix "
                                           "keeps their shares",
                                           "agreements of corporaties and care organisations; Huisvestingswet 2014, art. 11",
                                           params,
                                           N_PARAMS,
                                           &channel};
