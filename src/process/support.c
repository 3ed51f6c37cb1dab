#include "process/support.h"

#include <string.h>

#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"

enum { P_HOURS, P_REACH, P_INFORMAL, N_PARAMS };

static const wks_param params[N_PARAMS] = {
    [P_HOURS] = {"support_hours", WKS_PARAM_REAL, "hours/week per 1,000 households", 25, 0, 1000, NULL, false, "assumption",
                 "the city's one pool of formal support, shared by need"},
    [P_REACH] = {"reach", WKS_PARAM_REAL, "share", 0.6, 0, 1, NULL, false, "assumption: support reaches known need only",
                 "part of the need that is known"},
    [P_INFORMAL] = {"informal", WKS_PARAM_REAL, "hours/week", 0.10, 0, 10, NULL, false, "assumption",
                    "what a household that lives here over two years without needs of its own can give"},
};

/* Sums over the households of a buurt, made in blocks of rows and added in block order. */
typedef struct wks_support_sums {
    double need, care, informal;
} sums;

typedef struct wks_support_pass {
    const wks_world *world;
    sums *block; /* n_blocks * n_buurten */
} pass;

static double need_of(uint16_t vulnerability)
{
    /* Hours a week by trait (assumption; the sum of what applies). */
    return ((vulnerability & WKS_VULNERABLE_PSYCHIATRIC) != 0 ? 2.0 : 0) + ((vulnerability & WKS_VULNERABLE_ADDICTION) != 0 ? 2.0 : 0) +
           ((vulnerability & WKS_VULNERABLE_LVB) != 0 ? 0.5 : 0) + ((vulnerability & WKS_VULNERABLE_DEBT) != 0 ? 0.5 : 0) +
           ((vulnerability & WKS_VULNERABLE_FRAIL) != 0 ? 1.0 : 0);
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
        here->need += need_of(traits);
        here->care += need_of(traits) * household->support[i] / 10; /* delivered under a care contract */
        if ((traits & (weighs | WKS_VULNERABLE_FRAIL)) == 0 && world->month - household->since_month[i] > 24)
            here->informal += 1; /* a whole number: the order of rows does not matter */
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
            out[b].need += part->need;
            out[b].care += part->care;
            out[b].informal += part->informal;
        }
    }
out:
    return rc;
}

/* The one pool of hours goes to known need in proportion; what is left is load. */
static void share_support(wks_world *world, const double *p, const sums *sum)
{
    const int32_t n = world->buurt.base.n_rows;
    double known = 0;
    int64_t households = 0;

    for (int32_t b = 0; b < n; b++) {
        known += p[P_REACH] * (sum[b].need - sum[b].care);
        households += world->buurt.n_households[b];
    }
    world->budget.support_hours_total = p[P_HOURS] * (double)households / 1000;
    const double part = known > 0 ? wks_math_clamp(world->budget.support_hours_total / known, 0, 1) : 0;
    world->budget.support_hours_used = 0;
    for (int32_t b = 0; b < n; b++) {
        world->buurt.support_hours[b] = part * p[P_REACH] * (sum[b].need - sum[b].care);
        world->buurt.capacity[b] = p[P_INFORMAL] * sum[b].informal;
        world->buurt.load[b] = sum[b].need - sum[b].care - world->buurt.support_hours[b];
        world->budget.support_hours_used += world->buurt.support_hours[b];
    }
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;
    sums *sum = wks_tick_buffer(tick, WKS_SLOT_BUURT_D, (size_t)tick->world->buurt.base.n_rows, sizeof(sums));

    if (sum == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for buurten");
    WKS_TRY(add_up(tick, sum, err));
    share_support(tick->world, settings->value, sum);
out:
    return rc;
}

static const wks_process process = {run, run};
const wks_spec wks_support_spec = {"support", "process", "formal support from one pool of hours, informal capacity, load", "", params,
                                   N_PARAMS,  &process};
