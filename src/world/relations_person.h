/* Persons come into being. For the files of relations only. */
#ifndef WKS_WORLD_RELATIONS_PERSON_H
#define WKS_WORLD_RELATIONS_PERSON_H

#include "world/world.h"

/** A person who is nowhere yet. */
wks_status wks_relations_person_new(wks_world *world, uint64_t key, wks_sex sex, wks_role role, wks_origin origin, int32_t birth_month,
                                    int32_t *out_row, wks_err *err);

#endif
