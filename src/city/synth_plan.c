#include "city/synth_plan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const wks_synth_plan_margin wks_synth_plan_margins[WKS_SYNTH_PLAN_N_MARGINS] = {
    {"persons", WKS_SYNTH_PLAN_PERSONS, 1, {"all"}, {WKS_CITY_persons}, false},
    {"age",
     WKS_SYNTH_PLAN_AGE,
     5,
     {"00_14", "15_24", "25_44", "45_64", "65_plus"},
     {WKS_CITY_age_00_14, WKS_CITY_age_15_24, WKS_CITY_age_25_44, WKS_CITY_age_45_64, WKS_CITY_age_65_plus},
     false},
    {"sex", WKS_SYNTH_PLAN_SEX, 2, {"men", "women"}, {WKS_CITY_men, WKS_CITY_women}, false},
    {"origin",
     WKS_SYNTH_PLAN_ORIGIN,
     3,
     {"nl", "europe", "outside_europe"},
     {WKS_CITY_origin_nl, WKS_CITY_origin_europe, WKS_CITY_origin_outside_europe},
     false},
    {"household_type",
     WKS_SYNTH_PLAN_TYPE,
     3,
     {"one_person", "without_children", "with_children"},
     {WKS_CITY_households_one_person, WKS_CITY_households_without_children, WKS_CITY_households_with_children},
     false},
    {"tenure",
     WKS_SYNTH_PLAN_TENURE,
     3,
     {"owner", "corporatie", "private_rent"},
     {WKS_CITY_share_owner, WKS_CITY_share_corporatie, WKS_CITY_share_private_rent},
     true},
    {"dwelling_type", WKS_SYNTH_PLAN_DWELLING, 2, {"single_family", "apartment"}, {WKS_CITY_share_single_family, -1}, true},
};

double wks_synth_plan_published(const wks_city_area *area, int32_t margin, int32_t category)
{
    const wks_synth_plan_margin *m = &wks_synth_plan_margins[margin];
    const int32_t column = m->column[category];

    if (!m->is_share) return area->value[column];
    const double share = column < 0 ? 1.0 - area->value[m->column[0]] : area->value[column];
    return share * area->value[WKS_CITY_dwellings];
}

void wks_synth_plan_free(wks_synth_plan *plan)
{
    free(plan->person);
    free(plan->household);
    free(plan->dwelling);
    free(plan->complex);
    free(plan->unit_household);
    plan->person = NULL;
    plan->household = NULL;
    plan->dwelling = NULL;
    plan->complex = NULL;
    plan->unit_household = NULL;
    plan->n_persons = plan->n_households = plan->n_margin_households = plan->household_capacity = 0;
    plan->n_dwellings = plan->n_complexes = plan->n_units = 0;
}

uint64_t wks_synth_plan_person_key(const wks_synth_plan *plan, int32_t person)
{
    return wks_rng_child_key(plan->key, 0, WKS_RNG_SYNTH_PERSON, (uint32_t)person);
}

uint64_t wks_synth_plan_household_key(const wks_synth_plan *plan, int32_t household)
{
    return wks_rng_child_key(plan->key, 0, WKS_RNG_SYNTH_HOUSEHOLD, (uint32_t)household);
}

int32_t wks_synth_plan_add_household(wks_synth_plan *plan, int32_t kind, int32_t place, int32_t host)
{
    const int32_t h = plan->n_households;

    WKS_BUG_IF(h >= plan->household_capacity);
    plan->household[h] = (wks_synth_plan_household){
        .first = -1,
        .host = host,
        .unit = -1,
        .kind = (uint8_t)kind,
        .place = (uint8_t)place,
        .cell = -1,
        .kin_buurt_row = WKS_NONE,
        .search_month = WKS_NO_MONTH,
    };
    plan->n_households++;
    return h;
}

void wks_synth_plan_link(wks_synth_plan *plan, int32_t household, int32_t person, int32_t role)
{
    wks_synth_plan_household *h = &plan->household[household];
    wks_synth_plan_person *p = &plan->person[person];
    int32_t *link = &h->first;

    if (role != WKS_ROLE_HEAD) {
        while (*link >= 0)
            link = &plan->person[*link].next;
    }
    p->next = *link;
    *link = person;
    p->household = household;
    p->role = (uint8_t)role;
    h->n_persons++;
    if (p->age > h->age_oldest) h->age_oldest = p->age;
    h->n_parents = (uint8_t)(h->n_parents + (role == WKS_ROLE_HEAD || role == WKS_ROLE_PARTNER));
}

void wks_synth_plan_unlink(wks_synth_plan *plan, int32_t person)
{
    wks_synth_plan_person *p = &plan->person[person];
    wks_synth_plan_household *h = &plan->household[p->household];
    int32_t *link = &h->first;

    while (*link != person)
        link = &plan->person[*link].next;
    *link = p->next;
    p->next = p->household = -1;
    h->n_persons--;
    h->n_parents = (uint8_t)(h->n_parents - (p->role == WKS_ROLE_HEAD || p->role == WKS_ROLE_PARTNER));
    h->age_oldest = 0;
    for (int32_t i = h->first; i >= 0; i = plan->person[i].next) {
        if (plan->person[i].age > h->age_oldest) h->age_oldest = plan->person[i].age;
    }
}

/* --- sorting: a quarter of the time of a population went into comparisons ------------------------------------------------ */

enum { FEW_TO_SORT = 48, DIGITS = 256, VALUE_BYTES = 8, INDEX_BYTES = 4 };

static int compare_ranked(const void *a, const void *b)
{
    const wks_synth_plan_ranked *x = a, *y = b;

    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Bits that rise as the value falls; -0 is 0. */
static uint64_t falling_bits(double value)
{
    uint64_t bits;

    value += 0.0;
    memcpy(&bits, &value, sizeof bits);
    return (bits >> 63) != 0 ? bits : ~bits & ~(UINT64_C(1) << 63);
}

static uint32_t digit_of(const wks_synth_plan_ranked *item, int32_t byte)
{
    if (byte < INDEX_BYTES) return (uint32_t)item->index >> (8 * byte) & 0xFF;
    return (uint32_t)(falling_bits(item->value) >> (8 * (byte - INDEX_BYTES))) & 0xFF;
}

/* One pass by one byte, stable. False: all have the same byte, nothing was moved. */
static bool pass(const wks_synth_plan_ranked *from, wks_synth_plan_ranked *to, int32_t n, int32_t byte)
{
    int32_t start[DIGITS] = {0}, sum = 0;

    for (int32_t i = 0; i < n; i++)
        start[digit_of(&from[i], byte)]++;
    if (start[digit_of(&from[0], byte)] == n) return false;
    for (int32_t d = 0; d < DIGITS; d++) {
        const int32_t count = start[d];
        start[d] = sum;
        sum += count;
    }
    for (int32_t i = 0; i < n; i++)
        to[start[digit_of(&from[i], byte)]++] = from[i];
    return true;
}

void wks_synth_plan_sort(wks_synth_plan_ranked *item, int32_t n)
{
    wks_synth_plan_ranked *other = n < FEW_TO_SORT ? NULL : malloc((size_t)n * sizeof *other), *from = item, *to = other;
    bool is_by_index = true;

    if (other == NULL) { /* few, or no memory: slower, the same order */
        if (n > 1) qsort(item, (size_t)n, sizeof *item, compare_ranked);
        return;
    }
    for (int32_t i = 1; i < n && is_by_index; i++)
        is_by_index = item[i - 1].index < item[i].index;
    for (int32_t byte = is_by_index ? INDEX_BYTES : 0; byte < INDEX_BYTES + VALUE_BYTES; byte++) {
        if (!pass(from, to, n, byte)) continue;
        wks_synth_plan_ranked *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != item) memcpy(item, from, (size_t)n * sizeof *item);
    free(other);
}
