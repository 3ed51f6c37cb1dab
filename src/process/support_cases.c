#include "process/support_cases.h"

#include <string.h>

#include "base/par.h"
#include "num/math.h"
#include "process/buffer_slots.h"
#include "process/sieve.h"
#include "process/support_need.h"
#include "process/support_order.h"

enum { FULL = 10 };

/* --- one case ----------------------------------------------------------------------------------------------------------- */

typedef struct wks_support_desk {
    wks_world *world;
    const double *p;
    wks_support_pool *pool;
    wks_support_sums *sum;
    wks_support_list waits;
    int64_t *waiting, *waited; /* by block: those that cannot be helped, and their months */
} desk;

/* Light help by who is around anyway. */
static bool may_help_lightly(const desk *self, int32_t row, wks_support_kind kind)
{
    const wks_world *world = self->world;
    if (kind == WKS_SUPPORT_beheerder) return wks_world_tenure_of(world, row) == WKS_TENURE_SOCIAL;
    return kind != WKS_SUPPORT_language || wks_support_need_speaks_other(world, self->p, row);
}

/* By which kinds of staff a case is met, and with how many tenths of an hour of each; nothing of any when no whole case fits. */
typedef struct wks_support_offer {
    wks_support_kind kind; /* of `tenths`; the wijkteam gives `rest` besides */
    int32_t tenths, rest;
} offer;

static int64_t left(const desk *self, wks_support_kind kind, int32_t b)
{
    return self->pool->city[kind] + self->pool->here[(int64_t)kind * self->pool->n_buurten + b];
}

/* Psychiatric problems and addiction by ggz expertise, whose hours are worth more, with the wijkteam for the rest; else all by the wijkteam. */
static offer offer_special(const desk *self, wks_support_need need, int32_t b)
{
    const int32_t expert = (int32_t)((double)need.special / self->p[WKS_SUPPORT_P_GGZ_WORTH] + 0.999999), rest = need.all - need.special;
    const int64_t team = left(self, WKS_SUPPORT_wijkteam, b);

    if (left(self, WKS_SUPPORT_ggz, b) >= expert && team >= rest) return (offer){WKS_SUPPORT_ggz, expert, rest};
    return (offer){WKS_SUPPORT_wijkteam, team >= need.all ? need.all : 0, 0};
}

/* Light need by light help if it can, else by the wijkteam. */
static offer offer_of(const desk *self, int32_t row, int32_t b)
{
    const int32_t all = self->world->household.need[row];

    if ((self->world->household.vulnerability[row] & (WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION)) != 0) {
        const wks_support_need need = wks_support_need_of(self->world, self->p, row);
        if (need.special > 0) return offer_special(self, need, b);
    }
    for (int k = WKS_SUPPORT_beheerder; k < WKS_SUPPORT_N_KINDS; k++) {
        const wks_support_kind kind = (wks_support_kind)k;
        if (left(self, kind, b) >= all && may_help_lightly(self, row, kind)) return (offer){kind, all, 0};
    }
    return (offer){WKS_SUPPORT_wijkteam, left(self, WKS_SUPPORT_wijkteam, b) >= all ? all : 0, 0};
}

static int32_t give(desk *self, wks_support_kind kind, int32_t b, int32_t tenths)
{
    if (tenths > 0) wks_support_pool_take(self->world, self->pool, kind, b, tenths);
    return tenths;
}

static int32_t buurt_of(const wks_world *world, int32_t row)
{
    return world->dwelling.buurt_row[world->unit.dwelling_row[world->household.unit_row[row]]];
}

static void serve(desk *self, int32_t row)
{
    wks_world *world = self->world;
    wks_household_table *household = &world->household;
    const int32_t b = buurt_of(world, row);
    const bool was_helped = household->help[row] > 0;
    const offer from = offer_of(self, row, b);
    const int32_t given = give(self, from.kind, b, from.tenths);

    household->help[row] = (uint8_t)(given + give(self, WKS_SUPPORT_wijkteam, b, from.rest));
    if (household->help[row] > 0) {
        household->helped[row] = FULL;
        self->sum[b].met += household->need[row];
        world->support.n_cases++;
        return;
    }
    if (was_helped) household->wait_month[row] = world->month;
    world->support.n_waiting++;
    world->support.waited_months += world->month - household->wait_month[row];
}

static wks_status serve_all(wks_tick *tick, desk *self, const int32_t *row, int32_t n, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_support_case *item;

    WKS_TRY(wks_support_order_make(tick, row, n, &item, err));
    for (int32_t k = 0; k < n; k++)
        serve(self, item[k].row);
out:
    return rc;
}

/* --- who waits ------------------------------------------------------------------------------------------------------------ */

/* Leaves those in the list whose case fits now; the others wait on. */
static void sift_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const desk *self = context;
    const wks_household_table *household = &self->world->household;
    int32_t *row = self->waits.row + begin, n = 0;
    int64_t months = 0;

    (void)end;
    for (int32_t k = 0; k < self->waits.n[block]; k++) {
        const int32_t i = row[k];
        const offer from = offer_of(self, i, buurt_of(self->world, i));
        if (from.tenths + from.rest > 0)
            row[n++] = i;
        else
            months += self->world->month - household->wait_month[i];
    }
    self->waited[block] = months;
    self->waiting[block] = self->waits.n[block] - n;
    self->waits.n[block] = n;
}

/* All of a list, one after the other from its first row on: returns how many. */
static int32_t join(const wks_support_list *list, int64_t block_size, int64_t n_blocks)
{
    int32_t n = 0;

    for (int64_t k = 0; k < n_blocks; k++) {
        memmove(&list->row[n], &list->row[k * block_size], (size_t)list->n[k] * sizeof *list->row);
        n += list->n[k];
    }
    return n;
}

/* --- after ---------------------------------------------------------------------------------------------------------------- */

typedef struct wks_support_fading {
    wks_world *world;
    const wks_support_pass *pass;
    double keep;
} fading;

/* Whole tenths that halve, on average, in the half-life: rounded by a draw. */
static void fade(const fading *self, int32_t row, uint32_t word)
{
    uint8_t *helped = &self->world->household.helped[row];
    const double left_over = self->keep * *helped;
    const int32_t whole = (int32_t)left_over;

    *helped = (uint8_t)(whole + (wks_rng_unit(word) < left_over - whole));
}

static void fade_some(const fading *self, const int32_t *row, int32_t n)
{
    const wks_world *world = self->world;
    uint64_t key[WKS_SIEVE_ROWS] = {0};
    uint32_t word[WKS_SIEVE_ROWS], *const out[4] = {NULL, word, NULL, NULL};

    for (int32_t k = 0; k < n; k++)
        key[k] = world->household.key[row[k]];
    wks_rng_rows(&world->seed, key, n, (uint32_t)world->tick, WKS_RNG_SUPPORT_CASE, out);
    for (int32_t k = 0; k < n; k++)
        fade(self, row[k], word[k]);
}

/* Who was helped before, and is not now. */
static void fade_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const fading *self = context;
    const int32_t *after = self->pass->after.row + begin;
    int32_t row[WKS_SIEVE_ROWS], n = 0;

    (void)end;
    for (int32_t k = 0; k < self->pass->after.n[block]; k++) {
        if (self->world->household.help[after[k]] > 0) continue;
        row[n++] = after[k];
        if (n < WKS_SIEVE_ROWS) continue;
        fade_some(self, row, n);
        n = 0;
    }
    fade_some(self, row, n);
}

wks_status wks_support_cases_share(wks_tick *tick, const wks_support_pass *pass, wks_support_pool *pool, wks_support_sums *sum,
                                   wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    wks_support *support = &world->support;
    const double half_life = pass->p[WKS_SUPPORT_P_HALF_LIFE];
    const int64_t n_rows = world->household.base.n_rows, size = pass->block_size, n_blocks = pass->n_blocks;
    desk self = {.world = world, .p = pass->p, .pool = pool, .sum = sum, .waits = pass->waits};
    fading after = {world, pass, half_life > 0 ? wks_math_exp(-0.6931471805599453 / half_life) : 0};

    self.waiting = wks_tick_buffer(tick, WKS_SLOT_ITEMS, 2 * (size_t)n_blocks, sizeof *self.waiting);
    if (self.waiting == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for who waits for support");
    self.waited = self.waiting + n_blocks;
    support->n_cases = support->n_waiting = support->waited_months = 0;
    WKS_TRY(serve_all(tick, &self, pass->helped.row, join(&pass->helped, size, n_blocks), err));
    wks_par_for(n_rows, size, world->threads, sift_block, &self);
    for (int64_t k = 0; k < n_blocks; k++) {
        support->n_waiting += self.waiting[k];
        support->waited_months += self.waited[k];
    }
    WKS_TRY(serve_all(tick, &self, pass->waits.row, join(&pass->waits, size, n_blocks), err));
    wks_par_for(n_rows, size, world->threads, fade_block, &after);
out:
    return rc;
}
