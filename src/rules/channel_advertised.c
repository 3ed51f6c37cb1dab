#include "rules/part.h"
#include "rules/part_list.h"

enum { P_SHARE, P_ORDER, P_LABEL, P_AREAS, P_THEN, P_THEN_AFTER, N_PARAMS };

static const char *const orders[] = {"rules", "lot", NULL};

static const wks_param params[N_PARAMS] = {
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false,
                 "assumption; Amsterdam 2021: 56 % of the lettings was advertised, 1 in 10 of the adverts elsewhere by lot [S10, S4]",
                 "share of the vacancies let this way; which ones is drawn per unit and kept as long as it is vacant"},
    [P_ORDER] = {"order", WKS_PARAM_CHOICE, "-", WKS_PART_BY_RULES, 0, 1, orders, false,
                 "Amsterdam 2013-16: lotteries beside ranked adverts [S4]",
                 "rules: by the order parts of the rule set; lot: loting, all who react have the same chance"},
    [P_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, 5, wks_part_label_name, false, "practice of corporaties",
                 "only dwellings with this label"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "practice of corporaties",
                 "only in these buurten or wijken; empty: everywhere"},
    [P_THEN] = WKS_PART_PARAM_THEN,
    [P_THEN_AFTER] = WKS_PART_PARAM_THEN_AFTER,
};

static const wks_channel_part channel = {.is_advertised = true, .is_candidate = NULL};
const wks_spec wks_channel_advertised_spec = {
    "advertised",
    "channel",
    "aanbodmodel: the dwelling is advertised, seekers react, the first in order who accepts gets it",
    "Huisvestingswet 2014, art. 4 and 10 (huisvestingsverordening)",
    params,
    N_PARAMS,
    &channel};
