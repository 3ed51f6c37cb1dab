/* The lists of a study file: parameters, outcomes, targets. For study_file.c. */
#ifndef WKS_STUDY_STUDY_ITEMS_H
#define WKS_STUDY_STUDY_ITEMS_H

#include "scenario/settings.h"
#include "study/study_file.h"

/** A study being read. */
typedef struct wks_study_items_reader {
    wks_study *study;
    wks_config_node *root;
    wks_problems *problems;
    wks_err *err;
} wks_study_items_reader;

/** Reads the list into the study; mistakes are problems. Targets name outcomes, so they come last. WKS_ERR_NOMEM. */
wks_status wks_study_items_parameters(const wks_study_items_reader *r);
wks_status wks_study_items_outcomes(const wks_study_items_reader *r);
wks_status wks_study_items_targets(const wks_study_items_reader *r);

/** Takes a text out of settings; "" when there is none, NULL without memory. */
char *wks_study_items_text(wks_settings *settings, int32_t i);
/** An error at the value of a key of a group, or at the group when the key is not written. */
void wks_study_items_tell(const wks_study_items_reader *r, const wks_config_node *node, const char *key, const char *text);

#endif
