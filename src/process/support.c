#include "process/support.h"

#include <string.h>

#include "base/par.h"
#include "process/buffer_slots.h"
#include "process/support_capacity.h"
#include "process/support_cases.h"
#include "process/support_cost.h"
#include "process/support_need.h"
#include "process/support_pool.h"

static const wks_param params[WKS_SUPPORT_N_PARAMS] = {
    [WKS_SUPPORT_P_HOURS] = {"support_hours", WKS_PARAM_REAL, "hours/week per 1,000 households", 25, 0, 1e6, NULL, false,
                             "assumption; 0 to 200: wijkteams differ by a factor of several between gemeenten",
                             "what the city pays for itself: its one pool of formal support"},
    [WKS_SUPPORT_P_SHARE_GGZ] = {"share_ggz", WKS_PARAM_REAL, "share", 0.15, 0, 1, NULL, false, "assumption; 0.05 to 0.3",
                                 "of those hours, ggz expertise; the wijkteam has what the other kinds leave"},
    [WKS_SUPPORT_P_SHARE_BEHEERDER] = {"share_beheerder", WKS_PARAM_REAL, "share", 0.10, 0, 1, NULL, false, "assumption; 0 to 0.3",
                                       "the same for beheerders (huismeesters) of corporaties"},
    [WKS_SUPPORT_P_SHARE_PRESENCE] = {"share_presence", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption; 0 to 0.2",
                                      "the same for presence in the street and at the door"},
    [WKS_SUPPORT_P_SHARE_CONTACT_POINT] = {"share_contact_point", WKS_PARAM_REAL, "share", 0.05, 0, 1, NULL, false, "assumption; 0 to 0.2",
                                           "the same for a contact point that people can find"},
    [WKS_SUPPORT_P_SHARE_LANGUAGE] = {"share_language", WKS_PARAM_REAL, "share", 0, 0, 1, NULL, false, "assumption; 0 to 0.1",
                                      "the same for help in people's own language"},
    [WKS_SUPPORT_P_RECRUIT] = {"recruit_months", WKS_PARAM_INT, "months", 6, 1, 60, NULL, false,
                               "assumption; 1 to 18, a tight labour market",
                               "staff asked for: this part of the gap is found each month (1: at once)"},
    [WKS_SUPPORT_P_NOTICE] = {"notice_months", WKS_PARAM_INT, "months", 3, 1, 60, NULL, false, "assumption; 1 to 6",
                              "staff no longer asked for: this part leaves each month (1: at once)"},
    [WKS_SUPPORT_P_FOLLOW] = {"capacity_follow", WKS_PARAM_REAL, "share", 1, 0, 1, NULL, false, "assumption: a lever, 0 or 1",
                              "part of the city's hours that goes where known need is; the rest is divided over buurten by households"},
    [WKS_SUPPORT_P_GGZ_WORTH] =
        {"ggz_worth", WKS_PARAM_REAL, "-", 1.25, 1, 3, NULL, false, "assumption; 1 to 2",
         "need from psychiatric problems and addiction that an hour of ggz expertise meets, against the wijkteam's 1"},
    [WKS_SUPPORT_P_LIGHT] =
        {"light_part", WKS_PARAM_REAL, "share", 0.2, 0, 1, NULL, false, "assumption; 0 to 0.5",
         "part of the hours of beheerders, presence, contact points and own language that is light help; with the rest they find need"},
    [WKS_SUPPORT_P_REACH] = {"reach", WKS_PARAM_REAL, "share", 0.6, 0, 1, NULL, false,
                             "assumption: support reaches known need only; 0.4 to 0.8",
                             "need that is known at the start, and in the long run while nothing else makes it known or makes it end"},
    [WKS_SUPPORT_P_SIGNAL] = {"signal", WKS_PARAM_REAL, "1/yr", 1, 0, 100, NULL, false, "assumption; 0.3 to 3",
                              "how fast need is found (this x reach) and lost from sight while nobody helps (this x (1 - reach))"},
    [WKS_SUPPORT_P_SIGNAL_HOURS] =
        {"signal_hours", WKS_PARAM_REAL, "1/yr per hour", 0.02, 0, 1, NULL, false, "assumption; 0 to 0.1",
         "rise of the hazard of being found per hour a week per 1,000 households that presence, contact point, beheerder "
         "(tenants of corporaties) or own language (from abroad lately) spend on it"},
    [WKS_SUPPORT_P_LANGUAGE_YEARS] = {"language_years", WKS_PARAM_REAL, "yr", 8, 0, 30, NULL, false, "assumption; 3 to 15",
                                      "help in the own language is for who came from abroad less than this ago; origin is not used"},
    [WKS_SUPPORT_P_BEHEER_FULL] = {"beheer_full", WKS_PARAM_REAL, "hours/week per 1,000 households", 50, 1, 1000, NULL, false,
                                   "assumption; 25 to 100",
                                   "hours of beheerders at which they are there in full (livelihood.nuisance_beheer)"},
    [WKS_SUPPORT_P_HALF_LIFE] = {"half_life", WKS_PARAM_REAL, "months", 6, 0, 120, NULL, false, "assumption; 3 to 24",
                                 "after help stops its effect halves in so many months; 0: it ends at once"},
    [WKS_SUPPORT_P_NEED_PSYCHIATRIC] = {"need_psychiatric", WKS_PARAM_INT, "0.1 hours/week", 20, 0, 60, NULL, false, "assumption; 10 to 40",
                                        "need for support of a household with psychiatric problems; needs add up"},
    [WKS_SUPPORT_P_NEED_ADDICTION] = {"need_addiction", WKS_PARAM_INT, "0.1 hours/week", 20, 0, 60, NULL, false, "assumption; 10 to 40",
                                      "the same for addiction"},
    [WKS_SUPPORT_P_NEED_LVB] = {"need_lvb", WKS_PARAM_INT, "0.1 hours/week", 5, 0, 40, NULL, false, "assumption; 2 to 15",
                                "the same for lvb"},
    [WKS_SUPPORT_P_NEED_DEBT] = {"need_debt", WKS_PARAM_INT, "0.1 hours/week", 5, 0, 40, NULL, false, "assumption; 2 to 10",
                                 "the same for problem debt"},
    [WKS_SUPPORT_P_NEED_FRAIL] = {"need_frail", WKS_PARAM_INT, "0.1 hours/week", 10, 0, 40, NULL, false, "assumption; 5 to 20",
                                  "the same for frailty at an old age, beside nursing"},
    [WKS_SUPPORT_P_EUR_HOUR] = {"support_eur_hour", WKS_PARAM_REAL, "EUR/hour", 75, 0, 500, NULL, false, "assumption; 55 to 100",
                                "what an hour of the standing pool costs, in euros of every year; the gemeente pays"},
    [WKS_SUPPORT_P_CARE_EUR_HOUR] = {"care_eur_hour", WKS_PARAM_REAL, "EUR/hour", 70, 0, 500, NULL, false, "assumption; 50 to 100",
                                     "the same for an hour under a care contract; care financing pays"},
    [WKS_SUPPORT_P_INFORMAL] =
        {"informal", WKS_PARAM_REAL, "hours/week per adult", 0.08, 0, 10, NULL, false, "assumption; 0.02 to 0.3",
         "informal capacity: what an adult (two at most) of a settled household without needs of its own can give neighbours"},
    [WKS_SUPPORT_P_SETTLED] = {"settled_months", WKS_PARAM_INT, "months", 24, 0, 120, NULL, false, "assumption; 12 to 60",
                               "settled: lives here longer than this"},
    [WKS_SUPPORT_P_INFORMAL_WORK] = {"informal_work", WKS_PARAM_REAL, "-", 0.8, 0, 2, NULL, false, "assumption; 0.5 to 1.2",
                                     "factor on it for who works"},
    [WKS_SUPPORT_P_INFORMAL_OLD] = {"informal_old", WKS_PARAM_REAL, "-", 0.5, 0, 1, NULL, false, "assumption; 0.2 to 1",
                                    "factor on it from 70; nothing is counted on from 80"},
    [WKS_SUPPORT_P_INFORMAL_CARRIER] =
        {"informal_carrier", WKS_PARAM_REAL, "-", 1, 1, 20, NULL, false, "assumption; 1 to 10",
         "factor on it for carriers (dragers) who live in gemengd wonen, beyond what fades there (encounter.carried)"},
};

/* What the blocks of rows added up. */
static void add_blocks(const wks_support_pass *pass, int64_t n_blocks, wks_support_sums *out)
{
    const int32_t n = pass->world->buurt.base.n_rows;

    memset(out, 0, (size_t)n * sizeof *out);
    for (int64_t k = 0; k < n_blocks; k++) {
        for (int32_t b = 0; b < n; b++) {
            out[b].need += pass->block[k * n + b].need;
            out[b].informal += pass->block[k * n + b].informal;
        }
    }
}

static void *buffer(wks_tick *tick, int32_t slot, int64_t n, size_t size, bool *out_is_short)
{
    void *memory = wks_tick_buffer(tick, slot, (size_t)n, size);

    *out_is_short = *out_is_short || memory == NULL;
    return memory;
}

static wks_status make_pass(wks_tick *tick, const double *p, bool is_start, wks_support_pass *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const int64_t n = world->household.base.n_rows, n_buurten = world->buurt.base.n_rows;
    const int64_t size = wks_par_block_size(n, WKS_PAR_BLOCK), n_blocks = wks_par_blocks(n, size);
    bool is_short = false;
    wks_support_chances *chances = buffer(tick, WKS_SLOT_BUURT_A, n_buurten, sizeof *chances, &is_short);
    int32_t *count = buffer(tick, WKS_SLOT_SUPPORT_COUNTS, 4 * n_blocks, sizeof *count, &is_short);

    *out = (wks_support_pass){.world = world, .p = p, .chances = chances, .block_size = size, .n_blocks = n_blocks, .is_start = is_start};
    out->waits.row = buffer(tick, WKS_SLOT_ROWS_A, n, sizeof *out->waits.row, &is_short);
    out->helped.row = buffer(tick, WKS_SLOT_ROWS_B, n, sizeof *out->helped.row, &is_short);
    out->after.row = buffer(tick, WKS_SLOT_ROWS_C, n, sizeof *out->after.row, &is_short);
    out->care = buffer(tick, WKS_SLOT_SUPPORT_CARE, 2 * n_blocks, sizeof *out->care, &is_short);
    out->block = buffer(tick, WKS_SLOT_BLOCKS, n_blocks * n_buurten, sizeof *out->block, &is_short);
    if (is_short) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for support of %lld households", (long long)n);
    out->waits.n = count;
    out->helped.n = count + n_blocks;
    out->after.n = count + 2 * n_blocks;
    out->turned_away = count + 3 * n_blocks;
    out->waited = out->care + n_blocks;
    wks_support_need_chances(world, p, chances, &out->lost);
    wks_support_capacity_table(p, out->informal);
out:
    return rc;
}

static int64_t care_of(const wks_support_pass *pass)
{
    int64_t care = 0;

    for (int64_t k = 0; k < pass->n_blocks; k++)
        care += pass->care[k];
    return care;
}

static wks_status month(wks_tick *tick, const double *p, bool is_start, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_buurt_table *buurt = &world->buurt;
    const int32_t n = buurt->base.n_rows;
    wks_support_sums *sum = wks_tick_buffer(tick, WKS_SLOT_BUURT_D, (size_t)n, sizeof *sum);
    wks_support_pool pool = {.n_buurten = n,
                             .here = wks_tick_buffer(tick, WKS_SLOT_BUURT_B, (size_t)n * WKS_SUPPORT_N_KINDS, sizeof *pool.here)};
    wks_support_pass pass;

    if (sum == NULL || pool.here == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for buurten");
    wks_support_pool_recruit(world, p, is_start);
    wks_support_pool_beheer(world, p);
    wks_support_pool_fill(world, p, &pool);
    WKS_TRY(make_pass(tick, p, is_start, &pass, err));
    wks_par_for(world->household.base.n_rows, pass.block_size, world->threads, wks_support_need_rows, &pass);
    add_blocks(&pass, pass.n_blocks, sum);
    for (int32_t b = 0; b < n; b++)
        buurt->support_given[b] = 0;
    WKS_TRY(wks_support_cases_share(tick, &pass, &pool, sum, err));
    for (int32_t b = 0; b < n; b++) {
        buurt->capacity[b] = (double)sum[b].informal / 1000 + (double)buurt->carried[b] / 10; /* of carriers: process encounter */
        buurt->load[b] = (double)(sum[b].need - sum[b].met) / 10;
    }
    world->support.month = world->month;
    if (!is_start) wks_support_cost_book(world, p, care_of(&pass));
out:
    return rc;
}

static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    return wks_tick_is_on(tick, &wks_support_spec) ? month(tick, settings->value, true, err) : WKS_OK;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    return month(tick, settings->value, false, err);
}

static const wks_process process = {run, start};
const wks_spec wks_support_spec = {
    "support", "process", "formal support from one pool of hours, who knows of need, informal capacity, load",
    "",        params,    WKS_SUPPORT_N_PARAMS,
    &process};
