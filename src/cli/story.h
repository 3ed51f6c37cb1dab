/* What `explain` says: in words, and the same as JSON. */
#ifndef WKS_CLI_STORY_H
#define WKS_CLI_STORY_H

#include "base/json.h"
#include "output/letting_rows.h"
#include "study/explain.h"

typedef struct wks_story {
    const wks_scenario *scenario, *reference; /* reference: NULL when there is none */
    const wks_city *city;
    const wks_explain *explain;
    const wks_letting_rows *rows; /* of lettings.csv */
    int32_t replication;
    bool is_whole; /* the whole ranked list, however long */
} wks_story;

/** The story of a letting: the last advert of the trace. That of a household: story_household.h. */
void wks_story_letting(const wks_story *story, wks_text *out);
/** "3 rooms, apartment, 650 EUR a month, in Noord (BU...)", and how an offer ended in words. */
void wks_story_add_home(const wks_story *story, const wks_round_trace_advert *advert, wks_text *out);
void wks_story_add_outcome(const wks_story *story, const wks_round_trace_advert *advert, const wks_round_trace_candidate *candidate,
                           wks_text *out);

/* Words that text and JSON share. */
/** How many of an order key: "yes", "120 months", "0.53"; `buffer` needs 64 bytes. "-" when it is not defined. */
const char *wks_story_key(const wks_settings *key, double value, char *buffer);
extern const char *const wks_story_outcome_name[]; /* wks_round_outcome, as JSON has it */
extern const char *const wks_story_result_name[];  /* wks_round_result */
extern const char *const wks_story_route_name[];   /* wks_round_trace_route */
const char *wks_story_rule_part(const wks_story *story, const wks_round_trace_advert *advert, int32_t number);

#endif
