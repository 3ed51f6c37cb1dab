/* Event safety: enforcement, which acts on overlast en onveiligheid (process neighbourhood) and on nuisance files (process livelihood). */
#include "process/timeline.h"
#include "process/timeline_kind.h"

enum { S_AREAS, S_EFFECT, S_NUISANCE, S_RUN, S_N = S_RUN + WKS_TIMELINE_N_RUN_PARAMS };
static const wks_param safety_params[S_N] = {
    [S_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [S_EFFECT] = {"effect", WKS_PARAM_REAL, "LBM", 0, -0.2, 0.2, NULL, true, "assumption, order of 0.01 while it runs",
                  "effect on overlast en onveiligheid while the programme runs"},
    [S_NUISANCE] = {"nuisance", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, false,
                    "assumption: 0.6 to 1 is the defensible range, after the -20 % (0 to -40 %) of sociaal beheer",
                    "onset of nuisance files there relative to without, and how long they last (1: nothing, 0: none at all)"},
    WKS_TIMELINE_RUN_PARAMS,
};

static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    const double *p = event->settings.value;

    (void)err;
    wks_timeline_add(tick->world, event, tick->world->buurt.enforcement, p[S_EFFECT]);
    wks_timeline_add(tick->world, event, tick->world->buurt.nuisance_boost, p[S_NUISANCE] - 1);
    return WKS_OK;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_safety};
const wks_spec wks_timeline_safety_spec = {"safety", "event", "a safety programme", "", safety_params, S_N, &kind};
