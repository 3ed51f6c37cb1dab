/* A kind of timeline event: what is behind wks_spec.implementation. One file a kind or family: timeline_<what>.c. A kind that runs gives its
 * parameters WKS_TIMELINE_RUN_PARAMS at the end: how long, what it costs, who pays (timeline_cost.h). */
#ifndef WKS_PROCESS_TIMELINE_KIND_H
#define WKS_PROCESS_TIMELINE_KIND_H

#include "process/tick.h"
#include "world/purse.h"

typedef struct wks_timeline_kind {
    wks_status (*happen)(wks_tick *tick, const wks_event *event, wks_err *err); /* once, in its month; NULL: nothing happens */
    /* Every month from its own to before the month of its parameter `until`: adds what it does to columns that timeline has reset. NULL: it does not last. */
    wks_status (*run)(wks_tick *tick, const wks_event *event, wks_err *err);
    wks_purse_item item; /* under which its cost is booked while it runs */
    /* Where the item depends on the event; NULL: `item`. */
    wks_purse_item (*item_of)(const wks_settings *settings);
    wks_status (*end)(wks_tick *tick, const wks_event *event, wks_err *err); /* once, in the month of `until`; NULL: nothing happens */
} wks_timeline_kind;

/* Parameters at the end of every kind that runs; read by name. */
#define WKS_TIMELINE_RUN_PARAMS                                                                                                            \
    {"until", WKS_PARAM_MONTH, "month", 0, 0, 0, NULL, false, "scenario", "runs until before this month; absent: to the end"},             \
        {"eur_year", WKS_PARAM_REAL, "EUR/yr", 0, 0, 1e11, NULL, false, "scenario", "cost a year of all of it, staff included"},           \
        {"hours_week", WKS_PARAM_REAL, "hours/week", 0, 0, 1e7, NULL, false, "scenario", "staff hours a week of all of it"},               \
    {                                                                                                                                      \
        "payer", WKS_PARAM_CHOICE, "-", WKS_PURSE_gemeente, 0, WKS_PURSE_N_PAYERS - 1, wks_purse_payer_name, false, "scenario", "who pays" \
    }
enum { WKS_TIMELINE_N_RUN_PARAMS = 4 };

/** Whether an event is running this month: from its month (tick 1 for earlier ones) to before its `until`. */
bool wks_timeline_is_running(const wks_world *world, const wks_event *event);
/** Buurten of an event's areas (its parameter 0; all when it names none), one by one: the first row after `after` (-1: from the start); WKS_NONE: no more. */
int32_t wks_timeline_next_area(const wks_world *world, const wks_event *event, int32_t after);
/** Adds the same to `column` (of buurten) in all areas of an event. O(buurten). */
void wks_timeline_add(const wks_world *world, const wks_event *event, double *column, double amount);
/** n things over the areas of an event (its parameter 0) in equal parts; the first buurten (by code) get one more. */
int32_t wks_timeline_part_of(const wks_world *world, const wks_event *event, int32_t n, int32_t buurt_row);

#endif
