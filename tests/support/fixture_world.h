/* A small world written as text, for tests of world, rules, processes and measures. One thing a line; '#' begins a comment.
 *
 *   month 2025-01                      month of tick 0 (default 2025-01); first line if given
 *   buurten 3                          number of buurten, two a wijk (default 2); before units
 *   unit u1 buurt=0 tenure=social rent=650 rooms=3
 *       also: units=N (N rooms of one dwelling, named u1.0, u1.1, ...)  type=apartment  area=70  points=140  value=250000  label=senior
 *       accessible=1  portiek=3 (default: one a complex)  lettable=2025-03  chain=2  asked=700 (rent at the next letting; default: rent)
 *       Units of the same buurt and tenure are in one complex; complexes of the same kind of owner have one owner.
 *   household h1 unit=u1 income=24000 members=42m,40f,7f
 *       members: age and sex; the first is head, the second partner if both are adults, others child if under 18, else other;
 *       `:head :partner :child :other` after a member says otherwise. Born half a year before the birthday.
 *       latent: place=at_parents host=h2 | place=ex_partner host=.. | place=hosted host=.. | place=shelter | place=coa
 *       also: registered=2016-03 (its first adult)  active=1 (that registration)  points=12  since=2015-01  region=2010-01  search=2024-06
 *       source=benefit  referral=statushouder  urgency=social  until=2025-06 (urgency)  origin=europe (of all members)  student=1
 *       vulnerable=debt+frail  equity=20000  kin=1 (buurt)  arrears=2  reactions=5  refusals=1  temporary=1  reserved=u3
 *   resident r1 buurt=0 member=80f     in an institution
 *
 * Names are keys: wks_text_hash("h1"); members of h1 have the names h1/0, h1/1, ... A mistake in the text fails the test and names the line.
 * The ledger is empty at the end, and the structure of the world was checked. */
#ifndef WKS_TESTS_SUPPORT_FIXTURE_WORLD_H
#define WKS_TESTS_SUPPORT_FIXTURE_WORLD_H

#include "world/world.h"

/** Initialises and fills; the caller frees with wks_world_free. */
void wks_fixture_world_make(wks_world *world, const char *text);

/** Rows by name; fail the test when there is no such thing. */
int32_t wks_fixture_world_household(const wks_world *world, const char *name);
int32_t wks_fixture_world_unit(const wks_world *world, const char *name);
int32_t wks_fixture_world_person(const wks_world *world, const char *name);

/** Ten households and four vacancies in three buurten: families, a latent child at home, an ex-partner, an urgent, a statushouder, owners,
 *  rooms, frail elderly, and two residents of an institution. */
extern const char wks_fixture_world_ten[];

#endif
