#include "measure/household_life.h"

#include <math.h>
#include <stdlib.h>

#include "base/mem.h"

/* Rows, lists, caches of others, and money, which is rounded below. */
static const char not_own_household[] = "unit_row,host_row,first_guest_row,next_guest_row,reserved_unit_row,contract_unit_row,displaced,"
                                        "first_person_row,contacts,mixed,groups,n_reactions,equity_eur";
static const char not_own_person[] = "household_row,next_row,registration_row";
static const char not_own_registration[] = "person_row,reacted_month,n_reactions";
static const double RENT_STEP_EUR = 1, EQUITY_STEP_EUR = 1000;

void wks_household_life_free(wks_household_life_list *list)
{
    free(list->item);
    free(list->household);
    free(list->member);
    free(list->registration);
    *list = (wks_household_life_list){0};
}

static wks_status fit_hashes(uint64_t **hash, int32_t *capacity, int32_t n, wks_err *err)
{
    if (n <= *capacity) return WKS_OK;
    const size_t larger = wks_mem_capacity((size_t)*capacity, (size_t)n);
    uint64_t *grown = wks_mem_resize(*hash, (size_t)*capacity, larger, sizeof *grown);
    if (grown == NULL) return wks_err_set(err, WKS_ERR_NOMEM, "no memory for the lives of %d households", n);
    *hash = grown;
    *capacity = (int32_t)larger;
    return WKS_OK;
}

static wks_status fit(wks_household_life_list *list, const wks_world *world, wks_err *err)
{
    wks_status rc = WKS_OK;
    const int32_t n = world->household.base.n_live;

    if (n > list->capacity) {
        const size_t larger = wks_mem_capacity((size_t)list->capacity, (size_t)n);
        wks_household_life *item = wks_mem_resize(list->item, (size_t)list->capacity, larger, sizeof *item);
        if (item == NULL) WKS_FAIL(err, WKS_ERR_NOMEM, "no memory for the lives of %d households", n);
        list->item = item;
        list->capacity = (int32_t)larger;
    }
    WKS_TRY(fit_hashes(&list->household, &list->n_households, world->household.base.n_rows, err));
    WKS_TRY(fit_hashes(&list->member, &list->n_members, world->person.base.n_rows, err));
    WKS_TRY(fit_hashes(&list->registration, &list->n_registrations, world->registration.base.n_rows, err));
out:
    return rc;
}

static uint64_t steps_of(double amount, double step)
{
    return isfinite(amount) ? (uint64_t)(int64_t)floor(amount / step + 0.5) : UINT64_MAX;
}

static uint64_t key_at(const uint64_t *key, int32_t row)
{
    return row < 0 ? 0 : key[row];
}

/* Where and on what terms it lives. */
static uint64_t home_of(const wks_world *world, int32_t row, uint64_t hash)
{
    const wks_household_table *household = &world->household;
    const int32_t unit = household->unit_row[row];

    hash = wks_columns_mix(hash, key_at(world->unit.key, unit));
    hash = wks_columns_mix(hash, key_at(world->unit.key, wks_rare_i32(&household->reserved_unit_row, row)));
    hash = wks_columns_mix(hash, key_at(world->unit.key, wks_rare_i32(&household->contract_unit_row, row)));
    hash = wks_columns_mix(hash, key_at(household->key, household->host_row[row]));
    hash = wks_columns_mix(hash, wks_rare_i32(&household->displaced, row) != 0);
    hash = wks_columns_mix(hash, (uint64_t)wks_world_tenure_of(world, row));
    return wks_columns_mix(hash, unit < 0 ? 0 : steps_of((double)world->unit.rent_eur[unit], RENT_STEP_EUR));
}

/* A sum, so that the order of members does not matter. */
static uint64_t members_of(const wks_household_life_list *list, const wks_world *world, int32_t row)
{
    uint64_t sum = 0;

    for (int32_t m = world->household.first_person_row[row]; m >= 0; m = world->person.next_row[m]) {
        const int32_t registration = world->person.registration_row[m];
        sum += wks_columns_mix(list->member[m], registration < 0 ? 0 : list->registration[registration]);
    }
    return sum;
}

static uint64_t state_of(const wks_household_life_list *list, const wks_world *world, int32_t row)
{
    uint64_t hash = wks_columns_mix(list->household[row], steps_of((double)world->household.equity_eur[row], EQUITY_STEP_EUR));

    hash = home_of(world, row, hash);
    return wks_columns_mix(hash, members_of(list, world, row));
}

static bool is_resident(const wks_world *world, int32_t row)
{
    const uint8_t place = world->household.place[row];
    return world->household.key[row] != 0 && place != WKS_PLACE_OUTSIDE && place != WKS_PLACE_COA;
}

static int by_who(const void *left, const void *right)
{
    const wks_household_life *a = left, *b = right;
    return (a->who > b->who) - (a->who < b->who);
}

wks_status wks_household_life_year(wks_household_life_list *list, wks_household_fate_log *log, const wks_world *world,
                                   const wks_household_life **out, int32_t *out_n, wks_err *err)
{
    wks_status rc = WKS_OK;
    int32_t n = 0;

    WKS_TRY(fit(list, world, err));
    wks_columns_hash_rows(&world->household, &wks_household_info, not_own_household, 0, world->household.base.n_rows, list->household);
    wks_columns_hash_rows(&world->person, &wks_person_info, not_own_person, 0, world->person.base.n_rows, list->member);
    wks_columns_hash_rows(&world->registration, &wks_registration_info, not_own_registration, 0, world->registration.base.n_rows,
                          list->registration);
    for (int32_t row = 0; row < world->household.base.n_rows; row++) {
        if (!is_resident(world, row)) continue;
        wks_household_fate *fate = wks_household_fate_of(log, world, row);
        const uint64_t state = state_of(list, world, row);
        const int32_t buurt = wks_world_buurt_of(world, row);
        fate->life = (uint32_t)wks_columns_mix(fate->life, state);
        list->item[n++] = (wks_household_life){
            .who = wks_columns_mix(fate->key, (uint64_t)(int64_t)fate->head_birth_month),
            .life = fate->life,
            .state = (uint16_t)state,
            .buurt = (uint16_t)(buurt < 0 || buurt >= WKS_HOUSEHOLD_LIFE_NOWHERE ? WKS_HOUSEHOLD_LIFE_NOWHERE : buurt),
        };
    }
    if (n > 1) qsort(list->item, (size_t)n, sizeof *list->item, by_who);
    *out = list->item;
    *out_n = n;
out:
    return rc;
}
