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

/* By the upper half of the bits in four passes; what then still stands wrong is neighbours with the same upper half, put right by insertion. */
enum { FEW_TO_SORT = 48, DIGIT_BITS = 8, DIGITS = 1 << DIGIT_BITS, PASSES = 4, UPPER = 32, MOST_MOVES = 8 };

static int compare_ranked(const void *a, const void *b)
{
    const wks_synth_plan_ranked *x = a, *y = b;

    if (x->value != y->value) return x->value > y->value ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* An item while it is sorted: bits that rise as its value falls, and where it stood. */
typedef struct wks_synth_plan_sorted {
    uint64_t bits;
    int32_t index, at;
} sorted;

/* -0 is 0. */
static uint64_t falling_bits(double value)
{
    uint64_t bits;

    value += 0.0;
    memcpy(&bits, &value, sizeof bits);
    return (bits >> 63) != 0 ? bits : ~bits & ~(UINT64_C(1) << 63);
}

static bool is_before(const sorted *a, const sorted *b)
{
    return a->bits != b->bits ? a->bits < b->bits : a->index < b->index;
}

static uint32_t digit_of(const sorted *item, int32_t pass)
{
    return (uint32_t)(item->bits >> (UPPER + DIGIT_BITS * pass)) & (DIGITS - 1);
}

/* One pass, stable. False: all have the same digit, nothing was moved. */
static bool pass_by(const sorted *from, sorted *to, int32_t n, int32_t pass, int32_t *start)
{
    int32_t sum = 0;

    if (start[digit_of(&from[0], pass)] == n) return false;
    for (int32_t d = 0; d < DIGITS; d++) {
        const int32_t count = start[d];
        start[d] = sum;
        sum += count;
    }
    for (int32_t i = 0; i < n; i++)
        to[start[digit_of(&from[i], pass)]++] = from[i];
    return true;
}

/* False: too many stand wrong. */
static bool put_right(sorted *item, int32_t n)
{
    int64_t moves_left = (int64_t)MOST_MOVES * n;

    for (int32_t i = 1; i < n; i++) {
        const sorted here = item[i];
        int32_t k = i;
        for (; k > 0 && is_before(&here, &item[k - 1]); k--)
            item[k] = item[k - 1];
        item[k] = here;
        moves_left -= i - k;
        if (moves_left < 0) return false;
    }
    return true;
}

/* `item` is 2 n of room, of which the first n are to be sorted; returns where they are then, NULL when it was too much. */
static sorted *sort_upper(sorted *item, int32_t n)
{
    int32_t start[PASSES][DIGITS] = {{0}};
    sorted *from = item, *to = item + n;

    for (int32_t i = 0; i < n; i++) {
        for (int32_t pass = 0; pass < PASSES; pass++)
            start[pass][digit_of(&item[i], pass)]++;
    }
    for (int32_t pass = 0; pass < PASSES; pass++) {
        if (!pass_by(from, to, n, pass, start[pass])) continue;
        sorted *other = to;
        to = from;
        from = other;
    }
    return put_right(from, n) ? from : NULL;
}

void wks_synth_plan_sort(wks_synth_plan_ranked *item, int32_t n)
{
    const size_t all = (size_t)(n > 0 ? n : 0);
    char *room = n < FEW_TO_SORT ? NULL : malloc(all * (2 * sizeof(sorted) + sizeof *item));
    void *front = room, *back = room == NULL ? NULL : room + 2 * all * sizeof(sorted);
    sorted *work = front, *done = NULL;
    wks_synth_plan_ranked *before = back;

    for (int32_t i = 0; work != NULL && i < n; i++)
        work[i] = (sorted){falling_bits(item[i].value), item[i].index, i};
    if (work != NULL) done = sort_upper(work, n);
    if (done != NULL) {
        memcpy(before, item, all * sizeof *item);
        for (int32_t i = 0; i < n; i++)
            item[i] = before[done[i].at];
    } else if (n > 1) { /* few, or of values that hardly differ, or no memory: slower, the same order */
        qsort(item, all, sizeof *item, compare_ranked);
    }
    free(room);
}
