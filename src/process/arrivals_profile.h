/* Process arrivals: a household made from a profile, and how many of a kind come in a month. Every kind has a stream of its own, so that draws of one
 * kind never shift those of another. Used by the files of process arrivals. */
#ifndef WKS_PROCESS_ARRIVALS_PROFILE_H
#define WKS_PROCESS_ARRIVALS_PROFILE_H

#include "process/arrivals_state.h"

/* Who comes. */
typedef struct wks_arrivals_profile {
    int32_t age, n_adults, n_children; /* age of the adults, years */
    wks_origin origin;
    wks_income_source source;
    wks_place place;
    wks_referral referral;
    wks_came_as came_as;
    bool student;
} wks_arrivals_profile;

/* A kind: the name of its stream, and how a household of it is composed. u_type and u_source are uniform in (0, 1); further draws come from rng. */
typedef struct wks_arrivals_profile_kind {
    const char *stream;
    wks_arrivals_profile (*draw)(const wks_settings *settings, double u_type, double u_source, wks_rng *rng);
} wks_arrivals_profile_kind;

/* A household that came. */
typedef struct wks_arrivals_profile_made {
    int32_t row;
    wks_arrivals_profile who;
    double u_social; /* uniform in (0, 1), for the kind's own use */
    double waited;   /* exponential with mean 1, for the kind's own use */
} wks_arrivals_profile_made;

/** One household alone and one who is working, outside the city: what a kind starts from. */
wks_arrivals_profile wks_arrivals_profile_single(wks_came_as came_as, wks_place place, wks_income_source source);
/** Ages of movers between gemeenten: assumption, near CBS 2017 [S87] times the age's share. 18 to 81. Two draws. */
int32_t wks_arrivals_profile_age_of_mover(wks_rng *rng);
/** Origin with probabilities nl, europe and the rest outside Europe. One draw. */
wks_origin wks_arrivals_profile_origin(wks_rng *rng, double nl, double europe);

/** Key of the stream of a kind. */
uint64_t wks_arrivals_profile_stream(const wks_arrivals_profile_kind *kind);
/** Arrivals of a kind this month: Poisson around the mean (0 or less: nobody, no draw). */
int32_t wks_arrivals_profile_count(const wks_world *world, const wks_arrivals_profile_kind *kind, double mean);
/** Makes household `number` of this tick's arrivals of a kind: looks for a home from this month on, without registration. Income, own money, traits of
 *  vulnerability and members are drawn (docs/odd.md, arrivals). Ledger: households_arrived, persons_arrived. O(members). */
wks_status wks_arrivals_profile_make(wks_tick *tick, const wks_settings *settings, const wks_arrivals_profile_kind *kind, int32_t number,
                                     wks_arrivals_profile_made *out, wks_err *err);
/** As many as the draw says, all like that. `mean`: households in this month. */
wks_status wks_arrivals_profile_make_many(wks_tick *tick, const wks_settings *settings, const wks_arrivals_profile_kind *kind, double mean,
                                          wks_err *err);

#endif
