/* Who belongs to a household: the chain of members, their roles, and the caches made of them. A part of relations: nobody else calls it. */
#ifndef WKS_WORLD_MEMBERS_H
#define WKS_WORLD_MEMBERS_H

#include "world/world.h"

enum { WKS_MEMBERS_ADULT_MONTHS = 18 * 12 };

static inline bool wks_members_is_adult(const wks_world *world, int32_t person_row)
{
    return world->month - world->person.birth_month[person_row] >= WKS_MEMBERS_ADULT_MONTHS;
}

/** Puts a person without household at the end of the chain. Roles, counts and caches are the caller's. O(members). */
void wks_members_link(wks_world *world, int32_t household_row, int32_t person_row);
/** Takes a person out of its chain (household_row becomes -1). Roles, counts and caches are the caller's. O(members). */
void wks_members_unlink(wks_world *world, int32_t person_row);

/** What the members say about the household now. */
typedef struct wks_members_cache {
    int32_t n_persons, n_adults, n_children, n_heads, n_partners;
    int32_t head_birth_month; /* of the oldest member; 0 without members */
    int32_t registered_month; /* WKS_NO_MONTH if no adult is registered */
    uint8_t origin;           /* of the head */
} wks_members_cache;
wks_members_cache wks_members_count(const wks_world *world, int32_t household_row);
/** Writes the caches of one household. O(members). */
void wks_members_refresh(wks_world *world, int32_t household_row);

/** Gives a household with members exactly one head again after somebody left: the partner, else the oldest adult (then the oldest person;
 *  the lowest key among equals). When a child takes over, the other children become `other`: they are its siblings. A new head
 *  decides is_student. Refreshes the caches. */
void wks_members_settle(wks_world *world, int32_t household_row);

#endif
