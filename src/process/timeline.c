#include "process/timeline.h"

#include <string.h>

#include "process/process_registry.h"
#include "process/stock_build.h"
#include "process/stock_demolish.h"
#include "process/stock_renovate.h"
#include "rules/part.h"

/* Kinds of event: each with its parameters, as the scenario reader and `describe` see them. */
enum { B_AREAS, B_DWELLINGS, B_TENURE, B_ROOMS, B_LABEL, B_OWNER, B_MONTHS, B_N };
static const char *const tenures[] = {"social",      "middle_rent", "owner", "free_rent",
                                      "owner_cheap", "owner_dear",  NULL};                     /* wks_construction_kind */
static const char *const labels[] = {"none", "senior", "jongeren", "campus", "gemengd", NULL}; /* wks_label */
static const wks_param build_params[B_N] = {
    [B_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken where it is built, in equal parts"},
    [B_DWELLINGS] = {"dwellings", WKS_PARAM_INT, "dwellings", 0, 1, 100000, NULL, true, "scenario", "how many in all"},
    [B_TENURE] = {"tenure", WKS_PARAM_CHOICE, "-", 0, 0, 5, tenures, false, "scenario",
                  "social; middle_rent; free_rent, above it; owner, at the prices there; owner_cheap and owner_dear, up to and from "
                  "cheap_eur of process stock"},
    [B_ROOMS] = {"rooms", WKS_PARAM_INT, "rooms", 0, 0, 20, NULL, false, "scenario",
                 "rooms of each, living room included; 0: as the homes there"},
    [B_LABEL] = {"label", WKS_PARAM_CHOICE, "-", 0, 0, 4, labels, false, "scenario",
                 "for whom: not none makes a new complex of it in each buurt (senior: homes for care too)"},
    [B_OWNER] = {"owner", WKS_PARAM_INT, "-", 0, 0, 100, NULL, false, "scenario",
                 "number of the corporatie that builds social, middle_rent or free_rent; 0: for social one of the buurt, else private"},
    [B_MONTHS] = {"months", WKS_PARAM_INT, "months", 0, 0, 240, NULL, false, "scenario",
                  "from the decision, in the month named and when it is paid, to completion"},
};
enum { A_AREAS, A_DWELLINGS, A_N };
static const wks_param amount_params[A_N] = {
    [A_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [A_DWELLINGS] = {"dwellings", WKS_PARAM_INT, "dwellings", 0, 1, 100000, NULL, true, "scenario",
                     "how many in all, in equal parts over the areas"},
};
enum { M_AREAS, M_FACTOR, M_N };
static const wks_param meeting_params[M_N] = {
    [M_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [M_FACTOR] = {"factor", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, true, "assumption: 1 to 2 is the defensible range",
                  "light contacts relative to the start"},
};
enum { S_AREAS, S_EFFECT, S_N };
static const wks_param safety_params[S_N] = {
    [S_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [S_EFFECT] = {"effect", WKS_PARAM_REAL, "LBM", 0, -0.2, 0.2, NULL, true, "assumption, order of 0.01 while it runs",
                  "effect on overlast en onveiligheid while the programme runs; 0 ends it"},
};
enum { P_AREAS, P_KIND, P_FACTOR, P_N };
enum { PROGRAMME_WORK, PROGRAMME_DEBT };
static const char *const programmes[] = {"work", "debt", NULL};
static const wks_param programme_params[P_N] = {
    [P_AREAS] = {"areas", WKS_PARAM_AREAS, "-", 0, 0, 0, NULL, true, "scenario", "buurten or wijken"},
    [P_KIND] = {"kind", WKS_PARAM_CHOICE, "-", 0, 0, 1, programmes, true, "scenario",
                "work: wijkbasisbaan and help to find work; debt: debt help and repayment plans"},
    [P_FACTOR] = {"factor", WKS_PARAM_REAL, "-", 1, 0, 5, NULL, true, "assumption: 1 to 1.5 is the defensible range",
                  "hazards of leaving low income and benefit (work), or debt and arrears (debt), relative to without; 1 ends it"},
};
enum { SET_PATH, SET_N };
static const wks_param set_params[SET_N] = {
    [SET_PATH] = {"set", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, true, "scenario",
                  "key processes.<name>.<parameter> that gets `value` from this month on"},
};

enum { EVENT_SET, EVENT_BUILD, EVENT_SELL, EVENT_DEMOLISH, EVENT_RENOVATE, EVENT_MEETING, EVENT_SAFETY, EVENT_PROGRAMME };
static const int kinds[] = {EVENT_SET,      EVENT_BUILD,   EVENT_SELL,   EVENT_DEMOLISH,
                            EVENT_RENOVATE, EVENT_MEETING, EVENT_SAFETY, EVENT_PROGRAMME};
static const wks_spec set_spec = {"set", "event", "changes a parameter of a process from this month on", "", set_params, SET_N, &kinds[0]};
static const wks_spec build_spec = {
    "build", "event",  "orders dwellings, completed by process stock; social ones not in wijken above a social_ceiling", "", build_params,
    B_N,     &kinds[1]};
static const wks_spec sell_spec = {"sell", "event", "sells social dwellings as they fall vacant", "", amount_params, A_N, &kinds[2]};
static const wks_spec demolish_spec = {"demolish",
                                       "event",
                                       "demolishes social dwellings, with notice and herhuisvesting, or as they fall vacant",
                                       "",
                                       wks_stock_demolish_param,
                                       WKS_STOCK_DEMOLISH_N,
                                       &kinds[3]};
static const wks_spec renovate_spec = {
    "renovate",           "event",  "renovates social dwellings, with wisselwoningen where needed", "", wks_stock_renovate_param,
    WKS_STOCK_RENOVATE_N, &kinds[4]};
static const wks_spec meeting_spec = {"meeting", "event", "meeting places and connecting officers", "", meeting_params, M_N, &kinds[5]};
static const wks_spec safety_spec = {"safety", "event", "a safety programme", "", safety_params, S_N, &kinds[6]};
static const wks_spec programme_spec = {"programme", "event",  "a programme of work or debt help for residents", "", programme_params,
                                        P_N,         &kinds[7]};

const wks_spec *const wks_timeline_events[] = {&set_spec,      &build_spec,   &sell_spec,   &demolish_spec,
                                               &renovate_spec, &meeting_spec, &safety_spec, &programme_spec};
const int32_t wks_timeline_n_events = sizeof wks_timeline_events / sizeof *wks_timeline_events;

/* n things over the areas of an event in equal parts; the first buurten (by code) get one more. */
static int32_t part_of(const wks_world *world, const wks_settings *settings, int32_t n, int32_t buurt_row)
{
    int32_t n_areas = 0, before = 0;
    for (int32_t b = 0; b < world->buurt.base.n_rows; b++) {
        if (!wks_part_in_areas(world, settings, 0, b)) continue;
        if (b < buurt_row) before++;
        n_areas++;
    }
    return n_areas == 0 ? 0 : n / n_areas + (before < n % n_areas ? 1 : 0);
}

static int32_t corporatie(const wks_world *world, int32_t number)
{
    for (int32_t o = 0; o < world->owner.base.n_rows; o++)
        if (world->owner.key[o] != 0 && world->owner.kind[o] == WKS_OWNER_CORPORATIE && world->owner.number[o] == number) return o;
    return WKS_NONE;
}

static wks_status build(wks_tick *tick, const wks_settings *settings, uint32_t number, int32_t buurt_row, wks_err *err)
{
    const double *p = settings->value;
    const wks_construction_kind kind = (wks_construction_kind)(int32_t)p[B_TENURE];
    const bool is_let = kind == WKS_CONSTRUCTION_SOCIAL || kind == WKS_CONSTRUCTION_MIDDLE || kind == WKS_CONSTRUCTION_FREE;
    const wks_stock_build_order order = {.buurt_row = buurt_row,
                                         .owner_row = is_let && p[B_OWNER] > 0 ? corporatie(tick->world, (int32_t)p[B_OWNER]) : WKS_NONE,
                                         .n_dwellings = part_of(tick->world, settings, (int32_t)p[B_DWELLINGS], buurt_row),
                                         .months = (int32_t)p[B_MONTHS],
                                         .kind = kind,
                                         .label = (wks_label)(int32_t)p[B_LABEL],
                                         .rooms = (int32_t)p[B_ROOMS],
                                         .origin = WKS_CONSTRUCTION_BY_EVENT,
                                         .number = number};

    return wks_stock_build_order_add(tick, &order, err);
}

static wks_status happen(wks_tick *tick, const wks_event *event, wks_err *err)
{
    wks_status rc = WKS_OK;
    wks_world *world = tick->world;
    const wks_settings *settings = &event->settings;
    const int kind = *(const int *)settings->spec->implementation;
    const int32_t number = (int32_t)(event - tick->scenario->timeline);

    if (kind == EVENT_RENOVATE)
        return wks_stock_rehouse_order(tick, WKS_PROJECT_RENOVATE, number, (int32_t)settings->value[WKS_STOCK_RENOVATE_DWELLINGS], err);
    if (kind == EVENT_DEMOLISH && settings->value[WKS_STOCK_DEMOLISH_WHEN_VACANT] == 0)
        return wks_stock_rehouse_order(tick, WKS_PROJECT_DEMOLISH, number, (int32_t)settings->value[WKS_STOCK_DEMOLISH_DWELLINGS], err);

    for (int32_t b = 0; kind != EVENT_SET && b < world->buurt.base.n_rows; b++) {
        if (!wks_part_in_areas(world, settings, 0, b)) continue;
        switch (kind) {
        case EVENT_BUILD: WKS_TRY(build(tick, settings, (uint32_t)number, b, err)); break;
        case EVENT_SELL: world->buurt.to_sell[b] += part_of(world, settings, (int32_t)settings->value[A_DWELLINGS], b); break;
        case EVENT_DEMOLISH: world->buurt.to_demolish[b] += part_of(world, settings, (int32_t)settings->value[A_DWELLINGS], b); break;
        case EVENT_MEETING: world->buurt.meeting[b] = settings->value[M_FACTOR]; break;
        case EVENT_SAFETY: world->buurt.enforcement[b] = settings->value[S_EFFECT]; break;
        case EVENT_PROGRAMME:
            ((int32_t)settings->value[P_KIND] == PROGRAMME_WORK ? world->buurt.work_boost : world->buurt.debt_boost)[b] =
                settings->value[P_FACTOR] - 1;
            break;
        default: break;
        }
    }
out:
    return rc;
}

static wks_status run(wks_tick *tick, const wks_settings *settings, wks_err *err)
{
    wks_status rc = WKS_OK;

    (void)settings;
    for (int32_t i = 0; i < tick->scenario->n_events; i++) {
        const wks_event *event = &tick->scenario->timeline[i];
        /* What is dated at or before the start happens in the first month. */
        const bool first = tick->world->tick == 1 && event->month <= tick->world->start_month;
        if (first || event->month == tick->world->month) WKS_TRY(happen(tick, event, err));
    }
out:
    return rc;
}

static const wks_process process = {run, NULL};
const wks_spec wks_timeline_spec = {"timeline", "process", "this month's events of the scenario", "", NULL, 0, &process};
