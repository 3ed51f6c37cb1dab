/* Event guidance: social management of complexes of gemengd wonen, without which contacts fade (process encounter). */
#include "process/timeline.h"
#include "process/timeline_kind.h"

enum { G_AREAS, G_STRENGTH, G_RUN, G_N = G_RUN + WKS_TIMELINE_N_RUN_PARAMS };
static const wks_param guidance_params[G_N] = {
    [G_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [G_STRENGTH] = {"strength", WKS_PARAM_REAL, "-", 1, 0, 1, NULL, true, "assumption: contacts fade without support [S38, S39]",
                    "1: what carriers and askers do together stays as frequent as at the start; two at once add up, to at most 1"},
    WKS_TIMELINE_RUN_PARAMS,
};

static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    double *guidance = tick->world->buurt.guidance;

    (void)err;
    for (int32_t b = wks_timeline_next_area(tick->world, event, -1); b >= 0; b = wks_timeline_next_area(tick->world, event, b)) {
        guidance[b] += event->settings.value[G_STRENGTH];
        if (guidance[b] > 1) guidance[b] = 1;
    }
    return WKS_OK;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_guidance};
const wks_spec wks_timeline_guidance_spec = {"guidance", "event", "guidance of complexes of gemengd wonen", "", guidance_params,
                                             G_N,        &kind};
