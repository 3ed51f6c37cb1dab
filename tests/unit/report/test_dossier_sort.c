#include "report/dossier_sort.h"

#include <stdlib.h>
#include <string.h>

#include "report/dossier.h"
#include "support/chaos.h"
#include "support/check.h"

/* A row with something behind its key: where it was. */
typedef struct row {
    wks_dossier_key key;
    int32_t was;
    double value;
} row;

static int by_key(const void *left, const void *right)
{
    const row *a = left, *b = right;
    const int32_t one[] = {a->key.theory, a->key.scenario, a->key.indicator, a->key.group,
                           a->key.scale,  a->key.level,    a->key.area,      a->key.tick},
                  other[] = {b->key.theory, b->key.scenario, b->key.indicator, b->key.group,
                             b->key.scale,  b->key.level,    b->key.area,      b->key.tick};

    for (size_t i = 0; i < sizeof one / sizeof one[0]; i++)
        if (one[i] != other[i]) return one[i] < other[i] ? -1 : 1;
    return (a->was > b->was) - (a->was < b->was); /* equal keys stay as they were */
}

static uint32_t next(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void fill(row *rows, int32_t n, uint32_t seed, uint32_t most)
{
    memset(rows, 0, (size_t)n * sizeof *rows);
    for (int32_t i = 0; i < n; i++) {
        wks_dossier_key *key = &rows[i].key;
        int32_t *const field[] = {&key->scenario, &key->indicator, &key->group, &key->level, &key->area, &key->tick};
        for (size_t f = 0; f < sizeof field / sizeof field[0]; f++)
            *field[f] = (int32_t)(next(&seed) % (f == 4 ? most : 5));
        rows[i].was = i;
        rows[i].value = 0.5 * i;
    }
}

static void rows_stand_as_by_comparing(void **state)
{
    (void)state;
    static const struct {
        int32_t n;
        uint32_t most;
    } given[] = {{0, 1}, {1, 9}, {2, 2}, {1000, 3}, {5000, 1000}, {5000, 1u << 23}};

    for (size_t i = 0; i < sizeof given / sizeof given[0]; i++) {
        row *rows = calloc((size_t)given[i].n + 1, sizeof *rows), *wanted = calloc((size_t)given[i].n + 1, sizeof *rows);
        wks_err err = WKS_ERR_INIT;
        assert_non_null(rows);
        assert_non_null(wanted);
        fill(rows, given[i].n, 7u + (uint32_t)i, given[i].most);
        memcpy(wanted, rows, (size_t)given[i].n * sizeof *rows);
        qsort(wanted, (size_t)given[i].n, sizeof *wanted, by_key);
        assert_int_equal(wks_dossier_sort(rows, (size_t)given[i].n, sizeof *rows, &err), WKS_OK);
        for (int32_t k = 0; k < given[i].n; k++) {
            assert_int_equal(by_key(&rows[k], &wanted[k]), 0);
            assert_true(rows[k].value >= 0.5 * wanted[k].was && rows[k].value <= 0.5 * wanted[k].was); /* the whole row went along */
        }
        free(rows);
        free(wanted);
    }
}

static wks_status sort_some(void *context, wks_err *err)
{
    row rows[30];

    (void)context;
    fill(rows, 30, 3u, 4u);
    return wks_dossier_sort(rows, 30, sizeof rows[0], err);
}

static void without_memory_it_fails_cleanly(void **state)
{
    (void)state;
    assert_true(wks_chaos_run(sort_some, NULL) >= 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_stand_as_by_comparing),
        cmocka_unit_test(without_memory_it_fails_cleanly),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
