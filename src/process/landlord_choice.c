#include "process/landlord_choice.h"

#include <stdlib.h>

/* What was expected before counts as much as so many dwellings, or lettings: small landlords do not follow chance (assumption). */
static const double PRIOR_N = 50.0;

static int by_loss(const void *left, const void *right)
{
    const wks_landlord_choice_home *a = left, *b = right;

    if (a->loss_eur != b->loss_eur) return a->loss_eur < b->loss_eur ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

double wks_landlord_choice_cap(wks_landlord_choice_home *home, int32_t n, double need)
{
    double reached = 0.0, forgone = 0.0;

    if (n > 1) qsort(home, (size_t)n, sizeof *home, by_loss);
    for (int32_t i = 0; i < n; i++) {
        home[i].is_capped = reached < need;
        if (!home[i].is_capped) continue;
        reached += home[i].expected;
        forgone += 12.0 * home[i].expected * home[i].loss_eur;
    }
    return forgone;
}

double wks_landlord_choice_need(double norm, double low_share, double taken, double all, double open)
{
    const double wanted = norm * low_share, share = wanted < taken ? wanted / taken : 1.0;
    const double need = share * all - open;

    return wanted > 0.0 && need > 0.0 ? need : 0.0;
}

double wks_landlord_choice_taken(double low_share, int32_t n_low, int32_t n_open)
{
    return (PRIOR_N * low_share + n_low) / (PRIOR_N + n_open);
}

double wks_landlord_choice_turnover(double old, int32_t n_let, int32_t n_dwellings)
{
    return n_dwellings <= 0 ? old : (PRIOR_N * old + n_let) / (PRIOR_N + n_dwellings);
}

bool wks_landlord_choice_is_unlet(int32_t n_let, int32_t n_unlet, double borne)
{
    const int32_t n = n_let + n_unlet;

    return n > 0 && n_unlet > borne * n;
}
