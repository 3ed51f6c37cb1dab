#include "queue/tally.h"

#include <math.h>

#include "world/columns.h"

void wks_tally_house(wks_tally *tally, double wait, double fit)
{
    const double from_mean = wait - tally->wait_mean;

    tally->n_housed++;
    tally->wait_mean += from_mean / (double)tally->n_housed;
    tally->wait_squares += from_mean * (wait - tally->wait_mean);
    tally->fit_sum += fit;
}

double wks_tally_ratio(double part, double whole)
{
    return whole > 0 ? part / whole : NAN;
}

double wks_tally_variance(const wks_tally *tally)
{
    return wks_tally_ratio(tally->wait_squares, (double)tally->n_housed);
}

bool wks_tally_balances(const wks_tally *tally, double still)
{
    const double waited = tally->waited + still;
    const double larger = waited > tally->area ? waited : tally->area;

    return fabs(waited - tally->area) <= 1e-9 * (larger > 1 ? larger : 1);
}

void wks_tally_carry(wks_tally *tally, wks_carry *carry)
{
    wks_carry_i64(carry, &tally->n_housed);
    wks_carry_double(carry, &tally->wait_mean);
    wks_carry_double(carry, &tally->wait_squares);
    wks_carry_double(carry, &tally->fit_sum);
    wks_carry_i64(carry, &tally->n_arrived);
    wks_carry_i64(carry, &tally->n_waited);
    wks_carry_i64(carry, &tally->n_left);
    wks_carry_i64(carry, &tally->n_now);
    wks_carry_double(carry, &tally->area);
    wks_carry_double(carry, &tally->waited);
}

uint64_t wks_tally_hash(const wks_tally *tally, uint64_t hash)
{
    const int64_t count[] = {tally->n_housed, tally->n_arrived, tally->n_waited, tally->n_left, tally->n_now};
    const double sum[] = {tally->wait_mean, tally->wait_squares, tally->fit_sum, tally->area, tally->waited};

    for (int i = 0; i < 5; i++) {
        hash = wks_columns_mix(hash, (uint64_t)count[i]);
        hash = wks_columns_mix(hash, wks_columns_bits(sum[i]));
    }
    return hash;
}
