/* Event support: hours of staff on top of what the city pays for itself (process support recruits and spends them). */
#include <string.h>

#include "process/buffer_slots.h"
#include "process/timeline.h"
#include "process/timeline_kind.h"
#include "scenario/settings.h"

enum { S_AREAS, S_KIND, S_RUN, S_N = S_RUN + WKS_TIMELINE_N_RUN_PARAMS };
static const wks_param support_params[S_N] = {
    [S_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, false, "scenario",
                 "buurten or wijken that the staff works for, in parts by households; none: the whole city"},
    [S_KIND] = {"kind", WKS_PARAM_CHOICE, "-", WKS_SUPPORT_wijkteam, 0, WKS_SUPPORT_N_KINDS - 1, wks_support_kind_name, true, "scenario",
                "kind of work: wijkteam helps with everything, ggz with psychiatric problems and addiction; the others find need and help "
                "a little"},
    WKS_TIMELINE_RUN_PARAMS,
};

static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    wks_status rc = WKS_OK;
    const wks_settings *settings = &event->settings;
    wks_world *world = tick->world;
    const wks_support_kind work = (wks_support_kind)(int32_t)settings->value[S_KIND];
    const int64_t tenths = (int64_t)(10 * wks_settings_value_or(settings, "hours_week", 0) + 0.5);
    uint8_t *is_here = NULL;

    if (settings->n_areas[S_AREAS] > 0) {
        is_here = wks_tick_buffer(tick, WKS_SLOT_AREAS, (size_t)world->buurt.base.n_rows, 1);
        if (is_here == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for areas of an event");
        memset(is_here, 0, (size_t)world->buurt.base.n_rows);
        for (int32_t b = wks_timeline_next_area(world, event, -1); b >= 0; b = wks_timeline_next_area(world, event, b))
            is_here[b] = 1;
    }
    wks_support_ask(&world->support, &world->buurt, work, tenths, is_here);
out:
    return rc;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_support};
const wks_spec wks_timeline_support_spec = {
    "support", "event", "staff for support: more hours of a kind, for areas or the city", "", support_params, S_N, &kind};
