/* Residents of institutions. For the files of relations only. */
#ifndef WKS_WORLD_RELATIONS_RESIDENT_H
#define WKS_WORLD_RELATIONS_RESIDENT_H

#include "world/world.h"

/** A person without household comes into, or leaves, the institution of a buurt; counts follow. Ledger: none. */
void wks_relations_resident_enter(wks_world *world, int32_t person_row, int32_t buurt_row);
void wks_relations_resident_leave(wks_world *world, int32_t person_row);

#endif
