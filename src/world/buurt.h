/* Buurten: the mutable state of an area. Codes, names, geometry and neighbours stay in the city (never copied per replication).
 * Rows equal the rows of wks_city.buurt (sorted by code) and never change. */
#ifndef WKS_WORLD_BUURT_H
#define WKS_WORLD_BUURT_H

#include "world/columns.h"

/* Buurten with much social rent: at least this share of social dwellings at tick 0 (process search, indicator springboard). Assumption: where half of the
 * homes are social the area offers little to rise to; Veerkracht looks at two thirds [S21], of which a middle-sized city may have none. */
#define WKS_BUURT_MUCH_SOCIAL 0.5

/* clang-format off */
/* Of a kind of support (support.h): hours for this buurt alone. */
#define WKS_BUURT_SUPPORT(X, kind)                                                                               \
    X(int64_t,  asked_##kind,    "0.1 hours/week","staff for this buurt alone that running events ask for: " #kind) \
    X(int64_t,  staffed_##kind,  "0.1 hours/week","staff at work for this buurt alone: " #kind)
#define WKS_BUURT_COLUMNS(X)                                                                                   \
    X(uint64_t, key,             "-",      "hash of the code")                                                  \
    X(uint64_t, wijk_key,        "-",      "hash of the wijk's code")                                           \
    X(int32_t,  wijk_row,        "row",    "wijk")                                                              \
    X(int32_t,  gemeente_row,    "row",    "gemeente")                                                          \
    X(int32_t,  n_households,    "count",  "households with a unit here (kept by relations)")                   \
    X(int32_t,  n_persons,       "count",  "persons living here, guests and institutions included (kept by relations)") \
    X(int32_t,  n_institution,   "count",  "of those, residents of institutions (kept by relations)")           \
    X(double,   won,             "LBM",    "woningvoorraad, deviation now")                                     \
    X(double,   fys,             "LBM",    "fysieke omgeving")                                                  \
    X(double,   vrz,             "LBM",    "voorzieningen")                                                     \
    X(double,   soc,             "LBM",    "sociale samenhang")                                                 \
    X(double,   onv,             "LBM",    "overlast en onveiligheid (higher is better)")                       \
    X(uint8_t,  scored,          "-",      "1 when its five dimensions at tick 0 are published (in a city without any: when it is inhabited)") \
    X(double,   won_start,       "LBM",    "at tick 0")                                                         \
    X(double,   fys_start,       "LBM",    "at tick 0")                                                         \
    X(double,   vrz_start,       "LBM",    "at tick 0")                                                         \
    X(double,   soc_start,       "LBM",    "at tick 0")                                                         \
    X(double,   onv_start,       "LBM",    "at tick 0")                                                         \
    X(double,   share_start,     "share",  "vulnerable households at tick 0")                                   \
    X(double,   nuisance_start,  "1/1000", "nuisance files per 1,000 households at tick 0")                           \
    X(double,   load_start,      "hours/week","load at tick 0")                                                \
    X(double,   capacity_start,  "hours/week","capacity at tick 0")                                            \
    X(double,   income_start,    "EUR/yr", "incomes of all residents together at tick 0")                    \
    X(int32_t,  dwellings_start, "count",  "dwellings at tick 0")                                               \
    X(double,   social_start,    "share",  "social dwellings at tick 0")                                        \
    X(double,   turnover,        "share/yr","moves in per household, moving average of 12 months")              \
    X(double,   turnover_start,  "share/yr","the same after the first 12 months, from which changes count; NaN before") \
    X(double,   price,           "-",      "relative price, 1 = city level")                                    \
    X(double,   load,            "hours/week","support need not met by residents' own capacity")               \
    X(double,   capacity,        "hours/week","informal carrying capacity of residents")                       \
    X(int64_t,  support_given,   "0.1 hours/week","formal support of the pool that households here get")          \
    X(double,   beheer,          "share",  "how far a beheerder is there for the tenants of corporaties, 1: in full") \
    WKS_BUURT_SUPPORT(X, wijkteam)                                                                              \
    WKS_BUURT_SUPPORT(X, ggz)                                                                                   \
    WKS_BUURT_SUPPORT(X, beheerder)                                                                             \
    WKS_BUURT_SUPPORT(X, presence)                                                                              \
    WKS_BUURT_SUPPORT(X, contact_point)                                                                         \
    WKS_BUURT_SUPPORT(X, language)                                                                              \
    X(double,   contacts,        "-",      "light contacts between neighbours now, 1 = at tick 0 (process encounter)")    \
    X(double,   contacts_public, "-",      "of those, what meeting places and who knows whom make of it")       \
    X(double,   contacts_start,  "1/adult/week","light contacts at tick 0")                                     \
    X(double,   inside_start,    "-",      "light contacts of all against those in public, at tick 0 (shared space, gemengd wonen)") \
    X(double,   settled_start,   "share",  "households at the address for a year or more, at tick 0")           \
    X(double,   meeting,         "-",      "running meeting places: opportunities for light contacts, 1 = none (timeline)")  \
    X(double,   uptake,          "-",      "running connecting officers: opportunities are used 1 + this times as much (timeline)") \
    X(double,   guidance,        "-",      "running guidance of gemengd wonen, 0 to 1 (timeline)")              \
    X(int32_t,  carried,         "0.1 hours/week","help that carriers give in gemengd wonen here (process encounter)") \
    X(double,   enforcement,     "LBM",    "running safety programme's effect on onv")                          \
    X(double,   renewal_fys,     "LBM",    "running renewal programmes' effect on fys, as far as built up (timeline)") \
    X(double,   renewal_vrz,     "LBM",    "the same on vrz (timeline)")                                        \
    X(double,   fys_gain,        "LBM",    "what renewal gave and has not worn off")                            \
    X(double,   vrz_gain,        "LBM",    "the same of vrz")                                                   \
    X(double,   work_boost,      "-",      "work programme: hazards of leaving low income or a benefit are 1 + this times as large") \
    X(double,   debt_boost,      "-",      "debt help: the same for debt and arrears")                          \
    X(double,   school_boost,    "-",      "school programme: hazards of families with middle incomes to leave are 1 + this times as large") \
    X(double,   workspace_boost, "-",      "cheap workspaces: starting on one's own out of a spell without work is 1 + this times as frequent") \
    X(double,   arrival_boost,   "-",      "arrival neighbourhood: newcomers find work 1 + this times as fast") \
    X(double,   nuisance_boost,  "-",      "safety programme: onset of nuisance files is 1 + this times as large, their end 1 / (1 + this)") \
    X(int32_t,  job_places,      "count",  "places of running jobs programmes (wijkbasisbanen), split over their areas") \
    X(int32_t,  refused,         "count",  "offers of social homes here refused because of leefbaarheid this month")        \
    X(int32_t,  to_sell,         "count",  "social dwellings still to be sold here as they fall vacant (timeline)")         \
    X(int32_t,  to_demolish,     "count",  "social dwellings still to be demolished here as they fall vacant (timeline)")   \
    X(int32_t,  demolished,      "count",  "dwellings demolished since tick 0 (stock)")                         \
    X(double,   designated,      "-",      "strongest running designation by an event, 0 to 1 (timeline)")      \
    X(double,   stigma,          "-",      "level of the designation by rule or event in force, fading after")
/* clang-format on */

typedef struct wks_buurt_table {
    wks_columns base;
    WKS_BUURT_COLUMNS(WKS_COLUMN_FIELD)
} wks_buurt_table;
extern const wks_table_info wks_buurt_info;

#endif
