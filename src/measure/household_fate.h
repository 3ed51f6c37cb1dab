/* What became of each household over a run, by key, so that two runs of the same households can be laid side by side: who is better off under other rules,
 * and who is worse off. Measured only; nothing in the run reads it. */
#ifndef WKS_MEASURE_HOUSEHOLD_FATE_H
#define WKS_MEASURE_HOUSEHOLD_FATE_H

#include "scenario/law.h"
#include "scenario/scenario.h"
#include "world/row_order.h"
#include "world/world.h"

/* Where a household is at the end. WITHOUT_HOME: lives in the city without a home of its own. WAITS: at COA or elsewhere, and looks for a home here. LEFT: left the
 * city. STOPPED: waited elsewhere and waits no more. JOINED: became part of another household. ENDED: its last member died or went to an institution. */
typedef enum wks_household_fate_end {
    WKS_FATE_HOUSED,
    WKS_FATE_WITHOUT_HOME,
    WKS_FATE_WAITS,
    WKS_FATE_LEFT,
    WKS_FATE_STOPPED,
    WKS_FATE_JOINED,
    WKS_FATE_ENDED,
    WKS_N_FATE_ENDS
} wks_household_fate_end;

/** One household. The figures of the end are NaN, or below 0, where they do not apply: no home, no rent, no kin in the city. */
typedef struct wks_household_fate {
    uint64_t key;
    int32_t head_birth_month; /* of the oldest member when first seen: the same household in two runs has the same */
    uint32_t groups;          /* of the scenario, when first seen: at tick 0, or at the end of its first month */
    float rent_share;         /* net rent after huurtoeslag over income, of tenants with income */
    float leefbaarheid;       /* of the buurt where it lives, LBM */
    float kin_km;             /* from its home to the buurt where close kin live */
    int16_t rooms_short;      /* persons in its home beyond its rooms; 0: fits */
    int16_t months_at_address;
    uint16_t months_without_home; /* months at the end of which it was there and had no home of its own in the city */
    uint16_t months_searching;    /* months at the end of which it was actively looking */
    uint8_t forced;               /* moves that it did not choose: its home lost, or gone by demolition */
    uint8_t help;                 /* support received, tenths of the need */
    uint8_t is_vulnerable;
    uint8_t end;   /* wks_household_fate_end */
    uint32_t life; /* running hash of its states at the ends of years (household_life.h) */
} wks_household_fate;
_Static_assert(sizeof(wks_household_fate) == 48, "wks_household_fate is written as it is");

/* Outcomes that two runs are compared on. */
typedef enum wks_household_fate_outcome {
    WKS_FATE_HOME_AT_END,
    WKS_FATE_MONTHS_WITHOUT_HOME,
    WKS_FATE_MONTHS_SEARCHING,
    WKS_FATE_RENT_SHARE,
    WKS_FATE_ROOMS_SHORT,
    WKS_FATE_LEEFBAARHEID,
    WKS_FATE_KIN_DISTANCE,
    WKS_FATE_SUPPORT,
    WKS_FATE_FORCED_MOVES,
    WKS_FATE_LEFT_CITY,
    WKS_FATE_MONTHS_AT_ADDRESS,
    WKS_N_FATE_OUTCOMES
} wks_household_fate_outcome;

typedef struct wks_household_fate_outcome_spec {
    const char *name, *unit;
    double equal; /* differences up to this count as equal. Assumptions, but for those of 0 */
    bool is_higher_better;
    const char *label_nl, *label_en, *explanation_nl, *explanation_en;
} wks_household_fate_outcome_spec;
extern const wks_household_fate_outcome_spec wks_household_fate_outcomes[WKS_N_FATE_OUTCOMES];

/** The value of an outcome for one household; NaN when it has none. */
double wks_household_fate_value(const wks_household_fate *fate, wks_household_fate_outcome outcome);
/** Whether the two are the same household: same key and same birth month of the head when first seen (a key can be given to another newcomer when the rules
 *  changed who came). */
static inline bool wks_household_fate_is_same(const wks_household_fate *a, const wks_household_fate *b)
{
    return a->key == b->key && a->head_birth_month == b->head_birth_month;
}
/** +1: better off in `scenario` than in `reference`, -1: worse, 0: equal. False when the outcome does not exist in one of them. */
bool wks_household_fate_compare(const wks_household_fate *reference, const wks_household_fate *scenario, wks_household_fate_outcome outcome,
                                int *out_sign);

typedef struct wks_household_fate_log wks_household_fate_log; /* opaque: every household seen so far */
wks_status wks_household_fate_create(const wks_world *world, wks_household_fate_log **out, wks_err *err);
void wks_household_fate_destroy(wks_household_fate_log *log);
/** Carries over who was followed so far; read into a log just created. @param world  the one that goes with it, read before */
wks_status wks_household_fate_carry(wks_household_fate_log *log, const wks_world *world, wks_carry *carry, wks_err *err);
/** Takes in this tick; once a tick, tick 0 too, after groups are refreshed. O(households). */
wks_status wks_household_fate_tick(wks_household_fate_log *log, const wks_world *world, wks_err *err);
/** Households have other rows from here on. @param world  in the new order */
wks_status wks_household_fate_reorder(wks_household_fate_log *log, const wks_world *world, const wks_row_order *order, wks_err *err);
/** The followed household in a row of the table, after this tick was taken in; NULL for a free row. Until finished. */
wks_household_fate *wks_household_fate_of(wks_household_fate_log *log, const wks_world *world, int32_t row);
/** All households ever seen, by key; figures of the end as of now. Once, after the last tick; valid until destroyed. O(n log n). */
wks_status wks_household_fate_finish(wks_household_fate_log *log, const wks_world *world, const wks_law *law,
                                     const wks_household_fate **out, int32_t *out_n, wks_err *err);

#endif
