#include "process/timeline.h"

#include <math.h>

#include "process/process_registry.h"
#include "process/timeline_cost.h"
#include "process/timeline_kind.h"
#include "rules/part.h"
#include "scenario/settings.h"

enum { SET_PATH, SET_N };
static const wks_param set_params[SET_N] = {
    [SET_PATH] = {"set", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, "scenario",
                  "key processes.<name>.<parameter> that gets `value` from this month on"},
};

static const wks_timeline_kind set_kind = {0};
const wks_spec wks_timeline_set_event_spec = {"set", "event",  "changes a parameter of a process from this month on", "", set_params,
                                              SET_N, &set_kind};

#define ENTRY(name) &wks_timeline_##name##_spec,
const wks_spec *const wks_timeline_events[] = {WKS_TIMELINE_KINDS(ENTRY)};
#undef ENTRY
const int32_t wks_timeline_n_events = sizeof wks_timeline_events / sizeof *wks_timeline_events;

int32_t wks_timeline_next_area(const wks_world *world, const wks_event *event, int32_t after)
{
    for (int32_t b = after + 1; b < world->buurt.base.n_rows; b++)
        if (wks_part_in_areas(world, &event->settings, 0, b)) return b;
    return WKS_NONE;
}

void wks_timeline_add(const wks_world *world, const wks_event *event, double *column, double amount)
{
    for (int32_t b = wks_timeline_next_area(world, event, -1); b >= 0; b = wks_timeline_next_area(world, event, b))
        column[b] += amount;
}

int32_t wks_timeline_part_of(const wks_world *world, const wks_event *event, int32_t n, int32_t buurt_row)
{
    int32_t n_areas = 0, before = 0;
    for (int32_t b = wks_timeline_next_area(world, event, -1); b >= 0; b = wks_timeline_next_area(world, event, b)) {
        if (b < buurt_row) before++;
        n_areas++;
    }
    return n_areas == 0 ? 0 : n / n_areas + (before < n % n_areas ? 1 : 0);
}

/* The first month in which it does not run; NaN: none. */
static double end_of(const wks_event *event)
{
    const int32_t param = wks_settings_param(event->settings.spec, "until");
    return param < 0 ? NAN : event->settings.value[param];
}

bool wks_timeline_is_running(const wks_world *world, const wks_event *event)
{
    const double until = end_of(event);

    return event->month <= world->month && (isnan(until) || world->month < (int32_t)until);
}

/* What running events add to. */
static void reset(wks_world *world)
{
    wks_buurt_table *buurt = &world->buurt;

    for (int32_t c = 0; c < world->complex.base.n_rows; c++)
        world->complex.shared[c] = 0;
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        buurt->meeting[b] = 1;
        buurt->uptake[b] = buurt->guidance[b] = 0;
        buurt->enforcement[b] = buurt->work_boost[b] = buurt->debt_boost[b] = 0;
        buurt->school_boost[b] = buurt->workspace_boost[b] = buurt->arrival_boost[b] = buurt->nuisance_boost[b] = 0;
        buurt->job_places[b] = 0;
        buurt->renewal_fys[b] = buurt->renewal_vrz[b] = buurt->designated[b] = 0;
    }
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;

    (void)settings;
    reset(tick->world);
    wks_support_clear_asked(&tick->world->support, &tick->world->buurt);
    for (int32_t i = 0; i < tick->scenario->n_events; i++) {
        const wks_event *event = &tick->scenario->timeline[i];
        const wks_timeline_kind *kind = event->settings.spec->implementation;
        /* What is dated at or before the start happens in the first month. */
        const bool first = tick->world->tick == 1 && event->month <= tick->world->start_month;
        if (kind->happen != NULL && (first || event->month == tick->world->month)) WKS_TRY(kind->happen(tick, event, err));
        if (kind->end != NULL && end_of(event) >= tick->world->month && end_of(event) < tick->world->month + 1)
            WKS_TRY(kind->end(tick, event, err));
        if (kind->run == NULL || !wks_timeline_is_running(tick->world, event)) continue;
        WKS_TRY(kind->run(tick, event, err));
        WKS_TRY(wks_timeline_cost_month(tick, event, err));
    }
out:
    return rc;
}

static const wks_process process = {run, NULL};
const wks_spec wks_timeline_spec = {"timeline", "process", "this month's events of the scenario", "", NULL, 0, &process};
