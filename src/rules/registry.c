#include "rules/registry.h"

#include "rules/part_list.h"

#define ROW(file) &wks_##file##_spec,
const wks_spec *const wks_registry_parts[] = {WKS_PART_LIST(ROW)};
const int32_t wks_registry_n_parts = (int32_t)(sizeof wks_registry_parts / sizeof wks_registry_parts[0]);
