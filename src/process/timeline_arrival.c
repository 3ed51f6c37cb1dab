/* Event arrival: an arrival neighbourhood kept as such. Newcomers find work and a network there sooner (process livelihood); who rises leaves as
 * elsewhere, and no mix is aimed at: that is how these areas work as a springboard [S79, S80]. */
#include "process/timeline.h"
#include "process/timeline_kind.h"

enum { A_AREAS, A_FACTOR, A_RUN, A_N = A_RUN + WKS_TIMELINE_N_RUN_PARAMS };
static const wks_param arrival_params[A_N] = {
    [A_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [A_FACTOR] = {"factor", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, true, "assumption: 1 to 1.5 is the defensible range",
                  "hazard of newcomers there to leave a benefit, relative to without (1: nothing)"},
    WKS_TIMELINE_RUN_PARAMS,
};

static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    (void)err;
    wks_timeline_add(tick->world, event, tick->world->buurt.arrival_boost, event->settings.value[A_FACTOR] - 1);
    return WKS_OK;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_arrival};
const wks_spec wks_timeline_arrival_spec = {
    "arrival", "event", "an arrival neighbourhood: newcomers find work and a network sooner, and leave when they rise", "", arrival_params,
    A_N,       &kind};
