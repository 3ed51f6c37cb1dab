/* Event designate: areas are named as problem areas, with the stigma that brings (process neighbourhood). */
#include "process/timeline.h"
#include "process/timeline_kind.h"

enum { D_AREAS, D_STIGMA, D_RUN, D_N = D_RUN + WKS_TIMELINE_N_RUN_PARAMS };
static const wks_param designate_params[D_N] = {
    [D_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [D_STIGMA] = {"stigma", WKS_PARAM_REAL, "-", 1, 0, 1, NULL, false, "assumption: 1 is that of the Rotterdam Act",
                  "how much is made of it; of several designations the strongest counts"},
    WKS_TIMELINE_RUN_PARAMS,
};

static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    const double level = event->settings.value[D_STIGMA];
    double *designated = tick->world->buurt.designated;

    (void)err;
    for (int32_t b = wks_timeline_next_area(tick->world, event, -1); b >= 0; b = wks_timeline_next_area(tick->world, event, b))
        if (level > designated[b]) designated[b] = level;
    return WKS_OK;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_designation};
const wks_spec wks_timeline_designate_spec = {"designate", "event", "designates areas, which gives them a stigma", "", designate_params,
                                              D_N,         &kind};
