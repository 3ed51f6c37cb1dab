#include "process/encounter_lonely.h"

#include <math.h>

#include "base/month.h"
#include "num/math.h"
#include "process/sieve.h"

/* Age from which households count as old: assumption. */
enum { OLD = 75, ALONE_BIT = 1, OLD_BIT = 2, HEALTH_BIT = 4 };
static const double MOST = 0.9; /* monthly chance of onset: a bound for extreme settings */

/* Onset is odds x recovery, so that the long-run share of a class has those odds exactly. */
void wks_encounter_lonely_make(const wks_encounter_lonely_rates *rates, wks_encounter_lonely *out)
{
    const double recover = wks_math_monthly(rates->recover);

    for (int32_t k = 0; k < WKS_ENCOUNTER_LONELY_CLASSES; k++) {
        const double odds = rates->odds * ((k & ALONE_BIT) != 0 ? rates->alone : 1) * ((k & OLD_BIT) != 0 ? rates->old : 1) *
                            ((k & HEALTH_BIT) != 0 ? rates->health : 1);
        out->onset_log[k] = wks_math_log1p(-wks_math_clamp(odds * recover, 0, MOST));
    }
    out->recover_log = wks_math_log1p(-wks_math_clamp(recover, 0, MOST));
    out->half = rates->contacts / 2;
    out->base = rates->base;
}

static int32_t class_of(const wks_world *world, int32_t row)
{
    const wks_household_table *household = &world->household;
    const bool is_alone = household->n_persons[row] + household->n_guests[row] <= 1;
    const bool is_old = wks_month_age(household->head_birth_month[row], world->month) >= OLD;

    return (is_alone ? ALONE_BIT : 0) | (is_old ? OLD_BIT : 0) | (household->vulnerability[row] != 0 ? HEALTH_BIT : 0);
}

static double factor_of(const wks_encounter_lonely *self, double contacts)
{
    return self->half > 0 && self->base > 0 && contacts > 0 ? wks_math_pow(contacts / self->base, self->half) : 1;
}

void wks_encounter_lonely_chances(const wks_encounter_lonely *self, const wks_world *world, int32_t household_row, double contacts,
                                  double *out_onset, double *out_recover)
{
    const double factor = factor_of(self, contacts);

    *out_onset = -wks_math_expm1(self->onset_log[class_of(world, household_row)] / factor);
    *out_recover = -wks_math_expm1(self->recover_log * factor);
}

void wks_encounter_lonely_unbound(wks_encounter_lonely_bounds *out)
{
    *out = (wks_encounter_lonely_bounds){.low = 0, .high = INFINITY, .onset_any = UINT32_MAX, .recover = UINT32_MAX};
    for (int32_t k = 0; k < WKS_ENCOUNTER_LONELY_CLASSES; k++)
        out->onset[k] = UINT32_MAX;
}

void wks_encounter_lonely_bound(const wks_encounter_lonely *self, const double *contacts, int32_t n, wks_encounter_lonely_bounds *out)
{
    static const double MORE = 1 + 1e-9;
    double low = INFINITY, high = 0;

    wks_encounter_lonely_unbound(out);
    for (int32_t i = 0; i < n; i++) {
        low = contacts[i] < low ? contacts[i] : low;
        high = contacts[i] > high ? contacts[i] : high;
    }
    if (!(low > 0)) return;
    out->low = low / 2;
    out->high = 2 * high;
    out->onset_any = 0;
    const double least = factor_of(self, out->low);
    for (int32_t k = 0; k < WKS_ENCOUNTER_LONELY_CLASSES; k++) {
        out->onset[k] = wks_sieve_last(MORE * -wks_math_expm1(self->onset_log[k] / least));
        if (out->onset[k] > out->onset_any) out->onset_any = out->onset[k];
    }
    out->recover = wks_sieve_last(MORE * -wks_math_expm1(self->recover_log * factor_of(self, out->high)));
}

bool wks_encounter_lonely_may_change(const wks_encounter_lonely_bounds *bounds, const wks_world *world, int32_t household_row,
                                     double contacts, uint32_t word)
{
    const bool is_lonely = world->household.lonely[household_row] != 0;

    if (!(contacts >= bounds->low && contacts <= bounds->high)) return true;
    if (word > (is_lonely ? bounds->recover : bounds->onset_any)) return false;
    return is_lonely || word <= bounds->onset[class_of(world, household_row)];
}

void wks_encounter_lonely_step(const wks_encounter_lonely *self, wks_world *world, int32_t household_row, double contacts, bool is_new)
{
    wks_household_table *household = &world->household;
    double onset, recover;

    wks_encounter_lonely_chances(self, world, household_row, contacts, &onset, &recover);
    const double u = wks_rng_once(&world->seed, household->key[household_row], (uint32_t)world->tick, WKS_RNG_LONELY);
    if (is_new) {
        household->lonely[household_row] = u * (onset + recover) < onset ? 1 : 0;
        return;
    }
    const bool ends = household->lonely[household_row] != 0 ? u < recover : u >= onset;
    household->lonely[household_row] = ends ? 0 : 1;
}
