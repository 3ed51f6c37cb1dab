#include "measure/mobility.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/par.h"
#include "base/vector.h"

enum { BLOCK = 16384, YEAR = 12, MONTHS = YEAR * WKS_MOVES_AGES };

const int32_t wks_mobility_age[WKS_MOBILITY_AGES] = {0, 5, 10, 15, 18, 20, 22, 25, 28, 30, 35, 40, 45, 50, 55, 60, 65, 70};
const char *const wks_mobility_age_name[WKS_MOBILITY_AGES] = {"age_0",  "age_5",  "age_10", "age_15", "age_18", "age_20",
                                                              "age_22", "age_25", "age_28", "age_30", "age_35", "age_40",
                                                              "age_45", "age_50", "age_55", "age_60", "age_65", "age_70"};

typedef struct wks_mobility_pass {
    const wks_world *world;
    int64_t *block;
} pass;

void wks_mobility_free(wks_mobility *mobility)
{
    free(mobility->block);
    *mobility = (wks_mobility){0};
}

enum { CHUNK = 1024 };

/* Ages in months within 0 to MONTHS - 1. */
WKS_VECTOR static void ages_of(const int16_t *birth_month, int32_t now, int64_t n, int32_t *restrict out)
{
    for (int64_t i = 0; i < n; i++) {
        const int32_t months = now - birth_month[i], least = months < 0 ? 0 : months;
        out[i] = least < MONTHS ? least : MONTHS - 1;
    }
}

/* Residents by age in months, ages as wks_moves_age has them. A resident is who wks_moves_address_of calls one, at the end of a tick, when nobody is
 * nowhere. */
static void count_months(const wks_world *world, int64_t begin, int64_t end, int32_t *count)
{
    const uint64_t *const key = world->person.key;
    const int32_t *const household_row = world->person.household_row;
    const uint8_t *const place = world->household.place;
    int32_t age[CHUNK];

    for (int64_t first = begin; first < end; first += CHUNK) {
        const int64_t n = end - first < CHUNK ? end - first : CHUNK;
        ages_of(world->person.birth_month + first, world->month, n, age);
        for (int64_t i = 0; i < n; i++) {
            const int32_t h = household_row[first + i];
            if (key[first + i] == 0 || (h != WKS_NONE && (place[h] == WKS_PLACE_OUTSIDE || place[h] == WKS_PLACE_COA))) continue;
            count[age[i]]++;
        }
    }
}

static void count_block(int64_t begin, int64_t end, int64_t block, void *context)
{
    const pass *self = context;
    int64_t *count = self->block + block * WKS_MOVES_AGES;
    int32_t by_month[MONTHS] = {0};

    count_months(self->world, begin, end, by_month);
    for (int32_t age = 0; age < WKS_MOVES_AGES; age++) {
        count[age] = 0;
        for (int32_t m = 0; m < YEAR; m++)
            count[age] += by_month[YEAR * age + m];
    }
}

static wks_status count_residents(wks_mobility *mobility, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int64_t n = world->person.base.n_rows, size = wks_par_block_size(n, BLOCK), n_blocks = wks_par_blocks(n, size);

    if (mobility->n_blocks < n_blocks) {
        free(mobility->block);
        mobility->block = wks_mem_array((size_t)n_blocks * WKS_MOVES_AGES, sizeof *mobility->block);
        mobility->n_blocks = mobility->block == NULL ? 0 : n_blocks;
        if (mobility->block == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for partial counts");
    }
    pass self = {world, mobility->block};
    wks_par_for(n, size, world->threads, count_block, &self);
    memset(mobility->now, 0, sizeof mobility->now);
    for (int64_t b = 0; b < n_blocks; b++) {
        for (int32_t age = 0; age < WKS_MOVES_AGES; age++)
            mobility->now[age] += mobility->block[b * WKS_MOVES_AGES + age];
    }
out:
    return rc;
}

wks_status wks_mobility_push(wks_mobility *mobility, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;

    WKS_TRY(count_residents(mobility, world, err));
    if (world->tick == 0) goto out;
    memcpy(mobility->moves[mobility->next], world->moves.persons, sizeof world->moves.persons);
    memcpy(mobility->persons[mobility->next], mobility->now, sizeof mobility->now);
    mobility->next = (mobility->next + 1) % WKS_WINDOW_MONTHS;
    if (mobility->n_months < WKS_WINDOW_MONTHS) mobility->n_months++;
out:
    return rc;
}

wks_mobility_facts wks_mobility_facts_of(const wks_mobility *mobility, int32_t age_class)
{
    const int32_t age = age_class < 0 ? 0 : wks_mobility_age[age_class];
    const int32_t first = age_class < 0 || age == 0 ? 0 : age - 1, last = age_class < 0 ? WKS_MOVES_AGES - 1 : age + 1;
    wks_mobility_facts out = {{0}, 0, {0}, 0};
    int64_t person_months = 0;

    for (int32_t m = 0; m < mobility->n_months; m++) {
        for (int32_t a = first; a <= last; a++) {
            person_months += mobility->persons[m][a];
            for (int32_t k = 0; k < WKS_N_MOVES_KINDS; k++)
                out.moves[k] += mobility->moves[m][k][a];
        }
    }
    out.persons = mobility->n_months > 0 ? (double)person_months / mobility->n_months : NAN;
    for (int32_t k = 0; k < WKS_N_MOVES_KINDS; k++)
        out.share[k] = person_months > 0 ? (double)out.moves[k] * WKS_WINDOW_MONTHS / (double)person_months : NAN;
    out.share_between = 0.5 * (out.share[WKS_MOVES_IN] + out.share[WKS_MOVES_OUT]);
    return out;
}

wks_status wks_mobility_carry(wks_mobility *mobility, wks_carry *carry, wks_err *err)
{
    wks_carry_tag(carry, "mobility");
    WKS_CARRY_TABLE(carry, mobility->moves, int64_t);
    WKS_CARRY_TABLE(carry, mobility->persons, int64_t);
    WKS_CARRY_FIELDS(carry, mobility->now);
    wks_carry_i32(carry, &mobility->n_months);
    wks_carry_i32(carry, &mobility->next);
    wks_carry_must(carry,
                   mobility->n_months >= 0 && mobility->n_months <= WKS_WINDOW_MONTHS && mobility->next >= 0 &&
                       mobility->next < WKS_WINDOW_MONTHS,
                   "moves of other months");
    return wks_carry_status(carry, err);
}
