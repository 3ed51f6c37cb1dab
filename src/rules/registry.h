/* All rule parts, as the scenario reader, `describe` and the docs see them. */
#ifndef WKS_RULES_REGISTRY_H
#define WKS_RULES_REGISTRY_H

#include "scenario/catalogue.h"

extern const wks_spec *const wks_registry_parts[];
extern const int32_t wks_registry_n_parts;

#endif
