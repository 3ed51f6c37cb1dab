/* Groups of a scenario: named predicates with their use. */
#ifndef WKS_SCENARIO_GROUP_H
#define WKS_SCENARIO_GROUP_H

#include "scenario/scenario.h"

/** Reads the list `groups` of the tree (NULL: none) into scenario->group; completes it with defaults. Mistakes are problems. */
wks_status wks_group_read(wks_config_node *list, wks_scenario *scenario, wks_problems *problems, wks_err *err);
void wks_group_free(wks_group *group);

/** Small letters, digits and _, beginning with a letter: fit for file columns and predicates. */
bool wks_group_is_name(const char *name);
/** Whether a group with this predicate is not told below wijk: it reads a private attribute (attribute.h), names care_leaver or ex_detainee, or reads
 *  `referral` or `came_as` against more than one choice (what is left when the others are excluded would tell the same). O(length). */
bool wks_group_is_private(const char *where);
/** True when `node` is a list whose every element is a group { } (or an empty list); else problems. `what` names the list. */
bool wks_group_check_list(const wks_config_node *node, const char *what, wks_problems *problems);
/** The name of a list element for messages ("" if it has none). An element left with remove = true is a problem: there was nothing to remove. */
const char *wks_group_element_name(wks_config_node *element, const char *what, wks_problems *problems);

#endif
