/* How a rule part works: what each kind implements behind wks_spec.implementation. One file a part. */
#ifndef WKS_RULES_PART_H
#define WKS_RULES_PART_H

#include "scenario/law.h"
#include "scenario/scenario.h"
#include "world/world.h"

/** What every part may read. */
typedef struct wks_part_context {
    const wks_world *world;
    const wks_scenario *scenario;
    const wks_rule_set *rules;
    const wks_law *law;              /* of this year */
} wks_part_context;

/** A vacant social unit on offer this month. */
typedef struct wks_advert {
    int32_t unit_row, dwelling_row, buurt_row, wijk_row, complex_row, owner_row;
    int32_t channel;                 /* index in the rule set */
    float rent_eur;                  /* asked */
    uint8_t rooms, type, label, accessible;
    uint64_t date_key;               /* order of the round: month it became lettable, then a keyed draw */
} wks_advert;

/** Filters: an applicant falls in one of at most 64 classes, an advert accepts a set of classes. What a filter reads is knowable. */
typedef struct wks_filter_part {
    int32_t (*applicant_class)(const wks_part_context *context, const wks_settings *settings, int32_t household_row);
    uint64_t (*advert_mask)(const wks_part_context *context, const wks_settings *settings, const wks_advert *advert);
} wks_filter_part;

/** Ordering keys: larger goes first. Lexicographic in the order written; ties after the last by a keyed draw. */
typedef struct wks_order_part {
    double (*key)(const wks_part_context *context, const wks_settings *settings, int32_t household_row, const wks_advert *advert);
} wks_order_part;

/** Spreiding: asked at the moment of an offer, with lettings of this round counted. `state` is the part's own counts for this replication. */
typedef struct wks_spreiding_part {
    wks_status (*open)(const wks_part_context *context, const wks_settings *settings, void **state, wks_err *err); /* start of each round */
    bool (*allows)(const wks_part_context *context, const wks_settings *settings, const void *state, int32_t household_row, const wks_advert *advert);
    void (*commit)(const wks_part_context *context, const wks_settings *settings, void *state, int32_t household_row, const wks_advert *advert);
    void (*close)(void *state);      /* end of the replication */
} wks_spreiding_part;

/** Channels: how a unit is let. */
typedef struct wks_channel_part {
    bool is_advertised;              /* seekers react; otherwise the landlord proposes */
} wks_channel_part;

/** Areas of a settings parameter: true when the list is empty or names the buurt or its wijk. */
bool wks_part_in_areas(const wks_world *world, const wks_settings *settings, int32_t param, int32_t buurt_row);

#endif
