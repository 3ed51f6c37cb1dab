/* Who could get anything at all: seekers against the whole stock a channel lets, filters only (no quotas, caps or reactions). For `check`. */
#ifndef WKS_RULES_CANDIDATES_H
#define WKS_RULES_CANDIDATES_H

#include "rules/part.h"

typedef struct wks_candidates {
    int64_t n_seekers;  /* whom the channel is for: who looks for a social home, or whom a direct channel may propose */
    int64_t n_homes;    /* social units it lets by label and area, occupied ones too */
    int64_t n_passing;  /* seekers who pass all filters of at least one of these units */
    int32_t emptied_by; /* when none passes though there are seekers and units: the filter behind which nobody is left; else -1 */
} wks_candidates;

/** Counts for one channel of context->rules. Seekers of an advertised channel: households with a running search. O(households + units + kinds of
 *  seekers times kinds of units). WKS_ERR_NOMEM without memory. */
wks_status wks_candidates_count(const wks_part_context *context, int32_t channel, wks_candidates *out, wks_err *err);

/** Social units with a label (numbered as wks_label). */
int64_t wks_candidates_labelled(const wks_world *world, uint8_t label);

#endif
