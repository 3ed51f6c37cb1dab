/* A conduct part at work on a small world: a tenant registered for ten years, a parent registered for a year, somebody not registered. */
#ifndef WKS_TESTS_RULES_CONDUCT_CASE_H
#define WKS_TESTS_RULES_CONDUCT_CASE_H

#include "rules/conduct.h"
#include "unit/rules/part_case.h"

static const char conduct_world[] = "month 2025-06\nbuurten 1\n"
                                    "unit home buurt=0 tenure=social rent=500 rooms=2\n"
                                    "household a unit=home income=20000 members=40m registered=2015-06\n"
                                    "household b place=ex_partner host=a income=20000 members=30f,4m registered=2024-06\n"
                                    "household c place=shelter income=20000 members=30f\n";

typedef struct conduct_case {
    part_case part;
    wks_conduct conduct;
    wks_world *world;
} conduct_case;

static inline void conduct_open(conduct_case *c, const char *parts)
{
    part_open(&c->part, "conduct", parts, conduct_world);
    c->world = &c->part.world;
    wks_conduct_of(&c->part.scenario.rules[0], &c->conduct);
    c->conduct.points_count = true; /* as beside order part points; test_conduct.c asks when */
}

static inline void conduct_close(conduct_case *c)
{
    part_close(&c->part);
}

static inline int32_t conduct_row(const conduct_case *c, const char *name)
{
    return wks_fixture_world_household(c->world, name);
}

static inline int32_t conduct_registration(const conduct_case *c, const char *name)
{
    return wks_part_registration(c->world, conduct_row(c, name));
}

/* A month in which the household reacts n times. */
static inline void conduct_month(conduct_case *c, const char *name, int32_t n)
{
    const int32_t r = conduct_registration(c, name);

    c->world->month++;
    if (n > 0) {
        c->world->registration.reacted_month[r] = wks_month_cell(c->world->month);
        c->world->registration.n_reactions[r] = (uint16_t)n;
    }
    wks_conduct_month(&c->conduct, c->world, conduct_row(c, name));
}

static inline double conduct_search_points(const conduct_case *c, const char *name)
{
    return (double)c->world->registration.search_points[conduct_registration(c, name)];
}

static inline double conduct_points(const conduct_case *c, const char *name)
{
    return wks_registration_points(&c->world->registration, conduct_registration(c, name));
}

#endif
