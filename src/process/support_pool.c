#include "process/support_pool.h"

#include <string.h>

#include "num/math.h"

enum { K = WKS_SUPPORT_N_KINDS };

static int64_t households_of(const wks_world *world)
{
    int64_t n = 0;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
        n += world->buurt.n_households[b];
    return n;
}

/* Shares of the kinds one after the other; what is left is the wijkteam's. Cut to whole tenths of an hour so that they add up. */
static void set_base(wks_world *world, const double *p)
{
    const double whole = p[WKS_SUPPORT_P_HOURS] * (double)households_of(world) / 100; /* tenths */
    double share = 0;
    int64_t before = 0;

    for (int k = WKS_SUPPORT_ggz; k < K; k++) {
        share = wks_math_clamp(share + p[WKS_SUPPORT_P_SHARE_GGZ + k - WKS_SUPPORT_ggz], 0, 1);
        const int64_t until = (int64_t)(share * whole + 0.5);
        world->support.base[k] = until - before;
        before = until;
    }
    world->support.base[WKS_SUPPORT_wijkteam] = (int64_t)(whole + 0.5) - before;
}

/* A part of the gap each month, a tenth of an hour at least: staff found, or leaving at notice. */
static int64_t next_staff(int64_t now, int64_t asked, const double *p)
{
    const int64_t gap = asked - now, months = (int64_t)p[gap > 0 ? WKS_SUPPORT_P_RECRUIT : WKS_SUPPORT_P_NOTICE];

    if (months <= 1) return asked;
    return gap > 0 ? now + (gap + months - 1) / months : now - (-gap + months - 1) / months;
}

void wks_support_pool_recruit(wks_world *world, const double *p, bool is_start)
{
    wks_support *support = &world->support;

    set_base(world, p);
    for (int k = 0; k < K; k++) {
        const int64_t asked = support->base[k] + support->asked[k];
        const int64_t *asked_here = wks_support_buurt_asked(&world->buurt, (wks_support_kind)k);
        int64_t *here = wks_support_buurt_staffed(&world->buurt, (wks_support_kind)k);
        support->staffed[k] = is_start ? asked : next_staff(support->staffed[k], asked, p);
        for (int32_t b = 0; b < world->buurt.base.n_rows; b++)
            here[b] = is_start ? asked_here[b] : next_staff(here[b], asked_here[b], p);
    }
}

/* Of hours of a kind: those spent on finding need. All casework is given. */
static int64_t signalling(const double *p, int kind, int64_t tenths)
{
    return kind <= WKS_SUPPORT_ggz ? 0 : tenths - (int64_t)(p[WKS_SUPPORT_P_LIGHT] * (double)tenths);
}

static void spread(const wks_world *world, int64_t tenths, int64_t n_households, int64_t *here)
{
    int64_t before = 0;

    for (int32_t b = 0; b < world->buurt.base.n_rows && n_households > 0; b++) {
        const int64_t until = before + world->buurt.n_households[b];
        here[b] += tenths * until / n_households - tenths * before / n_households;
        before = until;
    }
}

void wks_support_pool_fill(wks_world *world, const double *p, wks_support_pool *out)
{
    wks_support *support = &world->support;
    const int64_t n = households_of(world);

    for (int k = 0; k < K; k++) {
        const int64_t *staffed = wks_support_buurt_staffed(&world->buurt, (wks_support_kind)k);
        int64_t *here = out->here + (int64_t)k * out->n_buurten;
        support->used[k] = 0;
        support->signalling[k] = signalling(p, k, support->staffed[k]);
        const int64_t city = support->staffed[k] - support->signalling[k], common = (int64_t)(p[WKS_SUPPORT_P_FOLLOW] * (double)city);
        out->city[k] = common;
        for (int32_t b = 0; b < out->n_buurten; b++) {
            const int64_t finding = signalling(p, k, staffed[b]);
            here[b] = staffed[b] - finding;
            support->signalling[k] += finding;
        }
        spread(world, city - common, n, here);
    }
}

void wks_support_pool_beheer(wks_world *world, const double *p)
{
    const int64_t *here = world->buurt.staffed_beheerder;
    const double n = (double)households_of(world), city = (double)world->support.staffed[WKS_SUPPORT_beheerder];

    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        const double own = world->buurt.n_households[b];
        const double hours = (n > 0 ? 100 * city / n : 0) + (own > 0 ? 100 * (double)here[b] / own : 0); /* a week per 1,000 households */
        world->buurt.beheer[b] = wks_math_clamp(hours / p[WKS_SUPPORT_P_BEHEER_FULL], 0, 1);
    }
}

int64_t wks_support_pool_left(const wks_support_pool *pool, wks_support_kind kind, int32_t b)
{
    return pool->city[kind] + pool->here[(int64_t)kind * pool->n_buurten + b];
}

void wks_support_pool_take(wks_world *world, wks_support_pool *pool, wks_support_kind kind, int32_t b, int64_t tenths)
{
    int64_t *here = &pool->here[(int64_t)kind * pool->n_buurten + b];
    const int64_t own = *here < tenths ? *here : tenths;

    *here -= own;
    pool->city[kind] -= tenths - own;
    WKS_BUG_IF(pool->city[kind] < 0);
    world->support.used[kind] += tenths;
    world->buurt.support_given[b] += tenths;
}
