/* Event programme: work, debt help, wijkbasisbanen, schools and workspaces for residents (processes livelihood, search, market). */
#include "process/timeline.h"
#include "process/timeline_jobs.h"
#include "process/timeline_kind.h"

enum { P_AREAS, P_KIND, P_FACTOR, P_PLACES, P_ACCEPT, P_RUN, P_N = P_RUN + WKS_TIMELINE_N_RUN_PARAMS };
enum { PROGRAMME_WORK, PROGRAMME_DEBT, PROGRAMME_JOBS, PROGRAMME_SCHOOL, PROGRAMME_WORKSPACE, PROGRAMME_N };
static const char *const programmes[PROGRAMME_N + 1] = {"work", "debt", "jobs", "school", "workspace", NULL};
static const wks_param programme_params[P_N] = {
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [P_KIND] = {"kind", WKS_PARAM_CHOICE, "-", 0, 0, PROGRAMME_N - 1, programmes, true, "scenario",
                "work: help to find work; debt: debt help and repayment plans; jobs: wijkbasisbanen; school: schools that keep families; "
                "workspace: cheap workspaces to start on one's own"},
    [P_FACTOR] =
        {"factor", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, false,
         "assumption: defensible are 1 to 1.5 (work, debt, workspace), 0.8 to 1 (school)",
         "relative to without (1: nothing): hazards of leaving low income and benefit (work), debt and arrears (debt); of families "
         "with middle incomes to leave (school); starts on one's own (workspace). Not for jobs"},
    [P_PLACES] = {"places", WKS_PARAM_INT, "jobs", 0, 0, 1000000, NULL, false, "scenario",
                  "jobs: how many wijkbasisbanen there are for residents of the areas on a benefit"},
    [P_ACCEPT] = {"accept", WKS_PARAM_REAL, "share", 0.5, 0, 1, NULL, false, "assumption: many are ill or care for others; 0.2 to 0.8",
                  "jobs: of who could be asked, the share that can and wants to"},
    WKS_TIMELINE_RUN_PARAMS,
};

static double *column_of(const wks_buurt_table *buurt, int32_t kind)
{
    switch (kind) {
    case PROGRAMME_WORK: return buurt->work_boost;
    case PROGRAMME_DEBT: return buurt->debt_boost;
    case PROGRAMME_SCHOOL: return buurt->school_boost;
    case PROGRAMME_WORKSPACE: return buurt->workspace_boost;
    default: return NULL;
    }
}

static wks_status run(wks_tick *tick, const wks_event *event, wks_err *err)
{
    const wks_settings *settings = &event->settings;
    double *column = column_of(&tick->world->buurt, (int32_t)settings->value[P_KIND]);

    if (column == NULL) return wks_timeline_jobs_run(tick, event, (int32_t)settings->value[P_PLACES], settings->value[P_ACCEPT], err);
    wks_timeline_add(tick->world, event, column, settings->value[P_FACTOR] - 1);
    return WKS_OK;
}

static wks_status end(wks_tick *tick, const wks_event *event, wks_err *err)
{
    (void)err;
    if ((int32_t)event->settings.value[P_KIND] == PROGRAMME_JOBS) wks_timeline_jobs_end(tick, event);
    return WKS_OK;
}

static wks_purse_item item_of(const wks_settings *settings)
{
    static const wks_purse_item item[PROGRAMME_N] = {
        [PROGRAMME_WORK] = WKS_PURSE_FOR_work,     [PROGRAMME_DEBT] = WKS_PURSE_FOR_debt,           [PROGRAMME_JOBS] = WKS_PURSE_FOR_work,
        [PROGRAMME_SCHOOL] = WKS_PURSE_FOR_school, [PROGRAMME_WORKSPACE] = WKS_PURSE_FOR_workspace,
    };
    return item[(int32_t)settings->value[P_KIND]];
}

static const wks_timeline_kind kind = {.run = run, .item_of = item_of, .end = end};
const wks_spec wks_timeline_programme_spec = {
    "programme", "event", "a programme for residents: work, debt help, wijkbasisbanen, schools or workspaces", "", programme_params,
    P_N,         &kind};
