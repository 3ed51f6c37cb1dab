/* How a rule part works: what each kind implements behind wks_spec.implementation. One file a part. */
#ifndef WKS_RULES_PART_H
#define WKS_RULES_PART_H

#include "base/carry.h"
#include "base/text.h"
#include "scenario/law.h"
#include "scenario/scenario.h"
#include "world/world.h"

/** What every part may read. */
typedef struct wks_part_context {
    const wks_world *world;
    const wks_scenario *scenario;
    const wks_rule_set *rules;
    const wks_law *law; /* of this year */
    int32_t turn_of;    /* 1 + the region whose homes are being let (world/region.h); 0: there is one, or all of them */
    bool none_emptied;  /* it is known that no dwelling is to be demolished: nobody loses a home by that */
} wks_part_context;

/** A vacant social unit on offer this month. */
typedef struct wks_advert {
    int32_t unit_row, dwelling_row, buurt_row, wijk_row, complex_row, owner_row;
    int32_t channel; /* index in the rule set */
    float rent_eur;  /* asked */
    uint8_t rooms, type, label, accessible;
    uint8_t has_two_rents; /* low incomes pay their own aftoppingsgrens when rent_eur is above it (spreiding_two_rents.h) */
    bool is_ties_spent;    /* lokaal maatwerk has used up this year's share: no precedence for residents here (filter_ties.h) */
    uint64_t date_key;     /* order of the round: month it became lettable, then a keyed draw */
} wks_advert;

/** What a spreiding part makes of a vacancy before it is let (and, by `when_nobody`, of one that nobody may have). */
typedef enum wks_part_vacancy {
    WKS_PART_LET,
    WKS_PART_SELL,        /* to an owner-occupier, on the market */
    WKS_PART_LIBERALISE,  /* above the social segment, at the highest rent its WWS points allow: middle rent or free */
    WKS_PART_MIDDLE_RENT, /* the same, within the limit of middle rent */
    WKS_PART_KEEP         /* above a ceiling and yet let: counted */
} wks_part_vacancy;

/** Carries the state of a part, or of its account, over to a later month (base/carry.h): as *state NULL as long as there is none. */
typedef wks_status wks_part_carry(const wks_part_context *context, const wks_settings *settings, void **state, wks_carry *carry,
                                  wks_err *err);
/** Begins that: whether there is a state; read, one of `size` zero bytes is made. Returns whether it follows. */
bool wks_part_carry_begin(void **state, size_t size, wks_carry *carry);

/** Spreiding: asked at the moment of an offer, with lettings of this round counted. `state` is the part's own counts for this replication.
 *  `open` to `close` are always there; the others may be NULL. */
typedef struct wks_spreiding_part {
    wks_status (*open)(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err); /* start of each round */
    bool (*allows)(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                   const wks_advert *advert);
    void (*commit)(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row,
                   const wks_advert *advert);
    void (*close)(void *state); /* end of the replication */
    /* Once for each vacancy that is not reserved, in date order, before channels are drawn: may change the advert (its label for this letting). An answer
     * other than LET and KEEP takes the dwelling out of the round when it can be done; then `done` is called. */
    wks_part_vacancy (*vacancy)(const wks_part_context *context, const wks_settings *settings, void *state, wks_advert *advert);
    void (*done)(const wks_part_context *context, const wks_settings *settings, void *state, const wks_advert *advert);
    /* Direct mediation: units with the larger number are proposed first (equal: in date order). Asked when the channel begins. */
    double (*prefer)(const wks_part_context *context, const wks_settings *settings, const void *state, const wks_advert *advert);
    /* Why it allows this letting or not, as it stands: what is counted, of how many, and how much may be. One line without its end. */
    void (*tell)(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row,
                 const wks_advert *advert, wks_text *out);
    /* Carries over what later months need of `state`; NULL: nothing, `open` makes it anew. */
    wks_part_carry *carry;
    const struct wks_account *account; /* what a supervisor counts of it (account.h); NULL: it is no norm */
} wks_spreiding_part;

/** Filters: an applicant falls in one of at most 64 classes, an advert accepts a set of classes. What a filter reads is knowable. */
typedef struct wks_filter_part {
    int32_t (*applicant_class)(const wks_part_context *context, const wks_settings *settings, int32_t household_row);
    uint64_t (*advert_mask)(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert);
    const wks_spreiding_part *norm;    /* a yearly norm on whom the mask lets through, asked at each offer; NULL: none */
    const struct wks_account *account; /* what a supervisor counts of it (account.h); NULL: nothing */
} wks_filter_part;

/** How an ordering key reads. */
typedef enum wks_part_unit {
    WKS_PART_YES_NO,
    WKS_PART_MONTHS,
    WKS_PART_POINTS,
    WKS_PART_COUNT, /* a plain number */
    WKS_PART_DRAW   /* in (0, 1), by chance */
} wks_part_unit;

/** Ordering keys: larger goes first. Lexicographic in the order written; ties after the last by a keyed draw. A key that is not a number goes last. */
typedef struct wks_order_part {
    double (*key)(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert);
    bool is_pair; /* depends on the advert too (otherwise `advert` may be NULL) */
    wks_part_unit unit;
} wks_order_part;

/** What happens to a unit when everybody left in its list is stopped by a spreiding part: parameter `when_nobody` of that part. */
typedef enum wks_part_when_nobody {
    WKS_PART_LEAVE_VACANT,
    WKS_PART_IGNORE_CAP,
    WKS_PART_NEXT_CHANNEL,
    WKS_PART_THEN_SELL,
    WKS_PART_THEN_LIBERALISE
} wks_part_when_nobody;
extern const char *const wks_part_when_nobody_name[];
/* The two parameters that every part with a cap has, for its table. */
#define WKS_PART_WHEN_NOBODY_PARAM                                                                                                       \
    {                                                                                                                                    \
        "when_nobody", WKS_PARAM_CHOICE, "-", WKS_PART_LEAVE_VACANT, 0, WKS_PART_THEN_LIBERALISE, wks_part_when_nobody_name, false,      \
            "assumption",                                                                                                                \
            "when all who would accept are stopped: leave the dwelling vacant until next month, let it to the first of them after all, " \
            "offer it next month through the next channel, sell it, or liberalise it (where its WWS points allow)"                       \
    }
#define WKS_PART_SELL_AFTER_PARAM                                                                                       \
    {                                                                                                                   \
        "sell_after", WKS_PARAM_INT, "months", 3, 1, 120, NULL, false, "assumption: no landlord sells after one month", \
            "months on offer before when_nobody = sell or liberalise is done"                                           \
    }
/** In which order a channel ranks: by the order parts of the rule set, by lot, who waits longest since the wish arose, or who reacts first. */
typedef enum wks_part_ranking { WKS_PART_BY_RULES, WKS_PART_BY_LOT, WKS_PART_BY_WAIT, WKS_PART_BY_SPEED } wks_part_ranking;

/** Channels: how a unit is let. Every channel has the parameters share, label, areas, and may have order, then and then_after (the round reads
 *  them by name). */
typedef struct wks_channel_part {
    bool is_advertised;       /* seekers react; otherwise the landlord proposes */
    wks_part_ranking ranking; /* of a channel without the parameter order */
    /* Whom the landlord may propose (advertised: NULL). */
    bool (*is_candidate)(const wks_part_context *context, const wks_settings *settings, int32_t household_row);
    /* The same of household rows begin .. end - 1, the cheapest question first: writes those who are, in order; returns how many. Free rows are not. */
    int32_t (*candidates)(const wks_part_context *context, const wks_settings *settings, int32_t begin, int32_t end, int32_t *out_row);
    bool takes_label; /* its `share` is of the vacancies with its label, drawn before the shares of the other channels */
    /* What a refused proposal costs the household; NULL: nothing. Asked in the order of offers, so a candidate may lose its turn in a round. */
    void (*refused)(wks_world *world, const wks_settings *settings, int32_t household_row);
} wks_channel_part;

/* Parameters of every channel: where what it does not let goes. */
#define WKS_PART_PARAM_THEN                                                                                  \
    {                                                                                                        \
        "then", WKS_PARAM_TEXT, "-", 0, 0, 0, NULL, false, "practice of corporaties",                        \
            "name of the channel that gets what this one does not let, if it is for such dwellings; empty: " \
            "proposed dwellings are advertised at once, advertised ones are advertised again"                \
    }
#define WKS_PART_PARAM_THEN_AFTER                                                                                              \
    {                                                                                                                          \
        "then_after", WKS_PARAM_INT, "months", 1, 1, 120, NULL, false, "assumption: after the first month",                    \
            "months on offer without result, since it fell vacant, after which the dwelling goes to the channel named by then" \
    }

/** How a channel ranks: its parameter order, or the part's own way. */
wks_part_ranking wks_part_ranking_of(const wks_settings *channel);
/** Index of the channel that parameter `then` of channel `c` names; -1 when it names none. */
int32_t wks_part_then_of(const wks_rule_set *rules, int32_t c);
/** Labels a channel or filter may ask for: any, or those of wks_label. */
extern const char *const wks_part_label_name[];
bool wks_part_label_fits(double value, uint8_t label);

/** Areas of a settings parameter: true when the list is empty or names the buurt or its wijk. */
bool wks_part_in_areas(const wks_world *world, const wks_settings *settings, int32_t param, int32_t buurt_row);

/** Persons who would live in the new home: members and grown-up children who still live with them. */
int32_t wks_part_persons(const wks_world *world, int32_t household_row);
/** Needs a home: is without one, or in a dwelling that is emptied for demolition. */
bool wks_part_needs_home(const wks_world *world, int32_t household_row);
/** No dwelling is to be demolished. O(dwellings), a byte each. */
bool wks_part_none_emptied(const wks_world *world);
/** Keeps those of n household rows for whom a predicate holds, in order; returns how many. */
int32_t wks_part_hold(const wks_expr *expr, const wks_world *world, int32_t *row, int32_t n);
/** Age in whole years of the oldest member. */
int32_t wks_part_age(const wks_world *world, int32_t household_row);
/** Holds an urgentieverklaring that has not expired. */
bool wks_part_is_urgent(const wks_world *world, int32_t household_row);
/** The registration a household applies with: the oldest of its adults (lowest key among equals); -1 if none. */
int32_t wks_part_registration(const wks_world *world, int32_t household_row);
/** The lot of a household for a unit in this tick: larger goes first. */
uint64_t wks_part_lot(const wks_world *world, uint64_t household_key, uint64_t unit_key);
/** How fast a household reacts to an advert, drawn for the pair and this month: larger reacted earlier. Nothing but chance makes people faster:
 *  no source tells who is. */
uint64_t wks_part_speed(const wks_world *world, uint64_t household_key, uint64_t unit_key);
/** A number in (0, 1) that a unit keeps as long as it is vacant; `index` 0 to 3 for different questions about it. */
double wks_part_unit_draw(const wks_world *world, int32_t unit_row, int32_t index);
/** Value of the parameter with that name, or `otherwise` when the part has none. */
double wks_part_value(const wks_settings *settings, const char *name, double otherwise);
/** Text of the parameter with that name; NULL when the part has none or it is not given. */
const char *wks_part_text(const wks_settings *settings, const char *name);
/** The rule set in force in a month: the last in the list that is; NULL if none. */
const wks_rule_set *wks_part_rules_of(const wks_scenario *scenario, int32_t month);

#endif
