/* One month's allocation of vacant social units: adverts, reactions, ranking, offers in date order. */
#ifndef WKS_RULES_ROUND_H
#define WKS_RULES_ROUND_H

#include "rules/part.h"

/** What a rule set remembers over ticks in one replication: yearly quotas, state of spreiding parts, buffers. Opaque. */
typedef struct wks_round wks_round;

wks_status wks_round_create(const wks_scenario *scenario, const wks_world *world, wks_round **out, wks_err *err);
void wks_round_destroy(wks_round *round);

/** Carries over what the rule sets remember from month to month: yearly quotas and other counts of parts, and where units were sent. Not the adverts and offers of
 *  the last round. Read into a round just created for the same rule sets. @param world  the one that goes with it, read before. */
wks_status wks_round_carry(wks_round *round, const wks_world *world, wks_carry *carry, wks_err *err);

/** How households choose and accept: parameters of process `allocation`, passed as values so that rules does not know processes. */
typedef struct wks_round_behaviour {
    double reactions_per_round; /* own limit: at most so many adverts reacted to */
    double react_share;         /* chance that a pressed seeker looks this month */
    double react_oriented;      /* the same of an oriented seeker */
    double choosy;              /* utility: how much better than staying an oriented seeker wants */
    double postpone;            /* utility: what an advert ranked by inschrijfduur or points loses for who believes to have no chance */
    double belief_full;         /* chance a year at which it loses nothing */
    double points_effort;       /* share of seekers who react as often as earns points */
    double accept_penalty;      /* log-odds added where refusing costs points, inschrijfduur or a suspension */
    double taste_sd;            /* spread of pair-specific taste, in utility units */
    double weight_rent, weight_size, weight_leefbaarheid, weight_distance; /* utility */
    double weight_kin;                                                     /* utility: close kin live in the buurt */
    double weight_stigma;                                                  /* utility lost where the stigma of a designation is 1 */
    double weight_contacts;                                                /* utility: a doubling of light contacts there since tick 0 */
    double accept_base;                                                    /* log-odds of accepting an average advert */
    double accept_wait;    /* fall in log-odds per unit of relative seniority (expectation of better) */
    double accept_urgent;  /* log-odds added under a one-offer rule */
    double no_show_share;  /* offers that get no answer */
    double elsewhere;      /* share of searches that look in any region (world/region.h); not used where there is one */
    bool urgent_one_offer; /* refusing ends urgency */
} wks_round_behaviour;

/** Runs the round of this tick, under the rule set in force (the last in the list that is; without one nothing is let). Seekers are the households whose `search` is social or both, plus referred ones. Lettings are carried out through
 *  relations and logged in world->letting. Results do not depend on threads or row order. */
wks_status wks_round_run(wks_round *round, wks_world *world, const wks_law *law, const wks_round_behaviour *behaviour, wks_err *err);

/* For the replay test and `explain`: everything the round knew. Filled when recording is switched on. */
typedef struct wks_round_offer {
    int64_t advert; /* index in wks_round_adverts: the order in which units were let in this tick */
    int32_t unit_row, household_row, rank;
    uint8_t outcome;    /* wks_round_outcome */
    int32_t blocked_by; /* the part that stopped it when capped, numbered as wks_letting.excluded; else -1 */
    uint8_t reason;     /* wks_letting_refusal, when refused or no-show */
} wks_round_offer;
typedef enum wks_round_outcome {
    WKS_ROUND_ACCEPTED,
    WKS_ROUND_REFUSED,
    WKS_ROUND_NO_SHOW,
    WKS_ROUND_CAPPED,
    WKS_ROUND_HOUSED_ALREADY,
    WKS_ROUND_TURN_LOST /* refused a proposal of this channel earlier in the round */
} wks_round_outcome;
void wks_round_record(wks_round *round, bool on);
const wks_round_offer *wks_round_offers(const wks_round *round, int64_t *out_n);
/** The adverts of the last round in the order in which they were let: first the direct channels, each in date order, then what is advertised, in date
 *  order. A unit for which nobody waits in its direct channel is there twice. Always filled. */
const wks_advert *wks_round_adverts(const wks_round *round, int64_t *out_n);

/** Follows the round for `explain` (round_trace.h), before it is run; NULL: no more. Changes no result. */
struct wks_round_trace;
void wks_round_follow(wks_round *round, struct wks_round_trace *trace);

/** Rules hold an applicant-advert pair or not, evaluated slowly from the parts themselves (reference for tests and `explain`).
 *  @return -1 when all filters pass, else the index of the first filter that fails. */
int32_t wks_round_first_failing_filter(const wks_scenario *scenario, const wks_rule_set *rules, const wks_world *world, const wks_law *law,
                                       int32_t household_row, const wks_advert *advert);

#endif
