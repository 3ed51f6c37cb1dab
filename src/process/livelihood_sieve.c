#include "process/livelihood_sieve.h"

static double larger(double a, double b)
{
    return a > b ? a : b;
}

/* Chance that one of two happens, the second when the first does not. */
static double either(double first, double second)
{
    return first + (1 - first) * second;
}

static double most_of(const double chance[2][2])
{
    return larger(larger(chance[0][0], chance[0][1]), larger(chance[1][0], chance[1][1]));
}

static void make_spells(const wks_livelihood_spells *spells, wks_livelihood_sieve *out)
{
    const double loss = most_of(spells->loss), setback = most_of(spells->setback);
    double recovers = setback, graduates = 0;

    for (int32_t m = 0; m < WKS_LIVELIHOOD_SPELLS_MONTHS; m++) {
        recovers = larger(recovers, spells->end[WKS_LIVELIHOOD_SPELLS_LOW_IN_WORK][m]);
        out->without_work[m] = wks_sieve_last(spells->end[WKS_LIVELIHOOD_SPELLS_WITHOUT_WORK][m]);
    }
    for (int32_t k = 0; k < WKS_LIVELIHOOD_SPELLS_STUDIES; k++)
        graduates = larger(graduates, spells->graduate[k]);
    out->work[0] = wks_sieve_last(either(loss, setback));
    out->work[1] = wks_sieve_last(either(loss, recovers));
    out->study = wks_sieve_last(graduates);
    out->pension_months = spells->pension_months;
    for (int32_t more = 0; more < 2; more++)
        out->low_eur[more] = wks_livelihood_spells_low_float(spells, more);
}

void wks_livelihood_sieve_make(const wks_livelihood_spells *spells, const wks_livelihood_vulnerability *vulnerability,
                               const wks_livelihood_rent *rent, wks_livelihood_sieve *out)
{
    make_spells(spells, out);
    for (int32_t strained = 0; strained < 2; strained++)
        out->onset[strained] = wks_sieve_last(vulnerability->most_first[strained]);
    for (int32_t age = 0; age < WKS_LIVELIHOOD_VULNERABILITY_AGES; age++)
        out->frail[age] = wks_sieve_last(vulnerability->frail[age]);
    out->arrears = wks_sieve_last(rent->arrears);
}

static bool is_low(const wks_livelihood_sieve *self, const wks_household_table *household, int32_t row)
{
    return household->income_eur[row] < self->low_eur[household->n_persons[row] > 1];
}

/* Bound on what ends the present source or spell of income below pension age. */
static uint32_t last_of_spell(const wks_livelihood_sieve *self, const wks_world *world, int32_t row)
{
    const wks_household_table *household = &world->household;
    const int32_t last = WKS_LIVELIHOOD_SPELLS_MONTHS - 1;

    if (household->income_source[row] == WKS_INCOME_WORK) return self->work[is_low(self, household, row)];
    if (household->income_source[row] == WKS_INCOME_STUDY) return self->study;
    const int32_t months = world->month - household->spell_month[row] - 1;
    return self->without_work[months < 0 ? 0 : months < last ? months : last];
}

bool wks_livelihood_sieve_is_quiet(const wks_livelihood_sieve *self, const wks_world *world, int32_t row, uint32_t word[4][WKS_SIEVE_ROWS],
                                   int32_t k)
{
    const wks_household_table *household = &world->household;
    const int32_t months = world->month - household->head_birth_month[row];
    const uint16_t traits = household->vulnerability[row];
    int32_t next = 0;

    if ((traits & WKS_LIVELIHOOD_VULNERABILITY_PASSING) != 0 || household->arrears_months[row] != 0) return false;
    if (months >= self->pension_months) {
        if (household->income_source[row] != WKS_INCOME_PENSION) return false;
    } else if (word[next++][k] <= last_of_spell(self, world, row)) {
        return false;
    }
    if (word[next++][k] <= self->onset[wks_livelihood_vulnerability_is_strained(household, row)]) return false;
    if (months >= 12 * WKS_LIVELIHOOD_VULNERABILITY_FRAIL_FROM && (traits & WKS_VULNERABLE_FRAIL) == 0) {
        const int32_t age = months / 12, last = WKS_LIVELIHOOD_VULNERABILITY_AGES - 1;
        if (word[next++][k] <= self->frail[age < last ? age : last]) return false;
    }
    return word[next][k] > self->arrears;
}

void wks_livelihood_sieve_remember(const wks_livelihood_sieve *self, wks_world *world, int32_t first, int32_t after)
{
    const wks_household_table *household = &world->household;
    const uint64_t *key = household->key;
    const float *income = household->income_eur;
    const uint8_t *persons = household->n_persons, *place = household->place, *source = household->income_source;
    int16_t *low_month = household->low_month;
    uint16_t *past = household->low_past;
    uint8_t *known = household->low_known;
    const int32_t now = world->month;

    for (int32_t i = first; i < after; i++) {
        if (key[i] == 0 || place[i] == WKS_PLACE_OUTSIDE) continue;
        const bool low = income[i] < self->low_eur[persons[i] > 1], counted = place[i] == WKS_PLACE_HOUSED && source[i] != WKS_INCOME_STUDY;
        if (!low) {
            low_month[i] = WKS_NO_MONTH;
        } else if (low_month[i] == WKS_NO_MONTH) {
            low_month[i] = wks_month_cell(now);
        }
        past[i] = (uint16_t)(counted ? past[i] << 1 | low : 0);
        known[i] = (uint8_t)(counted ? known[i] + (known[i] < UINT8_MAX) : 0);
    }
}
