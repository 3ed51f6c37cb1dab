/* A spreiding part at work on a small world. */
#ifndef WKS_TESTS_RULES_SPREIDING_CASE_H
#define WKS_TESTS_RULES_SPREIDING_CASE_H

#include "unit/rules/part_case.h"
#include "world/relations.h"

typedef struct spreiding_case {
    part_case c;
    void *memory;
} spreiding_case;

static inline const wks_spreiding_part *spreiding_part(const spreiding_case *s)
{
    return s->c.settings->spec->implementation;
}

/* The start of a round. */
static inline void spreiding_round(spreiding_case *s)
{
    wks_err err = WKS_ERR_INIT;

    assert_ok(spreiding_part(s)->open(&s->c.context, s->c.settings, &s->memory, &err), &err);
}

static inline void spreiding_open(spreiding_case *s, const char *part, const char *world)
{
    part_open(&s->c, "spreiding", part, world);
    s->memory = NULL;
    spreiding_round(s);
}

static inline void spreiding_close(spreiding_case *s)
{
    spreiding_part(s)->close(s->memory);
    part_close(&s->c);
}

static inline bool spreiding_allows(const spreiding_case *s, const char *household, const char *unit)
{
    const wks_advert advert = part_advert(&s->c, unit);

    return spreiding_part(s)->allows(&s->c.context, s->c.settings, s->memory, wks_fixture_world_household(&s->c.world, household), &advert);
}

static inline void spreiding_commit(spreiding_case *s, const char *household, const char *unit)
{
    const wks_advert advert = part_advert(&s->c, unit);

    spreiding_part(s)->commit(&s->c.context, s->c.settings, s->memory, wks_fixture_world_household(&s->c.world, household), &advert);
}

static inline wks_part_vacancy spreiding_vacancy(spreiding_case *s, wks_advert *advert)
{
    return spreiding_part(s)->vacancy(&s->c.context, s->c.settings, s->memory, advert);
}

/* What the part tells of a letting contains `text`. */
static inline void assert_tells(const spreiding_case *s, const char *household, const char *unit, const char *text)
{
    const wks_advert advert = part_advert(&s->c, unit);
    wks_text out = WKS_TEXT_INIT;

    spreiding_part(s)->tell(&s->c.context, s->c.settings, s->memory, wks_fixture_world_household(&s->c.world, household), &advert, &out);
    assert_contains(out.data, text);
    wks_text_free(&out);
}

static inline void spreiding_reserve(spreiding_case *s, const char *household, const char *unit)
{
    wks_relations_reserve(&s->c.world, wks_fixture_world_unit(&s->c.world, unit), wks_fixture_world_household(&s->c.world, household));
}

#endif
