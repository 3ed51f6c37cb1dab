#include "rules/conduct.h"
#include "rules/part_list.h"

enum { P_MOST, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_MOST] = {"most", WKS_PARAM_INT, "count", 3, 1, 1000, NULL, false, "Breda until 2017: 3 at once [S62]",
                "open reactions at once; a round lasts a month and settles all reactions of it"},
};

/* The strictest of several. */
static void add(const wks_settings *settings, wks_conduct *out)
{
    const int32_t most = (int32_t)settings->value[P_MOST];

    if (out->reaction_cap == 0 || most < out->reaction_cap) out->reaction_cap = most;
}

static const wks_conduct_part part = {add};
const wks_spec wks_conduct_reaction_cap_spec = {
    "reaction_cap", "conduct", "at most so many open reactions at once", "huisvestingsverordening or rules of the portal", params,
    N_PARAMS,       &part};
