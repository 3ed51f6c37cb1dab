/* Households with a month in which nothing happens, told from few columns and one draw (sieve.h): most of them. Part of process livelihood. */
#ifndef WKS_PROCESS_LIVELIHOOD_SIEVE_H
#define WKS_PROCESS_LIVELIHOOD_SIEVE_H

#include "process/livelihood_rent.h"
#include "process/livelihood_spells.h"
#include "process/livelihood_vulnerability.h"
#include "process/sieve.h"

/* For each word of the draw the last one that may still mean a change. */
typedef struct wks_livelihood_sieve {
    uint32_t work[2][2];                                           /* by distance from work, low income */
    uint32_t study, without_work[2][WKS_LIVELIHOOD_SPELLS_MONTHS]; /* by distance from work, months of the spell */
    uint32_t first[2];                                             /* by strained: the first trait that passes */
    uint32_t onset[2][WKS_LIVELIHOOD_VULNERABILITY_TRAITS];        /* of who has one: another, by strained */
    uint32_t recover[WKS_LIVELIHOOD_VULNERABILITY_TRAITS];         /* and the end of one */
    uint32_t frail[WKS_LIVELIHOOD_VULNERABILITY_AGES], arrears[2]; /* the second by debt */
    float low_eur[2];                                              /* incomes below it are low: one person, more */
    int32_t pension_months;
    uint32_t most[4], most_at_work; /* of each word whatever the row is; of the first, of who works */
} wks_livelihood_sieve;

/** Bounds of this month. O(months of a spell). */
void wks_livelihood_sieve_make(const wks_livelihood_spells *spells, const wks_livelihood_vulnerability *vulnerability,
                               const wks_livelihood_rent *rent, wks_livelihood_sieve *out);

/** Of rows first to first + n, true when spells, vulnerability and rent of this month leave the row as it is, whatever the columns that are not read here
 *  say; false tells nothing. A row that is alive and not outside, has no wijkbasisbaan, no programme where it lives, and had its birthday
 *  (wks_livelihood_spells_careers); of others it means nothing. @param word  words 0 to 3 of the draw (INCOME) of each. @param n  at most WKS_SIEVE_ROWS */
void wks_livelihood_sieve_rows(const wks_livelihood_sieve *self, const wks_world *world, int32_t first, int32_t n,
                               uint32_t word[4][WKS_SIEVE_ROWS], bool *out_quiet);

/** What wks_livelihood_spells_remember writes, of the rows from first to before `after` that are alive and not outside. O(rows). */
void wks_livelihood_sieve_remember(const wks_livelihood_sieve *self, wks_world *world, int32_t first, int32_t after);

#endif
