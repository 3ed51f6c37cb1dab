/* What keeps a city as it is when nothing is done: rates that processes derive once, at tick 0, from the population itself, and keep for the whole run.
 * The same in every scenario of a city and replication, so that no contrast is damped. Zero everywhere in a world without a start: then the
 * processes use their national rates alone. Cells are household type x age of the oldest member. See docs/decisions/0011-a-balanced-city.md. */
#ifndef WKS_WORLD_BALANCE_H
#define WKS_WORLD_BALANCE_H

#include <stdbool.h>
#include <stdint.h>

#include "world/household.h"

enum {
    WKS_BALANCE_BANDS = 15,   /* ages of the oldest: 18, 20, 22, 25, 30, then every five years to 80 and over */
    WKS_BALANCE_PARITIES = 4, /* children at home: 0, 1, 2, 3 and more */
    WKS_BALANCE_COUPLES = 12, /* ages of who looks for a partner: below 20, then every five years to 70-74 */
    WKS_BALANCE_DONORS = 24,  /* examples of who comes, a cell and tenure */
    WKS_BALANCE_MEMBERS = 8,
    WKS_BALANCE_CLASSES = 5 /* ages of persons as CBS has them: 0, 15, 25, 45, 65 and over */
};

/* A household of the city at tick 0 as an example of one that comes: composition, means and distance from work, no traits and no address. */
typedef struct wks_balance_donor {
    uint64_t order; /* hash of its key: the smallest are kept */
    float income_eur, equity_eur;
    uint8_t age[WKS_BALANCE_MEMBERS], role[WKS_BALANCE_MEMBERS], n_members; /* by role: the head first */
    uint8_t source, origin, is_owner, is_distant;
} wks_balance_donor;

typedef struct wks_balance {
    double birth[WKS_BALANCE_PARITIES], care;                /* levels; births by children at home; 0 counts as 1 */
    double lonely;                                           /* share of the households with a home that are lonely (process encounter) */
    double distant;                                          /* share of the households on work or a benefit that are far from work */
    double couple[WKS_BALANCE_COUPLES];                      /* looking for a partner, a year */
    double change[WKS_N_HOUSEHOLD_TYPES][WKS_BALANCE_BANDS]; /* households a year by life alone, without exchange */
    double persons[WKS_BALANCE_CLASSES];                     /* the same of persons, by age */
    double in[WKS_N_HOUSEHOLD_TYPES][WKS_BALANCE_BANDS];     /* households a year that come from the region */
    double out[WKS_N_HOUSEHOLD_TYPES][WKS_BALANCE_BANDS];    /* households a year that leave it */
    double leave[WKS_N_HOUSEHOLD_TYPES][WKS_BALANCE_BANDS];  /* factor on leaving (search); 0 counts as 1 */
    int32_t n_donors[2][WKS_N_HOUSEHOLD_TYPES][WKS_BALANCE_BANDS]; /* social tenants, others */
    wks_balance_donor donor[2][WKS_N_HOUSEHOLD_TYPES][WKS_BALANCE_BANDS][WKS_BALANCE_DONORS];
} wks_balance;

/** Band of an age in years; the first and the last are open. */
int32_t wks_balance_band(int32_t age);
/** Yearly share of persons of an age who moved to another gemeente in 2017 [S87], linear between published ages, flat beyond them. */
double wks_balance_between(int32_t age);
/** First age of a band. */
int32_t wks_balance_age(int32_t band);
/** CBS class of an age. */
static inline int32_t wks_balance_class(int32_t age)
{
    return age < 15 ? 0 : age < 25 ? 1 : age < 45 ? 2 : age < 65 ? 3 : 4;
}
/** Band of who looks for a partner, -1 from 75. */
static inline int32_t wks_balance_couple_band(int32_t age)
{
    return age >= 75 ? -1 : age < 20 ? 0 : age / 5 - 3;
}

#endif
