/* Who moved in the last twelve months, by age: persons who changed address (world/moves.h) over the mean population of that age. */
#ifndef WKS_MEASURE_MOBILITY_H
#define WKS_MEASURE_MOBILITY_H

#include "measure/window.h"
#include "world/world.h"

/* Ages that CBS published for 2017 [S87]. */
enum { WKS_MOBILITY_AGES = 18 };
extern const int32_t wks_mobility_age[WKS_MOBILITY_AGES];
/* Names of these classes in results: age_0, age_5, ... */
extern const char *const wks_mobility_age_name[WKS_MOBILITY_AGES];

typedef struct wks_mobility {
    int64_t moves[WKS_WINDOW_MONTHS][WKS_N_MOVES_KINDS][WKS_MOVES_AGES];
    int64_t persons[WKS_WINDOW_MONTHS][WKS_MOVES_AGES]; /* residents of the city at the end of the month */
    int64_t now[WKS_MOVES_AGES];                        /* the same now, also at tick 0 */
    int64_t *block;                                     /* partial counts, reused */
    int64_t n_blocks;
    int32_t n_months, next;
} wks_mobility;

void wks_mobility_free(wks_mobility *mobility);
/** Carries it over; read into an empty one. */
wks_status wks_mobility_carry(wks_mobility *mobility, wks_carry *carry, wks_err *err);
/** Takes in this tick; tick 0 has residents only. Same result for any number of threads. O(persons). */
wks_status wks_mobility_push(wks_mobility *mobility, const wks_world *world, wks_err *err);

/** What the window says of one age class: persons who moved, and the mean population. Class i is the single year wks_mobility_age[i] taken together with the
 *  year before and the year after (0: with 1 only), because one year of a small city has few people; -1: all ages. Shares of a year: a window of fewer
 *  months counts up to twelve. NaN for an empty window or without people. */
typedef struct wks_mobility_facts {
    int64_t moves[WKS_N_MOVES_KINDS];
    double persons;
    double share[WKS_N_MOVES_KINDS],
        share_between; /* between gemeenten: mean of those who came from elsewhere in the country and those who left */
} wks_mobility_facts;
wks_mobility_facts wks_mobility_facts_of(const wks_mobility *mobility, int32_t age_class);

#endif
