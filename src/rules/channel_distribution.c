#include "rules/part.h"
#include "rules/part_list.h"

enum { P_SHARE, P_GROUP, P_TURN_LOST, P_ORDER, P_LABEL, P_AREAS, P_THEN, P_THEN_AFTER, N_PARAMS };

static const char *const orders[] = {"rules", "lot", NULL};

static const wks_param params[N_PARAMS] = {
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "assumption: a region that uses it lets everything so",
                 "share of the vacancies let this way; which ones is drawn per unit and kept as long as it is vacant"},
    [P_GROUP] = {"group", WKS_PARAM_GROUP, "-", 0, 0, 0, NULL, false, "-", "only for this group; empty: every registered seeker"},
    [P_TURN_LOST] = {"turn_lost_months", WKS_PARAM_INT, "months", 12, 0, 240, NULL, false, "assumption",
                     "months in which who refused a proposal is not proposed another; 0: the next may come at once"},
    [P_ORDER] = {"order", WKS_PARAM_CHOICE, "-", WKS_PART_BY_RULES, 0, 1, orders, false, "distributiemodel",
                 "rules: by the order parts of the rule set; lot: by chance"},
    [P_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, 5, wks_part_label_name, false, "practice of corporaties",
                 "only dwellings with this label"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "practice of corporaties",
                 "only in these buurten or wijken; empty: everywhere"},
    [P_THEN] = WKS_PART_PARAM_THEN,
    [P_THEN_AFTER] = WKS_PART_PARAM_THEN_AFTER,
};

/* Who is registered, looks for a social home now, and has not lost its turn. */
static bool has_turn(const wks_world *world, int32_t household_row)
{
    const wks_household_table *household = &world->household;
    const int32_t turn = wks_rare_i32(&household->turn_month, household_row);
    const uint8_t search = household->search[household_row];

    if (search != WKS_SEARCH_SOCIAL && search != WKS_SEARCH_BOTH) return false;
    if (household->registered_month[household_row] == WKS_NO_MONTH) return false;
    return turn == WKS_NO_MONTH || turn <= world->month;
}

static bool is_candidate(const wks_part_context *context, const wks_settings *settings, int32_t household_row)
{
    const int32_t group = (int32_t)settings->value[P_GROUP];

    if (!has_turn(context->world, household_row)) return false;
    return group < 0 || wks_expr_holds(context->scenario->group[group].expr, context->world, household_row);
}

static int32_t candidates(const wks_part_context *context, const wks_settings *settings, int32_t begin, int32_t end, int32_t *out_row)
{
    const int32_t group = (int32_t)settings->value[P_GROUP];
    int32_t n = 0;

    for (int32_t row = begin; row < end; row++) {
        if (has_turn(context->world, row) && context->world->household.key[row] != 0) out_row[n++] = row;
    }
    return group < 0 ? n : wks_part_hold(context->scenario->group[group].expr, context->world, out_row, n);
}

static void refused(wks_world *world, const wks_settings *settings, int32_t household_row)
{
    const int32_t months = (int32_t)settings->value[P_TURN_LOST];

    if (months > 0) wks_rare_set(&world->household.turn_month, household_row, wks_month_cell(world->month + months));
}

static const wks_channel_part channel = {
    .is_advertised = false, .is_candidate = is_candidate, .candidates = candidates, .refused = refused};
const wks_spec wks_channel_distribution_spec = {
    "distribution",
    "channel",
    "distributiemodel: the landlord proposes the dwelling to the registered seekers whom it fits, in order; nothing is advertised",
    "Huisvestingswet 2014, art. 4 and 10 (huisvestingsverordening)",
    params,
    N_PARAMS,
    &channel};
