/* Small cities in memory for the tests of the synthetic population. */
#ifndef WKS_TESTS_UNIT_CITY_SYNTH_CITY_H
#define WKS_TESTS_UNIT_CITY_SYNTH_CITY_H

#include "city/synth.h"
#include "support/check.h"

enum { SYNTH_CITY_MAX = 8, SYNTH_CITY_MONTH = 2025 * 12 };

typedef struct synth_city {
    wks_city city;
    wks_city_area buurt[SYNTH_CITY_MAX], wijk[1], gemeente[1];
    int32_t neighbour_start[SYNTH_CITY_MAX + 1];
    char code[SYNTH_CITY_MAX][8];
} synth_city;

/* What a buurt is made of; shares in per cent. */
typedef struct synth_city_row {
    double age[5], men, origin[3], type[3], dwellings, owner, corporatie, private_rent, single_family, vacant;
} synth_city_row;

/* A family buurt, a campus, an old social buurt; persons and types as CBS would round them. */
static const synth_city_row synth_city_family = {
    {450, 300, 600, 550, 400}, 1140, {1700, 200, 400}, {250, 330, 420}, 1030, 70, 20, 10, 80, 2};
static const synth_city_row synth_city_campus = {{20, 900, 420, 60, 50}, 700, {1000, 200, 250}, {1020, 100, 25}, 520, 8, 62, 28, 10, 5};
static const synth_city_row synth_city_social = {
    {380, 300, 620, 560, 540}, 1190, {1200, 200, 1000}, {620, 280, 310}, 1270, 25, 65, 9, 25, 4};

static inline void synth_city_set(wks_city_area *area, const synth_city_row *row)
{
    double *v = area->value, persons = 0.0, households = 0.0;

    for (int32_t i = 0; i < 5; i++)
        persons += v[WKS_CITY_age_00_14 + i] = row->age[i];
    for (int32_t i = 0; i < 3; i++)
        v[WKS_CITY_origin_nl + i] = row->origin[i];
    for (int32_t i = 0; i < 3; i++)
        households += v[WKS_CITY_households_one_person + i] = row->type[i];
    v[WKS_CITY_persons] = persons;
    v[WKS_CITY_men] = row->men;
    v[WKS_CITY_women] = persons - row->men;
    v[WKS_CITY_households] = households;
    v[WKS_CITY_dwellings] = row->dwellings;
    v[WKS_CITY_share_owner] = row->owner / 100.0;
    v[WKS_CITY_share_corporatie] = row->corporatie / 100.0;
    v[WKS_CITY_share_private_rent] = row->private_rent / 100.0;
    v[WKS_CITY_share_single_family] = row->single_family / 100.0;
    v[WKS_CITY_share_vacant] = row->vacant / 100.0;
    v[WKS_CITY_share_built_since_2000] = 0.2;
    v[WKS_CITY_woz_eur] = 320000.0;
    v[WKS_CITY_bijstand] = 0.03 * persons;
    v[WKS_CITY_ao] = 0.04 * persons;
    v[WKS_CITY_ww] = 0.01 * persons;
    v[WKS_CITY_income_per_person_eur] = 30000.0;
    v[WKS_CITY_address_density] = 2000.0;
}

/* Buurten BU0, BU1, ... of one wijk; the gemeente publishes nothing unless a test sets it. No geometry. */
static inline void synth_city_make(synth_city *out, const synth_city_row *const *row, int32_t n)
{
    memset(out, 0, sizeof *out);
    assert_in_range(n, 1, SYNTH_CITY_MAX);
    out->city.name = (char *)(uintptr_t) "proefstad";
    out->city.buurt = out->buurt;
    out->city.wijk = out->wijk;
    out->city.gemeente = out->gemeente;
    out->city.n_buurten = n;
    out->city.n_wijken = out->city.n_gemeenten = 1;
    out->city.neighbour_start = out->neighbour_start;
    out->wijk[0].code = (char *)(uintptr_t) "WK0";
    out->gemeente[0].code = (char *)(uintptr_t) "GM0";
    out->gemeente[0].parent = -1;
    for (int32_t c = 0; c < WKS_CITY_N_COLUMNS; c++)
        out->wijk[0].value[c] = out->gemeente[0].value[c] = NAN;
    for (int32_t b = 0; b < n; b++) {
        snprintf(out->code[b], sizeof out->code[b], "BU%d", b);
        out->buurt[b].code = out->code[b];
        out->buurt[b].x_m = out->buurt[b].y_m = NAN;
        synth_city_set(&out->buurt[b], row[b]);
    }
}

static inline void synth_city_three(synth_city *out)
{
    const synth_city_row *const row[3] = {&synth_city_family, &synth_city_campus, &synth_city_social};
    synth_city_make(out, row, 3);
}

#endif
