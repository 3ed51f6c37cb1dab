/* What a predicate asks for at least: a range for each attribute, from the conditions joined by `and` at its top. Enough to see that two
 * predicates cannot both hold (age_years >= 65 and age_years < 28); what is behind `or` or arithmetic is not looked at. */
#ifndef WKS_SCENARIO_BOUNDS_H
#define WKS_SCENARIO_BOUNDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum { WKS_BOUNDS_MAX = 64 };

typedef struct wks_bounds {
    double low[WKS_BOUNDS_MAX], high[WKS_BOUNDS_MAX];
    bool is_low_open[WKS_BOUNDS_MAX], is_high_open[WKS_BOUNDS_MAX]; /* the end itself is excluded */
    uint64_t choices[WKS_BOUNDS_MAX];                               /* choices left; switches: bit 0 false, bit 1 true */
    bool is_impossible;                                             /* the predicate says false */
} wks_bounds;

void wks_bounds_init(wks_bounds *bounds);
/** Narrows by a predicate that compiles (others change nothing). O(length). WKS_ERR_NOMEM without memory. */
wks_status wks_bounds_narrow(wks_bounds *bounds, const char *where, wks_err *err);
/** Narrows one number to >= low and < high (infinite: no end). */
void wks_bounds_range(wks_bounds *bounds, const char *attribute, double low, double high);
/** Narrows one choice or switch to the one of that index. */
void wks_bounds_only(wks_bounds *bounds, const char *attribute, int32_t choice);
/** Nobody can be within. `*out_attribute` (may be NULL): the attribute that has no value left, -1 when the predicate is false itself. */
bool wks_bounds_is_empty(const wks_bounds *bounds, int32_t *out_attribute);

#endif
