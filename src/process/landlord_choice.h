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

/** Lettings under the cap that are still lacking, a year: norm x low_share x all - under, at least 0.
 *  @param all, under  expected lettings in the size class, and of those the ones that are under the cap anyway
 *  @param low_share   low incomes among those who seek in the class */
double wks_landlord_choice_need(double norm, double low_share, double all, double under);

/** Expected lettings a year per dwelling, learned: (prior_n x old + n_let) / (prior_n + n_dwellings), prior_n = 50 dwellings, so that small complexes do not
 *  follow chance (assumption). n_dwellings 0: old. */
double wks_landlord_choice_turnover(double old, int32_t n_let, int32_t n_dwellings);

/** Whether a share of adverts that nobody took is more than what is borne. False without adverts. */
bool wks_landlord_choice_is_unlet(int32_t n_let, int32_t n_unlet, double borne);

#endif
