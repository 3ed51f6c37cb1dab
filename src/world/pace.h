/* How registrations come and go in a region: what makes the inschrijfduur at letting of one region five years and of another thirteen.
 * A region is told by one figure (city.cfg, `inschrijfduur`), and the factors follow from it by one curve. */
#ifndef WKS_WORLD_PACE_H
#define WKS_WORLD_PACE_H

/** Factors on the rates and durations of registrations; all 1 for WKS_PACE_DEFAULT_YEARS and for a city that tells nothing. */
typedef struct wks_pace {
    double enrol;   /* on registering without looking (precaution), a year */
    double lapse;   /* on registrations that end, a year */
    double outside; /* on the inschrijfduur of seekers from the region when they begin to look here */
    double start;   /* on durations in the queue at tick 0 */
    double more;    /* on who is registered at tick 0 beyond those rates */
} wks_pace;

/* What the factors of 1 settle at, and the range over which the curve was fitted: years of inschrijfduur at letting. */
#define WKS_PACE_DEFAULT_YEARS 12.0
#define WKS_PACE_LEAST_YEARS   4.0
#define WKS_PACE_MOST_YEARS    16.0

/** Factors for a mean inschrijfduur at letting in years (0 or NaN: not told, all 1). Below WKS_PACE_LEAST_YEARS and above WKS_PACE_MOST_YEARS the
 *  factors of those. Each factor is geometric between its value at 5 years and 1 at the default: fitted on Groningen 2024 with the reference
 *  scenario so that the first year's lettings have the published mean of 4 years and 11 months [S58]; how near other regions come is measured by
 *  scripts/validate/40_inschrijfduur.sh. O(1). */
wks_pace wks_pace_of(double inschrijfduur_years);

#endif
