/* The world of ten households (fixture_world.h) around every test of a file, with all laws checked afterwards. */
#ifndef WKS_TESTS_SUPPORT_FIXTURE_TEN_H
#define WKS_TESTS_SUPPORT_FIXTURE_TEN_H

#include "support/check.h"
#include "support/fixture_world.h"
#include "world/check.h"

static wks_world world;
static wks_check_stocks before;
static wks_err err;

static inline int make_ten(void **state)
{
    (void)state;
    wks_fixture_world_make(&world, wks_fixture_world_ten);
    before = wks_check_count(&world);
    err = WKS_ERR_INIT;
    return 0;
}

/* Whatever a test did: all laws hold. */
static inline int check_and_free(void **state)
{
    (void)state;
    assert_ok(wks_check_structure(&world, &err), &err);
    assert_ok(wks_check_balance(&world, &before, &err), &err);
    wks_world_free(&world);
    return 0;
}

static inline int32_t hh(const char *name)
{
    return wks_fixture_world_household(&world, name);
}

static inline int32_t unit(const char *name)
{
    return wks_fixture_world_unit(&world, name);
}

#endif
