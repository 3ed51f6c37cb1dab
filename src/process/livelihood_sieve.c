#include "process/livelihood_sieve.h"

#include <string.h>

#include "base/marks.h"
#include "base/month.h"
#include "base/rng.h"
#include "base/vector.h"

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
    static const int32_t kind[2] = {WKS_LIVELIHOOD_SPELLS_BETWEEN_JOBS, WKS_LIVELIHOOD_SPELLS_WITHOUT_WORK};
    const double setback = most_of(spells->setback);
    double recovers = setback, graduates = 0;

    for (int32_t m = 0; m < WKS_LIVELIHOOD_SPELLS_MONTHS; m++)
        recovers = larger(recovers, spells->end[WKS_LIVELIHOOD_SPELLS_LOW_IN_WORK][m]);
    for (int32_t k = 0; k < WKS_LIVELIHOOD_SPELLS_STUDIES; k++)
        graduates = larger(graduates, spells->graduate[k]);
    for (int32_t distant = 0; distant < 2; distant++) {
        const double loss = most_of(spells->loss[distant]);
        out->work[distant][0] = wks_sieve_last(either(loss, setback));
        out->work[distant][1] = wks_sieve_last(either(loss, recovers));
        for (int32_t m = 0; m < WKS_LIVELIHOOD_SPELLS_MONTHS; m++)
            out->without_work[distant][m] = wks_sieve_last(spells->end[kind[distant]][m]);
    }
    out->study = wks_sieve_last(graduates);
    out->pension_months = spells->pension_months;
    for (int32_t more = 0; more < 2; more++)
        out->low_eur[more] = wks_livelihood_spells_low_float(spells, more);
}

static uint32_t later(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

/* Of each word the bounds of all that it may be held against: a spell comes first, then the first trait, frailty, arrears. */
static void make_most(wks_livelihood_sieve *self)
{
    uint32_t spell = self->study, frail = 0;

    for (int32_t m = 0; m < WKS_LIVELIHOOD_SPELLS_MONTHS; m++)
        spell = later(spell, later(self->without_work[0][m], self->without_work[1][m]));
    for (int32_t age = 0; age < WKS_LIVELIHOOD_VULNERABILITY_AGES; age++)
        frail = later(frail, self->frail[age]);
    const uint32_t first = later(self->first[0], self->first[1]);
    const uint32_t near = later(self->work[0][0], self->work[0][1]), distant = later(self->work[1][0], self->work[1][1]);
    self->most_at_work = later(later(near, distant), first);
    self->most[0] = later(spell, self->most_at_work);
    self->most[3] = self->arrears[0];
    self->most[2] = later(frail, self->most[3]);
    self->most[1] = later(first, self->most[2]);
}

void wks_livelihood_sieve_make(const wks_livelihood_spells *spells, const wks_livelihood_vulnerability *vulnerability,
                               const wks_livelihood_rent *rent, wks_livelihood_sieve *out)
{
    make_spells(spells, out);
    for (int32_t strained = 0; strained < 2; strained++) {
        out->first[strained] = wks_sieve_last(vulnerability->most_first[strained]);
        for (int32_t t = 0; t < WKS_LIVELIHOOD_VULNERABILITY_TRAITS; t++)
            out->onset[strained][t] = wks_sieve_last(vulnerability->most_onset[strained][t]);
    }
    for (int32_t t = 0; t < WKS_LIVELIHOOD_VULNERABILITY_TRAITS; t++)
        out->recover[t] = wks_sieve_last(vulnerability->recover[t]);
    for (int32_t age = 0; age < WKS_LIVELIHOOD_VULNERABILITY_AGES; age++)
        out->frail[age] = wks_sieve_last(vulnerability->frail[age]);
    out->arrears[0] = wks_sieve_last(rent->arrears);
    out->arrears[1] = wks_sieve_last(2 * rent->arrears); /* twice the hazard */
    make_most(out);
}

/* Columns that tell most rows, hoisted out of the loop. */
typedef struct columns {
    const float *income;
    const int16_t *birth, *spell;
    const uint16_t *traits;
    const uint8_t *persons, *place, *source, *distant, *repays, *helped;
    int32_t month;
} columns;

static columns columns_of(const wks_world *world)
{
    const wks_household_table *household = &world->household;

    return (columns){
        .income = household->income_eur,
        .birth = household->head_birth_month,
        .spell = household->spell_month,
        .traits = household->vulnerability,
        .persons = household->n_persons,
        .place = household->place,
        .source = household->income_source,
        .distant = household->is_distant,
        .repays = household->repays,
        .helped = household->helped,
        .month = world->month,
    };
}

/* Bound on what ends the present source or spell of income below pension age. */
static inline uint32_t last_of_spell(const wks_livelihood_sieve *self, const columns *of, int32_t i)
{
    const int32_t last = WKS_LIVELIHOOD_SPELLS_MONTHS - 1;

    if (of->source[i] == WKS_INCOME_WORK) return self->work[of->distant[i] != 0][of->income[i] < self->low_eur[of->persons[i] > 1]];
    if (of->source[i] == WKS_INCOME_STUDY) return self->study;
    const int32_t months = of->month - of->spell[i] - 1;
    return self->without_work[of->distant[i] != 0][months < 0 ? 0 : months < last ? months : last];
}

static inline bool may_be_frail(const columns *of, int32_t i, int32_t months)
{
    return months >= 12 * WKS_LIVELIHOOD_VULNERABILITY_FRAIL_FROM && (of->traits[i] & WKS_VULNERABLE_FRAIL) == 0;
}

static inline uint32_t last_of_frail(const wks_livelihood_sieve *self, int32_t months)
{
    const int32_t age = months / 12, last = WKS_LIVELIHOOD_VULNERABILITY_AGES - 1;

    return self->frail[age < last ? age : last];
}

/* Without a trait that passes. The words are taken in the order in which the steps take them. */
static inline bool is_quiet(const wks_livelihood_sieve *self, const columns *of, int32_t i, uint32_t word[4][WKS_SIEVE_ROWS], int32_t k)
{
    const int32_t months = of->month - of->birth[i];
    const uint32_t *next = &word[0][k];

    if (months >= self->pension_months) {
        if (of->source[i] != WKS_INCOME_PENSION) return false;
    } else {
        if (*next <= last_of_spell(self, of, i)) return false;
        next += WKS_SIEVE_ROWS;
    }
    if (*next <= self->first[wks_livelihood_vulnerability_is_strained(of->source[i], of->place[i])]) return false;
    next += WKS_SIEVE_ROWS;
    if (may_be_frail(of, i, months)) {
        if (*next <= last_of_frail(self, months)) return false;
        next += WKS_SIEVE_ROWS;
    }
    return *next > self->arrears[0];
}

/* With one: a word for each, so that two blocks of words are needed. */
static bool is_quiet_with(const wks_livelihood_sieve *self, const columns *of, int32_t i, const uint32_t word[8])
{
    const int32_t months = of->month - of->birth[i];
    const uint32_t *onset = self->onset[wks_livelihood_vulnerability_is_strained(of->source[i], of->place[i])];
    int32_t next = 0;

    if (months >= self->pension_months) {
        if (of->source[i] != WKS_INCOME_PENSION) return false;
    } else if (word[next++] <= last_of_spell(self, of, i)) {
        return false;
    }
    for (int32_t t = 0; t < WKS_LIVELIHOOD_VULNERABILITY_TRAITS; t++) {
        const bool has = (of->traits[i] & wks_livelihood_vulnerability_trait[t]) != 0;
        if (word[next++] <= (has ? self->recover[t] : onset[t])) return false;
    }
    if (may_be_frail(of, i, months) && word[next++] <= last_of_frail(self, months)) return false;
    return word[next] > self->arrears[(of->traits[i] & WKS_VULNERABLE_DEBT) != 0];
}

/* Help moves the ends of debt and files of nuisance: those are looked at. */
static bool is_told_by_words(const columns *of, int32_t i)
{
    return (of->traits[i] & WKS_VULNERABLE_NUISANCE) == 0 && of->helped[i] == 0 && of->repays[i] == 0;
}

/* Rows with a trait, whose second blocks are made together. */
typedef struct batch {
    uint64_t key[WKS_SIEVE_ROWS];
    int32_t at[WKS_SIEVE_ROWS], n; /* their words, from the first row */
} batch;

static void sift_with(const wks_livelihood_sieve *self, const wks_world *world, const columns *of, int32_t first, const batch *with,
                      uint32_t word[4][WKS_SIEVE_ROWS], bool *out_quiet)
{
    uint32_t more[4][WKS_SIEVE_ROWS];
    uint32_t *const out[4] = {more[0], more[1], more[2], more[3]};

    wks_rng_rows_at(&world->seed, with->key, with->n, (uint32_t)world->tick, WKS_RNG_INCOME, 1, out);
    for (int32_t j = 0; j < with->n; j++) {
        const int32_t k = with->at[j];
        const uint32_t own[8] = {word[0][k], word[1][k], word[2][k], word[3][k], more[0][j], more[1][j], more[2][j], more[3][j]};
        out_quiet[k] = is_quiet_with(self, of, first + k, own);
    }
}

/* Rows whose words do not lie above the bounds of everybody, many at a time. */
WKS_VECTOR static void mark_loud(const wks_livelihood_sieve *self, const int16_t *birth, const uint8_t *source, int32_t month,
                                 uint32_t word[4][WKS_SIEVE_ROWS], int64_t n, uint8_t *restrict loud)
{
    const uint32_t spell = self->most[0], work = self->most_at_work, second = self->most[1], third = self->most[2], fourth = self->most[3];
    const int32_t retired = month - self->pension_months; /* born then or before */
    uint8_t at_once[WKS_SIEVE_ROWS], unless_at_work[WKS_SIEVE_ROWS];

    for (int64_t k = 0; k < n; k++)
        at_once[k] = (word[0][k] <= work) | (word[1][k] <= second) | (word[2][k] <= third) | (word[3][k] <= fourth);
    for (int64_t k = 0; k < n; k++)
        unless_at_work[k] = word[0][k] <= spell;
    for (int64_t k = 0; k < n; k++)
        loud[k] = (uint8_t)(at_once[k] | (unless_at_work[k] & (source[k] != WKS_INCOME_WORK)) |
                            ((birth[k] <= retired) & (source[k] != WKS_INCOME_PENSION)));
}

/* As if nobody had a trait that passes or arrears. */
static void sift_plain(const wks_livelihood_sieve *self, const wks_world *world, int32_t first, int32_t n, uint32_t word[4][WKS_SIEVE_ROWS],
                       bool *out_quiet)
{
    const columns of = columns_of(world);
    uint8_t loud[WKS_SIEVE_ROWS + WKS_MARKS_BEHIND];

    mark_loud(self, &of.birth[first], &of.source[first], of.month, word, n, loud);
    memset(loud + n, 0, WKS_MARKS_BEHIND);
    for (int32_t k = 0; k < n; k++)
        out_quiet[k] = true;
    for (int64_t k = wks_marks_next(loud, n, 0); k < n; k = wks_marks_next(loud, n, k + 1))
        out_quiet[k] = is_quiet(self, &of, first + (int32_t)k, word, (int32_t)k);
}

WKS_VECTOR static void mark_traits(const uint16_t *traits, const uint8_t *arrears, int64_t n, uint8_t *restrict mark)
{
    for (int64_t k = 0; k < n; k++)
        mark[k] = (traits[k] & WKS_LIVELIHOOD_VULNERABILITY_PASSING) != 0;
    for (int64_t k = 0; k < n; k++)
        mark[k] |= arrears[k] != 0;
}

void wks_livelihood_sieve_rows(const wks_livelihood_sieve *self, const wks_world *world, int32_t first, int32_t n,
                               uint32_t word[4][WKS_SIEVE_ROWS], bool *out_quiet)
{
    const uint8_t *arrears = &world->household.arrears_months[first];
    const columns of = columns_of(world);
    uint8_t mark[WKS_SIEVE_ROWS + WKS_MARKS_BEHIND];
    batch with;

    sift_plain(self, world, first, n, word, out_quiet);
    mark_traits(&world->household.vulnerability[first], arrears, n, mark);
    memset(mark + n, 0, WKS_MARKS_BEHIND);
    with.n = 0;
    for (int32_t k = (int32_t)wks_marks_next(mark, n, 0); k < n; k = (int32_t)wks_marks_next(mark, n, k + 1)) {
        out_quiet[k] = false;
        if (arrears[k] != 0 || !is_told_by_words(&of, first + k)) continue;
        with.key[with.n] = world->household.key[first + k];
        with.at[with.n++] = k;
    }
    sift_with(self, world, &of, first, &with, word, out_quiet);
}

/* Low incomes of n rows, and of which the months are counted: bits of a row. */
enum { LOW = 1, COUNTED = 2, KEPT = 4 };

WKS_VECTOR static void tell_low(const wks_livelihood_sieve *self, const wks_household_table *household, int64_t first, int64_t n,
                                uint8_t *restrict out)
{
    const uint64_t *key = household->key + first;
    const float *income = household->income_eur + first;
    const uint8_t *persons = household->n_persons + first, *place = household->place + first, *source = household->income_source + first;
    const float one = self->low_eur[0], more = self->low_eur[1];

    for (int64_t k = 0; k < n; k++)
        out[k] = (income[k] < (persons[k] > 1 ? more : one)) ? LOW : 0;
    for (int64_t k = 0; k < n; k++)
        out[k] |= ((place[k] == WKS_PLACE_HOUSED) & (source[k] != WKS_INCOME_STUDY)) ? COUNTED : 0;
    for (int64_t k = 0; k < n; k++)
        out[k] |= place[k] != WKS_PLACE_OUTSIDE ? KEPT : 0;
    for (int64_t k = 0; k < n; k++)
        out[k] = key[k] != 0 ? out[k] : 0;
}

WKS_VECTOR static void keep_low(const uint8_t *told, int64_t n, int16_t now, int16_t *restrict low_month, uint16_t *restrict past,
                                uint8_t *restrict known)
{
    const int16_t none = WKS_NO_MONTH;

    for (int64_t k = 0; k < n; k++) {
        const int16_t since = low_month[k] == none ? now : low_month[k], is = (told[k] & LOW) != 0 ? since : none;
        low_month[k] = (told[k] & KEPT) != 0 ? is : low_month[k];
    }
    for (int64_t k = 0; k < n; k++) {
        const uint16_t longer = (uint16_t)((uint32_t)past[k] << 1 | (told[k] & LOW)), is = (told[k] & COUNTED) != 0 ? longer : (uint16_t)0;
        past[k] = (told[k] & KEPT) != 0 ? is : past[k];
    }
    for (int64_t k = 0; k < n; k++) {
        const uint8_t longer = (uint8_t)(known[k] + (known[k] < UINT8_MAX)), is = (told[k] & COUNTED) != 0 ? longer : (uint8_t)0;
        known[k] = (told[k] & KEPT) != 0 ? is : known[k];
    }
}

void wks_livelihood_sieve_remember(const wks_livelihood_sieve *self, wks_world *world, int32_t first, int32_t after)
{
    wks_household_table *household = &world->household;
    uint8_t told[WKS_SIEVE_ROWS];

    for (int32_t i = first; i < after; i += WKS_SIEVE_ROWS) {
        const int32_t n = after - i < WKS_SIEVE_ROWS ? after - i : WKS_SIEVE_ROWS;
        tell_low(self, household, i, n, told);
        keep_low(told, n, wks_month_cell(world->month), &household->low_month[i], &household->low_past[i], &household->low_known[i]);
    }
}
