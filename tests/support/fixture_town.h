/* A town of mixed households for tests of processes: social, private, owned and let by the room, families, couples, singles, old people, students,
 * latent units at their parents, some vacancies, residents of institutions. Everything follows from the number of a household, so the same town can be
 * made with its rows in another order. Header only, as fixture_tick.h. */
#ifndef WKS_TESTS_SUPPORT_FIXTURE_TOWN_H
#define WKS_TESTS_SUPPORT_FIXTURE_TOWN_H

#include "support/fixture_tick.h"

typedef struct wks_fixture_town_options {
    int32_t n; /* dwellings */
    int32_t n_buurten;
    int32_t month;
    bool reversed; /* rows in the opposite order */
} wks_fixture_town_options;

/* A number in 0..n-1 for question `what` about household i. */
static inline int32_t wks_fixture_town_pick(int32_t i, int32_t what, int32_t n)
{
    return (int32_t)(wks_rng_child_key(wks_fixture_tick_key(6, i), 1, WKS_RNG_TEST, (uint32_t)what) >> 33) % n;
}

static inline int32_t wks_fixture_town_unit(wks_world *world, int32_t i, int32_t n_buurten)
{
    const int32_t kind = wks_fixture_town_pick(i, 0, 10), buurt = wks_fixture_town_pick(i, 1, n_buurten),
                  rooms = 2 + wks_fixture_town_pick(i, 2, 4);
    int32_t unit;

    if (kind < 3) {
        unit = wks_fixture_tick_dwelling(world, i, buurt, WKS_TENURE_SOCIAL, 1, 450 + 100.0 * rooms, 220000, rooms);
    } else if (kind < 5) {
        unit = wks_fixture_tick_dwelling(world, i, buurt, WKS_TENURE_PRIVATE_RENT, 1, 800 + 120.0 * rooms, 280000, rooms);
    } else if (kind < 9) {
        unit = wks_fixture_tick_dwelling(world, i, buurt, WKS_TENURE_OWNER, 1, 0, 140000 + 60000.0 * rooms, rooms);
    } else {
        unit = wks_fixture_tick_dwelling(world, i, buurt, WKS_TENURE_PRIVATE_RENT, 3, 450, 250000, 3);
    }
    const int32_t dwelling = world->unit.dwelling_row[unit];
    world->dwelling.x_m[dwelling] = (float)(100000 + 800 * (buurt % 4) + wks_fixture_town_pick(i, 3, 700));
    world->dwelling.y_m[dwelling] = (float)(400000 + 800 * (buurt / 4) + wks_fixture_town_pick(i, 4, 700));
    return unit;
}

static inline void wks_fixture_town_income(wks_world *world, int32_t row, int32_t i, int32_t age, bool student)
{
    wks_household_table *household = &world->household;
    const bool idle = wks_fixture_town_pick(i, 5, 100) < 10;

    household->income_source[row] = (uint8_t)(age >= 67 ? WKS_INCOME_PENSION
                                              : student ? WKS_INCOME_STUDY
                                              : idle    ? WKS_INCOME_BENEFIT
                                                        : WKS_INCOME_WORK);
    household->income_eur[row] = (float)(student             ? 10000
                                         : age >= 67 || idle ? 20000 + 40 * wks_fixture_town_pick(i, 6, 300)
                                                             : 22000 + 60 * wks_fixture_town_pick(i, 6, 1000));
    household->equity_eur[row] = (float)(200 * wks_fixture_town_pick(i, 7, 600));
    household->since_month[row] = household->spell_month[row] = household->change_month[row] =
        wks_month_cell(world->month - wks_fixture_town_pick(i, 8, 180));
    household->region_month[row] = household->since_month[row];
    household->is_student[row] = student;
    if (wks_fixture_town_pick(i, 9, 12) == 0) household->vulnerability[row] = (uint16_t)(1u << wks_fixture_town_pick(i, 10, 6));
    if (wks_fixture_town_pick(i, 11, 3) == 0) household->kin_buurt_row[row] = wks_fixture_town_pick(i, 12, world->buurt.base.n_rows);
    if (wks_fixture_town_pick(i, 13, 3) == 0) {
        wks_err err = WKS_ERR_INIT;
        const int32_t most = 12 * (age - 18);
        const int32_t months = wks_fixture_town_pick(i, 14, 160);
        assert_ok(wks_relations_register(world, household->first_person_row[row], world->month - (months < most ? months : most), &err),
                  &err);
    }
}

/* One household in `unit`; i*8 + k number its persons. */
static inline int32_t wks_fixture_town_household(wks_world *world, int32_t i, int32_t unit)
{
    const bool room = world->unit.kind[unit] == WKS_UNIT_ROOM;
    const int32_t type = room ? 0 : wks_fixture_town_pick(i, 15, 4); /* single, couple, family, single parent */
    const int32_t age = room        ? 19 + wks_fixture_town_pick(i, 16, 6)
                        : type >= 2 ? 30 + wks_fixture_town_pick(i, 16, 20)
                                    : 22 + wks_fixture_town_pick(i, 16, 65);
    const int32_t row = wks_fixture_tick_household(world, i, unit, WKS_PLACE_HOUSED, WKS_NONE);
    const wks_sex sex = wks_fixture_town_pick(i, 17, 2) == 0 ? WKS_SEX_MAN : WKS_SEX_WOMAN;
    int32_t k = 0;

    const int32_t head = wks_fixture_tick_person(world, 8 * i + k++, row, WKS_ROLE_HEAD, type == 3 ? WKS_SEX_WOMAN : sex, age);
    if (type == 1 || type == 2) (void)wks_fixture_tick_person(world, 8 * i + k++, row, WKS_ROLE_PARTNER, 1 - sex, age > 24 ? age - 2 : age);
    for (int32_t c = 0; type >= 2 && c < 1 + wks_fixture_town_pick(i, 18, 2); c++) {
        (void)wks_fixture_tick_person(world, 8 * i + k++, row, WKS_ROLE_CHILD, c % 2 == 0 ? WKS_SEX_WOMAN : WKS_SEX_MAN,
                                      wks_fixture_town_pick(i, 19 + c, age - 25));
    }
    if (room) world->person.is_student[head] = 1;
    wks_fixture_town_income(world, row, i, age, room);
    if (room) world->household.temporary[row] = 1;
    return row;
}

static inline void wks_fixture_town_make(wks_world *world, const wks_fixture_town_options *options)
{
    const int32_t n = options->n;
    wks_err err = WKS_ERR_INIT;

    wks_fixture_tick_empty_world(world, options->month, options->n_buurten);
    for (int32_t b = 0; b < options->n_buurten; b++) {
        world->buurt.won[b] = world->buurt.won_start[b] = 0.01 * (b % 5 - 2);
        world->buurt.soc[b] = world->buurt.soc_start[b] = 0.02 * (b % 3 - 1);
        world->buurt.onv[b] = world->buurt.onv_start[b] = 0.03 * (b % 4 - 1.5);
        (void)wks_fixture_tick_complex(world, b);
    }
    /* Numbers of households: 4 i for the dwelling's first unit and so on, so that they do not depend on order. */
    for (int32_t k = 0; k < n; k++) {
        const int32_t i = options->reversed ? n - 1 - k : k;
        int32_t at = 0;
        for (int32_t u = wks_fixture_town_unit(world, i, options->n_buurten); u >= 0; u = world->unit.next_row[u], at++) {
            if (wks_fixture_town_pick(4 * i + at, 30, 30) == 0) continue; /* vacant */
            const int32_t row = wks_fixture_town_household(world, 4 * i + at, u);
            if (world->household.n_children[row] == 0 || wks_fixture_town_pick(i, 31, 6) != 0) continue;
            const int32_t child = wks_fixture_tick_household(world, 1000000 + i, WKS_NONE, WKS_PLACE_AT_PARENTS, row);
            (void)wks_fixture_tick_person(world, 8000000 + i, child, WKS_ROLE_HEAD, i % 2 == 0 ? WKS_SEX_MAN : WKS_SEX_WOMAN, 20);
            wks_fixture_town_income(world, child, 1000000 + i, 20, false);
        }
    }
    for (int32_t k = 0; k < n / 20; k++) {
        const int32_t i = options->reversed ? n / 20 - 1 - k : k;
        int32_t person = WKS_NONE;
        assert_ok(wks_relations_resident_add(world, wks_fixture_tick_key(7, i), i % options->n_buurten,
                                             i % 2 == 0 ? WKS_SEX_MAN : WKS_SEX_WOMAN, WKS_ORIGIN_NL,
                                             world->month - 12 * (20 + 5 * (i % 14)), &person, &err),
                  &err);
    }
    wks_world_clear_flows(world);
    assert_ok(wks_check_structure(world, &err), &err);
}

/** Runs one process for some months in the town and gives the hash of the world: with other threads and row order it must be the same. */
static inline uint64_t wks_fixture_town_hash(const wks_spec *const *spec, int32_t n_specs, const char *const *process, int32_t n_processes,
                                             const wks_fixture_town_options *options, int threads, int32_t months)
{
    wks_world world;
    wks_fixture_tick fixture;

    wks_fixture_town_make(&world, options);
    wks_fixture_tick_make(&fixture, &world, spec, n_specs);
    world.threads = threads;
    for (int32_t i = 0; i < n_processes; i++)
        wks_fixture_tick_start(&fixture, process[i]);
    for (int32_t m = 0; m < months; m++) {
        wks_fixture_tick_next(&fixture);
        for (int32_t i = 0; i < n_processes; i++)
            wks_fixture_tick_run(&fixture, process[i]);
    }
    const uint64_t hash = wks_world_hash(&world);
    wks_fixture_tick_free(&fixture);
    wks_world_free(&world);
    return hash;
}

/** The same world from 1 and 4 threads, and from rows in the opposite order. */
static inline void wks_fixture_town_same_anyhow(const wks_spec *const *spec, int32_t n_specs, const char *const *process,
                                                int32_t n_processes, int32_t n, int32_t months)
{
    wks_fixture_town_options options = {.n = n, .n_buurten = 6, .month = 2025 * 12, .reversed = false};
    const uint64_t first = wks_fixture_town_hash(spec, n_specs, process, n_processes, &options, 1, months);
    const uint64_t threads = wks_fixture_town_hash(spec, n_specs, process, n_processes, &options, 4, months);
    options.reversed = true;
    const uint64_t reversed = wks_fixture_town_hash(spec, n_specs, process, n_processes, &options, 1, months);

    assert_int_equal(first, threads);
    assert_int_equal(first, reversed);
}

#endif
