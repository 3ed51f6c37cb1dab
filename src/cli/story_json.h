/* The stories of `explain` as JSON: the same facts as story.h, every candidate, numbers as numbers. */
#ifndef WKS_CLI_STORY_JSON_H
#define WKS_CLI_STORY_JSON_H

#include "cli/story.h"

/** Pretty JSON of one object. */
wks_status wks_story_json_letting(const wks_story *story, wks_text *out, wks_err *err);
wks_status wks_story_json_household(const wks_story *story, wks_text *out, wks_err *err);

#endif
