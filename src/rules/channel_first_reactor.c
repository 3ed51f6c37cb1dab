#include "rules/part.h"
#include "rules/part_list.h"

enum { P_SHARE, P_LABEL, P_AREAS, P_THEN, P_THEN_AFTER, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_SHARE] = {"share", WKS_PARAM_REAL, "share", 0.1, 0, 1, NULL, false, "assumption: Breda let some dwellings so [S9]",
                 "share of the vacancies let this way; which ones is drawn per unit and kept as long as it is vacant"},
    [P_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, 5, wks_part_label_name, false, "practice of corporaties",
                 "only dwellings with this label"},
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "practice of corporaties",
                 "only in these buurten or wijken; empty: everywhere"},
    [P_THEN] = WKS_PART_PARAM_THEN,
    [P_THEN_AFTER] = WKS_PART_PARAM_THEN_AFTER,
};

static const wks_channel_part channel = {.is_advertised = true, .ranking = WKS_PART_BY_SPEED};
const wks_spec wks_channel_first_reactor_spec = {
    "first_reactor",
    "channel",
    "eerste reageerder: the dwelling is advertised and the first eligible household that reacts gets it",
    "Huisvestingswet 2014, art. 4 and 10 (huisvestingsverordening)",
    params,
    N_PARAMS,
    &channel};
