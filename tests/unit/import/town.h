/* A made gemeente as a draft, for the tests of estimates: wijken of buurten that differ in age, origin, density and scores; only the gemeente has
 * the other figures. */
#ifndef WKS_TESTS_IMPORT_TOWN_H
#define WKS_TESTS_IMPORT_TOWN_H

#include "base/mem.h"
#include "import/draft.h"
#include "import/national.h"
#include "support/check.h"

static inline void town_name_area(wks_draft_area *area, const char *format, int a, int b, int32_t parent)
{
    char code[32];
    snprintf(code, sizeof code, format, a, b);
    area->code = wks_mem_string(code);
    area->name = wks_mem_string(code);
    area->parent = parent;
    area->x_m = area->y_m = NAN;
    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++) {
        area->value[c] = NAN;
        area->origin[c] = WKS_DRAFT_MISSING;
    }
}

static inline void town_set(wks_draft_area *area, wks_city_column column, double value)
{
    area->value[column] = value;
    area->origin[column] = WKS_CITY_ORIGIN_published;
}

static inline void town_set_people(wks_draft_area *area, int k)
{
    const double p = 100.0 * (5 + k % 7), young = 10.0 * (1 + k % 5), old = 10.0 * (1 + (3 * k) % 8);
    town_set(area, WKS_CITY_persons, p);
    town_set(area, WKS_CITY_men, p / 2);
    town_set(area, WKS_CITY_women, p / 2);
    town_set(area, WKS_CITY_age_00_14, p / 10);
    town_set(area, WKS_CITY_age_15_24, young);
    town_set(area, WKS_CITY_age_45_64, p / 5);
    town_set(area, WKS_CITY_age_65_plus, old);
    town_set(area, WKS_CITY_age_25_44, p - p / 10 - young - p / 5 - old);
    town_set(area, WKS_CITY_origin_europe, p / 20);
    town_set(area, WKS_CITY_origin_outside_europe, 10.0 * (1 + (2 * k) % 9));
    town_set(area, WKS_CITY_origin_nl, p - p / 20 - 10.0 * (1 + (2 * k) % 9));
    town_set(area, WKS_CITY_area_ha, 5.0 + 3.0 * (k % 6));
    for (int d = 0; d < 5; d++)
        town_set(area, (wks_city_column)(WKS_CITY_lbm_won + d), 0.01 * ((k * (d + 2)) % 11) - 0.05);
}

static inline void town_set_figures(wks_draft_area *area, double persons)
{
    double h = floor(persons * 0.52);
    town_set(area, WKS_CITY_households, h);
    town_set(area, WKS_CITY_households_one_person, floor(h * 0.45));
    town_set(area, WKS_CITY_households_without_children, floor(h * 0.27));
    town_set(area, WKS_CITY_households_with_children, h - floor(h * 0.45) - floor(h * 0.27));
    town_set(area, WKS_CITY_dwellings, floor(h * 0.93));
    town_set(area, WKS_CITY_share_vacant, 0.05);
    town_set(area, WKS_CITY_share_single_family, 0.55);
    town_set(area, WKS_CITY_share_owner, 0.51);
    town_set(area, WKS_CITY_share_corporatie, 0.3);
    town_set(area, WKS_CITY_share_private_rent, 0.19);
    town_set(area, WKS_CITY_share_built_since_2000, 0.2);
    town_set(area, WKS_CITY_woz_eur, 320000);
    town_set(area, WKS_CITY_bijstand, floor(persons * 0.03));
    town_set(area, WKS_CITY_ao, floor(persons * 0.045));
    town_set(area, WKS_CITY_ww, floor(persons * 0.01));
    town_set(area, WKS_CITY_income_per_person_eur, 31000);
    town_set(area, WKS_CITY_address_density, 2100);
}

/* Buurten are told apart by `order`, so that the same city can be made with its rows shuffled and sorted again. */
static inline void town_make(wks_draft *draft, int n_wijken, int n_each)
{
    double all = 0;
    memset(draft, 0, sizeof *draft);
    draft->year = 2024;
    draft->n_gemeenten = 1;
    draft->n_wijken = n_wijken;
    draft->n_buurten = n_wijken * n_each;
    draft->gemeente = wks_mem_array(1, sizeof *draft->gemeente);
    draft->wijk = wks_mem_array((size_t)n_wijken, sizeof *draft->wijk);
    draft->buurt = wks_mem_array((size_t)draft->n_buurten, sizeof *draft->buurt);
    town_name_area(&draft->nation, "NL%02d", 0, 0, -1);
    for (int c = 0; c < WKS_CITY_N_COLUMNS; c++)
        town_set(&draft->nation, (wks_city_column)c, wks_national_table[c].value);
    town_name_area(draft->gemeente, "GM%04d", 9999, 0, -1);
    for (int w = 0; w < n_wijken; w++) {
        double persons = 0;
        town_name_area(&draft->wijk[w], "WK9999%02d", w, 0, 0);
        for (int b = 0; b < n_each; b++) {
            wks_draft_area *buurt = &draft->buurt[w * n_each + b];
            town_name_area(buurt, "BU9999%02d%02d", w, b, w);
            town_set_people(buurt, w * n_each + b);
            persons += buurt->value[WKS_CITY_persons];
        }
        town_set(&draft->wijk[w], WKS_CITY_persons, persons);
        all += persons;
    }
    town_set_figures(draft->gemeente, all);
    town_set(draft->gemeente, WKS_CITY_persons, all);
}

static inline void town_give_wijken_figures(wks_draft *draft)
{
    for (int32_t w = 0; w < draft->n_wijken; w++) {
        town_set_figures(&draft->wijk[w], draft->wijk[w].value[WKS_CITY_persons]);
        town_set(&draft->wijk[w], WKS_CITY_share_owner, 0.3 + 0.1 * w);
        town_set(&draft->wijk[w], WKS_CITY_share_corporatie, 0.5 - 0.1 * w);
        town_set(&draft->wijk[w], WKS_CITY_share_private_rent, 0.2);
        town_set(&draft->wijk[w], WKS_CITY_woz_eur, 250000 + 50000 * w);
    }
}

/* As if it had never been published. */
static inline void town_hide(wks_draft_area *area, wks_city_column column)
{
    area->value[column] = NAN;
    area->origin[column] = WKS_DRAFT_MISSING;
}

/* Mean of the buurten with a weight. */
static inline double town_mean(const wks_draft *draft, wks_city_column column, wks_city_column weight)
{
    double top = 0, bottom = 0;
    for (int32_t i = 0; i < draft->n_buurten; i++) {
        top += draft->buurt[i].value[column] * draft->buurt[i].value[weight];
        bottom += draft->buurt[i].value[weight];
    }
    return top / bottom;
}

#endif
