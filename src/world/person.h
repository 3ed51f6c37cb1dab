/* Persons: members of households, or residents of institutions. */
#ifndef WKS_WORLD_PERSON_H
#define WKS_WORLD_PERSON_H

#include "world/columns.h"

/* clang-format off */
#define WKS_PERSON_COLUMNS(X, R)                                                                                           \
    X(uint64_t, key,              "-",     "stable key; never reused")                                                    \
    X(int32_t,  household_row,    "row",   "household or latent unit it belongs to; -1 in an institution")                \
    X(int32_t,  next_row,         "row",   "next member of the same household; -1 at the end")                            \
    X(int16_t,  birth_month,      "month", "month of birth")                                                              \
    X(int32_t,  registration_row, "row",   "registration as woningzoekende; -1 if none")                                  \
    X(int16_t,  meettijd_month,   "month", "meettijd counts from here: kept on moving within social rent; WKS_NO_MONTH if none") \
    R(int32_t,  WKS_NONE, institution_row,  "row",   "buurt of the institution it lives in; -1 outside institutions")               \
    X(uint8_t,  sex,              "-",     "wks_sex")                                                                     \
    X(uint8_t,  role,             "-",     "wks_role in the household")                                                   \
    X(uint8_t,  origin,           "-",     "wks_origin; measured, never a ground for a rule")                             \
    X(uint8_t,  is_student,       "-",     "1 while studying in higher education")
/* clang-format on */

typedef struct wks_person_table {
    wks_columns base;
    WKS_PERSON_COLUMNS(WKS_COLUMN_FIELD, WKS_RARE_FIELD)
} wks_person_table;
extern const wks_table_info wks_person_info;

typedef enum wks_sex { WKS_SEX_MAN, WKS_SEX_WOMAN } wks_sex;
typedef enum wks_role { WKS_ROLE_HEAD, WKS_ROLE_PARTNER, WKS_ROLE_CHILD, WKS_ROLE_OTHER, WKS_ROLE_RESIDENT, WKS_N_ROLES } wks_role;
typedef enum wks_origin { WKS_ORIGIN_NL, WKS_ORIGIN_EUROPE, WKS_ORIGIN_OUTSIDE_EUROPE, WKS_N_ORIGINS } wks_origin;

extern const char *const wks_person_sex_name[2];
extern const char *const wks_person_role_name[WKS_N_ROLES];
extern const char *const wks_person_origin_name[WKS_N_ORIGINS];

#endif
