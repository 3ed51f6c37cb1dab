/* What a rule set asks of applicants beside the ranking: how many reactions they may have, what earns points, what refusing costs, when a registration
 * ends. Parts of kind `conduct`; without any nothing is asked, and nothing is computed. */
#ifndef WKS_RULES_CONDUCT_H
#define WKS_RULES_CONDUCT_H

#include "rules/part.h"

enum { WKS_CONDUCT_MAX = 64 }; /* as many parts as a list may have */

/* Points for who is in a situation that the predicate describes. */
typedef struct wks_conduct_situation {
    const wks_expr *who; /* NULL: everybody who is registered */
    double per_month;    /* points a month; 0 when they are given once */
    double most;         /* points */
} wks_conduct_situation;

typedef struct wks_conduct {
    bool is_used;
    bool points_count;    /* a filter or order part reads points; else nobody does anything for them */
    int32_t reaction_cap; /* open reactions at once; 0: no cap */
    struct {
        int32_t reactions; /* in a month, to earn; 0: reacting earns nothing */
        double per_month, most, loss;
    } search;
    wks_conduct_situation situation[WKS_CONDUCT_MAX], start[WKS_CONDUCT_MAX];
    int32_t n_situations, n_starts;
    struct {
        double points, no_show_points; /* search points lost by a refusal, by not answering */
        int32_t suspend_after;         /* refusals in twelve months; 0: never */
        int32_t suspend_months;
        double inschrijfduur_share; /* of the inschrijfduur, lost by a refusal */
    } refusal;
    double unpaid_share;    /* of registrations not being used, a year */
    int32_t dormant_months; /* without reaction until it ends; 0: never */
    int32_t in_force_month; /* the rule set's first; WKS_NO_MONTH: since before the run */
} wks_conduct;

/** Implementation of a part of kind conduct: adds what it asks. */
typedef struct wks_conduct_part {
    void (*add)(const wks_settings *settings, wks_conduct *out);
    const struct wks_account *account; /* what a supervisor counts of it (account.h); NULL: it is no norm */
} wks_conduct_part;

/** What a rule set asks (NULL: nothing). O(parts). */
void wks_conduct_of(const wks_rule_set *rules, wks_conduct *out);

/** True when a refusal costs the applicant something. */
bool wks_conduct_has_penalty(const wks_conduct *conduct);
/** True when the household may not react this month. O(members) under a rule set that suspends, else O(1). */
bool wks_conduct_is_suspended(const wks_conduct *conduct, const wks_world *world, int32_t household_row);
/** True when reacting earns points that count. */
bool wks_conduct_earns(const wks_conduct *conduct);
/** True when reacting this month can still earn the household points that count. */
bool wks_conduct_may_earn(const wks_conduct *conduct, const wks_world *world, int32_t household_row);

/** A refusal, or an offer without answer: points, suspension, inschrijfduur of the registration it applied with. Serial. */
void wks_conduct_refuse(const wks_conduct *conduct, wks_world *world, int32_t household_row, bool no_show);
/** The end of a month for one household: points earned and lost. Writes its own registration only, so that households can be done in parallel. */
void wks_conduct_month(const wks_conduct *conduct, wks_world *world, int32_t household_row);
/** Whether a registration ends this month: after too long without a reaction, or, in the month of the person's yearly turn, because the fee was not paid.
 *  Who never reacted is dormant since the inschrijfdatum, but not since before the rule set was in force, or the run began: nobody lost a registration
 *  for it until then. Who is looking pays. `u` in (0, 1). */
bool wks_conduct_ends(const wks_conduct *conduct, const wks_world *world, int32_t registration_row, double u);

#endif
