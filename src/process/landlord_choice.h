/* The arithmetic of a landlord's year: which homes to cap so that enough lettings may go to low incomes. Pure functions of arrays. */
#ifndef WKS_PROCESS_LANDLORD_CHOICE_H
#define WKS_PROCESS_LANDLORD_CHOICE_H

#include <stdbool.h>
#include <stdint.h>

/* A home whose streefhuur lies above the cap of its size. */
typedef struct wks_landlord_choice_home {
    uint64_t key;
    double expected; /* lettings a year, > 0 */
    double loss_eur; /* streefhuur less cap, EUR a month, > 0 */
    int32_t row;
    bool is_capped; /* out */
} wks_landlord_choice_home;

/** Caps homes until their expected lettings reach `need` (or all are capped): those of the smallest loss_eur first, equal losses in order of key.
 *  Sorts the homes in that order. Capping a home costs expected x loss_eur x 12 EUR a year and gives `expected`, so the cost per letting is its loss_eur alone
 *  and this order is the least cost of reaching the need when the last home may be capped in part (a linear program with one constraint). Capping
 *  that home whole costs at most its own loss more; with equal expected lettings nothing costs less (brute force in test_landlord_choice.c).
 *  need <= 0: none. @return rent forgone, EUR a year. O(n log n). */
double wks_landlord_choice_cap(wks_landlord_choice_home *home, int32_t n, double need);

/** Lettings that low incomes could have and that are still lacking, a year: min(1, norm x low_share / taken) x all - open, at least 0: of all lettings
 *  norm x low_share are to go to low incomes, and of those open to them they get a share `taken` only.
 *  @param all, open  expected lettings in the size class, and of those the ones that low incomes may have anyway
 *  @param low_share  low incomes among those who seek in the class; 0: nothing is lacking */
double wks_landlord_choice_need(double norm, double low_share, double taken, double all, double open);

/** Share of open homes that low incomes get, as learned from a year: (prior_n x low_share + n_low) / (prior_n + n_open), prior_n = 50 lettings (assumption):
 *  before anything was seen, their share among seekers. */
double wks_landlord_choice_taken(double low_share, int32_t n_low, int32_t n_open);

/** Expected lettings a year per dwelling, learned: (prior_n x old + n_let) / (prior_n + n_dwellings), prior_n = 50 dwellings, so that small complexes do not
 *  follow chance (assumption). n_dwellings 0: old. */
double wks_landlord_choice_turnover(double old, int32_t n_let, int32_t n_dwellings);

/** Whether a share of adverts that nobody took is more than what is borne. False without adverts. */
bool wks_landlord_choice_is_unlet(int32_t n_let, int32_t n_unlet, double borne);

#endif
