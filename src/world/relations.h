/* The only place that changes who lives where. All serial; every function keeps counts, caches, ledger and buurt totals right. Units freed
 * at tick t are lettable from t+1, at the rent the landlord asks then (dwelling.rent_eur over its units), as link 0 of a chain or, when
 * the leaver takes another unit, one link further than that. Rows are reused: who keeps a row over another verb keeps the key beside it.
 * Preconditions (a live row, a vacant unit) are bugs when broken.
 *
 * Guests: a latent unit hosts nobody. A place of kind at-parents, ex-partner or hosted is made possible: a host that is a guest itself
 * gives way to its own host (kind hosted); without a host, or with one that has 200 guests, the place becomes shelter.
 *
 * change_month of a household is now when a member is added, dies, goes into care, leaves or joins (couples), when a child at home (also one
 * that is a latent unit of its own) leaves, and when the successor takes the home over. Guests of other kinds and moves change nothing.
 *
 * In files by what ends or joins: relations_person, _resident, _dwelling, _merge, and _end for what they share; all public verbs are here.
 *
 * Only links, counts and what is named here change: search, reactions, urgency, referral, income and arrears are the caller's. */
#ifndef WKS_WORLD_RELATIONS_H
#define WKS_WORLD_RELATIONS_H

#include "world/world.h"

/** A new household without members or home; place as given (host for guests). WKS_PLACE_HOUSED means that it comes into a unit at once: the
 *  caller moves it in before the tick ends. All months of residence, spell and change are now, all links -1, the rest 0 or WKS_NO_MONTH.
 *  Counts in no ledger line: the caller's verb does (households_arrived). */
wks_status wks_relations_household_add(wks_world *world, uint64_t key, wks_place place, int32_t host_row, int32_t *out_row, wks_err *err);
/** A new person as a member of a household (born, arrived or synthesised). Caches of the household follow. Counts in no ledger line: the
 *  caller does (persons_born, persons_arrived). A household has one head at the end of a tick. O(members). */
wks_status wks_relations_person_add(wks_world *world, uint64_t key, int32_t household_row, wks_sex sex, wks_role role, wks_origin origin,
                                    int32_t birth_month, int32_t *out_row, wks_err *err);
/** A new resident of an institution in a buurt. Counts in no ledger line: the caller does (persons_arrived and institution_arrived). */
wks_status wks_relations_resident_add(wks_world *world, uint64_t key, int32_t buurt_row, wks_sex sex, wks_origin origin,
                                      int32_t birth_month, int32_t *out_row, wks_err *err);

/** The household (housed or latent) takes a vacant unit: leaves its unit or host; guests go along. Registrations of its adults end when the
 *  unit is social and `ends_registration`. The reservation of the unit ends, `temporary` becomes 0 (with contract_month and the care of a care contract), since_month now; the unit's rent stays
 *  as it is. Ledger: moves, housed (from a latent unit) or moves_within. O(members). */
wks_status wks_relations_move_in(wks_world *world, int32_t household_row, int32_t unit_row, bool ends_registration, wks_err *err);
/** Without ledger, date or registration effects: for the population at tick 0. */
wks_status wks_relations_place_at_start(wks_world *world, int32_t household_row, int32_t unit_row, wks_err *err);
/** A housed household loses its home and becomes latent with the same key (since_month now, `temporary` 0). Its guests go along: to the
 *  same host as hosted guests beside it (at-parents children too: they live with their parents at that host), or to the same place. Ledger:
 *  unhoused. */
wks_status wks_relations_move_out(wks_world *world, int32_t household_row, wks_place place, int32_t host_row, wks_err *err);
/** A latent unit goes to another place or host. since_month (of the wish or loss) stays. */
wks_status wks_relations_change_place(wks_world *world, int32_t household_row, wks_place place, int32_t host_row, wks_err *err);

/** Reserves a unit for a household (-1: for nobody). One reservation a household and a unit; earlier ones end. It ends by itself when the
 *  unit is let or removed, or when the household ends. */
void wks_relations_reserve(wks_world *world, int32_t unit_row, int32_t household_row);

/** Takes persons (not all; at least one adult should stay) out of a household into a new latent unit with `key`. On both sides the partner,
 *  else the oldest adult becomes head where the head is missing. region_month and kin_buurt_row are copied; income, traits and source are
 *  not. Ledger: households_formed. */
wks_status wks_relations_split(wks_world *world, int32_t household_row, const int32_t *person_row, int32_t n_persons, uint64_t key,
                               wks_place place, int32_t host_row, int32_t *out_household_row, wks_err *err);
/** Everybody of `from` joins `into`: from's unit falls vacant, from's row ends, its guests become guests of `into` (or of into's host).
 *  Roles: from's head becomes partner (other when there is one), its children stay children, others are other. A latent child that
 *  returns to the parents that host it is a child again. If `into` is a guest of `from` it takes the home over. Vulnerability flags
 *  are joined; income, equity and registrations of persons are left as they are. Ledger: households_merged. */
wks_status wks_relations_merge(wks_world *world, int32_t from_row, int32_t into_row, wks_err *err);

/** A person dies / goes to an institution (a registration ends / stays). If it was the last member, the household ends: the oldest at-
 *  parents latent guest takes over the unit (contract, rent and since_month), its siblings at home become its hosted guests, other guests
 *  go to shelter. If only minors would be left they leave to an institution as well: in `buurt_row`, in case of death in the buurt where
 *  they lived (from shelter or COA: the buurt with most institution residents). Ledger: persons_died, institution_died, institution_in,
 *  households_dissolved, taken_over. */
wks_status wks_relations_person_die(wks_world *world, int32_t person_row, wks_err *err);
wks_status wks_relations_person_to_institution(wks_world *world, int32_t person_row, int32_t buurt_row, wks_err *err);
/** A resident leaves the institution as a new latent unit in shelter. Ledger: institution_out, households_formed. */
wks_status wks_relations_person_from_institution(wks_world *world, int32_t person_row, uint64_t key, int32_t *out_household_row,
                                                 wks_err *err);

/** A resident of an institution leaves the city. Ledger: persons_departed, institution_departed. */
wks_status wks_relations_resident_depart(wks_world *world, int32_t person_row, wks_err *err);

/** The household with all members leaves the city; its guests of kind at-parents leave along, others go to shelter. Registrations end.
 *  Ledger: persons_departed, households_departed. */
wks_status wks_relations_depart(wks_world *world, int32_t household_row, wks_err *err);

/** Registers a person without registration (dormant) / ends a registration; the household's cached oldest date follows: that of an adult
 *  member. */
wks_status wks_relations_register(wks_world *world, int32_t person_row, int32_t since_month, wks_err *err);
wks_status wks_relations_unregister(wks_world *world, int32_t person_row, wks_err *err);
/** Meettijd (Entree Arnhem-Nijmegen, [S11]): counts from the first registration, and is kept by who moves within social rent. It ends for who
 *  is neither registered nor a tenant of social rent (lapsed, bought a home, lost it); the verbs here see to that. At tick 0 head and
 *  partner of a social tenancy have it at least since they moved there: an assumption, and a lower bound, because what they waited
 *  before is not known. Call once when the population is complete; nothing but the part kept_seniority reads it. */
void wks_relations_meettijd_start(wks_world *world);

/** Stock. A new owner, and a new complex without dwellings in a buurt: rent_factor is the caller's. No ledger. */
wks_status wks_relations_owner_add(wks_world *world, uint64_t key, wks_owner_kind kind, int32_t number, int32_t *out_row, wks_err *err);
wks_status wks_relations_complex_add(wks_world *world, uint64_t key, int32_t buurt_row, int32_t owner_row, wks_label label,
                                     int32_t *out_row, wks_err *err);
/** A new dwelling comes with n_units vacant units (one: self-contained, more: rooms), lettable from `lettable_month`; buurt and
 *  label are those of the complex; rents, rooms, area and position are the caller's (0, NaN). Removing needs all units vacant and none kept under contract. Ledger:
 *  dwellings_added, units_added; dwellings_removed, units_removed. */
wks_status wks_relations_dwelling_add(wks_world *world, uint64_t key, int32_t complex_row, wks_tenure tenure, wks_dwelling_type type,
                                      int32_t n_units, int32_t lettable_month, int32_t *out_row, wks_err *err);
/** Numbers the portieken of n dwellings (of one complex and type, in the order in which they stand): groups of about WKS_DWELLING_PORTIEK that differ by
 *  one dwelling at most. O(n). */
void wks_relations_portieken(wks_world *world, const int32_t *dwelling_row, int32_t n);
/** A dwelling built later joins the portiek that its complex is building, or begins the next. O(1). */
void wks_relations_portiek_join(wks_world *world, int32_t dwelling_row);
/** Another segment or owner: tenure and asked rent of all units together (0 for owner-occupied), from the next occupant on. For vacant dwellings, which are
 *  offered anew from this month. The ledger is the caller's. O(units). */
void wks_relations_retenure(wks_world *world, int32_t dwelling_row, wks_tenure tenure, double rent_eur);
/** The tenant of a self-contained dwelling becomes its owner: tenure owner-occupied, no rent, since_month stays; who is not registered leaves the
 *  sector (meettijd). The ledger and the buyer's money are the caller's. O(members). */
void wks_relations_buy_home(wks_world *world, int32_t dwelling_row);
/** A vacant dwelling is let in n_units units from now on (1: self-contained; more: rooms), lettable from `lettable_month` at equal parts of
 *  rent_eur; the old units end, their reservations too. Ledger: units_removed, units_added. O(units). */
wks_status wks_relations_dwelling_divide(wks_world *world, int32_t dwelling_row, int32_t n_units, int32_t lettable_month, wks_err *err);
wks_status wks_relations_dwelling_remove(wks_world *world, int32_t dwelling_row, wks_err *err);

/** Recomputes the caches of one household from its members (n_persons, n_adults, n_children, has_partner, head, origin, registered_month).
 *  Every verb does so itself, and wks_world_next_tick for who turns 18; call it after changing a role or a registration date by hand. */
void wks_relations_refresh(wks_world *world, int32_t household_row);

#endif
