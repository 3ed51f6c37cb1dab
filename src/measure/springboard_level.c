#include "measure/springboard_level.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "measure/selection.h"

typedef struct wks_springboard_level_context {
    const wks_scenario *scenario;
    const wks_world *world;
    const wks_springboard *springboard;
    wks_series *out;
} context;

static wks_status add_shares(const context *self, const char *indicator, wks_springboard_level level, int32_t area, wks_err *err)
{
    static const char *const name[WKS_N_SPRINGBOARD_LEVELS] = {"buurt", "wijk", ""};
    wks_status rc = WKS_OK;

    if (!wks_selection_has(self->scenario, indicator)) goto out;
    for (int32_t k = 0; k < WKS_N_SPRINGBOARD_KINDS; k++) {
        const wks_springboard_share share = wks_springboard_of(self->springboard, level, area, (wks_springboard_kind)k);
        const bool is_told = share.whole > 0 && wks_world_may_tell_part(self->world, (double)share.part, (double)share.whole);
        if (k == WKS_SPRINGBOARD_VULNERABLE_STAY && level == WKS_SPRINGBOARD_BUURT) continue;
        WKS_TRY(wks_series_add(self->out, indicator, wks_springboard_kind_name[k], "", name[level],
                               level == WKS_SPRINGBOARD_CITY ? WKS_NONE : area, is_told ? (double)share.part / (double)share.whole : NAN,
                               err));
    }
out:
    return rc;
}

static wks_status add_jobs(const context *self, const char *level, int32_t row, int64_t n, wks_err *err)
{
    if (!wks_selection_has(self->scenario, "jobs_taken")) return WKS_OK;
    return wks_series_add(self->out, "jobs_taken", "", "", level, row, wks_world_may_tell(self->world, (double)n) ? (double)n : NAN, err);
}

/* Who has a wijkbasisbaan lives where it lives now; counts by buurt (n_buurten of them) and the sum over all, homeless holders included. */
static int64_t count_jobs(const wks_world *world, int64_t *by_buurt)
{
    int64_t n = 0;

    for (int32_t h = 0; h < world->household.base.n_rows; h++) {
        if (world->household.key[h] == 0 || !wks_household_has_job(&world->household, h)) continue;
        const int32_t buurt = wks_world_buurt_of(world, h);
        n++;
        if (by_buurt != NULL && buurt >= 0) by_buurt[buurt]++;
    }
    return n;
}

wks_status wks_springboard_level_city(const wks_scenario *scenario, const wks_world *world, const wks_springboard *springboard,
                                      wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const context self = {scenario, world, springboard, out};

    WKS_TRY(add_shares(&self, "springboard", WKS_SPRINGBOARD_CITY, 0, err));
    WKS_TRY(add_shares(&self, "springboard_elsewhere", WKS_SPRINGBOARD_CITY, 1, err));
    WKS_TRY(add_jobs(&self, "", WKS_NONE, count_jobs(world, NULL), err));
out:
    return rc;
}

wks_status wks_springboard_level_areas(const wks_scenario *scenario, const wks_world *world, const wks_springboard *springboard,
                                       wks_series *out, wks_err *err)
{
    wks_status rc = WKS_OK;
    const context self = {scenario, world, springboard, out};
    const int32_t n = world->buurt.base.n_rows;
    int64_t *jobs = wks_mem_array((size_t)n + (size_t)world->n_wijken, sizeof *jobs);

    if (jobs == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for %d buurten", n);
    (void)count_jobs(world, jobs);
    for (int32_t b = 0; b < n; b++) {
        jobs[n + world->buurt.wijk_row[b]] += jobs[b];
        if (!scenario->output.buurt) continue;
        WKS_TRY(add_shares(&self, "springboard", WKS_SPRINGBOARD_BUURT, b, err));
        WKS_TRY(add_jobs(&self, "buurt", b, jobs[b], err));
    }
    for (int32_t w = 0; scenario->output.wijk && w < world->n_wijken; w++) {
        WKS_TRY(add_shares(&self, "springboard", WKS_SPRINGBOARD_WIJK, w, err));
        WKS_TRY(add_jobs(&self, "wijk", w, jobs[n + w], err));
    }
out:
    free(jobs);
    return rc;
}
