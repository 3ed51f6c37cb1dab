/* Event programme: work and debt help for residents (process livelihood). */
#include "process/timeline.h"
#include "process/timeline_kind.h"
#include "rules/part.h"

enum { P_AREAS, P_KIND, P_FACTOR, P_RUN, P_N = P_RUN + WKS_TIMELINE_N_RUN_PARAMS };
enum { PROGRAMME_WORK, PROGRAMME_DEBT };
static const char *const programmes[] = {"work", "debt", NULL};
static const wks_param programme_params[P_N] = {
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [P_KIND] = {"kind", WKS_PARAM_CHOICE, "-", 0, 0, 1, programmes, true, "scenario",
                "work: wijkbasisbaan and help to find work; debt: debt help and repayment plans"},
    [P_FACTOR] = {"factor", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, true, "assumption: 1 to 1.5 is the defensible range",
                  "hazards of leaving low income and benefit (work), or debt and arrears (debt), relative to without"},
    WKS_TIMELINE_RUN_PARAMS,
};
static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    const wks_settings *settings = &event->settings;
    wks_buurt_table *buurt = &tick->world->buurt;

    (void)err;
    for (int32_t b = 0; b < buurt->base.n_rows; b++) {
        if (!wks_part_in_areas(tick->world, settings, 0, b)) continue;
        const bool is_work = (int32_t)settings->value[P_KIND] == PROGRAMME_WORK;
        (is_work ? buurt->work_boost : buurt->debt_boost)[b] += settings->value[P_FACTOR] - 1;
    }
    return WKS_OK;
}

static const wks_timeline_kind kind = {.run = run, .item = WKS_PURSE_FOR_work};
const wks_spec wks_timeline_programme_spec = {"programme", "event", "a programme of work or debt help for residents", "", programme_params,
                                              P_N,         &kind};
