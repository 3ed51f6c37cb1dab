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

/** The story of a letting (the last advert of the trace), and of a household. */
void wks_story_letting(const wks_story *story, wks_text *out);
void wks_story_household(const wks_story *story, wks_text *out);

/* Words that text and JSON share. */
/** How many of an order key: "yes", "120 months", "0.53"; `buffer` needs 64 bytes. "-" when it is not defined. */
const char *wks_story_key(const char *part, double value, char *buffer);
extern const char *const wks_story_outcome_name[]; /* wks_round_outcome, as JSON has it */
extern const char *const wks_story_route_name[];   /* wks_round_trace_route */
const char *wks_story_rule_part(const wks_story *story, const wks_round_trace_advert *advert, int32_t number);

#endif
