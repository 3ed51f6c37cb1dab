/* The state of one city at one moment: all tables, the clock, the seed, and what happened in this tick. */
#ifndef WKS_WORLD_WORLD_H
#define WKS_WORLD_WORLD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/rng.h"
#include "world/balance.h"
#include "world/buurt.h"
#include "world/construction.h"
#include "world/dwelling.h"
#include "world/household.h"
#include "world/letting.h"
#include "world/moves.h"
#include "world/person.h"
#include "world/project.h"
#include "world/purse.h"
#include "world/registration.h"
#include "world/support.h"

/* What flows in a tick: X(name, help). Reset at the start of a tick; the balances of check.h are made of these. */
/* clang-format off */
#define WKS_LEDGER(X)                                                                            \
    X(persons_born,            "births")                                                         \
    X(persons_died,            "deaths")                                                         \
    X(persons_arrived,         "persons who came to the city")                                   \
    X(persons_departed,        "persons who left the city")                                      \
    X(institution_in,          "moves of members of households into institutions")               \
    X(institution_out,         "moves out of institutions into a latent unit")                   \
    X(institution_arrived,     "persons who came to the city into an institution (part of persons_arrived)") \
    X(institution_died,        "deaths in institutions (part of persons_died)")                  \
    X(institution_departed,    "residents of institutions who left the city (part of persons_departed)") \
    X(residents_born,          "of the births, those of residents of the city (moves.h): all but at COA and outside")   \
    X(residents_died,          "of the deaths, those of residents of the city")                   \
    X(persons_within,          "persons who moved within the city: changes of address")          \
    X(persons_in,              "persons who came to live in the city from elsewhere in the country") \
    X(persons_abroad,          "persons who came to live in the city from abroad")               \
    X(persons_out,             "residents of the city who left it")                              \
    X(households_formed,       "households and latent units made from others (leaving home, separation)") \
    X(households_merged,       "households that joined another")                                 \
    X(households_dissolved,    "households whose last member died or went to an institution")    \
    X(households_arrived,      "households that came")                                           \
    X(households_departed,     "households that left")                                           \
    X(housed_ended,            "of the households merged, dissolved or departed, those that had a unit") \
    X(taken_over,              "units taken over by a guest when the contract household ended")  \
    X(housed,                  "moves of a latent unit into a unit")                             \
    X(unhoused,                "households that lost their home and became latent")              \
    X(moves,                   "moves of a household into a unit (from anywhere)")               \
    X(moves_within,            "of those, from another unit in the city")                        \
    X(chain_new,               "new dwellings moved into for the first time (one unit)")             \
    X(chain_new_outside,       "of those, by households from outside the city")                     \
    X(chain_first,             "self-contained homes left for those: first link of their chains")   \
    X(chain_first_outside,     "moves into homes of the first link by households from outside the city") \
    X(chain_first_elsewhere,   "homes that those leave behind elsewhere: first link outside the city")  \
    X(chain_second_elsewhere,  "homes that newcomers in homes of the first link leave behind elsewhere") \
    X(chain_second,            "self-contained homes left for homes of the first link")             \
    X(chain_third,             "self-contained homes left for homes of the second link")            \
    X(evictions,               "evictions")                                                      \
    X(evictions_social,        "of those, from social dwellings")                                \
    X(jobs_begun,              "wijkbasisbanen begun")                                            \
    X(jobs_ended,              "wijkbasisbanen that ended: other work, pension, departure, death, end of the programme") \
    X(units_added,             "units built or made")                                            \
    X(units_removed,           "units demolished or merged")                                     \
    X(dwellings_added,         "dwellings built")                                                \
    X(dwellings_removed,       "dwellings demolished")                                           \
    X(displaced,               "households that got notice of demolition or renovation")          \
    X(displaced_settled,       "of the households with notice, those whose case was settled")     \
    X(wisselwoning_in,         "households that went to a wisselwoning")                           \
    X(wisselwoning_out,        "households that came back from one to their own home")            \
    X(returned,                "households that used their right to return")                      \
    X(removal_payments,        "households that got a removal payment (verhuiskostenvergoeding)")      \
    X(removal_eur,             "EUR of removal payments (verhuiskostenvergoeding)")               \
    X(demolition_short,        "dwellings ordered to be demolished or renovated that are not there")  \
    X(demolition_waits,        "homes that still stand, or wait for their renovation, after the date because nobody could be rehoused") \
    X(built_social,            "of the dwellings built, social rent")                            \
    X(built_middle,            "of the dwellings built, middle rent")                            \
    X(built_cheap,             "of the dwellings built, owner-occupied under the affordable price") \
    X(built_other,             "of the dwellings built, others: free rent and owner-occupied")   \
    X(homes_ordered,           "dwellings ordered to be built")                                  \
    X(homes_completed,         "ordered dwellings completed")                                    \
    X(budget_not_built,        "social dwellings not ordered because no corporatie had the room for them") \
    X(dwellings_split,         "dwellings made by splitting another (part of dwellings_added)")  \
    X(dwellings_merged,        "dwellings joined with another (part of dwellings_removed)")      \
    X(dwellings_to_rooms,      "dwellings divided into rooms")                                   \
    X(dwellings_from_rooms,    "dwellings made whole out of rooms")                              \
    X(dwellings_sold,          "social dwellings sold")                                          \
    X(sold_sitting,            "of those, to the tenants who lived there")                       \
    X(dwellings_liberalised,   "social dwellings let above the social segment from their vacancy on, within WWS, middle rent included") \
    X(dwellings_resocial,      "corporatie dwellings above the social segment let as social again from their vacancy on") \
    X(ceiling_kept,            "vacancies in wijken above the social-rent ceiling that stayed social: rooms, or too few WWS points") \
    X(ceiling_not_built,       "social dwellings not built because of that ceiling")              \
    X(sales,                   "owner-occupied homes sold to who came to live there")             \
    X(sales_eur,               "prices paid for them, whole euros")                              \
    X(sales_costs_eur,         "kosten koper paid beside, whole euros")                           \
    X(sales_to_households,     "of those sales, with a seller among the households")              \
    X(uitpond,                 "private rented dwellings sold to occupiers")                     \
    X(money_in_cent,           "received by owners with an account, cents: rent, sales, loans")  \
    X(money_out_cent,          "paid by them, cents")                                            \
    X(money_borrowed_cent,     "of money_in_cent, new loans")                                    \
    X(money_opened_cent,       "debt with which accounts were opened, cents")                    \
    X(registrations_new,       "new registrations")                                              \
    X(registrations_ended,     "registrations ended (housed, lapsed, died, left)")               \
    X(registrations_lapsed,    "of those, not renewed, dormant for too long or left to lapse")    \
    X(suspensions,             "registrations suspended after refusals")                         \
    X(points_lost,             "search points lost by refusals and no-shows, in hundredths")     \
    X(taakstelling_arrears,    "statushouders waiting beyond the half-year in which they were linked, persons") \
    X(statushouders_housed,    "moves from COA into a first home, households")                    \
    X(statushouders_housed_persons, "persons in those")                                           \
    X(statushouders_waited,    "months at COA of those, added up")                                \
    X(statushouders_joined,    "family of statushouders who came by reunion, persons (part of persons_arrived)") \
    X(statushouders_left,      "statushouders who left the city within three years of their first home, households") \
    X(care_contracts,          "care contracts begun")                                            \
    X(care_contracts_own,      "care contracts that became the tenant's own")                     \
    X(care_contracts_ended,    "care contracts that ended with the loss of the home")
/* clang-format on */

typedef struct wks_ledger {
#define WKS_LEDGER_FIELD(name, help) int64_t name;
    WKS_LEDGER(WKS_LEDGER_FIELD)
#undef WKS_LEDGER_FIELD
} wks_ledger;

/* What applicants believe about success, learned from the results of the last 12 months (search, allocation). */
enum { WKS_BELIEF_TYPES = 5, WKS_BELIEF_DURATIONS = 8 };
typedef struct wks_belief {
    double housed[WKS_BELIEF_TYPES]
                 [WKS_BELIEF_DURATIONS]; /* moving sums over 12 months by household type and inschrijfduur class: ranked by rules */
    double by_chance[WKS_BELIEF_TYPES];  /* the same by lot: does not depend on inschrijfduur */
    double active[WKS_BELIEF_TYPES][WKS_BELIEF_DURATIONS]; /* active seeker-months, moving sums / 12 */
    double wait_p50_months;                                /* inschrijfduur at letting, moving */
} wks_belief;

/* Households that would state the motivation to carry (dragen) in gemengd wonen. Assumption: 0.10, within 0.02 to 0.4; projects report enough
 * interest [S38] but no share. */
#define WKS_WORLD_MOTIVATED_SHARE 0.10

/* Fewer households or persons than this are a cell that tells of somebody. */
enum { WKS_WORLD_FEW = 10 };

struct wks_world {
    wks_person_table person;
    wks_household_table household;
    wks_registration_table registration;
    wks_dwelling_table dwelling;
    wks_unit_table unit;
    wks_complex_table complex;
    wks_owner_table owner;
    wks_construction_table construction;
    wks_buurt_table buurt;
    wks_project_table project;
    wks_displaced_table displaced;

    int32_t n_wijken, n_gemeenten;
    int32_t n_portieken;                        /* highest number of a portiek so far */
    bool by_gemeente;                           /* homes are looked for by gemeente (region.h); from the city */
    const int32_t *neighbour_start, *neighbour; /* borrowed from the city */
    const int32_t *near_start, *near;           /* the six nearest scored buurten, borrowed; NULL: not told */
    const double *near_x, *near_y;              /* centres of scored buurten in m, NaN for the others, borrowed; NULL: not told */
    int32_t start_month;                        /* month of tick 0 */
    int32_t month;                              /* now */
    int32_t tick;
    wks_rng_seed seed; /* (dynamics seed, replication) */
    int threads;       /* for wks_par_for inside a tick */
    bool hides_few;    /* made with data of real people: results under WKS_WORLD_FEW are not told */

    int64_t start_households, start_persons, start_students; /* residents at tick 0: what arrivals are proportional to (process arrivals) */
    int64_t start_residents;                                 /* residents of institutions of 18 to 64 at tick 0 (process arrivals) */
    wks_balance balance;  /* rates derived from the population at tick 0 (processes demography, arrivals, search) */
    double price_level;   /* city price level of homes, 1 at tick 0 (process market) */
    double income_growth; /* growth of incomes since tick 0, 1 then (process livelihood) */
    double income_level
        [WKS_N_INCOME_SOURCES];  /* incomes of the city at tick 0 over the profile, by source; 0 counts as 1 (process livelihood) */
    double leefbaarheid_mean;    /* household-weighted city mean of the previous tick */
    double taakstelling_backlog; /* persons owed to COA who were not linked to the city yet; below 0: more were linked than are owed */
    double coa_due;              /* persons with a new permit who still have to be counted at COA, below one household */
    double taakstelling_owed;    /* persons that the taakstelling added in this tick (a result, not state) */
    double motivated_share;      /* households that would carry in gemengd wonen (process demography) */
    double inschrijfduur_years;  /* published mean at letting in the region, 0: not told; see pace.h */
    wks_belief belief;
    wks_support support;     /* the pool of formal support (process support) */
    wks_purse purse;         /* social programmes, this calendar year */
    wks_ledger ledger;       /* this tick */
    wks_letting_log letting; /* this tick's lettings of social units */
    wks_moves moves;         /* this tick's changes of address, by age */
    int64_t next_letting;    /* number of the next letting in this replication */
};

void wks_world_init(wks_world *world);
void wks_world_free(wks_world *world);
/** Deep copy (population -> replication). */
wks_status wks_world_copy(const wks_world *source, wks_world *target, wks_err *err);
/** Clears the ledger and the lettings of this tick (also to be called once when the population at tick 0 is complete). */
void wks_world_clear_flows(wks_world *world);
/** Clears ledger and lettings, steps tick and month, and refreshes the caches of households in which somebody turns 18. */
void wks_world_next_tick(wks_world *world);
/** Room in rare columns for what the next tick sets; at the end of every tick. @return WKS_ERR_NOMEM also when this one could not set a value. */
wks_status wks_world_make_room(wks_world *world, wks_err *err);
/** Hash of the whole state, independent of row order and threads: 16 hex digits in the manifest. Links count as the key of the row they
 *  point to; seed, threads and the lettings of this tick (results, not state) do not count. */
uint64_t wks_world_hash(const wks_world *world);
size_t wks_world_bytes(const wks_world *world);

/** False for a count that must not be told: fewer than WKS_WORLD_FEW, none included, in a world that hides them. */
static inline bool wks_world_may_tell(const wks_world *world, double count)
{
    return !world->hides_few || count >= WKS_WORLD_FEW;
}

/** The same for a part of a whole (a share, or a count beside the count that it is part of): neither the part nor the rest may be few,
 *  because each follows from the other. */
static inline bool wks_world_may_tell_part(const wks_world *world, double part, double whole)
{
    return wks_world_may_tell(world, part) && wks_world_may_tell(world, whole - part);
}

/** Whether a household with this key is motivated when a share of all is: one draw for life, the same in every run. */
bool wks_world_is_motivated(uint64_t household_key, double share);

/** Sum of the five dimensions of a buurt: leefbaarheid in Leefbaarometer deviation units. */
double wks_world_leefbaarheid(const wks_world *world, int32_t buurt_row);
/** Doublings of light contacts in a buurt since tick 0; 0 where process encounter has not counted them. */
double wks_world_contacts_doublings(const wks_world *world, int32_t buurt_row);
/** Buurt where a household lives: that of its unit, or its host's; -1 in shelter or COA. */
int32_t wks_world_buurt_of(const wks_world *world, int32_t household_row);
/** Tenure of a household's home; WKS_N_TENURES for a latent unit. */
int32_t wks_world_tenure_of(const wks_world *world, int32_t household_row);
/** Months of meettijd now, the longest of its registered adults; 0 if none is. O(members). */
int32_t wks_world_meettijd_months(const wks_world *world, int32_t household_row);
/** Months of inschrijfduur now; 0 if not registered. */
static inline int32_t wks_world_registered_months(const wks_world *world, int32_t household_row)
{
    const int32_t since = world->household.registered_month[household_row];
    return since == WKS_NO_MONTH ? 0 : world->month - since;
}

#endif
