/* Laws of demolition and renovation: part of wks_check_structure. */
#ifndef WKS_WORLD_CHECK_REHOUSE_H
#define WKS_WORLD_CHECK_REHOUSE_H

#include "world/world.h"

/** Nobody is lost: every case that is open, or gives a right, has exactly one living household, and every settled one says how; who lives in
 *  a home with notice has an open case of that project; a contract kept out of a wisselwoning is linked both ways, and its home is empty;
 *  counts of projects equal recounts. O(rows). */
wks_status wks_check_rehouse(const wks_world *world, wks_err *err);

#endif
