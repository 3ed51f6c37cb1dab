/* Counts of one moment: households by group and buurt, seekers by group, unhoused by kind, rent burden. Who is where and in which group is
 * kept by differences from tick to tick; the rest is counted in one parallel pass. */
#ifndef WKS_MEASURE_COUNTS_H
#define WKS_MEASURE_COUNTS_H

#include "measure/track.h"
#include "measure/window.h"
#include "scenario/law.h"
#include "world/world.h"

/* Net rent over income that counts as high: the limit of process livelihood's arrears (its default), assumption. */
#define WKS_COUNTS_HIGH_BURDEN 0.40

/* Spells of low income over the past year, households with a home of their own that do not live on a study (household.low_past, low_known). */
typedef struct wks_counts_low {
    int64_t n, now;         /* households, of which low now */
    int64_t then, out;      /* low twelve months ago, of which not low now */
    int64_t known, entered; /* low now and known since a year, of which not low twelve months ago */
    int64_t left, relapsed; /* left low income twelve months ago to the month, of which low again in a month since */
} wks_counts_low;
enum { WKS_COUNTS_MONTHS = 241 };

typedef struct wks_counts {
    int32_t n_buurten, n_groups;
    double *group;                                                     /* n_groups * n_buurten: housed households of the group */
    double *all;                                                       /* n_buurten: housed households */
    double *social, *social_vacant, *market_vacant;                    /* n_buurten: social dwellings' units, vacant units */
    int64_t registered[WKS_WINDOW_GROUPS];                             /* households with a registration, by group; last: everybody */
    int64_t active[WKS_WINDOW_GROUPS];                                 /* of those, looking for a social home this month */
    int64_t households[WKS_WINDOW_GROUPS];                             /* resident households (outside and COA left out) */
    int64_t place[WKS_N_PLACES];                                       /* households by place */
    int64_t unhoused_months[WKS_N_PLACES][WKS_COUNTS_MONTHS];          /* of those, by months since the wish or loss (last: that or more) */
    int64_t residents;                                                 /* of institutions, 18 to 64 */
    int64_t persons;                                                   /* residents, institutions included */
    double streefhuur_sum;                                             /* EUR a month, of social dwellings not let by the room */
    int64_t streefhuur_n, n_capped;                                    /* how many those are; of which asked below their streefhuur */
    double burden_sum[WKS_WINDOW_GROUPS], burden_n[WKS_WINDOW_GROUPS]; /* net rent over income of tenants with an income */
    double burden_high[WKS_WINDOW_GROUPS];                             /* of those, above WKS_COUNTS_HIGH_BURDEN */
    wks_counts_low low;
    void *blocks; /* partial sums, reused */
    int64_t n_blocks;
} wks_counts;

wks_status wks_counts_create(int32_t n_buurten, int32_t n_groups, wks_counts *out, wks_err *err);
void wks_counts_free(wks_counts *counts);
/** Counts the present state. Same result for any number of threads. O(households + units).
 *  @param law  limits of the year for the rent burden; NULL leaves it out (it costs as much as the rest) */
wks_status wks_counts_take(wks_counts *counts, const wks_world *world, const wks_law *law, wks_err *err);
/** The same, given counts of what `track` has (one just created: of nothing).  @param track  between wks_track_find and wks_track_take */
wks_status wks_counts_follow(wks_counts *counts, const wks_track *track, const wks_world *world, const wks_law *law, wks_err *err);
/** Counts just created become those of what `track` has, as far as they are kept by differences. */
void wks_counts_begin(wks_counts *counts, const wks_track *track);

#endif
