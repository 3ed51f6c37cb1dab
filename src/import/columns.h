/* Which column of an outside table is which of ours: one table by name, by naming system and by the years in which CBS used that name. A
 * new edition is a line here. Names are compared as keys: lower-case ASCII letters and digits only, so that "Bevolking/Aantal inwoners
 * (aantal)", the same with R's dots, "AantalInwoners_5" and "aantal_inwoners" meet. */
#ifndef WKS_IMPORT_COLUMNS_H
#define WKS_IMPORT_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "city/folder.h"

/* Figures that are read but are no column of buurten.csv: others are derived from them. They follow WKS_CITY_N_COLUMNS in value arrays. */
typedef enum wks_columns_extra {
    WKS_COLUMNS_density = WKS_CITY_N_COLUMNS, /* inhabitants per km2 of land */
    WKS_COLUMNS_household_income,             /* mean disposable income of private households, EUR/yr */
    WKS_COLUMNS_income_households,            /* private households of the income statistics, thousands */
    WKS_COLUMNS_western,                      /* persons with a westerse migratieachtergrond: published until 2021 */
    WKS_COLUMNS_non_western,                  /* idem niet-westerse */
    WKS_COLUMNS_total_area_ha,                /* land and water */
    WKS_COLUMNS_change,                       /* "Indelingswijziging": 1 unchanged since the edition before */
    WKS_COLUMNS_N
} wks_columns_extra;

typedef enum wks_columns_naming {
    WKS_COLUMNS_WORKBOOK, /* a_inw: kwb workbooks and their csv */
    WKS_COLUMNS_LABEL,    /* "Bevolking/Aantal inwoners (aantal)": StatLine; also mangled by R. Matched at the end of the key */
    WKS_COLUMNS_TYPED,    /* AantalInwoners_5: StatLine's OData; the number differs by year and is dropped */
    WKS_COLUMNS_MAP,      /* aantal_inwoners: attributes of PDOK's maps, GeoPackage and WFS */
    WKS_COLUMNS_SHAPE,    /* AANT_INW: attributes of the shapefiles */
    WKS_COLUMNS_TMAP      /* population: the selection by wijk and gemeente of the R package tmap */
} wks_columns_naming;

/** One line of the map: ours = factor * theirs + offset, times `base` of the same row when theirs is a share of it. */
typedef struct wks_columns_line {
    int32_t ours; /* wks_city_column or wks_columns_extra */
    wks_columns_naming naming;
    const char *theirs;            /* as CBS writes it */
    int32_t first_year, last_year; /* 9999: still in use */
    double factor, offset;
    int32_t base;   /* -1, or the column of which theirs is a share */
    bool adds;      /* one of several columns that add up to ours */
    double at_most; /* of theirs; larger values throughout mean that theirs is already in our unit (euro for 1 000 euro). 0: never */
    const char *note;
} wks_columns_line;
extern const wks_columns_line wks_columns_table[];
extern const int32_t wks_columns_n;

/** Name, unit and range of any column, ours or extra. */
const wks_city_column_info *wks_columns_info(int32_t ours);

/** Key of a header: lower-case letters and digits, cut at size - 1. Returns out. */
char *wks_columns_key(const char *header, char *out, size_t size);

/** True if the header is that of the line. */
bool wks_columns_is(const wks_columns_line *line, const char *header);

/** The columns that say which area a row is of. */
typedef enum wks_columns_role {
    WKS_COLUMNS_CODE,     /* BU03440111 */
    WKS_COLUMNS_LEVEL,    /* Buurt */
    WKS_COLUMNS_NAME,     /* of the area */
    WKS_COLUMNS_GEMEENTE, /* name */
    WKS_COLUMNS_PERIOD,   /* 2024, 2024*, 2024JJ00 */
    WKS_COLUMNS_WATER,    /* JA: an area of water */
    WKS_COLUMNS_N_ROLES
} wks_columns_role;

/** The column of a role among headers, -1 if there is none; *out_key (may be NULL) the name it was found by. */
int wks_columns_role_of(wks_columns_role role, const char *const *header, size_t n);

#endif
