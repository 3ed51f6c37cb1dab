#include <stdlib.h>

#include "base/mem.h"
#include "rules/account.h"
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

/* The most reactions of one household in a month of this year. */
static wks_status month_of(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = context->world;
    int32_t *most = *state;

    (void)settings;
    if (most == NULL) *state = most = wks_mem_array(1, sizeof *most);
    if (most == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for an account");
    for (int32_t r = 0; r < world->registration.base.n_rows; r++) {
        if (world->registration.key[r] == 0 || world->registration.reacted_month[r] != world->month) continue;
        if (world->registration.n_reactions[r] > *most) *most = world->registration.n_reactions[r];
    }
out:
    return rc;
}

static int32_t judge(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                     wks_account_verdict out[WKS_ACCOUNT_MOST])
{
    const int32_t *most = state;

    (void)context;
    if (owner_row >= 0) return 0;
    out[0] = wks_account_at_most(settings->value[P_MOST], *most);
    out[0].part = 1.0; /* one household's: never told of real people */
    return 1;
}

static void year_of(void *state)
{
    *(int32_t *)state = 0;
}

static wks_status carry_most(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry, wks_err *err)
{
    (void)context;
    (void)settings;
    if (wks_part_carry_begin(state, sizeof(int32_t), carry)) wks_carry_i32(carry, *state);
    return wks_carry_status(carry, err);
}

static const wks_account account = {"most reactions of one household in a month", month_of, NULL, judge, carry_most, year_of, free};

static const wks_conduct_part part = {.add = add, .account = &account};
const wks_spec wks_conduct_reaction_cap_spec = {"reaction_cap",
                                                "conduct",
                                                "reactielimiet: a household may have at most so many open reactions at once",
                                                "huisvestingsverordening or rules of the portal",
                                                params,
                                                N_PARAMS,
                                                &part};
