/* Households and latent units in one table: a latent unit is a household that wants a home of its own and has none (place other than
 * housed). It keeps key, registration and history when it is housed; a household that loses its home becomes latent with the same key. */
#ifndef WKS_WORLD_HOUSEHOLD_H
#define WKS_WORLD_HOUSEHOLD_H

#include <stdbool.h>

#include "world/columns.h"

/* clang-format off */
#define WKS_HOUSEHOLD_COLUMNS(X)                                                                                              \
    X(uint64_t, key,              "-",      "stable key; never reused")                                                        \
    X(int32_t,  unit_row,         "row",    "unit it occupies; -1 for a latent unit")                                          \
    X(int32_t,  host_row,         "row",    "household it stays with (at parents, ex-partner, hosted); -1 otherwise")          \
    X(int32_t,  first_guest_row,  "row",    "first latent unit that stays with it; -1 if none")                                \
    X(int32_t,  next_guest_row,   "row",    "next guest of the same host; -1 at the end")                                      \
    X(int32_t,  reserved_unit_row,"row",    "unit reserved for it (unit.reserved_row); -1 if none")                            \
    X(int32_t,  first_person_row, "row",    "first member")                                                                    \
    X(int32_t,  since_month,      "month",  "moved to this address; for a latent unit: month the wish or loss arose")          \
    X(int32_t,  region_month,     "month",  "came to live in the region")                                                      \
    X(int32_t,  spell_month,      "month",  "start of the present income spell (low or not low, livelihood)")                  \
    X(int32_t,  registered_month, "month",  "oldest live registration of an adult member; WKS_NO_MONTH if none")               \
    X(int32_t,  search_month,     "month",  "start of the present active search; WKS_NO_MONTH if not searching")               \
    X(int32_t,  urgency_month,    "month",  "urgency expires, or without one: was lost by refusing; else WKS_NO_MONTH")        \
    X(int32_t,  turn_month,       "month",  "after a refused proposal: first month in which the landlord proposes again; WKS_NO_MONTH if none") \
    X(int32_t,  head_birth_month, "month",  "birth month of the oldest member (cached)")                                       \
    X(int32_t,  kin_buurt_row,    "row",    "buurt where close kin live; -1 none in the city")                                 \
    X(float,    income_eur,       "EUR/yr", "income as the income limits test it (rekeninkomen)")                              \
    X(float,    equity_eur,       "EUR",    "net worth for buying: own money; of owner-occupiers with the home at the city price level less debt")                                            \
    X(uint32_t, groups,           "bits",   "groups of the scenario it belongs to, bit i = group i (refreshed every tick)")     \
    X(uint16_t, vulnerability,    "bits",   "wks_vulnerability flags")                                                         \
    X(uint16_t, n_reactions,      "count",  "reactions since the search started")                                              \
    X(uint16_t, n_refusals,       "count",  "offers refused since the search started")                                         \
    X(uint8_t,  n_persons,        "count",  "own members (without guests)")                                                    \
    X(uint8_t,  n_adults,         "count",  "own members of 18 and over")                                                      \
    X(uint8_t,  n_children,       "count",  "own members with role child, of any age")                                         \
    X(uint8_t,  n_guests,         "count",  "persons of latent units that stay with it")                                       \
    X(uint8_t,  n_home_children,  "count",  "of those guests, the ones of kind at-parents")                                    \
    X(uint8_t,  has_partner,      "-",      "1 if head and partner live together")                                             \
    X(uint8_t,  place,            "-",      "wks_place")                                                                       \
    X(uint8_t,  income_source,    "-",      "wks_income_source, main source")                                                  \
    X(uint8_t,  referral,         "-",      "wks_referral under which it came or waits")                                       \
    X(uint8_t,  urgency,          "-",      "wks_urgency")                                                                     \
    X(uint8_t,  search,           "-",      "wks_search: this month's draw")                                                   \
    X(uint8_t,  urge,             "-",      "wks_urge: how hard it looks for a home")                                          \
    X(uint8_t,  support,          "-",      "formal support received now, in steps of 1/10 of the need")                       \
    X(uint8_t,  is_student,       "-",      "1 if the head studies (campus contract allowed)")                                 \
    X(uint8_t,  temporary,        "-",      "1 when the contract ends with study or care (campus, temporary)")                 \
    X(uint8_t,  motivated,        "-",      "1 if it would state the motivation to carry in gemengd wonen (drawn once, from its key)")  \
    X(uint8_t,  origin,           "-",      "wks_origin of the head (cached; measured only)")                                  \
    X(uint8_t,  arrears_months,   "months", "months of rent arrears")
/* clang-format on */

typedef struct wks_household_table {
    wks_columns base;
    WKS_HOUSEHOLD_COLUMNS(WKS_COLUMN_FIELD)
} wks_household_table;
extern const wks_table_info wks_household_info;

/* WKS_PLACE_OUTSIDE: lives elsewhere and looks for a home here; no resident of the city and not unhoused. */
typedef enum wks_place {
    WKS_PLACE_HOUSED,
    WKS_PLACE_AT_PARENTS,
    WKS_PLACE_EX_PARTNER,
    WKS_PLACE_HOSTED,
    WKS_PLACE_SHELTER,
    WKS_PLACE_COA,
    WKS_PLACE_OUTSIDE,
    WKS_N_PLACES
} wks_place;
typedef enum wks_income_source {
    WKS_INCOME_WORK,
    WKS_INCOME_BENEFIT,
    WKS_INCOME_PENSION,
    WKS_INCOME_STUDY,
    WKS_INCOME_NONE,
    WKS_N_INCOME_SOURCES
} wks_income_source;
typedef enum wks_referral {
    WKS_REFERRAL_NONE,
    WKS_REFERRAL_STATUSHOUDER,
    WKS_REFERRAL_CARE_LEAVER,
    WKS_REFERRAL_EX_DETAINEE,
    WKS_REFERRAL_HERHUISVESTING,
    WKS_N_REFERRALS
} wks_referral;
typedef enum wks_urgency {
    WKS_URGENCY_NONE,
    WKS_URGENCY_SOCIAL,
    WKS_URGENCY_MEDICAL,
    WKS_URGENCY_HERHUISVESTING,
    WKS_N_URGENCIES
} wks_urgency;
typedef enum wks_search {
    WKS_SEARCH_STAY,
    WKS_SEARCH_SOCIAL,
    WKS_SEARCH_MARKET,
    WKS_SEARCH_BOTH,
    WKS_SEARCH_LEAVE,
    WKS_N_SEARCHES
} wks_search;
/* Intensity of an active search: oriented seekers look now and then and are choosy, pressed ones look every month and accept more. */
typedef enum wks_urge { WKS_URGE_NONE, WKS_URGE_ORIENTED, WKS_URGE_PRESSED, WKS_N_URGES } wks_urge;
enum wks_vulnerability {
    WKS_VULNERABLE_PSYCHIATRIC = 1,
    WKS_VULNERABLE_LVB = 2,
    WKS_VULNERABLE_ADDICTION = 4,
    WKS_VULNERABLE_DEBT = 8,
    WKS_VULNERABLE_FRAIL = 16,
    WKS_VULNERABLE_NUISANCE = 32
};
/* Household types as CBS counts them (children of any age at home, the latent ones included). */
typedef enum wks_household_type {
    WKS_HOUSEHOLD_SINGLE,
    WKS_HOUSEHOLD_COUPLE,
    WKS_HOUSEHOLD_COUPLE_CHILDREN,
    WKS_HOUSEHOLD_SINGLE_PARENT,
    WKS_HOUSEHOLD_OTHER,
    WKS_N_HOUSEHOLD_TYPES
} wks_household_type;

extern const char *const wks_household_place_name[WKS_N_PLACES];
extern const char *const wks_household_income_source_name[WKS_N_INCOME_SOURCES];
extern const char *const wks_household_referral_name[WKS_N_REFERRALS];
extern const char *const wks_household_urgency_name[WKS_N_URGENCIES];
extern const char *const wks_household_search_name[WKS_N_SEARCHES];
extern const char *const wks_household_type_name[WKS_N_HOUSEHOLD_TYPES];

/** Type of a row, guests of kind at-parents counted as children. O(1). */
wks_household_type wks_household_type_of(const wks_household_table *household, int32_t row);

#endif
