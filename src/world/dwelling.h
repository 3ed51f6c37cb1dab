/* Dwellings (an address), units (what one household occupies: a self-contained dwelling or a room), complexes and owners. */
#ifndef WKS_WORLD_DWELLING_H
#define WKS_WORLD_DWELLING_H

#include "world/columns.h"
#include "world/money.h"

/* clang-format off */
#define WKS_DWELLING_COLUMNS(X, R)                                                                           \
    X(uint64_t, key,            "-",      "stable key")                                                     \
    X(int32_t,  buurt_row,      "row",    "buurt")                                                          \
    X(int32_t,  complex_row,    "row",    "complex")                                                        \
    X(int32_t,  portiek,        "-",      "number of its stairwell, or row of houses: 1 to world.n_portieken, unique in the city; 0 not told") \
    X(int32_t,  first_unit_row, "row",    "first of its units, chained by unit.next_row")                   \
    X(int16_t,  built_month,    "month",  "month of completion")                                            \
    X(float,    rent_eur,       "EUR/mo", "net rent asked at the next letting, all units together; 0 for owner-occupied") \
    X(float,    streefhuur_eur, "EUR/mo", "rent the landlord would ask if no norm pressed, all units together; above rent_eur: capped (afgetopt); 0: as rent_eur") \
    X(float,    value_eur,      "EUR",    "market value at the base year's city price level and relative buurt price 1") \
    X(float,    sale_eur,       "EUR",    "price paid at its last sale in this run; 0: not sold yet")      \
    X(float,    area_m2,        "m2",     "usable floor area")                                              \
    X(float,    x_m,            "m",      "position, EPSG:28992; NaN without geometry")                     \
    X(float,    y_m,            "m",      "position, EPSG:28992; NaN without geometry")                     \
    X(int16_t,  wws_points,     "points", "woningwaarderingsstelsel")                                       \
    X(uint8_t,  tenure,         "-",      "wks_tenure: who owns and in which segment it is let")            \
    X(uint8_t,  type,           "-",      "wks_dwelling_type")                                              \
    X(uint8_t,  rooms,          "count",  "rooms, living room included")                                    \
    X(uint8_t,  n_units,        "count",  "units in it")                                                    \
    X(uint8_t,  label,          "-",      "wks_label: for whom it is meant")                                \
    X(uint8_t,  accessible,     "-",      "1 if fit for people who walk with difficulty")                   \
    R(int32_t,  0, project,        "-",      "number of the project it belongs to: goes, is renovated or was built in its place; 0 none") \
    R(int16_t,  0, works_month,    "month",  "month in which its renovation is ready, while under way")        \
    X(uint8_t,  works,          "-",      "wks_project_works: renovation")                                  \
    X(uint8_t,  to_demolish,    "-",      "1 when it is emptied for demolition")
/* clang-format on */

typedef struct wks_dwelling_table {
    wks_columns base;
    WKS_DWELLING_COLUMNS(WKS_COLUMN_FIELD, WKS_RARE_FIELD)
} wks_dwelling_table;
extern const wks_table_info wks_dwelling_info;

/* clang-format off */
#define WKS_UNIT_COLUMNS(X, R)                                                                               \
    X(uint64_t, key,            "-",      "stable key")                                                     \
    X(int32_t,  dwelling_row,   "row",    "the dwelling")                                                   \
    X(int32_t,  next_row,       "row",    "next unit of the same dwelling; -1")                             \
    X(int32_t,  household_row,  "row",    "contract household; -1 when vacant")                             \
    X(int16_t,  vacant_month,   "month",  "vacant since; WKS_NO_MONTH when occupied")                       \
    X(int16_t,  lettable_month, "month",  "first month in which it may be let or sold")                     \
    R(int32_t,  WKS_NONE, reserved_row,   "row",    "household it is reserved for; -1")                               \
    R(int32_t,  WKS_NONE, contract_row,   "row",    "household that keeps its contract while it lives in a wisselwoning; -1") \
    R(int32_t,  WKS_NONE, seller_row,     "row",    "household that left it, owned it and waits for the price; -1 nobody in the city, or gone since") \
    R(uint64_t, 0, seller_key,     "-",      "its key: the row may be reused; 0 nobody")                       \
    R(float,    0, claim_eur,      "EUR",    "at what value the seller's own money counts it until it is sold") \
    X(float,    rent_eur,       "EUR/mo", "net rent of the present contract, or asked when vacant; 0 for owner-occupied") \
    X(uint8_t,  kind,           "-",      "wks_unit_kind")                                                  \
    X(uint8_t,  n_adverts,      "count",  "times offered since it fell vacant")                             \
    X(uint8_t,  chain,          "count",  "link number of the vacancy chain: 0 new build or left the city, +1 each move") \
    X(uint8_t,  from_new,       "-",      "1 when its chain began with a new dwelling")
/* clang-format on */

typedef struct wks_unit_table {
    wks_columns base;
    WKS_UNIT_COLUMNS(WKS_COLUMN_FIELD, WKS_RARE_FIELD)
} wks_unit_table;
extern const wks_table_info wks_unit_info;

/* clang-format off */
#define WKS_COMPLEX_COLUMNS(X)                                                                             \
    X(uint64_t, key,            "-",      "stable key")                                                     \
    X(int32_t,  buurt_row,      "row",    "buurt")                                                          \
    X(int32_t,  owner_row,      "row",    "owner")                                                          \
    X(int32_t,  n_dwellings,    "count",  "dwellings in it")                                                \
    X(int32_t,  open_portiek,   "-",      "portiek that new dwellings join; 0 none")                        \
    X(int32_t,  n_open_portiek, "count",  "new dwellings that joined it")                                   \
    X(float,    rent_factor,    "-",      "streefhuur as a share of the maximum rent by WWS")               \
    X(float,    turnover,       "1/yr",   "lettings a year per dwelling that its landlord expects; 0: not thought of yet") \
    X(int32_t,  n_let,          "count",  "lettings of this calendar year")                                 \
    X(int32_t,  n_unlet,        "count",  "adverts of this calendar year that nobody took")                 \
    X(int32_t,  n_refused,      "count",  "offers refused before the lettings of this calendar year")       \
    X(int32_t,  mixed_month,    "month",  "gemengd wonen began here (process encounter); 0 not")            \
    X(double,   mixed,          "-",      "gemengd wonen: how much carriers and askers do together, 0 to 1; 1 at its beginning")  \
    X(double,   shared,         "-",      "running shared space: opportunities for light contacts inside, 0 = none (timeline)")   \
    X(double,   contacts,       "-",      "light contacts inside are 1 + this times those of the buurt, by shared space")       \
    X(uint8_t,  label,          "-",      "wks_label")                                                      \
    X(uint8_t,  by_lot,         "-",      "1 when its landlord sends its vacancies to a channel by lot")
/* clang-format on */

typedef struct wks_complex_table {
    wks_columns base;
    WKS_COMPLEX_COLUMNS(WKS_COLUMN_FIELD)
} wks_complex_table;
extern const wks_table_info wks_complex_info;

/* clang-format off */
#define WKS_OWNER_COLUMNS(X)                                                                               \
    X(uint64_t, key,            "-",      "stable key: hash of the name")                                   \
    X(int32_t,  number,         "-",      "number in names: corporatie-1, ...")                             \
    X(double,   forgone_eur,    "EUR/yr", "rent not asked: 12 x (streefhuur - contract rent) of this calendar year's social lettings") \
    X(int32_t,  open_small,     "count",  "lettings of this year of homes up to three rooms that low incomes could have") \
    X(int32_t,  open_large,     "count",  "the same of larger homes")                                       \
    X(int32_t,  low_small,      "count",  "of open_small, those to low incomes")                            \
    X(int32_t,  low_large,      "count",  "of open_large, those to low incomes")                            \
    WKS_MONEY_COLUMNS(X)                                                                                    \
    X(uint8_t,  kind,           "-",      "wks_owner_kind")
/* clang-format on */

typedef struct wks_owner_table {
    wks_columns base;
    WKS_OWNER_COLUMNS(WKS_COLUMN_FIELD)
} wks_owner_table;
extern const wks_table_info wks_owner_info;

/* Dwellings of a portiek (stairwell, or row of houses). Assumption: 8, within 4 to 16: two a landing, four storeys. */
enum { WKS_DWELLING_PORTIEK = 8 };

/* WKS_TENURE_SOCIAL: corporatie below the liberalisation limit; FREE: corporatie above it. */
typedef enum wks_tenure {
    WKS_TENURE_SOCIAL,
    WKS_TENURE_CORPORATIE_FREE,
    WKS_TENURE_PRIVATE_RENT,
    WKS_TENURE_OWNER,
    WKS_N_TENURES
} wks_tenure;
typedef enum wks_dwelling_type { WKS_DWELLING_SINGLE_FAMILY, WKS_DWELLING_APARTMENT, WKS_N_DWELLING_TYPES } wks_dwelling_type;
typedef enum wks_unit_kind { WKS_UNIT_SELF_CONTAINED, WKS_UNIT_ROOM, WKS_N_UNIT_KINDS } wks_unit_kind;
typedef enum wks_label {
    WKS_LABEL_NONE,
    WKS_LABEL_SENIOR,
    WKS_LABEL_JONGEREN,
    WKS_LABEL_CAMPUS,
    WKS_LABEL_GEMENGD,
    WKS_N_LABELS
} wks_label;
typedef enum wks_owner_kind { WKS_OWNER_CORPORATIE, WKS_OWNER_PRIVATE_LANDLORD, WKS_OWNER_OCCUPIER, WKS_N_OWNER_KINDS } wks_owner_kind;

/** Rent the landlord of a dwelling would ask if no norm pressed (EUR a month, all units together): never below what it asks. O(1). */
static inline double wks_dwelling_streefhuur(const wks_dwelling_table *dwelling, int32_t row)
{
    const double asked = (double)dwelling->rent_eur[row], streefhuur = (double)dwelling->streefhuur_eur[row];
    return streefhuur > asked ? streefhuur : asked;
}
/** True when the asked rent lies below the streefhuur (rents are kept as float: half a cent of play). */
static inline int wks_dwelling_is_capped(const wks_dwelling_table *dwelling, int32_t row)
{
    return wks_dwelling_streefhuur(dwelling, row) > (double)dwelling->rent_eur[row] + 0.005;
}

extern const char *const wks_dwelling_tenure_name[WKS_N_TENURES];
extern const char *const wks_dwelling_type_name[WKS_N_DWELLING_TYPES];
extern const char *const wks_dwelling_unit_kind_name[WKS_N_UNIT_KINDS];
extern const char *const wks_dwelling_label_name[WKS_N_LABELS];
extern const char *const wks_dwelling_owner_kind_name[WKS_N_OWNER_KINDS];

#endif
