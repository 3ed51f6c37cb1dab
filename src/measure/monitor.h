/* Early warning by buurt and quarter, for monitor.csv: what a corporatie or gemeente could have seen coming, beside what only the model knows. A signal tells where to look,
 * never what residents are: needs of support, mostly of health, are told of wijken and the city only. */
#ifndef WKS_MEASURE_MONITOR_H
#define WKS_MEASURE_MONITOR_H

#include "scenario/scenario.h"
#include "world/world.h"

/* X(name, unit, from, help_nl, help_en). From: `own` knowable to a corporatie or gemeente from its own files, `published` knowable from figures that are published (the
 * Leefbaarometer), `model` known to the model only. */
/* clang-format off */
#define WKS_MONITOR_SIGNALS(X)                                                                                                      \
    X(nuisance,     "files/1,000 households", "own", "overlastdossiers per 1.000 huishoudens", "nuisance files per 1,000 households") \
    X(arrears,      "share",    "own", "sociale huurders met huurachterstand", "tenants in social rent with rent arrears")          \
    X(turnover,     "share/yr", "own", "ingetrokken huishoudens per huishouden, twaalf maanden", "households that moved in, per household, twelve months") \
    X(refusals,     "refusals/letting", "own", "weigeringen om leefbaarheid per sociale verhuring, twaalf maanden", "refusals because of leefbaarheid per social letting, twelve months") \
    X(vacancy,      "months",   "own", "maanden dat leegstaande, verhuurbare sociale woningen leegstaan", "months that vacant, lettable social homes have been empty") \
    X(load,         "ratio",    "model", "belasting gedeeld door draagkracht", "load over carrying capacity")                      \
    X(leefbaarheid, "LBM",      "published", "leefbaarheid (gemodelleerd)", "leefbaarheid (modelled)")                                   \
    X(won,          "LBM",      "published", "daarvan woningvoorraad", "of it woningvoorraad")                                            \
    X(fys,          "LBM",      "published", "daarvan fysieke omgeving", "of it fysieke omgeving")                                        \
    X(vrz,          "LBM",      "published", "daarvan voorzieningen", "of it voorzieningen")                                              \
    X(soc,          "LBM",      "published", "daarvan sociale samenhang", "of it sociale samenhang")                                      \
    X(onv,          "LBM",      "published", "daarvan overlast en onveiligheid (hoger is beter)", "of it overlast en onveiligheid (higher is better)") \
    X(class,        "class",    "published", "klasse van de leefbaarheid, 1 tot 9", "class of leefbaarheid, 1 to 9")                      \
    X(class_change, "classes/yr", "published", "klassen sinds vier kwartalen geleden", "classes since four quarters ago")
/* clang-format on */

typedef enum wks_monitor_signal {
#define WKS_MONITOR_ENUM(name, unit, from, help_nl, help_en) WKS_MONITOR_##name,
    WKS_MONITOR_SIGNALS(WKS_MONITOR_ENUM) WKS_MONITOR_N_SIGNALS
#undef WKS_MONITOR_ENUM
} wks_monitor_signal;

typedef enum wks_monitor_alarm {
    WKS_MONITOR_UNJUDGED, /* no alarm goes with the signal, or it may not be told */
    WKS_MONITOR_NONE,
    WKS_MONITOR_EARLY_EARLY,
    WKS_MONITOR_EARLY,
    WKS_MONITOR_ALARM,
    WKS_MONITOR_N_ALARMS
} wks_monitor_alarm;
extern const char *const wks_monitor_alarm_name[WKS_MONITOR_N_ALARMS];

enum { WKS_MONITOR_QUARTERS = 4 };
/* Falling: by more than this a year, LBM (assumption: half the standard deviation of a change over a year, 0.045 over four years [D2]). */
#define WKS_MONITOR_FALL 0.005
/* Load over capacity of a buurt that is an alarm, relative to the city's (assumption). */
#define WKS_MONITOR_LOAD 1.5
/* Highest class that is an alarm while it falls: 4, zwak (assumption). */
enum { WKS_MONITOR_WEAK_CLASS = 4 };

/** One row of monitor.csv. */
typedef struct wks_monitor_row {
    int32_t year, quarter, buurt_row; /* quarter from 1 */
    wks_monitor_signal signal;
    double value, trend; /* NaN: not defined, or too few to be told */
    wks_monitor_alarm alarm;
} wks_monitor_row;

typedef struct wks_monitor wks_monitor; /* opaque: twelve months and five quarters by buurt */
wks_status wks_monitor_create(const wks_world *world, wks_monitor **out, wks_err *err);
void wks_monitor_destroy(wks_monitor *monitor);
/** Carries months and quarters over; read into one just created for the same city. */
wks_status wks_monitor_carry(wks_monitor *monitor, wks_carry *carry, wks_err *err);

/** Least squares slope of four values a quarter apart, oldest first, per year; NaN when one is. */
double wks_monitor_trend(const double value[WKS_MONITOR_QUARTERS]);
/** Alarm of the scores of four quarters, oldest first, the last one now: class 4 or lower and falling; falling, now below a bound and at or above it in one of the
 *  quarters before: `early` (6/7) before `early_early` (7/8); else none. */
wks_monitor_alarm wks_monitor_alarm_of(const double score[WKS_MONITOR_QUARTERS]);

/** Takes in this tick; once a tick, not for tick 0. O(buurten + lettings). */
void wks_monitor_tick(wks_monitor *monitor, const wks_world *world);
/** Rows of the quarter that ends with this tick (March, June, September, December), by buurt and signal; none at other ticks. Trends and alarms from the fourth
 *  quarter on. Valid until the next call. With real people (world.hides_few) values that tell of few are NaN, and with them trend and alarm. O(households + units). */
wks_status wks_monitor_rows(wks_monitor *monitor, const wks_world *world, const wks_monitor_row **out, int32_t *out_n, wks_err *err);

#endif
