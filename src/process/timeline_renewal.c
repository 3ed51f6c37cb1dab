/* Event renewal: squares, parks, shops and services made better; the gain is built up over months (process neighbourhood). */
#include "process/timeline.h"
#include "process/timeline_kind.h"

enum { R_AREAS, R_FYS, R_VRZ, R_MONTHS, R_RUN, R_N = R_RUN + WKS_TIMELINE_N_RUN_PARAMS };
static const wks_param renewal_params[R_N] = {
    [R_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [R_FYS] = {"fys", WKS_PARAM_REAL, "LBM", 0, 0, 0.2, NULL, false, "assumption; sd over buurten of six cities 0.038 [D1]",
               "gain of fysieke omgeving when it is complete"},
    [R_VRZ] = {"vrz", WKS_PARAM_REAL, "LBM", 0, 0, 0.2, NULL, false, "assumption; sd over buurten of six cities 0.10 [D1]",
               "gain of voorzieningen when it is complete"},
    [R_MONTHS] = {"months", WKS_PARAM_INT, "months", 36, 1, 240, NULL, false, "assumption",
                  "until it is complete, in equal steps; what there is when it ends wears off by neighbourhood.renewal_fade"},
    WKS_TIMELINE_RUN_PARAMS,
};

static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    const double *p = event->settings.value;
    const int32_t first = event->month > tick->world->start_month ? event->month : tick->world->start_month + 1;
    const double months = tick->world->month - first + 1.0, part = months < p[R_MONTHS] ? months / p[R_MONTHS] : 1;

    (void)err;
    wks_timeline_add(tick->world, event, tick->world->buurt.renewal_fys, part * p[R_FYS]);
    wks_timeline_add(tick->world, event, tick->world->buurt.renewal_vrz, part * p[R_VRZ]);
    return WKS_OK;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_renewal};
const wks_spec wks_timeline_renewal_spec = {"renewal", "event", "renewal of surroundings and amenities", "", renewal_params, R_N, &kind};
