/* Event meeting: places and people that bring neighbours together (process encounter). */
#include "process/timeline.h"
#include "process/timeline_kind.h"
#include "rules/part.h"

enum { M_AREAS, M_FACTOR, M_RUN, M_N = M_RUN + WKS_TIMELINE_N_RUN_PARAMS };
static const wks_param meeting_params[M_N] = {
    [M_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [M_FACTOR] = {"factor", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, true, "assumption: 1 to 2 is the defensible range",
                  "light contacts relative to the start"},
    WKS_TIMELINE_RUN_PARAMS,
};
static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    const wks_settings *settings = &event->settings;
    wks_buurt_table *buurt = &tick->world->buurt;

    (void)err;
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        if (!wks_part_in_areas(tick->world, settings, 0, b)) continue;
        buurt->meeting[b] += settings->value[M_FACTOR] - 1;
    }
    return WKS_OK;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_meeting};
const wks_spec wks_timeline_meeting_spec = {"meeting", "event", "meeting places and connecting officers", "", meeting_params, M_N, &kind};
