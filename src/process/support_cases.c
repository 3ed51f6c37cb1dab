#include "process/support_cases.h"

#include <stdlib.h>

#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/support_need.h"

enum { FULL = 10 };

typedef struct wks_support_case {
    uint64_t key;
    int32_t row, wait_month; /* who is helped: before all months */
    uint32_t lot;
} wks_support_case;

static int by_place(const void *left, const void *right)
{
    const wks_support_case *a = left, *b = right;
    if (a->wait_month != b->wait_month) return a->wait_month < b->wait_month ? -1 : 1;
    if (a->lot != b->lot) return a->lot < b->lot ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

/* One draw for as long as it waits: drawn for the month in which that began. */
static wks_support_case place_of(const wks_world *world, int32_t row)
{
    const wks_household_table *household = &world->household;
    uint32_t word[4];

    wks_rng_four(&world->seed, household->key[row], (uint32_t)household->wait_month[row], WKS_RNG_SUPPORT_CASE, word);
    /* Whole cases fit as before for who is helped, in the order in which they came. */
    const int32_t wait = household->wait_month[row] + (household->help[row] > 0 ? WKS_NO_MONTH : 0);
    return (wks_support_case){household->key[row], row, wait, word[0]};
}

static wks_status list(wks_tick *tick, const uint8_t *flag, wks_support_case **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n_rows = tick->world->household.base.n_rows;
    int32_t n = 0;

    for (int32_t i = 0; i < n_rows; i++)
        n += flag[i];
    *out = wks_tick_buffer(tick, WKS_SLOT_ITEMS, (size_t)n, sizeof **out);
    *out_n = 0;
    if (*out == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d households with known need", n);
    for (int32_t i = 0; i < n_rows; i++) {
        if (flag[i]) (*out)[(*out_n)++] = place_of(tick->world, i);
    }
    if (*out_n > 1) qsort(*out, (size_t)*out_n, sizeof **out, by_place);
out:
    return rc;
}

/* --- one case ----------------------------------------------------------------------------------------------------------- */

typedef struct wks_support_desk {
    wks_world *world;
    const double *p;
    wks_support_pool *pool;
} desk;

/* Light help by who is around anyway. */
static bool may_help_lightly(const desk *self, int32_t row, wks_support_kind kind)
{
    const wks_world *world = self->world;
    if (kind == WKS_SUPPORT_beheerder) return wks_world_tenure_of(world, row) == WKS_TENURE_SOCIAL;
    return kind != WKS_SUPPORT_language || wks_support_need_speaks_other(world, self->p, row);
}

static int32_t give(desk *self, wks_support_kind kind, int32_t b, int32_t tenths)
{
    if (tenths > 0) wks_support_pool_take(self->world, self->pool, kind, b, tenths);
    return tenths;
}

/* Hours of staff that meet the whole need, or 0 when no whole case fits. Light need by light help if it can, else by the wijkteam; psychiatric problems and
 * addiction by ggz expertise, whose hours are worth more, with the wijkteam for the rest; else all by the wijkteam. */
static int32_t serve(desk *self, int32_t row, int32_t b)
{
    const wks_support_need need = wks_support_need_of(self->world, self->p, row);
    const int32_t expert = (int32_t)((double)need.special / self->p[WKS_SUPPORT_P_GGZ_WORTH] + 0.999999), rest = need.all - need.special;

    for (int k = WKS_SUPPORT_beheerder; k < WKS_SUPPORT_N_KINDS && need.special == 0; k++) {
        const wks_support_kind kind = (wks_support_kind)k;
        if (wks_support_pool_left(self->pool, kind, b) >= need.all && may_help_lightly(self, row, kind))
            return give(self, kind, b, need.all);
    }
    const int64_t team = wks_support_pool_left(self->pool, WKS_SUPPORT_wijkteam, b);
    if (need.special > 0 && wks_support_pool_left(self->pool, WKS_SUPPORT_ggz, b) >= expert && team >= rest) {
        const int32_t given = give(self, WKS_SUPPORT_ggz, b, expert);
        return given + give(self, WKS_SUPPORT_wijkteam, b, rest);
    }
    return team >= need.all ? give(self, WKS_SUPPORT_wijkteam, b, need.all) : 0;
}

/* --- after ---------------------------------------------------------------------------------------------------------------- */

/* Whole tenths that halve, on average, in the half-life: rounded by a draw. */
static void fade(const wks_world *world, double keep, uint8_t *helped, int32_t row)
{
    const double left = keep * *helped;
    const int32_t whole = (int32_t)left;
    uint32_t word[4];

    wks_rng_four(&world->seed, world->household.key[row], (uint32_t)world->tick, WKS_RNG_SUPPORT_CASE, word);
    *helped = (uint8_t)(whole + (wks_rng_unit(word[1]) < left - whole));
}

typedef struct wks_support_fading {
    wks_world *world;
    double keep;
} fading;

static void fade_rows(int64_t begin, int64_t end, int64_t block, void *context)
{
    const fading *self = context;
    wks_household_table *household = &self->world->household;

    (void)block;
    for (int64_t k = begin; k < end; k++) {
        if (household->key[k] == 0 || household->helped[k] == 0 || household->help[k] > 0) continue;
        fade(self->world, self->keep, &household->helped[k], (int32_t)k);
    }
}

wks_status wks_support_cases_share(wks_tick *tick, const double *p, const uint8_t *flag, wks_support_pool *pool, wks_support_sums *sum,
                                   wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_household_table *household = &world->household;
    wks_support *support = &world->support;
    desk self = {world, p, pool};
    fading after = {world, p[WKS_SUPPORT_P_HALF_LIFE] > 0 ? wks_math_exp(-0.6931471805599453 / p[WKS_SUPPORT_P_HALF_LIFE]) : 0};
    wks_support_case *item = NULL;
    int32_t n = 0;

    WKS_TRY(list(tick, flag, &item, &n, err));
    support->n_cases = support->n_waiting = support->waited_months = 0;
    for (int32_t k = 0; k < n; k++) {
        const int32_t row = item[k].row, b = wks_world_buurt_of(world, row);
        const bool was_helped = household->help[row] > 0;
        household->help[row] = (uint8_t)serve(&self, row, b);
        if (household->help[row] > 0) {
            household->helped[row] = FULL;
            sum[b].met += household->need[row];
            support->n_cases++;
            continue;
        }
        if (was_helped) household->wait_month[row] = wks_month_cell(world->month);
        support->n_waiting++;
        support->waited_months += world->month - household->wait_month[row];
    }
    wks_par_for(household->base.n_rows, 0, world->threads, fade_rows, &after);
out:
    return rc;
}
