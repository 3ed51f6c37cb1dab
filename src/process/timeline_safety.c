/* Event safety: enforcement, which acts on overlast en onveiligheid (process neighbourhood). */
#include "process/timeline.h"
#include "process/timeline_kind.h"
#include "rules/part.h"

enum { S_AREAS, S_EFFECT, S_RUN, S_N = S_RUN + WKS_TIMELINE_N_RUN_PARAMS };
static const wks_param safety_params[S_N] = {
    [S_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [S_EFFECT] = {"effect", WKS_PARAM_REAL, "LBM", 0, -0.2, 0.2, NULL, true, "assumption, order of 0.01 while it runs",
                  "effect on overlast en onveiligheid while the programme runs"},
    WKS_TIMELINE_RUN_PARAMS,
};
static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    const wks_settings *settings = &event->settings;
    wks_buurt_table *buurt = &tick->world->buurt;

    (void)err;
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        if (!wks_part_in_areas(tick->world, settings, 0, b)) continue;
        buurt->enforcement[b] += settings->value[S_EFFECT];
    }
    return WKS_OK;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_safety};
const wks_spec wks_timeline_safety_spec = {"safety", "event", "a safety programme", "", safety_params, S_N, &kind};
