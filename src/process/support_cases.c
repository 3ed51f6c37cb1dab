#include "process/support_cases.h"

#include <string.h>

#include "base/par.h"
#include "num/math.h"
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
    int64_t most_here[WKS_SUPPORT_N_KINDS], most; /* set_most */
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

/* No need beyond this finds hours anywhere: hours only become fewer within a month, and those of a buurt are at most as many as the most any had. */
static void set_most(desk *self)
{
    int64_t most = 0;

    for (int k = 0; k < WKS_SUPPORT_N_KINDS; k++) {
        const int64_t hours = self->pool->city[k] + self->most_here[k];
        most = hours > most ? hours : most;
    }
    const double special =
        self->p[WKS_SUPPORT_P_GGZ_WORTH] * (double)(self->pool->city[WKS_SUPPORT_ggz] + self->most_here[WKS_SUPPORT_ggz]) +
        (double)(self->pool->city[WKS_SUPPORT_wijkteam] + self->most_here[WKS_SUPPORT_wijkteam]) + 1;
    self->most = special > (double)most ? (int64_t)special : most;
}

static void make_most(desk *self)
{
    for (int k = 0; k < WKS_SUPPORT_N_KINDS; k++) {
        const int64_t *here = self->pool->here + (int64_t)k * self->pool->n_buurten;
        self->most_here[k] = 0;
        for (int32_t b = 0; b < self->pool->n_buurten; b++)
            self->most_here[k] = here[b] > self->most_here[k] ? here[b] : self->most_here[k];
    }
    set_most(self);
}

/* Returns how many months it has waited. */
static int32_t turn_away(wks_world *world, int32_t row)
{
    wks_household_table *household = &world->household;

    if (household->help[row] > 0) household->wait_month[row] = wks_month_cell(world->month);
    household->help[row] = 0;
    return world->month - household->wait_month[row];
}

static void refuse(desk *self, int32_t row)
{
    self->world->support.waited_months += turn_away(self->world, row);
    self->world->support.n_waiting++;
}

static bool fits(const desk *self, int32_t row)
{
    if (self->world->household.need[row] > self->most) return false;
    const offer from = offer_of(self, row, buurt_of(self->world, row));
    return from.tenths + from.rest > 0;
}

static void serve(desk *self, int32_t row)
{
    wks_household_table *household = &self->world->household;

    if (household->need[row] > self->most) {
        refuse(self, row);
        return;
    }
    const int32_t b = buurt_of(self->world, row);
    const offer from = offer_of(self, row, b);
    if (from.tenths + from.rest == 0) {
        refuse(self, row);
        return;
    }
    const int32_t given = give(self, from.kind, b, from.tenths);
    household->help[row] = (uint8_t)(given + give(self, WKS_SUPPORT_wijkteam, b, from.rest));
    household->helped[row] = FULL;
    self->sum[b].met += household->need[row];
    self->world->support.n_cases++;
    set_most(self);
}

/* Leaves those whose case fits now: it will not fit later when it does not. */
static int32_t sift(desk *self, wks_support_case *item, int32_t n)
{
    int32_t n_left = 0;

    for (int32_t k = 0; k < n; k++) {
        if (fits(self, item[k].row))
            item[n_left++] = item[k];
        else
            refuse(self, item[k].row);
    }
    return n_left;
}

/* Month by month. `sifted`: most cases will not fit, and those that do not now need no place. */
static wks_status serve_all(wks_tick *tick, desk *self, const int32_t *row, int32_t n, bool sifted, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_support_order order;

    WKS_TRY(wks_support_order_months(tick, row, n, &order, err));
    for (int32_t first = 0, last; first < n; first = last) {
        for (last = first + 1; last < n && order.item[last].wait_month == order.item[first].wait_month;)
            last++;
        const int32_t n_left = sifted ? sift(self, &order.item[first], last - first) : last - first;
        wks_support_order_lots(&order, &order.item[first], n_left);
        for (int32_t k = first; k < first + n_left; k++)
            serve(self, order.item[k].row);
    }
out:
    return rc;
}

typedef struct wks_support_sifting {
    const desk *desk;
    const wks_support_pass *pass;
} sifting;

/* The same for a block of households that wait, before anybody of them is served. */
static void sift_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const sifting *self = context;
    int32_t *row = self->pass->waits.row + begin, n_left = 0;
    int64_t waited = 0;

    (void)end;
    for (int32_t k = 0; k < self->pass->waits.n[block]; k++) {
        if (fits(self->desk, row[k]))
            row[n_left++] = row[k];
        else
            waited += turn_away(self->desk->world, row[k]);
    }
    self->pass->turned_away[block] = self->pass->waits.n[block] - n_left;
    self->pass->waited[block] = waited;
    self->pass->waits.n[block] = n_left;
}

static void sift_waits(const desk *self, const wks_support_pass *pass)
{
    wks_support *support = &self->world->support;
    sifting work = {self, pass};

    wks_par_for(self->world->household.base.n_rows, pass->block_size, self->world->threads, sift_block, &work);
    for (int64_t k = 0; k < pass->n_blocks; k++) {
        support->n_waiting += pass->turned_away[k];
        support->waited_months += pass->waited[k];
    }
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
    const int64_t size = pass->block_size, n_blocks = pass->n_blocks;
    desk self = {.world = world, .p = pass->p, .pool = pool, .sum = sum};
    fading after = {world, pass, half_life > 0 ? wks_math_exp(-0.6931471805599453 / half_life) : 0};

    support->n_cases = support->n_waiting = support->waited_months = 0;
    make_most(&self);
    WKS_TRY(serve_all(tick, &self, pass->helped.row, join(&pass->helped, size, n_blocks), false, err));
    sift_waits(&self, pass);
    WKS_TRY(serve_all(tick, &self, pass->waits.row, join(&pass->waits, size, n_blocks), true, err));
    wks_par_for(world->household.base.n_rows, size, world->threads, fade_block, &after);
out:
    return rc;
}
