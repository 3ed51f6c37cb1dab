/* Wbmgp art. 10: screening. */
#ifndef WKS_RULES_FILTER_ART10_H
#define WKS_RULES_FILTER_ART10_H

#include "rules/part.h"

/** The file of landlord or police shows nuisance of this household: a signal, not the behaviour itself. Of households that cause nuisance a share
 *  `sensitivity` is known, of the others `false_share` stands in the file all the same; a household's own draw, the same every month. */
bool wks_filter_art10_is_known(const wks_world *world, int32_t household_row, double sensitivity, double false_share);

#endif
