#include "process/neighbourhood.h"

#include <math.h>
#include <string.h>

#include "base/month.h"
#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "rules/part.h"

enum { P_THEORY, P_K, P_A_V, P_A_M, P_A_C, P_D_S, P_D_W, P_A_W, P_A_N, P_SUPPORT, P_STIGMA, N_PARAMS };

static const char *const theories[] = {"T0", "T1", "T2", NULL};

static const wks_param params[N_PARAMS] = {
    [P_THEORY] = {"theory", WKS_PARAM_CHOICE, "-", 1, 0, 2, theories, false, "docs/odd.md, neighbourhood",
                  "T0: composition and load do not matter for the score; T1: d_s as set here; T2: the cross-sectional 1.23"},
    [P_K] = {"k_soc", WKS_PARAM_REAL, "1/mo", 0.02, 0, 1, NULL, false, "assumption (half-life 34 months)",
             "speed at which cohesion follows its target"},
    [P_A_V] = {"a_v", WKS_PARAM_REAL, "LBM per share", 0.35, 0, 0.45, NULL, false, "assumption; 0.45 is an upper bound [D1, S21]",
               "loss of cohesion per share of households with unmet support need, against the start"},
    [P_A_M] = {"a_m", WKS_PARAM_REAL, "LBM per share/yr", 0.20, 0, 1, NULL, false, "assumption", "loss of cohesion per rise of turnover"},
    [P_A_C] = {"a_c", WKS_PARAM_REAL, "LBM", 0.01, 0, 0.1, NULL, false, "assumption", "gain of cohesion per doubling of light contacts"},
    [P_D_S] = {"d_s", WKS_PARAM_REAL, "-", 0.14, 0, 1.3, NULL, false,
               "assumption: changes 2012-16 give 0.14 +- 0.04 [D2], levels 1.2 to 1.4 [D1]", "onv per unit of cohesion, in T1"},
    [P_D_W] = {"d_w", WKS_PARAM_REAL, "-", 0.22, 0, 1, NULL, false, "assumption: cross-section of six cities [D1]",
               "onv per unit of woningvoorraad"},
    [P_A_W] = {"a_w", WKS_PARAM_REAL, "LBM per share", -0.10, -1, 1, NULL, false, "assumption",
               "woningvoorraad per share of social rent, against the start"},
    [P_A_N] = {"a_n", WKS_PARAM_REAL, "LBM per event", 0.004, 0, 0.1, NULL, false, "assumption",
               "loss of onv per nuisance file per 1,000 households above the start"},
    [P_SUPPORT] = {"support_effect", WKS_PARAM_REAL, "share", 0.4, 0, 0.8, NULL, false, "assumption",
                   "how far support takes away the effect of a vulnerable household"},
    [P_STIGMA] = {"stigma_fade", WKS_PARAM_REAL, "1/mo", 0.02, 0, 1, NULL, false, "assumption",
                  "how fast the stigma of a designation fades after it ends"},
};

/* Sums over the households of a buurt, made in blocks of rows and added in block order. */
typedef struct wks_neighbourhood_sums {
    double vulnerable, helped, nuisance, moved, social, dwellings; /* helped: of those, by tenths of their need that is met */
} sums;

typedef struct wks_neighbourhood_pass {
    const wks_world *world;
    sums *block; /* n_blocks * n_buurten */
} pass;

/* Tenths of the need that are met: by a care contract, or by the pool (process support). */
static int32_t helped(const wks_household_table *household, int64_t i)
{
    return household->support[i] > household->helped[i] ? household->support[i] : household->helped[i];
}

enum { BLOCK = 16384 };
static const uint16_t weighs = WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION | WKS_VULNERABLE_LVB | WKS_VULNERABLE_DEBT;

static void add_households(int64_t begin, int64_t end, int64_t block, void *context)
{
    pass *self = context;
    const wks_world *world = self->world;
    const wks_household_table *household = &world->household;
    sums *sum = self->block + block * world->buurt.base.n_rows;

    memset(sum, 0, (size_t)world->buurt.base.n_rows * sizeof *sum);
    for (int64_t i = begin; i < end; i++) {
        if (household->key[i] == 0 || household->place[i] != WKS_PLACE_HOUSED) continue;
        sums *here = &sum[world->dwelling.buurt_row[world->unit.dwelling_row[household->unit_row[i]]]];
        const uint16_t traits = household->vulnerability[i];
        here->vulnerable += (traits & weighs) != 0;
        if ((traits & weighs) != 0) here->helped += helped(household, i);
        here->nuisance += (traits & WKS_VULNERABLE_NUISANCE) != 0;
        here->moved += household->since_month[i] == world->month;
    }
}

static wks_status add_up(wks_tick *tick, sums *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_world *world = tick->world;
    const int32_t n_buurten = world->buurt.base.n_rows;
    const int64_t size = wks_par_block_size(world->household.base.n_rows, BLOCK),
                  n_blocks = wks_par_blocks(world->household.base.n_rows, size);
    pass self = {world, wks_tick_buffer(tick, WKS_SLOT_BLOCKS, (size_t)n_blocks * (size_t)n_buurten, sizeof(sums))};

    if (self.block == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for sums of %d buurten", n_buurten);
    wks_par_for(world->household.base.n_rows, size, world->threads, add_households, &self);
    memset(out, 0, (size_t)n_buurten * sizeof *out);
    for (int64_t k = 0; k < n_blocks; k++) {
        for (int32_t b = 0; b < n_buurten; b++) {
            const sums *part = &self.block[k * n_buurten + b];
            out[b].vulnerable += part->vulnerable;
            out[b].helped += part->helped;
            out[b].nuisance += part->nuisance;
            out[b].moved += part->moved;
        }
    }
    for (int32_t d = 0; d < world->dwelling.base.n_rows; d++) {
        if (world->dwelling.key[d] == 0) continue;
        out[world->dwelling.buurt_row[d]].dwellings++;
        out[world->dwelling.buurt_row[d]].social += world->dwelling.tenure[d] == WKS_TENURE_SOCIAL;
    }
out:
    return rc;
}

static double per(double part, double whole)
{
    return whole > 0 ? part / whole : 0;
}

/* Vulnerable households, those who are helped counting for less: v of docs/odd.md. */
static double weighted_share(const wks_world *world, const double *p, const sums *sum, int32_t b)
{
    return per(sum[b].vulnerable - p[P_SUPPORT] * sum[b].helped / 10, world->buurt.n_households[b]);
}

static void move_scores(wks_world *world, const double *p, const sums *sum)
{
    const int32_t theory = (int32_t)p[P_THEORY];
    const double a_v = theory == 0 ? 0 : p[P_A_V];
    const double a_n = theory == 0 ? 0 : p[P_A_N];
    const double d_s = theory == 2 ? 1.23 : p[P_D_S];
    wks_buurt_table *buurt = &world->buurt;

    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double share = weighted_share(world, p, sum, b);
        const double nuisance = 1000 * per(sum[b].nuisance, buurt->n_households[b]);
        const double moved = isnan(buurt->turnover_start[b]) ? 0 : buurt->turnover[b] - buurt->turnover_start[b];
        const double contacts = buurt->contacts[b] > 0 ? wks_math_log(buurt->contacts[b]) / 0.6931471805599453 : 0;
        const double target = buurt->soc_start[b] - a_v * (share - buurt->share_start[b]) - p[P_A_M] * moved + p[P_A_C] * contacts;
        buurt->soc[b] += p[P_K] * (target - buurt->soc[b]);
        buurt->won[b] = buurt->won_start[b] + p[P_A_W] * (per(sum[b].social, sum[b].dwellings) - buurt->social_start[b]);
        const double safety = buurt->onv_start[b] + d_s * (buurt->soc[b] - buurt->soc_start[b]) +
                              p[P_D_W] * (buurt->won[b] - buurt->won_start[b]) - a_n * (nuisance - buurt->nuisance_start[b]) +
                              buurt->enforcement[b];
        buurt->onv[b] += p[P_K] * (safety - buurt->onv[b]);
    }
}

static void move_turnover(wks_world *world, const double *p, const sums *sum)
{
    wks_buurt_table *buurt = &world->buurt;
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        const double moved = per(sum[b].moved, buurt->n_households[b]);
        buurt->turnover[b] += (12 * moved - buurt->turnover[b]) / (world->tick < 12 ? world->tick : 12);
        buurt->stigma[b] *= 1 - p[P_STIGMA];
        if (world->tick == 24) buurt->turnover_start[b] = buurt->turnover[b];
    }
}

static void mean_score(wks_world *world)
{
    double total = 0, weight = 0;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        total += world->buurt.n_households[b] * wks_world_leefbaarheid(world, b);
        weight += world->buurt.n_households[b];
    }
    world->leefbaarheid_mean = weight > 0 ? total / weight : 0;
}

static sums *sums_buffer(wks_tick *tick)
{
    return wks_tick_buffer(tick, WKS_SLOT_BUURT_D, (size_t)tick->world->buurt.base.n_rows, sizeof(sums));
}

/* What later change is measured against. */
static wks_status start(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    sums *sum = sums_buffer(tick);

    if (sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for buurten");
    WKS_TRY(add_up(tick, sum, err));
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        world->buurt.share_start[b] = weighted_share(world, settings->value, sum, b);
        world->buurt.social_start[b] = per(sum[b].social, sum[b].dwellings);
        world->buurt.nuisance_start[b] = 1000 * per(sum[b].nuisance, world->buurt.n_households[b]);
        world->buurt.turnover_start[b] = NAN;
        if (!(world->buurt.price[b] > 0)) world->buurt.price[b] = 1;
    }
    mean_score(world);
out:
    return rc;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    sums *sum = sums_buffer(tick);

    if (sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for buurten");
    WKS_TRY(add_up(tick, sum, err));
    move_turnover(tick->world, settings->value, sum);
    move_scores(tick->world, settings->value, sum);
    mean_score(tick->world);
out:
    return rc;
}

static const wks_process process = {run, start};
const wks_spec wks_neighbourhood_spec = {
    "neighbourhood", "process", "the leefbaarheid score by dimension (a modelled link, not part of the instrument)", "", params,
    N_PARAMS,        &process};
