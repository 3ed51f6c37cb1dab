/* Events that order what process stock carries out: build, sell, demolish, renovate. */
#include "process/process_registry.h"
#include "process/stock_build.h"
#include "process/stock_demolish.h"
#include "process/stock_renovate.h"
#include "process/timeline.h"
#include "process/timeline_kind.h"

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
static int32_t corporatie(const wks_world *world, int32_t number)
{
    for (int32_t o = 0; o < world->owner.base.n_rows; o++)
        if (world->owner.key[o] != 0 && world->owner.kind[o] == WKS_OWNER_CORPORATIE && world->owner.number[o] == number) return o;
    return WKS_NONE;
}

static wks_status build_in(wks_tick *tick, const wks_event *event, int32_t buurt_row, wks_err *err)
{
    const double *p = event->settings.value;
    const wks_construction_kind kind = (wks_construction_kind)(int32_t)p[B_TENURE];
    const bool is_let = kind == WKS_CONSTRUCTION_SOCIAL || kind == WKS_CONSTRUCTION_MIDDLE || kind == WKS_CONSTRUCTION_FREE;
    const wks_stock_build_order order = {.buurt_row = buurt_row,
                                         .owner_row = is_let && p[B_OWNER] > 0 ? corporatie(tick->world, (int32_t)p[B_OWNER]) : WKS_NONE,
                                         .n_dwellings = wks_timeline_part_of(tick->world, event, (int32_t)p[B_DWELLINGS], buurt_row),
                                         .months = (int32_t)p[B_MONTHS],
                                         .kind = kind,
                                         .label = (wks_label)(int32_t)p[B_LABEL],
                                         .rooms = (int32_t)p[B_ROOMS],
                                         .origin = WKS_CONSTRUCTION_BY_EVENT,
                                         .number = (uint32_t)event->key};

    return wks_stock_build_order_add(tick, &order, err);
}

static wks_status build(wks_tick *tick, const wks_event *event, wks_err *err)
{
    wks_status rc = WKS_OK;
    for (int32_t b = wks_timeline_next_area(tick->world, event, -1); b >= 0; b = wks_timeline_next_area(tick->world, event, b))
        WKS_TRY(build_in(tick, event, b, err));
out:
    return rc;
}

/* Orders that wait for vacancies: `waiting` is a column of buurten. */
static void order_when_vacant(const wks_world *world, const wks_event *event, int32_t *waiting)
{
    for (int32_t b = wks_timeline_next_area(world, event, -1); b >= 0; b = wks_timeline_next_area(world, event, b))
        waiting[b] += wks_timeline_part_of(world, event, (int32_t)event->settings.value[A_DWELLINGS], b);
}

static wks_status sell(wks_tick *tick, const wks_event *event, wks_err *err)
{
    (void)err;
    order_when_vacant(tick->world, event, tick->world->buurt.to_sell);
    return WKS_OK;
}

static wks_status demolish(wks_tick *tick, const wks_event *event, wks_err *err)
{
    const double *p = event->settings.value;

    if (p[WKS_STOCK_DEMOLISH_WHEN_VACANT] == 0)
        return wks_stock_rehouse_order(tick, WKS_PROJECT_DEMOLISH, event->key, (int32_t)p[WKS_STOCK_DEMOLISH_DWELLINGS], err);
    order_when_vacant(tick->world, event, tick->world->buurt.to_demolish);
    return WKS_OK;
}

static wks_status renovate(wks_tick *tick, const wks_event *event, wks_err *err)
{
    return wks_stock_rehouse_order(tick, WKS_PROJECT_RENOVATE, event->key, (int32_t)event->settings.value[WKS_STOCK_RENOVATE_DWELLINGS],
                                   err);
}

static const wks_timeline_kind build_kind = {.happen = build}, sell_kind = {.happen = sell}, demolish_kind = {.happen = demolish},
                               renovate_kind = {.happen = renovate};
const wks_spec wks_timeline_stock_build_spec = {
    "build", "event",    "orders dwellings, completed by process stock; social ones not in wijken above a social_ceiling", "", build_params,
    B_N,     &build_kind};
const wks_spec wks_timeline_stock_sell_spec = {"sell", "event",   "sells social dwellings as they fall vacant", "", amount_params,
                                               A_N,    &sell_kind};
const wks_spec wks_timeline_stock_demolish_spec = {"demolish",
                                                   "event",
                                                   "demolishes social dwellings, with notice and herhuisvesting, or as they fall vacant",
                                                   "",
                                                   wks_stock_demolish_param,
                                                   WKS_STOCK_DEMOLISH_N,
                                                   &demolish_kind};
const wks_spec wks_timeline_stock_renovate_spec = {
    "renovate",           "event",       "renovates social dwellings, with wisselwoningen where needed", "", wks_stock_renovate_param,
    WKS_STOCK_RENOVATE_N, &renovate_kind};
