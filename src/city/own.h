/* A corporatie's own data in a city folder: own_dwellings.csv and own_seekers.csv, as `import own` writes them. Nothing in them names a
 * dwelling or a person: keys are pseudonyms, ages whole years, incomes hundreds of euro. */
#ifndef WKS_CITY_OWN_H
#define WKS_CITY_OWN_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problems.h"

enum { WKS_OWN_KEY_SIZE = 33, WKS_OWN_MAX_AGE = 104 };

/* Columns in file order: X(name, unit, smallest, largest, is_needed, help). Text columns have largest 0 and are read by hand. */
/* clang-format off */
#define WKS_OWN_DWELLING_COLUMNS(X)                                                                                      \
    X(key,            "hex",       0, 0,     true,  "pseudonym of the dwelling")                                         \
    X(buurt,          "-",         0, 0,     true,  "CBS code of the buurt")                                             \
    X(complex,        "hex",       0, 0,     false, "pseudonym of the complex")                                          \
    X(type,           "-",         0, 0,     true,  "single_family or apartment")                                        \
    X(label,          "-",         0, 0,     false, "for whom: none, senior, jongeren, campus, gemengd")                  \
    X(segment,        "-",         0, 0,     false, "social or free (DAEB or niet-DAEB); empty: by rent")                 \
    X(accessible,     "-",         0, 1,     false, "1 if fit for a wheelchair or walker, 0 if not")                      \
    X(rooms,          "count",     1, 20,    false, "rooms")                                                             \
    X(area_m2,        "m2",        8, 1000,  false, "floor area (gebruiksoppervlakte)")                                  \
    X(built_year,     "year",   1200, 2100,  false, "year of building")                                                  \
    X(wws_points,     "points",    1, 750,   false, "WWS points")                                                        \
    X(rent_eur,       "EUR/month", 1, 10000, true,  "net rent (kale huur) now, whole euro")                              \
    X(asked_rent_eur, "EUR/month", 1, 10000, false, "streefhuur: rent asked at the next letting, whole euro")

#define WKS_OWN_SEEKER_COLUMNS(X)                                                                                        \
    X(key,               "hex",    0, 0,        true,  "pseudonym of the seeker")                                        \
    X(buurt,             "-",      0, 0,        false, "CBS code of the buurt of the present home; empty: not known")    \
    X(age,               "year",  16, 104,      false, "age in whole years on the day of the data")                      \
    X(persons,           "count",  1, 20,       false, "persons in the household that looks")                            \
    X(income_eur,        "EUR/yr", 0, 1000000,  false, "income of the household, hundreds of euro")                      \
    X(months_registered, "month",  0, 1200,     true,  "inschrijfduur on the day of the data")                           \
    X(urgency,           "-",      0, 0,        false, "none, social, medical, herhuisvesting")                          \
    X(active,            "-",      0, 1,        true,  "1 if reacted in the last twelve months, 0 if only registered")
/* clang-format on */

typedef enum wks_own_dwelling_column {
#define WKS_OWN_ENUM(name, unit, low, high, is_needed, help) WKS_OWN_DWELLING_##name,
    WKS_OWN_DWELLING_COLUMNS(WKS_OWN_ENUM)
#undef WKS_OWN_ENUM
        WKS_OWN_N_DWELLING_COLUMNS
} wks_own_dwelling_column;
typedef enum wks_own_seeker_column {
#define WKS_OWN_ENUM(name, unit, low, high, is_needed, help) WKS_OWN_SEEKER_##name,
    WKS_OWN_SEEKER_COLUMNS(WKS_OWN_ENUM)
#undef WKS_OWN_ENUM
        WKS_OWN_N_SEEKER_COLUMNS
} wks_own_seeker_column;

typedef struct wks_own_column_info {
    const char *name, *unit;
    double low, high;
    bool is_needed;
    const char *help;
} wks_own_column_info;
extern const wks_own_column_info wks_own_dwelling_table[WKS_OWN_N_DWELLING_COLUMNS], wks_own_seeker_table[WKS_OWN_N_SEEKER_COLUMNS];

enum { WKS_OWN_SEGMENT_UNKNOWN, WKS_OWN_SEGMENT_SOCIAL, WKS_OWN_SEGMENT_FREE };
extern const char *const wks_own_segment_name[3];

/* Numbers that are not known are 0, except accessible (-1) and income (NaN). */
typedef struct wks_own_dwelling {
    char key[WKS_OWN_KEY_SIZE], complex[WKS_OWN_KEY_SIZE]; /* complex "": not known */
    int32_t buurt_row, built_year;
    float area_m2, rent_eur, asked_rent_eur;
    int16_t wws_points;
    uint8_t type, label, segment, rooms;
    int8_t accessible;
} wks_own_dwelling;

typedef struct wks_own_seeker {
    char key[WKS_OWN_KEY_SIZE];
    int32_t buurt_row; /* -1: not known */
    int32_t age, persons, months_registered;
    float income_eur;
    uint8_t urgency, is_active;
} wks_own_seeker;

typedef struct wks_own {
    bool is_there;              /* city.cfg says own_data = true */
    wks_own_dwelling *dwelling; /* sorted by buurt, complex, label, key */
    int32_t n_dwellings;
    wks_own_seeker *seeker; /* sorted by key */
    int32_t n_seekers;
} wks_own;

void wks_own_free(wks_own *own);

/** Row of a buurt by code, as the city has it (wks_folder_buurt_row); -1 if absent. */
typedef int32_t wks_own_row_of(const void *city, const char *code);

/** Reads and checks one of the files. Problems have file, line and column, and of a seeker never a value. WKS_ERR_DATA when there are
 *  errors. O(n log n). */
wks_status wks_own_read_dwellings(const char *path, wks_own_row_of *row_of, const void *city, wks_own *own, wks_problems *problems,
                                  wks_err *err);
wks_status wks_own_read_seekers(const char *path, wks_own_row_of *row_of, const void *city, wks_own *own, wks_problems *problems,
                                wks_err *err);

#endif
