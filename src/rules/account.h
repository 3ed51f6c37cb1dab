/* A rule part that is a norm says itself what a supervisor would count of it: required and achieved in a calendar year. Counted from the log of lettings and
 * from the stock, never from what the part counted itself to decide. Read by measure/compliance. */
#ifndef WKS_RULES_ACCOUNT_H
#define WKS_RULES_ACCOUNT_H

#include "rules/area_count.h"

enum { WKS_ACCOUNT_MOST = 2 }; /* verdicts of one part */

typedef struct wks_account_verdict {
    const char *what;          /* "", or what of the part ("quota") */
    double required, achieved; /* achieved NaN: nothing to judge */
    bool is_met;
    double part,
        whole; /* people behind achieved: few of them, or few others, are not told; whole NaN: a count, its part alone; part NaN: no people */
} wks_account_verdict;

/** One calendar year at a time. `state` is the account's own. `month`, `judge`, `carry` and `close` are always there. */
typedef struct wks_account {
    const char *counts; /* what achieved and required are, as "wijken above the ceiling" */
    wks_status (*month)(const wks_part_context *context, const wks_settings *settings, void **state,
                        wks_err *err); /* once, before its lettings */
    void (*letting)(const wks_part_context *context, const wks_settings *settings, void *state, const wks_letting *letting);
    /* Verdicts over the year so far; owner_row -1: all together. Returns how many, 0 when the part has nothing to say of this owner. */
    int32_t (*judge)(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t owner_row,
                     wks_account_verdict out[WKS_ACCOUNT_MOST]);
    wks_part_carry *carry;      /* to a later month */
    void (*year)(void *state);  /* a new year begins */
    void (*close)(void *state); /* end of the replication */
} wks_account;

/** The account of a part; NULL when it is no norm. */
const wks_account *wks_account_of(const wks_settings *settings);

/** A verdict on a norm that is a maximum or a minimum; a float's breadth is no breach. */
wks_account_verdict wks_account_at_most(double required, double achieved);
wks_account_verdict wks_account_at_least(double required, double achieved);

/** The largest share of the group among the areas of a part with any households counted, as a verdict against max_share. O(units). */
wks_account_verdict wks_account_largest(const wks_world *world, const wks_settings *settings, const char *scale,
                                        const wks_area_count *counts);

/** Shares by owner and of all: so many of so many lettings. */
typedef struct wks_account_shares {
    int32_t n; /* owners + 1; 0: all together */
    int32_t *part, *whole;
} wks_account_shares;

wks_status wks_account_shares_month(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err);
void wks_account_shares_add(void *state, int32_t owner_row, bool is_part);
void wks_account_shares_year(void *state);
void wks_account_shares_close(void *state);
wks_part_carry wks_account_shares_carry;
/** The share of an owner (-1: all) as a verdict: at least `required`. */
int32_t wks_account_shares_judge(const void *state, int32_t owner_row, double required, wks_account_verdict *out);

/** Of a filter without a norm of its own: households housed that it does not let through, required 0. */
extern const wks_account wks_account_against;

#endif
