#include "process/livelihood_jobs.h"

static void take_up(const wks_livelihood_jobs *self, wks_world *world, int32_t row)
{
    wks_household_table *household = &world->household;

    household->income_source[row] = WKS_INCOME_WORK;
    household->spell_month[row] = wks_month_cell(world->month);
    /* A couple's benefit, or what a partner earns, may be more: nobody loses by working. */
    if ((double)household->income_eur[row] < self->wage_eur) household->income_eur[row] = (float)self->wage_eur;
}

bool wks_livelihood_jobs_step(const wks_livelihood_jobs *self, const wks_livelihood_spells *spells, wks_world *world, int32_t row,
                              int32_t age, wks_rng *rng)
{
    wks_household_table *household = &world->household;
    const uint8_t source = household->income_source[row];

    if (wks_rare_u64(&household->job, row) == 0) return false;
    const bool has_ended = wks_rare_u64(&household->job, row) == WKS_JOB_ENDED;
    if (source == WKS_INCOME_PENSION || source == WKS_INCOME_STUDY) {
        wks_rare_overwrite(&household->job, row, 0); /* households are lived in parallel */
        return !has_ended;
    }
    const double u = wks_rng_once(&world->seed, household->key[row], (uint32_t)world->tick, WKS_RNG_PROGRAMME);
    if (has_ended) {
        wks_rare_overwrite(&household->job, row, 0);
        if (u >= self->keeps) wks_livelihood_spells_change(spells, world, row, age, WKS_INCOME_BENEFIT, rng);
        return false;
    }
    if (source != WKS_INCOME_WORK) {
        take_up(self, world, row);
        return false;
    }
    if (u >= self->onward) return false;
    wks_rare_overwrite(&household->job, row, 0);
    wks_livelihood_spells_change(spells, world, row, age, WKS_INCOME_WORK, rng);
    return true;
}
