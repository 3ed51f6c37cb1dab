/* A town whose people have all lived there for years, with support, encounter and neighbourhood: for tests of process neighbourhood. Header only. */
#ifndef WKS_TESTS_PROCESS_NEIGHBOURHOOD_CASE_H
#define WKS_TESTS_PROCESS_NEIGHBOURHOOD_CASE_H

#include "process/process_registry.h"
#include "support/fixture_town.h"
#include "world/leefbaarheid.h"

enum { MONTH = 2025 * 12, T0 = 0, T1 = 1, T2 = 2, SOC = 0, ONV = 1 };

typedef struct stage {
    wks_world world;
    wks_fixture_tick fixture;
    double start[16][2]; /* soc, onv by buurt */
} stage;

static inline void close_stage(stage *s)
{
    wks_fixture_tick_free(&s->fixture);
    wks_world_free(&s->world);
}

static inline void start(stage *s)
{
    wks_fixture_tick_start(&s->fixture, "support");
    wks_fixture_tick_start(&s->fixture, "encounter");
    wks_fixture_tick_start(&s->fixture, "neighbourhood");
}

static inline void set(stage *s, const char *param, double value)
{
    wks_fixture_tick_set(&s->fixture, "neighbourhood", param, value);
}

static inline void open_town(stage *s, int32_t theory)
{
    const wks_fixture_town_options options = {.n = 1200, .n_buurten = 4, .month = MONTH};
    wks_fixture_town_make(&s->world, &options);
    wks_fixture_tick_make(&s->fixture, &s->world, wks_process_registry, wks_process_registry_size);
    for (int32_t i = 0; i < s->world.household.base.n_rows; i++)
        s->world.household.since_month[i] = wks_month_cell(MONTH - 60);
    set(s, "theory", theory);
    start(s);
    for (int32_t b = 0; b < 4; b++) {
        s->start[b][SOC] = s->world.buurt.soc[b];
        s->start[b][ONV] = s->world.buurt.onv[b];
    }
}

static inline void months(stage *s, int32_t n)
{
    for (int32_t m = 0; m < n; m++) {
        wks_fixture_tick_month(&s->fixture, "support");
        wks_fixture_tick_run(&s->fixture, "encounter");
        wks_fixture_tick_run(&s->fixture, "neighbourhood");
    }
}

static inline double change(const stage *s, int32_t b, int32_t dimension)
{
    return (dimension == SOC ? s->world.buurt.soc[b] : s->world.buurt.onv[b]) - s->start[b][dimension];
}

/* One in `every` households of buurt b gets a trait, by key; the rise of the share of households with any of `weighs` is given back. */
static inline double burden(stage *s, int32_t b, uint16_t trait, uint64_t every)
{
    const uint16_t weighs = WKS_VULNERABLE_PSYCHIATRIC | WKS_VULNERABLE_ADDICTION | WKS_VULNERABLE_LVB | WKS_VULNERABLE_DEBT;
    int32_t n = 0, rise = 0;

    for (int32_t i = 0; i < s->world.household.base.n_rows; i++) {
        uint16_t *has = &s->world.household.vulnerability[i];
        if (s->world.household.key[i] == 0 || s->world.household.place[i] != WKS_PLACE_HOUSED || wks_world_buurt_of(&s->world, i) != b)
            continue;
        n++;
        if ((s->world.household.key[i] >> 7) % every != 0) continue;
        rise += (*has & weighs) == 0 && (trait & weighs) != 0;
        *has |= trait;
    }
    return (double)rise / n;
}

/* Load and what it does are left out. */
static inline void without_load(stage *s)
{
    set(s, "a_l", 0);
    set(s, "a_l_onv", 0);
}

/* Support gives nothing, so that a vulnerable household counts in full. */
static inline void without_support(stage *s)
{
    set(s, "support_effect", 0);
    start(s);
}

#endif
