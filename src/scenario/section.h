/* Sections of the tree of a scenario: found, or made with what holds when nothing is written. */
#ifndef WKS_SCENARIO_SECTION_H
#define WKS_SCENARIO_SECTION_H

#include "scenario/settings.h"

/** The child of that name, made when it is not there; NULL with a problem when it is of another type. WKS_ERR_NOMEM. */
wks_status wks_section_find(wks_config_node *parent, const char *name, wks_config_type type, wks_problems *problems, wks_config_node **out,
                            wks_err *err);
/** Gives the child of that name this text when it is not there or empty. */
wks_status wks_section_text(wks_config_node *parent, const char *name, const char *text, wks_err *err);
/** A list of texts that holds texts[0..n) when it is not there. */
wks_status wks_section_list(wks_config_node *parent, const char *name, const char *const *texts, size_t n, wks_err *err);

#endif
