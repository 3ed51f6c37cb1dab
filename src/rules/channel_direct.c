#include "rules/part.h"
#include "rules/part_list.h"

enum { P_SHARE, P_GROUP, P_REFERRAL, P_ORDER, P_LABEL, P_AREAS, P_THEN, P_THEN_AFTER, N_PARAMS };

static const char *const orders[] = {"rules", "lot", "wait", NULL};
static const char *const referrals[] = {"any", "statushouder", "care_leaver", "ex_detainee", "herhuisvesting", NULL};

static const wks_param params[N_PARAMS] = {
    [P_SHARE] =
        {"share", WKS_PARAM_REAL, "share", 0.2, 0, 1, NULL, false, "assumption; Amsterdam 2021: 0.44 [S10]",
         "share of the vacancies meant for direct mediation; those for whom nobody waits go to the next advertised channel at once"},
    [P_GROUP] = {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, false, "-", "who is proposed: this group; empty: everybody with a referral"},
    [P_REFERRAL] = {"referral", WKS_PARAM_CHOICE, "-", 0, 0, 4, referrals, false, "Huisvestingswet 2014, art. 28 (taakstelling)",
                    "only who waits under this referral (with a group: within it, any means no referral needed)"},
    [P_ORDER] = {"order", WKS_PARAM_CHOICE, "-", WKS_PART_BY_WAIT, 0, 2, orders, false, "practice: the longest waiting first",
                 "wait: who waits longest since the wish or loss of a home; rules: the order parts; lot"},
    [P_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, 5, wks_part_label_name, false, "practice of corporaties",
                 "only dwellings with this label"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "practice of corporaties",
                 "only in these buurten or wijken; empty: everywhere"},
    [P_THEN] = WKS_PART_PARAM_THEN,
    [P_THEN_AFTER] = WKS_PART_PARAM_THEN_AFTER,
};

/* Bill 36831, where the scenario counts it as law: a statushouder is proposed on other grounds (urgency) only. */
static bool is_banned(const wks_part_context *context, int32_t household_row)
{
    return context->world->household.referral[household_row] == WKS_REFERRAL_STATUSHOUDER &&
           wks_scenario_is_law(context->scenario, WKS_LAW_BILL_PRIORITY_BAN, context->world->month) &&
           !wks_part_is_urgent(context->world, household_row);
}

static bool is_candidate(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const wks_world *world = context->world;
    const int32_t group = (int32_t)settings->value[P_GROUP], wanted = (int32_t)settings->value[P_REFERRAL];
    const int32_t referral = world->household.referral[household_row];

    if (!wks_part_needs_home(world, household_row) || is_banned(context, household_row)) return false;
    if (wanted > 0 ? referral != wanted : group < 0 && referral == WKS_REFERRAL_NONE) return false;
    return group < 0 || wks_expr_holds(context->scenario->group[group].expr, world, household_row);
}

/* Nearly everybody has a home that stays: that is looked at first. */
static int32_t candidates(const wks_part_context *context, const wks_settings *settings, int32_t begin, int32_t end, int32_t *out_row)
{
    const wks_household_table *household = &context->world->household;
    const int32_t group = (int32_t)settings->value[P_GROUP], wanted = (int32_t)settings->value[P_REFERRAL];
    int32_t n = 0;

    for (int32_t row = begin; row < end; row++) {
        if ((household->unit_row[row] >= 0 && context->none_emptied) || household->key[row] == 0) continue;
        if (wanted > 0 ? household->referral[row] != wanted : group < 0 && household->referral[row] == WKS_REFERRAL_NONE) continue;
        if (wks_part_needs_home(context->world, row) && !is_banned(context, row)) out_row[n++] = row;
    }
    return group < 0 ? n : wks_part_hold(context->scenario->group[group].expr, context->world, out_row, n);
}

static const wks_channel_part channel = {.is_advertised = false, .is_candidate = is_candidate, .candidates = candidates};
const wks_spec wks_channel_direct_spec = {"direct",
                                          "channel",
                                          "directe bemiddeling: the landlord proposes the dwelling to referred people, one offer at a time",
                                          "Huisvestingswet 2014, art. 12 and 28; regional agreements",
                                          params,
                                          N_PARAMS,
                                          &channel};
