/* Law as dated statutes and norms: what a law, bill or by-law sets, from when until when. The limits of a year stand in law.h.
 * Rows of one id follow each other in time: a statute that changed has a row for each period. */
#ifndef WKS_SCENARIO_LAW_STATUTE_H
#define WKS_SCENARIO_LAW_STATUTE_H

#include <stdbool.h>
#include <stdint.h>

typedef enum wks_law_status {
    WKS_LAW_STATUTE_IN_FORCE,
    WKS_LAW_STATUTE_PASSED, /* by parliament, not yet in force */
    WKS_LAW_STATUTE_BILL,   /* before parliament: law only in a scenario that says so (key bills) */
    WKS_LAW_STATUTE_BY_LAW, /* a gemeente's by-law or a regional agreement */
    WKS_LAW_STATUTE_N_STATUSES
} wks_law_status;
extern const char *const wks_law_statute_status_name[]; /* in_force, passed, bill, by_law, NULL */

typedef struct wks_law_statute {
    const char *id, *name, *citation; /* name in Dutch */
    wks_law_status status;
    int32_t from_month,
        until_month; /* until: exclusive, INT32_MAX open; from of a bill: the month aimed at, WKS_NO_MONTH if none is known */
    double value;    /* what it sets, as a number; NaN: none, or not found */
    const char *unit, *sets, *source; /* source: [S..] of docs/sources.md or a publication; begins with "assumption" when none was read */
} wks_law_statute;

extern const wks_law_statute wks_law_statute_table[];
extern const int32_t wks_law_statute_table_size;

/** The row of that id that holds in a month (a bill: from its aimed month on, at any month when none is known); NULL: unknown id or none then. */
const wks_law_statute *wks_law_statute_find(const char *id, int32_t month);
/** The value it sets in that month, or NaN. */
double wks_law_statute_value(const char *id, int32_t month);
bool wks_law_statute_is_assumed(const wks_law_statute *statute);

/* What a legal basis may name: words as they stand in texts, in any case. */
typedef struct wks_law_ground {
    const char *word; /* small letters */
    const char *name; /* as a message calls it */
    const char *id;   /* a statute; NULL: a kind of local rule or agreement that is accepted */
} wks_law_ground;
extern const wks_law_ground wks_law_statute_ground[];
extern const int32_t wks_law_statute_n_grounds;

/** The next ground that a text names from *at on (an index into wks_law_statute_ground, to begin with 0); NULL: no more. */
const wks_law_ground *wks_law_statute_named(const char *text, int32_t *at);
/** The ground whose word is nearest to a word of the text; NULL: none is near. */
const wks_law_ground *wks_law_statute_nearest(const char *text);

/* Bills that a scenario may treat as law (key bills). */
typedef enum wks_law_bill { WKS_LAW_BILL_VERSTERKING_REGIE, WKS_LAW_BILL_PRIORITY_BAN, WKS_LAW_N_BILLS } wks_law_bill;
extern const char *const wks_law_statute_bill[]; /* their ids */

#endif
