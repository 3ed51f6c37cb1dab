/* Areas as a springboard: who comes, stays and goes within a year, and whose income rose or fell meanwhile. Every household is compared with itself at the
 * start of the year, per buurt, per wijk, and in buurten with much social rent against the others: who moves within an area stays in it. */
#ifndef WKS_MEASURE_SPRINGBOARD_H
#define WKS_MEASURE_SPRINGBOARD_H

#include "measure/track.h"
#include "world/world.h"

/* Shares, each of a number of households:
 * ENTRANTS_LOW     low income, of who lives there now and did not a year ago (formed meanwhile included)
 * RESIDENTS_LOW    the same, of all who live there now
 * STAYERS_RISE     income rose, of who lives there now and did a year ago; STAYERS_FALL: fell
 * LEAVERS_RISE     income rose, of who lived there a year ago and does not now (of who left the city: until it went); LEAVERS_FALL: fell
 * LOW_EXIT         no low income now, of who lived there a year ago with one and lives in the city now, anywhere
 * VULNERABLE_STAY  still at the same address, of who lived there a year ago with any vulnerability; households that ended are left out */
typedef enum wks_springboard_kind {
    WKS_SPRINGBOARD_ENTRANTS_LOW,
    WKS_SPRINGBOARD_RESIDENTS_LOW,
    WKS_SPRINGBOARD_STAYERS_RISE,
    WKS_SPRINGBOARD_STAYERS_FALL,
    WKS_SPRINGBOARD_LEAVERS_RISE,
    WKS_SPRINGBOARD_LEAVERS_FALL,
    WKS_SPRINGBOARD_LOW_EXIT,
    WKS_SPRINGBOARD_VULNERABLE_STAY,
    WKS_N_SPRINGBOARD_KINDS
} wks_springboard_kind;
extern const char *const wks_springboard_kind_name[WKS_N_SPRINGBOARD_KINDS];

/* Rise and fall: income per standard adult, less the growth of all incomes, by more than a tenth (assumption). A partner counts for 0.4 (assumption, near
 * CBS's equivalence factors); children are left out. Only who works or lives on a benefit at both ends: neither study nor pension. */
#define WKS_SPRINGBOARD_CHANGE  0.1
#define WKS_SPRINGBOARD_PARTNER 0.4

typedef enum wks_springboard_level {
    WKS_SPRINGBOARD_BUURT,
    WKS_SPRINGBOARD_WIJK,
    WKS_SPRINGBOARD_CITY, /* area 0: buurten with much social rent; 1: the others */
    WKS_N_SPRINGBOARD_LEVELS
} wks_springboard_level;

typedef struct wks_springboard wks_springboard; /* opaque: every household as it was at the start of the year, counts of the last year */
wks_status wks_springboard_create(const wks_world *world, wks_springboard **out, wks_err *err);
void wks_springboard_destroy(wks_springboard *springboard);
/** Carries it over; read into one just created for the same city. */
wks_status wks_springboard_carry(wks_springboard *springboard, wks_carry *carry, wks_err *err);

/** Takes in this tick; once a tick, also tick 0. Years are ticks 1 to 12, 13 to 24 and so on. Whole numbers, so the same for any order of rows.
 *  WKS_ERR_NOMEM. O(households), in most months only their incomes are copied.
 *  @param track  between wks_track_find and wks_track_take */
wks_status wks_springboard_push(wks_springboard *springboard, const wks_track *track, const wks_world *world, wks_err *err);
/** Households have other rows from here on. */
wks_status wks_springboard_reorder(wks_springboard *springboard, const wks_row_order *order, wks_err *err);

/** Part and whole of a share over the last whole year; 0 of 0 before the first. */
typedef struct wks_springboard_share {
    int64_t part, whole;
} wks_springboard_share;
wks_springboard_share wks_springboard_of(const wks_springboard *springboard, wks_springboard_level level, int32_t area,
                                         wks_springboard_kind kind);

#endif
