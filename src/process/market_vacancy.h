/* Vacancies on the market as rings of keys: sampling by a drawn point gives the vacancy whose key follows it, so a sample hardly changes when
 * vacancies come and go. Where homes are looked for by region (world/region.h) each region has a part of the ring of its own, all as wide, and a sample
 * goes round within one part. A part of process market. */
#ifndef WKS_PROCESS_MARKET_VACANCY_H
#define WKS_PROCESS_MARKET_VACANCY_H

#include <math.h>

#include "process/tick.h"
#include "world/region.h"

typedef enum wks_market_kind { WKS_MARKET_OWNER, WKS_MARKET_RENT, WKS_MARKET_ROOM, WKS_MARKET_KINDS } wks_market_kind;

/* Households to which a home may mean something else: with children, and with an income above the DAEB limit besides. */
typedef enum wks_market_class { WKS_MARKET_OTHERS, WKS_MARKET_CHILDREN, WKS_MARKET_FAMILY, WKS_MARKET_CLASSES } wks_market_class;

typedef struct wks_market_vacancy {
    uint64_t key;
    double reserve_eur;              /* least price the seller takes; rent: price_eur */
    double most[WKS_MARKET_CLASSES]; /* bound on the part of the utility that is the same for all of a class, and, of a room, */
    double most_cost;                /* on that of its cost, times the income (wks_market_choice_bounds) */
    int32_t rooms;                   /* 1 for a room */
    int32_t unit_row, buurt_row;
    double price_eur; /* asking price, or rent a month */
    double x_m, y_m;  /* NaN without geometry */
    bool is_house;
    bool by_income; /* rent: its landlord looks at incomes this month */
} wks_market_vacancy;

/* What is read of each vacancy that somebody's sample meets, within its means or not: apart from the rest, so that it stays near. */
typedef struct wks_market_spot {
    uint64_t place;     /* on the ring: the key, or that within the part of its region */
    uint64_t key;       /* as of the vacancy, */
    double reserve_eur; /* and so is this */
    int32_t unit_row;   /* and this */
} wks_market_spot;

/* The entries of a region's part of a ring: one to four for each of its items, so that most hold no item or one and where a point falls is seldom in doubt. */
typedef struct wks_market_part {
    uint64_t begin; /* its first place */
    int32_t bucket; /* its first entry */
    int32_t shift;  /* an entry is so many bits of a place wide, 1 to 63 */
} wks_market_part;

typedef struct wks_market_ring {
    wks_market_spot *spot;    /* sorted by place, */
    wks_market_vacancy *item; /* and what is there */
    int32_t n, n_regions;     /* 0 counts as 1: one region */
    double cheapest_eur;      /* smallest reserve_eur; 0 when there is none */
    int32_t *first;           /* of more than one region: its items are item[first[r] .. first[r + 1]); else NULL */
    double *cheapest_of;      /* and its smallest reserve_eur; HUGE_VAL when there is none */
    uint64_t width;           /* of the part of a region */
    wks_market_part *part;    /* of every region */
    int32_t *bucket;          /* first item at or behind the begin of each entry; behind the last one of a part, its end */
} wks_market_ring;

/** How wide the part of each of n regions is. */
static inline uint64_t wks_market_vacancy_width(int32_t n_regions)
{
    return n_regions <= 1 ? UINT64_MAX : UINT64_MAX / (uint64_t)n_regions;
}

/** Where a key, or a drawn point, is in a part of that width. */
static inline uint64_t wks_market_vacancy_within(int32_t n_regions, uint64_t width, uint64_t key)
{
    if (n_regions <= 1) return key;
    const uint64_t within = key / (uint64_t)n_regions;

    return within < width ? within : width - 1;
}

/** Where it is on a ring of n regions. */
static inline uint64_t wks_market_vacancy_place(int32_t n_regions, int32_t region, uint64_t key)
{
    const uint64_t width = wks_market_vacancy_width(n_regions);

    return (n_regions <= 1 ? 0 : (uint64_t)region * width) + wks_market_vacancy_within(n_regions, width, key);
}

/** Lists the lettable vacant units that are not social, by kind, at the prices asked this month (p: parameters of the process). `vacancies` (may be NULL)
 *  counts them by buurt. Prices are set side by side. */
wks_status wks_market_vacancy_rings(wks_tick *tick, const double *p, wks_market_ring out[WKS_MARKET_KINDS], int32_t *vacancies,
                                    wks_err *err);

/** Leaves out what has been taken since the rings were made. O(vacancies). */
void wks_market_vacancy_renew(const wks_world *world, wks_market_ring ring[WKS_MARKET_KINDS]);

/** Smallest reserve price of a region; HUGE_VAL when it has no vacancy. */
static inline double wks_market_vacancy_cheapest(const wks_market_ring *ring, int32_t region)
{
    if (ring->first != NULL) return ring->cheapest_of[region];
    return ring->n > 0 ? ring->cheapest_eur : HUGE_VAL;
}

/** Index of the region's first vacancy whose key is at or after the drawn point, else of its first of all. The region must have one. O(1) on average. */
static inline int32_t wks_market_vacancy_at(const wks_market_ring *ring, int32_t region, uint64_t drawn)
{
    const wks_market_part part = ring->part[region];
    const uint64_t within = wks_market_vacancy_within(ring->n_regions, ring->width, drawn), point = part.begin + within;
    const int32_t *entry = &ring->bucket[part.bucket + (int32_t)(within >> part.shift)];
    int32_t low = entry[0], high = entry[1];

    while (high - low > 8) {
        const int32_t middle = low + (high - low) / 2;
        if (ring->spot[middle].place < point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < high && ring->spot[low].place < point)
        low++;
    if (ring->first != NULL) return low >= ring->first[region + 1] ? ring->first[region] : low;
    return low == ring->n ? 0 : low;
}

#endif
