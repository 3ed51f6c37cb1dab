/* Vacancies on the market as rings of keys: sampling by a drawn point gives the vacancy whose key follows it, so a sample hardly changes when
 * vacancies come and go. A part of process market. */
#ifndef WKS_PROCESS_MARKET_VACANCY_H
#define WKS_PROCESS_MARKET_VACANCY_H

#include "process/tick.h"

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

/* So many that most hold no item or one: where a point falls is seldom in doubt. */
enum { WKS_MARKET_BUCKET_SHIFT = 52, WKS_MARKET_BUCKETS = 1 << (64 - WKS_MARKET_BUCKET_SHIFT) };

typedef struct wks_market_ring {
    wks_market_vacancy *item; /* sorted by key */
    int32_t n;
    double cheapest_eur;                    /* smallest reserve_eur; 0 when there is none */
    int32_t bucket[WKS_MARKET_BUCKETS + 1]; /* first item whose key has at least these leading twelve bits */
} wks_market_ring;

/** Lists the lettable vacant units that are not social, by kind, at the prices asked this month (p: parameters of the process). `vacancies` (may be NULL)
 *  counts them by buurt. */
wks_status wks_market_vacancy_rings(wks_tick *tick, const double *p, wks_market_ring out[WKS_MARKET_KINDS], int32_t *vacancies,
                                    wks_err *err);

/** Leaves out what has been taken since the rings were made. O(vacancies). */
void wks_market_vacancy_renew(const wks_world *world, wks_market_ring ring[WKS_MARKET_KINDS]);

/** Place of the first vacancy with key >= point, else 0: the first of all. The ring must have one. O(1) on average up to some thousands, then O(log n). */
static inline int32_t wks_market_vacancy_at(const wks_market_ring *ring, uint64_t point)
{
    const uint64_t bucket = point >> WKS_MARKET_BUCKET_SHIFT;
    int32_t low = ring->bucket[bucket], high = ring->bucket[bucket + 1];

    while (high - low > 8) {
        const int32_t middle = low + (high - low) / 2;
        if (ring->item[middle].key < point) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < ring->n && ring->item[low].key < point)
        low++;
    return low == ring->n ? 0 : low;
}

#endif
