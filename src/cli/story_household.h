/* The story of one household, month by month: how it lived, what it reacted to, what became of it. */
#ifndef WKS_CLI_STORY_HOUSEHOLD_H
#define WKS_CLI_STORY_HOUSEHOLD_H

#include "cli/story.h"

/** The whole story of the household followed; explain->n_moments must not be 0. */
void wks_story_household_add(const wks_story *story, wks_text *out);

#endif
