/* Households and latent units in one table: a latent unit is a household that wants a home of its own and has none (place other than
 * housed). It keeps key, registration and history when it is housed; a household that loses its home becomes latent with the same key. */
#ifndef WKS_WORLD_HOUSEHOLD_H
#define WKS_WORLD_HOUSEHOLD_H

#include <stdbool.h>

#include "world/columns.h"

/* clang-format off */
#define WKS_HOUSEHOLD_COLUMNS(X, R)                                                                                             \
    X(uint64_t, key,              "-",      "stable key; never reused")                                                        \
    X(int32_t,  unit_row,         "row",    "unit it occupies; -1 for a latent unit")                                          \
    X(int32_t,  host_row,         "row",    "household it stays with (at parents, ex-partner, hosted); -1 otherwise")          \
    R(int32_t,  WKS_NONE, first_guest_row,  "row",    "first latent unit that stays with it; -1 if none")                                \
    R(int32_t,  WKS_NONE, next_guest_row,   "row",    "next guest of the same host; -1 at the end")                                      \
    R(int32_t,  WKS_NONE, reserved_unit_row,"row",    "unit reserved for it (unit.reserved_row); -1 if none")                            \
    R(int32_t,  WKS_NONE, contract_unit_row,"row",    "home under renovation that it keeps the contract of and lives out of; -1 if none")       \
    R(int32_t,  0, displaced,        "-",      "number of its case of herhuisvesting, open or with a right to return; 0 none")           \
    X(int32_t,  first_person_row, "row",    "first member")                                                                    \
    X(int16_t,  since_month,      "month",  "moved to this address; for a latent unit: month the wish or loss arose")          \
    X(int16_t,  region_month,     "month",  "came to live in the region")                                                      \
    R(int16_t,  WKS_NO_MONTH, linked_month,     "month",  "COA linked it to this city by the taakstelling; WKS_NO_MONTH if not")               \
    R(int16_t,  WKS_NO_MONTH, contract_month,   "month",  "its care contract ends or becomes its own; WKS_NO_MONTH if it has none")          \
    X(int16_t,  spell_month,      "month",  "start of the present income_source")                                              \
    X(int16_t,  low_month,        "month",  "start of the present spell of low income; WKS_NO_MONTH if its income is not low")  \
    X(int16_t,  change_month,     "month",  "last change of who belongs to it: birth, death, care, couple, separation, child left; else its own start") \
    X(int16_t,  registered_month, "month",  "oldest live registration of an adult member; WKS_NO_MONTH if none")               \
    X(int16_t,  search_month,     "month",  "start of the present active search; WKS_NO_MONTH if not searching")               \
    X(int16_t,  urgency_month,    "month",  "urgency expires, or without one: was lost by refusing; else WKS_NO_MONTH")        \
    X(int16_t,  wait_month,       "month",  "its need was known, or help stopped: its place among those who wait; 0 when not known") \
    R(int16_t,  WKS_NO_MONTH, turn_month,       "month",  "after a refused proposal: first month in which the landlord proposes again; WKS_NO_MONTH if none") \
    X(int16_t,  head_birth_month, "month",  "birth month of the oldest member (cached)")                                       \
    X(int32_t,  kin_buurt_row,    "row",    "buurt where close kin live; -1 none in the city")                                 \
    X(float,    contacts,         "1/adult/week", "light contacts of its adults with neighbours (process encounter)")                   \
    X(float,    income_eur,       "EUR/yr", "income as the income limits test it (rekeninkomen)")                              \
    X(float,    usual_eur,        "EUR/yr", "income from work before the present spell of low income or without work, per adult; 0 not known") \
    X(float,    equity_eur,       "EUR",    "net worth for buying: own money; of owner-occupiers with the home at the city price level less debt")                                            \
    X(uint32_t, groups,           "bits",   "groups of the scenario it belongs to, bit i = group i (refreshed every tick)")     \
    X(uint16_t, vulnerability,    "bits",   "wks_vulnerability flags")                                                         \
    R(uint64_t, 0, job,              "-",      "wijkbasisbaan: key of the event that gives it; 0 none; WKS_JOB_ENDED: its programme ended this month") \
    X(uint16_t, low_past,         "bits",   "bit i: low income i months ago (livelihood); only months told by low_known") \
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
    X(uint8_t,  came_as,          "-",      "wks_came_as: how it came to the city or out of an institution since tick 0; stays")  \
    X(uint8_t,  reunion,          "count",  "members of the family abroad who have the right to follow (nareis)")              \
    X(uint8_t,  urgency,          "-",      "wks_urgency")                                                                     \
    X(uint8_t,  search,           "-",      "wks_search: this month's draw")                                                   \
    X(uint8_t,  urge,             "-",      "wks_urge: how hard it looks for a home")                                          \
    X(uint8_t,  support,          "-",      "formal support received now, in steps of 1/10 of the need")                       \
    X(uint8_t,  need,             "0.1 h/week", "need for formal support, less what a care contract delivers (derived from traits)") \
    X(uint8_t,  need_known,       "-",      "1 if somebody who can help knows of the need")                                    \
    X(uint8_t,  help,             "0.1 h/week", "hours of staff that the city's pool gives it now; 0: none")                   \
    X(uint8_t,  helped,           "-",      "tenths of its need that the pool meets: 10 while it is helped, fading after")     \
    X(uint8_t,  came_from,        "-",      "wks_came: where it lived before it came looking here")                            \
    X(uint8_t,  is_distant,       "-",      "1 if far from work (afstand tot de arbeidsmarkt): loses it more often, stays without it longer; known to no landlord") \
    X(uint8_t,  is_student,       "-",      "1 if the head studies (campus contract allowed)")                                 \
    X(uint8_t,  temporary,        "-",      "wks_contract: 1 ends with the study (campus, room), 2 care contract")                 \
    X(uint8_t,  in_wisselwoning,  "-",      "1 when its home is a temporary one during demolition or renovation")                      \
    X(uint8_t,  motivated,        "-",      "1 if it would state the motivation to carry in gemengd wonen (drawn once, from its key)")  \
    X(uint8_t,  mixed,            "1/100",  "asker (vrager) in gemengd wonen: contacts with carriers, 100 = the most")                 \
    X(uint8_t,  lonely,           "-",      "1 while it is lonely (process encounter); known to no landlord")                        \
    X(uint8_t,  origin,           "-",      "wks_origin of the head (cached; measured only)")                                  \
    X(uint8_t,  arrears_months,   "months", "months of rent arrears")                                                         \
    X(uint8_t,  repays,           "-",      "1 while a repayment plan for them runs")                                          \
    X(uint8_t,  low_known,        "months", "months, this one included, in which low_past was kept without a gap; 255: or more")
/* clang-format on */

typedef struct wks_household_table {
    wks_columns base;
    WKS_HOUSEHOLD_COLUMNS(WKS_COLUMN_FIELD, WKS_RARE_FIELD)
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
/* CITY: lived here at tick 0, or made of who lives here. REGION: elsewhere in the country. HOME: the same, and leaves a self-contained home behind there. */
typedef enum wks_came { WKS_CAME_CITY, WKS_CAME_REGION, WKS_CAME_HOME, WKS_CAME_ABROAD, WKS_N_CAMES } wks_came;
/* How a household came, for what happens to it later and for measuring; none: lived here at tick 0 or was formed in the city. */
typedef enum wks_came_as {
    WKS_CAME_AS_NONE,
    WKS_CAME_AS_REGION,
    WKS_CAME_AS_FOREIGN,
    WKS_CAME_AS_LABOUR,
    WKS_CAME_AS_STUDENT,
    WKS_CAME_AS_STATUSHOUDER,
    WKS_CAME_AS_CARE_LEAVER,
    WKS_CAME_AS_EX_DETAINEE,
    WKS_N_CAME_AS
} wks_came_as;
/* Column `temporary`: an own contract; one that ends with the study (BW 7:274d); one of three parties, with care (omklapcontract). */
typedef enum wks_contract { WKS_CONTRACT_OWN, WKS_CONTRACT_STUDY, WKS_CONTRACT_CARE } wks_contract;
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
/* Column `job`: the programme has ended, what follows is drawn by process livelihood in the same month. */
#define WKS_JOB_ENDED UINT64_MAX
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

/** Came to its home by a referral, or lives there under a care contract. */
static inline bool wks_household_is_referred(const wks_household_table *household, int32_t row)
{
    const uint8_t came = household->came_as[row], referral = household->referral[row];

    if (household->temporary[row] == WKS_CONTRACT_CARE) return true;
    return came >= WKS_CAME_AS_STATUSHOUDER || (referral >= WKS_REFERRAL_STATUSHOUDER && referral <= WKS_REFERRAL_EX_DETAINEE);
}

/** In gemengd wonen: asker (vrager), who came by referral or has psychiatric problems, an addiction or lvb; the model's truth, no rule reads it. */
static inline bool wks_household_is_asker(const wks_household_table *household, int32_t row)
{
    return wks_household_is_referred(household, row) ||
           (household->vulnerability[row] & (WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION | WKS_VULNERABLE_LVB)) != 0;
}

/** In gemengd wonen: carrier (drager), who states the motivation and is no asker. */
static inline bool wks_household_is_carrier(const wks_household_table *household, int32_t row)
{
    return household->motivated[row] != 0 && !wks_household_is_asker(household, row);
}

extern const char *const wks_household_place_name[WKS_N_PLACES];
extern const char *const wks_household_income_source_name[WKS_N_INCOME_SOURCES];
extern const char *const wks_household_referral_name[WKS_N_REFERRALS];
extern const char *const wks_household_came_as_name[WKS_N_CAME_AS];
extern const char *const wks_household_urgency_name[WKS_N_URGENCIES];
extern const char *const wks_household_search_name[WKS_N_SEARCHES];
extern const char *const wks_household_type_name[WKS_N_HOUSEHOLD_TYPES];

/** Whether it holds a place in a wijkbasisbaan now. O(1). */
static inline bool wks_household_has_job(const wks_household_table *household, int32_t row)
{
    return wks_rare_u64(&household->job, row) != 0 && wks_rare_u64(&household->job, row) != WKS_JOB_ENDED;
}

/** Type of a row, guests of kind at-parents counted as children. O(1). */
wks_household_type wks_household_type_of(const wks_household_table *household, int32_t row);

#endif
